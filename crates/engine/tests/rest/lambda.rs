//! AWS_PROXY: the event byte for byte, the answers AWS accepts, and who may invoke.

use std::sync::Arc;

use bytes::Bytes;
use stagedoor_engine::{Inbound, InvokeFailure, InvokeReply};
use stagedoor_model::HttpMethod;
use stagedoor_program::StageView;

use crate::support::{Gateway, api, call, lambda, put};

fn gateway(answer: &str) -> Gateway {
    let mut tree = api();
    tree.api.binary_media_types = vec!["image/png".to_owned()];
    put(&mut tree, "/pets/{id}", HttpMethod::Any, lambda("pets:${stageVariables.alias}"));
    let mut stage = StageView::bare("dev".into());
    stage.variables.insert("alias".to_owned(), "live".into());
    let mut gateway = Gateway::with_stage(tree, stage);
    gateway.grant("pets", Some("live"));
    let payload = Bytes::copy_from_slice(answer.as_bytes());
    gateway.invoke = Arc::new(move |_| Ok(InvokeReply { payload: payload.clone(), function_error: false }));
    gateway
}

fn event(inbound: Inbound) -> String {
    let outcome = gateway("{}").send(inbound);
    assert_eq!(outcome.status(), 200, "{:?}", outcome.log);
    String::from_utf8(outcome.invoked[0].payload.to_vec()).unwrap()
}

#[test]
fn the_event_is_aws_s() {
    let id = "c0ffee00-1111-2222-3333-444455556666";
    let mut inbound = call(
        "POST",
        "/dev/pets/a%20b?q=1&q=2+3&empty",
        &[
            ("user-agent", "curl/8"),
            ("x-multi", "a"),
            ("x-multi", "b"),
            ("content-length", "4"),
            ("connection", "close"),
            ("x-amzn-requestid", id),
            ("x-amzn-trace-id", "Root=1-a-b;Parent=c;Sampled=0"),
        ],
        "say \"hé\"\n".as_bytes(),
    );
    inbound.head.spelling = Some(Bytes::from_static(
        b"POST /dev/pets/a%20b HTTP/1.1\r\nHost: h\r\nUser-AGENT: curl/8\r\nX-multi: a\r\nX-multi: b\r\n\r\n",
    ));
    let outcome = gateway("{}").send(inbound);
    let extended = outcome.header("x-amz-apigw-id").unwrap();
    let expected = format!(
        concat!(
            r#"{{"resource":"/pets/{{id}}","path":"/pets/a%20b","httpMethod":"POST","#,
            r#""headers":{{"Host":"abcdefghij.execute-api.us-east-1.amazonaws.com:4566","User-AGENT":"curl/8","#,
            r#""x-amzn-requestid":"{id}","X-Amzn-Trace-Id":"Root=1-a-b;Parent=c;Sampled=0","#,
            r#""X-Forwarded-For":"192.0.2.7","X-Forwarded-Port":"4566","X-Forwarded-Proto":"http","X-multi":"b"}},"#,
            r#""multiValueHeaders":{{"Host":["abcdefghij.execute-api.us-east-1.amazonaws.com:4566"],"#,
            r#""User-AGENT":["curl/8"],"x-amzn-requestid":["{id}"],"#,
            r#""X-Amzn-Trace-Id":["Root=1-a-b;Parent=c;Sampled=0"],"X-Forwarded-For":["192.0.2.7"],"#,
            r#""X-Forwarded-Port":["4566"],"X-Forwarded-Proto":["http"],"X-multi":["a","b"]}},"#,
            r#""queryStringParameters":{{"q":"2 3","empty":""}},"#,
            r#""multiValueQueryStringParameters":{{"q":["1","2 3"],"empty":[""]}},"#,
            r#""pathParameters":{{"id":"a%20b"}},"stageVariables":{{"alias":"live"}},"#,
            r#""requestContext":{{"resourceId":"res1","resourcePath":"/pets/{{id}}","httpMethod":"POST","#,
            r#""extendedRequestId":"{extended}","requestTime":"22/Nov/2026:12:55:55 +0000","#,
            r#""path":"/dev/pets/a%20b","accountId":"000000000000","protocol":"HTTP/1.1","stage":"dev","#,
            r#""domainPrefix":"abcdefghij","requestTimeEpoch":1795352155042,"requestId":"{id}","#,
            r#""identity":{{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,"#,
            r#""sourceIp":"192.0.2.7","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,"#,
            r#""cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"curl/8","user":null}},"#,
            r#""domainName":"abcdefghij.execute-api.us-east-1.amazonaws.com","deploymentId":"dep123","#,
            r#""apiId":"abcdefghij"}},"body":"say \"hé\"\n","isBase64Encoded":false}}"#,
        ),
        id = id,
        extended = extended,
    );
    assert_eq!(std::str::from_utf8(&outcome.invoked[0].payload).unwrap(), expected);
    let invoked = &outcome.invoked[0];
    assert_eq!(invoked.invoked.to_string(), "arn:aws:lambda:us-east-1:000000000000:function:pets:live");
    assert_eq!(invoked.version.qualifier.as_deref(), Some("$LATEST"));
    assert_eq!(invoked.trace_id, "Root=1-a-b;Parent=c;Sampled=0");
    assert_eq!(outcome.header("x-amzn-trace-id"), Some("Root=1-a-b;Parent=c;Sampled=0"));
}

