//! Aliases: names that point at one version. Weights over two versions do not execute here and are refused.

use stagedoor_model::{Alias, FunctionTree};
use stagedoor_wire::lambda as wire;

use super::name::FunctionName;
use super::{check_revision, marked};
use crate::ApiError;
use crate::context::Context;

pub(crate) fn create_alias(
    ctx: &Context,
    request: wire::CreateAliasRequest,
) -> Result<wire::AliasConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    refuse_weights(request.routing_config.as_ref())?;
    ctx.edit_function(&name, None, |tree| {
        if tree.aliases.contains_key(&request.name) {
            let arn = name.arn_of(&request.name);
            return Err(ApiError::conflict(format!("Alias already exists: {arn}")));
        }
        check_version(tree, &name, &request.function_version)?;
        let alias = Alias {
            function: name.name.clone(),
            name: request.name.clone(),
            version: request.function_version.clone(),
            description: request.description.clone(),
            revision_id: ctx.new_uuid(),
            additional: None,
        };
        tree.aliases.insert(alias.name.clone(), alias.clone());
        Ok(to_wire(&name, &alias))
    })
}

pub(crate) fn get_alias(
    ctx: &Context,
    request: wire::GetAliasRequest,
) -> Result<wire::AliasConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let tree = ctx.read_function(&name)?.value;
    let alias = tree.aliases.get(&request.name).ok_or_else(|| unknown(&name, &request.name))?;
    Ok(to_wire(&name, alias))
}

pub(crate) fn list_aliases(
    ctx: &Context,
    request: wire::ListAliasesRequest,
) -> Result<wire::ListAliasesResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let tree = ctx.read_function(&name)?.value;
    let wanted = |alias: &&Alias| request.function_version.as_ref().is_none_or(|it| *it == alias.version);
    let all: Vec<&Alias> = tree.aliases.values().filter(wanted).collect();
    let (aliases, next_marker) =
        marked(all, request.marker.as_deref(), request.max_items, |alias| alias.name.clone())?;
    let aliases = aliases.into_iter().map(|alias| to_wire(&name, alias)).collect();
    Ok(wire::ListAliasesResponse { next_marker, aliases: Some(aliases) })
}

pub(crate) fn update_alias(
    ctx: &Context,
    request: wire::UpdateAliasRequest,
) -> Result<wire::AliasConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    refuse_weights(request.routing_config.as_ref())?;
    ctx.edit_function(&name, None, |tree| {
        if let Some(version) = &request.function_version {
            check_version(tree, &name, version)?;
        }
        let alias = tree.aliases.get_mut(&request.name).ok_or_else(|| unknown(&name, &request.name))?;
        check_revision(request.revision_id.as_deref(), &alias.revision_id)?;
        if let Some(version) = &request.function_version {
            alias.version = version.clone();
        }
        if let Some(description) = &request.description {
            alias.description = Some(description.clone());
        }
        alias.revision_id = ctx.new_uuid();
        Ok(to_wire(&name, alias))
    })
}

/// Deleting an alias that does not exist succeeds, as in AWS.
pub(crate) fn delete_alias(ctx: &Context, request: wire::DeleteAliasRequest) -> Result<(), ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    ctx.edit_function(&name, None, |tree| {
        tree.aliases.remove(&request.name);
        tree.policies.remove(&Some(request.name.clone()));
        Ok(())
    })
}

fn refuse_weights(routing: Option<&wire::AliasRoutingConfiguration>) -> Result<(), ApiError> {
    let weights = routing.and_then(|routing| routing.additional_version_weights.as_ref());
    if weights.is_some_and(|weights| !weights.is_empty()) {
        return Err(ApiError::bad_request(
            "AdditionalVersionWeights are not supported here: an alias points at one version.",
        ));
    }
    Ok(())
}

fn check_version(tree: &FunctionTree, name: &FunctionName, version: &str) -> Result<(), ApiError> {
    // An alias points at a version, never at another alias.
    let known = !tree.aliases.contains_key(version) && tree.resolve(Some(version)).is_some();
    let missing = || ApiError::not_found(format!("Function not found: {}", name.arn_of(version)));
    known.then_some(()).ok_or_else(missing)
}

fn unknown(name: &FunctionName, alias: &str) -> ApiError {
    ApiError::not_found(format!("Cannot find alias arn: {}", name.arn_of(alias)))
}

fn to_wire(name: &FunctionName, alias: &Alias) -> wire::AliasConfiguration {
    wire::AliasConfiguration {
        alias_arn: Some(name.arn_of(&alias.name).to_string()),
        name: Some(alias.name.clone()),
        function_version: Some(alias.version.clone()),
        description: Some(alias.description.clone().unwrap_or_default()),
        routing_config: None,
        revision_id: Some(alias.revision_id.clone()),
    }
}
