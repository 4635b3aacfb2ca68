//! The functions that a path may call.
//!
//! In: the value before the dot, and arguments. Out: a computed value, or failure.

use std::borrow::Cow;

use super::Found;
use super::find::{Stop, Work, find_with};
use super::token::Route;
use crate::{Map, Number, Value};

/// A function with its arguments.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) function: Function,
    pub(super) arguments: Box<[Argument]>,
}

#[derive(Debug)]
pub(super) enum Argument {
    Path { route: Route, from_root: bool },
    Value(Value),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Average,
    StandardDeviation,
    Sum,
    Minimum,
    Maximum,
    Concat,
    /// Also `size`.
    Length,
    Append,
    Keys,
    First,
    Last,
    Index,
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "avg" => Self::Average,
            "stddev" => Self::StandardDeviation,
            "sum" => Self::Sum,
            "min" => Self::Minimum,
            "max" => Self::Maximum,
            "concat" => Self::Concat,
            "length" | "size" => Self::Length,
            "append" => Self::Append,
            "keys" => Self::Keys,
            "first" => Self::First,
            "last" => Self::Last,
            "index" => Self::Index,
            _ => return None,
        })
    }
}

impl Call {
    /// Calls the function on a value of a document.
    pub(super) fn result(&self, root: &Value, model: &Value, work: &Work) -> Result<Value, Stop> {
        let arguments = self.values(root, model, work)?;
        work.weigh(model)?;
        match self.function {
            Function::Length => Ok(self.length(model, &arguments)),
            Function::Concat => Ok(concat(model, &arguments)),
            Function::Append => Ok(append(model, arguments)),
            Function::Keys => keys(model),
            Function::First => item(model, 0),
            Function::Last => item(model, -1),
            Function::Index => item(model, arguments.first().and_then(whole).ok_or(Stop::Failed)?),
            _ => self.aggregate(model, &arguments),
        }
    }

    fn values(&self, root: &Value, model: &Value, work: &Work) -> Result<Vec<Value>, Stop> {
        let value = |argument: &Argument| match argument {
            Argument::Value(value) => Ok(value.clone()),
            Argument::Path { route, from_root } => {
                let start = if *from_root { root } else { model };
                let found = find_with(route, root, start, work)?;
                found.into_value().ok_or(Stop::NotFound)
            }
        };
        self.arguments.iter().map(value).collect()
    }

    /// Of the argument if it is a list, or else of the value.
    fn length(&self, model: &Value, arguments: &[Value]) -> Value {
        let count = |value: &Value| match value {
            Value::Array(items) => i64::try_from(items.len()).ok(),
            Value::Object(map) => i64::try_from(map.len()).ok(),
            _ => None,
        };
        let of_argument = arguments.first().and_then(count);
        of_argument.or_else(|| count(model)).map_or(Value::Null, Value::from)
    }

    /// Over the numbers of the value and of the arguments; at least one.
    fn aggregate(&self, model: &Value, arguments: &[Value]) -> Result<Value, Stop> {
        let items = std::iter::once(model).chain(arguments).flat_map(|value| match value {
            Value::Array(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        });
        let of_model = model.as_array().is_some();
        let skip = usize::from(!of_model);
        let numbers: Vec<f64> =
            items.skip(skip).filter_map(|item| item.as_number().map(Number::as_f64)).collect();
        if numbers.is_empty() {
            return Err(Stop::Failed);
        }
        Ok(Value::from(self.fold(&numbers)))
    }

    #[allow(clippy::cast_precision_loss)]
    fn fold(&self, numbers: &[f64]) -> f64 {
        let count = numbers.len() as f64;
        let sum: f64 = numbers.iter().sum();
        match self.function {
            Function::Average => sum / count,
            Function::Minimum => numbers.iter().copied().fold(f64::MAX, f64::min),
            Function::Maximum => numbers.iter().copied().fold(f64::MIN, f64::max),
            Function::StandardDeviation => {
                let squares: f64 = numbers.iter().map(|number| number * number).sum();
                (squares / count - sum * sum / count / count).sqrt()
            }
            _ => sum,
        }
    }
}

fn whole(value: &Value) -> Option<i64> {
    value.as_number()?.as_i64()
}

/// The strings of a list and of the arguments.
fn concat(model: &Value, arguments: &[Value]) -> Value {
    let mut text = String::new();
    for item in model.as_array().unwrap_or_default() {
        text.push_str(item.as_str().unwrap_or(""));
    }
    for argument in arguments {
        push_texts(argument, &mut text);
    }
    text.into()
}

fn push_texts(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| push_text(item, text)),
        other => push_text(other, text),
    }
}

fn push_text(value: &Value, text: &mut String) {
    crate::push_java(value, text);
}

fn append(model: &Value, arguments: Vec<Value>) -> Value {
    match model {
        Value::Array(items) => items.iter().cloned().chain(arguments).collect::<Vec<_>>().into(),
        other => other.clone(),
    }
}

fn keys(model: &Value) -> Result<Value, Stop> {
    let names = |map: &Map| Value::Array(map.keys().map(Value::from).collect());
    model.as_object().map(names).ok_or(Stop::NotFound)
}

/// Counted from the end when negative.
fn item(model: &Value, index: i64) -> Result<Value, Stop> {
    let items = model.as_array().ok_or(Stop::Failed)?;
    super::find::at(items, index).cloned().ok_or(Stop::Failed)
}

/// What a function gives whose path begins by scanning the document: it gets everything found as one list.
pub(super) fn over_scan(
    call: &Call,
    found: Found<'_>,
    root: &Value,
    work: &Work,
) -> Result<Cow<'static, Value>, Stop> {
    let list = found.into_value().ok_or(Stop::NotFound)?;
    call.result(root, &list, work).map(Cow::Owned)
}
