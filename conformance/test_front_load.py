"""Load: SIGTERM loses no request, too much is refused and stays cheap, memory stays bounded."""

import re
import signal
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.backend import Backend
from harness.front import configured, metric, mock_api, proxy_api
from harness.raw import Closed, Connection, encode

pytestmark = pytest.mark.alone


# The kernel's tcp_info: the state, and at which byte the count of acknowledged bytes stands.
TCP_CLOSE_WAIT, ACKNOWLEDGED = 8, 120


class Caller(threading.Thread):
    """Calls on one connection after another until the port is closed; counts what was read and never answered."""

    def __init__(self, port, data):
        super().__init__(daemon=True)
        self.port, self.data = port, data
        self.answered = self.lost = self.unread = 0
        self.wrong = []

    def run(self):
        while True:
            try:
                connection = Connection(self.port, 20)
            except OSError:
                return
            with connection:
                try:
                    while self.call(connection):
                        pass
                except OSError:
                    pass

    def call(self, connection):
        connection.sent = getattr(connection, "sent", 0) + len(self.data)
        try:
            connection.send(self.data)
            reply = connection.read_reply()
        except (ConnectionResetError, BrokenPipeError):
            # Reset: the kernel says that nobody has read the request; it may be sent again elsewhere.
            self.unread += 1
            return False
        except Closed:
            self.note_end(connection)
            return False
        except OSError:
            self.lost += 1
            return False
        self.answered += 1
        if reply.status != 200:
            self.wrong.append(reply.status_line)
        return reply.header("connection") != "close"


    def note_end(self, connection):
        """An orderly end after a request that has been acknowledged, with no reset to follow, is a request that was read."""
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            info = connection.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
            acknowledged = int.from_bytes(info[ACKNOWLEDGED:ACKNOWLEDGED + 8], "little")
            # The SYN counts as a byte in some kernels.
            if info[0] != TCP_CLOSE_WAIT or acknowledged < connection.sent:
                self.unread += 1
                return
            time.sleep(0.01)
        self.lost += 1


def test_a_request_that_is_read_and_not_answered_is_noticed():
    """The test's own eyes: one server reads before it closes, one does not."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        data = b"GET / HTTP/1.1\r\n\r\n"
        for reads, expected in [(True, (1, 0)), (False, (0, 1))]:
            caller = Caller(listener.getsockname()[1], data)
            with Connection(caller.port) as connection:
                peer, _ = listener.accept()
                calling = threading.Thread(target=caller.call, args=(connection,))
                calling.start()
                if reads:
                    peer.recv(1000)
                else:
                    while not peer.recv(1000, socket.MSG_PEEK):
                        pass
                peer.close()
                calling.join(10)
            assert (caller.lost, caller.unread) == expected


@pytest.mark.parametrize("path", ["/mock", "/up"])
def test_sigterm_under_load(tmp_path, path):
    """Every call that was read is answered, every call that the backend saw too; the process ends in order."""
    backend = Backend(keep_bodies=False)
    with configured(tmp_path) as gateway:
        api = proxy_api(gateway, backend)
        callers = [Caller(gateway.port, encode("GET", f"/test{path}", [("Host", api.host)], b"")) for _ in range(16)]
        for caller in callers:
            caller.start()
        while sum(caller.answered for caller in callers) < 500:
            time.sleep(0.01)
        gateway.process.send_signal(signal.SIGTERM)
        assert gateway.process.wait(20) == 0
        for caller in callers:
            caller.join(20)
        assert not any(caller.is_alive() or caller.lost or caller.wrong for caller in callers)
        answered = sum(caller.answered for caller in callers)
        assert path == "/mock" or backend.seen.qsize() == answered, "each call that was passed on has its answer"
    backend.close()


def test_sigterm_waits_for_slow_calls(tmp_path):
    backend, release = Backend(), threading.Event()
    with configured(tmp_path) as gateway, ThreadPoolExecutor(20) as pool:
        api = proxy_api(gateway, backend)
        for _ in range(20):
            backend.answer(body=b"late", release=release)
        calls = [pool.submit(api.call, "/up") for _ in range(20)]
        for _ in range(20):
            backend.take()
            release.is_set()
        gateway.process.send_signal(signal.SIGTERM)
        with pytest.raises(OSError):
            while True:
                Connection(gateway.port, 5).close()
        release.set()
        assert [call.result(20).text for call in calls] == ["late"] * 20
    backend.close()


class Slow(Backend):
    """Counts first and answers when told."""

    def __init__(self):
        super().__init__(keep_bodies=False)
        self.release = threading.Event()
        self.default.release = self.release


def test_too_many_calls_get_503_and_others_theirs(tmp_path):
    with configured(tmp_path, "limits: {requests: 20}\n") as gateway:
        backend = Slow()
        api = proxy_api(gateway, backend)
        held = [Connection(gateway.port) for _ in range(200)]
        try:
            for connection in held:
                connection.send(encode("GET", "/test/up", [("Host", api.host)], b""))
            deadline = time.monotonic() + 10
            while metric_or_zero(gateway) < 150 and time.monotonic() < deadline:
                time.sleep(0.05)
            backend.release.set()
            replies = [connection.read_reply() for connection in held]
        finally:
            for connection in held:
                connection.close()
        statuses = [reply.status for reply in replies]
        assert set(statuses) == {200, 503} and statuses.count(200) <= 20 and backend.seen.qsize() <= 20
        refused = next(reply for reply in replies if reply.status == 503)
        assert (refused.json, refused.header("connection")) == ({"message": "Service Unavailable"}, "keep-alive")
        assert api.call("/up").status == 200
        assert metric(gateway, "shed_requests") >= 180
        backend.close()


def metric_or_zero(gateway):
    """The gateway may be too busy to say."""
    try:
        return metric(gateway, "shed_requests")
    except IndexError:
        return 0


def resident_mb(pid, field="VmRSS"):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(rf"{field}:\s+(\d+) kB", status.read()).group(1)) / 1024


def test_memory_at_many_times_the_load(tmp_path):
    """A thousand connections call at once, again and again: memory is bounded, and the gateway works on afterwards."""
    with configured(tmp_path, "limits: {connections: 1200, requests: 200}\n") as gateway:
        backend = Backend(keep_bodies=False)
        api = proxy_api(gateway, backend)
        backend.close()
        url = f"http://127.0.0.1:{gateway.port}/_aws/execute-api/{api.id}/test/mock"
        before = resident_mb(gateway.process.pid)
        done = subprocess.run(["wrk", "-t", "2", "-c", "1000", "-d", "5s", "--timeout", "10s", url], capture_output=True, text=True, timeout=60)
        assert "Requests/sec" in done.stdout, done.stdout + done.stderr
        grown = resident_mb(gateway.process.pid, "VmHWM") - before
        assert grown < 150, f"{grown:.0f} MB more"
        assert api.call("/mock").text == "small"


def test_connections_beyond_the_limit_wait(tmp_path):
    with configured(tmp_path, "limits: {connections: 4}\n") as gateway:
        api = mock_api(gateway)
        ask = encode("GET", "/test/mock", [("Host", api.host)], b"")
        held = []
        # Each core takes two; with the SDK's own connection some of these wait.
        for _ in range(8):
            held.append(Connection(gateway.port, 20))
            held[-1].send(ask)
        for connection in held:
            assert connection.read_reply().status == 200
            connection.close()
