//! Documents, and the APIs that they make.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use stagedoor_model::{ApiTree, Method, Resource};
use stagedoor_openapi::{BasePath, Mode};
use support::{How, empty_tree};

fn import_into(tree: &mut ApiTree, text: &str, mode: Mode, base_path: BasePath) -> Result<(), String> {
    let how = How { mode, base_path, ..How::OVERWRITE };
    let found = support::import_into(tree, text.as_bytes(), how).map(drop);
    found.map_err(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn imported(text: &str) -> ApiTree {
    let mut tree = empty_tree();
    import_into(&mut tree, text, Mode::Overwrite, BasePath::Ignore).unwrap();
    tree
}

fn errors(text: &str) -> String {
    import_into(&mut empty_tree(), text, Mode::Overwrite, BasePath::Ignore).unwrap_err()
}

fn paths(tree: &ApiTree) -> Vec<&str> {
    let mut paths: Vec<&str> = tree.resources.values().map(|resource| resource.path.as_str()).collect();
    paths.sort_unstable();
    paths
}

fn method<'a>(tree: &'a ApiTree, path: &str) -> &'a Method {
    tree.resource_at(path).unwrap().methods.values().next().unwrap()
}

/// An API as text: what matters of each method.
fn shown(tree: &ApiTree) -> String {
    let mut text = String::new();
    let mut resources: Vec<&Resource> = tree.resources.values().collect();
    resources.sort_by(|a, b| a.path.cmp(&b.path));
    for method in
        resources.iter().flat_map(|resource| resource.methods.values().map(|method| (&resource.path, method)))
    {
        let (path, method) = method;
        let _ = writeln!(
            text,
            "{} {path} {} key={}",
            method.http_method, method.authorization_type, method.api_key_required
        );
        for (name, required) in &method.request_parameters {
            let _ = writeln!(text, "  {name} {required}");
        }
        for (content_type, model) in &method.request_models {
            let _ = writeln!(text, "  body {content_type} {model}");
        }
        for response in method.responses.values() {
            let _ = writeln!(text, "  {} {:?} {:?}", response.status, response.parameters, response.models);
        }
        if let Some(integration) = &method.integration {
            let _ = writeln!(
                text,
                "  -> {} {:?} {:?} {}",
                integration.integration_type,
                integration.http_method,
                integration.uri,
                integration.passthrough_behavior
            );
            for response in integration.responses.values() {
                let _ = writeln!(
                    text,
                    "     {} {:?} {:?} {:?}",
                    response.status, response.selection_pattern, response.parameters, response.templates
                );
            }
        }
    }
    text
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&shown(&imported(text)));
}

const PETS: &str = r##"
swagger: "2.0"
info: { title: pets, version: "2016-09-12", description: A store }
basePath: /v1/shop
securityDefinitions:
  key: { type: apiKey, name: X-API-Key, in: header }
  signed: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
x-amazon-apigateway-binary-media-types: [image/png, "*/*"]
x-amazon-apigateway-request-validators:
  all: { validateRequestBody: true, validateRequestParameters: true }
  none: {}
x-amazon-apigateway-request-validator: none
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX:
    responseParameters: { gatewayresponse.header.A: "'b'" }
  THROTTLED: { statusCode: 420, responseTemplates: { text/plain: slow } }
