//! API keys: create, get, list, update, delete.
//!
//! In: decoded requests. Out: keys in wire form, or the service's refusal. It must not know what a key opens.

mod import;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;
use std::sync::PoisonError;

use aws_lc_rs::rand;
pub(crate) use import::import_api_keys;
use stagedoor_base::{ApiId, ApiKeyId, StageName};
use stagedoor_model::{ApiKey, SecretText};
use stagedoor_store::{Change, KeyPosition};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::{instant, text};
use crate::page::{Page, Turner, invalid_position};
use crate::patch::{Patch, PatchOp, PathTable};
use crate::tags;

const NAME_CHARS: usize = 1024;
const DESCRIPTION_CHARS: usize = 125_000;
const VALUE_CHARS: std::ops::RangeInclusive<usize> = 20..=128;
/// Characters of a value that is made here.
const NEW_VALUE_CHARS: usize = 40;
pub(crate) const ID_CHARS: usize = 10;

const PATCHES: PathTable = PathTable {
    supported: &[
        (PatchOp::Replace, &["/description", "/enabled", "/name", "/customerId"]),
        (PatchOp::Add, &["/stages"]),
        (PatchOp::Remove, &["/stages"]),
    ],
};

pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid API Key identifier specified")
}

/// `CreateApiKey`.
pub(crate) fn create_api_key(
    ctx: &Context,
    request: wire::CreateApiKeyRequest,
) -> Result<wire::ApiKey, ApiError> {
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    let key = from_wire(ctx, &request)?;
    check(&key)?;
    check_total(ctx, 1)?;
    ctx.commit(Change::create_api_key(&ctx.scope, &key))?;
    let tags = request.tags.filter(|tags| !tags.is_empty());
    Ok(wire::ApiKey { value: Some(key.value.expose().to_owned()), tags, ..to_wire(&key) })
}

/// `GetApiKey`.
pub(crate) fn get_api_key(ctx: &Context, request: wire::GetApiKeyRequest) -> Result<wire::ApiKey, ApiError> {
    let key = find(ctx, &request.api_key)?;
    Ok(with_value(&key, request.include_value))
}

/// `GetApiKeys`: newest first.
pub(crate) fn get_api_keys(
    ctx: &Context,
    request: wire::GetApiKeysRequest,
) -> Result<wire::ApiKeys, ApiError> {
    let (prefix, customer) = (request.name_query.unwrap_or_default(), text(request.customer_id));
    let shown = |key: &ApiKey| {
        key.name.as_deref().unwrap_or_default().starts_with(&prefix)
            && customer.as_ref().is_none_or(|customer| key.customer_id.as_ref() == Some(customer))
    };
    let mut turner = Turner::new(request.position.as_deref(), request.limit)?;
    let after = turner.after().map(|text| text.parse().map(KeyPosition)).transpose();
    let after = after.map_err(|_| invalid_position())?;
    ctx.store.api_keys(&ctx.scope, after, |KeyPosition(serial), key| {
        if !shown(&key) {
            return ControlFlow::Continue(());
        }
        turner.take(serial.to_string(), || listed(with_value(&key, request.include_values)))
    })?;
    let Page { items, position } = turner.page();
    Ok(wire::ApiKeys { items: Some(items), position, warnings: None })
}

/// `UpdateApiKey`.
pub(crate) fn update_api_key(
    ctx: &Context,
    request: wire::UpdateApiKeyRequest,
) -> Result<wire::ApiKey, ApiError> {
    let patches = Patch::all(request.patch_operations);
    edit(ctx, &request.api_key, |key| {
        patches.iter().try_for_each(|patch| apply(key, patch))?;
        check(key)
    })
    .map(|key| to_wire(&key))
}

/// Changes a key unless a file declares it.
pub(crate) fn edit(
    ctx: &Context,
    id: &str,
    change: impl Fn(&mut ApiKey) -> Result<(), ApiError>,
) -> Result<ApiKey, ApiError> {
    // An import writes whole keys.
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.retrying(|| {
        let before = ctx.store.api_key(&ctx.scope, &ApiKeyId::from(id))?.ok_or_else(unknown)?;
        ctx.refuse_declared(before.value.declared_in.as_deref())?;
        let mut after = before.value.clone();
        change(&mut after)?;
        if after != before.value {
            after.last_updated = ctx.now;
            ctx.commit(Change::update_api_key(&ctx.scope, &after).expecting(before.revision))?;
        }
        Ok(after)
    })
}

/// `DeleteApiKey`: it leaves its plans with it.
pub(crate) fn delete_api_key(ctx: &Context, request: wire::DeleteApiKeyRequest) -> Result<(), ApiError> {
    let id = ApiKeyId::from(request.api_key);
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    let plans = ctx.retrying(|| {
        let key = ctx.store.api_key(&ctx.scope, &id)?.ok_or_else(unknown)?;
        ctx.refuse_declared(key.value.declared_in.as_deref())?;
        let plans = ctx.store.plans_of_key(&ctx.scope, &id)?;
        let leaves = plans.iter().map(|plan| Change::of_usage_plan(&ctx.scope, plan).delete_plan_key(&id));
        let gone = Change::delete_api_key(&ctx.scope, &id).expecting(key.revision);
        ctx.commit_all(std::iter::once(gone).chain(leaves))?;
        Ok(plans)
    })?;
    for plan in plans {
        ctx.forget_usage(&plan, Some(&id));
    }
    Ok(())
}

