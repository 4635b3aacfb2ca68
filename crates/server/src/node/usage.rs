//! API keys and usage plans of the store as entries of the directory.
//!
//! In: keys and plans as stored. Out: entries that calls find. One changed plan or key touches no other. It must not know who has
//! called how often.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use stagedoor_base::{AccountThrottle, ApiKeyId, Scope, UsagePlanId};
use stagedoor_engine::{Directory, KeyEntry, Plan, PlanStage, PlanTerms, Rate};
use stagedoor_model::{ApiKey, PlanQuota, QuotaPeriod, ThrottleSettings, UsagePlan};
use stagedoor_shared::{Period, Quota};
use stagedoor_store::{Metered, Revision, Store, StoreError};

/// Keeps the directory's keys and plans equal to the store's.
#[derive(Debug)]
pub(super) struct Usage {
    store: Arc<Store>,
    directory: Arc<Directory>,
}

impl Usage {
    pub(super) fn new(store: Arc<Store>, directory: Arc<Directory>) -> Self {
        Self { store, directory }
    }

    /// Reads all keys and plans.
    pub(super) fn load(&mut self) -> Result<Revision, StoreError> {
        let directory = self.directory.keys();
        directory.clear();
        let mut keys: HashMap<Scope, HashMap<ApiKeyId, (ApiKey, Vec<Arc<Plan>>)>> = HashMap::new();
        let revision = self.store.for_each_metered(|scope, metered| match metered {
            Metered::Plan(plan) => directory.scope(&scope).set_plan(&scope, &plan.id, terms(&plan)),
            Metered::Key(key) => {
                keys.entry(scope).or_default().insert(key.id.clone(), (key, Vec::new()));
            }
            Metered::PlanKey(plan, key) => {
                let known = keys.get_mut(&scope).and_then(|keys| keys.get_mut(&key.key));
                if let (Some((_, plans)), Some(plan)) = (known, directory.scope(&scope).plan(&plan)) {
                    plans.push(plan);
                }
            }
        })?;
        for (scope, keys) in keys {
            let entries = keys.into_iter().map(|(id, (key, plans))| (id, entry(&key, plans)));
            directory.scope(&scope).set_keys(entries);
        }
        Ok(revision)
    }

    /// Reads one plan again.
    pub(super) fn refresh_plan(&self, scope: &Scope, id: &UsagePlanId) -> Result<(), StoreError> {
        let keys = self.directory.keys().scope(scope);
        match self.store.usage_plan(scope, id)? {
            Some(plan) => keys.set_plan(scope, id, terms(&plan.value)),
            None => keys.remove_plan(id),
        }
        Ok(())
    }

    /// Reads keys again, and which plans they are in.
    pub(super) fn refresh_keys(&self, changed: &BTreeSet<(Scope, ApiKeyId)>) -> Result<(), StoreError> {
        let mut entries: HashMap<&Scope, Vec<(ApiKeyId, KeyEntry)>> = HashMap::new();
        for (scope, id) in changed {
            let keys = self.directory.keys().scope(scope);
            let Some(key) = self.store.api_key(scope, id)? else {
                keys.remove_key(id);
                continue;
            };
            let plans = self.store.plans_of_key(scope, id)?;
            let plans = plans.iter().filter_map(|plan| keys.plan(plan)).collect();
            entries.entry(scope).or_default().push((id.clone(), entry(&key.value, plans)));
        }
        for (scope, entries) in entries {
            self.directory.keys().scope(scope).set_keys(entries);
        }
        Ok(())
    }
}

fn entry(key: &ApiKey, plans: Vec<Arc<Plan>>) -> KeyEntry {
    KeyEntry::new(&key.id, key.value.expose(), key.enabled, plans)
}

fn terms(plan: &UsagePlan) -> PlanTerms {
    PlanTerms {
        throttle: plan.throttle.as_ref().and_then(rate),
        quota: plan.quota.as_ref().map(quota),
        stages: plan
            .api_stages
            .iter()
            .map(|stage| PlanStage {
                api: stage.api.clone(),
                stage: stage.stage.clone(),
                methods: stage
                    .throttle
                    .iter()
                    .filter_map(|(method, throttle)| Some((method.as_str().into(), rate(throttle)?)))
                    .collect(),
            })
            .collect(),
    }
}

/// What is not said is as for a whole account; none when nothing is said, or a limit is negative.
fn rate(throttle: &ThrottleSettings) -> Option<Rate> {
    let ThrottleSettings { rate_limit, burst_limit } = *throttle;
    if (rate_limit.is_none() && burst_limit.is_none()) || rate_limit.is_some_and(|rate| rate < 0.0) {
        return None;
    }
    let account = AccountThrottle::default();
    let burst = burst_limit.map(u32::try_from).transpose().ok()?;
    Some(Rate::new(rate_limit.unwrap_or(account.rate), burst.unwrap_or(account.burst)))
}

fn quota(quota: &PlanQuota) -> Quota {
    let period = match quota.period {
        QuotaPeriod::Day => Period::Day,
        QuotaPeriod::Week => Period::Week,
        QuotaPeriod::Month => Period::Month,
    };
    Quota { limit: quota.limit, period, offset: u8::try_from(quota.offset).unwrap_or(u8::MAX) }
}
