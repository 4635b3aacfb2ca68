//! HTTP and HTTP_PROXY: what the backend sees and what comes back.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use stagedoor_engine::{HeaderList, UpstreamReply};
use stagedoor_model::{HttpMethod, Integration, IntegrationType, Map};
use stagedoor_program::StageView;

use crate::support::{Gateway, api, call, http_proxy, integration, put, response};

fn reply(status: u16, headers: &[(&str, &str)], body: &'static str) -> UpstreamReply {
    let header = |(name, value): &(&str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
    };
    UpstreamReply {
        status,
        headers: headers.iter().map(header).collect(),
        body: Bytes::from_static(body.as_bytes()),
    }
}

fn mappings(pairs: &[(&str, &str)]) -> Map<String> {
    pairs
        .iter()
        .map(|(target, source)| (format!("integration.request.{target}"), (*source).to_owned()))
        .collect()
}

fn gateway(path: &str, integration: Integration, answer: UpstreamReply) -> Gateway {
    let mut tree = api();
    put(&mut tree, path, HttpMethod::Any, integration);
    let mut stage = StageView::bare("dev".into());
    stage.variables.insert("v".to_owned(), "staged".into());
    let mut gateway = Gateway::with_stage(tree, stage);
    gateway.upstream = std::sync::Arc::new(move |_| Ok(answer.clone()));
    gateway
}

fn map(headers: &HeaderList) -> HeaderMap {
    headers.clone().into()
}

