//! Hot state that a cluster of nodes shares: buckets, quotas, the response cache. In process for now.
//!
//! In: keys, limits, entries, and the moment of asking. Out: answers, at once wherever the hot path asks. It must not know
//! APIs, HTTP or the store's documents, nor read a clock.

mod bucket;
pub mod cache;
mod quota;

pub use bucket::{Bucket, BucketId, Limit, give_back, take};
pub use quota::{Count, Day, LedgerError, Period, PlanId, Quota, Subject};

use std::sync::Arc;
use std::time::Duration;

/// What the nodes of a cluster have in common. Handles are asked for when directory entries and stages are made; calls
/// hold them and look nothing up.
#[derive(Debug, Default)]
pub struct Shared {
    buckets: bucket::Buckets,
}

impl Shared {
    /// The bucket of this name, the same for all who ask.
    #[must_use]
    pub fn bucket(&self, id: BucketId) -> Arc<Bucket> {
        self.buckets.bucket(id)
    }

    /// Forgets what is no different from nothing: buckets that are full again and that nobody holds.
    pub fn sweep(&self, now: Duration) {
        self.buckets.sweep(now);
    }

    /// How many buckets are kept.
    #[must_use]
    pub fn bucket_count(&self) -> usize {
        self.buckets.len()
    }
}
