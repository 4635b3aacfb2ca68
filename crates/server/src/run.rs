//! Starting a gateway, running it, stopping it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::{AccountId, Limits, Timestamp};
use stagedoor_control::{Control, RootIdentity};
use stagedoor_engine::{Engine, Listener};
use stagedoor_lambda::{Interpreters, LogKind, LogLine, Pool, PoolConfig};
use stagedoor_observe::{Console, Destination, Observer};
use stagedoor_store::Store;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::adapters::{Functions, control_ports, engine_ports};
use crate::buffers::Buffers;
use crate::config::{AccessLogTarget, Config};
use crate::control_link::ControlLink;
use crate::dispatch::{Dispatch, Role};
use crate::listen::{BodySettings, CoreSettings, Ending, Registry, bind, run_core};
use crate::node::Node;
use crate::signals::{Signals, Wish};
use crate::status::Status;
use crate::upstream::{Refused, SWEEP, Settings as UpstreamSettings, Trust, Upstream};
use crate::{banner, declare, random};

/// Client connections of the whole node.
const MAX_CONNECTIONS: usize = 16_384;
/// A function's zip as base64 in JSON, with room around it.
const CONTROL_BODY: usize = 70 * 1024 * 1024;
/// How long requests may take to end after the first signal.
const DRAIN: Duration = Duration::from_secs(30);
/// How long idle functions may take to end after the last request.
const FUNCTION_GRACE: Duration = Duration::from_secs(2);
/// Blocking threads of a data core: name look-ups only.
const CORE_BLOCKING_THREADS: usize = 4;

/// What the command line decided.
#[derive(Debug, Clone)]
pub(crate) struct Gateway {
    pub(crate) config: Config,
    /// The configuration's file; none for an empty gateway.
    pub(crate) file: Option<PathBuf>,
    pub(crate) listen: SocketAddr,
    /// A listener of its own for health and metrics.
    pub(crate) status: Option<SocketAddr>,
    pub(crate) data_dir: PathBuf,
    /// Whether control calls are answered, with the root identities of `dev`.
    pub(crate) control_plane: bool,
    pub(crate) console: Console,
}

impl Gateway {
    /// Serves until a signal ends it.
    ///
    /// # Errors
    /// What keeps it from starting.
    pub(crate) fn run(self) -> Result<()> {
        let runtime =
            Builder::new_multi_thread().thread_name("control").worker_threads(2).enable_all().build()?;
        let outcome = runtime.block_on(Box::pin(self.serve(&runtime)));
        runtime.shutdown_timeout(Duration::from_secs(5));
        outcome
    }

    async fn serve(mut self, runtime: &Runtime) -> Result<()> {
        let mut signals = Signals::install()?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (address, listeners) = bind(self.listen, cores, "--listen (or `listen:` in stagedoor.yaml)")?;
        let status_listener = self
            .status
            .map(|status| bind(status, 1, "--status (or `status:` in stagedoor.yaml)"))
            .transpose()?;
        // With port 0 the system chose another one.
        self.status = status_listener.as_ref().map(|(own, _)| *own);
        let parts = Parts::start(&self, runtime, address, self.status, cores)?;
        let served = match &self.file {
            Some(file) => declare::declare(&parts.control, &parts.store, &self.config, file).await?,
            None => declare::Served::default(),
        };
        let (stop, ending) = watch::channel(Ending::Open);
        let role = if self.control_plane { Role::Everything } else { Role::Data };
        let mut threads = Vec::new();
        for (index, listener) in listeners.into_iter().enumerate() {
            threads.push(parts.core(index, listener, role, ending.clone())?);
        }
        if let Some((_, sockets)) = status_listener {
            for listener in sockets {
                threads.push(parts.core(cores, listener, Role::Status, ending.clone())?);
            }
        }
        served.warn_of_missing_functions();
        banner::print(&self, address, &served);
        let node = Arc::clone(&parts.node);
        // Lazily loaded programs are compiled one by one, so that first calls in between need not wait long.
        runtime.spawn_blocking(move || while node.compile_next() {});
        while signals.next().await == Wish::Reload {
            self.reload(&parts).await;
        }
        parts.stop(&stop, threads, signals).await
    }
}

