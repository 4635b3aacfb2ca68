//! What the shared state promises, on the implementation in this process, which is exact.
//!
//! The suite speaks to the public surface only; another implementation runs it with the tolerance that it needs.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod buckets;
mod caches;
mod house;
mod quotas;

use house::House;

/// How many calls more than allowed may pass, and how often more than once a reply may be fetched: a lease, and a fetch, a node
/// where nodes only hear of each other.
const TOLERANCE: u64 = 0;

macro_rules! promises {
    ($($suite:ident: $($promise:ident)*;)*) => {$($(
        #[test]
        fn $promise() {
            $suite::$promise(&House::new(), TOLERANCE);
        }
    )*)*};
}

promises! {
    buckets:
        a_driver_at_twice_the_limit_gets_the_limit
        a_bucket_agrees_with_one_that_is_counted_plainly
        a_limit_of_nothing_lets_nothing_pass
        a_changed_limit_holds_at_once
        another_rate_neither_fills_a_bucket_nor_closes_it
        limits_that_change_under_load_add_up
        the_slowest_limits_hold_too
        limits_that_change_under_threads_share_one_burst
        callers_that_are_late_fill_no_bucket
        nothing_is_taken_from_any_bucket_when_one_is_empty
        the_first_empty_bucket_is_named
        tokens_that_are_given_back_are_there_again
        one_name_is_one_bucket
        threads_together_get_no_more_than_one_alone
        threads_that_are_refused_elsewhere_take_nothing
        a_million_callers_are_forgotten;
    quotas:
        a_quota_lets_its_limit_pass
        a_plan_without_a_quota_refuses_nobody
        a_quota_of_nothing_refuses_everybody
        every_period_begins_anew
        calls_given_back_may_be_made_again
        remaining_calls_can_be_granted_and_taken
        the_largest_grants_add_up
        a_changed_quota_holds_at_once
        keys_and_plans_do_not_share
        usage_is_told_by_day
        forgetting_begins_anew
        threads_together_are_counted_once_each
        calls_that_stop_waiting_are_not_counted
        all_who_wait_share_a_reservation
        a_crash_never_forgets_a_call
        a_loop_of_crashes_is_no_way_around_a_quota
        an_orderly_end_is_exact
        idle_meters_are_forgotten_and_their_leases_returned
        a_broken_ledger_lets_nothing_pass
        midnight_under_load_loses_nothing;
    caches:
        what_is_stored_is_found_until_its_deadline
        clusters_share_nothing
        a_flush_a_resize_and_an_end_empty_a_cluster
        what_is_larger_than_its_cluster_is_not_kept
        of_many_who_miss_together_one_fetches
        keys_do_not_wait_for_each_other
        a_leader_that_dies_is_followed_by_one_of_those_who_wait
        a_leader_that_has_nothing_to_share_lets_all_go_at_once
        nobody_waits_longer_than_it_wants_to
        one_who_stops_waiting_holds_nobody
        what_was_fetched_before_a_flush_is_neither_kept_nor_shared_with_those_who_come_after
        an_older_fetch_does_not_replace_what_a_newer_order_brought
        who_fetches_alone_does_not_replace_what_a_newer_order_brought
        of_two_renewals_the_later_order_stays;
}
