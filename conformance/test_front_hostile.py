"""The front against clients that know its weak places: descriptors, memory, forged sources, replies that nobody reads."""

import contextlib
import re
import resource
import os
import socket
import time

import pytest
from hyperframe import frame as frames

from harness import raw
from harness.backend import Backend
from harness.front import configured, eventually, metric, mock_api, proxy_api
from harness.raw import Closed, Connection, encode
from test_front_http2 import Client, fields

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def backend():
    running = Backend()
    yield running
    running.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    with configured(tmp_path_factory.mktemp("hostile")) as running:
        yield running


@pytest.fixture(scope="module")
def api(plain, backend):
    return proxy_api(plain, backend)


@contextlib.contextmanager
def connections(port, count):
    held = [Connection(port, 20) for _ in range(count)]
    try:
        yield held
    finally:
        for connection in held:
            connection.close()


def resident_mb(gateway):
    with open(f"/proc/{gateway.process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read()).group(1)) / 1024


def reserved(gateway):
    """Bytes of the node's buffers that are taken."""
    return int(re.search(r"\nstagedoor_buffered_bytes (\d+)", raw.send(gateway.port, "GET", "/metrics").text).group(1))


def test_without_descriptors_slow_clients_are_ended_all_the_same(tmp_path):
    """Whoever takes the last descriptor must not keep it."""
    with configured(tmp_path, "limits: {head_seconds: 2}\n") as gateway:
        api, pid = mock_api(gateway), gateway.process.pid
        most = len(os.listdir(f"/proc/{pid}/fd")) + 20
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]))
        with connections(gateway.port, 60) as held:
            for connection in held:
                connection.send(b"GET /te")
            started = time.monotonic()
            assert api.call("/mock").status == 200
            assert time.monotonic() - started < 15


