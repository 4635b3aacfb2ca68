//! A call on its way through the pool, and who waits for its answer.
//!
//! In: outcomes, or a response bit by bit. Out: what the caller gets. It must not know processes.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use crate::failure::Failure;
use crate::{FunctionError, Invocation, InvokeError, Invoked, InvokedStream};

/// Parts of a streamed response that wait for their reader: more would only hide how slow it is.
const PARTS_AHEAD: usize = 4;

/// An invocation on its way.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) invocation: Arc<Invocation>,
    pub(crate) request_id: Arc<str>,
    pub(crate) accepted: Instant,
    pub(crate) reply: Reply,
}

/// Who waits for the answer, and in which form. Nobody may be waiting any more: an invocation outlives its client.
#[derive(Debug)]
pub(crate) enum Reply {
    Whole(oneshot::Sender<Result<Invoked, InvokeError>>),
    Stream(oneshot::Sender<Result<InvokedStream, InvokeError>>),
    /// The response has begun; what is left to tell is its end.
    Streaming(oneshot::Sender<Option<Bytes>>),
}

impl Job {
    /// The call is not made.
    pub(crate) fn refuse(self, error: InvokeError) {
        match self.reply {
            Reply::Whole(caller) => drop(caller.send(Err(error))),
            Reply::Stream(caller) => drop(caller.send(Err(error))),
            Reply::Streaming(end) => drop(end.send(Some(Failure::Broken(error.to_string()).payload("")))),
        }
    }

    /// The answer of a function version.
    pub(crate) fn answer(self, version: &str, outcome: Result<Bytes, Failure>) {
        let outcome = outcome.map_err(|failure| failure.payload(&self.request_id));
        match self.reply {
            Reply::Whole(caller) => drop(caller.send(Ok(whole(version, outcome)))),
            Reply::Stream(caller) => drop(caller.send(Ok(whole(version, outcome).into()))),
            Reply::Streaming(end) => drop(end.send(outcome.err())),
        }
    }

    /// Begins a response whose bytes follow; none when the caller wants it whole.
    pub(crate) fn open_stream(
        &mut self,
        version: &str,
        content_type: Option<String>,
    ) -> Option<mpsc::Sender<Bytes>> {
        if !matches!(self.reply, Reply::Stream(_)) {
            return None;
        }
        let (end, ended) = oneshot::channel();
        let Reply::Stream(caller) = std::mem::replace(&mut self.reply, Reply::Streaming(end)) else {
            return None;
        };
        let (parts, received) = mpsc::channel(PARTS_AHEAD);
        drop(caller.send(Ok(InvokedStream::new(version.to_owned(), content_type, received, ended))));
        Some(parts)
    }
}

fn whole(version: &str, outcome: Result<Bytes, Bytes>) -> Invoked {
    let function_error = outcome.is_err().then_some(FunctionError::Unhandled);
    let (Ok(payload) | Err(payload)) = outcome;
    Invoked { payload, function_error, executed_version: version.to_owned() }
}
