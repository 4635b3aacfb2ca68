//! Exports through the entry: which document, with which headers, and what is refused.

use http::HeaderValue;
use http::header::ACCEPT;

use crate::ControlReply;
use crate::testing::{House, request, scope};

const PETS: &str = r#"
openapi: 3.0.1
info: {title: pets, version: "1.0"}
paths:
  /pets:
    get:
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200"}}
"#;

/// A house with an API that is deployed to `prod`.
fn deployed(document: &str) -> (House, String) {
    let house = House::new();
    let api = house.call("POST", "/restapis?mode=import", document).text("/id");
    let deployment = house.call("POST", &format!("/restapis/{api}/deployments"), r#"{"stageName":"prod"}"#);
    assert_eq!(deployment.status, 201, "{}", deployment.body);
    (house, api)
}

fn export(house: &House, target: &str, accept: Option<&'static str>) -> ControlReply {
    let mut request = request("GET", target, "");
    if let Some(accept) = accept {
        request.headers.insert(ACCEPT, HeaderValue::from_static(accept));
    }
    house.block_on(house.control.execute(scope(), request))
}

fn header<'r>(reply: &'r ControlReply, wanted: &str) -> &'r str {
    let found = reply.headers.iter().find(|(name, _)| *name == wanted);
    found.map_or("", |(_, value)| value.as_str())
}

#[test]
fn formats_and_their_headers() {
    let (house, api) = deployed(PETS);
    let check = |kind: &str, accept, file: &str, begins: &str| {
        let reply = export(&house, &format!("/restapis/{api}/stages/prod/exports/{kind}"), accept);
        let text = String::from_utf8_lossy(&reply.body);
        assert_eq!(reply.status, 200, "{text}");
        assert_eq!(header(&reply, "Content-Type"), "application/octet-stream");
        assert_eq!(header(&reply, "Content-Disposition"), format!("attachment; filename=\"{file}\""));
        assert!(text.starts_with(begins), "{text}");
    };
    check("oas30", None, "oas30_1.0.json", "{\n  \"openapi\" : \"3.0.1\",");
    check("oas30", Some("application/json"), "oas30_1.0.json", "{\n  \"openapi\" : \"3.0.1\",");
    check("oas30", Some("application/yaml"), "oas30_1.0.yaml", "---\nopenapi: \"3.0.1\"\n");
    check("swagger", Some("*/*"), "swagger_1.0.json", "{\n  \"swagger\" : \"2.0\",");
    check("swagger", Some("text/html, application/yaml"), "swagger_1.0.yaml", "---\nswagger: \"2.0\"\n");
}

#[test]
fn a_version_is_harmless_in_a_file_name() {
    let document = PETS.replace("\"1.0\"", r#""a\"b\\c/d\r\né""#);
    let (house, api) = deployed(&document);
    let reply = export(&house, &format!("/restapis/{api}/stages/prod/exports/oas30"), None);
    assert_eq!(header(&reply, "Content-Disposition"), "attachment; filename=\"oas30_a_b_c_d___.json\"");
}

#[test]
fn an_api_without_a_version_has_the_time_it_was_made() {
    let (house, api) = House::with_api();
    let reply = export(&house, &format!("/restapis/{api}/stages/$draft/exports/oas30"), None);
    assert_eq!(
        header(&reply, "Content-Disposition"),
        "attachment; filename=\"oas30_2023-11-14T22:13:20Z.json\""
    );
}

#[test]
fn a_stage_shows_its_deployment_and_the_draft_what_was_edited() {
    let (house, api) = deployed(PETS);
    house.call("PUT", &format!("/restapis/{api}?mode=merge"), &PETS.replace("/pets", "/stores"));
    let paths = |stage: &str| {
        let reply = export(&house, &format!("/restapis/{api}/stages/{stage}/exports/oas30"), None);
        let body: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        body["paths"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(paths("prod"), ["/pets"]);
    assert_eq!(paths("$draft"), ["/pets", "/stores"]);
}

#[test]
fn extensions_are_asked_for() {
    let (house, api) = deployed(PETS);
    let has_integration = |query: &str| {
        let reply = export(&house, &format!("/restapis/{api}/stages/prod/exports/oas30{query}"), None);
        assert_eq!(reply.status, 200);
        String::from_utf8_lossy(&reply.body).contains("x-amazon-apigateway-integration")
    };
    assert!(!has_integration(""));
    assert!(!has_integration("?extensions=authorizers"));
    assert!(has_integration("?extensions=integrations"));
    assert!(has_integration("?extensions=apigateway,postman"));
}

#[test]
fn what_cannot_be_exported_is_refused() {
    let (house, api) = deployed(PETS);
    let stage = format!("/restapis/{api}/stages/prod/exports");
    house.refuses_bad(("GET", &format!("{stage}/oas31"), ""), "No API spec found for type oas31");
    house.refuses_bad(
        ("GET", &format!("{stage}/oas30?extensions=integrations,other"), ""),
        "Invalid extensions specified: other. Valid options are integrations,authorizers,apigateway,postman",
    );
    let reply = export(&house, &format!("{stage}/oas30"), Some("text/html"));
    assert_eq!(reply.status, 400, "{}", String::from_utf8_lossy(&reply.body));
    let unknown = format!("/restapis/{api}/stages/other/exports/oas30");
    house.finds_nothing(("GET", &unknown, ""), "Invalid Stage identifier specified");
    let unknown = "Invalid API identifier specified 000000000000:none";
    house.finds_nothing(("GET", "/restapis/none/stages/prod/exports/oas30", ""), unknown);
    house.finds_nothing(("GET", "/restapis/none/stages/$draft/exports/oas30", ""), unknown);
}
