//! What a listener grants its clients. AWS's own limits of requests stand in [`stagedoor_base::Limits`]; these here keep
//! the process alive whatever arrives.

use std::time::Duration;

/// Lines of one head. Each takes many times its length once it is read, and nobody sends so many.
pub(crate) const MOST_HEADERS: usize = 1024;

/// Limits of the front; those of whole nodes are shared out among the cores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FrontLimits {
    /// Client connections of the node; further clients wait in the kernel's queue.
    pub(crate) connections: usize,
    /// Connections of one client address; 0: as many as there are.
    pub(crate) connections_per_address: usize,
    /// Requests of the node that are being answered; further ones get 503.
    pub(crate) requests: usize,
    /// Requests that one connection may send before it is closed; 0: as many as it likes.
    pub(crate) requests_per_connection: u32,
    /// Longest wait of work that is ready to run; while it is exceeded, new requests get 503.
    pub(crate) queue_delay: Duration,
    /// Streams that one HTTP/2 connection may have open.
    pub(crate) streams: u32,
    /// Bytes of one head, whatever API Gateway's limits say of it.
    pub(crate) head_bytes: usize,
    /// Seconds for a PROXY header and a TLS handshake.
    pub(crate) handshake_seconds: u32,
    /// Seconds for a head.
    pub(crate) head_seconds: u32,
    /// Seconds for a whole request body.
    pub(crate) body_seconds: u32,
    /// Seconds after which a client that sends, or reads, less than [`Self::rate`] is cut off.
    pub(crate) stall_seconds: u32,
    /// Bytes a second that a client has to send of a body, and to read of a reply.
    pub(crate) rate: u32,
    /// Seconds between two requests.
    pub(crate) idle_seconds: u32,
    /// After the wish to stop, how many seconds requests may take to end.
    pub(crate) drain_seconds: u32,
}

impl Default for FrontLimits {
    fn default() -> Self {
        Self {
            connections: 16_384,
            connections_per_address: 0,
            requests: 8_192,
            requests_per_connection: 0,
            queue_delay: Duration::from_secs(1),
            streams: 128,
            head_bytes: 64 * 1024,
            handshake_seconds: 10,
            head_seconds: 30,
            body_seconds: 300,
            stall_seconds: 20,
            rate: 240,
            // API Gateway's idle timeout.
            idle_seconds: 310,
            drain_seconds: 30,
        }
    }
}

/// A share of something that `cores` divide; at least one each.
pub(super) fn share(whole: usize, cores: usize) -> usize {
    whole.div_ceil(cores.max(1)).max(1)
}