impl Gateway {
    /// Declares again what the file says now: APIs and functions. A mistake in it keeps what is served.
    async fn reload(&self, parts: &Parts) {
        let Some(file) = &self.file else { return };
        let declared = match Config::load(file) {
            Ok((_, config)) => declare::declare(&parts.control, &parts.store, &config, file).await,
            Err(problems) => Err(problems.into()),
        };
        match declared {
            Ok(served) => {
                served.warn_of_missing_functions();
                tracing::info!("reloaded: {} APIs, {} functions", served.apis.len(), served.functions.len())
            }
            Err(error) => tracing::error!("not reloaded, the old configuration stays: {error:#}"),
        }
    }
}

/// The parts of a running node.
struct Parts {
    store: Arc<Store>,
    node: Arc<Node>,
    control: Control,
    link: ControlLink,
    functions: Functions,
    observer: Arc<Observer>,
    status: Arc<Status>,
    upstream: UpstreamSettings,
    limits: Arc<Limits>,
    requests: Buffers,
    listener: Listener,
    connections: Arc<AtomicUsize>,
    cores: usize,
    epoch: Instant,
}

impl Parts {
    fn start(
        gateway: &Gateway,
        runtime: &Runtime,
        address: SocketAddr,
        status: Option<SocketAddr>,
        cores: usize,
    ) -> Result<Self> {
        let config = &gateway.config;
        let folder = gateway.data_dir.display();
        std::fs::create_dir_all(&gateway.data_dir).with_context(|| format!("data directory {folder}"))?;
        let store =
            Arc::new(Store::open(&gateway.data_dir).with_context(|| format!("data directory {folder}"))?);
        let pool = Arc::new(pool(config, &gateway.data_dir)?);
        let functions = Functions { pool: Arc::clone(&pool), runtime: runtime.handle().clone() };
        let node = Arc::new(Node::start(Arc::clone(&store), pool)?);
        let limits = Arc::new(Limits::default());
        let control = Control::new(
            Arc::clone(&store),
            control_settings(&limits),
            control_ports(Arc::clone(&node), functions.clone()),
        );
        let observer = Arc::new(Observer::open(&observer_settings(gateway), cores + 1)?);
        let (requests, replies) =
            (Buffers::new(limits.buffered_bytes / 2), Buffers::new(limits.buffered_bytes / 2));
        let connections = Arc::<AtomicUsize>::default();
        let status_parts = Status {
            node: Arc::clone(&node),
            observer: Arc::clone(&observer),
            connections: Arc::clone(&connections),
            buffers: [requests.clone(), replies.clone()],
            stopping: Arc::new(AtomicBool::new(false)),
            resettable: gateway.control_plane,
        };
        let own = std::iter::once(address).chain(status).collect();
        let upstream = UpstreamSettings {
            refused: Arc::new(Refused { allowed: config.upstream.allow.clone(), own }),
            trust: Trust::new(config.upstream.authorities.as_deref())?,
            limit: limits.payload_bytes,
            buffers: replies,
        };
        Ok(Self {
            store,
            link: ControlLink::start(control.clone()),
            node,
            control,
            functions,
            observer,
            status: Arc::new(status_parts),
            upstream,
            limits,
            requests,
            listener: advertised(config, address),
            connections,
            cores,
            epoch: Instant::now(),
        })
    }

    /// Starts a thread that serves one socket.
    fn core(
        &self,
        index: usize,
        listener: std::net::TcpListener,
        role: Role,
        ending: watch::Receiver<Ending>,
    ) -> Result<JoinHandle<()>> {
        let upstream = Arc::new(Upstream::new(self.upstream.clone()));
        let sinks = self.observer.core(index);
        let ports = engine_ports(Arc::clone(&upstream), self.functions.clone(), sinks, self.epoch);
        let dispatch = Arc::new(Dispatch {
            engine: Engine::new(ports, Arc::clone(self.node.directory())),
            node: Arc::clone(&self.node),
            status: Arc::clone(&self.status),
            role,
            control: (role == Role::Everything).then(|| self.link.clone()),
            runtime: self.functions.runtime.clone(),
            limits: Arc::clone(&self.limits),
            bodies: BodySettings::new(self.limits.payload_bytes, self.requests.clone()),
            control_bodies: BodySettings::new(CONTROL_BODY, self.requests.clone()),
            listener: self.listener.clone(),
            epoch: self.epoch,
        });
        let settings = CoreSettings {
            max_connections: MAX_CONNECTIONS.div_ceil(self.cores),
            recorded_bytes: self.limits.header_bytes + self.limits.url_bytes,
            reply_share: (self.limits.buffered_bytes / 8).max(self.limits.payload_bytes),
            drain: DRAIN,
        };
        let registry = Arc::new(Registry::new(Arc::clone(&self.connections)));
        let thread = std::thread::Builder::new().name(format!("data-{index}"));
        Ok(thread.spawn(move || {
            let handler = move |request, client: &_| dispatch.handle(request, client);
            let runtime = Builder::new_current_thread()
                .enable_all()
                .max_blocking_threads(CORE_BLOCKING_THREADS)
                .build();
            let served = runtime.and_then(|runtime| {
                runtime.spawn(async move { sweep(&upstream).await });
                runtime.block_on(run_core(listener, settings, registry, ending, handler))
            });
            if let Err(error) = served {
                tracing::error!("core {index} stopped: {error}");
            }
        })?)
    }

