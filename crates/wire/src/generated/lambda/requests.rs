//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

/// What `AddLayerVersionPermission` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddLayerVersionPermissionRequest {
    pub layer_name: String,
    pub version_number: i64,
    pub statement_id: String,
    pub action: String,
    pub principal: String,
    pub organization_id: Option<String>,
    pub revision_id: Option<String>,
}

impl Request for AddLayerVersionPermissionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::AddLayerVersionPermission);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            statement_id: reader.need("StatementId", constraints::STATEMENT_ID)?,
            action: reader.need("Action", constraints::LAYER_PERMISSION_ALLOWED_ACTION)?,
            principal: reader.need("Principal", constraints::LAYER_PERMISSION_ALLOWED_PRINCIPAL)?,
            organization_id: reader.get("OrganizationId", constraints::ORGANIZATION_ID)?,
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
            version_number: reader.label("VersionNumber", "VersionNumber", &[])?,
            revision_id: reader.query("RevisionId", "RevisionId", &[])?,
        })
    }
}

/// What `AddPermission` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddPermissionRequest {
    pub function_name: String,
    pub statement_id: String,
    pub action: String,
    pub principal: String,
    pub source_arn: Option<String>,
    pub function_url_auth_type: Option<String>,
    pub invoked_via_function_url: Option<bool>,
    pub source_account: Option<String>,
    pub event_source_token: Option<String>,
    pub qualifier: Option<String>,
    pub revision_id: Option<String>,
    pub principal_org_id: Option<String>,
}

impl Request for AddPermissionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::AddPermission);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            statement_id: reader.need("StatementId", constraints::STATEMENT_ID)?,
            action: reader.need("Action", constraints::ACTION)?,
            principal: reader.need("Principal", constraints::PRINCIPAL)?,
            source_arn: reader.get("SourceArn", constraints::ARN)?,
            function_url_auth_type: reader.get("FunctionUrlAuthType", constraints::FUNCTION_URL_AUTH_TYPE)?,
            invoked_via_function_url: reader.get("InvokedViaFunctionUrl", &[])?,
            source_account: reader.get("SourceAccount", constraints::SOURCE_OWNER)?,
            event_source_token: reader.get("EventSourceToken", constraints::EVENT_SOURCE_TOKEN)?,
            revision_id: reader.get("RevisionId", &[])?,
            principal_org_id: reader.get("PrincipalOrgID", constraints::PRINCIPAL_ORG_ID)?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `CreateAlias` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAliasRequest {
    pub function_name: String,
    pub name: String,
    pub function_version: String,
    pub description: Option<String>,
    pub routing_config: Option<shapes::AliasRoutingConfiguration>,
}

impl Request for CreateAliasRequest {
    const OPERATION: Operation = Operation::Lambda(Op::CreateAlias);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("Name", constraints::ALIAS)?,
            function_version: reader.need("FunctionVersion", constraints::VERSION_WITH_LATEST_PUBLISHED)?,
            description: reader.get("Description", constraints::DESCRIPTION)?,
            routing_config: reader.get("RoutingConfig", &[])?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
        })
    }
}

/// What `CreateCodeSigningConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateCodeSigningConfigRequest {
    pub description: Option<String>,
    pub allowed_publishers: shapes::AllowedPublishers,
    pub code_signing_policies: Option<shapes::CodeSigningPolicies>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateCodeSigningConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::CreateCodeSigningConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("Description", constraints::DESCRIPTION)?,
            allowed_publishers: reader.need("AllowedPublishers", &[])?,
            code_signing_policies: reader.get("CodeSigningPolicies", &[])?,
            tags: reader.get("Tags", constraints::TAGS)?,
        })
    }
}

/// What `CreateEventSourceMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateEventSourceMappingRequest {
    pub event_source_arn: Option<String>,
    pub function_name: String,
    pub enabled: Option<bool>,
    pub batch_size: Option<i32>,
    pub filter_criteria: Option<shapes::FilterCriteria>,
    pub kms_key_arn: Option<String>,
    pub metrics_config: Option<shapes::EventSourceMappingMetricsConfig>,
    pub logging_config: Option<shapes::EventSourceMappingLoggingConfig>,
    pub scaling_config: Option<shapes::ScalingConfig>,
    pub maximum_batching_window_in_seconds: Option<i32>,
    pub parallelization_factor: Option<i32>,
    pub starting_position: Option<String>,
    pub starting_position_timestamp: Option<crate::Time>,
    pub destination_config: Option<shapes::DestinationConfig>,
    pub maximum_record_age_in_seconds: Option<i32>,
    pub bisect_batch_on_function_error: Option<bool>,
    pub maximum_retry_attempts: Option<i32>,
    pub tags: Option<Map<String>>,
    pub tumbling_window_in_seconds: Option<i32>,
    pub topics: Option<Vec<String>>,
    pub queues: Option<Vec<String>>,
    pub source_access_configurations: Option<Vec<shapes::SourceAccessConfiguration>>,
    pub self_managed_event_source: Option<shapes::SelfManagedEventSource>,
    pub function_response_types: Option<Vec<String>>,
    pub amazon_managed_kafka_event_source_config: Option<shapes::AmazonManagedKafkaEventSourceConfig>,
    pub self_managed_kafka_event_source_config: Option<shapes::SelfManagedKafkaEventSourceConfig>,
    pub document_db_event_source_config: Option<shapes::DocumentDBEventSourceConfig>,
    pub provisioned_poller_config: Option<shapes::ProvisionedPollerConfig>,
}

