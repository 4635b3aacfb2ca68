//! APIs, and the documents that they make. `UPDATE_EXPECT=1` writes them again; read the difference.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use expect_test::{ExpectFile, expect, expect_file};
use stagedoor_base::{Entropy, Limits, ResourceId, Timestamp};
use stagedoor_model::{
    ApiKeySource, ApiTree, DocumentationLocation, DocumentationPart, DocumentationPartType,
    EndpointConfiguration, EndpointType, HttpMethod, IpAddressType, Map, Resource, RestApi, SecurityPolicy,
};
use stagedoor_openapi::{
    BasePath, ExportError, ExportOptions, ExportType, Exported, ExportedDocumentation, Extensions,
    ImportOptions, Mode, apply, parse,
};

/// The API of a document.
fn tree(text: &str) -> ApiTree {
    let root_resource_id = ResourceId::from("rootrootro");
    let root = Resource {
        id: root_resource_id.clone(),
        parent_id: None,
        path_part: String::new(),
        path: "/".to_owned(),
        methods: BTreeMap::new(),
    };
    let api = RestApi {
        id: "abcde12345".into(),
        name: String::new(),
        description: None,
        created: Timestamp(1_577_836_800_000),
        version: None,
        binary_media_types: Vec::new(),
        minimum_compression_size: None,
        api_key_source: ApiKeySource::Header,
        endpoint: EndpointConfiguration {
            endpoint_type: EndpointType::Edge,
            ip_address_type: IpAddressType::Ipv4,
            vpc_endpoint_ids: Vec::new(),
        },
        policy: None,
        disable_execute_api_endpoint: false,
        root_resource_id: root_resource_id.clone(),
        security_policy: SecurityPolicy::Tls10,
        endpoint_access_mode: None,
        warnings: Vec::new(),
        tags: Map::new(),
        declared_in: None,
    };
    let mut tree = ApiTree {
        api,
        resources: BTreeMap::from([(root_resource_id, root)]),
        models: BTreeMap::new(),
        validators: BTreeMap::new(),
        gateway_responses: BTreeMap::new(),
        authorizers: BTreeMap::new(),
        documentation_parts: BTreeMap::new(),
    };
    let document = parse(text.as_bytes(), "api.yaml").unwrap();
    let options = ImportOptions {
        mode: Mode::Overwrite,
        base_path: BasePath::Ignore,
        ignore_documentation: true,
        check_templates: true,
        account: &"000000000000".into(),
        region: &"us-east-1".into(),
        limits: &Limits::default(),
    };
    apply(&document, &mut tree, &options, &mut Entropy::new([3; 4])).unwrap();
    tree
}

fn try_export(
    tree: &ApiTree,
    export_type: ExportType,
    extensions: &str,
    parts: Option<&[DocumentationPart]>,
) -> Result<Exported, ExportError> {
    let names = extensions.split(',').filter(|name| !name.is_empty());
    let options = ExportOptions {
        export_type,
        extensions: Extensions::parse(names).unwrap(),
        host: "abcde12345.execute-api.us-east-1.amazonaws.com",
        region: "us-east-1",
        stage: "prod",
        documentation: parts.map(|parts| ExportedDocumentation {
            version: "docs 1",
            created: Timestamp(0),
            parts,
        }),
        limits: &Limits::default(),
    };
    stagedoor_openapi::export(tree, &options)
}

fn check(tree: &ApiTree, export_type: ExportType, extensions: &str, expected: &ExpectFile) {
    expected.assert_eq(&try_export(tree, export_type, extensions, None).unwrap().yaml());
}

const PETS: &str = r##"
openapi: 3.0.1
info: {title: pets, version: "1.0", description: All pets}
x-amazon-apigateway-binary-media-types: [image/png]
x-amazon-apigateway-request-validators: {all: {validateRequestBody: true, validateRequestParameters: true}}
x-amazon-apigateway-gateway-responses: {THROTTLED: {statusCode: 420}}
x-amazon-apigateway-minimum-compression-size: 7
x-amazon-apigateway-policy: {Version: "2012-10-17", Statement: []}
components:
  schemas:
    Pet: {type: object, properties: {id: {type: integer}, kin: {$ref: '#/components/schemas/Pets'}}}
    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
  securitySchemes:
    key: {type: apiKey, name: x-api-key, in: header}
    door:
      type: apiKey
      name: Auth
      in: header
      x-amazon-apigateway-authtype: custom
      x-amazon-apigateway-authorizer:
        type: token
        authorizerUri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:0:function:f/invocations
        authorizerResultTtlInSeconds: 60
