"""An HTTP backend that records what reaches it and answers as the test tells it, also badly."""

import dataclasses
import json
import queue
import socket
import ssl
import subprocess
import threading


@dataclasses.dataclass
class Seen:
    """One request as it arrived, header spelling and order kept."""
    method: str
    target: str
    headers: list
    body: bytes

    def header(self, name):
        values = self.all(name)
        return values[-1] if values else None

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def names(self):
        return {key.lower() for key, _ in self.headers}


@dataclasses.dataclass
class Answer:
    """What the backend says. `promise` claims a longer body than it sends; `trailing` follows the reply on the same
    connection; `release` holds the answer back until set; `raw` is said instead of all this."""
    status: int = 200
    headers: tuple = (("Content-Type", "application/json"),)
    body: bytes = b"{}"
    promise: int = 0
    trailing: bytes = b""
    release: threading.Event = None
    raw: bytes = None


class Backend:
    """`answers` is what to say next, one entry a request; afterwards `default` is said. `closed` counts ended connections."""

    def __init__(self, context=None, keep_bodies=True):
        self.keep_bodies = keep_bodies
        self.seen = queue.Queue()
        self.answers = queue.Queue()
        self.default = Answer()
        self.connections = 0
        self.closed = threading.Semaphore(0)
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def answer(self, **fields):
        self.answers.put(Answer(**fields))

    def answer_json(self, value, status=200):
        self.answer(status=status, body=json.dumps(value).encode())

    def take(self, timeout=10):
        """The next request that arrived."""
        return self.seen.get(timeout=timeout)

    def untouched(self):
        return self.seen.empty()

    def reset(self):
        self.seen, self.answers, self.default = queue.Queue(), queue.Queue(), Answer()

    def close(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer):
        try:
            if self._context:
                peer = self._context.wrap_socket(peer, server_side=True)
            with peer, peer.makefile("rb") as reader:
                while self._exchange(peer, reader):
                    pass
        except (OSError, ssl.SSLError, ValueError):
            pass
        finally:
            self.closed.release()

    def _exchange(self, peer, reader):
        line = reader.readline().decode("latin-1").split(" ")
        if len(line) < 3:
            return False
        headers = read_headers(reader)
        request = Seen(line[0], line[1], headers, b"")
        request.body = read_body(reader, request)
        try:
            answer = self.answers.get_nowait()
        except queue.Empty:
            answer = self.default
        self.seen.put(request if self.keep_bodies else dataclasses.replace(request, body=b""))
        return say(peer, answer, line[0])


def read_headers(reader):
    headers = []
    while (line := reader.readline().decode("latin-1").rstrip("\r\n")):
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    return headers


def read_body(reader, request):
    if (request.header("transfer-encoding") or "").lower() != "chunked":
        return reader.read(int(request.header("content-length") or 0))
    body = b""
    while (size := int(reader.readline(), 16)):
        body += reader.read(size)
        reader.readline()
    reader.readline()
    return body


def say(peer, answer, method):
    """True when the connection may be used again."""
    if answer.release:
        answer.release.wait(60)
    if answer.raw is not None:
        peer.sendall(answer.raw)
        return False
    head = [f"HTTP/1.1 {answer.status} Backend"] + [f"{name}: {value}" for name, value in answer.headers]
    head.append(f"Content-Length: {answer.promise or len(answer.body)}")
    body = b"" if method == "HEAD" else answer.body
    peer.sendall(("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + body + answer.trailing)
    return not answer.promise


def make_certificates(directory):
    """A CA, and a certificate for localhost and 127.0.0.1 that it signed. Returns (ca file, server context)."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True, timeout=30)
    (directory / "ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=Conformance CA", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "2", "-extfile", "ext", "-out", "server.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "server.pem", directory / "server.key")
    return directory / "ca.pem", context
