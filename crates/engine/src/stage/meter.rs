//! Step 4: API keys, throttles and quotas, in AWS's order: the key, its plan's limit of the method, its plan's limit, its quota, the
//! stage's limit of the method, the account's limit.
//!
//! In: a call whose caller may call. Out: [`Ticket`]. A refused call takes nothing from any limit. What cannot be counted
//! refuses.

use std::sync::Arc;

use stagedoor_base::Cause;
use stagedoor_program::{ApiKeySource, AuthorizerContext, Program, Record};
use stagedoor_shared::{Bucket, Count, Limit, Period, Shared, give_back, take};

use super::{Caller, Routed, TestPass};
use crate::Engine;
use crate::keys::{Opened, Rate};
use crate::request::API_KEY;
use crate::serving::Serving;

/// Leave to call the backend once.
#[derive(Debug)]
pub(crate) struct Ticket(());

impl Ticket {
    /// A test counts nowhere.
    pub(super) fn of_test(_: &TestPass) -> Self {
        Self(())
    }
}

/// How far the counting got at once.
#[derive(Debug)]
pub(crate) enum Metered {
    Ticket(Ticket),
    /// The ledger has to be asked about the key's quota first.
    Later(Box<Keyed>),
}

/// A call's key, and what the plan's buckets gave it.
#[derive(Debug)]
pub(crate) struct Keyed {
    opened: Opened,
    /// Of the plan's limit of the method.
    method: Option<(Arc<Bucket>, Rate)>,
}

pub(crate) fn meter(
    engine: &Engine,
    serving: &Serving,
    routed: &Routed<'_>,
    _caller: &Caller,
    record: &mut Record,
) -> Result<Metered, Cause> {
    let Some(source) = routed.method.api_key else {
        return admit(engine, serving, routed, record).map(Metered::Ticket);
    };
    let keyed = Keyed::find(serving, routed, source, record)?;
    keyed.take(engine, serving, routed, record)?;
    let counters = keyed.opened.counters(&serving.shared);
    match counters.meter.count(keyed.opened.terms.quota.as_ref(), record.head.received) {
        Count::Counted => keyed.admit(engine, serving, routed, record).map(Metered::Ticket),
        Count::Exhausted => {
            keyed.give_back(&serving.shared);
            Err(keyed.exhausted(serving))
        }
        Count::Wait => Ok(Metered::Later(Box::new(keyed))),
    }
}

/// Counts a call that had to wait for the ledger.
pub(crate) async fn settle(
    engine: &Engine,
    keyed: Box<Keyed>,
    serving: &Serving,
    routed: &Routed<'_>,
    record: &Record,
) -> Result<Ticket, Cause> {
    let waiting = Waiting { keyed: &keyed, shared: &serving.shared };
    let (meter, quota) = (&keyed.opened.counters(&serving.shared).meter, keyed.opened.terms.quota);
    match meter.reserve(quota.as_ref(), record.head.received).await {
        Ok(true) => {
            waiting.counted();
            keyed.admit(engine, serving, routed, record)
        }
        Ok(false) => Err(keyed.exhausted(serving)),
        Err(failure) => Err(Cause::Internal(failure.to_string())),
    }
}

/// Gives back what the plan's buckets gave, unless the call was counted: its client may leave while it waits.
struct Waiting<'k> {
    keyed: &'k Keyed,
    shared: &'k Shared,
}

impl Waiting<'_> {
    fn counted(self) {
        std::mem::forget(self);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.keyed.give_back(self.shared);
    }
}

/// The limits of the stage and the account.
fn admit(engine: &Engine, serving: &Serving, routed: &Routed<'_>, record: &Record) -> Result<Ticket, Cause> {
    let own = record.route.as_ref().and_then(|route| serving.method(route.method, &record.head.method));
    // Not when the call began: its body or an authorizer may have taken long, and buckets want the time of the question.
    let now = || (engine.ports.elapsed)();
    let taken = match (own, &serving.account) {
        (None, None) => Ok(()),
        (Some(gate), None) | (None, Some(gate)) => take(&[gate.ask()], now()),
        (Some(own), Some(account)) => take(&[own.ask(), account.ask()], now()),
    };
    match (taken, own) {
        (Ok(()), _) => Ok(Ticket(())),
        (Err(0), Some(gate)) => Err(throttled(
            &format!("Key throttle limit exceeded for {}", of_method(routed, record)),
            gate.rate,
        )),
        (Err(_), _) => Err(throttled_account(serving)),
    }
}

fn throttled_account(serving: &Serving) -> Cause {
    let account = &serving.program.deployment.scope.account;
    let rate = serving.account.as_ref().map_or(Rate::new(0.0, 0), |gate| gate.rate);
    throttled(&format!("Account throttle limit exceeded for account {account}"), rate)
}

