//! `java.lang.String`.

use super::{Outcome, format, int, null_pointer, pattern, statics, thrown, units};
use crate::error::CallError;
use crate::limits::Meter;
use crate::value::{Kind, List, Value};

/// Methods whose arguments must not be null.
const NEED_VALUES: [&str; 16] = [
    "compareTo",
    "compareToIgnoreCase",
    "concat",
    "contains",
    "contentEquals",
    "endsWith",
    "format",
    "indexOf",
    "join",
    "lastIndexOf",
    "matches",
    "replace",
    "replaceAll",
    "replaceFirst",
    "split",
    "startsWith",
];

pub(super) fn call(text: &str, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    // All of them look at the whole text.
    meter.steps(text.len() as u64 / 256)?;
    if let Some(found) = looked_at(text, name, arguments) {
        return Ok(Some(found));
    }
    if let Some(made) = changed(text, name, arguments, meter)? {
        return Ok(Some(made));
    }
    if let Some(found) = pattern::call(text, name, arguments, meter)? {
        return Ok(Some(found));
    }
    if let Some(made) = of_class(name, arguments, meter)? {
        return Ok(Some(made));
    }
    if arguments.iter().any(Value::is_null) && NEED_VALUES.contains(&name) {
        return null_pointer();
    }
    if let ("compareTo", [other]) = (name, arguments) {
        return statics::incomparable(other, "java.lang.String");
    }
    Ok(None)
}

/// Methods that only look, and never fail.
fn looked_at(text: &str, name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("length", []) => int(units::length(text)),
        ("isEmpty", []) => Value::Bool(text.is_empty()),
        ("isBlank", []) => Value::Bool(text.chars().all(is_whitespace)),
        ("contains", [Value::String(part)]) => Value::Bool(text.contains(&**part)),
        ("startsWith", [Value::String(part)]) => Value::Bool(text.starts_with(&**part)),
        ("startsWith", [Value::String(part), Value::Int(from)]) => Value::Bool(starts_at(text, part, *from)),
        ("endsWith", [Value::String(part)]) => Value::Bool(text.ends_with(&**part)),
        ("contentEquals", [Value::String(other)]) => Value::Bool(*text == **other),
        ("equalsIgnoreCase", [Value::String(other)]) => Value::Bool(equal_ignoring_case(text, other)),
        ("equalsIgnoreCase", [Value::Null]) => Value::Bool(false),
        ("compareTo", [Value::String(other)]) => {
            Value::Int(compare(&units::units(text), &units::units(other)))
        }
        ("compareToIgnoreCase", [Value::String(other)]) => Value::Int(compare(&folded(text), &folded(other))),
        ("indexOf", [Value::String(part)]) => Value::Int(index_of(text, part, 0)),
        ("indexOf", [Value::String(part), Value::Int(from)]) => Value::Int(index_of(text, part, *from)),
        ("indexOf", [Value::Int(point)]) => Value::Int(index_of(text, &letter(*point)?, 0)),
        ("indexOf", [Value::Int(point), Value::Int(from)]) => {
            Value::Int(index_of(text, &letter(*point)?, *from))
        }
        ("lastIndexOf", [Value::String(part)]) => Value::Int(last_index_of(text, part, i32::MAX)),
        ("lastIndexOf", [Value::String(part), Value::Int(from)]) => {
            Value::Int(last_index_of(text, part, *from))
        }
        ("lastIndexOf", [Value::Int(point)]) => Value::Int(last_index_of(text, &letter(*point)?, i32::MAX)),
        ("lastIndexOf", [Value::Int(point), Value::Int(from)]) => {
            Value::Int(last_index_of(text, &letter(*point)?, *from))
        }
        ("regionMatches", [Value::Int(at), Value::String(other), Value::Int(from), Value::Int(length)]) => {
            Value::Bool(region(&units::units(text), *at, &units::units(other), *from, *length))
        }
        (
            "regionMatches",
            [Value::Bool(ignore), Value::Int(at), Value::String(other), Value::Int(from), Value::Int(length)],
        ) => {
            let fold = if *ignore { folded } else { units::units };
            Value::Bool(region(&fold(text), *at, &fold(other), *from, *length))
        }
        _ => return None,
    })
}

