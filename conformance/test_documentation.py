"""Documentation parts and versions, and the stages that show a version."""

import json

import pytest

from harness.api import patches
from harness.errors import bad_request, conflict, not_found, refused
from harness.state import assert_survives_a_crash

PROPERTIES = '{ "description" : "a pet" }'
NO_OBJECT = "Invalid documentation part properties: they must be the text of a JSON object"
UNKNOWN_PART = "Invalid Documentation part identifier specified"
UNKNOWN_VERSION = "Invalid Documentation version specified"


def plain(answer):
    return {k: v for k, v in answer.items() if k != "ResponseMetadata"}


def create(api, properties=PROPERTIES, **location):
    return api.client.create_documentation_part(restApiId=api.id, location=location, properties=properties)


def version(api, name="1", **fields):
    return api.client.create_documentation_version(restApiId=api.id, documentationVersion=name, **fields)


def listed(api, **filters):
    return [item["location"] for item in api.client.get_documentation_parts(restApiId=api.id, **filters)["items"]]


class TestParts:
    @pytest.mark.parametrize("location", [
        {"type": "API"}, {"type": "MODEL", "name": "Pet"}, {"type": "AUTHORIZER", "name": "door"}, {"type": "RESOURCE"},
        {"type": "METHOD", "path": "/pets"}, {"type": "REQUEST_BODY", "path": "/pets", "method": "POST"},
        {"type": "PATH_PARAMETER", "path": "/{id}", "name": "id"}, {"type": "QUERY_PARAMETER", "name": "q"},
        {"type": "REQUEST_HEADER", "method": "*", "name": "X"}, {"type": "RESPONSE", "statusCode": "200"},
        {"type": "RESPONSE_BODY", "path": "/", "method": "GET", "statusCode": "*"},
        {"type": "RESPONSE_HEADER", "path": "/", "method": "GET", "statusCode": "200", "name": "X"},
    ], ids=str)
    def test_each_type_reads_back_as_given(self, api, location):
        made = create(api, **location)
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        assert plain(made) == {"id": made["id"], "location": location, "properties": PROPERTIES}
        got = api.client.get_documentation_part(restApiId=api.id, documentationPartId=made["id"])
        assert plain(got) == plain(made)

    @pytest.mark.parametrize("location, problem", [
        ({"type": "API", "name": "x"}, "a location of this type has no name"),
        ({"type": "RESOURCE", "method": "GET"}, "a location of this type has no method"),
        ({"type": "METHOD", "statusCode": "200"}, "a location of this type has no statusCode"),
        ({"type": "MODEL", "path": "/", "name": "Pet"}, "a location of this type has no path"),
        ({"type": "QUERY_PARAMETER"}, "a location of this type needs a name"),
        ({"type": "RESOURCE", "path": "pets"}, "the path must begin with '/'"),
        ({"type": "METHOD", "method": "get"}, "the method must be a verb, ANY or '*'"),
    ], ids=str)
    def test_locations_are_held_to_their_types(self, api, location, problem):
        with bad_request(f"Invalid documentation part location of type '{location['type']}': {problem}"):
            create(api, **location)

    @pytest.mark.parametrize("properties", ["", "text", "[]", "null", "{", '{"a": 1} x'])
    def test_properties_are_an_object_s_text(self, api, properties):
        with bad_request(NO_OBJECT):
            create(api, properties, type="API")

    def test_an_element_is_documented_once(self, api):
        create(api, type="API")
        with conflict("Documentation part already exists for the specified location: type 'API'."):
            create(api, type="API")
        create(api, type="METHOD", path="/", method="GET")
        with conflict("Documentation part already exists for the specified location: type 'METHOD', method 'GET'."):
            create(api, type="METHOD", method="GET")

    def test_filters(self, api):
        locations = [{"type": "API"}, {"type": "METHOD", "path": "/pets", "method": "GET"}, {"type": "MODEL", "name": "Pet"}]
        for location in locations:
            create(api, **location)
        create(api, "{}", type="RESOURCE")
        assert listed(api, type="METHOD") == [locations[1]]
        assert listed(api, path="/pets") == [locations[1]]
        assert listed(api, nameQuery="Pet") == [locations[2]]
        assert listed(api, locationStatus="UNDOCUMENTED") == [{"type": "RESOURCE"}]
        assert len(listed(api, locationStatus="DOCUMENTED")) == 3

    def test_pages(self, api):
        for index in range(5):
            create(api, type="RESOURCE", path=f"/{index}")
        pages = api.client.get_paginator("get_documentation_parts").paginate(restApiId=api.id, PaginationConfig={"PageSize": 2})
        assert [[item["location"]["path"] for item in page["items"]] for page in pages] == [["/0", "/1"], ["/2", "/3"], ["/4"]]

    def test_terraform_s_order_of_calls(self, api):
        where = {"restApiId": api.id, "documentationPartId": create(api, type="API")["id"]}
        api.client.get_documentation_part(**where)
        api.client.update_documentation_part(**where, patchOperations=patches(("replace", "/properties", "{}")))
        assert api.client.get_documentation_part(**where)["properties"] == "{}"
        assert api.client.delete_documentation_part(**where)["ResponseMetadata"]["HTTPStatusCode"] == 202
        for call in (api.client.get_documentation_part, api.client.delete_documentation_part):
            with not_found(UNKNOWN_PART):
                call(**where)

    @pytest.mark.parametrize("body, code", [
        (b'{"location": "API", "properties": "{}"}', "SerializationException"), (b"{", "SerializationException"),
        (b'{"location": {"type": "API"}, "properties": {}}', "SerializationException"),
        (b'{"location": {"type": "RESPONSE", "statusCode": "20x"}, "properties": "{}"}', "ValidationException"),
        (b'{"location": {}, "properties": "{}"}', "ValidationException"),
    ], ids=str)
    def test_bad_bodies(self, signed, api, body, code):
        reply = signed("POST", f"/restapis/{api.id}/documentation/parts", body)
        assert (reply.status, reply.header("x-amzn-ErrorType")) == (400, code), reply.text


