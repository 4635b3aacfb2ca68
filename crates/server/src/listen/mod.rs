//! Listening: sockets, connections and their deadlines, request bodies.
//!
//! In: addresses and a handler. Out: the handler's replies on the wire. It must not know APIs, stages or the control
//! plane; every request goes to the one handler.

mod answering;
mod bind;
mod body;
mod connection;
mod core;
mod owed;
mod registry;
mod stream;
#[cfg(test)]
mod tests;
mod ticks;

pub(crate) use self::core::{Client, CoreSettings, run_core};
pub(crate) use answering::Answering;
pub(crate) use bind::bind;
pub(crate) use body::{Body, BodySettings, collect};
pub(crate) use connection::Ending;
pub(crate) use registry::Registry;
