//! Quotas: how many calls a key has in a usage plan, counted per UTC day and enforced per period.
//!
//! In: who calls under which quota, and the moment. Out: whether the call counts, and what was used. A count is reserved
//! ahead, in leases, from a ledger that outlives the process: a crash can only make it too high, by one lease at most. It
//! must not know where the ledger is kept, or what a key opens.

mod book;
mod desk;
mod ledger;
mod meter;

pub(crate) use desk::{Desk, Grant, UsageQuestion};
pub use ledger::{Forgotten, Ledger, Span, UsageRow};
pub use meter::Meter;
pub use stagedoor_base::{Day, Period};

use std::sync::Arc;

use stagedoor_base::Scope;

/// A usage plan, by its id, in its account and region.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlanId {
    pub scope: Scope,
    pub plan: Box<str>,
}

/// A key in a usage plan: what is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    pub plan: Arc<PlanId>,
    /// The key's id.
    pub key: Arc<str>,
}

/// What a usage plan allows each of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    pub limit: u64,
    pub period: Period,
    /// The day that a week or month begins with: 1 begins a week on Monday, and a month on its second.
    pub offset: u8,
}

/// Whether a call is within its quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// It is, and was counted.
    Counted,
    /// The period's calls are used up.
    Exhausted,
    /// Unknown before the ledger was asked: [`Meter::reserve`](crate::Meter::reserve) does.
    Wait,
}

/// The ledger could not be asked, so nothing may be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("usage cannot be counted: {0}")]
pub struct LedgerError(pub String);
