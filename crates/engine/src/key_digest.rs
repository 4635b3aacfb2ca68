//! What stands for the values of API keys.
//!
//! In: values as callers send them. Out: digests, by which keys are found, made by whoever knows their secret. The values of
//! keys are known to nobody before they are sent; good ones are remembered, for a digest costs more than a look at them. It
//! must not know whose they are.

use std::fmt;
use std::hash::BuildHasher;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use foldhash::fast::RandomState;
use stagedoor_auth::is_same_secret;

/// Values that are remembered at most.
const REMEMBERED: u64 = 4096;

type Make = dyn Fn(&str) -> u128 + Send + Sync;

/// Makes digests.
pub(crate) struct Digests {
    make: Box<Make>,
    hasher: RandomState,
    /// Each good value in the place that its hash names; the last one stays there.
    remembered: Box<[ArcSwapOption<Remembered>]>,
}

struct Remembered {
    value: Box<str>,
    digest: u128,
}

impl Digests {
    /// `make` gives equal values equal digests, and others others.
    pub(crate) fn new(make: impl Fn(&str) -> u128 + Send + Sync + 'static) -> Self {
        let remembered = (0..REMEMBERED).map(|_| ArcSwapOption::empty()).collect();
        Self { make: Box::new(make), hasher: RandomState::default(), remembered }
    }

    /// The digest of a value, and whether it was remembered. Takes no lock.
    pub(crate) fn of(&self, value: &str) -> (u128, bool) {
        match &*self.place(value).load() {
            Some(known) if is_same_secret(&known.value, value) => (known.digest, true),
            _ => ((self.make)(value), false),
        }
    }

    /// Remembers a value that is a key's.
    pub(crate) fn remember(&self, value: &str, digest: u128) {
        self.place(value).store(Some(Arc::new(Remembered { value: value.into(), digest })));
    }

    fn place(&self, value: &str) -> &ArcSwapOption<Remembered> {
        let place = self.hasher.hash_one(value) % REMEMBERED;
        &self.remembered[usize::try_from(place).unwrap_or_default()]
    }
}

impl fmt::Debug for Digests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digests").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use super::{Digests, REMEMBERED};

    #[test]
    fn a_remembered_value_costs_no_digest_and_makes_room_for_others() {
        let made = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&made);
        let digests = Digests::new(move |value| {
            count.fetch_add(1, Relaxed);
            value.parse().unwrap()
        });
        assert_eq!(digests.of("7"), (7, false));
        digests.remember("7", 7);
        assert_eq!((digests.of("7"), made.load(Relaxed)), ((7, true), 1));
        for value in 0..100 * u128::from(REMEMBERED) {
            digests.remember(&value.to_string(), value);
        }
        let known = (0..100 * REMEMBERED).filter(|value| digests.of(&value.to_string()).1).count();
        assert!(known <= usize::try_from(REMEMBERED).unwrap());
        assert_eq!(digests.of("8").0, 8);
    }
}
