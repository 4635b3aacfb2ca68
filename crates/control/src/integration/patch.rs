//! The PATCH table of integrations.
//!
//! In: an integration and the operations on it. Out: the changed integration, checked, or the refusal of the first bad
//! operation. It must not know how the change is stored.

use stagedoor_model::{ConnectionType, ContentHandling, Integration, IntegrationType, Method, TransferMode};

use super::{Rules, check_cache_keys, check_fields, mapping, parse_passthrough, timeout_refusal};
use crate::ApiError;
use crate::method::values::{NO_CONTENT_TYPE, NO_PARAMETER, invalid_option, patch_entry};
use crate::patch::{Patch, PatchOp};

/// Applies all operations in their order, then checks the result. Mappings and cache keys are checked only when they
/// changed: what they read may have gone from the method meanwhile, which is not this request's doing.
pub(super) fn apply(
    before: &Integration,
    patches: &[Patch],
    method: &Method,
    rules: Rules<'_>,
) -> Result<Integration, ApiError> {
    let mut after = before.clone();
    for patch in patches {
        apply_one(&mut after, patch, rules)?;
    }
    check_fields(&after, rules)?;
    if after.request_parameters != before.request_parameters {
        mapping::check_integration_request(&after.request_parameters, &method.request_parameters)?;
    }
    if after.cache_key_parameters != before.cache_key_parameters {
        check_cache_keys(&after, method)?;
    }
    Ok(after)
}

fn apply_one(integration: &mut Integration, patch: &Patch, rules: Rules<'_>) -> Result<(), ApiError> {
    let tokens = patch.tokens();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["requestParameters", key] => {
            patch_entry(&mut integration.request_parameters, key, patch, NO_PARAMETER, parameter)
        }
        ["requestTemplates", kind] => {
            let templates = &mut integration.request_templates;
            patch_entry(templates, kind, patch, NO_CONTENT_TYPE, |patch| Ok(patch.text()))
        }
        ["cacheKeyParameters", key] => patch_cache_key(&mut integration.cache_key_parameters, key, patch),
        ["tlsConfig", "insecureSkipVerification"] => {
            patch.require_replace()?;
            integration.insecure_skip_verification = Some(patch.flag());
            Ok(())
        }
        [field] => patch_field(integration, field, patch, rules),
        _ => Err(patch.invalid_path()),
    }
}

fn parameter(patch: &Patch) -> Result<String, ApiError> {
    patch.text().ok_or_else(|| ApiError::bad_request("Invalid null or empty value in requestParameters"))
}

// The path token is the element; replacing puts the value at the end.
fn patch_cache_key(keys: &mut Vec<String>, key: &str, patch: &Patch) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Replace, PatchOp::Remove])?;
    keys.retain(|known| known != key);
    match patch.op {
        PatchOp::Add => keys.push(key.to_owned()),
        PatchOp::Replace => keys.extend(patch.text()),
        _ => {}
    }
    Ok(())
}

fn patch_field(
    integration: &mut Integration,
    field: &str,
    patch: &Patch,
    rules: Rules<'_>,
) -> Result<(), ApiError> {
    if !is_patchable(integration, field) {
        return Err(patch.invalid_path());
    }
    patch.require_replace()?;
    match field {
        "cacheNamespace" => integration.cache_namespace = patch.text().unwrap_or_default(),
        "connectionId" => integration.connection_id = patch.text(),
        "connectionType" => integration.connection_type = connection_type(patch)?,
        "contentHandling" => integration.content_handling = content_handling(patch)?,
        "credentials" => integration.credentials = patch.text(),
        "httpMethod" => integration.http_method = patch.text(),
        "integrationTarget" => integration.integration_target = patch.text(),
        "passthroughBehavior" => {
            integration.passthrough_behavior = parse_passthrough(patch.value.as_deref())?;
        }
        "responseTransferMode" => integration.transfer_mode = transfer_mode(patch)?,
        "timeoutInMillis" => integration.timeout_millis = timeout(patch, rules)?,
        _ => integration.uri = patch.text(),
    }
    Ok(())
}

// `/type` is not among them; a mock has neither method nor URI.
fn is_patchable(integration: &Integration, field: &str) -> bool {
    match field {
        "httpMethod" | "uri" => integration.integration_type != IntegrationType::Mock,
        "cacheNamespace"
        | "connectionId"
        | "connectionType"
        | "contentHandling"
        | "credentials"
        | "integrationTarget"
        | "passthroughBehavior"
        | "responseTransferMode"
        | "timeoutInMillis" => true,
        _ => false,
    }
}

fn connection_type(patch: &Patch) -> Result<ConnectionType, ApiError> {
    ConnectionType::parse(patch.value.as_deref().unwrap_or_default())
        .ok_or_else(|| invalid_option("ConnectionType", ConnectionType::ALL.iter().map(|t| t.as_str())))
}

fn transfer_mode(patch: &Patch) -> Result<TransferMode, ApiError> {
    TransferMode::parse(patch.value.as_deref().unwrap_or_default())
        .ok_or_else(|| invalid_option("ResponseTransferMode", TransferMode::ALL.iter().map(|m| m.as_str())))
}

/// The value of a `/contentHandling` operation; nothing and `""` switch conversion off.
pub(crate) fn content_handling(patch: &Patch) -> Result<Option<ContentHandling>, ApiError> {
    let Some(text) = patch.text() else { return Ok(None) };
    let invalid = || invalid_option("ContentHandling", ContentHandling::ALL.iter().map(|h| h.as_str()));
    ContentHandling::parse(&text).map(Some).ok_or_else(invalid)
}

fn timeout(patch: &Patch, rules: Rules<'_>) -> Result<u32, ApiError> {
    let refusal = || timeout_refusal(rules.limits.min_timeout_millis, rules.limits.max_timeout_millis);
    patch.value.as_deref().unwrap_or_default().parse().map_err(|_| refusal())
}
