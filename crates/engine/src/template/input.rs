//! `$input`: the body and the request's parameters.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_program::{MappingTemplate, Record};
use stagedoor_vtl::{CallError, Key, Map, Meter, Object, Pairs, Value};

use super::document::Document;
use super::scene::Scene;
use super::values::text;
use crate::content::text_of;
use crate::request;

/// `$input`
#[derive(Debug)]
pub(super) struct Input {
    scene: Rc<Scene>,
    template: Arc<MappingTemplate>,
    body: Bytes,
    text: OnceCell<Rc<str>>,
    document: Document,
    parameters: OnceCell<Map>,
}

impl Input {
    pub(super) fn new(scene: Rc<Scene>, template: Arc<MappingTemplate>, body: Bytes) -> Self {
        let (text, document, parameters) = Default::default();
        Self { scene, template, body, text, document, parameters }
    }

    /// An empty body is `{}`.
    fn source(&self) -> Cow<'_, str> {
        if self.body.is_empty() { "{}".into() } else { text_of(&self.body) }
    }

    fn body(&self, meter: &mut Meter) -> Result<Value, CallError> {
        if self.text.get().is_none() {
            meter.bytes(self.body.len())?;
        }
        Ok(Value::String(Rc::clone(self.text.get_or_init(|| Rc::from(&*self.source())))))
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
            ("json", [path]) => {
                let path = text(path, meter)?;
                self.document.json(&self.source(), &path, &self.template, meter).map(Some)
            }
            ("path", [path]) => {
                let path = text(path, meter)?;
                self.document.path(&self.source(), &path, &self.template, meter).map(Some)
            }
            ("params", []) => Ok(Some(Value::Map(self.parameters(meter)?.clone()))),
            ("params", [name]) => {
                let name = text(name, meter)?;
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
