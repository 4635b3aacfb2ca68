//! A value as YAML that every reader understands in the same way.
//!
//! Texts are quoted, so that none can pass for a number, a boolean or null, except those of several lines, which stand as
//! blocks where that is lossless. Keys are plain when nobody could misread them.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Readers need not accept longer keys without a mark.
const LONGEST_PLAIN_KEY: usize = 512;

/// Writes a document.
pub(super) fn document(root: &Value) -> String {
    let mut out = String::from("---");
    value(root, 0, &mut out);
    out.push('\n');
    out
}

/// Writes a value behind its key, its dash or the document's start.
fn value(given: &Value, indent: usize, out: &mut String) {
    match given {
        Value::Object(members) if !members.is_empty() => object(members, indent, out),
        Value::Array(items) if !items.is_empty() => items.iter().for_each(|it| item(it, indent, out)),
        Value::String(text) if is_block(text) => block(text, indent, out),
        scalar => {
            out.push(' ');
            out.push_str(&flow(scalar));
        }
    }
}

fn object(members: &Map<String, Value>, indent: usize, out: &mut String) {
    for (name, member) in members {
        new_line(indent, out);
        entry(name, member, indent, out);
    }
}

fn entry(name: &str, member: &Value, indent: usize, out: &mut String) {
    let key = key(name);
    if key.len() > LONGEST_PLAIN_KEY {
        let _ = write!(out, "? {key}");
        new_line(indent, out);
    } else {
        out.push_str(&key);
    }
    out.push(':');
    // Items of a list stand at the indent of its key.
    let deeper = if matches!(member, Value::Array(_)) { indent } else { indent + 2 };
    value(member, deeper, out);
}

fn item(given: &Value, indent: usize, out: &mut String) {
    new_line(indent, out);
    out.push('-');
    match given {
        Value::Object(members) if !members.is_empty() => {
            for (index, (name, member)) in members.iter().enumerate() {
                if index == 0 {
                    out.push(' ')
                } else {
                    new_line(indent + 2, out)
                }
                entry(name, member, indent + 2, out);
            }
        }
        other => value(other, indent + 2, out),
    }
}

fn new_line(indent: usize, out: &mut String) {
    let _ = write!(out, "\n{:indent$}", "");
}

fn flow(scalar: &Value) -> String {
    match scalar {
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    if is_plain_key(name) { name.to_owned() } else { quoted(name) }
}

fn is_plain_key(name: &str) -> bool {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || "/_$".contains(first));
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"/_$.+-{}".contains(&byte);
    starts_well && name.bytes().all(harmless) && !is_word(name)
}

/// Words that are no texts for some reader.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// A text in double quotes, with everything escaped that is no plain printable character.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_printable(character) => out.push(character),
            _ => drop(write!(out, "\\u{:04x}", u32::from(character))),
        }
    }
    out.push('"');
    out
}

/// Everything but controls, the line breaks of Unicode, and marks that editors eat. All others are below U+10000.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text of several lines can stand as a block.
fn is_block(text: &str) -> bool {
    let several = text.trim_end_matches('\n').contains('\n');
    let indents_itself = text.starts_with([' ', '\t', '\n']);
    several && !indents_itself && text.chars().all(|it| it == '\n' || is_printable(it))
}

fn block(text: &str, indent: usize, out: &mut String) {
    let body = text.trim_end_matches('\n');
    out.push_str(match text.len() - body.len() {
        0 => " |-",
        1 => " |",
        _ => " |+",
    });
    for line in body.split('\n') {
        // Lines without characters need no indent.
        if line.is_empty() {
            out.push('\n')
        } else {
            new_line(indent, out)
        }
        out.push_str(line);
    }
    let kept = text.len() - body.len();
    out.extend(std::iter::repeat_n('\n', kept.saturating_sub(1)));
}
