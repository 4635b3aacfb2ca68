//! Shared state on a ledger that outlives it, can be held up and can fail.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use stagedoor_base::{Scope, Timestamp};
use stagedoor_shared::{Count, Ledger, LedgerError, Meter, PlanId, Quota, Shared};

pub(crate) struct House {
    pub(crate) ledger: Arc<Kept>,
    pub(crate) shared: Shared,
    runtime: tokio::runtime::Runtime,
}

/// A ledger that stays when the state on it goes.
pub(crate) struct Kept {
    ledger: Ledger,
    pub(crate) fails: AtomicBool,
    pub(crate) writes: AtomicUsize,
    /// Held: writes wait.
    pub(crate) gate: Mutex<()>,
}

impl Kept {
    fn check(&self) -> Result<(), LedgerError> {
        match self.fails.load(Ordering::SeqCst) {
            true => Err(LedgerError("the disk is full".to_owned())),
            false => Ok(()),
        }
    }

    fn ports(self: &Arc<Self>) -> Ledger {
        let (reading, writing, forgetting) = (Arc::clone(self), Arc::clone(self), Arc::clone(self));
        Ledger {
            read: Box::new(move |spans| {
                reading.check()?;
                (reading.ledger.read)(spans)
            }),
            write: Box::new(move |rows| {
                drop(writing.gate.lock().unwrap());
                writing.check()?;
                writing.writes.fetch_add(1, Ordering::SeqCst);
                (writing.ledger.write)(rows)
            }),
            forget: Box::new(move |forgotten| {
                forgetting.check()?;
                (forgetting.ledger.forget)(forgotten)
            }),
        }
    }
}

impl House {
    pub(crate) fn new() -> Self {
        let kept = Kept {
            ledger: Ledger::in_memory(),
            fails: AtomicBool::new(false),
            writes: AtomicUsize::new(0),
            gate: Mutex::default(),
        };
        Self::on(Arc::new(kept))
    }

    pub(crate) fn on(ledger: Arc<Kept>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { shared: Shared::start(ledger.ports()).unwrap(), ledger, runtime }
    }

    /// Ends without a word, as a killed process does, and begins again.
    pub(crate) fn crash(self) -> Self {
        let Self { ledger, shared, .. } = self;
        std::mem::forget(shared);
        Self::on(ledger)
    }

    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub(crate) fn meter(&self, plan: &str, key: &str) -> Arc<Meter> {
        self.shared.meter(&Arc::new(plan_id(plan)), key)
    }

    /// One call: whether it passes.
    pub(crate) fn call(&self, meter: &Arc<Meter>, quota: Option<&Quota>, now: Timestamp) -> bool {
        self.try_call(meter, quota, now).unwrap()
    }

    pub(crate) fn try_call(
        &self,
        meter: &Arc<Meter>,
        quota: Option<&Quota>,
        now: Timestamp,
    ) -> Result<bool, LedgerError> {
        match meter.count(quota, now) {
            Count::Counted => Ok(true),
            Count::Exhausted => Ok(false),
            Count::Wait => self.wait(meter.reserve(quota, now)),
        }
    }

    /// How many of these calls pass.
    pub(crate) fn calls(&self, count: u64, meter: &Arc<Meter>, quota: Option<&Quota>, now: Timestamp) -> u64 {
        (0..count).filter(|_| self.call(meter, quota, now)).count() as u64
    }
}

pub(crate) fn scope() -> Scope {
    Scope { account: "000000000000".into(), region: "eu-west-1".into() }
}

pub(crate) fn plan_id(plan: &str) -> PlanId {
    PlanId { scope: scope(), plan: plan.into() }
}