impl Request for CreateEventSourceMappingRequest {
    const OPERATION: Operation = Operation::Lambda(Op::CreateEventSourceMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            event_source_arn: reader.get("EventSourceArn", constraints::ARN)?,
            function_name: reader.need("FunctionName", constraints::NAMESPACED_FUNCTION_NAME)?,
            enabled: reader.get("Enabled", &[])?,
            batch_size: reader.get("BatchSize", constraints::BATCH_SIZE)?,
            filter_criteria: reader.get("FilterCriteria", &[])?,
            kms_key_arn: reader.get("KMSKeyArn", constraints::KMS_KEY_ARN)?,
            metrics_config: reader.get("MetricsConfig", &[])?,
            logging_config: reader.get("LoggingConfig", &[])?,
            scaling_config: reader.get("ScalingConfig", &[])?,
            maximum_batching_window_in_seconds: reader
                .get("MaximumBatchingWindowInSeconds", constraints::MAXIMUM_BATCHING_WINDOW_IN_SECONDS)?,
            parallelization_factor: reader
                .get("ParallelizationFactor", constraints::PARALLELIZATION_FACTOR)?,
            starting_position: reader.get("StartingPosition", constraints::EVENT_SOURCE_POSITION)?,
            starting_position_timestamp: reader.get("StartingPositionTimestamp", &[])?,
            destination_config: reader.get("DestinationConfig", &[])?,
            maximum_record_age_in_seconds: reader
                .get("MaximumRecordAgeInSeconds", constraints::MAXIMUM_RECORD_AGE_IN_SECONDS)?,
            bisect_batch_on_function_error: reader.get("BisectBatchOnFunctionError", &[])?,
            maximum_retry_attempts: reader
                .get("MaximumRetryAttempts", constraints::MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING)?,
            tags: reader.get("Tags", constraints::TAGS)?,
            tumbling_window_in_seconds: reader
                .get("TumblingWindowInSeconds", constraints::TUMBLING_WINDOW_IN_SECONDS)?,
            topics: reader.get("Topics", constraints::TOPICS)?,
            queues: reader.get("Queues", constraints::QUEUES)?,
            source_access_configurations: reader
                .get("SourceAccessConfigurations", constraints::SOURCE_ACCESS_CONFIGURATIONS)?,
            self_managed_event_source: reader.get("SelfManagedEventSource", &[])?,
            function_response_types: reader
                .get("FunctionResponseTypes", constraints::FUNCTION_RESPONSE_TYPE_LIST)?,
            amazon_managed_kafka_event_source_config: reader
                .get("AmazonManagedKafkaEventSourceConfig", &[])?,
            self_managed_kafka_event_source_config: reader.get("SelfManagedKafkaEventSourceConfig", &[])?,
            document_db_event_source_config: reader.get("DocumentDBEventSourceConfig", &[])?,
            provisioned_poller_config: reader.get("ProvisionedPollerConfig", &[])?,
        })
    }
}

/// What `CreateFunction` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateFunctionRequest {
    pub function_name: String,
    pub runtime: Option<String>,
    pub role: String,
    pub handler: Option<String>,
    pub code: shapes::FunctionCode,
    pub description: Option<String>,
    pub timeout: Option<i32>,
    pub memory_size: Option<i32>,
    pub publish: Option<bool>,
    pub publish_to: Option<String>,
    pub vpc_config: Option<shapes::VpcConfig>,
    pub package_type: Option<String>,
    pub dead_letter_config: Option<shapes::DeadLetterConfig>,
    pub environment: Option<shapes::Environment>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<shapes::TracingConfig>,
    pub tags: Option<Map<String>>,
    pub layers: Option<Vec<String>>,
    pub file_system_configs: Option<Vec<shapes::FileSystemConfig>>,
    pub code_signing_config_arn: Option<String>,
    pub image_config: Option<shapes::ImageConfig>,
    pub architectures: Option<Vec<String>>,
    pub ephemeral_storage: Option<shapes::EphemeralStorage>,
    pub snap_start: Option<shapes::SnapStart>,
    pub logging_config: Option<shapes::LoggingConfig>,
    pub tenancy_config: Option<shapes::TenancyConfig>,
    pub capacity_provider_config: Option<shapes::CapacityProviderConfig>,
    pub durable_config: Option<shapes::DurableConfig>,
    pub runtime_config: Option<shapes::FunctionRuntimeConfig>,
    pub accelerator_config: Option<shapes::AcceleratorConfig>,
}

