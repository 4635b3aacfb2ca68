//! API keys and usage plans.

use std::ops::ControlFlow;
use std::path::Path;

use stagedoor_base::{AccountId, ApiKeyId, Scope, Timestamp, UsagePlanId};
use stagedoor_model::{ApiKey, SecretText, UsagePlanKey};
use stagedoor_store::{
    Change, KeyPosition, KeyRow, Metered, Operation, Owner, Revision, SecretKeys, Store, StoreError, Which,
};

use crate::samples::{self, scope};

fn key(id: &str, value: &str) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from(id),
        value: SecretText::from(value.to_owned()),
        declared_in: None,
        ..samples::api_key()
    }
}

fn plan(id: &str) -> stagedoor_model::UsagePlan {
    stagedoor_model::UsagePlan { id: UsagePlanId::from(id), ..samples::usage_plan() }
}

fn member(id: &str) -> UsagePlanKey {
    UsagePlanKey { key: ApiKeyId::from(id), added: Timestamp(1), declared_in: None }
}

fn add(store: &Store, id: &str, value: &str) {
    store.commit(Change::create_api_key(&scope(), &key(id, value))).unwrap();
}

fn ids(
    store: &Store,
    scope: &Scope,
    after: Option<KeyPosition>,
    most: usize,
) -> (Vec<String>, Option<KeyPosition>) {
    let (mut found, mut last) = (Vec::new(), None);
    let visit = |position, key: ApiKey| {
        found.push(key.id.to_string());
        last = Some(position);
        if found.len() == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    store.api_keys(scope, after, visit).unwrap();
    (found, last)
}

#[test]
fn a_key_is_found_by_its_value_in_its_own_scope() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    add(&store, "one", "value-of-one");
    let found =
        |scope: &Scope, value| store.api_key_by_value(scope, value).unwrap().map(|key| key.id.to_string());
    assert_eq!(found(&scope(), "value-of-one").as_deref(), Some("one"));
    assert_eq!(found(&scope(), "value-of-two"), None);
    let elsewhere = Scope { account: AccountId::from("111111111111"), ..scope() };
    assert_eq!(found(&elsewhere, "value-of-one"), None);
    assert!(store.api_key(&elsewhere, &ApiKeyId::from("one")).unwrap().is_none());
    store.commit(Change::create_api_key(&elsewhere, &key("one", "value-of-one"))).unwrap();
    assert_eq!(store.api_key_count(&elsewhere).unwrap(), 1);
}

#[test]
fn no_two_keys_have_one_value_and_a_refused_change_leaves_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    add(&store, "one", "same");
    let before = store.revision().unwrap();
    let both = [key("two", "other"), key("three", "same")];
    let refused = store.commit_all(both.iter().map(|key| Change::create_api_key(&scope(), key)));
    assert!(matches!(refused, Err(StoreError::ValueTaken)), "{refused:?}");
    assert_eq!((store.revision().unwrap(), store.api_key_count(&scope()).unwrap()), (before, 1));
    store.commit(Change::delete_api_key(&scope(), &ApiKeyId::from("one"))).unwrap();
    assert_eq!(store.api_key_count(&scope()).unwrap(), 0);
    add(&store, "three", "same");
}

#[test]
fn another_value_is_found_and_the_old_one_is_not() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    add(&store, "one", "old");
    add(&store, "two", "its own");
    store.commit(Change::update_api_key(&scope(), &key("one", "new"))).unwrap();
    assert!(store.api_key_by_value(&scope(), "old").unwrap().is_none());
    assert!(store.api_key_by_value(&scope(), "new").unwrap().is_some());
    assert_eq!(ids(&store, &scope(), None, 9).0, ["two", "one"], "its place stays");
}

#[test]
fn keys_are_listed_newest_first_page_by_page() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let many: Vec<ApiKey> =
        (0..5).map(|number| key(&format!("k{number}"), &format!("value {number}"))).collect();
    store.commit_all(many.iter().map(|key| Change::create_api_key(&scope(), key))).unwrap();
    let (first, position) = ids(&store, &scope(), None, 2);
    assert_eq!(first, ["k4", "k3"]);
    store.commit(Change::delete_api_key(&scope(), &ApiKeyId::from("k3"))).unwrap();
    add(&store, "late", "late");
    assert_eq!(ids(&store, &scope(), position, 9).0, ["k2", "k1", "k0"]);
}

