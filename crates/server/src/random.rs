//! Seeds for the generators of ids, from the kernel by way of the standard library's hasher keys.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use stagedoor_base::Entropy;

/// A fresh seed. Ids are names, not secrets.
pub(crate) fn seed() -> [u64; 4] {
    // Each RandomState has keys of its own; the clock keeps seeds apart even where the keys only count up.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    std::array::from_fn(|index| RandomState::new().hash_one((now.as_nanos(), std::process::id(), index)))
}

/// A UUID for a call that has none.
pub(crate) fn uuid() -> String {
    static ENTROPY: Mutex<Option<Entropy>> = Mutex::new(None);
    let mut entropy = ENTROPY.lock().unwrap_or_else(PoisonError::into_inner);
    entropy.get_or_insert_with(|| Entropy::new(seed())).uuid()
}
