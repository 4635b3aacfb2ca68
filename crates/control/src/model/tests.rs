//! Model through the entry: exact bodies and texts.

use stagedoor_base::Limits;

use crate::testing::{House, patch};

const NO_SCHEMA: &str = "Model schema must have at least 1 property or array items defined";
const BAD_SCHEMA: &str =
    "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]";

fn with_model(name: &str, schema: &str) -> (House, String) {
    let (house, api) = House::with_api();
    create(&house, &api, name, schema);
    (house, api)
}

fn create(house: &House, api: &str, name: &str, schema: &str) {
    let body = serde_json::json!({"name": name, "contentType": "application/json", "schema": schema});
    let answer = house.call("POST", &format!("/restapis/{api}/models"), &body.to_string());
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[test]
fn a_new_model_reads_back_verbatim() {
    let (house, api) = with_model("Pet", r#"{ "type":"object" }"#);
    let target = format!("/restapis/{api}/models/Pet");
    let id = house.call("GET", &target, "").text("/id");
    assert_eq!(id.len(), 6);
    let body = format!(
        r#"{{"id":"{id}","name":"Pet","schema":"{{ \"type\":\"object\" }}","contentType":"application/json"}}"#
    );
    house.check(("GET", &target, ""), 200, &body);
}

#[test]
fn create_refuses_in_the_words_of_aws() {
    let (house, api) = with_model("Pet", "{}");
    let target = format!("/restapis/{api}/models");
    let check = |body: &str, message: &str| {
        let body = body.replace("TYPE", r#""contentType":"application/json""#);
        house.refuses_bad(("POST", &target, &body), message);
    };
    check(r#"{"name":"","schema":"{}",TYPE}"#, "Model name must be non-empty");
    check(r#"{"name":"a b","schema":"{}",TYPE}"#, "Model name must be alphanumeric: a b");
    check(r#"{"name":"A",TYPE}"#, NO_SCHEMA);
    check(r#"{"name":"A","schema":"",TYPE}"#, NO_SCHEMA);
    check(r#"{"name":"A","schema":"{",TYPE}"#, BAD_SCHEMA);
    check(r#"{"name":"A","schema":"[]",TYPE}"#, BAD_SCHEMA);
    house.refuses(
        ("POST", &target, r#"{"name":"Pet","schema":"{}","contentType":"application/json"}"#),
        409,
        "ConflictException",
        "Model name already exists for this REST API",
    );
    house.finds_nothing(
        ("POST", "/restapis/nosuchapi1/models", r#"{"name":"A","contentType":"a/b"}"#),
        "Invalid API identifier specified 000000000000:nosuchapi1",
    );
}

#[test]
fn unknown_models_are_named_also_below_unknown_apis() {
    let (house, api) = House::with_api();
    for target in [format!("/restapis/{api}/models/Nope"), "/restapis/nosuchapi1/models/Nope".to_owned()] {
        for (method, body) in [("GET", ""), ("PATCH", "{}"), ("DELETE", "")] {
            house.finds_nothing((method, &target, body), "Invalid model name specified: Nope");
        }
    }
}

#[test]
fn patches_change_description_and_schema_only() {
    let (house, api) = with_model("Pet", "{}");
    let target = format!("/restapis/{api}/models/Pet");
    let answer = house.call("PATCH", &target, &patch("replace", "/description", Some("d")));
    assert_eq!((answer.status, answer.text("/description").as_str()), (200, "d"));
    let answer = house.call("PATCH", &target, &patch("replace", "/schema", Some(r#"{"a":1}"#)));
    assert_eq!(answer.text("/schema"), r#"{"a":1}"#);
    house.refuses_bad(("PATCH", &target, &patch("replace", "/schema", Some(""))), NO_SCHEMA);
    house.refuses_bad(
        ("PATCH", &target, &patch("replace", "/name", Some("x"))),
        "Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]",
    );
    house.refuses_bad(
        ("PATCH", &target, &patch("add", "/description", Some("x"))),
        "Invalid patch path  '/description' specified for op 'add'. Please choose supported operations",
    );
}

#[test]
fn all_models_together_have_a_limit() {
    let house = House::with_limits(Limits { model_bytes: 400, ..Limits::default() });
    let api = house.call("POST", "/restapis", r#"{"name":"a"}"#).text("/id");
    let large =
        format!(r#"{{"name":"Large","contentType":"a/b","schema":"{{\"d\":\"{}\"}}"}}"#, "x".repeat(300));
    let message = "The models of an API must not be larger than 400 bytes together";
    house.refuses_bad(("POST", &format!("/restapis/{api}/models"), &large), message);
    let schema = format!(r#"{{"d":"{}"}}"#, "x".repeat(300));
    let call = patch("replace", "/schema", Some(&schema));
    house.refuses_bad(("PATCH", &format!("/restapis/{api}/models/Empty"), &call), message);
}

#[test]
fn a_model_in_use_stays() {
    let (house, api) = with_model("Pet", "{}");
    let method = format!("/restapis/{api}/resources/{}/methods/ANY", house.root(&api));
    house.call("PUT", &method, r#"{"authorizationType":"NONE","requestModels":{"application/json":"Pet"}}"#);
    let target = format!("/restapis/{api}/models/Pet");
    house.refuses(
        ("DELETE", &target, ""),
        409,
        "ConflictException",
        "Cannot delete model 'Pet', is referenced in method request: //ANY",
    );
    let earlier = format!("/restapis/{api}/resources/{}/methods/GET", house.resource(&api, "zoo"));
    let latest = format!("/restapis/{api}/resources/{}/methods/GET", house.resource(&api, "ant"));
    for method in [&earlier, &latest] {
        house.call(
            "PUT",
            method,
            r#"{"authorizationType":"NONE","requestModels":{"application/json":"Pet"}}"#,
        );
    }
    let message = "Cannot delete model 'Pet', is referenced in method request: /ant/GET";
    house.refuses(("DELETE", &target, ""), 409, "ConflictException", message);
    for method in [&method, &earlier, &latest] {
        house.call("DELETE", method, "");
    }
    house.check(("DELETE", &target, ""), 202, "");
    house.finds_nothing(("GET", &target, ""), "Invalid model name specified: Pet");
}

#[test]
fn flattening_brings_what_is_referred_to_along() {
    let (house, api) = House::with_api();
    let url = |name: &str| format!("https://apigateway.amazonaws.com/restapis/{api}/models/{name}");
    create(&house, &api, "Tag", &format!(r#"{{"properties":{{"next":{{"$ref":"{}"}}}}}}"#, url("Tag")));
    create(&house, &api, "Pet", &format!(r#"{{"items":{{"$ref":"{}"}}}}"#, url("Tag")));
    let flat = house.call("GET", &format!("/restapis/{api}/models/Pet?flatten=true"), "");
    assert_eq!(
        flat.text("/schema"),
        r##"{"items":{"$ref":"#/definitions/Tag"},"definitions":{"Tag":{"properties":{"next":{"$ref":"#/definitions/Tag"}}}}}"##
    );
    let plain = house.call("GET", &format!("/restapis/{api}/models/Empty?flatten=true"), "");
    assert!(plain.text("/schema").contains("\"title\" : \"Empty Schema\""));
}

#[test]
fn templates_show_the_schema_with_made_up_values() {
    let schema = r#"{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"},"price":{"type":"number"},"tags":{"type":"array","items":{"type":"string"}},"owner":{"properties":{"here":{"type":"boolean"}}}}}"#;
    let (house, api) = with_model("Pet", schema);
    let answer = house.call("GET", &format!("/restapis/{api}/models/Pet/default_template"), "");
    assert_eq!(answer.status, 200);
    let template = answer.text("/value");
    assert!(
        template
            .starts_with("#set($inputRoot = $input.path('$'))\n{\n  \"id\" : 42,\n  \"name\" : \"foo\",\n"),
        "{template}"
    );
    assert!(template.contains("\"owner\" : {\n    \"here\" : true\n  }"), "{template}");
    assert!(template.contains("#foreach($elem in"), "{template}");
}

#[test]
fn a_schema_that_contains_itself_has_a_template() {
    let (house, api) = House::with_api();
    let url = format!("https://apigateway.amazonaws.com/restapis/{api}/models/Node");
    create(&house, &api, "Node", &format!(r#"{{"properties":{{"next":{{"$ref":"{url}"}}}}}}"#));
    let answer = house.call("GET", &format!("/restapis/{api}/models/Node/default_template"), "");
    assert_eq!(answer.status, 200);
}
