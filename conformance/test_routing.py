"""Routing: URL forms, what happens when nothing matches, path rules, precedence, query strings, headers."""

import json
import re

import pytest

from harness import functions, raw
from harness.api import Api, message
from harness.raw import Connection, encode

FORBIDDEN = message("Forbidden")
NO_TOKEN = message("Missing Authentication Token")


@pytest.fixture(scope="module")
def routes(gateway, apigateway):
    """MOCKs whose body names the resource and verb that answered."""
    api = Api(gateway, apigateway)
    for path, verbs in {
        "/": ["GET"], "/a": ["GET"], "/test": ["POST"], "/{proxy+}": ["ANY"], "/pets/{id}": ["GET"], "/pets/mine": ["GET", "ANY"],
        "/pets/{id}/toys": ["GET"], "/pets/mine/{toy}": ["GET"], "/only/get": ["GET"],
    }.items():
        for verb in verbs:
            api.mock(path, verb, body=f"{verb} {path}")
    api.deploy()
    return api


@pytest.fixture(scope="module")
def plain(gateway, apigateway):
    """One resource, no greedy fallback."""
    api = Api(gateway, apigateway).mock("/a", body="GET /a").mock("/a/{p}", body="GET /a/{p}")
    api.deploy()
    return api


@pytest.fixture(scope="module")
def echo(gateway, apigateway, lambda_):
    """/{proxy+} and /hardcoded answer with the event their function got."""
    arn = functions.create(lambda_, "routing-echo")
    functions.allow(lambda_, "routing-echo")
    api = Api(gateway, apigateway, endpointConfiguration={"types": ["REGIONAL"]})
    for path in ("/{proxy+}", "/hardcoded", "/"):
        api.lambda_proxy(path, arn)
    api.deploy()
    return api


def event(api, target, **how):
    reply = raw.send(api.gateway.port, how.pop("method", "GET"), target, host=api.host, **how)
    assert reply.status == 200, reply.text
    return reply.json


class TestUrlForms:
    @pytest.mark.parametrize("target, host", [
        ("/test/a", "{id}.execute-api.us-east-1.amazonaws.com"),
        ("/test/a", "{id}.execute-api.us-east-1.amazonaws.com:4566"),
        ("/test/a", "{id}.execute-api.localhost"),
        ("/test/a", "{id}.execute-api.localhost:4566"),
        ("/test/a", "{id}.execute-api.us-east-1.localhost"),
        ("/test/a", "{id}.execute-api.localhost.localstack.cloud:4566"),
        ("/test/a", "{ID}.Execute-API.us-east-1.amazonaws.com"),
        ("/_aws/execute-api/{id}/test/a", None),
        ("/_aws/execute-api/{ID}/test/a", None),
        ("/restapis/{id}/test/_user_request_/a", None),
    ])
    def test_url_form(self, plain, target, host):
        ids = {"id": plain.id, "ID": plain.id.upper()}
        reply = raw.send(plain.gateway.port, "GET", target.format(**ids), host=host and host.format(**ids))
        assert (reply.status, reply.body) == (200, b"GET /a")

    def test_a_data_host_never_reaches_the_control_plane(self, plain):
        for target in ("/restapis", "/_stagedoor/health", f"/_aws/execute-api/{plain.id}/test/a"):
            headers = raw.sign(plain.gateway.port, "GET", target, {"Accept": "application/json"}, host=plain.host)
            reply = raw.send(plain.gateway.port, "GET", target, [("Host", plain.host), *headers])
            assert reply.status == 403, target


class TestNothingMatches:
    @pytest.mark.parametrize("path, method", [("/nothing", "GET"), ("/a", "POST"), ("/a/b/c", "GET"), ("", "GET"), ("/A", "GET")])
    def test_no_route(self, plain, path, method):
        reply = plain.call(path, method)
        assert (reply.status, reply.body, reply.error_type) == (403, NO_TOKEN, "MissingAuthenticationTokenException")
        assert reply.header("content-type") == "application/json"
        assert reply.header("x-amzn-trace-id") is None

    @pytest.mark.parametrize("stage", ["nostage", "Test", ""])
    def test_no_stage(self, plain, stage):
        reply = raw.send(plain.gateway.port, "GET", f"/{stage}", host=plain.host)
        assert (reply.status, reply.body, reply.error_type) == (403, FORBIDDEN, "ForbiddenException")

    def test_an_unknown_api(self, gateway):
        reply = raw.send(gateway.port, "GET", "/test/a", host="nosuchapi0.execute-api.us-east-1.amazonaws.com")
        assert (reply.status, reply.json) == (
            404, {"message": "The API id 'nosuchapi0' does not correspond to a deployed API Gateway API"})

    def test_a_disabled_default_endpoint(self, gateway, apigateway):
        api = Api(gateway, apigateway, disableExecuteApiEndpoint=True).mock("/a")
        api.deploy()
        reply = api.call("/a")
        assert (reply.status, reply.body, reply.error_type) == (403, FORBIDDEN, "ForbiddenException")

    def test_head_is_not_served_by_get(self, plain):
        assert plain.call("/a", "HEAD").status == 403


