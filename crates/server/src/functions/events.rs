//! Events: accepted durably, delivered in the background, tried again, and given up in the open.
//!
//! In: calls of `Invoke` with type `Event`, and what the store kept of an earlier run. Out: calls of functions. An event is
//! delivered at least once: a gateway that is killed during a delivery delivers again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::{Throttle, Timestamp};
use stagedoor_control::{InvokeCall, InvokeRefusal};
use stagedoor_engine::Directory;
use stagedoor_lambda::{Invocation, InvokeError};
use stagedoor_store::{Event, EventId, PendingEvent, Store, StoreError};
use tokio::sync::{Notify, Semaphore};

use super::delivery::{Miss, Next, Rules};
use super::{Functions, Refused};
use crate::config::LambdaConfig;

/// Deliveries that run at once, of all functions together.
const DELIVERIES: usize = 128;
/// Bytes that all waiting events may take.
const MAX_BYTES: usize = 1024 * 1024 * 1024;

/// The events of one node.
pub(crate) struct Queue {
    store: Arc<Store>,
    directory: Arc<Directory>,
    functions: Arc<Functions>,
    settings: LambdaConfig,
    clock: fn() -> Timestamp,
    waiting: Mutex<Waiting>,
    changed: Notify,
    turns: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// By due time.
    due: BinaryHeap<Reverse<(Timestamp, EventId, usize)>>,
    /// What is accepted and neither delivered nor given up, those under way included.
    count: usize,
    bytes: usize,
}

impl Waiting {
    /// Takes room for an event; false when there is none.
    fn reserve(&mut self, bytes: usize, capacity: usize) -> bool {
        if self.count >= capacity || self.bytes + bytes > MAX_BYTES {
            return false;
        }
        self.count += 1;
        self.bytes += bytes;
        true
    }

    fn release(&mut self, bytes: usize) {
        self.count = self.count.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

impl Queue {
    /// The queue with everything that waits in the store.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub(crate) fn load(
        store: Arc<Store>,
        directory: Arc<Directory>,
        functions: Arc<Functions>,
        settings: &LambdaConfig,
        clock: fn() -> Timestamp,
    ) -> Result<Arc<Self>, StoreError> {
        let mut waiting = Waiting::default();
        for PendingEvent { id, due, bytes } in store.pending_events()? {
            waiting.count += 1;
            waiting.bytes += bytes;
            waiting.due.push(Reverse((due, id, bytes)));
        }
        if waiting.count > 0 {
            tracing::info!("{} events wait for delivery since the last run", waiting.count);
        }
        let turns = Arc::new(Semaphore::new(DELIVERIES));
        let (waiting, changed, settings) = (Mutex::new(waiting), Notify::new(), settings.clone());
        Ok(Arc::new(Self { store, directory, functions, settings, clock, waiting, changed, turns }))
    }

    /// Keeps an event. It is durable when this completes well.
    pub(crate) async fn accept(self: Arc<Self>, call: InvokeCall) -> Result<(), InvokeRefusal> {
        if self.directory.function(&call.function).is_none() {
            return Err(InvokeRefusal::NotFound);
        }
        let bytes = call.payload.len();
        if !self.lock().reserve(bytes, self.settings.events) {
            return Err(InvokeRefusal::Throttled(Throttle::Events));
        }
        let event = Event {
            function: call.function,
            request_id: call.request_id,
            trace_id: None,
            client_context: call.client_context,
            payload: call.payload.to_vec(),
            accepted: (self.clock)(),
            failures: 0,
            attempts: 0,
        };
        // Whoever waits may go away; what was stored must be noticed all the same.
        let kept = tokio::task::spawn_blocking(move || {
            let stored = self.store.accept_event(&event);
            match &stored {
                Ok(id) => self.schedule(event.accepted, *id, bytes),
                Err(_) => self.lock().release(bytes),
            }
            stored
        });
        match kept.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => {
                Err(InvokeRefusal::Unavailable(format!("the event could not be kept: {error}")))
            }
            Err(error) => Err(InvokeRefusal::Unavailable(format!("keeping the event broke off: {error}"))),
        }
    }

    /// Delivers what is due, for ever.
    pub(crate) async fn run(self: Arc<Self>) {
        loop {
            let Ok(turn) = Arc::clone(&self.turns).acquire_owned().await else { return };
            let (id, bytes) = self.next().await;
            let queue = Arc::clone(&self);
            tokio::spawn(async move {
                queue.deliver(id, bytes).await;
                drop(turn);
            });
        }
    }

    /// Waits until an event is due.
    async fn next(&self) -> (EventId, usize) {
        loop {
            let changed = self.changed.notified();
            let wait = {
                let mut waiting = self.lock();
                let now = (self.clock)();
                match waiting.due.peek() {
                    Some(Reverse((due, id, bytes))) if *due <= now => {
                        let found = (*id, *bytes);
                        waiting.due.pop();
                        return found;
                    }
                    Some(Reverse((due, ..))) => Duration::from_millis(due.0 - now.0),
                    None => Duration::MAX,
                }
            };
            // Whether the time came or something changed, the heap tells what to do.
            let _ = tokio::time::timeout(wait, changed).await;
        }
    }

