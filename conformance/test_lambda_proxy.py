"""AWS_PROXY to Lambda: the event, the response rules, permissions, runtimes, aliases, crashes and timeouts."""

import base64
import json
import re
import time

import pytest

from harness import functions
from harness.api import Api, late_message, lambda_uri

ERROR = late_message("Internal server error")
ANSWER = """
import json
def handler(event, context):
    return json.loads(event["body"])
"""


@pytest.fixture(scope="module")
def echo(lambda_):
    """The ARN of a function that answers with its event; API Gateway may invoke it."""
    arn = functions.create(lambda_, "echo")
    functions.allow(lambda_, "echo")
    return arn


@pytest.fixture(scope="module")
def answering(gateway, apigateway, lambda_):
    """POST / answers what the body says, as the function's result."""
    arn = functions.create(lambda_, "answer", ANSWER)
    functions.allow(lambda_, "answer")
    api = Api(gateway, apigateway, binaryMediaTypes=["image/png"]).lambda_proxy("/", arn)
    api.deploy()
    return api


GOLDEN = """\
{"resource":"/pets/{id}","path":"/pets/7","httpMethod":"POST",\
"headers":{"Content-Type":"text/plain","Host":"<host>","tEsT":"2","X-Amzn-Trace-Id":"<trace>","X-Forwarded-For":"127.0.0.1",\
"X-Forwarded-Port":<port>,"X-Forwarded-Proto":"http"},\
"multiValueHeaders":{"Content-Type":["text/plain"],"Host":["<host>"],"tEsT":["1","2"],"X-Amzn-Trace-Id":["<trace>"],\
"X-Forwarded-For":["127.0.0.1"],"X-Forwarded-Port":[<port>],"X-Forwarded-Proto":["http"]},\
"queryStringParameters":{"a":"2"},"multiValueQueryStringParameters":{"a":["1","2"]},"pathParameters":{"id":"7"},\
"stageVariables":{"color":"blue"},\
"requestContext":{"resourceId":"<resource>","resourcePath":"/pets/{id}","operationName":"getPet","httpMethod":"POST",\
"extendedRequestId":"<extended>","requestTime":"<time>","path":"/test/pets/7","accountId":"000000000000",\
"protocol":"HTTP/1.1","stage":"test","domainPrefix":"<api>","requestTimeEpoch":<epoch>,"requestId":"<request>",\
"identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,"sourceIp":"127.0.0.1",\
"principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,\
"userArn":null,"userAgent":null,"user":null},"domainName":"<host>","deploymentId":"<deployment>","apiId":"<api>"},\
"body":"hé \\"q\\"\\n","isBase64Encoded":false}"""


# Answers with the very text that the Runtime API delivered.
RAW_ECHO = functions.PROVIDED_ECHO.replace("json.loads(call.read())", "call.read().decode()").replace(
    '"body": json.dumps(event)', '"body": event')


