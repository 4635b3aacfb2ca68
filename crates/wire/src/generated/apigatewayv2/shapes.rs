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

/// `ACMManaged` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ACMManaged {
    pub certificate_arn: String,
    pub domain_name: String,
}

impl Item for ACMManaged {}
impl FromJson for ACMManaged {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            certificate_arn: members.need("certificateArn", constraints::STRING_MIN10_MAX2048)?,
            domain_name: members.need("domainName", constraints::STRING_MIN3_MAX256)?,
        })
    }
}

/// `AccessLogSettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccessLogSettings {
    pub destination_arn: Option<String>,
    pub format: Option<String>,
}

impl Item for AccessLogSettings {}
impl FromJson for AccessLogSettings {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { destination_arn: members.get("destinationArn", &[])?, format: members.get("format", &[])? })
    }
}

impl Element for AccessLogSettings {}
impl ToJson for AccessLogSettings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("destinationArn", &self.destination_arn);
        object.put("format", &self.format);
        object.close();
    }
}

/// `Api` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Api {
    pub api_endpoint: Option<String>,
    pub api_gateway_managed: Option<bool>,
    pub api_id: Option<String>,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<Cors>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub import_info: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub name: String,
    pub protocol_type: String,
    pub route_selection_expression: String,
    pub tags: Option<Map<String>>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
}

impl Element for Api {}
impl ToJson for Api {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiEndpoint", &self.api_endpoint);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiId", &self.api_id);
        object.put("apiKeySelectionExpression", &self.api_key_selection_expression);
        object.put("corsConfiguration", &self.cors_configuration);
        object.put_iso("createdDate", self.created_date);
        object.put("description", &self.description);
        object.put("disableSchemaValidation", &self.disable_schema_validation);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("importInfo", &self.import_info);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("name", &self.name);
        object.put("protocolType", &self.protocol_type);
        object.put("routeSelectionExpression", &self.route_selection_expression);
        object.put("tags", &self.tags);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

/// `ApiMapping` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApiMapping {
    pub api_id: String,
    pub api_mapping_id: Option<String>,
    pub api_mapping_key: Option<String>,
    pub stage: String,
}

impl Element for ApiMapping {}
impl ToJson for ApiMapping {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiId", &self.api_id);
        object.put("apiMappingId", &self.api_mapping_id);
        object.put("apiMappingKey", &self.api_mapping_key);
        object.put("stage", &self.stage);
        object.close();
    }
}

/// `Authorization` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authorization {
    pub cognito_config: Option<CognitoConfig>,
    pub none: Option<None>,
}

impl Item for Authorization {}
impl FromJson for Authorization {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { cognito_config: members.get("cognitoConfig", &[])?, none: members.get("none", &[])? })
    }
}

impl Element for Authorization {}
impl ToJson for Authorization {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("cognitoConfig", &self.cognito_config);
        object.put("none", &self.none);
        object.close();
    }
}

/// `Authorizer` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authorizer {
    pub authorizer_credentials_arn: Option<String>,
    pub authorizer_id: Option<String>,
    pub authorizer_payload_format_version: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub authorizer_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub enable_simple_responses: Option<bool>,
    pub identity_source: Option<Vec<String>>,
    pub identity_validation_expression: Option<String>,
    pub jwt_configuration: Option<JWTConfiguration>,
    pub name: String,
}

impl Element for Authorizer {}
impl ToJson for Authorizer {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorizerCredentialsArn", &self.authorizer_credentials_arn);
        object.put("authorizerId", &self.authorizer_id);
        object.put("authorizerPayloadFormatVersion", &self.authorizer_payload_format_version);
        object.put("authorizerResultTtlInSeconds", &self.authorizer_result_ttl_in_seconds);
        object.put("authorizerType", &self.authorizer_type);
        object.put("authorizerUri", &self.authorizer_uri);
        object.put("enableSimpleResponses", &self.enable_simple_responses);
        object.put("identitySource", &self.identity_source);
        object.put("identityValidationExpression", &self.identity_validation_expression);
        object.put("jwtConfiguration", &self.jwt_configuration);
        object.put("name", &self.name);
        object.close();
    }
}

/// `CognitoConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CognitoConfig {
    pub app_client_id: String,
    pub user_pool_arn: String,
    pub user_pool_domain: String,
}

impl Item for CognitoConfig {}
impl FromJson for CognitoConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            app_client_id: members.need("appClientId", constraints::STRING_MIN1_MAX256)?,
            user_pool_arn: members.need("userPoolArn", constraints::STRING_MIN20_MAX2048)?,
            user_pool_domain: members.need("userPoolDomain", constraints::STRING_MIN20_MAX2048)?,
        })
    }
}

impl Element for CognitoConfig {}
impl ToJson for CognitoConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("appClientId", &self.app_client_id);
        object.put("userPoolArn", &self.user_pool_arn);
        object.put("userPoolDomain", &self.user_pool_domain);
        object.close();
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
            allow_credentials: members.get("allowCredentials", &[])?,
            allow_headers: members.get("allowHeaders", &[])?,
            allow_methods: members.get("allowMethods", &[])?,
            allow_origins: members.get("allowOrigins", &[])?,
            expose_headers: members.get("exposeHeaders", &[])?,
            max_age: members.get("maxAge", constraints::INTEGER_WITH_LENGTH_BETWEEN_MINUS1_AND86400)?,
        })
    }
}

impl Element for Cors {}
impl ToJson for Cors {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("allowCredentials", &self.allow_credentials);
        object.put("allowHeaders", &self.allow_headers);
        object.put("allowMethods", &self.allow_methods);
        object.put("allowOrigins", &self.allow_origins);
        object.put("exposeHeaders", &self.expose_headers);
        object.put("maxAge", &self.max_age);
        object.close();
    }
}

/// `CreateApiMappingResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateApiMappingResponse {
    pub api_id: Option<String>,
    pub api_mapping_id: Option<String>,
    pub api_mapping_key: Option<String>,
    pub stage: Option<String>,
}

impl Element for CreateApiMappingResponse {}
impl ToJson for CreateApiMappingResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiId", &self.api_id);
        object.put("apiMappingId", &self.api_mapping_id);
        object.put("apiMappingKey", &self.api_mapping_key);
        object.put("stage", &self.stage);
        object.close();
    }
}

impl Encode for CreateApiMappingResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateApiResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateApiResponse {
    pub api_endpoint: Option<String>,
    pub api_gateway_managed: Option<bool>,
    pub api_id: Option<String>,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<Cors>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub import_info: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub name: Option<String>,
    pub protocol_type: Option<String>,
    pub route_selection_expression: Option<String>,
    pub tags: Option<Map<String>>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
}

impl Element for CreateApiResponse {}
impl ToJson for CreateApiResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiEndpoint", &self.api_endpoint);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiId", &self.api_id);
        object.put("apiKeySelectionExpression", &self.api_key_selection_expression);
        object.put("corsConfiguration", &self.cors_configuration);
        object.put_iso("createdDate", self.created_date);
        object.put("description", &self.description);
        object.put("disableSchemaValidation", &self.disable_schema_validation);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("importInfo", &self.import_info);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("name", &self.name);
        object.put("protocolType", &self.protocol_type);
        object.put("routeSelectionExpression", &self.route_selection_expression);
        object.put("tags", &self.tags);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for CreateApiResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateAuthorizerResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAuthorizerResponse {
    pub authorizer_credentials_arn: Option<String>,
    pub authorizer_id: Option<String>,
    pub authorizer_payload_format_version: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub authorizer_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub enable_simple_responses: Option<bool>,
    pub identity_source: Option<Vec<String>>,
    pub identity_validation_expression: Option<String>,
    pub jwt_configuration: Option<JWTConfiguration>,
    pub name: Option<String>,
}

impl Element for CreateAuthorizerResponse {}
impl ToJson for CreateAuthorizerResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorizerCredentialsArn", &self.authorizer_credentials_arn);
        object.put("authorizerId", &self.authorizer_id);
        object.put("authorizerPayloadFormatVersion", &self.authorizer_payload_format_version);
        object.put("authorizerResultTtlInSeconds", &self.authorizer_result_ttl_in_seconds);
        object.put("authorizerType", &self.authorizer_type);
        object.put("authorizerUri", &self.authorizer_uri);
        object.put("enableSimpleResponses", &self.enable_simple_responses);
        object.put("identitySource", &self.identity_source);
        object.put("identityValidationExpression", &self.identity_validation_expression);
        object.put("jwtConfiguration", &self.jwt_configuration);
        object.put("name", &self.name);
        object.close();
    }
}

impl Encode for CreateAuthorizerResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateDeploymentResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDeploymentResponse {
    pub auto_deployed: Option<bool>,
    pub created_date: Option<crate::Time>,
    pub deployment_id: Option<String>,
    pub deployment_status: Option<String>,
    pub deployment_status_message: Option<String>,
    pub description: Option<String>,
}

impl Element for CreateDeploymentResponse {}
impl ToJson for CreateDeploymentResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("autoDeployed", &self.auto_deployed);
        object.put_iso("createdDate", self.created_date);
        object.put("deploymentId", &self.deployment_id);
        object.put("deploymentStatus", &self.deployment_status);
        object.put("deploymentStatusMessage", &self.deployment_status_message);
        object.put("description", &self.description);
        object.close();
    }
}

impl Encode for CreateDeploymentResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateDomainNameResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateDomainNameResponse {
    pub api_mapping_selection_expression: Option<String>,
    pub domain_name: Option<String>,
    pub domain_name_arn: Option<String>,
    pub domain_name_configurations: Option<Vec<DomainNameConfiguration>>,
    pub mutual_tls_authentication: Option<MutualTlsAuthentication>,
    pub routing_mode: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for CreateDomainNameResponse {}
impl ToJson for CreateDomainNameResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiMappingSelectionExpression", &self.api_mapping_selection_expression);
        object.put("domainName", &self.domain_name);
        object.put("domainNameArn", &self.domain_name_arn);
        object.put("domainNameConfigurations", &self.domain_name_configurations);
        object.put("mutualTlsAuthentication", &self.mutual_tls_authentication);
        object.put("routingMode", &self.routing_mode);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for CreateDomainNameResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateIntegrationResponseResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateIntegrationResponseResponse {
    pub content_handling_strategy: Option<String>,
    pub integration_response_id: Option<String>,
    pub integration_response_key: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub template_selection_expression: Option<String>,
}

impl Element for CreateIntegrationResponseResponse {}
impl ToJson for CreateIntegrationResponseResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("integrationResponseId", &self.integration_response_id);
        object.put("integrationResponseKey", &self.integration_response_key);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseTemplates", &self.response_templates);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.close();
    }
}

