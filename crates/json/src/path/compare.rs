//! The operators of filters.
//!
//! In: two operands. Out: whether the operator holds between them. Numbers and strings are equal when their texts say so;
//! only numbers are ordered among each other, and strings.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::find::{Stop, Work};
use super::pattern::Pattern;
use crate::{Number, Value};

/// The work of a match that may backtrack.
const BACKTRACKING: u64 = 2_000;

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
    /// Spends what a comparison costs.
    pub(super) fn spend(self, left: &Operand<'_>, right: &Operand<'_>, work: &Work) -> Result<(), Stop> {
        match self {
            Self::Size | Self::Empty => return work.spend(1),
            Self::SubsetOf | Self::AnyOf | Self::NoneOf => {
                work.spend(left.count().saturating_mul(right.count()))?;
            }
            Self::Matches if left.is_backtracking() || right.is_backtracking() => {
                work.spend(BACKTRACKING.saturating_mul(left.count().max(right.count())))?;
            }
            _ => {}
        }
        left.weigh(work)?;
        right.weigh(work)
    }

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

    /// Whether it holds; none when the operands are such that the library gives up the whole filter.
    pub(super) fn holds(self, left: &Operand<'_>, right: &Operand<'_>) -> Option<bool> {
        Some(match self {
            Self::Equal => operands_equal(left, right),
            Self::NotEqual => !operands_equal(left, right),
            Self::Same => same(left, right),
            Self::NotSame => !same(left, right),
            Self::Less => ordered(left, right, Ordering::is_lt),
            Self::LessOrEqual => ordered(left, right, Ordering::is_le),
            Self::Greater => ordered(left, right, Ordering::is_gt),
            Self::GreaterOrEqual => ordered(left, right, Ordering::is_ge),
            Self::Matches => matches(left, right),
            Self::In => is_in(left, right)?,
            Self::NotIn => !is_in(left, right)?,
            Self::Contains => contains(left, right),
            Self::SubsetOf => {
                between_lists(left, right, |left, right| left.iter().all(|item| has(right, item)))?
            }
            Self::AnyOf => {
                between_lists(left, right, |left, right| left.iter().any(|item| has(right, item)))?
            }
            Self::NoneOf => {
                between_lists(left, right, |left, right| !left.iter().any(|item| has(right, item)))?
            }
            // The library never gets a list of the kind that it wants on the right.
            Self::All => return None,
            Self::Size => has_size(left, right),
            Self::Empty => return is_empty(left, right),
        })
    }
}

impl Operand<'_> {
    fn value(&self) -> Option<&Value> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// The items of an array; an object has none that count, and anything else is no list at all.
    fn items(&self) -> Option<Option<&[Value]>> {
        match self.value()? {
            Value::Array(items) => Some(Some(items)),
            Value::Object(_) => Some(None),
            _ => None,
        }
    }

    fn count(&self) -> u64 {
        self.items().flatten().map_or(1, |items| items.len() as u64)
    }

    fn weigh(&self, work: &Work) -> Result<(), Stop> {
        self.value().map_or_else(|| work.spend(1), |value| work.weigh(value))
    }

    fn is_backtracking(&self) -> bool {
        matches!(self, Self::Pattern(pattern) if pattern.is_backtracking())
    }
}

fn has(items: &[Value], wanted: &Value) -> bool {
    items.iter().any(|item| equal(wanted, item))
}

fn between_lists(
    left: &Operand<'_>,
    right: &Operand<'_>,
    holds: fn(&[Value], &[Value]) -> bool,
) -> Option<bool> {
    let Some(right) = right.items()? else { return Some(false) };
    Some(left.items()?.is_some_and(|left| holds(left, right)))
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
        // A number of the document has Java's text, one of the filter its own.
        (Value::String(left), Value::Number(right)) => {
            **left == *right.to_string() || **left == *right.literal()
        }
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

/// Exactly one side is a pattern; an array matches when any item does. What is missing is an empty text.
fn matches(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let (pattern, other) = match (left, right) {
        (Operand::Pattern(_), Operand::Pattern(_)) => return false,
        (Operand::Pattern(pattern), other) | (other, Operand::Pattern(pattern)) => (pattern, other),
        _ => return false,
    };
    match other.value() {
        Some(Value::Array(items)) => items.iter().any(|item| pattern.matches(&text(item))),
        Some(value) => pattern.matches(&text(value)),
        None => pattern.matches(""),
    }
}

/// The text that a pattern is matched with.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => (&**text).into(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(value) => value.to_string().into(),
        _ => "".into(),
    }
}

fn is_in(left: &Operand<'_>, right: &Operand<'_>) -> Option<bool> {
    let items = right.items()?;
    Some(items.zip(left.value()).is_some_and(|(items, left)| has(items, left)))
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
    let size = match left.value() {
        // In UTF-16 units.
        Some(Value::String(text)) => text.encode_utf16().count(),
        Some(Value::Array(items)) => items.len(),
        _ => return false,
    };
    i64::try_from(size).is_ok_and(|size| Number::from(size) == *wanted)
}

fn is_empty(left: &Operand<'_>, right: &Operand<'_>) -> Option<bool> {
    let empty = match left.value() {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        _ => return Some(false),
    };
    Some(empty == right.value()?.as_bool()?)
}
