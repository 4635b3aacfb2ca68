"""Limits by configuration: slow and greedy clients, pipelining, half-closed sockets, PROXY protocol, trusted proxies."""

import re
import shutil
import socket
import struct
import subprocess
import time

import pytest

from harness import raw
from harness.backend import Backend
from harness.front import configured, metric, mock_api, proxy_api
from harness.raw import Closed, Connection, encode

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A gateway with short deadlines."""
    text = "limits: {head_seconds: 2, stall_seconds: 2, idle_seconds: 3, body_seconds: 5, requests_per_connection: 1000}\n"
    with configured(tmp_path_factory.mktemp("strict"), text) as running:
        yield running


@pytest.fixture(scope="module")
def api(strict):
    return mock_api(strict)


def head(api, *more, verb="GET", path="/test/mock"):
    return encode(verb, path, [("Host", api.host), *more], b"")


def rest(connection):
    try:
        return connection.reader.read()
    except ConnectionResetError:
        return b""


class TestSlow:
    def test_a_slow_head(self, api, strict):
        before = metric(strict, "timed_out_connections")
        with Connection(strict.port, 10) as connection:
            connection.send(b"GET /test/mock HTTP/1.1\r\nHost: x\r\n")
            assert rest(connection).startswith(b"HTTP/1.1 408 ")
        assert metric(strict, "timed_out_connections") == before + 1

    def test_a_slow_body(self, api, strict):
        with Connection(strict.port, 10) as connection:
            connection.send(head(api, ("Content-Length", "100000"), verb="POST") + b"x")
            assert rest(connection).startswith(b"HTTP/1.1 408 ")

    def test_a_trickling_body(self, api, strict):
        started = time.monotonic()
        with Connection(strict.port, 10) as connection:
            connection.socket.settimeout(0.2)
            connection.send(head(api, ("Content-Length", "100000"), verb="POST"))
            answer = b""
            while not answer and time.monotonic() - started < 30:
                try:
                    connection.send(b"x")
                    answer = connection.socket.recv(100)
                except TimeoutError:
                    pass
                except OSError:
                    break
        assert answer.startswith(b"HTTP/1.1 408 ")

    def test_a_client_that_does_not_read(self, strict):
        big = mock_api(strict, body="x" * 250_000)
        before = metric(strict, "timed_out_connections")
        with Connection(strict.port, 20) as connection:
            connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            try:
                connection.send(head(big) * 60)
            except OSError:
                pass
            deadline = time.monotonic() + 15
            while metric(strict, "timed_out_connections") == before and time.monotonic() < deadline:
                time.sleep(0.1)
        assert metric(strict, "timed_out_connections") > before

    def test_an_idle_connection(self, api, strict):
        started = time.monotonic()
        with Connection(strict.port, 30) as connection:
            connection.send(head(api))
            assert connection.read_reply().status == 200
            assert rest(connection) == b""
        assert time.monotonic() - started > 2

    def test_two_hundred_of_each_disturb_nobody(self, api, strict):
        beginnings = [b"GET /te", head(api, ("Content-Length", "900"), verb="POST") + b"x", b""]
        slow = [Connection(strict.port) for _ in range(600)]
        try:
            for number, connection in enumerate(slow):
                connection.send(beginnings[number % 3])
            started = time.monotonic()
            assert all(api.call("/mock").status == 200 for _ in range(50))
            assert time.monotonic() - started < 5
            deadline = time.monotonic() + 15
            while connections(strict) > 50 and time.monotonic() < deadline:
                time.sleep(0.1)
            assert connections(strict) <= 50, "the slow ones are gone"
        finally:
            for connection in slow:
                connection.close()


def connections(gateway):
    return int(raw.send(gateway.port, "GET", "/metrics").text.split("\nstagedoor_connections ")[1].split("\n")[0])


@pytest.mark.parametrize("mode", [["-H"], ["-B"], ["-X"]], ids=["slow headers", "slow body", "slow read"])
def test_slowhttptest(api, strict, mode, tmp_path):
    """The service stays available, and the gateway cuts off who is slow to ask."""
    program = shutil.which("slowhttptest")
    assert program, "scripts/packages.sh installs it"
    url = f"http://127.0.0.1:{strict.port}/_aws/execute-api/{api.id}/test/mock"
    cut_off = metric(strict, "timed_out_connections")
    command = [program, *mode, "-c", "200", "-r", "200", "-i", "1", "-l", "8", "-t", "POST" if mode == ["-B"] else "GET",
               "-u", url, "-p", "2", "-x", "8", "-s", "8192"]
    if mode == ["-X"]:
        command += ["-w", "1", "-y", "10", "-n", "1", "-z", "1", "-k", "3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    available = re.findall(r"service available:\s+(\w+)", plain)
    assert available and set(available[1:]) <= {"YES"}, plain[-2000:]
    if mode != ["-X"]:
        # These replies fit the sockets' buffers; for slow readers, see test_a_client_that_does_not_read.
        assert metric(strict, "timed_out_connections") - cut_off > 150, plain[-2000:]
    assert api.call("/mock").status == 200


class TestKeepAlive:
    def test_pipelined_requests_are_answered_in_order(self, strict):
        backend = Backend()
        try:
            api = proxy_api(strict, backend)
            for number in range(20):
                backend.answer(body=b"%d" % number)
            with Connection(strict.port) as connection:
                connection.send(b"".join(head(api, path="/test/up") + head(api) for _ in range(20)))
                answers = [connection.read_reply().text for _ in range(40)]
            assert answers == [text for number in range(20) for text in (str(number), "small")]
        finally:
            backend.close()

    def test_a_thousand_requests_and_no_more(self, api, strict):
        with Connection(strict.port) as connection:
            connection.send(head(api) * 1001)
            replies = [connection.read_reply() for _ in range(1000)]
            assert rest(connection) == b""
        assert {reply.status for reply in replies} == {200}
        assert [reply.header("connection") for reply in replies[-2:]] == ["keep-alive", "close"]

    def test_http_1_0(self, api, strict):
        ask = f"GET /test/mock HTTP/1.0\r\nHost: {api.host}\r\n".encode()
        with Connection(strict.port) as connection:
            connection.send(ask + b"Connection: keep-alive\r\n\r\n" + ask + b"\r\n")
            first, second = connection.read_reply(), connection.read_reply()
            assert (first.header("connection"), second.header("connection"), rest(connection)) == ("keep-alive", None, b"")

    def test_a_half_closed_socket_gets_all_its_answers(self, api, strict):
        with Connection(strict.port) as connection:
            connection.send(head(api) * 3)
            connection.socket.shutdown(socket.SHUT_WR)
            assert [connection.read_reply().text for _ in range(3)] == ["small"] * 3
            assert rest(connection) == b""


def test_connections_per_address(tmp_path):
    with configured(tmp_path, "limits: {connections_per_address: 5}\n") as gateway:
        api = mock_api(gateway)
        # The SDK's own connection counts as well.
        held = [Connection(gateway.port, 5) for _ in range(6)]
        answered = 0
        for connection in held:
            try:
                connection.send(head(api))
                answered += connection.read_reply().status == 200
            except (Closed, OSError):
                pass
        assert 3 <= answered <= 5
        for connection in held:
            connection.close()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            try:
                if api.call("/mock").status == 200:
                    return
            except (Closed, OSError):
                pass
        raise AssertionError("places are not given back")


def binary(command, family, block):
    return SIGNATURE + bytes([command, family]) + struct.pack(">H", len(block)) + block


V4 = socket.inet_aton("203.0.113.7") + socket.inet_aton("10.0.0.1") + struct.pack(">HH", 4000, 80)
V6 = socket.inet_pton(socket.AF_INET6, "2001:db8::7") + bytes(16) + struct.pack(">HH", 4000, 80)


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A gateway behind a proxy on loopback; its API is declared, since control calls would need the header too."""
    backend, folder = Backend(), tmp_path_factory.mktemp("proxied")
    (folder / "api.yaml").write_text(f"""
openapi: 3.0.1
info: {{title: t, version: "1"}}
paths:
  /up:
    x-amazon-apigateway-any-method:
      responses: {{}}
      x-amazon-apigateway-integration: {{type: http_proxy, httpMethod: ANY, uri: "{backend.url}"}}
""")
    text = ("apis: {abc: {openapi: api.yaml, stage: test}}\nproxy_protocol: true\ntrusted_proxies: [127.0.0.0/8]\n"
            "limits: {handshake_seconds: 2}\n")
    with configured(folder, text) as gateway:
        yield gateway, backend
    backend.close()


