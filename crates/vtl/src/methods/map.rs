//! `java.util.LinkedHashMap` and its entries.

use std::rc::Rc;

use super::{Outcome, int, nothing, null_pointer};
use crate::error::CallError;
use crate::limits::Meter;
use crate::value::{Entry, Key, Kind, List, Map, Value};

/// Bytes that one more pair takes.
const PAIR: usize = 3 * size_of::<Value>();

pub(super) fn call(map: &Map, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    if let Some(found) = looked_at(map, name, arguments, meter)? {
        return Ok(Some(found));
    }
    changed(map, name, arguments, meter)
}

fn looked_at(map: &Map, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("get", [key]) => map.get_value(key).unwrap_or_default(),
        ("getOrDefault", [key, default]) => map.get_value(key).unwrap_or_else(|| default.clone()),
        ("containsKey", [key]) => Value::Bool(map.get_value(key).is_some()),
        ("containsValue", [value]) => {
            meter.steps(map.len() as u64 / 16)?;
            Value::Bool(map.pairs().values().any(|own| own.java_equals(value)))
        }
        ("size", []) => int(map.len()),
        ("isEmpty", []) => Value::Bool(map.is_empty()),
        ("keySet", []) => collected(map, Kind::Set, |key, _| key.0.clone(), meter)?,
        ("values", []) => collected(map, Kind::Collection, |_, value| value.clone(), meter)?,
        ("entrySet", []) => {
            let entry = |key: &Key, value: &Value| {
                Value::Entry(Rc::new(Entry { key: key.0.clone(), value: value.clone() }))
            };
            collected(map, Kind::Set, entry, meter)?
        }
        ("clone", []) => {
            meter.bytes(map.len() * PAIR)?;
            let copy = Value::Map(Map::new(map.pairs().clone()));
            map.pairs().values().for_each(|value| meter.adopted(&copy, value));
            copy
        }
        _ => return Ok(None),
    }))
}

fn changed(map: &Map, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("put", [key, value]) => put(map, key, value, meter)?,
        ("putIfAbsent", [key, value]) => match map.get_value(key).filter(|known| !known.is_null()) {
            Some(known) => known,
            None => put(map, key, value, meter)?,
        },
        ("putAll", [Value::Map(others)]) => {
            let pairs = others.pairs().clone();
            for (key, value) in pairs {
                put(map, &key.0, &value, meter)?;
            }
            nothing()
        }
        ("putAll", [Value::Null]) => return null_pointer(),
        ("replace", [key, value]) => match map.get_value(key) {
            Some(_) => put(map, key, value, meter)?,
            None => Value::Null,
        },
        ("remove", [key]) => remove(map, key, meter)?.unwrap_or_default(),
        ("remove", [key, value]) => {
            let equal = map.get_value(key).is_some_and(|known| known.java_equals(value));
            Value::Bool(equal && remove(map, key, meter)?.is_some())
        }
        ("clear", []) => {
            // The values may hold this map: they go when it is no longer borrowed.
            let pairs = std::mem::take(&mut *map.pairs_mut());
            drop(pairs);
            nothing()
        }
        _ => return Ok(None),
    }))
}

fn put(map: &Map, key: &Value, value: &Value, meter: &mut Meter) -> Result<Value, CallError> {
    meter.bytes(PAIR)?;
    let whole = Value::Map(map.clone());
    meter.adopted(&whole, key);
    meter.adopted(&whole, value);
    Ok(map.put(key.clone(), value.clone()).unwrap_or_default())
}

fn remove(map: &Map, key: &Value, meter: &mut Meter) -> Result<Option<Value>, CallError> {
    // What comes after moves up.
    meter.steps(map.len() as u64 / 64)?;
    Ok(map.pairs_mut().shift_remove(&Key(key.clone())))
}

fn collected(
    map: &Map,
    kind: Kind,
    item: impl Fn(&Key, &Value) -> Value,
    meter: &mut Meter,
) -> Result<Value, CallError> {
    meter.bytes(map.len() * PAIR)?;
    let items: Vec<Value> = map.pairs().iter().map(|(key, value)| item(key, value)).collect();
    let made = List::new(kind, items);
    let whole = Value::List(made.clone());
    made.items().iter().for_each(|item| meter.adopted(&whole, item));
    Ok(whole)
}

/// `java.util.Map.Entry`
pub(super) fn call_entry(entry: &Entry, name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("getKey", []) => Some(entry.key.clone()),
        ("getValue", []) => Some(entry.value.clone()),
        _ => None,
    }
}
