//! A map that many read without locks and few change, entry by entry.
//!
//! Each shard is an immutable map behind an atomic pointer; a change copies its shard only.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use arc_swap::ArcSwap;
use foldhash::fast::RandomState;

const SHARDS: usize = 256;

/// One shard. Keys are ids that authors choose, and looking up makes no entry, so a fast hash with a random seed does.
type Shard<K, V> = HashMap<K, V, RandomState>;

/// A copy-on-write map in shards. Values are cloned out, so they should be `Arc`s or small.
pub struct Sharded<K, V> {
    hasher: RandomState,
    shards: Box<[ArcSwap<Shard<K, V>>]>,
}

impl<K: Hash + Eq + Clone, V: Clone> Default for Sharded<K, V> {
    fn default() -> Self {
        let shards = (0..SHARDS).map(|_| ArcSwap::from_pointee(Shard::default())).collect();
        Self { hasher: RandomState::default(), shards }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Sharded<K, V> {
    /// The value of a key. Takes no lock.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.shard(key).load().get(key).cloned()
    }

    /// Sets a key's value.
    pub fn insert(&self, key: &K, value: &V) {
        self.change(key, |map| {
            map.insert(key.clone(), value.clone());
        });
    }

    /// Removes a key.
    pub fn remove<Q: Hash + Eq + ?Sized>(&self, key: &Q)
    where
        K: Borrow<Q>,
    {
        self.change(key, |map| {
            map.remove(key);
        });
    }

    /// Sets many keys while copying every shard at most once.
    pub fn extend(&self, entries: impl IntoIterator<Item = (K, V)>) {
        self.change_many(entries, |(key, _)| key, |map, entries| map.extend(entries.iter().cloned()));
    }

    /// Removes many keys while copying every shard at most once.
    pub fn remove_all(&self, keys: impl IntoIterator<Item = K>) {
        self.change_many(keys, |key| key, |map, keys| keys.iter().for_each(|key| drop(map.remove(key))));
    }

    /// Removes everything.
    pub fn clear(&self) {
        for shard in &self.shards {
            shard.store(Arc::default());
        }
    }

    /// All entries, shard by shard; not one moment's picture while others write.
    pub fn entries(&self) -> impl Iterator<Item = (K, V)> {
        self.shards.iter().flat_map(|shard| {
            shard.load().iter().map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
        })
    }

    fn index<Q: Hash + ?Sized>(&self, key: &Q) -> usize {
        usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or(0)
    }

    fn shard<Q: Hash + ?Sized>(&self, key: &Q) -> &ArcSwap<Shard<K, V>> {
        &self.shards[self.index(key)]
    }

    fn change_many<T>(
        &self,
        items: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> &K,
        edit: impl Fn(&mut Shard<K, V>, &[T]),
    ) {
        let mut by_shard: HashMap<usize, Vec<T>> = HashMap::new();
        for item in items {
            by_shard.entry(self.index(key(&item))).or_default().push(item);
        }
        for (index, items) in by_shard {
            self.shards[index].rcu(|map| {
                let mut map = Shard::clone(map);
                edit(&mut map, &items);
                map
            });
        }
    }

    fn change<Q: Hash + ?Sized>(&self, key: &Q, edit: impl Fn(&mut Shard<K, V>)) {
        self.shard(key).rcu(|map| {
            let mut map = Shard::clone(map);
            edit(&mut map);
            map
        });
    }
}

impl<K, V> fmt::Debug for Sharded<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sharded").field("shards", &self.shards.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Sharded;

    #[test]
    fn entries_come_and_go() {
        let map: Sharded<String, u32> = Sharded::default();
        map.extend((0..1000).map(|n| (n.to_string(), n)));
        map.insert(&"7".to_owned(), &700);
        map.remove("8");
        assert_eq!(map.get("7"), Some(700));
        assert_eq!(map.get("8"), None);
        assert_eq!(map.get("999"), Some(999));
        assert_eq!(map.entries().count(), 999);
        map.remove_all((0..500).map(|n| n.to_string()));
        assert_eq!((map.get("7"), map.get("500"), map.entries().count()), (None, Some(500), 500));
        map.clear();
        assert_eq!(map.get("500"), None);
    }
}
