//! One call of a function: what goes in, what comes out, and why it could not be made.
//!
//! In: payload bytes. Out: payload bytes. It must not know who calls.

use bytes::Bytes;
use stagedoor_base::FunctionArn;

/// One synchronous call.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// A UUID; the function sees it and every log line carries it.
    pub request_id: String,
    /// The event: JSON text.
    pub payload: Bytes,
    /// The X-Ray header value, when the call is traced.
    pub trace_id: Option<String>,
    /// Decoded `X-Amz-Client-Context`: JSON text.
    pub client_context: Option<String>,
    /// The ARN as the caller named it, alias included.
    pub invoked_arn: FunctionArn,
}

/// The function answered, or failed in a way that Lambda reports as an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoked {
    pub payload: Bytes,
    /// The value of `X-Amz-Function-Error`; then the payload describes the error.
    pub function_error: Option<FunctionError>,
    /// The version that ran.
    pub executed_version: String,
}

/// What `X-Amz-Function-Error` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionError {
    Unhandled,
}

impl FunctionError {
    /// The header's value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unhandled => "Unhandled",
        }
    }
}

/// The call was not made: Lambda's Invoke answers with an error of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// 404 `ResourceNotFoundException`.
    #[error("Function not found: {0}")]
    NotFound(FunctionArn),
    /// 413 `RequestTooLargeException`.
    #[error(
        "{actual} byte payload is too large for the RequestResponse invocation type (limit {limit} bytes)"
    )]
    RequestTooLarge { actual: usize, limit: usize },
    /// 429 `TooManyRequestsException`.
    #[error("Rate Exceeded.")]
    Throttled,
    /// 502 `InvalidRuntimeException`: no interpreter here runs this runtime.
    #[error("{0}")]
    InvalidRuntime(String),
    /// 502 `InvalidZipFileException`: the code cannot be unpacked.
    #[error("{0}")]
    InvalidZipFile(String),
    /// 500 `ServiceException`: this machine could not start the process.
    #[error("{0}")]
    Service(String),
    /// The pool is shutting down.
    #[error("the gateway is shutting down")]
    Shutdown,
}
