//! The front of a node: what its configuration makes of [`crate::listen`].
//!
//! In: the configured listeners, certificates and limits. Out: the doors and settings of each core. It must not know what is
//! served behind them.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;

use crate::buffers::Buffers;
use crate::config::FrontConfig;
use crate::listen::{
    Addresses, BodySettings, CoreSettings, Door, FrontCounters, FrontLimits, Tls, TrustedProxies, bind,
};

/// The port beside the plain one, unless configured.
const TLS_PORT: u16 = 8443;
/// Bytes of replies that wait for their clients, on all cores together.
const UNREAD: usize = 256 * 1024 * 1024;
/// How often certificates are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// What all cores' fronts share.
#[derive(Debug)]
pub(crate) struct Front {
    limits: FrontLimits,
    pub(crate) trusted: Arc<TrustedProxies>,
    proxy_protocol: bool,
    addresses: Arc<Addresses>,
    pub(crate) counters: Arc<FrontCounters>,
    /// Room for replies that their clients have not read yet.
    pub(crate) unread: Buffers,
    pub(crate) secure: Option<Secure>,
}

/// The listener that speaks TLS.
#[derive(Debug)]
pub(crate) struct Secure {
    pub(crate) address: SocketAddr,
    pub(crate) tls: Arc<Tls>,
}

impl Front {
    /// Loads certificates and binds the TLS listener, when there is one. Returns its sockets, one per core.
    ///
    /// # Errors
    /// A certificate that cannot be used, or an address that is taken.
    pub(crate) fn open(
        config: &FrontConfig,
        plain: SocketAddr,
        cores: usize,
    ) -> Result<(Self, Vec<TcpListener>)> {
        let (mut secure, mut sockets) = (None, Vec::new());
        if let Some(wanted) = &config.tls {
            let tls = Arc::new(Tls::load(wanted.certificates.clone())?);
            let listen = wanted.listen.unwrap_or_else(|| SocketAddr::new(plain.ip(), TLS_PORT));
            let (address, bound) = bind(listen, cores, "`tls: {listen: …}` in stagedoor.yaml")?;
            secure = Some(Secure { address, tls });
            sockets = bound;
        }
        let front = Self {
            limits: config.limits.clone(),
            trusted: Arc::new(config.trusted_proxies.clone()),
            proxy_protocol: config.proxy_protocol,
            addresses: Arc::new(Addresses::new(config.limits.connections_per_address)),
            counters: Arc::default(),
            unread: Buffers::new(UNREAD),
            secure,
        };
        Ok((front, sockets))
    }

    /// Puts one plain and one TLS socket together for each core.
    pub(crate) fn doors(&self, plain: Vec<TcpListener>, secure: Vec<TcpListener>) -> Vec<Vec<Door>> {
        let tls = self.secure.as_ref().map(|secure| Arc::clone(&secure.tls));
        let mut secure = secure.into_iter();
        let doors = plain.into_iter().map(|listener| {
            let beside = secure.next().map(|listener| Door { listener, tls: tls.clone() });
            std::iter::once(Door { listener, tls: None }).chain(beside).collect()
        });
        doors.collect()
    }

    /// How a core of the data plane serves. `replies`: where replies wait for their clients.
    pub(crate) fn settings(&self, cores: usize, reply_share: usize, replies: &Buffers) -> CoreSettings {
        CoreSettings {
            limits: self.limits.clone(),
            cores,
            reply_share,
            replies: replies.clone(),
            unread: self.unread.clone(),
            trusted: Arc::clone(&self.trusted),
            proxy_protocol: self.proxy_protocol,
            addresses: Arc::clone(&self.addresses),
            counters: Arc::clone(&self.counters),
        }
    }

    /// How the listener for health and metrics serves: whatever clients of the data plane do, it answers.
    pub(crate) fn status_settings(&self, reply_share: usize, replies: &Buffers) -> CoreSettings {
        let limits = FrontLimits { drain_seconds: self.limits.drain_seconds, ..FrontLimits::default() };
        let addresses = Arc::new(Addresses::new(0));
        CoreSettings { limits, proxy_protocol: false, addresses, ..self.settings(1, reply_share, replies) }
    }

    /// How request bodies of up to `limit` bytes are read.
    pub(crate) fn bodies(&self, limit: usize, buffers: &Buffers) -> Arc<BodySettings> {
        let seconds = |count: u32| Duration::from_secs(count.into());
        let (stall, whole) = (seconds(self.limits.stall_seconds), seconds(self.limits.body_seconds));
        Arc::new(BodySettings { limit, stall, rate: self.limits.rate, whole, buffers: buffers.clone() })
    }

    /// Reads the certificates again.
    pub(crate) fn reload(&self) {
        let Some(secure) = &self.secure else { return };
        match secure.tls.reload() {
            Ok(()) => tracing::info!("TLS certificates reloaded"),
            Err(error) => tracing::error!("TLS certificates not reloaded, the old ones stay: {error}"),
        }
    }

    /// Reads the certificates whenever their files are written, for ever.
    pub(crate) async fn follow_certificates(&self) {
        let Some(secure) = &self.secure else { return std::future::pending().await };
        let mut ticker = tokio::time::interval(LOOK);
        let mut complained = None;
        loop {
            ticker.tick().await;
            let tls = Arc::clone(&secure.tls);
            let outcome = tokio::task::spawn_blocking(move || tls.is_outdated().then(|| tls.reload())).await;
            match outcome {
                Ok(Some(Ok(()))) => {
                    tracing::info!("TLS certificates have changed and are reloaded");
                    complained = None;
                }
                Ok(Some(Err(error))) => {
                    let text = error.to_string();
                    if complained.as_ref() != Some(&text) {
                        tracing::error!("TLS certificates have changed, but the old ones stay: {text}");
                        complained = Some(text);
                    }
                }
                _ => {}
            }
        }
    }
}
