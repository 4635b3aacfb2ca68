//! The open connections of one core, for the sweeper and the drain.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::connection::{Connection, Ending, Phase};

/// Seconds that each phase may last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PhaseLimits {
    /// API Gateway's idle timeout.
    pub(crate) idle: u32,
    /// A head that arrives byte by byte.
    pub(crate) head: u32,
    /// A client that does not read its reply.
    pub(crate) reply: u32,
}

impl PhaseLimits {
    /// While the core ends: whoever has connected but not asked is not waited for, unless the request is on its way.
    pub(crate) const DRAINING: Self = Self { idle: 0, head: 1, reply: 60 };
}

impl Default for PhaseLimits {
    fn default() -> Self {
        Self { idle: 310, head: 30, reply: 60 }
    }
}

/// All connections of one core.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    connections: Mutex<HashMap<u64, Arc<Connection>>>,
    /// Of all cores together.
    total: Arc<AtomicUsize>,
}

impl Registry {
    pub(crate) fn new(total: Arc<AtomicUsize>) -> Self {
        Self { connections: Mutex::default(), total }
    }

    /// Adds a connection for as long as the returned entry lives.
    pub(crate) fn enter(self: &Arc<Self>, id: u64, connection: Arc<Connection>) -> Entry {
        self.lock().insert(id, connection);
        self.total.fetch_add(1, Relaxed);
        Entry { registry: Arc::clone(self), id }
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Ends the connections whose phase lasts too long.
    pub(crate) fn sweep(&self, now: u32, limits: PhaseLimits) {
        for connection in self.lock().values() {
            let age = now.saturating_sub(connection.since());
            match connection.phase() {
                Phase::Idle if age > limits.idle => connection.end(Ending::Graceful),
                Phase::Head if age > limits.head => connection.end(Ending::Now),
                Phase::Reply if age > limits.reply => connection.end(Ending::Now),
                _ => {}
            }
            if connection.unread_for(now) > limits.reply {
                connection.end(Ending::Now);
            }
        }
    }

    /// Asks every connection to end.
    pub(crate) fn end_all(&self, how: Ending) {
        for connection in self.lock().values() {
            connection.end(how);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place in the registry.
#[derive(Debug)]
pub(crate) struct Entry {
    registry: Arc<Registry>,
    id: u64,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.registry.lock().remove(&self.id);
        self.registry.total.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::connection::{Connection, Ending, Phase};
    use super::{PhaseLimits, Registry};

    #[test]
    fn whoever_reads_nothing_of_what_it_is_owed_is_cut_off() {
        for (now, expected) in [(60, Ending::Open), (61, Ending::Now)] {
            let registry = Arc::new(Registry::default());
            let connection = Arc::new(Connection::new(0, 0));
            let _entry = registry.enter(1, Arc::clone(&connection));
            connection.enter(Phase::Busy, 0);
            connection.owes(0);
            connection.wrote(17, now);
            registry.sweep(now, PhaseLimits::default());
            assert_eq!(connection.ending(), expected, "after {now}");
        }
    }

    #[test]
    fn each_phase_has_its_own_deadline() {
        let table = [
            (Phase::Idle, 310, Ending::Open),
            (Phase::Idle, 311, Ending::Graceful),
            (Phase::Head, 30, Ending::Open),
            (Phase::Head, 31, Ending::Now),
            (Phase::Busy, 10_000, Ending::Open),
            (Phase::Reply, 61, Ending::Now),
        ];
        for (phase, now, expected) in table {
            let registry = Arc::new(Registry::default());
            let connection = Arc::new(Connection::new(0, 0));
            connection.enter(phase, 0);
            let entry = registry.enter(1, Arc::clone(&connection));
            registry.sweep(now, PhaseLimits::default());
            assert_eq!(connection.ending(), expected, "{phase:?} after {now}");
            drop(entry);
            assert_eq!(registry.len(), 0);
        }
    }
}
