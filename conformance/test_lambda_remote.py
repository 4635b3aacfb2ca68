"""Functions that another Lambda API runs: a second Stagedoor, called and signed as AWS would be."""

import base64
import json
import threading

import pytest

from conftest import make_client
from harness import functions
from harness.api import Api, late_message
from harness.backend import Backend
from harness.errors import refused
from harness.process import Gateway

ECHO = "def handler(e, c):\n    return {'statusCode': 200, 'body': c.function_name}\n"


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    """The gateway that really runs the functions."""
    running = Gateway(tmp_path_factory.mktemp("far")).start()
    yield running
    assert running.stop() == 0, running.output.text()[-4000:]


@pytest.fixture(scope="module")
def wire():
    """A Lambda API that only records."""
    backend = Backend()
    yield backend
    backend.close()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, far, wire):
    folder = tmp_path_factory.mktemp("near")
    endpoints = {"greet": far.url, "broken": far.url, "missing": far.url, "limited": far.url, "wired": wire.url,
                 "nowhere": "http://127.0.0.1:1"}
    lines = ["functions:"] + [f"  {name}: {{endpoint: '{url}'}}" for name, url in endpoints.items()]
    (folder / "stagedoor.yaml").write_text("\n".join([*lines, "lambda: {event_retries: [0.05, 0.05]}", ""]))
    running = Gateway(tmp_path_factory.mktemp("data"), [str(folder)]).start()
    yield running
    assert running.stop() == 0, running.output.text()[-4000:]


@pytest.fixture(scope="module")
def remote(far):
    client = make_client("lambda", far)
    functions.create(client, "greet", ECHO)
    functions.create(client, "broken", "def handler(e, c):\n    raise ValueError('far away')\n")
    functions.create(client, "limited", ECHO)
    client.put_function_concurrency(FunctionName="limited", ReservedConcurrentExecutions=0)
    return client


def arn(name):
    return f"arn:aws:lambda:us-east-1:000000000000:function:{name}"


def test_invoke_reaches_the_other_side(lambda_, remote):
    answer = lambda_.invoke(FunctionName="greet", Payload=b"{}")
    assert (answer["StatusCode"], answer["ExecutedVersion"]) == (200, "$LATEST")
    assert json.loads(answer["Payload"].read())["body"] == "greet"
    tailed = lambda_.invoke(FunctionName="greet", LogType="Tail", Payload=b"{}")
    assert b"\nREPORT RequestId: " in base64.b64decode(tailed["LogResult"])
    told = lambda_.get_function(FunctionName="greet")["Code"]
    assert told["RepositoryType"] == "Remote"


def test_errors_of_the_function_are_its_own(lambda_, remote):
    answer = lambda_.invoke(FunctionName="broken", Payload=b"{}")
    assert answer["FunctionError"] == "Unhandled"
    assert json.loads(answer["Payload"].read())["errorMessage"] == "far away"


def test_the_other_sides_refusals(lambda_, remote, far):
    with refused("ResourceNotFoundException", f"Function not found: {arn('missing')}", 404):
        lambda_.invoke(FunctionName="missing")
    with pytest.raises(lambda_.exceptions.TooManyRequestsException) as caught:
        lambda_.invoke(FunctionName="limited")
    assert caught.value.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    with refused("InvalidRuntimeException", None, 502):
        lambda_.invoke(FunctionName="nowhere")


def test_an_api_calls_it(gateway, apigateway, lambda_, remote):
    api = Api(gateway, apigateway)
    for name in ("greet", "broken", "limited", "nowhere", "missing"):
        api.lambda_proxy(f"/{name}", arn(name))
    api.deploy()
    # A declared function is changed by its file alone: without a grant nobody calls it.
    assert api.call("/greet").body == late_message("Internal server error")


def test_a_declared_api_calls_it(tmp_path, far, remote):
    document = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {
        f"/{name}": {"get": {"responses": {}, "x-amazon-apigateway-integration": {
            "type": "aws_proxy", "httpMethod": "POST",
            "uri": f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn(name)}/invocations"}}}
        for name in ("greet", "broken", "limited", "nowhere", "missing")}}
    (tmp_path / "api.json").write_text(json.dumps(document))
    (tmp_path / "stagedoor.yaml").write_text("\n".join([
        "apis: {pets: {openapi: api.json}}", "functions:", *(
            f"  {name}: {{endpoint: '{'http://127.0.0.1:1' if name == 'nowhere' else far.url}'}}"
            for name in ("greet", "broken", "limited", "nowhere", "missing")), ""]))
    near = Gateway(tmp_path / "data", [str(tmp_path)]).start()
    try:
        from harness import raw
        call = lambda path: raw.send(near.port, "GET", f"/prod{path}", host="pets.execute-api.us-east-1.amazonaws.com")
        assert (call("/greet").status, call("/greet").text) == (200, "greet")
        assert (call("/broken").status, call("/broken").body) == (502, late_message("Internal server error"))
        for path in ("/limited", "/nowhere", "/missing"):
            assert (call(path).status, call(path).body) == (500, late_message("Internal server error")), path
    finally:
        assert near.stop() == 0, near.output.text()[-4000:]


def test_what_goes_over_the_wire(lambda_, wire):
    wire.reset()
    context = "eyJjdXN0b20iOnt9fQ=="
    wire.answer(body=b'{"ok": 1}', headers=(("X-Amz-Executed-Version", "7"),))
    answer = lambda_.invoke(FunctionName="wired", Payload=b'{"a": 1}', ClientContext=context)
    assert (answer["ExecutedVersion"], answer["Payload"].read()) == ("7", b'{"ok": 1}')
    seen = wire.take()
    assert (seen.method, seen.target, seen.body) == (
        "POST", "/2015-03-31/functions/wired/invocations", b'{"a": 1}')
    assert seen.header("x-amz-client-context") == context
    assert seen.header("authorization").startswith("AWS4-HMAC-SHA256 Credential=test/")
    assert "/us-east-1/lambda/aws4_request" in seen.header("authorization")


def test_answers_that_make_no_sense(lambda_, wire):
    wire.reset()
    wire.answer(status=500, body=b"<html>oops</html>")
    with refused("InvalidRuntimeException", f"{wire.url} answered 500: <html>oops</html>", 502):
        lambda_.invoke(FunctionName="wired")
    wire.answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    with refused("InvalidRuntimeException", None, 502):
        lambda_.invoke(FunctionName="wired")


def test_events_are_delivered_elsewhere_too(lambda_, wire):
    wire.reset()
    wire.answer(status=500)
    wire.answer(body=b'{"errorMessage": "x"}', headers=(("X-Amz-Function-Error", "Unhandled"),))
    lambda_.invoke(FunctionName="wired", InvocationType="Event", Payload=b'"far"')
    # Unreachable, then failed, then well.
    assert [wire.take().body for _ in range(3)] == [b'"far"'] * 3


def test_a_slow_peer_blocks_nobody_else(lambda_, wire, remote):
    wire.reset()
    release = threading.Event()
    wire.answer(release=release)
    slow = threading.Thread(target=lambda: make_client_of(lambda_).invoke(FunctionName="wired"))
    slow.start()
    try:
        wire.take()
        assert lambda_.invoke(FunctionName="greet")["StatusCode"] == 200
    finally:
        release.set()
        slow.join(20)
    assert not slow.is_alive()


def make_client_of(client):
    import boto3
    return boto3.client("lambda", endpoint_url=client.meta.endpoint_url, region_name="us-east-1",
                        aws_access_key_id="test", aws_secret_access_key="test")
