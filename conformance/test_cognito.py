"""COGNITO_USER_POOLS authorizers: tokens of an issuer that signs anything, and of a real local pool."""

import itertools
import json
import threading
import time

import pytest

from conftest import make_client
from harness import functions, raw
from harness.api import Api
from harness.backend import Answer
from harness.pools import CognitoLocal, Issuer, Key, arn
from harness.process import Gateway

UNAUTHORIZED = b'{"message":"Unauthorized"}'
EXPIRED = b'{"message":"The incoming token has expired"}'
UNKNOWN = b'{"message":null}'
DEADLINE = 30
CLAIMS = '{"sub": "$context.authorizer.claims.sub", "name": "$context.authorizer.claims[\'cognito:username\']"}'
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def issuer():
    running = Issuer()
    yield running
    running.close()


@pytest.fixture(scope="module")
def gateway_environment(issuer):
    return {"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": issuer.url}


@pytest.fixture
def pool(issuer):
    """A pool of the test's own: nothing is known of its keys."""
    issuer.publish(issuer.key)
    issuer.backend.answers.queue.clear()
    return f"us-east-1_Pool{next(NUMBERS)}"


def authorizer(api, *pools, name="people", header="Authorization", **fields):
    """The method fields that ask for a token of these pools."""
    made = api.client.create_authorizer(
        restApiId=api.id, name=name, type="COGNITO_USER_POOLS", providerARNs=[arn(pool) for pool in pools],
        identitySource=f"method.request.header.{header}", **fields)
    return {"authorizationType": "COGNITO_USER_POOLS", "authorizerId": made["id"]}


def guarded(api, *pools, scopes=(), body=CLAIMS, **fields):
    """An API whose `/` asks for a token."""
    asks = authorizer(api, *pools, **fields)
    api.mock("/", body=body, authorizationScopes=list(scopes), **asks)
    api.deploy()
    return api


def bearing(api, token, path="/", header="Authorization", **how):
    return api.call(path, headers={header: token}, **how)


def outcome(reply):
    return reply.status, reply.error_type, reply.body


REFUSED = (401, "UnauthorizedException", UNAUTHORIZED)


def until(condition):
    """Asks again and again; a deadline instead of a guess at how long it takes."""
    end = time.monotonic() + DEADLINE
    while not (found := condition()):
        assert time.monotonic() < end, "nothing changed"
        time.sleep(0.05)
    return found


