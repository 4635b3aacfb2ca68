//! `X-Amz-Date` as an instant.

use stagedoor_base::Timestamp;

use crate::text::cut;

/// Reads `20261122T125555Z`.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let (date, time) = cut(text, b'T')?;
    let time = time.strip_suffix('Z')?;
    if date.len() != 8 || time.len() != 6 || !(date.bytes().chain(time.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |text: &str| text.parse::<u64>().ok();
    let (year, month, day) = (number(&date[..4])?, number(&date[4..6])?, number(&date[6..])?);
    let (hour, minute, second) = (number(&time[..2])?, number(&time[2..4])?, number(&time[4..])?);
    if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(Timestamp(seconds * 1000))
}

// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year % 400;
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn dates_round_trip() {
        for text in ["19700101T000000Z", "20000229T235959Z", "20261122T125555Z", "21000301T000000Z"] {
            assert_eq!(parse(text).map(stagedoor_base::Timestamp::amz).as_deref(), Some(text));
        }
        for text in [
            "",
            "2026-11-22T12:55:55Z",
            "20261122T125555",
            "20261322T125555Z",
            "19690101T000000Z",
            "+0261122T125555Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
