//! Entities that a file declares instead of calls: APIs from OpenAPI documents, functions from directories, identities, API
//! keys and usage plans.
//!
//! In: a declaration, the whole truth about what files own in one scope. Out: a store that agrees with it. What did not
//! change is not touched; what a file owned before and no longer declares goes. It must not read files: the caller
//! hands their bytes in.

mod api;
mod function;
mod identity;
mod metered;
mod permission;

use std::path::PathBuf;
use std::sync::PoisonError;

use api::Plan;
use stagedoor_base::{AccountId, ApiId, ApiKeyId, DeploymentId, Scope, StageName};
use stagedoor_model::{ApiKey, CacheClusterSize, IamTree, Map, Runtime, UsagePlan};
use stagedoor_openapi::Diagnostic;
use thiserror::Error;

use crate::context::{Context, Origin};
use crate::lambda::check_declared_concurrency;
use crate::{ApiError, Control};

/// What files declare.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The file that declares the functions, for refusals of calls that would change them.
    pub file_name: String,
    pub apis: Vec<DeclaredApi>,
    pub functions: Vec<DeclaredFunction>,
    /// Each account once.
    pub identities: Vec<DeclaredIdentities>,
    /// Dates are given when they are stored.
    pub api_keys: Vec<ApiKey>,
    pub usage_plans: Vec<DeclaredPlan>,
}

/// A usage plan, and the declared keys that are in it.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredPlan {
    pub plan: UsagePlan,
    pub keys: Vec<ApiKeyId>,
}

/// Users, access keys, groups, roles and policies of one account. Every entity says which file declares it; ids and dates
/// are given when it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredIdentities {
    pub account: AccountId,
    pub tree: IamTree,
}

/// An API with one stage.
#[derive(Debug, Clone)]
pub struct DeclaredApi {
    pub id: ApiId,
    /// The document's name, for findings and refusals.
    pub file_name: String,
    pub document: Vec<u8>,
    pub stage: StageName,
    pub variables: Map<String>,
    /// None: the stage has no cache cluster.
    pub cache_cluster_size: Option<CacheClusterSize>,
    /// Those of all methods first.
    pub method_settings: Vec<DeclaredSetting>,
}

/// A setting of a stage's methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredSetting {
    /// Verb and path; none: all methods.
    pub method: Option<(String, String)>,
    /// As AWS's PATCH paths end: `caching/enabled`.
    pub path: &'static str,
    pub value: String,
}

/// A function whose code is a directory on this machine, or that another Lambda API runs.
#[derive(Debug, Clone)]
pub struct DeclaredFunction {
    pub name: String,
    pub runtime: Runtime,
    pub handler: String,
    pub directory: PathBuf,
    pub environment: Map<String>,
    /// 1 to 900.
    pub timeout_seconds: u32,
    /// 128 to 10240.
    pub memory_mb: u32,
    /// Folders and zips that are merged into `/opt`, in this order.
    pub layers: Vec<PathBuf>,
    /// The calls that may run at once.
    pub reserved_concurrency: Option<u32>,
    /// The Lambda API that runs the function instead of this machine.
    pub endpoint: Option<String>,
}

/// What now stands in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// In the order of the declaration.
    pub apis: Vec<AppliedApi>,
    /// Names of the functions that were created or changed.
    pub changed_functions: Vec<String>,
    /// Whether any API key or usage plan was created, changed or deleted.
    pub changed_metering: bool,
}

/// One API after its declaration was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedApi {
    pub id: ApiId,
    pub stage: StageName,
    pub deployment: DeploymentId,
    /// Whether anything differed from what was stored.
    pub changed: bool,
    pub warnings: Vec<Diagnostic>,
}

/// Why a declaration cannot be applied. Nothing of it was applied, unless the store failed.
#[derive(Debug, Error)]
pub enum DeclareError {
    /// A document is wrong; each finding names its place.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Document(Vec<Diagnostic>),
    /// An entity is refused by the control plane's rules.
    #[error("{entity}: {reason}")]
    Refused { entity: String, reason: String },
    /// The store failed.
    #[error("{0}")]
    Store(String),
}

impl Control {
    /// Makes the store agree with a declaration. Returns after every change is published.
    ///
    /// # Errors
    /// [`DeclareError`] for the first entity that cannot be applied.
    pub async fn declare(&self, scope: Scope, declaration: Declaration) -> Result<Declared, DeclareError> {
        let applied =
            self.on_blocking_thread(scope, Origin::Declaration, move |ctx| apply(ctx, &declaration));
        applied.await.map_err(|error| DeclareError::Store(error.to_string()))?
    }
}

// Everything is checked before anything is written. Functions and permissions come first, so that an API never stands
// without what it calls.
fn apply(ctx: &Context, declaration: &Declaration) -> Result<Declared, DeclareError> {
    let of_function =
        |declared: &DeclaredFunction, error| refused(&format!("function {}", declared.name), error);
    let of_all = |error| refused("declaration", error);
    for declared in &declaration.functions {
        function::check(ctx, declared).map_err(|error| of_function(declared, error))?;
    }
    identity::check(ctx, &declaration.identities)?;
    let _alone = ctx.reserving.lock().unwrap_or_else(PoisonError::into_inner);
    let _metering = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    metered::check(ctx, declaration)?;
    check_declared_concurrency(ctx, &declaration.functions).map_err(|error| refused("functions", error))?;
    let plans: Vec<Plan> =
        declaration.apis.iter().map(|declared| api::plan(ctx, declared)).collect::<Result<_, _>>()?;
    identity::apply(ctx, &declaration.identities).map_err(of_all)?;
    let mut changed_functions = Vec::new();
    for declared in &declaration.functions {
        let changed = function::apply(ctx, declared, &declaration.file_name);
        if changed.map_err(|error| of_function(declared, error))? {
            changed_functions.push(declared.name.clone());
        }
    }
    permission::grant(ctx, declaration, &plans).map_err(of_all)?;
    let pairs = declaration.apis.iter().zip(plans);
    let apis =
        pairs.map(|(declared, plan)| api::apply(ctx, declared, plan)).collect::<Result<Vec<_>, _>>()?;
    remove_undeclared(ctx, declaration).map_err(of_all)?;
    let changed_metering = metered::apply(ctx, declaration).map_err(of_all)?;
    Ok(Declared { apis, changed_functions, changed_metering })
}

fn refused(entity: &str, error: ApiError) -> DeclareError {
    match error {
        ApiError::Internal(reason) => DeclareError::Store(reason),
        error => DeclareError::Refused { entity: entity.to_owned(), reason: error.to_string() },
    }
}

/// What calls made stays; only what some file owned goes.
fn remove_undeclared(ctx: &Context, declaration: &Declaration) -> Result<(), ApiError> {
    for api in ctx.store.apis(&ctx.scope)? {
        if api.declared_in.is_some() && declaration.apis.iter().all(|declared| declared.id != api.id) {
            api::remove(ctx, &api.id)?;
        }
    }
    for function in ctx.store.functions(&ctx.scope)? {
        let is_declared = declaration.functions.iter().any(|declared| declared.name == function.name);
        if function.declared_in.is_some() && !is_declared {
            function::remove(ctx, &function.name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
