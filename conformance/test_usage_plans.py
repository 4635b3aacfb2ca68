"""Usage plans and the keys in them, through boto3, the CLI and `stagedoor.yaml`."""

import json

import pytest

from harness import raw
from harness.api import Api, patches
from harness.errors import bad_request, conflict, not_found, refused
from harness.metering import FORBIDDEN, Plan, outcome
from harness.process import Gateway
from harness.project import Project

UNKNOWN_PLAN, UNKNOWN_KEY = "Invalid Usage Plan ID specified", "Invalid API Key identifier specified"


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


@pytest.fixture(scope="module")
def stages(gateway, apigateway):
    """An API with two stages."""
    api = Api(gateway, apigateway).mock("/").mock("/pets")
    api.deploy("one")
    api.deploy("two")
    return api


@pytest.fixture
def plan(apigateway, stages):
    made = apigateway.create_usage_plan(name="p", apiStages=[{"apiId": stages.id, "stage": "one"}])["id"]
    yield made
    for stage in apigateway.get_usage_plan(usagePlanId=made)["apiStages"]:
        update(apigateway, made, ("remove", "/apiStages", f"{stage['apiId']}:{stage['stage']}"))
    apigateway.delete_usage_plan(usagePlanId=made)


def update(client, plan, *operations):
    return plain(client.update_usage_plan(usagePlanId=plan, patchOperations=patches(*operations)))


