use crate::testing::{House, patch};
use crate::usage_plan::tests::plan;

const QUOTA: &str = r#"{"name":"p","quota":{"limit":10,"period":"WEEK","offset":1}}"#;

fn joined(house: &House, body: &str) -> (String, String) {
    let (plan, key) = (plan(house, body), house.call("POST", "/apikeys", "{}").text("/id"));
    let body = format!(r#"{{"keyId":"{key}","keyType":"API_KEY"}}"#);
    assert_eq!(house.call("POST", &format!("/usageplans/{plan}/keys"), &body).status, 201);
    (plan, key)
}

#[test]
fn usage_is_told_by_day_for_each_key() {
    let house = House::new();
    let (plan, key) = joined(&house, QUOTA);
    let target = format!("/usageplans/{plan}/usage?startDate=2023-11-13&endDate=2023-11-14");
    let told = format!(
        r#"{{"usagePlanId":"{plan}","startDate":"2023-11-13","endDate":"2023-11-14","values":{{"{key}":[[0,10],[0,10]]}}}}"#
    );
    house.check(("GET", &target, ""), 200, &told);
    house.check(("GET", &format!("{target}&keyId={key}"), ""), 200, &told);
    let nobody = told.replace(&format!(r#""{key}":[[0,10],[0,10]]"#), "");
    house.check(("GET", &format!("{target}&keyId=nosuchkey1"), ""), 200, &nobody);
}

#[test]
fn keys_come_page_by_page() {
    let house = House::new();
    let (plan, first) = joined(&house, QUOTA);
    let second = house.call("POST", "/apikeys", "{}").text("/id");
    let body = format!(r#"{{"keyId":"{second}","keyType":"API_KEY"}}"#);
    house.call("POST", &format!("/usageplans/{plan}/keys"), &body);
    let target = format!("/usageplans/{plan}/usage?startDate=2023-11-13&endDate=2023-11-13&limit=1");
    let page = house.call("GET", &target, "");
    assert!(page.body.contains(&second) && !page.body.contains(&first), "{}", page.body);
    let next = house.call("GET", &format!("{target}&position={}", page.text("/position")), "");
    assert!(next.body.contains(&first) && next.text("/position").is_empty(), "{}", next.body);
}

#[test]
fn days_that_are_none_are_refused() {
    let house = House::new();
    let (plan, _) = joined(&house, QUOTA);
    let check = |days: &str, message: &str| {
        house.refuses_bad(("GET", &format!("/usageplans/{plan}/usage?{days}"), ""), message);
    };
    let invalid = |name: &str| format!("Invalid {name} specified, must be a date of the form YYYY-MM-DD");
    check("startDate=yesterday&endDate=2023-11-14", &invalid("startDate"));
    check("startDate=2023-11-14&endDate=2023-02-30", &invalid("endDate"));
    check("startDate=2023-11-14&endDate=2023-11-13", "Usage startDate must not be after endDate");
    check("startDate=2023-01-01&endDate=2023-04-01", "Usage can be asked for at most 90 days");
    let ninety = format!("/usageplans/{plan}/usage?startDate=2023-01-01&endDate=2023-03-31");
    assert_eq!(house.call("GET", &ninety, "").status, 200);
    let target = "/usageplans/nosuch/usage?startDate=2023-11-13&endDate=2023-11-14";
    house.finds_nothing(("GET", target, ""), "Invalid Usage Plan ID specified");
    assert_eq!(house.call("GET", &format!("/usageplans/{plan}/usage?endDate=2023-11-14"), "").status, 400);
}

#[test]
fn granting_answers_with_the_current_period() {
    let house = House::new();
    let (plan, key) = joined(&house, QUOTA);
    let target = format!("/usageplans/{plan}/keys/{key}/usage");
    // The house's day is a Tuesday, and its weeks begin with Monday.
    let told = format!(
        r#"{{"usagePlanId":"{plan}","startDate":"2023-11-13","endDate":"2023-11-14","values":{{"{key}":[[0,10],[0,10]]}}}}"#
    );
    house.check(("PATCH", &target, &patch("replace", "/remaining", Some("25"))), 200, &told);
    house.check(("PATCH", &target, r#"{"patchOperations":[]}"#), 200, &told);
}

#[test]
fn grants_that_cannot_be_are_refused() {
    let house = House::new();
    let (plan, key) = joined(&house, QUOTA);
    let target = format!("/usageplans/{plan}/keys/{key}/usage");
    for value in ["-1", "many", "", "99999999999999999999", "1.5"] {
        house.refuses_bad(
            ("PATCH", &target, &patch("replace", "/remaining", Some(value))),
            "Invalid remaining specified, must be a whole number that is not negative",
        );
    }
    house.refuses_bad(
        ("PATCH", &target, &patch("replace", "/used", Some("1"))),
        "Invalid patch path  '/used' specified for op 'replace'. Must be one of: [/remaining]",
    );
    let other = format!("/usageplans/{plan}/keys/nosuchkey1/usage");
    let grant = patch("replace", "/remaining", Some("1"));
    house.finds_nothing(("PATCH", &other, &grant), "Invalid API Key identifier specified");
    let (bare, key) = joined(&house, r#"{"name":"bare"}"#);
    house.refuses_bad(
        ("PATCH", &format!("/usageplans/{bare}/keys/{key}/usage"), &grant),
        &format!("Usage Plan {bare} has no quota of which anything could remain"),
    );
}
