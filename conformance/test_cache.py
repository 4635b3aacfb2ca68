"""Cached replies: what makes two calls one, how long replies are kept, who may renew them, and what is never shared."""

import base64
import concurrent.futures
import gzip
import itertools
import json
import re
import signal
import threading

import pytest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from conftest import make_client
from harness import raw, signing
from harness.api import Api, message
from harness.metering import advance
from harness.process import Gateway

# A reply that no other execution of the template gives.
UNIQUE = "$context.requestId"
RENEW = {"Cache-Control": "max-age=0"}
IGNORED = "199 Cache-control headers were ignored because the caller was unauthorized."
PARAMETERS = {f"method.request.{place}.{name}": False for place, name in
              [("querystring", "type"), ("querystring", "dept"), ("header", "X-Kind"), ("path", "proxy")]}


def cached(api, *more, stage="test", size="0.5"):
    """Gives the deployed stage a cluster that caches GET, and further settings."""
    api.patch("update_stage", ("replace", "/cacheClusterEnabled", "true"), ("replace", "/cacheClusterSize", size),
              ("replace", "/*/*/caching/enabled", "true"), *more, stageName=stage)
    return api


def unique(api, path="/", verb="GET", keys=(), parameters=None, namespace=None, **method):
    """A MOCK whose reply tells executions apart."""
    api.method(path, verb, requestParameters=parameters or {key: False for key in keys if key.startswith("method.")}, **method)
    fields = {"cacheNamespace": namespace} if namespace else {}
    api.integration(path, verb, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'},
                    cacheKeyParameters=list(keys), **fields)
    return api.response(path, verb, responseTemplates={"application/json": UNIQUE})


def body(api, path="/", *arguments, **how):
    reply = api.call(path, *arguments, **how)
    assert reply.status == 200, reply.text
    return reply.text


def is_kept(api, path="/", **how):
    return body(api, path, **how) == body(api, path, **how)


def setting(path, verb, name, value):
    return ("replace", f"/{path.replace('/', '~1')}/{verb}/caching/{name}", value)


# What makes two calls one

KEYED = ["method.request.querystring.type", "method.request.header.X-Kind"]
SAME = [
    (("?type=a", {}), ("?type=a", {}), True),
    (("?type=a&dept=A", {}), ("?type=a&dept=B", {}), True),
    (("?dept=A&type=a", {}), ("?type=a", {}), True),
    (("?type=a", {}), ("?type=b", {}), False),
    (("?type=a", {}), ("?TYPE=a", {}), False),
    (("", {}), ("?type=", {}), False),
    (("", {}), ("?dept=A", {}), True),
    (("?type=a", {}), ("?type=a&type=a", {}), False),
    (("?type=a&type=b", {}), ("?type=b&type=a", {}), False),
    (("?type=a&type=b", {}), ("?type=a&type=b", {}), True),
    (("?type=a%20b", {}), ("?type=a+b", {}), True),
    (("?type=a", {"X-Kind": "k"}), ("?type=a", {}), False),
    (("", {"X-Kind": "k"}), ("", {"x-kind": "k"}), True),
    (("", {"X-Kind": "k"}), ("", {"X-Kind": "K"}), False),
    (("", [("X-Kind", "a"), ("X-Kind", "b")]), ("", {"X-Kind": "a,b"}), False),
    (("", [("X-Kind", "a"), ("X-Kind", "b")]), ("", [("X-Kind", "b")]), False),
    (("", [("X-Kind", "a"), ("X-Kind", "b")]), ("", [("x-kind", "a"), ("X-KIND", "b")]), True),
    (("", {"X-Other": "1"}), ("", {"X-Other": "2"}), True),
    (("", {"Accept": "text/html"}), ("", {"Accept": "text/plain"}), True),
    (("?type=k", {}), ("", {"X-Kind": "k"}), False),
    (("", {"Cookie": "a"}), ("", {"Authorization": "b"}), True),
]


@pytest.fixture(scope="module")
def keyed(shared_api):
    api = unique(shared_api(), "/p", keys=KEYED, parameters={key: False for key in PARAMETERS if "path" not in key})
    api.deploy()
    return cached(api)


