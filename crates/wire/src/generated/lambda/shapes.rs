//! Shapes and responses, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::constraints;
#[allow(unused_imports)]
use crate::decode::{Context, FromJson, Item, Members, Mismatch};
use crate::encode::{Element, Encode, Object, Reply, ToJson};
#[allow(unused_imports)]
use crate::{Map, Time};
#[allow(unused_imports)]
use serde_json::Value;

/// `AcceleratorConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AcceleratorConfig {
    pub accelerator_memory_size: i32,
}

impl Item for AcceleratorConfig {}
impl FromJson for AcceleratorConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { accelerator_memory_size: members.need("AcceleratorMemorySize", &[])? })
    }
}

impl Element for AcceleratorConfig {}
impl ToJson for AcceleratorConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AcceleratorMemorySize", &self.accelerator_memory_size);
        object.close();
    }
}

/// `AccountLimit` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountLimit {
    pub total_code_size: Option<i64>,
    pub code_size_unzipped: Option<i64>,
    pub code_size_zipped: Option<i64>,
    pub concurrent_executions: Option<i32>,
    pub unreserved_concurrent_executions: Option<i32>,
}

impl Element for AccountLimit {}
impl ToJson for AccountLimit {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("TotalCodeSize", &self.total_code_size);
        object.put("CodeSizeUnzipped", &self.code_size_unzipped);
        object.put("CodeSizeZipped", &self.code_size_zipped);
        object.put("ConcurrentExecutions", &self.concurrent_executions);
        object.put("UnreservedConcurrentExecutions", &self.unreserved_concurrent_executions);
        object.close();
    }
}

/// `AccountUsage` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountUsage {
    pub total_code_size: Option<i64>,
    pub function_count: Option<i64>,
}

impl Element for AccountUsage {}
impl ToJson for AccountUsage {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("TotalCodeSize", &self.total_code_size);
        object.put("FunctionCount", &self.function_count);
        object.close();
    }
}

/// `AddLayerVersionPermissionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddLayerVersionPermissionResponse {
    pub statement: Option<String>,
    pub revision_id: Option<String>,
}

impl Element for AddLayerVersionPermissionResponse {}
impl ToJson for AddLayerVersionPermissionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Statement", &self.statement);
        object.put("RevisionId", &self.revision_id);
        object.close();
    }
}

impl Encode for AddLayerVersionPermissionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `AddPermissionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddPermissionResponse {
    pub statement: Option<String>,
}

impl Element for AddPermissionResponse {}
impl ToJson for AddPermissionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Statement", &self.statement);
        object.close();
    }
}

impl Encode for AddPermissionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `AliasConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AliasConfiguration {
    pub alias_arn: Option<String>,
    pub name: Option<String>,
    pub function_version: Option<String>,
    pub description: Option<String>,
    pub routing_config: Option<AliasRoutingConfiguration>,
    pub revision_id: Option<String>,
}

impl Element for AliasConfiguration {}
impl ToJson for AliasConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AliasArn", &self.alias_arn);
        object.put("Name", &self.name);
        object.put("FunctionVersion", &self.function_version);
        object.put("Description", &self.description);
        object.put("RoutingConfig", &self.routing_config);
        object.put("RevisionId", &self.revision_id);
        object.close();
    }
}

impl Encode for AliasConfiguration {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `AliasRoutingConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AliasRoutingConfiguration {
    pub additional_version_weights: Option<Map<f64>>,
}

impl Item for AliasRoutingConfiguration {}
impl FromJson for AliasRoutingConfiguration {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            additional_version_weights: members
                .get("AdditionalVersionWeights", constraints::ADDITIONAL_VERSION_WEIGHTS)?,
        })
    }
}

impl Element for AliasRoutingConfiguration {}
impl ToJson for AliasRoutingConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AdditionalVersionWeights", &self.additional_version_weights);
        object.close();
    }
}

/// `AllowedPublishers` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AllowedPublishers {
    pub signing_profile_version_arns: Vec<String>,
}

impl Item for AllowedPublishers {}
impl FromJson for AllowedPublishers {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            signing_profile_version_arns: members
                .need("SigningProfileVersionArns", constraints::SIGNING_PROFILE_VERSION_ARNS)?,
        })
    }
}

impl Element for AllowedPublishers {}
impl ToJson for AllowedPublishers {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SigningProfileVersionArns", &self.signing_profile_version_arns);
        object.close();
    }
}

/// `AmazonManagedKafkaEventSourceConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AmazonManagedKafkaEventSourceConfig {
    pub consumer_group_id: Option<String>,
    pub schema_registry_config: Option<KafkaSchemaRegistryConfig>,
}

impl Item for AmazonManagedKafkaEventSourceConfig {}
impl FromJson for AmazonManagedKafkaEventSourceConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            consumer_group_id: members.get("ConsumerGroupId", constraints::URI)?,
            schema_registry_config: members.get("SchemaRegistryConfig", &[])?,
        })
    }
}

impl Element for AmazonManagedKafkaEventSourceConfig {}
impl ToJson for AmazonManagedKafkaEventSourceConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ConsumerGroupId", &self.consumer_group_id);
        object.put("SchemaRegistryConfig", &self.schema_registry_config);
        object.close();
    }
}

/// `CapacityProviderConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CapacityProviderConfig {
    pub lambda_managed_instances_capacity_provider_config: LambdaManagedInstancesCapacityProviderConfig,
}

impl Item for CapacityProviderConfig {}
impl FromJson for CapacityProviderConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            lambda_managed_instances_capacity_provider_config: members
                .need("LambdaManagedInstancesCapacityProviderConfig", &[])?,
        })
    }
}

impl Element for CapacityProviderConfig {}
impl ToJson for CapacityProviderConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put(
            "LambdaManagedInstancesCapacityProviderConfig",
            &self.lambda_managed_instances_capacity_provider_config,
        );
        object.close();
    }
}

/// `CodeSigningConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodeSigningConfig {
    pub code_signing_config_id: String,
    pub code_signing_config_arn: String,
    pub description: Option<String>,
    pub allowed_publishers: AllowedPublishers,
    pub code_signing_policies: CodeSigningPolicies,
    pub last_modified: String,
}

impl Element for CodeSigningConfig {}
impl ToJson for CodeSigningConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("CodeSigningConfigId", &self.code_signing_config_id);
        object.put("CodeSigningConfigArn", &self.code_signing_config_arn);
        object.put("Description", &self.description);
        object.put("AllowedPublishers", &self.allowed_publishers);
        object.put("CodeSigningPolicies", &self.code_signing_policies);
        object.put("LastModified", &self.last_modified);
        object.close();
    }
}

/// `CodeSigningPolicies` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodeSigningPolicies {
    pub untrusted_artifact_on_deployment: Option<String>,
}

impl Item for CodeSigningPolicies {}
impl FromJson for CodeSigningPolicies {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            untrusted_artifact_on_deployment: members
                .get("UntrustedArtifactOnDeployment", constraints::CODE_SIGNING_POLICY)?,
        })
    }
}

impl Element for CodeSigningPolicies {}
impl ToJson for CodeSigningPolicies {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UntrustedArtifactOnDeployment", &self.untrusted_artifact_on_deployment);
        object.close();
    }
}

/// `Concurrency` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Concurrency {
    pub reserved_concurrent_executions: Option<i32>,
}

impl Element for Concurrency {}
impl ToJson for Concurrency {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ReservedConcurrentExecutions", &self.reserved_concurrent_executions);
        object.close();
    }
}

