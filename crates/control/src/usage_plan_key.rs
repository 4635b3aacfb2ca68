//! The keys of usage plans: add, get, list, take away.
//!
//! In: decoded requests. Out: keys in wire form, their values included, or the service's refusal.

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;
use std::sync::PoisonError;

use stagedoor_base::{ApiKeyId, UsagePlanId};
use stagedoor_model::{ApiKey, UsagePlan, UsagePlanKey};
use stagedoor_store::{Change, PlanKeyPosition};
use stagedoor_wire::apigateway as wire;

use crate::context::Context;
use crate::page::{Page, Turner, invalid_position};
use crate::usage_plan::{stage_in_both, subscribed};
use crate::{ApiError, api_key, usage_plan};

/// The only type of keys.
const TYPE: &str = "API_KEY";

/// `CreateUsagePlanKey`.
pub(crate) fn create_usage_plan_key(
    ctx: &Context,
    request: wire::CreateUsagePlanKeyRequest,
) -> Result<wire::UsagePlanKey, ApiError> {
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    let plan = usage_plan::find(ctx, &request.usage_plan_id)?;
    if request.key_type != TYPE {
        return Err(ApiError::BadRequest(format!("Invalid key type specified. Must be one of: [{TYPE}]")));
    }
    let key = api_key::find(ctx, &request.key_id)?;
    check(ctx, &plan, &key)?;
    let member = UsagePlanKey { key: key.id.clone(), added: ctx.now, declared_in: None };
    match ctx.commit(Change::of_usage_plan(&ctx.scope, &plan.id).put_plan_key(&member)) {
        Err(ApiError::Raced) => Err(usage_plan::unknown()),
        done => done.map(|()| to_wire(&key)),
    }
}

/// Refuses a key that is in the plan, or in another that opens one of the same stages, or in as many as it may be.
pub(crate) fn check(ctx: &Context, plan: &UsagePlan, key: &ApiKey) -> Result<(), ApiError> {
    let plans = ctx.store.plans_of_key(&ctx.scope, &key.id)?;
    if plans.contains(&plan.id) {
        return Err(ApiError::Conflict(format!(
            "API Key {} already exists in Usage Plan {}",
            key.id, plan.id
        )));
    }
    for other in &plans {
        let other = usage_plan::find(ctx, other.as_str())?;
        if let Some(stage) = stage_in_both(plan, &other) {
            return Err(subscribed(key.id.as_str(), &stage, &other));
        }
    }
    let most = ctx.limits.plans_per_key;
    if plans.len() >= most {
        return Err(ApiError::LimitExceeded(format!("An API Key can be in at most {most} usage plans")));
    }
    Ok(())
}

/// `GetUsagePlanKey`.
pub(crate) fn get_usage_plan_key(
    ctx: &Context,
    request: wire::GetUsagePlanKeyRequest,
) -> Result<wire::UsagePlanKey, ApiError> {
    let plan = usage_plan::find(ctx, &request.usage_plan_id)?;
    let key = ApiKeyId::from(request.key_id.as_str());
    ctx.store.usage_plan_key(&ctx.scope, &plan.id, &key)?.ok_or_else(api_key::unknown)?;
    Ok(to_wire(&api_key::find(ctx, &request.key_id)?))
}

/// `GetUsagePlanKeys`: those added last first. A plan that is not there has no keys, which is no error.
pub(crate) fn get_usage_plan_keys(
    ctx: &Context,
    request: wire::GetUsagePlanKeysRequest,
) -> Result<wire::UsagePlanKeys, ApiError> {
    let prefix = request.name_query.unwrap_or_default();
    let mut turner = Turner::new(request.position.as_deref(), request.limit)?;
    let after = turner.after().map(position).transpose()?;
    let plan = UsagePlanId::from(request.usage_plan_id);
    ctx.store.usage_plan_keys(&ctx.scope, &plan, after.as_ref(), |position, key| {
        if !key.name.as_deref().unwrap_or_default().starts_with(&prefix) {
            return ControlFlow::Continue(());
        }
        turner.take(place(&position), || to_wire(&key))
    })?;
    let Page { items, position } = turner.page();
    Ok(wire::UsagePlanKeys { items: Some(items), position })
}

/// `DeleteUsagePlanKey`. What the key used of the plan stays counted: taking it out and adding it again gives no new quota.
pub(crate) fn delete_usage_plan_key(
    ctx: &Context,
    request: wire::DeleteUsagePlanKeyRequest,
) -> Result<(), ApiError> {
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    let plan = usage_plan::find(ctx, &request.usage_plan_id)?;
    let key = ApiKeyId::from(request.key_id);
    let member = ctx.store.usage_plan_key(&ctx.scope, &plan.id, &key)?.ok_or_else(api_key::unknown)?;
    ctx.refuse_declared(member.value.declared_in.as_deref())?;
    ctx.commit(Change::of_usage_plan(&ctx.scope, &plan.id).delete_plan_key(&key))
}

/// A place in a plan's list of keys, as text.
pub(crate) fn place(position: &PlanKeyPosition) -> String {
    format!("{}:{}", position.added, position.key)
}

/// The place that a text names.
pub(crate) fn position(text: &str) -> Result<PlanKeyPosition, ApiError> {
    let (added, key) = text.split_once(':').ok_or_else(invalid_position)?;
    let added = added.parse().map_err(|_| invalid_position())?;
    Ok(PlanKeyPosition { added, key: key.to_owned() })
}

fn to_wire(key: &ApiKey) -> wire::UsagePlanKey {
    wire::UsagePlanKey {
        id: Some(key.id.to_string()),
        r#type: Some(TYPE.to_owned()),
        value: Some(key.value.expose().to_owned()),
        name: key.name.clone(),
    }
}
