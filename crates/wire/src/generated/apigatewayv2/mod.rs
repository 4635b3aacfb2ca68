//! Service model `apigatewayv2` 2018-11-29, made by `cargo xtask codegen`; do not edit.

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
    /// `POST /v2/apis`
    CreateApi,
    /// `POST /v2/domainnames/{domainName}/apimappings`
    CreateApiMapping,
    /// `POST /v2/apis/{apiId}/authorizers`
    CreateAuthorizer,
    /// `POST /v2/apis/{apiId}/deployments`
    CreateDeployment,
    /// `POST /v2/domainnames`
    CreateDomainName,
    /// `POST /v2/apis/{apiId}/integrations`
    CreateIntegration,
    /// `POST /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses`
    CreateIntegrationResponse,
    /// `POST /v2/apis/{apiId}/models`
    CreateModel,
    /// `POST /v2/portals`
    CreatePortal,
    /// `POST /v2/portalproducts`
    CreatePortalProduct,
    /// `POST /v2/portalproducts/{portalProductId}/productpages`
    CreateProductPage,
    /// `POST /v2/portalproducts/{portalProductId}/productrestendpointpages`
    CreateProductRestEndpointPage,
    /// `POST /v2/apis/{apiId}/routes`
    CreateRoute,
    /// `POST /v2/apis/{apiId}/routes/{routeId}/routeresponses`
    CreateRouteResponse,
    /// `POST /v2/domainnames/{domainName}/routingrules`
    CreateRoutingRule,
    /// `POST /v2/apis/{apiId}/stages`
    CreateStage,
    /// `POST /v2/vpclinks`
    CreateVpcLink,
    /// `DELETE /v2/apis/{apiId}/stages/{stageName}/accesslogsettings`
    DeleteAccessLogSettings,
    /// `DELETE /v2/apis/{apiId}`
    DeleteApi,
    /// `DELETE /v2/domainnames/{domainName}/apimappings/{apiMappingId}`
    DeleteApiMapping,
    /// `DELETE /v2/apis/{apiId}/authorizers/{authorizerId}`
    DeleteAuthorizer,
    /// `DELETE /v2/apis/{apiId}/cors`
    DeleteCorsConfiguration,
    /// `DELETE /v2/apis/{apiId}/deployments/{deploymentId}`
    DeleteDeployment,
    /// `DELETE /v2/domainnames/{domainName}`
    DeleteDomainName,
    /// `DELETE /v2/apis/{apiId}/integrations/{integrationId}`
    DeleteIntegration,
    /// `DELETE /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}`
    DeleteIntegrationResponse,
    /// `DELETE /v2/apis/{apiId}/models/{modelId}`
    DeleteModel,
    /// `DELETE /v2/portals/{portalId}`
    DeletePortal,
    /// `DELETE /v2/portalproducts/{portalProductId}`
    DeletePortalProduct,
    /// `DELETE /v2/portalproducts/{portalProductId}/sharingpolicy`
    DeletePortalProductSharingPolicy,
    /// `DELETE /v2/portalproducts/{portalProductId}/productpages/{productPageId}`
    DeleteProductPage,
    /// `DELETE /v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}`
    DeleteProductRestEndpointPage,
    /// `DELETE /v2/apis/{apiId}/routes/{routeId}`
    DeleteRoute,
    /// `DELETE /v2/apis/{apiId}/routes/{routeId}/requestparameters/{requestParameterKey}`
    DeleteRouteRequestParameter,
    /// `DELETE /v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}`
    DeleteRouteResponse,
    /// `DELETE /v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey}`
    DeleteRouteSettings,
    /// `DELETE /v2/domainnames/{domainName}/routingrules/{routingRuleId}`
    DeleteRoutingRule,
    /// `DELETE /v2/apis/{apiId}/stages/{stageName}`
    DeleteStage,
    /// `DELETE /v2/vpclinks/{vpcLinkId}`
    DeleteVpcLink,
    /// `DELETE /v2/portals/{portalId}/publish`
    DisablePortal,
    /// `GET /v2/apis/{apiId}/exports/{specification}`
    ExportApi,
    /// `GET /v2/apis/{apiId}`
    GetApi,
    /// `GET /v2/domainnames/{domainName}/apimappings/{apiMappingId}`
    GetApiMapping,
    /// `GET /v2/domainnames/{domainName}/apimappings`
    GetApiMappings,
    /// `GET /v2/apis`
    GetApis,
    /// `GET /v2/apis/{apiId}/authorizers/{authorizerId}`
    GetAuthorizer,
    /// `GET /v2/apis/{apiId}/authorizers`
    GetAuthorizers,
    /// `GET /v2/apis/{apiId}/deployments/{deploymentId}`
    GetDeployment,
    /// `GET /v2/apis/{apiId}/deployments`
    GetDeployments,
    /// `GET /v2/domainnames/{domainName}`
    GetDomainName,
    /// `GET /v2/domainnames`
    GetDomainNames,
    /// `GET /v2/apis/{apiId}/integrations/{integrationId}`
    GetIntegration,
    /// `GET /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}`
    GetIntegrationResponse,
    /// `GET /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses`
    GetIntegrationResponses,
    /// `GET /v2/apis/{apiId}/integrations`
    GetIntegrations,
    /// `GET /v2/apis/{apiId}/models/{modelId}`
    GetModel,
    /// `GET /v2/apis/{apiId}/models/{modelId}/template`
    GetModelTemplate,
    /// `GET /v2/apis/{apiId}/models`
    GetModels,
    /// `GET /v2/portals/{portalId}`
    GetPortal,
    /// `GET /v2/portalproducts/{portalProductId}`
    GetPortalProduct,
    /// `GET /v2/portalproducts/{portalProductId}/sharingpolicy`
    GetPortalProductSharingPolicy,
    /// `GET /v2/portalproducts/{portalProductId}/productpages/{productPageId}`
    GetProductPage,
    /// `GET /v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}`
    GetProductRestEndpointPage,
    /// `GET /v2/apis/{apiId}/routes/{routeId}`
    GetRoute,
    /// `GET /v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}`
    GetRouteResponse,
    /// `GET /v2/apis/{apiId}/routes/{routeId}/routeresponses`
    GetRouteResponses,
    /// `GET /v2/apis/{apiId}/routes`
    GetRoutes,
    /// `GET /v2/domainnames/{domainName}/routingrules/{routingRuleId}`
    GetRoutingRule,
    /// `GET /v2/apis/{apiId}/stages/{stageName}`
    GetStage,
    /// `GET /v2/apis/{apiId}/stages`
    GetStages,
    /// `GET /v2/tags/{resource-arn}`
    GetTags,
    /// `GET /v2/vpclinks/{vpcLinkId}`
    GetVpcLink,
    /// `GET /v2/vpclinks`
    GetVpcLinks,
    /// `PUT /v2/apis`
    ImportApi,
    /// `GET /v2/portalproducts`
    ListPortalProducts,
    /// `GET /v2/portals`
    ListPortals,
    /// `GET /v2/portalproducts/{portalProductId}/productpages`
    ListProductPages,
    /// `GET /v2/portalproducts/{portalProductId}/productrestendpointpages`
    ListProductRestEndpointPages,
    /// `GET /v2/domainnames/{domainName}/routingrules`
    ListRoutingRules,
    /// `POST /v2/portals/{portalId}/preview`
    PreviewPortal,
    /// `POST /v2/portals/{portalId}/publish`
    PublishPortal,
    /// `PUT /v2/portalproducts/{portalProductId}/sharingpolicy`
    PutPortalProductSharingPolicy,
    /// `PUT /v2/domainnames/{domainName}/routingrules/{routingRuleId}`
    PutRoutingRule,
    /// `PUT /v2/apis/{apiId}`
    ReimportApi,
    /// `DELETE /v2/apis/{apiId}/stages/{stageName}/cache/authorizers`
    ResetAuthorizersCache,
    /// `POST /v2/tags/{resource-arn}`
    TagResource,
    /// `DELETE /v2/tags/{resource-arn}`
    UntagResource,
    /// `PATCH /v2/apis/{apiId}`
    UpdateApi,
    /// `PATCH /v2/domainnames/{domainName}/apimappings/{apiMappingId}`
    UpdateApiMapping,
    /// `PATCH /v2/apis/{apiId}/authorizers/{authorizerId}`
    UpdateAuthorizer,
    /// `PATCH /v2/apis/{apiId}/deployments/{deploymentId}`
    UpdateDeployment,
    /// `PATCH /v2/domainnames/{domainName}`
    UpdateDomainName,
    /// `PATCH /v2/apis/{apiId}/integrations/{integrationId}`
    UpdateIntegration,
    /// `PATCH /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}`
    UpdateIntegrationResponse,
    /// `PATCH /v2/apis/{apiId}/models/{modelId}`
    UpdateModel,
    /// `PATCH /v2/portals/{portalId}`
    UpdatePortal,
    /// `PATCH /v2/portalproducts/{portalProductId}`
    UpdatePortalProduct,
    /// `PATCH /v2/portalproducts/{portalProductId}/productpages/{productPageId}`
    UpdateProductPage,
    /// `PATCH /v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}`
    UpdateProductRestEndpointPage,
    /// `PATCH /v2/apis/{apiId}/routes/{routeId}`
    UpdateRoute,
    /// `PATCH /v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}`
    UpdateRouteResponse,
    /// `PATCH /v2/apis/{apiId}/stages/{stageName}`
    UpdateStage,
    /// `PATCH /v2/vpclinks/{vpcLinkId}`
    UpdateVpcLink,
}

