"""HTTP_PROXY: headers both ways, parameters, timeouts, redirects, refused addresses, TLS."""

import socket
import threading

import pytest

from harness import raw
from harness.api import late_message
from harness.backend import Backend

ERROR = late_message("Internal server error")
NETWORK = late_message("Network error communicating with endpoint")


@pytest.fixture(scope="module")
def gateway_arguments(certificates):
    """A gateway that trusts the CA made for this run."""
    config = certificates[0].with_name("stagedoor.yaml")
    config.write_text(f"upstream:\n  ca: {certificates[0]}\n")
    return [str(config)]


@pytest.fixture
def proxy(api, backend):
    """`proxy(...)` deploys ANY /{proxy+} → backend /{proxy}."""
    def make(uri="/{proxy}", verb="ANY", method=None, base=None, deploy=None, **fields):
        declared = {"requestParameters": {"method.request.path.proxy": True, **(method or {})}}
        mapping = {"integration.request.path.proxy": "method.request.path.proxy", **fields.pop("requestParameters", {})}
        api.http_proxy("/{proxy+}", f"{base or backend.url}{uri}", verb, declared, requestParameters=mapping, **fields)
        api.deploy(**(deploy or {}))
        return api
    return make


@pytest.mark.parametrize("verb", ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"])
def test_the_clients_verb_is_used(proxy, backend, verb):
    proxy().call("/a/b", verb, body="x" if verb in ("PATCH", "POST", "PUT") else None)
    seen = backend.take()
    assert (seen.method, seen.target) == (verb, "/a/b")


def test_everything_passes_through(proxy, backend):
    backend.answer(status=418, body=b"teapot", headers=(("Content-Type", "text/plain"), ("X-B", "1"), ("Set-Cookie", "a=1"),
                                                        ("Set-Cookie", "b=2"), ("Access-Control-Allow-Origin", "*")))
    reply = proxy().call("/a", "POST", {"Content-Type": "text/plain", "X-C": "1"}, "body")
    seen = backend.take()
    assert (seen.body, seen.header("content-type"), seen.header("x-c")) == (b"body", "text/plain", "1")
    assert (reply.status, reply.body, reply.header("content-type"), reply.header("x-b")) == (418, b"teapot", "text/plain", "1")
    assert reply.all("set-cookie") == ["a=1", "b=2"] and reply.header("access-control-allow-origin") == "*"
    assert reply.header("x-amzn-errortype") is None


def test_request_headers_that_change(proxy, backend):
    api = proxy()
    api.call("/a", headers={"Via": "1.1 x", "Max-Forwards": "3", "TE": "trailers", "X-Kept": "1",
                            "Accept-Encoding": "br", "Authorization": "Basic eA==", "Accept": "text/plain", "User-Agent": "me"})
    seen = backend.take()
    assert seen.header("host") == f"127.0.0.1:{backend.port}"
    assert not seen.names() & {"via", "max-forwards", "te"}
    assert [seen.header(n) for n in ("x-kept", "accept-encoding", "authorization", "accept", "user-agent")] == [
        "1", "br", "Basic eA==", "text/plain", "me"]
    assert seen.header("x-amzn-apigateway-api-id") == api.id and seen.header("x-amzn-trace-id").startswith("Root=")


def test_request_headers_that_default(proxy, backend):
    api = proxy()
    api.call("/a")
    seen = backend.take()
    assert (seen.header("accept"), seen.header("user-agent")) == ("application/json", f"AmazonAPIGateway_{api.id}")


def test_response_headers_that_change(proxy, backend):
    backend.answer(headers=(("Connection", "keep-alive"), ("Date", "then"), ("Server", "s"), ("X-Amzn-RequestId", "theirs"),
                            ("Via", "1.1 y"), ("Content-Encoding", "identity"), ("X-Kept", "1"), ("Content-Type", "a/b")), body=b"xyz")
    reply = proxy().call("/a")
    assert (reply.header("x-amzn-remapped-date"), reply.header("x-amzn-remapped-server")) == ("then", "s")
    assert reply.header("x-amzn-remapped-connection") == "keep-alive"
    assert reply.header("x-amzn-remapped-content-length") == "3"
    assert reply.header("x-amzn-remapped-x-amzn-requestid") == "theirs"
    assert reply.header("x-amzn-requestid") != "theirs" and reply.header("date") != "then"
    assert reply.header("via") is None and reply.header("x-kept") == "1"


@pytest.mark.parametrize("with_trace", [True, False])
def test_trace_id_only_when_the_backend_returned_one(proxy, backend, with_trace):
    backend.answer(headers=(("X-Amzn-Trace-Id", "Root=1-x"),) if with_trace else ())
    reply = proxy().call("/a")
    assert (reply.header("x-amzn-trace-id") is not None) == with_trace


@pytest.mark.parametrize("query, sent", [
    ("?a=1&b=2", ["a=1", "b=2"]), ("?a=1&a=2", ["a=1", "a=2"]), ("?e=", ["e="]),
    ("?w=foo%20bar", [("w=foo%20bar", "w=foo+bar")]), ("?p=100%25", ["p=100%25"]), ("?u=%C3%A9", ["u=%C3%A9"]),
    ("?plus=a%2Bb", ["plus=a%2Bb"])])
def test_query_strings_are_encoded_again(proxy, backend, query, sent):
    proxy().call(f"/a{query}")
    got = backend.take().target.partition("?")[2].split("&")
    assert len(got) == len(sent)
    assert all(g in s if isinstance(s, tuple) else g == s for g, s in zip(got, sent)), got


def test_the_raw_path_is_kept(proxy, backend):
    proxy().call("/x/test%2Balias@gmail.com/a+b")
    assert backend.take().target == "/x/test%2Balias@gmail.com/a+b"


def test_mapped_parameters(proxy, backend):
    api = proxy("/{proxy}?testVar={pathVariable}", method={"method.request.querystring.testQueryString": False},
                requestParameters={"integration.request.path.pathVariable": "method.request.querystring.testQueryString",
                                   "integration.request.querystring.testQs": "'bar'",
                                   "integration.request.header.X-Given": "'mapped'"})
    api.call("/a?testQueryString=foo&testQs=mine", headers={"X-Given": "client"})
    seen = backend.take()
    query = seen.target.partition("?")[2].split("&")
    assert "testVar=foo" in query and [q for q in query if q.startswith("testQs=")] == ["testQs=mine", "testQs=bar"]
    assert seen.all("x-given") == ["mapped"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(proxy, backend, status):
    backend.answer(status=status, headers=(("Location", f"{backend.url}/elsewhere"),), body=b"")
    reply = proxy().call("/a")
    assert (reply.status, reply.header("location")) == (status, f"{backend.url}/elsewhere")
    backend.take()
    assert backend.untouched()


def test_nobody_listens(proxy):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        free = closed.getsockname()[1]
    reply = proxy(base=f"http://127.0.0.1:{free}").call("/a")
    assert (reply.status, reply.body, reply.error_type) == (504, NETWORK, "InternalServerErrorException")


@pytest.mark.parametrize("how", [
    {"promise": 100, "body": b"only this"}, {"raw": b""}, {"raw": b"HTTP/1.1 200 OK\r\nContent-Le"}, {"raw": b"garbage\r\n\r\n"}],
    ids=["mid-body", "no answer", "mid-head", "no http"])
def test_a_backend_that_breaks_gives_a_clean_5xx(proxy, backend, how):
    backend.answer(**how)
    api = proxy()
    reply = api.call("/a", "POST", body="x")
    assert reply.status in (500, 502, 504) and reply.json["message"] in (
        "Internal server error", "Network error communicating with endpoint")
    assert api.call("/a").status == 200, "the next call works"


def test_timeout(proxy, backend):
    release = threading.Event()
    backend.answer(release=release)
    reply = proxy(timeoutInMillis=100).call("/a")
    release.set()
    assert (reply.status, reply.body, reply.error_type) == (
        504, late_message("Endpoint request timed out"), "InternalServerErrorException")


@pytest.mark.parametrize("address", ["169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:169.254.169.254]"])
def test_metadata_and_link_local_addresses_are_refused(proxy, address):
    reply = proxy(base=f"http://{address}").call("/latest")
    assert reply.status in (500, 504)
    assert reply.json["message"] in ("Internal server error", "Network error communicating with endpoint")


def test_the_gateway_never_calls_itself(proxy, gateway):
    assert proxy(base=gateway.url).call("/livez").status in (500, 504)


def test_connections_to_the_backend_are_kept(proxy, backend):
    api = proxy()
    with raw.Connection(api.gateway.port) as connection:
        for _ in range(20):
            connection.send(raw.encode("GET", "/test/a", [("Host", api.host)], b""))
            assert connection.read_reply().status == 200
    assert backend.connections < 5


def test_a_backend_that_closed_its_idle_connection(proxy, backend):
    backend.answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    api = proxy()
    assert api.call("/a").body == b"ok"
    assert backend.closed.acquire(timeout=10)
    assert api.call("/a").status == 200


def test_a_chunked_reply(proxy, backend):
    backend.answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    reply = proxy().call("/a")
    assert (reply.status, reply.body, reply.header("content-length")) == (200, b"abcde", "5")


def test_a_reply_that_ends_with_the_connection(proxy, backend):
    backend.answer(raw=b"HTTP/1.1 200 OK\r\n\r\nuntil the end")
    assert proxy().call("/a").body == b"until the end"


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize("said, status, body", [
    (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nok", 200, b"ok"),
    (b"HTTP/1.0 200 OK\r\n\r\nold", 200, b"old"),
    (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
    (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
    (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nETag: x\r\n\r\n", 304, b""),
    (OK + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
    (OK + b"transfer-encoding: Chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nTrailer: t\r\n\r\n", 200, b"ok"),
    (OK + b"Transfer-Encoding: chunked\r\n\r\n000002\r\nok\r\n0\r\n\r\n", 200, b"ok"),
    (OK + b"X-Empty:\r\nContent-Length:2\r\n\r\nok", 200, b"ok"),
    (OK + b"X-Latin: caf\xe9\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
], ids=lambda v: v[:60].decode("latin-1").replace("\r\n", "|") if isinstance(v, bytes) and len(v) > 12 else "")
def test_unusual_replies_that_are_allowed(proxy, backend, said, status, body):
    backend.answer(raw=said)
    reply = proxy().call("/a")
    assert (reply.status, reply.body) == (status, body)


@pytest.mark.parametrize("said", [
    OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok!", OK + b"Content-Length: -1\r\n\r\nok",
    OK + b"Content-Length: 2x\r\n\r\nok", OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
    OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nok", OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok",
    OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nokXX0\r\n\r\n", OK + b"no colon\r\n\r\n", b"HTTP/2 200\r\n\r\n",
    b"HTTP/1.1 20 OK\r\n\r\n", b"HTTP/1.1 999999 OK\r\n\r\n", OK + b"X: " + b"y" * 2_000_000 + b"\r\n\r\n",
    b"".join([OK, b"X: y\r\n" * 100_000, b"\r\n"]),
], ids=lambda v: v[:64].decode("latin-1").replace("\r\n", "|"))
def test_replies_that_are_no_http(proxy, backend, said):
    backend.answer(raw=said)
    api = proxy()
    reply = api.call("/a", "POST", body="x")
    assert reply.status in (500, 502, 504) and reply.error_type == "InternalServerErrorException"
    assert api.call("/a").body == b"{}", "the next call is unharmed"


def test_length_and_chunked_together_are_read_as_chunked_or_refused(proxy, backend):
    backend.answer(raw=OK + b"Content-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
    reply = proxy().call("/a")
    assert reply.body == b"ok" or reply.status in (500, 502, 504)


def test_bytes_after_a_reply_never_answer_another_call(proxy, backend):
    """A backend that sends two replies for one request poisons nobody."""
    extra = OK + b"Content-Length: 6\r\n\r\npoison"
    api = proxy()
    for _ in range(5):
        backend.answer(trailing=extra, body=b"first")
        assert api.call("/a").body == b"first"
        assert api.call("/a").body == b"{}"


@pytest.fixture
def secure(certificates):
    running = Backend(certificates[1])
    yield running
    running.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_tls_with_the_given_ca(proxy, secure, host):
    assert proxy(base=f"https://{host}:{secure.port}").call("/a").status == 200
    assert secure.take().target == "/a"


@pytest.fixture
def unknown_ca(tmp_path):
    from harness.backend import make_certificates
    running = Backend(make_certificates(tmp_path)[1])
    yield running
    running.close()


def test_tls_with_an_unknown_ca(proxy, unknown_ca):
    reply = proxy(base=f"https://localhost:{unknown_ca.port}").call("/a")
    assert reply.status in (500, 504) and unknown_ca.untouched()


def test_tls_with_an_unknown_ca_and_insecure_skip_verification(proxy, unknown_ca):
    api = proxy(base=f"https://localhost:{unknown_ca.port}", tlsConfig={"insecureSkipVerification": True})
    assert api.call("/a").status == 200
