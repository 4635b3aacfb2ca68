//! HTTP_PROXY: the client's request and the backend's reply pass through, but for the headers AWS keeps or renames.

use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT, VIA};
use http::{HeaderMap, HeaderName, HeaderValue};
use stagedoor_base::Cause;
use stagedoor_program::{BackendPlan, Head, Record};

use super::backend::{address, assemble};
use super::http::{JSON, identify};
use crate::content::{ReplyConversion, convert_request};
use crate::request::{FORWARDED_FOR, added, forwarded_for, visible};
use crate::stage::{Parameters, Reply, Routed, reply_headers};
use crate::{HeaderList, UpstreamRequest};

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
    let body = convert_request(body, binary, plan.content_handling)?.body;
    let headers = headers(routed, record, parameters.headers.len());
    Ok(assemble(plan, address, headers, parameters, body, record))
}

fn headers(routed: &Routed<'_>, record: &Record, extra: usize) -> HeaderList {
    let sent = &record.head.headers;
    let mut headers = HeaderList::with_capacity(sent.len() + extra + 7);
    for (name, value) in sent {
        if visible(name) && !added(name) && name != HOST && name != VIA {
            headers.push(name.clone(), value.clone());
        }
    }
    if !headers.contains(&ACCEPT) {
        headers.push(ACCEPT, JSON);
    }
    if !headers.contains(&USER_AGENT) {
        headers.push(USER_AGENT, routed.program.deployment.user_agent.clone());
    }
    if !record.is_test() {
        forward(&mut headers, &record.head);
    }
    identify(&mut headers, routed, record);
    headers
}

/// Says for whom the gateway calls.
fn forward(headers: &mut HeaderList, head: &Head) {
    if let Some(client) = client(head) {
        headers.push(FORWARDED_FOR, client);
    }
    headers.push(FORWARDED_PORT, head.listener.port.into());
    let proto = if head.listener.scheme == http::uri::Scheme::HTTPS { "https" } else { "http" };
    headers.push(FORWARDED_PROTO, HeaderValue::from_static(proto));
}

/// The value of `X-Forwarded-For`; for the usual client, who claims nothing, without a text in between.
fn client(head: &Head) -> Option<HeaderValue> {
    match head.peer {
        IpAddr::V4(peer) if !head.headers.contains_key(&FORWARDED_FOR) => {
            let mut digits = [0; 15];
            HeaderValue::from_bytes(decimal(peer, &mut digits)).ok()
        }
        _ => HeaderValue::try_from(forwarded_for(head)).ok(),
    }
}

/// An address as `Display` writes it, at a tenth of its cost.
fn decimal(address: Ipv4Addr, text: &mut [u8; 15]) -> &[u8] {
    let mut end = 0;
    for octet in address.octets() {
        for (limit, unit) in [(100, 100), (10, 10), (0, 1)] {
            if octet >= limit {
                text[end] = b'0' + octet / unit % 10;
                end += 1;
            }
        }
        if end < text.len() {
            text[end] = b'.';
        }
        end += 1;
    }
    &text[..end - 1]
}

/// The reply to the client.
pub(crate) fn reply(
    routed: &Routed<'_>,
    status: u16,
    backend: HeaderList,
    body: Bytes,
    encoded: bool,
    record: &Record,
) -> Result<Reply, Cause> {
    let types = &routed.program.deployment.binary_types;
    let payload = types.matches(backend.get(&CONTENT_TYPE).and_then(|value| value.to_str().ok()));
    let accepts = types.matches(record.head.header(http::header::ACCEPT));
    let conversion = ReplyConversion { payload_binary: payload, accepts_binary: accepts, handling: None };
    let body = if encoded { body } else { conversion.convert(body)? };
    let (count, backend) = (backend.len(), backend.into_iter().map(|(name, value)| (Some(name), value)));
    Ok(Reply { status, headers: remapped(count, backend, true), body: body.into() })
}

/// A proxied backend's headers under the names that leave the gateway. Further values of one name come without it.
pub(super) fn remapped(
    count: usize,
    backend: impl IntoIterator<Item = (Option<HeaderName>, HeaderValue)>,
    http: bool,
) -> HeaderMap {
    let mut headers = reply_headers(count);
    let mut last = None;
    for (name, value) in backend {
        if let Some(name) = name {
            last = emitted(name, http);
        }
        if let Some(name) = &last {
            headers.append(name.clone(), value);
        }
    }
    headers
}

const CONNECTION: HeaderName = HeaderName::from_static("x-amzn-remapped-connection");
const CONTENT_LENGTH: HeaderName = HeaderName::from_static("x-amzn-remapped-content-length");
const DATE: HeaderName = HeaderName::from_static("x-amzn-remapped-date");
const SERVER: HeaderName = HeaderName::from_static("x-amzn-remapped-server");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-remapped-x-amzn-requestid");

fn emitted(name: HeaderName, http: bool) -> Option<HeaderName> {
    match name.as_str() {
        "connection" => Some(CONNECTION),
        "content-length" => Some(CONTENT_LENGTH),
        "date" => Some(DATE),
        "server" => Some(SERVER),
        "x-amzn-requestid" if http => Some(REQUEST_ID),
        "transfer-encoding" => None,
        "via" if http => None,
        _ => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use http::{HeaderName, HeaderValue};

    use super::{decimal, remapped};

    #[test]
    fn addresses_are_decimal() {
        for address in [[0, 0, 0, 0], [127, 0, 0, 1], [9, 10, 99, 100], [255, 255, 255, 255]] {
            let address = Ipv4Addr::from(address);
            assert_eq!(decimal(address, &mut [0; 15]), address.to_string().as_bytes());
        }
    }

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
                let values = ["1", "2"].map(HeaderValue::from_static).into_iter();
                let values = values.map(|value| (Some(HeaderName::from_static(name)), value));
                let out = remapped(2, values, http);
                assert_eq!(out.keys().next().map(HeaderName::as_str), expected, "{name} http={http}");
                assert_eq!(out.len(), if expected.is_some() { 2 } else { 0 }, "{name}");
            }
        }
    }
}
