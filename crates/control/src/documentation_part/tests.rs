//! Documentation parts through the entry of the control plane.

use serde_json::{Value, json};

use crate::testing::{House, patch};

const UNKNOWN: &str = "Invalid Documentation part identifier specified";
const NO_OBJECT: &str = "Invalid documentation part properties: they must be the text of a JSON object";

fn body(location: &Value, properties: &str) -> String {
    json!({"location": location, "properties": properties}).to_string()
}

struct Place {
    house: House,
    list: String,
}

impl Place {
    fn new() -> Self {
        let (house, api) = House::with_api();
        Self { house, list: format!("/restapis/{api}/documentation/parts") }
    }

    fn create(&self, location: &Value) -> String {
        let answer = self.house.call("POST", &self.list, &body(location, r#"{"description":"d"}"#));
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.text("/id")
    }

    fn listed(&self, query: &str) -> Vec<String> {
        let answer = self.house.call("GET", &format!("{}?{query}", self.list), "");
        let list: Value = serde_json::from_str(&answer.body).unwrap();
        let shown = |item: &Value| item["location"].to_string();
        list["item"].as_array().unwrap().iter().map(shown).collect()
    }
}

#[test]
fn a_part_reads_back_with_the_fields_that_were_given() {
    let place = Place::new();
    let properties = "{ \"description\" :\n \"a pet\" }";
    let made =
        place.house.call("POST", &place.list, &body(&json!({"type": "METHOD", "path": "/pets"}), properties));
    let id = made.text("/id");
    let target = format!("{}/{id}", place.list);
    let shown = format!(
        r#"{{"id":"{id}","location":{{"type":"METHOD","path":"/pets"}},"properties":{}}}"#,
        Value::from(properties)
    );
    assert_eq!((made.status, id.len()), (201, 6));
    place.house.check(("GET", &target, ""), 200, &shown);
    place.house.check(("GET", &place.list, ""), 200, &format!(r#"{{"item":[{shown}]}}"#));
    place.house.check(("DELETE", &target, ""), 202, "");
    place.house.finds_nothing(("DELETE", &target, ""), UNKNOWN);
}

#[test]
fn locations_are_held_to_their_types() {
    let place = Place::new();
    let check = |location: Value, expected: &str| {
        place.house.refuses_bad(("POST", &place.list, &body(&location, "{}")), expected);
    };
    check(
        json!({"type": "API", "path": "/"}),
        "Invalid documentation part location of type 'API': a location of this type has no path",
    );
    check(
        json!({"type": "MODEL"}),
        "Invalid documentation part location of type 'MODEL': a location of this type needs a name",
    );
    check(
        json!({"type": "METHOD", "method": "GRAB"}),
        "Invalid documentation part location of type 'METHOD': the method must be a verb, ANY or '*'",
    );
}

#[test]
fn properties_are_the_text_of_an_object() {
    let place = Place::new();
    for text in ["", "[]", "1", "{", "{} {}"] {
        place.house.refuses_bad(("POST", &place.list, &body(&json!({"type": "API"}), text)), NO_OBJECT);
    }
}

#[test]
fn an_element_is_documented_once() {
    let place = Place::new();
    place.create(&json!({"type": "METHOD", "path": "/", "method": "GET"}));
    place.create(&json!({"type": "METHOD", "path": "/"}));
    let check = |location: Value, named: &str| {
        place.house.refuses(
            ("POST", &place.list, &body(&location, "{}")),
            409,
            "ConflictException",
            &format!("Documentation part already exists for the specified location: {named}."),
        );
    };
    check(json!({"type": "METHOD", "method": "GET"}), "type 'METHOD', method 'GET'");
    check(json!({"type": "METHOD", "path": "/", "method": "GET"}), "type 'METHOD', path '/', method 'GET'");
    check(json!({"type": "METHOD", "method": "*"}), "type 'METHOD', method '*'");
}

#[test]
fn lists_are_filtered_and_sorted_by_location() {
    let place = Place::new();
    place.create(&json!({"type": "MODEL", "name": "Pet"}));
    place.create(&json!({"type": "RESOURCE", "path": "/pets"}));
    place.create(&json!({"type": "RESOURCE"}));
    place.create(&json!({"type": "API"}));
    let empty =
        place.house.call("POST", &place.list, &body(&json!({"type": "MODEL", "name": "Empty"}), "{}"));
    assert_eq!(empty.status, 201);
    let check = |query: &str, expected: &[&str]| assert_eq!(place.listed(query), expected, "{query}");
    let (api, pet, pets) =
        (r#"{"type":"API"}"#, r#"{"type":"MODEL","name":"Pet"}"#, r#"{"type":"RESOURCE","path":"/pets"}"#);
    let (root, empty) = (r#"{"type":"RESOURCE"}"#, r#"{"type":"MODEL","name":"Empty"}"#);
    check("", &[api, empty, pet, root, pets]);
    check("type=RESOURCE", &[root, pets]);
    check("path=/", &[root]);
    check("name=Pet", &[pet]);
    check("type=MODEL&name=Pet", &[pet]);
    check("type=MODEL&path=/pets", &[]);
    check("locationStatus=UNDOCUMENTED", &[empty]);
    check("locationStatus=DOCUMENTED&type=MODEL", &[pet]);
    check("limit=1", &[api]);
}

#[test]
fn patches_replace_the_properties() {
    let place = Place::new();
    let target = format!("{}/{}", place.list, place.create(&json!({"type": "API"})));
    let patched = place.house.call("PATCH", &target, &patch("replace", "/properties", Some("{}")));
    assert_eq!((patched.status, patched.text("/properties").as_str()), (200, "{}"));
    place.house.refuses_bad(("PATCH", &target, &patch("replace", "/properties", Some("x"))), NO_OBJECT);
    place.house.refuses_bad(
        ("PATCH", &target, &patch("replace", "/location", None)),
        "Invalid patch path  '/location' specified for op 'replace'. Must be one of: [/properties]",
    );
    place.house.refuses_bad(
        ("PATCH", &target, &patch("remove", "/properties", None)),
        "Invalid patch path  '/properties' specified for op 'remove'. Please choose supported operations",
    );
}

#[test]
fn unknown_apis_have_their_own_texts() {
    let house = House::new();
    let list = "/restapis/nosuchapi1/documentation/parts";
    let api = "Invalid API identifier specified 000000000000:nosuchapi1";
    house.finds_nothing(("POST", list, &body(&json!({"type": "API"}), "{}")), api);
    house.finds_nothing(("GET", list, ""), api);
    house.finds_nothing(("DELETE", &format!("{list}/abc123"), ""), api);
    house.finds_nothing(("GET", &format!("{list}/abc123"), ""), UNKNOWN);
    house.finds_nothing(("PATCH", &format!("{list}/abc123"), r#"{"patchOperations":[]}"#), UNKNOWN);
}

#[test]
fn an_api_has_only_so_many_parts() {
    let house =
        House::with_limits(stagedoor_base::Limits { documentation_parts_per_api: 1, ..Default::default() });
    let api = house.call("POST", "/restapis", r#"{"name":"pets"}"#).text("/id");
    let list = format!("/restapis/{api}/documentation/parts");
    assert_eq!(house.call("POST", &list, &body(&json!({"type": "API"}), "{}")).status, 201);
    house.refuses(
        ("POST", &list, &body(&json!({"type": "RESOURCE"}), "{}")),
        429,
        "LimitExceededException",
        "Maximum number of Documentation Parts for this API has been reached.  Please contact AWS if you need additional Documentation Parts.",
    );
}
