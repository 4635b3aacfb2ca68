//! How many files this process may open: as many as its connections need, up to what the system grants.
//!
//! Shells and service managers start programs with a low limit that each may raise itself.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files, logs, function processes and the store.
const OTHERS: u64 = 4096;

/// Raises the limit for so many client connections, each with one to a backend.
pub(crate) fn raise(connections: usize) {
    let connections = u64::try_from(connections).unwrap_or(u64::MAX);
    let wanted = connections.saturating_mul(2).saturating_add(OTHERS);
    let now = getrlimit(Resource::Nofile);
    let granted = now.maximum.map_or(wanted, |most| most.min(wanted));
    if now.current.is_some_and(|current| current < granted) {
        // Refused: then the lower limit holds, and clients wait in the kernel's queue when it is reached.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(granted), maximum: now.maximum });
    }
    if granted < connections {
        tracing::warn!(
            "{connections} client connections are allowed, but this process may open {granted} files only: raise it \
             (ulimit -n, LimitNOFILE=), or set `limits: {{connections: …}}` in stagedoor.yaml"
        );
    }
}
