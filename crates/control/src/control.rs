//! The entry: one HTTP call in, one reply out.
//!
//! In: the bytes of a call as the listener read them. Out: the reply, after everything it changed is durable and
//! published. Who calls is `authenticate`'s business, what an operation does the handlers'.

use std::fmt;
use std::future::poll_fn;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::{AccountId, Entropy, Limits, Scope, Timestamp};
use stagedoor_store::{Revision, Store};
use stagedoor_wire::{Fault, Form, Matched, Operation, Raw, Reply, Service, form, route};

use crate::audit::Trail;
use crate::caller::Caller;
use crate::context::{Context, Foundation, Origin};
use crate::dispatch::{self, Handler};
use crate::failures::{Failure, Failures};
use crate::keys::KeyRing;
use crate::{ApiError, Ports, authenticate, authorize, fault};

/// A control call as it came over the wire.
#[derive(Debug, Clone)]
pub struct ControlRequest {
    pub method: String,
    /// Percent-encoded, as sent.
    pub path: String,
    /// Percent-encoded, without `?`.
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub source: Source,
}

/// Where a control call comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub address: IpAddr,
    /// Whether it came over TLS.
    pub secure: bool,
}

impl Source {
    /// This program itself.
    pub const INSIDE: Self = Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), secure: true };
}

/// The answer of a control call; `Date` is the listener's to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlReply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

/// A body that is made while it is sent.
pub type Events = Pin<Box<dyn Stream<Item = Bytes> + Send>>;

/// The answer of a control call that goes on after its head.
pub struct StreamedReply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Events,
}

/// The answer of a control call, whole or not.
#[derive(Debug)]
pub enum ControlAnswer {
    Whole(ControlReply),
    Streamed(StreamedReply),
}

impl ControlAnswer {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Whole(reply) => reply.status,
            Self::Streamed(reply) => reply.status,
        }
    }

    /// The value of a header; `name` in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let headers = match self {
            Self::Whole(reply) => &reply.headers,
            Self::Streamed(reply) => &reply.headers,
        };
        headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Waits for the whole.
    pub async fn whole(self) -> ControlReply {
        let StreamedReply { status, headers, mut body } = match self {
            Self::Whole(reply) => return reply,
            Self::Streamed(reply) => reply,
        };
        let mut whole = Vec::new();
        while let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await {
            whole.extend_from_slice(&piece);
        }
        ControlReply { status, headers, body: whole.into() }
    }
}

impl fmt::Debug for StreamedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamedReply").field("status", &self.status).finish_non_exhaustive()
    }
}

/// An identity that may do everything in its account.
#[derive(Debug, Clone)]
pub struct RootIdentity {
    pub account: AccountId,
    pub secret: Secret,
}

/// Finds the identity behind an access key.
pub type Identities = Arc<dyn Fn(&str) -> Option<RootIdentity> + Send + Sync>;

/// Reads the clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the owner of a control plane decides.
#[derive(Clone)]
pub struct Settings {
    pub limits: Arc<Limits>,
    pub identities: Identities,
    pub clock: Clock,
    /// The time that callers sign by. It differs from the clock where that was moved.
    pub wall: Clock,
    /// Seed of every id that is made here.
    pub seed: [u64; 4],
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// What a call asks for.
enum Target {
    Operation(Matched),
    /// An action of the query protocol that is not known here.
    Action {
        service: Service,
        action: String,
    },
    Nothing,
}

impl Target {
    fn of(request: &ControlRequest) -> Self {
        if let Some(matched) = route(&request.method, &request.path, &request.query) {
            return Self::Operation(matched);
        }
        let may_be_form = request.path == "/" && matches!(request.method.as_str(), "GET" | "POST");
        match may_be_form.then(|| form(&request.query, &request.body)).flatten() {
            Some(Form::Known(matched)) => Self::Operation(matched),
            Some(Form::Unknown { service, action, .. }) => Self::Action { service, action },
            None => Self::Nothing,
        }
    }

    /// The operation as AWS calls it.
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Operation(matched) => Some(matched.operation.name()),
            Self::Action { .. } | Self::Nothing => None,
        }
    }

    fn service(&self) -> Option<Service> {
        match self {
            Self::Operation(matched) => Some(matched.operation.service()),
            Self::Action { service, .. } => Some(*service),
            Self::Nothing => None,
        }
    }
}

