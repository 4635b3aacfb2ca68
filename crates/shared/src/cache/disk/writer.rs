//! Writes what waits, many entries at a time.
//!
//! In: numbers of entries that the index holds. Out: their places in the index. It must not be waited for by a call.

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::index::Place;
use super::{Parts, record};
use crate::cache::frame::Frame;

/// Bytes that may wait; more than that is given up.
const QUEUE_BYTES: u64 = 32 << 20;
/// About what is written at once.
const BATCH_BYTES: usize = 1 << 20;

/// Entries to be written, by number; the index has their bytes.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    numbers: VecDeque<(u64, u64)>,
    bytes: u64,
    writing: bool,
    closed: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an entry of `bytes`; false when too much is waiting.
    pub(super) fn push(&self, number: u64, bytes: u64) -> bool {
        let mut state = self.lock();
        if state.closed || state.bytes + bytes > QUEUE_BYTES {
            return false;
        }
        state.bytes += bytes;
        state.numbers.push_back((number, bytes));
        let is_first = state.numbers.len() == 1;
        drop(state);
        if is_first {
            self.changed.notify_all();
        }
        true
    }

    /// Waits for entries and takes about a batch of them; none when there will be no more.
    fn pull(&self) -> Option<Vec<u64>> {
        let mut state = self.lock();
        state.writing = false;
        while state.numbers.is_empty() && !state.closed {
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return None;
        }
        state.writing = true;
        let (mut taken, mut numbers) = (0, Vec::new());
        while taken < BATCH_BYTES as u64
            && let Some((number, bytes)) = state.numbers.pop_front()
        {
            taken += bytes;
            numbers.push(number);
        }
        state.bytes -= taken;
        Some(numbers)
    }

    /// Ends the writer; what waits is given up.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    #[cfg(test)]
    pub(super) fn settle(&self) {
        let is_busy = |state: &mut State| state.writing || !state.numbers.is_empty();
        let deadline = std::time::Duration::from_secs(120);
        let waited = self.changed.wait_timeout_while(self.lock(), deadline, is_busy).unwrap();
        assert!(!waited.1.timed_out(), "the writer hangs");
    }
}

pub(super) fn start(parts: Arc<Parts>) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name("cache-writer".to_owned()).spawn(move || run(&parts))
}

fn run(parts: &Parts) {
    let mut batch = Vec::with_capacity(BATCH_BYTES);
    let mut is_failing = false;
    while let Some(numbers) = parts.queue.pull() {
        batch.clear();
        let entries = gather(parts, &numbers, &mut batch);
        if entries.is_empty() {
            continue;
        }
        let written = write(parts, &entries, &batch);
        tell(written.as_ref().err(), &mut is_failing);
        if written.is_err() {
            give_up(parts, &entries);
        }
    }
}

/// An entry in the batch.
struct Gathered {
    number: u64,
    frame: Frame,
    /// In the batch.
    offset: usize,
}

fn gather(parts: &Parts, numbers: &[u64], batch: &mut Vec<u8>) -> Vec<Gathered> {
    let mut entries = Vec::with_capacity(numbers.len());
    for &number in numbers {
        let Some(frame) = parts.index.queued(number) else { continue };
        let offset = batch.len();
        if parts.checksum.write(number, &frame, batch).is_some() {
            entries.push(Gathered { number, frame, offset });
        }
    }
    entries
}

fn write(parts: &Parts, entries: &[Gathered], batch: &[u8]) -> io::Result<()> {
    let before = parts.segments.first();
    let written = parts.segments.append(batch);
    if parts.segments.first() != before {
        parts.index.forget_before(parts.segments.first());
    }
    let written = written?;
    for Gathered { number, frame, offset } in entries {
        match Place::new(written.segment, written.offset + *offset as u64, record::length(frame)) {
            Some(place) => parts.index.place(*number, frame, place),
            None => parts.index.forget(*number),
        }
    }
    parts.counters.written.fetch_add(entries.len() as u64, Ordering::Relaxed);
    Ok(())
}

/// The batch is lost. On a full disk the oldest of what we hold makes room for the next.
fn give_up(parts: &Parts, entries: &[Gathered]) {
    parts.counters.failures.fetch_add(1, Ordering::Relaxed);
    for entry in entries {
        parts.index.forget(entry.number);
    }
    if parts.segments.drop_oldest() {
        parts.index.forget_before(parts.segments.first());
    }
}

/// Logs when writing begins to fail, and when it goes on.
fn tell(error: Option<&io::Error>, is_failing: &mut bool) {
    match error {
        Some(error) if !*is_failing => {
            tracing::warn!("the response cache cannot write to its disk: {error}; it goes on in memory");
        }
        None if *is_failing => tracing::info!("the response cache writes to its disk again"),
        _ => {}
    }
    *is_failing = error.is_some();
}
