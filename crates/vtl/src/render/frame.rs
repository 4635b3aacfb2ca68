//! Where variables live: in the template, and in the macros that are being called.

use std::cell::RefCell;

use super::{Renderer, Run};
use crate::syntax::{Argument, Slot};
use crate::value::Value;

/// A variable of the template.
#[derive(Debug, Clone)]
pub(super) enum Variable {
    /// The host was not asked yet.
    Unasked,
    Known(Value),
}

/// The variables of one call of a macro; the outermost frame has none of its own.
#[derive(Default)]
pub(super) struct Frame<'f, 'r> {
    pub(super) caller: Option<&'f Frame<'f, 'r>>,
    /// Parameters stand for what was written in the call, and are evaluated again whenever they are used.
    pub(super) parameters: &'r [Slot],
    pub(super) arguments: &'r [Argument],
    pub(super) locals: RefCell<Vec<(Slot, Value)>>,
}

impl<'r> Frame<'_, 'r> {
    fn local(&self, slot: Slot) -> Option<Value> {
        let locals = self.locals.borrow();
        locals.iter().find(|(name, _)| *name == slot).map(|(_, value)| value.clone())
    }

    fn set_local(&self, slot: Slot, value: Value) {
        let mut locals = self.locals.borrow_mut();
        match locals.iter_mut().find(|(name, _)| *name == slot) {
            Some((_, old)) => *old = value,
            None => locals.push((slot, value)),
        }
    }

    /// Tells frames of one rendering apart.
    pub(super) fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    pub(super) fn argument(&self, slot: Slot) -> Option<&'r Argument> {
        // Of two parameters with one name the last one counts.
        let place = self.parameters.iter().rposition(|parameter| *parameter == slot)?;
        self.arguments.get(place)
    }
}

impl<'r> Renderer<'r> {
    /// The value of a variable, null if it has none.
    pub(super) fn variable(&mut self, slot: Slot, frame: &Frame<'_, 'r>) -> Run<Value> {
        let mut frame = frame;
        while let Some(caller) = frame.caller {
            if self.is_null_in(slot, frame) {
                return Ok(Value::Null);
            }
            if let Some(value) = frame.local(slot) {
                return Ok(value);
            }
            if let Some(argument) = frame.argument(slot) {
                self.meter.steps(1)?;
                return self.value_or_null(&argument.expr, caller);
            }
            frame = caller;
        }
        if self.is_null_in(slot, frame) { Ok(Value::Null) } else { Ok(self.template_variable(slot)) }
    }

    /// Whether a loop in this frame is at a null of that name.
    fn is_null_in(&self, slot: Slot, frame: &Frame<'_, 'r>) -> bool {
        !self.nulls.is_empty() && self.nulls.contains(&(slot, frame.address()))
    }

    fn template_variable(&mut self, slot: Slot) -> Value {
        let index = slot as usize;
        if let Variable::Known(value) = &self.variables[index] {
            return value.clone();
        }
        let value = self.host.variable(&self.program.variables[index]).unwrap_or_default();
        self.variables[index] = Variable::Known(value.clone());
        value
    }

    /// Sets a variable here and in the frames of all callers, as Velocity 1.7 does.
    pub(super) fn assign(&mut self, slot: Slot, value: Value, frame: &Frame<'_, 'r>) {
        let mut frame = frame;
        while let Some(caller) = frame.caller {
            frame.set_local(slot, value.clone());
            frame = caller;
        }
        self.variables[slot as usize] = Variable::Known(value);
    }
}
