//! The ports of engine and control, answered by this node's parts.
//!
//! Functions are supervised on the control runtime: a data core submits the call and waits for the result with its own
//! deadline. The invocation outlives whoever waits for it.

use std::sync::Arc;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use stagedoor_control::{InvokeAnswer, InvokeCall, InvokeRefusal};
use stagedoor_engine::{Directory, InvokeFailure, InvokeReply, InvokeRequest};
use stagedoor_lambda::{Invocation, InvokeError, Pool};
use stagedoor_observe::CoreSinks;
use stagedoor_store::Revision;
use tokio::runtime::Handle;

use crate::node::Node;
use crate::upstream::Upstream;

/// Runs functions for everybody.
#[derive(Debug, Clone)]
pub(crate) struct Functions {
    pub(crate) pool: Arc<Pool>,
    /// Where the pool lives.
    pub(crate) runtime: Handle,
}

/// The engine's ports on one core. `epoch` is the zero of [`stagedoor_engine::Head::started`].
pub(crate) fn engine_ports(
    upstream: Arc<Upstream>,
    functions: Functions,
    sinks: CoreSinks,
    epoch: Instant,
) -> stagedoor_engine::Ports {
    stagedoor_engine::Ports {
        upstream: Box::new(move |request| {
            let upstream = Arc::clone(&upstream);
            Box::pin(async move { upstream.call(&request).await })
        }),
        invoke: Box::new(move |request| {
            let functions = functions.clone();
            Box::pin(async move { functions.invoke_for_engine(request).await })
        }),
        record: Box::new(move |record| sinks.record(record)),
        elapsed: Box::new(move || epoch.elapsed()),
    }
}

/// The control plane's ports.
pub(crate) fn control_ports(node: Arc<Node>, functions: Functions) -> stagedoor_control::Ports {
    let directory = Arc::clone(node.directory());
    stagedoor_control::Ports {
        publish: Arc::new(move |revision| Box::pin(publish(Arc::clone(&node), revision))),
        invoke: Arc::new(move |call| {
            let (functions, directory) = (functions.clone(), Arc::clone(&directory));
            Box::pin(async move { functions.invoke_for_control(&directory, call).await })
        }),
        check_code: |zip| stagedoor_lambda::check_zip(zip).map(drop).map_err(|invalid| invalid.to_string()),
    }
}

/// Completes when the node serves the revision.
pub(crate) async fn publish(node: Arc<Node>, revision: Revision) {
    let applied = tokio::task::spawn_blocking(move || node.catch_up(revision)).await;
    if let Err(error) = applied {
        tracing::error!("applying revision {revision} broke off: {error}");
    }
}

impl Functions {
    async fn invoke_for_engine(&self, request: InvokeRequest) -> Result<InvokeReply, InvokeFailure> {
        let timeout = request.timeout;
        let trace_id = (!request.trace_id.is_empty()).then_some(request.trace_id);
        let invocation = Invocation {
            request_id: request.request_id,
            payload: request.payload,
            trace_id,
            client_context: None,
            invoked_arn: request.invoked,
        };
        match tokio::time::timeout(timeout, self.pool.invoke(&request.version, invocation)).await {
            Err(_) => Err(InvokeFailure::Timeout),
            Ok(Err(error)) => Err(failure(&error)),
            Ok(Ok(invoked)) => {
                Ok(InvokeReply { payload: invoked.payload, function_error: invoked.function_error.is_some() })
            }
        }
    }

    async fn invoke_for_control(
        &self,
        directory: &Directory,
        call: InvokeCall,
    ) -> Result<InvokeAnswer, InvokeRefusal> {
        let entry = directory.function(&call.function).ok_or(InvokeRefusal::NotFound)?;
        let invocation = Invocation {
            request_id: call.request_id,
            payload: call.payload,
            trace_id: None,
            client_context: call.client_context.as_deref().and_then(decode_context),
            invoked_arn: call.function,
        };
        match self.pool.invoke(&entry.version, invocation).await {
            Ok(invoked) => Ok(InvokeAnswer {
                payload: invoked.payload,
                function_error: invoked.function_error.map(|error| error.as_str().to_owned()),
                executed_version: invoked.executed_version,
            }),
            Err(InvokeError::NotFound(_)) => Err(InvokeRefusal::NotFound),
            Err(InvokeError::Throttled) => Err(InvokeRefusal::Throttled),
            Err(error) => Err(InvokeRefusal::Unavailable(error.to_string())),
        }
    }
}

/// `X-Amz-Client-Context` is base64 of JSON; functions get the JSON.
fn decode_context(text: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(text).ok()?).ok()
}

fn failure(error: &InvokeError) -> InvokeFailure {
    match error {
        InvokeError::NotFound(arn) => InvokeFailure::NotFound(arn.to_string()),
        InvokeError::RequestTooLarge { .. } => InvokeFailure::TooLarge,
        InvokeError::Throttled => InvokeFailure::Throttled,
        other => InvokeFailure::Failed(other.to_string()),
    }
}
