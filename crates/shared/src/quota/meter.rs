//! One key in one plan, as calls see it: what is left of its lease, in one atomic.
//!
//! In: a quota and the moment, by call. Out: counted, exhausted, or ask the desk. It must not know the ledger.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use stagedoor_base::Timestamp;
use tokio::sync::oneshot;

use super::book::Book;
use super::desk::{Ask, Request};
use super::{Count, Day, LedgerError, Period, Quota, Subject};
use crate::registry::Named;

/// The calls of one key in one usage plan.
#[derive(Debug)]
pub struct Meter {
    subject: Subject,
    desk: Sender<Ask>,
    lease: AtomicU64,
    /// The quota that the lease was reserved under.
    terms: AtomicU64,
    /// The lease is renewed when no more than this is left of it.
    low: AtomicU32,
    renewing: AtomicBool,
    /// The desk's own notes; nobody else locks them.
    book: Mutex<Book>,
}

impl Named for Meter {
    type Name = Subject;

    fn name(&self) -> &Subject {
        &self.subject
    }
}

impl Meter {
    pub(super) fn new(subject: Subject, desk: Sender<Ask>) -> Self {
        Self {
            subject,
            desk,
            lease: AtomicU64::new(Lease::NONE.pack()),
            terms: AtomicU64::new(0),
            low: AtomicU32::new(0),
            renewing: AtomicBool::new(false),
            book: Mutex::default(),
        }
    }

    /// Whose calls these are.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Counts a call, at once when a lease is there. Without a quota every call counts and none is refused.
    pub fn count(self: &Arc<Self>, quota: Option<&Quota>, now: Timestamp) -> Count {
        let (terms, today) = (terms(quota), Day::from(now));
        if self.terms.load(Ordering::Acquire) != terms {
            return Count::Wait;
        }
        let taken = self.lease.fetch_update(Ordering::AcqRel, Ordering::Acquire, |seen| {
            let lease = Lease::unpack(seen);
            (lease.is_for(today) && lease.left > 0).then(|| Lease { left: lease.left - 1, ..lease }.pack())
        });
        match taken.map(Lease::unpack) {
            Ok(before) => {
                if before.left <= u64::from(self.low.load(Ordering::Relaxed)) + 1 && !before.is_last {
                    self.renew(quota, now);
                }
                Count::Counted
            }
            Err(seen) => match Lease::unpack(seen) {
                lease if lease.is_for(today) && lease.is_last => Count::Exhausted,
                _ => Count::Wait,
            },
        }
    }

    /// Counts a call for which [`Meter::count`] said that it must wait: whether it is within its quota. All who wait are
    /// served by one reservation. Giving up on the answer counts nothing.
    ///
    /// # Errors
    /// [`LedgerError`] when the ledger fails: the call must not pass.
    pub async fn reserve(
        self: &Arc<Self>,
        quota: Option<&Quota>,
        now: Timestamp,
    ) -> Result<bool, LedgerError> {
        let (answer, asked) = oneshot::channel();
        let mut waiting = Waiting { meter: self, asked, now };
        self.ask(quota, now, Some(answer));
        let answered = (&mut waiting.asked).await;
        answered.unwrap_or_else(|_| Err(LedgerError("the ledger is closed".to_owned())))
    }

    /// Takes a counted call back, one that is refused after all. At the end of a day it may stay counted, when the next
    /// day's calls have begun meanwhile.
    pub fn give_back(&self, now: Timestamp) {
        self.return_one(Day::from(now));
    }

    /// Adds one to the lease of this day, if that is still the one.
    pub(super) fn return_one(&self, today: Day) {
        let _ = self.lease.fetch_update(Ordering::AcqRel, Ordering::Acquire, |seen| {
            let lease = Lease::unpack(seen);
            // A call of yesterday that was counted as today's cannot be told from one that was not.
            (lease.day == today.0).then(|| Lease { left: lease.left + 1, ..lease }.pack())
        });
    }

    fn renew(self: &Arc<Self>, quota: Option<&Quota>, now: Timestamp) {
        if !self.renewing.swap(true, Ordering::AcqRel) {
            self.ask(quota, now, None);
        }
    }

    fn ask(self: &Arc<Self>, quota: Option<&Quota>, now: Timestamp, answer: Option<Answer>) {
        let request = Request { meter: Arc::clone(self), quota: quota.copied(), now, answer };
        // A closed desk drops the request, and with it the answer that is waited for.
        let _ = self.desk.send(Ask::Reserve(request));
    }
}

/// What the desk does to a meter.
impl Meter {
    pub(super) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the next call ask for a renewal again.
    pub(super) fn renewed(&self) {
        self.renewing.store(false, Ordering::Release);
    }

