//! Numbers as Java reads and prints them.
//!
//! In: literals of JSON. Out: their value, and the text that Java gives them. Digits are never lost: what has no exact
//! small form keeps its literal.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// A JSON number.
#[derive(Debug, Clone)]
pub struct Number(Kept);

#[derive(Debug, Clone)]
enum Kept {
    Int(i64),
    /// A fraction, an exponent, or more digits than an `i64` has.
    Literal(Box<str>),
}

/// What json-smart makes of a number: the smallest of Java's types that holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum JavaNumber<'n> {
    Integer(i32),
    Long(i64),
    BigInteger(&'n str),
    Double(f64),
    /// Literals of more than 18 characters with a fraction or an exponent.
    BigDecimal(&'n str),
}

/// Fractions whose literal is longer than this are no doubles in json-smart.
const LONGEST_DOUBLE: usize = 18;

impl Number {
    /// A number from the literal of one; the caller has checked that it is one.
    #[must_use]
    pub(crate) fn of_literal(literal: &str) -> Self {
        let kept = if is_integer(literal) { literal.parse().ok().map(Kept::Int) } else { None };
        Self(kept.unwrap_or_else(|| Kept::Literal(literal.into())))
    }

    /// Whether a literal is neither a double nor, because of its exponent, a `BigDecimal`.
    pub(crate) fn is_beyond_java(literal: &str) -> bool {
        let long = literal.len() > LONGEST_DOUBLE && literal.contains(['e', 'E']);
        long && i32::try_from(Decimal::of(literal).scale).is_err()
    }

    /// A number from a text, when it is a JSON number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (crate::parse::is_number(text) && !Self::is_beyond_java(text)).then(|| Self::of_literal(text))
    }

    /// A number from what Java's `BigDecimal` reads, such as `01` and `1e0`, with the digits that it prints.
    #[must_use]
    pub(crate) fn decimal(text: &str) -> Option<Self> {
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        let sound = digits && plain && text.parse::<f64>().is_ok() && !Self::is_beyond_java(text);
        sound.then(|| Self::of_literal(&Decimal::of(text).java_text()))
    }

    /// The digits as they were written; for whole numbers the plain ones.
    #[must_use]
    pub fn literal(&self) -> Cow<'_, str> {
        match &self.0 {
            Kept::Int(value) => value.to_string().into(),
            Kept::Literal(literal) => (&**literal).into(),
        }
    }

    /// The value, when it is written as a whole number and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        if let Kept::Int(value) = self.0 { Some(value) } else { None }
    }

    /// The nearest double; infinite when the number is too large for one.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Kept::Int(value) => *value as f64,
            Kept::Literal(literal) => literal.parse().unwrap_or(f64::NAN),
        }
    }

    /// As Java's `BigDecimal` prints it, or `BigInteger` when it is written without fraction and exponent.
    #[must_use]
    pub(crate) fn decimal_text(&self) -> String {
        match self.as_i64() {
            Some(value) => value.to_string(),
            None => Decimal::of(&self.literal()).java_text(),
        }
    }

    /// Whether it is written without fraction and exponent.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Kept::Int(_) => true,
            Kept::Literal(literal) => is_integer(literal),
        }
    }

    /// The Java type and value.
    #[must_use]
    pub fn java(&self) -> JavaNumber<'_> {
        match &self.0 {
            Kept::Int(value) => i32::try_from(*value).map_or(JavaNumber::Long(*value), JavaNumber::Integer),
            Kept::Literal(literal) if is_integer(literal) => JavaNumber::BigInteger(literal),
            Kept::Literal(literal) if literal.len() > LONGEST_DOUBLE => JavaNumber::BigDecimal(literal),
            Kept::Literal(_) => JavaNumber::Double(self.as_f64()),
        }
    }

    /// Compares by value, not by type: `1` and `1.0` are equal.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        if let (Some(one), Some(two)) = (self.as_i64(), other.as_i64()) {
            return one.cmp(&two);
        }
        if let (Some(one), Some(two)) = (self.exact_f64(), other.exact_f64()) {
            return one.total_cmp(&two);
        }
        Decimal::of(&self.literal()).compare(&Decimal::of(&other.literal()))
    }

    /// A double that stands in for the number in comparisons: different numbers of at most 15 digits are different
    /// doubles, in the same order.
    #[allow(clippy::cast_precision_loss)]
    fn exact_f64(&self) -> Option<f64> {
        match &self.0 {
            Kept::Int(value) => (value.unsigned_abs() < 1_000_000_000_000_000).then_some(*value as f64),
            Kept::Literal(literal) if literal.len() > 15 || literal.contains(['e', 'E']) => None,
            // Adding zero makes one zero of both.
            Kept::Literal(_) => Some(self.as_f64() + 0.0),
        }
    }
}

fn is_integer(literal: &str) -> bool {
    literal.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+'))
}

/// As Java's `toString` of the type that json-smart chooses.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.java() {
            JavaNumber::Integer(value) => write!(formatter, "{value}"),
            JavaNumber::Long(value) => write!(formatter, "{value}"),
            JavaNumber::BigInteger(literal) => formatter.write_str(&plain_integer(literal)),
            JavaNumber::Double(value) => formatter.write_str(&java_double(value)),
            JavaNumber::BigDecimal(literal) => formatter.write_str(&Decimal::of(literal).java_text()),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other) == Ordering::Equal
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Kept::Int(value))
    }
}

/// Keeps a fraction, as a Java double does: `3.0` stays `3.0`. What is not finite prints as `null` in JSON.
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(Kept::Literal(java_double(value).into()))
    }
}