impl Encode for Concurrency {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Cors` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cors {
    pub allow_credentials: Option<bool>,
    pub allow_headers: Option<Vec<String>>,
    pub allow_methods: Option<Vec<String>>,
    pub allow_origins: Option<Vec<String>>,
    pub expose_headers: Option<Vec<String>>,
    pub max_age: Option<i32>,
}

impl Item for Cors {}
impl FromJson for Cors {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            allow_credentials: members.get("AllowCredentials", &[])?,
            allow_headers: members.get("AllowHeaders", constraints::HEADERS_LIST)?,
            allow_methods: members.get("AllowMethods", constraints::ALLOW_METHODS_LIST)?,
            allow_origins: members.get("AllowOrigins", constraints::ALLOW_ORIGINS_LIST)?,
            expose_headers: members.get("ExposeHeaders", constraints::HEADERS_LIST)?,
            max_age: members.get("MaxAge", constraints::MAX_AGE)?,
        })
    }
}

impl Element for Cors {}
impl ToJson for Cors {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AllowCredentials", &self.allow_credentials);
        object.put("AllowHeaders", &self.allow_headers);
        object.put("AllowMethods", &self.allow_methods);
        object.put("AllowOrigins", &self.allow_origins);
        object.put("ExposeHeaders", &self.expose_headers);
        object.put("MaxAge", &self.max_age);
        object.close();
    }
}

/// `CreateCodeSigningConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateCodeSigningConfigResponse {
    pub code_signing_config: CodeSigningConfig,
}

impl Element for CreateCodeSigningConfigResponse {}
impl ToJson for CreateCodeSigningConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("CodeSigningConfig", &self.code_signing_config);
        object.close();
    }
}

impl Encode for CreateCodeSigningConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateFunctionUrlConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateFunctionUrlConfigResponse {
    pub function_url: String,
    pub function_arn: String,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub creation_time: String,
    pub invoke_mode: Option<String>,
}

impl Element for CreateFunctionUrlConfigResponse {}
impl ToJson for CreateFunctionUrlConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionUrl", &self.function_url);
        object.put("FunctionArn", &self.function_arn);
        object.put("AuthType", &self.auth_type);
        object.put("Cors", &self.cors);
        object.put("CreationTime", &self.creation_time);
        object.put("InvokeMode", &self.invoke_mode);
        object.close();
    }
}

impl Encode for CreateFunctionUrlConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DeadLetterConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeadLetterConfig {
    pub target_arn: Option<String>,
}

impl Item for DeadLetterConfig {}
impl FromJson for DeadLetterConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { target_arn: members.get("TargetArn", constraints::RESOURCE_ARN)? })
    }
}

impl Element for DeadLetterConfig {}
impl ToJson for DeadLetterConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("TargetArn", &self.target_arn);
        object.close();
    }
}

/// `DeleteFunctionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteFunctionResponse {
    pub status_code: Option<i32>,
}

impl Element for DeleteFunctionResponse {}
impl ToJson for DeleteFunctionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for DeleteFunctionResponse {
    fn encode(&self, status: u16) -> Reply {
        let status = crate::encode::status(self.status_code, status);
        Reply::json(status, self)
    }
}

/// `DestinationConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DestinationConfig {
    pub on_success: Option<OnSuccess>,
    pub on_failure: Option<OnFailure>,
}

impl Item for DestinationConfig {}
impl FromJson for DestinationConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { on_success: members.get("OnSuccess", &[])?, on_failure: members.get("OnFailure", &[])? })
    }
}

impl Element for DestinationConfig {}
impl ToJson for DestinationConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("OnSuccess", &self.on_success);
        object.put("OnFailure", &self.on_failure);
        object.close();
    }
}

/// `DocumentDBEventSourceConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentDBEventSourceConfig {
    pub database_name: Option<String>,
    pub collection_name: Option<String>,
    pub full_document: Option<String>,
}

impl Item for DocumentDBEventSourceConfig {}
impl FromJson for DocumentDBEventSourceConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            database_name: members.get("DatabaseName", constraints::DATABASE_NAME)?,
            collection_name: members.get("CollectionName", constraints::COLLECTION_NAME)?,
            full_document: members.get("FullDocument", constraints::FULL_DOCUMENT)?,
        })
    }
}

impl Element for DocumentDBEventSourceConfig {}
impl ToJson for DocumentDBEventSourceConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("DatabaseName", &self.database_name);
        object.put("CollectionName", &self.collection_name);
        object.put("FullDocument", &self.full_document);
        object.close();
    }
}

/// `DurableConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DurableConfig {
    pub kms_key_arn: Option<String>,
    pub retention_period_in_days: Option<i32>,
    pub execution_timeout: Option<i32>,
}

impl Item for DurableConfig {}
impl FromJson for DurableConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            kms_key_arn: members.get("KMSKeyArn", constraints::KMS_KEY_ARN)?,
            retention_period_in_days: members
                .get("RetentionPeriodInDays", constraints::RETENTION_PERIOD_IN_DAYS)?,
            execution_timeout: members.get("ExecutionTimeout", constraints::EXECUTION_TIMEOUT)?,
        })
    }
}

impl Element for DurableConfig {}
impl ToJson for DurableConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("KMSKeyArn", &self.kms_key_arn);
        object.put("RetentionPeriodInDays", &self.retention_period_in_days);
        object.put("ExecutionTimeout", &self.execution_timeout);
        object.close();
    }
}

/// `Environment` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Environment {
    pub variables: Option<Map<String>>,
}

impl Item for Environment {}
impl FromJson for Environment {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { variables: members.get("Variables", constraints::ENVIRONMENT_VARIABLES)? })
    }
}

/// `EnvironmentError` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EnvironmentError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}

impl Element for EnvironmentError {}
impl ToJson for EnvironmentError {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ErrorCode", &self.error_code);
        object.put("Message", &self.message);
        object.close();
    }
}

/// `EnvironmentResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EnvironmentResponse {
    pub variables: Option<Map<String>>,
    pub error: Option<EnvironmentError>,
}

impl Element for EnvironmentResponse {}
impl ToJson for EnvironmentResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Variables", &self.variables);
        object.put("Error", &self.error);
        object.close();
    }
}

/// `EphemeralStorage` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EphemeralStorage {
    pub size: i32,
}

impl Item for EphemeralStorage {}
impl FromJson for EphemeralStorage {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { size: members.need("Size", constraints::EPHEMERAL_STORAGE_SIZE)? })
    }
}

impl Element for EphemeralStorage {}
impl ToJson for EphemeralStorage {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Size", &self.size);
        object.close();
    }
}

/// `EventSourceMappingConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventSourceMappingConfiguration {
    pub uuid: Option<String>,
    pub starting_position: Option<String>,
    pub starting_position_timestamp: Option<crate::Time>,
    pub batch_size: Option<i32>,
    pub maximum_batching_window_in_seconds: Option<i32>,
    pub parallelization_factor: Option<i32>,
    pub event_source_arn: Option<String>,
    pub filter_criteria: Option<FilterCriteria>,
    pub filter_criteria_error: Option<FilterCriteriaError>,
    pub kms_key_arn: Option<String>,
    pub metrics_config: Option<EventSourceMappingMetricsConfig>,
    pub logging_config: Option<EventSourceMappingLoggingConfig>,
    pub scaling_config: Option<ScalingConfig>,
    pub function_arn: Option<String>,
    pub last_modified: Option<crate::Time>,
    pub last_processing_result: Option<String>,
    pub state: Option<String>,
    pub state_transition_reason: Option<String>,
    pub destination_config: Option<DestinationConfig>,
    pub topics: Option<Vec<String>>,
    pub queues: Option<Vec<String>>,
    pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    pub self_managed_event_source: Option<SelfManagedEventSource>,
    pub maximum_record_age_in_seconds: Option<i32>,
    pub bisect_batch_on_function_error: Option<bool>,
    pub maximum_retry_attempts: Option<i32>,
    pub tumbling_window_in_seconds: Option<i32>,
    pub function_response_types: Option<Vec<String>>,
    pub amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    pub self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    pub document_db_event_source_config: Option<DocumentDBEventSourceConfig>,
    pub event_source_mapping_arn: Option<String>,
    pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}

