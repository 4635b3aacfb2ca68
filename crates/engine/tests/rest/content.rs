//! Text and bytes through custom integrations: binaryMediaTypes and contentHandling, with and without templates.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use stagedoor_engine::UpstreamReply;
use stagedoor_model::ContentHandling::{self, ConvertToBinary as ToBinary, ConvertToText as ToText};
use stagedoor_model::{HttpMethod, Integration, IntegrationType, Templates};

use crate::support::{Gateway, api, call, http_proxy, integration, mock, put, response};

const PNG: &str = "image/png";
const TEXT: &str = "text/plain";
const RAW: &[u8] = b"\xff\x00a";

fn http() -> Integration {
    let mut http = integration(IntegrationType::Http);
    http.http_method = Some("POST".to_owned());
    http.uri = Some("http://backend/x".to_owned());
    http.responses.insert(200, response(200, None));
    http
}

fn templates(media: &str, text: &str) -> Templates {
    [(media.to_owned(), Some(text.to_owned()))].into_iter().collect()
}

fn gateway(types: &[&str], integration: Integration) -> Gateway {
    let mut tree = api();
    tree.api.binary_media_types = types.iter().map(|text| (*text).to_owned()).collect();
    put(&mut tree, "/x", HttpMethod::Any, integration);
    let mut gateway = Gateway::of(tree);
    gateway.upstream = Arc::new(|_| Ok(answer(TEXT, b"")));
    gateway
}

fn answer(media: &'static str, body: &[u8]) -> UpstreamReply {
    let headers = [(CONTENT_TYPE, HeaderValue::from_static(media))].into_iter().collect();
    UpstreamReply { status: 200, headers, body: Bytes::copy_from_slice(body) }
}

