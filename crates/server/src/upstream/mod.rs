//! The HTTP client of one core: keep-alive pools, DNS cache, TLS, refused addresses.
//!
//! In: a request that the engine made. Out: the backend's reply, whole or as it comes, or why there is none. Redirects are not
//! followed, no header is added but what framing needs. It must not know APIs or mappings.

mod arrival;
mod codec;
mod connect;
mod dns;
mod exchange;
mod framing;
mod gate;
mod head;
mod pool;
mod refuse;
mod streaming;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_limits;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::Limits;
use stagedoor_engine::{Body, UpstreamFailure, UpstreamReply, UpstreamRequest};

use dns::Resolver;
use gate::Gates;
pub(crate) use refuse::AddressRange;
pub(crate) use refuse::Refused;
pub(crate) use tls::Trust;

use crate::buffers::Buffers;
use crate::pieces::StreamLimits;

/// What every core's client shares.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) refused: Arc<Refused>,
    pub(crate) trust: Trust,
    /// Largest reply body.
    pub(crate) limit: usize,
    pub(crate) buffers: Buffers,
    pub(crate) limits: UpstreamLimits,
    /// Of replies that are read while they come.
    pub(crate) streams: StreamLimits,
    pub(crate) gates: Arc<Gates>,
    pub(crate) resolver: Resolver,
}

/// How many connections to backends there are, and how patient they are with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UpstreamLimits {
    /// To one backend, of all cores together.
    pub(crate) max_connections: usize,
    pub(crate) idle_timeout: Duration,
    /// For each address, and again for TLS.
    pub(crate) connect_timeout: Duration,
}

impl Default for UpstreamLimits {
    fn default() -> Self {
        Self {
            max_connections: 1024,
            idle_timeout: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
        }
    }
}

impl Settings {
    pub(crate) fn new(
        refused: Arc<Refused>,
        trust: Trust,
        limit: usize,
        buffers: Buffers,
        limits: UpstreamLimits,
    ) -> Self {
        let gates = Arc::new(Gates::new(limits.max_connections));
        let (streams, resolver) = (StreamLimits::from(&Limits::default()), Resolver::of_the_machine());
        Self { refused, trust, limit, buffers, limits, streams, gates, resolver }
    }
}

/// The client of one core.
#[derive(Debug)]
pub(crate) struct Upstream {
    settings: Settings,
    pool: Arc<pool::Pool>,
    dns: dns::Cache,
}

impl Upstream {
    pub(crate) fn new(settings: Settings) -> Self {
        let idle_timeout = settings.limits.idle_timeout.as_secs() / SWEEP.as_secs();
        let pool = pool::Pool::new(u32::try_from(idle_timeout).unwrap_or(u32::MAX), &settings.gates);
        let dns = dns::Cache::new(settings.resolver.clone());
        Self { settings, pool, dns }
    }

    /// A client outside the cores. It lives on the current runtime, and sweeps itself as long as somebody has it.
    pub(crate) fn sweeping(settings: Settings) -> Arc<Self> {
        let upstream = Arc::new(Self::new(settings));
        let swept = Arc::downgrade(&upstream);
        tokio::spawn(async move {
            let mut ticker = tokio::time::interval(SWEEP);
            while let Some(upstream) = swept.upgrade() {
                upstream.sweep();
                drop(upstream);
                ticker.tick().await;
            }
        });
        upstream
    }

    /// Makes one exchange within the request's timeout.
    pub(crate) async fn call(&self, request: &UpstreamRequest) -> Result<UpstreamReply, UpstreamFailure> {
        let exchange = self.exchange(request, codec::Reading::Whole);
        match tokio::time::timeout(request.timeout, exchange).await {
            Ok(outcome) => outcome.map(|reply| {
                let body = match reply.body {
                    Body::Whole(body) => body,
                    // Nobody asked for one.
                    Body::Stream(_) => Bytes::new(),
                };
                UpstreamReply { status: reply.status, headers: reply.headers, body }
            }),
            Err(_) => Err(UpstreamFailure::Timeout),
        }
    }

    /// Closes pooled connections that were idle for too long or lead elsewhere by now, and asks for the addresses of
    /// those in use; the core calls it every [`SWEEP`].
    pub(crate) fn sweep(&self) {
        self.dns.sweep();
        self.pool.sweep();
        self.settings.gates.sweep();
    }
}

/// What kept a backend from answering within `patience`, for a line of the log.
pub(crate) fn described(failure: UpstreamFailure, patience: Duration) -> String {
    match failure {
        UpstreamFailure::Connect(reason)
        | UpstreamFailure::Broken(reason)
        | UpstreamFailure::RefusedAddress(reason) => reason,
        UpstreamFailure::Timeout => format!("no answer within {} s", patience.as_secs()),
        UpstreamFailure::TooLarge => "the answer is too large".to_owned(),
        UpstreamFailure::CertificateHost { host, detail } => {
            format!("the certificate is not for {host}: {detail}")
        }
        UpstreamFailure::BuffersFull => "this gateway's buffers are full".to_owned(),
    }
}

/// Longest wait for room for a reply's body.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a core sweeps: the unit in which idle connections age.
pub(crate) const SWEEP: Duration = Duration::from_secs(1);
