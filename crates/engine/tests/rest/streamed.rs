//! Replies that pass through while the integration makes them.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;
use stagedoor_engine::{Body, HeaderList, StreamFailure, UpstreamFailure, UpstreamStreamReply};
use stagedoor_model::{HttpMethod, Integration, IntegrationType, TransferMode};

use crate::support::{Gateway, api, call, http_proxy, integration, put, streamed};

type Parts = Vec<Result<&'static str, StreamFailure>>;

fn stream(mut integration: Integration) -> Integration {
    integration.transfer_mode = TransferMode::Stream;
    integration
}

fn function(name: &str) -> Integration {
    let mut proxy = stream(integration(IntegrationType::AwsProxy));
    proxy.http_method = Some("POST".to_owned());
    proxy.uri = Some(format!(
        "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/arn:aws:lambda:us-east-1:000000000000:function:{name}/response-streaming-invocations"
    ));
    proxy
}

/// A gateway whose backend answers 201 with these pieces, and whose function with those.
fn gateway(backend: Parts, response: Parts) -> Gateway {
    let mut tree = api();
    for verb in [HttpMethod::Get, HttpMethod::Head] {
        put(&mut tree, "/http", verb, stream(http_proxy("http://backend/x")));
        put(&mut tree, "/function", verb, function("f"));
    }
    let mut gateway = Gateway::of(tree);
    gateway.grant("f", None);
    gateway.upstream_stream = Arc::new(move |_| {
        let headers = [("content-type", "text/event-stream"), ("content-length", "9"), ("via", "x")];
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let body = Body::stream(streamed(backend.clone()), Some(9));
        Ok(UpstreamStreamReply { status: 201, headers: headers.into_iter().collect::<HeaderList>(), body })
    });
    gateway.invoke_stream = Arc::new(move |_| Ok(streamed(response.clone())));
    gateway
}

const METADATA: &str = "{\"statusCode\":202,\"headers\":{\"X-Own\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"]}";
const NULS: &str = "\0\0\0\0\0\0\0\0";

#[test]
fn a_backends_reply_passes_through() {
    let outcome = gateway(vec![Ok("one"), Ok(""), Ok("two")], vec![]).get("/dev/http");
    assert_eq!((outcome.status(), outcome.body()), (201, "onetwo"));
    assert_eq!(outcome.header("content-type"), Some("text/event-stream"));
    assert_eq!(outcome.header("x-amzn-remapped-content-length"), Some("9"));
    assert_eq!(outcome.header("via"), None);
    assert_eq!(outcome.log, ["201 - -"]);
}

#[test]
fn what_is_wrong_before_the_reply_begins_is_a_gateway_response() {
    let mut gateway = gateway(vec![], vec![]);
    gateway.upstream_stream = Arc::new(|_| Err(UpstreamFailure::Timeout));
    let outcome = gateway.get("/dev/http");
    assert_eq!((outcome.status(), outcome.body()), (504, r#"{"message": "Endpoint request timed out"}"#));
    assert_eq!(outcome.log.len(), 1);
}

#[test]
fn a_functions_metadata_becomes_the_head() {
    for parts in [
        vec![Ok(METADATA), Ok(NULS), Ok("body")],
        vec![
            Ok("{\"statusCode\":202,\"headers\":{\"X-Own\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"]}\0\0\0"),
            Ok("\0\0"),
            Ok("\0\0\0bo"),
            Ok("dy"),
        ],
    ] {
        let outcome = gateway(vec![], parts).get("/dev/function");
        assert_eq!((outcome.status(), outcome.body()), (202, "body"));
        assert_eq!(outcome.header("x-own"), Some("1"));
        assert_eq!(outcome.reply.headers.get_all("set-cookie").iter().count(), 2);
        assert_eq!(outcome.log, ["202 - -"]);
    }
}

#[test]
fn a_function_that_says_no_sound_head_is_a_500() {
    let long: &'static str = Box::leak("x".repeat(20_000).into_boxed_str());
    let failed = || StreamFailure::Function(Bytes::from_static(b"{\"errorMessage\":\"no\"}"));
    let table: [(Parts, u16, &str); 7] = [
        (vec![], 500, "eight NULs"),
        (vec![Ok(METADATA)], 500, "eight NULs"),
        (vec![Ok(long), Ok(NULS)], 500, "16 KB"),
        (vec![Ok("{\"statusCode\":1}"), Ok(NULS)], 500, "statusCode"),
        (vec![Ok("{\"body\":\"x\"}"), Ok(NULS)], 500, "unknown key body"),
        (vec![Err(failed())], 502, "no"),
        (vec![Ok(METADATA), Err(StreamFailure::Broken("gone".to_owned()))], 500, "gone"),
    ];
    for (parts, status, reason) in table {
        let outcome = gateway(vec![], parts).get("/dev/function");
        assert_eq!((outcome.status(), outcome.log.len()), (status, 1), "{:?}", outcome.log);
        assert!(outcome.log[0].contains(reason), "{:?}", outcome.log);
    }
}

#[test]
fn nobody_gets_a_body_to_head() {
    for path in ["/dev/http", "/dev/function"] {
        let gateway = gateway(vec![Ok("body")], vec![Ok(METADATA), Ok(NULS), Ok("body")]);
        let (reply, log) = gateway.begin(call("HEAD", path, &[], b""));
        assert!(matches!(&reply.body, Body::Whole(body) if body.is_empty()), "{path}");
        assert_eq!(log.lock().unwrap().len(), 1);
    }
}

/// One record for a call, whatever becomes of its reply, and not before that is known.
#[test]
fn the_record_is_complete_when_the_stream_ends() {
    let broken = || Err(StreamFailure::Broken("the backend is gone".to_owned()));
    let table: [(Parts, usize, &str); 3] = [
        (vec![Ok("a"), Ok("b")], 3, "201 - -"),
        (vec![Ok("a"), broken()], 3, "201 - the backend is gone"),
        (vec![Ok("a"), Ok("b")], 1, "201 - -"),
    ];
    for (parts, polls, expected) in table {
        let (reply, log) = gateway(parts, vec![]).begin(call("GET", "/dev/http", &[], b""));
        let Body::Stream(mut body) = reply.body else { panic!("no stream") };
        assert_eq!(body.length, Some(9));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            assert!(log.lock().unwrap().is_empty());
            match Pin::new(&mut body.pieces).poll_next(&mut context) {
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(_) => break,
                Poll::Pending => panic!("nothing here waits"),
            }
        }
        drop(body);
        assert_eq!(*log.lock().unwrap(), [expected]);
    }
}

#[test]
fn the_mode_and_the_uri_must_fit() {
    let mut tree = api();
    let mut wrong = function("f");
    wrong.transfer_mode = TransferMode::Buffered;
    put(&mut tree, "/x", HttpMethod::Get, wrong);
    let gateway = Gateway::of(tree);
    gateway.grant("f", None);
    assert!(gateway.remarks.iter().any(|remark| remark.contains("BUFFERED")), "{:?}", gateway.remarks);
    assert_eq!(gateway.get("/dev/x").status(), 500);
}
