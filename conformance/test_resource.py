"""Resource: the tree, its sort order, moves and the texts that guard it."""

import pytest

from harness.api import patches
from harness.errors import bad_request, conflict, not_found
from harness.state import assert_survives_a_crash

BAD_PART = ("Resource's path part only allow a-zA-Z0-9._-: and curly braces at the beginning and the end and an "
            "optional plus sign before the closing brace.")


def create(api, parent, part):
    return api.client.create_resource(restApiId=api.id, parentId=parent, pathPart=part)


def update(api, resource, *operations):
    return api.client.update_resource(restApiId=api.id, resourceId=resource, patchOperations=patches(*operations))


def paths(api):
    return [r["path"] for r in api.client.get_resources(restApiId=api.id)["items"]]


def test_create_answers_path_and_parent(api):
    made = create(api, api.root, "pets")
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert (made["parentId"], made["pathPart"], made["path"]) == (api.root, "pets", "/pets")
    assert len(made["id"]) == 6
    child = create(api, made["id"], "{id}")
    assert child["path"] == "/pets/{id}"


def test_the_root_has_only_id_and_path(api):
    root = api.client.get_resource(restApiId=api.id, resourceId=api.root)
    assert {k: v for k, v in root.items() if k != "ResponseMetadata"} == {"id": api.root, "path": "/"}


@pytest.mark.parametrize("part", ["a", "a.b", "a_b-c", "v1:x", "{id}", "{proxy+}", "{a.b}", "a,b"])
def test_path_part_accepted(api, part):
    assert create(api, api.root, part)["path"] == f"/{part}"


@pytest.mark.parametrize("part", ["a b", "a/b", "{id", "id}", "x{id}", "{id}x", "a%20b", "{}", "{+}", "é", "a*"])
def test_path_part_refused(api, part):
    with bad_request(BAD_PART):
        create(api, api.root, part)


def test_list_is_sorted_by_path_in_byte_order(api):
    for path in ("/parent", "/parent/{child}", "/parent/child", "/{proxy+}"):
        api.resource(path)
    assert paths(api) == ["/", "/parent", "/parent/child", "/parent/{child}", "/{proxy+}"]


def test_list_pages(api):
    for n in range(5):
        api.resource(f"/r{n}")
    first = api.client.get_resources(restApiId=api.id, limit=4)
    assert [r["path"] for r in first["items"]] == ["/", "/r0", "/r1", "/r2"]
    rest = api.client.get_resources(restApiId=api.id, limit=4, position=first["position"])
    assert [r["path"] for r in rest["items"]] == ["/r3", "/r4"] and "position" not in rest


def test_methods_are_empty_objects_unless_embedded(api):
    api.mock("/pets")
    bare = api.client.get_resource(restApiId=api.id, resourceId=api.resources["/pets"])
    assert bare["resourceMethods"] == {"GET": {}}
    full = api.client.get_resource(restApiId=api.id, resourceId=api.resources["/pets"], embed=["methods"])
    assert full["resourceMethods"]["GET"]["httpMethod"] == "GET"
    listed = api.client.get_resources(restApiId=api.id, embed=["methods"])["items"]
    assert listed[1]["resourceMethods"]["GET"]["methodIntegration"]["type"] == "MOCK"


def test_same_name_under_one_parent(api):
    create(api, api.root, "pets")
    with conflict("Another resource with the same parent already has this name: pets"):
        create(api, api.root, "pets")


@pytest.mark.parametrize("first, second", [("{proxy+}", "{id}"), ("{id}", "{proxy+}"), ("{a}", "{b}")])
def test_one_variable_child_per_parent(api, first, second):
    create(api, api.root, first)
    with bad_request(f"A sibling ({first}) of this resource already has a variable path part -- only one is allowed"):
        create(api, api.root, second)


def test_nothing_below_a_greedy_variable(api):
    greedy = create(api, api.root, "{proxy+}")
    with bad_request("Cannot create a child of a resource with a greedy path variable: {proxy+}"):
        create(api, greedy["id"], "x")