class TestIdTokens:
    @pytest.mark.parametrize("prefix", ["", "Bearer ", "bearer ", "BEARER   "])
    def test_the_claims_of_a_good_token(self, api, issuer, pool, prefix):
        reply = bearing(guarded(api, pool), prefix + issuer.id_token(pool))
        assert (reply.status, reply.json) == (200, {"sub": "me", "name": "ann"})

    def test_aws_names_its_pools_too(self, api, issuer, pool):
        token = issuer.id_token(pool, iss=f"https://cognito-idp.us-east-1.amazonaws.com/{pool}")
        assert bearing(guarded(api, pool), token).status == 200

    @pytest.mark.parametrize("case", [
        dict(iss="https://evil.example.com/us-east-1_X"), dict(iss=None), dict(iss=7), dict(token_use="access"),
        dict(token_use=None), dict(token_use="refresh"), dict(token_use=["id"]), dict(exp=None), dict(exp="4102444800"),
        dict(exp=True), dict(nbf=4102444800), dict(iat=4102444800), dict(header={"alg": "none"}),
        dict(header={"alg": "HS256"}), dict(header={"alg": "RS384"}), dict(header={"alg": "ES256"}),
        dict(header={"kid": "unknown"}), dict(header={"kid": None}), dict(header={"crit": ["exp"]}),
    ], ids=str)
    def test_tokens_that_do_not_count(self, api, issuer, pool, case):
        guarded(api, pool)
        assert bearing(api, issuer.id_token(pool)).status == 200
        assert outcome(bearing(api, issuer.id_token(pool, **case))) == REFUSED

    def test_forgeries(self, api, issuer, pool):
        guarded(api, pool)
        good = issuer.id_token(pool)
        header, payload, signature = good.split(".")
        _, other, _ = issuer.id_token(pool, sub="you").split(".")
        stranger = Key(issuer.key.kid)
        brought = {"jwk": stranger.jwk, "jku": "http://evil.example.com/keys", "x5u": "http://evil.example.com/c"}
        forged = [
            f"{header}.{other}.{signature}", f"{header}.{payload}.", f"{header}.{payload}", f"{header}..{signature}",
            f"{good}.x", good[:-2], good + "=", good.replace(".", "%2E"), issuer.forged_with_secret(pool),
            issuer.id_token(pool, key=stranger), issuer.id_token(pool, key=stranger, header=brought),
            "garbage", "Bearer", "Bearer ", f"Bearer Bearer {good}", f"Basic {good}", f"{good} {good}", f"{good},{good}",
            "x" * 7000, ".".join(["e30"] * 3), "...", "AWS4-HMAC-SHA256 Credential=x",
        ]
        for token in forged:
            assert outcome(bearing(api, token)) == REFUSED, token[:100]
        assert bearing(api, good).status == 200

    def test_the_header_must_be_there_once(self, api, issuer, pool):
        guarded(api, pool)
        token = issuer.id_token(pool)
        assert outcome(api.call()) == REFUSED
        for headers in ([("Authorization", token), ("Authorization", token)],
                        [("Authorization", "x"), ("authorization", token)],
                        [("Authorization", ""), ("AUTHORIZATION", token)],
                        [("X-Authorization", token)], [("Authorization_", token)]):
            assert outcome(api.call(headers=headers)) == REFUSED, headers
        assert outcome(api.call(f"/?Authorization={token}")) == REFUSED
        assert api.call(headers=[("aUTHORIZATION", token)]).status == 200

    def test_another_header(self, api, issuer, pool):
        guarded(api, pool, header="X-Token")
        token = issuer.id_token(pool)
        assert outcome(bearing(api, token)) == REFUSED
        assert bearing(api, token, header="x-token").status == 200

    def test_an_expired_token_says_so(self, api, issuer, pool):
        guarded(api, pool)
        token = issuer.id_token(pool, exp=int(time.time()) - 1)
        assert outcome(bearing(api, token)) == (401, "UnauthorizedException", EXPIRED)
        assert outcome(bearing(api, token[:-8] + "AAAAAAAA")) == REFUSED

    def test_an_access_token_is_none(self, api, issuer, pool):
        assert outcome(bearing(guarded(api, pool), issuer.access_token(pool, "a"))) == REFUSED

    @pytest.mark.parametrize("expression, audience, status", [
        ("client", "client", 200), ("cli", "client", 401), ("^cli.*", "client", 200), ("a|b", "b", 200),
        ("client", ["other", "client"], 200), ("client", None, 401), ("client", "", 401), (".*", None, 401),
    ])
    def test_the_audience_matches_the_expression(self, api, issuer, pool, expression, audience, status):
        guarded(api, pool, identityValidationExpression=expression)
        assert bearing(api, issuer.id_token(pool, aud=audience)).status == status


class TestScopes:
    def test_one_scope_is_enough(self, api, issuer, pool):
        guarded(api, pool, scopes=["shop/read", "shop/write"])
        for scope, status in [("shop/read", 200), ("x shop/write y", 200), ("shop/writes", 401), ("SHOP/READ", 401),
                              ("shop", 401), ("", 401), (None, 401), (["shop/read"], 200), ({"shop/read": 1}, 401)]:
            reply = bearing(api, issuer.access_token(pool, scope))
            assert reply.status == status, scope
            assert status == 200 or outcome(reply) == REFUSED

    def test_an_id_token_has_none(self, api, issuer, pool):
        guarded(api, pool, scopes=["shop/read"])
        assert outcome(bearing(api, issuer.id_token(pool))) == REFUSED
        assert outcome(bearing(api, issuer.id_token(pool, scope="shop/read"))) == REFUSED

    def test_a_verdict_counts_for_its_method_only(self, api, issuer, pool):
        asks = authorizer(api, pool)
        api.mock("/read", body="read", authorizationScopes=["read"], **asks)
        api.mock("/write", body="write", authorizationScopes=["write"], **asks)
        api.mock("/any", body="any", **asks)
        api.deploy()
        token = issuer.access_token(pool, "read")
        for _ in range(3):
            assert [bearing(api, token, path).status for path in ("/read", "/write", "/any")] == [200, 401, 401]


