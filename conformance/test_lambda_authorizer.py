"""Lambda authorizers: what the function is told, what becomes of its answers, whose answers are kept and for how long."""

import json
import time

import pytest

from harness import functions
from harness.api import Api, lambda_uri, message
from harness.backend import Backend

ARN = "arn:aws:execute-api:us-east-1:000000000000:{api}/{rest}"
DENIED = "User is not authorized to access this resource"
NOTHING = b'{"message":null}'
TOKEN = "method.request.header.Authorization"
SAID = ('{"principal": "$context.authorizer.principalId", "s": "$context.authorizer.s", "n": "$context.authorizer.n", '
        '"t": "$context.authorizer.t", "all": "$context.authorizer.keySet()", "none": "$context.authorizer.none"}')


@pytest.fixture(scope="module")
def teller():
    """Hears of each call of the function, and says what it answers."""
    running = Backend()
    yield running
    running.close()


@pytest.fixture(scope="module")
def door(lambda_, teller):
    """The function of all authorizers."""
    arn = functions.create(lambda_, "door", functions.TELLER, Environment={"Variables": {"BACKEND": teller.url}}, Timeout=20)
    functions.allow(lambda_, "door", "arn:aws:execute-api:us-east-1:000000000000:*/authorizers/*")
    return arn


@pytest.fixture(scope="module")
def echo(lambda_):
    arn = functions.create(lambda_, "echo")
    functions.allow(lambda_, "echo")
    return arn


@pytest.fixture(autouse=True)
def silence(teller):
    teller.reset()


class Guarded(Api):
    """An API with one authorizer."""

    def authorizer(self, function, name="door", **fields):
        fields = {"type": "TOKEN", "identitySource": TOKEN, **fields}
        made = self.client.create_authorizer(restApiId=self.id, name=name, authorizerUri=lambda_uri(function), **fields)
        self.guard = {"authorizationType": "CUSTOM", "authorizerId": made["id"]}
        return self

    def arn(self, rest="*"):
        return ARN.format(api=self.id, rest=rest)


@pytest.fixture
def guarded(gateway, apigateway, door):
    """GET /pets and GET /admin behind an authorizer with these fields."""
    def make(**fields):
        api = Guarded(gateway, apigateway, endpointConfiguration={"types": ["REGIONAL"]}).authorizer(door, **fields)
        api.mock("/pets", body=SAID, **api.guard).mock("/admin", body="admin", **api.guard)
        api.deploy(variables={"color": "blue"})
        return api
    return make


def statement(effect, *resources):
    return {"Effect": effect, "Action": "execute-api:Invoke", "Resource": list(resources)}


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(*resources, principal="me", **more):
    return {"principalId": principal, "policyDocument": policy(statement("Allow", *(resources or "*"))), **more}


def bearing(token):
    return {"Authorization": token}


def told(teller):
    """The event of the next call of the function."""
    return json.loads(teller.take().body)["event"]


