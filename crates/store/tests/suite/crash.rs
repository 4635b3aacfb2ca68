//! A process killed in the middle of a write storm: what it acknowledged is there, nothing is half there.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use stagedoor_base::ApiId;
use stagedoor_store::{Change, Store};

use crate::samples::{deployment, scope, snapshot, stage, tree};

/// Names the data directory for the child; the writer test does nothing without it.
const DIRECTORY: &str = "STAGEDOOR_CRASH_TEST_DIRECTORY";
const WRITERS: usize = 4;
const ROUNDS: usize = 5;

/// The child's side: four threads create, deploy and delete APIs and print each acknowledgement, until killed.
#[test]
fn crash_writer() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let store = Store::open(Path::new(&directory)).unwrap();
    let start = store.revision().unwrap().0;
    std::thread::scope(|threads| {
        for writer in 0..WRITERS {
            let store = &store;
            threads.spawn(move || {
                for round in 0_u64.. {
                    write_one(store, &format!("a{start}x{writer}x{round}"));
                }
            });
        }
    });
}

fn write_one(store: &Store, id: &str) {
    let api = ApiId::from(id);
    store.commit(Change::create_api(&scope(), &tree(id))).unwrap();
    acknowledge("created", id);
    let change = Change::of_api(&scope(), &api)
        .put_deployment(&deployment("dep001"), &snapshot(id))
        .put_stage(&stage("live", "dep001"));
    store.commit(change).unwrap();
    acknowledge("deployed", id);
    if id.ends_with(['0', '5']) {
        acknowledge("deleting", id);
        store.commit(Change::delete_api(&scope(), &api)).unwrap();
        acknowledge("deleted", id);
    }
}

fn acknowledge(what: &str, id: &str) {
    println!("{what} {id}");
}

#[test]
fn acknowledged_changes_survive_kill_9() {
    let directory = tempfile::tempdir().unwrap();
    let mut last = HashMap::new();
    for round in 0..ROUNDS {
        let child = spawn_writer(directory.path());
        kill_after(child, 40 + round * 31, &mut last);
        check(&Store::open(directory.path()).unwrap(), &last);
    }
}

fn spawn_writer(directory: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::crash_writer", "--nocapture"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills the child once it has acknowledged so many changes, and notes the last acknowledgement of every API.
fn kill_after(mut child: Child, acknowledgements: usize, last: &mut HashMap<String, String>) {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut seen = 0;
    while let Some(Ok(line)) = lines.next() {
        let Some((what, id)) =
            line.split_once(' ').filter(|(what, _)| what.ends_with("ed") || *what == "deleting")
        else {
            continue;
        };
        last.insert(id.to_owned(), what.to_owned());
        seen += 1;
        if seen == acknowledgements {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(seen >= acknowledgements, "the writer ended by itself after {seen}");
}

fn check(store: &Store, last: &HashMap<String, String>) {
    for (id, what) in last {
        let api = ApiId::from(id.as_str());
        let found = store.api(&scope(), &api).unwrap();
        match what.as_str() {
            "created" | "deployed" => assert_eq!(found.unwrap().value, tree(id), "{id} was {what}"),
            "deleted" => assert!(found.is_none(), "{id} was {what}"),
            _ => {}
        }
        if what == "deployed" {
            assert_eq!(store.stages(&scope(), &api).unwrap().len(), 1, "{id} was {what}");
        }
    }
    // Whatever was in flight is there whole or not at all.
    for api in store.apis(&scope()).unwrap() {
        assert_eq!(store.api(&scope(), &api.id).unwrap().unwrap().value, tree(api.id.as_str()));
    }
    let mut deployed = 0;
    store
        .for_each_deployed(|it| {
            deployed += 1;
            assert!(
                it.snapshots.values().all(|frozen| frozen.decode().unwrap() == snapshot(it.api.as_str()))
            );
        })
        .unwrap();
    assert!(deployed > 0);
}
