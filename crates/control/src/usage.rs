//! Usage: what keys used of their plans by day, and granting them more.
//!
//! In: decoded requests. Out: the counts that are enforced, as the port tells them. It must not know how calls are counted.

#[cfg(test)]
mod tests;

use stagedoor_base::{ApiKeyId, Day, Period, Scope};
use stagedoor_model::{PlanQuota, QuotaPeriod, UsagePlan};
use stagedoor_wire::{Encode as _, Fault, Matched, Raw, Reply, Request, Service, apigateway as wire, decode};

use crate::context::{Context, Origin};
use crate::page::{Page, Turner};
use crate::patch::{Patch, PatchOp, PathTable};
use crate::ports::{PortFuture, UsageDay, UsageGrant, UsageQuestion};
use crate::usage_plan_key::{place, position};
use crate::{ApiError, Control, ControlRequest, Source, api_key, fault, usage_plan};

/// Days that one question may span.
const MOST_DAYS: u32 = 90;

const PATCHES: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/remaining"])] };

/// `GetUsage`.
pub(crate) fn get_usage(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let wanted = decoded::<wire::GetUsageRequest>(&matched, &request)?;
        let asked = control
            .on_blocking_thread(scope, Origin::Call(Source::INSIDE), move |ctx| question(ctx, &wanted))
            .await;
        let answered = match asked.and_then(|asked| asked) {
            Ok((question, position)) => read(&control, question, position).await,
            Err(error) => Err(error),
        };
        let answered = answered.map_err(|error| fault::of(Service::ApiGateway, &error))?;
        Ok(answered.encode(matched.operation.status()))
    })
}

/// `UpdateUsage`.
pub(crate) fn update_usage(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let wanted = decoded::<wire::UpdateUsageRequest>(&matched, &request)?;
        let asked = control
            .on_blocking_thread(scope, Origin::Call(Source::INSIDE), move |ctx| grant(ctx, wanted))
            .await;
        let answered = match asked.and_then(|asked| asked) {
            Ok((grant, question)) => give(&control, grant, question).await,
            Err(error) => Err(error),
        };
        let answered = answered.map_err(|error| fault::of(Service::ApiGateway, &error))?;
        Ok(answered.encode(matched.operation.status()))
    })
}

fn decoded<Q: Request>(matched: &Matched, request: &ControlRequest) -> Result<Q, Fault> {
    let raw = Raw { query: &request.query, headers: &request.headers, body: &request.body };
    decode(matched, &raw).map_err(|invalid| Fault::invalid(Service::ApiGateway, invalid))
}

/// Which keys and days are asked for, and where the next page begins.
fn question(
    ctx: &Context,
    request: &wire::GetUsageRequest,
) -> Result<(UsageQuestion, Option<String>), ApiError> {
    let plan = usage_plan::find(ctx, &request.usage_plan_id)?;
    let (from, to) = days(&request.start_date, &request.end_date)?;
    let mut turner = Turner::new(request.position.as_deref(), request.limit)?;
    let after = turner.after().map(position).transpose()?;
    match request.key_id.as_deref().filter(|key| !key.is_empty()) {
        Some(key) => {
            let key = ApiKeyId::from(key);
            if ctx.store.usage_plan_key(&ctx.scope, &plan.id, &key)?.is_some() {
                let _ = turner.take(String::new(), || key);
            }
        }
        None => ctx.store.usage_plan_keys(&ctx.scope, &plan.id, after.as_ref(), |at, key| {
            turner.take(place(&at), || key.id)
        })?,
    }
    let Page { items, position } = turner.page();
    Ok((about(ctx, &plan, items, (from, to)), position))
}

fn about(ctx: &Context, plan: &UsagePlan, keys: Vec<ApiKeyId>, (from, to): (Day, Day)) -> UsageQuestion {
    UsageQuestion { scope: ctx.scope.clone(), plan: plan.id.clone(), keys, from, to, quota: plan.quota }
}

fn days(start: &str, end: &str) -> Result<(Day, Day), ApiError> {
    let day = |name: &str, text: &str| {
        Day::parse(text).ok_or_else(|| {
            ApiError::BadRequest(format!("Invalid {name} specified, must be a date of the form YYYY-MM-DD"))
        })
    };
    let (from, to) = (day("startDate", start)?, day("endDate", end)?);
    match to.0.checked_sub(from.0) {
        None => Err(ApiError::bad_request("Usage startDate must not be after endDate")),
        Some(between) if between >= MOST_DAYS => {
            Err(ApiError::BadRequest(format!("Usage can be asked for at most {MOST_DAYS} days")))
        }
        Some(_) => Ok((from, to)),
    }
}

async fn read(
    control: &Control,
    question: UsageQuestion,
    position: Option<String>,
) -> Result<wire::Usage, ApiError> {
    let (plan, keys, from, to) = (question.plan.clone(), question.keys.clone(), question.from, question.to);
    let counted = (control.ports().usage.read)(question).await.map_err(ApiError::Internal)?;
    let items = keys.iter().zip(counted).map(|(key, days)| (key.to_string(), rows(&days)));
    Ok(wire::Usage {
        usage_plan_id: Some(plan.to_string()),
        start_date: Some(from.to_string()),
        end_date: Some(to.to_string()),
        position,
        items: Some(items.collect()),
    })
}

fn rows(days: &[UsageDay]) -> Vec<Vec<i64>> {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    days.iter().map(|day| vec![whole(day.used), whole(day.remaining)]).collect()
}

/// What is to remain to a key, and the question about its period that is answered afterwards.
fn grant(
    ctx: &Context,
    request: wire::UpdateUsageRequest,
) -> Result<(Option<UsageGrant>, UsageQuestion), ApiError> {
    let plan = usage_plan::find(ctx, &request.usage_plan_id)?;
    let key = ApiKeyId::from(request.key_id);
    ctx.store.usage_plan_key(&ctx.scope, &plan.id, &key)?.ok_or_else(api_key::unknown)?;
    let mut remaining = None;
    for patch in Patch::all(request.patch_operations) {
        PATCHES.check(&patch)?;
        let given = patch.value.as_deref().and_then(|text| text.trim().parse::<u64>().ok());
        remaining = Some(given.filter(|given| i64::try_from(*given).is_ok()).ok_or_else(|| {
            ApiError::bad_request("Invalid remaining specified, must be a whole number that is not negative")
        })?);
    }
    let today = Day::from(ctx.now);
    let quota = plan.quota.ok_or_else(|| {
        ApiError::BadRequest(format!("Usage Plan {} has no quota of which anything could remain", plan.id))
    })?;
    let question = about(ctx, &plan, vec![key.clone()], (first_day(quota, today), today));
    let (scope, plan, now) = (ctx.scope.clone(), plan.id, ctx.now);
    Ok((remaining.map(|remaining| UsageGrant { scope, plan, key, quota, remaining, now }), question))
}

/// The day with which the period of `today` began.
fn first_day(quota: PlanQuota, today: Day) -> Day {
    let period = match quota.period {
        QuotaPeriod::Day => Period::Day,
        QuotaPeriod::Week => Period::Week,
        QuotaPeriod::Month => Period::Month,
    };
    period.start(today, u8::try_from(quota.offset).unwrap_or_default())
}

async fn give(
    control: &Control,
    grant: Option<UsageGrant>,
    question: UsageQuestion,
) -> Result<wire::Usage, ApiError> {
    if let Some(grant) = grant {
        (control.ports().usage.grant)(grant).await.map_err(ApiError::Internal)?;
    }
    read(control, question, None).await
}
