//! The control plane: every operation that creates, reads or changes stored entities.
//!
//! In: HTTP requests with their bytes. Out: HTTP replies, exact to the byte where AWS's are known. It must not know how
//! anything executes: what it changes reaches the data plane only through the store and the ports of its owner.

// Every handler owns its decoded request, whether it needs to or not: one shape that dispatch can name.
#![allow(clippy::needless_pass_by_value)]

mod account;
mod api_key;
mod audit;
mod authenticate;
mod authorize;
mod authorizer;
mod caller;
mod context;
mod control;
mod convert;
mod declare;
mod deployment;
mod dispatch;
mod documentation_import;
mod documentation_part;
mod documentation_version;
mod error;
mod export;
mod failures;
mod fault;
mod gateway_response;
mod iam;
mod import;
mod integration;
mod integration_response;
mod keys;
mod lambda;
mod method;
mod method_response;
mod model;
mod page;
mod patch;
mod ports;
mod preview;
mod request_validator;
mod resource;
mod rest_api;
mod stage;
mod sts;
mod tags;
mod test_authorizer;
mod test_invoke;
#[cfg(test)]
mod testing;
mod usage;
mod usage_plan;
mod usage_plan_key;

pub use audit::{Audit, AuditCaller, AuditEvent};
pub use control::{
    Clock, Control, ControlAnswer, ControlReply, ControlRequest, Events, Identities, RootIdentity, Settings,
    Source, StreamedReply,
};
pub use declare::{
    AppliedApi, Declaration, DeclareError, Declared, DeclaredApi, DeclaredFunction, DeclaredIdentities,
    DeclaredPlan, DeclaredSetting,
};
pub use error::ApiError;
pub use lambda::is_reserved_variable;
pub use ports::{
    AuthorizerAnswer, CheckCode, Enqueue, FlushAuthorizers, FlushCache, ForgetUsage, GrantUsage, Invoke,
    InvokeAnswer, InvokeCall, InvokeRefusal, InvokeStream, InvokeStreamAnswer, PortFuture, Ports, Publish,
    ReadUsage, StreamPart, StreamParts, TestAnswer, TestAuthorizer, TestCall, TestInvoke, TestRefusal,
    UsageDay, UsageGrant, UsagePorts, UsageQuestion,
};
pub use preview::Preview;
pub use sts::SESSIONS;