class TestTheFunctionIsTold:
    def test_a_token(self, guarded, teller):
        api = guarded()
        teller.answer_json(allow())
        assert api.call("/pets?a=b", headers=bearing("secret")).status == 200
        event = told(teller)
        assert list(event.items()) == [
            ("type", "TOKEN"), ("methodArn", api.arn("test/GET/pets")), ("authorizationToken", "secret")]

    def test_the_path_as_it_was_sent(self, gateway, apigateway, door, teller):
        api = Guarded(gateway, apigateway).authorizer(door)
        api.mock("/{proxy+}", "ANY", **api.guard).mock("/", **api.guard)
        api.deploy()
        for path, verb, rest in [("/", "GET", "GET/"), ("/a/b%20c", "PUT", "PUT/a/b%20c"), ("/a//b/", "GET", "GET/a//b/")]:
            teller.answer_json(allow())
            api.call(path, verb, bearing(path))
            assert told(teller)["methodArn"] == api.arn(f"test/{rest}"), path

    def test_the_request(self, gateway, apigateway, door, teller):
        api = Guarded(gateway, apigateway, endpointConfiguration={"types": ["REGIONAL"]})
        api.authorizer(door, type="REQUEST", identitySource=f"{TOKEN},method.request.querystring.q")
        api.mock("/pets/{id}", "POST", **api.guard)
        deployment = api.deploy(variables={"color": "blue"})
        teller.answer_json(allow())
        headers = [("Authorization", "t"), ("tEsT", "1"), ("tEsT", "2"), ("User-Agent", "ua")]
        assert api.call("/pets/7?q=1&q=2", "POST", headers, "body").status == 200
        event = told(teller)
        assert list(event) == [
            "type", "methodArn", "resource", "path", "httpMethod", "headers", "multiValueHeaders", "queryStringParameters",
            "multiValueQueryStringParameters", "pathParameters", "stageVariables", "requestContext"]
        context = event.pop("requestContext")
        multi = event.pop("multiValueHeaders")
        assert (event["headers"].pop("tEsT"), multi["tEsT"]) == ("2", ["1", "2"])
        assert {k: v for k, v in event.items() if k != "headers"} == {
            "type": "REQUEST", "methodArn": api.arn("test/POST/pets/7"), "resource": "/pets/{id}", "path": "/pets/7",
            "httpMethod": "POST", "queryStringParameters": {"q": "2"}, "multiValueQueryStringParameters": {"q": ["1", "2"]},
            "pathParameters": {"id": "7"}, "stageVariables": {"color": "blue"}}
        assert list(context) == [
            "resourceId", "resourcePath", "httpMethod", "extendedRequestId", "requestTime", "path", "accountId", "protocol",
            "stage", "domainPrefix", "requestTimeEpoch", "requestId", "identity", "domainName", "deploymentId", "apiId"]
        assert (context["deploymentId"], context["identity"]["userAgent"]) == (deployment, "ua")

    def test_empty_maps(self, guarded, teller):
        api = guarded(type="REQUEST", authorizerResultTtlInSeconds=0)
        api.deploy("bare")
        teller.answer_json(allow())
        assert api.call("/pets", headers=bearing("t"), stage="bare").status == 200
        event = told(teller)
        maps = ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters")
        assert [event[name] for name in maps] == [{}, {}, {}]


# What the function answers (a text: it fails with that), status, error type, body.
OUTCOMES = [
    (allow(), 200, None, None),
    (allow("arn:aws:execute-api:*:*:*/test/GET/pets"), 200, None, None),
    (allow("arn:aws:execute-api:*:*:*/test/GET/admin"), 403, "AccessDeniedException", None),
    ({"principalId": "me", "policyDocument": policy(statement("Deny", "*"))}, 403, "AccessDeniedException", None),
    ({"policyDocument": policy(statement("Deny", "*"))}, 403, "AccessDeniedException", None),
    ({"principalId": "me", "policyDocument": policy(statement("Allow", "*"), statement("Deny", "*/pets"))}, 403,
     "AccessDeniedException", None),
    ("Unauthorized", 401, "UnauthorizedException", message("Unauthorized")),
    ("unauthorized", 500, "AuthorizerConfigurationException", NOTHING),
    ("Unauthorized ", 500, "AuthorizerConfigurationException", NOTHING),
    ("anything else", 500, "AuthorizerConfigurationException", NOTHING),
    ({"policyDocument": policy(statement("Allow", "*"))}, 500, "AuthorizerConfigurationException", NOTHING),
    ({"principalId": "me"}, 500, "AuthorizerConfigurationException", NOTHING),
    ({"principalId": "me", "policyDocument": json.dumps(policy(statement("Allow", "*")))}, 500,
     "AuthorizerConfigurationException", NOTHING),
    ({"principalId": "me", "policyDocument": {"Statement": "Allow"}}, 500, "AuthorizerConfigurationException", NOTHING),
    ({"principalId": "me", "policyDocument": policy({"Effect": "allow", "Action": "*", "Resource": "*"})}, 500,
     "AuthorizerConfigurationException", NOTHING),
    (allow(context={"a": ["x"]}), 500, "AuthorizerConfigurationException", NOTHING),
    (allow(context={"a": {"x": 1}}), 500, "AuthorizerConfigurationException", NOTHING),
    (allow(context={"a": None}), 500, "AuthorizerConfigurationException", NOTHING),
    (allow(context={"a": "x" * 9000}), 500, "AuthorizerConfigurationException", NOTHING),
    (["Unauthorized"], 500, "AuthorizerConfigurationException", NOTHING),
    (True, 500, "AuthorizerConfigurationException", NOTHING),
]


