//! A request being answered.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full;

type Reply = Response<Full<Bytes>>;

/// What is left to do for a request. A panic while doing so ends this request only.
///
/// Boxed, because the codec keeps one place per connection for it and moves it there: it must stay small whatever a call
/// needs, and the allocator hands the same warm memory to one call after the other.
pub(crate) struct Answering(Pin<Box<dyn Future<Output = Reply> + Send>>);

impl Answering {
    pub(crate) fn new(work: impl Future<Output = Reply> + Send + 'static) -> Self {
        Self(Box::pin(work))
    }

    /// Begins a request's work.
    pub(super) fn begin(begin: impl FnOnce() -> Self) -> Self {
        catch_unwind(AssertUnwindSafe(begin)).unwrap_or_else(|_| Self::new(std::future::ready(broken())))
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
    let mut reply = Response::new(Full::from("Internal Server Error\n"));
    *reply.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    reply
}
