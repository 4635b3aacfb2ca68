"""Event invocation: accepted durably, delivered in the background, tried again, given up in the open."""

import json
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError

from conftest import make_client
from harness import functions, raw
from harness.errors import refused
from harness.process import Gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    """A gateway that tries again soon."""
    folder = tmp_path_factory.mktemp("config")
    (folder / "stagedoor.yaml").write_text("lambda: {event_retries: [0.05, 0.3], event_backoff: 0.05, events: 20}\n")
    running = Gateway(tmp_path_factory.mktemp("data"), [str(folder)]).start()
    yield running
    assert running.stop() == 0, running.output.text()[-4000:]


@pytest.fixture
def name(request):
    return request.node.name.replace("_", "-")[:60]


@pytest.fixture
def teller(lambda_, name, backend):
    functions.create(lambda_, name, functions.TELLER, Environment={"Variables": {"BACKEND": backend.url}}, Timeout=30)
    return name


def send(client, name, payload=b"{}", **how):
    answer = client.invoke(FunctionName=name, InvocationType="Event", Payload=payload, **how)
    assert (answer["StatusCode"], answer["Payload"].read()) == (202, b"")
    assert "ExecutedVersion" not in answer and "FunctionError" not in answer
    return answer["ResponseMetadata"]["RequestId"]


def told(backend, timeout=10):
    return json.loads(backend.take(timeout).body)


def nothing_more(backend, seconds=0.8):
    """Longer than every wait of this gateway."""
    time.sleep(seconds)
    assert backend.untouched()


def test_an_event_is_delivered_once(lambda_, teller, backend):
    request = send(lambda_, teller, b'{"a": 1}')
    assert told(backend) == {"event": {"a": 1}, "request": request, "version": "$LATEST"}
    nothing_more(backend)


def test_the_older_operation(lambda_, teller, backend):
    assert lambda_.invoke_async(FunctionName=teller, InvokeArgs=b'"old"')["Status"] == 202
    assert told(backend)["event"] == "old"


def test_a_failed_event_is_tried_twice_more(gateway, lambda_, teller, backend):
    backend.default.body = b'{"fail": "no luck today"}'
    request = send(lambda_, teller)
    assert [told(backend)["request"] for _ in range(3)] == [request] * 3
    gateway.output.wait_for(
        rf"function {teller}: event {request} is given up after 3 attempts: the function failed: no luck today")
    nothing_more(backend)


def test_a_retry_may_succeed(lambda_, teller, backend):
    backend.answer(body=b'{"fail": "first"}')
    request = send(lambda_, teller)
    assert [told(backend)["request"] for _ in range(2)] == [request] * 2
    nothing_more(backend)


def test_retries_are_a_setting_of_the_function(gateway, lambda_, teller, backend):
    lambda_.put_function_event_invoke_config(FunctionName=teller, MaximumRetryAttempts=0)
    backend.default.body = b'{"fail": "once"}'
    request = send(lambda_, teller)
    assert told(backend)["request"] == request
    gateway.output.wait_for(rf"event {request} is given up after 1 attempts")
    nothing_more(backend)


def test_an_alias_has_settings_of_its_own(gateway, lambda_, teller, backend):
    lambda_.publish_version(FunctionName=teller)
    lambda_.create_alias(FunctionName=teller, Name="live", FunctionVersion="1")
    lambda_.put_function_event_invoke_config(FunctionName=teller, Qualifier="live", MaximumRetryAttempts=1)
    backend.default.body = b'{"fail": "x"}'
    request = send(lambda_, f"{teller}:live")
    assert [told(backend)["version"] for _ in range(2)] == ["1", "1"]
    gateway.output.wait_for(rf"event {request} is given up after 2 attempts")
    nothing_more(backend)


def test_a_throttled_event_waits_for_its_turn(lambda_, teller, backend):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    request = send(lambda_, teller)
    nothing_more(backend, 0.4)
    lambda_.delete_function_concurrency(FunctionName=teller)
    assert told(backend)["request"] == request


def test_a_deleted_functions_events_are_given_up(gateway, lambda_, teller, backend):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    request = send(lambda_, teller)
    lambda_.delete_function(FunctionName=teller)
    gateway.output.wait_for(rf"event {request} is given up after \d+ attempts: the function does not exist any more")
    with refused("ResourceNotFoundException", None, 404):
        send(lambda_, teller)


def test_the_queue_is_bounded(lambda_, teller, backend):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    sent = [send(lambda_, teller) for _ in range(20)]
    with pytest.raises(lambda_.exceptions.TooManyRequestsException) as caught:
        send(lambda_, teller)
    assert caught.value.response["Reason"] == "CallerRateLimitExceeded"
    lambda_.delete_function_concurrency(FunctionName=teller)
    assert sorted(told(backend)["request"] for _ in range(20)) == sorted(sent)
    send(lambda_, teller)
    told(backend)


