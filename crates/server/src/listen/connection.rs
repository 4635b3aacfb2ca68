//! What a core knows of one client connection: which phase it is in since when, what has moved since, and how it shall
//! end.
//!
//! The connection's task writes it, the core's sweeper reads it once a second. Both run on the same core, so the atomics
//! and the lock are never contended.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::task::Waker;

/// So much written is progress of the bodies that a connection owes; answers to pings are not.
const PROGRESS: usize = 64 * 1024;
/// So many streams a client may abandon before it is asked whether it means any of them.
const ABANDONED: u32 = 100;

/// What a connection is doing. Times are whole seconds of the core's clock: deadlines of connections are coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Phase {
    /// Between two requests.
    Idle,
    /// Before HTTP: a PROXY header, a TLS handshake.
    Handshake,
    /// A head is awaited on a new connection, or has begun to arrive.
    Head,
    /// A body arrives.
    Body,
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
    /// Bytes of the body or reply at hand that moved since `window`.
    moved: AtomicUsize,
    window: AtomicU32,
    streams: Streams,
    owed: Owed,
}

/// The requests of a connection.
#[derive(Debug, Default)]
struct Streams {
    open: AtomicU32,
    begun: AtomicU32,
    /// Reset by the client before the reply.
    abandoned: AtomicU32,
}

/// Bodies that are not written yet; multiplexed connections only.
#[derive(Debug, Default)]
struct Owed {
    bodies: AtomicUsize,
    /// Bytes of the small ones among them.
    small: AtomicUsize,
    /// When they were last seen to move.
    moved: AtomicU32,
    /// Bytes written since.
    written: AtomicUsize,
    /// A reply has waited for them in vain since.
    sheds: AtomicBool,
}

