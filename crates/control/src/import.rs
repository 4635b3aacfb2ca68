//! ImportRestApi and PutRestApi: an API from an OpenAPI document.
//!
//! In: documents. Out: stored APIs, or everything that is wrong with the document. Reading documents is `openapi`'s
//! business; here each method is held to the rules of the single operations, in their words.

mod check;
mod parameters;

use stagedoor_base::ApiId;
use stagedoor_model::{ApiTree, Map};
use stagedoor_openapi::{
    Applied, Diagnostic, Document, Element, ImportError, ImportOptions, Mode, Place, Refusal, Warning, parse,
};
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
    let warnings =
        attempt(ctx, &document, &mut tree, &parameters, Mode::Overwrite).map_err(|it| refusal(&it))?;
    check_warnings(&warnings, request.fail_on_warnings)?;
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
            let warnings = attempt(ctx, &document, tree, &parameters, mode).map_err(|it| refusal(&it))?;
            check_warnings(&warnings, request.fail_on_warnings)?;
            parameters.finish(&mut tree.api)?;
            Ok(rest_api::to_wire(ctx, &tree.api, TagPresence::Always))
        },
    )
}

/// An API as imports start from: without the default models.
pub(crate) fn new_tree(ctx: &Context, id: ApiId) -> ApiTree {
    ApiTree::bare(rest_api::unnamed_api(ctx, id))
}

/// Applies a document and holds the result to the rules of the single operations. Returns the warnings.
///
/// # Errors
/// Everything that is wrong with the document, and its warnings.
pub(crate) fn apply(
    ctx: &Context,
    document: &Document,
    tree: &mut ApiTree,
    parameters: &Parameters,
    mode: Mode,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let (errors, warnings) = match attempt(ctx, document, tree, parameters, mode) {
        Ok(warnings) => (Vec::new(), warnings),
        Err(refusal) => (refusal.errors, refusal.warnings),
    };
    let warnings = warnings.iter().map(|warning| document.warning(warning));
    if errors.is_empty() {
        return Ok(warnings.collect());
    }
    Err(errors.iter().map(|error| document.error(error)).chain(warnings).collect())
}

fn attempt(
    ctx: &Context,
    document: &Document,
    tree: &mut ApiTree,
    parameters: &Parameters,
    mode: Mode,
) -> Result<Vec<Warning>, Refusal> {
    let options = ImportOptions {
        mode,
        base_path: parameters.base_path,
        ignore_documentation: parameters.ignore_documentation,
        check_templates: parameters.check_templates,
        account: &ctx.scope.account,
        region: &ctx.scope.region,
        limits: &ctx.limits,
    };
    let Applied { warnings, methods, places } =
        ctx.with_entropy(|entropy| stagedoor_openapi::apply(document, tree, &options, entropy))?;
    let mut errors = check::problems(ctx, tree, &methods, &places);
    if parameters.leave_endpoint()
        && let Err(error) = rest_api::assign_endpoint(&mut tree.api, None, None)
    {
        let place = places.get(&Element::Endpoint).copied().unwrap_or(Place::START);
        errors.push(ImportError { message: error.to_string(), place });
    }
    if parameters.deploys {
        errors.extend(check::undeployable(tree, &methods));
    }
    if errors.is_empty() { Ok(warnings) } else { Err(Refusal { errors, warnings }) }
}

// The service has one sentence for whatever it cannot read.
fn read(body: &[u8]) -> Result<Document, ApiError> {
    parse(body, BODY).map_err(|_| ApiError::bad_request("Invalid OpenAPI input."))
}

/// The errors, and the warnings as what was found besides.
fn refusal(Refusal { errors, warnings }: &Refusal) -> ApiError {
    let errors = lines(errors.iter().map(|error| &error.message));
    let warnings = lines(warnings.iter().map(|warning| &warning.message));
    let besides = if warnings.is_empty() { "" } else { "\nAdditionally, these warnings were found:" };
    ApiError::BadRequest(format!("Errors found during import:{errors}{besides}{warnings}"))
}

fn lines<'m>(messages: impl Iterator<Item = &'m String>) -> String {
    messages.map(|message| format!("\n\t{message}")).collect()
}

fn check_warnings(warnings: &[Warning], fail_on_warnings: Option<bool>) -> Result<(), ApiError> {
    if fail_on_warnings == Some(true) && !warnings.is_empty() {
        let lines = lines(warnings.iter().map(|warning| &warning.message));
        return Err(ApiError::BadRequest(format!("Warnings found during import:{lines}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