impl Request for CreateFunctionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::CreateFunction);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.need("FunctionName", constraints::FUNCTION_NAME)?,
            runtime: reader.get("Runtime", &[])?,
            role: reader.need("Role", constraints::ROLE_ARN)?,
            handler: reader.get("Handler", constraints::HANDLER)?,
            code: reader.need("Code", &[])?,
            description: reader.get("Description", constraints::DESCRIPTION)?,
            timeout: reader.get("Timeout", constraints::TIMEOUT)?,
            memory_size: reader.get("MemorySize", constraints::MEMORY_SIZE)?,
            publish: reader.get("Publish", &[])?,
            publish_to: reader.get("PublishTo", constraints::FUNCTION_VERSION_LATEST_PUBLISHED)?,
            vpc_config: reader.get("VpcConfig", &[])?,
            package_type: reader.get("PackageType", constraints::PACKAGE_TYPE)?,
            dead_letter_config: reader.get("DeadLetterConfig", &[])?,
            environment: reader.get("Environment", &[])?,
            kms_key_arn: reader.get("KMSKeyArn", constraints::KMS_KEY_ARN)?,
            tracing_config: reader.get("TracingConfig", &[])?,
            tags: reader.get("Tags", constraints::TAGS)?,
            layers: reader.get("Layers", constraints::LAYER_LIST)?,
            file_system_configs: reader.get("FileSystemConfigs", constraints::FILE_SYSTEM_CONFIG_LIST)?,
            code_signing_config_arn: reader
                .get("CodeSigningConfigArn", constraints::CODE_SIGNING_CONFIG_ARN)?,
            image_config: reader.get("ImageConfig", &[])?,
            architectures: reader.get("Architectures", constraints::ARCHITECTURES_LIST)?,
            ephemeral_storage: reader.get("EphemeralStorage", &[])?,
            snap_start: reader.get("SnapStart", &[])?,
            logging_config: reader.get("LoggingConfig", &[])?,
            tenancy_config: reader.get("TenancyConfig", &[])?,
            capacity_provider_config: reader.get("CapacityProviderConfig", &[])?,
            durable_config: reader.get("DurableConfig", &[])?,
            runtime_config: reader.get("RuntimeConfig", &[])?,
            accelerator_config: reader.get("AcceleratorConfig", &[])?,
        })
    }
}

/// What `CreateFunctionUrlConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub auth_type: String,
    pub cors: Option<shapes::Cors>,
    pub invoke_mode: Option<String>,
}

impl Request for CreateFunctionUrlConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::CreateFunctionUrlConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            auth_type: reader.need("AuthType", constraints::FUNCTION_URL_AUTH_TYPE)?,
            cors: reader.get("Cors", &[])?,
            invoke_mode: reader.get("InvokeMode", constraints::INVOKE_MODE)?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::FUNCTION_URL_FUNCTION_NAME,
            )?,
            qualifier: reader.query("Qualifier", "Qualifier", constraints::FUNCTION_URL_QUALIFIER)?,
        })
    }
}

/// What `DeleteAlias` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteAliasRequest {
    pub function_name: String,
    pub name: String,
}

impl Request for DeleteAliasRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteAlias);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            name: reader.label("Name", "Name", constraints::ALIAS)?,
        })
    }
}

/// What `DeleteEventSourceMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteEventSourceMappingRequest {
    pub uuid: String,
}

impl Request for DeleteEventSourceMappingRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteEventSourceMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { uuid: reader.label("UUID", "UUID", constraints::UUID_STRING)? })
    }
}

/// What `DeleteFunction` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteFunctionRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for DeleteFunctionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteFunction);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `DeleteFunctionCodeSigningConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteFunctionCodeSigningConfigRequest {
    pub function_name: String,
}

impl Request for DeleteFunctionCodeSigningConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteFunctionCodeSigningConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
        })
    }
}

/// What `DeleteFunctionConcurrency` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteFunctionConcurrencyRequest {
    pub function_name: String,
}

impl Request for DeleteFunctionConcurrencyRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteFunctionConcurrency);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)? })
    }
}

/// What `DeleteFunctionEventInvokeConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for DeleteFunctionEventInvokeConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteFunctionEventInvokeConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `DeleteFunctionUrlConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for DeleteFunctionUrlConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteFunctionUrlConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::FUNCTION_URL_FUNCTION_NAME,
            )?,
            qualifier: reader.query("Qualifier", "Qualifier", constraints::FUNCTION_URL_QUALIFIER)?,
        })
    }
}

/// What `DeleteLayerVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteLayerVersionRequest {
    pub layer_name: String,
    pub version_number: i64,
}

impl Request for DeleteLayerVersionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteLayerVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
            version_number: reader.label("VersionNumber", "VersionNumber", &[])?,
        })
    }
}

/// What `DeleteProvisionedConcurrencyConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteProvisionedConcurrencyConfigRequest {
    pub function_name: String,
    pub qualifier: String,
}

impl Request for DeleteProvisionedConcurrencyConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::DeleteProvisionedConcurrencyConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            qualifier: reader.query_needed("Qualifier", "Qualifier", constraints::QUALIFIER)?,
        })
    }
}

/// What `GetAccountSettings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccountSettingsRequest {}

impl Request for GetAccountSettingsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetAccountSettings);

    fn read(_: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {})
    }
}

/// What `GetAlias` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAliasRequest {
    pub function_name: String,
    pub name: String,
}

impl Request for GetAliasRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetAlias);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            name: reader.label("Name", "Name", constraints::ALIAS)?,
        })
    }
}

/// What `GetEventSourceMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetEventSourceMappingRequest {
    pub uuid: String,
}

impl Request for GetEventSourceMappingRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetEventSourceMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { uuid: reader.label("UUID", "UUID", constraints::UUID_STRING)? })
    }
}

