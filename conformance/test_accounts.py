"""Accounts are walls: with the ids of one account, another finds, changes and deletes nothing."""

import json
import pathlib

import botocore.session
import pytest
from botocore.exceptions import ClientError

from conftest import make_client
from harness import functions

NOT_YET = set((pathlib.Path(__file__).parent.parent / "crates/control/not-yet.txt").read_text().splitlines())
OWNER, STRANGER = "111111111111", "222222222222"
MODEL = botocore.session.get_session().get_service_model


@pytest.fixture(scope="module")
def owned(gateway):
    """One entity of each kind, and its ids by the names that parameters have."""
    client = make_client("apigateway", gateway, OWNER)
    api = client.create_rest_api(name="walled")["id"]
    root = client.get_resources(restApiId=api)["items"][0]["id"]
    ids = {"restApiId": api, "parentId": root, "httpMethod": "GET", "statusCode": "200", "stageName": "s", "modelName": "m",
           "responseType": "UNAUTHORIZED", "documentationVersion": "v"}
    ids["resourceId"] = client.create_resource(restApiId=api, parentId=root, pathPart="p")["id"]
    place = {"restApiId": api, "resourceId": ids["resourceId"], "httpMethod": "GET"}
    client.put_method(**place, authorizationType="NONE")
    client.put_method_response(**place, statusCode="200")
    client.put_integration(**place, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
    client.put_integration_response(**place, statusCode="200")
    client.create_model(restApiId=api, name="m", contentType="application/json", schema="{}")
    ids["requestValidatorId"] = client.create_request_validator(restApiId=api, name="v")["id"]
    ids["authorizerId"] = client.create_authorizer(
        restApiId=api, name="a", type="COGNITO_USER_POOLS", identitySource="method.request.header.A",
        providerARNs=[f"arn:aws:cognito-idp:us-east-1:{OWNER}:userpool/us-east-1_a"])["id"]
    client.put_gateway_response(restApiId=api, responseType="UNAUTHORIZED")
    ids["documentationPartId"] = client.create_documentation_part(restApiId=api, location={"type": "API"}, properties="{}")["id"]
    client.create_documentation_version(restApiId=api, documentationVersion="v")
    ids["deploymentId"] = client.create_deployment(restApiId=api, stageName="s")["id"]
    yield client, ids
    client.delete_rest_api(restApiId=api)


def operations(service):
    return [name for name in MODEL(service).operation_names if f"{service} {name}" not in NOT_YET]


GIVEN = {"name": "x", "type": "TOKEN", "pathPart": "x", "authorizationType": "NONE", "contentType": "application/json", "body": b"{}",
         "location": {"type": "API"}, "properties": "{}", "exportType": "swagger", "sdkType": "javascript", "patchOperations": [],
         "authorizerUri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:222222222222:function:f/invocations",
         "identitySource": "method.request.header.A", "schema": "{}"}


# How AWS answers an unknown API where it is not 404.
UNKNOWN = {"CreateAuthorizer": 409, "CreateRequestValidator": 400}
# What only some operations need beside, or need otherwise.
OTHERWISE = {
    "CreateAuthorizer": {name: GIVEN[name] for name in ("authorizerUri", "identitySource")},
    "PutIntegration": {"type": "MOCK"},
    "PutRestApi": {"body": b'{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}'},
    "ImportDocumentationParts": {"body": b'{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {},'
                                         b' "x-amazon-apigateway-documentation": {"documentationParts": []}}'},
    "CreateRequestValidator": {"name": "x"},
}


def arguments(operation, ids):
    """What the operation requires, with ids of the owner wherever it asks for one; new things get new names."""
    members = MODEL("apigateway").operation_model(operation).input_shape
    needed = set(members.required_members)
    made = operation.startswith(("Create", "Put")) and "documentationVersion" in needed
    return {name: "new" if made and name == "documentationVersion" else ids[name] if name in ids else GIVEN[name]
            for name in needed if name in ids or name in GIVEN} | OTHERWISE.get(operation, {})


def below_an_api(operation):
    shape = MODEL("apigateway").operation_model(operation).input_shape
    return shape is not None and "restApiId" in shape.required_members


@pytest.mark.parametrize("operation", [name for name in operations("apigateway") if below_an_api(name)])
def test_no_operation_reaches_an_api_of_another_account(gateway, owned, operation):
    owner, ids = owned
    before = state(owner, ids["restApiId"])
    stranger = make_client("apigateway", gateway, STRANGER)
    method = "".join("_" + letter.lower() if letter.isupper() else letter for letter in operation).lstrip("_")
    with pytest.raises(ClientError) as refused:
        getattr(stranger, method)(**arguments(operation, ids))
    status = refused.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert status == UNKNOWN.get(operation, 404), refused.value
    assert state(owner, ids["restApiId"]) == before


def state(client, api):
    export = client.get_export(restApiId=api, stageName="s", exportType="oas30", parameters={"extensions": "integrations"})
    lists = [client.get_resources(restApiId=api, embed=["methods"])["items"], client.get_models(restApiId=api)["items"],
             client.get_request_validators(restApiId=api)["items"], client.get_authorizers(restApiId=api)["items"],
             client.get_gateway_responses(restApiId=api)["items"], client.get_documentation_parts(restApiId=api)["items"],
             client.get_documentation_versions(restApiId=api)["items"], client.get_deployments(restApiId=api)["items"],
             client.get_stages(restApiId=api)["item"]]
    return export["body"].read(), json.dumps(lists, default=str, sort_keys=True)


def test_lists_and_tags_show_only_ones_own(gateway, owned):
    _, ids = owned
    stranger = make_client("apigateway", gateway, STRANGER)
    assert ids["restApiId"] not in [api["id"] for api in stranger.get_rest_apis(limit=500)["items"]]
    arn = f"arn:aws:apigateway:us-east-1::/restapis/{ids['restApiId']}"
    for call in (lambda: stranger.get_tags(resourceArn=arn), lambda: stranger.tag_resource(resourceArn=arn, tags={"a": "b"}),
                 lambda: stranger.untag_resource(resourceArn=arn, tagKeys=["a"])):
        with pytest.raises(ClientError) as refused:
            call()
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_regions_are_walls_too(gateway, owned):
    _, ids = owned
    elsewhere = make_client("apigateway", gateway, OWNER, region="eu-west-1")
    with pytest.raises(elsewhere.exceptions.NotFoundException):
        elsewhere.get_rest_api(restApiId=ids["restApiId"])


FUNCTION_ARGUMENTS = {
    "FunctionName": "walled", "Name": "live", "FunctionVersion": "1", "StatementId": "s", "Action": "lambda:InvokeFunction",
    "Principal": "apigateway.amazonaws.com", "ReservedConcurrentExecutions": 1, "LayerName": "layer", "VersionNumber": 1}


@pytest.fixture(scope="module")
def function(gateway):
    client = make_client("lambda", gateway, OWNER)
    arn = functions.create(client, "walled", "def handler(e, c):\n    return 'secret'\n")
    client.publish_version(FunctionName="walled")
    client.create_alias(FunctionName="walled", Name="live", FunctionVersion="1")
    functions.allow(client, "walled")
    yield client, arn
    client.delete_function(FunctionName="walled")


@pytest.mark.parametrize("name", ["walled", "arn"])
@pytest.mark.parametrize("operation", [
    "GetFunction", "GetFunctionConfiguration", "GetPolicy", "Invoke", "ListAliases", "ListVersionsByFunction", "GetAlias", "DeleteAlias",
    "DeleteFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "PublishVersion", "AddPermission", "RemovePermission",
    "PutFunctionConcurrency", "GetFunctionConcurrency", "CreateAlias", "InvokeWithResponseStream"])
def test_no_operation_reaches_a_function_of_another_account(gateway, function, operation, name):
    owner, arn = function
    before = owner.get_function(FunctionName="walled")["Configuration"], owner.get_policy(FunctionName="walled")["Policy"]
    stranger = make_client("lambda", gateway, STRANGER)
    needed = MODEL("lambda").operation_model(operation).input_shape.required_members
    given = {member: FUNCTION_ARGUMENTS[member] for member in needed} | {"FunctionName": arn if name == "arn" else name}
    if operation == "UpdateFunctionCode":
        given["ZipFile"] = functions.package({"index.py": "def handler(e, c):\n    return 'changed'\n"})
    method = "".join("_" + letter.lower() if letter.isupper() else letter for letter in operation).lstrip("_")
    with pytest.raises(ClientError) as refused:
        getattr(stranger, method)(**given)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] in (403, 404), refused.value
    assert (owner.get_function(FunctionName="walled")["Configuration"], owner.get_policy(FunctionName="walled")["Policy"]) == before


def test_functions_are_listed_to_their_account_alone(gateway, function):
    listed = make_client("lambda", gateway, STRANGER).list_functions()["Functions"]
    assert "walled" not in [each["FunctionName"] for each in listed]