class TestOutcomes:
    @pytest.mark.parametrize("answer, status, error, body", OUTCOMES, ids=[json.dumps(row[0])[:100] for row in OUTCOMES])
    def test_of_an_answer(self, guarded, teller, answer, status, error, body):
        api = guarded()
        teller.answer_json({"fail": answer} if isinstance(answer, str) else answer)
        reply = api.call("/pets", headers=bearing("t"))
        assert (reply.status, reply.error_type) == (status, error), reply.body
        assert body is None or reply.body == body
        if status == 403:
            assert list(reply.json) == ["Message"] and reply.json["Message"].startswith(DENIED)

    def test_a_deny_says_so(self, guarded, teller):
        api = guarded()
        teller.answer_json({"principalId": "me", "policyDocument": policy(statement("Deny", "*"))})
        assert api.call("/pets", headers=bearing("t")).json["Message"].startswith(f"{DENIED} with an explicit deny")
        teller.answer_json(allow("arn:aws:execute-api:*:*:*/elsewhere/*"))
        assert api.call("/pets", headers=bearing("other")).json == {"Message": DENIED}

    def test_a_function_that_admits_nobody(self, gateway, apigateway, lambda_, teller):
        closed = functions.create(lambda_, "closed", functions.TELLER, Environment={"Variables": {"BACKEND": teller.url}})
        functions.allow(lambda_, "closed", "arn:aws:execute-api:us-east-1:000000000000:*/*/GET/*")
        api = Guarded(gateway, apigateway).authorizer(closed)
        api.mock("/pets", **api.guard).deploy()
        reply = api.call("/pets", headers=bearing("t"))
        assert (reply.status, reply.body, reply.error_type) == (500, NOTHING, "AuthorizerConfigurationException")
        assert teller.untouched()

    def test_a_function_that_is_not_there(self, gateway, apigateway):
        api = Guarded(gateway, apigateway).authorizer("arn:aws:lambda:us-east-1:000000000000:function:nobody")
        api.mock("/pets", **api.guard).deploy()
        assert api.call("/pets", headers=bearing("t")).body == NOTHING

    def test_a_function_that_dies(self, gateway, apigateway, lambda_):
        dead = functions.create(lambda_, "dead", "import os\ndef handler(event, context):\n    os._exit(1)\n")
        functions.allow(lambda_, "dead")
        api = Guarded(gateway, apigateway).authorizer(dead)
        api.mock("/pets", **api.guard).deploy()
        assert (api.call("/pets", headers=bearing("t")).status, api.call("/pets").status) == (500, 401)

    def test_gateway_responses_are_the_api_s(self, guarded, teller):
        api = guarded()
        for kind, status in [("UNAUTHORIZED", "418"), ("ACCESS_DENIED", "419"), ("AUTHORIZER_CONFIGURATION_ERROR", "519")]:
            api.client.put_gateway_response(
                restApiId=api.id, responseType=kind, statusCode=status,
                responseTemplates={"application/json": '{"m":$context.error.messageString,"p":"$context.authorizer.principalId"}'})
        api.deploy()
        assert (api.call("/pets").status, api.call("/pets").body) == (418, b'{"m":"Unauthorized","p":""}')
        teller.answer_json({"fail": "x"})
        reply = api.call("/pets", headers=bearing("broken"))
        assert (reply.status, reply.body) == (519, b'{"m":null,"p":""}')
        teller.answer_json({"principalId": "me", "policyDocument": policy(statement("Deny", "*"))})
        reply = api.call("/pets", headers=bearing("denied"))
        assert (reply.status, reply.json["p"]) == (419, "me")