class TestPlans:
    def test_everything_is_kept(self, apigateway, stages):
        given = {
            "name": "whole", "description": "d", "tags": {"a": "1"},
            "apiStages": [{"apiId": stages.id, "stage": "two", "throttle": {"/pets/GET": {"rateLimit": 0.5, "burstLimit": 2}}}],
            "throttle": {"rateLimit": 10.0, "burstLimit": 20}, "quota": {"limit": 100, "offset": 3, "period": "WEEK"},
        }
        made = apigateway.create_usage_plan(**given)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201 and len(made["id"]) == 6
        assert plain(made) == {**given, "id": made["id"]}
        assert plain(apigateway.get_usage_plan(usagePlanId=made["id"])) == plain(made)
        assert plain(made) in apigateway.get_usage_plans(limit=500)["items"]
        with bad_request(f"Cannot delete Usage Plan {made['id']} because there are API Stages associated with it, "
                         f"including {stages.id}:two"):
            apigateway.delete_usage_plan(usagePlanId=made["id"])
        update(apigateway, made["id"], ("remove", "/apiStages", f"{stages.id}:two"))
        gone = apigateway.delete_usage_plan(usagePlanId=made["id"])
        assert gone["ResponseMetadata"]["HTTPStatusCode"] == 202
        with not_found(UNKNOWN_PLAN):
            apigateway.get_usage_plan(usagePlanId=made["id"])

    def test_what_is_left_out(self, apigateway):
        made = apigateway.create_usage_plan(name="bare")
        assert plain(made) == {"id": made["id"], "name": "bare", "apiStages": []}
        assert plain(apigateway.get_usage_plan(usagePlanId=made["id"])) == {**plain(made), "tags": {}}

    @pytest.mark.parametrize("fields, code", [
        ({"name": ""}, "BadRequestException"),
        ({"quota": {"limit": 1}}, "BadRequestException"),
        ({"quota": {"period": "DAY"}}, "BadRequestException"),
        ({"quota": {"limit": -1, "period": "DAY"}}, "BadRequestException"),
        ({"quota": {"limit": 1, "period": "DAY", "offset": 1}}, "BadRequestException"),
        ({"quota": {"limit": 1, "period": "YEAR"}}, "ValidationException"),
        ({"throttle": {"rateLimit": -1.0}}, "BadRequestException"),
        ({"apiStages": [{"apiId": "nosuchapi1", "stage": "one"}]}, "NotFoundException"),
        ({"apiStages": [{"apiId": "nosuchapi1"}]}, "BadRequestException"),
        ({"tags": {"aws:a": "b"}}, "BadRequestException"),
    ], ids=str)
    def test_plans_that_cannot_be(self, apigateway, fields, code):
        with refused(code):
            apigateway.create_usage_plan(**{"name": "p", **fields})

    @pytest.mark.parametrize("body", ['{"name":7}', '{"name":"p","throttle":[]}', '{"name":"p","quota":{"limit":"many"}}', "{", "{}",
                                      '{"name":"p","throttle":{"rateLimit":1e999}}'])
    def test_bodies_that_are_none(self, gateway, body):
        assert raw.signed(gateway.port, "POST", "/usageplans", body=body).status == 400

    def test_a_stage_is_not_found_by_its_text(self, apigateway, stages, plan):
        with not_found(f"Invalid API Stage {{api: {stages.id}, stage: no}} specified for usageplan {plan}"):
            update(apigateway, plan, ("add", "/apiStages", f"{stages.id}:no"))
        with bad_request("Invalid API Stage specified"):
            update(apigateway, plan, ("add", "/apiStages", "no-colon"))

    def test_as_terraform_patches(self, apigateway, stages, plan):
        """What its provider sends for a plan's stages, methods, quota and throttle."""
        one = f"/apiStages/{stages.id}:one/throttle"
        changed = update(apigateway, plan, ("add", "/apiStages", f"{stages.id}:two"), ("replace", f"{one}//pets/GET/rateLimit", "1.5"),
                         ("replace", f"{one}//pets/GET/burstLimit", "3"), ("add", "/quota/limit", "20"), ("add", "/quota/offset", "2"),
                         ("add", "/quota/period", "WEEK"), ("add", "/throttle/rateLimit", "10.0"), ("add", "/throttle/burstLimit", "5"),
                         ("add", "/productCode", "code"), ("replace", "/description", "d"), ("replace", "/name", "n"))
        assert changed == {
            "id": plan, "name": "n", "description": "d", "productCode": "code", "tags": {},
            "apiStages": [{"apiId": stages.id, "stage": "one", "throttle": {"/pets/GET": {"rateLimit": 1.5, "burstLimit": 3}}},
                          {"apiId": stages.id, "stage": "two"}],
            "quota": {"limit": 20, "offset": 2, "period": "WEEK"}, "throttle": {"rateLimit": 10.0, "burstLimit": 5},
        }
        bare = update(apigateway, plan, ("remove", f"{one}//pets/GET"), ("remove", "/quota"), ("remove", "/throttle"), ("remove", "/productCode"),
                      ("remove", "/apiStages", f"{stages.id}:two"))
        assert bare == {"id": plan, "name": "n", "description": "d", "tags": {}, "apiStages": [{"apiId": stages.id, "stage": "one"}]}

    def test_patches_are_all_or_nothing(self, apigateway, plan):
        before = plain(apigateway.get_usage_plan(usagePlanId=plan))
        with bad_request("Quota Period must be specified"):
            update(apigateway, plan, ("replace", "/name", "other"), ("add", "/quota/limit", "5"))
        with bad_request("Invalid patch path  '/name' specified for op 'remove'. Must be one of: [/apiStages, /quota, /throttle, "
                         "/productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, "
                         "/apiStages/<apidId:stageName>/throttle]"):
            update(apigateway, plan, ("replace", "/name", "other"), ("remove", "/name"))
        assert plain(apigateway.get_usage_plan(usagePlanId=plan)) == before

    def test_a_stage_stays_while_a_plan_has_it(self, apigateway, stages, plan):
        with bad_request(f"Deleting stage one failed. Please remove the stage from the usage plans: {plan}"):
            apigateway.delete_stage(restApiId=stages.id, stageName="one")

    def test_an_api_leaves_its_plans(self, gateway, apigateway):
        api = Api(gateway, apigateway).mock("/")
        api.deploy()
        plan = apigateway.create_usage_plan(name="p", apiStages=[{"apiId": api.id, "stage": "test"}])["id"]
        apigateway.delete_rest_api(restApiId=api.id)
        assert apigateway.get_usage_plan(usagePlanId=plan)["apiStages"] == []
        apigateway.delete_usage_plan(usagePlanId=plan)


