//! A stage as a node serves it: its program, and the state that outlives every deployment of it.
//!
//! In: a compiled stage, the state that nodes share, the limits of accounts. Out: for each call the program that answers it and
//! the buckets that it asks, found without a look-up. It must not know where stages come from.

use std::sync::Arc;

use http::Method;
use stagedoor_base::{AccountThrottle, AccountThrottles, Limits};
use stagedoor_program::{CacheSetting, HttpMethod, Program, Throttle};
use stagedoor_shared::cache::{Cluster, ClusterId};
use stagedoor_shared::{Bucket, BucketId, Limit, Shared};

use crate::Directory;
use crate::keys::{Rate, ScopeKeys};

/// One stage of one API, with its canary.
#[derive(Debug)]
pub struct Serving {
    pub(crate) program: Arc<Program>,
    pub(crate) shared: Arc<Shared>,
    /// Of the API's account and region.
    pub(crate) keys: Arc<ScopeKeys>,
    /// None: the account has no limit.
    pub(crate) account: Option<Gate>,
    /// By method of the program.
    methods: Box<[MethodGates]>,
    /// None: no reply is kept.
    pub(crate) caching: Option<Box<Caching>>,
    canary: Option<Canary>,
}

#[derive(Debug)]
struct Canary {
    /// Of a hundred calls; 0.0 to 100.0.
    percent: f64,
    serving: Arc<Serving>,
}

/// A bucket and its limit.
#[derive(Debug)]
pub(crate) struct Gate {
    bucket: Arc<Bucket>,
    pub(crate) rate: Rate,
}

impl Gate {
    /// The question for its token.
    pub(crate) fn ask(&self) -> (&Bucket, Limit) {
        (&self.bucket, self.rate.limit)
    }
}

/// What all stages of a node share.
#[derive(Debug)]
pub struct Grounds {
    pub shared: Arc<Shared>,
    pub directory: Arc<Directory>,
    pub accounts: AccountThrottles,
}

/// What the stage says of a method. None: only the account limits.
#[derive(Debug)]
struct MethodGates {
    all: Option<Gate>,
    /// Of a method for any verb, those with settings of their own.
    verbs: Box<[(Method, Option<Gate>)]>,
}

/// The stage's cache cluster, and what the stage says of each method.
#[derive(Debug)]
pub(crate) struct Caching {
    pub(crate) cluster: Arc<Cluster>,
    /// The largest reply that is kept.
    pub(crate) most_bytes: usize,
    /// By method of the program.
    methods: Box<[MethodCache]>,
}

#[derive(Debug)]
struct MethodCache {
    all: Option<CacheSetting>,
    /// Of a method for any verb, those of which something else is said.
    verbs: Box<[(Method, Option<CacheSetting>)]>,
}

impl Caching {
    /// How replies of a method of the program to calls with this verb are kept.
    pub(crate) fn setting(&self, index: u32, verb: &Method) -> Option<CacheSetting> {
        let method = self.methods.get(index as usize)?;
        method.verbs.iter().find(|(known, _)| known == verb).map_or(method.all, |(_, setting)| *setting)
    }
}

impl Serving {
    /// What a program needs at work. The buckets are those that the stage had before, whatever it was deployed to.
    #[must_use]
    pub fn new(program: Arc<Program>, grounds: &Grounds) -> Arc<Self> {
        let canary = program.canary.as_ref().map(|canary| Canary {
            percent: canary.percent,
            serving: Self::new(Arc::clone(&canary.program), grounds),
        });
        let scope = &program.deployment.scope;
        let account = grounds.accounts.of(&scope.account);
        let maker = Maker { program: &program, shared: &grounds.shared, account };
        let methods = program.deployment.methods();
        let methods = methods.map(|(resource, method)| maker.method(&resource.path, method.verb)).collect();
        let caching = maker.caching().map(Box::new);
        let (shared, keys) = (Arc::clone(&grounds.shared), grounds.directory.keys().scope(scope));
        Arc::new(Self { shared, keys, account: maker.account(), methods, caching, canary, program })
    }

    /// Its program; canaries have another one.
    #[must_use]
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// What answers one call: this, or the canary as `chance` decides, a number from 0 up to, not including, 1. Calls are
    /// independent of each other, as on AWS.
    #[must_use]
    pub(crate) fn pick(self: Arc<Self>, chance: impl FnOnce() -> f64) -> Arc<Self> {
        match &self.canary {
            Some(canary) if chance() * 100.0 < canary.percent => Arc::clone(&canary.serving),
            _ => self,
        }
    }

    /// The bucket of a method of the program, for calls with this verb.
    pub(crate) fn method(&self, index: u32, verb: &Method) -> Option<&Gate> {
        let gates = self.methods.get(index as usize)?;
        match gates.verbs.iter().find(|(known, _)| known == verb) {
            Some((_, gate)) => gate.as_ref(),
            None => gates.all.as_ref(),
        }
    }
}

struct Maker<'m> {
    program: &'m Program,
    shared: &'m Shared,
    account: Option<AccountThrottle>,
}