#[test]
fn what_is_absent_is_null() {
    let event = event(call("GET", "/dev/pets/7", &[], b""));
    for part in [
        r#""queryStringParameters":null,"multiValueQueryStringParameters":null,"#,
        r#""body":null,"isBase64Encoded":false"#,
        r#""userAgent":null"#,
    ] {
        assert!(event.contains(part), "{part} in {event}");
    }
}

#[test]
fn binary_bodies_travel_as_base64() {
    let png = event(call("POST", "/dev/pets/7", &[("content-type", "image/png")], b"\xff\x00"));
    assert!(png.ends_with(r#""body":"/wA=","isBase64Encoded":true}"#), "{png}");
    let answer = r#"{"body":"/wA=","isBase64Encoded":true,"headers":{"Content-Type":"image/png"}}"#;
    let gateway = gateway(answer);
    let decoded = gateway.send(call("GET", "/dev/pets/7", &[("accept", "image/png")], b""));
    assert_eq!(decoded.reply.body, &b"\xff\x00"[..]);
    let plain = gateway.send(call("GET", "/dev/pets/7", &[], b""));
    assert_eq!(plain.body(), "/wA=");
}

#[test]
fn base64_that_is_none_is_a_configuration_error() {
    let gateway = gateway(r#"{"body":"???","isBase64Encoded":true}"#);
    let outcome = gateway.send(call("GET", "/dev/pets/7", &[("accept", "image/png")], b""));
    assert_eq!(outcome.status(), 500);
    assert!(outcome.log[0].contains("Unable to base64 decode the body."), "{:?}", outcome.log);
}

#[test]
fn answers_become_replies() {
    let answer = r#"{"statusCode":201,"headers":{"Date":"d","Transfer-Encoding":"chunked","Content-Encoding":"br"},
        "multiValueHeaders":{"Set-Cookie":["a","b"]},"body":"made"}"#;
    let outcome = gateway(answer).get("/dev/pets/7");
    assert_eq!((outcome.status(), outcome.body()), (201, "made"));
    for (name, value) in [
        ("content-type", Some("application/json")),
        ("x-amzn-remapped-date", Some("d")),
        ("transfer-encoding", None),
        ("content-encoding", Some("br")),
    ] {
        assert_eq!(outcome.header(name), value, "{name}");
    }
    assert_eq!(outcome.reply.headers.get_all("set-cookie").iter().count(), 2);
}

#[test]
fn failures_are_told_apart() {
    let internal = r#"{"message": "Internal server error"}"#;
    let timeout = r#"{"message": "Endpoint request timed out"}"#;
    let error = |function_error| {
        Ok(InvokeReply {
            payload: Bytes::from_static(br#"{"errorMessage":"boom","errorType":"E"}"#),
            function_error,
        })
    };
    for (invoked, status, body, log) in [
        (error(true), 502, internal, "502 INTEGRATION_FAILURE Lambda Customer Function Error:boom |"),
        (
            error(false),
            502,
            internal,
            "502 INTEGRATION_FAILURE Execution failed due to configuration error: Malformed Lambda proxy response |",
        ),
        (
            Err(InvokeFailure::Throttled),
            500,
            internal,
            "500 INTEGRATION_FAILURE Execution failed due to configuration error: Rate Exceeded. |",
        ),
        (
            Err(InvokeFailure::Timeout),
            504,
            timeout,
            "504 INTEGRATION_TIMEOUT Execution failed due to a timeout error |",
        ),
        (Err(InvokeFailure::NotFound("f".to_owned())), 500, internal, "500 API_CONFIGURATION_ERROR - |"),
        (Err(InvokeFailure::Failed("x".to_owned())), 500, internal, "500 DEFAULT_5XX - | x"),
    ] {
        let mut gateway = gateway("{}");
        gateway.invoke = Arc::new(move |_| invoked.clone());
        let outcome = gateway.get("/dev/pets/7");
        assert_eq!((outcome.status(), outcome.body()), (status, body), "{log}");
        assert!(outcome.log[0].starts_with(log), "{:?} is not {log}", outcome.log);
    }
}

#[test]
fn a_function_must_admit_the_api() {
    let mut tree = api();
    put(&mut tree, "/pets/{id}", HttpMethod::Get, lambda("pets"));
    let gateway = Gateway::of(tree);
    assert!(gateway.get("/dev/pets/7").log[0].contains("There is no Lambda function"));
    gateway.define("pets", None, &[]);
    let refused = gateway.get("/dev/pets/7");
    assert_eq!(refused.status(), 500);
    assert!(refused.invoked.is_empty());
    let line = concat!(
        "500 API_CONFIGURATION_ERROR Execution failed due to configuration error: Invalid permissions on Lambda function | ",
        "Execution failed due to configuration error: Invalid permissions on Lambda function. Grant them with: ",
        "aws lambda add-permission --region us-east-1 --function-name pets --statement-id apigateway ",
        "--action lambda:InvokeFunction --principal apigateway.amazonaws.com --source-arn ",
        "'arn:aws:execute-api:us-east-1:000000000000:abcdefghij/dev/GET/pets/{id}'",
    );
    assert_eq!(refused.log, [line]);
    for (pattern, admitted) in [
        ("arn:aws:execute-api:us-east-1:000000000000:abcdefghij/*/GET/pets/*", true),
        ("arn:aws:execute-api:us-east-1:000000000000:abcdefghij/*/*", true),
        ("arn:aws:execute-api:us-east-1:000000000000:abcdefghij/prod/*", false),
        ("arn:aws:execute-api:us-east-1:000000000000:zzzzzzzzzz/*/*", false),
    ] {
        gateway.define("pets", None, &[pattern]);
        let outcome = gateway.get("/dev/pets/7");
        assert_eq!(!outcome.invoked.is_empty(), admitted, "{pattern}");
    }
}

#[test]
fn an_integration_method_other_than_post_fails() {
    let mut tree = api();
    let mut wrong = lambda("pets");
    wrong.http_method = Some("GET".to_owned());
    put(&mut tree, "/x", HttpMethod::Get, wrong);
    let outcome = Gateway::of(tree).get("/dev/x");
    assert_eq!(outcome.status(), 500);
    assert!(outcome.log[0].starts_with("500 INTEGRATION_FAILURE"), "{:?}", outcome.log);
}

#[test]
fn an_alias_shares_its_calls_out_to_two_versions() {
    let gateway = gateway(r#"{"body":"ok"}"#);
    gateway.split("pets", Some("live"), "2", 0.25);
    let calls = 2_000;
    let other = (0..calls)
        .filter(|_| {
            let outcome = gateway.send(call("GET", "/dev/pets/7", &[], b""));
            outcome.invoked[0].version.qualifier.as_deref() == Some("2")
        })
        .count();
    // Six standard deviations around 500.
    assert!((384..=616).contains(&other), "{other} of {calls}");
}
