//! What a deployment executes.

use std::sync::Arc;

use http::HeaderValue;
use stagedoor_base::{ApiId, DeploymentId, ResourceId, Scope};
use stagedoor_model::{EndpointType, HttpMethod};

use crate::{BinaryTypes, GatewayResponses, IntegrationPlan, RouteMatch, Routes, StageView};

/// One stage of one API as it executes: its deployment and its live settings.
#[derive(Debug)]
pub struct Program {
    pub deployment: Arc<DeploymentProgram>,
    pub stage: Arc<StageView>,
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
    /// A resource policy that cannot be evaluated yet: every call is refused, with this reason.
    pub policy_refusal: Option<Arc<str>>,
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
    /// As defined: `ANY` stays ANY.
    pub verb: HttpMethod,
    pub operation_name: Option<Arc<str>>,
    /// What this method asks for that does not execute yet.
    pub refusals: Option<Box<Refusals>>,
    pub integration: IntegrationPlan,
    /// `responseTransferMode: STREAM`.
    pub streams: bool,
}

/// Reasons to answer 500 at a step of the pipeline, because the step cannot do what the definition asks.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Refusals {
    pub authorize: Option<Arc<str>>,
    pub meter: Option<Arc<str>>,
    pub validate: Option<Arc<str>>,
}

impl DeploymentProgram {
    /// The method for a verb on a raw path, which begins with `/` and has no stage in it.
    #[must_use]
    pub fn find(&self, verb: &http::Method, path: &str) -> Option<RouteMatch> {
        self.routes.find(verb, path)
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

    /// How many methods are deployed.
    #[must_use]
    pub fn method_count(&self) -> usize {
        self.methods.len()
    }
}
