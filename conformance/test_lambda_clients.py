"""Lambda's official runtime clients run unchanged: PyPI awslambdaric, npm aws-lambda-ric, the crate lambda_runtime."""

import base64
import itertools
import json
import re
import time

import pytest

from harness import functions, official
from harness.errors import refused

CLIENTS = ["python", "node", "rust"]
LIMIT = 6_291_556
numbers = itertools.count()


@pytest.fixture(scope="module")
def home():
    return official.install()


@pytest.fixture(scope="module", params=CLIENTS)
def client(request):
    return request.param


@pytest.fixture(scope="module")
def function(lambda_, client, home):
    official.create(lambda_, client, home, f"official-{client}", Timeout=20, MemorySize=512)
    return f"official-{client}"


@pytest.fixture
def call(lambda_, function):
    def call(event, **fields):
        reply = lambda_.invoke(FunctionName=fields.pop("name", function), Payload=json.dumps(event), **fields)
        return reply, json.load(reply["Payload"])
    return call


def fresh(lambda_, client, home, **fields):
    """Another function on the same client."""
    name = f"official-{client}-{next(numbers)}"
    official.create(lambda_, client, home, name, **fields)
    return name


def test_success_and_context(call, client, function):
    app = {"installation_id": "i", "app_title": "t", "app_version_name": "1", "app_version_code": "1", "app_package_name": "p"}
    context = {"custom": {"colour": "blue"}, "env": {"locale": "en"}, "client": app}
    before = time.time() * 1000
    text = base64.b64encode(json.dumps(context).encode()).decode()
    reply, answer = call({"do": "tell", "text": "é\u2028"}, ClientContext=text)
    assert "FunctionError" not in reply and reply["ExecutedVersion"] == "$LATEST", answer
    assert answer["event"] == {"do": "tell", "text": "é\u2028"}
    assert answer["id"] == reply["ResponseMetadata"]["RequestId"]
    assert answer["arn"].endswith(f":function:{function}")
    assert (answer["name"], answer["version"], answer["memory"]) == (function, "$LATEST", 512)
    assert before + 18_000 < answer["deadline"] < before + 40_000
    assert answer["client"]["custom"] == {"colour": "blue"}
    if client != "rust":  # which looks for it under another name
        assert answer["client"]["env"] == {"locale": "en"}
    assert answer["identity"] is None, "nobody is known by Cognito here"


def test_the_alias_that_was_called_is_in_the_arn(lambda_, client, home, call):
    name = fresh(lambda_, client, home)
    version = lambda_.publish_version(FunctionName=name)["Version"]
    lambda_.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    reply, answer = call({}, name=name, Qualifier="live")
    assert (reply["ExecutedVersion"], answer["version"]) == ("1", "1")
    assert answer["arn"].endswith(f":function:{name}:live")


def test_errors_of_the_handler(call, client):
    reply, error = call({"do": "raise"})
    assert reply["FunctionError"] == "Unhandled"
    assert error["errorMessage"] == "handled here"
    expected = {"python": "ValueError", "node": "RangeError"}
    assert error["errorType"] == expected.get(client, error["errorType"]) and error["errorType"]
    assert call({})[1]["name"], "the process lives on"


def test_a_process_that_exits(call):
    reply, error = call({"do": "exit"})
    assert reply["FunctionError"] == "Unhandled"
    assert error == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {reply['ResponseMetadata']['RequestId']} Error: Runtime exited with error: exit status 3",
    }
    assert call({})[1]["name"]


def test_a_start_up_that_fails(lambda_, client, home, call, gateway):
    name = fresh(lambda_, client, home, Environment={"Variables": {"FAIL_INIT": "1"}})
    reply, error = call({}, name=name)
    assert reply["FunctionError"] == "Unhandled"
    if client == "rust":
        assert error["errorType"] == "Runtime.ExitError" and error["errorMessage"].endswith("exit status 1")
    else:
        assert "no start today" in error["errorMessage"], error
    gateway.output.wait_for(r"INIT_REPORT Init Duration: [\d.]+ ms\sPhase: init\sStatus: error\sError Type: ")
    gateway.output.wait_for(r"INIT_REPORT Init Duration: [\d.]+ ms\sPhase: invoke\sStatus: error\sError Type: ")


