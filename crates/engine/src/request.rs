//! The arrived request as mappings, backends and events may see it.

use std::borrow::Cow;
use std::collections::HashMap;

use http::HeaderName;
use percent_encoding::percent_decode_str;
use stagedoor_program::{Head, Record};

use crate::ids;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
pub(crate) const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
pub(crate) const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
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
    if record.head.headers.contains(&TRACE_ID) {
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
    let value = record.head.headers.get_all(name).next_back().filter(|_| visible(name))?;
    Some(String::from_utf8_lossy(value.as_bytes()))
}

/// All values of a header, joined as mappings see them.
pub(crate) fn header_values<'r>(record: &'r Record, name: &HeaderName) -> Option<Cow<'r, str>> {
    let mut lines = header_lines(record, name);
    if lines.len() > 1 { Some(lines.join(",").into()) } else { lines.pop() }
}

/// The value of each of a header's lines.
pub(crate) fn header_lines<'r>(record: &'r Record, name: &HeaderName) -> Vec<Cow<'r, str>> {
    let lines = || record.head.headers.get_all(name);
    if added(name) || lines().nth(1).is_none() {
        return header(record, name).into_iter().collect();
    }
    let lines = lines().filter(|_| visible(name));
    lines.map(|value| String::from_utf8_lossy(value.as_bytes())).collect()
}

/// All headers that may be read behind the gateway, as the client spelled them. AWS lists them alphabetically, whatever
/// their case.
pub(crate) fn spelled_headers(record: &Record) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let spelling = Spelling::read(record.head.spelling.as_deref());
    let sent = record.head.headers.iter().filter(|(name, _)| visible(name) && !added(name));
    let mut all: Vec<(Cow<'_, str>, Cow<'_, str>)> = sent
        .map(|(name, value)| (spelling.of(name.as_str()), String::from_utf8_lossy(value.as_bytes())))
        .collect();
    all.extend(added_headers(record).map(|(name, value)| (name.into(), value)));
    all.sort_by_cached_key(|(name, _)| name.to_ascii_lowercase());
    all
}

/// The last value of the header that the client spelled exactly so.
pub(crate) fn spelled_header<'r>(record: &'r Record, name: &str) -> Option<Cow<'r, str>> {
    let header = HeaderName::from_bytes(name.as_bytes()).ok()?;
    if added(&header) {
        return added_headers(record).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    }
    let value = self::header(record, &header)?;
    is_spelled(record.head.spelling.as_deref(), name).then_some(value)
}

fn is_spelled(head: Option<&[u8]>, name: &str) -> bool {
    let Some(head) = head else { return Spelling::of_http2(&name.to_ascii_lowercase()) == name };
    head.split(|byte| *byte == b'\n')
        .skip(1)
        .any(|line| line.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&b':')))
}

/// How the client spelled its header names.
struct Spelling<'h> {
    names: HashMap<String, &'h str>,
}

impl<'h> Spelling<'h> {
    fn read(head: Option<&'h [u8]>) -> Self {
        let text = head.and_then(|head| std::str::from_utf8(head).ok()).unwrap_or("");
        let names = text.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
        Self { names: names.map(|(name, _)| (name.to_ascii_lowercase(), name)).collect() }
    }

    fn of(&self, name: &'h str) -> Cow<'h, str> {
        self.names.get(name).map_or_else(|| Self::of_http2(name), |spelled| *spelled).into()
    }

    /// HTTP/2 has lower case only; AWS writes some names with capitals.
    fn of_http2(name: &str) -> &str {
        match name {
            "authorization" => "Authorization",
            "host" => "Host",
            "user-agent" => "User-Agent",
            name => name,
        }
    }
}

/// The query's parameters, decoded, in the order of the client. AWS's notes: a bare semicolon splits the data.
pub(crate) fn query(raw: Option<&str>) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    raw.unwrap_or("").split(['&', ';']).filter(|pair| !pair.is_empty()).map(|pair| {
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
    use super::{is_spelled, query};

    #[test]
    fn spelling_counts() {
        let head = b"GET / HTTP/1.1\r\nHost: h\r\nX-Own: 1\r\n\r\n";
        for (head, name, expected) in [
            (Some(&head[..]), "X-Own", true),
            (Some(head), "x-own", false),
            (Some(head), "X-Ow", false),
            (None, "x-own", true),
            (None, "X-Own", false),
            (None, "Authorization", true),
            (None, "authorization", false),
        ] {
            assert_eq!(is_spelled(head, name), expected, "{head:?} {name}");
        }
    }

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
        assert_eq!(
            query(Some("a=1;b=%3B")).map(|(_, value)| value.into_owned()).collect::<Vec<_>>(),
            ["1", ";"]
        );
    }
}
