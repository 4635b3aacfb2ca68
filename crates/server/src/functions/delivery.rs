//! What becomes of an event whose attempt did not deliver it: pure rules, AWS's numbers unless configured otherwise.
//!
//! In: how often and for how long an event was tried, and how the last attempt ended. Out: when to try again, or why not.
//! It must not know how events are kept or functions called.

use std::time::Duration;

use stagedoor_base::Timestamp;
use stagedoor_model::EventInvokeConfig;
use stagedoor_store::Event;

use crate::config::LambdaConfig;

/// AWS tries a throttled event for as long as it lives, at most every five minutes.
const LONGEST_BACKOFF: Duration = Duration::from_secs(300);
/// What AWS does unless the function is configured otherwise.
const RETRIES: u32 = 2;
const MAX_AGE: Duration = Duration::from_secs(21_600);

/// What becomes of an event after an attempt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Delivered,
    Again(Timestamp),
    GivenUp(String),
    /// The gateway ends; the next one goes on.
    Kept,
}

/// An attempt that did not deliver.
#[derive(Debug, Clone)]
pub(super) enum Miss {
    /// The function ran and failed.
    Failed(String),
    /// It could not run now.
    Busy(String),
    /// It will never run.
    Gone,
    Shutdown,
}

/// How long and how often the events of one function are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules {
    retries: u32,
    age: Duration,
}

impl Rules {
    /// The function's own, or AWS's.
    pub(super) fn of(config: Option<&EventInvokeConfig>) -> Self {
        let retries = config.and_then(|config| config.maximum_retry_attempts).unwrap_or(RETRIES);
        let age = config.and_then(|config| config.maximum_event_age_seconds);
        Self { retries, age: age.map_or(MAX_AGE, |seconds| Duration::from_secs(u64::from(seconds))) }
    }

    /// Gives an event up that is not worth an attempt any more.
    pub(super) fn too_old(&self, event: &Event, now: Timestamp) -> Option<Next> {
        let too_old = now.0 >= self.expiry(event);
        too_old.then(|| Next::GivenUp(format!("it is older than {} s", self.age.as_secs())))
    }

    /// Counts an attempt, and decides about the next one.
    pub(super) fn after(&self, event: &mut Event, miss: Miss, now: Timestamp, waits: &LambdaConfig) -> Next {
        match miss {
            Miss::Shutdown => Next::Kept,
            Miss::Gone => Next::GivenUp("the function does not exist any more".to_owned()),
            Miss::Failed(reason) => {
                event.failures += 1;
                event.attempts += 1;
                if event.failures > self.retries {
                    return Next::GivenUp(format!("the function failed: {reason}"));
                }
                let [first, second] = waits.event_retries;
                self.later(event, now, if event.failures == 1 { first } else { second }, &reason)
            }
            Miss::Busy(reason) => {
                let refusals = event.attempts - event.failures;
                event.attempts += 1;
                let backoff = waits.event_backoff.saturating_mul(1 << refusals.min(16));
                self.later(event, now, backoff.min(LONGEST_BACKOFF), &reason)
            }
        }
    }

    fn later(&self, event: &Event, now: Timestamp, delay: Duration, reason: &str) -> Next {
        let due = now.0.saturating_add(millis(delay));
        if due >= self.expiry(event) {
            let age = self.age.as_secs();
            return Next::GivenUp(format!("it would be older than {age} s at its next attempt: {reason}"));
        }
        Next::Again(Timestamp(due))
    }

    /// The moment from which on an event is too old, in milliseconds since 1970.
    fn expiry(&self, event: &Event) -> u64 {
        event.accepted.0.saturating_add(millis(self.age))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use stagedoor_base::{FunctionArn, Timestamp};
    use stagedoor_model::EventInvokeConfig;
    use stagedoor_store::Event;

    use super::{Miss, Next, Rules};
    use crate::config::LambdaConfig;

    fn event() -> Event {
        Event {
            function: FunctionArn::parse("arn:aws:lambda:us-east-1:000000000000:function:f").unwrap(),
            request_id: "r".to_owned(),
            trace_id: None,
            client_context: None,
            payload: b"{}".to_vec(),
            accepted: Timestamp(0),
            failures: 0,
            attempts: 0,
        }
    }

    fn rules(retries: Option<u32>, age: Option<u32>) -> Rules {
        Rules::of(Some(&EventInvokeConfig {
            maximum_retry_attempts: retries,
            maximum_event_age_seconds: age,
            last_modified: Timestamp(0),
        }))
    }

    /// The seconds at which attempts are made, each ending like this, until the event is given up; and why it was.
    fn attempts(rules: Rules, misses: impl Iterator<Item = Miss>) -> (Vec<u64>, String) {
        let (mut event, mut now, mut made) = (event(), Timestamp(0), Vec::new());
        for miss in misses {
            if let Some(Next::GivenUp(reason)) = rules.too_old(&event, now) {
                return (made, reason);
            }
            made.push(now.0 / 1000);
            match rules.after(&mut event, miss, now, &LambdaConfig::default()) {
                Next::Again(due) => now = due,
                Next::GivenUp(reason) => return (made, reason),
                other => panic!("{other:?}"),
            }
        }
        (made, String::new())
    }

    fn failed() -> impl Iterator<Item = Miss> {
        std::iter::repeat(Miss::Failed("boom".to_owned()))
    }

    fn busy() -> impl Iterator<Item = Miss> {
        std::iter::repeat(Miss::Busy("busy".to_owned()))
    }

    #[test]
    fn failures_are_tried_again_after_one_and_two_minutes() {
        let given_up = "the function failed: boom";
        for (retries, expected) in [(None, vec![0, 60, 180]), (Some(1), vec![0, 60]), (Some(0), vec![0])] {
            assert_eq!(attempts(rules(retries, None), failed()), (expected, given_up.to_owned()));
        }
    }

    #[test]
    fn throttled_events_wait_longer_each_time_and_count_no_failure() {
        let (made, reason) = attempts(rules(None, Some(60)), busy());
        assert_eq!(made, [0, 1, 3, 7, 15, 31]);
        assert_eq!(reason, "it would be older than 60 s at its next attempt: busy");
        let (made, _) = attempts(Rules::of(None), busy());
        assert_eq!(made.last().map(|last| last / 1000), Some(21));
        assert!(made.windows(2).all(|pair| pair[1] - pair[0] <= 300), "{made:?}");
        let mixed = busy().take(3).chain(failed());
        assert_eq!(attempts(rules(None, None), mixed).0, [0, 1, 3, 7, 67, 187]);
    }

    #[test]
    fn an_event_that_would_be_too_old_is_not_kept_for_nothing() {
        let (made, reason) = attempts(rules(None, Some(60)), failed());
        assert_eq!(
            (made, reason.as_str()),
            (vec![0], "it would be older than 60 s at its next attempt: boom")
        );
        let late = rules(None, Some(60)).too_old(&event(), Timestamp(60_000));
        assert_eq!(late, Some(Next::GivenUp("it is older than 60 s".to_owned())));
        assert_eq!(rules(None, Some(60)).too_old(&event(), Timestamp(59_999)), None);
    }

    #[test]
    fn what_can_never_be_delivered_is_not_tried_again() {
        let next = |miss| Rules::of(None).after(&mut event(), miss, Timestamp(0), &LambdaConfig::default());
        assert_eq!(next(Miss::Gone), Next::GivenUp("the function does not exist any more".to_owned()));
        assert_eq!(next(Miss::Shutdown), Next::Kept);
    }
}
