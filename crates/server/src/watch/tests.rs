//! Saving files in all the ways that editors know, in temporary folders.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

use super::{Mode, Saved, Targets, Watcher};

/// Watches `{folder}/main.yaml` and the function `f` in `{folder}/f`, does something, and returns what was noticed.
async fn saved(mode: Mode, prepare: impl Fn(&Path), change: impl FnOnce(&Path)) -> Saved {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("f")).unwrap();
    fs::write(root.join("f/main.py"), "1").unwrap();
    fs::write(root.join("main.yaml"), "1").unwrap();
    prepare(root);
    let targets = Targets {
        files: vec![root.join("main.yaml")],
        functions: BTreeMap::from([("f".to_owned(), vec![root.join("f")])]),
        excluded: root.join("f/data"),
    };
    let mut watcher = Watcher::start(targets, mode).unwrap();
    change(root);
    let saved = tokio::time::timeout(Duration::from_secs(10), watcher.next()).await;
    let mut saved = saved.expect("nothing was noticed").expect("the watcher ended");
    let relative = |path: &mut std::path::PathBuf| *path = path.strip_prefix(root).unwrap().to_owned();
    saved.files.iter_mut().for_each(relative);
    saved.functions.values_mut().flatten().for_each(relative);
    saved
}

fn in_function(files: &[&str]) -> Saved {
    let files = files.iter().map(Into::into).collect();
    Saved { files: Vec::new(), functions: BTreeMap::from([("f".to_owned(), files)]) }
}

fn in_file() -> Saved {
    Saved { files: vec!["main.yaml".into()], functions: BTreeMap::new() }
}

fn nothing(_: &Path) {}

#[tokio::test]
async fn files_are_written_replaced_and_removed() {
    for mode in [Mode::Auto, Mode::Poll] {
        let written = saved(mode, nothing, |root| fs::write(root.join("f/main.py"), "22").unwrap());
        assert_eq!(written.await, in_function(&["f/main.py"]));
        let replaced = saved(mode, nothing, |root| {
            fs::write(root.join(".main.yaml.swp"), "22").unwrap();
            fs::rename(root.join(".main.yaml.swp"), root.join("main.yaml")).unwrap();
        });
        assert_eq!(replaced.await, in_file());
        let removed = saved(mode, nothing, |root| fs::remove_dir_all(root.join("f")).unwrap());
        assert_eq!(removed.await, in_function(&["f/main.py"]));
    }
}

#[tokio::test]
async fn folders_that_come_later_are_watched_too() {
    let saved = saved(Mode::Auto, nothing, |root| {
        fs::create_dir_all(root.join("f/a/b")).unwrap();
        fs::write(root.join("f/a/b/late.py"), "1").unwrap();
    });
    assert_eq!(saved.await, in_function(&["f/a/b/late.py"]));
}

#[tokio::test]
async fn what_editors_and_interpreters_leave_behind_is_passed_over() {
    let saved = saved(
        Mode::Auto,
        |root| fs::create_dir(root.join("f/data")).unwrap(),
        |root| {
            fs::create_dir(root.join("f/__pycache__")).unwrap();
            for noise in ["__pycache__/main.pyc", "main.py~", ".main.py.swp", "4913", "data/own.db"] {
                fs::write(root.join("f").join(noise), "1").unwrap();
            }
            fs::write(root.join("f/real.py"), "1").unwrap();
        },
    );
    assert_eq!(saved.await, in_function(&["f/real.py"]));
}

#[tokio::test]
async fn links_are_followed_and_circles_end() {
    let behind = saved(
        Mode::Auto,
        |root| {
            fs::create_dir(root.join("shared")).unwrap();
            symlink(root.join("shared"), root.join("f/shared")).unwrap();
            symlink(root.join("f"), root.join("f/circle")).unwrap();
        },
        |root| fs::write(root.join("shared/util.py"), "1").unwrap(),
    );
    assert_eq!(behind.await, in_function(&["f/shared/util.py"]));
    let relinked = saved(
        Mode::Auto,
        |root| {
            fs::create_dir_all(root.join("v1")).unwrap();
            fs::rename(root.join("main.yaml"), root.join("v1/main.yaml")).unwrap();
            symlink("v1", root.join("current")).unwrap();
            symlink("current/main.yaml", root.join("main.yaml")).unwrap();
        },
        |root| {
            fs::create_dir(root.join("v2")).unwrap();
            fs::write(root.join("v2/main.yaml"), "22").unwrap();
            symlink("v2", root.join("next")).unwrap();
            fs::rename(root.join("next"), root.join("current")).unwrap();
        },
    );
    assert_eq!(relinked.await, in_file());
}