/// What `GetFunction` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for GetFunctionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunction);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `GetFunctionCodeSigningConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionCodeSigningConfigRequest {
    pub function_name: String,
}

impl Request for GetFunctionCodeSigningConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunctionCodeSigningConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
        })
    }
}

/// What `GetFunctionConcurrency` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionConcurrencyRequest {
    pub function_name: String,
}

impl Request for GetFunctionConcurrencyRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunctionConcurrency);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)? })
    }
}

/// What `GetFunctionConfiguration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionConfigurationRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for GetFunctionConfigurationRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunctionConfiguration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `GetFunctionEventInvokeConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for GetFunctionEventInvokeConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunctionEventInvokeConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `GetFunctionRecursionConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionRecursionConfigRequest {
    pub function_name: String,
}

impl Request for GetFunctionRecursionConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunctionRecursionConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::UNQUALIFIED_FUNCTION_NAME,
            )?,
        })
    }
}

/// What `GetFunctionUrlConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for GetFunctionUrlConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetFunctionUrlConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::FUNCTION_URL_FUNCTION_NAME,
            )?,
            qualifier: reader.query("Qualifier", "Qualifier", constraints::FUNCTION_URL_QUALIFIER)?,
        })
    }
}

/// What `GetLayerVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLayerVersionRequest {
    pub layer_name: String,
    pub version_number: i64,
}

impl Request for GetLayerVersionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetLayerVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
            version_number: reader.label("VersionNumber", "VersionNumber", &[])?,
        })
    }
}

/// What `GetLayerVersionByArn` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLayerVersionByArnRequest {
    pub arn: String,
}

impl Request for GetLayerVersionByArnRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetLayerVersionByArn);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { arn: reader.query_needed("Arn", "Arn", constraints::LAYER_VERSION_ARN)? })
    }
}

/// What `GetLayerVersionPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLayerVersionPolicyRequest {
    pub layer_name: String,
    pub version_number: i64,
}

impl Request for GetLayerVersionPolicyRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetLayerVersionPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
            version_number: reader.label("VersionNumber", "VersionNumber", &[])?,
        })
    }
}

/// What `GetPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPolicyRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for GetPolicyRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `GetProvisionedConcurrencyConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetProvisionedConcurrencyConfigRequest {
    pub function_name: String,
    pub qualifier: String,
}

impl Request for GetProvisionedConcurrencyConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetProvisionedConcurrencyConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            qualifier: reader.query_needed("Qualifier", "Qualifier", constraints::QUALIFIER)?,
        })
    }
}

/// What `GetRuntimeManagementConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRuntimeManagementConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}

impl Request for GetRuntimeManagementConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::GetRuntimeManagementConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `Invoke` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InvocationRequest {
    pub function_name: String,
    pub invocation_type: Option<String>,
    pub log_type: Option<String>,
    pub client_context: Option<String>,
    pub durable_execution_name: Option<String>,
    pub payload: Vec<u8>,
    pub qualifier: Option<String>,
    pub tenant_id: Option<String>,
}

impl Request for InvocationRequest {
    const OPERATION: Operation = Operation::Lambda(Op::Invoke);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            payload: reader.payload(),
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            invocation_type: reader.header(
                "X-Amz-Invocation-Type",
                "InvocationType",
                constraints::INVOCATION_TYPE,
            )?,
            log_type: reader.header("X-Amz-Log-Type", "LogType", constraints::LOG_TYPE)?,
            client_context: reader.header("X-Amz-Client-Context", "ClientContext", &[])?,
            durable_execution_name: reader.header(
                "X-Amz-Durable-Execution-Name",
                "DurableExecutionName",
                constraints::DURABLE_EXECUTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
            tenant_id: reader.header("X-Amz-Tenant-Id", "TenantId", constraints::TENANT_ID)?,
        })
    }
}

/// What `InvokeAsync` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InvokeAsyncRequest {
    pub function_name: String,
    pub invoke_args: Vec<u8>,
}

impl Request for InvokeAsyncRequest {
    const OPERATION: Operation = Operation::Lambda(Op::InvokeAsync);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            invoke_args: reader.payload(),
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
        })
    }
}

/// What `InvokeWithResponseStream` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InvokeWithResponseStreamRequest {
    pub function_name: String,
    pub log_type: Option<String>,
    pub client_context: Option<String>,
    pub qualifier: Option<String>,
    pub payload: Vec<u8>,
    pub tenant_id: Option<String>,
    pub invocation_type: Option<String>,
}

impl Request for InvokeWithResponseStreamRequest {
    const OPERATION: Operation = Operation::Lambda(Op::InvokeWithResponseStream);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            payload: reader.payload(),
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            log_type: reader.header("X-Amz-Log-Type", "LogType", constraints::LOG_TYPE)?,
            client_context: reader.header("X-Amz-Client-Context", "ClientContext", &[])?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
            tenant_id: reader.header("X-Amz-Tenant-Id", "TenantId", constraints::TENANT_ID)?,
            invocation_type: reader.header(
                "X-Amz-Invocation-Type",
                "InvocationType",
                constraints::RESPONSE_STREAMING_INVOCATION_TYPE,
            )?,
        })
    }
}

