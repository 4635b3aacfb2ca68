//! Constraints of members, made by `cargo xtask codegen`; do not edit.

use crate::check::{Check, Pattern};

static ACTION_PATTERN: Pattern = Pattern::new(r"(lambda:[*]|lambda:[a-zA-Z]+|[*])");
pub(super) static ACTION: &[Check] = &[Check::MaxLength(10000), Check::Matches(&ACTION_PATTERN)];
static ADDITIONAL_VERSION_PATTERN: Pattern = Pattern::new(r"[0-9]+");
pub(super) static ADDITIONAL_VERSION: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1024), Check::Matches(&ADDITIONAL_VERSION_PATTERN)];
pub(super) static ADDITIONAL_VERSION_WEIGHTS: &[Check] =
    &[Check::Keys(ADDITIONAL_VERSION), Check::Values(WEIGHT)];
static ALIAS_PATTERN: Pattern = Pattern::new(r"(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
pub(super) static ALIAS: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&ALIAS_PATTERN)];
pub(super) static APPLICATION_LOG_LEVEL: &[Check] =
    &[Check::OneOf(&["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])];
pub(super) static ARCHITECTURE: &[Check] = &[Check::OneOf(&["x86_64", "arm64"])];
pub(super) static ARCHITECTURES_LIST: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1), Check::Each(ARCHITECTURE)];
static ARN_PATTERN: Pattern = Pattern::new(
    r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)",
);
pub(super) static ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&ARN_PATTERN)];
static CAPACITY_PROVIDER_ARN_PATTERN: Pattern = Pattern::new(
    r"arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+",
);
pub(super) static CAPACITY_PROVIDER_ARN: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(140), Check::Matches(&CAPACITY_PROVIDER_ARN_PATTERN)];
static CODE_SIGNING_CONFIG_ARN_PATTERN: Pattern = Pattern::new(
    r"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}",
);
pub(super) static CODE_SIGNING_CONFIG_ARN: &[Check] =
    &[Check::MaxLength(200), Check::Matches(&CODE_SIGNING_CONFIG_ARN_PATTERN)];
pub(super) static DESCRIPTION: &[Check] = &[Check::MaxLength(256)];
pub(super) static DIRECT_S3_READ: &[Check] = &[Check::OneOf(&["ENABLED", "DISABLED", "AUTO"])];
static DURABLE_EXECUTION_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9-_]+");
pub(super) static DURABLE_EXECUTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(64), Check::Matches(&DURABLE_EXECUTION_NAME_PATTERN)];
static ENVIRONMENT_VARIABLE_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z]([a-zA-Z0-9_])+");
pub(super) static ENVIRONMENT_VARIABLE_NAME: &[Check] = &[Check::Matches(&ENVIRONMENT_VARIABLE_NAME_PATTERN)];
pub(super) static ENVIRONMENT_VARIABLES: &[Check] = &[Check::Keys(ENVIRONMENT_VARIABLE_NAME)];
pub(super) static EPHEMERAL_STORAGE_SIZE: &[Check] = &[Check::Min(512.0), Check::Max(32768.0)];
static EVENT_SOURCE_TOKEN_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9._\-]+");
pub(super) static EVENT_SOURCE_TOKEN: &[Check] =
    &[Check::MaxLength(256), Check::Matches(&EVENT_SOURCE_TOKEN_PATTERN)];
pub(super) static EXECUTION_ENVIRONMENT_MEMORY_GI_B_PER_V_CPU: &[Check] = &[Check::Min(2.0), Check::Max(8.0)];
pub(super) static EXECUTION_TIMEOUT: &[Check] = &[Check::Min(1.0), Check::Max(31622400.0)];
static FILE_SYSTEM_ARN_PATTERN: Pattern = Pattern::new(
    r"arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}",
);
pub(super) static FILE_SYSTEM_ARN: &[Check] =
    &[Check::MaxLength(256), Check::Matches(&FILE_SYSTEM_ARN_PATTERN)];
