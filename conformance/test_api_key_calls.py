"""Calls of methods that need an API key: which keys open which stage, and what is said of them."""

import json

import pytest

from conftest import make_client
from harness import functions, raw
from harness.api import Api, lambda_uri, message
from harness.process import Gateway

FORBIDDEN = (403, "ForbiddenException", message("Forbidden"))
SAID = '{"key": "$context.identity.apiKey", "id": "$context.identity.apiKeyId"}'


class Keyed(Api):
    """GET /pets needs a key; stages `test` and `prod`."""

    def __init__(self, gateway, client, **fields):
        super().__init__(gateway, client, **fields)
        self.mock("/pets", body=SAID, apiKeyRequired=True).mock("/open", body=SAID)
        self.deploy()
        self.deploy("prod")

    def plan(self, *stages, **fields):
        """A usage plan's id."""
        stages = [{"apiId": self.id, "stage": stage} for stage in stages]
        return self.client.create_usage_plan(name="plan", apiStages=stages, **fields)["id"]

    def key(self, *plans, **fields):
        made = self.client.create_api_key(**{"name": "key", "enabled": True, **fields})
        for plan in plans:
            self.client.create_usage_plan_key(usagePlanId=plan, keyId=made["id"], keyType="API_KEY")
        return made

    def status(self, value, stage="test", path="/pets"):
        reply = self.call(path, headers={"x-api-key": value} if value is not None else {}, stage=stage)
        if reply.status != 200:
            assert (reply.status, reply.error_type, reply.body) == FORBIDDEN
        return reply.status


@pytest.fixture
def keyed(gateway, apigateway):
    return Keyed(gateway, apigateway)


def test_a_key_with_a_plan_opens_its_stage(keyed):
    key = keyed.key(keyed.plan("test"))
    reply = keyed.call("/pets", headers={"X-API-KEY": key["value"]})
    assert (reply.status, reply.json) == (200, {"key": key["value"], "id": key["id"]})
    assert keyed.status(key["value"], "prod") == 403
    for wrong in (None, "", key["value"][:-1], key["value"].upper() + "x", key["id"], "\xe9" * 20):
        assert keyed.status(wrong) == 403, wrong


def test_keys_that_open_nothing(keyed):
    plan = keyed.plan("test")
    assert keyed.status(keyed.key()["value"]) == 403
    disabled = keyed.key(plan, enabled=False)
    assert keyed.status(disabled["value"]) == 403
    keyed.client.update_api_key(apiKey=disabled["id"], patchOperations=[{"op": "replace", "path": "/enabled", "value": "true"}])
    assert keyed.status(disabled["value"]) == 200
    assert keyed.status(keyed.key(keyed.plan())["value"]) == 403


def test_a_key_has_one_plan_for_each_stage(keyed):
    key = keyed.key(keyed.plan("test"), keyed.plan("prod"))["value"]
    assert [keyed.status(key, stage) for stage in ("test", "prod")] == [200, 200]


def test_methods_that_need_no_key_ask_for_none(keyed):
    for value in (None, "nobody"):
        reply = keyed.call("/open", headers={"x-api-key": value} if value else {})
        assert (reply.status, reply.json) == (200, {"key": "", "id": ""})


