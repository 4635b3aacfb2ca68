//! What the store promises: what goes in comes out, together or not at all, in order, after a restart.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use stagedoor_base::{ApiId, DeploymentId, Region, ResourceId, Scope, StageName};
use stagedoor_model::{AccountSettings, ApiTree, DocumentationVersion};
use stagedoor_store::{Change, Kind, Log, LogEntry, Operation, Owner, Revision, Store, StoreError};
use tempfile::TempDir;

use crate::samples::{
    deployment, documentation, frozen_documentation, function, scope, snapshot, stage, tree,
};

fn open() -> (TempDir, Store) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    (directory, store)
}

fn sha256_base64(bytes: &[u8]) -> String {
    STANDARD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes))
}

fn pets() -> ApiId {
    ApiId::from("pets")
}

fn entries(store: &Store, since: Revision) -> Vec<LogEntry> {
    match store.log_since(since, 1000).unwrap() {
        Log::Entries(entries) => entries,
        Log::Truncated => panic!("the log is truncated"),
    }
}

const WRITES: usize = 25;

/// One API with a stage on one of two deployments, one function, account settings.
fn fill(store: &Store) {
    store.commit(Change::create_api(&scope(), &tree("pets"))).unwrap();
    let change = Change::of_api(&scope(), &pets())
        .put_deployment(&deployment("dep001"), &snapshot("pets"))
        .put_stage(&stage("live", "dep001"));
    store.commit(change).unwrap();
    store
        .commit(Change::of_api(&scope(), &pets()).put_deployment(&deployment("dep002"), &snapshot("pets")))
        .unwrap();
    let zip = b"zip".to_vec();
    let tree = function("hello", &sha256_base64(&zip));
    store.commit(Change::create_function(&scope(), &tree).put_blob(zip)).unwrap();
    store.commit(Change::put_account(&scope(), &account())).unwrap();
}

fn account() -> AccountSettings {
    AccountSettings { cloudwatch_role_arn: Some("role".to_owned()), ..AccountSettings::default() }
}

fn expect_all(store: &Store) {
    let scope = scope();
    assert_eq!(store.api(&scope, &pets()).unwrap().unwrap().value, tree("pets"));
    assert_eq!(store.apis(&scope).unwrap(), [tree("pets").api]);
    assert_eq!(store.stages(&scope, &pets()).unwrap(), [stage("live", "dep001")]);
    let found = store.stage(&scope, &pets(), &StageName::from("live")).unwrap().unwrap();
    assert_eq!(found.value, stage("live", "dep001"));
    assert_eq!(store.deployments(&scope, &pets()).unwrap(), [deployment("dep002"), deployment("dep001")]);
    let first = DeploymentId::from("dep001");
    assert_eq!(store.deployment(&scope, &pets(), &first).unwrap().unwrap().value, deployment("dep001"));
    assert_eq!(store.snapshot(&scope, &pets(), &first).unwrap(), Some(snapshot("pets")));
    let hello = function("hello", &sha256_base64(b"zip"));
    assert_eq!(store.function(&scope, "hello").unwrap().unwrap().value, hello);
    assert_eq!(store.functions(&scope).unwrap(), [hello.function]);
    assert_eq!(store.blob(&sha256_base64(b"zip")).unwrap().as_deref(), Some(b"zip".as_slice()));
    assert_eq!(store.account(&scope).unwrap().value, account());
}

#[test]
fn documentation_versions_keep_what_they_froze_until_they_go() {
    let (directory, store) = open();
    let scope = scope();
    store.commit(Change::create_api(&scope, &tree("pets"))).unwrap();
    for name in ["1.0", "2.0"] {
        let change = Change::of_api(&scope, &pets());
        store.commit(change.put_documentation(&documentation(name), &frozen_documentation())).unwrap();
    }
    let changed = DocumentationVersion { description: None, ..documentation("1.0") };
    store.commit(Change::of_api(&scope, &pets()).update_documentation(&changed)).unwrap();
    drop(store);
    let store = Store::open(directory.path()).unwrap();
    let versions = store.documentation_versions(&scope, &pets()).unwrap();
    assert_eq!(versions, [documentation("2.0"), changed.clone()]);
    assert_eq!(store.documentation_version(&scope, &pets(), "1.0").unwrap().unwrap().value, changed);
    let frozen = || store.frozen_documentation(&scope, &pets(), "1.0").unwrap();
    assert_eq!(frozen(), Some(frozen_documentation()));
    store.commit(Change::of_api(&scope, &pets()).delete_documentation("1.0")).unwrap();
    assert_eq!((store.documentation_version(&scope, &pets(), "1.0").unwrap(), frozen()), (None, None));
}

