"""Integration: put, read, patch, delete; URI, ARN, timeout and mapping checks."""

import pytest

from harness.api import lambda_uri
from harness.errors import bad_request, not_found
from harness.state import assert_survives_a_crash

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f"
MAPPING = "Invalid mapping expression specified: Validation Result: warnings : [], errors : "


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


@pytest.fixture
def method(api):
    """An API with GET /m that declares one query parameter."""
    return api.method("/m", requestParameters={"method.request.querystring.q": False, "method.request.header.h": False})


def put(api, **fields):
    return api.client.put_integration(**api.at("/m", "GET"), **fields)


def patch(api, *operations):
    return api.patch("update_integration", *operations, resourceId=api.resources["/m"], httpMethod="GET")


def test_mock_drops_uri_and_verb(method):
    made = put(method, type="MOCK", uri="http://example.com", integrationHttpMethod="POST")
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert plain(made) == {"type": "MOCK", "passthroughBehavior": "WHEN_NO_MATCH", "timeoutInMillis": 29000,
                           "cacheNamespace": method.resources["/m"], "cacheKeyParameters": []}


@pytest.mark.parametrize("kind, extra", [("HTTP", {"connectionType": "INTERNET"}), ("HTTP_PROXY", {"connectionType": "INTERNET"})])
def test_http_defaults(method, kind, extra):
    made = plain(put(method, type=kind, uri="http://example.com/x", integrationHttpMethod="GET"))
    assert made == {"type": kind, "httpMethod": "GET", "uri": "http://example.com/x", "timeoutInMillis": 29000,
                    "passthroughBehavior": "WHEN_NO_MATCH", "cacheNamespace": method.resources["/m"],
                    "cacheKeyParameters": [], **extra}


def test_aws_proxy_defaults(method):
    made = plain(put(method, type="AWS_PROXY", uri=lambda_uri(FUNCTION), integrationHttpMethod="POST"))
    assert "connectionType" not in made
    assert (made["type"], made["httpMethod"], made["uri"]) == ("AWS_PROXY", "POST", lambda_uri(FUNCTION))


KEEPS = [
    {"passthroughBehavior": "NEVER"}, {"timeoutInMillis": 50}, {"contentHandling": "CONVERT_TO_TEXT"},
    {"cacheNamespace": "ns"}, {"cacheKeyParameters": ["method.request.querystring.q"]},
    {"tlsConfig": {"insecureSkipVerification": True}}, {"requestTemplates": {"text/plain": "x"}},
    {"requestParameters": {"integration.request.header.X": "'static'",
                           "integration.request.querystring.a": "method.request.querystring.q",
                           "integration.request.path.p": "context.requestId",
                           "integration.request.header.S": "stageVariables.s"}},
]


@pytest.mark.parametrize("fields", KEEPS, ids=lambda f: next(iter(f)))
def test_put_keeps(method, fields):
    put(method, type="HTTP", uri="https://example.com/{p}", integrationHttpMethod="GET", **fields)
    read = method.client.get_integration(**method.at("/m", "GET"))
    assert {k: read[k] for k in fields} == fields


@pytest.mark.parametrize("uri", ["http://127.0.0.1:8080/x", "http://localhost", "https://example.com/{p}?x=1",
                                 "http://${stageVariables.host}/x", "https://example.com:8443"])
def test_http_uri_accepted(method, uri):
    assert put(method, type="HTTP_PROXY", uri=uri, integrationHttpMethod="ANY")["uri"] == uri


HTTP = {"type": "HTTP", "integrationHttpMethod": "GET"}
AWS = {"type": "AWS_PROXY", "integrationHttpMethod": "POST"}
REFUSED = [
    ({"type": "HTTP", "uri": "http://example.com"}, "Enumeration value for HttpMethod must be non-empty"),
    ({"type": "HTTP_PROXY", "uri": "http://example.com"}, "Enumeration value for HttpMethod must be non-empty"),
    ({**HTTP, "uri": "ftp://example.com"}, "Invalid HTTP endpoint specified for URI"),
    ({**HTTP, "uri": "not a uri"}, "Invalid HTTP endpoint specified for URI"),
    ({**HTTP}, "Invalid HTTP endpoint specified for URI"),
    ({**AWS, "uri": "http://example.com"}, "Invalid ARN specified in the request"),
    ({**AWS, "uri": FUNCTION}, "AWS ARN for integration must contain path or action"),
    ({**AWS, "uri": "arn:aws:apigateway:us-east-1:sqs:path/000000000000/q"},
     "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."),
    ({"type": "AWS", "integrationHttpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:sqs:path/000000000000/q"},
     "Role ARN must be specified for AWS integrations"),
    ({**HTTP, "uri": "http://example.com", "timeoutInMillis": 49}, "Timeout should be between 50 ms and 29000 ms"),
    ({**HTTP, "uri": "http://example.com", "timeoutInMillis": 29001}, "Timeout should be between 50 ms and 29000 ms"),
    ({**HTTP, "uri": "http://example.com", "requestParameters":
        {"integration.request.header.X": "method.request.header.undeclared"}},
     MAPPING + "[Invalid mapping expression parameter specified: method.request.header.undeclared]"),
]


@pytest.mark.parametrize("fields, text", REFUSED, ids=[f"{row[0]['type']} {row[1][:40]}" for row in REFUSED])
def test_put_refuses(method, fields, text):
    with bad_request(text):
        put(method, **fields)


