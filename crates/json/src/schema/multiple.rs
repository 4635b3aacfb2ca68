//! `multipleOf`, exactly: decimal digits, no floating point.

use crate::Number;

/// Whether a number is a multiple of a positive one.
pub(super) fn is_multiple(number: &Number, divisor: &Number) -> bool {
    if let (Some(number), Some(divisor)) = (number.as_i64(), divisor.as_i64()) {
        return divisor == 0 || number.wrapping_rem(divisor) == 0;
    }
    let (number, divisor) = (Scaled::of(&number.literal()), Scaled::of(&divisor.literal()));
    number.is_multiple_of(&divisor)
}

/// Digits times a power of ten; no digit at the end is zero.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Scaled {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Scaled {
    pub(super) fn of(literal: &str) -> Self {
        let (mantissa, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{}{fraction}", whole.trim_start_matches(['-', '+']));
        let kept = digits.trim_end_matches('0');
        let cut = digits.len() - kept.len();
        // An exponent that no `i32` holds is beyond all that can be divided.
        let exponent = i64::from(exponent.parse().unwrap_or(if exponent.starts_with('-') {
            i32::MIN
        } else {
            i32::MAX
        }));
        let length = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let kept = kept.trim_start_matches('0');
        if kept.is_empty() {
            return Self { negative: false, digits: String::new(), exponent: 0 };
        }
        Self {
            negative: literal.starts_with('-'),
            digits: kept.to_owned(),
            exponent: exponent - length(fraction.len()) + length(cut),
        }
    }

    fn is_multiple_of(&self, divisor: &Self) -> bool {
        if self.digits.is_empty() {
            return true;
        }
        // The digits' last one is not zero, so they are no multiple of ten.
        let Ok(shift) = u32::try_from(self.exponent - divisor.exponent) else { return false };
        match divisor.digits.parse::<u64>() {
            Ok(0) => true,
            Ok(modulus) => self.remainder(shift, modulus) == 0,
            // Of more digits than are worth dividing only the number itself counts.
            Err(_) => shift == 0 && self.digits == divisor.digits,
        }
    }

    /// What is left of the digits, followed by `shift` zeros.
    fn remainder(&self, shift: u32, modulus: u64) -> u64 {
        let modulus = u128::from(modulus);
        let digits =
            self.digits.bytes().fold(0, |rest, digit| (rest * 10 + u128::from(digit - b'0')) % modulus);
        let (mut power, mut factor, mut left) = (1 % modulus, 10 % modulus, shift);
        while left > 0 {
            if left & 1 == 1 {
                power = power * factor % modulus;
            }
            factor = factor * factor % modulus;
            left >>= 1;
        }
        u64::try_from(digits * power % modulus).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::is_multiple;
    use crate::Number;

    #[test]
    fn division_is_exact() {
        for (number, divisor, expected) in [
            ("10", "5", true),
            ("7", "2", false),
            ("-9", "3", true),
            ("0", "3.5", true),
            ("0.0075", "0.0001", true),
            ("0.00751", "0.0001", false),
            ("4.5", "1.5", true),
            ("35", "1.5", false),
            ("100.001", "0.01", false),
            ("0.3", "0.1", true),
            ("1e308", "0.123456789", false),
            ("1e308", "0.5", true),
            ("12391239123", "1e-8", true),
            ("1e999999999999", "7", false),
            ("123456789012345678901234567890", "10", true),
            ("1.5", "3", false),
            ("3", "1.5", true),
        ] {
            let (number, divisor) = (Number::parse(number).unwrap(), Number::parse(divisor).unwrap());
            assert_eq!(is_multiple(&number, &divisor), expected, "{number} / {divisor}");
        }
    }
}