#[test]
fn everything_comes_back_also_after_reopening() {
    let (directory, store) = open();
    fill(&store);
    expect_all(&store);
    drop(store);
    expect_all(&Store::open(directory.path()).unwrap());
}

#[test]
fn what_was_never_written_is_absent() {
    let (_directory, store) = open();
    assert!(store.api(&scope(), &pets()).unwrap().is_none());
    assert!(store.stage(&scope(), &pets(), &StageName::from("live")).unwrap().is_none());
    assert!(store.snapshot(&scope(), &pets(), &DeploymentId::from("dep001")).unwrap().is_none());
    assert!(store.function(&scope(), "hello").unwrap().is_none());
    assert!(store.blob("none").unwrap().is_none());
    assert_eq!(store.account(&scope()).unwrap().value, AccountSettings::default());
    assert_eq!(store.revision().unwrap(), Revision(0));
}

#[test]
fn a_difference_writes_only_what_differs() {
    let (_directory, store) = open();
    fill(&store);
    let before = store.api(&scope(), &pets()).unwrap().unwrap();
    let mut after = before.value.clone();
    after.resources.remove(&ResourceId::from("child1"));
    after.models.get_mut("Pet").unwrap().description = None;
    let since = store.revision().unwrap();
    let change = Change::between(&scope(), &before.value, &after).expecting(before.revision);
    let revision = store.commit(change).unwrap();
    assert_eq!(store.api(&scope(), &pets()).unwrap().unwrap().value, after);
    let expected = [(Kind::Resource, "child1", Operation::Delete), (Kind::Model, "Pet", Operation::Put)].map(
        |(kind, id, operation)| LogEntry {
            revision,
            scope: scope(),
            owner: Owner::Api(pets()),
            kind,
            id: id.to_owned(),
            operation,
        },
    );
    assert_eq!(entries(&store, since), expected);
}

#[test]
fn a_change_that_changes_nothing_leaves_no_trace() {
    let (_directory, store) = open();
    fill(&store);
    let since = store.revision().unwrap();
    let change = Change::between(&scope(), &tree("pets"), &tree("pets"));
    assert!(change.is_empty());
    assert_eq!(store.commit(change).unwrap(), since);
    assert_eq!(entries(&store, since), []);
}

#[test]
fn a_change_decided_on_an_old_state_is_refused() {
    let (_directory, store) = open();
    fill(&store);
    let read = store.api(&scope(), &pets()).unwrap().unwrap();
    let renamed = |name: &str| {
        let mut after = read.value.clone();
        after.api.name = name.to_owned();
        Change::between(&scope(), &read.value, &after).expecting(read.revision)
    };
    let newer = store.commit(renamed("first")).unwrap();
    let refusal = store.commit(renamed("second")).unwrap_err();
    let StoreError::Conflict { expected, found } = refusal else { panic!("{refusal}") };
    assert_eq!((expected, found), (Some(read.revision), Some(newer)));
    assert_eq!(store.api(&scope(), &pets()).unwrap().unwrap().value.api.name, "first");
    assert_eq!(store.revision().unwrap(), newer);
}

#[test]
fn units_are_created_once_and_changed_only_while_they_exist() {
    let (_directory, store) = open();
    fill(&store);
    let conflicts = [
        Change::create_api(&scope(), &tree("pets")),
        Change::create_function(&scope(), &function("hello", "")),
        Change::of_api(&scope(), &ApiId::from("other")).put_stage(&stage("live", "dep001")),
        Change::delete_api(&scope(), &ApiId::from("other")),
        Change::delete_function(&scope(), "other"),
    ];
    for change in conflicts {
        let shown = format!("{change:?}");
        assert!(matches!(store.commit(change), Err(StoreError::Conflict { .. })), "{shown}");
    }
}

