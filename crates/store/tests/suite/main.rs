//! What the store promises, through its public surface.

mod crash;
mod format;
mod promises;
mod samples;
