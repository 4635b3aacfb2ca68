//! Starting a gateway, running it, stopping it.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result};
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::{AccountId, Limits};
use stagedoor_control::{Control, RootIdentity};
use stagedoor_engine::{Compute, Engine, Foundations, Listener, UserPools};
use stagedoor_lambda::{Interpreters, LogKind, LogLine, Pool, PoolConfig};
use stagedoor_observe::{Console, Destination, FunctionLine, Observer};
use stagedoor_shared::Shared;
use stagedoor_store::Store;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::{mpsc, watch};

use crate::adapters::{ServiceParts, control_ports, engine_ports};
use crate::aws::{self, Roles};
use crate::buffers::Buffers;
use crate::clock::{Clock, real};
use crate::config::{AccessLogTarget, Config};
use crate::control_link::ControlLink;
use crate::dispatch::{Dispatch, Role};
use crate::doctor::ports::owner;
use crate::front::Front;
use crate::functions::{Functions, Queue, Tails};
use crate::keysets::KeySets;
use crate::ledger::{ledger, tend};
use crate::listen::{Door, Ending, Registry, bind, run_core};
use crate::node::Node;
use crate::pieces::StreamLimits;
use crate::reload::{Loaded, Means};
use crate::secret_key::secret_keys;
use crate::signals::{Signals, Wish};
use crate::status::Status;
use crate::test_invoke::Tester;
use crate::upstream::{Refused, SWEEP, Settings as UpstreamSettings, Trust, Upstream};
use crate::watch::{Mode, Saved, Watcher};
use crate::{audit, banner, cache, declare, descriptors, random, sandboxes, terminal};

/// A function's zip as base64 in JSON, with room around it.
const CONTROL_BODY: usize = 70 * 1024 * 1024;
/// How long idle functions may take to end after the last request.
const FUNCTION_GRACE: Duration = Duration::from_secs(2);
/// Blocking threads of a data core: name look-ups only.
const CORE_BLOCKING_THREADS: usize = 16;

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
    /// A listener of its own for control calls: `serve`'s.
    pub(crate) control: Option<SocketAddr>,
    /// Whether the same port answers control calls too, also those of the root identities everybody knows.
    pub(crate) dev: bool,
    pub(crate) console: Console,
    /// How saved files are noticed.
    pub(crate) watch: Mode,
}

impl Gateway {
    /// Serves until a signal ends it.
    ///
    /// # Errors
    /// What keeps it from starting.
    pub(crate) fn run(self) -> Result<()> {
        descriptors::raise(self.config.front.limits.connections);
        let runtime =
            Builder::new_multi_thread().thread_name("control").worker_threads(2).enable_all().build()?;
        let outcome = runtime.block_on(Box::pin(self.serve(&runtime)));
        runtime.shutdown_timeout(Duration::from_secs(5));
        outcome
    }

