//! The data plane's brain: executes a [`stagedoor_program::Program`] for one call at a time.
//!
//! In: a call whose body is buffered. Out: a reply, and exactly one [`stagedoor_program::Record`]. All effects go
//! through [`Ports`]. It must not know sockets, codecs, storage or the control plane.

mod directory;
mod ports;
mod sharded;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use stagedoor_base::Cause;

pub use directory::{Directory, FunctionEntry};
pub use ports::{
    BoxFuture, Invoke, InvokeFailure, InvokeReply, InvokeRequest, Ports, Upstream, UpstreamFailure,
    UpstreamReply, UpstreamRequest,
};
pub use sharded::Sharded;
pub use stagedoor_program::{Head, Listener, Program, Record};

/// A call as the listener hands it over.
#[derive(Debug)]
pub struct Inbound {
    pub head: Head,
    /// The whole body, or why there is none: too large, URL or headers over their limits, buffers full.
    pub body: Result<Bytes, Cause>,
}

/// A reply. The listener adds `Date`, `Content-Length` and connection headers.
#[derive(Debug)]
pub struct Outbound {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}
