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

/// `AccessLogSettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccessLogSettings {
    pub format: Option<String>,
    pub destination_arn: Option<String>,
}

impl Element for AccessLogSettings {}
impl ToJson for AccessLogSettings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("format", &self.format);
        object.put("destinationArn", &self.destination_arn);
        object.close();
    }
}

/// `Account` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    pub cloudwatch_role_arn: Option<String>,
    pub throttle_settings: Option<ThrottleSettings>,
    pub features: Option<Vec<String>>,
    pub api_key_version: Option<String>,
}

impl Element for Account {}
impl ToJson for Account {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("cloudwatchRoleArn", &self.cloudwatch_role_arn);
        object.put("throttleSettings", &self.throttle_settings);
        object.put("features", &self.features);
        object.put("apiKeyVersion", &self.api_key_version);
        object.close();
    }
}

impl Encode for Account {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ApiKey` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApiKey {
    pub id: Option<String>,
    pub value: Option<String>,
    pub name: Option<String>,
    pub customer_id: Option<String>,
    pub description: Option<String>,
    pub enabled: Option<bool>,
    pub created_date: Option<crate::Time>,
    pub last_updated_date: Option<crate::Time>,
    pub stage_keys: Option<Vec<String>>,
    pub tags: Option<Map<String>>,
}

impl Element for ApiKey {}
impl ToJson for ApiKey {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("value", &self.value);
        object.put("name", &self.name);
        object.put("customerId", &self.customer_id);
        object.put("description", &self.description);
        object.put("enabled", &self.enabled);
        object.put("createdDate", &self.created_date);
        object.put("lastUpdatedDate", &self.last_updated_date);
        object.put("stageKeys", &self.stage_keys);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for ApiKey {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ApiKeyIds` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApiKeyIds {
    pub ids: Option<Vec<String>>,
    pub warnings: Option<Vec<String>>,
}

impl Element for ApiKeyIds {}
impl ToJson for ApiKeyIds {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ids", &self.ids);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for ApiKeyIds {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ApiKeys` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApiKeys {
    pub warnings: Option<Vec<String>>,
    pub position: Option<String>,
    pub items: Option<Vec<ApiKey>>,
}

impl Element for ApiKeys {}
impl ToJson for ApiKeys {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("warnings", &self.warnings);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for ApiKeys {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ApiStage` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApiStage {
    pub api_id: Option<String>,
    pub stage: Option<String>,
    pub throttle: Option<Map<ThrottleSettings>>,
}

impl Item for ApiStage {}
impl FromJson for ApiStage {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            api_id: members.get("apiId", &[])?,
            stage: members.get("stage", &[])?,
            throttle: members.get("throttle", &[])?,
        })
    }
}

impl Element for ApiStage {}
impl ToJson for ApiStage {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("apiId", &self.api_id);
        object.put("stage", &self.stage);
        object.put("throttle", &self.throttle);
        object.close();
    }
}

/// `Authorizer` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authorizer {
    pub id: Option<String>,
    pub name: Option<String>,
    pub r#type: Option<String>,
    pub provider_arns: Option<Vec<String>>,
    pub auth_type: Option<String>,
    pub authorizer_uri: Option<String>,
    pub authorizer_credentials: Option<String>,
    pub identity_source: Option<String>,
    pub identity_validation_expression: Option<String>,
    pub authorizer_result_ttl_in_seconds: Option<i32>,
    pub jwt_configuration: Option<JwtConfiguration>,
}

impl Element for Authorizer {}
impl ToJson for Authorizer {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("name", &self.name);
        object.put("type", &self.r#type);
        object.put("providerARNs", &self.provider_arns);
        object.put("authType", &self.auth_type);
        object.put("authorizerUri", &self.authorizer_uri);
        object.put("authorizerCredentials", &self.authorizer_credentials);
        object.put("identitySource", &self.identity_source);
        object.put("identityValidationExpression", &self.identity_validation_expression);
        object.put("authorizerResultTtlInSeconds", &self.authorizer_result_ttl_in_seconds);
        object.put("jwtConfiguration", &self.jwt_configuration);
        object.close();
    }
}

impl Encode for Authorizer {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Authorizers` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authorizers {
    pub position: Option<String>,
    pub items: Option<Vec<Authorizer>>,
}

impl Element for Authorizers {}
impl ToJson for Authorizers {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for Authorizers {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `BasePathMapping` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BasePathMapping {
    pub base_path: Option<String>,
    pub rest_api_id: Option<String>,
    pub stage: Option<String>,
}

impl Element for BasePathMapping {}
impl ToJson for BasePathMapping {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("basePath", &self.base_path);
        object.put("restApiId", &self.rest_api_id);
        object.put("stage", &self.stage);
        object.close();
    }
}

impl Encode for BasePathMapping {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `BasePathMappings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BasePathMappings {
    pub position: Option<String>,
    pub items: Option<Vec<BasePathMapping>>,
}

impl Element for BasePathMappings {}
impl ToJson for BasePathMappings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for BasePathMappings {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `CanarySettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CanarySettings {
    pub percent_traffic: Option<f64>,
    pub deployment_id: Option<String>,
    pub stage_variable_overrides: Option<Map<String>>,
    pub use_stage_cache: Option<bool>,
}

impl Item for CanarySettings {}
impl FromJson for CanarySettings {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            percent_traffic: members.get("percentTraffic", &[])?,
            deployment_id: members.get("deploymentId", &[])?,
            stage_variable_overrides: members.get("stageVariableOverrides", &[])?,
            use_stage_cache: members.get("useStageCache", &[])?,
        })
    }
}

impl Element for CanarySettings {}
impl ToJson for CanarySettings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("percentTraffic", &self.percent_traffic);
        object.put("deploymentId", &self.deployment_id);
        object.put("stageVariableOverrides", &self.stage_variable_overrides);
        object.put("useStageCache", &self.use_stage_cache);
        object.close();
    }
}

