//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

/// What `CreateApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateApiRequest {
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<shapes::Cors>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub ip_address_type: Option<String>,
    pub name: String,
    pub protocol_type: String,
    pub route_key: Option<String>,
    pub route_selection_expression: Option<String>,
    pub tags: Option<Map<String>>,
    pub target: Option<String>,
    pub version: Option<String>,
}

impl Request for CreateApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_key_selection_expression: reader.get("apiKeySelectionExpression", &[])?,
            cors_configuration: reader.get("corsConfiguration", &[])?,
            credentials_arn: reader.get("credentialsArn", &[])?,
            description: reader.get("description", &[])?,
            disable_schema_validation: reader.get("disableSchemaValidation", &[])?,
            disable_execute_api_endpoint: reader.get("disableExecuteApiEndpoint", &[])?,
            ip_address_type: reader.get("ipAddressType", constraints::IP_ADDRESS_TYPE)?,
            name: reader.need("name", &[])?,
            protocol_type: reader.need("protocolType", constraints::PROTOCOL_TYPE)?,
            route_key: reader.get("routeKey", &[])?,
            route_selection_expression: reader.get("routeSelectionExpression", &[])?,
            tags: reader.get("tags", &[])?,
            target: reader.get("target", &[])?,
            version: reader.get("version", &[])?,
        })
    }
}

/// What `CreateApiMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateApiMappingRequest {
    pub api_id: String,
    pub api_mapping_key: Option<String>,
    pub domain_name: String,
    pub stage: String,
}

impl Request for CreateApiMappingRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateApiMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.need("apiId", &[])?,
            api_mapping_key: reader.get("apiMappingKey", &[])?,
            stage: reader.need("stage", &[])?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
        })
    }
}

/// What `CreateAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAuthorizerRequest {
    pub api_id: String,
    pub authorizer_credentials_arn: Option<String>,
    pub authorizer_payload_format_version: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub authorizer_type: String,
    pub authorizer_uri: Option<String>,
    pub enable_simple_responses: Option<bool>,
    pub identity_source: Vec<String>,
    pub identity_validation_expression: Option<String>,
    pub jwt_configuration: Option<shapes::JWTConfiguration>,
    pub name: String,
}

impl Request for CreateAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            authorizer_credentials_arn: reader.get("authorizerCredentialsArn", &[])?,
            authorizer_payload_format_version: reader.get("authorizerPayloadFormatVersion", &[])?,
            authorizer_result_ttl_in_seconds: reader
                .get("authorizerResultTtlInSeconds", constraints::INTEGER_WITH_LENGTH_BETWEEN0_AND3600)?,
            authorizer_type: reader.need("authorizerType", constraints::AUTHORIZER_TYPE)?,
            authorizer_uri: reader.get("authorizerUri", &[])?,
            enable_simple_responses: reader.get("enableSimpleResponses", &[])?,
            identity_source: reader.need("identitySource", &[])?,
            identity_validation_expression: reader.get("identityValidationExpression", &[])?,
            jwt_configuration: reader.get("jwtConfiguration", &[])?,
            name: reader.need("name", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `CreateDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDeploymentRequest {
    pub api_id: String,
    pub description: Option<String>,
    pub stage_name: Option<String>,
}

impl Request for CreateDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("description", &[])?,
            stage_name: reader.get("stageName", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `CreateDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDomainNameRequest {
    pub domain_name: String,
    pub domain_name_configurations: Option<Vec<shapes::DomainNameConfiguration>>,
    pub mutual_tls_authentication: Option<shapes::MutualTlsAuthenticationInput>,
    pub routing_mode: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.need("domainName", &[])?,
            domain_name_configurations: reader.get("domainNameConfigurations", &[])?,
            mutual_tls_authentication: reader.get("mutualTlsAuthentication", &[])?,
            routing_mode: reader.get("routingMode", constraints::ROUTING_MODE)?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `CreateIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateIntegrationRequest {
    pub api_id: String,
    pub connection_id: Option<String>,
    pub connection_type: Option<String>,
    pub content_handling_strategy: Option<String>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub integration_method: Option<String>,
    pub integration_subtype: Option<String>,
    pub integration_type: String,
    pub integration_uri: Option<String>,
    pub passthrough_behavior: Option<String>,
    pub payload_format_version: Option<String>,
    pub request_parameters: Option<Map<String>>,
    pub request_templates: Option<Map<String>>,
    pub response_parameters: Option<Map<Map<String>>>,
    pub template_selection_expression: Option<String>,
    pub timeout_in_millis: Option<i32>,
    pub tls_config: Option<shapes::TlsConfigInput>,
}

impl Request for CreateIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            connection_id: reader.get("connectionId", &[])?,
            connection_type: reader.get("connectionType", constraints::CONNECTION_TYPE)?,
            content_handling_strategy: reader
                .get("contentHandlingStrategy", constraints::CONTENT_HANDLING_STRATEGY)?,
            credentials_arn: reader.get("credentialsArn", &[])?,
            description: reader.get("description", &[])?,
            integration_method: reader.get("integrationMethod", &[])?,
            integration_subtype: reader.get("integrationSubtype", &[])?,
            integration_type: reader.need("integrationType", constraints::INTEGRATION_TYPE)?,
            integration_uri: reader.get("integrationUri", &[])?,
            passthrough_behavior: reader.get("passthroughBehavior", constraints::PASSTHROUGH_BEHAVIOR)?,
            payload_format_version: reader.get("payloadFormatVersion", &[])?,
            request_parameters: reader.get("requestParameters", &[])?,
            request_templates: reader.get("requestTemplates", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            template_selection_expression: reader.get("templateSelectionExpression", &[])?,
            timeout_in_millis: reader
                .get("timeoutInMillis", constraints::INTEGER_WITH_LENGTH_BETWEEN50_AND30000)?,
            tls_config: reader.get("tlsConfig", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `CreateIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateIntegrationResponseRequest {
    pub api_id: String,
    pub content_handling_strategy: Option<String>,
    pub integration_id: String,
    pub integration_response_key: String,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub template_selection_expression: Option<String>,
}

impl Request for CreateIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            content_handling_strategy: reader
                .get("contentHandlingStrategy", constraints::CONTENT_HANDLING_STRATEGY)?,
            integration_response_key: reader.need("integrationResponseKey", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            response_templates: reader.get("responseTemplates", &[])?,
            template_selection_expression: reader.get("templateSelectionExpression", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
        })
    }
}

