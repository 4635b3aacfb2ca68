//! Deployments: an API frozen as it stands, and the stage that a deployment may create, re-point or give a canary.
//!
//! In: decoded requests. Out: the deployment in wire form, or the service's refusal. It must not know how a snapshot
//! executes.

use stagedoor_base::{ApiId, DeploymentId, StageName};
use stagedoor_model::{
    ApiTree, CacheClusterSize, CanarySettings, Deployment, Map, Method, Resource, Snapshot, Stage,
};
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::{instant, text};
use crate::page::page;
use crate::patch::{Patch, PatchOp, PathTable};
use crate::stage;

const PATCHES: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/description"])] };

pub(crate) const NO_METHODS: &str = "The REST API doesn't contain any methods";
pub(crate) const NO_INTEGRATION: &str = "No integration defined for method";

fn unknown() -> ApiError {
    ApiError::not_found("Invalid Deployment identifier specified")
}

/// `CreateDeployment`.
pub(crate) fn create_deployment(
    ctx: &Context,
    request: wire::CreateDeploymentRequest,
) -> Result<wire::Deployment, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, &api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        let known = ctx.store.deployments(&ctx.scope, &api)?;
        let id = ctx.new_id_unlike(6, |id| known.iter().any(|deployment| deployment.id.as_str() == id));
        let deployment = Deployment {
            id: DeploymentId::from(id),
            description: text(request.description.clone()),
            created: ctx.now,
        };
        let stage = target_stage(ctx, &api, &request, &deployment.id)?;
        check_deployable(&before.value)?;
        let snapshot = Snapshot::freeze(before.value);
        let mut change = Change::of_api(&ctx.scope, &api).put_deployment(&deployment, &snapshot);
        if let Some(stage) = &stage {
            change = change.put_stage(stage);
        }
        ctx.commit(change.expecting(before.revision))?;
        Ok(to_wire(&deployment))
    })
}

/// `GetDeployment`.
pub(crate) fn get_deployment(
    ctx: &Context,
    request: wire::GetDeploymentRequest,
) -> Result<wire::Deployment, ApiError> {
    let (api, id) = ids(&request.rest_api_id, &request.deployment_id);
    let found = ctx.store.deployment(&ctx.scope, &api, &id)?;
    let deployment = found.ok_or_else(|| stage::missing(ctx, &api, unknown))?;
    let summarised = request.embed.iter().flatten().any(|part| part == "apisummary");
    let snapshot = match summarised {
        true => ctx.store.snapshot(&ctx.scope, &api, &id)?,
        false => None,
    };
    let api_summary = snapshot.map(|snapshot| summary(&snapshot.tree));
    Ok(wire::Deployment { api_summary, ..to_wire(&deployment.value) })
}

/// `GetDeployments`: newest first.
pub(crate) fn get_deployments(
    ctx: &Context,
    request: wire::GetDeploymentsRequest,
) -> Result<wire::Deployments, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    let all = ctx.store.deployments(&ctx.scope, &api)?;
    if all.is_empty() {
        ctx.read_api(api.as_str(), || ctx.unknown_api(api.as_str()))?;
    }
    let page = page(all, request.position.as_deref(), request.limit, |deployment| deployment.id.to_string())?
        .map(|deployment| to_wire(&deployment));
    Ok(wire::Deployments { items: Some(page.items), position: page.position })
}

/// `UpdateDeployment`: only the description can change.
pub(crate) fn update_deployment(
    ctx: &Context,
    request: wire::UpdateDeploymentRequest,
) -> Result<wire::Deployment, ApiError> {
    let (api, id) = ids(&request.rest_api_id, &request.deployment_id);
    let patches = Patch::all(request.patch_operations);
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, &api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        let known = ctx.store.deployment(&ctx.scope, &api, &id)?.ok_or_else(unknown)?.value;
        let mut deployment = known.clone();
        for patch in &patches {
            PATCHES.check(patch)?;
            deployment.description = patch.text();
        }
        if deployment != known {
            let change = Change::of_api(&ctx.scope, &api).update_deployment(&deployment);
            ctx.commit(change.expecting(before.revision))?;
        }
        Ok(to_wire(&deployment))
    })
}