@pytest.mark.parametrize("one, other, same", SAME)
def test_declared_parameters_make_the_key(keyed, one, other, same):
    keyed.client.flush_stage_cache(restApiId=keyed.id, stageName="test")
    replies = [body(keyed, f"/p{query}", headers=headers) for query, headers in (one, other, one)]
    assert (replies[0] == replies[1]) == same
    assert replies[0] == replies[2]


@pytest.mark.parametrize("query, headers", [("", {"X-Kind": "\xff"}), ("?type=%ff", {})], ids=["header", "query"])
def test_what_is_no_text_is_kept_for_nobody(keyed, query, headers):
    """Two that are none could not be told apart."""
    assert not is_kept(keyed, f"/p{query}", headers=headers)


def test_paths_are_parted_by_their_parameter_only(api):
    unique(api, "/keyed/{proxy+}", keys=["method.request.path.proxy"])
    unique(api, "/shared/{proxy+}")
    api.deploy()
    cached(api)
    assert body(api, "/keyed/a/b") == body(api, "/keyed/a/b") != body(api, "/keyed/a/c")
    assert body(api, "/shared/a") == body(api, "/shared/b/c")


def test_parameters_of_the_integration_are_what_is_mapped_to_them(api):
    """`integration.request.header.X`: the value sent decides, wherever it comes from."""
    api.method("/", requestParameters={"method.request.querystring.a": False, "method.request.header.X-B": False})
    mapped = {"integration.request.querystring.q": "method.request.querystring.a",
              "integration.request.header.X-Fixed": "'always'"}
    api.integration("/", type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'},
                    requestParameters=mapped, cacheKeyParameters=list(mapped))
    api.response("/", responseTemplates={"application/json": UNIQUE}).deploy()
    cached(api)
    assert body(api, "/?a=1") == body(api, "/?a=1&b=2") != body(api, "/?a=2")


def test_a_namespace_is_shared_by_its_methods_and_verbs_share_nothing(api):
    for path, namespace in [("/a", "together"), ("/b", "together"), ("/c", None), ("/d", None)]:
        unique(api, path, namespace=namespace)
    unique(api, "/a", "POST", namespace="together").deploy()
    cached(api, setting("/a", "POST", "enabled", "true"))
    assert body(api, "/a") == body(api, "/b")
    assert body(api, "/a") != body(api, "/a", "POST") == body(api, "/a", "POST")
    assert body(api, "/c") != body(api, "/d")


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_other_verbs_are_cached_only_by_a_setting_of_their_own(api, verb):
    unique(api, "/p", verb).deploy()
    cached(api)

    def kept():
        ids = [api.call("/p", verb) for _ in range(2)]
        assert [reply.status for reply in ids] == [200, 200]
        # A reply to HEAD has no body: its length tells nothing, but the log of hits does.
        return ids[0].body == ids[1].body
    if verb == "HEAD":
        assert hits(api.gateway, kept) == 0
    else:
        assert not kept()
    # A throttle of its own brings no caching along.
    api.patch("update_stage", ("replace", f"/~1p/{verb}/throttling/rateLimit", "1000"), stageName="test")
    assert verb == "HEAD" or not kept()
    api.patch("update_stage", setting("/p", verb, "enabled", "true"), stageName="test")
    if verb == "HEAD":
        assert hits(api.gateway, kept) == 1
    else:
        assert kept()


def hits(gateway, work):
    def count():
        return sum(int(n) for n in re.findall(r'stagedoor_cache_hits_total\{.*\} (\d+)', raw.send(gateway.port, "GET", "/metrics").text))
    before = count()
    work()
    return count() - before


def test_a_method_for_any_verb(api):
    unique(api, "/p", "ANY").deploy()
    cached(api)
    assert is_kept(api, "/p") and not is_kept(api, "/p", method="POST")
    api.patch("update_stage", setting("/p", "POST", "enabled", "true"), stageName="test")
    assert is_kept(api, "/p", method="POST") and not is_kept(api, "/p", method="PUT")
    assert body(api, "/p") != body(api, "/p", method="POST")


# For how long