/// Methods that make something out of the text.
fn changed(text: &str, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    let made = match (name, arguments) {
        ("charAt", [Value::Int(at)]) => return char_at(text, *at).map(Some),
        ("codePointAt", [Value::Int(at)]) => return code_point_at(text, *at).map(Some),
        ("codePointCount", [Value::Int(from), Value::Int(to)]) => {
            let (from, to) = range(text, *from, *to)?;
            return Ok(Some(int(units::part(text, from, to).chars().count())));
        }
        ("substring", [Value::Int(from)]) => substring(text, *from, units::length(text), meter)?,
        ("substring" | "subSequence", [Value::Int(from), Value::Int(to)]) => {
            let (from, to) = range(text, *from, *to)?;
            substring(text, i32::try_from(from).unwrap_or(i32::MAX), to, meter)?
        }
        ("concat", [Value::String(other)]) => {
            meter.bytes(text.len() + other.len())?;
            [text, other].concat()
        }
        ("replace", [Value::String(old), Value::String(new)]) => replace(text, old, new, meter)?,
        ("replace", [Value::Char(old), Value::Char(new)]) => {
            replace(text, &units::text(&[*old]), &units::text(&[*new]), meter)?
        }
        ("repeat", [Value::Int(count)]) => repeat(text, *count, meter)?,
        ("toCharArray", []) => return array(text.encode_utf16().map(Value::Char), text, meter).map(Some),
        ("getBytes", []) => {
            return array(text.bytes().map(|byte| Value::Int(i32::from(byte.cast_signed()))), text, meter)
                .map(Some);
        }
        _ => match shaped(text, name, arguments) {
            Some(shaped) => {
                meter.bytes(shaped.len())?;
                shaped
            }
            None => return Ok(None),
        },
    };
    Ok(Some(Value::string(made)))
}

fn shaped(text: &str, name: &str, arguments: &[Value]) -> Option<String> {
    if !arguments.is_empty() {
        return None;
    }
    Some(match name {
        "toString" | "intern" => text.to_owned(),
        "toUpperCase" => text.to_uppercase(),
        "toLowerCase" => text.to_lowercase(),
        "trim" => text.trim_matches(|letter| letter <= ' ').to_owned(),
        "strip" => text.trim_matches(is_whitespace).to_owned(),
        "stripLeading" => text.trim_start_matches(is_whitespace).to_owned(),
        "stripTrailing" => text.trim_end_matches(is_whitespace).to_owned(),
        _ => return None,
    })
}

/// Static methods, which Java reaches through any string.
fn of_class(name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    let made = match (name, arguments) {
        ("valueOf", [value]) if !value.is_null() => value.to_text(meter.depth())?,
        ("format", [Value::String(layout), values @ ..]) => format::format(layout, values, meter)?,
        ("join", [Value::String(between), Value::List(items)]) if items.kind() != Kind::Array => {
            join(between, &items.items(), meter)?
        }
        ("join", [Value::String(between), items @ ..])
            if !items.is_empty() && items.iter().all(|item| matches!(item, Value::String(_))) =>
        {
            join(between, items, meter)?
        }
        _ => return Ok(None),
    };
    meter.bytes(made.len())?;
    Ok(Some(Value::string(made)))
}

/// `Character.isWhitespace`: no space that must not break.
pub(super) fn is_whitespace(letter: char) -> bool {
    match letter {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{85}' => false,
        '\u{1c}'..='\u{1f}' => true,
        _ => letter.is_whitespace(),
    }
}

fn letter(point: i32) -> Option<String> {
    u32::try_from(point).ok().and_then(char::from_u32).map(String::from)
}

fn starts_at(text: &str, part: &str, from: i32) -> bool {
    let Ok(from) = usize::try_from(from) else { return false };
    from <= units::length(text)
        && text.get(units::byte_of(text, from)..).is_some_and(|rest| rest.starts_with(part))
}

fn index_of(text: &str, part: &str, from: i32) -> i32 {
    let start = units::byte_of(text, usize::try_from(from).unwrap_or(0));
    let found = text.get(start..).and_then(|rest| rest.find(part)).map(|at| units::unit_of(text, start + at));
    found.map_or(-1, |unit| i32::try_from(unit).unwrap_or(i32::MAX))
}

fn last_index_of(text: &str, part: &str, from: i32) -> i32 {
    let Ok(from) = usize::try_from(from) else { return -1 };
    let end = units::byte_of(text, from).saturating_add(part.len()).min(text.len());
    let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    let found = text.get(..end).and_then(|head| head.rfind(part)).map(|at| units::unit_of(text, at));
    found.filter(|unit| *unit <= from).map_or(-1, |unit| i32::try_from(unit).unwrap_or(i32::MAX))
}

fn equal_ignoring_case(one: &str, two: &str) -> bool {
    one.eq_ignore_ascii_case(two) || (!(one.is_ascii() && two.is_ascii()) && folded(one) == folded(two))
}

