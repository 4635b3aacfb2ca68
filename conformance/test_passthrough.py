"""Which bodies pass without a template, and which are refused with 415."""

import pytest

from harness.api import Api, late_message
from harness.backend import Backend

MEDIA = late_message("Unsupported Media Type")
JSON, TEXT = "application/json", "text/plain"
TEMPLATE = "rendered $context.httpMethod"
GIVEN = {"none": {}, "one": {JSON: TEMPLATE}, "empty": {JSON: ""}, "other and empty": {JSON: TEMPLATE, TEXT: ""},
         "default": {"$default": TEMPLATE}}


@pytest.fixture(scope="module")
def upstream():
    running = Backend()
    yield running
    running.close()


@pytest.fixture(scope="module")
def methods(gateway, apigateway, upstream):
    """POST and GET /{behaviour}/{templates} → backend, by HTTP."""
    api = Api(gateway, apigateway)
    for behaviour in ("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"):
        for number, templates in enumerate(GIVEN.values()):
            for verb in ("POST", "GET"):
                path = f"/{behaviour}/{number}"
                api.http(path, upstream.url, verb, "POST", passthroughBehavior=behaviour, requestTemplates=templates)
                api.response(path, verb)
    api.deploy()
    return api


PASSED, RENDERED, REFUSED = b"body", b"rendered POST", None
CASES = [
    # behaviour, templates, content type, what the backend gets
    ("WHEN_NO_MATCH", "none", JSON, PASSED), ("WHEN_NO_MATCH", "none", None, PASSED),
    ("WHEN_NO_MATCH", "one", JSON, RENDERED), ("WHEN_NO_MATCH", "one", None, RENDERED),
    ("WHEN_NO_MATCH", "one", TEXT, PASSED), ("WHEN_NO_MATCH", "empty", JSON, PASSED),
    ("WHEN_NO_TEMPLATES", "none", JSON, PASSED), ("WHEN_NO_TEMPLATES", "none", TEXT, PASSED),
    ("WHEN_NO_TEMPLATES", "one", JSON, RENDERED), ("WHEN_NO_TEMPLATES", "one", TEXT, REFUSED),
    ("WHEN_NO_TEMPLATES", "other and empty", TEXT, PASSED),
    ("NEVER", "none", JSON, REFUSED), ("NEVER", "none", None, REFUSED), ("NEVER", "one", JSON, RENDERED),
    ("NEVER", "one", None, RENDERED), ("NEVER", "one", "application/json; charset=utf-8", RENDERED),
    ("NEVER", "one", TEXT, REFUSED), ("NEVER", "default", TEXT, RENDERED),
]


@pytest.mark.parametrize("behaviour, templates, content_type, expected", CASES)
def test_passthrough(methods, upstream, behaviour, templates, content_type, expected):
    upstream.reset()
    headers = {"Content-Type": content_type} if content_type else {}
    reply = methods.call(f"/{behaviour}/{list(GIVEN).index(templates)}", "POST", headers, "body")
    if expected is REFUSED:
        assert (reply.status, reply.body, reply.error_type) == (415, MEDIA, "BadRequestException")
        assert upstream.untouched()
    else:
        assert (reply.status, upstream.take().body) == (200, expected)


@pytest.mark.parametrize("behaviour, templates, expected", [
    ("WHEN_NO_MATCH", "one", b"rendered GET"), ("WHEN_NO_TEMPLATES", "none", b""), ("NEVER", "none", REFUSED),
    ("NEVER", "one", b"rendered GET")])
def test_requests_without_a_body_go_through_the_same_table(methods, upstream, behaviour, templates, expected):
    upstream.reset()
    reply = methods.call(f"/{behaviour}/{list(GIVEN).index(templates)}")
    if expected is REFUSED:
        assert reply.status == 415
    else:
        assert upstream.take().body == expected
