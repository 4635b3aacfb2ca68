//! Pure checks of who calls and what a policy says: SigV4 signatures, session tokens, policies, tokens of issuers.
//!
//! In: the bytes of a request, secrets and the time, all handed in. Out: an identity or the reason of a refusal, a
//! decision. It must not know sockets, clocks, storage, or where secrets and policies come from.

pub mod jwt;
pub mod managed;
pub mod policy;
pub mod session;
pub mod sigv4;
mod text;

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
#[must_use]
pub fn is_same_secret(one: &str, other: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}
