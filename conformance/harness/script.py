"""Backends that do what a test tells them, connection by connection, byte by byte."""

import contextlib
import socket
import ssl
import threading

from harness.backend import Seen, read_body, read_headers


class Script:
    """Accepts connections, one thread each, and lets `behave(socket, reader, number)` do with them what it likes."""

    def __init__(self, behave):
        self.behave = behave
        self.accepted = 0
        self.open = set()
        self.changed = threading.Condition()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            with self.changed:
                self.accepted += 1
                self.open.add(peer)
                self.changed.notify_all()
            threading.Thread(target=self._serve, args=(peer, self.accepted), daemon=True).start()

    def _serve(self, peer, number):
        with contextlib.suppress(OSError, ssl.SSLError, ValueError), peer.makefile("rb") as reader:
            self.behave(peer, reader, number)
        peer.close()
        with self.changed:
            self.open.discard(peer)
            self.changed.notify_all()

    def wait_for(self, holds, seconds=20):
        with self.changed:
            return self.changed.wait_for(lambda: holds(self), seconds)

    def close(self):
        self.listener.close()
        with self.changed:
            for peer in self.open:
                with contextlib.suppress(OSError):
                    peer.shutdown(socket.SHUT_RDWR)


def request_of(reader):
    """One request; none at the end of the stream."""
    line = reader.readline().decode("latin-1").split(" ")
    if len(line) < 3:
        return None
    seen = Seen(line[0], line[1], read_headers(reader), b"")
    seen.body = read_body(reader, seen)
    return seen


def head_only(reader):
    while reader.readline() not in (b"\r\n", b""):
        pass
