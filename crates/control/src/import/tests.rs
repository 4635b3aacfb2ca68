//! Imports through the entry: what a document becomes, and what is refused with which words.

use crate::testing::{Answer, House};

const PETS: &str = r#"
swagger: "2.0"
info: {title: pets, version: "1.0", description: All pets}
x-amazon-apigateway-binary-media-types: [image/png]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200"}}
"#;

fn import(house: &House, document: &str) -> Answer {
    house.call("POST", "/restapis?mode=import", document)
}

fn resources(house: &House, api: &str) -> Answer {
    house.call("GET", &format!("/restapis/{api}/resources?embed=methods"), "")
}

#[test]
fn a_document_becomes_an_api_without_default_models() {
    let house = House::new();
    let api = import(&house, PETS);
    assert_eq!(api.status, 201, "{}", api.body);
    assert_eq!(
        [api.text("/name"), api.text("/version"), api.text("/description")],
        ["pets", "1.0", "All pets"]
    );
    assert!(
        api.body.contains(r#""createdDate":1700000000"#)
            && api.body.contains(r#""binaryMediaTypes":["image/png"]"#)
    );
    assert!(!api.body.contains("tags"), "{}", api.body);
    let id = api.text("/id");
    house.check(("GET", &format!("/restapis/{id}/models"), ""), 200, r#"{"item":[]}"#);
    let resources = resources(&house, &id);
    assert_eq!([resources.text("/item/1/path"), resources.text("/item/2/path")], ["/pets", "/pets/{id}"]);
    let method = |member: &str| resources.text(&format!("/item/2/resourceMethods/GET/{member}"));
    assert_eq!(method("operationName"), "getPet");
    assert_eq!(method("methodIntegration/type"), "MOCK");
    assert_eq!(method("methodIntegration/integrationResponses/200/statusCode"), "200");
}

#[test]
fn parameters_win_over_the_document() {
    let house = House::new();
    let target = "/restapis?mode=import&endpointConfigurationTypes=REGIONAL&disableExecuteApiEndpoint=true";
    let api = house.call("POST", target, PETS);
    assert!(
        api.body.contains(r#""endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"ipv4"}"#),
        "{}",
        api.body
    );
    assert!(api.body.contains(r#""disableExecuteApiEndpoint":true"#), "{}", api.body);
    house.refuses_bad(
        ("POST", "/restapis?mode=import&endpointConfigurationTypes=WRONG", PETS),
        "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE",
    );
}

#[test]
fn what_cannot_be_read_is_refused_with_one_sentence() {
    let (house, api) = House::with_api();
    for document in ["", "nonsense", "{", "[]", "openapi: 4"] {
        house.refuses_bad(("POST", "/restapis?mode=import", document), "Invalid OpenAPI input.");
        house.refuses_bad(("PUT", &format!("/restapis/{api}"), document), "Invalid OpenAPI input.");
    }
}

#[test]
fn the_rules_of_the_single_operations_hold() {
    let house = House::new();
    let document = PETS.replace(
        r#"{statusCode: "200"}"#,
        r#"{statusCode: "200", responseParameters: {method.response.header.Location: "'x'"}}"#,
    );
    let answer = import(&house, &document);
    assert_eq!(answer.status, 400, "{}", answer.body);
    let message = answer.message();
    assert!(
        message.starts_with("Errors found during import:\n\tUnable to put integration response on 'GET' for resource at path '/pets/{id}': Invalid mapping expression specified: Validation Result: warnings : [], errors : ["),
        "{message}"
    );
    house.check(("GET", "/restapis", ""), 200, r#"{"item":[]}"#);
}

#[test]
fn the_rules_of_the_api_itself_hold() {
    let house = House::new();
    let check = |line: &str, reason: &str| {
        let document = PETS.replace("\npaths:", &format!("\n{line}\npaths:"));
        let message = format!("Errors found during import:\n\t{reason}");
        house.refuses_bad(("POST", "/restapis?mode=import", &document), &message);
    };
    check(
        "x-amazon-apigateway-policy: nonsense",
        "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
    );
    check(
        "x-amazon-apigateway-endpoint-access-mode: STRICT",
        "endpointAccessMode cannot be set with security policy TLS_1_0.",
    );
}

#[test]
fn put_merges_or_overwrites() {
    let house = House::new();
    let id = import(&house, PETS).text("/id");
    let stores = PETS.replace("/pets/{id}", "/stores").replace("title: pets", "title: stores");
    let merged = house.call("PUT", &format!("/restapis/{id}?mode=merge"), &stores);
    assert_eq!((merged.status, merged.text("/name").as_str()), (200, "stores"), "{}", merged.body);
    assert!(merged.body.contains(r#""tags":{}"#));
    let before = resources(&house, &id);
    assert_eq!(before.text("/item/3/path"), "/stores");
    house.call("PUT", &format!("/restapis/{id}?mode=overwrite"), &stores);
    let after = resources(&house, &id);
    assert_eq!([after.text("/item/1/path"), after.text("/item/2/path")], ["/stores", ""]);
    assert_eq!(after.text("/item/1/id"), before.text("/item/3/id"));
    house.finds_nothing(
        ("PUT", "/restapis/nosuchapi1", PETS),
        "Invalid API identifier specified 000000000000:nosuchapi1",
    );
}

#[test]
fn an_overwritten_api_says_only_what_the_document_says() {
    let house = House::new();
    let extras = "x-amazon-apigateway-policy: {Version: '2012-10-17', Statement: []}\n\
                  x-amazon-apigateway-minimum-compression-size: 5\n\
                  x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}\npaths:";
    let id = import(&house, &PETS.replace("paths:", extras)).text("/id");
    let bare = "openapi: 3.0.1\ninfo: {title: bare}\npaths: {}\n";
    let merged = house.call("PUT", &format!("/restapis/{id}"), bare);
    assert!(merged.body.contains(r#""policy":"#) && merged.body.contains(r#""minimumCompressionSize":5"#));
    let overwritten = house.call("PUT", &format!("/restapis/{id}?mode=overwrite"), bare);
    let gone = ["policy", "minimumCompressionSize", "version", "description", "binaryMediaTypes"];
    assert!(
        !gone.iter().any(|field| overwritten.body.contains(&format!(r#""{field}":"#))),
        "{}",
        overwritten.body
    );
    assert!(overwritten.body.contains(r#""disableExecuteApiEndpoint":false"#), "{}", overwritten.body);
}

#[test]
fn parameters_change_only_the_part_of_the_endpoint_that_they_name() {
    let house = House::new();
    let private = "/restapis?mode=import&endpointConfigurationTypes=PRIVATE&vpcEndpointIds=vpce-1,vpce-2";
    let id = house.call("POST", private, PETS).text("/id");
    let endpoint = |query: &str| {
        let answer = house.call("PUT", &format!("/restapis/{id}?{query}"), PETS);
        assert_eq!(answer.status, 200, "{}", answer.body);
        [0, 1].map(|index| answer.text(&format!("/endpointConfiguration/vpcEndpointIds/{index}")))
    };
    assert_eq!(endpoint("endpointConfigurationTypes=PRIVATE"), ["vpce-1", "vpce-2"]);
    assert_eq!(endpoint("vpcEndpointIds=vpce-3"), ["vpce-3", ""]);
    assert_eq!(endpoint("endpointConfigurationTypes=REGIONAL"), ["", ""]);
    house.refuses_bad(
        ("PUT", &format!("/restapis/{id}?vpcEndpointIds=vpce-1"), PETS),
        "VPC endpoints can only be specified for PRIVATE APIs.",
    );
}

#[test]
fn an_imported_api_deploys() {
    let house = House::new();
    let id = import(&house, PETS).text("/id");
    let answer = house.call("POST", &format!("/restapis/{id}/deployments"), r#"{"stageName":"live"}"#);
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[test]
fn what_a_document_says_of_the_endpoint_fits_its_type() {
    let house = House::new();
    let endpoint = "x-amazon-apigateway-endpoint-configuration: {vpcEndpointIds: [vpce-1]}\npaths:";
    let document = PETS.replace("paths:", endpoint);
    house.refuses_bad(
        ("POST", "/restapis?mode=import", &document),
        "Errors found during import:\n\tVPC endpoints can only be specified for PRIVATE APIs.",
    );
    let private = house.call("POST", "/restapis?mode=import&endpointConfigurationTypes=PRIVATE", &document);
    assert_eq!(private.text("/endpointConfiguration/vpcEndpointIds/0"), "vpce-1", "{}", private.body);
}

#[test]
fn the_quota_of_authorizers_holds() {
    let house = House::new();
    let mut schemes = "securityDefinitions:\n".to_owned();
    for index in 0..11 {
        schemes.push_str(&format!(
            "  a{index}: {{type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: {{type: cognito_user_pools, \
             providerARNs: ['arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a']}}}}\n"
        ));
    }
    house.refuses_bad(
        ("POST", "/restapis?mode=import", &PETS.replace("paths:", &format!("{schemes}paths:"))),
        "Errors found during import:\n\tMaximum number of Authorizers for this API has been reached.  Please contact AWS if \
         you need additional Authorizers.",
    );
}
