//! Identities: one unit for each account, and keys that are found by their id alone.

use stagedoor_base::AccountId;
use stagedoor_model::IamTree;
use stagedoor_store::{Change, Kind, Log, Owner, Revision, Store, StoreError, iam_scope};

use crate::samples;

fn account() -> AccountId {
    AccountId::from("123456789012")
}

fn filled() -> (tempfile::TempDir, Store, Revision) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let change = Change::between_iam(&account(), &IamTree::default(), &samples::identities());
    let revision = store.commit(change).unwrap();
    (directory, store, revision)
}

#[test]
fn identities_survive_a_restart() {
    let (directory, store, revision) = filled();
    drop(store);
    let store = Store::open(directory.path()).unwrap();
    let read = store.iam(&account()).unwrap();
    assert_eq!((read.value, read.revision), (samples::identities(), revision));
    assert_eq!(store.iam_revision(&account()).unwrap(), revision);
    let mut all = Vec::new();
    store.for_each_iam(|account, tree| all.push((account, tree))).unwrap();
    assert_eq!(all, [(account(), samples::identities())]);
}

#[test]
fn accounts_have_identities_of_their_own() {
    let (_directory, store, _) = filled();
    let other = store.iam(&AccountId::from("999999999999")).unwrap();
    assert_eq!((other.value, other.revision), (IamTree::default(), Revision(0)));
}

#[test]
fn a_key_tells_its_account_and_belongs_to_one() {
    let (_directory, store, _) = filled();
    let found = |id: &str| store.access_key_account(id).unwrap();
    assert_eq!(found("AKIA0000000000000001"), Some(account()));
    assert_eq!(found("anna"), None);
    let thief = AccountId::from("999999999999");
    let twice = store.commit(Change::between_iam(&thief, &IamTree::default(), &samples::identities()));
    assert!(matches!(twice, Err(StoreError::Sqlite(_))));
    assert_eq!(found("AKIA0000000000000001"), Some(account()));
    assert_eq!(store.iam(&thief).unwrap().value, IamTree::default());
}

#[test]
fn changes_are_decided_on_the_newest_state() {
    let (_directory, store, revision) = filled();
    let before = samples::identities();
    let mut after = before.clone();
    after.users.clear();
    let change = || Change::between_iam(&account(), &before, &after);
    let stale = store.commit(change().expecting(Revision(0)));
    assert!(matches!(stale, Err(StoreError::Conflict { .. })));
    store.commit(change().expecting(revision)).unwrap();
    assert_eq!(store.iam(&account()).unwrap().value, after);
    let Log::Entries(entries) = store.log_since(revision, 10).unwrap() else { panic!("no entries") };
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((&entry.owner, entry.kind, entry.id.as_str()), (&Owner::Iam, Kind::User, "anna"));
    assert_eq!(entry.scope, iam_scope(&account()));
}
