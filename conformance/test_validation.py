"""Request validators: parameters, then the body against its model, with AWS's sentences."""

import json
import time

import pytest

from harness.api import Api, late_message

JSON = "application/json"
INVALID = late_message("Invalid request body")
ERRORS = {"responseTemplates": {JSON: "$context.error.responseType $context.error.message $context.error.validationErrorString"}}
UNPARSED = "[Unknown error parsing request body]"


class Validated(Api):
    """An API whose methods have validators. Invalid bodies are answered with what is wrong with them."""

    def __init__(self, gateway, client, sentences=True):
        super().__init__(gateway, client, "validated")
        make = lambda **flags: client.create_request_validator(restApiId=self.id, **flags)["id"]
        self.validators = {"body": make(validateRequestBody=True), "parameters": make(validateRequestParameters=True),
                           "both": make(validateRequestBody=True, validateRequestParameters=True)}
        if sentences:
            client.put_gateway_response(restApiId=self.id, responseType="BAD_REQUEST_BODY", **ERRORS)

    def model(self, name, schema):
        text = schema if isinstance(schema, str) else json.dumps(schema)
        self.client.create_model(restApiId=self.id, name=name, contentType=JSON, schema=text)
        return name

    def url_of(self, name):
        return f"https://apigateway.amazonaws.com/restapis/{self.id}/models/{name}"

    def guarded(self, path, model=None, verb="POST", kind="body", **fields):
        models = {"requestModels": model if isinstance(model, dict) else {JSON: model}} if model else {}
        return self.mock(path, verb, "open", requestValidatorId=self.validators[kind], **models, **fields)


@pytest.fixture
def validated(gateway, apigateway):
    return Validated(gateway, apigateway)


def refused(reply):
    """The sentences of a refused body, in their brackets; none when the call went through."""
    if reply.status == 200:
        assert reply.text == "open"
        return None
    assert (reply.status, reply.error_type) == (400, "BadRequestException")
    kind, _, rest = reply.text.partition(" Invalid request body ")
    assert kind == "BAD_REQUEST_BODY"
    return rest


TYPE = "instance type ({}) does not match any allowed primitive type (allowed: {})"
SENTENCES = [
    # schema, body, what is wrong
    ({"required": ["a", "b"]}, "{}", 'object has missing required properties (["a","b"])'),
    ({"required": ["a", "b"]}, '{"a": 1, "b": null}', None),
    ({"additionalProperties": False}, '{"foo": 1}',
     'object instance has properties which are not allowed by the schema: ["foo"]'),
    ({"type": "integer"}, '"x"', TYPE.format("string", '["integer"]')),
    ({"type": "number"}, '"x"', TYPE.format("string", '["integer","number"]')),
    ({"type": "object"}, "[]", TYPE.format("array", '["object"]')), ({"type": "object"}, "null", TYPE.format("null", '["object"]')),
    ({"type": "array"}, "{}", TYPE.format("object", '["array"]')),
    ({"enum": ["a", "b"]}, '"x"', 'instance value ("x") not found in enum (possible values: ["a","b"])'),
    ({"enum": [1, None]}, "1.0", None),
    ({"minLength": 3}, '"a"', 'string "a" is too short (length: 1, required minimum: 3)'),
    ({"maxLength": 3}, '"abcd"', 'string "abcd" is too long (length: 4, maximum allowed: 3)'),
    ({"maxLength": 1}, '"\U0001f600"', None),
    ({"pattern": "^a"}, '"b"', 'ECMA 262 regex "^a" does not match input string "b"'),
    ({"minimum": 1}, "0", "numeric instance is lower than the required minimum (minimum: 1, found: 0)"),
    ({"maximum": 10}, "11", "numeric instance is greater than the required maximum (maximum: 10, found: 11)"),
    ({"minimum": 1, "exclusiveMinimum": True}, "1", "numeric instance is not strictly greater than the required minimum 1"),
    ({"multipleOf": 0.01}, "0.015", "remainder of division is not zero (0.015 / 0.01)"),
    ({"minItems": 1}, "[]", "array is too short: must have at least 1 elements but instance has 0 elements"),
    ({"maxItems": 1}, "[1, 2]", "array is too long: must have at most 1 elements but instance has 2 elements"),
    ({"uniqueItems": True}, "[1, 1.0]", "array must not contain duplicate elements"),
    ({"oneOf": [{"type": "null"}, {"type": "string"}]}, "1", "instance failed to match exactly one schema (matched 0 out of 2)"),
    ({"anyOf": [{"type": "null"}, {"type": "string"}]}, "1", "instance failed to match at least one required schema among 2"),
    ({"allOf": [{"type": "null"}, {"type": "integer"}]}, "1",
     "instance failed to match all required schemas (matched only 1 out of 2)"),
    ({"not": {"type": "integer"}}, "1", "instance matched a schema which it should not have"),
    ({"minLength": 3, "enum": ["q"]}, '"a"', 'instance value ("a") not found in enum (possible values: ["q"]), '
                                             'string "a" is too short (length: 1, required minimum: 3)'),
    ({"properties": {"a": {"type": "string"}, "b": {"minimum": 5}}}, '{"b": 1, "a": 2}',
     TYPE.format("integer", '["string"]') + ", numeric instance is lower than the required minimum (minimum: 5, found: 1)"),
    ({"definitions": {"Id": {"type": "string"}}, "properties": {"id": {"$ref": "#/definitions/Id"}}}, '{"id": 1}',
     TYPE.format("integer", '["string"]')),
]