fn names(headers: &HeaderMap) -> Vec<&str> {
    let mut names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_proxy_passes_the_clients_request() {
    let mut proxy = http_proxy("http://backend:81/base/{proxy}?own=1");
    proxy.request_parameters = mappings(&[
        ("path.proxy", "method.request.path.proxy"),
        ("header.X-Mapped", "method.request.header.X-In"),
        ("header.X-In", "'replaced'"),
        ("querystring.added", "stageVariables.v"),
        ("querystring.all", "method.request.multivaluequerystring.q"),
        ("header.X-None", "method.request.header.nope"),
        ("header.Via", "'dropped'"),
        ("header.Host", "'other'"),
    ]);
    let gateway = gateway("/{proxy+}", proxy, reply(200, &[], ""));
    let headers = [
        ("x-in", "a"),
        ("x-in", "b"),
        ("connection", "keep-alive"),
        ("te", "trailers"),
        ("via", "1.1 x"),
        ("content-type", "text/plain"),
        ("content-encoding", "identity"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-forwarded-proto", "gopher"),
        ("x-amzn-trace-id", "Root=1-a-b;Parent=c;Sampled=1"),
    ];
    let outcome = gateway.send(call("PUT", "/dev/a%2Fb//c?q=1&q=2+3", &headers, b"body"));
    let sent = &outcome.sent[0];
    assert_eq!(sent.authority, "backend:81");
    assert_eq!(sent.path_and_query, "/base/a%2Fb//c?own=1&q=1&q=2%203&added=staged&all=1&all=2%203");
    assert_eq!((sent.method.as_str(), &*sent.body), ("PUT", &b"body"[..]));
    let headers = map(&sent.headers);
    for (name, value) in [
        ("x-mapped", "b"),
        ("x-in", "replaced"),
        ("host", "other"),
        ("accept", "application/json"),
        ("user-agent", "AmazonAPIGateway_abcdefghij"),
        ("x-amzn-apigateway-api-id", "abcdefghij"),
        ("x-forwarded-for", "10.0.0.1, 192.0.2.7"),
        ("x-forwarded-port", "4566"),
        ("x-forwarded-proto", "http"),
        ("x-amzn-trace-id", "Root=1-a-b;Parent=c;Sampled=1"),
        ("content-type", "text/plain"),
        ("content-encoding", "identity"),
    ] {
        let values: Vec<_> = headers.get_all(name).iter().collect();
        assert_eq!(values, [value], "{name}");
    }
    for name in ["connection", "te", "via", "x-none", "content-length", "transfer-encoding"] {
        assert!(!headers.contains_key(name), "{name}");
    }
}

#[test]
fn a_proxy_passes_the_backends_reply() {
    let answer = reply(
        418,
        &[
            ("date", "d"),
            ("server", "s"),
            ("via", "v"),
            ("x-own", "1"),
            ("x-own", "2"),
            ("content-type", "text/html"),
        ],
        "<p>",
    );
    let gateway = gateway("/x", http_proxy("http://backend/x"), answer);
    let outcome = gateway.get("/dev/x");
    assert_eq!((outcome.status(), outcome.body()), (418, "<p>"));
    let expected = [
        "content-type",
        "x-amz-apigw-id",
        "x-amzn-remapped-date",
        "x-amzn-remapped-server",
        "x-amzn-requestid",
        "x-own",
    ];
    assert_eq!(names(&outcome.reply.headers), expected);
    assert_eq!(outcome.header("content-type"), Some("text/html"));
    assert_eq!(outcome.reply.headers.get_all("x-own").iter().count(), 2);
}

fn http_integration() -> Integration {
    let mut http = integration(IntegrationType::Http);
    http.http_method = Some("POST".to_owned());
    http.uri = Some("http://backend/x".to_owned());
    http.responses.insert(200, response(200, None));
    http
}

#[test]
fn http_sends_only_what_is_mapped() {
    let mut http = http_integration();
    http.request_parameters = mappings(&[("header.X-Id", "method.request.body.a[0]")]);
    let gateway = gateway("/x", http, reply(404, &[("x-own", "1"), ("content-type", "text/html")], "gone"));
    let outcome = gateway.send(call("POST", "/dev/x?q=1", &[("x-in", "a")], br#"{"a":[7]}"#));
    let sent = &outcome.sent[0];
    let expected = [
        "accept",
        "content-type",
        "host",
        "user-agent",
        "x-amzn-apigateway-api-id",
        "x-amzn-trace-id",
        "x-id",
    ];
    let headers = map(&sent.headers);
    assert_eq!(names(&headers), expected);
    assert_eq!(headers["x-id"], "7");
    assert_eq!(sent.path_and_query, "/x");
    assert_eq!(sent.body, r#"{"a":[7]}"#);
    // A default 200 hides the backend's 404; only the body passes, and its content type does not.
    assert_eq!((outcome.status(), outcome.body()), (200, "gone"));
    assert_eq!(outcome.header("content-type"), Some("application/json"));
    assert!(outcome.header("x-amzn-trace-id").unwrap().starts_with("Root=1-"));
}

#[test]
fn http_maps_responses_by_status() {
    let mut http = http_integration();
    let mut failed = response(500, Some("5\\d{2}"));
    failed.parameters = Some(
        [
            ("method.response.header.X-Code", "integration.response.body.error.code"),
            ("method.response.header.X-Multi", "integration.response.multivalueheader.x-own"),
            ("method.response.header.X-Last", "integration.response.header.x-own"),
            ("method.response.header.Content-Type", "'text/x'"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into_iter()
        .collect(),
    );
    failed.templates =
        Some([("application/json".to_owned(), Some("static".to_owned()))].into_iter().collect());
    http.responses.insert(500, failed);
    let headers = [("x-own", "1"), ("x-own", "2")];
    let outcome =
        gateway("/x", http.clone(), reply(503, &headers, r#"{"error":{"code":"E1"}}"#)).get("/dev/x");
    assert_eq!((outcome.status(), outcome.body()), (500, "static"));
    for (name, value) in [("x-code", "E1"), ("x-multi", "1,2"), ("x-last", "2"), ("content-type", "text/x")] {
        assert_eq!(outcome.header(name), Some(value), "{name}");
    }
    let malformed = gateway("/x", http, reply(503, &[], "{bad")).get("/dev/x");
    assert_eq!(malformed.status(), 500);
    assert!(malformed.log[0].contains("Invalid JSON in response: "), "{:?}", malformed.log);
}

#[test]
fn broken_requests_never_leave() {
    let forbidden = |name: &str| {
        let mut proxy = http_proxy("http://backend/x");
        proxy.request_parameters = mappings(&[(&format!("header.{name}"), "'1'")]);
        proxy
    };
    for (integration, status, reason) in [
        (forbidden("Content-Length"), 500, "Content-Length header already present"),
        (forbidden("X-Amzn-Trace-Id"), 500, "X-Amzn-Trace-Id header already present"),
        (http_proxy("https://${stageVariables.unset}/x"), 500, "Invalid endpoint address"),
        (http_proxy("no url"), 500, "Invalid endpoint address"),
    ] {
        let outcome = gateway("/x", integration, reply(200, &[], "")).get("/dev/x");
        assert_eq!(outcome.status(), status, "{reason}");
        assert!(outcome.sent.is_empty());
        assert!(outcome.log[0].contains(reason), "{:?}", outcome.log);
        assert_eq!(outcome.header("x-amzn-trace-id"), None);
    }
    let mut proxy = http_proxy("http://backend/x");
    proxy.request_parameters = mappings(&[("header.X", "method.request.body.a")]);
    let outcome = gateway("/x", proxy, reply(200, &[], "")).send(call("POST", "/dev/x", &[], b"{bad"));
    assert_eq!((outcome.status(), outcome.body()), (400, r#"{"message": "Invalid JSON in request body"}"#));
    assert_eq!(outcome.header("x-amzn-errortype"), Some("BadRequestException"));
}

#[test]
fn bytes_pass_and_other_text_is_repaired() {
    let mut tree = api();
    tree.api.binary_media_types = vec!["image/*".to_owned()];
    put(&mut tree, "/x", HttpMethod::Post, http_proxy("http://backend/x"));
    let mut gateway = Gateway::of(tree);
    let raw = b"\xff\x00a";
    for (content_type, expected) in [("image/png", &raw[..]), ("text/plain", "\u{fffd}\0a".as_bytes())] {
        let outcome = gateway.send(call("POST", "/dev/x", &[("content-type", content_type)], raw));
        assert_eq!(outcome.sent[0].body, expected, "{content_type}");
    }
    gateway.upstream = std::sync::Arc::new(|_| Ok(reply(200, &[("content-type", "image/png")], "bytes")));
    let raw = gateway.send(call("POST", "/dev/x", &[("accept", "image/png, */*")], b""));
    assert_eq!(raw.body(), "bytes");
    let text = gateway.send(call("POST", "/dev/x", &[("accept", "text/html")], b""));
    assert_eq!(text.body(), "Ynl0ZXM=");
}
