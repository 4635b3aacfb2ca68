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
pub(super) static ALLOW_METHODS_LIST: &[Check] = &[Check::MaxLength(6), Check::Each(METHOD)];
pub(super) static ALLOW_ORIGINS_LIST: &[Check] = &[Check::MaxLength(100), Check::Each(ORIGIN)];
pub(super) static APPLICATION_LOG_LEVEL: &[Check] =
    &[Check::OneOf(&["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])];
pub(super) static ARCHITECTURE: &[Check] = &[Check::OneOf(&["x86_64", "arm64"])];
pub(super) static ARCHITECTURES_LIST: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1), Check::Each(ARCHITECTURE)];
static ARN_PATTERN: Pattern = Pattern::new(
    r"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)",
);
pub(super) static ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&ARN_PATTERN)];
pub(super) static BATCH_SIZE: &[Check] = &[Check::Min(1.0), Check::Max(10000.0)];
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
pub(super) static CODE_SIGNING_POLICY: &[Check] = &[Check::OneOf(&["Warn", "Enforce"])];
static COLLECTION_NAME_PATTERN: Pattern = Pattern::new(r"(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)");
pub(super) static COLLECTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(57), Check::Matches(&COLLECTION_NAME_PATTERN)];
pub(super) static COMPATIBLE_ARCHITECTURES: &[Check] = &[Check::MaxLength(2), Check::Each(ARCHITECTURE)];
pub(super) static COMPATIBLE_RUNTIMES: &[Check] = &[Check::MaxLength(15)];
static DATABASE_NAME_PATTERN: Pattern = Pattern::new(r"[^ /\.$\x22]*");
pub(super) static DATABASE_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(63), Check::Matches(&DATABASE_NAME_PATTERN)];
pub(super) static DESCRIPTION: &[Check] = &[Check::MaxLength(256)];
static DESTINATION_ARN_PATTERN: Pattern = Pattern::new(
    r"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)",
);
pub(super) static DESTINATION_ARN: &[Check] =
    &[Check::MaxLength(350), Check::Matches(&DESTINATION_ARN_PATTERN)];
pub(super) static DIRECT_S3_READ: &[Check] = &[Check::OneOf(&["ENABLED", "DISABLED", "AUTO"])];
static DURABLE_EXECUTION_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9-_]+");
pub(super) static DURABLE_EXECUTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(64), Check::Matches(&DURABLE_EXECUTION_NAME_PATTERN)];
pub(super) static END_POINT_TYPE: &[Check] = &[Check::OneOf(&["KAFKA_BOOTSTRAP_SERVERS"])];
static ENDPOINT_PATTERN: Pattern = Pattern::new(
    r"(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\-]*[A-Za-z0-9]):[0-9]{1,5}",
);
pub(super) static ENDPOINT: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(300), Check::Matches(&ENDPOINT_PATTERN)];
pub(super) static ENDPOINT_LISTS: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(10), Check::Each(ENDPOINT)];
pub(super) static ENDPOINTS: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(2), Check::Keys(END_POINT_TYPE), Check::Values(ENDPOINT_LISTS)];
static ENVIRONMENT_VARIABLE_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z]([a-zA-Z0-9_])+");
pub(super) static ENVIRONMENT_VARIABLE_NAME: &[Check] = &[Check::Matches(&ENVIRONMENT_VARIABLE_NAME_PATTERN)];
pub(super) static ENVIRONMENT_VARIABLES: &[Check] = &[Check::Keys(ENVIRONMENT_VARIABLE_NAME)];
pub(super) static EPHEMERAL_STORAGE_SIZE: &[Check] = &[Check::Min(512.0), Check::Max(32768.0)];
pub(super) static EVENT_SOURCE_MAPPING_METRIC: &[Check] =
    &[Check::OneOf(&["EventCount", "ErrorCount", "KafkaMetrics"])];
pub(super) static EVENT_SOURCE_MAPPING_METRIC_LIST: &[Check] =
    &[Check::MaxLength(3), Check::Each(EVENT_SOURCE_MAPPING_METRIC)];
pub(super) static EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL: &[Check] =
    &[Check::OneOf(&["DEBUG", "INFO", "WARN"])];
