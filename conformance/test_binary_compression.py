"""Bodies that are not plain text: binaryMediaTypes in both directions, and compression of replies."""

import base64
import gzip
import json
import zlib

import pytest

from harness import functions
from harness.api import Api, late_message
from harness.backend import Backend

ERROR = late_message("Internal server error")
BYTES = bytes(range(256))
ENCODED = base64.b64encode(BYTES)
TEXT, PNG = "text/plain", "image/png"


@pytest.fixture(scope="module")
def upstream():
    running = Backend()
    yield running
    running.close()


@pytest.fixture(scope="module")
def binary(gateway, apigateway, upstream):
    """ANY /{type}/{media list} → backend: HTTP and HTTP_PROXY, in an API that knows image/png, image/* and */* in turn."""
    apis = {}
    for pattern in (PNG, "image/*", "*/png", "*/*"):
        api = Api(gateway, apigateway, binaryMediaTypes=[pattern])
        api.http("/http", upstream.url, "POST").response("/http", "POST")
        api.http_proxy("/proxy", upstream.url)
        api.deploy()
        apis[pattern] = api
    return apis


@pytest.mark.parametrize("kind", ["http", "proxy"])
@pytest.mark.parametrize("pattern, sent, raw", [
    (PNG, PNG, True), (PNG, "image/jpeg", False), ("image/*", PNG, True), ("*/png", PNG, False), ("*/*", PNG, True),
    (PNG, "image/png; q=1", True), (PNG, "IMAGE/PNG", None)])
def test_request_bytes(binary, upstream, kind, pattern, sent, raw):
    upstream.reset()
    binary[pattern].call(f"/{kind}", "POST", {"Content-Type": sent}, BYTES)
    body = upstream.take().body
    if raw is not None:
        assert (body == BYTES) == raw
        assert raw or body == BYTES.decode("utf-8", "replace").encode()


@pytest.mark.parametrize("kind", ["http", "proxy"])
@pytest.mark.parametrize("payload, accept, body, status, expected", [
    (TEXT, TEXT, b"plain", 200, b"plain"), (TEXT, None, b"plain", 200, b"plain"), (TEXT, PNG, ENCODED, 200, BYTES),
    (TEXT, PNG, b"not base64!", 500, ERROR), (PNG, PNG, BYTES, 200, BYTES), (PNG, TEXT, BYTES, 200, ENCODED),
    (PNG, None, BYTES, 200, ENCODED), (PNG, "image/png;q=0.9, text/html", BYTES, 200, BYTES),
    (PNG, "text/html, image/png", BYTES, 200, ENCODED)])
def test_response_bytes(binary, upstream, kind, payload, accept, body, status, expected):
    upstream.reset()
    upstream.answer(body=body, headers=(("Content-Type", payload),))
    reply = binary[PNG].call(f"/{kind}", "POST", {"Accept": accept} if accept else {})
    assert (reply.status, reply.body) == (status, expected)


LARGE = json.dumps(["text"] * 500)


@pytest.fixture(scope="module")
def compressing(gateway, apigateway, lambda_):
    """Compresses from 1000 bytes on. /large and /small are MOCKs; POST / answers what the body says."""
    arn = functions.create(lambda_, "compress", "import json\ndef handler(e, c):\n    return json.loads(e['body'])\n")
    functions.allow(lambda_, "compress")
    api = Api(gateway, apigateway, minimumCompressionSize=1000).mock("/large", body=LARGE).mock("/small", body="small")
    api.lambda_proxy("/", arn)
    api.deploy()
    return api


@pytest.mark.parametrize("accepted, coding, decode", [
    ("gzip", "gzip", gzip.decompress), ("deflate", "deflate", zlib.decompress), ("br, gzip", "gzip", gzip.decompress),
    ("gzip;q=0.5", "gzip", gzip.decompress)])
def test_compressed(compressing, accepted, coding, decode):
    reply = compressing.call("/large", headers={"Accept-Encoding": accepted})
    assert (reply.status, reply.header("content-encoding"), decode(reply.body).decode()) == (200, coding, LARGE)
    assert int(reply.header("content-length")) == len(reply.body) < len(LARGE)


@pytest.mark.parametrize("path, accepted", [
    ("/large", None), ("/large", "*"), ("/large", "identity"), ("/large", "br"), ("/large", "gzip;q=0"), ("/small", "gzip")])
def test_not_compressed(compressing, path, accepted):
    reply = compressing.call(path, headers={"Accept-Encoding": accepted} if accepted else {})
    assert (reply.header("content-encoding"), reply.text) == (None, LARGE if path == "/large" else "small")


def test_what_is_encoded_already_stays(compressing):
    body = json.dumps({"headers": {"Content-Encoding": "br"}, "body": LARGE})
    reply = compressing.call("/", "POST", {"Accept-Encoding": "gzip"}, body)
    assert (reply.header("content-encoding"), reply.text) == ("br", LARGE)


def test_compression_is_off_without_a_minimum(api):
    api.mock("/large", body=LARGE)
    api.deploy()
    assert api.call("/large", headers={"Accept-Encoding": "gzip"}).text == LARGE
