//! Resource: the tree of path segments that methods hang on.
//!
//! In: wire requests. Out: wire answers, changed trees. It must not know what a method does.

use stagedoor_base::ResourceId;
use stagedoor_model::{ApiTree, Map, Misplaced, Resource};
use stagedoor_wire::apigateway as wire;

use crate::context::Context;
use crate::page::page;
use crate::patch::{Patch, PatchOp, PathTable};
use crate::{ApiError, method};

const PATCHES: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/parentId", "/pathPart"])] };

/// 404 with the one text that every operation below `/resources/{id}` gives, whatever part of the path is unknown.
pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Resource identifier specified")
}

/// The resource with this id.
pub(crate) fn find<'a>(tree: &'a ApiTree, id: &str) -> Result<&'a Resource, ApiError> {
    tree.resources.get(id).ok_or_else(unknown)
}

/// The resource with this id, to be changed.
pub(crate) fn find_mut<'a>(tree: &'a mut ApiTree, id: &str) -> Result<&'a mut Resource, ApiError> {
    tree.resources.get_mut(id).ok_or_else(unknown)
}

pub(crate) fn create_resource(
    ctx: &Context,
    request: wire::CreateResourceRequest,
) -> Result<wire::Resource, ApiError> {
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        let id = insert(ctx, tree, &request.parent_id, &request.path_part)?;
        Ok(to_wire(find(tree, id.as_str())?, false))
    })
}

pub(crate) fn get_resource(
    ctx: &Context,
    request: wire::GetResourceRequest,
) -> Result<wire::Resource, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, unknown)?;
    Ok(to_wire(find(&tree, &request.resource_id)?, embeds_methods(request.embed.as_deref())))
}

pub(crate) fn get_resources(
    ctx: &Context,
    request: wire::GetResourcesRequest,
) -> Result<wire::Resources, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    let mut all: Vec<Resource> = tree.resources.into_values().collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let embed = embeds_methods(request.embed.as_deref());
    let page = page(all, request.position.as_deref(), request.limit, |resource| resource.path.clone())?
        .map(|resource| to_wire(&resource, embed));
    Ok(wire::Resources { items: Some(page.items), position: page.position })
}

pub(crate) fn update_resource(
    ctx: &Context,
    request: wire::UpdateResourceRequest,
) -> Result<wire::Resource, ApiError> {
    let id = ResourceId::from(request.resource_id.as_str());
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        find(tree, id.as_str())?;
        patches.iter().try_for_each(|patch| apply(tree, &id, patch))?;
        Ok(to_wire(find(tree, id.as_str())?, false))
    })
}

pub(crate) fn delete_resource(ctx: &Context, request: wire::DeleteResourceRequest) -> Result<(), ApiError> {
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        let resource = find(tree, &request.resource_id)?;
        if resource.parent_id.is_none() {
            return Err(ApiError::bad_request("Root resource cannot be deleted."));
        }
        for id in tree.subtree(&resource.id.clone()) {
            tree.resources.remove(&id);
        }
        Ok(())
    })
}

/// Adds a child, with every check of CreateResource.
pub(crate) fn insert(
    ctx: &Context,
    tree: &mut ApiTree,
    parent: &str,
    path_part: &str,
) -> Result<ResourceId, ApiError> {
    let parent = find(tree, parent)?.id.clone();
    check_place(tree, &parent, path_part, None)?;
    // The root is not counted: every API has one.
    if tree.resources.len() > ctx.limits.resources_per_api {
        return Err(ApiError::quota("Resources"));
    }
    let id = ResourceId::from(ctx.new_id_unlike(6, |id| tree.resources.contains_key(id)));
    let resource = Resource {
        id: id.clone(),
        parent_id: Some(parent),
        path_part: path_part.to_owned(),
        path: String::new(),
        methods: std::collections::BTreeMap::new(),
    };
    tree.resources.insert(id.clone(), resource);
    tree.refresh_paths(&id);
    Ok(id)
}

fn apply(tree: &mut ApiTree, id: &ResourceId, patch: &Patch) -> Result<(), ApiError> {
    PATCHES.check(patch)?;
    let value = patch.value.clone().unwrap_or_default();
    match patch.path() {
        "/pathPart" => rename(tree, id, value),
        _ => reparent(tree, id, &value),
    }
}

fn rename(tree: &mut ApiTree, id: &ResourceId, path_part: String) -> Result<(), ApiError> {
    let Some(parent) = find(tree, id.as_str())?.parent_id.clone() else {
        return Err(ApiError::bad_request("Root resource cannot update its pathPart."));
    };
    check_place(tree, &parent, &path_part, Some(id))?;
    let renamed = Resource { path_part, ..find(tree, id.as_str())?.clone() };
    if renamed.is_greedy() && tree.children(id).next().is_some() {
        return Err(misplaced(&Misplaced::BelowGreedy(renamed.path_part)));
    }
    *find_mut(tree, id.as_str())? = renamed;
    tree.refresh_paths(id);
    Ok(())
}

fn reparent(tree: &mut ApiTree, id: &ResourceId, parent: &str) -> Result<(), ApiError> {
    let resource = find(tree, id.as_str())?;
    if resource.parent_id.is_none() {
        return Err(ApiError::bad_request("Root resource cannot update its parentId."));
    }
    let parent = find(tree, parent)?.id.clone();
    if tree.subtree(id).contains(&parent) {
        return Err(ApiError::bad_request("Resources cannot be cyclical."));
    }
    check_place(tree, &parent, &resource.path_part, Some(id))?;
    find_mut(tree, id.as_str())?.parent_id = Some(parent);
    tree.refresh_paths(id);
    Ok(())
}

/// Whether `path_part` may stand below `parent`; `moving` is the resource that is to stand there, if it exists already.
fn check_place(
    tree: &ApiTree,
    parent: &ResourceId,
    path_part: &str,
    moving: Option<&ResourceId>,
) -> Result<(), ApiError> {
    let counts = |sibling: &Resource| Some(&sibling.id) != moving;
    tree.check_place(parent, path_part, counts).map_err(|problem| misplaced(&problem))
}

fn misplaced(problem: &Misplaced) -> ApiError {
    match problem {
        Misplaced::Taken(_) => ApiError::conflict(problem.to_string()),
        _ => ApiError::bad_request(problem.to_string()),
    }
}

fn embeds_methods(embed: Option<&[String]>) -> bool {
    embed.is_some_and(|parts| parts.iter().any(|part| part == "methods"))
}

/// A resource as the service prints it: without `embed`, a method is an empty object.
fn to_wire(resource: &Resource, embed: bool) -> wire::Resource {
    let is_root = resource.parent_id.is_none();
    let methods: Map<wire::Method> = resource
        .methods
        .values()
        .map(|entry| {
            let shown = if embed { method::to_wire(entry) } else { wire::Method::default() };
            (entry.http_method.to_string(), shown)
        })
        .collect();
    wire::Resource {
        id: Some(resource.id.to_string()),
        parent_id: resource.parent_id.as_ref().map(ToString::to_string),
        path_part: (!is_root).then(|| resource.path_part.clone()),
        path: Some(resource.path.clone()),
        resource_methods: (!methods.is_empty()).then_some(methods),
    }
}

#[cfg(test)]
mod tests;
