//! What is known of one call: filled by the pipeline, read by mappings while it runs and by the sinks at its end.

use std::borrow::Cow;
use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use stagedoor_model::GatewayResponseType;

use crate::{
    ApiKeyFacts, AuthorizerKey, CallerFacts, ContextVar, Head, MethodPlan, Overrides, Program, ResourcePlan,
    RouteMatch, Trace,
};

/// The facts of one call. Exactly one leaves the engine for each call that enters it.
#[derive(Debug)]
pub struct Record {
    pub head: Head,
    /// None when no API and stage answer to the address.
    pub program: Option<Arc<Program>>,
    pub request_id: RequestId,
    /// `$context.extendedRequestId`, the `x-amz-apigw-id` header.
    pub extended_request_id: [u8; 16],
    /// None until routed, and for ever when nothing matches.
    pub route: Option<RouteMatch>,
    /// The value of `X-Amzn-Trace-Id` for backends and for the reply; empty until somebody needed it.
    pub trace_id: String,
    pub integration: IntegrationFacts,
    /// None while nobody asked who calls.
    pub caller: Option<Box<CallerFacts>>,
    /// The API key of a call that needs one.
    pub api_key: Option<Arc<ApiKeyFacts>>,
    /// What templates set; none until one does.
    pub overrides: Option<Box<Overrides>>,
    /// Boxed, so that calls without one stay small.
    pub error: Option<Box<ErrorFacts>>,
    pub outcome: Outcome,
    pub status: u16,
    /// None: no cached reply was looked for.
    pub cached: Option<Cached>,
    /// Bytes of the reply's body.
    pub response_length: u64,
    pub latency: Duration,
    /// None unless somebody wants to see the steps.
    pub trace: Option<Box<Trace>>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A reply was made.
    Answered,
    /// The client went away, or the pipeline broke down, before there was a reply; or within a streamed one.
    Aborted,
}

/// Whether the stage's cache had the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cached {
    Hit,
    Miss,
}

/// The request id: a UUID's 36 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId {
    pub text: [u8; 36],
    /// The client sent an id that is no UUID; access logs append a mark.
    pub replaced: bool,
}

/// What the integration did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntegrationFacts {
    /// `$context.integration.status`: what a proxy function's answer says.
    pub status: Option<u16>,
    /// `$context.integration.integrationStatus`: what the backend, or the Lambda service, answered.
    pub service_status: Option<u16>,
    pub latency: Option<Duration>,
    pub request_id: Option<String>,
    /// `$context.integration.error`.
    pub error: Option<String>,
    /// None while replies are buffered.
    pub stream: Option<Box<StreamFacts>>,
}

/// How a streamed reply began, seen from the moment at which the integration was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamFacts {
    /// `$context.integration.timeToAllHeaders`.
    pub to_all_headers: Duration,
    /// `$context.integration.timeToFirstContent`.
    pub to_first_content: Option<Duration>,
}

/// Why a gateway response was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorFacts {
    pub response_type: GatewayResponseType,
    /// `$context.error.message`; none renders as JSON null.
    pub message: Option<Cow<'static, str>>,
    /// Raised after execution started: then AWS's quoted message begins with a blank.
    pub after_start: bool,
    /// For the owner's log: what exactly went wrong and, where known, what to do.
    pub reason: Cow<'static, str>,
    /// AWS's line in the execution log, where that is not the reason itself.
    pub line: Option<Cow<'static, str>>,
    /// `$context.error.validationErrorString`.
    pub validation: Option<Box<str>>,
}

impl RequestId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }
}

impl ErrorFacts {
    /// `$context.error.messageString`: the message as JSON, with AWS's leading blank.
    #[must_use]
    pub fn message_string(&self) -> String {
        let blank = if self.after_start { " " } else { "" };
        match &self.message {
            None => format!("{blank}null"),
            Some(text) => format!("{blank}{}", serde_json::Value::from(text.as_ref())),
        }
    }
}

impl Record {
    /// The record of a call that has just arrived.
    #[must_use]
    pub fn open(
        head: Head,
        program: Option<Arc<Program>>,
        request_id: RequestId,
        extended_request_id: [u8; 16],
    ) -> Self {
        Self {
            head,
            program,
            request_id,
            extended_request_id,
            route: None,
            trace_id: String::new(),
            integration: IntegrationFacts::default(),
            caller: None,
            api_key: None,
            overrides: None,
            error: None,
            outcome: Outcome::Aborted,
            status: 0,
            cached: None,
            response_length: 0,
            latency: Duration::ZERO,
            trace: None,
        }
    }