impl Element for EventSourceMappingConfiguration {}
impl ToJson for EventSourceMappingConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UUID", &self.uuid);
        object.put("StartingPosition", &self.starting_position);
        object.put("StartingPositionTimestamp", &self.starting_position_timestamp);
        object.put("BatchSize", &self.batch_size);
        object.put("MaximumBatchingWindowInSeconds", &self.maximum_batching_window_in_seconds);
        object.put("ParallelizationFactor", &self.parallelization_factor);
        object.put("EventSourceArn", &self.event_source_arn);
        object.put("FilterCriteria", &self.filter_criteria);
        object.put("FilterCriteriaError", &self.filter_criteria_error);
        object.put("KMSKeyArn", &self.kms_key_arn);
        object.put("MetricsConfig", &self.metrics_config);
        object.put("LoggingConfig", &self.logging_config);
        object.put("ScalingConfig", &self.scaling_config);
        object.put("FunctionArn", &self.function_arn);
        object.put("LastModified", &self.last_modified);
        object.put("LastProcessingResult", &self.last_processing_result);
        object.put("State", &self.state);
        object.put("StateTransitionReason", &self.state_transition_reason);
        object.put("DestinationConfig", &self.destination_config);
        object.put("Topics", &self.topics);
        object.put("Queues", &self.queues);
        object.put("SourceAccessConfigurations", &self.source_access_configurations);
        object.put("SelfManagedEventSource", &self.self_managed_event_source);
        object.put("MaximumRecordAgeInSeconds", &self.maximum_record_age_in_seconds);
        object.put("BisectBatchOnFunctionError", &self.bisect_batch_on_function_error);
        object.put("MaximumRetryAttempts", &self.maximum_retry_attempts);
        object.put("TumblingWindowInSeconds", &self.tumbling_window_in_seconds);
        object.put("FunctionResponseTypes", &self.function_response_types);
        object.put("AmazonManagedKafkaEventSourceConfig", &self.amazon_managed_kafka_event_source_config);
        object.put("SelfManagedKafkaEventSourceConfig", &self.self_managed_kafka_event_source_config);
        object.put("DocumentDBEventSourceConfig", &self.document_db_event_source_config);
        object.put("EventSourceMappingArn", &self.event_source_mapping_arn);
        object.put("ProvisionedPollerConfig", &self.provisioned_poller_config);
        object.close();
    }
}

impl Encode for EventSourceMappingConfiguration {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `EventSourceMappingLoggingConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventSourceMappingLoggingConfig {
    pub system_log_level: Option<String>,
}

impl Item for EventSourceMappingLoggingConfig {}
impl FromJson for EventSourceMappingLoggingConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            system_log_level: members
                .get("SystemLogLevel", constraints::EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL)?,
        })
    }
}

impl Element for EventSourceMappingLoggingConfig {}
impl ToJson for EventSourceMappingLoggingConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SystemLogLevel", &self.system_log_level);
        object.close();
    }
}

/// `EventSourceMappingMetricsConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventSourceMappingMetricsConfig {
    pub metrics: Option<Vec<String>>,
}

impl Item for EventSourceMappingMetricsConfig {}
impl FromJson for EventSourceMappingMetricsConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { metrics: members.get("Metrics", constraints::EVENT_SOURCE_MAPPING_METRIC_LIST)? })
    }
}

impl Element for EventSourceMappingMetricsConfig {}
impl ToJson for EventSourceMappingMetricsConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Metrics", &self.metrics);
        object.close();
    }
}

/// `FileSystemConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileSystemConfig {
    pub arn: String,
    pub local_mount_path: String,
    pub s3_files_config: Option<S3FilesConfig>,
}

impl Item for FileSystemConfig {}
impl FromJson for FileSystemConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            arn: members.need("Arn", constraints::FILE_SYSTEM_ARN)?,
            local_mount_path: members.need("LocalMountPath", constraints::LOCAL_MOUNT_PATH)?,
            s3_files_config: members.get("S3FilesConfig", &[])?,
        })
    }
}

impl Element for FileSystemConfig {}
impl ToJson for FileSystemConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Arn", &self.arn);
        object.put("LocalMountPath", &self.local_mount_path);
        object.put("S3FilesConfig", &self.s3_files_config);
        object.close();
    }
}

/// `Filter` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub pattern: Option<String>,
}

impl Item for Filter {}
impl FromJson for Filter {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { pattern: members.get("Pattern", constraints::PATTERN)? })
    }
}

impl Element for Filter {}
impl ToJson for Filter {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Pattern", &self.pattern);
        object.close();
    }
}

/// `FilterCriteria` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilterCriteria {
    pub filters: Option<Vec<Filter>>,
}

impl Item for FilterCriteria {}
impl FromJson for FilterCriteria {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { filters: members.get("Filters", &[])? })
    }
}

impl Element for FilterCriteria {}
impl ToJson for FilterCriteria {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Filters", &self.filters);
        object.close();
    }
}

/// `FilterCriteriaError` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilterCriteriaError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}

impl Element for FilterCriteriaError {}
impl ToJson for FilterCriteriaError {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ErrorCode", &self.error_code);
        object.put("Message", &self.message);
        object.close();
    }
}

/// `FunctionCode` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionCode {
    pub zip_file: Option<Vec<u8>>,
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub s3_object_storage_mode: Option<String>,
    pub image_uri: Option<String>,
    pub source_kms_key_arn: Option<String>,
}

impl Item for FunctionCode {}
impl FromJson for FunctionCode {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            zip_file: members.get("ZipFile", &[])?,
            s3_bucket: members.get("S3Bucket", constraints::S3_BUCKET)?,
            s3_key: members.get("S3Key", constraints::S3_KEY)?,
            s3_object_version: members.get("S3ObjectVersion", constraints::S3_OBJECT_VERSION)?,
            s3_object_storage_mode: members
                .get("S3ObjectStorageMode", constraints::S3_OBJECT_STORAGE_MODE)?,
            image_uri: members.get("ImageUri", &[])?,
            source_kms_key_arn: members.get("SourceKMSKeyArn", constraints::KMS_KEY_ARN)?,
        })
    }
}

/// `FunctionCodeLocation` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionCodeLocation {
    pub repository_type: Option<String>,
    pub location: Option<String>,
    pub image_uri: Option<String>,
    pub resolved_image_uri: Option<String>,
    pub resolved_s3_object: Option<ResolvedS3Object>,
    pub source_kms_key_arn: Option<String>,
    pub error: Option<FunctionCodeLocationError>,
}

impl Element for FunctionCodeLocation {}
impl ToJson for FunctionCodeLocation {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RepositoryType", &self.repository_type);
        object.put("Location", &self.location);
        object.put("ImageUri", &self.image_uri);
        object.put("ResolvedImageUri", &self.resolved_image_uri);
        object.put("ResolvedS3Object", &self.resolved_s3_object);
        object.put("SourceKMSKeyArn", &self.source_kms_key_arn);
        object.put("Error", &self.error);
        object.close();
    }
}

/// `FunctionCodeLocationError` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionCodeLocationError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}

impl Element for FunctionCodeLocationError {}
impl ToJson for FunctionCodeLocationError {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ErrorCode", &self.error_code);
        object.put("Message", &self.message);
        object.close();
    }
}

/// `FunctionConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionConfiguration {
    pub function_name: Option<String>,
    pub function_arn: Option<String>,
    pub runtime: Option<String>,
    pub role: Option<String>,
    pub handler: Option<String>,
    pub code_size: Option<i64>,
    pub description: Option<String>,
    pub timeout: Option<i32>,
    pub memory_size: Option<i32>,
    pub last_modified: Option<String>,
    pub code_sha256: Option<String>,
    pub version: Option<String>,
    pub vpc_config: Option<VpcConfigResponse>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub environment: Option<EnvironmentResponse>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<TracingConfigResponse>,
    pub master_arn: Option<String>,
    pub revision_id: Option<String>,
    pub layers: Option<Vec<Layer>>,
    pub state: Option<String>,
    pub state_reason: Option<String>,
    pub state_reason_code: Option<String>,
    pub last_update_status: Option<String>,
    pub last_update_status_reason: Option<String>,
    pub last_update_status_reason_code: Option<String>,
    pub file_system_configs: Option<Vec<FileSystemConfig>>,
    pub signing_profile_version_arn: Option<String>,
    pub signing_job_arn: Option<String>,
    pub package_type: Option<String>,
    pub image_config_response: Option<ImageConfigResponse>,
    pub architectures: Option<Vec<String>>,
    pub ephemeral_storage: Option<EphemeralStorage>,
    pub snap_start: Option<SnapStartResponse>,
    pub runtime_version_config: Option<RuntimeVersionConfig>,
    pub logging_config: Option<LoggingConfig>,
    pub tenancy_config: Option<TenancyConfig>,
    pub capacity_provider_config: Option<CapacityProviderConfig>,
    pub config_sha256: Option<String>,
    pub durable_config: Option<DurableConfig>,
    pub runtime_config: Option<FunctionRuntimeConfig>,
    pub accelerator_config: Option<AcceleratorConfig>,
}