class TestKeys:
    def test_come_and_go(self, apigateway, plan):
        key = apigateway.create_api_key(name="member")
        made = apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
        shown = {"id": key["id"], "type": "API_KEY", "value": key["value"], "name": "member"}
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201 and plain(made) == shown
        assert plain(apigateway.get_usage_plan_key(usagePlanId=plan, keyId=key["id"])) == shown
        assert apigateway.get_usage_plan_keys(usagePlanId=plan)["items"] == [shown]
        assert [it["id"] for it in apigateway.get_usage_plans(keyId=key["id"])["items"]] == [plan]
        with conflict(f"API Key {key['id']} already exists in Usage Plan {plan}"):
            apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
        gone = apigateway.delete_usage_plan_key(usagePlanId=plan, keyId=key["id"])
        assert gone["ResponseMetadata"]["HTTPStatusCode"] == 202
        with not_found(UNKNOWN_KEY):
            apigateway.get_usage_plan_key(usagePlanId=plan, keyId=key["id"])
        apigateway.delete_api_key(apiKey=key["id"])

    def test_a_deleted_key_leaves_its_plans(self, apigateway, plan):
        key = apigateway.create_api_key()["id"]
        apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
        apigateway.delete_api_key(apiKey=key)
        assert apigateway.get_usage_plan_keys(usagePlanId=plan)["items"] == []
        assert apigateway.get_usage_plan_keys(usagePlanId="nosuch")["items"] == []

    def test_what_is_not_there(self, apigateway, plan):
        key = apigateway.create_api_key()["id"]
        with not_found(UNKNOWN_PLAN):
            apigateway.create_usage_plan_key(usagePlanId="nosuch", keyId=key, keyType="API_KEY")
        with not_found(UNKNOWN_KEY):
            apigateway.create_usage_plan_key(usagePlanId=plan, keyId="nosuchkey1", keyType="API_KEY")
        with refused("BadRequestException"):
            apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="TOKEN")

    def test_one_plan_for_a_stage(self, apigateway, stages, plan):
        other = apigateway.create_usage_plan(name="other", apiStages=[{"apiId": stages.id, "stage": "one"}])["id"]
        free = apigateway.create_usage_plan(name="free")["id"]
        key = apigateway.create_api_key()["id"]
        apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
        text = f"API Key {key} is already subscribed to API Stage {stages.id}:one in Usage Plan {plan}"
        with conflict(text):
            apigateway.create_usage_plan_key(usagePlanId=other, keyId=key, keyType="API_KEY")
        apigateway.create_usage_plan_key(usagePlanId=free, keyId=key, keyType="API_KEY")
        with conflict(text):
            update(apigateway, free, ("add", "/apiStages", f"{stages.id}:one"))
        update(apigateway, other, ("remove", "/apiStages", f"{stages.id}:one"))

    def test_a_change_holds_with_the_next_call(self, gateway, apigateway):
        """Nothing is deployed: what is acknowledged is enforced."""
        metered = Plan(gateway, apigateway)
        assert metered.call().status == 200
        replace = lambda path, value: apigateway.update_api_key(apiKey=metered.key, patchOperations=patches(("replace", path, value)))
        replace("/enabled", "false")
        assert outcome(metered.call()) == FORBIDDEN
        replace("/enabled", "true")
        assert metered.call().status == 200
        apigateway.delete_usage_plan_key(usagePlanId=metered.plan, keyId=metered.key)
        assert outcome(metered.call()) == FORBIDDEN
        apigateway.create_usage_plan_key(usagePlanId=metered.plan, keyId=metered.key, keyType="API_KEY")
        assert metered.call().status == 200
        update(apigateway, metered.plan, ("remove", "/apiStages", f"{metered.api.id}:test"))
        assert outcome(metered.call()) == FORBIDDEN
        update(apigateway, metered.plan, ("add", "/apiStages", f"{metered.api.id}:test"))
        assert metered.call().status == 200
        apigateway.delete_api_key(apiKey=metered.key)
        assert outcome(metered.call()) == FORBIDDEN
        file = f"name,key,usageplanids\nagain,{metered.value},{metered.plan}\n".encode()
        apigateway.import_api_keys(body=file, format="csv", failOnWarnings=True)
        assert metered.call().status == 200


class TestUsage:
    DAYS = {"startDate": "2026-01-01", "endDate": "2026-01-02"}

    def test_pages_and_refusals(self, apigateway, plan):
        made = [apigateway.create_api_key()["id"] for _ in range(3)]
        for key in made:
            apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
        pages = list(apigateway.get_paginator("get_usage").paginate(usagePlanId=plan, **self.DAYS, PaginationConfig={"PageSize": 2}))
        assert [len(page["items"]) for page in pages] == [2, 1]
        assert {key: days for page in pages for key, days in page["items"].items()} == {key: [[0, 0], [0, 0]] for key in made}
        assert (pages[0]["usagePlanId"], pages[0]["startDate"], pages[0]["endDate"]) == (plan, *self.DAYS.values())
        with not_found(UNKNOWN_PLAN):
            apigateway.get_usage(usagePlanId="nosuch", **self.DAYS)
        for days in [("2026-01-02", "2026-01-01"), ("2026-01-01", "2026-04-01"), ("today", "2026-01-01"), ("2026-02-30", "2026-03-01")]:
            with refused("BadRequestException"):
                apigateway.get_usage(usagePlanId=plan, startDate=days[0], endDate=days[1])
        with bad_request(f"Usage Plan {plan} has no quota of which anything could remain"):
            apigateway.update_usage(usagePlanId=plan, keyId=made[0], patchOperations=patches(("replace", "/remaining", "1")))


