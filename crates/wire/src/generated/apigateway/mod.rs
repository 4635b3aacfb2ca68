//! Service model `apigateway` 2015-07-09, made by `cargo xtask codegen`; do not edit.

pub(crate) mod constraints;
mod requests;
mod shapes;

pub use requests::*;
#[allow(unused_imports)]
pub use shapes::*;

use crate::route::{Operation, Segment, Spec, UriRoute};

/// An operation of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `POST /apikeys`
    CreateApiKey,
    /// `POST /restapis/{restapi_id}/authorizers`
    CreateAuthorizer,
    /// `POST /domainnames/{domain_name}/basepathmappings`
    CreateBasePathMapping,
    /// `POST /restapis/{restapi_id}/deployments`
    CreateDeployment,
    /// `POST /restapis/{restapi_id}/documentation/parts`
    CreateDocumentationPart,
    /// `POST /restapis/{restapi_id}/documentation/versions`
    CreateDocumentationVersion,
    /// `POST /domainnames`
    CreateDomainName,
    /// `POST /domainnameaccessassociations`
    CreateDomainNameAccessAssociation,
    /// `POST /restapis/{restapi_id}/models`
    CreateModel,
    /// `POST /restapis/{restapi_id}/requestvalidators`
    CreateRequestValidator,
    /// `POST /restapis/{restapi_id}/resources/{parent_id}`
    CreateResource,
    /// `POST /restapis`
    CreateRestApi,
    /// `POST /restapis/{restapi_id}/stages`
    CreateStage,
    /// `POST /usageplans`
    CreateUsagePlan,
    /// `POST /usageplans/{usageplanId}/keys`
    CreateUsagePlanKey,
    /// `POST /vpclinks`
    CreateVpcLink,
    /// `DELETE /apikeys/{api_Key}`
    DeleteApiKey,
    /// `DELETE /restapis/{restapi_id}/authorizers/{authorizer_id}`
    DeleteAuthorizer,
    /// `DELETE /domainnames/{domain_name}/basepathmappings/{base_path}`
    DeleteBasePathMapping,
    /// `DELETE /clientcertificates/{clientcertificate_id}`
    DeleteClientCertificate,
    /// `DELETE /restapis/{restapi_id}/deployments/{deployment_id}`
    DeleteDeployment,
    /// `DELETE /restapis/{restapi_id}/documentation/parts/{part_id}`
    DeleteDocumentationPart,
    /// `DELETE /restapis/{restapi_id}/documentation/versions/{doc_version}`
    DeleteDocumentationVersion,
    /// `DELETE /domainnames/{domain_name}`
    DeleteDomainName,
    /// `DELETE /domainnameaccessassociations/{domain_name_access_association_arn}`
    DeleteDomainNameAccessAssociation,
    /// `DELETE /restapis/{restapi_id}/gatewayresponses/{response_type}`
    DeleteGatewayResponse,
    /// `DELETE /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration`
    DeleteIntegration,
    /// `DELETE /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}`
    DeleteIntegrationResponse,
    /// `DELETE /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}`
    DeleteMethod,
    /// `DELETE /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}`
    DeleteMethodResponse,
    /// `DELETE /restapis/{restapi_id}/models/{model_name}`
    DeleteModel,
    /// `DELETE /restapis/{restapi_id}/requestvalidators/{requestvalidator_id}`
    DeleteRequestValidator,
    /// `DELETE /restapis/{restapi_id}/resources/{resource_id}`
    DeleteResource,
    /// `DELETE /restapis/{restapi_id}`
    DeleteRestApi,
    /// `DELETE /restapis/{restapi_id}/stages/{stage_name}`
    DeleteStage,
    /// `DELETE /usageplans/{usageplanId}`
    DeleteUsagePlan,
    /// `DELETE /usageplans/{usageplanId}/keys/{keyId}`
    DeleteUsagePlanKey,
    /// `DELETE /vpclinks/{vpclink_id}`
    DeleteVpcLink,
    /// `DELETE /restapis/{restapi_id}/stages/{stage_name}/cache/authorizers`
    FlushStageAuthorizersCache,
    /// `DELETE /restapis/{restapi_id}/stages/{stage_name}/cache/data`
    FlushStageCache,
    /// `POST /clientcertificates`
    GenerateClientCertificate,
    /// `GET /account`
    GetAccount,
    /// `GET /apikeys/{api_Key}`
    GetApiKey,
    /// `GET /apikeys`
    GetApiKeys,
    /// `GET /restapis/{restapi_id}/authorizers/{authorizer_id}`
    GetAuthorizer,
    /// `GET /restapis/{restapi_id}/authorizers`
    GetAuthorizers,
    /// `GET /domainnames/{domain_name}/basepathmappings/{base_path}`
    GetBasePathMapping,
    /// `GET /domainnames/{domain_name}/basepathmappings`
    GetBasePathMappings,
    /// `GET /clientcertificates/{clientcertificate_id}`
    GetClientCertificate,
    /// `GET /clientcertificates`
    GetClientCertificates,
    /// `GET /restapis/{restapi_id}/deployments/{deployment_id}`
    GetDeployment,
    /// `GET /restapis/{restapi_id}/deployments`
    GetDeployments,
    /// `GET /restapis/{restapi_id}/documentation/parts/{part_id}`
    GetDocumentationPart,
    /// `GET /restapis/{restapi_id}/documentation/parts`
    GetDocumentationParts,
    /// `GET /restapis/{restapi_id}/documentation/versions/{doc_version}`
    GetDocumentationVersion,
    /// `GET /restapis/{restapi_id}/documentation/versions`
    GetDocumentationVersions,
    /// `GET /domainnames/{domain_name}`
    GetDomainName,
    /// `GET /domainnameaccessassociations`
    GetDomainNameAccessAssociations,
    /// `GET /domainnames`
    GetDomainNames,
    /// `GET /restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}`
    GetExport,
    /// `GET /restapis/{restapi_id}/gatewayresponses/{response_type}`
    GetGatewayResponse,
    /// `GET /restapis/{restapi_id}/gatewayresponses`
    GetGatewayResponses,
    /// `GET /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration`
    GetIntegration,
    /// `GET /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}`
    GetIntegrationResponse,
    /// `GET /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}`
    GetMethod,
    /// `GET /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}`
    GetMethodResponse,
    /// `GET /restapis/{restapi_id}/models/{model_name}`
    GetModel,
    /// `GET /restapis/{restapi_id}/models/{model_name}/default_template`
    GetModelTemplate,
    /// `GET /restapis/{restapi_id}/models`
    GetModels,
    /// `GET /restapis/{restapi_id}/requestvalidators/{requestvalidator_id}`
    GetRequestValidator,
    /// `GET /restapis/{restapi_id}/requestvalidators`
    GetRequestValidators,
    /// `GET /restapis/{restapi_id}/resources/{resource_id}`
    GetResource,
    /// `GET /restapis/{restapi_id}/resources`
    GetResources,
    /// `GET /restapis/{restapi_id}`
    GetRestApi,
    /// `GET /restapis`
    GetRestApis,
    /// `GET /restapis/{restapi_id}/stages/{stage_name}/sdks/{sdk_type}`
    GetSdk,
    /// `GET /sdktypes/{sdktype_id}`
    GetSdkType,
    /// `GET /sdktypes`
    GetSdkTypes,
    /// `GET /restapis/{restapi_id}/stages/{stage_name}`
    GetStage,
    /// `GET /restapis/{restapi_id}/stages`
    GetStages,
    /// `GET /tags/{resource_arn}`
    GetTags,
    /// `GET /usageplans/{usageplanId}/usage`
    GetUsage,
    /// `GET /usageplans/{usageplanId}`
    GetUsagePlan,
    /// `GET /usageplans/{usageplanId}/keys/{keyId}`
    GetUsagePlanKey,
    /// `GET /usageplans/{usageplanId}/keys`
    GetUsagePlanKeys,
    /// `GET /usageplans`
    GetUsagePlans,
    /// `GET /vpclinks/{vpclink_id}`
    GetVpcLink,
    /// `GET /vpclinks`
    GetVpcLinks,
    /// `POST /apikeys?mode=import`
    ImportApiKeys,
    /// `PUT /restapis/{restapi_id}/documentation/parts`
    ImportDocumentationParts,
    /// `POST /restapis?mode=import`
    ImportRestApi,
    /// `PUT /restapis/{restapi_id}/gatewayresponses/{response_type}`
    PutGatewayResponse,
    /// `PUT /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration`
    PutIntegration,
    /// `PUT /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}`
    PutIntegrationResponse,
    /// `PUT /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}`
    PutMethod,
    /// `PUT /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}`
    PutMethodResponse,
    /// `PUT /restapis/{restapi_id}`
    PutRestApi,
    /// `POST /rejectdomainnameaccessassociations`
    RejectDomainNameAccessAssociation,
    /// `PUT /tags/{resource_arn}`
    TagResource,
    /// `POST /restapis/{restapi_id}/authorizers/{authorizer_id}`
    TestInvokeAuthorizer,
    /// `POST /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}`
    TestInvokeMethod,
    /// `DELETE /tags/{resource_arn}`
    UntagResource,
    /// `PATCH /account`
    UpdateAccount,
    /// `PATCH /apikeys/{api_Key}`
    UpdateApiKey,
    /// `PATCH /restapis/{restapi_id}/authorizers/{authorizer_id}`
    UpdateAuthorizer,
    /// `PATCH /domainnames/{domain_name}/basepathmappings/{base_path}`
    UpdateBasePathMapping,
    /// `PATCH /clientcertificates/{clientcertificate_id}`
    UpdateClientCertificate,
    /// `PATCH /restapis/{restapi_id}/deployments/{deployment_id}`
    UpdateDeployment,
    /// `PATCH /restapis/{restapi_id}/documentation/parts/{part_id}`
    UpdateDocumentationPart,
    /// `PATCH /restapis/{restapi_id}/documentation/versions/{doc_version}`
    UpdateDocumentationVersion,
    /// `PATCH /domainnames/{domain_name}`
    UpdateDomainName,
    /// `PATCH /restapis/{restapi_id}/gatewayresponses/{response_type}`
    UpdateGatewayResponse,
    /// `PATCH /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration`
    UpdateIntegration,
    /// `PATCH /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}`
    UpdateIntegrationResponse,
    /// `PATCH /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}`
    UpdateMethod,
    /// `PATCH /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}`
    UpdateMethodResponse,
    /// `PATCH /restapis/{restapi_id}/models/{model_name}`
    UpdateModel,
    /// `PATCH /restapis/{restapi_id}/requestvalidators/{requestvalidator_id}`
    UpdateRequestValidator,
    /// `PATCH /restapis/{restapi_id}/resources/{resource_id}`
    UpdateResource,
    /// `PATCH /restapis/{restapi_id}`
    UpdateRestApi,
    /// `PATCH /restapis/{restapi_id}/stages/{stage_name}`
    UpdateStage,
    /// `PATCH /usageplans/{usageplanId}/keys/{keyId}/usage`
    UpdateUsage,
    /// `PATCH /usageplans/{usageplanId}`
    UpdateUsagePlan,
    /// `PATCH /vpclinks/{vpclink_id}`
    UpdateVpcLink,
}