impl Element for FunctionConfiguration {}
impl ToJson for FunctionConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionName", &self.function_name);
        object.put("FunctionArn", &self.function_arn);
        object.put("Runtime", &self.runtime);
        object.put("Role", &self.role);
        object.put("Handler", &self.handler);
        object.put("CodeSize", &self.code_size);
        object.put("Description", &self.description);
        object.put("Timeout", &self.timeout);
        object.put("MemorySize", &self.memory_size);
        object.put("LastModified", &self.last_modified);
        object.put("CodeSha256", &self.code_sha256);
        object.put("Version", &self.version);
        object.put("VpcConfig", &self.vpc_config);
        object.put("DeadLetterConfig", &self.dead_letter_config);
        object.put("Environment", &self.environment);
        object.put("KMSKeyArn", &self.kms_key_arn);
        object.put("TracingConfig", &self.tracing_config);
        object.put("MasterArn", &self.master_arn);
        object.put("RevisionId", &self.revision_id);
        object.put("Layers", &self.layers);
        object.put("State", &self.state);
        object.put("StateReason", &self.state_reason);
        object.put("StateReasonCode", &self.state_reason_code);
        object.put("LastUpdateStatus", &self.last_update_status);
        object.put("LastUpdateStatusReason", &self.last_update_status_reason);
        object.put("LastUpdateStatusReasonCode", &self.last_update_status_reason_code);
        object.put("FileSystemConfigs", &self.file_system_configs);
        object.put("SigningProfileVersionArn", &self.signing_profile_version_arn);
        object.put("SigningJobArn", &self.signing_job_arn);
        object.put("PackageType", &self.package_type);
        object.put("ImageConfigResponse", &self.image_config_response);
        object.put("Architectures", &self.architectures);
        object.put("EphemeralStorage", &self.ephemeral_storage);
        object.put("SnapStart", &self.snap_start);
        object.put("RuntimeVersionConfig", &self.runtime_version_config);
        object.put("LoggingConfig", &self.logging_config);
        object.put("TenancyConfig", &self.tenancy_config);
        object.put("CapacityProviderConfig", &self.capacity_provider_config);
        object.put("ConfigSha256", &self.config_sha256);
        object.put("DurableConfig", &self.durable_config);
        object.put("RuntimeConfig", &self.runtime_config);
        object.put("AcceleratorConfig", &self.accelerator_config);
        object.close();
    }
}

impl Encode for FunctionConfiguration {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `FunctionEventInvokeConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionEventInvokeConfig {
    pub last_modified: Option<crate::Time>,
    pub function_arn: Option<String>,
    pub maximum_retry_attempts: Option<i32>,
    pub maximum_event_age_in_seconds: Option<i32>,
    pub destination_config: Option<DestinationConfig>,
}

impl Element for FunctionEventInvokeConfig {}
impl ToJson for FunctionEventInvokeConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("LastModified", &self.last_modified);
        object.put("FunctionArn", &self.function_arn);
        object.put("MaximumRetryAttempts", &self.maximum_retry_attempts);
        object.put("MaximumEventAgeInSeconds", &self.maximum_event_age_in_seconds);
        object.put("DestinationConfig", &self.destination_config);
        object.close();
    }
}

impl Encode for FunctionEventInvokeConfig {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `FunctionRuntimeConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionRuntimeConfig {
    pub runtime_arn: String,
    pub runtime_alias: String,
}

impl Item for FunctionRuntimeConfig {}
impl FromJson for FunctionRuntimeConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            runtime_arn: members.need("RuntimeArn", constraints::FUNCTION_RUNTIME_ARN)?,
            runtime_alias: members.need("RuntimeAlias", constraints::FUNCTION_RUNTIME_ALIAS)?,
        })
    }
}

impl Element for FunctionRuntimeConfig {}
impl ToJson for FunctionRuntimeConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RuntimeArn", &self.runtime_arn);
        object.put("RuntimeAlias", &self.runtime_alias);
        object.close();
    }
}

/// `FunctionUrlConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionUrlConfig {
    pub function_url: String,
    pub function_arn: String,
    pub creation_time: String,
    pub last_modified_time: String,
    pub cors: Option<Cors>,
    pub auth_type: String,
    pub invoke_mode: Option<String>,
}

impl Element for FunctionUrlConfig {}
impl ToJson for FunctionUrlConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionUrl", &self.function_url);
        object.put("FunctionArn", &self.function_arn);
        object.put("CreationTime", &self.creation_time);
        object.put("LastModifiedTime", &self.last_modified_time);
        object.put("Cors", &self.cors);
        object.put("AuthType", &self.auth_type);
        object.put("InvokeMode", &self.invoke_mode);
        object.close();
    }
}

/// `GetAccountSettingsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccountSettingsResponse {
    pub account_limit: Option<AccountLimit>,
    pub account_usage: Option<AccountUsage>,
}

impl Element for GetAccountSettingsResponse {}
impl ToJson for GetAccountSettingsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AccountLimit", &self.account_limit);
        object.put("AccountUsage", &self.account_usage);
        object.close();
    }
}

impl Encode for GetAccountSettingsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetFunctionCodeSigningConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionCodeSigningConfigResponse {
    pub code_signing_config_arn: String,
    pub function_name: String,
}

impl Element for GetFunctionCodeSigningConfigResponse {}
impl ToJson for GetFunctionCodeSigningConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("CodeSigningConfigArn", &self.code_signing_config_arn);
        object.put("FunctionName", &self.function_name);
        object.close();
    }
}

impl Encode for GetFunctionCodeSigningConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetFunctionConcurrencyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionConcurrencyResponse {
    pub reserved_concurrent_executions: Option<i32>,
}

impl Element for GetFunctionConcurrencyResponse {}
impl ToJson for GetFunctionConcurrencyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ReservedConcurrentExecutions", &self.reserved_concurrent_executions);
        object.close();
    }
}

impl Encode for GetFunctionConcurrencyResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetFunctionRecursionConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionRecursionConfigResponse {
    pub recursive_loop: Option<String>,
}

impl Element for GetFunctionRecursionConfigResponse {}
impl ToJson for GetFunctionRecursionConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RecursiveLoop", &self.recursive_loop);
        object.close();
    }
}

impl Encode for GetFunctionRecursionConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetFunctionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionResponse {
    pub configuration: Option<FunctionConfiguration>,
    pub code: Option<FunctionCodeLocation>,
    pub tags: Option<Map<String>>,
    pub tags_error: Option<TagsError>,
    pub concurrency: Option<Concurrency>,
}

impl Element for GetFunctionResponse {}
impl ToJson for GetFunctionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Configuration", &self.configuration);
        object.put("Code", &self.code);
        object.put("Tags", &self.tags);
        object.put("TagsError", &self.tags_error);
        object.put("Concurrency", &self.concurrency);
        object.close();
    }
}

impl Encode for GetFunctionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetFunctionUrlConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFunctionUrlConfigResponse {
    pub function_url: String,
    pub function_arn: String,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub creation_time: String,
    pub last_modified_time: String,
    pub invoke_mode: Option<String>,
}

impl Element for GetFunctionUrlConfigResponse {}
impl ToJson for GetFunctionUrlConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionUrl", &self.function_url);
        object.put("FunctionArn", &self.function_arn);
        object.put("AuthType", &self.auth_type);
        object.put("Cors", &self.cors);
        object.put("CreationTime", &self.creation_time);
        object.put("LastModifiedTime", &self.last_modified_time);
        object.put("InvokeMode", &self.invoke_mode);
        object.close();
    }
}

