//! Method responses: the replies that a method declares. Put, get, update, delete, and the rules that an import shares.
//!
//! In: decoded requests. Out: the response in wire form, or the service's refusal. It must not know how a reply is made.

use stagedoor_model::{ApiTree, MethodResponse};
use stagedoor_wire::apigateway as wire;

use crate::context::Context;
use crate::integration::mapping;
use crate::method::values::{NO_CONTENT_TYPE, NO_PARAMETER, patch_optional, require_entry};
use crate::patch::Patch;
use crate::{ApiError, method, resource};

/// 404: no response with this status, here or where one is referred to.
pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Response status code specified")
}

/// A status code; its pattern was checked while decoding.
pub(crate) fn parse_status(text: &str) -> Result<u16, ApiError> {
    text.parse().map_err(|_| unknown())
}

/// `PutMethodResponse`.
pub(crate) fn put_method_response(
    ctx: &Context,
    request: wire::PutMethodResponseRequest,
) -> Result<wire::MethodResponse, ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find(tree, &request.resource_id, &request.http_method)?;
        let status = parse_status(&request.status_code)?;
        if method.responses.contains_key(&status) {
            return Err(ApiError::conflict("Response already exists for this resource"));
        }
        let (parameters, models) = (request.response_parameters.clone(), request.response_models.clone());
        let response = MethodResponse { status, parameters, models };
        validate(&response, tree)?;
        let answer = to_wire(&response);
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        method.responses.insert(status, response);
        Ok(answer)
    })
}

/// `GetMethodResponse`.
pub(crate) fn get_method_response(
    ctx: &Context,
    request: wire::GetMethodResponseRequest,
) -> Result<wire::MethodResponse, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, resource::unknown)?;
    let method = method::find(&tree, &request.resource_id, &request.http_method)?;
    method.responses.get(&parse_status(&request.status_code)?).map(to_wire).ok_or_else(unknown)
}

/// `UpdateMethodResponse`.
pub(crate) fn update_method_response(
    ctx: &Context,
    request: wire::UpdateMethodResponseRequest,
) -> Result<wire::MethodResponse, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find(tree, &request.resource_id, &request.http_method)?;
        let status = parse_status(&request.status_code)?;
        let mut after = method.responses.get(&status).ok_or_else(unknown)?.clone();
        patches.iter().try_for_each(|patch| apply(&mut after, patch))?;
        validate(&after, tree)?;
        let answer = to_wire(&after);
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        method.responses.insert(status, after);
        Ok(answer)
    })
}

/// `DeleteMethodResponse`: integration responses of the same status stay.
pub(crate) fn delete_method_response(
    ctx: &Context,
    request: wire::DeleteMethodResponseRequest,
) -> Result<(), ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        let status = parse_status(&request.status_code)?;
        method.responses.remove(&status).map(drop).ok_or_else(unknown)
    })
}

/// Whether a response may stand in this API.
pub(crate) fn validate(response: &MethodResponse, tree: &ApiTree) -> Result<(), ApiError> {
    response.models.as_ref().map_or(Ok(()), |models| method::check_models(models, tree))?;
    response.parameters.as_ref().map_or(Ok(()), mapping::check_method_response)
}

fn apply(response: &mut MethodResponse, patch: &Patch) -> Result<(), ApiError> {
    let tokens = patch.tokens();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["responseModels", kind] => {
            require_entry(response.models.as_ref(), kind, patch, NO_CONTENT_TYPE)?;
            let model = |patch: &Patch| Ok(method::model_name(patch));
            patch_optional(&mut response.models, kind, patch, NO_CONTENT_TYPE, model)
        }
        ["responseParameters", key] => {
            require_entry(response.parameters.as_ref(), key, patch, NO_PARAMETER)?;
            let required = |patch: &Patch| Ok(patch.flag());
            patch_optional(&mut response.parameters, key, patch, NO_PARAMETER, required)
        }
        _ => Err(patch.invalid_path()),
    }
}

/// A response in wire form. Maps that were given empty stay, maps never given are absent.
pub(crate) fn to_wire(response: &MethodResponse) -> wire::MethodResponse {
    wire::MethodResponse {
        status_code: Some(response.status.to_string()),
        response_parameters: response.parameters.clone(),
        response_models: response.models.clone(),
    }
}
