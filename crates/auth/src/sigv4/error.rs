//! Refusals in AWS's words.

/// Why a request is not authenticated. `Display` is the message that AWS sends.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigV4Error {
    /// Header and query string both carry a signature.
    #[error("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")]
    Ambiguous,
    /// Neither carries one.
    #[error("Missing Authentication Token")]
    Missing,
    /// A part of the signature stands twice, so that two readers could read two signatures.
    #[error("'{0}' must not be given more than once.")]
    Repeated(&'static str),
    /// The header is no list of `key=value`; holds the base64 of its SHA-256.
    #[error(
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '{hash}'."
    )]
    NotKeyValue { hash: String },
    /// Parts of the header are missing; holds a sentence for each, and the base64 of the header's SHA-256.
    #[error("{sentences}(Hashed with SHA-256 and encoded with Base64) Authorization={hash}")]
    MissingParts { sentences: String, hash: String },
    /// Parameters of the query form are missing; holds a sentence for each.
    #[error("{sentences}Re-examine the query-string parameters.")]
    MissingParameters { sentences: String },
    /// The request's date cannot be read.
    #[error("Date must be in ISO-8601 'basic format'. Got '{0}'. See http://en.wikipedia.org/wiki/ISO_8601")]
    Date(String),
    /// The signature is too old.
    #[error("Signature expired: {date} is now earlier than {earliest} ({now} - {minutes} min.)")]
    Expired { date: String, earliest: String, now: String, minutes: u64 },
    /// The signature is from the future.
    #[error("Signature not yet current: {date} is still later than {latest} ({now} + 5 min.)")]
    NotYetCurrent { date: String, latest: String, now: String },
    /// `X-Amz-Expires` is no number of seconds within a week.
    #[error("X-Amz-Expires must be a number of seconds between 1 and 604800, got '{0}'")]
    Expires(String),
    /// The host is not signed.
    #[error("'Host' must be a 'SignedHeader' in the AWS Authorization.")]
    HostUnsigned,
    /// Another algorithm.
    #[error("Unsupported AWS 'algorithm': '{0}' (only AWS4-HMAC-SHA256 for now). ")]
    Algorithm(String),
    /// The credential has not five parts.
    #[error(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{0}'"
    )]
    Credential(String),
    /// The credential's scope is not this request's; holds a sentence for each difference.
    #[error("{0}")]
    Scope(String),
    /// The canonical path, which is signed, has no dot segments and no empty ones; with them the path that was sent means
    /// something else.
    #[error(
        "The signature covers the path without '.', '..' and empty segments, and the path that was sent is not that one."
    )]
    OtherPath,
    /// Nobody has this access key.
    #[error("The security token included in the request is invalid.")]
    UnknownKey,
    /// The session of the token is over.
    #[error("The security token included in the request is expired")]
    ExpiredToken,
    /// The signature is another one.
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{string_to_sign}'\n"
    )]
    Mismatch { canonical: String, string_to_sign: String },
}

impl SigV4Error {
    /// The exception's name, as `x-amzn-ErrorType` carries it.
    #[must_use]
    pub const fn error_type(&self) -> &'static str {
        match self {
            Self::Missing => "MissingAuthenticationTokenException",
            Self::UnknownKey => "UnrecognizedClientException",
            Self::ExpiredToken => "ExpiredTokenException",
            Self::Repeated(_)
            | Self::NotKeyValue { .. }
            | Self::MissingParts { .. }
            | Self::MissingParameters { .. }
            | Self::Date(_)
            | Self::Expires(_)
            | Self::Algorithm(_)
            | Self::Credential(_) => "IncompleteSignatureException",
            Self::Ambiguous
            | Self::Expired { .. }
            | Self::NotYetCurrent { .. }
            | Self::HostUnsigned
            | Self::OtherPath
            | Self::Scope(_)
            | Self::Mismatch { .. } => "InvalidSignatureException",
        }
    }
}