def test_replies_are_kept_for_their_time(gateway, api):
    unique(api).deploy()
    cached(api, ("replace", "/*/*/caching/ttlInSeconds", "60"))
    first = body(api)
    advance(gateway, 10)
    assert body(api) == first
    advance(gateway, 51)
    second = body(api)
    assert second != first and body(api) == second


def test_what_ends_while_a_call_arrives_is_not_its_answer(gateway, api):
    unique(api).deploy()
    cached(api, ("replace", "/*/*/caching/ttlInSeconds", "60"))
    first = body(api)
    with raw.Connection(gateway.port) as slow:
        slow.send(raw.encode("GET", "/test/", [("Host", api.host), ("Content-Length", "2")], b"{"))
        assert body(api) == first
        advance(gateway, 61)
        slow.send(b"}")
        reply = slow.read_reply()
    assert reply.status == 200 and reply.text != first


@pytest.mark.parametrize("ttl, wait, kept", [("0", 0, False), ("3600", 3000, True), ("300", 100, True), ("300", 301, False)])
def test_times_to_live(gateway, api, ttl, wait, kept):
    unique(api).deploy()
    cached(api, ("replace", "/*/*/caching/ttlInSeconds", ttl))
    first = body(api)
    if wait:
        advance(gateway, wait)
    assert (body(api) == first) == kept


def test_overrides_and_their_end_need_no_deployment(api):
    for path in ("/a", "/b"):
        unique(api, path)
    api.deploy()
    cached(api, setting("/a", "GET", "enabled", "false"))
    assert not is_kept(api, "/a") and is_kept(api, "/b")
    api.patch("update_stage", setting("/a", "GET", "enabled", "true"), ("replace", "/*/*/caching/enabled", "false"), stageName="test")
    assert is_kept(api, "/a") and not is_kept(api, "/b")
    api.patch("update_stage", ("replace", "/cacheClusterEnabled", "false"), stageName="test")
    assert not is_kept(api, "/a")


@pytest.mark.parametrize("value", ["3601", "-1", "x", ""])
def test_times_out_of_range_are_refused(keyed, value):
    with pytest.raises(ClientError) as refused:
        keyed.patch("update_stage", ("replace", "/*/*/caching/ttlInSeconds", value), stageName="test")
    assert refused.value.response["Error"]["Code"] == "BadRequestException"


# What is kept

@pytest.mark.parametrize("status", [200, 201, 302, 404, 500])
def test_whatever_the_integration_answers_is_kept(api, backend, status):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    backend.answer(status=status, body=b"first", headers=(("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")))
    first, second = api.call(), api.call()
    assert (first.status, first.body, first.all("Set-Cookie")) == (status, b"first", ["a=1", "b=2"])
    assert (second.status, second.body, second.all("Set-Cookie"), second.header("Content-Type")) == (
        status, b"first", ["a=1", "b=2"], "text/plain")
    backend.take()
    assert backend.untouched()
    # What belongs to a call is its own.
    for name in ("x-amzn-RequestId", "x-amz-apigw-id"):
        assert first.header(name) != second.header(name)


@pytest.mark.parametrize("status, asked", [(206, {"Range": "bytes=0-1"}), (304, {"If-None-Match": '"a"'}), (412, {"If-Match": '"b"'}),
                                           (416, {"Range": "bytes=9-"})])
def test_what_answers_one_clients_condition_is_not_kept_for_others(api, backend, status, asked):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    backend.answer(status=status, body=b"" if status == 304 else b"{}")
    assert api.call(headers=asked).status == status
    assert api.call().status == 200


def test_failures_of_the_integration_are_not_kept(api, backend):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    backend.answer(raw=b"this is no HTTP\r\n\r\n")
    assert api.call().status >= 500
    assert api.call().status == 200


@pytest.mark.parametrize("size, encrypted, kept", [
    (0, False, True), (1_048_576, False, True), (1_048_577, False, False), (1_048_576, True, False), (1_000_000, True, True)])
def test_the_largest_reply_is_a_megabyte(api, backend, size, encrypted, kept):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api, ("replace", "/*/*/caching/dataEncrypted", str(encrypted).lower()))
    backend.default.body = b"x" * size
    assert all(len(api.call().body) == size for _ in range(2))
    backend.take()
    assert backend.untouched() == kept


