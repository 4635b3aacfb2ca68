//! Stages: named pointers at deployments with settings of their own. Create, get, list, update, delete.
//!
//! In: decoded requests. Out: the stage in wire form, or the service's refusal. It must not know how a stage serves calls.

mod patch;
mod setting;

use std::sync::PoisonError;

use stagedoor_base::{AccountThrottle, ApiId, DeploymentId, Limits, StageName};
use stagedoor_model::{
    AccessLogSettings, CacheClusterSize, CanarySettings, Deployment, LoggingLevel, Map, MethodSetting, Stage,
};
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::{instant, text};
use crate::declare::DeclaredSetting;
use crate::method::values::filled;
use crate::patch::Patch;
use crate::{documentation_version, tags, usage_plan};

/// Longest name and value of a stage variable.
const VARIABLE_NAME_CHARS: usize = 64;
const VARIABLE_VALUE_CHARS: usize = 512;

pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Stage identifier specified")
}

fn unknown_deployment() -> ApiError {
    ApiError::bad_request("Deployment id does not exist")
}

/// `CreateStage`.
pub(crate) fn create_stage(
    ctx: &Context,
    request: wire::CreateStageRequest,
) -> Result<wire::Stage, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, &api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        let deployment = DeploymentId::from(request.deployment_id.as_str());
        let mut stage = new_stage(ctx, &api, &request.stage_name, &deployment)?;
        configure(&mut stage, &request)?;
        let documentation = request.documentation_version.as_deref();
        stage.documentation_version = documentation_version::named(ctx, &api, documentation)?;
        check_deployments(&stage, &ctx.store.deployments(&ctx.scope, &api)?)?;
        check_variables(&stage.variables, &ctx.limits)?;
        stage.canary.as_ref().map_or(Ok(()), |canary| check_canary(canary, &ctx.limits))?;
        ctx.commit(Change::of_api(&ctx.scope, &api).put_stage(&stage).expecting(before.revision))?;
        Ok(changed(ctx, None, &stage))
    })
}

/// `GetStage`.
pub(crate) fn get_stage(ctx: &Context, request: wire::GetStageRequest) -> Result<wire::Stage, ApiError> {
    let (api, name) = ids(&request.rest_api_id, &request.stage_name);
    match ctx.store.stage(&ctx.scope, &api, &name)? {
        Some(stage) => Ok(to_wire(ctx, &stage.value)),
        None => Err(missing(ctx, &api, unknown)),
    }
}

/// `GetStages`: by name, all of them or those of one deployment.
pub(crate) fn get_stages(ctx: &Context, request: wire::GetStagesRequest) -> Result<wire::Stages, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    let mut stages = ctx.store.stages(&ctx.scope, &api)?;
    if stages.is_empty() {
        ctx.read_api(api.as_str(), || ctx.unknown_api(api.as_str()))?;
    }
    stages.sort_by(|a, b| a.name.cmp(&b.name));
    let asked = text(request.deployment_id);
    let shown =
        stages.iter().filter(|stage| asked.as_deref().is_none_or(|id| id == stage.deployment_id.as_str()));
    Ok(wire::Stages { item: Some(shown.map(|stage| to_wire(ctx, stage)).collect()) })
}

/// `UpdateStage`.
pub(crate) fn update_stage(
    ctx: &Context,
    request: wire::UpdateStageRequest,
) -> Result<wire::Stage, ApiError> {
    let (api, name) = ids(&request.rest_api_id, &request.stage_name);
    let patches = Patch::all(request.patch_operations);
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, &api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        let known = ctx.store.stage(&ctx.scope, &api, &name)?.ok_or_else(unknown)?.value;
        let facts = patch::Facts {
            deployments: &ctx.store.deployments(&ctx.scope, &api)?,
            documentation: &ctx.store.documentation_versions(&ctx.scope, &api)?,
            may_log: ctx.store.account(&ctx.scope)?.value.cloudwatch_role_arn.is_some(),
            limits: &ctx.limits,
        };
        let mut stage = known.clone();
        patches.iter().try_for_each(|patch| patch::apply(&mut stage, patch, facts))?;
        if stage != known {
            stage.last_updated = ctx.now;
            ctx.commit(Change::of_api(&ctx.scope, &api).put_stage(&stage).expecting(before.revision))?;
        }
        Ok(changed(ctx, Some(&known), &stage))
    })
}

