//! `Invoke`: a synchronous call of a function through the port.
//!
//! In: a payload that must be JSON. Out: what the function answered, errors of its own included. Kinds of call that do
//! not execute here are refused.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::IgnoredAny;
use stagedoor_base::{Limits, Scope};
use stagedoor_wire::{Encode as _, Fault, Matched, Raw, Reply, Service, decode, lambda as wire};

use super::name::FunctionName;
use crate::ports::{InvokeCall, InvokeRefusal, PortFuture};
use crate::{ApiError, Control, ControlRequest, fault};

/// Largest `X-Amz-Client-Context` in bytes of base64.
const MAX_CLIENT_CONTEXT: usize = 3583;

pub(crate) fn invoke(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> PortFuture<Result<Reply, Fault>> {
    Box::pin(async move {
        let raw = Raw { query: &request.query, headers: &request.headers, body: &request.body };
        let wanted: wire::InvocationRequest =
            decode(&matched, &raw).map_err(|invalid| Fault::invalid(Service::Lambda, invalid))?;
        let answered = run(&control, &scope, wanted).await;
        answered.map_err(|error| fault::of(Service::Lambda, &error))
    })
}

async fn run(control: &Control, scope: &Scope, request: wire::InvocationRequest) -> Result<Reply, ApiError> {
    let name = FunctionName::parse(scope, &request.function_name, request.qualifier.as_deref())?;
    refuse_unsupported(&request)?;
    check_payload(&request.payload, control.limits())?;
    let client_context = request.client_context.map(checked_context).transpose()?;
    let request_id = control.new_uuid();
    // Lambda hands a function an empty object when there is no payload.
    let payload = if request.payload.is_empty() { b"{}".to_vec() } else { request.payload };
    let call = InvokeCall {
        function: name.arn(),
        payload: payload.into(),
        client_context,
        request_id: request_id.clone(),
    };
    let answer = (control.ports().invoke)(call).await.map_err(|refusal| refused(&name, refusal))?;
    let response = wire::InvocationResponse {
        status_code: Some(200),
        function_error: answer.function_error,
        payload: answer.payload.to_vec(),
        executed_version: Some(answer.executed_version),
        ..Default::default()
    };
    let mut reply = response.encode(200);
    reply.headers.push(("Content-Type", "application/json".to_owned()));
    reply.headers.push(("x-amzn-RequestId", request_id));
    Ok(reply)
}

fn refuse_unsupported(request: &wire::InvocationRequest) -> Result<(), ApiError> {
    let kind = request.invocation_type.as_deref().unwrap_or("RequestResponse");
    if kind != "RequestResponse" {
        return Err(ApiError::bad_request(format!(
            "The invocation type {kind} is not supported here: call with RequestResponse."
        )));
    }
    let given = [
        ("The log type Tail", request.log_type.as_deref() == Some("Tail")),
        ("A durable execution", request.durable_execution_name.is_some()),
        ("A tenant", request.tenant_id.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((what, _)) => Err(ApiError::bad_request(format!("{what} is not supported here."))),
        None => Ok(()),
    }
}

fn check_payload(payload: &[u8], limits: &Limits) -> Result<(), ApiError> {
    if payload.len() > limits.lambda_payload_bytes {
        return Err(ApiError::TooLarge(format!(
            "{} byte payload is too large for the RequestResponse invocation type (limit {} bytes)",
            payload.len(),
            limits.lambda_payload_bytes
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

fn checked_context(text: String) -> Result<String, ApiError> {
    let json = STANDARD.decode(&text).ok().filter(|_| text.len() <= MAX_CLIENT_CONTEXT);
    let valid = json.is_some_and(|json| serde_json::from_slice::<IgnoredAny>(&json).is_ok());
    let refusal = || {
        ApiError::InvalidContent(format!(
            "Client context must be a valid Base64-encoded JSON object of at most {MAX_CLIENT_CONTEXT} bytes."
        ))
    };
    valid.then_some(text).ok_or_else(refusal)
}

fn refused(name: &FunctionName, refusal: InvokeRefusal) -> ApiError {
    match refusal {
        InvokeRefusal::NotFound => name.not_found(),
        InvokeRefusal::Throttled => ApiError::Throttled("Rate Exceeded.".to_owned()),
        InvokeRefusal::Unavailable(reason) => ApiError::Unavailable(reason),
    }
}
