//! Quotas: exact while the process lives, never too low after it died.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;

use stagedoor_base::Timestamp;
use stagedoor_shared::{Count, Day, Forgotten, Meter, Period, Quota, Subject};

use crate::house::{House, plan_id};

/// A Monday, 2026-11-23, at one o'clock.
const NOW: Timestamp = Timestamp(1_795_395_600_000);
const DAY: u64 = 86_400_000;
const HOUR: u64 = 3_600_000;

fn daily(limit: u64) -> Quota {
    Quota { limit, period: Period::Day, offset: 0 }
}

fn later(millis: u64) -> Timestamp {
    Timestamp(NOW.0 + millis)
}

fn subject(meter: &Meter) -> Subject {
    meter.subject().clone()
}

/// Today's usage, as the control plane tells it.
fn today(house: &House, meter: &Meter, quota: Option<Quota>, now: Timestamp) -> (u64, u64) {
    let day = Day::from(now);
    house.wait(house.shared.usage(vec![subject(meter)], day, day, quota)).unwrap()[0][0]
}

fn remain(house: &House, meter: &Meter, quota: Quota, remaining: u64, now: Timestamp) {
    house.wait(house.shared.set_remaining(subject(meter), quota, remaining, now)).unwrap();
}

pub(crate) fn a_quota_lets_its_limit_pass(house: &House, tolerance: u64) {
    for limit in [1, 2, 10, 99, 250, 5_000] {
        let (meter, quota) = (house.meter("gold", &limit.to_string()), daily(limit));
        let passed = house.calls(limit + 50, &meter, Some(&quota), NOW);
        assert!((limit..=limit + tolerance).contains(&passed), "{passed} of {limit}");
        assert_eq!(today(house, &meter, Some(quota), NOW), (passed, 0));
        assert_eq!(meter.count(Some(&quota), NOW), Count::Exhausted, "known without asking");
    }
}

pub(crate) fn a_plan_without_a_quota_refuses_nobody(house: &House, _: u64) {
    let meter = house.meter("gold", "key");
    assert_eq!(house.calls(100_000, &meter, None, NOW), 100_000);
    assert_eq!(today(house, &meter, None, NOW), (100_000, 0));
}

pub(crate) fn a_quota_of_nothing_refuses_everybody(house: &House, _: u64) {
    let meter = house.meter("gold", "key");
    assert_eq!(house.calls(10, &meter, Some(&daily(0)), NOW), 0);
    assert_eq!(today(house, &meter, Some(daily(0)), NOW), (0, 0));
}

pub(crate) fn every_period_begins_anew(house: &House, tolerance: u64) {
    // The quota, and how many days are left of the period of that Monday, itself included.
    let cases = [
        (Quota { limit: 10, period: Period::Day, offset: 0 }, 1),
        (Quota { limit: 10, period: Period::Week, offset: 0 }, 6),
        (Quota { limit: 10, period: Period::Week, offset: 1 }, 7),
        (Quota { limit: 10, period: Period::Week, offset: 2 }, 1),
        (Quota { limit: 10, period: Period::Month, offset: 0 }, 8),
        (Quota { limit: 10, period: Period::Month, offset: 23 }, 1),
    ];
    for (case, (quota, days)) in cases.into_iter().enumerate() {
        let meter = house.meter("gold", &case.to_string());
        assert_eq!(house.calls(4, &meter, Some(&quota), NOW), 4);
        let last = later(days * DAY - HOUR - 1);
        let rest = house.calls(20, &meter, Some(&quota), last);
        assert!((6..=6 + tolerance).contains(&rest), "{quota:?}: {rest}");
        let next = later(days * DAY - HOUR);
        assert_eq!(house.calls(1, &meter, Some(&quota), next), 1, "{quota:?}");
        assert_eq!(today(house, &meter, Some(quota), next), (1, 9));
    }
}

