//! What the store promises, through its public surface.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod crash;
mod events;
mod format;
mod iam;
mod layers;
mod ledger;
mod metered;
mod promises;
mod samples;
mod secrets;