def test_streamed_replies_are_not_kept(api, backend):
    api.http_proxy("/", backend.url, verb="GET", responseTransferMode="STREAM").deploy()
    cached(api)
    for _ in range(2):
        assert api.call().status == 200
        backend.take()


def test_each_client_gets_its_own_coding(apigateway, gateway, backend):
    api = Api(gateway, apigateway, minimumCompressionSize=0)
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    backend.default.body = b'{"a": 1}' * 100
    zipped = api.call(headers={"Accept-Encoding": "gzip"})
    plain = api.call()
    assert zipped.header("Content-Encoding") == "gzip" and gzip.decompress(zipped.body) == plain.body
    assert plain.header("Content-Encoding") is None
    backend.take()
    assert backend.untouched()


@pytest.mark.parametrize("varies, asks, kept", [
    ("Accept-Encoding", "gzip, br", True), ("Accept-Encoding", "*", True), ("Accept-Encoding", "gzip, br;q=0", False),
    ("Accept-Encoding", "identity", False), ("Origin, accept-encoding", None, False), ("Origin", None, True), (None, None, True)])
def test_what_the_backend_coded_is_for_those_who_take_the_coding(api, backend, varies, asks, kept):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    coded = b"\x0b\x02\x80hello\x03"
    backend.default.body = coded
    backend.default.headers = (("Content-Encoding", "br"), *([("Vary", varies)] if varies else []))
    assert api.call(headers={"Accept-Encoding": "br"}).body == coded
    backend.default.body, backend.default.headers = b"hello", ()
    assert api.call(headers={"Accept-Encoding": asks} if asks else {}).body == (coded if kept else b"hello")
    # Whoever went alone took nothing from the others.
    assert api.call(headers={"Accept-Encoding": "br"}).body == coded


def test_binary_replies_come_back_byte_for_byte(apigateway, gateway, backend):
    api = Api(gateway, apigateway, binaryMediaTypes=["image/png"])
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api, ("replace", "/*/*/caching/dataEncrypted", "true"))
    picture = base64.b64decode("iVBORw0KGgo=") + bytes(range(256))
    backend.default.body, backend.default.headers = picture, (("Content-Type", "image/png"),)
    assert [api.call(headers={"Accept": "image/png"}).body for _ in range(2)] == [picture] * 2
    backend.take()
    assert backend.untouched()


def test_tests_of_a_method_are_not_cached(api):
    unique(api).deploy()
    cached(api)
    test = lambda: api.client.test_invoke_method(restApiId=api.id, resourceId=api.root, httpMethod="GET")["body"]
    assert len({test(), test(), body(api)}) == 3


def test_callers_are_asked_for_their_key_before_the_cache(api):
    unique(api, apiKeyRequired=True).deploy()
    cached(api)
    key = api.client.create_api_key(enabled=True, name="cached")
    plan = api.client.create_usage_plan(name="cached", apiStages=[{"apiId": api.id, "stage": "test"}])
    api.client.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
    headers = {"x-api-key": key["value"]}
    assert is_kept(api, headers=headers)
    assert api.call().status == 403


def test_signed_callers_share_and_strangers_see_nothing(api, signed_by):
    unique(api, authorizationType="AWS_IAM").deploy()
    cached(api)
    one = signed_by(["execute-api:Invoke"], api)
    other = signed_by(["execute-api:Invoke"], api)
    stranger = signed_by([], api)
    replies = [signing.call(api, credentials=who) for who in (one, other, stranger)]
    assert [reply.status for reply in replies] == [200, 200, 403]
    assert replies[0].body == replies[1].body


# Together, and after each other

def test_of_many_who_miss_together_one_calls_the_backend(api, backend):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    release = threading.Event()
    backend.answer(body=b"first", release=release)
    backend.default.body = b"another"
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        calls = [pool.submit(api.call) for _ in range(16)]
        backend.take()
        # One more, long after the first began.
        late = pool.submit(api.call)
        release.set()
        assert {call.result(timeout=60).body for call in [*calls, late]} == {b"first"}
    assert backend.untouched()


