//! Signature version 4: verifying and making signatures, in headers and in query strings.
//!
//! In: a request as it came off the wire, the time, a look-up of secrets. Out: who signed it, or the refusal in AWS's
//! words. It must not know what the identity may do.

mod canonical;
mod credential;
mod date;
mod error;
mod hex;
mod key;
mod sign;
mod verify;

pub use canonical::{HeaderValue, PayloadHash, SignedRequest, encode_path, may_shrink, percent_encode};
pub use credential::Service;
pub use date::parse as parse_date;
pub use error::SigV4Error;
pub use key::{Secret, SigningKey};
pub use sign::{Signer, sign};
pub use verify::{Identity, Pending, Wanted, begin, verify, verify_with};
