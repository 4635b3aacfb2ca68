//! What the cache in this process does beyond what the suite of `shared` asks of any.

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
fn a_cluster_holds_what_its_capacity_has_room_for_and_the_latest_stay() {
    let value = vec![7; 1000];
    let cost = frame::Frame::cost(4, value.len(), false);
    let cluster = caches().cluster(&id("prod"), 10 * cost);
    for n in 0..100_u32 {
        assert!(cluster.refresh(&n.to_le_bytes(), false).store(&value.clone().into(), TTL, NOW));
        let kept: Vec<u32> = (0..=n).filter(|n| has(&cluster, &n.to_le_bytes())).collect();
        assert_eq!(kept, (n.saturating_sub(9)..=n).collect::<Vec<_>>());
    }
}

#[test]
fn all_clusters_together_keep_to_the_memory_there_is() {
    let caches = Caches::in_memory(ROOM, &CacheKeys::random());
    for n in 0..2000_u32 {
        let cluster = caches.cluster(&id(&format!("stage-{}", n % 7)), 100 * ROOM);
        assert!(cluster.refresh(&n.to_le_bytes(), n % 2 == 0).store(&vec![7; 3000].into(), TTL, NOW));
    }
    // What is to be evicted goes in batches.
    (0..10).for_each(|_| caches.settle());
    let stats = caches.stats();
    assert!(stats.memory_bytes <= ROOM && stats.memory_entries > 100, "{stats:?}");
}

#[test]
fn rotated_keys_open_what_they_sealed_as_long_as_they_are_there() {
    let key = |byte: u8| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [byte; 32]);
    let keys = |text: &str| CacheKeys::parse(text).unwrap();
    let caches = Caches::in_memory(ROOM, &keys(&key(1)));
    let cluster = caches.cluster(&id("prod"), ROOM);
    assert!(put(&cluster, b"old", b"v", true));
    caches.rotate(&keys(&format!("{} {}", key(2), key(1))));
    assert!(put(&cluster, b"new", b"v", true));
    assert!(get(&cluster, b"old", true, NOW).is_some());
    caches.rotate(&keys(&key(2)));
    assert!(get(&cluster, b"old", true, NOW).is_none());
    assert!(get(&cluster, b"new", true, NOW).is_some());
    assert!(put(&cluster, b"old", b"again", true) && get(&cluster, b"old", true, NOW).is_some());
}

#[test]
fn no_flight_is_left_on_the_list() {
    let cluster = caches().cluster(&id("prod"), ROOM);
    let leader = |key: &[u8]| match cluster.find(key, false, NOW) {
        Found::Miss(filling) => filling,
        found => panic!("{found:?}"),
    };
    leader(b"stored").store(&Bytes::new(), TTL, NOW);
    leader(b"declined").decline();
    drop(leader(b"dropped"));
    cluster.refresh(b"refreshed", false).store(&Bytes::new(), TTL, NOW);
    let older = leader(b"superseded");
    drop(cluster.refresh(b"superseded", false));
    drop(older);
    assert!(format!("{cluster:?}").contains("Flights(0)"), "{cluster:?}");
}
