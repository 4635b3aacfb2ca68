"""Streamed replies (responseTransferMode STREAM): what comes is passed on at once, no faster than it is read, and what breaks
off is seen to break off. Backends and functions wait for events of the test, never for time."""

import base64
import hashlib
import json
import os
import re
import socket
import subprocess
import threading
import time

import pytest

from conftest import make_client
from harness import functions, official, raw
from harness.api import Api, lambda_uri, late_message
from harness.backend import Backend
from harness.errors import bad_request
from harness.front import configured, control, eventually, metric, secure_port
from harness.script import Script, request_of

INTERNAL = (500, late_message("Internal server error"))
MB = 1024 * 1024
FORMAT = ("log $context.resourcePath $context.status $context.responseLength $context.integration.responseTransferMode "
          "$context.integration.timeToAllHeaders $context.integration.timeToFirstContent $context.integration.latency "
          "[$context.integration.error]")
CONFIGURATION = f"""
streaming: {{bytes_per_second: 0, idle_timeout: 3}}
access_log: {{target: stdout, format: '{FORMAT}'}}
"""


@pytest.fixture(scope="module")
def gateway_arguments(tmp_path_factory):
    folder = tmp_path_factory.mktemp("streaming")
    (folder / "stagedoor.yaml").write_text(CONFIGURATION)
    return [str(folder)]


class Live(Script):
    """A backend with a step that the test allows."""

    def __init__(self, behave):
        self.go = threading.Event()
        super().__init__(lambda peer, reader, number: behave(self, peer, reader))

    def wait(self):
        assert self.go.wait(30)


@pytest.fixture
def scripted():
    made = []

    def make(behave):
        made.append(Live(behave))
        return made[-1]
    yield make
    for script in made:
        script.go.set()
        script.close()


def says(*pieces):
    """Says a piece of the reply after each step; closes at the end."""
    def behave(script, peer, reader):
        while request_of(reader):
            for number, piece in enumerate(pieces):
                if number:
                    script.wait()
                peer.sendall(piece)
            if b"ontent-Length" not in pieces[0] and b"chunked" not in pieces[0]:
                return
    return behave


