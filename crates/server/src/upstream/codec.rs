//! HTTP/1.1 towards one backend: writes a request, reads a whole reply, or the head of one that `streaming` reads on.
//!
//! Request and reply are one function in the caller's own task: no task, no channel per
//! connection, which is what makes a proxied call as cheap as nginx's.

use std::future::poll_fn;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::Method;
use stagedoor_engine::{UpstreamFailure, UpstreamRequest, UpstreamStreamReply};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::Instant;

use super::arrival::acknowledged;
use super::dns::Origin;
use super::framing::{Framing, chunk_size};
use super::gate::Place;
use super::head::{Names, ReplyHead, parse_head, patience, write_head};
use super::{Settings, connect::Io};
use crate::buffers::{FREE, Reservation};

/// Bytes of one reply's head.
const MAX_HEAD: usize = 64 * 1024;
/// Bytes read at a time.
const READ: usize = 8 * 1024;
/// Room to wait with for bytes of a streamed body.
const PATIENT: usize = 2 * 1024;
/// Bodies up to here are written together with the head.
const JOINED: usize = 16 * 1024;
/// Bytes of one line between chunks.
const MAX_LINE: usize = 4 * 1024;
/// Bytes of the interim replies to one request, and of one reply's trailers.
const MAX_ASIDE: usize = 64 * 1024;
const CLOSED: &str = "closed before the reply";

/// A connection to a backend.
#[derive(Debug)]
pub(crate) struct Connection {
    io: Io,
    /// Received and not yet read.
    received: BytesMut,
    /// What is being sent; kept for its capacity.
    sent: Vec<u8>,
    /// The header names of the last reply.
    names: Names,
    /// What the backend's kernel had acknowledged when a request that cannot be sent twice was about to be sent.
    acknowledged: Option<u64>,
    /// Bytes of interim replies that this exchange skipped.
    skipped: usize,
    /// The last read of a streamed body left nothing of its room.
    plenty: bool,
    /// For how many seconds the backend said it keeps an idle connection.
    patience: Option<u32>,
    origin: Origin,
    // Last, so that the socket is closed before the next in line may open one.
    place: Place,
}

/// How a reply is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reading {
    Whole,
    /// Its body while it comes, until then.
    Pieces(Instant),
}

/// A reply whose body has not been read.
pub(crate) struct Begun {
    pub(super) head: ReplyHead,
    /// Whether the backend has got the whole request.
    pub(super) sent_all: bool,
}

/// What came of one exchange.
pub(crate) enum Exchanged {
    Reply {
        reply: UpstreamStreamReply,
        /// Whether another request may follow on the connection.
        reusable: bool,
    },
    /// The body is left to the caller.
    Begun(Box<Begun>, Instant),
    /// The connection ended before the reply began, as idle connections do.
    Stale(String),
    /// The connection had ended before anything arrived.
    Unsent(String),
    Failed(UpstreamFailure),
}

/// Why reading stopped early.
pub(super) enum Stop {
    Stale(String),
    Unsent(String),
    Failed(UpstreamFailure),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(UpstreamFailure::Broken(error.to_string()))
    }
}

impl Connection {
    /// Boxed, because it goes from hand to hand in every call.
    pub(crate) fn new(io: Io, origin: Origin, place: Place) -> Box<Self> {
        let (received, sent, names) = (BytesMut::new(), Vec::new(), Vec::new());
        Box::new(Self {
            io,
            received,
            sent,
            names,
            acknowledged: None,
            skipped: 0,
            plenty: false,
            patience: None,
            origin,
            place,
        })
    }

    /// False when the backend's name has other addresses by now.
    pub(crate) fn is_current(&mut self) -> bool {
        self.origin.is_current()
    }

    /// For how many seconds it may safely be idle, if the backend said so.
    pub(crate) fn patience(&self) -> Option<u32> {
        self.patience
    }

    /// Hands the connection to whoever waits for one; back when nobody on this core does.
    pub(crate) fn offer(self: Box<Self>, core: usize) -> Option<Box<Self>> {
        match self.place.gate() {
            Some(gate) if gate.is_wanted() => Arc::clone(gate).offer(self, core),
            _ => Some(self),
        }
    }

