//! Reading heads from, and writing replies to, the socket of a session.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use stagedoor_engine::Body;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};

use super::head::{Head, Malformed, Scan, parse};
use super::{End, Session, reply};
use crate::buffers::FREE;
use crate::listen::answering::Reply;
use crate::listen::connection::{Ending, Phase};
use crate::listen::core::Handler;
use crate::listen::io::Io;

/// Bytes read at a time.
const READ: usize = 16 * 1024;
/// Bodies up to here are written together with the head.
const JOINED: usize = 4 * 1024;
/// Over TLS, gathering is worth nothing.
const JOINED_SECURE: usize = 16 * 1024;
/// An idle connection keeps no buffer that was larger than this.
const KEPT_IDLE: usize = 2 * 1024;
/// A buffer larger than this is not kept.
const KEPT: usize = 64 * 1024;

thread_local! {
    /// Where all connections of a core read to: a head that arrives whole is parsed here and never stored.
    static ROOM: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ].into_boxed_slice());
    /// Where they write their replies.
    static REPLY: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

impl<H: Handler> Session<'_, H> {
    /// The next request; none when the client, or this side, wants no more.
    pub(super) async fn read_head(&mut self) -> Result<Option<Head>, End> {
        let mut scan = None;
        poll_fn(|context| self.poll_head(context, &mut scan)).await
    }

    fn poll_head(
        &mut self,
        context: &mut Context<'_>,
        scan: &mut Option<Scan>,
    ) -> Poll<Result<Option<Head>, End>> {
        loop {
            if let Some(head) = self.buffered_head(scan)? {
                return Poll::Ready(Ok(Some(head)));
            }
            if self.client.connection.ending() == Ending::Now {
                return Poll::Ready(Err(End::CutOff));
            }
            match self.poll_read_head(context)? {
                Poll::Ready(Read::Head(head)) => return Poll::Ready(Ok(Some(*head))),
                Poll::Ready(Read::More) => {}
                Poll::Ready(Read::End) if self.received.is_empty() => return Poll::Ready(Ok(None)),
                Poll::Ready(Read::End) => return Poll::Ready(Err(End::Refused(Malformed::BreaksOff))),
                Poll::Pending if self.is_to_close() => return Poll::Ready(Ok(None)),
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// Whether the connection shall end, and no request has begun to arrive.
    fn is_to_close(&self) -> bool {
        let connection = &self.client.connection;
        connection.ending() == Ending::Graceful && connection.phase() == Phase::Idle
    }

    /// A head in what has been received.
    fn buffered_head(&mut self, scan: &mut Option<Scan>) -> Result<Option<Head>, End> {
        self.skip_empty_line();
        if self.received.is_empty() || self.received[..] == *b"\r" {
            return Ok(None);
        }
        if self.client.connection.phase() == Phase::Idle {
            self.client.enter(Phase::Head);
        }
        let complete = match scan {
            None => true,
            Some(scan) => scan.finds_end(&self.received).map_err(End::Refused)?,
        };
        if complete && let Some(head) = parse(&self.received, &mut self.names).map_err(End::Refused)? {
            self.received.advance(head.raw.len());
            return Ok(Some(head));
        }
        // Parsed once, and after that not before its end has come: a head in a thousand pieces costs a thousand looks.
        scan.get_or_insert_default().finds_end(&self.received).map_err(End::Refused)?;
        self.check_size().map_err(End::Refused)?;
        Ok(None)
    }

    /// Some clients end their bodies with a line end that belongs to nothing (RFC 9112 §2.2).
    fn skip_empty_line(&mut self) {
        if self.received.starts_with(b"\r\n") && !self.skipped {
            self.received.advance(2);
            self.skipped = true;
        }
    }

    fn check_size(&self) -> Result<(), Malformed> {
        if self.received.len() <= self.core.limits.head_bytes {
            return Ok(());
        }
        let line_ends = memchr::memchr(b'\n', &self.received).is_some();
        Err(if line_ends { Malformed::TooLarge } else { Malformed::TooLong })
    }

    /// Reads once. The usual head arrives whole, and is parsed where it was read to.
    fn poll_read_head(&mut self, context: &mut Context<'_>) -> Result<Poll<Read>, End> {
        ROOM.with_borrow_mut(|room| {
            let mut buffer = ReadBuf::new(room);
            let Poll::Ready(outcome) = Pin::new(&mut self.io).poll_read(context, &mut buffer) else {
                return Ok(Poll::Pending);
            };
            outcome?;
            let bytes = buffer.filled();
            if bytes.is_empty() {
                return Ok(Poll::Ready(Read::End));
            }
            if !self.received.is_empty() || bytes[0] == b'\r' {
                self.receive(bytes);
                return Ok(Poll::Ready(Read::More));
            }
            let parsed = parse(bytes, &mut self.names).map_err(End::Refused)?;
            let used = parsed.as_ref().map_or(0, |head| head.raw.len());
            self.receive(&bytes[used..]);
            Ok(Poll::Ready(parsed.map_or(Read::More, |head| Read::Head(Box::new(head)))))
        })
    }

    fn receive(&mut self, bytes: &[u8]) {
        self.received.extend_from_slice(bytes);
        self.bulky |= self.received.len() > KEPT_IDLE;
    }

    /// Whether a client that has nothing to say has closed. What it says is kept, and then nothing tells.
    pub(super) fn poll_gone(&mut self, context: &mut Context<'_>) -> bool {
        if !self.received.is_empty() {
            return false;
        }
        ROOM.with_borrow_mut(|room| {
            let mut buffer = ReadBuf::new(room);
            match Pin::new(&mut self.io).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) => self.receive(buffer.filled()),
                Poll::Ready(Err(_)) => return true,
                Poll::Pending => return false,
            }
            buffer.filled().is_empty()
        })
    }

    /// Reads once into `received`; false at the end.
    pub(super) async fn read_more(&mut self) -> Result<bool, End> {
        poll_fn(|context| {
            if self.client.connection.ending() == Ending::Now {
                return Poll::Ready(Err(End::CutOff));
            }
            ROOM.with_borrow_mut(|room| {
                let mut buffer = ReadBuf::new(room);
                ready!(Pin::new(&mut self.io).poll_read(context, &mut buffer))?;
                self.receive(buffer.filled());
                self.client.connection.passed(buffer.filled().len());
                Poll::Ready(Ok(!buffer.filled().is_empty()))
            })
        })
        .await
    }

    /// Writes a reply; over a slow connection for as long as the client keeps reading.
    pub(super) async fn write_reply(
        &mut self,
        reply: Reply,
        framing: reply::Framing,
        only_head: bool,
        stays: Option<bool>,
    ) -> Result<(), End> {
        self.client.enter(Phase::Reply);
        let mut out = REPLY.take();
        out.clear();
        reply::write_head(&mut out, &reply, framing, stays, self.client.ticks.now());
        let has_body = !only_head && framing != reply::Framing::None;
        let body = match reply.body {
            Body::Whole(body) if has_body => body,
            Body::Stream(stream) if has_body => {
                // Rare and large.
                return Box::pin(self.write_stream(out, stream, framing)).await;
            }
            _ => Bytes::new(),
        };
        let joined = body.len() <= if self.io.is_secure() { JOINED_SECURE } else { JOINED };
        if joined {
            out.extend_from_slice(&body);
        }
        let written = self.write_all(&out, if joined { &[] } else { &body }).await;
        if out.capacity() <= KEPT {
            REPLY.set(out);
        }
        written
    }

    /// Writes bytes that are not part of a reply, as `100 Continue`.
    pub(super) async fn write_all(&mut self, first: &[u8], second: &[u8]) -> Result<(), End> {
        let (mut first, mut second) = (first, second);
        let connection = &self.client.connection;
        let (io, unread, mut room) = (&mut self.io, &self.core.settings.unread, None);
        poll_fn(|context| {
            while !first.is_empty() || !second.is_empty() {
                if connection.ending() == Ending::Now {
                    return Poll::Ready(Err(End::CutOff));
                }
                let written = if second.is_empty() {
                    Pin::new(&mut *io).poll_write(context, first)
                } else {
                    let both = [IoSlice::new(first), IoSlice::new(second)];
                    Pin::new(&mut *io).poll_write_vectored(context, &both)
                };
                let rest = first.len() + second.len();
                if written.is_pending() && rest > FREE && room.is_none() {
                    // What waits for its reader has a bound, whoever made it.
                    room = Some(unread.try_take(rest).map_err(|_| End::CutOff)?);
                }
                let count = ready!(written)?;
                if count == 0 {
                    return Poll::Ready(Err(End::Closed));
                }
                connection.passed(count);
                let of_first = count.min(first.len());
                (first, second) = (&first[of_first..], &second[count - of_first..]);
            }
            Pin::new(&mut *io).poll_flush(context).map_err(End::from)
        })
        .await
    }
}

/// What one reading brought.
enum Read {
    Head(Box<Head>),
    More,
    End,
}

/// Tells the client that nothing more will come.
pub(super) async fn shut_down(io: &mut Io) -> std::io::Result<()> {
    io.shutdown().await
}

/// Reads what nobody wants, to the end or the limit.
pub(super) async fn discard(io: &mut Io, limit: usize) {
    let (mut seen, mut room) = (0, vec![0; READ]);
    while let Ok(count) = io.read(&mut room).await {
        seen += count;
        if count == 0 || seen > limit {
            break;
        }
    }
}

/// Writes as much as the socket takes without waiting.
pub(super) fn write_at_once(io: &mut Io, bytes: &[u8]) {
    let mut context = Context::from_waker(std::task::Waker::noop());
    if Pin::new(&mut *io).poll_write(&mut context, bytes).is_ready() {
        // Nobody waits for it any more.
        let _ = Pin::new(&mut *io).poll_flush(&mut context);
        let _ = Pin::new(io).poll_shutdown(&mut context);
    }
}
