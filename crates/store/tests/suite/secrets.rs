//! What holds secrets is nowhere on disk as plain text, and opens with its key only.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use stagedoor_base::AccountId;
use stagedoor_model::IamTree;
use stagedoor_store::{Change, SecretKeys, Store, StoreError};

use crate::samples;

/// Of an environment, and of an access key.
const SECRETS: [&str; 2] = ["hidden-value", "hush-hush"];
const ONE: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const OTHER: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

fn account() -> AccountId {
    AccountId::from("123456789012")
}

fn keys(text: &str) -> Option<SecretKeys> {
    Some(SecretKeys::parse(text).unwrap())
}

fn fill(store: &Store) {
    let mut function = samples::function("hello", "sha");
    function.function.latest.configuration.environment.insert("TOKEN".to_owned(), SECRETS[0].to_owned());
    store.commit(Change::create_function(&samples::scope(), &function)).unwrap();
    store.commit(Change::between_iam(&account(), &IamTree::default(), &samples::identities())).unwrap();
}

fn expect_all(store: &Store) {
    let function = store.function(&samples::scope(), "hello").unwrap().unwrap().value.function;
    assert_eq!(function.latest.configuration.environment["TOKEN"], SECRETS[0]);
    assert_eq!(store.iam(&account()).unwrap().value, samples::identities());
}

/// Whether any file of the directory holds this text.
fn is_on_disk(directory: &Path, text: &str) -> bool {
    let holds = |path: &Path| fs::read(path).unwrap().windows(text.len()).any(|it| it == text.as_bytes());
    fs::read_dir(directory).unwrap().any(|entry| holds(&entry.unwrap().path()))
}

fn database(directory: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(directory.join("stagedoor.db")).unwrap()
}

#[test]
fn secrets_are_not_on_disk_and_come_back() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    fill(&store);
    expect_all(&store);
    for secret in SECRETS {
        assert!(!is_on_disk(directory.path(), secret), "{secret}");
    }
    drop(store);
    let key = directory.path().join("secret.key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    expect_all(&Store::open(directory.path()).unwrap());
}

#[test]
fn without_its_key_a_store_does_not_open() {
    let directory = tempfile::tempdir().unwrap();
    fill(&Store::open(directory.path()).unwrap());
    let refused = |keys: Option<SecretKeys>| {
        let error = Store::open_with(directory.path(), keys).unwrap_err();
        assert!(matches!(error, StoreError::UnknownSecretKey(_)), "{error}");
    };
    refused(keys(ONE));
    let key = directory.path().join("secret.key");
    let text = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    refused(None);
    assert!(!key.exists(), "a new key would hide that the old one is lost");
    fs::write(&key, "nonsense").unwrap();
    assert!(matches!(Store::open(directory.path()), Err(StoreError::KeyFile { .. })));
    fs::write(&key, text).unwrap();
    expect_all(&Store::open(directory.path()).unwrap());
}

#[test]
fn keys_are_rotated() {
    let directory = tempfile::tempdir().unwrap();
    fill(&Store::open_with(directory.path(), keys(ONE)).unwrap());
    expect_all(&Store::open_with(directory.path(), keys(&format!("{OTHER} {ONE}"))).unwrap());
    // Everything is sealed anew, so the old key is not needed any more.
    expect_all(&Store::open_with(directory.path(), keys(OTHER)).unwrap());
    assert!(Store::open_with(directory.path(), keys(ONE)).is_err());
}

#[test]
fn plain_text_of_earlier_versions_is_read_once_and_erased() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    fill(&store);
    let revision = store.revision().unwrap();
    drop(store);
    let function = samples::function("old", "sha").function;
    let mut plain = serde_json::to_value(&function).unwrap();
    plain["latest"]["configuration"]["environment"]["TOKEN"] = "left-over".into();
    let connection = database(directory.path());
    connection.execute("UPDATE document SET body = ?1 WHERE kind = 'function'", [plain.to_string()]).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    drop(connection);
    assert!(is_on_disk(directory.path(), "left-over"));
    let store = Store::open(directory.path()).unwrap();
    let read = store.function(&samples::scope(), "hello").unwrap().unwrap().value.function;
    assert_eq!(read.latest.configuration.environment["TOKEN"], "left-over");
    assert_eq!(store.revision().unwrap(), revision, "nothing changed for whoever follows");
    assert!(!is_on_disk(directory.path(), "left-over"));
}

#[test]
fn sealed_documents_cannot_change_places() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    store.commit(Change::create_function(&samples::scope(), &samples::function("one", "sha"))).unwrap();
    store.commit(Change::create_function(&samples::scope(), &samples::function("two", "sha"))).unwrap();
    drop(store);
    let swap = "UPDATE document SET body = (SELECT body FROM document WHERE kind = 'function' AND id = 'one')
                WHERE kind = 'function' AND id = 'two'";
    database(directory.path()).execute(swap, []).unwrap();
    let store = Store::open(directory.path()).unwrap();
    assert!(matches!(store.function(&samples::scope(), "two"), Err(StoreError::Corrupt(_))));
    assert!(store.function(&samples::scope(), "one").unwrap().is_some());
}
