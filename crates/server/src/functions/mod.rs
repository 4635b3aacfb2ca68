//! Calls of functions, whoever makes them: counted, run here or elsewhere, waited for or delivered as events.
//!
//! In: calls of the engine, of the control plane and of the event queue. Out: answers. It must not know HTTP heads or what
//! an event means.

mod delivery;
mod event_stream;
mod events;
mod remote;
mod stream;
mod tail;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Acquire, Ordering::Release};
use std::time::Duration;

use stagedoor_base::{FunctionArn, Throttle, Timestamp};
use stagedoor_control::{InvokeAnswer, InvokeCall, InvokeRefusal};
use stagedoor_engine::{Directory, FunctionEntry, InvokeFailure, InvokeReply, InvokeRequest};
use stagedoor_lambda::{Invocation, InvokeError, Invoked, Pool};
use tokio::runtime::Handle;

use crate::pieces::StreamLimits;
use crate::upstream::Settings as UpstreamSettings;
pub(crate) use events::Queue;
use remote::Remote;
pub(crate) use tail::Tails;

/// Runs functions for everybody.
#[derive(Debug)]
pub(crate) struct Functions {
    pub(crate) pool: Arc<Pool>,
    /// Where the pool lives.
    pub(crate) runtime: Handle,
    tails: Arc<Tails>,
    remote: Arc<Remote>,
    /// Of responses that are read while they come.
    streams: StreamLimits,
    closing: AtomicBool,
}

/// Why a call was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Refused {
    Throttled(Throttle),
    Failed(InvokeError),
    /// Another Lambda API gave no answer; says why.
    Remote(String),
}

/// A call of the data plane: whom it is for, how long it waits, and what the function gets.
struct InEngine {
    function: Arc<FunctionEntry>,
    version: FunctionArn,
    timeout: Duration,
    invocation: Invocation,
}

impl InEngine {
    fn of(request: InvokeRequest) -> Self {
        let InvokeRequest { function, version, timeout, .. } = request;
        let invocation = Invocation {
            request_id: request.request_id,
            payload: request.payload,
            trace_id: Some(request.trace_id).filter(|id| !id.is_empty()),
            client_context: request.client_context,
            invoked_arn: request.invoked,
            held: None,
        };
        Self { function, version, timeout, invocation }
    }
}

/// What a function gets of a call of `Invoke`, streaming or not.
fn in_control(call: InvokeCall) -> Invocation {
    Invocation {
        request_id: call.request_id,
        payload: call.payload,
        trace_id: None,
        client_context: call.client_context,
        invoked_arn: call.function,
        held: None,
    }
}

impl Functions {
    /// The functions of a pool that lives on the current runtime.
    pub(crate) fn start(
        pool: Arc<Pool>,
        tails: Arc<Tails>,
        upstream: UpstreamSettings,
        clock: fn() -> Timestamp,
    ) -> Arc<Self> {
        let streams = upstream.streams;
        // What is passed on to an API has its limits there.
        let upstream = UpstreamSettings { streams: stream::UNLIMITED, ..upstream };
        let remote = Remote::new(upstream, Arc::clone(&tails), clock);
        let closing = AtomicBool::new(false);
        Arc::new(Self { pool, runtime: Handle::current(), tails, remote, streams, closing })
    }

    /// Refuses new calls and ends those that run when `grace` has passed. What they answer from now on may be this ending's
    /// own doing.
    pub(crate) async fn shutdown(&self, grace: Duration) {
        self.closing.store(true, Release);
        self.pool.shutdown(grace).await;
    }

    fn is_closing(&self) -> bool {
        self.closing.load(Acquire)
    }

    /// Calls a function once the limits on calls at once allow it. The call counts until it is over, even when nobody waits
    /// for it any more.
    async fn call(
        &self,
        function: &FunctionEntry,
        version: &FunctionArn,
        mut invocation: Invocation,
    ) -> Result<Invoked, Refused> {
        let permit = Arc::new(function.concurrency.enter().map_err(Refused::Throttled)?);
        if let Some(endpoint) = &function.endpoint {
            return self.call_remote(Arc::clone(endpoint), invocation, permit).await;
        }
        invocation.held = Some(permit.clone());
        let outcome = self.pool.invoke(version, invocation).await;
        // Others that learn of the answer may call again at once, while the pool still holds the call.
        permit.release();
        outcome.map_err(Refused::Failed)
    }

    /// The exchange lives on the control runtime and outlives whoever waits for it.
    async fn call_remote(
        &self,
        endpoint: Arc<str>,
        invocation: Invocation,
        permit: Arc<stagedoor_engine::Permit>,
    ) -> Result<Invoked, Refused> {
        let remote = Arc::clone(&self.remote);
        let call = self.runtime.spawn(async move {
            let answer = remote.invoke(&endpoint, &invocation).await;
            permit.release();
            answer
        });
        call.await.unwrap_or_else(|error| Err(Refused::Remote(format!("the call broke off: {error}"))))
    }

    /// A call of the data plane.
    pub(crate) async fn invoke_for_engine(
        &self,
        request: InvokeRequest,
    ) -> Result<InvokeReply, InvokeFailure> {
        let InEngine { function, version, timeout, invocation } = InEngine::of(request);
        match tokio::time::timeout(timeout, self.call(&function, &version, invocation)).await {
            Err(_) => Err(InvokeFailure::Timeout),
            Ok(Err(refused)) => Err(failure(&refused)),
            Ok(Ok(invoked)) => {
                Ok(InvokeReply { payload: invoked.payload, function_error: invoked.function_error.is_some() })
            }
        }
    }

    /// A call of `Invoke` whose caller waits.
    pub(crate) async fn invoke_for_control(
        &self,
        directory: &Directory,
        call: InvokeCall,
    ) -> Result<InvokeAnswer, InvokeRefusal> {
        let entry = directory.function(&call.function).ok_or(InvokeRefusal::NotFound)?;
        let tail = call.log_tail.then(|| self.tails.follow(&call.request_id));
        let invocation = in_control(call);
        let outcome = self.call(&entry, entry.choose(), invocation).await;
        let invoked = outcome.map_err(refusal)?;
        Ok(InvokeAnswer {
            payload: invoked.payload,
            function_error: invoked.function_error.map(|error| error.as_str().to_owned()),
            executed_version: invoked.executed_version,
            log_tail: tail.map(tail::Following::end),
        })
    }
}

fn failure(refused: &Refused) -> InvokeFailure {
    match refused {
        Refused::Throttled(_) | Refused::Failed(InvokeError::Throttled) => InvokeFailure::Throttled,
        Refused::Failed(InvokeError::NotFound(arn)) => InvokeFailure::NotFound(arn.to_string()),
        Refused::Failed(InvokeError::RequestTooLarge { .. }) => InvokeFailure::TooLarge,
        Refused::Failed(other) => InvokeFailure::Failed(other.to_string()),
        Refused::Remote(reason) => InvokeFailure::Failed(reason.clone()),
    }
}

fn refusal(refused: Refused) -> InvokeRefusal {
    match refused {
        Refused::Throttled(throttle) => InvokeRefusal::Throttled(throttle),
        // The machine has no room for one more process.
        Refused::Failed(InvokeError::Throttled) => InvokeRefusal::Throttled(Throttle::Concurrency),
        Refused::Failed(InvokeError::NotFound(_)) => InvokeRefusal::NotFound,
        Refused::Failed(other) => InvokeRefusal::Unavailable(other.to_string()),
        Refused::Remote(reason) => InvokeRefusal::Unavailable(reason),
    }
}
