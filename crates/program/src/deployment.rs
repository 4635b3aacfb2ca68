//! What a deployment executes.

use std::sync::Arc;

use http::HeaderValue;
use stagedoor_base::{ApiId, DeploymentId, ResourceId, Scope};
use stagedoor_model::{EndpointType, HttpMethod};

use crate::{
    AuthorizationPlan, BinaryTypes, GatewayResponses, IntegrationPlan, ResourcePolicy, RouteMatch, Routes,
    StageView, Validator,
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
    /// As defined: `ANY` stays ANY.
    pub verb: HttpMethod,
    pub operation_name: Option<Arc<str>>,
    pub authorization: AuthorizationPlan,
    /// What this method asks for that does not execute yet.
    pub refusals: Option<Box<Refusals>>,
    /// None: nothing is validated.
    pub validator: Option<Box<Validator>>,
    pub integration: IntegrationPlan,
    /// `responseTransferMode: STREAM`.
    pub streams: bool,
}

/// Reasons to answer 500 at a step of the pipeline, because the step cannot do what the definition asks.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Refusals {
    pub meter: Option<Arc<str>>,
}

impl Program {
    /// A stage without a canary.
    #[must_use]
    pub fn of(deployment: Arc<DeploymentProgram>, stage: Arc<StageView>) -> Self {
        Self { deployment, stage, canary: None }
    }

    /// The program that answers one call: this one, or the canary's as `chance` decides, a number from 0 up to, not
    /// including, 1. Calls are independent of each other, as on AWS.
    #[must_use]
    pub fn pick(self: Arc<Self>, chance: impl FnOnce() -> f64) -> Arc<Self> {
        match &self.canary {
            Some(canary) if chance() * 100.0 < canary.percent => Arc::clone(&canary.program),
            _ => self,
        }
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

    /// How many methods are deployed.
    #[must_use]
    pub fn method_count(&self) -> usize {
        self.methods.len()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use stagedoor_base::{AccountId, Entropy, Scope, Timestamp};
    use stagedoor_model::{ApiTree, RestApi, Snapshot};

    use super::{Canary, Program};
    use crate::{StageView, compile};

    fn stage(percent: f64) -> Arc<Program> {
        let scope = Scope { account: AccountId::from("000000000000"), region: "r".into() };
        let tree = ApiTree::bare(RestApi::unnamed("api".into(), "root".into(), Timestamp(0)));
        let (deployment, _) = compile(&scope, &"d".into(), &Snapshot { tree });
        let view = Arc::new(StageView::bare("dev".into()));
        let program = Program::of(Arc::new(deployment), view);
        let canary = Program::of(Arc::clone(&program.deployment), Arc::clone(&program.stage));
        Arc::new(Program { canary: Some(Canary { percent, program: Arc::new(canary) }), ..program })
    }

    /// Whether the canary answers for this outcome of the coin.
    fn is_canary(percent: f64, chance: f64) -> bool {
        stage(percent).pick(|| chance).canary.is_none()
    }

    #[test]
    fn the_bounds_are_exact() {
        const NEARLY_ONE: f64 = 1.0 - f64::EPSILON / 2.0;
        for (percent, chance, expected) in [
            (0.0, 0.0, false),
            (100.0, NEARLY_ONE, true),
            (50.0, 0.499_999, true),
            (50.0, 0.5, false),
            (0.1, 0.000_999, true),
            (0.1, 0.001, false),
        ] {
            assert_eq!(is_canary(percent, chance), expected, "{percent} {chance}");
        }
    }

    #[test]
    fn calls_are_split_in_the_ratio() {
        let mut entropy = Entropy::new([11, 22, 33, 44]);
        const CALLS: u32 = 100_000;
        for percent in [0.5, 12.5, 50.0, 99.0] {
            let program = stage(percent);
            let mut canaries = 0_u32;
            for _ in 0..CALLS {
                let chance = (entropy.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
                canaries += u32::from(Arc::clone(&program).pick(|| chance).canary.is_none());
            }
            let (share, total) = (percent / 100.0, f64::from(CALLS));
            let deviation = (total * share * (1.0 - share)).sqrt();
            let distance = (f64::from(canaries) - total * share).abs() / deviation;
            assert!(distance < 4.0, "{percent} %: {canaries} of {CALLS}, {distance} standard deviations off");
        }
    }
}