/// `ClientCertificate` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClientCertificate {
    pub client_certificate_id: Option<String>,
    pub description: Option<String>,
    pub pem_encoded_certificate: Option<String>,
    pub created_date: Option<crate::Time>,
    pub expiration_date: Option<crate::Time>,
    pub tags: Option<Map<String>>,
}

impl Element for ClientCertificate {}
impl ToJson for ClientCertificate {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("clientCertificateId", &self.client_certificate_id);
        object.put("description", &self.description);
        object.put("pemEncodedCertificate", &self.pem_encoded_certificate);
        object.put("createdDate", &self.created_date);
        object.put("expirationDate", &self.expiration_date);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for ClientCertificate {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ClientCertificates` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClientCertificates {
    pub position: Option<String>,
    pub items: Option<Vec<ClientCertificate>>,
}

impl Element for ClientCertificates {}
impl ToJson for ClientCertificates {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for ClientCertificates {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Deployment` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deployment {
    pub id: Option<String>,
    pub description: Option<String>,
    pub created_date: Option<crate::Time>,
    pub api_summary: Option<Map<Map<MethodSnapshot>>>,
}

impl Element for Deployment {}
impl ToJson for Deployment {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("description", &self.description);
        object.put("createdDate", &self.created_date);
        object.put("apiSummary", &self.api_summary);
        object.close();
    }
}

impl Encode for Deployment {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DeploymentCanarySettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeploymentCanarySettings {
    pub percent_traffic: Option<f64>,
    pub stage_variable_overrides: Option<Map<String>>,
    pub use_stage_cache: Option<bool>,
}

impl Item for DeploymentCanarySettings {}
impl FromJson for DeploymentCanarySettings {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            percent_traffic: members.get("percentTraffic", &[])?,
            stage_variable_overrides: members.get("stageVariableOverrides", &[])?,
            use_stage_cache: members.get("useStageCache", &[])?,
        })
    }
}

/// `Deployments` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deployments {
    pub position: Option<String>,
    pub items: Option<Vec<Deployment>>,
}

