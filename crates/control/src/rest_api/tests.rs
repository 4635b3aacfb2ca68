//! RestApi through the entry: exact bodies and texts.

use stagedoor_base::{AccountId, Scope};

use crate::testing::{House, patch, request};

const VALIDATION: &str = "ValidationException";

/// Sends one PATCH operation to a fresh API and returns the member `pointer` of the answer's JSON text.
fn patched(operations: &[(&str, &str, Option<&str>)]) -> String {
    let (house, api) = House::with_api();
    let mut body = String::new();
    for (op, path, value) in operations {
        let answer = house.call("PATCH", &format!("/restapis/{api}"), &patch(op, path, *value));
        assert_eq!(answer.status, 200, "{op} {path}: {}", answer.body);
        body = answer.body;
    }
    body
}

#[test]
fn a_new_api_reads_back_as_aws_prints_it() {
    let house = House::new();
    let created = house.call("POST", "/restapis", r#"{"name":"pets","tags":{"_custom_id_":"pets123"}}"#);
    assert_eq!(created.status, 201);
    let root = created.text("/rootResourceId");
    assert_eq!(root.len(), 10);
    assert_eq!(
        created.body,
        format!(
            r#"{{"id":"pets123","name":"pets","createdDate":1700000000,"apiKeySource":"HEADER","endpointConfiguration":{{"types":["EDGE"],"ipAddressType":"ipv4"}},"tags":{{"_custom_id_":"pets123"}},"disableExecuteApiEndpoint":false,"rootResourceId":"{root}","securityPolicy":"TLS_1_0","apiStatus":"AVAILABLE"}}"#
        )
    );
    house.check(("GET", "/restapis/pets123", ""), 200, &created.body);
    house.check(("GET", "/restapis", ""), 200, &format!(r#"{{"item":[{}]}}"#, created.body));
}

#[test]
fn tags_show_always_on_get_and_never_on_create_without_any() {
    let house = House::new();
    let created = house.call("POST", "/restapis", r#"{"name":"pets"}"#);
    assert!(!created.body.contains("tags"), "{}", created.body);
    let path = format!("/restapis/{}", created.text("/id"));
    assert!(house.call("GET", &path, "").body.contains(r#""tags":{}"#));
    assert!(house.call("PATCH", &path, "{}").body.contains(r#""tags":{}"#));
    assert!(!house.call("GET", "/restapis", "").body.contains("tags"));
}

#[test]
fn a_new_api_has_a_root_and_the_two_default_models() {
    let (house, api) = House::with_api();
    let root = house.root(&api);
    house.check(
        ("GET", &format!("/restapis/{api}/resources"), ""),
        200,
        &format!(r#"{{"item":[{{"id":"{root}","path":"/"}}]}}"#),
    );
    let models = house.call("GET", &format!("/restapis/{api}/models"), "");
    assert_eq!([models.text("/item/0/name"), models.text("/item/1/name")], ["Empty", "Error"]);
    assert_eq!(
        models.text("/item/0/schema"),
        "{\n  \"$schema\": \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Empty Schema\",\n  \"type\" : \"object\"\n}"
    );
}

#[test]
fn create_refuses_in_the_words_of_aws() {
    let house = House::new();
    for (body, message) in [
        (r#"{"name":"a","description":""}"#, "Description cannot be an empty string"),
        (
            r#"{"name":"a","minimumCompressionSize":-1}"#,
            "Invalid minimum compression size, must be between 0 and 10485760",
        ),
        (
            r#"{"name":"a","minimumCompressionSize":10485761}"#,
            "Invalid minimum compression size, must be between 0 and 10485760",
        ),
        (
            r#"{"name":"a","endpointConfiguration":{"types":[]}}"#,
            "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.",
        ),
        (
            r#"{"name":"a","endpointConfiguration":{"types":["EDGE","REGIONAL"]}}"#,
            "Cannot create an api with multiple Endpoint Types.",
        ),
        (
            r#"{"name":"a","endpointConfiguration":{"types":["PRIVATE"],"ipAddressType":"ipv4"}}"#,
            "Only dualstack ipAddressType is supported for Private APIs.",
        ),
        (
            r#"{"name":"a","policy":"no json"}"#,
            "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
        ),
        (
            r#"{"name":"a","cloneFrom":"nosuchapi1"}"#,
            "Invalid API identifier specified 000000000000:nosuchapi1",
        ),
        (
            r#"{"name":"a","tags":{"_custom_id_":"Not_A_Host"}}"#,
            "Invalid value for the _custom_id_ tag: Not_A_Host",
        ),
    ] {
        house.refuses_bad(("POST", "/restapis", body), message);
    }
}

#[test]
fn the_model_of_the_service_is_checked_before_any_rule() {
    let house = House::new();
    for (body, message) in [
        (
            r#"{"description":""}"#,
            "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
        ),
        (
            r#"{"name":"a","description":"","endpointConfiguration":{"ipAddressType":"wrong"}}"#,
            "1 validation error detected: Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
        ),
        (
            r#"{"name":"a","endpointConfiguration":{"types":["WRONG"]}}"#,
            "1 validation error detected: Value '[WRONG]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]",
        ),
    ] {
        let answer = house.call("POST", "/restapis", body);
        assert_eq!(
            (answer.status, answer.error.as_str(), answer.text("/Message").as_str()),
            (400, VALIDATION, message)
        );
    }
}

#[test]
fn endpoint_defaults_follow_the_type() {
    let house = House::new();
    for (given, expected) in [
        ("{}", r#"{"types":["EDGE"],"ipAddressType":"ipv4"}"#),
        (r#"{"types":["REGIONAL"]}"#, r#"{"types":["REGIONAL"],"ipAddressType":"ipv4"}"#),
        (
            r#"{"types":["PRIVATE"],"vpcEndpointIds":["vpce-1"]}"#,
            r#"{"types":["PRIVATE"],"ipAddressType":"dualstack","vpcEndpointIds":["vpce-1"]}"#,
        ),
    ] {
        let body = format!(r#"{{"name":"a","endpointConfiguration":{given}}}"#);
        let answer = house.call("POST", "/restapis", &body);
        assert!(answer.body.contains(&format!(r#""endpointConfiguration":{expected}"#)), "{}", answer.body);
    }
}

#[test]
fn a_custom_id_is_taken_once() {
    let house = House::new();
    let call = ("POST", "/restapis", r#"{"name":"pets","tags":{"_custom_id_":"pets123"}}"#);
    assert_eq!(house.call(call.0, call.1, call.2).status, 201);
    house.refuses(call, 409, "ConflictException", "API identifier pets123 is already in use");
    let stranger = Scope { account: AccountId::from("111111111111"), region: "us-east-1".into() };
    let elsewhere = house.block_on(house.control.execute(stranger, request(call.0, call.1, call.2)));
    assert_eq!(elsewhere.status, 409);
}

#[test]
fn unknown_apis_are_named_with_their_account() {
    let house = House::new();
    let message = "Invalid API identifier specified 000000000000:nosuchapi1";
    house.finds_nothing(("GET", "/restapis/nosuchapi1", ""), message);
    house.finds_nothing(("PATCH", "/restapis/nosuchapi1", "{}"), message);
    house.finds_nothing(("DELETE", "/restapis/nosuchapi1", ""), message);
    house.finds_nothing(("GET", "/restapis/nosuchapi1/resources", ""), message);
}

#[test]
fn a_deleted_api_is_gone_with_all_below() {
    let (house, api) = House::with_api();
    house.resource(&api, "pets");
    house.check(("DELETE", &format!("/restapis/{api}"), ""), 202, "");
    assert_eq!(house.call("GET", &format!("/restapis/{api}"), "").status, 404);
    house.check(("GET", "/restapis", ""), 200, r#"{"item":[]}"#);
}

#[test]
fn lists_come_in_pages_of_creation_order() {
    let house = House::new();
    for name in ["a", "b", "c"] {
        house.call("POST", "/restapis", &format!(r#"{{"name":"{name}"}}"#));
    }
    let first = house.call("GET", "/restapis?limit=2", "");
    assert_eq!([first.text("/item/0/name"), first.text("/item/1/name")], ["a", "b"]);
    let second = house.call("GET", &format!("/restapis?limit=2&position={}", first.text("/position")), "");
    assert_eq!([second.text("/item/0/name"), second.text("/position")], ["c", ""]);
}

#[test]
fn every_patch_path_changes_its_field() {
    let check = |operations: &[(&str, &str, Option<&str>)], expected: &str| {
        let body = patched(operations);
        assert!(body.contains(expected), "{operations:?}: {body}");
    };
    check(&[("replace", "/name", Some("new"))], r#""name":"new""#);
    check(&[("replace", "/description", Some("d"))], r#""description":"d""#);
    check(&[("add", "/description", Some("d"))], r#""description":"d""#);
    check(&[("replace", "/version", Some("2"))], r#""version":"2""#);
    check(&[("replace", "/apiKeySource", Some("AUTHORIZER"))], r#""apiKeySource":"AUTHORIZER""#);
    check(&[("replace", "/disableExecuteApiEndpoint", Some("True"))], r#""disableExecuteApiEndpoint":true"#);
    check(&[("replace", "/minimumCompressionSize", Some("0"))], r#""minimumCompressionSize":0"#);
    check(&[("add", "/binaryMediaTypes/image~1png", None)], r#""binaryMediaTypes":["image/png"]"#);
    check(&[("add", "/binaryMediaTypes/-", Some("image/png"))], r#""binaryMediaTypes":["-"]"#);
    check(
        &[
            ("add", "/binaryMediaTypes/a", None),
            ("add", "/binaryMediaTypes/b", None),
            ("replace", "/binaryMediaTypes/a", Some("c")),
        ],
        r#""binaryMediaTypes":["b","c"]"#,
    );
    check(&[("replace", "/endpointConfiguration/types/EDGE", Some("REGIONAL"))], r#""types":["REGIONAL"]"#);
    check(
        &[("replace", "/endpointConfiguration/types/0", Some("PRIVATE"))],
        r#"{"types":["PRIVATE"],"ipAddressType":"dualstack"}"#,
    );
    check(
        &[("replace", "/endpointConfiguration/ipAddressType", Some("dualstack"))],
        r#""ipAddressType":"dualstack""#,
    );
    check(
        &[
            ("replace", "/endpointConfiguration/types/0", Some("PRIVATE")),
            ("add", "/endpointConfiguration/vpcEndpointIds", Some("vpce-1")),
        ],
        r#""vpcEndpointIds":["vpce-1"]"#,
    );
}

#[test]
fn what_is_removed_disappears() {
    let check = |operations: &[(&str, &str, Option<&str>)], absent: &str| {
        let body = patched(operations);
        assert!(!body.contains(absent), "{operations:?}: {body}");
    };
    check(&[("add", "/description", Some("d")), ("remove", "/description", None)], "description");
    check(
        &[("add", "/binaryMediaTypes/a", None), ("remove", "/binaryMediaTypes/a", None)],
        "binaryMediaTypes",
    );
    check(
        &[("replace", "/minimumCompressionSize", Some("7")), ("replace", "/minimumCompressionSize", None)],
        "minimumCompressionSize",
    );
    check(
        &[("replace", "/policy", Some(r#"{"Statement":[]}"#)), ("replace", "/policy", Some(""))],
        "policy\"",
    );
}

#[test]
fn patches_are_refused_in_the_words_of_aws() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}");
    for (op, path, value, message) in [
        ("replace", "/nope", None, "Invalid patch path /nope"),
        ("replace", "/binaryMediaTypes", Some("a"), "Invalid patch path /binaryMediaTypes"),
        ("add", "/tags/a", Some("b"), "Invalid patch path /tags/a"),
        ("remove", "/name", None, "Invalid patch operation specified. Must be one of: [replace]"),
        (
            "add",
            "/minimumCompressionSize",
            Some("1"),
            "Invalid patch operation specified. Must be one of: [replace]",
        ),
        (
            "replace",
            "/minimumCompressionSize",
            Some("-1"),
            "Invalid minimum compression size, must be between 0 and 10485760",
        ),
        (
            "replace",
            "/minimumCompressionSize",
            Some("many"),
            "Invalid minimum compression size, must be between 0 and 10485760",
        ),
        (
            "add",
            "/endpointConfiguration/types/0",
            Some("REGIONAL"),
            "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
        ),
        (
            "replace",
            "/endpointConfiguration/types/0",
            Some("WRONG"),
            "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE",
        ),
        (
            "replace",
            "/endpointConfiguration/ipAddressType",
            Some("wrong"),
            "ipAddressType must be either ipv4 or dualstack.",
        ),
        (
            "add",
            "/endpointConfiguration/ipAddressType",
            Some("ipv4"),
            "Invalid patch operation specified. Must be one of: [replace]",
        ),
    ] {
        house.refuses_bad(("PATCH", &target, &patch(op, path, value)), message);
    }
    house.refuses_bad(
        ("PATCH", &target, r#"{"patchOperations":[{"op":"replace","value":"x"}]}"#),
        "Invalid patch path null",
    );
}

#[test]
fn a_private_api_stays_dualstack() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}");
    house.call("PATCH", &target, &patch("replace", "/endpointConfiguration/types/0", Some("PRIVATE")));
    house.refuses_bad(
        ("PATCH", &target, &patch("replace", "/endpointConfiguration/ipAddressType", Some("ipv4"))),
        "Only dualstack ipAddressType is supported for Private APIs.",
    );
}

#[test]
fn one_bad_operation_stores_nothing() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}");
    let body =
        r#"{"patchOperations":[{"op":"replace","path":"/name","value":"new"},{"op":"replace","path":"/x"}]}"#;
    house.refuses_bad(("PATCH", &target, body), "Invalid patch path /x");
    assert_eq!(house.call("GET", &target, "").text("/name"), "pets");
    let body = r#"{"patchOperations":[{"op":"wrong","path":"/x"}]}"#;
    let answer = house.call("PATCH", &target, body);
    assert_eq!((answer.status, answer.error.as_str()), (400, VALIDATION));
    assert_eq!(
        answer.text("/Message"),
        "1 validation error detected: Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]"
    );
}

#[test]
fn policies_read_back_with_full_arns() {
    let (house, api) = House::with_api();
    let policy = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":["execute-api:/*","execute-api:\/a"]}]}"#;
    let answer = house.call("PATCH", &format!("/restapis/{api}"), &patch("replace", "/policy", Some(policy)));
    assert_eq!(
        answer.text("/policy"),
        format!(
            r#"{{"Statement":[{{"Effect":"Allow","Principal":"*","Action":"*","Resource":["arn:aws:execute-api:us-east-1:000000000000:{api}/*","arn:aws:execute-api:us-east-1:000000000000:{api}/a"]}}]}}"#
        )
    );
}

#[test]
fn named_security_policies_need_an_access_mode() {
    let (house, api) = House::with_api();
    let target = format!("/restapis/{api}");
    let policy = r#"{"op":"replace","path":"/securityPolicy","value":"SecurityPolicy_TLS13_1_2_2021_06"}"#;
    let mode = r#"{"op":"replace","path":"/endpointAccessMode","value":"STRICT"}"#;
    house.refuses_bad(
        ("PATCH", &target, &format!(r#"{{"patchOperations":[{policy}]}}"#)),
        "endpointAccessMode is required with security policy SecurityPolicy_TLS13_1_2_2021_06.",
    );
    let answer = house.call("PATCH", &target, &format!(r#"{{"patchOperations":[{policy},{mode}]}}"#));
    assert_eq!(answer.text("/endpointAccessMode"), "STRICT");
    house.refuses_bad(
        ("PATCH", &target, &patch("replace", "/endpointConfiguration/types/0", Some("REGIONAL"))),
        "The endpoint type cannot be changed while endpointAccessMode is STRICT.",
    );
}

#[test]
fn a_clone_is_whole_and_its_own() {
    let (house, source) = House::with_api();
    let old = house.resource(&source, "pets");
    let validator =
        house.call("POST", &format!("/restapis/{source}/requestvalidators"), r#"{"name":"v"}"#).text("/id");
    let method = format!(r#"{{"authorizationType":"NONE","requestValidatorId":"{validator}"}}"#);
    house.call("PUT", &format!("/restapis/{source}/resources/{old}/methods/GET"), &method);
    let clone = house.call("POST", "/restapis", &format!(r#"{{"name":"copy","cloneFrom":"{source}"}}"#));
    let resources = format!("/restapis/{}/resources?embed=methods", clone.text("/id"));
    let resources = house.call("GET", &resources, "");
    assert_eq!(resources.text("/item/0/id"), clone.text("/rootResourceId"));
    assert_eq!(resources.text("/item/1/path"), "/pets");
    assert_ne!(resources.text("/item/1/id"), old);
    let renamed = resources.text("/item/1/resourceMethods/GET/requestValidatorId");
    assert_ne!(renamed, validator);
    let validators = house.call("GET", &format!("/restapis/{}/requestvalidators", clone.text("/id")), "");
    assert_eq!(validators.text("/item/0/id"), renamed);
}

#[test]
fn every_change_is_published_before_the_answer() {
    let house = House::new();
    house.call("POST", "/restapis", r#"{"name":"pets"}"#);
    assert_eq!(house.published.lock().unwrap().len(), 1);
    house.call("GET", "/restapis", "");
    assert_eq!(house.published.lock().unwrap().len(), 1);
}
