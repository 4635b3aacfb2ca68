//! One core: accepts, finds out what is spoken, sweeps, drains.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::Poll;
use std::time::Duration;

use bytes::BytesMut;
use hyper::server::conn::http2;
use hyper_util::rt::TokioExecutor;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::answering::{Arrived, Work};
use super::connection::{Connection, Ending, Phase};
use super::http2::{PREFACE, guarded};
use super::io::{Io, Wire};
use super::limits::{FrontLimits, share};
use super::load::{FrontCounters, Load};
use super::registry::{Addresses, Place, Registry, SweepLimits};
use super::ticks::Ticks;
use super::tls::Tls;
use super::trusted::TrustedProxies;
use super::{http1, proxy};
use crate::buffers::Buffers;

const TICK: Duration = Duration::from_secs(1);

/// How a core serves.
#[derive(Debug, Clone)]
pub(crate) struct CoreSettings {
    pub(crate) limits: FrontLimits,
    /// Between which the node's limits are shared out.
    pub(crate) cores: usize,
    /// Bytes of large replies that one multiplexed connection may hold.
    pub(crate) reply_share: usize,
    /// Where replies wait for their clients; when it fills up, those who do not read are cut off sooner.
    pub(crate) replies: Buffers,
    /// Room for what their clients have not read yet, wherever the replies came from.
    pub(crate) unread: Buffers,
    /// Proxies in front of this gateway.
    pub(crate) trusted: Arc<TrustedProxies>,
    /// Whether they must send a PROXY header, and nobody else may connect.
    pub(crate) proxy_protocol: bool,
    pub(crate) addresses: Arc<Addresses>,
    pub(crate) counters: Arc<FrontCounters>,
}

/// A socket that clients connect to, and the certificates that are shown there.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) listener: std::net::TcpListener,
    pub(crate) tls: Option<Arc<Tls>>,
}

/// Whoever answers the requests of a core.
pub(crate) trait Handler: Send + Sync + 'static {
    /// Begins to answer.
    fn handle(&self, request: Arrived, client: &Client) -> Work;
}

impl<F: Fn(Arrived, &Client) -> Work + Send + Sync + 'static> Handler for F {
    fn handle(&self, request: Arrived, client: &Client) -> Work {
        self(request, client)
    }
}

/// One client connection, as handlers see it.
#[derive(Debug)]
pub(crate) struct Client {
    /// Who called, or who called the proxy that says so.
    pub(crate) peer: SocketAddr,
    /// Whether it speaks TLS with us.
    pub(crate) secure: bool,
    pub(super) connection: Arc<Connection>,
    pub(super) ticks: Ticks,
    /// Requests that it may send; 0: as many as it likes.
    most: u32,
    _place: Place,
}

impl Client {
    pub(super) fn enter(&self, phase: Phase) {
        self.connection.enter(phase, self.ticks.now());
    }

    /// Counts a request, and says whether no other may follow.
    pub(super) fn is_last_request(&self) -> bool {
        self.most > 0 && self.is_last(self.connection.request_begins())
    }

    /// Whether a request is the last when `begun` came before it.
    pub(super) fn is_last(&self, begun: u32) -> bool {
        self.most > 0 && begun + 1 >= self.most
    }
}

pub(super) struct Core<H> {
    pub(super) settings: CoreSettings,
    pub(super) limits: FrontLimits,
    pub(super) load: Arc<Load>,
    pub(super) http2: http2::Builder<TokioExecutor>,
    pub(super) handler: H,
    registry: Arc<Registry>,
    ticks: Ticks,
    most_connections: usize,
}