impl Encode for CreateIntegrationResponseResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateIntegrationResult` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateIntegrationResult {
    pub api_gateway_managed: Option<bool>,
    pub connection_id: Option<String>,
    pub connection_type: Option<String>,
    pub content_handling_strategy: Option<String>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub integration_id: Option<String>,
    pub integration_method: Option<String>,
    pub integration_response_selection_expression: Option<String>,
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
    pub tls_config: Option<TlsConfig>,
}

impl Element for CreateIntegrationResult {}
impl ToJson for CreateIntegrationResult {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("connectionId", &self.connection_id);
        object.put("connectionType", &self.connection_type);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("credentialsArn", &self.credentials_arn);
        object.put("description", &self.description);
        object.put("integrationId", &self.integration_id);
        object.put("integrationMethod", &self.integration_method);
        object.put("integrationResponseSelectionExpression", &self.integration_response_selection_expression);
        object.put("integrationSubtype", &self.integration_subtype);
        object.put("integrationType", &self.integration_type);
        object.put("integrationUri", &self.integration_uri);
        object.put("passthroughBehavior", &self.passthrough_behavior);
        object.put("payloadFormatVersion", &self.payload_format_version);
        object.put("requestParameters", &self.request_parameters);
        object.put("requestTemplates", &self.request_templates);
        object.put("responseParameters", &self.response_parameters);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.put("timeoutInMillis", &self.timeout_in_millis);
        object.put("tlsConfig", &self.tls_config);
        object.close();
    }
}

impl Encode for CreateIntegrationResult {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateModelResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateModelResponse {
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub model_id: Option<String>,
    pub name: Option<String>,
    pub schema: Option<String>,
}

impl Element for CreateModelResponse {}
impl ToJson for CreateModelResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentType", &self.content_type);
        object.put("description", &self.description);
        object.put("modelId", &self.model_id);
        object.put("name", &self.name);
        object.put("schema", &self.schema);
        object.close();
    }
}

impl Encode for CreateModelResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreatePortalProductResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePortalProductResponse {
    pub description: Option<String>,
    pub display_name: Option<String>,
    pub display_order: Option<DisplayOrder>,
    pub last_modified: Option<crate::Time>,
    pub portal_product_arn: Option<String>,
    pub portal_product_id: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for CreatePortalProductResponse {}
impl ToJson for CreatePortalProductResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("description", &self.description);
        object.put("displayName", &self.display_name);
        object.put("displayOrder", &self.display_order);
        object.put_iso("lastModified", self.last_modified);
        object.put("portalProductArn", &self.portal_product_arn);
        object.put("portalProductId", &self.portal_product_id);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for CreatePortalProductResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreatePortalResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePortalResponse {
    pub authorization: Option<Authorization>,
    pub endpoint_configuration: Option<EndpointConfigurationResponse>,
    pub included_portal_product_arns: Option<Vec<String>>,
    pub last_modified: Option<crate::Time>,
    pub last_published: Option<crate::Time>,
    pub last_published_description: Option<String>,
    pub portal_arn: Option<String>,
    pub portal_content: Option<PortalContent>,
    pub portal_id: Option<String>,
    pub publish_status: Option<String>,
    pub rum_app_monitor_name: Option<String>,
    pub status_exception: Option<StatusException>,
    pub tags: Option<Map<String>>,
}

impl Element for CreatePortalResponse {}
impl ToJson for CreatePortalResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorization", &self.authorization);
        object.put("endpointConfiguration", &self.endpoint_configuration);
        object.put("includedPortalProductArns", &self.included_portal_product_arns);
        object.put_iso("lastModified", self.last_modified);
        object.put_iso("lastPublished", self.last_published);
        object.put("lastPublishedDescription", &self.last_published_description);
        object.put("portalArn", &self.portal_arn);
        object.put("portalContent", &self.portal_content);
        object.put("portalId", &self.portal_id);
        object.put("publishStatus", &self.publish_status);
        object.put("rumAppMonitorName", &self.rum_app_monitor_name);
        object.put("statusException", &self.status_exception);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for CreatePortalResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateProductPageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateProductPageResponse {
    pub display_content: Option<DisplayContent>,
    pub last_modified: Option<crate::Time>,
    pub product_page_arn: Option<String>,
    pub product_page_id: Option<String>,
}

impl Element for CreateProductPageResponse {}
impl ToJson for CreateProductPageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("displayContent", &self.display_content);
        object.put_iso("lastModified", self.last_modified);
        object.put("productPageArn", &self.product_page_arn);
        object.put("productPageId", &self.product_page_id);
        object.close();
    }
}

impl Encode for CreateProductPageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateProductRestEndpointPageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateProductRestEndpointPageResponse {
    pub display_content: Option<EndpointDisplayContentResponse>,
    pub last_modified: Option<crate::Time>,
    pub product_rest_endpoint_page_arn: Option<String>,
    pub product_rest_endpoint_page_id: Option<String>,
    pub rest_endpoint_identifier: Option<RestEndpointIdentifier>,
    pub status: Option<String>,
    pub status_exception: Option<StatusException>,
    pub try_it_state: Option<String>,
}

impl Element for CreateProductRestEndpointPageResponse {}
impl ToJson for CreateProductRestEndpointPageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("displayContent", &self.display_content);
        object.put_iso("lastModified", self.last_modified);
        object.put("productRestEndpointPageArn", &self.product_rest_endpoint_page_arn);
        object.put("productRestEndpointPageId", &self.product_rest_endpoint_page_id);
        object.put("restEndpointIdentifier", &self.rest_endpoint_identifier);
        object.put("status", &self.status);
        object.put("statusException", &self.status_exception);
        object.put("tryItState", &self.try_it_state);
        object.close();
    }
}

impl Encode for CreateProductRestEndpointPageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateRouteResponseResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRouteResponseResponse {
    pub model_selection_expression: Option<String>,
    pub response_models: Option<Map<String>>,
    pub response_parameters: Option<Map<ParameterConstraints>>,
    pub route_response_id: Option<String>,
    pub route_response_key: Option<String>,
}

impl Element for CreateRouteResponseResponse {}
impl ToJson for CreateRouteResponseResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("responseModels", &self.response_models);
        object.put("responseParameters", &self.response_parameters);
        object.put("routeResponseId", &self.route_response_id);
        object.put("routeResponseKey", &self.route_response_key);
        object.close();
    }
}

impl Encode for CreateRouteResponseResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateRouteResult` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRouteResult {
    pub api_gateway_managed: Option<bool>,
    pub api_key_required: Option<bool>,
    pub authorization_scopes: Option<Vec<String>>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub model_selection_expression: Option<String>,
    pub operation_name: Option<String>,
    pub request_models: Option<Map<String>>,
    pub request_parameters: Option<Map<ParameterConstraints>>,
    pub route_id: Option<String>,
    pub route_key: Option<String>,
    pub route_response_selection_expression: Option<String>,
    pub target: Option<String>,
}

impl Element for CreateRouteResult {}
impl ToJson for CreateRouteResult {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiKeyRequired", &self.api_key_required);
        object.put("authorizationScopes", &self.authorization_scopes);
        object.put("authorizationType", &self.authorization_type);
        object.put("authorizerId", &self.authorizer_id);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("operationName", &self.operation_name);
        object.put("requestModels", &self.request_models);
        object.put("requestParameters", &self.request_parameters);
        object.put("routeId", &self.route_id);
        object.put("routeKey", &self.route_key);
        object.put("routeResponseSelectionExpression", &self.route_response_selection_expression);
        object.put("target", &self.target);
        object.close();
    }
}

impl Encode for CreateRouteResult {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateRoutingRuleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRoutingRuleResponse {
    pub actions: Option<Vec<RoutingRuleAction>>,
    pub conditions: Option<Vec<RoutingRuleCondition>>,
    pub priority: Option<i32>,
    pub routing_rule_arn: Option<String>,
    pub routing_rule_id: Option<String>,
}

impl Element for CreateRoutingRuleResponse {}
impl ToJson for CreateRoutingRuleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("actions", &self.actions);
        object.put("conditions", &self.conditions);
        object.put("priority", &self.priority);
        object.put("routingRuleArn", &self.routing_rule_arn);
        object.put("routingRuleId", &self.routing_rule_id);
        object.close();
    }
}

impl Encode for CreateRoutingRuleResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateStageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateStageResponse {
    pub access_log_settings: Option<AccessLogSettings>,
    pub api_gateway_managed: Option<bool>,
    pub auto_deploy: Option<bool>,
    pub client_certificate_id: Option<String>,
    pub created_date: Option<crate::Time>,
    pub default_route_settings: Option<RouteSettings>,
    pub deployment_id: Option<String>,
    pub description: Option<String>,
    pub last_deployment_status_message: Option<String>,
    pub last_updated_date: Option<crate::Time>,
    pub route_settings: Option<Map<RouteSettings>>,
    pub stage_name: Option<String>,
    pub stage_variables: Option<Map<String>>,
    pub tags: Option<Map<String>>,
}

impl Element for CreateStageResponse {}
impl ToJson for CreateStageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("accessLogSettings", &self.access_log_settings);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("autoDeploy", &self.auto_deploy);
        object.put("clientCertificateId", &self.client_certificate_id);
        object.put_iso("createdDate", self.created_date);
        object.put("defaultRouteSettings", &self.default_route_settings);
        object.put("deploymentId", &self.deployment_id);
        object.put("description", &self.description);
        object.put("lastDeploymentStatusMessage", &self.last_deployment_status_message);
        object.put_iso("lastUpdatedDate", self.last_updated_date);
        object.put("routeSettings", &self.route_settings);
        object.put("stageName", &self.stage_name);
        object.put("stageVariables", &self.stage_variables);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for CreateStageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CreateVpcLinkResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateVpcLinkResponse {
    pub created_date: Option<crate::Time>,
    pub name: Option<String>,
    pub security_group_ids: Option<Vec<String>>,
    pub subnet_ids: Option<Vec<String>>,
    pub tags: Option<Map<String>>,
    pub vpc_link_id: Option<String>,
    pub vpc_link_status: Option<String>,
    pub vpc_link_status_message: Option<String>,
    pub vpc_link_version: Option<String>,
}

impl Element for CreateVpcLinkResponse {}
impl ToJson for CreateVpcLinkResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("createdDate", self.created_date);
        object.put("name", &self.name);
        object.put("securityGroupIds", &self.security_group_ids);
        object.put("subnetIds", &self.subnet_ids);
        object.put("tags", &self.tags);
        object.put("vpcLinkId", &self.vpc_link_id);
        object.put("vpcLinkStatus", &self.vpc_link_status);
        object.put("vpcLinkStatusMessage", &self.vpc_link_status_message);
        object.put("vpcLinkVersion", &self.vpc_link_version);
        object.close();
    }
}

impl Encode for CreateVpcLinkResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CustomColors` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomColors {
    pub accent_color: String,
    pub background_color: String,
    pub error_validation_color: String,
    pub header_color: String,
    pub navigation_color: String,
    pub text_color: String,
}

impl Item for CustomColors {}
impl FromJson for CustomColors {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            accent_color: members.need("accentColor", constraints::STRING_MIN1_MAX16)?,
            background_color: members.need("backgroundColor", constraints::STRING_MIN1_MAX16)?,
            error_validation_color: members.need("errorValidationColor", constraints::STRING_MIN1_MAX16)?,
            header_color: members.need("headerColor", constraints::STRING_MIN1_MAX16)?,
            navigation_color: members.need("navigationColor", constraints::STRING_MIN1_MAX16)?,
            text_color: members.need("textColor", constraints::STRING_MIN1_MAX16)?,
        })
    }
}

impl Element for CustomColors {}
impl ToJson for CustomColors {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("accentColor", &self.accent_color);
        object.put("backgroundColor", &self.background_color);
        object.put("errorValidationColor", &self.error_validation_color);
        object.put("headerColor", &self.header_color);
        object.put("navigationColor", &self.navigation_color);
        object.put("textColor", &self.text_color);
        object.close();
    }
}

/// `DeleteVpcLinkResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteVpcLinkResponse {}

