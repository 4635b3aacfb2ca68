use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use bytes::Bytes;
use http::uri::{PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue, Method};
use stagedoor_base::Timestamp;
use stagedoor_model::GatewayResponseType;
use stagedoor_program::{ErrorFacts, Event, Head, HeaderList, Listener, Outgoing, Record, RequestId, Trace};

use super::{identity_values, test_log};

const ID: &str = "00000000-0000-0000-0000-000000000000";

fn record(headers: &[(&str, &str)], events: Vec<Event>) -> Record {
    let mut map = HeaderList::default();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        map.push(name, HeaderValue::from_str(value).unwrap());
    }
    let spelling: String = headers.iter().map(|(name, _)| format!("{name}: x\r\n")).collect();
    let head = Head {
        method: Method::POST,
        target: PathAndQuery::from_static("/pets/123?foo=bar&foo=baz&x"),
        path_start: 0,
        context_start: Some(0),
        headers: map,
        spelling: Some(format!("POST / HTTP/1.1\r\n{spelling}\r\n").into()),
        peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        listener: Listener { scheme: Scheme::HTTPS, port: 443 },
        received: Timestamp(1_700_000_000_000),
        started: Duration::ZERO,
    };
    let mut id = [0; 36];
    id.copy_from_slice(ID.as_bytes());
    let mut record = Record::open(head, None, RequestId { text: id, replaced: false }, [b'x'; 16]);
    let mut trace = Trace::default();
    for event in events {
        trace.push(Duration::from_millis(1500), event);
    }
    record.trace = Some(Box::new(trace));
    record.status = 200;
    record.latency = Duration::from_millis(2500);
    record.integration.latency = Some(Duration::from_millis(45));
    record
}

fn pair(name: &'static str, value: &'static str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_static(value))
}

/// The log without its first line, and without the times.
fn lines(record: &Record) -> Vec<String> {
    let log = test_log(record);
    let mut lines = log.lines();
    assert_eq!(lines.next(), Some(&*format!("Execution log for request {ID}")));
    assert!(log.ends_with('\n'));
    lines.map(|line| line.split_once(" : ").unwrap().1.to_owned()).collect()
}

fn failed(line: Option<&'static str>, reason: &'static str) -> ErrorFacts {
    ErrorFacts {
        response_type: GatewayResponseType::IntegrationFailure,
        message: None,
        after_start: true,
        reason: reason.into(),
        line: line.map(Into::into),
        validation: None,
    }
}

#[test]
fn an_http_call_has_these_lines() {
    let record = record(
        &[("X-Own", "1"), ("Authorization", "Bearer abcdefghijkl"), ("x-api-KEY", "0123456789abcdef")],
        vec![
            Event::Routed,
            Event::Started { body: Bytes::from_static(b"{}") },
            Event::Validated { body: Bytes::from_static(b"{}"), asked: None },
            Event::Calling(Outgoing::Http {
                method: "GET".to_owned(),
                uri: "http://backend/x".to_owned(),
                headers: vec![pair("accept", "*/*"), pair("x-amzn-apigateway-api-id", "abc")],
                body: Bytes::from_static(b"in"),
            }),
            Event::Answered {
                status: Some(201),
                headers: vec![pair("content-type", "a/b")],
                body: Bytes::from_static(b"\xff"),
            },
            Event::Mapped { status: 200, body: Bytes::from_static(b"out") },
            Event::Replied { headers: vec![pair("content-type", "a/b"), pair("x-amzn-trace-id", "Root=1")] },
        ],
    );
    let expected = [
        &format!("Starting execution for request: {ID}"),
        "HTTP Method: POST, Resource Path: /pets/123",
        "API Key: ******abcdef",
        "Method request path: {}",
        "Method request query string: {foo=baz, x=}",
        "Method request headers: {X-Own=1, Authorization=******ghijkl, x-api-KEY=******abcdef}",
        "Method request body before transformations: {}",
        "Endpoint request URI: http://backend/x",
        "Endpoint request headers: {Accept=*/*, x-amzn-apigateway-api-id=abc}",
        "Endpoint request body after transformations: in",
        "Sending request to http://backend/x",
        "Received response. Status: 201, Integration latency: 45 ms",
        "Endpoint response headers: {Content-Type=a/b}",
        "Endpoint response body before transformations: [Binary Data]",
        "Method response body after transformations: out",
        "Method response headers: {X-Amzn-Trace-Id=Root=1, Content-Type=a/b}",
        "Successfully completed execution",
        "Method completed with status: 200",
    ];
    assert_eq!(lines(&record), expected);
}

