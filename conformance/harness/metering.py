"""Usage plans and the gateway's clock, in few words."""

import datetime
import json

from harness import raw
from harness.api import Api, message, patches

DAY = 86_400
FORBIDDEN = (403, "ForbiddenException", message("Forbidden"))
EXHAUSTED = (429, "LimitExceededException", message("Limit Exceeded"))
THROTTLED = (429, "TooManyRequestsException", message("Too Many Requests"))


def clock(gateway, seconds=None, guard="1"):
    """Reads the clock, or moves it forward."""
    headers = {"X-Stagedoor": guard} if guard else {}
    if seconds is None:
        return raw.send(gateway.port, "GET", "/_stagedoor/clock", headers)
    body = seconds if isinstance(seconds, bytes) else json.dumps({"advanceSeconds": seconds}).encode()
    return raw.send(gateway.port, "POST", "/_stagedoor/clock", headers, body)


def now(gateway):
    shown = clock(gateway).json["now"]
    return datetime.datetime.strptime(shown, "%Y-%m-%dT%H:%M:%SZ")


def advance(gateway, seconds):
    reply = clock(gateway, int(seconds))
    assert reply.status == 200, reply.text


def advance_to_noon(gateway, days=1):
    """To noon of a day to come: far from any midnight that a slow test could meet."""
    moment = now(gateway)
    noon = moment.replace(hour=12, minute=0, second=0) + datetime.timedelta(days=days)
    advance(gateway, (noon - moment).total_seconds())
    return now(gateway).date()


def outcome(reply):
    """What tells refusals apart."""
    return reply.status, reply.error_type, reply.body


def throttle(api, setting, rate, burst, stage="test"):
    """Limits what a setting of the stage names: `/*/*`, or `/~1pets/GET`."""
    api.patch("update_stage", ("replace", f"{setting}/throttling/rateLimit", str(rate)),
              ("replace", f"{setting}/throttling/burstLimit", str(burst)), stageName=stage)


class Plan:
    """A deployed API with one keyed method, a key and a usage plan between them."""

    def __init__(self, gateway, client, stage_throttle=None, body="", **fields):
        self.client = client
        self.api = Api(gateway, client).mock("/", body=body, apiKeyRequired=True)
        self.api.deploy()
        if stage_throttle:
            throttle(self.api, "/*/*", *stage_throttle)
        self.plan = self.client.create_usage_plan(
            name="plan", apiStages=[{"apiId": self.api.id, "stage": "test"}], **fields)["id"]
        self.key, self.value = self.add_key()

    def add_key(self):
        key = self.client.create_api_key(name="key", enabled=True)
        self.client.create_usage_plan_key(usagePlanId=self.plan, keyId=key["id"], keyType="API_KEY")
        return key["id"], key["value"]

    def call(self, path="/", value=None, **how):
        return self.api.call(path, headers={"x-api-key": value or self.value}, **how)

    def request(self):
        """A call's bytes."""
        return raw.encode("GET", "/test/", [("Host", self.api.host), ("x-api-key", self.value)], b"")

    def calls(self, count):
        """How many of these calls pass; the others must be refused because of the quota."""
        replies = [self.call() for _ in range(count)]
        refused = [reply for reply in replies if reply.status != 200]
        assert all(outcome(reply) == EXHAUSTED for reply in refused), refused[0].text
        return count - len(refused)

    def usage(self, day, until=None, key=None):
        asked = {"usagePlanId": self.plan, "keyId": key or self.key}
        told = self.client.get_usage(**asked, startDate=str(day), endDate=str(until or day))
        return told["items"][key or self.key]

    def grant(self, remaining):
        operations = patches(("replace", "/remaining", str(remaining)))
        return self.client.update_usage(usagePlanId=self.plan, keyId=self.key, patchOperations=operations)