type RequestRow = (&'static str, Option<ContentHandling>, &'static [u8], Option<&'static [u8]>);

#[test]
fn requests_are_converted() {
    let repaired: &[u8] = "\u{fffd}\0a".as_bytes();
    let rows: [RequestRow; 8] = [
        (TEXT, None, RAW, Some(repaired)),
        (TEXT, Some(ToText), RAW, Some(repaired)),
        (TEXT, Some(ToBinary), b"/wBh", Some(RAW)),
        (TEXT, Some(ToBinary), b"no base64!", None),
        (PNG, None, RAW, Some(RAW)),
        (PNG, Some(ToBinary), RAW, Some(RAW)),
        (PNG, Some(ToText), RAW, Some(b"/wBh")),
        (PNG, Some(ToText), b"", Some(b"")),
    ];
    for (media, handling, body, expected) in rows {
        for mut integration in [http(), http_proxy("http://backend/x")] {
            integration.content_handling = handling;
            let gateway = gateway(&[PNG], integration);
            let outcome = gateway.send(call("POST", "/dev/x", &[("content-type", media)], body));
            let sent = outcome.sent.first().map(|sent| &sent.body[..]);
            assert_eq!(sent, expected, "{media} {handling:?} {body:?}");
            if expected.is_none() {
                assert_eq!(outcome.status(), 500);
                assert!(outcome.log[0].contains("Unable to base64 decode the body."), "{:?}", outcome.log);
            }
        }
    }
}

#[test]
fn templates_read_text_only() {
    let rows: [RequestRow; 5] = [
        (TEXT, None, b"a", Some(b"<a>")),
        (PNG, None, RAW, None),
        (PNG, Some(ToText), RAW, Some(b"</wBh>")),
        (TEXT, Some(ToBinary), b"/wBh", None),
        (PNG, Some(ToBinary), RAW, None),
    ];
    for (media, handling, body, expected) in rows {
        let mut http = http();
        http.content_handling = handling;
        http.request_templates = templates(media, "<$input.body>");
        let outcome = gateway(&[PNG], http).send(call("POST", "/dev/x", &[("content-type", media)], body));
        let sent = outcome.sent.first().map(|sent| &sent.body[..]);
        assert_eq!(sent, expected, "{media} {handling:?}");
        if expected.is_none() {
            assert!(outcome.log[0].contains("Unable to transform request: "), "{:?}", outcome.log);
        }
    }
}

/// The well-known trap: with `*/*` a preflight's missing body is binary, and needs `CONVERT_TO_TEXT` to be templated.
#[test]
fn everything_binary_includes_what_has_no_type() {
    for (request, reply, expected) in [
        (None, None, 500),
        (Some(ToText), None, 500),
        (None, Some(ToText), 500),
        (Some(ToText), Some(ToText), 200),
    ] {
        let mut preflight = mock("{\"statusCode\": 200}", "$context.httpMethod");
        preflight.content_handling = request;
        if let Some(response) = preflight.responses.get_mut(&200) {
            response.content_handling = reply;
        }
        let outcome = gateway(&["*/*"], preflight).send(call("OPTIONS", "/dev/x", &[("accept", "*/*")], b""));
        assert_eq!(outcome.status(), expected, "{request:?} {reply:?} {:?}", outcome.log);
    }
}

type ReplyRow = (&'static str, &'static str, Option<ContentHandling>, &'static [u8], Option<&'static [u8]>);

#[test]
fn replies_are_converted() {
    let rows: [ReplyRow; 11] = [
        (TEXT, TEXT, None, b"a", Some(b"a")),
        (TEXT, PNG, None, b"/wBh", Some(RAW)),
        (TEXT, PNG, None, b"no base64!", None),
        (TEXT, TEXT, Some(ToBinary), b"/wBh", Some(RAW)),
        (TEXT, TEXT, Some(ToBinary), b"no base64!", None),
        (TEXT, PNG, Some(ToText), b"a", Some(b"a")),
        (PNG, PNG, None, RAW, Some(RAW)),
        (PNG, TEXT, None, RAW, Some(b"/wBh")),
        (PNG, TEXT, Some(ToBinary), RAW, Some(RAW)),
        (PNG, PNG, Some(ToText), RAW, Some(b"/wBh")),
        (PNG, TEXT, Some(ToText), RAW, Some(b"/wBh")),
    ];
    for (media, accept, handling, body, expected) in rows {
        let outcome = reply(media, accept, handling, body, None);
        let got = (outcome.status() == 200).then_some(&outcome.reply.body[..]);
        assert_eq!(got, expected, "{media} {accept} {handling:?} {:?}", outcome.log);
    }
}

#[test]
fn reply_templates_read_text_and_may_write_bytes() {
    let rows: [ReplyRow; 6] = [
        (TEXT, TEXT, None, b"a", Some(b"a/wBh")),
        (PNG, PNG, None, RAW, None),
        (PNG, TEXT, None, RAW, Some(b"/wBh/wBh")),
        (PNG, PNG, Some(ToText), RAW, Some(b"/wBh/wBh")),
        (TEXT, TEXT, Some(ToBinary), b"", Some(b"\xff\x00a")),
        (TEXT, PNG, None, b"!", None),
    ];
    for (media, accept, handling, body, expected) in rows {
        let template = if body.is_empty() { "/wB#* *#h" } else { "$input.body/wB#* *#h" };
        let outcome = reply(media, accept, handling, body, Some(template));
        let got = (outcome.status() == 200).then_some(&outcome.reply.body[..]);
        assert_eq!(got, expected, "{media} {accept} {handling:?} {:?}", outcome.log);
    }
}

fn reply(
    media: &'static str,
    accept: &str,
    handling: Option<ContentHandling>,
    body: &'static [u8],
    template: Option<&str>,
) -> crate::support::Outcome {
    let mut http = http();
    if let Some(response) = http.responses.get_mut(&200) {
        response.content_handling = handling;
        response.templates = template.map(|text| templates("application/json", text));
    }
    let mut gateway = gateway(&[PNG], http);
    gateway.upstream = Arc::new(move |_| Ok(answer(media, body)));
    gateway.send(call("GET", "/dev/x", &[("accept", accept)], b""))
}