/// `DeleteStage`: its canary and settings go with it, its deployment stays. Refused while a usage plan opens it.
pub(crate) fn delete_stage(ctx: &Context, request: wire::DeleteStageRequest) -> Result<(), ApiError> {
    let (api, name) = ids(&request.rest_api_id, &request.stage_name);
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, &api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        ctx.store.stage(&ctx.scope, &api, &name)?.ok_or_else(unknown)?;
        usage_plan::refuse_used_stage(ctx, &api, &name)?;
        ctx.commit(Change::of_api(&ctx.scope, &api).delete_stage(&name).expecting(before.revision))
    })
}

/// `FlushStageCache`: done when it is answered, also for a stage that caches nothing.
pub(crate) fn flush_stage_cache(
    ctx: &Context,
    request: wire::FlushStageCacheRequest,
) -> Result<(), ApiError> {
    let (api, name) = ids(&request.rest_api_id, &request.stage_name);
    match ctx.store.stage(&ctx.scope, &api, &name)? {
        Some(_) => (ctx.flush_cache.0)(&ctx.scope, &api, &name),
        None => return Err(missing(ctx, &api, unknown)),
    }
    Ok(())
}

/// Why something below an API was not found: the API is unknown, or only the child is. Asked last, so that finding a
/// child costs no reading of its API.
pub(crate) fn missing(ctx: &Context, api: &ApiId, unknown_child: fn() -> ApiError) -> ApiError {
    match ctx.read_api(api.as_str(), || ctx.unknown_api(api.as_str())) {
        Ok(_) => unknown_child(),
        Err(error) => error,
    }
}

fn ids(api: &str, stage: &str) -> (ApiId, StageName) {
    (ApiId::from(api), StageName::from(stage))
}

/// A stage with every default, not yet stored; refused when the name is bad or taken, or the API has its share of stages.
pub(crate) fn new_stage(
    ctx: &Context,
    api: &ApiId,
    name: &str,
    deployment: &DeploymentId,
) -> Result<Stage, ApiError> {
    check_name(name)?;
    let stages = ctx.store.stages(&ctx.scope, api)?;
    if stages.iter().any(|stage| stage.name.as_str() == name) {
        return Err(ApiError::conflict("Stage already exists"));
    }
    if stages.len() >= ctx.limits.stages_per_api {
        return Err(ApiError::quota("Stages"));
    }
    Ok(Stage {
        name: StageName::from(name),
        deployment_id: deployment.clone(),
        description: None,
        client_certificate_id: None,
        cache_cluster_enabled: false,
        cache_cluster_size: None,
        method_settings: Map::new(),
        variables: Map::new(),
        documentation_version: None,
        access_log: AccessLogSettings::default(),
        canary: None,
        tracing_enabled: false,
        web_acl_arn: None,
        tags: Map::new(),
        created: ctx.now,
        last_updated: ctx.now,
    })
}

fn configure(stage: &mut Stage, request: &wire::CreateStageRequest) -> Result<(), ApiError> {
    stage.description = text(request.description.clone());
    stage.variables = request.variables.clone().unwrap_or_default();
    stage.tracing_enabled = request.tracing_enabled.unwrap_or(false);
    stage.tags = request.tags.clone().unwrap_or_default();
    tags::check(&stage.tags)?;
    stage.cache_cluster_enabled = request.cache_cluster_enabled.unwrap_or(false);
    size_cache(stage, request.cache_cluster_size.as_deref().and_then(CacheClusterSize::parse));
    stage.canary = request.canary_settings.as_ref().map(|given| canary_from_wire(given, stage));
    Ok(())
}