/// What `CreateModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateModelRequest {
    pub api_id: String,
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub name: String,
    pub schema: String,
}

impl Request for CreateModelRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            content_type: reader.get("contentType", &[])?,
            description: reader.get("description", &[])?,
            name: reader.need("name", &[])?,
            schema: reader.need("schema", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `CreatePortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePortalRequest {
    pub authorization: shapes::Authorization,
    pub endpoint_configuration: shapes::EndpointConfigurationRequest,
    pub included_portal_product_arns: Option<Vec<String>>,
    pub logo_uri: Option<String>,
    pub portal_content: shapes::PortalContent,
    pub rum_app_monitor_name: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Request for CreatePortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreatePortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            authorization: reader.need("authorization", &[])?,
            endpoint_configuration: reader.need("endpointConfiguration", &[])?,
            included_portal_product_arns: reader
                .get("includedPortalProductArns", constraints::LIST_OF__STRING_MIN20_MAX2048)?,
            logo_uri: reader.get("logoUri", constraints::STRING_MIN0_MAX1092)?,
            portal_content: reader.need("portalContent", &[])?,
            rum_app_monitor_name: reader.get("rumAppMonitorName", constraints::STRING_MIN0_MAX255)?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `CreatePortalProduct` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePortalProductRequest {
    pub description: Option<String>,
    pub display_name: String,
    pub tags: Option<Map<String>>,
}

impl Request for CreatePortalProductRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreatePortalProduct);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("description", constraints::STRING_MIN0_MAX1024)?,
            display_name: reader.need("displayName", constraints::STRING_MIN1_MAX255)?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `CreateProductPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateProductPageRequest {
    pub display_content: shapes::DisplayContent,
    pub portal_product_id: String,
}

impl Request for CreateProductPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateProductPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            display_content: reader.need("displayContent", &[])?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
        })
    }
}

/// What `CreateProductRestEndpointPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateProductRestEndpointPageRequest {
    pub display_content: Option<shapes::EndpointDisplayContent>,
    pub portal_product_id: String,
    pub rest_endpoint_identifier: shapes::RestEndpointIdentifier,
    pub try_it_state: Option<String>,
}

impl Request for CreateProductRestEndpointPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateProductRestEndpointPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            display_content: reader.get("displayContent", &[])?,
            rest_endpoint_identifier: reader.need("restEndpointIdentifier", &[])?,
            try_it_state: reader.get("tryItState", constraints::TRY_IT_STATE)?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
        })
    }
}

/// What `CreateRoute` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRouteRequest {
    pub api_id: String,
    pub api_key_required: Option<bool>,
    pub authorization_scopes: Option<Vec<String>>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub model_selection_expression: Option<String>,
    pub operation_name: Option<String>,
    pub request_models: Option<Map<String>>,
    pub request_parameters: Option<Map<shapes::ParameterConstraints>>,
    pub route_key: String,
    pub route_response_selection_expression: Option<String>,
    pub target: Option<String>,
}

impl Request for CreateRouteRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateRoute);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_key_required: reader.get("apiKeyRequired", &[])?,
            authorization_scopes: reader.get("authorizationScopes", &[])?,
            authorization_type: reader.get("authorizationType", constraints::AUTHORIZATION_TYPE)?,
            authorizer_id: reader.get("authorizerId", &[])?,
            model_selection_expression: reader.get("modelSelectionExpression", &[])?,
            operation_name: reader.get("operationName", &[])?,
            request_models: reader.get("requestModels", &[])?,
            request_parameters: reader.get("requestParameters", &[])?,
            route_key: reader.need("routeKey", &[])?,
            route_response_selection_expression: reader.get("routeResponseSelectionExpression", &[])?,
            target: reader.get("target", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `CreateRouteResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRouteResponseRequest {
    pub api_id: String,
    pub model_selection_expression: Option<String>,
    pub response_models: Option<Map<String>>,
    pub response_parameters: Option<Map<shapes::ParameterConstraints>>,
    pub route_id: String,
    pub route_response_key: String,
}

impl Request for CreateRouteResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateRouteResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            model_selection_expression: reader.get("modelSelectionExpression", &[])?,
            response_models: reader.get("responseModels", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            route_response_key: reader.need("routeResponseKey", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
        })
    }
}

/// What `CreateRoutingRule` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRoutingRuleRequest {
    pub actions: Vec<shapes::RoutingRuleAction>,
    pub conditions: Vec<shapes::RoutingRuleCondition>,
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub priority: i32,
}

impl Request for CreateRoutingRuleRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateRoutingRule);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            actions: reader.need("actions", &[])?,
            conditions: reader.need("conditions", &[])?,
            priority: reader.need("priority", constraints::ROUTING_RULE_PRIORITY)?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
            domain_name_id: reader.query("domainNameId", "DomainNameId", &[])?,
        })
    }
}

/// What `CreateStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateStageRequest {
    pub access_log_settings: Option<shapes::AccessLogSettings>,
    pub api_id: String,
    pub auto_deploy: Option<bool>,
    pub client_certificate_id: Option<String>,
    pub default_route_settings: Option<shapes::RouteSettings>,
    pub deployment_id: Option<String>,
    pub description: Option<String>,
    pub route_settings: Option<Map<shapes::RouteSettings>>,
    pub stage_name: String,
    pub stage_variables: Option<Map<String>>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateStageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            access_log_settings: reader.get("accessLogSettings", &[])?,
            auto_deploy: reader.get("autoDeploy", &[])?,
            client_certificate_id: reader.get("clientCertificateId", &[])?,
            default_route_settings: reader.get("defaultRouteSettings", &[])?,
            deployment_id: reader.get("deploymentId", &[])?,
            description: reader.get("description", &[])?,
            route_settings: reader.get("routeSettings", &[])?,
            stage_name: reader.need("stageName", &[])?,
            stage_variables: reader.get("stageVariables", &[])?,
            tags: reader.get("tags", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `CreateVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateVpcLinkRequest {
    pub name: String,
    pub security_group_ids: Option<Vec<String>>,
    pub subnet_ids: Vec<String>,
    pub tags: Option<Map<String>>,
}

impl Request for CreateVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::CreateVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("name", &[])?,
            security_group_ids: reader.get("securityGroupIds", &[])?,
            subnet_ids: reader.need("subnetIds", &[])?,
            tags: reader.get("tags", &[])?,
        })
    }
}

/// What `DeleteAccessLogSettings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteAccessLogSettingsRequest {
    pub api_id: String,
    pub stage_name: String,
}

impl Request for DeleteAccessLogSettingsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteAccessLogSettings);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            stage_name: reader.label("stageName", "StageName", &[])?,
        })
    }
}

