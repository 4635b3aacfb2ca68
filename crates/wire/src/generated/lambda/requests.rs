//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

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