def test_when_the_one_fails_the_others_go_themselves(api, backend):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api)
    release = threading.Event()
    backend.answer(raw=b"this is no HTTP\r\n\r\n", release=release)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        first = pool.submit(api.call)
        backend.take()
        rest = [pool.submit(api.call) for _ in range(7)]
        release.set()
        assert first.result(timeout=60).status >= 500
        assert {call.result(timeout=60).status for call in rest} == {200}


def test_of_two_renewals_the_later_stays(api, backend):
    api.http_proxy("/", backend.url, verb="GET").deploy()
    cached(api, ("replace", "/*/*/caching/requireAuthorizationForCacheControl", "false"))
    release = threading.Event()
    backend.answer(body=b"asked for first", release=release)
    backend.default.body = b"asked for second"
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        first = pool.submit(api.call, headers=RENEW)
        backend.take()
        second = api.call(headers=RENEW)
        release.set()
        assert (first.result(timeout=60).body, second.body) == (b"asked for first", b"asked for second")
    assert api.call().body == b"asked for second"


# Renewal

@pytest.fixture(scope="module")
def signed_by(gateway):
    """Makes users who may do some things to an API, and returns their credentials."""
    iam, names = make_client("iam", gateway), itertools.count()

    def make(actions, api):
        name = f"cache-user-{next(names)}"
        iam.create_user(UserName=name)
        if actions:
            arn = f"arn:aws:execute-api:us-east-1:000000000000:{api.id}/test/GET/*"
            statement = {"Effect": "Allow", "Action": actions, "Resource": arn}
            policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy)
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    return make


@pytest.mark.parametrize("header, renews", [
    ("max-age=0", True), ("Max-Age=0", True), ("no-transform, max-age=0", True), (" max-age=0 ", True),
    ("no-cache", False), ("no-store", False), ("max-age=1", False), ("max-age=00", False), ("s-maxage=0", False), ("", False)])
def test_what_asks_for_a_renewal(api, header, renews):
    unique(api).deploy()
    cached(api, ("replace", "/*/*/caching/requireAuthorizationForCacheControl", "false"))
    first = body(api)
    second = body(api, headers={"Cache-Control": header})
    assert (second != first) == renews
    # The new reply is the one that is kept.
    assert body(api) == second


@pytest.mark.parametrize("strategy, status, warning", [
    ("FAIL_WITH_403", 403, None), ("SUCCEED_WITH_RESPONSE_HEADER", 200, IGNORED),
    ("SUCCEED_WITHOUT_RESPONSE_HEADER", 200, None)])
def test_who_may_not_renew(api, signed_by, strategy, status, warning):
    unique(api, "/open")
    unique(api, "/signed", authorizationType="AWS_IAM").deploy()
    cached(api, ("replace", "/*/*/caching/unauthorizedCacheControlHeaderStrategy", strategy))
    user, renewer = (signed_by(actions, api) for actions in (
        ["execute-api:Invoke"], ["execute-api:Invoke", "execute-api:InvalidateCache"]))

    def refused(call):
        # Before there is an entry, and after.
        for _ in range(2):
            before = call({}).body
            reply = call(RENEW)
            assert (reply.status, reply.header("Warning")) == (status, warning)
            if status == 200:
                assert reply.body == before
            else:
                assert reply.error_type == "AccessDeniedException"
                assert "is not authorized to perform: execute-api:InvalidateCache on resource: " in reply.text
            assert call({}).body == before and call({}).header("Warning") is None
    refused(lambda headers: api.call("/open", headers=headers))
    refused(lambda headers: signing.call(api, "/signed", credentials=user, headers=headers))
    kept = signing.call(api, "/signed", credentials=renewer).body
    renewed = signing.call(api, "/signed", credentials=renewer, headers=RENEW)
    assert renewed.status == 200 and renewed.body != kept and renewed.header("Warning") is None
    assert signing.call(api, "/signed", credentials=user).body == renewed.body


def test_a_resource_policy_may_let_everybody_renew(apigateway, gateway):
    statement = [{"Effect": "Allow", "Principal": "*", "Action": action, "Resource": f"execute-api:/*/*/{path}"}
                 for action, path in [("execute-api:Invoke", "*"), ("execute-api:InvalidateCache", "free")]]
    api = Api(gateway, apigateway, policy=json.dumps({"Version": "2012-10-17", "Statement": statement}))
    unique(api, "/free")
    unique(api, "/other").deploy()
    cached(api, ("replace", "/*/*/caching/unauthorizedCacheControlHeaderStrategy", "FAIL_WITH_403"))
    assert body(api, "/free") != body(api, "/free", headers=RENEW)
    assert api.call("/other", headers=RENEW).status == 403


