//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

/// What `CreateApiKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateApiKeyRequest {
    pub name: Option<String>,
    pub description: Option<String>,
    pub enabled: Option<bool>,
    pub generate_distinct_id: Option<bool>,
    pub value: Option<String>,
    pub stage_keys: Option<Vec<shapes::StageKey>>,
    pub customer_id: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateApiKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateApiKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.get("name", &[])?,
            description: reader.get("description", &[])?,
            enabled: reader.get("enabled", &[])?,
            generate_distinct_id: reader.get("generateDistinctId", &[])?,
            value: reader.get("value", &[])?,
            stage_keys: reader.get("stageKeys", &[])?,
            customer_id: reader.get("customerId", &[])?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `CreateAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAuthorizerRequest {
    pub rest_api_id: String,
    pub name: String,
    pub r#type: String,
    pub provider_arns: Option<Vec<String>>,
    pub auth_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub authorizer_credentials: Option<String>,
    pub identity_source: Option<String>,
    pub identity_validation_expression: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub jwt_configuration: Option<shapes::JwtConfigurationInput>,
}

impl Request for CreateAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("name", &[])?,
            r#type: reader.need("type", constraints::AUTHORIZER_TYPE)?,
            provider_arns: reader.get("providerARNs", &[])?,
            auth_type: reader.get("authType", &[])?,
            authorizer_uri: reader.get("authorizerUri", &[])?,
            authorizer_credentials: reader.get("authorizerCredentials", &[])?,
            identity_source: reader.get("identitySource", &[])?,
            identity_validation_expression: reader.get("identityValidationExpression", &[])?,
            authorizer_result_ttl_in_seconds: reader.get("authorizerResultTtlInSeconds", &[])?,
            jwt_configuration: reader.get("jwtConfiguration", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateBasePathMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateBasePathMappingRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub base_path: Option<String>,
    pub rest_api_id: String,
    pub stage: Option<String>,
}

impl Request for CreateBasePathMappingRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateBasePathMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            base_path: reader.get("basePath", &[])?,
            rest_api_id: reader.need("restApiId", &[])?,
            stage: reader.get("stage", &[])?,
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
        })
    }
}

/// What `CreateDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDeploymentRequest {
    pub rest_api_id: String,
    pub stage_name: Option<String>,
    pub stage_description: Option<String>,
    pub description: Option<String>,
    pub cache_cluster_enabled: Option<bool>,
    pub cache_cluster_size: Option<String>,
    pub variables: Option<Map<String>>,
    pub canary_settings: Option<shapes::DeploymentCanarySettings>,
    pub tracing_enabled: Option<bool>,
}

