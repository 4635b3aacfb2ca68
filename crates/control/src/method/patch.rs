//! The PATCH table of methods.
//!
//! In: a method and the operations on it. Out: the changed method, not yet checked against its API, or the refusal of
//! the first bad operation. It must not know how the change is stored.

use stagedoor_model::Method;

use super::parse_authorization;
use super::values::{NO_CONTENT_TYPE, NO_PARAMETER, patch_entry};
use crate::ApiError;
use crate::patch::{Patch, PatchOp};

/// Applies all operations in their order.
pub(super) fn apply(before: &Method, patches: &[Patch]) -> Result<Method, ApiError> {
    let mut after = before.clone();
    patches.iter().try_for_each(|patch| apply_one(&mut after, patch))?;
    Ok(after)
}

fn apply_one(method: &mut Method, patch: &Patch) -> Result<(), ApiError> {
    let tokens = patch.tokens();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["requestParameters", key] => {
            patch_entry(&mut method.request_parameters, key, patch, NO_PARAMETER, |patch| Ok(patch.flag()))
        }
        ["requestModels", kind] => {
            let models = &mut method.request_models;
            patch_entry(models, kind, patch, NO_CONTENT_TYPE, |patch| Ok(model_name(patch)))
        }
        ["authorizationScopes"] => patch_scope(&mut method.authorization_scopes, patch),
        [field] => patch_field(method, field, patch),
        _ => Err(patch.invalid_path()),
    }
}

/// The model that an operation names; a missing value is looked up as `null`, which no model is called.
pub(crate) fn model_name(patch: &Patch) -> String {
    patch.value.clone().unwrap_or_else(|| "null".to_owned())
}

// The element is in the value.
fn patch_scope(scopes: &mut Vec<String>, patch: &Patch) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Remove])?;
    let scope = patch.value.clone().unwrap_or_default();
    scopes.retain(|known| *known != scope);
    if patch.op == PatchOp::Add && !scope.is_empty() {
        scopes.push(scope);
    }
    Ok(())
}

fn patch_field(method: &mut Method, field: &str, patch: &Patch) -> Result<(), ApiError> {
    const FIELDS: [&str; 5] =
        ["apiKeyRequired", "authorizationType", "authorizerId", "operationName", "requestValidatorId"];
    if !FIELDS.contains(&field) {
        return Err(patch.invalid_path());
    }
    patch.require_replace()?;
    match field {
        "apiKeyRequired" => method.api_key_required = patch.flag(),
        "authorizationType" => {
            method.authorization_type = parse_authorization(patch.value.as_deref().unwrap_or_default())?;
        }
        "authorizerId" => method.authorizer_id = patch.text(),
        "operationName" => method.operation_name = patch.text(),
        _ => method.request_validator_id = patch.text(),
    }
    Ok(())
}
