//! GatewayResponse: what the gateway itself answers, by kind; built in until customised.
//!
//! In: wire requests. Out: wire answers, changed trees.

use stagedoor_model::{ApiTree, GatewayResponse, GatewayResponseType, Map};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::page::page;
use crate::patch::{Patch, PatchOp};

pub(crate) fn put_gateway_response(
    ctx: &Context,
    request: wire::PutGatewayResponseRequest,
) -> Result<wire::GatewayResponse, ApiError> {
    let kind = kind(&request.response_type)?;
    edit(ctx, &request.rest_api_id, |tree| {
        let built_in = GatewayResponse::built_in(kind);
        let response = GatewayResponse {
            response_type: kind,
            status: request.status_code.as_deref().map(status).transpose()?,
            parameters: request.response_parameters.clone().unwrap_or(built_in.parameters),
            templates: request.response_templates.clone().unwrap_or(built_in.templates),
        };
        check(&response)?;
        tree.gateway_responses.insert(kind, response.clone());
        Ok(to_wire(&response, false))
    })
}

pub(crate) fn get_gateway_response(
    ctx: &Context,
    request: wire::GetGatewayResponseRequest,
) -> Result<wire::GatewayResponse, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    Ok(effective(&tree, kind(&request.response_type)?))
}

pub(crate) fn get_gateway_responses(
    ctx: &Context,
    request: wire::GetGatewayResponsesRequest,
) -> Result<wire::GatewayResponses, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    let mut kinds = GatewayResponseType::ALL.to_vec();
    kinds.sort_by_key(|kind| kind.as_str());
    let page = page(kinds, request.position.as_deref(), request.limit, ToString::to_string)?
        .map(|kind| effective(&tree, kind));
    Ok(wire::GatewayResponses { items: Some(page.items), position: page.position })
}

/// Patching a kind that was never customised customises it.
pub(crate) fn update_gateway_response(
    ctx: &Context,
    request: wire::UpdateGatewayResponseRequest,
) -> Result<wire::GatewayResponse, ApiError> {
    let kind = kind(&request.response_type)?;
    let patches = Patch::all(request.patch_operations);
    edit(ctx, &request.rest_api_id, |tree| {
        if patches.is_empty() {
            return Ok(effective(tree, kind));
        }
        let response = tree.gateway_responses.entry(kind).or_insert_with(|| GatewayResponse::built_in(kind));
        patches.iter().try_for_each(|patch| apply(response, patch))?;
        check(response)?;
        Ok(to_wire(response, false))
    })
}

pub(crate) fn delete_gateway_response(
    ctx: &Context,
    request: wire::DeleteGatewayResponseRequest,
) -> Result<(), ApiError> {
    let kind = kind(&request.response_type)?;
    edit(ctx, &request.rest_api_id, |tree| match tree.gateway_responses.remove(&kind) {
        Some(_) => Ok(()),
        None => Err(ApiError::not_found("Gateway response type not defined on api")),
    })
}

fn edit<T>(
    ctx: &Context,
    api: &str,
    change: impl FnMut(&mut ApiTree) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    ctx.edit_api(api, || ctx.unknown_api(api), change)
}

// The wire refuses unknown kinds before; the text stands for callers that come another way.
fn kind(text: &str) -> Result<GatewayResponseType, ApiError> {
    GatewayResponseType::parse(text)
        .ok_or_else(|| ApiError::bad_request(format!("Invalid gateway response type specified: {text}")))
}

/// What a kind answers now: its own customisation, its family's under its own name, or what is built in.
fn effective(tree: &ApiTree, kind: GatewayResponseType) -> wire::GatewayResponse {
    if let Some(own) = tree.gateway_responses.get(&kind) {
        return to_wire(own, false);
    }
    let family = kind.family().and_then(|family| tree.gateway_responses.get(&family));
    match family {
        Some(family) => to_wire(&GatewayResponse { response_type: kind, ..family.clone() }, true),
        None => to_wire(&GatewayResponse::built_in(kind), true),
    }
}

fn apply(response: &mut GatewayResponse, patch: &Patch) -> Result<(), ApiError> {
    let tokens = patch.tokens();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["statusCode"] if patch.op == PatchOp::Replace => {
            response.status = patch.text().as_deref().map(status).transpose()?;
            Ok(())
        }
        ["responseParameters", name] => {
            apply_entry(&mut response.parameters, patch, name, "responseParameters")
        }
        ["responseTemplates", name] => apply_entry(&mut response.templates, patch, name, "responseTemplates"),
        _ => Err(patch.invalid_path()),
    }
}

fn apply_entry(map: &mut Map<String>, patch: &Patch, name: &str, field: &str) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Remove, PatchOp::Replace])?;
    if patch.op != PatchOp::Add && !map.contains_key(name) {
        return Err(ApiError::not_found("Invalid parameter name specified"));
    }
    if patch.op == PatchOp::Remove {
        map.shift_remove(name);
        return Ok(());
    }
    let value = patch
        .text()
        .ok_or_else(|| ApiError::bad_request(format!("Invalid null or empty value in {field}")))?;
    map.insert(name.to_owned(), value);
    Ok(())
}

fn status(text: &str) -> Result<u16, ApiError> {
    match text.parse() {
        Ok(status @ 100..=599) => Ok(status),
        _ => Err(ApiError::bad_request(format!("Invalid status code specified: {text}"))),
    }
}

/// Checks a customisation's parameters; imports use it too.
pub(crate) fn check(response: &GatewayResponse) -> Result<(), ApiError> {
    for (name, expression) in &response.parameters {
        if !is_header(name) {
            return Err(invalid_expression(name));
        }
        if !is_expression(expression) {
            return Err(invalid_expression(expression));
        }
    }
    Ok(())
}

fn is_header(name: &str) -> bool {
    name.strip_prefix("gatewayresponse.header.").is_some_and(|header| !header.is_empty())
}

fn is_expression(text: &str) -> bool {
    const SOURCES: [&str; 7] = [
        "method.request.header.",
        "method.request.querystring.",
        "method.request.path.",
        "method.request.multivalueheader.",
        "method.request.multivaluequerystring.",
        "context.",
        "stageVariables.",
    ];
    let is_static = text.len() >= 2 && text.starts_with('\'') && text.ends_with('\'');
    is_static || SOURCES.iter().any(|source| text.strip_prefix(source).is_some_and(|name| !name.is_empty()))
}

fn invalid_expression(text: &str) -> ApiError {
    ApiError::bad_request(format!(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : \
         [Invalid mapping expression specified: {text}]"
    ))
}

fn to_wire(response: &GatewayResponse, is_default: bool) -> wire::GatewayResponse {
    wire::GatewayResponse {
        response_type: Some(response.response_type.to_string()),
        status_code: response
            .status
            .or(response.response_type.default_status())
            .map(|status| status.to_string()),
        response_parameters: Some(response.parameters.clone()),
        response_templates: Some(response.templates.clone()),
        default_response: Some(is_default),
    }
}

#[cfg(test)]
mod tests;
