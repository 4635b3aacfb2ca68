"""Authorizer: every member of every type, PATCH, what refers to it, and that a method behind one stays closed."""

import pytest

from harness.api import lambda_uri, late_message, patches
from harness.errors import bad_request, conflict, not_found, refused
from harness.state import assert_survives_a_crash

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:door"
URI = lambda_uri(FUNCTION)
ROLE = "arn:aws:iam::000000000000:role/r"
POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_x"
HEADER = "method.request.header.Authorization"
TOKEN = {"type": "TOKEN", "authorizerUri": URI, "identitySource": HEADER}
COGNITO = {"type": "COGNITO_USER_POOLS", "providerARNs": [POOL], "identitySource": HEADER}
INVALID_ID = ("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires "
              "a valid authorizer.")


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def create(api, name="door", **fields):
    return api.client.create_authorizer(restApiId=api.id, name=name, **(fields or TOKEN))


def get(api, made):
    return plain(api.client.get_authorizer(restApiId=api.id, authorizerId=made["id"]))


def update(api, made, *operations):
    return plain(api.client.update_authorizer(
        restApiId=api.id, authorizerId=made["id"], patchOperations=patches(*operations)))


def delete(api, made):
    return api.client.delete_authorizer(restApiId=api.id, authorizerId=made["id"])


class TestCreate:
    @pytest.mark.parametrize("fields, auth_type", [
        ({**TOKEN, "identityValidationExpression": "Bearer .*", "authorizerCredentials": ROLE,
          "authorizerResultTtlInSeconds": 60}, "custom"),
        ({**TOKEN, "authType": "oauth2"}, "oauth2"),
        ({"type": "REQUEST", "authorizerUri": URI, "identitySource": HEADER + ",method.request.querystring.q"}, "custom"),
        ({"type": "REQUEST", "authorizerUri": URI, "authorizerResultTtlInSeconds": 0}, "custom"),
        (COGNITO, "cognito_user_pools"),
    ], ids=str)
    def test_it_answers_what_was_sent(self, api, fields, auth_type):
        made = create(api, **fields)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        expected = {"id": made["id"], "name": "door", **fields, "authType": auth_type}
        assert plain(made) == expected
        assert get(api, made) == expected

    def test_empty_texts_are_absent(self, api):
        made = create(api, **TOKEN, authorizerCredentials="", identityValidationExpression="")
        assert not {"authorizerCredentials", "identityValidationExpression"} & made.keys()

    @pytest.mark.parametrize("fields, text", [
        ({**TOKEN, "authorizerUri": FUNCTION}, f"Invalid Authorizer URI: {FUNCTION}. Authorizer URI should be a valid API "
                                               "Gateway ARN that represents a Lambda function invocation."),
        ({"type": "TOKEN", "authorizerUri": URI}, "Invalid request input"),
        ({**COGNITO, "providerARNs": ["pool"]}, "Invalid ARN specified in the request"),
        ({**TOKEN, "authorizerResultTtlInSeconds": 3601}, "Authorizer result TTL must be between 0 and 3600"),
        ({**TOKEN, "authorizerCredentials": "role"}, "Invalid ARN specified in the request"),
    ], ids=str)
    def test_it_refuses(self, api, fields, text):
        with bad_request(text):
            create(api, **fields)
        assert api.client.get_authorizers(restApiId=api.id)["items"] == []

    def test_another_account_s_role(self, api):
        with refused("AccessDeniedException", "Cross-account pass role is not allowed.", 403):
            create(api, **TOKEN, authorizerCredentials="arn:aws:iam::111111111111:role/r")

    def test_the_eleventh(self, api):
        for index in range(10):
            create(api, f"door{index}")
        with refused("LimitExceededException", "Maximum number of Authorizers for this API has been reached.  Please contact "
                     "AWS if you need additional Authorizers.", 429):
            create(api)

    def test_an_unknown_api(self, apigateway):
        text = "Unable to complete operation due to concurrent modification. Please try again later."
        with conflict(text):
            apigateway.create_authorizer(restApiId="nosuchapi1", name="door", **TOKEN)

    @pytest.mark.parametrize("body, code", [
        (b'{"name": "x", "type": ', "SerializationException"), (b'{"name": 1, "type": "TOKEN"}', "SerializationException"),
        (b'{"name": "x", "type": "TOKEN", "providerARNs": "p"}', "SerializationException"),
        (b'{"name": "x", "type": "JWT", "jwtConfiguration": {"issuers": [{}]}}', "ValidationException"),
        (b"[]", "SerializationException"), (b"", "ValidationException"),
    ], ids=str)
    def test_bad_bodies(self, signed, api, body, code):
        reply = signed("POST", f"/restapis/{api.id}/authorizers", body)
        assert (reply.status, reply.header("x-amzn-ErrorType")) == (400, code), reply.text


def test_lists_have_pages(api):
    made = {create(api, f"door{index}")["id"] for index in range(5)}
    pages = api.client.get_paginator("get_authorizers").paginate(restApiId=api.id, PaginationConfig={"PageSize": 2})
    sizes = [[item["id"] for item in page["items"]] for page in pages]
    assert [len(page) for page in sizes] == [2, 2, 1]
    assert {id for page in sizes for id in page} == made


