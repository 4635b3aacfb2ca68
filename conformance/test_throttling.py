"""Throttles: whose bucket is asked, in which order, and what a refused call costs the others. Rates are so small that no
token comes back while a test runs; those that shall come back do so by the clock."""

import pytest

from conftest import make_client
from harness import raw
from harness.api import Api
from harness.metering import FORBIDDEN, THROTTLED, Plan, advance, outcome, throttle
from harness.process import Gateway

SLOW = 0.001


@pytest.fixture(scope="module")
def gateway_arguments():
    """The console then tells why calls are refused."""
    return ["-v"]


def passes(call, count):
    """How many of these calls pass; the others must be throttled."""
    replies = [call() for _ in range(count)]
    refused = [outcome(reply) for reply in replies if reply.status != 200]
    assert set(refused) <= {THROTTLED}
    return count - len(refused)


@pytest.fixture
def pets(api):
    api.mock("/", body="root").mock("/pets", body="pets").mock("/pets", "POST", body="posted")
    api.mock("/any", "ANY", body="any").deploy()
    return api


# Of the stage

def test_nothing_is_limited_unless_somebody_says_so(pets):
    assert passes(pets.call, 50) == 50


def test_each_method_has_a_bucket_of_its_own(pets):
    throttle(pets, "/*/*", SLOW, 3)
    assert passes(lambda: pets.call("/"), 5) == 3
    assert passes(lambda: pets.call("/pets"), 5) == 3
    assert passes(lambda: pets.call("/pets", "POST"), 5) == 3


def test_a_methods_own_limit_stands_in_place_of_the_stages(pets):
    throttle(pets, "/*/*", SLOW, 2)
    throttle(pets, "/~1pets/GET", SLOW, 4)
    assert passes(lambda: pets.call("/pets"), 8) == 4
    assert passes(lambda: pets.call("/pets", "POST"), 8) == 2


def test_a_method_for_any_verb(pets):
    throttle(pets, "/~1any/PUT", SLOW, 1)
    assert passes(lambda: pets.call("/any", "PUT"), 3) == 1
    assert passes(lambda: pets.call("/any", "GET"), 3) == 3


@pytest.mark.parametrize("rate, burst, passing", [(0, 10, 0), (10, 0, 0), (0, 0, 0), (0, -1, 0), (-1, 0, 0), (-1, -1, 2)])
def test_nothing_passes_a_limit_of_nothing(pets, rate, burst, passing):
    """-1 is no limit of its own; the other half then still holds."""
    throttle(pets, "/*/*", rate, burst)
    assert passes(pets.call, 2) == passing


def test_changes_hold_at_once_and_without_a_deployment(pets):
    throttle(pets, "/*/*", SLOW, 2)
    assert passes(pets.call, 4) == 2
    throttle(pets, "/*/*", SLOW, 5)
    assert passes(pets.call, 8) == 3
    pets.patch("update_stage", ("remove", "/*/*"), stageName="test")
    assert passes(pets.call, 8) == 8


def test_another_rate_neither_fills_a_bucket_nor_closes_it(gateway, pets):
    throttle(pets, "/*/*", 0.01, 10)
    assert passes(pets.call, 12) == 10
    throttle(pets, "/*/*", 0.0001, 10)
    assert passes(pets.call, 3) == 0, "slower: what was used stays used"
    throttle(pets, "/*/*", 0.01, 10)
    assert passes(pets.call, 3) == 0
    advance(gateway, 200)
    assert passes(pets.call, 5) == 2, "faster: tokens come with the new rate, after nothing else"


def test_a_deployment_fills_no_bucket(pets):
    throttle(pets, "/*/*", SLOW, 2)
    assert passes(pets.call, 4) == 2
    pets.deploy()
    assert passes(pets.call, 4) == 0


def test_stages_do_not_share(pets):
    pets.deploy("other")
    for stage in ("test", "other"):
        throttle(pets, "/*/*", SLOW, 2, stage)
        assert passes(lambda: pets.call(stage=stage), 4) == 2


def test_a_canary_shares_its_stages_buckets(pets):
    throttle(pets, "/*/*", SLOW, 20)
    pets.deploy(canarySettings={"percentTraffic": 50.0})
    assert passes(pets.call, 40) == 20