@pytest.fixture(scope="module")
def sentences(gateway, apigateway):
    """POST /{number} → the model of that row."""
    api = Validated(gateway, apigateway)
    for number, (schema, _, _) in enumerate(SENTENCES):
        api.guarded(f"/{number}", api.model(f"Row{number}", {"$schema": "http://json-schema.org/draft-04/schema#", **schema}))
    api.guarded("/object", api.model("Thing", {"type": "object"}))
    api.guarded("/object", "Thing", "GET")
    api.deploy()
    return api


@pytest.mark.parametrize("number", range(len(SENTENCES)))
def test_sentences(sentences, number):
    _, body, wrong = SENTENCES[number]
    reply = sentences.call(f"/{number}", "POST", body=body.encode())
    assert refused(reply) == (wrong and f"[{wrong}]")


@pytest.mark.parametrize("verb, body", [("POST", "{"), ("POST", "{'a': 1}"), ("POST", "{} {}"), ("POST", b"\xff"), ("POST", b""),
                                        ("POST", None), ("GET", None), ("POST", "[" * 5000)])
def test_a_body_that_is_no_json(gateway, sentences, verb, body):
    """An absent body is one of them, also for GET. The log says more than AWS's."""
    mark = len(gateway.output.lines)
    assert refused(sentences.call("/object", verb, body=body)) == UNPARSED
    gateway.output.wait_for(rf"400 .*does not match model schema for content type application/json: "
                            rf"\[Unknown error parsing request body\] \(the body is ", since=mark)


def test_the_answer_by_default(gateway, apigateway):
    """The client learns only that the body is wrong; the log knows why."""
    api = Validated(gateway, apigateway, sentences=False)
    api.guarded("/m", api.model("Thing", {"required": ["a"]})).deploy()
    mark = len(gateway.output.lines)
    reply = api.call("/m", "POST", body="{}")
    assert (reply.status, reply.body, reply.error_type) == (400, INVALID, "BadRequestException")
    assert reply.header("content-type") == JSON
    gateway.output.wait_for(r'Request body does not match model schema for content type application/json: '
                            r'\[object has missing required properties \(\["a"\]\)\]', since=mark)
    log = api.client.test_invoke_method(**api.at("/m", "POST"), pathWithQueryString="/m", body="{}")["log"].splitlines()
    wrong = next(place for place, line in enumerate(log) if "Request body does not match model schema" in line)
    assert log[wrong + 1].endswith(": Method completed with status: 400")


