//! The ports of engine and control, answered by this node's parts.
//!
//! Functions are supervised on the control runtime: a data core submits the call and waits for the result with its own
//! deadline. The invocation outlives whoever waits for it.

use std::sync::Arc;

use stagedoor_base::{ApiId, Scope, StageName};
use stagedoor_control::{FlushCache, InvokeCall, InvokeRefusal};
use stagedoor_engine::{
    Compute, Endpoints, InvokeFailure, InvokeRequest, Issuers, Record, Services, UserPools, VerifiedTokens,
};
use stagedoor_shared::Shared;
use stagedoor_shared::cache::ClusterId;
use stagedoor_store::Revision;
use tokio::runtime::Handle;

use crate::aws::Roles;
use crate::clock::Clock;
use crate::functions::{Functions, Queue};
use crate::keysets::KeySets;
use crate::ledger::usage_ports;
use crate::node::Node;
use crate::pinned::pinned;
use crate::stage_table::Slot;
use crate::test_invoke::Tester;
use crate::upstream::Upstream;

/// The engine's ports on one core. `sink` takes the records; `clock` also tells
/// [`stagedoor_engine::Head::started`].
pub(crate) fn engine_ports(
    upstream: Arc<Upstream>,
    functions: Arc<Functions>,
    sink: impl Fn(&Record) + Send + Sync + 'static,
    clock: &Clock,
    compute: Compute,
    services: &ServiceParts,
) -> stagedoor_engine::Ports {
    let streaming = (Arc::clone(&upstream), Arc::clone(&functions));
    let (clock, moved) = (clock.clone(), clock.clone());
    stagedoor_engine::Ports {
        upstream: Box::new(move |request| {
            let upstream = Arc::clone(&upstream);
            pinned(|| async move { upstream.call(&request).await })
        }),
        invoke: Box::new(move |request| {
            let functions = Arc::clone(&functions);
            Box::pin(async move { functions.invoke_for_engine(request).await })
        }),
        upstream_stream: Box::new(move |request| {
            let upstream = Arc::clone(&streaming.0);
            Box::pin(async move { upstream.call_streamed(&request).await })
        }),
        invoke_stream: Box::new(move |request| {
            let functions = Arc::clone(&streaming.1);
            Box::pin(async move { functions.stream_for_engine(request).await })
        }),
        compute,
        services: services.ports(),
        issuers: services.issuers(),
        record: Arc::new(sink),
        elapsed: Arc::new(move || clock.elapsed()),
        moved: Arc::new(move || moved.moved()),
    }
}

/// What AWS integrations need of this node; the same for all engines.
#[derive(Clone)]
pub(crate) struct ServiceParts {
    pub(crate) endpoints: Arc<Endpoints>,
    pub(crate) roles: Arc<Roles>,
    pub(crate) user_pools: Arc<UserPools>,
    pub(crate) key_sets: Arc<KeySets>,
    pub(crate) verified: Arc<VerifiedTokens>,
    pub(crate) queue: Arc<Queue>,
    /// Where events are kept.
    pub(crate) runtime: Handle,
    /// Largest payload of an event.
    pub(crate) event_bytes: usize,
}

impl ServiceParts {
    fn ports(&self) -> Services {
        let (roles, parts) = (Arc::clone(&self.roles), self.clone());
        Services {
            endpoints: Arc::clone(&self.endpoints),
            assume_role: Box::new(move |request| Box::pin(Arc::clone(&roles).obtain(request))),
            enqueue: Box::new(move |request| Box::pin(parts.clone().enqueue(request))),
        }
    }

    fn issuers(&self) -> Issuers {
        let key_sets = Arc::clone(&self.key_sets);
        Issuers {
            user_pools: Arc::clone(&self.user_pools),
            verified: Arc::clone(&self.verified),
            keys: Box::new(move |issuer, key_id| key_sets.find(issuer, key_id)),
        }
    }

