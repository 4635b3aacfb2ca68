//! API keys, throttles and quotas: who gets through, what the others read, and that a refused call takes nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use stagedoor_base::{AccountThrottle, ApiKeyId, Timestamp};
use stagedoor_engine::{KeyEntry, Plan, PlanStage, PlanTerms, Rate, ScopeKeys};
use stagedoor_model::{HttpMethod, MethodSetting};
use stagedoor_program::{MethodSettings, StageView};
use stagedoor_shared::{Ledger, LedgerError, Period, Quota, Shared};

use crate::support::{Gateway, Outcome, api, call, mock, put, scope};

const GOLD: &str = "gold-key-of-twenty-and-more";
const OTHER: &str = "other-key-of-twenty-and-more";

fn keyed(path: &str, stage: StageView) -> Gateway {
    let mut tree = api();
    put(&mut tree, path, HttpMethod::Any, mock(r#"{"statusCode": 200}"#, "$context.identity.apiKeyId"));
    for method in tree.resources.values_mut().flat_map(|resource| resource.methods.values_mut()) {
        method.api_key_required = true;
    }
    put(&mut tree, "/open", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, "open"));
    Gateway::with_stage(tree, stage)
}

fn bare() -> StageView {
    StageView::bare("dev".into())
}

/// A stage whose methods have these settings.
fn limited(settings: &[(&str, f64, i32)]) -> StageView {
    let settings = settings.iter().map(|(key, rate, burst)| {
        let setting = MethodSetting {
            throttling_rate_limit: Some(*rate),
            throttling_burst_limit: Some(*burst),
            ..MethodSetting::default()
        };
        ((*key).to_owned(), setting)
    });
    StageView { methods: MethodSettings::compile(&settings.collect()), ..bare() }
}

fn terms() -> PlanTerms {
    let stage = PlanStage { api: "abcdefghij".into(), stage: "dev".into(), methods: Vec::new() };
    PlanTerms { throttle: None, quota: None, stages: vec![stage] }
}

fn entry(
    keys: &ScopeKeys,
    id: &str,
    value: &str,
    enabled: bool,
    plan: Option<&Arc<Plan>>,
) -> (ApiKeyId, KeyEntry) {
    (id.into(), KeyEntry::new(&id.into(), keys.digest(value), enabled, plan.cloned()))
}

/// Puts both keys into a plan of these terms.
fn subscribe(gateway: &Gateway, terms: PlanTerms) {
    let keys = gateway.directory.keys().scope(&scope());
    keys.set_plan(&scope(), &"plan".into(), terms);
    let plan = keys.plan(&"plan".into()).unwrap();
    keys.set_keys(
        [("gold", GOLD), ("other", OTHER)].map(|(id, value)| entry(&keys, id, value, true, Some(&plan))),
    );
}

/// A call after so many milliseconds.
fn at(gateway: &Gateway, millis: u64, path: &str, key: Option<&str>) -> Outcome {
    let headers: Vec<_> = key.map(|key| ("X-API-Key", key)).into_iter().collect();
    let mut inbound = call("GET", path, &headers, b"");
    inbound.head.started = Duration::from_millis(millis);
    gateway.elapsed.store(millis, Ordering::Relaxed);
    inbound.head.received = Timestamp(1_795_352_155_042 + millis);
    gateway.send(inbound)
}

fn statuses(gateway: &Gateway, key: &str, calls: usize) -> Vec<u16> {
    (0..calls).map(|_| at(gateway, 2, "/dev/pets", Some(key)).status()).collect()
}

fn check(outcome: &Outcome, status: u16, body: &str, error: &str) {
    assert_eq!((outcome.status(), outcome.body()), (status, body), "{:?}", outcome.log);
    assert_eq!(outcome.header("x-amzn-errortype"), Some(error));
    assert_eq!(outcome.header("retry-after"), None);
}

const TOO_MANY: &str = r#"{"message":"Too Many Requests"}"#;

#[test]
fn only_keys_with_a_plan_for_the_stage_open_it() {
    let gateway = keyed("/pets", bare());
    subscribe(&gateway, terms());
    let keys = gateway.directory.keys().scope(&scope());
    let plan = keys.plan(&"plan".into()).unwrap();
    keys.set_plan(
        &scope(),
        &"elsewhere".into(),
        PlanTerms {
            stages: vec![PlanStage { api: "abcdefghij".into(), stage: "prod".into(), methods: Vec::new() }],
            ..PlanTerms::default()
        },
    );
    let elsewhere = keys.plan(&"elsewhere".into()).unwrap();
    keys.set_keys([
        entry(&keys, "off", "disabled-key-of-twenty", false, Some(&plan)),
        entry(&keys, "free", "key-without-any-plan-here", true, None),
        entry(&keys, "prod", "key-of-another-stage-only", true, Some(&elsewhere)),
    ]);
    for (key, reason) in [
        (None, "no x-api-key header"),
        (Some(""), "no API key has this value"),
        (Some("nobody-s-key-of-twenty-chars"), "no API key has this value"),
        (Some("GOLD-KEY-OF-TWENTY-AND-MORE"), "no API key has this value"),
        (Some("disabled-key-of-twenty"), "off is not enabled"),
        (Some("key-without-any-plan-here"), "no usage plan of the API key free has the stage abcdefghij/dev"),
        (Some("key-of-another-stage-only"), "no usage plan of the API key prod"),
    ] {
        let outcome = at(&gateway, 2, "/dev/pets", key);
        check(&outcome, 403, r#"{"message":"Forbidden"}"#, "ForbiddenException");
        let line = outcome.log.join("");
        assert!(line.starts_with("403 INVALID_API_KEY") && line.contains(reason), "{line}");
        assert!(key.is_none_or(|key| key.is_empty() || !line.contains(key)), "{line}");
    }
    let outcome = at(&gateway, 2, "/dev/pets", Some(GOLD));
    assert_eq!((outcome.status(), outcome.body()), (200, "gold"));
    assert_eq!(at(&gateway, 2, "/dev/open", None).status(), 200);
}

#[test]
fn changes_count_at_once_and_keep_what_was_counted() {
    let gateway = keyed("/pets", bare());
    subscribe(&gateway, PlanTerms { throttle: Some(Rate::new(1.0, 2)), ..terms() });
    assert_eq!(statuses(&gateway, GOLD, 3), [200, 200, 429]);
    // The same keys, read again: nothing is given anew.
    subscribe(&gateway, PlanTerms { throttle: Some(Rate::new(1.0, 2)), ..terms() });
    assert_eq!(statuses(&gateway, GOLD, 1), [429]);
    subscribe(&gateway, terms());
    assert_eq!(statuses(&gateway, GOLD, 9), [200; 9]);
    let keys = gateway.directory.keys().scope(&scope());
    keys.remove_plan(&"plan".into());
    assert_eq!(statuses(&gateway, GOLD, 1), [403]);
    subscribe(&gateway, terms());
    keys.remove_keys(&["gold".into()]);
    assert_eq!((statuses(&gateway, GOLD, 1), statuses(&gateway, OTHER, 1)), (vec![403], vec![200]));
}

#[test]
fn a_value_stays_with_the_key_that_took_it_over() {
    let gateway = keyed("/pets", bare());
    subscribe(&gateway, terms());
    let keys = gateway.directory.keys().scope(&scope());
    let plan = keys.plan(&"plan".into()).unwrap();
    keys.set_keys([entry(&keys, "heir", GOLD, true, Some(&plan))]);
    keys.remove_keys(&["gold".into(), "never".into()]);
    assert_eq!(at(&gateway, 2, "/dev/pets", Some(GOLD)).body(), "heir");
    keys.set_keys([entry(&keys, "heir", "another-value-of-twenty", true, Some(&plan))]);
    assert_eq!(statuses(&gateway, GOLD, 1), [403]);
    assert_eq!(at(&gateway, 2, "/dev/pets", Some("another-value-of-twenty")).body(), "heir");
    keys.remove_keys(&["heir".into()]);
    assert_eq!(
        (statuses(&gateway, "another-value-of-twenty", 1), statuses(&gateway, OTHER, 1)),
        (vec![403], vec![200])
    );
}

#[test]
fn a_plan_limits_each_key_by_itself() {
    let gateway = keyed("/pets", bare());
    subscribe(&gateway, PlanTerms { throttle: Some(Rate::new(5.0, 3)), ..terms() });
    assert_eq!(statuses(&gateway, GOLD, 4), [200, 200, 200, 429]);
    assert_eq!(statuses(&gateway, OTHER, 4), [200, 200, 200, 429]);
    let refused = at(&gateway, 2, "/dev/pets", Some(GOLD));
    check(&refused, 429, TOO_MANY, "TooManyRequestsException");
    let line = "429 THROTTLED - | API Key ******d-more exceeded throttle limit for API Stage abcdefghij/dev: Key throttle \
                limit exceeded for Usage Plan ID plan, RestApi abcdefghij, Stage dev, Resource res1, HttpMethod GET. \
                Limit: 5.00 Burst: 3";
    assert_eq!(refused.log, [line]);
    // A token comes back each 200 ms.
    assert_eq!(at(&gateway, 201, "/dev/pets", Some(GOLD)).status(), 429);
    assert_eq!(at(&gateway, 203, "/dev/pets", Some(GOLD)).status(), 200);
}

#[test]
fn a_plan_without_a_throttle_keeps_no_bucket() {
    let gateway = keyed("/pets", bare());
    subscribe(&gateway, terms());
    assert_eq!(statuses(&gateway, GOLD, 3), [200; 3]);
    assert_eq!(gateway.shared.kept(), (0, 1));
    subscribe(&gateway, PlanTerms { throttle: Some(Rate::new(1.0, 2)), ..terms() });
    assert_eq!(statuses(&gateway, GOLD, 3), [200, 200, 429]);
    assert_eq!(gateway.shared.kept(), (1, 1));
}

#[test]
fn a_plan_limits_single_methods() {
    let gateway = keyed("/pets", bare());
    let mut terms = PlanTerms { throttle: Some(Rate::new(1.0, 5)), ..terms() };
    terms.stages[0].methods =
        vec![("/pets/GET".into(), Rate::new(1.0, 1)), ("//GET".into(), Rate::new(0.0, 0))];
    subscribe(&gateway, terms);
    assert_eq!(statuses(&gateway, GOLD, 2), [200, 429]);
    // The refused one took nothing of the plan's five.
    let posted = |_| gateway.send(call("POST", "/dev/pets", &[("x-api-key", GOLD)], b"")).status();
    assert_eq!((0..5).map(posted).collect::<Vec<_>>(), [200, 200, 200, 200, 429]);
}

#[test]
fn a_quota_is_used_up_by_calls_that_pass_only() {
    let gateway = keyed("/pets", limited(&[("pets/ANY", 1.0, 3)]));
    let quota = Quota { limit: 5, period: Period::Day, offset: 0 };
    subscribe(&gateway, PlanTerms { quota: Some(quota), ..terms() });
    assert_eq!(statuses(&gateway, GOLD, 6), [200, 200, 200, 429, 429, 429]);
    for millis in [1_002, 2_002] {
        assert_eq!(at(&gateway, millis, "/dev/pets", Some(GOLD)).status(), 200);
    }
    let outcome = at(&gateway, 9_000, "/dev/pets", Some(GOLD));
    check(&outcome, 429, r#"{"message":"Limit Exceeded"}"#, "LimitExceededException");
    let line = "429 QUOTA_EXCEEDED - | API Key ******d-more exceeded quota limit for API Stage abcdefghij/dev: Key quota \
                exhausted for Usage Plan ID plan. Limit: 5 Period: DAY";
    assert_eq!(outcome.log, [line]);
    assert_eq!(at(&gateway, 9_001, "/dev/pets", Some(OTHER)).status(), 200);
    assert_eq!(at(&gateway, 86_400_000, "/dev/pets", Some(GOLD)).status(), 200, "a day later");
}

/// A ledger that can be held up, and can fail.
#[derive(Default)]
struct Desk {
    gate: Mutex<()>,
    fails: AtomicBool,
}

impl Desk {
    fn ledger(self: &Arc<Self>) -> Ledger {
        let (desk, Ledger { read, write, forget }) = (Arc::clone(self), Ledger::in_memory());
        let write = Box::new(move |rows: &_| {
            drop(desk.gate.lock().unwrap());
            match desk.fails.load(Ordering::SeqCst) {
                true => Err(LedgerError("the disk is full".to_owned())),
                false => write(rows),
            }
        });
        Ledger { read, write, forget }
    }
}

/// A gateway on that ledger, whose plan lets each key call twice.
fn twice(desk: &Arc<Desk>) -> Gateway {
    let mut gateway = keyed("/pets", bare());
    gateway.shared = Arc::new(Shared::start(desk.ledger()).unwrap());
    let quota = Quota { limit: 10, period: Period::Day, offset: 0 };
    let mut terms = PlanTerms { throttle: Some(Rate::new(1e-3, 3)), quota: Some(quota), ..terms() };
    terms.stages[0].methods = vec![("/pets/GET".into(), Rate::new(1e-3, 2))];
    subscribe(&gateway, terms);
    gateway
}

#[test]
fn who_leaves_before_the_ledger_answers_has_taken_nothing() {
    let desk = Arc::<Desk>::default();
    let gateway = twice(&desk);
    gateway.elapsed.store(2, Ordering::Relaxed);
    let held = desk.gate.lock().unwrap();
    for _ in 0..5 {
        let line = gateway.abandon(call("GET", "/dev/pets", &[("x-api-key", GOLD)], b""));
        assert_eq!(line.len(), 1, "{line:?}");
    }
    drop(held);
    assert_eq!(statuses(&gateway, GOLD, 3), [200, 200, 429]);
    assert_eq!(
        at(&gateway, 2_000_000, "/dev/pets", Some(GOLD)).status(),
        200,
        "the quota has the other eight"
    );
}

#[test]
fn a_call_that_the_ledger_cannot_count_has_taken_nothing() {
    let desk = Arc::<Desk>::default();
    let gateway = twice(&desk);
    desk.fails.store(true, Ordering::SeqCst);
    let refused = at(&gateway, 2, "/dev/pets", Some(GOLD));
    check(&refused, 500, r#"{"message": "Internal server error"}"#, "InternalServerErrorException");
    assert_eq!(statuses(&gateway, GOLD, 5), [500; 5], "and no limit is reached");
    desk.fails.store(false, Ordering::SeqCst);
    assert_eq!(statuses(&gateway, GOLD, 3), [200, 200, 429]);
}

#[test]
fn a_stage_limits_each_method() {
    let gateway = keyed("/pets", limited(&[("*/*", 2.0, 2), ("open/GET", 1.0, 1)]));
    subscribe(&gateway, terms());
    assert_eq!(statuses(&gateway, GOLD, 3), [200, 200, 429]);
    let open = |millis| at(&gateway, millis, "/dev/open", None);
    assert_eq!([2, 2].map(|millis| open(millis).status()), [200, 429]);
    let refused = open(3);
    let line = "429 THROTTLED - | Key throttle limit exceeded for RestApi abcdefghij, Stage dev, Resource res2, HttpMethod GET. \
                Limit: 1.00 Burst: 1";
    assert_eq!(refused.log, [line]);
    check(&refused, 429, TOO_MANY, "TooManyRequestsException");
    assert_eq!(open(1_002).status(), 200);
    for settings in [&[("*/*", 0.0, 5)], &[("*/*", 5.0, 0)]] {
        assert_eq!(at(&keyed("/pets", limited(settings)), 2, "/dev/open", None).status(), 429);
    }
    assert_eq!(at(&keyed("/pets", limited(&[("*/*", -1.0, -1)])), 2, "/dev/open", None).status(), 200);
}

#[test]
fn an_account_limits_everything() {
    let mut gateway = keyed("/pets", bare());
    gateway.accounts.all = Some(AccountThrottle { rate: 1.0, burst: 2 });
    subscribe(&gateway, terms());
    assert_eq!(at(&gateway, 2, "/dev/open", None).status(), 200);
    assert_eq!(statuses(&gateway, GOLD, 2), [200, 429]);
    check(&at(&gateway, 2, "/dev/open", None), 429, TOO_MANY, "TooManyRequestsException");
    // What it refused was given back to the stage, and to the key's plan.
    gateway.accounts.all = None;
    assert_eq!(statuses(&gateway, GOLD, 1), [200]);
}

#[test]
fn logs_show_the_end_of_a_key_only() {
    let mut gateway = keyed("/pets", bare());
    gateway.format = "$context.identity.apiKey $context.identity.apiKeyId";
    subscribe(&gateway, terms());
    assert_eq!(at(&gateway, 2, "/dev/pets", Some(GOLD)).log, ["******d-more gold"]);
    assert_eq!(at(&gateway, 2, "/dev/open", Some(GOLD)).log, ["- -"]);
}
