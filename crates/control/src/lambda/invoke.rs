//! `Invoke`: a call of a function through the ports, waited for, sent as an event, or only checked.
//!
//! In: a payload that must be JSON. Out: what the function answered, errors of its own included; or that its event was
//! accepted. Kinds of call that do not execute here are refused.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;
use stagedoor_base::{Limits, Scope};
use stagedoor_wire::{Encode as _, Fault, Matched, Raw, Reply, Request, Service, decode, lambda as wire};

use super::name::FunctionName;
use crate::context::Origin;
use crate::ports::{InvokeCall, InvokeRefusal, PortFuture};
use crate::{ApiError, Control, ControlRequest, Source, fault};

/// Largest `X-Amz-Client-Context` in bytes of base64.
const MAX_CLIENT_CONTEXT: usize = 3583;

/// How a caller wants a function called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    RequestResponse,
    Event,
    DryRun,
}

impl Kind {
    fn of(text: Option<&str>) -> Self {
        match text {
            Some("Event") => Self::Event,
            Some("DryRun") => Self::DryRun,
            _ => Self::RequestResponse,
        }
    }

    fn limit(self, limits: &Limits) -> usize {
        match self {
            Self::Event => limits.lambda_event_bytes,
            Self::RequestResponse | Self::DryRun => limits.lambda_payload_bytes,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::RequestResponse => "RequestResponse",
            Self::Event => "Event",
            Self::DryRun => "DryRun",
        }
    }
}

pub(crate) fn invoke(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let wanted: wire::InvocationRequest = read(&matched, &request)?;
        let answered = run(&control, &scope, wanted).await;
        answered.map_err(|error| fault::of(Service::Lambda, &error))
    })
}

/// The older operation for events, which AWS deprecated and clients still have.
pub(crate) fn invoke_async(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let wanted: wire::InvokeAsyncRequest = read(&matched, &request)?;
        let event = wire::InvocationRequest {
            function_name: wanted.function_name,
            invocation_type: Some("Event".to_owned()),
            payload: wanted.invoke_args,
            ..Default::default()
        };
        let answered = run(&control, &scope, event).await;
        answered.map_err(|error| fault::of(Service::Lambda, &error))
    })
}

pub(super) fn read<Q: Request>(matched: &Matched, request: &ControlRequest) -> Result<Q, Fault> {
    let raw = Raw { query: &request.query, headers: &request.headers, body: &request.body };
    decode(matched, &raw).map_err(|invalid| Fault::invalid(Service::Lambda, invalid))
}

/// A call that may be made.
pub(super) struct Prepared {
    pub(super) name: FunctionName,
    kind: Kind,
    pub(super) call: InvokeCall,
}

impl Prepared {
    /// Whether the caller waits for the function.
    pub(super) fn waits(&self) -> bool {
        self.kind == Kind::RequestResponse
    }
}

async fn run(control: &Control, scope: &Scope, request: wire::InvocationRequest) -> Result<Reply, ApiError> {
    make(control, scope, prepare(control, scope, request)?).await
}

pub(super) fn prepare(
    control: &Control,
    scope: &Scope,
    request: wire::InvocationRequest,
) -> Result<Prepared, ApiError> {
    let name = FunctionName::parse(scope, &request.function_name, request.qualifier.as_deref())?;
    let kind = Kind::of(request.invocation_type.as_deref());
    refuse_unsupported(&request)?;
    check_payload(&request.payload, kind, control.limits())?;
    let client_context = request.client_context.map(|text| checked_context(&text)).transpose()?;
    let call = InvokeCall {
        function: name.arn(),
        // Lambda hands a function an empty object when there is no payload.
        payload: if request.payload.is_empty() { b"{}".to_vec() } else { request.payload }.into(),
        client_context,
        request_id: control.new_uuid(),
        log_tail: request.log_type.as_deref() == Some("Tail"),
    };
    Ok(Prepared { name, kind, call })
}