class TestUpdate:
    def test_terraform_s_order_of_calls(self, api):
        """Create, read, change field by field, read; then a method that names it."""
        made = create(api, **TOKEN, authorizerResultTtlInSeconds=300)
        get(api, made)
        update(api, made, ("replace", "/name", "gate"), ("replace", "/authorizerCredentials", ROLE),
               ("replace", "/authorizerResultTtlInSeconds", "0"), ("replace", "/identitySource", "method.request.header.X"),
               ("replace", "/identityValidationExpression", "a"))
        assert get(api, made) == {
            "id": made["id"], "name": "gate", "type": "TOKEN", "authType": "custom", "authorizerUri": URI,
            "authorizerCredentials": ROLE, "authorizerResultTtlInSeconds": 0, "identitySource": "method.request.header.X",
            "identityValidationExpression": "a"}
        api.method("/m")
        api.patch("update_method", ("replace", "/authorizationType", "CUSTOM"), ("replace", "/authorizerId", made["id"]),
                  resourceId=api.resources["/m"], httpMethod="GET")

    def test_from_token_to_user_pools(self, api):
        made = create(api)
        after = update(api, made, ("replace", "/type", "COGNITO_USER_POOLS"), ("add", "/providerARNs", POOL),
                       ("replace", "/authorizerUri", ""))
        assert (after["authType"], after["providerARNs"], "authorizerUri" in after) == ("cognito_user_pools", [POOL], False)

    def test_a_bad_operation_undoes_the_good_ones(self, api):
        made = create(api)
        with bad_request("Invalid request input"):
            update(api, made, ("replace", "/name", "gate"), ("remove", "/identitySource"))
        assert get(api, made)["name"] == "door"

    def test_a_name_that_is_taken(self, api):
        create(api, "gate")
        with bad_request("Authorizer name must be unique. Authorizer gate already exists in this RestApi."):
            update(api, create(api), ("replace", "/name", "gate"))

    def test_no_operation_changes_nothing(self, api):
        made = create(api)
        assert update(api, made) == plain(made)


class TestMethods:
    def test_an_authorizer_in_use_stays(self, api):
        made = create(api)
        api.method("/a/b", authorizationType="CUSTOM", authorizerId=made["id"])
        with conflict("Cannot delete authorizer 'door', is referenced in method: GET//a/b"):
            delete(api, made)
        api.patch("update_method", ("replace", "/authorizationType", "NONE"), ("replace", "/authorizerId", ""),
                  resourceId=api.resources["/a/b"], httpMethod="GET")
        assert delete(api, made)["ResponseMetadata"]["HTTPStatusCode"] == 202
        with not_found("Invalid Authorizer identifier specified"):
            delete(api, made)

    @pytest.mark.parametrize("authorization", ["CUSTOM", "COGNITO_USER_POOLS", "JWT"])
    def test_a_method_names_one_that_exists(self, api, authorization):
        with bad_request(INVALID_ID):
            api.method("/m", authorizationType=authorization, authorizerId="nosuch")

    def test_a_method_names_one_of_its_kind(self, api):
        made = create(api, **COGNITO)
        with bad_request(INVALID_ID):
            api.method("/m", authorizationType="CUSTOM", authorizerId=made["id"])
        api.method("/m", authorizationType="COGNITO_USER_POOLS", authorizerId=made["id"], authorizationScopes=["pets/read"])
        shown = api.client.get_method(**api.at("/m", "GET"))
        assert (shown["authorizerId"], shown["authorizationScopes"]) == (made["id"], ["pets/read"])

    def test_scopes_are_changed_one_by_one(self, api):
        made = create(api, **COGNITO)
        api.method("/m", authorizationType="COGNITO_USER_POOLS", authorizerId=made["id"], authorizationScopes=["a"])
        after = api.patch("update_method", ("add", "/authorizationScopes", "b"), ("remove", "/authorizationScopes", "a"),
                          resourceId=api.resources["/m"], httpMethod="GET")
        assert after["authorizationScopes"] == ["b"]

    def test_what_it_guards_is_closed(self, gateway, api):
        issuer = {"issuer": "https://id.example.com", "audiences": ["shop"]}
        made = create(api, type="JWT", identitySource=HEADER,
                      jwtConfiguration={"issuers": [issuer], "defaultAlgorithms": ["RS256"]})
        api.mock("/m", body="open", authorizationType="JWT", authorizerId=made["id"])
        mark = len(gateway.output.lines)
        api.deploy()
        gateway.output.wait_for(rf"WARN API {api.id}: .*JWT does not execute yet", since=mark)
        reply = api.call("/m", headers={"Authorization": "allow"})
        assert (reply.status, reply.body) == (500, late_message("Internal server error"))

    def test_a_clone_has_authorizers_of_its_own(self, api):
        made = create(api)
        api.method("/m", authorizationType="CUSTOM", authorizerId=made["id"])
        copy = api.client.create_rest_api(name="copy", cloneFrom=api.id)
        [cloned] = api.client.get_authorizers(restApiId=copy["id"])["items"]
        assert cloned["id"] != made["id"] and cloned["name"] == "door"
        resources = api.client.get_resources(restApiId=copy["id"], embed=["methods"])["items"]
        [method] = [r["resourceMethods"]["GET"] for r in resources if r["path"] == "/m"]
        assert method["authorizerId"] == cloned["id"]


def test_authorizers_survive_a_crash(gateway, api):
    made = create(api)
    api.method("/m", authorizationType="CUSTOM", authorizerId=made["id"])
    assert_survives_a_crash(gateway)
