//! Instants as milliseconds since the epoch, and the ways AWS prints them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z. Always handed in by whoever owns the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub u64);

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

struct Civil {
    year: u64,
    month: usize,
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
}

impl Timestamp {
    /// Whole seconds since the epoch.
    #[must_use]
    pub fn epoch_seconds(self) -> u64 {
        self.0 / 1000
    }

    /// `22/Nov/2026:12:55:55 +0000`, the form of `$context.requestTime`.
    #[must_use]
    pub fn clf(self) -> String {
        let mut text = String::with_capacity(26);
        self.push_clf(&mut text);
        text
    }

    /// Appends [`Timestamp::clf`]. Every line of an access log has it, so it is made without the formatting machinery.
    pub fn push_clf(self, out: &mut String) {
        let c = self.civil();
        let mut text = *b"00/Mon/0000:00:00:00 +0000";
        text[3..6].copy_from_slice(MONTHS[c.month - 1].as_bytes());
        let (century, year) = (c.year / 100, c.year);
        for (at, number) in
            [(0, c.day), (7, century), (9, year), (12, c.hour), (15, c.minute), (18, c.second)]
        {
            text[at..at + 2].copy_from_slice(&two_digits(number));
        }
        // All of it is ASCII.
        out.push_str(std::str::from_utf8(&text).unwrap_or_default());
    }

    /// `Sun Nov 22 12:55:55 UTC 2026`, the form of execution logs.
    #[must_use]
    pub fn java(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        let c = self.civil();
        // The epoch was a Thursday.
        let weekday = usize::try_from(self.epoch_seconds() / 86_400 % 7).unwrap_or_default();
        format!(
            "{} {} {:02} {:02}:{:02}:{:02} UTC {}",
            DAYS[weekday],
            MONTHS[c.month - 1],
            c.day,
            c.hour,
            c.minute,
            c.second,
            c.year
        )
    }

    /// `20261122T125555Z`, the form of `X-Amz-Date`.
    #[must_use]
    pub fn amz(self) -> String {
        let c = self.civil();
        format!("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
    }

    /// `2026-11-22T12:55:55.123+0000`, the form of Lambda's `LastModified`.
    #[must_use]
    pub fn lambda(self) -> String {
        let c = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+0000",
            c.year,
            c.month,
            c.day,
            c.hour,
            c.minute,
            c.second,
            self.0 % 1000
        )
    }

    // Days to a proleptic Gregorian date, after Howard Hinnant's `civil_from_days`.
    fn civil(self) -> Civil {
        let seconds = self.epoch_seconds();
        let z = seconds / 86_400 + 719_468;
        let era = z / 146_097;
        let day_of_era = z % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Civil {
            year: year_of_era + era * 400 + u64::from(month <= 2),
            month: usize::try_from(month).unwrap_or(1),
            day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
            hour: seconds % 86_400 / 3_600,
            minute: seconds % 3_600 / 60,
            second: seconds % 60,
        }
    }
}

/// The last two digits of a number.
fn two_digits(number: u64) -> [u8; 2] {
    // A digit is one of ten.
    [number / 10 % 10, number % 10].map(|digit| b'0' + u8::try_from(digit).unwrap_or_default())
}

/// `2026-11-22T12:55:55Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.civil();
        write!(f, "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn prints_as_aws_does() {
        let t = Timestamp(1_795_352_155_042);
        assert_eq!(t.to_string(), "2026-11-22T12:55:55Z");
        assert_eq!(t.clf(), "22/Nov/2026:12:55:55 +0000");
        assert_eq!(t.java(), "Sun Nov 22 12:55:55 UTC 2026");
        assert_eq!(Timestamp(0).java(), "Thu Jan 01 00:00:00 UTC 1970");
        assert_eq!(t.amz(), "20261122T125555Z");
        assert_eq!(t.lambda(), "2026-11-22T12:55:55.042+0000");
        assert_eq!(Timestamp(951_782_400_000).to_string(), "2000-02-29T00:00:00Z");
    }
}