pub(super) static EVENT_SOURCE_POSITION: &[Check] =
    &[Check::OneOf(&["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"])];
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
pub(super) static FULL_DOCUMENT: &[Check] = &[Check::OneOf(&["UpdateLookup", "Default"])];
static FUNCTION_NAME_PATTERN: Pattern = Pattern::new(
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?",
);
pub(super) static FUNCTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(140), Check::Matches(&FUNCTION_NAME_PATTERN)];
pub(super) static FUNCTION_RESPONSE_TYPE: &[Check] = &[Check::OneOf(&["ReportBatchItemFailures"])];
pub(super) static FUNCTION_RESPONSE_TYPE_LIST: &[Check] =
    &[Check::MaxLength(1), Check::Each(FUNCTION_RESPONSE_TYPE)];
pub(super) static FUNCTION_RUNTIME_ALIAS: &[Check] = &[Check::MinLength(1), Check::MaxLength(128)];
static FUNCTION_RUNTIME_ARN_PATTERN: Pattern =
    Pattern::new(r"arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:runtime/.+");
pub(super) static FUNCTION_RUNTIME_ARN: &[Check] =
    &[Check::MinLength(48), Check::MaxLength(2048), Check::Matches(&FUNCTION_RUNTIME_ARN_PATTERN)];
pub(super) static FUNCTION_URL_AUTH_TYPE: &[Check] = &[Check::OneOf(&["NONE", "AWS_IAM"])];
static FUNCTION_URL_FUNCTION_NAME_PATTERN: Pattern = Pattern::new(
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?",
);
pub(super) static FUNCTION_URL_FUNCTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(140), Check::Matches(&FUNCTION_URL_FUNCTION_NAME_PATTERN)];
static FUNCTION_URL_QUALIFIER_PATTERN: Pattern = Pattern::new(r"((?!^\d+$)^[0-9a-zA-Z-_]+$)");
pub(super) static FUNCTION_URL_QUALIFIER: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&FUNCTION_URL_QUALIFIER_PATTERN)];
pub(super) static FUNCTION_VERSION: &[Check] = &[Check::OneOf(&["ALL"])];
pub(super) static FUNCTION_VERSION_LATEST_PUBLISHED: &[Check] = &[Check::OneOf(&["LATEST_PUBLISHED"])];
static HANDLER_PATTERN: Pattern = Pattern::new(r"[^\s]+");
pub(super) static HANDLER: &[Check] = &[Check::MaxLength(128), Check::Matches(&HANDLER_PATTERN)];
static HEADER_PATTERN: Pattern = Pattern::new(r".*");
pub(super) static HEADER: &[Check] = &[Check::MaxLength(1024), Check::Matches(&HEADER_PATTERN)];
pub(super) static HEADERS_LIST: &[Check] = &[Check::MaxLength(100), Check::Each(HEADER)];
pub(super) static INVOCATION_TYPE: &[Check] = &[Check::OneOf(&["Event", "RequestResponse", "DryRun"])];
pub(super) static INVOKE_MODE: &[Check] = &[Check::OneOf(&["BUFFERED", "RESPONSE_STREAM"])];
static KMS_KEY_ARN_PATTERN: Pattern = Pattern::new(r"(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
pub(super) static KMS_KEY_ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&KMS_KEY_ARN_PATTERN)];
pub(super) static KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE: &[Check] =
    &[Check::OneOf(&["Stream", "Queue"])];
pub(super) static KAFKA_SCHEMA_REGISTRY_AUTH_TYPE: &[Check] = &[Check::OneOf(&[
    "BASIC_AUTH",
    "CLIENT_CERTIFICATE_TLS_AUTH",
    "SERVER_ROOT_CA_CERTIFICATE",
    "OAUTHBEARER_AUTH",
])];
pub(super) static KAFKA_SCHEMA_VALIDATION_ATTRIBUTE: &[Check] = &[Check::OneOf(&["KEY", "VALUE"])];
pub(super) static LAYER_LIST: &[Check] = &[Check::Each(LAYER_VERSION_ARN)];
static LAYER_NAME_OR_ARN_PATTERN: Pattern = Pattern::new(
    r"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})",
);
pub(super) static LAYER_NAME_OR_ARN: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(2048), Check::Matches(&LAYER_NAME_OR_ARN_PATTERN)];
static LAYER_PERMISSION_ALLOWED_ACTION_PATTERN: Pattern = Pattern::new(r"lambda:GetLayerVersion");
pub(super) static LAYER_PERMISSION_ALLOWED_ACTION: &[Check] =
    &[Check::MaxLength(22), Check::Matches(&LAYER_PERMISSION_ALLOWED_ACTION_PATTERN)];
static LAYER_PERMISSION_ALLOWED_PRINCIPAL_PATTERN: Pattern =
    Pattern::new(r"\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root");