/// What `DeleteApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteApiRequest {
    pub api_id: String,
}

impl Request for DeleteApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { api_id: reader.label("apiId", "ApiId", &[])? })
    }
}

/// What `DeleteApiMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteApiMappingRequest {
    pub api_mapping_id: String,
    pub domain_name: String,
}

impl Request for DeleteApiMappingRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteApiMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_mapping_id: reader.label("apiMappingId", "ApiMappingId", &[])?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
        })
    }
}

/// What `DeleteAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteAuthorizerRequest {
    pub api_id: String,
    pub authorizer_id: String,
}

impl Request for DeleteAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            authorizer_id: reader.label("authorizerId", "AuthorizerId", &[])?,
        })
    }
}

/// What `DeleteCorsConfiguration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteCorsConfigurationRequest {
    pub api_id: String,
}

impl Request for DeleteCorsConfigurationRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteCorsConfiguration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { api_id: reader.label("apiId", "ApiId", &[])? })
    }
}

/// What `DeleteDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDeploymentRequest {
    pub api_id: String,
    pub deployment_id: String,
}

impl Request for DeleteDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            deployment_id: reader.label("deploymentId", "DeploymentId", &[])?,
        })
    }
}

/// What `DeleteDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteDomainNameRequest {
    pub domain_name: String,
}

impl Request for DeleteDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { domain_name: reader.label("domainName", "DomainName", &[])? })
    }
}

/// What `DeleteIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteIntegrationRequest {
    pub api_id: String,
    pub integration_id: String,
}

impl Request for DeleteIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
        })
    }
}

/// What `DeleteIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteIntegrationResponseRequest {
    pub api_id: String,
    pub integration_id: String,
    pub integration_response_id: String,
}

impl Request for DeleteIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
            integration_response_id: reader.label("integrationResponseId", "IntegrationResponseId", &[])?,
        })
    }
}

/// What `DeleteModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteModelRequest {
    pub api_id: String,
    pub model_id: String,
}

impl Request for DeleteModelRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            model_id: reader.label("modelId", "ModelId", &[])?,
        })
    }
}

/// What `DeletePortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeletePortalRequest {
    pub portal_id: String,
}

impl Request for DeletePortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeletePortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_id: reader.label("portalId", "PortalId", &[])? })
    }
}

/// What `DeletePortalProduct` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeletePortalProductRequest {
    pub portal_product_id: String,
}

impl Request for DeletePortalProductRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeletePortalProduct);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_product_id: reader.label("portalProductId", "PortalProductId", &[])? })
    }
}

/// What `DeletePortalProductSharingPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeletePortalProductSharingPolicyRequest {
    pub portal_product_id: String,
}

impl Request for DeletePortalProductSharingPolicyRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeletePortalProductSharingPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_product_id: reader.label("portalProductId", "PortalProductId", &[])? })
    }
}

/// What `DeleteProductPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteProductPageRequest {
    pub portal_product_id: String,
    pub product_page_id: String,
}

impl Request for DeleteProductPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteProductPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            product_page_id: reader.label("productPageId", "ProductPageId", &[])?,
        })
    }
}

/// What `DeleteProductRestEndpointPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteProductRestEndpointPageRequest {
    pub portal_product_id: String,
    pub product_rest_endpoint_page_id: String,
}

impl Request for DeleteProductRestEndpointPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteProductRestEndpointPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            product_rest_endpoint_page_id: reader.label(
                "productRestEndpointPageId",
                "ProductRestEndpointPageId",
                &[],
            )?,
        })
    }
}

/// What `DeleteRoute` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRouteRequest {
    pub api_id: String,
    pub route_id: String,
}

impl Request for DeleteRouteRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteRoute);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
        })
    }
}

/// What `DeleteRouteRequestParameter` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRouteRequestParameterRequest {
    pub api_id: String,
    pub request_parameter_key: String,
    pub route_id: String,
}

impl Request for DeleteRouteRequestParameterRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteRouteRequestParameter);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            request_parameter_key: reader.label("requestParameterKey", "RequestParameterKey", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
        })
    }
}

/// What `DeleteRouteResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRouteResponseRequest {
    pub api_id: String,
    pub route_id: String,
    pub route_response_id: String,
}

impl Request for DeleteRouteResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteRouteResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
            route_response_id: reader.label("routeResponseId", "RouteResponseId", &[])?,
        })
    }
}

/// What `DeleteRouteSettings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRouteSettingsRequest {
    pub api_id: String,
    pub route_key: String,
    pub stage_name: String,
}

impl Request for DeleteRouteSettingsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteRouteSettings);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_key: reader.label("routeKey", "RouteKey", &[])?,
            stage_name: reader.label("stageName", "StageName", &[])?,
        })
    }
}

/// What `DeleteRoutingRule` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRoutingRuleRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub routing_rule_id: String,
}

impl Request for DeleteRoutingRuleRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteRoutingRule);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domainName", "DomainName", &[])?,
            domain_name_id: reader.query("domainNameId", "DomainNameId", &[])?,
            routing_rule_id: reader.label("routingRuleId", "RoutingRuleId", &[])?,
        })
    }
}

/// What `DeleteStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteStageRequest {
    pub api_id: String,
    pub stage_name: String,
}

impl Request for DeleteStageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            stage_name: reader.label("stageName", "StageName", &[])?,
        })
    }
}

/// What `DeleteVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteVpcLinkRequest {
    pub vpc_link_id: String,
}

impl Request for DeleteVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DeleteVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { vpc_link_id: reader.label("vpcLinkId", "VpcLinkId", &[])? })
    }
}

/// What `DisablePortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisablePortalRequest {
    pub portal_id: String,
}

impl Request for DisablePortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::DisablePortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_id: reader.label("portalId", "PortalId", &[])? })
    }
}

/// What `ExportApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportApiRequest {
    pub api_id: String,
    pub export_version: Option<String>,
    pub include_extensions: Option<bool>,
    pub output_type: String,
    pub specification: String,
    pub stage_name: Option<String>,
}

impl Request for ExportApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ExportApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            export_version: reader.query("exportVersion", "ExportVersion", &[])?,
            include_extensions: reader.query("includeExtensions", "IncludeExtensions", &[])?,
            output_type: reader.query_needed("outputType", "OutputType", &[])?,
            specification: reader.label("specification", "Specification", &[])?,
            stage_name: reader.query("stageName", "StageName", &[])?,
        })
    }
}

/// What `GetApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiRequest {
    pub api_id: String,
}

impl Request for GetApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { api_id: reader.label("apiId", "ApiId", &[])? })
    }
}

/// What `GetApiMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiMappingRequest {
    pub api_mapping_id: String,
    pub domain_name: String,
}

impl Request for GetApiMappingRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetApiMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_mapping_id: reader.label("apiMappingId", "ApiMappingId", &[])?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
        })
    }
}

/// What `GetApiMappings` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiMappingsRequest {
    pub domain_name: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetApiMappingsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetApiMappings);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domainName", "DomainName", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetApis` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApisRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetApisRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetApis);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAuthorizerRequest {
    pub api_id: String,
    pub authorizer_id: String,
}

impl Request for GetAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            authorizer_id: reader.label("authorizerId", "AuthorizerId", &[])?,
        })
    }
}

/// What `GetAuthorizers` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAuthorizersRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetAuthorizersRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetAuthorizers);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDeploymentRequest {
    pub api_id: String,
    pub deployment_id: String,
}

impl Request for GetDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            deployment_id: reader.label("deploymentId", "DeploymentId", &[])?,
        })
    }
}

/// What `GetDeployments` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDeploymentsRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetDeploymentsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetDeployments);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNameRequest {
    pub domain_name: String,
}

impl Request for GetDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { domain_name: reader.label("domainName", "DomainName", &[])? })
    }
}

/// What `GetDomainNames` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNamesRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetDomainNamesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetDomainNames);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationRequest {
    pub api_id: String,
    pub integration_id: String,
}

impl Request for GetIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
        })
    }
}

/// What `GetIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationResponseRequest {
    pub api_id: String,
    pub integration_id: String,
    pub integration_response_id: String,
}

impl Request for GetIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
            integration_response_id: reader.label("integrationResponseId", "IntegrationResponseId", &[])?,
        })
    }
}

/// What `GetIntegrationResponses` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationResponsesRequest {
    pub api_id: String,
    pub integration_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetIntegrationResponsesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetIntegrationResponses);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetIntegrations` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationsRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetIntegrationsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetIntegrations);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelRequest {
    pub api_id: String,
    pub model_id: String,
}

impl Request for GetModelRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            model_id: reader.label("modelId", "ModelId", &[])?,
        })
    }
}

/// What `GetModelTemplate` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelTemplateRequest {
    pub api_id: String,
    pub model_id: String,
}

impl Request for GetModelTemplateRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetModelTemplate);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            model_id: reader.label("modelId", "ModelId", &[])?,
        })
    }
}

/// What `GetModels` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelsRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetModelsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetModels);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetPortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPortalRequest {
    pub portal_id: String,
}

impl Request for GetPortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetPortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_id: reader.label("portalId", "PortalId", &[])? })
    }
}

/// What `GetPortalProduct` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPortalProductRequest {
    pub portal_product_id: String,
    pub resource_owner_account_id: Option<String>,
}

impl Request for GetPortalProductRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetPortalProduct);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            resource_owner_account_id: reader.query(
                "resourceOwnerAccountId",
                "ResourceOwnerAccountId",
                &[],
            )?,
        })
    }
}

/// What `GetPortalProductSharingPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPortalProductSharingPolicyRequest {
    pub portal_product_id: String,
}

impl Request for GetPortalProductSharingPolicyRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetPortalProductSharingPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_product_id: reader.label("portalProductId", "PortalProductId", &[])? })
    }
}

/// What `GetProductPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetProductPageRequest {
    pub portal_product_id: String,
    pub product_page_id: String,
    pub resource_owner_account_id: Option<String>,
}

impl Request for GetProductPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetProductPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            product_page_id: reader.label("productPageId", "ProductPageId", &[])?,
            resource_owner_account_id: reader.query(
                "resourceOwnerAccountId",
                "ResourceOwnerAccountId",
                &[],
            )?,
        })
    }
}

/// What `GetProductRestEndpointPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetProductRestEndpointPageRequest {
    pub include_raw_display_content: Option<String>,
    pub portal_product_id: String,
    pub product_rest_endpoint_page_id: String,
    pub resource_owner_account_id: Option<String>,
}

impl Request for GetProductRestEndpointPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetProductRestEndpointPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            include_raw_display_content: reader.query(
                "includeRawDisplayContent",
                "IncludeRawDisplayContent",
                &[],
            )?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            product_rest_endpoint_page_id: reader.label(
                "productRestEndpointPageId",
                "ProductRestEndpointPageId",
                &[],
            )?,
            resource_owner_account_id: reader.query(
                "resourceOwnerAccountId",
                "ResourceOwnerAccountId",
                &[],
            )?,
        })
    }
}

/// What `GetRoute` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRouteRequest {
    pub api_id: String,
    pub route_id: String,
}

impl Request for GetRouteRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetRoute);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
        })
    }
}

/// What `GetRouteResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRouteResponseRequest {
    pub api_id: String,
    pub route_id: String,
    pub route_response_id: String,
}

impl Request for GetRouteResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetRouteResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
            route_response_id: reader.label("routeResponseId", "RouteResponseId", &[])?,
        })
    }
}

/// What `GetRouteResponses` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRouteResponsesRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
    pub route_id: String,
}

impl Request for GetRouteResponsesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetRouteResponses);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
        })
    }
}

/// What `GetRoutes` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRoutesRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetRoutesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetRoutes);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetRoutingRule` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRoutingRuleRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub routing_rule_id: String,
}

impl Request for GetRoutingRuleRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetRoutingRule);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domainName", "DomainName", &[])?,
            domain_name_id: reader.query("domainNameId", "DomainNameId", &[])?,
            routing_rule_id: reader.label("routingRuleId", "RoutingRuleId", &[])?,
        })
    }
}

/// What `GetStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetStageRequest {
    pub api_id: String,
    pub stage_name: String,
}

impl Request for GetStageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            stage_name: reader.label("stageName", "StageName", &[])?,
        })
    }
}

/// What `GetStages` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetStagesRequest {
    pub api_id: String,
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetStagesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetStages);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `GetTags` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetTagsRequest {
    pub resource_arn: String,
}

impl Request for GetTagsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetTags);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { resource_arn: reader.label("resource-arn", "ResourceArn", &[])? })
    }
}

/// What `GetVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetVpcLinkRequest {
    pub vpc_link_id: String,
}

impl Request for GetVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { vpc_link_id: reader.label("vpcLinkId", "VpcLinkId", &[])? })
    }
}

/// What `GetVpcLinks` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetVpcLinksRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for GetVpcLinksRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::GetVpcLinks);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `ImportApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportApiRequest {
    pub basepath: Option<String>,
    pub body: String,
    pub fail_on_warnings: Option<bool>,
}

impl Request for ImportApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ImportApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            body: reader.need("body", &[])?,
            basepath: reader.query("basepath", "Basepath", &[])?,
            fail_on_warnings: reader.query("failOnWarnings", "FailOnWarnings", &[])?,
        })
    }
}

/// What `ListPortalProducts` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPortalProductsRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
    pub resource_owner: Option<String>,
}

impl Request for ListPortalProductsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ListPortalProducts);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
            resource_owner: reader.query("resourceOwner", "ResourceOwner", &[])?,
        })
    }
}

/// What `ListPortals` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPortalsRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
}

impl Request for ListPortalsRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ListPortals);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `ListProductPages` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListProductPagesRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
    pub portal_product_id: String,
    pub resource_owner_account_id: Option<String>,
}

impl Request for ListProductPagesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ListProductPages);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            resource_owner_account_id: reader.query(
                "resourceOwnerAccountId",
                "ResourceOwnerAccountId",
                &[],
            )?,
        })
    }
}

/// What `ListProductRestEndpointPages` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListProductRestEndpointPagesRequest {
    pub max_results: Option<String>,
    pub next_token: Option<String>,
    pub portal_product_id: String,
    pub resource_owner_account_id: Option<String>,
}

impl Request for ListProductRestEndpointPagesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ListProductRestEndpointPages);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            max_results: reader.query("maxResults", "MaxResults", &[])?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            resource_owner_account_id: reader.query(
                "resourceOwnerAccountId",
                "ResourceOwnerAccountId",
                &[],
            )?,
        })
    }
}

/// What `ListRoutingRules` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRoutingRulesRequest {
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
}

impl Request for ListRoutingRulesRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ListRoutingRules);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name: reader.label("domainName", "DomainName", &[])?,
            domain_name_id: reader.query("domainNameId", "DomainNameId", &[])?,
            max_results: reader.query("maxResults", "MaxResults", constraints::MAX_RESULTS)?,
            next_token: reader.query("nextToken", "NextToken", &[])?,
        })
    }
}

/// What `PreviewPortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviewPortalRequest {
    pub portal_id: String,
}

