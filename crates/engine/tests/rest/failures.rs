//! Gateway responses: built in, customised, and the bytes of each.

use bytes::Bytes;
use stagedoor_base::Cause;
use stagedoor_engine::{UpstreamFailure, UpstreamReply};
use stagedoor_model::{GatewayResponse, GatewayResponseType as Kind, HttpMethod, Map};

use crate::support::{Gateway, Outcome, api, call, http_proxy, mock, put};

fn customise(
    kind: Kind,
    status: Option<u16>,
    headers: &[(&str, &str)],
    templates: &[(&str, &str)],
) -> GatewayResponse {
    let map = |pairs: &[(&str, &str)]| -> Map<String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    GatewayResponse { response_type: kind, status, parameters: map(headers), templates: map(templates) }
}

fn gateway(customised: Vec<GatewayResponse>) -> Gateway {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, http_proxy("http://backend/x"));
    put(&mut tree, "/mock", HttpMethod::Get, mock("{}", ""));
    tree.gateway_responses =
        customised.into_iter().map(|response| (response.response_type, response)).collect();
    Gateway::of(tree)
}

fn failing(failure: UpstreamFailure) -> Outcome {
    let mut gateway = gateway(Vec::new());
    gateway.upstream = std::sync::Arc::new(move |_| Err(failure.clone()));
    gateway.get("/dev/x")
}

