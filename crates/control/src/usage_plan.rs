//! Usage plans: create, get, list, update, delete.
//!
//! In: decoded requests. Out: plans in wire form, or the service's refusal. It must not know how a plan's limits are kept.

mod check;
mod patch;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::PoisonError;

pub(crate) use check::{check, refuse_keys_in_two, stage_in_both, subscribed};
use stagedoor_base::{ApiId, StageName, UsagePlanId};
use stagedoor_model::{Map, PlanQuota, PlanStage, QuotaPeriod, ThrottleSettings, UsagePlan};
use stagedoor_store::Change;
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::text;
use crate::page::{Page, page};
use crate::patch::Patch;

const ID_CHARS: usize = 6;

pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Usage Plan ID specified")
}

/// `CreateUsagePlan`.
pub(crate) fn create_usage_plan(
    ctx: &Context,
    request: wire::CreateUsagePlanRequest,
) -> Result<wire::UsagePlan, ApiError> {
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    let known = ctx.store.usage_plans(&ctx.scope)?;
    let id = ctx.new_id_unlike(ID_CHARS, |id| known.iter().any(|plan| plan.id.as_str() == id));
    let tags = request.tags.clone().filter(|tags| !tags.is_empty());
    let plan = from_wire(UsagePlanId::from(id), request)?;
    check(ctx, &plan, None)?;
    if known.len() >= ctx.limits.usage_plans {
        return Err(ApiError::LimitExceeded(format!(
            "Maximum number of Usage Plans for this account has been reached ({}).",
            ctx.limits.usage_plans
        )));
    }
    ctx.commit(Change::create_usage_plan(&ctx.scope, &plan))?;
    Ok(wire::UsagePlan { tags, ..to_wire(&plan) })
}

/// `GetUsagePlan`.
pub(crate) fn get_usage_plan(
    ctx: &Context,
    request: wire::GetUsagePlanRequest,
) -> Result<wire::UsagePlan, ApiError> {
    Ok(to_wire(&find(ctx, &request.usage_plan_id)?))
}

/// `GetUsagePlans`: all of them, or those that a key is in.
pub(crate) fn get_usage_plans(
    ctx: &Context,
    request: wire::GetUsagePlansRequest,
) -> Result<wire::UsagePlans, ApiError> {
    let mut plans = ctx.store.usage_plans(&ctx.scope)?;
    if let Some(key) = text(request.key_id) {
        let of_key = ctx.store.plans_of_key(&ctx.scope, &key.into())?;
        plans.retain(|plan| of_key.contains(&plan.id));
    }
    let page = page(plans, request.position.as_deref(), request.limit, |plan| plan.id.to_string())?;
    let Page { items, position } = page.map(|plan| {
        let shown = to_wire(&plan);
        wire::UsagePlan { tags: shown.tags.filter(|tags| !tags.is_empty()), ..shown }
    });
    Ok(wire::UsagePlans { items: Some(items), position })
}

/// `UpdateUsagePlan`.
pub(crate) fn update_usage_plan(
    ctx: &Context,
    request: wire::UpdateUsagePlanRequest,
) -> Result<wire::UsagePlan, ApiError> {
    let patches = Patch::all(request.patch_operations);
    let plan = edit(ctx, &request.usage_plan_id, |plan| patch::apply(plan, &patches))?;
    Ok(to_wire(&plan))
}

/// Changes a plan unless a file declares it.
pub(crate) fn edit(
    ctx: &Context,
    id: &str,
    change: impl Fn(&mut UsagePlan) -> Result<(), ApiError>,
) -> Result<UsagePlan, ApiError> {
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.retrying(|| {
        let before = ctx.store.usage_plan(&ctx.scope, &UsagePlanId::from(id))?.ok_or_else(unknown)?;
        ctx.refuse_declared(before.value.declared_in.as_deref())?;
        let mut after = before.value.clone();
        change(&mut after)?;
        if after != before.value {
            check(ctx, &after, Some(&before.value))?;
            refuse_keys_in_two(ctx, &after)?;
            let change = Change::of_usage_plan(&ctx.scope, &after.id).put_usage_plan(&after);
            ctx.commit(change.expecting(before.revision))?;
        }
        Ok(after)
    })
}

/// `DeleteUsagePlan`: refused while it has stages; its keys stay, and are no longer in it.
pub(crate) fn delete_usage_plan(
    ctx: &Context,
    request: wire::DeleteUsagePlanRequest,
) -> Result<(), ApiError> {
    let id = UsagePlanId::from(request.usage_plan_id);
    let _alone = ctx.metering.lock().unwrap_or_else(PoisonError::into_inner);
    ctx.retrying(|| {
        let plan = ctx.store.usage_plan(&ctx.scope, &id)?.ok_or_else(unknown)?;
        ctx.refuse_declared(plan.value.declared_in.as_deref())?;
        if let Some(PlanStage { api, stage, .. }) = plan.value.api_stages.first() {
            return Err(ApiError::BadRequest(format!(
                "Cannot delete Usage Plan {id} because there are API Stages associated with it, including {api}:{stage}"
            )));
        }
        ctx.commit(Change::delete_usage_plan(&ctx.scope, &id).expecting(plan.revision))
    })?;
    ctx.forget_usage(&id, None);
    Ok(())
}

pub(crate) fn find(ctx: &Context, id: &str) -> Result<UsagePlan, ApiError> {
    Ok(ctx.store.usage_plan(&ctx.scope, &UsagePlanId::from(id))?.ok_or_else(unknown)?.value)
}

