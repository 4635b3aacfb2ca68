//! What holds of every usage plan, however it was made.
//!
//! In: a plan. Out: nothing, or the service's refusal.

use std::collections::HashSet;

use stagedoor_model::{HttpMethod, PlanStage, ThrottleSettings, UsagePlan};

use crate::ApiError;
use crate::context::Context;
use crate::tags;

/// Refuses what no plan may be, and stages that are not there, unless they were in it `before`.
pub(crate) fn check(ctx: &Context, plan: &UsagePlan, before: Option<&UsagePlan>) -> Result<(), ApiError> {
    if plan.name.is_empty() {
        return Err(ApiError::bad_request("Usage Plan name cannot be blank"));
    }
    plan.throttle.as_ref().map_or(Ok(()), check_throttle)?;
    let mut known = HashSet::new();
    for stage in &plan.api_stages {
        if !known.insert((&stage.api, &stage.stage)) {
            return Err(ApiError::Conflict(format!(
                "API Stage {}:{} is already in Usage Plan {}",
                stage.api, stage.stage, plan.id
            )));
        }
        let was_there = before.is_some_and(|before| before.api_stages.iter().any(|it| is_same(it, stage)));
        if !was_there && ctx.store.stage(&ctx.scope, &stage.api, &stage.stage)?.is_none() {
            return Err(unknown_stage(plan, stage));
        }
        check_methods(ctx, stage)?;
    }
    tags::check(&plan.tags)
}

fn is_same(one: &PlanStage, other: &PlanStage) -> bool {
    one.api == other.api && one.stage == other.stage
}

fn unknown_stage(plan: &UsagePlan, PlanStage { api, stage, .. }: &PlanStage) -> ApiError {
    ApiError::NotFound(format!(
        "Invalid API Stage {{api: {api}, stage: {stage}}} specified for usageplan {}",
        plan.id
    ))
}

fn check_methods(ctx: &Context, stage: &PlanStage) -> Result<(), ApiError> {
    let PlanStage { api, stage: name, throttle } = stage;
    let most = ctx.limits.method_throttles_per_stage;
    if throttle.len() > most {
        return Err(ApiError::LimitExceeded(format!(
            "API Stage {api}:{name} can have throttle limits for at most {most} methods"
        )));
    }
    throttle
        .iter()
        .try_for_each(|(method, limits)| check_method(method).and_then(|()| check_throttle(limits)))
}

/// `/pets/GET`, and `//GET` for the root resource.
fn check_method(key: &str) -> Result<(), ApiError> {
    let parts = key.strip_prefix('/').and_then(|_| key.rsplit_once('/'));
    if parts.is_some_and(|(path, verb)| !path.is_empty() && HttpMethod::parse(verb).is_some()) {
        return Ok(());
    }
    Err(ApiError::BadRequest(format!(
        "Invalid method {key} specified for throttle, must be /{{resourcePath}}/{{httpMethod}}"
    )))
}

fn check_throttle(limits: &ThrottleSettings) -> Result<(), ApiError> {
    if limits.rate_limit.is_some_and(|rate| !rate.is_finite() || rate < 0.0) {
        return Err(ApiError::bad_request("Usage Plan throttle rate limit must not be negative"));
    }
    if limits.burst_limit.is_some_and(|burst| burst < 0) {
        return Err(ApiError::bad_request("Usage Plan throttle burst limit must not be negative"));
    }
    Ok(())
}

/// Refuses stages that another plan opens for one of this plan's keys already: a call has one plan.
pub(crate) fn refuse_keys_in_two(ctx: &Context, plan: &UsagePlan) -> Result<(), ApiError> {
    let others = ctx.store.usage_plans(&ctx.scope)?;
    for other in others.iter().filter(|other| other.id != plan.id) {
        let Some(stage) = stage_in_both(plan, other) else { continue };
        if let Some(key) = ctx.store.key_of_both(&ctx.scope, &plan.id, &other.id)? {
            return Err(subscribed(key.as_str(), &stage, other));
        }
    }
    Ok(())
}

/// The refusal of a key for a stage that it has in another plan.
pub(crate) fn subscribed(key: &str, stage: &str, other: &UsagePlan) -> ApiError {
    ApiError::Conflict(format!(
        "API Key {key} is already subscribed to API Stage {stage} in Usage Plan {}",
        other.id
    ))
}

/// A stage that both plans open, as `api:stage`.
pub(crate) fn stage_in_both(one: &UsagePlan, other: &UsagePlan) -> Option<String> {
    let found = one.api_stages.iter().find(|it| other.api_stages.iter().any(|its| is_same(it, its)))?;
    Some(format!("{}:{}", found.api, found.stage))
}
