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

/// Appends values as a compact JSON array.
pub(crate) fn push_items<'v>(items: impl Iterator<Item = &'v Value>, slashes: Slashes, out: &mut String) {
    out.push('[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_json(item, slashes, out);
    }
    out.push(']');
}

/// Appends a value as compact JSON.
pub fn push_json(value: &Value, slashes: Slashes, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => push_number(number, out),
        Value::String(text) => push_string(text, slashes, out),
        Value::Array(items) => push_items(items.iter(), slashes, out),
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
    match number.as_i64() {
        Some(value) => push_integer(value, out),
        // Writing to a string cannot fail.
        None => drop(write!(out, "{number}")),
    }
}

/// As `Display` writes it, at a fraction of its cost: bodies may be lists of nothing else.
fn push_integer(value: i64, out: &mut String) {
    if value < 0 {
        out.push('-');
    }
    let (mut digits, mut start, mut rest) = ([b'0'; 20], 20, value.unsigned_abs());
    loop {
        start -= 1;
        digits[start] += (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().map(|digit| char::from(*digit)));
}

/// Appends a JSON string with its quotes.
pub fn push_string(text: &str, slashes: Slashes, out: &mut String) {
    out.push('"');
    let (bytes, mut plain, mut at) = (text.as_bytes(), 0, 0);
    while let Some(ahead) = bytes[at..].iter().position(|&byte| MAY_NEED_ESCAPE[usize::from(byte)]) {
        at += ahead;
        let Some(c) = text[at..].chars().next() else { break };
        if needs_escape(c, slashes) {
            out.push_str(&text[plain..at]);
            push_escape(c, out);
            plain = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

/// The first bytes of characters that may need an escape.
const MAY_NEED_ESCAPE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[b'/' as usize] = true;
    table[0x7F] = true;
    // U+0080 to U+009F begin with the one, U+2000 to U+20FF with the other.
    table[0xC2] = true;
    table[0xE2] = true;
    table
};

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

#[cfg(test)]
mod tests {
    use super::{Slashes, push_integer, push_string, to_java_text};
    use crate::parse;

    #[test]
    fn strings_are_escaped_as_json_smart_does() {
        for (text, bare, escaped) in [
            ("a/b", r#""a/b""#, r#""a\/b""#),
            ("\"\\\n\u{1}", r#""\"\\\n\u0001""#, r#""\"\\\n\u0001""#),
            (
                "é\u{7F}\u{80}\u{9F}\u{A0}",
                "\"é\\u007F\\u0080\\u009F\u{A0}\"",
                "\"é\\u007F\\u0080\\u009F\u{A0}\"",
            ),
            (
                "\u{1FFF}\u{2000}\u{20FF}\u{2100}😀",
                "\"\u{1FFF}\\u2000\\u20FF\u{2100}😀\"",
                "\"\u{1FFF}\\u2000\\u20FF\u{2100}😀\"",
            ),
            ("", "\"\"", "\"\""),
        ] {
            for (slashes, expected) in [(Slashes::Bare, bare), (Slashes::Escaped, escaped)] {
                let mut out = String::new();
                push_string(text, slashes, &mut out);
                assert_eq!(out, expected, "{text:?}");
            }
        }
    }

    #[test]
    fn integers_are_decimal() {
        for value in [0, 7, 10, -1, -10, 1_234_567_890, i64::MAX, i64::MIN] {
            let mut out = "x".to_owned();
            push_integer(value, &mut out);
            assert_eq!(out, format!("x{value}"));
        }
    }

    #[test]
    fn values_print_as_javas_maps_and_json_smarts_lists() {
        for (json, expected) in [
            (r#"{"foo":"bar"}"#, "{foo=bar}"),
            (r#"[{"foo":"bar"}]"#, r#"[{"foo":"bar"}]"#),
            (r#"{"foo":[{"nested":"bar"}]}"#, r#"{foo=[{"nested":"bar"}]}"#),
            (r#"{"bigger":"dict","to":"test"}"#, "{bigger=dict, to=test}"),
            (r#"{"a":{"b":null,"c":1.50}}"#, "{a={b=null, c=1.5}}"),
            (r#"["a/b",1e400]"#, r#"["a\/b",null]"#),
            ("[]", "[]"),
            ("{}", "{}"),
            (r#""text""#, "text"),
        ] {
            assert_eq!(to_java_text(&parse(json).unwrap()), expected, "{json}");
        }
    }
}
