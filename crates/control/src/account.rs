//! Account: the settings of one account in one region.
//!
//! In: wire requests. Out: wire answers, changed settings.

use stagedoor_model::AccountSettings;
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::patch::{Patch, PatchOp};

/// The version of API keys that every account of today has.
const API_KEY_VERSION: &str = "4";

pub(crate) fn get_account(ctx: &Context, _: wire::GetAccountRequest) -> Result<wire::Account, ApiError> {
    Ok(to_wire(ctx, &ctx.store.account(&ctx.scope)?.value))
}

pub(crate) fn update_account(
    ctx: &Context,
    request: wire::UpdateAccountRequest,
) -> Result<wire::Account, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.retrying(|| {
        let stored = ctx.store.account(&ctx.scope)?;
        let mut settings = stored.value;
        patches.iter().try_for_each(|patch| apply(&mut settings, patch))?;
        ctx.commit(Change::put_account(&ctx.scope, &settings).expecting(stored.revision))?;
        Ok(to_wire(ctx, &settings))
    })
}

fn apply(settings: &mut AccountSettings, patch: &Patch) -> Result<(), ApiError> {
    match patch.path() {
        "/cloudwatchRoleArn" => {
            patch.require_replace()?;
            settings.cloudwatch_role_arn = patch.text().map(checked_role).transpose()?;
            Ok(())
        }
        "/features" => change_features(settings, patch),
        _ => Err(patch.invalid_path()),
    }
}

fn checked_role(arn: String) -> Result<String, ApiError> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "iam", "", account, role] if !account.is_empty() && role.starts_with("role/") => Ok(arn),
        _ => Err(ApiError::bad_request(
            "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway \
             and add the required role policy.",
        )),
    }
}

fn change_features(settings: &mut AccountSettings, patch: &Patch) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Remove])?;
    let feature =
        patch.text().ok_or_else(|| ApiError::bad_request("Invalid null or empty value in features"))?;
    if patch.op == PatchOp::Remove && feature == "UsagePlans" {
        return Err(ApiError::bad_request("Usage Plans cannot be disabled once enabled"));
    }
    settings.features.retain(|known| *known != feature);
    if patch.op == PatchOp::Add {
        settings.features.push(feature);
    }
    Ok(())
}

fn to_wire(ctx: &Context, settings: &AccountSettings) -> wire::Account {
    wire::Account {
        cloudwatch_role_arn: settings.cloudwatch_role_arn.clone(),
        throttle_settings: Some(wire::ThrottleSettings {
            burst_limit: Some(ctx.limits.account_burst_limit),
            rate_limit: Some(ctx.limits.account_rate_limit),
        }),
        features: Some(settings.features.clone()),
        api_key_version: Some(API_KEY_VERSION.to_owned()),
    }
}
