//! One call of a function: what goes in, what comes out, and why it could not be made.
//!
//! In: payload bytes. Out: payload bytes. It must not know who calls.

use std::any::Any;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_base::FunctionArn;
use tokio::sync::{mpsc, oneshot};

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
    /// Dropped when the call is over, whether or not its caller still waits.
    pub held: Option<Arc<dyn Any + Send + Sync>>,
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

/// A response that is read while the function makes it. Reading slowly slows the function down; dropping it lets the function
/// run on unheard.
#[derive(Debug)]
pub struct InvokedStream {
    /// The version that runs.
    pub executed_version: String,
    /// What the function says that its bytes are; none when it did not stream.
    pub content_type: Option<String>,
    parts: mpsc::Receiver<Bytes>,
    end: oneshot::Receiver<Option<Bytes>>,
}

impl InvokedStream {
    pub(crate) fn new(
        executed_version: String,
        content_type: Option<String>,
        parts: mpsc::Receiver<Bytes>,
        end: oneshot::Receiver<Option<Bytes>>,
    ) -> Self {
        Self { executed_version, content_type, parts, end }
    }

    /// The next bytes; none when there are no more.
    pub async fn next(&mut self) -> Option<Bytes> {
        self.parts.recv().await
    }

    /// How it ended.
    ///
    /// # Errors
    /// The JSON that describes how the function failed, maybe after it had sent a part of its response.
    pub async fn end(self) -> Result<(), Bytes> {
        match self.end.await {
            Ok(None) => Ok(()),
            Ok(Some(error)) => Err(error),
            Err(_) => Err(Bytes::from_static(br#"{"errorType":"Runtime.Unknown","errorMessage":""}"#)),
        }
    }
}

/// A response that was never streamed is a stream of one part, or of none when it failed.
impl From<Invoked> for InvokedStream {
    fn from(invoked: Invoked) -> Self {
        let Invoked { payload, function_error, executed_version } = invoked;
        let (parts, received) = mpsc::channel(1);
        let (end, ended) = oneshot::channel();
        let error = match function_error {
            Some(_) => Some(payload),
            None => parts.try_send(payload).err().map(|_| Bytes::new()),
        };
        drop(end.send(error));
        Self::new(executed_version, None, received, ended)
    }
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
