//! JSON values that keep the order of keys and the digits of numbers.
//!
//! In: parsed texts. Out: values to look into and to print. It must not know how they are written.

use std::fmt;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::Number;
use crate::print::{Slashes, push_json};

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Box<str>),
    Array(Vec<Value>),
    Object(Map),
}

impl Value {
    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The members of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// The items of an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// A boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// A number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }
}

/// Compact JSON, as `$input.json` prints it.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        push_json(self, Slashes::Bare, &mut text);
        formatter.write_str(&text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::Array(items)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Object(map)
    }
}

/// Objects up to this size are searched key by key, which is faster than hashing.
pub(crate) const SMALL: usize = 16;

/// The members of an object, in the order in which their keys came first.
#[derive(Clone)]
pub struct Map(Members);

#[derive(Clone)]
enum Members {
    Few(Vec<(Box<str>, Value)>),
    Many(Box<IndexMap<Box<str>, Value, RandomState>>),
}

impl Map {
    /// No members.
    #[must_use]
    pub fn new() -> Self {
        Self(Members::Few(Vec::new()))
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Members::Few(entries) => entries.len(),
            Members::Many(entries) => entries.len(),
        }
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        match &self.0 {
            Members::Few(entries) => entries.iter().find(|(name, _)| **name == *key).map(|(_, value)| value),
            Members::Many(entries) => entries.get(key),
        }
    }

    /// Whether a key is there.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets a member. A key that is there keeps its place and gets the new value, as in Java's `LinkedHashMap`.
    pub fn insert(&mut self, key: Box<str>, value: Value) {
        match &mut self.0 {
            Members::Few(entries) => {
                if let Some((_, old)) = entries.iter_mut().find(|(name, _)| *name == key) {
                    *old = value;
                } else if entries.len() < SMALL {
                    entries.push((key, value));
                } else {
                    let mut many: IndexMap<_, _, _> = entries.drain(..).collect();
                    many.insert(key, value);
                    self.0 = Members::Many(Box::new(many));
                }
            }
            Members::Many(entries) => drop(entries.insert(key, value)),
        }
    }

    /// The members in order.
    pub fn iter(&self) -> Iter<'_> {
        match &self.0 {
            Members::Few(entries) => Iter(Walk::Few(entries.iter())),
            Members::Many(entries) => Iter(Walk::Many(entries.iter())),
        }
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

/// Equal members, in whatever order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(Box<str>, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (Box<str>, Value)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let mut map = Self(Members::Few(Vec::with_capacity(entries.size_hint().0.min(SMALL))));
        entries.for_each(|(key, value)| map.insert(key, value));
        map
    }
}

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m str, &'m Value);
    type IntoIter = Iter<'m>;

    fn into_iter(self) -> Iter<'m> {
        self.iter()
    }
}

/// The members of a [`Map`].
#[derive(Debug, Clone)]
pub struct Iter<'m>(Walk<'m>);

#[derive(Debug, Clone)]
enum Walk<'m> {
    Few(std::slice::Iter<'m, (Box<str>, Value)>),
    Many(indexmap::map::Iter<'m, Box<str>, Value>),
}

impl<'m> Iterator for Iter<'m> {
    type Item = (&'m str, &'m Value);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Walk::Few(entries) => entries.next().map(|(key, value)| (&**key, value)),
            Walk::Many(entries) => entries.next().map(|(key, value)| (&**key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Map, Value};

    #[test]
    fn a_map_keeps_its_order_however_large() {
        for size in [3, 16, 17, 100] {
            let mut map = Map::new();
            for at in 0..size {
                map.insert(format!("k{at}").into(), Value::from(at));
            }
            map.insert("k1".into(), Value::from("again"));
            let keys: Vec<_> = map.keys().map(str::to_owned).collect();
            let expected: Vec<_> = (0..size).map(|at| format!("k{at}")).collect();
            assert_eq!(keys, expected);
            assert_eq!(map.get("k1"), Some(&Value::from("again")));
            assert_eq!(map.get("k2"), Some(&Value::from(2)));
            assert!(!map.contains_key("k"));
        }
    }

    #[test]
    fn order_does_not_count_for_equality() {
        let one: Map = [("a".into(), Value::Null), ("b".into(), Value::from(true))].into_iter().collect();
        let other: Map = [("b".into(), Value::from(true)), ("a".into(), Value::Null)].into_iter().collect();
        assert_eq!(one, other);
        assert_ne!(one, Map::new());
    }
}
