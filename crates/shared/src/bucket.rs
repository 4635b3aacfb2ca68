//! Token buckets: one atomic each, asked together.
//!
//! In: buckets by stable ids, the limits of the moment, and the moment. Out: whether a call passes, or which bucket was
//! empty. A bucket knows no limits: they come with each question, so a changed setting holds from the next call on. It
//! must not know what it limits.
//!
//! A bucket is the moment at which it will be full again (GCRA's theoretical arrival time), in nanoseconds; one that was
//! never asked, or is full again, is no different from a new one, which is why such buckets may be forgotten. It remembers
//! the limit that it was asked with last only because the same moment means another number of calls under another one.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use stagedoor_base::Scope;

use crate::registry::Named;

/// How old the moment may be that a call asks with, in nanoseconds: threads read the clock, and ask a little later. What a
/// bucket owes beyond its limit because others are ahead by less is not forgiven, or who is late would fill it.
const STALE: u64 = 1_000_000_000;
/// The most nanoseconds in which an empty bucket fills: 146 years, so that no sum with a moment is cut off.
const LONGEST: u64 = 1 << 62;
/// In place of a bucket's interval while somebody counts its calls anew.
const COUNTING: u64 = u64::MAX;
/// Between the parts of an id; no id, name or path of AWS's has one.
const BETWEEN: char = '\u{1f}';

/// Names a bucket for good: a new deployment or a changed limit does not make another of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BucketId(Arc<str>);

impl BucketId {
    /// All calls of an account in a region.
    #[must_use]
    pub fn account(scope: &Scope) -> Self {
        Self::of("account", scope, &[])
    }

    /// The calls that one throttle setting of a stage limits; `setting` is its path, such as `*/*` or `~1pets/GET`.
    #[must_use]
    pub fn stage(scope: &Scope, api: &str, stage: &str, setting: &str) -> Self {
        Self::of("stage", scope, &[api, stage, setting])
    }

    /// A key's calls in a usage plan.
    #[must_use]
    pub fn plan(scope: &Scope, plan: &str, key: &str) -> Self {
        Self::of("plan", scope, &[plan, key])
    }

    /// A key's calls of one method of one of the plan's stages; `method` is as the plan names it, such as `/pets/GET`.
    #[must_use]
    pub fn plan_method(scope: &Scope, plan: &str, key: &str, api: &str, stage: &str, method: &str) -> Self {
        Self::of("plan method", scope, &[plan, key, api, stage, method])
    }

    fn of(kind: &str, scope: &Scope, parts: &[&str]) -> Self {
        let mut id = format!("{kind}{BETWEEN}{}{BETWEEN}{}", scope.account, scope.region);
        for part in parts {
            id.push(BETWEEN);
            id.push_str(part);
        }
        Self(id.into())
    }
}

/// How fast and how much at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Nanoseconds in which one token comes back; none: nothing ever passes.
    interval: Option<u64>,
    /// Nanoseconds in which an empty bucket is full again.
    whole: u64,
}

impl Limit {
    /// `rate` tokens a second come back until there are `burst`. Nothing passes when either is zero or less.
    #[must_use]
    pub fn new(rate: f64, burst: u32) -> Self {
        if burst == 0 || rate.is_nan() || rate <= 0.0 {
            return Self { interval: None, whole: 0 };
        }
        // Above one token a nanosecond, or below a burst in 146 years, the nearest there is.
        let interval = ((1e9 / rate).round() as u64).clamp(1, LONGEST / u64::from(burst));
        Self { interval: Some(interval), whole: interval * u64::from(burst) }
    }

    /// Whether nothing passes, ever.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.interval.is_none()
    }
}

/// One bucket; see the module.
pub struct Bucket {
    id: BucketId,
    full_at: AtomicU64,
    /// Of the limit that it was asked with last; zero: of none.
    interval: AtomicU64,
    whole: AtomicU64,
}

impl Named for Bucket {
    type Name = BucketId;

    fn name(&self) -> &BucketId {
        &self.id
    }
}

