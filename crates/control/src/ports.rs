//! What the control plane asks of its owner: to make a change visible, to call a function, to try a method.
//!
//! In: functions handed over by the server. Out: futures. It must not know who answers.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use stagedoor_base::{
    ApiId, ApiKeyId, Day, FunctionArn, ResourceId, Scope, StageName, Throttle, Timestamp, UsagePlanId,
};
use stagedoor_model::{ApiTree, Map, PlanQuota};
use stagedoor_store::Revision;

use crate::audit::Audit;

/// A future that a port returns.
pub type PortFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Completes when this node's programs and directory include the revision.
pub type Publish = Arc<dyn Fn(Revision) -> PortFuture<()> + Send + Sync>;

/// Runs a function and returns its answer.
pub type Invoke = Arc<dyn Fn(InvokeCall) -> PortFuture<Result<InvokeAnswer, InvokeRefusal>> + Send + Sync>;

/// Runs a function, and answers when its response begins.
pub type InvokeStream =
    Arc<dyn Fn(InvokeCall) -> PortFuture<Result<InvokeStreamAnswer, InvokeRefusal>> + Send + Sync>;

/// A response as it comes. Its end is its last part.
pub type StreamParts = Pin<Box<dyn Stream<Item = StreamPart> + Send>>;

/// Accepts an event for a function: when this completes well, it is durable.
pub type Enqueue = Arc<dyn Fn(InvokeCall) -> PortFuture<Result<(), InvokeRefusal>> + Send + Sync>;

/// Executes a method of an API as edited, without deploying it.
pub type TestInvoke = Arc<dyn Fn(TestCall) -> PortFuture<Result<TestAnswer, TestRefusal>> + Send + Sync>;

/// Asks an authorizer of an API as edited who calls.
pub type TestAuthorizer =
    Arc<dyn Fn(TestCall) -> PortFuture<Result<AuthorizerAnswer, TestRefusal>> + Send + Sync>;

/// Forgets what the authorizers of a stage have answered.
pub type FlushAuthorizers = Arc<dyn Fn(&ApiId, &StageName) + Send + Sync>;

/// What is done to one stage.
type OnStage = dyn Fn(&Scope, &ApiId, &StageName) + Send + Sync;

/// Empties the cache of a stage; nothing where it has none.
#[derive(Clone)]
pub struct FlushCache(pub Arc<OnStage>);

impl fmt::Debug for FlushCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FlushCache")
    }
}

/// What a zip takes when unpacked, or why it could not be unpacked and run.
pub type CheckCode = fn(&[u8]) -> Result<u64, String>;

/// Tells, for each key, the calls used and remaining of each day.
pub type ReadUsage =
    Arc<dyn Fn(UsageQuestion) -> PortFuture<Result<Vec<Vec<UsageDay>>, String>> + Send + Sync>;

/// Lets so many calls remain of the current period.
pub type GrantUsage = Arc<dyn Fn(UsageGrant) -> PortFuture<Result<(), String>> + Send + Sync>;

/// Forgets what a key used of a plan; what all keys used of it when none is named.
pub type ForgetUsage =
    Arc<dyn Fn(Scope, UsagePlanId, Option<ApiKeyId>) -> PortFuture<Result<(), String>> + Send + Sync>;

/// What keys used of plans: the very counts that are enforced. Errors are reasons for the log.
#[derive(Clone)]
pub struct UsagePorts {
    pub read: ReadUsage,
    pub grant: GrantUsage,
    pub forget: ForgetUsage,
}

impl fmt::Debug for UsagePorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UsagePorts")
    }
}

/// Which days of which keys of a plan; both ends are included.
#[derive(Debug, Clone)]
pub struct UsageQuestion {
    pub scope: Scope,
    pub plan: UsagePlanId,
    pub keys: Vec<ApiKeyId>,
    pub from: Day,
    pub to: Day,
    pub quota: Option<PlanQuota>,
}