class TestVersions:
    def test_terraform_s_order_of_calls(self, api):
        create(api, type="API")
        made = version(api, description="one")
        assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
        where = {"restApiId": api.id, "documentationVersion": "1"}
        assert plain(api.client.get_documentation_version(**where)) == plain(made)
        after = api.client.update_documentation_version(**where, patchOperations=patches(("replace", "/description", "first")))
        assert plain(after) == {**plain(made), "description": "first"}
        assert api.client.delete_documentation_version(**where)["ResponseMetadata"]["HTTPStatusCode"] == 202
        with not_found(UNKNOWN_VERSION):
            api.client.get_documentation_version(**where)

    def test_pages_newest_first(self, api):
        for name in "cab":
            version(api, name)
        pages = api.client.get_paginator("get_documentation_versions").paginate(
            restApiId=api.id, PaginationConfig={"PageSize": 2})
        assert [[item["version"] for item in page["items"]] for page in pages] == [["b", "a"], ["c"]]

    def test_a_name_is_given_once(self, api):
        version(api)
        with conflict("Documentation version 1 already exists"):
            version(api)

    def test_a_name_with_odd_characters(self, api):
        version(api, "2026-01/é")
        where = {"restApiId": api.id, "documentationVersion": "2026-01/é"}
        assert api.client.get_documentation_version(**where)["version"] == "2026-01/é"

    def test_stages_show_versions_that_exist(self, api):
        api.mock("/m").deploy()
        with bad_request(UNKNOWN_VERSION):
            api.patch("update_stage", ("replace", "/documentationVersion", "1"), stageName="test")
        with not_found("Invalid Stage identifier specified"):
            version(api, stageName="nosuch")
        version(api, stageName="test")
        assert api.client.get_stage(restApiId=api.id, stageName="test")["documentationVersion"] == "1"
        with conflict("Cannot delete documentation version '1', is referenced in stage: test"):
            api.client.delete_documentation_version(restApiId=api.id, documentationVersion="1")
        after = api.patch("update_stage", ("replace", "/documentationVersion", ""), stageName="test")
        assert "documentationVersion" not in after
        api.client.delete_documentation_version(restApiId=api.id, documentationVersion="1")

    def test_a_new_stage_shows_a_version(self, api):
        deployment = api.mock("/m").deploy()
        version(api)
        where = {"restApiId": api.id, "deploymentId": deployment}
        made = api.client.create_stage(**where, stageName="docs", documentationVersion="1")
        assert made["documentationVersion"] == "1"
        with bad_request(UNKNOWN_VERSION):
            api.client.create_stage(**where, stageName="other", documentationVersion="9")

    def test_an_unknown_api(self, apigateway):
        with refused("NotFoundException", status=404):
            apigateway.create_documentation_version(restApiId="nosuchapi1", documentationVersion="1")


def document(*parts, **extra):
    listed = [{"location": location, "properties": properties} for location, properties in parts]
    return json.dumps({"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {},
                       "x-amazon-apigateway-documentation": {"documentationParts": listed}, **extra}).encode()


def imported(api, body, **how):
    return api.client.import_documentation_parts(restApiId=api.id, body=body, **how)


