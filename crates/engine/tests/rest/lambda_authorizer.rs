//! Lambda authorizers in the engine: whose answers are kept, until when, and what the log says of them. The clock is the test's.

use std::sync::Arc;
use std::time::Duration;

use stagedoor_base::Timestamp;
use stagedoor_engine::{InvokeFailure, InvokeReply};
use stagedoor_model::{AuthorizationType, Authorizer, AuthorizerType, HttpMethod, Method, MethodResponse};

use crate::support::{Gateway, Outcome, api, call, mock, put_method};

/// When the calls arrive.
const NOW: u64 = 1_795_352_155_000;
const ALLOW: &str = r#"{"principalId":"me","context":{"n":1},"policyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}}}"#;
const FORMAT: &str = "$context.status $context.authorizer.status $context.authorizer.error $context.authorizer.integrationStatus \
                      $context.authorizer.integrationLatency $context.authorizer.latency $context.authorize.status \
                      $context.authorizer.principalId $context.authorizer.n $context.authorizer.none";

fn authorizer(ttl_seconds: u32) -> Authorizer {
    let function = "arn:aws:lambda:us-east-1:000000000000:function:door";
    let uri = format!("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations");
    Authorizer {
        uri: Some(uri),
        identity_source: Some("method.request.header.Authorization".to_owned()),
        result_ttl_seconds: Some(ttl_seconds),
        ..Authorizer::new("auth".to_owned(), "door".to_owned(), AuthorizerType::Token)
    }
}

