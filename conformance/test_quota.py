"""Quotas and throttles against a clock that tests move, and against kill -9."""

import datetime
import json
import threading
import time

import pytest

from conftest import make_client
from harness import raw
from harness.api import patches
from harness.metering import DAY, THROTTLED, Plan, advance, advance_to_noon, clock, now, outcome
from harness.process import Gateway


def quota(limit, period="DAY", offset=0):
    return {"quota": {"limit": limit, "period": period, "offset": offset}}


class Callers:
    """Threads that call as fast as they can, until they are told to end or the gateway dies."""

    def __init__(self, plan, count=1):
        self.plan, self.outcomes, self.over = plan, [], threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(count)]

    def run(self):
        try:
            with raw.Connection(self.plan.api.gateway.port) as connection:
                while not self.over.is_set():
                    connection.send(self.plan.request())
                    self.outcomes.append(connection.read_reply().status)
        except (OSError, raw.Closed, ValueError):
            return

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    @property
    def passed(self):
        return self.outcomes.count(200)

    def wait_for(self, passed):
        deadline = time.monotonic() + 30
        while self.passed < passed and time.monotonic() < deadline:
            time.sleep(0.01)


# The clock

def test_the_clock_moves_forward_only_and_only_for_those_who_may(gateway):
    before = clock(gateway)
    assert before.status == 200 and set(before.json) == {"now", "advancedSeconds"}
    assert clock(gateway, 60, guard=None).status == 403
    assert clock(gateway, 60, guard="yes").status == 403
    assert raw.send(gateway.port, "PUT", "/_stagedoor/clock", {"X-Stagedoor": "1"}, b"{}").status == 405
    for wrong in (-1, 1.5, "60", None, 10**30):
        reply = clock(gateway, json.dumps({"advanceSeconds": wrong}).encode())
        assert (reply.status, b"advanceSeconds" in reply.body) == (400, True), wrong
    for wrong in (b"", b"{}", b"[]", b"{", b"\xff", b'{"advanceSeconds": 1, "x": 2}'):
        assert clock(gateway, wrong).status == 400, wrong
    assert clock(gateway, 10**12).status == 400
    assert clock(gateway).json["advancedSeconds"] == before.json["advancedSeconds"]
    moved = clock(gateway, 60)
    assert moved.json["advancedSeconds"] == before.json["advancedSeconds"] + 60


def test_everything_takes_its_time_from_the_clock_but_signatures(gateway, api, apigateway):
    api.mock("/", body="$context.requestTimeEpoch").deploy()
    before = int(api.call().text)
    advance(gateway, 3 * DAY)
    assert int(api.call().text) >= before + 3 * DAY * 1000
    # The client signs by its own clock, three days behind.
    created = apigateway.create_rest_api(name="later")["createdDate"]
    assert created.timestamp() * 1000 >= before + 3 * DAY * 1000 - 1000


def test_serve_has_no_clock_to_move(tmp_path):
    (tmp_path / "stagedoor.yaml").write_text("{}\n")
    running = Gateway(tmp_path / "data", [str(tmp_path)], subcommand="serve").start()
    try:
        assert clock(running, 60).status in (403, 404)
        assert clock(running).status in (403, 404)
    finally:
        assert running.stop() == 0


# Quotas

def test_a_daily_quota_holds_and_begins_anew_at_midnight(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(10))
    day = advance_to_noon(gateway)
    assert plan.calls(15) == 10
    assert plan.usage(day) == [[10, 0]]
    advance(gateway, 11 * 3600)
    assert plan.calls(2) == 0
    advance(gateway, 3600)
    assert plan.calls(4) == 4
    assert plan.usage(day, day + datetime.timedelta(days=1)) == [[10, 0], [4, 6]]


@pytest.mark.parametrize("period, offset", [("WEEK", 0), ("WEEK", 3), ("MONTH", 0), ("MONTH", 9)])
def test_longer_periods_begin_on_their_day(gateway, period, offset):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(5, period, offset))

    def begins(day):
        if period == "WEEK":
            # Sunday is 0.
            return (day.weekday() + 1) % 7 == offset
        return day.day == offset + 1
    day = advance_to_noon(gateway)
    while not begins(day):
        day = advance_to_noon(gateway)
    assert plan.calls(3) == 3
    last = day
    while not begins(last + datetime.timedelta(days=1)):
        last = last + datetime.timedelta(days=1)
    assert advance_to_noon(gateway, (last - day).days) == last
    assert plan.calls(5) == 2
    assert plan.usage(day)[0] == [3, 2] and plan.usage(last)[0] == [2, 0]
    following = advance_to_noon(gateway)
    assert plan.calls(7) == 5
    assert plan.usage(following) == [[5, 0]]


