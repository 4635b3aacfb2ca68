//! Cached replies: what is found and for how long, what clusters never share, and who fetches when many miss together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use stagedoor_shared::cache::{Cluster, ClusterId, Filling, Found, Wait, Waited};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::house::{House, scope};

const NOW: Duration = Duration::from_secs(1_000);
const TTL: Duration = Duration::from_secs(300);
const ROOM: u64 = 1 << 20;
/// Longer than any test takes on the slowest machine: whoever waits this long, hangs.
const FOREVER: Duration = Duration::from_secs(120);

fn id(stage: &str) -> ClusterId {
    ClusterId { scope: scope(), api: "a1".into(), stage: stage.into() }
}

fn cluster(house: &House) -> Arc<Cluster> {
    house.shared.caches().cluster(&id("prod"), ROOM)
}

/// Misses `key`, and fetches it.
fn put(cluster: &Arc<Cluster>, key: &[u8], value: &'static str, encrypted: bool) -> bool {
    match cluster.find(key, encrypted, NOW) {
        Found::Miss(filling) => filling.store(&v(value), TTL, NOW),
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

fn leader(cluster: &Arc<Cluster>, key: &[u8]) -> Filling {
    match cluster.find(key, false, NOW) {
        Found::Miss(filling) => filling,
        found => panic!("{found:?}"),
    }
}

fn follower(cluster: &Arc<Cluster>, key: &[u8]) -> Wait {
    match cluster.find(key, false, NOW) {
        Found::Wait(wait) => wait,
        found => panic!("{found:?}"),
    }
}

async fn outcome(wait: Wait) -> Waited {
    wait.outcome(FOREVER, &|| NOW).await
}

fn v(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

pub(crate) fn what_is_stored_is_found_until_its_deadline(house: &House, _: u64) {
    let cluster = cluster(house);
    for encrypted in [false, true] {
        let key = [b'k', u8::from(encrypted)];
        assert!(put(&cluster, &key, "reply", encrypted));
        let just_before = NOW + TTL - Duration::from_millis(1);
        assert_eq!(get(&cluster, &key, encrypted, just_before), Some(v("reply")));
        assert_eq!(get(&cluster, &key, encrypted, NOW + TTL), None);
        assert_eq!(get(&cluster, &key, !encrypted, NOW), None);
    }
}

pub(crate) fn clusters_share_nothing(house: &House, _: u64) {
    let caches = house.shared.caches();
    let (one, other) = (caches.cluster(&id("prod"), ROOM), caches.cluster(&id("test"), ROOM));
    assert!(put(&one, b"k", "one", false));
    assert!(!has(&other, b"k"));
    other.flush();
    assert!(has(&one, b"k"));
    assert!(has(&caches.cluster(&id("prod"), ROOM), b"k"));
}

pub(crate) fn a_flush_a_resize_and_an_end_empty_a_cluster(house: &House, _: u64) {
    let (caches, cluster) = (house.shared.caches(), cluster(house));
    let check = |empty: &dyn Fn()| {
        assert!(put(&cluster, b"k", "v", false) && has(&cluster, b"k"));
        empty();
        assert!(!has(&cluster, b"k"));
    };
    check(&|| cluster.flush());
    check(&|| drop(caches.cluster(&id("prod"), 2 * ROOM)));
    check(&|| caches.remove(&id("prod")));
    assert!(!has(&caches.cluster(&id("prod"), ROOM), b"k"));
}

pub(crate) fn what_is_larger_than_its_cluster_is_not_kept(house: &House, _: u64) {
    let cluster = house.shared.caches().cluster(&id("prod"), 4096);
    assert!(!cluster.refresh(b"k", false).store(&vec![7; 4096].into(), TTL, NOW));
    assert!(!has(&cluster, b"k"));
}

pub(crate) fn of_many_who_miss_together_one_fetches(house: &House, tolerance: u64) {
    const CALLERS: usize = 32;
    let threads =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
    let cluster = cluster(house);
    for key in 0..50_u8 {
        let (barrier, fetches) = (Arc::new(Barrier::new(CALLERS)), Arc::<AtomicU64>::default());
        let replies = threads.block_on(async {
            let mut callers = JoinSet::new();
            for _ in 0..CALLERS {
                let (cluster, barrier, fetches) = (cluster.clone(), barrier.clone(), fetches.clone());
                callers.spawn(async move {
                    barrier.wait().await;
                    fetched_once(&cluster, key, &fetches).await
                });
            }
            callers.join_all().await
        });
        assert!(replies.iter().all(|reply| *reply == v("reply")));
        assert!((1..=1 + tolerance).contains(&fetches.load(Ordering::Relaxed)));
    }
}

async fn fetched_once(cluster: &Arc<Cluster>, key: u8, fetches: &AtomicU64) -> Bytes {
    let fetch = |filling: Filling| {
        fetches.fetch_add(1, Ordering::Relaxed);
        std::thread::yield_now();
        filling.store(&v("reply"), TTL, NOW);
        v("reply")
    };
    match cluster.find(&[key], false, NOW) {
        Found::Hit(value) => value,
        Found::Miss(filling) => fetch(filling),
        Found::Wait(wait) => match outcome(wait).await {
            Waited::Hit(value) | Waited::Shared(value) => value,
            Waited::Miss(filling) => fetch(filling),
        },
    }
}

pub(crate) fn keys_do_not_wait_for_each_other(house: &House, _: u64) {
    let cluster = cluster(house);
    let _one = leader(&cluster, b"one");
    assert!(leader(&cluster, b"two").store(&v("two"), TTL, NOW));
}

pub(crate) fn a_leader_that_dies_is_followed_by_one_of_those_who_wait(house: &House, _: u64) {
    let cluster = cluster(house);
    let filling = leader(&cluster, b"k");
    let leaders = house.wait(async {
        let mut waiting = JoinSet::new();
        for _ in 0..10 {
            waiting.spawn(outcome(follower(&cluster, b"k")));
        }
        drop(filling);
        let mut leaders = 0;
        while let Some(waited) = waiting.join_next().await {
            match waited.unwrap() {
                Waited::Miss(filling) => {
                    leaders += 1;
                    assert!(filling.store(&v("late"), TTL, NOW));
                }
                Waited::Hit(value) | Waited::Shared(value) => assert_eq!(value, v("late")),
            }
        }
        leaders
    });
    assert_eq!(leaders, 1);
}

pub(crate) fn a_leader_that_has_nothing_to_share_lets_all_go_at_once(house: &House, _: u64) {
    let cluster = cluster(house);
    let filling = leader(&cluster, b"k");
    let waiting = [follower(&cluster, b"k"), follower(&cluster, b"k")];
    filling.decline();
    // None of them is dropped before all have it: they do not wait for each other.
    let alone = waiting.map(|wait| match house.wait(outcome(wait)) {
        Waited::Miss(filling) => filling,
        waited => panic!("{waited:?}"),
    });
    let [first, second] = alone;
    assert!(second.store(&v("second"), TTL, NOW));
    assert!(!first.store(&v("first"), TTL, NOW));
    assert_eq!(get(&cluster, b"k", false, NOW), Some(v("second")));
}

pub(crate) fn nobody_waits_longer_than_it_wants_to(house: &House, _: u64) {
    let cluster = cluster(house);
    let slow = leader(&cluster, b"k");
    let impatient = follower(&cluster, b"k");
    match house.wait(async { impatient.outcome(Duration::from_millis(1), &|| NOW).await }) {
        Waited::Miss(own) => assert!(own.store(&v("own"), TTL, NOW)),
        waited => panic!("{waited:?}"),
    }
    // It was asked for earlier.
    assert!(!slow.store(&v("slow"), TTL, NOW));
    assert_eq!(get(&cluster, b"k", false, NOW), Some(v("own")));
}

pub(crate) fn one_who_stops_waiting_holds_nobody(house: &House, _: u64) {
    let cluster = cluster(house);
    let filling = leader(&cluster, b"k");
    drop(follower(&cluster, b"k"));
    let wait = follower(&cluster, b"k");
    assert!(filling.store(&v("v"), TTL, NOW));
    assert!(matches!(house.wait(outcome(wait)), Waited::Shared(_)));
}

pub(crate) fn what_was_fetched_before_a_flush_is_neither_kept_nor_shared_with_those_who_come_after(
    house: &House,
    _: u64,
) {
    let cluster = cluster(house);
    let (before, early) = (leader(&cluster, b"k"), follower(&cluster, b"k"));
    cluster.flush();
    let (after, late) = (leader(&cluster, b"k"), follower(&cluster, b"k"));
    assert!(!before.store(&v("before"), TTL, NOW));
    assert!(matches!(house.wait(outcome(early)), Waited::Shared(value) if value == v("before")));
    assert!(after.store(&v("after"), TTL, NOW));
    assert!(matches!(house.wait(outcome(late)), Waited::Shared(value) if value == v("after")));
}

pub(crate) fn an_older_fetch_does_not_replace_what_a_newer_order_brought(house: &House, _: u64) {
    let cluster = cluster(house);
    let older = leader(&cluster, b"k");
    let newer = cluster.refresh(b"k", false);
    let wait = follower(&cluster, b"k");
    assert!(newer.store(&v("newer"), TTL, NOW));
    assert!(!older.store(&v("older"), TTL, NOW));
    assert!(matches!(house.wait(outcome(wait)), Waited::Shared(value) if value == v("newer")));
    assert_eq!(get(&cluster, b"k", false, NOW), Some(v("newer")));
}

pub(crate) fn who_fetches_alone_does_not_replace_what_a_newer_order_brought(house: &House, _: u64) {
    let cluster = cluster(house);
    let slow = leader(&cluster, b"k");
    let impatient = follower(&cluster, b"k");
    let Waited::Miss(alone) = house.wait(async { impatient.outcome(Duration::ZERO, &|| NOW).await }) else {
        panic!("somebody brought it")
    };
    assert!(cluster.refresh(b"k", false).store(&v("newer"), TTL, NOW));
    assert!(!alone.store(&v("older"), TTL, NOW));
    drop(slow);
    assert_eq!(get(&cluster, b"k", false, NOW), Some(v("newer")));
    // Once that no longer counts, anything is newer.
    let later = NOW + TTL + TTL;
    let Found::Miss(filling) = cluster.find(b"k", false, later) else { panic!("it still counts") };
    assert!(filling.store(&v("next"), TTL, later));
}

pub(crate) fn of_two_renewals_the_later_order_stays(house: &House, _: u64) {
    let cluster = cluster(house);
    assert!(put(&cluster, b"k", "kept", false));
    let (first, second) = (cluster.refresh(b"k", false), cluster.refresh(b"k", false));
    assert!(second.store(&v("second"), TTL, NOW));
    assert!(!first.store(&v("first"), TTL, NOW));
    assert_eq!(get(&cluster, b"k", false, NOW), Some(v("second")));
    // One that comes to nothing takes nothing from the other.
    let (first, second) = (cluster.refresh(b"k", false), cluster.refresh(b"k", false));
    drop(second);
    assert!(first.store(&v("renewed"), TTL, NOW));
    assert_eq!(get(&cluster, b"k", false, NOW), Some(v("renewed")));
}