    /// Lets requests finish, then functions, then logs. A second signal ends the waiting.
    async fn stop(
        self,
        stop: &watch::Sender<Ending>,
        threads: Vec<JoinHandle<()>>,
        mut signals: Signals,
    ) -> Result<()> {
        self.status.stopping.store(true, Relaxed);
        // Nobody listens any more when all cores are gone; that is what we want.
        let _ = stop.send(Ending::Graceful);
        let joined =
            tokio::task::spawn_blocking(move || threads.into_iter().for_each(|thread| drop(thread.join())));
        let ended = async {
            // A thread that panicked has ended as well.
            let _ = joined.await;
            self.functions.pool.shutdown(FUNCTION_GRACE).await;
        };
        let hurried = tokio::select! {
            () = ended => false,
            () = signals.stop() => true,
        };
        if hurried {
            let _ = stop.send(Ending::Now);
            self.functions.pool.shutdown(Duration::ZERO).await;
        }
        let observer = Arc::clone(&self.observer);
        tokio::task::spawn_blocking(move || observer.close()).await?;
        Ok(())
    }
}

async fn sweep(upstream: &Upstream) {
    let mut ticker = tokio::time::interval(SWEEP);
    loop {
        ticker.tick().await;
        upstream.sweep();
    }
}

fn pool(config: &Config, data_dir: &Path) -> Result<Pool> {
    let mut settings = PoolConfig::new(data_dir.join("functions"));
    settings.interpreters =
        Interpreters { by_runtime: config.interpreters.iter().cloned().collect(), strict: false };
    Ok(Pool::new(settings, Arc::new(|line: LogLine| print_function_line(&line)))?)
}

/// What functions print belongs to their developer's terminal; the platform's own lines only matter when asked for.
fn print_function_line(line: &LogLine) {
    match line.kind {
        LogKind::Function => tracing::info!(target: "lambda", "{}: {}", line.function.name, line.text),
        LogKind::Platform => tracing::debug!(target: "lambda", "{}: {}", line.function.name, line.text),
    }
}

pub(crate) fn control_settings(limits: &Arc<Limits>) -> stagedoor_control::Settings {
    stagedoor_control::Settings {
        limits: Arc::clone(limits),
        identities: Arc::new(root_identity),
        clock: Arc::new(now),
        seed: random::seed(),
    }
}

/// The root identities of `dev`: `test`, or twelve digits that name the account; all with the secret `test`.
fn root_identity(access_key: &str) -> Option<RootIdentity> {
    let account = match access_key {
        "test" => AccountId::from("000000000000"),
        digits => AccountId::parse(digits).ok()?,
    };
    Some(RootIdentity { account, secret: Secret::from("test") })
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

fn advertised(config: &Config, address: SocketAddr) -> Listener {
    if config.advertise_https {
        return Listener { scheme: http::uri::Scheme::HTTPS, port: 443 };
    }
    Listener { scheme: http::uri::Scheme::HTTP, port: address.port() }
}

fn observer_settings(gateway: &Gateway) -> stagedoor_observe::Settings {
    let access_log = match &gateway.config.access_log.target {
        AccessLogTarget::Off => None,
        AccessLogTarget::Stdout => Some(Destination::Stdout),
        AccessLogTarget::File(path) => Some(Destination::File(path.clone())),
    };
    stagedoor_observe::Settings {
        access_log,
        access_log_format: gateway.config.access_log.format.clone(),
        console: gateway.console,
        console_destination: Destination::Stderr,
    }
}