/// A day of a key in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDay {
    pub used: u64,
    /// Of the period at the end of that day; none remain where there is no quota.
    pub remaining: u64,
}

/// How many calls shall remain to a key.
#[derive(Debug, Clone)]
pub struct UsageGrant {
    pub scope: Scope,
    pub plan: UsagePlanId,
    pub key: ApiKeyId,
    pub quota: PlanQuota,
    pub remaining: u64,
    pub now: Timestamp,
}

/// The outside as the control plane sees it.
#[derive(Clone)]
pub struct Ports {
    pub publish: Publish,
    pub invoke: Invoke,
    pub invoke_stream: InvokeStream,
    pub enqueue: Enqueue,
    pub test_invoke: TestInvoke,
    pub test_authorizer: TestAuthorizer,
    pub flush_authorizers: FlushAuthorizers,
    pub flush_cache: FlushCache,
    pub usage: UsagePorts,
    pub check_code: CheckCode,
    pub audit: Audit,
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ports")
    }
}

/// A call of `Invoke`; the caller was authorized before.
#[derive(Debug, Clone)]
pub struct InvokeCall {
    /// The function with the qualifier that the caller gave.
    pub function: FunctionArn,
    pub payload: Bytes,
    /// What `X-Amz-Client-Context` holds: JSON text.
    pub client_context: Option<String>,
    /// The call's own id (a UUID), which the function and the caller both see.
    pub request_id: String,
    /// Whether the end of the log is wanted with the answer.
    pub log_tail: bool,
}

/// What a function answered.
#[derive(Debug, Clone)]
pub struct InvokeAnswer {
    pub payload: Bytes,
    /// `Unhandled` when the payload describes an error of the function.
    pub function_error: Option<String>,
    /// `$LATEST` or a number.
    pub executed_version: String,
    /// The last 4 KB that the call logged, when they were asked for.
    pub log_tail: Option<Vec<u8>>,
}

/// A response that has begun.
pub struct InvokeStreamAnswer {
    /// `$LATEST` or a number.
    pub executed_version: String,
    pub parts: StreamParts,
}

impl fmt::Debug for InvokeStreamAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("InvokeStreamAnswer");
        shown.field("executed_version", &self.executed_version).finish_non_exhaustive()
    }
}

/// A part of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamPart {
    Data(Bytes),
    End {
        /// The JSON that describes how the function failed.
        error: Option<Bytes>,
        /// The last 4 KB that the call logged, when they were asked for.
        log_tail: Option<Vec<u8>>,
    },
}

/// Why a function could not be run at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvokeRefusal {
    /// No such function, version or alias.
    NotFound,
    /// A limit of calls at once is reached.
    Throttled(Throttle),
    /// The runtime cannot be started; holds the reason.
    Unavailable(String),
}

/// A call of `TestInvokeMethod`; the caller was authorized before.
#[derive(Debug)]
pub struct TestCall {
    pub scope: Scope,
    /// The API as edited.
    pub tree: ApiTree,
    pub resource: ResourceId,
    pub method: http::Method,
    /// Path and query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
    pub stage_variables: Map<String>,
    pub received: Timestamp,
}

/// What a method answered to a test.
#[derive(Debug, Clone)]
pub struct TestAnswer {
    pub status: u16,
    /// In their order, a name once for each value.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
    pub log: String,
    pub latency: Duration,
}

/// What an authorizer said in a test.
#[derive(Debug, Clone, Default)]
pub struct AuthorizerAnswer {
    /// The status that a client would have got; none when the authorizer said who calls.
    pub refused: Option<u16>,
    pub principal_id: Option<String>,
    /// The policy document that its function answered.
    pub policy: Option<String>,
    /// The claims of the token.
    pub claims: Vec<(String, String)>,
    pub log: String,
    pub latency: Duration,
}

/// Why a method could not be executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestRefusal {
    /// The resource has no method for the verb.
    NoMethod,
    /// The request is none that a client could send; holds what is wrong.
    BadRequest(String),
    /// Something broke; holds the reason.
    Failed(String),
}