def test_the_limit_of_descriptors_is_raised(tmp_path):
    own = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, own[1]))
    try:
        with configured(tmp_path, "limits: {connections: 500}\n") as gateway:
            assert resource.prlimit(gateway.process.pid, resource.RLIMIT_NOFILE) == (min(own[1], 5096), own[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, own)


@pytest.mark.parametrize("sent", [b"\xff, 203.0.113.7", b"1.2.3.4, \xe9\xe9,203.0.113.7"])
def test_nobody_hides_behind_bytes_that_are_no_text(tmp_path, sent):
    """The proxy in front has appended the client to what the client had written."""
    log = "access_log: {target: stdout, format: 'ip=$context.identity.sourceIp'}\n"
    with configured(tmp_path, "trusted_proxies: [127.0.0.0/8]\n" + log) as gateway:
        api = mock_api(gateway)
        with Connection(gateway.port) as connection:
            head = b"GET /test/mock HTTP/1.1\r\nHost: " + api.host.encode() + b"\r\nX-Forwarded-For: " + sent + b"\r\n\r\n"
            connection.send(head)
            assert connection.read_reply().status == 200
        gateway.output.wait_for(r"ip=203\.0\.113\.7$")


def test_limits_per_address_are_those_of_the_real_client(tmp_path):
    text = ("proxy_protocol: true\ntrusted_proxies: [127.0.0.0/8]\nlimits: {connections_per_address: 3}\n")
    with configured(tmp_path, text) as gateway:
        ask = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"

        def answered(held, address):
            count = 0
            for connection in held:
                try:
                    connection.send(b"PROXY TCP4 " + address + b" 10.0.0.1 4000 80\r\n" + ask)
                    count += connection.read_reply().status == 200
                except (Closed, OSError):
                    pass
            return count
        with connections(gateway.port, 5) as first, connections(gateway.port, 2) as second:
            assert (answered(first, b"203.0.113.7"), answered(second, b"203.0.113.8")) == (3, 2)
            # A refused connection is counted by the core that refuses it, a moment after its peer sees the end.
            eventually(lambda: metric_behind(gateway, "refused_connections") == 2)


def metric_behind(gateway, name):
    with Connection(gateway.port) as connection:
        connection.send(b"PROXY UNKNOWN\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        return int(connection.read_reply().text.split(f"\nstagedoor_{name}_total ")[1].split("\n")[0])


def test_trusted_proxies_have_as_many_connections_as_they_need(tmp_path):
    with configured(tmp_path, "trusted_proxies: [127.0.0.0/8]\nlimits: {connections_per_address: 2}\n") as gateway:
        with connections(gateway.port, 6) as held:
            for connection in held:
                connection.send(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                assert connection.read_reply().status == 200


class TestMemory:
    """What one connection makes the gateway hold is bounded, also where nothing of it is a body."""

    def grown(self, gateway, api, talk):
        """MB more while 900 connections stay open after `talk` than while as many do that asked for little."""
        little = b"GET /test/mock HTTP/1.1\r\nHost: " + api.host.encode() + b"\r\n\r\n"
        before = self.held(gateway, lambda connection: (connection.send(little), connection.read_reply()))
        return self.held(gateway, talk) - before

    def held(self, gateway, talk):
        with connections(gateway.port, 900) as held:
            for connection in held:
                talk(connection)
            return resident_mb(gateway)

    def test_idle_connections_hold_no_names(self, plain, api):
        names = "".join(f"{'n' * 900}{number}: 1\r\n" for number in range(20)).encode()
        ask = b"GET /test/mock HTTP/1.1\r\nHost: " + api.host.encode() + b"\r\n" + names + b"\r\n"

        def talk(connection):
            connection.send(ask)
            assert connection.read_reply().status == 200
        # Held, they would be 16 MB more.
        assert self.grown(plain, api, talk) < 10

    def test_idle_connections_hold_no_bodies(self, plain, api):
        ask = encode("POST", "/test/mock", [("Host", api.host)], b"x" * 16_000)

        def talk(connection):
            connection.send(ask[:9000])
            time.sleep(0.001)
            connection.send(ask[9000:])
            assert connection.read_reply().status == 200
        # Held, they would be 14 MB more.
        assert self.grown(plain, api, talk) < 10

    def test_replies_that_nobody_reads(self, plain, api, backend):
        """Beyond the first few they take room from the node's buffers, which bounds them all."""
        backend.reset()
        backend.default.body = b"x" * 16_000
        held = []
        try:
            for _ in range(10):
                client = Client(plain.port, {frames.SettingsFrame.INITIAL_WINDOW_SIZE: 0})
                held.append(client)
                client.send(*(client.headers(1 + 2 * n, fields(api)) for n in range(100)))
            deadline = time.monotonic() + 15
            while reserved(plain) < 10 * 98 * 16_000 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert reserved(plain) >= 10 * 98 * 16_000
        finally:
            backend.reset()
            for client in held:
                client.socket.close()
        deadline = time.monotonic() + 10
        while reserved(plain) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert reserved(plain) == 0

    def test_bodies_that_nobody_waits_for(self, plain, api):
        """What HTTP/2 lets a client send ahead is little."""
        with Client(plain.port) as client:
            client.send(client.headers(1, fields(api)))
            connection, stream = 65_535, 65_535
            while not isinstance(frame := client.read(), frames.HeadersFrame):
                if isinstance(frame, frames.WindowUpdateFrame) and frame.stream_id == 0:
                    connection += frame.window_increment
                if isinstance(frame, frames.SettingsFrame):
                    stream = frame.settings.get(frames.SettingsFrame.INITIAL_WINDOW_SIZE, stream)
            assert stream <= connection <= 256 * 1024


def test_more_headers_than_anyone_sends(tmp_path):
    """A head may be large; the number of its lines is bounded all the same."""
    with configured(tmp_path, "limits: {head_bytes: 1048576}\n") as gateway:
        api = mock_api(gateway)
        for line in ("a:\r\n", "a{}:\r\n"):
            lines = "".join(line.format(number) for number in range(60_000)).encode()
            with Connection(gateway.port) as connection:
                connection.send(b"GET /test/mock HTTP/1.1\r\nHost: " + api.host.encode() + b"\r\n" + lines + b"\r\n")
                assert connection.read_reply().status == 431


class TestHttp2:
    def test_cookies_are_put_together(self, plain, api, backend):
        """RFC 9113 §8.2.3: browsers split them, HTTP/1.1 does not know that."""
        backend.reset()
        with Client(plain.port) as client:
            client.send(client.headers(1, fields(api, ("cookie", "a=1"), ("x", "y"), ("cookie", "b=2"))))
            assert client.outcome() == "200"
        assert backend.take().all("cookie") == ["a=1; b=2"]

    @pytest.mark.parametrize("method, status", [("HEAD", 200), ("GET", 204), ("GET", 304)])
    def test_replies_without_a_body(self, plain, api, backend, method, status):
        backend.reset()
        backend.answer(raw=f"HTTP/1.1 {status} X\r\nContent-Length: 5\r\n\r\n".encode() + (b"" if status != 200 else b""))
        with Client(plain.port) as client:
            client.send(client.headers(1, fields(api, method=method)))
            assert client.outcome() == str(status)
            client.send(frames.PingFrame(0, opaque_data=b"12345678"))
            while not isinstance(frame := client.read(), frames.PingFrame):
                assert not isinstance(frame, frames.DataFrame) or frame.data == b""

    def test_a_trickling_body(self, tmp_path):
        with configured(tmp_path, "limits: {stall_seconds: 2, body_seconds: 60}\n") as gateway:
            api = mock_api(gateway)
            with Client(gateway.port) as client:
                client.send(client.headers(1, fields(api, path="/test/mock", method="POST"), end=False))
                client.socket.settimeout(0.3)
                started, outcome = time.monotonic(), None
                while outcome is None and time.monotonic() - started < 40:
                    client.send(client.data(1, b"x", end=False))
                    with contextlib.suppress(TimeoutError):
                        outcome = client.outcome()
            assert outcome == "408"


def test_a_last_reply_is_not_lost_among_further_requests(tmp_path):
    """A reset for what was not read must not overtake what was answered."""
    with configured(tmp_path, "limits: {requests_per_connection: 10}\n") as gateway:
        api = mock_api(gateway, body="x" * 100_000)
        with Connection(gateway.port) as connection:
            connection.send(encode("GET", "/test/mock", [("Host", api.host)], b"") * 400)
            time.sleep(0.5)
            assert [connection.read_reply().status for _ in range(10)] == [200] * 10
            assert connection.reader.read() == b""


@pytest.mark.parametrize("chunks", [b"3;\r\nabc\r\n0\r\n\r\n", b"3;=b\r\nabc\r\n0\r\n\r\n", b"3;a=\r\nabc\r\n0\r\n\r\n",
                                    b"3;a;;b\r\nabc\r\n0\r\n\r\n", b"3;a=\"b\"c\r\nabc\r\n0\r\n\r\n", b"3;a=b=c\r\nabc\r\n0\r\n\r\n",
                                    b"3;a\"b\"\r\nabc\r\n0\r\n\r\n"])
def test_extensions_that_are_none(plain, api, backend, chunks):
    backend.reset()
    with Connection(plain.port) as connection:
        connection.send(encode("POST", "/test/up", [("Host", api.host), ("Transfer-Encoding", "chunked")], b"") + chunks)
        assert connection.read_reply().status == 400
    assert backend.untouched()
