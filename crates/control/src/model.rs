//! Model: named JSON schemas of an API, and the templates drawn from them.
//!
//! In: wire requests. Out: wire answers, changed trees. A schema is kept as text; what is inside is `schema`'s business.

mod schema;

use stagedoor_base::Limits;
use stagedoor_model::{ApiTree, Map, Method, Model};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::text;
use crate::page::page;
use crate::patch::{Patch, PatchOp, PathTable};
use schema::SchemaFault;

const PATCHES: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/description", "/schema"])] };

const EMPTY_SCHEMA: &str = "{\n  \"$schema\": \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Empty Schema\",\n  \"type\" : \"object\"\n}";
const ERROR_SCHEMA: &str = "{\n  \"$schema\" : \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Error Schema\",\n  \"type\" : \"object\",\n  \"properties\" : {\n    \"message\" : { \"type\" : \"string\" }\n  }\n}";

/// The two models that every API made by CreateRestApi starts with.
pub(crate) fn built_in(ctx: &Context) -> [Model; 2] {
    let model = |name: &str, description: &str, schema: &str| Model {
        id: ctx.new_id(6),
        name: name.to_owned(),
        description: Some(description.to_owned()),
        schema: Some(schema.to_owned()),
        content_type: "application/json".to_owned(),
    };
    [
        model("Empty", "This is a default empty schema model", EMPTY_SCHEMA),
        model("Error", "This is a default error schema model", ERROR_SCHEMA),
    ]
}

/// The one form in which a schema may refer to another model.
pub(crate) fn reference(api: &str, name: &str) -> String {
    format!("https://apigateway.amazonaws.com/restapis/{api}/models/{name}")
}

pub(crate) fn create_model(
    ctx: &Context,
    request: wire::CreateModelRequest,
) -> Result<wire::Model, ApiError> {
    let api = &request.rest_api_id;
    ctx.edit_api(
        api,
        || ctx.unknown_api(api),
        |tree| {
            check_name(&request.name)?;
            let schema = checked_schema(request.schema.as_deref())?;
            if tree.models.contains_key(&request.name) {
                return Err(ApiError::conflict("Model name already exists for this REST API"));
            }
            let model = Model {
                id: ctx.new_id(6),
                name: request.name.clone(),
                description: text(request.description.clone()),
                schema: Some(schema),
                content_type: request.content_type.clone(),
            };
            tree.models.insert(model.name.clone(), model.clone());
            check_total(tree, &ctx.limits)?;
            Ok(to_wire(&model))
        },
    )
}

pub(crate) fn get_model(ctx: &Context, request: wire::GetModelRequest) -> Result<wire::Model, ApiError> {
    let tree = read(ctx, &request.rest_api_id, &request.model_name)?;
    let mut model = find(&tree, &request.model_name)?.clone();
    if request.flatten == Some(true) {
        model.schema = model.schema.map(|text| schema::flattened(&text, &tree));
    }
    Ok(to_wire(&model))
}

pub(crate) fn get_models(ctx: &Context, request: wire::GetModelsRequest) -> Result<wire::Models, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    let all: Vec<Model> = tree.models.into_values().collect();
    let page = page(all, request.position.as_deref(), request.limit, |model| model.name.clone())?
        .map(|model| to_wire(&model));
    Ok(wire::Models { items: Some(page.items), position: page.position })
}

pub(crate) fn update_model(
    ctx: &Context,
    request: wire::UpdateModelRequest,
) -> Result<wire::Model, ApiError> {
    let name = &request.model_name;
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(
        &request.rest_api_id,
        || unknown(name),
        |tree| {
            let model = tree.models.get_mut(name).ok_or_else(|| unknown(name))?;
            patches.iter().try_for_each(|patch| apply(model, patch))?;
            let answer = to_wire(model);
            check_total(tree, &ctx.limits)?;
            Ok(answer)
        },
    )
}

