"""An HTTP/1.1 client over a bare socket: sends exactly these bytes, returns exactly what came back."""

import dataclasses
import json
import socket
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

DEADLINE = 35


@dataclasses.dataclass
class Reply:
    status_line: str
    headers: list
    body: bytes

    @property
    def status(self):
        return int(self.status_line.split(" ")[1])

    def header(self, name):
        """The last value of a header, or None."""
        values = self.all(name)
        return values[-1] if values else None

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def error_type(self):
        return self.header("x-amzn-errortype")


class Closed(Exception):
    """The peer closed the connection before a whole reply had arrived."""


class Connection:
    """A keep-alive connection."""

    def __init__(self, port, timeout=DEADLINE):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.reader.close()
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def read_reply(self, method="GET"):
        status_line = self.reader.readline().decode("latin-1").rstrip("\r\n")
        if not status_line:
            raise Closed()
        headers = self._read_headers()
        reply = Reply(status_line, headers, b"")
        reply.body = self._read_body(reply, method)
        return reply

    def _read_headers(self):
        headers = []
        while True:
            line = self.reader.readline()
            if not line:
                raise Closed()
            line = line.decode("latin-1").rstrip("\r\n")
            if not line:
                return headers
            name, _, value = line.partition(":")
            headers.append((name, value.strip()))

    def _read_body(self, reply, method):
        if method == "HEAD" or reply.status in (204, 304) or reply.status < 200:
            return b""
        if (reply.header("transfer-encoding") or "").lower() == "chunked":
            return self._read_chunks()
        length = reply.header("content-length")
        if length is None:
            return self.reader.read()
        body = self.reader.read(int(length))
        if len(body) < int(length):
            raise Closed()
        return body

    def _read_chunks(self):
        body = b""
        while True:
            size = int(self.reader.readline().split(b";")[0], 16)
            body += self.reader.read(size)
            self.reader.readline()
            if size == 0:
                return body


def encode(method, target, headers, body):
    """The bytes of a request. Adds Content-Length when there is a body and nobody said otherwise."""
    names = {name.lower() for name, _ in headers}
    if body and not names & {"content-length", "transfer-encoding"}:
        headers = [*headers, ("Content-Length", str(len(body)))]
    lines = [f"{method} {target} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def as_list(headers):
    return list(headers.items()) if isinstance(headers, dict) else list(headers or [])


def as_bytes(body):
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else body


def send(port, method, target, headers=None, body=None, host=None, timeout=DEADLINE):
    """One request on a connection of its own."""
    headers = as_list(headers)
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", host or f"127.0.0.1:{port}"))
    with Connection(port, timeout) as connection:
        connection.send(encode(method, target, headers, as_bytes(body)))
        return connection.read_reply(method)


def sign(port, method, target, headers=None, body=None, service="apigateway",
         access_key="test", secret="test", region="us-east-1", host=None):
    """The headers of a control-plane call, signed as botocore signs them."""
    url = f"http://{host or f'127.0.0.1:{port}'}{target}"
    request = AWSRequest(method=method, url=url, data=as_bytes(body), headers=dict(as_list(headers)))
    SigV4Auth(Credentials(access_key, secret), service, region).add_auth(request)
    return list(request.prepare().headers.items())


def signed(port, method, target, headers=None, body=None, **how):
    """A signed control-plane call; a dict as body is sent as JSON."""
    if isinstance(body, (dict, list)):
        body = json.dumps(body)
    headers = [("Accept", "application/json"), *as_list(headers)]
    host = f"127.0.0.1:{port}"
    ready = [("Host", host)] + [(k, v) for k, v in sign(port, method, target, headers, body, **how)
                                if k.lower() not in ("content-length", "host")]
    return send(port, method, target, ready, body)


def quote(text):
    return urllib.parse.quote(text, safe="")
