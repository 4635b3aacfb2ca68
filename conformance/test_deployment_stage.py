"""Deployment and Stage on the control plane. What they do to calls is in test_deploy.py."""

import pytest

from harness.api import Api, patches
from harness.errors import bad_request, conflict, not_found
from harness.state import assert_survives_a_crash

LONG_LIST = (
    "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, "
    "/accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, "
    "/{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, "
    "/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit"
    "/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, "
    "/{resourcePath}/{httpMethod}/caching/dataEncrypted, "
    "/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, "
    "/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, "
    "/*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit "
    "/*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, "
    "/*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, "
    "/variables/{variable_name}, /tracingEnabled]")
NEW_ENTRY = {
    "metricsEnabled": False, "dataTraceEnabled": False, "throttlingBurstLimit": 5000, "throttlingRateLimit": 10000.0,
    "cachingEnabled": False, "cacheTtlInSeconds": 300, "cacheDataEncrypted": False,
    "requireAuthorizationForCacheControl": True,
    "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER",
}


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


@pytest.fixture
def deployed(gateway, apigateway):
    """An API with one MOCK; `deployed.first` is a deployment without a stage."""
    api = Api(gateway, apigateway).mock("/m", body="one")
    api.first = apigateway.create_deployment(restApiId=api.id)["id"]
    return api


def create_stage(api, name="s", **fields):
    return api.client.create_stage(restApiId=api.id, stageName=name, **{"deploymentId": api.first, **fields})


def patch(api, *operations, stage="s"):
    return plain(api.patch("update_stage", *operations, stageName=stage))


class TestDeployment:
    def test_create_answers_id_date_and_description(self, deployed):
        made = deployed.client.create_deployment(restApiId=deployed.id, description="d")
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert set(plain(made)) == {"id", "createdDate", "description"}
        assert len(made["id"]) == 6

    def test_no_method_at_all(self, api):
        with bad_request("The REST API doesn't contain any methods"):
            api.deploy()

    def test_a_method_without_integration(self, api):
        api.method("/m")
        with bad_request("No integration defined for method"):
            api.deploy()

    def test_a_new_stage_name_creates_the_stage(self, deployed):
        made = deployed.deploy("new", stageDescription="sd", variables={"a": "b"}, description="dd", tracingEnabled=True)
        stage = deployed.client.get_stage(restApiId=deployed.id, stageName="new")
        assert (stage["deploymentId"], stage["description"], stage["variables"], stage["tracingEnabled"]) == (
            made, "sd", {"a": "b"}, True)

    def test_an_existing_stage_is_repointed_and_keeps_its_settings(self, deployed):
        create_stage(deployed, variables={"a": "1", "b": "2"}, description="kept")
        patch(deployed, ("replace", "/*/*/metrics/enabled", "true"))
        made = deployed.deploy("s", variables={"b": "3"})
        stage = deployed.client.get_stage(restApiId=deployed.id, stageName="s")
        assert stage["deploymentId"] == made
        assert stage["methodSettings"]["*/*"]["metricsEnabled"] is True
        assert stage["variables"]["b"] == "3" and stage["description"] == "kept"

    def test_apisummary_is_embedded_on_request(self, deployed):
        where = {"restApiId": deployed.id, "deploymentId": deployed.first}
        assert "apiSummary" not in deployed.client.get_deployment(**where)
        summary = deployed.client.get_deployment(**where, embed=["apisummary"])["apiSummary"]
        assert summary == {"/m": {"GET": {"authorizationType": "NONE", "apiKeyRequired": False}}}

    def test_list_is_newest_first_and_pages(self, deployed):
        second, third = (deployed.client.create_deployment(restApiId=deployed.id)["id"] for _ in range(2))
        page = deployed.client.get_deployments(restApiId=deployed.id, limit=2)
        assert [d["id"] for d in page["items"]] == [third, second]
        rest = deployed.client.get_deployments(restApiId=deployed.id, limit=2, position=page["position"])
        assert [d["id"] for d in rest["items"]] == [deployed.first]

    def test_unknown_deployment(self, deployed):
        for call in (deployed.client.get_deployment, deployed.client.delete_deployment):
            with not_found("Invalid Deployment identifier specified"):
                call(restApiId=deployed.id, deploymentId="nosuch")

    def test_patch(self, deployed):
        where = {"restApiId": deployed.id, "deploymentId": deployed.first}
        changed = deployed.client.update_deployment(**where, patchOperations=patches(("replace", "/description", "new")))
        assert changed["description"] == "new"
        with bad_request("Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/description]"):
            deployed.client.update_deployment(**where, patchOperations=patches(("replace", "/x", "new")))

    def test_a_deployment_in_use_cannot_go(self, deployed):
        create_stage(deployed)
        where = {"restApiId": deployed.id, "deploymentId": deployed.first}
        with bad_request("Active stages pointing to this deployment must be moved or deleted"):
            deployed.client.delete_deployment(**where)
        deployed.client.delete_stage(restApiId=deployed.id, stageName="s")
        assert deployed.client.delete_deployment(**where)["ResponseMetadata"]["HTTPStatusCode"] == 202

    def test_canary_needs_a_stage(self, signed, deployed):
        base = "Invalid deployment content specified."
        canary = {"canarySettings": {"percentTraffic": 50.0}}
        target = f"/restapis/{deployed.id}/deployments"
        for extra, text in [
            ({}, "Non null and non empty stageName must be provided for canary deployment. Provided value is null"),
            ({"stageName": ""}, "Non null and non empty stageName must be provided for canary deployment. Provided value is "),
            ({"stageName": "no"}, "Stage no must already be created before making a canary release deployment"),
        ]:
            reply = signed("POST", target, {**canary, **extra})
            assert (reply.status, reply.json) == (400, {"message": base + text})

    def test_canary_keeps_the_stages_deployment(self, deployed):
        create_stage(deployed)
        made = deployed.deploy("s", canarySettings={"percentTraffic": 50.0, "stageVariableOverrides": {"a": "b"}})
        stage = deployed.client.get_stage(restApiId=deployed.id, stageName="s")
        assert stage["deploymentId"] == deployed.first
        assert stage["canarySettings"] == {"deploymentId": made, "percentTraffic": 50.0,
                                           "stageVariableOverrides": {"a": "b"}, "useStageCache": False}


