//! Resource through the entry: exact bodies and texts.

use stagedoor_base::Limits;

use crate::testing::{House, patch, request, scope};

const PATH_PART: &str = "Resource's path part only allow a-zA-Z0-9._-: and curly braces at the beginning and the end and an optional plus sign before the closing brace.";

fn child(house: &House, api: &str, parent: &str, path_part: &str) -> String {
    let target = format!("/restapis/{api}/resources/{parent}");
    let answer = house.call("POST", &target, &format!(r#"{{"pathPart":"{path_part}"}}"#));
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.text("/id")
}

fn paths(house: &House, api: &str) -> Vec<String> {
    let answer = house.call("GET", &format!("/restapis/{api}/resources"), "");
    (0..)
        .map(|index| answer.text(&format!("/item/{index}/path")))
        .take_while(|path| !path.is_empty())
        .collect()
}

#[test]
fn a_new_resource_reads_back_as_aws_prints_it() {
    let (house, api) = House::with_api();
    let root = house.root(&api);
    let id = house.resource(&api, "pets");
    assert_eq!(id.len(), 6);
    let body = format!(r#"{{"id":"{id}","parentId":"{root}","pathPart":"pets","path":"/pets"}}"#);
    house.check(("GET", &format!("/restapis/{api}/resources/{id}"), ""), 200, &body);
    house.check(
        ("GET", &format!("/restapis/{api}/resources/{root}"), ""),
        200,
        &format!(r#"{{"id":"{root}","path":"/"}}"#),
    );
}

#[test]
fn lists_are_sorted_by_path() {
    let (house, api) = House::with_api();
    let parent = house.resource(&api, "parent");
    house.resource(&api, "{proxy+}");
    child(&house, &api, &parent, "{child}");
    child(&house, &api, &parent, "child");
    assert_eq!(paths(&house, &api), ["/", "/parent", "/parent/child", "/parent/{child}", "/{proxy+}"]);
}

#[test]
fn methods_are_empty_objects_unless_embedded() {
    let (house, api) = House::with_api();
    let id = house.resource(&api, "pets");
    let target = format!("/restapis/{api}/resources/{id}");
    house.call("PUT", &format!("{target}/methods/GET"), r#"{"authorizationType":"NONE"}"#);
    assert!(house.call("GET", &target, "").body.ends_with(r#""resourceMethods":{"GET":{}}}"#));
    let embedded = house.call("GET", &format!("{target}?embed=methods"), "");
    assert_eq!(embedded.text("/resourceMethods/GET/authorizationType"), "NONE");
    let list = house.call("GET", &format!("/restapis/{api}/resources?embed=methods"), "");
    assert_eq!(list.text("/item/1/resourceMethods/GET/httpMethod"), "GET");
}

#[test]
fn create_refuses_in_the_words_of_aws() {
    let (house, api) = House::with_api();
    let root = format!("/restapis/{api}/resources/{}", house.root(&api));
    house.resource(&api, "pets");
    let greedy = house.resource(&api, "{proxy+}");
    for bad in ["a b", "{open", "close}", "{}", "{+}", "a{b}", "{a+", "{a}b", "ü", "a/b", "a+"] {
        house.refuses_bad(("POST", &root, &format!(r#"{{"pathPart":"{bad}"}}"#)), PATH_PART);
    }
    house.refuses_bad(("POST", &root, r#"{"pathPart":""}"#), "Resource's path part must be specified");
    house.refuses(
        ("POST", &root, r#"{"pathPart":"pets"}"#),
        409,
        "ConflictException",
        "Another resource with the same parent already has this name: pets",
    );
    house.refuses_bad(
        ("POST", &root, r#"{"pathPart":"{id}"}"#),
        "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed",
    );
    house.refuses_bad(
        ("POST", &format!("/restapis/{api}/resources/{greedy}"), r#"{"pathPart":"x"}"#),
        "Cannot create a child of a resource with a greedy path variable: {proxy+}",
    );
    for target in [format!("/restapis/{api}/resources/nosuch"), "/restapis/nosuchapi1/resources/x".to_owned()]
    {
        house
            .finds_nothing(("POST", &target, r#"{"pathPart":"x"}"#), "Invalid Resource identifier specified");
    }
}

#[test]
fn every_allowed_character_is_accepted() {
    let (house, api) = House::with_api();
    for part in ["a.b_c-d:e,f0", "{id}"] {
        house.resource(&api, part);
    }
    assert_eq!(paths(&house, &api), ["/", "/a.b_c-d:e,f0", "/{id}"]);
}

#[test]
fn the_quota_counts_resources_below_the_root() {
    let house = House::with_limits(Limits { resources_per_api: 1, ..Limits::default() });
    let api = house.call("POST", "/restapis", r#"{"name":"a"}"#).text("/id");
    house.resource(&api, "one");
    let root = format!("/restapis/{api}/resources/{}", house.root(&api));
    let two = request("POST", &root, r#"{"pathPart":"two"}"#);
    let reply = house.block_on(house.control.execute(scope(), two));
    assert!(reply.headers.contains(&("Retry-After", "1".to_owned())), "{:?}", reply.headers);
    house.refuses(
        ("POST", &root, r#"{"pathPart":"two"}"#),
        429,
        "LimitExceededException",
        "Maximum number of Resources for this API has been reached.  Please contact AWS if you need additional Resources.",
    );
}

#[test]
fn renaming_and_moving_recompute_the_paths_below() {
    let (house, api) = House::with_api();
    let (a, b) = (house.resource(&api, "a"), house.resource(&api, "b"));
    child(&house, &api, &a, "x");
    let target = format!("/restapis/{api}/resources/{a}");
    let answer = house.call("PATCH", &target, &patch("replace", "/pathPart", Some("c")));
    assert_eq!((answer.status, answer.text("/path").as_str()), (200, "/c"));
    assert_eq!(paths(&house, &api), ["/", "/b", "/c", "/c/x"]);
    house.call("PATCH", &target, &patch("replace", "/parentId", Some(&b)));
    assert_eq!(paths(&house, &api), ["/", "/b", "/b/c", "/b/c/x"]);
}

#[test]
fn patches_are_refused_in_the_words_of_aws() {
    let (house, api) = House::with_api();
    let (a, root) = (house.resource(&api, "a"), house.root(&api));
    let inner = child(&house, &api, &a, "inner");
    house.resource(&api, "b");
    let target = format!("/restapis/{api}/resources/{a}");
    let check = |op: &str, path: &str, value: &str, message: &str| {
        house.refuses_bad(("PATCH", &target, &patch(op, path, Some(value))), message);
    };
    check(
        "replace",
        "/x",
        "v",
        "Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
    );
    check(
        "remove",
        "/pathPart",
        "v",
        "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
    );
    check("replace", "/parentId", &inner, "Resources cannot be cyclical.");
    check("replace", "/parentId", &a, "Resources cannot be cyclical.");
    check(
        "replace",
        "/pathPart",
        "{x+}",
        "Cannot create a child of a resource with a greedy path variable: {x+}",
    );
    house.refuses(
        ("PATCH", &target, &patch("replace", "/pathPart", Some("b"))),
        409,
        "ConflictException",
        "Another resource with the same parent already has this name: b",
    );
    house.finds_nothing(
        ("PATCH", &target, &patch("replace", "/parentId", Some("nosuch"))),
        "Invalid Resource identifier specified",
    );
    let top = format!("/restapis/{api}/resources/{root}");
    for (path, message) in [
        ("/pathPart", "Root resource cannot update its pathPart."),
        ("/parentId", "Root resource cannot update its parentId."),
    ] {
        house.refuses_bad(("PATCH", &top, &patch("replace", path, Some("v"))), message);
    }
}

#[test]
fn deleting_takes_everything_below_along() {
    let (house, api) = House::with_api();
    let a = house.resource(&api, "a");
    child(&house, &api, &a, "x");
    let target = format!("/restapis/{api}/resources/{a}");
    house.check(("DELETE", &target, ""), 202, "");
    assert_eq!(paths(&house, &api), ["/"]);
    house.finds_nothing(("DELETE", &target, ""), "Invalid Resource identifier specified");
    house.refuses_bad(
        ("DELETE", &format!("/restapis/{api}/resources/{}", house.root(&api)), ""),
        "Root resource cannot be deleted.",
    );
}

#[test]
fn moving_a_variable_child_away_frees_its_place() {
    let (house, api) = House::with_api();
    let (id, b) = (house.resource(&api, "{id}"), house.resource(&api, "b"));
    house.call("PATCH", &format!("/restapis/{api}/resources/{id}"), &patch("replace", "/parentId", Some(&b)));
    house.resource(&api, "{other}");
    assert_eq!(paths(&house, &api), ["/", "/b", "/b/{id}", "/{other}"]);
}