    async fn serve(mut self, runtime: &Runtime) -> Result<()> {
        let mut signals = Signals::install()?;
        sandboxes::require(&self.config, self.dev).await?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (address, listeners) = bound(self.listen, cores, "--listen (or `listen:` in stagedoor.yaml)")?;
        let status_listener = self
            .status
            .map(|status| bound(status, 1, "--status (or `status:` in stagedoor.yaml)"))
            .transpose()?;
        let control_listener = self
            .control
            .map(|control| bound(control, 1, "--control (or `control:` in stagedoor.yaml)"))
            .transpose()?;
        // With port 0 the system chose another one.
        self.status = status_listener.as_ref().map(|(own, _)| *own);
        self.control = control_listener.as_ref().map(|(own, _)| *own);
        let (front, secure) = Front::open(&self.config.front, address, cores)?;
        if let (Some(tls), Some(secure)) = (&mut self.config.front.tls, &front.secure) {
            tls.listen = Some(secure.address);
        }
        let doors = front.doors(listeners, secure);
        let parts = Parts::start(&self, runtime, address, front, cores)?;
        let mut loaded = match &self.file {
            Some(file) => Some(self.load(file, &parts).await?),
            None => None,
        };
        if let Some(control) = self.control {
            parts.require_callers().with_context(|| format!("control plane on {control}"))?;
        }
        let (stop, ending) = watch::channel(Ending::Open);
        let role = if self.dev { Role::Everything } else { Role::Data };
        let (serving, drained) = mpsc::channel(1);
        let mut threads = Vec::new();
        for (index, doors) in doors.into_iter().enumerate() {
            threads.push(parts.core(index, doors, role, ending.clone(), serving.clone())?);
        }
        for (listener, role) in [(status_listener, Role::Status), (control_listener, Role::Control)] {
            for listener in listener.into_iter().flat_map(|(_, sockets)| sockets) {
                let doors = vec![Door { listener, tls: None }];
                let index = threads.len();
                threads.push(parts.core(index, doors, role, ending.clone(), serving.clone())?);
            }
        }
        drop(serving);
        // What is saved after the start message is noticed.
        let watching = loaded.as_ref().filter(|_| self.watch != Mode::Off);
        let mut watcher = watching.map(|loaded| Watcher::start(loaded.targets(), self.watch)).transpose()?;
        banner::print(&self, address, loaded.as_ref().map(Loaded::served));
        if let Some(loaded) = &loaded {
            loaded.warn();
        }
        let node = Arc::clone(&parts.node);
        // Lazily loaded programs are compiled one by one, so that first calls in between need not wait long.
        runtime.spawn_blocking(move || while node.compile_next() {});
        let front = Arc::clone(&parts.front);
        runtime.spawn(async move { front.follow_certificates().await });
        loop {
            tokio::select! {
                wish = signals.next() => match (wish, &mut loaded) {
                    (Wish::Stop, _) => break,
                    (Wish::Reload, Some(loaded)) => {
                        parts.front.reload();
                        cache::reload(parts.shared.caches(), &self.config.cache);
                        loaded.reload().await;
                    }
                    (Wish::Reload, None) => {}
                },
                Some(saved) = next_saved(&mut watcher) => {
                    if let Some(loaded) = &mut loaded {
                        loaded.follow(&saved).await;
                    }
                }
            }
            if let (Some(watcher), Some(loaded)) = (&watcher, &loaded) {
                watcher.retarget(loaded.targets());
            }
        }
        parts.stop(stop, drained, threads, signals).await
    }
}

impl Gateway {
    /// Declares what the file says.
    async fn load(&self, file: &Path, parts: &Parts) -> Result<Loaded> {
        let documents = declare::read_documents(&self.config)?;
        let declared = declare::declare(&parts.control, &parts.store, &self.config, file, &documents);
        let served = terminal::during("deploying", declared).await?;
        let means = Means {
            control: parts.control.clone(),
            store: Arc::clone(&parts.store),
            pool: Arc::clone(&parts.functions.pool),
            observer: Arc::clone(&parts.observer),
        };
        let (file, config) = (file.to_owned(), self.config.clone());
        Ok(Loaded::new(means, file, self.data_dir.clone(), config, documents, served))
    }
}

/// The next saved files; never, when nobody watches.
async fn next_saved(watcher: &mut Option<Watcher>) -> Option<Saved> {
    match watcher {
        Some(watcher) => watcher.next().await,
        None => std::future::pending().await,
    }
}

/// The parts of a running node.
struct Parts {
    store: Arc<Store>,
    node: Arc<Node>,
    control: Control,
    link: ControlLink,
    functions: Arc<Functions>,
    observer: Arc<Observer>,
    status: Arc<Status>,
    upstream: UpstreamSettings,
    limits: Arc<Limits>,
    requests: Buffers,
    replies: Buffers,
    front: Arc<Front>,
    listener: Listener,
    connections: Arc<AtomicUsize>,
    cores: usize,
    /// Whether records tell their steps.
    traced: bool,
    compute: Compute,
    services: ServiceParts,
    clock: Clock,
    shared: Arc<Shared>,
}

