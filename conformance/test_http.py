"""HTTP (non-proxy): what the backend gets, which response is selected, what comes back."""

import json

import pytest

from harness.api import late_message

ERROR = late_message("Internal server error")
JSON = "application/json"


@pytest.fixture
def http(api, backend):
    """`http(...)` deploys an HTTP integration on /m and returns the API."""
    def make(verb="GET", uri="/b", responses=(("200", {}),), method=None, deploy=None, **fields):
        api.http("/m", f"{backend.url}{uri}", verb, method=method, **fields)
        for status, extra in responses:
            api.response("/m", verb, status, **extra)
        api.deploy(**(deploy or {}))
        return api
    return make


def test_get(http, backend):
    backend.answer(body=b'{"from": "backend"}', headers=(("Content-Type", "text/x-odd"), ("X-Backend", "1")))
    reply = http().call("/m", headers={"X-Client": "1", "Accept": "text/plain", "User-Agent": "me"})
    assert (reply.status, reply.body) == (200, b'{"from": "backend"}')
    assert reply.header("content-type") == JSON, "the backend's content type is not forwarded"
    assert reply.header("x-backend") is None
    assert reply.header("x-amzn-trace-id").startswith("Root=1-")


def test_headers_sent_to_the_backend(http, backend):
    api = http()
    api.call("/m", headers={"X-Client": "1", "Accept": "text/plain", "User-Agent": "me", "Authorization": "Bearer x"})
    seen = backend.take()
    assert (seen.method, seen.target, seen.header("host")) == ("GET", "/b", f"127.0.0.1:{backend.port}")
    assert seen.header("accept") == JSON
    assert seen.header("user-agent") == f"AmazonAPIGateway_{api.id}"
    assert seen.header("x-amzn-apigateway-api-id") == api.id
    assert seen.header("x-amzn-trace-id").startswith("Root=1-")
    assert not seen.names() & {"x-client", "authorization", "content-type", "x-forwarded-for", "accept-encoding"}


def test_the_body_passes_with_its_content_type(http, backend):
    http("POST").call("/m", "POST", {"Content-Type": "text/plain"}, "hello")
    seen = backend.take()
    assert (seen.method, seen.body, seen.header("content-type"), seen.header("content-length")) == (
        "POST", b"hello", "text/plain", "5")


def test_the_integrations_verb_is_used(http, backend):
    http("GET", backend_verb="POST").call("/m", body="payload")
    seen = backend.take()
    assert (seen.method, seen.body) == ("POST", b"payload")


def test_a_static_template_replaces_the_body(http, backend):
    http("POST", requestTemplates={JSON: '{"fixed": true}'}).call("/m", "POST", {"Content-Type": JSON}, '{"mine": 1}')
    assert backend.take().body == b'{"fixed": true}'


def test_unsupported_media_type(http, backend):
    reply = http("POST", passthroughBehavior="NEVER").call("/m", "POST", {"Content-Type": "a/b"}, "x")
    assert (reply.status, reply.body) == (415, late_message("Unsupported Media Type"))
    assert backend.untouched()


@pytest.mark.parametrize("backend_status, status, body", [
    (200, 200, b"ok"), (404, 400, b"not found"), (503, 500, b"static"), (302, 200, b"moved")])
def test_selection_by_status(http, backend, backend_status, status, body):
    bodies = {200: b"ok", 404: b"not found", 503: b"x", 302: b"moved"}
    backend.answer(status=backend_status, body=bodies[backend_status], headers=(("Location", "http://127.0.0.1:9/"),))
    api = http(responses=(("200", {}), ("400", {"selectionPattern": r"4\d{2}"}),
                          ("500", {"selectionPattern": r"5\d{2}", "responseTemplates": {JSON: "static"}})))
    reply = api.call("/m")
    assert (reply.status, reply.body) == (status, body)


def test_a_default_hides_a_backend_error(http, backend):
    backend.answer(status=400, body=b'{"wrong": 1}')
    reply = http().call("/m")
    assert (reply.status, reply.body) == (200, b'{"wrong": 1}')


def test_no_entry_matches(http, backend):
    backend.answer(status=404)
    reply = http(responses=(("200", {"selectionPattern": "200"}),)).call("/m")
    assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")


