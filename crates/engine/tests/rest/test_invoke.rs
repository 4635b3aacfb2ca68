//! Calls of `TestInvokeMethod`, and calls of stages with a canary.

use std::sync::Arc;

use bytes::Bytes;
use stagedoor_engine::{Head, HeaderList, Program, TestCall, TestReply};
use stagedoor_model::{AuthorizationType, HttpMethod, Map};
use stagedoor_program::{Canary, Event, StageView};

use crate::support::{Gateway, api, call, mock, put};

fn head(method: &str, path: &str) -> Head {
    let head = call(method, "/dev", &[], b"").head;
    let target = path.parse().unwrap();
    Head { target, path_start: 0, context_start: Some(0), headers: HeaderList::default(), ..head }
}

/// Executes a method of `/pets/{id}`, which guards itself with all that a definition has.
fn test(verb: &str, path: &str) -> Option<TestReply> {
    let mut tree = api();
    put(&mut tree, "/pets/{id}", HttpMethod::Get, mock("{\"statusCode\": 200}", "ok"));
    put(&mut tree, "/pets/me", HttpMethod::Get, mock("{\"statusCode\": 200}", "me"));
    tree.api.policy = Some("{}".to_owned());
    tree.api.disable_execute_api_endpoint = true;
    let id = tree.resource_at("/pets/{id}").unwrap().id.clone();
    let method = tree.resources.get_mut(&id).unwrap().methods.get_mut(&HttpMethod::Get).unwrap();
    method.api_key_required = true;
    method.authorization_type = AuthorizationType::AwsIam;
    let gateway = Gateway::with_stage(tree, StageView::test(&Map::new()));
    let call = TestCall { head: head(verb, path), body: Bytes::new(), resource: id };
    gateway.test(call)
}

#[test]
fn a_test_passes_what_guards_the_method() {
    let TestReply { reply, body, record } = test("GET", "/pets/7").unwrap();
    assert_eq!((reply.status.as_u16(), &body[..]), (200, &b"ok"[..]));
    let headers: Vec<_> = reply.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(headers, ["content-type"]);
    assert_eq!(record.path_parameter("id"), Some("7"));
    assert_eq!(
        (record.source_ip().as_ref(), record.domain_name()),
        ("test-invoke-source-ip", "testPrefix.testDomainName")
    );
    let events = record.trace.as_ref().unwrap();
    assert!(matches!(events.steps().first().unwrap().event, Event::Routed));
    assert!(matches!(events.steps().last().unwrap().event, Event::Replied { .. }));
}

#[test]
fn the_resource_is_named_and_the_path_only_gives_parameters() {
    for (path, id) in [("/pets/me", Some("me")), ("/other", None), ("/pets/{id}", Some("{id}"))] {
        let TestReply { body, record, .. } = test("GET", path).unwrap();
        assert_eq!((&body[..], record.path_parameter("id")), (&b"ok"[..], id), "{path}");
    }
    assert!(test("POST", "/pets/7").is_none() && test("TRACE", "/pets/7").is_none());
}

#[test]
fn a_call_is_answered_by_one_release() {
    let say = |text: &str| {
        let mut tree = api();
        put(&mut tree, "/x", HttpMethod::Get, mock("{\"statusCode\": 200}", text));
        Gateway::of(tree)
    };
    let canary = say("canary").program;
    for (percent, expected) in [(0.0, "main"), (100.0, "canary")] {
        let mut gateway = say("main");
        let main = Program::of(Arc::clone(&gateway.program.deployment), Arc::clone(&gateway.program.stage));
        let canary = Canary { percent, program: Arc::clone(&canary) };
        gateway.program = Arc::new(Program { canary: Some(canary), ..main });
        for _ in 0..20 {
            assert_eq!(gateway.get("/dev/x").body(), expected);
        }
    }
}
