//! Calls whose responses are read while the function makes them.
//!
//! In: calls of the engine and of the control plane. Out: pieces, and how they ended. A reader who leaves does not end the
//! call: it counts until the function is done.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use stagedoor_base::FunctionArn;
use stagedoor_control::{InvokeCall, InvokeRefusal, InvokeStreamAnswer, StreamPart};
use stagedoor_engine::{
    Directory, FunctionEntry, InvokeFailure, InvokeRequest, Permit, Pieces, StreamFailure,
};
use stagedoor_lambda::{Invocation, InvokedStream};
use tokio::time::{Instant, timeout_at};

use super::remote::RemoteResponse;
use super::tail::Following;
use super::{Functions, InEngine, Refused, failure, in_control, refusal};
use crate::pieces::{Outlet, StreamLimits, pieces};

/// The longest that a function may run, and the time for its last words.
const LONGEST: Duration = Duration::from_secs(900 + 30);
/// A caller of Lambda's gets a response as fast as the function makes it; the function's own timeout ends it.
pub(super) const UNLIMITED: StreamLimits = StreamLimits { free: u64::MAX, rate: 0, idle: LONGEST };

/// A response that has begun.
struct Opened {
    response: Response,
    permit: Arc<Permit>,
}

/// Where a response is made.
enum Response {
    Here(InvokedStream),
    /// Boxed: rare.
    Elsewhere(Box<RemoteResponse>),
}

impl Functions {
    async fn open(
        &self,
        function: &FunctionEntry,
        version: &FunctionArn,
        mut invocation: Invocation,
    ) -> Result<Opened, Refused> {
        let permit = Arc::new(function.concurrency.enter().map_err(Refused::Throttled)?);
        if let Some(endpoint) = &function.endpoint {
            let response = self.open_remote(Arc::clone(endpoint), invocation).await?;
            return Ok(Opened { response: Response::Elsewhere(Box::new(response)), permit });
        }
        invocation.held = Some(permit.clone());
        let response = self.pool.invoke_stream(version, invocation).await.map_err(Refused::Failed)?;
        Ok(Opened { response: Response::Here(response), permit })
    }

    /// Connections to other Lambda APIs live on the control runtime.
    async fn open_remote(
        &self,
        endpoint: Arc<str>,
        invocation: Invocation,
    ) -> Result<RemoteResponse, Refused> {
        let remote = Arc::clone(&self.remote);
        let opening = self.runtime.spawn(async move { remote.open(&endpoint, &invocation).await });
        opening.await.unwrap_or_else(|error| Err(Refused::Remote(format!("the call broke off: {error}"))))
    }

    /// A call of the data plane.
    pub(crate) async fn stream_for_engine(&self, request: InvokeRequest) -> Result<Pieces, InvokeFailure> {
        let InEngine { function, version, timeout, invocation } = InEngine::of(request);
        let deadline = Instant::now() + timeout;
        match timeout_at(deadline, self.open(&function, &version, invocation)).await {
            Err(_) => Err(InvokeFailure::Timeout),
            Ok(Err(refused)) => Err(failure(&refused)),
            Ok(Ok(opened)) => Ok(pieces(self.streams, deadline, |outlet| opened.pour(outlet))),
        }
    }

    /// A call of `InvokeWithResponseStream`.
    pub(crate) async fn stream_for_control(
        &self,
        directory: &Directory,
        call: InvokeCall,
    ) -> Result<InvokeStreamAnswer, InvokeRefusal> {
        let entry = directory.function(&call.function).ok_or(InvokeRefusal::NotFound)?;
        let tail = call.log_tail.then(|| self.tails.follow(&call.request_id));
        let invocation = in_control(call);
        let opened = self.open(&entry, entry.choose(), invocation).await.map_err(refusal)?;
        let executed_version = opened.executed_version().to_owned();
        let pieces = pieces(UNLIMITED, Instant::now() + LONGEST, |outlet| opened.pour(outlet));
        Ok(InvokeStreamAnswer { executed_version, parts: Box::pin(Parts { pieces: Some(pieces), tail }) })
    }
}

impl Opened {
    fn executed_version(&self) -> &str {
        match &self.response {
            Response::Here(response) => &response.executed_version,
            Response::Elsewhere(response) => &response.executed_version,
        }
    }

    async fn pour(self, mut outlet: Outlet) -> Result<(), StreamFailure> {
        let ended = match self.response {
            Response::Here(response) => pour(response, &mut outlet).await,
            Response::Elsewhere(response) => response.pour(&mut outlet).await,
        };
        // Whoever gave up, because of a timeout say, does not end the function: then the permit goes with its process.
        if matches!(ended, Ok(()) | Err(StreamFailure::Function(_))) {
            self.permit.release();
        }
        ended
    }
}

async fn pour(mut response: InvokedStream, outlet: &mut Outlet) -> Result<(), StreamFailure> {
    while let Some(piece) = outlet.wait(response.next()).await? {
        outlet.give(piece).await?;
    }
    outlet.wait(response.end()).await?.map_err(StreamFailure::Function)
}

/// A response as `InvokeWithResponseStream` tells of it.
struct Parts {
    /// None after the end.
    pieces: Option<Pieces>,
    tail: Option<Following>,
}

impl Stream for Parts {
    type Item = StreamPart;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<StreamPart>> {
        let Some(pieces) = &mut self.pieces else { return Poll::Ready(None) };
        let error = match ready!(pieces.as_mut().poll_next(context)) {
            Some(Ok(piece)) => return Poll::Ready(Some(StreamPart::Data(piece))),
            Some(Err(StreamFailure::Function(error))) => Some(error),
            Some(Err(other)) => Some(Bytes::from(other.to_string())),
            None => None,
        };
        self.pieces = None;
        let log_tail = self.tail.take().map(Following::end);
        Poll::Ready(Some(StreamPart::End { error, log_tail }))
    }
}
