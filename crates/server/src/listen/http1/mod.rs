//! HTTP/1.1 towards clients: reads a request, has it answered, writes the reply, and again.
//!
//! In: a socket and the core's handler. Out: replies in the order of their requests. Requests are read whole, and replies
//! are written whole or as they come, so one task does all of it, and an idle connection holds no buffer. It must not know what a request
//! means.

mod body;
mod chunks;
mod head;
mod reply;
mod stream;
mod wire;

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::Poll;
use std::time::Duration;

use bytes::BytesMut;
use http::{Method, StatusCode};
use stagedoor_engine::Body;

use super::answering::{
    Answering, Arrived, Reply, Work, bad_request, go_on, head_too_large, message, too_slow, unavailable,
};
use super::connection::{Ending, Phase};
use super::core::{Client, Core, Handler};
use super::io::Io;
use head::{Framing, Head, Malformed, Names};

/// A refused client may be sending still: so much is read and thrown away, so that it sees the reply and not a reset.
const LINGER_BYTES: usize = 16 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(5);

/// Why a connection ends.
#[derive(Debug)]
enum End {
    /// Nothing is owed to the client.
    Closed,
    /// A reply is out, and more may be arriving that nobody reads.
    Unread,
    /// No sound request.
    Refused(Malformed),
    /// The sweeper, or a second signal, has had enough.
    CutOff,
    /// The integration broke off within its reply; `marked`: the client can see that nothing marks the body's end.
    Broken { marked: bool },
}

impl From<std::io::Error> for End {
    fn from(_: std::io::Error) -> Self {
        Self::Closed
    }
}

/// One connection.
struct Session<'c, H> {
    io: Io,
    /// Read and not yet used.
    received: BytesMut,
    /// It has been larger than an idle connection may hold.
    bulky: bool,
    names: Names,
    /// An empty line before the head at hand has been skipped.
    skipped: bool,
    client: &'c Arc<Client>,
    core: &'c Core<H>,
}

/// Serves a connection to its end. `received` has been read already.
pub(super) async fn serve<H: Handler>(io: Io, received: BytesMut, client: &Arc<Client>, core: &Core<H>) {
    let mut session =
        Session { io, received, bulky: false, names: Names::default(), skipped: false, client, core };
    let end = session.run().await.err().unwrap_or(End::Closed);
    session.end(end).await;
}