/// The control plane of one node.
#[derive(Debug, Clone)]
pub struct Control {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    foundation: Foundation,
    keys: KeyRing,
    failures: Failures,
    entropy: Mutex<Entropy>,
}

impl Control {
    #[must_use]
    pub fn new(store: Arc<Store>, settings: Settings, ports: Ports) -> Self {
        let entropy = Mutex::new(Entropy::new(settings.seed));
        let foundation = Foundation {
            store,
            settings,
            ports,
            turn: Arc::default(),
            reserving: Arc::default(),
            metering: Arc::default(),
        };
        Self {
            inner: Arc::new(Inner {
                foundation,
                keys: KeyRing::default(),
                failures: Failures::default(),
                entropy,
            }),
        }
    }

    /// Answers a call from outside: checks where it comes from, who signed it and whether that caller may make it, then
    /// executes it. What became of it is in the audit log before the answer is out.
    pub async fn handle(&self, request: ControlRequest) -> ControlAnswer {
        let target = Target::of(&request);
        let service = target.service().unwrap_or(Service::ApiGateway);
        let now = (self.inner.foundation.settings.clock)();
        let mut trail = Trail::of(&request, service, target.name(), now);
        let answer = match self.admit(&request, &target, &mut trail).await {
            Ok(caller) => self.answer(caller, request, target).await,
            Err(error) => ControlAnswer::Whole(self.refuse(service, &error)),
        };
        if let Some(event) = trail.answered(&answer) {
            (self.ports().audit)(&event);
        }
        answer
    }

    /// The caller, if it is one and may make this call.
    async fn admit(
        &self,
        request: &ControlRequest,
        target: &Target,
        trail: &mut Trail,
    ) -> Result<Caller, ApiError> {
        let caller = match self.authenticate(request, target.service()).await {
            Ok(caller) => caller,
            Err(error) => return Err(self.failed(request.source, error, trail)),
        };
        trail.caller(&caller);
        let Target::Operation(matched) = target else { return Ok(caller) };
        let (matched, asked) = (matched.clone(), request.clone());
        let work = move |ctx: &Context| authorize::authorize(ctx, &matched, &asked);
        let (demand, allowed) =
            self.on_behalf_of(caller.clone(), Origin::Call(request.source), work).await??;
        trail.resource(demand.map(|demand| demand.resource));
        allowed.inspect_err(|error| trail.message(error)).map(|()| caller)
    }

    /// The answer to somebody who is nobody known. Who fails often is told no reasons, and no longer written down.
    fn failed(&self, source: Source, error: ApiError, trail: &mut Trail) -> ApiError {
        let now = (self.inner.foundation.settings.clock)();
        trail.message(&error);
        match self.inner.failures.note(source.address, now) {
            Failure::Told => return error,
            Failure::Last => trail.message("Too many failures: no more of them are listed for now"),
            Failure::Hushed => trail.hush(),
        }
        ApiError::Unauthenticated {
            status: 429,
            code: "ThrottlingException",
            message: "Rate exceeded".to_owned(),
        }
    }

    /// Answers a call of the root of an account, who is known already.
    pub async fn execute(&self, scope: Scope, request: ControlRequest) -> ControlReply {
        let target = Target::of(&request);
        self.answer(Caller::root(scope, ""), request, target).await.whole().await
    }

    /// Keys that the owner of this control plane knows cost no look at the store.
    async fn authenticate(
        &self,
        request: &ControlRequest,
        service: Option<Service>,
    ) -> Result<Caller, ApiError> {
        let Settings { clock, wall, identities, .. } = &self.inner.foundation.settings;
        let (now, signed) = (clock(), wall());
        match authenticate::caller(request, service, signed, &|key, _| {
            Ok(authenticate::root(identities, key))
        }) {
            Err(error) if authenticate::is_unknown_key(&error) => {}
            known => return known,
        }
        let (control, request) = (self.clone(), request.clone());
        let worked = tokio::task::spawn_blocking(move || {
            let Inner { foundation, keys, .. } = &*control.inner;
            let lookup = |key: &str, token: Option<&str>| keys.find(&foundation.store, key, token, now);
            authenticate::caller(&request, service, signed, &lookup)
        });
        worked.await.map_err(|error| ApiError::Internal(format!("a signature was not checked: {error}")))?
    }