pub(crate) fn find(ctx: &Context, id: &str) -> Result<ApiKey, ApiError> {
    Ok(ctx.store.api_key(&ctx.scope, &ApiKeyId::from(id))?.ok_or_else(unknown)?.value)
}

/// Refuses keys beyond the account's number.
pub(crate) fn check_total(ctx: &Context, more: usize) -> Result<(), ApiError> {
    if ctx.store.api_key_count(&ctx.scope)?.saturating_add(more) <= ctx.limits.api_keys {
        return Ok(());
    }
    Err(ApiError::LimitExceeded(format!(
        "Maximum number of API Keys for this account has been reached ({}).",
        ctx.limits.api_keys
    )))
}

fn from_wire(ctx: &Context, request: &wire::CreateApiKeyRequest) -> Result<ApiKey, ApiError> {
    let stage_keys = request.stage_keys.iter().flatten().map(stage_key);
    Ok(ApiKey {
        id: ApiKeyId::from(ctx.new_id(ID_CHARS)),
        value: text(request.value.clone()).map_or_else(new_value, |value| Ok(SecretText::from(value)))?,
        name: text(request.name.clone()),
        description: text(request.description.clone()),
        customer_id: text(request.customer_id.clone()),
        enabled: request.enabled.unwrap_or(false),
        stage_keys: stage_keys.collect::<Result<_, _>>()?,
        tags: request.tags.clone().unwrap_or_default(),
        created: ctx.now,
        last_updated: ctx.now,
        declared_in: None,
    })
}

fn stage_key(given: &wire::StageKey) -> Result<(ApiId, StageName), ApiError> {
    match (given.rest_api_id.as_deref(), given.stage_name.as_deref()) {
        (Some(api), Some(stage)) if !api.is_empty() && !stage.is_empty() => {
            Ok((ApiId::from(api), StageName::from(stage)))
        }
        _ => Err(ApiError::bad_request("Invalid stage key specified")),
    }
}

/// 40 letters and digits that nobody can guess.
pub(crate) fn new_value() -> Result<SecretText, ApiError> {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut value = String::with_capacity(NEW_VALUE_CHARS);
    let mut bytes = [0; 64];
    while value.len() < NEW_VALUE_CHARS {
        rand::fill(&mut bytes).map_err(|_| ApiError::Internal("the system has no randomness".to_owned()))?;
        // Bytes beyond the last multiple of 62 would make the first letters likelier.
        let letters = bytes.iter().filter(|byte| **byte < 248).map(|byte| LETTERS[usize::from(byte % 62)]);
        value.extend(letters.take(NEW_VALUE_CHARS - value.len()).map(char::from));
    }
    Ok(SecretText::from(value))
}

/// Refuses what no key may be.
pub(crate) fn check(key: &ApiKey) -> Result<(), ApiError> {
    let chars = |text: &Option<String>| text.as_deref().map_or(0, |text| text.chars().count());
    let value = key.value.expose().chars().count();
    let wrong = if chars(&key.name) > NAME_CHARS {
        "Invalid API Key name, can be at most 1024 characters."
    } else if chars(&key.description) > DESCRIPTION_CHARS {
        "Invalid API Key description specified."
    } else if value < *VALUE_CHARS.start() {
        "API Key value should be at least 20 characters"
    } else if value > *VALUE_CHARS.end() {
        "API Key value exceeds maximum size of 128 characters"
    } else {
        return tags::check(&key.tags);
    };
    Err(ApiError::bad_request(wrong))
}

fn apply(key: &mut ApiKey, patch: &Patch) -> Result<(), ApiError> {
    PATCHES.check(patch)?;
    match patch.path() {
        "/name" => key.name = patch.text(),
        "/description" => key.description = patch.text(),
        "/customerId" => key.customer_id = patch.text(),
        "/enabled" => key.enabled = patch.flag(),
        _ => change_stages(key, patch)?,
    }
    Ok(())
}

fn change_stages(key: &mut ApiKey, patch: &Patch) -> Result<(), ApiError> {
    let invalid = || ApiError::bad_request("Invalid stage key specified");
    let value = patch.text().ok_or_else(invalid)?;
    let (api, stage) = value.split_once('/').ok_or_else(invalid)?;
    let named = (ApiId::from(api), StageName::from(stage));
    key.stage_keys.retain(|known| *known != named);
    if patch.op == PatchOp::Add {
        key.stage_keys.push(named);
    }
    Ok(())
}

/// Without its value.
fn to_wire(key: &ApiKey) -> wire::ApiKey {
    wire::ApiKey {
        id: Some(key.id.to_string()),
        value: None,
        name: key.name.clone(),
        customer_id: key.customer_id.clone(),
        description: key.description.clone(),
        enabled: Some(key.enabled),
        created_date: Some(instant(key.created)),
        last_updated_date: Some(instant(key.last_updated)),
        stage_keys: Some(key.stage_keys.iter().map(|(api, stage)| format!("{api}/{stage}")).collect()),
        tags: Some(key.tags.clone()),
    }
}

fn with_value(key: &ApiKey, asked: Option<bool>) -> wire::ApiKey {
    let value = (asked == Some(true)).then(|| key.value.expose().to_owned());
    wire::ApiKey { value, ..to_wire(key) }
}

/// Lists show tags only where there are some.
fn listed(key: wire::ApiKey) -> wire::ApiKey {
    wire::ApiKey { tags: key.tags.filter(|tags| !tags.is_empty()), ..key }
}
