//! A declared function: a directory with a way to run it.
//!
//! In: its declaration. Out: a stored function whose `$LATEST` is that directory.

use std::path::Path;

use stagedoor_model::{
    Function, FunctionCode, FunctionConfiguration, FunctionLayer, FunctionTree, FunctionVersion, Map,
};
use stagedoor_store::Change;

use super::DeclaredFunction;
use crate::ApiError;
use crate::context::Context;

/// Whether the declaration may stand.
pub(super) fn check(ctx: &Context, declared: &DeclaredFunction) -> Result<(), ApiError> {
    match ctx.store.function(&ctx.scope, &declared.name)? {
        Some(found) => refuse_made_by_calls(&found.value.function),
        None => Ok(()),
    }
}

/// Returns whether anything changed.
pub(super) fn apply(ctx: &Context, declared: &DeclaredFunction, file: &str) -> Result<bool, ApiError> {
    ctx.retrying(|| match ctx.store.function(&ctx.scope, &declared.name)? {
        None => {
            let tree = FunctionTree::new(new_function(ctx, declared, file));
            ctx.commit(Change::create_function(&ctx.scope, &tree))?;
            Ok(true)
        }
        Some(found) => {
            let mut after = found.value.clone();
            update(ctx, &mut after.function, declared, file)?;
            if after == found.value {
                return Ok(false);
            }
            let change = Change::between_functions(&ctx.scope, &found.value, &after);
            ctx.commit(change.expecting(found.revision))?;
            Ok(true)
        }
    })
}

pub(super) fn remove(ctx: &Context, name: &str) -> Result<(), ApiError> {
    ctx.commit(Change::delete_function(&ctx.scope, name))
}

fn new_function(ctx: &Context, declared: &DeclaredFunction, file: &str) -> Function {
    let latest = FunctionVersion {
        version: "$LATEST".to_owned(),
        configuration: configuration(ctx, declared),
        code: code(declared),
        last_modified: ctx.now,
        revision_id: ctx.new_uuid(),
    };
    Function {
        name: declared.name.clone(),
        latest,
        last_version: 0,
        tags: Map::new(),
        declared_in: Some(file.to_owned()),
        reserved_concurrency: declared.reserved_concurrency,
        event_invoke: Default::default(),
        allows_recursion: false,
    }
}

fn update(
    ctx: &Context,
    function: &mut Function,
    declared: &DeclaredFunction,
    file: &str,
) -> Result<(), ApiError> {
    refuse_made_by_calls(function)?;
    function.declared_in = Some(file.to_owned());
    function.reserved_concurrency = declared.reserved_concurrency;
    let (configuration, code) = (configuration(ctx, declared), code(declared));
    let latest = &mut function.latest;
    if latest.configuration != configuration || latest.code != code {
        latest.configuration = configuration;
        latest.code = code;
        latest.last_modified = ctx.now;
        latest.revision_id = ctx.new_uuid();
    }
    Ok(())
}

fn refuse_made_by_calls(function: &Function) -> Result<(), ApiError> {
    if function.declared_in.is_some() {
        return Ok(());
    }
    Err(ApiError::conflict("a function with this name was made by calls; delete it, or declare another name"))
}

fn configuration(ctx: &Context, declared: &DeclaredFunction) -> FunctionConfiguration {
    FunctionConfiguration {
        description: None,
        role: format!("arn:aws:iam::{}:role/declared", ctx.scope.account),
        runtime: declared.runtime.clone(),
        handler: declared.handler.clone(),
        timeout_seconds: declared.timeout_seconds,
        memory_mb: declared.memory_mb,
        environment: declared.environment.clone(),
        layers: declared.layers.iter().map(|path| layer(path)).collect(),
    }
}

fn layer(path: &Path) -> FunctionLayer {
    FunctionLayer { arn: None, code: FunctionCode::Directory { path: path.display().to_string() } }
}

fn code(declared: &DeclaredFunction) -> FunctionCode {
    match &declared.endpoint {
        Some(endpoint) => FunctionCode::Remote { endpoint: endpoint.clone() },
        None => FunctionCode::Directory { path: declared.directory.display().to_string() },
    }
}