class TestRemembering:
    def test_callers_are_told_apart(self, api, issuer, pool):
        guarded(api, pool)
        tokens = {name: issuer.id_token(pool, sub=name) for name in ("ann", "bob", "eve")}
        for _ in range(3):
            for name, token in tokens.items():
                assert bearing(api, token).json["sub"] == name

    def test_apis_and_pools_are_told_apart(self, shared_api, issuer, pool):
        other = f"us-east-1_Pool{next(NUMBERS)}"
        mine, theirs = guarded(shared_api(), pool), guarded(shared_api(), other)
        token = issuer.id_token(pool)
        for _ in range(2):
            assert (bearing(mine, token).status, outcome(bearing(theirs, token))) == (200, REFUSED)

    def test_authorizers_of_one_api_are_told_apart(self, api, issuer, pool):
        strict = authorizer(api, pool, name="strict", identityValidationExpression="admins")
        api.mock("/open", body="open", **authorizer(api, pool)).mock("/strict", body="strict", **strict)
        api.deploy()
        token = issuer.id_token(pool)
        for _ in range(2):
            assert [bearing(api, token, path).status for path in ("/open", "/strict")] == [200, 401]

    def test_a_remembered_token_expires(self, api, issuer, pool):
        guarded(api, pool)
        token = issuer.id_token(pool, exp=int(time.time()) + 6)
        assert bearing(api, token).status == 200
        reply = until(lambda: (said := bearing(api, token)).status != 200 and said)
        assert outcome(reply) == (401, "UnauthorizedException", EXPIRED)

    def test_a_redeployed_authorizer_knows_nobody(self, api, issuer, pool):
        guarded(api, pool)
        token = issuer.id_token(pool)
        assert bearing(api, token).status == 200
        found = api.client.get_authorizers(restApiId=api.id)["items"][0]["id"]
        api.patch("update_authorizer", ("replace", "/identityValidationExpression", "others"), authorizerId=found)
        assert bearing(api, token).status == 200
        api.deploy()
        assert outcome(bearing(api, token)) == REFUSED

    def test_nothing_is_remembered_without_time(self, api, issuer, pool):
        guarded(api, pool, authorizerResultTtlInSeconds=0)
        token = issuer.id_token(pool)
        assert [bearing(api, token).status for _ in range(3)] == [200] * 3


class TestKeys:
    def test_keys_are_fetched_once(self, api, issuer, pool):
        guarded(api, pool)
        issuer.backend.seen.queue.clear()
        for number in range(5):
            assert bearing(api, issuer.id_token(pool, sub=str(number))).status == 200
        asked = [seen.target for seen in issuer.backend.seen.queue]
        assert asked == [f"/{pool}/.well-known/jwks.json"]

    def test_keys_rotate(self, api, issuer, pool):
        guarded(api, pool)
        assert bearing(api, issuer.id_token(pool)).status == 200
        new = Key("second")
        issuer.publish(new)
        assert bearing(api, issuer.id_token(pool, key=new)).status == 200
        assert outcome(bearing(api, issuer.id_token(pool, sub="someone"))) == REFUSED

    def test_unknown_keys_ask_no_more_than_once(self, api, issuer, pool):
        guarded(api, pool)
        assert bearing(api, issuer.id_token(pool)).status == 200
        issuer.backend.seen.queue.clear()
        for number in range(30):
            assert outcome(bearing(api, issuer.id_token(pool, header={"kid": f"k{number}"}))) == REFUSED
        # One question at once; another may follow when the calls themselves take long.
        assert 1 <= issuer.backend.seen.qsize() <= 5

    def test_without_keys_nobody_is_let_in(self, api, issuer, pool, gateway):
        guarded(api, pool)
        issuer.fail()
        mark = len(gateway.output.lines)
        reply = bearing(api, issuer.id_token(pool))
        assert outcome(reply) == (500, "AuthorizerConfigurationException", UNKNOWN)
        gateway.output.wait_for(rf"no keys from .*{pool}.* answered 503", since=mark)
        assert outcome(bearing(api, issuer.id_token(pool, header={"alg": "none"}))) == REFUSED
        issuer.publish(issuer.key)
        until(lambda: bearing(api, issuer.id_token(pool)).status == 200)

    @pytest.mark.parametrize("answer", [
        dict(body=b"<html>"), dict(body=b'{"keys":[]}'), dict(body=b"[" * 100_000), dict(body=b" " * 200_000),
        dict(status=302, headers=(("Location", "http://127.0.0.1:1/keys"),)), dict(status=404), dict(raw=b"nonsense"),
        dict(raw=b""), dict(promise=1000),
    ], ids=lambda it: str(it)[:40])
    def test_what_is_no_key_set_is_no_keys(self, api, issuer, pool, answer):
        guarded(api, pool)
        issuer.backend.default = Answer(**answer)
        assert bearing(api, issuer.id_token(pool)).status == 500

    def test_an_outage_spares_known_keys(self, api, issuer, pool):
        guarded(api, pool)
        assert bearing(api, issuer.id_token(pool)).status == 200
        issuer.fail()
        assert bearing(api, issuer.id_token(pool, sub="new")).status == 200
        assert outcome(bearing(api, issuer.id_token(pool, header={"kid": "other"}))) == REFUSED
        assert bearing(api, issuer.id_token(pool, sub="newer")).status == 200

    def test_a_slow_issuer_holds_nobody_else(self, shared_api, issuer, pool):
        other = f"us-east-1_Pool{next(NUMBERS)}"
        slow, quick = guarded(shared_api(), pool), guarded(shared_api(), other)
        assert bearing(quick, issuer.id_token(other)).status == 200
        release = threading.Event()
        issuer.backend.answer(release=release)
        replies = []
        waiting = [threading.Thread(target=lambda: replies.append(bearing(slow, issuer.id_token(pool)))) for _ in range(4)]
        for thread in waiting:
            thread.start()
        until(lambda: issuer.backend.answers.empty())
        assert bearing(quick, issuer.id_token(other, sub="new")).status == 200
        # The slow ones wait for five seconds, which one call never takes.
        assert not replies
        for number in range(20):
            assert bearing(quick, issuer.id_token(other, sub=str(number))).status == 200
        for thread in waiting:
            thread.join(DEADLINE)
        release.set()
        assert [reply.status for reply in replies] == [500] * 4

    def test_several_pools_and_stage_variables(self, api, issuer, pool):
        other = f"us-east-1_Pool{next(NUMBERS)}"
        guarded(api, "${stageVariables.pool}", other)
        set_pool = lambda value: api.patch("update_stage", ("replace", "/variables/pool", value), stageName="test")
        set_pool(pool)
        mine, theirs = issuer.id_token(pool), issuer.id_token(other)
        assert [bearing(api, token).status for token in (mine, theirs)] == [200, 200]
        set_pool("us-east-1_Elsewhere")
        assert [bearing(api, token).status for token in (mine, theirs)] == [401, 200]
        set_pool("..")
        assert bearing(api, issuer.id_token(pool, sub="new")).status == 500


