//! `java.util.ArrayList`, and what sets, other collections and arrays (as Velocity wraps them) share with it.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexSet;

use super::{Outcome, int, nothing, null_pointer, thrown};
use crate::error::CallError;
use crate::limits::Meter;
use crate::value::{Key, Kind, List, Sequence, Value};

/// Bytes that one more item takes.
const ITEM: usize = size_of::<Value>();

pub(super) fn call(list: &List, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    if let Some(found) = of_collection(list, name, arguments, meter)? {
        return Ok(Some(found));
    }
    let indexed = matches!(list.kind(), Kind::List | Kind::Json | Kind::Array);
    if indexed && let Some(found) = of_list(list, name, arguments, meter)? {
        return Ok(Some(found));
    }
    match list.kind() {
        Kind::List | Kind::Json => grown(list, name, arguments, meter),
        Kind::Array | Kind::Set | Kind::Collection => refused(name, arguments),
    }
}

/// What every collection has.
fn of_collection(list: &List, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("size", []) => int(list.len()),
        ("isEmpty", []) => Value::Bool(list.is_empty()),
        ("contains", [item]) => Value::Bool(position(list, item, meter)?.is_some()),
        ("containsAll", [Value::List(others)]) => {
            let wanted = others.items().clone();
            meter.steps((wanted.len() as u64).saturating_mul(list.len() as u64))?;
            for item in &wanted {
                if position(list, item, meter)?.is_none() {
                    return Ok(Some(Value::Bool(false)));
                }
            }
            Value::Bool(true)
        }
        ("iterator", []) => Value::Iterator(Rc::new(RefCell::new(Sequence::of(list.clone())))),
        ("toArray", []) => copy(list, Kind::Array, 0, list.len(), meter)?,
        ("containsAll" | "addAll" | "removeAll" | "retainAll", [Value::Null]) => return null_pointer(),
        _ => return Ok(None),
    }))
}

/// What lists and arrays have.
fn of_list(list: &List, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("get", [Value::Int(at)]) => list.items()[index(*at, list.len())?].clone(),
        ("set", [Value::Int(at), item]) => {
            let at = index(*at, list.len())?;
            adopt(list, item, meter)?;
            std::mem::replace(&mut list.items_mut()[at], item.clone())
        }
        ("indexOf", [item]) => position(list, item, meter)?.map_or(Value::Int(-1), int),
        ("lastIndexOf", [item]) => {
            meter.steps(list.len() as u64 / 16)?;
            first_equal(list.items().iter().enumerate().rev(), item, meter)?.map_or(Value::Int(-1), int)
        }
        ("subList", [Value::Int(from), Value::Int(to)]) => {
            let (from, to) = range(*from, *to, list.len())?;
            copy(list, list.kind(), from, to, meter)?
        }
        _ => return Ok(None),
    }))
}

/// What changes the length of a list.
fn grown(list: &List, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("add", [item]) => {
            adopt(list, item, meter)?;
            list.items_mut().push(item.clone());
            Value::Bool(true)
        }
        ("add", [Value::Int(at), item]) => {
            let at = place(*at, list.len())?;
            adopt(list, item, meter)?;
            list.items_mut().insert(at, item.clone());
            nothing()
        }
        ("addAll", [Value::List(others)]) => insert_all(list, list.len(), others, meter)?,
        ("addAll", [Value::Int(at), Value::List(others)]) => {
            insert_all(list, place(*at, list.len())?, others, meter)?
        }
        ("remove", [Value::Int(at)]) => {
            let at = index(*at, list.len())?;
            meter.steps((list.len() - at) as u64 / 64)?;
            list.items_mut().remove(at)
        }
        ("remove", [item]) => {
            let found = position(list, item, meter)?;
            let removed = found.map(|at| list.items_mut().remove(at));
            Value::Bool(removed.is_some())
        }
        ("removeAll", [Value::List(others)]) => retain(list, others, false, meter)?,
        ("retainAll", [Value::List(others)]) => retain(list, others, true, meter)?,
        ("clear", []) => {
            // The items may hold this list: they go when it is no longer borrowed.
            let items = std::mem::take(&mut *list.items_mut());
            drop(items);
            nothing()
        }
        ("clone", []) => copy(list, list.kind(), 0, list.len(), meter)?,
        ("ensureCapacity", [Value::Int(_)]) | ("trimToSize", []) => nothing(),
        _ => return Ok(None),
    }))
}

