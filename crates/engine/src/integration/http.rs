//! HTTP: nothing of the client reaches the backend but what is mapped.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, Method};
use stagedoor_base::Cause;
use stagedoor_program::{BackendPlan, Record};

use super::backend::{address, assemble};
use crate::request::TRACE_ID;
use crate::stage::{Parameters, Routed};
use crate::{HeaderList, UpstreamRequest};

const API_ID: HeaderName = HeaderName::from_static("x-amzn-apigateway-api-id");
pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The request to the backend.
pub(crate) fn request(
    routed: &Routed<'_>,
    plan: &BackendPlan,
    parameters: Parameters,
    body: Bytes,
    record: &Record,
) -> Result<UpstreamRequest, Cause> {
    let address = address(&plan.uri, &parameters, &routed.program.stage, None)?;
    let mut headers = HeaderList::with_capacity(parameters.headers.len() + 6);
    headers.push(ACCEPT, JSON);
    headers.push(USER_AGENT, routed.program.deployment.user_agent.clone());
    if !matches!(record.head.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        headers.push(CONTENT_TYPE, record.head.headers.get(CONTENT_TYPE).cloned().unwrap_or(JSON));
    }
    identify(&mut headers, routed, record);
    Ok(assemble(plan, address, headers, parameters, body, record))
}

/// Says on whose behalf the gateway calls.
pub(super) fn identify(headers: &mut HeaderList, routed: &Routed<'_>, record: &Record) {
    headers.set(API_ID, routed.program.deployment.api_id_header.clone());
    if let Ok(trace) = HeaderValue::from_str(&record.trace_id) {
        headers.push(TRACE_ID, trace);
    }
}
