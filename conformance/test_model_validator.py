"""Model and RequestValidator."""

import json

import pytest

from harness.api import patches
from harness.errors import bad_request, conflict, not_found
from harness.state import assert_survives_a_crash

SCHEMA = '{"type": "object"}'
NO_SCHEMA = "Model schema must have at least 1 property or array items defined"


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def create(api, name="Pet", **fields):
    return api.client.create_model(restApiId=api.id, name=name, **{"contentType": "application/json", "schema": SCHEMA, **fields})


def update(api, *operations, name="Pet"):
    return api.client.update_model(restApiId=api.id, modelName=name, patchOperations=patches(*operations))


class TestModel:
    def test_create_answers_what_was_sent(self, api):
        made = create(api, description="a pet")
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert {k: v for k, v in plain(made).items() if k != "id"} == {
            "name": "Pet", "description": "a pet", "schema": SCHEMA, "contentType": "application/json"}
        assert len(made["id"]) == 6

    def test_an_empty_description_is_dropped(self, api):
        assert "description" not in create(api, description="")

    def test_the_schema_is_kept_as_text(self, api):
        text = '{ "type" :\n"object" }'
        create(api, schema=text)
        assert api.client.get_model(restApiId=api.id, modelName="Pet")["schema"] == text

    def test_list_is_sorted_by_name(self, api):
        for name in ("Zebra", "House"):
            create(api, name)
        assert [m["name"] for m in api.client.get_models(restApiId=api.id)["items"]] == ["Empty", "Error", "House", "Zebra"]

    @pytest.mark.parametrize("fields, text", [
        ({"name": ""}, "Model name must be non-empty"),
        ({"schema": ""}, NO_SCHEMA),
        ({"name": "not-alphanumeric"}, "Model name must be alphanumeric: not-alphanumeric"),
        ({"schema": "{"}, "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]"),
    ], ids=str)
    def test_create_refuses(self, api, fields, text):
        with bad_request(text):
            create(api, **fields)

    def test_an_absent_schema(self, signed, api):
        reply = signed("POST", f"/restapis/{api.id}/models", {"name": "Pet", "contentType": "application/json"})
        assert (reply.status, reply.json) == (400, {"message": NO_SCHEMA})

    def test_same_name_twice(self, api):
        create(api)
        with conflict("Model name already exists for this REST API"):
            create(api)

    def test_unknown_model_and_api(self, api):
        for call in (api.client.get_model, api.client.delete_model):
            with not_found("Invalid model name specified: Nothing"):
                call(restApiId=api.id, modelName="Nothing")
            with not_found("Invalid model name specified: Pet"):
                call(restApiId="nosuchapi0", modelName="Pet")
        with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
            api.client.get_models(restApiId="nosuchapi0")
        with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
            api.client.create_model(restApiId="nosuchapi0", name="Pet", contentType="a/b", schema=SCHEMA)

    def test_patch(self, api):
        create(api)
        changed = update(api, ("replace", "/description", "d"), ("replace", "/schema", '{"type": "array"}'))
        assert (changed["description"], changed["schema"]) == ("d", '{"type": "array"}')

    @pytest.mark.parametrize("operation, text", [
        (("replace", "/name", "x"),
         "Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]"),
        (("remove", "/description"),
         "Invalid patch path  '/description' specified for op 'remove'. Please choose supported operations"),
        (("replace", "/schema", ""), NO_SCHEMA),
    ], ids=str)
    def test_patch_refuses(self, api, operation, text):
        create(api)
        with bad_request(text):
            update(api, operation)

    def test_delete_answers_202(self, api):
        create(api)
        done = api.client.delete_model(restApiId=api.id, modelName="Pet")
        assert done["ResponseMetadata"]["HTTPStatusCode"] == 202

    @pytest.mark.parametrize("path, place", [("/pets", "/pets/GET"), ("/", "//GET")])
    def test_a_model_in_use_cannot_go(self, api, path, place):
        create(api)
        api.method(path, requestModels={"application/json": "Pet"})
        with conflict(f"Cannot delete model 'Pet', is referenced in method request: {place}"):
            api.client.delete_model(restApiId=api.id, modelName="Pet")

    def test_flatten_inlines_references(self, api):
        create(api, "Inner", schema='{"type": "string"}')
        reference = f"https://apigateway.amazonaws.com/restapis/{api.id}/models/Inner"
        create(api, "Outer", schema=json.dumps({"type": "object", "properties": {"a": {"$ref": reference}}}))
        flat = api.client.get_model(restApiId=api.id, modelName="Outer", flatten=True)["schema"]
        assert "$ref" not in flat.replace(reference, "") or "#/definitions" in flat
        assert reference not in flat

    def test_default_template(self, api):
        create(api)
        assert isinstance(api.client.get_model_template(restApiId=api.id, modelName="Pet")["value"], str)
        with not_found("Invalid model name specified: Nothing"):
            api.client.get_model_template(restApiId=api.id, modelName="Nothing")


