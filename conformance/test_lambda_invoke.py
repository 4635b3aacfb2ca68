"""How functions are called: kinds of invocation, the log's tail, client context, weighted aliases, concurrency."""

import base64
import concurrent.futures
import contextlib
import hashlib
import json
import re
import threading

import pytest

from conftest import make_client
from harness import functions, raw
from harness.api import Api, late_message
from harness.errors import refused
from harness.process import Gateway

ARN = "arn:aws:lambda:us-east-1:000000000000:function:"
PRINTING = "def handler(event, context):\n    print('said', event['n'] * 'x')\n    return context.function_version\n"


@pytest.fixture
def name(request):
    """A function name of the test's own."""
    return f"f-{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"


@pytest.fixture
def teller(lambda_, name, backend):
    """A function that tells the backend of its calls and waits for what it says."""
    functions.create(lambda_, name, functions.TELLER, Environment={"Variables": {"BACKEND": backend.url}}, Timeout=60)
    return name


@contextlib.contextmanager
def running(lambda_, backend, name, count):
    """That many calls of a function run for the length of the block; all of them end well."""
    release = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        for _ in range(count):
            backend.answer(release=release)
        calls = [pool.submit(lambda_.invoke, FunctionName=name, Payload=b"{}") for _ in range(count)]
        try:
            for _ in range(count):
                backend.take()
            yield
        finally:
            release.set()
        assert ["FunctionError" in call.result() for call in calls] == [False] * count


def throttled(reason):
    """The block must be throttled for this reason."""
    @contextlib.contextmanager
    def check():
        with pytest.raises(Exception) as caught:
            yield
        answer = caught.value.response
        assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == ("TooManyRequestsException", 429)
        assert (answer["Reason"], answer["Type"], answer["message"]) == (reason, "User", "Rate Exceeded.")
        assert int(answer["ResponseMetadata"]["HTTPHeaders"]["retry-after"]) > 0
    return check()


RESERVED = "ReservedFunctionConcurrentInvocationLimitExceeded"
ACCOUNT = "ConcurrentInvocationLimitExceeded"


def test_a_dry_run_calls_nothing(lambda_, teller, backend):
    answer = lambda_.invoke(FunctionName=teller, InvocationType="DryRun")
    assert (answer["StatusCode"], answer["Payload"].read()) == (204, b"")
    with refused("ResourceNotFoundException", f"Function not found: {ARN}{teller}:9", 404):
        lambda_.invoke(FunctionName=teller, Qualifier="9", InvocationType="DryRun")
    lambda_.invoke(FunctionName=teller, Payload=b'"the only call"')
    assert json.loads(backend.take().body)["event"] == "the only call"
    assert backend.untouched()


def test_the_tail_of_the_log(lambda_, name):
    functions.create(lambda_, name, PRINTING)
    answer = lambda_.invoke(FunctionName=name, LogType="Tail", Payload=b'{"n": 3}')
    request = answer["ResponseMetadata"]["RequestId"]
    lines = base64.b64decode(answer["LogResult"]).decode().splitlines()
    assert lines[:3] == [f"START RequestId: {request} Version: $LATEST", "said xxx", f"END RequestId: {request}"]
    assert re.match(rf"REPORT RequestId: {request}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB", lines[3])
    long = base64.b64decode(lambda_.invoke(FunctionName=name, LogType="Tail", Payload=b'{"n": 9000}')["LogResult"])
    assert len(long) == 4096 and long.startswith(b"xxx") and b"\nREPORT " in long
    assert "LogResult" not in lambda_.invoke(FunctionName=name, Payload=b'{"n": 3}')


def test_a_failing_function_has_a_tail_too(lambda_, name):
    functions.create(lambda_, name, "def handler(event, context):\n    print('before')\n    raise ValueError('boom')\n")
    answer = lambda_.invoke(FunctionName=name, LogType="Tail", Payload=b"{}")
    log = base64.b64decode(answer["LogResult"]).decode()
    assert answer["FunctionError"] == "Unhandled"
    assert "before\n" in log and "boom" in log


