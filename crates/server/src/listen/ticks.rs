//! A core's coarse clock: whole seconds, moved by the core's sweeper, read without a system call.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Seconds since the core started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ticks(Arc<AtomicU32>);

impl Ticks {
    pub(crate) fn now(&self) -> u32 {
        self.0.load(Relaxed)
    }

    /// Moves on by one and returns the new time.
    pub(crate) fn advance(&self) -> u32 {
        self.0.fetch_add(1, Relaxed) + 1
    }
}
