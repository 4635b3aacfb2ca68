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