def test_request_parameters(http, backend):
    declared = {f"method.request.{place}": False for place in
                ("header.X-H", "querystring.q", "querystring.absent", "multivaluequerystring.m", "multivalueheader.X-M")}
    api = http(method={"requestParameters": declared}, uri="/{p}/x?fixed=1&v={p}", requestParameters={
        "integration.request.path.p": "method.request.querystring.q",
        "integration.request.header.X-From-Header": "method.request.header.X-H",
        "integration.request.header.X-Static": "'s t'",
        "integration.request.header.X-Absent": "method.request.querystring.absent",
        "integration.request.header.X-Context": "context.httpMethod",
        "integration.request.header.X-Variable": "stageVariables.v",
        "integration.request.header.X-Multi": "method.request.multivalueheader.X-M",
        "integration.request.querystring.mm": "method.request.multivaluequerystring.m",
        "integration.request.querystring.s": "'a b'",
    }, deploy={"variables": {"v": "var"}})
    api.call("/m?q=1&q=two&m=x&m=y", headers=[("X-H", "h1"), ("X-H", "h2"), ("X-M", "a"), ("X-M", "b")])
    seen = backend.take()
    path, _, query = seen.target.partition("?")
    assert path == "/two/x"
    assert sorted(query.split("&")) == sorted(["fixed=1", "v=two", "mm=x", "mm=y", query_of(query, "s")])
    assert query_of(query, "s") in ("s=a%20b", "s=a+b")
    assert [seen.header(n) for n in ("X-From-Header", "X-Static", "X-Absent", "X-Context", "X-Variable", "X-Multi")] == [
        "h2", "s t", None, "GET", "var", "a,b"]


def query_of(query, name):
    return next(part for part in query.split("&") if part.startswith(f"{name}="))


@pytest.mark.parametrize("source, value", [
    ("method.request.body", '{"a": {"b": [1, "two"]}}'), ("method.request.body.a.b[1]", "two"),
    ("method.request.body.a.b[0]", "1"), ("method.request.body.a.missing", None), ("method.request.body.a", '{"b":[1,"two"]}'),
    ("method.request.body.$.a.b[-1]", "two"), ("method.request.body.a.b[*]", '[1,"two"]'), ("method.request.body.$", '{"a":{"b":[1,"two"]}}'),
    ("context.requestId", "{request}"), ("context.status", None), ("context.endpointType", None), ("context.nothing", None)])
def test_body_sources(http, backend, source, value):
    api = http("POST", requestParameters={"integration.request.header.X-Body": source})
    reply = api.call("/m", "POST", {"Content-Type": JSON}, '{"a": {"b": [1, "two"]}}')
    if value == "{request}":
        value = reply.header("x-amzn-requestid")
    assert backend.take().header("x-body") == value


@pytest.mark.parametrize("body, value", [
    ("", None), ("raw text", None), ('["a"]', None), ('{"a": null}', None), ('{"a": ""}', None), ('{"a": "%s"}' % ("x" * 3), "xxx"),
    ('{"pad": "%s", "a": 7}' % ("x" * 100_000), "7")], ids=["empty", "raw", "list", "null", "blank", "small", "large"])
def test_bodies_that_mappings_look_into(http, backend, body, value):
    """A large one is looked into elsewhere, with the same result; of replies too."""
    backend.answer(body=body.encode())
    api = http("POST", requestParameters={"integration.request.header.X-Body": "method.request.body.a"}, responses=(("200", {
        "method": {"responseParameters": {"method.response.header.X-Reply": False}},
        "responseParameters": {"method.response.header.X-Reply": "integration.response.body.a"}}),))
    reply = api.call("/m", "POST", {"Content-Type": JSON}, body)
    assert (backend.take().header("x-body"), reply.header("x-reply") or None) == (value, value)


def test_a_body_source_on_malformed_json(http, backend):
    api = http("POST", requestParameters={"integration.request.header.X-Body": "method.request.body.a"})
    reply = api.call("/m", "POST", {"Content-Type": JSON}, "{not json")
    assert (reply.status, reply.body, reply.error_type) == (
        400, late_message("Invalid JSON in request body"), "BadRequestException")
    assert backend.untouched()


@pytest.mark.parametrize("name", ["Content-Length", "Transfer-Encoding", "X-Amzn-Trace-Id", "X-Amzn-Apigateway-Api-Id"])
def test_headers_that_must_not_be_mapped(http, backend, name):
    reply = http(requestParameters={f"integration.request.header.{name}": "'1'"}).call("/m")
    assert (reply.status, reply.body) == (500, ERROR)
    assert reply.header("x-amzn-trace-id") is None
    assert backend.untouched()


