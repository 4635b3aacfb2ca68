//! The static methods of `Integer`, `Long`, `Double`, `Boolean` and `Character`, which Java reaches through any instance
//! (`#set($Integer = 0) $Integer.parseInt("5")`), and the own methods of booleans and characters.

use super::number::compare_decimals;
use super::{Outcome, hash, null_pointer, string, thrown, units};
use crate::error::CallError;
use crate::limits::Meter;
use crate::value::{Kind, Value};

/// The name of a value's class, for messages.
pub(super) fn class_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::Char(_) => "java.lang.Character",
        Value::Int(_) => "java.lang.Integer",
        Value::Long(_) => "java.lang.Long",
        Value::Float(_) => "java.lang.Float",
        Value::Double(_) => "java.lang.Double",
        Value::BigInteger(_) => "java.math.BigInteger",
        Value::String(_) => "java.lang.String",
        Value::List(list) if list.kind() == Kind::Array => "an array",
        Value::List(_) => "java.util.List",
        Value::Map(_) => "java.util.Map",
        Value::Entry(_) => "java.util.Map.Entry",
        Value::Iterator(_) => "java.util.Iterator",
        Value::Object(_) | Value::Block(_) => "java.lang.Object",
    }
}

/// What `compareTo` says to an object of another class.
pub(super) fn incomparable(other: &Value, class: &str) -> Outcome {
    if other.is_null() {
        return null_pointer();
    }
    thrown(format!("ClassCastException: {} is no {class}", class_name(other)))
}

pub(super) fn integer(name: &str, arguments: &[Value]) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("parseInt" | "valueOf", [Value::String(text)]) => Value::Int(parse_int(text, 10)?),
        ("parseInt" | "valueOf", [Value::String(text), Value::Int(radix)]) => {
            Value::Int(parse_int(text, *radix)?)
        }
        ("parseInt" | "valueOf", [Value::Null]) => return thrown("NumberFormatException: null is no number"),
        ("valueOf", [Value::Int(value)]) => Value::Int(*value),
        ("toString", [Value::Int(value)]) => Value::string(value.to_string()),
        ("toString", [Value::Int(value), Value::Int(radix)]) => {
            Value::string(in_radix(i64::from(*value), *radix))
        }
        ("toHexString", [Value::Int(value)]) => Value::string(format!("{value:x}")),
        ("toOctalString", [Value::Int(value)]) => Value::string(format!("{value:o}")),
        ("toBinaryString", [Value::Int(value)]) => Value::string(format!("{value:b}")),
        ("max", [Value::Int(one), Value::Int(two)]) => Value::Int(*one.max(two)),
        ("min", [Value::Int(one), Value::Int(two)]) => Value::Int(*one.min(two)),
        ("sum", [Value::Int(one), Value::Int(two)]) => Value::Int(one.wrapping_add(*two)),
        ("compare", [Value::Int(one), Value::Int(two)]) => Value::Int(one.cmp(two) as i32),
        ("signum", [Value::Int(value)]) => Value::Int(value.signum()),
        ("hashCode", [Value::Int(value)]) => Value::Int(*value),
        (_, [Value::Int(value)]) => return Ok(bits_of(*value, name)),
        _ => return Ok(None),
    }))
}

fn bits_of(value: i32, name: &str) -> Option<Value> {
    Some(Value::Int(match name {
        "bitCount" => value.count_ones().cast_signed(),
        "reverse" => value.reverse_bits(),
        "reverseBytes" => value.swap_bytes(),
        "highestOneBit" if value == 0 => 0,
        "highestOneBit" => (1u32 << (31 - value.leading_zeros())).cast_signed(),
        "lowestOneBit" => value & value.wrapping_neg(),
        "numberOfLeadingZeros" => value.leading_zeros().cast_signed(),
        "numberOfTrailingZeros" => value.trailing_zeros().cast_signed(),
        _ => return None,
    }))
}

