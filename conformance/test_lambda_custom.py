"""AWS integrations of Lambda functions: payload, answer, errors by their message, events, refusals."""

import base64
import json
import threading

import pytest

from harness import functions
from harness.api import lambda_uri, late_message
from harness.backend import Backend

ERROR = late_message("Internal server error")

# Answers with its event, or as the event says.
FUNCTION = """
    import sys
    def handler(event, context):
        if isinstance(event, dict) and "raise" in event:
            raise ValueError(event["raise"])
        if isinstance(event, dict) and "answer" in event:
            return event["answer"]
        if isinstance(event, dict) and "exit" in event:
            sys.exit(3)
        return {"event": event}
"""


@pytest.fixture(scope="module")
def function(lambda_):
    arn = functions.create(lambda_, "custom", FUNCTION, Timeout=20)
    functions.allow(lambda_, "custom")
    return arn


def custom(api, arn, path="/", verb="POST", method=None, **fields):
    api.method(path, verb, **(method or {}))
    return api.integration(path, verb, **{"type": "AWS", "integrationHttpMethod": "POST", "uri": lambda_uri(arn), **fields})


@pytest.fixture(scope="module")
def passing(shared_api, function):
    """POST / and GET / hand the body over, and have one response."""
    api = shared_api()
    for verb in ("POST", "GET"):
        custom(api, function, verb=verb).response("/", verb)
    api.deploy()
    return api


def post(api, body, path="/", **how):
    body = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return api.call(path, "POST", [("Content-Type", "application/json")], body, **how)


@pytest.mark.parametrize("body, event", [('{"a": 1}', {"a": 1}), ("[1, 2]", [1, 2]), ('"text"', "text"), ("5", 5), ("", {})])
def test_without_a_template_the_body_is_the_payload(passing, body, event):
    reply = post(passing, body)
    assert (reply.status, reply.json) == (200, {"event": event})
    assert reply.header("content-type") == "application/json"
    assert reply.header("x-amzn-trace-id")


def test_an_empty_get_hands_over_an_empty_object(passing):
    assert passing.call("/").json == {"event": {}}


@pytest.mark.parametrize("answer", [{"statusCode": 404, "body": "no proxy"}, "text", [1], None, 7, {"errorMessage": "odd"}], ids=str)
def test_the_answer_is_passed_as_it_is(passing, answer):
    """Nothing in it is a status or a header."""
    reply = post(passing, {"answer": answer})
    assert (reply.status, reply.json) == (200, answer)


def test_a_failed_function_is_an_answer_too(passing):
    reply = post(passing, {"raise": "no such pet"})
    assert reply.status == 200
    assert (reply.json["errorMessage"], reply.json["errorType"]) == ("no such pet", "ValueError")
    reply = post(passing, {"exit": True})
    assert reply.status == 200
    assert reply.json["errorType"] == "Runtime.ExitError"


@pytest.mark.parametrize("body", ["not json", "{", "a=1&b=2"])
def test_what_is_no_json_lambda_refuses(passing, body):
    """Its refusal is the integration's answer."""
    reply = post(passing, body)
    assert reply.status == 200
    assert reply.json["message"].startswith("Could not parse request body into json: ")


def test_templates_both_ways(api, function):
    custom(api, function, "/pets/{id}", requestTemplates={
        "application/json": '{"id": "$input.params(\'id\')", "stage": "$context.stage", "body": $input.json("$.wish")}'})
    api.response("/pets/{id}", "POST", "201", responseTemplates={
        "application/json": "$input.path('$.event.id') wishes $input.json('$.event.body') on $input.path('$.event.stage')"})
    api.deploy()
    reply = post(api, {"wish": ["a", 1]}, "/pets/rex")
    assert (reply.status, reply.text) == (201, 'rex wishes ["a",1] on test')


@pytest.fixture(scope="module")
def matching(shared_api, function):
    api = custom(shared_api(), function).response("/", "POST", "200")
    for status, pattern in [("404", ".*no such.*"), ("400", r"(\n|.)*invalid(\n|.)*"), ("502", "200|.+timed out.*"), ("409", r"\[Conflict\].*")]:
        api.response("/", "POST", status, selectionPattern=pattern)
    api.deploy()
    return api