impl Element for DeleteVpcLinkResponse {}
impl ToJson for DeleteVpcLinkResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for DeleteVpcLinkResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Deployment` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deployment {
    pub auto_deployed: Option<bool>,
    pub created_date: Option<crate::Time>,
    pub deployment_id: Option<String>,
    pub deployment_status: Option<String>,
    pub deployment_status_message: Option<String>,
    pub description: Option<String>,
}

impl Element for Deployment {}
impl ToJson for Deployment {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("autoDeployed", &self.auto_deployed);
        object.put_iso("createdDate", self.created_date);
        object.put("deploymentId", &self.deployment_id);
        object.put("deploymentStatus", &self.deployment_status);
        object.put("deploymentStatusMessage", &self.deployment_status_message);
        object.put("description", &self.description);
        object.close();
    }
}

/// `DisplayContent` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisplayContent {
    pub body: String,
    pub title: String,
}

impl Item for DisplayContent {}
impl FromJson for DisplayContent {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            body: members.need("body", constraints::STRING_MIN1_MAX32768)?,
            title: members.need("title", constraints::STRING_MIN1_MAX255)?,
        })
    }
}

impl Element for DisplayContent {}
impl ToJson for DisplayContent {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("body", &self.body);
        object.put("title", &self.title);
        object.close();
    }
}

/// `DisplayContentOverrides` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisplayContentOverrides {
    pub body: Option<String>,
    pub endpoint: Option<String>,
    pub operation_name: Option<String>,
}

impl Item for DisplayContentOverrides {}
impl FromJson for DisplayContentOverrides {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            body: members.get("body", constraints::STRING_MIN1_MAX32768)?,
            endpoint: members.get("endpoint", constraints::STRING_MIN1_MAX1024)?,
            operation_name: members.get("operationName", constraints::STRING_MIN1_MAX255)?,
        })
    }
}

/// `DisplayOrder` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DisplayOrder {
    pub contents: Option<Vec<Section>>,
    pub overview_page_arn: Option<String>,
    pub product_page_arns: Option<Vec<String>>,
}

impl Item for DisplayOrder {}
impl FromJson for DisplayOrder {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            contents: members.get("contents", &[])?,
            overview_page_arn: members.get("overviewPageArn", constraints::STRING_MIN20_MAX2048)?,
            product_page_arns: members.get("productPageArns", constraints::LIST_OF__STRING_MIN20_MAX2048)?,
        })
    }
}

impl Element for DisplayOrder {}
impl ToJson for DisplayOrder {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contents", &self.contents);
        object.put("overviewPageArn", &self.overview_page_arn);
        object.put("productPageArns", &self.product_page_arns);
        object.close();
    }
}

/// `DomainName` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DomainName {
    pub api_mapping_selection_expression: Option<String>,
    pub domain_name: String,
    pub domain_name_arn: Option<String>,
    pub domain_name_configurations: Option<Vec<DomainNameConfiguration>>,
    pub mutual_tls_authentication: Option<MutualTlsAuthentication>,
    pub routing_mode: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for DomainName {}
impl ToJson for DomainName {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiMappingSelectionExpression", &self.api_mapping_selection_expression);
        object.put("domainName", &self.domain_name);
        object.put("domainNameArn", &self.domain_name_arn);
        object.put("domainNameConfigurations", &self.domain_name_configurations);
        object.put("mutualTlsAuthentication", &self.mutual_tls_authentication);
        object.put("routingMode", &self.routing_mode);
        object.put("tags", &self.tags);
        object.close();
    }
}

/// `DomainNameConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DomainNameConfiguration {
    pub api_gateway_domain_name: Option<String>,
    pub certificate_arn: Option<String>,
    pub certificate_name: Option<String>,
    pub certificate_upload_date: Option<crate::Time>,
    pub domain_name_status: Option<String>,
    pub domain_name_status_message: Option<String>,
    pub endpoint_type: Option<String>,
    pub hosted_zone_id: Option<String>,
    pub ip_address_type: Option<String>,
    pub security_policy: Option<String>,
    pub ownership_verification_certificate_arn: Option<String>,
}

impl Item for DomainNameConfiguration {}
impl FromJson for DomainNameConfiguration {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            api_gateway_domain_name: members.get("apiGatewayDomainName", &[])?,
            certificate_arn: members.get("certificateArn", &[])?,
            certificate_name: members.get("certificateName", &[])?,
            certificate_upload_date: members.get("certificateUploadDate", &[])?,
            domain_name_status: members.get("domainNameStatus", constraints::DOMAIN_NAME_STATUS)?,
            domain_name_status_message: members.get("domainNameStatusMessage", &[])?,
            endpoint_type: members.get("endpointType", constraints::ENDPOINT_TYPE)?,
            hosted_zone_id: members.get("hostedZoneId", &[])?,
            ip_address_type: members.get("ipAddressType", constraints::IP_ADDRESS_TYPE)?,
            security_policy: members.get("securityPolicy", constraints::SECURITY_POLICY)?,
            ownership_verification_certificate_arn: members
                .get("ownershipVerificationCertificateArn", &[])?,
        })
    }
}

impl Element for DomainNameConfiguration {}
impl ToJson for DomainNameConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayDomainName", &self.api_gateway_domain_name);
        object.put("certificateArn", &self.certificate_arn);
        object.put("certificateName", &self.certificate_name);
        object.put_iso("certificateUploadDate", self.certificate_upload_date);
        object.put("domainNameStatus", &self.domain_name_status);
        object.put("domainNameStatusMessage", &self.domain_name_status_message);
        object.put("endpointType", &self.endpoint_type);
        object.put("hostedZoneId", &self.hosted_zone_id);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("securityPolicy", &self.security_policy);
        object.put("ownershipVerificationCertificateArn", &self.ownership_verification_certificate_arn);
        object.close();
    }
}

/// `EndpointConfigurationRequest` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointConfigurationRequest {
    pub acm_managed: Option<ACMManaged>,
    pub none: Option<None>,
}

impl Item for EndpointConfigurationRequest {}
impl FromJson for EndpointConfigurationRequest {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { acm_managed: members.get("acmManaged", &[])?, none: members.get("none", &[])? })
    }
}

/// `EndpointConfigurationResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointConfigurationResponse {
    pub certificate_arn: Option<String>,
    pub domain_name: Option<String>,
    pub portal_default_domain_name: String,
    pub portal_domain_hosted_zone_id: String,
}

impl Element for EndpointConfigurationResponse {}
impl ToJson for EndpointConfigurationResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("certificateArn", &self.certificate_arn);
        object.put("domainName", &self.domain_name);
        object.put("portalDefaultDomainName", &self.portal_default_domain_name);
        object.put("portalDomainHostedZoneId", &self.portal_domain_hosted_zone_id);
        object.close();
    }
}

/// `EndpointDisplayContent` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointDisplayContent {
    pub none: Option<None>,
    pub overrides: Option<DisplayContentOverrides>,
}

impl Item for EndpointDisplayContent {}
impl FromJson for EndpointDisplayContent {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { none: members.get("none", &[])?, overrides: members.get("overrides", &[])? })
    }
}

/// `EndpointDisplayContentResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointDisplayContentResponse {
    pub body: Option<String>,
    pub endpoint: String,
    pub operation_name: Option<String>,
}

impl Element for EndpointDisplayContentResponse {}
impl ToJson for EndpointDisplayContentResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("body", &self.body);
        object.put("endpoint", &self.endpoint);
        object.put("operationName", &self.operation_name);
        object.close();
    }
}

/// `ExportApiResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportApiResponse {
    pub body: Vec<u8>,
}

impl Encode for ExportApiResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::raw(status, &self.body)
    }
}

/// `GetApiMappingResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiMappingResponse {
    pub api_id: Option<String>,
    pub api_mapping_id: Option<String>,
    pub api_mapping_key: Option<String>,
    pub stage: Option<String>,
}

impl Element for GetApiMappingResponse {}
impl ToJson for GetApiMappingResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiId", &self.api_id);
        object.put("apiMappingId", &self.api_mapping_id);
        object.put("apiMappingKey", &self.api_mapping_key);
        object.put("stage", &self.stage);
        object.close();
    }
}

impl Encode for GetApiMappingResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetApiMappingsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiMappingsResponse {
    pub items: Option<Vec<ApiMapping>>,
    pub next_token: Option<String>,
}

impl Element for GetApiMappingsResponse {}
impl ToJson for GetApiMappingsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetApiMappingsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetApiResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApiResponse {
    pub api_endpoint: Option<String>,
    pub api_gateway_managed: Option<bool>,
    pub api_id: Option<String>,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<Cors>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub import_info: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub name: Option<String>,
    pub protocol_type: Option<String>,
    pub route_selection_expression: Option<String>,
    pub tags: Option<Map<String>>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
}

impl Element for GetApiResponse {}
impl ToJson for GetApiResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiEndpoint", &self.api_endpoint);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiId", &self.api_id);
        object.put("apiKeySelectionExpression", &self.api_key_selection_expression);
        object.put("corsConfiguration", &self.cors_configuration);
        object.put_iso("createdDate", self.created_date);
        object.put("description", &self.description);
        object.put("disableSchemaValidation", &self.disable_schema_validation);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("importInfo", &self.import_info);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("name", &self.name);
        object.put("protocolType", &self.protocol_type);
        object.put("routeSelectionExpression", &self.route_selection_expression);
        object.put("tags", &self.tags);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for GetApiResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetApisResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetApisResponse {
    pub items: Option<Vec<Api>>,
    pub next_token: Option<String>,
}

impl Element for GetApisResponse {}
impl ToJson for GetApisResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetApisResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetAuthorizerResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAuthorizerResponse {
    pub authorizer_credentials_arn: Option<String>,
    pub authorizer_id: Option<String>,
    pub authorizer_payload_format_version: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub authorizer_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub enable_simple_responses: Option<bool>,
    pub identity_source: Option<Vec<String>>,
    pub identity_validation_expression: Option<String>,
    pub jwt_configuration: Option<JWTConfiguration>,
    pub name: Option<String>,
}

impl Element for GetAuthorizerResponse {}
impl ToJson for GetAuthorizerResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorizerCredentialsArn", &self.authorizer_credentials_arn);
        object.put("authorizerId", &self.authorizer_id);
        object.put("authorizerPayloadFormatVersion", &self.authorizer_payload_format_version);
        object.put("authorizerResultTtlInSeconds", &self.authorizer_result_ttl_in_seconds);
        object.put("authorizerType", &self.authorizer_type);
        object.put("authorizerUri", &self.authorizer_uri);
        object.put("enableSimpleResponses", &self.enable_simple_responses);
        object.put("identitySource", &self.identity_source);
        object.put("identityValidationExpression", &self.identity_validation_expression);
        object.put("jwtConfiguration", &self.jwt_configuration);
        object.put("name", &self.name);
        object.close();
    }
}

impl Encode for GetAuthorizerResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetAuthorizersResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAuthorizersResponse {
    pub items: Option<Vec<Authorizer>>,
    pub next_token: Option<String>,
}

impl Element for GetAuthorizersResponse {}
impl ToJson for GetAuthorizersResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetAuthorizersResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetDeploymentResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDeploymentResponse {
    pub auto_deployed: Option<bool>,
    pub created_date: Option<crate::Time>,
    pub deployment_id: Option<String>,
    pub deployment_status: Option<String>,
    pub deployment_status_message: Option<String>,
    pub description: Option<String>,
}

impl Element for GetDeploymentResponse {}
impl ToJson for GetDeploymentResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("autoDeployed", &self.auto_deployed);
        object.put_iso("createdDate", self.created_date);
        object.put("deploymentId", &self.deployment_id);
        object.put("deploymentStatus", &self.deployment_status);
        object.put("deploymentStatusMessage", &self.deployment_status_message);
        object.put("description", &self.description);
        object.close();
    }
}