class TestWhatItSays:
    CONTEXT = {"s": "a b", "n": 7, "t": True}

    def test_templates_read_it(self, guarded, teller):
        api = guarded()
        teller.answer_json(allow(context=self.CONTEXT))
        said = api.call("/pets", headers=bearing("t")).json
        assert said == {"principal": "me", "s": "a b", "n": "7", "t": "true", "none": "",
                        "all": "[s, n, t, principalId, integrationLatency]"}

    def test_functions_are_told(self, gateway, apigateway, door, echo, teller):
        api = Guarded(gateway, apigateway).authorizer(door)
        api.lambda_proxy("/pets", echo, method=api.guard).deploy()
        teller.answer_json(allow(context={**self.CONTEXT, "principalId": "forged", "integrationLatency": "forged"}))
        for kept in (False, True):
            said = api.call("/pets", headers=bearing("t")).json["requestContext"]["authorizer"]
            latency = said.pop("integrationLatency")
            assert said == {"s": "a b", "n": "7", "t": "true", "principalId": "me"}
            assert isinstance(latency, int) and (latency == 0 if kept else latency >= 0)

    def test_backends_are_told(self, gateway, apigateway, door, backend, teller):
        api = Guarded(gateway, apigateway).authorizer(door)
        api.http("/pets", backend.url, method=api.guard, requestParameters={
            "integration.request.header.X-Who": "context.authorizer.principalId",
            "integration.request.header.X-Nobody": "context.authorizer.none",
            "integration.request.querystring.n": "context.authorizer.n"})
        api.response("/pets").deploy()
        teller.answer_json(allow(context=self.CONTEXT))
        assert api.call("/pets", headers=bearing("t")).status == 200
        seen = backend.take()
        assert (seen.header("X-Who"), seen.header("X-Nobody"), seen.target) == ("me", None, "/?n=7")


class TestIdentity:
    @pytest.mark.parametrize("headers", [
        {}, {"Authorization": ""}, {"authorization2": "t"}, [("Authorization", "t"), ("Authorization", "t")],
        [("Authorization", "t"), ("authorization", "u")], [("Authorization", ""), ("Authorization", "t")],
    ], ids=str)
    def test_without_a_token_nobody_is_asked(self, guarded, teller, headers):
        reply = guarded().call("/pets", headers=headers)
        assert (reply.status, reply.body, reply.error_type) == (401, message("Unauthorized"), "UnauthorizedException")
        assert teller.untouched()

    def test_names_have_no_case(self, guarded, teller):
        teller.answer_json(allow())
        assert guarded().call("/pets", headers={"aUTHORIZATION": "t"}).status == 200
        assert told(teller)["authorizationToken"] == "t"

    def test_the_whole_token_must_match(self, guarded, teller):
        api = guarded(identityValidationExpression=r"Bearer [a-z]+\d?")
        for token in ("Bearer", "Bearer A", "xBearer a", "Bearer a12", "bearer a"):
            assert api.call("/pets", headers=bearing(token)).status == 401, token
        assert teller.untouched()
        teller.answer_json(allow())
        assert api.call("/pets", headers=bearing("Bearer abc1")).status == 200

    SOURCES = f"{TOKEN}, method.request.querystring.q, stageVariables.color, context.httpMethod"

    @pytest.mark.parametrize("path, headers, status", [
        ("/pets?q=1", {"Authorization": "t"}, 200), ("/pets", {"Authorization": "t"}, 401), ("/pets?q=1", {}, 401),
        ("/pets?q=", {"Authorization": "t"}, 401), ("/pets?Q=1", {"Authorization": "t"}, 401),
        ("/pets?q=1&q=", {"Authorization": "t"}, 401), ("/pets?q=1", [("Authorization", "t"), ("Authorization", "")], 401),
        ("/pets?%71=1", {"Authorization": "t"}, 200),
    ], ids=str)
    def test_all_sources_are_there(self, guarded, teller, path, headers, status):
        api = guarded(type="REQUEST", identitySource=self.SOURCES)
        teller.default.body = json.dumps(allow()).encode()
        assert api.call(path, headers=headers).status == status
        assert teller.untouched() == (status == 401)

    def test_a_stage_variable_is_missing(self, guarded, teller):
        api = guarded(type="REQUEST", identitySource="stageVariables.nothing")
        assert (api.call("/pets").status, teller.untouched()) == (401, True)

    def test_without_keeping_sources_may_be_missing(self, guarded, teller):
        api = guarded(type="REQUEST", authorizerResultTtlInSeconds=0)
        teller.answer_json(allow())
        assert (api.call("/pets").status, told(teller)["type"]) == (200, "REQUEST")


