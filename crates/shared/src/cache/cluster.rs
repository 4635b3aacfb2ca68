//! One stage's cache cluster: look up, lead or follow, fill in, flush.
//!
//! In: keys and replies as bytes, the moment of asking. Out: what is kept and still counts, or a [`Filling`], the right to
//! bring it. It must not know what keys and replies mean.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;

use super::flight::{Flights, Joined, Landing, Lead, landed};
use super::frame::{Frame, Head};
use super::tiers::{Bounds, Tiers};

/// A stage's cache cluster. Whoever resolved it keeps it: no call looks it up.
#[derive(Debug)]
pub struct Cluster {
    tiers: Arc<Tiers>,
    bounds: Arc<Bounds>,
    flights: Flights,
}

/// What a lookup found at once.
#[derive(Debug)]
pub enum Found {
    /// The reply as it was stored.
    Hit(Bytes),
    /// Nothing; who asks fetches it, and others may wait for that.
    Miss(Filling),
    /// Somebody is fetching it.
    Wait(Wait),
}

/// What came of waiting.
#[derive(Debug)]
pub enum Waited {
    /// It was kept after all.
    Hit(Bytes),
    /// Who led brought it.
    Shared(Bytes),
    /// Nothing came in time, or what came is not for sharing.
    Miss(Filling),
}

/// A lookup that something is under way for.
#[derive(Debug)]
pub struct Wait {
    ask: Ask,
    landing: watch::Receiver<Landing>,
}

/// Who asks for what.
#[derive(Debug, Clone)]
struct Ask {
    cluster: Arc<Cluster>,
    key: Box<[u8]>,
    encrypted: bool,
    generation: u64,
}

/// The right to bring a reply that was missed. Dropped without a word, the next who waits leads.
pub struct Filling {
    ask: Ask,
    /// None: nobody waits for it.
    lead: Option<Lead>,
}

impl fmt::Debug for Filling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filling").field("lead", &self.lead).finish_non_exhaustive()
    }
}

impl Cluster {
    pub(super) fn new(tiers: Arc<Tiers>, capacity: u64) -> Self {
        let bounds = Bounds {
            generation: AtomicU64::new(tiers.next_generation()),
            stored: AtomicU64::new(0),
            capacity: AtomicU64::new(capacity),
        };
        Self { tiers, bounds: Arc::new(bounds), flights: Flights::default() }
    }

    /// What is kept for `key`, or who brings it. An entry that is sealed counts only for who asks for sealed ones, and the
    /// other way round.
    pub fn find(self: &Arc<Self>, key: &[u8], encrypted: bool, now: Duration) -> Found {
        let generation = self.generation();
        if let Some(value) = self.look(generation, key, encrypted, now) {
            return Found::Hit(value);
        }
        let ask = Ask { cluster: Arc::clone(self), key: key.into(), encrypted, generation };
        match self.flights.join(key) {
            Joined::Follows(landing) => Found::Wait(Wait { ask, landing }),
            Joined::Leads(lead) => ask.lead(lead, now),
        }
    }

    /// The right to replace what is kept for `key`, whatever that is.
    pub fn refresh(self: &Arc<Self>, key: &[u8], encrypted: bool) -> Filling {
        let ask =
            Ask { cluster: Arc::clone(self), key: key.into(), encrypted, generation: self.generation() };
        Filling { lead: Some(self.flights.supersede(key)), ask }
    }

    /// Empties the cluster at once. What is being fetched meanwhile is not kept either.
    pub fn flush(&self) {
        self.bounds.generation.store(self.tiers.next_generation(), Ordering::Release);
        self.flights.clear();
    }

    /// Takes another capacity. A change empties the cluster, as at AWS.
    pub(super) fn resize(&self, capacity: u64) {
        if self.bounds.capacity.swap(capacity, Ordering::AcqRel) != capacity {
            self.flush();
        }
    }

    fn generation(&self) -> u64 {
        self.bounds.generation.load(Ordering::Acquire)
    }