class TestStage:
    def test_create_answers_the_defaults(self, deployed):
        made = create_stage(deployed)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        fixed = {k: v for k, v in plain(made).items() if k not in ("createdDate", "lastUpdatedDate")}
        assert fixed == {"deploymentId": deployed.first, "stageName": "s", "cacheClusterEnabled": False,
                         "cacheClusterStatus": "NOT_AVAILABLE", "methodSettings": {}, "tracingEnabled": False}

    @pytest.mark.parametrize("fields", [
        {"description": "d"}, {"variables": {"a_1": "x-._~:/?#&=,"}}, {"tracingEnabled": True}, {"tags": {"k": "v"}},
        {"cacheClusterEnabled": True, "cacheClusterSize": "0.5"}], ids=str)
    def test_create_keeps(self, deployed, fields):
        create_stage(deployed, **fields)
        read = deployed.client.get_stage(restApiId=deployed.id, stageName="s")
        assert {k: read[k] for k in fields} == fields

    @pytest.mark.parametrize("fields, refusal", [
        ({"deploymentId": "nosuch"}, bad_request("Deployment id does not exist")),
        ({"name": "a b"}, bad_request("Stage name only allows a-zA-Z0-9_-")),
        ({"variables": {"a": "b c"}}, bad_request(None)),
        ({"variables": {"a-b": "c"}}, bad_request(None)),
    ], ids=lambda v: str(v) if isinstance(v, dict) else "")
    def test_create_refuses(self, deployed, fields, refusal):
        with refusal:
            create_stage(deployed, **fields)

    def test_same_name_twice(self, deployed):
        create_stage(deployed)
        with conflict("Stage already exists"):
            create_stage(deployed)

    def test_unknown_stage(self, deployed):
        for call in (deployed.client.get_stage, deployed.client.delete_stage):
            with not_found("Invalid Stage identifier specified"):
                call(restApiId=deployed.id, stageName="nosuch")

    def test_list_is_sorted_by_name_and_filters_by_deployment(self, deployed):
        second = deployed.client.create_deployment(restApiId=deployed.id)["id"]
        for name, deployment in (("b", deployed.first), ("a", second), ("c", second)):
            create_stage(deployed, name, deploymentId=deployment)
        names = lambda **f: [s["stageName"] for s in deployed.client.get_stages(restApiId=deployed.id, **f)["item"]]
        assert names() == ["a", "b", "c"] and names(deploymentId=second) == ["a", "c"]

    def test_a_limit_of_ten(self, deployed):
        for n in range(10):
            create_stage(deployed, f"s{n}")
        from harness.errors import refused
        with refused("LimitExceededException", "Maximum number of Stages for this API has been reached.  Please contact "
                     "AWS if you need additional Stages.", 429):
            create_stage(deployed, "eleventh")

    def test_delete_answers_202(self, deployed):
        create_stage(deployed)
        done = deployed.client.delete_stage(restApiId=deployed.id, stageName="s")
        assert done["ResponseMetadata"]["HTTPStatusCode"] == 202


