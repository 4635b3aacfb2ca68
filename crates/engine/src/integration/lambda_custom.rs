//! AWS with a Lambda function: it gets what the request template makes of the request, and its answer is mapped back.
//!
//! In: the rendered body. Out: what Lambda's `Invoke` would answer, its own refusals of the payload included. It must not know
//! templates.

use bytes::Bytes;
use http::HeaderName;
use serde_json::value::RawValue;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{Event, LambdaCustomPlan, Outgoing, Record};

use super::{lambda_proxy, service_reply};
use crate::stage::{Parameters, Routed};
use crate::{Engine, InvokeFailure, InvokeRequest, ids};

const INVOCATION_TYPE: HeaderName = HeaderName::from_static("x-amz-invocation-type");

/// An invocation that may be made.
#[derive(Debug)]
pub(crate) struct LambdaCall {
    invoke: InvokeRequest,
    kind: Kind,
}

/// How the function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Wait,
    Event,
    DryRun,
}

/// What Lambda answered.
#[derive(Debug)]
pub(crate) struct LambdaAnswer {
    pub(crate) status: u16,
    pub(crate) payload: Bytes,
    /// What selection patterns are tried on: the `errorMessage` of the answer, else nothing.
    pub(crate) error_message: String,
}

/// The invocation, once the function's policy admits it.
pub(crate) fn request(
    engine: &Engine,
    routed: &Routed<'_>,
    plan: &LambdaCustomPlan,
    parameters: &Parameters,
    body: Bytes,
    record: &Record,
) -> Result<LambdaCall, Cause> {
    if let Some(method) = &plan.wrong_method {
        return Err(Cause::Configuration(ConfigurationError::FunctionMethod(method.to_string())));
    }
    let (function, invoked) = lambda_proxy::admitted(engine, routed, &plan.function)?;
    let invoke = InvokeRequest {
        version: function.choose().clone(),
        function,
        invoked,
        // Lambda hands a function an empty object when there is no payload.
        payload: if body.is_empty() { Bytes::from_static(b"{}") } else { body },
        request_id: String::from_utf8_lossy(&ids::uuid()).into_owned(),
        trace_id: record.trace_id.clone(),
        timeout: plan.timeout,
    };
    Ok(LambdaCall { invoke, kind: Kind::of(parameters) })
}

impl Kind {
    fn of(parameters: &Parameters) -> Self {
        let mapped = parameters.headers.iter().rfind(|(name, _)| *name == INVOCATION_TYPE);
        match mapped.map(|(_, value)| value.as_bytes()) {
            Some(b"Event") => Self::Event,
            Some(b"DryRun") => Self::DryRun,
            _ => Self::Wait,
        }
    }
}

impl LambdaCall {
    pub(crate) fn outgoing(&self) -> Outgoing {
        Outgoing::Function { arn: self.invoke.invoked.to_string(), payload: self.invoke.payload.clone() }
    }
}

/// Calls the function.
pub(crate) async fn call(
    engine: &Engine,
    call: LambdaCall,
    record: &mut Record,
) -> Result<LambdaAnswer, Cause> {
    let LambdaCall { invoke, kind } = call;
    record.integration.request_id = Some(invoke.request_id.clone());
    let started = (engine.ports.elapsed)();
    let answered = match no_json(&invoke.payload) {
        Some(refusal) => Ok(refusal),
        None => answered(engine, invoke, kind, record).await,
    };
    record.integration.latency = Some((engine.ports.elapsed)().saturating_sub(started));
    let answer = answered?;
    record.integration.service_status = Some(answer.status);
    Ok(answer)
}

async fn answered(
    engine: &Engine,
    invoke: InvokeRequest,
    kind: Kind,
    record: &mut Record,
) -> Result<LambdaAnswer, Cause> {
    let length = invoke.payload.len();
    match kind {
        Kind::Wait => {
            let version = invoke.version.clone();
            let reply = match (engine.ports.invoke)(invoke).await {
                Ok(reply) => reply,
                Err(failure) => return refused(failure, length),
            };
            service_reply::note(engine, record, &version, &reply);
            let error_message = error_message(&reply.payload);
            Ok(LambdaAnswer { status: 200, payload: reply.payload, error_message })
        }
        Kind::Event => match (engine.ports.services.enqueue)(invoke).await {
            Ok(()) => Ok(empty(engine, 202, record)),
            Err(failure) => refused(failure, length),
        },
        Kind::DryRun => Ok(empty(engine, 204, record)),
    }
}

fn empty(engine: &Engine, status: u16, record: &mut Record) -> LambdaAnswer {
    let body = Bytes::new();
    engine.note(record, || Event::Answered { status: Some(status), headers: Vec::new(), body: body.clone() });
    LambdaAnswer { status, payload: body, error_message: String::new() }
}

/// What Lambda says about a payload is an answer like any other; whatever else fails is the gateway's.
fn refused(failure: InvokeFailure, length: usize) -> Result<LambdaAnswer, Cause> {
    match failure {
        InvokeFailure::TooLarge => {
            let message = format!("{length} byte payload is too large for the invocation type");
            Ok(refusal(413, &message))
        }
        other => Err(lambda_proxy::cause(other)),
    }
}

fn no_json(payload: &[u8]) -> Option<LambdaAnswer> {
    let error = serde_json::from_slice::<&RawValue>(payload).err()?;
    let message =
        format!("Could not parse request body into json: Could not parse payload into json: {error}");
    Some(refusal(400, &message))
}

fn refusal(status: u16, message: &str) -> LambdaAnswer {
    let body = format!(r#"{{"Type":"User","message":{}}}"#, serde_json::Value::from(message));
    LambdaAnswer { status, payload: body.into(), error_message: String::new() }
}

/// The `errorMessage` of a JSON object; anything else has none, whether or not the function failed.
fn error_message(payload: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(payload) else { return String::new() };
    // Most answers are no errors and need no parsing.
    if !text.trim_start().starts_with('{') || !text.contains("errorMessage") {
        return String::new();
    }
    let parsed = stagedoor_json::parse(text).ok();
    let members = parsed.as_ref().and_then(stagedoor_json::Value::as_object);
    let message = members.and_then(|members| members.get("errorMessage")?.as_str());
    message.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{error_message, no_json};

    #[test]
    fn only_objects_have_an_error_message() {
        for (payload, expected) in [
            (&br#"{"errorMessage":"no such pet","errorType":"E"}"#[..], "no such pet"),
            (br#" {"a":{"errorMessage":"inner"},"errorMessage":"a\nb"}"#, "a\nb"),
            (br#"{"a":{"errorMessage":"inner"}}"#, ""),
            (br#"{"errorMessage":5}"#, ""),
            (br#"["errorMessage"]"#, ""),
            (br#""errorMessage""#, ""),
            (br#"{"errorMessage":"#, ""),
            (b"\xff", ""),
            (b"", ""),
        ] {
            assert_eq!(error_message(payload), expected, "{payload:?}");
        }
    }

    #[test]
    fn a_payload_has_to_be_json() {
        for payload in ["{}", "1", "\"x\"", " [1] ", "null"] {
            assert!(no_json(payload.as_bytes()).is_none(), "{payload}");
        }
        for payload in ["{", "hello", "a=1", "{}x", "'x'"] {
            let refusal = no_json(payload.as_bytes()).unwrap();
            assert_eq!(refusal.status, 400);
            assert!(
                refusal.payload.starts_with(br#"{"Type":"User","message":"Could not parse request body"#)
            );
        }
    }
}