    async fn answer(&self, caller: Caller, request: ControlRequest, target: Target) -> ControlAnswer {
        let matched = match target {
            Target::Operation(matched) => matched,
            Target::Action { service, action } => {
                return ControlAnswer::Whole(self.refuse(service, &ApiError::UnknownAction(action)));
            }
            Target::Nothing => return ControlAnswer::Whole(self.unknown(&request.path)),
        };
        let operation = matched.operation;
        if let Err(error) = self.check_size(operation, request.body.len()) {
            return ControlAnswer::Whole(self.refuse(operation.service(), &error));
        }
        let reply = match dispatch::handler(operation) {
            Handler::NotYet => Err(fault::of(operation.service(), &ApiError::NotYet(operation.name()))),
            Handler::Blocking(run) => {
                let call = self.on_behalf_of(caller, Origin::Call(request.source), move |ctx| {
                    let raw = Raw { query: &request.query, headers: &request.headers, body: &request.body };
                    run(&Call { ctx, matched: &matched, raw: &raw })
                });
                call.await.unwrap_or_else(|error| Err(fault::of(operation.service(), &error)))
            }
            Handler::Waiting(run) => run(self.clone(), caller.scope, matched, request).await,
            Handler::Streaming(run) => match run(self.clone(), caller.scope, matched, request).await {
                Ok(answer) => return answer,
                Err(fault) => Err(fault),
            },
        };
        self.whole(operation.service(), reply.unwrap_or_else(|fault| fault.reply()))
    }

    /// An answer in one piece.
    pub(crate) fn whole(&self, service: Service, reply: Reply) -> ControlAnswer {
        ControlAnswer::Whole(self.finish(service, reply))
    }

    /// Lambda has far more operations than are known here; all their paths begin with the date of an API version.
    fn unknown(&self, path: &str) -> ControlReply {
        if path.starts_with("/20") {
            return self.refuse(Service::Lambda, &ApiError::UnknownFunctionOperation);
        }
        self.refuse(Service::ApiGateway, &ApiError::UnknownOperation)
    }

    /// Whole APIs come in one document; nothing else of API Gateway is larger. Functions' code is, and has its own limit.
    fn check_size(&self, operation: Operation, bytes: usize) -> Result<(), ApiError> {
        let limit = self.limits().import_bytes;
        if operation.service() == Service::Lambda || bytes <= limit {
            return Ok(());
        }
        Err(ApiError::TooLarge(format!("The request must not be longer than {limit} bytes.")))
    }

    fn refuse(&self, service: Service, error: &ApiError) -> ControlReply {
        self.finish(service, fault::of(service, error).reply())
    }

    /// Runs `work` where it may wait for the disk; what it committed is published before this returns.
    pub(crate) async fn on_blocking_thread<T: Send + 'static>(
        &self,
        scope: Scope,
        origin: Origin,
        work: impl FnOnce(&Context) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        self.on_behalf_of(Caller::root(scope, ""), origin, work).await
    }

    /// The same for work that asks who called.
    async fn on_behalf_of<T: Send + 'static>(
        &self,
        caller: Caller,
        origin: Origin,
        work: impl FnOnce(&Context) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let ctx = Context::new(&self.inner.foundation, caller, origin, self.fork_entropy());
        let worked = tokio::task::spawn_blocking(move || {
            let result = work(&ctx);
            (result, ctx.committed())
        });
        let (result, committed) =
            worked.await.map_err(|error| ApiError::Internal(format!("a handler broke off: {error}")))?;
        self.publish(committed).await;
        Ok(result)
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.inner.foundation.ports
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.foundation.settings.limits
    }

    pub(crate) fn new_uuid(&self) -> String {
        self.fork_entropy().uuid()
    }

    async fn publish(&self, committed: Option<Revision>) {
        if let Some(revision) = committed {
            (self.inner.foundation.ports.publish)(revision).await;
        }
    }

    fn fork_entropy(&self) -> Entropy {
        let mut entropy = self.inner.entropy.lock().unwrap_or_else(PoisonError::into_inner);
        Entropy::new(std::array::from_fn(|_| entropy.next_u64()))
    }

    /// Adds the headers that every reply carries.
    fn finish(&self, service: Service, reply: Reply) -> ControlReply {
        let mut entropy = self.fork_entropy();
        let id = entropy.uuid();
        let reply = if service.is_query() { reply.with_request_id(&id) } else { reply };
        let Reply { status, mut headers, body } = reply;
        // A function's call has an id before it is answered: the function saw it.
        if !headers.iter().any(|(name, _)| *name == "x-amzn-RequestId") {
            headers.push(("x-amzn-RequestId", id));
        }
        if matches!(service, Service::ApiGateway | Service::ApiGatewayV2) {
            headers.push(("x-amz-apigw-id", format!("{}=", entropy.id(15))));
        }
        ControlReply { status, headers, body: body.into() }
    }
}