PARAMETERS = [
    # name of the request parameters, headers, query, what is missing
    (["header.x-header-param", "querystring.issuer", "querystring.qs1"], {}, "", "[x-header-param, issuer, qs1]"),
    (["querystring.dividend", "querystring.divisor"], {}, "", "[divisor, dividend]"),
    (["querystring.di", "querystring.pi"], {}, "", "[di, pi]"),
    (["querystring.di", "querystring.pi"], {}, "?di=1&pi=2", None), (["querystring.di", "querystring.pi"], {}, "?di=1", "[pi]"),
    (["querystring.q"], {}, "?q=", "[q]"), (["querystring.q"], {}, "?q", "[q]"), (["querystring.q"], {}, "?q=%20%09", "[q]"),
    (["querystring.q"], {}, "?Q=1", "[q]"), (["querystring.q"], {}, "?q=&q=1", None), (["querystring.a-b"], {}, "?a%2Db=1", None),
    (["header.X-Key"], {"x-key": "1"}, "", None), (["header.X-Key"], {"x-key": " "}, "", "[X-Key]"),
    (["header.X-Key"], {}, "?X-Key=1", "[X-Key]"), (["path.part"], {}, "", None), (["path.other"], {}, "", "[other]"),
]


@pytest.fixture(scope="module")
def parameters(gateway, apigateway):
    """GET /{number}/{part} → a method that requires the row's parameters."""
    api = Validated(gateway, apigateway)
    for number, (names, *_) in enumerate(PARAMETERS):
        required = {f"method.request.{name}": True for name in names}
        api.guarded(f"/{number}/{{part}}", verb="GET", kind="parameters",
                    requestParameters={**required, "method.request.querystring.optional": False})
    api.deploy()
    return api


@pytest.mark.parametrize("number", range(len(PARAMETERS)))
def test_required_parameters(gateway, parameters, number):
    _, headers, query, missing = PARAMETERS[number]
    mark = len(gateway.output.lines)
    reply = parameters.call(f"/{number}/x{query}", headers=headers)
    if missing is None:
        assert (reply.status, reply.text) == (200, "open")
        return
    message = f"Missing required request parameters: {missing}"
    assert (reply.status, reply.body, reply.error_type) == (400, late_message(message), "BadRequestException")
    gateway.output.wait_for(r"400 .*Missing required request parameters: \[", since=mark)


def test_parameters_come_first(validated):
    """Both flags: the body is looked at only when no parameter is missing."""
    validated.guarded("/m", validated.model("Thing", {"required": ["a"]}), kind="both",
                      requestParameters={"method.request.querystring.q": True}).deploy()
    assert "Missing required request parameters: [q]" in validated.call("/m", "POST", body="{}").text
    assert refused(validated.call("/m?q=1", "POST", body="{}")) == '[object has missing required properties (["a"])]'
    assert refused(validated.call("/m?q=1", "POST", body='{"a": 1}')) is None


@pytest.mark.parametrize("kind, query, body, status", [
    ("body", "", "{}", 400), ("body", "", '{"a": 1}', 200), ("parameters", "", '{"a": 1}', 400), ("parameters", "?q=1", "{}", 200)])
def test_flags_are_independent(validated, kind, query, body, status):
    validated.guarded("/m", validated.model("Thing", {"required": ["a"]}), kind=kind,
                      requestParameters={"method.request.querystring.q": True}).deploy()
    assert validated.call(f"/m{query}", "POST", body=body).status == status


