//! Misses of one key together: one leads, the others wait for what it brings.
//!
//! In: keys that were missed. Out: the lead, or a way to wait for whoever has it. It must not know what is brought, and it
//! never waits by itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// A key that somebody is fetching.
struct Flight {
    landing: watch::Receiver<Landing>,
    /// A newer fetch was ordered meanwhile: what this one brings must not be kept.
    superseded: AtomicBool,
}

/// Who is fetching what, by key.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Box<[u8]>, Arc<Flight>>>);

impl fmt::Debug for Flights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flights({})", self.lock().len())
    }
}

/// The lead of one key.
pub(super) struct Lead {
    key: Box<[u8]>,
    flight: Arc<Flight>,
    landing: watch::Sender<Landing>,
}

impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lead").field("superseded", &self.is_superseded()).finish_non_exhaustive()
    }
}

/// How one who missed goes on.
#[derive(Debug)]
pub(super) enum Joined {
    Leads(Lead),
    Follows(watch::Receiver<Landing>),
}

impl Flights {
    fn lock(&self) -> MutexGuard<'_, HashMap<Box<[u8]>, Arc<Flight>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows who leads `key`, or leads.
    pub(super) fn join(&self, key: &[u8]) -> Joined {
        let mut flights = self.lock();
        if let Some(flight) = flights.get(key) {
            return Joined::Follows(flight.landing.clone());
        }
        let lead = Lead::new(key);
        flights.insert(key.into(), Arc::clone(&lead.flight));
        Joined::Leads(lead)
    }

    /// Leads `key` anew: what an earlier leader brings is for those who wait for it, and is not kept.
    pub(super) fn supersede(&self, key: &[u8]) -> Lead {
        let lead = Lead::new(key);
        if let Some(before) = self.lock().insert(key.into(), Arc::clone(&lead.flight)) {
            before.superseded.store(true, Ordering::Release);
        }
        lead
    }

    /// Forgets all who lead: what they bring is for those who wait already, and is not kept.
    pub(super) fn clear(&self) {
        for (_, flight) in self.lock().drain() {
            flight.superseded.store(true, Ordering::Release);
        }
    }

    /// Ends a lead; those who wait learn what came of it.
    pub(super) fn land(&self, lead: &Lead, landing: Landing) {
        self.leave(lead);
        lead.landing.send_replace(landing);
    }

    /// Takes a lead off the list. Those who wait learn that it ended once it is dropped.
    pub(super) fn leave(&self, lead: &Lead) {
        if let Entry::Occupied(entry) = self.lock().entry(lead.key.clone())
            && Arc::ptr_eq(entry.get(), &lead.flight)
        {
            entry.remove();
        }
    }
}

impl Lead {
    fn new(key: &[u8]) -> Self {
        let (landing, receiver) = watch::channel(Landing::Flying);
        let flight = Arc::new(Flight { landing: receiver, superseded: AtomicBool::new(false) });
        Self { key: key.into(), flight, landing }
    }

    pub(super) fn is_superseded(&self) -> bool {
        self.flight.superseded.load(Ordering::Acquire)
    }
}

/// Waits until a leader landed; none when it died on the way.
pub(super) async fn landed(mut landing: watch::Receiver<Landing>) -> Option<Landing> {
    landing.wait_for(|landing| *landing != Landing::Flying).await.ok().map(|landing| landing.clone())
}
