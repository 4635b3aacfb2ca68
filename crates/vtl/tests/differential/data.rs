//! The variables of the cases, out of one JSON document.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use serde_json::value::RawValue;
use stagedoor_vtl::{BigInteger, Host, Key, Kind, List, Map, Value};

use crate::golden::Dialect;

/// The document; values are made anew for each rendering, which may change them.
pub(crate) struct Data {
    variables: HashMap<String, Box<RawValue>>,
}

/// The variables of one rendering.
pub(crate) struct Variables<'d> {
    data: &'d Data,
    lists: Kind,
}

impl Data {
    pub(crate) fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).expect("the context is there");
        Self { variables: serde_json::from_str(&text).expect("the context is JSON") }
    }

    pub(crate) fn host(&self, dialect: Dialect) -> Variables<'_> {
        let lists = if dialect == Dialect::ApiGateway { Kind::Json } else { Kind::List };
        Variables { data: self, lists }
    }
}

impl Host for Variables<'_> {
    fn variable(&mut self, name: &str) -> Option<Value> {
        let text = self.data.variables.get(name)?.get();
        if let Some(big) = BigInteger::parse(text).filter(|_| text.len() > 20) {
            return Some(Value::BigInteger(Rc::new(big)));
        }
        Some(value(&serde_json::from_str(text).expect("JSON"), self.lists))
    }
}

fn value(json: &serde_json::Value, lists: Kind) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(integer) => Value::integer(integer),
            None => Value::Double(number.as_f64().expect("a number")),
        },
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => {
            Value::List(List::new(lists, items.iter().map(|item| value(item, lists)).collect()))
        }
        serde_json::Value::Object(members) => Value::Map(Map::new(
            members
                .iter()
                .map(|(key, member)| (Key(Value::from(key.as_str())), value(member, lists)))
                .collect(),
        )),
    }
}
