//! Request validators, and which work leaves the data core.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use bytes::Bytes;
use stagedoor_engine::{Compute, ComputeFailure, InvokeReply};
use stagedoor_model::{HttpMethod, Method, Model, RequestValidator};

use crate::support::{Gateway, Outcome, api, call, lambda, mock, put, put_method, response};

const STATIC: &str = r#"{"statusCode": 200}"#;

/// POST /pets, which validates everything.
fn gateway(schema: &str) -> Gateway {
    let mut tree = api();
    let validator = RequestValidator {
        id: "v".to_owned(),
        name: None,
        validate_request_body: true,
        validate_request_parameters: true,
    };
    tree.validators.insert("v".to_owned(), validator);
    let model = Model {
        id: "m".to_owned(),
        name: "Pet".to_owned(),
        description: None,
        schema: Some(schema.to_owned()),
        content_type: "application/json".to_owned(),
    };
    tree.models.insert("Pet".to_owned(), model);
    let mut method = Method::open(HttpMethod::Post);
    method.request_validator_id = Some("v".to_owned());
    method.request_parameters.insert("method.request.querystring.q".to_owned(), true);
    method.request_models.insert("application/json".to_owned(), "Pet".to_owned());
    let mut integration = mock(STATIC, "ok");
    integration.responses.insert(200, response(200, None));
    method.integration = Some(integration);
    let declared = stagedoor_model::MethodResponse { status: 200, parameters: None, models: None };
    method.responses.insert(200, declared);
    put_method(&mut tree, "/pets", method);
    Gateway::of(tree)
}

fn post(gateway: &Gateway, target: &str, body: &str) -> Outcome {
    gateway.send(call("POST", target, &[("content-type", "application/json")], body.as_bytes()))
}

/// A pool that counts what it does.
fn counting() -> (Compute, Arc<AtomicUsize>) {
    let count = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&count);
    let compute = Compute::elsewhere(Arc::new(move |job, _| {
        counted.fetch_add(1, Relaxed);
        job();
        Box::pin(std::future::ready(Ok(())))
    }));
    (compute, count)
}

#[test]
fn parameters_come_before_the_body() {
    let gateway = gateway(r#"{"required":["a"]}"#);
    for (target, body, status, log) in [
        ("/dev/pets", "{}", 400, "400 BAD_REQUEST_PARAMETERS - | Missing required request parameters: [q]"),
        (
            "/dev/pets?q=1",
            "{}",
            400,
            r#"400 BAD_REQUEST_BODY - | Request body does not match model schema for content type application/json: [object has missing required properties (["a"])]"#,
        ),
        ("/dev/pets?q=1", r#"{"a":1}"#, 200, "200 - -"),
    ] {
        let outcome = post(&gateway, target, body);
        assert_eq!((outcome.status(), outcome.log[0].as_str()), (status, log), "{target} {body}");
    }
}

#[test]
fn large_bodies_and_hard_schemas_are_checked_elsewhere() {
    let fork = |name: usize| {
        format!(
            r##""{name}":{{"allOf":[{{"$ref":"#/definitions/{0}"}},{{"$ref":"#/definitions/{0}"}}]}}"##,
            name + 1
        )
    };
    let forks: Vec<String> = (0..14).map(fork).collect();
    let hard = format!(r##"{{"$ref":"#/definitions/0","definitions":{{{},"14":{{}}}}}}"##, forks.join(","));
    let large = format!("[{}1]", "1,".repeat(40_000));
    for (schema, body, expected) in [
        (r#"{"items":{"type":"integer"}}"#, "[1,2]", 0),
        (r#"{"items":{"type":"integer"}}"#, &*large, 1),
        (&hard, "{}", 1),
    ] {
        let (compute, count) = counting();
        let mut gateway = gateway(schema);
        gateway.compute = compute;
        assert_eq!(post(&gateway, "/dev/pets?q=1", body).status(), 200);
        assert_eq!(count.load(Relaxed), expected, "{schema}");
    }
}

#[test]
fn a_full_pool_is_too_much_load() {
    for (failure, status) in [(ComputeFailure::Full, 503), (ComputeFailure::Broken, 500)] {
        let mut gateway = gateway("{}");
        gateway.compute =
            Compute::elsewhere(Arc::new(move |_, _| Box::pin(std::future::ready(Err(failure)))));
        let outcome = post(&gateway, "/dev/pets?q=1", &format!("\"{}\"", "x".repeat(70_000)));
        assert_eq!(outcome.status(), status, "{:?}", outcome.log);
    }
}

#[test]
fn large_events_and_answers_are_the_same_as_small_ones() {
    for (size, jobs) in [(100, 0), (70_000, 2)] {
        let mut tree = api();
        tree.api.binary_media_types = vec!["image/png".to_owned()];
        put(&mut tree, "/pets", HttpMethod::Any, lambda("pets"));
        let mut gateway = Gateway::of(tree);
        gateway.grant("pets", None);
        let answer = format!(r#"{{"isBase64Encoded": true, "body": "{}"}}"#, "aGVs".repeat(size));
        let payload = Bytes::from(answer);
        gateway.invoke =
            Arc::new(move |_| Ok(InvokeReply { payload: payload.clone(), function_error: false }));
        let (compute, count) = counting();
        gateway.compute = compute;
        let body = "\"é".repeat(size);
        for (content_type, expected) in
            [("text/plain", "\\\"é".repeat(size)), ("image/png", "IsOp".repeat(size))]
        {
            count.store(0, Relaxed);
            let headers = [("content-type", content_type), ("accept", "image/png")];
            let outcome = gateway.send(call("POST", "/dev/pets", &headers, body.as_bytes()));
            assert_eq!(&outcome.reply.body[..], "hel".repeat(size).as_bytes(), "{:?}", outcome.log);
            let event = String::from_utf8(outcome.invoked[0].payload.to_vec()).unwrap();
            let binary = content_type == "image/png";
            let end = format!(r#""body":"{expected}","isBase64Encoded":{binary}}}"#);
            assert!(event.ends_with(&end), "{size} {content_type}");
            assert_eq!(count.load(Relaxed), jobs);
        }
    }
}