impl Element for Deployments {}
impl ToJson for Deployments {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for Deployments {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DocumentationPart` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentationPart {
    pub id: Option<String>,
    pub location: Option<DocumentationPartLocation>,
    pub properties: Option<String>,
}

impl Element for DocumentationPart {}
impl ToJson for DocumentationPart {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("location", &self.location);
        object.put("properties", &self.properties);
        object.close();
    }
}

impl Encode for DocumentationPart {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DocumentationPartIds` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentationPartIds {
    pub ids: Option<Vec<String>>,
    pub warnings: Option<Vec<String>>,
}

impl Element for DocumentationPartIds {}
impl ToJson for DocumentationPartIds {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ids", &self.ids);
        object.put("warnings", &self.warnings);
        object.close();
    }
}

impl Encode for DocumentationPartIds {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DocumentationPartLocation` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentationPartLocation {
    pub r#type: String,
    pub path: Option<String>,
    pub method: Option<String>,
    pub status_code: Option<String>,
    pub name: Option<String>,
}

impl Item for DocumentationPartLocation {}
impl FromJson for DocumentationPartLocation {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            r#type: members.need("type", constraints::DOCUMENTATION_PART_TYPE)?,
            path: members.get("path", &[])?,
            method: members.get("method", &[])?,
            status_code: members.get("statusCode", constraints::DOCUMENTATION_PART_LOCATION_STATUS_CODE)?,
            name: members.get("name", &[])?,
        })
    }
}

impl Element for DocumentationPartLocation {}
impl ToJson for DocumentationPartLocation {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("type", &self.r#type);
        object.put("path", &self.path);
        object.put("method", &self.method);
        object.put("statusCode", &self.status_code);
        object.put("name", &self.name);
        object.close();
    }
}

/// `DocumentationParts` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentationParts {
    pub position: Option<String>,
    pub items: Option<Vec<DocumentationPart>>,
}

impl Element for DocumentationParts {}
impl ToJson for DocumentationParts {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for DocumentationParts {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DocumentationVersion` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentationVersion {
    pub version: Option<String>,
    pub created_date: Option<crate::Time>,
    pub description: Option<String>,
}

impl Element for DocumentationVersion {}
impl ToJson for DocumentationVersion {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("version", &self.version);
        object.put("createdDate", &self.created_date);
        object.put("description", &self.description);
        object.close();
    }
}

impl Encode for DocumentationVersion {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DocumentationVersions` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentationVersions {
    pub position: Option<String>,
    pub items: Option<Vec<DocumentationVersion>>,
}

impl Element for DocumentationVersions {}
impl ToJson for DocumentationVersions {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for DocumentationVersions {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DomainName` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DomainName {
    pub domain_name: Option<String>,
    pub domain_name_id: Option<String>,
    pub domain_name_arn: Option<String>,
    pub certificate_name: Option<String>,
    pub certificate_arn: Option<String>,
    pub certificate_upload_date: Option<crate::Time>,
    pub regional_domain_name: Option<String>,
    pub regional_hosted_zone_id: Option<String>,
    pub regional_certificate_name: Option<String>,
    pub regional_certificate_arn: Option<String>,
    pub distribution_domain_name: Option<String>,
    pub distribution_hosted_zone_id: Option<String>,
    pub endpoint_configuration: Option<EndpointConfiguration>,
    pub domain_name_status: Option<String>,
    pub domain_name_status_message: Option<String>,
    pub security_policy: Option<String>,
    pub endpoint_access_mode: Option<String>,
    pub tags: Option<Map<String>>,
    pub mutual_tls_authentication: Option<MutualTlsAuthentication>,
    pub ownership_verification_certificate_arn: Option<String>,
    pub management_policy: Option<String>,
    pub policy: Option<String>,
    pub routing_mode: Option<String>,
}

impl Element for DomainName {}
impl ToJson for DomainName {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("domainName", &self.domain_name);
        object.put("domainNameId", &self.domain_name_id);
        object.put("domainNameArn", &self.domain_name_arn);
        object.put("certificateName", &self.certificate_name);
        object.put("certificateArn", &self.certificate_arn);
        object.put("certificateUploadDate", &self.certificate_upload_date);
        object.put("regionalDomainName", &self.regional_domain_name);
        object.put("regionalHostedZoneId", &self.regional_hosted_zone_id);
        object.put("regionalCertificateName", &self.regional_certificate_name);
        object.put("regionalCertificateArn", &self.regional_certificate_arn);
        object.put("distributionDomainName", &self.distribution_domain_name);
        object.put("distributionHostedZoneId", &self.distribution_hosted_zone_id);
        object.put("endpointConfiguration", &self.endpoint_configuration);
        object.put("domainNameStatus", &self.domain_name_status);
        object.put("domainNameStatusMessage", &self.domain_name_status_message);
        object.put("securityPolicy", &self.security_policy);
        object.put("endpointAccessMode", &self.endpoint_access_mode);
        object.put("tags", &self.tags);
        object.put("mutualTlsAuthentication", &self.mutual_tls_authentication);
        object.put("ownershipVerificationCertificateArn", &self.ownership_verification_certificate_arn);
        object.put("managementPolicy", &self.management_policy);
        object.put("policy", &self.policy);
        object.put("routingMode", &self.routing_mode);
        object.close();
    }
}

impl Encode for DomainName {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DomainNameAccessAssociation` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DomainNameAccessAssociation {
    pub domain_name_access_association_arn: Option<String>,
    pub domain_name_arn: Option<String>,
    pub access_association_source_type: Option<String>,
    pub access_association_source: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for DomainNameAccessAssociation {}
impl ToJson for DomainNameAccessAssociation {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("domainNameAccessAssociationArn", &self.domain_name_access_association_arn);
        object.put("domainNameArn", &self.domain_name_arn);
        object.put("accessAssociationSourceType", &self.access_association_source_type);
        object.put("accessAssociationSource", &self.access_association_source);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for DomainNameAccessAssociation {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DomainNameAccessAssociations` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DomainNameAccessAssociations {
    pub position: Option<String>,
    pub items: Option<Vec<DomainNameAccessAssociation>>,
}

impl Element for DomainNameAccessAssociations {}
impl ToJson for DomainNameAccessAssociations {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for DomainNameAccessAssociations {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `DomainNames` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DomainNames {
    pub position: Option<String>,
    pub items: Option<Vec<DomainName>>,
}

impl Element for DomainNames {}
impl ToJson for DomainNames {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for DomainNames {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `EndpointConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointConfiguration {
    pub types: Option<Vec<String>>,
    pub ip_address_type: Option<String>,
    pub vpc_endpoint_ids: Option<Vec<String>>,
}

impl Item for EndpointConfiguration {}
impl FromJson for EndpointConfiguration {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            types: members.get("types", constraints::LIST_OF_ENDPOINT_TYPE)?,
            ip_address_type: members.get("ipAddressType", constraints::IP_ADDRESS_TYPE)?,
            vpc_endpoint_ids: members.get("vpcEndpointIds", &[])?,
        })
    }
}

impl Element for EndpointConfiguration {}
impl ToJson for EndpointConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("types", &self.types);
        object.put("ipAddressType", &self.ip_address_type);
        object.put("vpcEndpointIds", &self.vpc_endpoint_ids);
        object.close();
    }
}

/// `ExportResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportResponse {
    pub content_type: Option<String>,
    pub content_disposition: Option<String>,
    pub body: Vec<u8>,
}

impl Encode for ExportResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::raw(status, &self.body)
            .with_header("Content-Type", self.content_type.as_ref())
            .with_header("Content-Disposition", self.content_disposition.as_ref())
    }
}

/// `GatewayResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GatewayResponse {
    pub response_type: Option<String>,
    pub status_code: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<String>>,
    pub default_response: Option<bool>,
}

impl Element for GatewayResponse {}
impl ToJson for GatewayResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("responseType", &self.response_type);
        object.put("statusCode", &self.status_code);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseTemplates", &self.response_templates);
        object.put("defaultResponse", &self.default_response);
        object.close();
    }
}

impl Encode for GatewayResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `GatewayResponses` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GatewayResponses {
    pub position: Option<String>,
    pub items: Option<Vec<GatewayResponse>>,
}

impl Element for GatewayResponses {}
impl ToJson for GatewayResponses {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for GatewayResponses {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Integration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Integration {
    pub r#type: Option<String>,
    pub http_method: Option<String>,
    pub uri: Option<String>,
    pub connection_type: Option<String>,
    pub connection_id: Option<String>,
    pub credentials: Option<String>,
    pub request_parameters: Option<Map<String>>,
    pub request_templates: Option<Map<Option<String>>>,
    pub passthrough_behavior: Option<String>,
    pub content_handling: Option<String>,
    pub timeout_in_millis: Option<i32>,
    pub cache_namespace: Option<String>,
    pub cache_key_parameters: Option<Vec<String>>,
    pub integration_responses: Option<Map<IntegrationResponse>>,
    pub tls_config: Option<TlsConfig>,
    pub response_transfer_mode: Option<String>,
    pub integration_target: Option<String>,
}

impl Element for Integration {}
impl ToJson for Integration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("type", &self.r#type);
        object.put("httpMethod", &self.http_method);
        object.put("uri", &self.uri);
        object.put("connectionType", &self.connection_type);
        object.put("connectionId", &self.connection_id);
        object.put("credentials", &self.credentials);
        object.put("requestParameters", &self.request_parameters);
        object.put("requestTemplates", &self.request_templates);
        object.put("passthroughBehavior", &self.passthrough_behavior);
        object.put("contentHandling", &self.content_handling);
        object.put("timeoutInMillis", &self.timeout_in_millis);
        object.put("cacheNamespace", &self.cache_namespace);
        object.put("cacheKeyParameters", &self.cache_key_parameters);
        object.put("integrationResponses", &self.integration_responses);
        object.put("tlsConfig", &self.tls_config);
        object.put("responseTransferMode", &self.response_transfer_mode);
        object.put("integrationTarget", &self.integration_target);
        object.close();
    }
}

impl Encode for Integration {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `IntegrationResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IntegrationResponse {
    pub status_code: Option<String>,
    pub selection_pattern: Option<String>,
    pub response_parameters: Option<Map<String>>,
    pub response_templates: Option<Map<Option<String>>>,
    pub content_handling: Option<String>,
}

impl Element for IntegrationResponse {}
impl ToJson for IntegrationResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("statusCode", &self.status_code);
        object.put("selectionPattern", &self.selection_pattern);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseTemplates", &self.response_templates);
        object.put("contentHandling", &self.content_handling);
        object.close();
    }
}

impl Encode for IntegrationResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `JwtAdditionalClaim` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JwtAdditionalClaim {
    pub claim_name: String,
    pub format: String,
    pub required: Option<bool>,
    pub expected_values: Option<Vec<String>>,
}

impl Item for JwtAdditionalClaim {}
impl FromJson for JwtAdditionalClaim {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            claim_name: members.need("claimName", &[])?,
            format: members.need("format", constraints::JWT_CLAIM_FORMAT)?,
            required: members.get("required", &[])?,
            expected_values: members.get("expectedValues", &[])?,
        })
    }
}

impl Element for JwtAdditionalClaim {}
impl ToJson for JwtAdditionalClaim {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("claimName", &self.claim_name);
        object.put("format", &self.format);
        object.put("required", &self.required);
        object.put("expectedValues", &self.expected_values);
        object.close();
    }
}

/// `JwtConfiguration` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JwtConfiguration {
    pub issuers: Option<Vec<JwtIssuer>>,
    pub default_algorithms: Option<Vec<String>>,
}

impl Element for JwtConfiguration {}
impl ToJson for JwtConfiguration {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("issuers", &self.issuers);
        object.put("defaultAlgorithms", &self.default_algorithms);
        object.close();
    }
}

/// `JwtConfigurationInput` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JwtConfigurationInput {
    pub issuers: Vec<JwtIssuerInput>,
    pub default_algorithms: Vec<String>,
}

impl Item for JwtConfigurationInput {}
impl FromJson for JwtConfigurationInput {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            issuers: members.need("issuers", &[])?,
            default_algorithms: members
                .need("defaultAlgorithms", constraints::LIST_OF_JWT_SIGNING_ALGORITHM)?,
        })
    }
}

/// `JwtIssuer` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JwtIssuer {
    pub issuer: Option<String>,
    pub audiences: Option<Vec<String>>,
    pub additional_claims: Option<Vec<JwtAdditionalClaim>>,
    pub jwks_uri: Option<String>,
}

impl Element for JwtIssuer {}
impl ToJson for JwtIssuer {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("issuer", &self.issuer);
        object.put("audiences", &self.audiences);
        object.put("additionalClaims", &self.additional_claims);
        object.put("jwksUri", &self.jwks_uri);
        object.close();
    }
}

/// `JwtIssuerInput` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JwtIssuerInput {
    pub issuer: String,
    pub audiences: Vec<String>,
    pub additional_claims: Option<Vec<JwtAdditionalClaim>>,
}

impl Item for JwtIssuerInput {}
impl FromJson for JwtIssuerInput {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            issuer: members.need("issuer", &[])?,
            audiences: members.need("audiences", &[])?,
            additional_claims: members.get("additionalClaims", &[])?,
        })
    }
}

/// `Method` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Method {
    pub http_method: Option<String>,
    pub authorization_type: Option<String>,
    pub authorizer_id: Option<String>,
    pub api_key_required: Option<bool>,
    pub request_validator_id: Option<String>,
    pub operation_name: Option<String>,
    pub request_parameters: Option<Map<bool>>,
    pub request_models: Option<Map<String>>,
    pub method_responses: Option<Map<MethodResponse>>,
    pub method_integration: Option<Integration>,
    pub authorization_scopes: Option<Vec<String>>,
}

impl Element for Method {}
impl ToJson for Method {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("httpMethod", &self.http_method);
        object.put("authorizationType", &self.authorization_type);
        object.put("authorizerId", &self.authorizer_id);
        object.put("apiKeyRequired", &self.api_key_required);
        object.put("requestValidatorId", &self.request_validator_id);
        object.put("operationName", &self.operation_name);
        object.put("requestParameters", &self.request_parameters);
        object.put("requestModels", &self.request_models);
        object.put("methodResponses", &self.method_responses);
        object.put("methodIntegration", &self.method_integration);
        object.put("authorizationScopes", &self.authorization_scopes);
        object.close();
    }
}

impl Encode for Method {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `MethodResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MethodResponse {
    pub status_code: Option<String>,
    pub response_parameters: Option<Map<bool>>,
    pub response_models: Option<Map<String>>,
}

impl Element for MethodResponse {}
impl ToJson for MethodResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("statusCode", &self.status_code);
        object.put("responseParameters", &self.response_parameters);
        object.put("responseModels", &self.response_models);
        object.close();
    }
}

impl Encode for MethodResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `MethodSetting` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MethodSetting {
    pub metrics_enabled: Option<bool>,
    pub logging_level: Option<String>,
    pub data_trace_enabled: Option<bool>,
    pub throttling_burst_limit: Option<i32>,
    pub throttling_rate_limit: Option<f64>,
    pub caching_enabled: Option<bool>,
    pub cache_ttl_in_seconds: Option<i32>,
    pub cache_data_encrypted: Option<bool>,
    pub require_authorization_for_cache_control: Option<bool>,
    pub unauthorized_cache_control_header_strategy: Option<String>,
}

impl Element for MethodSetting {}
impl ToJson for MethodSetting {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("metricsEnabled", &self.metrics_enabled);
        object.put("loggingLevel", &self.logging_level);
        object.put("dataTraceEnabled", &self.data_trace_enabled);
        object.put("throttlingBurstLimit", &self.throttling_burst_limit);
        object.put("throttlingRateLimit", &self.throttling_rate_limit);
        object.put("cachingEnabled", &self.caching_enabled);
        object.put("cacheTtlInSeconds", &self.cache_ttl_in_seconds);
        object.put("cacheDataEncrypted", &self.cache_data_encrypted);
        object.put("requireAuthorizationForCacheControl", &self.require_authorization_for_cache_control);
        object
            .put("unauthorizedCacheControlHeaderStrategy", &self.unauthorized_cache_control_header_strategy);
        object.close();
    }
}