impl Encode for GetDeploymentResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetDeploymentsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDeploymentsResponse {
    pub items: Option<Vec<Deployment>>,
    pub next_token: Option<String>,
}

impl Element for GetDeploymentsResponse {}
impl ToJson for GetDeploymentsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetDeploymentsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetDomainNameResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNameResponse {
    pub api_mapping_selection_expression: Option<String>,
    pub domain_name: Option<String>,
    pub domain_name_arn: Option<String>,
    pub domain_name_configurations: Option<Vec<DomainNameConfiguration>>,
    pub mutual_tls_authentication: Option<MutualTlsAuthentication>,
    pub routing_mode: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for GetDomainNameResponse {}
impl ToJson for GetDomainNameResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiMappingSelectionExpression", &self.api_mapping_selection_expression);
        object.put("domainName", &self.domain_name);
        object.put("domainNameArn", &self.domain_name_arn);
        object.put("domainNameConfigurations", &self.domain_name_configurations);
        object.put("mutualTlsAuthentication", &self.mutual_tls_authentication);
        object.put("routingMode", &self.routing_mode);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for GetDomainNameResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetDomainNamesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetDomainNamesResponse {
    pub items: Option<Vec<DomainName>>,
    pub next_token: Option<String>,
}

impl Element for GetDomainNamesResponse {}
impl ToJson for GetDomainNamesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetDomainNamesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetIntegrationResponseResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationResponseResponse {
    pub content_handling_strategy: Option<String>,
    pub integration_response_id: Option<String>,
    pub integration_response_key: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub template_selection_expression: Option<String>,
}

impl Element for GetIntegrationResponseResponse {}
impl ToJson for GetIntegrationResponseResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("integrationResponseId", &self.integration_response_id);
        object.put("integrationResponseKey", &self.integration_response_key);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseTemplates", &self.response_templates);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.close();
    }
}

impl Encode for GetIntegrationResponseResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetIntegrationResponsesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationResponsesResponse {
    pub items: Option<Vec<IntegrationResponse>>,
    pub next_token: Option<String>,
}

impl Element for GetIntegrationResponsesResponse {}
impl ToJson for GetIntegrationResponsesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetIntegrationResponsesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetIntegrationResult` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationResult {
    pub api_gateway_managed: Option<bool>,
    pub connection_id: Option<String>,
    pub connection_type: Option<String>,
    pub content_handling_strategy: Option<String>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub integration_id: Option<String>,
    pub integration_method: Option<String>,
    pub integration_response_selection_expression: Option<String>,
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
    pub tls_config: Option<TlsConfig>,
}

impl Element for GetIntegrationResult {}
impl ToJson for GetIntegrationResult {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("connectionId", &self.connection_id);
        object.put("connectionType", &self.connection_type);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("credentialsArn", &self.credentials_arn);
        object.put("description", &self.description);
        object.put("integrationId", &self.integration_id);
        object.put("integrationMethod", &self.integration_method);
        object.put("integrationResponseSelectionExpression", &self.integration_response_selection_expression);
        object.put("integrationSubtype", &self.integration_subtype);
        object.put("integrationType", &self.integration_type);
        object.put("integrationUri", &self.integration_uri);
        object.put("passthroughBehavior", &self.passthrough_behavior);
        object.put("payloadFormatVersion", &self.payload_format_version);
        object.put("requestParameters", &self.request_parameters);
        object.put("requestTemplates", &self.request_templates);
        object.put("responseParameters", &self.response_parameters);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.put("timeoutInMillis", &self.timeout_in_millis);
        object.put("tlsConfig", &self.tls_config);
        object.close();
    }
}

impl Encode for GetIntegrationResult {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetIntegrationsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetIntegrationsResponse {
    pub items: Option<Vec<Integration>>,
    pub next_token: Option<String>,
}

impl Element for GetIntegrationsResponse {}
impl ToJson for GetIntegrationsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetIntegrationsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetModelResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelResponse {
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub model_id: Option<String>,
    pub name: Option<String>,
    pub schema: Option<String>,
}

impl Element for GetModelResponse {}
impl ToJson for GetModelResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentType", &self.content_type);
        object.put("description", &self.description);
        object.put("modelId", &self.model_id);
        object.put("name", &self.name);
        object.put("schema", &self.schema);
        object.close();
    }
}

impl Encode for GetModelResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetModelTemplateResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelTemplateResponse {
    pub value: Option<String>,
}

impl Element for GetModelTemplateResponse {}
impl ToJson for GetModelTemplateResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("value", &self.value);
        object.close();
    }
}

impl Encode for GetModelTemplateResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetModelsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetModelsResponse {
    pub items: Option<Vec<Model>>,
    pub next_token: Option<String>,
}

impl Element for GetModelsResponse {}
impl ToJson for GetModelsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetModelsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetPortalProductResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPortalProductResponse {
    pub description: Option<String>,
    pub display_name: Option<String>,
    pub display_order: Option<DisplayOrder>,
    pub last_modified: Option<crate::Time>,
    pub portal_product_arn: Option<String>,
    pub portal_product_id: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for GetPortalProductResponse {}
impl ToJson for GetPortalProductResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("description", &self.description);
        object.put("displayName", &self.display_name);
        object.put("displayOrder", &self.display_order);
        object.put_iso("lastModified", self.last_modified);
        object.put("portalProductArn", &self.portal_product_arn);
        object.put("portalProductId", &self.portal_product_id);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for GetPortalProductResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetPortalProductSharingPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPortalProductSharingPolicyResponse {
    pub policy_document: Option<String>,
    pub portal_product_id: Option<String>,
}

impl Element for GetPortalProductSharingPolicyResponse {}
impl ToJson for GetPortalProductSharingPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("policyDocument", &self.policy_document);
        object.put("portalProductId", &self.portal_product_id);
        object.close();
    }
}

impl Encode for GetPortalProductSharingPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetPortalResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPortalResponse {
    pub authorization: Option<Authorization>,
    pub endpoint_configuration: Option<EndpointConfigurationResponse>,
    pub included_portal_product_arns: Option<Vec<String>>,
    pub last_modified: Option<crate::Time>,
    pub last_published: Option<crate::Time>,
    pub last_published_description: Option<String>,
    pub portal_arn: Option<String>,
    pub portal_content: Option<PortalContent>,
    pub portal_id: Option<String>,
    pub preview: Option<Preview>,
    pub publish_status: Option<String>,
    pub rum_app_monitor_name: Option<String>,
    pub status_exception: Option<StatusException>,
    pub tags: Option<Map<String>>,
}

impl Element for GetPortalResponse {}
impl ToJson for GetPortalResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorization", &self.authorization);
        object.put("endpointConfiguration", &self.endpoint_configuration);
        object.put("includedPortalProductArns", &self.included_portal_product_arns);
        object.put_iso("lastModified", self.last_modified);
        object.put_iso("lastPublished", self.last_published);
        object.put("lastPublishedDescription", &self.last_published_description);
        object.put("portalArn", &self.portal_arn);
        object.put("portalContent", &self.portal_content);
        object.put("portalId", &self.portal_id);
        object.put("preview", &self.preview);
        object.put("publishStatus", &self.publish_status);
        object.put("rumAppMonitorName", &self.rum_app_monitor_name);
        object.put("statusException", &self.status_exception);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for GetPortalResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetProductPageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetProductPageResponse {
    pub display_content: Option<DisplayContent>,
    pub last_modified: Option<crate::Time>,
    pub product_page_arn: Option<String>,
    pub product_page_id: Option<String>,
}

impl Element for GetProductPageResponse {}
impl ToJson for GetProductPageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("displayContent", &self.display_content);
        object.put_iso("lastModified", self.last_modified);
        object.put("productPageArn", &self.product_page_arn);
        object.put("productPageId", &self.product_page_id);
        object.close();
    }
}

impl Encode for GetProductPageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetProductRestEndpointPageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetProductRestEndpointPageResponse {
    pub display_content: Option<EndpointDisplayContentResponse>,
    pub last_modified: Option<crate::Time>,
    pub product_rest_endpoint_page_arn: Option<String>,
    pub product_rest_endpoint_page_id: Option<String>,
    pub raw_display_content: Option<String>,
    pub rest_endpoint_identifier: Option<RestEndpointIdentifier>,
    pub status: Option<String>,
    pub status_exception: Option<StatusException>,
    pub try_it_state: Option<String>,
}

impl Element for GetProductRestEndpointPageResponse {}
impl ToJson for GetProductRestEndpointPageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("displayContent", &self.display_content);
        object.put_iso("lastModified", self.last_modified);
        object.put("productRestEndpointPageArn", &self.product_rest_endpoint_page_arn);
        object.put("productRestEndpointPageId", &self.product_rest_endpoint_page_id);
        object.put("rawDisplayContent", &self.raw_display_content);
        object.put("restEndpointIdentifier", &self.rest_endpoint_identifier);
        object.put("status", &self.status);
        object.put("statusException", &self.status_exception);
        object.put("tryItState", &self.try_it_state);
        object.close();
    }
}

impl Encode for GetProductRestEndpointPageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetRouteResponseResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRouteResponseResponse {
    pub model_selection_expression: Option<String>,
    pub response_models: Option<Map<String>>,
    pub response_parameters: Option<Map<ParameterConstraints>>,
    pub route_response_id: Option<String>,
    pub route_response_key: Option<String>,
}

impl Element for GetRouteResponseResponse {}
impl ToJson for GetRouteResponseResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("responseModels", &self.response_models);
        object.put("responseParameters", &self.response_parameters);
        object.put("routeResponseId", &self.route_response_id);
        object.put("routeResponseKey", &self.route_response_key);
        object.close();
    }
}

impl Encode for GetRouteResponseResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetRouteResponsesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRouteResponsesResponse {
    pub items: Option<Vec<RouteResponse>>,
    pub next_token: Option<String>,
}

impl Element for GetRouteResponsesResponse {}
impl ToJson for GetRouteResponsesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetRouteResponsesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetRouteResult` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRouteResult {
    pub api_gateway_managed: Option<bool>,
    pub api_key_required: Option<bool>,
    pub authorization_scopes: Option<Vec<String>>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub model_selection_expression: Option<String>,
    pub operation_name: Option<String>,
    pub request_models: Option<Map<String>>,
    pub request_parameters: Option<Map<ParameterConstraints>>,
    pub route_id: Option<String>,
    pub route_key: Option<String>,
    pub route_response_selection_expression: Option<String>,
    pub target: Option<String>,
}

impl Element for GetRouteResult {}
impl ToJson for GetRouteResult {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiKeyRequired", &self.api_key_required);
        object.put("authorizationScopes", &self.authorization_scopes);
        object.put("authorizationType", &self.authorization_type);
        object.put("authorizerId", &self.authorizer_id);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("operationName", &self.operation_name);
        object.put("requestModels", &self.request_models);
        object.put("requestParameters", &self.request_parameters);
        object.put("routeId", &self.route_id);
        object.put("routeKey", &self.route_key);
        object.put("routeResponseSelectionExpression", &self.route_response_selection_expression);
        object.put("target", &self.target);
        object.close();
    }
}

