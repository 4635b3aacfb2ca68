//! API keys and usage plans of the store as entries of the directory.
//!
//! In: keys and plans as stored. Out: entries that calls find. One changed plan or key touches no other. It must not know who has
//! called how often.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use stagedoor_base::{AccountThrottle, AccountThrottles, ApiKeyId, Scope, UsagePlanId};
use stagedoor_engine::{Directory, KeyEntry, Plan, PlanStage, PlanTerms, Rate};
use stagedoor_model::{PlanQuota, QuotaPeriod, ThrottleSettings, UsagePlan};
use stagedoor_shared::{Period, Quota};
use stagedoor_store::{Change, KeyRow, Metered, Revision, Store, StoreError, Which};

/// Keeps the directory's keys and plans equal to the store's.
#[derive(Debug)]
pub(super) struct Usage {
    store: Arc<Store>,
    directory: Arc<Directory>,
    accounts: AccountThrottles,
}

impl Usage {
    pub(super) fn new(store: Arc<Store>, directory: Arc<Directory>, accounts: AccountThrottles) -> Self {
        Self { store, directory, accounts }
    }

    /// Reads all keys and plans. Those that stay are served meanwhile.
    pub(super) fn load(&mut self) -> Result<Revision, StoreError> {
        let directory = self.directory.keys();
        let mut read: HashMap<Scope, Loaded> = HashMap::new();
        let revision = self.store.for_each_metered(Which::All, |scope, metered| {
            let loaded = read.entry(scope.clone()).or_default();
            match metered {
                Metered::Plan(plan) => {
                    let known = directory.scope(&scope);
                    known.set_plan(&scope, &plan.id, self.terms(&scope, &plan));
                    loaded.plans.extend(known.plan(&plan.id).map(|made| (plan.id, made)));
                }
                Metered::Key(key) => loaded.add(key),
                Metered::PlanKey(plan, key) => loaded.join(&plan, &key),
            }
        })?;
        for (scope, known) in directory.scopes() {
            let Loaded { keys, plans } = read.remove(&scope).unwrap_or_default();
            known.retain(|id| keys.contains_key(id), |id| plans.contains_key(id));
            known.set_keys(keys.into_iter().map(|(id, key)| {
                let entry = KeyEntry::new(&id, key.digest, key.enabled, key.plans);
                (id, entry)
            }));
        }
        Ok(revision)
    }

    fn terms(&self, scope: &Scope, plan: &UsagePlan) -> PlanTerms {
        terms(plan, self.accounts.of(&scope.account).unwrap_or_default())
    }

    /// Reads one plan again.
    pub(super) fn refresh_plan(&self, scope: &Scope, id: &UsagePlanId) -> Result<(), StoreError> {
        let keys = self.directory.keys().scope(scope);
        match self.store.usage_plan(scope, id)? {
            Some(plan) => keys.set_plan(scope, id, self.terms(scope, &plan.value)),
            None => keys.remove_plan(id),
        }
        Ok(())
    }

    /// Reads keys again, and which plans they are in. One that cannot be read opens nothing: it may have been taken away.
    pub(super) fn refresh_keys(&self, changed: &BTreeSet<(Scope, ApiKeyId)>) {
        let mut read: HashMap<&Scope, Reread> = HashMap::new();
        for (scope, id) in changed {
            let Reread { entries, gone } = read.entry(scope).or_default();
            match self.read_key(scope, id) {
                Ok(Some(entry)) => entries.push((id.clone(), entry)),
                Ok(None) => gone.push(id.clone()),
                Err(error) => {
                    gone.push(id.clone());
                    tracing::error!("the API key {id} opens nothing, for it cannot be read: {error}");
                }
            }
        }
        for (scope, Reread { entries, gone }) in read {
            let keys = self.directory.keys().scope(scope);
            keys.remove_keys(&gone);
            keys.set_keys(entries);
        }
    }

    fn read_key(&self, scope: &Scope, id: &ApiKeyId) -> Result<Option<KeyEntry>, StoreError> {
        let Some(key) = self.store.api_key(scope, id)? else { return Ok(None) };
        let (known, plans) = (self.directory.keys().scope(scope), self.store.plans_of_key(scope, id)?);
        let plans = plans.iter().filter_map(|plan| known.plan(plan));
        let digest = known.digest(key.value.value.expose());
        Ok(Some(KeyEntry::new(id, digest, key.value.enabled, plans)))
    }

