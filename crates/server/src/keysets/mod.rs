//! Key sets of token issuers: fetched when a token needs them, kept while they are fresh, fetched again when a token names a key
//! that is not among them.
//!
//! In: an issuer and the id of a key. Out: its keys, or why there are none; then nobody's token counts. Fetching lives on the
//! control runtime, one question at a time for each issuer; calls whose key is known never wait.

mod fetch;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use stagedoor_auth::jwt::KeySet;
use stagedoor_base::Timestamp;
use stagedoor_engine::{KeySetFailure, KeySource, KeysFound, KeysOutcome, TokenIssuer};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::buffers::Buffers;
use crate::upstream::{Settings, Upstream};

/// Keys are fetched again, while they still count, after the time their issuer names, but not sooner or later than this.
const FRESH: (Duration, Duration) = (Duration::from_mins(1), Duration::from_hours(1));
/// Keys count so long after they were fetched; with an issuer out of reach for longer, nobody is let in.
const USABLE: Duration = Duration::from_hours(2);
/// An unknown key is reason to fetch once in this time: anybody can name one.
const ROTATION: Duration = Duration::from_secs(10);
/// How long a failure counts.
const FAILURE: Duration = Duration::from_secs(2);
/// Sources that are remembered. Definitions name few.
const SOURCES: usize = 1024;
/// All answers together that are being read.
const BUFFERS: usize = 4 * 1024 * 1024;

/// The key sets that this gateway has or can get.
#[derive(Debug)]
pub(crate) struct KeySets {
    upstream: Arc<Upstream>,
    runtime: Handle,
    clock: fn() -> Timestamp,
    slots: Mutex<HashMap<KeySource, Slot>>,
}

/// What is known of one source.
#[derive(Debug, Default)]
struct Slot {
    held: Option<Held>,
    asking: Option<watch::Receiver<Option<KeysOutcome>>>,
    /// Why the last question failed, and until when nobody asks again.
    failed: Option<(KeySetFailure, Timestamp)>,
    /// When an unknown key is reason to ask again.
    rotation: Timestamp,
}

#[derive(Debug)]
struct Held {
    keys: Arc<KeySet>,
    fresh: Timestamp,
    usable: Timestamp,
}

/// What to do about a key.
enum Step {
    Answer(KeysOutcome),
    /// Answer with these keys, and fetch newer ones meanwhile.
    Renew(Arc<KeySet>),
    Join(watch::Receiver<Option<KeysOutcome>>),
    Ask,
}

impl Slot {
    fn step(&mut self, key_id: &str, now: Timestamp) -> Step {
        // A closed channel is what a question that broke off leaves behind.
        let asking = self.asking.as_ref().filter(|answer| answer.has_changed().is_ok());
        let failed = self.failed.as_ref().filter(|(_, until)| now < *until).map(|(failure, _)| failure);
        let held = self.held.as_ref().filter(|held| now < held.usable);
        match (held, asking, failed) {
            (Some(held), asking, failed) if held.keys.has(key_id) => {
                let renew = now >= held.fresh && asking.is_none() && failed.is_none();
                if renew {
                    Step::Renew(Arc::clone(&held.keys))
                } else {
                    Step::Answer(Ok(Arc::clone(&held.keys)))
                }
            }
            (_, Some(answer), _) => Step::Join(answer.clone()),
            (Some(held), None, failed) if failed.is_some() || now < self.rotation => {
                Step::Answer(Ok(Arc::clone(&held.keys)))
            }
            (Some(_), None, _) => {
                self.rotation = later(now, ROTATION);
                Step::Ask
            }
            (None, None, Some(failure)) => Step::Answer(Err(failure.clone())),
            (None, None, None) => Step::Ask,
        }
    }