impl Maker<'_> {
    fn account(&self) -> Option<Gate> {
        let AccountThrottle { rate, burst } = self.account?;
        Some(self.gate(BucketId::account(&self.program.deployment.scope), rate, burst))
    }

    /// AWS limits each method by itself, also where the setting is the one of all methods.
    fn method(&self, path: &str, verb: HttpMethod) -> MethodGates {
        let settings = &self.program.stage.methods;
        let made = |verb: &str, throttle| self.stage(path, verb, throttle);
        let all = settings.find(path, verb).and_then(|setting| setting.throttle);
        let verbs = settings.verbs(path).filter(|_| verb == HttpMethod::Any);
        let verbs = verbs.filter_map(|(verb, setting)| {
            let method = Method::from_bytes(verb.as_bytes()).ok()?;
            Some((method, setting.throttle.map(|throttle| made(verb, throttle))))
        });
        MethodGates { verbs: verbs.collect(), all: all.map(|throttle| made(verb.as_str(), throttle)) }
    }

    /// A stage's cluster is there as long as the stage wants one, whatever it is deployed to.
    fn caching(&self) -> Option<Caching> {
        let Program { deployment, stage, .. } = self.program;
        let (api, name) = (deployment.api_id.clone(), stage.name.clone());
        let id = ClusterId { scope: deployment.scope.clone(), api, stage: name };
        let Some(capacity) = stage.cache_bytes else {
            // A canary may do without what the stage itself has.
            if stage.is_canary != Some(true) {
                self.shared.caches().remove(&id);
            }
            return None;
        };
        let methods = deployment.methods().map(|(resource, method)| self.cache(&resource.path, method.verb));
        Some(Caching {
            cluster: self.shared.caches().cluster(&id, capacity),
            most_bytes: Limits::default().cache_entry_bytes,
            methods: methods.collect(),
        })
    }

    fn cache(&self, path: &str, verb: HttpMethod) -> MethodCache {
        let settings = &self.program.stage.methods;
        let own = settings.verbs(path).filter(|(name, _)| verb == HttpMethod::Any && *name != "ANY");
        let own = own
            .filter_map(|(name, setting)| Some((Method::from_bytes(name.as_bytes()).ok()?, setting.cache)));
        let mut verbs: Vec<_> = own.collect();
        let said = |verb| settings.has_own(path, verb);
        if verb == HttpMethod::Any && !said(HttpMethod::Any) && !said(HttpMethod::Get) {
            verbs.push((Method::GET, settings.cache(path, HttpMethod::Get)));
        }
        MethodCache { all: settings.cache(path, verb), verbs: verbs.into() }
    }

    fn stage(&self, path: &str, verb: &str, throttle: Throttle) -> Gate {
        let whole = self.account.unwrap_or_default();
        let deployment = &self.program.deployment;
        let (api, stage) = (deployment.api_id.as_str(), self.program.stage.name.as_str());
        let id = BucketId::stage(&deployment.scope, api, stage, &format!("{path}/{verb}"));
        self.gate(id, throttle.rate.unwrap_or(whole.rate), throttle.burst.unwrap_or(whole.burst))
    }

    fn gate(&self, id: BucketId, rate: f64, burst: u32) -> Gate {
        Gate { bucket: self.shared.bucket(id), rate: Rate::new(rate, burst) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use stagedoor_base::{AccountId, Entropy, Scope, Timestamp};
    use stagedoor_model::{ApiTree, RestApi, Snapshot};

    use stagedoor_program::{Canary, Program, StageView, compile};
    use stagedoor_shared::{Ledger, Shared};

    use super::{AccountThrottles, Grounds, Serving};

    fn stage(percent: f64) -> Arc<Serving> {
        let scope = Scope { account: AccountId::from("000000000000"), region: "r".into() };
        let tree = ApiTree::bare(RestApi::unnamed("api".into(), "root".into(), Timestamp(0)));
        let (deployment, _) = compile(&scope, &"d".into(), &Snapshot { tree });
        let view = Arc::new(StageView::bare("dev".into()));
        let program = Program::of(Arc::new(deployment), view);
        let canary = Program::of(Arc::clone(&program.deployment), Arc::clone(&program.stage));
        let program = Program { canary: Some(Canary { percent, program: Arc::new(canary) }), ..program };
        let shared = Arc::new(Shared::start(Ledger::in_memory()).unwrap());
        let grounds = Grounds {
            shared,
            directory: Arc::new(crate::Directory::new(|_| 0)),
            accounts: AccountThrottles::off(),
        };
        Serving::new(Arc::new(program), &grounds)
    }

    /// Whether the canary answers for this outcome of the coin.
    fn is_canary(percent: f64, chance: f64) -> bool {
        stage(percent).pick(|| chance).canary.is_none()
    }

    #[test]
    fn the_bounds_are_exact() {
        const NEARLY_ONE: f64 = 1.0 - f64::EPSILON / 2.0;
        for (percent, chance, expected) in [
            (0.0, 0.0, false),
            (100.0, NEARLY_ONE, true),
            (50.0, 0.499_999, true),
            (50.0, 0.5, false),
            (0.1, 0.000_999, true),
            (0.1, 0.001, false),
        ] {
            assert_eq!(is_canary(percent, chance), expected, "{percent} {chance}");
        }
    }

    #[test]
    fn calls_are_split_in_the_ratio() {
        let mut entropy = Entropy::new([11, 22, 33, 44]);
        const CALLS: u32 = 100_000;
        for percent in [0.5, 12.5, 50.0, 99.0] {
            let serving = stage(percent);
            let mut canaries = 0_u32;
            for _ in 0..CALLS {
                let chance = (entropy.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
                canaries += u32::from(Arc::clone(&serving).pick(|| chance).canary.is_none());
            }
            let (share, total) = (percent / 100.0, f64::from(CALLS));
            let deviation = (total * share * (1.0 - share)).sqrt();
            let distance = (f64::from(canaries) - total * share).abs() / deviation;
            assert!(distance < 4.0, "{percent} %: {canaries} of {CALLS}, {distance} standard deviations off");
        }
    }
}
