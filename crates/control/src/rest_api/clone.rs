//! `cloneFrom`: a new API with everything that another one contains, deployments and stages excepted.
//!
//! In: the source's tree and the new API's own fields. Out: a tree whose ids are all its own.

use std::collections::BTreeMap;

use stagedoor_base::ResourceId;
use stagedoor_model::{ApiTree, Method, RestApi};

use crate::ApiError;
use crate::context::Context;

/// New ids by old ones.
struct Renamed {
    resources: BTreeMap<ResourceId, ResourceId>,
    validators: BTreeMap<String, String>,
    authorizers: BTreeMap<String, String>,
}

/// The clone of `source` under the fields of `api`; settings that `api` leaves at their default come from the source.
pub(super) fn of(ctx: &Context, source: &str, api: RestApi) -> Result<ApiTree, ApiError> {
    let unknown =
        || ApiError::bad_request(format!("Invalid API identifier specified {}:{source}", ctx.scope.account));
    let source = ctx.read_api(source, unknown)?;
    let names = renamed(ctx, &source, &api);
    let (old_id, new_id) = (source.api.id.clone(), api.id.clone());
    let mut tree = ApiTree { api: inherited(api, &source.api), ..source };
    rename_resources(&mut tree, &names);
    rename_validators(&mut tree, &names);
    rename_authorizers(&mut tree, &names);
    rename_documentation(ctx, &mut tree);
    rename_models(ctx, &mut tree, old_id.as_str(), new_id.as_str());
    Ok(tree)
}

fn renamed(ctx: &Context, source: &ApiTree, api: &RestApi) -> Renamed {
    let resource = |id: &ResourceId| {
        let is_root = *id == source.api.root_resource_id;
        let new = if is_root { api.root_resource_id.clone() } else { ctx.new_id(6).into() };
        (id.clone(), new)
    };
    Renamed {
        resources: source.resources.keys().map(resource).collect(),
        validators: source.validators.keys().map(|id| (id.clone(), ctx.new_id(6))).collect(),
        authorizers: source.authorizers.keys().map(|id| (id.clone(), ctx.new_id(6))).collect(),
    }
}

fn inherited(api: RestApi, source: &RestApi) -> RestApi {
    RestApi {
        description: api.description.or_else(|| source.description.clone()),
        version: api.version.or_else(|| source.version.clone()),
        binary_media_types: match api.binary_media_types {
            given if given.is_empty() => source.binary_media_types.clone(),
            given => given,
        },
        minimum_compression_size: api.minimum_compression_size.or(source.minimum_compression_size),
        policy: api.policy.or_else(|| source.policy.clone()),
        ..api
    }
}

fn rename_resources(tree: &mut ApiTree, names: &Renamed) {
    let old = std::mem::take(&mut tree.resources);
    for (id, mut resource) in old {
        let new = names.resources.get(&id).cloned().unwrap_or_else(|| id.clone());
        resource.parent_id = resource.parent_id.and_then(|parent| names.resources.get(&parent).cloned());
        for method in resource.methods.values_mut() {
            rename_in_method(method, &id, &new, names);
        }
        resource.id = new.clone();
        tree.resources.insert(new, resource);
    }
}

// The cache namespace is the resource's id unless the author chose another.
fn rename_in_method(method: &mut Method, old: &ResourceId, new: &ResourceId, names: &Renamed) {
    if let Some(integration) = &mut method.integration
        && integration.cache_namespace == old.as_str()
    {
        integration.cache_namespace = new.to_string();
    }
    rename(&mut method.request_validator_id, &names.validators);
    rename(&mut method.authorizer_id, &names.authorizers);
}

fn rename(id: &mut Option<String>, names: &BTreeMap<String, String>) {
    if let Some(id) = id
        && let Some(renamed) = names.get(id)
    {
        id.clone_from(renamed);
    }
}

fn rename_validators(tree: &mut ApiTree, names: &Renamed) {
    for (id, mut validator) in std::mem::take(&mut tree.validators) {
        let new = names.validators.get(&id).cloned().unwrap_or(id);
        validator.id.clone_from(&new);
        tree.validators.insert(new, validator);
    }
}

fn rename_authorizers(tree: &mut ApiTree, names: &Renamed) {
    for (id, mut authorizer) in std::mem::take(&mut tree.authorizers) {
        let new = names.authorizers.get(&id).cloned().unwrap_or(id);
        authorizer.id.clone_from(&new);
        tree.authorizers.insert(new, authorizer);
    }
}

fn rename_documentation(ctx: &Context, tree: &mut ApiTree) {
    for (_, mut part) in std::mem::take(&mut tree.documentation_parts) {
        part.id = ctx.new_id_unlike(6, |id| tree.documentation_parts.contains_key(id));
        tree.documentation_parts.insert(part.id.clone(), part);
    }
}

// Schemas name each other by URLs that hold the API's id.
fn rename_models(ctx: &Context, tree: &mut ApiTree, old_api: &str, new_api: &str) {
    let (old, new) = (crate::model::reference(old_api, ""), crate::model::reference(new_api, ""));
    for model in tree.models.values_mut() {
        model.id = ctx.new_id(6);
        if let Some(schema) = &mut model.schema {
            *schema = schema.replace(&old, &new);
        }
    }
}