#[test]
fn deleting_an_api_deletes_everything_below_it_and_nothing_else() {
    let (_directory, store) = open();
    fill(&store);
    store.commit(Change::create_api(&scope(), &tree("pets2"))).unwrap();
    let since = store.revision().unwrap();
    store.commit(Change::delete_api(&scope(), &pets())).unwrap();
    assert!(store.api(&scope(), &pets()).unwrap().is_none());
    assert!(store.stages(&scope(), &pets()).unwrap().is_empty());
    assert!(store.deployments(&scope(), &pets()).unwrap().is_empty());
    assert!(store.snapshot(&scope(), &pets(), &DeploymentId::from("dep001")).unwrap().is_none());
    assert_eq!(store.apis(&scope()).unwrap(), [tree("pets2").api]);
    let log = entries(&store, since);
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].kind, log[0].operation), (Kind::Api, Operation::Delete));
}

#[test]
fn deleting_a_deployment_deletes_what_it_froze() {
    let (_directory, store) = open();
    fill(&store);
    let second = DeploymentId::from("dep002");
    store.commit(Change::of_api(&scope(), &pets()).delete_deployment(&second)).unwrap();
    assert!(store.deployment(&scope(), &pets(), &second).unwrap().is_none());
    assert!(store.snapshot(&scope(), &pets(), &second).unwrap().is_none());
    assert!(store.snapshot(&scope(), &pets(), &DeploymentId::from("dep001")).unwrap().is_some());
}

#[test]
fn code_is_kept_while_a_version_names_it() {
    let (_directory, store) = open();
    fill(&store);
    let (old, new) = (sha256_base64(b"zip"), sha256_base64(b"new"));
    let before = store.function(&scope(), "hello").unwrap().unwrap();
    let mut after = before.value.clone();
    after.function.latest = function("hello", &new).function.latest;
    store
        .commit(Change::between_functions(&scope(), &before.value, &after).put_blob(b"new".to_vec()))
        .unwrap();
    assert!(store.blob(&old).unwrap().is_some(), "version 1 names it");
    let mut bare = after.clone();
    bare.versions.clear();
    store.commit(Change::between_functions(&scope(), &after, &bare)).unwrap();
    assert!(store.blob(&old).unwrap().is_none());
    assert!(store.blob(&new).unwrap().is_some());
    store.commit(Change::delete_function(&scope(), "hello")).unwrap();
    assert!(store.blob(&new).unwrap().is_none());
}

#[test]
fn scopes_do_not_see_each_other() {
    let (_directory, store) = open();
    fill(&store);
    let elsewhere = Scope { region: Region::from("us-east-1"), ..scope() };
    assert!(store.api(&elsewhere, &pets()).unwrap().is_none());
    assert!(store.apis(&elsewhere).unwrap().is_empty());
    assert!(store.functions(&elsewhere).unwrap().is_empty());
    assert_eq!(store.account(&elsewhere).unwrap().value, AccountSettings::default());
    store.commit(Change::create_api(&elsewhere, &tree("pets"))).unwrap();
}

#[test]
fn apis_come_in_the_order_of_creation() {
    let (_directory, store) = open();
    for id in ["zebra", "ape", "mole"] {
        store.commit(Change::create_api(&scope(), &tree(id))).unwrap();
    }
    let mut changed: ApiTree = tree("zebra");
    changed.api.name = "striped".to_owned();
    store.commit(Change::between(&scope(), &tree("zebra"), &changed)).unwrap();
    let ids: Vec<String> = store.apis(&scope()).unwrap().iter().map(|api| api.id.to_string()).collect();
    assert_eq!(ids, ["zebra", "ape", "mole"]);
}

#[test]
fn a_starting_node_reads_what_is_deployed() {
    let (_directory, store) = open();
    fill(&store);
    store.commit(Change::create_api(&scope(), &tree("draft"))).unwrap();
    let mut second = stage("next", "dep002");
    second.canary = None;
    store.commit(Change::of_api(&scope(), &pets()).put_stage(&second)).unwrap();
    let mut found = Vec::new();
    let revision = store.for_each_deployed(|deployed| found.push(deployed)).unwrap();
    assert_eq!(revision, store.revision().unwrap());
    assert_eq!(found.len(), 1, "an API without stages is not served");
    assert_eq!(found[0].api, pets());
    assert_eq!(found[0].stages, [stage("live", "dep001"), second]);
    let decoded: Vec<_> = found[0].snapshots.values().map(|it| it.decode().unwrap()).collect();
    assert_eq!(decoded, [snapshot("pets"), snapshot("pets")]);
    assert_eq!(store.deployed(&scope(), &pets()).unwrap().as_ref(), found.first());
    assert_eq!(store.deployed(&scope(), &ApiId::from("draft")).unwrap(), None);

    let mut functions = Vec::new();
    store.for_each_function(|scope, tree| functions.push((scope, tree))).unwrap();
    assert_eq!(functions, [(scope(), function("hello", &sha256_base64(b"zip")))]);
}