impl Request for PreviewPortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::PreviewPortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { portal_id: reader.label("portalId", "PortalId", &[])? })
    }
}

/// What `PublishPortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublishPortalRequest {
    pub description: Option<String>,
    pub portal_id: String,
}

impl Request for PublishPortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::PublishPortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("description", constraints::STRING_MIN0_MAX1024)?,
            portal_id: reader.label("portalId", "PortalId", &[])?,
        })
    }
}

/// What `PutPortalProductSharingPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutPortalProductSharingPolicyRequest {
    pub policy_document: String,
    pub portal_product_id: String,
}

impl Request for PutPortalProductSharingPolicyRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::PutPortalProductSharingPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_document: reader.need("policyDocument", constraints::STRING_MIN1_MAX307200)?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
        })
    }
}

/// What `PutRoutingRule` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRoutingRuleRequest {
    pub actions: Vec<shapes::RoutingRuleAction>,
    pub conditions: Vec<shapes::RoutingRuleCondition>,
    pub domain_name: String,
    pub domain_name_id: Option<String>,
    pub priority: i32,
    pub routing_rule_id: String,
}

impl Request for PutRoutingRuleRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::PutRoutingRule);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            actions: reader.need("actions", &[])?,
            conditions: reader.need("conditions", &[])?,
            priority: reader.need("priority", constraints::ROUTING_RULE_PRIORITY)?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
            domain_name_id: reader.query("domainNameId", "DomainNameId", &[])?,
            routing_rule_id: reader.label("routingRuleId", "RoutingRuleId", &[])?,
        })
    }
}

/// What `ReimportApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReimportApiRequest {
    pub api_id: String,
    pub basepath: Option<String>,
    pub body: String,
    pub fail_on_warnings: Option<bool>,
}

impl Request for ReimportApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ReimportApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            body: reader.need("body", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            basepath: reader.query("basepath", "Basepath", &[])?,
            fail_on_warnings: reader.query("failOnWarnings", "FailOnWarnings", &[])?,
        })
    }
}

/// What `ResetAuthorizersCache` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResetAuthorizersCacheRequest {
    pub api_id: String,
    pub stage_name: String,
}

impl Request for ResetAuthorizersCacheRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::ResetAuthorizersCache);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.label("apiId", "ApiId", &[])?,
            stage_name: reader.label("stageName", "StageName", &[])?,
        })
    }
}

/// What `TagResource` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource_arn: String,
    pub tags: Option<Map<String>>,
}

impl Request for TagResourceRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::TagResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            tags: reader.get("tags", &[])?,
            resource_arn: reader.label("resource-arn", "ResourceArn", &[])?,
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
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UntagResource);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            resource_arn: reader.label("resource-arn", "ResourceArn", &[])?,
            tag_keys: reader.query_needed("tagKeys", "TagKeys", &[])?,
        })
    }
}

/// What `UpdateApi` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateApiRequest {
    pub api_id: String,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<shapes::Cors>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub ip_address_type: Option<String>,
    pub name: Option<String>,
    pub route_key: Option<String>,
    pub route_selection_expression: Option<String>,
    pub target: Option<String>,
    pub version: Option<String>,
}

impl Request for UpdateApiRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateApi);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_key_selection_expression: reader.get("apiKeySelectionExpression", &[])?,
            cors_configuration: reader.get("corsConfiguration", &[])?,
            credentials_arn: reader.get("credentialsArn", &[])?,
            description: reader.get("description", &[])?,
            disable_schema_validation: reader.get("disableSchemaValidation", &[])?,
            disable_execute_api_endpoint: reader.get("disableExecuteApiEndpoint", &[])?,
            ip_address_type: reader.get("ipAddressType", constraints::IP_ADDRESS_TYPE)?,
            name: reader.get("name", &[])?,
            route_key: reader.get("routeKey", &[])?,
            route_selection_expression: reader.get("routeSelectionExpression", &[])?,
            target: reader.get("target", &[])?,
            version: reader.get("version", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
        })
    }
}

/// What `UpdateApiMapping` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateApiMappingRequest {
    pub api_id: String,
    pub api_mapping_id: String,
    pub api_mapping_key: Option<String>,
    pub domain_name: String,
    pub stage: Option<String>,
}

impl Request for UpdateApiMappingRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateApiMapping);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_id: reader.need("apiId", &[])?,
            api_mapping_key: reader.get("apiMappingKey", &[])?,
            stage: reader.get("stage", &[])?,
            api_mapping_id: reader.label("apiMappingId", "ApiMappingId", &[])?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
        })
    }
}

/// What `UpdateAuthorizer` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAuthorizerRequest {
    pub api_id: String,
    pub authorizer_credentials_arn: Option<String>,
    pub authorizer_id: String,
    pub authorizer_payload_format_version: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub authorizer_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub enable_simple_responses: Option<bool>,
    pub identity_source: Option<Vec<String>>,
    pub identity_validation_expression: Option<String>,
    pub jwt_configuration: Option<shapes::JWTConfiguration>,
    pub name: Option<String>,
}

impl Request for UpdateAuthorizerRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateAuthorizer);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            authorizer_credentials_arn: reader.get("authorizerCredentialsArn", &[])?,
            authorizer_payload_format_version: reader.get("authorizerPayloadFormatVersion", &[])?,
            authorizer_result_ttl_in_seconds: reader
                .get("authorizerResultTtlInSeconds", constraints::INTEGER_WITH_LENGTH_BETWEEN0_AND3600)?,
            authorizer_type: reader.get("authorizerType", constraints::AUTHORIZER_TYPE)?,
            authorizer_uri: reader.get("authorizerUri", &[])?,
            enable_simple_responses: reader.get("enableSimpleResponses", &[])?,
            identity_source: reader.get("identitySource", &[])?,
            identity_validation_expression: reader.get("identityValidationExpression", &[])?,
            jwt_configuration: reader.get("jwtConfiguration", &[])?,
            name: reader.get("name", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            authorizer_id: reader.label("authorizerId", "AuthorizerId", &[])?,
        })
    }
}