    async fn deliver(self: Arc<Self>, id: EventId, bytes: usize) {
        let queue = Arc::clone(&self);
        let read = tokio::task::spawn_blocking(move || queue.read(id)).await;
        let (mut event, rules) = match read {
            Ok(Ok(Some(found))) => found,
            Ok(Ok(None)) => return self.lock().release(bytes),
            Ok(Err(error)) => return self.unreadable(id, bytes, &error.to_string()),
            Err(error) => return self.unreadable(id, bytes, &error.to_string()),
        };
        let next = self.attempt(&mut event, &rules).await;
        let queue = Arc::clone(&self);
        let settled = tokio::task::spawn_blocking(move || queue.settle(id, bytes, &event, next)).await;
        if let Err(error) = settled {
            tracing::error!("settling an event broke off: {error}");
        }
    }

    /// Trying again would fail again: the event stays in the store and the next start reads it.
    fn unreadable(&self, id: EventId, bytes: usize, reason: &str) {
        tracing::error!("event {} cannot be read and waits for the next start: {reason}", id.0);
        self.lock().release(bytes);
    }

    fn read(&self, id: EventId) -> Result<Option<(Event, Rules)>, StoreError> {
        let Some(event) = self.store.event(id)? else { return Ok(None) };
        let function = self.store.function(&event.function.scope, &event.function.name)?;
        let qualifier = event.function.qualifier.as_deref().unwrap_or("$LATEST");
        let config = function.as_ref().and_then(|tree| tree.value.function.event_invoke.get(qualifier));
        Ok(Some((event, Rules::of(config))))
    }

    async fn attempt(&self, event: &mut Event, rules: &Rules) -> Next {
        if let Some(too_old) = rules.too_old(event, (self.clock)()) {
            return too_old;
        }
        match self.call(event).await {
            Ok(()) => Next::Delivered,
            Err(miss) => rules.after(event, miss, (self.clock)(), &self.settings),
        }
    }

    async fn call(&self, event: &Event) -> Result<(), Miss> {
        let Some(entry) = self.directory.function(&event.function) else { return Err(Miss::Gone) };
        let invocation = Invocation {
            request_id: event.request_id.clone(),
            payload: Bytes::from(event.payload.clone()),
            trace_id: event.trace_id.clone(),
            client_context: event.client_context.clone(),
            invoked_arn: event.function.clone(),
            held: None,
        };
        match self.functions.call(&entry, entry.choose(), invocation).await {
            Ok(invoked) if invoked.function_error.is_none() => Ok(()),
            // The gateway itself may have ended the function: the next run tries again.
            _ if self.functions.is_closing() => Err(Miss::Shutdown),
            Ok(invoked) => Err(Miss::Failed(error_of(&invoked.payload))),
            Err(Refused::Throttled(throttle)) => Err(Miss::Busy(throttle.as_str().to_owned())),
            Err(Refused::Remote(reason)) => Err(Miss::Busy(reason)),
            Err(Refused::Failed(InvokeError::NotFound(_))) => Err(Miss::Gone),
            Err(Refused::Failed(InvokeError::Shutdown)) => Err(Miss::Shutdown),
            Err(Refused::Failed(other)) => Err(Miss::Busy(other.to_string())),
        }
    }

    fn settle(&self, id: EventId, bytes: usize, event: &Event, next: Next) {
        let stored = match &next {
            Next::Kept => return,
            Next::Again(due) => self.store.postpone_event(id, event, *due),
            Next::Delivered | Next::GivenUp(_) => self.store.remove_event(id),
        };
        if let Err(error) = stored {
            tracing::error!("event {} of {}: {error}", event.request_id, event.function.name);
        }
        match next {
            Next::Again(due) => return self.schedule(due, id, bytes),
            Next::GivenUp(reason) => tracing::error!(
                "function {}: event {} is given up after {} attempts: {reason}",
                event.function.name,
                event.request_id,
                event.attempts.max(1)
            ),
            Next::Delivered | Next::Kept => {}
        }
        self.lock().release(bytes);
    }

    fn schedule(&self, due: Timestamp, id: EventId, bytes: usize) {
        self.lock().due.push(Reverse((due, id, bytes)));
        self.changed.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("waiting", &self.lock().count).finish_non_exhaustive()
    }
}

/// The function's own words, cut to a line of the log.
fn error_of(payload: &[u8]) -> String {
    let parsed: Option<serde_json::Value> = serde_json::from_slice(payload).ok();
    let text = parsed.as_ref().and_then(|error| error.get("errorMessage")?.as_str());
    let text = text.map_or_else(|| String::from_utf8_lossy(payload).into_owned(), str::to_owned);
    text.chars().take(300).collect()
}
