use stagedoor_base::Limits;

use crate::testing::{Answer, House, patch};
use crate::usage_plan::tests::{deployed, plan};

const VALUE: &str = "a-value-of-20-letters-or-more";

fn key(house: &House, name: &str) -> String {
    let body = format!(r#"{{"name":"{name}","value":"{VALUE}-{name}"}}"#);
    house.call("POST", "/apikeys", &body).text("/id")
}

fn join(house: &House, plan: &str, key: &str) -> Answer {
    let body = format!(r#"{{"keyId":"{key}","keyType":"API_KEY"}}"#);
    house.call("POST", &format!("/usageplans/{plan}/keys"), &body)
}

#[test]
fn a_key_joins_a_plan_and_leaves_it() {
    let house = House::new();
    let (plan, key) = (plan(&house, r#"{"name":"p"}"#), key(&house, "anna"));
    let made = join(&house, &plan, &key);
    let shown = format!(r#"{{"id":"{key}","type":"API_KEY","value":"{VALUE}-anna","name":"anna"}}"#);
    assert_eq!((made.status, made.body.as_str()), (201, shown.as_str()));
    let target = format!("/usageplans/{plan}/keys/{key}");
    house.check(("GET", &target, ""), 200, &shown);
    house.check(("GET", &format!("/usageplans/{plan}/keys"), ""), 200, &format!(r#"{{"item":[{shown}]}}"#));
    let again = join(&house, &plan, &key);
    let message = format!("API Key {key} already exists in Usage Plan {plan}");
    assert_eq!((again.status, again.error.as_str(), again.message()), (409, "ConflictException", message));
    house.check(("DELETE", &target, ""), 202, "");
    for method in ["GET", "DELETE"] {
        house.finds_nothing((method, &target, ""), "Invalid API Key identifier specified");
    }
    assert_eq!(house.call("GET", &format!("/apikeys/{key}"), "").status, 200);
}

#[test]
fn a_deleted_key_leaves_its_plans_and_a_deleted_plan_its_keys() {
    let house = House::new();
    let (one, other) = (plan(&house, r#"{"name":"p"}"#), plan(&house, r#"{"name":"q"}"#));
    let (anna, bo) = (key(&house, "anna"), key(&house, "bo"));
    for plan in [&one, &other] {
        join(&house, plan, &anna);
        join(&house, plan, &bo);
    }
    house.check(("DELETE", &format!("/apikeys/{anna}"), ""), 202, "");
    let keys = house.call("GET", &format!("/usageplans/{one}/keys"), "");
    assert_eq!((keys.text("/item/0/id"), keys.text("/item/1/id")), (bo.clone(), String::new()));
    house.check(("DELETE", &format!("/usageplans/{one}"), ""), 202, "");
    house.check(("GET", &format!("/usageplans/{one}/keys"), ""), 200, r#"{"item":[]}"#);
    let plans = house.call("GET", &format!("/usageplans?keyId={bo}"), "");
    assert_eq!((plans.text("/item/0/id"), plans.text("/item/1/id")), (other, String::new()));
}

#[test]
fn what_is_not_there_is_not_found() {
    let house = House::new();
    let (plan, key) = (plan(&house, r#"{"name":"p"}"#), key(&house, "anna"));
    let refused = |answer: Answer| (answer.status, answer.message());
    let unknown_plan = (404, "Invalid Usage Plan ID specified".to_owned());
    let unknown_key = (404, "Invalid API Key identifier specified".to_owned());
    assert_eq!(refused(join(&house, "nosuch", &key)), unknown_plan);
    assert_eq!(refused(join(&house, &plan, "nosuchkey1")), unknown_key);
    assert_eq!(refused(house.call("GET", &format!("/usageplans/nosuch/keys/{key}"), "")), unknown_plan);
    assert_eq!(refused(house.call("DELETE", &format!("/usageplans/nosuch/keys/{key}"), "")), unknown_plan);
    assert_eq!(refused(house.call("GET", &format!("/usageplans/{plan}/keys/{key}"), "")), unknown_key);
    house.refuses_bad(
        ("POST", &format!("/usageplans/{plan}/keys"), &format!(r#"{{"keyId":"{key}","keyType":"TOKEN"}}"#)),
        "Invalid key type specified. Must be one of: [API_KEY]",
    );
}

#[test]
fn keys_are_listed_newest_first_page_by_page_and_by_name() {
    let house = House::new();
    let plan = plan(&house, r#"{"name":"p"}"#);
    for name in ["anna", "bo", "annabel"] {
        join(&house, &plan, &key(&house, name));
    }
    let names = |query: &str| {
        let body = house.call("GET", &format!("/usageplans/{plan}/keys{query}"), "").body;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let items = body["item"].as_array().unwrap().iter();
        let names: Vec<String> = items.map(|item| item["name"].as_str().unwrap().to_owned()).collect();
        (names, body["position"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(names("").0, ["annabel", "bo", "anna"]);
    assert_eq!(names("?name=anna").0, ["annabel", "anna"]);
    let (first, position) = names("?limit=2");
    assert_eq!(first, ["annabel", "bo"]);
    assert_eq!(names(&format!("?limit=2&position={position}")), (vec!["anna".to_owned()], String::new()));
    for position in ["!", "eA", "eDp5"] {
        let target = format!("/usageplans/{plan}/keys?position={position}");
        house.refuses_bad(("GET", &target, ""), "Invalid position parameter specified");
    }
}

#[test]
fn a_key_has_one_plan_for_a_stage_whichever_comes_first() {
    let house = House::new();
    let api = deployed(&house, "live");
    let stages = format!(r#"{{"name":"p","apiStages":[{{"apiId":"{api}","stage":"live"}}]}}"#);
    let (one, other, free) = (plan(&house, &stages), plan(&house, &stages), plan(&house, r#"{"name":"q"}"#));
    let key = key(&house, "anna");
    assert_eq!(join(&house, &one, &key).status, 201);
    let refusal = format!("API Key {key} is already subscribed to API Stage {api}:live in Usage Plan {one}");
    assert_eq!(join(&house, &other, &key).message(), refusal);
    assert_eq!(join(&house, &free, &key).status, 201);
    let add = patch("add", "/apiStages", Some(&format!("{api}:live")));
    house.refuses(("PATCH", &format!("/usageplans/{free}"), &add), 409, "ConflictException", &refusal);
    let file = format!("name,key,usageplanids\nanna,{VALUE}-anna,{other}\nbo,{VALUE}-bo,\"{one},{other}\"\n");
    let imported = house.call("POST", "/apikeys?mode=import&format=csv", &file);
    for line in [0, 1] {
        let warning = imported.text(&format!("/warnings/{line}"));
        assert!(warning.ends_with(&format!("both have the API Stage {api}:live")), "{}", imported.body);
    }
}

#[test]
fn a_key_is_in_so_many_plans() {
    let house = House::with_limits(Limits { plans_per_key: 2, ..Limits::default() });
    let plans = ["a", "b", "c"].map(|name| plan(&house, &format!(r#"{{"name":"{name}"}}"#)));
    let key = key(&house, "anna");
    let joined = plans.each_ref().map(|plan| join(&house, plan, &key).error);
    assert_eq!(joined, ["", "", "LimitExceededException"]);
}

#[test]
fn imported_keys_join_the_plans_that_their_rows_name() {
    let house = House::new();
    let (one, other) = (plan(&house, r#"{"name":"p"}"#), plan(&house, r#"{"name":"q"}"#));
    let file = format!("name,key,usageplanids\nanna,{VALUE}-anna,\"{one},{other}\"\nbo,{VALUE}-bo,'{one}'\n");
    let imported = house.call("POST", "/apikeys?mode=import&format=csv&failonwarnings=true", &file);
    assert_eq!(imported.status, 201, "{}", imported.body);
    let count = |plan: &str| {
        house.call("GET", &format!("/usageplans/{plan}/keys"), "").body.matches("API_KEY").count()
    };
    assert_eq!((count(&one), count(&other)), (2, 1));
    let again = house.call("POST", "/apikeys?mode=import&format=csv&failonwarnings=true", &file);
    assert_eq!((again.status, count(&one)), (201, 2));
}

#[test]
fn joining_at_once_never_gives_a_key_two_plans_for_a_stage() {
    let house = House::new();
    let api = deployed(&house, "live");
    let stages = format!(r#"{{"name":"p","apiStages":[{{"apiId":"{api}","stage":"live"}}]}}"#);
    let plans: Vec<String> = (0..4).map(|_| plan(&house, &stages)).collect();
    let body: &'static str = format!(r#"{{"keyId":"{}","keyType":"API_KEY"}}"#, key(&house, "anna")).leak();
    let answers =
        house.call_at_once(plans.iter().map(|plan| ("POST", format!("/usageplans/{plan}/keys"), body)));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 3, "{answers:?}");
}