/// GET /x and GET /y behind an authorizer whose function answers so.
fn gateway(authorizer: Authorizer, answer: Result<&'static str, InvokeFailure>) -> Gateway {
    let mut tree = api();
    for path in ["/x", "/y"] {
        let mut method = Method::open(HttpMethod::Get);
        method.authorization_type = AuthorizationType::Custom;
        method.authorizer_id = Some("auth".to_owned());
        method.integration = Some(mock(r#"{"statusCode":200}"#, "$context.authorizer.principalId"));
        let ok = MethodResponse { status: 200, parameters: None, models: None };
        method.responses.insert(200, ok);
        put_method(&mut tree, path, method);
    }
    tree.authorizers.insert("auth".to_owned(), authorizer);
    let mut gateway = Gateway::of(tree);
    gateway.define("door", None, &["arn:aws:execute-api:us-east-1:000000000000:abcdefghij/authorizers/auth"]);
    gateway.invoke = Arc::new(move |_| {
        let reply = answer.clone()?;
        let function_error = reply.starts_with(r#"{"errorMessage""#);
        Ok(InvokeReply { payload: reply.into(), function_error })
    });
    gateway.format = FORMAT;
    gateway
}

fn send(gateway: &Gateway, path: &str, token: &str, later: Duration) -> Outcome {
    let mut inbound = call("GET", &format!("/dev{path}"), &[("Authorization", token)], b"");
    inbound.head.received = Timestamp(NOW + u64::try_from(later.as_millis()).unwrap());
    gateway.send(inbound)
}

#[test]
fn an_answer_is_kept_for_its_time() {
    let gateway = gateway(authorizer(300), Ok(ALLOW));
    let (second, milli) = (Duration::from_secs(1), Duration::from_millis(1));
    for (path, token, later, asked) in [
        ("/x", "a", Duration::ZERO, true),
        ("/x", "a", second, false),
        ("/y", "a", second, false),
        ("/x", "b", second, true),
        // The test's clock stands 3 ms after the arrival when the function has answered.
        ("/x", "a", 300 * second + 2 * milli, false),
        ("/x", "a", 300 * second + 3 * milli, true),
        ("/x", "a", 300 * second + 3 * milli, false),
    ] {
        let outcome = send(&gateway, path, token, later);
        assert_eq!(outcome.status(), 200, "{path} {token} {later:?}");
        assert_eq!(outcome.invoked.len(), usize::from(asked), "{path} {token} {later:?}");
        assert_eq!(&outcome.reply.body[..], b"me");
    }
    gateway.directory.forget_decisions(&gateway.program.stage);
    assert_eq!(send(&gateway, "/x", "b", second).invoked.len(), 1);
}

#[test]
fn one_value_that_spells_two_is_somebody_else() {
    let sources = Authorizer { authorizer_type: AuthorizerType::Request, ..authorizer(300) };
    let gateway = gateway(sources, Ok(ALLOW));
    let asked = |headers: &[(&str, &str)]| {
        let mut inbound = call("GET", "/dev/x", headers, b"");
        inbound.head.received = Timestamp(NOW);
        gateway.send(inbound).invoked.len()
    };
    let two = [("Authorization", "a"), ("Authorization", "b")];
    assert_eq!(asked(&two), 1);
    assert_eq!(asked(&two), 0);
    assert_eq!(asked(&[("Authorization", "#2 1:a 1:b")]), 1);
}

#[test]
fn nothing_is_kept_without_time() {
    let gateway = gateway(authorizer(0), Ok(ALLOW));
    for _ in 0..2 {
        assert_eq!(send(&gateway, "/x", "a", Duration::ZERO).invoked.len(), 1);
    }
}

/// 1600 bytes, of which all before the path has 62.
#[test]
fn an_arn_that_is_too_long_is_nobody_s() {
    let gateway = gateway(authorizer(300), Ok(ALLOW));
    for (padding, status) in [(1537, 200), (1538, 414)] {
        let path = format!("/x{}", "/".repeat(padding));
        assert_eq!(send(&gateway, &path, "t", Duration::ZERO).status(), status, "{padding}");
    }
}

#[test]
fn what_is_no_text_is_nobody() {
    let sources = |source: &str, ttl| Authorizer {
        authorizer_type: AuthorizerType::Request,
        identity_source: Some(source.to_owned()),
        ..authorizer(ttl)
    };
    let (header, query) = ("method.request.header.Authorization", "method.request.querystring.q");
    for (authorizer, path, token, status) in [
        (authorizer(300), "/x", "caf\u{e9}", 200),
        (sources(header, 300), "/x", "caf\u{e9}", 200),
        (sources(header, 300), "/x", "\u{fffd}", 401),
        (sources(query, 300), "/x?q=%C3%A9", "t", 200),
        (sources(query, 300), "/x?q=%FF", "t", 401),
        (sources(query, 300), "/x?q=a%FFb", "t", 401),
        (sources(query, 0), "/x?q=%FF", "t", 200),
    ] {
        let outcome = send(&gateway(authorizer, Ok(ALLOW)), path, token, Duration::ZERO);
        assert_eq!(outcome.status(), status, "{path} {token}");
        assert_eq!(outcome.invoked.len(), usize::from(status == 200), "{path} {token}");
    }
    let latin = http::HeaderValue::from_bytes(b"caf\xe9").unwrap();
    for authorizer in [authorizer(300), sources(header, 300)] {
        let mut inbound = call("GET", "/dev/x", &[], b"");
        inbound.head.headers.push(http::header::AUTHORIZATION, latin.clone());
        let outcome = gateway(authorizer, Ok(ALLOW)).send(inbound);
        assert_eq!((outcome.status(), outcome.invoked.len()), (401, 0));
    }
}

#[test]
fn what_is_asked_for_is_frozen() {
    let event = send(&gateway(authorizer(0), Ok(ALLOW)), "/x?a=b", "t\"", Duration::ZERO).invoked.remove(0);
    assert_eq!(
        std::str::from_utf8(&event.payload).unwrap(),
        r#"{"type":"TOKEN","methodArn":"arn:aws:execute-api:us-east-1:000000000000:abcdefghij/dev/GET/x","authorizationToken":"t\""}"#
    );
    assert_eq!(event.timeout, Duration::from_secs(29));
    assert!(event.trace_id.starts_with("Root=1-"), "{}", event.trace_id);
}

fn check(answer: Result<&'static str, InvokeFailure>, expected: &str) {
    let outcome = send(&gateway(authorizer(300), answer), "/x", "t", Duration::ZERO);
    assert_eq!(outcome.log, [expected]);
}

#[test]
fn the_log_tells_how_it_went() {
    check(Ok(ALLOW), "200 200 - 200 0 0 200 me 1 -");
    check(
        Ok(r#"{"errorMessage":"Unauthorized"}"#),
        "401 401 Unauthorized 200 0 0 - - - - | the authorizer's function says Unauthorized",
    );
    check(
        Ok(r#"{"errorMessage":"broken"}"#),
        "500 500 Authorizer error 200 0 0 - - - - | Execution failed due to configuration error: Authorizer error: the function failed: broken",
    );
    check(
        Err(InvokeFailure::Timeout),
        "500 500 Authorizer error - 0 0 - - - - | Execution failed due to configuration error: Authorizer error: the function gave no answer within 29 s",
    );
}

#[test]
fn what_was_kept_took_no_time() {
    let gateway = gateway(authorizer(300), Ok(ALLOW));
    send(&gateway, "/x", "t", Duration::ZERO);
    assert_eq!(send(&gateway, "/x", "t", Duration::ZERO).log, ["200 200 - - 0 0 200 me 1 -"]);
}

#[test]
fn a_token_that_takes_too_long_to_match_is_refused() {
    let slow =
        Authorizer { identity_validation_expression: Some("(a|a)+(?=b)c".to_owned()), ..authorizer(300) };
    let outcome = send(&gateway(slow, Ok(ALLOW)), "/x", &"a".repeat(5000), Duration::ZERO);
    assert_eq!((outcome.status(), outcome.invoked.len()), (401, 0));
}

#[test]
fn an_authorizer_that_cannot_execute_closes_its_methods() {
    let header = |source: &str| Authorizer { identity_source: Some(source.to_owned()), ..authorizer(300) };
    for (broken, words) in [
        (Authorizer { uri: None, ..authorizer(300) }, "names no Lambda function"),
        (header("method.request.querystring.q"), "names no header"),
        (Authorizer { identity_validation_expression: Some("(".to_owned()), ..authorizer(300) }, "regular"),
        (
            Authorizer { authorizer_type: AuthorizerType::Request, ..header("method.request.path.id") },
            "no identity source",
        ),
        (Authorizer { authorizer_type: AuthorizerType::Jwt, ..authorizer(300) }, "JWT"),
    ] {
        let gateway = gateway(broken, Ok(ALLOW));
        assert!(
            gateway.remarks.iter().any(|remark| remark.contains(words)),
            "{words}: {:?}",
            gateway.remarks
        );
        let outcome = send(&gateway, "/x", "t", Duration::ZERO);
        assert_eq!((outcome.status(), outcome.invoked.len()), (500, 0), "{words}");
    }
}
