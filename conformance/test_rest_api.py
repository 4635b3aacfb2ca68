"""RestApi: create, read, list, patch, delete, clone; every text AWS answers."""

import json

import pytest

from harness.api import Api, patches
from harness.errors import bad_request, not_found
from harness.state import assert_survives_a_crash

EDGE = {"types": ["EDGE"], "ipAddressType": "ipv4"}


def without_metadata(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def test_create_answers_the_defaults(apigateway):
    created = apigateway.create_rest_api(name="defaults")
    assert created["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert len(created["id"]) == 10 and len(created["rootResourceId"]) == 10
    assert created["createdDate"].year >= 2024
    fixed = {k: v for k, v in without_metadata(created).items() if k not in ("id", "rootResourceId", "createdDate")}
    assert fixed == {
        "name": "defaults", "apiKeySource": "HEADER", "endpointConfiguration": EDGE,
        "disableExecuteApiEndpoint": False, "apiStatus": "AVAILABLE", "securityPolicy": "TLS_1_0",
    }


@pytest.mark.parametrize("field, value", [
    ("description", "a text"), ("version", "v1"), ("binaryMediaTypes", ["image/png", "*/*"]),
    ("minimumCompressionSize", 0), ("minimumCompressionSize", 10485760), ("apiKeySource", "AUTHORIZER"),
    ("disableExecuteApiEndpoint", True), ("tags", {"team": "a"}),
    ("endpointConfiguration", {"types": ["REGIONAL"], "ipAddressType": "dualstack"}),
])
def test_create_keeps(apigateway, field, value):
    created = apigateway.create_rest_api(name="fields", **{field: value})
    assert created[field] == value
    assert apigateway.get_rest_api(restApiId=created["id"])[field] == value


@pytest.mark.parametrize("given, expected", [
    ({}, EDGE),
    ({"types": ["REGIONAL"]}, {"types": ["REGIONAL"], "ipAddressType": "ipv4"}),
    ({"types": ["PRIVATE"]}, {"types": ["PRIVATE"], "ipAddressType": "dualstack"}),
    ({"types": ["PRIVATE"], "vpcEndpointIds": ["vpce-1"]},
     {"types": ["PRIVATE"], "ipAddressType": "dualstack", "vpcEndpointIds": ["vpce-1"]}),
], ids=str)
def test_endpoint_configuration(apigateway, given, expected):
    assert apigateway.create_rest_api(name="e", endpointConfiguration=given)["endpointConfiguration"] == expected


@pytest.mark.parametrize("fields, text", [
    ({"description": ""}, "Description cannot be an empty string"),
    ({"minimumCompressionSize": -1}, "Invalid minimum compression size, must be between 0 and 10485760"),
    ({"minimumCompressionSize": 10485761}, "Invalid minimum compression size, must be between 0 and 10485760"),
    ({"endpointConfiguration": {"types": []}},
     "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."),
    ({"endpointConfiguration": {"types": ["EDGE", "REGIONAL"]}},
     "Cannot create an api with multiple Endpoint Types."),
    ({"endpointConfiguration": {"types": ["PRIVATE"], "ipAddressType": "ipv4"}},
     "Only dualstack ipAddressType is supported for Private APIs."),
], ids=lambda value: value if isinstance(value, str) else "")
def test_create_refuses(apigateway, fields, text):
    with bad_request(text):
        apigateway.create_rest_api(name="refused", **fields)


def test_model_validation_collects_all_violations_before_business_rules(signed):
    reply = signed("POST", "/restapis", {
        "name": "x", "description": "",
        "endpointConfiguration": {"ipAddressType": "wrong", "types": ["NOWHERE"]}})
    assert (reply.status, reply.error_type) == (400, "ValidationException")
    assert reply.json["Message"] == (
        "2 validation errors detected: Value '[NOWHERE]' at 'createRestApiInput.endpointConfiguration.types' failed to "
        "satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: "
        "[PRIVATE, EDGE, REGIONAL]]; Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed "
        "to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]")


def test_a_missing_name_is_a_validation_error(signed):
    reply = signed("POST", "/restapis", {})
    assert (reply.status, reply.error_type) == (400, "ValidationException")
    assert reply.json["Message"] == ("1 validation error detected: Value null at 'createRestApiInput.name' failed to "
                                     "satisfy constraint: Member must not be null")


def test_a_number_where_a_tag_value_belongs_is_a_serialization_error(signed):
    reply = signed("POST", "/restapis", {"name": "x", "tags": {"k": 5}})
    assert (reply.status, reply.error_type) == (400, "SerializationException")
    assert reply.json["Message"] == ("class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be "
                                     "converted to an String")


def test_default_models_exist(apigateway, api):
    models = {m["name"]: m for m in apigateway.get_models(restApiId=api.id)["items"]}
    assert list(models) == ["Empty", "Error"]
    assert models["Empty"]["description"] == "This is a default empty schema model"
    assert models["Error"]["description"] == "This is a default error schema model"
    assert json.loads(models["Empty"]["schema"])["title"] == "Empty Schema"
    assert json.loads(models["Error"]["schema"])["properties"] == {"message": {"type": "string"}}


def test_the_custom_id_tag_fixes_the_id(gateway, apigateway):
    assert Api(gateway, apigateway, tags={"_custom_id_": "myfixedid1"}).id == "myfixedid1"


def test_tags_are_omitted_on_create_and_shown_on_read(apigateway):
    created = apigateway.create_rest_api(name="untagged")
    assert "tags" not in created
    assert apigateway.get_rest_api(restApiId=created["id"])["tags"] == {}
    listed = next(i for i in apigateway.get_rest_apis(limit=500)["items"] if i["id"] == created["id"])
    assert "tags" not in listed


def test_an_empty_binary_media_type_list_is_omitted(apigateway):
    assert "binaryMediaTypes" not in apigateway.create_rest_api(name="b", binaryMediaTypes=[])


def test_clone_copies_the_definition_but_not_the_stages(gateway, apigateway, api):
    api.mock("/pets", body="[]")
    api.deploy("prod")
    clone = apigateway.create_rest_api(name="copy", cloneFrom=api.id)
    resources = apigateway.get_resources(restApiId=clone["id"], embed=["methods"])["items"]
    assert [r["path"] for r in resources] == ["/", "/pets"]
    assert resources[1]["resourceMethods"]["GET"]["methodIntegration"]["type"] == "MOCK"
    assert apigateway.get_stages(restApiId=clone["id"])["item"] == []


def test_an_unknown_id_is_named_with_its_account(apigateway):
    with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
        apigateway.get_rest_api(restApiId="nosuchapi0")
    with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
        apigateway.update_rest_api(restApiId="nosuchapi0", patchOperations=patches(("replace", "/name", "x")))
    with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
        apigateway.delete_rest_api(restApiId="nosuchapi0")


def test_ids_are_case_sensitive(apigateway, api):
    with not_found(f"Invalid API identifier specified 000000000000:{api.id.upper()}"):
        apigateway.get_rest_api(restApiId=api.id.upper())


def test_delete_answers_202_and_removes_everything_below(apigateway, api):
    api.mock("/x")
    api.deploy("prod")
    assert apigateway.delete_rest_api(restApiId=api.id)["ResponseMetadata"]["HTTPStatusCode"] == 202
    with not_found(f"Invalid API identifier specified 000000000000:{api.id}"):
        apigateway.get_resources(restApiId=api.id)
    reply = api.call("/x")
    assert (reply.status, reply.json["message"]) == (
        404, f"The API id '{api.id}' does not correspond to a deployed API Gateway API")


def test_list_pages_through_everything_once(apigateway):
    made = [apigateway.create_rest_api(name=f"page {n}")["id"] for n in range(5)]
    pages = list(apigateway.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 2}))
    assert all(len(page["items"]) <= 2 for page in pages)
    assert "position" not in pages[-1]
    listed = [item["id"] for page in pages for item in page["items"]]
    assert len(listed) == len(set(listed))
    assert [i for i in listed if i in made] == made