impl Encode for GetRouteResult {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetRoutesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRoutesResponse {
    pub items: Option<Vec<Route>>,
    pub next_token: Option<String>,
}

impl Element for GetRoutesResponse {}
impl ToJson for GetRoutesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetRoutesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetRoutingRuleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRoutingRuleResponse {
    pub actions: Option<Vec<RoutingRuleAction>>,
    pub conditions: Option<Vec<RoutingRuleCondition>>,
    pub priority: Option<i32>,
    pub routing_rule_arn: Option<String>,
    pub routing_rule_id: Option<String>,
}

impl Element for GetRoutingRuleResponse {}
impl ToJson for GetRoutingRuleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("actions", &self.actions);
        object.put("conditions", &self.conditions);
        object.put("priority", &self.priority);
        object.put("routingRuleArn", &self.routing_rule_arn);
        object.put("routingRuleId", &self.routing_rule_id);
        object.close();
    }
}

impl Encode for GetRoutingRuleResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetStageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetStageResponse {
    pub access_log_settings: Option<AccessLogSettings>,
    pub api_gateway_managed: Option<bool>,
    pub auto_deploy: Option<bool>,
    pub client_certificate_id: Option<String>,
    pub created_date: Option<crate::Time>,
    pub default_route_settings: Option<RouteSettings>,
    pub deployment_id: Option<String>,
    pub description: Option<String>,
    pub last_deployment_status_message: Option<String>,
    pub last_updated_date: Option<crate::Time>,
    pub route_settings: Option<Map<RouteSettings>>,
    pub stage_name: Option<String>,
    pub stage_variables: Option<Map<String>>,
    pub tags: Option<Map<String>>,
}

impl Element for GetStageResponse {}
impl ToJson for GetStageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("accessLogSettings", &self.access_log_settings);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("autoDeploy", &self.auto_deploy);
        object.put("clientCertificateId", &self.client_certificate_id);
        object.put_iso("createdDate", self.created_date);
        object.put("defaultRouteSettings", &self.default_route_settings);
        object.put("deploymentId", &self.deployment_id);
        object.put("description", &self.description);
        object.put("lastDeploymentStatusMessage", &self.last_deployment_status_message);
        object.put_iso("lastUpdatedDate", self.last_updated_date);
        object.put("routeSettings", &self.route_settings);
        object.put("stageName", &self.stage_name);
        object.put("stageVariables", &self.stage_variables);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for GetStageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetStagesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetStagesResponse {
    pub items: Option<Vec<Stage>>,
    pub next_token: Option<String>,
}

impl Element for GetStagesResponse {}
impl ToJson for GetStagesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetStagesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetTagsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetTagsResponse {
    pub tags: Option<Map<String>>,
}

impl Element for GetTagsResponse {}
impl ToJson for GetTagsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for GetTagsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetVpcLinkResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetVpcLinkResponse {
    pub created_date: Option<crate::Time>,
    pub name: Option<String>,
    pub security_group_ids: Option<Vec<String>>,
    pub subnet_ids: Option<Vec<String>>,
    pub tags: Option<Map<String>>,
    pub vpc_link_id: Option<String>,
    pub vpc_link_status: Option<String>,
    pub vpc_link_status_message: Option<String>,
    pub vpc_link_version: Option<String>,
}

impl Element for GetVpcLinkResponse {}
impl ToJson for GetVpcLinkResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("createdDate", self.created_date);
        object.put("name", &self.name);
        object.put("securityGroupIds", &self.security_group_ids);
        object.put("subnetIds", &self.subnet_ids);
        object.put("tags", &self.tags);
        object.put("vpcLinkId", &self.vpc_link_id);
        object.put("vpcLinkStatus", &self.vpc_link_status);
        object.put("vpcLinkStatusMessage", &self.vpc_link_status_message);
        object.put("vpcLinkVersion", &self.vpc_link_version);
        object.close();
    }
}

impl Encode for GetVpcLinkResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GetVpcLinksResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetVpcLinksResponse {
    pub items: Option<Vec<VpcLink>>,
    pub next_token: Option<String>,
}

impl Element for GetVpcLinksResponse {}
impl ToJson for GetVpcLinksResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for GetVpcLinksResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `IdentifierParts` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IdentifierParts {
    pub method: String,
    pub path: String,
    pub rest_api_id: String,
    pub stage: String,
}

impl Item for IdentifierParts {}
impl FromJson for IdentifierParts {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            method: members.need("method", constraints::STRING_MIN1_MAX20)?,
            path: members.need("path", constraints::STRING_MIN1_MAX4096)?,
            rest_api_id: members.need("restApiId", constraints::STRING_MIN1_MAX50)?,
            stage: members.need("stage", constraints::STRING_MIN1_MAX128)?,
        })
    }
}

impl Element for IdentifierParts {}
impl ToJson for IdentifierParts {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("method", &self.method);
        object.put("path", &self.path);
        object.put("restApiId", &self.rest_api_id);
        object.put("stage", &self.stage);
        object.close();
    }
}

/// `ImportApiResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportApiResponse {
    pub api_endpoint: Option<String>,
    pub api_gateway_managed: Option<bool>,
    pub api_id: Option<String>,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<Cors>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub import_info: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub name: Option<String>,
    pub protocol_type: Option<String>,
    pub route_selection_expression: Option<String>,
    pub tags: Option<Map<String>>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
}

impl Element for ImportApiResponse {}
impl ToJson for ImportApiResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiEndpoint", &self.api_endpoint);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiId", &self.api_id);
        object.put("apiKeySelectionExpression", &self.api_key_selection_expression);
        object.put("corsConfiguration", &self.cors_configuration);
        object.put_iso("createdDate", self.created_date);
        object.put("description", &self.description);
        object.put("disableSchemaValidation", &self.disable_schema_validation);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("importInfo", &self.import_info);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("name", &self.name);
        object.put("protocolType", &self.protocol_type);
        object.put("routeSelectionExpression", &self.route_selection_expression);
        object.put("tags", &self.tags);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for ImportApiResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Integration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Integration {
    pub api_gateway_managed: Option<bool>,
    pub connection_id: Option<String>,
    pub connection_type: Option<String>,
    pub content_handling_strategy: Option<String>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub integration_id: Option<String>,
    pub integration_method: Option<String>,
    pub integration_response_selection_expression: Option<String>,
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
    pub tls_config: Option<TlsConfig>,
}

impl Element for Integration {}
impl ToJson for Integration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("connectionId", &self.connection_id);
        object.put("connectionType", &self.connection_type);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("credentialsArn", &self.credentials_arn);
        object.put("description", &self.description);
        object.put("integrationId", &self.integration_id);
        object.put("integrationMethod", &self.integration_method);
        object.put("integrationResponseSelectionExpression", &self.integration_response_selection_expression);
        object.put("integrationSubtype", &self.integration_subtype);
        object.put("integrationType", &self.integration_type);
        object.put("integrationUri", &self.integration_uri);
        object.put("passthroughBehavior", &self.passthrough_behavior);
        object.put("payloadFormatVersion", &self.payload_format_version);
        object.put("requestParameters", &self.request_parameters);
        object.put("requestTemplates", &self.request_templates);
        object.put("responseParameters", &self.response_parameters);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.put("timeoutInMillis", &self.timeout_in_millis);
        object.put("tlsConfig", &self.tls_config);
        object.close();
    }
}

/// `IntegrationResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IntegrationResponse {
    pub content_handling_strategy: Option<String>,
    pub integration_response_id: Option<String>,
    pub integration_response_key: String,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub template_selection_expression: Option<String>,
}

impl Element for IntegrationResponse {}
impl ToJson for IntegrationResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("integrationResponseId", &self.integration_response_id);
        object.put("integrationResponseKey", &self.integration_response_key);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseTemplates", &self.response_templates);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.close();
    }
}

/// `JWTConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JWTConfiguration {
    pub audience: Option<Vec<String>>,
    pub issuer: Option<String>,
}

impl Item for JWTConfiguration {}
impl FromJson for JWTConfiguration {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { audience: members.get("audience", &[])?, issuer: members.get("issuer", &[])? })
    }
}

impl Element for JWTConfiguration {}
impl ToJson for JWTConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("audience", &self.audience);
        object.put("issuer", &self.issuer);
        object.close();
    }
}

/// `ListPortalProductsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPortalProductsResponse {
    pub items: Option<Vec<PortalProductSummary>>,
    pub next_token: Option<String>,
}

impl Element for ListPortalProductsResponse {}
impl ToJson for ListPortalProductsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for ListPortalProductsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListPortalsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPortalsResponse {
    pub items: Option<Vec<PortalSummary>>,
    pub next_token: Option<String>,
}

impl Element for ListPortalsResponse {}
impl ToJson for ListPortalsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for ListPortalsResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListProductPagesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListProductPagesResponse {
    pub items: Option<Vec<ProductPageSummaryNoBody>>,
    pub next_token: Option<String>,
}

impl Element for ListProductPagesResponse {}
impl ToJson for ListProductPagesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for ListProductPagesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListProductRestEndpointPagesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListProductRestEndpointPagesResponse {
    pub items: Option<Vec<ProductRestEndpointPageSummaryNoBody>>,
    pub next_token: Option<String>,
}

impl Element for ListProductRestEndpointPagesResponse {}
impl ToJson for ListProductRestEndpointPagesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("items", &self.items);
        object.put("nextToken", &self.next_token);
        object.close();
    }
}

impl Encode for ListProductRestEndpointPagesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ListRoutingRulesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRoutingRulesResponse {
    pub next_token: Option<String>,
    pub routing_rules: Option<Vec<RoutingRule>>,
}

impl Element for ListRoutingRulesResponse {}
impl ToJson for ListRoutingRulesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("nextToken", &self.next_token);
        object.put("routingRules", &self.routing_rules);
        object.close();
    }
}

