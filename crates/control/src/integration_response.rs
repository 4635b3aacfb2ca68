//! Integration responses: how one kind of backend reply becomes a method response. Put, get, update, delete, and the
//! rules that an import shares.
//!
//! In: decoded requests. Out: the response in wire form, or the service's refusal. It must not know how a reply is
//! selected or mapped.

use std::collections::BTreeMap;

use stagedoor_model::{ApiTree, ContentHandling, Integration, IntegrationResponse, Method};
use stagedoor_wire::apigateway as wire;

use crate::context::Context;
use crate::integration::{self, mapping};
use crate::method::values::{NO_CONTENT_TYPE, NO_PARAMETER, check_templates, patch_optional, templates};
use crate::method_response::{parse_status, unknown};
use crate::patch::Patch;
use crate::{ApiError, method, resource};

/// `PutIntegrationResponse`: putting the same status again overwrites it.
pub(crate) fn put_integration_response(
    ctx: &Context,
    request: wire::PutIntegrationResponseRequest,
) -> Result<wire::IntegrationResponse, ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        let integration = method
            .integration
            .as_ref()
            .ok_or_else(|| ApiError::not_found("No integration defined for method"))?;
        let response = from_wire(&request)?;
        validate(&response, method, &integration.responses, ctx.limits.template_bytes)?;
        if !method.responses.contains_key(&response.status) {
            return Err(unknown());
        }
        let answer = to_wire(&response);
        if let Some(integration) = &mut method.integration {
            integration.responses.insert(response.status, response);
        }
        Ok(answer)
    })
}

/// `GetIntegrationResponse`.
pub(crate) fn get_integration_response(
    ctx: &Context,
    request: wire::GetIntegrationResponseRequest,
) -> Result<wire::IntegrationResponse, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, resource::unknown)?;
    let method = method::find(&tree, &request.resource_id, &request.http_method)?;
    let integration = method.integration.as_ref().ok_or_else(integration::unknown)?;
    integration.responses.get(&parse_status(&request.status_code)?).map(to_wire).ok_or_else(unknown)
}

/// `UpdateIntegrationResponse`.
pub(crate) fn update_integration_response(
    ctx: &Context,
    request: wire::UpdateIntegrationResponseRequest,
) -> Result<wire::IntegrationResponse, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        let integration = method.integration.as_ref().ok_or_else(integration::unknown)?;
        let status = parse_status(&request.status_code)?;
        let before = integration.responses.get(&status).ok_or_else(unknown)?;
        let mut after = before.clone();
        patches.iter().try_for_each(|patch| apply(&mut after, patch))?;
        validate_change(before, &after, method, integration, ctx.limits.template_bytes)?;
        let answer = to_wire(&after);
        if let Some(integration) = &mut method.integration {
            integration.responses.insert(status, after);
        }
        Ok(answer)
    })
}

/// `DeleteIntegrationResponse`: an unknown method answers as a missing integration does.
pub(crate) fn delete_integration_response(
    ctx: &Context,
    request: wire::DeleteIntegrationResponseRequest,
) -> Result<(), ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let integration = integration_mut(tree, &request.resource_id, &request.http_method)?;
        let status = parse_status(&request.status_code)?;
        integration.responses.remove(&status).map(drop).ok_or_else(unknown)
    })
}

fn integration_mut<'a>(
    tree: &'a mut ApiTree,
    resource: &str,
    verb: &str,
) -> Result<&'a mut Integration, ApiError> {
    resource::find(tree, resource)?;
    let method = method::find_mut(tree, resource, verb).map_err(|_| integration::unknown())?;
    method.integration.as_mut().ok_or_else(integration::unknown)
}

/// Whether a response may stand on this method's integration beside its siblings.
pub(crate) fn validate(
    response: &IntegrationResponse,
    method: &Method,
    siblings: &BTreeMap<u16, IntegrationResponse>,
    template_bytes: usize,
) -> Result<(), ApiError> {
    check_own(response, siblings, template_bytes)?;
    match &response.parameters {
        Some(parameters) => mapping::check_integration_response(parameters, method, response.status),
        None => Ok(()),
    }
}

// What a mapping fills may have gone from the method meanwhile, which is not this request's doing.
fn validate_change(
    before: &IntegrationResponse,
    after: &IntegrationResponse,
    method: &Method,
    integration: &Integration,
    template_bytes: usize,
) -> Result<(), ApiError> {
    if before.parameters == after.parameters {
        check_own(after, &integration.responses, template_bytes)
    } else {
        validate(after, method, &integration.responses, template_bytes)
    }
}

fn check_own(
    response: &IntegrationResponse,
    siblings: &BTreeMap<u16, IntegrationResponse>,
    template_bytes: usize,
) -> Result<(), ApiError> {
    let pattern = |response: &IntegrationResponse| response.selection_pattern.clone().unwrap_or_default();
    let own = pattern(response);
    if siblings.values().any(|other| other.status != response.status && pattern(other) == own) {
        let name = if own.is_empty() { "default" } else { &own };
        return Err(ApiError::Conflict(format!(
            "Integration response with selection pattern {name} already exists"
        )));
    }
    response.templates.as_ref().map_or(Ok(()), |templates| check_templates(templates, template_bytes))
}

fn apply(response: &mut IntegrationResponse, patch: &Patch) -> Result<(), ApiError> {
    let tokens = patch.tokens();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["responseParameters", key] => {
            patch_optional(&mut response.parameters, key, patch, NO_PARAMETER, |patch| {
                let missing = || ApiError::bad_request("Invalid null or empty value in responseParameters");
                patch.text().ok_or_else(missing)
            })
        }
        ["responseTemplates", kind] => {
            patch_optional(&mut response.templates, kind, patch, NO_CONTENT_TYPE, |patch| Ok(patch.text()))
        }
        ["selectionPattern"] => {
            patch.require_replace()?;
            response.selection_pattern.clone_from(&patch.value);
            Ok(())
        }
        ["contentHandling"] => {
            patch.require_replace()?;
            response.content_handling = integration::content_handling(patch)?;
            Ok(())
        }
        _ => Err(patch.invalid_path()),
    }
}

fn from_wire(request: &wire::PutIntegrationResponseRequest) -> Result<IntegrationResponse, ApiError> {
    Ok(IntegrationResponse {
        status: parse_status(&request.status_code)?,
        selection_pattern: request.selection_pattern.clone(),
        parameters: request.response_parameters.clone(),
        templates: request.response_templates.as_ref().map(templates),
        content_handling: request.content_handling.as_deref().and_then(ContentHandling::parse),
    })
}

/// A response in wire form. Maps that were given empty stay, maps never given are absent.
pub(crate) fn to_wire(response: &IntegrationResponse) -> wire::IntegrationResponse {
    wire::IntegrationResponse {
        status_code: Some(response.status.to_string()),
        selection_pattern: response.selection_pattern.clone(),
        response_parameters: response.parameters.clone(),
        response_templates: response.templates.clone(),
        content_handling: response.content_handling.map(|handling| handling.to_string()),
    }
}
