//! What counts are kept in: rows that outlive the process.
//!
//! In: rows of a subject's days. Out: the same. All functions block; only the desk calls them, one at a time. It must not
//! know quotas.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Day, LedgerError, PlanId, Subject};

/// What is kept of one subject's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageRow {
    pub day: Day,
    /// Calls, those included that are only reserved.
    pub used: u64,
    /// Calls granted on that day beyond the quota; fewer than none when some were taken away.
    pub granted: i64,
}

/// Days of a subject, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub subject: Subject,
    pub from: Day,
    pub to: Day,
}

/// What is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    Subject(Subject),
    Plan(PlanId),
    Everything,
}

type Read = dyn Fn(&[Span]) -> Result<Vec<Vec<UsageRow>>, LedgerError> + Send + Sync;
type Write = dyn Fn(&[(Subject, UsageRow)]) -> Result<(), LedgerError> + Send + Sync;
type Forget = dyn Fn(&Forgotten) -> Result<(), LedgerError> + Send + Sync;

/// The ledger's functions.
pub struct Ledger {
    /// The rows of each span in the order of days; days without a row are left out.
    pub read: Box<Read>,
    /// Puts these rows in the place of those of the same subjects and days, all or none, durable when it returns.
    pub write: Box<Write>,
    /// Removes rows.
    pub forget: Box<Forget>,
}

impl Ledger {
    /// A ledger that ends with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        let rows = Arc::<Mutex<BTreeMap<(Subject, Day), UsageRow>>>::default();
        let (reading, writing) = (Arc::clone(&rows), Arc::clone(&rows));
        Self {
            read: Box::new(move |spans| {
                let rows = lock(&reading);
                let rows = |Span { subject, from, to }: &Span| {
                    let ends = (subject.clone(), *from)..=(subject.clone(), *to);
                    rows.range(ends).map(|(_, row)| *row).collect()
                };
                Ok(spans.iter().map(rows).collect())
            }),
            write: Box::new(move |entries| {
                let entries = entries.iter().map(|(subject, row)| ((subject.clone(), row.day), *row));
                lock(&writing).extend(entries);
                Ok(())
            }),
            forget: Box::new(move |forgotten| {
                lock(&rows).retain(|(subject, _), _| !forgotten.includes(subject));
                Ok(())
            }),
        }
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").finish_non_exhaustive()
    }
}

impl Forgotten {
    /// Whether this subject is among what is forgotten.
    #[must_use]
    pub fn includes(&self, subject: &Subject) -> bool {
        match self {
            Self::Subject(one) => one == subject,
            Self::Plan(plan) => *plan == *subject.plan,
            Self::Everything => true,
        }
    }
}

fn lock<T>(rows: &Mutex<T>) -> MutexGuard<'_, T> {
    rows.lock().unwrap_or_else(PoisonError::into_inner)
}