impl Encode for ListRoutingRulesResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Model` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub model_id: Option<String>,
    pub name: String,
    pub schema: Option<String>,
}

impl Element for Model {}
impl ToJson for Model {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentType", &self.content_type);
        object.put("description", &self.description);
        object.put("modelId", &self.model_id);
        object.put("name", &self.name);
        object.put("schema", &self.schema);
        object.close();
    }
}

/// `MutualTlsAuthentication` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MutualTlsAuthentication {
    pub truststore_uri: Option<String>,
    pub truststore_version: Option<String>,
    pub truststore_warnings: Option<Vec<String>>,
}

impl Element for MutualTlsAuthentication {}
impl ToJson for MutualTlsAuthentication {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("truststoreUri", &self.truststore_uri);
        object.put("truststoreVersion", &self.truststore_version);
        object.put("truststoreWarnings", &self.truststore_warnings);
        object.close();
    }
}

/// `MutualTlsAuthenticationInput` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MutualTlsAuthenticationInput {
    pub truststore_uri: Option<String>,
    pub truststore_version: Option<String>,
}

impl Item for MutualTlsAuthenticationInput {}
impl FromJson for MutualTlsAuthenticationInput {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            truststore_uri: members.get("truststoreUri", &[])?,
            truststore_version: members.get("truststoreVersion", &[])?,
        })
    }
}

/// `None` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct None {}

impl Item for None {}
impl FromJson for None {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let _ = Members::of(value, context)?;
        Ok(Self {})
    }
}

impl Element for None {}
impl ToJson for None {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

/// `ParameterConstraints` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParameterConstraints {
    pub required: Option<bool>,
}

impl Item for ParameterConstraints {}
impl FromJson for ParameterConstraints {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { required: members.get("required", &[])? })
    }
}

impl Element for ParameterConstraints {}
impl ToJson for ParameterConstraints {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("required", &self.required);
        object.close();
    }
}

/// `PortalContent` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PortalContent {
    pub description: Option<String>,
    pub display_name: String,
    pub theme: PortalTheme,
}

impl Item for PortalContent {}
impl FromJson for PortalContent {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            description: members.get("description", constraints::STRING_MIN0_MAX1024)?,
            display_name: members.need("displayName", constraints::STRING_MIN3_MAX255)?,
            theme: members.need("theme", &[])?,
        })
    }
}

impl Element for PortalContent {}
impl ToJson for PortalContent {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("description", &self.description);
        object.put("displayName", &self.display_name);
        object.put("theme", &self.theme);
        object.close();
    }
}

/// `PortalProductSummary` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PortalProductSummary {
    pub description: String,
    pub display_name: String,
    pub last_modified: crate::Time,
    pub portal_product_arn: String,
    pub portal_product_id: String,
    pub tags: Option<Map<String>>,
}

impl Element for PortalProductSummary {}
impl ToJson for PortalProductSummary {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("description", &self.description);
        object.put("displayName", &self.display_name);
        object.put_iso("lastModified", self.last_modified);
        object.put("portalProductArn", &self.portal_product_arn);
        object.put("portalProductId", &self.portal_product_id);
        object.put("tags", &self.tags);
        object.close();
    }
}

/// `PortalSummary` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PortalSummary {
    pub authorization: Authorization,
    pub endpoint_configuration: EndpointConfigurationResponse,
    pub included_portal_product_arns: Vec<String>,
    pub last_modified: crate::Time,
    pub last_published: Option<crate::Time>,
    pub last_published_description: Option<String>,
    pub portal_arn: String,
    pub portal_content: PortalContent,
    pub portal_id: String,
    pub preview: Option<Preview>,
    pub publish_status: Option<String>,
    pub rum_app_monitor_name: Option<String>,
    pub status_exception: Option<StatusException>,
    pub tags: Option<Map<String>>,
}

impl Element for PortalSummary {}
impl ToJson for PortalSummary {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorization", &self.authorization);
        object.put("endpointConfiguration", &self.endpoint_configuration);
        object.put("includedPortalProductArns", &self.included_portal_product_arns);
        object.put_iso("lastModified", self.last_modified);
        object.put_iso("lastPublished", self.last_published);
        object.put("lastPublishedDescription", &self.last_published_description);
        object.put("portalArn", &self.portal_arn);
        object.put("portalContent", &self.portal_content);
        object.put("portalId", &self.portal_id);
        object.put("preview", &self.preview);
        object.put("publishStatus", &self.publish_status);
        object.put("rumAppMonitorName", &self.rum_app_monitor_name);
        object.put("statusException", &self.status_exception);
        object.put("tags", &self.tags);
        object.close();
    }
}

/// `PortalTheme` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PortalTheme {
    pub custom_colors: CustomColors,
    pub logo_last_uploaded: Option<crate::Time>,
}

impl Item for PortalTheme {}
impl FromJson for PortalTheme {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            custom_colors: members.need("customColors", &[])?,
            logo_last_uploaded: members.get("logoLastUploaded", &[])?,
        })
    }
}

impl Element for PortalTheme {}
impl ToJson for PortalTheme {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("customColors", &self.custom_colors);
        object.put_iso("logoLastUploaded", self.logo_last_uploaded);
        object.close();
    }
}

/// `Preview` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    pub preview_status: String,
    pub preview_url: Option<String>,
    pub status_exception: Option<StatusException>,
}

impl Element for Preview {}
impl ToJson for Preview {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("previewStatus", &self.preview_status);
        object.put("previewUrl", &self.preview_url);
        object.put("statusException", &self.status_exception);
        object.close();
    }
}

/// `PreviewPortalResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviewPortalResponse {}

impl Element for PreviewPortalResponse {}
impl ToJson for PreviewPortalResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for PreviewPortalResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ProductPageSummaryNoBody` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProductPageSummaryNoBody {
    pub last_modified: crate::Time,
    pub page_title: String,
    pub product_page_arn: String,
    pub product_page_id: String,
}

impl Element for ProductPageSummaryNoBody {}
impl ToJson for ProductPageSummaryNoBody {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("lastModified", self.last_modified);
        object.put("pageTitle", &self.page_title);
        object.put("productPageArn", &self.product_page_arn);
        object.put("productPageId", &self.product_page_id);
        object.close();
    }
}

/// `ProductRestEndpointPageSummaryNoBody` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProductRestEndpointPageSummaryNoBody {
    pub endpoint: String,
    pub last_modified: crate::Time,
    pub operation_name: Option<String>,
    pub product_rest_endpoint_page_arn: String,
    pub product_rest_endpoint_page_id: String,
    pub rest_endpoint_identifier: RestEndpointIdentifier,
    pub status: String,
    pub status_exception: Option<StatusException>,
    pub try_it_state: String,
}

impl Element for ProductRestEndpointPageSummaryNoBody {}
impl ToJson for ProductRestEndpointPageSummaryNoBody {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("endpoint", &self.endpoint);
        object.put_iso("lastModified", self.last_modified);
        object.put("operationName", &self.operation_name);
        object.put("productRestEndpointPageArn", &self.product_rest_endpoint_page_arn);
        object.put("productRestEndpointPageId", &self.product_rest_endpoint_page_id);
        object.put("restEndpointIdentifier", &self.rest_endpoint_identifier);
        object.put("status", &self.status);
        object.put("statusException", &self.status_exception);
        object.put("tryItState", &self.try_it_state);
        object.close();
    }
}

/// `PublishPortalResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PublishPortalResponse {}

impl Element for PublishPortalResponse {}
impl ToJson for PublishPortalResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for PublishPortalResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `PutPortalProductSharingPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutPortalProductSharingPolicyResponse {}

impl Element for PutPortalProductSharingPolicyResponse {}
impl ToJson for PutPortalProductSharingPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for PutPortalProductSharingPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `PutRoutingRuleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRoutingRuleResponse {
    pub actions: Option<Vec<RoutingRuleAction>>,
    pub conditions: Option<Vec<RoutingRuleCondition>>,
    pub priority: Option<i32>,
    pub routing_rule_arn: Option<String>,
    pub routing_rule_id: Option<String>,
}

impl Element for PutRoutingRuleResponse {}
impl ToJson for PutRoutingRuleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("actions", &self.actions);
        object.put("conditions", &self.conditions);
        object.put("priority", &self.priority);
        object.put("routingRuleArn", &self.routing_rule_arn);
        object.put("routingRuleId", &self.routing_rule_id);
        object.close();
    }
}

impl Encode for PutRoutingRuleResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ReimportApiResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReimportApiResponse {
    pub api_endpoint: Option<String>,
    pub api_gateway_managed: Option<bool>,
    pub api_id: Option<String>,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<Cors>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub import_info: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub name: Option<String>,
    pub protocol_type: Option<String>,
    pub route_selection_expression: Option<String>,
    pub tags: Option<Map<String>>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
}

impl Element for ReimportApiResponse {}
impl ToJson for ReimportApiResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiEndpoint", &self.api_endpoint);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiId", &self.api_id);
        object.put("apiKeySelectionExpression", &self.api_key_selection_expression);
        object.put("corsConfiguration", &self.cors_configuration);
        object.put_iso("createdDate", self.created_date);
        object.put("description", &self.description);
        object.put("disableSchemaValidation", &self.disable_schema_validation);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("importInfo", &self.import_info);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("name", &self.name);
        object.put("protocolType", &self.protocol_type);
        object.put("routeSelectionExpression", &self.route_selection_expression);
        object.put("tags", &self.tags);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for ReimportApiResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `RestEndpointIdentifier` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RestEndpointIdentifier {
    pub identifier_parts: Option<IdentifierParts>,
}

impl Item for RestEndpointIdentifier {}
impl FromJson for RestEndpointIdentifier {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { identifier_parts: members.get("identifierParts", &[])? })
    }
}

impl Element for RestEndpointIdentifier {}
impl ToJson for RestEndpointIdentifier {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("identifierParts", &self.identifier_parts);
        object.close();
    }
}

/// `Route` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    pub api_gateway_managed: Option<bool>,
    pub api_key_required: Option<bool>,
    pub authorization_scopes: Option<Vec<String>>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub model_selection_expression: Option<String>,
    pub operation_name: Option<String>,
    pub request_models: Option<Map<String>>,
    pub request_parameters: Option<Map<ParameterConstraints>>,
    pub route_id: Option<String>,
    pub route_key: String,
    pub route_response_selection_expression: Option<String>,
    pub target: Option<String>,
}

impl Element for Route {}
impl ToJson for Route {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiKeyRequired", &self.api_key_required);
        object.put("authorizationScopes", &self.authorization_scopes);
        object.put("authorizationType", &self.authorization_type);
        object.put("authorizerId", &self.authorizer_id);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("operationName", &self.operation_name);
        object.put("requestModels", &self.request_models);
        object.put("requestParameters", &self.request_parameters);
        object.put("routeId", &self.route_id);
        object.put("routeKey", &self.route_key);
        object.put("routeResponseSelectionExpression", &self.route_response_selection_expression);
        object.put("target", &self.target);
        object.close();
    }
}

/// `RouteResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteResponse {
    pub model_selection_expression: Option<String>,
    pub response_models: Option<Map<String>>,
    pub response_parameters: Option<Map<ParameterConstraints>>,
    pub route_response_id: Option<String>,
    pub route_response_key: String,
}

impl Element for RouteResponse {}
impl ToJson for RouteResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("responseModels", &self.response_models);
        object.put("responseParameters", &self.response_parameters);
        object.put("routeResponseId", &self.route_response_id);
        object.put("routeResponseKey", &self.route_response_key);
        object.close();
    }
}

/// `RouteSettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RouteSettings {
    pub data_trace_enabled: Option<bool>,
    pub detailed_metrics_enabled: Option<bool>,
    pub logging_level: Option<String>,
    pub throttling_burst_limit: Option<i32>,
    pub throttling_rate_limit: Option<f64>,
}

impl Item for RouteSettings {}
impl FromJson for RouteSettings {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            data_trace_enabled: members.get("dataTraceEnabled", &[])?,
            detailed_metrics_enabled: members.get("detailedMetricsEnabled", &[])?,
            logging_level: members.get("loggingLevel", constraints::LOGGING_LEVEL)?,
            throttling_burst_limit: members.get("throttlingBurstLimit", &[])?,
            throttling_rate_limit: members.get("throttlingRateLimit", &[])?,
        })
    }
}

impl Element for RouteSettings {}
impl ToJson for RouteSettings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("dataTraceEnabled", &self.data_trace_enabled);
        object.put("detailedMetricsEnabled", &self.detailed_metrics_enabled);
        object.put("loggingLevel", &self.logging_level);
        object.put("throttlingBurstLimit", &self.throttling_burst_limit);
        object.put("throttlingRateLimit", &self.throttling_rate_limit);
        object.close();
    }
}

/// `RoutingRule` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRule {
    pub actions: Option<Vec<RoutingRuleAction>>,
    pub conditions: Option<Vec<RoutingRuleCondition>>,
    pub priority: Option<i32>,
    pub routing_rule_arn: Option<String>,
    pub routing_rule_id: Option<String>,
}

impl Element for RoutingRule {}
impl ToJson for RoutingRule {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("actions", &self.actions);
        object.put("conditions", &self.conditions);
        object.put("priority", &self.priority);
        object.put("routingRuleArn", &self.routing_rule_arn);
        object.put("routingRuleId", &self.routing_rule_id);
        object.close();
    }
}

/// `RoutingRuleAction` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRuleAction {
    pub invoke_api: RoutingRuleActionInvokeApi,
}

