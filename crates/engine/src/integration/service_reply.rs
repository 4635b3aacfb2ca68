//! A function's answer as the Lambda service sends it to API Gateway: what execution logs show of it.

use http::{HeaderName, HeaderValue};
use stagedoor_base::FunctionArn;
use stagedoor_program::{Event, Record};

use crate::{Engine, InvokeReply};

/// Notes the answer of a version before it is parsed.
pub(crate) fn note(engine: &Engine, record: &mut Record, version: &FunctionArn, reply: &InvokeReply) {
    let headers = headers(record, version, reply);
    engine.note(record, || Event::Answered { status: Some(200), headers, body: reply.payload.clone() });
}

/// What AWS is seen to send beside a function's payload.
pub(super) fn headers(
    record: &Record,
    version: &FunctionArn,
    reply: &InvokeReply,
) -> Vec<(HeaderName, HeaderValue)> {
    let length = reply.payload.len().to_string();
    let sent = [
        ("content-type", "application/json"),
        ("content-length", length.as_str()),
        ("x-amzn-requestid", record.integration.request_id.as_deref().unwrap_or_default()),
        ("x-amzn-remapped-content-length", "0"),
        ("x-amz-executed-version", version.qualifier.as_deref().unwrap_or("$LATEST")),
        ("x-amzn-trace-id", record.trace_id.as_str()),
    ];
    let failed = reply.function_error.then_some(("x-amz-function-error", "Unhandled"));
    let pair = |(name, value): (&'static str, &str)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(value).ok()?))
    };
    sent.into_iter().chain(failed).filter_map(pair).collect()
}