pub(super) static LAYER_PERMISSION_ALLOWED_PRINCIPAL: &[Check] =
    &[Check::MaxLength(10000), Check::Matches(&LAYER_PERMISSION_ALLOWED_PRINCIPAL_PATTERN)];
static LAYER_VERSION_ARN_PATTERN: Pattern = Pattern::new(
    r"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))",
);
pub(super) static LAYER_VERSION_ARN: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(2048), Check::Matches(&LAYER_VERSION_ARN_PATTERN)];
static LICENSE_INFO_PATTERN: Pattern = Pattern::new(r".*");
pub(super) static LICENSE_INFO: &[Check] = &[Check::MaxLength(512), Check::Matches(&LICENSE_INFO_PATTERN)];
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
pub(super) static MAX_AGE: &[Check] = &[Check::Min(0.0), Check::Max(86400.0)];
pub(super) static MAX_FUNCTION_EVENT_INVOKE_CONFIG_LIST_ITEMS: &[Check] =
    &[Check::Min(1.0), Check::Max(50.0)];
pub(super) static MAX_ITEMS: &[Check] = &[Check::Min(1.0), Check::Max(50.0)];
pub(super) static MAX_LAYER_LIST_ITEMS: &[Check] = &[Check::Min(1.0), Check::Max(50.0)];
pub(super) static MAX_LIST_ITEMS: &[Check] = &[Check::Min(1.0), Check::Max(10000.0)];
pub(super) static MAX_PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEMS: &[Check] =
    &[Check::Min(1.0), Check::Max(50.0)];
pub(super) static MAXIMUM_BATCHING_WINDOW_IN_SECONDS: &[Check] = &[Check::Min(0.0), Check::Max(300.0)];
pub(super) static MAXIMUM_CONCURRENCY: &[Check] = &[Check::Min(2.0), Check::Max(1000.0)];
pub(super) static MAXIMUM_EVENT_AGE_IN_SECONDS: &[Check] = &[Check::Min(60.0), Check::Max(21600.0)];
pub(super) static MAXIMUM_NUMBER_OF_POLLERS: &[Check] = &[Check::Min(1.0), Check::Max(10000.0)];
pub(super) static MAXIMUM_RECORD_AGE_IN_SECONDS: &[Check] = &[Check::Min(-1.0), Check::Max(604800.0)];
pub(super) static MAXIMUM_RETRY_ATTEMPTS: &[Check] = &[Check::Min(0.0), Check::Max(2.0)];
pub(super) static MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING: &[Check] =
    &[Check::Min(-1.0), Check::Max(10000.0)];
pub(super) static MEMORY_SIZE: &[Check] = &[Check::Min(128.0), Check::Max(32768.0)];
static METHOD_PATTERN: Pattern = Pattern::new(r".*");
pub(super) static METHOD: &[Check] = &[Check::MaxLength(6), Check::Matches(&METHOD_PATTERN)];
pub(super) static MINIMUM_NUMBER_OF_POLLERS: &[Check] = &[Check::Min(1.0), Check::Max(200.0)];
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
static ORGANIZATION_ID_PATTERN: Pattern = Pattern::new(r"o-[a-z0-9]{10,32}");
pub(super) static ORGANIZATION_ID: &[Check] =
    &[Check::MaxLength(34), Check::Matches(&ORGANIZATION_ID_PATTERN)];
static ORIGIN_PATTERN: Pattern = Pattern::new(r".*");
pub(super) static ORIGIN: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(253), Check::Matches(&ORIGIN_PATTERN)];
pub(super) static PACKAGE_TYPE: &[Check] = &[Check::OneOf(&["Zip", "Image"])];
pub(super) static PARALLELIZATION_FACTOR: &[Check] = &[Check::Min(1.0), Check::Max(10.0)];
static PATTERN_PATTERN: Pattern = Pattern::new(r"[\s\S]*");
pub(super) static PATTERN: &[Check] = &[Check::MaxLength(4096), Check::Matches(&PATTERN_PATTERN)];
pub(super) static PER_EXECUTION_ENVIRONMENT_MAX_CONCURRENCY: &[Check] =
    &[Check::Min(1.0), Check::Max(1600.0)];
pub(super) static POSITIVE_INTEGER: &[Check] = &[Check::Min(1.0)];
static PRINCIPAL_PATTERN: Pattern = Pattern::new(r"[^\s]+");
pub(super) static PRINCIPAL: &[Check] = &[Check::MaxLength(2048), Check::Matches(&PRINCIPAL_PATTERN)];
static PRINCIPAL_ORG_ID_PATTERN: Pattern = Pattern::new(r"o-[a-z0-9]{10,32}");
pub(super) static PRINCIPAL_ORG_ID: &[Check] =
    &[Check::MinLength(12), Check::MaxLength(34), Check::Matches(&PRINCIPAL_ORG_ID_PATTERN)];