class TestWhatFollows:
    def test_the_event_of_a_function(self, api, issuer, pool, lambda_):
        name = f"claims-{pool}"
        function = functions.create(lambda_, name)
        functions.allow(lambda_, name)
        api.lambda_proxy("/", function, "GET", method=authorizer(api, pool))
        api.deploy()
        groups, identities = ["admins", "users"], [{"userId": "1", "primary": True}, {"userId": "2"}]
        token = issuer.id_token(pool, iat=1_600_000_000, exp=4_102_444_800, auth_time=1_600_000_000, email_verified=True,
                                height=1.5, nothing=None, **{"cognito:groups": groups, "identities": identities})
        claims = bearing(api, token).json["requestContext"]["authorizer"]
        assert claims == {"claims": {
            "sub": "me", "aud": "client", "token_use": "id", "iss": f"{issuer.url}/{pool}", "cognito:username": "ann",
            "auth_time": "1600000000", "iat": "Sun Sep 13 12:26:40 UTC 2020", "exp": "Fri Jan 01 00:00:00 UTC 2100",
            "email_verified": "true", "height": "1.5", "cognito:groups": "admins,users",
            "identities": '{"userId":"1","primary":true},{"userId":"2"}'}}

    def test_claims_in_mappings_and_to_backends(self, api, issuer, pool, backend):
        api.http("/", backend.url, "GET", method=authorizer(api, pool), requestParameters={
            "integration.request.header.X-Sub": "context.authorizer.claims.sub",
            "integration.request.header.X-Missing": "context.authorizer.claims.nobody"})
        api.response("/", "GET")
        api.deploy()
        assert bearing(api, issuer.id_token(pool, sub="you")).status == 200
        seen = backend.take()
        assert (seen.header("x-sub"), seen.header("x-missing")) == ("you", None)

    def test_a_refused_call_reaches_nothing(self, api, issuer, pool, backend):
        api.http_proxy("/", backend.url, method=authorizer(api, pool))
        api.deploy()
        assert outcome(bearing(api, "x", method="POST", body=b"y" * 1000)) == REFUSED
        assert backend.untouched()

    def test_a_customised_answer(self, api, issuer, pool):
        api.client.put_gateway_response(
            restApiId=api.id, responseType="UNAUTHORIZED", statusCode="418",
            responseParameters={"gatewayresponse.header.WWW-Authenticate": "'Bearer'"},
            responseTemplates={"text/plain": "$context.error.responseType $context.error.message"})
        guarded(api, pool)
        reply = bearing(api, "x")
        assert (reply.status, reply.text, reply.header("www-authenticate")) == (418, "UNAUTHORIZED Unauthorized", "Bearer")

    def test_other_methods_stay_open(self, api, issuer, pool):
        api.mock("/open", body="open")
        guarded(api, pool)
        assert api.call("/open").text == "open"
        assert outcome(api.call("/")) == REFUSED

    def test_no_token_is_logged(self, api, issuer, pool, gateway):
        guarded(api, pool)
        tokens = [issuer.id_token(pool), issuer.id_token(pool, key=Key("x")), issuer.id_token(pool, exp=1)]
        for token in tokens:
            bearing(api, token)
        bearing(api, issuer.id_token(pool))
        text = gateway.output.text()
        for token in tokens:
            assert token not in text and token.split(".")[2] not in text