class TestKeptAnswers:
    def test_one_call_for_one_token(self, guarded, teller):
        api = guarded()
        for token in "abab":
            teller.default.body = json.dumps(allow(principal=token)).encode()
            assert api.call("/pets", headers=bearing(token)).json["principal"] == token
        assert teller.seen.qsize() == 2

    def test_the_policy_is_asked_for_each_method(self, guarded, teller):
        api = guarded()
        teller.answer_json(allow(api.arn("test/GET/pets")))
        statuses = [api.call(path, headers=bearing("t")).status for path in ("/pets", "/admin", "/pets")]
        assert (statuses, teller.seen.qsize()) == ([200, 403, 200], 1)

    def test_a_refusal_is_kept_too(self, guarded, teller):
        api = guarded()
        teller.answer_json({"principalId": "me", "policyDocument": policy(statement("Deny", "*"))})
        teller.default.body = json.dumps(allow()).encode()
        assert [api.call("/pets", headers=bearing("t")).status for _ in range(2)] == [403, 403]
        assert teller.seen.qsize() == 1

    @pytest.mark.parametrize("failure", ["Unauthorized", "broken"])
    def test_a_failure_is_not_kept(self, guarded, teller, failure):
        api = guarded()
        teller.answer_json({"fail": failure})
        teller.answer_json(allow())
        first, second = (api.call("/pets", headers=bearing("t")).status for _ in range(2))
        assert first in (401, 500) and second == 200

    def test_no_time_to_live(self, guarded, teller):
        api = guarded(authorizerResultTtlInSeconds=0)
        teller.default.body = json.dumps(allow()).encode()
        for _ in range(3):
            assert api.call("/pets", headers=bearing("t")).status == 200
        assert teller.seen.qsize() == 3

    def test_a_short_time_to_live(self, guarded, teller):
        api = guarded(authorizerResultTtlInSeconds=2)
        teller.default.body = json.dumps(allow()).encode()
        begun = time.monotonic()
        while teller.seen.qsize() < 2:
            assert api.call("/pets", headers=bearing("t")).status == 200
            assert time.monotonic() - begun < 60
        assert time.monotonic() - begun >= 2

    def test_other_apis_and_stages_know_nothing_of_it(self, guarded, teller):
        teller.default.body = json.dumps(allow()).encode()
        one, other = guarded(), guarded()
        one.deploy("second")
        for api, stage in [(one, "test"), (other, "test"), (one, "second"), (one, "test"), (other, "test")]:
            assert api.call("/pets", headers=bearing("t"), stage=stage).status == 200
        assert teller.seen.qsize() == 3

    def test_flushing_forgets(self, guarded, teller):
        api = guarded()
        api.deploy("other")
        teller.default.body = json.dumps(allow()).encode()
        calls = [("test", 1), ("other", 2), ("test", 2), ("other", 2)]
        for stage, count in calls:
            api.call("/pets", headers=bearing("t"), stage=stage)
            assert teller.seen.qsize() == count
        flushed = api.client.flush_stage_authorizers_cache(restApiId=api.id, stageName="test")
        assert flushed["ResponseMetadata"]["HTTPStatusCode"] == 202
        for stage, count in [("other", 2), ("test", 3), ("test", 3)]:
            api.call("/pets", headers=bearing("t"), stage=stage)
            assert teller.seen.qsize() == count

    def test_nobody_takes_another_s_place(self, guarded, teller):
        """Values run together, repeated and swapped are other callers."""
        api = guarded(type="REQUEST", identitySource=f"{TOKEN},method.request.querystring.q")
        callers = [("a", "q=b"), ("b", "q=a"), ("ab", "q=1"), ("a", "q=b1"), ("a", "q=b&q=b"), ("a,b", "q=1"), ("a", "q=b%00"),
                   ("a 1:b", "q=1"), ("a", "q=1%201:b"), ("1:a", "q=b")]
        for index, (token, query) in enumerate(callers):
            teller.answer_json(allow(principal=str(index)))
            assert api.call(f"/pets?{query}", headers=bearing(token)).json["principal"] == str(index), (token, query)
        for first, second in [("x", "y"), ("y", "x")]:
            teller.answer_json(allow(principal=first))
            headers = [("Authorization", first), ("Authorization", second)]
            assert api.call("/pets?q=1", headers=headers).json["principal"] == first
        teller.answer_json(allow(principal="alone"))
        assert api.call("/pets?q=1", headers=bearing("x,y")).json["principal"] == "alone"


