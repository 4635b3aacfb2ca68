//! A parsed document as a tree in which every key and value knows its place.
//!
//! In: values from a reader. Out: nodes that later steps look into, and JSON text. It must not know what an API is.

use crate::Place;

/// One value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
    /// Nodes of this subtree; bounds what aliases may expand to.
    pub(crate) size: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A JSON number as it is written: no digit is lost.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Entry>),
}

/// One entry of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn new(place: Place, value: Value) -> Self {
        let size = 1 + match &value {
            Value::List(items) => items.iter().map(|item| item.size).sum::<usize>(),
            Value::Object(entries) => entries.iter().map(|entry| entry.value.size + 1).sum(),
            _ => 0,
        };
        Self { place, value, size }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value of a key that is there and not null.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value).filter(|node| node.value != Value::Null)
    }

    /// The entries of an object; none of anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// What kind of value it is, in OpenAPI's words.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "array",
            Value::Object(_) => "object",
        }
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        match &self.value {
            Value::Number(text) | Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A scalar as it is written.
    pub(crate) fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Null | Value::List(_) | Value::Object(_) => None,
        }
    }

    /// The node at a JSON pointer without its leading `#/`.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').try_fold(self, |node, step| match &node.value {
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(&step.replace("~1", "/").replace("~0", "~")),
        })
    }

    /// Whether any text in the tree, keys excepted, answers the question with yes.
    pub(crate) fn any_text(&self, ask: &impl Fn(&str) -> bool) -> bool {
        match &self.value {
            Value::Text(text) => ask(text),
            Value::List(items) => items.iter().any(|item| item.any_text(ask)),
            Value::Object(entries) => entries.iter().any(|entry| entry.value.any_text(ask)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// Changes every text in the tree, keys excepted.
    pub(crate) fn map_texts(&mut self, change: &impl Fn(&str) -> Option<String>) {
        match &mut self.value {
            Value::Text(text) => {
                if let Some(changed) = change(text) {
                    *text = changed;
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| item.map_texts(change)),
            Value::Object(entries) => entries.iter_mut().for_each(|entry| entry.value.map_texts(change)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The tree as JSON text without spaces.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(None, &mut out);
        out
    }

    /// The tree as AWS prints the schemas of imported models: an entry a line, lists in line.
    pub(crate) fn to_pretty_json(&self) -> String {
        let mut out = String::new();
        self.write_json(Some(0), &mut out);
        out
    }

    /// Without a depth, no space is written.
    fn write_json(&self, depth: Option<usize>, out: &mut String) {
        match &self.value {
            Value::Null => out.push_str("null"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Number(text) => out.push_str(text),
            Value::Text(text) => out.push_str(&quoted(text)),
            Value::List(items) => write_list(items, depth, out),
            Value::Object(entries) => write_object(entries, depth, out),
        }
    }
}

fn write_list(items: &[Node], depth: Option<usize>, out: &mut String) {
    let space = if depth.is_some() && !items.is_empty() { " " } else { "" };
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        out.push_str(space);
        item.write_json(depth, out);
    }
    out.push_str(space);
    out.push(']');
}

fn write_object(entries: &[Entry], depth: Option<usize>, out: &mut String) {
    let new_line = |depth: Option<usize>, out: &mut String| {
        if let Some(depth) = depth.filter(|_| !entries.is_empty()) {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    let inner = depth.map(|depth| depth + 1);
    out.push('{');
    for (index, entry) in entries.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        new_line(inner, out);
        out.push_str(&quoted(&entry.key));
        out.push_str(if depth.is_some() { " : " } else { ":" });
        entry.value.write_json(inner, out);
    }
    new_line(depth, out);
    out.push('}');
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A scalar written without quotes, by YAML's core schema.
pub(crate) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number),
    }
}

/// A YAML number as JSON writes it; digits stay as they are where JSON allows that.
fn number(text: &str) -> Option<String> {
    if is_json_number(text) {
        return Some(text.to_owned());
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return i64::from_str_radix(digits, radix).ok().map(|whole| whole.to_string());
        }
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = text.parse::<i128>() {
        return Some(whole.to_string());
    }
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    serde_json::Number::from_f64(number).map(|number| number.to_string())
}

/// Whether a text is a number by JSON's grammar, of any size.
pub(crate) fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else { return rest.is_empty() };
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    !exponent.is_empty() && digits(exponent) == exponent.len()
}

#[cfg(test)]
mod tests {
    use super::{Value, plain};

    #[test]
    fn numbers_keep_their_digits() {
        let check = |text: &str, expected: &str| {
            assert_eq!(plain(text), Value::Number(expected.to_owned()), "{text}");
        };
        check("1", "1");
        check("1.10", "1.10");
        check("123456789012345678901234567890", "123456789012345678901234567890");
        check("1e400", "1e400");
        check("+7", "7");
        check("007", "7");
        check("0x1F", "31");
        check("0o17", "15");
        check(".5", "0.5");
        check("2.", "2.0");
    }

    #[test]
    fn what_only_looks_like_a_number_is_a_text() {
        for text in ["1.2.3", "2016-09-12", "0xZZ", "-", "+", "1_000", ".inf", "1e", "١", "yes", "on"] {
            assert_eq!(plain(text), Value::Text(text.to_owned()));
        }
    }
}
