"""Who may call the control plane: signatures, accounts, origins; and what is not there yet says so."""

import datetime
import pathlib
import tomllib

import botocore.session
import pytest

from harness import raw

REPOSITORY = pathlib.Path(__file__).parent.parent
SERVICES = {"apigateway": 124, "apigatewayv2": 103, "apigatewaymanagementapi": 3}


def test_unsigned(gateway):
    reply = raw.send(gateway.port, "GET", "/restapis", {"Accept": "application/json"})
    assert (reply.status, reply.error_type) == (403, "MissingAuthenticationTokenException")


@pytest.mark.parametrize("how, status, error", [
    ({"secret": "wrong"}, 403, "InvalidSignatureException"), ({"access_key": "nobody"}, 403, "UnrecognizedClientException"),
    ({"access_key": "AKIAIOSFODNN7EXAMPLE"}, 403, "UnrecognizedClientException")], ids=str)
def test_wrong_credentials(gateway, how, status, error):
    reply = raw.signed(gateway.port, "GET", "/restapis", **how)
    assert (reply.status, reply.error_type) == (status, error)
    if "access_key" in how:
        assert "The security token included in the request is invalid" in reply.text


def test_a_signature_covers_method_path_query_and_body(gateway):
    good = raw.sign(gateway.port, "POST", "/restapis", {"Accept": "application/json"}, '{"name": "a"}')
    headers = [("Host", f"127.0.0.1:{gateway.port}"), *[h for h in good if h[0].lower() not in ("host", "content-length")]]
    for method, target, body in (("POST", "/restapis", '{"name": "b"}'), ("POST", "/restapis?mode=import", '{"name": "a"}'),
                                 ("POST", "/apikeys", '{"name": "a"}'), ("PUT", "/restapis", '{"name": "a"}')):
        reply = raw.send(gateway.port, method, target, headers, body)
        assert (reply.status, reply.error_type) == (403, "InvalidSignatureException"), (method, target, body)
    assert raw.send(gateway.port, "POST", "/restapis", headers, '{"name": "a"}').status == 201


@pytest.mark.parametrize("header", ["AWS4-HMAC-SHA256 nonsense", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request",
                                    "Bearer abc", "AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=00"])
def test_malformed_authorization(gateway, header):
    reply = raw.send(gateway.port, "GET", "/restapis", {"Authorization": header, "X-Amz-Date": "20260101T000000Z"})
    assert reply.status in (400, 403)
    assert reply.error_type in ("IncompleteSignatureException", "InvalidSignatureException", "MissingAuthenticationTokenException",
                                "UnrecognizedClientException")


@pytest.mark.parametrize("minutes", [-20, 20])
def test_an_old_or_future_signature(gateway, minutes, monkeypatch):
    import botocore.auth
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda **_: now.replace(tzinfo=None))
    reply = raw.signed(gateway.port, "GET", "/restapis")
    assert (reply.status, reply.error_type) == (403, "InvalidSignatureException")


def test_a_foreign_origin_is_refused_even_when_signed(gateway, signed):
    for origin in ("http://evil.example", "null"):
        assert signed("GET", "/restapis", headers={"Origin": origin}).status == 403
    assert signed("GET", "/restapis").status == 200


def test_twelve_digits_are_an_account(gateway):
    assert raw.signed(gateway.port, "GET", "/restapis", access_key="123456789012").status == 200
    reply = raw.signed(gateway.port, "GET", "/restapis/nosuchapi0", access_key="123456789012")
    assert reply.json["message"] == "Invalid API identifier specified 123456789012:nosuchapi0"


def test_health_needs_no_signature(gateway):
    for target in ("/livez", "/readyz", "/healthz", "/_stagedoor/health", "/_localstack/health"):
        assert raw.send(gateway.port, "GET", target).status == 200, target


def test_metrics(gateway):
    reply = raw.send(gateway.port, "GET", "/metrics")
    assert reply.status == 200 and "# TYPE" in reply.text


def test_reset_needs_a_header_that_browsers_cannot_send(gateway, apigateway):
    made = apigateway.create_rest_api(name="kept")["id"]
    assert raw.send(gateway.port, "POST", "/_stagedoor/reset").status == 403
    assert apigateway.get_rest_api(restApiId=made)["name"] == "kept"
    assert raw.send(gateway.port, "POST", "/_stagedoor/reset", {"X-Stagedoor": "1"}).status in (200, 204)
    assert apigateway.get_rest_apis()["items"] == []


def operations(service):
    """(operation, method, target) with every label filled."""
    model = botocore.session.get_session().get_service_model(service)
    for name in model.operation_names:
        http = model.operation_model(name).http
        target = http["requestUri"]
        while "{" in target:
            start, end = target.index("{"), target.index("}")
            target = f"{target[:start]}x{target[end + 1:]}"
        yield name, http["method"], target


