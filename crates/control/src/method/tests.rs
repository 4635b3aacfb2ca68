use super::super::testing::{House, patch};

const NO_AUTHORIZER: &str = "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.";
const ONLY_REPLACE: &str = "Invalid patch operation specified. Must be one of: [replace]";
const OPEN: &str = r#"{"authorizationType":"NONE"}"#;

/// An API with `/m`, and the path of its GET method.
fn place() -> (House, String) {
    let (house, api) = House::with_api();
    let resource = house.resource(&api, "m");
    let path = format!("/restapis/{api}/resources/{resource}/methods/GET");
    (house, path)
}

#[test]
fn a_bare_method() {
    let (house, path) = place();
    let expected = r#"{"httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":false}"#;
    house.check(("PUT", &path, r#"{"authorizationType":"none"}"#), 201, expected);
    house.check(("GET", &path, ""), 200, expected);
    house.refuses(("PUT", &path, OPEN), 409, "ConflictException", "Method already exists for this resource");
}

#[test]
fn every_member_is_kept_and_read_back_with_what_hangs_below() {
    let (house, path) = place();
    let given = r#"{"authorizationType":"AWS_IAM","apiKeyRequired":true,"operationName":"op","requestParameters":{"method.request.querystring.q":true},"requestModels":{"application/json":"Empty"},"authorizationScopes":["s"]}"#;
    let own = r#""httpMethod":"GET","authorizationType":"AWS_IAM","apiKeyRequired":true,"operationName":"op","requestParameters":{"method.request.querystring.q":true},"requestModels":{"application/json":"Empty"}"#;
    house.check(("PUT", &path, given), 201, &format!(r#"{{{own},"authorizationScopes":["s"]}}"#));
    house.call("PUT", &format!("{path}/responses/200"), "{}");
    house.call("PUT", &format!("{path}/integration"), r#"{"type":"MOCK","cacheNamespace":"c"}"#);
    house.call("PUT", &format!("{path}/integration/responses/200"), r#"{"selectionPattern":""}"#);
    let below = r#""methodResponses":{"200":{"statusCode":"200"}},"methodIntegration":{"type":"MOCK","passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"c","cacheKeyParameters":[],"integrationResponses":{"200":{"statusCode":"200","selectionPattern":""}}}"#;
    house.check(("GET", &path, ""), 200, &format!(r#"{{{own},{below},"authorizationScopes":["s"]}}"#));
}

#[test]
fn put_checks_in_the_services_order() {
    let (house, path) = place();
    let check = |body: &str, message: &str| house.refuses_bad(("PUT", &path, body), message);
    check(r#"{"authorizationType":"CUSTOM"}"#, NO_AUTHORIZER);
    check(r#"{"authorizationType":"COGNITO_USER_POOLS","authorizerId":"x"}"#, NO_AUTHORIZER);
    check(r#"{"authorizationType":"JWT","requestValidatorId":"x"}"#, NO_AUTHORIZER);
    let models = r#""requestModels":{"a/b":"Nothing"}"#;
    check(
        &format!(r#"{{"authorizationType":"NONE",{models}}}"#),
        "Invalid model identifier specified: Nothing",
    );
    check(
        &format!(r#"{{"authorizationType":"NONE","requestValidatorId":"x",{models}}}"#),
        "Invalid Request Validator identifier specified",
    );
    check(
        r#"{"authorizationType":"NONE","requestParameters":{"wrong":true}}"#,
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]",
    );
    check(
        r#"{"authorizationType":"OTHER"}"#,
        "Invalid AuthorizationType specified. Valid options are NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS,JWT",
    );
    let verb = path.replace("/GET", "/FETCH");
    house.refuses_bad(
        ("PUT", &verb, r#"{"authorizationType":"CUSTOM"}"#),
        "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
    );
}

#[test]
fn unknown_places() {
    let (house, path) = place();
    for verb in ["GET", "DELETE"] {
        house.finds_nothing((verb, &path, ""), "Invalid Method identifier specified");
    }
    house.finds_nothing(("PATCH", &path, "{}"), "Invalid Method identifier specified");
    let elsewhere = "/restapis/nosuchapi1/resources/abc123/methods/GET";
    house.finds_nothing(("GET", elsewhere, ""), "Invalid Resource identifier specified");
    house.finds_nothing(("PUT", elsewhere, OPEN), "Invalid Resource identifier specified");
}

#[test]
fn delete_takes_everything_along() {
    let (house, path) = place();
    house.call("PUT", &path, OPEN);
    house.call("PUT", &format!("{path}/integration"), r#"{"type":"MOCK"}"#);
    house.check(("DELETE", &path, ""), 204, "");
    house.check(
        ("PUT", &path, OPEN),
        201,
        r#"{"httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":false}"#,
    );
}

#[test]
fn patches() {
    let (house, path) = place();
    house.call("PUT", &path, OPEN);
    let check = |op: &str, at: &str, value: Option<&str>, rest: &str| {
        let answer = house.call("PATCH", &path, &patch(op, at, value));
        let body = format!(r#"{{"httpMethod":"GET","authorizationType":"NONE",{rest}}}"#);
        assert_eq!((answer.status, answer.body), (200, body), "{op} {at}");
    };
    check("replace", "/apiKeyRequired", Some("true"), r#""apiKeyRequired":true"#);
    check("replace", "/apiKeyRequired", Some("whatever"), r#""apiKeyRequired":false"#);
    check("replace", "/authorizationType", Some("none"), r#""apiKeyRequired":false"#);
    check("replace", "/operationName", Some("op"), r#""apiKeyRequired":false,"operationName":"op""#);
    check("replace", "/operationName", Some(""), r#""apiKeyRequired":false"#);
    let parameter = "/requestParameters/method.request.header.a";
    check(
        "add",
        parameter,
        Some("true"),
        r#""apiKeyRequired":false,"requestParameters":{"method.request.header.a":true}"#,
    );
    check(
        "replace",
        parameter,
        None,
        r#""apiKeyRequired":false,"requestParameters":{"method.request.header.a":false}"#,
    );
    check("remove", parameter, None, r#""apiKeyRequired":false"#);
    let model = "/requestModels/application~1json";
    check(
        "add",
        model,
        Some("Empty"),
        r#""apiKeyRequired":false,"requestModels":{"application/json":"Empty"}"#,
    );
    check("remove", model, None, r#""apiKeyRequired":false"#);
    let scopes = "/authorizationScopes";
    check("add", scopes, Some("s"), r#""apiKeyRequired":false,"authorizationScopes":["s"]"#);
    check("remove", scopes, Some("s"), r#""apiKeyRequired":false"#);
}

#[test]
fn patches_are_refused() {
    let (house, path) = place();
    house.call("PUT", &path, OPEN);
    let check = |op: &str, at: &str, value: &str, message: &str| {
        house.refuses_bad(("PATCH", &path, &patch(op, at, Some(value))), message);
    };
    check("replace", "/httpMethod", "PUT", "Invalid patch path /httpMethod");
    check("replace", "/requestParameters", "x", "Invalid patch path /requestParameters");
    check("add", "/requestModels/a/b", "Empty", "Invalid patch path /requestModels/a/b");
    check("replace", "name", "x", "Invalid patch path name");
    for field in
        ["apiKeyRequired", "authorizationType", "authorizerId", "operationName", "requestValidatorId"]
    {
        for op in ["add", "remove", "move", "copy", "test"] {
            check(op, &format!("/{field}"), "x", ONLY_REPLACE);
        }
    }
    check(
        "replace",
        "/authorizationScopes",
        "x",
        "Invalid patch operation specified. Must be one of: [add, remove]",
    );
    check("replace", "/requestValidatorId", "x", "Invalid Request Validator identifier specified");
    check("replace", "/authorizationType", "CUSTOM", NO_AUTHORIZER);
    check("add", "/requestModels/a~1b", "Nothing", "Invalid model identifier specified: Nothing");
    house.refuses_bad(
        ("PATCH", &path, r#"{"patchOperations":[{"op":"replace"}]}"#),
        "Invalid patch path null",
    );
    let gone = patch("remove", "/requestParameters/method.request.header.a", None);
    house.finds_nothing(("PATCH", &path, &gone), "Invalid parameter name specified");
}

#[test]
fn one_bad_operation_changes_nothing() {
    let (house, path) = place();
    house.call("PUT", &path, OPEN);
    let body = r#"{"patchOperations":[{"op":"replace","path":"/apiKeyRequired","value":"true"},{"op":"add","path":"/x"}]}"#;
    house.refuses_bad(("PATCH", &path, body), "Invalid patch path /x");
    house.check(
        ("GET", &path, ""),
        200,
        r#"{"httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":false}"#,
    );
}
