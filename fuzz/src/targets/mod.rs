//! What is fuzzed: one file for each target, and the list of all.

pub mod openapi;

/// A function that must bear any bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub name: &'static str,
    /// Panics when something is wrong.
    pub run: fn(&[u8]),
    /// Inputs to begin with; at least one.
    pub corpus: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const ALL: [Target; 1] = [Target { name: "openapi", run: openapi::run, corpus: openapi::corpus }];