impl Parts {
    fn start(
        gateway: &Gateway,
        runtime: &Runtime,
        address: SocketAddr,
        front: Front,
        cores: usize,
    ) -> Result<Self> {
        let config = &gateway.config;
        let folder = gateway.data_dir.display();
        std::fs::create_dir_all(&gateway.data_dir).with_context(|| format!("data directory {folder}"))?;
        let store = Store::open_with(&gateway.data_dir, secret_keys(config)?);
        let store = Arc::new(store.with_context(|| format!("data directory {folder}"))?);
        let clock = Clock::start();
        let shared = Shared::start(ledger(&store)).context("the ledger's thread")?;
        let shared = Arc::new(shared.with_caches(cache::open(&config.cache)?));
        runtime.spawn(tend(Arc::clone(&shared), Arc::clone(&store), clock.clone()));
        let observer = Arc::new(Observer::open(&observer_settings(gateway), cores + 2)?);
        let mut limits = Limits { concurrency: config.lambda.concurrency, ..Limits::default() };
        config.streaming.apply_to(&mut limits);
        let throttles = config.throttle.resolve(gateway.dev, |name| std::env::var(name).ok());
        limits.account_throttles = throttles.map_err(anyhow::Error::msg)?;
        limits.api_keys = config.most_api_keys.unwrap_or(limits.api_keys);
        let limits = Arc::new(limits);
        let (requests, replies) =
            (Buffers::new(limits.buffered_bytes / 2), Buffers::new(limits.buffered_bytes / 2));
        let secure = front.secure.as_ref().map(|secure| secure.address);
        let own = [Some(address), gateway.status, gateway.control, secure].into_iter().flatten().collect();
        let mut upstream = UpstreamSettings::new(
            Arc::new(Refused { allowed: config.upstream.allow.clone(), own }),
            Trust::new(config.upstream.authorities.as_deref())?,
            limits.payload_bytes,
            replies.clone(),
            config.upstream.limits,
        );
        upstream.streams = StreamLimits::from(&*limits);
        let tails = Arc::<Tails>::default();
        let pool = Arc::new(pool(gateway, &observer, &tails)?);
        let functions = Functions::start(Arc::clone(&pool), tails, upstream.clone(), real);
        let (accounts, own) = (limits.account_throttles.clone(), Arc::clone(&shared));
        let node = Arc::new(Node::start(Arc::clone(&store), pool, limits.concurrency, own, accounts)?);
        let directory = Arc::clone(node.directory());
        directory.identities().found(foundations(&store, gateway.dev));
        let queue = Queue::load(Arc::clone(&store), directory, Arc::clone(&functions), &config.lambda, real)?;
        runtime.spawn(Arc::clone(&queue).run());
        let compute = crate::compute::start().context("threads of the compute pool")?;
        let services = services(config, &upstream, Arc::clone(&queue), limits.lambda_event_bytes);
        let tester = Tester::start(
            upstream.clone(),
            Arc::clone(&functions),
            Arc::clone(node.directory()),
            compute.clone(),
            &services,
            clock.clone(),
        );
        let control = Control::new(
            Arc::clone(&store),
            control_settings(&limits, gateway.dev, &clock),
            control_ports(
                Arc::clone(&node),
                Arc::clone(&functions),
                queue,
                tester,
                Arc::clone(&services.verified),
                Arc::clone(&shared),
                audit_log(gateway)?,
            ),
        );
        let connections = Arc::<AtomicUsize>::default();
        let status_parts = Status {
            node: Arc::clone(&node),
            shared: Arc::clone(&shared),
            observer: Arc::clone(&observer),
            connections: Arc::clone(&connections),
            buffers: [requests.clone(), replies.clone(), front.unread.clone()],
            front: Arc::clone(&front.counters),
            stopping: Arc::new(AtomicBool::new(false)),
            clock: clock.clone(),
            resettable: gateway.dev,
            scope: gateway.dev.then(|| config.scope()),
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
            replies,
            front: Arc::new(front),
            listener: advertised(config, address),
            connections,
            cores,
            traced: gateway.console == Console::Steps,
            compute,
            services,
            clock,
            shared,
        })
    }

    /// Starts a thread that serves some sockets. It drops `serving` after its last request, and ends with the sender of
    /// `ending`: calls of functions whose clients are gone live on it.
    fn core(
        &self,
        index: usize,
        doors: Vec<Door>,
        role: Role,
        mut ending: watch::Receiver<Ending>,
        serving: mpsc::Sender<Infallible>,
    ) -> Result<JoinHandle<()>> {
        let upstream = Arc::new(Upstream::new(self.upstream.clone()));
        let sinks = self.observer.core(index);
        let sink = move |record: &_| sinks.record(record);
        let ports = engine_ports(
            Arc::clone(&upstream),
            Arc::clone(&self.functions),
            sink,
            &self.clock,
            self.compute.clone(),
            &self.services,
        );
        let dispatch = Arc::new(Dispatch {
            engine: self.engine(ports),
            node: Arc::clone(&self.node),
            status: Arc::clone(&self.status),
            role,
            control: matches!(role, Role::Everything | Role::Control).then(|| self.link.clone()),
            runtime: self.functions.runtime.clone(),
            limits: Arc::clone(&self.limits),
            bodies: self.front.bodies(self.limits.payload_bytes, &self.requests),
            control_bodies: self.front.bodies(CONTROL_BODY, &self.requests),
            listener: self.listener.clone(),
            secure: self
                .front
                .secure
                .as_ref()
                .map(|secure| Listener { scheme: http::uri::Scheme::HTTPS, port: secure.address.port() }),
            trusted: Arc::clone(&self.front.trusted),
            clock: self.clock.clone(),
        });
        let share = (self.limits.buffered_bytes / 8).max(self.limits.payload_bytes);
        let settings = match role {
            Role::Status | Role::Control => self.front.status_settings(share, &self.replies),
            _ => self.front.settings(self.cores, share, &self.replies),
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
                // Looks at every idle connection: more than a task may usually do at once.
                runtime.spawn(tokio::task::unconstrained(async move { sweep(&upstream).await }));
                runtime.block_on(run_core(doors, settings, registry, ending.clone(), handler))?;
                drop(serving);
                runtime.block_on(async { while ending.changed().await.is_ok() {} });
                Ok(())
            });
            if let Err(error) = served {
                tracing::error!("core {index} stopped: {error}");
            }
        })?)
    }

    /// A control plane that nobody may call is a mistake of whoever configured it.
    fn require_callers(&self) -> Result<()> {
        let mut known = false;
        self.store.for_each_iam(|_, tree| known |= tree.access_keys.values().any(|key| key.active))?;
        anyhow::ensure!(known, "nobody could call it: declare users with access keys under `identities:`");
        Ok(())
    }

    fn engine(&self, ports: stagedoor_engine::Ports) -> Arc<Engine> {
        let engine = Engine::new(ports, Arc::clone(self.node.directory()));
        Arc::new(if self.traced { engine.traced() } else { engine })
    }

    /// Lets requests finish, then functions, then logs. A second signal ends the waiting.
    async fn stop(
        self,
        stop: watch::Sender<Ending>,
        mut drained: mpsc::Receiver<Infallible>,
        threads: Vec<JoinHandle<()>>,
        mut signals: Signals,
    ) -> Result<()> {
        self.status.stopping.store(true, Relaxed);
        self.observer.ring().close();
        // Nobody listens any more when all cores are gone; that is what we want.
        let _ = stop.send(Ending::Graceful);
        let ended = async {
            let None = drained.recv().await;
            self.functions.shutdown(FUNCTION_GRACE).await;
        };
        let hurried = tokio::select! {
            () = ended => false,
            () = signals.stop() => true,
        };
        if hurried {
            let _ = stop.send(Ending::Now);
            self.functions.shutdown(Duration::ZERO).await;
        }
        drop(stop);
        if !hurried {
            // A thread that panicked has ended as well.
            let join = move || threads.into_iter().for_each(|thread| drop(thread.join()));
            tokio::task::spawn_blocking(join).await?;
        }
        // After the last call: what keys used is then written exactly.
        if let Err(error) = self.shared.close().await {
            tracing::error!("usage may stay counted too high: {error}");
        }
        let observer = Arc::clone(&self.observer);
        tokio::task::spawn_blocking(move || observer.close()).await?;
        Ok(())
    }
}

