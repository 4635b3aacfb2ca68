//! What the program itself has to say, on stderr.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use stagedoor_observe::time_of_day;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime as Rfc3339};

use crate::terminal::stderr_has_colour;

/// Starts logging. `STAGEDOOR_LOG` filters as `RUST_LOG` does elsewhere. `dev` tells the time only, as the lines around do.
pub fn start(dev: bool) {
    let filter = EnvFilter::try_from_env("STAGEDOOR_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(stderr_has_colour())
        .with_target(false)
        // It would tell stderr that stderr cannot be written to, and panic.
        .log_internal_errors(false)
        .with_writer(std::io::stderr)
        .with_timer(if dev { Clock::TimeOfDay } else { Clock::Rfc3339 })
        .init();
}

enum Clock {
    TimeOfDay,
    Rfc3339,
}

impl FormatTime for Clock {
    fn format_time(&self, out: &mut Writer<'_>) -> fmt::Result {
        match self {
            Self::Rfc3339 => Rfc3339.format_time(out),
            Self::TimeOfDay => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                out.write_str(&time_of_day(u64::try_from(now.as_millis()).unwrap_or_default()))
            }
        }
    }
}