    /// Whether the backend has neither closed nor said anything unasked.
    pub(crate) fn is_quiet(&mut self) -> bool {
        let mut byte = [0];
        let mut buffer = ReadBuf::new(&mut byte);
        let mut context = Context::from_waker(std::task::Waker::noop());
        self.received.is_empty() && Pin::new(&mut self.io).poll_read(&mut context, &mut buffer).is_pending()
    }

    /// Whether the backend has closed, as far as the kernel knows.
    pub(crate) fn has_ended(&self) -> bool {
        let mut byte = [MaybeUninit::uninit()];
        let peeked = socket2::SockRef::from(self.io.socket()).peek(&mut byte);
        !peeked.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// Notes how much has arrived, so that [`Exchanged::Unsent`] can be told from [`Exchanged::Stale`]. Not over TLS, which
    /// ends its stream before the connection ends.
    pub(crate) fn mark(&mut self) {
        self.acknowledged = self.io.is_plain().then(|| acknowledged(self.io.socket())).flatten();
    }

    /// Whether nothing has arrived since the mark.
    fn is_untouched(&self) -> bool {
        self.acknowledged.is_some() && self.acknowledged == acknowledged(self.io.socket())
    }

    /// Sends a request and reads the reply.
    pub(crate) async fn exchange(
        &mut self,
        request: &UpstreamRequest,
        settings: &Settings,
        reading: Reading,
    ) -> Exchanged {
        match self.try_exchange(request, settings, reading).await {
            Ok(exchanged) => exchanged,
            Err(Stop::Stale(reason)) => Exchanged::Stale(reason),
            Err(Stop::Unsent(reason)) => Exchanged::Unsent(reason),
            Err(Stop::Failed(failure)) => Exchanged::Failed(failure),
        }
    }

    async fn try_exchange(
        &mut self,
        request: &UpstreamRequest,
        settings: &Settings,
        reading: Reading,
    ) -> Result<Exchanged, Stop> {
        self.skipped = 0;
        let sent_all = self.send(request).await?;
        let head = self.read_head(&request.method).await?;
        self.patience = patience(&head.headers);
        if let Reading::Pieces(deadline) = reading {
            self.acknowledged = None;
            return Ok(Exchanged::Begun(Box::new(Begun { head, sent_all }), deadline));
        }
        let body = self.read_body(head.framing, settings).await?;
        self.acknowledged = None;
        // Bytes after the reply belong to nothing that was asked.
        let clean = self.received.is_empty() && head.framing != Framing::UntilClose;
        let reply = UpstreamStreamReply { status: head.status, headers: head.headers, body: body.into() };
        Ok(Exchanged::Reply { reply, reusable: sent_all && head.keep_alive && clean })
    }

    /// False when the backend answered, or closed, before it had read everything.
    async fn send(&mut self, request: &UpstreamRequest) -> Result<bool, Stop> {
        let mut sent = std::mem::take(&mut self.sent);
        sent.clear();
        write_head(request, &mut sent);
        let joined = request.body.len() <= JOINED;
        if joined {
            sent.extend_from_slice(&request.body);
        }
        let written = self.write_all(&sent).await;
        self.sent = sent;
        if let Written::Nothing(error) = written {
            return Err(Stop::Unsent(error));
        }
        let complete = |written| matches!(written, Written::All);
        Ok(complete(written)
            && (joined || complete(self.write_all(&request.body).await))
            && self.io.flush().await.is_ok())
    }

    /// Writes unless the backend answers or closes meanwhile: one that refuses a large body need not read it.
    async fn write_all(&mut self, bytes: &[u8]) -> Written {
        let Self { io, received, skipped, .. } = self;
        let mut rest = bytes;
        poll_fn(|context| {
            while !rest.is_empty() {
                match Pin::new(&mut *io).poll_write(context, rest) {
                    Poll::Ready(Ok(count)) if count > 0 => rest = &rest[count..],
                    // TLS may have sent a part of what it then reports as failed.
                    Poll::Ready(Err(error)) if rest.len() == bytes.len() && io.is_plain() => {
                        return Poll::Ready(Written::Nothing(error.to_string()));
                    }
                    Poll::Ready(_) => return Poll::Ready(Written::Part),
                    // While nothing final has come, both directions have been asked to wake this task.
                    Poll::Pending => match poll_answer(io, received, skipped, context) {
                        Poll::Ready(true) => return Poll::Ready(Written::Part),
                        Poll::Ready(false) => {}
                        Poll::Pending => return Poll::Pending,
                    },
                }
            }
            Poll::Ready(Written::All)
        })
        .await
    }

    async fn read_head(&mut self, method: &Method) -> Result<ReplyHead, Stop> {
        loop {
            let Self { received, names, skipped, .. } = self;
            if let Some(head) = parse_head(received, names, skipped, method).map_err(|why| broken(&why))? {
                return Ok(head);
            }
            if self.received.len() > MAX_HEAD {
                return Err(broken("the reply's head is too large"));
            }
            if self.skipped > MAX_ASIDE {
                return Err(broken("too many interim replies"));
            }
            let begun = self.skipped > 0 || !self.received.is_empty();
            match self.read_more().await {
                Ok(true) => {}
                Ok(false) if begun => return Err(broken("closed within the reply's head")),
                Ok(false) if self.is_untouched() => return Err(Stop::Unsent(CLOSED.to_owned())),
                Ok(false) => return Err(Stop::Stale(CLOSED.to_owned())),
                Err(error) if begun => return Err(error.into()),
                Err(error) => return Err(Stop::Stale(error.to_string())),
            }
        }
    }

    async fn read_body(&mut self, framing: Framing, settings: &Settings) -> Result<Bytes, Stop> {
        match framing {
            Framing::None => Ok(Bytes::new()),
            Framing::Length(length) if length > settings.limit as u64 => {
                Err(Stop::Failed(UpstreamFailure::TooLarge))
            }
            Framing::Length(length) => {
                self.read_length(usize::try_from(length).unwrap_or(usize::MAX), settings).await
            }
            Framing::Chunked => self.read_chunked(settings).await,
            Framing::UntilClose => self.read_until_close(settings).await,
        }
    }

    async fn read_length(&mut self, length: usize, settings: &Settings) -> Result<Bytes, Stop> {
        if length <= FREE {
            while self.received.len() < length {
                self.read_some().await?;
            }
            return Ok(self.received.split_to(length).freeze());
        }
        let reservation = reserve(settings, length).await?;
        let mut body = BytesMut::with_capacity(length);
        self.fill(&mut body, length).await?;
        Ok(reservation.hold(body))
    }

    async fn read_chunked(&mut self, settings: &Settings) -> Result<Bytes, Stop> {
        let mut body = Growing::new(settings);
        loop {
            let line = self.read_line().await?;
            let size = chunk_size(&line).ok_or_else(|| broken("a chunk has no size"))?;
            if size == 0 {
                break;
            }
            let size = usize::try_from(size).map_err(|_| Stop::Failed(UpstreamFailure::TooLarge))?;
            body.make_room(size).await?;
            let end = body.bytes.len() + size;
            self.fill(&mut body.bytes, end).await?;
            if !self.read_line().await?.is_empty() {
                return Err(broken("a chunk is longer than it says"));
            }
        }
        self.skip_trailers().await?;
        Ok(body.finish())
    }

    /// Trailers mean nothing to API Gateway.
    pub(super) async fn skip_trailers(&mut self) -> Result<(), Stop> {
        let mut size = 0;
        loop {
            let line = self.read_line().await?;
            if line.is_empty() {
                return Ok(());
            }
            size += line.len();
            if size > MAX_ASIDE {
                return Err(broken("too many trailers"));
            }
        }
    }

    async fn read_until_close(&mut self, settings: &Settings) -> Result<Bytes, Stop> {
        let mut body = Growing::new(settings);
        loop {
            let size = self.received.len();
            body.make_room(size).await?;
            body.bytes.put(self.received.split());
            if !self.read_more().await? {
                return Ok(body.finish());
            }
        }
    }

    /// A line without its end.
    pub(super) async fn read_line(&mut self) -> Result<Bytes, Stop> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', &self.received) {
                let line = self.received.split_to(end + 1).freeze();
                let line = line.slice(..end);
                return line
                    .strip_suffix(b"\r")
                    .map(|text| line.slice_ref(text))
                    .ok_or_else(|| broken("a bare line feed"));
            }
            if self.received.len() > MAX_LINE {
                return Err(broken("a line between chunks is too long"));
            }
            self.read_some().await?;
        }
    }

    /// Fills `body` up to `end` bytes.
    async fn fill(&mut self, body: &mut BytesMut, end: usize) -> Result<(), Stop> {
        let ready = self.received.len().min(end - body.len());
        body.extend_from_slice(&self.received[..ready]);
        self.received.advance(ready);
        while body.len() < end {
            let missing = end - body.len();
            if self.io.read_buf(&mut (&mut *body).limit(missing)).await? == 0 {
                return Err(broken("closed within the reply's body"));
            }
        }
        Ok(())
    }

    async fn read_some(&mut self) -> Result<(), Stop> {
        if self.read_more().await? { Ok(()) } else { Err(broken("closed within the reply's body")) }
    }

    /// Up to `most` bytes of what has come or comes next; none at the end of the stream.
    pub(super) async fn read_piece(&mut self, most: usize) -> std::io::Result<Option<Bytes>> {
        if self.received.is_empty() {
            // Most streams mostly wait, and should not hold much meanwhile.
            let room = if self.plenty { FREE } else { PATIENT };
            self.received.reserve(room);
            let count = self.io.read_buf(&mut self.received).await?;
            if count == 0 {
                return Ok(None);
            }
            self.plenty = count >= room;
        }
        let count = self.received.len().min(most).min(FREE);
        Ok(Some(self.received.split_to(count).freeze()))
    }

    /// Whether all that was received has been read.
    pub(super) fn has_nothing_more(&self) -> bool {
        self.received.is_empty()
    }

    /// Reads what is there; false at the end of the stream.
    async fn read_more(&mut self) -> std::io::Result<bool> {
        self.received.reserve(READ);
        Ok(self.io.read_buf(&mut self.received).await? > 0)
    }
}