def test_changes_count_at_once(keyed):
    plan = keyed.plan("test")
    key, other = keyed.key(plan), keyed.key(plan)
    value, client = key["value"], keyed.client
    stage = f"{keyed.id}:test"
    steps = [
        (lambda: client.delete_usage_plan_key(usagePlanId=plan, keyId=key["id"]), 403),
        (lambda: client.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY"), 200),
        (lambda: keyed.patch_plan(plan, "remove", stage), 403),
        (lambda: keyed.patch_plan(plan, "add", stage), 200),
        (lambda: client.update_api_key(apiKey=key["id"], patchOperations=[
            {"op": "replace", "path": "/enabled", "value": "false"}]), 403),
        (lambda: client.update_api_key(apiKey=key["id"], patchOperations=[
            {"op": "replace", "path": "/enabled", "value": "true"}]), 200),
        (lambda: client.delete_api_key(apiKey=key["id"]), 403),
    ]
    assert keyed.status(value) == 200
    for number, (change, status) in enumerate(steps):
        change()
        assert keyed.status(value) == status, number
        assert keyed.status(other["value"]) == (403 if number == 2 else 200), number
    keyed.patch_plan(plan, "remove", stage)
    client.delete_usage_plan(usagePlanId=plan)
    assert keyed.status(other["value"]) == 403


def patch_plan(self, plan, op, stage):
    self.client.update_usage_plan(usagePlanId=plan, patchOperations=[{"op": op, "path": "/apiStages", "value": stage}])


Keyed.patch_plan = patch_plan


def test_requiring_a_key_waits_for_a_deployment(keyed):
    keyed.patch("update_method", ("replace", "/apiKeyRequired", "false"), resourceId=keyed.resource("/pets"), httpMethod="GET")
    assert keyed.status(None) == 403
    keyed.deploy()
    assert keyed.status(None) == 200
    assert keyed.status(None, "prod") == 403


def test_two_keys_in_one_call(gateway, keyed):
    """The last header counts, as for every header that is mapped."""
    key = keyed.key(keyed.plan("test"))["value"]
    for values, status in (([key, "other"], 403), (["other", key], 200)):
        headers = [("Host", keyed.host), *(("x-api-key", value) for value in values)]
        assert raw.send(gateway.port, "GET", "/test/pets", headers).status == status


def test_another_account_s_key_opens_nothing(gateway, keyed):
    other = make_client("apigateway", gateway, "444455556666")
    value = "one-value-in-two-accounts"
    there = other.create_api_key(name="there", enabled=True, value=value)["id"]
    plan = other.create_usage_plan(name="there")["id"]
    other.create_usage_plan_key(usagePlanId=plan, keyId=there, keyType="API_KEY")
    assert keyed.status(value) == 403
    keyed.key(keyed.plan("test"), value=value)
    assert keyed.status(value) == 200


def test_a_customised_answer(keyed):
    keyed.client.put_gateway_response(restApiId=keyed.id, responseType="INVALID_API_KEY", statusCode="401",
                                      responseTemplates={"application/json": '{"why": $context.error.messageString}'})
    keyed.deploy()
    reply = keyed.call("/pets")
    assert (reply.status, reply.json) == (401, {"why": "Forbidden"})


def test_functions_are_told_the_key(gateway, keyed, lambda_):
    arn = functions.create(lambda_, "told-keys")
    functions.allow(lambda_, "told-keys")
    keyed.lambda_proxy("/echo", arn, "GET", method={"apiKeyRequired": True})
    keyed.deploy()
    key = keyed.key(keyed.plan("test"))
    identity = keyed.call("/echo", headers={"x-api-key": key["value"]}).json["requestContext"]["identity"]
    assert (identity["apiKey"], identity["apiKeyId"]) == (key["value"], key["id"])


NAMER = """
def handler(event, context):
    token = event["authorizationToken"]
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}
    answer = {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
    return {**answer, "usageIdentifierKey": token} if token != "silent" else answer
"""


def test_an_authorizer_names_the_key(gateway, apigateway, lambda_):
    """`apiKeySource: AUTHORIZER`: the header does not count."""
    arn = functions.create(lambda_, "namer", NAMER)
    functions.allow(lambda_, "namer", "arn:aws:execute-api:us-east-1:000000000000:*/authorizers/*")
    keyed = Keyed(gateway, apigateway, apiKeySource="AUTHORIZER")
    guard = apigateway.create_authorizer(restApiId=keyed.id, name="namer", type="TOKEN", authorizerUri=lambda_uri(arn),
                                         identitySource="method.request.header.Authorization")["id"]
    keyed.mock("/named", body=SAID, apiKeyRequired=True, authorizationType="CUSTOM", authorizerId=guard)
    keyed.deploy()
    key = keyed.key(keyed.plan("test"))

    def call(token, header=None):
        headers = {"Authorization": token, **({"x-api-key": header} if header else {})}
        return keyed.call("/named", headers=headers)

    for _ in range(2):
        reply = call(key["value"], "nobody")
        assert (reply.status, reply.json) == (200, {"key": key["value"], "id": key["id"]})
    for token, header in (("silent", key["value"]), ("silent", None), ("unknown", key["value"])):
        reply = call(token, header)
        assert (reply.status, reply.error_type, reply.body) == FORBIDDEN, token
    assert keyed.status(key["value"]) == 403


TELLER = """
def handler(event, context):
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "context": {"told": str(event["requestContext"]["identity"].get("apiKey"))}}
"""


def test_an_authorizer_sees_the_key_as_it_was_sent(gateway, apigateway, lambda_):
    """It is asked before anybody looks the key up."""
    arn = functions.create(lambda_, "teller", TELLER)
    functions.allow(lambda_, "teller", "arn:aws:execute-api:us-east-1:000000000000:*/authorizers/*")
    keyed = Keyed(gateway, apigateway)
    guard = apigateway.create_authorizer(restApiId=keyed.id, name="teller", type="REQUEST", authorizerUri=lambda_uri(arn),
                                         authorizerResultTtlInSeconds=0)["id"]
    for path, needed in (("/told", True), ("/untold", False)):
        keyed.mock(path, body="$context.authorizer.told", apiKeyRequired=needed, authorizationType="CUSTOM", authorizerId=guard)
    keyed.deploy()
    value = keyed.key(keyed.plan("test"))["value"]
    assert keyed.call("/told", headers={"x-api-key": value}).text == value
    assert keyed.call("/untold", headers={"x-api-key": value}).text == "None"
    assert keyed.status("nobody", path="/told") == 403


def test_no_key_is_logged_whole(tmp_path):
    log = tmp_path / "access.log"
    (tmp_path / "stagedoor.yaml").write_text(f"access_log: {log}\n")
    gateway = Gateway(tmp_path / "data", [str(tmp_path), "-v"]).start()
    try:
        keyed = Keyed(gateway, make_client("apigateway", gateway))
        keyed.patch("update_stage", ("replace", "/accessLogSettings/format",
                                     "$context.requestId $context.identity.apiKey $context.identity.apiKeyId"), stageName="test")
        key = keyed.key(keyed.plan("test", throttle={"rateLimit": 0.001, "burstLimit": 1}))
        replies = [keyed.call("/pets", headers={"x-api-key": value}) for value in (key["value"], key["value"], "x" * 40)]
        assert [reply.status for reply in replies] == [200, 429, 403]
        # The console is written behind the replies.
        gateway.output.wait_for(rf"API Key \*{{6}}{key['value'][-6:]} exceeded throttle limit")
        gateway.output.wait_for("no API key has this value")
    finally:
        assert gateway.stop() == 0
    shown = f"******{key['value'][-6:]} {key['id']}"
    lines = log.read_text()
    assert lines.count(shown) == 2
    for text in (lines, gateway.output.text()):
        assert key["value"] not in text and "x" * 40 not in text


TELLING_FIRST = NAMER.replace("return {**answer, ", "return {").replace("token}", "token, **answer}")


def test_a_key_that_an_authorizer_names_is_not_logged_whole(tmp_path, backend):
    """Neither in the function's answer nor where a mapping puts it."""
    gateway = Gateway(tmp_path / "data", ["-v"]).start()
    try:
        client, lambda_ = make_client("apigateway", gateway), make_client("lambda", gateway)
        arn = functions.create(lambda_, "namer", TELLING_FIRST)
        functions.allow(lambda_, "namer", "arn:aws:execute-api:us-east-1:000000000000:*/authorizers/*")
        keyed = Keyed(gateway, client, apiKeySource="AUTHORIZER")
        guard = client.create_authorizer(restApiId=keyed.id, name="namer", type="TOKEN", authorizerUri=lambda_uri(arn),
                                         identitySource="method.request.header.Authorization")["id"]
        method = {"apiKeyRequired": True, "authorizationType": "CUSTOM", "authorizerId": guard}
        keyed.http_proxy("/named", f"{backend.url}/echo", "GET", method, requestParameters={
            "integration.request.querystring.from": "context.identity.apiKey"})
        keyed.deploy()
        key = keyed.key(keyed.plan("test"))
        assert keyed.call("/named", headers={"Authorization": key["value"]}).status == 200
        unknown = "a-key-that-nobody-has-made"
        assert keyed.call("/named", headers={"Authorization": unknown}).status == 403
        gateway.output.wait_for(rf"API key {key['id']} \(\*{{6}}{key['value'][-6:]}\), within its limits")
        gateway.output.wait_for("no API key has this value")
        gateway.output.wait_for(r'"usageIdentifierKey": "\*{6}s-made"')
    finally:
        assert gateway.stop() == 0
    shown = gateway.output.text()
    assert f"from=******{key['value'][-6:]}" in shown
    assert key["value"] not in shown and unknown not in shown


def test_keys_survive_a_crash(tmp_path):
    gateway = Gateway(tmp_path / "data").start()
    keyed = Keyed(gateway, make_client("apigateway", gateway))
    value = keyed.key(keyed.plan("test"))["value"]
    gateway.restart()
    assert keyed.status(value) == 200
    assert value.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "data").glob("stagedoor.db*"))
    assert gateway.stop() == 0