pub(crate) fn calls_given_back_may_be_made_again(house: &House, _: u64) {
    let (meter, quota) = (house.meter("gold", "key"), daily(10));
    for _ in 0..100 {
        assert!(house.call(&meter, Some(&quota), NOW));
        meter.give_back(NOW);
    }
    assert_eq!(today(house, &meter, Some(quota), NOW), (0, 10));
    assert_eq!(house.calls(20, &meter, Some(&quota), NOW), 10);
    meter.give_back(NOW);
    assert_eq!(house.calls(20, &meter, Some(&quota), NOW), 1);
    // Of a day that is over: the next one gains nothing.
    assert_eq!(house.calls(3, &meter, Some(&quota), later(DAY)), 3);
    meter.give_back(NOW);
    assert_eq!(house.calls(20, &meter, Some(&quota), later(DAY)), 7);
}

pub(crate) fn remaining_calls_can_be_granted_and_taken(house: &House, _: u64) {
    let (meter, quota) = (house.meter("gold", "key"), Quota { period: Period::Week, ..daily(10) });
    assert_eq!(house.calls(20, &meter, Some(&quota), NOW), 10);
    remain(house, &meter, quota, 5, NOW);
    assert_eq!(today(house, &meter, Some(quota), NOW), (10, 5));
    assert_eq!(house.calls(20, &meter, Some(&quota), later(DAY)), 5);
    remain(house, &meter, quota, 1_000, later(DAY));
    remain(house, &meter, quota, 2, later(DAY));
    assert_eq!(today(house, &meter, Some(quota), later(DAY)), (5, 2));
    assert_eq!(house.calls(20, &meter, Some(&quota), later(DAY)), 2);
    assert_eq!(house.calls(20, &meter, Some(&quota), later(7 * DAY)), 10, "a grant ends with its period");
    remain(house, &meter, quota, 0, later(14 * DAY));
    assert_eq!(house.calls(20, &meter, Some(&quota), later(14 * DAY)), 0);

    let unused = Subject { plan: Arc::new(plan_id("gold")), key: "unused".into() };
    house.wait(house.shared.set_remaining(unused, quota, 3, NOW)).unwrap();
    assert_eq!(house.calls(20, &house.meter("gold", "unused"), Some(&quota), NOW), 3);
}

pub(crate) fn the_largest_grants_add_up(house: &House, _: u64) {
    let (meter, quota) = (house.meter("gold", "key"), Quota { period: Period::Week, ..daily(0) });
    for day in 0..4 {
        remain(house, &meter, quota, i64::MAX as u64, later(day * DAY));
        assert_eq!(house.calls(5, &meter, Some(&quota), later(day * DAY)), 5);
    }
    remain(house, &meter, quota, 0, later(4 * DAY));
    assert_eq!(house.calls(5, &meter, Some(&quota), later(4 * DAY)), 0);
    assert_eq!(today(house, &meter, Some(quota), later(4 * DAY)), (0, 0));
}

pub(crate) fn a_changed_quota_holds_at_once(house: &House, _: u64) {
    let meter = house.meter("gold", "key");
    assert_eq!(house.calls(1_000, &meter, Some(&daily(10_000)), NOW), 1_000);
    assert_eq!(house.calls(1_000, &meter, Some(&daily(1_010)), NOW), 10);
    assert_eq!(house.calls(1_000, &meter, Some(&daily(500)), NOW), 0);
    assert_eq!(today(house, &meter, Some(daily(500)), NOW), (1_010, 0));
    assert_eq!(house.calls(1_000, &meter, Some(&daily(1_100)), NOW), 90);
    let weekly = Quota { limit: 1_200, period: Period::Week, offset: 0 };
    assert_eq!(house.calls(1_000, &meter, Some(&weekly), NOW), 100);
    assert_eq!(house.calls(10, &meter, None, NOW), 10);
    assert_eq!(house.calls(1_000, &meter, Some(&daily(1_211)), NOW), 1);
    assert_eq!(today(house, &meter, Some(daily(1_211)), NOW), (1_211, 0));
}

