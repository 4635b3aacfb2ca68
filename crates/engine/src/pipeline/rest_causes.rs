//! REST APIs' own table: cause → gateway response type, status, message, error header, log line.

use std::borrow::Cow;

use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{ErrorFacts, GatewayResponseType as Kind};

/// A failure as REST APIs show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The status while no customised response sets another.
    pub(crate) status: u16,
    /// `x-amzn-ErrorType`.
    pub(crate) error_type: &'static str,
    /// `$context.integration.error`, when the integration is to blame.
    pub(crate) integration_error: Option<String>,
    pub(crate) facts: ErrorFacts,
}

const INTERNAL: &str = "InternalServerErrorException";
const INTERNAL_MESSAGE: &str = "Internal server error";

/// The row of a cause.
pub(crate) fn failure(cause: Cause) -> Failure {
    match cause {
        Cause::NoRoute => early(
            Kind::MissingAuthenticationToken,
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            "no resource and method match",
        ),
        Cause::IncompleteSignature(message) => early(
            Kind::Default4xx,
            403,
            "IncompleteSignatureException",
            message,
            "the Authorization header is no signature",
        ),
        Cause::UnknownAccessKey => early(
            Kind::Default4xx,
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            "nobody has this access key",
        ),
        Cause::Forbidden => early(
            Kind::Default4xx,
            403,
            "ForbiddenException",
            "Forbidden",
            "no such stage, or the default endpoint is disabled",
        ),
        Cause::NotSigned
        | Cause::InvalidSignature(_)
        | Cause::ExpiredSessionToken
        | Cause::Unauthorized(_)
        | Cause::ExpiredToken
        | Cause::AccessDenied { .. }
        | Cause::Authorizer { .. } => refused(cause),
        Cause::InvalidApiKey(reason) => {
            early(Kind::InvalidApiKey, 403, "ForbiddenException", "Forbidden", String::from(reason))
        }
        Cause::Throttled(line) => {
            early(Kind::Throttled, 429, "TooManyRequestsException", "Too Many Requests", String::from(line))
        }
        Cause::QuotaExceeded(line) => {
            early(Kind::QuotaExceeded, 429, "LimitExceededException", "Limit Exceeded", String::from(line))
        }
        Cause::RequestTooLarge => early(
            Kind::RequestTooLarge,
            413,
            "RequestTooLargeException",
            "HTTP content length exceeded 10485760 bytes.",
            "the request body exceeds the payload limit",
        ),
        Cause::UriTooLong => early(
            Kind::Default4xx,
            414,
            "RequestUriTooLongException",
            "Request URI too long",
            "the URL exceeds its limit",
        ),
        Cause::HeadersTooLarge => early(
            Kind::Default4xx,
            431,
            "RequestHeaderFieldsTooLargeException",
            "Request Header Fields Too Large",
            "the request headers exceed their limit",
        ),
        Cause::BuffersFull => early(
            Kind::Default5xx,
            503,
            "ServiceUnavailableException",
            "Service Unavailable",
            "the node's body buffers are full",
        ),
        Cause::ComputeFull => late(
            Kind::Default5xx,
            503,
            "ServiceUnavailableException",
            "Service Unavailable",
            "too much work waits for the compute pool",
        ),
        Cause::UnsupportedMediaType => late(
            Kind::UnsupportedMediaType,
            415,
            "BadRequestException",
            "Unsupported Media Type",
            "no request template fits and the passthrough behavior forbids the content type",
        ),
        Cause::UnsupportedContentEncoding => late(
            Kind::UnsupportedMediaType,
            415,
            "BadRequestException",
            "Unsupported Media Type",
            "the Content-Encoding of the request is none of gzip, deflate and identity",
        ),
        Cause::CorruptRequestBody => late(
            Kind::BadRequestBody,
            400,
            "BadRequestException",
            "Invalid request body",
            "the request body is not what its Content-Encoding says",
        ),
        Cause::MissingParameters(names) => missing_parameters(&names),
        Cause::InvalidRequestBody { content_type, errors, detail } => {
            invalid_body(&content_type, errors, &detail)
        }
        Cause::PathValue(name) => late(
            Kind::Default4xx,
            400,
            "BadRequestException",
            "Bad Request",
            format!("the value of path parameter {name} leads out of the path of the integration's URI"),
        ),
        Cause::InvalidJsonInBody => late(
            Kind::Default4xx,
            400,
            "BadRequestException",
            "Invalid JSON in request body",
            "a mapping reads the request body, which is no JSON",
        ),
        Cause::Configuration(error) => configuration(&error),
        other => integration(other),
    }
}

