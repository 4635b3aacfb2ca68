//! `$input`: the body and the request's parameters.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_json::{self as json, Found, Path, Problem, Slashes};
use stagedoor_program::{MappingTemplate, Record};
use stagedoor_vtl::{CallError, Key, Map, Meter, Object, Pairs, Value};

use super::scene::Scene;
use super::values::{from_json, text};
use crate::request;

/// `$input`
#[derive(Debug)]
pub(super) struct Input {
    scene: Rc<Scene>,
    template: Arc<MappingTemplate>,
    body: Bytes,
    text: OnceCell<Rc<str>>,
    /// The body as JSON, once a path asked for it; none when it is none.
    parsed: OnceCell<Result<json::Value, json::ParseError>>,
    parameters: OnceCell<Map>,
}

impl Input {
    pub(super) fn new(scene: Rc<Scene>, template: Arc<MappingTemplate>, body: Bytes) -> Self {
        let (text, parsed, parameters) = Default::default();
        Self { scene, template, body, text, parsed, parameters }
    }

    /// An empty body is `{}`.
    fn source(&self) -> Cow<'_, str> {
        if self.body.is_empty() { "{}".into() } else { String::from_utf8_lossy(&self.body) }
    }

    fn body(&self, meter: &mut Meter) -> Result<Value, CallError> {
        if self.text.get().is_none() {
            meter.bytes(self.body.len())?;
        }
        Ok(Value::String(Rc::clone(self.text.get_or_init(|| Rc::from(&*self.source())))))
    }

    /// The body as JSON; none when it is something else.
    fn document(&self, meter: &mut Meter) -> Result<Option<&json::Value>, CallError> {
        if self.parsed.get().is_none() {
            meter.bytes(self.body.len().saturating_mul(2))?;
        }
        match self.parsed.get_or_init(|| json::parse(&self.source())) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.problem == Problem::Depth => {
                Err(CallError::thrown(format!("the body is {error}")))
            }
            Err(_) => Ok(None),
        }
    }

    /// What a path finds; none in a body that is no JSON.
    fn find(&self, path: &str, meter: &mut Meter) -> Result<Found<'_>, CallError> {
        let Some(document) = self.document(meter)? else { return Ok(Found::Missing) };
        let thrown = |error: &dyn std::fmt::Display| CallError::thrown(error.to_string());
        let found = match self.template.path(path) {
            Some(path) => path.find(document),
            None => {
                meter.bytes(path.len() * 8)?;
                Path::parse(path).map_err(|error| thrown(&error))?.find(document)
            }
        };
        found.map_err(|error| thrown(&error))
    }

    /// JSON text; of what is missing, two quotes.
    fn json(&self, path: &str, meter: &mut Meter) -> Result<Value, CallError> {
        let found = self.find(path, meter)?;
        let mut text = String::new();
        match &found {
            Found::Missing => text.push_str("\"\""),
            found => found.push_json(Slashes::Bare, &mut text),
        }
        meter.bytes(text.len())?;
        Ok(Value::string(text))
    }

    fn path(&self, path: &str, meter: &mut Meter) -> Result<Value, CallError> {
        match self.find(path, meter)? {
            Found::Missing => Ok(Value::Null),
            Found::Value(value) => from_json(&value, meter),
            list @ Found::List(_) => match list.into_value() {
                Some(value) => from_json(&value, meter),
                None => Ok(Value::Null),
            },
        }
    }

    /// All parameters: maps of last values under `path`, `querystring` and `header`.
    fn parameters(&self, meter: &mut Meter) -> Result<&Map, CallError> {
        if let Some(map) = self.parameters.get() {
            return Ok(map);
        }
        meter.bytes(4096)?;
        let map = self.scene.read(|record| Some(parameters(record))).unwrap_or_default();
        Ok(self.parameters.get_or_init(|| map))
    }
}

impl Object for Input {
    fn property(&self, name: &str, meter: &mut Meter) -> Result<Option<Value>, CallError> {
        if name == "body" { self.body(meter).map(Some) } else { Ok(None) }
    }

    fn call(&self, name: &str, arguments: &[Value], meter: &mut Meter) -> Result<Option<Value>, CallError> {
        match (name, arguments) {
            ("json", [path]) => self.json(&text(path), meter).map(Some),
            ("path", [path]) => self.path(&text(path), meter).map(Some),
            ("params", []) => Ok(Some(Value::Map(self.parameters(meter)?.clone()))),
            ("params", [name]) => {
                let name = text(name);
                let value = self.scene.read(|record| parameter(record, &name).map(Cow::into_owned));
                Ok(Some(Value::string(value.unwrap_or_default())))
            }
            _ => Ok(None),
        }
    }

    fn print(&self, out: &mut String) {
        out.push_str("$input");
    }
}

/// The first value that is not empty, of the path, the query, the headers.
fn parameter<'r>(record: &'r Record, name: &str) -> Option<Cow<'r, str>> {
    let filled = |value: &Cow<'_, str>| !value.is_empty();
    let path = || record.path_parameter(name).map(Cow::from).filter(filled);
    let query = || {
        let pairs = request::query(record.head.query());
        pairs.filter(|(key, _)| key == name).last().map(|(_, value)| value).filter(filled)
    };
    path().or_else(query).or_else(|| request::spelled_header(record, name).filter(filled))
}

fn parameters(record: &Record) -> Map {
    let path = record.path_parameters().map(|(name, value)| (name.into(), value.into()));
    let kinds = [
        ("path", map_of(path)),
        ("querystring", map_of(request::query(record.head.query()))),
        ("header", map_of(request::spelled_headers(record))),
    ];
    let pairs = kinds.into_iter().map(|(name, map)| (Key(Value::from(name)), Value::Map(map)));
    Map::new(pairs.collect::<Pairs>())
}

/// The last value of each name.
fn map_of<'r>(pairs: impl IntoIterator<Item = (Cow<'r, str>, Cow<'r, str>)>) -> Map {
    let pairs = pairs.into_iter().map(|(name, value)| (Key(Value::from(&*name)), Value::from(&*value)));
    Map::new(pairs.collect::<Pairs>())
}
