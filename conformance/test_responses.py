"""MethodResponse and IntegrationResponse."""

import pytest

from harness.errors import bad_request, conflict, not_found
from harness.state import assert_survives_a_crash

MAPPING = "Invalid mapping expression specified: Validation Result: warnings : [], errors : "


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


@pytest.fixture
def method(api):
    """GET /m with a MOCK and no responses."""
    return api.method("/m").integration("/m", type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})


def where(api, status="200"):
    return {**api.at("/m", "GET"), "statusCode": status}


def put_method_response(api, status="200", **fields):
    return api.client.put_method_response(**where(api, status), **fields)


def put_integration_response(api, status="200", **fields):
    return api.client.put_integration_response(**where(api, status), **fields)


class TestMethodResponse:
    def test_put_bare(self, method):
        made = put_method_response(method)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert plain(made) == {"statusCode": "200"}

    @pytest.mark.parametrize("fields", [
        {"responseModels": {}}, {"responseParameters": {}}, {"responseModels": {"application/json": "Empty"}},
        {"responseParameters": {"method.response.header.X-A": True}}], ids=str)
    def test_maps_are_kept_as_sent(self, method, fields):
        put_method_response(method, **fields)
        assert plain(method.client.get_method_response(**where(method))) == {"statusCode": "200", **fields}

    def test_put_twice(self, method):
        put_method_response(method)
        with conflict("Response already exists for this resource"):
            put_method_response(method)

    def test_unknown_model(self, method):
        with bad_request("Invalid model identifier specified: Nothing"):
            put_method_response(method, responseModels={"a/b": "Nothing"})

    def test_unknown_places(self, method):
        with not_found("Invalid Response status code specified"):
            method.client.get_method_response(**where(method, "404"))
        with not_found("Invalid Response status code specified"):
            method.client.delete_method_response(**where(method, "404"))
        with not_found("Invalid Method identifier specified"):
            method.client.get_method_response(**{**where(method), "httpMethod": "PUT"})
        with not_found("Invalid Resource identifier specified"):
            method.client.get_method_response(**{**where(method), "resourceId": "nosuch"})

    def test_status_code_pattern(self, signed, method):
        reply = signed("PUT", f"/restapis/{method.id}/resources/{method.resources['/m']}/methods/GET/responses/wrong", {})
        assert (reply.status, reply.error_type) == (400, "ValidationException")
        assert reply.json["Message"] == ("1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy "
                                         r"constraint: Member must satisfy regular expression pattern: [1-5]\d\d")

    def test_update_answers_201(self, method):
        put_method_response(method)
        answer = method.patch("update_method_response", ("add", "/responseParameters/method.response.header.A", "true"),
                              ("add", "/responseModels/application~1json", "Empty"),
                              **{k: v for k, v in where(method).items() if k != "restApiId"})
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert plain(answer) == {"statusCode": "200", "responseModels": {"application/json": "Empty"},
                                 "responseParameters": {"method.response.header.A": True}}

    def test_removing_the_last_entry_removes_the_map(self, method):
        put_method_response(method, responseModels={"a/b": "Empty"}, responseParameters={"method.response.header.A": True})
        place = {k: v for k, v in where(method).items() if k != "restApiId"}
        answer = method.patch("update_method_response", ("remove", "/responseModels/a~1b"),
                              ("remove", "/responseParameters/method.response.header.A"), **place)
        assert plain(answer) == {"statusCode": "200"}

    @pytest.mark.parametrize("operation, refusal", [
        (("replace", "/responseModels/a~1b", "Empty"), not_found("Content-Type specified was not found")),
        (("remove", "/responseModels/a~1b"), not_found("Content-Type specified was not found")),
        (("replace", "/responseParameters/method.response.header.A", "true"), not_found("Invalid parameter name specified")),
        (("remove", "/responseParameters/method.response.header.A"), not_found("Invalid parameter name specified")),
        (("replace", "/wrong/path", "x"), bad_request("Invalid patch path /wrong/path")),
    ], ids=lambda v: str(v) if isinstance(v, tuple) else "")
    def test_patch_refuses(self, method, operation, refusal):
        put_method_response(method)
        with refusal:
            method.patch("update_method_response", operation,
                         **{k: v for k, v in where(method).items() if k != "restApiId"})

    def test_delete_answers_204(self, method):
        put_method_response(method)
        assert method.client.delete_method_response(**where(method))["ResponseMetadata"]["HTTPStatusCode"] == 204