/// Callers who are not let in.
fn refused(cause: Cause) -> Failure {
    match cause {
        Cause::NotSigned => early(
            Kind::MissingAuthenticationToken,
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            "the method is for signed calls, and this one is not signed",
        ),
        Cause::InvalidSignature(message) => {
            let reason = "the signature is not the one that this call has to have";
            early(Kind::InvalidSignature, 403, "InvalidSignatureException", message, reason)
        }
        Cause::ExpiredSessionToken => early(
            Kind::ExpiredToken,
            403,
            "ExpiredTokenException",
            "The security token included in the request is expired",
            "the session token has expired",
        ),
        Cause::Unauthorized(reason) => {
            let reason = reason.to_string();
            early(Kind::Unauthorized, 401, "UnauthorizedException", "Unauthorized", reason)
        }
        Cause::ExpiredToken => early(
            Kind::Unauthorized,
            401,
            "UnauthorizedException",
            "The incoming token has expired",
            "the token has expired",
        ),
        Cause::AccessDenied { message, reason } => {
            early(Kind::AccessDenied, 403, "AccessDeniedException", message, reason)
        }
        Cause::Authorizer { line, detail } => authorizer(&line, &detail),
        _ => internal(Kind::Default5xx, 500, "unknown failure"),
    }
}

/// AWS tells the client nothing of it, not even a message.
fn authorizer(line: &str, detail: &str) -> Failure {
    let line = format!("Execution failed due to configuration error: {line}");
    let reason = if detail.is_empty() { line.clone() } else { format!("{line}: {detail}") };
    let kind = Kind::AuthorizerConfigurationError;
    let mut failure = early(kind, 500, "AuthorizerConfigurationException", "", reason);
    failure.facts.message = None;
    failure.facts.line = (!detail.is_empty()).then(|| line.into());
    failure
}

fn missing_parameters(names: &str) -> Failure {
    let message = format!("Missing required request parameters: {names}");
    let reason = message.clone();
    let mut failure = late(Kind::BadRequestParameters, 400, "BadRequestException", message, reason);
    failure.facts.validation = failure.facts.message.as_deref().map(Box::from);
    failure
}

/// The client learns only that the body is invalid; the log and a gateway response that asks for it say more.
fn invalid_body(content_type: &str, errors: Box<str>, detail: &str) -> Failure {
    let line = format!("Request body does not match model schema for content type {content_type}: {errors}");
    let reason = if detail.is_empty() { line.clone() } else { format!("{line} ({detail})") };
    let mut failure = late(Kind::BadRequestBody, 400, "BadRequestException", "Invalid request body", reason);
    failure.facts.line = (!detail.is_empty()).then(|| line.into());
    failure.facts.validation = Some(errors);
    failure
}

/// Failures of the call to the backend.
fn integration(cause: Cause) -> Failure {
    match cause {
        Cause::IntegrationNetwork(reason) => blamed(
            late(
                Kind::IntegrationFailure,
                504,
                INTERNAL,
                "Network error communicating with endpoint",
                format!("Execution failed due to a network error communicating with endpoint: {reason}"),
            ),
            "Execution failed due to a network error communicating with endpoint",
        ),
        Cause::IntegrationTimeout => blamed(
            late(
                Kind::IntegrationTimeout,
                504,
                INTERNAL,
                "Endpoint request timed out",
                "Execution failed due to a timeout error",
            ),
            "Execution failed due to a timeout error",
        ),
        Cause::IntegrationResponseTooLarge => {
            let line = "Execution failed due to configuration error: Integration response is larger than allowed \
                        maximum of 10485760 bytes.";
            blamed(internal(Kind::IntegrationFailure, 500, line), line)
        }
        Cause::CorruptIntegrationResponse => {
            let line = "Execution failed due to configuration error: Integration response is not what its \
                        Content-Encoding says";
            blamed(internal(Kind::IntegrationFailure, 500, line), line)
        }
        Cause::MalformedProxyResponse(detail) => {
            let line = "Execution failed due to configuration error: Malformed Lambda proxy response";
            blamed(internal(Kind::IntegrationFailure, 502, format!("{line}: {detail}")), line)
        }
        Cause::FunctionError(message) => {
            let line =
                format!("Lambda execution failed with status 200 due to customer function error: {message}.");
            let error = format!("Lambda Customer Function Error:{message}");
            blamed(internal(Kind::IntegrationFailure, 502, line), error)
        }
        Cause::FunctionThrottled => {
            let line = "Execution failed due to configuration error: Rate Exceeded.";
            blamed(internal(Kind::IntegrationFailure, 500, line), line)
        }
        Cause::Internal(reason) => internal(Kind::Default5xx, 500, reason),
        _ => internal(Kind::Default5xx, 500, "unknown failure"),
    }
}