CHUNKED = (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none,\r\n", b"3\r\ntwo\r\n0\r\n\r\n")
LENGTH = (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\none,", b"two")
UNTIL_CLOSE = (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\none,", b"two")
FRAMINGS = {"chunked": CHUNKED, "length": LENGTH, "until close": UNTIL_CLOSE}


def streamed(api, path, url, **fields):
    api.http_proxy(path, url, responseTransferMode="STREAM", **fields)
    api.deploy()
    return api


class Reading:
    """A client that reads a reply bit by bit."""

    def __init__(self, api, path, version="1.1", method="GET", headers=()):
        self.connection = raw.Connection(api.gateway.port)
        self.reader = self.connection.reader
        lines = [f"{method} /test{path} HTTP/{version}", f"Host: {api.host}", *headers, "", ""]
        self.connection.send("\r\n".join(lines).encode())
        self.status_line = self.reader.readline().decode().strip()
        self.headers = {name.lower(): value for name, value in self.connection._read_headers()}
        self.framing = "chunked" if "transfer-encoding" in self.headers else "length" if "content-length" in self.headers else "close"
        self.left = self.seen = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    @property
    def status(self):
        return int(self.status_line.split()[1])

    def read(self, count):
        """So many bytes of the body, whatever chunks they come in."""
        if self.framing != "chunked":
            body = self.reader.read(count)
            self.seen += len(body)
            return body
        body = b""
        while len(body) < count:
            if not self.left:
                self.left = int(self.reader.readline(), 16)
                if not self.left:
                    break
            piece = self.reader.read(min(self.left, count - len(body)))
            self.left -= len(piece)
            body += piece
            if not self.left:
                self.reader.readline()
        return body

    def rest(self):
        """What is left, and whether the reply says that it is complete."""
        try:
            if self.framing == "chunked":
                body = b""
                while (line := self.reader.readline()).strip():
                    size = int(line, 16)
                    body += self.reader.read(size)
                    self.reader.readline()
                    if not size:
                        return body, True
                return body, False
            if self.framing == "length":
                missing = int(self.headers["content-length"]) - self.seen
                body = self.reader.read(missing)
                return body, len(body) == missing
            return self.reader.read(), True
        except ConnectionResetError:
            return b"", False


def logged(gateway, path, since=0):
    """The access log line of a call, when it is there: status, length, mode, headers, content, latency, error."""
    match = gateway.output.wait_for(rf"^log {path} (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) \[(.*)\]$", since=since)
    return match.groups()


class TestHttpBackends:
    @pytest.mark.parametrize("version", ["1.1", "1.0"])
    @pytest.mark.parametrize("framing", FRAMINGS)
    def test_the_first_piece_arrives_before_the_backend_goes_on(self, api, scripted, framing, version):
        backend = scripted(says(*FRAMINGS[framing]))
        streamed(api, "/s", backend.url)
        with Reading(api, "/s", version) as reading:
            assert (reading.status, reading.headers["content-type"]) == (200, "text/plain")
            expected = "length" if framing == "length" else {"1.1": "chunked", "1.0": "close"}[version]
            assert reading.framing == expected
            assert reading.read(4) == b"one,"
            backend.go.set()
            assert reading.rest() == (b"two", True)

    def test_connections_are_used_again(self, api, scripted):
        """The client's and the backend's, after every framing that allows it."""
        backend = scripted(says(*LENGTH))
        backend.go.set()
        streamed(api, "/s", backend.url)
        with raw.Connection(api.gateway.port) as connection:
            for _ in range(3):
                connection.send(raw.encode("GET", "/test/s", [("Host", api.host)], b""))
                assert connection.read_reply().body == b"one,two"
        assert backend.accepted == 1

    @pytest.mark.parametrize("method, head", [
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"), ("HEAD", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ("GET", b"HTTP/1.1 204 No Content\r\nX-Content-Length: 0\r\n\r\n"),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"),
        ("GET", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")], ids=["head", "chunked head", "204", "304", "empty"])
    def test_replies_without_a_body(self, api, scripted, method, head):
        backend = scripted(says(head))
        streamed(api, "/s", backend.url)
        with raw.Connection(api.gateway.port) as connection:
            for _ in range(2):
                connection.send(raw.encode(method, "/test/s", [("Host", api.host)], b""))
                reply = connection.read_reply(method)
                assert (reply.status, reply.body) == (int(head.split()[1]), b"")

    def test_bytes_and_encodings_pass_untouched(self, gateway, apigateway, scripted):
        """Without binary media types; neither compressed nor decoded by the gateway."""
        for number, (encoding, body) in enumerate([(b"X-Plain: 1", bytes(range(256)) * 40), (b"Content-Encoding: gzip", b"\x1f\x8bno gzip")]):
            backend = scripted(says(b"HTTP/1.1 200 OK\r\n" + encoding + b"\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body) + body))
            api = streamed(Api(gateway, apigateway, minimumCompressionSize=0), f"/s{number}", backend.url)
            reply = api.call(f"/s{number}", headers={"Accept-Encoding": "gzip"})
            assert (reply.body, reply.header("content-encoding")) == (body, "gzip" if b"gzip" in encoding else None)

    def test_more_than_ten_megabytes_with_flat_memory(self, gateway, api, scripted):
        block = bytes(range(256)) * 256

        def behave(_, peer, reader):
            request_of(reader)
            peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(50 * MB // len(block)):
                peer.sendall(b"%x\r\n" % len(block) + block + b"\r\n")
            peer.sendall(b"0\r\n\r\n")
        streamed(api, "/large", scripted(behave).url)
        before = resident_mb(gateway)
        with Reading(api, "/large") as reading:
            digest, total, most = hashlib.sha256(), 0, 0
            while piece := reading.read(MB):
                digest.update(piece)
                total += len(piece)
                most = max(most, resident_mb(gateway))
        assert (total, digest.hexdigest()) == (50 * MB, hashlib.sha256(block * (50 * MB // len(block))).hexdigest())
        assert most - before < 20, (before, most)
        assert logged(gateway, "/large")[:3] == ("200", str(50 * MB), "STREAMED")

    def test_a_slow_client_slows_the_backend_down(self, api, scripted):
        total, sent, blocked = 40 * MB, [0], threading.Event()

        def behave(script, peer, reader):
            request_of(reader)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % total)
            peer.settimeout(1)
            while sent[0] < total:
                try:
                    sent[0] += peer.send(bytes(65536)[:total - sent[0]])
                except TimeoutError:
                    blocked.set()
        streamed(api, "/s", scripted(behave).url)
        with Reading(api, "/s") as reading:
            assert reading.read(10) == bytes(10)
            assert blocked.wait(20)
            # What the sockets on the way hold, and a piece.
            assert sent[0] < 20 * MB
            left = total - 10
            while left:
                left -= len(reading.read(min(left, MB)))

    @pytest.mark.parametrize("version", ["1.1", "1.0"])
    @pytest.mark.parametrize("framing", ["chunked", "length", "odd chunk"])
    def test_a_backend_that_dies_midway(self, gateway, api, scripted, framing, version):
        """The client can tell; the log says why, once."""
        path = f"/dies-{framing[:3]}-{version[-1]}"

        def behave(script, peer, reader):
            request_of(reader)
            peer.sendall(LENGTH[0] if framing == "length" else CHUNKED[0])
            script.wait()
            if framing == "odd chunk":
                peer.sendall(b"zz\r\n")
        backend = scripted(behave)
        streamed(api, path, backend.url)
        mark = len(gateway.output.lines)
        with Reading(api, path, version) as reading:
            assert reading.read(4) == b"one,"
            backend.go.set()
            assert not reading.rest()[1]
        line = logged(gateway, path, mark)
        assert line[:3] == ("200", "4", "STREAMED") and ("no size" if framing == "odd chunk" else "closed within") in line[-1], line
        lines = [line for line in gateway.output.lines[mark:] if line.startswith(f"log {path} ")]
        assert len(lines) == 1

    @pytest.mark.parametrize("start, status", [(b"", 504), (b"HTTP/1.1 2", 504), (b"nonsense\r\n\r\n", 504)])
    def test_a_backend_that_dies_before_the_reply(self, api, scripted, start, status):
        def behave(_, peer, reader):
            request_of(reader)
            peer.sendall(start)
        backend = scripted(behave)
        streamed(api, "/s", backend.url)
        reply = api.call("/s", method="POST", body=b"x")
        assert (reply.status, reply.json) == (status, {"message": "Network error communicating with endpoint"})

    def test_nothing_comes_for_too_long(self, gateway, api, scripted):
        def behave(_, peer, reader):
            request_of(reader)
            peer.sendall(CHUNKED[0])
            reader.read()
        backend = scripted(behave)
        streamed(api, "/idle", backend.url)
        mark = len(gateway.output.lines)
        with Reading(api, "/idle") as reading:
            assert reading.read(4) == b"one," and not reading.rest()[1]
        assert "nothing came" in logged(gateway, "/idle", mark)[-1]
        assert backend.wait_for(lambda script: not script.open)

    @pytest.mark.parametrize("begun", [True, False])
    def test_the_timeout_covers_the_whole_reply(self, gateway, api, scripted, begun):
        def behave(script, peer, reader):
            request_of(reader)
            if begun:
                peer.sendall(CHUNKED[0])
            script.wait()
        path = f"/late-{begun}".lower()
        streamed(api, path, scripted(behave).url, timeoutInMillis=1000)
        mark = len(gateway.output.lines)
        if not begun:
            assert (api.call(path).status, logged(gateway, path, mark)[0]) == (504, "504")
            return
        with Reading(api, path) as reading:
            assert reading.read(4) == b"one," and not reading.rest()[1]
        assert "timeout" in logged(gateway, path, mark)[-1]

    @pytest.mark.parametrize("silent", [True, False])
    def test_a_client_that_leaves_frees_everything(self, gateway, api, scripted, silent):
        def behave(script, peer, reader):
            request_of(reader)
            peer.sendall(CHUNKED[0])
            while not silent:
                peer.sendall(b"400\r\n" + bytes(1024) + b"\r\n")
            reader.read()
        backend = scripted(behave)
        streamed(api, "/leaves", backend.url)
        open_before, mark = descriptors(gateway), len(gateway.output.lines)
        readings = [Reading(api, "/leaves") for _ in range(20)]
        assert all(reading.read(4) == b"one," for reading in readings)
        assert len(backend.open) == 20
        for reading in readings:
            reading.connection.close()
        assert backend.wait_for(lambda script: not script.open)
        eventually(lambda: descriptors(gateway) <= open_before)
        eventually(lambda: sum(line.startswith("log /leaves") for line in gateway.output.lines[mark:]) == 20)

    def test_requests_behind_a_streamed_reply_wait(self, api, scripted):
        """Sent ahead on the same connection, before and within the reply."""
        backend = scripted(says(*CHUNKED))
        streamed(api, "/s", backend.url)
        request = raw.encode("GET", "/test/s", [("Host", api.host)], b"")
        with raw.Connection(api.gateway.port) as connection:
            connection.send(request + request)
            assert connection.reader.readline() == b"HTTP/1.1 200 OK\r\n"
            connection.send(request)
            backend.go.set()
            connection._read_headers()
            assert connection._read_chunks() == b"one,two"
            assert [connection.read_reply().body for _ in range(2)] == [b"one,two"] * 2

    def test_http2(self, api, scripted):
        backend = scripted(says(*CHUNKED))
        streamed(api, "/s", backend.url)
        curl = ["curl", "-sSN", "--http2-prior-knowledge", "-H", f"Host: {api.host}", f"http://127.0.0.1:{api.gateway.port}/test/s"]
        with subprocess.Popen(curl, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
            assert client.stdout.read(4) == b"one,"
            backend.go.set()
            assert (client.stdout.read(), client.wait(20)) == (b"two", 0)

    def test_http2_sees_the_end_of_a_backend(self, api, scripted):
        def behave(script, peer, reader):
            request_of(reader)
            peer.sendall(CHUNKED[0])
            script.wait()
        backend = scripted(behave)
        streamed(api, "/s", backend.url)
        curl = ["curl", "-sSN", "--http2-prior-knowledge", "-H", f"Host: {api.host}", f"http://127.0.0.1:{api.gateway.port}/test/s"]
        with subprocess.Popen(curl, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
            assert client.stdout.read(4) == b"one,"
            backend.go.set()
            # 92: the stream was reset.
            assert (client.stdout.read(), client.wait(20)) == (b"", 92)

    def test_an_http2_client_that_leaves(self, api, scripted):
        def behave(script, peer, reader):
            request_of(reader)
            peer.sendall(CHUNKED[0])
            reader.read()
        backend = scripted(behave)
        streamed(api, "/s", backend.url)
        curl = ["curl", "-sSN", "--http2-prior-knowledge", "-H", f"Host: {api.host}", f"http://127.0.0.1:{api.gateway.port}/test/s"]
        with subprocess.Popen(curl, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as client:
            assert client.stdout.read(4) == b"one,"
            client.kill()
        assert backend.wait_for(lambda script: not script.open)

    def test_the_log_knows_how_replies_came(self, gateway, api, scripted):
        backend = scripted(says(*CHUNKED))
        backend.go.set()
        api.http_proxy("/buffered", backend.url).mock("/mock")
        streamed(api, "/streamed", backend.url)
        for path, mode in (("/streamed", "STREAMED"), ("/buffered", "BUFFERED"), ("/mock", "-")):
            mark = len(gateway.output.lines)
            api.call(path)
            line = logged(gateway, path, mark)
            assert line[2] == mode and (line[3].isdigit(), line[4].isdigit()) == (mode == "STREAMED",) * 2, line


def resident_mb(gateway):
    with open(f"/proc/{gateway.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def descriptors(gateway):
    return len(os.listdir(f"/proc/{gateway.process.pid}/fd"))


def test_beyond_the_free_bytes_there_is_a_rate(tmp_path, scripted):
    body = bytes(300_000)
    backend = scripted(says(b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + body))
    with configured(tmp_path, "streaming: {free_bytes: 100000, bytes_per_second: 100000}\n") as gateway:
        api = streamed(Api(gateway, control(gateway)), "/s", backend.url)
        begun = time.monotonic()
        with Reading(api, "/s") as reading:
            assert len(reading.read(90_000)) == 90_000
            free = time.monotonic() - begun
            assert len(reading.read(210_000)) == 210_000
        whole = time.monotonic() - begun
        assert free < 1 and 1.5 < whole < 10, (free, whole)


def test_a_client_that_does_not_read_is_cut_off(tmp_path, scripted):
    """And with it the backend."""
    def behave(_, peer, reader):
        request_of(reader)
        peer.sendall(CHUNKED[0])
        while True:
            peer.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
    text = "streaming: {bytes_per_second: 0}\nlimits: {stall_seconds: 1, bytes_per_second: 100000}\naccess_log: stdout\n"
    backend = scripted(behave)
    with configured(tmp_path, text) as gateway:
        api = streamed(Api(gateway, control(gateway)), "/s", backend.url)
        with Reading(api, "/s") as reading:
            assert reading.read(4) == b"one,"
            assert backend.wait_for(lambda script: not script.open)
            eventually(lambda: metric(gateway, "timed_out_connections") == 1)


def test_many_streams_that_wait_hold_little(tmp_path, scripted):
    def behave(script, peer, reader):
        request_of(reader)
        peer.sendall(CHUNKED[0])
        script.wait()
        peer.sendall(CHUNKED[1])
    backend = scripted(behave)
    with configured(tmp_path) as gateway:
        api = streamed(Api(gateway, control(gateway)), "/s", backend.url)
        before = resident_mb(gateway)
        readings = [Reading(api, "/s") for _ in range(400)]
        assert all(reading.read(4) == b"one," for reading in readings)
        # With both sockets and the call itself it is about 0.02 each. A buffer of 256 KB for each would be twice what is
        # allowed; the rest is for what the process takes anyway.
        assert resident_mb(gateway) - before < 400 * 0.125, resident_mb(gateway) - before
        backend.go.set()
        assert all(reading.rest() == (b"two", True) for reading in readings)
        for reading in readings:
            reading.connection.close()


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_over_tls(tmp_path, scripted, certificates, version):
    ca, _ = certificates
    for name in ("server.key", "server.pem"):
        (tmp_path / name).write_bytes((ca.parent / name).read_bytes())
    backend = scripted(says(*CHUNKED))
    text = "tls: {listen: 127.0.0.1:0, certificates: [{certificate: server.pem, key: server.key}]}\n"
    with configured(tmp_path, text) as gateway:
        api = streamed(Api(gateway, control(gateway)), "/s", backend.url)
        curl = ["curl", "-sSN", version, "--cacert", ca, f"https://127.0.0.1:{secure_port(gateway)}/_aws/execute-api/{api.id}/test/s"]
        with subprocess.Popen(curl, stdout=subprocess.PIPE) as client:
            assert client.stdout.read(4) == b"one,"
            backend.go.set()
            assert (client.stdout.read(), client.wait(20)) == (b"two", 0)


def test_sigterm_lets_streams_end(tmp_path, scripted):
    backend = scripted(says(*CHUNKED))
    with configured(tmp_path) as gateway:
        api = streamed(Api(gateway, control(gateway)), "/s", backend.url)
        with Reading(api, "/s") as reading:
            assert reading.read(4) == b"one,"
            gateway.process.terminate()
            eventually(lambda: refuses(gateway.port))
            backend.go.set()
            assert reading.rest() == (b"two", True)
        assert gateway.process.wait(20) == 0


def test_sigterm_cuts_streams_that_do_not_end(tmp_path, scripted):
    backend = scripted(says(*CHUNKED))
    with configured(tmp_path, "limits: {drain_seconds: 1}\n") as gateway:
        api = streamed(Api(gateway, control(gateway)), "/s", backend.url)
        with Reading(api, "/s") as reading:
            assert reading.read(4) == b"one,"
            gateway.process.terminate()
            assert not reading.rest()[1]
        assert gateway.process.wait(20) == 0


def refuses(port):
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
    except OSError:
        return True
    return False


# ---- functions ----

NODE = """
    exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
      stream = awslambda.HttpResponseStream.from(stream, {
        statusCode: 201, headers: {"Content-Type": "text/plain", "X-Own": "1"}, cookies: ["a=1", "b=2"],
      });
      stream.write("one,");
      await fetch(process.env.BACKEND);
      if ((event.queryStringParameters || {}).fail) throw new RangeError("midway");
      stream.end("two");
    });
"""

# A custom runtime: answers each call with the chunks that the query names, in base64.
PROVIDED = """\
#!/usr/bin/env python3
import base64, http.client, json, os, socket
host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
api = http.client.HTTPConnection(host, int(port))
base = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", base + "next")
    call = api.getresponse()
    event = json.loads(call.read())
    request_id = call.headers["Lambda-Runtime-Aws-Request-Id"]
    chunks = [base64.b64decode(text) for text in event["multiValueQueryStringParameters"]["chunk"]]
    api.request("POST", base + request_id + "/response", iter(chunks), {
        "Lambda-Runtime-Function-Response-Mode": "streaming", "Transfer-Encoding": "chunked",
        "Content-Type": "application/vnd.awslambda.http-integration-response"}, encode_chunked=True)
    api.getresponse().read()
"""
NULS = bytes(8)


def streaming_uri(arn):
    return lambda_uri(arn).replace("2015-03-31", "2021-11-15").replace("/invocations", "/response-streaming-invocations")


def stream_function(api, path, arn, **fields):
    api.method(path, "ANY")
    api.integration(path, "ANY", type="AWS_PROXY", integrationHttpMethod="POST", uri=streaming_uri(arn),
                    responseTransferMode="STREAM", **fields)
    api.deploy()
    return api


@pytest.fixture
def held():
    """A backend that answers functions once the test lets it."""
    running = Backend()
    release = threading.Event()
    running.answer(body=b"go", release=release)
    running.go = release
    yield running
    release.set()
    running.close()


@pytest.fixture
def node(lambda_, api, held, request):
    name = f"stream-{abs(hash(request.node.name))}"
    arn = functions.create(lambda_, name, NODE, "nodejs22.x", Timeout=60, Environment={"Variables": {"BACKEND": held.url}})
    functions.allow(lambda_, name)
    # A path of its own, because the log tells calls apart by it.
    return stream_function(api, f"/{name}", arn), f"/{name}"


class TestFunctions:
    def test_the_first_piece_arrives_before_the_function_ends(self, node, held):
        api, path = node
        with Reading(api, path) as reading:
            assert (reading.status, reading.headers["content-type"], reading.headers["x-own"]) == (201, "text/plain", "1")
            assert reading.framing == "chunked" and reading.read(4) == b"one,"
            held.go.set()
            assert reading.rest() == (b"two", True)
        reply = api.call(path)
        assert (reply.body, sorted(reply.all("set-cookie"))) == (b"one,two", ["a=1", "b=2"])
        assert reply.header("x-amzn-trace-id")

    def test_a_tests_log_names_the_streaming_operation(self, node, held):
        api, path = node
        held.go.set()
        log = api.client.test_invoke_method(**api.at(path, "GET"))["log"]
        assert re.search(r"Sending request to https://lambda\.us-east-1\.amazonaws\.com/2021-11-15/functions/"
                         rf"arn:aws:lambda:\S+:{path[1:]}/response-streaming-invocations\n", log), log

    def test_an_error_midway_cuts_the_reply(self, gateway, node, held):
        api, path = node
        mark = len(gateway.output.lines)
        with Reading(api, f"{path}?fail=1") as reading:
            assert reading.read(4) == b"one,"
            held.go.set()
            assert not reading.rest()[1]
        line = logged(gateway, path, mark)
        assert line[0] == "201" and "midway" in line[-1]

    def test_a_function_goes_on_without_its_client(self, lambda_, node, held):
        """It counts as long as it runs, and no longer."""
        api, path = node
        lambda_.put_function_concurrency(FunctionName=path[1:], ReservedConcurrentExecutions=1)
        with Reading(api, path) as reading:
            assert reading.read(4) == b"one,"
            assert api.call(path).status == 500
        held.take()
        assert api.call(path).status == 500
        held.go.set()
        eventually(lambda: api.call(path).status == 201)

    def test_the_timeout_of_the_integration(self, gateway, lambda_, api, held):
        arn = functions.create(lambda_, "stream-late", NODE, "nodejs22.x", Timeout=60, Environment={"Variables": {"BACKEND": held.url}})
        functions.allow(lambda_, "stream-late")
        stream_function(api, "/late-function", arn, timeoutInMillis=2500)
        mark = len(gateway.output.lines)
        with Reading(api, "/late-function") as reading:
            assert reading.read(4) == b"one," and not reading.rest()[1]
        assert "timeout" in logged(gateway, "/late-function", mark)[-1]

    def test_the_functions_own_timeout(self, gateway, lambda_, api, held):
        arn = functions.create(lambda_, "stream-brief", NODE, "nodejs22.x", Timeout=2, Environment={"Variables": {"BACKEND": held.url}})
        functions.allow(lambda_, "stream-brief")
        stream_function(api, "/brief", arn)
        mark = len(gateway.output.lines)
        with Reading(api, "/brief") as reading:
            assert reading.read(4) == b"one," and not reading.rest()[1]
        assert "timed out" in logged(gateway, "/brief", mark)[-1]

    def test_a_function_that_does_not_stream(self, lambda_, api):
        """Its answer has no metadata."""
        arn = functions.create(lambda_, "stream-whole")
        functions.allow(lambda_, "stream-whole")
        reply = stream_function(api, "/f", arn).call("/f")
        assert (reply.status, reply.body) == INTERNAL

    def test_no_permission(self, lambda_, api):
        arn = functions.create(lambda_, "stream-closed")
        reply = stream_function(api, "/f", arn).call("/f")
        assert (reply.status, reply.body) == INTERNAL


@pytest.fixture(scope="module")
def provided(lambda_, shared_api):
    arn = functions.create(lambda_, "stream-provided", PROVIDED, "provided.al2023")
    functions.allow(lambda_, "stream-provided")
    return stream_function(shared_api(), "/f", arn)


def chunks(*parts):
    return "/f?" + "&".join("chunk=" + raw.quote(base64.b64encode(part).decode()) for part in parts)


BODY = b'{"statusCode": 203, "headers": {"X-A": "1"}, "multiValueHeaders": {"X-A": ["0"]}}'


@pytest.mark.parametrize("parts, status, body", [
    ([BODY, NULS, b"body"], 203, b"body"),
    ([BODY[:5], BODY[5:] + NULS[:3], NULS[3:] + b"bo", b"dy"], 203, b"body"),
    ([BODY + NULS + b"\x00\xff\x00"], 203, b"\x00\xff\x00"),
    ([BODY + NULS], 203, b""),
    ([b"{}" + NULS, b"x"], 200, b"x"),
    ([b'{"statusCode": 204}' + NULS], 204, b""),
    ([BODY], *INTERNAL), ([b"x"], *INTERNAL), ([BODY + NULS[1:]], *INTERNAL),
    ([b"no json" + NULS + b"x"], *INTERNAL), ([b"[]" + NULS], *INTERNAL),
    ([b'{"statusCode": "many"}' + NULS], *INTERNAL), ([b'{"headers": {"a b": "1"}}' + NULS], *INTERNAL),
    ([b'{"cookies": "a=1"}' + NULS], *INTERNAL), ([b'{"body": "x"}' + NULS], *INTERNAL),
    ([b'{"headers": {"X-A": "' + b"x" * 5000 + b'"}}' + NULS + b"ok"], 200, b"ok"),
], ids=lambda value: None)
def test_metadata(provided, parts, status, body):
    reply = provided.call(chunks(*parts))
    assert (reply.status, reply.body) == (status, body)
    if status == 203:
        assert reply.all("x-a") == ["0", "1"] and reply.header("transfer-encoding") == "chunked"


def test_metadata_that_is_too_long(lambda_, api):
    """The delimiter must come within the first 16 KB."""
    source = PROVIDED.replace("chunks = [", 'chunks = [b"{" + b" " * int(event["queryStringParameters"]["blanks"]) + b"}" + bytes(8) + b"ok"] or [')
    arn = functions.create(lambda_, "stream-long", source, "provided.al2023")
    functions.allow(lambda_, "stream-long")
    stream_function(api, "/f", arn)
    for blanks, status in ((16_000, 200), (17_000, 500)):
        assert api.call(f"/f?blanks={blanks}&chunk=").status == status, blanks


def test_the_official_node_client_streams(lambda_, api, held):
    home = official.install()
    arn = official.create(lambda_, "node", home, "stream-official", handler="main.stream", Timeout=60,
                          Environment={"Variables": {"BACKEND": held.url}})
    functions.allow(lambda_, "stream-official")
    stream_function(api, "/f", arn)
    with Reading(api, "/f") as reading:
        assert (reading.status, reading.headers["a"], reading.read(4)) == (201, "b", b"one,")
        held.go.set()
        assert reading.rest() == (b"two", True)


class TestInvokeWithResponseStream:
    @pytest.fixture
    def function(self, lambda_, held, request):
        name = f"events-{abs(hash(request.node.name))}"
        source = """
            exports.handler = awslambda.streamifyResponse(async (event, stream) => {
              stream.write("one,");
              await fetch(process.env.BACKEND);
              if (event.fail) throw new RangeError("midway");
              stream.end("two");
            });
        """
        functions.create(lambda_, name, source, "nodejs22.x", Timeout=60, Environment={"Variables": {"BACKEND": held.url}})
        return name

    @pytest.mark.parametrize("fail", [False, True])
    def test_events_come_as_they_happen(self, lambda_, function, held, fail):
        reply = lambda_.invoke_with_response_stream(FunctionName=function, Payload=json.dumps({"fail": fail}), LogType="Tail")
        events = iter(reply["EventStream"])
        assert next(events) == {"PayloadChunk": {"Payload": b"one,"}}
        held.go.set()
        rest = list(events)
        end = rest[-1]["InvokeComplete"]
        assert b"REPORT RequestId" in base64.b64decode(end["LogResult"])
        if fail:
            assert end["ErrorCode"] == "Unhandled" and json.loads(end["ErrorDetails"])["errorMessage"] == "midway"
        else:
            assert rest[:-1] == [{"PayloadChunk": {"Payload": b"two"}}] and "ErrorCode" not in end

    def test_more_than_six_megabytes(self, lambda_, held):
        source = """
            exports.handler = awslambda.streamifyResponse(async (event, stream) => {
              for (let i = 0; i < 128; i++) stream.write(Buffer.alloc(65536, "x"));
              stream.end();
            });
        """
        functions.create(lambda_, "events-large", source, "nodejs22.x", Timeout=30)
        reply = lambda_.invoke_with_response_stream(FunctionName="events-large", Payload=b"{}")
        events = list(reply["EventStream"])
        assert sum(len(event["PayloadChunk"]["Payload"]) for event in events[:-1]) == 8 * MB
        assert events[-1] == {"InvokeComplete": {}}


class Declared:
    """An API that a file declares."""

    def __init__(self, gateway, name):
        self.gateway, self.host = gateway, f"{name}.execute-api.us-east-1.amazonaws.com"

    def call(self, path):
        return raw.send(self.gateway.port, "GET", f"/test{path}", host=self.host)


class TestRemoteFunctions:
    """Functions that a second gateway runs, as AWS would."""

    @pytest.fixture
    def house(self, tmp_path, held):
        """(near gateway, far gateway's client)."""
        (tmp_path / "far").mkdir()
        (tmp_path / "near").mkdir()
        source = NODE.replace('throw new RangeError("midway")', 'throw new RangeError("far away")')
        log = f"access_log: {{target: stdout, format: '{FORMAT}'}}\n"
        with configured(tmp_path / "far") as far:
            functions.create(make_client("lambda", far), "far", source, "nodejs22.x", Timeout=60,
                             Environment={"Variables": {"BACKEND": held.url}})
            document = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {
                f"/{name}": {"get": {"responses": {}, "x-amazon-apigateway-integration": {
                    "type": "aws_proxy", "httpMethod": "POST", "responseTransferMode": "STREAM",
                    "uri": streaming_uri(f"arn:aws:lambda:us-east-1:000000000000:function:{name}")}}}
                for name in ("far", "nowhere", "missing")}}
            (tmp_path / "near" / "api.json").write_text(json.dumps(document))
            text = ("apis: {pets: {openapi: api.json, stage: test}}\nfunctions:\n"
                    f"  far: {{endpoint: '{far.url}'}}\n  nowhere: {{endpoint: 'http://127.0.0.1:1'}}\n  missing: {{endpoint: '{far.url}'}}\n")
            with configured(tmp_path / "near", text + log) as near:
                yield near

    def test_they_stream(self, house, held):
        api = Declared(house, "pets")
        client = make_client("lambda", house)
        with Reading(api, "/far") as reading:
            assert (reading.status, reading.headers["x-own"], reading.read(4)) == (201, "1", b"one,")
            held.go.set()
            assert reading.rest() == (b"two", True)
        assert logged(house, "/far")[:2] == ("201", "7")
        mark = len(house.output.lines)
        with Reading(api, "/far?fail=1") as reading:
            assert reading.rest() == (b"one,", False)
        assert "far away" in logged(house, "/far", mark)[-1]
        assert [api.call(f"/{name}").status for name in ("nowhere", "missing")] == [500, 500]
        reply = client.invoke_with_response_stream(FunctionName="far", Payload=b"{}", LogType="Tail")
        events = list(reply["EventStream"])
        assert b"".join(event["PayloadChunk"]["Payload"] for event in events[:-1]).endswith(bytes(8) + b"one,two")
        assert b"REPORT RequestId" in base64.b64decode(events[-1]["InvokeComplete"]["LogResult"])


class TestSettings:
    def test_only_proxies_stream(self, api):
        api.method("/m")
        for fields in ({"type": "HTTP", "uri": "http://127.0.0.1:1/", "integrationHttpMethod": "GET"}, {"type": "MOCK"}):
            with bad_request("Response transfer mode STREAM is only supported for HTTP_PROXY and AWS_PROXY integrations"):
                api.integration("/m", responseTransferMode="STREAM", **fields)

    def test_streams_may_last_fifteen_minutes(self, api):
        api.method("/m")
        proxy = {"type": "HTTP_PROXY", "uri": "http://127.0.0.1:1/", "integrationHttpMethod": "GET"}
        api.integration("/m", responseTransferMode="STREAM", timeoutInMillis=900_000, **proxy)
        made = api.client.get_integration(**api.at("/m", "GET"))
        assert (made["responseTransferMode"], made["timeoutInMillis"]) == ("STREAM", 900_000)
        for mode, millis, longest in (("STREAM", 900_001, 900_000), ("BUFFERED", 29_001, 29_000)):
            with bad_request(f"Timeout should be between 50 ms and {longest} ms"):
                api.integration("/m", responseTransferMode=mode, timeoutInMillis=millis, **proxy)

    def test_documents_keep_the_mode(self, gateway, apigateway, api):
        api.method("/m").integration("/m", type="HTTP_PROXY", uri="http://127.0.0.1:1/", integrationHttpMethod="GET",
                                     responseTransferMode="STREAM", timeoutInMillis=60_000)
        api.deploy()
        for kind in ("oas30", "swagger"):
            document = apigateway.get_export(restApiId=api.id, stageName="test", exportType=kind,
                                             parameters={"extensions": "integrations"})["body"].read()
            again = apigateway.import_rest_api(body=document)["id"]
            items = apigateway.get_resources(restApiId=again)["items"]
            place = next(item["id"] for item in items if item["path"] == "/m")
            read = apigateway.get_integration(restApiId=again, resourceId=place, httpMethod="GET")
            assert (read["responseTransferMode"], read["timeoutInMillis"]) == ("STREAM", 60_000), kind

    @pytest.mark.parametrize("mode", ["STREAM", "BUFFERED"])
    def test_each_mode_has_its_uri(self, gateway, lambda_, api, mode):
        """Of Lambda's two operations only one fits."""
        arn = functions.create(lambda_, f"uri-{mode}")
        functions.allow(lambda_, f"uri-{mode}")
        uri = lambda_uri(arn) if mode == "STREAM" else streaming_uri(arn)
        api.method("/f").integration("/f", type="AWS_PROXY", integrationHttpMethod="POST", uri=uri, responseTransferMode=mode)
        mark = len(gateway.output.lines)
        api.deploy()
        gateway.output.wait_for(rf"WARN API {api.id}: .*responseTransferMode {mode} needs the other form", since=mark)
        assert api.call("/f").status == 500
