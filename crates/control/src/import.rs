//! ImportRestApi and PutRestApi: an API from an OpenAPI document.
//!
//! In: documents. Out: stored APIs, or everything that is wrong with the document. Reading documents is `openapi`'s
//! business; here each method is held to the rules of the single operations, in their words.

mod check;
mod parameters;

use stagedoor_base::ApiId;
use stagedoor_model::{ApiTree, Map};
use stagedoor_openapi::{Diagnostic, Document, ImportOptions, Mode, parse};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::rest_api::{self, TagPresence};
pub(crate) use parameters::Parameters;

/// How documents that came in a request are called in findings.
const BODY: &str = "body";

pub(crate) fn import_rest_api(
    ctx: &Context,
    request: wire::ImportRestApiRequest,
) -> Result<wire::RestApi, ApiError> {
    let document = read(&request.body)?;
    let parameters = Parameters::read(request.parameters)?;
    let mut tree = new_tree(ctx, rest_api::api_id(ctx, &Map::new())?);
    let warnings = apply(ctx, &document, BODY, &mut tree, &parameters, Mode::Overwrite)
        .map_err(|errors| refusal(&errors))?;
    keep_warnings(&mut tree, warnings, request.fail_on_warnings)?;
    parameters.finish(&mut tree.api)?;
    rest_api::insert(ctx, &tree)?;
    Ok(rest_api::to_wire(ctx, &tree.api, TagPresence::WhenTagged))
}

pub(crate) fn put_rest_api(
    ctx: &Context,
    request: wire::PutRestApiRequest,
) -> Result<wire::RestApi, ApiError> {
    let id = &request.rest_api_id;
    let document = read(&request.body)?;
    let parameters = Parameters::read(request.parameters)?;
    let mode = if request.mode.as_deref() == Some("overwrite") { Mode::Overwrite } else { Mode::Merge };
    ctx.edit_api(
        id,
        || ctx.unknown_api(id),
        |tree| {
            let warnings =
                apply(ctx, &document, BODY, tree, &parameters, mode).map_err(|errors| refusal(&errors))?;
            keep_warnings(tree, warnings, request.fail_on_warnings)?;
            parameters.finish(&mut tree.api)?;
            Ok(rest_api::to_wire(ctx, &tree.api, TagPresence::Always))
        },
    )
}

/// An API as imports start from: without the default models.
pub(crate) fn new_tree(ctx: &Context, id: ApiId) -> ApiTree {
    rest_api::bare_tree(rest_api::unnamed_api(ctx, id))
}

/// Applies a document and holds the result to the rules of the single operations. Returns the warnings.
pub(crate) fn apply(
    ctx: &Context,
    document: &Document,
    file: &str,
    tree: &mut ApiTree,
    parameters: &Parameters,
    mode: Mode,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let options = ImportOptions {
        mode,
        base_path: parameters.base_path,
        ignore_documentation: parameters.ignore_documentation,
        account: &ctx.scope.account,
        region: &ctx.scope.region,
        limits: &ctx.limits,
    };
    let applied = ctx
        .with_entropy(|entropy| stagedoor_openapi::apply(document, tree, &options, entropy))
        .map_err(|errors| errors.iter().map(|error| error.diagnostic(file)).collect::<Vec<_>>())?;
    let problems = check::problems(ctx, tree, &applied.methods);
    if !problems.is_empty() {
        return Err(problems.iter().map(|problem| problem.diagnostic(file)).collect());
    }
    Ok(applied.warnings.iter().map(|warning| warning.diagnostic(file)).collect())
}

// The service has one sentence for whatever it cannot read.
fn read(body: &[u8]) -> Result<Document, ApiError> {
    parse(body, BODY).map_err(|_| ApiError::bad_request("Invalid OpenAPI input."))
}

fn refusal(errors: &[Diagnostic]) -> ApiError {
    ApiError::BadRequest(format!("Errors found during import:{}", lines(errors)))
}

fn lines(findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| format!("\n\t{}", finding.message)).collect()
}

fn keep_warnings(
    tree: &mut ApiTree,
    warnings: Vec<Diagnostic>,
    fail_on_warnings: Option<bool>,
) -> Result<(), ApiError> {
    if fail_on_warnings == Some(true) && !warnings.is_empty() {
        return Err(ApiError::BadRequest(format!("Warnings found during import:{}", lines(&warnings))));
    }
    tree.api.warnings = warnings.into_iter().map(|warning| warning.message).collect();
    Ok(())
}

#[cfg(test)]
mod tests;
