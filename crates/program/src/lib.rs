//! Deployments and stages in the form that executes, and the record of each execution.
//!
//! In: a frozen [`stagedoor_model::Snapshot`] or a live [`stagedoor_model::Stage`]. Out: programs that cannot fail to
//! exist (what cannot execute becomes a plan that answers as AWS would) and remarks for the author. It must not know
//! requests in flight, sockets, clocks or storage.

mod binary;
mod compile;
mod context;
mod deployment;
mod diagnostic;
mod expression;
mod gateway_response;
mod head;
mod inert;
mod integration;
mod log_format;
mod pattern;
mod record;
mod route;
mod stage_view;
mod trace;
mod uri;

pub use binary::BinaryTypes;
pub use compile::compile;
pub use context::ContextVar;
pub use deployment::{DeploymentProgram, MethodPlan, Program, Refusals, ResourcePlan};
pub use diagnostic::Diagnostic;
pub use expression::Expression;
pub use gateway_response::{GatewayResponsePlan, GatewayResponses, GatewayTemplate, TemplatePart};
pub use head::{Head, Listener};
pub use integration::{
    BackendPlan, BodyTemplate, FunctionTarget, HttpPlan, IntegrationPlan, LambdaPlan, MockPlan, NoSelection,
    ParameterMapping, RequestTemplates, ResponseMap, ResponsePlan, ResponseValue, Selected, Target,
};
pub use log_format::LogFormat;
pub use pattern::{Automaton, Pattern};
pub use record::{ErrorFacts, IntegrationFacts, Outcome, Record, RequestId, StreamFacts};
pub use route::{RouteMatch, Routes, Span};
// Words of the model that plans and records are made of, for those below who do not see the model.
pub use stage_view::{AccessLog, StageView, compile_stage};
pub use stagedoor_model::{GatewayResponseType, HttpMethod};
pub use trace::{Event, Outgoing, Step, Trace};
pub use uri::{UriPart, UriPlan};
