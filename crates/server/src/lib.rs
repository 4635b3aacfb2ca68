//! The gateway as a program: configuration, listeners, dispatch, the adapters between the layers, the command line.
//!
//! In: arguments, files, sockets, signals. Out: replies, logs, an exit code. Everything AWS-specific lives in the
//! crates below; here they are wired to each other by ports.

mod buffers;
pub mod config;
mod listen;
mod upstream;
