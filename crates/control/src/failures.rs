//! How often one address may fail to say who it is.
//!
//! In: the address of a failed call and the time. Out: whether the failure is answered as what it is. It must not know why
//! a call failed. Calls that succeed are never counted or held up: a neighbour behind the same address keeps working.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use stagedoor_base::Timestamp;

/// Failures that an address may make at once.
const BURST: u32 = 20;
/// After this time it may make one more, in milliseconds.
const REFILL: u64 = 3_000;
/// Addresses that are remembered. Beyond them unknown ones are taken for guessers.
const MOST: usize = 10_000;

/// What becomes of one more failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Answered with its reason.
    Told,
    /// The first beyond the burst: refused without a reason, and the last that is written down.
    Last,
    /// Refused without a reason.
    Hushed,
}

/// The addresses that failed lately.
#[derive(Debug, Default)]
pub(crate) struct Failures(Mutex<HashMap<IpAddr, Spent>>);

/// Failures not yet forgiven, as the time at which all of them will be.
#[derive(Debug, Clone, Copy)]
struct Spent {
    forgiven: u64,
    hushed: bool,
}

impl Failures {
    /// Counts a failure from `address`.
    pub(crate) fn note(&self, address: IpAddr, now: Timestamp) -> Failure {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let network = network(address);
        if seen.len() >= MOST && !seen.contains_key(&network) {
            seen.retain(|_, spent| spent.forgiven > now.0);
            if seen.len() >= MOST {
                return Failure::Hushed;
            }
        }
        seen.entry(network).or_insert(Spent { forgiven: 0, hushed: false }).one_more(now.0)
    }
}

impl Spent {
    fn one_more(&mut self, now: u64) -> Failure {
        let next = self.forgiven.max(now) + REFILL;
        if next - now <= u64::from(BURST) * REFILL {
            *self = Self { forgiven: next, hushed: false };
            return Failure::Told;
        }
        if std::mem::replace(&mut self.hushed, true) { Failure::Hushed } else { Failure::Last }
    }
}

/// Whoever has an IPv6 address has its whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use stagedoor_base::Timestamp;

    use super::{BURST, Failure, Failures, MOST, REFILL};

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_burst_is_told_its_reasons_and_then_no_more() {
        let (failures, guesser) = (Failures::default(), address("203.0.113.1"));
        let note = |at: u64| failures.note(guesser, Timestamp(at));
        assert!((0..BURST).all(|_| note(1_000) == Failure::Told));
        assert_eq!((note(1_000), note(1_000)), (Failure::Last, Failure::Hushed));
        assert_eq!(
            (note(1_000 + REFILL), note(1_000 + REFILL)),
            (Failure::Told, Failure::Last),
            "one is forgiven"
        );
        assert_eq!(
            failures.note(address("203.0.113.2"), Timestamp(1_000)),
            Failure::Told,
            "others are not meant"
        );
    }

    #[test]
    fn addresses_of_one_network_share_their_failures() {
        let failures = Failures::default();
        for index in 0..BURST {
            assert_eq!(failures.note(address(&format!("2001:db8::{index:x}")), Timestamp(0)), Failure::Told);
        }
        assert_eq!(failures.note(address("2001:db8::ffff"), Timestamp(0)), Failure::Last);
        assert_eq!(failures.note(address("2001:db8:0:1::1"), Timestamp(0)), Failure::Told);
    }

    #[test]
    fn what_is_remembered_is_bounded_and_forgotten() {
        let failures = Failures::default();
        let most = u32::try_from(MOST).unwrap();
        for index in 0..most {
            failures.note(IpAddr::from(index.to_be_bytes()), Timestamp(0));
        }
        assert_eq!(failures.note(address("203.0.113.1"), Timestamp(0)), Failure::Hushed);
        assert_eq!(failures.note(address("0.0.0.1"), Timestamp(0)), Failure::Told, "who is known is counted");
        assert_eq!(failures.note(address("203.0.113.1"), Timestamp(2 * REFILL)), Failure::Told);
        assert!(failures.0.lock().unwrap().len() < 3);
    }
}
