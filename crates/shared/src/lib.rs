//! Hot state that a cluster of nodes shares: buckets, quotas, the response cache. In process for now.
//!
//! In: keys, limits, entries, and the moment of asking. Out: answers, at once wherever the hot path asks. It must not know
//! APIs, HTTP or the store's documents, nor read a clock.

mod bucket;
pub mod cache;
mod quota;
mod registry;

pub use bucket::{Bucket, BucketId, Limit, give_back, take};
pub use quota::{
    Count, Day, Forgotten, Ledger, LedgerError, Meter, Period, PlanId, Quota, Span, Subject, UsageRow,
};

use std::sync::Arc;
use std::time::Duration;

use stagedoor_base::Timestamp;

use cache::Caches;
use quota::{Desk, Grant, UsageQuestion};
use registry::Registry;

/// What the nodes of a cluster have in common. Handles are asked for when directory entries and stages are made; calls
/// hold them and look nothing up.
#[derive(Debug)]
pub struct Shared {
    buckets: Registry<Bucket>,
    desk: Desk,
    caches: Caches,
}

impl Shared {
    /// State that counts usage in this ledger, with caches in a memory of common size.
    ///
    /// # Errors
    /// The system's, when it starts no thread.
    pub fn start(ledger: Ledger) -> std::io::Result<Self> {
        Ok(Self { buckets: Registry::default(), desk: Desk::start(ledger)?, caches: Caches::default() })
    }

    /// The same with these caches.
    #[must_use]
    pub fn with_caches(self, caches: Caches) -> Self {
        Self { caches, ..self }
    }

    /// The response caches of all stages.
    #[must_use]
    pub fn caches(&self) -> &Caches {
        &self.caches
    }

    /// The bucket of this name, the same for all who ask.
    #[must_use]
    pub fn bucket(&self, id: BucketId) -> Arc<Bucket> {
        self.buckets.obtain(id, Bucket::new)
    }

    /// The meter of a key in a plan, the same for all who ask.
    #[must_use]
    pub fn meter(&self, plan: &Arc<PlanId>, key: &str) -> Arc<Meter> {
        self.desk.meter(Subject { plan: Arc::clone(plan), key: key.into() })
    }

    /// For each subject, a pair of calls used and calls remaining for each day, both ends included: what is enforced at
    /// this moment. Nothing remains, in numbers, where there is no quota.
    ///
    /// # Errors
    /// [`LedgerError`] when the ledger cannot be read.
    pub async fn usage(
        &self,
        subjects: Vec<Subject>,
        from: Day,
        to: Day,
        quota: Option<Quota>,
    ) -> Result<Vec<Vec<(u64, u64)>>, LedgerError> {
        self.desk.usage(UsageQuestion { subjects, from, to, quota }).await
    }

    /// Lets so many calls remain of the period that `now` is in.
    ///
    /// # Errors
    /// [`LedgerError`] when the ledger cannot be written; then nothing is changed.
    pub async fn set_remaining(
        &self,
        subject: Subject,
        quota: Quota,
        remaining: u64,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        self.desk.set_remaining(Grant { subject, quota, remaining, now }).await
    }

    /// Forgets usage.
    ///
    /// # Errors
    /// [`LedgerError`] when the ledger cannot be written; then nothing is forgotten.
    pub async fn forget(&self, forgotten: Forgotten) -> Result<(), LedgerError> {
        self.desk.forget(forgotten).await
    }

    /// Forgets what is no different from nothing and nobody holds: buckets that are full again, and meters, whose unused
    /// leases go back to the ledger.
    pub fn sweep(&self, now: Duration) {
        self.buckets.sweep(|bucket| bucket.is_full(now));
        self.desk.sweep();
    }

    /// Writes what was used, exactly. Nothing is counted afterwards.
    ///
    /// # Errors
    /// [`LedgerError`] when the ledger cannot be written.
    pub async fn close(&self) -> Result<(), LedgerError> {
        self.desk.close().await
    }

    /// How many buckets and meters are kept.
    #[must_use]
    pub fn kept(&self) -> (usize, usize) {
        (self.buckets.len(), self.desk.meter_count())
    }
}
