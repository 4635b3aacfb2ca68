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

#[cfg(test)]
mod tests {
    use crate::testing::{House, patch};

    const UNKNOWN: &str = "Invalid Request Validator identifier specified";

    fn with_validator() -> (House, String, String) {
        let (house, api) = House::with_api();
        let target = format!("/restapis/{api}/requestvalidators");
        let id = house.call("POST", &target, r#"{"name":"v","validateRequestBody":true}"#).text("/id");
        (house, format!("{target}/{id}"), id)
    }

    #[test]
    fn a_new_validator_reads_back() {
        let (house, target, id) = with_validator();
        assert_eq!(id.len(), 6);
        let body = format!(
            r#"{{"id":"{id}","name":"v","validateRequestBody":true,"validateRequestParameters":false}}"#
        );
        house.check(("GET", &target, ""), 200, &body);
        let list = target.rsplit_once('/').unwrap().0;
        house.check(("GET", list, ""), 200, &format!(r#"{{"item":[{body}]}}"#));
        house.check(("DELETE", &target, ""), 202, "");
        house.finds_nothing(("DELETE", &target, ""), UNKNOWN);
    }

    #[test]
    fn unknown_apis_have_their_own_texts() {
        let house = House::new();
        let list = "/restapis/nosuchapi1/requestvalidators";
        house.refuses_bad(("POST", list, "{}"), "Invalid REST API identifier specified");
        house.finds_nothing(("GET", list, ""), "Invalid API identifier specified 000000000000:nosuchapi1");
        house.finds_nothing(("GET", &format!("{list}/abc123"), ""), UNKNOWN);
    }

    #[test]
    fn patches_replace_the_three_fields() {
        let (house, target, _) = with_validator();
        let check = |path: &str, value: Option<&str>, expected: &str| {
            let answer = house.call("PATCH", &target, &patch("replace", path, value));
            assert!(answer.status == 200 && answer.body.contains(expected), "{}", answer.body);
        };
        check("/name", Some("w"), r#""name":"w""#);
        check("/validateRequestBody", None, r#""validateRequestBody":false"#);
        check("/validateRequestParameters", Some("true"), r#""validateRequestParameters":true"#);
        check("/validateRequestParameters", Some("whatever"), r#""validateRequestParameters":false"#);
    }

    #[test]
    fn patches_are_refused_in_the_words_of_aws() {
        let (house, target, _) = with_validator();
        house.refuses_bad(
            ("PATCH", &target, &patch("replace", "/name", Some(""))),
            "Request Validator name cannot be blank",
        );
        house.refuses_bad(
            ("PATCH", &target, &patch("replace", "/x", None)),
            "Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
        );
        house.refuses_bad(
            ("PATCH", &target, &patch("add", "/name", Some("x"))),
            "Invalid patch path  '/name' specified for op 'add'. Please choose supported operations",
        );
    }

    #[test]
    fn a_validator_in_use_stays() {
        let (house, target, id) = with_validator();
        let api = target.split('/').nth(2).unwrap().to_owned();
        let method = format!("/restapis/{api}/resources/{}/methods/GET", house.root(&api));
        let body = format!(r#"{{"authorizationType":"NONE","requestValidatorId":"{id}"}}"#);
        assert_eq!(house.call("PUT", &method, &body).status, 201);
        house.refuses(
            ("DELETE", &target, ""),
            409,
            "ConflictException",
            &format!("Cannot delete Request Validator '{id}', is referenced in method: //GET"),
        );
    }
}
