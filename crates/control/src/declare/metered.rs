//! Declared API keys and usage plans.
//!
//! In: what a file says of keys, plans, and which keys are in which plan. Out: stored ones that agree with it, changed in one
//! revision. Keys that calls put into a declared plan stay in it.

use std::collections::{BTreeMap, BTreeSet};

use stagedoor_base::{ApiKeyId, UsagePlanId};
use stagedoor_model::{ApiKey, PlanStage, UsagePlan, UsagePlanKey};
use stagedoor_store::{Change, Metered, Which};

use super::{Declaration, DeclareError, DeclaredPlan, refused};
use crate::context::Context;
use crate::usage_plan::{self, stage_in_both, subscribed};
use crate::{ApiError, api_key};

/// What is stored of keys and plans that files declare.
#[derive(Default)]
struct Stored {
    keys: BTreeSet<ApiKeyId>,
    plans: BTreeMap<UsagePlanId, UsagePlan>,
    members: BTreeSet<(UsagePlanId, ApiKeyId)>,
}

impl Stored {
    /// Only what some file declares, and all plans.
    fn read(ctx: &Context) -> Result<Self, ApiError> {
        let mut stored = Self::default();
        ctx.store.for_each_metered(Which::Declared, |scope, metered| match metered {
            _ if scope != ctx.scope => {}
            Metered::Plan(plan) => {
                stored.plans.insert(plan.id.clone(), plan);
            }
            Metered::Key(key) => {
                stored.keys.insert(key.id);
            }
            Metered::PlanKey(plan, key) => {
                stored.members.insert((plan, key));
            }
        })?;
        Ok(stored)
    }
}

/// Refuses a declaration that could not be applied now.
pub(super) fn check(ctx: &Context, declaration: &Declaration) -> Result<(), DeclareError> {
    for key in &declaration.api_keys {
        check_key(ctx, key).map_err(|error| refused(&format!("API key {}", key.id), error))?;
    }
    for declared in &declaration.usage_plans {
        let entity = format!("usage plan {}", declared.plan.id);
        check_plan(ctx, declaration, declared).map_err(|error| refused(&entity, error))?;
    }
    check_one_plan_a_stage(ctx, declaration).map_err(|error| refused("usage plans", error))
}

fn check_key(ctx: &Context, key: &ApiKey) -> Result<(), ApiError> {
    api_key::check(key)?;
    let known = ctx.store.api_key(&ctx.scope, &key.id)?;
    if known.is_some_and(|known| known.value.declared_in.is_none()) {
        return Err(ApiError::bad_request("an API key with this id exists that no file declares"));
    }
    let same = ctx.store.api_key_by_value(&ctx.scope, key.value.expose())?;
    match same.filter(|same| same.id != key.id && same.declared_in.is_none()) {
        Some(other) => Err(ApiError::BadRequest(format!("the API key {} has this value", other.id))),
        None => Ok(()),
    }
}

fn check_plan(
    ctx: &Context,
    declaration: &Declaration,
    DeclaredPlan { plan, keys }: &DeclaredPlan,
) -> Result<(), ApiError> {
    usage_plan::check(ctx, plan, Some(plan))?;
    if let Some(quota) = plan.quota {
        let limit = i64::try_from(quota.limit).ok();
        usage_plan::quota(limit, Some(i64::from(quota.offset)), Some(quota.period.as_str()))?;
    }
    let known = ctx.store.usage_plan(&ctx.scope, &plan.id)?;
    if known.is_some_and(|known| known.value.declared_in.is_none()) {
        return Err(ApiError::bad_request("a usage plan with this id exists that no file declares"));
    }
    for stage in &plan.api_stages {
        check_stage(ctx, declaration, stage)?;
    }
    match keys.iter().find(|id| declaration.api_keys.iter().all(|key| key.id != **id)) {
        Some(id) => Err(ApiError::BadRequest(format!("there is no API key {id} under `api_keys`"))),
        None => Ok(()),
    }
}

/// A stage is one of the file's, or of an API that calls made.
fn check_stage(ctx: &Context, declaration: &Declaration, stage: &PlanStage) -> Result<(), ApiError> {
    let PlanStage { api, stage: name, .. } = stage;
    if declaration.apis.iter().any(|declared| declared.id == *api && declared.stage == *name) {
        return Ok(());
    }
    let made = ctx.store.api(&ctx.scope, api)?.is_some_and(|api| api.value.api.declared_in.is_none());
    if made && ctx.store.stage(&ctx.scope, api, name)?.is_some() {
        return Ok(());
    }
    Err(ApiError::BadRequest(format!("the API {api} has no stage {name}")))
}

/// A key has one plan for a stage; plans that calls made, or put it into, count.
fn check_one_plan_a_stage(ctx: &Context, declaration: &Declaration) -> Result<(), ApiError> {
    let mut plans: BTreeMap<UsagePlanId, UsagePlan> = BTreeMap::new();
    let made = ctx.store.usage_plans(&ctx.scope)?.into_iter().filter(|plan| plan.declared_in.is_none());
    let declared = declaration.usage_plans.iter().map(|declared| declared.plan.clone());
    plans.extend(made.chain(declared).map(|plan| (plan.id.clone(), plan)));
    for key in &declaration.api_keys {
        let mut of_key: BTreeSet<UsagePlanId> = BTreeSet::new();
        for plan in ctx.store.plans_of_key(&ctx.scope, &key.id)? {
            let member = ctx.store.usage_plan_key(&ctx.scope, &plan, &key.id)?;
            of_key.extend(member.filter(|member| member.value.declared_in.is_none()).map(|_| plan));
        }
        let named = declaration.usage_plans.iter().filter(|declared| declared.keys.contains(&key.id));
        of_key.extend(named.map(|declared| declared.plan.id.clone()));
        let of_key: Vec<&UsagePlan> = of_key.iter().filter_map(|id| plans.get(id)).collect();
        refuse_shared_stage(key, &of_key)?;
    }
    Ok(())
}

