//! What a core knows of one client connection: which phase it is in since when, how it shall end, and the raw bytes of
//! the head that is arriving.
//!
//! The connection's task writes it, the core's sweeper reads it once a second. Both run on the same core, so the atomics
//! and the locks are never contended.

use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::Relaxed};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::task::Waker;

use bytes::Bytes;
use memchr::memmem::Finder;

/// Within a head these two stand side by side only where a line is empty. Unlike its line ends they are rare, so the
/// search finds no candidate before the last.
static LINE_END_AND_EMPTY_LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\n\r"));
/// Room for heads that an idle connection keeps.
const KEPT: usize = 4096;

/// What a connection is doing. Times are whole seconds of the core's clock: deadlines of connections are coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Phase {
    /// Between two requests.
    Idle,
    /// A head has begun to arrive.
    Head,
    /// A request is being answered; its own deadlines apply.
    Busy,
    /// The reply is being written.
    Reply,
}

/// How a connection is asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Ending {
    Open,
    /// After the request at hand.
    Graceful,
    /// At once.
    Now,
}

/// One connection's shared facts.
#[derive(Debug)]
pub(crate) struct Connection {
    phase: AtomicU8,
    since: AtomicU32,
    ending: AtomicU8,
    waker: Mutex<Option<Waker>>,
    recorder: Mutex<Recorder>,
}

#[derive(Debug)]
struct Recorder {
    recording: bool,
    bytes: Vec<u8>,
    limit: usize,
}

impl Connection {
    /// A connection that has just been accepted. `limit` bounds the head bytes that are kept; 0 keeps none.
    pub(crate) fn new(now: u32, limit: usize) -> Self {
        Self {
            phase: AtomicU8::new(Phase::Idle as u8),
            since: AtomicU32::new(now),
            ending: AtomicU8::new(Ending::Open as u8),
            waker: Mutex::new(None),
            recorder: Mutex::new(Recorder { recording: limit > 0, bytes: Vec::new(), limit }),
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        match self.phase.load(Relaxed) {
            0 => Phase::Idle,
            1 => Phase::Head,
            2 => Phase::Busy,
            _ => Phase::Reply,
        }
    }

    pub(crate) fn enter(&self, phase: Phase, now: u32) {
        self.phase.store(phase as u8, Relaxed);
        self.since.store(now, Relaxed);
    }

    pub(crate) fn since(&self) -> u32 {
        self.since.load(Relaxed)
    }

    pub(crate) fn ending(&self) -> Ending {
        match self.ending.load(Relaxed) {
            0 => Ending::Open,
            1 => Ending::Graceful,
            _ => Ending::Now,
        }
    }

    /// Asks the connection's task to end it.
    pub(crate) fn end(&self, how: Ending) {
        self.ending.fetch_max(how as u8, Relaxed);
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The task that [`Self::end`] wakes.
    pub(crate) fn watched_by(&self, waker: &Waker) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }

    /// Bytes have arrived from the client.
    pub(crate) fn arrived(&self, bytes: &[u8], now: u32) {
        if self.phase() == Phase::Idle {
            self.enter(Phase::Head, now);
        }
        let mut recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner);
        if recorder.recording {
            let room = recorder.limit.saturating_sub(recorder.bytes.len());
            recorder.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }

    /// Takes the head that was just parsed. While its body is still to come nothing is recorded until
    /// [`Self::body_ended`]; the first bytes of a pipelined request stay.
    pub(crate) fn take_head(&self, body_follows: bool) -> Option<Bytes> {
        let mut recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner);
        let end = head_end(&recorder.bytes);
        let head = end.map(|end| Bytes::copy_from_slice(&recorder.bytes[..end]));
        match end {
            Some(end) if !body_follows => drop(recorder.bytes.drain(..end)),
            _ => recorder.bytes.clear(),
        }
        if recorder.bytes.capacity() > KEPT {
            recorder.bytes.shrink_to(KEPT);
        }
        recorder.recording = recorder.limit > 0 && !body_follows;
        head
    }

    /// The body is read; what comes next is a head.
    pub(crate) fn body_ended(&self) {
        let mut recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner);
        recorder.recording = recorder.limit > 0;
    }
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    let mut empty_lines = LINE_END_AND_EMPTY_LINE.find_iter(bytes).map(|at| at + 2);
    empty_lines.find(|at| bytes.get(*at) == Some(&b'\n')).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::{Connection, Phase};

    const HEAD: &[u8] = b"GET / HTTP/1.1\r\nX-TeSt: 1\r\n\r\n";

    #[test]
    fn heads_are_kept_one_by_one() {
        let connection = Connection::new(0, 1000);
        connection.arrived(&[HEAD, HEAD].concat(), 1);
        assert_eq!(connection.phase(), Phase::Head);
        assert_eq!(connection.take_head(false).as_deref(), Some(HEAD));
        assert_eq!(connection.take_head(false).as_deref(), Some(HEAD));
        assert_eq!(connection.take_head(false), None);
    }

    #[test]
    fn a_body_that_looks_like_a_head_is_not_one() {
        let connection = Connection::new(0, 1000);
        connection.arrived(HEAD, 1);
        assert_eq!(connection.take_head(true).as_deref(), Some(HEAD));
        connection.arrived(b"GET /forged HTTP/1.1\r\n\r\n", 1);
        connection.body_ended();
        connection.arrived(HEAD, 2);
        assert_eq!(connection.take_head(false).as_deref(), Some(HEAD));
    }

    #[test]
    fn nothing_is_kept_beyond_the_limit_or_without_one() {
        let short = Connection::new(0, 10);
        short.arrived(HEAD, 1);
        assert_eq!(short.take_head(false), None);
        let none = Connection::new(0, 0);
        none.arrived(HEAD, 1);
        assert_eq!(none.take_head(false), None);
    }
}