#[test]
fn lines_begin_with_their_time() {
    let log = test_log(&record(&[], vec![Event::Routed]));
    let times: Vec<_> = log.lines().skip(1).map(|line| line.split_once(" : ").unwrap().0).collect();
    assert_eq!(times.first(), Some(&"Tue Nov 14 22:13:21 UTC 2023"));
    assert_eq!(times.last(), Some(&"Tue Nov 14 22:13:22 UTC 2023"));
}

#[test]
fn a_mock_has_no_endpoint() {
    let record = record(
        &[],
        vec![
            Event::Calling(Outgoing::Mock(200)),
            Event::Mapped { status: 200, body: Bytes::from_static(b"x") },
            Event::Replied { headers: vec![pair("content-type", "application/json")] },
        ],
    );
    let expected = [
        "Method response body after transformations: x",
        "Method response headers: {Content-Type=application/json}",
        "Successfully completed execution",
        "Method completed with status: 200",
    ];
    assert_eq!(lines(&record), expected);
}

#[test]
fn failures_end_with_awss_line_and_what_we_know_beyond_it() {
    let check = |error: ErrorFacts, expected: &[&str]| {
        let mut record = record(&[], vec![Event::Replied { headers: Vec::new() }]);
        record.status = 502;
        record.integration.request_id = Some("L1".to_owned());
        record.error = Some(Box::new(error));
        let found = lines(&record);
        let (last, before) = found.split_last().unwrap();
        assert_eq!(last, "Method completed with status: 502");
        assert_eq!(before, expected);
    };
    let network = "Execution failed due to a network error communicating with endpoint";
    check(
        failed(Some(network), "Execution failed due to a network error communicating with endpoint: refused"),
        &[network, "refused"],
    );
    check(
        failed(None, "Execution failed due to a timeout error"),
        &["Execution failed due to a timeout error"],
    );
    check(
        failed(None, "Lambda execution failed with status 200 due to customer function error: no."),
        &[
            "Lambda execution failed with status 200 due to customer function error: no. Lambda request id: L1",
        ],
    );
    let rate = "Execution failed due to configuration error: Rate Exceeded.";
    check(failed(None, rate), &["Lambda invocation failed with status: 429. Lambda request id: L1", rate]);
    check(failed(Some("Short."), "Something else entirely"), &["Short.", "Something else entirely"]);
}

#[test]
fn long_values_are_cut() {
    let long = "ä".repeat(1001);
    let record = record(&[], vec![Event::Started { body: long.into() }]);
    let expected = format!("Method request body before transformations: {} [TRUNCATED]", "ä".repeat(1000));
    assert_eq!(lines(&record).first(), Some(&expected));
}

#[test]
fn each_identity_source_is_a_secret() {
    for (identity, expected) in [
        ("", &[""][..]),
        ("token", &["token"]),
        ("a #1 1:b", &["a #1 1:b"]),
        ("#1 6:#token", &["#token"]),
        ("#2 1:a 3:b c#1 4:x: 9", &["a", "b c", "x: 9"]),
        ("#1 2:\u{e9}#0#1 1:z", &["\u{e9}", "z"]),
        ("#1 9:short", &[]),
        ("#", &[]),
    ] {
        assert_eq!(identity_values(identity), expected, "{identity}");
    }
}
