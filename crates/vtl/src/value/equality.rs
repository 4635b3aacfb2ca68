//! Java's `equals` and `hashCode`.

use std::hash::{Hash, Hasher};

use super::{Kind, List, Map, Value};

/// Collections that differ only deeper than this count as different.
const DEPTH: u32 = 64;
/// Collections that need more comparisons than this count as different: shared parts multiply.
const COMPARISONS: u32 = 1_000_000;

impl Value {
    /// Java's `equals`: numbers of different classes differ.
    #[must_use]
    pub fn java_equals(&self, other: &Self) -> bool {
        equal(self, other, DEPTH, &mut COMPARISONS.clone())
    }

    /// A hash that agrees with [`Value::java_equals`].
    pub(super) fn hash_code(&self) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        match self {
            Self::Bool(value) => value.hash(&mut hasher),
            Self::Char(value) => value.hash(&mut hasher),
            Self::Int(value) => value.hash(&mut hasher),
            Self::Long(value) => value.hash(&mut hasher),
            Self::Float(value) => bits32(*value).hash(&mut hasher),
            Self::Double(value) => bits(*value).hash(&mut hasher),
            Self::BigInteger(value) => value.to_string().hash(&mut hasher),
            Self::String(text) => text.hash(&mut hasher),
            Self::List(list) => list.len().hash(&mut hasher),
            Self::Map(map) => map.len().hash(&mut hasher),
            Self::Null | Self::Entry(_) | Self::Iterator(_) | Self::Object(_) | Self::Block(_) => {}
        }
        hasher.finish()
    }
}

/// As `Double.doubleToLongBits`: every NaN is the same.
fn bits(value: f64) -> u64 {
    if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() }
}

fn bits32(value: f32) -> u32 {
    if value.is_nan() { f32::NAN.to_bits() } else { value.to_bits() }
}

fn equal(one: &Value, two: &Value, depth: u32, left: &mut u32) -> bool {
    let Some(fewer) = left.checked_sub(1) else { return false };
    *left = fewer;
    match (one, two) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Char(one), Value::Char(two)) => one == two,
        (Value::Int(one), Value::Int(two)) => one == two,
        (Value::Long(one), Value::Long(two)) => one == two,
        (Value::Float(one), Value::Float(two)) => bits32(*one) == bits32(*two),
        (Value::Double(one), Value::Double(two)) => bits(*one) == bits(*two),
        (Value::BigInteger(one), Value::BigInteger(two)) => one == two,
        (Value::String(one), Value::String(two)) => one == two,
        (Value::List(one), Value::List(two)) => {
            one.is_same(two) || depth > 0 && lists(one, two, depth - 1, left)
        }
        (Value::Map(one), Value::Map(two)) => {
            one.is_same(two) || depth > 0 && maps(one, two, depth - 1, left)
        }
        (Value::Entry(one), Value::Entry(two)) => {
            depth > 0
                && equal(&one.key, &two.key, depth - 1, left)
                && equal(&one.value, &two.value, depth - 1, left)
        }
        (Value::Iterator(one), Value::Iterator(two)) => std::rc::Rc::ptr_eq(one, two),
        (Value::Block(one), Value::Block(two)) => one == two,
        (Value::Object(one), Value::Object(two)) => std::rc::Rc::ptr_eq(one, two),
        _ => false,
    }
}

fn lists(one: &List, two: &List, depth: u32, left: &mut u32) -> bool {
    let same_kind = match (one.kind(), two.kind()) {
        (Kind::List | Kind::Json, Kind::List | Kind::Json) | (Kind::Set, Kind::Set) => true,
        // Arrays and other collections are equal to themselves only.
        _ => false,
    };
    let (one_items, two_items) = (one.items(), two.items());
    if !same_kind || one_items.len() != two_items.len() {
        return false;
    }
    if one.kind() == Kind::Set {
        return one_items.iter().all(|item| two_items.iter().any(|other| equal(item, other, depth, left)));
    }
    one_items.iter().zip(two_items.iter()).all(|(one, two)| equal(one, two, depth, left))
}

fn maps(one: &Map, two: &Map, depth: u32, left: &mut u32) -> bool {
    let (one, two) = (one.pairs(), two.pairs());
    one.len() == two.len()
        && one.iter().all(|(key, value)| two.get(key).is_some_and(|other| equal(value, other, depth, left)))
}
