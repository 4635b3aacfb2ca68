"""API keys: create, read, list, patch, delete, import; whose they are, who may ask, and that their values stay secret."""

import json
import pathlib

import pytest
from botocore.exceptions import ClientError

from conftest import make_client
from harness import raw
from harness.api import Api, patches
from harness.errors import bad_request, conflict, not_found, refused
from harness.process import Gateway
from harness.state import assert_survives_a_crash
from test_iam import client_of

UNKNOWN = "Invalid API Key identifier specified"
VALUE = "conformance-api-key-value-"


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def value(name):
    return f"{VALUE}{name}"


@pytest.fixture
def key(apigateway):
    made = apigateway.create_api_key(name="conformance", enabled=True)
    yield made
    apigateway.delete_api_key(apiKey=made["id"])


class TestCreate:
    def test_everything_is_kept(self, apigateway):
        given = {"name": "n", "description": "d", "enabled": True, "value": value("whole"), "customerId": "c", "tags": {"a": "1"}}
        made = apigateway.create_api_key(**given, generateDistinctId=True)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert {name: made[name] for name in given} == given
        assert len(made["id"]) == 10 and made["id"] != made["value"] and made["stageKeys"] == []
        assert made["createdDate"] == made["lastUpdatedDate"] and made["createdDate"].year >= 2024
        shown = plain(apigateway.get_api_key(apiKey=made["id"]))
        assert shown == {name: member for name, member in plain(made).items() if name != "value"}
        assert plain(apigateway.get_api_key(apiKey=made["id"], includeValue=True)) == plain(made)

    def test_what_is_left_out(self, apigateway):
        made = apigateway.create_api_key()
        assert set(plain(made)) == {"id", "value", "enabled", "createdDate", "lastUpdatedDate", "stageKeys"}
        assert made["enabled"] is False and len(made["value"]) == 40 and made["value"].isalnum()
        assert apigateway.get_api_key(apiKey=made["id"])["tags"] == {}

    @pytest.mark.parametrize("fields, text", [
        ({"value": "x" * 19}, "API Key value should be at least 20 characters"),
        ({"value": "x" * 129}, "API Key value exceeds maximum size of 128 characters"),
        ({"name": "x" * 1025}, "Invalid API Key name, can be at most 1024 characters."),
        ({"description": "x" * 125_001}, "Invalid API Key description specified."),
    ], ids=["short", "long", "name", "description"])
    def test_bounds(self, apigateway, fields, text):
        with bad_request(text):
            apigateway.create_api_key(**fields)

    def test_a_value_is_one_key_s(self, apigateway):
        apigateway.create_api_key(value=value("once"))
        with conflict("API Key already exists"):
            apigateway.create_api_key(value=value("once"))

    @pytest.mark.parametrize("body", ['{"enabled":"yes"}', '{"value":7}', '{"tags":{"a":1}}', '{"stageKeys":{}}', "[]", "{", '"x"'])
    def test_bodies_that_are_none(self, gateway, body):
        reply = raw.signed(gateway.port, "POST", "/apikeys", body=body)
        assert reply.status == 400, reply.text


class TestUpdate:
    @pytest.mark.parametrize("path, given, member, expected", [
        ("/name", "other", "name", "other"), ("/name", "", "name", None), ("/description", "d", "description", "d"),
        ("/customerId", "c", "customerId", "c"), ("/enabled", "TRUE", "enabled", True), ("/enabled", "whatever", "enabled", False),
    ])
    def test_replaces(self, apigateway, key, path, given, member, expected):
        updated = apigateway.update_api_key(apiKey=key["id"], patchOperations=patches(("replace", path, given)))
        assert updated.get(member) == expected and "value" not in updated
        assert plain(apigateway.get_api_key(apiKey=key["id"])) == plain(updated)

    @pytest.mark.parametrize("op, path, text", [
        ("replace", "/value", "Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]"),
        ("move", "/name", "Invalid patch path  '/name' specified for op 'move'. Please choose supported operations"),
    ])
    def test_refuses(self, apigateway, key, op, path, text):
        with bad_request(text):
            apigateway.update_api_key(apiKey=key["id"], patchOperations=patches((op, path, "x")))

    def test_an_unknown_key(self, apigateway):
        with not_found(UNKNOWN):
            apigateway.update_api_key(apiKey="nosuchkey1", patchOperations=patches(("replace", "/name", "x")))
        with not_found(UNKNOWN):
            apigateway.get_api_key(apiKey="nosuchkey1")
        with not_found(UNKNOWN):
            apigateway.delete_api_key(apiKey="nosuchkey1")


