"""Method: put, read, patch, delete; the order of its checks."""

import pytest

from harness.errors import bad_request, conflict, not_found
from harness.state import assert_survives_a_crash

NO_AUTHORIZER = ("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS "
                 "requires a valid authorizer.")
BAD_VERB = "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY"
SCALAR_OP = "Invalid patch operation specified. Must be one of: [replace]"


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def put(api, verb="GET", path="/m", **fields):
    return api.client.put_method(**api.at(path, verb), **{"authorizationType": "NONE", **fields})


def patch(api, *operations, verb="GET"):
    return plain(api.patch("update_method", *operations, resourceId=api.resource("/m"), httpMethod=verb))


def test_put_answers_the_defaults(api):
    made = put(api)
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert plain(made) == {"httpMethod": "GET", "authorizationType": "NONE", "apiKeyRequired": False}


@pytest.mark.parametrize("verb", ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"])
def test_verbs(api, verb):
    assert put(api, verb)["httpMethod"] == verb


@pytest.mark.parametrize("fields", [
    {"apiKeyRequired": True}, {"operationName": "listPets"}, {"authorizationType": "AWS_IAM"},
    {"requestParameters": {"method.request.querystring.q": True, "method.request.header.X-A": False,
                           "method.request.multivaluequerystring.m": False, "method.request.multivalueheader.h": True}},
    {"requestModels": {"application/json": "Empty"}}, {"authorizationScopes": ["a", "b"]},
], ids=lambda f: next(iter(f)))
def test_put_keeps(api, fields):
    put(api, **fields)
    read = api.client.get_method(**api.at("/m", "GET"))
    assert {k: read[k] for k in fields} == fields


def test_authorization_type_is_stored_upper_case(api):
    assert put(api, authorizationType="none")["authorizationType"] == "NONE"


REFUSED = [
    ({"authorizationType": "CUSTOM"}, NO_AUTHORIZER),
    ({"authorizationType": "COGNITO_USER_POOLS", "authorizerId": "nosuch"}, NO_AUTHORIZER),
    ({"requestModels": {"application/json": "Nothing"}}, "Invalid model identifier specified: Nothing"),
    ({"requestValidatorId": "nosuch"}, "Invalid Request Validator identifier specified"),
    ({"requestParameters": {"method.request.querystring.q": True, "method.request.header.q": True}},
     "Parameter names must be unique across querystring, header and path"),
    ({"authorizationType": "CUSTOM", "requestValidatorId": "nosuch"}, NO_AUTHORIZER),
    ({"requestValidatorId": "nosuch", "requestModels": {"a/b": "Nothing"}},
     "Invalid Request Validator identifier specified"),
]


@pytest.mark.parametrize("fields, text", REFUSED, ids=[str(row[0]) for row in REFUSED])
def test_put_refuses(api, fields, text):
    with bad_request(text):
        put(api, **fields)


def test_a_parameter_that_is_no_mapping_expression(api):
    with bad_request("Invalid mapping expression specified: Validation Result: warnings : [], errors : "
                     "[Invalid mapping expression specified: true]"):
        put(api, requestParameters={"wrong.expression": True})


def test_an_unknown_verb(signed, api):
    resource = api.resource("/m")
    reply = signed("PUT", f"/restapis/{api.id}/resources/{resource}/methods/FETCH", {"authorizationType": "NONE"})
    assert (reply.status, reply.json) == (400, {"message": BAD_VERB})


def test_put_twice(api):
    put(api)
    with conflict("Method already exists for this resource"):
        put(api)


def test_unknown_resource_api_and_method(api):
    where = {"restApiId": api.id, "resourceId": api.resource("/m"), "httpMethod": "GET"}
    with not_found("Invalid Method identifier specified"):
        api.client.get_method(**where)
    with not_found("Invalid Method identifier specified"):
        api.client.delete_method(**where)
    for field in ("restApiId", "resourceId"):
        with not_found("Invalid Resource identifier specified"):
            api.client.get_method(**{**where, field: "nosuch0000"})
        with not_found("Invalid Resource identifier specified"):
            api.client.put_method(**{**where, field: "nosuch0000"}, authorizationType="NONE")


def test_reads_embed_responses_and_integration(api):
    api.mock("/m", body="x")
    read = plain(api.client.get_method(**api.at("/m", "GET")))
    assert read["methodResponses"] == {"200": {"statusCode": "200"}}
    assert read["methodIntegration"]["integrationResponses"] == {
        "200": {"statusCode": "200", "responseTemplates": {"application/json": "x"}}}


def test_delete_answers_204_and_takes_the_integration_along(api):
    api.mock("/m")
    assert api.client.delete_method(**api.at("/m", "GET"))["ResponseMetadata"]["HTTPStatusCode"] == 204
    put(api)
    with not_found("Invalid Integration identifier specified"):
        api.client.get_integration(**api.at("/m", "GET"))


PATCHES = [
    ([("replace", "/apiKeyRequired", "true")], {"apiKeyRequired": True}),
    ([("replace", "/apiKeyRequired", "whatever")], {"apiKeyRequired": False}),
    ([("replace", "/authorizationType", "AWS_IAM")], {"authorizationType": "AWS_IAM"}),
    ([("replace", "/operationName", "op")], {"operationName": "op"}),
    ([("add", "/requestParameters/method.request.querystring.q", "true")],
     {"requestParameters": {"method.request.querystring.q": True}}),
    ([("add", "/requestParameters/method.request.querystring.q", "true"),
      ("remove", "/requestParameters/method.request.querystring.q")], {"requestParameters": None}),
    ([("add", "/requestModels/application~1json", "Empty")], {"requestModels": {"application/json": "Empty"}}),
    ([("replace", "/requestModels/application~1json", "Error")], {"requestModels": {"application/json": "Error"}}),
    ([("add", "/requestModels/a~1b", "Empty"), ("remove", "/requestModels/a~1b")], {"requestModels": None}),
    ([("add", "/authorizationScopes", "s1"), ("add", "/authorizationScopes", "s2"),
      ("remove", "/authorizationScopes", "s1")], {"authorizationScopes": ["s2"]}),
]


@pytest.mark.parametrize("operations, expected", PATCHES, ids=[str(row[0]) for row in PATCHES])
def test_patch(api, operations, expected):
    put(api)
    answered = patch(api, *operations)
    read = api.client.get_method(**api.at("/m", "GET"))
    for field, value in expected.items():
        assert answered.get(field) == value and read.get(field) == value


PATCH_REFUSED = [
    (("replace", "/httpMethod", "PUT"), "Invalid patch path /httpMethod"),
    (("replace", "/requestParameters", "x"), "Invalid patch path /requestParameters"),
    (("add", "/requestModels/application/json", "Empty"), "Invalid patch path /requestModels/application/json"),
    (("replace", "/wrong", "x"), "Invalid patch path /wrong"),
    (("add", "/apiKeyRequired", "true"), SCALAR_OP),
    (("remove", "/authorizationType"), SCALAR_OP),
    (("add", "/operationName", "x"), SCALAR_OP),
    (("replace", "/requestValidatorId", "nosuch"), "Invalid Request Validator identifier specified"),
    (("add", "/requestModels/a~1b", "Nothing"), "Invalid model identifier specified: Nothing"),
    (("replace", "/authorizationType", "CUSTOM"), NO_AUTHORIZER),
]


@pytest.mark.parametrize("operation, text", PATCH_REFUSED, ids=[str(row[0]) for row in PATCH_REFUSED])
def test_patch_refuses(api, operation, text):
    put(api)
    with bad_request(text):
        patch(api, operation)


def test_everything_survives_a_crash(gateway, api):
    put(api, apiKeyRequired=True, requestParameters={"method.request.header.A": True})
    assert_survives_a_crash(gateway)