impl Encode for GetFunctionUrlConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetLayerVersionPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLayerVersionPolicyResponse {
    pub policy: Option<String>,
    pub revision_id: Option<String>,
}

impl Element for GetLayerVersionPolicyResponse {}
impl ToJson for GetLayerVersionPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Policy", &self.policy);
        object.put("RevisionId", &self.revision_id);
        object.close();
    }
}

impl Encode for GetLayerVersionPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetLayerVersionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLayerVersionResponse {
    pub content: Option<LayerVersionContentOutput>,
    pub layer_arn: Option<String>,
    pub layer_version_arn: Option<String>,
    pub description: Option<String>,
    pub created_date: Option<String>,
    pub version: Option<i64>,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}

impl Element for GetLayerVersionResponse {}
impl ToJson for GetLayerVersionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Content", &self.content);
        object.put("LayerArn", &self.layer_arn);
        object.put("LayerVersionArn", &self.layer_version_arn);
        object.put("Description", &self.description);
        object.put("CreatedDate", &self.created_date);
        object.put("Version", &self.version);
        object.put("CompatibleArchitectures", &self.compatible_architectures);
        object.put("CompatibleRuntimes", &self.compatible_runtimes);
        object.put("LicenseInfo", &self.license_info);
        object.close();
    }
}

impl Encode for GetLayerVersionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPolicyResponse {
    pub policy: Option<String>,
    pub revision_id: Option<String>,
}

impl Element for GetPolicyResponse {}
impl ToJson for GetPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Policy", &self.policy);
        object.put("RevisionId", &self.revision_id);
        object.close();
    }
}

impl Encode for GetPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetProvisionedConcurrencyConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetProvisionedConcurrencyConfigResponse {
    pub requested_provisioned_concurrent_executions: Option<i32>,
    pub available_provisioned_concurrent_executions: Option<i32>,
    pub allocated_provisioned_concurrent_executions: Option<i32>,
    pub status: Option<String>,
    pub status_reason: Option<String>,
    pub last_modified: Option<String>,
}

impl Element for GetProvisionedConcurrencyConfigResponse {}
impl ToJson for GetProvisionedConcurrencyConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put(
            "RequestedProvisionedConcurrentExecutions",
            &self.requested_provisioned_concurrent_executions,
        );
        object.put(
            "AvailableProvisionedConcurrentExecutions",
            &self.available_provisioned_concurrent_executions,
        );
        object.put(
            "AllocatedProvisionedConcurrentExecutions",
            &self.allocated_provisioned_concurrent_executions,
        );
        object.put("Status", &self.status);
        object.put("StatusReason", &self.status_reason);
        object.put("LastModified", &self.last_modified);
        object.close();
    }
}

impl Encode for GetProvisionedConcurrencyConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetRuntimeManagementConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRuntimeManagementConfigResponse {
    pub update_runtime_on: Option<String>,
    pub function_arn: Option<String>,
    pub runtime_version_arn: Option<String>,
}

impl Element for GetRuntimeManagementConfigResponse {}
impl ToJson for GetRuntimeManagementConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UpdateRuntimeOn", &self.update_runtime_on);
        object.put("FunctionArn", &self.function_arn);
        object.put("RuntimeVersionArn", &self.runtime_version_arn);
        object.close();
    }
}

impl Encode for GetRuntimeManagementConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ImageConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageConfig {
    pub entry_point: Option<Vec<String>>,
    pub command: Option<Vec<String>>,
    pub working_directory: Option<String>,
}

impl Item for ImageConfig {}
impl FromJson for ImageConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            entry_point: members.get("EntryPoint", constraints::STRING_LIST)?,
            command: members.get("Command", constraints::STRING_LIST)?,
            working_directory: members.get("WorkingDirectory", constraints::WORKING_DIRECTORY)?,
        })
    }
}

impl Element for ImageConfig {}
impl ToJson for ImageConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("EntryPoint", &self.entry_point);
        object.put("Command", &self.command);
        object.put("WorkingDirectory", &self.working_directory);
        object.close();
    }
}

/// `ImageConfigError` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageConfigError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}

impl Element for ImageConfigError {}
impl ToJson for ImageConfigError {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ErrorCode", &self.error_code);
        object.put("Message", &self.message);
        object.close();
    }
}

/// `ImageConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageConfigResponse {
    pub image_config: Option<ImageConfig>,
    pub error: Option<ImageConfigError>,
}

impl Element for ImageConfigResponse {}
impl ToJson for ImageConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ImageConfig", &self.image_config);
        object.put("Error", &self.error);
        object.close();
    }
}

/// `InvocationResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InvocationResponse {
    pub status_code: Option<i32>,
    pub function_error: Option<String>,
    pub log_result: Option<String>,
    pub payload: Vec<u8>,
    pub executed_version: Option<String>,
    pub durable_execution_arn: Option<String>,
}

impl Encode for InvocationResponse {
    fn encode(&self, status: u16) -> Reply {
        let status = crate::encode::status(self.status_code, status);
        Reply::raw(status, &self.payload)
            .with_header("X-Amz-Function-Error", self.function_error.as_ref())
            .with_header("X-Amz-Log-Result", self.log_result.as_ref())
            .with_header("X-Amz-Executed-Version", self.executed_version.as_ref())
            .with_header("X-Amz-Durable-Execution-Arn", self.durable_execution_arn.as_ref())
    }
}

/// `InvokeAsyncResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InvokeAsyncResponse {
    pub status: Option<i32>,
}

impl Element for InvokeAsyncResponse {}
impl ToJson for InvokeAsyncResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for InvokeAsyncResponse {
    fn encode(&self, status: u16) -> Reply {
        let status = crate::encode::status(self.status, status);
        Reply::json(status, self)
    }
}

/// `KafkaSchemaRegistryAccessConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KafkaSchemaRegistryAccessConfig {
    pub r#type: Option<String>,
    pub uri: Option<String>,
}

impl Item for KafkaSchemaRegistryAccessConfig {}
impl FromJson for KafkaSchemaRegistryAccessConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            r#type: members.get("Type", constraints::KAFKA_SCHEMA_REGISTRY_AUTH_TYPE)?,
            uri: members.get("URI", constraints::ARN)?,
        })
    }
}

impl Element for KafkaSchemaRegistryAccessConfig {}
impl ToJson for KafkaSchemaRegistryAccessConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Type", &self.r#type);
        object.put("URI", &self.uri);
        object.close();
    }
}

/// `KafkaSchemaRegistryConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KafkaSchemaRegistryConfig {
    pub schema_registry_uri: Option<String>,
    pub event_record_format: Option<String>,
    pub access_configs: Option<Vec<KafkaSchemaRegistryAccessConfig>>,
    pub schema_validation_configs: Option<Vec<KafkaSchemaValidationConfig>>,
}

impl Item for KafkaSchemaRegistryConfig {}
impl FromJson for KafkaSchemaRegistryConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            schema_registry_uri: members.get("SchemaRegistryURI", constraints::SCHEMA_REGISTRY_URI)?,
            event_record_format: members
                .get("EventRecordFormat", constraints::SCHEMA_REGISTRY_EVENT_RECORD_FORMAT)?,
            access_configs: members.get("AccessConfigs", &[])?,
            schema_validation_configs: members.get("SchemaValidationConfigs", &[])?,
        })
    }
}

impl Element for KafkaSchemaRegistryConfig {}
impl ToJson for KafkaSchemaRegistryConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SchemaRegistryURI", &self.schema_registry_uri);
        object.put("EventRecordFormat", &self.event_record_format);
        object.put("AccessConfigs", &self.access_configs);
        object.put("SchemaValidationConfigs", &self.schema_validation_configs);
        object.close();
    }
}

/// `KafkaSchemaValidationConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KafkaSchemaValidationConfig {
    pub attribute: Option<String>,
}

impl Item for KafkaSchemaValidationConfig {}
impl FromJson for KafkaSchemaValidationConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { attribute: members.get("Attribute", constraints::KAFKA_SCHEMA_VALIDATION_ATTRIBUTE)? })
    }
}