@pytest.mark.parametrize("clients", [("python", "node")])
def test_a_handler_that_is_missing(lambda_, client, clients, home, call):
    if client not in clients:
        return
    name = fresh(lambda_, client, home, handler="main.nothing")
    kind = call({}, name=name)[1]["errorType"]
    assert kind == "Runtime.HandlerNotFound"


def test_timeout(lambda_, client, home, call):
    name = fresh(lambda_, client, home, Timeout=2)
    assert call({}, name=name)[1]["name"] == name, "warm"
    begin = time.monotonic()
    reply, error = call({"do": "sleep"}, name=name)
    assert 1.9 < time.monotonic() - begin < 20
    assert error == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": f"RequestId: {reply['ResponseMetadata']['RequestId']} Error: Task timed out after 2.00 seconds",
    }
    assert call({}, name=name)[1]["name"] == name, "the next call is cold, and works"


def test_large_payloads(call):
    padding = "é" * 3_000_000
    reply, answer = call({"do": "tell-size", "padding": padding[:1_000_000]})
    assert answer["event"]["padding"] == padding[:1_000_000]
    assert len(call({"do": "big", "size": LIMIT - 2})[1]) == LIMIT - 2
    reply, error = call({"do": "big", "size": LIMIT})
    assert reply["FunctionError"] == "Unhandled"
    assert error["errorType"] == "Function.ResponseSizeTooLarge", error
    assert call({})[1]["name"], "the process lives on"


def test_what_it_prints_is_logged_with_the_call(call):
    reply, _ = call({"do": "print"}, LogType="Tail")
    request_id = reply["ResponseMetadata"]["RequestId"]
    log = base64.b64decode(reply["LogResult"]).decode()
    report = f"REPORT RequestId: {request_id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 512 MB\tMax Memory Used: \\d+ MB\t"
    order = [f"START RequestId: {request_id} Version: \\$LATEST", "printed by the function", f"END RequestId: {request_id}", report]
    assert re.search("(?s)" + ".*".join(order), log), log


def test_behind_an_api(lambda_, shared_api, gateway, client, home):
    """The trace id of the request reaches the function."""
    name = fresh(lambda_, client, home, Timeout=20)
    arn = lambda_.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    functions.allow(lambda_, name)
    api = shared_api()
    api.lambda_proxy("/call", arn)
    api.deploy()
    assert api.call("/call").text.startswith("Root=1-")


def events_of(lambda_, name, event, **fields):
    reply = lambda_.invoke_with_response_stream(FunctionName=name, Payload=json.dumps(event), **fields)
    assert (reply["StatusCode"], reply["ExecutedVersion"]) == (200, "$LATEST")
    return list(reply["EventStream"])


def test_response_stream_of_a_function_that_does_not_stream(lambda_, call, function):
    events = events_of(lambda_, function, {"do": "tell"})
    assert [list(event) for event in events] == [["PayloadChunk"], ["InvokeComplete"]]
    assert json.loads(events[0]["PayloadChunk"]["Payload"])["event"] == {"do": "tell"}
    end = events_of(lambda_, function, {"do": "raise"})[-1]["InvokeComplete"]
    assert end["ErrorCode"] == "Unhandled" and json.loads(end["ErrorDetails"])["errorMessage"] == "handled here"
    with refused("ResourceNotFoundException", "Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody", 404):
        events_of(lambda_, "nobody", {})


def test_node_streams_with_the_official_client(lambda_, home, client):
    if client != "node":
        return
    name = fresh(lambda_, client, home, handler="main.stream")
    reply = lambda_.invoke(FunctionName=name, Payload=json.dumps({}))
    assert reply["Payload"].read() == b"one,two"
    events = events_of(lambda_, name, {}, LogType="Tail")
    assert b"".join(event["PayloadChunk"]["Payload"] for event in events[:-1]) == b"one,two"
    end = events[-1]["InvokeComplete"]
    assert "ErrorCode" not in end and b"REPORT RequestId" in base64.b64decode(end["LogResult"])
    end = events_of(lambda_, name, {"late": True})[-1]["InvokeComplete"]
    assert end["ErrorCode"] == "Unhandled" and json.loads(end["ErrorDetails"])["errorMessage"] == "too late"
    reply = lambda_.invoke(FunctionName=name, Payload=json.dumps({"late": True}))
    assert json.load(reply["Payload"])["errorMessage"] == "too late"