@pytest.mark.parametrize("event, status", [
    ({"raise": "no such pet"}, 404), ({"raise": "here is\ninvalid\ninput"}, 400), ({"raise": "[Conflict] twice"}, 409),
    ({"raise": "unknown"}, 200), ({"raise": "not [Conflict]"}, 200), ({"answer": {"errorMessage": "no such thing"}}, 404),
    # Patterns see the message only, never a status; a success has none.
    ({"answer": "no such"}, 200), ({"answer": {"inner": {"errorMessage": "no such"}}}, 200), ({"answer": {"errorMessage": 404}}, 200),
    ({}, 200),
], ids=str)
def test_patterns_see_the_error_message(matching, event, status):
    assert post(matching, event).status == status


@pytest.mark.parametrize("pattern, status", [("(a+)+b", 200), ("(a|a)+(?=b)c", 500)], ids=["linear", "bounded"])
def test_patterns_that_go_back_for_ever_end(gateway, api, function, pattern, status):
    """What no linear engine can read ends as the transformation's error. A naive engine would need 2^2000 steps."""
    custom(api, function).response("/", "POST").response("/", "POST", "400", selectionPattern=pattern)
    api.deploy()
    mark = len(gateway.output.lines)
    assert post(api, {"raise": "a" * 2000}).status == status
    if status == 500:
        gateway.output.wait_for(r"POST +/ +500 .*\(a\|a\)\+\(\?=b\)c", since=mark)


def test_no_response_fits(gateway, api, function):
    custom(api, function).response("/", "POST", "400", selectionPattern=".+")
    api.deploy()
    mark = len(gateway.output.lines)
    assert post(api, {}).body == ERROR
    gateway.output.wait_for(r"No match for output mapping and no default output mapping configured\. "
                            r"Endpoint Response Status Code: 200", since=mark)
    assert post(api, {"raise": "x"}).status == 400


def test_headers_of_the_client_stay_outside(gateway, api, function):
    """There is nothing of the request in the payload but what the template takes."""
    custom(api, function, requestTemplates={"application/json": '{"agent": "$input.params().header.get(\'User-Agent\')"}'}).response("/", "POST")
    api.deploy()
    reply = api.call("/", "POST", [("Content-Type", "application/json"), ("User-Agent", "me")], "{}")
    assert reply.json == {"event": {"agent": "me"}}


@pytest.fixture
def waiting():
    running = Backend()
    yield running
    running.close()


EVENT = {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}


def test_an_event_is_accepted_before_it_is_delivered(api, lambda_, waiting):
    arn = functions.create(lambda_, "teller", functions.TELLER, Environment={"Variables": {"BACKEND": waiting.url}}, Timeout=30)
    functions.allow(lambda_, "teller")
    custom(api, arn, requestParameters=EVENT).response("/", "POST", "202")
    api.deploy()
    reply = post(api, {"n": 1})
    assert (reply.status, reply.body) == (202, b"")
    waiting.answer_json({})
    assert json.loads(waiting.take(30).body)["event"] == {"n": 1}


def test_the_kind_of_call_may_come_from_the_client(api, function):
    method = {"requestParameters": {"method.request.header.Kind": False}}
    custom(api, function, method=method, requestParameters={
        "integration.request.header.X-Amz-Invocation-Type": "method.request.header.Kind"}).response("/", "POST")
    api.deploy()
    call = lambda *headers: api.call("/", "POST", [("Content-Type", "application/json"), *headers], "{}")
    assert call().json == {"event": {}}
    assert call(("Kind", "RequestResponse")).json == {"event": {}}
    assert call(("Kind", "Event")).body == b""
    assert call(("Kind", "DryRun")).body == b""