static PROVISIONED_POLLER_GROUP_NAME_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9-_]*");
pub(super) static PROVISIONED_POLLER_GROUP_NAME: &[Check] =
    &[Check::MaxLength(128), Check::Matches(&PROVISIONED_POLLER_GROUP_NAME_PATTERN)];
static QUALIFIER_PATTERN: Pattern = Pattern::new(r"(|[a-zA-Z0-9$_-]+)");
pub(super) static QUALIFIER: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(128), Check::Matches(&QUALIFIER_PATTERN)];
static QUEUE_PATTERN: Pattern = Pattern::new(r"[\s\S]*");
pub(super) static QUEUE: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(1000), Check::Matches(&QUEUE_PATTERN)];
pub(super) static QUEUES: &[Check] = &[Check::MinLength(1), Check::MaxLength(1), Check::Each(QUEUE)];
pub(super) static RECURSIVE_LOOP: &[Check] = &[Check::OneOf(&["Allow", "Terminate"])];
pub(super) static RESERVED_CONCURRENT_EXECUTIONS: &[Check] = &[Check::Min(0.0)];
static RESOURCE_ARN_PATTERN: Pattern = Pattern::new(r"(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
pub(super) static RESOURCE_ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&RESOURCE_ARN_PATTERN)];
pub(super) static RESPONSE_STREAMING_INVOCATION_TYPE: &[Check] =
    &[Check::OneOf(&["RequestResponse", "DryRun"])];
pub(super) static RETENTION_PERIOD_IN_DAYS: &[Check] = &[Check::Min(1.0), Check::Max(90.0)];
static ROLE_ARN_PATTERN: Pattern =
    Pattern::new(r"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+");
