//! What a core knows of one client connection: which phase it is in since when, how it shall end, and the raw bytes of
//! the head that is arriving.
//!
//! The connection's task writes it, the core's sweeper reads it once a second. Both run on the same core, so the atomics
//! and the locks are never contended.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering::Relaxed};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::task::Waker;

use bytes::Bytes;
use memchr::memmem::Finder;

/// Within a head these two stand side by side only where a line is empty. Unlike its line ends they are rare, so the
/// search finds no candidate before the last.
static LINE_END_AND_EMPTY_LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\n\r"));
/// Room for heads that an idle connection keeps.
const KEPT: usize = 4096;

/// So much written is progress of the bodies that a connection owes; answers to pings are not.
const PROGRESS: usize = 64 * 1024;

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
    /// A request's body was left unread.
    stuck: AtomicBool,
    /// Large bodies that are not written yet; multiplexed connections only.
    owed: AtomicUsize,
    /// When they were last seen to move.
    moved: AtomicU32,
    /// Bytes written since.
    written: AtomicUsize,
    /// A reply has waited for them in vain since.
    sheds: AtomicBool,
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
            stuck: AtomicBool::new(false),
            owed: AtomicUsize::new(0),
            moved: AtomicU32::new(now),
            written: AtomicUsize::new(0),
            sheds: AtomicBool::new(false),
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

    /// Nothing can follow a body that is left unread.
    pub(crate) fn leaves_body(&self) {
        self.stuck.store(true, Relaxed);
    }

    /// Whether another request may follow.
    pub(crate) fn goes_on(&self) -> bool {
        !self.stuck.load(Relaxed) && self.ending() == Ending::Open
    }

    /// One more large body is to be written.
    pub(crate) fn owes(&self, now: u32) {
        if self.owed.fetch_add(1, Relaxed) == 0 {
            self.moves(now);
        }
    }

    /// One of them is written, or nobody wants it any more.
    pub(crate) fn paid(&self, now: u32) {
        self.owed.fetch_sub(1, Relaxed);
        self.moves(now);
    }

    /// Bytes went to the client.
    pub(crate) fn wrote(&self, count: usize, now: u32) {
        if self.phase() == Phase::Reply {
            self.enter(Phase::Reply, now);
        }
        if self.owed.load(Relaxed) > 0 && self.written.fetch_add(count, Relaxed) + count >= PROGRESS {
            self.moves(now);
        }
    }

    fn moves(&self, now: u32) {
        self.moved.store(now, Relaxed);
        self.written.store(0, Relaxed);
        self.sheds.store(false, Relaxed);
    }

    /// A reply has waited in vain for the bodies that are owed.
    pub(crate) fn shed(&self) {
        self.sheds.store(true, Relaxed);
    }

    /// Whether nothing has moved since that happened.
    pub(crate) fn sheds(&self) -> bool {
        self.sheds.load(Relaxed)
    }

    /// For how long the client has read nothing of what it is owed.
    pub(crate) fn unread_for(&self, now: u32) -> u32 {
        match self.owed.load(Relaxed) {
            0 => 0,
            _ => now.saturating_sub(self.moved.load(Relaxed)),
        }
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

    /// The reply is out and nothing more is read: the next head is awaited, or has begun to arrive behind the last one.
    pub(crate) fn replied(&self, now: u32) {
        let recorder = self.recorder.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = recorder.bytes.iter().any(|byte| !b"\r\n".contains(byte));
        self.enter(if begun { Phase::Head } else { Phase::Idle }, now);
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
    use super::{Connection, PROGRESS, Phase};

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
    fn a_pipelined_beginning_is_a_head() {
        let table: [(&[u8], Phase); 3] =
            [(b"", Phase::Idle), (b"\r\n", Phase::Idle), (b"GET / HT", Phase::Head)];
        for (more, expected) in table {
            let connection = Connection::new(0, 1000);
            connection.arrived(&[HEAD, more].concat(), 1);
            connection.take_head(false);
            connection.enter(Phase::Reply, 1);
            connection.replied(2);
            assert_eq!((connection.phase(), connection.since()), (expected, 2), "{more:?}");
        }
    }

    #[test]
    fn owed_bodies_move_when_one_is_done_or_much_is_written() {
        let connection = Connection::new(0, 0);
        assert_eq!(connection.unread_for(100), 0);
        connection.owes(100);
        connection.owes(120);
        connection.wrote(17, 130);
        assert_eq!(connection.unread_for(140), 40);
        connection.wrote(PROGRESS, 150);
        assert_eq!(connection.unread_for(160), 10);
        connection.paid(170);
        assert_eq!(connection.unread_for(180), 10);
        connection.paid(180);
        assert_eq!(connection.unread_for(300), 0);
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