def test_headers_of_the_service_can_be_mapped(api, lambda_):
    """Of Lambda's own answer, and towards it."""
    arn = functions.create(lambda_, "context", """
        def handler(event, context):
            if "raise" in event:
                raise ValueError("x")
            return context.client_context.custom if context.client_context else None
    """)
    functions.allow(lambda_, "context")
    context = base64.b64encode(b'{"custom": {"who": "me"}}').decode()
    custom(api, arn, requestParameters={"integration.request.header.X-Amz-Client-Context": f"'{context}'"})
    names = {"Error": "x-amz-function-error", "Id": "x-amzn-requestid", "Version": "x-amz-executed-version"}
    api.response("/", "POST", method={"responseParameters": {f"method.response.header.{name}": False for name in names}},
                 responseParameters={f"method.response.header.{name}": f"integration.response.header.{header}"
                                     for name, header in names.items()})
    api.deploy()
    reply = post(api, {})
    assert reply.json == {"who": "me"}
    assert (reply.header("error"), reply.header("version")) == (None, "$LATEST")
    assert len(reply.header("id")) == 36 and reply.header("id") != reply.header("x-amzn-requestid")
    assert post(api, {"raise": 1}).header("error") == "Unhandled"


def refused(gateway, api, words):
    mark = len(gateway.output.lines)
    reply = post(api, {})
    assert (reply.status, reply.body) == (500, ERROR)
    gateway.output.wait_for(words, since=mark)


def test_without_permission(gateway, api, lambda_):
    arn = functions.create(lambda_, "closed", FUNCTION)
    custom(api, arn).response("/", "POST")
    custom(api, arn, "/event", requestParameters=EVENT).response("/event", "POST")
    api.deploy()
    refused(gateway, api, "Invalid permissions on Lambda function. Grant them with: aws lambda add-permission")
    assert post(api, {}, "/event").body == ERROR
    functions.allow(lambda_, "closed", source=f"arn:aws:execute-api:us-east-1:000000000000:{api.id}/*/POST/")
    assert post(api, {}).status == 200
    assert post(api, {}, "/event").status == 500


def test_without_a_function(gateway, api):
    custom(api, "arn:aws:lambda:us-east-1:000000000000:function:lost").response("/", "POST")
    api.deploy()
    refused(gateway, api, "There is no Lambda function .*function:lost")


def test_with_another_verb_than_post(gateway, api, function):
    custom(api, function, integrationHttpMethod="GET").response("/", "POST")
    api.deploy()
    refused(gateway, api, "need the integration method POST, not GET")


def test_throttled(gateway, api, lambda_):
    arn = functions.create(lambda_, "none", FUNCTION)
    functions.allow(lambda_, "none")
    lambda_.put_function_concurrency(FunctionName="none", ReservedConcurrentExecutions=0)
    custom(api, arn).response("/", "POST")
    api.deploy()
    refused(gateway, api, "Rate Exceeded")


def test_stage_variables_name_the_function(api, lambda_, function):
    custom(api, "arn:aws:lambda:us-east-1:000000000000:function:${stageVariables.f}").response("/", "POST")
    api.deploy(variables={"f": "custom"})
    assert post(api, {"n": 1}).json == {"event": {"n": 1}}


def test_too_slow(gateway, api, lambda_, waiting):
    arn = functions.create(lambda_, "slow", functions.TELLER, Environment={"Variables": {"BACKEND": waiting.url}}, Timeout=30)
    functions.allow(lambda_, "slow")
    custom(api, arn, timeoutInMillis=500).response("/", "POST")
    api.deploy()
    held = threading.Event()
    waiting.answer(release=held)
    reply = post(api, {})
    assert (reply.status, reply.body) == (504, late_message("Endpoint request timed out"))
    # The function goes on; let it end.
    held.set()


def test_a_large_payload(api, function):
    """Lambda's limit is 6 MB; its refusal is the integration's answer."""
    custom(api, function).response("/", "POST")
    api.deploy()
    reply = post(api, json.dumps({"x": "y" * 6_500_000}))
    assert reply.status == 200
    assert "too large" in reply.json["message"]
    reply = post(api, json.dumps({"answer": "y" * 1_000_000}))
    assert len(reply.json) == 1_000_000
