//! Who asked for what, and what became of it: one event for each control call.
//!
//! In: a call and its answer. Out: an [`AuditEvent`] for the port that writes it down. Neither bodies nor signatures are
//! part of it: they hold secrets. It must not decide anything.

use std::fmt;
use std::sync::Arc;

use http::header::{HeaderValue, USER_AGENT};
use stagedoor_base::{Scope, Timestamp};
use stagedoor_wire::Service;

use crate::caller::Caller;
use crate::control::Source;
use crate::{ControlAnswer, ControlRequest};

/// Writes one event down, before the call is answered. It is called on an async thread.
pub type Audit = Arc<dyn Fn(&AuditEvent) + Send + Sync>;

/// One control call and its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    pub time: Timestamp,
    /// The id that the answer carries too.
    pub request_id: String,
    pub source: Source,
    pub user_agent: Option<String>,
    /// Who it was; none when the call did not say so credibly.
    pub caller: Option<AuditCaller>,
    /// `apigateway.amazonaws.com`.
    pub event_source: &'static str,
    /// The operation; none when there is none at this address.
    pub operation: Option<&'static str>,
    /// The ARN that a policy has to allow.
    pub resource: Option<String>,
    pub status: u16,
    /// AWS's name of the error.
    pub error: Option<String>,
    /// Why it was refused, when nobody else is told so.
    pub message: Option<String>,
}

/// A caller whose signature was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditCaller {
    pub scope: Scope,
    /// The ARN of a user, an assumed role or an account's root.
    pub principal: String,
    pub access_key: String,
}

/// What is known of a call before it is answered.
#[derive(Debug)]
pub(crate) struct Trail {
    event: AuditEvent,
    hushed: bool,
}

impl Trail {
    pub(crate) fn of(
        request: &ControlRequest,
        service: Service,
        operation: Option<&'static str>,
        now: Timestamp,
    ) -> Self {
        let event = AuditEvent {
            time: now,
            request_id: String::new(),
            source: request.source,
            user_agent: request.headers.get(USER_AGENT).map(shown),
            caller: None,
            event_source: event_source(service),
            operation,
            resource: None,
            status: 0,
            error: None,
            message: None,
        };
        Self { event, hushed: false }
    }

    /// Names the caller, whose signature was right.
    pub(crate) fn caller(&mut self, caller: &Caller) {
        let (scope, access_key) = (caller.scope.clone(), caller.access_key.clone());
        self.event.caller = Some(AuditCaller { scope, principal: caller.arn(), access_key });
    }

    pub(crate) fn resource(&mut self, resource: Option<String>) {
        self.event.resource = resource;
    }

    pub(crate) fn message(&mut self, message: impl fmt::Display) {
        self.event.message = Some(message.to_string());
    }

    /// Leaves the call out of the log.
    pub(crate) fn hush(&mut self) {
        self.hushed = true;
    }

    /// The event of a call that was answered; none when it is left out.
    pub(crate) fn answered(self, answer: &ControlAnswer) -> Option<AuditEvent> {
        let header = |name: &str| answer.header(name).map(str::to_owned);
        let request_id = header("x-amzn-requestid").unwrap_or_default();
        let (status, error) = (answer.status(), header("x-amzn-errortype"));
        (!self.hushed).then_some(AuditEvent { request_id, status, error, ..self.event })
    }
}

/// The start of what a client calls itself.
fn shown(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).chars().take(256).collect()
}

/// CloudTrail's names of services.
const fn event_source(service: Service) -> &'static str {
    match service {
        Service::ApiGateway | Service::ApiGatewayV2 => "apigateway.amazonaws.com",
        Service::ApiGatewayManagement => "execute-api.amazonaws.com",
        Service::Lambda => "lambda.amazonaws.com",
        Service::Iam => "iam.amazonaws.com",
        Service::Sts => "sts.amazonaws.com",
    }
}
