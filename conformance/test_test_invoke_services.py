"""TestInvokeMethod on integrations with templates: MOCK, HTTP, a service of AWS, a function. What was mapped stands in the log."""

import json

import pytest

from harness import functions
from harness.services import Moto, integrate, outcomes
from test_lambda_custom import FUNCTION, custom
from test_test_invoke import FAILED, line, lines, run

SENT = "Method request body before transformations"
MAPPED = "Endpoint request body after transformations"
CAME = "Endpoint response body before transformations"
REPLIED = "Method response body after transformations"


@pytest.fixture(scope="module")
def moto():
    running = Moto()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def gateway_environment(moto):
    return moto.environment


def test_a_mock_with_templates(api):
    api.mock("/m", verb="POST", request='{"statusCode": $input.json("$.code")}',
             body='{"stage": "$context.stage", "v": "$stageVariables.v", "ip": "$context.identity.sourceIp"}')
    answer = run(api, verb="POST", body='{"code": 200}', stageVariables={"v": "w"})
    assert json.loads(answer["body"]) == {"stage": "test-invoke-stage", "v": "w", "ip": "test-invoke-source-ip"}
    assert (line(answer, SENT), line(answer, REPLIED)) == ('{"code": 200}', answer["body"])


def test_an_http_backend_with_templates(api, backend):
    api.http("/h", backend.url, verb="POST", requestTemplates={"application/json": '{"name": $input.json("$.n")}'})
    api.response("/h", "POST", responseTemplates={"application/json": '[$input.json("$.got")]'})
    backend.answer_json({"got": 7})
    answer = run(api, "/h", "POST", body='{"n": "x"}')
    assert (answer["status"], answer["body"], backend.take().body) == (200, "[7]", b'{"name": "x"}')
    assert [line(answer, label) for label in (SENT, MAPPED, CAME, REPLIED)] == [
        '{"n": "x"}', '{"name": "x"}', '{"got": 7}', "[7]"]


def test_a_template_that_fails_says_where(api):
    api.mock("/m", request="#set($s = 'x')\n{\"statusCode\": 200 $s.substring(9) #foreach($x in 5)}")
    answer = run(api)
    assert (answer["status"], answer["body"]) == (500, FAILED)
    text = lines(answer)
    at = text.index("Execution failed due to configuration error: Unable to transform request")
    assert text[-1] == "Method completed with status: 500" and at < len(text) - 2, text


def test_a_service(api, moto):
    moto.client("sqs").create_queue(QueueName="tested")
    integrate(api, "/q", "sqs:path/000000000000/tested", template="Action=SendMessage&MessageBody=$input.path('$.text')",
              requestParameters={"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"})
    outcomes(api, "/q", success='{"sent": true}', failure="$input.body")
    answer = run(api, "/q", "POST", body='{"text": "hi"}')
    assert (answer["status"], answer["body"]) == (200, '{"sent": true}'), answer["log"]
    assert line(answer, MAPPED) == "Action=SendMessage&MessageBody=hi"
    assert line(answer, "Endpoint request URI") == f"{moto.url}/000000000000/tested"
    assert "AWS4-HMAC-SHA256" not in answer["log"] and moto.secret not in answer["log"]
    assert "SendMessageResponse" in line(answer, CAME)


def test_a_function(api, lambda_):
    arn = functions.create(lambda_, "test-custom", FUNCTION)
    functions.allow(lambda_, "test-custom")
    custom(api, arn, "/f", requestTemplates={"application/json": '{"answer": $input.json("$.a")}'})
    api.response("/f", "POST", responseTemplates={"application/json": "<$input.body>"})
    answer = run(api, "/f", "POST", body='{"a": [1]}')
    assert (answer["status"], answer["body"]) == (200, "<[1]>")
    assert [line(answer, label) for label in (MAPPED, CAME)] == ['{"answer": [1]}', "[1]"]
    assert "Received response. Status: 200, Integration latency: N ms" in lines(answer)


def test_a_request_that_does_not_validate(api, apigateway):
    apigateway.create_model(restApiId=api.id, name="Pet", contentType="application/json", schema=json.dumps(
        {"type": "object", "required": ["name"]}))
    validator = apigateway.create_request_validator(
        restApiId=api.id, name="all", validateRequestBody=True, validateRequestParameters=True)["id"]
    api.mock("/v", "POST", body="fine", requestValidatorId=validator, requestModels={"application/json": "Pet"},
             requestParameters={"method.request.querystring.q": True})
    answer = run(api, "/v", "POST", body="{}")
    assert (answer["status"], json.loads(answer["body"])) == (400, {"message": "Missing required request parameters: [q]"})
    assert answer["headers"] == {"x-amzn-ErrorType": "BadRequestException"}
    assert lines(answer)[-3:] == [f"{SENT}: {{}}", "Missing required request parameters: [q]",
                                  "Method completed with status: 400"]
    answer = run(api, "/v", "POST", pathWithQueryString="/v?q=1", body="{}")
    assert json.loads(answer["body"]) == {"message": "Invalid request body"}
    assert lines(answer)[-2] == (
        "Request body does not match model schema for content type application/json: "
        '[object has missing required properties (["name"])]')
    assert run(api, "/v", "POST", pathWithQueryString="/v?q=1", body='{"name": "x"}')["body"] == "fine"