const SPECS: &[Spec] = &[
    Spec { name: "CreateApiKey", method: "POST", uri: "/apikeys", status: 201 },
    Spec { name: "CreateAuthorizer", method: "POST", uri: "/restapis/{restapi_id}/authorizers", status: 201 },
    Spec {
        name: "CreateBasePathMapping",
        method: "POST",
        uri: "/domainnames/{domain_name}/basepathmappings",
        status: 201,
    },
    Spec { name: "CreateDeployment", method: "POST", uri: "/restapis/{restapi_id}/deployments", status: 201 },
    Spec {
        name: "CreateDocumentationPart",
        method: "POST",
        uri: "/restapis/{restapi_id}/documentation/parts",
        status: 201,
    },
    Spec {
        name: "CreateDocumentationVersion",
        method: "POST",
        uri: "/restapis/{restapi_id}/documentation/versions",
        status: 201,
    },
    Spec { name: "CreateDomainName", method: "POST", uri: "/domainnames", status: 201 },
    Spec {
        name: "CreateDomainNameAccessAssociation",
        method: "POST",
        uri: "/domainnameaccessassociations",
        status: 201,
    },
    Spec { name: "CreateModel", method: "POST", uri: "/restapis/{restapi_id}/models", status: 201 },
    Spec {
        name: "CreateRequestValidator",
        method: "POST",
        uri: "/restapis/{restapi_id}/requestvalidators",
        status: 201,
    },
    Spec {
        name: "CreateResource",
        method: "POST",
        uri: "/restapis/{restapi_id}/resources/{parent_id}",
        status: 201,
    },
    Spec { name: "CreateRestApi", method: "POST", uri: "/restapis", status: 201 },
    Spec { name: "CreateStage", method: "POST", uri: "/restapis/{restapi_id}/stages", status: 201 },
    Spec { name: "CreateUsagePlan", method: "POST", uri: "/usageplans", status: 201 },
    Spec { name: "CreateUsagePlanKey", method: "POST", uri: "/usageplans/{usageplanId}/keys", status: 201 },
    Spec { name: "CreateVpcLink", method: "POST", uri: "/vpclinks", status: 202 },
    Spec { name: "DeleteApiKey", method: "DELETE", uri: "/apikeys/{api_Key}", status: 202 },
    Spec {
        name: "DeleteAuthorizer",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/authorizers/{authorizer_id}",
        status: 202,
    },
    Spec {
        name: "DeleteBasePathMapping",
        method: "DELETE",
        uri: "/domainnames/{domain_name}/basepathmappings/{base_path}",
        status: 202,
    },
    Spec {
        name: "DeleteClientCertificate",
        method: "DELETE",
        uri: "/clientcertificates/{clientcertificate_id}",
        status: 202,
    },
    Spec {
        name: "DeleteDeployment",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/deployments/{deployment_id}",
        status: 202,
    },
    Spec {
        name: "DeleteDocumentationPart",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/documentation/parts/{part_id}",
        status: 202,
    },
    Spec {
        name: "DeleteDocumentationVersion",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/documentation/versions/{doc_version}",
        status: 202,
    },
    Spec { name: "DeleteDomainName", method: "DELETE", uri: "/domainnames/{domain_name}", status: 202 },
    Spec {
        name: "DeleteDomainNameAccessAssociation",
        method: "DELETE",
        uri: "/domainnameaccessassociations/{domain_name_access_association_arn}",
        status: 202,
    },
    Spec {
        name: "DeleteGatewayResponse",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/gatewayresponses/{response_type}",
        status: 202,
    },
    Spec {
        name: "DeleteIntegration",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration",
        status: 204,
    },
    Spec {
        name: "DeleteIntegrationResponse",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}",
        status: 204,
    },
    Spec {
        name: "DeleteMethod",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
        status: 204,
    },
    Spec {
        name: "DeleteMethodResponse",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}",
        status: 204,
    },
    Spec {
        name: "DeleteModel",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/models/{model_name}",
        status: 202,
    },
    Spec {
        name: "DeleteRequestValidator",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}",
        status: 202,
    },
    Spec {
        name: "DeleteResource",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/resources/{resource_id}",
        status: 202,
    },
    Spec { name: "DeleteRestApi", method: "DELETE", uri: "/restapis/{restapi_id}", status: 202 },
    Spec {
        name: "DeleteStage",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/stages/{stage_name}",
        status: 202,
    },
    Spec { name: "DeleteUsagePlan", method: "DELETE", uri: "/usageplans/{usageplanId}", status: 202 },
    Spec {
        name: "DeleteUsagePlanKey",
        method: "DELETE",
        uri: "/usageplans/{usageplanId}/keys/{keyId}",
        status: 202,
    },
    Spec { name: "DeleteVpcLink", method: "DELETE", uri: "/vpclinks/{vpclink_id}", status: 202 },
    Spec {
        name: "FlushStageAuthorizersCache",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/stages/{stage_name}/cache/authorizers",
        status: 202,
    },
    Spec {
        name: "FlushStageCache",
        method: "DELETE",
        uri: "/restapis/{restapi_id}/stages/{stage_name}/cache/data",
        status: 202,
    },
    Spec { name: "GenerateClientCertificate", method: "POST", uri: "/clientcertificates", status: 201 },
    Spec { name: "GetAccount", method: "GET", uri: "/account", status: 200 },
    Spec { name: "GetApiKey", method: "GET", uri: "/apikeys/{api_Key}", status: 200 },
    Spec { name: "GetApiKeys", method: "GET", uri: "/apikeys", status: 200 },
    Spec {
        name: "GetAuthorizer",
        method: "GET",
        uri: "/restapis/{restapi_id}/authorizers/{authorizer_id}",
        status: 200,
    },
    Spec { name: "GetAuthorizers", method: "GET", uri: "/restapis/{restapi_id}/authorizers", status: 200 },
    Spec {
        name: "GetBasePathMapping",
        method: "GET",
        uri: "/domainnames/{domain_name}/basepathmappings/{base_path}",
        status: 200,
    },
    Spec {
        name: "GetBasePathMappings",
        method: "GET",
        uri: "/domainnames/{domain_name}/basepathmappings",
        status: 200,
    },
    Spec {
        name: "GetClientCertificate",
        method: "GET",
        uri: "/clientcertificates/{clientcertificate_id}",
        status: 200,
    },
    Spec { name: "GetClientCertificates", method: "GET", uri: "/clientcertificates", status: 200 },
    Spec {
        name: "GetDeployment",
        method: "GET",
        uri: "/restapis/{restapi_id}/deployments/{deployment_id}",
        status: 200,
    },
    Spec { name: "GetDeployments", method: "GET", uri: "/restapis/{restapi_id}/deployments", status: 200 },
    Spec {
        name: "GetDocumentationPart",
        method: "GET",
        uri: "/restapis/{restapi_id}/documentation/parts/{part_id}",
        status: 200,
    },
    Spec {
        name: "GetDocumentationParts",
        method: "GET",
        uri: "/restapis/{restapi_id}/documentation/parts",
        status: 200,
    },
    Spec {
        name: "GetDocumentationVersion",
        method: "GET",
        uri: "/restapis/{restapi_id}/documentation/versions/{doc_version}",
        status: 200,
    },
    Spec {
        name: "GetDocumentationVersions",
        method: "GET",
        uri: "/restapis/{restapi_id}/documentation/versions",
        status: 200,
    },
    Spec { name: "GetDomainName", method: "GET", uri: "/domainnames/{domain_name}", status: 200 },
    Spec {
        name: "GetDomainNameAccessAssociations",
        method: "GET",
        uri: "/domainnameaccessassociations",
        status: 200,
    },
    Spec { name: "GetDomainNames", method: "GET", uri: "/domainnames", status: 200 },
    Spec {
        name: "GetExport",
        method: "GET",
        uri: "/restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}",
        status: 200,
    },
    Spec {
        name: "GetGatewayResponse",
        method: "GET",
        uri: "/restapis/{restapi_id}/gatewayresponses/{response_type}",
        status: 200,
    },
    Spec {
        name: "GetGatewayResponses",
        method: "GET",
        uri: "/restapis/{restapi_id}/gatewayresponses",
        status: 200,
    },
    Spec {
        name: "GetIntegration",
        method: "GET",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration",
        status: 200,
    },
    Spec {
        name: "GetIntegrationResponse",
        method: "GET",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}",
        status: 200,
    },
    Spec {
        name: "GetMethod",
        method: "GET",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
        status: 200,
    },
    Spec {
        name: "GetMethodResponse",
        method: "GET",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}",
        status: 200,
    },
    Spec { name: "GetModel", method: "GET", uri: "/restapis/{restapi_id}/models/{model_name}", status: 200 },
    Spec {
        name: "GetModelTemplate",
        method: "GET",
        uri: "/restapis/{restapi_id}/models/{model_name}/default_template",
        status: 200,
    },
    Spec { name: "GetModels", method: "GET", uri: "/restapis/{restapi_id}/models", status: 200 },
    Spec {
        name: "GetRequestValidator",
        method: "GET",
        uri: "/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}",
        status: 200,
    },
    Spec {
        name: "GetRequestValidators",
        method: "GET",
        uri: "/restapis/{restapi_id}/requestvalidators",
        status: 200,
    },
    Spec {
        name: "GetResource",
        method: "GET",
        uri: "/restapis/{restapi_id}/resources/{resource_id}",
        status: 200,
    },
    Spec { name: "GetResources", method: "GET", uri: "/restapis/{restapi_id}/resources", status: 200 },
    Spec { name: "GetRestApi", method: "GET", uri: "/restapis/{restapi_id}", status: 200 },
    Spec { name: "GetRestApis", method: "GET", uri: "/restapis", status: 200 },
    Spec {
        name: "GetSdk",
        method: "GET",
        uri: "/restapis/{restapi_id}/stages/{stage_name}/sdks/{sdk_type}",
        status: 200,
    },
    Spec { name: "GetSdkType", method: "GET", uri: "/sdktypes/{sdktype_id}", status: 200 },
    Spec { name: "GetSdkTypes", method: "GET", uri: "/sdktypes", status: 200 },
    Spec { name: "GetStage", method: "GET", uri: "/restapis/{restapi_id}/stages/{stage_name}", status: 200 },
    Spec { name: "GetStages", method: "GET", uri: "/restapis/{restapi_id}/stages", status: 200 },
    Spec { name: "GetTags", method: "GET", uri: "/tags/{resource_arn}", status: 200 },
    Spec { name: "GetUsage", method: "GET", uri: "/usageplans/{usageplanId}/usage", status: 200 },
    Spec { name: "GetUsagePlan", method: "GET", uri: "/usageplans/{usageplanId}", status: 200 },
    Spec {
        name: "GetUsagePlanKey",
        method: "GET",
        uri: "/usageplans/{usageplanId}/keys/{keyId}",
        status: 200,
    },
    Spec { name: "GetUsagePlanKeys", method: "GET", uri: "/usageplans/{usageplanId}/keys", status: 200 },
    Spec { name: "GetUsagePlans", method: "GET", uri: "/usageplans", status: 200 },
    Spec { name: "GetVpcLink", method: "GET", uri: "/vpclinks/{vpclink_id}", status: 200 },
    Spec { name: "GetVpcLinks", method: "GET", uri: "/vpclinks", status: 200 },
    Spec { name: "ImportApiKeys", method: "POST", uri: "/apikeys?mode=import", status: 201 },
    Spec {
        name: "ImportDocumentationParts",
        method: "PUT",
        uri: "/restapis/{restapi_id}/documentation/parts",
        status: 200,
    },
    Spec { name: "ImportRestApi", method: "POST", uri: "/restapis?mode=import", status: 201 },
    Spec {
        name: "PutGatewayResponse",
        method: "PUT",
        uri: "/restapis/{restapi_id}/gatewayresponses/{response_type}",
        status: 201,
    },
    Spec {
        name: "PutIntegration",
        method: "PUT",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration",
        status: 201,
    },
    Spec {
        name: "PutIntegrationResponse",
        method: "PUT",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}",
        status: 201,
    },
    Spec {
        name: "PutMethod",
        method: "PUT",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
        status: 201,
    },
    Spec {
        name: "PutMethodResponse",
        method: "PUT",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}",
        status: 201,
    },
    Spec { name: "PutRestApi", method: "PUT", uri: "/restapis/{restapi_id}", status: 200 },
    Spec {
        name: "RejectDomainNameAccessAssociation",
        method: "POST",
        uri: "/rejectdomainnameaccessassociations",
        status: 202,
    },
    Spec { name: "TagResource", method: "PUT", uri: "/tags/{resource_arn}", status: 204 },
    Spec {
        name: "TestInvokeAuthorizer",
        method: "POST",
        uri: "/restapis/{restapi_id}/authorizers/{authorizer_id}",
        status: 200,
    },
    Spec {
        name: "TestInvokeMethod",
        method: "POST",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
        status: 200,
    },
    Spec { name: "UntagResource", method: "DELETE", uri: "/tags/{resource_arn}", status: 204 },
    Spec { name: "UpdateAccount", method: "PATCH", uri: "/account", status: 200 },
    Spec { name: "UpdateApiKey", method: "PATCH", uri: "/apikeys/{api_Key}", status: 200 },
    Spec {
        name: "UpdateAuthorizer",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/authorizers/{authorizer_id}",
        status: 200,
    },
    Spec {
        name: "UpdateBasePathMapping",
        method: "PATCH",
        uri: "/domainnames/{domain_name}/basepathmappings/{base_path}",
        status: 200,
    },
    Spec {
        name: "UpdateClientCertificate",
        method: "PATCH",
        uri: "/clientcertificates/{clientcertificate_id}",
        status: 200,
    },
    Spec {
        name: "UpdateDeployment",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/deployments/{deployment_id}",
        status: 200,
    },
    Spec {
        name: "UpdateDocumentationPart",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/documentation/parts/{part_id}",
        status: 200,
    },
    Spec {
        name: "UpdateDocumentationVersion",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/documentation/versions/{doc_version}",
        status: 200,
    },
    Spec { name: "UpdateDomainName", method: "PATCH", uri: "/domainnames/{domain_name}", status: 200 },
    Spec {
        name: "UpdateGatewayResponse",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/gatewayresponses/{response_type}",
        status: 200,
    },
    Spec {
        name: "UpdateIntegration",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration",
        status: 200,
    },
    Spec {
        name: "UpdateIntegrationResponse",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}",
        status: 200,
    },
    Spec {
        name: "UpdateMethod",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
        status: 200,
    },
    Spec {
        name: "UpdateMethodResponse",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}",
        status: 201,
    },
    Spec {
        name: "UpdateModel",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/models/{model_name}",
        status: 200,
    },
    Spec {
        name: "UpdateRequestValidator",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/requestvalidators/{requestvalidator_id}",
        status: 200,
    },
    Spec {
        name: "UpdateResource",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/resources/{resource_id}",
        status: 200,
    },
    Spec { name: "UpdateRestApi", method: "PATCH", uri: "/restapis/{restapi_id}", status: 200 },
    Spec {
        name: "UpdateStage",
        method: "PATCH",
        uri: "/restapis/{restapi_id}/stages/{stage_name}",
        status: 200,
    },
    Spec {
        name: "UpdateUsage",
        method: "PATCH",
        uri: "/usageplans/{usageplanId}/keys/{keyId}/usage",
        status: 200,
    },
    Spec { name: "UpdateUsagePlan", method: "PATCH", uri: "/usageplans/{usageplanId}", status: 200 },
    Spec { name: "UpdateVpcLink", method: "PATCH", uri: "/vpclinks/{vpclink_id}", status: 200 },
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::CreateApiKey,
        Self::CreateAuthorizer,
        Self::CreateBasePathMapping,
        Self::CreateDeployment,
        Self::CreateDocumentationPart,
        Self::CreateDocumentationVersion,
        Self::CreateDomainName,
        Self::CreateDomainNameAccessAssociation,
        Self::CreateModel,
        Self::CreateRequestValidator,
        Self::CreateResource,
        Self::CreateRestApi,
        Self::CreateStage,
        Self::CreateUsagePlan,
        Self::CreateUsagePlanKey,
        Self::CreateVpcLink,
        Self::DeleteApiKey,
        Self::DeleteAuthorizer,
        Self::DeleteBasePathMapping,
        Self::DeleteClientCertificate,
        Self::DeleteDeployment,
        Self::DeleteDocumentationPart,
        Self::DeleteDocumentationVersion,
        Self::DeleteDomainName,
        Self::DeleteDomainNameAccessAssociation,
        Self::DeleteGatewayResponse,
        Self::DeleteIntegration,
        Self::DeleteIntegrationResponse,
        Self::DeleteMethod,
        Self::DeleteMethodResponse,
        Self::DeleteModel,
        Self::DeleteRequestValidator,
        Self::DeleteResource,
        Self::DeleteRestApi,
        Self::DeleteStage,
        Self::DeleteUsagePlan,
        Self::DeleteUsagePlanKey,
        Self::DeleteVpcLink,
        Self::FlushStageAuthorizersCache,
        Self::FlushStageCache,
        Self::GenerateClientCertificate,
        Self::GetAccount,
        Self::GetApiKey,
        Self::GetApiKeys,
        Self::GetAuthorizer,
        Self::GetAuthorizers,
        Self::GetBasePathMapping,
        Self::GetBasePathMappings,
        Self::GetClientCertificate,
        Self::GetClientCertificates,
        Self::GetDeployment,
        Self::GetDeployments,
        Self::GetDocumentationPart,
        Self::GetDocumentationParts,
        Self::GetDocumentationVersion,
        Self::GetDocumentationVersions,
        Self::GetDomainName,
        Self::GetDomainNameAccessAssociations,
        Self::GetDomainNames,
        Self::GetExport,
        Self::GetGatewayResponse,
        Self::GetGatewayResponses,
        Self::GetIntegration,
        Self::GetIntegrationResponse,
        Self::GetMethod,
        Self::GetMethodResponse,
        Self::GetModel,
        Self::GetModelTemplate,
        Self::GetModels,
        Self::GetRequestValidator,
        Self::GetRequestValidators,
        Self::GetResource,
        Self::GetResources,
        Self::GetRestApi,
        Self::GetRestApis,
        Self::GetSdk,
        Self::GetSdkType,
        Self::GetSdkTypes,
        Self::GetStage,
        Self::GetStages,
        Self::GetTags,
        Self::GetUsage,
        Self::GetUsagePlan,
        Self::GetUsagePlanKey,
        Self::GetUsagePlanKeys,
        Self::GetUsagePlans,
        Self::GetVpcLink,
        Self::GetVpcLinks,
        Self::ImportApiKeys,
        Self::ImportDocumentationParts,
        Self::ImportRestApi,
        Self::PutGatewayResponse,
        Self::PutIntegration,
        Self::PutIntegrationResponse,
        Self::PutMethod,
        Self::PutMethodResponse,
        Self::PutRestApi,
        Self::RejectDomainNameAccessAssociation,
        Self::TagResource,
        Self::TestInvokeAuthorizer,
        Self::TestInvokeMethod,
        Self::UntagResource,
        Self::UpdateAccount,
        Self::UpdateApiKey,
        Self::UpdateAuthorizer,
        Self::UpdateBasePathMapping,
        Self::UpdateClientCertificate,
        Self::UpdateDeployment,
        Self::UpdateDocumentationPart,
        Self::UpdateDocumentationVersion,
        Self::UpdateDomainName,
        Self::UpdateGatewayResponse,
        Self::UpdateIntegration,
        Self::UpdateIntegrationResponse,
        Self::UpdateMethod,
        Self::UpdateMethodResponse,
        Self::UpdateModel,
        Self::UpdateRequestValidator,
        Self::UpdateResource,
        Self::UpdateRestApi,
        Self::UpdateStage,
        Self::UpdateUsage,
        Self::UpdateUsagePlan,
        Self::UpdateVpcLink,
    ];

    const fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }

    /// AWS's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(self) -> &'static str {
        self.spec().method
    }

    /// The URI with its labels.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        self.spec().uri
    }

    /// The status of success.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.spec().status
    }
}