pub(super) static FILE_SYSTEM_CONFIG_LIST: &[Check] = &[Check::MaxLength(1)];
static FUNCTION_NAME_PATTERN: Pattern = Pattern::new(
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?",
);
pub(super) static FUNCTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(140), Check::Matches(&FUNCTION_NAME_PATTERN)];
pub(super) static FUNCTION_RUNTIME_ALIAS: &[Check] = &[Check::MinLength(1), Check::MaxLength(128)];
static FUNCTION_RUNTIME_ARN_PATTERN: Pattern =
    Pattern::new(r"arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:runtime/.+");
pub(super) static FUNCTION_RUNTIME_ARN: &[Check] =
    &[Check::MinLength(48), Check::MaxLength(2048), Check::Matches(&FUNCTION_RUNTIME_ARN_PATTERN)];
pub(super) static FUNCTION_URL_AUTH_TYPE: &[Check] = &[Check::OneOf(&["NONE", "AWS_IAM"])];
pub(super) static FUNCTION_VERSION: &[Check] = &[Check::OneOf(&["ALL"])];
pub(super) static FUNCTION_VERSION_LATEST_PUBLISHED: &[Check] = &[Check::OneOf(&["LATEST_PUBLISHED"])];
static HANDLER_PATTERN: Pattern = Pattern::new(r"[^\s]+");
pub(super) static HANDLER: &[Check] = &[Check::MaxLength(128), Check::Matches(&HANDLER_PATTERN)];
pub(super) static INVOCATION_TYPE: &[Check] = &[Check::OneOf(&["Event", "RequestResponse", "DryRun"])];
static KMS_KEY_ARN_PATTERN: Pattern = Pattern::new(r"(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
pub(super) static KMS_KEY_ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&KMS_KEY_ARN_PATTERN)];
pub(super) static LAYER_LIST: &[Check] = &[Check::Each(LAYER_VERSION_ARN)];
static LAYER_VERSION_ARN_PATTERN: Pattern = Pattern::new(
    r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))",
);
pub(super) static LAYER_VERSION_ARN: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(2048), Check::Matches(&LAYER_VERSION_ARN_PATTERN)];
static LOCAL_MOUNT_PATH_PATTERN: Pattern = Pattern::new(r"/mnt/[a-zA-Z0-9-_.]+");
pub(super) static LOCAL_MOUNT_PATH: &[Check] =
    &[Check::MaxLength(160), Check::Matches(&LOCAL_MOUNT_PATH_PATTERN)];
pub(super) static LOG_FORMAT: &[Check] = &[Check::OneOf(&["JSON", "Text"])];
static LOG_GROUP_PATTERN: Pattern = Pattern::new(r"[\.\-_/#A-Za-z0-9]+");
pub(super) static LOG_GROUP: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(512), Check::Matches(&LOG_GROUP_PATTERN)];
pub(super) static LOG_TYPE: &[Check] = &[Check::OneOf(&["None", "Tail"])];
static MASTER_REGION_PATTERN: Pattern =
    Pattern::new(r"ALL|(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}");