impl Request for CreateDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            stage_name: reader.get("stageName", &[])?,
            stage_description: reader.get("stageDescription", &[])?,
            description: reader.get("description", &[])?,
            cache_cluster_enabled: reader.get("cacheClusterEnabled", &[])?,
            cache_cluster_size: reader.get("cacheClusterSize", constraints::CACHE_CLUSTER_SIZE)?,
            variables: reader.get("variables", &[])?,
            canary_settings: reader.get("canarySettings", &[])?,
            tracing_enabled: reader.get("tracingEnabled", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateDocumentationPart` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDocumentationPartRequest {
    pub rest_api_id: String,
    pub location: shapes::DocumentationPartLocation,
    pub properties: String,
}

impl Request for CreateDocumentationPartRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateDocumentationPart);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            location: reader.need("location", &[])?,
            properties: reader.need("properties", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateDocumentationVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDocumentationVersionRequest {
    pub rest_api_id: String,
    pub documentation_version: String,
    pub stage_name: Option<String>,
    pub description: Option<String>,
}

impl Request for CreateDocumentationVersionRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateDocumentationVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            documentation_version: reader.need("documentationVersion", &[])?,
            stage_name: reader.get("stageName", &[])?,
            description: reader.get("description", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDomainNameRequest {
    pub domain_name: String,
    pub certificate_name: Option<String>,
    pub certificate_body: Option<String>,
    pub certificate_private_key: Option<String>,
    pub certificate_chain: Option<String>,
    pub certificate_arn: Option<String>,
    pub regional_certificate_name: Option<String>,
    pub regional_certificate_arn: Option<String>,
    pub endpoint_configuration: Option<shapes::EndpointConfiguration>,
    pub tags: Option<Map<String>>,
    pub security_policy: Option<String>,
    pub endpoint_access_mode: Option<String>,
    pub mutual_tls_authentication: Option<shapes::MutualTlsAuthenticationInput>,
    pub ownership_verification_certificate_arn: Option<String>,
    pub policy: Option<String>,
    pub routing_mode: Option<String>,
}

impl Request for CreateDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.need("domainName", &[])?,
            certificate_name: reader.get("certificateName", &[])?,
            certificate_body: reader.get("certificateBody", &[])?,
            certificate_private_key: reader.get("certificatePrivateKey", &[])?,
            certificate_chain: reader.get("certificateChain", &[])?,
            certificate_arn: reader.get("certificateArn", &[])?,
            regional_certificate_name: reader.get("regionalCertificateName", &[])?,
            regional_certificate_arn: reader.get("regionalCertificateArn", &[])?,
            endpoint_configuration: reader.get("endpointConfiguration", &[])?,
            tags: reader.get("tags", &[])?,
            security_policy: reader.get("securityPolicy", constraints::SECURITY_POLICY)?,
            endpoint_access_mode: reader.get("endpointAccessMode", constraints::ENDPOINT_ACCESS_MODE)?,
            mutual_tls_authentication: reader.get("mutualTlsAuthentication", &[])?,
            ownership_verification_certificate_arn: reader.get("ownershipVerificationCertificateArn", &[])?,
            policy: reader.get("policy", &[])?,
            routing_mode: reader.get("routingMode", constraints::ROUTING_MODE)?,
        })
    }
}

/// What `CreateDomainNameAccessAssociation` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDomainNameAccessAssociationRequest {
    pub domain_name_arn: String,
    pub access_association_source_type: String,
    pub access_association_source: String,
    pub tags: Option<Map<String>>,
}

impl Request for CreateDomainNameAccessAssociationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateDomainNameAccessAssociation);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name_arn: reader.need("domainNameArn", &[])?,
            access_association_source_type: reader
                .need("accessAssociationSourceType", constraints::ACCESS_ASSOCIATION_SOURCE_TYPE)?,
            access_association_source: reader.need("accessAssociationSource", &[])?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `CreateModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateModelRequest {
    pub rest_api_id: String,
    pub name: String,
    pub description: Option<String>,
    pub schema: Option<String>,
    pub content_type: String,
}

impl Request for CreateModelRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("name", &[])?,
            description: reader.get("description", &[])?,
            schema: reader.get("schema", &[])?,
            content_type: reader.need("contentType", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateRequestValidator` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRequestValidatorRequest {
    pub rest_api_id: String,
    pub name: Option<String>,
    pub validate_request_body: Option<bool>,
    pub validate_request_parameters: Option<bool>,
}

impl Request for CreateRequestValidatorRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateRequestValidator);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.get("name", &[])?,
            validate_request_body: reader.get("validateRequestBody", &[])?,
            validate_request_parameters: reader.get("validateRequestParameters", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateResourceRequest {
    pub rest_api_id: String,
    pub parent_id: String,
    pub path_part: String,
}

impl Request for CreateResourceRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path_part: reader.need("pathPart", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            parent_id: reader.label("parent_id", "parentId", &[])?,
        })
    }
}

/// What `CreateRestApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRestApiRequest {
    pub name: String,
    pub description: Option<String>,
    pub version: Option<String>,
    pub clone_from: Option<String>,
    pub binary_media_types: Option<Vec<String>>,
    pub minimum_compression_size: Option<i32>,
    pub api_key_source: Option<String>,
    pub endpoint_configuration: Option<shapes::EndpointConfiguration>,
    pub policy: Option<String>,
    pub tags: Option<Map<String>>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub security_policy: Option<String>,
    pub endpoint_access_mode: Option<String>,
}

impl Request for CreateRestApiRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateRestApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("name", &[])?,
            description: reader.get("description", &[])?,
            version: reader.get("version", &[])?,
            clone_from: reader.get("cloneFrom", &[])?,
            binary_media_types: reader.get("binaryMediaTypes", &[])?,
            minimum_compression_size: reader.get("minimumCompressionSize", &[])?,
            api_key_source: reader.get("apiKeySource", constraints::API_KEY_SOURCE_TYPE)?,
            endpoint_configuration: reader.get("endpointConfiguration", &[])?,
            policy: reader.get("policy", &[])?,
            tags: reader.get("tags", &[])?,
            disable_execute_api_endpoint: reader.get("disableExecuteApiEndpoint", &[])?,
            security_policy: reader.get("securityPolicy", constraints::SECURITY_POLICY)?,
            endpoint_access_mode: reader.get("endpointAccessMode", constraints::ENDPOINT_ACCESS_MODE)?,
        })
    }
}

