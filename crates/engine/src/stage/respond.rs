//! The last step: one reply from success and failure alike, with AWS's standard headers.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use stagedoor_base::Cause;
use stagedoor_program::{
    ErrorFacts, Expression, GatewayResponsePlan, GatewayResponseType, GatewayTemplate, IntegrationPlan,
    Outcome, Program, Record, StageView, TemplatePart,
};

use super::Reply;
use crate::evaluate::Sources;
use crate::pipeline::rest_causes::{Failure, failure};
use crate::request::{REQUEST_ID, TRACE_ID};
use crate::{HeaderList, Outbound};

const EXTENDED_REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-apigw-id");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Makes the reply and completes the record. Without a program only what is built in can be said.
pub(crate) fn respond(
    result: Result<Reply, Cause>,
    program: Option<&Program>,
    record: &mut Record,
) -> Outbound {
    let reply = match result {
        Ok(reply) => reply,
        Err(cause) => gateway_response(failure(cause), program, record),
    };
    let Reply { status, mut headers, body } = reply;
    standard_headers(&mut headers, record);
    record.status = status;
    record.response_length = body.as_whole().len() as u64;
    record.outcome = Outcome::Answered;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Outbound { status, headers, body }
}

fn standard_headers(headers: &mut HeaderList, record: &Record) {
    headers.push_missing(CONTENT_TYPE, &JSON);
    headers.set(REQUEST_ID, ascii(&record.request_id.text));
    headers.set(EXTENDED_REQUEST_ID, ascii(&record.extended_request_id));
    if shows_trace(record)
        && let Ok(trace) = HeaderValue::from_str(&record.trace_id)
    {
        headers.set(TRACE_ID, trace);
    }
}

fn ascii(text: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(text).unwrap_or(HeaderValue::from_static(""))
}

/// HTTP, AWS and Lambda methods show the trace once the integration was really called.
fn shows_trace(record: &Record) -> bool {
    let shown = |plan: &IntegrationPlan| {
        use IntegrationPlan as P;
        matches!(plan, P::Http(_) | P::LambdaProxy(_) | P::Aws(_) | P::Lambda(_))
    };
    record.integration.latency.is_some() && record.method().is_some_and(|method| shown(&method.integration))
}

fn gateway_response(failure: Failure, program: Option<&Program>, record: &mut Record) -> Reply {
    let Failure { status, error_type, integration_error, facts } = failure;
    let kind = facts.response_type;
    record.integration.error = integration_error;
    record.error = Some(Box::new(facts));
    let mut headers = HeaderList::with_capacity(6);
    headers.set(ERROR_TYPE, HeaderValue::from_static(error_type));
    let Some(program) = program else {
        let body = built_in_body(record, &mut headers);
        return Reply { status, headers, body: body.into() };
    };
    let plan = program.deployment.gateway_responses.of(kind);
    let status = plan.status.unwrap_or(status);
    record.status = status;
    let body = body(plan, &program.stage, record, &mut headers);
    mapped_headers(plan, &program.stage, record, &mut headers);
    Reply { status, headers, body: body.into() }
}

fn body(plan: &GatewayResponsePlan, stage: &StageView, record: &Record, headers: &mut HeaderList) -> Bytes {
    let Some(template) = plan.template(record.head.header(http::header::ACCEPT)) else {
        return built_in_body(record, headers);
    };
    headers.set(CONTENT_TYPE, template.media_type.clone());
    render(template, stage, record).into()
}

fn render(template: &GatewayTemplate, stage: &StageView, record: &Record) -> String {
    let mut text = String::new();
    for part in &template.parts {
        match part {
            TemplatePart::Text(literal) => text.push_str(literal),
            TemplatePart::Value(expression) => {
                text.push_str(&value(expression, stage, record).unwrap_or_default());
            }
        }
    }
    text
}

/// A value for a gateway response; bodies are out of its reach.
fn value<'r>(expression: &'r Expression, stage: &'r StageView, record: &'r Record) -> Option<Cow<'r, str>> {
    static NOTHING: Bytes = Bytes::new();
    Sources::of_request(record, stage, &NOTHING).value(expression).ok().flatten()
}

fn mapped_headers(plan: &GatewayResponsePlan, stage: &StageView, record: &Record, headers: &mut HeaderList) {
    for (name, expression) in plan.headers.iter() {
        let value =
            value(expression, stage, record).and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok());
        if let Some(value) = value {
            headers.set(name.clone(), value);
        }
    }
}

/// What AWS sends while nothing is customised.
fn built_in_body(record: &Record, headers: &mut HeaderList) -> Bytes {
    let Some(error) = &record.error else { return Bytes::new() };
    if error.response_type == GatewayResponseType::RequestTooLarge {
        headers.set(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        return error.message.as_deref().unwrap_or_default().to_owned().into();
    }
    headers.set(CONTENT_TYPE, JSON);
    built_in_json(error).into()
}

fn built_in_json(error: &ErrorFacts) -> String {
    // AWS spells this one key with a capital.
    let key = if error.response_type == GatewayResponseType::AccessDenied { "Message" } else { "message" };
    format!("{{\"{key}\":{}}}", error.message_string())
}
