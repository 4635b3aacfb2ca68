//! Buckets: exact, atomic, forgotten when they are full.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use stagedoor_shared::{Bucket, BucketId, Limit, give_back, take};

use crate::house::{House, scope};

const START: Duration = Duration::from_secs(1_000);

fn bucket(house: &House, name: &str) -> Arc<Bucket> {
    house.shared.bucket(BucketId::stage(&scope(), "api", "dev", name))
}

fn passes(bucket: &Bucket, limit: Limit, now: Duration) -> bool {
    take(&[(bucket, limit)], now).is_ok()
}

/// How many tokens there are at this moment, by taking them and giving them back.
fn tokens(bucket: &Bucket, limit: Limit, now: Duration) -> u64 {
    let taken = (0..).take_while(|_| passes(bucket, limit, now)).count();
    for _ in 0..taken {
        give_back(&[(bucket, limit)]);
    }
    taken as u64
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

pub(crate) fn a_driver_at_twice_the_limit_gets_the_limit(house: &House, tolerance: u64) {
    for (rate, burst) in [(0.5, 3), (1.0, 1), (5.0, 10), (3.0, 7), (100.0, 1), (777.7, 50), (10_000.0, 5_000)]
    {
        let (bucket, limit) = (bucket(house, &format!("{rate}/{burst}")), Limit::new(rate, burst));
        let seconds = 30.0;
        let sent = (2.0 * rate * seconds) as u64;
        let passed = (0..sent)
            .filter(|call| {
                passes(&bucket, limit, START + Duration::from_secs_f64(*call as f64 / (2.0 * rate)))
            })
            .count() as f64;
        let expected = (rate * seconds + f64::from(burst)).min(sent as f64);
        // One for where the last interval is cut, far within the one in a hundred that is promised.
        let allowed = 1.0 + tolerance as f64;
        assert!((passed - expected).abs() <= allowed, "{rate}/{burst}: {passed} of {expected}");
    }
}

pub(crate) fn a_bucket_agrees_with_one_that_is_counted_plainly(house: &House, tolerance: u64) {
    if tolerance > 0 {
        return;
    }
    let mut numbers = Numbers(7);
    for round in 0..200 {
        // Rates whose interval is a whole number of nanoseconds: both then count without rounding.
        let interval = 1_000 * (1 + numbers.below(1_000_000));
        let burst = 1 + numbers.below(20);
        let limit = Limit::new(1e9 / interval as f64, u32::try_from(burst).unwrap());
        let bucket = bucket(house, &round.to_string());
        // Kept in units of which an interval has as many as nanoseconds: no rounding either.
        let (mut level, mut then, mut now) = (burst * interval, 0, START.as_nanos() as u64);
        for _ in 0..500 {
            now += numbers.below(interval * 2 / burst.min(4));
            level = (level + (now - then)).min(burst * interval);
            then = now;
            let expected = level >= interval;
            if expected {
                level -= interval;
            }
            assert_eq!(passes(&bucket, limit, Duration::from_nanos(now)), expected, "round {round}");
        }
    }
}

pub(crate) fn a_limit_of_nothing_lets_nothing_pass(house: &House, _: u64) {
    for (rate, burst) in [(0.0, 10), (10.0, 0), (0.0, 0), (-1.0, 10), (f64::NAN, 10), (f64::NEG_INFINITY, 1)]
    {
        let limit = Limit::new(rate, burst);
        assert!(limit.is_closed());
        assert!(!passes(&bucket(house, "closed"), limit, START), "{rate}/{burst}");
    }
    for (rate, burst) in [(f64::INFINITY, u32::MAX), (1e-30, 1), (f64::MIN_POSITIVE, u32::MAX)] {
        let bucket = bucket(house, &rate.to_string());
        assert!(passes(&bucket, Limit::new(rate, burst), START), "{rate}/{burst}");
        assert!(passes(&bucket, Limit::new(1e9, 1), Duration::MAX));
    }
}

pub(crate) fn a_changed_limit_holds_at_once(house: &House, tolerance: u64) {
    let (bucket, slow) = (bucket(house, "changed"), Limit::new(1.0, 100));
    while passes(&bucket, slow, START) {}
    let fast = Limit::new(100.0, 5);
    assert!(!passes(&bucket, fast, START), "what was used stays used");
    assert_eq!(tokens(&bucket, fast, START + Duration::from_millis(20)), 2 + tolerance);
    let large = Limit::new(1.0, 1_000);
    let left = tokens(&bucket, large, START + Duration::from_millis(20));
    assert!((997..=997 + tolerance).contains(&left), "of five, three are owed: {left}");
}

/// Whatever happens to the rate, what has been used of a burst is as much as before.
pub(crate) fn another_rate_neither_fills_a_bucket_nor_closes_it(house: &House, tolerance: u64) {
    for (case, (before, after)) in
        [(100.0, 1.0), (1.0, 100.0), (1e-6, 1e6), (1e6, 1e-6)].into_iter().enumerate()
    {
        let bucket = bucket(house, &format!("rate {case}"));
        let (before, after) = (Limit::new(before, 100), Limit::new(after, 100));
        (0..70).for_each(|_| assert!(passes(&bucket, before, START)));
        let passed = (0..200).filter(|_| passes(&bucket, after, START)).count() as u64;
        assert!((30..=30 + tolerance).contains(&passed), "{case}: {passed}");
        give_back(&[(&bucket, before)]);
        assert_eq!(tokens(&bucket, after, START), 1 + tolerance, "{case}: taken by another limit");
    }
}

pub(crate) fn limits_that_change_under_load_add_up(house: &House, tolerance: u64) {
    let bucket = bucket(house, "changes");
    let (mut passed, mut allowed) = (0, 50.0);
    for millis in 0..30_000 {
        let rate = [100.0, 400.0, 20.0, 900.0, 1.0][millis / 100 % 5];
        let now = START + Duration::from_millis(millis as u64);
        passed += (0..3).filter(|_| passes(&bucket, Limit::new(rate, 50), now)).count() as u64;
        allowed += rate / 1_000.0;
    }
    let most = allowed as u64 + 1 + tolerance;
    assert!((most - most / 100..=most).contains(&passed), "{passed} of {allowed}");
}

pub(crate) fn the_slowest_limits_hold_too(house: &House, tolerance: u64) {
    for (rate, burst) in [(1e-6, 20_000_u32), (1e-30, 300), (f64::MIN_POSITIVE, 100_000)] {
        let (bucket, limit) = (bucket(house, &format!("{rate}")), Limit::new(rate, burst));
        let passed = (0..burst * 2).filter(|_| passes(&bucket, limit, START)).count() as u64;
        let burst = u64::from(burst);
        assert!((burst..=burst + tolerance).contains(&passed), "{rate}: {passed} of {burst}");
    }
}

pub(crate) fn limits_that_change_under_threads_share_one_burst(house: &House, tolerance: u64) {
    let bucket = bucket(house, "two limits");
    let limits = [Limit::new(1e-3, 2_000), Limit::new(2e-3, 2_000)];
    let (calls, passed) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                for _ in 0..5_000 {
                    let limit = limits[(calls.fetch_add(1, Ordering::SeqCst) / 1_000 % 2) as usize];
                    passed.fetch_add(u64::from(passes(&bucket, limit, START)), Ordering::SeqCst);
                }
            });
        }
    });
    let passed = passed.into_inner();
    // Of twenty changes each may meet a few calls on their way, which count for nothing, or as two at most.
    assert!((1_500..=2_500 + tolerance).contains(&passed), "{passed}");
}

