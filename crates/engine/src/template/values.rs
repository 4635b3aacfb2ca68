//! JSON as values of the template language and back.

use std::rc::Rc;

use stagedoor_json::{self as json, JavaNumber};
use stagedoor_vtl::{BigInteger, CallError, Exceeded, Key, Kind, List, Map, Meter, Pairs, Value};

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
        json::Value::Array(items) => list_from_json(items.iter(), meter)?,
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

/// The same of a list that a path found, or an array holds.
pub(super) fn list_from_json<'v>(
    items: impl ExactSizeIterator<Item = &'v json::Value>,
    meter: &mut Meter,
) -> Result<Value, CallError> {
    meter.bytes(32 + items.len() * size_of::<Value>())?;
    let items = items.map(|item| from_json(item, meter)).collect::<Result<_, _>>()?;
    Ok(Value::List(List::new(Kind::Json, items)))
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

/// A value that leaves the template; what is no JSON leaves as text. Values may stand in many places at once, so each place
/// is charged.
pub(super) fn to_json(value: &Value, depth: u32, meter: &mut Meter) -> Result<json::Value, Exceeded> {
    let below = depth.saturating_sub(1);
    meter.bytes(size_of::<json::Value>())?;
    Ok(match value {
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
        Value::String(text) => {
            meter.bytes(text.len())?;
            json::Value::from(&**text)
        }
        Value::List(_) | Value::Map(_) if depth == 0 => return Err(Exceeded::Depth),
        Value::List(list) => {
            let items = list.items();
            let items = items.iter().map(|item| to_json(item, below, meter));
            json::Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Map(map) => json::Value::Object(members(map, below, meter)?),
        other => json::Value::from(text(other, meter)?),
    })
}

/// The pairs of a map as members of an object.
pub(super) fn members(map: &Map, depth: u32, meter: &mut Meter) -> Result<json::Map, Exceeded> {
    let pairs = map.pairs();
    let member =
        |(key, value): (&Key, &Value)| Ok((text(&key.0, meter)?.into(), to_json(value, depth, meter)?));
    pairs.iter().map(member).collect()
}

/// Java's `toString`.
pub(super) fn text(value: &Value, meter: &mut Meter) -> Result<String, Exceeded> {
    let text = value.to_text(DEPTH)?;
    meter.bytes(text.len())?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use stagedoor_vtl::{Limits, Meter};

    use super::{DEPTH, from_json, text, to_json};

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
            assert_eq!(text(&converted, &mut meter).unwrap(), expected, "{json}");
            assert_eq!(to_json(&converted, DEPTH, &mut meter), Ok(value), "{json}");
        }
    }

    #[test]
    fn conversion_is_metered() {
        let value = stagedoor_json::parse(&format!("[{}0]", "0,".repeat(10_000))).unwrap();
        let mut meter = Meter::new(&Limits { memory: 10_000, ..Limits::default() });
        assert!(from_json(&value, &mut meter).is_err());
    }

    #[test]
    fn values_in_many_places_are_charged_for_each() {
        let mut value = stagedoor_vtl::Value::from("x");
        for _ in 0..40 {
            value = stagedoor_vtl::Value::list(vec![value.clone(), value]);
        }
        let mut meter = Meter::new(&Limits { memory: 1 << 20, ..Limits::default() });
        assert!(to_json(&value, DEPTH, &mut meter).is_err());
    }
}
