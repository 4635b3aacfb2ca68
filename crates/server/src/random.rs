//! Seeds for the generators of ids, from the kernel by way of the standard library's hasher keys.

use std::hash::{BuildHasher, RandomState};

/// A fresh seed. Ids are names, not secrets.
pub(crate) fn seed() -> [u64; 4] {
    // Each RandomState has keys of its own; the clock keeps seeds apart even where the keys only count up.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    std::array::from_fn(|index| RandomState::new().hash_one((now.as_nanos(), std::process::id(), index)))
}