/// `DeleteDeployment`: refused while a stage or its canary points here.
pub(crate) fn delete_deployment(
    ctx: &Context,
    request: wire::DeleteDeploymentRequest,
) -> Result<(), ApiError> {
    let (api, id) = ids(&request.rest_api_id, &request.deployment_id);
    ctx.retrying(|| {
        let before = ctx.store.api(&ctx.scope, &api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
        ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
        ctx.store.deployment(&ctx.scope, &api, &id)?.ok_or_else(unknown)?;
        let stages = ctx.store.stages(&ctx.scope, &api)?;
        if stages.iter().any(|stage| points_at(stage, &id)) {
            return Err(ApiError::bad_request(
                "Active stages pointing to this deployment must be moved or deleted",
            ));
        }
        let change = Change::of_api(&ctx.scope, &api).delete_deployment(&id);
        ctx.commit(change.expecting(before.revision))
    })
}

fn ids(api: &str, deployment: &str) -> (ApiId, DeploymentId) {
    (ApiId::from(api), DeploymentId::from(deployment))
}

/// Whether the stage, or its canary, runs this deployment.
fn points_at(stage: &Stage, deployment: &DeploymentId) -> bool {
    stage.deployment_id == *deployment
        || stage.canary.as_ref().is_some_and(|canary| canary.deployment_id == *deployment)
}

/// Whether the API can be frozen: it has a method, and every method has an integration.
fn check_deployable(tree: &ApiTree) -> Result<(), ApiError> {
    let mut methods = tree.resources.values().flat_map(|resource| resource.methods.values()).peekable();
    if methods.peek().is_none() {
        return Err(ApiError::bad_request(NO_METHODS));
    }
    if methods.any(|method| method.integration.is_none()) {
        return Err(ApiError::bad_request(NO_INTEGRATION));
    }
    Ok(())
}

/// The stage as this deployment leaves it, when it names one.
fn target_stage(
    ctx: &Context,
    api: &ApiId,
    request: &wire::CreateDeploymentRequest,
    deployment: &DeploymentId,
) -> Result<Option<Stage>, ApiError> {
    let name = request.stage_name.as_deref();
    if let Some(canary) = &request.canary_settings {
        return canary_stage(ctx, api, name, canary, deployment).map(Some);
    }
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    let found = ctx.store.stage(&ctx.scope, api, &StageName::from(name))?;
    let mut stage = match found {
        Some(stage) => stage.value,
        None => stage::new_stage(ctx, api, name, deployment)?,
    };
    if stage.canary.is_some() {
        return Err(ApiError::BadRequest(format!(
            "Invalid deployment content specified.Non canary deployment not supported on stage {name} because Canary \
             is enabled. Provide CanarySettings in deploymentInput."
        )));
    }
    stage.deployment_id = deployment.clone();
    stage.last_updated = ctx.now;
    configure(ctx, &mut stage, request)?;
    Ok(Some(stage))
}

// What is not given stays; given variables join those that the stage has.
fn configure(
    ctx: &Context,
    stage: &mut Stage,
    request: &wire::CreateDeploymentRequest,
) -> Result<(), ApiError> {
    if let Some(description) = text(request.stage_description.clone()) {
        stage.description = Some(description);
    }
    if let Some(variables) = &request.variables {
        stage.variables.extend(variables.clone());
        stage::check_variables(&stage.variables, &ctx.limits)?;
    }
    stage.tracing_enabled = request.tracing_enabled.unwrap_or(stage.tracing_enabled);
    stage.cache_cluster_enabled = request.cache_cluster_enabled.unwrap_or(stage.cache_cluster_enabled);
    let size = request.cache_cluster_size.as_deref().and_then(CacheClusterSize::parse);
    stage::size_cache(stage, size);
    Ok(())
}

// The stage goes on with its own deployment; the new one takes part of its calls.
fn canary_stage(
    ctx: &Context,
    api: &ApiId,
    name: Option<&str>,
    given: &wire::DeploymentCanarySettings,
    deployment: &DeploymentId,
) -> Result<Stage, ApiError> {
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return Err(ApiError::BadRequest(format!(
            "Invalid deployment content specified.Non null and non empty stageName must be provided for canary \
             deployment. Provided value is {}",
            name.unwrap_or("null")
        )));
    };
    let found = ctx.store.stage(&ctx.scope, api, &StageName::from(name))?;
    let found = found.ok_or_else(|| {
        ApiError::BadRequest(format!(
            "Invalid deployment content specified.Stage {name} must already be created before making a canary release deployment"
        ))
    })?;
    let mut stage = found.value;
    let canary = CanarySettings {
        deployment_id: deployment.clone(),
        percent_traffic: given.percent_traffic.unwrap_or(0.0),
        stage_variable_overrides: given.stage_variable_overrides.clone().unwrap_or_default(),
        use_stage_cache: given.use_stage_cache.unwrap_or(false),
    };
    stage::check_canary(&canary, &ctx.limits)?;
    stage.canary = Some(canary);
    stage.last_updated = ctx.now;
    Ok(stage)
}

fn summary(tree: &ApiTree) -> Map<Map<wire::MethodSnapshot>> {
    let mut resources: Vec<&Resource> =
        tree.resources.values().filter(|resource| !resource.methods.is_empty()).collect();
    resources.sort_by(|a, b| a.path.cmp(&b.path));
    let methods = |resource: &Resource| resource.methods.values().map(summary_entry).collect();
    resources.into_iter().map(|resource| (resource.path.clone(), methods(resource))).collect()
}

fn summary_entry(method: &Method) -> (String, wire::MethodSnapshot) {
    let snapshot = wire::MethodSnapshot {
        authorization_type: Some(method.authorization_type.to_string()),
        api_key_required: Some(method.api_key_required),
    };
    (method.http_method.to_string(), snapshot)
}

fn to_wire(deployment: &Deployment) -> wire::Deployment {
    wire::Deployment {
        id: Some(deployment.id.to_string()),
        description: deployment.description.clone(),
        created_date: Some(instant(deployment.created)),
        api_summary: None,
    }
}

#[cfg(test)]
mod tests;
