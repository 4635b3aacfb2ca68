//! Idle connections to backends, last in first out.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;
use http::uri::Authority;

use super::codec::Connection;
use super::gate::Gates;

/// Idle connections kept per backend and core.
const MAX_IDLE: usize = 256;
/// Idle connections kept per core.
const MAX_IDLE_OF_ALL: usize = 4096;

/// What must agree for a connection to be reused.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) authority: Authority,
    pub(crate) tls: bool,
    pub(crate) skip_verification: bool,
}

// An authority compares without regard to case, byte by byte. Two spellings of one host may have two pools, and every
// call is spared that.
impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.authority.as_str() == other.authority.as_str()
            && (self.tls, self.skip_verification) == (other.tls, other.skip_verification)
    }
}

impl Eq for Target {}

impl Hash for Target {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.authority.as_str().hash(state);
    }
}

#[derive(Debug)]
struct Idle {
    connection: Box<Connection>,
    /// The sweep after which it became idle.
    since: u32,
    /// So many sweeps later it is closed.
    kept: u32,
}

/// Connections by target; the hash has a random seed, so that nobody can choose names that collide.
#[derive(Debug, Default)]
struct Connections {
    by_target: HashMap<Target, Vec<Idle>, RandomState>,
    count: usize,
}

/// The idle connections of one core. Its clock are its sweeps: that spares every call two looks at a finer one.
#[derive(Debug)]
pub(crate) struct Pool {
    pub(super) core: usize,
    /// In sweeps.
    idle_timeout: u32,
    idle: Mutex<Connections>,
    sweeps: AtomicU32,
}

impl Idle {
    fn is_good(&mut self, now: u32) -> bool {
        now.wrapping_sub(self.since) < self.kept && self.connection.is_quiet() && self.connection.is_current()
    }
}

impl Connections {
    fn pop(&mut self, target: &Target) -> Option<Idle> {
        let last = self.by_target.get_mut(target)?.pop()?;
        self.count -= 1;
        Some(last)
    }
}

impl Pool {
    /// A pool that `gates` knows.
    pub(crate) fn new(idle_timeout: u32, gates: &Gates) -> Arc<Self> {
        Arc::new_cyclic(|pool| Self {
            core: gates.join(pool),
            idle_timeout,
            idle: Mutex::default(),
            sweeps: AtomicU32::new(0),
        })
    }

    /// The connection used last; none when no open one is left.
    pub(crate) fn take(&self, target: &Target) -> Option<Box<Connection>> {
        let now = self.sweeps.load(Relaxed);
        let mut idle = self.lock();
        while let Some(mut last) = idle.pop(target) {
            if last.is_good(now) {
                return Some(last.connection);
            }
        }
        None
    }

    /// Keeps a connection whose reply is read, unless somebody waits for one.
    pub(crate) fn put(&self, target: &Target, mut connection: Box<Connection>) {
        let kept = connection.patience().map_or(self.idle_timeout, |hint| hint.min(self.idle_timeout));
        if kept == 0 || !connection.is_current() {
            return;
        }
        // Whoever gets in line after this look at it finds the connection here.
        let mut pool = self.lock();
        let Some(connection) = connection.offer(self.core) else { return };
        if pool.count >= MAX_IDLE_OF_ALL {
            return;
        }
        let idle = Idle { connection, since: self.sweeps.load(Relaxed), kept };
        match pool.by_target.get_mut(target) {
            Some(connections) if connections.len() < MAX_IDLE => connections.push(idle),
            Some(_) => return,
            None => drop(pool.by_target.insert(target.clone(), vec![idle])),
        }
        pool.count += 1;
    }

    /// The connection that is idle for longest.
    pub(super) fn evict(&self, target: &Target) -> Option<Box<Connection>> {
        let mut pool = self.lock();
        let connections = pool.by_target.get_mut(target).filter(|connections| !connections.is_empty())?;
        let first = connections.remove(0);
        pool.count -= 1;
        Some(first.connection)
    }

    /// Drops what was idle for too long, has ended or went to an address that is no longer the backend's.
    pub(crate) fn sweep(&self) {
        let now = self.sweeps.fetch_add(1, Relaxed).wrapping_add(1);
        let mut pool = self.lock();
        pool.by_target.retain(|_, connections| {
            connections.retain_mut(|idle| idle.is_good(now));
            !connections.is_empty()
        });
        pool.count = pool.by_target.values().map(Vec::len).sum();
    }

    /// Idle connections.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().count
    }

    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
