//! The effects that the engine asks others for. `server` supplies them.
//!
//! Each port bounds its own work: it keeps the timeout it is given and limits what it buffers.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http::uri::{Authority, PathAndQuery, Scheme};
use stagedoor_base::{FunctionArn, Timestamp};
use stagedoor_program::Record;

use crate::{Body, Compute, FunctionEntry, HeaderList, Issuers, Pieces, Services};

/// A future that owns all it needs and may run on any runtime.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Calls an HTTP backend.
pub type Upstream =
    dyn Fn(UpstreamRequest) -> BoxFuture<Result<UpstreamReply, UpstreamFailure>> + Send + Sync;
/// Calls a function.
pub type Invoke = dyn Fn(InvokeRequest) -> BoxFuture<Result<InvokeReply, InvokeFailure>> + Send + Sync;

/// Calls an HTTP backend, and answers as soon as its reply's head is there.
pub type UpstreamStream =
    dyn Fn(UpstreamRequest) -> BoxFuture<Result<UpstreamStreamReply, UpstreamFailure>> + Send + Sync;
/// Calls a function, and answers as soon as its response begins.
pub type InvokeStream = dyn Fn(InvokeRequest) -> BoxFuture<Result<Pieces, InvokeFailure>> + Send + Sync;
/// Takes the record of each finished call; must not block.
pub type Sink = dyn Fn(&Record) + Send + Sync;
/// Monotonic time since any fixed moment.
pub type Elapsed = dyn Fn() -> Duration + Send + Sync;

/// Everything outside that a call may touch.
pub struct Ports {
    pub upstream: Box<Upstream>,
    pub invoke: Box<Invoke>,
    pub upstream_stream: Box<UpstreamStream>,
    pub invoke_stream: Box<InvokeStream>,
    pub services: Services,
    pub issuers: Issuers,
    /// Does what takes too long for a data core.
    pub compute: Compute,
    pub record: Arc<Sink>,
    /// `Head::started` is on the same clock.
    pub elapsed: Arc<Elapsed>,
    /// How far `Head::received` and that clock are ahead of the world's time, by which requests are signed.
    pub moved: Arc<Elapsed>,
}

impl Ports {
    /// When a call was received, in the world's time.
    pub(crate) fn received(&self, record: &Record) -> Timestamp {
        let moved = u64::try_from((self.moved)().as_millis()).unwrap_or(u64::MAX);
        Timestamp(record.head.received.0.saturating_sub(moved))
    }
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// A request to an HTTP backend. The port frames the body (`Content-Length`) and manages the connection; everything
/// else in `headers`, `Host` included, goes out as it stands. Redirects are not followed.
#[derive(Debug, Clone)]
pub struct UpstreamRequest {
    pub scheme: Scheme,
    pub authority: Authority,
    pub path_and_query: PathAndQuery,
    pub method: Method,
    pub headers: HeaderList,
    pub body: Bytes,
    /// For the whole exchange, connecting included.
    pub timeout: Duration,
    /// `tlsConfig.insecureSkipVerification`.
    pub insecure_skip_verification: bool,
}

/// A backend's whole reply.
#[derive(Debug, Clone)]
pub struct UpstreamReply {
    pub status: u16,
    pub headers: HeaderList,
    pub body: Bytes,
}

/// A backend's reply whose body follows. The request's timeout covers the whole of it.
#[derive(Debug)]
pub struct UpstreamStreamReply {
    pub status: u16,
    pub headers: HeaderList,
    pub body: Body,
}

/// Why a backend gave no reply. The texts are for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpstreamFailure {
    /// The name does not resolve or nobody accepts the connection.
    Connect(String),
    /// The timeout passed.
    Timeout,
    /// The connection broke off, or the reply is no HTTP.
    Broken(String),
    /// The reply passes the payload limit.
    TooLarge,
    /// The certificate is not for this host.
    CertificateHost { host: String, detail: String },
    /// The address is one the gateway never calls.
    RefusedAddress(String),
    /// The node's body buffers are full.
    BuffersFull,
}

/// An invocation of a function.
#[derive(Debug, Clone)]
pub struct InvokeRequest {
    /// The function as the directory knows it.
    pub function: Arc<FunctionEntry>,
    /// The version to run, as the directory resolved it.
    pub version: FunctionArn,
    /// The ARN that the integration names, as the function sees it in its context.
    pub invoked: FunctionArn,
    pub payload: Bytes,
    /// The invocation's own request id (a UUID).
    pub request_id: String,
    /// The value of `X-Amzn-Trace-Id`.
    pub trace_id: String,
    /// The JSON that the function sees as its client's context.
    pub client_context: Option<String>,
    /// How long the gateway waits; the invocation itself may go on.
    pub timeout: Duration,
}

/// What a function answered.
#[derive(Debug, Clone)]
pub struct InvokeReply {
    pub payload: Bytes,
    /// The function failed and the payload is its error object.
    pub function_error: bool,
}

/// Why a function gave no answer. The texts are for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvokeFailure {
    /// The gateway's timeout passed.
    Timeout,
    /// Concurrency limits.
    Throttled,
    /// The version is gone.
    NotFound(String),
    /// The payload passes Lambda's limit.
    TooLarge,
    /// Lambda itself failed.
    Failed(String),
}
