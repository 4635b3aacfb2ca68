//! Idle connections to backends, last in first out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::Authority;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;

/// Idle connections kept per backend and core.
const MAX_IDLE: usize = 256;

/// What must agree for a connection to be reused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub(crate) authority: Authority,
    pub(crate) tls: bool,
    pub(crate) skip_verification: bool,
}

/// The sending half of a connection.
pub(crate) type Sender = SendRequest<Full<Bytes>>;

#[derive(Debug)]
struct Idle {
    sender: Sender,
    since: Instant,
}

/// The idle connections of one core.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    idle: Mutex<HashMap<Target, Vec<Idle>>>,
}

impl Pool {
    /// The connection used last, and how long ago; none when no open one is left.
    pub(crate) fn take(&self, target: &Target) -> Option<(Sender, Duration)> {
        let mut idle = self.lock();
        let connections = idle.get_mut(target)?;
        while let Some(Idle { sender, since }) = connections.pop() {
            let age = since.elapsed();
            if !sender.is_closed() && age < super::IDLE {
                return Some((sender, age));
            }
        }
        None
    }

    /// Keeps a connection whose reply is read.
    pub(crate) fn put(&self, target: &Target, sender: Sender) {
        if sender.is_closed() {
            return;
        }
        let idle = Idle { sender, since: Instant::now() };
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
            connections.retain(|idle| !idle.sender.is_closed() && idle.since.elapsed() < super::IDLE);
            !connections.is_empty()
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Target, Vec<Idle>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
