//! JSON as values of the template language and back.

use std::rc::Rc;

use stagedoor_json::{self as json, JavaNumber};
use stagedoor_vtl::{BigInteger, CallError, Key, Kind, List, Map, Meter, Pairs, Value};

/// How deep values of a template are followed when they leave it.
const DEPTH: u32 = 100;

/// Java's objects for a JSON value. Lists print as JSON, as on AWS.
pub(super) fn from_json(value: &json::Value, meter: &mut Meter) -> Result<Value, CallError> {
    Ok(match value {
        json::Value::Null => Value::Null,
        json::Value::Bool(value) => Value::Bool(*value),
        json::Value::Number(number) => from_number(number),
        json::Value::String(text) => {
            meter.bytes(text.len() + 32)?;
            Value::from(&**text)
        }
        json::Value::Array(items) => {
            meter.bytes(32 + items.len() * size_of::<Value>())?;
            let items = items.iter().map(|item| from_json(item, meter)).collect::<Result<_, _>>()?;
            Value::List(List::new(Kind::Json, items))
        }
        json::Value::Object(members) => {
            meter.bytes(64 + members.len() * 64)?;
            let mut pairs = Pairs::with_capacity_and_hasher(members.len(), Default::default());
            for (name, value) in members {
                meter.bytes(name.len())?;
                pairs.insert(Key(Value::from(name)), from_json(value, meter)?);
            }
            Value::Map(Map::new(pairs))
        }
    })
}

fn from_number(number: &json::Number) -> Value {
    match number.java() {
        JavaNumber::Integer(value) => Value::Int(value),
        JavaNumber::Long(value) => Value::Long(value),
        JavaNumber::Double(value) => Value::Double(value),
        JavaNumber::BigInteger(literal) => match BigInteger::parse(literal) {
            Some(value) => Value::BigInteger(Rc::new(value)),
            None => Value::Double(number.as_f64()),
        },
        // The language has no decimals of any length.
        JavaNumber::BigDecimal(_) => Value::Double(number.as_f64()),
    }
}

/// A value that leaves the template. What nests too deeply, and what is no JSON, leaves as text.
fn at_depth(value: &Value, depth: u32) -> json::Value {
    let below = depth.saturating_sub(1);
    match value {
        Value::Null => json::Value::Null,
        Value::Bool(value) => json::Value::Bool(*value),
        Value::Int(value) => json::Value::from(i64::from(*value)),
        Value::Long(value) => json::Value::from(*value),
        Value::Float(value) => json::Value::from(f64::from(*value)),
        Value::Double(value) => json::Value::from(*value),
        Value::BigInteger(number) => {
            let number = json::Number::parse(&number.to_string());
            number.map_or(json::Value::Null, json::Value::Number)
        }
        Value::String(text) => json::Value::from(&**text),
        Value::List(list) if depth > 0 => {
            json::Value::Array(list.items().iter().map(|item| at_depth(item, below)).collect())
        }
        Value::Map(map) if depth > 0 => json::Value::Object(members(map, below)),
        other => json::Value::from(text(other)),
    }
}

/// The pairs of a map as members of an object.
pub(super) fn members(map: &Map, depth: u32) -> json::Map {
    let pairs = map.pairs();
    pairs.iter().map(|(key, value)| (text(&key.0).into(), at_depth(value, depth))).collect()
}

/// Java's `toString`; nothing of what nests too deeply.
pub(super) fn text(value: &Value) -> String {
    value.to_text(DEPTH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use stagedoor_vtl::{Limits, Meter};

    use super::{DEPTH, at_depth, from_json, text};

    #[test]
    fn json_prints_as_java() {
        for (json, expected) in [
            (r#"{"foo":"bar"}"#, "{foo=bar}"),
            (r#"[{"foo":"bar"}]"#, r#"[{"foo":"bar"}]"#),
            (r#"[[{"foo":"bar"}]]"#, r#"[[{"foo":"bar"}]]"#),
            (r#"{"foo":[{"nested":"bar"}]}"#, r#"{foo=[{"nested":"bar"}]}"#),
            (
                r#"{"bigger":"dict","to":"test","with":"separators"}"#,
                "{bigger=dict, to=test, with=separators}",
            ),
            ("[]", "[]"),
            ("10.00", "10.0"),
            ("3000000000", "3000000000"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            let value = stagedoor_json::parse(json).unwrap();
            let mut meter = Meter::new(&Limits::default());
            let converted = from_json(&value, &mut meter).unwrap();
            assert_eq!(text(&converted), expected, "{json}");
            assert_eq!(at_depth(&converted, DEPTH), value, "{json}");
        }
    }

    #[test]
    fn conversion_is_metered() {
        let value = stagedoor_json::parse(&format!("[{}0]", "0,".repeat(10_000))).unwrap();
        let mut meter = Meter::new(&Limits { memory: 10_000, ..Limits::default() });
        assert!(from_json(&value, &mut meter).is_err());
    }
}
