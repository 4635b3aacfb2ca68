//! What the embedder supplies: variables, and objects of its own.

use std::fmt;

use crate::error::CallError;
use crate::limits::Meter;
use crate::value::{Sequence, Value};

/// Supplies the variables that a template finds in its context.
pub trait Host {
    /// The value of a variable; `None` when there is none. A rendering asks at most once for each name; a template may
    /// set a variable of the same name for itself.
    fn variable(&mut self, name: &str) -> Option<Value>;
}

/// No variables.
impl Host for () {
    fn variable(&mut self, _: &str) -> Option<Value> {
        None
    }
}

/// An object of the embedder. In all calls `None` says: there is no such thing, the reference has no value.
pub trait Object: fmt::Debug {
    /// `$object.name`
    ///
    /// # Errors
    /// What ends the rendering.
    fn property(&self, name: &str, meter: &mut Meter) -> Result<Option<Value>, CallError>;

    /// `#set($object.name = value)`; false when it cannot be set.
    fn set_property(&self, name: &str, value: &Value, meter: &mut Meter) -> bool {
        let _ = (name, value, meter);
        false
    }

    /// `$object.name(arguments)`
    ///
    /// # Errors
    /// What ends the rendering.
    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError>;

    /// `$object[index]`
    ///
    /// # Errors
    /// What ends the rendering.
    fn index(&self, index: &Value, meter: &mut Meter) -> Result<Option<Value>, CallError> {
        match index {
            Value::String(name) => self.property(name, meter),
            _ => Ok(None),
        }
    }

    /// `#set($object[index] = value)`; false when it cannot be set.
    fn set_index(&self, index: &Value, value: &Value, meter: &mut Meter) -> bool {
        match index {
            Value::String(name) => self.set_property(name, value, meter),
            _ => false,
        }
    }

    /// What `#foreach` walks over.
    fn sequence(&self) -> Option<Sequence> {
        None
    }

    /// Java's `toString`.
    fn print(&self, out: &mut String);
}
