//! The response cache: what stages' cache clusters hold, in memory and, where configured, on disk behind it.
//!
//! In: keys and replies as bytes, capacities, and the moment of asking. Out: a reply, or the right to fill it in: of all who
//! miss one key together, one leads and the others wait for it. It must not know what a reply or a key contains, nor read a
//! clock: a deadline is stored with each entry and compared with the `now` of whoever asks.
//!
//! A cluster is a name for entries, not a place of their own: all clusters share the tiers, whose sizes are configured. What a
//! cluster holds is bounded by position: an entry is gone when as many bytes were stored after it as the cluster has room for,
//! or when the cluster was flushed since. Neither needs anything to be found and removed.

mod cluster;
mod disk;
mod flight;
mod frame;
mod seal;
mod tiers;

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use stagedoor_base::{ApiId, Scope, StageName};

pub use cluster::{Cluster, Filling, Found, Wait, Waited};
pub use disk::{DiskConfig, DiskStats};
pub use seal::{CacheKeys, InvalidCacheKey};
pub use tiers::CacheStats;

use disk::Disk;
use tiers::Tiers;

/// The stage whose cluster it is. Entries of different clusters are never mixed up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClusterId {
    pub scope: Scope,
    pub api: ApiId,
    pub stage: StageName,
}

/// All response caches of a node.
pub struct Caches {
    tiers: Arc<Tiers>,
    clusters: Mutex<HashMap<ClusterId, Arc<Cluster>>>,
}

impl fmt::Debug for Caches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caches").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

/// The bytes of memory where nothing is configured.
const COMMON_MEMORY: u64 = 256 << 20;

/// Caches in a memory of common size, with keys that end with the process.
impl Default for Caches {
    fn default() -> Self {
        Self::in_memory(COMMON_MEMORY, &CacheKeys::random())
    }
}

impl Caches {
    /// Caches in memory alone, of `memory` bytes together.
    #[must_use]
    pub fn in_memory(memory: u64, keys: &CacheKeys) -> Self {
        Self::of(Tiers::new(memory, None, keys))
    }

    /// Caches of `memory` bytes together, and a disk for what has no room there.
    ///
    /// # Errors
    /// When the directory cannot be made, written or emptied, or belongs to another process.
    pub fn with_disk(memory: u64, disk: &DiskConfig, keys: &CacheKeys) -> io::Result<Self> {
        Ok(Self::of(Tiers::new(memory, Some(Disk::open(disk)?), keys)))
    }

    fn of(tiers: Tiers) -> Self {
        Self { tiers: Arc::new(tiers), clusters: Mutex::default() }
    }

    /// The cluster of a stage, which may hold `capacity` bytes. Another capacity than before is a resize: it empties the
    /// cluster, as at AWS.
    pub fn cluster(&self, id: &ClusterId, capacity: u64) -> Arc<Cluster> {
        let mut clusters = self.clusters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cluster) = clusters.get(id) {
            cluster.resize(capacity);
            return Arc::clone(cluster);
        }
        let cluster = Arc::new(Cluster::new(Arc::clone(&self.tiers), capacity));
        clusters.insert(id.clone(), Arc::clone(&cluster));
        cluster
    }

    /// The cluster of a stage if it has one.
    #[must_use]
    pub fn find(&self, id: &ClusterId) -> Option<Arc<Cluster>> {
        self.clusters.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Ends a stage's cluster: all it holds is gone, and one of the same name begins empty.
    pub fn remove(&self, id: &ClusterId) {
        let removed = self.clusters.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        if let Some(cluster) = removed {
            cluster.flush();
        }
    }

    /// Ends all clusters.
    pub fn clear(&self) {
        let removed = std::mem::take(&mut *self.clusters.lock().unwrap_or_else(PoisonError::into_inner));
        removed.values().for_each(|cluster| cluster.flush());
    }

    /// Takes other keys: the first seals from now on. What was sealed with a key that is no longer among them is missed.
    pub fn rotate(&self, keys: &CacheKeys) {
        self.tiers.rotate(keys);
    }

    /// What the tiers hold and did.
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        self.tiers.stats()
    }
}

#[cfg(test)]
impl Caches {
    /// Waits until what leaves memory has left it, and is written.
    fn settle(&self) {
        self.tiers.settle();
    }
}

#[cfg(test)]
mod tests;