/// Binds an address, or says who has it.
fn bound(
    address: SocketAddr,
    cores: usize,
    setting: &'static str,
) -> Result<(SocketAddr, Vec<std::net::TcpListener>)> {
    bind(address, cores, setting).map_err(|error| match owner(address.port()) {
        Some(owner) => anyhow::anyhow!("{error}. It is {owner}"),
        None => error.into(),
    })
}

async fn sweep(upstream: &Upstream) {
    let mut ticker = tokio::time::interval(SWEEP);
    loop {
        ticker.tick().await;
        upstream.sweep();
    }
}

/// AWS's services as backends. Must be called on the control runtime.
fn services(
    config: &Config,
    upstream: &UpstreamSettings,
    queue: Arc<Queue>,
    event_bytes: usize,
) -> ServiceParts {
    let refused = &upstream.refused;
    let is_own = |endpoint: &_| refused.is_own_endpoint(endpoint);
    let endpoints = Arc::new(aws::endpoints(&config.aws.endpoints, std::env::vars(), is_own));
    let credentials = config.aws.credentials.clone();
    let roles = Roles::start(credentials, Arc::clone(&endpoints), upstream.clone(), real);
    let key_sets = KeySets::start(upstream, real);
    let user_pools = UserPools { configured: config.cognito.clone(), endpoints: Arc::clone(&endpoints) };
    let user_pools = Arc::new(user_pools);
    ServiceParts {
        endpoints,
        roles,
        user_pools,
        key_sets,
        verified: Arc::default(),
        queue,
        runtime: Handle::current(),
        event_bytes,
    }
}

