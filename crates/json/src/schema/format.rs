//! The formats that the Java library knows; all others accept everything.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::ecma::Pattern;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    DateTime,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    Regex,
    Uri,
    Uuid,
}

impl Format {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "date-time" => Self::DateTime,
            "email" => Self::Email,
            "hostname" => Self::Hostname,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "regex" => Self::Regex,
            "uri" => Self::Uri,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }

    pub(super) fn accepts(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text).is_some(),
            Self::Email => is_email(text),
            Self::Hostname => is_hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Regex => Pattern::new(text).is_some(),
            Self::Uri => is_uri(text),
            Self::Uuid => is_uuid(text),
        }
    }

    pub(super) fn sentence(self, text: &str) -> String {
        let wanted = match self {
            Self::DateTime => {
                return format!(
                    "string \"{text}\" is invalid against requested date format(s) \
                     [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.[0-9]{{1,12}}Z]"
                );
            }
            Self::Uuid => return format!("input string \"{text}\" is not a valid UUID"),
            Self::Email => "email address",
            Self::Hostname => "hostname",
            Self::Ipv4 => "IPv4 address",
            Self::Ipv6 => "IPv6 address",
            Self::Regex => "ECMA 262 regular expression",
            Self::Uri => "URI",
        };
        format!("string \"{text}\" is not a valid {wanted}")
    }
}

/// `yyyy-MM-dd'T'HH:mm:ss`, up to twelve digits of a fraction, `Z` or an offset.
fn is_date_time(text: &str) -> Option<()> {
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse::<u32>().ok()
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let separated = separators.iter().all(|(at, separator)| text.as_bytes()[*at] == *separator);
    let valid = separated
        && (1..=days(year, month)?).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60
        && is_zone(after_fraction(text.get(19..)?)?);
    valid.then_some(())
}

fn days(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    })
}

fn after_fraction(text: &str) -> Option<&str> {
    let Some(fraction) = text.strip_prefix('.') else { return Some(text) };
    let rest = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
    (1..=12).contains(&(fraction.len() - rest.len())).then_some(rest)
}

fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some(digits) = text.strip_prefix(['+', '-']) else { return false };
    let digits =
        if digits.as_bytes().get(2) == Some(&b':') { digits.replacen(':', "", 1) } else { digits.to_owned() };
    digits.len() == 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits[..2] < *"24"
        && digits[2..] < *"60"
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let plain = |part: &str| {
        let good = |character: char| {
            !character.is_whitespace() && !character.is_control() && !"()<>@,;:\\\"[]".contains(character)
        };
        !part.is_empty() && part.split('.').all(|atom| !atom.is_empty() && atom.chars().all(good))
    };
    (quoted || plain(local)) && plain(domain)
}

/// Labels of letters, digits and inner hyphens; the last one is no number.
fn is_hostname(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let numeric = |label: &str| label.starts_with(|first: char| first.is_ascii_digit());
    text.len() <= 253 && text.split('.').all(label) && !text.rsplit('.').next().is_some_and(numeric)
}

/// What Java's `URI` reads: relative references too.
fn is_uri(text: &str) -> bool {
    let bytes = text.as_bytes();
    let escape =
        |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let allowed = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => escape(at),
        b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => false,
        byte => *byte > b' ' && *byte != 0x7f,
    });
    let scheme =
        text.split(['/', '?', '#']).next().and_then(|first| first.split_once(':')).map(|(scheme, _)| scheme);
    let good_scheme = scheme.is_none_or(|scheme| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    let empty_rest = scheme.is_some_and(|scheme| text.len() == scheme.len() + 1);
    allowed && good_scheme && !empty_rest && text.matches('#').count() <= 1
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::Format;

    fn check(name: &str, good: &[&str], bad: &[&str]) {
        let format = Format::named(name).unwrap();
        for text in good {
            assert!(format.accepts(text), "{name}: {text}");
        }
        for text in bad {
            assert!(!format.accepts(text), "{name}: {text}");
        }
    }

    #[test]
    fn texts_have_their_format() {
        check(
            "date-time",
            &["1963-06-19T08:30:06.283185Z", "2024-02-29T00:00:00+01:00", "2024-01-01T00:00:00-0800"],
            &[
                "",
                "06/19/1963 08:30:06 PST",
                "2023-02-29T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01",
                "2024-01-01T00:00:00",
                "2024-01-01T00:00:00.Z",
                "2024-01-01T00:00:00.1234567890123Z",
                "2024-01-01 00:00:00Z",
                "２０２４-01-01T00:00:00Z",
            ],
        );
        check(
            "email",
            &["joe.bloggs@example.com", "a@b", "\"a b\"@c.d"],
            &["2962", "a@", "@b", "a b@c", "a..b@c", "a@b@c"],
        );
        check(
            "hostname",
            &["www.example.com", "localhost", "a-b.c1."],
            &["-a", "a_b", "", "a..b", "not valid", "1.2"],
        );
        check("ipv4", &["127.0.0.1"], &["127.0.0.256", "127.1", "::1", "1.2.3.4.5", "0x7f.0.0.1"]);
        check("ipv6", &["::1", "::ffff:1.2.3.4"], &["1::2::3", "12345::", "::x", "127.0.0.1"]);
        check("regex", &["([abc])+\\s+$"], &["^(abc]"]);
        check(
            "uri",
            &["http://foo.bar/?baz=qux#quux", "urn:a:b", "/relative", "a%20b"],
            &["\\\\WIN", "a b", "a%2", ":x", "x:", "a#b#c"],
        );
        check(
            "uuid",
            &["123e4567-e89b-12d3-a456-426655440000"],
            &["123e4567e89b12d3a456426655440000", "", "123e4567-e89b-12d3-a456-42665544000g"],
        );
        assert_eq!(Format::named("colour"), None);
    }
}