/// How far writing came.
enum Written {
    All,
    Part,
    /// The connection had ended; why.
    Nothing(String),
}

/// A body of unknown length.
struct Growing<'a> {
    settings: &'a Settings,
    bytes: BytesMut,
    reservation: Option<Reservation>,
}

impl<'a> Growing<'a> {
    fn new(settings: &'a Settings) -> Self {
        Self { settings, bytes: BytesMut::new(), reservation: None }
    }

    async fn make_room(&mut self, more: usize) -> Result<(), Stop> {
        let size = self.bytes.len().saturating_add(more);
        if size > self.settings.limit {
            return Err(Stop::Failed(UpstreamFailure::TooLarge));
        }
        if self.reservation.is_none() && size > FREE {
            self.reservation = Some(reserve(self.settings, self.settings.limit).await?);
        }
        self.bytes.reserve(more);
        Ok(())
    }

    fn finish(self) -> Bytes {
        match self.reservation {
            Some(reservation) => reservation.hold(self.bytes),
            None => self.bytes.freeze(),
        }
    }
}

async fn reserve(settings: &Settings, size: usize) -> Result<Reservation, Stop> {
    let reserved = settings.buffers.reserve(size, super::PATIENCE).await;
    reserved.map_err(|_| Stop::Failed(UpstreamFailure::BuffersFull))
}

