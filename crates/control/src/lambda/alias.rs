//! Aliases: names that point at one version, or share their calls out to two.
//!
//! In: wire requests. Out: stored aliases. The choice between two versions is made call by call, elsewhere.

use stagedoor_model::{Alias, FunctionTree, WeightedVersion};
use stagedoor_wire::lambda as wire;

use super::function::LATEST;
use super::name::FunctionName;
use super::{check_revision, marked};
use crate::ApiError;
use crate::context::Context;

pub(crate) fn create_alias(
    ctx: &Context,
    request: wire::CreateAliasRequest,
) -> Result<wire::AliasConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let additional = read_weights(request.routing_config.as_ref())?;
    ctx.edit_function(&name, None, |tree| {
        if tree.aliases.contains_key(&request.name) {
            let arn = name.arn_of(&request.name);
            return Err(ApiError::conflict(format!("Alias already exists: {arn}")));
        }
        check_version(tree, &name, &request.function_version)?;
        check_share(tree, &name, &request.function_version, additional.as_ref())?;
        let alias = Alias {
            function: name.name.clone(),
            name: request.name.clone(),
            version: request.function_version.clone(),
            description: request.description.clone(),
            revision_id: ctx.new_uuid(),
            additional: additional.clone(),
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
    let wanted = |alias: &&Alias| request.function_version.as_ref().is_none_or(|it| alias.names(it));
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
    let weights = read_weights(request.routing_config.as_ref())?;
    ctx.edit_function(&name, None, |tree| {
        if let Some(version) = &request.function_version {
            check_version(tree, &name, version)?;
        }
        let known = tree.aliases.get(&request.name).ok_or_else(|| unknown(&name, &request.name))?;
        check_revision(request.revision_id.as_deref(), &known.revision_id)?;
        let alias = Alias {
            version: request.function_version.clone().unwrap_or_else(|| known.version.clone()),
            description: request.description.clone().or_else(|| known.description.clone()),
            revision_id: ctx.new_uuid(),
            additional: match request.routing_config {
                Some(_) => weights.clone(),
                None => known.additional.clone(),
            },
            ..known.clone()
        };
        check_share(tree, &name, &alias.version, alias.additional.as_ref())?;
        let answer = to_wire(&name, &alias);
        tree.aliases.insert(alias.name.clone(), alias);
        Ok(answer)
    })
}

/// Deleting an alias that does not exist succeeds, as in AWS.
pub(crate) fn delete_alias(ctx: &Context, request: wire::DeleteAliasRequest) -> Result<(), ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    ctx.edit_function(&name, None, |tree| {
        tree.aliases.remove(&request.name);
        tree.policies.remove(&Some(request.name.clone()));
        tree.function.event_invoke.remove(&request.name);
        Ok(())
    })
}

fn read_weights(
    routing: Option<&wire::AliasRoutingConfiguration>,
) -> Result<Option<WeightedVersion>, ApiError> {
    let weights = routing.and_then(|routing| routing.additional_version_weights.as_ref());
    let mut weights = weights.into_iter().flatten();
    let first = weights.next();
    if weights.next().is_some() {
        return Err(ApiError::bad_request(
            "Number of items in AdditionalVersionWeights cannot be greater than 1",
        ));
    }
    Ok(first.map(|(version, weight)| WeightedVersion { version: version.clone(), weight: *weight }))
}

/// Both versions are published ones, and they differ.
fn check_share(
    tree: &FunctionTree,
    name: &FunctionName,
    version: &str,
    additional: Option<&WeightedVersion>,
) -> Result<(), ApiError> {
    let Some(WeightedVersion { version: other, .. }) = additional else { return Ok(()) };
    if version == LATEST || other == LATEST {
        return Err(ApiError::bad_request(
            "$LATEST is not supported for an alias pointing to more than 1 version",
        ));
    }
    if version == other {
        return Err(ApiError::bad_request(format!(
            "Invalid function version {other}. Function version {other} is already included in routing configuration."
        )));
    }
    check_version(tree, name, other)
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
        routing_config: alias.additional.as_ref().map(|other| wire::AliasRoutingConfiguration {
            additional_version_weights: Some([(other.version.clone(), other.weight)].into_iter().collect()),
        }),
        revision_id: Some(alias.revision_id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::lambda::tests::{ARN, call, finds_nothing, get, house, refuses, refuses_parameter};
    use crate::testing::House;

    /// A function with versions 1 and 2.
    fn two_versions() -> House {
        let house = house();
        for timeout in [4, 5] {
            call(&house, "POST", "/f/versions", &json!({}));
            call(&house, "PUT", "/f/configuration", &json!({"Timeout": timeout}));
        }
        house
    }

    fn weights(weights: &Value) -> Value {
        json!({"RoutingConfig": {"AdditionalVersionWeights": weights}})
    }

    #[test]
    fn a_second_version_takes_a_share() {
        let house = two_versions();
        let live = json!({
            "Name": "live", "FunctionVersion": "1",
            "RoutingConfig": {"AdditionalVersionWeights": {"2": 0.1}},
        });
        assert_eq!(call(&house, "POST", "/f/aliases", &live).status, 201);
        let routing = |house: &House| get(house, "/f/aliases/live")["RoutingConfig"].clone();
        assert_eq!(routing(&house), json!({"AdditionalVersionWeights": {"2": 0.1}}));
        call(&house, "PUT", "/f/aliases/live", &json!({"Description": "d"}));
        assert_eq!(routing(&house), json!({"AdditionalVersionWeights": {"2": 0.1}}));
        assert_eq!(get(&house, "/f/aliases?FunctionVersion=2")["Aliases"].as_array().unwrap().len(), 1);
        assert_eq!(call(&house, "DELETE", "/f?Qualifier=2", &Value::Null).status, 409);
        call(&house, "PUT", "/f/aliases/live", &weights(&json!({})));
        assert_eq!(routing(&house), Value::Null);
        assert_eq!(call(&house, "DELETE", "/f?Qualifier=2", &Value::Null).status, 200);
    }

    #[test]
    fn shares_that_make_no_sense() {
        let house = two_versions();
        call(&house, "POST", "/f/aliases", &json!({"Name": "live", "FunctionVersion": "1"}));
        let change = |body: &Value| call(&house, "PUT", "/f/aliases/live", body);
        refuses_parameter(
            &change(&weights(&json!({"1": 0.5}))),
            "Invalid function version 1. Function version 1 is already included in routing configuration.",
        );
        refuses_parameter(
            &change(&weights(&json!({"2": 0.5, "3": 0.1}))),
            "Number of items in AdditionalVersionWeights cannot be greater than 1",
        );
        let mut latest = weights(&json!({"2": 0.5}));
        latest["FunctionVersion"] = "$LATEST".into();
        refuses_parameter(
            &change(&latest),
            "$LATEST is not supported for an alias pointing to more than 1 version",
        );
        finds_nothing(&change(&weights(&json!({"9": 0.5}))), &format!("Function not found: {ARN}f:9"));
        assert_eq!(change(&weights(&json!({"2": 1.5}))).error, "ValidationException");
        refuses(
            &change(&json!({"RevisionId": "other"})),
            412,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to \
             retrieve the latest Revision Id",
        );
    }
}