class TestImport:
    API, PET = {"type": "API"}, {"type": "MODEL", "name": "Pet"}

    def test_parts_come_with_their_locations_written_out(self, api):
        answer = imported(api, document(({"type": "METHOD", "path": "/pets"}, {"summary": "é"}), (self.API, {})))
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200 and len(answer["ids"]) == 2
        part = plain(api.client.get_documentation_part(restApiId=api.id, documentationPartId=answer["ids"][0]))
        assert part["location"] == {"type": "METHOD", "path": "/pets", "method": "*"}
        assert json.loads(part["properties"]) == {"summary": "é"}

    def test_yaml(self, api):
        body = b"""openapi: 3.0.1
info: {title: t, version: '1'}
paths: {}
x-amazon-apigateway-documentation:
  documentationParts:
    - location: {type: RESPONSE, statusCode: 404}
      properties: {description: nothing there}
"""
        imported(api, body)
        assert listed(api) == [{"type": "RESPONSE", "path": "/", "method": "*", "statusCode": "404"}]

    def test_merge_keeps_the_rest_and_overwrite_does_not(self, api):
        kept = create(api, **self.PET)["id"]
        first = imported(api, document((self.API, {"description": "1"})), mode="merge")["ids"]
        assert imported(api, document((self.API, {"description": "2"})), mode="merge")["ids"] == first
        assert len(listed(api)) == 2
        second = imported(api, document((self.API, {"description": "3"})), mode="overwrite")["ids"]
        assert listed(api) == [self.API] and not {kept, *first} & set(second)

    @pytest.mark.parametrize("body", [b"", b"{", b"text", b"[1]", b"\xff\xfe", b"swagger: ['2.0"], ids=repr)
    def test_what_is_no_document(self, api, body):
        with bad_request("Unable to build importer with provided input."):
            imported(api, body)

    @pytest.mark.parametrize("extension", [
        [], {"documentationParts": {}}, {"documentationParts": [1]}, {"documentationParts": [{"location": {"type": "API"}}]},
        {"documentationParts": [{"location": {"type": "MODEL"}, "properties": {}}]},
        {"documentationParts": [{"location": {"type": "THING"}, "properties": {}}]},
    ], ids=str)
    def test_a_bad_part_stores_nothing(self, api, extension):
        create(api, **self.API)
        with refused("BadRequestException", status=400):
            imported(api, document(**{"x-amazon-apigateway-documentation": extension}), mode="overwrite")
        assert listed(api) == [self.API]

    def test_failonwarnings(self, api):
        odd, text = document(({**self.API, "colour": "red"}, {})), "Ignoring 'colour' of a documentation part's location"
        with bad_request(f"Warnings found during import:\n\t{text}"):
            imported(api, odd, failOnWarnings=True)
        assert listed(api) == []
        assert imported(api, odd)["warnings"] == [text]
        assert listed(api) == [self.API]

    def test_two_thousand_parts_and_one_more(self, api):
        parts = [({"type": "MODEL", "name": f"M{index}"}, {"description": "d"}) for index in range(2001)]
        with refused("LimitExceededException", status=429):
            imported(api, document(*parts))
        assert len(imported(api, document(*parts[1:]))["ids"]) == 2000


def test_an_export_shows_the_stage_s_version(api):
    """What the version froze, whatever became of the part since."""
    made = create(api, '{"description": "first"}', type="API")
    create(api, '{"summary": "a mock"}', type="METHOD", path="/m", method="GET")
    api.mock("/m").deploy()

    def exported():
        return json.loads(api.client.get_export(restApiId=api.id, stageName="test", exportType="oas30")["body"].read())

    assert "description" not in exported()["info"]
    version(api, stageName="test")
    api.client.update_documentation_part(
        restApiId=api.id, documentationPartId=made["id"],
        patchOperations=patches(("replace", "/properties", '{"description": "second"}')))
    assert exported()["info"]["description"] == "first"
    assert exported()["paths"]["/m"]["get"]["summary"] == "a mock"
    version(api, "2", stageName="test")
    assert exported()["info"]["description"] == "second"


def test_a_clone_has_the_parts_and_not_the_versions(api):
    made = create(api, type="API")
    version(api)
    copy = api.client.create_rest_api(name="copy", cloneFrom=api.id)["id"]
    [part] = api.client.get_documentation_parts(restApiId=copy)["items"]
    assert part["properties"] == PROPERTIES and part["id"] != made["id"]
    assert api.client.get_documentation_versions(restApiId=copy)["items"] == []


def test_documentation_survives_a_crash(gateway, api):
    create(api, type="API")
    api.mock("/m").deploy()
    version(api, stageName="test")
    assert_survives_a_crash(gateway)
