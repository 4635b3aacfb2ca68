//! Listening: sockets, TLS, the PROXY protocol, connections and their deadlines, HTTP towards clients.
//!
//! In: addresses, certificates, limits and a handler. Out: the handler's replies on the wire. It must not know APIs, stages
//! or the control plane; every request goes to the one handler, and none that could be read in two ways.

mod answering;
mod bind;
mod body;
mod connection;
mod core;
mod host;
mod http1;
mod http2;
mod io;
mod limits;
mod load;
mod owed;
mod proxy;
mod registry;
mod stream;
#[cfg(test)]
mod tests;
mod ticks;
mod tls;
mod trusted;

pub(crate) use self::core::{Client, CoreSettings, Door, run_core};
pub(crate) use answering::{Answering, Arrived, BodyFault, Reply, Work, message};
pub(crate) use bind::bind;
pub(crate) use body::BodySettings;
pub(crate) use connection::Ending;
pub(crate) use limits::{FrontLimits, MOST_HEADERS};
pub(crate) use load::FrontCounters;
pub(crate) use registry::{Addresses, Registry};
pub(crate) use tls::{CertificateFiles, Tls};
pub(crate) use trusted::TrustedProxies;
