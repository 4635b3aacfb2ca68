//! What all functions of a pool share: settings, the process budget, and the registry of living processes.
//!
//! In: requests for a place, and the clock. Out: places. It must not know jobs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use stagedoor_base::{Entropy, FunctionArn};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::function::Function;
use crate::interpreter::Known;
use crate::probe::Offers;
use crate::worker::Worker;
use crate::{LogSink, PoolConfig};

pub(crate) struct Host {
    pub(crate) config: PoolConfig,
    pub(crate) sink: LogSink,
    /// Where processes are supervised, whoever calls.
    pub(crate) runtime: Handle,
    pub(crate) functions: RwLock<HashMap<FunctionArn, Arc<Function>>>,
    pub(crate) known_interpreters: Known,
    pub(crate) offers: Offers,
    /// Held while code is unpacked, so that parallel cold starts unpack it once.
    pub(crate) unpacking: tokio::sync::Mutex<()>,
    slots: Arc<Semaphore>,
    /// Starting is the expensive part of a process's life: many at once would only slow each other and the calls that run.
    turns: Arc<Semaphore>,
    workers: Mutex<HashMap<u64, Arc<Worker>>>,
    /// One process at a time listens on a debug port.
    debug_ports: Mutex<HashMap<u16, Arc<Semaphore>>>,
    last_worker: AtomicU64,
    entropy: Mutex<Entropy>,
    closed: AtomicBool,
}

impl Host {
    pub(crate) fn new(config: PoolConfig, sink: LogSink, runtime: Handle) -> Self {
        let slots = Arc::new(Semaphore::new(config.max_processes.min(Semaphore::MAX_PERMITS)));
        Self {
            config,
            sink,
            runtime,
            functions: RwLock::default(),
            known_interpreters: Known::default(),
            offers: Offers::default(),
            unpacking: tokio::sync::Mutex::default(),
            slots,
            turns: Arc::new(Semaphore::new(starts_at_once())),
            workers: Mutex::default(),
            debug_ports: Mutex::default(),
            last_worker: AtomicU64::new(0),
            entropy: Mutex::new(Entropy::new(std::array::from_fn(|_| random()))),
            closed: AtomicBool::new(false),
        }
    }

    pub(crate) fn code_dir(&self) -> PathBuf {
        self.config.state_dir.join("code")
    }

    /// Holds what was merged of several layers.
    pub(crate) fn layers_dir(&self) -> PathBuf {
        self.config.state_dir.join("code/layers")
    }

    /// Holds a directory for each process that has no `/tmp` of its own.
    pub(crate) fn temporary_dir(&self) -> PathBuf {
        self.config.state_dir.join("tmp")
    }

    pub(crate) fn runtime_dir(&self) -> PathBuf {
        self.config.state_dir.join("runtime")
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }

    /// A place for one more process: a free one, or that of the process which has been idle longest.
    pub(crate) fn reserve(&self) -> Option<OwnedSemaphorePermit> {
        if self.is_closed() {
            return None;
        }
        self.slots.clone().try_acquire_owned().ok().or_else(|| self.evict())
    }

    /// The right to be the process on a debug port, when no other one is.
    pub(crate) fn debug_place(&self, port: u16) -> Option<OwnedSemaphorePermit> {
        let mut ports = self.debug_ports.lock().unwrap_or_else(PoisonError::into_inner);
        let place = ports.entry(port).or_insert_with(|| Arc::new(Semaphore::new(1)));
        place.clone().try_acquire_owned().ok()
    }

    /// A process on a debug port is gone: calls may wait for the next one.
    pub(crate) fn debug_port_is_free(&self) {
        let functions = self.functions.read().unwrap_or_else(PoisonError::into_inner);
        let waiting: Vec<_> =
            functions.values().filter(|function| function.debug_port.is_some()).cloned().collect();
        drop(functions);
        waiting.iter().for_each(|function| function.top_up());
    }

    /// The turn to start a process.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        self.turns.clone().acquire_owned().await.ok()
    }

    fn evict(&self) -> Option<OwnedSemaphorePermit> {
        let idle = self.workers_by(|worker| worker.function.idle_since(worker.id));
        let (_, oldest) = idle.into_iter().min_by_key(|(since, _)| *since)?;
        let worker = oldest.function.take_idle(oldest.id)?;
        let slot = worker.yield_slot();
        worker.stop();
        slot
    }

    /// Ends processes that have been idle since before `limit`.
    pub(crate) fn reap(&self, limit: Instant) {
        let old =
            self.workers_by(|worker| worker.function.idle_since(worker.id).filter(|since| *since < limit));
        for (_, worker) in old {
            if let Some(worker) = worker.function.take_idle(worker.id) {
                worker.stop();
            }
        }
    }

    /// Ends every process, whatever it does.
    pub(crate) fn stop_all(&self) {
        for (_, worker) in self.workers_by(|_| Some(())) {
            worker.function.abandon();
            worker.stop();
        }
    }

    /// Waits until no process is left.
    pub(crate) async fn empty(&self) {
        let all = u32::try_from(self.config.max_processes).unwrap_or(u32::MAX);
        // The semaphore is never closed, so this only ever waits.
        drop(self.slots.acquire_many(all).await);
    }

    pub(crate) fn next_worker(&self) -> u64 {
        self.last_worker.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn register(&self, worker: &Arc<Worker>) {
        self.workers().insert(worker.id, worker.clone());
    }

    pub(crate) fn unregister(&self, worker: u64) {
        self.workers().remove(&worker);
    }

    /// 32 hexadecimal digits, as log streams end.
    pub(crate) fn stream_suffix(&self) -> String {
        let mut entropy = self.entropy.lock().unwrap_or_else(PoisonError::into_inner);
        format!("{:016x}{:016x}", entropy.next_u64(), entropy.next_u64())
    }

    fn workers_by<T>(&self, pick: impl Fn(&Worker) -> Option<T>) -> Vec<(T, Arc<Worker>)> {
        let workers: Vec<Arc<Worker>> = self.workers().values().cloned().collect();
        workers.into_iter().filter_map(|worker| Some((pick(&worker)?, worker))).collect()
    }

    fn workers(&self) -> MutexGuard<'_, HashMap<u64, Arc<Worker>>> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn starts_at_once() -> usize {
    2 * std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The standard library seeds its hash tables from the system's randomness: names need no better.
fn random() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(Instant::now())
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("state_dir", &self.config.state_dir).finish_non_exhaustive()
    }
}
