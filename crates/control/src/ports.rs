//! What the control plane asks of its owner: to make a change visible, and to call a function.
//!
//! In: functions handed over by the server. Out: futures. It must not know who answers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_base::{FunctionArn, Throttle};
use stagedoor_store::Revision;

/// A future that a port returns.
pub type PortFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Completes when this node's programs and directory include the revision.
pub type Publish = Arc<dyn Fn(Revision) -> PortFuture<()> + Send + Sync>;

/// Runs a function and returns its answer.
pub type Invoke = Arc<dyn Fn(InvokeCall) -> PortFuture<Result<InvokeAnswer, InvokeRefusal>> + Send + Sync>;

/// Accepts an event for a function: when this completes well, it is durable.
pub type Enqueue = Arc<dyn Fn(InvokeCall) -> PortFuture<Result<(), InvokeRefusal>> + Send + Sync>;

/// What a zip takes when unpacked, or why it could not be unpacked and run.
pub type CheckCode = fn(&[u8]) -> Result<u64, String>;

/// The outside as the control plane sees it.
#[derive(Clone)]
pub struct Ports {
    pub publish: Publish,
    pub invoke: Invoke,
    pub enqueue: Enqueue,
    pub check_code: CheckCode,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ports")
    }
}

/// A call of `Invoke`; the caller was authorized before.
#[derive(Debug, Clone)]
pub struct InvokeCall {
    /// The function with the qualifier that the caller gave.
    pub function: FunctionArn,
    pub payload: Bytes,
    /// What `X-Amz-Client-Context` holds: JSON text.
    pub client_context: Option<String>,
    /// The call's own id (a UUID), which the function and the caller both see.
    pub request_id: String,
    /// Whether the end of the log is wanted with the answer.
    pub log_tail: bool,
}

/// What a function answered.
#[derive(Debug, Clone)]
pub struct InvokeAnswer {
    pub payload: Bytes,
    /// `Unhandled` when the payload describes an error of the function.
    pub function_error: Option<String>,
    /// `$LATEST` or a number.
    pub executed_version: String,
    /// The last 4 KB that the call logged, when they were asked for.
    pub log_tail: Option<Vec<u8>>,
}

/// Why a function could not be run at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvokeRefusal {
    /// No such function, version or alias.
    NotFound,
    /// A limit of calls at once is reached.
    Throttled(Throttle),
    /// The runtime cannot be started; holds the reason.
    Unavailable(String),
}
