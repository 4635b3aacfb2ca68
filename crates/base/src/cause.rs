//! Why a call on the data plane failed: one closed enum that every protocol maps with a table of its own.

use std::sync::Arc;

/// A failure of one call. The texts inside are for the owner's log; none of them reaches the client except where AWS
/// itself puts them into the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// No resource or method matches and the call carries no `Authorization` header.
    NoRoute,
    /// No resource or method matches and `Authorization` is not SigV4; holds AWS's message.
    IncompleteSignature(String),
    /// No resource or method matches and the call is signed with a key that nobody has.
    UnknownAccessKey,
    /// Unknown stage, or the default endpoint is disabled.
    Forbidden,
    /// The method is for signed calls only, and this one is not signed.
    NotSigned,
    /// The signature is not what it should be; holds AWS's message.
    InvalidSignature(String),
    /// The session token of a signed call has expired.
    ExpiredSessionToken,
    /// An authorizer does not know the caller, or was not even asked; holds why.
    Unauthorized(Arc<str>),
    /// The bearer's token has expired.
    ExpiredToken,
    /// A policy does not let the caller call.
    AccessDenied {
        /// What the client reads.
        message: String,
        /// Which policy, and which statement of it.
        reason: String,
    },
    /// An authorizer gave no answer that counts; holds AWS's line for the execution log, and what else is known.
    Authorizer { line: Box<str>, detail: Box<str> },
    /// No API key came along that opens this stage; holds why.
    InvalidApiKey(Box<str>),
    /// A token bucket is empty; holds AWS's line for the execution log.
    Throttled(Box<str>),
    /// The key's calls of this period are used up; holds AWS's line for the execution log.
    QuotaExceeded(Box<str>),
    /// The request body exceeds the payload limit.
    RequestTooLarge,
    /// The request line exceeds the URL limit.
    UriTooLong,
    /// The request headers exceed their limit.
    HeadersTooLarge,
    /// The node's body buffers are full.
    BuffersFull,
    /// As much large work waits as may.
    ComputeFull,
    /// The passthrough rule refuses this content type.
    UnsupportedMediaType,
    /// The request's `Content-Encoding` is none that the gateway decodes.
    UnsupportedContentEncoding,
    /// The request body is not what its `Content-Encoding` says.
    CorruptRequestBody,
    /// Required parameters are missing or blank; holds their names as AWS lists them.
    MissingParameters(Box<str>),
    /// The request body is not what its model asks for.
    InvalidRequestBody {
        /// The content type whose model it is.
        content_type: Box<str>,
        /// AWS's sentences, in brackets.
        errors: Box<str>,
        /// What AWS does not say.
        detail: Box<str>,
    },
    /// A value in the integration's path would lead the call elsewhere; holds the parameter's name.
    PathValue(Box<str>),
    /// A `method.request.body` mapping met malformed JSON.
    InvalidJsonInBody,
    /// The definition cannot be executed as it stands.
    Configuration(ConfigurationError),
    /// The backend could not be reached, or broke off; holds the reason.
    IntegrationNetwork(String),
    /// The integration's timeout passed.
    IntegrationTimeout,
    /// The backend's reply exceeds the payload limit.
    IntegrationResponseTooLarge,
    /// The backend's reply is not what its `Content-Encoding` says.
    CorruptIntegrationResponse,
    /// A proxy function's answer has not the shape AWS asks for.
    MalformedProxyResponse(String),
    /// The function itself failed; holds its error message.
    FunctionError(String),
    /// Lambda refused the call because of concurrency limits.
    FunctionThrottled,
    /// Something in the gateway broke; holds the reason.
    Internal(String),
}

/// What is wrong with a definition. AWS answers 500 and says the reason only in the execution log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigurationError {
    /// The integration URI is no valid URL after substitution.
    InvalidEndpointAddress,
    /// A mapping sets a header that the integration type forbids.
    ForbiddenHeader(String),
    /// No integration response matches this status and there is no default.
    NoOutputMapping(i32),
    /// The chosen integration response names an undeclared method response.
    InvalidMethodResponse(String),
    /// The request template failed; holds why.
    RequestTransform(String),
    /// The response template failed; holds why.
    ResponseTransform(String),
    /// A response body mapping met malformed JSON.
    InvalidJsonInResponse(String),
    /// A body that should be base64 is not.
    Base64,
    /// A MOCK template yields no integer `statusCode`.
    MockStatusCode,
    /// The function's resource policy does not admit this API; holds the command that would.
    FunctionPermission { add_permission: String },
    /// Whoever the function would be called as may not invoke it; holds which policy says so.
    InvokeDenied { who: String, function: String, reason: String },
    /// The function's ARN is malformed or names no function.
    InvalidFunction(String),
    /// AWS_PROXY to Lambda with an integration method other than POST.
    FunctionMethod(String),
    /// STS does not let the gateway take the integration's role.
    RoleNotAssumable { role: String, reason: String },
    /// The gateway could not ask for the integration's role.
    NoRoleCredentials { role: String, reason: String },
    /// The peer's certificate does not match the host.
    CertificateHost { host: String, detail: String },
    /// The address is one the gateway never calls (link-local, metadata, its own listeners).
    RefusedAddress(String),
    /// The definition uses something that does not execute yet; holds what, for the log.
    NotExecutable(String),
}
