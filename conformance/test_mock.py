"""MOCK: which request templates are accepted, passthrough and 415, selecting the response, mapped headers."""

import pytest

from harness.api import Api, late_message

ERROR = late_message("Internal server error")
MEDIA = late_message("Unsupported Media Type")

ACCEPTED = ['{"statusCode": 200}', "{statusCode: 200}", "{'statusCode': 200}", "{statusCode: 200,super{ f}oo: [ba r]}",
            '{"statusCode": 200 ,, }', "{'statusCode': 200, '': ''}", "{statusCode: 200, null: null}"]
REJECTED = ['{"statusCode": "200"}', "statusCode: 200", "{statusCode: 200, {foo: [ba r]}", "{\"statusCode': 200 }",
            "{'statusCode: 200 }", '{"statusCode": 200', "{}", "[]", '{"status": 200}', "no json", '{"statusCode": null}']


@pytest.fixture(scope="module")
def templates(gateway, apigateway):
    """One resource per request template."""
    api = Api(gateway, apigateway)
    for number, template in enumerate(ACCEPTED + REJECTED):
        api.mock(f"/{number}", request=template, body="ok")
    api.deploy()
    return api


@pytest.mark.parametrize("template", ACCEPTED)
def test_accepted_template(templates, template):
    reply = templates.call(f"/{ACCEPTED.index(template)}")
    assert (reply.status, reply.body) == (200, b"ok")


@pytest.mark.parametrize("template", REJECTED)
def test_rejected_template(templates, template):
    reply = templates.call(f"/{len(ACCEPTED) + REJECTED.index(template)}")
    assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")


BEHAVIOURS = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]


@pytest.fixture(scope="module")
def passthrough(gateway, apigateway):
    """POST /{behaviour}/{none|one|null}: MOCKs without a template, with one for application/json, with an empty one."""
    api = Api(gateway, apigateway)
    for behaviour in BEHAVIOURS:
        for kind, given in (("none", {}), ("one", {"application/json": '{"statusCode": 200}'}), ("null", {"application/json": ""})):
            path = f"/{behaviour}/{kind}"
            api.method(path, "POST")
            api.integration(path, "POST", type="MOCK", passthroughBehavior=behaviour, requestTemplates=given)
            api.response(path, "POST", responseTemplates={"application/json": "ok"})
    api.deploy()
    return api


JSON, TEXT = "application/json", "text/plain"
PASSTHROUGH = [
    # behaviour, templates, content type, status
    ("WHEN_NO_MATCH", "none", JSON, 200), ("WHEN_NO_MATCH", "none", TEXT, 200), ("WHEN_NO_MATCH", "one", JSON, 200),
    ("WHEN_NO_MATCH", "one", TEXT, 200), ("WHEN_NO_MATCH", "null", JSON, 200),
    ("WHEN_NO_TEMPLATES", "none", JSON, 200), ("WHEN_NO_TEMPLATES", "none", TEXT, 200),
    ("WHEN_NO_TEMPLATES", "one", JSON, 200), ("WHEN_NO_TEMPLATES", "one", TEXT, 415),
    ("NEVER", "none", JSON, 415), ("NEVER", "none", TEXT, 415), ("NEVER", "one", JSON, 200), ("NEVER", "one", TEXT, 415),
    ("NEVER", "one", None, 200), ("WHEN_NO_TEMPLATES", "one", None, 200), ("NEVER", "none", None, 415),
    ("NEVER", "one", "application/json; charset=utf-8", 200),
]


@pytest.mark.parametrize("behaviour, kind, content_type, status", PASSTHROUGH)
def test_passthrough(passthrough, behaviour, kind, content_type, status):
    headers = {"Content-Type": content_type} if content_type else {}
    reply = passthrough.call(f"/{behaviour}/{kind}", "POST", headers, '{"statusCode": 200}')
    assert reply.status == status
    if status == 415:
        assert (reply.body, reply.error_type) == (MEDIA, "BadRequestException")


def test_without_a_template_the_clients_body_is_the_mocks_input(passthrough):
    assert passthrough.call("/WHEN_NO_MATCH/none", "POST", body='{"statusCode": 200}').status == 200
    assert passthrough.call("/WHEN_NO_MATCH/none", "POST").status == 500


@pytest.fixture(scope="module")
def selection(gateway, apigateway):
    """GET /{status}: the mock returns that status; four entries and no default, plus /default with one."""
    api = Api(gateway, apigateway)
    for status in ("200", "201", "404", "500", "999"):
        path = f"/{status}"
        api.method(path).integration(path, type="MOCK", requestTemplates={JSON: f'{{"statusCode": {status}}}'})
        for entry, pattern in (("200", r"2\d{2}"), ("400", "4.."), ("502", "500|503")):
            api.response(path, status=entry, selectionPattern=pattern, responseTemplates={JSON: f"entry {entry}"})
        path = f"/default/{status}"
        api.method(path).integration(path, type="MOCK", requestTemplates={JSON: f'{{"statusCode": {status}}}'})
        api.response(path, status="200", responseTemplates={JSON: "default"})
        api.response(path, status="400", selectionPattern="4", responseTemplates={JSON: "never: whole string"})
    api.deploy()
    return api