/// `MethodSnapshot` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MethodSnapshot {
    pub authorization_type: Option<String>,
    pub api_key_required: Option<bool>,
}

impl Element for MethodSnapshot {}
impl ToJson for MethodSnapshot {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("authorizationType", &self.authorization_type);
        object.put("apiKeyRequired", &self.api_key_required);
        object.close();
    }
}

/// `Model` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub schema: Option<String>,
    pub content_type: Option<String>,
}

impl Element for Model {}
impl ToJson for Model {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("name", &self.name);
        object.put("description", &self.description);
        object.put("schema", &self.schema);
        object.put("contentType", &self.content_type);
        object.close();
    }
}

impl Encode for Model {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Models` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Models {
    pub position: Option<String>,
    pub items: Option<Vec<Model>>,
}

impl Element for Models {}
impl ToJson for Models {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for Models {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
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

/// `PatchOperation` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PatchOperation {
    pub op: Option<String>,
    pub path: Option<String>,
    pub value: Option<String>,
    pub from: Option<String>,
}

impl Item for PatchOperation {}
impl FromJson for PatchOperation {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            op: members.get("op", constraints::OP)?,
            path: members.get("path", &[])?,
            value: members.get("value", &[])?,
            from: members.get("from", &[])?,
        })
    }
}

/// `QuotaSettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QuotaSettings {
    pub limit: Option<i32>,
    pub offset: Option<i32>,
    pub period: Option<String>,
}

impl Item for QuotaSettings {}
impl FromJson for QuotaSettings {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            limit: members.get("limit", &[])?,
            offset: members.get("offset", &[])?,
            period: members.get("period", constraints::QUOTA_PERIOD_TYPE)?,
        })
    }
}

