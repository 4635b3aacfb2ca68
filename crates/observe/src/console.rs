//! The developer's view: one readable line per call, and why a gateway response was sent.

use std::fmt::Write;

use stagedoor_program::{Outcome, Record};

/// Which calls get a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Console {
    Off,
    /// Calls that ended in a gateway response, with the reason.
    Failures,
    All,
}

impl Console {
    pub(crate) fn wants(self, record: &Record) -> bool {
        match self {
            Self::Off => false,
            Self::Failures => record.error.is_some(),
            Self::All => true,
        }
    }
}

/// `GET pets/v1 /pets/7 → 200 in 12.3 ms (GET /pets/{id}, backend 11.8 ms)`.
pub(crate) fn render(record: &Record, out: &mut String) {
    let path = record.head.path();
    let method = &record.head.method;
    // Writing to a string cannot fail.
    let _ = match &record.program {
        Some(program) => {
            write!(out, "{method} {}/{} {path}", program.deployment.api_id, program.stage.name)
        }
        None => write!(out, "{method} {path}"),
    };
    let _ = match record.outcome {
        Outcome::Answered => write!(out, " → {}", record.status),
        Outcome::Aborted => write!(out, " → aborted"),
    };
    let _ = write!(out, " in {:.1} ms", record.latency.as_secs_f64() * 1000.0);
    if let Some(resource) = record.resource() {
        let _ = write!(out, " ({}", resource.path);
        if let Some(latency) = record.integration.latency {
            let _ = write!(out, ", integration {:.1} ms", latency.as_secs_f64() * 1000.0);
        }
        out.push(')');
    }
    if let Some(error) = &record.error {
        let _ = write!(out, " {}: {}", error.response_type.as_str(), error.reason);
    }
}
