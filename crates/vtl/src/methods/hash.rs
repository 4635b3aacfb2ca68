//! Java's `hashCode`, which templates can print.

use crate::error::Exceeded;
use crate::limits::Meter;
use crate::value::{Kind, Value};

/// The hash code; `None` where Java's depends on the address of the object.
pub(super) fn hash_code(value: &Value, depth: u32, meter: &mut Meter) -> Result<Option<i32>, Exceeded> {
    // Collections can hold others many times, which are walked each time.
    meter.steps(1 + value.as_str().map_or(0, |text| text.len() as u64 / 256))?;
    let below = depth.checked_sub(1).ok_or(Exceeded::Depth)?;
    Ok(Some(match value {
        Value::Null => 0,
        Value::Bool(value) => of_bool(*value),
        Value::Char(unit) => i32::from(*unit),
        Value::Int(value) => *value,
        Value::Long(value) => of_bits(value.cast_unsigned()),
        Value::Float(value) => value.to_bits().cast_signed(),
        Value::Double(value) => of_bits(value.to_bits()),
        Value::String(text) => {
            text.encode_utf16().fold(0i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
        }
        Value::List(list) if matches!(list.kind(), Kind::List | Kind::Json) => {
            let mut hash = 1i32;
            for item in list.items().iter() {
                let Some(item) = hash_code(item, below, meter)? else { return Ok(None) };
                hash = hash.wrapping_mul(31).wrapping_add(item);
            }
            hash
        }
        Value::Map(map) => {
            let mut sum = 0i32;
            for (key, value) in map.pairs().iter() {
                let Some(pair) = of_pair(&key.0, value, below, meter)? else { return Ok(None) };
                sum = sum.wrapping_add(pair);
            }
            sum
        }
        Value::Entry(entry) => return of_pair(&entry.key, &entry.value, below, meter),
        Value::BigInteger(_) | Value::List(_) | Value::Iterator(_) | Value::Object(_) | Value::Block(_) => {
            return Ok(None);
        }
    }))
}

pub(super) fn of_bool(value: bool) -> i32 {
    if value { 1231 } else { 1237 }
}

/// Both halves of 64 bits in 32.
#[allow(clippy::cast_possible_truncation)]
fn of_bits(bits: u64) -> i32 {
    ((bits ^ (bits >> 32)) as u32).cast_signed()
}

fn of_pair(key: &Value, value: &Value, depth: u32, meter: &mut Meter) -> Result<Option<i32>, Exceeded> {
    let (key, value) = (hash_code(key, depth, meter)?, hash_code(value, depth, meter)?);
    Ok(key.zip(value).map(|(key, value)| key ^ value))
}