    /// Deletes the keys and plans that no file declares, also out of declared plans.
    pub(super) fn reset(store: &Store) -> Result<Revision, StoreError> {
        let (mut keys, mut members) = (BTreeSet::new(), BTreeSet::new());
        store.for_each_metered(Which::Declared, |scope, metered| match metered {
            Metered::Plan(_) => {}
            Metered::Key(key) => drop(keys.insert((scope, key.id))),
            Metered::PlanKey(plan, key) => drop(members.insert((scope, plan, key))),
        })?;
        let (mut changes, mut gone) = (Vec::new(), BTreeSet::new());
        store.for_each_metered(Which::All, |scope, metered| match metered {
            Metered::Plan(plan) if plan.declared_in.is_none() => {
                changes.push(Change::delete_usage_plan(&scope, &plan.id));
                gone.insert((scope, plan.id));
            }
            Metered::Plan(_) => {}
            Metered::Key(KeyRow { id, .. }) => {
                let place = (scope, id);
                if !keys.contains(&place) {
                    changes.push(Change::delete_api_key(&place.0, &place.1));
                }
            }
            Metered::PlanKey(plan, key) => {
                let (of_plan, member) = ((scope.clone(), plan.clone()), (scope, plan, key));
                if !gone.contains(&of_plan) && !members.contains(&member) {
                    changes.push(Change::of_usage_plan(&member.0, &member.1).delete_plan_key(&member.2));
                }
            }
        })?;
        store.commit_all(changes)
    }
}

/// Keys of a scope that were read again.
#[derive(Default)]
struct Reread {
    entries: Vec<(ApiKeyId, KeyEntry)>,
    gone: Vec<ApiKeyId>,
}

/// What a scope holds, while it is read.
#[derive(Default)]
struct Loaded {
    keys: HashMap<ApiKeyId, LoadedKey>,
    plans: HashMap<UsagePlanId, Arc<Plan>>,
}

/// The part of a key that calls need.
struct LoadedKey {
    digest: u128,
    enabled: bool,
    plans: Vec<Arc<Plan>>,
}

impl Loaded {
    fn add(&mut self, key: KeyRow) {
        let KeyRow { id, digest, enabled, .. } = key;
        self.keys.insert(id, LoadedKey { digest, enabled, plans: Vec::new() });
    }

    fn join(&mut self, plan: &UsagePlanId, key: &ApiKeyId) {
        if let (Some(key), Some(plan)) = (self.keys.get_mut(key), self.plans.get(plan)) {
            key.plans.push(Arc::clone(plan));
        }
    }
}

/// What a plan says, in an account with these limits.
fn terms(plan: &UsagePlan, account: AccountThrottle) -> PlanTerms {
    let rate = |throttle: &ThrottleSettings| rate(throttle, account);
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

/// What is not said is as for the whole account; none when nothing is said, or a limit is negative.
fn rate(throttle: &ThrottleSettings, account: AccountThrottle) -> Option<Rate> {
    let ThrottleSettings { rate_limit, burst_limit } = *throttle;
    if (rate_limit.is_none() && burst_limit.is_none()) || rate_limit.is_some_and(|rate| rate < 0.0) {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use stagedoor_base::AccountThrottle;
    use stagedoor_engine::Rate;
    use stagedoor_model::ThrottleSettings;

    use super::rate;

    #[test]
    fn half_a_throttle_is_the_accounts_for_the_rest() {
        let account = AccountThrottle { rate: 70_000.0, burst: 9_000 };
        let check = |rate_limit, burst_limit, expected: Option<(f64, u32)>| {
            let found = rate(&ThrottleSettings { rate_limit, burst_limit }, account);
            assert_eq!(found, expected.map(|(rate, burst)| Rate::new(rate, burst)));
        };
        check(None, None, None);
        check(Some(2.5), Some(7), Some((2.5, 7)));
        check(Some(50_000.0), None, Some((50_000.0, 9_000)));
        check(None, Some(7), Some((70_000.0, 7)));
        check(None, Some(0), Some((70_000.0, 0)));
        check(Some(-1.0), Some(7), None);
        check(Some(1.0), Some(-1), None);
    }
}