/// What `UpdateDeployment` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDeploymentRequest {
    pub api_id: String,
    pub deployment_id: String,
    pub description: Option<String>,
}

impl Request for UpdateDeploymentRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateDeployment);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("description", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            deployment_id: reader.label("deploymentId", "DeploymentId", &[])?,
        })
    }
}

/// What `UpdateDomainName` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDomainNameRequest {
    pub domain_name: String,
    pub domain_name_configurations: Option<Vec<shapes::DomainNameConfiguration>>,
    pub mutual_tls_authentication: Option<shapes::MutualTlsAuthenticationInput>,
    pub routing_mode: Option<String>,
}

impl Request for UpdateDomainNameRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateDomainName);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            domain_name_configurations: reader.get("domainNameConfigurations", &[])?,
            mutual_tls_authentication: reader.get("mutualTlsAuthentication", &[])?,
            routing_mode: reader.get("routingMode", constraints::ROUTING_MODE)?,
            domain_name: reader.label("domainName", "DomainName", &[])?,
        })
    }
}

/// What `UpdateIntegration` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateIntegrationRequest {
    pub api_id: String,
    pub connection_id: Option<String>,
    pub connection_type: Option<String>,
    pub content_handling_strategy: Option<String>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub integration_id: String,
    pub integration_method: Option<String>,
    pub integration_subtype: Option<String>,
    pub integration_type: Option<String>,
    pub integration_uri: Option<String>,
    pub passthrough_behavior: Option<String>,
    pub payload_format_version: Option<String>,
    pub request_parameters: Option<Map<String>>,
    pub request_templates: Option<Map<String>>,
    pub response_parameters: Option<Map<Map<String>>>,
    pub template_selection_expression: Option<String>,
    pub timeout_in_millis: Option<i32>,
    pub tls_config: Option<shapes::TlsConfigInput>,
}

impl Request for UpdateIntegrationRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateIntegration);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            connection_id: reader.get("connectionId", &[])?,
            connection_type: reader.get("connectionType", constraints::CONNECTION_TYPE)?,
            content_handling_strategy: reader
                .get("contentHandlingStrategy", constraints::CONTENT_HANDLING_STRATEGY)?,
            credentials_arn: reader.get("credentialsArn", &[])?,
            description: reader.get("description", &[])?,
            integration_method: reader.get("integrationMethod", &[])?,
            integration_subtype: reader.get("integrationSubtype", &[])?,
            integration_type: reader.get("integrationType", constraints::INTEGRATION_TYPE)?,
            integration_uri: reader.get("integrationUri", &[])?,
            passthrough_behavior: reader.get("passthroughBehavior", constraints::PASSTHROUGH_BEHAVIOR)?,
            payload_format_version: reader.get("payloadFormatVersion", &[])?,
            request_parameters: reader.get("requestParameters", &[])?,
            request_templates: reader.get("requestTemplates", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            template_selection_expression: reader.get("templateSelectionExpression", &[])?,
            timeout_in_millis: reader
                .get("timeoutInMillis", constraints::INTEGER_WITH_LENGTH_BETWEEN50_AND30000)?,
            tls_config: reader.get("tlsConfig", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
        })
    }
}

/// What `UpdateIntegrationResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateIntegrationResponseRequest {
    pub api_id: String,
    pub content_handling_strategy: Option<String>,
    pub integration_id: String,
    pub integration_response_id: String,
    pub integration_response_key: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub template_selection_expression: Option<String>,
}

impl Request for UpdateIntegrationResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateIntegrationResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            content_handling_strategy: reader
                .get("contentHandlingStrategy", constraints::CONTENT_HANDLING_STRATEGY)?,
            integration_response_key: reader.get("integrationResponseKey", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            response_templates: reader.get("responseTemplates", &[])?,
            template_selection_expression: reader.get("templateSelectionExpression", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            integration_id: reader.label("integrationId", "IntegrationId", &[])?,
            integration_response_id: reader.label("integrationResponseId", "IntegrationResponseId", &[])?,
        })
    }
}

/// What `UpdateModel` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateModelRequest {
    pub api_id: String,
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub model_id: String,
    pub name: Option<String>,
    pub schema: Option<String>,
}

impl Request for UpdateModelRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateModel);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            content_type: reader.get("contentType", &[])?,
            description: reader.get("description", &[])?,
            name: reader.get("name", &[])?,
            schema: reader.get("schema", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            model_id: reader.label("modelId", "ModelId", &[])?,
        })
    }
}

/// What `UpdatePortal` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdatePortalRequest {
    pub authorization: Option<shapes::Authorization>,
    pub endpoint_configuration: Option<shapes::EndpointConfigurationRequest>,
    pub included_portal_product_arns: Option<Vec<String>>,
    pub logo_uri: Option<String>,
    pub portal_content: Option<shapes::PortalContent>,
    pub portal_id: String,
    pub rum_app_monitor_name: Option<String>,
}

impl Request for UpdatePortalRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdatePortal);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            authorization: reader.get("authorization", &[])?,
            endpoint_configuration: reader.get("endpointConfiguration", &[])?,
            included_portal_product_arns: reader
                .get("includedPortalProductArns", constraints::LIST_OF__STRING_MIN20_MAX2048)?,
            logo_uri: reader.get("logoUri", constraints::STRING_MIN0_MAX1092)?,
            portal_content: reader.get("portalContent", &[])?,
            rum_app_monitor_name: reader.get("rumAppMonitorName", constraints::STRING_MIN0_MAX255)?,
            portal_id: reader.label("portalId", "PortalId", &[])?,
        })
    }
}