x-amazon-apigateway-policy:
  Version: "2012-10-17"
  Statement: [{ Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: execute-api:/* }]
parameters:
  limit: { name: limit, in: query, type: integer }
definitions:
  Pet:
    type: object
    required: [id]
    description: One pet
    example: { id: 1 }
    properties:
      id: { type: integer, readOnly: true }
      example: { type: string }
      mother: { $ref: "#/definitions/Pet" }
paths:
  /pets:
    parameters:
      - { name: shared, in: header, type: string }
      - { name: limit, in: query, required: true, type: integer }
    get:
      operationId: listPets
      security: [{ key: [] }]
      parameters: [{ $ref: "#/parameters/limit" }]
      responses:
        200:
          description: ok
          headers: { X-Total: { type: integer } }
          schema: { $ref: "#/definitions/Pet" }
        default: { description: not ok }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: get
        uri: http://example.com/${stageVariables.base}/${AWS::Region}/${AWS::AccountId}
        passthroughBehavior: when_no_templates
        requestParameters: { integration.request.header.a: "'b'", integration.request.header.no: true }
        requestTemplates: { application/json: null }
        responses:
          default: { statusCode: "200" }
          "4\\d{2}": { statusCode: 404, responseParameters: { method.response.header.X-Total: "'0'" }, responseTemplates: {} }
    post:
      consumes: [application/json, text/json]
      security: [{ signed: [] }]
      x-amazon-apigateway-request-validator: all
      parameters: [{ in: body, name: Pet, schema: { $ref: "#/definitions/Pet" } }]
      responses: { 201: { description: made } }
  /pets/{petId}/toys/{proxy+}:
    x-amazon-apigateway-any-method:
      responses: {}
      x-amazon-apigateway-auth: { type: aws_iam }
      x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: "arn:aws:apigateway:r:lambda:path/f" }
  /empty: {}
"##;

#[test]
fn a_swagger_document_becomes_an_api() {
    check(
        PETS,
        &expect![[r#"
        GET /pets NONE key=true
          method.request.header.shared false
          method.request.querystring.limit false
          200 Some({"method.response.header.X-Total": false}) Some({"application/json": "Pet"})
          -> HTTP Some("GET") Some("http://example.com/${stageVariables.base}/eu-west-1/000000000000") WHEN_NO_TEMPLATES
             200 None None None
             404 Some("4\\d{2}") Some({"method.response.header.X-Total": "'0'"}) Some({})
        POST /pets AWS_IAM key=false
          method.request.header.shared false
          method.request.querystring.limit true
          body application/json Pet
          body text/json Pet
          201 None None
        ANY /pets/{petId}/toys/{proxy+} AWS_IAM key=false
          method.request.path.petId true
          method.request.path.proxy true
          -> AWS_PROXY Some("POST") Some("arn:aws:apigateway:r:lambda:path/f") WHEN_NO_MATCH
    "#]],
    );
    let tree = imported(PETS);
    assert_eq!(
        paths(&tree),
        ["/", "/empty", "/pets", "/pets/{petId}", "/pets/{petId}/toys", "/pets/{petId}/toys/{proxy+}"]
    );
    let api = &tree.api;
    assert_eq!((api.name.as_str(), api.description.as_deref()), ("pets", Some("A store")));
    assert_eq!(api.version.as_deref(), Some("2016-09-12"));
    assert_eq!((api.binary_media_types.len(), api.minimum_compression_size), (2, None));
    assert!(api.policy.as_deref().unwrap().starts_with(r#"{"Version":"2012-10-17""#));
    assert_eq!(
        api.warnings,
        [
            "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.no' of \
         resource '/pets' and method 'GET' but got 'true'"
        ]
    );
    let names: Vec<_> = tree.validators.values().map(|validator| validator.name.clone().unwrap()).collect();
    assert!(names.contains(&"all".to_owned()) && names.len() == 2);
    let post = &tree.resource_at("/pets").unwrap().methods[&stagedoor_model::HttpMethod::Post];
    let validator = &tree.validators[post.request_validator_id.as_ref().unwrap()];
    assert!(validator.validate_request_body);
}

#[test]
fn schemas_become_models() {
    let tree = imported(PETS);
    let model = &tree.models["Pet"];
    assert_eq!(model.description.as_deref(), Some("One pet"));
    expect![[r#"
        {
          "type" : "object",
          "required" : [ "id" ],
          "description" : "One pet",
          "properties" : {
            "id" : {
              "type" : "integer"
            },
            "example" : {
              "type" : "string"
            },
            "mother" : {
              "$ref" : "https://apigateway.amazonaws.com/restapis/abcde12345/models/Pet"
            }
          }
        }"#]]
    .assert_eq(model.schema.as_deref().unwrap());
}

#[test]
fn gateway_responses_fill_what_is_absent() {
    let tree = imported(PETS);
    expect![[r#"
        [
            GatewayResponse {
                response_type: Default4xx,
                status: None,
                parameters: {
                    "gatewayresponse.header.A": "'b'",
                },
                templates: {
                    "application/json": "{\"message\":$context.error.messageString}",
                },
            },
            GatewayResponse {
                response_type: Throttled,
                status: Some(
                    420,
                ),
                parameters: {},
                templates: {
                    "text/plain": "slow",
                },
            },
        ]"#]]
    .assert_eq(&format!("{:#?}", tree.gateway_responses.values().collect::<Vec<_>>()));
}

#[test]
fn an_openapi_3_document_in_json_becomes_an_api() {
    let text = r##"{
      "openapi": "3.0.1",
      "info": {"title": "three", "version": "1"},
      "servers": [{"url": "https://x.example/{basePath}", "variables": {"basePath": {"default": "/one/two"}}}],
      "paths": {"/a": {"put": {
        "parameters": [{"name": "q", "in": "query", "required": true, "schema": {"type": "string"}},
                       {"name": "c", "in": "cookie"}],
        "requestBody": {"$ref": "#/components/requestBodies/B"},
        "responses": {"200": {"$ref": "#/components/responses/R"}, "5XX": {"description": "no"}},
        "x-amazon-apigateway-integration": {"type": "MOCK", "uri": "ignored", "timeoutInMillis": 50,
          "requestTemplates": {"application/json": "{\"statusCode\": 200}"},
          "responses": {"default": {"statusCode": 200, "responseTemplates": {"application/json": "\ud83d\ude00"}}}}
      }}},
      "components": {
        "requestBodies": {"B": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/My_Model"}}}}},
        "responses": {"R": {"description": "ok", "headers": {"H": {"schema": {"type": "string"}}},
          "content": {"application/json": {"schema": {"type": "object"}}}}},
        "schemas": {"My_Model": {"type": "object"}},
        "securitySchemes": {"oauth": {"type": "oauth2"}}
      },
      "security": [{"oauth": []}]
    }"##;
    check(
        text,
        &expect![[r#"
        PUT /a NONE key=false
          method.request.querystring.q true
          body application/json MyModel
          200 Some({"method.response.header.H": false}) Some({"application/json": "MODELvlgsck"})
          -> MOCK None None WHEN_NO_MATCH
             200 None None Some({"application/json": Some("😀")})
    "#]],
    );
    let tree = imported(text);
    expect![[r#"
        Ignoring response '5XX': not a status code
        Security scheme 'oauth' has no authorizer; API Gateway does not enforce it"#]]
    .assert_eq(&tree.api.warnings.join("\n"));
}

#[test]
fn base_paths() {
    for (base_path, expected) in [
        (BasePath::Ignore, vec!["/", "/a"]),
        (BasePath::Prepend, vec!["/", "/one", "/one/two", "/one/two/a"]),
        (BasePath::Split, vec!["/", "/two", "/two/a"]),
    ] {
        for text in [
            "swagger: '2.0'\ninfo: {title: t}\nbasePath: /one/two\npaths: {/a: {}}",
            "openapi: 3.0.0\ninfo: {title: t}\nservers: [{url: 'https://h/one/two'}]\npaths: {/a: {}}",
            "openapi: 3.0.0\ninfo: {title: t}\nservers: [{url: /one/two}]\npaths: {/a: {}}",
        ] {
            let mut tree = empty_tree();
            import_into(&mut tree, text, Mode::Merge, base_path).unwrap();
            assert_eq!(paths(&tree), expected, "{base_path:?} {text}");
        }
    }
}

#[test]
fn merge_keeps_and_overwrite_removes() {
    let first = "swagger: '2.0'\ninfo: {title: t, description: d}\nx-amazon-apigateway-binary-media-types: [a/b]\n\
                 definitions: {M: {type: object}, N: {type: object}}\n\
                 paths: {/a: {get: {responses: {200: {}}}, put: {}}, /b/c: {get: {}}, '/{x}': {get: {}}}";
    let second = "swagger: '2.0'\ninfo: {title: u}\nx-amazon-apigateway-binary-media-types: [c/d]\n\
                  definitions: {M: {type: string}}\npaths: {/a: {get: {responses: {201: {}}}}}";
    let before = imported(first);

    let mut merged = before.clone();
    import_into(&mut merged, second, Mode::Merge, BasePath::Ignore).unwrap();
    assert_eq!(paths(&merged), paths(&before));
    assert_eq!(merged.api.binary_media_types, ["a/b", "c/d"]);
    assert_eq!((merged.api.name.as_str(), merged.api.description.as_deref()), ("u", Some("d")));
    let a = merged.resource_at("/a").unwrap();
    assert_eq!(a.methods.len(), 2);
    assert_eq!(method(&merged, "/a").responses.keys().collect::<Vec<_>>(), [&201]);
    assert_eq!(merged.models.keys().collect::<Vec<_>>(), ["M", "N"]);

    let mut overwritten = before.clone();
    import_into(&mut overwritten, second, Mode::Overwrite, BasePath::Ignore).unwrap();
    assert_eq!(paths(&overwritten), ["/", "/a"]);
    assert_eq!(overwritten.resource_at("/a").unwrap().id, before.resource_at("/a").unwrap().id);
    assert_eq!(overwritten.resource_at("/a").unwrap().methods.len(), 1);
    assert_eq!(
        (overwritten.api.binary_media_types.as_slice(), &overwritten.api.description),
        (&["c/d".to_owned()][..], &None)
    );
    assert_eq!(overwritten.models["M"].id, before.models["M"].id);
    assert_eq!(overwritten.models.len(), 1);

    let renamed = "swagger: '2.0'\ninfo: {title: t}\npaths: {'/{y}': {get: {}}}";
    import_into(&mut overwritten, renamed, Mode::Overwrite, BasePath::Ignore).unwrap();
    let mut kept = before;
    assert!(
        import_into(&mut kept, renamed, Mode::Merge, BasePath::Ignore)
            .unwrap_err()
            .contains("A sibling ({x})")
    );
}

#[test]
fn everything_wrong_is_told_at_once_with_its_place() {
    let text = r##"swagger: "2.0"
info: {}
x-amazon-apigateway-documentation: {}
x-amazon-apigateway-cors: {}
x-amazon-apigateway-minimum-compression-size: 99999999
securityDefinitions:
  auth: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: token } }
paths:
  no-slash: {}
  /a/{x}/b: {}
  /a/{y}: {}
  /{g+}/below: {}
  /sp ace: {}
  /ok:
    get:
      x-amazon-apigateway-any: 1
      x-amazon-apigateway-request-validator: nobody
      security: [{ nothing: [] }]
      x-amazon-apigateway-auth: { type: CUSTOM }
      parameters: [{ $ref: "#/parameters/gone" }, { $ref: "other.yaml#/x" }]
      responses: { 200: { schema: { $ref: "#/definitions/Gone" } } }
      x-amazon-apigateway-integration:
        type: HTTPS
    put:
      x-amazon-apigateway-integration:
        type: MOCK
        timeoutInMillis: soon
        passthroughBehavior: sometimes
        responses: { default: {}, "x": { statusCode: 999 } }
"##;
    expect![[r#"
        api.yaml:2:7: Invalid OpenAPI input: info.title is missing
        api.yaml:4:1: Line 4: 'x-amazon-apigateway-cors' is for HTTP APIs, not for REST APIs
        api.yaml:5:47: Invalid minimum compression size, must be between 0 and 10485760
        api.yaml:9:3: Unable to create resource at path 'no-slash': no leading slash
        api.yaml:11:3: Unable to create resource at path '/a/{y}': A sibling ({x}) of this resource already has a variable path part -- only one is allowed
        api.yaml:12:3: Unable to create resource at path '/{g+}/below': Cannot create a child of a resource with a greedy path variable: {g+}
        api.yaml:13:3: Unable to create resource at path '/sp ace': Resource's path part only allow a-zA-Z0-9._-: and curly braces at the beginning and the end and an optional plus sign before the closing brace.
        api.yaml:16:7: Line 16: 'x-amazon-apigateway-any' is no extension that is known here
        api.yaml:17:46: Invalid Request Validator identifier specified: nobody
        api.yaml:18:20: No security scheme is named 'nothing'
        api.yaml:19:33: Invalid x-amazon-apigateway-auth type 'CUSTOM'. Valid options are NONE,AWS_IAM
        api.yaml:20:28: `$ref: #/parameters/gone` names nothing in this document
        api.yaml:20:59: `$ref: other.yaml#/x` is outside of this document; bring everything into one file first
        api.yaml:21:43: `$ref: #/definitions/Gone` names no schema of this document
        api.yaml:23:15: Unable to put integration on 'GET' for resource at path '/ok': Invalid integration type 'HTTPS'
        api.yaml:27:26: Unable to put integration on 'PUT' for resource at path '/ok': Timeout should be between 50 ms and 29000 ms
        api.yaml:28:30: Unable to put integration on 'PUT' for resource at path '/ok': Invalid passthroughBehavior 'sometimes'
        api.yaml:29:22: Unable to put integration response on 'PUT' for resource at path '/ok': Invalid status code ''
        api.yaml:29:35: Unable to put integration response on 'PUT' for resource at path '/ok': Invalid status code '999'
        api.yaml:2:7: Parse issue: attribute info.version is missing
        api.yaml:25:7: Parse issue: attribute paths.'/ok'(put).responses is missing"#]].assert_eq(&errors(text));
}

#[test]
fn texts_that_are_no_documents() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&errors(text));
    check("", expect!["api.yaml:1:1: the document is empty"]);
    check(
        "{\"swagger\": \"2.0\",}",
        expect![[r#"
        api.yaml:1:1: Invalid OpenAPI input: info.title is missing
        api.yaml:1:1: Parse issue: attribute paths is missing"#]],
    );
    check(
        "{\"a\": 1,\n \"a\": 2}",
        expect!["api.yaml:2:2: the key `a` stands here a second time; the first is on line 1"],
    );
    check(
        "a: 1\na: 2",
        expect!["api.yaml:2:1: the key `a` stands here a second time; the first is on line 1"],
    );
    check("a: [1\nb: 2", expect!["api.yaml:2:2: illegal placement of ':' indicator"]);
    check("openapi: 3.1.0", expect!["api.yaml:1:1: Invalid OpenAPI input: info.title is missing"]);
    check(
        "swagger: '1.2'",
        expect![[
            r#"api.yaml:1:10: Swagger 1.2 is not supported (a document begins with `swagger: "2.0"`, `openapi: 3.0.x` or `openapi: 3.1.x`)"#
        ]],
    );
    check(
        "just text",
        expect![[
            r#"api.yaml:1:1: the document is not an object (a document begins with `swagger: "2.0"`, `openapi: 3.0.x` or `openapi: 3.1.x`)"#
        ]],
    );
    check("{} x", expect!["api.yaml:1:4: text after the end of the document"]);
    check("{\"a\": \"\\x\"}", expect!["api.yaml:1:7: a text with an invalid escape or control character"]);
    check("? [a]\n: b", expect!["api.yaml:1:3: a key is a list or an object"]);
    check("a: &x [*x]", expect!["api.yaml:1:8: an alias inside what it stands for"]);
    check("--- {}\n--- {}", expect!["api.yaml:2:1: a second document in the same file"]);
}

#[test]
fn anchors_and_merge_keys_are_resolved() {
    let tree = imported(
        "swagger: '2.0'\ninfo: {title: t}\nx-common: &common\n  responses: {200: {}}\n  operationId: common\n\
         paths:\n  /a:\n    get: *common\n  /b:\n    get:\n      <<: *common\n      operationId: own\n",
    );
    assert_eq!(method(&tree, "/a").operation_name.as_deref(), Some("common"));
    let own = method(&tree, "/b");
    assert_eq!((own.operation_name.as_deref(), own.responses.len()), (Some("own"), 1));
}

#[test]
fn parameters_of_operations_override_those_of_their_path() {
    let tree = imported(
        "swagger: '2.0'\ninfo: {title: t}\ndefinitions: {A: {type: object}, B: {type: object}}\npaths:\n  /a:\n\
         \x20   parameters: [{in: body, name: b, schema: {$ref: '#/definitions/A'}}]\n\
         \x20   post: {parameters: [{in: body, name: b, schema: {$ref: '#/definitions/B'}}]}\n",
    );
    assert_eq!(method(&tree, "/a").request_models["application/json"], "B");
}

/// A document of 300 resources is a large one; the promise is 150 ms on a release build.
#[test]
fn large_documents_are_applied_soon() {
    let mut text = "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"t\"},\"paths\":{".to_owned();
    for index in 0..300 {
        let _ = write!(
            text,
            r#"{}"/r{index}":{{"get":{{"parameters":[{{"name":"q","in":"query"}}],"responses":{{"200":{{}}}},
            "x-amazon-apigateway-integration":{{"type":"HTTP_PROXY","httpMethod":"GET","uri":"http://example.com/"}}}}}}"#,
            if index > 0 { "," } else { "" }
        );
    }
    text.push_str("}}");
    let start = std::time::Instant::now();
    assert_eq!(imported(&text).resources.len(), 301);

    assert!(start.elapsed().as_secs() < 3, "{:?}", start.elapsed());
}

#[test]
fn references_in_a_circle_end() {
    let text = "swagger: '2.0'\ninfo: {title: t}\nparameters: {a: {$ref: '#/parameters/b'}, b: {$ref: '#/parameters/a'}}\n\
                paths: {/a: {get: {parameters: [{$ref: '#/parameters/a'}]}}}";
    assert!(errors(text).contains("go round in a circle"));
}