pub(super) fn long(name: &str, arguments: &[Value]) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("parseLong" | "valueOf", [Value::String(text)]) => Value::Long(parse(text, 10)?),
        ("parseLong" | "valueOf", [Value::String(text), Value::Int(radix)]) => {
            Value::Long(parse(text, *radix)?)
        }
        ("parseLong" | "valueOf", [Value::Null]) => {
            return thrown("NumberFormatException: null is no number");
        }
        (_, [one]) => match widened(one) {
            Some(value) => return Ok(of_long(value, name)),
            None => return Ok(None),
        },
        ("toString", [one, Value::Int(radix)]) => match widened(one) {
            Some(value) => Value::string(in_radix(value, *radix)),
            None => return Ok(None),
        },
        (_, [one, two]) => match (name, widened(one), widened(two)) {
            ("max", Some(one), Some(two)) => Value::Long(one.max(two)),
            ("min", Some(one), Some(two)) => Value::Long(one.min(two)),
            ("sum", Some(one), Some(two)) => Value::Long(one.wrapping_add(two)),
            ("compare", Some(one), Some(two)) => Value::Int(one.cmp(&two) as i32),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

fn of_long(value: i64, name: &str) -> Option<Value> {
    Some(match name {
        "valueOf" => Value::Long(value),
        "toString" => Value::string(value.to_string()),
        "toHexString" => Value::string(format!("{value:x}")),
        "toOctalString" => Value::string(format!("{value:o}")),
        "toBinaryString" => Value::string(format!("{value:b}")),
        "signum" => Value::Int(i32::from(value.signum() == 1) - i32::from(value.signum() == -1)),
        _ => return None,
    })
}

fn widened(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value) => Some(i64::from(*value)),
        Value::Long(value) => Some(*value),
        _ => None,
    }
}

pub(super) fn double(name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    if let ("parseDouble" | "valueOf", [Value::String(text)]) = (name, arguments) {
        return parse_double(text).map(|value| Some(Value::Double(value)));
    }
    if let ("parseDouble" | "valueOf", [Value::Null]) = (name, arguments) {
        return null_pointer();
    }
    let numbers: Option<Vec<f64>> = arguments
        .iter()
        .map(|argument| super::number::as_double(argument).filter(|_| !is_big(argument)))
        .collect();
    Ok(match (name, numbers.as_deref()) {
        ("valueOf", Some([value])) => Some(Value::Double(*value)),
        ("toString", Some([value])) => Some(Value::string(Value::Double(*value).to_text(meter.depth())?)),
        ("isNaN", Some([value])) => Some(Value::Bool(value.is_nan())),
        ("isFinite", Some([value])) => Some(Value::Bool(value.is_finite())),
        ("isInfinite", Some([value])) => Some(Value::Bool(value.is_infinite())),
        ("compare", Some([one, two])) => Some(Value::Int(compare_decimals(*one, *two) as i32)),
        ("max", Some([one, two])) => {
            Some(Value::Double(if compare_decimals(*one, *two).is_ge() { *one } else { *two }))
        }
        ("min", Some([one, two])) => Some(Value::Double(least(*one, *two))),
        ("sum", Some([one, two])) => Some(Value::Double(one + two)),
        _ => None,
    })
}

fn is_big(value: &Value) -> bool {
    matches!(value, Value::BigInteger(_))
}

/// As `Math.min`: NaN wins.
fn least(one: f64, two: f64) -> f64 {
    if one.is_nan() || compare_decimals(one, two).is_le() && !two.is_nan() { one } else { two }
}

/// `java.lang.Boolean`
pub(super) fn boolean(value: bool, name: &str, arguments: &[Value]) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("booleanValue", []) => Value::Bool(value),
        ("compareTo", [Value::Bool(other)]) => Value::Int(value.cmp(other) as i32),
        ("compareTo", [other]) => return incomparable(other, "java.lang.Boolean"),
        ("parseBoolean" | "valueOf", [Value::String(text)]) => Value::Bool(text.eq_ignore_ascii_case("true")),
        ("parseBoolean" | "valueOf", [Value::Null]) => Value::Bool(false),
        ("valueOf", [Value::Bool(other)]) => Value::Bool(*other),
        ("toString", [Value::Bool(other)]) => Value::string(other.to_string()),
        ("hashCode", [Value::Bool(other)]) => Value::Int(hash::of_bool(*other)),
        ("logicalAnd", [Value::Bool(one), Value::Bool(two)]) => Value::Bool(*one && *two),
        ("logicalOr", [Value::Bool(one), Value::Bool(two)]) => Value::Bool(*one || *two),
        ("logicalXor", [Value::Bool(one), Value::Bool(two)]) => Value::Bool(one != two),
        ("compare", [Value::Bool(one), Value::Bool(two)]) => Value::Int(one.cmp(two) as i32),
        _ => return Ok(None),
    }))
}