PATCHES = [
    ([("replace", "/description", "d")], {"description": "d"}),
    ([("replace", "/tracingEnabled", "true")], {"tracingEnabled": True}),
    ([("replace", "/cacheClusterSize", "1.6")], {"cacheClusterSize": "1.6"}),
    ([("replace", "/cacheClusterEnabled", "true"), ("replace", "/cacheClusterSize", "0.5")],
     {"cacheClusterEnabled": True, "cacheClusterSize": "0.5"}),
    ([("replace", "/clientCertificateId", "")], {"clientCertificateId": None}),
    ([("replace", "/variables/a", "1"), ("replace", "/variables/a", "2")], {"variables": {"keep": "x", "a": "2"}}),
    ([("replace", "/*/*/caching/ttlInSeconds", "3600")], {"methodSettings": {"*/*": {**NEW_ENTRY, "cacheTtlInSeconds": 3600}}}),
    ([("replace", "/*/*/throttling/burstLimit", "-1")], {"methodSettings": {"*/*": {**NEW_ENTRY, "throttlingBurstLimit": -1}}}),
    ([("replace", "/variables/a", "1")], {"variables": {"keep": "x", "a": "1"}}),
    ([("add", "/variables/a", "1")], {"variables": {"keep": "x", "a": "1"}}),
    ([("remove", "/variables/keep")], {"variables": None}),
    ([("replace", "/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:0:log-group:x"),
      ("replace", "/accessLogSettings/format", "$context.requestId")],
     {"accessLogSettings": {"destinationArn": "arn:aws:logs:us-east-1:0:log-group:x", "format": "$context.requestId"}}),
    ([("add", "/accessLogSettings/format", "$context.requestId"), ("remove", "/accessLogSettings")],
     {"accessLogSettings": None}),
    ([("replace", "/*/*/metrics/enabled", "true")], {"methodSettings": {"*/*": {**NEW_ENTRY, "metricsEnabled": True}}}),
    ([("replace", "/*/*/logging/dataTrace", "true")], {"methodSettings": {"*/*": {**NEW_ENTRY, "dataTraceEnabled": True}}}),
    ([("replace", "/*/*/throttling/burstLimit", "7"), ("replace", "/*/*/throttling/rateLimit", "1.5")],
     {"methodSettings": {"*/*": {**NEW_ENTRY, "throttlingBurstLimit": 7, "throttlingRateLimit": 1.5}}}),
    ([("replace", "/test/GET/caching/ttlInSeconds", "60")],
     {"methodSettings": {"test/GET": {**NEW_ENTRY, "cacheTtlInSeconds": 60}}}),
    ([("replace", "/~1pets~1{id}/GET/caching/dataEncrypted", "true")],
     {"methodSettings": {"~1pets~1{id}/GET": {**NEW_ENTRY, "cacheDataEncrypted": True}}}),
    ([("replace", "/~1/GET/caching/requireAuthorizationForCacheControl", "false")],
     {"methodSettings": {"~1/GET": {**NEW_ENTRY, "requireAuthorizationForCacheControl": False}}}),
    ([("replace", "/*/*/caching/unauthorizedCacheControlHeaderStrategy", "FAIL_WITH_403")],
     {"methodSettings": {"*/*": {**NEW_ENTRY, "unauthorizedCacheControlHeaderStrategy": "FAIL_WITH_403"}}}),
    ([("replace", "/*/*/caching/enabled", "true"), ("replace", "/test/GET/throttling/burstLimit", "124")],
     {"methodSettings": {"*/*": {**NEW_ENTRY, "cachingEnabled": True},
                         "test/GET": {**NEW_ENTRY, "cachingEnabled": True, "throttlingBurstLimit": 124}}}),
    ([("replace", "/*/*/metrics/enabled", "true"), ("remove", "/*/*")], {"methodSettings": {}}),
]


@pytest.mark.parametrize("operations, expected", PATCHES, ids=[str(row[0]) for row in PATCHES])
def test_patch_stage(deployed, operations, expected):
    create_stage(deployed, variables={"keep": "x"})
    answered = patch(deployed, *operations)
    read = deployed.client.get_stage(restApiId=deployed.id, stageName="s")
    for field, value in expected.items():
        assert answered.get(field) == value and read.get(field) == value


def test_patch_stage_to_another_deployment(deployed):
    create_stage(deployed)
    second = deployed.client.create_deployment(restApiId=deployed.id)["id"]
    assert patch(deployed, ("replace", "/deploymentId", second))["deploymentId"] == second
    with bad_request("Deployment id does not exist"):
        patch(deployed, ("replace", "/deploymentId", "nosuch"))


def no_setting(path):
    return (f"Cannot remove method setting {path} because there is no method setting for this method ")


