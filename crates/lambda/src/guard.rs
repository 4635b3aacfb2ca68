//! The guard: a process between the host and one function that ends the function's whole process tree when it is told to,
//! or when the host is gone.
//!
//! In: a command line and a control socket as standard input. Out: an exit report on that socket. It must not know what it
//! guards.

/// Turns this process into a guard when it was started as one, and then never returns; otherwise does nothing. Call it
/// first in `main`, before threads start.
pub fn run_if_guard() {}