pub(crate) fn callers_that_are_late_fill_no_bucket(house: &House, tolerance: u64) {
    let (bucket, limit) = (bucket(house, "late"), Limit::new(1_000.0, 100));
    let mut passed = 0;
    for millis in 0..2_000 {
        let now = START + Duration::from_millis(millis);
        // Each millisecond many ask, some of whom read the clock up to a second ago.
        for late in [0, 1, 50, 999] {
            let asked = now.saturating_sub(Duration::from_millis(late));
            passed += (0..5).filter(|_| passes(&bucket, limit, asked)).count() as u64;
        }
    }
    assert!(passed <= 100 + 2_000 + tolerance, "{passed}");
}

pub(crate) fn nothing_is_taken_from_any_bucket_when_one_is_empty(house: &House, _: u64) {
    let (one, two, three) = (bucket(house, "one"), bucket(house, "two"), bucket(house, "three"));
    let limit = Limit::new(1.0, 10);
    while passes(&two, limit, START) {}
    for _ in 0..5 {
        assert_eq!(take(&[(&one, limit), (&two, limit), (&three, limit)], START), Err(1));
    }
    assert_eq!((tokens(&one, limit, START), tokens(&three, limit, START)), (10, 10));
    assert_eq!(take(&[(&one, limit), (&three, limit)], START), Ok(()));
    assert_eq!((tokens(&one, limit, START), tokens(&three, limit, START)), (9, 9));
    assert_eq!(take(&[], START), Ok(()));
}