/// What `ListAliases` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAliasesRequest {
    pub function_name: String,
    pub function_version: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListAliasesRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListAliases);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            function_version: reader.query(
                "FunctionVersion",
                "FunctionVersion",
                constraints::VERSION_WITH_LATEST_PUBLISHED,
            )?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_LIST_ITEMS)?,
        })
    }
}

/// What `ListEventSourceMappings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListEventSourceMappingsRequest {
    pub event_source_arn: Option<String>,
    pub function_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListEventSourceMappingsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListEventSourceMappings);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            event_source_arn: reader.query("EventSourceArn", "EventSourceArn", constraints::ARN)?,
            function_name: reader.query(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_LIST_ITEMS)?,
        })
    }
}

/// What `ListFunctionEventInvokeConfigs` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListFunctionEventInvokeConfigsRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListFunctionEventInvokeConfigsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListFunctionEventInvokeConfigs);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query(
                "MaxItems",
                "MaxItems",
                constraints::MAX_FUNCTION_EVENT_INVOKE_CONFIG_LIST_ITEMS,
            )?,
        })
    }
}

/// What `ListFunctionUrlConfigs` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListFunctionUrlConfigsRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListFunctionUrlConfigsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListFunctionUrlConfigs);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::FUNCTION_URL_FUNCTION_NAME,
            )?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_ITEMS)?,
        })
    }
}

/// What `ListFunctions` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListFunctionsRequest {
    pub master_region: Option<String>,
    pub function_version: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListFunctionsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListFunctions);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            master_region: reader.query("MasterRegion", "MasterRegion", constraints::MASTER_REGION)?,
            function_version: reader.query(
                "FunctionVersion",
                "FunctionVersion",
                constraints::FUNCTION_VERSION,
            )?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_LIST_ITEMS)?,
        })
    }
}

/// What `ListLayerVersions` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListLayerVersionsRequest {
    pub compatible_architecture: Option<String>,
    pub compatible_runtime: Option<String>,
    pub layer_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListLayerVersionsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListLayerVersions);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            compatible_architecture: reader.query(
                "CompatibleArchitecture",
                "CompatibleArchitecture",
                constraints::ARCHITECTURE,
            )?,
            compatible_runtime: reader.query("CompatibleRuntime", "CompatibleRuntime", &[])?,
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_LAYER_LIST_ITEMS)?,
        })
    }
}

/// What `ListLayers` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListLayersRequest {
    pub compatible_architecture: Option<String>,
    pub compatible_runtime: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListLayersRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListLayers);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            compatible_architecture: reader.query(
                "CompatibleArchitecture",
                "CompatibleArchitecture",
                constraints::ARCHITECTURE,
            )?,
            compatible_runtime: reader.query("CompatibleRuntime", "CompatibleRuntime", &[])?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_LAYER_LIST_ITEMS)?,
        })
    }
}

/// What `ListProvisionedConcurrencyConfigs` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListProvisionedConcurrencyConfigsRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListProvisionedConcurrencyConfigsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListProvisionedConcurrencyConfigs);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query(
                "MaxItems",
                "MaxItems",
                constraints::MAX_PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEMS,
            )?,
        })
    }
}

/// What `ListTags` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListTagsRequest {
    pub resource: String,
}

impl Request for ListTagsRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListTags);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { resource: reader.label("Resource", "Resource", constraints::TAGGABLE_RESOURCE)? })
    }
}

/// What `ListVersionsByFunction` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVersionsByFunctionRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListVersionsByFunctionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::ListVersionsByFunction);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            marker: reader.query("Marker", "Marker", &[])?,
            max_items: reader.query("MaxItems", "MaxItems", constraints::MAX_LIST_ITEMS)?,
        })
    }
}

/// What `PublishLayerVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublishLayerVersionRequest {
    pub layer_name: String,
    pub description: Option<String>,
    pub content: shapes::LayerVersionContentInput,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}

impl Request for PublishLayerVersionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PublishLayerVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("Description", constraints::DESCRIPTION)?,
            content: reader.need("Content", &[])?,
            compatible_architectures: reader
                .get("CompatibleArchitectures", constraints::COMPATIBLE_ARCHITECTURES)?,
            compatible_runtimes: reader.get("CompatibleRuntimes", constraints::COMPATIBLE_RUNTIMES)?,
            license_info: reader.get("LicenseInfo", constraints::LICENSE_INFO)?,
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
        })
    }
}

/// What `PublishVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublishVersionRequest {
    pub function_name: String,
    pub code_sha256: Option<String>,
    pub description: Option<String>,
    pub revision_id: Option<String>,
    pub publish_to: Option<String>,
}

impl Request for PublishVersionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PublishVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            code_sha256: reader.get("CodeSha256", &[])?,
            description: reader.get("Description", constraints::DESCRIPTION)?,
            revision_id: reader.get("RevisionId", &[])?,
            publish_to: reader.get("PublishTo", constraints::FUNCTION_VERSION_LATEST_PUBLISHED)?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
        })
    }
}

/// What `PutFunctionCodeSigningConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutFunctionCodeSigningConfigRequest {
    pub code_signing_config_arn: String,
    pub function_name: String,
}

impl Request for PutFunctionCodeSigningConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PutFunctionCodeSigningConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            code_signing_config_arn: reader
                .need("CodeSigningConfigArn", constraints::CODE_SIGNING_CONFIG_ARN)?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
        })
    }
}

/// What `PutFunctionConcurrency` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutFunctionConcurrencyRequest {
    pub function_name: String,
    pub reserved_concurrent_executions: i32,
}

impl Request for PutFunctionConcurrencyRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PutFunctionConcurrency);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            reserved_concurrent_executions: reader
                .need("ReservedConcurrentExecutions", constraints::RESERVED_CONCURRENT_EXECUTIONS)?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
        })
    }
}

/// What `PutFunctionEventInvokeConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub maximum_retry_attempts: Option<i32>,
    pub maximum_event_age_in_seconds: Option<i32>,
    pub destination_config: Option<shapes::DestinationConfig>,
}

impl Request for PutFunctionEventInvokeConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PutFunctionEventInvokeConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            maximum_retry_attempts: reader
                .get("MaximumRetryAttempts", constraints::MAXIMUM_RETRY_ATTEMPTS)?,
            maximum_event_age_in_seconds: reader
                .get("MaximumEventAgeInSeconds", constraints::MAXIMUM_EVENT_AGE_IN_SECONDS)?,
            destination_config: reader.get("DestinationConfig", &[])?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `PutFunctionRecursionConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutFunctionRecursionConfigRequest {
    pub function_name: String,
    pub recursive_loop: String,
}

impl Request for PutFunctionRecursionConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PutFunctionRecursionConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            recursive_loop: reader.need("RecursiveLoop", constraints::RECURSIVE_LOOP)?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::UNQUALIFIED_FUNCTION_NAME,
            )?,
        })
    }
}

/// What `PutProvisionedConcurrencyConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutProvisionedConcurrencyConfigRequest {
    pub function_name: String,
    pub qualifier: String,
    pub provisioned_concurrent_executions: i32,
}

impl Request for PutProvisionedConcurrencyConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PutProvisionedConcurrencyConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            provisioned_concurrent_executions: reader
                .need("ProvisionedConcurrentExecutions", constraints::POSITIVE_INTEGER)?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            qualifier: reader.query_needed("Qualifier", "Qualifier", constraints::QUALIFIER)?,
        })
    }
}

/// What `PutRuntimeManagementConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRuntimeManagementConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub update_runtime_on: String,
    pub runtime_version_arn: Option<String>,
}

impl Request for PutRuntimeManagementConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::PutRuntimeManagementConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            update_runtime_on: reader.need("UpdateRuntimeOn", constraints::UPDATE_RUNTIME_ON)?,
            runtime_version_arn: reader.get("RuntimeVersionArn", constraints::RUNTIME_VERSION_ARN)?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `RemoveLayerVersionPermission` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RemoveLayerVersionPermissionRequest {
    pub layer_name: String,
    pub version_number: i64,
    pub statement_id: String,
    pub revision_id: Option<String>,
}

impl Request for RemoveLayerVersionPermissionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::RemoveLayerVersionPermission);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            layer_name: reader.label("LayerName", "LayerName", constraints::LAYER_NAME_OR_ARN)?,
            version_number: reader.label("VersionNumber", "VersionNumber", &[])?,
            statement_id: reader.label("StatementId", "StatementId", constraints::STATEMENT_ID)?,
            revision_id: reader.query("RevisionId", "RevisionId", &[])?,
        })
    }
}

/// What `RemovePermission` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RemovePermissionRequest {
    pub function_name: String,
    pub statement_id: String,
    pub qualifier: Option<String>,
    pub revision_id: Option<String>,
}

impl Request for RemovePermissionRequest {
    const OPERATION: Operation = Operation::Lambda(Op::RemovePermission);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            statement_id: reader.label("StatementId", "StatementId", constraints::NAMESPACED_STATEMENT_ID)?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
            revision_id: reader.query("RevisionId", "RevisionId", &[])?,
        })
    }
}

/// What `TagResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource: String,
    pub tags: Map<String>,
}

impl Request for TagResourceRequest {
    const OPERATION: Operation = Operation::Lambda(Op::TagResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            tags: reader.need("Tags", constraints::TAGS)?,
            resource: reader.label("Resource", "Resource", constraints::TAGGABLE_RESOURCE)?,
        })
    }
}

/// What `UntagResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagResourceRequest {
    pub resource: String,
    pub tag_keys: Vec<String>,
}

impl Request for UntagResourceRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UntagResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            resource: reader.label("Resource", "Resource", constraints::TAGGABLE_RESOURCE)?,
            tag_keys: reader.query_needed("tagKeys", "TagKeys", constraints::TAG_KEY_LIST)?,
        })
    }
}

/// What `UpdateAlias` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAliasRequest {
    pub function_name: String,
    pub name: String,
    pub function_version: Option<String>,
    pub description: Option<String>,
    pub routing_config: Option<shapes::AliasRoutingConfiguration>,
    pub revision_id: Option<String>,
}

impl Request for UpdateAliasRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UpdateAlias);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_version: reader.get("FunctionVersion", constraints::VERSION_WITH_LATEST_PUBLISHED)?,
            description: reader.get("Description", constraints::DESCRIPTION)?,
            routing_config: reader.get("RoutingConfig", &[])?,
            revision_id: reader.get("RevisionId", &[])?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
            name: reader.label("Name", "Name", constraints::ALIAS)?,
        })
    }
}