impl Element for QuotaSettings {}
impl ToJson for QuotaSettings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("limit", &self.limit);
        object.put("offset", &self.offset);
        object.put("period", &self.period);
        object.close();
    }
}

/// `RequestValidator` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RequestValidator {
    pub id: Option<String>,
    pub name: Option<String>,
    pub validate_request_body: Option<bool>,
    pub validate_request_parameters: Option<bool>,
}

impl Element for RequestValidator {}
impl ToJson for RequestValidator {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("name", &self.name);
        object.put("validateRequestBody", &self.validate_request_body);
        object.put("validateRequestParameters", &self.validate_request_parameters);
        object.close();
    }
}

impl Encode for RequestValidator {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `RequestValidators` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RequestValidators {
    pub position: Option<String>,
    pub items: Option<Vec<RequestValidator>>,
}

impl Element for RequestValidators {}
impl ToJson for RequestValidators {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for RequestValidators {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Resource` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resource {
    pub id: Option<String>,
    pub parent_id: Option<String>,
    pub path_part: Option<String>,
    pub path: Option<String>,
    pub resource_methods: Option<Map<Method>>,
}

impl Element for Resource {}
impl ToJson for Resource {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("parentId", &self.parent_id);
        object.put("pathPart", &self.path_part);
        object.put("path", &self.path);
        object.put("resourceMethods", &self.resource_methods);
        object.close();
    }
}

impl Encode for Resource {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Resources` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resources {
    pub position: Option<String>,
    pub items: Option<Vec<Resource>>,
}

impl Element for Resources {}
impl ToJson for Resources {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for Resources {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `RestApi` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RestApi {
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub created_date: Option<crate::Time>,
    pub version: Option<String>,
    pub warnings: Option<Vec<String>>,
    pub binary_media_types: Option<Vec<String>>,
    pub minimum_compression_size: Option<i32>,
    pub api_key_source: Option<String>,
    pub endpoint_configuration: Option<EndpointConfiguration>,
    pub policy: Option<String>,
    pub tags: Option<Map<String>>,
    pub disable_execute_api_endpoint: Option<bool>,
    pub root_resource_id: Option<String>,
    pub security_policy: Option<String>,
    pub endpoint_access_mode: Option<String>,
    pub api_status: Option<String>,
    pub api_status_message: Option<String>,
}

impl Element for RestApi {}
impl ToJson for RestApi {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("name", &self.name);
        object.put("description", &self.description);
        object.put("createdDate", &self.created_date);
        object.put("version", &self.version);
        object.put("warnings", &self.warnings);
        object.put("binaryMediaTypes", &self.binary_media_types);
        object.put("minimumCompressionSize", &self.minimum_compression_size);
        object.put("apiKeySource", &self.api_key_source);
        object.put("endpointConfiguration", &self.endpoint_configuration);
        object.put("policy", &self.policy);
        object.put("tags", &self.tags);
        object.put("disableExecuteApiEndpoint", &self.disable_execute_api_endpoint);
        object.put("rootResourceId", &self.root_resource_id);
        object.put("securityPolicy", &self.security_policy);
        object.put("endpointAccessMode", &self.endpoint_access_mode);
        object.put("apiStatus", &self.api_status);
        object.put("apiStatusMessage", &self.api_status_message);
        object.close();
    }
}

impl Encode for RestApi {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `RestApis` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RestApis {
    pub position: Option<String>,
    pub items: Option<Vec<RestApi>>,
}

impl Element for RestApis {}
impl ToJson for RestApis {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for RestApis {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `SdkConfigurationProperty` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SdkConfigurationProperty {
    pub name: Option<String>,
    pub friendly_name: Option<String>,
    pub description: Option<String>,
    pub required: Option<bool>,
    pub default_value: Option<String>,
}

impl Element for SdkConfigurationProperty {}
impl ToJson for SdkConfigurationProperty {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("name", &self.name);
        object.put("friendlyName", &self.friendly_name);
        object.put("description", &self.description);
        object.put("required", &self.required);
        object.put("defaultValue", &self.default_value);
        object.close();
    }
}

/// `SdkResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SdkResponse {
    pub content_type: Option<String>,
    pub content_disposition: Option<String>,
    pub body: Vec<u8>,
}

impl Encode for SdkResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::raw(status, &self.body)
            .with_header("Content-Type", self.content_type.as_ref())
            .with_header("Content-Disposition", self.content_disposition.as_ref())
    }
}

/// `SdkType` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SdkType {
    pub id: Option<String>,
    pub friendly_name: Option<String>,
    pub description: Option<String>,
    pub configuration_properties: Option<Vec<SdkConfigurationProperty>>,
}

impl Element for SdkType {}
impl ToJson for SdkType {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("friendlyName", &self.friendly_name);
        object.put("description", &self.description);
        object.put("configurationProperties", &self.configuration_properties);
        object.close();
    }
}

impl Encode for SdkType {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `SdkTypes` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SdkTypes {
    pub position: Option<String>,
    pub items: Option<Vec<SdkType>>,
}

impl Element for SdkTypes {}
impl ToJson for SdkTypes {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for SdkTypes {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Stage` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stage {
    pub deployment_id: Option<String>,
    pub client_certificate_id: Option<String>,
    pub stage_name: Option<String>,
    pub description: Option<String>,
    pub cache_cluster_enabled: Option<bool>,
    pub cache_cluster_size: Option<String>,
    pub cache_cluster_status: Option<String>,
    pub method_settings: Option<Map<MethodSetting>>,
    pub variables: Option<Map<String>>,
    pub documentation_version: Option<String>,
    pub access_log_settings: Option<AccessLogSettings>,
    pub canary_settings: Option<CanarySettings>,
    pub tracing_enabled: Option<bool>,
    pub web_acl_arn: Option<String>,
    pub tags: Option<Map<String>>,
    pub created_date: Option<crate::Time>,
    pub last_updated_date: Option<crate::Time>,
}

impl Element for Stage {}
impl ToJson for Stage {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("deploymentId", &self.deployment_id);
        object.put("clientCertificateId", &self.client_certificate_id);
        object.put("stageName", &self.stage_name);
        object.put("description", &self.description);
        object.put("cacheClusterEnabled", &self.cache_cluster_enabled);
        object.put("cacheClusterSize", &self.cache_cluster_size);
        object.put("cacheClusterStatus", &self.cache_cluster_status);
        object.put("methodSettings", &self.method_settings);
        object.put("variables", &self.variables);
        object.put("documentationVersion", &self.documentation_version);
        object.put("accessLogSettings", &self.access_log_settings);
        object.put("canarySettings", &self.canary_settings);
        object.put("tracingEnabled", &self.tracing_enabled);
        object.put("webAclArn", &self.web_acl_arn);
        object.put("tags", &self.tags);
        object.put("createdDate", &self.created_date);
        object.put("lastUpdatedDate", &self.last_updated_date);
        object.close();
    }
}

impl Encode for Stage {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `StageKey` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StageKey {
    pub rest_api_id: Option<String>,
    pub stage_name: Option<String>,
}

impl Item for StageKey {}
impl FromJson for StageKey {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { rest_api_id: members.get("restApiId", &[])?, stage_name: members.get("stageName", &[])? })
    }
}

/// `Stages` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stages {
    pub item: Option<Vec<Stage>>,
}

impl Element for Stages {}
impl ToJson for Stages {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("item", &self.item);
        object.close();
    }
}

impl Encode for Stages {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Tags` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tags {
    pub tags: Option<Map<String>>,
}

impl Element for Tags {}
impl ToJson for Tags {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for Tags {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `Template` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    pub value: Option<String>,
}

impl Element for Template {}
impl ToJson for Template {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("value", &self.value);
        object.close();
    }
}

impl Encode for Template {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `TestInvokeAuthorizerResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TestInvokeAuthorizerResponse {
    pub client_status: Option<i32>,
    pub log: Option<String>,
    pub latency: Option<i64>,
    pub principal_id: Option<String>,
    pub policy: Option<String>,
    pub authorization: Option<Map<Vec<String>>>,
    pub claims: Option<Map<String>>,
}

impl Element for TestInvokeAuthorizerResponse {}
impl ToJson for TestInvokeAuthorizerResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("clientStatus", &self.client_status);
        object.put("log", &self.log);
        object.put("latency", &self.latency);
        object.put("principalId", &self.principal_id);
        object.put("policy", &self.policy);
        object.put("authorization", &self.authorization);
        object.put("claims", &self.claims);
        object.close();
    }
}

impl Encode for TestInvokeAuthorizerResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `TestInvokeMethodResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TestInvokeMethodResponse {
    pub status: Option<i32>,
    pub body: Option<String>,
    pub headers: Option<Map<String>>,
    pub multi_value_headers: Option<Map<Vec<String>>>,
    pub log: Option<String>,
    pub latency: Option<i64>,
}

impl Element for TestInvokeMethodResponse {}
impl ToJson for TestInvokeMethodResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("status", &self.status);
        object.put("body", &self.body);
        object.put("headers", &self.headers);
        object.put("multiValueHeaders", &self.multi_value_headers);
        object.put("log", &self.log);
        object.put("latency", &self.latency);
        object.close();
    }
}

impl Encode for TestInvokeMethodResponse {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `ThrottleSettings` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThrottleSettings {
    pub burst_limit: Option<i32>,
    pub rate_limit: Option<f64>,
}

impl Item for ThrottleSettings {}
impl FromJson for ThrottleSettings {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { burst_limit: members.get("burstLimit", &[])?, rate_limit: members.get("rateLimit", &[])? })
    }
}

impl Element for ThrottleSettings {}
impl ToJson for ThrottleSettings {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("burstLimit", &self.burst_limit);
        object.put("rateLimit", &self.rate_limit);
        object.close();
    }
}

/// `TlsConfig` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TlsConfig {
    pub insecure_skip_verification: Option<bool>,
}

