//! The arrived request as mappings, backends and events may see it.

use std::borrow::Cow;

use http::HeaderName;
use percent_encoding::percent_decode_str;
use stagedoor_program::{Head, Record};

use crate::ids;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
pub(crate) const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
pub(crate) const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
pub(crate) const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whether a header may be read by anything behind the gateway; AWS removes the others on arrival.
pub(crate) fn visible(name: &HeaderName) -> bool {
    !matches!(
        name.as_str(),
        "connection"
            | "content-length"
            | "content-md5"
            | "expect"
            | "max-forwards"
            | "proxy-authenticate"
            | "server"
            | "te"
            | "transfer-encoding"
            | "trailer"
            | "upgrade"
            | "www-authenticate"
    )
}

/// Whether the gateway itself sets a header on every arriving request.
pub(crate) fn added(name: &HeaderName) -> bool {
    matches!(name.as_str(), "x-amzn-trace-id" | "x-forwarded-for" | "x-forwarded-port" | "x-forwarded-proto")
}

/// `X-Forwarded-For`: what the client claims, then the peer that really called.
pub(crate) fn forwarded_for(head: &Head) -> String {
    match head.header(&FORWARDED_FOR) {
        Some(claimed) if !claimed.is_empty() => format!("{claimed}, {}", head.peer),
        _ => head.peer.to_string(),
    }
}

/// The headers that the gateway adds on arrival, with the spelling that AWS gives them. A test has no arrival.
pub(crate) fn added_headers(record: &Record) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
    let head = &record.head;
    let added = || {
        [
            ("X-Amzn-Trace-Id", event_trace(record)),
            ("X-Forwarded-For", forwarded_for(head).into()),
            ("X-Forwarded-Port", head.listener.port.to_string().into()),
            ("X-Forwarded-Proto", head.listener.scheme.as_str().into()),
        ]
    };
    (!record.is_test()).then(added).into_iter().flatten()
}

/// A trace that the gateway began shows only its root to those who read the request.
fn event_trace(record: &Record) -> Cow<'_, str> {
    if record.head.headers.contains_key(&TRACE_ID) {
        return record.trace_id.as_str().into();
    }
    record.trace_id.split(';').next().unwrap_or_default().into()
}

/// Makes sure that the call has a trace id.
pub(crate) fn begin_trace(record: &mut Record) {
    if record.trace_id.is_empty() {
        record.trace_id = ids::trace(record.head.header(&TRACE_ID), record.head.received);
    }
}

/// The last value of a header as mappings see it.
pub(crate) fn header<'r>(record: &'r Record, name: &HeaderName) -> Option<Cow<'r, str>> {
    if added(name) {
        let mut all = added_headers(record);
        return all.find(|(known, _)| name.as_str().eq_ignore_ascii_case(known)).map(|(_, value)| value);
    }
    let value = record.head.headers.get_all(name).iter().next_back().filter(|_| visible(name))?;
    Some(String::from_utf8_lossy(value.as_bytes()))
}

/// All values of a header, joined as mappings see them.
pub(crate) fn header_values<'r>(record: &'r Record, name: &HeaderName) -> Option<Cow<'r, str>> {
    let values = record.head.headers.get_all(name);
    if added(name) || values.iter().nth(1).is_none() {
        return header(record, name);
    }
    let texts: Vec<_> = values.iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    visible(name).then(|| texts.join(",").into())
}

/// The query's parameters, decoded, in the order of the client.
pub(crate) fn query(raw: Option<&str>) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    raw.unwrap_or("").split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (form_decode(key), form_decode(value))
    })
}

fn form_decode(text: &str) -> Cow<'_, str> {
    if !text.contains(['+', '%']) {
        return text.into();
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn queries_decode_as_forms() {
        for (raw, expected) in [
            (
                "dateTimeOffset=2023-06-12T18:05:10.123456+00:00",
                ("dateTimeOffset", "2023-06-12T18:05:10.123456 00:00"),
            ),
            ("email=test%2Balias@gmail.com", ("email", "test+alias@gmail.com")),
            ("plus=test+alias@gmail.com", ("plus", "test alias@gmail.com")),
            ("whitespace=foo%20bar", ("whitespace", "foo bar")),
            ("zhash=abort/", ("zhash", "abort/")),
            ("bare", ("bare", "")),
            ("bad=%zz%ff", ("bad", "%zz\u{fffd}")),
        ] {
            let pairs: Vec<_> = query(Some(raw)).collect();
            let pairs: Vec<_> = pairs.iter().map(|(key, value)| (key.as_ref(), value.as_ref())).collect();
            assert_eq!(pairs, [expected], "{raw}");
        }
        assert_eq!(query(None).count(), 0);
        assert_eq!(query(Some("a=1&&a=2&")).count(), 2);
    }
}