fn canary_from_wire(given: &wire::CanarySettings, stage: &Stage) -> CanarySettings {
    let deployment_id = match text(given.deployment_id.clone()) {
        Some(id) => DeploymentId::from(id),
        None => stage.deployment_id.clone(),
    };
    CanarySettings {
        deployment_id,
        percent_traffic: given.percent_traffic.unwrap_or(0.0),
        stage_variable_overrides: given.stage_variable_overrides.clone().unwrap_or_default(),
        use_stage_cache: given.use_stage_cache.unwrap_or(false),
    }
}

/// Sets what a file says of a method, or of all, by the rules of the API's calls. The file itself has logs written.
pub(crate) fn declare_setting(
    settings: &mut Map<MethodSetting>,
    declared: &DeclaredSetting,
) -> Result<(), ApiError> {
    let method = declared.method.as_ref().map_or_else(
        || "*/*".to_owned(),
        |(verb, path)| format!("{}/{verb}", path.replace('~', "~0").replace('/', "~1")),
    );
    let path = format!("/{method}/{}", declared.path);
    let patch = Patch::new(Some("replace"), Some(path.clone()), Some(declared.value.clone()), None);
    let unknown = || ApiError::BadRequest(format!("there is no setting {path}"));
    let target = setting::Target::parse(&path).ok_or_else(unknown)?;
    target.set(settings, &patch, true)
}

/// Sets the cache cluster's size; an enabled cluster without one gets the smallest.
pub(crate) fn size_cache(stage: &mut Stage, size: Option<CacheClusterSize>) {
    let smallest = stage.cache_cluster_enabled.then_some(CacheClusterSize::Gb0_5);
    stage.cache_cluster_size = size.or(stage.cache_cluster_size).or(smallest);
}

fn check_name(name: &str) -> Result<(), ApiError> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if name.is_empty() || !name.bytes().all(allowed) {
        return Err(ApiError::bad_request("Stage name only allows a-zA-Z0-9_-"));
    }
    if name.len() > 128 {
        return Err(ApiError::bad_request("Stage name must not be longer than 128 characters"));
    }
    Ok(())
}

fn check_deployments(stage: &Stage, known: &[Deployment]) -> Result<(), ApiError> {
    let exists = |id: &DeploymentId| known.iter().any(|deployment| deployment.id == *id);
    let canary = stage.canary.as_ref().map(|canary| &canary.deployment_id);
    if exists(&stage.deployment_id) && canary.is_none_or(exists) { Ok(()) } else { Err(unknown_deployment()) }
}

/// Whether these may be a stage's variables.
pub(crate) fn check_variables(variables: &Map<String>, limits: &Limits) -> Result<(), ApiError> {
    if variables.len() > limits.stage_variables {
        return Err(ApiError::quota("Stage variables"));
    }
    variables.iter().try_for_each(|(name, value)| check_variable(name, value))
}

fn check_variable(name: &str, value: &str) -> Result<(), ApiError> {
    let in_name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if name.is_empty() || name.len() > VARIABLE_NAME_CHARS || !name.bytes().all(in_name) {
        return Err(ApiError::bad_request("Stage variable name must match the pattern [A-Za-z0-9_]+"));
    }
    let in_value = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&b);
    if value.is_empty() || value.len() > VARIABLE_VALUE_CHARS || !value.bytes().all(in_value) {
        return Err(ApiError::bad_request(
            "Stage variable value must match the pattern [A-Za-z0-9-._~:/?#&=,]+",
        ));
    }
    Ok(())
}

/// Whether these may be a stage's canary settings.
pub(crate) fn check_canary(canary: &CanarySettings, limits: &Limits) -> Result<(), ApiError> {
    if !(0.0..=100.0).contains(&canary.percent_traffic) {
        return Err(ApiError::bad_request("Canary traffic percentage must be between 0.0 and 100.0"));
    }
    check_variables(&canary.stage_variable_overrides, limits)
}

