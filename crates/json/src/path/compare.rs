//! The operators of filters.
//!
//! In: two operands. Out: whether the operator holds between them. Numbers and strings are equal when their texts say so;
//! only numbers are ordered among each other, and strings.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::pattern::Pattern;
use crate::{Number, Value};

/// What stands on one side of an operator.
#[derive(Debug)]
pub(super) enum Operand<'o> {
    Value(Cow<'o, Value>),
    Pattern(&'o Pattern),
    /// A path that finds nothing; equal to nothing.
    Undefined,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    /// Of the same type too.
    Same,
    NotSame,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    Contains,
    All,
    Size,
    Empty,
    SubsetOf,
    AnyOf,
    NoneOf,
}

impl Operator {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "==" => Self::Equal,
            "!=" => Self::NotEqual,
            "===" => Self::Same,
            "!==" => Self::NotSame,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            "=~" => Self::Matches,
            "IN" => Self::In,
            "NIN" => Self::NotIn,
            "CONTAINS" => Self::Contains,
            "ALL" => Self::All,
            "SIZE" => Self::Size,
            "EMPTY" => Self::Empty,
            "SUBSETOF" => Self::SubsetOf,
            "ANYOF" => Self::AnyOf,
            "NONEOF" => Self::NoneOf,
            _ => return None,
        })
    }

    pub(super) fn holds(self, left: &Operand<'_>, right: &Operand<'_>) -> bool {
        match self {
            Self::Equal => operands_equal(left, right),
            Self::NotEqual => !operands_equal(left, right),
            Self::Same => same(left, right),
            Self::NotSame => !same(left, right),
            Self::Less => ordered(left, right, Ordering::is_lt),
            Self::LessOrEqual => ordered(left, right, Ordering::is_le),
            Self::Greater => ordered(left, right, Ordering::is_gt),
            Self::GreaterOrEqual => ordered(left, right, Ordering::is_ge),
            Self::Matches => matches(left, right),
            Self::In => is_in(left, right),
            Self::NotIn => !is_in(left, right),
            Self::Contains => contains(left, right),
            Self::All | Self::SubsetOf | Self::AnyOf | Self::NoneOf => self.holds_between_lists(left, right),
            Self::Size => has_size(left, right),
            Self::Empty => is_empty(left, right),
        }
    }

    fn holds_between_lists(self, left: &Operand<'_>, right: &Operand<'_>) -> bool {
        let (Some(left), Some(right)) = (left.items(), right.items()) else { return false };
        match self {
            Self::All => right.iter().all(|item| has(left, item)),
            Self::SubsetOf => left.iter().all(|item| has(right, item)),
            Self::AnyOf => left.iter().any(|item| has(right, item)),
            _ => !left.iter().any(|item| has(right, item)),
        }
    }
}

impl Operand<'_> {
    fn value(&self) -> Option<&Value> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    fn items(&self) -> Option<&[Value]> {
        self.value()?.as_array()
    }

    /// How much work a comparison is.
    pub(super) fn weight(&self) -> u64 {
        match self.value() {
            Some(Value::Array(items)) => items.len() as u64,
            Some(Value::Object(map)) => map.len() as u64,
            _ => 1,
        }
    }
}

fn has(items: &[Value], wanted: &Value) -> bool {
    items.iter().any(|item| equal(item, wanted))
}

fn operands_equal(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (left, right) {
        (Operand::Value(left), Operand::Value(right)) => equal(left, right),
        (Operand::Pattern(left), Operand::Pattern(right)) => left == right,
        _ => false,
    }
}

/// A number and a string are equal when the left one, read as the right one's kind, is.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::String(right)) => {
            Number::parse(right.trim()).is_some_and(|right| *left == right)
        }
        (Value::String(left), Value::Number(right)) => **left == *right.literal(),
        (left, right) => left == right,
    }
}

fn same(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let kinds = match (left.value(), right.value()) {
        (Some(left), Some(right)) => std::mem::discriminant(left) == std::mem::discriminant(right),
        _ => true,
    };
    kinds && operands_equal(left, right)
}

fn ordered(left: &Operand<'_>, right: &Operand<'_>, wanted: fn(Ordering) -> bool) -> bool {
    match (left.value(), right.value()) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => wanted(left.compare(right)),
        // Java compares UTF-16 units.
        (Some(Value::String(left)), Some(Value::String(right))) => {
            wanted(left.encode_utf16().cmp(right.encode_utf16()))
        }
        _ => false,
    }
}

/// Exactly one side is a pattern; an array matches when any item does.
fn matches(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (left, right) {
        (Operand::Pattern(pattern), Operand::Value(value))
        | (Operand::Value(value), Operand::Pattern(pattern)) => match &**value {
            Value::Array(items) => items.iter().any(|item| pattern.matches(&text(item))),
            other => pattern.matches(&text(other)),
        },
        _ => false,
    }
}

/// The text that a pattern is matched with.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => (&**text).into(),
        Value::Number(number) => number.literal(),
        Value::Bool(value) => value.to_string().into(),
        _ => "".into(),
    }
}

fn is_in(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (left.value(), right.items()) {
        (Some(left), Some(items)) => has(items, left),
        _ => false,
    }
}

fn contains(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (left.value(), right.value()) {
        (Some(Value::String(left)), Some(Value::String(right))) => left.contains(&**right),
        (Some(Value::Array(items)), Some(wanted)) => has(items, wanted),
        _ => false,
    }
}

fn has_size(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let Some(Value::Number(wanted)) = right.value() else { return false };
    size(left).is_some_and(|size| i64::try_from(size).is_ok_and(|size| Number::from(size) == *wanted))
}

fn is_empty(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    match (size(left), right.value()) {
        (Some(size), Some(Value::Bool(wanted))) => (size == 0) == *wanted,
        _ => false,
    }
}

/// The length of a string in UTF-16 units, or how many items or members there are.
fn size(operand: &Operand<'_>) -> Option<usize> {
    match operand.value()? {
        Value::String(text) => Some(text.encode_utf16().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(map) => Some(map.len()),
        _ => None,
    }
}
