"""HTTP/2 by raw frames: requests with two meanings, floods, resets, and a clean end."""

import signal
import socket
import subprocess
import time

import hpack
import pytest
from hyperframe import frame as frames

from harness.backend import Backend
from harness.front import configured, metric, proxy_api

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


@pytest.fixture(scope="module")
def backend():
    running = Backend()
    yield running
    running.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    with configured(tmp_path_factory.mktemp("http2"), "limits: {streams: 50}\n") as running:
        yield running


@pytest.fixture(scope="module")
def api(plain, backend):
    return proxy_api(plain, backend)


class Client:
    """A connection on which any frame may be sent."""

    def __init__(self, port, settings=None):
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.encoder, self.decoder, self.received = hpack.Encoder(), hpack.Decoder(), b""
        self.socket.sendall(PREFACE)
        self.send(frames.SettingsFrame(0, settings=settings or {}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, *some):
        self.socket.sendall(b"".join(frame.serialize() for frame in some))

    def headers(self, stream, fields, end=True):
        made = frames.HeadersFrame(stream, self.encoder.encode(fields, huffman=False))
        made.flags.add("END_HEADERS")
        if end:
            made.flags.add("END_STREAM")
        return made

    def data(self, stream, body, end=True):
        made = frames.DataFrame(stream, body)
        if end:
            made.flags.add("END_STREAM")
        return made

    def read(self):
        """The next frame; None at the end."""
        while True:
            if len(self.received) >= 9:
                made, length = frames.Frame.parse_frame_header(memoryview(self.received[:9]))
                if len(self.received) >= 9 + length:
                    made.parse_body(memoryview(self.received[9:9 + length]))
                    self.received = self.received[9 + length:]
                    return made
            try:
                more = self.socket.recv(65536)
            except ConnectionResetError:
                return None
            if not more:
                return None
            self.received += more

    def outcome(self, stream=1):
        """The status of a stream, or how it or the connection was refused."""
        while (frame := self.read()) is not None:
            if isinstance(frame, frames.GoAwayFrame) and frame.error_code:
                return f"goaway {frame.error_code}"
            if frame.stream_id == stream and isinstance(frame, frames.RstStreamFrame):
                return f"reset {frame.error_code}"
            if frame.stream_id == stream and isinstance(frame, frames.HeadersFrame):
                return dict(self.decoder.decode(frame.data))[":status"]
        return "closed"


def fields(api, *more, method="GET", path="/test/up", scheme="http", authority=None):
    return [(":method", method), (":scheme", scheme), (":path", path), (":authority", authority or api.host), *more]


def without(api, name):
    return [field for field in fields(api) if field[0] != name]


REFUSED = {
    "connection": lambda api: fields(api, ("connection", "close")),
    "transfer-encoding": lambda api: fields(api, ("transfer-encoding", "chunked")),
    "upgrade": lambda api: fields(api, ("upgrade", "h2c")),
    "keep-alive": lambda api: fields(api, ("keep-alive", "5")),
    "proxy-connection": lambda api: fields(api, ("proxy-connection", "close")),
    "te other than trailers": lambda api: fields(api, ("te", "gzip")),
    "capitals in a name": lambda api: fields(api, ("X-Capital", "1")),
    "blank in a name": lambda api: fields(api, ("x y", "1")),
    "colon in a name": lambda api: fields(api, ("x:y", "1")),
    "line end in a name": lambda api: fields(api, ("x\r\ny", "1")),
    "empty name": lambda api: fields(api, ("", "1")),
    "line end in a value": lambda api: fields(api, ("x", "1\r\nhost: other")),
    "bare LF in a value": lambda api: fields(api, ("x", "1\nhost: other")),
    "NUL in a value": lambda api: fields(api, ("x", "1\0")),
    "no method": lambda api: without(api, ":method"),
    "no scheme": lambda api: without(api, ":scheme"),
    "no path": lambda api: without(api, ":path"),
    "no authority and no host": lambda api: without(api, ":authority"),
    "two methods": lambda api: fields(api) + [(":method", "POST")],
    "two paths": lambda api: fields(api) + [(":path", "/test/mock")],
    "two authorities": lambda api: fields(api) + [(":authority", "other")],
    "pseudo header behind the others": lambda api: without(api, ":path") + [("x", "1"), (":path", "/test/up")],
    "unknown pseudo header": lambda api: fields(api, (":unknown", "1")),
    "a reply's pseudo header": lambda api: fields(api, (":status", "200")),
    "empty path": lambda api: fields(api, path=""),
    "path without a slash": lambda api: fields(api, path="test/up"),
    "asterisk": lambda api: fields(api, path="*", method="OPTIONS"),
    "absolute path": lambda api: fields(api, path="http://other/test/up"),
    "line end in the path": lambda api: fields(api, path="/test/up\r\nhost: other"),
    "blank in the path": lambda api: fields(api, path="/test/up x"),
    "bytes beyond ASCII in the path": lambda api: fields(api, path="/test/up?\u00e9"),
    "line end in the method": lambda api: fields(api, method="GET / HTTP/1.1\r\nx: y"),
    "blank in the method": lambda api: fields(api, method="GET X"),
    "CONNECT": lambda api: [(":method", "CONNECT"), (":authority", api.host)],
    "user in the authority": lambda api: fields(api, authority=f"u@{api.host}"),
    "blank in the authority": lambda api: fields(api, authority=f"{api.host} x"),
    "path in the authority": lambda api: fields(api, authority=f"{api.host}/x"),
    "another host": lambda api: fields(api, ("host", "other.example")),
    "two hosts": lambda api: fields(api, ("host", api.host), ("host", api.host)),
    "two lengths": lambda api: fields(api, ("content-length", "0"), ("content-length", "0")),
    "length with a plus": lambda api: fields(api, ("content-length", "+0")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(plain, api, backend, name):
    backend.reset()
    with Client(plain.port) as client:
        client.send(client.headers(1, REFUSED[name](api)))
        outcome = client.outcome()
    assert outcome in ("400", "reset 1", "goaway 1", "closed"), outcome
    assert backend.untouched()


@pytest.mark.parametrize("length, body", [("5", b"hell"), ("5", b"hello!"), ("0", b"x")])
def test_a_body_of_another_length_than_announced(plain, api, backend, length, body):
    backend.reset()
    with Client(plain.port) as client:
        client.send(client.headers(1, fields(api, ("content-length", length), method="POST"), end=False), client.data(1, body))
        assert client.outcome() in ("400", "reset 1", "goaway 1")
    assert backend.untouched()


def test_a_sound_request_is_framed_anew(plain, api, backend):
    backend.reset()
    with Client(plain.port) as client:
        fine = fields(api, ("te", "trailers"), ("host", api.host), ("x-one", "1"), method="POST")
        client.send(client.headers(1, fine, end=False), client.data(1, b"hel", end=False), client.data(1, b"lo"))
        assert client.outcome() == "200"
    seen = backend.take()
    assert (seen.method, seen.body, seen.all("content-length"), seen.header("x-one")) == ("POST", b"hello", ["5"], "1")
    assert not seen.names() & {"te", "transfer-encoding", "connection"} and len(seen.all("host")) == 1


def ping_works(client):
    client.send(frames.PingFrame(0, opaque_data=b"12345678"))
    while (frame := client.read()) is not None:
        if isinstance(frame, frames.PingFrame) and "ACK" in frame.flags:
            return True
    return False


class TestFloods:
    @pytest.fixture(autouse=True)
    def others_are_served(self, api):
        yield
        assert api.call("/mock").text == "small"

    def ends(self, client, send, rounds=20_000):
        """Whether the connection ends before so many rounds are sent."""
        client.socket.settimeout(10)
        try:
            for _ in range(rounds):
                send()
            while client.read() is not None:
                pass
        except (OSError, TimeoutError) as problem:
            return not isinstance(problem, TimeoutError)
        return True

    def test_rapid_reset(self, plain, api, backend):
        backend.reset()
        before = metric(plain, "timed_out_connections")
        with Client(plain.port) as client:
            ids = iter(range(1, 1 << 30, 2))

            def send():
                stream = next(ids)
                client.send(client.headers(stream, fields(api)), frames.RstStreamFrame(stream, error_code=8))
            assert self.ends(client, send)
        assert backend.connections < 300
        assert metric(plain, "timed_out_connections") <= before + 1

    def test_slow_resets_of_calls_under_way(self, plain, api, backend):
        """Each stream is begun before it is reset, so only counting helps."""
        with Client(plain.port) as client:
            ids = iter(range(1, 1 << 30, 2))

            def send():
                stream = next(ids)
                client.send(client.headers(stream, fields(api, method="POST"), end=False))
                assert ping_works(client) or stream > 1
                client.send(frames.RstStreamFrame(stream, error_code=8))
            assert self.ends(client, send, 2_000)

    def test_continuations_without_end(self, plain, api):
        with Client(plain.port) as client:
            first = frames.HeadersFrame(1, client.encoder.encode(fields(api), huffman=False))
            client.send(first)
            assert self.ends(client, lambda: client.send(frames.ContinuationFrame(1, b"\x00\x01x\x01y" * 100)))

    def test_empty_continuations_without_end(self, plain, api):
        with Client(plain.port) as client:
            client.send(frames.HeadersFrame(1, client.encoder.encode(fields(api), huffman=False)))
            assert self.ends(client, lambda: client.send(frames.ContinuationFrame(1, b"")))

    def test_a_header_list_that_is_too_large(self, plain, api, backend):
        backend.reset()
        with Client(plain.port) as client:
            # One table entry named again and again: small on the wire, 4 MB when decoded.
            block = client.encoder.encode(fields(api, ("x-bomb", "b" * 3000)), huffman=False)
            bomb = block + bytes([0x80 | 62]) * 1300
            made = frames.HeadersFrame(1, bomb)
            made.flags |= {"END_HEADERS", "END_STREAM"}
            client.send(made)
            assert client.outcome() in ("431", "reset 1", "goaway 1", "goaway 11", "closed")
        assert backend.untouched()

    def test_more_streams_than_allowed(self, plain, api):
        with Client(plain.port) as client:
            client.send(*(client.headers(1 + 2 * n, fields(api, method="POST"), end=False) for n in range(80)))
            assert client.outcome(1 + 2 * 79) in ("reset 7", "goaway 1", "closed")

    @pytest.mark.parametrize("frame", [
        frames.SettingsFrame(0, settings={}), frames.PingFrame(0, opaque_data=b"x" * 8), frames.PriorityFrame(1, depends_on=0, stream_weight=1)],
        ids=["settings", "pings", "priorities"])
    def test_frames_that_ask_for_nothing(self, plain, frame):
        """Answered or refused, with others served meanwhile and memory bounded."""
        with Client(plain.port) as client:
            client.socket.settimeout(5)
            try:
                for _ in range(50):
                    client.socket.sendall(frame.serialize() * 1000)
            except (OSError, TimeoutError):
                pass

    def test_a_window_that_overflows(self, plain):
        with Client(plain.port) as client:
            client.send(frames.WindowUpdateFrame(0, window_increment=2**31 - 1))
            assert client.outcome().startswith(("goaway", "closed"))

    def test_a_window_that_never_opens(self, plain, api):
        """Others are served while a client takes its reply byte by byte, or not at all."""
        with Client(plain.port, {frames.SettingsFrame.INITIAL_WINDOW_SIZE: 0}) as client:
            client.send(client.headers(1, fields(api, path="/test/mock")))
            assert client.outcome() == "200"
            assert ping_works(client)

    @pytest.mark.parametrize("data", [b"\x00\x00\x00\x00\x00\x80\x00\x00\x01" * 3, b"\xff" * 100,
                                      b"\x00\x40\x01\x00\x01\x00\x00\x00\x01" + b"x" * 20_000],
                             ids=["reserved bits", "noise", "a frame that is too large"])
    def test_what_is_no_http2(self, plain, data):
        with Client(plain.port) as client:
            client.socket.sendall(data)
            client.socket.settimeout(5)
            assert client.outcome(99).startswith(("goaway", "closed"))


def test_h2load(plain, api):
    url = f"http://127.0.0.1:{plain.port}/_aws/execute-api/{api.id}/test/mock"
    done = subprocess.run(["h2load", "-n", "5000", "-c", "10", "-m", "50", url], capture_output=True, text=True, timeout=60)
    assert "5000 succeeded, 0 failed" in done.stdout, done.stdout


@pytest.mark.parametrize("acknowledges", [True, False])
def test_a_clean_end(tmp_path, backend, acknowledges):
    """SIGTERM: the call at hand is answered, the client is told by GOAWAY, and the process ends."""
    with configured(tmp_path) as gateway:
        api = proxy_api(gateway, backend)
        with Client(gateway.port) as client:
            client.send(client.headers(1, fields(api, path="/test/mock")))
            assert client.outcome() == "200"
            gateway.process.send_signal(signal.SIGTERM)
            seen = []
            while (frame := client.read()) is not None:
                seen.append(frame)
                if isinstance(frame, frames.PingFrame) and acknowledges:
                    client.send(frames.PingFrame(0, opaque_data=frame.opaque_data, flags=["ACK"]))
            goaways = [frame for frame in seen if isinstance(frame, frames.GoAwayFrame)]
            assert goaways and all(frame.error_code == 0 for frame in goaways)
        assert gateway.process.wait(20) == 0
