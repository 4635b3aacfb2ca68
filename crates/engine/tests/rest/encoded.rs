//! Bodies with a `Content-Encoding`: decoded together with the header, or left alone together with it.

use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use stagedoor_engine::{InvokeReply, UpstreamReply};
use stagedoor_model::{HttpMethod, IntegrationType};

use crate::support::{Gateway, Outcome, api, call, http_proxy, integration, lambda, mock, put, response};

const PAYLOAD: usize = 10_485_760;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// What decodes to more than the payload limit.
fn too_large() -> Vec<u8> {
    [gzip(&vec![b'a'; PAYLOAD / 10]).repeat(10), gzip(b"a")].concat()
}

fn deflate(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// `/proxy`, `/http` with mappings of the body and of the coding, `/function` and `/mock`; image/png is binary.
fn gateway() -> Gateway {
    let mut tree = api();
    tree.api.binary_media_types = vec!["image/png".to_owned()];
    put(&mut tree, "/proxy", HttpMethod::Post, http_proxy("http://backend/x"));
    let mut http = integration(IntegrationType::Http);
    http.http_method = Some("POST".to_owned());
    http.uri = Some("http://backend/x".to_owned());
    for (target, source) in
        [("X-Id", "method.request.body.id"), ("X-Coding", "method.request.header.Content-Encoding")]
    {
        http.request_parameters.insert(format!("integration.request.header.{target}"), source.to_owned());
    }
    let mut ok = response(200, None);
    let parameters = [
        ("method.response.header.X-Id", "integration.response.body.id"),
        ("method.response.header.Content-Encoding", "integration.response.header.Content-Encoding"),
    ];
    ok.parameters = Some(parameters.map(|(to, from)| (to.to_owned(), from.to_owned())).into_iter().collect());
    http.responses.insert(200, ok);
    put(&mut tree, "/http", HttpMethod::Post, http.clone());
    http.responses.insert(200, response(200, None));
    put(&mut tree, "/unmapped", HttpMethod::Post, http);
    put(&mut tree, "/function", HttpMethod::Post, lambda("f"));
    put(&mut tree, "/mock", HttpMethod::Post, mock(r#"{"statusCode": 200}"#, ""));
    let mut gateway = Gateway::of(tree);
    gateway.grant("f", None);
    gateway.invoke =
        Arc::new(|_| Ok(InvokeReply { payload: Bytes::from_static(b"{}"), function_error: false }));
    gateway.upstream = Arc::new(|_| Ok(answer(&[], b"")));
    gateway
}

fn answer(headers: &[(HeaderName, &'static str)], body: &[u8]) -> UpstreamReply {
    let headers =
        headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
    UpstreamReply { status: 200, headers, body: Bytes::copy_from_slice(body) }
}

fn send(path: &str, media: &str, coding: &str, body: &[u8]) -> Outcome {
    let headers = [("content-type", media), ("content-encoding", coding)];
    gateway().send(call("POST", &format!("/dev{path}"), &headers, body))
}

#[test]
fn backends_and_functions_get_decoded_requests() {
    let text = br#"{"id":7}"#;
    for (coding, body) in [("gzip", gzip(text)), ("GZip", gzip(text)), ("deflate", deflate(text))] {
        for media in ["text/plain", "image/png"] {
            for path in ["/proxy", "/http"] {
                let outcome = send(path, media, coding, &body);
                let sent = &outcome.sent[0];
                assert_eq!(sent.body, &text[..], "{path} {coding}");
                assert!(!sent.headers.contains(&CONTENT_ENCODING) && !sent.headers.contains("x-coding"));
            }
        }
        let http = send("/http", "text/plain", coding, &body);
        assert_eq!(http.sent[0].headers.get("x-id"), Some(&HeaderValue::from_static("7")));
        let event = send("/function", "text/plain", coding, &body).invoked.remove(0).payload;
        let event = String::from_utf8_lossy(&event).into_owned();
        assert!(event.contains(r#""body":"{\"id\":7}","isBase64Encoded":false"#), "{event}");
        assert!(!event.to_lowercase().contains("content-encoding"), "{event}");
    }
    let event = send("/function", "image/png", "gzip", &gzip(b"\xff")).invoked.remove(0).payload;
    assert!(String::from_utf8_lossy(&event).contains(r#""body":"/w==","isBase64Encoded":true"#));
}

#[test]
fn identity_and_empty_requests_pass() {
    for (coding, body) in [("identity", "text"), ("gzip", ""), ("br", "")] {
        let outcome = send("/proxy", "text/plain", coding, body.as_bytes());
        assert_eq!(outcome.sent[0].body, body);
        assert_eq!(outcome.sent[0].headers.get(&CONTENT_ENCODING).unwrap(), coding);
    }
}

#[test]
fn requests_that_cannot_be_decoded_are_refused() {
    let whole = gzip(b"text");
    for (coding, body, status, text) in [
        ("br", &b"x"[..], 415, r#"{"message": "Unsupported Media Type"}"#),
        ("gzip, gzip", &whole, 415, r#"{"message": "Unsupported Media Type"}"#),
        ("gzip", b"text", 400, r#"{"message": "Invalid request body"}"#),
        ("deflate", &whole, 400, r#"{"message": "Invalid request body"}"#),
        ("gzip", &whole[..9], 400, r#"{"message": "Invalid request body"}"#),
    ] {
        for path in ["/proxy", "/http", "/function", "/mock"] {
            let outcome = send(path, "text/plain", coding, body);
            assert_eq!((outcome.status(), outcome.body()), (status, text), "{path} {coding}");
            assert!(outcome.sent.is_empty() && outcome.invoked.is_empty());
        }
    }
    let outcome = send("/proxy", "text/plain", "gzip", &too_large());
    assert_eq!((outcome.status(), outcome.body()), (413, "HTTP content length exceeded 10485760 bytes."));
}

/// The reply of a backend as it reaches a client that accepts `accept`: status, coding, body.
fn reply(
    path: &str,
    media: &'static str,
    coding: &'static str,
    body: &[u8],
    accept: &str,
) -> (u16, Option<String>, Bytes) {
    let mut gateway = gateway();
    let answer = answer(&[(CONTENT_TYPE, media), (CONTENT_ENCODING, coding)], body);
    gateway.upstream = Arc::new(move |_| Ok(answer.clone()));
    let outcome = gateway.send(call("POST", &format!("/dev{path}"), &[("accept", accept)], b""));
    let coding = outcome.header("content-encoding").map(str::to_owned);
    (outcome.status(), coding, outcome.reply.body)
}

#[test]
fn replies_lose_their_coding_with_its_header() {
    let (text, png) = ("text/plain", "image/png");
    for path in ["/proxy", "/http", "/unmapped"] {
        for (coding, encoded) in [("gzip", gzip(b"aGk=")), ("deflate", deflate(b"aGk="))] {
            assert_eq!(reply(path, text, coding, &encoded, text), (200, None, "aGk=".into()), "{path}");
            // The table of conversions holds for what was decoded.
            assert_eq!(reply(path, text, coding, &encoded, png), (200, None, "hi".into()), "{path}");
            assert_eq!(reply(path, png, coding, &encoded, text), (200, None, "YUdrPQ==".into()), "{path}");
        }
        assert_eq!(reply(path, text, "gzip", b"", text), (200, None, Bytes::new()), "{path}");
    }
    assert_eq!(reply("/proxy", text, "identity", b"plain", text), (200, None, "plain".into()));
}

#[test]
fn bytes_and_unknown_codings_pass_with_their_header() {
    let (text, png, bytes) = ("text/plain", "image/png", Bytes::from_static(b"\xff\x00{"));
    for path in ["/proxy", "/unmapped"] {
        for (media, accept) in [(text, text), (text, png), (png, text), (png, png)] {
            for coding in ["br", "zstd", "gzip, br"] {
                let expected = (200, Some(coding.to_owned()), bytes.clone());
                assert_eq!(reply(path, media, coding, &bytes, accept), expected, "{path} {media} {accept}");
            }
        }
        let whole = Bytes::from(gzip(b"picture"));
        assert_eq!(reply(path, png, "gzip", &whole, png), (200, Some("gzip".to_owned()), whole), "{path}");
    }
    assert_eq!(reply("/http", text, "br", b"\xff", text).1.as_deref(), Some("br"));
}

#[test]
fn replies_that_cannot_be_decoded_are_failures() {
    let expected = (500, None, Bytes::from(r#"{"message": "Internal server error"}"#));
    for path in ["/proxy", "/http"] {
        assert_eq!(reply(path, "text/plain", "gzip", b"plain", "text/plain"), expected, "{path}");
    }
    assert_eq!(reply("/proxy", "text/plain", "gzip", &too_large(), "text/plain"), expected);
}

#[test]
fn mappings_read_the_decoded_reply() {
    let mut gateway = gateway();
    gateway.upstream = Arc::new(|_| Ok(answer(&[(CONTENT_ENCODING, "gzip")], &gzip(br#"{"id":"E1"}"#))));
    let outcome = gateway.send(call("POST", "/dev/http", &[], b""));
    assert_eq!((outcome.header("x-id"), outcome.body()), (Some("E1"), r#"{"id":"E1"}"#));
}
