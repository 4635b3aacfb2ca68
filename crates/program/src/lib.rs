//! Deployments and stages in the form that executes, and the record of each execution.
//!
//! In: a frozen [`stagedoor_model::Snapshot`] or a live [`stagedoor_model::Stage`]. Out: programs that cannot fail to
//! exist (what cannot execute becomes a plan that answers as AWS would) and remarks for the author. It must not know
//! requests in flight, sockets, clocks or storage.

mod api_key;
mod authorizer;
mod aws;
mod binary;
mod cache;
mod caller;
mod cognito;
mod compile;
mod context;
mod deployment;
mod diagnostic;
mod expression;
mod gateway_response;
mod head;
mod header_list;
mod header_rules;
mod inert;
mod integration;
mod log_format;
mod mapping;
mod mask;
mod method_settings;
mod overrides;
mod pattern;
mod record;
mod reply_templates;
mod resource_policy;
mod route;
mod stage_view;
mod trace;
mod uri;
mod validator;

pub use api_key::ApiKeyFacts;
pub use authorizer::{AuthorizationPlan, AuthorizerAsks, LambdaAuthorizer};
pub use aws::{AwsPlan, AwsService, Credentials, JsonProtocol, LambdaCustomPlan, ServiceCall, ServiceTarget};
pub use binary::BinaryTypes;
pub use cache::{CachePlan, CacheSetting};
pub use caller::{
    AuthorizerCall, AuthorizerContext, AuthorizerKey, CallerFacts, CallerIdentity, LambdaContext, StepFacts,
};
pub use cognito::{CognitoAuthorizer, CognitoPlan};
pub use compile::compile;
pub use context::ContextVar;
pub use deployment::{Canary, DeploymentProgram, MethodPlan, Program, ResourcePlan};
pub use diagnostic::Diagnostic;
pub use expression::Expression;
pub use gateway_response::{GatewayResponsePlan, GatewayResponses, GatewayTemplate, TemplatePart};
pub use head::{Head, Listener};
pub use header_list::HeaderList;
pub use header_rules::{HeaderFate, request_header, response_header};
pub use integration::{
    BackendPlan, BodyTemplate, FunctionTarget, HttpPlan, IntegrationPlan, LambdaPlan, MockPlan, NoSelection,
    ParameterMapping, RequestTemplates, ResponseMap, ResponseMapping, ResponsePlan, ResponseValue, Selected,
    Target,
};
pub use log_format::LogFormat;
pub use mapping::MappingTemplate;
pub use mask::{is_secret, masked};
pub use method_settings::{LiveSetting, MethodSettings, Throttle};
pub use overrides::Overrides;
pub use pattern::Pattern;
pub use record::{Cached, ErrorFacts, IntegrationFacts, Outcome, Record, RequestId, StreamFacts};
pub use resource_policy::{ResourcePolicy, api_arn, parse_resource_policy};
pub use route::{RouteMatch, Routes, Span};
// Words of the model that plans and records are made of, for those below who do not see the model.
pub use stage_view::{AccessLog, StageView, compile_canary, compile_stage};
pub use stagedoor_model::{
    ApiKeySource, ContentHandling, GatewayResponseType, HttpMethod, UnauthorizedCacheControl,
};
pub use trace::{Asked, Event, Outgoing, Rendered, Step, Trace};
pub use uri::{UriPart, UriPlan};
pub use validator::{BodyModel, ParameterPlace, RequiredParameter, Validator, in_hash_set_order};
