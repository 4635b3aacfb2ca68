//! Things by name, made once, the same for all who ask.
//!
//! In: names. Out: shared handles. Looked into when handles are made, never by calls. It must not know what it keeps.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;

const SHARDS: usize = 16;

/// What has a name for good. Clones of the name are cheap.
pub(crate) trait Named {
    type Name: Clone + Eq + Hash;

    fn name(&self) -> &Self::Name;
}

type Shard<T> = HashMap<<T as Named>::Name, Arc<T>, RandomState>;

/// The things of one kind.
pub(crate) struct Registry<T: Named> {
    hasher: RandomState,
    shards: [Mutex<Shard<T>>; SHARDS],
}

impl<T: Named> Default for Registry<T> {
    fn default() -> Self {
        Self { hasher: RandomState::default(), shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<T: Named> Registry<T> {
    /// The thing of this name, made when there is none.
    pub(crate) fn obtain(&self, name: T::Name, make: impl FnOnce(T::Name) -> T) -> Arc<T> {
        let mut shard = self.shard(&name);
        if let Some(known) = shard.get(&name) {
            return Arc::clone(known);
        }
        let made = Arc::new(make(name));
        shard.insert(made.name().clone(), Arc::clone(&made));
        made
    }

    pub(crate) fn find(&self, name: &T::Name) -> Option<Arc<T>> {
        self.shard(name).get(name).map(Arc::clone)
    }

    /// Forgets and hands over what `is_over` and nobody else holds.
    pub(crate) fn sweep(&self, is_over: impl Fn(&T) -> bool) -> Vec<Arc<T>> {
        let mut over = Vec::new();
        for shard in &self.shards {
            let mut shard = lock(shard);
            // Under the lock nobody can come to hold one that only this map holds.
            over.extend(
                shard.extract_if(|_, it| Arc::strong_count(it) == 1 && is_over(it)).map(|(_, it)| it),
            );
            if shard.capacity() > 4 * shard.len() {
                shard.shrink_to_fit();
            }
        }
        over
    }

    pub(crate) fn all(&self) -> Vec<Arc<T>> {
        self.shards
            .iter()
            .flat_map(|shard| lock(shard).values().map(Arc::clone).collect::<Vec<_>>())
            .collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).len()).sum()
    }

    fn shard(&self, name: &T::Name) -> MutexGuard<'_, Shard<T>> {
        lock(&self.shards[self.hasher.hash_one(name) as usize % SHARDS])
    }
}

impl<T: Named> fmt::Debug for Registry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry").field("len", &self.len()).finish_non_exhaustive()
    }
}

fn lock<T>(shard: &Mutex<T>) -> MutexGuard<'_, T> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