/// Refuses to delete a stage that a plan opens.
pub(crate) fn refuse_used_stage(ctx: &Context, api: &ApiId, stage: &StageName) -> Result<(), ApiError> {
    let plans = ctx.store.usage_plans(&ctx.scope)?;
    let uses = |plan: &&UsagePlan| plan.api_stages.iter().any(|it| it.api == *api && it.stage == *stage);
    let users: Vec<&str> = plans.iter().filter(uses).map(|plan| plan.id.as_str()).collect();
    if users.is_empty() {
        return Ok(());
    }
    Err(ApiError::BadRequest(format!(
        "Deleting stage {stage} failed. Please remove the stage from the usage plans: {}",
        users.join(",")
    )))
}

/// What takes an API's stages out of every plan.
pub(crate) fn leaving_plans(ctx: &Context, api: &ApiId) -> Result<Vec<Change>, ApiError> {
    let mut changes = Vec::new();
    for mut plan in ctx.store.usage_plans(&ctx.scope)? {
        let known = plan.api_stages.len();
        plan.api_stages.retain(|stage| stage.api != *api);
        if plan.api_stages.len() < known {
            changes.push(Change::of_usage_plan(&ctx.scope, &plan.id).put_usage_plan(&plan));
        }
    }
    Ok(changes)
}

fn from_wire(id: UsagePlanId, request: wire::CreateUsagePlanRequest) -> Result<UsagePlan, ApiError> {
    let stages = request.api_stages.unwrap_or_default();
    Ok(UsagePlan {
        id,
        name: request.name,
        description: text(request.description),
        api_stages: stages.into_iter().map(stage_from_wire).collect::<Result<_, _>>()?,
        throttle: request.throttle.as_ref().map(throttle_from_wire).filter(|it| *it != NO_THROTTLE),
        quota: request.quota.map(quota_from_wire).transpose()?,
        product_code: None,
        tags: request.tags.unwrap_or_default(),
        declared_in: None,
    })
}

/// What an empty object says.
const NO_THROTTLE: ThrottleSettings = ThrottleSettings { rate_limit: None, burst_limit: None };

fn stage_from_wire(given: wire::ApiStage) -> Result<PlanStage, ApiError> {
    let throttle = given.throttle.unwrap_or_default();
    let throttle: Map<ThrottleSettings> =
        throttle.iter().map(|(method, limits)| (method.clone(), throttle_from_wire(limits))).collect();
    match (text(given.api_id), text(given.stage)) {
        (Some(api), Some(stage)) => {
            Ok(PlanStage { api: ApiId::from(api), stage: StageName::from(stage), throttle })
        }
        _ => Err(ApiError::bad_request("Invalid API Stage specified")),
    }
}

fn throttle_from_wire(given: &wire::ThrottleSettings) -> ThrottleSettings {
    ThrottleSettings { rate_limit: given.rate_limit, burst_limit: given.burst_limit }
}

fn quota_from_wire(given: wire::QuotaSettings) -> Result<PlanQuota, ApiError> {
    quota(given.limit.map(i64::from), given.offset.map(i64::from), given.period.as_deref())
}

/// A quota from its parts, of which two are needed.
pub(crate) fn quota(
    limit: Option<i64>,
    offset: Option<i64>,
    period: Option<&str>,
) -> Result<PlanQuota, ApiError> {
    let wrong = |message: &str| ApiError::bad_request(message);
    let limit = limit.ok_or_else(|| wrong("Quota Limit must be specified"))?;
    let period = period.filter(|period| !period.is_empty());
    let period = period.ok_or_else(|| wrong("Quota Period must be specified"))?;
    let period = QuotaPeriod::parse(period)
        .ok_or_else(|| wrong("Invalid Quota Period specified. Must be one of: [DAY, WEEK, MONTH]"))?;
    let (last, refusal) = match period {
        QuotaPeriod::Day => (0, "Usage Plan quota offset must be zero in the DAY period"),
        QuotaPeriod::Week => {
            (6, "Usage Plan quota offset must be between zero and six inclusive in the WEEK period")
        }
        QuotaPeriod::Month => {
            (27, "Usage Plan quota offset must be between zero and 27 inclusive in the MONTH period")
        }
    };
    let offset = u32::try_from(offset.unwrap_or(0)).ok().filter(|offset| *offset <= last);
    Ok(PlanQuota {
        limit: u64::try_from(limit).map_err(|_| wrong("Quota Limit must not be negative"))?,
        offset: offset.ok_or_else(|| wrong(refusal))?,
        period,
    })
}

fn to_wire(plan: &UsagePlan) -> wire::UsagePlan {
    wire::UsagePlan {
        id: Some(plan.id.to_string()),
        name: Some(plan.name.clone()),
        description: plan.description.clone(),
        api_stages: Some(plan.api_stages.iter().map(stage_to_wire).collect()),
        throttle: plan.throttle.map(throttle_to_wire),
        quota: plan.quota.map(|quota| wire::QuotaSettings {
            limit: Some(i32::try_from(quota.limit).unwrap_or(i32::MAX)),
            offset: Some(i32::try_from(quota.offset).unwrap_or_default()),
            period: Some(quota.period.to_string()),
        }),
        product_code: plan.product_code.clone(),
        tags: Some(plan.tags.clone()),
    }
}

fn stage_to_wire(stage: &PlanStage) -> wire::ApiStage {
    let throttle: Map<wire::ThrottleSettings> =
        stage.throttle.iter().map(|(method, limits)| (method.clone(), throttle_to_wire(*limits))).collect();
    wire::ApiStage {
        api_id: Some(stage.api.to_string()),
        stage: Some(stage.stage.to_string()),
        throttle: Some(throttle).filter(|throttle| !throttle.is_empty()),
    }
}

fn throttle_to_wire(limits: ThrottleSettings) -> wire::ThrottleSettings {
    wire::ThrottleSettings { burst_limit: limits.burst_limit, rate_limit: limits.rate_limit }
}
