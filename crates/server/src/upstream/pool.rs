//! Idle connections to backends, last in first out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use http::uri::Authority;

use super::codec::Connection;

/// Idle connections kept per backend and core.
const MAX_IDLE: usize = 256;

/// What must agree for a connection to be reused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub(crate) authority: Authority,
    pub(crate) tls: bool,
    pub(crate) skip_verification: bool,
}

#[derive(Debug)]
struct Idle {
    connection: Connection,
    since: Instant,
}

/// The idle connections of one core.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    idle: Mutex<HashMap<Target, Vec<Idle>>>,
}

impl Idle {
    fn is_good(&mut self) -> bool {
        self.since.elapsed() < super::IDLE && self.connection.is_quiet()
    }
}

impl Pool {
    /// The connection used last; none when no open one is left.
    pub(crate) fn take(&self, target: &Target) -> Option<Connection> {
        let mut idle = self.lock();
        let connections = idle.get_mut(target)?;
        while let Some(mut last) = connections.pop() {
            if last.is_good() {
                return Some(last.connection);
            }
        }
        None
    }

    /// Keeps a connection whose reply is read.
    pub(crate) fn put(&self, target: &Target, connection: Connection) {
        let idle = Idle { connection, since: Instant::now() };
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
        self.lock().retain(|_, connections| {
            connections.retain_mut(Idle::is_good);
            !connections.is_empty()
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Target, Vec<Idle>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