def test_another_account_sees_nothing(gateway):
    from conftest import make_client
    other = make_client("apigateway", gateway, access_key="111111111111")
    assert other.get_rest_apis()["items"] == []
    other.create_rest_api(name="theirs")
    with not_found("Invalid API identifier specified 111111111111:nosuchapi0"):
        other.get_rest_api(restApiId="nosuchapi0")


def test_another_region_sees_nothing(gateway, apigateway, api):
    from conftest import make_client
    elsewhere = make_client("apigateway", gateway, region="eu-west-1")
    assert api.id not in [i["id"] for i in elsewhere.get_rest_apis(limit=500)["items"]]


def test_a_policy_is_expanded_on_read(apigateway):
    policy = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]})
    created = apigateway.create_rest_api(name="policy", policy=policy)
    read = apigateway.get_rest_api(restApiId=created["id"])["policy"]
    # The service answers the policy text escaped once more: clients unescape it before parsing.
    document = json.loads(read.replace('\\"', '"'))
    assert document["Statement"][0]["Resource"] == f"arn:aws:execute-api:us-east-1:000000000000:{created['id']}/*"


POLICY = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]})
PATCHES = [
    # (fields at creation, operations, what a read shows)
    ({}, [("replace", "/name", "new")], {"name": "new"}),
    ({}, [("replace", "/description", "d")], {"description": "d"}),
    ({}, [("add", "/description", "d")], {"description": "d"}),
    ({"description": "old"}, [("remove", "/description")], {"description": None}),
    ({}, [("replace", "/apiKeySource", "AUTHORIZER")], {"apiKeySource": "AUTHORIZER"}),
    ({}, [("replace", "/disableExecuteApiEndpoint", "TRUE")], {"disableExecuteApiEndpoint": True}),
    ({"disableExecuteApiEndpoint": True}, [("replace", "/disableExecuteApiEndpoint", "whatever")],
     {"disableExecuteApiEndpoint": False}),
    ({}, [("add", "/binaryMediaTypes/image~1png")], {"binaryMediaTypes": ["image/png"]}),
    ({}, [("add", "/binaryMediaTypes/-", "image/png")], {"binaryMediaTypes": ["-"]}),
    ({"binaryMediaTypes": ["a/a", "b/b"]}, [("replace", "/binaryMediaTypes/a~1a", "c/c")],
     {"binaryMediaTypes": ["b/b", "c/c"]}),
    ({"binaryMediaTypes": ["a/a"]}, [("remove", "/binaryMediaTypes/a~1a")], {"binaryMediaTypes": None}),
    ({}, [("replace", "/minimumCompressionSize", "0")], {"minimumCompressionSize": 0}),
    ({"minimumCompressionSize": 5}, [("replace", "/minimumCompressionSize", "")], {"minimumCompressionSize": None}),
    ({}, [("replace", "/endpointConfiguration/types/EDGE", "REGIONAL")],
     {"endpointConfiguration": {"types": ["REGIONAL"], "ipAddressType": "ipv4"}}),
    ({}, [("replace", "/endpointConfiguration/types/0", "PRIVATE")],
     {"endpointConfiguration": {"types": ["PRIVATE"], "ipAddressType": "dualstack"}}),
    ({}, [("replace", "/endpointConfiguration/ipAddressType", "dualstack")],
     {"endpointConfiguration": {"types": ["EDGE"], "ipAddressType": "dualstack"}}),
    ({"endpointConfiguration": {"types": ["PRIVATE"]}},
     [("add", "/endpointConfiguration/vpcEndpointIds", "vpce-1"), ("add", "/endpointConfiguration/vpcEndpointIds", "vpce-2"),
      ("remove", "/endpointConfiguration/vpcEndpointIds", "vpce-1")],
     {"endpointConfiguration": {"types": ["PRIVATE"], "ipAddressType": "dualstack", "vpcEndpointIds": ["vpce-2"]}}),
    ({}, [("replace", "/version", "v2")], {"version": "v2"}),
    ({}, [("add", "/binaryMediaTypes/a~1a"), ("add", "/binaryMediaTypes/b~1b"), ("remove", "/binaryMediaTypes/a~1a")],
     {"binaryMediaTypes": ["b/b"]}),
    ({"policy": POLICY}, [("replace", "/policy", "")], {"policy": None}),
    ({"endpointConfiguration": {"types": ["REGIONAL"]}},
     [("replace", "/securityPolicy", "SecurityPolicy_TLS13_1_3_2025_09"), ("replace", "/endpointAccessMode", "STRICT")],
     {"securityPolicy": "SecurityPolicy_TLS13_1_3_2025_09", "endpointAccessMode": "STRICT"}),
    ({}, [], {"name": "patched"}),
]


