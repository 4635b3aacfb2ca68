"""Malformed requests, checked on the wire on both sides: refused, with nothing at the backend; or one clean request."""

import socket
import threading

import pytest

from harness.api import Api
from harness.malformed import OK, REFUSED, SOUND, spell
from harness.raw import Connection

REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
# Never forwarded: they belong to the connection that they came on, or frame its body.
HOP = {b"connection", b"transfer-encoding", b"te", b"trailer", b"upgrade", b"expect"}


class Recorder:
    """A backend that keeps every byte it gets."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.bytes, self.connections = b"", 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer):
        with peer:
            peer.settimeout(30)
            seen = b""
            try:
                while not is_complete(seen):
                    more = peer.recv(65536)
                    if not more:
                        return
                    seen += more
                    self.bytes += more
                peer.sendall(REPLY.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
                peer.shutdown(socket.SHUT_WR)
                # Whatever still comes is recorded too.
                while more := peer.recv(65536):
                    self.bytes += more
            except OSError:
                pass

    def take(self):
        seen, self.bytes, self.connections = self.bytes, b"", 0
        return seen


def is_complete(seen):
    head, end, body = seen.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return bool(end) and len(body) >= (int(lengths[0]) if lengths else 0)


@pytest.fixture(scope="module")
def recorder():
    running = Recorder()
    yield running
    running.listener.close()


@pytest.fixture(scope="module")
def api(gateway, apigateway, recorder):
    made = Api(gateway, apigateway).http_proxy("/up", f"http://127.0.0.1:{recorder.port}/base")
    made.deploy()
    return made


@pytest.fixture(autouse=True)
def fresh(recorder):
    recorder.take()


def converse(port, data, finish=True):
    """All that the gateway says."""
    with Connection(port, 20) as connection:
        try:
            connection.send(data)
            if finish:
                connection.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        answer = b""
        try:
            while more := connection.socket.recv(65536):
                answer += more
        except ConnectionResetError:
            pass
        return answer


def names(rows):
    return pytest.mark.parametrize("data, expected", [row[1:] for row in rows], ids=[row[0] for row in rows])


def test_the_table_is_large_enough():
    assert len({row[0] for row in REFUSED}) == len(REFUSED) >= 80


@names(REFUSED)
def test_refused(api, recorder, data, expected):
    """One refusal and the end of the connection, whatever follows; nothing at the backend."""
    second = b"GET /test/up HTTP/1.1\r\nHost: " + api.host.encode() + b"\r\n\r\n"
    answer = converse(api.gateway.port, spell(data, api.host) + second, finish=False)
    assert answer.startswith(b"HTTP/1.1 %d " % expected), answer[:200]
    assert answer.count(b"HTTP/1.1 ") == 1 and b"\r\nconnection: close\r\n" in answer, answer
    assert recorder.connections == 0 and recorder.take() == b""


@names(SOUND)
def test_sound(api, recorder, data, expected):
    answer = converse(api.gateway.port, spell(data, api.host))
    assert b"HTTP/1.1 200 " in answer, answer
    assert_clean(recorder.take(), expected)


def assert_clean(seen, expected: OK):
    head, _, body = seen.partition(b"\r\n\r\n")
    assert body == expected.body
    lines = head.split(b"\r\n")
    assert not any(byte in line for line in lines for byte in (b"\r", b"\n", b"\0")), lines
    method, target, version = lines[0].split(b" ")
    assert (target, version) == (expected.target, b"HTTP/1.1")
    found = [line.split(b": ", 1)[0].lower() for line in lines[1:]]
    assert not HOP & set(found), found
    assert found.count(b"host") == 1 and found.count(b"content-length") <= 1
    assert b"content-length" in found or not body


def test_a_sound_request_after_a_sound_one_in_one_write(api, recorder):
    one = b"POST /test/up HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5\r\n\r\nhello"
    two = b"POST /test/up HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbye\r\n0\r\n\r\n"
    answer = converse(api.gateway.port, spell(one + two, api.host))
    assert answer.count(b"HTTP/1.1 200 ") == 2
    seen = recorder.take()
    assert seen.count(b"POST /base HTTP/1.1\r\n") == 2 and seen.count(b"hello") == 1 and seen.endswith(b"bye")


def test_a_sound_request_before_a_malformed_one_is_answered(api, recorder):
    sound = b"GET /test/up HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
    answer = converse(api.gateway.port, spell(sound + b"GET /test/up HTTP/1.1\nHost: {HOST}\n\n", api.host))
    assert answer.count(b"HTTP/1.1 200 ") == 1 and answer.count(b"HTTP/1.1 400 ") == 1
    assert recorder.take().count(b"GET ") == 1


def test_refusals_are_counted(api):
    def count():
        reply = converse(api.gateway.port, b"GET /metrics HTTP/1.0\r\n\r\n").decode()
        return int(reply.split("\nstagedoor_malformed_requests_total ")[1].split("\n")[0])
    before = count()
    converse(api.gateway.port, b"nonsense\r\n\r\n")
    assert count() == before + 1
