//! Who fetches when many miss one key: exactly one, and nobody hangs on another longer than it wants to.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::{AccountId, ApiId, Region, Scope, StageName};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::*;

const NOW: Duration = Duration::from_secs(1_000);
const TTL: Duration = Duration::from_secs(300);
/// Longer than any test takes on the slowest machine: whoever waits this long, hangs.
const FOREVER: Duration = Duration::from_secs(120);

fn cluster() -> Arc<Cluster> {
    let scope = Scope { account: AccountId::from("111122223333"), region: Region::from("eu-west-1") };
    let id = ClusterId { scope, api: ApiId::from("a1"), stage: StageName::from("prod") };
    Caches::in_memory(1 << 20, &CacheKeys::random()).cluster(&id, 1 << 20)
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_miss_together_one_fetches() {
    let (cluster, fetches) = (cluster(), Arc::new(AtomicUsize::new(0)));
    for key in 0..50_u8 {
        let barrier = Arc::new(Barrier::new(32));
        let mut tasks = JoinSet::new();
        for _ in 0..32 {
            let (cluster, fetches, barrier) =
                (Arc::clone(&cluster), Arc::clone(&fetches), Arc::clone(&barrier));
            tasks.spawn(async move {
                barrier.wait().await;
                let fetch = |filling: Filling| {
                    fetches.fetch_add(1, Ordering::Relaxed);
                    std::thread::yield_now();
                    assert!(filling.store(&v("reply"), TTL, NOW));
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
            });
        }
        assert!(tasks.join_all().await.iter().all(|value| *value == v("reply")));
        assert_eq!(fetches.load(Ordering::Relaxed), usize::from(key) + 1);
    }
}

#[tokio::test]
async fn keys_do_not_wait_for_each_other() {
    let cluster = cluster();
    let _one = leader(&cluster, b"one");
    assert!(leader(&cluster, b"two").store(&v("two"), TTL, NOW));
}

#[tokio::test]
async fn a_leader_that_dies_is_followed_by_one_of_those_who_wait() {
    let cluster = cluster();
    let filling = leader(&cluster, b"k");
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
    assert_eq!(leaders, 1);
}

#[tokio::test]
async fn a_leader_that_has_nothing_to_share_lets_all_go_at_once() {
    let cluster = cluster();
    let filling = leader(&cluster, b"k");
    let waiting = [follower(&cluster, b"k"), follower(&cluster, b"k")];
    filling.decline();
    let mut alone = Vec::new();
    for wait in waiting {
        match outcome(wait).await {
            // None of them is dropped yet: they do not wait for each other.
            Waited::Miss(filling) => alone.push(filling),
            waited => panic!("{waited:?}"),
        }
    }
    let kept: Vec<bool> = alone.into_iter().map(|filling| filling.store(&v("own"), TTL, NOW)).collect();
    assert_eq!(kept, [true, false]);
}

#[tokio::test]
async fn nobody_waits_longer_than_it_wants_to() {
    let cluster = cluster();
    let slow = leader(&cluster, b"k");
    let patience = Duration::from_millis(1);
    match follower(&cluster, b"k").outcome(patience, &|| NOW).await {
        Waited::Miss(own) => assert!(own.store(&v("own"), TTL, NOW)),
        waited => panic!("{waited:?}"),
    }
    // It was asked for earlier.
    assert!(!slow.store(&v("slow"), TTL, NOW));
    assert!(matches!(cluster.find(b"k", false, NOW), Found::Hit(value) if value == v("own")));
}

#[tokio::test]
async fn one_who_stops_waiting_holds_nobody() {
    let cluster = cluster();
    let filling = leader(&cluster, b"k");
    drop(follower(&cluster, b"k"));
    let wait = follower(&cluster, b"k");
    assert!(filling.store(&v("v"), TTL, NOW));
    assert!(matches!(outcome(wait).await, Waited::Shared(_)));
}

#[tokio::test]
async fn what_was_fetched_before_a_flush_is_not_kept_and_not_shared_with_those_who_come_after() {
    let cluster = cluster();
    let (before, early) = (leader(&cluster, b"k"), follower(&cluster, b"k"));
    cluster.flush();
    let after = leader(&cluster, b"k");
    let late = follower(&cluster, b"k");
    assert!(!before.store(&v("before"), TTL, NOW));
    assert!(matches!(outcome(early).await, Waited::Shared(value) if value == v("before")));
    assert!(after.store(&v("after"), TTL, NOW));
    assert!(matches!(outcome(late).await, Waited::Shared(value) if value == v("after")));
}

#[tokio::test]
async fn an_older_fetch_does_not_replace_what_a_newer_order_brought() {
    let cluster = cluster();
    let older = leader(&cluster, b"k");
    let newer = cluster.refresh(b"k", false);
    let wait = follower(&cluster, b"k");
    assert!(newer.store(&v("newer"), TTL, NOW));
    assert!(!older.store(&v("older"), TTL, NOW));
    assert!(matches!(outcome(wait).await, Waited::Shared(value) if value == v("newer")));
    assert!(matches!(cluster.find(b"k", false, NOW), Found::Hit(value) if value == v("newer")));
}

#[tokio::test]
async fn who_fetches_alone_does_not_replace_what_a_newer_order_brought() {
    let cluster = cluster();
    let slow = leader(&cluster, b"k");
    let Waited::Miss(alone) = follower(&cluster, b"k").outcome(Duration::ZERO, &|| NOW).await else {
        panic!()
    };
    assert!(cluster.refresh(b"k", false).store(&v("newer"), TTL, NOW));
    assert!(!alone.store(&v("older"), TTL, NOW));
    drop(slow);
    assert!(matches!(cluster.find(b"k", false, NOW), Found::Hit(value) if value == v("newer")));
    // Once that no longer counts, anything is newer.
    let later = NOW + TTL + TTL;
    let Found::Miss(filling) = cluster.find(b"k", false, later) else { panic!() };
    assert!(filling.store(&v("next"), TTL, later));
}

#[tokio::test]
async fn nothing_is_left_on_the_list() {
    let cluster = cluster();
    leader(&cluster, b"stored").store(&v("v"), TTL, NOW);
    leader(&cluster, b"declined").decline();
    drop(leader(&cluster, b"dropped"));
    cluster.refresh(b"refreshed", false).store(&v("v"), TTL, NOW);
    let older = leader(&cluster, b"superseded");
    drop(cluster.refresh(b"superseded", false));
    drop(older);
    assert!(format!("{cluster:?}").contains("Flights(0)"), "{cluster:?}");
}
