//! Step 9: the client's reply from the integration's answer.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{
    BodyTemplate, IntegrationPlan, NoSelection, Record, ResponseMap, ResponsePlan, ResponseValue,
};

use super::{Answer, Reply, Routed, reply_headers};
use crate::HeaderList;
use crate::evaluate::{Sources, convert_reply};
use crate::integration::{http_proxy, lambda_proxy};

pub(crate) fn map_response(routed: &Routed<'_>, answer: Answer, record: &Record) -> Result<Reply, Cause> {
    match answer {
        Answer::Mock(status) => match &routed.method.integration {
            IntegrationPlan::Mock(plan) => mapped(routed, &plan.responses, status, None, false, record),
            _ => Err(mismatch()),
        },
        Answer::Http { status, headers, body, encoded } => match &routed.method.integration {
            IntegrationPlan::Http(plan) => {
                mapped(routed, &plan.responses, status, Some((&headers, body)), encoded, record)
            }
            _ => Err(mismatch()),
        },
        Answer::HttpProxy { status, headers, body, encoded } => {
            http_proxy::reply(routed, status, headers, body, encoded, record)
        }
        Answer::LambdaProxy(reply) => lambda_proxy::reply(routed, reply, record),
        Answer::Streamed(streamed) => Ok(streamed.reply()),
    }
}

fn mismatch() -> Cause {
    Cause::Internal("the answer is not of the method's integration".to_owned())
}

/// A non-proxy integration's answer through the integration response that fits its status.
fn mapped(
    routed: &Routed<'_>,
    responses: &ResponseMap,
    status: u16,
    backend: Option<(&HeaderList, Bytes)>,
    encoded: bool,
    record: &Record,
) -> Result<Reply, Cause> {
    let plan = select(responses, status)?;
    let nothing = Bytes::new();
    let response = backend.as_ref().map(|(headers, body)| (*headers, body));
    let sources = Sources { record, stage: &routed.program.stage, body: &nothing, response };
    let mut headers = mapped_headers(plan, &sources)?;
    let body = body(routed, plan, backend, encoded, record, &mut headers)?;
    Ok(Reply { status: plan.status, headers, body: body.into() })
}

fn select(responses: &ResponseMap, status: u16) -> Result<&ResponsePlan, Cause> {
    let mut digits = [0; 5];
    let plan = responses.select(decimal(status, &mut digits)).map_err(|none| {
        Cause::Configuration(match none {
            NoSelection::NoMatch => ConfigurationError::NoOutputMapping(status),
            NoSelection::BrokenPattern(pattern) => ConfigurationError::NotExecutable(format!(
                "the selection pattern {pattern} is no regular expression"
            )),
        })
    })?;
    if let Some(reason) = &plan.refusal {
        return Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())));
    }
    if !plan.declared {
        let error = ConfigurationError::InvalidMethodResponse(plan.status.to_string());
        return Err(Cause::Configuration(error));
    }
    Ok(plan)
}

fn decimal(mut number: u16, digits: &mut [u8; 5]) -> &str {
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    std::str::from_utf8(&digits[start..]).unwrap_or_default()
}

fn mapped_headers(plan: &ResponsePlan, sources: &Sources<'_>) -> Result<HeaderMap, Cause> {
    let mut headers = reply_headers(plan.headers.len());
    for (name, value) in &plan.headers {
        let value = match value {
            ResponseValue::Static(value) => Some(value.clone()),
            ResponseValue::Mapped(expression) => {
                sources.value(expression)?.and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok())
            }
        };
        if let Some(value) = value {
            headers.append(name.clone(), value);
        }
    }
    Ok(headers)
}

/// The reply's body; sets its content type while no mapping did.
fn body(
    routed: &Routed<'_>,
    plan: &ResponsePlan,
    backend: Option<(&HeaderList, Bytes)>,
    encoded: bool,
    record: &Record,
    headers: &mut HeaderMap,
) -> Result<Bytes, Cause> {
    let accept = record.head.header(http::header::ACCEPT);
    let template = plan.template(accept);
    if let Some((media_type, _)) = template {
        headers.entry(CONTENT_TYPE).or_insert_with(|| media_type.clone());
    }
    let types = &routed.program.deployment.binary_types;
    let payload_type = backend.as_ref().and_then(|(headers, _)| headers.get(&CONTENT_TYPE)?.to_str().ok());
    let binary = types.matches(payload_type);
    match (template.map(|(_, body)| body), backend) {
        // AWS cannot render a template over bytes.
        (Some(BodyTemplate::Static(_)), Some((_, body))) if binary && !body.is_empty() => {
            Err(Cause::Configuration(ConfigurationError::ResponseTransform))
        }
        (Some(BodyTemplate::Static(text)), _) => Ok(text.clone()),
        (Some(BodyTemplate::Refused(reason)), _) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
        // A MOCK has no body of its own.
        (_, None) => Ok(Bytes::new()),
        (_, Some((backend, body))) if encoded => {
            keep_coding(backend, headers);
            Ok(body)
        }
        (_, Some((_, body))) => convert_reply(body, binary, types.matches(accept)),
    }
}

/// An encoded body is of no use without the header that says so, mapped or not.
fn keep_coding(backend: &HeaderList, headers: &mut HeaderMap) {
    headers.remove(CONTENT_ENCODING);
    for coding in backend.get_all(&CONTENT_ENCODING) {
        headers.append(CONTENT_ENCODING, coding.clone());
    }
}
