"""Bodies that are not plain text: binaryMediaTypes in both directions, compression of replies, and bodies that come compressed."""

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
    ("gzip;q=0.5", "gzip", gzip.decompress), ("GZIP", "gzip", gzip.decompress)])
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


GZIP, DEFLATE = ("gzip", gzip.compress), ("deflate", zlib.compress)
TOO_LARGE = b"HTTP content length exceeded 10485760 bytes."


@pytest.fixture(scope="module")
def encoded(gateway, apigateway, lambda_, upstream):
    """POST /proxy and /http → backend, /echo → a function that answers its event, /mock. image/png is binary."""
    arn = functions.create(lambda_, "echo", "import json\ndef handler(e, c):\n    return {'body': json.dumps(e)}\n")
    functions.allow(lambda_, "echo")
    api = Api(gateway, apigateway, binaryMediaTypes=[PNG])
    mapped = {"requestParameters": {"integration.request.header.X-Id": "method.request.body.id"}}
    api.http("/http", upstream.url, "POST", **mapped).response("/http", "POST")
    api.http_proxy("/proxy", upstream.url).lambda_proxy("/echo", arn).mock("/mock", "POST")
    api.deploy()
    return api


@pytest.mark.parametrize("coding, encode", [GZIP, DEFLATE])
@pytest.mark.parametrize("media", [TEXT, PNG])
@pytest.mark.parametrize("kind", ["http", "proxy"])
def test_backends_get_decoded_requests(encoded, upstream, kind, media, coding, encode):
    upstream.reset()
    text = json.dumps({"id": 7, "text": LARGE}).encode()
    assert encoded.call(f"/{kind}", "POST", {"Content-Type": media, "Content-Encoding": coding}, encode(text)).status == 200
    seen = upstream.take()
    assert (seen.body, seen.header("content-encoding"), seen.header("content-length")) == (text, None, str(len(text)))
    assert seen.header("x-id") == ("7" if kind == "http" else None), "mappings read the decoded body"


@pytest.mark.parametrize("coding, encode", [GZIP, DEFLATE])
def test_functions_get_decoded_requests(encoded, coding, encode):
    event = encoded.call("/echo", "POST", {"Content-Type": TEXT, "Content-Encoding": coding}, encode("é".encode())).json
    assert (event["body"], event["isBase64Encoded"]) == ("é", False)
    assert not {"content-encoding", "content-length"} & {name.lower() for name in event["headers"]}
    event = encoded.call("/echo", "POST", {"Content-Type": PNG, "Content-Encoding": coding}, encode(BYTES)).json
    assert (event["body"], event["isBase64Encoded"]) == (ENCODED.decode(), True)


def test_identity_passes(encoded, upstream):
    upstream.reset()
    encoded.call("/proxy", "POST", {"Content-Encoding": "identity"}, b"plain")
    assert upstream.take().body == b"plain"


@pytest.mark.parametrize("path", ["/proxy", "/http", "/echo", "/mock"])
@pytest.mark.parametrize("coding, body, status, expected", [
    ("br", b"x", 415, late_message("Unsupported Media Type")),
    ("gzip", b"plain", 400, late_message("Invalid request body")),
    ("gzip", gzip.compress(b"cut off", mtime=0)[:-4], 400, late_message("Invalid request body")),
    ("gzip", gzip.compress(bytes(10_485_761)), 413, TOO_LARGE),
    ("deflate", zlib.compress(bytes(10_485_761)), 413, TOO_LARGE)])
def test_requests_that_cannot_be_decoded(encoded, upstream, path, coding, body, status, expected):
    upstream.reset()
    reply = encoded.call(path, "POST", {"Content-Encoding": coding}, body)
    assert (reply.status, reply.body) == (status, expected)
    assert upstream.untouched()


@pytest.mark.parametrize("coding, encode", [GZIP, DEFLATE])
@pytest.mark.parametrize("kind", ["http", "proxy"])
@pytest.mark.parametrize("payload, accept, plain, expected", [
    (TEXT, TEXT, LARGE.encode(), LARGE.encode()), (TEXT, PNG, ENCODED, BYTES), (PNG, TEXT, BYTES, ENCODED)])
def test_encoded_replies_are_decoded(encoded, upstream, kind, payload, accept, plain, expected, coding, encode):
    upstream.reset()
    upstream.answer(body=encode(plain), headers=(("Content-Type", payload), ("Content-Encoding", coding)))
    reply = encoded.call(f"/{kind}", "POST", {"Accept": accept, "Accept-Encoding": coding})
    assert (reply.status, reply.header("content-encoding"), reply.body) == (200, None, expected)


@pytest.mark.parametrize("kind", ["http", "proxy"])
@pytest.mark.parametrize("payload, accept, coding, body", [
    (TEXT, TEXT, "br", BYTES), (TEXT, PNG, "zstd", BYTES), (PNG, TEXT, "br", BYTES), (PNG, PNG, "gzip", gzip.compress(BYTES, mtime=0))])
def test_encoded_replies_that_pass_keep_their_header(encoded, upstream, kind, payload, accept, coding, body):
    upstream.reset()
    upstream.answer(body=body, headers=(("Content-Type", payload), ("Content-Encoding", coding)))
    reply = encoded.call(f"/{kind}", "POST", {"Accept": accept})
    assert (reply.status, reply.header("content-encoding"), reply.body) == (200, coding, body)


@pytest.mark.parametrize("kind", ["http", "proxy"])
@pytest.mark.parametrize("body", [b"plain", gzip.compress(bytes(10_485_761))])
def test_replies_that_cannot_be_decoded(gateway, encoded, upstream, kind, body):
    upstream.reset()
    upstream.answer(body=body, headers=(("Content-Type", TEXT), ("Content-Encoding", "gzip")))
    mark = len(gateway.output.lines)
    reply = encoded.call(f"/{kind}", "POST")
    gateway.output.wait_for("INTEGRATION_FAILURE: Execution failed due to configuration error: Integration response is "
                            r"(not what its Content-Encoding says|larger than allowed maximum of 10485760 bytes\.)", since=mark)
    assert (reply.status, reply.header("content-encoding"), reply.body) == (500, None, ERROR)
