//! The PATCH table of stages, which refuses in a style of its own.
//!
//! In: a stage, one operation, and what it may refer to. Out: the changed stage, or the refusal. It must not know how the
//! change is stored.

use stagedoor_base::{DeploymentId, Limits};
use stagedoor_model::{
    AccessLogSettings, CacheClusterSize, CanarySettings, Deployment, DocumentationVersion, Map, Stage,
};

use super::setting::Target;
use super::{check_canary, check_variables, size_cache, unknown_deployment};
use crate::method::values::invalid_option;
use crate::patch::{Patch, PatchOp};
use crate::{ApiError, documentation_version};

/// The list that the service prints behind every path it does not know; commas missing as there.
pub(super) const PATHS: &str = "/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled";

/// What a stage may refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) deployments: &'a [Deployment],
    pub(super) documentation: &'a [DocumentationVersion],
    /// Whether the account has a role that writes logs.
    pub(super) may_log: bool,
    pub(super) limits: &'a Limits,
}

/// Applies one operation.
pub(super) fn apply(stage: &mut Stage, patch: &Patch, facts: Facts<'_>) -> Result<(), ApiError> {
    match patch.op {
        PatchOp::Copy => copy(stage, patch),
        PatchOp::Remove => remove(stage, patch),
        PatchOp::Add | PatchOp::Replace => set(stage, patch, facts),
        PatchOp::Move | PatchOp::Test => Err(invalid_operation(patch)),
    }
}

fn unknown_path(patch: &Patch) -> ApiError {
    ApiError::BadRequest(format!("Invalid method setting path: {}. Must be one of: [{PATHS}]", patch.path()))
}

fn invalid_operation(patch: &Patch) -> ApiError {
    ApiError::BadRequest(format!("Invalid {} operation with path: {}", patch.op, patch.path()))
}

fn require_replace(patch: &Patch) -> Result<(), ApiError> {
    if patch.op == PatchOp::Replace { Ok(()) } else { Err(invalid_operation(patch)) }
}

fn value(patch: &Patch) -> &str {
    patch.value.as_deref().unwrap_or_default()
}

// The only promotions of a canary that exist.
fn copy(stage: &mut Stage, patch: &Patch) -> Result<(), ApiError> {
    let (path, from) = (patch.path(), patch.from.as_deref().unwrap_or("null"));
    let deployment = (path, from) == ("/deploymentId", "/canarySettings/deploymentId");
    let variables = (path, from) == ("/variables", "/canarySettings/stageVariableOverrides");
    if !deployment && !variables {
        return Err(ApiError::BadRequest(format!(
            "Invalid copy operation with path: {path} and from {from}. Valid copy:path are [/deploymentId, /variables] \
             and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"
        )));
    }
    let canary = stage
        .canary
        .as_ref()
        .ok_or_else(|| ApiError::bad_request("Promotion not available. Canary does not exist."))?;
    if deployment {
        stage.deployment_id = canary.deployment_id.clone();
    } else {
        stage.variables.extend(canary.stage_variable_overrides.clone());
    }
    Ok(())
}

fn remove(stage: &mut Stage, patch: &Patch) -> Result<(), ApiError> {
    let path = patch.path();
    let key = path.strip_prefix('/').unwrap_or(path);
    if stage.method_settings.shift_remove(key).is_some() {
        return Ok(());
    }
    let segments: Vec<&str> = key.split('/').collect();
    match segments.as_slice() {
        ["variables"] => stage.variables = Map::new(),
        ["variables", name] => drop(stage.variables.shift_remove(*name)),
        ["accessLogSettings"] => stage.access_log = AccessLogSettings::default(),
        ["canarySettings"] => stage.canary = None,
        ["canarySettings", "stageVariableOverrides", name] if stage.canary.is_some() => {
            let canary = stage.canary.as_mut();
            drop(canary.and_then(|canary| canary.stage_variable_overrides.shift_remove(*name)));
        }
        _ => {
            return Err(ApiError::BadRequest(format!(
                "Cannot remove method setting {key} because there is no method setting for this method "
            )));
        }
    }
    Ok(())
}

fn set(stage: &mut Stage, patch: &Patch, facts: Facts<'_>) -> Result<(), ApiError> {
    if let Some(target) = Target::parse(patch.path()) {
        require_replace(patch)?;
        return target.set(&mut stage.method_settings, patch, facts.may_log);
    }
    let segments: Vec<&str> = patch.path().strip_prefix('/').unwrap_or_default().split('/').collect();
    match segments.as_slice() {
        ["variables", name] => {
            stage.variables.insert((*name).to_owned(), value(patch).to_owned());
            check_variables(&stage.variables, facts.limits)
        }
        ["accessLogSettings", rest @ ..] => set_access_log(&mut stage.access_log, rest, patch, facts.limits),
        ["canarySettings", rest @ ..] => set_canary(stage, rest, patch, facts),
        [field] => set_field(stage, field, patch, facts),
        _ => Err(unknown_path(patch)),
    }
}