def test_tokens_come_back_with_time(gateway, pets):
    throttle(pets, "/*/*", 0.01, 3)
    assert passes(pets.call, 5) == 3
    advance(gateway, 200)
    assert passes(pets.call, 5) == 2
    advance(gateway, 100_000)
    assert passes(pets.call, 5) == 3


def test_a_call_that_takes_long_to_arrive_fills_no_bucket(gateway, pets):
    """It began when all tokens were there; it asks for one when none is."""
    throttle(pets, "/*/*", 0.01, 2)
    call = lambda: pets.call("/pets", "POST")  # noqa: E731
    with raw.Connection(gateway.port) as slow:
        headers = [("Host", pets.host), ("Content-Length", "2"), ("Expect", "100-continue")]
        slow.send(raw.encode("POST", "/test/pets", headers, b""))
        assert slow.reader.readline().startswith(b"HTTP/1.1 100") and slow.reader.readline() == b"\r\n"
        advance(gateway, 10_000)
        assert passes(call, 4) == 2
        slow.send(b"{}")
        assert outcome(slow.read_reply()) == THROTTLED
    assert passes(call, 4) == 0


def test_what_matches_no_method_takes_no_token(pets):
    throttle(pets, "/*/*", SLOW, 2)
    assert all(pets.call("/nothing").status == 403 for _ in range(5))
    assert passes(pets.call, 5) == 2


# Of a plan

LIMITS = {"throttle": {"rateLimit": SLOW, "burstLimit": 3}}


def keyed(gateway, **fields):
    return Plan(gateway, make_client("apigateway", gateway), **fields)


def of_method(plan, method, burst):
    operations = [{"op": "replace", "path": f"/apiStages/{plan.api.id}:test/throttle/{method}/{part}", "value": value}
                  for part, value in (("rateLimit", str(SLOW)), ("burstLimit", str(burst)))]
    plan.client.update_usage_plan(usagePlanId=plan.plan, patchOperations=operations)


def test_each_key_has_a_bucket_of_its_own(gateway):
    plan = keyed(gateway, **LIMITS)
    _, other = plan.add_key()
    assert passes(plan.call, 5) == 3
    assert passes(lambda: plan.call(value=other), 5) == 3


def test_a_plans_bucket_is_for_all_its_methods_and_stages(gateway):
    plan = keyed(gateway, **LIMITS)
    plan.api.mock("/pets", apiKeyRequired=True).deploy()
    plan.api.deploy("other")
    plan.client.update_usage_plan(
        usagePlanId=plan.plan, patchOperations=[{"op": "add", "path": "/apiStages", "value": f"{plan.api.id}:other"}])
    calls = [plan.call, lambda: plan.call("/pets"), lambda: plan.call(stage="other")]
    assert [passes(call, 1) for call in calls] == [1, 1, 1]
    assert [passes(call, 1) for call in calls] == [0, 0, 0]


def test_a_plan_limits_methods_by_themselves(gateway):
    plan = keyed(gateway)
    plan.api.mock("/pets", apiKeyRequired=True).deploy()
    of_method(plan, "~1pets/GET", 2)
    assert passes(lambda: plan.call("/pets"), 4) == 2
    assert passes(plan.call, 4) == 4
    of_method(plan, "~1/GET", 1)
    assert passes(plan.call, 4) == 1


@pytest.mark.parametrize("path, verb, method, called", [
    ("/", "GET", "//GET", "/"), ("/pets/{id}", "GET", "/pets/{id}/GET", "/pets/7"), ("/x", "ANY", "/x/ANY", "/x"),
    ("/{proxy+}", "ANY", "/{proxy+}/ANY", "/a/b"), ("/{proxy+}", "ANY", "/{proxy+}/GET", "/a/b")])
def test_a_plan_names_methods_by_their_resource(gateway, apigateway, path, verb, method, called):
    api = Api(gateway, apigateway).mock(path, verb, apiKeyRequired=True)
    api.deploy()
    stage = {"apiId": api.id, "stage": "test", "throttle": {method: {"rateLimit": SLOW, "burstLimit": 1}}}
    plan = apigateway.create_usage_plan(name="plan", apiStages=[stage])["id"]
    key = apigateway.create_api_key(name="key", enabled=True)
    apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
    assert passes(lambda: api.call(called, headers={"x-api-key": key["value"]}), 3) == 1