@pytest.mark.parametrize("models, content_type, wrong", [
    ({JSON: "Thing"}, None, True), ({JSON: "Thing"}, JSON, True), ({JSON: "Thing"}, f"{JSON}; charset=utf-8", True),
    ({JSON: "Thing"}, "text/plain", False), ({"text/plain": "Thing"}, None, False), ({"text/plain": "Thing"}, "text/plain", True),
    ({JSON: "Other", "$default": "Thing"}, "text/plain", True), ({JSON: "Other", "$default": "Thing"}, JSON, False)])
def test_the_model_is_chosen_by_content_type(validated, backend, models, content_type, wrong):
    """Of another type the request continues unchecked, unless there is a default."""
    validated.model("Thing", {"required": ["a"]})
    validated.model("Other", {"type": "object"})
    validated.http_proxy("/m", backend.url, "POST", method={
        "requestValidatorId": validated.validators["body"], "requestModels": models})
    validated.deploy()
    reply = validated.call("/m", "POST", {"Content-Type": content_type} if content_type else {}, "{}")
    assert reply.status == (400 if wrong else 200)


def test_passthrough_never_refuses_what_no_model_describes(validated):
    """The documented way to check every type."""
    validated.method("/m", "POST", requestValidatorId=validated.validators["body"],
                     requestModels={JSON: validated.model("Thing", {"required": ["a"]})})
    validated.integration("/m", "POST", type="MOCK", passthroughBehavior="NEVER", requestTemplates={JSON: '{"statusCode": 200}'})
    validated.response("/m", "POST").deploy()
    assert validated.call("/m", "POST", {"Content-Type": "text/plain"}, "{}").status == 415
    assert validated.call("/m", "POST", {"Content-Type": JSON}, '{"a": 1}').status == 200


def test_the_empty_model_takes_any_object(validated):
    validated.guarded("/m", "Empty").deploy()
    assert refused(validated.call("/m", "POST", body='{"any": [1, {"thing": null}]}')) is None
    assert refused(validated.call("/m", "POST", body="[]")) == "[" + TYPE.format("array", '["object"]') + "]"


def test_models_refer_to_each_other(validated):
    """In a circle, too: each pet has friends that are pets."""
    validated.model("Pets", {"type": "array", "items": {"$ref": validated.url_of("Pet")}})
    validated.model("Pet", {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "friends": {"$ref": validated.url_of("Pets")},
        "owner": {"oneOf": [{"type": "null"}, {"$ref": validated.url_of("Owner") + "#/definitions/Person"}]}}})
    validated.model("Owner", {"definitions": {"Person": {"type": "object", "required": ["age"]}}})
    validated.guarded("/m", "Pet").deploy()
    send = lambda pet: refused(validated.call("/m", "POST", body=json.dumps(pet)))
    assert send({"name": "a", "friends": [{"name": "b", "friends": []}], "owner": None}) is None
    assert send({"name": "a", "owner": {"age": 1}}) is None
    assert send({"name": "a", "friends": [{"name": "b", "friends": [{}]}]}) == '[object has missing required properties (["name"])]'
    assert send({"name": "a", "owner": {}}) == "[instance failed to match exactly one schema (matched 0 out of 2)]"


@pytest.mark.parametrize("kind", ["http", "lambda", "mock"])
def test_proxies_are_validated(validated, backend, kind):
    """Before the backend hears of the call."""
    fields = {"requestValidatorId": validated.validators["body"], "requestModels": {JSON: validated.model("Thing", {"required": ["a"]})}}
    if kind == "http":
        validated.http_proxy("/m", backend.url, "POST", method=fields)
    elif kind == "lambda":
        validated.lambda_proxy("/m", "arn:aws:lambda:us-east-1:000000000000:function:none", "POST", method=fields)
    else:
        validated.mock("/m", "POST", **fields)
    validated.deploy()
    assert refused(validated.call("/m", "POST", body="{}")) == '[object has missing required properties (["a"])]'
    assert backend.untouched()
    assert validated.call("/m", "POST", body='{"a": 1}').status == (500 if kind == "lambda" else 200)