/// One matched call on its blocking thread.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) ctx: &'a Context,
    pub(crate) matched: &'a Matched,
    pub(crate) raw: &'a Raw<'a>,
}

impl Call<'_> {
    pub(crate) fn operation(&self) -> Operation {
        self.matched.operation
    }

    /// Decodes, handles, encodes.
    pub(crate) fn answer<Q: stagedoor_wire::Request, A: stagedoor_wire::Encode>(
        &self,
        handler: fn(&Context, Q) -> Result<A, ApiError>,
    ) -> Result<Reply, Fault> {
        Ok(self.handled(handler)?.encode(self.operation().status()))
    }

    /// The same for operations that answer nothing.
    pub(crate) fn acknowledge<Q: stagedoor_wire::Request>(
        &self,
        handler: fn(&Context, Q) -> Result<(), ApiError>,
    ) -> Result<Reply, Fault> {
        self.handled(handler)?;
        Ok(Reply::acknowledging(self.operation()))
    }

    fn handled<Q: stagedoor_wire::Request, A>(
        &self,
        handler: fn(&Context, Q) -> Result<A, ApiError>,
    ) -> Result<A, Fault> {
        let service = self.operation().service();
        let request = stagedoor_wire::decode(self.matched, self.raw)
            .map_err(|invalid| Fault::invalid(service, invalid))?;
        handler(self.ctx, request).map_err(|error| fault::of(service, &error))
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_base::Limits;

    use crate::testing::{House, request, scope};

    #[test]
    fn replies_carry_a_request_id() {
        let house = House::new();
        let reply = house.block_on(house.control.execute(scope(), request("GET", "/account", "")));
        let header = |wanted: &str| {
            reply.headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.len())
        };
        assert_eq!(header("x-amzn-RequestId"), Some(36));
        assert_eq!(header("x-amz-apigw-id"), Some(16));
        assert_eq!(header("Content-Type"), Some("application/json".len()));
    }

    #[test]
    fn parallel_changes_of_one_api_all_succeed() {
        let (house, api) = House::with_api();
        let target = format!("/restapis/{api}/resources/{}", house.root(&api));
        let statuses = house.block_on(async {
            let mut calls = tokio::task::JoinSet::new();
            for index in 0..40 {
                let request = request("POST", &target, &format!(r#"{{"pathPart":"r{index}"}}"#));
                let control = house.control.clone();
                calls.spawn(async move { control.execute(scope(), request).await.status });
            }
            calls.join_all().await
        });
        assert_eq!(statuses, [201; 40]);
        let resources = house.call("GET", &format!("/restapis/{api}/resources?limit=500"), "");
        assert_eq!(resources.body.matches("pathPart").count(), 40);
    }

    #[test]
    fn operations_without_a_handler_name_themselves() {
        House::new().refuses(
            ("GET", "/v2/apis", ""),
            501,
            "NotImplementedException",
            "The operation GetApis is not implemented yet",
        );
    }

    #[test]
    fn operations_of_lambda_that_are_not_known_say_so() {
        let answer = House::new().call("GET", "/2025-11-30/capacity-providers", "");
        assert_eq!((answer.status, answer.error.as_str()), (501, "NotImplementedException"));
        assert_eq!(answer.text("/Message"), "This operation of Lambda is not supported");
    }

    #[test]
    fn only_whole_apis_and_functions_are_large() {
        let house = House::with_limits(Limits { import_bytes: 100, ..Limits::default() });
        let body = format!(r#"{{"name":"{}"}}"#, "x".repeat(100));
        for target in ["/restapis", "/restapis?mode=import"] {
            let message = "The request must not be longer than 100 bytes.";
            house.refuses(("POST", target, &body), 413, "RequestEntityTooLargeException", message);
        }
        assert_eq!(house.call("POST", "/2015-03-31/functions", &body).status, 400);
    }

    #[test]
    fn what_is_no_operation_is_refused() {
        House::new().refuses(
            ("GET", "/nothing/here", ""),
            404,
            "UnknownOperationException",
            "Unable to determine service/operation name to be authorized",
        );
    }
}