pub(crate) fn keys_and_plans_do_not_share(house: &House, _: u64) {
    let quota = daily(3);
    for (plan, key) in [("gold", "one"), ("gold", "two"), ("tin", "one"), ("go", "ldone")] {
        assert_eq!(house.calls(5, &house.meter(plan, key), Some(&quota), NOW), 3, "{plan} {key}");
    }
    assert!(Arc::ptr_eq(&house.meter("gold", "one"), &house.meter("gold", "one")));
}

pub(crate) fn usage_is_told_by_day(house: &House, _: u64) {
    let (meter, quota) = (house.meter("gold", "key"), Quota { limit: 100, period: Period::Week, offset: 1 });
    // Monday to Wednesday, and the Monday after.
    for (day, calls) in [(0, 10), (2, 20), (7, 30)] {
        assert_eq!(house.calls(calls, &meter, Some(&quota), later(day * DAY)), calls);
    }
    let unused = Subject { key: "unused".into(), ..subject(&meter) };
    let usage = |from: u32, to: u32| {
        let from = Day(Day::from(NOW).0 + from);
        let to = Day(Day::from(NOW).0 + to);
        let asked = vec![subject(&meter), unused.clone()];
        house.wait(house.shared.usage(asked, from, to, Some(quota))).unwrap()
    };
    let week = [(10, 90), (0, 90), (20, 70), (0, 70), (0, 70), (0, 70), (0, 70)];
    assert_eq!(usage(0, 7), [[&week[..], &[(30, 70)]].concat(), vec![(0, 100); 8]]);
    assert_eq!(usage(3, 3)[0], [(0, 70)], "what was used before counts");
    assert_eq!(usage(8, 9)[0], [(0, 70), (0, 70)]);
    assert_eq!(usage(1, 0)[0], []);
    let everything = house.shared.usage(vec![subject(&meter)], Day(0), Day(u32::MAX), Some(quota));
    assert!(house.wait(everything).is_err(), "an answer is bounded");
}

pub(crate) fn forgetting_begins_anew(house: &House, _: u64) {
    let quota = daily(10);
    let meters = [("gold", "one"), ("gold", "two"), ("tin", "one")].map(|(plan, key)| house.meter(plan, key));
    let fill = || meters.iter().map(|meter| house.calls(20, meter, Some(&quota), NOW)).collect::<Vec<_>>();
    assert_eq!(fill(), [10, 10, 10]);
    house.wait(house.shared.forget(Forgotten::Subject(subject(&meters[0])))).unwrap();
    assert_eq!(fill(), [10, 0, 0]);
    house.wait(house.shared.forget(Forgotten::Plan(plan_id("gold")))).unwrap();
    assert_eq!(fill(), [10, 10, 0]);
    house.wait(house.shared.forget(Forgotten::Everything)).unwrap();
    assert_eq!(fill(), [10, 10, 10]);
}

pub(crate) fn threads_together_are_counted_once_each(house: &House, tolerance: u64) {
    let (meter, quota) = (house.meter("gold", "key"), daily(20_000));
    let passed = AtomicU64::new(0);
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                for call in 0..10_000 {
                    let counted = match meter.count(Some(&quota), NOW) {
                        Count::Counted => true,
                        Count::Exhausted => false,
                        Count::Wait => runtime.block_on(meter.reserve(Some(&quota), NOW)).unwrap(),
                    };
                    // One in ten is refused later.
                    match counted && call % 10 == 0 {
                        true => meter.give_back(NOW),
                        false => drop(passed.fetch_add(u64::from(counted), Ordering::SeqCst)),
                    }
                }
            });
        }
    });
    let passed = passed.into_inner() + house.calls(20_000, &meter, Some(&quota), NOW);
    assert!((20_000..=20_000 + tolerance).contains(&passed), "{passed}");
    assert_eq!(today(house, &meter, Some(quota), NOW), (passed, 0));
}