/// What `UpdateEventSourceMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateEventSourceMappingRequest {
    pub uuid: String,
    pub function_name: Option<String>,
    pub enabled: Option<bool>,
    pub batch_size: Option<i32>,
    pub filter_criteria: Option<shapes::FilterCriteria>,
    pub kms_key_arn: Option<String>,
    pub metrics_config: Option<shapes::EventSourceMappingMetricsConfig>,
    pub logging_config: Option<shapes::EventSourceMappingLoggingConfig>,
    pub scaling_config: Option<shapes::ScalingConfig>,
    pub maximum_batching_window_in_seconds: Option<i32>,
    pub parallelization_factor: Option<i32>,
    pub destination_config: Option<shapes::DestinationConfig>,
    pub maximum_record_age_in_seconds: Option<i32>,
    pub bisect_batch_on_function_error: Option<bool>,
    pub maximum_retry_attempts: Option<i32>,
    pub tumbling_window_in_seconds: Option<i32>,
    pub source_access_configurations: Option<Vec<shapes::SourceAccessConfiguration>>,
    pub function_response_types: Option<Vec<String>>,
    pub amazon_managed_kafka_event_source_config: Option<shapes::AmazonManagedKafkaEventSourceConfig>,
    pub self_managed_kafka_event_source_config: Option<shapes::SelfManagedKafkaEventSourceConfig>,
    pub document_db_event_source_config: Option<shapes::DocumentDBEventSourceConfig>,
    pub provisioned_poller_config: Option<shapes::ProvisionedPollerConfig>,
}

impl Request for UpdateEventSourceMappingRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UpdateEventSourceMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            function_name: reader.get("FunctionName", constraints::NAMESPACED_FUNCTION_NAME)?,
            enabled: reader.get("Enabled", &[])?,
            batch_size: reader.get("BatchSize", constraints::BATCH_SIZE)?,
            filter_criteria: reader.get("FilterCriteria", &[])?,
            kms_key_arn: reader.get("KMSKeyArn", constraints::KMS_KEY_ARN)?,
            metrics_config: reader.get("MetricsConfig", &[])?,
            logging_config: reader.get("LoggingConfig", &[])?,
            scaling_config: reader.get("ScalingConfig", &[])?,
            maximum_batching_window_in_seconds: reader
                .get("MaximumBatchingWindowInSeconds", constraints::MAXIMUM_BATCHING_WINDOW_IN_SECONDS)?,
            parallelization_factor: reader
                .get("ParallelizationFactor", constraints::PARALLELIZATION_FACTOR)?,
            destination_config: reader.get("DestinationConfig", &[])?,
            maximum_record_age_in_seconds: reader
                .get("MaximumRecordAgeInSeconds", constraints::MAXIMUM_RECORD_AGE_IN_SECONDS)?,
            bisect_batch_on_function_error: reader.get("BisectBatchOnFunctionError", &[])?,
            maximum_retry_attempts: reader
                .get("MaximumRetryAttempts", constraints::MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING)?,
            tumbling_window_in_seconds: reader
                .get("TumblingWindowInSeconds", constraints::TUMBLING_WINDOW_IN_SECONDS)?,
            source_access_configurations: reader
                .get("SourceAccessConfigurations", constraints::SOURCE_ACCESS_CONFIGURATIONS)?,
            function_response_types: reader
                .get("FunctionResponseTypes", constraints::FUNCTION_RESPONSE_TYPE_LIST)?,
            amazon_managed_kafka_event_source_config: reader
                .get("AmazonManagedKafkaEventSourceConfig", &[])?,
            self_managed_kafka_event_source_config: reader.get("SelfManagedKafkaEventSourceConfig", &[])?,
            document_db_event_source_config: reader.get("DocumentDBEventSourceConfig", &[])?,
            provisioned_poller_config: reader.get("ProvisionedPollerConfig", &[])?,
            uuid: reader.label("UUID", "UUID", constraints::UUID_STRING)?,
        })
    }
}

/// What `UpdateFunctionCode` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateFunctionCodeRequest {
    pub function_name: String,
    pub zip_file: Option<Vec<u8>>,
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub s3_object_storage_mode: Option<String>,
    pub image_uri: Option<String>,
    pub architectures: Option<Vec<String>>,
    pub publish: Option<bool>,
    pub publish_to: Option<String>,
    pub dry_run: Option<bool>,
    pub revision_id: Option<String>,
    pub source_kms_key_arn: Option<String>,
}

impl Request for UpdateFunctionCodeRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UpdateFunctionCode);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            zip_file: reader.get("ZipFile", &[])?,
            s3_bucket: reader.get("S3Bucket", constraints::S3_BUCKET)?,
            s3_key: reader.get("S3Key", constraints::S3_KEY)?,
            s3_object_version: reader.get("S3ObjectVersion", constraints::S3_OBJECT_VERSION)?,
            s3_object_storage_mode: reader.get("S3ObjectStorageMode", constraints::S3_OBJECT_STORAGE_MODE)?,
            image_uri: reader.get("ImageUri", &[])?,
            architectures: reader.get("Architectures", constraints::ARCHITECTURES_LIST)?,
            publish: reader.get("Publish", &[])?,
            publish_to: reader.get("PublishTo", constraints::FUNCTION_VERSION_LATEST_PUBLISHED)?,
            dry_run: reader.get("DryRun", &[])?,
            revision_id: reader.get("RevisionId", &[])?,
            source_kms_key_arn: reader.get("SourceKMSKeyArn", constraints::KMS_KEY_ARN)?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
        })
    }
}