/// A stage after a change. AWS answers that the cluster is being made, or taken away; here that has happened by the time
/// that anybody asks again.
pub(crate) fn changed(ctx: &Context, before: Option<&Stage>, stage: &Stage) -> wire::Stage {
    let size = |stage: &Stage| stage.cache_cluster_size.filter(|_| stage.cache_cluster_enabled);
    let status = match (before.and_then(size), size(stage)) {
        (before, after) if before == after => return to_wire(ctx, stage),
        (_, Some(_)) => "CREATE_IN_PROGRESS",
        (_, None) => "DELETE_IN_PROGRESS",
    };
    wire::Stage { cache_cluster_status: Some(status.to_owned()), ..to_wire(ctx, stage) }
}

/// A stage in wire form.
pub(crate) fn to_wire(ctx: &Context, stage: &Stage) -> wire::Stage {
    // In place of throttles that were never set AWS reports the account's; one without any is unknown to it.
    let account = ctx.limits.account_throttles.of(&ctx.scope.account).unwrap_or_default();
    let settings = stage.method_settings.iter();
    let settings = settings.map(|(key, setting)| (key.clone(), setting_to_wire(setting, account)));
    let status = if stage.cache_cluster_enabled { "AVAILABLE" } else { "NOT_AVAILABLE" };
    wire::Stage {
        deployment_id: Some(stage.deployment_id.to_string()),
        client_certificate_id: stage.client_certificate_id.clone(),
        stage_name: Some(stage.name.to_string()),
        description: stage.description.clone(),
        cache_cluster_enabled: Some(stage.cache_cluster_enabled),
        cache_cluster_size: stage.cache_cluster_size.map(|size| size.to_string()),
        cache_cluster_status: Some(status.to_owned()),
        method_settings: Some(settings.collect()),
        variables: filled(&stage.variables),
        documentation_version: stage.documentation_version.clone(),
        access_log_settings: access_log_to_wire(&stage.access_log),
        canary_settings: stage.canary.as_ref().map(canary_to_wire),
        tracing_enabled: Some(stage.tracing_enabled),
        web_acl_arn: stage.web_acl_arn.clone(),
        tags: filled(&stage.tags),
        created_date: Some(instant(stage.created)),
        last_updated_date: Some(instant(stage.last_updated)),
    }
}

fn access_log_to_wire(log: &AccessLogSettings) -> Option<wire::AccessLogSettings> {
    let on = log.destination_arn.is_some() || log.format.is_some();
    on.then(|| wire::AccessLogSettings {
        format: log.format.clone(),
        destination_arn: log.destination_arn.clone(),
    })
}

fn canary_to_wire(canary: &CanarySettings) -> wire::CanarySettings {
    wire::CanarySettings {
        percent_traffic: Some(canary.percent_traffic),
        deployment_id: Some(canary.deployment_id.to_string()),
        stage_variable_overrides: filled(&canary.stage_variable_overrides),
        use_stage_cache: Some(canary.use_stage_cache),
    }
}

fn setting_to_wire(setting: &MethodSetting, account: AccountThrottle) -> wire::MethodSetting {
    let burst = i32::try_from(account.burst).unwrap_or(i32::MAX);
    wire::MethodSetting {
        metrics_enabled: Some(setting.metrics_enabled),
        logging_level: setting.logging_level.map(|level: LoggingLevel| level.to_string()),
        data_trace_enabled: Some(setting.data_trace_enabled),
        throttling_burst_limit: Some(setting.throttling_burst_limit.unwrap_or(burst)),
        throttling_rate_limit: Some(setting.throttling_rate_limit.unwrap_or(account.rate)),
        caching_enabled: Some(setting.caching_enabled),
        cache_ttl_in_seconds: i32::try_from(setting.cache_ttl_seconds).ok(),
        cache_data_encrypted: Some(setting.cache_data_encrypted),
        require_authorization_for_cache_control: Some(setting.require_authorization_for_cache_control),
        unauthorized_cache_control_header_strategy: Some(setting.unauthorized_cache_control.to_string()),
    }
}

#[cfg(test)]
mod tests;
