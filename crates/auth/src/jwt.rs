//! JSON web tokens, checked with keys that are handed in.
//!
//! In: a token, the algorithms that its verifier allows, the public keys of its issuer, the time. Out: the claims, or why the
//! token counts for nothing. It must not know where keys come from, nor which issuers, audiences and scopes are wanted: those
//! rules differ from one kind of authorizer to the next.
//!
//! ```
//! use stagedoor_auth::jwt::{Algorithm, InvalidToken, Token};
//! assert_eq!(Token::parse("a.b", &[Algorithm::Rs256]).unwrap_err(), InvalidToken::Parts);
//! ```

mod base64url;
mod claims;
mod error;
mod json;
mod keys;
mod token;

pub use claims::{Claims, TimeRules};
pub use error::{InvalidToken, Part};
pub use json::Json;
pub use keys::{Algorithm, InvalidKeySet, KeySet};
pub use token::Token;