class TestPrecedence:
    @pytest.mark.parametrize("method, path, answered", [
        ("GET", "", "GET /"), ("GET", "/", "GET /"), ("GET", "/a", "GET /a"), ("GET", "/a/", "GET /a"),
        ("GET", "/pets/7", "GET /pets/{id}"), ("GET", "/pets/mine", "GET /pets/mine"),
        ("POST", "/pets/mine", "ANY /pets/mine"), ("GET", "/pets/7/toys", "GET /pets/{id}/toys"),
        ("GET", "/pets/mine/toys", "GET /pets/mine/{toy}"),
        ("OPTIONS", "/test", "ANY /{proxy+}"), ("GET", "/test", "ANY /{proxy+}"), ("POST", "/test", "POST /test"),
        ("GET", "/x/y/z", "ANY /{proxy+}"), ("GET", "/test/deeper", "ANY /{proxy+}"),
        ("DELETE", "/only/get", "ANY /{proxy+}"), ("DELETE", "/pets/7", "ANY /{proxy+}"),
    ])
    def test_who_answers(self, routes, method, path, answered):
        reply = routes.call(path, method)
        assert (reply.status, reply.text) == (200, answered)

    @pytest.mark.parametrize("method", ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"])
    def test_any_covers(self, routes, method):
        assert routes.call("/x/y", method).status == 200

    def test_greedy_needs_a_segment(self, gateway, apigateway):
        api = Api(gateway, apigateway).mock("/{proxy+}", "ANY", body="greedy")
        api.deploy()
        assert (api.call("").status, api.call("/").status, api.call("/x").status) == (403, 403, 200)

    def test_method_override_header(self, routes):
        reply = routes.call("/test", "GET", {"X-HTTP-Method-Override": "POST"})
        assert reply.text == "POST /test"


class TestPaths:
    @pytest.mark.parametrize("target, path, context_path, parameters", [
        ("/test/proxy-value", "/proxy-value", "/test/proxy-value", {"proxy": "proxy-value"}),
        ("/test/proxy-value/", "/proxy-value/", "/test/proxy-value/", {"proxy": "proxy-value"}),
        ("/test/proxy-value//double-slash", "/proxy-value//double-slash", "/test/proxy-value//double-slash",
         {"proxy": "proxy-value//double-slash"}),
        ("//test/proxy-value", "/proxy-value", "/test/proxy-value", {"proxy": "proxy-value"}),
        ("/test//proxy-value", "/proxy-value", "/test//proxy-value", {"proxy": "proxy-value"}),
        ("/test//hardcoded", "/hardcoded", "/test//hardcoded", None),
        ("/test/x/test%2Balias@gmail.com/plus/test+alias@gmail.com", "/x/test%2Balias@gmail.com/plus/test+alias@gmail.com",
         "/test/x/test%2Balias@gmail.com/plus/test+alias@gmail.com",
         {"proxy": "x/test%2Balias@gmail.com/plus/test+alias@gmail.com"}),
    ])
    def test_what_the_function_sees(self, echo, target, path, context_path, parameters):
        got = event(echo, target)
        assert (got["path"], got["requestContext"]["path"], got["pathParameters"]) == (path, context_path, parameters)

    def test_percent_encoded_slashes_do_not_split(self, plain):
        assert plain.call("/a/b%2Fc").text == "GET /a/{p}"

    def test_routing_does_not_decode(self, plain):
        assert plain.call("/%61").status == 403


class TestQuery:
    @pytest.mark.parametrize("query, single, multiple", [
        ("", None, None),
        ("?a=1", {"a": "1"}, {"a": ["1"]}),
        ("?a=1&a=2&b=3", {"a": "2", "b": "3"}, {"a": ["1", "2"], "b": ["3"]}),
        ("?A=1&a=2", {"A": "1", "a": "2"}, {"A": ["1"], "a": ["2"]}),
        ("?flag", {"flag": ""}, {"flag": [""]}),
        ("?empty=", {"empty": ""}, {"empty": [""]}),
        ("?t=2023-06-12T18:05:10.123456+00:00", {"t": "2023-06-12T18:05:10.123456 00:00"}, None),
        ("?email=test%2Balias@gmail.com", {"email": "test+alias@gmail.com"}, None),
        ("?w=foo%20bar", {"w": "foo bar"}, None),
        ("?u=%C3%A9", {"u": "é"}, None),
        ("?a%5B0%5D=x", {"a[0]": "x"}, None),
        ("?eq=a=b=c", {"eq": "a=b=c"}, None),
    ])
    def test_what_the_function_sees(self, echo, query, single, multiple):
        got = event(echo, f"/test/x{query}")
        assert got["queryStringParameters"] == single
        if multiple is not None or single is None:
            assert got["multiValueQueryStringParameters"] == multiple


class TestHeaders:
    @pytest.mark.parametrize("name", ["Content-MD5", "Max-Forwards", "Proxy-Authenticate", "Server", "TE", "Trailer",
                                      "Upgrade", "WWW-Authenticate"])
    def test_removed_on_arrival(self, echo, name):
        got = event(echo, "/test/x", headers={name: "trailers" if name == "TE" else "x", "X-Kept": "1"})
        assert got["headers"]["X-Kept"] == "1"
        assert name.lower() not in {n.lower() for n in got["headers"]}

    def test_connection_and_length_never_appear(self, echo):
        got = event(echo, "/test/x", method="POST", headers={"Connection": "keep-alive"}, body="12345")
        assert not {"connection", "content-length", "transfer-encoding"} & {n.lower() for n in got["headers"]}

    def test_repeated_headers(self, echo):
        got = event(echo, "/test/x", headers=[("X-A", "1"), ("X-A", "2")])
        assert (got["headers"]["X-A"], got["multiValueHeaders"]["X-A"]) == ("2", ["1", "2"])

    def test_spelling_is_kept(self, echo):
        got = event(echo, "/test/x", headers={"tEsT-HEADeR": "v"})
        assert got["headers"]["tEsT-HEADeR"] == "v"

    def test_forwarding_headers_tell_the_truth(self, echo):
        got = event(echo, "/test/x", headers={"X-Forwarded-For": "9.9.9.9"})["headers"]
        assert got["X-Forwarded-For"] == "9.9.9.9, 127.0.0.1"
        assert (got["X-Forwarded-Proto"], got["X-Forwarded-Port"]) == ("http", str(echo.gateway.port))
        assert got["Host"] == echo.host

    def test_identity_is_the_tcp_peer(self, echo):
        got = event(echo, "/test/x", headers={"User-Agent": "me/1", "X-Forwarded-For": "9.9.9.9"})
        identity = got["requestContext"]["identity"]
        assert (identity["sourceIp"], identity["userAgent"]) == ("127.0.0.1", "me/1")


class TestTraceAndRequestId:
    def test_a_trace_id_is_made(self, echo):
        got = event(echo, "/test/x")["headers"]["X-Amzn-Trace-Id"]
        assert re.match(r"Root=1-[0-9a-f]{8}-[0-9a-f]{24}", got)

    def test_a_given_root_is_kept(self, echo):
        root = "1-5759e988-bd862e3fe1be46a994272793"
        got = event(echo, "/test/x", headers={"x-amzn-trace-id": f"root={root};sampled=1"})
        name = next(n for n in got["headers"] if n.lower() == "x-amzn-trace-id")
        assert f"Root={root}" in got["headers"][name]

    def test_standard_response_headers(self, plain):
        reply = plain.call("/a")
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", reply.header("x-amzn-requestid"))
        assert reply.header("x-amz-apigw-id").endswith("=")
        assert reply.header("content-type") == "application/json"
        assert reply.header("date") and reply.header("content-length") == "6"
        assert reply.header("x-amzn-errortype") is None and reply.header("x-amzn-trace-id") is None

    def test_a_clients_request_id(self, echo):
        given = "12345678-1234-4234-8234-123456789012"
        reply = echo.call("/x", headers={"x-amzn-RequestId": given})
        assert (reply.header("x-amzn-requestid"), reply.json["requestContext"]["requestId"]) == (given, given)
        assert echo.call("/x", headers={"x-amzn-RequestId": "not-a-uuid"}).header("x-amzn-requestid") != "not-a-uuid"

    def test_ids_agree_with_the_event(self, echo):
        reply = echo.call("/x")
        context = reply.json["requestContext"]
        assert reply.header("x-amzn-requestid") == context["requestId"]
        assert reply.header("x-amz-apigw-id") == context["extendedRequestId"]


class TestConnections:
    def test_keep_alive_and_pipelining(self, plain):
        request = encode("GET", "/test/a", [("Host", plain.host)], b"")
        with Connection(plain.gateway.port) as connection:
            connection.send(request * 3)
            assert [connection.read_reply().text for _ in range(3)] == ["GET /a"] * 3

    def test_chunked_request_bodies(self, echo):
        with Connection(echo.gateway.port) as connection:
            connection.send(encode("POST", "/test/x", [("Host", echo.host), ("Transfer-Encoding", "chunked")],
                                   b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"))
            assert json.loads(connection.read_reply().body)["body"] == "abcdefg"

    def test_expect_100_continue(self, echo):
        with Connection(echo.gateway.port) as connection:
            connection.send(encode("POST", "/test/x", [("Host", echo.host), ("Expect", "100-continue"), ("Content-Length", "2")], b""))
            assert connection.read_reply().status == 100
            connection.send(b"ok")
            assert connection.read_reply().json["body"] == "ok"

    def test_http2_with_prior_knowledge(self, plain):
        import subprocess
        done = subprocess.run(
            ["curl", "-s", "--http2-prior-knowledge", "-w", " %{http_version} %{http_code}", "-H", f"Host: {plain.host}",
             f"{plain.gateway.url}/test/a"], capture_output=True, text=True, timeout=20)
        assert done.stdout == "GET /a 2 200"