CONFIGURATION = """\
access_log:
  target: access.log
  format: '$context.path $context.authorizer.claims.sub $context.authorizer.status $context.authorizer.error'
cognito:
  {pool}:
    issuer: http://pool.test/{pool}
    jwks: {url}/{pool}/.well-known/jwks.json
  foreign_1:
    issuer: https://id.example.com/realms/main
    jwks: keys.json
"""


@pytest.fixture(scope="class")
def local(tmp_path_factory):
    running = CognitoLocal(tmp_path_factory.mktemp("cognito"))
    yield running
    running.stop()


@pytest.fixture(scope="class")
def house(local, tmp_path_factory, issuer):
    """A gateway whose configuration knows the local pool and another issuer; (gateway, pool, client of the pool, folder)."""
    pool, client = local.pool()
    folder = tmp_path_factory.mktemp("house")
    (folder / "stagedoor.yaml").write_text(CONFIGURATION.format(pool=pool, url=local.url))
    (folder / "keys.json").write_text(json.dumps({"keys": [issuer.key.jwk]}))
    gateway = Gateway(folder / ".data", [str(folder)]).start()
    yield gateway, pool, client, folder
    assert gateway.stop() == 0, gateway.output.text()[-4000:]


class TestRealPools:
    def test_sign_up_sign_in_and_call(self, local, house):
        gateway, pool, client, _ = house
        api = Api(gateway, make_client("apigateway", gateway))
        asks = authorizer(api, pool)
        api.mock("/id", body="$context.authorizer.claims.email", **asks)
        api.mock("/access", body="$context.authorizer.claims.client_id",
                 authorizationScopes=["aws.cognito.signin.user.admin"], **asks)
        api.mock("/scope", body="x", authorizationScopes=["shop/write"], **asks)
        api.deploy()
        tokens = local.sign_up(client, "ann@example.com")
        said = {path: [bearing(api, tokens[kind], path).text for kind in ("IdToken", "AccessToken", "RefreshToken")]
                for path in ("/id", "/access", "/scope")}
        refused = UNAUTHORIZED.decode()
        assert said == {"/id": ["ann@example.com", refused, refused], "/access": [refused, client, refused],
                        "/scope": [refused] * 3}

    def test_an_issuer_that_is_no_cognito(self, house, issuer):
        gateway, _, _, folder = house
        api = guarded(Api(gateway, make_client("apigateway", gateway)), "foreign_1")
        token = lambda **claims: issuer.id_token("x", iss="https://id.example.com/realms/main", **claims)
        assert bearing(api, token()).status == 200
        assert bearing(api, token(token_use=None)).status == 200
        assert bearing(api, token(token_use="access")).status == 401
        assert bearing(api, issuer.id_token("foreign_1")).status == 401
        expected = ["me 200 -", "me 200 -", "- 401 Unauthorized", "- 401 Unauthorized"]
        lines = lambda: [line.split(" ", 1)[1] for line in (folder / "access.log").read_text().splitlines()[-4:]]
        until(lambda: lines() == expected)

    def test_a_mistake_in_the_configuration(self, tmp_path):
        (tmp_path / "stagedoor.yaml").write_text("cognito:\n  people: http://localhost:9229/people\n")
        with pytest.raises(AssertionError, match=r"2:3: `people` is neither the id nor the ARN of a user pool"):
            Gateway(tmp_path / ".data", [str(tmp_path)]).start()