/// What `CreateStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateStageRequest {
    pub rest_api_id: String,
    pub stage_name: String,
    pub deployment_id: String,
    pub description: Option<String>,
    pub cache_cluster_enabled: Option<bool>,
    pub cache_cluster_size: Option<String>,
    pub variables: Option<Map<String>>,
    pub documentation_version: Option<String>,
    pub canary_settings: Option<shapes::CanarySettings>,
    pub tracing_enabled: Option<bool>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateStageRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            stage_name: reader.need("stageName", &[])?,
            deployment_id: reader.need("deploymentId", &[])?,
            description: reader.get("description", &[])?,
            cache_cluster_enabled: reader.get("cacheClusterEnabled", &[])?,
            cache_cluster_size: reader.get("cacheClusterSize", constraints::CACHE_CLUSTER_SIZE)?,
            variables: reader.get("variables", &[])?,
            documentation_version: reader.get("documentationVersion", &[])?,
            canary_settings: reader.get("canarySettings", &[])?,
            tracing_enabled: reader.get("tracingEnabled", &[])?,
            tags: reader.get("tags", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `CreateUsagePlan` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateUsagePlanRequest {
    pub name: String,
    pub description: Option<String>,
    pub api_stages: Option<Vec<shapes::ApiStage>>,
    pub throttle: Option<shapes::ThrottleSettings>,
    pub quota: Option<shapes::QuotaSettings>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateUsagePlanRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateUsagePlan);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("name", &[])?,
            description: reader.get("description", &[])?,
            api_stages: reader.get("apiStages", &[])?,
            throttle: reader.get("throttle", &[])?,
            quota: reader.get("quota", &[])?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `CreateUsagePlanKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateUsagePlanKeyRequest {
    pub usage_plan_id: String,
    pub key_id: String,
    pub key_type: String,
}

impl Request for CreateUsagePlanKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateUsagePlanKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            key_id: reader.need("keyId", &[])?,
            key_type: reader.need("keyType", &[])?,
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
        })
    }
}

/// What `CreateVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateVpcLinkRequest {
    pub name: String,
    pub description: Option<String>,
    pub target_arns: Vec<String>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::CreateVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("name", &[])?,
            description: reader.get("description", &[])?,
            target_arns: reader.need("targetArns", &[])?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `DeleteApiKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteApiKeyRequest {
    pub api_key: String,
}

impl Request for DeleteApiKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteApiKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { api_key: reader.label("api_Key", "apiKey", &[])? })
    }
}

/// What `DeleteAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteAuthorizerRequest {
    pub rest_api_id: String,
    pub authorizer_id: String,
}

impl Request for DeleteAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            authorizer_id: reader.label("authorizer_id", "authorizerId", &[])?,
        })
    }
}

/// What `DeleteBasePathMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteBasePathMappingRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub base_path: String,
}

impl Request for DeleteBasePathMappingRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteBasePathMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
            base_path: reader.label("base_path", "basePath", &[])?,
        })
    }
}

/// What `DeleteClientCertificate` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteClientCertificateRequest {
    pub client_certificate_id: String,
}

impl Request for DeleteClientCertificateRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteClientCertificate);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { client_certificate_id: reader.label("clientcertificate_id", "clientCertificateId", &[])? })
    }
}

/// What `DeleteDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDeploymentRequest {
    pub rest_api_id: String,
    pub deployment_id: String,
}

impl Request for DeleteDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            deployment_id: reader.label("deployment_id", "deploymentId", &[])?,
        })
    }
}

/// What `DeleteDocumentationPart` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDocumentationPartRequest {
    pub rest_api_id: String,
    pub documentation_part_id: String,
}

impl Request for DeleteDocumentationPartRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteDocumentationPart);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            documentation_part_id: reader.label("part_id", "documentationPartId", &[])?,
        })
    }
}

/// What `DeleteDocumentationVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDocumentationVersionRequest {
    pub rest_api_id: String,
    pub documentation_version: String,
}

impl Request for DeleteDocumentationVersionRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteDocumentationVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            documentation_version: reader.label("doc_version", "documentationVersion", &[])?,
        })
    }
}

/// What `DeleteDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDomainNameRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
}

impl Request for DeleteDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
        })
    }
}

/// What `DeleteDomainNameAccessAssociation` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDomainNameAccessAssociationRequest {
    pub domain_name_access_association_arn: String,
}

impl Request for DeleteDomainNameAccessAssociationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteDomainNameAccessAssociation);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name_access_association_arn: reader.label(
                "domain_name_access_association_arn",
                "domainNameAccessAssociationArn",
                &[],
            )?,
        })
    }
}

/// What `DeleteGatewayResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteGatewayResponseRequest {
    pub rest_api_id: String,
    pub response_type: String,
}

impl Request for DeleteGatewayResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteGatewayResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            response_type: reader.label(
                "response_type",
                "responseType",
                constraints::GATEWAY_RESPONSE_TYPE,
            )?,
        })
    }
}

/// What `DeleteIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteIntegrationRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
}

impl Request for DeleteIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `DeleteIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteIntegrationResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
}

impl Request for DeleteIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `DeleteMethod` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteMethodRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
}

impl Request for DeleteMethodRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteMethod);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `DeleteMethodResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteMethodResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
}

impl Request for DeleteMethodResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteMethodResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `DeleteModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteModelRequest {
    pub rest_api_id: String,
    pub model_name: String,
}

impl Request for DeleteModelRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            model_name: reader.label("model_name", "modelName", &[])?,
        })
    }
}

/// What `DeleteRequestValidator` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRequestValidatorRequest {
    pub rest_api_id: String,
    pub request_validator_id: String,
}

impl Request for DeleteRequestValidatorRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteRequestValidator);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            request_validator_id: reader.label("requestvalidator_id", "requestValidatorId", &[])?,
        })
    }
}

/// What `DeleteResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteResourceRequest {
    pub rest_api_id: String,
    pub resource_id: String,
}

impl Request for DeleteResourceRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
        })
    }
}

/// What `DeleteRestApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRestApiRequest {
    pub rest_api_id: String,
}

impl Request for DeleteRestApiRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteRestApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { rest_api_id: reader.label("restapi_id", "restApiId", &[])? })
    }
}

/// What `DeleteStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteStageRequest {
    pub rest_api_id: String,
    pub stage_name: String,
}