def test_gateway_responses_of_both_kinds(validated):
    """With headers, and another status."""
    validated.client.put_gateway_response(
        restApiId=validated.id, responseType="BAD_REQUEST_PARAMETERS", statusCode="422",
        responseParameters={"gatewayresponse.header.x-why": "context.error.validationErrorString"},
        responseTemplates={JSON: '{"message":$context.error.messageString,"detail":"$context.error.validationErrorString"}'})
    validated.guarded("/m", kind="parameters", requestParameters={"method.request.querystring.q": True}).deploy()
    reply = validated.call("/m", "POST")
    message = "Missing required request parameters: [q]"
    assert (reply.status, reply.json) == (422, {"message": message, "detail": message})
    assert reply.header("x-why") == message


DOCUMENT = {
    "swagger": "2.0", "info": {"title": "imported"},
    "x-amazon-apigateway-request-validators": {
        "all": {"validateRequestBody": True, "validateRequestParameters": True},
        "parameters": {"validateRequestBody": False, "validateRequestParameters": True}},
    "x-amazon-apigateway-request-validator": "all",
    "definitions": {"Pet": {"type": "object", "required": ["name"], "properties": {"owner": {"$ref": "#/definitions/Owner"}}},
                    "Owner": {"type": "object", "required": ["age"]}},
    "paths": {path: {"post": {
        "consumes": [JSON], **extra, "responses": {"200": {"description": "ok"}},
        "parameters": [{"in": "query", "name": "q", "required": True, "type": "string"},
                       {"in": "body", "name": "Pet", "required": True, "schema": {"$ref": "#/definitions/Pet"}}],
        "x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {JSON: '{"statusCode": 200}'},
                                            "responses": {"default": {"statusCode": "200"}}}}}
        for path, extra in {"/default": {}, "/own": {"x-amazon-apigateway-request-validator": "parameters"}}.items()}}


@pytest.mark.parametrize("path, query, body, status", [
    ("/default", "", '{"name": "a"}', 400), ("/default", "?q=1", "{}", 400), ("/default", "?q=1", '{"name": "a"}', 200),
    ("/default", "?q=1", '{"name": "a", "owner": {}}', 400), ("/own", "?q=1", "{}", 200), ("/own", "", "{}", 400)])
def test_imported_validators(gateway, apigateway, path, query, body, status):
    """The API's default, and a method's own."""
    made = apigateway.import_rest_api(body=json.dumps(DOCUMENT).encode())
    api = Api.__new__(Api)
    api.gateway, api.client, api.id = gateway, apigateway, made["id"]
    api.deploy()
    assert api.call(f"{path}{query}", "POST", body=body).status == status


def test_validation_follows_the_deployment(validated):
    """A model that changes counts from the next deployment on; taking the validator away opens the method."""
    validated.guarded("/m", validated.model("Thing", {"required": ["a"]})).deploy()
    validated.patch("update_model", ("replace", "/schema", json.dumps({"required": ["b"]})), modelName="Thing")
    assert '"a"' in refused(validated.call("/m", "POST", body="{}"))
    validated.deploy()
    assert '"b"' in refused(validated.call("/m", "POST", body="{}"))
    validated.patch("update_method", ("replace", "/requestValidatorId", ""), resourceId=validated.resource("/m"), httpMethod="POST")
    validated.deploy()
    assert refused(validated.call("/m", "POST", body="{}")) is None


