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

#[cfg(test)]
mod tests {
    use super::super::testing::{House, patch};

    /// An API with GET `/m`, and the path of its response 200.
    fn place() -> (House, String) {
        let (house, api) = House::with_api();
        let method = format!("/restapis/{api}/resources/{}/methods/GET", house.resource(&api, "m"));
        house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
        (house, format!("{method}/responses/200"))
    }

    #[test]
    fn maps_are_kept_as_they_were_sent() {
        for body in [
            "{}",
            r#"{"responseModels":{}}"#,
            r#"{"responseParameters":{}}"#,
            r#"{"responseParameters":{"method.response.header.A":true},"responseModels":{"a/b":"Empty"}}"#,
        ] {
            let (house, path) = place();
            let rest = body.trim_matches(['{', '}']);
            let comma = if rest.is_empty() { "" } else { "," };
            let expected = format!(r#"{{"statusCode":"200"{comma}{}"#, &body[1..]);
            house.check(("PUT", &path, body), 201, &expected);
            house.check(("GET", &path, ""), 200, &expected);
        }
    }

    #[test]
    fn refusals() {
        let (house, path) = place();
        house.refuses_bad(
            ("PUT", &path, r#"{"responseModels":{"a/b":"Nothing"}}"#),
            "Invalid model identifier specified: Nothing",
        );
        house.refuses_bad(
            ("PUT", &path, r#"{"responseParameters":{"header.A":true}}"#),
            "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]",
        );
        for verb in ["GET", "DELETE"] {
            house.finds_nothing((verb, &path, ""), "Invalid Response status code specified");
        }
        house.call("PUT", &path, "{}");
        house.refuses(
            ("PUT", &path, "{}"),
            409,
            "ConflictException",
            "Response already exists for this resource",
        );
        let method = path.replace("/GET/", "/PUT/");
        house.finds_nothing(("PUT", &method, "{}"), "Invalid Method identifier specified");
    }

    #[test]
    fn patches_answer_201() {
        let (house, path) = place();
        house.call("PUT", &path, "{}");
        let check = |op: &str, at: &str, value: Option<&str>, rest: &str| {
            let body = format!(r#"{{"statusCode":"200"{rest}}}"#);
            house.check(("PATCH", &path, &patch(op, at, value)), 201, &body);
        };
        let parameter = "/responseParameters/method.response.header.A";
        check("add", parameter, Some("true"), r#","responseParameters":{"method.response.header.A":true}"#);
        check("replace", parameter, Some("x"), r#","responseParameters":{"method.response.header.A":false}"#);
        check("remove", parameter, None, "");
        check("add", "/responseModels/a~1b", Some("Empty"), r#","responseModels":{"a/b":"Empty"}"#);
        check("replace", "/responseModels/a~1b", Some("Error"), r#","responseModels":{"a/b":"Error"}"#);
        check("remove", "/responseModels/a~1b", None, "");
    }

    #[test]
    fn patches_are_refused() {
        let (house, path) = place();
        house.call("PUT", &path, "{}");
        for op in ["replace", "remove"] {
            let model = patch(op, "/responseModels/a~1b", Some("Empty"));
            house.finds_nothing(("PATCH", &path, &model), "Content-Type specified was not found");
            let parameter = patch(op, "/responseParameters/method.response.header.A", Some("true"));
            house.finds_nothing(("PATCH", &path, &parameter), "Invalid parameter name specified");
        }
        for at in ["/wrong/path", "/statusCode", "/responseModels/a/b", "/responseModels"] {
            let body = patch("add", at, Some("Empty"));
            house.refuses_bad(("PATCH", &path, &body), &format!("Invalid patch path {at}"));
        }
    }

    #[test]
    fn delete_answers_204() {
        let (house, path) = place();
        house.call("PUT", &path, "{}");
        house.check(("DELETE", &path, ""), 204, "");
        house.finds_nothing(("GET", &path, ""), "Invalid Response status code specified");
    }
}