def test_refused_calls_do_not_count(gateway):
    # One call a day, of all keys together: whoever comes later has been counted by the quota, and is given back.
    plan = Plan(gateway, make_client("apigateway", gateway), stage_throttle=(1 / DAY, 1), **quota(10))
    day = advance_to_noon(gateway)
    replies = [plan.call() for _ in range(8)]
    assert [reply.status for reply in replies] == [200] + [429] * 7
    assert all(outcome(reply) == THROTTLED for reply in replies[1:])
    assert plan.usage(day) == [[1, 9]]
    unknown = plan.api.call(headers={"x-api-key": "x" * 30})
    assert unknown.status == 403
    assert plan.usage(day) == [[1, 9]]


def test_remaining_calls_are_granted_and_taken(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(5))
    day = advance_to_noon(gateway)
    assert plan.calls(7) == 5
    granted = plan.grant(3)
    assert granted["items"][plan.key] == [[5, 3]]
    assert plan.calls(7) == 3
    assert plan.usage(day) == [[8, 0]]
    plan.grant(100)
    plan.grant(1)
    assert plan.calls(3) == 1
    assert advance_to_noon(gateway) and plan.calls(7) == 5


def test_keys_are_counted_apart(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(3))
    other, value = plan.add_key()
    day = advance_to_noon(gateway)
    assert plan.calls(5) == 3
    assert plan.api.call(headers={"x-api-key": value}).status == 200
    assert (plan.usage(day), plan.usage(day, key=other)) == ([[3, 0]], [[1, 2]])


def test_a_changed_quota_holds_at_once(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(3))
    day = advance_to_noon(gateway)
    change = lambda limit: plan.client.update_usage_plan(  # noqa: E731
        usagePlanId=plan.plan, patchOperations=patches(("replace", "/quota/limit", str(limit))))
    assert plan.calls(5) == 3
    change(6)
    assert plan.calls(5) == 3
    change(2)
    assert plan.calls(5) == 0
    assert plan.usage(day) == [[6, 0]]


