"""Gateway responses on the data plane: eight types by default and customised, fallback, templates, CORS."""

import threading

import pytest

from harness import functions
from harness.api import late_message, message

JSON = "application/json"


@pytest.fixture
def broken(api, backend, lambda_):
    """An API in which every path fails in its own way. `customise` puts gateway responses and deploys."""
    api.mock("/mock")
    api.method("/configuration").integration("/configuration", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'})
    api.http_proxy("/failure", "http://127.0.0.1:1/")
    api.http_proxy("/timeout", backend.url, timeoutInMillis=60)
    api.method("/media", "POST").integration("/media", "POST", type="MOCK", passthroughBehavior="NEVER")
    api.http_proxy("/large", backend.url)

    def customise(**types):
        for kind, fields in types.items():
            api.client.put_gateway_response(restApiId=api.id, responseType=kind, **fields)
        api.deploy()
        return api
    api.customise = customise
    return api


CALLS = {
    # type: (path, method, default status, default body, error type)
    "MISSING_AUTHENTICATION_TOKEN": ("/none", "GET", 403, message("Missing Authentication Token"), "MissingAuthenticationTokenException"),
    "API_CONFIGURATION_ERROR": ("/configuration", "GET", 500, late_message("Internal server error"), "InternalServerErrorException"),
    "INTEGRATION_FAILURE": ("/failure", "GET", 504, late_message("Network error communicating with endpoint"), "InternalServerErrorException"),
    "INTEGRATION_TIMEOUT": ("/timeout", "GET", 504, late_message("Endpoint request timed out"), "InternalServerErrorException"),
    "UNSUPPORTED_MEDIA_TYPE": ("/media", "POST", 415, late_message("Unsupported Media Type"), "BadRequestException"),
    "REQUEST_TOO_LARGE": ("/large", "POST", 413, b"HTTP content length exceeded 10485760 bytes.", "RequestTooLargeException"),
}
LARGE = b"x" * (10 * 1024 * 1024 + 1)


def provoke(api, backend, kind):
    path, method = CALLS[kind][:2]
    release = threading.Event()
    if kind == "INTEGRATION_TIMEOUT":
        backend.answer(release=release)
    try:
        return api.call(path, method, body=LARGE if kind == "REQUEST_TOO_LARGE" else None)
    finally:
        release.set()


@pytest.mark.parametrize("kind", CALLS)
def test_default(broken, backend, kind):
    reply = provoke(broken.customise(), backend, kind)
    _, _, status, body, error = CALLS[kind]
    assert (reply.status, reply.body, reply.error_type) == (status, body, error)
    assert reply.header("content-type").startswith("text/plain" if kind == "REQUEST_TOO_LARGE" else JSON)
    assert reply.header("x-amzn-requestid")


@pytest.mark.parametrize("kind", CALLS)
def test_customised(broken, backend, kind):
    api = broken.customise(**{kind: {
        "statusCode": "418",
        "responseParameters": {"gatewayresponse.header.X-Static": "'static'", "gatewayresponse.header.X-Type": "context.error.responseType",
                               "gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
        "responseTemplates": {JSON: '{"type": "$context.error.responseType", "text": $context.error.messageString, "stage": "$context.stage"}'}}})
    reply = provoke(api, backend, kind)
    assert (reply.status, reply.error_type) == (418, CALLS[kind][4])
    assert (reply.header("x-static"), reply.header("access-control-allow-origin")) == ("static", "*")
    assert reply.header("x-type") == kind
    assert (reply.json["type"], reply.json["stage"]) == (kind, "test")


@pytest.mark.parametrize("default, kinds", [
    ("DEFAULT_4XX", ["MISSING_AUTHENTICATION_TOKEN", "UNSUPPORTED_MEDIA_TYPE", "REQUEST_TOO_LARGE"]),
    ("DEFAULT_5XX", ["API_CONFIGURATION_ERROR", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"])])
def test_default_types_apply_to_the_rest(broken, backend, default, kinds):
    own = kinds[0]
    api = broken.customise(**{default: {"statusCode": "477", "responseTemplates": {JSON: "general"}},
                              own: {"statusCode": "478", "responseTemplates": {JSON: "own"}}})
    assert (provoke(api, backend, own).status, provoke(api, backend, own).text) == (478, "own")
    for kind in kinds[1:]:
        reply = provoke(api, backend, kind)
        assert (reply.status, reply.text) == (477, "general")


def test_a_default_without_status_keeps_each_types_own(broken, backend):
    api = broken.customise(DEFAULT_4XX={"responseTemplates": {JSON: "t"}}, DEFAULT_5XX={"responseTemplates": {JSON: "t"}})
    for kind in ("MISSING_AUTHENTICATION_TOKEN", "UNSUPPORTED_MEDIA_TYPE", "API_CONFIGURATION_ERROR", "INTEGRATION_FAILURE"):
        reply = provoke(api, backend, kind)
        assert (reply.status, reply.text) == (CALLS[kind][2], "t")


def test_lambda_failures_are_integration_failures_with_their_own_status(api, lambda_):
    arn = functions.create(lambda_, "fails", "def handler(e, c):\n    raise ValueError()\n")
    functions.allow(lambda_, "fails")
    api.lambda_proxy("/x", arn)
    api.client.put_gateway_response(restApiId=api.id, responseType="INTEGRATION_FAILURE",
                                    responseTemplates={JSON: "$context.error.responseType"})
    api.deploy()
    assert (api.call("/x").status, api.call("/x").text) == (502, "INTEGRATION_FAILURE")
    api.patch("update_gateway_response", ("replace", "/statusCode", "599"), responseType="INTEGRATION_FAILURE")
    api.deploy()
    assert api.call("/x").status == 599


def test_a_missing_permission_is_a_configuration_error(api, lambda_):
    arn = functions.create(lambda_, "closed")
    api.lambda_proxy("/x", arn)
    api.client.put_gateway_response(restApiId=api.id, responseType="API_CONFIGURATION_ERROR",
                                    responseTemplates={JSON: "$context.error.responseType"})
    api.deploy()
    assert (api.call("/x").status, api.call("/x").text) == (500, "API_CONFIGURATION_ERROR")


@pytest.mark.parametrize("accept, content_type, body", [
    (None, JSON, "json"), (JSON, JSON, "json"), ("text/html", "text/html", "<p>"), ("a/b", JSON, "json"), ("*/*", JSON, "json")])
def test_the_template_follows_accept(broken, accept, content_type, body):
    api = broken.customise(MISSING_AUTHENTICATION_TOKEN={"responseTemplates": {JSON: "json", "text/html": "<p>"}})
    reply = api.call("/none", headers={"Accept": accept} if accept else {})
    assert (reply.header("content-type"), reply.text) == (content_type, body)


def test_substitution_is_single_pass_and_no_vtl(broken):
    template = "#if(true)$context.path|$context.unknown|$stageVariables.v|$context.error.message#end $input.body"
    api = broken.customise(MISSING_AUTHENTICATION_TOKEN={"responseTemplates": {JSON: template}})
    api.patch("update_stage", ("replace", "/variables/v", "a=b"), stageName="test")
    assert api.call("/none").text == "#if(true)/test/none||a=b|Missing Authentication Token#end $input.body"


def test_parameters_from_the_request(broken):
    api = broken.customise(MISSING_AUTHENTICATION_TOKEN={"responseParameters": {
        "gatewayresponse.header.X-Header": "method.request.header.X-In",
        "gatewayresponse.header.X-Query": "method.request.querystring.q",
        "gatewayresponse.header.X-Queries": "method.request.multivaluequerystring.q",
        "gatewayresponse.header.X-Headers": "method.request.multivalueheader.X-In",
        "gatewayresponse.header.X-Absent": "method.request.header.X-Absent",
        "gatewayresponse.header.X-Variable": "stageVariables.v"}})
    api.patch("update_stage", ("replace", "/variables/v", "var"), stageName="test")
    reply = api.call("/none?q=1&q=2", headers=[("X-In", "first"), ("X-In", "in")])
    names = ("x-header", "x-headers", "x-query", "x-queries", "x-absent", "x-variable")
    assert [reply.header(n) for n in names] == ["in", "first,in", "2", "1,2", None, "var"]


def test_changes_need_a_deployment(broken):
    api = broken.customise()
    api.client.put_gateway_response(restApiId=api.id, responseType="MISSING_AUTHENTICATION_TOKEN", statusCode="418")
    assert api.call("/none").status == 403
    api.deploy()
    assert api.call("/none").status == 418