/// What Java refuses to do with an array, a key set or the values of a map.
fn refused(name: &str, arguments: &[Value]) -> Outcome {
    match (name, arguments) {
        ("add", [_]) | ("addAll", [Value::List(_)]) => {
            thrown("UnsupportedOperationException: it cannot grow")
        }
        _ => Ok(None),
    }
}

fn out_of_bounds<T>(at: i32, length: usize) -> Result<T, CallError> {
    thrown(format!("IndexOutOfBoundsException: index {at} out of bounds for length {length}"))
}

/// The index of an item.
fn index(at: i32, length: usize) -> Result<usize, CallError> {
    usize::try_from(at).ok().filter(|at| *at < length).map_or_else(|| out_of_bounds(at, length), Ok)
}

/// The index of an item or the end.
fn place(at: i32, length: usize) -> Result<usize, CallError> {
    usize::try_from(at).ok().filter(|at| *at <= length).map_or_else(|| out_of_bounds(at, length), Ok)
}

fn range(from: i32, to: i32, length: usize) -> Result<(usize, usize), CallError> {
    match (place(from, length)?, place(to, length)?) {
        (from, to) if from <= to => Ok((from, to)),
        _ => thrown(format!("IllegalArgumentException: from {from} to {to}")),
    }
}

fn position(list: &List, item: &Value, meter: &mut Meter) -> Result<Option<usize>, CallError> {
    meter.steps(list.len() as u64 / 16)?;
    first_equal(list.items().iter().enumerate(), item, meter)
}

fn first_equal<'i>(
    items: impl Iterator<Item = (usize, &'i Value)>,
    item: &Value,
    meter: &Meter,
) -> Result<Option<usize>, CallError> {
    for (at, own) in items {
        // Comparing two collections may itself be long.
        if item.is_container() && own.is_container() {
            meter.in_time()?;
        }
        if own.java_equals(item) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn copy(list: &List, kind: Kind, from: usize, to: usize, meter: &mut Meter) -> Result<Value, CallError> {
    meter.bytes((to - from) * ITEM)?;
    let copy = Value::List(List::new(kind, list.items()[from..to].to_vec()));
    adopt_all(&copy, &list.items()[from..to], meter);
    Ok(copy)
}

fn adopt(list: &List, item: &Value, meter: &mut Meter) -> Result<(), CallError> {
    meter.bytes(ITEM)?;
    meter.adopted(&Value::List(list.clone()), item);
    Ok(())
}

fn adopt_all(collection: &Value, items: &[Value], meter: &mut Meter) {
    items.iter().for_each(|item| meter.adopted(collection, item));
}

fn insert_all(list: &List, at: usize, others: &List, meter: &mut Meter) -> Result<Value, CallError> {
    meter.bytes(others.len() * ITEM)?;
    let items = others.items().clone();
    adopt_all(&Value::List(list.clone()), &items, meter);
    let changed = !items.is_empty();
    list.items_mut().splice(at..at, items);
    Ok(Value::Bool(changed))
}

/// Keeps what is (or what is not) in the others.
fn retain(list: &List, others: &List, kept: bool, meter: &mut Meter) -> Result<Value, CallError> {
    meter.bytes((list.len() + others.len()) * ITEM)?;
    let others: IndexSet<Key> = others.items().iter().cloned().map(Key).collect();
    let items = list.items().clone();
    let before = items.len();
    let items: Vec<Value> =
        items.into_iter().filter(|item| others.contains(&Key(item.clone())) == kept).collect();
    let changed = items.len() != before;
    let gone = std::mem::replace(&mut *list.items_mut(), items);
    drop(gone);
    Ok(Value::Bool(changed))
}