impl Keyed {
    /// The key that a call carries, once it opens this stage.
    fn find(
        serving: &Serving,
        routed: &Routed<'_>,
        source: ApiKeySource,
        record: &mut Record,
    ) -> Result<Self, Cause> {
        let entry = match source {
            ApiKeySource::Header => record.head.header(&API_KEY).map(|value| serving.keys.find(value)),
            ApiKeySource::Authorizer => said_by_authorizer(record).map(|value| serving.keys.find(value)),
        };
        let refused = |reason: &str| Cause::InvalidApiKey(reason.into());
        let entry = entry.ok_or_else(|| refused(missing(source)))?;
        let (entry, facts) = entry.ok_or_else(|| refused("no API key has this value"))?;
        if !entry.is_enabled() {
            return Err(Cause::InvalidApiKey(format!("the API key {} is not enabled", facts.id).into()));
        }
        let opened = Opened::find(entry, Arc::clone(&facts), routed.program).ok_or_else(|| {
            let stage = of_stage(routed.program);
            Cause::InvalidApiKey(
                format!("no usage plan of the API key {} has the stage {stage}", facts.id).into(),
            )
        })?;
        record.api_key = Some(facts);
        let method = opened.method(routed.resource, &record.head.method, routed.method.verb.as_str());
        let method = method.map(|(name, rate)| (opened.method_bucket(name, &serving.shared), *rate));
        Ok(Self { opened, method })
    }

    /// Takes from the plan's buckets.
    fn take(
        &self,
        engine: &Engine,
        serving: &Serving,
        routed: &Routed<'_>,
        record: &Record,
    ) -> Result<(), Cause> {
        self.asks(&serving.shared, |asks, rates| match take(asks, (engine.ports.elapsed)()) {
            Ok(()) => Ok(()),
            Err(at) => Err(self.throttled(rates[at], routed, record)),
        })
    }

    fn admit(
        &self,
        engine: &Engine,
        serving: &Serving,
        routed: &Routed<'_>,
        record: &Record,
    ) -> Result<Ticket, Cause> {
        admit(engine, serving, routed, record).inspect_err(|_| {
            self.give_back(&serving.shared);
            self.opened.counters(&serving.shared).meter.give_back(record.head.received);
        })
    }

    /// Gives back to the plan's buckets.
    fn give_back(&self, shared: &Shared) {
        self.asks(shared, |asks, _| give_back(asks));
    }

    fn exhausted(&self, serving: &Serving) -> Cause {
        let stage = of_stage(&serving.program);
        let (key, plan) = (self.opened.facts.masked(), &self.opened.plan().plan);
        let limit = self
            .opened
            .terms
            .quota
            .map(|quota| format!(" Limit: {} Period: {}", quota.limit, period(quota.period)));
        Cause::QuotaExceeded(
            format!(
                "API Key {key} exceeded quota limit for API Stage {stage}: Key quota exhausted for Usage Plan ID {plan}.{}",
                limit.unwrap_or_default()
            )
            .into(),
        )
    }

    /// The plan's buckets, the method's first.
    fn asks<T>(&self, shared: &Shared, work: impl FnOnce(&[(&Bucket, Limit)], &[Rate]) -> T) -> T {
        let whole = self.opened.terms.throttle.map(|rate| (self.opened.bucket(shared), rate));
        let own = self.method.as_ref().map(|(bucket, rate)| (&**bucket, *rate));
        match (own, whole) {
            (None, None) => work(&[], &[]),
            (Some((bucket, rate)), None) | (None, Some((bucket, rate))) => {
                work(&[(bucket, rate.limit)], &[rate])
            }
            (Some((own, first)), Some((bucket, second))) => {
                work(&[(own, first.limit), (bucket, second.limit)], &[first, second])
            }
        }
    }

    fn throttled(&self, rate: Rate, routed: &Routed<'_>, record: &Record) -> Cause {
        let (key, plan) = (self.opened.facts.masked(), &self.opened.plan().plan);
        let (stage, method) = (of_stage(routed.program), of_method(routed, record));
        throttled(
            &format!(
                "API Key {key} exceeded throttle limit for API Stage {stage}: Key throttle limit exceeded for Usage Plan ID \
                 {plan}, {method}"
            ),
            rate,
        )
    }
}

fn period(period: Period) -> &'static str {
    match period {
        Period::Day => "DAY",
        Period::Week => "WEEK",
        Period::Month => "MONTH",
    }
}

fn missing(source: ApiKeySource) -> &'static str {
    match source {
        ApiKeySource::Header => "the call has no x-api-key header",
        ApiKeySource::Authorizer => "the method's authorizer gave no usageIdentifierKey",
    }
}

fn said_by_authorizer(record: &Record) -> Option<&str> {
    match record.caller.as_ref()?.authorizer.as_ref()? {
        AuthorizerContext::Lambda(said) => said.usage_identifier_key.as_deref(),
        AuthorizerContext::Claims(_) => None,
    }
}

fn throttled(what: &str, rate: Rate) -> Cause {
    Cause::Throttled(format!("{what}. Limit: {:.2} Burst: {}", rate.rate, rate.burst).into())
}

fn of_stage(program: &Program) -> String {
    format!("{}/{}", program.deployment.api_id, program.stage.name)
}

fn of_method(routed: &Routed<'_>, record: &Record) -> String {
    let (api, stage) = (&routed.program.deployment.api_id, &routed.program.stage.name);
    let (resource, verb) = (&routed.resource.id, &record.head.method);
    format!("RestApi {api}, Stage {stage}, Resource {resource}, HttpMethod {verb}")
}