impl Request for DeleteStageRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
        })
    }
}

/// What `DeleteUsagePlan` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteUsagePlanRequest {
    pub usage_plan_id: String,
}

impl Request for DeleteUsagePlanRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteUsagePlan);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])? })
    }
}

/// What `DeleteUsagePlanKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteUsagePlanKeyRequest {
    pub usage_plan_id: String,
    pub key_id: String,
}

impl Request for DeleteUsagePlanKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteUsagePlanKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
            key_id: reader.label("keyId", "keyId", &[])?,
        })
    }
}

/// What `DeleteVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteVpcLinkRequest {
    pub vpc_link_id: String,
}

impl Request for DeleteVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::DeleteVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { vpc_link_id: reader.label("vpclink_id", "vpcLinkId", &[])? })
    }
}

/// What `FlushStageAuthorizersCache` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FlushStageAuthorizersCacheRequest {
    pub rest_api_id: String,
    pub stage_name: String,
}

impl Request for FlushStageAuthorizersCacheRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::FlushStageAuthorizersCache);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
        })
    }
}

/// What `FlushStageCache` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FlushStageCacheRequest {
    pub rest_api_id: String,
    pub stage_name: String,
}

impl Request for FlushStageCacheRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::FlushStageCache);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
        })
    }
}

/// What `GenerateClientCertificate` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GenerateClientCertificateRequest {
    pub description: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Request for GenerateClientCertificateRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GenerateClientCertificate);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { description: reader.get("description", &[])?, tags: reader.get("tags", &[])? })
    }
}

/// What `GetAccount` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccountRequest {}

impl Request for GetAccountRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetAccount);

    fn read(_: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {})
    }
}

/// What `GetApiKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiKeyRequest {
    pub api_key: String,
    pub include_value: Option<bool>,
}

impl Request for GetApiKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetApiKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_key: reader.label("api_Key", "apiKey", &[])?,
            include_value: reader.query("includeValue", "includeValue", &[])?,
        })
    }
}

/// What `GetApiKeys` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiKeysRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
    pub name_query: Option<String>,
    pub customer_id: Option<String>,
    pub include_values: Option<bool>,
}

impl Request for GetApiKeysRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetApiKeys);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
            name_query: reader.query("name", "nameQuery", &[])?,
            customer_id: reader.query("customerId", "customerId", &[])?,
            include_values: reader.query("includeValues", "includeValues", &[])?,
        })
    }
}

/// What `GetAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAuthorizerRequest {
    pub rest_api_id: String,
    pub authorizer_id: String,
}

impl Request for GetAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            authorizer_id: reader.label("authorizer_id", "authorizerId", &[])?,
        })
    }
}

/// What `GetAuthorizers` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAuthorizersRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetAuthorizersRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetAuthorizers);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetBasePathMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetBasePathMappingRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub base_path: String,
}

impl Request for GetBasePathMappingRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetBasePathMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
            base_path: reader.label("base_path", "basePath", &[])?,
        })
    }
}

/// What `GetBasePathMappings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetBasePathMappingsRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetBasePathMappingsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetBasePathMappings);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetClientCertificate` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetClientCertificateRequest {
    pub client_certificate_id: String,
}

impl Request for GetClientCertificateRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetClientCertificate);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { client_certificate_id: reader.label("clientcertificate_id", "clientCertificateId", &[])? })
    }
}

/// What `GetClientCertificates` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetClientCertificatesRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetClientCertificatesRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetClientCertificates);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDeploymentRequest {
    pub rest_api_id: String,
    pub deployment_id: String,
    pub embed: Option<Vec<String>>,
}

impl Request for GetDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            deployment_id: reader.label("deployment_id", "deploymentId", &[])?,
            embed: reader.query("embed", "embed", &[])?,
        })
    }
}

/// What `GetDeployments` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDeploymentsRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetDeploymentsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDeployments);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetDocumentationPart` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDocumentationPartRequest {
    pub rest_api_id: String,
    pub documentation_part_id: String,
}

impl Request for GetDocumentationPartRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDocumentationPart);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            documentation_part_id: reader.label("part_id", "documentationPartId", &[])?,
        })
    }
}

/// What `GetDocumentationParts` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDocumentationPartsRequest {
    pub rest_api_id: String,
    pub r#type: Option<String>,
    pub name_query: Option<String>,
    pub path: Option<String>,
    pub position: Option<String>,
    pub limit: Option<i32>,
    pub location_status: Option<String>,
}

impl Request for GetDocumentationPartsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDocumentationParts);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            r#type: reader.query("type", "type", constraints::DOCUMENTATION_PART_TYPE)?,
            name_query: reader.query("name", "nameQuery", &[])?,
            path: reader.query("path", "path", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
            location_status: reader.query(
                "locationStatus",
                "locationStatus",
                constraints::LOCATION_STATUS_TYPE,
            )?,
        })
    }
}

/// What `GetDocumentationVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDocumentationVersionRequest {
    pub rest_api_id: String,
    pub documentation_version: String,
}

impl Request for GetDocumentationVersionRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDocumentationVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            documentation_version: reader.label("doc_version", "documentationVersion", &[])?,
        })
    }
}

