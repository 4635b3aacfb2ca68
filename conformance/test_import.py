"""ImportRestApi and PutRestApi: Swagger 2.0 and OpenAPI 3.0, JSON and YAML."""

import json

import pytest
import yaml
from botocore.exceptions import ClientError

from harness.errors import bad_request, not_found
from harness.state import assert_survives_a_crash

MOCK = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": "imported"}}}}


def operation(integration=MOCK, **fields):
    return {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": integration, **fields}


def swagger(paths=None, **fields):
    return {"swagger": "2.0", "info": {"title": "imported", "version": "1"},
            "paths": paths if paths is not None else {"/a": {"get": operation()}}, **fields}


def openapi(paths=None, **fields):
    return {"openapi": "3.0.1", "info": {"title": "imported", "version": "1"},
            "paths": paths if paths is not None else {"/a": {"get": operation()}}, **fields}


@pytest.fixture
def load(apigateway):
    """Imports a document (dict → JSON, text as it is); returns the RestApi."""
    def run(document, **fields):
        body = document if isinstance(document, str) else json.dumps(document)
        return apigateway.import_rest_api(body=body.encode(), **fields)
    return run


def tree(client, api):
    return {r["path"]: r for r in client.get_resources(restApiId=api["id"], embed=["methods"], limit=500)["items"]}


def call(gateway, client, made, path):
    from harness import raw
    client.create_deployment(restApiId=made["id"], stageName="s")
    return raw.send(gateway.port, "GET", f"/s{path}", host=f"{made['id']}.execute-api.us-east-1.amazonaws.com")


@pytest.mark.parametrize("document", [
    json.dumps(swagger()), yaml.safe_dump(swagger()), json.dumps(openapi()), yaml.safe_dump(openapi())],
    ids=["swagger json", "swagger yaml", "openapi json", "openapi yaml"])
def test_import_deploy_call(gateway, apigateway, load, document):
    made = load(document)
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert (made["name"], made["version"]) == ("imported", "1")
    reply = call(gateway, apigateway, made, "/a")
    assert (reply.status, reply.body) == (200, b"imported")


def test_no_default_models(apigateway, load):
    assert apigateway.get_models(restApiId=load(swagger())["id"])["items"] == []


def test_intermediate_resources_have_no_methods(apigateway, load):
    resources = tree(apigateway, load(swagger({"/a/b/{c}": {"get": operation()}})))
    assert list(resources) == ["/", "/a", "/a/b", "/a/b/{c}"]
    assert "resourceMethods" not in resources["/a/b"]
    assert resources["/a/b/{c}"]["resourceMethods"]["GET"]["requestParameters"] == {"method.request.path.c": True}


def test_an_operation_becomes_a_method(apigateway, load):
    made = load(swagger({"/a": {"post": operation(
        operationId="makePet", parameters=[
            {"name": "q", "in": "query", "required": True, "type": "string"},
            {"name": "X-H", "in": "header", "type": "string"},
            {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}],
        responses={"200": {"description": "ok", "headers": {"X-Out": {"type": "string"}},
                           "schema": {"$ref": "#/definitions/Pet"}}},
        produces=["application/json"], consumes=["application/json"])}},
        definitions={"Pet": {"type": "object", "description": "a pet"}}))
    method = tree(apigateway, made)["/a"]["resourceMethods"]["POST"]
    assert method["operationName"] == "makePet"
    assert method["requestParameters"] == {"method.request.querystring.q": True, "method.request.header.X-H": False}
    assert method["requestModels"] == {"application/json": "Pet"}
    assert method["methodResponses"] == {"200": {"statusCode": "200", "responseModels": {"application/json": "Pet"},
                                                 "responseParameters": {"method.response.header.X-Out": False}}}
    model = apigateway.get_model(restApiId=made["id"], modelName="Pet")
    assert (model["description"], model["contentType"]) == ("a pet", "application/json")


def test_references_between_models_become_canonical(apigateway, load):
    made = load(openapi(components={"schemas": {
        "Pet": {"type": "object"}, "Pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}))
    schema = json.loads(apigateway.get_model(restApiId=made["id"], modelName="Pets")["schema"])
    assert schema["items"]["$ref"] == f"https://apigateway.amazonaws.com/restapis/{made['id']}/models/Pet"


def test_an_integration_becomes_an_integration(apigateway, load):
    made = load(swagger({"/a/{p}": {"get": operation({
        "type": "http", "httpMethod": "POST", "uri": "http://127.0.0.1:1/{p}", "timeoutInMillis": 500,
        "passthroughBehavior": "when_no_templates", "requestParameters": {"integration.request.path.p": "method.request.path.p"},
        "responses": {"default": {"statusCode": 200}, "4\\d{2}": {"statusCode": "400"}}},
        responses={"200": {"description": ""}, "400": {"description": ""}})}}))
    read = tree(apigateway, made)["/a/{p}"]["resourceMethods"]["GET"]["methodIntegration"]
    assert (read["type"], read["httpMethod"], read["uri"]) == ("HTTP", "POST", "http://127.0.0.1:1/{p}")
    assert (read["timeoutInMillis"], read["passthroughBehavior"], read["connectionType"]) == (500, "WHEN_NO_TEMPLATES", "INTERNET")
    assert read["requestParameters"] == {"integration.request.path.p": "method.request.path.p"}
    assert read["integrationResponses"] == {"200": {"statusCode": "200"},
                                            "400": {"statusCode": "400", "selectionPattern": "4\\d{2}"}}


def test_extensions_at_the_root(apigateway, load):
    made = load(swagger(**{
        "x-amazon-apigateway-binary-media-types": ["image/png"],
        "x-amazon-apigateway-minimum-compression-size": 100,
        "x-amazon-apigateway-api-key-source": "AUTHORIZER",
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
        "x-amazon-apigateway-request-validator": "all",
        "x-amazon-apigateway-gateway-responses": {"THROTTLED": {"statusCode": 420}}}))
    assert (made["binaryMediaTypes"], made["minimumCompressionSize"], made["apiKeySource"]) == (["image/png"], 100, "AUTHORIZER")
    validator = apigateway.get_request_validators(restApiId=made["id"])["items"][0]
    assert (validator["name"], validator["validateRequestBody"]) == ("all", True)
    assert tree(apigateway, made)["/a"]["resourceMethods"]["GET"]["requestValidatorId"] == validator["id"]
    assert apigateway.get_gateway_response(restApiId=made["id"], responseType="THROTTLED")["statusCode"] == "420"


def test_any_method_and_security(apigateway, load):
    made = load(swagger({"/a": {"x-amazon-apigateway-any-method": operation(security=[{"key": []}])},
                         "/b": {"get": operation(security=[{"sigv4": []}])}},
                        securityDefinitions={
                            "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
                            "sigv4": {"type": "apiKey", "name": "Authorization", "in": "header",
                                      "x-amazon-apigateway-authtype": "awsSigv4"}}))
    resources = tree(apigateway, made)
    assert resources["/a"]["resourceMethods"]["ANY"]["apiKeyRequired"] is True
    assert resources["/b"]["resourceMethods"]["GET"]["authorizationType"] == "AWS_IAM"


@pytest.mark.parametrize("mode, paths", [("ignore", ["/", "/a"]), ("prepend", ["/", "/base", "/base/part", "/base/part/a"]),
                                         ("split", ["/", "/part", "/part/a"])])
def test_base_path(apigateway, load, mode, paths):
    assert list(tree(apigateway, load(swagger(basePath="/base/part"), parameters={"basepath": mode}))) == paths


def test_endpoint_type_parameter(load):
    assert load(swagger(), parameters={"endpointConfigurationTypes": "REGIONAL"})["endpointConfiguration"]["types"] == ["REGIONAL"]


@pytest.mark.parametrize("document", ["{", "just text", "[]", "{}"])
def test_not_a_document(load, document):
    with bad_request("Invalid OpenAPI input."):
        load(document)


def test_a_bad_integration_names_verb_and_path_and_leaves_nothing(apigateway, load):
    before = [a["id"] for a in apigateway.get_rest_apis(limit=500)["items"]]
    with bad_request("Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/a': "
                     "Invalid HTTP endpoint specified for URI"):
        load(swagger({"/a": {"get": operation({"type": "http", "httpMethod": "GET", "uri": "nonsense"})}}))
    assert [a["id"] for a in apigateway.get_rest_apis(limit=500)["items"]] == before


def test_a_bad_integration_response_names_verb_and_path(load):
    integration = {**MOCK, "responses": {"default": {"statusCode": "200", "responseParameters": {
        "method.response.header.Location": "'x'"}}}}
    with bad_request("Errors found during import:\n\tUnable to put integration response on 'POST' for resource at path "
                     "'/foo': Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid "
                     "mapping expression parameter specified: method.response.header.Location]"):
        load(swagger({"/foo": {"post": operation(integration)}}))


WARNED = swagger({"/test": {"get": operation({
    **MOCK, "requestParameters": {"integration.request.header.nothing": True}})}})
WARNING = ("Invalid format for 'requestParameters'. Expected type string for property "
           "'integration.request.header.nothing' of resource '/test' and method 'GET' but got 'true'")


def test_a_warning_is_returned_and_the_entry_dropped(apigateway, load):
    made = load(WARNED)
    assert made["warnings"] == [WARNING]
    assert "requestParameters" not in tree(apigateway, made)["/test"]["resourceMethods"]["GET"]["methodIntegration"]


def test_failonwarnings(apigateway, load):
    before = len(apigateway.get_rest_apis(limit=500)["items"])
    with bad_request(f"Warnings found during import:\n\t{WARNING}"):
        load(WARNED, failOnWarnings=True)
    assert len(apigateway.get_rest_apis(limit=500)["items"]) == before


AUTHORIZER = {"custom": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "custom",
                         "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": "arn:x"}}}


@pytest.mark.parametrize("extra, key", [
    ({"securityDefinitions": AUTHORIZER}, "x-amazon-apigateway-authorizer"),
    ({"x-amazon-apigateway-documentation": {"version": "1", "documentationParts": []}}, "x-amazon-apigateway-documentation"),
], ids=["authorizer", "documentation"])
def test_elements_without_an_entity_are_refused_by_line_and_key(load, extra, key):
    document = json.dumps(swagger(**extra), indent=1)
    line = next(n for n, text in enumerate(document.split("\n"), 1) if key in text)
    try:
        load(document)
    except ClientError as error:
        text = error.response["Error"]["Message"]
        assert key in text and str(line) in text, text
    else:
        raise AssertionError("imported")


class TestPut:
    def put(self, client, made, document, **fields):
        return client.put_rest_api(restApiId=made["id"], body=json.dumps(document).encode(), **fields)

    def test_merge_keeps_what_the_document_lacks(self, apigateway, load):
        made = load(swagger({"/old": {"get": operation()}}, **{"x-amazon-apigateway-binary-media-types": ["a/a"]}))
        answer = self.put(apigateway, made, swagger({"/new": {"get": operation()}}, info={"title": "renamed", "version": "2"},
                                                    **{"x-amazon-apigateway-binary-media-types": ["b/b"]}))
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert (answer["name"], answer["version"], answer["binaryMediaTypes"], answer["tags"]) == ("renamed", "2", ["a/a", "b/b"], {})
        assert list(tree(apigateway, made)) == ["/", "/new", "/old"]

    def test_overwrite_removes_the_rest_and_keeps_ids(self, apigateway, load):
        made = load(swagger({"/kept": {"get": operation()}, "/gone": {"get": operation()}}))
        before = tree(apigateway, made)
        self.put(apigateway, made, swagger({"/kept": {"put": operation()}}), mode="overwrite")
        after = tree(apigateway, made)
        assert list(after) == ["/", "/kept"] and list(after["/kept"]["resourceMethods"]) == ["PUT"]
        assert (after["/kept"]["id"], after["/"]["id"]) == (before["/kept"]["id"], before["/"]["id"])

    def test_a_refused_document_changes_nothing(self, apigateway, load):
        made = load(swagger())
        before = tree(apigateway, made)
        with bad_request(None):
            self.put(apigateway, made, swagger({"/b": {"get": operation({"type": "http", "httpMethod": "GET", "uri": "x"})}}))
        assert tree(apigateway, made) == before

    def test_unknown_api(self, apigateway):
        with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
            self.put(apigateway, {"id": "nosuchapi0"}, swagger())


def test_everything_survives_a_crash(gateway, load):
    load(openapi(components={"schemas": {"Pet": {"type": "object"}}}))
    assert_survives_a_crash(gateway)