    /// Takes what is left of the lease away, so that calls have to ask. Its day stays, for calls that are given back.
    pub(super) fn take_lease(&self) -> u64 {
        let emptied = |seen| Some(Lease { left: 0, is_last: false, ..Lease::unpack(seen) }.pack());
        let seen = self.lease.fetch_update(Ordering::AcqRel, Ordering::Acquire, emptied);
        seen.map_or(0, |seen| Lease::unpack(seen).left)
    }

    /// What calls may still take without asking.
    pub(super) fn left(&self) -> u64 {
        Lease::unpack(self.lease.load(Ordering::Acquire)).left
    }

    /// The terms of the lease.
    pub(super) fn terms(&self) -> u64 {
        self.terms.load(Ordering::Acquire)
    }

    /// Adds to what is left. `is_last`: there is no more to come under these terms.
    pub(super) fn lend(&self, loan: Loan) {
        let Loan { day, terms, count, is_last, low } = loan;
        self.low.store(low, Ordering::Relaxed);
        self.terms.store(terms, Ordering::Release);
        let _ = self.lease.fetch_update(Ordering::AcqRel, Ordering::Acquire, |seen| {
            let seen = Lease::unpack(seen);
            // What was given back to another day was not reserved for this one.
            let left = if seen.day == day.0 { seen.left } else { 0 };
            Some(Lease { day: day.0, is_last, left: left + count }.pack())
        });
    }

    /// Takes one from the lease, as a call does.
    pub(super) fn take_one(&self) -> bool {
        let one = |seen| {
            let lease = Lease::unpack(seen);
            (lease.left > 0).then(|| Lease { left: lease.left - 1, ..lease }.pack())
        };
        self.lease.fetch_update(Ordering::AcqRel, Ordering::Acquire, one).is_ok()
    }
}

/// A call that waits for the desk. One that leaves with the answer on its way takes its count back.
struct Waiting<'m> {
    meter: &'m Meter,
    asked: oneshot::Receiver<Result<bool, LedgerError>>,
    now: Timestamp,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.asked.close();
        // Nothing comes any more after an answer was taken.
        if self.asked.try_recv() == Ok(Ok(true)) {
            self.meter.give_back(self.now);
        }
    }
}

/// Tells who waits whether the call counted.
pub(super) type Answer = oneshot::Sender<Result<bool, LedgerError>>;

/// What the desk adds to a lease.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loan {
    pub(super) day: Day,
    pub(super) terms: u64,
    pub(super) count: u64,
    pub(super) is_last: bool,
    pub(super) low: u32,
}

/// A lease in 64 bits: 23 for the day, one for whether more may come, 40 for the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lease {
    day: u32,
    is_last: bool,
    left: u64,
}

impl Lease {
    const NONE: Self = Self { day: 0, is_last: false, left: 0 };
    const LEFT: u32 = 40;

    fn pack(self) -> u64 {
        let (day, is_last) = (u64::from(self.day), u64::from(self.is_last));
        (day << (Self::LEFT + 1)) | (is_last << Self::LEFT) | self.left.min((1 << Self::LEFT) - 1)
    }

    fn unpack(packed: u64) -> Self {
        let (day, left) = ((packed >> (Self::LEFT + 1)) as u32, packed & ((1 << Self::LEFT) - 1));
        Self { day, is_last: packed >> Self::LEFT & 1 == 1, left }
    }

    /// A call that came in just before midnight may count on the day that others have begun.
    fn is_for(self, today: Day) -> bool {
        self.day == today.0 || self.day == today.next().0
    }
}

/// A quota in one word; zero for none, and no quota is zero.
pub(super) fn terms(quota: Option<&Quota>) -> u64 {
    quota.map_or(NO_QUOTA, |Quota { limit, period, offset }| {
        let period = match period {
            Period::Day => 1,
            Period::Week => 2,
            Period::Month => 3,
        };
        (*limit).min((1 << 56) - 1) << 8 | u64::from(offset & 31) << 3 | period
    })
}

/// The terms of a plan without a quota; no quota has them, and no meter begins with them.
const NO_QUOTA: u64 = 4;

#[cfg(test)]
mod tests {
    use super::{Lease, terms};
    use crate::{Period, Quota};

    #[test]
    fn a_lease_survives_packing() {
        for day in [0, 1, 20_780, (1 << 23) - 1] {
            for left in [0, 1, 10_000, (1 << 40) - 1] {
                for is_last in [false, true] {
                    let lease = Lease { day, is_last, left };
                    assert_eq!(Lease::unpack(lease.pack()), lease);
                }
            }
        }
    }

    #[test]
    fn other_quotas_have_other_terms() {
        let mut known = std::collections::HashSet::from([0, terms(None)]);
        for period in [Period::Day, Period::Week, Period::Month] {
            for offset in 0..28 {
                for limit in [0, 1, 10, u64::from(u32::MAX)] {
                    assert!(known.insert(terms(Some(&Quota { limit, period, offset }))));
                }
            }
        }
    }
}