pub(super) static MASTER_REGION: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(50), Check::Matches(&MASTER_REGION_PATTERN)];
pub(super) static MAX_LIST_ITEMS: &[Check] = &[Check::Min(1.0), Check::Max(10000.0)];
pub(super) static MEMORY_SIZE: &[Check] = &[Check::Min(128.0), Check::Max(32768.0)];
static NAMESPACED_FUNCTION_NAME_PATTERN: Pattern = Pattern::new(
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?",
);
pub(super) static NAMESPACED_FUNCTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(256), Check::Matches(&NAMESPACED_FUNCTION_NAME_PATTERN)];
static NAMESPACED_STATEMENT_ID_PATTERN: Pattern = Pattern::new(r"([a-zA-Z0-9-_.]+)");
pub(super) static NAMESPACED_STATEMENT_ID: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(100), Check::Matches(&NAMESPACED_STATEMENT_ID_PATTERN)];
static NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER_PATTERN: Pattern =
    Pattern::new(r"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
pub(super) static NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER: &[Check] = &[
    Check::MinLength(1),
    Check::MaxLength(128),
    Check::Matches(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER_PATTERN),
];
pub(super) static PACKAGE_TYPE: &[Check] = &[Check::OneOf(&["Zip", "Image"])];
pub(super) static PER_EXECUTION_ENVIRONMENT_MAX_CONCURRENCY: &[Check] =
    &[Check::Min(1.0), Check::Max(1600.0)];
static PRINCIPAL_PATTERN: Pattern = Pattern::new(r"[^\s]+");
pub(super) static PRINCIPAL: &[Check] = &[Check::MaxLength(2048), Check::Matches(&PRINCIPAL_PATTERN)];
static PRINCIPAL_ORG_ID_PATTERN: Pattern = Pattern::new(r"o-[a-z0-9]{10,32}");
pub(super) static PRINCIPAL_ORG_ID: &[Check] =
    &[Check::MinLength(12), Check::MaxLength(34), Check::Matches(&PRINCIPAL_ORG_ID_PATTERN)];
static RESOURCE_ARN_PATTERN: Pattern = Pattern::new(r"(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
pub(super) static RESOURCE_ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&RESOURCE_ARN_PATTERN)];
pub(super) static RETENTION_PERIOD_IN_DAYS: &[Check] = &[Check::Min(1.0), Check::Max(90.0)];
static ROLE_ARN_PATTERN: Pattern =
    Pattern::new(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+");
pub(super) static ROLE_ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&ROLE_ARN_PATTERN)];
static S3_BUCKET_PATTERN: Pattern = Pattern::new(r"[0-9A-Za-z\.\-_]*(?<!\.)");
pub(super) static S3_BUCKET: &[Check] =
    &[Check::MinLength(3), Check::MaxLength(63), Check::Matches(&S3_BUCKET_PATTERN)];
static S3_KEY_PATTERN: Pattern = Pattern::new(r".*");
pub(super) static S3_KEY: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1024), Check::Matches(&S3_KEY_PATTERN)];
pub(super) static S3_OBJECT_STORAGE_MODE: &[Check] = &[Check::OneOf(&["COPY", "REFERENCE"])];
static S3_OBJECT_VERSION_PATTERN: Pattern = Pattern::new(r".*");
pub(super) static S3_OBJECT_VERSION: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1024), Check::Matches(&S3_OBJECT_VERSION_PATTERN)];
static SECURITY_GROUP_ID_PATTERN: Pattern = Pattern::new(r"sg-[0-9a-zA-Z]*");
pub(super) static SECURITY_GROUP_ID: &[Check] =
    &[Check::MaxLength(1024), Check::Matches(&SECURITY_GROUP_ID_PATTERN)];