@pytest.mark.parametrize("path, status, body", [
    ("/200", 200, "entry 200"), ("/201", 200, "entry 200"), ("/404", 400, "entry 400"), ("/500", 502, "entry 502"),
    ("/default/200", 200, "default"), ("/default/404", 200, "default"), ("/default/999", 200, "default")])
def test_selection(selection, path, status, body):
    reply = selection.call(path)
    assert (reply.status, reply.text) == (status, body)


def test_no_match_and_no_default(selection):
    reply = selection.call("/999")
    assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")


def test_no_integration_response_at_all(api):
    api.method("/m").integration("/m", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'})
    api.deploy()
    assert (api.call("/m").status, api.call("/m").body) == (500, ERROR)


def test_a_selected_status_that_is_no_method_response(api):
    api.mock("/m", body="x")
    api.client.delete_method_response(**api.at("/m", "GET"), statusCode="200")
    api.deploy()
    assert (api.call("/m").status, api.call("/m").body) == (500, ERROR)


@pytest.mark.parametrize("accept, templates, content_type, body", [
    (None, {JSON: "j", TEXT: "t"}, JSON, "j"),
    (TEXT, {JSON: "j", TEXT: "t"}, TEXT, "t"),
    (TEXT, {"text/html": "<p>"}, "text/html", "<p>"),
    ("image/png", {JSON: "j", TEXT: "t"}, JSON, "j"),
])
def test_response_template_by_accept(api, accept, templates, content_type, body):
    api.method("/m").integration("/m", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'})
    api.response("/m", responseTemplates=templates)
    api.deploy()
    reply = api.call("/m", headers={"Accept": accept} if accept else {})
    assert (reply.status, reply.header("content-type"), reply.text) == (200, content_type, body)


def test_no_response_template_is_an_empty_body(api):
    api.mock("/m")
    api.deploy()
    reply = api.call("/m", body='{"a": 1}')
    assert (reply.status, reply.body, reply.header("content-length"), reply.header("content-type")) == (200, b"", "0", JSON)


def test_mapped_headers(api):
    api.method("/m", requestParameters={"method.request.header.X-In": False})
    api.integration("/m", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'})
    names = ("Access-Control-Allow-Origin", "X-Static", "X-Stage", "X-Request", "Content-Type", "X-Variable", "X-Missing")
    api.response("/m", method={"responseParameters": {f"method.response.header.{n}": False for n in names}},
                 responseTemplates={JSON: "x"},
                 responseParameters={
                     "method.response.header.Access-Control-Allow-Origin": "'*'",
                     "method.response.header.X-Static": "'a b'", "method.response.header.X-Stage": "context.stage",
                     "method.response.header.X-Request": "context.requestId",
                     "method.response.header.Content-Type": "'text/csv'",
                     "method.response.header.X-Variable": "stageVariables.v",
                     "method.response.header.X-Missing": "stageVariables.none"})
    api.deploy(variables={"v": "from-stage"})
    reply = api.call("/m")
    got = {n: reply.header(n) for n in names}
    assert got == {"Access-Control-Allow-Origin": "*", "X-Static": "a b", "X-Stage": "test",
                   "X-Request": reply.header("x-amzn-requestid"), "Content-Type": "text/csv",
                   "X-Variable": "from-stage", "X-Missing": None}


REMAPPED = ["Authorization", "Connection", "Content-Length", "Content-MD5", "Date", "Expect", "Host", "Max-Forwards",
            "Proxy-Authenticate", "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate"]
UNCHANGED = ["Accept", "Accept-Charset", "Accept-Encoding", "Age", "Content-Encoding", "Pragma", "Range", "Referer", "TE",
             "Via", "Warn"]


@pytest.fixture(scope="module")
def header_reply(gateway, apigateway):
    """The reply of a MOCK that maps every special header to 'x'."""
    api = Api(gateway, apigateway)
    names = [*REMAPPED, *UNCHANGED, "Transfer-Encoding"]
    api.method("/m").integration("/m", type="MOCK", requestTemplates={JSON: '{"statusCode": 200}'})
    api.response("/m", method={"responseParameters": {f"method.response.header.{n}": False for n in names}},
                 responseParameters={f"method.response.header.{n}": "'x'" for n in names})
    api.deploy()
    return api.call("/m")


@pytest.mark.parametrize("name", REMAPPED)
def test_header_is_remapped(header_reply, name):
    assert header_reply.header(f"x-amzn-Remapped-{name}") == "x"
    assert header_reply.header(name) != "x"


@pytest.mark.parametrize("name", UNCHANGED)
def test_header_goes_out_unchanged(header_reply, name):
    assert header_reply.header(name) == "x"


def test_transfer_encoding_is_dropped(header_reply):
    assert header_reply.header("transfer-encoding") is None
