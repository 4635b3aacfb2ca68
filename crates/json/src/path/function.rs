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

/// An argument as it was found.
#[derive(Debug)]
pub(super) enum Given {
    One(Value),
    /// What an indefinite path found.
    List(Vec<Value>),
}

impl Given {
    /// The items of lists, and single values.
    fn items(&self) -> &[Value] {
        match self {
            Self::List(items) | Self::One(Value::Array(items)) => items,
            Self::One(value) => std::slice::from_ref(value),
        }
    }
}

impl Call {
    /// Calls the function on a value of a document.
    pub(super) fn result(&self, root: &Value, model: &Value, work: &Work) -> Result<Value, Stop> {
        // To `length` alone the value is the root of its arguments too.
        let root = if self.function == Function::Length { model } else { root };
        let given = |argument: &Argument| argument.given(root, model, work);
        let arguments = self.arguments.iter().map(given).collect::<Result<Vec<_>, _>>()?;
        self.function.result(model, &arguments, work)
    }
}

impl Argument {
    fn given(&self, root: &Value, model: &Value, work: &Work) -> Result<Given, Stop> {
        let (route, from_root) = match self {
            Self::Value(value) => return Ok(Given::One(value.clone())),
            Self::Path { route, from_root } => (route, *from_root),
        };
        let start = if from_root { root } else { model };
        match find_with(route, root, start, work)? {
            Found::Missing => Err(Stop::NotFound),
            Found::Value(value) => {
                work.weigh(&value)?;
                Ok(Given::One(value.into_owned()))
            }
            Found::List(items) => Ok(Given::List(items.into_iter().map(Cow::into_owned).collect())),
        }
    }
}

impl Function {
    /// Calls the function on a value, with arguments.
    pub(super) fn result(self, model: &Value, arguments: &[Given], work: &Work) -> Result<Value, Stop> {
        work.weigh(model)?;
        match self {
            Self::Length => Ok(length(model, arguments)),
            Self::Concat => Ok(concat(model, arguments)),
            Self::Append => Ok(append(model, arguments)),
            Self::Keys => Ok(keys(model)),
            Self::First => item(model, 0),
            Self::Last => item(model, -1),
            Self::Index => item(model, whole(arguments).ok_or(Stop::Failed)?),
            Self::Average | Self::StandardDeviation | Self::Sum | Self::Minimum | Self::Maximum => {
                self.aggregate(model, arguments)
            }
        }
    }

    /// Over the numbers of the value, if it is a list, and of the arguments; at least one.
    fn aggregate(self, model: &Value, arguments: &[Given]) -> Result<Value, Stop> {
        let of_model = model.as_array().unwrap_or_default();
        let items = of_model.iter().chain(arguments.iter().flat_map(Given::items));
        let numbers: Vec<f64> = items.filter_map(|item| item.as_number().map(Number::as_f64)).collect();
        if numbers.is_empty() {
            return Err(Stop::Failed);
        }
        Ok(Value::from(self.fold(&numbers)))
    }

    #[allow(clippy::cast_precision_loss)]
    fn fold(self, numbers: &[f64]) -> f64 {
        let count = numbers.len() as f64;
        let sum: f64 = numbers.iter().sum();
        match self {
            Self::Average => sum / count,
            Self::Minimum => numbers.iter().copied().fold(f64::MAX, f64::min),
            // The library begins with the smallest positive number, so nothing smaller is ever the greatest.
            Self::Maximum => numbers.iter().copied().fold(f64::from_bits(1), f64::max),
            Self::StandardDeviation => {
                let squares: f64 = numbers.iter().map(|number| number * number).sum();
                (squares / count - sum * sum / count / count).sqrt()
            }
            _ => sum,
        }
    }
}

/// Of the value, or of everything in what an indefinite path found.
fn length(model: &Value, arguments: &[Given]) -> Value {
    let count = match arguments.first() {
        Some(Given::List(found)) => Some(found.iter().filter_map(size).sum()),
        Some(Given::One(Value::Array(items))) => items.last().and_then(Value::as_array).map(<[_]>::len),
        _ => None,
    };
    let count = count.or_else(|| size(model));
    count.and_then(|count| i64::try_from(count).ok()).map_or(Value::Null, Value::from)
}

fn size(value: &Value) -> Option<usize> {
    match value {
        Value::Array(items) => Some(items.len()),
        Value::Object(map) => Some(map.len()),
        _ => None,
    }
}

fn whole(arguments: &[Given]) -> Option<i64> {
    arguments.first()?.items().first()?.as_number()?.as_i64()
}

/// The strings of a list, and the texts of the arguments.
fn concat(model: &Value, arguments: &[Given]) -> Value {
    let mut text = String::new();
    let strings = model.as_array().unwrap_or_default().iter().filter_map(Value::as_str);
    strings.for_each(|string| text.push_str(string));
    let texts = arguments.iter().flat_map(Given::items);
    texts.for_each(|value| crate::push_java(value, &mut text));
    text.into()
}

fn append(model: &Value, arguments: &[Given]) -> Value {
    let Value::Array(items) = model else { return model.clone() };
    let added = arguments.iter().map(|argument| match argument {
        Given::One(value) => value.clone(),
        Given::List(items) => items.clone().into(),
    });
    items.iter().cloned().chain(added).collect::<Vec<_>>().into()
}

fn keys(model: &Value) -> Value {
    let names = |map: &Map| Value::Array(map.keys().map(Value::from).collect());
    model.as_object().map_or(Value::Null, names)
}

/// Counted from the end when negative, which never reaches the first item.
fn item(model: &Value, index: i64) -> Result<Value, Stop> {
    let items = model.as_array().ok_or(Stop::Failed)?;
    let beyond = index < 0 && index.unsigned_abs() >= items.len() as u64;
    match super::find::at(items, index) {
        Some(item) if !beyond => Ok(item.clone()),
        None if index >= 0 => Err(Stop::Outside),
        _ => Err(Stop::Failed),
    }
}
