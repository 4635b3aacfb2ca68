//! Idle connections to backends, last in first out.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;
use http::uri::Authority;

use super::codec::Connection;

/// Idle connections kept per backend and core.
const MAX_IDLE: usize = 256;
/// So many sweeps later an idle connection is closed.
const MAX_AGE: u32 = 6;

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

/// Connections by target; the hash has a random seed, so that nobody can choose names that collide.
type Connections = HashMap<Target, Vec<Idle>, RandomState>;

#[derive(Debug)]
struct Idle {
    connection: Connection,
    /// The sweep after which it became idle.
    since: u32,
}

/// The idle connections of one core. Its clock are its sweeps: that spares every call two looks at a finer one.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    idle: Mutex<Connections>,
    sweeps: AtomicU32,
}

impl Idle {
    fn is_good(&mut self, now: u32) -> bool {
        now.wrapping_sub(self.since) < MAX_AGE && self.connection.is_quiet()
    }
}

impl Pool {
    /// The connection used last; none when no open one is left.
    pub(crate) fn take(&self, target: &Target) -> Option<Connection> {
        let now = self.sweeps.load(Relaxed);
        let mut idle = self.lock();
        let connections = idle.get_mut(target)?;
        while let Some(mut last) = connections.pop() {
            if last.is_good(now) {
                return Some(last.connection);
            }
        }
        None
    }

    /// Keeps a connection whose reply is read.
    pub(crate) fn put(&self, target: &Target, connection: Connection) {
        let idle = Idle { connection, since: self.sweeps.load(Relaxed) };
        let mut pool = self.lock();
        match pool.get_mut(target) {
            Some(connections) if connections.len() < MAX_IDLE => connections.push(idle),
            Some(_) => {}
            None => {
                pool.insert(target.clone(), vec![idle]);
            }
        }
    }

    /// Drops what was idle for too long, and backends without connections.
    pub(crate) fn sweep(&self) {
        let now = self.sweeps.fetch_add(1, Relaxed).wrapping_add(1);
        self.lock().retain(|_, connections| {
            connections.retain_mut(|idle| idle.is_good(now));
            !connections.is_empty()
        });
    }

    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