    async fn enqueue(self, request: InvokeRequest) -> Result<(), InvokeFailure> {
        if request.payload.len() > self.event_bytes {
            return Err(InvokeFailure::TooLarge);
        }
        let function = request.invoked.to_string();
        let call = InvokeCall {
            function: request.invoked,
            payload: request.payload,
            client_context: request.client_context,
            request_id: request.request_id,
            log_tail: false,
        };
        match self.runtime.spawn(self.queue.accept(call)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(InvokeRefusal::NotFound)) => Err(InvokeFailure::NotFound(function)),
            Ok(Err(InvokeRefusal::Throttled(_))) => Err(InvokeFailure::Throttled),
            Ok(Err(InvokeRefusal::Unavailable(reason))) => Err(InvokeFailure::Failed(reason)),
            Err(error) => Err(InvokeFailure::Failed(format!("keeping the event broke off: {error}"))),
        }
    }
}

/// The control plane's ports.
pub(crate) fn control_ports(
    node: Arc<Node>,
    functions: Arc<Functions>,
    queue: Arc<Queue>,
    tester: Arc<Tester>,
    verified: Arc<VerifiedTokens>,
    shared: Arc<Shared>,
    audit: stagedoor_control::Audit,
) -> stagedoor_control::Ports {
    let directory = Arc::clone(node.directory());
    let streaming = (Arc::clone(&functions), Arc::clone(&directory));
    let usage = usage_ports(&shared);
    let (consulted, flushed) = (Arc::clone(&tester), Arc::clone(&node));
    stagedoor_control::Ports {
        publish: Arc::new(move |revision| Box::pin(publish(Arc::clone(&node), revision))),
        invoke: Arc::new(move |call| {
            let (functions, directory) = (Arc::clone(&functions), Arc::clone(&directory));
            Box::pin(async move { functions.invoke_for_control(&directory, call).await })
        }),
        invoke_stream: Arc::new(move |call| {
            let (functions, directory) = (Arc::clone(&streaming.0), Arc::clone(&streaming.1));
            Box::pin(async move { functions.stream_for_control(&directory, call).await })
        }),
        enqueue: Arc::new(move |call| Box::pin(Arc::clone(&queue).accept(call))),
        test_invoke: Arc::new(move |call| {
            let tester = Arc::clone(&tester);
            Box::pin(async move { tester.run(call).await })
        }),
        test_authorizer: Arc::new(move |call| {
            let tester = Arc::clone(&consulted);
            Box::pin(async move { tester.consult(call).await })
        }),
        flush_authorizers: Arc::new(move |api, stage| flush_authorizers(&flushed, &verified, api, stage)),
        flush_cache: FlushCache(Arc::new(move |scope, api, stage| flush_cache(&shared, scope, api, stage))),
        usage,
        check_code: |zip| stagedoor_lambda::check_zip(zip).map_err(|invalid| invalid.to_string()),
        audit,
    }
}

/// A stage that was never called has kept nothing.
fn flush_authorizers(node: &Node, verified: &VerifiedTokens, api: &ApiId, stage: &StageName) {
    let Some(Slot::Ready(serving)) = node.table().of(api, stage) else { return };
    let program = serving.program();
    let canary = program.canary.as_ref().map(|canary| &canary.program.stage);
    for stage in [&program.stage].into_iter().chain(canary) {
        node.directory().forget_decisions(stage);
        verified.forget(stage);
    }
}

fn flush_cache(shared: &Shared, scope: &Scope, api: &ApiId, stage: &StageName) {
    let id = ClusterId { scope: scope.clone(), api: api.clone(), stage: stage.clone() };
    if let Some(cluster) = shared.caches().find(&id) {
        cluster.flush();
    }
}

/// Completes when the node serves the revision.
pub(crate) async fn publish(node: Arc<Node>, revision: Revision) {
    let applied = tokio::task::spawn_blocking(move || node.catch_up(revision)).await;
    if let Err(error) = applied {
        tracing::error!("applying revision {revision} broke off: {error}");
    }
}