const SPECS: &[Spec] = &[
    Spec { name: "CreateApi", method: "POST", uri: "/v2/apis", status: 201 },
    Spec {
        name: "CreateApiMapping",
        method: "POST",
        uri: "/v2/domainnames/{domainName}/apimappings",
        status: 201,
    },
    Spec { name: "CreateAuthorizer", method: "POST", uri: "/v2/apis/{apiId}/authorizers", status: 201 },
    Spec { name: "CreateDeployment", method: "POST", uri: "/v2/apis/{apiId}/deployments", status: 201 },
    Spec { name: "CreateDomainName", method: "POST", uri: "/v2/domainnames", status: 201 },
    Spec { name: "CreateIntegration", method: "POST", uri: "/v2/apis/{apiId}/integrations", status: 201 },
    Spec {
        name: "CreateIntegrationResponse",
        method: "POST",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses",
        status: 201,
    },
    Spec { name: "CreateModel", method: "POST", uri: "/v2/apis/{apiId}/models", status: 201 },
    Spec { name: "CreatePortal", method: "POST", uri: "/v2/portals", status: 201 },
    Spec { name: "CreatePortalProduct", method: "POST", uri: "/v2/portalproducts", status: 201 },
    Spec {
        name: "CreateProductPage",
        method: "POST",
        uri: "/v2/portalproducts/{portalProductId}/productpages",
        status: 201,
    },
    Spec {
        name: "CreateProductRestEndpointPage",
        method: "POST",
        uri: "/v2/portalproducts/{portalProductId}/productrestendpointpages",
        status: 201,
    },
    Spec { name: "CreateRoute", method: "POST", uri: "/v2/apis/{apiId}/routes", status: 201 },
    Spec {
        name: "CreateRouteResponse",
        method: "POST",
        uri: "/v2/apis/{apiId}/routes/{routeId}/routeresponses",
        status: 201,
    },
    Spec {
        name: "CreateRoutingRule",
        method: "POST",
        uri: "/v2/domainnames/{domainName}/routingrules",
        status: 201,
    },
    Spec { name: "CreateStage", method: "POST", uri: "/v2/apis/{apiId}/stages", status: 201 },
    Spec { name: "CreateVpcLink", method: "POST", uri: "/v2/vpclinks", status: 201 },
    Spec {
        name: "DeleteAccessLogSettings",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/stages/{stageName}/accesslogsettings",
        status: 204,
    },
    Spec { name: "DeleteApi", method: "DELETE", uri: "/v2/apis/{apiId}", status: 204 },
    Spec {
        name: "DeleteApiMapping",
        method: "DELETE",
        uri: "/v2/domainnames/{domainName}/apimappings/{apiMappingId}",
        status: 204,
    },
    Spec {
        name: "DeleteAuthorizer",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/authorizers/{authorizerId}",
        status: 204,
    },
    Spec { name: "DeleteCorsConfiguration", method: "DELETE", uri: "/v2/apis/{apiId}/cors", status: 204 },
    Spec {
        name: "DeleteDeployment",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/deployments/{deploymentId}",
        status: 204,
    },
    Spec { name: "DeleteDomainName", method: "DELETE", uri: "/v2/domainnames/{domainName}", status: 204 },
    Spec {
        name: "DeleteIntegration",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}",
        status: 204,
    },
    Spec {
        name: "DeleteIntegrationResponse",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}",
        status: 204,
    },
    Spec { name: "DeleteModel", method: "DELETE", uri: "/v2/apis/{apiId}/models/{modelId}", status: 204 },
    Spec { name: "DeletePortal", method: "DELETE", uri: "/v2/portals/{portalId}", status: 204 },
    Spec {
        name: "DeletePortalProduct",
        method: "DELETE",
        uri: "/v2/portalproducts/{portalProductId}",
        status: 204,
    },
    Spec {
        name: "DeletePortalProductSharingPolicy",
        method: "DELETE",
        uri: "/v2/portalproducts/{portalProductId}/sharingpolicy",
        status: 204,
    },
    Spec {
        name: "DeleteProductPage",
        method: "DELETE",
        uri: "/v2/portalproducts/{portalProductId}/productpages/{productPageId}",
        status: 204,
    },
    Spec {
        name: "DeleteProductRestEndpointPage",
        method: "DELETE",
        uri: "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}",
        status: 204,
    },
    Spec { name: "DeleteRoute", method: "DELETE", uri: "/v2/apis/{apiId}/routes/{routeId}", status: 204 },
    Spec {
        name: "DeleteRouteRequestParameter",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/routes/{routeId}/requestparameters/{requestParameterKey}",
        status: 204,
    },
    Spec {
        name: "DeleteRouteResponse",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}",
        status: 204,
    },
    Spec {
        name: "DeleteRouteSettings",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey}",
        status: 204,
    },
    Spec {
        name: "DeleteRoutingRule",
        method: "DELETE",
        uri: "/v2/domainnames/{domainName}/routingrules/{routingRuleId}",
        status: 204,
    },
    Spec { name: "DeleteStage", method: "DELETE", uri: "/v2/apis/{apiId}/stages/{stageName}", status: 204 },
    Spec { name: "DeleteVpcLink", method: "DELETE", uri: "/v2/vpclinks/{vpcLinkId}", status: 202 },
    Spec { name: "DisablePortal", method: "DELETE", uri: "/v2/portals/{portalId}/publish", status: 204 },
    Spec { name: "ExportApi", method: "GET", uri: "/v2/apis/{apiId}/exports/{specification}", status: 200 },
    Spec { name: "GetApi", method: "GET", uri: "/v2/apis/{apiId}", status: 200 },
    Spec {
        name: "GetApiMapping",
        method: "GET",
        uri: "/v2/domainnames/{domainName}/apimappings/{apiMappingId}",
        status: 200,
    },
    Spec {
        name: "GetApiMappings",
        method: "GET",
        uri: "/v2/domainnames/{domainName}/apimappings",
        status: 200,
    },
    Spec { name: "GetApis", method: "GET", uri: "/v2/apis", status: 200 },
    Spec {
        name: "GetAuthorizer",
        method: "GET",
        uri: "/v2/apis/{apiId}/authorizers/{authorizerId}",
        status: 200,
    },
    Spec { name: "GetAuthorizers", method: "GET", uri: "/v2/apis/{apiId}/authorizers", status: 200 },
    Spec {
        name: "GetDeployment",
        method: "GET",
        uri: "/v2/apis/{apiId}/deployments/{deploymentId}",
        status: 200,
    },
    Spec { name: "GetDeployments", method: "GET", uri: "/v2/apis/{apiId}/deployments", status: 200 },
    Spec { name: "GetDomainName", method: "GET", uri: "/v2/domainnames/{domainName}", status: 200 },
    Spec { name: "GetDomainNames", method: "GET", uri: "/v2/domainnames", status: 200 },
    Spec {
        name: "GetIntegration",
        method: "GET",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}",
        status: 200,
    },
    Spec {
        name: "GetIntegrationResponse",
        method: "GET",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}",
        status: 200,
    },
    Spec {
        name: "GetIntegrationResponses",
        method: "GET",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses",
        status: 200,
    },
    Spec { name: "GetIntegrations", method: "GET", uri: "/v2/apis/{apiId}/integrations", status: 200 },
    Spec { name: "GetModel", method: "GET", uri: "/v2/apis/{apiId}/models/{modelId}", status: 200 },
    Spec {
        name: "GetModelTemplate",
        method: "GET",
        uri: "/v2/apis/{apiId}/models/{modelId}/template",
        status: 200,
    },
    Spec { name: "GetModels", method: "GET", uri: "/v2/apis/{apiId}/models", status: 200 },
    Spec { name: "GetPortal", method: "GET", uri: "/v2/portals/{portalId}", status: 200 },
    Spec {
        name: "GetPortalProduct",
        method: "GET",
        uri: "/v2/portalproducts/{portalProductId}",
        status: 200,
    },
    Spec {
        name: "GetPortalProductSharingPolicy",
        method: "GET",
        uri: "/v2/portalproducts/{portalProductId}/sharingpolicy",
        status: 200,
    },
    Spec {
        name: "GetProductPage",
        method: "GET",
        uri: "/v2/portalproducts/{portalProductId}/productpages/{productPageId}",
        status: 200,
    },
    Spec {
        name: "GetProductRestEndpointPage",
        method: "GET",
        uri: "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}",
        status: 200,
    },
    Spec { name: "GetRoute", method: "GET", uri: "/v2/apis/{apiId}/routes/{routeId}", status: 200 },
    Spec {
        name: "GetRouteResponse",
        method: "GET",
        uri: "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}",
        status: 200,
    },
    Spec {
        name: "GetRouteResponses",
        method: "GET",
        uri: "/v2/apis/{apiId}/routes/{routeId}/routeresponses",
        status: 200,
    },
    Spec { name: "GetRoutes", method: "GET", uri: "/v2/apis/{apiId}/routes", status: 200 },
    Spec {
        name: "GetRoutingRule",
        method: "GET",
        uri: "/v2/domainnames/{domainName}/routingrules/{routingRuleId}",
        status: 200,
    },
    Spec { name: "GetStage", method: "GET", uri: "/v2/apis/{apiId}/stages/{stageName}", status: 200 },
    Spec { name: "GetStages", method: "GET", uri: "/v2/apis/{apiId}/stages", status: 200 },
    Spec { name: "GetTags", method: "GET", uri: "/v2/tags/{resource-arn}", status: 200 },
    Spec { name: "GetVpcLink", method: "GET", uri: "/v2/vpclinks/{vpcLinkId}", status: 200 },
    Spec { name: "GetVpcLinks", method: "GET", uri: "/v2/vpclinks", status: 200 },
    Spec { name: "ImportApi", method: "PUT", uri: "/v2/apis", status: 201 },
    Spec { name: "ListPortalProducts", method: "GET", uri: "/v2/portalproducts", status: 200 },
    Spec { name: "ListPortals", method: "GET", uri: "/v2/portals", status: 200 },
    Spec {
        name: "ListProductPages",
        method: "GET",
        uri: "/v2/portalproducts/{portalProductId}/productpages",
        status: 200,
    },
    Spec {
        name: "ListProductRestEndpointPages",
        method: "GET",
        uri: "/v2/portalproducts/{portalProductId}/productrestendpointpages",
        status: 200,
    },
    Spec {
        name: "ListRoutingRules",
        method: "GET",
        uri: "/v2/domainnames/{domainName}/routingrules",
        status: 200,
    },
    Spec { name: "PreviewPortal", method: "POST", uri: "/v2/portals/{portalId}/preview", status: 202 },
    Spec { name: "PublishPortal", method: "POST", uri: "/v2/portals/{portalId}/publish", status: 202 },
    Spec {
        name: "PutPortalProductSharingPolicy",
        method: "PUT",
        uri: "/v2/portalproducts/{portalProductId}/sharingpolicy",
        status: 200,
    },
    Spec {
        name: "PutRoutingRule",
        method: "PUT",
        uri: "/v2/domainnames/{domainName}/routingrules/{routingRuleId}",
        status: 200,
    },
    Spec { name: "ReimportApi", method: "PUT", uri: "/v2/apis/{apiId}", status: 201 },
    Spec {
        name: "ResetAuthorizersCache",
        method: "DELETE",
        uri: "/v2/apis/{apiId}/stages/{stageName}/cache/authorizers",
        status: 204,
    },
    Spec { name: "TagResource", method: "POST", uri: "/v2/tags/{resource-arn}", status: 201 },
    Spec { name: "UntagResource", method: "DELETE", uri: "/v2/tags/{resource-arn}", status: 204 },
    Spec { name: "UpdateApi", method: "PATCH", uri: "/v2/apis/{apiId}", status: 200 },
    Spec {
        name: "UpdateApiMapping",
        method: "PATCH",
        uri: "/v2/domainnames/{domainName}/apimappings/{apiMappingId}",
        status: 200,
    },
    Spec {
        name: "UpdateAuthorizer",
        method: "PATCH",
        uri: "/v2/apis/{apiId}/authorizers/{authorizerId}",
        status: 200,
    },
    Spec {
        name: "UpdateDeployment",
        method: "PATCH",
        uri: "/v2/apis/{apiId}/deployments/{deploymentId}",
        status: 200,
    },
    Spec { name: "UpdateDomainName", method: "PATCH", uri: "/v2/domainnames/{domainName}", status: 200 },
    Spec {
        name: "UpdateIntegration",
        method: "PATCH",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}",
        status: 200,
    },
    Spec {
        name: "UpdateIntegrationResponse",
        method: "PATCH",
        uri: "/v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId}",
        status: 200,
    },
    Spec { name: "UpdateModel", method: "PATCH", uri: "/v2/apis/{apiId}/models/{modelId}", status: 200 },
    Spec { name: "UpdatePortal", method: "PATCH", uri: "/v2/portals/{portalId}", status: 200 },
    Spec {
        name: "UpdatePortalProduct",
        method: "PATCH",
        uri: "/v2/portalproducts/{portalProductId}",
        status: 200,
    },
    Spec {
        name: "UpdateProductPage",
        method: "PATCH",
        uri: "/v2/portalproducts/{portalProductId}/productpages/{productPageId}",
        status: 200,
    },
    Spec {
        name: "UpdateProductRestEndpointPage",
        method: "PATCH",
        uri: "/v2/portalproducts/{portalProductId}/productrestendpointpages/{productRestEndpointPageId}",
        status: 200,
    },
    Spec { name: "UpdateRoute", method: "PATCH", uri: "/v2/apis/{apiId}/routes/{routeId}", status: 200 },
    Spec {
        name: "UpdateRouteResponse",
        method: "PATCH",
        uri: "/v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId}",
        status: 200,
    },
    Spec { name: "UpdateStage", method: "PATCH", uri: "/v2/apis/{apiId}/stages/{stageName}", status: 200 },
    Spec { name: "UpdateVpcLink", method: "PATCH", uri: "/v2/vpclinks/{vpcLinkId}", status: 200 },
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::CreateApi,
        Self::CreateApiMapping,
        Self::CreateAuthorizer,
        Self::CreateDeployment,
        Self::CreateDomainName,
        Self::CreateIntegration,
        Self::CreateIntegrationResponse,
        Self::CreateModel,
        Self::CreatePortal,
        Self::CreatePortalProduct,
        Self::CreateProductPage,
        Self::CreateProductRestEndpointPage,
        Self::CreateRoute,
        Self::CreateRouteResponse,
        Self::CreateRoutingRule,
        Self::CreateStage,
        Self::CreateVpcLink,
        Self::DeleteAccessLogSettings,
        Self::DeleteApi,
        Self::DeleteApiMapping,
        Self::DeleteAuthorizer,
        Self::DeleteCorsConfiguration,
        Self::DeleteDeployment,
        Self::DeleteDomainName,
        Self::DeleteIntegration,
        Self::DeleteIntegrationResponse,
        Self::DeleteModel,
        Self::DeletePortal,
        Self::DeletePortalProduct,
        Self::DeletePortalProductSharingPolicy,
        Self::DeleteProductPage,
        Self::DeleteProductRestEndpointPage,
        Self::DeleteRoute,
        Self::DeleteRouteRequestParameter,
        Self::DeleteRouteResponse,
        Self::DeleteRouteSettings,
        Self::DeleteRoutingRule,
        Self::DeleteStage,
        Self::DeleteVpcLink,
        Self::DisablePortal,
        Self::ExportApi,
        Self::GetApi,
        Self::GetApiMapping,
        Self::GetApiMappings,
        Self::GetApis,
        Self::GetAuthorizer,
        Self::GetAuthorizers,
        Self::GetDeployment,
        Self::GetDeployments,
        Self::GetDomainName,
        Self::GetDomainNames,
        Self::GetIntegration,
        Self::GetIntegrationResponse,
        Self::GetIntegrationResponses,
        Self::GetIntegrations,
        Self::GetModel,
        Self::GetModelTemplate,
        Self::GetModels,
        Self::GetPortal,
        Self::GetPortalProduct,
        Self::GetPortalProductSharingPolicy,
        Self::GetProductPage,
        Self::GetProductRestEndpointPage,
        Self::GetRoute,
        Self::GetRouteResponse,
        Self::GetRouteResponses,
        Self::GetRoutes,
        Self::GetRoutingRule,
        Self::GetStage,
        Self::GetStages,
        Self::GetTags,
        Self::GetVpcLink,
        Self::GetVpcLinks,
        Self::ImportApi,
        Self::ListPortalProducts,
        Self::ListPortals,
        Self::ListProductPages,
        Self::ListProductRestEndpointPages,
        Self::ListRoutingRules,
        Self::PreviewPortal,
        Self::PublishPortal,
        Self::PutPortalProductSharingPolicy,
        Self::PutRoutingRule,
        Self::ReimportApi,
        Self::ResetAuthorizersCache,
        Self::TagResource,
        Self::UntagResource,
        Self::UpdateApi,
        Self::UpdateApiMapping,
        Self::UpdateAuthorizer,
        Self::UpdateDeployment,
        Self::UpdateDomainName,
        Self::UpdateIntegration,
        Self::UpdateIntegrationResponse,
        Self::UpdateModel,
        Self::UpdatePortal,
        Self::UpdatePortalProduct,
        Self::UpdateProductPage,
        Self::UpdateProductRestEndpointPage,
        Self::UpdateRoute,
        Self::UpdateRouteResponse,
        Self::UpdateStage,
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
        segments: &[Segment::Literal("v2"), Segment::Literal("apis")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateApi),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("v2"), Segment::Literal("domainnames")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateDomainName),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("v2"), Segment::Literal("portals")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreatePortal),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("v2"), Segment::Literal("portalproducts")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreatePortalProduct),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("v2"), Segment::Literal("vpclinks")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateVpcLink),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("apis")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetApis),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("domainnames")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetDomainNames),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("vpclinks")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetVpcLinks),
    },
    UriRoute {
        method: "PUT",
        segments: &[Segment::Literal("v2"), Segment::Literal("apis")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ImportApi),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("portalproducts")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ListPortalProducts),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("portals")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ListPortals),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("v2"), Segment::Literal("apis"), Segment::Label("apiId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteApi),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("v2"), Segment::Literal("domainnames"), Segment::Label("domainName")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteDomainName),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("v2"), Segment::Literal("portals"), Segment::Label("portalId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeletePortal),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeletePortalProduct),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("v2"), Segment::Literal("vpclinks"), Segment::Label("vpcLinkId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteVpcLink),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("apis"), Segment::Label("apiId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetApi),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("domainnames"), Segment::Label("domainName")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetDomainName),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("portals"), Segment::Label("portalId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetPortal),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetPortalProduct),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("tags"), Segment::Rest("resource-arn")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetTags),
    },
    UriRoute {
        method: "GET",
        segments: &[Segment::Literal("v2"), Segment::Literal("vpclinks"), Segment::Label("vpcLinkId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetVpcLink),
    },
    UriRoute {
        method: "PUT",
        segments: &[Segment::Literal("v2"), Segment::Literal("apis"), Segment::Label("apiId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ReimportApi),
    },
    UriRoute {
        method: "POST",
        segments: &[Segment::Literal("v2"), Segment::Literal("tags"), Segment::Rest("resource-arn")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::TagResource),
    },
    UriRoute {
        method: "DELETE",
        segments: &[Segment::Literal("v2"), Segment::Literal("tags"), Segment::Rest("resource-arn")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UntagResource),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("v2"), Segment::Literal("apis"), Segment::Label("apiId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateApi),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("v2"), Segment::Literal("domainnames"), Segment::Label("domainName")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateDomainName),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("v2"), Segment::Literal("portals"), Segment::Label("portalId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdatePortal),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdatePortalProduct),
    },
    UriRoute {
        method: "PATCH",
        segments: &[Segment::Literal("v2"), Segment::Literal("vpclinks"), Segment::Label("vpcLinkId")],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateVpcLink),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("apimappings"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateApiMapping),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("authorizers"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateAuthorizer),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("deployments"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateDeployment),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateIntegration),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("models"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateModel),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productpages"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateProductPage),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productrestendpointpages"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateProductRestEndpointPage),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateRoute),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("routingrules"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateRoutingRule),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateStage),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("cors"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteCorsConfiguration),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("sharingpolicy"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeletePortalProductSharingPolicy),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portals"),
            Segment::Label("portalId"),
            Segment::Literal("publish"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DisablePortal),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("apimappings"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetApiMappings),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("authorizers"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetAuthorizers),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("deployments"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetDeployments),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetIntegrations),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("models"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetModels),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("sharingpolicy"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetPortalProductSharingPolicy),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetRoutes),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetStages),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productpages"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ListProductPages),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productrestendpointpages"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ListProductRestEndpointPages),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("routingrules"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ListRoutingRules),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portals"),
            Segment::Label("portalId"),
            Segment::Literal("preview"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::PreviewPortal),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portals"),
            Segment::Label("portalId"),
            Segment::Literal("publish"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::PublishPortal),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("sharingpolicy"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::PutPortalProductSharingPolicy),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("apimappings"),
            Segment::Label("apiMappingId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteApiMapping),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizerId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteAuthorizer),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("deployments"),
            Segment::Label("deploymentId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteDeployment),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteIntegration),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("models"),
            Segment::Label("modelId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteModel),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productpages"),
            Segment::Label("productPageId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteProductPage),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productrestendpointpages"),
            Segment::Label("productRestEndpointPageId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteProductRestEndpointPage),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteRoute),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("routingrules"),
            Segment::Label("routingRuleId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteRoutingRule),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
            Segment::Label("stageName"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteStage),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("exports"),
            Segment::Label("specification"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ExportApi),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("apimappings"),
            Segment::Label("apiMappingId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetApiMapping),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizerId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetAuthorizer),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("deployments"),
            Segment::Label("deploymentId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetDeployment),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetIntegration),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("models"),
            Segment::Label("modelId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetModel),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productpages"),
            Segment::Label("productPageId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetProductPage),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productrestendpointpages"),
            Segment::Label("productRestEndpointPageId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetProductRestEndpointPage),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetRoute),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("routingrules"),
            Segment::Label("routingRuleId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetRoutingRule),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
            Segment::Label("stageName"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetStage),
    },
    UriRoute {
        method: "PUT",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("routingrules"),
            Segment::Label("routingRuleId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::PutRoutingRule),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("domainnames"),
            Segment::Label("domainName"),
            Segment::Literal("apimappings"),
            Segment::Label("apiMappingId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateApiMapping),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("authorizers"),
            Segment::Label("authorizerId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateAuthorizer),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("deployments"),
            Segment::Label("deploymentId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateDeployment),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateIntegration),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("models"),
            Segment::Label("modelId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateModel),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productpages"),
            Segment::Label("productPageId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateProductPage),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("portalproducts"),
            Segment::Label("portalProductId"),
            Segment::Literal("productrestendpointpages"),
            Segment::Label("productRestEndpointPageId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateProductRestEndpointPage),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateRoute),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
            Segment::Label("stageName"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateStage),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
            Segment::Literal("integrationresponses"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateIntegrationResponse),
    },
    UriRoute {
        method: "POST",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
            Segment::Literal("routeresponses"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::CreateRouteResponse),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
            Segment::Label("stageName"),
            Segment::Literal("accesslogsettings"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteAccessLogSettings),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
            Segment::Literal("integrationresponses"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetIntegrationResponses),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("models"),
            Segment::Label("modelId"),
            Segment::Literal("template"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetModelTemplate),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
            Segment::Literal("routeresponses"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetRouteResponses),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
            Segment::Label("stageName"),
            Segment::Literal("cache"),
            Segment::Literal("authorizers"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::ResetAuthorizersCache),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
            Segment::Literal("integrationresponses"),
            Segment::Label("integrationResponseId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteIntegrationResponse),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
            Segment::Literal("requestparameters"),
            Segment::Label("requestParameterKey"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteRouteRequestParameter),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
            Segment::Literal("routeresponses"),
            Segment::Label("routeResponseId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteRouteResponse),
    },
    UriRoute {
        method: "DELETE",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("stages"),
            Segment::Label("stageName"),
            Segment::Literal("routesettings"),
            Segment::Label("routeKey"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::DeleteRouteSettings),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
            Segment::Literal("integrationresponses"),
            Segment::Label("integrationResponseId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetIntegrationResponse),
    },
    UriRoute {
        method: "GET",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
            Segment::Literal("routeresponses"),
            Segment::Label("routeResponseId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::GetRouteResponse),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("integrations"),
            Segment::Label("integrationId"),
            Segment::Literal("integrationresponses"),
            Segment::Label("integrationResponseId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateIntegrationResponse),
    },
    UriRoute {
        method: "PATCH",
        segments: &[
            Segment::Literal("v2"),
            Segment::Literal("apis"),
            Segment::Label("apiId"),
            Segment::Literal("routes"),
            Segment::Label("routeId"),
            Segment::Literal("routeresponses"),
            Segment::Label("routeResponseId"),
        ],
        query: None,
        operation: Operation::ApiGatewayV2(Op::UpdateRouteResponse),
    },
];