LOG_PATHS = ("Invalid accessLogSettings path. Must be one of : "
             "[/accessLogSettings/destinationArn, /accessLogSettings/format]")
COPY = ("Invalid copy operation with path: {} and from {}. Valid copy:path are [/deploymentId, /variables] and valid "
        "copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]")
REFUSED = [
    (("replace", "/canarySettings", "x"), f"Invalid method setting path: /canarySettings. Must be one of: {LONG_LIST}"),
    (("replace", "/documentation_version", "x"),
     f"Invalid method setting path: /documentation_version. Must be one of: {LONG_LIST}"),
    (("add", "/tags/a", "x"), f"Invalid method setting path: /tags/a. Must be one of: {LONG_LIST}"),
    (("remove", "/tags/a"), no_setting("tags/a")),
    (("remove", "/*/*"), no_setting("*/*")),
    (("remove", "/accessLogSettings/destinationArn"), no_setting("accessLogSettings/destinationArn")),
    (("remove", "/canarySettings/stageVariableOverrides"), no_setting("canarySettings/stageVariableOverrides")),
    (("replace", "/accessLogSettings", "x"), LOG_PATHS),
    (("add", "/accessLogSettings/other", "x"), LOG_PATHS),
    (("replace", "/accessLogSettings/format", ""), "Access Log value must not be empty"),
    (("add", "/canarySettings/deploymentId", "x"), "Invalid add operation with path: /canarySettings/deploymentId"),
    (("replace", "/canarySettings/deploymentId", "nosuch"), "Deployment id does not exist"),
    (("copy", "/deploymentId", None, "/canarySettings/deploymentId"), "Promotion not available. Canary does not exist."),
    (("copy", "/description", None, "/canarySettings/deploymentId"),
     COPY.format("/description", "/canarySettings/deploymentId")),
]


@pytest.mark.parametrize("operation, text", REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_patch_stage_refuses(deployed, operation, text):
    create_stage(deployed)
    with bad_request(text):
        patch(deployed, operation)


def test_logging_needs_the_accounts_role(deployed):
    create_stage(deployed)
    with bad_request("CloudWatch Logs role ARN must be set in account settings to enable logging"):
        patch(deployed, ("replace", "/*/*/logging/loglevel", "INFO"))


def test_canary_is_created_by_patch_and_promoted(deployed):
    create_stage(deployed, variables={"keep": "x", "over": "old"})
    second = deployed.client.create_deployment(restApiId=deployed.id)["id"]
    canary = patch(deployed, ("replace", "/canarySettings/deploymentId", second))["canarySettings"]
    assert canary == {"deploymentId": second, "percentTraffic": 0.0, "useStageCache": False}
    canary = patch(deployed, ("replace", "/canarySettings/percentTraffic", "12.5"),
                   ("replace", "/canarySettings/stageVariableOverrides/over", "new"),
                   ("replace", "/canarySettings/useStageCache", "true"))["canarySettings"]
    assert canary == {"deploymentId": second, "percentTraffic": 12.5, "useStageCache": True,
                      "stageVariableOverrides": {"over": "new"}}
    promoted = patch(deployed, ("replace", "/canarySettings/percentTraffic", "0.0"),
                     ("copy", "/deploymentId", None, "/canarySettings/deploymentId"),
                     ("copy", "/variables", None, "/canarySettings/stageVariableOverrides"))
    assert (promoted["deploymentId"], promoted["variables"]) == (second, {"keep": "x", "over": "new"})
    assert promoted["canarySettings"]["deploymentId"] == second
    assert "canarySettings" not in patch(deployed, ("remove", "/canarySettings"))


def test_a_canary_percentage_alone_points_to_the_stages_deployment(deployed):
    create_stage(deployed)
    canary = patch(deployed, ("replace", "/canarySettings/percentTraffic", "10"))["canarySettings"]
    assert (canary["deploymentId"], canary["percentTraffic"]) == (deployed.first, 10.0)


def test_doubles_are_printed_with_a_fraction(signed, deployed):
    create_stage(deployed)
    reply = signed("PATCH", f"/restapis/{deployed.id}/stages/s", {"patchOperations": patches(
        ("replace", "/*/*/metrics/enabled", "true"), ("replace", "/canarySettings/percentTraffic", "5"))})
    assert '"throttlingRateLimit":10000.0' in reply.text and '"percentTraffic":5.0' in reply.text
    assert '"throttlingBurstLimit":5000,' in reply.text


def test_everything_survives_a_crash(gateway, deployed):
    create_stage(deployed, variables={"a": "b"})
    patch(deployed, ("replace", "/a~1b/GET/metrics/enabled", "true"), ("replace", "/canarySettings/percentTraffic", "5"))
    assert_survives_a_crash(gateway)
