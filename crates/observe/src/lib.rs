//! Consumers of [`stagedoor_program::Record`]: the access log, the console's request lines, metrics.
//!
//! In: each call's record, borrowed, on the core that served it. Out: lines in a file or on a stream, a text for
//! Prometheus. A sink never blocks a core: it appends to a bounded buffer of that core, and one thread writes; what
//! does not fit is dropped and counted. It must not know how calls are executed.

mod access_log;
mod console;
mod counters;
mod histogram;
mod lines;
mod observer;
mod prometheus;

pub use console::Console;
pub use lines::Destination;
pub use observer::{CoreSinks, Gauges, Observer, Settings};