impl Item for TlsConfig {}
impl FromJson for TlsConfig {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { insecure_skip_verification: members.get("insecureSkipVerification", &[])? })
    }
}

impl Element for TlsConfig {}
impl ToJson for TlsConfig {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("insecureSkipVerification", &self.insecure_skip_verification);
        object.close();
    }
}

/// `Usage` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usage {
    pub usage_plan_id: Option<String>,
    pub start_date: Option<String>,
    pub end_date: Option<String>,
    pub position: Option<String>,
    pub items: Option<Map<Vec<Vec<i64>>>>,
}

impl Element for Usage {}
impl ToJson for Usage {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("usagePlanId", &self.usage_plan_id);
        object.put("startDate", &self.start_date);
        object.put("endDate", &self.end_date);
        object.put("position", &self.position);
        object.put("values", &self.items);
        object.close();
    }
}

impl Encode for Usage {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UsagePlan` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UsagePlan {
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub api_stages: Option<Vec<ApiStage>>,
    pub throttle: Option<ThrottleSettings>,
    pub quota: Option<QuotaSettings>,
    pub product_code: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for UsagePlan {}
impl ToJson for UsagePlan {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("name", &self.name);
        object.put("description", &self.description);
        object.put("apiStages", &self.api_stages);
        object.put("throttle", &self.throttle);
        object.put("quota", &self.quota);
        object.put("productCode", &self.product_code);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for UsagePlan {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UsagePlanKey` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UsagePlanKey {
    pub id: Option<String>,
    pub r#type: Option<String>,
    pub value: Option<String>,
    pub name: Option<String>,
}

impl Element for UsagePlanKey {}
impl ToJson for UsagePlanKey {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("type", &self.r#type);
        object.put("value", &self.value);
        object.put("name", &self.name);
        object.close();
    }
}

impl Encode for UsagePlanKey {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UsagePlanKeys` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UsagePlanKeys {
    pub position: Option<String>,
    pub items: Option<Vec<UsagePlanKey>>,
}

impl Element for UsagePlanKeys {}
impl ToJson for UsagePlanKeys {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for UsagePlanKeys {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `UsagePlans` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UsagePlans {
    pub position: Option<String>,
    pub items: Option<Vec<UsagePlan>>,
}

impl Element for UsagePlans {}
impl ToJson for UsagePlans {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for UsagePlans {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `VpcLink` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VpcLink {
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub target_arns: Option<Vec<String>>,
    pub status: Option<String>,
    pub status_message: Option<String>,
    pub tags: Option<Map<String>>,
}

impl Element for VpcLink {}
impl ToJson for VpcLink {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("id", &self.id);
        object.put("name", &self.name);
        object.put("description", &self.description);
        object.put("targetArns", &self.target_arns);
        object.put("status", &self.status);
        object.put("statusMessage", &self.status_message);
        object.put("tags", &self.tags);
        object.close();
    }
}

impl Encode for VpcLink {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}

/// `VpcLinks` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VpcLinks {
    pub position: Option<String>,
    pub items: Option<Vec<VpcLink>>,
}

impl Element for VpcLinks {}
impl ToJson for VpcLinks {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("position", &self.position);
        object.put("item", &self.items);
        object.close();
    }
}

impl Encode for VpcLinks {
    fn encode(&self, status: u16) -> Reply {
        Reply::json(status, self)
    }
}
