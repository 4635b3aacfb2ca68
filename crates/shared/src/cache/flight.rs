//! Misses of one key together: one leads, the others wait for what it brings.
//!
//! In: keys that were missed. Out: the lead, or a way to wait for whoever has it. It must not know what is brought, and it
//! never waits by itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::watch;

/// What a leader came back with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Landing {
    /// It is under way.
    Flying,
    /// The reply, for all who wait.
    Brought(Bytes),
    /// There is nothing to share: everybody goes alone.
    Declined,
}

/// Who is fetching what, by key.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Box<[u8]>, watch::Receiver<Landing>>>);

impl fmt::Debug for Flights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flights({})", self.lock().len())
    }
}

/// The lead of one key.
pub(super) struct Lead {
    key: Box<[u8]>,
    landing: watch::Sender<Landing>,
}

impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lead").finish_non_exhaustive()
    }
}

/// How one who missed goes on.
#[derive(Debug)]
pub(super) enum Joined {
    Leads(Lead),
    Follows(watch::Receiver<Landing>),
}

impl Flights {
    fn lock(&self) -> MutexGuard<'_, HashMap<Box<[u8]>, watch::Receiver<Landing>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows who leads `key`, or leads.
    pub(super) fn join(&self, key: &[u8]) -> Joined {
        let mut flights = self.lock();
        if let Some(flight) = flights.get(key) {
            return Joined::Follows(flight.clone());
        }
        let lead = Lead::new(key);
        flights.insert(key.into(), lead.landing.subscribe());
        Joined::Leads(lead)
    }

    /// Leads `key` anew: what an earlier leader brings is for those who wait for it.
    pub(super) fn supersede(&self, key: &[u8]) -> Lead {
        let lead = Lead::new(key);
        self.lock().insert(key.into(), lead.landing.subscribe());
        lead
    }

    /// Forgets all who lead: what they bring is for those who wait already.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// Ends a lead; those who wait learn what came of it.
    pub(super) fn land(&self, lead: &Lead, landing: Landing) {
        self.leave(lead);
        lead.landing.send_replace(landing);
    }

    /// Takes a lead off the list. Those who wait learn that it ended once it is dropped.
    pub(super) fn leave(&self, lead: &Lead) {
        if let Entry::Occupied(entry) = self.lock().entry(lead.key.clone())
            && entry.get().same_channel(&lead.landing.subscribe())
        {
            entry.remove();
        }
    }
}

impl Lead {
    fn new(key: &[u8]) -> Self {
        Self { key: key.into(), landing: watch::Sender::new(Landing::Flying) }
    }
}

/// Waits until a leader landed; none when it died on the way.
pub(super) async fn landed(mut landing: watch::Receiver<Landing>) -> Option<Landing> {
    landing.wait_for(|landing| *landing != Landing::Flying).await.ok().map(|landing| landing.clone())
}