impl Bucket {
    pub(crate) fn new(id: BucketId) -> Self {
        Self { id, full_at: AtomicU64::new(0), interval: AtomicU64::new(0), whole: AtomicU64::new(0) }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &BucketId {
        &self.id
    }

    /// Whether a token is there, without taking it.
    fn has(&self, limit: Limit, now: u64) -> bool {
        let Some(interval) = limit.interval else { return false };
        self.count_under(interval, limit.whole, now);
        after(self.full_at.load(Ordering::Relaxed), interval, limit.whole, now).is_ok()
    }

    fn take(&self, limit: Limit, now: u64) -> bool {
        let Some(interval) = limit.interval else { return false };
        self.count_under(interval, limit.whole, now);
        let mut seen = self.full_at.load(Ordering::Relaxed);
        loop {
            let next = match after(seen, interval, limit.whole, now) {
                Ok(next) => next,
                Err(Empty { owes_too_much }) => {
                    if owes_too_much {
                        self.forgive(interval, limit.whole, now);
                    }
                    return false;
                }
            };
            match self.full_at.compare_exchange_weak(seen, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(other) => seen = other,
            }
        }
    }

    /// Sees to it that the bucket counts under this limit.
    fn count_under(&self, interval: u64, whole: u64, now: u64) {
        let known = self.interval.load(Ordering::Acquire);
        if known != interval || self.whole.load(Ordering::Relaxed) != whole {
            self.count_anew(interval, whole, now);
        }
    }

    /// Owes as many calls under this limit as it owed under the last one, a whole burst at most: a change neither fills a
    /// bucket nor closes it. Only changes of limits come here, one at a time; who meets another waits for a few instructions.
    /// A call that has read the old limit and takes its token a moment later counts for what it was under that one.
    #[cold]
    fn count_anew(&self, interval: u64, whole: u64, now: u64) {
        let before = self.alone();
        // Somebody who came first may have done it already.
        if before != 0 && (before, self.whole.load(Ordering::Relaxed)) != (interval, whole) {
            let owed = |full_at: u64| {
                let owed = u128::from(full_at.saturating_sub(now)) * u128::from(interval);
                let owed =
                    u64::try_from(owed.div_ceil(u128::from(before))).map_or(whole, |owed| owed.min(whole));
                Some(now.saturating_add(owed))
            };
            let _ = self.full_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, owed);
        }
        self.whole.store(whole, Ordering::Relaxed);
        self.interval.store(interval, Ordering::Release);
    }

    /// Owes no more than this limit can, if it still is the one that is counted under: under another one the same moment
    /// may be rightly owed.
    #[cold]
    fn forgive(&self, interval: u64, whole: u64, now: u64) {
        let counted = self.alone();
        if (counted, self.whole.load(Ordering::Relaxed)) == (interval, whole) {
            self.full_at.fetch_min(most(whole, now), Ordering::Relaxed);
        }
        self.interval.store(counted, Ordering::Release);
    }

    /// Waits until nobody else changes how calls are counted; the interval until now, to be stored again.
    fn alone(&self) -> u64 {
        loop {
            let before = self.interval.swap(COUNTING, Ordering::Acquire);
            if before != COUNTING {
                return before;
            }
            std::thread::yield_now();
        }
    }

    fn give_back(&self, limit: Limit) {
        let Some(interval) = limit.interval else { return };
        // A call is what it is under the limit of the moment, not under the one that it was taken by.
        let known = self.interval.load(Ordering::Acquire);
        let interval = if known == COUNTING { interval } else { known };
        let mut seen = self.full_at.load(Ordering::Relaxed);
        while let Err(other) = self.full_at.compare_exchange_weak(
            seen,
            seen.saturating_sub(interval),
            Ordering::Relaxed,
            Ordering::Relaxed,
        ) {
            seen = other;
        }
    }

    /// Whether it is no different from a new one.
    pub(crate) fn is_full(&self, now: Duration) -> bool {
        self.full_at.load(Ordering::Relaxed) <= nanos(now)
    }
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bucket").field(&self.id).finish()
    }
}

/// No token is there.
struct Empty {
    /// More than its limit allows: left by a call under another limit that came in the very moment of a change.
    owes_too_much: bool,
}

/// When the bucket is full again after one more call.
fn after(full_at: u64, interval: u64, whole: u64, now: u64) -> Result<u64, Empty> {
    let next = full_at.max(now).saturating_add(interval);
    match next <= now.saturating_add(whole) {
        true => Ok(next),
        false => Err(Empty { owes_too_much: full_at > most(whole, now) }),
    }
}

/// The most that a bucket owes under a limit, as callers see it who are late.
fn most(whole: u64, now: u64) -> u64 {
    now.saturating_add(whole).saturating_add(STALE)
}

/// Takes a token of each bucket, in this order, or of none: those taken before an empty one are given back. Asks neither
/// lock nor allocator.
///
/// # Errors
/// The place of the first bucket that is empty.
pub fn take(asks: &[(&Bucket, Limit)], now: Duration) -> Result<(), usize> {
    let now = nanos(now);
    if let [(bucket, limit)] = asks {
        return bucket.take(*limit, now).then_some(()).ok_or(0);
    }
    // Looking first leaves the giving back to those who race, so that under load nobody sees tokens that come and go. An
    // empty bucket is asked all the same: it may owe too much.
    let empty = asks.iter().position(|(bucket, limit)| !bucket.has(*limit, now));
    if let Some(at) = empty {
        let (bucket, limit) = asks[at];
        if !bucket.take(limit, now) {
            return Err(at);
        }
        bucket.give_back(limit);
    }
    for (at, (bucket, limit)) in asks.iter().enumerate() {
        if !bucket.take(*limit, now) {
            give_back(&asks[..at]);
            return Err(at);
        }
    }
    Ok(())
}

/// Gives back what [`take`] took, for a call that is refused after all.
pub fn give_back(asks: &[(&Bucket, Limit)]) {
    for (bucket, limit) in asks {
        bucket.give_back(*limit);
    }
}

fn nanos(now: Duration) -> u64 {
    u64::try_from(now.as_nanos()).unwrap_or(u64::MAX)
}
