//! The sentences that AWS shows: those of the Java library.
//!
//! Strings stand in them as they are, other values as JSON.

use std::fmt::Display;

use super::types::{self, Types};
use crate::{Number, Slashes, Value, push_json, push_string};

pub(super) const DUPLICATES: &str = "array must not contain duplicate elements";
pub(super) const NOT: &str = "instance matched a schema which it should not have";

pub(super) fn types(value: &Value, allowed: Types) -> String {
    let allowed = list(allowed.names());
    format!(
        "instance type ({}) does not match any allowed primitive type (allowed: {allowed})",
        types::name(value)
    )
}

pub(super) fn not_in_enum(value: &Value, values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(json).collect();
    format!("instance value ({}) not found in enum (possible values: [{}])", json(value), values.join(","))
}

pub(super) fn too_many_items(most: usize, count: usize) -> String {
    format!("additional items are not permitted (allowed: {most}, found: {count})")
}

pub(super) fn array_too_long(most: u64, count: usize) -> String {
    format!("array is too long: must have at most {most} elements but instance has {count} elements")
}

pub(super) fn array_too_short(least: u64, count: usize) -> String {
    format!("array is too short: must have at least {least} elements but instance has {count} elements")
}

/// The library sorts these.
pub(super) fn not_allowed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("object instance has properties which are not allowed by the schema: {}", sorted(names))
}

pub(super) fn missing<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("object has missing required properties ({})", list(names))
}

pub(super) fn too_many_members(most: u64, count: usize) -> String {
    format!("object has too many properties (found {count} but schema requires at most {most})")
}

pub(super) fn too_few_members(least: u64, count: usize) -> String {
    format!("object has too few properties (found {count} but schema requires at least {least})")
}

pub(super) fn dependencies<'n>(
    name: &str,
    required: impl Iterator<Item = &'n str>,
    missing: impl Iterator<Item = &'n str>,
) -> String {
    let (required, missing) = (list(required), list(missing));
    format!(
        "property \"{name}\" of object has missing property dependencies (schema requires {required}; missing: {missing})"
    )
}

pub(super) fn too_large(limit: &Number, found: &Number, exclusive: bool) -> String {
    let (limit, found) = (number(limit), number(found));
    if exclusive && found == limit {
        return format!("numeric instance is not strictly lower than the required maximum {limit}");
    }
    format!("numeric instance is greater than the required maximum (maximum: {limit}, found: {found})")
}

pub(super) fn too_small(limit: &Number, found: &Number, exclusive: bool) -> String {
    let (limit, found) = (number(limit), number(found));
    if exclusive && found == limit {
        return format!("numeric instance is not strictly greater than the required minimum {limit}");
    }
    format!("numeric instance is lower than the required minimum (minimum: {limit}, found: {found})")
}

pub(super) fn remainder(value: &Number, divisor: &Number) -> String {
    format!("remainder of division is not zero ({} / {})", number(value), number(divisor))
}

pub(super) fn text_too_long(text: &str, length: u64, most: u64) -> String {
    format!("string \"{text}\" is too long (length: {length}, maximum allowed: {most})")
}

pub(super) fn text_too_short(text: &str, length: u64, least: u64) -> String {
    format!("string \"{text}\" is too short (length: {length}, required minimum: {least})")
}

pub(super) fn no_match(pattern: &str, text: &str) -> String {
    format!("ECMA 262 regex \"{pattern}\" does not match input string \"{text}\"")
}

pub(super) fn all_of(matched: impl Display, count: usize) -> String {
    format!("instance failed to match all required schemas (matched only {matched} out of {count})")
}

pub(super) fn any_of(count: usize) -> String {
    format!("instance failed to match at least one required schema among {count}")
}

pub(super) fn one_of(matched: impl Display, count: usize) -> String {
    format!("instance failed to match exactly one schema (matched {matched} out of {count})")
}

fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    list(names.into_iter())
}

/// Names as a JSON array.
fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut text = String::from("[");
    for (index, name) in names.enumerate() {
        if index > 0 {
            text.push(',');
        }
        push_string(name, Slashes::Bare, &mut text);
    }
    text + "]"
}

fn json(value: &Value) -> String {
    let mut text = String::new();
    push(value, &mut text);
    text
}

fn push(value: &Value, text: &mut String) {
    match value {
        Value::Number(found) => text.push_str(&number(found)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                push(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                push_string(name, Slashes::Bare, text);
                text.push(':');
                push(member, text);
            }
            text.push('}');
        }
        other => push_json(other, Slashes::Bare, text),
    }
}

/// Numbers as Java's `BigDecimal` and `BigInteger` write them.
fn number(number: &Number) -> String {
    number.decimal_text()
}
