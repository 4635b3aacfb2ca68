//! Layers, and blobs that live as long as a layer or a function names them.

use stagedoor_model::{FunctionCode, FunctionLayer, FunctionTree, LayerTree};
use stagedoor_store::{Change, Store};

use crate::samples::{self, function, scope};

const ZIP: &[u8] = b"a layer's zip";

fn sha256() -> String {
    use base64::Engine;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, ZIP);
    base64::engine::general_purpose::STANDARD.encode(digest)
}

fn layer() -> LayerTree {
    let mut layer = samples::layer();
    layer.versions.values_mut().for_each(|version| version.sha256_base64 = sha256());
    layer
}

fn using(name: &str) -> FunctionTree {
    let mut tree = function(name, "sha");
    let code = FunctionCode::Zip { sha256_base64: sha256(), size: 3, unpacked: 99 };
    tree.function.latest.configuration.layers = vec![FunctionLayer { arn: Some("arn".to_owned()), code }];
    tree
}

fn filled() -> (tempfile::TempDir, Store) {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    store.commit(Change::between_layers(&scope(), None, &layer()).put_blob(ZIP.to_vec())).unwrap();
    (directory, store)
}

fn without_versions(store: &Store) {
    let after = LayerTree { versions: Default::default(), ..layer() };
    store.commit(Change::between_layers(&scope(), Some(&layer()), &after)).unwrap();
}

#[test]
fn layers_survive_a_restart() {
    let (directory, store) = filled();
    drop(store);
    let store = Store::open(directory.path()).unwrap();
    assert_eq!(store.layer(&scope(), "libs").unwrap().unwrap().value, layer());
    assert_eq!(store.layers(&scope()).unwrap(), [layer().layer]);
    assert_eq!(store.layer(&scope(), "other").unwrap(), None);
    assert_eq!(store.blob(&sha256()).unwrap().as_deref(), Some(ZIP));
}

#[test]
fn a_layers_code_goes_with_its_last_user() {
    let (_directory, store) = filled();
    store.commit(Change::create_function(&scope(), &using("one"))).unwrap();
    store.commit(Change::create_function(&scope(), &using("two"))).unwrap();
    without_versions(&store);
    assert!(store.blob(&sha256()).unwrap().is_some());
    store.commit(Change::delete_function(&scope(), "one")).unwrap();
    assert!(store.blob(&sha256()).unwrap().is_some());
    let mut bare = using("two");
    bare.function.latest.configuration.layers.clear();
    store.commit(Change::between_functions(&scope(), &using("two"), &bare)).unwrap();
    assert_eq!(store.blob(&sha256()).unwrap(), None);
}

#[test]
fn a_deleted_layer_leaves_its_code_to_its_users() {
    let (_directory, store) = filled();
    store.commit(Change::create_function(&scope(), &using("one"))).unwrap();
    let mut layers = Vec::new();
    store.for_each_layer(|scope, name| layers.push((scope, name))).unwrap();
    assert_eq!(layers, [(scope(), "libs".to_owned())]);
    store.commit(Change::delete_layer(&scope(), "libs")).unwrap();
    assert_eq!(store.layer(&scope(), "libs").unwrap(), None);
    assert!(store.blob(&sha256()).unwrap().is_some());
}

#[test]
fn an_unused_layers_code_goes_with_its_version() {
    let (_directory, store) = filled();
    without_versions(&store);
    assert_eq!(store.blob(&sha256()).unwrap(), None);
    assert_eq!(store.layer(&scope(), "libs").unwrap().unwrap().value.layer.last_version, 1);
}

#[test]
fn a_directory_of_the_first_version_is_brought_up_to_date() {
    let (directory, store) = filled();
    drop(store);
    let connection = rusqlite::Connection::open(directory.path().join("stagedoor.db")).unwrap();
    let undo = "DROP TABLE api_key; DROP TABLE api_key_digest; DROP TABLE api_key_count;
                DROP INDEX document_plans_of_key; DROP INDEX document_keys_of_plan;
                DROP INDEX document_declared_plan_key; DROP INDEX document_usage_plan;
                DROP TABLE usage; DROP TABLE event; DROP TABLE blob_use;
                DROP INDEX document_access_key; DROP INDEX document_secret; PRAGMA user_version = 1;";
    connection.execute_batch(undo).unwrap();
    drop(connection);
    let store = Store::open(directory.path()).unwrap();
    assert_eq!(store.layer(&scope(), "libs").unwrap().unwrap().value, layer());
    assert_eq!(store.pending_events().unwrap(), []);
    store.commit(Change::create_function(&scope(), &using("one"))).unwrap();
}
