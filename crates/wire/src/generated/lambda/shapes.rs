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