/// What `GetDocumentationVersions` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDocumentationVersionsRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetDocumentationVersionsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDocumentationVersions);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNameRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
}

impl Request for GetDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
        })
    }
}

/// What `GetDomainNameAccessAssociations` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNameAccessAssociationsRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
    pub resource_owner: Option<String>,
}

impl Request for GetDomainNameAccessAssociationsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDomainNameAccessAssociations);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
            resource_owner: reader.query("resourceOwner", "resourceOwner", constraints::RESOURCE_OWNER)?,
        })
    }
}

/// What `GetDomainNames` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNamesRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
    pub resource_owner: Option<String>,
}

impl Request for GetDomainNamesRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetDomainNames);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
            resource_owner: reader.query("resourceOwner", "resourceOwner", constraints::RESOURCE_OWNER)?,
        })
    }
}

/// What `GetExport` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetExportRequest {
    pub rest_api_id: String,
    pub stage_name: String,
    pub export_type: String,
    pub parameters: Option<Map<String>>,
    pub accepts: Option<String>,
}

impl Request for GetExportRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetExport);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
            export_type: reader.label("export_type", "exportType", &[])?,
            parameters: reader.query_rest(&[]),
            accepts: reader.header("Accept", "accepts", &[])?,
        })
    }
}

/// What `GetGatewayResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetGatewayResponseRequest {
    pub rest_api_id: String,
    pub response_type: String,
}

impl Request for GetGatewayResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetGatewayResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            response_type: reader.label(
                "response_type",
                "responseType",
                constraints::GATEWAY_RESPONSE_TYPE,
            )?,
        })
    }
}

/// What `GetGatewayResponses` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetGatewayResponsesRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetGatewayResponsesRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetGatewayResponses);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
}

impl Request for GetIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `GetIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
}

impl Request for GetIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `GetMethod` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetMethodRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
}

impl Request for GetMethodRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetMethod);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `GetMethodResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetMethodResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
}

impl Request for GetMethodResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetMethodResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `GetModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelRequest {
    pub rest_api_id: String,
    pub model_name: String,
    pub flatten: Option<bool>,
}

impl Request for GetModelRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            model_name: reader.label("model_name", "modelName", &[])?,
            flatten: reader.query("flatten", "flatten", &[])?,
        })
    }
}

/// What `GetModelTemplate` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelTemplateRequest {
    pub rest_api_id: String,
    pub model_name: String,
}

impl Request for GetModelTemplateRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetModelTemplate);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            model_name: reader.label("model_name", "modelName", &[])?,
        })
    }
}

/// What `GetModels` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelsRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetModelsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetModels);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetRequestValidator` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRequestValidatorRequest {
    pub rest_api_id: String,
    pub request_validator_id: String,
}

impl Request for GetRequestValidatorRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetRequestValidator);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            request_validator_id: reader.label("requestvalidator_id", "requestValidatorId", &[])?,
        })
    }
}

/// What `GetRequestValidators` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRequestValidatorsRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetRequestValidatorsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetRequestValidators);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetResourceRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub embed: Option<Vec<String>>,
}

impl Request for GetResourceRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            embed: reader.query("embed", "embed", &[])?,
        })
    }
}

/// What `GetResources` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetResourcesRequest {
    pub rest_api_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
    pub embed: Option<Vec<String>>,
}

impl Request for GetResourcesRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetResources);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
            embed: reader.query("embed", "embed", &[])?,
        })
    }
}

/// What `GetRestApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRestApiRequest {
    pub rest_api_id: String,
}

impl Request for GetRestApiRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetRestApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { rest_api_id: reader.label("restapi_id", "restApiId", &[])? })
    }
}

/// What `GetRestApis` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRestApisRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetRestApisRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetRestApis);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetSdk` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetSdkRequest {
    pub rest_api_id: String,
    pub stage_name: String,
    pub sdk_type: String,
    pub parameters: Option<Map<String>>,
}

impl Request for GetSdkRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetSdk);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
            sdk_type: reader.label("sdk_type", "sdkType", &[])?,
            parameters: reader.query_rest(&[]),
        })
    }
}

/// What `GetSdkType` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetSdkTypeRequest {
    pub id: String,
}

impl Request for GetSdkTypeRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetSdkType);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { id: reader.label("sdktype_id", "id", &[])? })
    }
}

/// What `GetSdkTypes` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetSdkTypesRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetSdkTypesRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetSdkTypes);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetStageRequest {
    pub rest_api_id: String,
    pub stage_name: String,
}

impl Request for GetStageRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
        })
    }
}

/// What `GetStages` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetStagesRequest {
    pub rest_api_id: String,
    pub deployment_id: Option<String>,
}

impl Request for GetStagesRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetStages);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            deployment_id: reader.query("deploymentId", "deploymentId", &[])?,
        })
    }
}