def test_the_event(gateway, apigateway, lambda_):
    """Byte for byte: key order, header order, escapes."""
    arn = functions.create(lambda_, "raw-echo", RAW_ECHO, "provided.al2023")
    functions.allow(lambda_, "raw-echo")
    api = Api(gateway, apigateway, endpointConfiguration={"types": ["REGIONAL"]})
    api.lambda_proxy("/pets/{id}", arn, method={"operationName": "getPet"})
    deployment = api.deploy(variables={"color": "blue"})
    reply = api.call("/pets/7?a=1&a=2", "POST", [("Content-Type", "text/plain"), ("tEsT", "1"), ("tEsT", "2")], 'h\u00e9 "q"\n')
    got = json.loads(reply.text)
    context, text = got["requestContext"], reply.text
    for value, name in [
        (api.host, "host"), (got["headers"]["X-Amzn-Trace-Id"], "trace"), (api.resources["/pets/{id}"], "resource"),
        (context["extendedRequestId"], "extended"), (context["requestTime"], "time"), (context["requestId"], "request"),
        (deployment, "deployment"), (api.id, "api"), (str(context["requestTimeEpoch"]), "epoch"),
        (f'"{gateway.port}"', "port"),
    ]:
        text = text.replace(value, f"<{name}>")
    assert text == GOLDEN
    assert re.fullmatch(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000", context["requestTime"])
    assert abs(context["requestTimeEpoch"] / 1000 - time.time()) < 60


def test_absent_parts_are_null(api, echo):
    api.lambda_proxy("/x", echo)
    api.deploy()
    got = api.call("/x").json
    nulls = ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body")
    assert {k: got[k] for k in nulls} == {k: None for k in nulls}
    assert got["isBase64Encoded"] is False and "operationName" not in got["requestContext"]


def test_a_binary_request_body_arrives_in_base64(gateway, apigateway, echo):
    api = Api(gateway, apigateway, binaryMediaTypes=["image/png"]).lambda_proxy("/x", echo)
    api.deploy()
    payload = bytes(range(256))
    got = api.call("/x", "POST", {"Content-Type": "image/png"}, payload).json
    assert (got["isBase64Encoded"], base64.b64decode(got["body"])) == (True, payload)
    got = api.call("/x", "POST", {"Content-Type": "text/plain"}, "text").json
    assert (got["isBase64Encoded"], got["body"]) == (False, "text")


RESPONSES = [
    # what the function returns, status, body
    ({}, 200, b""), ({"statusCode": 201, "body": "x"}, 201, b"x"), ({"statusCode": "201"}, 201, b""),
    ({"headers": {"X-A": "1"}}, 200, b""), ({"statusCode": 200, "headers": None}, 200, b""),
    ({"statusCode": 200, "body": None}, 200, b""), ({"statusCode": 404, "body": '{"m": 1}'}, 404, b'{"m": 1}'),
    ({"statusCode": "test"}, 502, ERROR), ({"statusCode": 200, "unknown": 1}, 502, ERROR), ("text", 502, ERROR),
    ([], 502, ERROR), (None, 502, ERROR), (5, 502, ERROR), ({"statusCode": 200, "body": {"a": 1}}, 502, ERROR),
    ({"statusCode": 200, "multiValueHeaders": {"A": "no list"}}, 502, ERROR),
    ({"errorMessage": "x"}, 502, ERROR),
]


@pytest.mark.parametrize("result, status, body", RESPONSES, ids=[json.dumps(row[0]) for row in RESPONSES])
def test_response_rules(answering, result, status, body):
    reply = answering.call("/", "POST", body=json.dumps(result))
    assert (reply.status, reply.body) == (status, body)
    assert reply.header("content-type") == "application/json"
    assert (reply.error_type == "InternalServerErrorException") == (status == 502)
    assert reply.header("x-amzn-trace-id").startswith("Root=1-")


def test_response_headers(answering):
    reply = answering.call("/", "POST", body=json.dumps({
        "statusCode": 200, "headers": {"X-Bool": True, "X-Solo": "s", "Content-Type": "text/csv", "tesT-multi": "value-solo"},
        "multiValueHeaders": {"tesT-Multi": ["value-multi"], "Set-Cookie": ["a=1", "b=2"]}}))
    assert (reply.header("x-bool"), reply.header("x-solo"), reply.header("content-type")) == ("true", "s", "text/csv")
    assert reply.all("set-cookie") == ["a=1", "b=2"]
    assert reply.all("test-multi") in (["value-multi", "value-solo"], ["value-multi, value-solo"])


@pytest.mark.parametrize("name", ["Connection", "Content-Length", "Date", "Server"])
def test_remapped_response_headers(answering, name):
    reply = answering.call("/", "POST", body=json.dumps({"headers": {name: "x"}}))
    assert (reply.status, reply.header(f"x-amzn-remapped-{name}")) == (200, "x")


def test_transfer_encoding_is_dropped_and_content_encoding_kept(answering):
    reply = answering.call("/", "POST", body=json.dumps({"headers": {"Transfer-Encoding": "chunked", "Content-Encoding": "br"}}))
    assert (reply.header("transfer-encoding"), reply.header("content-encoding")) == (None, "br")


PNG = base64.b64encode(bytes(range(256))).decode()


@pytest.mark.parametrize("accept, flag, body, status, expected", [
    ("image/png", True, PNG, 200, bytes(range(256))),
    ("image/png;q=0.9, text/html", True, PNG, 200, bytes(range(256))),
    ("text/html, image/png", True, PNG, 200, PNG.encode()),
    ("text/html", True, PNG, 200, PNG.encode()),
    ("image/png", False, PNG, 200, PNG.encode()),
    ("image/png", True, "not base64!", 500, ERROR),
])
def test_binary_responses(answering, accept, flag, body, status, expected):
    reply = answering.call("/", "POST", {"Accept": accept}, json.dumps(
        {"isBase64Encoded": flag, "body": body, "headers": {"Content-Type": "image/png"}}))
    assert (reply.status, reply.body) == (status, expected)


class TestPermission:
    def make(self, gateway, apigateway, lambda_, name, path="/pets/{id}", verb="GET"):
        arn = functions.create(lambda_, name)
        api = Api(gateway, apigateway).lambda_proxy(path, arn, verb)
        api.deploy()
        return api

    def test_missing(self, gateway, apigateway, lambda_):
        api = self.make(gateway, apigateway, lambda_, "no-permission")
        mark = len(gateway.output.lines)
        reply = api.call("/pets/1")
        assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")
        line = gateway.output.wait_for(r"aws lambda add-permission .*", since=mark).group(0)
        assert "--function-name no-permission" in line and f"{api.id}/*/GET/pets/*" in line or f"{api.id}/" in line

    @pytest.mark.parametrize("source, allowed", [
        ("{api}/*/GET/pets/{id}", True), ("{api}/*/*/*", True), ("{api}/*", True), ("{api}/test/GET/pets/*", True),
        ("{api}/prod/GET/pets/*", False), ("{api}/*/POST/pets/*", False), ("other00000/*", False)])
    def test_source_arn(self, gateway, apigateway, lambda_, source, allowed, request):
        name = f"source-{abs(hash(source)) % 10**9}"
        api = self.make(gateway, apigateway, lambda_, name)
        filled = source.replace("{api}", api.id)
        functions.allow(lambda_, name, f"arn:aws:execute-api:us-east-1:000000000000:{filled}")
        assert (api.call("/pets/1").status == 200) == allowed

    def test_it_takes_effect_at_once_and_is_taken_away_at_once(self, gateway, apigateway, lambda_):
        api = self.make(gateway, apigateway, lambda_, "comes-and-goes")
        for _ in range(3):
            functions.allow(lambda_, "comes-and-goes")
            assert api.call("/pets/1").status == 200
            lambda_.remove_permission(FunctionName="comes-and-goes", StatementId="gateway")
            assert api.call("/pets/1").status == 500

    def test_another_principal_does_not_count(self, gateway, apigateway, lambda_):
        api = self.make(gateway, apigateway, lambda_, "other-principal")
        lambda_.add_permission(FunctionName="other-principal", StatementId="s", Action="lambda:InvokeFunction",
                               Principal="s3.amazonaws.com")
        assert api.call("/pets/1").status == 500

    def test_a_function_that_does_not_exist(self, api):
        api.lambda_proxy("/x", "arn:aws:lambda:us-east-1:000000000000:function:nowhere")
        api.deploy()
        assert (api.call("/x").status, api.call("/x").body) == (500, ERROR)


@pytest.mark.parametrize("runtime, source", [
    ("python3.11", functions.PYTHON_ECHO), ("nodejs20.x", functions.NODE_ECHO), ("provided.al2023", functions.PROVIDED_ECHO)])
def test_runtimes(gateway, apigateway, lambda_, runtime, source):
    name = f"runtime-{runtime.replace('.', '-')}"
    arn = functions.create(lambda_, name, source, runtime)
    functions.allow(lambda_, name)
    api = Api(gateway, apigateway).lambda_proxy("/x", arn)
    api.deploy()
    for number in range(3):
        reply = api.call(f"/x?n={number}", "POST", body="payload")
        assert (reply.status, reply.json["body"], reply.json["queryStringParameters"]) == (200, "payload", {"n": str(number)})


def test_an_alias_from_a_stage_variable(api, lambda_):
    source = "def handler(event, context):\n    return {'body': context.function_version}\n"
    arn = functions.create(lambda_, "aliased", source)
    for number, alias in ((1, "blue"), (2, "green")):
        lambda_.update_function_configuration(FunctionName="aliased", Description=str(number))
        lambda_.publish_version(FunctionName="aliased")
        lambda_.create_alias(FunctionName="aliased", Name=alias, FunctionVersion=str(number))
    functions.allow(lambda_, "aliased")
    api.lambda_proxy("/x", arn + ":${stageVariables.alias}")
    api.deploy(variables={"alias": "blue"})
    assert api.call("/x").status == 500, "a grant on the function does not cover its alias"
    for alias in ("blue", "green"):
        functions.allow(lambda_, "aliased", qualifier=alias)
    assert api.call("/x").text == "1"
    api.patch("update_stage", ("replace", "/variables/alias", "green"), stageName="test")
    assert api.call("/x").text == "2"
    lambda_.update_alias(FunctionName="aliased", Name="green", FunctionVersion="1")
    assert api.call("/x").text == "1"
    api.patch("update_stage", ("remove", "/variables/alias"), stageName="test")
    assert api.call("/x").status == 500


@pytest.mark.parametrize("source, status", [
    ("def handler(e, c):\n    raise ValueError('x')\n", 502), ("import os\ndef handler(e, c):\n    os._exit(1)\n", 502),
    ("import time\ndef handler(e, c):\n    time.sleep(30)\n", 502), ("syntax error\n", 502),
    ("def handler(e, c):\n    return {'body': object()}\n", 502)], ids=["raise", "exit", "timeout", "syntax", "marshal"])
def test_function_failures(gateway, apigateway, lambda_, source, status):
    name = f"fails-{abs(hash(source)) % 10**9}"
    arn = functions.create(lambda_, name, source, Timeout=1)
    functions.allow(lambda_, name)
    api = Api(gateway, apigateway).lambda_proxy("/x", arn)
    api.deploy()
    for _ in range(2):
        reply = api.call("/x")
        assert (reply.status, reply.body, reply.error_type) == (status, ERROR, "InternalServerErrorException")


def test_the_gateways_own_timeout(gateway, apigateway, lambda_):
    arn = functions.create(lambda_, "slow", "import time\ndef handler(e, c):\n    time.sleep(2)\n    return {}\n", Timeout=10)
    functions.allow(lambda_, "slow")
    api = Api(gateway, apigateway).lambda_proxy("/x", arn, timeoutInMillis=200)
    api.deploy()
    reply = api.call("/x")
    assert (reply.status, reply.body) == (504, late_message("Endpoint request timed out"))


def test_the_integrations_verb_must_be_post(api, echo):
    api.method("/x").integration("/x", type="AWS_PROXY", integrationHttpMethod="GET", uri=lambda_uri(echo))
    api.deploy()
    assert api.call("/x").status == 500


@pytest.mark.parametrize("name, status", [
    ("Content-Length", 500), ("Transfer-Encoding", 500), ("Authorization", 500), ("Connection", 500), ("Expect", 500),
    ("Proxy-Authenticate", 500), ("TE", 500), ("X-Amzn-Trace-Id", 500), ("Via", 200), ("Referer", 200), ("X-Any", 200)])
def test_mapped_headers_are_ignored_but_checked(api, echo, name, status):
    api.lambda_proxy("/x", echo, requestParameters={f"integration.request.header.{name}": "'mapped'"})
    api.deploy()
    reply = api.call("/x")
    assert reply.status == status
    if status == 200:
        assert "mapped" not in reply.json["headers"].values()


def test_print_reaches_the_gateways_log(gateway, apigateway, lambda_):
    arn = functions.create(lambda_, "prints", "def handler(e, c):\n    print('hello from the function')\n    return {}\n")
    functions.allow(lambda_, "prints")
    api = Api(gateway, apigateway).lambda_proxy("/x", arn)
    api.deploy()
    mark = len(gateway.output.lines)
    api.call("/x")
    gateway.output.wait_for("hello from the function", since=mark)


def test_parallel_calls_run_in_parallel(gateway, apigateway, lambda_, tmp_path):
    """Each call waits for all eight to have begun."""
    from concurrent.futures import ThreadPoolExecutor
    running = tmp_path / "running"
    running.mkdir()
    code = f"""
import os, pathlib, time
def handler(event, context):
    here = pathlib.Path({str(running)!r})
    (here / context.aws_request_id).touch()
    end = time.monotonic() + 20
    while len(os.listdir(here)) < 8 and time.monotonic() < end:
        time.sleep(0.01)
    return {{"statusCode": 200 if time.monotonic() < end else 500}}
"""
    arn = functions.create(lambda_, "sleeps", code, Timeout=25)
    functions.allow(lambda_, "sleeps")
    api = Api(gateway, apigateway).lambda_proxy("/x", arn)
    api.deploy()
    with ThreadPoolExecutor(8) as pool:
        assert [r.status for r in pool.map(lambda _: api.call("/x"), range(8))] == [200] * 8
