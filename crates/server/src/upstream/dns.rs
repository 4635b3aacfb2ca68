//! Names to addresses, remembered for a short while.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Names remembered per core; more flush all.
const MAX_NAMES: usize = 1024;

/// When a name was looked up, and what was found.
type Names = HashMap<String, (Instant, Arc<[IpAddr]>)>;

/// The addresses of one core's backends.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    names: Mutex<Names>,
}

impl Cache {
    /// All addresses of a host name or literal.
    pub(crate) async fn resolve(&self, host: &str) -> std::io::Result<Arc<[IpAddr]>> {
        let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        if let Ok(address) = literal.parse::<IpAddr>() {
            return Ok(Arc::from([address]));
        }
        if let Some(known) = self.known(host) {
            return Ok(known);
        }
        let found: Vec<IpAddr> =
            tokio::net::lookup_host((host, 0)).await?.map(|found: SocketAddr| found.ip()).collect();
        let found: Arc<[IpAddr]> = found.into();
        self.remember(host, Arc::clone(&found));
        Ok(found)
    }

    fn known(&self, host: &str) -> Option<Arc<[IpAddr]>> {
        let names = self.lock();
        let (since, addresses) = names.get(host)?;
        (since.elapsed() < super::DNS_TTL).then(|| Arc::clone(addresses))
    }

    fn remember(&self, host: &str, addresses: Arc<[IpAddr]>) {
        let mut names = self.lock();
        if names.len() >= MAX_NAMES {
            names.clear();
        }
        names.insert(host.to_owned(), (Instant::now(), addresses));
    }

    fn lock(&self) -> MutexGuard<'_, Names> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
