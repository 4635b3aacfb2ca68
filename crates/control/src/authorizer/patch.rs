//! The PATCH table of authorizers.
//!
//! In: an authorizer and the operations on it. Out: the changed authorizer, not yet checked, or the refusal of the first
//! bad operation. It must not know how the change is stored.

use stagedoor_model::Authorizer;

use super::{check, parse_type};
use crate::ApiError;
use crate::patch::{Patch, PatchOp, PathTable};

const PATCHES: PathTable = PathTable {
    supported: &[
        (
            PatchOp::Replace,
            &[
                "/name",
                "/type",
                "/authorizerUri",
                "/authorizerCredentials",
                "/authorizerResultTtlInSeconds",
                "/authType",
                "/identitySource",
                "/identityValidationExpression",
            ],
        ),
        (PatchOp::Add, &["/identitySource", "/providerARNs"]),
        (PatchOp::Remove, &["/identitySource", "/providerARNs"]),
    ],
};

/// Applies all operations in their order.
pub(super) fn apply(before: &Authorizer, patches: &[Patch]) -> Result<Authorizer, ApiError> {
    let mut after = before.clone();
    patches.iter().try_for_each(|patch| apply_one(&mut after, patch))?;
    Ok(after)
}

fn apply_one(authorizer: &mut Authorizer, patch: &Patch) -> Result<(), ApiError> {
    PATCHES.check(patch)?;
    match patch.path() {
        "/name" => authorizer.name = patch.value.clone().unwrap_or_default(),
        "/type" => authorizer.authorizer_type = parse_type(patch.value.as_deref().unwrap_or_default())?,
        "/authorizerUri" => authorizer.uri = patch.text(),
        "/authorizerCredentials" => authorizer.credentials = patch.text(),
        "/authorizerResultTtlInSeconds" => authorizer.result_ttl_seconds = ttl(patch)?,
        "/authType" => authorizer.auth_type = patch.text(),
        "/identityValidationExpression" => authorizer.identity_validation_expression = patch.text(),
        "/providerARNs" => patch_pools(&mut authorizer.provider_arns, patch)?,
        _ => authorizer.identity_source = patch.text().filter(|_| patch.op != PatchOp::Remove),
    }
    Ok(())
}

fn ttl(patch: &Patch) -> Result<Option<u32>, ApiError> {
    let parsed = |text: String| check::ttl(text.parse().map_err(|_| check::bad_ttl())?);
    patch.text().map(parsed).transpose()
}

// The element is in the value.
fn patch_pools(pools: &mut Vec<String>, patch: &Patch) -> Result<(), ApiError> {
    let arn = patch.value.clone().unwrap_or_default();
    let found = pools.iter().position(|known| *known == arn);
    match (patch.op, found) {
        (PatchOp::Remove, Some(index)) => drop(pools.remove(index)),
        (PatchOp::Remove, None) => {
            return Err(ApiError::BadRequest(format!("Provider ARN {arn} is not part of this authorizer")));
        }
        (_, None) => pools.push(arn),
        (_, Some(_)) => {
            return Err(ApiError::BadRequest(format!(
                "Provider ARN {arn} is already part of this authorizer"
            )));
        }
    }
    Ok(())
}
