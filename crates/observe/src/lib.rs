//! Consumers of [`stagedoor_program::Record`]: the access log, the developer's console, metrics, the log of a test.
//!
//! In: each call's record, borrowed, on the core that served it; what functions print. Out: lines in a file or on a stream,
//! the latest of them again for later readers, a text for Prometheus. A sink never blocks a core: it appends to a bounded
//! buffer of that core, and one thread writes; what does not fit is dropped and counted. It must not know how calls are
//! executed.

mod access_log;
mod console;
mod counters;
mod execution_log;
mod histogram;
mod lines;
mod observer;
mod prometheus;
mod ring;
mod spelling;
mod steps;
mod style;

pub use console::{Console, FunctionLine};
pub use execution_log::{authorizer_log, test_log};
pub use lines::{Destination, time_of_day};
pub use observer::{CoreSinks, Gauges, Observer, Settings};
pub use ring::{Entry, Ring, Source};
pub use spelling::header_spelling;
pub use style::{Style, expand, push_clean, push_styled};