def test_an_acknowledged_event_survives_kill_9(gateway, lambda_, teller, backend):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    sent = [send(lambda_, teller, json.dumps(n).encode()) for n in range(10)]
    gateway.kill()
    gateway.start()
    gateway.output.wait_for("10 events wait for delivery since the last run")
    assert backend.untouched()
    lambda_.delete_function_concurrency(FunctionName=teller)
    arrived = [told(backend) for _ in range(10)]
    assert {one["request"]: one["event"] for one in arrived} == dict(zip(sent, range(10)))
    nothing_more(backend)


def test_no_acknowledged_event_is_lost_in_a_storm(gateway, lambda_, teller, backend):
    """Four callers send until the gateway is killed; whatever got its 202 arrives, now or after the restart."""
    acknowledged, enough = [], threading.Event()

    def storm():
        client = make_client("lambda", gateway)
        for _ in range(500):
            try:
                acknowledged.append(send(client, teller))
            except client.exceptions.TooManyRequestsException:
                pass
            except BotoCoreError:
                return
            if len(acknowledged) >= 40:
                enough.set()
    threads = [threading.Thread(target=storm) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert enough.wait(30)
    gateway.kill()
    for thread in threads:
        thread.join(30)
    gateway.start()
    arrived, deadline = set(), time.monotonic() + 30
    while not set(acknowledged) <= arrived:
        arrived.add(told(backend, max(0.1, deadline - time.monotonic()))["request"])


def test_reset_forgets_what_waits(gateway, lambda_, teller, backend):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    send(lambda_, teller)
    reply = raw.send(gateway.port, "POST", "/_stagedoor/reset", [("X-Stagedoor", "1")])
    assert reply.status == 200, reply.text
    functions.create(lambda_, teller, functions.TELLER, Environment={"Variables": {"BACKEND": backend.url}})
    nothing_more(backend, 0.5)


def test_an_event_that_was_under_way_is_delivered_again(gateway, lambda_, teller, backend):
    release = threading.Event()
    backend.answer(release=release)
    request = send(lambda_, teller)
    assert told(backend)["request"] == request
    gateway.kill()
    release.set()
    gateway.start()
    assert told(backend, 20)["request"] == request
    nothing_more(backend)


def test_a_gateway_that_ends_in_order_keeps_what_waits(gateway, lambda_, teller, backend):
    backend.default.body = b'{"fail": "later"}'
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    request = send(lambda_, teller)
    gateway.restart(hard=False)
    backend.default.body = b"{}"
    lambda_.delete_function_concurrency(FunctionName=teller)
    assert told(backend)["request"] == request


def test_an_event_that_ends_with_the_gateway_is_no_failure(gateway, lambda_, teller, backend):
    """SIGTERM ends a function that takes too long; its event has another life, although it has no retries."""
    lambda_.put_function_event_invoke_config(FunctionName=teller, MaximumRetryAttempts=0)
    release = threading.Event()
    backend.answer(release=release)
    request = send(lambda_, teller)
    assert told(backend)["request"] == request
    gateway.restart(hard=False)
    release.set()
    assert told(backend)["request"] == request
    nothing_more(backend)


def test_settings_of_delivery(lambda_, teller):
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{teller}:$LATEST"
    with refused("ResourceNotFoundException", f"The function {arn} doesn't have an EventInvokeConfig", 404):
        lambda_.get_function_event_invoke_config(FunctionName=teller)
    put = lambda_.put_function_event_invoke_config(
        FunctionName=teller, MaximumRetryAttempts=1, MaximumEventAgeInSeconds=60)
    expected = {"FunctionArn": arn, "MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60,
                "DestinationConfig": {"OnSuccess": {}, "OnFailure": {}}}
    assert {key: put[key] for key in expected} == expected
    assert abs(put["LastModified"].timestamp() - time.time()) < 60
    lambda_.update_function_event_invoke_config(FunctionName=teller, MaximumEventAgeInSeconds=90)
    read = lambda_.get_function_event_invoke_config(FunctionName=teller)
    assert (read["MaximumRetryAttempts"], read["MaximumEventAgeInSeconds"]) == (1, 90)
    listed = lambda_.list_function_event_invoke_configs(FunctionName=teller)["FunctionEventInvokeConfigs"]
    assert [one["FunctionArn"] for one in listed] == [arn]
    lambda_.delete_function_event_invoke_config(FunctionName=teller)
    assert lambda_.list_function_event_invoke_configs(FunctionName=teller)["FunctionEventInvokeConfigs"] == []
    with refused("InvalidParameterValueException", None, 400):
        lambda_.put_function_event_invoke_config(FunctionName=teller, MaximumRetryAttempts=1, DestinationConfig={
            "OnFailure": {"Destination": "arn:aws:sqs:us-east-1:000000000000:queue"}})