    fn look(&self, generation: u64, key: &[u8], encrypted: bool, now: Duration) -> Option<Bytes> {
        let number = self.tiers.number(generation, key);
        let frame = self.tiers.from_memory(number)?;
        if !self.bounds.holds(&frame.head(), now) {
            self.tiers.forget(number);
            return None;
        }
        let value = self.open(&frame, key, encrypted)?;
        self.tiers.counters.memory_hits.fetch_add(1, Ordering::Relaxed);
        Some(value)
    }

    fn open(&self, frame: &Frame, key: &[u8], encrypted: bool) -> Option<Bytes> {
        if encrypted { frame.open(key, Some(&self.tiers.sealer())) } else { frame.open(key, None) }
    }
}

impl Ask {
    /// Goes on as the leader. Another may have led, and landed, since this one looked.
    fn lead(self, lead: Lead, now: Duration) -> Found {
        let cluster = Arc::clone(&self.cluster);
        if let Some(value) = cluster.look(self.generation, &self.key, self.encrypted, now) {
            cluster.flights.land(&lead, Landing::Brought(value.clone()));
            return Found::Hit(value);
        }
        cluster.tiers.counters.misses.fetch_add(1, Ordering::Relaxed);
        Found::Miss(Filling { ask: self, lead: Some(lead) })
    }

    fn alone(self) -> Filling {
        self.cluster.tiers.counters.misses.fetch_add(1, Ordering::Relaxed);
        Filling { ask: self, lead: None }
    }
}

impl Wait {
    /// Waits for `patience` at most. A leader that dies is followed by one of those who wait. `now` is asked once more then.
    pub async fn outcome(self, patience: Duration, now: &(dyn Fn() -> Duration + Send + Sync)) -> Waited {
        let alone = self.ask.clone();
        match tokio::time::timeout(patience, self.followed(now)).await {
            Ok(waited) => waited,
            Err(_) => Waited::Miss(alone.alone()),
        }
    }

    async fn followed(self, now: &(dyn Fn() -> Duration + Send + Sync)) -> Waited {
        let Self { ask, mut landing } = self;
        loop {
            match landed(landing).await {
                Some(Landing::Brought(value)) => return Waited::Shared(value),
                Some(_) => return Waited::Miss(ask.alone()),
                None => {}
            }
            match ask.cluster.find(&ask.key, ask.encrypted, now()) {
                Found::Hit(value) => return Waited::Hit(value),
                Found::Miss(filling) => return Waited::Miss(filling),
                Found::Wait(next) => landing = next.landing,
            }
        }
    }
}

impl Filling {
    /// Keeps a reply for `ttl` from `now` on, and hands it to all who wait for it. Says whether it was kept: not after a
    /// flush or a newer order to fetch, and not when it is larger than the cluster.
    pub fn store(mut self, value: &Bytes, ttl: Duration, now: Duration) -> bool {
        let Some(lead) = self.lead.take() else { return self.ask.keep(value, ttl, now) };
        let kept = !lead.is_superseded() && self.ask.keep(value, ttl, now);
        self.ask.cluster.flights.land(&lead, Landing::Brought(value.clone()));
        kept
    }

    /// Says that what was fetched is not for others: all who wait go themselves, at once.
    pub fn decline(mut self) {
        if let Some(lead) = self.lead.take() {
            self.ask.cluster.flights.land(&lead, Landing::Declined);
        }
    }
}

impl Ask {
    fn keep(&self, value: &[u8], ttl: Duration, now: Duration) -> bool {
        let Cluster { tiers, bounds, .. } = &*self.cluster;
        let cost = Frame::cost(self.key.len(), value.len(), self.encrypted);
        if cost > bounds.capacity.load(Ordering::Acquire) || self.cluster.generation() != self.generation {
            return false;
        }
        let position = bounds.stored.fetch_add(cost, Ordering::AcqRel);
        let head = Head { generation: self.generation, position, deadline: now + ttl };
        let sealer = self.encrypted.then(|| tiers.sealer());
        let Some(frame) = Frame::new(head, &self.key, value, sealer.as_deref().map(|sealer| &**sealer))
        else {
            return false;
        };
        tiers.keep(tiers.number(self.generation, &self.key), frame, bounds);
        true
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        if let Some(lead) = &self.lead {
            self.ask.cluster.flights.leave(lead);
        }
    }
}