/// What `UpdateFunctionConfiguration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateFunctionConfigurationRequest {
    pub function_name: String,
    pub role: Option<String>,
    pub handler: Option<String>,
    pub description: Option<String>,
    pub timeout: Option<i32>,
    pub memory_size: Option<i32>,
    pub vpc_config: Option<shapes::VpcConfig>,
    pub environment: Option<shapes::Environment>,
    pub runtime: Option<String>,
    pub dead_letter_config: Option<shapes::DeadLetterConfig>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<shapes::TracingConfig>,
    pub revision_id: Option<String>,
    pub layers: Option<Vec<String>>,
    pub file_system_configs: Option<Vec<shapes::FileSystemConfig>>,
    pub image_config: Option<shapes::ImageConfig>,
    pub ephemeral_storage: Option<shapes::EphemeralStorage>,
    pub snap_start: Option<shapes::SnapStart>,
    pub logging_config: Option<shapes::LoggingConfig>,
    pub capacity_provider_config: Option<shapes::CapacityProviderConfig>,
    pub durable_config: Option<shapes::DurableConfig>,
    pub runtime_config: Option<shapes::FunctionRuntimeConfig>,
    pub accelerator_config: Option<shapes::AcceleratorConfig>,
}

impl Request for UpdateFunctionConfigurationRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UpdateFunctionConfiguration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role: reader.get("Role", constraints::ROLE_ARN)?,
            handler: reader.get("Handler", constraints::HANDLER)?,
            description: reader.get("Description", constraints::DESCRIPTION)?,
            timeout: reader.get("Timeout", constraints::TIMEOUT)?,
            memory_size: reader.get("MemorySize", constraints::MEMORY_SIZE)?,
            vpc_config: reader.get("VpcConfig", &[])?,
            environment: reader.get("Environment", &[])?,
            runtime: reader.get("Runtime", &[])?,
            dead_letter_config: reader.get("DeadLetterConfig", &[])?,
            kms_key_arn: reader.get("KMSKeyArn", constraints::KMS_KEY_ARN)?,
            tracing_config: reader.get("TracingConfig", &[])?,
            revision_id: reader.get("RevisionId", &[])?,
            layers: reader.get("Layers", constraints::LAYER_LIST)?,
            file_system_configs: reader.get("FileSystemConfigs", constraints::FILE_SYSTEM_CONFIG_LIST)?,
            image_config: reader.get("ImageConfig", &[])?,
            ephemeral_storage: reader.get("EphemeralStorage", &[])?,
            snap_start: reader.get("SnapStart", &[])?,
            logging_config: reader.get("LoggingConfig", &[])?,
            capacity_provider_config: reader.get("CapacityProviderConfig", &[])?,
            durable_config: reader.get("DurableConfig", &[])?,
            runtime_config: reader.get("RuntimeConfig", &[])?,
            accelerator_config: reader.get("AcceleratorConfig", &[])?,
            function_name: reader.label("FunctionName", "FunctionName", constraints::FUNCTION_NAME)?,
        })
    }
}

/// What `UpdateFunctionEventInvokeConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub maximum_retry_attempts: Option<i32>,
    pub maximum_event_age_in_seconds: Option<i32>,
    pub destination_config: Option<shapes::DestinationConfig>,
}

impl Request for UpdateFunctionEventInvokeConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UpdateFunctionEventInvokeConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            maximum_retry_attempts: reader
                .get("MaximumRetryAttempts", constraints::MAXIMUM_RETRY_ATTEMPTS)?,
            maximum_event_age_in_seconds: reader
                .get("MaximumEventAgeInSeconds", constraints::MAXIMUM_EVENT_AGE_IN_SECONDS)?,
            destination_config: reader.get("DestinationConfig", &[])?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::NAMESPACED_FUNCTION_NAME,
            )?,
            qualifier: reader.query(
                "Qualifier",
                "Qualifier",
                constraints::NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER,
            )?,
        })
    }
}

/// What `UpdateFunctionUrlConfig` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub auth_type: Option<String>,
    pub cors: Option<shapes::Cors>,
    pub invoke_mode: Option<String>,
}

impl Request for UpdateFunctionUrlConfigRequest {
    const OPERATION: Operation = Operation::Lambda(Op::UpdateFunctionUrlConfig);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            auth_type: reader.get("AuthType", constraints::FUNCTION_URL_AUTH_TYPE)?,
            cors: reader.get("Cors", &[])?,
            invoke_mode: reader.get("InvokeMode", constraints::INVOKE_MODE)?,
            function_name: reader.label(
                "FunctionName",
                "FunctionName",
                constraints::FUNCTION_URL_FUNCTION_NAME,
            )?,
            qualifier: reader.query("Qualifier", "Qualifier", constraints::FUNCTION_URL_QUALIFIER)?,
        })
    }
}