def test_a_type_outside_the_enum(signed, method):
    reply = signed("PUT", f"/restapis/{method.id}/resources/{method.resources['/m']}/methods/GET/integration",
                   {"type": "SOAP"})
    assert (reply.status, reply.error_type) == (400, "ValidationException")
    assert reply.json["Message"] == (
        "1 validation error detected: Value 'SOAP' at 'putIntegrationInput.type' failed to satisfy constraint: Member "
        "must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]")


def test_a_boolean_request_parameter(signed, method):
    reply = signed("PUT", f"/restapis/{method.id}/resources/{method.resources['/m']}/methods/GET/integration",
                   {"type": "MOCK", "requestParameters": {"integration.request.header.X": True}})
    assert (reply.status, reply.error_type) == (400, "SerializationException")
    assert reply.json["Message"] == "class java.lang.Boolean can not be converted to an String"


def test_unknown_places(api):
    with not_found("Invalid Resource identifier specified"):
        api.client.put_integration(restApiId=api.id, resourceId="nosuch", httpMethod="GET", type="MOCK")
    with not_found("Invalid Method identifier specified"):
        api.client.put_integration(**api.at("/m", "GET"), type="MOCK")
    api.method("/m")
    with not_found("Invalid Integration identifier specified"):
        api.client.get_integration(**api.at("/m", "GET"))
    with not_found("Invalid Integration identifier specified"):
        api.client.delete_integration(**api.at("/m", "GET"))


def test_put_replaces_the_whole_integration(method):
    put(method, type="HTTP", uri="http://example.com", integrationHttpMethod="GET", requestTemplates={"a/b": "x"})
    assert "requestTemplates" not in put(method, type="MOCK")


def test_delete_answers_204_and_takes_the_responses_along(api):
    api.mock("/m")
    done = api.client.delete_integration(**api.at("/m", "GET"))
    assert done["ResponseMetadata"]["HTTPStatusCode"] == 204
    put(api, type="MOCK")
    assert "integrationResponses" not in api.client.get_integration(**api.at("/m", "GET"))


PATCHES = [
    ([("replace", "/uri", "https://example.org/y")], {"uri": "https://example.org/y"}),
    ([("replace", "/httpMethod", "POST")], {"httpMethod": "POST"}),
    ([("replace", "/timeoutInMillis", "1000")], {"timeoutInMillis": 1000}),
    ([("replace", "/passthroughBehavior", "WHEN_NO_TEMPLATES")], {"passthroughBehavior": "WHEN_NO_TEMPLATES"}),
    ([("replace", "/contentHandling", "CONVERT_TO_BINARY")], {"contentHandling": "CONVERT_TO_BINARY"}),
    ([("replace", "/cacheNamespace", "other")], {"cacheNamespace": "other"}),
    ([("replace", "/credentials", "arn:aws:iam::000000000000:role/r")], {"credentials": "arn:aws:iam::000000000000:role/r"}),
    ([("replace", "/tlsConfig/insecureSkipVerification", "true")], {"tlsConfig": {"insecureSkipVerification": True}}),
    ([("replace", "/connectionType", "VPC_LINK"), ("replace", "/connectionId", "abc123")],
     {"connectionType": "VPC_LINK", "connectionId": "abc123"}),
    ([("add", "/cacheKeyParameters/method.request.querystring.q"), ("remove", "/cacheKeyParameters/method.request.querystring.q")],
     {"cacheKeyParameters": []}),
    ([("add", "/requestTemplates/text~1plain", "x"), ("remove", "/requestTemplates/text~1plain")], {"requestTemplates": None}),
    ([("add", "/cacheKeyParameters/method.request.querystring.q")], {"cacheKeyParameters": ["method.request.querystring.q"]}),
    ([("add", "/requestParameters/integration.request.header.X", "'v'")],
     {"requestParameters": {"integration.request.header.X": "'v'"}}),
    ([("add", "/requestParameters/integration.request.header.X", "'v'"),
      ("remove", "/requestParameters/integration.request.header.X")], {"requestParameters": None}),
    ([("add", "/requestTemplates/text~1plain", "x"), ("replace", "/requestTemplates/text~1plain", "y")],
     {"requestTemplates": {"text/plain": "y"}}),
]


@pytest.mark.parametrize("operations, expected", PATCHES, ids=[str(row[0]) for row in PATCHES])
def test_patch(method, operations, expected):
    put(method, **HTTP, uri="http://example.com")
    answered = patch(method, *operations)
    read = method.client.get_integration(**method.at("/m", "GET"))
    for field, value in expected.items():
        assert answered.get(field) == value and read.get(field) == value


PATCH_REFUSED = [
    (("replace", "/type", "MOCK"), "Invalid patch path /type"),
    (("replace", "/wrong", "x"), "Invalid patch path /wrong"),
    (("replace", "/uri", "nonsense"), "Invalid HTTP endpoint specified for URI"),
    (("replace", "/timeoutInMillis", "5"), "Timeout should be between 50 ms and 29000 ms"),
    (("add", "/requestParameters/integration.request.header.X", "method.request.header.undeclared"),
     MAPPING + "[Invalid mapping expression parameter specified: method.request.header.undeclared]"),
]


@pytest.mark.parametrize("operation, text", PATCH_REFUSED, ids=[str(row[0]) for row in PATCH_REFUSED])
def test_patch_refuses(method, operation, text):
    put(method, **HTTP, uri="http://example.com")
    with bad_request(text):
        patch(method, operation)


def test_everything_survives_a_crash(gateway, method):
    put(method, **HTTP, uri="http://example.com", requestTemplates={"a/b": "x"}, timeoutInMillis=77)
    assert_survives_a_crash(gateway)
