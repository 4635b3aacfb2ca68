//! HTTP_PROXY: the client's request and the backend's reply pass through, but for the headers AWS keeps or renames.

use std::io::Write;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST, TRANSFER_ENCODING, USER_AGENT, VIA};
use http::{HeaderMap, HeaderName, HeaderValue};
use stagedoor_base::Cause;
use stagedoor_program::{BackendPlan, Head, Record};

use super::backend::{address, assemble};
use super::http::{JSON, identify};
use crate::UpstreamRequest;
use crate::evaluate::{as_text, convert_reply};
use crate::request::{FORWARDED_FOR, added, forwarded_for, visible};
use crate::stage::{Parameters, Reply, Routed};

const FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The request to the backend.
pub(crate) fn request(
    routed: &Routed<'_>,
    plan: &BackendPlan,
    parameters: Parameters,
    body: Bytes,
    record: &Record,
) -> Result<UpstreamRequest, Cause> {
    let address = address(&plan.uri, &parameters, &routed.program.stage, record.head.query())?;
    let content_type = record.head.header(http::header::CONTENT_TYPE);
    let binary = routed.program.deployment.binary_types.matches(content_type);
    let body = if binary { body } else { as_text(body) };
    let headers = headers(routed, record, parameters.headers.len());
    Ok(assemble(plan, address, headers, parameters, body, record))
}

fn headers(routed: &Routed<'_>, record: &Record, extra: usize) -> HeaderMap {
    let sent = &record.head.headers;
    let mut headers = HeaderMap::with_capacity(sent.len() + extra + 7);
    for (name, value) in sent {
        if visible(name) && !added(name) && name != HOST && name != VIA {
            headers.append(name.clone(), value.clone());
        }
    }
    headers.entry(ACCEPT).or_insert(JSON);
    headers.entry(USER_AGENT).or_insert_with(|| routed.program.deployment.user_agent.clone());
    headers.extend(client(&record.head).map(|client| (FORWARDED_FOR, client)));
    headers.insert(FORWARDED_PORT, record.head.listener.port.into());
    let proto = if record.head.listener.scheme == http::uri::Scheme::HTTPS { "https" } else { "http" };
    headers.insert(FORWARDED_PROTO, HeaderValue::from_static(proto));
    identify(&mut headers, routed, record);
    headers
}

/// The value of `X-Forwarded-For`; for the usual client, who claims nothing, without a text in between.
fn client(head: &Head) -> Option<HeaderValue> {
    if head.headers.contains_key(&FORWARDED_FOR) {
        return HeaderValue::try_from(forwarded_for(head)).ok();
    }
    let mut text = [0; 45];
    let mut rest = &mut text[..];
    write!(rest, "{}", head.peer).ok()?;
    let unused = rest.len();
    HeaderValue::from_bytes(&text[..text.len() - unused]).ok()
}

/// The reply to the client.
pub(crate) fn reply(
    routed: &Routed<'_>,
    status: u16,
    backend: HeaderMap,
    body: Bytes,
    record: &Record,
) -> Result<Reply, Cause> {
    let types = &routed.program.deployment.binary_types;
    let payload = types.matches(backend.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()));
    let body = convert_reply(body, payload, types.matches(record.head.header(http::header::ACCEPT)))?;
    Ok(Reply { status, headers: remapped(backend, true), body })
}

/// A proxied backend's headers under the names that leave the gateway.
pub(super) fn remapped(backend: HeaderMap, http: bool) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(backend.len() + 4);
    let mut last = None;
    for (name, value) in backend {
        // Further values of one name come without it.
        if let Some(name) = name {
            last = emitted(name, http);
        }
        if let Some(name) = &last {
            headers.append(name.clone(), value);
        }
    }
    headers
}

fn emitted(name: HeaderName, http: bool) -> Option<HeaderName> {
    let renamed = match name.as_str() {
        "connection" => "x-amzn-remapped-connection",
        "content-length" => "x-amzn-remapped-content-length",
        "date" => "x-amzn-remapped-date",
        "server" => "x-amzn-remapped-server",
        "x-amzn-requestid" if http => "x-amzn-remapped-x-amzn-requestid",
        _ if name == TRANSFER_ENCODING || http && name == VIA => return None,
        _ => return Some(name),
    };
    Some(HeaderName::from_static(renamed))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::remapped;

    #[test]
    fn backend_headers_leave_under_these_names() {
        for (name, http, lambda) in [
            ("connection", Some("x-amzn-remapped-connection"), Some("x-amzn-remapped-connection")),
            (
                "content-length",
                Some("x-amzn-remapped-content-length"),
                Some("x-amzn-remapped-content-length"),
            ),
            ("date", Some("x-amzn-remapped-date"), Some("x-amzn-remapped-date")),
            ("server", Some("x-amzn-remapped-server"), Some("x-amzn-remapped-server")),
            ("x-amzn-requestid", Some("x-amzn-remapped-x-amzn-requestid"), Some("x-amzn-requestid")),
            ("transfer-encoding", None, None),
            ("via", None, Some("via")),
            ("content-encoding", Some("content-encoding"), Some("content-encoding")),
            (
                "access-control-allow-origin",
                Some("access-control-allow-origin"),
                Some("access-control-allow-origin"),
            ),
            ("www-authenticate", Some("www-authenticate"), Some("www-authenticate")),
        ] {
            for (http, expected) in [(true, http), (false, lambda)] {
                let mut headers = HeaderMap::new();
                headers.append(HeaderName::from_static(name), HeaderValue::from_static("1"));
                headers.append(HeaderName::from_static(name), HeaderValue::from_static("2"));
                let out = remapped(headers, http);
                assert_eq!(out.keys().next().map(HeaderName::as_str), expected, "{name} http={http}");
                assert_eq!(out.len(), if expected.is_some() { 2 } else { 0 }, "{name}");
            }
        }
    }
}