pub(crate) fn calls_that_stop_waiting_are_not_counted(house: &House, _: u64) {
    let (meter, other, quota) = (house.meter("gold", "key"), house.meter("gold", "other"), daily(10));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    for _ in 0..50 {
        let mut waiting = Box::pin(meter.reserve(Some(&quota), NOW));
        match waiting.as_mut().poll(&mut context) {
            Poll::Ready(answer) => assert_eq!(answer.map(|_| meter.give_back(NOW)), Ok(())),
            // Perhaps answered meanwhile: nobody looks.
            Poll::Pending => drop(waiting),
        }
    }
    // The desk answers in order: after this all of them have been.
    assert_eq!(today(house, &meter, Some(quota), NOW), (0, 10));
    let gate = house.ledger.gate.lock().unwrap();
    let (mut first, mut waiting) =
        (Box::pin(other.reserve(Some(&quota), NOW)), Box::pin(meter.reserve(Some(&quota), NOW)));
    for call in [&mut first, &mut waiting] {
        assert!(call.as_mut().poll(&mut context).is_pending(), "behind one that has to be written");
    }
    drop(gate);
    assert_eq!(today(house, &meter, Some(quota), NOW), (1, 9));
    drop(waiting);
    assert_eq!(today(house, &meter, Some(quota), NOW), (0, 10), "it left with its answer");
    assert_eq!(house.calls(20, &meter, Some(&quota), NOW), 10);
}

pub(crate) fn all_who_wait_share_a_reservation(house: &House, _: u64) {
    let (meter, quota) = (house.meter("gold", "key"), daily(1_000_000));
    let gate = house.ledger.gate.lock().unwrap();
    let asked: Vec<_> = (0..1_000)
        .map(|_| {
            let mut waiting = Box::pin(meter.reserve(Some(&quota), NOW));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(waiting.as_mut().poll(&mut context).is_pending());
            waiting
        })
        .collect();
    drop(gate);
    for waiting in asked {
        assert_eq!(house.wait(waiting), Ok(true));
    }
    // One for those who were first, one for all who came while that was written.
    assert!(house.ledger.writes.load(Ordering::SeqCst) <= 2);
    assert_eq!(today(house, &meter, Some(quota), NOW).0, 1_000);
}

pub(crate) fn a_crash_never_forgets_a_call(_: &House, _: u64) {
    for (limit, calls, lease) in [(10, 4, 1), (1_000, 500, 10), (1_000_000, 5_000, 10_000)] {
        let (house, quota) = (House::new(), daily(limit));
        assert_eq!(house.calls(calls, &house.meter("gold", "key"), Some(&quota), NOW), calls);
        let house = house.crash();
        let (used, _) = today(&house, &house.meter("gold", "key"), Some(quota), NOW);
        assert!((calls..=calls + lease).contains(&used), "{used} of {calls}");
    }
}

pub(crate) fn a_loop_of_crashes_is_no_way_around_a_quota(_: &House, _: u64) {
    let (mut house, quota) = (House::new(), daily(200));
    let mut passed = 0;
    for _ in 0..150 {
        let meter = house.meter("gold", "key");
        passed += house.calls(7, &meter, Some(&quota), NOW);
        drop(meter);
        house = house.crash();
    }
    // Leases under a quota of 200 hold two calls: each of some 25 lives loses no more.
    assert!((140..=200).contains(&passed), "{passed}");
    assert_eq!(today(&house, &house.meter("gold", "key"), Some(quota), NOW), (200, 0));
}

