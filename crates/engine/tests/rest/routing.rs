//! What paths and verbs mean, and what callers get when they mean nothing.

use stagedoor_engine::InvokeReply;
use stagedoor_model::{AuthorizationType, HttpMethod, Method};

use crate::support::{Gateway, Whole, api, call, lambda, mock, put, put_method};

fn proxy() -> Gateway {
    let mut tree = api();
    put(&mut tree, "/{proxy+}", HttpMethod::Any, lambda("f"));
    put(&mut tree, "/hardcoded", HttpMethod::Get, lambda("f"));
    let mut gateway = Gateway::of(tree);
    gateway.grant("f", None);
    gateway.invoke = std::sync::Arc::new(|_| Ok(InvokeReply { payload: "{}".into(), function_error: false }));
    gateway
}

#[test]
fn events_carry_raw_paths() {
    let gateway = proxy();
    let long = "/proxy-value/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com";
    for (target, path, context_path, parameter) in [
        ("/dev/proxy-value", "/proxy-value", "/dev/proxy-value", Some("proxy-value")),
        ("/dev/proxy-value/", "/proxy-value/", "/dev/proxy-value/", Some("proxy-value")),
        (
            "/dev/proxy-value//double-slash",
            "/proxy-value//double-slash",
            "/dev/proxy-value//double-slash",
            Some("proxy-value//double-slash"),
        ),
        ("//dev/proxy-value", "/proxy-value", "/dev/proxy-value", Some("proxy-value")),
        ("/dev//proxy-value", "/proxy-value", "/dev//proxy-value", Some("proxy-value")),
        ("/dev//hardcoded", "/hardcoded", "/dev//hardcoded", None),
        (&format!("/dev{long}"), long, &format!("/dev{long}"), Some(&long[1..])),
    ] {
        let outcome = gateway.get(target);
        assert_eq!(outcome.status(), 200, "{target} {:?}", outcome.log);
        let event: serde_json::Value = serde_json::from_slice(&outcome.invoked[0].payload).unwrap();
        assert_eq!(event["path"], path, "{target}");
        assert_eq!(event["requestContext"]["path"], context_path, "{target}");
        assert_eq!(event["pathParameters"]["proxy"].as_str(), parameter, "{target}");
    }
}

#[test]
fn the_path_form_of_the_address_gets_a_context_path() {
    let mut inbound = call("GET", "/restapis/abcdefghij/dev/_user_request_/x", &[], b"");
    inbound.head.path_start = "/restapis/abcdefghij/dev/_user_request_".len();
    inbound.head.context_start = None;
    let event = proxy().send(inbound).invoked.remove(0).payload;
    let event: serde_json::Value = serde_json::from_slice(&event).unwrap();
    assert_eq!(event["requestContext"]["path"], "/dev/x");
    assert_eq!(event["path"], "/x");
}

#[test]
fn the_method_override_header_counts() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Delete, mock(r#"{"statusCode": 200}"#, "deleted"));
    let inbound = call("POST", "/dev/x", &[("x-http-method-override", "DELETE")], b"");
    assert_eq!(Gateway::of(tree).send(inbound).body(), "deleted");
}

fn check_no_route(gateway: &Gateway, headers: &[(&str, &str)], error_type: &str, body: &str) {
    for (verb, target) in [("GET", "/dev/nope"), ("POST", "/dev/x"), ("GET", "/dev"), ("TRACE", "/dev/x")] {
        let outcome = gateway.send(call(verb, target, headers, b""));
        assert_eq!(outcome.status(), 403, "{verb} {target}");
        assert_eq!(outcome.body(), body);
        assert_eq!(outcome.header("x-amzn-errortype"), Some(error_type));
        assert_eq!(outcome.header("content-type"), Some("application/json"));
        assert_eq!(outcome.header("x-amzn-trace-id"), None);
    }
}

#[test]
fn unmatched_calls_get_403() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, ""));
    let gateway = Gateway::of(tree);
    let missing = r#"{"message":"Missing Authentication Token"}"#;
    assert_eq!(missing.len(), 42);
    check_no_route(&gateway, &[], "MissingAuthenticationTokenException", missing);
    let hashed = r#"{"message":"Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '"#;
    let outcome = gateway.send(call("GET", "/dev/nope", &[("authorization", "Bearer abc")], b""));
    assert!(outcome.body().starts_with(hashed), "{}", outcome.body());
    assert_eq!(outcome.header("x-amzn-errortype"), Some("IncompleteSignatureException"));
    assert!(outcome.log[0].starts_with("403 DEFAULT_4XX -"), "{:?}", outcome.log);
    let signed = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    check_no_route(
        &gateway,
        &[("authorization", signed), ("x-amz-date", "20261122T125555Z")],
        "UnrecognizedClientException",
        r#"{"message":"The security token included in the request is invalid."}"#,
    );
}

#[test]
fn no_stage_and_disabled_endpoints_are_forbidden() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, ""));
    tree.api.disable_execute_api_endpoint = true;
    let gateway = Gateway::of(tree);
    let check = |reply: &Whole| {
        assert_eq!(reply.status, 403);
        assert_eq!(reply.body, r#"{"message":"Forbidden"}"#);
        assert_eq!(reply.headers["x-amzn-errortype"], "ForbiddenException");
        assert!(reply.headers.contains_key("x-amz-apigw-id"));
    };
    check(&gateway.get("/dev/x").reply);
    check(&gateway.refuse(call("GET", "/dev/x", &[], b"")).reply);
}

#[test]
fn what_guards_a_method_and_cannot_execute_refuses() {
    let mut guarded: Vec<(&str, Method)> = Vec::new();
    let open = || {
        let mut method = Method::open(HttpMethod::Get);
        method.integration = Some(mock(r#"{"statusCode": 200}"#, "secret"));
        method
    };
    for kind in [AuthorizationType::Custom, AuthorizationType::CognitoUserPools, AuthorizationType::Jwt] {
        guarded.push(("names no authorizer", Method { authorization_type: kind, ..open() }));
    }
    guarded.push((
        "request validator v1 does not exist",
        Method { request_validator_id: Some("v1".to_owned()), ..open() },
    ));
    guarded.push(("the method has no integration", Method { integration: None, ..open() }));
    for (reason, method) in guarded {
        let mut tree = api();
        put_method(&mut tree, "/x", method);
        let gateway = Gateway::of(tree);
        let outcome = gateway.get("/dev/x");
        assert_eq!((outcome.status(), outcome.body()), (500, r#"{"message": "Internal server error"}"#));
        assert!(outcome.log[0].contains(reason), "{:?}", outcome.log);
        assert!(gateway.remarks.iter().any(|remark| remark.contains(reason)), "{:?}", gateway.remarks);
    }
}

#[test]
fn a_resource_policy_closes_the_whole_api() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, "secret"));
    tree.api.policy = Some("{}".to_owned());
    let outcome = Gateway::of(tree).get("/dev/x");
    assert_eq!(outcome.status(), 500);
    assert!(outcome.log[0].contains("the resource policy is malformed"), "{:?}", outcome.log);
}
