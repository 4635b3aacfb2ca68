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

use super::disk::{Glance, Reading};
use super::flight::{Flights, Joined, Landing, Lead, landed};
use super::frame::{Frame, Head};
use super::tiers::{Bounds, Tiers};

/// A disk slower than this is not worth waiting for.
const READ_PATIENCE: Duration = Duration::from_millis(250);

/// A stage's cache cluster. Whoever resolved it keeps it: no call looks it up.
#[derive(Debug)]
pub struct Cluster {
    tiers: Arc<Tiers>,
    bounds: Arc<Bounds>,
    flights: Flights,
    /// How often somebody was to fetch something.
    turns: AtomicU64,
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
pub struct Wait(Awaited);

#[derive(Debug)]
enum Awaited {
    /// What another brings.
    Landing(Ask, watch::Receiver<Landing>),
    /// What the disk has; if that is nothing, whoever waits leads.
    Disk(Filling, Reading),
}

/// What the tiers have of a key.
enum Look {
    Nothing,
    Hit(Bytes),
    Reading(Reading),
}

/// Who asks for what.
#[derive(Debug, Clone)]
struct Ask {
    cluster: Arc<Cluster>,
    key: Box<[u8]>,
    encrypted: bool,
    generation: u64,
    /// When its reply is fetched, among others: what is asked for later is newer.
    turn: u64,
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
        Self { tiers, bounds: Arc::new(bounds), flights: Flights::default(), turns: AtomicU64::new(0) }
    }

    /// What is kept for `key`, or who brings it. An entry that is sealed counts only for who asks for sealed ones, and the
    /// other way round.
    pub fn find(self: &Arc<Self>, key: &[u8], encrypted: bool, now: Duration) -> Found {
        let generation = self.generation();
        let reading = match self.look(generation, key, encrypted, now) {
            Look::Hit(value) => return Found::Hit(value),
            Look::Reading(reading) => Some(reading),
            Look::Nothing => None,
        };
        let ask = self.ask(key, encrypted, generation);
        match self.flights.join(key) {
            Joined::Follows(landing) => Found::Wait(Wait(Awaited::Landing(ask, landing))),
            Joined::Leads(lead) => Filling { ask, lead: Some(lead) }.begin(reading, now),
        }
    }

    /// The right to replace what is kept for `key`, whatever that is.
    pub fn refresh(self: &Arc<Self>, key: &[u8], encrypted: bool) -> Filling {
        let ask = self.ask(key, encrypted, self.generation());
        Filling { lead: Some(self.flights.supersede(key)), ask }
    }

    fn ask(self: &Arc<Self>, key: &[u8], encrypted: bool, generation: u64) -> Ask {
        Ask { cluster: Arc::clone(self), key: key.into(), encrypted, generation, turn: self.turn() }
    }

    fn turn(&self) -> u64 {
        self.turns.fetch_add(1, Ordering::Relaxed)
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

    fn look(&self, generation: u64, key: &[u8], encrypted: bool, now: Duration) -> Look {
        if let Some(value) = self.recall(generation, key, encrypted, now) {
            return Look::Hit(value);
        }
        match self.tiers.glance(self.tiers.number(generation, key)) {
            Glance::Absent => Look::Nothing,
            Glance::Away(reading) => Look::Reading(reading),
            Glance::Here(frame) => {
                self.promote(generation, frame, key, encrypted, now).map_or(Look::Nothing, Look::Hit)
            }
        }
    }

    /// What memory has.
    fn recall(&self, generation: u64, key: &[u8], encrypted: bool, now: Duration) -> Option<Bytes> {
        let number = self.tiers.number(generation, key);
        let frame = self.tiers.recall(number)?;
        if !self.bounds.holds(&frame.head(), now) {
            self.tiers.forget(number);
            return None;
        }
        let value = self.open(&frame, key, encrypted)?;
        self.tiers.counters.memory_hits.fetch_add(1, Ordering::Relaxed);
        Some(value)
    }

    /// Takes what the disk had into memory, if it still counts.
    fn promote(
        &self,
        generation: u64,
        frame: Frame,
        key: &[u8],
        encrypted: bool,
        now: Duration,
    ) -> Option<Bytes> {
        let number = self.tiers.number(generation, key);
        if !self.bounds.holds(&frame.head(), now) {
            self.tiers.forget(number);
            return None;
        }
        let value = self.open(&frame, key, encrypted)?;
        self.tiers.promote(number, frame, &self.bounds);
        self.tiers.counters.disk_hits.fetch_add(1, Ordering::Relaxed);
        Some(value)
    }

    fn open(&self, frame: &Frame, key: &[u8], encrypted: bool) -> Option<Bytes> {
        if encrypted { frame.open(key, Some(&self.tiers.sealer())) } else { frame.open(key, None) }
    }
}

impl Ask {
    /// Fetches for itself, from now on.
    fn alone(self) -> Filling {
        Filling { ask: Self { turn: self.cluster.turn(), ..self }, lead: None }.missed()
    }

