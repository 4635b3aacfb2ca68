//! API keys and usage plans as calls find them.
//!
//! In: keys and plans, set by the node entry by entry; keys by digests of their values. Out: for a key's value and a stage, the
//! plan that the key has there and what it has called. A changed plan rebuilds no key, and a key that never called holds
//! neither its value nor counters. It must not know what is done with a call.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use arc_swap::ArcSwap;
use http::Method;
use stagedoor_base::{ApiId, ApiKeyId, Scope, StageName, UsagePlanId};
use stagedoor_program::{ApiKeyFacts, Program, ResourcePlan};
use stagedoor_shared::{Bucket, BucketId, Limit, Meter, PlanId, Quota, Shared};

use crate::Sharded;
use crate::key_digest::Digests;

/// The keys and plans of all accounts.
#[derive(Debug)]
pub struct UsageKeys {
    digests: Arc<Digests>,
    scopes: Mutex<HashMap<Scope, Arc<ScopeKeys>>>,
}

/// The keys and plans of an account in one region.
#[derive(Debug)]
pub struct ScopeKeys {
    digests: Arc<Digests>,
    by_digest: Sharded<u128, Arc<KeyEntry>>,
    by_id: Sharded<ApiKeyId, Arc<KeyEntry>>,
    plans: Sharded<UsagePlanId, Arc<Plan>>,
}

/// A key, and the plans that it is in.
#[derive(Debug)]
pub struct KeyEntry {
    pub(crate) id: Box<str>,
    digest: u128,
    /// None before the first call.
    facts: OnceLock<Arc<ApiKeyFacts>>,
    enabled: bool,
    subscriptions: Box<[Subscription]>,
}

/// A key in a plan.
#[derive(Debug)]
pub(crate) struct Subscription {
    plan: Arc<Plan>,
    /// None before the first call.
    counters: OnceLock<Counters>,
}

/// What a key has called in a plan.
#[derive(Debug)]
pub(crate) struct Counters {
    pub(crate) meter: Arc<Meter>,
    /// For all stages of the plan together; none before the plan first limits a call.
    bucket: OnceLock<Arc<Bucket>>,
    /// Of methods that the plan limits by themselves; grows with each that is called, which the plan bounds.
    methods: ArcSwap<Vec<MethodBucket>>,
}

#[derive(Debug, Clone)]
struct MethodBucket {
    api: ApiId,
    stage: StageName,
    method: Box<str>,
    bucket: Arc<Bucket>,
}

/// A usage plan, whose terms may change.
#[derive(Debug)]
pub struct Plan {
    id: Arc<PlanId>,
    terms: ArcSwap<PlanTerms>,
}

/// What a plan says at this moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanTerms {
    /// Of each key, over all stages.
    pub throttle: Option<Rate>,
    pub quota: Option<Quota>,
    pub stages: Vec<PlanStage>,
}

/// A stage that the keys of a plan open.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanStage {
    pub api: ApiId,
    pub stage: StageName,
    /// `/pets/GET` → how fast each key may call it.
    pub methods: Vec<(Box<str>, Rate)>,
}

/// A token bucket's limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    pub limit: Limit,
    /// As AWS's lines show them.
    pub rate: f64,
    pub burst: u32,
}

impl Rate {
    /// `rate` calls a second, `burst` at once; zero of either lets nothing pass.
    #[must_use]
    pub fn new(rate: f64, burst: u32) -> Self {
        Self { limit: Limit::new(rate, burst), rate, burst }
    }
}

impl UsageKeys {
    /// `digest` makes the digests of keys' values.
    pub(crate) fn new(digest: impl Fn(&str) -> u128 + Send + Sync + 'static) -> Self {
        Self { digests: Arc::new(Digests::new(digest)), scopes: Mutex::default() }
    }

    /// Those of an account in one region.
    #[must_use]
    pub fn scope(&self, scope: &Scope) -> Arc<ScopeKeys> {
        let mut scopes = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(ScopeKeys::new(Arc::clone(&self.digests)));
        Arc::clone(scopes.entry(scope.clone()).or_insert_with(made))
    }

    /// Every account and region that was asked for.
    #[must_use]
    pub fn scopes(&self) -> Vec<(Scope, Arc<ScopeKeys>)> {
        let scopes = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.iter().map(|(scope, keys)| (scope.clone(), Arc::clone(keys))).collect()
    }
}

