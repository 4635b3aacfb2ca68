//! Constraints of members, made by `cargo xtask codegen`; do not edit.

use crate::check::Check;

pub(super) static AUTHORIZATION_TYPE: &[Check] = &[Check::OneOf(&["NONE", "AWS_IAM", "CUSTOM", "JWT"])];
pub(super) static AUTHORIZER_TYPE: &[Check] = &[Check::OneOf(&["REQUEST", "JWT"])];
pub(super) static CONNECTION_TYPE: &[Check] = &[Check::OneOf(&["INTERNET", "VPC_LINK"])];
pub(super) static CONTENT_HANDLING_STRATEGY: &[Check] =
    &[Check::OneOf(&["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"])];
pub(super) static DOMAIN_NAME_STATUS: &[Check] = &[Check::OneOf(&[
    "AVAILABLE",
    "UPDATING",
    "PENDING_CERTIFICATE_REIMPORT",
    "PENDING_OWNERSHIP_VERIFICATION",
])];
pub(super) static ENDPOINT_TYPE: &[Check] = &[Check::OneOf(&["PRIVATE", "EDGE", "REGIONAL"])];
pub(super) static INTEGER_WITH_LENGTH_BETWEEN0_AND3600: &[Check] = &[Check::Min(0.0), Check::Max(3600.0)];
pub(super) static INTEGER_WITH_LENGTH_BETWEEN50_AND30000: &[Check] = &[Check::Min(50.0), Check::Max(30000.0)];
pub(super) static INTEGER_WITH_LENGTH_BETWEEN_MINUS1_AND86400: &[Check] =
    &[Check::Min(-1.0), Check::Max(86400.0)];
pub(super) static INTEGRATION_TYPE: &[Check] =
    &[Check::OneOf(&["HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"])];
pub(super) static IP_ADDRESS_TYPE: &[Check] = &[Check::OneOf(&["ipv4", "dualstack"])];
pub(super) static LOGGING_LEVEL: &[Check] = &[Check::OneOf(&["ERROR", "INFO", "OFF"])];
pub(super) static MAX_RESULTS: &[Check] = &[Check::Min(1.0), Check::Max(100.0)];
pub(super) static PASSTHROUGH_BEHAVIOR: &[Check] =
    &[Check::OneOf(&["WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES"])];
pub(super) static PROTOCOL_TYPE: &[Check] = &[Check::OneOf(&["WEBSOCKET", "HTTP"])];
pub(super) static ROUTING_MODE: &[Check] =
    &[Check::OneOf(&["API_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_API_MAPPING"])];
pub(super) static ROUTING_RULE_PRIORITY: &[Check] = &[Check::Min(1.0), Check::Max(1000000.0)];
pub(super) static SECURITY_POLICY: &[Check] = &[Check::OneOf(&["TLS_1_0", "TLS_1_2"])];
pub(super) static TRY_IT_STATE: &[Check] = &[Check::OneOf(&["ENABLED", "DISABLED"])];
pub(super) static LIST_OF__STRING_MIN20_MAX2048: &[Check] = &[Check::Each(STRING_MIN20_MAX2048)];
pub(super) static STRING_MIN0_MAX1024: &[Check] = &[Check::MaxLength(1024)];
pub(super) static STRING_MIN0_MAX1092: &[Check] = &[Check::MaxLength(1092)];
pub(super) static STRING_MIN0_MAX255: &[Check] = &[Check::MaxLength(255)];
pub(super) static STRING_MIN10_MAX2048: &[Check] = &[Check::MinLength(10), Check::MaxLength(2048)];
pub(super) static STRING_MIN1_MAX1024: &[Check] = &[Check::MinLength(1), Check::MaxLength(1024)];
pub(super) static STRING_MIN1_MAX128: &[Check] = &[Check::MinLength(1), Check::MaxLength(128)];
pub(super) static STRING_MIN1_MAX16: &[Check] = &[Check::MinLength(1), Check::MaxLength(16)];
pub(super) static STRING_MIN1_MAX20: &[Check] = &[Check::MinLength(1), Check::MaxLength(20)];
pub(super) static STRING_MIN1_MAX255: &[Check] = &[Check::MinLength(1), Check::MaxLength(255)];
pub(super) static STRING_MIN1_MAX256: &[Check] = &[Check::MinLength(1), Check::MaxLength(256)];
pub(super) static STRING_MIN1_MAX307200: &[Check] = &[Check::MinLength(1), Check::MaxLength(307200)];
pub(super) static STRING_MIN1_MAX32768: &[Check] = &[Check::MinLength(1), Check::MaxLength(32768)];
pub(super) static STRING_MIN1_MAX4096: &[Check] = &[Check::MinLength(1), Check::MaxLength(4096)];
pub(super) static STRING_MIN1_MAX50: &[Check] = &[Check::MinLength(1), Check::MaxLength(50)];
pub(super) static STRING_MIN20_MAX2048: &[Check] = &[Check::MinLength(20), Check::MaxLength(2048)];
pub(super) static STRING_MIN3_MAX255: &[Check] = &[Check::MinLength(3), Check::MaxLength(255)];
pub(super) static STRING_MIN3_MAX256: &[Check] = &[Check::MinLength(3), Check::MaxLength(256)];
