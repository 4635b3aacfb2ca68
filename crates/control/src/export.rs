//! GetExport: a stage's deployment as an OpenAPI document.
//!
//! In: decoded requests. Out: a document with its file name, or the service's refusal. How documents look is `openapi`'s
//! business.

use stagedoor_base::{ApiId, StageName, Timestamp};
use stagedoor_model::{ApiTree, DocumentationPart, Stage};
use stagedoor_openapi::{
    ExportOptions, ExportType, Exported, ExportedDocumentation, Extensions, exported_version,
};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::stage;

/// Stands for the API as edited, where a stage is named. No stage can be called so, and AWS knows no such thing.
const DRAFT: &str = "$draft";
/// The longest file name; file systems take 255 bytes.
const FILE_NAME_CHARS: usize = 200;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }
}

/// What is exported: a stage's deployment, or the API as edited.
struct Subject {
    tree: ApiTree,
    documentation: Option<Documentation>,
}

/// The documentation version of a stage.
struct Documentation {
    version: String,
    created: Timestamp,
    parts: Vec<DocumentationPart>,
}

/// `GetExport`.
pub(crate) fn get_export(
    ctx: &Context,
    request: wire::GetExportRequest,
) -> Result<wire::ExportResponse, ApiError> {
    let export_type = ExportType::parse(&request.export_type)
        .ok_or_else(|| ApiError::BadRequest(format!("No API spec found for type {}", request.export_type)))?;
    let format = format(request.accepts.as_deref())?;
    let extensions = extensions(request.parameters.as_ref().and_then(|given| given.get("extensions")))?;
    let api = ApiId::from(request.rest_api_id.as_str());
    let Subject { tree, documentation } = subject(ctx, &api, &request.stage_name)?;
    let options = ExportOptions {
        export_type,
        extensions,
        host: &format!("{api}.execute-api.{}.amazonaws.com", ctx.scope.region),
        region: ctx.scope.region.as_str(),
        stage: &request.stage_name,
        documentation: documentation.as_ref().map(exported),
        limits: &ctx.limits,
    };
    let document = stagedoor_openapi::export(&tree, &options)
        .map_err(|error| ApiError::BadRequest(error.to_string()))?;
    Ok(wire::ExportResponse {
        content_type: Some("application/octet-stream".to_owned()),
        content_disposition: Some(disposition(export_type, &exported_version(&tree), format)),
        body: printed(&document, format).into_bytes(),
    })
}

fn printed(document: &Exported, format: Format) -> String {
    match format {
        Format::Json => document.json(),
        Format::Yaml => document.yaml(),
    }
}

fn subject(ctx: &Context, api: &ApiId, stage: &str) -> Result<Subject, ApiError> {
    if stage == DRAFT {
        let tree = ctx.read_api(api.as_str(), || ctx.unknown_api(api.as_str()))?;
        return Ok(Subject { tree, documentation: None });
    }
    let found = ctx.store.stage(&ctx.scope, api, &StageName::from(stage))?;
    let stage = found.ok_or_else(|| stage::missing(ctx, api, stage::unknown))?.value;
    let snapshot = ctx.store.snapshot(&ctx.scope, api, &stage.deployment_id)?;
    let snapshot = snapshot
        .ok_or_else(|| ApiError::Internal(format!("deployment {} has no snapshot", stage.deployment_id)))?;
    Ok(Subject { tree: snapshot.tree, documentation: documentation(ctx, api, &stage)? })
}

fn documentation(ctx: &Context, api: &ApiId, stage: &Stage) -> Result<Option<Documentation>, ApiError> {
    let Some(name) = &stage.documentation_version else { return Ok(None) };
    let version = ctx.store.documentation_version(&ctx.scope, api, name)?;
    let frozen = ctx.store.frozen_documentation(&ctx.scope, api, name)?;
    Ok(version.zip(frozen).map(|(version, frozen)| Documentation {
        version: version.value.version,
        created: version.value.created,
        parts: frozen.parts,
    }))
}

fn exported(documentation: &Documentation) -> ExportedDocumentation<'_> {
    let Documentation { version, created, parts } = documentation;
    ExportedDocumentation { version, created: *created, parts }
}

/// The first type of an `Accept` header that can be had; JSON without one.
fn format(accept: Option<&str>) -> Result<Format, ApiError> {
    let given = accept.map(str::trim).filter(|text| !text.is_empty()).unwrap_or("*/*");
    let known = |media_type: &str| match media_type.split(';').next().unwrap_or_default().trim() {
        "application/json" | "application/*" | "*/*" => Some(Format::Json),
        "application/yaml" | "application/x-yaml" | "text/yaml" => Some(Format::Yaml),
        _ => None,
    };
    given.split(',').find_map(known).ok_or_else(|| {
        ApiError::BadRequest(format!(
            "Invalid Accept header specified: {given}. Valid options are application/json,application/yaml"
        ))
    })
}

fn extensions(given: Option<&String>) -> Result<Extensions, ApiError> {
    let names = given.map(String::as_str).unwrap_or_default().split(',');
    Extensions::parse(names.map(str::trim).filter(|name| !name.is_empty())).map_err(|name| {
        ApiError::BadRequest(format!(
            "Invalid extensions specified: {name}. Valid options are integrations,authorizers,apigateway,postman"
        ))
    })
}

/// The version is the author's text; in a header's file name only harmless characters of it stay.
fn disposition(export_type: ExportType, version: &str, format: Format) -> String {
    let harmless = |character: char| {
        let plain = character.is_ascii_graphic() && !"\"\\/%".contains(character);
        if plain || character == ' ' { character } else { '_' }
    };
    let version: String = version.chars().map(harmless).take(FILE_NAME_CHARS).collect();
    format!("attachment; filename=\"{}_{version}.{}\"", export_type.as_str(), format.extension())
}

#[cfg(test)]
mod tests;
