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

#[cfg(test)]
mod tests {
    use super::super::testing::{House, patch};

    const FRAME: &str = "Invalid mapping expression specified: Validation Result: warnings : [], errors : ";

    /// An API with a MOCK on GET `/m` and method responses 200 (with header A) and 400, and the method's path.
    fn place() -> (House, String) {
        let (house, api) = House::with_api();
        let method = format!("/restapis/{api}/resources/{}/methods/GET", house.resource(&api, "m"));
        house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
        house.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#);
        let declared = r#"{"responseParameters":{"method.response.header.A":false}}"#;
        house.call("PUT", &format!("{method}/responses/200"), declared);
        house.call("PUT", &format!("{method}/responses/400"), "{}");
        (house, method)
    }

    #[test]
    fn what_is_put_is_read_back() {
        let (house, method) = place();
        let path = format!("{method}/integration/responses/200");
        for (body, rest) in [
            ("{}", ""),
            (
                r#"{"selectionPattern":"","responseTemplates":{}}"#,
                r#","selectionPattern":"","responseTemplates":{}"#,
            ),
            (r#"{"responseTemplates":{"a/b":null}}"#, r#","responseTemplates":{"a/b":null}"#),
            (r#"{"responseTemplates":{"a/b":""}}"#, r#","responseTemplates":{"a/b":null}"#),
            (
                r#"{"selectionPattern":"4..","responseParameters":{"method.response.header.A":"'v'"},"responseTemplates":{"a/b":"x"},"contentHandling":"CONVERT_TO_TEXT"}"#,
                r#","selectionPattern":"4..","responseParameters":{"method.response.header.A":"'v'"},"responseTemplates":{"a/b":"x"},"contentHandling":"CONVERT_TO_TEXT""#,
            ),
        ] {
            let expected = format!(r#"{{"statusCode":"200"{rest}}}"#);
            house.check(("PUT", &path, body), 201, &expected);
            house.check(("GET", &path, ""), 200, &expected);
        }
        house.check(("DELETE", &path, ""), 204, "");
        house.finds_nothing(("GET", &path, ""), "Invalid Response status code specified");
    }

    #[test]
    fn put_refuses() {
        let (house, method) = place();
        let at = |status: &str| format!("{method}/integration/responses/{status}");
        let check = |body: &str, message: &str| house.refuses_bad(("PUT", &at("200"), body), message);
        let mapped = |key: &str, value: &str| format!(r#"{{"responseParameters":{{"{key}":"{value}"}}}}"#);
        check(
            &mapped("method.response.header.B", "'v'"),
            &format!("{FRAME}[Invalid mapping expression parameter specified: method.response.header.B]"),
        );
        check(
            &mapped("method.response.header.A", "*"),
            &format!("{FRAME}[Invalid mapping expression specified: *]"),
        );
        check(&mapped("A", "'v'"), &format!("{FRAME}[Invalid mapping identifier specified]"));
        check(
            r#"{"responseTemplates":{"123":"x"}}"#,
            "Validation Result: warnings : [], errors : [Invalid content type specified: 123]",
        );
        house.finds_nothing(("PUT", &at("404"), "{}"), "Invalid Response status code specified");
        house.call("DELETE", &format!("{method}/responses/200"), "");
        house.call("DELETE", &format!("{method}/responses/400"), "");
        check(
            &mapped("method.response.header.A", "'v'"),
            &format!("{FRAME}[No method response exists for method.]"),
        );
    }

    #[test]
    fn one_entry_per_pattern() {
        let (house, method) = place();
        let at = |status: &str| format!("{method}/integration/responses/{status}");
        let conflict = |body: &str, name: &str| {
            let message = format!("Integration response with selection pattern {name} already exists");
            house.refuses(("PUT", &at("400"), body), 409, "ConflictException", &message);
        };
        house.call("PUT", &at("200"), "{}");
        conflict(r#"{"selectionPattern":""}"#, "default");
        house.call("PUT", &at("200"), r#"{"selectionPattern":"2.."}"#);
        conflict(r#"{"selectionPattern":"2.."}"#, "2..");
    }

    #[test]
    fn unknown_places() {
        let (house, method) = place();
        let other = method.replace("/GET", "/PUT");
        let path = format!("{other}/integration/responses/200");
        house.finds_nothing(("DELETE", &path, ""), "Invalid Integration identifier specified");
        house.finds_nothing(("GET", &path, ""), "Invalid Method identifier specified");
        house.call("PUT", &other, r#"{"authorizationType":"NONE"}"#);
        house.finds_nothing(("PUT", &path, "{}"), "No integration defined for method");
        house.finds_nothing(("GET", &path, ""), "Invalid Integration identifier specified");
        house.finds_nothing(("PATCH", &path, "{}"), "Invalid Integration identifier specified");
    }

    #[test]
    fn patches() {
        let (house, method) = place();
        let path = format!("{method}/integration/responses/200");
        house.call("PUT", &path, "{}");
        let check = |op: &str, at: &str, value: Option<&str>, rest: &str| {
            let expected = format!(r#"{{"statusCode":"200"{rest}}}"#);
            house.check(("PATCH", &path, &patch(op, at, value)), 200, &expected);
        };
        check(
            "replace",
            "/contentHandling",
            Some("CONVERT_TO_BINARY"),
            r#","contentHandling":"CONVERT_TO_BINARY""#,
        );
        check("replace", "/contentHandling", Some(""), "");
        let parameter = "/responseParameters/method.response.header.A";
        check("add", parameter, Some("'v'"), r#","responseParameters":{"method.response.header.A":"'v'"}"#);
        check("remove", parameter, None, "");
        let template = "/responseTemplates/a~1b";
        check("add", template, Some("x"), r#","responseTemplates":{"a/b":"x"}"#);
        check("replace", template, Some(""), r#","responseTemplates":{"a/b":null}"#);
        check("remove", template, None, "");
        check("replace", "/selectionPattern", Some("5.."), r#","selectionPattern":"5..""#);
    }

    #[test]
    fn patches_are_refused() {
        let (house, method) = place();
        let path = format!("{method}/integration/responses/200");
        house.call("PUT", &path, "{}");
        let check = |op: &str, at: &str, value: Option<&str>, message: &str| {
            house.refuses_bad(("PATCH", &path, &patch(op, at, value)), message);
        };
        check("replace", "/statusCode", Some("201"), "Invalid patch path /statusCode");
        check(
            "add",
            "/selectionPattern",
            Some("x"),
            "Invalid patch operation specified. Must be one of: [replace]",
        );
        check(
            "remove",
            "/contentHandling",
            None,
            "Invalid patch operation specified. Must be one of: [replace]",
        );
        check(
            "replace",
            "/contentHandling",
            Some("X"),
            "Invalid ContentHandling specified. Valid options are CONVERT_TO_BINARY,CONVERT_TO_TEXT",
        );
        check(
            "add",
            "/responseParameters/method.response.header.B",
            Some("'v'"),
            &format!("{FRAME}[Invalid mapping expression parameter specified: method.response.header.B]"),
        );
        check(
            "add",
            "/responseParameters/method.response.header.A",
            None,
            "Invalid null or empty value in responseParameters",
        );
        let gone = patch("remove", "/responseTemplates/a~1b", None);
        house.finds_nothing(("PATCH", &path, &gone), "Content-Type specified was not found");
    }
}
