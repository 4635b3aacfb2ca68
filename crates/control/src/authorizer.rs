//! Authorizers: create, get, list, update, delete.
//!
//! In: decoded requests. Out: the authorizer in wire form, or the service's refusal. It must not know how an authorizer
//! decides about a call.

mod check;
mod jwt;
mod patch;

pub(crate) use check::check;
use stagedoor_model::{ApiTree, Authorizer, AuthorizerType};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::{filled_list, text};
use crate::method::values::invalid_option;
use crate::page::page;
use crate::patch::Patch;

pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Authorizer identifier specified")
}

/// `CreateAuthorizer`.
pub(crate) fn create_authorizer(
    ctx: &Context,
    request: wire::CreateAuthorizerRequest,
) -> Result<wire::Authorizer, ApiError> {
    // The one create that answers for an unknown API as if somebody else had been faster.
    let unknown_api = || ApiError::conflict(ApiError::Raced.to_string());
    ctx.edit_api(&request.rest_api_id, unknown_api, |tree| {
        let id = ctx.new_id_unlike(6, |id| tree.authorizers.contains_key(id));
        let authorizer = from_wire(id, &request)?;
        check(&authorizer, &ctx.scope.account)?;
        refuse_name_of_another(tree, &authorizer)?;
        check_total(ctx, tree.authorizers.len() + 1)?;
        let answer = to_wire(&authorizer);
        tree.authorizers.insert(authorizer.id.clone(), authorizer);
        Ok(answer)
    })
}

/// `GetAuthorizer`.
pub(crate) fn get_authorizer(
    ctx: &Context,
    request: wire::GetAuthorizerRequest,
) -> Result<wire::Authorizer, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, unknown)?;
    tree.authorizers.get(&request.authorizer_id).map(to_wire).ok_or_else(unknown)
}

/// `GetAuthorizers`.
pub(crate) fn get_authorizers(
    ctx: &Context,
    request: wire::GetAuthorizersRequest,
) -> Result<wire::Authorizers, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    let all: Vec<Authorizer> = tree.authorizers.into_values().collect();
    let page =
        page(all, request.position.as_deref(), request.limit, |it| it.id.clone())?.map(|it| to_wire(&it));
    Ok(wire::Authorizers { items: Some(page.items), position: page.position })
}

/// `UpdateAuthorizer`.
pub(crate) fn update_authorizer(
    ctx: &Context,
    request: wire::UpdateAuthorizerRequest,
) -> Result<wire::Authorizer, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        let before = tree.authorizers.get(&request.authorizer_id).ok_or_else(unknown)?;
        let after = patch::apply(before, &patches)?;
        check(&after, &ctx.scope.account)?;
        refuse_name_of_another(tree, &after)?;
        let answer = to_wire(&after);
        tree.authorizers.insert(after.id.clone(), after);
        Ok(answer)
    })
}

/// `DeleteAuthorizer`: refused while a method names it.
pub(crate) fn delete_authorizer(
    ctx: &Context,
    request: wire::DeleteAuthorizerRequest,
) -> Result<(), ApiError> {
    let id = &request.authorizer_id;
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        let authorizer = tree.authorizers.get(id).ok_or_else(unknown)?;
        refuse_referenced(tree, authorizer)?;
        tree.authorizers.remove(id);
        Ok(())
    })
}

/// Whether an API may have so many authorizers.
pub(crate) fn check_total(ctx: &Context, authorizers: usize) -> Result<(), ApiError> {
    if authorizers > ctx.limits.authorizers_per_api {
        return Err(ApiError::quota("Authorizers"));
    }
    Ok(())
}

fn refuse_name_of_another(tree: &ApiTree, authorizer: &Authorizer) -> Result<(), ApiError> {
    let name = &authorizer.name;
    match tree.authorizer_named(name) {
        Some(other) if other.id != authorizer.id => Err(ApiError::BadRequest(format!(
            "Authorizer name must be unique. Authorizer {name} already exists in this RestApi."
        ))),
        _ => Ok(()),
    }
}

// The first by path, so that the answer does not depend on ids.
fn refuse_referenced(tree: &ApiTree, authorizer: &Authorizer) -> Result<(), ApiError> {
    let users = tree.resources.values().filter_map(|resource| {
        let named = |id: &Option<String>| id.as_deref() == Some(authorizer.id.as_str());
        let method = resource.methods.values().find(|method| named(&method.authorizer_id))?;
        Some((&resource.path, method.http_method))
    });
    match users.min() {
        None => Ok(()),
        Some((path, verb)) => Err(ApiError::conflict(format!(
            "Cannot delete authorizer '{}', is referenced in method: {verb}/{path}",
            authorizer.name
        ))),
    }
}

fn parse_type(text: &str) -> Result<AuthorizerType, ApiError> {
    let types = || AuthorizerType::ALL.iter().map(|kind| kind.as_str());
    AuthorizerType::parse(text).ok_or_else(|| invalid_option("AuthorizerType", types()))
}

fn from_wire(id: String, request: &wire::CreateAuthorizerRequest) -> Result<Authorizer, ApiError> {
    let ttl = request.authorizer_result_ttl_in_seconds;
    Ok(Authorizer {
        provider_arns: request.provider_arns.clone().unwrap_or_default(),
        auth_type: text(request.auth_type.clone()),
        uri: text(request.authorizer_uri.clone()),
        credentials: text(request.authorizer_credentials.clone()),
        identity_source: text(request.identity_source.clone()),
        identity_validation_expression: text(request.identity_validation_expression.clone()),
        result_ttl_seconds: ttl.map(check::ttl).transpose()?,
        jwt: request.jwt_configuration.as_ref().map(jwt::from_wire).transpose()?,
        ..Authorizer::new(id, request.name.clone(), parse_type(&request.r#type)?)
    })
}

fn to_wire(authorizer: &Authorizer) -> wire::Authorizer {
    wire::Authorizer {
        id: Some(authorizer.id.clone()),
        name: Some(authorizer.name.clone()),
        r#type: Some(authorizer.authorizer_type.to_string()),
        provider_arns: filled_list(&authorizer.provider_arns),
        auth_type: authorizer.shown_auth_type().map(str::to_owned),
        authorizer_uri: authorizer.uri.clone(),
        authorizer_credentials: authorizer.credentials.clone(),
        identity_source: authorizer.identity_source.clone(),
        identity_validation_expression: authorizer.identity_validation_expression.clone(),
        authorizer_result_ttl_in_seconds: authorizer
            .result_ttl_seconds
            .and_then(|seconds| i32::try_from(seconds).ok()),
        jwt_configuration: authorizer.jwt.as_ref().map(jwt::to_wire),
    }
}

#[cfg(test)]
mod tests;