def executed():
    """The operations that docs/coverage.toml calls executed or partial."""
    rows = tomllib.loads((REPOSITORY / "docs/coverage.toml").read_text())["row"]
    return {op for row in rows if row["status"] in ("executed", "partial") for op in row.get("operations", [])}


@pytest.mark.parametrize("service", SERVICES)
def test_operations_that_do_not_exist_yet_name_themselves(gateway, service):
    """Every operation of the service models either runs or answers 501 with its own name."""
    listed, wrong = list(operations(service)), []
    assert len(listed) == SERVICES[service]
    signing = "execute-api" if service == "apigatewaymanagementapi" else "apigateway"
    for name, method, target in listed:
        runs = service == "apigateway" and name in executed()
        reply = raw.signed(gateway.port, method, target, body="{}" if method in ("POST", "PUT", "PATCH") else None, service=signing)
        refused = (reply.status, reply.error_type) == (501, "NotImplementedException") and name in reply.json["message"]
        if refused == runs:
            wrong.append((name, reply.status, reply.error_type))
    assert wrong == []


def test_an_unknown_operation(gateway, signed):
    for method, target in (("GET", "/nothing"), ("POST", "/v3/apis"), ("DELETE", "/restapis")):
        reply = signed(method, target)
        assert reply.status in (403, 404, 405) and reply.error_type, (method, target, reply.status)


def test_mapped_values_cannot_inject_headers(api, backend):
    """A query value with a line break reaches no header as one."""
    declared = {"method.request.querystring.q": False}
    api.http("/m", backend.url, method={"requestParameters": declared},
             requestParameters={"integration.request.header.X-Query": "method.request.querystring.q"})
    api.response("/m", method={"responseParameters": {"method.response.header.X-Back": False}},
                 responseParameters={"method.response.header.X-Back": "integration.response.body.b"})
    api.deploy()
    backend.default.body = b'{"b": "x\\r\\nX-Injected: 1"}'
    reply = api.call("/m?q=x%0d%0aX-Injected:%201")
    assert reply.header("x-injected") is None
    if not backend.untouched():
        assert "x-injected" not in backend.take().names()


BELOW = {"requestParameters": {"method.request.path.p": True, "method.request.querystring.q": False}}


def test_path_values_cannot_leave_the_backends_path(api, backend):
    """A path value is put in as it came, unless dots would lead out of the author's path; the host stays the author's."""
    api.http_proxy("/{p+}", backend.url + "/base/{p}", "GET", BELOW,
                   requestParameters={"integration.request.path.p": "method.request.path.p"})
    api.deploy()
    for value in ("@evil.example", "a%23b", "a%3Fb", "a/b", "a%2Fb", "a/../b", "a..b", "/evil.example/x"):
        assert api.call(f"/{value}").status == 200, value
        assert backend.take().target == f"/base/{value.lstrip('/')}"
    for value in ("..%2F..%2Fetc", "%2e%2e", "../etc", "a/../../etc", "%252e%252e/etc", "..;/etc", "a/..", "."):
        reply = api.call(f"/{value}")
        assert (reply.status, reply.json) == (400, {"message": "Bad Request"}), value
    assert backend.untouched()


def test_query_values_fill_one_segment_of_the_backends_path(api, backend):
    """What was decoded is encoded again where it stands: it adds no segment, no parameter, no fragment and no host."""
    api.http("/m", backend.url + "/base/{p}/end?v={p}", "GET", method=BELOW,
             requestParameters={"integration.request.path.p": "method.request.querystring.q"})
    api.response("/m")
    api.deploy()
    for sent, got in (("a%2Fb", "a%2Fb"), ("a%26admin%3D1%23x%3Fy", "a%26admin%3D1%23x%3Fy"), ("100%25+%2B", "100%25%20%2B"),
                      ("%40h%3A1", "%40h%3A1"), ("a%0D%0Ab", "a%0D%0Ab"), ("%C3%A9", "%C3%A9")):
        assert api.call(f"/m?q={sent}").status == 200, sent
        assert backend.take().target == f"/base/{got}/end?v={got}"
    assert api.call("/m?q=..%2Fx").status == 400
    assert backend.untouched()


def test_a_resource_below_never_falls_through_to_its_parent(signed, api):
    """Deleting something unknown below an API leaves the API alone."""
    for target in ("/nothing", "/resources/nothing", "/stages/nothing", "/models/nothing", "/authorizers/x", "/nothing/x/y"):
        assert signed("DELETE", f"/restapis/{api.id}{target}").status >= 400
    assert api.client.get_rest_api(restApiId=api.id)["name"] == "conformance"
