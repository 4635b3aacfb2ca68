//! Lambda's control operations: functions, versions, aliases, permissions, and `Invoke`.
//!
//! In: wire requests. Out: wire answers, changed functions. What a function cannot do here is refused when it is asked
//! for, never stored and forgotten. It must not know how a function runs.

mod alias;
mod code;
mod concurrency;
mod configuration;
mod event_invoke;
mod function;
mod invoke;
mod layer;
mod name;
mod permission;
mod refused;
mod settings;
mod stream;
mod tag;
#[cfg(test)]
mod tests;
mod version;

use stagedoor_model::{FunctionTree, FunctionVersion};
use stagedoor_store::{Change, Versioned};

pub(crate) use alias::{create_alias, delete_alias, get_alias, list_aliases, update_alias};
pub(crate) use concurrency::{
    check_declared as check_declared_concurrency, delete_function_concurrency, get_account_settings,
    get_function_concurrency, put_function_concurrency,
};
pub use configuration::is_reserved_variable;
pub(crate) use event_invoke::{
    delete_function_event_invoke_config, get_function_event_invoke_config,
    list_function_event_invoke_configs, put_function_event_invoke_config,
    update_function_event_invoke_config,
};
pub(crate) use function::{
    create_function, delete_function, get_function, get_function_configuration, list_functions,
    update_function_code, update_function_configuration,
};
pub(crate) use invoke::{invoke, invoke_async};
pub(crate) use layer::{
    delete_layer_version, get_layer_version, get_layer_version_by_arn, list_layer_versions, list_layers,
    publish_layer_version,
};
pub(crate) use name::{function_arn, function_name};
pub(crate) use permission::{add_permission, get_policy, remove_permission};
pub(crate) use refused::{
    get_event_source_mapping, get_function_url_config, get_layer_version_policy,
    get_provisioned_concurrency_config, list_event_source_mappings, list_function_url_configs,
    list_provisioned_concurrency_configs, refuse,
};
pub(crate) use settings::{
    delete_function_code_signing_config, get_function_code_signing_config, get_function_recursion_config,
    get_runtime_management_config, put_function_recursion_config, put_runtime_management_config,
};
pub(crate) use stream::invoke_with_response_stream;
pub(crate) use tag::{list_tags, tag_resource, untag_resource};
pub(crate) use version::{list_versions_by_function, publish_version};

use crate::ApiError;
use crate::authorize::Passed;
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
                self.pass_roles(&Passed::by_function(Some(&before.value), &after))?;
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
