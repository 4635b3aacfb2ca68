//! `#foreach`

use std::rc::Rc;

use super::call::fault;
use super::scope::Scope;
use super::{Frame, Halt, Renderer, Run};
use crate::syntax::{Expr, Foreach, Slot, Spot};
use crate::value::{List, Map, Sequence, Value};

/// What a loop takes its items from.
enum Source {
    Numbers { next: i64, last: i64, step: i64 },
    Items { items: List, next: usize, length: usize },
    Values { of: Map, next: usize, length: usize },
    Iterator(Rc<std::cell::RefCell<Sequence>>),
}

impl Source {
    fn has_next(&self) -> bool {
        match self {
            Self::Numbers { next, last, step } => (last - next) * step >= 0,
            Self::Items { items, next, .. } => *next != items.len(),
            Self::Values { next, length, .. } => next < length,
            Self::Iterator(sequence) => sequence.borrow().has_next(),
        }
    }

    fn next(&mut self) -> Run<Value> {
        match self {
            Self::Numbers { next, step, .. } => {
                let value = Value::integer(*next);
                *next += *step;
                Ok(value)
            }
            Self::Items { items, next, length } => {
                let items = items.items();
                if items.len() != *length {
                    return Err(changed("list"));
                }
                *next += 1;
                Ok(items.get(*next - 1).cloned().unwrap_or_default())
            }
            Self::Values { of, next, length } => {
                if of.len() != *length {
                    return Err(changed("map"));
                }
                *next += 1;
                Ok(of.pairs().get_index(*next - 1).map(|(_, value)| value.clone()).unwrap_or_default())
            }
            Self::Iterator(sequence) => Ok(sequence.borrow_mut().next().unwrap_or_default()),
        }
    }
}

/// What a loop hides while it runs.
struct Hidden {
    variables: [Option<(Slot, Value)>; 4],
}

impl<'r> Renderer<'r> {
    pub(super) fn foreach(
        &mut self,
        foreach: &'r Foreach,
        frame: &Frame<'_, 'r>,
        out: &mut String,
    ) -> Run<()> {
        self.spot = foreach.spot;
        let Some(mut source) = self.source(&foreach.over, frame)? else {
            return Ok(());
        };
        if !source.has_next() {
            return Ok(());
        }
        let (hidden, scope) = self.hide(foreach, frame)?;
        let address = scope.as_ref().map(|scope| Rc::as_ptr(scope).addr());
        self.scopes.extend(address);
        let mut result = Ok(());
        for round in 0..self.options.max_loops {
            if result.is_err() || !source.has_next() {
                break;
            }
            result = self.round(foreach, round, &mut source, scope.as_deref(), frame, out);
        }
        for (slot, value) in hidden.variables.into_iter().flatten() {
            self.assign(slot, value, frame);
        }
        if address.is_some() {
            self.scopes.pop();
        }
        match result {
            Err(Halt::Break) => Ok(()),
            Err(Halt::BreakOf(ended)) if address == Some(ended) => Ok(()),
            other => other,
        }
    }

    fn round(
        &mut self,
        foreach: &'r Foreach,
        round: usize,
        source: &mut Source,
        scope: Option<&Scope>,
        frame: &Frame<'_, 'r>,
        out: &mut String,
    ) -> Run<()> {
        self.meter.steps(1)?;
        let item = source.next()?;
        let has_next = source.has_next();
        let index = i32::try_from(round).unwrap_or(i32::MAX);
        if let Some(scope) = scope {
            scope.advance(index, has_next);
        }
        if let Some(slot) = self.program.loop_variables.count {
            self.assign(slot, Value::Int(index.saturating_add(1)), frame);
        }
        if let Some(slot) = self.program.loop_variables.has_next {
            self.assign(slot, Value::Bool(has_next), frame);
        }
        if item.is_null() {
            return self.round_of_null(foreach, frame, out);
        }
        self.assign(foreach.variable, item, frame);
        self.block(&foreach.body, frame, out)
    }

    /// While the item is null its variable is, whatever else is put there.
    fn round_of_null(&mut self, foreach: &'r Foreach, frame: &Frame<'_, 'r>, out: &mut String) -> Run<()> {
        self.nulls.push((foreach.variable, frame.address()));
        let result = self.block(&foreach.body, frame, out);
        self.nulls.pop();
        result
    }

    /// `#break($foreach.parent)`
    pub(super) fn break_of(&mut self, (spot, scope): &'r (Spot, Expr), frame: &Frame<'_, 'r>) -> Run<()> {
        self.spot = *spot;
        let ended = match self.value(scope, frame)? {
            Value::Object(object) => Rc::as_ptr(&object).addr(),
            _ => 0,
        };
        if self.scopes.contains(&ended) {
            return Err(Halt::BreakOf(ended));
        }
        Err(fault("'#break' takes the scope of a loop that runs".into()))
    }

    fn source(&mut self, over: &'r Expr, frame: &Frame<'_, 'r>) -> Run<Option<Source>> {
        if let Expr::Range(ends) = over {
            return Ok(self.ends(ends, frame)?.map(|(first, last)| {
                let step = if first <= last { 1 } else { -1 };
                Source::Numbers { next: first.into(), last: last.into(), step }
            }));
        }
        let value = self.value(over, frame)?;
        Ok(match value {
            Value::List(items) => Some(of_list(items)),
            Value::Map(map) => {
                let length = map.len();
                Some(Source::Values { of: map, next: 0, length })
            }
            Value::Iterator(sequence) => Some(Source::Iterator(sequence)),
            Value::Object(object) => {
                object.sequence().map(|sequence| Source::Iterator(Rc::new(std::cell::RefCell::new(sequence))))
            }
            _ => None,
        })
    }

    /// Remembers the variables that the loop will set, and sets its scope.
    fn hide(&mut self, foreach: &Foreach, frame: &Frame<'_, 'r>) -> Run<(Hidden, Option<Rc<Scope>>)> {
        let names = &self.program.loop_variables;
        let slots = [Some(foreach.variable), names.count, names.has_next, names.scope];
        let mut hidden = Hidden { variables: [const { None }; 4] };
        for (kept, slot) in hidden.variables.iter_mut().zip(slots) {
            if let Some(slot) = slot {
                *kept = Some((slot, self.variable(slot, frame)?));
            }
        }
        let scope = names.scope.map(|slot| {
            let outer = hidden.variables[3].as_ref().map(|(_, value)| value.clone()).unwrap_or_default();
            (slot, Scope::inside(outer))
        });
        Ok((
            hidden,
            scope.map(|(slot, scope)| {
                self.assign(slot, Value::Object(scope.clone()), frame);
                scope
            }),
        ))
    }
}

fn changed(what: &str) -> Halt {
    fault(format!("'#foreach' walks over a {what} that its body makes longer or shorter"))
}

fn of_list(items: List) -> Source {
    let length = items.len();
    Source::Items { items, next: 0, length }
}
