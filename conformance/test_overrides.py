"""`$context.requestOverride` and `$context.responseOverride`."""

import pytest

from harness.api import late_message
from harness.backend import Backend

JSON = "application/json"
ERROR = late_message("Internal server error")


@pytest.fixture(scope="module")
def upstream():
    running = Backend()
    yield running
    running.close()


def http(api, upstream, template, **fields):
    method = {"requestParameters": {"method.request.querystring.q": False, "method.request.path.id": False}}
    mapped = {"integration.request.header.X-Mapped": "'mapped'", "integration.request.querystring.q": "'mapped'",
              "integration.request.path.id": "method.request.path.id"}
    api.http("/m/{id}", f"{upstream.url}/b/{{id}}?own=1", "POST", method=method, requestParameters=mapped,
             requestTemplates={JSON: template}, **fields)
    api.response("/m/{id}", "POST", responseTemplates={JSON: "$context.requestOverride.header.X-Set"})
    api.deploy()
    upstream.reset()
    reply = api.call("/m/7", "POST", {"Content-Type": JSON}, "{}")
    return reply, None if upstream.untouched() else upstream.take()


@pytest.mark.parametrize("template, target, headers", [
    ("{}", "/b/7?own=1&q=mapped", {"X-Mapped": ["mapped"]}),
    ("#set($context.requestOverride.header.X-Mapped = 'set'){}", None, {"X-Mapped": ["set"]}),
    ("#set($context.requestOverride.header.x-mapped = 'set'){}", None, {"X-Mapped": ["mapped", "set"]}),
    ("#set($context.requestOverride.header.X-New = ['1', '2']){}", None, {"X-New": ["1", "2"]}),
    ("#set($context.requestOverride.header['User-Agent'] = 'me'){}", None, {"User-Agent": ["me"]}),
    ("#set($context.requestOverride.header.Content-Type = 'text/x'){}", None, {"Content-Type": ["text/x"]}),
    ("#set($context.requestOverride.querystring.q = 'set'){}", "/b/7?own=1&q=set", {}),
    ("#set($context.requestOverride.querystring.q = ['1', 2]){}", "/b/7?own=1&q=1&q=2", {}),
    ("#set($context.requestOverride.querystring.new = 'a b'){}", "/b/7?own=1&q=mapped&new=a%20b", {}),
    ("#set($context.requestOverride.path.id = 'set'){}", "/b/set?own=1&q=mapped", {}),
    ("#set($h = $context.requestOverride.header)$h.put('X-Put', 'v'){}", None, {"X-Put": ["v"]}),
])
def test_request_overrides(api, upstream, template, target, headers):
    reply, seen = http(api, upstream, template)
    assert (reply.status, seen.body) == (200, b"{}")
    assert {name: seen.all(name) for name in headers} == headers
    assert target in (None, seen.target)


def test_a_forbidden_header_is_refused(gateway, api, upstream):
    mark = len(gateway.output.lines)
    reply, seen = http(api, upstream, "#set($context.requestOverride.header.Content-Length = '1'){}")
    assert (reply.status, reply.body, seen) == (500, ERROR, None)
    gateway.output.wait_for(r"POST +/m/7 +500 .*Content-Length header already present", since=mark)


def test_the_response_template_sees_what_the_request_template_set(api, upstream):
    reply, _ = http(api, upstream, "#set($context.requestOverride.header.X-Set = 'seen'){}")
    assert reply.text == "seen"


def mock(api, request, reply=None, **response):
    api.method("/m").integration("/m", type="MOCK", requestTemplates={JSON: request})
    templates = {} if reply is None else {"responseTemplates": {JSON: reply}}
    api.response("/m", **templates, **response)
    api.deploy()
    return api.call("/m")


OK = '{"statusCode": 200}'
STATUS, HEADER = "#set($context.responseOverride.status = 444)", "#set($context.responseOverride.header.X-Set = 'h')"


@pytest.mark.parametrize("request_template, reply_template", [
    (STATUS + HEADER + OK, None), (STATUS + HEADER + OK, "x$context.httpMethod"), (OK, STATUS + HEADER),
    (STATUS + OK, HEADER), (HEADER + OK, STATUS)], ids=["request alone", "request", "response", "status first", "header first"])
def test_response_overrides_come_from_either_template(api, request_template, reply_template):
    reply = mock(api, request_template, reply_template)
    assert (reply.status, reply.header("x-set")) == (444, "h")


def test_values_survive_into_the_response_template(api):
    request = "#set($context.responseOverride.status = 201)#set($context.responseOverride.invented = 'mine')" + OK
    reply = mock(api, request, "$context.responseOverride.status $context.responseOverride.invented $context.responseOverride.keySet()")
    assert (reply.status, reply.text) == (201, "201 mine [header, status, invented]")


@pytest.mark.parametrize("status, expected", [
    ("418", 418), ("100", 200), ("599", 599), ("99", 200), ("600", 200), ("'418'", 200), ("4.5", 200), ("[418]", 200)])
def test_only_an_integer_in_range_is_a_status(api, status, expected):
    """100 is in range, but is no final status."""
    reply = mock(api, OK, f"#set($context.responseOverride.status = {status})")
    assert reply.status == expected


@pytest.mark.parametrize("name, value, expected", [
    ("X-Mapped", "'set'", ["set"]), ("x-mapped", "'set'", ["mapped", "set"]), ("X-New", "['1', '2']", ["1", "2"]),
    ("X-New", "7", ["7"]), ("X-Mapped", "$none", [""])])
def test_response_headers(api, name, value, expected):
    """An override wins over a mapping that is spelled alike; one in another case goes out beside it."""
    reply = mock(api, OK, f"#set($context.responseOverride.header['{name}'] = {value})",
                 method={"responseParameters": {"method.response.header.X-Mapped": False}},
                 responseParameters={"method.response.header.X-Mapped": "'mapped'"})
    assert [value for key, value in reply.headers if key.lower() == name.lower()] == expected


@pytest.mark.parametrize("name, emitted", [("Date", "x-amzn-remapped-date"), ("Content-Type", "content-type")])
def test_overridden_headers_are_remapped_like_mapped_ones(api, name, emitted):
    assert mock(api, OK, f"#set($context.responseOverride.header.{name} = 'text/x')").header(emitted) == "text/x"


def test_proxies_have_no_templates(api, upstream):
    """requestTemplates of a proxy are stored and ignored."""
    upstream.reset()
    api.http_proxy("/m", upstream.url, "POST", requestTemplates={JSON: "#set($context.requestOverride.header.X-Set = 'h')x"})
    api.deploy()
    api.call("/m", "POST", {"Content-Type": JSON}, "{}")
    seen = upstream.take()
    assert (seen.body, seen.header("x-set")) == (b"{}", None)