#[test]
fn many_units_change_in_one_revision_that_the_log_tells_whole() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    store.commit(Change::create_usage_plan(&scope(), &plan("gold"))).unwrap();
    let since = store.revision().unwrap();
    let changes = [
        Change::create_api_key(&scope(), &key("one", "1")),
        Change::create_api_key(&scope(), &key("two", "2")),
        Change::of_usage_plan(&scope(), &UsagePlanId::from("gold")).put_plan_key(&member("one")),
    ];
    let revision = store.commit_all(changes).unwrap();
    assert_eq!(revision.0, since.0 + 1);
    let stagedoor_store::Log::Entries(entries) = store.log_since(since, 9).unwrap() else {
        panic!("truncated")
    };
    let told: Vec<(Owner, &str)> = entries.iter().map(|it| (it.owner.clone(), it.id.as_str())).collect();
    let gold = Owner::UsagePlan(UsagePlanId::from("gold"));
    let owner = |id: &str| Owner::ApiKey(ApiKeyId::from(id));
    assert_eq!(told, [(owner("one"), "one"), (owner("two"), "two"), (gold, "one")]);
    assert!(entries.iter().all(|it| it.operation == Operation::Put && it.revision == revision));
}

#[test]
fn plans_know_their_keys_and_keys_their_plans() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let (gold, silver) = (UsagePlanId::from("gold"), UsagePlanId::from("silver"));
    for plan in [plan("gold"), plan("silver")] {
        store.commit(Change::create_usage_plan(&scope(), &plan)).unwrap();
    }
    for id in ["one", "two", "three"] {
        add(&store, id, id);
        store.commit(Change::of_usage_plan(&scope(), &gold).put_plan_key(&member(id))).unwrap();
    }
    assert_eq!(store.key_of_both(&scope(), &gold, &silver).unwrap(), None);
    store.commit(Change::of_usage_plan(&scope(), &silver).put_plan_key(&member("two"))).unwrap();
    assert_eq!(store.key_of_both(&scope(), &gold, &silver).unwrap(), Some(ApiKeyId::from("two")));
    assert_eq!(store.plans_of_key(&scope(), &ApiKeyId::from("two")).unwrap(), [gold.clone(), silver.clone()]);
    assert_eq!(keys_of(&store, &gold), ["three", "two", "one"]);
    store.commit(Change::of_usage_plan(&scope(), &gold).delete_plan_key(&ApiKeyId::from("two"))).unwrap();
    assert_eq!(keys_of(&store, &gold), ["three", "one"]);
    store.commit(Change::delete_usage_plan(&scope(), &gold)).unwrap();
    assert!(store.plans_of_key(&scope(), &ApiKeyId::from("one")).unwrap().is_empty());
    assert_eq!(store.usage_plans(&scope()).unwrap(), [plan("silver")]);
}

fn keys_of(store: &Store, plan: &UsagePlanId) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let (before, from) = (found.len(), after.clone());
        let visit = |position, key: ApiKey| {
            found.push(key.id.to_string());
            after = Some(position);
            ControlFlow::Break(())
        };
        store.usage_plan_keys(&scope(), plan, from.as_ref(), visit).unwrap();
        if found.len() == before {
            return found;
        }
    }
}

#[test]
fn a_starting_node_reads_plans_then_keys_then_who_is_where() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    add(&store, "one", "1");
    store.commit(Change::create_usage_plan(&scope(), &plan("gold"))).unwrap();
    let joined = Change::of_usage_plan(&scope(), &UsagePlanId::from("gold")).put_plan_key(&member("one"));
    let newest = store.commit(joined).unwrap();
    let gold = || UsagePlanId::from("gold");
    let expected =
        [Metered::Plan(plan("gold")), row(&store, "one", "1", true), Metered::PlanKey(gold(), "one".into())];
    assert_eq!(metered(&store, Which::All), (expected.into(), newest));
    let declared_in = Some("stagedoor.yaml".to_owned());
    let two = ApiKey { declared_in: declared_in.clone(), enabled: false, ..key("two", "2") };
    store.commit(Change::create_api_key(&scope(), &two)).unwrap();
    let member = UsagePlanKey { declared_in, ..member("two") };
    let newest = store.commit(Change::of_usage_plan(&scope(), &gold()).put_plan_key(&member)).unwrap();
    let expected =
        [Metered::Plan(plan("gold")), row(&store, "two", "2", false), Metered::PlanKey(gold(), "two".into())];
    assert_eq!(metered(&store, Which::Declared), (expected.into(), newest));
    assert_eq!(metered(&store, Which::All).0.len(), 5);
    store.commit(Change::update_api_key(&scope(), &key("two", "3"))).unwrap();
    let (all, _) = metered(&store, Which::All);
    assert_eq!((metered(&store, Which::Declared).0.len(), &all[2]), (2, &row(&store, "two", "3", true)));
}