    /// Takes what was fetched. Keys that still count outlive a failure.
    fn keep(&mut self, fetched: Result<fetch::Fetched, KeySetFailure>, now: Timestamp) -> KeysOutcome {
        self.asking = None;
        match fetched {
            Ok(fetch::Fetched { keys, max_age }) => {
                let keys = Arc::new(keys);
                let fresh = later(now, max_age.unwrap_or(FRESH.1).clamp(FRESH.0, FRESH.1));
                let usable = later(now, USABLE);
                self.held = Some(Held { keys: Arc::clone(&keys), fresh, usable });
                self.failed = None;
                Ok(keys)
            }
            Err(failure) => {
                self.failed = Some((failure.clone(), later(now, FAILURE)));
                let held = self.held.as_ref().filter(|held| now < held.usable);
                held.map(|held| Arc::clone(&held.keys)).ok_or(failure)
            }
        }
    }
}

impl KeySets {
    /// Must be called on the runtime on which issuers are asked.
    pub(crate) fn start(upstream: &Settings, clock: fn() -> Timestamp) -> Arc<Self> {
        // Buffers of their own: a node full of replies must not shut everybody out.
        let (limit, buffers) = (fetch::MAX_BYTES, Buffers::new(BUFFERS));
        let settings = Settings { limit, buffers, ..upstream.clone() };
        let upstream = Upstream::sweeping(settings);
        Arc::new(Self { upstream, runtime: Handle::current(), clock, slots: Mutex::default() })
    }

    /// The keys of an issuer, of which one should have this id.
    pub(crate) fn find(self: &Arc<Self>, issuer: &TokenIssuer, key_id: &str) -> KeysFound {
        let (source, now) = (&issuer.keys, (self.clock)());
        let mut slots = self.lock();
        if slots.len() >= SOURCES && !slots.contains_key(source) && !make_room(&mut slots) {
            let failure = format!("{SOURCES} other issuers are being asked");
            return KeysFound::Known(Err(KeySetFailure(failure.into())));
        }
        let slot = slots.entry(source.clone()).or_default();
        match slot.step(key_id, now) {
            Step::Answer(outcome) => KeysFound::Known(outcome),
            Step::Join(answer) => KeysFound::Waiting(Box::pin(awaited(answer))),
            Step::Renew(keys) => {
                slot.asking = Some(self.ask(source.clone()));
                KeysFound::Known(Ok(keys))
            }
            Step::Ask => {
                let answer = self.ask(source.clone());
                slot.asking = Some(answer.clone());
                KeysFound::Waiting(Box::pin(awaited(answer)))
            }
        }
    }

    /// Asks in the background. The answer is kept even when nobody waits for it any more.
    fn ask(self: &Arc<Self>, source: KeySource) -> watch::Receiver<Option<KeysOutcome>> {
        let (sender, answer) = watch::channel(None);
        let sets = Arc::clone(self);
        self.runtime.spawn(async move {
            let fetched = fetch::key_set(&sets.upstream, &source).await;
            if let Err(failure) = &fetched {
                tracing::warn!("no keys from {source}: {}", failure.0);
            }
            let now = (sets.clock)();
            let outcome = sets.lock().entry(source).or_default().keep(fetched, now);
            let _ = sender.send(Some(outcome));
        });
        answer
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<KeySource, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the source whose keys count the shortest, if at all. Those that are being asked stay.
fn make_room(slots: &mut HashMap<KeySource, Slot>) -> bool {
    let settled = slots.iter().filter(|(_, slot)| slot.asking.is_none());
    let least = settled.min_by_key(|(_, slot)| slot.held.as_ref().map(|held| held.usable));
    let least = least.map(|(source, _)| source.clone());
    least.is_some_and(|source| slots.remove(&source).is_some())
}

async fn awaited(mut answer: watch::Receiver<Option<KeysOutcome>>) -> KeysOutcome {
    let broken = || Err(KeySetFailure("asking for the keys broke off".into()));
    match answer.wait_for(Option::is_some).await {
        Ok(outcome) => outcome.clone().unwrap_or_else(broken),
        Err(_) => broken(),
    }
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    Timestamp(now.0.saturating_add(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)))
}