def test_mapped_headers_that_are_dropped_and_sent(http, backend):
    dropped = ["Connection", "Expect", "Proxy-Authenticate", "TE", "Via"]
    sent = ["Authorization", "Referer", "Content-MD5", "Server", "Range", "Pragma", "User-Agent", "Accept", "Host", "Max-Forwards",
            "Trailer", "Upgrade", "WWW-Authenticate", "Warn", "Age", "Date", "Accept-Charset", "Accept-Encoding", "Content-Encoding"]
    http(requestParameters={f"integration.request.header.{n}": "'x'" for n in dropped + sent}).call("/m")
    seen = backend.take()
    assert {n: seen.header(n) for n in sent} == {n: "x" for n in sent}
    assert "x" not in [seen.header(n) for n in dropped]


def test_response_headers_from_the_backend(http, backend):
    backend.answer(headers=(("X-A", "1"), ("X-A", "2"), ("Content-Type", "text/csv")), body=b'{"a": {"b": "deep"}, "n": [1]}')
    names = ("X-Last", "X-All", "X-Type", "X-Deep", "X-List", "X-None")
    api = http(responses=(("200", {
        "method": {"responseParameters": {f"method.response.header.{n}": False for n in names}},
        "responseParameters": {
            "method.response.header.X-Last": "integration.response.header.X-A",
            "method.response.header.X-All": "integration.response.multivalueheader.X-A",
            "method.response.header.X-Type": "integration.response.header.Content-Type",
            "method.response.header.X-Deep": "integration.response.body.a.b",
            "method.response.header.X-List": "integration.response.body.n",
            "method.response.header.X-None": "integration.response.header.Absent"}}),))
    reply = api.call("/m")
    assert [reply.header(n) for n in names] == ["2", "1,2", "text/csv", "deep", "[1]", None]


@pytest.mark.parametrize("size, status", [(65536, 200), (65537, 500), (10_000_000, 500)])
def test_a_mapped_header_is_no_longer_than_anybody_takes(http, backend, size, status):
    """In replies and in requests; what is longer is told here, not by a peer that breaks off."""
    body = json.dumps({"a": "x" * size})
    backend.answer(body=body.encode())
    api = http(responses=(("200", {
        "method": {"responseParameters": {"method.response.header.X-Reply": False}},
        "responseParameters": {"method.response.header.X-Reply": "integration.response.body.a"}}),))
    reply = api.call("/m")
    assert (reply.status, len(reply.header("x-reply") or "")) == (status, size if status == 200 else 0)


@pytest.mark.parametrize("target", ["header.X-Body", "querystring.q", "path.p"])
def test_a_long_value_is_not_sent_to_a_backend(http, backend, target):
    api = http("POST", uri="/{p}", requestParameters={f"integration.request.{target}": "method.request.body.a"})
    reply = api.call("/m", "POST", {"Content-Type": JSON}, json.dumps({"a": "x" * 65537}))
    assert (reply.status, reply.body, backend.untouched()) == (500, ERROR, True)


def test_stage_variables_in_the_uri(api, backend):
    api.http("/m", "http://${stageVariables.host}/${stageVariables.path}").response("/m")
    api.deploy(variables={"host": f"127.0.0.1:{backend.port}", "path": "from-variable"})
    assert api.call("/m").status == 200
    assert backend.take().target == "/from-variable"


def test_an_address_that_is_none_after_substitution(api):
    api.http("/m", "http://${stageVariables.absent}/").response("/m")
    api.deploy()
    reply = api.call("/m")
    assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")


def test_binary_bodies_pass_byte_for_byte(http, backend, apigateway):
    payload = bytes(range(256)) * 10
    backend.answer(body=payload, headers=(("Content-Type", "application/octet-stream"),))
    api = http("POST")
    api.patch("update_rest_api", ("add", "/binaryMediaTypes/application~1octet-stream"))
    api.deploy()
    reply = api.call("/m", "POST", {"Content-Type": "application/octet-stream", "Accept": "application/octet-stream"}, payload)
    assert backend.take().body == payload
    assert (reply.status, reply.body) == (200, payload)
