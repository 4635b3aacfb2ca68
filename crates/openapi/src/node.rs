//! A parsed document as a tree in which every key and value knows its place.

use serde_json::Number;

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
    Number(Number),
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
            Value::Number(number) => number.as_u64(),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A scalar as it is written.
    pub(crate) fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::List(_) | Value::Object(_) => None,
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

    /// The tree as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
            }
        }
    }
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

fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if let Some(hex) = digits.strip_prefix("0x") {
        return i64::from_str_radix(hex, 16).ok().map(Number::from);
    }
    let whole = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = whole.parse::<i64>() {
        return Some(whole.into());
    }
    whole.parse::<f64>().ok().and_then(Number::from_f64)
}