@pytest.mark.parametrize("fields, operations, expected", PATCHES, ids=[str(row[1]) for row in PATCHES])
def test_patch(apigateway, fields, operations, expected):
    made = apigateway.create_rest_api(name="patched", **fields)["id"]
    answered = apigateway.update_rest_api(restApiId=made, patchOperations=patches(*operations))
    read = apigateway.get_rest_api(restApiId=made)
    for field, value in expected.items():
        assert answered.get(field) == value
        assert read.get(field) == value


STYLE_B = "Invalid patch operation specified. Must be one of: [replace]"
REFUSED = [
    ([("replace", "/wrong", "x")], "Invalid patch path /wrong"),
    ([("replace", "/binaryMediaTypes", "x")], "Invalid patch path /binaryMediaTypes"),
    ([("add", "/binaryMediaTypes", "x")], "Invalid patch path /binaryMediaTypes"),
    ([("add", "/minimumCompressionSize", "1")], STYLE_B),
    ([("remove", "/minimumCompressionSize")], STYLE_B),
    ([("replace", "/minimumCompressionSize", "x")], "Invalid minimum compression size, must be between 0 and 10485760"),
    ([("replace", "/minimumCompressionSize", "-1")], "Invalid minimum compression size, must be between 0 and 10485760"),
    ([("add", "/endpointConfiguration/ipAddressType", "ipv4")], STYLE_B),
    ([("replace", "/endpointConfiguration/ipAddressType", "ipv9")], "ipAddressType must be either ipv4 or dualstack."),
    ([("replace", "/endpointConfiguration/types/0", "X")],
     "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"),
    ([("copy", "/endpointConfiguration/types/0", "EDGE")],
     "Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
    ([("replace", "/name", "changed"), ("replace", "/wrong", "x")], "Invalid patch path /wrong"),
]


@pytest.mark.parametrize("operations, text", REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_patch_refuses_and_changes_nothing(apigateway, api, operations, text):
    before = without_metadata(apigateway.get_rest_api(restApiId=api.id))
    with bad_request(text):
        apigateway.update_rest_api(restApiId=api.id, patchOperations=patches(*operations))
    assert without_metadata(apigateway.get_rest_api(restApiId=api.id)) == before


def test_patch_op_outside_the_enum_is_a_validation_error(signed, api):
    reply = signed("PATCH", f"/restapis/{api.id}", {"patchOperations": [
        {"op": "add", "path": "/description", "value": "x"}, {"op": "wrong", "path": "/name", "value": "x"}]})
    assert (reply.status, reply.error_type) == (400, "ValidationException")
    assert reply.json["Message"] == (
        "1 validation error detected: Value 'wrong' at 'updateRestApiInput.patchOperations.2.member.op' failed to "
        "satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]")


def test_patch_without_a_path_names_null(signed, api):
    reply = signed("PATCH", f"/restapis/{api.id}", {"patchOperations": [{"op": "replace", "value": "x"}]})
    assert (reply.status, reply.json) == (400, {"message": "Invalid patch path null"})


def test_a_private_api_stays_dualstack(apigateway):
    made = apigateway.create_rest_api(name="p", endpointConfiguration={"types": ["PRIVATE"]})["id"]
    with bad_request("Only dualstack ipAddressType is supported for Private APIs."):
        apigateway.update_rest_api(restApiId=made, patchOperations=patches(
            ("replace", "/endpointConfiguration/ipAddressType", "ipv4")))


def test_errors_carry_their_type_in_the_header(signed):
    reply = signed("GET", "/restapis/nosuchapi0")
    assert (reply.status, reply.error_type) == (404, "NotFoundException")
    assert reply.header("x-amzn-requestid") and reply.header("content-type") == "application/json"
    assert reply.json == {"message": "Invalid API identifier specified 000000000000:nosuchapi0"}


@pytest.mark.parametrize("limit", [-1, 0, 500])
def test_limits_accepted(apigateway, limit):
    assert apigateway.get_rest_apis(limit=limit)["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_limit_above_500(apigateway):
    with bad_request(None):
        apigateway.get_rest_apis(limit=501)


def test_everything_survives_a_crash(gateway, apigateway):
    apigateway.create_rest_api(name="survivor", tags={"a": "b"}, binaryMediaTypes=["a/b"])
    assert_survives_a_crash(gateway)