impl Connection {
    /// A connection that has just been accepted.
    pub(crate) fn new(phase: Phase, now: u32) -> Self {
        Self {
            phase: AtomicU8::new(phase as u8),
            since: AtomicU32::new(now),
            ending: AtomicU8::new(Ending::Open as u8),
            waker: Mutex::new(None),
            moved: AtomicUsize::new(0),
            window: AtomicU32::new(now),
            streams: Streams::default(),
            owed: Owed::default(),
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        match self.phase.load(Relaxed) {
            0 => Phase::Idle,
            1 => Phase::Handshake,
            2 => Phase::Head,
            3 => Phase::Body,
            4 => Phase::Busy,
            _ => Phase::Reply,
        }
    }

    pub(crate) fn enter(&self, phase: Phase, now: u32) {
        self.phase.store(phase as u8, Relaxed);
        self.since.store(now, Relaxed);
        self.window.store(now, Relaxed);
        self.moved.store(0, Relaxed);
    }

    pub(crate) fn since(&self) -> u32 {
        self.since.load(Relaxed)
    }

    /// Bytes of the body or the reply at hand have passed.
    pub(crate) fn passed(&self, count: usize) {
        self.moved.fetch_add(count, Relaxed);
    }

    /// Whether less than `rate` bytes a second have passed for `window` seconds. A window that was good enough is over.
    pub(crate) fn stalls(&self, now: u32, window: u32, rate: u32) -> bool {
        let age = now.saturating_sub(self.window.load(Relaxed));
        if age < window {
            return false;
        }
        let due = u64::from(age) * u64::from(rate);
        self.window.store(now, Relaxed);
        (self.moved.swap(0, Relaxed) as u64) < due
    }

    /// A request has begun. Returns how many there were before.
    pub(crate) fn request_begins(&self) -> u32 {
        self.streams.begun.fetch_add(1, Relaxed)
    }

    /// A stream has begun.
    pub(crate) fn stream_begins(&self, now: u32) -> u32 {
        self.streams.open.fetch_add(1, Relaxed);
        self.enter(Phase::Busy, now);
        self.request_begins()
    }

    /// A stream has ended: answered, or abandoned by the client.
    pub(crate) fn stream_ends(&self, answered: bool, now: u32) {
        if self.streams.open.fetch_sub(1, Relaxed) == 1 {
            self.enter(Phase::Idle, now);
        }
        if !answered {
            let abandoned = self.streams.abandoned.fetch_add(1, Relaxed) + 1;
            // Rapid reset: work that nobody waits for (CVE-2023-44487).
            if abandoned >= ABANDONED && abandoned > self.streams.begun.load(Relaxed) / 2 {
                self.end(Ending::Now);
            }
        }
    }

    /// One more body is to be written; `small`: its bytes, if it is small.
    pub(crate) fn owes(&self, small: usize, now: u32) {
        self.owed.small.fetch_add(small, Relaxed);
        if self.owed.bodies.fetch_add(1, Relaxed) == 0 {
            self.moves(now);
        }
    }

    /// One of them is written, or nobody wants it any more.
    pub(crate) fn paid(&self, small: usize, now: u32) {
        self.owed.small.fetch_sub(small, Relaxed);
        self.owed.bodies.fetch_sub(1, Relaxed);
        self.moves(now);
    }

    /// Bytes of small bodies that are to be written.
    pub(crate) fn owed_small(&self) -> usize {
        self.owed.small.load(Relaxed)
    }

    /// Bytes went to the client.
    pub(crate) fn wrote(&self, count: usize, now: u32) {
        let owes = self.owed.bodies.load(Relaxed) > 0;
        if owes && self.owed.written.fetch_add(count, Relaxed) + count >= PROGRESS {
            self.moves(now);
        }
    }

    fn moves(&self, now: u32) {
        self.owed.moved.store(now, Relaxed);
        self.owed.written.store(0, Relaxed);
        self.owed.sheds.store(false, Relaxed);
    }

    /// A reply has waited in vain for the bodies that are owed.
    pub(crate) fn shed(&self) {
        self.owed.sheds.store(true, Relaxed);
    }

    /// Whether nothing has moved since that happened.
    pub(crate) fn sheds(&self) -> bool {
        self.owed.sheds.load(Relaxed)
    }

    /// For how long the client has read nothing of what it is owed.
    pub(crate) fn unread_for(&self, now: u32) -> u32 {
        match self.owed.bodies.load(Relaxed) {
            0 => 0,
            _ => now.saturating_sub(self.owed.moved.load(Relaxed)),
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
        if self.ending.fetch_max(how as u8, Relaxed) >= how as u8 {
            return;
        }
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// The task that [`Self::end`] wakes.
    pub(crate) fn watched_by(&self, waker: &Waker) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::{ABANDONED, Connection, Ending, PROGRESS, Phase};

    #[test]
    fn owed_bodies_move_when_one_is_done_or_much_is_written() {
        let connection = Connection::new(Phase::Head, 0);
        assert_eq!(connection.unread_for(100), 0);
        connection.owes(0, 100);
        connection.owes(7, 120);
        connection.wrote(17, 130);
        assert_eq!(connection.unread_for(140), 40);
        connection.wrote(PROGRESS, 150);
        assert_eq!(connection.unread_for(160), 10);
        connection.paid(7, 170);
        assert_eq!(connection.unread_for(180), 10);
        connection.paid(0, 180);
        assert_eq!(connection.unread_for(300), 0);
    }

    #[test]
    fn a_trickle_stalls_and_a_stream_does_not() {
        let table = [(0, 9, false), (0, 10, true), (999, 10, true), (1000, 10, false), (5000, 20, false)];
        for (passed, now, expected) in table {
            let connection = Connection::new(Phase::Head, 0);
            connection.enter(Phase::Body, 0);
            connection.passed(passed);
            assert_eq!(connection.stalls(now, 10, 100), expected, "{passed} bytes in {now} s");
        }
        let connection = Connection::new(Phase::Body, 0);
        connection.passed(1_000_000);
        assert!(!connection.stalls(10, 10, 100));
        assert!(connection.stalls(20, 10, 100), "what was sent before does not count again");
    }

    #[test]
    fn who_only_abandons_is_cut_off() {
        for (answered, expected) in [(0, Ending::Now), (ABANDONED, Ending::Open)] {
            let connection = Connection::new(Phase::Head, 0);
            for stream in 0..ABANDONED + answered {
                connection.stream_begins(1);
                connection.stream_ends(stream < answered, 1);
            }
            assert_eq!(connection.ending(), expected, "{answered} answered");
            assert_eq!(connection.phase(), Phase::Idle);
        }
    }
}
