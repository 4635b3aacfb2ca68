//! Values as text: JSON as json-smart writes it, and Java's `toString`.
//!
//! In: a value. Out: text, appended. It must not know where the text goes.

use std::fmt::Write as _;

use crate::{JavaNumber, Map, Number, Value};

/// How a slash in a string is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slashes {
    /// `/`
    Bare,
    /// `\/`
    Escaped,
}

/// A value as compact JSON: what `$input.json` gives.
#[must_use]
pub fn to_json_text(value: &Value) -> String {
    let mut text = String::new();
    push_json(value, Slashes::Bare, &mut text);
    text
}

/// A value as Java's `toString` of json-smart's objects: what `$input.path` prints. Objects look like `{a=b}`, arrays
/// are JSON, strings are bare.
#[must_use]
pub fn to_java_text(value: &Value) -> String {
    let mut text = String::new();
    push_java(value, &mut text);
    text
}

/// Appends a value as Java's `toString` gives it.
pub fn push_java(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Array(_) => push_json(value, Slashes::Escaped, out),
        Value::Object(map) => push_java_map(map, out),
        Value::Number(number) => push_display(number, out),
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
    }
}

fn push_java_map(map: &Map, out: &mut String) {
    out.push('{');
    for (at, (key, value)) in map.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(key);
        out.push('=');
        push_java(value, out);
    }
    out.push('}');
}

/// Appends a value as compact JSON.
pub fn push_json(value: &Value, slashes: Slashes, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => push_number(number, out),
        Value::String(text) => push_string(text, slashes, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                push_json(item, slashes, out);
            }
            out.push(']');
        }
        Value::Object(map) => push_object(map, slashes, out),
    }
}

fn push_object(map: &Map, slashes: Slashes, out: &mut String) {
    out.push('{');
    for (at, (key, value)) in map.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_string(key, slashes, out);
        out.push(':');
        push_json(value, slashes, out);
    }
    out.push('}');
}

/// JSON has no infinite numbers: json-smart writes `null`.
fn push_number(number: &Number, out: &mut String) {
    match number.java() {
        JavaNumber::Double(value) if !value.is_finite() => out.push_str("null"),
        _ => push_display(number, out),
    }
}

fn push_display(number: &Number, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{number}");
}

/// Appends a JSON string with its quotes.
pub fn push_string(text: &str, slashes: Slashes, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        if !needs_escape(c, slashes) {
            continue;
        }
        out.push_str(&text[plain..at]);
        push_escape(c, out);
        plain = at + c.len_utf8();
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

fn needs_escape(c: char, slashes: Slashes) -> bool {
    match c {
        '/' => slashes == Slashes::Escaped,
        '"' | '\\' => true,
        c => matches!(c, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2000}'..='\u{20FF}'),
    }
}

fn push_escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '/' => out.push_str("\\/"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Writing to a string cannot fail.
        c => drop(write!(out, "\\u{:04X}", u32::from(c))),
    }
}