pub(crate) static ROUTES: &[UriRoute] = &[
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("apikeys")],
        query: Some(("mode", "import")),
        operation: Operation::ApiGateway(Op::ImportApiKeys),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("restapis")],
        query: Some(("mode", "import")),
        operation: Operation::ApiGateway(Op::ImportRestApi),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("apikeys")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateApiKey),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("domainnames")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateDomainName),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("domainnameaccessassociations")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateDomainNameAccessAssociation),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("restapis")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateRestApi),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("usageplans")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateUsagePlan),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("vpclinks")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateVpcLink),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("clientcertificates")],
        query: None,
        operation: Operation::ApiGateway(Op::GenerateClientCertificate),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("account")],
        query: None,
        operation: Operation::ApiGateway(Op::GetAccount),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("apikeys")],
        query: None,
        operation: Operation::ApiGateway(Op::GetApiKeys),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("clientcertificates")],
        query: None,
        operation: Operation::ApiGateway(Op::GetClientCertificates),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("domainnameaccessassociations")],
        query: None,
        operation: Operation::ApiGateway(Op::GetDomainNameAccessAssociations),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("domainnames")],
        query: None,
        operation: Operation::ApiGateway(Op::GetDomainNames),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("restapis")],
        query: None,
        operation: Operation::ApiGateway(Op::GetRestApis),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("sdktypes")],
        query: None,
        operation: Operation::ApiGateway(Op::GetSdkTypes),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("usageplans")],
        query: None,
        operation: Operation::ApiGateway(Op::GetUsagePlans),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("vpclinks")],
        query: None,
        operation: Operation::ApiGateway(Op::GetVpcLinks),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("rejectdomainnameaccessassociations")],
        query: None,
        operation: Operation::ApiGateway(Op::RejectDomainNameAccessAssociation),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("account")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateAccount),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("apikeys"), Segment::Label("api_Key")],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteApiKey),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("clientcertificates"), Segment::Label("clientcertificate_id")],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteClientCertificate),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("domainnames"), Segment::Label("domain_name")],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteDomainName),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("domainnameaccessassociations"),
            Segment::Rest("domain_name_access_association_arn"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteDomainNameAccessAssociation),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id")],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteRestApi),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("usageplans"), Segment::Label("usageplanId")],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteUsagePlan),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("vpclinks"), Segment::Label("vpclink_id")],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteVpcLink),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("apikeys"), Segment::Label("api_Key")],
        query: None,
        operation: Operation::ApiGateway(Op::GetApiKey),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("clientcertificates"), Segment::Label("clientcertificate_id")],
        query: None,
        operation: Operation::ApiGateway(Op::GetClientCertificate),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("domainnames"), Segment::Label("domain_name")],
        query: None,
        operation: Operation::ApiGateway(Op::GetDomainName),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id")],
        query: None,
        operation: Operation::ApiGateway(Op::GetRestApi),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("sdktypes"), Segment::Label("sdktype_id")],
        query: None,
        operation: Operation::ApiGateway(Op::GetSdkType),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("tags"), Segment::Rest("resource_arn")],
        query: None,
        operation: Operation::ApiGateway(Op::GetTags),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("usageplans"), Segment::Label("usageplanId")],
        query: None,
        operation: Operation::ApiGateway(Op::GetUsagePlan),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("vpclinks"), Segment::Label("vpclink_id")],
        query: None,
        operation: Operation::ApiGateway(Op::GetVpcLink),
    },
    UriRoute {
        method: "PUT",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id")],
        query: None,
        operation: Operation::ApiGateway(Op::PutRestApi),
    },
    UriRoute {
        method: "PUT",
        segments: &[Segment::Literal("tags"), Segment::Rest("resource_arn")],
        query: None,
        operation: Operation::ApiGateway(Op::TagResource),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("tags"), Segment::Rest("resource_arn")],
        query: None,
        operation: Operation::ApiGateway(Op::UntagResource),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("apikeys"), Segment::Label("api_Key")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateApiKey),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("clientcertificates"), Segment::Label("clientcertificate_id")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateClientCertificate),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("domainnames"), Segment::Label("domain_name")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateDomainName),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateRestApi),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("usageplans"), Segment::Label("usageplanId")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateUsagePlan),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("vpclinks"), Segment::Label("vpclink_id")],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateVpcLink),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("authorizers"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateAuthorizer),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("domainnames"),
            Segment::Label("domain_name"),
            Segment::Literal("basepathmappings"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateBasePathMapping),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("deployments"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateDeployment),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id"), Segment::Literal("models")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateModel),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("requestvalidators"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateRequestValidator),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id"), Segment::Literal("stages")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateStage),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("usageplans"), Segment::Label("usageplanId"), Segment::Literal("keys")],
        query: None,
        operation: Operation::ApiGateway(Op::CreateUsagePlanKey),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("authorizers"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetAuthorizers),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("domainnames"),
            Segment::Label("domain_name"),
            Segment::Literal("basepathmappings"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetBasePathMappings),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("deployments"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetDeployments),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("gatewayresponses"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetGatewayResponses),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id"), Segment::Literal("models")],
        query: None,
        operation: Operation::ApiGateway(Op::GetModels),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("requestvalidators"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetRequestValidators),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetResources),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("restapis"), Segment::Label("restapi_id"), Segment::Literal("stages")],
        query: None,
        operation: Operation::ApiGateway(Op::GetStages),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("usageplans"), Segment::Label("usageplanId"), Segment::Literal("usage")],
        query: None,
        operation: Operation::ApiGateway(Op::GetUsage),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("usageplans"), Segment::Label("usageplanId"), Segment::Literal("keys")],
        query: None,
        operation: Operation::ApiGateway(Op::GetUsagePlanKeys),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("parts"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateDocumentationPart),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("versions"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateDocumentationVersion),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("parts"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetDocumentationParts),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("versions"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetDocumentationVersions),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("parts"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::ImportDocumentationParts),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("parts"),
            Segment::Label("part_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteDocumentationPart),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("versions"),
            Segment::Label("doc_version"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteDocumentationVersion),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("parts"),
            Segment::Label("part_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetDocumentationPart),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("versions"),
            Segment::Label("doc_version"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetDocumentationVersion),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("parts"),
            Segment::Label("part_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateDocumentationPart),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("documentation"),
            Segment::Literal("versions"),
            Segment::Label("doc_version"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateDocumentationVersion),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("parent_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::CreateResource),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizer_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteAuthorizer),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("domainnames"),
            Segment::Label("domain_name"),
            Segment::Literal("basepathmappings"),
            Segment::Label("base_path"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteBasePathMapping),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("deployments"),
            Segment::Label("deployment_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteDeployment),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("gatewayresponses"),
            Segment::Label("response_type"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteGatewayResponse),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("models"),
            Segment::Label("model_name"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteModel),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("requestvalidators"),
            Segment::Label("requestvalidator_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteRequestValidator),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteResource),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteStage),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("usageplans"),
            Segment::Label("usageplanId"),
            Segment::Literal("keys"),
            Segment::Label("keyId"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteUsagePlanKey),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizer_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetAuthorizer),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("domainnames"),
            Segment::Label("domain_name"),
            Segment::Literal("basepathmappings"),
            Segment::Label("base_path"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetBasePathMapping),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("deployments"),
            Segment::Label("deployment_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetDeployment),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("gatewayresponses"),
            Segment::Label("response_type"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetGatewayResponse),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("models"),
            Segment::Label("model_name"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetModel),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("requestvalidators"),
            Segment::Label("requestvalidator_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetRequestValidator),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetResource),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetStage),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("usageplans"),
            Segment::Label("usageplanId"),
            Segment::Literal("keys"),
            Segment::Label("keyId"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetUsagePlanKey),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("gatewayresponses"),
            Segment::Label("response_type"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::PutGatewayResponse),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizer_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::TestInvokeAuthorizer),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizer_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateAuthorizer),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("domainnames"),
            Segment::Label("domain_name"),
            Segment::Literal("basepathmappings"),
            Segment::Label("base_path"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateBasePathMapping),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("deployments"),
            Segment::Label("deployment_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateDeployment),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("gatewayresponses"),
            Segment::Label("response_type"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateGatewayResponse),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("models"),
            Segment::Label("model_name"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateModel),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("requestvalidators"),
            Segment::Label("requestvalidator_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateRequestValidator),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateResource),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateStage),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("models"),
            Segment::Label("model_name"),
            Segment::Literal("default_template"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetModelTemplate),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("usageplans"),
            Segment::Label("usageplanId"),
            Segment::Literal("keys"),
            Segment::Label("keyId"),
            Segment::Literal("usage"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateUsage),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
            Segment::Literal("cache"),
            Segment::Literal("authorizers"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::FlushStageAuthorizersCache),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
            Segment::Literal("cache"),
            Segment::Literal("data"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::FlushStageCache),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteMethod),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
            Segment::Literal("exports"),
            Segment::Label("export_type"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetExport),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetMethod),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("stages"),
            Segment::Label("stage_name"),
            Segment::Literal("sdks"),
            Segment::Label("sdk_type"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetSdk),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::PutMethod),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::TestInvokeMethod),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateMethod),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteIntegration),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetIntegration),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::PutIntegration),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateIntegration),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteIntegrationResponse),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetIntegrationResponse),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::PutIntegrationResponse),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("integration"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateIntegrationResponse),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::DeleteMethodResponse),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::GetMethodResponse),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::PutMethodResponse),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("restapis"),
            Segment::Label("restapi_id"),
            Segment::Literal("resources"),
            Segment::Label("resource_id"),
            Segment::Literal("methods"),
            Segment::Label("http_method"),
            Segment::Literal("responses"),
            Segment::Label("status_code"),
        ],
        query: None,
        operation: Operation::ApiGateway(Op::UpdateMethodResponse),
    },
];