# What is never shared

def test_stages_deployments_and_apis_share_nothing(apigateway, gateway):
    first, second = Api(gateway, apigateway), Api(gateway, apigateway)
    for api in (first, second):
        unique(api, namespace="same").deploy()
        api.deploy("other")
        for stage in ("test", "other"):
            cached(api, stage=stage)
    seen = {body(api, stage=stage) for api in (first, second) for stage in ("test", "other")}
    assert len(seen) == 4


def test_a_deployment_begins_with_nothing_and_the_one_before_comes_back_with_its_replies(api):
    unique(api)
    old = api.deploy()
    cached(api)
    kept = body(api)
    api.deploy()
    assert body(api) != kept
    api.patch("update_stage", ("replace", "/deploymentId", old), stageName="test")
    assert body(api) == kept


@pytest.mark.parametrize("uses, fresh, shares, keeps", [
    (False, False, False, False), (True, False, True, True), (True, True, False, True)])
def test_canaries(api, uses, fresh, shares, keeps):
    unique(api)
    deployment = api.deploy()
    cached(api)
    kept = body(api)
    if fresh:
        deployment = api.client.create_deployment(restApiId=api.id)["id"]
    patches = [("replace", "/canarySettings/percentTraffic", "100"), ("replace", "/canarySettings/deploymentId", deployment),
               ("replace", "/canarySettings/useStageCache", str(uses).lower())]
    api.patch("update_stage", *patches, stageName="test")
    canary = [body(api) for _ in range(2)]
    assert ((canary[0] == kept), (canary[0] == canary[1])) == (shares, keeps)
    api.patch("update_stage", ("remove", "/canarySettings"), stageName="test")
    assert body(api) == kept


def test_a_stage_made_again_begins_with_nothing(api):
    unique(api)
    deployment = api.deploy()
    cached(api)
    kept = body(api)
    api.client.delete_stage(restApiId=api.id, stageName="test")
    made = api.client.create_stage(restApiId=api.id, stageName="test", deploymentId=deployment, cacheClusterEnabled=True)
    assert made["cacheClusterStatus"] == "CREATE_IN_PROGRESS"
    cached(api)
    assert body(api) != kept


# The cluster

def test_the_life_of_a_cluster(api):
    unique(api).deploy()
    stage = lambda: api.client.get_stage(restApiId=api.id, stageName="test")
    change = lambda *patch: api.patch("update_stage", ("replace", *patch), stageName="test")["cacheClusterStatus"]
    assert stage()["cacheClusterStatus"] == "NOT_AVAILABLE"
    assert change("/cacheClusterEnabled", "true") == "CREATE_IN_PROGRESS"
    assert (stage()["cacheClusterStatus"], stage()["cacheClusterSize"]) == ("AVAILABLE", "0.5")
    cached(api)
    kept = body(api)
    assert change("/cacheClusterSize", "237") == "CREATE_IN_PROGRESS"
    assert (stage()["cacheClusterStatus"], stage()["cacheClusterSize"]) == ("AVAILABLE", "237")
    resized = body(api)
    assert resized != kept, "a resize empties the cluster"
    assert change("/description", "none of the cluster's business") == "AVAILABLE"
    assert body(api) == resized
    assert change("/cacheClusterEnabled", "false") == "DELETE_IN_PROGRESS"
    assert stage()["cacheClusterStatus"] == "NOT_AVAILABLE"
    change("/cacheClusterEnabled", "true")
    assert body(api) != resized, "a cluster made again is another one"
    with pytest.raises(ClientError, match="CacheClusterSize"):
        change("/cacheClusterSize", "7")