class TestRequestValidator:
    def create(self, api, **fields):
        return api.client.create_request_validator(restApiId=api.id, **fields)

    def patch(self, api, made, *operations):
        return api.client.update_request_validator(
            restApiId=api.id, requestValidatorId=made["id"], patchOperations=patches(*operations))

    def test_create_answers_the_defaults(self, api):
        made = self.create(api)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert {k: v for k, v in plain(made).items() if k != "id"} == {
            "validateRequestBody": False, "validateRequestParameters": False}
        assert len(made["id"]) == 6

    def test_read_and_list(self, api):
        made = self.create(api, name="v", validateRequestBody=True, validateRequestParameters=True)
        read = api.client.get_request_validator(restApiId=api.id, requestValidatorId=made["id"])
        assert plain(read) == plain(made)
        assert api.client.get_request_validators(restApiId=api.id)["items"] == [plain(made)]

    def test_unknown_validator_and_api(self, api):
        for call in (api.client.get_request_validator, api.client.delete_request_validator):
            for place in ({"restApiId": api.id}, {"restApiId": "nosuchapi0"}):
                with not_found("Invalid Request Validator identifier specified"):
                    call(requestValidatorId="nosuch", **place)
        with bad_request("Invalid REST API identifier specified"):
            api.client.create_request_validator(restApiId="nosuchapi0")

    @pytest.mark.parametrize("operation, expected", [
        (("replace", "/name", "n"), {"name": "n"}),
        (("replace", "/validateRequestBody", "true"), {"validateRequestBody": True}),
        (("replace", "/validateRequestParameters", "TRUE"), {"validateRequestParameters": True}),
        (("replace", "/validateRequestBody"), {"validateRequestBody": False}),
    ], ids=str)
    def test_patch(self, api, operation, expected):
        made = self.create(api)
        changed = self.patch(api, made, operation)
        assert {k: changed[k] for k in expected} == expected

    @pytest.mark.parametrize("operation, text", [
        (("replace", "/name", ""), "Request Validator name cannot be blank"),
        (("replace", "/x", "y"), "Invalid patch path  '/x' specified for op 'replace'. Must be one of: "
                                 "[/name, /validateRequestParameters, /validateRequestBody]"),
        (("remove", "/name"), "Invalid patch path  '/name' specified for op 'remove'. Please choose supported operations"),
    ], ids=str)
    def test_patch_refuses(self, api, operation, text):
        made = self.create(api)
        with bad_request(text):
            self.patch(api, made, operation)

    def test_delete_answers_202(self, api):
        made = self.create(api)
        done = api.client.delete_request_validator(restApiId=api.id, requestValidatorId=made["id"])
        assert done["ResponseMetadata"]["HTTPStatusCode"] == 202

    def test_a_validator_in_use_cannot_go(self, api):
        made = self.create(api)
        api.method("/m", requestValidatorId=made["id"])
        with conflict(None):
            api.client.delete_request_validator(restApiId=api.id, requestValidatorId=made["id"])


def test_everything_survives_a_crash(gateway, api):
    create(api, description="d")
    api.client.create_request_validator(restApiId=api.id, name="v", validateRequestBody=True)
    assert_survives_a_crash(gateway)
