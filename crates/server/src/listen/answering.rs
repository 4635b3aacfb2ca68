//! A request on its way from a codec to its handler, and what the handler makes of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, StatusCode};
use stagedoor_engine::{HeaderList, Outbound};

use super::body::BodySettings;
use crate::pinned::pinned;

/// What a client gets.
pub(crate) type Reply = Outbound;

/// A request without its body.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub(crate) method: Method,
    pub(crate) target: PathAndQuery,
    /// `Host` is settled: exactly one, except over HTTP/1.0.
    pub(crate) headers: HeaderList,
    /// The raw head; none over HTTP/2.
    pub(crate) spelling: Option<Bytes>,
    /// Whether a body follows.
    pub(crate) has_body: bool,
}

/// What a handler does with a request.
pub(crate) enum Work {
    /// The body, if any, is not wanted.
    Reply(Answering),
    /// The body is wanted first.
    Body(Arc<BodySettings>, Continuation),
}

/// How a request goes on once its body is there, or is not to be had.
pub(crate) type Continuation = Box<dyn FnOnce(Result<Bytes, BodyFault>) -> Answering + Send>;

/// Why a sound body is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFault {
    /// It passes the limit.
    TooLarge,
    /// The node has no room for it.
    BuffersFull,
}

impl Work {
    /// Begins a request's work.
    pub(super) fn begin(begin: impl FnOnce() -> Self) -> Self {
        catch_unwind(AssertUnwindSafe(begin)).unwrap_or_else(|_| Self::Reply(Answering::ready(broken())))
    }
}

/// Goes on with a request's work.
pub(super) fn go_on(continuation: Continuation, body: Result<Bytes, BodyFault>) -> Answering {
    let going_on = AssertUnwindSafe(|| continuation(body));
    catch_unwind(going_on).unwrap_or_else(|_| Answering::ready(broken()))
}

/// What is left to do for a request. A panic while doing so ends this request only.
///
/// Boxed, because the codec keeps one place per connection for it and moves it there: it must stay small whatever a call
/// needs, and the allocator hands the same warm memory to one call after the other.
pub(crate) struct Answering(Pin<Box<dyn Future<Output = Reply> + Send>>);

impl Answering {
    pub(crate) fn new(work: impl Future<Output = Reply> + Send + 'static) -> Self {
        Self(Box::pin(work))
    }

    /// What `make` makes; it is large, and made in the place where it stays.
    pub(crate) fn made<F: Future<Output = Reply> + Send + 'static>(make: impl FnOnce() -> F) -> Self {
        Self(pinned(make))
    }

    /// An answer that is known already.
    pub(crate) fn ready(reply: Reply) -> Self {
        Self::new(std::future::ready(reply))
    }
}

impl Future for Answering {
    type Output = Reply;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Reply> {
        let polled = catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(broken()))
    }
}

fn broken() -> Reply {
    let body = Bytes::from_static(b"Internal Server Error\n").into();
    Reply { status: StatusCode::INTERNAL_SERVER_ERROR, headers: HeaderList::default(), body }
}

/// A JSON reply that needs no API: `{"message":"…"}`.
pub(crate) fn message(status: StatusCode, body: &'static str) -> Reply {
    let headers = HeaderList::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    Reply { status, headers, body: Bytes::from_static(body.as_bytes()).into() }
}

pub(super) fn bad_request() -> Reply {
    message(StatusCode::BAD_REQUEST, "{\"message\":\"Bad Request\"}")
}

/// The client is too slow with its request.
pub(super) fn too_slow() -> Reply {
    message(StatusCode::REQUEST_TIMEOUT, "{\"message\":\"Request Timeout\"}")
}

/// The request has more headers, or larger ones, than are read.
pub(super) fn head_too_large() -> Reply {
    message(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "{\"message\":\"Request Header Fields Too Large\"}")
}

/// The node is at its limits.
pub(super) fn unavailable() -> Reply {
    message(StatusCode::SERVICE_UNAVAILABLE, "{\"message\":\"Service Unavailable\"}")
}