    /// Whether `TestInvokeMethod` made the call: then it has no client.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.program.as_ref().is_some_and(|program| program.stage.is_test)
    }

    /// `$context.identity.sourceIp`.
    #[must_use]
    pub fn source_ip(&self) -> Cow<'_, str> {
        if self.is_test() { "test-invoke-source-ip".into() } else { self.head.peer.to_string().into() }
    }

    /// `$context.domainName`.
    #[must_use]
    pub fn domain_name(&self) -> &str {
        if self.is_test() { "testPrefix.testDomainName" } else { self.head.domain_name() }
    }

    /// The extended request id as text.
    #[must_use]
    pub fn extended_request_id(&self) -> &str {
        std::str::from_utf8(&self.extended_request_id).unwrap_or_default()
    }

    /// The matched resource.
    #[must_use]
    pub fn resource(&self) -> Option<&ResourcePlan> {
        let route = self.route.as_ref()?;
        Some(self.program.as_ref()?.deployment.resource(route.resource))
    }

    /// The matched method.
    #[must_use]
    pub fn method(&self) -> Option<&MethodPlan> {
        let route = self.route.as_ref()?;
        Some(self.program.as_ref()?.deployment.method(route.method))
    }

    /// The value of a path parameter, raw.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        self.path_parameters().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All path parameters, raw, from left to right.
    pub fn path_parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.resource().map(|resource| resource.parameters.as_slice()).unwrap_or_default();
        let spans = self.route.as_ref().map(|route| route.spans.as_slice()).unwrap_or_default();
        let path = self.head.path();
        names.iter().zip(spans).map(move |(name, span)| (name.as_ref(), span.of(path)))
    }

    /// A `$context` variable's value; none when it has none on this call.
    #[must_use]
    pub fn value(&self, variable: ContextVar) -> Option<Cow<'_, str>> {
        use ContextVar as V;
        match variable {
            V::ExtendedRequestId => Some(self.extended_request_id().into()),
            V::HttpMethod => Some(self.head.method.as_str().into()),
            V::IdentitySourceIp => Some(self.source_ip()),
            V::IdentityUserAgent => self.head.header_text(http::header::USER_AGENT),
            V::DomainName => Some(self.domain_name().into()),
            V::DomainPrefix => self.domain_name().split('.').next().map(Cow::from),
            V::Protocol => Some("HTTP/1.1".into()),
            V::RequestId => Some(self.request_id.as_str().into()),
            V::RequestTime => Some(self.head.received.clf().into()),
            V::RequestTimeEpoch => Some(self.head.received.0.to_string().into()),
            V::ResponseLatency => Some(self.latency.as_millis().to_string().into()),
            V::ResponseLength => Some(self.response_length.to_string().into()),
            V::Status => (self.status != 0).then(|| self.status.to_string().into()),
            V::XrayTraceId => trace_root(&self.trace_id).map(Cow::from),
            V::ResourceId => self.resource().map(|resource| resource.id.as_str().into()),
            V::ResourcePath => self.resource().map(|resource| resource.path.as_ref().into()),
            V::AuthenticateError
            | V::AuthenticateLatency
            | V::AuthenticateStatus
            | V::AuthorizeError
            | V::AuthorizeLatency
            | V::AuthorizeStatus
            | V::AuthorizerError
            | V::AuthorizerIntegrationLatency
            | V::AuthorizerIntegrationStatus
            | V::AuthorizerLatency
            | V::AuthorizerRequestId
            | V::AuthorizerStatus => self.caller.as_ref()?.value(variable),
            V::IdentityApiKey => self.api_key.as_ref().map(|key| Cow::from(&*key.value)),
            V::IdentityApiKeyId => self.api_key.as_ref().map(|key| Cow::from(&*key.id)),
            V::IdentityAccessKey
            | V::IdentityAccountId
            | V::IdentityCaller
            | V::IdentityUser
            | V::IdentityUserArn => self.caller.as_ref()?.identity.as_ref()?.value(variable).map(Cow::from),
            V::AccountId
            | V::ApiId
            | V::DeploymentId
            | V::EndpointType
            | V::IsCanaryRequest
            | V::Path
            | V::Stage => self.program_value(variable),
            V::ErrorMessage | V::ErrorMessageString | V::ErrorResponseType | V::ErrorValidation => {
                self.error_value(variable)
            }
            V::IntegrationError
            | V::IntegrationLatency
            | V::IntegrationRequestId
            | V::IntegrationServiceStatus
            | V::IntegrationStatus
            | V::IntegrationTimeToAllHeaders
            | V::IntegrationTimeToFirstContent
            | V::IntegrationTransferMode => self.integration_value(variable),
        }
    }

    /// Appends a variable's value; false when it has none. What nearly every log line has is written without a text of its
    /// own.
    pub(crate) fn push_value(&self, variable: ContextVar, out: &mut String) -> bool {
        use ContextVar as V;
        let number = match variable {
            V::RequestTime => {
                self.head.received.push_clf(out);
                return true;
            }
            V::RequestTimeEpoch => self.head.received.0,
            V::ResponseLength => self.response_length,
            V::ResponseLatency => millis(self.latency),
            V::Status if self.status != 0 => self.status.into(),
            V::IdentitySourceIp if !self.is_test() => return push_address(self.head.peer, out),
            _ => {
                let value = self.value(variable).unwrap_or_default();
                out.push_str(&value);
                return !value.is_empty();
            }
        };
        out.push_str(itoa::Buffer::new().format(number));
        true
    }

    /// A value of `$context.authorizer`.
    #[must_use]
    pub fn authorizer_value(&self, key: &AuthorizerKey) -> Option<Cow<'_, str>> {
        self.caller.as_ref()?.authorizer_value(key)
    }

    fn program_value(&self, variable: ContextVar) -> Option<Cow<'_, str>> {
        let program = self.program.as_ref()?;
        let (deployment, stage) = (&program.deployment, &program.stage);
        match variable {
            ContextVar::AccountId => Some(deployment.scope.account.as_str().into()),
            ContextVar::ApiId => Some(deployment.api_id.as_str().into()),
            // What is only edited has no deployment.
            ContextVar::DeploymentId => {
                Some(deployment.id.as_str()).filter(|id| !id.is_empty()).map(Cow::from)
            }
            ContextVar::EndpointType => Some(deployment.endpoint_type.as_str().into()),
            ContextVar::IsCanaryRequest => {
                stage.is_canary.map(|is| if is { "true".into() } else { "false".into() })
            }
            ContextVar::Path => Some(self.head.context_path(stage.name.as_str()).into()),
            ContextVar::Stage => Some(stage.name.as_str().into()),
            _ => None,
        }
    }

    fn error_value(&self, variable: ContextVar) -> Option<Cow<'_, str>> {
        let error = self.error.as_ref()?;
        match variable {
            ContextVar::ErrorMessage => error.message.as_deref().map(Cow::from),
            ContextVar::ErrorMessageString => Some(error.message_string().into()),
            ContextVar::ErrorResponseType => Some(error.response_type.as_str().into()),
            ContextVar::ErrorValidation => error.validation.as_deref().map(Cow::from),
            _ => None,
        }
    }

    fn integration_value(&self, variable: ContextVar) -> Option<Cow<'_, str>> {
        let facts = &self.integration;
        match variable {
            ContextVar::IntegrationError => facts.error.as_deref().map(Cow::from),
            ContextVar::IntegrationLatency => facts.latency.map(|t| t.as_millis().to_string().into()),
            ContextVar::IntegrationRequestId => facts.request_id.as_deref().map(Cow::from),
            ContextVar::IntegrationServiceStatus => facts.service_status.map(|s| s.to_string().into()),
            ContextVar::IntegrationStatus => facts.status.map(|s| s.to_string().into()),
            ContextVar::IntegrationTimeToAllHeaders => {
                facts.stream.as_ref().map(|stream| stream.to_all_headers.as_millis().to_string().into())
            }
            ContextVar::IntegrationTimeToFirstContent => {
                let first = facts.stream.as_ref()?.to_first_content?;
                Some(first.as_millis().to_string().into())
            }
            ContextVar::IntegrationTransferMode => {
                let streams = self.method()?.streams;
                facts.latency.map(|_| if streams { "STREAMED" } else { "BUFFERED" }.into())
            }
            _ => None,
        }
    }

    /// Appends `$context.requestId` as access logs print it.
    pub(crate) fn write_logged_request_id(&self, out: &mut String) {
        let mark = if self.request_id.replaced { "_REPLACED_INVALID_REQUEST_ID" } else { "" };
        out.push_str(self.request_id.as_str());
        out.push_str(mark);
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn push_address(address: IpAddr, out: &mut String) -> bool {
    let IpAddr::V4(address) = address else { return write!(out, "{address}").is_ok() };
    for (place, octet) in address.octets().into_iter().enumerate() {
        if place > 0 {
            out.push('.');
        }
        out.push_str(itoa::Buffer::new().format(octet));
    }
    true
}

fn trace_root(trace: &str) -> Option<&str> {
    trace.split(';').find_map(|part| part.strip_prefix("Root="))
}
