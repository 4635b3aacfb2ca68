//! The ports of engine and control, answered by this node's parts.
//!
//! Functions are supervised on the control runtime: a data core submits the call and waits for the result with its own
//! deadline. The invocation outlives whoever waits for it.

use std::sync::Arc;
use std::time::Instant;

use stagedoor_observe::CoreSinks;
use stagedoor_store::Revision;

use crate::functions::{Functions, Queue};
use crate::node::Node;
use crate::upstream::Upstream;

/// The engine's ports on one core. `epoch` is the zero of [`stagedoor_engine::Head::started`].
pub(crate) fn engine_ports(
    upstream: Arc<Upstream>,
    functions: Arc<Functions>,
    sinks: CoreSinks,
    epoch: Instant,
) -> stagedoor_engine::Ports {
    stagedoor_engine::Ports {
        upstream: Box::new(move |request| {
            let upstream = Arc::clone(&upstream);
            Box::pin(async move { upstream.call(&request).await })
        }),
        invoke: Box::new(move |request| {
            let functions = Arc::clone(&functions);
            Box::pin(async move { functions.invoke_for_engine(request).await })
        }),
        record: Box::new(move |record| sinks.record(record)),
        elapsed: Box::new(move || epoch.elapsed()),
    }
}

/// The control plane's ports.
pub(crate) fn control_ports(
    node: Arc<Node>,
    functions: Arc<Functions>,
    queue: Arc<Queue>,
) -> stagedoor_control::Ports {
    let directory = Arc::clone(node.directory());
    stagedoor_control::Ports {
        publish: Arc::new(move |revision| Box::pin(publish(Arc::clone(&node), revision))),
        invoke: Arc::new(move |call| {
            let (functions, directory) = (Arc::clone(&functions), Arc::clone(&directory));
            Box::pin(async move { functions.invoke_for_control(&directory, call).await })
        }),
        enqueue: Arc::new(move |call| Box::pin(Arc::clone(&queue).accept(call))),
        check_code: |zip| stagedoor_lambda::check_zip(zip).map_err(|invalid| invalid.to_string()),
    }
}

/// Completes when the node serves the revision.
pub(crate) async fn publish(node: Arc<Node>, revision: Revision) {
    let applied = tokio::task::spawn_blocking(move || node.catch_up(revision)).await;
    if let Err(error) = applied {
        tracing::error!("applying revision {revision} broke off: {error}");
    }
}
