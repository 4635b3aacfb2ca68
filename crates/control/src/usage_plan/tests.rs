use stagedoor_base::Limits;

use crate::testing::{House, patch};

const UNKNOWN: &str = "Invalid Usage Plan ID specified";

/// An API with this stage.
pub(crate) fn deployed(house: &House, stage: &str) -> String {
    let api = house.call("POST", "/restapis", r#"{"name":"pets"}"#).text("/id");
    let method = format!("/restapis/{api}/resources/{}/methods/GET", house.root(&api));
    house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
    house.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#);
    let made =
        house.call("POST", &format!("/restapis/{api}/deployments"), &format!(r#"{{"stageName":"{stage}"}}"#));
    assert_eq!(made.status, 201, "{}", made.body);
    api
}

pub(crate) fn plan(house: &House, body: &str) -> String {
    let made = house.call("POST", "/usageplans", body);
    assert_eq!(made.status, 201, "{}", made.body);
    made.text("/id")
}

#[test]
fn a_plan_is_made_shown_and_deleted() {
    let house = House::new();
    let api = deployed(&house, "live");
    let body = format!(
        r#"{{"name":"gold","description":"d","apiStages":[{{"apiId":"{api}","stage":"live","throttle":{{"/pets/GET":{{"rateLimit":1,"burstLimit":2}}}}}}],
            "throttle":{{"rateLimit":10,"burstLimit":5}},"quota":{{"limit":100,"period":"WEEK"}},"tags":{{"a":"1"}}}}"#
    );
    let made = house.call("POST", "/usageplans", &body);
    let id = made.text("/id");
    assert_eq!(id.len(), 6);
    let expected = format!(
        r#"{{"id":"{id}","name":"gold","description":"d","apiStages":[{{"apiId":"{api}","stage":"live","throttle":{{"/pets/GET":{{"burstLimit":2,"rateLimit":1.0}}}}}}],"throttle":{{"burstLimit":5,"rateLimit":10.0}},"quota":{{"limit":100,"offset":0,"period":"WEEK"}},"tags":{{"a":"1"}}}}"#
    );
    assert_eq!(made.body, expected);
    let target = format!("/usageplans/{id}");
    house.check(("GET", &target, ""), 200, &expected);
    house.check(("GET", "/usageplans", ""), 200, &format!(r#"{{"item":[{expected}]}}"#));
    let refusal = format!(
        "Cannot delete Usage Plan {id} because there are API Stages associated with it, including {api}:live"
    );
    house.refuses_bad(("DELETE", &target, ""), &refusal);
    house.call("PATCH", &target, &patch("remove", "/apiStages", Some(&format!("{api}:live"))));
    house.check(("DELETE", &target, ""), 202, "");
    for method in ["GET", "DELETE"] {
        house.finds_nothing((method, &target, ""), UNKNOWN);
    }
    house.finds_nothing(("PATCH", &target, &patch("replace", "/x", None)), UNKNOWN);
}

#[test]
fn a_bare_plan_shows_no_tags_until_it_is_read() {
    let house = House::new();
    let made = house.call("POST", "/usageplans", r#"{"name":"bare","throttle":{}}"#);
    let id = made.text("/id");
    assert_eq!(made.body, format!(r#"{{"id":"{id}","name":"bare","apiStages":[]}}"#));
    let read = format!(r#"{{"id":"{id}","name":"bare","apiStages":[],"tags":{{}}}}"#);
    house.check(("GET", &format!("/usageplans/{id}"), ""), 200, &read);
    house.check(("GET", "/usageplans", ""), 200, &format!(r#"{{"item":[{}]}}"#, made.body));
}

#[test]
fn plans_that_cannot_be_are_refused() {
    let house = House::new();
    let quota = |text: &str| format!(r#"{{"name":"p","quota":{text}}}"#);
    for (body, message) in [
        (r#"{"name":""}"#.to_owned(), "Usage Plan name cannot be blank"),
        (quota(r#"{"limit":1}"#), "Quota Period must be specified"),
        (quota(r#"{"period":"DAY"}"#), "Quota Limit must be specified"),
        (quota(r#"{"limit":-1,"period":"DAY"}"#), "Quota Limit must not be negative"),
        (
            quota(r#"{"limit":1,"offset":1,"period":"DAY"}"#),
            "Usage Plan quota offset must be zero in the DAY period",
        ),
        (
            quota(r#"{"limit":1,"offset":7,"period":"WEEK"}"#),
            "Usage Plan quota offset must be between zero and six inclusive in the WEEK period",
        ),
        (
            quota(r#"{"limit":1,"offset":28,"period":"MONTH"}"#),
            "Usage Plan quota offset must be between zero and 27 inclusive in the MONTH period",
        ),
        (
            r#"{"name":"p","throttle":{"rateLimit":-1}}"#.to_owned(),
            "Usage Plan throttle rate limit must not be negative",
        ),
        (
            r#"{"name":"p","throttle":{"burstLimit":-1}}"#.to_owned(),
            "Usage Plan throttle burst limit must not be negative",
        ),
        (r#"{"name":"p","apiStages":[{"apiId":"x"}]}"#.to_owned(), "Invalid API Stage specified"),
    ] {
        house.refuses_bad(("POST", "/usageplans", &body), message);
    }
    assert_eq!(
        house.call("POST", "/usageplans", &quota(r#"{"limit":1,"period":"YEAR"}"#)).error,
        "ValidationException"
    );
}

#[test]
fn stages_have_to_be_there_and_once_only() {
    let house = House::new();
    let api = deployed(&house, "live");
    let id = plan(&house, r#"{"name":"p"}"#);
    let target = format!("/usageplans/{id}");
    let add = |stage: &str| patch("add", "/apiStages", Some(stage));
    for stage in ["nonsense", ":live", "x:", ""] {
        house.refuses_bad(("PATCH", &target, &add(stage)), "Invalid API Stage specified");
    }
    let unknown = |stage: &str| {
        format!("Invalid API Stage {{api: {api}, stage: {stage}}} specified for usageplan {id}")
    };
    house.finds_nothing(("PATCH", &target, &add(&format!("{api}:dead"))), &unknown("dead"));
    let live = format!("{api}:live");
    assert_eq!(house.call("PATCH", &target, &add(&live)).status, 200);
    let twice = format!("API Stage {live} is already in Usage Plan {id}");
    house.refuses(("PATCH", &target, &add(&live)), 409, "ConflictException", &twice);
    let gone = patch("remove", "/apiStages", Some(&live));
    assert!(house.call("PATCH", &target, &gone).body.contains(r#""apiStages":[]"#));
    house.finds_nothing(
        ("PATCH", &target, &gone),
        &format!("API Stage {live} is not associated with Usage Plan {id}"),
    );
}

#[test]
fn scalars_and_limits_are_patched() {
    let house = House::new();
    let target = format!("/usageplans/{}", plan(&house, r#"{"name":"p"}"#));
    let check = |operations: &[(&str, &str, &str)], member: &str, expected: &str| {
        let operations: Vec<_> = operations
            .iter()
            .map(|(op, path, value)| serde_json::json!({"op": op, "path": path, "value": value}))
            .collect();
        let answer =
            house.call("PATCH", &target, &serde_json::json!({"patchOperations": operations}).to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(house.call("GET", &target, "").body, answer.body);
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(body.get(member).map_or_else(|| "-".to_owned(), ToString::to_string), expected);
    };
    check(&[("replace", "/name", "q")], "name", "\"q\"");
    check(&[("replace", "/description", "d")], "description", "\"d\"");
    check(&[("replace", "/description", "")], "description", "-");
    check(&[("add", "/productCode", "code")], "productCode", "\"code\"");
    check(&[("remove", "/productCode", "")], "productCode", "-");
    check(
        &[("replace", "/throttle/rateLimit", "1.5"), ("add", "/throttle/burstLimit", "3")],
        "throttle",
        r#"{"burstLimit":3,"rateLimit":1.5}"#,
    );
    check(&[("remove", "/throttle", "")], "throttle", "-");
    check(
        &[("add", "/quota/period", "MONTH"), ("add", "/quota/limit", "9"), ("add", "/quota/offset", "27")],
        "quota",
        r#"{"limit":9,"offset":27,"period":"MONTH"}"#,
    );
    check(
        &[("replace", "/quota/period", "DAY"), ("replace", "/quota/offset", "0")],
        "quota",
        r#"{"limit":9,"offset":0,"period":"DAY"}"#,
    );
    check(&[("remove", "/quota", "")], "quota", "-");
}

#[test]
fn throttles_of_methods_are_patched_in_every_spelling() {
    let house = House::new();
    let api = deployed(&house, "live");
    let body = format!(r#"{{"name":"p","apiStages":[{{"apiId":"{api}","stage":"live"}}]}}"#);
    let target = format!("/usageplans/{}", plan(&house, &body));
    let base = format!("/apiStages/{api}:live/throttle");
    let check = |op: &str, rest: &str, value: Option<&str>, expected: &str| {
        let answer = house.call("PATCH", &target, &patch(op, &format!("{base}{rest}"), value));
        assert_eq!(answer.status, 200, "{op} {rest}: {}", answer.body);
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let throttle = body["apiStages"][0].get("throttle");
        assert_eq!(throttle.map_or_else(|| "-".to_owned(), ToString::to_string), expected, "{op} {rest}");
    };
    check("replace", "/~1pets/GET/rateLimit", Some("1"), r#"{"/pets/GET":{"rateLimit":1.0}}"#);
    check("add", "//pets/GET/burstLimit", Some("2"), r#"{"/pets/GET":{"burstLimit":2,"rateLimit":1.0}}"#);
    check("remove", "/~1pets/GET", None, "-");
    check("add", "/~1pets~1{id}/ANY/rateLimit", Some("3"), r#"{"/pets/{id}/ANY":{"rateLimit":3.0}}"#);
    check("remove", "//pets/{id}/ANY", None, "-");
    check("replace", "/~1/GET/burstLimit", Some("4"), r#"{"//GET":{"burstLimit":4}}"#);
    check("add", "///GET/rateLimit", Some("5"), r#"{"//GET":{"burstLimit":4,"rateLimit":5.0}}"#);
    let whole = r#"{"/pets/GET":{"rateLimit":1,"burstLimit":2}}"#;
    check("replace", "", Some(whole), r#"{"/pets/GET":{"burstLimit":2,"rateLimit":1.0}}"#);
    check("remove", "", None, "-");
    for (op, rest, value, message) in [
        (
            "add",
            "/~1pets/FETCH/rateLimit",
            "1",
            "Invalid method /pets/FETCH specified for throttle, must be /{resourcePath}/{httpMethod}",
        ),
        ("add", "", "nonsense", &format!("Invalid value 'nonsense' specified for path {base}")),
        (
            "add",
            "/~1pets/GET/rateLimit",
            "NaN",
            &format!("Invalid value 'NaN' specified for path {base}/~1pets/GET/rateLimit"),
        ),
    ] {
        house.refuses_bad(("PATCH", &target, &patch(op, &format!("{base}{rest}"), Some(value))), message);
    }
    house.finds_nothing(
        ("PATCH", &target, &patch("remove", &format!("{base}/~1pets/GET"), None)),
        "No throttle limit is set for the method /pets/GET",
    );
}

#[test]
fn a_stage_has_so_many_throttled_methods_and_an_account_so_many_plans() {
    let limits = Limits { method_throttles_per_stage: 1, usage_plans: 1, ..Limits::default() };
    let house = House::with_limits(limits);
    let api = deployed(&house, "live");
    let with = |methods: &str| {
        format!(r#"{{"name":"p","apiStages":[{{"apiId":"{api}","stage":"live","throttle":{{{methods}}}}}]}}"#)
    };
    let two = with(r#""/a/GET":{"rateLimit":1},"/b/GET":{"rateLimit":1}"#);
    assert_eq!(house.call("POST", "/usageplans", &two).error, "LimitExceededException");
    plan(&house, &with(r#""/a/GET":{"rateLimit":1}"#));
    assert_eq!(house.call("POST", "/usageplans", r#"{"name":"q"}"#).error, "LimitExceededException");
}

#[test]
fn what_is_no_patch_is_refused_in_the_services_words() {
    let house = House::new();
    let target = format!("/usageplans/{}", plan(&house, r#"{"name":"p"}"#));
    house.refuses_bad(
        ("PATCH", &target, &patch("remove", "/name", None)),
        "Invalid patch path  '/name' specified for op 'remove'. Must be one of: [/apiStages, /quota, /throttle, /productCode, \
         /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle]",
    );
    for (op, path, value) in [
        ("replace", "/tags/a", "b"),
        ("replace", "/id", "b"),
        ("copy", "/name", "b"),
        ("add", "/name", "b"),
        ("replace", "/apiStages", "a:b"),
        ("replace", "/apiStages/a:b/other", "1"),
        ("replace", "/name", ""),
        ("replace", "/quota/limit", "many"),
        ("replace", "/quota/limit", "1"),
        ("replace", "/throttle/rateLimit", "fast"),
        ("replace", "/throttle/rateLimit", "inf"),
        ("replace", "/throttle/burstLimit", "1.5"),
        ("replace", "/throttle/burstLimit", "99999999999"),
    ] {
        let answer = house.call("PATCH", &target, &patch(op, path, Some(value)));
        assert_eq!(
            (answer.status, answer.error.as_str()),
            (400, "BadRequestException"),
            "{op} {path} {value}"
        );
    }
    assert!(house.call("GET", &target, "").body.contains(r#""name":"p","apiStages":[],"tags":{}"#));
}

#[test]
fn a_stage_in_a_plan_stays_and_an_api_takes_its_stages_along() {
    let house = House::new();
    let api = deployed(&house, "live");
    let body = format!(r#"{{"name":"p","apiStages":[{{"apiId":"{api}","stage":"live"}}]}}"#);
    let id = plan(&house, &body);
    house.refuses_bad(
        ("DELETE", &format!("/restapis/{api}/stages/live"), ""),
        &format!("Deleting stage live failed. Please remove the stage from the usage plans: {id}"),
    );
    house.check(("DELETE", &format!("/restapis/{api}"), ""), 202, "");
    assert!(house.call("GET", &format!("/usageplans/{id}"), "").body.contains(r#""apiStages":[]"#));
}

#[test]
fn plans_are_listed_page_by_page_and_by_key() {
    let house = House::new();
    let ids: Vec<String> =
        ["a", "b", "c"].map(|name| plan(&house, &format!(r#"{{"name":"{name}"}}"#))).into();
    let first = house.call("GET", "/usageplans?limit=2", "");
    assert_eq!((first.text("/item/0/id"), first.text("/item/1/id")), (ids[0].clone(), ids[1].clone()));
    let second = house.call("GET", &format!("/usageplans?limit=2&position={}", first.text("/position")), "");
    assert_eq!((second.text("/item/0/id"), second.text("/position")), (ids[2].clone(), String::new()));
    let key = house.call("POST", "/apikeys", "{}").text("/id");
    let body = format!(r#"{{"keyId":"{key}","keyType":"API_KEY"}}"#);
    house.call("POST", &format!("/usageplans/{}/keys", ids[1]), &body);
    let of_key = house.call("GET", &format!("/usageplans?keyId={key}"), "");
    assert_eq!((of_key.text("/item/0/id"), of_key.text("/item/1/id")), (ids[1].clone(), String::new()));
    house.check(("GET", "/usageplans?keyId=nosuchkey1", ""), 200, r#"{"item":[]}"#);
}

#[test]
fn tags_of_plans_come_and_go() {
    let house = House::new();
    let id = plan(&house, r#"{"name":"p"}"#);
    let target = format!("/tags/arn:aws:apigateway:us-east-1::/usageplans/{id}");
    house.check(("PUT", &target, r#"{"tags":{"a":"1"}}"#), 204, "");
    house.check(("GET", &target, ""), 200, r#"{"tags":{"a":"1"}}"#);
    house.check(("DELETE", &format!("{target}?tagKeys=a"), ""), 204, "");
    house.check(("GET", &target, ""), 200, r#"{"tags":{}}"#);
}