/// Serves until `ending` asks for an end, then lets requests finish. Every request goes to `handler`.
pub(crate) async fn run_core<H: Handler>(
    doors: Vec<Door>,
    settings: CoreSettings,
    registry: Arc<Registry>,
    mut ending: watch::Receiver<Ending>,
    handler: H,
) -> std::io::Result<()> {
    let doors: Vec<Open> = doors.into_iter().map(Open::new).collect::<Result<_, _>>()?;
    let core = Arc::new(Core::new(settings, registry, handler));
    let load = Arc::clone(&core.load);
    let measuring = tokio::spawn(async move { load.measure().await });
    let mut ticker = tokio::time::interval(TICK);
    let (mut next, mut exhausted) = (0, false);
    while *ending.borrow() == Ending::Open {
        // A core that cannot follow takes nobody else on.
        let room = !exhausted && core.registry.len() < core.most_connections && !core.load.is_late();
        tokio::select! {
            accepted = accept(&doors, &mut next), if room => match accepted {
                Ok(accepted) => core.start(accepted),
                // The client is gone already, or the process has no descriptor left: then slow clients are still swept.
                Err(error) => exhausted = error.kind() != ErrorKind::ConnectionAborted,
            },
            _ = ticker.tick() => {
                exhausted = false;
                core.sweep();
            }
            changed = ending.changed() => if changed.is_err() { break },
        }
    }
    core.take_waiting(&doors).await;
    drop(doors);
    core.drain(&mut ending).await;
    measuring.abort();
    Ok(())
}

/// A door with its socket in this runtime.
struct Open {
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
}

impl Open {
    fn new(door: Door) -> std::io::Result<Self> {
        Ok(Self { listener: TcpListener::from_std(door.listener)?, tls: door.tls })
    }
}

/// A connection, and how it came in.
struct Accepted {
    socket: TcpStream,
    peer: SocketAddr,
    tls: Option<Arc<Tls>>,
}

/// The next connection; the doors take turns.
async fn accept(doors: &[Open], next: &mut usize) -> std::io::Result<Accepted> {
    poll_fn(|context| {
        for turn in 0..doors.len() {
            let index = (*next + turn) % doors.len();
            let door = &doors[index];
            if let Poll::Ready(accepted) = door.listener.poll_accept(context) {
                *next = index + 1;
                return Poll::Ready(accepted.map(|(socket, peer)| Accepted {
                    socket,
                    peer,
                    tls: door.tls.clone(),
                }));
            }
        }
        Poll::Pending
    })
    .await
}

impl<H: Handler> Core<H> {
    fn new(settings: CoreSettings, registry: Arc<Registry>, handler: H) -> Self {
        let limits = settings.limits.clone();
        Self {
            load: Arc::new(Load::new(&limits, settings.cores, Arc::clone(&settings.counters))),
            http2: super::http2::builder(&limits),
            most_connections: share(limits.connections, settings.cores),
            ticks: Ticks::default(),
            settings,
            limits,
            registry,
            handler,
        }
    }

    fn start(self: &Arc<Self>, accepted: Accepted) {
        let early = accepted.tls.is_some() || self.settings.proxy_protocol;
        let phase = if early { Phase::Handshake } else { Phase::Head };
        let connection = Arc::new(Connection::new(phase, self.ticks.now()));
        let entry = self.registry.enter(Arc::clone(&connection));
        let core = Arc::clone(self);
        tokio::spawn(async move {
            core.serve(accepted, connection).await;
            drop(entry);
        });
    }

    async fn serve(self: &Arc<Self>, accepted: Accepted, connection: Arc<Connection>) {
        let watched = Arc::clone(&connection);
        let opening = Box::pin(self.open(accepted, connection));
        let Some(opened) = guarded(&watched, pin!(opening), |_| {}).await else {
            self.load.counters.timed_out.fetch_add(1, Relaxed);
            return;
        };
        match opened {
            Some(Opened { io, client, multiplexed: true, .. }) => {
                Box::pin(super::http2::serve(io, &Arc::new(client), self)).await;
            }
            Some(Opened { io, client, received, .. }) => {
                http1::serve(io, received, &Arc::new(client), self).await;
            }
            None => drop(self.load.counters.refused.fetch_add(1, Relaxed)),
        }
    }

