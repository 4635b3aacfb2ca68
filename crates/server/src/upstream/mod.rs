//! The HTTP client of one core: keep-alive pools, DNS cache, TLS, refused addresses.
//!
//! In: a request that the engine made. Out: the backend's whole reply, or why there is none. Redirects are not
//! followed, no header is added but what framing needs. It must not know APIs or mappings.

mod codec;
mod connect;
mod dns;
mod exchange;
mod framing;
mod pool;
mod refuse;
#[cfg(test)]
mod tests;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use stagedoor_engine::{UpstreamFailure, UpstreamReply, UpstreamRequest};

pub(crate) use refuse::AddressRange;
pub(crate) use refuse::Refused;
pub(crate) use tls::Trust;

use crate::buffers::Buffers;

/// What every core's client shares.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) refused: Arc<Refused>,
    pub(crate) trust: Trust,
    /// Largest reply body.
    pub(crate) limit: usize,
    pub(crate) buffers: Buffers,
}

/// The client of one core.
#[derive(Debug)]
pub(crate) struct Upstream {
    settings: Settings,
    pool: pool::Pool,
    dns: dns::Cache,
}

impl Upstream {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings, pool: pool::Pool::default(), dns: dns::Cache::default() }
    }

    /// Makes one exchange within the request's timeout.
    pub(crate) async fn call(&self, request: &UpstreamRequest) -> Result<UpstreamReply, UpstreamFailure> {
        match tokio::time::timeout(request.timeout, self.exchange(request)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(UpstreamFailure::Timeout),
        }
    }

    /// Closes pooled connections that were idle for too long; the core calls it every [`SWEEP`].
    pub(crate) fn sweep(&self) {
        self.pool.sweep();
    }
}

/// Longest wait for room for a reply's body.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a core sweeps; its pool keeps idle connections for a few sweeps.
pub(crate) const SWEEP: Duration = Duration::from_secs(10);
const DNS_TTL: Duration = Duration::from_secs(30);
