"""GatewayResponse on the control plane: the 21 types, customising and resetting."""

import pytest

from harness.errors import bad_request, not_found
from harness.state import assert_survives_a_crash

TEMPLATE = {"application/json": '{"message":$context.error.messageString}'}
STATUSES = {
    "ACCESS_DENIED": "403", "API_CONFIGURATION_ERROR": "500", "AUTHORIZER_CONFIGURATION_ERROR": "500",
    "AUTHORIZER_FAILURE": "500", "BAD_REQUEST_BODY": "400", "BAD_REQUEST_PARAMETERS": "400", "DEFAULT_4XX": None,
    "DEFAULT_5XX": None, "EXPIRED_TOKEN": "403", "INTEGRATION_FAILURE": "504", "INTEGRATION_TIMEOUT": "504",
    "INVALID_API_KEY": "403", "INVALID_SIGNATURE": "403", "MISSING_AUTHENTICATION_TOKEN": "403",
    "QUOTA_EXCEEDED": "429", "REQUEST_TOO_LARGE": "413", "RESOURCE_NOT_FOUND": "404", "THROTTLED": "429",
    "UNAUTHORIZED": "401", "UNSUPPORTED_MEDIA_TYPE": "415", "WAF_FILTERED": "403",
}


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def get(api, kind):
    return plain(api.client.get_gateway_response(restApiId=api.id, responseType=kind))


def put(api, kind, **fields):
    return api.client.put_gateway_response(restApiId=api.id, responseType=kind, **fields)


def patch(api, kind, *operations):
    return plain(api.patch("update_gateway_response", *operations, responseType=kind))


def expected(kind, status, default=True):
    code = {"statusCode": status} if status else {}
    return {"responseType": kind, **code, "responseParameters": {}, "responseTemplates": TEMPLATE, "defaultResponse": default}


@pytest.mark.parametrize("kind, status", STATUSES.items())
def test_defaults(api, kind, status):
    assert get(api, kind) == expected(kind, status)


def test_the_list_holds_all_types_in_alphabetical_order(api):
    listed = api.client.get_gateway_responses(restApiId=api.id, limit=100)["items"]
    assert [item["responseType"] for item in listed] == sorted(STATUSES)


def test_put_fills_absent_parts_with_the_types_own_defaults(api):
    put(api, "DEFAULT_4XX", statusCode="499")
    made = put(api, "UNAUTHORIZED", responseParameters={"gatewayresponse.header.X": "'y'"})
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert plain(made) == {**expected("UNAUTHORIZED", "401", False), "responseParameters": {"gatewayresponse.header.X": "'y'"}}


def test_a_customised_default_5xx_shows_in_every_uncustomised_type(api):
    put(api, "DEFAULT_5XX", statusCode="599", responseTemplates={"application/json": "{}"})
    for kind in ("API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"):
        assert get(api, kind) == {"responseType": kind, "statusCode": "599", "responseParameters": {},
                                  "responseTemplates": {"application/json": "{}"}, "defaultResponse": True}
    assert get(api, "UNAUTHORIZED") == expected("UNAUTHORIZED", "401")


def test_delete_returns_to_the_default(api):
    put(api, "THROTTLED", statusCode="503")
    done = api.client.delete_gateway_response(restApiId=api.id, responseType="THROTTLED")
    assert done["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert get(api, "THROTTLED") == expected("THROTTLED", "429")
    with not_found("Gateway response type not defined on api"):
        api.client.delete_gateway_response(restApiId=api.id, responseType="THROTTLED")


def test_patch_creates_a_customised_type(api):
    changed = patch(api, "THROTTLED", ("replace", "/statusCode", "420"),
                    ("add", "/responseParameters/gatewayresponse.header.A", "'b'"),
                    ("add", "/responseTemplates/text~1plain", "slow down"))
    assert changed == {
        "responseType": "THROTTLED", "statusCode": "420", "defaultResponse": False,
        "responseParameters": {"gatewayresponse.header.A": "'b'"},
        "responseTemplates": {**TEMPLATE, "text/plain": "slow down"}}
    assert get(api, "THROTTLED") == changed


@pytest.mark.parametrize("operation, refusal", [
    (("add", "/statusCode", "400"), bad_request("Invalid patch path /statusCode")),
    (("remove", "/statusCode"), bad_request("Invalid patch path /statusCode")),
    (("replace", "/wrong", "x"), bad_request("Invalid patch path /wrong")),
    (("replace", "/responseParameters/gatewayresponse.header.A", "'x'"), not_found("Invalid parameter name specified")),
    (("remove", "/responseParameters/gatewayresponse.header.A"), not_found("Invalid parameter name specified")),
    (("add", "/responseParameters/gatewayresponse.header.A"),
     bad_request("Invalid null or empty value in responseParameters")),
    (("add", "/responseTemplates/a~1b"), bad_request("Invalid null or empty value in responseTemplates")),
], ids=lambda v: str(v) if isinstance(v, tuple) else "")
def test_patch_refuses(api, operation, refusal):
    with refusal:
        patch(api, "THROTTLED", operation)


def test_mapping_expressions_are_checked(api):
    with bad_request("Invalid mapping expression specified: Validation Result: warnings : [], errors : "
                     "[Invalid mapping expression specified: unquoted]"):
        put(api, "THROTTLED", responseParameters={"gatewayresponse.header.A": "unquoted"})


def test_a_type_outside_the_enum(signed, api):
    reply = signed("PUT", f"/restapis/{api.id}/gatewayresponses/NOT_A_TYPE", {})
    assert (reply.status, reply.error_type) == (400, "ValidationException")
    assert reply.json["Message"] == (
        "1 validation error detected: Value 'NOT_A_TYPE' at 'responseType' failed to satisfy constraint: Member must "
        "satisfy enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, "
        "MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, "
        "AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, "
        "QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN]")


def test_an_unknown_api(api):
    with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
        api.client.get_gateway_responses(restApiId="nosuchapi0")
    with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
        api.client.put_gateway_response(restApiId="nosuchapi0", responseType="THROTTLED")


def test_everything_survives_a_crash(gateway, api):
    put(api, "DEFAULT_5XX", statusCode="599")
    assert_survives_a_crash(gateway)
