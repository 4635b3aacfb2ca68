//! Usage is kept by account, region, plan, key and day.

use stagedoor_base::Scope;
use stagedoor_store::{Store, Usage, UsageOf};

use crate::samples::scope;

fn row(day: u32, used: u64, granted: i64) -> Usage {
    Usage { day, used, granted }
}

fn of<'u>(scope: &'u Scope, plan: &'u str, key: &'u str) -> UsageOf<'u> {
    UsageOf { scope, plan, key }
}

#[test]
fn rows_are_replaced_and_read_by_days() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let here = scope();
    let there = Scope { region: "eu-central-1".into(), ..here.clone() };
    let (one, two, far) = (of(&here, "gold", "one"), of(&here, "gold", "two"), of(&there, "gold", "one"));
    store
        .set_usage([(one, row(7, 1, 0)), (one, row(9, 2, -5)), (two, row(7, 3, 0)), (far, row(7, 4, 0))])
        .unwrap();
    store.set_usage([(one, row(7, 10, 6))]).unwrap();
    drop(store);

    let store = Store::open(directory.path()).unwrap();
    let read = store.usage(&[(one, 0, 100), (one, 8, 9), (two, 7, 7), (far, 7, 7), (two, 8, 9)]).unwrap();
    let expected = [
        vec![row(7, 10, 6), row(9, 2, -5)],
        vec![row(9, 2, -5)],
        vec![row(7, 3, 0)],
        vec![row(7, 4, 0)],
        vec![],
    ];
    assert_eq!(read, expected);
}

#[test]
fn what_is_forgotten_is_only_what_was_named() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let here = scope();
    let keys = [("gold", "one"), ("gold", "two"), ("tin", "one")];
    let left = || {
        let asked = keys.map(|(plan, key)| (of(&here, plan, key), 0, 100));
        store.usage(&asked).unwrap().iter().map(Vec::len).collect::<Vec<_>>()
    };
    for day in [1, 2] {
        store.set_usage(keys.map(|(plan, key)| (of(&here, plan, key), row(day, 1, 0)))).unwrap();
    }
    store.forget_usage(&here, "gold", Some("one")).unwrap();
    assert_eq!(left(), [0, 2, 2]);
    store.forget_usage_before(2).unwrap();
    assert_eq!(left(), [0, 1, 1]);
    store.forget_usage(&here, "gold", None).unwrap();
    assert_eq!(left(), [0, 0, 1]);
    store.clear_usage().unwrap();
    assert_eq!(left(), [0, 0, 0]);
}