fn metered(store: &Store, which: Which) -> (Vec<Metered>, Revision) {
    let mut read = Vec::new();
    let newest = store.for_each_metered(which, |found, it| {
        assert_eq!(found, scope());
        read.push(it);
    });
    (read, newest.unwrap())
}

fn row(store: &Store, id: &str, value: &str, enabled: bool) -> Metered {
    Metered::Key(KeyRow { id: id.into(), digest: store.value_digests()(value), enabled })
}

/// A start with a million keys reads none of their documents.
#[test]
fn who_is_in_which_plan_is_read_from_an_index() {
    let directory = tempfile::tempdir().unwrap();
    drop(Store::open(directory.path()).unwrap());
    let database = rusqlite::Connection::open(directory.path().join("stagedoor.db")).unwrap();
    for (condition, index) in [
        ("", "COVERING INDEX"),
        ("AND json_extract(body, '$.declared_in') IS NOT NULL", "INDEX document_declared_plan_key"),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN
             SELECT account, region, owner, id FROM document WHERE kind = 'usage_plan_key' {condition}"
        );
        let plan: String = database.query_row(&sql, [], |row| row.get(3)).unwrap();
        assert!(plan.contains(index), "{plan}");
    }
}

/// Rows of before had no more than a digest.
#[test]
fn the_rows_of_keys_of_an_older_directory_are_made_again() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    add(&store, "one", "1");
    let off = ApiKey { enabled: false, ..key("two", "2") };
    store.commit(Change::create_api_key(&scope(), &off)).unwrap();
    let (expected, _) = metered(&store, Which::All);
    drop(store);
    let database = rusqlite::Connection::open(directory.path().join("stagedoor.db")).unwrap();
    let undo = "DROP INDEX api_key_declared; DROP INDEX document_declared_plan_key;
                ALTER TABLE api_key DROP COLUMN enabled; ALTER TABLE api_key DROP COLUMN declared;
                PRAGMA user_version = 5;";
    database.execute_batch(undo).unwrap();
    drop(database);
    let store = Store::open(directory.path()).unwrap();
    assert_eq!(metered(&store, Which::All).0, expected);
}

fn secret_keys(bytes: &[u8]) -> SecretKeys {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let lines: Vec<String> = bytes.iter().map(|byte| STANDARD.encode([*byte; 32])).collect();
    SecretKeys::parse(&lines.join("\n")).unwrap()
}

fn open(directory: &Path, bytes: &[u8]) -> Result<Store, StoreError> {
    Store::open_with(directory, Some(secret_keys(bytes)))
}

#[test]
fn a_value_is_nowhere_in_the_files_and_found_after_the_secret_key_changed() {
    let directory = tempfile::tempdir().unwrap();
    let value = "a-value-that-would-be-seen-anywhere";
    let store = open(directory.path(), &[1]).unwrap();
    for number in 0..3 {
        add(&store, &format!("k{number}"), &format!("{value}-{number}"));
    }
    drop(store);
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(value.len()).any(|window| window == value.as_bytes()));
    }
    assert!(matches!(open(directory.path(), &[2]), Err(StoreError::UnknownSecretKey(_))));
    drop(open(directory.path(), &[2, 1]).unwrap());
    let store = open(directory.path(), &[2]).unwrap();
    let found = store.api_key_by_value(&scope(), &format!("{value}-1")).unwrap().unwrap();
    assert_eq!(found.id.as_str(), "k1");
    let again = Change::create_api_key(&scope(), &key("k9", &format!("{value}-2")));
    assert!(matches!(store.commit(again), Err(StoreError::ValueTaken)));
}