    fn recall(&self, now: Duration) -> Option<Bytes> {
        self.cluster.recall(self.generation, &self.key, self.encrypted, now)
    }
}

impl Wait {
    /// Waits for `patience` at most. A leader that dies is followed by one of those who wait; `clock` is read then.
    pub async fn outcome(self, patience: Duration, clock: &(dyn Fn() -> Duration + Send + Sync)) -> Waited {
        let (ask, landing) = match self.0 {
            Awaited::Disk(filling, reading) => return filling.read(reading, patience, clock).await,
            Awaited::Landing(ask, landing) => (ask, landing),
        };
        let alone = ask.clone();
        match tokio::time::timeout(patience, followed(ask, landing, clock)).await {
            Ok(waited) => waited,
            Err(_) => Waited::Miss(alone.alone()),
        }
    }
}

async fn followed(
    ask: Ask,
    mut landing: watch::Receiver<Landing>,
    clock: &(dyn Fn() -> Duration + Send + Sync),
) -> Waited {
    loop {
        match landed(landing).await {
            Some(Landing::Brought(value)) => return Waited::Shared(value),
            Some(_) => return Waited::Miss(ask.alone()),
            None => {}
        }
        match ask.cluster.find(&ask.key, ask.encrypted, clock()) {
            Found::Hit(value) => return Waited::Hit(value),
            Found::Miss(filling) => return Waited::Miss(filling),
            Found::Wait(Wait(Awaited::Landing(_, next))) => landing = next,
            Found::Wait(Wait(Awaited::Disk(filling, reading))) => {
                return filling.read(reading, READ_PATIENCE, clock).await;
            }
        }
    }
}

impl Filling {
    /// Goes on as the leader. Another may have led, and landed, since this one looked.
    fn begin(self, reading: Option<Reading>, now: Duration) -> Found {
        if let Some(value) = self.ask.recall(now) {
            self.land(Landing::Brought(value.clone()));
            return Found::Hit(value);
        }
        match reading {
            Some(reading) => Found::Wait(Wait(Awaited::Disk(self, reading))),
            None => Found::Miss(self.missed()),
        }
    }

    /// Waits for the disk, which others wait for too.
    async fn read(
        self,
        reading: Reading,
        patience: Duration,
        clock: &(dyn Fn() -> Duration + Send + Sync),
    ) -> Waited {
        let frame = tokio::time::timeout(patience.min(READ_PATIENCE), reading).await.ok().flatten();
        let Ask { cluster, key, encrypted, generation, .. } = &self.ask;
        match frame.and_then(|frame| cluster.promote(*generation, frame, key, *encrypted, clock())) {
            Some(value) => {
                self.land(Landing::Brought(value.clone()));
                Waited::Hit(value)
            }
            None => Waited::Miss(self.missed()),
        }
    }

    fn missed(self) -> Self {
        self.ask.cluster.tiers.counters.misses.fetch_add(1, Ordering::Relaxed);
        self
    }

    fn land(mut self, landing: Landing) {
        if let Some(lead) = self.lead.take() {
            self.ask.cluster.flights.land(&lead, landing);
        }
    }
}

impl Filling {
    /// Keeps a reply for `ttl` from `now` on, and hands it to all who wait for it. Says whether it was kept: not after a
    /// flush, not in the place of one that was asked for later, and not when it is larger than the cluster.
    pub fn store(self, value: &Bytes, ttl: Duration, now: Duration) -> bool {
        let kept = !self.ask.is_overtaken(now) && self.ask.keep(value, ttl, now);
        self.land(Landing::Brought(value.clone()));
        kept
    }

    /// Says that what was fetched is not for others: all who wait go themselves, at once.
    pub fn decline(self) {
        self.land(Landing::Declined);
    }
}

impl Ask {
    /// Whether memory has a reply that was asked for later, and that still counts and opens.
    fn is_overtaken(&self, now: Duration) -> bool {
        let Cluster { tiers, bounds, .. } = &*self.cluster;
        let kept = tiers.recall(tiers.number(self.generation, &self.key));
        let kept = kept.filter(|frame| frame.head().turn > self.turn && bounds.holds(&frame.head(), now));
        kept.is_some_and(|frame| self.cluster.open(&frame, &self.key, self.encrypted).is_some())
    }

    fn keep(&self, value: &[u8], ttl: Duration, now: Duration) -> bool {
        let Cluster { tiers, bounds, .. } = &*self.cluster;
        let cost = Frame::cost(self.key.len(), value.len(), self.encrypted);
        if cost > bounds.capacity.load(Ordering::Acquire) || self.cluster.generation() != self.generation {
            return false;
        }
        let position = bounds.stored.fetch_add(cost, Ordering::AcqRel);
        let head = Head { generation: self.generation, position, deadline: now + ttl, turn: self.turn };
        let sealer = self.encrypted.then(|| tiers.sealer());
        let Some(frame) = Frame::new(head, &self.key, value, sealer.as_deref().map(|sealer| &**sealer))
        else {
            return false;
        };
        tiers.keep(tiers.number(self.generation, &self.key), frame, bounds, now);
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