paths:
  /pets/{id}:
    post:
      operationId: putPet
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: q, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        "200":
          description: ok
          headers: {X-Out: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        "404": {description: none}
      security: [{door: []}, {key: []}]
      x-amazon-apigateway-request-validator: all
      x-amazon-apigateway-integration:
        type: http
        httpMethod: POST
        uri: http://pets/{id}
        requestParameters: {integration.request.path.id: method.request.path.id}
        responses:
          default: {statusCode: "200"}
          4\d{2}: {statusCode: "404", responseTemplates: {application/json: "#set($a = 1)\n{}\n"}}
  /pets/{id}/none: {}
  /signed:
    x-amazon-apigateway-any-method:
      responses: {}
      x-amazon-apigateway-auth: {type: AWS_IAM}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
"##;

#[test]
fn the_bare_specification() {
    check(&tree(PETS), ExportType::Oas30, "", &expect_file!["exported/bare.oas30.yaml"]);
    check(&tree(PETS), ExportType::Swagger, "", &expect_file!["exported/bare.swagger.yaml"]);
}

#[test]
fn integrations() {
    check(&tree(PETS), ExportType::Oas30, "integrations", &expect_file!["exported/integrations.oas30.yaml"]);
}

#[test]
fn everything() {
    check(
        &tree(PETS),
        ExportType::Swagger,
        "apigateway,postman",
        &expect_file!["exported/everything.swagger.yaml"],
    );
}

#[test]
fn json_as_aws_prints_it() {
    let text = "openapi: 3.0.1\ninfo: {title: 'a \"b\"', version: 1}\npaths: {/a: {}}\n";
    let document = try_export(&tree(text), ExportType::Oas30, "", None).unwrap();
    expect![[r#"
        {
          "openapi" : "3.0.1",
          "info" : {
            "title" : "a \"b\"",
            "version" : "1"
          },
          "servers" : [ {
            "url" : "https://abcde12345.execute-api.us-east-1.amazonaws.com/{basePath}",
            "variables" : {
              "basePath" : {
                "default" : "prod"
              }
            }
          } ],
          "paths" : {
            "/a" : { }
          },
          "components" : { }
        }"#]]
    .assert_eq(&document.json());
}

fn part(part_type: DocumentationPartType, at: [Option<&str>; 4], properties: &str) -> DocumentationPart {
    let [path, method, status_code, name] = at.map(|text| text.map(str::to_owned));
    DocumentationPart {
        id: "a1".to_owned(),
        location: DocumentationLocation { part_type, path, method, status_code, name },
        properties: properties.to_owned(),
    }
}

fn documented() -> Vec<DocumentationPart> {
    use DocumentationPartType as Type;
    vec![
        part(
            Type::Api,
            [None; 4],
            r#"{"info": {"description": "of the part", "contact": {"name": "c"}}, "tags": []}"#,
        ),
        part(Type::Method, [None; 4], r#"{"summary": "any method"}"#),
        part(Type::Method, [Some("/pets"), None, None, None], r#"{"summary": "below pets", "own": 1}"#),
        part(
            Type::Method,
            [Some("/pets/{id}"), Some("POST"), None, None],
            r#"{"summary": "this one", "own": 2}"#,
        ),
        part(Type::Resource, [Some("/pets/{id}"), None, None, None], r#"{"description": "a pet"}"#),
        part(Type::QueryParameter, [None, None, None, Some("q")], r#"{"description": "a query"}"#),
        part(Type::RequestBody, [Some("/pets"), None, None, None], r#"{"description": "a body"}"#),
        part(Type::Response, [None, None, Some("404"), None], r#"{"description": "nothing there"}"#),
        part(Type::Response, [None; 4], r#"{"description": "any answer"}"#),
        part(Type::ResponseHeader, [None, None, None, Some("X-Out")], r#"{"description": "a header"}"#),
        part(Type::Model, [None, None, None, Some("Pet")], r#"{"title": "a pet"}"#),
        part(Type::Authorizer, [None, None, None, Some("door")], r#"{"description": "a door"}"#),
    ]
}

#[test]
fn documentation_stands_at_what_it_is_about() {
    let document = try_export(&tree(PETS), ExportType::Oas30, "", Some(&documented())).unwrap();
    expect_file!["exported/documented.oas30.yaml"].assert_eq(&document.yaml());
}

#[test]
fn documents_for_imports_repeat_no_part_elsewhere() {
    let document = try_export(&tree(PETS), ExportType::Swagger, "apigateway", Some(&documented())).unwrap();
    let text = document.yaml();
    assert_eq!(text.matches("this one").count(), 2, "in its place and in the extension: {text}");
    for elsewhere in ["any method", "below pets", "any answer", "a query", "a body"] {
        assert_eq!(text.matches(elsewhere).count(), 1, "{elsewhere}: {text}");
    }
    assert!(text.contains("description: \"All pets\""), "{text}");
}

#[test]
fn an_api_without_a_version_has_the_time_it_was_made() {
    let mut tree = tree(PETS);
    tree.api.version = None;
    let text = try_export(&tree, ExportType::Oas30, "", None).unwrap().yaml();
    assert!(text.contains("version: \"2020-01-01T00:00:00Z\""), "{text}");
}

#[test]
fn bodies_that_are_no_json_cannot_be_exported() {
    let mut tree = tree(PETS);
    let of_xml: Map<String> = [("application/xml".to_owned(), "Pet".to_owned())].into_iter().collect();
    let resource = tree.resources.values_mut().find(|resource| resource.path == "/pets/{id}").unwrap();
    resource.methods.get_mut(&HttpMethod::Post).unwrap().request_models = of_xml;
    let refused = try_export(&tree, ExportType::Oas30, "", None).unwrap_err();
    assert_eq!(refused.to_string(), "Only found non-JSON body models for POST /pets/{id}");
}

#[test]
fn what_is_guarded_never_looks_open() {
    let mut tree = tree(PETS);
    tree.authorizers.clear();
    let text = try_export(&tree, ExportType::Oas30, "apigateway", None).unwrap().yaml();
    assert!(text.contains("x-amazon-apigateway-auth:\n        type: \"CUSTOM\""), "{text}");
}

#[test]
fn validators_without_a_name_of_their_own_have_their_id() {
    let mut tree = tree(PETS);
    let mut other = tree.validators.values().next().unwrap().clone();
    other.id = "zzzzzz".to_owned();
    tree.validators.insert(other.id.clone(), other.clone());
    (other.id, other.name) = ("nameless".to_owned(), None);
    tree.validators.insert(other.id.clone(), other);
    let text = try_export(&tree, ExportType::Oas30, "apigateway", None).unwrap().yaml();
    for name in ["\n  all:\n", "\n  zzzzzz:\n", "\n  nameless:\n"] {
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn the_tag_that_fixes_an_id_is_not_exported() {
    let mut tree = tree(PETS);
    tree.api.tags.insert("_custom_id_".to_owned(), "shop".to_owned());
    tree.api.tags.insert("team".to_owned(), "a".to_owned());
    let text = try_export(&tree, ExportType::Oas30, "apigateway", None).unwrap().yaml();
    assert!(text.contains("- name: \"team\"") && !text.contains("_custom_id_"), "{text}");
}

#[test]
fn an_api_that_was_stored_before_there_were_authorizers_has_a_document() {
    let mut stored = serde_json::to_value(tree(PETS)).unwrap();
    let members = stored.as_object_mut().unwrap();
    assert!(members.shift_remove("authorizers").is_some());
    assert!(members.shift_remove("documentation_parts").is_some());
    let old: ApiTree = serde_json::from_value(stored).unwrap();
    let text = try_export(&old, ExportType::Oas30, "apigateway", None).unwrap().yaml();
    assert!(text.contains("/pets/{id}") && !text.contains("x-amazon-apigateway-authorizer"), "{text}");
}

#[test]
fn parameters_of_many_values_are_lists() {
    let mut tree = tree(PETS);
    let resource = tree.resources.values_mut().find(|resource| resource.path == "/pets/{id}").unwrap();
    let parameters = &mut resource.methods.get_mut(&HttpMethod::Post).unwrap().request_parameters;
    *parameters = [("method.request.multivaluequerystring.q".to_owned(), true)].into_iter().collect();
    let text = try_export(&tree, ExportType::Oas30, "", None).unwrap().yaml();
    let expected = "      - name: \"q\"\n        in: \"query\"\n        required: true\n        schema:\n          type: \"array\"\n";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn properties_may_be_called_like_words_of_schemas() {
    let inside = "{type: object, properties: {default: {$ref: '#/components/schemas/Pet'}, enum: {type: object, \
                  properties: {x: {$ref: '#/components/schemas/Pet'}}}}, default: {$ref: data}}";
    let document = PETS.replace("{type: array, items: {$ref: '#/components/schemas/Pet'}}", inside);
    let text = try_export(&tree(&document), ExportType::Oas30, "", None).unwrap().yaml();
    assert!(!text.contains("amazonaws.com/restapis"), "{text}");
    assert!(text.contains("      default:\n        $ref: \"data\"\n"), "{text}");
}

#[test]
fn policies_of_endpoints_are_exported_unless_they_are_the_default() {
    let check = |endpoint, policy, expected: Option<&str>| {
        let mut tree = tree(PETS);
        (tree.api.endpoint.endpoint_type, tree.api.security_policy) = (endpoint, policy);
        let text = try_export(&tree, ExportType::Oas30, "apigateway", None).unwrap().yaml();
        let found = text.lines().find_map(|line| line.strip_prefix("x-amazon-apigateway-security-policy: "));
        assert_eq!(found, expected);
    };
    check(EndpointType::Edge, SecurityPolicy::Tls10, None);
    check(EndpointType::Regional, SecurityPolicy::Tls12, Some("\"TLS_1_2\""));
    check(EndpointType::Private, SecurityPolicy::Tls12, None);
}
