"""TestInvokeMethod: the real pipeline on the API as edited, past everything that asks who calls, with AWS's log."""

import json
import re
import socket
import urllib.request

import pytest

from harness import functions, raw
from harness.api import Api
from harness.errors import bad_request, not_found

TIME = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4} : ")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FAILED = '{"message": "Internal server error"}'


def run(api, path="/m", verb="GET", **fields):
    return api.client.test_invoke_method(**api.at(path, verb), **fields)


def lines(answer):
    """The log without times, ids as `<id>`, latencies as `N`."""
    first, *rest = answer["log"].split("\n")
    assert ID.fullmatch(first.removeprefix("Execution log for request ")), first
    assert rest.pop() == ""
    for line in rest:
        assert TIME.match(line), line
    texts = [re.sub(r"latency: \d+ ms", "latency: N ms", ID.sub("<id>", TIME.sub("", line))) for line in rest]
    assert first.split(" ")[-1] == ID.search(rest[0]).group()
    return texts


def line(answer, label):
    """The value of one line."""
    found = [text.removeprefix(f"{label}: ") for text in lines(answer) if text.startswith(f"{label}: ")]
    assert len(found) == 1, (label, answer["log"])
    return found[0]


class TestMock:
    def test_the_log_line_by_line(self, api):
        api.mock("/pets/{petId}", body='{"pets": "all the pets"}')
        answer = run(api, "/pets/{petId}", pathWithQueryString="/pets/123?foo=bar", body="in")
        assert (answer["status"], answer["body"]) == (200, '{"pets": "all the pets"}')
        assert answer["headers"] == {"Content-Type": "application/json"}
        assert answer["multiValueHeaders"] == {"Content-Type": ["application/json"]}
        assert 0 <= answer["latency"] < 5000
        assert lines(answer) == [
            "Starting execution for request: <id>",
            "HTTP Method: GET, Resource Path: /pets/123",
            "Method request path: {petId=123}",
            "Method request query string: {foo=bar}",
            "Method request headers: {}",
            "Method request body before transformations: in",
            'Method response body after transformations: {"pets": "all the pets"}',
            "Method response headers: {Content-Type=application/json}",
            "Successfully completed execution",
            "Method completed with status: 200",
        ]

    @pytest.mark.parametrize("given, shown, parameters", [
        ({}, "/pets/{petId}", "{petId={petId}}"),
        ({"pathWithQueryString": ""}, "/pets/{petId}", "{petId={petId}}"),
        ({"pathWithQueryString": "/pets/7"}, "/pets/7", "{petId=7}"),
        ({"pathWithQueryString": "/elsewhere/7/8"}, "/elsewhere/7/8", "{}"),
        ({"pathWithQueryString": "/pets"}, "/pets", "{}"),
    ])
    def test_path_parameters_come_from_the_path_that_is_given(self, api, given, shown, parameters):
        api.mock("/pets/{petId}")
        answer = run(api, "/pets/{petId}", **given)
        assert answer["status"] == 200
        assert f"HTTP Method: GET, Resource Path: {shown}" in lines(answer)
        assert line(answer, "Method request path") == parameters

    def test_the_method_of_any_answers(self, api):
        api.mock("/m", verb="ANY", body="any")
        answer = api.client.test_invoke_method(restApiId=api.id, resourceId=api.resource("/m"), httpMethod="PATCH")
        assert answer["body"] == "any" and "HTTP Method: PATCH, Resource Path: /m" in lines(answer)

    def test_a_failure_before_the_call(self, api):
        api.mock("/m", request='{"statusCode": "none"}')
        answer = run(api)
        assert (answer["status"], answer["body"]) == (500, FAILED)
        assert answer["headers"] == {"x-amzn-ErrorType": "InternalServerErrorException"}
        assert lines(answer)[5:] == [
            "Method request body before transformations: ",
            "Execution failed due to configuration error: Unable to parse statusCode. It should be an integer that is "
            "defined in the request template.",
            "Method completed with status: 500",
        ]

    def test_no_integration_response_fits(self, api):
        api.mock("/m")
        api.client.delete_integration_response(**api.at("/m", "GET"), statusCode="200")
        answer = run(api)
        assert answer["status"] == 500
        assert lines(answer)[-2].startswith(
            "Execution failed due to configuration error: No match for output mapping and no default output mapping "
            "configured. Endpoint Response Status Code: 200")

    def test_an_undeclared_status(self, api):
        api.mock("/m")
        api.client.delete_method_response(**api.at("/m", "GET"), statusCode="200")
        answer = run(api)
        assert answer["status"] == 500
        assert ("Execution failed due to configuration error: Output mapping refers to an invalid method response: 200"
                in lines(answer))

    def test_unsupported_media(self, api):
        api.method("/m", "POST").integration("/m", "POST", type="MOCK", passthroughBehavior="NEVER",
                                             requestTemplates={"a/b": '{"statusCode": 200}'})
        answer = run(api, verb="POST", headers={"Content-Type": "text/plain"}, body="x")
        assert (answer["status"], answer["body"]) == (415, '{"message": "Unsupported Media Type"}')
        assert lines(answer)[-1] == "Method completed with status: 415"