pub(super) static SECURITY_GROUP_IDS: &[Check] = &[Check::MaxLength(5), Check::Each(SECURITY_GROUP_ID)];
pub(super) static SNAP_START_APPLY_ON: &[Check] = &[Check::OneOf(&["PublishedVersions", "None"])];
static SOURCE_OWNER_PATTERN: Pattern = Pattern::new(r"\d{12}");
pub(super) static SOURCE_OWNER: &[Check] = &[Check::MaxLength(12), Check::Matches(&SOURCE_OWNER_PATTERN)];
static STATEMENT_ID_PATTERN: Pattern = Pattern::new(r"([a-zA-Z0-9-_]+)");
pub(super) static STATEMENT_ID: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(100), Check::Matches(&STATEMENT_ID_PATTERN)];
pub(super) static STRING_LIST: &[Check] = &[Check::MaxLength(1500)];
static SUBNET_ID_PATTERN: Pattern = Pattern::new(r"subnet-[0-9a-z]*");
pub(super) static SUBNET_ID: &[Check] = &[Check::MaxLength(1024), Check::Matches(&SUBNET_ID_PATTERN)];
pub(super) static SUBNET_IDS: &[Check] = &[Check::MaxLength(16), Check::Each(SUBNET_ID)];
pub(super) static SYSTEM_LOG_LEVEL: &[Check] = &[Check::OneOf(&["DEBUG", "INFO", "WARN"])];
static TAG_KEY_PATTERN: Pattern = Pattern::new(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)");
pub(super) static TAG_KEY: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&TAG_KEY_PATTERN)];
static TAG_VALUE_PATTERN: Pattern = Pattern::new(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)");
pub(super) static TAG_VALUE: &[Check] = &[Check::MaxLength(256), Check::Matches(&TAG_VALUE_PATTERN)];
static TAGGABLE_RESOURCE_PATTERN: Pattern = Pattern::new(
    r"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})",
);
pub(super) static TAGGABLE_RESOURCE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(10000), Check::Matches(&TAGGABLE_RESOURCE_PATTERN)];
pub(super) static TAGS: &[Check] = &[Check::Keys(TAG_KEY), Check::Values(TAG_VALUE)];
static TENANT_ID_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9\._:\/=+\-@ ]+");
pub(super) static TENANT_ID: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(256), Check::Matches(&TENANT_ID_PATTERN)];
pub(super) static TENANT_ISOLATION_MODE: &[Check] = &[Check::OneOf(&["PER_TENANT"])];
pub(super) static TIMEOUT: &[Check] = &[Check::Min(1.0), Check::Max(5400.0)];
pub(super) static TRACING_MODE: &[Check] = &[Check::OneOf(&["Active", "PassThrough"])];
static VERSION_WITH_LATEST_PUBLISHED_PATTERN: Pattern = Pattern::new(r"(\$LATEST(\.PUBLISHED)?|[0-9]+)");
pub(super) static VERSION_WITH_LATEST_PUBLISHED: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1024), Check::Matches(&VERSION_WITH_LATEST_PUBLISHED_PATTERN)];
pub(super) static WEIGHT: &[Check] = &[Check::Min(0.0), Check::Max(1.0)];
pub(super) static WORKING_DIRECTORY: &[Check] = &[Check::MaxLength(1000)];

#[cfg(test)]
pub(crate) static PATTERNS: &[&Pattern] = &[
    &ACTION_PATTERN,
    &ADDITIONAL_VERSION_PATTERN,
    &ALIAS_PATTERN,
    &ARN_PATTERN,
    &CAPACITY_PROVIDER_ARN_PATTERN,
    &CODE_SIGNING_CONFIG_ARN_PATTERN,
    &DURABLE_EXECUTION_NAME_PATTERN,
    &ENVIRONMENT_VARIABLE_NAME_PATTERN,
    &EVENT_SOURCE_TOKEN_PATTERN,
    &FILE_SYSTEM_ARN_PATTERN,
    &FUNCTION_NAME_PATTERN,
    &FUNCTION_RUNTIME_ARN_PATTERN,
    &HANDLER_PATTERN,
    &KMS_KEY_ARN_PATTERN,
    &LAYER_VERSION_ARN_PATTERN,
    &LOCAL_MOUNT_PATH_PATTERN,
    &LOG_GROUP_PATTERN,
    &MASTER_REGION_PATTERN,
    &NAMESPACED_FUNCTION_NAME_PATTERN,
    &NAMESPACED_STATEMENT_ID_PATTERN,
    &NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER_PATTERN,
    &PRINCIPAL_PATTERN,
    &PRINCIPAL_ORG_ID_PATTERN,
    &RESOURCE_ARN_PATTERN,
    &ROLE_ARN_PATTERN,
    &S3_BUCKET_PATTERN,
    &S3_KEY_PATTERN,
    &S3_OBJECT_VERSION_PATTERN,
    &SECURITY_GROUP_ID_PATTERN,
    &SOURCE_OWNER_PATTERN,
    &STATEMENT_ID_PATTERN,
    &SUBNET_ID_PATTERN,
    &TAG_KEY_PATTERN,
    &TAG_VALUE_PATTERN,
    &TAGGABLE_RESOURCE_PATTERN,
    &TENANT_ID_PATTERN,
    &VERSION_WITH_LATEST_PUBLISHED_PATTERN,
];