def test_a_call_that_one_limit_refuses_takes_nothing_from_the_others(gateway):
    """The plan's method, the plan and the stage: whichever is empty, the others keep what they have."""
    plan = keyed(gateway, **LIMITS)
    plan.api.mock("/pets", apiKeyRequired=True).deploy()
    of_method(plan, "~1pets/GET", 1)
    assert passes(lambda: plan.call("/pets"), 5) == 1
    throttle(plan.api, "/~1/GET", 0, 0)
    assert passes(plan.call, 5) == 0
    plan.api.patch("update_stage", ("remove", "/~1/GET"), stageName="test")
    assert passes(plan.call, 5) == 2, "of the plan's three only one is gone"


def test_without_a_key_nothing_is_asked(gateway):
    plan = keyed(gateway, **LIMITS)
    throttle(plan.api, "/*/*", SLOW, 4)
    assert all(outcome(plan.api.call()) == FORBIDDEN for _ in range(5))
    assert passes(plan.call, 5) == 3
    plan.api.mock("/open", body="open").deploy()
    assert passes(lambda: plan.call("/open"), 8) == 4, "the stage's bucket, not the plan's"


def test_changed_plans_hold_at_once(gateway):
    plan = keyed(gateway, **LIMITS)
    assert passes(plan.call, 5) == 3

    def change(*operations):
        plan.client.update_usage_plan(usagePlanId=plan.plan, patchOperations=list(operations))
    change({"op": "replace", "path": "/throttle/burstLimit", "value": "5"})
    assert passes(plan.call, 5) == 2
    change({"op": "remove", "path": "/throttle"})
    assert passes(plan.call, 5) == 5


# The account

def test_an_accounts_limit_is_for_all_its_apis(tmp_path):
    running = Gateway(tmp_path / "data", environment={"STAGEDOOR_ACCOUNT_THROTTLE": "1:6"}).start()
    try:
        clients = [make_client("apigateway", running), make_client("apigateway", running, access_key="111111111111")]
        first, second, foreign = (
            Api(running, client).mock("/") for client in (clients[0], clients[0], clients[1]))
        for api in (first, second, foreign):
            api.deploy()
        throttle(second, "/*/*", SLOW, 2)
        # One token comes back every second.
        results = [first.call() for _ in range(40)]
        assert {outcome(reply) for reply in results if reply.status != 200} == {THROTTLED}
        assert 6 <= sum(reply.status == 200 for reply in results)
        assert foreign.call().status == 200
        assert clients[0].get_account()["throttleSettings"] == {"burstLimit": 6, "rateLimit": 1.0}
        running.output.wait_for(r"Account throttle limit exceeded for account 000000000000\. Limit: 1\.00 Burst: 6")
        advance(running, 60)
        assert second.call().status == 200
    finally:
        assert running.stop() == 0


# What the log says

def test_the_log_says_which_limit_it_was(gateway):
    plan = keyed(gateway, **LIMITS)
    resource = plan.api.root
    place = rf"RestApi {plan.api.id}, Stage test, Resource {resource}, HttpMethod GET"
    mark = len(gateway.output.lines)
    assert passes(plan.call, 4) == 3
    key = r"API Key \*+" + plan.value[-6:]
    gateway.output.wait_for(rf"{key} exceeded throttle limit for API Stage {plan.api.id}/test: Key throttle limit exceeded for "
                            rf"Usage Plan ID {plan.plan}, {place}\. Limit: 0\.00 Burst: 3", since=mark)
    throttle(plan.api, "/*/*", 0, 0)
    plan.client.update_usage_plan(usagePlanId=plan.plan, patchOperations=[{"op": "remove", "path": "/throttle"}])
    assert passes(plan.call, 1) == 0
    gateway.output.wait_for(rf"Key throttle limit exceeded for {place}\. Limit: 0\.00 Burst: 0", since=mark)
    assert plan.value not in gateway.output.text()
