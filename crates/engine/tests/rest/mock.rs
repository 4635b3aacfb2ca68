//! MOCK integrations from the definition to the reply.

use crate::support::{Gateway, api, call, mock, put, response};
use stagedoor_model::{HttpMethod, PassthroughBehavior};

#[test]
fn a_static_mock_answers() {
    let mut tree = api();
    put(&mut tree, "/pets", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, r#"{"ok":true}"#));
    let outcome = Gateway::of(tree).get("/dev/pets");
    assert_eq!((outcome.status(), outcome.body()), (200, r#"{"ok":true}"#));
    assert_eq!(outcome.header("content-type"), Some("application/json"));
    assert_eq!(outcome.header("x-amzn-requestid").map(str::len), Some(36));
    assert!(outcome.header("x-amz-apigw-id").unwrap().ends_with('='));
    assert_eq!(outcome.header("x-amzn-trace-id"), None);
    assert_eq!(outcome.log, ["200 - -"]);
}

#[test]
fn the_template_chooses_the_response() {
    let mut tree = api();
    let mut mock = mock(r#"{"statusCode": 404}"#, "ok");
    let mut missing = response(400, Some("4\\d{2}"));
    missing.parameters = Some(
        [
            ("method.response.header.X-Static", "'a'"),
            ("method.response.header.X-Query", "context.httpMethod"),
            ("method.response.header.Date", "'today'"),
            ("method.response.header.X-None", "integration.response.header.nope"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into_iter()
        .collect(),
    );
    missing.templates = Some([("text/html".to_owned(), Some("<p>".to_owned()))].into_iter().collect());
    mock.responses.insert(400, missing);
    put(&mut tree, "/", HttpMethod::Any, mock);
    let outcome = Gateway::of(tree).get("/dev");
    assert_eq!((outcome.status(), outcome.body()), (400, "<p>"));
    for (name, value) in [
        ("content-type", Some("text/html")),
        ("x-static", Some("a")),
        ("x-query", Some("GET")),
        ("x-amzn-remapped-date", Some("today")),
        ("x-none", None),
    ] {
        assert_eq!(outcome.header(name), value, "{name}");
    }
}

#[test]
fn definitions_that_cannot_answer_say_why_in_the_log_only() {
    let internal = r#"{"message": "Internal server error"}"#;
    for (template, status, reason) in [
        ("{}", 500, "Unable to parse statusCode"),
        (r#"{"statusCode": "200"}"#, 500, "Unable to parse statusCode"),
        ("$input.body", 500, "Unable to parse statusCode"),
        (r#"{"statusCode": 200}"#, 200, ""),
    ] {
        let mut tree = api();
        put(&mut tree, "/x", HttpMethod::Get, mock(template, internal));
        let outcome = Gateway::of(tree).get("/dev/x");
        assert_eq!((outcome.status(), outcome.body()), (status, internal), "{template}");
        assert!(outcome.log[0].contains(reason), "{:?}", outcome.log);
    }
}

#[test]
fn unmatched_and_undeclared_responses_are_configuration_errors() {
    let mut tree = api();
    let mut unmatched = mock(r#"{"statusCode": 503}"#, "");
    unmatched.responses = [(200, response(200, Some("200")))].into();
    put(&mut tree, "/unmatched", HttpMethod::Get, unmatched);
    let mut undeclared = mock(r#"{"statusCode": 503}"#, "");
    undeclared.responses = [(418, response(418, None))].into();
    put(&mut tree, "/undeclared", HttpMethod::Get, undeclared);
    let gateway = Gateway::of(tree);
    for (path, reason) in [
        (
            "/dev/unmatched",
            "No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 503",
        ),
        ("/dev/undeclared", "Output mapping refers to an invalid method response: 418"),
    ] {
        let outcome = gateway.get(path);
        assert_eq!(outcome.status(), 500, "{path}");
        assert_eq!(outcome.header("x-amzn-errortype"), Some("InternalServerErrorException"));
        let line =
            format!("500 API_CONFIGURATION_ERROR - | Execution failed due to configuration error: {reason}");
        assert_eq!(outcome.log, [line]);
    }
}

#[test]
fn content_types_without_a_template_follow_the_passthrough_rule() {
    for (passthrough, status) in [
        (PassthroughBehavior::WhenNoMatch, 200),
        (PassthroughBehavior::WhenNoTemplates, 415),
        (PassthroughBehavior::Never, 415),
    ] {
        let mut tree = api();
        let mut mock = mock(r#"{"statusCode": 200}"#, "");
        mock.passthrough_behavior = passthrough;
        put(&mut tree, "/x", HttpMethod::Post, mock);
        let own = call("POST", "/dev/x", &[("content-type", "text/plain")], b"{statusCode: 200}");
        let outcome = Gateway::of(tree).send(own);
        assert_eq!(outcome.status(), status, "{passthrough}");
        if status == 415 {
            assert_eq!(outcome.body(), r#"{"message": "Unsupported Media Type"}"#);
            assert_eq!(outcome.header("x-amzn-errortype"), Some("BadRequestException"));
        }
    }
}
