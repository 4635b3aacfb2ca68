//! Lambda's control operations: functions, versions, aliases, permissions, and `Invoke`.
//!
//! In: wire requests. Out: wire answers, changed functions. What a function cannot do here is refused when it is asked
//! for, never stored and forgotten. It must not know how a function runs.

mod alias;
mod code;
mod configuration;
mod function;
mod invoke;
mod name;
mod permission;
#[cfg(test)]
mod tests;
mod version;

use stagedoor_model::{FunctionTree, FunctionVersion};
use stagedoor_store::{Change, Versioned};

pub(crate) use alias::{create_alias, delete_alias, get_alias, list_aliases, update_alias};
pub use configuration::is_reserved_variable;
pub(crate) use function::{
    create_function, delete_function, get_function, get_function_code_signing_config,
    get_function_configuration, list_functions, list_tags, update_function_code,
    update_function_configuration,
};
pub(crate) use invoke::invoke;
pub(crate) use permission::{add_permission, get_policy, remove_permission};
pub(crate) use version::{list_versions_by_function, publish_version};

use crate::ApiError;
use crate::context::Context;
use crate::page::page;
use name::FunctionName;

/// Entries of a page, at most and by default.
const PAGE: i32 = 50;

impl Context {
    fn read_function(&self, name: &FunctionName) -> Result<Versioned<FunctionTree>, ApiError> {
        self.store.function(&self.scope, &name.name)?.ok_or_else(|| name.not_found())
    }

    /// Changes a function as [`Context::edit_api`] changes an API. `code` is a new zip that the change refers to.
    fn edit_function<T>(
        &self,
        name: &FunctionName,
        code: Option<&[u8]>,
        mut edit: impl FnMut(&mut FunctionTree) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.retrying(|| {
            let before = self.read_function(name)?;
            self.refuse_declared(before.value.function.declared_in.as_deref())?;
            let mut after = before.value.clone();
            let result = edit(&mut after)?;
            if after != before.value {
                let change = Change::between_functions(&self.scope, &before.value, &after);
                let change = code.iter().fold(change, |change, zip| change.put_blob(zip.to_vec()));
                self.commit(change.expecting(before.revision))?;
            }
            Ok(result)
        })
    }
}

/// The version that a name with its qualifier stands for.
fn resolve<'t>(tree: &'t FunctionTree, name: &FunctionName) -> Result<&'t FunctionVersion, ApiError> {
    tree.resolve(name.qualifier.as_deref()).ok_or_else(|| name.not_found())
}

/// Refuses a change that was decided on an older revision than the current one.
fn check_revision(expected: Option<&str>, current: &str) -> Result<(), ApiError> {
    match expected {
        Some(expected) if expected != current => Err(ApiError::PreconditionFailed(
            "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to \
             retrieve the latest Revision Id"
                .to_owned(),
        )),
        _ => Ok(()),
    }
}

/// One page and the marker of the next.
fn marked<T>(
    all: Vec<T>,
    marker: Option<&str>,
    max_items: Option<i32>,
    key: impl Fn(&T) -> String,
) -> Result<(Vec<T>, Option<String>), ApiError> {
    let limit = max_items.unwrap_or(PAGE).min(PAGE);
    let page = page(all, marker, Some(limit), key)
        .map_err(|_| ApiError::bad_request("The pagination marker is not valid"))?;
    Ok((page.items, page.position))
}