def test_tags(apigateway, plan):
    arn = f"arn:aws:apigateway:us-east-1::/usageplans/{plan}"
    apigateway.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    apigateway.untag_resource(resourceArn=arn, tagKeys=["b"])
    assert apigateway.get_tags(resourceArn=arn)["tags"] == {"a": "1"}
    assert apigateway.get_usage_plan(usagePlanId=plan)["tags"] == {"a": "1"}


def test_by_the_cli(aws, stages):
    made = json.loads(aws("apigateway", "create-usage-plan", "--name", "cli", "--api-stages", f"apiId={stages.id},stage=two",
                              "--throttle", "rateLimit=1.5,burstLimit=2", "--quota", "limit=10,period=MONTH").stdout)
    assert (made["throttle"], made["quota"]) == ({"burstLimit": 2, "rateLimit": 1.5}, {"limit": 10, "offset": 0, "period": "MONTH"})
    aws("apigateway", "update-usage-plan", "--usage-plan-id", made["id"], "--patch-operations",
            f"op=remove,path=/apiStages,value={stages.id}:two")
    aws("apigateway", "delete-usage-plan", "--usage-plan-id", made["id"])


CONFIGURATION = """
apis:
  shop: {openapi: api.yaml, stage: v1}
api_keys:
  partner: {value_env: PARTNER_KEY}
  guest: {value_file: guest.txt, enabled: false}
usage_plans:
  gold:
    stages: {shop/v1: {GET /keyed: {rate: 100, burst: 100}}}
    quota: {limit: 3, period: day}
    keys: [partner, guest]
"""
DOCUMENT = """
openapi: 3.0.1
info: {title: shop, version: "1"}
components: {securitySchemes: {key: {type: apiKey, name: x-api-key, in: header}}}
paths:
  /keyed:
    get:
      security: [{key: []}]
      responses: {"200": {description: ok}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses: {default: {statusCode: "200", responseTemplates: {application/json: opened}}}
"""
PARTNER, GUEST = "the-partner-s-key-of-this-file", "the-guest-s-key-of-this-file"


class TestDeclared:
    @pytest.fixture
    def project(self, tmp_path):
        project = Project(tmp_path)
        project.write("stagedoor.yaml", CONFIGURATION)
        project.write("api.yaml", DOCUMENT)
        project.write("guest.txt", GUEST + "\n")
        project.start(PARTNER_KEY=PARTNER)
        yield project
        project.stop()

    def call(self, project, key):
        return raw.send(project.gateway.port, "GET", "/_aws/execute-api/shop/v1/keyed", {"x-api-key": key})

    def test_a_file_alone_meters_calls(self, project):
        assert [self.call(project, PARTNER).status for _ in range(4)] == [200, 200, 200, 429]
        assert self.call(project, GUEST).status == 403
        output = project.gateway.output.text()
        assert PARTNER not in output and GUEST not in output

    def test_serve_meters_without_a_control_plane(self, tmp_path):
        project = Project(tmp_path)
        project.write("stagedoor.yaml", CONFIGURATION)
        project.write("api.yaml", DOCUMENT)
        project.write("guest.txt", GUEST + "\n")
        environment = {"PARTNER_KEY": PARTNER}
        project.gateway = Gateway(tmp_path / ".data", [str(tmp_path), "--status", "127.0.0.1:0"], environment, "serve").start()
        assert [self.call(project, PARTNER).status for _ in range(4)] == [200, 200, 200, 429]
        assert self.call(project, "nobody-s-key-of-any-file").status == 403
        project.stop()

    def test_saving_the_file_changes_it(self, project):
        assert self.call(project, GUEST).status == 403
        mark = project.mark()
        project.change("stagedoor.yaml", "enabled: false", "enabled: true")
        project.expect(r"\bupdated +usage plans and API keys", mark)
        assert self.call(project, GUEST).status == 200

    def test_only_the_file_changes_it(self, project):
        for method, target in [("DELETE", "/apikeys/partner"), ("DELETE", "/usageplans/gold"), ("DELETE", "/usageplans/gold/keys/partner")]:
            reply = raw.signed(project.gateway.port, method, target)
            assert reply.status == 400 and "stagedoor.yaml, which alone may change it" in reply.text, reply.text