impl<H: Handler> Session<'_, H> {
    async fn run(&mut self) -> Result<(), End> {
        let client = self.client;
        poll_fn(|context| {
            // A task's waker stays good for the task's life.
            client.connection.watched_by(context.waker());
            Poll::Ready(())
        })
        .await;
        while let Some(head) = self.read_head().await? {
            self.skipped = false;
            self.exchange(head).await?;
        }
        Ok(())
    }

    /// One request and its reply; an error when no other may follow.
    async fn exchange(&mut self, head: Head) -> Result<(), End> {
        self.client.enter(Phase::Busy);
        let Head { method, target, old, headers, raw, frame } = head;
        let only_head = method == Method::HEAD;
        let has_body = frame.framing != Framing::None;
        let mut answered = None;
        let (reply, read) = if self.core.load.refuses() {
            (unavailable(), !has_body)
        } else {
            answered = Some(self.core.load.enter());
            let arrived = Arrived { method, target, headers, spelling: Some(raw), has_body };
            let (core, client) = (self.core, self.client);
            match Work::begin(|| core.handler.handle(arrived, client)) {
                Work::Reply(answering) => (self.wait(answering).await?, !has_body),
                Work::Body(settings, continuation) => {
                    let body = self.read_body(frame, &settings).await?;
                    self.client.enter(Phase::Busy);
                    let read = body.is_ok();
                    (self.wait(go_on(continuation, body)).await?, read)
                }
            }
        };
        let last = self.client.is_last_request();
        let stays = frame.persistent && read && !last && !reply::closes(&reply.headers);
        let stays = stays && self.client.connection.ending() == Ending::Open;
        let framing = reply::framing(&reply, old);
        let stays = stays && framing != reply::Framing::UntilClose;
        // HTTP/1.0 closes unless told otherwise.
        let said = (!old || stays).then_some(stays);
        // A streamed reply is being answered until it is written.
        let answering = answered.filter(|_| matches!(reply.body, Body::Stream(_)));
        self.write_reply(reply, framing, only_head, said).await?;
        drop(answering);
        if stays {
            self.client.enter(Phase::Idle);
            self.forget();
            return Ok(());
        }
        // A reset because of what nobody reads would overtake the reply.
        Err(if read && self.received.is_empty() { End::Closed } else { End::Unread })
    }

    /// Gives a large buffer back that nothing is left in: the client may be idle for long.
    fn forget(&mut self) {
        if self.bulky && self.received.is_empty() {
            (self.received, self.bulky) = (BytesMut::new(), false);
        }
    }

    /// Waits for the answer, unless the connection is cut off.
    async fn wait(&mut self, mut answering: Answering) -> Result<Reply, End> {
        let connection = &self.client.connection;
        poll_fn(|context| match Pin::new(&mut answering).poll(context) {
            Poll::Ready(reply) => Poll::Ready(Ok(reply)),
            Poll::Pending if connection.ending() == Ending::Now => Poll::Ready(Err(End::CutOff)),
            Poll::Pending => Poll::Pending,
        })
        .await
    }

    /// Says what is left to say, and closes so that the client can read it.
    async fn end(mut self, end: End) {
        let counters = &self.core.load.counters;
        let farewell = match &end {
            End::Closed => None,
            End::Unread => Some(None),
            End::Refused(malformed) => {
                counters.malformed.fetch_add(1, Relaxed);
                tracing::debug!("{}: {malformed}", self.client.peer);
                Some(Some(refusal(*malformed)))
            }
            End::CutOff => {
                counters.timed_out.fetch_add(1, Relaxed);
                return self.say_timeout();
            }
            End::Broken { marked } => return self.break_off(*marked),
        };
        if let Some(reply) = farewell {
            let lingering = self.linger(reply);
            // Whoever has not finished by then gets the reset.
            let _ = tokio::time::timeout(LINGER_TIME, lingering).await;
        }
        let _ = tokio::time::timeout(LINGER_TIME, wire::shut_down(&mut self.io)).await;
    }

    async fn linger(&mut self, reply: Option<Reply>) {
        if let Some(reply) = reply {
            self.client.enter(Phase::Reply);
            let framing = reply::framing(&reply, false);
            if self.write_reply(reply, framing, false, Some(false)).await.is_err() {
                return;
            }
        }
        self.received.clear();
        if wire::shut_down(&mut self.io).await.is_ok() {
            wire::discard(&mut self.io, LINGER_BYTES).await;
        }
    }

    /// Ends a connection within a reply. Where the body would end with the connection, only a reset tells the two apart.
    fn break_off(self, marked: bool) {
        if !marked && let Io::Plain(wire) = &self.io {
            wire.reset_at_close();
        }
    }

    /// A client that is too slow with its request is told so, if it takes that at once.
    fn say_timeout(&mut self) {
        let phase = self.client.connection.phase();
        let begun = phase == Phase::Body || (phase == Phase::Head && !self.received.is_empty());
        if begun {
            let (mut text, reply) = (Vec::new(), too_slow());
            let framing = reply::framing(&reply, false);
            reply::write_head(&mut text, &reply, framing, Some(false), self.client.ticks.now());
            text.extend_from_slice(reply.body.as_whole());
            wire::write_at_once(&mut self.io, &text);
        }
    }
}

fn refusal(malformed: Malformed) -> Reply {
    match malformed {
        Malformed::TooLarge => head_too_large(),
        Malformed::TooLong => message(StatusCode::URI_TOO_LONG, "{\"message\":\"Request URI too long\"}"),
        Malformed::Expectation => {
            message(StatusCode::EXPECTATION_FAILED, "{\"message\":\"Expectation Failed\"}")
        }
        _ => bad_request(),
    }
}
