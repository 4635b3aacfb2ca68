//! The gateway as a program: configuration, listeners, dispatch, the adapters between the layers, the command line.
//!
//! In: arguments, files, sockets, signals. Out: replies, logs, an exit code. Everything AWS-specific lives in the
//! crates below; here they are wired to each other by ports.

mod adapters;
mod address;
mod apis;
mod audit;
mod aws;
mod banner;
mod buffers;
mod cache;
pub mod cli;
mod client;
mod clock;
mod compute;
mod config;
mod control_link;
mod declare;
mod descriptors;
mod dispatch;
mod doctor;
mod findings;
mod front;
mod functions;
mod keysets;
mod latest;
mod ledger;
mod listen;
pub mod logging;
mod node;
mod pieces;
mod pinned;
mod preflight;
mod random;
mod rehearse;
mod reload;
mod run;
mod sandboxes;
mod secret_key;
mod signals;
mod stage_table;
mod status;
mod terminal;
mod test_invoke;
mod upstream;
mod watch;

use std::net::SocketAddr;

/// Where tools look for AWS on this machine.
const DEV_PORT: u16 = 4566;

fn dev_address() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], DEV_PORT))
}