def test_unknown_parents_and_apis(api):
    with not_found("Invalid Resource identifier specified"):
        create(api, "nosuch", "x")
    with not_found("Invalid Resource identifier specified"):
        api.client.get_resource(restApiId=api.id, resourceId="nosuch")
    with not_found("Invalid API identifier specified 000000000000:nosuchapi0"):
        api.client.get_resources(restApiId="nosuchapi0")
    with not_found("Invalid Resource identifier specified"):
        api.client.get_resource(restApiId="nosuchapi0", resourceId=api.root)


def test_renaming_moves_the_whole_subtree(api):
    api.resource("/a/b/{c}")
    assert update(api, api.resources["/a"], ("replace", "/pathPart", "z"))["path"] == "/z"
    assert paths(api) == ["/", "/z", "/z/b", "/z/b/{c}"]


def test_moving_to_another_parent(api):
    api.resource("/a/b")
    api.resource("/x")
    moved = update(api, api.resources["/a/b"], ("replace", "/parentId", api.resources["/x"]))
    assert (moved["path"], moved["parentId"]) == ("/x/b", api.resources["/x"])


REFUSED_MOVES = [
    ("/a", "parentId", "/a/b", "Resources cannot be cyclical."),
    ("/", "pathPart", "x", "Root resource cannot update its pathPart."),
    ("/", "parentId", "/a", "Root resource cannot update its parentId."),
    ("/a", "pathPart", "{", BAD_PART),
]


@pytest.mark.parametrize("resource, field, value, text", REFUSED_MOVES, ids=[row[3][:40] for row in REFUSED_MOVES])
def test_update_refuses(api, resource, field, value, text):
    api.resource("/a/b")
    with bad_request(text):
        update(api, api.resources[resource], ("replace", f"/{field}", api.resources.get(value, value)))


def test_moving_onto_a_name_that_is_taken(api):
    api.resource("/a")
    api.resource("/b")
    with conflict("Another resource with the same parent already has this name: b"):
        update(api, api.resources["/a"], ("replace", "/pathPart", "b"))


def test_moving_to_an_unknown_parent(api):
    with not_found("Invalid Resource identifier specified"):
        update(api, api.resource("/a"), ("replace", "/parentId", "nosuch"))


@pytest.mark.parametrize("operation, text", [
    (("replace", "/x", "y"), "Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"),
    (("remove", "/pathPart"), "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations"),
    (("add", "/pathPart", "y"), "Invalid patch path  '/pathPart' specified for op 'add'. Please choose supported operations"),
], ids=lambda v: str(v[:2]) if isinstance(v, tuple) else "")
def test_patch_path_refused(api, operation, text):
    with bad_request(text):
        update(api, api.resource("/a"), operation)


def test_delete_takes_the_descendants_along(api):
    api.mock("/a/b/c")
    done = api.client.delete_resource(restApiId=api.id, resourceId=api.resources["/a"])
    assert done["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert paths(api) == ["/"]
    with not_found("Invalid Resource identifier specified"):
        api.client.delete_resource(restApiId=api.id, resourceId=api.resources["/a"])


def test_the_root_cannot_be_deleted(api):
    with bad_request(None):
        api.client.delete_resource(restApiId=api.id, resourceId=api.root)


def test_deleting_a_variable_child_frees_the_place(api):
    first = create(api, api.root, "{a}")
    api.client.delete_resource(restApiId=api.id, resourceId=first["id"])
    assert create(api, api.root, "{b}")["path"] == "/{b}"


def test_a_limit_of_300_resources(api, signed):
    for n in range(300):  # beside the root, which every API has
        reply = signed("POST", f"/restapis/{api.id}/resources/{api.root}", {"pathPart": f"r{n}"})
        assert reply.status == 201
    reply = signed("POST", f"/restapis/{api.id}/resources/{api.root}", {"pathPart": "one-too-many"})
    assert (reply.status, reply.error_type) == (429, "LimitExceededException")
    assert reply.json == {"message": "Maximum number of Resources for this API has been reached.  "
                                     "Please contact AWS if you need additional Resources."}


def test_everything_survives_a_crash(gateway, api):
    api.mock("/a/b/{c}")
    assert_survives_a_crash(gateway)