pub(crate) fn delete_model(ctx: &Context, request: wire::DeleteModelRequest) -> Result<(), ApiError> {
    let name = &request.model_name;
    ctx.edit_api(
        &request.rest_api_id,
        || unknown(name),
        |tree| {
            find(tree, name)?;
            refuse_referenced(tree, name)?;
            tree.models.remove(name);
            Ok(())
        },
    )
}

pub(crate) fn get_model_template(
    ctx: &Context,
    request: wire::GetModelTemplateRequest,
) -> Result<wire::Template, ApiError> {
    let tree = read(ctx, &request.rest_api_id, &request.model_name)?;
    let schema = find(&tree, &request.model_name)?.schema.as_deref().unwrap_or_default();
    Ok(wire::Template { value: Some(schema::sample_template(schema, &tree)) })
}

fn read(ctx: &Context, api: &str, name: &str) -> Result<ApiTree, ApiError> {
    ctx.read_api(api, || unknown(name))
}

fn find<'a>(tree: &'a ApiTree, name: &str) -> Result<&'a Model, ApiError> {
    tree.models.get(name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> ApiError {
    ApiError::not_found(format!("Invalid model name specified: {name}"))
}

fn apply(model: &mut Model, patch: &Patch) -> Result<(), ApiError> {
    PATCHES.check(patch)?;
    match patch.path() {
        "/description" => model.description = patch.text(),
        _ => model.schema = Some(checked_schema(patch.value.as_deref())?),
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(ApiError::bad_request("Model name must be non-empty"));
    }
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(ApiError::bad_request(format!("Model name must be alphanumeric: {name}")));
    }
    Ok(())
}

/// The schema's text, verbatim, when it is a schema of draft 4.
pub(crate) fn checked_schema(text: Option<&str>) -> Result<String, ApiError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Err(ApiError::bad_request(
            "Model schema must have at least 1 property or array items defined",
        ));
    };
    let errors = match schema::check(text) {
        Ok(()) => return Ok(text.to_owned()),
        Err(SchemaFault::Invalid) => "Invalid model schema specified",
        Err(SchemaFault::Reference) => {
            "Invalid model schema specified, Model reference must be in canonical form"
        }
    };
    let prefix = "Invalid model specified: Validation Result: warnings : []";
    Err(ApiError::bad_request(format!("{prefix}, errors : [{errors}]")))
}

/// Whether all models of an API together keep to their limit; imports ask too.
pub(crate) fn check_total(tree: &ApiTree, limits: &Limits) -> Result<(), ApiError> {
    let total: usize = tree.models.values().filter_map(|model| model.schema.as_ref()).map(String::len).sum();
    if total <= limits.model_bytes {
        return Ok(());
    }
    Err(ApiError::bad_request(format!(
        "The models of an API must not be larger than {} bytes together",
        limits.model_bytes
    )))
}

/// Of several methods the service names the one that was put last.
fn refuse_referenced(tree: &ApiTree, name: &str) -> Result<(), ApiError> {
    let places = tree.resources.values().flat_map(|resource| {
        resource.methods.values().filter_map(move |method| {
            Some((method.sequence, &resource.path, method.http_method, reference_kind(method, name)?))
        })
    });
    match places.max() {
        None => Ok(()),
        Some((_, path, verb, kind)) => Err(ApiError::conflict(format!(
            "Cannot delete model '{name}', is referenced in method {kind}: {path}/{verb}"
        ))),
    }
}

/// Where a method refers to a model, if it does.
fn reference_kind(method: &Method, model: &str) -> Option<&'static str> {
    let names = |models: &Map<String>| models.values().any(|name| name == model);
    if names(&method.request_models) {
        return Some("request");
    }
    let mut replies = method.responses.values().filter_map(|reply| reply.models.as_ref());
    replies.any(names).then_some("response")
}

/// A model as the service prints it.
fn to_wire(model: &Model) -> wire::Model {
    wire::Model {
        id: Some(model.id.clone()),
        name: Some(model.name.clone()),
        description: model.description.clone(),
        schema: model.schema.clone(),
        content_type: Some(model.content_type.clone()),
    }
}

#[cfg(test)]
mod tests;