impl ScopeKeys {
    fn new(digests: Arc<Digests>) -> Self {
        let (by_digest, by_id, plans) = Default::default();
        Self { digests, by_digest, by_id, plans }
    }

    /// The key with a value. Takes no lock, and as long for one that nearly exists as for any other.
    pub(crate) fn find(&self, value: &str) -> Option<(Arc<KeyEntry>, Arc<ApiKeyFacts>)> {
        let (digest, remembered) = self.digests.of(value);
        let entry = self.by_digest.get(&digest)?;
        if !remembered {
            self.digests.remember(value, digest);
        }
        let made = || Arc::new(ApiKeyFacts { id: entry.id.clone(), value: value.into() });
        let facts = Arc::clone(entry.facts.get_or_init(made));
        Some((entry, facts))
    }

    /// What stands for a value.
    #[must_use]
    pub fn digest(&self, value: &str) -> u128 {
        self.digests.of(value).0
    }

    /// The key with an id.
    #[must_use]
    pub fn key(&self, id: &ApiKeyId) -> Option<Arc<KeyEntry>> {
        self.by_id.get(id)
    }

    /// Sets keys; plans they are in must be known.
    pub fn set_keys(&self, entries: impl IntoIterator<Item = (ApiKeyId, KeyEntry)>) {
        let entries: Vec<_> = entries.into_iter().map(|(id, entry)| (id, Arc::new(entry))).collect();
        let before = entries
            .iter()
            .filter_map(|(id, entry)| self.by_id.get(id).filter(|before| before.digest != entry.digest));
        self.forget_values(before);
        self.by_digest.extend(entries.iter().map(|(_, entry)| (entry.digest, Arc::clone(entry))));
        self.by_id.extend(entries);
    }

    /// Forgets keys.
    pub fn remove_keys(&self, ids: &[ApiKeyId]) {
        self.forget_values(ids.iter().filter_map(|id| self.by_id.get(id)));
        self.by_id.remove_all(ids.iter().cloned());
    }

    /// A later key may have such a value by now.
    fn forget_values(&self, entries: impl Iterator<Item = Arc<KeyEntry>>) {
        let is_its = |entry: &Arc<KeyEntry>| {
            self.by_digest.get(&entry.digest).is_some_and(|known| known.id == entry.id)
        };
        self.by_digest.remove_all(entries.filter(is_its).map(|entry| entry.digest));
    }

    /// Forgets the keys and plans that are none of these.
    pub fn retain(&self, is_key: impl Fn(&ApiKeyId) -> bool, is_plan: impl Fn(&UsagePlanId) -> bool) {
        let gone: Vec<_> = self.by_id.entries().map(|(id, _)| id).filter(|id| !is_key(id)).collect();
        self.remove_keys(&gone);
        let gone = self.plans.entries().filter(|(id, _)| !is_plan(id));
        gone.for_each(|(id, _)| self.remove_plan(&id));
    }

    /// A plan.
    #[must_use]
    pub fn plan(&self, id: &UsagePlanId) -> Option<Arc<Plan>> {
        self.plans.get(id)
    }

    /// Sets what a plan says; its keys see it at once.
    pub fn set_plan(&self, scope: &Scope, id: &UsagePlanId, terms: PlanTerms) {
        match self.plans.get(id) {
            Some(plan) => plan.terms.store(Arc::new(terms)),
            None => self.plans.insert(id, &Arc::new(Plan::new(scope, id, terms))),
        }
    }

    /// Forgets a plan: keys that are still in it open nothing by it.
    pub fn remove_plan(&self, id: &UsagePlanId) {
        if let Some(plan) = self.plans.get(id) {
            plan.terms.store(Arc::default());
            self.plans.remove(id);
        }
    }
}

impl Plan {
    fn new(scope: &Scope, id: &UsagePlanId, terms: PlanTerms) -> Self {
        let id = Arc::new(PlanId { scope: scope.clone(), plan: id.as_str().into() });
        Self { id, terms: ArcSwap::from_pointee(terms) }
    }

    /// Its id, for those who count.
    #[must_use]
    pub fn id(&self) -> &Arc<PlanId> {
        &self.id
    }
}

