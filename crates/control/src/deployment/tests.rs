use super::super::testing::{House, patch};

/// An API with a MOCK on GET `/m`, and the API's path.
fn place() -> (House, String) {
    let (house, api) = House::with_api();
    let method = format!("/restapis/{api}/resources/{}/methods/GET", house.resource(&api, "m"));
    house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
    house.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#);
    (house, format!("/restapis/{api}"))
}

fn deploy(house: &House, api: &str, body: &str) -> String {
    let answer = house.call("POST", &format!("{api}/deployments"), body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.text("/id")
}

#[test]
fn an_answer_has_id_date_and_description() {
    let (house, api) = place();
    let deployments = format!("{api}/deployments");
    let id = deploy(&house, &api, r#"{"description":"d"}"#);
    assert_eq!(id.len(), 6);
    let expected = format!(r#"{{"id":"{id}","description":"d","createdDate":1700000000}}"#);
    house.check(("GET", &format!("{deployments}/{id}"), ""), 200, &expected);
    house.check(("GET", &deployments, ""), 200, &format!(r#"{{"item":[{expected}]}}"#));
    let bare = deploy(&house, &api, r#"{"description":""}"#);
    let expected = format!(r#"{{"id":"{bare}","createdDate":1700000000}}"#);
    house.check(("GET", &format!("{deployments}/{bare}"), ""), 200, &expected);
}

#[test]
fn the_list_is_newest_first_and_pages() {
    let (house, api) = place();
    let ids: Vec<String> = (0..3).map(|_| deploy(&house, &api, "{}")).collect();
    let page = house.call("GET", &format!("{api}/deployments?limit=2"), "");
    assert_eq!((page.text("/item/0/id"), page.text("/item/1/id")), (ids[2].clone(), ids[1].clone()));
    let position = page.text("/position");
    let rest = house.call("GET", &format!("{api}/deployments?limit=2&position={position}"), "");
    assert_eq!((rest.text("/item/0/id"), rest.text("/position")), (ids[0].clone(), String::new()));
}

#[test]
fn a_summary_is_embedded_of_what_was_frozen() {
    let (house, api) = place();
    let id = deploy(&house, &api, "{}");
    let resources = house.call("GET", &format!("{api}/resources"), "");
    let method = format!("{api}/resources/{}/methods/GET", resources.text("/item/1/id"));
    assert_eq!(house.call("DELETE", &method, "").status, 204);
    let expected = format!(
        r#"{{"id":"{id}","createdDate":1700000000,"apiSummary":{{"/m":{{"GET":{{"authorizationType":"NONE","apiKeyRequired":false}}}}}}}}"#
    );
    house.check(("GET", &format!("{api}/deployments/{id}?embed=apisummary"), ""), 200, &expected);
}

#[test]
fn what_cannot_be_frozen_is_refused() {
    let (house, id) = House::with_api();
    let deployments = format!("/restapis/{id}/deployments");
    house.refuses_bad(("POST", &deployments, "{}"), "The REST API doesn't contain any methods");
    let method = format!("/restapis/{id}/resources/{}/methods/GET", house.root(&id));
    house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
    house.refuses_bad(("POST", &deployments, "{}"), "No integration defined for method");
    house.finds_nothing(
        ("POST", "/restapis/nosuchapi1/deployments", "{}"),
        "Invalid API identifier specified 000000000000:nosuchapi1",
    );
}

#[test]
fn a_new_stage_is_created() {
    let (house, api) = place();
    let body = r#"{"stageName":"s","stageDescription":"sd","description":"d","variables":{"a":"b"},"tracingEnabled":true,"cacheClusterEnabled":true}"#;
    let id = deploy(&house, &api, body);
    let expected = format!(
        r#"{{"deploymentId":"{id}","stageName":"s","description":"sd","cacheClusterEnabled":true,"cacheClusterSize":"0.5","cacheClusterStatus":"AVAILABLE","methodSettings":{{}},"variables":{{"a":"b"}},"tracingEnabled":true,"createdDate":1700000000,"lastUpdatedDate":1700000000}}"#
    );
    house.check(("GET", &format!("{api}/stages/s"), ""), 200, &expected);
    house.refuses_bad(
        ("POST", &format!("{api}/deployments"), r#"{"stageName":"a b"}"#),
        "Stage name only allows a-zA-Z0-9_-",
    );
}

#[test]
fn an_existing_stage_is_repointed_and_keeps_its_settings() {
    let (house, api) = place();
    deploy(&house, &api, r#"{"stageName":"s","stageDescription":"kept","variables":{"a":"1","b":"2"}}"#);
    let stage = format!("{api}/stages/s");
    house.call("PATCH", &stage, &patch("replace", "/*/*/metrics/enabled", Some("true")));
    let second = deploy(&house, &api, r#"{"stageName":"s","variables":{"b":"3"}}"#);
    let read = house.call("GET", &stage, "");
    let found = ["/deploymentId", "/description", "/variables/a", "/variables/b"].map(|at| read.text(at));
    assert_eq!(found, [second.as_str(), "kept", "1", "3"]);
    assert!(read.body.contains(r#""metricsEnabled":true"#), "{}", read.body);
}

#[test]
fn a_canary_joins_an_existing_stage() {
    let (house, api) = place();
    let deployments = format!("{api}/deployments");
    let canary = r#""canarySettings":{"percentTraffic":50.0,"stageVariableOverrides":{"a":"b"}}"#;
    let refuse = |stage: &str, message: &str| {
        let text = format!("Invalid deployment content specified.{message}");
        house.refuses_bad(("POST", &deployments, &format!("{{{stage}{canary}}}")), &text);
    };
    let missing =
        "Non null and non empty stageName must be provided for canary deployment. Provided value is ";
    refuse("", &format!("{missing}null"));
    refuse(r#""stageName":"","#, missing);
    refuse(
        r#""stageName":"s","#,
        "Stage s must already be created before making a canary release deployment",
    );
    let first = deploy(&house, &api, r#"{"stageName":"s"}"#);
    let second = deploy(&house, &api, &format!(r#"{{"stageName":"s",{canary}}}"#));
    let read = house.call("GET", &format!("{api}/stages/s"), "");
    assert_eq!(read.text("/deploymentId"), first);
    let expected = format!(
        r#""canarySettings":{{"percentTraffic":50.0,"deploymentId":"{second}","stageVariableOverrides":{{"a":"b"}},"useStageCache":false}}"#
    );
    assert!(read.body.contains(&expected), "{}", read.body);
    let plain = r#"{"stageName":"s"}"#;
    let enabled = "Invalid deployment content specified.Non canary deployment not supported on stage s because Canary is enabled. Provide CanarySettings in deploymentInput.";
    house.refuses_bad(("POST", &deployments, plain), enabled);
    let over = r#"{"stageName":"s","canarySettings":{"percentTraffic":100.5}}"#;
    house
        .refuses_bad(("POST", &deployments, over), "Canary traffic percentage must be between 0.0 and 100.0");
}

#[test]
fn only_the_description_can_change() {
    let (house, api) = place();
    let id = deploy(&house, &api, "{}");
    let path = format!("{api}/deployments/{id}");
    let expected = format!(r#"{{"id":"{id}","description":"new","createdDate":1700000000}}"#);
    house.check(("PATCH", &path, &patch("replace", "/description", Some("new"))), 200, &expected);
    house.refuses_bad(
        ("PATCH", &path, &patch("replace", "/x", Some("new"))),
        "Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/description]",
    );
    house.refuses_bad(
        ("PATCH", &path, &patch("remove", "/description", None)),
        "Invalid patch path  '/description' specified for op 'remove'. Please choose supported operations",
    );
}

#[test]
fn a_deployment_goes_when_no_stage_points_at_it() {
    let (house, api) = place();
    let main = deploy(&house, &api, r#"{"stageName":"s"}"#);
    let canary = deploy(&house, &api, r#"{"stageName":"s","canarySettings":{"percentTraffic":1}}"#);
    let path = |id: &str| format!("{api}/deployments/{id}");
    let refusal = "Active stages pointing to this deployment must be moved or deleted";
    for id in [&main, &canary] {
        house.refuses_bad(("DELETE", &path(id), ""), refusal);
    }
    house.check(("DELETE", &format!("{api}/stages/s"), ""), 202, "");
    for id in [&main, &canary] {
        house.check(("DELETE", &path(id), ""), 202, "");
        for verb in ["GET", "DELETE"] {
            house.finds_nothing((verb, &path(id), ""), "Invalid Deployment identifier specified");
        }
    }
}

#[test]
fn an_unknown_api_is_named() {
    let house = House::new();
    let message = "Invalid API identifier specified 000000000000:nosuchapi1";
    for path in ["/restapis/nosuchapi1/deployments", "/restapis/nosuchapi1/deployments/abc123"] {
        house.finds_nothing(("GET", path, ""), message);
    }
    house.finds_nothing(("PATCH", "/restapis/nosuchapi1/deployments/abc123", "{}"), message);
    house.finds_nothing(("DELETE", "/restapis/nosuchapi1/deployments/abc123", ""), message);
}
