//! Methods: put, get, update, delete, and the rules that an import shares.
//!
//! In: decoded requests. Out: the method in wire form with its responses and integration, or the service's refusal. It
//! must not know what an integration may be.

mod patch;
pub(crate) mod values;

pub(crate) use patch::model_name;
use stagedoor_model::{ApiTree, AuthorizationType, AuthorizerType, HttpMethod, Map, Method};
use stagedoor_wire::apigateway as wire;

use crate::context::Context;
use crate::convert::{filled_list, text};
use crate::integration::mapping;
use crate::patch::Patch;
use crate::{ApiError, integration, method_response, resource};
use values::{filled, invalid_option};

/// 404: the resource has no such method.
pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Method identifier specified")
}

/// The method of a resource with this verb.
pub(crate) fn find<'a>(tree: &'a ApiTree, resource: &str, verb: &str) -> Result<&'a Method, ApiError> {
    let resource = resource::find(tree, resource)?;
    HttpMethod::parse(verb).and_then(|verb| resource.methods.get(&verb)).ok_or_else(unknown)
}

/// The same, to be changed.
pub(crate) fn find_mut<'a>(
    tree: &'a mut ApiTree,
    resource: &str,
    verb: &str,
) -> Result<&'a mut Method, ApiError> {
    let resource = resource::find_mut(tree, resource)?;
    HttpMethod::parse(verb).and_then(|verb| resource.methods.get_mut(&verb)).ok_or_else(unknown)
}

/// A verb, or the refusal that lists all of them.
pub(crate) fn parse_verb(text: &str) -> Result<HttpMethod, ApiError> {
    let verbs = || HttpMethod::ALL.iter().map(|verb| verb.as_str());
    HttpMethod::parse(text).ok_or_else(|| invalid_option("HttpMethod", verbs()))
}

/// `PutMethod`.
pub(crate) fn put_method(ctx: &Context, request: wire::PutMethodRequest) -> Result<wire::Method, ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let methods = &resource::find(tree, &request.resource_id)?.methods;
        let verb = parse_verb(&request.http_method)?;
        if methods.contains_key(&verb) {
            return Err(ApiError::conflict("Method already exists for this resource"));
        }
        let method = Method { sequence: next_sequence(tree), ..from_wire(verb, &request)? };
        validate(&method, tree)?;
        let answer = to_wire(&method);
        resource::find_mut(tree, &request.resource_id)?.methods.insert(verb, method);
        Ok(answer)
    })
}

fn next_sequence(tree: &ApiTree) -> u64 {
    let methods = tree.resources.values().flat_map(|resource| resource.methods.values());
    methods.map(|method| method.sequence).max().unwrap_or_default() + 1
}

/// `GetMethod`.
pub(crate) fn get_method(ctx: &Context, request: wire::GetMethodRequest) -> Result<wire::Method, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, resource::unknown)?;
    find(&tree, &request.resource_id, &request.http_method).map(to_wire)
}

/// `UpdateMethod`.
pub(crate) fn update_method(
    ctx: &Context,
    request: wire::UpdateMethodRequest,
) -> Result<wire::Method, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let before = find(tree, &request.resource_id, &request.http_method)?;
        let after = patch::apply(before, &patches)?;
        validate(&after, tree)?;
        let answer = to_wire(&after);
        *find_mut(tree, &request.resource_id, &request.http_method)? = after;
        Ok(answer)
    })
}

/// `DeleteMethod`: the integration and all responses go with it.
pub(crate) fn delete_method(ctx: &Context, request: wire::DeleteMethodRequest) -> Result<(), ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let verb = find(tree, &request.resource_id, &request.http_method)?.http_method;
        resource::find_mut(tree, &request.resource_id)?.methods.remove(&verb);
        Ok(())
    })
}

/// Whether a method may stand in this API. Its responses and integration have rules of their own.
pub(crate) fn validate(method: &Method, tree: &ApiTree) -> Result<(), ApiError> {
    check_authorizer(method, tree)?;
    let validator = method.request_validator_id.as_ref();
    if validator.is_some_and(|id| !tree.validators.contains_key(id)) {
        return Err(ApiError::bad_request("Invalid Request Validator identifier specified"));
    }
    check_models(&method.request_models, tree)?;
    mapping::check_method_request(&method.request_parameters)
}

fn check_authorizer(method: &Method, tree: &ApiTree) -> Result<(), ApiError> {
    if matches!(method.authorization_type, AuthorizationType::None | AuthorizationType::AwsIam) {
        return Ok(());
    }
    let named = method.authorizer_id.as_ref().and_then(|id| tree.authorizers.get(id));
    if named.is_some_and(|authorizer| serves(authorizer.authorizer_type, method.authorization_type)) {
        return Ok(());
    }
    Err(ApiError::bad_request(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS \
         requires a valid authorizer.",
    ))
}

/// Whether an authorizer of this type can stand behind this authorization.
fn serves(authorizer: AuthorizerType, authorization: AuthorizationType) -> bool {
    match authorizer {
        AuthorizerType::Token | AuthorizerType::Request => authorization == AuthorizationType::Custom,
        AuthorizerType::CognitoUserPools => authorization == AuthorizationType::CognitoUserPools,
        AuthorizerType::Jwt => authorization == AuthorizationType::Jwt,
    }
}

/// Whether every model that a map of content types names exists.
pub(crate) fn check_models(models: &Map<String>, tree: &ApiTree) -> Result<(), ApiError> {
    match models.values().find(|name| !tree.models.contains_key(*name)) {
        None => Ok(()),
        Some(name) => Err(ApiError::BadRequest(format!("Invalid model identifier specified: {name}"))),
    }
}

// Stored in upper case, accepted in any.
fn parse_authorization(text: &str) -> Result<AuthorizationType, ApiError> {
    let types = || AuthorizationType::ALL.iter().map(|kind| kind.as_str());
    AuthorizationType::parse(&text.to_ascii_uppercase())
        .ok_or_else(|| invalid_option("AuthorizationType", types()))
}

fn from_wire(verb: HttpMethod, request: &wire::PutMethodRequest) -> Result<Method, ApiError> {
    Ok(Method {
        authorization_type: parse_authorization(&request.authorization_type)?,
        authorizer_id: text(request.authorizer_id.clone()),
        authorization_scopes: request.authorization_scopes.clone().unwrap_or_default(),
        api_key_required: request.api_key_required.unwrap_or(false),
        request_validator_id: text(request.request_validator_id.clone()),
        operation_name: text(request.operation_name.clone()),
        request_parameters: request.request_parameters.clone().unwrap_or_default(),
        request_models: request.request_models.clone().unwrap_or_default(),
        ..Method::open(verb)
    })
}

/// A method in wire form, with everything below it.
pub(crate) fn to_wire(method: &Method) -> wire::Method {
    let responses: Map<wire::MethodResponse> = method
        .responses
        .values()
        .map(|response| (response.status.to_string(), method_response::to_wire(response)))
        .collect();
    wire::Method {
        http_method: Some(method.http_method.to_string()),
        authorization_type: Some(method.authorization_type.to_string()),
        authorizer_id: method.authorizer_id.clone(),
        api_key_required: Some(method.api_key_required),
        request_validator_id: method.request_validator_id.clone(),
        operation_name: method.operation_name.clone(),
        request_parameters: filled(&method.request_parameters),
        request_models: filled(&method.request_models),
        method_responses: (!responses.is_empty()).then_some(responses),
        method_integration: method.integration.as_ref().map(integration::to_wire),
        authorization_scopes: filled_list(&method.authorization_scopes),
    }
}

#[cfg(test)]
mod tests;
