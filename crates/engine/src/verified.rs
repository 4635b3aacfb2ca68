//! Tokens that were verified a moment ago: looking one up costs less than verifying it again.
//!
//! In: a token, for a stage and an authorizer of it. Out: the caller that it was for them, until a stored moment. What was
//! verified for one authorizer or stage counts for no other; a change of either forgets it. Refused tokens are not kept.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use foldhash::fast::RandomState;
use stagedoor_base::Timestamp;
use stagedoor_program::{CognitoAuthorizer, StageView};

use crate::stage::Bearer;

/// The tokens that all engines of a node verified.
#[derive(Debug, Default)]
pub struct VerifiedTokens(pub(crate) Verified<CognitoAuthorizer, Bearer>);

impl VerifiedTokens {
    /// Forgets all of them.
    pub fn clear(&self) {
        self.0.clear();
    }

    /// Forgets those that were verified for a stage.
    pub fn forget(&self, stage: &Arc<StageView>) {
        self.0.forget(stage);
    }
}

const SHARDS: usize = 16;
/// Of one generation of a shard: 16 MB of tokens and claims altogether.
const BYTES: usize = 512 * 1024;

/// Verified tokens with what `V` they prove.
#[derive(Debug)]
pub(crate) struct Verified<A, V> {
    hasher: RandomState,
    shards: [Mutex<Shard<A, V>>; SHARDS],
    /// How often something was forgotten on demand.
    epoch: AtomicU64,
}

/// Two generations: when the younger is full, the older is forgotten.
#[derive(Debug)]
struct Shard<A, V> {
    young: HashMap<u64, Entry<A, V>, RandomState>,
    old: HashMap<u64, Entry<A, V>, RandomState>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry<A, V> {
    token: Box<str>,
    // Nothing else can ever stand at their addresses, but what an old deployment holds is not kept for an old token.
    stage: Weak<StageView>,
    authorizer: Weak<A>,
    until: Timestamp,
    value: Arc<V>,
    size: usize,
}

/// For whom a token was verified.
#[derive(Debug)]
pub(crate) struct For<'a, A> {
    pub(crate) stage: &'a Arc<StageView>,
    pub(crate) authorizer: &'a Arc<A>,
}

impl<A> Clone for For<'_, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for For<'_, A> {}

impl<A, V> Default for Verified<A, V> {
    fn default() -> Self {
        let shard = || Shard { young: HashMap::default(), old: HashMap::default(), bytes: 0 };
        Self {
            hasher: RandomState::default(),
            shards: std::array::from_fn(|_| Mutex::new(shard())),
            epoch: AtomicU64::new(0),
        }
    }
}

impl<A, V> Verified<A, V> {
    /// What a token proves, if that is known and still counts.
    pub(crate) fn get(&self, whom: For<'_, A>, token: &str, now: Timestamp) -> Option<Arc<V>> {
        let hash = self.hash(whom, token);
        let shard = self.shard(hash);
        let entry = shard.young.get(&hash).or_else(|| shard.old.get(&hash))?;
        (entry.is_for(whom, token) && now < entry.until).then(|| Arc::clone(&entry.value))
    }

    /// Keeps what a token proves until a moment; `bytes` is how much that is.
    pub(crate) fn keep(&self, whom: For<'_, A>, token: &str, until: Timestamp, value: &Arc<V>, bytes: usize) {
        let hash = self.hash(whom, token);
        let size = bytes + token.len() + size_of::<Entry<A, V>>();
        let entry = Entry {
            token: token.into(),
            stage: Arc::downgrade(whom.stage),
            authorizer: Arc::downgrade(whom.authorizer),
            until,
            value: Arc::clone(value),
            size,
        };
        let mut shard = self.shard(hash);
        if shard.bytes + size > BYTES {
            shard.old = std::mem::take(&mut shard.young);
            shard.bytes = 0;
        }
        shard.bytes += size;
        if let Some(before) = shard.young.insert(hash, entry) {
            shard.bytes -= before.size;
        }
    }