fn set_access_log(
    log: &mut AccessLogSettings,
    path: &[&str],
    patch: &Patch,
    limits: &Limits,
) -> Result<(), ApiError> {
    let field = match path {
        ["destinationArn"] => &mut log.destination_arn,
        ["format"] => &mut log.format,
        _ => {
            return Err(ApiError::bad_request(
                "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, \
                 /accessLogSettings/format]",
            ));
        }
    };
    let text = patch.text().ok_or_else(|| ApiError::bad_request("Access Log value must not be empty"))?;
    *field = Some(text);
    let longest = limits.access_log_format_bytes;
    match &log.format {
        Some(format) if format.len() > longest => {
            Err(ApiError::bad_request(format!("Access Log format must not be longer than {longest} bytes")))
        }
        _ => Ok(()),
    }
}

fn set_canary(stage: &mut Stage, path: &[&str], patch: &Patch, facts: Facts<'_>) -> Result<(), ApiError> {
    if !matches!(path, ["deploymentId" | "percentTraffic" | "useStageCache"] | ["stageVariableOverrides", _])
    {
        return Err(unknown_path(patch));
    }
    require_replace(patch)?;
    let mut canary = stage.canary.clone().unwrap_or_else(|| CanarySettings {
        deployment_id: stage.deployment_id.clone(),
        percent_traffic: 0.0,
        stage_variable_overrides: Map::new(),
        use_stage_cache: false,
    });
    match path {
        ["deploymentId"] => canary.deployment_id = deployment(patch, facts)?,
        ["percentTraffic"] => canary.percent_traffic = value(patch).parse().unwrap_or(f64::NAN),
        ["stageVariableOverrides", name] => {
            canary.stage_variable_overrides.insert((*name).to_owned(), value(patch).to_owned());
        }
        _ => canary.use_stage_cache = patch.flag(),
    }
    check_canary(&canary, facts.limits)?;
    stage.canary = Some(canary);
    Ok(())
}

fn set_field(stage: &mut Stage, field: &str, patch: &Patch, facts: Facts<'_>) -> Result<(), ApiError> {
    if !matches!(
        field,
        "deploymentId"
            | "description"
            | "documentationVersion"
            | "clientCertificateId"
            | "cacheClusterEnabled"
            | "cacheClusterSize"
            | "tracingEnabled"
    ) {
        return Err(unknown_path(patch));
    }
    require_replace(patch)?;
    match field {
        "deploymentId" => set_deployment(stage, patch, facts)?,
        "description" => stage.description = patch.text(),
        "documentationVersion" => stage.documentation_version = documentation(patch, facts)?,
        "clientCertificateId" => stage.client_certificate_id = nothing(patch, unknown_certificate)?,
        "cacheClusterEnabled" => {
            stage.cache_cluster_enabled = patch.flag();
            size_cache(stage, None);
        }
        "cacheClusterSize" => stage.cache_cluster_size = Some(cache_size(patch)?),
        _ => stage.tracing_enabled = patch.flag(),
    }
    Ok(())
}

// Only a promotion moves a stage that has a canary.
fn set_deployment(stage: &mut Stage, patch: &Patch, facts: Facts<'_>) -> Result<(), ApiError> {
    let id = deployment(patch, facts)?;
    if stage.canary.is_some() && id != stage.deployment_id {
        return Err(ApiError::bad_request("Deployment id cannot be changed while the stage has a canary"));
    }
    stage.deployment_id = id;
    Ok(())
}

fn deployment(patch: &Patch, facts: Facts<'_>) -> Result<DeploymentId, ApiError> {
    let found = facts.deployments.iter().find(|deployment| deployment.id.as_str() == value(patch));
    found.map(|deployment| deployment.id.clone()).ok_or_else(unknown_deployment)
}

// An empty value detaches.
fn documentation(patch: &Patch, facts: Facts<'_>) -> Result<Option<String>, ApiError> {
    let Some(name) = patch.text() else { return Ok(None) };
    match facts.documentation.iter().any(|version| version.version == name) {
        true => Ok(Some(name)),
        false => Err(documentation_version::unknown_to_stage()),
    }
}

// A reference to a kind of entity that cannot exist yet: only clearing it is possible.
fn nothing(patch: &Patch, unknown: fn() -> ApiError) -> Result<Option<String>, ApiError> {
    if patch.text().is_some() { Err(unknown()) } else { Ok(None) }
}

fn unknown_certificate() -> ApiError {
    ApiError::bad_request("Invalid Client Certificate identifier specified")
}

fn cache_size(patch: &Patch) -> Result<CacheClusterSize, ApiError> {
    let sizes = || CacheClusterSize::ALL.iter().map(|size| size.as_str());
    CacheClusterSize::parse(value(patch)).ok_or_else(|| invalid_option("CacheClusterSize", sizes()))
}