pub(crate) fn the_first_empty_bucket_is_named(house: &House, _: u64) {
    let buckets: Vec<_> = (0..4).map(|n| bucket(house, &n.to_string())).collect();
    let (open, closed) = (Limit::new(1.0, 10), Limit::new(0.0, 0));
    for empty in 1..16_u32 {
        let asks: Vec<_> = buckets
            .iter()
            .enumerate()
            .map(|(at, bucket)| (&**bucket, if empty >> at & 1 == 1 { closed } else { open }))
            .collect();
        assert_eq!(take(&asks, START), Err(empty.trailing_zeros() as usize), "{empty:b}");
    }
}

pub(crate) fn tokens_that_are_given_back_are_there_again(house: &House, _: u64) {
    let (bucket, limit) = (bucket(house, "returned"), Limit::new(10.0, 3));
    for _ in 0..100 {
        assert!(passes(&bucket, limit, START));
        give_back(&[(&bucket, limit)]);
    }
    assert_eq!(tokens(&bucket, limit, START), 3);
    give_back(&[(&bucket, Limit::new(0.0, 0))]);
    assert_eq!(tokens(&bucket, limit, START), 3);
}

pub(crate) fn one_name_is_one_bucket(house: &House, _: u64) {
    let shared = &house.shared;
    let id = || BucketId::plan(&scope(), "gold", "key");
    assert!(Arc::ptr_eq(&shared.bucket(id()), &shared.bucket(id())));
    let mut others = scope();
    others.account = "111111111111".into();
    let names = [
        id(),
        BucketId::plan(&others, "gold", "key"),
        BucketId::plan(&scope(), "gold", "yek"),
        BucketId::account(&scope()),
        BucketId::account(&others),
        BucketId::stage(&scope(), "gold", "key", "*/*"),
        BucketId::stage(&scope(), "gold", "key", "~1pets/GET"),
        BucketId::plan_method(&scope(), "gold", "key", "api", "dev", "/pets/GET"),
        BucketId::plan_method(&scope(), "gold", "key", "api", "prod", "/pets/GET"),
    ];
    let limit = Limit::new(1.0, 1);
    let buckets = names.map(|name| shared.bucket(name));
    assert!(buckets.iter().all(|bucket| passes(bucket, limit, START)), "each is full when it is new");
}

pub(crate) fn threads_together_get_no_more_than_one_alone(house: &House, tolerance: u64) {
    let (bucket, limit) = (bucket(house, "busy"), Limit::new(1_000.0, 2_000));
    // Time that the threads move themselves: ten milliseconds a step, one second in all.
    let (clock, passed) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                for call in 0..25_000_u64 {
                    if call % 1_000 == 999 {
                        clock.fetch_add(10, Ordering::SeqCst);
                    }
                    let now = START + Duration::from_millis(clock.load(Ordering::SeqCst));
                    passed.fetch_add(u64::from(passes(&bucket, limit, now)), Ordering::SeqCst);
                }
            });
        }
    });
    let passed = passed.into_inner();
    let most = 2_000 + clock.into_inner() + tolerance;
    assert!(passed <= most, "{passed} of {most}");
    assert!(passed >= 2_000, "{passed}");
}

pub(crate) fn threads_that_are_refused_elsewhere_take_nothing(house: &House, tolerance: u64) {
    let (wide, narrow) = (bucket(house, "wide"), bucket(house, "narrow"));
    let (much, little) = (Limit::new(1.0, 100_000), Limit::new(1.0, 500));
    let passed = AtomicU64::new(0);
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                for _ in 0..10_000 {
                    let taken = take(&[(&wide, much), (&narrow, little)], START).is_ok();
                    passed.fetch_add(u64::from(taken), Ordering::SeqCst);
                }
            });
        }
    });
    let passed = passed.into_inner();
    assert!((500..=500 + tolerance).contains(&passed), "{passed}");
    assert_eq!(tokens(&wide, much, START), 100_000 - passed);
}

pub(crate) fn a_million_callers_are_forgotten(house: &House, _: u64) {
    let (limit, shared) = (Limit::new(1.0, 1), &house.shared);
    for caller in 0..1_000_000 {
        let bucket = shared.bucket(BucketId::plan(&scope(), "gold", &caller.to_string()));
        assert!(passes(&bucket, limit, START));
    }
    let held = bucket(house, "held");
    shared.sweep(START + Duration::from_millis(999));
    assert_eq!(shared.kept().0, 1_000_001, "none of them is full");
    shared.sweep(START + Duration::from_secs(1));
    assert_eq!(shared.kept().0, 1, "only what somebody holds");
    drop(held);
    shared.sweep(START);
    assert_eq!(shared.kept().0, 0);
}