class TestLists:
    def test_pages_newest_first(self, apigateway):
        made = [apigateway.create_api_key(name=f"page-{number}")["id"] for number in range(5)]
        pages = apigateway.get_paginator("get_api_keys").paginate(nameQuery="page-", PaginationConfig={"PageSize": 2})
        sizes, found = [], []
        for page in pages:
            sizes.append(len(page["items"]))
            found += [item["id"] for item in page["items"]]
        assert (found, sizes) == (made[::-1], [2, 2, 1])

    def test_a_page_goes_on_when_keys_come_and_go(self, apigateway):
        made = [apigateway.create_api_key(name=f"moving-{number}")["id"] for number in range(4)]
        first = apigateway.get_api_keys(nameQuery="moving-", limit=2)
        apigateway.delete_api_key(apiKey=made[2])
        apigateway.create_api_key(name="moving-late")
        second = apigateway.get_api_keys(nameQuery="moving-", limit=2, position=first["position"])
        assert [item["id"] for item in second["items"]] == [made[1], made[0]]

    def test_names_match_from_their_beginning_and_customers_whole(self, apigateway):
        for name, customer in [("filter", "f1"), ("Filter", "f1"), ("filters", "f2")]:
            apigateway.create_api_key(name=name, customerId=customer)
        names = lambda **query: [item["name"] for item in apigateway.get_api_keys(**query)["items"]]
        assert names(nameQuery="filter") == ["filters", "filter"]
        assert names(customerId="f1") == ["Filter", "filter"]
        assert names(customerId="f") == []

    def test_values_only_when_asked_for(self, apigateway, key):
        shown = lambda **query: {item["id"]: item.get("value") for item in apigateway.get_api_keys(limit=500, **query)["items"]}
        assert shown()[key["id"]] is None
        assert shown(includeValues=True)[key["id"]] == key["value"]

    @pytest.mark.parametrize("query", ["position=%21", "position=AAAA", "limit=501", "limit=many"])
    def test_queries_that_are_none(self, gateway, query):
        assert raw.signed(gateway.port, "GET", f"/apikeys?{query}").status == 400


class TestImport:
    def test_rows_become_keys_and_join_plans(self, apigateway):
        plans = [apigateway.create_usage_plan(name=name)["id"] for name in ("one", "two")]
        file = (f'Enabled,Name,key,description,UsageplanIds,other\n,imported-1,{value("i1")},d,"{plans[0]},{plans[1]}",x\n'
                f"FALSE,imported-2,{value('i2')},,'{plans[0]}',\n")
        done = apigateway.import_api_keys(body=file.encode(), format="csv", failOnWarnings=True)
        assert done["ResponseMetadata"]["HTTPStatusCode"] == 201 and done["warnings"] == [] and len(done["ids"]) == 2
        first, second = (apigateway.get_api_key(apiKey=key, includeValue=True) for key in done["ids"])
        assert (first["name"], first["value"], first["enabled"], first["description"]) == ("imported-1", value("i1"), True, "d")
        assert (second["enabled"], second.get("description")) == (False, None)
        members = [[key["id"] for key in apigateway.get_usage_plan_keys(usagePlanId=plan)["items"]] for plan in plans]
        assert sorted(members[0]) == sorted(done["ids"]) and members[1] == done["ids"][:1]

    def test_a_known_value_is_overwritten(self, apigateway, key):
        file = f"key,name\n{key['value']},renamed\n".encode()
        assert apigateway.import_api_keys(body=file, format="csv")["ids"] == [key["id"]]
        assert apigateway.get_api_key(apiKey=key["id"])["name"] == "renamed"

    def test_bad_rows_warn_or_refuse_all_and_show_no_value(self, apigateway):
        file = f"name,key,enabled,usageplanids\na,too-short-a-value,,\nb,{value('w1')},perhaps,\nc,{value('w2')},,nosuch\nd,{value('w3')},,\n".encode()
        with pytest.raises(ClientError) as refusal:
            apigateway.import_api_keys(body=file, format="csv", failOnWarnings=True)
        assert refusal.value.response["Error"]["Code"] == "BadRequestException"
        assert VALUE not in str(refusal.value) and "too-short-a-value" not in str(refusal.value)
        done = apigateway.import_api_keys(body=file, format="csv")
        assert len(done["ids"]) == 1 and len(done["warnings"]) == 3
        assert all(VALUE not in warning and "too-short-a-value" not in warning for warning in done["warnings"])

    @pytest.mark.parametrize("file", [b"", b"name\n", b"name,value\na,b\n", b'name,key\n"a,b\n', b"\xff\xfe\n"])
    def test_files_that_are_none(self, apigateway, file):
        with refused("BadRequestException", status=400):
            apigateway.import_api_keys(body=file, format="csv")

    def test_many_keys_are_one_change(self, gateway, apigateway):
        rows = "".join(f"many-{number},{value(f'many-{number}')}\n" for number in range(3000))
        done = apigateway.import_api_keys(body=f"name,key\n{rows}".encode(), format="csv", failOnWarnings=True)
        assert len(set(done["ids"])) == 3000
        with refused("LimitExceededException", status=429):
            more = "".join(f"more-{number},{value(f'more-{number}')}\n" for number in range(8000))
            apigateway.import_api_keys(body=f"name,key\n{more}".encode(), format="csv")
        assert apigateway.get_api_keys(nameQuery="more-")["items"] == []


def test_by_the_cli(aws):
    made = json.loads(aws("apigateway", "create-api-key", "--name", "cli", "--enabled").stdout)
    shown = json.loads(aws("apigateway", "get-api-key", "--api-key", made["id"], "--include-value").stdout)
    assert shown["value"] == made["value"]
    listed = json.loads(aws("apigateway", "get-api-keys", "--name-query", "cli").stdout)
    assert [item["id"] for item in listed["items"]] == [made["id"]]
    aws("apigateway", "delete-api-key", "--api-key", made["id"])