/// Units without their case, as Java compares them: upper case, then lower case, one for one.
fn folded(text: &str) -> Vec<u16> {
    let single = |mut mapped: std::iter::Peekable<Box<dyn Iterator<Item = char>>>, letter: char| {
        let first = mapped.next().unwrap_or(letter);
        if mapped.peek().is_some() { letter } else { first }
    };
    let fold = |letter: char| {
        let upper: Box<dyn Iterator<Item = char>> = Box::new(letter.to_uppercase());
        let upper = single(upper.peekable(), letter);
        let lower: Box<dyn Iterator<Item = char>> = Box::new(upper.to_lowercase());
        single(lower.peekable(), upper)
    };
    text.chars().map(fold).collect::<String>().encode_utf16().collect()
}

fn compare(one: &[u16], two: &[u16]) -> i32 {
    let differing = one.iter().zip(two).find(|(one, two)| one != two);
    let lengths =
        || i32::try_from(one.len()).unwrap_or(i32::MAX) - i32::try_from(two.len()).unwrap_or(i32::MAX);
    differing.map_or_else(lengths, |(one, two)| i32::from(*one) - i32::from(*two))
}

fn region(one: &[u16], at: i32, two: &[u16], from: i32, length: i32) -> bool {
    let (Ok(at), Ok(from)) = (usize::try_from(at), usize::try_from(from)) else { return false };
    let length = usize::try_from(length).unwrap_or(0);
    let part = |whole: &[u16], start: usize| {
        start.checked_add(length).and_then(|end| whole.get(start..end).map(<[u16]>::to_vec))
    };
    part(one, at).is_some_and(|part_of_one| Some(part_of_one) == part(two, from))
}

fn char_at(text: &str, at: i32) -> Result<Value, CallError> {
    match usize::try_from(at).ok().and_then(|at| units::at(text, at)) {
        Some(unit) => Ok(Value::Char(unit)),
        None => out_of_bounds(&format!("index {at}, length {}", units::length(text))),
    }
}

fn code_point_at(text: &str, at: i32) -> Result<Value, CallError> {
    let rest: Vec<u16> =
        usize::try_from(at).map_or_else(|_| Vec::new(), |at| text.encode_utf16().skip(at).take(2).collect());
    match char::decode_utf16(rest.iter().copied()).next() {
        Some(Ok(letter)) => Ok(Value::Int(u32::from(letter).cast_signed())),
        Some(Err(lone)) => Ok(Value::Int(i32::from(lone.unpaired_surrogate()))),
        None => out_of_bounds(&format!("index {at}, length {}", units::length(text))),
    }
}

fn out_of_bounds<T>(text: &str) -> Result<T, CallError> {
    thrown(format!("StringIndexOutOfBoundsException: {text}"))
}

fn range(text: &str, from: i32, to: i32) -> Result<(usize, usize), CallError> {
    let length = units::length(text);
    match (usize::try_from(from), usize::try_from(to)) {
        (Ok(from), Ok(to)) if from <= to && to <= length => Ok((from, to)),
        _ => out_of_bounds(&format!("begin {from}, end {to}, length {length}")),
    }
}

fn substring(text: &str, from: i32, to: usize, meter: &mut Meter) -> Result<String, CallError> {
    let (from, to) = range(text, from, i32::try_from(to).unwrap_or(i32::MAX))?;
    meter.bytes(to - from)?;
    Ok(units::part(text, from, to))
}

fn replace(text: &str, old: &str, new: &str, meter: &mut Meter) -> Result<String, CallError> {
    let matches = if new.len() > old.len() { text.matches(old).count() } else { 0 };
    meter.bytes(text.len().saturating_add(matches.saturating_mul(new.len())))?;
    Ok(text.replace(old, new))
}

fn repeat(text: &str, count: i32, meter: &mut Meter) -> Result<String, CallError> {
    let Ok(count) = usize::try_from(count) else {
        return thrown(format!("IllegalArgumentException: count is negative: {count}"));
    };
    meter.bytes(text.len().saturating_mul(count))?;
    Ok(text.repeat(count))
}

fn array(items: impl Iterator<Item = Value>, text: &str, meter: &mut Meter) -> Result<Value, CallError> {
    meter.bytes(text.len().saturating_mul(size_of::<Value>()))?;
    Ok(Value::List(List::new(Kind::Array, items.collect())))
}

fn join(between: &str, items: &[Value], meter: &mut Meter) -> Result<String, CallError> {
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        match item {
            Value::String(text) => out.push_str(text),
            Value::Null => out.push_str("null"),
            other => {
                let class = statics::class_name(other);
                return thrown(format!("ClassCastException: {class} is no java.lang.CharSequence"));
            }
        }
        meter.steps(1 + item.as_str().map_or(0, |text| text.len() as u64 / 256))?;
    }
    Ok(out)
}
