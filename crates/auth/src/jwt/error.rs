//! Why a token counts for nothing. The texts are for logs: they say nothing that a forger could use.

use std::fmt;

/// A token that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidToken {
    #[error("the token is longer than {0} bytes")]
    TooLong(usize),
    /// Five parts are an encrypted token, which nobody here can read.
    #[error("the token does not have three parts")]
    Parts,
    #[error("the token's {0} is not base64url")]
    Encoding(Part),
    /// No object, a member twice, nested too deeply, or no JSON at all.
    #[error("the token's {0} is not a plain JSON object")]
    Json(Part),
    /// `none`, a secret key's algorithm, an unknown one, or one that its verifier does not allow.
    #[error("the token's algorithm is not allowed")]
    Algorithm,
    /// `crit` names extensions that must be understood; none is.
    #[error("the token asks for extensions that are not supported")]
    Critical,
    #[error("the token names no key")]
    NoKeyId,
    /// No key with this id signs with the token's algorithm.
    #[error("the token's key is not in the issuer's key set")]
    UnknownKey,
    #[error("the token's signature does not match")]
    Signature,
    #[error("the token's claim {0} is missing")]
    Missing(&'static str),
    #[error("the token's claim {0} is not of its type")]
    Claim(&'static str),
    #[error("the token has expired")]
    Expired,
    /// `nbf` or `iat` lies ahead.
    #[error("the token is not valid yet")]
    NotYetValid,
}

/// Which part of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Header,
    Payload,
    Signature,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
        })
    }
}
