//! RequestValidator: which parts of a request the methods that name it check.
//!
//! In: wire requests. Out: wire answers, changed trees.

use stagedoor_model::{ApiTree, RequestValidator};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::page::page;
use crate::patch::{Patch, PatchOp, PathTable};

const PATCHES: PathTable = PathTable {
    supported: &[(PatchOp::Replace, &["/name", "/validateRequestParameters", "/validateRequestBody"])],
};

fn unknown() -> ApiError {
    ApiError::not_found("Invalid Request Validator identifier specified")
}

pub(crate) fn create_request_validator(
    ctx: &Context,
    request: wire::CreateRequestValidatorRequest,
) -> Result<wire::RequestValidator, ApiError> {
    // The one create that answers 400 for an unknown API.
    let unknown_api = || ApiError::bad_request("Invalid REST API identifier specified");
    ctx.edit_api(&request.rest_api_id, unknown_api, |tree| {
        check_name(request.name.as_deref())?;
        let validator = RequestValidator {
            id: ctx.new_id_unlike(6, |id| tree.validators.contains_key(id)),
            name: request.name.clone(),
            validate_request_body: request.validate_request_body.unwrap_or(false),
            validate_request_parameters: request.validate_request_parameters.unwrap_or(false),
        };
        tree.validators.insert(validator.id.clone(), validator.clone());
        Ok(to_wire(&validator))
    })
}

pub(crate) fn get_request_validator(
    ctx: &Context,
    request: wire::GetRequestValidatorRequest,
) -> Result<wire::RequestValidator, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, unknown)?;
    Ok(to_wire(find(&tree, &request.request_validator_id)?))
}

pub(crate) fn get_request_validators(
    ctx: &Context,
    request: wire::GetRequestValidatorsRequest,
) -> Result<wire::RequestValidators, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    let all: Vec<RequestValidator> = tree.validators.into_values().collect();
    let page = page(all, request.position.as_deref(), request.limit, |validator| validator.id.clone())?
        .map(|validator| to_wire(&validator));
    Ok(wire::RequestValidators { items: Some(page.items), position: page.position })
}

pub(crate) fn update_request_validator(
    ctx: &Context,
    request: wire::UpdateRequestValidatorRequest,
) -> Result<wire::RequestValidator, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        let validator = tree.validators.get_mut(&request.request_validator_id).ok_or_else(unknown)?;
        patches.iter().try_for_each(|patch| apply(validator, patch))?;
        Ok(to_wire(validator))
    })
}

pub(crate) fn delete_request_validator(
    ctx: &Context,
    request: wire::DeleteRequestValidatorRequest,
) -> Result<(), ApiError> {
    let id = &request.request_validator_id;
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        find(tree, id)?;
        refuse_referenced(tree, id)?;
        tree.validators.remove(id);
        Ok(())
    })
}

fn find<'a>(tree: &'a ApiTree, id: &str) -> Result<&'a RequestValidator, ApiError> {
    tree.validators.get(id).ok_or_else(unknown)
}

fn check_name(name: Option<&str>) -> Result<(), ApiError> {
    match name {
        Some("") => Err(ApiError::bad_request("Request Validator name cannot be blank")),
        _ => Ok(()),
    }
}

fn apply(validator: &mut RequestValidator, patch: &Patch) -> Result<(), ApiError> {
    PATCHES.check(patch)?;
    match patch.path() {
        "/name" => {
            check_name(Some(patch.value.as_deref().unwrap_or_default()))?;
            validator.name.clone_from(&patch.value);
        }
        "/validateRequestParameters" => validator.validate_request_parameters = patch.flag(),
        _ => validator.validate_request_body = patch.flag(),
    }
    Ok(())
}

fn refuse_referenced(tree: &ApiTree, id: &str) -> Result<(), ApiError> {
    for resource in tree.resources.values() {
        let user =
            resource.methods.values().find(|method| method.request_validator_id.as_deref() == Some(id));
        if let Some(method) = user {
            return Err(ApiError::conflict(format!(
                "Cannot delete Request Validator '{id}', is referenced in method: {}/{}",
                resource.path, method.http_method
            )));
        }
    }
    Ok(())
}

fn to_wire(validator: &RequestValidator) -> wire::RequestValidator {
    wire::RequestValidator {
        id: Some(validator.id.clone()),
        name: validator.name.clone(),
        validate_request_body: Some(validator.validate_request_body),
        validate_request_parameters: Some(validator.validate_request_parameters),
    }
}
