//! Documentation versions through the entry of the control plane.

use stagedoor_base::ApiId;

use crate::testing::{House, patch, scope};

const UNKNOWN: &str = "Invalid Documentation version specified";

struct Place {
    house: House,
    api: String,
    list: String,
}

impl Place {
    /// An API with a method, a deployment, a stage `s` and one documentation part.
    fn new() -> Self {
        let (house, api) = House::with_api();
        let method = format!("/restapis/{api}/resources/{}/methods/GET", house.root(&api));
        house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
        house.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#);
        assert_eq!(
            house.call("POST", &format!("/restapis/{api}/deployments"), r#"{"stageName":"s"}"#).status,
            201
        );
        let part = r#"{"location":{"type":"API"},"properties":"{\"description\":\"first\"}"}"#;
        assert_eq!(house.call("POST", &format!("/restapis/{api}/documentation/parts"), part).status, 201);
        let list = format!("/restapis/{api}/documentation/versions");
        Self { house, api, list }
    }

    fn create(&self, body: &str) {
        let answer = self.house.call("POST", &self.list, body);
        assert_eq!(answer.status, 201, "{}", answer.body);
    }

    fn stage(&self) -> String {
        format!("/restapis/{}/stages/s", self.api)
    }

    fn shown_by_stage(&self) -> String {
        self.house.call("GET", &self.stage(), "").text("/documentationVersion")
    }
}

#[test]
fn a_version_reads_back() {
    let place = Place::new();
    place.create(r#"{"documentationVersion":"1.0","description":"one"}"#);
    let target = format!("{}/1.0", place.list);
    let shown = r#"{"version":"1.0","createdDate":1700000000,"description":"one"}"#;
    place.house.check(("GET", &target, ""), 200, shown);
    place.house.check(("GET", &place.list, ""), 200, &format!(r#"{{"item":[{shown}]}}"#));
    let patched = place.house.call("PATCH", &target, &patch("replace", "/description", Some("")));
    assert_eq!(patched.body, r#"{"version":"1.0","createdDate":1700000000}"#);
    place.house.check(("DELETE", &target, ""), 202, "");
    place.house.finds_nothing(("GET", &target, ""), UNKNOWN);
    place.house.finds_nothing(("DELETE", &target, ""), UNKNOWN);
}

#[test]
fn a_version_keeps_the_parts_as_they_were() {
    let place = Place::new();
    place.create(r#"{"documentationVersion":"1"}"#);
    let parts = format!("/restapis/{}/documentation/parts", place.api);
    let id = place.house.call("GET", &parts, "").text("/item/0/id");
    let target = format!("{parts}/{id}");
    assert_eq!(place.house.call("PATCH", &target, &patch("replace", "/properties", Some("{}"))).status, 200);
    place.create(r#"{"documentationVersion":"2"}"#);
    place.house.check(("DELETE", &target, ""), 202, "");
    let check = |version: &str, expected: &str| {
        let api = ApiId::from(place.api.as_str());
        let frozen = place.house.store().frozen_documentation(&scope(), &api, version).unwrap().unwrap();
        let properties: Vec<&str> = frozen.parts.iter().map(|part| part.properties.as_str()).collect();
        assert_eq!(properties, [expected]);
    };
    check("1", r#"{"description":"first"}"#);
    check("2", "{}");
}

#[test]
fn the_newest_version_comes_first() {
    let place = Place::new();
    for version in ["b", "a", "c"] {
        place.create(&format!(r#"{{"documentationVersion":"{version}"}}"#));
    }
    let answer = place.house.call("GET", &place.list, "");
    let order =
        [answer.text("/item/0/version"), answer.text("/item/1/version"), answer.text("/item/2/version")];
    assert_eq!(order, ["c", "a", "b"]);
}

#[test]
fn stages_show_versions_that_exist() {
    let place = Place::new();
    place.house.refuses_bad(
        ("PATCH", &place.stage(), &patch("replace", "/documentationVersion", Some("1"))),
        UNKNOWN,
    );
    place.create(r#"{"documentationVersion":"1","stageName":"s"}"#);
    assert_eq!(place.shown_by_stage(), "1");
    place.create(r#"{"documentationVersion":"2"}"#);
    place.house.call("PATCH", &place.stage(), &patch("replace", "/documentationVersion", Some("2")));
    assert_eq!(place.shown_by_stage(), "2");
    place.house.check(("DELETE", &format!("{}/1", place.list), ""), 202, "");
    place.house.refuses(
        ("DELETE", &format!("{}/2", place.list), ""),
        409,
        "ConflictException",
        "Cannot delete documentation version '2', is referenced in stage: s",
    );
    place.house.call("PATCH", &place.stage(), &patch("replace", "/documentationVersion", Some("")));
    assert_eq!(place.shown_by_stage(), "");
    place.house.check(("DELETE", &format!("{}/2", place.list), ""), 202, "");
}

#[test]
fn a_new_stage_shows_a_version() {
    let place = Place::new();
    place.create(r#"{"documentationVersion":"1"}"#);
    let deployment = place.house.call("GET", &place.stage(), "").text("/deploymentId");
    let body = format!(r#"{{"stageName":"t","deploymentId":"{deployment}","documentationVersion":"1"}}"#);
    let made = place.house.call("POST", &format!("/restapis/{}/stages", place.api), &body);
    assert_eq!((made.status, made.text("/documentationVersion").as_str()), (201, "1"));
}

#[test]
fn versions_are_refused() {
    let place = Place::new();
    place.create(r#"{"documentationVersion":"1"}"#);
    place.house.refuses(
        ("POST", &place.list, r#"{"documentationVersion":"1"}"#),
        409,
        "ConflictException",
        "Documentation version 1 already exists",
    );
    place.house.refuses_bad(
        ("POST", &place.list, r#"{"documentationVersion":""}"#),
        "Documentation version must be non-empty",
    );
    place.house.finds_nothing(
        ("POST", &place.list, r#"{"documentationVersion":"2","stageName":"t"}"#),
        "Invalid Stage identifier specified",
    );
    place.house.finds_nothing(("GET", &format!("{}/2", place.list), ""), UNKNOWN);
    place.house.refuses_bad(
        ("PATCH", &format!("{}/1", place.list), &patch("replace", "/version", Some("2"))),
        "Invalid patch path  '/version' specified for op 'replace'. Must be one of: [/description]",
    );
    let unknown = "/restapis/nosuchapi1/documentation/versions";
    let api = "Invalid API identifier specified 000000000000:nosuchapi1";
    place.house.finds_nothing(("GET", unknown, ""), api);
    place.house.finds_nothing(("POST", unknown, r#"{"documentationVersion":"1"}"#), api);
    place.house.finds_nothing(("GET", &format!("{unknown}/1"), ""), api);
}