#[test]
fn built_in_bodies_are_exact() {
    let internal = r#"{"message": "Internal server error"}"#;
    let network = r#"{"message": "Network error communicating with endpoint"}"#;
    assert_eq!((internal.len(), network.len()), (36, 56));
    let text = || "detail".to_owned();
    for (failure, status, kind, body) in [
        (UpstreamFailure::Connect(text()), 504, "INTEGRATION_FAILURE", network),
        (UpstreamFailure::Broken(text()), 504, "INTEGRATION_FAILURE", network),
        (
            UpstreamFailure::Timeout,
            504,
            "INTEGRATION_TIMEOUT",
            r#"{"message": "Endpoint request timed out"}"#,
        ),
        (UpstreamFailure::TooLarge, 500, "INTEGRATION_FAILURE", internal),
        (
            UpstreamFailure::CertificateHost { host: text(), detail: text() },
            500,
            "API_CONFIGURATION_ERROR",
            internal,
        ),
        (UpstreamFailure::RefusedAddress(text()), 500, "API_CONFIGURATION_ERROR", internal),
        (UpstreamFailure::BuffersFull, 503, "DEFAULT_5XX", r#"{"message":"Service Unavailable"}"#),
    ] {
        let outcome = failing(failure.clone());
        assert_eq!((outcome.status(), outcome.body()), (status, body), "{failure:?}");
        assert!(outcome.log[0].starts_with(&format!("{status} {kind} ")), "{:?}", outcome.log);
        assert_eq!(outcome.header("content-type"), Some("application/json"));
        assert!(!outcome.body().contains("detail"));
    }
}

#[test]
fn limits_answer_before_anything_else() {
    for (cause, status, content_type, body) in [
        (Cause::RequestTooLarge, 413, "text/plain", "HTTP content length exceeded 10485760 bytes."),
        (Cause::UriTooLong, 414, "application/json", r#"{"message":"Request URI too long"}"#),
    ] {
        let mut inbound = call("GET", "/dev/mock", &[], b"");
        inbound.body = Err(cause);
        let outcome = gateway(Vec::new()).send(inbound);
        assert_eq!((outcome.status(), outcome.body()), (status, body));
        assert_eq!(outcome.header("content-type"), Some(content_type));
    }
}

#[test]
fn a_default_customises_what_has_nothing_of_its_own() {
    let cors = ("gatewayresponse.header.Access-Control-Allow-Origin", "'*'");
    let gateway = gateway(vec![
        customise(Kind::Default4xx, Some(401), &[cors], &[]),
        customise(Kind::ApiConfigurationError, None, &[], &[("text/plain", "$context.error.responseType!")]),
    ]);
    let missing = gateway.get("/dev/nope");
    assert_eq!((missing.status(), missing.body()), (401, r#"{"message":"Missing Authentication Token"}"#));
    assert_eq!(missing.header("access-control-allow-origin"), Some("*"));
    let broken = gateway.get("/dev/mock");
    assert_eq!((broken.status(), broken.body()), (500, "API_CONFIGURATION_ERROR!"));
    assert_eq!(broken.header("content-type"), Some("text/plain"));
    assert_eq!(broken.header("access-control-allow-origin"), None);
}

#[test]
fn templates_and_headers_substitute() {
    let template = r#"{"m":$context.error.messageString,"p":"$context.path","q":"$method.request.querystring.q","v":"$stageVariables.v","n":"$context.nope"}"#;
    let headers = [
        ("gatewayresponse.header.X-Query", "method.request.querystring.q"),
        ("gatewayresponse.header.X-Header", "method.request.header.X-In"),
        ("gatewayresponse.header.X-Message", "context.error.message"),
        ("gatewayresponse.header.X-None", "method.request.path.none"),
    ];
    let gateway = gateway(vec![customise(
        Kind::MissingAuthenticationToken,
        Some(404),
        &headers,
        &[("application/json", template), ("text/html", "<p>$context.error.message</p>")],
    )]);
    let outcome = gateway.send(call("GET", "/dev/no?q=a%20b", &[("x-in", "1"), ("x-in", "2")], b""));
    let body = r#"{"m":"Missing Authentication Token","p":"/dev/no","q":"a b","v":"","n":""}"#;
    assert_eq!((outcome.status(), outcome.body()), (404, body));
    for (name, value) in [
        ("x-query", Some("a b")),
        ("x-header", Some("2")),
        ("x-message", Some("Missing Authentication Token")),
        ("x-none", None),
    ] {
        assert_eq!(outcome.header(name), value, "{name}");
    }
    let html = gateway.send(call("GET", "/dev/no", &[("accept", "text/html;q=0.9, */*")], b""));
    assert_eq!(
        (html.body(), html.header("content-type")),
        ("<p>Missing Authentication Token</p>", Some("text/html"))
    );
}

#[test]
fn a_customised_integration_failure_keeps_the_status_of_its_cause() {
    let mut gateway = gateway(vec![customise(
        Kind::IntegrationFailure,
        None,
        &[],
        &[("application/json", r#"{"own":$context.error.messageString}"#)],
    )]);
    gateway.upstream = std::sync::Arc::new(|_| Err(UpstreamFailure::TooLarge));
    let outcome = gateway.get("/dev/x");
    // The quoted message of a late failure begins with a blank on AWS.
    assert_eq!((outcome.status(), outcome.body()), (500, r#"{"own": "Internal server error"}"#));
}

#[test]
fn a_clients_request_id_is_kept_when_it_is_a_uuid() {
    let own = "c0ffee00-1111-2222-3333-444455556666";
    let gateway = gateway(Vec::new());
    let kept = gateway.send(call("GET", "/dev/mock", &[("x-amzn-requestid", own)], b""));
    assert_eq!(kept.header("x-amzn-requestid"), Some(own));
    let replaced = gateway.send(call("GET", "/dev/mock", &[("x-amzn-requestid", "mine")], b""));
    assert_ne!(replaced.header("x-amzn-requestid"), Some("mine"));
}

#[test]
fn abandoned_and_panicking_calls_are_recorded_too() {
    let gateway = gateway(Vec::new());
    assert_eq!(gateway.abandon(call("GET", "/dev/x", &[], b"")), ["- - -"]);
    let mut panicking = gateway;
    panicking.upstream = std::sync::Arc::new(|_| panic!("a bug in a port"));
    assert_eq!(panicking.survive(call("GET", "/dev/x", &[], b"")), ["- - -"]);
}

#[test]
fn replies_are_compressed_for_clients_that_ask() {
    let text = "x".repeat(100_000);
    let mut tree = api();
    tree.api.minimum_compression_size = Some(50);
    put(&mut tree, "/x", HttpMethod::Get, http_proxy("http://backend/x"));
    let mut gateway = Gateway::of(tree);
    for (accepted, body, coding) in [
        (Some("gzip"), text.clone(), Some("gzip")),
        (Some("deflate"), text.clone(), Some("deflate")),
        (Some("*"), text.clone(), None),
        (None, text.clone(), None),
        (Some("gzip"), "short".to_owned(), None),
    ] {
        let full = Bytes::from(body);
        let copy = full.clone();
        gateway.upstream = std::sync::Arc::new(move |_| {
            Ok(UpstreamReply {
                status: 200,
                headers: stagedoor_engine::HeaderList::default(),
                body: copy.clone(),
            })
        });
        let headers: Vec<_> = accepted.iter().map(|value| ("accept-encoding", *value)).collect();
        let outcome = gateway.send(call("GET", "/dev/x", &headers, b""));
        assert_eq!(outcome.header("content-encoding"), coding, "{accepted:?}");
        assert_eq!(crate::support::inflate(&outcome.reply), full);
    }
}