fn pool(gateway: &Gateway, observer: &Arc<Observer>, tails: &Arc<Tails>) -> Result<Pool> {
    let config = &gateway.config;
    let mut settings = PoolConfig::new(gateway.data_dir.join("functions"));
    settings.interpreters =
        Interpreters { by_runtime: config.interpreters.iter().cloned().collect(), strict: false };
    settings.debug_ports = debug_ports(config);
    settings.sandboxes = sandboxes::of(&gateway.config, gateway.dev);
    let (observer, tails) = (Arc::clone(observer), Arc::clone(tails));
    let sink = move |line: LogLine| {
        tails.note(&line);
        print_function_line(&observer, &line);
    };
    Ok(Pool::new(settings, Arc::new(sink))?)
}

fn debug_ports(config: &Config) -> HashMap<String, u16> {
    config.functions.iter().filter_map(|function| Some((function.name.clone(), function.debug?))).collect()
}

fn print_function_line(observer: &Observer, line: &LogLine) {
    observer.function_line(&FunctionLine {
        function: &line.function.name,
        request_id: line.request_id.as_deref(),
        platform: line.kind == LogKind::Platform,
        text: &line.text,
    });
}

/// `dev` says whether the root identities that everybody knows may call.
pub(crate) fn control_settings(
    limits: &Arc<Limits>,
    dev: bool,
    clock: &Clock,
) -> stagedoor_control::Settings {
    let clock = clock.clone();
    stagedoor_control::Settings {
        limits: Arc::clone(limits),
        identities: Arc::new(move |key| root_identity(key).filter(|_| dev)),
        clock: Arc::new(move || clock.now()),
        wall: Arc::new(real),
        seed: random::seed(),
    }
}

/// Who may sign calls of the data plane without being stored: roots in `dev`, and everywhere whoever has a session token that
/// the control plane sealed.
fn foundations(store: &Store, dev: bool) -> Foundations {
    let root = move |key: &str| {
        let RootIdentity { account, secret } = root_identity(key).filter(|_| dev)?;
        Some((account, secret))
    };
    Foundations {
        roots: Box::new(root),
        session_keys: store.secret_keys().derived(stagedoor_control::SESSIONS),
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

fn advertised(config: &Config, address: SocketAddr) -> Listener {
    if config.advertise_https {
        return Listener { scheme: http::uri::Scheme::HTTPS, port: 443 };
    }
    Listener { scheme: http::uri::Scheme::HTTP, port: address.port() }
}

/// The audit log of the control plane: on stdout under `serve` unless the configuration says otherwise.
fn audit_log(gateway: &Gateway) -> Result<stagedoor_control::Audit> {
    let usual = if gateway.dev { AccessLogTarget::Off } else { AccessLogTarget::Stdout };
    audit::open(gateway.config.control.audit_log.as_ref().unwrap_or(&usual))
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
        colour: terminal::stderr_has_colour(),
        keep: gateway.dev && gateway.console != Console::Off,
    }
}