def test_flushing(api, signed):
    unique(api).deploy()
    cached(api)
    kept = body(api)
    reply = signed("DELETE", f"/restapis/{api.id}/stages/test/cache/data")
    assert (reply.status, reply.body) == (202, b"")
    flushed = body(api)
    assert flushed != kept and body(api) == flushed
    unique(api, "/plain")
    api.deploy("uncached")
    api.client.flush_stage_cache(restApiId=api.id, stageName="uncached")
    with pytest.raises(ClientError, match="Invalid Stage identifier specified"):
        api.client.flush_stage_cache(restApiId=api.id, stageName="none")


def test_flushing_by_the_cli(api, aws):
    unique(api).deploy()
    cached(api)
    kept = body(api)
    aws("apigateway", "flush-stage-cache", "--rest-api-id", api.id, "--stage-name", "test")
    assert body(api) != kept


def test_metrics_and_the_log_tell_hits_from_misses(tmp_path, backend):
    log = tmp_path / "access.log"
    (tmp_path / "stagedoor.yaml").write_text(
        f"access_log: {{target: {log}, format: $context.integrationLatency $context.integrationStatus $context.status}}\n")
    gateway = Gateway(tmp_path / "data", [str(tmp_path)]).start()
    try:
        api = Api(gateway, make_client("apigateway", gateway))
        api.http_proxy("/", backend.url, verb="GET").deploy()
        for _ in range(2):
            body(api)
        assert "stagedoor_cache_requests_total{" not in raw.send(gateway.port, "GET", "/metrics").text
        cached(api)
        for _ in range(3):
            body(api)
        metrics = raw.send(gateway.port, "GET", "/metrics").text
        for result, count in [("hit", 2), ("miss", 1)]:
            assert f'stagedoor_cache_requests_total{{api="{api.id}",stage="test",result="{result}"}} {count}\n' in metrics
    finally:
        assert gateway.stop() == 0
    lines = log.read_text().splitlines()
    assert [line == "- - 200" for line in lines] == [False, False, False, True, True], lines


# Where replies are

PROJECT = "cache: {{memory_mb: 1, directory: {cache}, disk_mb: 64, key_file: {key}}}\n"


def test_memory_and_disk(tmp_path):
    key = tmp_path / "cache.key"
    key.write_text(base64.b64encode(b"k" * 32).decode())
    (tmp_path / "stagedoor.yaml").write_text(PROJECT.format(cache="cache", key="cache.key"))
    gateway = Gateway(tmp_path / "data", [str(tmp_path)]).start()
    try:
        api = Api(gateway, make_client("apigateway", gateway))
        padding = "x" * 20_000
        api.method("/", requestParameters={"method.request.querystring.n": False})
        api.integration("/", type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'},
                        cacheKeyParameters=["method.request.querystring.n"])
        api.response("/", responseTemplates={"application/json": f"$context.requestId {padding}"}).deploy()
        cached(api, ("replace", "/*/*/caching/dataEncrypted", "true"))
        # Three times what memory has room for.
        replies = {n: body(api, f"/?n={n}") for n in range(150)}
        assert all(body(api, f"/?n={n}") == reply for n, reply in replies.items())
        metrics = raw.send(gateway.port, "GET", "/metrics").text
        values = {name: int(value) for name, value in re.findall(r"^stagedoor_cache_(\S+) (\d+)$", metrics, re.MULTILINE)}
        assert 0 < values['bytes{tier="memory"}'] <= 1 << 20 and values['hits_total{tier="disk"}'] > 50, values
        files = b"".join(path.read_bytes() for path in (tmp_path / "cache").glob("*.segment"))
        assert len(files) > 1_000_000 and padding[:100].encode() not in files
        # Another key seals from now on; the old one still opens.
        gateway_key = key.read_text()
        key.write_text(base64.b64encode(b"n" * 32).decode() + "\n" + gateway_key)
        gateway.process.send_signal(signal.SIGHUP)
        gateway.output.wait_for("keys of the response cache reloaded", 60)
        assert body(api, "/?n=149") == replies[149]
        # Whatever happens to the files: an answer, never another one's.
        for path in (tmp_path / "cache").glob("*.segment"):
            path.write_bytes(b"")
        assert all(api.call(f"/?n={n}").status == 200 for n in range(150))
        gateway.kill()
        gateway.start()
        assert body(api, "/?n=1") not in replies.values()
    finally:
        gateway.stop()