class TestPaths:
    """A policy for one path is a policy for no other, however it is written."""
    TRICKS = ["/public/../admin", "/public/..%2fadmin", "/public/%2e%2e/admin", "/public//..//admin", "/public/%2E%2E%2Fadmin"]

    def test_tricks_do_not_pass_a_deny(self, gateway, apigateway, door, teller):
        api = Guarded(gateway, apigateway).authorizer(door)
        api.mock("/{proxy+}", "ANY", body="in", **api.guard)
        api.deploy()
        allowed = {"principalId": "me", "policyDocument": policy(
            statement("Allow", api.arn("test/*")), statement("Deny", api.arn("test/*/admin*")))}
        teller.default.body = json.dumps(allowed).encode()
        assert api.call("/public", headers=bearing("t")).status == 200
        for path in ["/admin", "/admin/", "//admin", *self.TRICKS]:
            assert api.call(path, headers=bearing("t")).status == 403, path

    def test_tricks_do_not_widen_an_allow(self, gateway, apigateway, door, teller):
        api = Guarded(gateway, apigateway).authorizer(door)
        api.mock("/{proxy+}", "ANY", body="in", **api.guard)
        api.deploy()
        teller.default.body = json.dumps(allow(api.arn("test/GET/public/*"))).encode()
        assert api.call("/public/x", headers=bearing("t")).status == 200
        for path in ["/Public/x", "/public", "/publicx/x", "/admin", *self.TRICKS]:
            assert api.call(path, headers=bearing("t")).status == 403, path
        assert api.call("/public/x", "POST", bearing("t")).status == 403


class TestDeployments:
    def test_an_authorizer_is_frozen(self, guarded, teller):
        api = guarded(authorizerResultTtlInSeconds=0)
        teller.default.body = json.dumps(allow()).encode()
        api.patch("update_authorizer", ("replace", "/identityValidationExpression", "never"),
                  authorizerId=api.guard["authorizerId"])
        assert api.call("/pets", headers=bearing("t")).status == 200
        api.deploy()
        assert api.call("/pets", headers=bearing("t")).status == 401

    def test_the_api_s_policy_comes_first(self, gateway, apigateway, door, teller):
        def resource_policy(effect):
            return json.dumps(policy({**statement(effect, "execute-api:/*"), "Principal": "*"}))
        for effect, answer, status, asked in [
            ("Deny", allow(), 403, 0), ("Allow", allow(), 200, 1), ("Allow", allow("arn:aws:execute-api:*:*:*/no/*"), 200, 1),
            ("Allow", {"principalId": "me", "policyDocument": policy(statement("Deny", "*"))}, 403, 1),
        ]:
            teller.reset()
            api = Guarded(gateway, apigateway, policy=resource_policy(effect)).authorizer(door)
            api.mock("/pets", **api.guard).deploy()
            teller.answer_json(answer)
            assert (api.call("/pets", headers=bearing("t")).status, teller.seen.qsize()) == (status, asked), (effect, answer)


def test_slow_authorizers_hold_nobody_else(guarded, teller, gateway):
    """A caller waits for its own answer only."""
    import threading
    api, release = guarded(), threading.Event()
    teller.answer(release=release, body=json.dumps(allow(principal="slow")).encode())
    slow = []
    waiting = threading.Thread(target=lambda: slow.append(api.call("/pets", headers=bearing("slow"))))
    waiting.start()
    teller.take()
    teller.answer_json(allow(principal="fast"))
    assert api.call("/pets", headers=bearing("fast")).json["principal"] == "fast"
    release.set()
    waiting.join(60)
    assert slow[0].json["principal"] == "slow"