impl Element for KafkaSchemaValidationConfig {}
impl ToJson for KafkaSchemaValidationConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Attribute", &self.attribute);
        object.close();
    }
}

/// `LambdaManagedInstancesCapacityProviderConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LambdaManagedInstancesCapacityProviderConfig {
    pub capacity_provider_arn: String,
    pub per_execution_environment_max_concurrency: Option<i32>,
    pub execution_environment_memory_gi_b_per_v_cpu: Option<f64>,
}

impl Item for LambdaManagedInstancesCapacityProviderConfig {}
impl FromJson for LambdaManagedInstancesCapacityProviderConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            capacity_provider_arn: members.need("CapacityProviderArn", constraints::CAPACITY_PROVIDER_ARN)?,
            per_execution_environment_max_concurrency: members.get(
                "PerExecutionEnvironmentMaxConcurrency",
                constraints::PER_EXECUTION_ENVIRONMENT_MAX_CONCURRENCY,
            )?,
            execution_environment_memory_gi_b_per_v_cpu: members.get(
                "ExecutionEnvironmentMemoryGiBPerVCpu",
                constraints::EXECUTION_ENVIRONMENT_MEMORY_GI_B_PER_V_CPU,
            )?,
        })
    }
}

impl Element for LambdaManagedInstancesCapacityProviderConfig {}
impl ToJson for LambdaManagedInstancesCapacityProviderConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("CapacityProviderArn", &self.capacity_provider_arn);
        object.put("PerExecutionEnvironmentMaxConcurrency", &self.per_execution_environment_max_concurrency);
        object.put("ExecutionEnvironmentMemoryGiBPerVCpu", &self.execution_environment_memory_gi_b_per_v_cpu);
        object.close();
    }
}

/// `Layer` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layer {
    pub arn: Option<String>,
    pub code_size: Option<i64>,
    pub signing_profile_version_arn: Option<String>,
    pub signing_job_arn: Option<String>,
}

impl Element for Layer {}
impl ToJson for Layer {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Arn", &self.arn);
        object.put("CodeSize", &self.code_size);
        object.put("SigningProfileVersionArn", &self.signing_profile_version_arn);
        object.put("SigningJobArn", &self.signing_job_arn);
        object.close();
    }
}

/// `LayerVersionContentInput` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerVersionContentInput {
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub s3_object_storage_mode: Option<String>,
    pub zip_file: Option<Vec<u8>>,
}

impl Item for LayerVersionContentInput {}
impl FromJson for LayerVersionContentInput {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            s3_bucket: members.get("S3Bucket", constraints::S3_BUCKET)?,
            s3_key: members.get("S3Key", constraints::S3_KEY)?,
            s3_object_version: members.get("S3ObjectVersion", constraints::S3_OBJECT_VERSION)?,
            s3_object_storage_mode: members
                .get("S3ObjectStorageMode", constraints::S3_OBJECT_STORAGE_MODE)?,
            zip_file: members.get("ZipFile", &[])?,
        })
    }
}

/// `LayerVersionContentOutput` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerVersionContentOutput {
    pub location: Option<String>,
    pub code_sha256: Option<String>,
    pub code_size: Option<i64>,
    pub signing_profile_version_arn: Option<String>,
    pub signing_job_arn: Option<String>,
    pub resolved_s3_object: Option<ResolvedS3Object>,
}

impl Element for LayerVersionContentOutput {}
impl ToJson for LayerVersionContentOutput {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Location", &self.location);
        object.put("CodeSha256", &self.code_sha256);
        object.put("CodeSize", &self.code_size);
        object.put("SigningProfileVersionArn", &self.signing_profile_version_arn);
        object.put("SigningJobArn", &self.signing_job_arn);
        object.put("ResolvedS3Object", &self.resolved_s3_object);
        object.close();
    }
}

/// `LayerVersionsListItem` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerVersionsListItem {
    pub layer_version_arn: Option<String>,
    pub version: Option<i64>,
    pub description: Option<String>,
    pub created_date: Option<String>,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}

impl Element for LayerVersionsListItem {}
impl ToJson for LayerVersionsListItem {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("LayerVersionArn", &self.layer_version_arn);
        object.put("Version", &self.version);
        object.put("Description", &self.description);
        object.put("CreatedDate", &self.created_date);
        object.put("CompatibleArchitectures", &self.compatible_architectures);
        object.put("CompatibleRuntimes", &self.compatible_runtimes);
        object.put("LicenseInfo", &self.license_info);
        object.close();
    }
}

/// `LayersListItem` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayersListItem {
    pub layer_name: Option<String>,
    pub layer_arn: Option<String>,
    pub latest_matching_version: Option<LayerVersionsListItem>,
}

impl Element for LayersListItem {}
impl ToJson for LayersListItem {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("LayerName", &self.layer_name);
        object.put("LayerArn", &self.layer_arn);
        object.put("LatestMatchingVersion", &self.latest_matching_version);
        object.close();
    }
}

/// `ListAliasesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAliasesResponse {
    pub next_marker: Option<String>,
    pub aliases: Option<Vec<AliasConfiguration>>,
}

impl Element for ListAliasesResponse {}
impl ToJson for ListAliasesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("NextMarker", &self.next_marker);
        object.put("Aliases", &self.aliases);
        object.close();
    }
}

impl Encode for ListAliasesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListEventSourceMappingsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListEventSourceMappingsResponse {
    pub next_marker: Option<String>,
    pub event_source_mappings: Option<Vec<EventSourceMappingConfiguration>>,
}

impl Element for ListEventSourceMappingsResponse {}
impl ToJson for ListEventSourceMappingsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("NextMarker", &self.next_marker);
        object.put("EventSourceMappings", &self.event_source_mappings);
        object.close();
    }
}

impl Encode for ListEventSourceMappingsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListFunctionEventInvokeConfigsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListFunctionEventInvokeConfigsResponse {
    pub function_event_invoke_configs: Option<Vec<FunctionEventInvokeConfig>>,
    pub next_marker: Option<String>,
}

impl Element for ListFunctionEventInvokeConfigsResponse {}
impl ToJson for ListFunctionEventInvokeConfigsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionEventInvokeConfigs", &self.function_event_invoke_configs);
        object.put("NextMarker", &self.next_marker);
        object.close();
    }
}

impl Encode for ListFunctionEventInvokeConfigsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListFunctionUrlConfigsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListFunctionUrlConfigsResponse {
    pub function_url_configs: Vec<FunctionUrlConfig>,
    pub next_marker: Option<String>,
}

impl Element for ListFunctionUrlConfigsResponse {}
impl ToJson for ListFunctionUrlConfigsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionUrlConfigs", &self.function_url_configs);
        object.put("NextMarker", &self.next_marker);
        object.close();
    }
}

impl Encode for ListFunctionUrlConfigsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListFunctionsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListFunctionsResponse {
    pub next_marker: Option<String>,
    pub functions: Option<Vec<FunctionConfiguration>>,
}

impl Element for ListFunctionsResponse {}
impl ToJson for ListFunctionsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("NextMarker", &self.next_marker);
        object.put("Functions", &self.functions);
        object.close();
    }
}

impl Encode for ListFunctionsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListLayerVersionsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListLayerVersionsResponse {
    pub next_marker: Option<String>,
    pub layer_versions: Option<Vec<LayerVersionsListItem>>,
}

impl Element for ListLayerVersionsResponse {}
impl ToJson for ListLayerVersionsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("NextMarker", &self.next_marker);
        object.put("LayerVersions", &self.layer_versions);
        object.close();
    }
}

impl Encode for ListLayerVersionsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListLayersResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListLayersResponse {
    pub next_marker: Option<String>,
    pub layers: Option<Vec<LayersListItem>>,
}

impl Element for ListLayersResponse {}
impl ToJson for ListLayersResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("NextMarker", &self.next_marker);
        object.put("Layers", &self.layers);
        object.close();
    }
}

