//! Documentation parts: create, get, list, update, delete.
//!
//! In: decoded requests. Out: the part in wire form, or the service's refusal. It must not know how parts get into
//! documents.

use serde_json::{Map, Value};
use stagedoor_model::{
    ApiTree, DocumentationLocation, DocumentationPart, DocumentationPartType, LocationField,
};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::method::values::invalid_option;
use crate::page::page;
use crate::patch::{Patch, PatchOp, PathTable};

const PATCHES: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/properties"])] };

fn unknown() -> ApiError {
    ApiError::not_found("Invalid Documentation part identifier specified")
}

/// `CreateDocumentationPart`.
pub(crate) fn create_documentation_part(
    ctx: &Context,
    request: wire::CreateDocumentationPartRequest,
) -> Result<wire::DocumentationPart, ApiError> {
    let api = &request.rest_api_id;
    let location = from_wire(&request.location)?;
    ctx.edit_api(
        api,
        || ctx.unknown_api(api),
        |tree| {
            check_location(&location)?;
            check_properties(&request.properties)?;
            refuse_documented(tree, &location)?;
            check_total(ctx, tree.documentation_parts.len() + 1)?;
            let part = DocumentationPart {
                id: ctx.new_id_unlike(6, |id| tree.documentation_parts.contains_key(id)),
                location: location.clone(),
                properties: request.properties.clone(),
            };
            let answer = to_wire(&part);
            tree.documentation_parts.insert(part.id.clone(), part);
            Ok(answer)
        },
    )
}

/// `GetDocumentationPart`.
pub(crate) fn get_documentation_part(
    ctx: &Context,
    request: wire::GetDocumentationPartRequest,
) -> Result<wire::DocumentationPart, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, unknown)?;
    tree.documentation_parts.get(&request.documentation_part_id).map(to_wire).ok_or_else(unknown)
}

/// `GetDocumentationParts`: those that every given filter lets through, by location.
pub(crate) fn get_documentation_parts(
    ctx: &Context,
    request: wire::GetDocumentationPartsRequest,
) -> Result<wire::DocumentationParts, ApiError> {
    let api = &request.rest_api_id;
    let tree = ctx.read_api(api, || ctx.unknown_api(api))?;
    let parts = tree.documentation_parts.into_values();
    let mut shown: Vec<DocumentationPart> = parts.filter(|part| is_asked_for(part, &request)).collect();
    shown.sort_by(|one, other| (&one.location, &one.id).cmp(&(&other.location, &other.id)));
    let page = page(shown, request.position.as_deref(), request.limit, |part| part.id.clone())?
        .map(|part| to_wire(&part));
    Ok(wire::DocumentationParts { items: Some(page.items), position: page.position })
}

/// `UpdateDocumentationPart`: only the properties can change.
pub(crate) fn update_documentation_part(
    ctx: &Context,
    request: wire::UpdateDocumentationPartRequest,
) -> Result<wire::DocumentationPart, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, unknown, |tree| {
        let part = tree.documentation_parts.get_mut(&request.documentation_part_id).ok_or_else(unknown)?;
        for patch in &patches {
            PATCHES.check(patch)?;
            part.properties = patch.value.clone().unwrap_or_default();
            check_properties(&part.properties)?;
        }
        Ok(to_wire(part))
    })
}

/// `DeleteDocumentationPart`: versions that froze it keep it.
pub(crate) fn delete_documentation_part(
    ctx: &Context,
    request: wire::DeleteDocumentationPartRequest,
) -> Result<(), ApiError> {
    let api = &request.rest_api_id;
    ctx.edit_api(
        api,
        || ctx.unknown_api(api),
        |tree| {
            let gone = tree.documentation_parts.remove(&request.documentation_part_id);
            gone.map(drop).ok_or_else(unknown)
        },
    )
}

/// Whether an API may have so many parts.
pub(crate) fn check_total(ctx: &Context, parts: usize) -> Result<(), ApiError> {
    if parts > ctx.limits.documentation_parts_per_api {
        return Err(ApiError::quota("Documentation Parts"));
    }
    Ok(())
}

/// Whether a location can be that of an element.
fn check_location(location: &DocumentationLocation) -> Result<(), ApiError> {
    location.check().map_err(|problem| {
        let kind = location.part_type;
        ApiError::BadRequest(format!("Invalid documentation part location of type '{kind}': {problem}"))
    })
}

/// Whether a text may be a part's properties: that of any JSON object.
pub(crate) fn check_properties(text: &str) -> Result<(), ApiError> {
    serde_json::from_str::<Map<String, Value>>(text).map(drop).map_err(|_| {
        ApiError::bad_request("Invalid documentation part properties: they must be the text of a JSON object")
    })
}

fn refuse_documented(tree: &ApiTree, location: &DocumentationLocation) -> Result<(), ApiError> {
    let explicit = location.explicit();
    match tree.documentation_parts.values().any(|part| part.location.explicit() == explicit) {
        false => Ok(()),
        true => Err(ApiError::conflict(format!(
            "Documentation part already exists for the specified location: {location}."
        ))),
    }
}

fn is_asked_for(part: &DocumentationPart, request: &wire::GetDocumentationPartsRequest) -> bool {
    let explicit = part.location.explicit();
    let given = |filter: &Option<String>| filter.clone().filter(|text| !text.is_empty());
    let matches = |filter: &Option<String>, text: Option<&str>| {
        given(filter).is_none_or(|wanted| Some(wanted.as_str()) == text)
    };
    matches(&request.r#type, Some(explicit.part_type.as_str()))
        && matches(&request.name_query, explicit.field(LocationField::Name))
        && matches(&request.path, explicit.field(LocationField::Path))
        && matches(&request.location_status, Some(status(part)))
}

// A part whose properties are empty has no content.
fn status(part: &DocumentationPart) -> &'static str {
    let properties = serde_json::from_str::<Map<String, Value>>(&part.properties);
    let content = properties.is_ok_and(|properties| !properties.is_empty());
    if content { "DOCUMENTED" } else { "UNDOCUMENTED" }
}

fn from_wire(given: &wire::DocumentationPartLocation) -> Result<DocumentationLocation, ApiError> {
    let kinds = || DocumentationPartType::ALL.iter().map(|kind| kind.as_str());
    let part_type = DocumentationPartType::parse(&given.r#type)
        .ok_or_else(|| invalid_option("DocumentationPartType", kinds()))?;
    // The model lets a status code be blank.
    let text = |value: &Option<String>| value.clone().filter(|text| !text.trim().is_empty());
    Ok(DocumentationLocation {
        path: text(&given.path),
        method: text(&given.method),
        status_code: text(&given.status_code),
        name: text(&given.name),
        ..DocumentationLocation::of(part_type)
    })
}

fn to_wire(part: &DocumentationPart) -> wire::DocumentationPart {
    let DocumentationPart { id, location, properties } = part;
    wire::DocumentationPart {
        id: Some(id.clone()),
        location: Some(wire::DocumentationPartLocation {
            r#type: location.part_type.to_string(),
            path: location.path.clone(),
            method: location.method.clone(),
            status_code: location.status_code.clone(),
            name: location.name.clone(),
        }),
        properties: Some(properties.clone()),
    }
}

#[cfg(test)]
mod tests;