impl KeyEntry {
    /// A key in these plans; `digest` is what [`ScopeKeys::digest`] makes of its value.
    #[must_use]
    pub fn new(
        id: &ApiKeyId,
        digest: u128,
        enabled: bool,
        plans: impl IntoIterator<Item = Arc<Plan>>,
    ) -> Self {
        let subscription = |plan| Subscription { plan, counters: OnceLock::new() };
        Self {
            id: id.as_str().into(),
            digest,
            facts: OnceLock::new(),
            enabled,
            subscriptions: plans.into_iter().map(subscription).collect(),
        }
    }

    /// Whether it opens anything.
    pub(crate) fn is_enabled(&self) -> bool {
        self.enabled
    }
}

/// A key's place in the plan that opens a stage to it. Plans of one key never name the same stage.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) entry: Arc<KeyEntry>,
    pub(crate) facts: Arc<ApiKeyFacts>,
    pub(crate) terms: Arc<PlanTerms>,
    subscription: usize,
    stage: usize,
}

impl Opened {
    /// The plan that opens the program's stage; none: no plan does.
    pub(crate) fn find(entry: Arc<KeyEntry>, facts: Arc<ApiKeyFacts>, program: &Program) -> Option<Self> {
        let (api, name) = (&program.deployment.api_id, &program.stage.name);
        for (subscription, known) in entry.subscriptions.iter().enumerate() {
            let terms = known.plan.terms.load();
            let stage = terms.stages.iter().position(|it| it.api == *api && it.stage == *name);
            if let Some(stage) = stage {
                let terms = Arc::clone(&terms);
                return Some(Self { entry, facts, terms, subscription, stage });
            }
        }
        None
    }

    pub(crate) fn plan(&self) -> &PlanId {
        &self.subscription().plan.id
    }

    pub(crate) fn counters(&self, shared: &Shared) -> &Counters {
        let Subscription { plan, counters } = self.subscription();
        counters.get_or_init(|| {
            let meter = shared.meter(&plan.id, &self.entry.id);
            Counters { meter, bucket: OnceLock::new(), methods: ArcSwap::default() }
        })
    }

    /// The bucket of the plan's own limit.
    pub(crate) fn bucket(&self, shared: &Shared) -> &Bucket {
        self.counters(shared).bucket.get_or_init(|| {
            let plan = self.plan();
            shared.bucket(BucketId::plan(&plan.scope, &plan.plan, &self.entry.id))
        })
    }

    /// The limit of one method, if the plan has one; of the verb itself, or of any verb where the method is for any.
    pub(crate) fn method(
        &self,
        resource: &ResourcePlan,
        verb: &Method,
        defined: &str,
    ) -> Option<&(Box<str>, Rate)> {
        let methods = &self.stage().methods;
        let of = |verb: &str| methods.iter().find(|(method, _)| is_method(method, &resource.path, verb));
        if methods.is_empty() { None } else { of(verb.as_str()).or_else(|| of(defined)) }
    }

    /// The bucket of such a limit.
    pub(crate) fn method_bucket(&self, method: &str, shared: &Shared) -> Arc<Bucket> {
        let (PlanStage { api, stage, .. }, counters) = (self.stage(), self.counters(shared));
        let is_it = |it: &MethodBucket| it.api == *api && it.stage == *stage && *it.method == *method;
        if let Some(known) = counters.methods.load().iter().find(|it| is_it(it)) {
            return Arc::clone(&known.bucket);
        }
        let (plan, key) = (self.plan(), &self.entry.id);
        let id = BucketId::plan_method(&plan.scope, &plan.plan, key, api.as_str(), stage.as_str(), method);
        let (method, bucket) = (Box::from(method), shared.bucket(id));
        let made =
            MethodBucket { api: api.clone(), stage: stage.clone(), method, bucket: Arc::clone(&bucket) };
        counters.methods.rcu(|known| {
            let mut known = Vec::clone(known);
            known.push(made.clone());
            known
        });
        bucket
    }

    fn subscription(&self) -> &Subscription {
        &self.entry.subscriptions[self.subscription]
    }

    fn stage(&self) -> &PlanStage {
        &self.terms.stages[self.stage]
    }
}

fn is_method(method: &str, path: &str, verb: &str) -> bool {
    method.strip_prefix(path).and_then(|rest| rest.strip_prefix('/')) == Some(verb)
}
