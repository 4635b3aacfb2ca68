//! The methods that values have, as Java's classes define them; one file per type.
//!
//! In: a value that is no object of the host, a name, arguments. Out: the result. It must not know templates.
//! A method is found by the number and the classes of its arguments, as reflection would find it. `getClass` and all that
//! lies behind it are not there. `keySet`, `values`, `entrySet` and `subList` give copies: changing them changes no original.

mod format;
mod hash;
mod iterator;
mod list;
mod map;
mod number;
mod pattern;
mod statics;
mod string;
mod units;

use crate::error::CallError;
use crate::limits::Meter;
use crate::value::Value;

/// What a method gives: nothing when there is no such method.
type Outcome = Result<Option<Value>, CallError>;

/// Calls a method. `None`: there is none of this name and these arguments, the reference has no value.
///
/// # Errors
/// What Java would throw, or a limit.
pub(crate) fn call(receiver: &Value, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    meter.calls(is_long(receiver, name, arguments))?;
    match receiver {
        Value::Null | Value::Object(_) | Value::Block(_) => return Ok(None),
        Value::String(text) => string::call(text, name, arguments, meter)?,
        Value::List(items) => list::call(items, name, arguments, meter)?,
        Value::Map(pairs) => map::call(pairs, name, arguments, meter)?,
        Value::Entry(entry) => map::call_entry(entry, name, arguments),
        Value::Iterator(sequence) => iterator::call(sequence, name, arguments)?,
        Value::Bool(value) => statics::boolean(*value, name, arguments)?,
        Value::Char(unit) => statics::character(*unit, name, arguments)?,
        Value::Int(_) | Value::Long(_) | Value::Float(_) | Value::Double(_) | Value::BigInteger(_) => {
            number::call(receiver, name, arguments, meter)?
        }
    }
    .map_or_else(|| of_any(receiver, name, arguments, meter), |value| Ok(Some(value)))
}

/// Whether a method may have much to look at: long texts, many members, or collections within each other.
fn is_long(receiver: &Value, name: &str, arguments: &[Value]) -> bool {
    const MEMBERS: usize = 32;
    const BYTES: usize = 1024;
    let is_large = |value: &Value| match value {
        Value::String(text) => text.len() > BYTES,
        Value::List(list) => list.items().len() > MEMBERS,
        Value::Map(map) => map.pairs().len() > MEMBERS,
        _ => false,
    };
    let looks_inside = matches!(name, "hashCode" | "toString") && receiver.is_container();
    looks_inside
        || is_large(receiver)
        || arguments.iter().any(|value| value.is_container() || is_large(value))
}

/// What every object has.
fn of_any(receiver: &Value, name: &str, arguments: &[Value], meter: &mut Meter) -> Outcome {
    Ok(Some(match (name, arguments) {
        ("toString", []) => {
            let text = receiver.to_text(meter.depth())?;
            meter.bytes(text.len())?;
            Value::string(text)
        }
        ("equals", [other]) => Value::Bool(receiver.java_equals(other)),
        ("hashCode", []) => match hash::hash_code(receiver, meter.depth(), meter)? {
            Some(hash) => Value::Int(hash),
            None => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

/// A property that is not an entry of a map: a getter such as `isEmpty` by the name `empty`.
///
/// # Errors
/// What Java would throw, or a limit.
pub(crate) fn property(receiver: &Value, name: &str, meter: &mut Meter) -> Outcome {
    let method = match (receiver, name) {
        (Value::String(_) | Value::List(_), "empty" | "Empty") => "isEmpty",
        (Value::String(_), "blank" | "Blank") => "isBlank",
        (Value::String(_), "bytes" | "Bytes") => "getBytes",
        (Value::Entry(_), "key" | "Key") => "getKey",
        (Value::Entry(_), "value" | "Value") => "getValue",
        (Value::Float(_) | Value::Double(_), "naN" | "NaN") => "isNaN",
        (Value::Float(_) | Value::Double(_), "infinite" | "Infinite") => "isInfinite",
        _ => return Ok(None),
    };
    call(receiver, method, &[], meter)
}

/// What a method without result gives.
fn nothing() -> Value {
    Value::from("")
}

/// A length or an index as Java counts it.
fn int(number: usize) -> Value {
    Value::Int(i32::try_from(number).unwrap_or(i32::MAX))
}

fn thrown<T>(text: impl Into<Box<str>>) -> Result<T, CallError> {
    Err(CallError::thrown(text))
}

/// Java's complaint about a null where it needs an object.
fn null_pointer<T>() -> Result<T, CallError> {
    thrown("NullPointerException: null where a value is needed")
}