impl Encode for ListLayersResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListProvisionedConcurrencyConfigsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListProvisionedConcurrencyConfigsResponse {
    pub provisioned_concurrency_configs: Option<Vec<ProvisionedConcurrencyConfigListItem>>,
    pub next_marker: Option<String>,
}

impl Element for ListProvisionedConcurrencyConfigsResponse {}
impl ToJson for ListProvisionedConcurrencyConfigsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ProvisionedConcurrencyConfigs", &self.provisioned_concurrency_configs);
        object.put("NextMarker", &self.next_marker);
        object.close();
    }
}

impl Encode for ListProvisionedConcurrencyConfigsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListTagsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListTagsResponse {
    pub tags: Option<Map<String>>,
}

impl Element for ListTagsResponse {}
impl ToJson for ListTagsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Tags", &self.tags);
        object.close();
    }
}

impl Encode for ListTagsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListVersionsByFunctionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVersionsByFunctionResponse {
    pub next_marker: Option<String>,
    pub versions: Option<Vec<FunctionConfiguration>>,
}

impl Element for ListVersionsByFunctionResponse {}
impl ToJson for ListVersionsByFunctionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("NextMarker", &self.next_marker);
        object.put("Versions", &self.versions);
        object.close();
    }
}

impl Encode for ListVersionsByFunctionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `LoggingConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LoggingConfig {
    pub log_format: Option<String>,
    pub application_log_level: Option<String>,
    pub system_log_level: Option<String>,
    pub log_group: Option<String>,
}

impl Item for LoggingConfig {}
impl FromJson for LoggingConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            log_format: members.get("LogFormat", constraints::LOG_FORMAT)?,
            application_log_level: members.get("ApplicationLogLevel", constraints::APPLICATION_LOG_LEVEL)?,
            system_log_level: members.get("SystemLogLevel", constraints::SYSTEM_LOG_LEVEL)?,
            log_group: members.get("LogGroup", constraints::LOG_GROUP)?,
        })
    }
}

impl Element for LoggingConfig {}
impl ToJson for LoggingConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("LogFormat", &self.log_format);
        object.put("ApplicationLogLevel", &self.application_log_level);
        object.put("SystemLogLevel", &self.system_log_level);
        object.put("LogGroup", &self.log_group);
        object.close();
    }
}

/// `OnFailure` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OnFailure {
    pub destination: Option<String>,
}

impl Item for OnFailure {}
impl FromJson for OnFailure {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { destination: members.get("Destination", constraints::DESTINATION_ARN)? })
    }
}

impl Element for OnFailure {}
impl ToJson for OnFailure {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Destination", &self.destination);
        object.close();
    }
}

/// `OnSuccess` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OnSuccess {
    pub destination: Option<String>,
}

impl Item for OnSuccess {}
impl FromJson for OnSuccess {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { destination: members.get("Destination", constraints::DESTINATION_ARN)? })
    }
}

impl Element for OnSuccess {}
impl ToJson for OnSuccess {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Destination", &self.destination);
        object.close();
    }
}

/// `ProvisionedConcurrencyConfigListItem` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProvisionedConcurrencyConfigListItem {
    pub function_arn: Option<String>,
    pub requested_provisioned_concurrent_executions: Option<i32>,
    pub available_provisioned_concurrent_executions: Option<i32>,
    pub allocated_provisioned_concurrent_executions: Option<i32>,
    pub status: Option<String>,
    pub status_reason: Option<String>,
    pub last_modified: Option<String>,
}

impl Element for ProvisionedConcurrencyConfigListItem {}
impl ToJson for ProvisionedConcurrencyConfigListItem {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionArn", &self.function_arn);
        object.put(
            "RequestedProvisionedConcurrentExecutions",
            &self.requested_provisioned_concurrent_executions,
        );
        object.put(
            "AvailableProvisionedConcurrentExecutions",
            &self.available_provisioned_concurrent_executions,
        );
        object.put(
            "AllocatedProvisionedConcurrentExecutions",
            &self.allocated_provisioned_concurrent_executions,
        );
        object.put("Status", &self.status);
        object.put("StatusReason", &self.status_reason);
        object.put("LastModified", &self.last_modified);
        object.close();
    }
}

/// `ProvisionedPollerConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProvisionedPollerConfig {
    pub minimum_pollers: Option<i32>,
    pub maximum_pollers: Option<i32>,
    pub poller_group_name: Option<String>,
}

impl Item for ProvisionedPollerConfig {}
impl FromJson for ProvisionedPollerConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            minimum_pollers: members.get("MinimumPollers", constraints::MINIMUM_NUMBER_OF_POLLERS)?,
            maximum_pollers: members.get("MaximumPollers", constraints::MAXIMUM_NUMBER_OF_POLLERS)?,
            poller_group_name: members.get("PollerGroupName", constraints::PROVISIONED_POLLER_GROUP_NAME)?,
        })
    }
}

impl Element for ProvisionedPollerConfig {}
impl ToJson for ProvisionedPollerConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("MinimumPollers", &self.minimum_pollers);
        object.put("MaximumPollers", &self.maximum_pollers);
        object.put("PollerGroupName", &self.poller_group_name);
        object.close();
    }
}

/// `PublishLayerVersionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublishLayerVersionResponse {
    pub content: Option<LayerVersionContentOutput>,
    pub layer_arn: Option<String>,
    pub layer_version_arn: Option<String>,
    pub description: Option<String>,
    pub created_date: Option<String>,
    pub version: Option<i64>,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}

impl Element for PublishLayerVersionResponse {}
impl ToJson for PublishLayerVersionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Content", &self.content);
        object.put("LayerArn", &self.layer_arn);
        object.put("LayerVersionArn", &self.layer_version_arn);
        object.put("Description", &self.description);
        object.put("CreatedDate", &self.created_date);
        object.put("Version", &self.version);
        object.put("CompatibleArchitectures", &self.compatible_architectures);
        object.put("CompatibleRuntimes", &self.compatible_runtimes);
        object.put("LicenseInfo", &self.license_info);
        object.close();
    }
}

impl Encode for PublishLayerVersionResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `PutFunctionCodeSigningConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutFunctionCodeSigningConfigResponse {
    pub code_signing_config_arn: String,
    pub function_name: String,
}

impl Element for PutFunctionCodeSigningConfigResponse {}
impl ToJson for PutFunctionCodeSigningConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("CodeSigningConfigArn", &self.code_signing_config_arn);
        object.put("FunctionName", &self.function_name);
        object.close();
    }
}

impl Encode for PutFunctionCodeSigningConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `PutFunctionRecursionConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutFunctionRecursionConfigResponse {
    pub recursive_loop: Option<String>,
}

impl Element for PutFunctionRecursionConfigResponse {}
impl ToJson for PutFunctionRecursionConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RecursiveLoop", &self.recursive_loop);
        object.close();
    }
}

impl Encode for PutFunctionRecursionConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `PutProvisionedConcurrencyConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutProvisionedConcurrencyConfigResponse {
    pub requested_provisioned_concurrent_executions: Option<i32>,
    pub allocated_provisioned_concurrent_executions: Option<i32>,
    pub available_provisioned_concurrent_executions: Option<i32>,
    pub status: Option<String>,
    pub status_reason: Option<String>,
    pub last_modified: Option<String>,
}

impl Element for PutProvisionedConcurrencyConfigResponse {}
impl ToJson for PutProvisionedConcurrencyConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put(
            "RequestedProvisionedConcurrentExecutions",
            &self.requested_provisioned_concurrent_executions,
        );
        object.put(
            "AllocatedProvisionedConcurrentExecutions",
            &self.allocated_provisioned_concurrent_executions,
        );
        object.put(
            "AvailableProvisionedConcurrentExecutions",
            &self.available_provisioned_concurrent_executions,
        );
        object.put("Status", &self.status);
        object.put("StatusReason", &self.status_reason);
        object.put("LastModified", &self.last_modified);
        object.close();
    }
}

impl Encode for PutProvisionedConcurrencyConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `PutRuntimeManagementConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRuntimeManagementConfigResponse {
    pub update_runtime_on: String,
    pub function_arn: String,
    pub runtime_version_arn: Option<String>,
}