def test_the_client_context_reaches_the_function(lambda_, teller, backend):
    context = base64.b64encode(json.dumps({"custom": {"k": "v"}, "client": {}, "env": {}}).encode()).decode()
    lambda_.invoke(FunctionName=teller, ClientContext=context, Payload=b"{}")
    assert json.loads(backend.take().body)["client"] == {"k": "v"}
    with refused("InvalidRequestContentException", None, 400):
        lambda_.invoke(FunctionName=teller, ClientContext="no json", Payload=b"{}")


def test_payload_limits(lambda_, teller, gateway):
    with refused("RequestTooLargeException", "6291557 byte payload is too large for the RequestResponse invocation type "
                 "(limit 6291556 bytes)", 413):
        lambda_.invoke(FunctionName=teller, Payload=b'"' + b"x" * 6291555 + b'"')
    with refused("RequestTooLargeException", "1048577 byte payload is too large for the Event invocation type "
                 "(limit 1048576 bytes)", 413):
        lambda_.invoke(FunctionName=teller, InvocationType="Event", Payload=b'"' + b"x" * 1048575 + b'"')


@pytest.fixture
def weighted(lambda_, name):
    """Version 1 gets three quarters of the alias `live`, version 2 the rest."""
    functions.create(lambda_, name, "def handler(e, c):\n    return {'statusCode': 200, 'body': c.function_version}\n")
    for description in ("one", "two"):
        lambda_.update_function_configuration(FunctionName=name, Description=description)
        lambda_.publish_version(FunctionName=name)
    made = lambda_.create_alias(FunctionName=name, Name="live", FunctionVersion="1",
                                RoutingConfig={"AdditionalVersionWeights": {"2": 0.25}})
    assert made["RoutingConfig"] == {"AdditionalVersionWeights": {"2": 0.25}}
    return name


def test_an_alias_shares_its_calls_out(lambda_, weighted):
    executed = []
    for _ in range(120):
        answer = lambda_.invoke(FunctionName=weighted, Qualifier="live", Payload=b"{}")
        assert json.loads(answer["Payload"].read())["body"] == answer["ExecutedVersion"]
        executed.append(answer["ExecutedVersion"])
    # Six standard deviations around 30.
    assert set(executed) == {"1", "2"} and 2 <= executed.count("2") <= 58
    lambda_.update_alias(FunctionName=weighted, Name="live", FunctionVersion="2", RoutingConfig={})
    assert {lambda_.invoke(FunctionName=f"{weighted}:live")["ExecutedVersion"] for _ in range(20)} == {"2"}


def test_the_data_plane_shares_calls_out(gateway, apigateway, lambda_, weighted):
    functions.allow(lambda_, weighted, qualifier="live")
    api = Api(gateway, apigateway).lambda_proxy("/", f"{ARN}{weighted}:live")
    api.deploy()
    bodies = [api.call("/").text for _ in range(120)]
    assert set(bodies) == {"1", "2"} and 2 <= bodies.count("2") <= 58


def test_reserved_concurrency_is_exact(lambda_, teller, backend):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=3)
    for _ in range(2):
        with running(lambda_, backend, teller, 3), throttled(RESERVED):
            lambda_.invoke(FunctionName=teller, Payload=b"{}")
    with running(lambda_, backend, teller, 3):
        lambda_.delete_function_concurrency(FunctionName=teller)
        lambda_.invoke(FunctionName=teller, Payload=b"{}")


def test_versions_and_aliases_count_together(lambda_, teller, backend):
    lambda_.publish_version(FunctionName=teller)
    lambda_.create_alias(FunctionName=teller, Name="live", FunctionVersion="1")
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=1)
    with running(lambda_, backend, teller, 1):
        for qualifier in ("1", "live", "$LATEST"):
            with throttled(RESERVED):
                lambda_.invoke(FunctionName=teller, Qualifier=qualifier)


