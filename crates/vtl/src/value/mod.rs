//! Values as Java has them: kinds of numbers, texts, and collections that are shared and can be changed.
//!
//! In and out: values. It must not know templates. Values stay on the thread of their rendering.

mod big;
mod cycles;
mod equality;
mod list;
mod map;
mod print;

use std::rc::Rc;

pub use big::BigInteger;
pub(crate) use big::MAX_BYTES;
pub(crate) use cycles::cut_cycles;
pub use list::{Kind, List, Sequence};
pub use map::{Key, Map, Pairs};

use crate::host::Object;

/// A value of a template. Collections are references: clones share them.
#[derive(Debug, Clone, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// A UTF-16 code unit.
    Char(u16),
    Int(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    BigInteger(Rc<BigInteger>),
    String(Rc<str>),
    /// All collections but maps; their [`Kind`] says which.
    List(List),
    Map(Map),
    Entry(Rc<Entry>),
    /// A `java.util.Iterator`: what was taken is gone.
    Iterator(Rc<std::cell::RefCell<Sequence>>),
    Object(Rc<dyn Object>),
    /// What `#define` sets; only a rendering knows its text.
    Block(Block),
}

/// A block of the template that is being rendered, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block(pub(crate) u32);

/// A pair of a map, as `entrySet` gives it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub key: Value,
    pub value: Value,
}

impl Value {
    /// A string.
    #[must_use]
    pub fn string(text: impl Into<Rc<str>>) -> Self {
        Self::String(text.into())
    }

    /// A new `java.util.ArrayList`.
    #[must_use]
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(List::new(Kind::List, items))
    }

    /// The number as a value: the smallest of Java's integers that holds it.
    #[must_use]
    pub fn integer(number: i64) -> Self {
        i32::try_from(number).map_or(Self::Long(number), Self::Int)
    }

    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Long(_) | Self::Float(_) | Self::Double(_) | Self::BigInteger(_))
    }

    pub(crate) fn is_container(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_) | Self::Entry(_) | Self::Iterator(_))
    }

    /// Calls a method. `None`: there is none of this name and these arguments.
    ///
    /// # Errors
    /// What Java would throw, or a limit.
    pub fn call(
        &self,
        name: &str,
        arguments: &[Value],
        meter: &mut crate::Meter,
    ) -> Result<Option<Value>, crate::CallError> {
        crate::methods::call(self, name, arguments, meter)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}