fn broken(reason: &str) -> Stop {
    Stop::Failed(UpstreamFailure::Broken(reason.to_owned()))
}

/// Ready when the backend says something: true when it answers or closes, false for interim replies.
fn poll_answer(
    io: &mut Io,
    received: &mut BytesMut,
    skipped: &mut usize,
    context: &mut Context<'_>,
) -> Poll<bool> {
    let mut room = [0; 512];
    let mut buffer = ReadBuf::new(&mut room);
    let polled = Pin::new(io).poll_read(context, &mut buffer);
    received.extend_from_slice(buffer.filled());
    // Errors and the end of the stream show again when the head is read.
    polled.map(|outcome| outcome.is_err() || buffer.filled().is_empty() || has_answered(received, skipped))
}

/// Drops whole interim replies from the front; whether something else has begun behind them.
fn has_answered(received: &mut BytesMut, skipped: &mut usize) -> bool {
    while may_be_interim(received) {
        match memchr::memmem::find(received, b"\r\n\r\n") {
            Some(_) if *skipped > MAX_ASIDE => return true,
            Some(end) => {
                *skipped += end + 4;
                received.advance(end + 4);
            }
            None => return received.len() > MAX_HEAD,
        }
    }
    !received.is_empty()
}

fn may_be_interim(received: &[u8]) -> bool {
    const START: &[u8] = b"HTTP/1.1 1";
    let known = received.len().min(START.len());
    known > 0 && received[..known] == START[..known] && !received.starts_with(b"HTTP/1.1 101")
}
