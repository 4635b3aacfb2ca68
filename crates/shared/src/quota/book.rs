//! The desk's notes on one meter: what the ledger says of its period, and how much to reserve next.
//!
//! In: rows, quotas, moments. Out: rows to write, sizes of leases. It does nothing itself.

use stagedoor_base::Timestamp;

use super::{Day, Quota, UsageRow};

/// A lease never holds more calls.
const LARGEST: u64 = 10_000;
/// Nor more than this part of its quota: a crash costs a customer at most one call in a hundred.
const PART: u64 = 100;
/// A lease that is renewed sooner than this is doubled, so that a thousand busy keys do not keep the disk busy.
const FAST_MILLIS: u64 = 5_000;
/// One that lasted longer is halved.
const SLOW_MILLIS: u64 = 60_000;
/// What a meter begins with.
const FIRST: u64 = 8;

/// What is known of one meter; see the module.
#[derive(Debug, Default)]
pub(super) struct Book {
    page: Option<Page>,
    target: u64,
    renewed: Timestamp,
}

/// A day, and what its period has used before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    start: Day,
    today: UsageRow,
    earlier_used: u64,
    earlier_granted: i64,
}

impl Book {
    /// The day on which a call of `day` counts: the open one when that has just begun.
    pub(super) fn day(&self, day: Day) -> Day {
        self.page.map_or(day, |page| if page.today.day == day.next() { page.today.day } else { day })
    }

    /// Whether all is known of this day in a period that began then.
    pub(super) fn is_open(&self, day: Day, start: Day) -> bool {
        self.page.is_some_and(|page| page.today.day == day && page.start == start)
    }

    /// The open day's row when `left` calls are not to count; none when no day is open.
    pub(super) fn row(&self, left: u64) -> Option<UsageRow> {
        let row = self.page?.today;
        Some(UsageRow { used: row.used.saturating_sub(left), ..row })
    }

    /// Puts calls back that were reserved and not used.
    pub(super) fn unused(&mut self, left: u64) {
        if let Some(page) = &mut self.page {
            page.today.used = page.today.used.saturating_sub(left);
        }
    }

    /// Forgets what it knows.
    pub(super) fn shut(&mut self) {
        self.page = None;
    }

    /// Takes in the rows of a period until `day`.
    pub(super) fn open(&mut self, day: Day, start: Day, rows: &[UsageRow]) {
        let mut page =
            Page { start, today: UsageRow { day, used: 0, granted: 0 }, earlier_used: 0, earlier_granted: 0 };
        for row in rows {
            if row.day == day {
                page.today = *row;
            } else {
                page.earlier_used = page.earlier_used.saturating_add(row.used);
                page.earlier_granted = page.earlier_granted.saturating_add(row.granted);
            }
        }
        self.page = Some(page);
    }

    /// How many calls the quota still has that nobody reserved; none: without end.
    pub(super) fn room(&self, quota: Option<&Quota>) -> u64 {
        let (Some(Quota { limit, .. }), Some(page)) = (quota, self.page) else { return u64::MAX };
        let granted = i128::from(page.earlier_granted) + i128::from(page.today.granted);
        let used = i128::from(page.earlier_used) + i128::from(page.today.used);
        u64::try_from((i128::from(*limit) + granted - used).max(0)).unwrap_or(u64::MAX)
    }

    /// Grants or takes away so that `remaining` calls are left under this quota.
    pub(super) fn set_remaining(&mut self, quota: &Quota, remaining: u64) {
        let Some(page) = &mut self.page else { return };
        let used = i128::from(page.earlier_used) + i128::from(page.today.used);
        let wanted =
            used + i128::from(remaining) - i128::from(quota.limit) - i128::from(page.earlier_granted);
        let bounds = (i128::from(i64::MIN), i128::from(i64::MAX));
        page.today.granted = i64::try_from(wanted.clamp(bounds.0, bounds.1)).unwrap_or_default();
    }

    /// Counts reserved calls.
    pub(super) fn reserve(&mut self, count: u64) {
        if let Some(page) = &mut self.page {
            page.today.used += count;
        }
    }

    /// With how much left a lease is renewed, so that few calls wait.
    pub(super) fn low(&self) -> u32 {
        u32::try_from(self.target / 2).unwrap_or(u32::MAX)
    }

    /// How large a lease is to be now: it follows the speed with which the last one was used.
    pub(super) fn target(&mut self, quota: Option<&Quota>, now: Timestamp) -> u64 {
        let lasted = now.0.saturating_sub(self.renewed.0);
        self.renewed = now;
        let wanted = match self.target {
            0 => FIRST,
            target if lasted < FAST_MILLIS => target * 2,
            target if lasted > SLOW_MILLIS => target / 2,
            target => target,
        };
        self.target = wanted.clamp(1, largest_lease(quota));
        self.target
    }
}

/// The most calls that a lease under this quota holds, and so the most by which a crash makes a count too high.
pub(super) fn largest_lease(quota: Option<&Quota>) -> u64 {
    quota.map_or(LARGEST, |quota| (quota.limit / PART).clamp(1, LARGEST))
}

#[cfg(test)]
mod tests {
    use stagedoor_base::Timestamp;

    use super::{Book, LARGEST, largest_lease};
    use crate::{Day, Period, Quota, UsageRow};

    fn quota(limit: u64) -> Quota {
        Quota { limit, period: Period::Week, offset: 0 }
    }

    #[test]
    fn leases_are_small_beside_small_quotas() {
        for (limit, most) in [(0, 1), (1, 1), (10, 1), (199, 1), (200, 2), (5_000, 50), (u64::MAX, LARGEST)] {
            assert_eq!(largest_lease(Some(&quota(limit))), most, "{limit}");
        }
        assert_eq!(largest_lease(None), LARGEST);
    }

    #[test]
    fn a_lease_follows_the_speed_of_calls() {
        let (mut book, mut now) = (Book::default(), 1_000_000);
        let mut after = |millis| {
            now += millis;
            book.target(None, Timestamp(now))
        };
        assert_eq!([after(0), after(100), after(4_999), after(5_000)], [8, 16, 32, 32]);
        assert_eq!([after(60_000), after(60_001), after(60_001)], [32, 16, 8]);
        for _ in 0..20 {
            after(10);
        }
        assert_eq!(after(10), LARGEST);
    }

    #[test]
    fn room_is_what_the_period_has_left() {
        let (day, start) = (Day(20_780), Day(20_778));
        let row = |day, used, granted| UsageRow { day: Day(day), used, granted };
        let mut book = Book::default();
        book.open(day, start, &[row(20_778, 3, 0), row(20_779, 4, 5), row(20_780, 2, 0)]);
        assert_eq!(book.room(Some(&quota(10))), 6);
        assert_eq!(book.room(Some(&quota(3))), 0);
        book.set_remaining(&quota(10), 100);
        assert_eq!(book.room(Some(&quota(10))), 100);
        assert_eq!(book.room(Some(&quota(20))), 110);
        book.set_remaining(&quota(10), 0);
        assert_eq!(book.room(Some(&quota(10))), 0);
        book.unused(2);
        assert_eq!((book.room(Some(&quota(10))), book.row(0).map(|row| row.used)), (2, Some(0)));
    }
}