    /// Counts what was forgotten on demand: what somebody began to verify before that must not be kept after it.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// Forgets what was verified for a stage.
    pub(crate) fn forget(&self, stage: &Arc<StageView>) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            let mut freed = 0;
            shard.young.retain(|_, entry| {
                let stays = !is(&entry.stage, stage);
                freed += if stays { 0 } else { entry.size };
                stays
            });
            shard.old.retain(|_, entry| !is(&entry.stage, stage));
            shard.bytes = shard.bytes.saturating_sub(freed);
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.young.clear();
            shard.old.clear();
            shard.bytes = 0;
        }
    }

    fn hash(&self, whom: For<'_, A>, token: &str) -> u64 {
        self.hasher.hash_one((Arc::as_ptr(whom.stage), Arc::as_ptr(whom.authorizer), token))
    }

    fn shard(&self, hash: u64) -> MutexGuard<'_, Shard<A, V>> {
        let index = usize::try_from(hash % SHARDS as u64).unwrap_or(0);
        self.shards[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A, V> Entry<A, V> {
    /// Two tokens may have the same hash.
    fn is_for(&self, whom: For<'_, A>, token: &str) -> bool {
        is(&self.stage, whom.stage) && is(&self.authorizer, whom.authorizer) && *self.token == *token
    }
}

fn is<T>(known: &Weak<T>, asked: &Arc<T>) -> bool {
    std::ptr::eq(known.as_ptr(), Arc::as_ptr(asked))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use http::HeaderName;
    use stagedoor_base::Timestamp;
    use stagedoor_program::{CognitoAuthorizer, StageView};

    use super::{BYTES, For, SHARDS, Verified};

    fn authorizer() -> Arc<CognitoAuthorizer> {
        Arc::new(CognitoAuthorizer {
            id: "a".into(),
            header: HeaderName::from_static("authorization"),
            user_pools: Box::default(),
            audience: None,
            ttl: Duration::ZERO,
        })
    }

    fn stage() -> Arc<StageView> {
        Arc::new(StageView::bare("dev".into()))
    }

    #[test]
    fn a_token_counts_for_its_stage_and_authorizer_until_its_moment() {
        let (one, other, dev, prod) = (authorizer(), authorizer(), stage(), stage());
        let whom = For { stage: &dev, authorizer: &one };
        let verified = Verified::default();
        verified.keep(whom, "t", Timestamp(10), &Arc::new(7), 1);
        let look = |whom: For<'_, CognitoAuthorizer>, token: &str, now: u64| {
            verified.get(whom, token, Timestamp(now)).map(|it| *it)
        };
        assert_eq!(look(whom, "t", 9), Some(7));
        assert_eq!(look(whom, "t", 10), None);
        assert_eq!(look(whom, "T", 9), None);
        assert_eq!(look(For { authorizer: &other, ..whom }, "t", 9), None);
        assert_eq!(look(For { stage: &prod, ..whom }, "t", 9), None);
        verified.keep(For { stage: &prod, ..whom }, "t", Timestamp(10), &Arc::new(8), 1);
        let epoch = verified.epoch();
        verified.forget(&prod);
        assert_ne!(verified.epoch(), epoch);
        assert_eq!(look(For { stage: &prod, ..whom }, "t", 9), None);
        assert_eq!(look(whom, "t", 9), Some(7));
        verified.clear();
        assert_eq!(look(whom, "t", 9), None);
    }

    #[test]
    fn old_stages_are_not_kept_for_their_tokens() {
        let (one, dev) = (authorizer(), stage());
        let verified = Verified::default();
        verified.keep(For { stage: &dev, authorizer: &one }, "t", Timestamp(10), &Arc::new(1), 1);
        let watched = Arc::downgrade(&dev);
        drop(dev);
        assert!(watched.upgrade().is_none());
        let other = stage();
        assert_eq!(verified.get(For { stage: &other, authorizer: &one }, "t", Timestamp(0)), None);
    }

    #[test]
    fn a_token_that_is_kept_again_drives_nobody_out() {
        let (one, dev) = (authorizer(), stage());
        let whom = For { stage: &dev, authorizer: &one };
        let verified = Verified::default();
        verified.keep(whom, "first", Timestamp(10), &Arc::new(1), 1000);
        for number in 0..3 * BYTES / 1000 {
            for shard in 0..SHARDS {
                verified.keep(whom, &format!("again {shard}"), Timestamp(10), &Arc::new(number), 1000);
            }
        }
        assert!(verified.get(whom, "first", Timestamp(0)).is_some());
    }

    #[test]
    fn memory_is_bounded() {
        let (one, dev) = (authorizer(), stage());
        let whom = For { stage: &dev, authorizer: &one };
        let verified = Verified::default();
        let token = |number: usize| format!("{number:1000}");
        for number in 0..40_000 {
            verified.keep(whom, &token(number), Timestamp(10), &Arc::new(number), 3000);
        }
        let kept = (0..40_000).filter(|it| verified.get(whom, &token(*it), Timestamp(0)).is_some()).count();
        assert!(kept * 4000 <= 2 * SHARDS * BYTES, "{kept}");
        assert!(kept > 1000, "{kept}");
        assert!(verified.get(whom, &token(39_999), Timestamp(0)).is_some());
    }
}
