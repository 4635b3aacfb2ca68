//! Whole numbers of any size.

use std::fmt;

/// A `java.math.BigInteger`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BigInteger {
    negative: bool,
    /// Least first, without zeros at the end; empty is zero.
    limbs: Vec<u32>,
}

impl BigInteger {
    /// Reads decimal digits with an optional sign.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut limbs = Vec::new();
        for chunk in digits.as_bytes().chunks(1) {
            scale(&mut limbs, 10, u32::from(chunk[0] - b'0'));
        }
        Some(Self::of(text.starts_with('-'), limbs))
    }

    fn of(negative: bool, mut limbs: Vec<u32>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self { negative: negative && !limbs.is_empty(), limbs }
    }
}

/// limbs = limbs × factor + carry
#[allow(clippy::cast_possible_truncation)]
fn scale(limbs: &mut Vec<u32>, factor: u32, mut carry: u32) {
    for limb in limbs.iter_mut() {
        let wide = u64::from(*limb) * u64::from(factor) + u64::from(carry);
        *limb = wide as u32;
        carry = (wide >> 32) as u32;
    }
    if carry > 0 {
        limbs.push(carry);
    }
}

/// Divides in place and gives the rest.
#[allow(clippy::cast_possible_truncation)]
fn shrink(limbs: &mut Vec<u32>, divisor: u32) -> u32 {
    let mut rest = 0u64;
    for limb in limbs.iter_mut().rev() {
        let wide = (rest << 32) | u64::from(*limb);
        *limb = (wide / u64::from(divisor)) as u32;
        rest = wide % u64::from(divisor);
    }
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
    rest as u32
}

impl fmt::Display for BigInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut limbs, mut groups) = (self.limbs.clone(), Vec::new());
        while !limbs.is_empty() {
            groups.push(shrink(&mut limbs, 1_000_000_000));
        }
        let first = groups.pop().unwrap_or(0);
        write!(formatter, "{}{first}", if self.negative { "-" } else { "" })?;
        groups.iter().rev().try_for_each(|group| write!(formatter, "{group:09}"))
    }
}
