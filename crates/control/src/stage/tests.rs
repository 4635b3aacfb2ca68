use super::super::testing::{House, patch};
use stagedoor_base::{AccountThrottle, AccountThrottles, Limits};

const DATES: &str = r#""createdDate":1700000000,"lastUpdatedDate":1700000000"#;
const ENTRY_TAIL: &str = r#""cachingEnabled":false,"cacheTtlInSeconds":300,"cacheDataEncrypted":false,"requireAuthorizationForCacheControl":true,"unauthorizedCacheControlHeaderStrategy":"SUCCEED_WITH_RESPONSE_HEADER"}"#;

struct Place {
    house: House,
    /// `/restapis/{api}`.
    api: String,
    /// The first deployment, without a stage.
    first: String,
}

impl Place {
    fn new() -> Self {
        Self::with(House::new())
    }

    fn with(house: House) -> Self {
        let id = house.call("POST", "/restapis", r#"{"name":"pets"}"#).text("/id");
        let method = format!("/restapis/{id}/resources/{}/methods/GET", house.root(&id));
        house.call("PUT", &method, r#"{"authorizationType":"NONE"}"#);
        house.call("PUT", &format!("{method}/integration"), r#"{"type":"MOCK"}"#);
        let api = format!("/restapis/{id}");
        let first = house.call("POST", &format!("{api}/deployments"), "{}").text("/id");
        Self { house, api, first }
    }

    /// The same with a stage `s` that has one variable.
    fn staged() -> Self {
        let place = Self::new();
        assert_eq!(place.create("s", r#","variables":{"keep":"x"}"#).status, 201);
        place
    }

    fn body(&self, name: &str, rest: &str) -> String {
        format!(r#"{{"stageName":"{name}","deploymentId":"{}"{rest}}}"#, self.first)
    }

    fn create(&self, name: &str, rest: &str) -> super::super::testing::Answer {
        self.house.call("POST", &format!("{}/stages", self.api), &self.body(name, rest))
    }

    fn refuses_create(&self, name: &str, rest: &str, message: &str) {
        let path = format!("{}/stages", self.api);
        self.house.refuses_bad(("POST", &path, &self.body(name, rest)), message);
    }

    fn deploy(&self) -> String {
        self.house.call("POST", &format!("{}/deployments", self.api), "{}").text("/id")
    }

    fn stage(&self) -> String {
        format!("{}/stages/s", self.api)
    }

    /// Applies operations to stage `s` and returns what is stored then.
    fn patched(&self, operations: &[(&str, &str, &str)]) -> serde_json::Value {
        let mut body = String::new();
        for (op, path, value) in operations {
            let answer = self.house.call("PATCH", &self.stage(), &patch(op, path, Some(value)));
            assert_eq!(answer.status, 200, "{op} {path}: {}", answer.body);
            body = answer.body;
        }
        // Once it is answered, whatever was in progress has happened.
        let settled =
            body.replace("CREATE_IN_PROGRESS", "AVAILABLE").replace("DELETE_IN_PROGRESS", "NOT_AVAILABLE");
        assert_eq!(self.house.call("GET", &self.stage(), "").body, settled);
        serde_json::from_str(&settled).unwrap()
    }

    fn refuses_patch(&self, op: &str, path: &str, value: Option<&str>, message: &str) {
        self.house.refuses_bad(("PATCH", &self.stage(), &patch(op, path, value)), message);
    }
}

#[test]
fn create_answers_the_defaults() {
    let place = Place::new();
    let expected = format!(
        r#"{{"deploymentId":"{}","stageName":"s","cacheClusterEnabled":false,"cacheClusterStatus":"NOT_AVAILABLE","methodSettings":{{}},"tracingEnabled":false,{DATES}}}"#,
        place.first
    );
    place.house.check(("POST", &format!("{}/stages", place.api), &place.body("s", "")), 201, &expected);
    place.house.check(("GET", &place.stage(), ""), 200, &expected);
}

#[test]
fn create_keeps_every_member() {
    let place = Place::new();
    let (first, second) = (place.first.clone(), place.deploy());
    let rest = format!(
        r#","description":"d","cacheClusterEnabled":true,"cacheClusterSize":"1.6","variables":{{"a_1":"x-._~:/?#&=,"}},"canarySettings":{{"percentTraffic":5,"deploymentId":"{second}","stageVariableOverrides":{{"a_1":"y"}},"useStageCache":true}},"tracingEnabled":true,"tags":{{"k":"v"}}"#
    );
    let expected = format!(
        r#"{{"deploymentId":"{first}","stageName":"s","description":"d","cacheClusterEnabled":true,"cacheClusterSize":"1.6","cacheClusterStatus":"AVAILABLE","methodSettings":{{}},"variables":{{"a_1":"x-._~:/?#&=,"}},"canarySettings":{{"percentTraffic":5.0,"deploymentId":"{second}","stageVariableOverrides":{{"a_1":"y"}},"useStageCache":true}},"tracingEnabled":true,"tags":{{"k":"v"}},{DATES}}}"#
    );
    assert_eq!(place.create("s", &rest).body.replace("CREATE_IN_PROGRESS", "AVAILABLE"), expected);
    place.house.check(("GET", &place.stage(), ""), 200, &expected);
}

#[test]
fn create_refuses() {
    let place = Place::staged();
    let stages = format!("{}/stages", place.api);
    let conflict = ("POST", stages.as_str(), &*place.body("s", ""));
    place.house.refuses(conflict, 409, "ConflictException", "Stage already exists");
    place.refuses_create("a b", "", "Stage name only allows a-zA-Z0-9_-");
    place.refuses_create("", "", "Stage name only allows a-zA-Z0-9_-");
    place.refuses_create(&"a".repeat(129), "", "Stage name must not be longer than 128 characters");
    place.refuses_create("t", r#","documentationVersion":"1""#, "Invalid Documentation version specified");
    place.refuses_create(
        "t",
        r#","canarySettings":{"deploymentId":"nosuch"}"#,
        "Deployment id does not exist",
    );
    place.house.refuses_bad(
        ("POST", &stages, r#"{"stageName":"t","deploymentId":"nosuch"}"#),
        "Deployment id does not exist",
    );
    let value = "Stage variable value must match the pattern [A-Za-z0-9-._~:/?#&=,]+";
    place.refuses_create("t", r#","variables":{"a":"b c"}"#, value);
    place.refuses_create("t", r#","variables":{"a":""}"#, value);
    let name = "Stage variable name must match the pattern [A-Za-z0-9_]+";
    place.refuses_create("t", r#","variables":{"a-b":"c"}"#, name);
    place.house.finds_nothing(
        ("POST", "/restapis/nosuchapi1/stages", r#"{"stageName":"t","deploymentId":"nosuch"}"#),
        "Invalid API identifier specified 000000000000:nosuchapi1",
    );
}

#[test]
fn an_api_has_its_share_of_stages() {
    let limits = Limits { stages_per_api: 2, ..Limits::default() };
    let place = Place::with(House::with_limits(limits));
    for name in ["a", "b"] {
        assert_eq!(place.create(name, "").status, 201);
    }
    let message = "Maximum number of Stages for this API has been reached.  Please contact AWS if you need additional Stages.";
    let call = ("POST", &*format!("{}/stages", place.api), &*place.body("c", ""));
    place.house.refuses(call, 429, "LimitExceededException", message);
}

#[test]
fn the_list_is_sorted_and_filtered() {
    let place = Place::new();
    let second = place.deploy();
    place.create("b", "");
    place.create("c", "");
    let a = format!(r#"{{"stageName":"a","deploymentId":"{second}"}}"#);
    place.house.call("POST", &format!("{}/stages", place.api), &a);
    let names = |query: &str| {
        let answer = place.house.call("GET", &format!("{}/stages{query}", place.api), "");
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let items = body["item"].as_array().unwrap();
        items.iter().map(|item| item["stageName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(""), ["a", "b", "c"]);
    assert_eq!(names(&format!("?deploymentId={second}")), ["a"]);
    assert_eq!(names("?deploymentId=nosuch"), Vec::<String>::new());
}

#[test]
fn delete_answers_202() {
    let place = Place::staged();
    place.house.check(("DELETE", &place.stage(), ""), 202, "");
    for verb in ["GET", "DELETE"] {
        place.house.finds_nothing((verb, &place.stage(), ""), "Invalid Stage identifier specified");
    }
    place.house.finds_nothing(("PATCH", &place.stage(), "{}"), "Invalid Stage identifier specified");
}

#[test]
fn fields_are_replaced() {
    let check = |operations: &[(&str, &str, &str)], pointer: &str, expected: &str| {
        let body = Place::staged().patched(operations);
        let found = body.pointer(pointer).map(ToString::to_string).unwrap_or_default();
        assert_eq!(found, expected, "{operations:?}");
    };
    check(&[("replace", "/description", "d")], "/description", r#""d""#);
    check(&[("replace", "/description", "d"), ("replace", "/description", "")], "/description", "");
    check(&[("replace", "/tracingEnabled", "true")], "/tracingEnabled", "true");
    check(&[("replace", "/clientCertificateId", "")], "/clientCertificateId", "");
    check(&[("replace", "/documentationVersion", "")], "/documentationVersion", "");
    check(&[("replace", "/cacheClusterSize", "118")], "/cacheClusterSize", r#""118""#);
    check(&[("replace", "/cacheClusterEnabled", "true")], "/cacheClusterSize", r#""0.5""#);
    check(&[("replace", "/cacheClusterEnabled", "true")], "/cacheClusterStatus", r#""AVAILABLE""#);
    check(&[("replace", "/variables/a", "1")], "/variables", r#"{"keep":"x","a":"1"}"#);
    check(&[("add", "/variables/keep", "y")], "/variables", r#"{"keep":"y"}"#);
    check(&[("remove", "/variables/keep", "")], "/variables", "");
    check(&[("add", "/variables/a", "1"), ("remove", "/variables", "")], "/variables", "");
    let (arn, format) = ("/accessLogSettings/destinationArn", "/accessLogSettings/format");
    check(
        &[("replace", format, "$context.requestId")],
        "/accessLogSettings",
        r#"{"format":"$context.requestId"}"#,
    );
    check(&[("add", arn, "arn:x")], "/accessLogSettings", r#"{"destinationArn":"arn:x"}"#);
    check(&[("add", arn, "arn:x"), ("remove", "/accessLogSettings", "")], "/accessLogSettings", "");
}

#[test]
fn method_settings_are_set_by_path() {
    let check = |path: &str, value: &str, key: &str, changed: &str, expected: &str| {
        let body = Place::staged().patched(&[("replace", path, value)]);
        let settings = body["methodSettings"].as_object().unwrap();
        assert_eq!(settings.keys().collect::<Vec<_>>(), [key], "{path}");
        assert_eq!(settings[key][changed].to_string(), expected, "{path}");
    };
    check("/*/*/metrics/enabled", "true", "*/*", "metricsEnabled", "true");
    check("/*/*/logging/dataTrace", "true", "*/*", "dataTraceEnabled", "true");
    check("/*/*/logging/loglevel", "OFF", "*/*", "loggingLevel", r#""OFF""#);
    check("/test/GET/throttling/burstLimit", "7", "test/GET", "throttlingBurstLimit", "7");
    check("/test/GET/throttling/burstLimit", "-1", "test/GET", "throttlingBurstLimit", "-1");
    check("/test/GET/throttling/rateLimit", "1.5", "test/GET", "throttlingRateLimit", "1.5");
    check("/test/ANY/caching/enabled", "true", "test/ANY", "cachingEnabled", "true");
    check("/~1pets~1{id}/GET/caching/ttlInSeconds", "60", "~1pets~1{id}/GET", "cacheTtlInSeconds", "60");
    check("/~1/GET/caching/dataEncrypted", "true", "~1/GET", "cacheDataEncrypted", "true");
    let require = "requireAuthorizationForCacheControl";
    check(&format!("/variables/GET/caching/{require}"), "false", "variables/GET", require, "false");
    let strategy = "unauthorizedCacheControlHeaderStrategy";
    check(&format!("/*/*/caching/{strategy}"), "FAIL_WITH_403", "*/*", strategy, r#""FAIL_WITH_403""#);
}

#[test]
fn a_new_entry_reports_the_accounts_limits() {
    let place = Place::staged();
    let answer =
        place.house.call("PATCH", &place.stage(), &patch("replace", "/*/*/metrics/enabled", Some("true")));
    let entry = format!(
        r#"{{"*/*":{{"metricsEnabled":true,"dataTraceEnabled":false,"throttlingBurstLimit":5000,"throttlingRateLimit":10000.0,{ENTRY_TAIL}}}"#
    );
    assert!(answer.body.contains(&entry), "{}", answer.body);
}

#[test]
fn throttles_that_are_not_set_are_the_accounts() {
    let check = |account: Option<(f64, u32)>, path: &str, expected: (f64, i32)| {
        let all = account.map(|(rate, burst)| AccountThrottle { rate, burst });
        let account_throttles = AccountThrottles { all, ..AccountThrottles::off() };
        let place = Place::with(House::with_limits(Limits { account_throttles, ..Limits::default() }));
        let stage = format!(r#"{{"stageName":"s","deploymentId":"{}"}}"#, place.first);
        place.house.call("POST", &format!("{}/stages", place.api), &stage);
        let setting = &place.patched(&[("replace", path, "7")])["methodSettings"]["*/*"];
        let shown = (&setting["throttlingRateLimit"], &setting["throttlingBurstLimit"]);
        assert_eq!(shown, (&expected.0.into(), &expected.1.into()), "{account:?} {path}");
    };
    let (ttl, rate, burst) =
        ("/*/*/caching/ttlInSeconds", "/*/*/throttling/rateLimit", "/*/*/throttling/burstLimit");
    check(Some((20.0, 300)), ttl, (20.0, 300));
    check(Some((20.0, 300)), rate, (7.0, 300));
    check(Some((20.0, 300)), burst, (20.0, 7));
    check(None, ttl, (10_000.0, 5_000));
    check(None, rate, (7.0, 5_000));
    check(None, burst, (10_000.0, 7));
}

#[test]
fn a_new_entry_starts_from_the_one_for_all_methods() {
    let place = Place::staged();
    let body = place.patched(&[
        ("replace", "/*/*/caching/enabled", "true"),
        ("replace", "/test/GET/throttling/burstLimit", "124"),
        ("replace", "/*/*/caching/enabled", "false"),
    ]);
    assert_eq!(body["methodSettings"]["test/GET"]["cachingEnabled"], true);
    assert_eq!(body["methodSettings"]["*/*"]["cachingEnabled"], false);
    let body = place.patched(&[("remove", "/*/*", ""), ("remove", "/test/GET", "")]);
    assert_eq!(body["methodSettings"].to_string(), "{}");
}

#[test]
fn unknown_paths_are_refused_with_the_long_list() {
    let place = Place::staged();
    let list = |path: &str| {
        format!("Invalid method setting path: {path}. Must be one of: [{}]", super::patch::PATHS)
    };
    for (op, path) in [
        ("replace", "/canarySettings"),
        ("add", "/canarySettings"),
        ("replace", "/canarySettings/other"),
        ("replace", "/documentation_version"),
        ("add", "/tags/a"),
        ("replace", "/test/FETCH/metrics/enabled"),
        ("replace", "/test/GET/metrics/other"),
        ("replace", "/GET/metrics/enabled"),
        ("replace", "/variables"),
        ("replace", ""),
    ] {
        place.refuses_patch(op, path, Some("x"), &list(path));
    }
    let none = r#"{"patchOperations":[{"op":"replace","value":"x"}]}"#;
    place.house.refuses_bad(("PATCH", &place.stage(), none), &list("null"));
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let place = Place::staged();
    for path in [
        "tags/a",
        "*/*",
        "test/GET",
        "accessLogSettings/destinationArn",
        "accessLogSettings/other",
        "canarySettings/other",
        "canarySettings/stageVariableOverrides",
        "description",
    ] {
        let message = format!(
            "Cannot remove method setting {path} because there is no method setting for this method "
        );
        place.refuses_patch("remove", &format!("/{path}"), None, &message);
    }
}

#[test]
fn values_are_checked() {
    let place = Place::staged();
    let check =
        |path: &str, value: &str, message: &str| place.refuses_patch("replace", path, Some(value), message);
    check("/deploymentId", "nosuch", "Deployment id does not exist");
    check("/canarySettings/deploymentId", "nosuch", "Deployment id does not exist");
    check("/clientCertificateId", "abc123", "Invalid Client Certificate identifier specified");
    check("/documentationVersion", "1", "Invalid Documentation version specified");
    let sizes = "Invalid CacheClusterSize specified. Valid options are 0.5,1.6,6.1,13.5,28.4,58.2,118,237";
    check("/cacheClusterSize", "2", sizes);
    check("/accessLogSettings/format", "", "Access Log value must not be empty");
    let format = "Access Log format must not be longer than 3072 bytes";
    check("/accessLogSettings/format", &"x".repeat(3073), format);
    let log_paths = "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]";
    for path in ["/accessLogSettings", "/accessLogSettings/other", "/accessLogSettings/*"] {
        check(path, "x", log_paths);
    }
    check("/variables/a", "b c", "Stage variable value must match the pattern [A-Za-z0-9-._~:/?#&=,]+");
    for value in ["100.1", "-1", "much"] {
        check(
            "/canarySettings/percentTraffic",
            value,
            "Canary traffic percentage must be between 0.0 and 100.0",
        );
    }
    for value in ["3601", "-1", "x"] {
        check("/*/*/caching/ttlInSeconds", value, "Cache TTL must be between 0 and 3600 seconds");
    }
    for value in ["-2", "1.5", ""] {
        check(
            "/*/*/throttling/burstLimit",
            value,
            "Throttling burst limit must be an integer of at least -1",
        );
    }
    for value in ["-2", "NaN", "x"] {
        check(
            "/*/*/throttling/rateLimit",
            value,
            "Throttling rate limit must be a number of at least 0, or -1",
        );
    }
    check(
        "/*/*/logging/loglevel",
        "DEBUG",
        "Invalid LoggingLevel specified. Valid options are OFF,ERROR,INFO",
    );
}

#[test]
fn operations_that_a_path_does_not_support_are_named() {
    let place = Place::staged();
    for (op, path) in [
        ("add", "/canarySettings/deploymentId"),
        ("add", "/description"),
        ("add", "/*/*/metrics/enabled"),
        ("move", "/description"),
        ("test", "/description"),
    ] {
        place.refuses_patch(op, path, Some("x"), &format!("Invalid {op} operation with path: {path}"));
    }
}

#[test]
fn logging_needs_the_accounts_role() {
    let place = Place::staged();
    let message = "CloudWatch Logs role ARN must be set in account settings to enable logging";
    place.refuses_patch("replace", "/*/*/logging/loglevel", Some("INFO"), message);
    let role = patch("replace", "/cloudwatchRoleArn", Some("arn:aws:iam::000000000000:role/logs"));
    assert_eq!(place.house.call("PATCH", "/account", &role).status, 200);
    let body = place.patched(&[("replace", "/*/*/logging/loglevel", "INFO")]);
    assert_eq!(body["methodSettings"]["*/*"]["loggingLevel"], "INFO");
}

#[test]
fn a_canary_is_made_promoted_and_removed() {
    let place = Place::staged();
    let second = place.deploy();
    let body = place.patched(&[("replace", "/canarySettings/deploymentId", &second)]);
    let expected = format!(r#"{{"percentTraffic":0.0,"deploymentId":"{second}","useStageCache":false}}"#);
    assert_eq!(body["canarySettings"].to_string(), expected);
    let body = place.patched(&[
        ("replace", "/canarySettings/percentTraffic", "12.5"),
        ("replace", "/canarySettings/stageVariableOverrides/over", "new"),
        ("replace", "/canarySettings/stageVariableOverrides/gone", "x"),
        ("remove", "/canarySettings/stageVariableOverrides/gone", ""),
        ("replace", "/canarySettings/useStageCache", "true"),
    ]);
    let expected = format!(
        r#"{{"percentTraffic":12.5,"deploymentId":"{second}","stageVariableOverrides":{{"over":"new"}},"useStageCache":true}}"#
    );
    assert_eq!(body["canarySettings"].to_string(), expected);
    let promotion = r#"{"patchOperations":[{"op":"replace","path":"/canarySettings/percentTraffic","value":"0.0"},{"op":"copy","path":"/deploymentId","from":"/canarySettings/deploymentId"},{"op":"copy","path":"/variables","from":"/canarySettings/stageVariableOverrides"}]}"#;
    let promoted = place.house.call("PATCH", &place.stage(), promotion);
    assert_eq!((promoted.status, promoted.text("/deploymentId")), (200, second.clone()), "{}", promoted.body);
    assert_eq!(
        (promoted.text("/variables/keep"), promoted.text("/variables/over")),
        ("x".into(), "new".into())
    );
    assert_eq!(promoted.text("/canarySettings/deploymentId"), second);
    assert_eq!(place.patched(&[("remove", "/canarySettings", "")]).get("canarySettings"), None);
}

#[test]
fn only_a_promotion_moves_a_stage_that_has_a_canary() {
    let place = Place::staged();
    let second = place.deploy();
    place.patched(&[("replace", "/canarySettings/percentTraffic", "10")]);
    let message = "Deployment id cannot be changed while the stage has a canary";
    place.refuses_patch("replace", "/deploymentId", Some(&second), message);
    let body = place.patched(&[("replace", "/deploymentId", &place.first)]);
    assert_eq!(body["deploymentId"], place.first);
    let body = place.patched(&[("remove", "/canarySettings", ""), ("replace", "/deploymentId", &second)]);
    assert_eq!((body["deploymentId"].as_str(), body.get("canarySettings")), (Some(&*second), None));
}

#[test]
fn a_canary_percentage_alone_keeps_the_deployment() {
    let place = Place::staged();
    let body = place.patched(&[("replace", "/canarySettings/percentTraffic", "10")]);
    assert_eq!(body["canarySettings"]["deploymentId"], place.first);
}

#[test]
fn only_a_canary_can_be_copied() {
    let place = Place::staged();
    let copy = |path: &str, from: &str| {
        serde_json::json!({"patchOperations": [{"op": "copy", "path": path, "from": from}]}).to_string()
    };
    let deployment = copy("/deploymentId", "/canarySettings/deploymentId");
    place.house.refuses_bad(
        ("PATCH", &place.stage(), &deployment),
        "Promotion not available. Canary does not exist.",
    );
    place.house.refuses_bad(
        ("PATCH", &place.stage(), &copy("/description", "/canarySettings/deploymentId")),
        "Invalid copy operation with path: /description and from /canarySettings/deploymentId. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]",
    );
}

#[test]
fn one_bad_operation_changes_nothing() {
    let place = Place::staged();
    let before = place.house.call("GET", &place.stage(), "").body;
    let body = r#"{"patchOperations":[{"op":"replace","path":"/description","value":"d"},{"op":"remove","path":"/x"}]}"#;
    assert_eq!(place.house.call("PATCH", &place.stage(), body).status, 400);
    place.house.check(("GET", &place.stage(), ""), 200, &before);
    place.house.check(("PATCH", &place.stage(), r#"{"patchOperations":[]}"#), 200, &before);
}

#[test]
fn an_unknown_api_is_named() {
    let house = House::new();
    let message = "Invalid API identifier specified 000000000000:nosuchapi1";
    for path in ["/restapis/nosuchapi1/stages", "/restapis/nosuchapi1/stages/s"] {
        house.finds_nothing(("GET", path, ""), message);
    }
    house.finds_nothing(("PATCH", "/restapis/nosuchapi1/stages/s", "{}"), message);
    house.finds_nothing(("DELETE", "/restapis/nosuchapi1/stages/s", ""), message);
}

#[test]
fn a_cluster_is_being_made_or_taken_away_by_the_change_that_asks_for_it() {
    let place = Place::new();
    place.create("s", "");
    let status = |path: &str, value: &str| {
        let answer = place.house.call("PATCH", &place.stage(), &patch("replace", path, Some(value)));
        answer.text("/cacheClusterStatus")
    };
    for (path, value, expected) in [
        ("/description", "d", "NOT_AVAILABLE"),
        ("/cacheClusterSize", "1.6", "NOT_AVAILABLE"),
        ("/cacheClusterEnabled", "true", "CREATE_IN_PROGRESS"),
        ("/cacheClusterEnabled", "true", "AVAILABLE"),
        ("/cacheClusterSize", "118", "CREATE_IN_PROGRESS"),
        ("/cacheClusterSize", "118", "AVAILABLE"),
        ("/cacheClusterEnabled", "false", "DELETE_IN_PROGRESS"),
        ("/description", "e", "NOT_AVAILABLE"),
    ] {
        assert_eq!(status(path, value), expected, "{path} {value}");
    }
}

#[test]
fn a_setting_of_its_own_does_not_make_other_verbs_cached() {
    let place = Place::new();
    place.create("s", "");
    let stage = place.patched(&[
        ("replace", "/*/*/caching/enabled", "true"),
        ("replace", "/~1a/POST/throttling/rateLimit", "1"),
        ("replace", "/~1a/GET/throttling/rateLimit", "1"),
    ]);
    let cached = |key: &str| stage["methodSettings"][key]["cachingEnabled"].as_bool();
    assert_eq!((cached("~1a/POST"), cached("~1a/GET")), (Some(false), Some(true)));
}

#[test]
fn the_cache_of_a_stage_is_flushed_or_the_stage_is_unknown() {
    let place = Place::new();
    place.create("s", "");
    let flush =
        |stage: &str| place.house.call("DELETE", &format!("{}/stages/{stage}/cache/data", place.api), "");
    assert_eq!((flush("s").status, flush("none").status), (202, 404));
}