impl Item for RoutingRuleAction {}
impl FromJson for RoutingRuleAction {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { invoke_api: members.need("invokeApi", &[])? })
    }
}

impl Element for RoutingRuleAction {}
impl ToJson for RoutingRuleAction {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("invokeApi", &self.invoke_api);
        object.close();
    }
}

/// `RoutingRuleActionInvokeApi` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRuleActionInvokeApi {
    pub api_id: String,
    pub stage: String,
    pub strip_base_path: Option<bool>,
}

impl Item for RoutingRuleActionInvokeApi {}
impl FromJson for RoutingRuleActionInvokeApi {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            api_id: members.need("apiId", &[])?,
            stage: members.need("stage", &[])?,
            strip_base_path: members.get("stripBasePath", &[])?,
        })
    }
}

impl Element for RoutingRuleActionInvokeApi {}
impl ToJson for RoutingRuleActionInvokeApi {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiId", &self.api_id);
        object.put("stage", &self.stage);
        object.put("stripBasePath", &self.strip_base_path);
        object.close();
    }
}

/// `RoutingRuleCondition` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRuleCondition {
    pub match_base_paths: Option<RoutingRuleMatchBasePaths>,
    pub match_headers: Option<RoutingRuleMatchHeaders>,
}

impl Item for RoutingRuleCondition {}
impl FromJson for RoutingRuleCondition {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            match_base_paths: members.get("matchBasePaths", &[])?,
            match_headers: members.get("matchHeaders", &[])?,
        })
    }
}

impl Element for RoutingRuleCondition {}
impl ToJson for RoutingRuleCondition {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("matchBasePaths", &self.match_base_paths);
        object.put("matchHeaders", &self.match_headers);
        object.close();
    }
}

/// `RoutingRuleMatchBasePaths` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRuleMatchBasePaths {
    pub any_of: Vec<String>,
}

impl Item for RoutingRuleMatchBasePaths {}
impl FromJson for RoutingRuleMatchBasePaths {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { any_of: members.need("anyOf", &[])? })
    }
}

impl Element for RoutingRuleMatchBasePaths {}
impl ToJson for RoutingRuleMatchBasePaths {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("anyOf", &self.any_of);
        object.close();
    }
}

/// `RoutingRuleMatchHeaderValue` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRuleMatchHeaderValue {
    pub header: String,
    pub value_glob: String,
}

impl Item for RoutingRuleMatchHeaderValue {}
impl FromJson for RoutingRuleMatchHeaderValue {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { header: members.need("header", &[])?, value_glob: members.need("valueGlob", &[])? })
    }
}

impl Element for RoutingRuleMatchHeaderValue {}
impl ToJson for RoutingRuleMatchHeaderValue {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("header", &self.header);
        object.put("valueGlob", &self.value_glob);
        object.close();
    }
}

/// `RoutingRuleMatchHeaders` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutingRuleMatchHeaders {
    pub any_of: Vec<RoutingRuleMatchHeaderValue>,
}

impl Item for RoutingRuleMatchHeaders {}
impl FromJson for RoutingRuleMatchHeaders {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { any_of: members.need("anyOf", &[])? })
    }
}

impl Element for RoutingRuleMatchHeaders {}
impl ToJson for RoutingRuleMatchHeaders {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("anyOf", &self.any_of);
        object.close();
    }
}

/// `Section` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    pub product_rest_endpoint_page_arns: Vec<String>,
    pub section_name: String,
}

impl Item for Section {}
impl FromJson for Section {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            product_rest_endpoint_page_arns: members
                .need("productRestEndpointPageArns", constraints::LIST_OF__STRING_MIN20_MAX2048)?,
            section_name: members.need("sectionName", &[])?,
        })
    }
}

impl Element for Section {}
impl ToJson for Section {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("productRestEndpointPageArns", &self.product_rest_endpoint_page_arns);
        object.put("sectionName", &self.section_name);
        object.close();
    }
}

/// `Stage` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stage {
    pub access_log_settings: Option<AccessLogSettings>,
    pub api_gateway_managed: Option<bool>,
    pub auto_deploy: Option<bool>,
    pub client_certificate_id: Option<String>,
    pub created_date: Option<crate::Time>,
    pub default_route_settings: Option<RouteSettings>,
    pub deployment_id: Option<String>,
    pub description: Option<String>,
    pub last_deployment_status_message: Option<String>,
    pub last_updated_date: Option<crate::Time>,
    pub route_settings: Option<Map<RouteSettings>>,
    pub stage_name: String,
    pub stage_variables: Option<Map<String>>,
    pub tags: Option<Map<String>>,
}

impl Element for Stage {}
impl ToJson for Stage {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("accessLogSettings", &self.access_log_settings);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("autoDeploy", &self.auto_deploy);
        object.put("clientCertificateId", &self.client_certificate_id);
        object.put_iso("createdDate", self.created_date);
        object.put("defaultRouteSettings", &self.default_route_settings);
        object.put("deploymentId", &self.deployment_id);
        object.put("description", &self.description);
        object.put("lastDeploymentStatusMessage", &self.last_deployment_status_message);
        object.put_iso("lastUpdatedDate", self.last_updated_date);
        object.put("routeSettings", &self.route_settings);
        object.put("stageName", &self.stage_name);
        object.put("stageVariables", &self.stage_variables);
        object.put("tags", &self.tags);
        object.close();
    }
}

/// `StatusException` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusException {
    pub exception: Option<String>,
    pub message: Option<String>,
}

impl Element for StatusException {}
impl ToJson for StatusException {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("exception", &self.exception);
        object.put("message", &self.message);
        object.close();
    }
}

/// `TagResourceResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagResourceResponse {}

impl Element for TagResourceResponse {}
impl ToJson for TagResourceResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for TagResourceResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `TlsConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TlsConfig {
    pub server_name_to_verify: Option<String>,
}

impl Element for TlsConfig {}
impl ToJson for TlsConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("serverNameToVerify", &self.server_name_to_verify);
        object.close();
    }
}

/// `TlsConfigInput` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TlsConfigInput {
    pub server_name_to_verify: Option<String>,
}

impl Item for TlsConfigInput {}
impl FromJson for TlsConfigInput {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { server_name_to_verify: members.get("serverNameToVerify", &[])? })
    }
}

/// `UpdateApiMappingResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateApiMappingResponse {
    pub api_id: Option<String>,
    pub api_mapping_id: Option<String>,
    pub api_mapping_key: Option<String>,
    pub stage: Option<String>,
}

impl Element for UpdateApiMappingResponse {}
impl ToJson for UpdateApiMappingResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiId", &self.api_id);
        object.put("apiMappingId", &self.api_mapping_id);
        object.put("apiMappingKey", &self.api_mapping_key);
        object.put("stage", &self.stage);
        object.close();
    }
}

impl Encode for UpdateApiMappingResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateApiResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateApiResponse {
    pub api_endpoint: Option<String>,
    pub api_gateway_managed: Option<bool>,
    pub api_id: Option<String>,
    pub api_key_selection_expression: Option<String>,
    pub cors_configuration: Option<Cors>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
    pub disable_schema_validation: Option<bool>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub import_info: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub name: Option<String>,
    pub protocol_type: Option<String>,
    pub route_selection_expression: Option<String>,
    pub tags: Option<Map<String>>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
}

impl Element for UpdateApiResponse {}
impl ToJson for UpdateApiResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiEndpoint", &self.api_endpoint);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiId", &self.api_id);
        object.put("apiKeySelectionExpression", &self.api_key_selection_expression);
        object.put("corsConfiguration", &self.cors_configuration);
        object.put_iso("createdDate", self.created_date);
        object.put("description", &self.description);
        object.put("disableSchemaValidation", &self.disable_schema_validation);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("importInfo", &self.import_info);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("name", &self.name);
        object.put("protocolType", &self.protocol_type);
        object.put("routeSelectionExpression", &self.route_selection_expression);
        object.put("tags", &self.tags);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for UpdateApiResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateAuthorizerResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAuthorizerResponse {
    pub authorizer_credentials_arn: Option<String>,
    pub authorizer_id: Option<String>,
    pub authorizer_payload_format_version: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub authorizer_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub enable_simple_responses: Option<bool>,
    pub identity_source: Option<Vec<String>>,
    pub identity_validation_expression: Option<String>,
    pub jwt_configuration: Option<JWTConfiguration>,
    pub name: Option<String>,
}

impl Element for UpdateAuthorizerResponse {}
impl ToJson for UpdateAuthorizerResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorizerCredentialsArn", &self.authorizer_credentials_arn);
        object.put("authorizerId", &self.authorizer_id);
        object.put("authorizerPayloadFormatVersion", &self.authorizer_payload_format_version);
        object.put("authorizerResultTtlInSeconds", &self.authorizer_result_ttl_in_seconds);
        object.put("authorizerType", &self.authorizer_type);
        object.put("authorizerUri", &self.authorizer_uri);
        object.put("enableSimpleResponses", &self.enable_simple_responses);
        object.put("identitySource", &self.identity_source);
        object.put("identityValidationExpression", &self.identity_validation_expression);
        object.put("jwtConfiguration", &self.jwt_configuration);
        object.put("name", &self.name);
        object.close();
    }
}

impl Encode for UpdateAuthorizerResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateDeploymentResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDeploymentResponse {
    pub auto_deployed: Option<bool>,
    pub created_date: Option<crate::Time>,
    pub deployment_id: Option<String>,
    pub deployment_status: Option<String>,
    pub deployment_status_message: Option<String>,
    pub description: Option<String>,
}

impl Element for UpdateDeploymentResponse {}
impl ToJson for UpdateDeploymentResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("autoDeployed", &self.auto_deployed);
        object.put_iso("createdDate", self.created_date);
        object.put("deploymentId", &self.deployment_id);
        object.put("deploymentStatus", &self.deployment_status);
        object.put("deploymentStatusMessage", &self.deployment_status_message);
        object.put("description", &self.description);
        object.close();
    }
}

impl Encode for UpdateDeploymentResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateDomainNameResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateDomainNameResponse {
    pub api_mapping_selection_expression: Option<String>,
    pub domain_name: Option<String>,
    pub domain_name_arn: Option<String>,
    pub domain_name_configurations: Option<Vec<DomainNameConfiguration>>,
    pub mutual_tls_authentication: Option<MutualTlsAuthentication>,
    pub routing_mode: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for UpdateDomainNameResponse {}
impl ToJson for UpdateDomainNameResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiMappingSelectionExpression", &self.api_mapping_selection_expression);
        object.put("domainName", &self.domain_name);
        object.put("domainNameArn", &self.domain_name_arn);
        object.put("domainNameConfigurations", &self.domain_name_configurations);
        object.put("mutualTlsAuthentication", &self.mutual_tls_authentication);
        object.put("routingMode", &self.routing_mode);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for UpdateDomainNameResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateIntegrationResponseResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateIntegrationResponseResponse {
    pub content_handling_strategy: Option<String>,
    pub integration_response_id: Option<String>,
    pub integration_response_key: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub template_selection_expression: Option<String>,
}

impl Element for UpdateIntegrationResponseResponse {}
impl ToJson for UpdateIntegrationResponseResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("integrationResponseId", &self.integration_response_id);
        object.put("integrationResponseKey", &self.integration_response_key);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseTemplates", &self.response_templates);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.close();
    }
}

impl Encode for UpdateIntegrationResponseResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateIntegrationResult` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateIntegrationResult {
    pub api_gateway_managed: Option<bool>,
    pub connection_id: Option<String>,
    pub connection_type: Option<String>,
    pub content_handling_strategy: Option<String>,
    pub credentials_arn: Option<String>,
    pub description: Option<String>,
    pub integration_id: Option<String>,
    pub integration_method: Option<String>,
    pub integration_response_selection_expression: Option<String>,
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
    pub tls_config: Option<TlsConfig>,
}

impl Element for UpdateIntegrationResult {}
impl ToJson for UpdateIntegrationResult {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("connectionId", &self.connection_id);
        object.put("connectionType", &self.connection_type);
        object.put("contentHandlingStrategy", &self.content_handling_strategy);
        object.put("credentialsArn", &self.credentials_arn);
        object.put("description", &self.description);
        object.put("integrationId", &self.integration_id);
        object.put("integrationMethod", &self.integration_method);
        object.put("integrationResponseSelectionExpression", &self.integration_response_selection_expression);
        object.put("integrationSubtype", &self.integration_subtype);
        object.put("integrationType", &self.integration_type);
        object.put("integrationUri", &self.integration_uri);
        object.put("passthroughBehavior", &self.passthrough_behavior);
        object.put("payloadFormatVersion", &self.payload_format_version);
        object.put("requestParameters", &self.request_parameters);
        object.put("requestTemplates", &self.request_templates);
        object.put("responseParameters", &self.response_parameters);
        object.put("templateSelectionExpression", &self.template_selection_expression);
        object.put("timeoutInMillis", &self.timeout_in_millis);
        object.put("tlsConfig", &self.tls_config);
        object.close();
    }
}

impl Encode for UpdateIntegrationResult {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateModelResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateModelResponse {
    pub content_type: Option<String>,
    pub description: Option<String>,
    pub model_id: Option<String>,
    pub name: Option<String>,
    pub schema: Option<String>,
}

impl Element for UpdateModelResponse {}
impl ToJson for UpdateModelResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("contentType", &self.content_type);
        object.put("description", &self.description);
        object.put("modelId", &self.model_id);
        object.put("name", &self.name);
        object.put("schema", &self.schema);
        object.close();
    }
}

impl Encode for UpdateModelResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdatePortalProductResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdatePortalProductResponse {
    pub description: Option<String>,
    pub display_name: Option<String>,
    pub display_order: Option<DisplayOrder>,
    pub last_modified: Option<crate::Time>,
    pub portal_product_arn: Option<String>,
    pub portal_product_id: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for UpdatePortalProductResponse {}
impl ToJson for UpdatePortalProductResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("description", &self.description);
        object.put("displayName", &self.display_name);
        object.put("displayOrder", &self.display_order);
        object.put_iso("lastModified", self.last_modified);
        object.put("portalProductArn", &self.portal_product_arn);
        object.put("portalProductId", &self.portal_product_id);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for UpdatePortalProductResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdatePortalResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdatePortalResponse {
    pub authorization: Option<Authorization>,
    pub endpoint_configuration: Option<EndpointConfigurationResponse>,
    pub included_portal_product_arns: Option<Vec<String>>,
    pub last_modified: Option<crate::Time>,
    pub last_published: Option<crate::Time>,
    pub last_published_description: Option<String>,
    pub portal_arn: Option<String>,
    pub portal_content: Option<PortalContent>,
    pub portal_id: Option<String>,
    pub preview: Option<Preview>,
    pub publish_status: Option<String>,
    pub rum_app_monitor_name: Option<String>,
    pub status_exception: Option<StatusException>,
    pub tags: Option<Map<String>>,
}

impl Element for UpdatePortalResponse {}
impl ToJson for UpdatePortalResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorization", &self.authorization);
        object.put("endpointConfiguration", &self.endpoint_configuration);
        object.put("includedPortalProductArns", &self.included_portal_product_arns);
        object.put_iso("lastModified", self.last_modified);
        object.put_iso("lastPublished", self.last_published);
        object.put("lastPublishedDescription", &self.last_published_description);
        object.put("portalArn", &self.portal_arn);
        object.put("portalContent", &self.portal_content);
        object.put("portalId", &self.portal_id);
        object.put("preview", &self.preview);
        object.put("publishStatus", &self.publish_status);
        object.put("rumAppMonitorName", &self.rum_app_monitor_name);
        object.put("statusException", &self.status_exception);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for UpdatePortalResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateProductPageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateProductPageResponse {
    pub display_content: Option<DisplayContent>,
    pub last_modified: Option<crate::Time>,
    pub product_page_arn: Option<String>,
    pub product_page_id: Option<String>,
}

impl Element for UpdateProductPageResponse {}
impl ToJson for UpdateProductPageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("displayContent", &self.display_content);
        object.put_iso("lastModified", self.last_modified);
        object.put("productPageArn", &self.product_page_arn);
        object.put("productPageId", &self.product_page_id);
        object.close();
    }
}

impl Encode for UpdateProductPageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateProductRestEndpointPageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateProductRestEndpointPageResponse {
    pub display_content: Option<EndpointDisplayContentResponse>,
    pub last_modified: Option<crate::Time>,
    pub product_rest_endpoint_page_arn: Option<String>,
    pub product_rest_endpoint_page_id: Option<String>,
    pub rest_endpoint_identifier: Option<RestEndpointIdentifier>,
    pub status: Option<String>,
    pub status_exception: Option<StatusException>,
    pub try_it_state: Option<String>,
}

impl Element for UpdateProductRestEndpointPageResponse {}
impl ToJson for UpdateProductRestEndpointPageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("displayContent", &self.display_content);
        object.put_iso("lastModified", self.last_modified);
        object.put("productRestEndpointPageArn", &self.product_rest_endpoint_page_arn);
        object.put("productRestEndpointPageId", &self.product_rest_endpoint_page_id);
        object.put("restEndpointIdentifier", &self.rest_endpoint_identifier);
        object.put("status", &self.status);
        object.put("statusException", &self.status_exception);
        object.put("tryItState", &self.try_it_state);
        object.close();
    }
}

impl Encode for UpdateProductRestEndpointPageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateRouteResponseResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRouteResponseResponse {
    pub model_selection_expression: Option<String>,
    pub response_models: Option<Map<String>>,
    pub response_parameters: Option<Map<ParameterConstraints>>,
    pub route_response_id: Option<String>,
    pub route_response_key: Option<String>,
}

impl Element for UpdateRouteResponseResponse {}
impl ToJson for UpdateRouteResponseResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("responseModels", &self.response_models);
        object.put("responseParameters", &self.response_parameters);
        object.put("routeResponseId", &self.route_response_id);
        object.put("routeResponseKey", &self.route_response_key);
        object.close();
    }
}

impl Encode for UpdateRouteResponseResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateRouteResult` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRouteResult {
    pub api_gateway_managed: Option<bool>,
    pub api_key_required: Option<bool>,
    pub authorization_scopes: Option<Vec<String>>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub model_selection_expression: Option<String>,
    pub operation_name: Option<String>,
    pub request_models: Option<Map<String>>,
    pub request_parameters: Option<Map<ParameterConstraints>>,
    pub route_id: Option<String>,
    pub route_key: Option<String>,
    pub route_response_selection_expression: Option<String>,
    pub target: Option<String>,
}

impl Element for UpdateRouteResult {}
impl ToJson for UpdateRouteResult {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("apiKeyRequired", &self.api_key_required);
        object.put("authorizationScopes", &self.authorization_scopes);
        object.put("authorizationType", &self.authorization_type);
        object.put("authorizerId", &self.authorizer_id);
        object.put("modelSelectionExpression", &self.model_selection_expression);
        object.put("operationName", &self.operation_name);
        object.put("requestModels", &self.request_models);
        object.put("requestParameters", &self.request_parameters);
        object.put("routeId", &self.route_id);
        object.put("routeKey", &self.route_key);
        object.put("routeResponseSelectionExpression", &self.route_response_selection_expression);
        object.put("target", &self.target);
        object.close();
    }
}

impl Encode for UpdateRouteResult {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateStageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateStageResponse {
    pub access_log_settings: Option<AccessLogSettings>,
    pub api_gateway_managed: Option<bool>,
    pub auto_deploy: Option<bool>,
    pub client_certificate_id: Option<String>,
    pub created_date: Option<crate::Time>,
    pub default_route_settings: Option<RouteSettings>,
    pub deployment_id: Option<String>,
    pub description: Option<String>,
    pub last_deployment_status_message: Option<String>,
    pub last_updated_date: Option<crate::Time>,
    pub route_settings: Option<Map<RouteSettings>>,
    pub stage_name: Option<String>,
    pub stage_variables: Option<Map<String>>,
    pub tags: Option<Map<String>>,
}

impl Element for UpdateStageResponse {}
impl ToJson for UpdateStageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("accessLogSettings", &self.access_log_settings);
        object.put("apiGatewayManaged", &self.api_gateway_managed);
        object.put("autoDeploy", &self.auto_deploy);
        object.put("clientCertificateId", &self.client_certificate_id);
        object.put_iso("createdDate", self.created_date);
        object.put("defaultRouteSettings", &self.default_route_settings);
        object.put("deploymentId", &self.deployment_id);
        object.put("description", &self.description);
        object.put("lastDeploymentStatusMessage", &self.last_deployment_status_message);
        object.put_iso("lastUpdatedDate", self.last_updated_date);
        object.put("routeSettings", &self.route_settings);
        object.put("stageName", &self.stage_name);
        object.put("stageVariables", &self.stage_variables);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for UpdateStageResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UpdateVpcLinkResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateVpcLinkResponse {
    pub created_date: Option<crate::Time>,
    pub name: Option<String>,
    pub security_group_ids: Option<Vec<String>>,
    pub subnet_ids: Option<Vec<String>>,
    pub tags: Option<Map<String>>,
    pub vpc_link_id: Option<String>,
    pub vpc_link_status: Option<String>,
    pub vpc_link_status_message: Option<String>,
    pub vpc_link_version: Option<String>,
}

impl Element for UpdateVpcLinkResponse {}
impl ToJson for UpdateVpcLinkResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("createdDate", self.created_date);
        object.put("name", &self.name);
        object.put("securityGroupIds", &self.security_group_ids);
        object.put("subnetIds", &self.subnet_ids);
        object.put("tags", &self.tags);
        object.put("vpcLinkId", &self.vpc_link_id);
        object.put("vpcLinkStatus", &self.vpc_link_status);
        object.put("vpcLinkStatusMessage", &self.vpc_link_status_message);
        object.put("vpcLinkVersion", &self.vpc_link_version);
        object.close();
    }
}

impl Encode for UpdateVpcLinkResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `VpcLink` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VpcLink {
    pub created_date: Option<crate::Time>,
    pub name: String,
    pub security_group_ids: Vec<String>,
    pub subnet_ids: Vec<String>,
    pub tags: Option<Map<String>>,
    pub vpc_link_id: String,
    pub vpc_link_status: Option<String>,
    pub vpc_link_status_message: Option<String>,
    pub vpc_link_version: Option<String>,
}

impl Element for VpcLink {}
impl ToJson for VpcLink {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("createdDate", self.created_date);
        object.put("name", &self.name);
        object.put("securityGroupIds", &self.security_group_ids);
        object.put("subnetIds", &self.subnet_ids);
        object.put("tags", &self.tags);
        object.put("vpcLinkId", &self.vpc_link_id);
        object.put("vpcLinkStatus", &self.vpc_link_status);
        object.put("vpcLinkStatusMessage", &self.vpc_link_status_message);
        object.put("vpcLinkVersion", &self.vpc_link_version);
        object.close();
    }
}