def test_tags(apigateway, key):
    arn = f"arn:aws:apigateway:us-east-1::/apikeys/{key['id']}"
    apigateway.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    apigateway.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert apigateway.get_tags(resourceArn=arn)["tags"] == {"b": "2"}
    assert apigateway.get_api_key(apiKey=key["id"])["tags"] == {"b": "2"}


class TestWalls:
    def test_accounts_and_regions_know_nothing_of_each_other(self, gateway, apigateway, key):
        others = [make_client("apigateway", gateway, access_key="111111111111"), make_client("apigateway", gateway, region="eu-west-1")]
        for other in others:
            assert other.get_api_keys()["items"] == []
            with not_found(UNKNOWN):
                other.get_api_key(apiKey=key["id"])
            plan = other.create_usage_plan(name="theirs")["id"]
            with not_found(UNKNOWN):
                other.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
            with not_found("Invalid Usage Plan ID specified"):
                apigateway.get_usage_plan(usagePlanId=plan)
            # The same value is another key there.
            other.delete_api_key(apiKey=other.create_api_key(value=key["value"])["id"])

    def test_policies_name_keys_and_plans(self, gateway, apigateway, key):
        iam = make_client("iam", gateway)
        other = apigateway.create_api_key(name="other", tags={"team": "blue"})["id"]
        plan = apigateway.create_usage_plan(name="p")["id"]
        iam.create_user(UserName="keeper")
        base = "arn:aws:apigateway:us-east-1::"
        allowed = [
            {"Effect": "Allow", "Action": ["apigateway:GET"], "Resource": f"{base}/apikeys/{key['id']}"},
            {"Effect": "Allow", "Action": ["apigateway:POST"], "Resource": f"{base}/usageplans/{plan}/keys"},
            {"Effect": "Allow", "Action": ["apigateway:DELETE"], "Resource": f"{base}/apikeys/*",
             "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}},
        ]
        iam.put_user_policy(UserName="keeper", PolicyName="p",
                            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": allowed}))
        client = client_of(gateway, "apigateway", iam.create_access_key(UserName="keeper")["AccessKey"])
        assert client.get_api_key(apiKey=key["id"])["id"] == key["id"]
        client.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
        refusals = [
            (lambda: client.get_api_key(apiKey=other), f"/apikeys/{other}"),
            (lambda: client.get_api_keys(), "/apikeys"),
            (lambda: client.import_api_keys(body=b"name,key\n", format="csv"), "/apikeys"),
            (lambda: client.get_usage_plan_keys(usagePlanId=plan), f"/usageplans/{plan}/keys"),
            (lambda: client.delete_api_key(apiKey=key["id"]), f"/apikeys/{key['id']}"),
            (lambda: client.get_usage(usagePlanId=plan, startDate="2026-01-01", endDate="2026-01-01"), f"/usageplans/{plan}/usage"),
        ]
        for call, resource in refusals:
            with pytest.raises(ClientError) as refusal:
                call()
            assert refusal.value.response["Error"]["Code"] == "AccessDeniedException"
            assert f"{base}{resource}" in str(refusal.value)
        client.delete_api_key(apiKey=other)

    def test_unsigned_calls_are_refused(self, gateway):
        assert raw.send(gateway.port, "GET", "/apikeys?includeValues=true").status == 403


def test_values_are_in_no_file_and_no_log(tmp_path):
    gateway = Gateway(tmp_path / "data").start()
    client = make_client("apigateway", gateway)
    secret = client.create_api_key(name="secret", enabled=True)
    client.update_api_key(apiKey=secret["id"], patchOperations=patches(("replace", "/name", "renamed")))
    client.import_api_keys(body=f"name,key\nx,{value('file')}\n".encode(), format="csv")
    gateway.kill()
    files = [file.read_bytes() for file in pathlib.Path(tmp_path / "data").rglob("*") if file.is_file()]
    assert files and all(shown.encode() not in file for file in files for shown in (secret["value"], value("file")))
    assert secret["value"] not in gateway.output.text() and VALUE not in gateway.output.text()
    gateway.start()
    assert make_client("apigateway", gateway).get_api_key(apiKey=secret["id"], includeValue=True)["value"] == secret["value"]
    assert gateway.stop() == 0


def test_what_is_acknowledged_survives_a_crash(tmp_path):
    gateway = Gateway(tmp_path / "data").start()
    client = make_client("apigateway", gateway)
    api = Api(gateway, client).mock("/")
    api.deploy()
    plan = client.create_usage_plan(name="p", apiStages=[{"apiId": api.id, "stage": "test"}], quota={"limit": 5, "period": "DAY"})["id"]
    key = client.create_api_key(name="k", enabled=True)
    client.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
    assert_survives_a_crash(gateway)
    with conflict("API Key already exists"):
        make_client("apigateway", gateway).create_api_key(value=key["value"])
    assert gateway.stop() == 0
