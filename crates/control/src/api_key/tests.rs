use stagedoor_base::Limits;

use crate::testing::{House, patch};

const VALUE: &str = "a-value-of-20-letters-or-more";
const UNKNOWN: &str = "Invalid API Key identifier specified";

fn create(house: &House, body: &str) -> (String, String) {
    let made = house.call("POST", "/apikeys", body);
    assert_eq!(made.status, 201, "{}", made.body);
    (made.text("/id"), made.text("/value"))
}

fn key(house: &House) -> String {
    create(house, &format!(r#"{{"name":"anna","value":"{VALUE}","enabled":true}}"#)).0
}

#[test]
fn a_key_is_made_shown_and_deleted() {
    let house = House::new();
    let body = format!(
        r#"{{"name":"anna","description":"d","enabled":true,"value":"{VALUE}","customerId":"c","tags":{{"a":"1"}}}}"#
    );
    let made = house.call("POST", "/apikeys", &body);
    let id = made.text("/id");
    assert_eq!(id.len(), 10);
    let rest = r#""name":"anna","customerId":"c","description":"d","enabled":true,"createdDate":1700000000,"lastUpdatedDate":1700000000,"stageKeys":[],"tags":{"a":"1"}}"#;
    assert_eq!(made.body, format!(r#"{{"id":"{id}","value":"{VALUE}",{rest}"#));
    let target = format!("/apikeys/{id}");
    house.check(("GET", &target, ""), 200, &format!(r#"{{"id":"{id}",{rest}"#));
    let shown = house.call("GET", &format!("{target}?includeValue=true"), "");
    assert_eq!(shown.body, made.body);
    house.check(("DELETE", &target, ""), 202, "");
    house.finds_nothing(("GET", &target, ""), UNKNOWN);
    house.finds_nothing(("DELETE", &target, ""), UNKNOWN);
}

#[test]
fn a_bare_key_has_a_value_of_its_own_and_is_not_enabled() {
    let house = House::new();
    let (id, value) = create(&house, r#"{"name":"","value":""}"#);
    assert_eq!(value.len(), 40);
    assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{value}");
    assert_ne!(create(&house, "{}").1, value);
    house.check(
        ("GET", &format!("/apikeys/{id}"), ""),
        200,
        &format!(
            r#"{{"id":"{id}","enabled":false,"createdDate":1700000000,"lastUpdatedDate":1700000000,"stageKeys":[],"tags":{{}}}}"#
        ),
    );
    assert!(!house.call("POST", "/apikeys", "{}").body.contains("tags"));
}

#[test]
fn keys_keep_to_their_bounds() {
    let house = House::new();
    let long = |chars: usize| "x".repeat(chars);
    for (body, message) in [
        (format!(r#"{{"value":"{}"}}"#, long(19)), "API Key value should be at least 20 characters"),
        (format!(r#"{{"value":"{}"}}"#, long(129)), "API Key value exceeds maximum size of 128 characters"),
        (format!(r#"{{"name":"{}"}}"#, long(1025)), "Invalid API Key name, can be at most 1024 characters."),
        (format!(r#"{{"description":"{}"}}"#, long(125_001)), "Invalid API Key description specified."),
        (r#"{"stageKeys":[{"restApiId":"a"}]}"#.to_owned(), "Invalid stage key specified"),
        (r#"{"tags":{"aws:x":"y"}}"#.to_owned(), "Tag keys beginning with aws: are reserved for AWS use"),
    ] {
        house.refuses_bad(("POST", "/apikeys", &body), message);
    }
    for chars in [20, 128] {
        assert_eq!(house.call("POST", "/apikeys", &format!(r#"{{"value":"{}"}}"#, long(chars))).status, 201);
    }
}

#[test]
fn one_value_is_one_keys() {
    let house = House::new();
    key(&house);
    let again = format!(r#"{{"value":"{VALUE}"}}"#);
    house.refuses(("POST", "/apikeys", &again), 409, "ConflictException", "API Key already exists");
}

#[test]
fn an_account_has_so_many_keys() {
    let house = House::with_limits(Limits { api_keys: 2, ..Limits::default() });
    let (id, _) = create(&house, "{}");
    create(&house, "{}");
    let refusal = "Maximum number of API Keys for this account has been reached (2).";
    house.refuses(("POST", "/apikeys", "{}"), 429, "LimitExceededException", refusal);
    house.call("DELETE", &format!("/apikeys/{id}"), "");
    create(&house, "{}");
}

#[test]
fn lists_are_newest_first_and_filtered() {
    let house = House::new();
    for (name, customer) in [("anna", "one"), ("Anna", "two"), ("annabel", "two"), ("", "two")] {
        create(&house, &format!(r#"{{"name":"{name}","customerId":"{customer}"}}"#));
    }
    let names = |query: &str| {
        let listed = house.call("GET", &format!("/apikeys{query}"), "");
        let body: serde_json::Value = serde_json::from_str(&listed.body).unwrap();
        let items = body["item"].as_array().unwrap();
        let name = |item: &serde_json::Value| item["name"].as_str().unwrap_or("-").to_owned();
        (items.iter().map(name).collect::<Vec<_>>(), body["position"].as_str().map(str::to_owned))
    };
    assert_eq!(names("").0, ["-", "annabel", "Anna", "anna"]);
    assert_eq!(names("?name=anna").0, ["annabel", "anna"]);
    assert_eq!(names("?name=ann&customerId=two").0, ["annabel"]);
    assert_eq!(names("?customerId=nobody").0, [""; 0]);
    let (first, position) = names("?limit=3");
    assert_eq!(first, ["-", "annabel", "Anna"]);
    assert_eq!(names(&format!("?limit=3&position={}", position.unwrap())), (vec!["anna".to_owned()], None));
    house.refuses_bad(("GET", "/apikeys?position=!", ""), "Invalid position parameter specified");
    house.refuses_bad(("GET", "/apikeys?position=eA", ""), "Invalid position parameter specified");
    house.refuses_bad(("GET", "/apikeys?limit=501", ""), "Invalid limit specified, must be at most 500");
}

#[test]
fn values_are_listed_only_when_asked_for() {
    let house = House::new();
    key(&house);
    assert!(!house.call("GET", "/apikeys", "").body.contains(VALUE));
    assert!(!house.call("GET", "/apikeys?includeValues=false", "").body.contains(VALUE));
    assert!(house.call("GET", "/apikeys?includeValues=true", "").body.contains(VALUE));
}

#[test]
fn four_fields_are_replaced() {
    let house = House::new();
    let target = format!("/apikeys/{}", key(&house));
    let body = r#"{"patchOperations":[{"op":"replace","path":"/name","value":"bo"},{"op":"replace","path":"/description","value":"d"},
        {"op":"replace","path":"/customerId","value":"c"},{"op":"replace","path":"/enabled","value":"whatever"}]}"#;
    let changed = house.call("PATCH", &target, body);
    for (pointer, expected) in [("/name", "bo"), ("/description", "d"), ("/customerId", "c"), ("/value", "")]
    {
        assert_eq!(changed.text(pointer), expected);
    }
    assert!(changed.body.contains(r#""enabled":false"#));
    assert_eq!(house.call("GET", &target, "").body, changed.body);
    let cleared = house.call("PATCH", &target, &patch("replace", "/name", Some("")));
    assert!(!cleared.body.contains("name"));
}

#[test]
fn other_patches_are_refused_and_change_nothing() {
    let house = House::new();
    let target = format!("/apikeys/{}", key(&house));
    for (op, path, message) in [
        (
            "replace",
            "/value",
            "Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]",
        ),
        ("add", "/name", "Invalid patch path  '/name' specified for op 'add'. Must be one of: [/stages]"),
        (
            "copy",
            "/name",
            "Invalid patch path  '/name' specified for op 'copy'. Please choose supported operations",
        ),
        ("add", "/stages", "Invalid stage key specified"),
    ] {
        house.refuses_bad(("PATCH", &target, &patch(op, path, Some("x"))), message);
    }
    let half = r#"{"patchOperations":[{"op":"replace","path":"/name","value":"bo"},{"op":"remove","path":"/name"}]}"#;
    assert_eq!(house.call("PATCH", &target, half).status, 400);
    assert_eq!(house.call("GET", &target, "").text("/name"), "anna");
    house.finds_nothing(("PATCH", "/apikeys/nosuchkey1", &patch("replace", "/x", None)), UNKNOWN);
}

#[test]
fn stages_of_a_key_are_remembered() {
    let house = House::new();
    let target =
        format!("/apikeys/{}", create(&house, r#"{"stageKeys":[{"restApiId":"a","stageName":"s"}]}"#).0);
    let changed = house.call("PATCH", &target, &patch("add", "/stages", Some("b/t")));
    assert!(changed.body.contains(r#""stageKeys":["a/s","b/t"]"#), "{}", changed.body);
    let changed = house.call("PATCH", &target, &patch("remove", "/stages", Some("a/s")));
    assert!(changed.body.contains(r#""stageKeys":["b/t"]"#), "{}", changed.body);
}

#[test]
fn tags_of_keys_come_and_go() {
    let house = House::new();
    let id = key(&house);
    let target = format!("/tags/arn:aws:apigateway:us-east-1::/apikeys/{id}");
    house.check(("PUT", &target, r#"{"tags":{"a":"1","b":"2"}}"#), 204, "");
    house.check(("DELETE", &format!("{target}?tagKeys=a"), ""), 204, "");
    house.check(("GET", &target, ""), 200, r#"{"tags":{"b":"2"}}"#);
    assert!(house.call("GET", &format!("/apikeys/{id}"), "").body.contains(r#""tags":{"b":"2"}"#));
    house.finds_nothing(("GET", "/tags/arn:aws:apigateway:us-east-1::/apikeys/nosuchkey1", ""), UNKNOWN);
}

fn import(house: &House, query: &str, file: &str) -> crate::testing::Answer {
    house.call("POST", &format!("/apikeys?mode=import&format=csv{query}"), file)
}

fn listed(house: &House) -> String {
    house.call("GET", "/apikeys?includeValues=true", "").body
}

#[test]
fn a_file_of_keys_is_imported_in_one_revision() {
    let house = House::new();
    let before = house.store().revision().unwrap();
    let answer = import(&house, "", &format!("name,key,enabled\nn1,{VALUE}-1,\nn2,{VALUE}-2,false\n"));
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert!(answer.body.ends_with(r#""],"warnings":[]}"#), "{}", answer.body);
    assert_eq!(house.store().revision().unwrap().0, before.0 + 1);
    let listed = listed(&house);
    assert!(listed.contains(&format!(r#""value":"{VALUE}-1","name":"n1","enabled":true"#)), "{listed}");
    assert!(listed.contains(&format!(r#""value":"{VALUE}-2","name":"n2","enabled":false"#)), "{listed}");
}

#[test]
fn a_value_that_is_known_is_overwritten_and_the_last_row_wins() {
    let house = House::new();
    let id = key(&house);
    let file = format!("key,name\n{VALUE},first\n{VALUE},second\n");
    let answer = import(&house, "", &file);
    assert_eq!(answer.body, format!(r#"{{"ids":["{id}"],"warnings":[]}}"#));
    assert_eq!(house.call("GET", &format!("/apikeys/{id}"), "").text("/name"), "second");
}

#[test]
fn bad_rows_are_warnings_without_values_or_refuse_all() {
    let house = House::new();
    let file = format!("key,name,usageplanids\ntoo-short,n,\n{VALUE},n,\n{VALUE}-2,n,nosuch\n");
    let refused = import(&house, "&failonwarnings=true", &file);
    let warnings = [
        "Line 2: API Key value should be at least 20 characters",
        "Line 4: Invalid Usage Plan ID specified: nosuch",
    ];
    assert_eq!(refused.message(), format!("Nothing was imported: {}; {}", warnings[0], warnings[1]));
    assert!(listed(&house).starts_with(r#"{"item":[]"#));
    let answer = import(&house, "&failonwarnings=false", &file);
    assert_eq!(
        (answer.text("/warnings/0"), answer.text("/warnings/1")),
        (warnings[0].to_owned(), warnings[1].to_owned())
    );
    assert_eq!(listed(&house).matches("\"id\"").count(), 1);
}

#[test]
fn files_that_are_none_are_refused() {
    let house = House::new();
    house.refuses_bad(
        ("POST", "/apikeys?mode=import&format=csv", "name,value\n"),
        "The API key file must have the columns Name and Key",
    );
    assert_eq!(house.call("POST", "/apikeys?mode=import&format=xml", "name,key\n").status, 400);
    assert_eq!(house.call("POST", "/apikeys?mode=import", "name,key\n").status, 400);
}

#[test]
fn an_import_keeps_to_the_number_of_keys() {
    let house = House::with_limits(Limits { api_keys: 2, ..Limits::default() });
    let file = |count: usize| {
        let rows: Vec<String> = (0..count).map(|number| format!("n,{VALUE}-{number}")).collect();
        format!("name,key\n{}", rows.join("\n"))
    };
    assert_eq!(import(&house, "", &file(3)).status, 429);
    assert_eq!(import(&house, "", &file(2)).status, 201);
    assert_eq!(import(&house, "", &file(2)).status, 201, "the same keys are no more");
}
