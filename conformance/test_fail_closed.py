"""What is stored but cannot execute yet never lets a call through: it answers 500, and the log says why."""

import json

import pytest

from harness import functions
from harness.api import Api, lambda_uri, late_message

JSON = "application/json"
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]})


def put_method(**fields):
    return lambda api: api.mock("/m", body="open", **fields)


def validator(api):
    made = api.client.create_request_validator(restApiId=api.id, validateRequestBody=True)["id"]
    api.mock("/m", body="open", requestValidatorId=made, requestModels={"application/json": "Empty"})


def parameter_validator(api):
    made = api.client.create_request_validator(restApiId=api.id, validateRequestParameters=True)["id"]
    api.mock("/m", body="open", requestValidatorId=made, requestParameters={"method.request.querystring.q": True})


def request_template(text):
    return lambda api: api.mock("/m", body="open", request=text)


def response_template(text):
    return lambda api: api.mock("/m", body=text)


def policy(api):
    api.mock("/m", body="open")
    api.patch("update_rest_api", ("replace", "/policy", POLICY))


def aws_service(api):
    api.method("/m").integration(
        "/m", type="AWS", integrationHttpMethod="POST", credentials="arn:aws:iam::000000000000:role/r",
        uri="arn:aws:apigateway:us-east-1:sqs:path/000000000000/q").response("/m")


def lambda_custom(api):
    api.method("/m").integration("/m", type="AWS", integrationHttpMethod="POST", uri=lambda_uri(
        "arn:aws:lambda:us-east-1:000000000000:function:any")).response("/m")


def content_handling(api):
    api.mock("/m", body="open")
    api.patch("update_integration", ("replace", "/contentHandling", "CONVERT_TO_BINARY"),
              resourceId=api.resources["/m"], httpMethod="GET")


def vpc_link(api):
    api.method("/m").integration("/m", type="HTTP_PROXY", integrationHttpMethod="GET", uri="http://127.0.0.1:1/",
                                 connectionType="VPC_LINK", connectionId="${stageVariables.link}")


CASES = {
    "AWS_IAM": put_method(authorizationType="AWS_IAM"), "apiKeyRequired": put_method(apiKeyRequired=True),
    "validator": validator, "parameter validator": parameter_validator, "policy": policy, "VTL reference": response_template('{"id": "$context.requestId"}'),
    "VTL directive": response_template("#set($a = 1)x"), "VTL request": request_template('{"statusCode": $input.params("s")}'),
    "AWS service": aws_service, "AWS Lambda": lambda_custom, "contentHandling": content_handling, "VPC_LINK": vpc_link,
}


@pytest.mark.parametrize("case", CASES)
def test_it_answers_500_and_says_why(gateway, api, case):
    CASES[case](api)
    api.deploy()
    mark = len(gateway.output.lines)
    reply = api.call("/m", headers={"x-api-key": "any"})
    assert reply.status == 500, reply.text
    assert reply.json == {"message": "Internal server error"} and reply.error_type == "InternalServerErrorException"
    gateway.output.wait_for(rf"{api.id}|/m", since=mark)


@pytest.mark.parametrize("fields", [{}, {"validateRequestBody": True}, {"validateRequestParameters": True}], ids=str)
def test_a_validator_that_finds_nothing_to_check_is_no_guard(api, fields):
    """No flag, or no model and no required parameter on the method."""
    made = api.client.create_request_validator(restApiId=api.id, **fields)["id"]
    api.mock("/m", body="open", requestValidatorId=made, requestParameters={"method.request.querystring.q": False})
    api.deploy()
    assert api.call("/m").text == "open"


@pytest.mark.parametrize("settings", [
    [("replace", "/*/*/throttling/rateLimit", "1"), ("replace", "/*/*/throttling/burstLimit", "1")],
    [("replace", "/m/GET/throttling/rateLimit", "5")], [("replace", "/canarySettings/percentTraffic", "10")],
], ids=["throttle", "method throttle", "canary"])
def test_stage_settings_that_guard(api, settings):
    api.mock("/m", body="open")
    api.deploy()
    api.patch("update_stage", *settings, stageName="test")
    assert api.call("/m").status == 500


@pytest.mark.parametrize("settings", [
    [("replace", "/tracingEnabled", "true")], [("replace", "/*/*/metrics/enabled", "true")],
    [("replace", "/cacheClusterSize", "0.5")], [("replace", "/canarySettings/percentTraffic", "0")],
    [("replace", "/*/*/caching/ttlInSeconds", "9")],
], ids=str)
def test_stage_settings_that_guard_nothing(api, settings):
    api.mock("/m", body="open")
    api.deploy()
    api.patch("update_stage", *settings, stageName="test")
    assert api.call("/m").text == "open"


def test_other_methods_of_the_api_are_unharmed(api):
    api.mock("/closed", body="x", authorizationType="AWS_IAM").mock("/open", body="open")
    api.deploy()
    assert (api.call("/closed").status, api.call("/open").text) == (500, "open")
