//! Whole numbers of any size.

use std::cmp::Ordering;
use std::fmt;

/// More digits are not worth the time that arithmetic and printing take, which grows with their square.
const MAX_DIGITS: usize = 5000;
/// Bytes of as many digits.
pub(crate) const MAX_BYTES: usize = MAX_DIGITS / 2;

/// A `java.math.BigInteger`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BigInteger {
    negative: bool,
    /// Least first, without zeros at the end; empty is zero.
    limbs: Vec<u32>,
}

impl BigInteger {
    /// Reads at most 5,000 decimal digits with an optional sign.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let mut limbs = Vec::new();
        for chunk in digits.as_bytes().chunks(9) {
            let number = chunk.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
            scale(&mut limbs, chunk.iter().fold(1, |factor, _| factor * 10), number);
        }
        Some(Self::of(text.starts_with('-'), limbs))
    }

    /// Bytes that it takes.
    pub(crate) fn size(&self) -> usize {
        self.limbs.len() * size_of::<u32>() + size_of::<Self>()
    }

    /// The lowest 64 bits in two's complement.
    pub(crate) fn low_bits(&self) -> i64 {
        let limb = |index| self.limbs.get(index).copied().map_or(0, i64::from);
        let magnitude = limb(0) | (limb(1) << 32);
        if self.negative { magnitude.wrapping_neg() } else { magnitude }
    }

    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn to_f64(&self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        if self.negative == other.negative {
            return Self::of(self.negative, sum(&self.limbs, &other.limbs));
        }
        match order(&self.limbs, &other.limbs) {
            Ordering::Less => Self::of(other.negative, difference(&other.limbs, &self.limbs)),
            _ => Self::of(self.negative, difference(&self.limbs, &other.limbs)),
        }
    }

    pub(crate) fn subtract(&self, other: &Self) -> Self {
        self.add(&Self::of(!other.negative, other.limbs.clone()))
    }

    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn multiply(&self, other: &Self) -> Self {
        let mut limbs = vec![0u32; self.limbs.len() + other.limbs.len()];
        for (shift, left) in self.limbs.iter().enumerate() {
            let mut carry = 0u64;
            for (index, right) in other.limbs.iter().enumerate() {
                let wide = u64::from(*left) * u64::from(*right) + u64::from(limbs[shift + index]) + carry;
                limbs[shift + index] = wide as u32;
                carry = wide >> 32;
            }
            limbs[shift + other.limbs.len()] = carry as u32;
        }
        Self::of(self.negative != other.negative, limbs)
    }

    /// Quotient and remainder, towards zero. The divisor is not zero.
    pub(crate) fn divide(&self, divisor: &Self) -> (Self, Self) {
        let (mut quotient, mut rest) = (vec![0u32; self.limbs.len()], Vec::new());
        // Bit by bit: such divisions are rare, and their numbers short.
        for bit in (0..self.limbs.len() * 32).rev() {
            scale(&mut rest, 2, (self.limbs[bit / 32] >> (bit % 32)) & 1);
            if order(&rest, &divisor.limbs) != Ordering::Less {
                rest = difference(&rest, &divisor.limbs);
                trim(&mut rest);
                quotient[bit / 32] |= 1 << (bit % 32);
            }
        }
        (Self::of(self.negative != divisor.negative, quotient), Self::of(self.negative, rest))
    }

    fn of(negative: bool, mut limbs: Vec<u32>) -> Self {
        trim(&mut limbs);
        Self { negative: negative && !limbs.is_empty(), limbs }
    }
}

impl From<i64> for BigInteger {
    #[allow(clippy::cast_possible_truncation)]
    fn from(value: i64) -> Self {
        let magnitude = value.unsigned_abs();
        Self::of(value < 0, vec![magnitude as u32, (magnitude >> 32) as u32])
    }
}

impl Ord for BigInteger {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => order(&self.limbs, &other.limbs),
            (true, true) => order(&other.limbs, &self.limbs),
        }
    }
}

impl PartialOrd for BigInteger {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn trim(limbs: &mut Vec<u32>) {
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
}

fn order(left: &[u32], right: &[u32]) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

#[allow(clippy::cast_possible_truncation)]
fn sum(left: &[u32], right: &[u32]) -> Vec<u32> {
    let (mut limbs, mut carry) = (Vec::new(), 0u64);
    for index in 0..=left.len().max(right.len()) {
        let limb = |limbs: &[u32]| limbs.get(index).copied().map_or(0, u64::from);
        let wide = limb(left) + limb(right) + carry;
        limbs.push(wide as u32);
        carry = wide >> 32;
    }
    limbs
}

/// The left one is not smaller.
fn difference(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut borrow = false;
    let limb = |index: usize| right.get(index).copied().unwrap_or(0);
    let subtract = |(index, left): (usize, &u32)| {
        let (once, under) = left.overflowing_sub(limb(index));
        let (twice, under_again) = once.overflowing_sub(u32::from(borrow));
        borrow = under || under_again;
        twice
    };
    left.iter().enumerate().map(subtract).collect()
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
    trim(limbs);
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

#[cfg(test)]
mod tests {
    use super::BigInteger;

    fn big(text: &str) -> BigInteger {
        BigInteger::parse(text).expect("digits")
    }

    #[test]
    fn arithmetic() {
        let (huge, seven) = (big("123456789012345678901234567890"), big("7"));
        let check = |result: &BigInteger, expected: &str| assert_eq!(result.to_string(), expected);
        check(&huge.add(&seven), "123456789012345678901234567897");
        check(&seven.subtract(&huge), "-123456789012345678901234567883");
        check(&huge.multiply(&huge), "15241578753238836750495351562536198787501905199875019052100");
        check(&huge.divide(&seven).0, "17636684144620811271604938270");
        check(&huge.divide(&seven).1, "0");
        check(&big("-100").divide(&seven).0, "-14");
        check(&big("-100").divide(&seven).1, "-2");
        check(&huge.subtract(&huge), "0");
        check(&big("-0000"), "0");
        assert!(big("-8") < seven && huge > seven);
        assert_eq!(BigInteger::from(i64::MIN).low_bits(), i64::MIN);
    }
}
