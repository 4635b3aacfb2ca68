//! Where entries are: memory, and what holds for all clusters together.
//!
//! In: entries by number. Out: entries that still count, and figures. It must not know keys or replies.

use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use foldhash::quality::RandomState;

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

/// An entry in memory.
#[derive(Debug, Clone)]
struct Slot {
    frame: Frame,
    bounds: Arc<Bounds>,
}

/// All tiers of a node.
pub(super) struct Tiers {
    memory: moka::sync::Cache<u64, Slot, RandomState>,
    hasher: RandomState,
    sealer: ArcSwap<Sealer>,
    generations: AtomicU64,
    pub(super) counters: Counters,
}

/// What happened so far.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) memory_hits: AtomicU64,
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
}

impl fmt::Debug for Tiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tiers").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

impl Tiers {
    pub(super) fn new(memory: u64, keys: &CacheKeys) -> Self {
        let memory = moka::sync::Cache::builder()
            .max_capacity(memory)
            .weigher(|_, slot: &Slot| slot.frame.weight())
            .build_with_hasher(RandomState::default());
        Self {
            memory,
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

    pub(super) fn from_memory(&self, number: u64) -> Option<Frame> {
        self.memory.get(&number).map(|slot| slot.frame)
    }

    pub(super) fn keep(&self, number: u64, frame: Frame, bounds: &Arc<Bounds>) {
        self.memory.insert(number, Slot { frame, bounds: Arc::clone(bounds) });
    }

    pub(super) fn forget(&self, number: u64) {
        self.memory.invalidate(&number);
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
        }
    }
}
