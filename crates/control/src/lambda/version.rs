//! Published versions. They never change, and their numbers are never reused.

use stagedoor_model::{FunctionCode, FunctionTree, FunctionVersion};
use stagedoor_wire::lambda as wire;

use super::configuration::to_wire;
use super::name::FunctionName;
use super::{check_revision, marked};
use crate::ApiError;
use crate::context::Context;

pub(crate) fn publish_version(
    ctx: &Context,
    request: wire::PublishVersionRequest,
) -> Result<wire::FunctionConfiguration, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    if request.publish_to.is_some() {
        return Err(ApiError::bad_request("The value of PublishTo is not supported here."));
    }
    ctx.edit_function(&name, None, |tree| {
        check_revision(request.revision_id.as_deref(), &tree.function.latest.revision_id)?;
        check_code(request.code_sha256.as_deref(), &tree.function.latest.code)?;
        let number = publish(ctx, tree, request.description.as_deref());
        reported(tree, &name, Some(number))
    })
}

fn check_code(expected: Option<&str>, code: &FunctionCode) -> Result<(), ApiError> {
    let FunctionCode::Zip { sha256_base64, .. } = code else { return Ok(()) };
    match expected {
        Some(expected) if !expected.is_empty() && expected != sha256_base64 => {
            Err(ApiError::bad_request(format!(
                "CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({sha256_base64}). Please try \
             again with the CodeSHA256 in $LATEST."
            )))
        }
        _ => Ok(()),
    }
}

/// The number under which `$LATEST` is published: the last one again when nobody updated the function since, whatever
/// description this publication gives. A version keeps the revision it was cut from.
pub(super) fn publish(ctx: &Context, tree: &mut FunctionTree, description: Option<&str>) -> u32 {
    let mut version = tree.function.latest.clone();
    let last = tree.versions.get(&tree.function.last_version);
    if last.is_some_and(|last| last.revision_id == version.revision_id) {
        return tree.function.last_version;
    }
    if let Some(description) = description {
        version.configuration.description = Some(description.to_owned()).filter(|text| !text.is_empty());
    }
    tree.function.last_version += 1;
    version.version = tree.function.last_version.to_string();
    version.last_modified = ctx.now;
    tree.versions.insert(tree.function.last_version, version);
    tree.function.last_version
}

/// A published version, or `$LATEST` for none, as an operation that just made it answers.
pub(super) fn reported(
    tree: &FunctionTree,
    name: &FunctionName,
    number: Option<u32>,
) -> Result<wire::FunctionConfiguration, ApiError> {
    let Some(number) = number else { return Ok(to_wire(tree, &tree.function.latest, &name.arn())) };
    let version = tree.versions.get(&number).ok_or_else(|| name.not_found())?;
    Ok(to_wire(tree, version, &name.arn_of(&version.version)))
}

/// `$LATEST` and every published version, under their own ARNs.
pub(super) fn all(tree: &FunctionTree, name: &FunctionName) -> Vec<wire::FunctionConfiguration> {
    let own = |version: &FunctionVersion| to_wire(tree, version, &name.arn_of(&version.version));
    std::iter::once(&tree.function.latest).chain(tree.versions.values()).map(own).collect()
}

pub(crate) fn list_versions_by_function(
    ctx: &Context,
    request: wire::ListVersionsByFunctionRequest,
) -> Result<wire::ListVersionsByFunctionResponse, ApiError> {
    let name = FunctionName::unqualified(&ctx.scope, &request.function_name)?;
    let versions = all(&ctx.read_function(&name)?.value, &name);
    let key = |it: &wire::FunctionConfiguration| it.version.clone().unwrap_or_default();
    let (versions, next_marker) = marked(versions, request.marker.as_deref(), request.max_items, key)?;
    Ok(wire::ListVersionsByFunctionResponse { next_marker, versions: Some(versions) })
}

/// Deletes one published version that no alias names.
pub(super) fn delete(ctx: &Context, name: &FunctionName, qualifier: &str) -> Result<(), ApiError> {
    ctx.edit_function(name, None, |tree| {
        if tree.aliases.contains_key(qualifier) {
            return Err(ApiError::bad_request("Deletion of aliases is not currently supported."));
        }
        let in_use = tree.aliases.values().any(|alias| alias.names(qualifier));
        if in_use {
            return Err(ApiError::conflict(format!(
                "Version {qualifier} cannot be deleted: an alias points at it. Point the alias elsewhere first."
            )));
        }
        let number: u32 = qualifier.parse().map_err(|_| name.not_found())?;
        tree.versions.remove(&number).ok_or_else(|| name.not_found())?;
        tree.policies.remove(&Some(qualifier.to_owned()));
        tree.function.event_invoke.remove(qualifier);
        Ok(())
    })
}
