//! RestApi: create, read, list, change, delete.
//!
//! In: wire requests. Out: wire answers, changed trees. Cloning and the endpoint's rules have files of their own; what
//! is below an API belongs to the other resources.

mod clone;
mod endpoint;
mod patch;

pub(crate) use endpoint::assign as assign_endpoint;
use std::sync::PoisonError;

use stagedoor_auth::policy::{Kind, Policy};
use stagedoor_base::ApiId;
use stagedoor_model::{ApiKeySource, ApiTree, Map, RestApi};
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::authorize::Passed;
use crate::context::Context;
use crate::convert::{filled_list, instant, text};
use crate::page::page;
use crate::patch::Patch;
use crate::{ApiError, model, usage_plan};

/// The tag that fixes a new API's id.
const CUSTOM_ID_TAG: &str = "_custom_id_";
/// Bytes that `minimumCompressionSize` may name at most.
const MAX_COMPRESSION_SIZE: i64 = 10_485_760;

/// When an answer carries `tags`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagPresence {
    /// Get, Update and Put: `{}` when there are none.
    Always,
    /// Create and lists.
    WhenTagged,
}

pub(crate) fn create_rest_api(
    ctx: &Context,
    request: wire::CreateRestApiRequest,
) -> Result<wire::RestApi, ApiError> {
    let api = new_api(ctx, &request)?;
    let tree = match text(request.clone_from) {
        Some(source) => clone::of(ctx, &source, api)?,
        None => with_defaults(ctx, api),
    };
    insert(ctx, &tree)?;
    Ok(to_wire(ctx, &tree.api, TagPresence::WhenTagged))
}

pub(crate) fn get_rest_api(
    ctx: &Context,
    request: wire::GetRestApiRequest,
) -> Result<wire::RestApi, ApiError> {
    let id = &request.rest_api_id;
    let tree = ctx.read_api(id, || ctx.unknown_api(id))?;
    Ok(to_wire(ctx, &tree.api, TagPresence::Always))
}

pub(crate) fn get_rest_apis(
    ctx: &Context,
    request: wire::GetRestApisRequest,
) -> Result<wire::RestApis, ApiError> {
    let all = ctx.store.apis(&ctx.scope)?;
    let page = page(all, request.position.as_deref(), request.limit, |api| api.id.to_string())?
        .map(|api| to_wire(ctx, &api, TagPresence::WhenTagged));
    Ok(wire::RestApis { items: Some(page.items), position: page.position })
}

pub(crate) fn update_rest_api(
    ctx: &Context,
    request: wire::UpdateRestApiRequest,
) -> Result<wire::RestApi, ApiError> {
    let id = &request.rest_api_id;
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(
        id,
        || ctx.unknown_api(id),
        |tree| {
            patches.iter().try_for_each(|patch| patch::apply(ctx, &mut tree.api, patch))?;
            endpoint::check_security_policy(&tree.api)?;
            Ok(to_wire(ctx, &tree.api, TagPresence::Always))
        },
    )
}

pub(crate) fn delete_rest_api(ctx: &Context, request: wire::DeleteRestApiRequest) -> Result<(), ApiError> {
    let id = ApiId::from(request.rest_api_id.as_str());
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.retrying(|| {
        let found = ctx.store.api(&ctx.scope, &id)?.ok_or_else(|| ctx.unknown_api(id.as_str()))?;
        ctx.refuse_declared(found.value.api.declared_in.as_deref())?;
        let gone = Change::delete_api(&ctx.scope, &id).expecting(found.revision);
        ctx.commit_all(std::iter::once(gone).chain(usage_plan::leaving_plans(ctx, &id)?))
    })
}

/// Stores an API that did not exist before.
pub(crate) fn insert(ctx: &Context, tree: &ApiTree) -> Result<(), ApiError> {
    let taken = || ApiError::conflict(format!("API identifier {} is already in use", tree.api.id));
    if tree.api.tags.contains_key(CUSTOM_ID_TAG) && is_known_elsewhere(ctx, &tree.api.id)? {
        return Err(taken());
    }
    ctx.pass_roles(&Passed::by_api(None, tree))?;
    match ctx.commit(Change::create_api(&ctx.scope, tree)) {
        Err(ApiError::Raced) => Err(taken()),
        done => done,
    }
}

/// An id is the host name under which its API is called, whose account or region does not show: only one can have it.
fn is_known_elsewhere(ctx: &Context, id: &ApiId) -> Result<bool, ApiError> {
    let mut found = false;
    ctx.store.for_each_api(|_, known| found |= known == *id)?;
    Ok(found)
}

/// An API without settings, as imports start from.
pub(crate) fn unnamed_api(ctx: &Context, id: ApiId) -> RestApi {
    RestApi::unnamed(id, ctx.new_id(10).into(), ctx.now)
}

/// A fresh API id, or the one that the tag asks for.
pub(crate) fn api_id(ctx: &Context, tags: &Map<String>) -> Result<ApiId, ApiError> {
    match tags.get(CUSTOM_ID_TAG) {
        None => Ok(ctx.new_id(10).into()),
        // The id becomes a host name's first label.
        Some(id) if is_host_label(id) => Ok(ApiId::from(id.as_str())),
        Some(id) => Err(ApiError::bad_request(format!("Invalid value for the {CUSTOM_ID_TAG} tag: {id}"))),
    }
}