def test_a_reset_takes_keys_and_plans_along(tmp_path):
    gateway = Gateway(tmp_path / "data").start()
    keyed = Keyed(gateway, make_client("apigateway", gateway))
    value = keyed.key(keyed.plan("test"))["value"]
    assert keyed.status(value) == 200
    assert raw.send(gateway.port, "POST", "/_stagedoor/reset", {"X-Stagedoor": "1"}, b"").status == 200
    for _ in range(2):
        assert keyed.client.get_api_keys()["items"] == keyed.client.get_usage_plans()["items"] == []
        gateway.restart()
    again = Keyed(gateway, keyed.client)
    again.key(value=value)
    assert again.status(value) == 403, "the plan went too"
    assert gateway.stop() == 0


def test_the_aws_cli(keyed, aws):
    """A usage plan from nothing, as AWS's guide shows it."""
    plan = aws("apigateway", "create-usage-plan", "--name", "gold", "--throttle", "burstLimit=10,rateLimit=5",
               "--quota", "limit=3,offset=0,period=DAY", "--api-stages", f"apiId={keyed.id},stage=test")
    plan = json.loads(plan.stdout)["id"]
    key = json.loads(aws("apigateway", "create-api-key", "--name", "ann", "--enabled").stdout)
    aws("apigateway", "create-usage-plan-key", "--usage-plan-id", plan, "--key-id", key["id"], "--key-type", "API_KEY")
    statuses = [keyed.call("/pets", headers={"x-api-key": key["value"]}).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