pub(super) async fn make(control: &Control, scope: &Scope, prepared: Prepared) -> Result<Reply, ApiError> {
    let Prepared { name, kind, call } = prepared;
    match kind {
        Kind::RequestResponse => wait(control, &name, call).await,
        Kind::Event => enqueue(control, &name, call).await,
        Kind::DryRun => dry_run(control, scope, name, call).await,
    }
}

async fn wait(control: &Control, name: &FunctionName, call: InvokeCall) -> Result<Reply, ApiError> {
    let request_id = call.request_id.clone();
    let answer = (control.ports().invoke)(call).await.map_err(|refusal| refused(name, refusal))?;
    let response = wire::InvocationResponse {
        status_code: Some(200),
        function_error: answer.function_error,
        log_result: answer.log_tail.map(|tail| STANDARD.encode(tail)),
        payload: answer.payload.to_vec(),
        executed_version: Some(answer.executed_version),
        ..Default::default()
    };
    let mut reply = response.encode(200);
    reply.headers.push(("Content-Type", "application/json".to_owned()));
    reply.headers.push(("x-amzn-RequestId", request_id));
    Ok(reply)
}

async fn enqueue(control: &Control, name: &FunctionName, call: InvokeCall) -> Result<Reply, ApiError> {
    let request_id = call.request_id.clone();
    (control.ports().enqueue)(call).await.map_err(|refusal| refused(name, refusal))?;
    Ok(empty(202, request_id))
}

/// Answers whether the call could be made, without making it.
async fn dry_run(
    control: &Control,
    scope: &Scope,
    name: FunctionName,
    call: InvokeCall,
) -> Result<Reply, ApiError> {
    let found = control.on_blocking_thread(scope.clone(), Origin::Call(Source::INSIDE), move |ctx| {
        super::resolve(&ctx.read_function(&name)?.value, &name).map(|_| ())
    });
    found.await??;
    Ok(empty(204, call.request_id))
}

fn empty(status: u16, request_id: String) -> Reply {
    let mut reply = Reply::empty(status);
    reply.headers.push(("x-amzn-RequestId", request_id));
    reply
}

fn refuse_unsupported(request: &wire::InvocationRequest) -> Result<(), ApiError> {
    let given = [
        ("A durable execution", request.durable_execution_name.is_some()),
        ("A tenant", request.tenant_id.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((what, _)) => Err(ApiError::bad_request(format!("{what} is not supported here."))),
        None => Ok(()),
    }
}

fn check_payload(payload: &[u8], kind: Kind, limits: &Limits) -> Result<(), ApiError> {
    let limit = kind.limit(limits);
    if payload.len() > limit {
        return Err(ApiError::TooLarge(format!(
            "{} byte payload is too large for the {} invocation type (limit {limit} bytes)",
            payload.len(),
            kind.name()
        )));
    }
    if payload.is_empty() {
        return Ok(());
    }
    serde_json::from_slice::<IgnoredAny>(payload).map(|_| ()).map_err(|error| {
        ApiError::InvalidContent(format!(
            "Could not parse request body into json: Could not parse payload into json: {error}"
        ))
    })
}

/// The JSON text that a function gets of `X-Amz-Client-Context`.
fn checked_context(text: &str) -> Result<String, ApiError> {
    let decoded = STANDARD.decode(text).ok().filter(|_| text.len() <= MAX_CLIENT_CONTEXT);
    let json = decoded.and_then(|json| String::from_utf8(json).ok());
    let valid = json.filter(|json| serde_json::from_str::<IgnoredAny>(json).is_ok());
    valid.ok_or_else(|| {
        ApiError::InvalidContent(format!(
            "Client context must be a valid Base64-encoded JSON object of at most {MAX_CLIENT_CONTEXT} bytes."
        ))
    })
}

pub(super) fn refused(name: &FunctionName, refusal: InvokeRefusal) -> ApiError {
    match refusal {
        InvokeRefusal::NotFound => name.not_found(),
        InvokeRefusal::Throttled(throttle) => ApiError::Throttled(throttle),
        InvokeRefusal::Unavailable(reason) => ApiError::Unavailable(reason),
    }
}