def test_zero_refuses_every_call(gateway, apigateway, lambda_, teller, backend):
    functions.allow(lambda_, teller)
    api = Api(gateway, apigateway).lambda_proxy("/", ARN + teller)
    api.deploy()
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    with throttled(RESERVED):
        lambda_.invoke(FunctionName=teller)
    reply = api.call("/")
    assert (reply.status, reply.body) == (500, late_message("Internal server error"))
    assert backend.untouched()
    lambda_.delete_function_concurrency(FunctionName=teller)
    backend.answer_json({"statusCode": 200, "body": "again"})
    assert api.call("/").text == "again"


def test_many_callers_never_run_more_than_allowed(lambda_, name, backend):
    """The function itself counts: every process says when it begins and ends."""
    functions.create(lambda_, name, functions.TELLER, Environment={"Variables": {"BACKEND": backend.url}}, Timeout=60)
    lambda_.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=4)

    def call(_):
        try:
            return "FunctionError" not in lambda_.invoke(FunctionName=name, Payload=b"{}")
        except lambda_.exceptions.TooManyRequestsException:
            return None
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(call, range(200)))
    assert False not in outcomes
    assert backend.seen.qsize() == outcomes.count(True) > 0
    # Nothing stays counted: all four places are free again.
    backend.reset()
    with running(lambda_, backend, name, 4):
        pass


@pytest.fixture
def small(tmp_path):
    """Starts gateways whose account may run so many calls at once."""
    started = []

    def start(concurrency):
        (tmp_path / "stagedoor.yaml").write_text(f"lambda: {{concurrency: {concurrency}}}\n")
        started.append(Gateway(tmp_path / "data", [str(tmp_path)]).start())
        return make_client("lambda", started[-1])
    yield start
    for gateway in started:
        assert gateway.stop() == 0, gateway.output.text()[-4000:]


def test_functions_share_what_the_account_has(small, backend):
    client = small(2)
    for name in ("one", "other"):
        functions.create(client, name, functions.TELLER, Environment={"Variables": {"BACKEND": backend.url}}, Timeout=60)
    with running(client, backend, "one", 2), throttled(ACCOUNT):
        client.invoke(FunctionName="other", Payload=b"{}")
    with running(client, backend, "one", 1):
        client.invoke(FunctionName="other", Payload=b"{}")


def test_a_reservation_takes_from_the_account(small, backend):
    client = small(103)
    functions.create(client, "one", functions.TELLER, Environment={"Variables": {"BACKEND": backend.url}})
    client.put_function_concurrency(FunctionName="one", ReservedConcurrentExecutions=2)
    settings = client.get_account_settings()
    assert settings["AccountLimit"] == {
        "TotalCodeSize": 80530636800, "CodeSizeUnzipped": 262144000, "CodeSizeZipped": 52428800,
        "ConcurrentExecutions": 103, "UnreservedConcurrentExecutions": 101}
    assert settings["AccountUsage"]["FunctionCount"] == 1
    with refused("InvalidParameterValueException", "Specified ReservedConcurrentExecutions for function decreases "
                 "account's UnreservedConcurrentExecution below its minimum value of [100].", 400):
        client.put_function_concurrency(FunctionName="one", ReservedConcurrentExecutions=4)


def test_concurrency_survives_a_crash(gateway, lambda_, teller):
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    gateway.restart()
    assert lambda_.get_function_concurrency(FunctionName=teller)["ReservedConcurrentExecutions"] == 0
    with throttled(RESERVED):
        lambda_.invoke(FunctionName=teller)


def test_a_raw_throttle(gateway, lambda_, teller):
    """The bytes, as AWS's model spells them."""
    lambda_.put_function_concurrency(FunctionName=teller, ReservedConcurrentExecutions=0)
    reply = raw.signed(gateway.port, "POST", f"/2015-03-31/functions/{teller}/invocations", {}, "{}", service="lambda")
    assert (reply.status, reply.text) == (429, f'{{"Reason":"{RESERVED}","Type":"User","message":"Rate Exceeded."}}')