/// What `UpdatePortalProduct` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdatePortalProductRequest {
    pub description: Option<String>,
    pub display_name: Option<String>,
    pub display_order: Option<shapes::DisplayOrder>,
    pub portal_product_id: String,
}

impl Request for UpdatePortalProductRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdatePortalProduct);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            description: reader.get("description", constraints::STRING_MIN0_MAX1024)?,
            display_name: reader.get("displayName", constraints::STRING_MIN1_MAX255)?,
            display_order: reader.get("displayOrder", &[])?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
        })
    }
}

/// What `UpdateProductPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateProductPageRequest {
    pub display_content: Option<shapes::DisplayContent>,
    pub portal_product_id: String,
    pub product_page_id: String,
}

impl Request for UpdateProductPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateProductPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            display_content: reader.get("displayContent", &[])?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            product_page_id: reader.label("productPageId", "ProductPageId", &[])?,
        })
    }
}

/// What `UpdateProductRestEndpointPage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateProductRestEndpointPageRequest {
    pub display_content: Option<shapes::EndpointDisplayContent>,
    pub portal_product_id: String,
    pub product_rest_endpoint_page_id: String,
    pub try_it_state: Option<String>,
}

impl Request for UpdateProductRestEndpointPageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateProductRestEndpointPage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            display_content: reader.get("displayContent", &[])?,
            try_it_state: reader.get("tryItState", constraints::TRY_IT_STATE)?,
            portal_product_id: reader.label("portalProductId", "PortalProductId", &[])?,
            product_rest_endpoint_page_id: reader.label(
                "productRestEndpointPageId",
                "ProductRestEndpointPageId",
                &[],
            )?,
        })
    }
}

/// What `UpdateRoute` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRouteRequest {
    pub api_id: String,
    pub api_key_required: Option<bool>,
    pub authorization_scopes: Option<Vec<String>>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub model_selection_expression: Option<String>,
    pub operation_name: Option<String>,
    pub request_models: Option<Map<String>>,
    pub request_parameters: Option<Map<shapes::ParameterConstraints>>,
    pub route_id: String,
    pub route_key: Option<String>,
    pub route_response_selection_expression: Option<String>,
    pub target: Option<String>,
}

impl Request for UpdateRouteRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateRoute);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            api_key_required: reader.get("apiKeyRequired", &[])?,
            authorization_scopes: reader.get("authorizationScopes", &[])?,
            authorization_type: reader.get("authorizationType", constraints::AUTHORIZATION_TYPE)?,
            authorizer_id: reader.get("authorizerId", &[])?,
            model_selection_expression: reader.get("modelSelectionExpression", &[])?,
            operation_name: reader.get("operationName", &[])?,
            request_models: reader.get("requestModels", &[])?,
            request_parameters: reader.get("requestParameters", &[])?,
            route_key: reader.get("routeKey", &[])?,
            route_response_selection_expression: reader.get("routeResponseSelectionExpression", &[])?,
            target: reader.get("target", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
        })
    }
}

/// What `UpdateRouteResponse` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRouteResponseRequest {
    pub api_id: String,
    pub model_selection_expression: Option<String>,
    pub response_models: Option<Map<String>>,
    pub response_parameters: Option<Map<shapes::ParameterConstraints>>,
    pub route_id: String,
    pub route_response_id: String,
    pub route_response_key: Option<String>,
}

impl Request for UpdateRouteResponseRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateRouteResponse);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            model_selection_expression: reader.get("modelSelectionExpression", &[])?,
            response_models: reader.get("responseModels", &[])?,
            response_parameters: reader.get("responseParameters", &[])?,
            route_response_key: reader.get("routeResponseKey", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            route_id: reader.label("routeId", "RouteId", &[])?,
            route_response_id: reader.label("routeResponseId", "RouteResponseId", &[])?,
        })
    }
}

/// What `UpdateStage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateStageRequest {
    pub access_log_settings: Option<shapes::AccessLogSettings>,
    pub api_id: String,
    pub auto_deploy: Option<bool>,
    pub client_certificate_id: Option<String>,
    pub default_route_settings: Option<shapes::RouteSettings>,
    pub deployment_id: Option<String>,
    pub description: Option<String>,
    pub route_settings: Option<Map<shapes::RouteSettings>>,
    pub stage_name: String,
    pub stage_variables: Option<Map<String>>,
}

impl Request for UpdateStageRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateStage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            access_log_settings: reader.get("accessLogSettings", &[])?,
            auto_deploy: reader.get("autoDeploy", &[])?,
            client_certificate_id: reader.get("clientCertificateId", &[])?,
            default_route_settings: reader.get("defaultRouteSettings", &[])?,
            deployment_id: reader.get("deploymentId", &[])?,
            description: reader.get("description", &[])?,
            route_settings: reader.get("routeSettings", &[])?,
            stage_variables: reader.get("stageVariables", &[])?,
            api_id: reader.label("apiId", "ApiId", &[])?,
            stage_name: reader.label("stageName", "StageName", &[])?,
        })
    }
}

/// What `UpdateVpcLink` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateVpcLinkRequest {
    pub name: Option<String>,
    pub vpc_link_id: String,
}

impl Request for UpdateVpcLinkRequest {
    const OPERATION: Operation = Operation::ApiGatewayV2(Op::UpdateVpcLink);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { name: reader.get("name", &[])?, vpc_link_id: reader.label("vpcLinkId", "VpcLinkId", &[])? })
    }
}
