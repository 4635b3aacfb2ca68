//! Usage between its three owners: `shared` counts, the store keeps the ledger, the control plane tells.
//!
//! In: spans, rows and questions of one. Out: those of another. It must not know what is counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use stagedoor_base::{ApiKeyId, Day, Period, Scope, UsagePlanId};
use stagedoor_control::{UsageDay, UsageGrant, UsagePorts, UsageQuestion};
use stagedoor_model::{PlanQuota, QuotaPeriod};
use stagedoor_shared::{Forgotten, Ledger, LedgerError, PlanId, Quota, Shared, Span, Subject, UsageRow};
use stagedoor_store::{Store, StoreError, Usage, UsageOf};

use crate::clock::Clock;

/// How often buckets and meters that nobody holds are forgotten.
const SWEEP: Duration = Duration::from_secs(60);
/// For how long usage can be asked for.
const USAGE_DAYS: u32 = 400;

/// The ledger in this store.
pub(crate) fn ledger(store: &Arc<Store>) -> Ledger {
    let (reading, writing, forgetting) = (Arc::clone(store), Arc::clone(store), Arc::clone(store));
    // A full disk can still be read.
    let (read_health, write_health) = (Health::default(), Health::default());
    Ledger {
        read: Box::new(move |spans| {
            let asked: Vec<_> =
                spans.iter().map(|Span { subject, from, to }| (of(subject), from.0, to.0)).collect();
            let found = read_health.note(reading.usage(&asked))?;
            Ok(found.into_iter().map(|rows| rows.into_iter().map(row).collect()).collect())
        }),
        write: Box::new(move |rows| {
            let rows = rows.iter().map(|(subject, row)| {
                let UsageRow { day, used, granted } = *row;
                (of(subject), Usage { day: day.0, used, granted })
            });
            write_health.note(writing.set_usage(rows))
        }),
        forget: Box::new(move |forgotten| {
            let forgotten = match forgotten {
                Forgotten::Subject(Subject { plan, key }) => {
                    forgetting.forget_usage(&plan.scope, &plan.plan, Some(key))
                }
                Forgotten::Plan(plan) => forgetting.forget_usage(&plan.scope, &plan.plan, None),
                Forgotten::Everything => forgetting.clear_usage(),
            };
            forgotten.map_err(|error| LedgerError(error.to_string()))
        }),
    }
}

/// Forgets what nobody needs any more, from time to time.
pub(crate) async fn tend(shared: Arc<Shared>, store: Arc<Store>, clock: Clock) {
    let mut ticker = tokio::time::interval(SWEEP);
    let mut swept = None;
    loop {
        ticker.tick().await;
        let (elapsed, today) = (clock.elapsed(), Day::from(clock.now()));
        let is_new_day = swept.replace(today) != Some(today);
        let (shared, store) = (Arc::clone(&shared), Arc::clone(&store));
        // Looks at each of what may be a million.
        let work = tokio::task::spawn_blocking(move || {
            shared.sweep(elapsed);
            if is_new_day { store.forget_usage_before(today.minus(USAGE_DAYS).0) } else { Ok(()) }
        });
        if let Ok(Err(error)) = work.await {
            tracing::warn!("old usage is not removed: {error}");
        }
    }
}

/// What the control plane asks about usage.
pub(crate) fn usage_ports(shared: &Arc<Shared>) -> UsagePorts {
    let (reading, granting, forgetting) = (Arc::clone(shared), Arc::clone(shared), Arc::clone(shared));
    UsagePorts {
        read: Arc::new(move |question| Box::pin(read(Arc::clone(&reading), question))),
        grant: Arc::new(move |UsageGrant { scope, plan, key, quota: granted, remaining, now }| {
            let (shared, subject) = (Arc::clone(&granting), subject(&plan_id(scope, &plan), &key));
            let quota = quota(&granted);
            Box::pin(async move { shared.set_remaining(subject, quota, remaining, now).await.map_err(said) })
        }),
        forget: Arc::new(move |scope, plan, key| {
            let plan = plan_id(scope, &plan);
            let forgotten = match key {
                Some(key) => Forgotten::Subject(subject(&plan, &key)),
                None => Forgotten::Plan(PlanId::clone(&plan)),
            };
            let shared = Arc::clone(&forgetting);
            Box::pin(async move { shared.forget(forgotten).await.map_err(said) })
        }),
    }
}

async fn read(shared: Arc<Shared>, question: UsageQuestion) -> Result<Vec<Vec<UsageDay>>, String> {
    let UsageQuestion { scope, plan, keys, from, to, quota: plan_quota } = question;
    let plan = plan_id(scope, &plan);
    let subjects = keys.iter().map(|key| subject(&plan, key)).collect();
    let usage = shared.usage(subjects, from, to, plan_quota.as_ref().map(quota)).await.map_err(said)?;
    let day = |(used, remaining)| UsageDay { used, remaining };
    Ok(usage.into_iter().map(|days| days.into_iter().map(day).collect()).collect())
}

/// A plan's quota as it is counted.
pub(crate) fn quota(quota: &PlanQuota) -> Quota {
    let period = match quota.period {
        QuotaPeriod::Day => Period::Day,
        QuotaPeriod::Week => Period::Week,
        QuotaPeriod::Month => Period::Month,
    };
    // At most 27 when it was stored.
    Quota { limit: quota.limit, period, offset: u8::try_from(quota.offset).unwrap_or_default() }
}

fn plan_id(scope: Scope, plan: &UsagePlanId) -> Arc<PlanId> {
    Arc::new(PlanId { scope, plan: plan.as_str().into() })
}

fn subject(plan: &Arc<PlanId>, key: &ApiKeyId) -> Subject {
    Subject { plan: Arc::clone(plan), key: key.as_str().into() }
}

#[expect(clippy::needless_pass_by_value, reason = "an error's way to another")]
fn said(error: LedgerError) -> String {
    error.to_string()
}

fn of(subject: &Subject) -> UsageOf<'_> {
    UsageOf { scope: &subject.plan.scope, plan: &subject.plan.plan, key: &subject.key }
}

fn row(Usage { day, used, granted }: Usage) -> UsageRow {
    UsageRow { day: Day(day), used, granted }
}

/// Whether the ledger works; the log tells when that changes, not with every call that meets it.
#[derive(Debug, Default)]
struct Health {
    fails: AtomicBool,
}

impl Health {
    fn note<T>(&self, outcome: Result<T, StoreError>) -> Result<T, LedgerError> {
        match (&outcome, self.fails.swap(outcome.is_err(), Relaxed)) {
            (Err(error), false) => {
                tracing::error!("usage cannot be counted, so calls with API keys fail: {error}")
            }
            (Ok(_), true) => tracing::info!("usage is counted again"),
            _ => {}
        }
        outcome.map_err(|error| LedgerError(error.to_string()))
    }
}
