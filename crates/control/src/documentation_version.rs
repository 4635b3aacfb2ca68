//! Documentation versions: all parts of an API frozen under a name, and the stage that shows them.
//!
//! In: decoded requests. Out: the version in wire form, or the service's refusal. It must not know how a version gets
//! into documents.

use stagedoor_base::{ApiId, StageName};
use stagedoor_model::{ApiTree, DocumentationVersion, FrozenDocumentation, Stage};
use stagedoor_store::{Change, Versioned};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::{instant, text};
use crate::page::page;
use crate::patch::{Patch, PatchOp, PathTable};
use crate::stage;

const PATCHES: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/description"])] };

const UNKNOWN: &str = "Invalid Documentation version specified";

fn unknown() -> ApiError {
    ApiError::not_found(UNKNOWN)
}

/// `CreateDocumentationVersion`: freezes all parts, and attaches them to a stage when one is named.
pub(crate) fn create_documentation_version(
    ctx: &Context,
    request: wire::CreateDocumentationVersionRequest,
) -> Result<wire::DocumentationVersion, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    ctx.retrying(|| {
        let before = edited(ctx, &api)?;
        let version = DocumentationVersion {
            version: request.documentation_version.clone(),
            description: text(request.description.clone()),
            created: ctx.now,
        };
        check_new(ctx, &api, &version.version)?;
        let parts = before.value.documentation_parts.into_values().collect();
        let mut change =
            Change::of_api(&ctx.scope, &api).put_documentation(&version, &FrozenDocumentation { parts });
        if let Some(stage) = described_stage(ctx, &api, &request)? {
            change = change.put_stage(&stage);
        }
        ctx.commit(change.expecting(before.revision))?;
        Ok(to_wire(&version))
    })
}

/// `GetDocumentationVersion`.
pub(crate) fn get_documentation_version(
    ctx: &Context,
    request: wire::GetDocumentationVersionRequest,
) -> Result<wire::DocumentationVersion, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    match ctx.store.documentation_version(&ctx.scope, &api, &request.documentation_version)? {
        Some(found) => Ok(to_wire(&found.value)),
        None => Err(stage::missing(ctx, &api, unknown)),
    }
}

/// `GetDocumentationVersions`: newest first.
pub(crate) fn get_documentation_versions(
    ctx: &Context,
    request: wire::GetDocumentationVersionsRequest,
) -> Result<wire::DocumentationVersions, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    let all = ctx.store.documentation_versions(&ctx.scope, &api)?;
    if all.is_empty() {
        ctx.read_api(api.as_str(), || ctx.unknown_api(api.as_str()))?;
    }
    let page = page(all, request.position.as_deref(), request.limit, |version| version.version.clone())?
        .map(|version| to_wire(&version));
    Ok(wire::DocumentationVersions { items: Some(page.items), position: page.position })
}

/// `UpdateDocumentationVersion`: only the description can change.
pub(crate) fn update_documentation_version(
    ctx: &Context,
    request: wire::UpdateDocumentationVersionRequest,
) -> Result<wire::DocumentationVersion, ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    let patches = Patch::all(request.patch_operations);
    ctx.retrying(|| {
        let before = edited(ctx, &api)?;
        let known = find(ctx, &api, &request.documentation_version)?;
        let mut version = known.clone();
        for patch in &patches {
            PATCHES.check(patch)?;
            version.description = patch.text();
        }
        if version != known {
            let change = Change::of_api(&ctx.scope, &api).update_documentation(&version);
            ctx.commit(change.expecting(before.revision))?;
        }
        Ok(to_wire(&version))
    })
}

/// `DeleteDocumentationVersion`: refused while a stage shows it.
pub(crate) fn delete_documentation_version(
    ctx: &Context,
    request: wire::DeleteDocumentationVersionRequest,
) -> Result<(), ApiError> {
    let api = ApiId::from(request.rest_api_id.as_str());
    ctx.retrying(|| {
        let before = edited(ctx, &api)?;
        let name = find(ctx, &api, &request.documentation_version)?.version;
        let stages = ctx.store.stages(&ctx.scope, &api)?;
        if let Some(stage) = stages.iter().find(|stage| stage.documentation_version.as_ref() == Some(&name)) {
            return Err(ApiError::conflict(format!(
                "Cannot delete documentation version '{name}', is referenced in stage: {}",
                stage.name
            )));
        }
        let change = Change::of_api(&ctx.scope, &api).delete_documentation(&name);
        ctx.commit(change.expecting(before.revision))
    })
}

/// The version that a stage is told to show, if it exists; an empty name shows none.
pub(crate) fn named(ctx: &Context, api: &ApiId, name: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
    match ctx.store.documentation_version(&ctx.scope, api, name)? {
        Some(found) => Ok(Some(found.value.version)),
        None => Err(unknown_to_stage()),
    }
}

/// 400 for a stage that shall show a version which does not exist.
pub(crate) fn unknown_to_stage() -> ApiError {
    ApiError::bad_request(UNKNOWN)
}

/// The API about to change.
fn edited(ctx: &Context, api: &ApiId) -> Result<Versioned<ApiTree>, ApiError> {
    let before = ctx.store.api(&ctx.scope, api)?.ok_or_else(|| ctx.unknown_api(api.as_str()))?;
    ctx.refuse_declared(before.value.api.declared_in.as_deref())?;
    Ok(before)
}

fn find(ctx: &Context, api: &ApiId, name: &str) -> Result<DocumentationVersion, ApiError> {
    Ok(ctx.store.documentation_version(&ctx.scope, api, name)?.ok_or_else(unknown)?.value)
}

fn check_new(ctx: &Context, api: &ApiId, name: &str) -> Result<(), ApiError> {
    if name.trim().is_empty() {
        return Err(ApiError::bad_request("Documentation version must be non-empty"));
    }
    if ctx.store.documentation_version(&ctx.scope, api, name)?.is_some() {
        return Err(ApiError::conflict(format!("Documentation version {name} already exists")));
    }
    Ok(())
}

fn described_stage(
    ctx: &Context,
    api: &ApiId,
    request: &wire::CreateDocumentationVersionRequest,
) -> Result<Option<Stage>, ApiError> {
    let Some(name) = text(request.stage_name.clone()) else { return Ok(None) };
    let found = ctx.store.stage(&ctx.scope, api, &StageName::from(name))?.ok_or_else(stage::unknown)?;
    let mut stage = found.value;
    stage.documentation_version = Some(request.documentation_version.clone());
    stage.last_updated = ctx.now;
    Ok(Some(stage))
}

fn to_wire(version: &DocumentationVersion) -> wire::DocumentationVersion {
    wire::DocumentationVersion {
        version: Some(version.version.clone()),
        created_date: Some(instant(version.created)),
        description: version.description.clone(),
    }
}

#[cfg(test)]
mod tests;
