//! Where entries are: in a segment, or still waiting to be written.
//!
//! In: numbers. Out: places, a word each. It must not touch a file.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;

use super::Origin;
use super::record::UNIT;
use crate::cache::frame::Frame;

/// So many that going through one of them takes microseconds, also with millions of entries.
const SHARDS: usize = 1024;

const OFFSET_BITS: u32 = 24;
const LENGTH_BITS: u32 = 17;
/// The largest segment that a place can point into.
pub(super) const MAX_SEGMENT: u64 = (UNIT as u64) << OFFSET_BITS;

/// A record in a segment, packed: segment, offset and length, the latter two in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(u64);

impl Place {
    /// None when the record does not fit into the fields.
    pub(super) fn new(segment: u64, offset: u64, length: usize) -> Option<Self> {
        let (offset, length) = (offset / UNIT as u64, (length / UNIT) as u64);
        let segment_fits = segment < 1 << (u64::BITS - OFFSET_BITS - LENGTH_BITS);
        let fits = segment_fits && offset < 1 << OFFSET_BITS && length < 1 << LENGTH_BITS;
        fits.then_some(Self(segment << (OFFSET_BITS + LENGTH_BITS) | offset << LENGTH_BITS | length))
    }

    pub(super) fn segment(self) -> u64 {
        self.0 >> (OFFSET_BITS + LENGTH_BITS)
    }

    pub(super) fn offset(self) -> u64 {
        (self.0 >> LENGTH_BITS & ((1 << OFFSET_BITS) - 1)) * UNIT as u64
    }

    pub(super) fn length(self) -> usize {
        (self.0 & ((1 << LENGTH_BITS) - 1)) as usize * UNIT
    }
}

/// What the index knows of a number.
#[derive(Debug)]
pub(super) enum Whereabouts {
    Nowhere,
    Queued(Frame),
    Written(Place),
}

#[derive(Default)]
struct Shard {
    written: HashMap<u64, Place, RandomState>,
    queued: HashMap<u64, Frame, RandomState>,
}

/// All entries of the tier, by number.
pub(super) struct Index(Box<[Mutex<Shard>]>);

impl Default for Index {
    fn default() -> Self {
        Self((0..SHARDS).map(|_| Mutex::default()).collect())
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({})", self.entries())
    }
}

impl Index {
    fn shard(&self, number: u64) -> MutexGuard<'_, Shard> {
        let at = usize::try_from(number % SHARDS as u64).unwrap_or_default();
        lock(&self.0[at])
    }

    pub(super) fn find(&self, number: u64) -> Whereabouts {
        let shard = self.shard(number);
        if let Some(place) = shard.written.get(&number) {
            return Whereabouts::Written(*place);
        }
        shard.queued.get(&number).cloned().map_or(Whereabouts::Nowhere, Whereabouts::Queued)
    }

    /// Notes an entry that is to be written; false when it is here still.
    pub(super) fn queue(&self, number: u64, frame: &Frame, origin: Origin) -> bool {
        let mut shard = self.shard(number);
        let is_known = shard.written.contains_key(&number) || shard.queued.contains_key(&number);
        if is_known && origin == Origin::Disk {
            return false;
        }
        shard.written.remove(&number);
        shard.queued.insert(number, frame.clone());
        true
    }

    /// The entry to be written under a number, unless it was forgotten meanwhile.
    pub(super) fn queued(&self, number: u64) -> Option<Frame> {
        self.shard(number).queued.get(&number).cloned()
    }

    /// Notes where an entry was written, unless it was forgotten or replaced meanwhile.
    pub(super) fn place(&self, number: u64, frame: &Frame, place: Place) {
        let mut shard = self.shard(number);
        if shard.queued.get(&number).is_some_and(|queued| queued.is(frame)) {
            shard.queued.remove(&number);
            shard.written.insert(number, place);
        }
    }

    pub(super) fn forget(&self, number: u64) {
        let mut shard = self.shard(number);
        shard.written.remove(&number);
        shard.queued.remove(&number);
    }

    /// Forgets an entry that could not be read where it was said to be.
    pub(super) fn forget_at(&self, number: u64, place: Place) {
        let mut shard = self.shard(number);
        if shard.written.get(&number) == Some(&place) {
            shard.written.remove(&number);
        }
    }

    /// Forgets all entries in segments before `first`.
    pub(super) fn forget_before(&self, first: u64) {
        for shard in &self.0 {
            let mut shard = lock(shard);
            shard.written.retain(|_, place| place.segment() >= first);
            if shard.written.len() * 4 < shard.written.capacity() {
                shard.written.shrink_to_fit();
            }
        }
    }

    pub(super) fn entries(&self) -> u64 {
        self.0.iter().map(|shard| lock(shard).written.len() as u64).sum()
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_say_what_they_were_told() {
        let max_offset = MAX_SEGMENT - UNIT as u64;
        for (segment, offset, length) in [(0, 0, 16), (1, 16, 32), (8_388_607, max_offset, 131_071 * UNIT)] {
            let place = Place::new(segment, offset, length).unwrap();
            assert_eq!((place.segment(), place.offset(), place.length()), (segment, offset, length));
        }
        for (segment, offset, length) in [(8_388_608, 0, 16), (0, MAX_SEGMENT, 16), (0, 0, 131_072 * UNIT)] {
            assert_eq!(Place::new(segment, offset, length), None);
        }
    }
}