impl Element for PutRuntimeManagementConfigResponse {}
impl ToJson for PutRuntimeManagementConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UpdateRuntimeOn", &self.update_runtime_on);
        object.put("FunctionArn", &self.function_arn);
        object.put("RuntimeVersionArn", &self.runtime_version_arn);
        object.close();
    }
}

impl Encode for PutRuntimeManagementConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ResolvedS3Object` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResolvedS3Object {
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
}

impl Element for ResolvedS3Object {}
impl ToJson for ResolvedS3Object {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("S3Bucket", &self.s3_bucket);
        object.put("S3Key", &self.s3_key);
        object.put("S3ObjectVersion", &self.s3_object_version);
        object.close();
    }
}

/// `RuntimeVersionConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuntimeVersionConfig {
    pub runtime_version_arn: Option<String>,
    pub error: Option<RuntimeVersionError>,
}

impl Element for RuntimeVersionConfig {}
impl ToJson for RuntimeVersionConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RuntimeVersionArn", &self.runtime_version_arn);
        object.put("Error", &self.error);
        object.close();
    }
}

/// `RuntimeVersionError` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuntimeVersionError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}

impl Element for RuntimeVersionError {}
impl ToJson for RuntimeVersionError {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ErrorCode", &self.error_code);
        object.put("Message", &self.message);
        object.close();
    }
}

/// `S3FilesConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct S3FilesConfig {
    pub direct_s3_read: Option<String>,
}

impl Item for S3FilesConfig {}
impl FromJson for S3FilesConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { direct_s3_read: members.get("DirectS3Read", constraints::DIRECT_S3_READ)? })
    }
}

impl Element for S3FilesConfig {}
impl ToJson for S3FilesConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("DirectS3Read", &self.direct_s3_read);
        object.close();
    }
}

/// `ScalingConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScalingConfig {
    pub maximum_concurrency: Option<i32>,
}

impl Item for ScalingConfig {}
impl FromJson for ScalingConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { maximum_concurrency: members.get("MaximumConcurrency", constraints::MAXIMUM_CONCURRENCY)? })
    }
}

impl Element for ScalingConfig {}
impl ToJson for ScalingConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("MaximumConcurrency", &self.maximum_concurrency);
        object.close();
    }
}

/// `SelfManagedEventSource` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SelfManagedEventSource {
    pub endpoints: Option<Map<Vec<String>>>,
}

impl Item for SelfManagedEventSource {}
impl FromJson for SelfManagedEventSource {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { endpoints: members.get("Endpoints", constraints::ENDPOINTS)? })
    }
}

impl Element for SelfManagedEventSource {}
impl ToJson for SelfManagedEventSource {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Endpoints", &self.endpoints);
        object.close();
    }
}

/// `SelfManagedKafkaEventSourceConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SelfManagedKafkaEventSourceConfig {
    pub consumer_group_id: Option<String>,
    pub schema_registry_config: Option<KafkaSchemaRegistryConfig>,
    pub consumption_mode: Option<String>,
}

impl Item for SelfManagedKafkaEventSourceConfig {}
impl FromJson for SelfManagedKafkaEventSourceConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            consumer_group_id: members.get("ConsumerGroupId", constraints::URI)?,
            schema_registry_config: members.get("SchemaRegistryConfig", &[])?,
            consumption_mode: members
                .get("ConsumptionMode", constraints::KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE)?,
        })
    }
}

impl Element for SelfManagedKafkaEventSourceConfig {}
impl ToJson for SelfManagedKafkaEventSourceConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ConsumerGroupId", &self.consumer_group_id);
        object.put("SchemaRegistryConfig", &self.schema_registry_config);
        object.put("ConsumptionMode", &self.consumption_mode);
        object.close();
    }
}

/// `SnapStart` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SnapStart {
    pub apply_on: Option<String>,
}

impl Item for SnapStart {}
impl FromJson for SnapStart {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { apply_on: members.get("ApplyOn", constraints::SNAP_START_APPLY_ON)? })
    }
}

/// `SnapStartResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SnapStartResponse {
    pub apply_on: Option<String>,
    pub optimization_status: Option<String>,
}

impl Element for SnapStartResponse {}
impl ToJson for SnapStartResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ApplyOn", &self.apply_on);
        object.put("OptimizationStatus", &self.optimization_status);
        object.close();
    }
}

/// `SourceAccessConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceAccessConfiguration {
    pub r#type: Option<String>,
    pub uri: Option<String>,
}

impl Item for SourceAccessConfiguration {}
impl FromJson for SourceAccessConfiguration {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            r#type: members.get("Type", constraints::SOURCE_ACCESS_TYPE)?,
            uri: members.get("URI", constraints::URI)?,
        })
    }
}

impl Element for SourceAccessConfiguration {}
impl ToJson for SourceAccessConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Type", &self.r#type);
        object.put("URI", &self.uri);
        object.close();
    }
}

/// `TagsError` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagsError {
    pub error_code: String,
    pub message: String,
}

impl Element for TagsError {}
impl ToJson for TagsError {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ErrorCode", &self.error_code);
        object.put("Message", &self.message);
        object.close();
    }
}

/// `TenancyConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TenancyConfig {
    pub tenant_isolation_mode: String,
}

impl Item for TenancyConfig {}
impl FromJson for TenancyConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            tenant_isolation_mode: members.need("TenantIsolationMode", constraints::TENANT_ISOLATION_MODE)?,
        })
    }
}

impl Element for TenancyConfig {}
impl ToJson for TenancyConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("TenantIsolationMode", &self.tenant_isolation_mode);
        object.close();
    }
}

/// `TracingConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TracingConfig {
    pub mode: Option<String>,
}

impl Item for TracingConfig {}
impl FromJson for TracingConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { mode: members.get("Mode", constraints::TRACING_MODE)? })
    }
}

/// `TracingConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TracingConfigResponse {
    pub mode: Option<String>,
}

impl Element for TracingConfigResponse {}
impl ToJson for TracingConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Mode", &self.mode);
        object.close();
    }
}

/// `UpdateFunctionUrlConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateFunctionUrlConfigResponse {
    pub function_url: String,
    pub function_arn: String,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub creation_time: String,
    pub last_modified_time: String,
    pub invoke_mode: Option<String>,
}

impl Element for UpdateFunctionUrlConfigResponse {}
impl ToJson for UpdateFunctionUrlConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FunctionUrl", &self.function_url);
        object.put("FunctionArn", &self.function_arn);
        object.put("AuthType", &self.auth_type);
        object.put("Cors", &self.cors);
        object.put("CreationTime", &self.creation_time);
        object.put("LastModifiedTime", &self.last_modified_time);
        object.put("InvokeMode", &self.invoke_mode);
        object.close();
    }
}

impl Encode for UpdateFunctionUrlConfigResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `VpcConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VpcConfig {
    pub subnet_ids: Option<Vec<String>>,
    pub security_group_ids: Option<Vec<String>>,
    pub ipv6_allowed_for_dual_stack: Option<bool>,
}

impl Item for VpcConfig {}
impl FromJson for VpcConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            subnet_ids: members.get("SubnetIds", constraints::SUBNET_IDS)?,
            security_group_ids: members.get("SecurityGroupIds", constraints::SECURITY_GROUP_IDS)?,
            ipv6_allowed_for_dual_stack: members.get("Ipv6AllowedForDualStack", &[])?,
        })
    }
}

/// `VpcConfigResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VpcConfigResponse {
    pub subnet_ids: Option<Vec<String>>,
    pub security_group_ids: Option<Vec<String>>,
    pub vpc_id: Option<String>,
    pub ipv6_allowed_for_dual_stack: Option<bool>,
}

impl Element for VpcConfigResponse {}
impl ToJson for VpcConfigResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SubnetIds", &self.subnet_ids);
        object.put("SecurityGroupIds", &self.security_group_ids);
        object.put("VpcId", &self.vpc_id);
        object.put("Ipv6AllowedForDualStack", &self.ipv6_allowed_for_dual_stack);
        object.close();
    }
}
