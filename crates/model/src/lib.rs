//! Stored entities: what the control plane keeps, in types that cannot hold a wrong state.
//!
//! In: values checked by `control` or `openapi`. Out: documents for `store`, frozen [`Snapshot`]s for `program`.
//! It must not know wire shapes, storage, how anything executes, or AWS's error texts beyond those of rules that calls and
//! imports share.

mod api;
mod api_key;
mod authorizer;
pub mod diff;
mod documentation;
mod enums;
mod function;
mod iam;
mod layer;
mod method;
mod placement;
mod stage;
mod usage_plan;

pub use api::{
    AccountSettings, ApiTree, EndpointConfiguration, GatewayResponse, Model, RequestValidator, Resource,
    RestApi, Snapshot,
};
pub use api_key::ApiKey;
pub use authorizer::{Authorizer, JwtAdditionalClaim, JwtConfiguration, JwtIssuer};
pub use documentation::{
    DocumentationLocation, DocumentationPart, DocumentationVersion, FrozenDocumentation, LocationField,
    LocationProblem,
};
pub use enums::{
    ApiKeySource, AuthorizationType, AuthorizerType, CacheClusterSize, ConnectionType, ContentHandling,
    DocumentationPartType, EndpointAccessMode, EndpointType, GatewayResponseType, HttpMethod,
    IntegrationType, IpAddressType, JwtAlgorithm, JwtClaimFormat, LoggingLevel, PassthroughBehavior,
    QuotaPeriod, Runtime, SecurityPolicy, TransferMode, UnauthorizedCacheControl,
};
pub use function::{
    Alias, EventInvokeConfig, Function, FunctionCode, FunctionConfiguration, FunctionLayer, FunctionPolicy,
    FunctionTree, FunctionVersion, PolicyStatement, WeightedVersion,
};
pub use iam::{
    AccessKey, Group, IamKind, IamTree, ManagedPolicy, ManagedPolicyVersion, Permissions, Role, SecretText,
    User,
};
pub use layer::{Layer, LayerTree, LayerVersion};
pub use method::{Integration, IntegrationResponse, Method, MethodResponse, Templates};
pub use placement::Misplaced;
pub use stage::{AccessLogSettings, CanarySettings, Deployment, MethodSetting, Stage};
pub use usage_plan::{PlanQuota, PlanStage, ThrottleSettings, UsagePlan, UsagePlanKey};

/// A map that keeps the order in which its entries were given.
pub type Map<V> = indexmap::IndexMap<String, V>;
