//! Account: the settings of one account in one region.
//!
//! In: wire requests. Out: wire answers, changed settings.

use stagedoor_model::AccountSettings;
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::authorize::Passed;
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
        let before = settings.cloudwatch_role_arn.clone();
        patches.iter().try_for_each(|patch| apply(&mut settings, patch))?;
        let role = settings.cloudwatch_role_arn.as_ref().filter(|role| before.as_ref() != Some(role));
        ctx.pass_roles(&Passed::to_gateway(role))?;
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
        // AWS's accounts have one always; none here means that nothing is limited.
        throttle_settings: ctx.limits.account_throttles.of(&ctx.scope.account).map(|throttle| {
            let burst_limit = Some(i32::try_from(throttle.burst).unwrap_or(i32::MAX));
            wire::ThrottleSettings { burst_limit, rate_limit: Some(throttle.rate) }
        }),
        features: Some(settings.features.clone()),
        api_key_version: Some(API_KEY_VERSION.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, patch};

    const BARE: &str = r#"{"throttleSettings":{"burstLimit":5000,"rateLimit":10000.0},"features":["UsagePlans"],"apiKeyVersion":"4"}"#;

    #[test]
    fn a_fresh_account_has_the_defaults() {
        House::new().check(("GET", "/account", ""), 200, BARE);
    }

    #[test]
    fn the_role_is_set_and_cleared() {
        let house = House::new();
        let role = "arn:aws:iam::000000000000:role/logs";
        let set = house.call("PATCH", "/account", &patch("replace", "/cloudwatchRoleArn", Some(role)));
        assert_eq!((set.status, set.text("/cloudwatchRoleArn").as_str()), (200, role));
        assert_eq!(house.call("GET", "/account", ""), set);
        house.check(("PATCH", "/account", &patch("replace", "/cloudwatchRoleArn", Some(""))), 200, BARE);
    }

    #[test]
    fn features_come_and_go() {
        let house = House::new();
        let added = house.call("PATCH", "/account", &patch("add", "/features", Some("X")));
        assert!(added.body.contains(r#""features":["UsagePlans","X"]"#), "{}", added.body);
        house.check(("PATCH", "/account", &patch("remove", "/features", Some("X"))), 200, BARE);
    }

    #[test]
    fn patches_are_refused() {
        let house = House::new();
        let check = |op: &str, path: &str, value: &str, message: &str| {
            house.refuses_bad(("PATCH", "/account", &patch(op, path, Some(value))), message);
        };
        check(
            "replace",
            "/cloudwatchRoleArn",
            "logs",
            "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
        );
        check(
            "add",
            "/cloudwatchRoleArn",
            "x",
            "Invalid patch operation specified. Must be one of: [replace]",
        );
        check("remove", "/features", "UsagePlans", "Usage Plans cannot be disabled once enabled");
        check("replace", "/throttleSettings", "x", "Invalid patch path /throttleSettings");
    }
}
