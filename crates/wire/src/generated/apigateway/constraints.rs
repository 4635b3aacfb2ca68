//! Constraints of members, made by `cargo xtask codegen`; do not edit.

use crate::check::{Check, Pattern};

pub(super) static ACCESS_ASSOCIATION_SOURCE_TYPE: &[Check] = &[Check::OneOf(&["VPCE"])];
pub(super) static API_KEY_SOURCE_TYPE: &[Check] = &[Check::OneOf(&["HEADER", "AUTHORIZER"])];
pub(super) static API_KEYS_FORMAT: &[Check] = &[Check::OneOf(&["csv"])];
pub(super) static AUTHORIZER_TYPE: &[Check] =
    &[Check::OneOf(&["TOKEN", "REQUEST", "COGNITO_USER_POOLS", "JWT"])];
pub(super) static CACHE_CLUSTER_SIZE: &[Check] =
    &[Check::OneOf(&["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"])];
pub(super) static CONNECTION_TYPE: &[Check] = &[Check::OneOf(&["INTERNET", "VPC_LINK"])];
pub(super) static CONTENT_HANDLING_STRATEGY: &[Check] =
    &[Check::OneOf(&["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"])];
static DOCUMENTATION_PART_LOCATION_STATUS_CODE_PATTERN: Pattern = Pattern::new(r"^([1-5]\d\d|\*|\s*)$");
pub(super) static DOCUMENTATION_PART_LOCATION_STATUS_CODE: &[Check] =
    &[Check::Matches(&DOCUMENTATION_PART_LOCATION_STATUS_CODE_PATTERN)];
pub(super) static DOCUMENTATION_PART_TYPE: &[Check] = &[Check::OneOf(&[
    "RESPONSE_BODY",
    "RESPONSE",
    "METHOD",
    "MODEL",
    "AUTHORIZER",
    "RESPONSE_HEADER",
    "RESOURCE",
    "PATH_PARAMETER",
    "REQUEST_BODY",
    "QUERY_PARAMETER",
    "API",
    "REQUEST_HEADER",
])];
pub(super) static ENDPOINT_ACCESS_MODE: &[Check] = &[Check::OneOf(&["BASIC", "STRICT"])];
pub(super) static ENDPOINT_TYPE: &[Check] = &[Check::OneOf(&["PRIVATE", "EDGE", "REGIONAL"])];
pub(super) static GATEWAY_RESPONSE_TYPE: &[Check] = &[Check::OneOf(&[
    "REQUEST_TOO_LARGE",
    "RESOURCE_NOT_FOUND",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "MISSING_AUTHENTICATION_TOKEN",
    "BAD_REQUEST_BODY",
    "INVALID_SIGNATURE",
    "INVALID_API_KEY",
    "BAD_REQUEST_PARAMETERS",
    "AUTHORIZER_FAILURE",
    "UNAUTHORIZED",
    "INTEGRATION_TIMEOUT",
    "ACCESS_DENIED",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "WAF_FILTERED",
    "QUOTA_EXCEEDED",
    "THROTTLED",
    "API_CONFIGURATION_ERROR",
    "UNSUPPORTED_MEDIA_TYPE",
    "INTEGRATION_FAILURE",
    "EXPIRED_TOKEN",
])];
pub(super) static INTEGRATION_TYPE: &[Check] =
    &[Check::OneOf(&["HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"])];
pub(super) static IP_ADDRESS_TYPE: &[Check] = &[Check::OneOf(&["ipv4", "dualstack"])];
pub(super) static JWT_CLAIM_FORMAT: &[Check] = &[Check::OneOf(&["SINGLE_STRING"])];
pub(super) static JWT_SIGNING_ALGORITHM: &[Check] =
    &[Check::OneOf(&["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"])];
pub(super) static LIST_OF_ENDPOINT_TYPE: &[Check] = &[Check::Each(ENDPOINT_TYPE)];
pub(super) static LIST_OF_JWT_SIGNING_ALGORITHM: &[Check] = &[Check::Each(JWT_SIGNING_ALGORITHM)];
pub(super) static LOCATION_STATUS_TYPE: &[Check] = &[Check::OneOf(&["DOCUMENTED", "UNDOCUMENTED"])];
pub(super) static OP: &[Check] = &[Check::OneOf(&["add", "remove", "move", "test", "replace", "copy"])];
pub(super) static PUT_MODE: &[Check] = &[Check::OneOf(&["merge", "overwrite"])];
pub(super) static QUOTA_PERIOD_TYPE: &[Check] = &[Check::OneOf(&["DAY", "WEEK", "MONTH"])];
pub(super) static RESOURCE_OWNER: &[Check] = &[Check::OneOf(&["SELF", "OTHER_ACCOUNTS"])];
pub(super) static RESPONSE_TRANSFER_MODE: &[Check] = &[Check::OneOf(&["BUFFERED", "STREAM"])];
pub(super) static ROUTING_MODE: &[Check] =
    &[Check::OneOf(&["BASE_PATH_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"])];
pub(super) static SECURITY_POLICY: &[Check] = &[Check::OneOf(&[
    "TLS_1_0",
    "TLS_1_2",
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_2021_06",
    "SecurityPolicy_TLS13_2025_EDGE",
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
    "SecurityPolicy_TLS12_2018_EDGE",
])];
static STATUS_CODE_PATTERN: Pattern = Pattern::new(r"[1-5]\d\d");
pub(super) static STATUS_CODE: &[Check] = &[Check::Matches(&STATUS_CODE_PATTERN)];

#[cfg(test)]
pub(crate) static PATTERNS: &[&Pattern] =
    &[&DOCUMENTATION_PART_LOCATION_STATUS_CODE_PATTERN, &STATUS_CODE_PATTERN];
