//! HTTP_PROXY: the client's request and the backend's reply pass through, but for the headers AWS keeps or renames.

use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT, VIA};
use http::{HeaderName, HeaderValue};
use stagedoor_base::Cause;
use stagedoor_program::{BackendPlan, Head, Record};

use super::backend::{address, assemble};
use super::http::{JSON, identify};
use crate::content::{ReplyConversion, convert_request};
use crate::request::{FORWARDED_FOR, added, forwarded_for, visible};
use crate::stage::{Parameters, Reply, Routed};
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
    for (name, value) in sent.iter() {
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
        IpAddr::V4(peer) if !head.headers.contains(&FORWARDED_FOR) => {
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
    mut headers: HeaderList,
    body: Bytes,
    encoded: bool,
    record: &Record,
) -> Result<Reply, Cause> {
    let types = &routed.program.deployment.binary_types;
    let payload = types.matches(headers.get(&CONTENT_TYPE).and_then(|value| value.to_str().ok()));
    let accepts = types.matches(record.head.header(http::header::ACCEPT));
    let conversion = ReplyConversion { payload_binary: payload, accepts_binary: accepts, handling: None };
    let body = if encoded { body } else { conversion.convert(body)? };
    remap(&mut headers, true);
    Ok(Reply { status, headers, body: body.into() })
}

/// Puts a proxied backend's headers under the names that leave the gateway.
pub(super) fn remap(headers: &mut HeaderList, http: bool) {
    headers.retain_named(|name| {
        let renamed = match name.as_str() {
            "connection" => CONNECTION,
            "content-length" => CONTENT_LENGTH,
            "date" => DATE,
            "server" => SERVER,
            "x-amzn-requestid" if http => REQUEST_ID,
            "transfer-encoding" => return false,
            "via" if http => return false,
            _ => return true,
        };
        *name = renamed;
        true
    });
}

const CONNECTION: HeaderName = HeaderName::from_static("x-amzn-remapped-connection");
const CONTENT_LENGTH: HeaderName = HeaderName::from_static("x-amzn-remapped-content-length");
const DATE: HeaderName = HeaderName::from_static("x-amzn-remapped-date");
const SERVER: HeaderName = HeaderName::from_static("x-amzn-remapped-server");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-remapped-x-amzn-requestid");

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use http::{HeaderName, HeaderValue};

    use super::{decimal, remap};
    use crate::HeaderList;

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
                let mut headers: HeaderList =
                    values.map(|value| (HeaderName::from_static(name), value)).collect();
                remap(&mut headers, http);
                let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
                assert_eq!(
                    names,
                    [expected, expected].into_iter().flatten().collect::<Vec<_>>(),
                    "{name} http={http}"
                );
            }
        }
    }
}
