//! Constraints of members, made by `cargo xtask codegen`; do not edit.

use crate::check::{Check, Pattern};

pub(super) static ENTITY_TYPE: &[Check] =
    &[Check::OneOf(&["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"])];
pub(super) static OPEN_ID_CONNECT_PROVIDER_URL_TYPE: &[Check] = &[Check::MinLength(1), Check::MaxLength(255)];
pub(super) static POLICY_USAGE_TYPE: &[Check] =
    &[Check::OneOf(&["PermissionsPolicy", "PermissionsBoundary"])];
pub(super) static SAML_METADATA_DOCUMENT_TYPE: &[Check] =
    &[Check::MinLength(1000), Check::MaxLength(10000000)];
static SAML_PROVIDER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w._-]+");
pub(super) static SAML_PROVIDER_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&SAML_PROVIDER_NAME_TYPE_PATTERN)];
static ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::new(r"[\w]+");
pub(super) static ACCESS_KEY_ID_TYPE: &[Check] =
    &[Check::MinLength(16), Check::MaxLength(128), Check::Matches(&ACCESS_KEY_ID_TYPE_PATTERN)];
static ACCOUNT_ALIAS_TYPE_PATTERN: Pattern = Pattern::new(r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
pub(super) static ACCOUNT_ALIAS_TYPE: &[Check] =
    &[Check::MinLength(3), Check::MaxLength(63), Check::Matches(&ACCOUNT_ALIAS_TYPE_PATTERN)];
pub(super) static ARN_TYPE: &[Check] = &[Check::MinLength(20), Check::MaxLength(2048)];
pub(super) static ASSERTION_ENCRYPTION_MODE_TYPE: &[Check] = &[Check::OneOf(&["Required", "Allowed"])];
pub(super) static ASSIGNMENT_STATUS_TYPE: &[Check] = &[Check::OneOf(&["Assigned", "Unassigned", "Any"])];
pub(super) static CLIENT_ID_LIST_TYPE: &[Check] = &[Check::Each(CLIENT_ID_TYPE)];
pub(super) static CLIENT_ID_TYPE: &[Check] = &[Check::MinLength(1), Check::MaxLength(255)];
static CUSTOM_SUFFIX_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static CUSTOM_SUFFIX_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(64), Check::Matches(&CUSTOM_SUFFIX_TYPE_PATTERN)];
pub(super) static ENTITY_LIST_TYPE: &[Check] = &[Check::Each(ENTITY_TYPE)];
static EXISTING_USER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static EXISTING_USER_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&EXISTING_USER_NAME_TYPE_PATTERN)];
static GROUP_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static GROUP_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&GROUP_NAME_TYPE_PATTERN)];
static INSTANCE_PROFILE_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static INSTANCE_PROFILE_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&INSTANCE_PROFILE_NAME_TYPE_PATTERN)];
static MARKER_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0020-\u00FF]+");
pub(super) static MARKER_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(320), Check::Matches(&MARKER_TYPE_PATTERN)];
pub(super) static MAX_ITEMS_TYPE: &[Check] = &[Check::Min(1.0), Check::Max(1000.0)];
static PASSWORD_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub(super) static PASSWORD_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&PASSWORD_TYPE_PATTERN)];
static PATH_PREFIX_TYPE_PATTERN: Pattern = Pattern::new(r"\u002F[\u0021-\u007F]*");
pub(super) static PATH_PREFIX_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(512), Check::Matches(&PATH_PREFIX_TYPE_PATTERN)];
static PATH_TYPE_PATTERN: Pattern = Pattern::new(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)");
pub(super) static PATH_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(512), Check::Matches(&PATH_TYPE_PATTERN)];
pub(super) static POLICY_DESCRIPTION_TYPE: &[Check] = &[Check::MaxLength(1000)];
static POLICY_DOCUMENT_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub(super) static POLICY_DOCUMENT_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(131072), Check::Matches(&POLICY_DOCUMENT_TYPE_PATTERN)];
static POLICY_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static POLICY_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&POLICY_NAME_TYPE_PATTERN)];
static POLICY_PATH_TYPE_PATTERN: Pattern = Pattern::new(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/");
pub(super) static POLICY_PATH_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(512), Check::Matches(&POLICY_PATH_TYPE_PATTERN)];
pub(super) static POLICY_SCOPE_TYPE: &[Check] = &[Check::OneOf(&["All", "AWS", "Local"])];
static POLICY_VERSION_ID_TYPE_PATTERN: Pattern = Pattern::new(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?");
pub(super) static POLICY_VERSION_ID_TYPE: &[Check] = &[Check::Matches(&POLICY_VERSION_ID_TYPE_PATTERN)];
static PRIVATE_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub(super) static PRIVATE_KEY_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(16384), Check::Matches(&PRIVATE_KEY_TYPE_PATTERN)];
static ROLE_DESCRIPTION_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*");
pub(super) static ROLE_DESCRIPTION_TYPE: &[Check] =
    &[Check::MaxLength(1000), Check::Matches(&ROLE_DESCRIPTION_TYPE_PATTERN)];
