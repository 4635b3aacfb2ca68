//! The life of one call's record: opened on arrival, handed to the sinks exactly once, whatever happens between.
//!
//! In: a call. Out: its record, at the end of its reply: at once, or when the last piece of a streamed one is gone.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use stagedoor_program::{Head, Outcome, Program, Record};

use crate::body::Pieces;
use crate::ports::{Elapsed, Sink};
use crate::{Body, Engine, Outbound, StreamFailure, ids, request};

/// A record that reports itself when it goes out of scope, on a panic or an abandoned call too.
pub(crate) struct Exchange {
    /// None once it went along with a streamed reply.
    record: Option<Record>,
    engine: Arc<Engine>,
}

impl Exchange {
    pub(crate) fn open(engine: Arc<Engine>, head: Head, program: Option<Arc<Program>>) -> Self {
        let request_id = ids::request_id(head.header(&request::REQUEST_ID));
        let record = Record::open(head, program, request_id, ids::extended_request_id());
        Self { record: Some(record), engine }
    }

    /// Who executes the call, and its record.
    #[expect(clippy::expect_used, reason = "only `follow` takes it, and nothing is left after that")]
    pub(crate) fn parts(&mut self) -> (&Engine, &mut Record) {
        (&self.engine, self.record.as_mut().expect("an exchange has a record"))
    }

    pub(crate) fn record(&mut self) -> &mut Record {
        self.parts().1
    }

    /// Leaves the record to the body that the client gets: it is complete when that ends.
    pub(crate) fn follow(mut self, reply: Outbound) -> Outbound {
        let (Body::Stream(body), Some(mut record)) = (reply.body, self.record.take()) else {
            return Outbound { body: Bytes::new().into(), ..reply };
        };
        record.outcome = Outcome::Aborted;
        let ports = &self.engine.ports;
        let now = (ports.elapsed)();
        let closing = Closing {
            begun: now.saturating_sub(record.integration.latency.unwrap_or_default()),
            record,
            sink: Arc::clone(&ports.record),
            elapsed: Arc::clone(&ports.elapsed),
        };
        let pieces = Box::pin(Followed { pieces: body.pieces, closing: Some(closing) });
        Outbound { body: Body::stream(pieces, body.length), ..reply }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if let Some(record) = &mut self.record {
            let ports = &self.engine.ports;
            record.latency = (ports.elapsed)().saturating_sub(record.head.started);
            (ports.record)(record);
        }
    }
}

/// A streamed body that completes its call's record.
struct Followed {
    pieces: Pieces,
    /// None after the end.
    closing: Option<Closing>,
}

/// The record of a call whose reply is on its way; reports itself when it goes out of scope.
struct Closing {
    record: Record,
    /// When the integration was called.
    begun: Duration,
    sink: Arc<Sink>,
    elapsed: Arc<Elapsed>,
}

impl Closing {
    fn note(&mut self, piece: &Bytes) {
        self.record.response_length += piece.len() as u64;
        let first = || (self.elapsed)().saturating_sub(self.begun);
        if let Some(facts) = &mut self.record.integration.stream
            && !piece.is_empty()
        {
            facts.to_first_content.get_or_insert_with(first);
        }
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        let now = (self.elapsed)();
        // AWS measures to completion.
        self.record.integration.latency = Some(now.saturating_sub(self.begun));
        self.record.latency = now.saturating_sub(self.record.head.started);
        (self.sink)(&self.record);
    }
}

impl Stream for Followed {
    type Item = Result<Bytes, StreamFailure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.closing.is_none() {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.as_mut().poll_next(context));
        match &piece {
            Some(Ok(bytes)) => {
                if let Some(closing) = &mut self.closing {
                    closing.note(bytes);
                }
                return Poll::Ready(piece);
            }
            Some(Err(failure)) => {
                if let Some(closing) = &mut self.closing {
                    closing.record.integration.error = Some(failure.to_string());
                }
            }
            None => {
                if let Some(closing) = &mut self.closing {
                    closing.record.outcome = Outcome::Answered;
                }
            }
        }
        self.closing = None;
        Poll::Ready(piece)
    }
}
