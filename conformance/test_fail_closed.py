"""What is stored but cannot execute yet never lets a call through: it answers 500, and the log says why."""

import pytest

from harness.api import late_message

ERROR = late_message("Internal server error")


def vpc_link(api):
    api.method("/m").integration("/m", type="HTTP_PROXY", integrationHttpMethod="GET", uri="http://127.0.0.1:1/",
                                 connectionType="VPC_LINK", connectionId="${stageVariables.link}")


CASES = [
    # what guards the method, the words that name it
    ("VPC_LINK", vpc_link, "a VPC link"),
]


@pytest.mark.parametrize("guard, words", [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_it_answers_500_and_says_why(gateway, api, guard, words):
    """The author is told at deployment and at each call; the client is not."""
    guard(api)
    mark = len(gateway.output.lines)
    api.deploy()
    gateway.output.wait_for(rf"WARN API {api.id}: .*{words}.* does not execute yet", since=mark)
    mark = len(gateway.output.lines)
    reply = api.call("/m", headers={"x-api-key": "any"})
    assert (reply.status, reply.body, reply.error_type) == (500, ERROR, "InternalServerErrorException")
    gateway.output.wait_for(rf"GET +/m +500 .*{api.id}/test .*{words}.* does not execute yet", since=mark)


@pytest.mark.parametrize("fields", [{}, {"validateRequestBody": True}, {"validateRequestParameters": True}], ids=str)
def test_a_validator_that_finds_nothing_to_check_is_no_guard(api, fields):
    """No flag, or no model and no required parameter on the method."""
    made = api.client.create_request_validator(restApiId=api.id, **fields)["id"]
    api.mock("/m", body="open", requestValidatorId=made, requestParameters={"method.request.querystring.q": False})
    api.deploy()
    assert api.call("/m").text == "open"


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


@pytest.mark.parametrize("settings, field", [
    ([("replace", "/tracingEnabled", "true")], "Stage.tracingEnabled"),
    ([("replace", "/*/*/metrics/enabled", "true")], "Stage.methodSettings.metricsEnabled")], ids=lambda v: v if isinstance(v, str) else "")
def test_a_field_without_effect_is_named_to_whoever_sets_it(gateway, api, settings, field):
    api.mock("/m")
    api.deploy()
    mark = len(gateway.output.lines)
    api.patch("update_stage", *settings, stageName="test")
    gateway.output.wait_for(rf"WARN API {api.id}: {field} is stored but has no effect yet", since=mark)


def test_other_methods_of_the_api_are_unharmed(api):
    vpc_link(api)
    api.mock("/open", body="open")
    api.deploy()
    assert (api.call("/m").status, api.call("/open").text) == (500, "open")