fn configuration(error: &ConfigurationError) -> Failure {
    let line = format!("Execution failed due to configuration error: {}", configuration_line(error));
    match error {
        ConfigurationError::FunctionMethod(_) => internal(Kind::IntegrationFailure, 500, line),
        // AWS's own text for the log variable; ours adds the remedy to the reason.
        ConfigurationError::FunctionPermission { .. } | ConfigurationError::InvokeDenied { .. } => blamed(
            internal(Kind::ApiConfigurationError, 500, line),
            "Execution failed due to configuration error: Invalid permissions on Lambda function",
        ),
        ConfigurationError::RoleNotAssumable { role, .. } => blamed(
            internal(Kind::ApiConfigurationError, 500, line),
            format!("Execution failed due to configuration error: {}", not_assumable(role)),
        ),
        ConfigurationError::RequestTransform(_) => transform(line, UNABLE_REQUEST),
        ConfigurationError::ResponseTransform(_) => transform(line, UNABLE_RESPONSE),
        _ => internal(Kind::ApiConfigurationError, 500, line),
    }
}

const UNABLE_REQUEST: &str = "Unable to transform request";
const UNABLE_RESPONSE: &str = "Unable to transform response";

/// AWS's line says nothing of what is wrong with the template.
fn transform(reason: String, words: &str) -> Failure {
    let mut failure = internal(Kind::ApiConfigurationError, 500, reason);
    failure.facts.line = Some(format!("Execution failed due to configuration error: {words}").into());
    failure
}

fn not_assumable(role: &str) -> String {
    format!("API Gateway does not have permission to assume the provided role {role}")
}

fn configuration_line(error: &ConfigurationError) -> Cow<'static, str> {
    use ConfigurationError as E;
    match error {
        E::InvalidEndpointAddress => "Invalid endpoint address".into(),
        E::ForbiddenHeader(name) => format!("{name} header already present").into(),
        E::NoOutputMapping(status) => format!(
            "No match for output mapping and no default output mapping configured. Endpoint Response Status Code: {status}"
        )
        .into(),
        E::InvalidMethodResponse(status) => {
            format!("Output mapping refers to an invalid method response: {status}").into()
        }
        E::RequestTransform(detail) => format!("{UNABLE_REQUEST}: {detail}").into(),
        E::ResponseTransform(detail) => format!("{UNABLE_RESPONSE}: {detail}").into(),
        E::InvalidJsonInResponse(detail) => format!("Invalid JSON in response: {detail}").into(),
        E::Base64 => "Unable to base64 decode the body.".into(),
        E::MockStatusCode => {
            "Unable to parse statusCode. It should be an integer that is defined in the request template.".into()
        }
        E::FunctionPermission { add_permission } => {
            format!("Invalid permissions on Lambda function. Grant them with: {add_permission}").into()
        }
        E::InvokeDenied { who, function, reason } => {
            format!("Invalid permissions on Lambda function. {who} may not invoke {function}: {reason}").into()
        }
        E::InvalidFunction(arn) => format!("There is no Lambda function {arn}").into(),
        E::FunctionMethod(method) => {
            format!("AWS_PROXY integrations need the integration method POST, not {method}").into()
        }
        E::RoleNotAssumable { role, reason } => format!("{}: {reason}", not_assumable(role)).into(),
        E::NoRoleCredentials { role, reason } => {
            format!("There are no credentials of the role {role}: {reason}").into()
        }
        E::CertificateHost { host, detail } => {
            format!("Host name '{host}' does not match the certificate subject provided by the peer ({detail})").into()
        }
        E::RefusedAddress(reason) => format!("The gateway does not call this endpoint: {reason}").into(),
        E::NotExecutable(what) => what.clone().into(),
    }
}

/// Raised before execution starts: the body has no blank after its colon.
fn early(
    kind: Kind,
    status: u16,
    error_type: &'static str,
    message: impl Into<Cow<'static, str>>,
    reason: impl Into<Cow<'static, str>>,
) -> Failure {
    Failure {
        status,
        error_type,
        integration_error: None,
        facts: ErrorFacts {
            response_type: kind,
            message: Some(message.into()),
            after_start: false,
            reason: reason.into(),
            line: None,
            validation: None,
        },
    }
}

/// Raised after execution started.
fn late(
    kind: Kind,
    status: u16,
    error_type: &'static str,
    message: impl Into<Cow<'static, str>>,
    reason: impl Into<Cow<'static, str>>,
) -> Failure {
    let facts = ErrorFacts {
        response_type: kind,
        message: Some(message.into()),
        after_start: true,
        reason: reason.into(),
        line: None,
        validation: None,
    };
    Failure { status, error_type, integration_error: None, facts }
}

fn internal(kind: Kind, status: u16, reason: impl Into<Cow<'static, str>>) -> Failure {
    late(kind, status, INTERNAL, INTERNAL_MESSAGE, reason)
}

/// The access log's text for an integration that failed is the execution log's line too, where it has that form.
fn blamed(mut failure: Failure, error: impl Into<String>) -> Failure {
    let error = error.into();
    if error.starts_with("Execution failed") && failure.facts.reason != error {
        failure.facts.line = Some(error.clone().into());
    }
    Failure { integration_error: Some(error), ..failure }
}
