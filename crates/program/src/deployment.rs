//! What a deployment executes.

use std::sync::Arc;

use http::HeaderValue;
use stagedoor_base::{ApiId, DeploymentId, ResourceId, Scope};
use stagedoor_model::{EndpointType, HttpMethod};

use crate::{
    ApiKeySource, AuthorizationPlan, BinaryTypes, CachePlan, GatewayResponses, IntegrationPlan,
    ResourcePolicy, RouteMatch, Routes, StageView, Validator,
};

/// One stage of one API as it executes: its deployment and its live settings.
#[derive(Debug)]
pub struct Program {
    pub deployment: Arc<DeploymentProgram>,
    pub stage: Arc<StageView>,
    /// Takes part of the calls.
    pub canary: Option<Canary>,
}

/// A second program behind one stage.
#[derive(Debug)]
pub struct Canary {
    /// Of a hundred calls; 0.0 to 100.0.
    pub percent: f64,
    pub program: Arc<Program>,
}

/// One frozen deployment, compiled. Stages that point at the same deployment share it.
#[derive(Debug)]
pub struct DeploymentProgram {
    pub scope: Scope,
    pub api_id: ApiId,
    pub id: DeploymentId,
    pub endpoint_type: EndpointType,
    pub disable_execute_api_endpoint: bool,
    pub binary_types: BinaryTypes,
    /// Bytes from which replies are compressed for clients that ask for it.
    pub minimum_compression_size: Option<u32>,
    pub gateway_responses: Arc<GatewayResponses>,
    /// None: no resource policy guards the API.
    pub resource_policy: Option<Box<ResourcePolicy>>,
    /// `X-Amzn-Apigateway-Api-Id` for backends.
    pub api_id_header: HeaderValue,
    /// `AmazonAPIGateway_{api}`, the `User-Agent` for backends.
    pub user_agent: HeaderValue,
    pub(crate) routes: Routes,
    pub(crate) resources: Vec<ResourcePlan>,
    pub(crate) methods: Vec<MethodPlan>,
}

/// What a matched path is.
#[derive(Debug)]
pub struct ResourcePlan {
    pub id: ResourceId,
    /// With braces.
    pub path: Arc<str>,
    /// Names of the path parameters, from left to right, without braces.
    pub parameters: Vec<Arc<str>>,
}

/// A method as it executes.
#[derive(Debug)]
pub struct MethodPlan {
    /// Where it is among the resources.
    pub(crate) resource: u32,
    /// As defined: `ANY` stays ANY.
    pub verb: HttpMethod,
    pub operation_name: Option<Arc<str>>,
    pub authorization: AuthorizationPlan,
    /// Where calls carry the API key that they need; none: they need none.
    pub api_key: Option<ApiKeySource>,
    /// None: nothing is validated.
    pub validator: Option<Box<Validator>>,
    pub integration: IntegrationPlan,
    /// `responseTransferMode: STREAM`.
    pub streams: bool,
    pub cache: CachePlan,
}

impl Program {
    /// A stage without a canary.
    #[must_use]
    pub fn of(deployment: Arc<DeploymentProgram>, stage: Arc<StageView>) -> Self {
        Self { deployment, stage, canary: None }
    }
}

impl DeploymentProgram {
    /// The method for a verb on a raw path, which begins with `/` and has no stage in it.
    #[must_use]
    pub fn find(&self, verb: &http::Method, path: &str) -> Option<RouteMatch> {
        self.routes.find(verb, path)
    }

    /// The method that a resource has for a verb. The path gives its parameters their values, where it is the resource's.
    #[must_use]
    pub fn find_named(&self, resource: &ResourceId, verb: &http::Method, path: &str) -> Option<RouteMatch> {
        let index = self.resources.iter().position(|known| known.id == *resource)?;
        let template = &self.resources[index].path;
        let method = self.routes.named(verb, template)?;
        let resource = u32::try_from(index).ok()?;
        let mut alone = Routes::default();
        alone.add(template, resource, &[(HttpMethod::Any, method)]);
        let spans = alone.find(verb, path).map(|found| found.spans).unwrap_or_default();
        Some(RouteMatch { resource, method, spans })
    }

    /// A matched resource.
    #[must_use]
    pub fn resource(&self, index: u32) -> &ResourcePlan {
        &self.resources[index as usize]
    }

    /// A matched method.
    #[must_use]
    pub fn method(&self, index: u32) -> &MethodPlan {
        &self.methods[index as usize]
    }

    /// Whether the API is for callers inside a VPC.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.endpoint_type == EndpointType::Private
    }

    /// Every method with its resource, in the order of their indices.
    pub fn methods(&self) -> impl Iterator<Item = (&ResourcePlan, &MethodPlan)> {
        self.methods.iter().map(|method| (self.resource(method.resource), method))
    }

    /// How many methods are deployed.
    #[must_use]
    pub fn method_count(&self) -> usize {
        self.methods.len()
    }
}