/// A whole number without leading zeros; `-0` is `0`.
fn plain_integer(literal: &str) -> String {
    let (sign, digits) = signed(literal);
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}"),
    }
}

fn signed(literal: &str) -> (&'static str, &str) {
    match literal.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", literal.strip_prefix('+').unwrap_or(literal)),
    }
}

/// `Double.toString`: at least one digit after the point, an exponent below 10^-3 and from 10^7 on.
#[must_use]
pub fn java_double(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if value == 0.0 || (1e-3..1e7).contains(&value.abs()) {
        let text = value.to_string();
        return if text.contains('.') { text } else { text + ".0" };
    }
    let shortest = format!("{value:e}");
    // One digit is never enough for Java: of those with two it takes the nearest, so the smallest double is 4.9E-324.
    let text = if shortest.contains('.') { shortest } else { format!("{value:.1e}") };
    text.replace('e', "E")
}

/// A decimal: sign, digits, and how many of these stand after the point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    digits: String,
    scale: i64,
}

/// Exponents beyond this are cut: no number means anything there, and sums must not overflow.
const FARTHEST: i64 = 1 << 40;

impl Decimal {
    pub(crate) fn of(literal: &str) -> Self {
        let (sign, rest) = signed(literal);
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let digits = digits.trim_start_matches('0');
        let after = i64::try_from(fraction.len()).unwrap_or(FARTHEST);
        Self {
            negative: sign == "-",
            digits: if digits.is_empty() { "0".to_owned() } else { digits.to_owned() },
            scale: after - exponent_of(exponent),
        }
    }

    fn is_zero(&self) -> bool {
        self.digits == "0"
    }

    /// The power of ten of the first digit.
    fn magnitude(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(FARTHEST) - 1 - self.scale
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return if other.negative { Ordering::Greater } else { Ordering::Less },
            (false, true) => return if self.negative { Ordering::Less } else { Ordering::Greater },
            (false, false) => {}
        }
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        let digits = || {
            let (one, two) = (self.digits.trim_end_matches('0'), other.digits.trim_end_matches('0'));
            one.cmp(two)
        };
        self.magnitude().cmp(&other.magnitude()).then_with(digits)
    }

    /// `BigDecimal.toString`.
    fn java_text(&self) -> String {
        let sign = if self.negative && !self.is_zero() { "-" } else { "" };
        if self.scale == 0 {
            return format!("{sign}{}", self.digits);
        }
        let magnitude = self.magnitude();
        if self.scale > 0 && magnitude >= -6 {
            return format!("{sign}{}", self.plain());
        }
        let (first, rest) = self.digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let exponent = match magnitude {
            0 => String::new(),
            other => format!("E{other:+}"),
        };
        format!("{sign}{first}{point}{rest}{exponent}")
    }

    /// Without an exponent; for a positive scale.
    fn plain(&self) -> String {
        let scale = usize::try_from(self.scale).unwrap_or(0);
        match self.digits.len().checked_sub(scale) {
            Some(0) | None => format!("0.{}{}", "0".repeat(scale - self.digits.len()), self.digits),
            Some(whole) => format!("{}.{}", &self.digits[..whole], &self.digits[whole..]),
        }
    }
}

fn exponent_of(text: &str) -> i64 {
    let far = || if text.starts_with('-') { -FARTHEST } else { FARTHEST };
    text.parse().unwrap_or_else(|_| far()).clamp(-FARTHEST, FARTHEST)
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Number, java_double};

    #[test]
    fn prints_as_java() {
        for (literal, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("10.00", "10.0"),
            ("1.5", "1.5"),
            ("1e2", "100.0"),
            ("1E7", "1.0E7"),
            ("9999999.5", "9999999.5"),
            ("0.001", "0.001"),
            ("0.0001", "1.0E-4"),
            ("-0.0", "-0.0"),
            ("1.25e21", "1.25E21"),
            ("2147483648", "2147483648"),
            ("9223372036854775808", "9223372036854775808"),
            ("-123456789012345678901234567890", "-123456789012345678901234567890"),
            ("0.1234567890123456789", "0.1234567890123456789"),
            ("1.50000000000000000000", "1.50000000000000000000"),
            ("1234567890123456.789e30", "1.234567890123456789E+45"),
            ("0.0000000123456789012345", "1.23456789012345E-8"),
            ("0.000000000000000000", "0E-18"),
            ("1.000000000000000000e18", "1000000000000000000"),
        ] {
            assert_eq!(Number::parse(literal).unwrap().to_string(), expected, "{literal}");
        }
        assert_eq!(Number::from(f64::INFINITY).to_string(), "Infinity");
        assert_eq!(java_double(3.0), "3.0");
        assert_eq!(java_double(f64::INFINITY), "Infinity");
    }

    #[test]
    fn compares_by_value() {
        for (one, two, expected) in [
            ("1", "1.0", Ordering::Equal),
            ("100", "1e2", Ordering::Equal),
            ("-1", "1", Ordering::Less),
            ("-10", "-9.5", Ordering::Less),
            ("0", "-0.0", Ordering::Equal),
            ("0", "1e-9", Ordering::Less),
            ("-0.5", "0", Ordering::Less),
            ("0.1", "0.10", Ordering::Equal),
            ("9007199254740993", "9007199254740992.0", Ordering::Greater),
            ("1e9999999999999999", "1e5", Ordering::Greater),
            ("12345678901234567890", "12345678901234567891", Ordering::Less),
        ] {
            let (one, two) = (Number::parse(one).unwrap(), Number::parse(two).unwrap());
            assert_eq!(one.compare(&two), expected, "{one:?} {two:?}");
            assert_eq!(two.compare(&one), expected.reverse(), "{two:?} {one:?}");
        }
    }
}