pub(super) static ROLE_MAX_SESSION_DURATION_TYPE: &[Check] = &[Check::Min(3600.0), Check::Max(43200.0)];
static ROLE_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static ROLE_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(64), Check::Matches(&ROLE_NAME_TYPE_PATTERN)];
pub(super) static STATUS_TYPE: &[Check] = &[Check::OneOf(&["Active", "Inactive", "Expired"])];
pub(super) static TAG_KEY_LIST_TYPE: &[Check] = &[Check::MaxLength(50), Check::Each(TAG_KEY_TYPE)];
static TAG_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
pub(super) static TAG_KEY_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&TAG_KEY_TYPE_PATTERN)];
pub(super) static TAG_LIST_TYPE: &[Check] = &[Check::MaxLength(50)];
static TAG_VALUE_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
pub(super) static TAG_VALUE_TYPE: &[Check] =
    &[Check::MaxLength(256), Check::Matches(&TAG_VALUE_TYPE_PATTERN)];
pub(super) static THUMBPRINT_LIST_TYPE: &[Check] = &[Check::Each(THUMBPRINT_TYPE)];
pub(super) static THUMBPRINT_TYPE: &[Check] = &[Check::MinLength(40), Check::MaxLength(40)];
static USER_NAME_TYPE_PATTERN: Pattern = Pattern::new(r"[\w+=,.@-]+");
pub(super) static USER_NAME_TYPE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(64), Check::Matches(&USER_NAME_TYPE_PATTERN)];

#[cfg(test)]
pub(crate) static PATTERNS: &[&Pattern] = &[
    &SAML_PROVIDER_NAME_TYPE_PATTERN,
    &ACCESS_KEY_ID_TYPE_PATTERN,
    &ACCOUNT_ALIAS_TYPE_PATTERN,
    &CUSTOM_SUFFIX_TYPE_PATTERN,
    &EXISTING_USER_NAME_TYPE_PATTERN,
    &GROUP_NAME_TYPE_PATTERN,
    &INSTANCE_PROFILE_NAME_TYPE_PATTERN,
    &MARKER_TYPE_PATTERN,
    &PASSWORD_TYPE_PATTERN,
    &PATH_PREFIX_TYPE_PATTERN,
    &PATH_TYPE_PATTERN,
    &POLICY_DOCUMENT_TYPE_PATTERN,
    &POLICY_NAME_TYPE_PATTERN,
    &POLICY_PATH_TYPE_PATTERN,
    &POLICY_VERSION_ID_TYPE_PATTERN,
    &PRIVATE_KEY_TYPE_PATTERN,
    &ROLE_DESCRIPTION_TYPE_PATTERN,
    &ROLE_NAME_TYPE_PATTERN,
    &TAG_KEY_TYPE_PATTERN,
    &TAG_VALUE_TYPE_PATTERN,
    &USER_NAME_TYPE_PATTERN,
];
