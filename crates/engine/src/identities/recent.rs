//! Those who signed a moment ago and are not kept otherwise: opening their tokens again would cost more than the signature.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use stagedoor_auth::sigv4::Wanted;

use super::Signatory;
use crate::Sharded;

/// How many are kept; when there are more, all are forgotten.
const KEPT: usize = 4096;

/// By access key, with the generation of identities that they were made from.
#[derive(Debug, Default)]
pub(super) struct Recent {
    entries: Sharded<Box<str>, (u64, Arc<Signatory>)>,
    count: AtomicUsize,
}

impl Recent {
    pub(super) fn get(&self, wanted: &Wanted<'_>, generation: u64) -> Option<Arc<Signatory>> {
        let (made, signatory) = self.entries.get(wanted.access_key)?;
        (made == generation && signatory.has_token(wanted.session_token)).then_some(signatory)
    }

    pub(super) fn keep(&self, signatory: &Arc<Signatory>, generation: u64) {
        if self.count.fetch_add(1, Ordering::Relaxed) >= KEPT {
            self.entries.clear();
            self.count.store(1, Ordering::Relaxed);
        }
        self.entries.insert(&signatory.by.access_key, &(generation, Arc::clone(signatory)));
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.entries.entries().count()
    }
}
