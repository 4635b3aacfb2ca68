//! The data plane's brain: executes a [`stagedoor_program::Program`] for one call at a time.
//!
//! In: a call whose body is buffered. Out: a reply, and exactly one [`stagedoor_program::Record`]. All effects go
//! through [`Ports`]. It must not know sockets, codecs, storage or the control plane.

mod access;
mod body;
mod compress;
mod compute;
mod concurrency;
mod content;
mod decompress;
mod directory;
mod evaluate;
mod exchange;
mod identities;
mod ids;
mod integration;
mod issuers;
mod key_digest;
mod keys;
mod made_values;
mod pipeline;
mod ports;
mod request;
mod services;
mod serving;
mod sharded;
mod stage;
mod template;
mod test_invoke;
mod verified;

use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;
use stagedoor_base::Cause;
use stagedoor_program::Event;

pub use access::{Demand, path_readings};
pub use body::{Body, BodyStream, Pieces, StreamFailure};
pub use compute::{Compute, ComputeFailure, Job, Submit};
pub use concurrency::{AccountConcurrency, FunctionConcurrency, Permit};
pub use directory::{Directory, FunctionEntry};
pub use identities::{
    Entries, Foundations, Holder, HolderKind, Identities, Permissions, Readable, Roots, Signatory, compiled,
};
pub use issuers::{
    FindKeys, Issuers, KeySetFailure, KeySource, KeysFound, KeysOutcome, TokenIssuer, UserPools,
};
pub use keys::{KeyEntry, Plan, PlanStage, PlanTerms, Rate, ScopeKeys, UsageKeys};
pub use ports::{
    BoxFuture, Elapsed, Invoke, InvokeFailure, InvokeReply, InvokeRequest, InvokeStream, Ports, Sink,
    Upstream, UpstreamFailure, UpstreamReply, UpstreamRequest, UpstreamStream, UpstreamStreamReply,
};
pub use services::{
    AssumeRole, AwsCredentials, Endpoint, Endpoints, Enqueue, RoleFailure, RoleRequest, Services,
};
pub use serving::{Grounds, Serving};
pub use sharded::Sharded;
pub use stagedoor_program::{Head, HeaderList, Listener, Program, Record};
pub use test_invoke::{Consulted, TestCall, TestReply};
pub use verified::VerifiedTokens;

use exchange::Exchange;
use pipeline::rest::Door;

/// A call as the listener hands it over.
#[derive(Debug)]
pub struct Inbound {
    pub head: Head,
    /// The whole body, or why there is none: too large, URL or headers over their limits, buffers full.
    pub body: Result<Bytes, Cause>,
}

/// A reply. The listener adds `Date`, framing and connection headers.
#[derive(Debug)]
pub struct Outbound {
    pub status: StatusCode,
    pub headers: HeaderList,
    pub body: Body,
}

/// Executes calls. Each data core has its own, with ports of its own.
#[derive(Debug)]
pub struct Engine {
    ports: Ports,
    directory: Arc<Directory>,
    room: decompress::Room,
    traced: bool,
}

impl Engine {
    /// An engine with these effects.
    #[must_use]
    pub fn new(ports: Ports, directory: Arc<Directory>) -> Self {
        Self { ports, directory, room: decompress::Room::default(), traced: false }
    }

    /// The same engine, whose records tell each step of their call.
    #[must_use]
    pub fn traced(self) -> Self {
        Self { traced: true, ..self }
    }

    /// Adds a step to a record whose steps somebody wants to see.
    pub(crate) fn note(&self, record: &mut Record, event: impl FnOnce() -> Event) {
        if let Some(trace) = &mut record.trace {
            let at = (self.ports.elapsed)().saturating_sub(record.head.started);
            trace.push(at, event());
        }
    }

    /// Answers a call to a stage, or its canary. The call holds its program to the end, whatever is deployed meanwhile.
    // An `async fn` would keep its arguments beside what is made of them, and this future is moved for every call.
    pub fn call(
        self: &Arc<Self>,
        serving: Arc<Serving>,
        inbound: Inbound,
    ) -> impl Future<Output = Outbound> + Send + use<> {
        let Inbound { head, body } = inbound;
        let serving = serving.pick(ids::chance);
        let mut exchange = Exchange::open(Arc::clone(self), head, Some(Arc::clone(&serving.program)));
        exchange.record().trace = self.traced.then(Box::default);
        async move {
            let (engine, record) = exchange.parts();
            let result = pipeline::rest::run(engine, Door::Call(&serving), record, body).await;
            let program = &*serving.program;
            let reply = stage::respond(result, Some(program), record);
            if matches!(reply.body, Body::Stream(_)) {
                return exchange.follow(reply);
            }
            let minimum = program.deployment.minimum_compression_size;
            if minimum.is_none() {
                return reply;
            }
            let accepted = record.head.header(http::header::ACCEPT_ENCODING);
            let reply = Box::pin(compress::compress(reply, minimum, accepted)).await;
            record.response_length = reply.body.as_whole().len() as u64;
            reply
        }
    }

    /// Answers a call that reaches no stage: [`Cause::Forbidden`], or a limit that the listener enforces.
    #[must_use]
    pub fn refuse(self: &Arc<Self>, head: Head, cause: Cause) -> Outbound {
        let mut exchange = Exchange::open(Arc::clone(self), head, None);
        stage::respond(Err(cause), None, exchange.record())
    }
}
