//! What the classes of numbers have in common: conversions and comparisons. Static methods are in [`super::statics`].

use std::cmp::Ordering;

use super::{Outcome, statics};
use crate::limits::Meter;
use crate::value::Value;

pub(super) fn call(number: &Value, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    match (name, arguments) {
        ("compareTo", [other]) => return compare(number, other),
        (_, []) => {
            if let Some(converted) = converted(number, name) {
                return Ok(Some(converted));
            }
        }
        _ => {}
    }
    match number {
        Value::Int(_) => statics::integer(name, arguments),
        Value::Long(_) => statics::long(name, arguments),
        Value::Float(_) | Value::Double(_) => statics::double(name, arguments, meter),
        _ => Ok(None),
    }
}

/// Java's conversions: decimals lose their fraction and stop at the ends, integers keep their lowest bits.
#[allow(clippy::cast_possible_truncation)]
fn converted(number: &Value, name: &str) -> Option<Value> {
    Some(match name {
        "intValue" => Value::Int(as_int(number)?),
        "longValue" => Value::Long(as_long(number)?),
        "shortValue" => Value::Int(i32::from(as_int(number)? as i16)),
        "byteValue" => Value::Int(i32::from(as_int(number)? as i8)),
        "doubleValue" => Value::Double(as_double(number)?),
        "floatValue" => Value::Float(as_float(number)?),
        "isNaN" => Value::Bool(as_decimal(number)?.is_nan()),
        "isInfinite" => Value::Bool(as_decimal(number)?.is_infinite()),
        "signum" => match number {
            Value::BigInteger(big) => {
                let text = big.to_string();
                Value::Int(if text == "0" { 0 } else { 1 - 2 * i32::from(text.starts_with('-')) })
            }
            _ => return None,
        },
        _ => return None,
    })
}

#[allow(clippy::cast_possible_truncation)]
fn as_int(number: &Value) -> Option<i32> {
    Some(match number {
        Value::Float(value) => *value as i32,
        Value::Double(value) => *value as i32,
        _ => as_long(number)? as i32,
    })
}

#[allow(clippy::cast_possible_truncation)]
fn as_long(number: &Value) -> Option<i64> {
    Some(match number {
        Value::Int(value) => i64::from(*value),
        Value::Long(value) => *value,
        Value::Float(value) => *value as i64,
        Value::Double(value) => *value as i64,
        Value::BigInteger(big) => low_bits(&big.to_string()),
        _ => return None,
    })
}

/// The lowest 64 bits of a decimal integer.
fn low_bits(digits: &str) -> i64 {
    let (negative, digits) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
    let bits = digits
        .bytes()
        .fold(0u64, |bits, digit| bits.wrapping_mul(10).wrapping_add(u64::from(digit.wrapping_sub(b'0'))));
    let value = bits.cast_signed();
    if negative { value.wrapping_neg() } else { value }
}

#[allow(clippy::cast_precision_loss)]
pub(super) fn as_double(number: &Value) -> Option<f64> {
    Some(match number {
        Value::Int(value) => f64::from(*value),
        Value::Long(value) => *value as f64,
        Value::Float(value) => f64::from(*value),
        Value::Double(value) => *value,
        Value::BigInteger(big) => big.to_string().parse().ok()?,
        _ => return None,
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn as_float(number: &Value) -> Option<f32> {
    Some(match number {
        Value::Int(value) => *value as f32,
        Value::Long(value) => *value as f32,
        Value::Float(value) => *value,
        Value::Double(value) => *value as f32,
        Value::BigInteger(big) => big.to_string().parse().ok()?,
        _ => return None,
    })
}

fn as_decimal(number: &Value) -> Option<f64> {
    match number {
        Value::Float(value) => Some(f64::from(*value)),
        Value::Double(value) => Some(*value),
        _ => None,
    }
}

fn compare(one: &Value, two: &Value) -> Outcome {
    let ordering = match (one, two) {
        (Value::Int(one), Value::Int(two)) => one.cmp(two),
        (Value::Long(one), Value::Long(two)) => one.cmp(two),
        (Value::Float(one), Value::Float(two)) => compare_decimals(f64::from(*one), f64::from(*two)),
        (Value::Double(one), Value::Double(two)) => compare_decimals(*one, *two),
        (Value::BigInteger(one), Value::BigInteger(two)) => {
            compare_digits(&one.to_string(), &two.to_string())
        }
        _ => return statics::incomparable(two, statics::class_name(one)),
    };
    Ok(Some(Value::Int(ordering as i32)))
}

/// As `Double.compare`: NaN is the largest, and equal to itself; -0.0 is below 0.0.
pub(super) fn compare_decimals(one: f64, two: f64) -> Ordering {
    one.partial_cmp(&two).filter(|ordering| ordering.is_ne()).unwrap_or_else(|| {
        let rank = |value: f64| (value.is_nan(), !value.is_sign_negative());
        rank(one).cmp(&rank(two))
    })
}

fn compare_digits(one: &str, two: &str) -> Ordering {
    let magnitude = |one: &str, two: &str| one.len().cmp(&two.len()).then_with(|| one.cmp(two));
    match (one.strip_prefix('-'), two.strip_prefix('-')) {
        (None, None) => magnitude(one, two),
        (Some(one), Some(two)) => magnitude(two, one),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
    }
}
