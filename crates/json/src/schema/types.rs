//! JSON's types as draft 4 names them.

use crate::Value;

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Types(u8);

/// In the library's order, which is the alphabet's.
pub(super) const NAMES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
const INTEGER: u8 = 1 << 2;
const NUMBER: u8 = 1 << 4;
const OBJECT: u8 = 1 << 5;

impl Types {
    /// The set with one more type; none when there is no such type. Integers are numbers.
    pub(super) fn with(self, name: &str) -> Option<Self> {
        let bit = 1 << NAMES.iter().position(|known| *known == name)?;
        Some(Self(self.0 | bit | if bit == NUMBER { INTEGER } else { 0 }))
    }

    pub(super) fn contains(self, value: &Value) -> bool {
        self.0 & of(value) != 0
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.iter().enumerate().filter(move |(index, _)| self.0 & (1 << index) != 0).map(|(_, name)| *name)
    }
}

/// The type of a value: a number without fraction and exponent is an integer.
pub(super) fn name(value: &Value) -> &'static str {
    NAMES[of(value).trailing_zeros() as usize]
}

fn of(value: &Value) -> u8 {
    match value {
        Value::Array(_) => 1,
        Value::Bool(_) => 1 << 1,
        Value::Number(number) if number.is_integer() => INTEGER,
        Value::Null => 1 << 3,
        Value::Number(_) => NUMBER,
        Value::Object(_) => OBJECT,
        Value::String(_) => 1 << 6,
    }
}
