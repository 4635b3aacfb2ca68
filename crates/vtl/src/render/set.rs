//! `#set`

use super::{Frame, Renderer, Run};
use crate::syntax::{Part, Set};
use crate::value::Value;

impl<'r> Renderer<'r> {
    pub(super) fn set(&mut self, set: &'r Set, frame: &Frame<'_, 'r>) -> Run<()> {
        self.spot = set.spot;
        let value = self.value(&set.value, frame)?;
        // As Velocity has it: a value that is missing changes nothing.
        if value.is_null() {
            return Ok(());
        }
        let Some((last, parts)) = set.target.parts.split_last() else {
            if set.target.is_nameable() {
                self.assign(set.target.root, value, frame);
            }
            return Ok(());
        };
        let mut holder = self.variable(set.target.root, frame)?;
        for part in parts {
            holder = self.part(&holder, part, frame)?;
        }
        let value = self.settled(value, frame)?;
        self.set_part(&holder, last, value, frame)
    }

    fn set_part(&mut self, holder: &Value, part: &'r Part, value: Value, frame: &Frame<'_, 'r>) -> Run<()> {
        match (part, holder) {
            (Part::Property(name), Value::Map(map)) => self.put(map, Value::from(&**name), value),
            (Part::Property(name), Value::Object(object)) => {
                object.set_property(name, &value, &mut self.meter);
                Ok(())
            }
            (Part::Index(index), holder) => {
                let index = self.value(index, frame)?;
                self.set_index(holder, index, value)
            }
            _ => Ok(()),
        }
    }
}
