//! What the store promises, through its public surface.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;
mod format;
mod promises;
mod samples;