def test_callers_together_get_exactly_the_quota(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(100))
    day = advance_to_noon(gateway)
    passed = [0] * 8

    def caller(number):
        with raw.Connection(gateway.port) as connection:
            for _ in range(25):
                request = plan.request()
                connection.send(request)
                passed[number] += connection.read_reply().status == 200
    threads = [threading.Thread(target=caller, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(passed) == 100
    assert plan.usage(day) == [[100, 0]]


# Restarts

@pytest.fixture
def own(tmp_path):
    """A gateway that the test may kill."""
    running = Gateway(tmp_path / "data").start()
    yield running
    assert running.stop() == 0


def test_an_orderly_restart_forgets_and_invents_nothing(own):
    plan = Plan(own, make_client("apigateway", own), **quota(100_000))
    day = now(own).date()
    for round in range(1, 4):
        assert plan.calls(20) == 20
        assert plan.usage(day, now(own).date())[0][0] <= 20 * round
        own.restart(hard=False)
        plan.client = make_client("apigateway", own)
        used = sum(used for used, _ in plan.usage(day, now(own).date()))
        assert used == 20 * round


def test_a_loop_of_kills_is_no_way_around_a_quota(own):
    plan = Plan(own, make_client("apigateway", own), **quota(20, "MONTH"))
    passed = rounds = 0
    while True:
        day = now(own).date()
        got = plan.calls(4)
        passed += got
        rounds += 1
        # The month may have ended; then nothing can be said.
        if got < 4 or rounds > 10:
            break
        own.restart()
        plan.client = make_client("apigateway", own)
    if now(own).date().month == day.month:
        # Each kill costs a lease at most, and under a quota of twenty that is one call.
        assert 20 - rounds <= passed <= 20
        assert plan.usage(day)[0][1] == 0


def test_killed_under_load_a_count_is_never_too_low(own):
    plan = Plan(own, make_client("apigateway", own), **quota(1_000_000, "MONTH"))
    day, passed = now(own).date(), 0
    for _ in range(3):
        with Callers(plan, 4) as callers:
            callers.wait_for(300)
            own.kill()
        passed += callers.passed
        own.start()
        plan.client = make_client("apigateway", own)
        used = sum(used for used, _ in plan.usage(day, now(own).date()))
        # A lease holds at most 10,000 calls; besides it, each caller may have lost one answer.
        assert passed <= used <= passed + 3 * (10_000 + 4)


# Throttles by the clock

def test_a_bucket_fills_by_the_clock(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), throttle={"rateLimit": 0.01, "burstLimit": 2})
    statuses = lambda: [plan.call().status for _ in range(4)]  # noqa: E731
    assert statuses() == [200, 200, 429, 429]
    advance(gateway, 100)
    assert statuses() == [200, 429, 429, 429]
    advance(gateway, 10_000)
    assert statuses() == [200, 200, 429, 429]


def test_a_greedy_caller_gets_its_rate_and_no_more(gateway):
    """In real time. A bucket of two seconds' worth, so that a caller who stalls for less loses nothing."""
    rate, burst, seconds = 50, 100, 4
    plan = Plan(gateway, make_client("apigateway", gateway), throttle={"rateLimit": rate, "burstLimit": burst})
    request = plan.request()
    sent = passed = 0
    started = time.monotonic()
    with raw.Connection(gateway.port) as connection:
        while time.monotonic() < started + seconds:
            connection.send(request)
            sent, passed = sent + 1, passed + (connection.read_reply().status == 200)
    allowed = rate * (time.monotonic() - started) + burst
    # Never more, however slow the machine: the caller's time is longer than the gateway's. Half of it is little to ask,
    # and far above what a bucket that fills too slowly, or only once, would give.
    assert 0.5 * min(sent, allowed) <= passed <= 1.01 * allowed + 1


# What else goes on meanwhile

def test_changes_all_around_lose_no_count(gateway):
    """Throttles, names, other keys, deployments and stages change while callers use a quota up."""
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(400))
    day = advance_to_noon(gateway)
    changer = make_client("apigateway", gateway)

    def change(*operations):
        changer.update_usage_plan(usagePlanId=plan.plan, patchOperations=patches(*operations))
    with Callers(plan, 4) as callers:
        for round in range(8):
            change(("replace", "/throttle/rateLimit", "100000"), ("replace", "/throttle/burstLimit", str(100_000 + round)))
            change(("replace", "/name", f"plan {round}"), ("replace", "/quota/limit", str(400 - round % 2)))
            changer.create_deployment(restApiId=plan.api.id, stageName="test")
            plan.add_key()
            changer.update_api_key(apiKey=plan.key, patchOperations=patches(("replace", "/description", str(round))))
            change(("remove", "/throttle", None), ("replace", "/quota/limit", "400"))
        callers.wait_for(400)
    assert set(callers.outcomes) <= {200, 429}
    assert callers.passed == 400 and plan.usage(day) == [[400, 0]]


def test_taking_a_key_out_and_back_gives_it_nothing(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(5))
    day = advance_to_noon(gateway)
    assert plan.calls(3) == 3
    plan.client.delete_usage_plan_key(usagePlanId=plan.plan, keyId=plan.key)
    assert plan.call().status == 403
    plan.client.create_usage_plan_key(usagePlanId=plan.plan, keyId=plan.key, keyType="API_KEY")
    assert plan.calls(5) == 2
    assert plan.usage(day) == [[5, 0]]


def test_a_plan_that_goes_while_it_is_called(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway), **quota(1_000_000))
    with Callers(plan) as callers:
        callers.wait_for(50)
        plan.client.update_usage_plan(usagePlanId=plan.plan, patchOperations=patches(
            ("remove", "/apiStages", f"{plan.api.id}:test")))
        plan.client.delete_usage_plan(usagePlanId=plan.plan)
        assert plan.call().status == 403
    assert set(callers.outcomes) <= {200, 403}


def test_unknown_keys_leave_nothing_behind(gateway):
    plan = Plan(gateway, make_client("apigateway", gateway))

    def resident():
        status = open(f"/proc/{gateway.process.pid}/status").read()
        return int(status.split("VmRSS:")[1].split()[0])

    def knock(first, count):
        with raw.Connection(gateway.port) as connection:
            for number in range(first, first + count):
                headers = [("Host", plan.api.host), ("x-api-key", f"{number:08000}")]
                connection.send(raw.encode("GET", "/test/", headers, b""))
                assert connection.read_reply().status == 403
    knock(0, 1_000)
    before = resident()
    knock(1_000, 10_000)
    # The keys' texts are 80 MB together; a third of that is far beyond the noise of any allocator.
    assert resident() - before < 27_000
