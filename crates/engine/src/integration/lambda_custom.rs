//! AWS with a Lambda function: it gets what the request template makes of the request, and its answer is mapped back.
//!
//! In: the rendered body. Out: what Lambda's `Invoke` would answer, its own refusals of the payload included. It must not know
//! templates.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};
use serde_json::value::RawValue;
use stagedoor_base::{Cause, ConfigurationError, FunctionArn};
use stagedoor_program::{Event, LambdaCustomPlan, Outgoing, Record};

use super::http::JSON;
use super::{lambda_proxy, service_reply};
use crate::stage::{Caller, Parameters, Routed};
use crate::{Engine, HeaderList, InvokeFailure, InvokeReply, InvokeRequest, ids};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const CLIENT_CONTEXT: HeaderName = HeaderName::from_static("x-amz-client-context");
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
    pub(crate) headers: HeaderList,
    pub(crate) payload: Bytes,
    /// What selection patterns are tried on: the `errorMessage` of the answer, else nothing.
    pub(crate) error_message: String,
}

/// The invocation, once the function's policy admits it.
pub(crate) fn request(
    engine: &Engine,
    routed: &Routed<'_>,
    caller: &Caller,
    plan: &LambdaCustomPlan,
    parameters: &Parameters,
    body: Bytes,
    record: &Record,
) -> Result<LambdaCall, Cause> {
    if let Some(method) = &plan.wrong_method {
        return Err(Cause::Configuration(ConfigurationError::FunctionMethod(method.to_string())));
    }
    let (function, invoked) =
        lambda_proxy::admitted(engine, routed, caller, &plan.function, plan.credentials.as_ref(), record)?;
    let invoke = InvokeRequest {
        version: function.choose().clone(),
        function,
        invoked,
        // Lambda hands a function an empty object when there is no payload.
        payload: if body.is_empty() { Bytes::from_static(b"{}") } else { body },
        request_id: String::from_utf8_lossy(&ids::uuid()).into_owned(),
        trace_id: record.trace_id.clone(),
        client_context: client_context(parameters),
        timeout: plan.timeout,
    };
    Ok(LambdaCall { invoke, kind: Kind::of(parameters) })
}

/// The last value of a header that is set for Lambda.
fn header<'p>(parameters: &'p Parameters, name: &HeaderName) -> Option<&'p [u8]> {
    let found = parameters.headers.iter().rfind(|(known, _)| known == name)?;
    Some(found.1.as_bytes())
}

/// The JSON of `X-Amz-Client-Context`; what is none has no effect.
fn client_context(parameters: &Parameters) -> Option<String> {
    let json = STANDARD.decode(header(parameters, &CLIENT_CONTEXT)?).ok()?;
    serde_json::from_slice::<&RawValue>(&json).ok()?;
    String::from_utf8(json).ok()
}

impl Kind {
    fn of(parameters: &Parameters) -> Self {
        match header(parameters, &INVOCATION_TYPE) {
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
    let payload = invoke.payload.clone();
    let complaint = engine.compute_sized(payload.len(), move || no_json(&payload)).await?;
    let started = (engine.ports.elapsed)();
    let answered = match complaint {
        Some(message) => Ok(refusal(400, "InvalidRequestContentException", &message, record)),
        None => answered(engine, invoke, kind, record).await,
    };
    record.integration.latency = Some((engine.ports.elapsed)().saturating_sub(started));
    let answer = answered?;
    record.integration.service_status = Some(answer.status);
    engine.note(record, || answer.event());
    Ok(answer)
}

impl LambdaAnswer {
    fn event(&self) -> Event {
        let (headers, body) = (self.headers.to_pairs(), self.payload.clone());
        Event::Answered { status: Some(self.status), headers, body }
    }
}

async fn answered(
    engine: &Engine,
    invoke: InvokeRequest,
    kind: Kind,
    record: &Record,
) -> Result<LambdaAnswer, Cause> {
    let length = invoke.payload.len();
    let outcome = match kind {
        Kind::Wait => {
            let version = invoke.version.clone();
            match (engine.ports.invoke)(invoke).await {
                Ok(reply) => return finished(engine, &version, reply, record).await,
                Err(failure) => Err(failure),
            }
        }
        Kind::Event => (engine.ports.services.enqueue)(invoke).await.map(|()| 202),
        Kind::DryRun => Ok(204),
    };
    match outcome {
        Ok(status) => Ok(answer(status, None, Bytes::new(), record)),
        // What Lambda says about a payload is an answer like any other; whatever else fails is the gateway's.
        Err(InvokeFailure::TooLarge) => {
            let message = format!("{length} byte payload is too large for the invocation type");
            Ok(refusal(413, "RequestTooLargeException", &message, record))
        }
        Err(other) => Err(lambda_proxy::cause(other)),
    }
}

async fn finished(
    engine: &Engine,
    version: &FunctionArn,
    reply: InvokeReply,
    record: &Record,
) -> Result<LambdaAnswer, Cause> {
    let headers = service_reply::headers(record, version, &reply).into_iter().collect();
    let payload = reply.payload.clone();
    let error_message = engine.compute_sized(payload.len(), move || error_message(&payload)).await?;
    Ok(LambdaAnswer { status: 200, headers, payload: reply.payload, error_message })
}

/// Why Lambda would not take a payload.
fn no_json(payload: &[u8]) -> Option<String> {
    let error = serde_json::from_slice::<&RawValue>(payload).err()?;
    Some(format!("Could not parse request body into json: Could not parse payload into json: {error}"))
}

fn refusal(status: u16, error_type: &'static str, message: &str, record: &Record) -> LambdaAnswer {
    let body = format!(r#"{{"Type":"User","message":{}}}"#, serde_json::Value::from(message));
    answer(status, Some(error_type), body.into(), record)
}

/// An answer of the service itself.
fn answer(status: u16, error_type: Option<&'static str>, payload: Bytes, record: &Record) -> LambdaAnswer {
    let mut headers = HeaderList::with_capacity(3);
    let id = record.integration.request_id.as_deref().unwrap_or_default();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.push(REQUEST_ID, id);
    }
    if let Some(error_type) = error_type {
        headers.push(ERROR_TYPE, HeaderValue::from_static(error_type));
    }
    if !payload.is_empty() {
        headers.push(CONTENT_TYPE, JSON);
    }
    LambdaAnswer { status, headers, payload, error_message: String::new() }
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
            let complaint = no_json(payload.as_bytes()).unwrap();
            assert!(complaint.starts_with("Could not parse request body into json: "), "{complaint}");
        }
    }
}
