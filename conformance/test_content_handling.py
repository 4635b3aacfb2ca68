"""`contentHandling` with binaryMediaTypes in both directions, with and without templates."""

import base64

import pytest

from harness.api import Api, late_message
from harness.backend import Backend

ERROR = late_message("Internal server error")
JSON, TEXT, PNG = "application/json", "text/plain", "image/png"
BYTES = b"\xff\x00bytes"
ENCODED = base64.b64encode(BYTES)
REPAIRED = BYTES.decode("utf-8", "replace").encode()
TO_TEXT, TO_BINARY = "CONVERT_TO_TEXT", "CONVERT_TO_BINARY"


@pytest.fixture(scope="module")
def upstream():
    running = Backend()
    yield running
    running.close()


def handling(value):
    return {} if value is None else {"contentHandling": value}


@pytest.fixture(scope="module")
def requests(gateway, apigateway, upstream):
    """POST /{http|proxy|template}/{handling}: image/png is binary; `template` wraps the body."""
    api = Api(gateway, apigateway, binaryMediaTypes=[PNG])
    for value in (None, TO_TEXT, TO_BINARY):
        api.http(f"/http/{value}", upstream.url, "POST", **handling(value)).response(f"/http/{value}", "POST")
        api.http_proxy(f"/proxy/{value}", upstream.url, "POST", **handling(value))
        path, wrapped = f"/template/{value}", "<$input.body>"
        api.http(path, upstream.url, "POST", requestTemplates={PNG: wrapped, TEXT: wrapped}, **handling(value))
        api.response(path, "POST")
    api.deploy()
    return api


REQUESTS = [
    # content type, contentHandling, body, what the backend gets (None: 500), and what it gets through a template
    (TEXT, None, BYTES, REPAIRED, b"<" + REPAIRED + b">"), (TEXT, TO_TEXT, BYTES, REPAIRED, b"<" + REPAIRED + b">"),
    (TEXT, TO_BINARY, ENCODED, BYTES, None), (TEXT, TO_BINARY, b"no base64!", None, None),
    (PNG, None, BYTES, BYTES, None), (PNG, TO_BINARY, BYTES, BYTES, None),
    (PNG, TO_TEXT, BYTES, ENCODED, b"<" + ENCODED + b">"),
]


@pytest.mark.parametrize("kind", ["http", "proxy", "template"])
@pytest.mark.parametrize("media, value, body, plain, templated", REQUESTS)
def test_request(requests, upstream, kind, media, value, body, plain, templated):
    upstream.reset()
    expected = templated if kind == "template" else plain
    reply = requests.call(f"/{kind}/{value}", "POST", {"Content-Type": media}, body)
    if expected is None:
        assert (reply.status, reply.body, upstream.untouched()) == (500, ERROR, True)
    else:
        assert (reply.status, upstream.take().body) == (200, expected)


@pytest.fixture(scope="module")
def replies(gateway, apigateway, upstream):
    """GET /{http|template}/{handling}: image/png is binary; `template` puts base64 of `+` behind the body."""
    api = Api(gateway, apigateway, binaryMediaTypes=[PNG])
    for value in (None, TO_TEXT, TO_BINARY):
        api.http(f"/http/{value}", upstream.url).response(f"/http/{value}", **handling(value))
        api.http(f"/template/{value}", upstream.url)
        api.response(f"/template/{value}", responseTemplates={JSON: "$util.base64Encode(\"<$input.body>\")"}, **handling(value))
    api.deploy()
    return api


def wrapped(body):
    return base64.b64encode(b"<" + body + b">")


REPLIES = [
    # backend's type, accept, contentHandling, body, what the client gets (None: 500), and what it gets through a template
    (TEXT, TEXT, None, b"plain", b"plain", wrapped(b"plain")), (TEXT, PNG, None, ENCODED, BYTES, b"<" + ENCODED + b">"),
    (TEXT, PNG, None, b"no base64!", None, b"<no base64!>"), (TEXT, TEXT, TO_BINARY, ENCODED, BYTES, b"<" + ENCODED + b">"),
    (TEXT, TEXT, TO_BINARY, b"no base64!", None, b"<no base64!>"), (TEXT, PNG, TO_TEXT, b"plain", b"plain", wrapped(b"plain")),
    (PNG, PNG, None, BYTES, BYTES, None), (PNG, TEXT, None, BYTES, ENCODED, wrapped(ENCODED)),
    (PNG, TEXT, TO_BINARY, BYTES, BYTES, None), (PNG, PNG, TO_BINARY, BYTES, BYTES, None),
    (PNG, PNG, TO_TEXT, BYTES, ENCODED, wrapped(ENCODED)), (PNG, TEXT, TO_TEXT, BYTES, ENCODED, wrapped(ENCODED)),
]


@pytest.mark.parametrize("kind", ["http", "template"])
@pytest.mark.parametrize("media, accept, value, body, plain, templated", REPLIES)
def test_reply(replies, upstream, kind, media, accept, value, body, plain, templated):
    upstream.reset()
    upstream.answer(body=body, headers=(("Content-Type", media),))
    expected = templated if kind == "template" else plain
    reply = replies.call(f"/{kind}/{value}", headers={"Accept": accept})
    assert (reply.status, reply.body) == ((500, ERROR) if expected is None else (200, expected))


@pytest.mark.parametrize("request_handling, reply_handling, status", [
    (None, None, 500), (TO_TEXT, None, 500), (None, TO_TEXT, 500), (TO_TEXT, TO_TEXT, 200)])
def test_a_preflight_of_an_api_in_which_everything_is_binary(gateway, apigateway, request_handling, reply_handling, status):
    """A body that is missing and has no type is binary then, and no template can read it."""
    api = Api(gateway, apigateway, binaryMediaTypes=["*/*"])
    api.method("/m", "OPTIONS")
    api.integration("/m", "OPTIONS", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'}, **handling(request_handling))
    api.response("/m", "OPTIONS", responseTemplates={JSON: "$context.httpMethod"}, **handling(reply_handling))
    api.deploy()
    reply = api.call("/m", "OPTIONS", {"Accept": "*/*"})
    assert (reply.status, reply.body) == ((200, b"OPTIONS") if status == 200 else (500, ERROR))


def test_a_mock_can_answer_bytes(gateway, apigateway):
    api = Api(gateway, apigateway, binaryMediaTypes=[PNG])
    api.method("/m").integration("/m", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'})
    api.response("/m", responseTemplates={PNG: ENCODED.decode()}, contentHandling=TO_BINARY)
    api.deploy()
    reply = api.call("/m")
    assert (reply.status, reply.body, reply.header("content-type")) == (200, BYTES, PNG)


def test_without_binary_types_text_can_become_bytes(api, upstream):
    upstream.reset()
    api.http("/m", upstream.url, "POST", contentHandling=TO_BINARY).response("/m", "POST", contentHandling=TO_BINARY)
    api.deploy()
    upstream.answer(body=ENCODED)
    reply = api.call("/m", "POST", {"Content-Type": TEXT}, ENCODED)
    assert (reply.body, upstream.take().body) == (BYTES, BYTES)


def test_415_comes_before_the_conversion(api):
    api.method("/m", "POST").integration("/m", "POST", type="MOCK", passthroughBehavior="NEVER", contentHandling=TO_BINARY)
    api.response("/m", "POST")
    api.deploy()
    assert api.call("/m", "POST", {"Content-Type": TEXT}, "no base64!").status == 415