class TestIntegrationResponse:
    def test_put_and_overwrite(self, method):
        put_method_response(method)
        made = put_integration_response(method, selectionPattern="", responseTemplates={})
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert plain(made) == {"statusCode": "200", "selectionPattern": "", "responseTemplates": {}}
        assert plain(put_integration_response(method)) == {"statusCode": "200"}

    def test_null_templates_stay_null(self, signed, method):
        put_method_response(method)
        target = f"/restapis/{method.id}/resources/{method.resources['/m']}/methods/GET/integration/responses/200"
        for value in (None, ""):
            assert signed("PUT", target, {"responseTemplates": {"application/json": value}}).status == 201
            assert signed("GET", target).json == {"statusCode": "200", "responseTemplates": {"application/json": None}}

    @pytest.mark.parametrize("fields", [
        {"selectionPattern": r"4\d{2}"}, {"contentHandling": "CONVERT_TO_TEXT"},
        {"responseTemplates": {"application/json": "x"}},
        {"responseParameters": {"method.response.header.A": "'v'"}},
        {"responseParameters": {"method.response.header.A": "integration.response.header.B"}},
        {"responseParameters": {"method.response.header.A": "integration.response.body.a.b"}},
        {"responseParameters": {"method.response.header.A": "context.requestId"}}], ids=str)
    def test_put_keeps(self, method, fields):
        put_method_response(method, responseParameters={"method.response.header.A": False})
        put_integration_response(method, **fields)
        read = method.client.get_integration_response(**where(method))
        assert {k: read[k] for k in fields} == fields

    def test_unknown_status_code(self, method):
        with not_found("Invalid Response status code specified"):
            put_integration_response(method, "404")

    def test_no_integration_yet(self, api):
        api.method("/m")
        put_method_response(api)
        with not_found("No integration defined for method"):
            put_integration_response(api)
        with not_found("Invalid Integration identifier specified"):
            api.client.get_integration_response(**where(api))

    def test_delete_with_an_unknown_method_names_the_integration(self, method):
        with not_found("Invalid Integration identifier specified"):
            method.client.delete_integration_response(**{**where(method), "httpMethod": "PUT"})

    def test_one_default_and_one_entry_per_pattern(self, method):
        for status in ("200", "400", "500"):
            put_method_response(method, status)
        put_integration_response(method, "200")
        with conflict("Integration response with selection pattern default already exists"):
            put_integration_response(method, "400")
        put_integration_response(method, "400", selectionPattern="4..")
        with conflict("Integration response with selection pattern 4.. already exists"):
            put_integration_response(method, "500", selectionPattern="4..")

    @pytest.mark.parametrize("parameters, declared, error", [
        ({"method.response.header.B": "'v'"}, True,
         "Invalid mapping expression parameter specified: method.response.header.B"),
        ({"method.response.header.A": "unquoted"}, True, "Invalid mapping expression specified: unquoted"),
    ], ids=str)
    def test_mapping_refused(self, method, parameters, declared, error):
        put_method_response(method, responseParameters={"method.response.header.A": False})
        with bad_request(f"{MAPPING}[{error}]"):
            put_integration_response(method, responseParameters=parameters)

    def test_a_template_key_that_is_no_content_type(self, method):
        put_method_response(method)
        with bad_request("Validation Result: warnings : [], errors : [Invalid content type specified: 123]"):
            put_integration_response(method, responseTemplates={"123": "x"})

    def test_a_number_as_template(self, signed, method):
        put_method_response(method)
        reply = signed("PUT", f"/restapis/{method.id}/resources/{method.resources['/m']}/methods/GET/integration/responses/200",
                       {"responseTemplates": {"application/json": 1}})
        assert (reply.status, reply.error_type) == (400, "SerializationException")

    @pytest.mark.parametrize("operations, expected", [
        ([("replace", "/selectionPattern", "5..")], {"selectionPattern": "5.."}),
        ([("replace", "/contentHandling", "CONVERT_TO_BINARY")], {"contentHandling": "CONVERT_TO_BINARY"}),
        ([("add", "/responseTemplates/a~1b", "x")], {"responseTemplates": {"a/b": "x"}}),
        ([("add", "/responseParameters/method.response.header.A", "'v'")],
         {"responseParameters": {"method.response.header.A": "'v'"}}),
    ], ids=str)
    def test_patch(self, method, operations, expected):
        put_method_response(method, responseParameters={"method.response.header.A": False})
        put_integration_response(method)
        method.patch("update_integration_response", *operations,
                     **{k: v for k, v in where(method).items() if k != "restApiId"})
        read = method.client.get_integration_response(**where(method))
        assert {k: read[k] for k in expected} == expected

    def test_patch_path_refused(self, method):
        put_method_response(method)
        put_integration_response(method)
        with bad_request("Invalid patch path /statusCode"):
            method.patch("update_integration_response", ("replace", "/statusCode", "201"),
                         **{k: v for k, v in where(method).items() if k != "restApiId"})

    def test_delete_answers_204_and_then_404(self, method):
        put_method_response(method)
        put_integration_response(method)
        done = method.client.delete_integration_response(**where(method))
        assert done["ResponseMetadata"]["HTTPStatusCode"] == 204
        with not_found("Invalid Response status code specified"):
            method.client.get_integration_response(**where(method))

    def test_deleting_the_method_response_keeps_it(self, method):
        put_method_response(method)
        put_integration_response(method)
        method.client.delete_method_response(**where(method))
        assert method.client.get_integration_response(**where(method))["statusCode"] == "200"


def test_everything_survives_a_crash(gateway, method):
    put_method_response(method, responseModels={}, responseParameters={"method.response.header.A": True})
    put_integration_response(method, selectionPattern="", responseTemplates={"a/b": "x"})
    assert_survives_a_crash(gateway)
