//! The methods of strings that take regular expressions.
//!
//! Compiled patterns are kept by the thread, a few of them: a template asks for the same ones in each rendering.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::{Outcome, thrown};
use crate::error::{CallError, Exceeded};
use crate::java_regex::{Pattern, PatternError, Purpose, ReplaceError, TooManySteps};
use crate::limits::Meter;
use crate::value::{Kind, List, Value};

/// Patterns that a thread keeps.
const KEPT: usize = 64;
/// Longer patterns are compiled each time.
const LONGEST_KEPT: usize = 1000;
/// The longest text that a replacement may make; the meter counts it too.
const LONGEST: usize = 64 << 20;

type Known = HashMap<Box<str>, Rc<Pattern>>;

thread_local! {
    /// Those for whole texts, and those for parts.
    static KNOWN: RefCell<[Known; 2]> = RefCell::default();
}

pub(super) fn call(text: &str, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("matches", [Value::String(pattern)]) => {
            let pattern = compiled(pattern, Purpose::Whole, meter)?;
            Value::Bool(pattern.matches(text).map_err(|error| too_many(error, meter))?)
        }
        ("replaceAll", [Value::String(pattern), Value::String(new)]) => {
            replaced(text, pattern, new, usize::MAX, meter)?
        }
        ("replaceFirst", [Value::String(pattern), Value::String(new)]) => {
            replaced(text, pattern, new, 1, meter)?
        }
        ("split", [Value::String(pattern)]) => split(text, pattern, 0, meter)?,
        ("split", [Value::String(pattern), Value::Int(limit)]) => split(text, pattern, *limit, meter)?,
        _ => return Ok(None),
    }))
}

fn compiled(pattern: &str, purpose: Purpose, meter: &mut Meter) -> Result<Rc<Pattern>, CallError> {
    let kind = usize::from(purpose == Purpose::Part);
    if let Some(known) = KNOWN.with_borrow(|known| known[kind].get(pattern).cloned()) {
        return Ok(known);
    }
    // Compiling is far more work than matching.
    meter.steps(1000 + 10 * pattern.len() as u64)?;
    let made = Pattern::new(pattern, purpose).map(Rc::new).map_err(|error| wrong(&error, pattern))?;
    if pattern.len() <= LONGEST_KEPT {
        KNOWN.with_borrow_mut(|known| {
            if known[kind].len() >= KEPT {
                known[kind].clear();
            }
            known[kind].insert(pattern.into(), Rc::clone(&made));
        });
    }
    Ok(made)
}

fn wrong(error: &PatternError, pattern: &str) -> CallError {
    CallError::thrown(format!("PatternSyntaxException: {error}: {pattern}"))
}

fn too_many(error: TooManySteps, meter: &Meter) -> CallError {
    meter.in_time().map_or_else(Into::into, |()| CallError::thrown(error.to_string()))
}

fn replaced(
    text: &str,
    pattern: &str,
    new: &str,
    count: usize,
    meter: &mut Meter,
) -> Result<Value, CallError> {
    let pattern = compiled(pattern, Purpose::Part, meter)?;
    meter.steps(text.len() as u64 / 16)?;
    match pattern.replace(text, new, count, LONGEST, &|| meter.in_time().is_ok()) {
        Ok(made) => {
            meter.bytes(made.len())?;
            Ok(Value::string(made))
        }
        Err(ReplaceError::TooManySteps(error)) => Err(too_many(error, meter)),
        Err(ReplaceError::TooLong) => Err(Exceeded::Memory.into()),
        Err(error @ ReplaceError::NoGroup(_)) => thrown(format!("IndexOutOfBoundsException: {error}")),
        Err(error) => thrown(format!("IllegalArgumentException: {error}")),
    }
}

fn split(text: &str, pattern: &str, limit: i32, meter: &mut Meter) -> Result<Value, CallError> {
    let pattern = compiled(pattern, Purpose::Part, meter)?;
    meter.steps(text.len() as u64 / 16)?;
    let parts = pattern.split(text, limit, &|| meter.in_time().is_ok());
    let parts = parts.map_err(|error| too_many(error, meter))?;
    meter.bytes(text.len() + parts.len() * 2 * size_of::<Value>())?;
    Ok(Value::List(List::new(Kind::Array, parts.into_iter().map(Value::from).collect())))
}