class TestTestInvokeAuthorizer:
    def ask(self, api, **fields):
        answer = api.client.test_invoke_authorizer(restApiId=api.id, authorizerId=api.guard["authorizerId"], **fields)
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
        return answer

    def test_a_token(self, guarded, teller):
        api = guarded()
        teller.answer_json(allow(context={"a": "b"}))
        answer = self.ask(api, headers={"Authorization": "my-secret-token"})
        event = told(teller)
        assert event == {"type": "TOKEN", "methodArn": api.arn("ESTestInvoke-stage/GET/"), "authorizationToken": "my-secret-token"}
        assert (answer["clientStatus"], answer["principalId"]) == (0, "me")
        assert json.loads(answer["policy"]) == policy(statement("Allow", "*"))
        assert answer["latency"] >= 0
        lines = answer["log"].splitlines()
        assert lines[0].startswith("Execution log for request ")
        texts = [line.split(" : ", 1)[1] for line in lines[1:]]
        beginnings = ["Starting authorizer: ", "Incoming identity: ******-token", "Endpoint request URI: https://lambda.",
                      "Endpoint request headers: {", 'Endpoint request body after transformations: {"type":"TOKEN",',
                      "Sending request to https://lambda.", 'Authorizer result body before parsing: {"principalId"',
                      "Using valid authorizer policy for principal: ******", "Successfully completed authorizer execution"]
        assert [text[:len(start)] for text, start in zip(texts, beginnings, strict=True)] == beginnings
        assert "my-secret" not in answer["log"]

    def test_a_policy_that_denies_is_an_answer(self, guarded, teller):
        api = guarded()
        denying = policy(statement("Deny", "*"))
        teller.answer_json({"principalId": "me", "policyDocument": denying})
        answer = self.ask(api, headers={"Authorization": "t"})
        assert (answer["clientStatus"], json.loads(answer["policy"])) == (0, denying)

    def test_the_request(self, guarded, teller):
        api = guarded(type="REQUEST", identitySource=f"{TOKEN},method.request.querystring.q,stageVariables.v")
        teller.answer_json(allow())
        answer = self.ask(api, headers={"Authorization": "t"}, pathWithQueryString="/a/b?q=1", stageVariables={"v": "w"})
        event = told(teller)
        assert (event["methodArn"], event["path"]) == (api.arn("ESTestInvoke-stage/GET/a/b"), "/a/b")
        assert (event["queryStringParameters"], event["stageVariables"], answer["clientStatus"]) == ({"q": "1"}, {"v": "w"}, 0)

    def test_no_identity_source_is_shown(self, guarded, teller):
        """Whatever the header or parameter is called that tells who somebody is."""
        api = guarded(type="REQUEST", identitySource="method.request.header.x-who,method.request.querystring.q,context.httpMethod")
        teller.answer_json(allow())
        answer = self.ask(api, headers={"x-who": "secret-of-a-header"}, pathWithQueryString="/a?q=secret%20of%20a%20query&r=seen")
        assert told(teller)["headers"]["x-who"] == "secret-of-a-header"
        assert "secret-of" not in answer["log"] and "secret of" not in answer["log"] and "secret%20of" not in answer["log"]
        assert '"httpMethod":"GET"' in answer["log"] and '"r":"seen"' in answer["log"]

    @pytest.mark.parametrize("answer, status, line", [
        ({"fail": "Unauthorized"}, 401, "Unauthorized request: "), ({"fail": "x"}, 500, "AuthorizerConfigurationException"),
        ({}, 500, "Execution failed due to configuration error: Authorizer error"),
    ], ids=str)
    def test_failures(self, guarded, teller, answer, status, line):
        teller.answer_json(answer)
        answered = self.ask(guarded(), headers={"Authorization": "t"})
        assert (answered["clientStatus"], "policy" in answered) == (status, False)
        assert f" : {line}" in answered["log"]

    def test_without_identity_nobody_is_asked(self, guarded, teller):
        assert self.ask(guarded())["clientStatus"] == 401
        assert teller.untouched()

    def test_what_is_edited_is_asked_and_nothing_is_kept(self, guarded, teller):
        api = guarded(identityValidationExpression="never")
        api.patch("update_authorizer", ("replace", "/identityValidationExpression", "now"), authorizerId=api.guard["authorizerId"])
        teller.default.body = json.dumps(allow()).encode()
        for count in (1, 2):
            assert self.ask(api, headers={"Authorization": "now"})["clientStatus"] == 0
            assert teller.seen.qsize() == count
        assert api.call("/pets", headers=bearing("now")).status == 401

    def test_the_aws_cli(self, guarded, teller, aws):
        api = guarded()
        teller.answer_json(allow())
        done = aws("apigateway", "test-invoke-authorizer", "--rest-api-id", api.id, "--authorizer-id", api.guard["authorizerId"],
                   "--headers", "Authorization=t")
        assert json.loads(done.stdout)["principalId"] == "me"
        aws("apigateway", "flush-stage-authorizers-cache", "--rest-api-id", api.id, "--stage-name", "test")
