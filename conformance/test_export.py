"""GetExport: documents of what a stage runs, and what imports make of them."""

import json

import pytest
import yaml

from harness.errors import bad_request, not_found
from harness.state import assert_survives_a_crash

FUNCTION = ("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            "arn:aws:lambda:us-east-1:000000000000:function:door/invocations")
MOCK = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}, "passthroughBehavior": "when_no_match",
        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": "#set($a = 1)\n$a\n"}},
                      "4\\d{2}": {"statusCode": "404", "responseParameters": {"method.response.header.X-A": "'yes'"}}}}
DOCUMENT = {
    "openapi": "3.0.1",
    "info": {"title": "pets", "version": "1.0", "description": "všechna zvířata"},
    "tags": [{"name": "team", "x-amazon-apigateway-tag-value": "a"}],
    "paths": {
        "/": {"get": {"responses": {}, "x-amazon-apigateway-integration": {"type": "mock"}}},
        "/pets/{id}": {
            "x-amazon-apigateway-any-method": {
                "operationId": "pet",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                               {"name": "q", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                "responses": {"200": {"description": "200 response", "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                    "404": {"description": "404 response", "headers": {"X-A": {"schema": {"type": "string"}}}}},
                "security": [{"door": []}, {"api_key": []}],
                "x-amazon-apigateway-request-validator": "all",
                "x-amazon-apigateway-integration": MOCK}},
        "/signed": {"post": {"responses": {}, "security": [{"sigv4": []}], "x-amazon-apigateway-integration": {
            "type": "http", "httpMethod": "POST", "uri": "http://127.0.0.1:1/", "timeoutInMillis": 500,
            "tlsConfig": {"insecureSkipVerification": True}}}},
    },
    "components": {
        "schemas": {"Pet": {"type": "object", "properties": {"kin": {"$ref": "#/components/schemas/Pet"}}}},
        "securitySchemes": {
            "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "sigv4": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
            "door": {"type": "apiKey", "name": "Auth", "in": "header", "x-amazon-apigateway-authtype": "custom",
                     "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": FUNCTION,
                                                        "authorizerResultTtlInSeconds": 60}}},
    },
    "x-amazon-apigateway-binary-media-types": ["image/png"],
    "x-amazon-apigateway-minimum-compression-size": 7,
    "x-amazon-apigateway-api-key-source": "AUTHORIZER",
    "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
    "x-amazon-apigateway-gateway-responses": {"THROTTLED": {
        "statusCode": 420, "responseParameters": {"gatewayresponse.header.X": "'a'"},
        "responseTemplates": {"application/json": "{}"}}},
}


@pytest.fixture
def deployed(apigateway):
    """The document as an API with a stage `prod`; returns its id."""
    made = apigateway.import_rest_api(body=json.dumps(DOCUMENT).encode())
    apigateway.create_deployment(restApiId=made["id"], stageName="prod")
    return made["id"]


def export(client, api, kind="oas30", stage="prod", accepts="application/json", **parameters):
    answer = client.get_export(restApiId=api, stageName=stage, exportType=kind, accepts=accepts, parameters=parameters)
    text = answer["body"].read().decode()
    return yaml.safe_load(text) if accepts == "application/yaml" else json.loads(text)


@pytest.mark.parametrize("kind", ["oas30", "swagger"])
@pytest.mark.parametrize("accepts, ending", [("application/json", "json"), ("application/yaml", "yaml")])
def test_headers(apigateway, deployed, kind, accepts, ending):
    answer = apigateway.get_export(restApiId=deployed, stageName="prod", exportType=kind, accepts=accepts)
    assert answer["contentType"] == "application/octet-stream"
    assert answer["contentDisposition"] == f'attachment; filename="{kind}_1.0.{ending}"'
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_an_exported_document_is_the_imported_one(apigateway, deployed):
    """Word for word, but for where it is served and what is said of a body twice."""
    got = export(apigateway, deployed, extensions="apigateway")
    assert got.pop("servers") == [{"url": f"https://{deployed}.execute-api.us-east-1.amazonaws.com/{{basePath}}",
                                   "variables": {"basePath": {"default": "prod"}}}]
    wanted = json.loads(json.dumps(DOCUMENT))
    method = wanted["paths"]["/pets/{id}"]["x-amazon-apigateway-any-method"]
    method["requestBody"]["required"] = True
    method["responses"]["404"]["content"] = {}
    for path, verb in (("/", "get"), ("/signed", "post")):
        wanted["paths"][path][verb]["x-amazon-apigateway-integration"]["passthroughBehavior"] = "when_no_match"
    assert got == wanted


@pytest.mark.parametrize("kind", ["oas30", "swagger"])
@pytest.mark.parametrize("extensions", ["", "integrations", "authorizers", "apigateway", "integrations,authorizers,apigateway,postman"])
def test_yaml_and_json_say_the_same(apigateway, deployed, kind, extensions):
    asked = {"extensions": extensions} if extensions else {}
    as_json = export(apigateway, deployed, kind, **asked)
    assert export(apigateway, deployed, kind, accepts="application/yaml", **asked) == as_json


TEXTS = ["null", "true", "No", "~", "12", "0x1F", "1e3", "2026-11-22", "12:30:45", ".5", "- dash", "key: value", "a # b", "'q' \"q\"",
         "C:\\new", "*a &b !c", "{f: [1]}", "%p @a |b >c", " edges ", "one\ntwo", "ends\nbreak\n", "three\n\n\n", "  indented\nline",
         "tab\there\r\nreturn", "žluťoučký 日本語 🚪", "\x7f\x85\u2028\ufeff", "", "---\nnot a\n...\ndocument", "<<", "= y"]


def test_another_reader_of_yaml_reads_the_same_texts(apigateway):
    """PyYAML reads YAML 1.1, where more looks like something else than in 1.2."""
    templates = {f"text/x{i}": text for i, text in enumerate(TEXTS)}
    document = json.loads(json.dumps(DOCUMENT))
    document["paths"]["/"]["get"]["x-amazon-apigateway-integration"]["requestTemplates"] = templates
    document["info"]["title"] = "a\nb: - 'c'\n"
    made = apigateway.import_rest_api(body=json.dumps(document).encode())
    as_json, as_yaml = (export(apigateway, made["id"], stage="$draft", accepts=accepts, extensions="apigateway")
                        for accepts in ("application/json", "application/yaml"))
    assert as_yaml == as_json
    got = as_json["paths"]["/"]["get"]["x-amazon-apigateway-integration"]["requestTemplates"]
    assert got == {**templates, "text/x26": None}


def test_the_bare_specification(apigateway, deployed):
    got = export(apigateway, deployed, "swagger")
    assert list(got) == ["swagger", "info", "host", "basePath", "schemes", "paths", "securityDefinitions", "definitions"]
    assert (got["host"], got["basePath"]) == (f"{deployed}.execute-api.us-east-1.amazonaws.com", "/prod")
    method = got["paths"]["/pets/{id}"]["x-amazon-apigateway-any-method"]
    assert method == {
        "operationId": "pet", "consumes": ["application/json"], "produces": ["application/json"],
        "parameters": [{"name": "id", "in": "path", "required": True, "type": "string"},
                       {"name": "q", "in": "query", "required": False, "type": "string"},
                       {"in": "body", "name": "Pet", "required": True, "schema": {"$ref": "#/definitions/Pet"}}],
        "responses": {"200": {"description": "200 response", "schema": {"$ref": "#/definitions/Pet"}},
                      "404": {"description": "404 response", "headers": {"X-A": {"type": "string"}}}},
        "security": [{"door": []}, {"api_key": []}]}
    assert got["securityDefinitions"]["door"] == {"type": "apiKey", "name": "Auth", "in": "header"}
    assert "x-amazon-apigateway" not in json.dumps({k: v for k, v in got.items() if k not in ("paths", "securityDefinitions")})


def test_each_extension_brings_its_own(apigateway, deployed):
    def words(extensions):
        text = json.dumps(export(apigateway, deployed, extensions=extensions))
        known = ["integration\"", "authorizer\"", "request-validators", "gateway-responses", "binary-media-types"]
        return [word for word in known if f"x-amazon-apigateway-{word}" in text] + (["postman"] if "x-postman-meta" in text else [])
    assert words("integrations") == ['integration"', "binary-media-types"]
    assert words("authorizers") == ['authorizer"']
    assert words("postman") == ["postman"]
    assert words("apigateway") == ['integration"', 'authorizer"', "request-validators", "gateway-responses", "binary-media-types"]


@pytest.mark.parametrize("kind", ["oas30", "swagger"])
@pytest.mark.parametrize("accepts", ["application/json", "application/yaml"])
def test_an_import_of_an_export_is_the_same_api(apigateway, deployed, kind, accepts):
    body = apigateway.get_export(restApiId=deployed, stageName="prod", exportType=kind, accepts=accepts,
                                 parameters={"extensions": "apigateway"})["body"].read()
    again = apigateway.import_rest_api(body=body, failOnWarnings=True)
    apigateway.create_deployment(restApiId=again["id"], stageName="prod")
    assert again["tags"] == {"team": "a"}
    read = (lambda api: json.loads(json.dumps(export(apigateway, api, extensions="apigateway")).replace(api, "api")))
    assert read(again["id"]) == read(deployed)


def test_a_stage_shows_its_deployment_until_it_is_deployed_again(apigateway, deployed):
    root = next(r["id"] for r in apigateway.get_resources(restApiId=deployed)["items"] if r["path"] == "/")
    apigateway.delete_method(restApiId=deployed, resourceId=root, httpMethod="GET")
    assert "/" in export(apigateway, deployed)["paths"]
    assert "/" not in export(apigateway, deployed, stage="$draft")["paths"]
    apigateway.create_deployment(restApiId=deployed, stageName="prod")
    assert "/" not in export(apigateway, deployed)["paths"]


def test_the_documentation_version_of_the_stage(apigateway, deployed):
    apigateway.create_documentation_part(restApiId=deployed, location={"type": "METHOD", "path": "/pets"},
                                         properties='{"summary": "a pet", "own": {"x": 1}}')
    apigateway.create_documentation_version(restApiId=deployed, documentationVersion="v1")
    assert "summary" not in json.dumps(export(apigateway, deployed)), "the stage has no version yet"
    apigateway.update_stage(restApiId=deployed, stageName="prod", patchOperations=[
        {"op": "replace", "path": "/documentationVersion", "value": "v1"}])
    bare = export(apigateway, deployed)
    assert bare["paths"]["/pets/{id}"]["x-amazon-apigateway-any-method"]["summary"] == "a pet"
    documentation = export(apigateway, deployed, extensions="apigateway")["x-amazon-apigateway-documentation"]
    assert documentation["version"] == "v1"
    assert documentation["documentationParts"] == [
        {"location": {"type": "METHOD", "path": "/pets"}, "properties": {"summary": "a pet", "own": {"x": 1}}}]


def test_an_api_made_by_calls(apigateway, api):
    """Without a version of its own, and with the default models."""
    made = apigateway.get_rest_api(restApiId=api.id)
    got = export(apigateway, api.id, stage="$draft")
    assert got["info"] == {"title": made["name"], "version": made["createdDate"].strftime("%Y-%m-%dT%H:%M:%SZ")}
    assert got["components"]["schemas"]["Empty"]["title"] == "Empty Schema"
    assert "$schema" not in got["components"]["schemas"]["Empty"]


def test_what_cannot_be_exported(apigateway, deployed):
    def asked(**fields):
        return {"restApiId": deployed, "stageName": "prod", "exportType": "oas30", **fields}
    with bad_request("No API spec found for type raml"):
        apigateway.get_export(**asked(exportType="raml"))
    with bad_request("Invalid Accept header specified: text/html. Valid options are application/json,application/yaml"):
        apigateway.get_export(**asked(accepts="text/html"))
    with not_found("Invalid Stage identifier specified"):
        apigateway.get_export(**asked(stageName="none"))
    with not_found("Invalid API identifier specified 000000000000:none"):
        apigateway.get_export(**asked(restApiId="none"))


def test_bodies_that_are_no_json(apigateway):
    document = json.loads(json.dumps(DOCUMENT).replace('"requestBody": {"content": {"application/json"',
                                                       '"requestBody": {"content": {"application/xml"'))
    made = apigateway.import_rest_api(body=json.dumps(document).encode())
    with bad_request("Only found non-JSON body models for ANY /pets/{id}"):
        apigateway.get_export(restApiId=made["id"], stageName="$draft", exportType="oas30")


def test_with_the_aws_cli(aws, deployed, tmp_path):
    file = tmp_path / "api.yaml"
    done = aws("apigateway", "get-export", "--rest-api-id", deployed, "--stage-name", "prod", "--export-type", "oas30",
               "--accepts", "application/yaml", "--parameters", "extensions=integrations", str(file), "--output", "json")
    assert json.loads(done.stdout)["contentDisposition"] == 'attachment; filename="oas30_1.0.yaml"'
    assert yaml.safe_load(file.read_text())["info"]["description"] == "všechna zvířata"


def test_exports_survive_a_crash(gateway, apigateway, deployed):
    before = export(apigateway, deployed, extensions="apigateway")
    assert_survives_a_crash(gateway)
    assert export(apigateway, deployed, extensions="apigateway") == before
