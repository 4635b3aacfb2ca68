//! UTC days, and the periods that quotas count by.

use std::fmt;

use crate::Timestamp;

const MILLIS: u64 = 86_400_000;
/// 1970-01-01 was a Thursday; weeks begin with Sunday.
const EPOCH_WEEKDAY: u32 = 4;

/// A UTC day, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl From<Timestamp> for Day {
    fn from(time: Timestamp) -> Self {
        Self(u32::try_from(time.0 / MILLIS).unwrap_or(u32::MAX))
    }
}

/// `2026-11-23`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Day {
    /// Reads `2026-11-23`; none when there is no such day, or it lies before 1970.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |from: usize, to: usize| {
            let part = &bytes[from..to];
            part.iter()
                .all(u8::is_ascii_digit)
                .then(|| part.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')))
        };
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let day = Self::of(digits(0, 4)?, digits(5, 7)?, digits(8, 10)?)?;
        // The thirtieth of February is some day, but not that one.
        (day.to_string() == text).then_some(day)
    }

    /// Days of this many before; the first there is when that would be earlier.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    // After Howard Hinnant's `days_from_civil`.
    fn of(year: u32, month: u32, day: u32) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year < 1970 {
            return None;
        }
        let year = if month <= 2 { year - 1 } else { year };
        let (era, year_of_era) = (year / 400, year % 400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        (era * 146_097 + day_of_era).checked_sub(719_468).map(Self)
    }

    // After his `civil_from_days`.
    fn civil(self) -> (u64, u32, u32) {
        let days = u64::from(self.0) + 719_468;
        let (era, day_of_era) = (days / 146_097, (days % 146_097) as u32);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = u64::from(year_of_era) + era * 400 + u64::from(month <= 2);
        (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
    }
}

/// How often a quota begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    Day,
    Week,
    Month,
}

impl Period {
    /// The first day of the period that `day` is in, when periods begin `offset` days after a Sunday or a month's first.
    #[must_use]
    pub fn start(self, day: Day, offset: u8) -> Day {
        let offset = u32::from(offset);
        match self {
            Self::Day => day,
            Self::Week => day.minus((day.0 + EPOCH_WEEKDAY + 7 - offset % 7) % 7),
            Self::Month => {
                let (_, _, of_month) = day.civil();
                // Months differ in length, but none is shorter than the largest offset, 27.
                match of_month > offset {
                    true => day.minus(of_month - 1 - offset),
                    false => {
                        let before = day.minus(of_month);
                        let (_, _, length) = before.civil();
                        before.minus(length - 1 - offset.min(length - 1))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Period};

    #[test]
    fn days_are_read_and_printed() {
        for (text, days) in
            [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-23", 20_780), ("2100-03-01", 47_541)]
        {
            assert_eq!(Day::parse(text), Some(Day(days)), "{text}");
            assert_eq!(Day(days).to_string(), text);
        }
        for wrong in [
            "",
            "2026-2-1",
            "2026-02-30",
            "2026-13-01",
            "1969-12-31",
            "2026/11/23",
            "2026-11-2é",
            "+026-11-23",
        ] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_day_reads_as_it_prints() {
        assert!((0..200_000).all(|days| Day::parse(&Day(days).to_string()) == Some(Day(days))));
    }

    #[test]
    fn periods_begin_where_their_offset_says() {
        let check = |period: Period, offset, day: &str, start: &str| {
            let day = Day::parse(day).expect("a day");
            assert_eq!(period.start(day, offset).to_string(), start, "{period:?} {offset} {day}");
        };
        check(Period::Day, 0, "2026-11-23", "2026-11-23");
        // A Monday.
        check(Period::Week, 0, "2026-11-23", "2026-11-22");
        check(Period::Week, 0, "2026-11-22", "2026-11-22");
        check(Period::Week, 0, "2026-11-21", "2026-11-15");
        check(Period::Week, 1, "2026-11-23", "2026-11-23");
        check(Period::Week, 2, "2026-11-23", "2026-11-17");
        check(Period::Week, 6, "2026-11-23", "2026-11-21");
        check(Period::Month, 0, "2026-11-23", "2026-11-01");
        check(Period::Month, 0, "2026-11-30", "2026-11-01");
        check(Period::Month, 22, "2026-11-23", "2026-11-23");
        check(Period::Month, 23, "2026-11-23", "2026-10-24");
        check(Period::Month, 27, "2026-03-01", "2026-02-28");
        check(Period::Month, 27, "2026-03-27", "2026-02-28");
        check(Period::Month, 27, "2026-03-28", "2026-03-28");
        check(Period::Month, 1, "2026-01-01", "2025-12-02");
    }

    #[test]
    fn a_period_holds_every_day_between_its_ends() {
        for period in [Period::Day, Period::Week, Period::Month] {
            let offsets = match period {
                Period::Day => 0..1,
                Period::Week => 0..7,
                Period::Month => 0..28,
            };
            for offset in offsets {
                for day in (20_000..21_000).map(Day) {
                    let start = period.start(day, offset);
                    assert!(start <= day && day.0 - start.0 < 31);
                    assert_eq!(period.start(start, offset), start);
                    let next = period.start(day.next(), offset);
                    assert!(next == start || next == day.next(), "{period:?} {offset} {day}");
                }
            }
        }
    }
}
