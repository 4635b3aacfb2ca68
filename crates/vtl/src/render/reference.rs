//! References: their values, and what is printed for them.

use super::call::fault;
use super::{Frame, Renderer, Run};
use crate::methods;
use crate::syntax::{Expr, Part, Reference};
use crate::value::{List, Map, Value};

impl<'r> Renderer<'r> {
    pub(super) fn print_reference(
        &mut self,
        reference: &'r Reference,
        frame: &Frame<'_, 'r>,
        out: &mut String,
    ) -> Run<()> {
        let value = self.reference(reference, frame)?;
        if reference.slashes > 0 {
            return self.print_after_slashes(reference, &value, frame, out);
        }
        self.print_value(reference, &value, frame, out)
    }

    fn print_value(
        &mut self,
        reference: &'r Reference,
        value: &Value,
        frame: &Frame<'_, 'r>,
        out: &mut String,
    ) -> Run<()> {
        match value {
            Value::Null => self.print_missing(reference, frame, out),
            Value::Block(block) => match self.print_block(*block, frame, out)? {
                true => Ok(()),
                false => self.print_missing(reference, frame, out),
            },
            value => self.print(value, out),
        }
    }

    fn print_missing(
        &mut self,
        reference: &'r Reference,
        frame: &Frame<'_, 'r>,
        out: &mut String,
    ) -> Run<()> {
        if reference.quiet || self.options.missing_is_empty {
            return Ok(());
        }
        let literal = literal(reference, frame);
        self.push(out, literal)
    }

    /// Backslashes escape each other, and an odd one the reference; but only if the reference has a value.
    fn print_after_slashes(
        &mut self,
        reference: &'r Reference,
        value: &Value,
        frame: &Frame<'_, 'r>,
        out: &mut String,
    ) -> Run<()> {
        let count = reference.slashes as usize;
        let is_missing = value.is_null() && !self.options.missing_is_empty;
        let kept = if is_missing && count.is_multiple_of(2) { count } else { count / 2 };
        // Velocity forgets the backslashes before a block.
        let kept = if matches!(value, Value::Block(_)) { 0 } else { kept };
        self.push(out, &"\\".repeat(kept))?;
        if count.is_multiple_of(2) {
            return self.print_value(reference, value, frame, out);
        }
        self.push(out, if is_missing { "\\" } else { "" })?;
        self.push(out, literal(reference, frame))
    }

    /// The value of a reference, null if it has none.
    pub(super) fn reference(&mut self, reference: &'r Reference, frame: &Frame<'_, 'r>) -> Run<Value> {
        self.spot = reference.spot;
        let mut value = self.variable(reference.root, frame)?;
        for part in &reference.parts {
            if value.is_null() {
                break;
            }
            value = self.part(&value, part, frame)?;
        }
        Ok(value)
    }

    pub(super) fn part(&mut self, value: &Value, part: &'r Part, frame: &Frame<'_, 'r>) -> Run<Value> {
        self.meter.steps(1)?;
        let found = match part {
            Part::Property(name) => self.property(value, name)?,
            Part::Method(name, _) if matches!(value, Value::Block(_)) => match &**name {
                "toString" => Some(self.settled(value.clone(), frame)?),
                _ => None,
            },
            Part::Method(name, arguments) => {
                self.deeper(|renderer| renderer.method(value, name, arguments, frame))?
            }
            Part::Index(index) => {
                let index = self.deeper(|renderer| renderer.value(index, frame))?;
                self.index(value, &index)?
            }
        };
        Ok(found.unwrap_or_default())
    }

    fn property(&mut self, value: &Value, name: &str) -> Run<Option<Value>> {
        match value {
            // The entry comes before any getter.
            Value::Map(map) => Ok(map.get(name)),
            Value::Object(object) => Self::called(name, object.property(name, &mut self.meter)),
            value => Self::called(name, methods::property(value, name, &mut self.meter)),
        }
    }

    fn method(
        &mut self,
        value: &Value,
        name: &str,
        arguments: &'r [Expr],
        frame: &Frame<'_, 'r>,
    ) -> Run<Option<Value>> {
        // Most calls have at most two arguments: these need no list.
        match arguments {
            [] => self.invoke(value, name, &[]),
            [one] => {
                let one = self.argument(one, frame)?;
                self.invoke(value, name, &[one])
            }
            many => {
                let many = many.iter().map(|one| self.argument(one, frame)).collect::<Run<Vec<_>>>()?;
                self.invoke(value, name, &many)
            }
        }
    }

    fn invoke(&mut self, value: &Value, name: &str, arguments: &[Value]) -> Run<Option<Value>> {
        Self::called(
            name,
            match value {
                Value::Object(object) => object.call(name, arguments, &mut self.meter),
                value => methods::call(value, name, arguments, &mut self.meter),
            },
        )
    }

    fn argument(&mut self, argument: &'r Expr, frame: &Frame<'_, 'r>) -> Run<Value> {
        let value = self.value(argument, frame)?;
        self.settled(value, frame)
    }

    fn index(&mut self, value: &Value, index: &Value) -> Run<Option<Value>> {
        match (value, index) {
            (Value::Map(map), index) => Ok(map.get_value(index)),
            (Value::List(list), Value::Int(index)) if list.kind().has_order() => {
                let place = place_in(list, *index)?;
                Ok(list.items().get(place).cloned())
            }
            (Value::Object(object), index) => Self::called("get", object.index(index, &mut self.meter)),
            // To count from the end, Velocity asks for a size, which nothing else has.
            (value, Value::Int(index)) if *index < 0 && !matches!(value, Value::List(_)) => {
                Err(fault(format!("index {index} counts from the end of what has no size")))
            }
            _ => Ok(None),
        }
    }

    pub(super) fn set_index(&mut self, value: &Value, index: Value, new: Value) -> Run<()> {
        match value {
            Value::Map(map) => self.put(map, index, new),
            Value::List(list) if list.kind().has_order() => {
                if let Value::Int(index) = index {
                    let place = place_in(list, index)?;
                    self.meter.adopted(value, &new);
                    list.items_mut()[place] = new;
                }
                Ok(())
            }
            Value::Object(object) => {
                object.set_index(&index, &new, &mut self.meter);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn put(&mut self, map: &Map, key: Value, new: Value) -> Run<()> {
        self.meter.bytes(size_of::<Value>() * 2)?;
        self.meter.adopted(&Value::Map(map.clone()), &new);
        map.put(key, new);
        Ok(())
    }
}

/// What stands for a reference without value: in a macro, what the caller wrote for a parameter.
fn literal<'l>(reference: &'l Reference, frame: &Frame<'_, 'l>) -> &'l str {
    let mut frame = frame;
    while let (Some(caller), true) = (frame.caller, reference.is_plain()) {
        if let Some(argument) = frame.argument(reference.root) {
            return &argument.literal;
        }
        frame = caller;
    }
    &reference.literal
}

/// The place that an index means; a negative one counts from the end.
fn place_in(list: &List, index: i32) -> Run<usize> {
    let length = list.len();
    let place = usize::try_from(index).ok().or_else(|| length.checked_sub(index.unsigned_abs() as usize));
    place
        .filter(|place| *place < length)
        .ok_or_else(|| fault(format!("index {index} is outside of a list of {length}")))
}
