//! What the cache promises, through its surface.

use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::{AccountId, ApiId, Region, Scope, StageName};

use super::*;

const NOW: Duration = Duration::from_secs(1_000);
const TTL: Duration = Duration::from_secs(300);
const ROOM: u64 = 1 << 20;

fn id(stage: &str) -> ClusterId {
    let scope = Scope { account: AccountId::from("111122223333"), region: Region::from("eu-west-1") };
    ClusterId { scope, api: ApiId::from("a1"), stage: StageName::from(stage) }
}

fn caches() -> Caches {
    Caches::in_memory(64 << 20, &CacheKeys::random())
}

fn put(cluster: &Arc<Cluster>, key: &[u8], value: &'static [u8], encrypted: bool) -> bool {
    match cluster.find(key, encrypted, NOW) {
        Found::Miss(filling) => filling.store(&Bytes::from_static(value), TTL, NOW),
        found => panic!("{found:?}"),
    }
}

fn get(cluster: &Arc<Cluster>, key: &[u8], encrypted: bool, now: Duration) -> Option<Bytes> {
    match cluster.find(key, encrypted, now) {
        Found::Hit(value) => Some(value),
        _ => None,
    }
}

fn has(cluster: &Arc<Cluster>, key: &[u8]) -> bool {
    get(cluster, key, false, NOW).is_some()
}

#[test]
fn what_is_stored_is_found_until_its_deadline() {
    let cluster = caches().cluster(&id("prod"), ROOM);
    for encrypted in [false, true] {
        let key = [b'k', u8::from(encrypted)];
        assert!(put(&cluster, &key, b"reply", encrypted));
        let just_before = NOW + TTL - Duration::from_millis(1);
        assert_eq!(get(&cluster, &key, encrypted, just_before).as_deref(), Some(&b"reply"[..]));
        assert_eq!(get(&cluster, &key, encrypted, NOW + TTL), None);
        assert_eq!(get(&cluster, &key, !encrypted, NOW), None);
    }
}

#[test]
fn clusters_share_nothing() {
    let caches = caches();
    let (one, other) = (caches.cluster(&id("prod"), ROOM), caches.cluster(&id("test"), ROOM));
    assert!(put(&one, b"k", b"one", false));
    assert!(!has(&other, b"k"));
    other.flush();
    assert!(has(&one, b"k"));
    assert!(has(&caches.cluster(&id("prod"), ROOM), b"k"));
}

#[test]
fn a_flush_a_resize_and_an_end_empty_a_cluster() {
    let caches = caches();
    let cluster = caches.cluster(&id("prod"), ROOM);
    let check = |empty: &dyn Fn()| {
        assert!(put(&cluster, b"k", b"v", false) && has(&cluster, b"k"));
        empty();
        assert!(!has(&cluster, b"k"));
    };
    check(&|| cluster.flush());
    check(&|| drop(caches.cluster(&id("prod"), 2 * ROOM)));
    check(&|| caches.remove(&id("prod")));
    assert!(!has(&caches.cluster(&id("prod"), ROOM), b"k"));
}