fn refuse_shared_stage(key: &ApiKey, plans: &[&UsagePlan]) -> Result<(), ApiError> {
    for (place, one) in plans.iter().enumerate() {
        for other in &plans[..place] {
            if let Some(stage) = stage_in_both(one, other) {
                return Err(subscribed(key.id.as_str(), &stage, other));
            }
        }
    }
    Ok(())
}

/// Makes the stored keys and plans agree with the declaration; whether they did not.
pub(super) fn apply(ctx: &Context, declaration: &Declaration) -> Result<bool, ApiError> {
    let stored = Stored::read(ctx)?;
    let mut changes = Vec::new();
    let gone_keys = remove_keys(ctx, declaration, &stored, &mut changes)?;
    let gone_plans = remove_plans(ctx, declaration, &stored, &mut changes);
    for key in &declaration.api_keys {
        changes.extend(key_change(ctx, key)?);
    }
    for declared in &declaration.usage_plans {
        changes.extend(plan_change(ctx, declared, &stored));
    }
    if changes.is_empty() {
        return Ok(false);
    }
    ctx.commit_all(changes)?;
    gone_keys.iter().for_each(|(plan, key)| ctx.forget_usage(plan, Some(key)));
    gone_plans.iter().for_each(|plan| ctx.forget_usage(plan, None));
    Ok(true)
}

/// The plans that keys leave because they are no longer declared.
fn remove_keys(
    ctx: &Context,
    declaration: &Declaration,
    stored: &Stored,
    changes: &mut Vec<Change>,
) -> Result<Vec<(UsagePlanId, ApiKeyId)>, ApiError> {
    let mut left = Vec::new();
    let is_declared = |id: &ApiKeyId| declaration.api_keys.iter().any(|key| key.id == *id);
    for id in stored.keys.iter().filter(|id| !is_declared(id)) {
        for plan in ctx.store.plans_of_key(&ctx.scope, id)? {
            changes.push(Change::of_usage_plan(&ctx.scope, &plan).delete_plan_key(id));
            left.push((plan, id.clone()));
        }
        changes.push(Change::delete_api_key(&ctx.scope, id));
    }
    Ok(left)
}

fn remove_plans(
    ctx: &Context,
    declaration: &Declaration,
    stored: &Stored,
    changes: &mut Vec<Change>,
) -> Vec<UsagePlanId> {
    let is_declared = |id: &UsagePlanId| declaration.usage_plans.iter().any(|it| it.plan.id == *id);
    let gone = stored.plans.values().filter(|plan| plan.declared_in.is_some() && !is_declared(&plan.id));
    let gone: Vec<UsagePlanId> = gone.map(|plan| plan.id.clone()).collect();
    changes.extend(gone.iter().map(|id| Change::delete_usage_plan(&ctx.scope, id)));
    gone
}

/// What makes a key as it is declared; nothing when it is.
fn key_change(ctx: &Context, declared: &ApiKey) -> Result<Option<Change>, ApiError> {
    let Some(known) = ctx.store.api_key(&ctx.scope, &declared.id)? else {
        let key = ApiKey { created: ctx.now, last_updated: ctx.now, ..declared.clone() };
        return Ok(Some(Change::create_api_key(&ctx.scope, &key)));
    };
    let mut key = ApiKey { created: known.value.created, ..declared.clone() };
    key.last_updated = known.value.last_updated;
    if key == known.value {
        return Ok(None);
    }
    key.last_updated = ctx.now;
    Ok(Some(Change::update_api_key(&ctx.scope, &key)))
}

/// What makes a plan and its declared keys as they are declared; nothing when they are.
fn plan_change(ctx: &Context, DeclaredPlan { plan, keys }: &DeclaredPlan, stored: &Stored) -> Option<Change> {
    let mut change = match stored.plans.get(&plan.id) {
        None => Change::create_usage_plan(&ctx.scope, plan),
        Some(known) if known == plan => Change::of_usage_plan(&ctx.scope, &plan.id),
        Some(_) => Change::of_usage_plan(&ctx.scope, &plan.id).put_usage_plan(plan),
    };
    let is_member = |key: &ApiKeyId| stored.members.contains(&(plan.id.clone(), key.clone()));
    for key in keys.iter().filter(|key| !is_member(key)) {
        let member = UsagePlanKey { key: key.clone(), added: ctx.now, declared_in: plan.declared_in.clone() };
        change = change.put_plan_key(&member);
    }
    let members = stored.members.iter().filter(|(of, _)| *of == plan.id).map(|(_, key)| key);
    for key in members.filter(|key| !keys.contains(key)) {
        change = change.delete_plan_key(key);
    }
    (!change.is_empty()).then_some(change)
}