pub(crate) fn an_orderly_end_is_exact(_: &House, _: u64) {
    let mut house = House::new();
    for round in 1..=20 {
        let (meter, free) = (house.meter("gold", "key"), house.meter("free", "key"));
        assert_eq!(house.calls(300, &meter, Some(&daily(1_000_000)), NOW), 300);
        assert_eq!(house.calls(301, &free, None, NOW), 301);
        house.wait(house.shared.close()).unwrap();
        assert!(house.wait(house.shared.close()).is_err(), "closed once");
        assert!(house.try_call(&meter, Some(&daily(1_000_000)), NOW).is_err(), "nothing counts any more");
        house = House::on(Arc::clone(&house.ledger));
        assert_eq!(today(&house, &meter, Some(daily(1_000_000)), NOW).0, 300 * round);
        assert_eq!(today(&house, &free, None, NOW).0, 301 * round);
    }
}

pub(crate) fn idle_meters_are_forgotten_and_their_leases_returned(house: &House, _: u64) {
    let quota = daily(1_000_000);
    for key in 0..10_000 {
        assert!(house.call(&house.meter("gold", &key.to_string()), Some(&quota), NOW));
    }
    let held = house.meter("gold", "held");
    house.shared.sweep(std::time::Duration::ZERO);
    // Answered after the sweep.
    assert_eq!(today(house, &house.meter("gold", "7"), Some(quota), NOW), (1, 999_999));
    assert_eq!(house.shared.kept().1, 2, "the one held, and the one just asked for");
    assert!(house.call(&held, Some(&quota), NOW));
}

pub(crate) fn a_broken_ledger_lets_nothing_pass(house: &House, _: u64) {
    let (meter, quota) = (house.meter("gold", "key"), daily(10));
    let fails = |fails| house.ledger.fails.store(fails, Ordering::SeqCst);
    fails(true);
    assert!(house.try_call(&meter, Some(&quota), NOW).is_err());
    fails(false);
    assert_eq!(house.calls(3, &meter, Some(&quota), NOW), 3);
    // What was reserved ahead still passes; what must ask is refused.
    let before = today(house, &meter, Some(quota), NOW).0;
    fails(true);
    let passed = (0..10).filter(|_| house.try_call(&meter, Some(&quota), NOW) == Ok(true)).count() as u64;
    assert!(passed <= 1, "a lease of a quota of ten is one call, not {passed}");
    assert!(house.wait(house.shared.set_remaining(subject(&meter), quota, 5, NOW)).is_err());
    fails(false);
    assert_eq!(today(house, &meter, Some(quota), NOW), (before + passed, 10 - before - passed));
    assert_eq!(house.calls(20, &meter, Some(&quota), NOW), 10 - before - passed);
}

pub(crate) fn midnight_under_load_loses_nothing(house: &House, _: u64) {
    let meter = house.meter("gold", "key");
    let (clock, going) = (AtomicU64::new(NOW.0), AtomicBool::new(true));
    let counted = std::thread::scope(|threads| {
        let callers: Vec<_> = (0..3)
            .map(|_| {
                threads.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                    let mut counted = 0;
                    while going.load(Ordering::SeqCst) {
                        let now = Timestamp(clock.load(Ordering::SeqCst));
                        match meter.count(None, now) {
                            Count::Wait => drop(runtime.block_on(meter.reserve(None, now)).unwrap()),
                            other => assert_eq!(other, Count::Counted),
                        }
                        counted += 1;
                    }
                    counted
                })
            })
            .collect();
        for _ in 0..20 {
            let before = today(house, &meter, None, Timestamp(clock.load(Ordering::SeqCst))).0;
            // Some calls of this day first.
            while today(house, &meter, None, Timestamp(clock.load(Ordering::SeqCst))).0 < before + 100 {}
            clock.fetch_add(DAY, Ordering::SeqCst);
        }
        going.store(false, Ordering::SeqCst);
        callers.into_iter().map(|caller| caller.join().unwrap()).sum::<u64>()
    });
    let first = Day::from(NOW);
    let usage = house.shared.usage(vec![subject(&meter)], first, Day(first.0 + 20), None);
    let used: u64 = house.wait(usage).unwrap()[0].iter().map(|(used, _)| used).sum();
    assert_eq!(used, counted);
}