HOSTILE = [
    # schema (a function of the API), body, what comes of it
    (lambda api: {"properties": {"next": {"$ref": "#"}}}, '{"next": ' * 390 + "{}" + "}" * 390, None),
    (lambda api: {"allOf": [{"$ref": api.url_of("Hostile")}]}, "{}", "[the schemas lead back to each other]"),
    (lambda api: {"type": "array"}, "[" * 100_000 + "]" * 100_000, UNPARSED),
    (lambda api: {"properties": {"a": {"pattern": "^(a+)+$"}}}, json.dumps({"a": "a" * 30_000 + "!"}), "ECMA 262"),
    (lambda api: {"properties": {"a": {"pattern": "^(a|a)*\\1c$"}}}, json.dumps({"a": "a" * 64}),
     "[the validation takes too much work]"),
    (lambda api: {"definitions": {**{f"d{n}": {"allOf": [{"$ref": f"#/definitions/d{n + 1}"}] * 2} for n in range(40)}, "d40": {}},
                  "$ref": "#/definitions/d0"}, "{}", "[the validation takes too much work]"),
    (lambda api: {"uniqueItems": True, "items": {"type": "integer"}}, json.dumps(list(range(1_000_000))), None),
    (lambda api: {"items": {"maximum": 1}}, json.dumps([9] * 3_000_000),
     "numeric instance is greater than the required maximum (maximum: 1, found: 9)"),
    (lambda api: {"maxLength": 10}, '"' + "x" * 10_000_000 + '"', 'string "xxx'),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_schemas_and_bodies(validated, number):
    """Each ends soon with a clear answer; the gateway goes on."""
    schema, body, expected = HOSTILE[number]
    validated.guarded("/m", validated.model("Hostile", schema(validated)))
    validated.mock("/open", body="open").deploy()
    began = time.monotonic()
    found = refused(validated.call("/m", "POST", body=body, timeout=60))
    assert found is None if expected is None else expected in found
    assert time.monotonic() - began < 30
    assert len(found or "") < 1_000_000
    assert validated.call("/open").text == "open"


NO_SCHEMA = "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified{}]"


@pytest.mark.parametrize("schema, more", [
    ({"properties": {"a": {"required": True}}}, ""), ({"type": "strin"}, ""), ({"required": []}, ""), ({"enum": [1, 1.0]}, ""),
    ({"pattern": "("}, ""), ([], ""), ("{", ""), ({"properties": {"a": 1}}, ""), ({"minLength": -1}, ""),
    ({"$ref": "Other"}, ", Model reference must be in canonical form"),
    ({"items": {"$ref": "http://example.com/schema"}}, ", Model reference must be in canonical form")], ids=str)
def test_what_is_no_schema_of_draft_4_is_refused(validated, schema, more):
    """When the model is made, and when it is changed."""
    with pytest.raises(validated.client.exceptions.BadRequestException) as refusal:
        validated.model("Broken", schema)
    assert refusal.value.response["Error"]["Message"] == NO_SCHEMA.format(more)
    with pytest.raises(validated.client.exceptions.BadRequestException) as refusal:
        validated.patch("update_model", ("replace", "/schema", schema if isinstance(schema, str) else json.dumps(schema)),
                        modelName="Empty")
    assert refusal.value.response["Error"]["Message"] == NO_SCHEMA.format(more)


@pytest.mark.parametrize("schema, words", [
    ({"$ref": "#"}, "leads back to itself"), ({"$ref": "#/definitions/None"}, "leads nowhere"),
    ({"items": {"$ref": "https://apigateway.amazonaws.com/restapis/other/models/Thing"}}, "leads nowhere")], ids=str)
def test_a_schema_that_cannot_be_compiled_lets_nothing_through(gateway, validated, schema, words):
    """The author is told at deployment and at each call; the client is not."""
    validated.guarded("/m", validated.model("Broken", schema))
    mark = len(gateway.output.lines)
    validated.deploy()
    gateway.output.wait_for(rf"WARN API {validated.id}: .*{words}", since=mark)
    mark = len(gateway.output.lines)
    reply = validated.call("/m", "POST", body="{}")
    assert (reply.status, reply.body, reply.error_type) == (500, late_message("Internal server error"), "InternalServerErrorException")
    gateway.output.wait_for(rf"POST +/m +500 .*{words}", since=mark)
