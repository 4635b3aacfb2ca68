//! Authorizers through the entry of the control plane.

use serde_json::{Value, json};

use crate::testing::{House, patch};

const UNKNOWN: &str = "Invalid Authorizer identifier specified";
const URI: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:door/invocations";
const POOL: &str = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_x";
const HEADER: &str = "method.request.header.Authorization";
const INVALID_ID: &str = "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.";

/// A body without the members that are null.
fn body(name: &str, kind: &str, fields: &Value) -> String {
    let mut all = json!({"name": name, "type": kind});
    for (key, value) in fields.as_object().unwrap() {
        all[key] = value.clone();
    }
    all.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    all.to_string()
}

fn token(name: &str) -> String {
    body(name, "TOKEN", &json!({"authorizerUri": URI, "identitySource": HEADER}))
}

struct Place {
    house: House,
    api: String,
    list: String,
}

impl Place {
    fn new() -> Self {
        let (house, api) = House::with_api();
        let list = format!("/restapis/{api}/authorizers");
        Self { house, api, list }
    }

    /// A new authorizer's target and id.
    fn create(&self, body: &str) -> (String, String) {
        let answer = self.house.call("POST", &self.list, body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        let id = answer.text("/id");
        (format!("{}/{id}", self.list), id)
    }

    fn method(&self, authorization: &str, authorizer: Option<&str>) -> crate::testing::Answer {
        let target = format!("/restapis/{}/resources/{}/methods/GET", self.api, self.house.root(&self.api));
        let id = authorizer.map(|id| format!(r#","authorizerId":"{id}""#)).unwrap_or_default();
        self.house.call("PUT", &target, &format!(r#"{{"authorizationType":"{authorization}"{id}}}"#))
    }
}

#[test]
fn an_authorizer_reads_back_as_it_was_made() {
    let place = Place::new();
    let (target, id) = place.create(&token("door"));
    let shown = format!(
        r#"{{"id":"{id}","name":"door","type":"TOKEN","authType":"custom","authorizerUri":"{URI}","identitySource":"{HEADER}"}}"#
    );
    assert_eq!(id.len(), 6);
    place.house.check(("GET", &target, ""), 200, &shown);
    place.house.check(("GET", &place.list, ""), 200, &format!(r#"{{"item":[{shown}]}}"#));
    place.house.check(("DELETE", &target, ""), 202, "");
    place.house.finds_nothing(("GET", &target, ""), UNKNOWN);
}

#[test]
fn every_type_has_its_members() {
    let place = Place::new();
    let check = |kind: &str, fields: Value, pointer: &str, expected: &str| {
        let answer = place.house.call("POST", &place.list, &body(kind, kind, &fields));
        assert_eq!((answer.status, answer.text(pointer).as_str()), (201, expected), "{}", answer.body);
    };
    check(
        "COGNITO_USER_POOLS",
        json!({"providerARNs": [POOL], "identitySource": HEADER}),
        "/authType",
        "cognito_user_pools",
    );
    check(
        "TOKEN",
        json!({"authorizerUri": URI, "identitySource": HEADER, "authType": "oauth2"}),
        "/authType",
        "oauth2",
    );
    let sources = "method.request.header.A, method.request.querystring.b,stageVariables.c,context.httpMethod";
    check("REQUEST", json!({"authorizerUri": URI, "identitySource": sources}), "/identitySource", sources);
    let jwt = json!({"issuers": [{"issuer": "https://id.example", "audiences": ["a"],
        "additionalClaims": [{"claimName": "tenant", "format": "SINGLE_STRING", "required": true, "expectedValues": ["x"]}]}],
        "defaultAlgorithms": ["RS256"]});
    check(
        "JWT",
        json!({"jwtConfiguration": jwt, "identitySource": HEADER}),
        "/jwtConfiguration/issuers/0/additionalClaims/0/claimName",
        "tenant",
    );
}

#[test]
fn what_a_type_needs_is_asked_for() {
    let place = Place::new();
    let check = |kind: &str, fields: Value, expected: &str| {
        place.house.refuses_bad(("POST", &place.list, &body("door", kind, &fields)), expected);
    };
    let bad_uri = |uri: &str| {
        format!(
            "Invalid Authorizer URI: {uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation."
        )
    };
    let sqs = "arn:aws:apigateway:us-east-1:sqs:path/1/q";
    check("TOKEN", json!({"identitySource": HEADER}), &bad_uri(""));
    check("TOKEN", json!({"authorizerUri": sqs, "identitySource": HEADER}), &bad_uri(sqs));
    check("TOKEN", json!({"authorizerUri": URI}), "Invalid request input");
    check("REQUEST", json!({"authorizerUri": URI}), "Invalid request input");
    check("COGNITO_USER_POOLS", json!({"identitySource": HEADER}), "Invalid request input");
    check("COGNITO_USER_POOLS", json!({"providerARNs": [POOL]}), "Invalid request input");
    check(
        "COGNITO_USER_POOLS",
        json!({"providerARNs": [POOL, "x"], "identitySource": HEADER}),
        "Invalid ARN specified in the request",
    );
    let ttl = |seconds: i32| json!({"authorizerUri": URI, "identitySource": HEADER, "authorizerResultTtlInSeconds": seconds});
    check("TOKEN", ttl(3601), "Authorizer result TTL must be between 0 and 3600");
    check("TOKEN", ttl(-1), "Authorizer result TTL must be between 0 and 3600");
    check("JWT", json!({"identitySource": HEADER}), "An authorizer of type JWT needs a jwtConfiguration");
    let source = |text: &str| json!({"authorizerUri": URI, "identitySource": text});
    let bad_source = |text: &str| {
        format!(
            "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: {text}]"
        )
    };
    for text in ["Authorization", "method.request.querystring.q", "method.request.header."] {
        check("TOKEN", source(text), &bad_source(text));
    }
    check("REQUEST", source("method.request.header.A,$input"), &bad_source("$input"));
    check("REQUEST", source("method.request.header.A,"), &bad_source(""));
}

#[test]
fn a_request_authorizer_that_keeps_nothing_needs_no_source() {
    let place = Place::new();
    let fields = json!({"authorizerUri": URI, "authorizerResultTtlInSeconds": 0});
    let answer = place.house.call("POST", &place.list, &body("door", "REQUEST", &fields));
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert!(answer.body.contains(r#""authorizerResultTtlInSeconds":0"#), "{}", answer.body);
}

#[test]
fn names_are_unique_and_ten_are_enough() {
    let place = Place::new();
    place.create(&token("door"));
    place.house.refuses_bad(
        ("POST", &place.list, &token("door")),
        "Authorizer name must be unique. Authorizer door already exists in this RestApi.",
    );
    place.house.refuses_bad(("POST", &place.list, &token(" ")), "Authorizer name must be non-empty");
    for index in 1..10 {
        place.create(&token(&format!("door{index}")));
    }
    place.house.refuses(
        ("POST", &place.list, &token("one too many")),
        429,
        "LimitExceededException",
        "Maximum number of Authorizers for this API has been reached.  Please contact AWS if you need additional Authorizers.",
    );
}

#[test]
fn unknown_apis_have_their_own_texts() {
    let house = House::new();
    let list = "/restapis/nosuchapi1/authorizers";
    house.refuses(
        ("POST", list, &token("door")),
        409,
        "ConflictException",
        "Unable to complete operation due to concurrent modification. Please try again later.",
    );
    house.finds_nothing(("GET", list, ""), "Invalid API identifier specified 000000000000:nosuchapi1");
    house.finds_nothing(("GET", &format!("{list}/abc123"), ""), UNKNOWN);
    house.finds_nothing(("DELETE", &format!("{list}/abc123"), ""), UNKNOWN);
}

#[test]
fn patches_change_every_field() {
    let place = Place::new();
    let (target, _) = place.create(&token("door"));
    let check = |op: &str, path: &str, value: Option<&str>, expected: &str| {
        let answer = place.house.call("PATCH", &target, &patch(op, path, value));
        assert!(answer.status == 200 && answer.body.contains(expected), "{path}: {}", answer.body);
    };
    check("replace", "/name", Some("gate"), r#""name":"gate""#);
    check("replace", "/authorizerResultTtlInSeconds", Some("60"), r#""authorizerResultTtlInSeconds":60"#);
    check("replace", "/authType", Some("own"), r#""authType":"own""#);
    check("replace", "/authType", Some(""), r#""authType":"custom""#);
    check(
        "replace",
        "/identitySource",
        Some("method.request.header.X"),
        r#""identitySource":"method.request.header.X""#,
    );
    check("replace", "/identityValidationExpression", Some("a.*"), r#""identityValidationExpression":"a.*""#);
    check("add", "/providerARNs", Some(POOL), r#""providerARNs":["#);
    check("replace", "/type", Some("COGNITO_USER_POOLS"), r#""type":"COGNITO_USER_POOLS""#);
    check("replace", "/authorizerCredentials", Some("arn:aws:iam::000000000000:role/r"), r#"role/r""#);
    check("replace", "/authorizerUri", Some(""), r#""name":"gate""#);
}

#[test]
fn patches_are_refused() {
    let place = Place::new();
    let (target, _) = place.create(&token("door"));
    place.create(&token("gate"));
    let check = |op: &str, path: &str, value: Option<&str>, expected: &str| {
        place.house.refuses_bad(("PATCH", &target, &patch(op, path, value)), expected);
    };
    let paths = "[/name, /type, /authorizerUri, /authorizerCredentials, /authorizerResultTtlInSeconds, /authType, /identitySource, /identityValidationExpression]";
    check(
        "replace",
        "/x",
        None,
        &format!("Invalid patch path  '/x' specified for op 'replace'. Must be one of: {paths}"),
    );
    check(
        "copy",
        "/name",
        None,
        "Invalid patch path  '/name' specified for op 'copy'. Please choose supported operations",
    );
    check(
        "replace",
        "/name",
        Some("gate"),
        "Authorizer name must be unique. Authorizer gate already exists in this RestApi.",
    );
    check("replace", "/name", None, "Authorizer name must be non-empty");
    check(
        "replace",
        "/authorizerResultTtlInSeconds",
        Some("soon"),
        "Authorizer result TTL must be between 0 and 3600",
    );
    check(
        "replace",
        "/type",
        Some("NONE"),
        "Invalid AuthorizerType specified. Valid options are TOKEN,REQUEST,COGNITO_USER_POOLS,JWT",
    );
    check("remove", "/identitySource", None, "Invalid request input");
    check(
        "remove",
        "/providerARNs",
        Some(POOL),
        &format!("Provider ARN {POOL} is not part of this authorizer"),
    );
}

#[test]
fn methods_name_authorizers_that_exist_and_fit() {
    let place = Place::new();
    let (_, id) = place.create(&token("door"));
    let check = |authorization: &str, authorizer: Option<&str>| {
        let answer = place.method(authorization, authorizer);
        assert_eq!((answer.status, answer.message().as_str()), (400, INVALID_ID), "{authorization}");
    };
    check("CUSTOM", None);
    check("CUSTOM", Some("nosuch"));
    check("COGNITO_USER_POOLS", Some(&id));
    check("JWT", Some(&id));
    let made = place.method("CUSTOM", Some(&id));
    assert_eq!((made.status, made.text("/authorizerId")), (201, id));
}

#[test]
fn an_authorizer_in_use_stays() {
    let place = Place::new();
    let (target, id) = place.create(&token("door"));
    assert_eq!(place.method("CUSTOM", Some(&id)).status, 201);
    place.house.refuses(
        ("DELETE", &target, ""),
        409,
        "ConflictException",
        "Cannot delete authorizer 'door', is referenced in method: GET//",
    );
}

#[test]
fn a_clone_has_authorizers_of_its_own() {
    let place = Place::new();
    let (_, id) = place.create(&token("door"));
    assert_eq!(place.method("CUSTOM", Some(&id)).status, 201);
    let create = format!(r#"{{"name":"copy","cloneFrom":"{}"}}"#, place.api);
    let copy = place.house.call("POST", "/restapis", &create).text("/id");
    let method = format!("/restapis/{copy}/resources/{}/methods/GET", place.house.root(&copy));
    let named = place.house.call("GET", &method, "").text("/authorizerId");
    let listed = place.house.call("GET", &format!("/restapis/{copy}/authorizers"), "").text("/item/0/id");
    assert_eq!(named, listed);
    assert_ne!(named, id);
}
