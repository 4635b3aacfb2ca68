//! Reads entries back: at once when the system has them in memory, else on threads of its own.
//!
//! In: places. Out: entries, or nothing. A data core never waits for a disk here.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use tokio::sync::oneshot;

use super::index::Place;
use super::segments::Segment;
use super::{Glance, Parts};
use crate::cache::frame::Frame;

/// Reads that the disk does at a time.
const THREADS: usize = 4;
/// Reads that may wait; more are misses.
const QUEUE: usize = 1024;
/// The longest record that a data core copies itself.
const SMALL: usize = 64 << 10;

/// An entry that is being read.
pub(in crate::cache) struct Reading(oneshot::Receiver<Option<Frame>>);

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reading")
    }
}

impl Future for Reading {
    type Output = Option<Frame>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|read| read.ok().flatten())
    }
}

/// The threads that read.
pub(super) struct Readers {
    line: Arc<Line>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Line {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    closed: bool,
}

struct Task {
    segment: Arc<Segment>,
    number: u64,
    place: Place,
    reply: oneshot::Sender<Option<Frame>>,
}

impl Readers {
    pub(super) fn start(parts: &Arc<Parts>) -> io::Result<Self> {
        let mut readers = Self { line: Arc::default(), threads: Vec::new() };
        for _ in 0..THREADS {
            let (line, parts) = (Arc::clone(&readers.line), Arc::clone(parts));
            let thread = thread::Builder::new().name("cache-reader".to_owned());
            readers.threads.push(thread.spawn(move || line.run(&parts))?);
        }
        Ok(readers)
    }

    /// Reads the record at a place, now or soon.
    pub(super) fn read(&self, parts: &Parts, number: u64, place: Place) -> Glance {
        let Some(segment) = parts.segments.get(place.segment()) else { return Glance::Absent };
        if place.length() <= SMALL
            && let Some(record) = read_cached(&segment, place)
        {
            return check(parts, number, place, &record).map_or(Glance::Absent, Glance::Here);
        }
        let (reply, receiver) = oneshot::channel();
        if self.line.push(Task { segment, number, place, reply }) {
            Glance::Away(Reading(receiver))
        } else {
            Glance::Absent
        }
    }

    /// Ends the threads; what they have not read is missed.
    pub(super) fn close(&mut self) {
        self.line.lock().closed = true;
        self.line.changed.notify_all();
        for thread in self.threads.drain(..) {
            // A reader that panicked is gone as well.
            let _ = thread.join();
        }
    }
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, task: Task) -> bool {
        let mut state = self.lock();
        if state.closed || state.tasks.len() >= QUEUE {
            return false;
        }
        state.tasks.push_back(task);
        drop(state);
        self.changed.notify_one();
        true
    }

    fn pull(&self) -> Option<Task> {
        let mut state = self.lock();
        while state.tasks.is_empty() && !state.closed {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed { None } else { state.tasks.pop_front() }
    }

    fn run(&self, parts: &Parts) {
        while let Some(task) = self.pull() {
            // Whoever asked may have gone.
            if task.reply.is_closed() {
                continue;
            }
            let record = read(&task.segment, task.place).unwrap_or_default();
            let frame = check(parts, task.number, task.place, &record);
            let _ = task.reply.send(frame);
        }
    }
}

/// The entry of a record that is whole; one that is not will not be looked for again.
fn check(parts: &Parts, number: u64, place: Place, record: &Bytes) -> Option<Frame> {
    let frame = parts.checksum.read(number, record);
    if frame.is_none() {
        parts.index.forget_at(number, place);
        parts.counters.damaged.fetch_add(1, Ordering::Relaxed);
    }
    frame
}

/// The bytes at a place; none when the system cannot read them all.
fn read(segment: &Segment, place: Place) -> Option<Bytes> {
    let mut record = vec![0; place.length()];
    segment.file.read_exact_at(&mut record, place.offset()).ok().map(|()| record.into())
}

/// The same if that takes no disk.
#[cfg(target_os = "linux")]
fn read_cached(segment: &Segment, place: Place) -> Option<Bytes> {
    use rustix::io::{ReadWriteFlags, preadv2};
    let mut record = vec![0; place.length()];
    let buffers = &mut [io::IoSliceMut::new(&mut record)];
    let length = preadv2(&segment.file, buffers, place.offset(), ReadWriteFlags::NOWAIT).ok()?;
    (length == place.length()).then(|| record.into())
}

/// There is no such call here.
#[cfg(not(target_os = "linux"))]
fn read_cached(_: &Segment, _: Place) -> Option<Bytes> {
    None
}