class TestHttp:
    def test_a_proxy(self, api, backend):
        api.http_proxy("/b", backend.url + "/there", "POST")
        backend.answer(status=201, headers=[("Content-Type", "text/plain"), ("X-Own", "1")], body=b"made")
        answer = run(api, "/b", "POST", body="in", headers={"X-Mine": "1", "Content-Type": "text/plain"})
        seen = backend.take()
        assert (seen.method, seen.target, seen.body) == ("POST", "/there", b"in")
        assert seen.header("x-mine") == "1" and not {"x-forwarded-for", "x-forwarded-port"} & seen.names()
        assert (answer["status"], answer["body"]) == (201, "made")
        assert (answer["headers"]["X-Own"], answer["headers"]["Content-Type"]) == ("1", "text/plain")
        text = lines(answer)
        assert [part.split(":")[0] for part in text] == [
            "Starting execution for request", "HTTP Method", "Method request path", "Method request query string",
            "Method request headers", "Method request body before transformations", "Endpoint request URI",
            "Endpoint request headers", "Endpoint request body after transformations",
            f"Sending request to {backend.url.split(':')[0]}", "Received response. Status",
            "Endpoint response headers", "Endpoint response body before transformations",
            "Method response body after transformations", "Method response headers", "Successfully completed execution",
            "Method completed with status",
        ]
        assert "Method request headers: {X-Mine=1, Content-Type=text/plain}" in text
        assert f"Endpoint request URI: {backend.url}/there" in text
        assert f"Sending request to {backend.url}/there" in text
        assert "Endpoint request body after transformations: in" in text
        assert "Received response. Status: 201, Integration latency: N ms" in text
        assert "Endpoint response body before transformations: made" in text
        assert f"x-amzn-apigateway-api-id={api.id}" in line(answer, "Endpoint request headers")
        assert line(answer, "Method response headers") == (
            "{Content-Type=text/plain, X-Own=1, x-amzn-Remapped-Content-Length=4}")

    def test_a_custom_integration_maps_both_ways(self, api, backend):
        api.http("/c", backend.url + "/${stageVariables.where}", verb="GET", method={
            "requestParameters": {"method.request.querystring.q": False, "method.request.header.H": False}},
            requestParameters={"integration.request.querystring.p": "method.request.querystring.q",
                               "integration.request.header.X-Stage": "context.stage"})
        api.response("/c", status="200", responseTemplates={"text/plain": "mapped"})
        answer = run(api, "/c", pathWithQueryString="/c?q=1", stageVariables={"where": "here"})
        seen = backend.take()
        assert (seen.target, seen.header("x-stage")) == ("/here?p=1", "test-invoke-stage")
        assert (answer["status"], answer["body"]) == (200, "mapped")
        assert line(answer, "Method response body after transformations") == "mapped"
        trace = answer["headers"]["X-Amzn-Trace-Id"]
        assert line(answer, "Method response headers") == f"{{X-Amzn-Trace-Id={trace}, Content-Type=text/plain}}"

    def test_a_streamed_reply_is_shown_whole(self, api, backend):
        api.http_proxy("/s", backend.url, "GET", responseTransferMode="STREAM")
        backend.answer(headers=[("Content-Type", "text/plain")], body=b"piece by piece")
        answer = run(api, "/s")
        assert (answer["status"], answer["body"]) == (200, "piece by piece")
        for label in ("Endpoint response body before transformations", "Method response body after transformations"):
            assert line(answer, label) == "piece by piece"

    def test_an_unset_stage_variable_is_no_address(self, api):
        api.http_proxy("/b", "https://${stageVariables.host}", "GET")
        answer = run(api, "/b")
        assert (answer["status"], answer["body"]) == (500, FAILED)
        assert lines(answer)[-2:] == ["Execution failed due to configuration error: Invalid endpoint address",
                                      "Method completed with status: 500"]

    def test_nobody_listens(self, api):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            api.http_proxy("/b", f"http://127.0.0.1:{taken.getsockname()[1]}", "GET")
            answer = run(api, "/b")
        assert answer["status"] == 504
        text = lines(answer)
        assert "Execution failed due to a network error communicating with endpoint" in text
        assert text[-1] == "Method completed with status: 504"

    def test_secrets_are_masked(self, api, backend):
        api.http_proxy("/b", backend.url, "GET")
        secret = {"Authorization": "Bearer abcdefghijklmnopqrst", "x-api-key": "0123456789abcdefghij"}
        answer = run(api, "/b", headers=secret)
        assert "API Key: ******efghij" in lines(answer)
        assert "Authorization=******opqrst" in line(answer, "Method request headers")
        assert "abcdefgh" not in answer["log"] and "0123456789" not in answer["log"]
        assert backend.take().header("authorization") == secret["Authorization"]

    def test_long_values_are_cut_and_bytes_not_shown(self, api, backend):
        api.http_proxy("/b", backend.url, "POST")
        backend.answer(headers=[("Content-Type", "image/png")], body=b"\x89PNG\xff")
        answer = run(api, "/b", "POST", body="x" * 3000)
        assert backend.take().body == b"x" * 3000
        for label in ("Method request body before transformations", "Endpoint request body after transformations"):
            assert line(answer, label) == "x" * 1000 + " [TRUNCATED]"
        assert line(answer, "Endpoint response body before transformations") == "[Binary Data]"

    def test_headers_of_both_kinds(self, api, backend):
        api.http_proxy("/b", backend.url, "GET")
        backend.answer(headers=[("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        answer = run(api, "/b", headers={"One": "1"}, multiValueHeaders={"Many": ["1", "2"]})
        seen = backend.take()
        assert (seen.all("one"), seen.all("many")) == (["1"], ["1", "2"])
        assert answer["multiValueHeaders"]["Set-Cookie"] == ["a=1", "b=2"]
        assert answer["headers"]["Set-Cookie"] == "b=2"


@pytest.fixture(scope="module")
def echo(lambda_):
    arn = functions.create(lambda_, "test-echo")
    functions.allow(lambda_, "test-echo")
    return arn


class TestLambda:
    def test_the_event_has_no_client(self, api, echo):
        api.lambda_proxy("/pets/{id}", echo, "GET")
        answer = run(api, "/pets/{id}", pathWithQueryString="/pets/7?a=b", stageVariables={"v": "w"})
        event = json.loads(answer["body"])
        assert event["headers"] is None and event["multiValueHeaders"] is None
        assert (event["path"], event["pathParameters"], event["stageVariables"]) == ("/pets/7", {"id": "7"}, {"v": "w"})
        context = event["requestContext"]
        assert (context["stage"], context["domainName"], context["domainPrefix"]) == (
            "test-invoke-stage", "testPrefix.testDomainName", "testPrefix")
        assert context["identity"]["sourceIp"] == "test-invoke-source-ip" and "deploymentId" not in context

    def test_the_log(self, api, echo):
        api.lambda_proxy("/f", echo, "GET")
        answer = run(api, "/f")
        uri = f"https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/{echo}/invocations"
        assert line(answer, "Endpoint request URI") == uri
        assert f"Sending request to {uri}" in lines(answer)
        assert line(answer, "Endpoint request body after transformations").startswith('{"resource":"/f","path":"/f",')
        headers = line(answer, "Endpoint response headers")
        for part in ("x-amzn-RequestId=<id>", "X-Amz-Executed-Version=$LATEST", "x-amzn-Remapped-Content-Length=0"):
            assert part in headers
        assert line(answer, "Endpoint response body before transformations").startswith('{"statusCode": 200')

    def test_an_error_of_the_function(self, api, lambda_):
        arn = functions.create(lambda_, "test-fails", "def handler(event, context):\n    raise RuntimeError('no')\n")
        functions.allow(lambda_, "test-fails")
        api.lambda_proxy("/f", arn, "GET")
        answer = run(api, "/f")
        assert (answer["status"], answer["body"]) == (502, FAILED)
        text = lines(answer)
        assert ("Lambda execution failed with status 200 due to customer function error: no. Lambda request id: <id>"
                in text)
        assert '"errorMessage": "no"' in line(answer, "Endpoint response body before transformations")
        assert text[-1] == "Method completed with status: 502"

    def test_no_room_for_the_function(self, api, lambda_):
        arn = functions.create(lambda_, "test-full")
        functions.allow(lambda_, "test-full")
        lambda_.put_function_concurrency(FunctionName="test-full", ReservedConcurrentExecutions=0)
        api.lambda_proxy("/f", arn, "GET")
        answer = run(api, "/f")
        assert answer["status"] == 500
        assert lines(answer)[-3:] == ["Lambda invocation failed with status: 429. Lambda request id: <id>",
                                      "Execution failed due to configuration error: Rate Exceeded.",
                                      "Method completed with status: 500"]

    def test_an_answer_of_the_wrong_shape(self, api, lambda_):
        arn = functions.create(lambda_, "test-shape", "def handler(event, context):\n    return [1]\n")
        functions.allow(lambda_, "test-shape")
        api.lambda_proxy("/f", arn, "GET")
        answer = run(api, "/f")
        assert answer["status"] == 502 and line(answer, "Endpoint response body before transformations") == "[1]"
        assert "Execution failed due to configuration error: Malformed Lambda proxy response" in lines(answer)

    def test_permission_is_asked_for_the_test_stage(self, api, lambda_):
        arn = functions.create(lambda_, "test-denied")
        api.lambda_proxy("/f", arn, "GET")
        answer = run(api, "/f")
        assert answer["status"] == 500
        text = lines(answer)
        assert "Execution failed due to configuration error: Invalid permissions on Lambda function" in text
        assert f"{api.id}/test-invoke-stage/GET/f" in text[-2]
        source = f"arn:aws:execute-api:us-east-1:000000000000:{api.id}/test-invoke-stage/GET/f"
        functions.allow(lambda_, "test-denied", source)
        assert run(api, "/f")["status"] == 200


class TestGuards:
    def test_who_tests_is_not_asked_what_clients_are(self, gateway, api):
        """Authorization, API key, policy, throttle: the test passes, the same call of a client does not."""
        api.patch("update_rest_api", ("replace", "/disableExecuteApiEndpoint", "true"))
        api.mock("/m", body="guarded", apiKeyRequired=True)
        api.patch("update_method", ("replace", "/authorizationType", "AWS_IAM"), resourceId=api.resource("/m"),
                  httpMethod="GET")
        api.deploy()
        for _ in range(2):
            assert run(api)["body"] == "guarded"
        assert api.call("/m").status in (403, 500)

    def test_the_test_stage_is_none_that_clients_reach(self, api):
        api.mock("/m", body="x")
        api.deploy()
        run(api)
        assert api.call("/m", stage="test-invoke-stage").status == 403

    def test_an_unsigned_test_is_refused(self, gateway, api):
        api.mock("/m")
        target = f"/restapis/{api.id}/resources/{api.resource('/m')}/methods/GET"
        assert raw.send(gateway.port, "POST", target, body="{}").status == 403

    def test_no_deployment_is_needed_and_edits_show_at_once(self, api):
        api.mock("/m", body="one")
        assert run(api)["body"] == "one"
        api.client.put_integration_response(**api.at("/m", "GET"), statusCode="200",
                                            responseTemplates={"application/json": "two"})
        assert run(api)["body"] == "two"

    def test_tests_are_no_calls(self, gateway, api):
        """Neither counted nor logged as such."""
        api.mock("/m", body="x")
        api.deploy()
        mark = len(gateway.output.lines)
        run(api)
        api.call("/m")
        gateway.output.wait_for(rf"GET +/m +200 .*{api.id}/test", since=mark)
        with urllib.request.urlopen(gateway.url + "/metrics", timeout=10) as reply:
            metrics = reply.read().decode()
        assert "test-invoke-stage" not in metrics
        counted = [text for text in metrics.splitlines() if f'api="{api.id}"' in text and "requests_total" in text]
        assert sum(float(text.rsplit(" ", 1)[1]) for text in counted) == 1, counted


class TestRefusals:
    def test_unknown_places(self, api):
        api.mock("/m")
        client, resource = api.client, api.resource("/m")
        with not_found("Invalid Method identifier specified"):
            client.test_invoke_method(restApiId=api.id, resourceId=resource, httpMethod="POST")
        with not_found("Invalid Method identifier specified"):
            client.test_invoke_method(restApiId=api.id, resourceId=resource, httpMethod="ANY")
        with not_found("Invalid Resource identifier specified"):
            client.test_invoke_method(restApiId=api.id, resourceId="abc123", httpMethod="GET")
        with not_found("Invalid Resource identifier specified"):
            client.test_invoke_method(restApiId="nosuchapi1", resourceId="abc123", httpMethod="GET")

    def test_what_no_client_could_send(self, api):
        api.mock("/m")
        with bad_request("Invalid Client Certificate identifier specified"):
            run(api, clientCertificateId="abc123")
        with bad_request("Invalid header specified: a b"):
            run(api, headers={"a b": "c"})
        with bad_request("Invalid header specified: A"):
            run(api, headers={"A": "b\r\nC: d"})

    @pytest.mark.parametrize("path", ["/a b", "/ü?x=ä", "//", "?a=b", "no slash", "/%zz", "/#x", "http://evil/x"])
    def test_odd_paths(self, api, path):
        api.mock("/m", body="x")
        assert run(api, pathWithQueryString=path)["status"] == 200

    def test_a_method_without_integration(self, api):
        api.method("/m")
        answer = run(api)
        assert (answer["status"], answer["body"]) == (500, FAILED)
        assert lines(answer)[-1] == "Method completed with status: 500"


def test_by_the_cli(api, aws):
    api.mock("/pets/{id}", body="cli")
    done = aws("apigateway", "test-invoke-method", "--rest-api-id", api.id, "--resource-id", api.resource("/pets/{id}"),
               "--http-method", "GET", "--path-with-query-string", "/pets/1?a=b", "--headers", "A=b,C=d")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["body"]) == (200, "cli")
    assert "Method request headers: {A=b, C=d}" in lines(answer)
    assert set(answer) == {"status", "body", "headers", "multiValueHeaders", "log", "latency"}
