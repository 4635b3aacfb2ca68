use super::super::testing::{House, patch};

const URI: &str = "http://example.com";
const TAIL: &str = r#""passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"c","cacheKeyParameters":[]"#;
const FRAME: &str = "Invalid mapping expression specified: Validation Result: warnings : [], errors : ";

/// An API with GET `/m` that declares query parameter q, and the path of its integration.
fn place() -> (House, String) {
    let (house, api) = House::with_api();
    let method = format!("/restapis/{api}/resources/{}/methods/GET", house.resource(&api, "m"));
    let body = r#"{"authorizationType":"NONE","requestParameters":{"method.request.querystring.q":false}}"#;
    house.call("PUT", &method, body);
    (house, format!("{method}/integration"))
}

/// A body of PutIntegration for this type, with the members of `rest`.
fn http(rest: &str) -> String {
    format!(r#"{{"type":"HTTP","httpMethod":"GET","uri":"{URI}","cacheNamespace":"c"{rest}}}"#)
}

#[test]
fn a_mock_has_neither_verb_nor_uri() {
    let (house, path) = place();
    let expected = format!(r#"{{"type":"MOCK",{TAIL}}}"#);
    let body = format!(r#"{{"type":"MOCK","httpMethod":"POST","uri":"{URI}","cacheNamespace":"c"}}"#);
    house.check(("PUT", &path, &body), 201, &expected);
    house.check(("GET", &path, ""), 200, &expected);
}

#[test]
fn the_cache_namespace_is_the_resource_unless_given() {
    let (house, path) = place();
    let resource = path.split('/').nth(4).unwrap().to_owned();
    assert_eq!(house.call("PUT", &path, r#"{"type":"MOCK"}"#).text("/cacheNamespace"), resource);
}

#[test]
fn every_member_is_kept() {
    let (house, path) = place();
    let rest = r#","credentials":"arn:aws:iam::000000000000:role/r","requestParameters":{"integration.request.header.X":"'x'"},"requestTemplates":{"a/b":null,"c/d":"t"},"passthroughBehavior":"NEVER","contentHandling":"CONVERT_TO_TEXT","timeoutInMillis":50,"cacheKeyParameters":["method.request.querystring.q"],"tlsConfig":{"insecureSkipVerification":true}"#;
    let expected = format!(
        r#"{{"type":"HTTP","httpMethod":"GET","uri":"{URI}","connectionType":"INTERNET","credentials":"arn:aws:iam::000000000000:role/r","requestParameters":{{"integration.request.header.X":"'x'"}},"requestTemplates":{{"a/b":null,"c/d":"t"}},"passthroughBehavior":"NEVER","contentHandling":"CONVERT_TO_TEXT","timeoutInMillis":50,"cacheNamespace":"c","cacheKeyParameters":["method.request.querystring.q"],"tlsConfig":{{"insecureSkipVerification":true}}}}"#
    );
    house.check(("PUT", &path, &http(rest)), 201, &expected);
    house.check(("GET", &path, ""), 200, &expected);
}

#[test]
fn a_link_and_streaming_are_kept() {
    let (house, path) = place();
    let body = format!(
        r#"{{"type":"HTTP_PROXY","httpMethod":"ANY","uri":"{URI}","cacheNamespace":"c","connectionType":"VPC_LINK","connectionId":"abc123","responseTransferMode":"STREAM","timeoutInMillis":900000}}"#
    );
    let expected = format!(
        r#"{{"type":"HTTP_PROXY","httpMethod":"ANY","uri":"{URI}","connectionType":"VPC_LINK","connectionId":"abc123","passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":900000,"cacheNamespace":"c","cacheKeyParameters":[],"responseTransferMode":"STREAM"}}"#
    );
    house.check(("PUT", &path, &body), 201, &expected);
}

#[test]
fn put_refuses() {
    let (house, path) = place();
    let check = |body: &str, message: &str| house.refuses_bad(("PUT", &path, body), message);
    check(
        r#"{"type":"HTTP","uri":"http://example.com"}"#,
        "Enumeration value for HttpMethod must be non-empty",
    );
    check(
        r#"{"type":"AWS","httpMethod":"","uri":"x"}"#,
        "Enumeration value for HttpMethod must be non-empty",
    );
    check(r#"{"type":"HTTP","httpMethod":"GET"}"#, "Invalid HTTP endpoint specified for URI");
    for (rest, message) in [
        (r#","timeoutInMillis":49"#, "Timeout should be between 50 ms and 29000 ms".to_owned()),
        (r#","timeoutInMillis":29001"#, "Timeout should be between 50 ms and 29000 ms".to_owned()),
        (r#","timeoutInMillis":-1"#, "Timeout should be between 50 ms and 29000 ms".to_owned()),
        (
            r#","requestParameters":{"integration.request.header.X":"method.request.header.X"}"#,
            format!("{FRAME}[Invalid mapping expression parameter specified: method.request.header.X]"),
        ),
        (
            r#","requestTemplates":{"123":"x"}"#,
            "Validation Result: warnings : [], errors : [Invalid content type specified: 123]".to_owned(),
        ),
        (
            r#","cacheKeyParameters":["method.request.querystring.other"]"#,
            "Invalid cache key parameter specified".to_owned(),
        ),
        (
            r#","passthroughBehavior":"X""#,
            "Invalid PassthroughBehavior specified. Valid options are WHEN_NO_MATCH,WHEN_NO_TEMPLATES,NEVER"
                .to_owned(),
        ),
        (
            r#","connectionType":"VPC_LINK""#,
            "Connection id must be specified for connection type VPC_LINK".to_owned(),
        ),
        (
            r#","responseTransferMode":"STREAM""#,
            "Response transfer mode STREAM is only supported for HTTP_PROXY and AWS_PROXY integrations"
                .to_owned(),
        ),
    ] {
        check(&http(rest), &message);
    }
    check(
        r#"{"type":"MOCK","tlsConfig":{"insecureSkipVerification":true}}"#,
        "TLS config is only supported for HTTP and HTTP_PROXY integrations",
    );
    let foreign = http(r#","credentials":"arn:aws:iam::111111111111:role/r""#);
    house.check(("PUT", &path, &foreign), 403, r#"{"Message":"Cross-account pass role is not allowed."}"#);
}

#[test]
fn unknown_places() {
    let (house, path) = place();
    for verb in ["GET", "DELETE"] {
        house.finds_nothing((verb, &path, ""), "Invalid Integration identifier specified");
    }
    house.finds_nothing(("PATCH", &path, "{}"), "Invalid Integration identifier specified");
    let other = path.replace("/GET/", "/PUT/");
    house.finds_nothing(("PUT", &other, r#"{"type":"MOCK"}"#), "Invalid Method identifier specified");
    let elsewhere = "/restapis/nosuchapi1/resources/abc123/methods/GET/integration";
    house.finds_nothing(("PUT", elsewhere, r#"{"type":"MOCK"}"#), "Invalid Resource identifier specified");
}

#[test]
fn responses_survive_another_put_of_the_same_type_only() {
    let (house, path) = place();
    house.call("PUT", &path, r#"{"type":"MOCK"}"#);
    house.call("PUT", &path.replace("integration", "responses/200"), "{}");
    house.call("PUT", &format!("{path}/responses/200"), "{}");
    let again = house.call("PUT", &path, r#"{"type":"MOCK"}"#);
    assert_eq!(again.text("/integrationResponses/200/statusCode"), "200");
    let changed = house.call("PUT", &path, &http(""));
    assert_eq!(changed.text("/integrationResponses/200/statusCode"), "");
}

#[test]
fn patches() {
    let (house, path) = place();
    house.call("PUT", &path, &http(""));
    let check = |op: &str, at: &str, value: Option<&str>, pointer: &str, expected: &str| {
        let answer = house.call("PATCH", &path, &patch(op, at, value));
        assert_eq!(answer.status, 200, "{op} {at}: {}", answer.body);
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let found = body.pointer(pointer).map(ToString::to_string).unwrap_or_default();
        assert_eq!(found, expected, "{op} {at}");
        assert_eq!(house.call("GET", &path, "").body, answer.body);
    };
    for (at, value, expected) in [
        ("/uri", "https://example.org/y", r#""https://example.org/y""#),
        ("/httpMethod", "POST", r#""POST""#),
        ("/timeoutInMillis", "1000", "1000"),
        ("/passthroughBehavior", "NEVER", r#""NEVER""#),
        ("/contentHandling", "CONVERT_TO_BINARY", r#""CONVERT_TO_BINARY""#),
        ("/contentHandling", "", ""),
        ("/cacheNamespace", "other", r#""other""#),
        ("/credentials", "arn:aws:iam::000000000000:role/r", r#""arn:aws:iam::000000000000:role/r""#),
        ("/credentials", "", ""),
        ("/connectionId", "abc", r#""abc""#),
        ("/connectionType", "VPC_LINK", r#""VPC_LINK""#),
        ("/integrationTarget", "t", r#""t""#),
        ("/responseTransferMode", "BUFFERED", ""),
        ("/tlsConfig/insecureSkipVerification", "true", "true"),
    ] {
        check("replace", at, Some(value), at, expected);
    }
    let parameter = "/requestParameters/integration.request.header.X";
    check("add", parameter, Some("'a'"), parameter, r#""'a'""#);
    check("replace", parameter, Some("'b'"), parameter, r#""'b'""#);
    check("remove", parameter, None, "/requestParameters", "");
    let template = "/requestTemplates/a~1b";
    check("add", template, Some("x"), template, r#""x""#);
    check("replace", template, Some(""), template, "null");
    check("remove", template, None, "/requestTemplates", "");
    let keys = "/cacheKeyParameters";
    let query = "/cacheKeyParameters/method.request.querystring.q";
    check("add", query, None, keys, r#"["method.request.querystring.q"]"#);
    check(
        "replace",
        query,
        Some("method.request.querystring.q"),
        keys,
        r#"["method.request.querystring.q"]"#,
    );
    check("remove", query, None, keys, "[]");
}

#[test]
fn patches_are_refused() {
    let (house, path) = place();
    house.call("PUT", &path, &http(""));
    let check = |op: &str, at: &str, value: &str, message: &str| {
        house.refuses_bad(("PATCH", &path, &patch(op, at, Some(value))), message);
    };
    for at in ["/type", "/wrong", "/requestParameters", "/requestTemplates/a/b", "/tlsConfig"] {
        check("replace", at, "x", &format!("Invalid patch path {at}"));
    }
    for at in ["/uri", "/timeoutInMillis", "/tlsConfig/insecureSkipVerification"] {
        check("add", at, "x", "Invalid patch operation specified. Must be one of: [replace]");
    }
    check(
        "move",
        "/requestTemplates/a~1b",
        "x",
        "Invalid patch operation specified. Must be one of: [add, replace, remove]",
    );
    check("replace", "/uri", "nonsense", "Invalid HTTP endpoint specified for URI");
    check("replace", "/httpMethod", "", "Enumeration value for HttpMethod must be non-empty");
    for value in ["5", "abc", "-1"] {
        check("replace", "/timeoutInMillis", value, "Timeout should be between 50 ms and 29000 ms");
    }
    check(
        "replace",
        "/connectionType",
        "X",
        "Invalid ConnectionType specified. Valid options are INTERNET,VPC_LINK",
    );
    check(
        "add",
        "/requestParameters/integration.request.header.X",
        "",
        "Invalid null or empty value in requestParameters",
    );
    check("add", "/cacheKeyParameters/other", "", "Invalid cache key parameter specified");
    let gone = patch("remove", "/requestParameters/integration.request.header.X", None);
    house.finds_nothing(("PATCH", &path, &gone), "Invalid parameter name specified");
    house.call("PUT", &path, r#"{"type":"MOCK"}"#);
    check("replace", "/uri", "http://example.com", "Invalid patch path /uri");
}

#[test]
fn a_mapping_whose_source_went_blocks_no_other_change() {
    let (house, path) = place();
    let source = r#","requestParameters":{"integration.request.header.X":"method.request.querystring.q"}"#;
    house.call("PUT", &path, &http(source));
    let gone = patch("remove", "/requestParameters/method.request.querystring.q", None);
    assert_eq!(house.call("PATCH", path.strip_suffix("/integration").unwrap(), &gone).status, 200);
    let answer = house.call("PATCH", &path, &patch("replace", "/timeoutInMillis", Some("60")));
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn delete_takes_the_responses_along() {
    let (house, path) = place();
    house.call("PUT", &path, r#"{"type":"MOCK"}"#);
    house.check(("DELETE", &path, ""), 204, "");
    house.finds_nothing(("GET", &path, ""), "Invalid Integration identifier specified");
}
