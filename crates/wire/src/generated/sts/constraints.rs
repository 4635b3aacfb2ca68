//! Constraints of members, made by `cargo xtask codegen`; do not edit.

use crate::check::{Check, Pattern};

pub(super) static PROVIDED_CONTEXTS_LIST_TYPE: &[Check] = &[Check::MinLength(1), Check::MaxLength(5)];
pub(super) static SAML_ASSERTION_TYPE: &[Check] = &[Check::MinLength(4), Check::MaxLength(100000)];
static ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]*");
pub(super) static ACCESS_KEY_ID_TYPE: &[Check] =
    &[Check::MinLength(16), Check::MaxLength(128), Check::Matches(&ACCESS_KEY_ID_TYPE_PATTERN)];
static ARN_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+");
pub(super) static ARN_TYPE: &[Check] =
    &[Check::MinLength(20), Check::MaxLength(2048), Check::Matches(&ARN_TYPE_PATTERN)];
pub(super) static CLIENT_TOKEN_TYPE: &[Check] = &[Check::MinLength(4), Check::MaxLength(20000)];
pub(super) static CONTEXT_ASSERTION_TYPE: &[Check] = &[Check::MinLength(4), Check::MaxLength(2048)];
pub(super) static DURATION_SECONDS_TYPE: &[Check] = &[Check::Min(900.0), Check::Max(129600.0)];
pub(super) static ENCODED_MESSAGE_TYPE: &[Check] = &[Check::MinLength(1), Check::MaxLength(10240)];
static EXTERNAL_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@:\/-]*");
pub(super) static EXTERNAL_ID_TYPE: &[Check] =
    &[Check::MinLength(2), Check::MaxLength(1224), Check::Matches(&EXTERNAL_ID_TYPE_PATTERN)];
pub(super) static MINIMUM_SESSION_TOKEN_SIZE_TYPE: &[Check] = &[Check::Min(0.0), Check::Max(4096.0)];
pub(super) static ROLE_DURATION_SECONDS_TYPE: &[Check] = &[Check::Min(900.0), Check::Max(43200.0)];
static ROLE_SESSION_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]*");
pub(super) static ROLE_SESSION_NAME_TYPE: &[Check] =
    &[Check::MinLength(2), Check::MaxLength(64), Check::Matches(&ROLE_SESSION_NAME_TYPE_PATTERN)];
static SERIAL_NUMBER_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=/:,.@-]*");
pub(super) static SERIAL_NUMBER_TYPE: &[Check] =
    &[Check::MinLength(9), Check::MaxLength(256), Check::Matches(&SERIAL_NUMBER_TYPE_PATTERN)];
static SESSION_POLICY_DOCUMENT_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub(super) static SESSION_POLICY_DOCUMENT_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(2048), Check::Matches(&SESSION_POLICY_DOCUMENT_TYPE_PATTERN)];
static SOURCE_IDENTITY_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]*");
pub(super) static SOURCE_IDENTITY_TYPE: &[Check] =
    &[Check::MinLength(2), Check::MaxLength(64), Check::Matches(&SOURCE_IDENTITY_TYPE_PATTERN)];
pub(super) static TAG_KEY_LIST_TYPE: &[Check] = &[Check::MaxLength(50), Check::Each(TAG_KEY_TYPE)];
static TAG_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
pub(super) static TAG_KEY_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&TAG_KEY_TYPE_PATTERN)];
pub(super) static TAG_LIST_TYPE: &[Check] = &[Check::MaxLength(50)];
static TAG_VALUE_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
pub(super) static TAG_VALUE_TYPE: &[Check] =
    &[Check::MaxLength(256), Check::Matches(&TAG_VALUE_TYPE_PATTERN)];
static TOKEN_CODE_TYPE_PATTERN: Pattern = Pattern::new(r"[\d]*");
pub(super) static TOKEN_CODE_TYPE: &[Check] =
    &[Check::MinLength(6), Check::MaxLength(6), Check::Matches(&TOKEN_CODE_TYPE_PATTERN)];
static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub(super) static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: &[Check] =
    &[Check::MinLength(1), Check::Matches(&UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN)];
pub(super) static URL_TYPE: &[Check] = &[Check::MinLength(4), Check::MaxLength(2048)];
static USER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]*");
pub(super) static USER_NAME_TYPE: &[Check] =
    &[Check::MinLength(2), Check::MaxLength(32), Check::Matches(&USER_NAME_TYPE_PATTERN)];

#[cfg(test)]
pub(crate) static PATTERNS: &[&Pattern] = &[
    &ACCESS_KEY_ID_TYPE_PATTERN,
    &ARN_TYPE_PATTERN,
    &EXTERNAL_ID_TYPE_PATTERN,
    &ROLE_SESSION_NAME_TYPE_PATTERN,
    &SERIAL_NUMBER_TYPE_PATTERN,
    &SESSION_POLICY_DOCUMENT_TYPE_PATTERN,
    &SOURCE_IDENTITY_TYPE_PATTERN,
    &TAG_KEY_TYPE_PATTERN,
    &TAG_VALUE_TYPE_PATTERN,
    &TOKEN_CODE_TYPE_PATTERN,
    &UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN,
    &USER_NAME_TYPE_PATTERN,
];