/// What `GetTags` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetTagsRequest {
    pub resource_arn: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetTagsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetTags);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            resource_arn: reader.label("resource_arn", "resourceArn", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetUsage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUsageRequest {
    pub usage_plan_id: String,
    pub key_id: Option<String>,
    pub start_date: String,
    pub end_date: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetUsageRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetUsage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
            key_id: reader.query("keyId", "keyId", &[])?,
            start_date: reader.query_needed("startDate", "startDate", &[])?,
            end_date: reader.query_needed("endDate", "endDate", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetUsagePlan` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUsagePlanRequest {
    pub usage_plan_id: String,
}

impl Request for GetUsagePlanRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetUsagePlan);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])? })
    }
}

/// What `GetUsagePlanKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUsagePlanKeyRequest {
    pub usage_plan_id: String,
    pub key_id: String,
}

impl Request for GetUsagePlanKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetUsagePlanKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
            key_id: reader.label("keyId", "keyId", &[])?,
        })
    }
}

/// What `GetUsagePlanKeys` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUsagePlanKeysRequest {
    pub usage_plan_id: String,
    pub position: Option<String>,
    pub limit: Option<i32>,
    pub name_query: Option<String>,
}

impl Request for GetUsagePlanKeysRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetUsagePlanKeys);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
            name_query: reader.query("name", "nameQuery", &[])?,
        })
    }
}

/// What `GetUsagePlans` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUsagePlansRequest {
    pub position: Option<String>,
    pub key_id: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetUsagePlansRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetUsagePlans);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            key_id: reader.query("keyId", "keyId", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `GetVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetVpcLinkRequest {
    pub vpc_link_id: String,
}

impl Request for GetVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { vpc_link_id: reader.label("vpclink_id", "vpcLinkId", &[])? })
    }
}

/// What `GetVpcLinks` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetVpcLinksRequest {
    pub position: Option<String>,
    pub limit: Option<i32>,
}

impl Request for GetVpcLinksRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::GetVpcLinks);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            position: reader.query("position", "position", &[])?,
            limit: reader.query("limit", "limit", &[])?,
        })
    }
}

/// What `ImportApiKeys` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportApiKeysRequest {
    pub body: Vec<u8>,
    pub format: String,
    pub fail_on_warnings: Option<bool>,
}

impl Request for ImportApiKeysRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::ImportApiKeys);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            body: reader.payload(),
            format: reader.query_needed("format", "format", constraints::API_KEYS_FORMAT)?,
            fail_on_warnings: reader.query("failonwarnings", "failOnWarnings", &[])?,
        })
    }
}

/// What `ImportDocumentationParts` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportDocumentationPartsRequest {
    pub rest_api_id: String,
    pub mode: Option<String>,
    pub fail_on_warnings: Option<bool>,
    pub body: Vec<u8>,
}

impl Request for ImportDocumentationPartsRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::ImportDocumentationParts);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            body: reader.payload(),
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            mode: reader.query("mode", "mode", constraints::PUT_MODE)?,
            fail_on_warnings: reader.query("failonwarnings", "failOnWarnings", &[])?,
        })
    }
}

/// What `ImportRestApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportRestApiRequest {
    pub fail_on_warnings: Option<bool>,
    pub parameters: Option<Map<String>>,
    pub body: Vec<u8>,
}

impl Request for ImportRestApiRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::ImportRestApi);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            body: reader.payload(),
            fail_on_warnings: reader.query("failonwarnings", "failOnWarnings", &[])?,
            parameters: reader.query_rest(&["failonwarnings", "mode"]),
        })
    }
}

/// What `PutGatewayResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutGatewayResponseRequest {
    pub rest_api_id: String,
    pub response_type: String,
    pub status_code: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
}

impl Request for PutGatewayResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::PutGatewayResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            status_code: reader.get("statusCode", constraints::STATUS_CODE)?,
            response_parameters: reader.get("responseParameters", &[])?,
            response_templates: reader.get("responseTemplates", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            response_type: reader.label(
                "response_type",
                "responseType",
                constraints::GATEWAY_RESPONSE_TYPE,
            )?,
        })
    }
}

/// What `PutIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutIntegrationRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub r#type: String,
    pub integration_http_method: Option<String>,
    pub uri: Option<String>,
    pub connection_type: Option<String>,
    pub connection_id: Option<String>,
    pub credentials: Option<String>,
    pub request_parameters: Option<Map<String>>,
    pub request_templates: Option<Map<Option<String>>>,
    pub passthrough_behavior: Option<String>,
    pub cache_namespace: Option<String>,
    pub cache_key_parameters: Option<Vec<String>>,
    pub content_handling: Option<String>,
    pub timeout_in_millis: Option<i32>,
    pub tls_config: Option<shapes::TlsConfig>,
    pub response_transfer_mode: Option<String>,
    pub integration_target: Option<String>,
}

