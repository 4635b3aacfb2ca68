//! Policy documents: checked before they are stored, percent-encoded when they are shown.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use stagedoor_auth::policy::{Kind, Policy};

use super::error::failure;
use crate::ApiError;

/// What RFC 3986 leaves as it is.
const SHOWN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A document as answers carry it.
pub(super) fn shown(document: &str) -> String {
    utf8_percent_encode(document, SHOWN).to_string()
}

/// Refuses what is no policy of an identity.
pub(crate) fn check_identity_policy(document: &str) -> Result<(), ApiError> {
    check(document, Kind::Identity)
}

/// Refuses what is no trust policy.
pub(crate) fn check_trust_policy(document: &str) -> Result<(), ApiError> {
    check(document, Kind::Trust)
}

/// Refuses what is no policy of a session.
pub(crate) fn check_session_policy(document: &str) -> Result<(), ApiError> {
    check(document, Kind::Session)
}

fn check(document: &str, kind: Kind) -> Result<(), ApiError> {
    match Policy::parse(document, kind) {
        Ok(_) => Ok(()),
        Err(error) => Err(failure(400, "MalformedPolicyDocument", error.to_string())),
    }
}

/// The length that quotas count: without white space.
pub(super) fn size(document: &str) -> usize {
    document.chars().filter(|character| !character.is_whitespace()).count()
}
