"""Account settings, and tags on APIs and stages."""

import pytest

from harness import raw
from harness.api import patches
from harness.errors import bad_request, not_found, refused
from harness.state import assert_survives_a_crash

DEFAULT = {"throttleSettings": {"burstLimit": 5000, "rateLimit": 10000.0}, "features": ["UsagePlans"], "apiKeyVersion": "4"}
ROLE = "arn:aws:iam::000000000000:role/logs"


@pytest.fixture(scope="module")
def gateway_environment():
    """AWS's own limit, which GetAccount tells."""
    return {"STAGEDOOR_ACCOUNT_THROTTLE": "10000:5000"}


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def update(client, *operations):
    return plain(client.update_account(patchOperations=patches(*operations)))


def test_account_defaults(apigateway, signed):
    assert plain(apigateway.get_account()) == DEFAULT
    assert '"rateLimit":10000.0' in signed("GET", "/account").text


def test_the_log_role_is_set_and_cleared(apigateway):
    assert update(apigateway, ("replace", "/cloudwatchRoleArn", ROLE)) == {**DEFAULT, "cloudwatchRoleArn": ROLE}
    assert plain(apigateway.get_account())["cloudwatchRoleArn"] == ROLE
    assert update(apigateway, ("replace", "/cloudwatchRoleArn", "")) == DEFAULT


def test_a_role_that_is_no_arn(apigateway):
    with bad_request("The role ARN does not have required permissions configured. Please grant trust permission for API "
                     "Gateway and add the required role policy."):
        update(apigateway, ("replace", "/cloudwatchRoleArn", "not-an-arn"))


def test_a_feature_that_is_not_set_may_be_removed(apigateway):
    assert update(apigateway, ("remove", "/features", "BlockedForRoutingRules")) == DEFAULT


@pytest.mark.parametrize("operation", [("replace", "/throttleSettings", "x"), ("add", "/cloudwatchRoleArn", ROLE)], ids=str)
def test_patch_refuses(apigateway, operation):
    with bad_request(None):
        update(apigateway, operation)


def test_usage_plans_cannot_be_removed(apigateway):
    with bad_request(None):
        update(apigateway, ("remove", "/features", "UsagePlans"))


def test_logging_is_allowed_once_the_role_is_set(apigateway, api):
    api.mock("/m")
    api.deploy("s")
    update(apigateway, ("replace", "/cloudwatchRoleArn", ROLE))
    for level in ("INFO", "ERROR", "OFF"):
        stage = api.patch("update_stage", ("replace", "/*/*/logging/loglevel", level), stageName="s")
        assert stage["methodSettings"]["*/*"]["loggingLevel"] == level
    update(apigateway, ("replace", "/cloudwatchRoleArn", ""))


@pytest.fixture(params=["api", "stage"])
def arn(request, api):
    """The ARN of something taggable."""
    api.mock("/m")
    api.deploy("s")
    base = f"arn:aws:apigateway:us-east-1::/restapis/{api.id}"
    return base if request.param == "api" else f"{base}/stages/s"


def test_tag_untag_and_read(apigateway, arn):
    assert apigateway.get_tags(resourceArn=arn)["tags"] == {}
    done = apigateway.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    assert done["ResponseMetadata"]["HTTPStatusCode"] == 204
    apigateway.tag_resource(resourceArn=arn, tags={"b": "3"})
    assert apigateway.get_tags(resourceArn=arn)["tags"] == {"a": "1", "b": "3"}
    done = apigateway.untag_resource(resourceArn=arn, tagKeys=["a", "absent"])
    assert done["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert apigateway.get_tags(resourceArn=arn)["tags"] == {"b": "3"}


def test_tags_show_on_the_entity(apigateway, api):
    api.mock("/m")
    api.deploy("s")
    base = f"arn:aws:apigateway:us-east-1::/restapis/{api.id}"
    apigateway.tag_resource(resourceArn=base, tags={"on": "api"})
    apigateway.tag_resource(resourceArn=f"{base}/stages/s", tags={"on": "stage"})
    assert apigateway.get_rest_api(restApiId=api.id)["tags"] == {"on": "api"}
    assert apigateway.get_stage(restApiId=api.id, stageName="s")["tags"] == {"on": "stage"}
    listed = next(i for i in apigateway.get_rest_apis(limit=500)["items"] if i["id"] == api.id)
    assert listed["tags"] == {"on": "api"}


def test_an_arn_may_come_unescaped(gateway, apigateway, api):
    arn = f"arn:aws:apigateway:us-east-1::/restapis/{api.id}"
    apigateway.tag_resource(resourceArn=arn, tags={"a": "1"})
    for form in (arn, raw.quote(arn)):
        reply = raw.signed(gateway.port, "GET", f"/tags/{form}")
        assert (reply.status, reply.json) == (200, {"tags": {"a": "1"}})


@pytest.mark.parametrize("bad", ["not-an-arn", "arn:aws:s3:::bucket"])
def test_a_bad_arn(apigateway, bad):
    with bad_request(None):
        apigateway.get_tags(resourceArn=bad)


@pytest.mark.parametrize("resource", ["/restapis/nosuchapi0", "/restapis/nosuchapi0/stages/s"])
def test_an_unknown_resource(apigateway, resource):
    with refused("NotFoundException", status=404):
        apigateway.get_tags(resourceArn=f"arn:aws:apigateway:us-east-1::{resource}")
    with not_found(None):
        apigateway.tag_resource(resourceArn=f"arn:aws:apigateway:us-east-1::{resource}", tags={"a": "b"})


@pytest.mark.parametrize("tags", [{"aws:x": "1"}, {"k" * 129: "v"}, {"k": "v" * 257}], ids=["reserved", "key", "value"])
def test_tags_outside_their_limits(apigateway, api, tags):
    with bad_request(None):
        apigateway.tag_resource(resourceArn=f"arn:aws:apigateway:us-east-1::/restapis/{api.id}", tags=tags)


def test_everything_survives_a_crash(gateway, apigateway, api):
    apigateway.tag_resource(resourceArn=f"arn:aws:apigateway:us-east-1::/restapis/{api.id}", tags={"a": "b"})
    update(apigateway, ("replace", "/cloudwatchRoleArn", ROLE))
    assert_survives_a_crash(gateway)
