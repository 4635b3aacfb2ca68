//! GatewayResponse through the entry: exact bodies and texts.

use crate::testing::{House, patch};

const TEMPLATES: &str =
    r#""responseTemplates":{"application/json":"{\"message\":$context.error.messageString}"}"#;

fn built_in(kind: &str, status: Option<u16>) -> String {
    let status = status.map(|status| format!(r#""statusCode":"{status}","#)).unwrap_or_default();
    format!(
        r#"{{"responseType":"{kind}",{status}"responseParameters":{{}},{TEMPLATES},"defaultResponse":true}}"#
    )
}

#[test]
fn all_kinds_are_listed_in_alphabetical_order() {
    let (house, api) = House::with_api();
    let kinds = [
        ("ACCESS_DENIED", Some(403)),
        ("API_CONFIGURATION_ERROR", Some(500)),
        ("AUTHORIZER_CONFIGURATION_ERROR", Some(500)),
        ("AUTHORIZER_FAILURE", Some(500)),
        ("BAD_REQUEST_BODY", Some(400)),
        ("BAD_REQUEST_PARAMETERS", Some(400)),
        ("DEFAULT_4XX", None),
        ("DEFAULT_5XX", None),
        ("EXPIRED_TOKEN", Some(403)),
        ("INTEGRATION_FAILURE", Some(504)),
        ("INTEGRATION_TIMEOUT", Some(504)),
        ("INVALID_API_KEY", Some(403)),
        ("INVALID_SIGNATURE", Some(403)),
        ("MISSING_AUTHENTICATION_TOKEN", Some(403)),
        ("QUOTA_EXCEEDED", Some(429)),
        ("REQUEST_TOO_LARGE", Some(413)),
        ("RESOURCE_NOT_FOUND", Some(404)),
        ("THROTTLED", Some(429)),
        ("UNAUTHORIZED", Some(401)),
        ("UNSUPPORTED_MEDIA_TYPE", Some(415)),
        ("WAF_FILTERED", Some(403)),
    ];
    let items: Vec<String> = kinds.iter().map(|(kind, status)| built_in(kind, *status)).collect();
    house.check(
        ("GET", &format!("/restapis/{api}/gatewayresponses"), ""),
        200,
        &format!(r#"{{"item":[{}]}}"#, items.join(",")),
    );
}

#[test]
fn put_fills_in_the_built_in_parts() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}/gatewayresponses/THROTTLED");
    let own = format!(
        r#"{{"responseType":"THROTTLED","statusCode":"429","responseParameters":{{"gatewayresponse.header.X":"'a'"}},{TEMPLATES},"defaultResponse":false}}"#
    );
    house.check(("PUT", &target, r#"{"responseParameters":{"gatewayresponse.header.X":"'a'"}}"#), 201, &own);
    house.check(("GET", &target, ""), 200, &own);
    house.check(("DELETE", &target, ""), 202, "");
    house.check(("GET", &target, ""), 200, &built_in("THROTTLED", Some(429)));
    house.finds_nothing(("DELETE", &target, ""), "Gateway response type not defined on api");
}

#[test]
fn a_family_shows_on_what_is_not_customised() {
    let (house, api) = House::with_api();
    let kind = |name: &str| format!("/restapis/{api}/gatewayresponses/{name}");
    house.call("PUT", &kind("DEFAULT_5XX"), r#"{"statusCode":"599","responseTemplates":{"a/b":"x"}}"#);
    house.check(
        ("GET", &kind("INTEGRATION_TIMEOUT"), ""),
        200,
        r#"{"responseType":"INTEGRATION_TIMEOUT","statusCode":"599","responseParameters":{},"responseTemplates":{"a/b":"x"},"defaultResponse":true}"#,
    );
    house.check(("GET", &kind("THROTTLED"), ""), 200, &built_in("THROTTLED", Some(429)));
    assert!(house.call("PUT", &kind("AUTHORIZER_FAILURE"), "{}").body.contains(r#""statusCode":"500""#));
}

#[test]
fn patching_customises() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}/gatewayresponses/THROTTLED");
    let check = |op: &str, path: &str, value: Option<&str>, expected: &str| {
        let answer = house.call("PATCH", &target, &patch(op, path, value));
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.contains(expected), "{}", answer.body);
    };
    check("replace", "/statusCode", Some("503"), r#""statusCode":"503""#);
    check(
        "add",
        "/responseParameters/gatewayresponse.header.X",
        Some("'a'"),
        r#"{"gatewayresponse.header.X":"'a'"}"#,
    );
    check(
        "replace",
        "/responseTemplates/application~1json",
        Some("t"),
        r#""responseTemplates":{"application/json":"t"}"#,
    );
    check(
        "remove",
        "/responseTemplates/application~1json",
        None,
        r#""responseTemplates":{},"defaultResponse":false"#,
    );
}

#[test]
fn patches_are_refused_in_the_words_of_aws() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}/gatewayresponses/THROTTLED");
    let bad = |op: &str, path: &str, value: Option<&str>, message: &str| {
        house.refuses_bad(("PATCH", &target, &patch(op, path, value)), message);
    };
    bad("add", "/statusCode", Some("1"), "Invalid patch path /statusCode");
    bad("remove", "/statusCode", None, "Invalid patch path /statusCode");
    bad("replace", "/responseParameters", Some("x"), "Invalid patch path /responseParameters");
    bad(
        "add",
        "/responseParameters/gatewayresponse.header.X",
        None,
        "Invalid null or empty value in responseParameters",
    );
    bad("add", "/responseTemplates/a~1b", None, "Invalid null or empty value in responseTemplates");
    bad(
        "add",
        "/responseParameters/X",
        Some("'a'"),
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: X]",
    );
    bad(
        "add",
        "/responseParameters/gatewayresponse.header.X",
        Some("unquoted"),
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: unquoted]",
    );
    for op in ["replace", "remove"] {
        house.finds_nothing(
            ("PATCH", &target, &patch(op, "/responseParameters/gatewayresponse.header.No", Some("'a'"))),
            "Invalid parameter name specified",
        );
    }
    house.check(("GET", &target, ""), 200, &built_in("THROTTLED", Some(429)));
}

#[test]
fn unknown_kinds_and_statuses_are_refused_by_the_service_model() {
    let (house, api) = House::with_api();
    let answer =
        house.call("PUT", &format!("/restapis/{api}/gatewayresponses/NOPE"), r#"{"statusCode":"wrong"}"#);
    assert_eq!((answer.status, answer.error.as_str()), (400, "ValidationException"));
    let message = answer.text("/Message");
    assert!(
        message.starts_with(
            "2 validation errors detected: Value 'wrong' at 'putGatewayResponseInput.statusCode'"
        ),
        "{message}"
    );
    assert!(message.contains("; Value 'NOPE' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [REQUEST_TOO_LARGE, "), "{message}");
}