/// `java.lang.Character`
pub(super) fn character(unit: u16, name: &str, arguments: &[Value]) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("charValue", []) => Value::Char(unit),
        ("compareTo", [Value::Char(other)]) => Value::Int(i32::from(unit) - i32::from(*other)),
        ("compareTo", [other]) => return incomparable(other, "java.lang.Character"),
        ("toString" | "valueOf", [Value::Char(other)]) if name == "toString" => {
            Value::string(units::text(&[*other]))
        }
        (_, [Value::Char(other)]) => return Ok(of_character(*other, name)),
        _ => return Ok(None),
    }))
}

fn of_character(unit: u16, name: &str) -> Option<Value> {
    // Half a pair is neither letter nor digit.
    let letter = char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}');
    Some(match name {
        "valueOf" => Value::Char(unit),
        "isDigit" => Value::Bool(letter.is_ascii_digit()),
        "isLetter" | "isAlphabetic" => Value::Bool(letter.is_alphabetic()),
        "isLetterOrDigit" => Value::Bool(letter.is_alphabetic() || letter.is_ascii_digit()),
        "isUpperCase" => Value::Bool(letter.is_uppercase()),
        "isLowerCase" => Value::Bool(letter.is_lowercase()),
        "isWhitespace" => Value::Bool(string::is_whitespace(letter)),
        "toUpperCase" => Value::Char(single(letter.to_uppercase()).unwrap_or(unit)),
        "toLowerCase" => Value::Char(single(letter.to_lowercase()).unwrap_or(unit)),
        "getNumericValue" => {
            Value::Int(letter.to_digit(36).and_then(|value| i32::try_from(value).ok()).unwrap_or(-1))
        }
        _ => return None,
    })
}

fn single(mut letters: impl Iterator<Item = char>) -> Option<u16> {
    let first = letters.next()?;
    letters.next().is_none().then(|| u16::try_from(u32::from(first)).ok()).flatten()
}

fn no_number<T>(text: &str) -> Result<T, CallError> {
    let shown: String = text.chars().take(100).collect();
    thrown(format!("NumberFormatException: for input string \"{shown}\""))
}

fn parse(text: &str, radix: i32) -> Result<i64, CallError> {
    let Some(radix) = u32::try_from(radix).ok().filter(|radix| (2..=36).contains(radix)) else {
        return thrown(format!("NumberFormatException: radix {radix} out of range"));
    };
    i64::from_str_radix(text, radix).or_else(|_| no_number(text))
}

fn parse_int(text: &str, radix: i32) -> Result<i32, CallError> {
    i32::try_from(parse(text, radix)?).or_else(|_| no_number(text))
}

/// `Double.parseDouble`: white space around, and a letter for the type, do no harm. Hexadecimal is not read.
fn parse_double(text: &str) -> Result<f64, CallError> {
    let trimmed = text.trim_matches(|letter| letter <= ' ');
    let unsigned = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
    let parsed = match unsigned {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        _ => {
            let digits = unsigned.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(unsigned);
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
            let signed = digits.starts_with(['-', '+']);
            digits.parse::<f64>().ok().filter(|_| plain && !signed)
        }
    };
    let sign = if trimmed.starts_with('-') { -1.0 } else { 1.0 };
    parsed.map_or_else(|| no_number(text), |value| Ok(value * sign))
}

/// The digits of a number to a base; a base that Java does not know is ten.
fn in_radix(value: i64, radix: i32) -> String {
    let radix = u64::try_from(radix).ok().filter(|radix| (2..=36).contains(radix)).unwrap_or(10);
    let (mut rest, mut digits) = (value.unsigned_abs(), Vec::new());
    loop {
        let digit = u32::try_from(rest % radix).unwrap_or(0);
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        rest /= radix;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}