class TestProxyProtocol:
    def ask(self, gateway, before):
        with Connection(gateway.port, 10) as connection:
            connection.send(before + b"GET /_aws/execute-api/abc/test/up HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return rest(connection)

    @pytest.mark.parametrize("before, client", [
        (b"PROXY TCP4 203.0.113.7 10.0.0.1 4000 80\r\n", "203.0.113.7"),
        (b"PROXY TCP6 2001:db8::7 ::1 4000 80\r\n", "2001:db8::7"),
        (b"PROXY UNKNOWN\r\n", "127.0.0.1"),
        (binary(0x21, 0x11, V4), "203.0.113.7"),
        (binary(0x21, 0x11, V4 + b"\x04\x00\x03abc"), "203.0.113.7"),
        (binary(0x21, 0x21, V6), "2001:db8::7"),
        (binary(0x20, 0x00, b""), "127.0.0.1"),
        (binary(0x21, 0x31, bytes(216)), "127.0.0.1")],
        ids=["v1 IPv4", "v1 IPv6", "v1 unknown", "v2 IPv4", "v2 with additions", "v2 IPv6", "v2 local", "v2 unix"])
    def test_the_client_is_who_the_header_names(self, behind, before, client):
        gateway, backend = behind
        assert self.ask(gateway, before).startswith(b"HTTP/1.1 200 ")
        assert backend.take().header("x-forwarded-for") == client

    @pytest.mark.parametrize("before", [
        b"", b"PROXY TCP4 203.0.113.7 10.0.0.1 4000 80\n", b"PROXY TCP4 x y 1 2\r\n", b"PROXY " + b"x" * 200,
        binary(0x21, 0x11, V4[:5]), binary(0x41, 0x11, V4), binary(0x21, 0x11, bytes(5000))], ids=repr)
    def test_a_malformed_header_ends_the_connection(self, behind, before):
        gateway, backend = behind
        assert self.ask(gateway, before) == b"" and backend.untouched()

    def test_a_header_that_never_comes(self, behind):
        with Connection(behind[0].port, 10) as connection:
            connection.send(b"PROXY TCP4")
            assert rest(connection) == b""

    def test_nobody_else_may_connect(self, tmp_path):
        text = "proxy_protocol: true\ntrusted_proxies: [10.0.0.0/8]\n"
        with configured(tmp_path, text) as gateway, Connection(gateway.port, 10) as connection:
            connection.send(b"PROXY TCP4 203.0.113.7 10.0.0.1 4000 80\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert rest(connection) == b""


class TestTrustedProxies:
    @pytest.mark.parametrize("trusted, sent, forwarded", [
        ("[127.0.0.0/8]", "203.0.113.7", "203.0.113.7"),
        ("[127.0.0.0/8]", "6.6.6.6, 203.0.113.7, 127.0.0.9", "6.6.6.6, 203.0.113.7"),
        ("[10.0.0.0/8]", "203.0.113.7", "203.0.113.7, 127.0.0.1"),
        ("[]", "203.0.113.7", "203.0.113.7, 127.0.0.1")], ids=["trusted", "a chain", "not trusted", "nobody"])
    def test_the_client_is_the_last_that_no_proxy_is(self, tmp_path, trusted, sent, forwarded):
        backend = Backend()
        with configured(tmp_path, f"trusted_proxies: {trusted}\naccess_log: {{target: stdout, format: 'ip=$context.identity.sourceIp'}}\n") as gateway:
            api = proxy_api(gateway, backend)
            assert api.call("/up", headers={"X-Forwarded-For": sent}).status == 200
            assert backend.take().header("x-forwarded-for") == forwarded
            gateway.output.wait_for(f"ip={re.escape(forwarded.split(', ')[-1])}$")
        backend.close()