fn is_host_label(id: &str) -> bool {
    (1..=63).contains(&id.len())
        && !id.starts_with('-')
        && !id.ends_with('-')
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn new_api(ctx: &Context, request: &wire::CreateRestApiRequest) -> Result<RestApi, ApiError> {
    if request.description.as_deref() == Some("") {
        return Err(ApiError::bad_request("Description cannot be an empty string"));
    }
    let name = checked_name(&request.name)?;
    let endpoint = endpoint::configuration(request.endpoint_configuration.as_ref())?;
    let tags = request.tags.clone().unwrap_or_default();
    crate::tags::check(&tags)?;
    let mut api = unnamed_api(ctx, api_id(ctx, &tags)?);
    api.security_policy =
        endpoint::security_policy(request.security_policy.as_deref(), endpoint.endpoint_type)?;
    api.endpoint_access_mode = endpoint::access_mode(request.endpoint_access_mode.as_deref())?;
    endpoint::check_security_policy(&api)?;
    Ok(RestApi {
        name,
        description: request.description.clone(),
        version: text(request.version.clone()),
        binary_media_types: request.binary_media_types.clone().unwrap_or_default(),
        minimum_compression_size: compression_size(request.minimum_compression_size.map(i64::from))?,
        api_key_source: api_key_source(request.api_key_source.as_deref())?,
        endpoint,
        policy: policy(ctx, request.policy.as_deref())?,
        disable_execute_api_endpoint: request.disable_execute_api_endpoint.unwrap_or(false),
        tags,
        ..api
    })
}

fn with_defaults(ctx: &Context, api: RestApi) -> ApiTree {
    let mut tree = ApiTree::bare(api);
    for model in model::built_in(ctx) {
        tree.models.insert(model.name.clone(), model);
    }
    tree
}

fn checked_name(name: &str) -> Result<String, ApiError> {
    match name {
        "" => Err(ApiError::bad_request("API name cannot be an empty string")),
        name => Ok(name.to_owned()),
    }
}

/// `None` keeps compression off.
fn compression_size(size: Option<i64>) -> Result<Option<u32>, ApiError> {
    let Some(size) = size else { return Ok(None) };
    if !(0..=MAX_COMPRESSION_SIZE).contains(&size) {
        return Err(invalid_compression_size());
    }
    u32::try_from(size).map(Some).map_err(|_| invalid_compression_size())
}

fn invalid_compression_size() -> ApiError {
    ApiError::bad_request(format!(
        "Invalid minimum compression size, must be between 0 and {MAX_COMPRESSION_SIZE}"
    ))
}

fn api_key_source(text: Option<&str>) -> Result<ApiKeySource, ApiError> {
    match text {
        None => Ok(ApiKeySource::Header),
        Some(text) => ApiKeySource::parse(text).ok_or_else(|| {
            ApiError::bad_request("Invalid API key source specified. Must be one of: [HEADER, AUTHORIZER]")
        }),
    }
}

/// Checks a policy's text; `""` is none.
fn policy(ctx: &Context, text: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > ctx.limits.policy_chars {
        return Err(ApiError::bad_request(format!(
            "Invalid policy document. The policy must not be longer than {} characters.",
            ctx.limits.policy_chars
        )));
    }
    match Policy::parse(text, Kind::Resource) {
        Ok(_) => Ok(Some(text.to_owned())),
        Err(_) => Err(ApiError::bad_request(
            "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
        )),
    }
}

/// Refuses settings that no API may have together; imports, which set them all at once, ask here.
pub(crate) fn check(ctx: &Context, api: &RestApi) -> Result<(), ApiError> {
    policy(ctx, api.policy.as_deref())?;
    endpoint::check_security_policy(api)
}

/// Short resources (`execute-api:/*`) read back as full ARNs of this API. Some JSON writers escape slashes.
fn expanded_policy(ctx: &Context, api: &RestApi) -> Option<String> {
    let full = format!("\"arn:aws:execute-api:{}:{}:{}/", ctx.scope.region, ctx.scope.account, api.id);
    let policy = api.policy.as_ref()?;
    Some(policy.replace("\"execute-api:/", &full).replace(r#""execute-api:\/"#, &full))
}

/// An API as the service prints it.
pub(crate) fn to_wire(ctx: &Context, api: &RestApi, tags: TagPresence) -> wire::RestApi {
    let shows_tags = tags == TagPresence::Always || !api.tags.is_empty();
    wire::RestApi {
        id: Some(api.id.to_string()),
        name: Some(api.name.clone()),
        description: api.description.clone(),
        created_date: Some(instant(api.created)),
        version: api.version.clone(),
        warnings: filled_list(&api.warnings),
        binary_media_types: filled_list(&api.binary_media_types),
        minimum_compression_size: api.minimum_compression_size.and_then(|size| i32::try_from(size).ok()),
        api_key_source: Some(api.api_key_source.to_string()),
        endpoint_configuration: Some(endpoint::to_wire(&api.endpoint)),
        policy: expanded_policy(ctx, api),
        tags: shows_tags.then(|| api.tags.clone()),
        disable_execute_api_endpoint: Some(api.disable_execute_api_endpoint),
        root_resource_id: Some(api.root_resource_id.to_string()),
        security_policy: Some(api.security_policy.to_string()),
        endpoint_access_mode: api.endpoint_access_mode.map(|mode| mode.to_string()),
        // Terraform polls until it reads AVAILABLE.
        api_status: Some("AVAILABLE".to_owned()),
        api_status_message: None,
    }
}

#[cfg(test)]
mod tests;