    /// All that comes before HTTP; none: nobody who may speak, or no handshake.
    async fn open(&self, accepted: Accepted, connection: Arc<Connection>) -> Option<Opened> {
        let Accepted { socket, peer, tls } = accepted;
        // A socket that refuses the option still works.
        let _ = socket.set_nodelay(true);
        let mut wire = Wire::new(socket);
        let peer = self.client(&mut wire, peer).await?;
        let place = match self.settings.trusted.trusts(peer.ip()) {
            // It speaks for many.
            true => Place::default(),
            false => self.settings.addresses.enter(peer.ip())?,
        };
        let secure = tls.is_some();
        let (io, received, multiplexed) = match tls {
            Some(tls) => {
                let stream = tls.accept(wire).await.ok()?;
                let multiplexed = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                (Io::Tls(Box::new(stream)), BytesMut::new(), multiplexed)
            }
            None => {
                connection.enter(Phase::Head, self.ticks.now());
                let multiplexed = sniff(&mut wire).await.ok()?;
                let received = if multiplexed { BytesMut::new() } else { wire.take_early() };
                (Io::Plain(wire), received, multiplexed)
            }
        };
        connection.enter(Phase::Head, self.ticks.now());
        let most = self.limits.requests_per_connection;
        let client = Client { peer, secure, connection, ticks: self.ticks.clone(), most, _place: place };
        Some(Opened { io, client, received, multiplexed })
    }

    /// Who calls, according to the proxy that has to say so; none: nobody who may.
    async fn client(&self, wire: &mut Wire, peer: SocketAddr) -> Option<SocketAddr> {
        if !self.settings.proxy_protocol {
            return Some(peer);
        }
        let trusted = self.settings.trusted.trusts(peer.ip());
        if trusted { proxy::read(wire, peer).await.ok() } else { None }
    }

    fn sweep(&self) {
        let unread = self.settings.replies.is_scarce() || self.settings.unread.is_scarce();
        let full = self.registry.len() > self.most_connections / 8 * 7;
        let limits = SweepLimits::new(&self.limits, full, unread);
        self.registry.sweep(self.ticks.advance(), &limits);
    }

    /// Clients that the kernel has already accepted for us are served, not reset.
    async fn take_waiting(self: &Arc<Self>, doors: &[Open]) {
        for door in doors {
            loop {
                let waiting = poll_fn(|context| match door.listener.poll_accept(context) {
                    Poll::Ready(accepted) => Poll::Ready(accepted.ok()),
                    Poll::Pending => Poll::Ready(None),
                });
                let Some((socket, peer)) = waiting.await else { break };
                self.start(Accepted { socket, peer, tls: door.tls.clone() });
            }
        }
    }

    async fn drain(&self, ending: &mut watch::Receiver<Ending>) {
        self.registry.end_all(*ending.borrow());
        let drain = Duration::from_secs(self.limits.drain_seconds.into());
        let deadline = tokio::time::sleep(drain);
        let mut deadline = pin!(deadline);
        let mut ticker = tokio::time::interval(Duration::from_millis(10));
        let mut seconds = tokio::time::interval(TICK);
        let limits = SweepLimits::draining(&self.limits);
        while self.registry.len() > 0 {
            tokio::select! {
                () = &mut deadline => self.registry.end_all(Ending::Now),
                _ = ticker.tick() => {}
                _ = seconds.tick() => self.registry.sweep(self.ticks.advance(), &limits),
                changed = ending.changed() => {
                    if changed.is_err() { return }
                    self.registry.end_all(*ending.borrow());
                }
            }
            if deadline.is_elapsed() {
                return;
            }
        }
    }
}

/// A connection that is ready for HTTP.
struct Opened {
    io: Io,
    client: Client,
    received: BytesMut,
    multiplexed: bool,
}

/// Reads until the bytes can no longer be, or are, the HTTP/2 preface.
async fn sniff(wire: &mut Wire) -> std::io::Result<bool> {
    loop {
        let early = wire.early();
        let known = early.len().min(PREFACE.len());
        if early[..known] != PREFACE[..known] {
            return Ok(false);
        }
        if known == PREFACE.len() {
            return Ok(true);
        }
        if !wire.read_early().await? {
            return Ok(false);
        }
    }
}
