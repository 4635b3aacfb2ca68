//! Why a control call is refused, in the terms that AWS's API answers with.
//!
//! In: what a handler found. Out: status, code and message. It must not know any operation.

use stagedoor_base::Throttle;
use thiserror::Error;

/// A refusal of the `apigateway` service. Texts are AWS's own where they are known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// 400: a business rule refuses the input.
    #[error("{0}")]
    BadRequest(String),
    /// 404: the named entity, or its parent, does not exist.
    #[error("{0}")]
    NotFound(String),
    /// 409: the state of the API does not allow the change.
    #[error("{0}")]
    Conflict(String),
    /// 429: a quota of the API or account is used up.
    #[error("{0}")]
    LimitExceeded(String),
    /// 400: the request breaks a constraint of the service model; checked before any business rule.
    #[error("{0}")]
    Validation(String),
    /// 400: the request's JSON cannot be read.
    #[error("{0}")]
    Serialization(String),
    /// 400: the payload of a function's call cannot be read.
    #[error("{0}")]
    InvalidContent(String),
    /// 412: the change was decided on an older revision.
    #[error("{0}")]
    PreconditionFailed(String),
    /// 413: more bytes than the operation takes.
    #[error("{0}")]
    TooLarge(String),
    /// 429: a function, or all of them, may not run more calls at once.
    #[error("Rate Exceeded.")]
    Throttled(Throttle),
    /// 404: what `GetProvisionedConcurrencyConfig` always answers here.
    #[error("No Provisioned Concurrency Config found for this function")]
    NoProvisionedConcurrency,
    /// 502: a function cannot be started on this machine; says why.
    #[error("{0}")]
    Unavailable(String),
    /// Authentication failed, in the words of the signature check.
    #[error("{message}")]
    Unauthenticated { status: u16, code: &'static str, message: String },
    /// A refusal of IAM or STS, which have a name for each.
    #[error("{message}")]
    Iam { status: u16, code: &'static str, message: String },
    /// 400: IAM and STS have far more actions than are known here.
    #[error("The action {0} is not supported here")]
    UnknownAction(String),
    /// 403: the caller may not do this.
    #[error("{0}")]
    AccessDenied(String),
    /// 404: no operation of any service has this method and path.
    #[error("Unable to determine service/operation name to be authorized")]
    UnknownOperation,
    /// 501: one of the many Lambda operations that are not known here by name.
    #[error("This operation of Lambda is not supported")]
    UnknownFunctionOperation,
    /// 501: the operation exists in AWS and not here yet.
    #[error("The operation {0} is not implemented yet")]
    NotYet(&'static str),
    /// Somebody else changed the API between read and write. Retried by [`crate::context::Context::retrying`]; 409 when
    /// that does not help.
    #[error("Unable to complete operation due to concurrent modification. Please try again later.")]
    Raced,
    /// 500: the store or the gateway itself failed; the text is for the log and never sent.
    #[error("{0}")]
    Internal(String),
}

impl ApiError {
    /// 400 with this text.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::BadRequest(message.into())
    }

    /// 404 with this text.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::NotFound(message.into())
    }

    /// 409 with this text.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::Conflict(message.into())
    }

    /// 429 for a quota on entities called `plural` (two spaces before `Please`, as the service writes it).
    pub(crate) fn quota(plural: &str) -> Self {
        Self::LimitExceeded(format!(
            "Maximum number of {plural} for this API has been reached.  Please contact AWS if you need additional {plural}."
        ))
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) | Self::Validation(_) | Self::Serialization(_) | Self::InvalidContent(_) => {
                400
            }
            Self::Unauthenticated { status, .. } | Self::Iam { status, .. } => *status,
            Self::UnknownAction(_) => 400,
            Self::AccessDenied(_) => 403,
            Self::NotFound(_) | Self::UnknownOperation | Self::NoProvisionedConcurrency => 404,
            Self::Conflict(_) | Self::Raced => 409,
            Self::PreconditionFailed(_) => 412,
            Self::TooLarge(_) => 413,
            Self::LimitExceeded(_) | Self::Throttled(_) => 429,
            Self::Internal(_) => 500,
            Self::NotYet(_) | Self::UnknownFunctionOperation => 501,
            Self::Unavailable(_) => 502,
        }
    }

    /// The exception's name, as `x-amzn-ErrorType` carries it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "BadRequestException",
            Self::NotFound(_) => "NotFoundException",
            Self::Conflict(_) | Self::Raced => "ConflictException",
            Self::LimitExceeded(_) => "LimitExceededException",
            Self::Validation(_) => "ValidationException",
            Self::Serialization(_) => "SerializationException",
            Self::InvalidContent(_) => "InvalidRequestContentException",
            Self::PreconditionFailed(_) => "PreconditionFailedException",
            Self::TooLarge(_) => "RequestTooLargeException",
            Self::Throttled(_) => "TooManyRequestsException",
            Self::NoProvisionedConcurrency => "ProvisionedConcurrencyConfigNotFoundException",
            Self::Unavailable(_) => "InvalidRuntimeException",
            Self::Unauthenticated { code, .. } | Self::Iam { code, .. } => code,
            Self::UnknownAction(_) => "InvalidAction",
            Self::AccessDenied(_) => "AccessDeniedException",
            Self::UnknownOperation => "UnknownOperationException",
            Self::NotYet(_) | Self::UnknownFunctionOperation => "NotImplementedException",
            Self::Internal(_) => "InternalFailure",
        }
    }
}
