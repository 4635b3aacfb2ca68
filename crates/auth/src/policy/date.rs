//! Dates of conditions: ISO 8601 as the W3C profiles it, or seconds since the epoch.

/// Milliseconds since the epoch; negative before it.
pub(super) fn parse(text: &str) -> Option<i64> {
    if let Some(seconds) = epoch(text) {
        return seconds.checked_mul(1000);
    }
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let days = days(date)?;
    let milliseconds = time.map_or(Some(0), milliseconds)?;
    days.checked_mul(86_400_000)?.checked_add(milliseconds)
}

fn epoch(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    // Four digits are a year.
    (digits.len() != 4 && !digits.is_empty() && all_digits(digits)).then(|| text.parse().ok())?
}

/// `2026`, `2026-11` or `2026-11-22`.
fn days(date: &str) -> Option<i64> {
    let mut fields = date.split('-');
    let year = digits(fields.next()?, 4)?;
    let month = fields.next().map_or(Some(1), |field| digits(field, 2))?;
    let day = fields.next().map_or(Some(1), |field| digits(field, 2))?;
    let is_sound = fields.next().is_none()
        && (1..=12).contains(&month)
        && (1..=month_length(year, month)).contains(&day);
    is_sound.then(|| days_from_civil(year, month, day))
}

fn month_length(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// After Howard Hinnant's `days_from_civil`.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// `12:45`, `12:45:55`, `12:45:55.5`, each with `Z` or an offset, which may be left out.
fn milliseconds(time: &str) -> Option<i64> {
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = (&time[..zone], offset(&time[zone..])?);
    let mut fields = clock.split(':');
    let (hour, minute) = (digits(fields.next()?, 2)?, digits(fields.next()?, 2)?);
    let (second, fraction) = match fields.next() {
        None => (0, 0),
        Some(field) => seconds(field)?,
    };
    let is_sound = fields.next().is_none() && hour < 24 && minute < 60 && second < 61;
    is_sound.then_some(((hour * 60 + minute) * 60 + second) * 1000 + fraction - offset * 60_000)
}

fn seconds(field: &str) -> Option<(i64, i64)> {
    let Some((whole, fraction)) = field.split_once('.') else { return Some((digits(field, 2)?, 0)) };
    if fraction.is_empty() || fraction.len() > 9 || !all_digits(fraction) {
        return None;
    }
    let padded: i64 = fraction.chars().chain("00".chars()).take(3).collect::<String>().parse().ok()?;
    Some((digits(whole, 2)?, padded))
}

/// Minutes east of Greenwich.
fn offset(text: &str) -> Option<i64> {
    let sign = match text.bytes().next() {
        None => return Some(0),
        Some(b'Z') => return (text.len() == 1).then_some(0),
        Some(b'-') => -1,
        Some(_) => 1,
    };
    let digits_only: String = text[1..].split(':').collect();
    let value = digits(&digits_only, 4)?;
    Some(sign * (value / 100 * 60 + value % 100))
}

fn digits(text: &str, length: usize) -> Option<i64> {
    (text.len() == length && all_digits(text)).then(|| text.parse().ok())?
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn dates() {
        const NOON: i64 = 1_795_351_555_000;
        for (text, expected) in [
            ("2026-11-22T12:45:55Z", Some(NOON)),
            ("2026-11-22T12:45:55", Some(NOON)),
            ("2026-11-22T12:45:55.5Z", Some(NOON + 500)),
            ("2026-11-22T12:45:55.123456789Z", Some(NOON + 123)),
            ("2026-11-22T14:45:55+02:00", Some(NOON)),
            ("2026-11-22T14:45:55+0200", Some(NOON)),
            ("2026-11-22T07:45:55-05:00", Some(NOON)),
            ("2026-11-22T12:45Z", Some(NOON - 55_000)),
            ("1795351555", Some(NOON)),
            ("1970-01-01", Some(0)),
            ("1970", Some(0)),
            ("1970-02", Some(31 * 86_400_000)),
            ("1969-12-31T23:59:59Z", Some(-1000)),
            ("-1", Some(-1000)),
            ("2024-02-29", Some(1_709_164_800_000)),
            ("2023-02-29", None),
            ("2026-13-01", None),
            ("2026-1-1", None),
            ("2026-11-22T25:00:00Z", None),
            ("2026-11-22 12:45:55", None),
            ("2026-11-22T12:45:55Zx", None),
            ("tomorrow", None),
            ("99999999999999999999", None),
            ("9223372036854775807", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