pub(super) static ROLE_ARN: &[Check] = &[Check::MaxLength(10000), Check::Matches(&ROLE_ARN_PATTERN)];
static RUNTIME_VERSION_ARN_PATTERN: Pattern = Pattern::new(
    r"((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)|(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))",
);
pub(super) static RUNTIME_VERSION_ARN: &[Check] =
    &[Check::MinLength(26), Check::MaxLength(2048), Check::Matches(&RUNTIME_VERSION_ARN_PATTERN)];
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
pub(super) static SCHEMA_REGISTRY_EVENT_RECORD_FORMAT: &[Check] = &[Check::OneOf(&["JSON", "SOURCE"])];
static SCHEMA_REGISTRY_URI_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9-\/*:_+=.@-]*");
pub(super) static SCHEMA_REGISTRY_URI: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(10000), Check::Matches(&SCHEMA_REGISTRY_URI_PATTERN)];
static SECURITY_GROUP_ID_PATTERN: Pattern = Pattern::new(r"sg-[0-9a-zA-Z]*");
pub(super) static SECURITY_GROUP_ID: &[Check] =
    &[Check::MaxLength(1024), Check::Matches(&SECURITY_GROUP_ID_PATTERN)];
pub(super) static SECURITY_GROUP_IDS: &[Check] = &[Check::MaxLength(5), Check::Each(SECURITY_GROUP_ID)];
pub(super) static SIGNING_PROFILE_VERSION_ARNS: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(20), Check::Each(ARN)];
pub(super) static SNAP_START_APPLY_ON: &[Check] = &[Check::OneOf(&["PublishedVersions", "None"])];
pub(super) static SOURCE_ACCESS_CONFIGURATIONS: &[Check] = &[Check::MaxLength(23)];
pub(super) static SOURCE_ACCESS_TYPE: &[Check] = &[Check::OneOf(&[
    "BASIC_AUTH",
    "VPC_SUBNET",
    "VPC_SECURITY_GROUP",
    "SASL_SCRAM_512_AUTH",
    "SASL_SCRAM_256_AUTH",
    "VIRTUAL_HOST",
    "CLIENT_CERTIFICATE_TLS_AUTH",
    "SERVER_ROOT_CA_CERTIFICATE",
    "OAUTHBEARER_AUTH",
    "OAUTHBEARER_SCOPE",
    "OAUTHBEARER_AUDIENCE",
    "OAUTHBEARER_LOGICAL_CLUSTER",
    "OAUTHBEARER_IDENTITY_POOL",
    "IAM_AUTH",
    "IAM_OAUTHBEARER_AUTH",
])];
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
pub(super) static TAG_KEY_LIST: &[Check] = &[Check::Each(TAG_KEY)];
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
static TOPIC_PATTERN: Pattern = Pattern::new(r"[^.]([a-zA-Z0-9\-_.]+)");
pub(super) static TOPIC: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(249), Check::Matches(&TOPIC_PATTERN)];
pub(super) static TOPICS: &[Check] = &[Check::MinLength(1), Check::MaxLength(1), Check::Each(TOPIC)];
pub(super) static TRACING_MODE: &[Check] = &[Check::OneOf(&["Active", "PassThrough"])];
pub(super) static TUMBLING_WINDOW_IN_SECONDS: &[Check] = &[Check::Min(0.0), Check::Max(900.0)];
static URI_PATTERN: Pattern = Pattern::new(r"[ a-zA-Z0-9-\/*:_+=.@-]*");
pub(super) static URI: &[Check] = &[Check::MinLength(1), Check::MaxLength(200), Check::Matches(&URI_PATTERN)];
pub(super) static UUID_STRING: &[Check] = &[Check::MinLength(36), Check::MaxLength(36)];
static UNQUALIFIED_FUNCTION_NAME_PATTERN: Pattern = Pattern::new(
    r"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)",
);
pub(super) static UNQUALIFIED_FUNCTION_NAME: &[Check] =
    &[Check::MinLength(1), Check::MaxLength(140), Check::Matches(&UNQUALIFIED_FUNCTION_NAME_PATTERN)];
pub(super) static UPDATE_RUNTIME_ON: &[Check] = &[Check::OneOf(&["Auto", "Manual", "FunctionUpdate"])];
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
    &COLLECTION_NAME_PATTERN,
    &DATABASE_NAME_PATTERN,
    &DESTINATION_ARN_PATTERN,
    &DURABLE_EXECUTION_NAME_PATTERN,
    &ENDPOINT_PATTERN,
    &ENVIRONMENT_VARIABLE_NAME_PATTERN,
    &EVENT_SOURCE_TOKEN_PATTERN,
    &FILE_SYSTEM_ARN_PATTERN,
    &FUNCTION_NAME_PATTERN,
    &FUNCTION_RUNTIME_ARN_PATTERN,
    &FUNCTION_URL_FUNCTION_NAME_PATTERN,
    &FUNCTION_URL_QUALIFIER_PATTERN,
    &HANDLER_PATTERN,
    &HEADER_PATTERN,
    &KMS_KEY_ARN_PATTERN,
    &LAYER_NAME_OR_ARN_PATTERN,
    &LAYER_PERMISSION_ALLOWED_ACTION_PATTERN,
    &LAYER_PERMISSION_ALLOWED_PRINCIPAL_PATTERN,
    &LAYER_VERSION_ARN_PATTERN,
    &LICENSE_INFO_PATTERN,
    &LOCAL_MOUNT_PATH_PATTERN,
    &LOG_GROUP_PATTERN,
    &MASTER_REGION_PATTERN,
    &METHOD_PATTERN,
    &NAMESPACED_FUNCTION_NAME_PATTERN,
    &NAMESPACED_STATEMENT_ID_PATTERN,
    &NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER_PATTERN,
    &ORGANIZATION_ID_PATTERN,
    &ORIGIN_PATTERN,
    &PATTERN_PATTERN,
    &PRINCIPAL_PATTERN,
    &PRINCIPAL_ORG_ID_PATTERN,
    &PROVISIONED_POLLER_GROUP_NAME_PATTERN,
    &QUALIFIER_PATTERN,
    &QUEUE_PATTERN,
    &RESOURCE_ARN_PATTERN,
    &ROLE_ARN_PATTERN,
    &RUNTIME_VERSION_ARN_PATTERN,
    &S3_BUCKET_PATTERN,
    &S3_KEY_PATTERN,
    &S3_OBJECT_VERSION_PATTERN,
    &SCHEMA_REGISTRY_URI_PATTERN,
    &SECURITY_GROUP_ID_PATTERN,
    &SOURCE_OWNER_PATTERN,
    &STATEMENT_ID_PATTERN,
    &SUBNET_ID_PATTERN,
    &TAG_KEY_PATTERN,
    &TAG_VALUE_PATTERN,
    &TAGGABLE_RESOURCE_PATTERN,
    &TENANT_ID_PATTERN,
    &TOPIC_PATTERN,
    &URI_PATTERN,
    &UNQUALIFIED_FUNCTION_NAME_PATTERN,
    &VERSION_WITH_LATEST_PUBLISHED_PATTERN,
];