impl Request for PutIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::PutIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            r#type: reader.need("type", constraints::INTEGRATION_TYPE)?,
            integration_http_method: reader.get("httpMethod", &[])?,
            uri: reader.get("uri", &[])?,
            connection_type: reader.get("connectionType", constraints::CONNECTION_TYPE)?,
            connection_id: reader.get("connectionId", &[])?,
            credentials: reader.get("credentials", &[])?,
            request_parameters: reader.get("requestParameters", &[])?,
            request_templates: reader.get("requestTemplates", &[])?,
            passthrough_behavior: reader.get("passthroughBehavior", &[])?,
            cache_namespace: reader.get("cacheNamespace", &[])?,
            cache_key_parameters: reader.get("cacheKeyParameters", &[])?,
            content_handling: reader.get("contentHandling", constraints::CONTENT_HANDLING_STRATEGY)?,
            timeout_in_millis: reader.get("timeoutInMillis", &[])?,
            tls_config: reader.get("tlsConfig", &[])?,
            response_transfer_mode: reader
                .get("responseTransferMode", constraints::RESPONSE_TRANSFER_MODE)?,
            integration_target: reader.get("integrationTarget", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `PutIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutIntegrationResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
    pub selection_pattern: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<Option<String>>>,
    pub content_handling: Option<String>,
}

impl Request for PutIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::PutIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            selection_pattern: reader.get("selectionPattern", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            response_templates: reader.get("responseTemplates", &[])?,
            content_handling: reader.get("contentHandling", constraints::CONTENT_HANDLING_STRATEGY)?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `PutMethod` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutMethodRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub authorization_type: String,
    pub authorizer_id: Option<String>,
    pub api_key_required: Option<bool>,
    pub operation_name: Option<String>,
    pub request_parameters: Option<Map<bool>>,
    pub request_models: Option<Map<String>>,
    pub request_validator_id: Option<String>,
    pub authorization_scopes: Option<Vec<String>>,
}

impl Request for PutMethodRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::PutMethod);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            authorization_type: reader.need("authorizationType", &[])?,
            authorizer_id: reader.get("authorizerId", &[])?,
            api_key_required: reader.get("apiKeyRequired", &[])?,
            operation_name: reader.get("operationName", &[])?,
            request_parameters: reader.get("requestParameters", &[])?,
            request_models: reader.get("requestModels", &[])?,
            request_validator_id: reader.get("requestValidatorId", &[])?,
            authorization_scopes: reader.get("authorizationScopes", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `PutMethodResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutMethodResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
    pub response_parameters: Option<Map<bool>>,
    pub response_models: Option<Map<String>>,
}

impl Request for PutMethodResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::PutMethodResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            response_parameters: reader.get("responseParameters", &[])?,
            response_models: reader.get("responseModels", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `PutRestApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRestApiRequest {
    pub rest_api_id: String,
    pub mode: Option<String>,
    pub fail_on_warnings: Option<bool>,
    pub parameters: Option<Map<String>>,
    pub body: Vec<u8>,
}

impl Request for PutRestApiRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::PutRestApi);
    const RAW_BODY: bool = true;

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            body: reader.payload(),
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            mode: reader.query("mode", "mode", constraints::PUT_MODE)?,
            fail_on_warnings: reader.query("failonwarnings", "failOnWarnings", &[])?,
            parameters: reader.query_rest(&["mode", "failonwarnings"]),
        })
    }
}

/// What `RejectDomainNameAccessAssociation` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RejectDomainNameAccessAssociationRequest {
    pub domain_name_access_association_arn: String,
    pub domain_name_arn: String,
}

impl Request for RejectDomainNameAccessAssociationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::RejectDomainNameAccessAssociation);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name_access_association_arn: reader.query_needed(
                "domainNameAccessAssociationArn",
                "domainNameAccessAssociationArn",
                &[],
            )?,
            domain_name_arn: reader.query_needed("domainNameArn", "domainNameArn", &[])?,
        })
    }
}

/// What `TagResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource_arn: String,
    pub tags: Map<String>,
}

impl Request for TagResourceRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::TagResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            tags: reader.need("tags", &[])?,
            resource_arn: reader.label("resource_arn", "resourceArn", &[])?,
        })
    }
}

/// What `TestInvokeAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TestInvokeAuthorizerRequest {
    pub rest_api_id: String,
    pub authorizer_id: String,
    pub headers: Option<Map<String>>,
    pub multi_value_headers: Option<Map<Vec<String>>>,
    pub path_with_query_string: Option<String>,
    pub body: Option<String>,
    pub stage_variables: Option<Map<String>>,
    pub additional_context: Option<Map<String>>,
}

impl Request for TestInvokeAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::TestInvokeAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            headers: reader.get("headers", &[])?,
            multi_value_headers: reader.get("multiValueHeaders", &[])?,
            path_with_query_string: reader.get("pathWithQueryString", &[])?,
            body: reader.get("body", &[])?,
            stage_variables: reader.get("stageVariables", &[])?,
            additional_context: reader.get("additionalContext", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            authorizer_id: reader.label("authorizer_id", "authorizerId", &[])?,
        })
    }
}

/// What `TestInvokeMethod` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TestInvokeMethodRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub path_with_query_string: Option<String>,
    pub body: Option<String>,
    pub headers: Option<Map<String>>,
    pub multi_value_headers: Option<Map<Vec<String>>>,
    pub client_certificate_id: Option<String>,
    pub stage_variables: Option<Map<String>>,
}

