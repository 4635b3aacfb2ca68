//! The control plane: every operation that creates, reads or changes stored entities.
//!
//! In: HTTP requests with their bytes. Out: HTTP replies, exact to the byte where AWS's are known. It must not know how
//! anything executes: what it changes reaches the data plane only through the store and the ports of its owner.

mod error;
mod page;
mod patch;

pub use error::ApiError;