#[test]
fn a_follower_beyond_the_log_reads_everything_anew() {
    let (_directory, store) = open();
    fill(&store);
    assert_eq!(store.log_since(Revision(900), 10).unwrap(), Log::Truncated);
    assert_eq!(entries(&store, store.revision().unwrap()), []);
    let Log::Entries(first) = store.log_since(Revision(0), 2).unwrap() else { panic!("truncated") };
    assert_eq!(first.last().map(|entry| entry.revision), Some(Revision(2)), "whole revisions only");
}

#[test]
fn a_follower_behind_the_kept_log_reads_everything_anew() {
    let (directory, store) = open();
    fill(&store);
    drop(store);
    let connection = rusqlite::Connection::open(directory.path().join("stagedoor.db")).unwrap();
    connection.execute("DELETE FROM log WHERE revision <= 2", []).unwrap();
    drop(connection);
    let store = Store::open(directory.path()).unwrap();
    assert_eq!(store.log_since(Revision(1), 10).unwrap(), Log::Truncated);
    assert_eq!(entries(&store, Revision(2)).first().map(|entry| entry.revision), Some(Revision(3)));
}

#[test]
fn a_data_directory_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("a/b");
    let _store = Store::open(&directory).unwrap();
    let mode = std::fs::metadata(&directory).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_second_owner_of_the_directory_is_refused() {
    let (directory, store) = open();
    let refusal = Store::open(directory.path()).unwrap_err();
    let StoreError::Locked { directory: named, pid } = &refusal else { panic!("{refusal}") };
    assert_eq!((named.as_path(), *pid), (directory.path(), Some(std::process::id())));
    assert!(refusal.to_string().contains(&format!("(pid {})", std::process::id())), "{refusal}");
    drop(store);
    Store::open(directory.path()).unwrap();
}

#[test]
fn data_of_a_newer_program_is_refused() {
    let (directory, store) = open();
    drop(store);
    let connection = rusqlite::Connection::open(directory.path().join("stagedoor.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(matches!(Store::open(directory.path()), Err(StoreError::Newer(99))));
}

#[test]
fn a_document_of_a_newer_program_is_refused_alone() {
    let (directory, store) = open();
    fill(&store);
    drop(store);
    let connection = rusqlite::Connection::open(directory.path().join("stagedoor.db")).unwrap();
    connection.execute("UPDATE document SET version = 2 WHERE kind = 'stage'", []).unwrap();
    connection.execute("UPDATE document SET body = '{' WHERE kind = 'account'", []).unwrap();
    drop(connection);
    let store = Store::open(directory.path()).unwrap();
    assert!(matches!(store.stages(&scope(), &pets()), Err(StoreError::Newer(2))));
    assert!(matches!(store.account(&scope()), Err(StoreError::Corrupt(_))));
    assert_eq!(store.api(&scope(), &pets()).unwrap().unwrap().value, tree("pets"));
}

#[test]
fn writers_and_readers_in_parallel_lose_nothing() {
    let (_directory, store) = open();
    store.commit(Change::create_api(&scope(), &tree("pets"))).unwrap();
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| (0..WRITES).for_each(|_| add_description_letter(&store)));
        }
    });
    let description = store.api(&scope(), &pets()).unwrap().unwrap().value.api.description.unwrap();
    assert_eq!(description.matches('+').count(), 4 * WRITES);
}

fn add_description_letter(store: &Store) {
    loop {
        let before = store.api(&scope(), &pets()).unwrap().unwrap();
        let mut after = before.value.clone();
        after.api.description.get_or_insert_default().push('+');
        match store.commit(Change::between(&scope(), &before.value, &after).expecting(before.revision)) {
            Ok(_) => return,
            Err(StoreError::Conflict { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}
