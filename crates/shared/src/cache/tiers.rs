//! Where entries are: memory, the disk behind it, and what holds for all clusters together.
//!
//! In: entries by number. Out: entries, and figures. It must not know keys or replies.

use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use foldhash::quality::RandomState;
use moka::notification::RemovalCause;
use moka::policy::EvictionPolicy;

use super::disk::{Disk, DiskStats, Glance, Origin};
use super::frame::{Frame, Head};
use super::seal::{CacheKeys, Sealer};

/// What decides whether an entry of a cluster still counts.
#[derive(Debug)]
pub(super) struct Bounds {
    /// Another after each flush.
    pub(super) generation: AtomicU64,
    /// Bytes stored since ever.
    pub(super) stored: AtomicU64,
    pub(super) capacity: AtomicU64,
}

impl Bounds {
    /// Whether an entry is neither flushed, nor stale, nor pushed out by later ones.
    pub(super) fn holds(&self, head: &Head, now: Duration) -> bool {
        let later = self.stored.load(Ordering::Acquire).saturating_sub(head.position);
        head.generation == self.generation.load(Ordering::Acquire)
            && later <= self.capacity.load(Ordering::Acquire)
            && now < head.deadline
    }
}

/// An entry in memory. Who looks it up takes one count of its own, and none of its cluster's, which all cores would share.
#[derive(Debug)]
struct Slot {
    frame: Frame,
    bounds: Arc<Bounds>,
    origin: Origin,
}

type Memory = moka::sync::Cache<u64, Arc<Slot>, RandomState>;

/// All tiers of a node.
pub(super) struct Tiers {
    memory: Memory,
    disk: Option<Arc<Disk>>,
    /// The latest moment that somebody stored at, in milliseconds: what leaves memory is judged by it.
    latest: Arc<AtomicU64>,
    hasher: RandomState,
    sealer: ArcSwap<Sealer>,
    generations: AtomicU64,
    pub(super) counters: Counters,
}

/// What happened so far.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) memory_hits: AtomicU64,
    pub(super) disk_hits: AtomicU64,
    pub(super) misses: AtomicU64,
    pub(super) stored: AtomicU64,
}

/// What the tiers hold and did since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheStats {
    /// Bytes in memory, what each entry costs beside its content included.
    pub memory_bytes: u64,
    pub memory_entries: u64,
    pub memory_hits: u64,
    pub misses: u64,
    pub stored: u64,
    /// None: there is no disk tier.
    pub disk: Option<DiskStats>,
}

impl fmt::Debug for Tiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tiers").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

impl Tiers {
    pub(super) fn new(memory: u64, disk: Option<Disk>, keys: &CacheKeys) -> Self {
        let (disk, latest) = (disk.map(Arc::new), Arc::default());
        Self {
            memory: in_memory(memory, disk.as_ref(), &latest),
            disk,
            latest,
            hasher: RandomState::default(),
            sealer: ArcSwap::from_pointee(Sealer::new(keys)),
            generations: AtomicU64::new(1),
            counters: Counters::default(),
        }
    }

    /// A number for the entries of `key`. Two keys may share one; entries know their keys.
    pub(super) fn number(&self, generation: u64, key: &[u8]) -> u64 {
        self.hasher.hash_one((generation, key))
    }

    /// A generation that no cluster ever had.
    pub(super) fn next_generation(&self) -> u64 {
        self.generations.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn sealer(&self) -> arc_swap::Guard<Arc<Sealer>> {
        self.sealer.load()
    }

    pub(super) fn rotate(&self, keys: &CacheKeys) {
        self.sealer.store(Arc::new(self.sealer.load().rotated(keys)));
    }

    pub(super) fn recall(&self, number: u64) -> Option<Frame> {
        self.memory.get(&number).map(|slot| slot.frame.clone())
    }

    pub(super) fn glance(&self, number: u64) -> Glance {
        self.disk.as_ref().map_or(Glance::Absent, |disk| disk.glance(number))
    }

    /// Keeps a new entry in memory. An older one on disk must not come back after it.
    pub(super) fn keep(&self, number: u64, frame: Frame, bounds: &Arc<Bounds>, now: Duration) {
        let millis = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        self.latest.fetch_max(millis, Ordering::Relaxed);
        let slot = Slot { frame, bounds: Arc::clone(bounds), origin: Origin::Stored };
        self.memory.insert(number, Arc::new(slot));
        // Not before: an older reply could leave memory for the disk in between.
        if let Some(disk) = &self.disk {
            disk.forget(number);
        }
        self.counters.stored.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes an entry of the disk into memory too, unless a newer one came in meanwhile.
    pub(super) fn promote(&self, number: u64, frame: Frame, bounds: &Arc<Bounds>) {
        let slot = Slot { frame, bounds: Arc::clone(bounds), origin: Origin::Disk };
        self.memory.entry(number).or_insert(Arc::new(slot));
    }

    pub(super) fn forget(&self, number: u64) {
        self.memory.invalidate(&number);
        if let Some(disk) = &self.disk {
            disk.forget(number);
        }
    }

    pub(super) fn stats(&self) -> CacheStats {
        self.memory.run_pending_tasks();
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CacheStats {
            memory_bytes: self.memory.weighted_size(),
            memory_entries: self.memory.entry_count(),
            memory_hits: of(&self.counters.memory_hits),
            misses: of(&self.counters.misses),
            stored: of(&self.counters.stored),
            disk: self.disk.as_ref().map(|disk| {
                let hits = of(&self.counters.disk_hits);
                DiskStats { hits, ..disk.stats() }
            }),
        }
    }

    /// Waits until what leaves memory has left it, and is written.
    #[cfg(test)]
    pub(super) fn settle(&self) {
        self.memory.run_pending_tasks();
        if let Some(disk) = &self.disk {
            disk.settle();
        }
    }
}

/// Memory for `bytes`; what has to leave it goes to the disk if it still counts. The least recently used leaves: by how often
/// entries were used, those that a flush or their deadline ended would keep new ones out.
fn in_memory(bytes: u64, disk: Option<&Arc<Disk>>, latest: &Arc<AtomicU64>) -> Memory {
    let builder = moka::sync::Cache::builder()
        .max_capacity(bytes)
        .eviction_policy(EvictionPolicy::lru())
        .weigher(|_, slot: &Arc<Slot>| slot.frame.weight());
    let Some(disk) = disk else { return builder.build_with_hasher(RandomState::default()) };
    let (disk, latest) = (Arc::clone(disk), Arc::clone(latest));
    let leaves = move |number: Arc<u64>, slot: Arc<Slot>, cause: RemovalCause| {
        let now = Duration::from_millis(latest.load(Ordering::Relaxed));
        if cause == RemovalCause::Size && slot.bounds.holds(&slot.frame.head(), now) {
            disk.offer(*number, &slot.frame, slot.origin);
        }
    };
    builder.eviction_listener(leaves).build_with_hasher(RandomState::default())
}