impl Request for TestInvokeMethodRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::TestInvokeMethod);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path_with_query_string: reader.get("pathWithQueryString", &[])?,
            body: reader.get("body", &[])?,
            headers: reader.get("headers", &[])?,
            multi_value_headers: reader.get("multiValueHeaders", &[])?,
            client_certificate_id: reader.get("clientCertificateId", &[])?,
            stage_variables: reader.get("stageVariables", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `UntagResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagResourceRequest {
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}

impl Request for UntagResourceRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UntagResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            resource_arn: reader.label("resource_arn", "resourceArn", &[])?,
            tag_keys: reader.query_needed("tagKeys", "tagKeys", &[])?,
        })
    }
}

/// What `UpdateAccount` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAccountRequest {
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateAccountRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateAccount);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { patch_operations: reader.get("patchOperations", &[])? })
    }
}

/// What `UpdateApiKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateApiKeyRequest {
    pub api_key: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateApiKeyRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateApiKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            api_key: reader.label("api_Key", "apiKey", &[])?,
        })
    }
}

/// What `UpdateAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAuthorizerRequest {
    pub rest_api_id: String,
    pub authorizer_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            authorizer_id: reader.label("authorizer_id", "authorizerId", &[])?,
        })
    }
}

/// What `UpdateBasePathMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateBasePathMappingRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub base_path: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateBasePathMappingRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateBasePathMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
            base_path: reader.label("base_path", "basePath", &[])?,
        })
    }
}

/// What `UpdateClientCertificate` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateClientCertificateRequest {
    pub client_certificate_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateClientCertificateRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateClientCertificate);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            client_certificate_id: reader.label("clientcertificate_id", "clientCertificateId", &[])?,
        })
    }
}

/// What `UpdateDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDeploymentRequest {
    pub rest_api_id: String,
    pub deployment_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            deployment_id: reader.label("deployment_id", "deploymentId", &[])?,
        })
    }
}

/// What `UpdateDocumentationPart` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDocumentationPartRequest {
    pub rest_api_id: String,
    pub documentation_part_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateDocumentationPartRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateDocumentationPart);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            documentation_part_id: reader.label("part_id", "documentationPartId", &[])?,
        })
    }
}

/// What `UpdateDocumentationVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDocumentationVersionRequest {
    pub rest_api_id: String,
    pub documentation_version: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateDocumentationVersionRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateDocumentationVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            documentation_version: reader.label("doc_version", "documentationVersion", &[])?,
        })
    }
}

/// What `UpdateDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDomainNameRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            domain_name: reader.label("domain_name", "domainName", &[])?,
            domain_name_id: reader.query("domainNameId", "domainNameId", &[])?,
        })
    }
}

/// What `UpdateGatewayResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateGatewayResponseRequest {
    pub rest_api_id: String,
    pub response_type: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateGatewayResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateGatewayResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            response_type: reader.label(
                "response_type",
                "responseType",
                constraints::GATEWAY_RESPONSE_TYPE,
            )?,
        })
    }
}

/// What `UpdateIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateIntegrationRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `UpdateIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateIntegrationResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `UpdateMethod` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateMethodRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateMethodRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateMethod);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
        })
    }
}

/// What `UpdateMethodResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateMethodResponseRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub http_method: String,
    pub status_code: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateMethodResponseRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateMethodResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
            http_method: reader.label("http_method", "httpMethod", &[])?,
            status_code: reader.label("status_code", "statusCode", constraints::STATUS_CODE)?,
        })
    }
}

/// What `UpdateModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateModelRequest {
    pub rest_api_id: String,
    pub model_name: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateModelRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            model_name: reader.label("model_name", "modelName", &[])?,
        })
    }
}

/// What `UpdateRequestValidator` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRequestValidatorRequest {
    pub rest_api_id: String,
    pub request_validator_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateRequestValidatorRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateRequestValidator);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            request_validator_id: reader.label("requestvalidator_id", "requestValidatorId", &[])?,
        })
    }
}

/// What `UpdateResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateResourceRequest {
    pub rest_api_id: String,
    pub resource_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateResourceRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            resource_id: reader.label("resource_id", "resourceId", &[])?,
        })
    }
}

/// What `UpdateRestApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRestApiRequest {
    pub rest_api_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateRestApiRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateRestApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
        })
    }
}

/// What `UpdateStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateStageRequest {
    pub rest_api_id: String,
    pub stage_name: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateStageRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            rest_api_id: reader.label("restapi_id", "restApiId", &[])?,
            stage_name: reader.label("stage_name", "stageName", &[])?,
        })
    }
}

/// What `UpdateUsage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateUsageRequest {
    pub usage_plan_id: String,
    pub key_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateUsageRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateUsage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
            key_id: reader.label("keyId", "keyId", &[])?,
        })
    }
}

/// What `UpdateUsagePlan` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateUsagePlanRequest {
    pub usage_plan_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateUsagePlanRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateUsagePlan);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            usage_plan_id: reader.label("usageplanId", "usagePlanId", &[])?,
        })
    }
}

/// What `UpdateVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateVpcLinkRequest {
    pub vpc_link_id: String,
    pub patch_operations: Option<Vec<shapes::PatchOperation>>,
}

impl Request for UpdateVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGateway(Op::UpdateVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            patch_operations: reader.get("patchOperations", &[])?,
            vpc_link_id: reader.label("vpclink_id", "vpcLinkId", &[])?,
        })
    }
}
