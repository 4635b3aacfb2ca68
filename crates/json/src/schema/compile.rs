//! From schema documents to nodes. What several places refer to is compiled once; what refers to itself ends.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::read::Reader;
use super::{Id, Node, Schema, SchemaError, SchemaProblem};
use crate::Value;

/// Nodes of one schema together with all that it refers to.
const MAX_NODES: usize = 50_000;
/// References that lead to references.
const MAX_HOPS: usize = 100;

/// Where a schema object stands: its document and the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// Empty for the document that is compiled.
    pub(super) url: Arc<str>,
    /// Keys and indices, escaped as in a JSON pointer.
    pub(super) pointer: String,
}

impl Place {
    pub(super) fn child(&self, keyword: &str, key: Option<&str>) -> Self {
        let mut pointer = format!("{}/{keyword}", self.pointer);
        if let Some(key) = key {
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        Self { url: Arc::clone(&self.url), pointer }
    }

    pub(super) fn error(&self, problem: SchemaProblem) -> SchemaError {
        SchemaError { place: format!("{}#{}", self.url, self.pointer), problem }
    }
}

/// The state of one compilation.
pub(super) struct Compiler<'d> {
    fetch: &'d dyn Fn(&str) -> Option<Arc<Value>>,
    documents: HashMap<Arc<str>, Option<Arc<Value>>>,
    ids: HashMap<Place, Id>,
    /// Places that have an id, and no node yet.
    pending: VecDeque<Place>,
}

pub(super) fn compile(
    schema: Arc<Value>,
    fetch: &dyn Fn(&str) -> Option<Arc<Value>>,
) -> Result<Schema, SchemaError> {
    let root = Place { url: "".into(), pointer: String::new() };
    let mut compiler = Compiler {
        fetch,
        documents: HashMap::from([(Arc::clone(&root.url), Some(schema))]),
        ids: HashMap::new(),
        pending: VecDeque::new(),
    };
    let root = compiler.id(&root)?;
    let mut nodes = Vec::new();
    // Ids are given in the order of the line.
    while let Some(place) = compiler.pending.pop_front() {
        nodes.push(compiler.node(&place)?);
    }
    Ok(Schema { nodes: nodes.into(), root })
}

impl Compiler<'_> {
    /// The id of the schema at a place, after following what it refers to.
    pub(super) fn id(&mut self, place: &Place) -> Result<Id, SchemaError> {
        let place = self.resolved(place)?;
        if let Some(id) = self.ids.get(&place) {
            return Ok(*id);
        }
        if self.ids.len() >= MAX_NODES {
            return Err(place.error(SchemaProblem::TooLarge));
        }
        let id = Id::try_from(self.ids.len()).map_err(|_| place.error(SchemaProblem::TooLarge))?;
        self.ids.insert(place.clone(), id);
        self.pending.push_back(place);
        Ok(id)
    }

    fn node(&mut self, place: &Place) -> Result<Node, SchemaError> {
        let document = self.document(&place.url);
        let schema = document.as_deref().and_then(|document| find(document, &place.pointer));
        let Some(members) = schema.and_then(Value::as_object) else {
            return Err(place.error(SchemaProblem::NoObject));
        };
        Reader { compiler: self, place, members }.node()
    }

    fn document(&mut self, url: &Arc<str>) -> Option<Arc<Value>> {
        let fetch = self.fetch;
        self.documents.entry(Arc::clone(url)).or_insert_with(|| fetch(url)).clone()
    }

    /// The place that a chain of references ends at. `$ref` is alone: what stands beside it does not count.
    fn resolved(&mut self, start: &Place) -> Result<Place, SchemaError> {
        let mut place = start.clone();
        let mut reference: Option<String> = None;
        for _ in 0..MAX_HOPS {
            let document = self.document(&place.url);
            let schema = document.as_deref().and_then(|document| find(document, &place.pointer));
            let Some(schema) = schema else {
                return Err(start.error(SchemaProblem::Unresolved(reference.unwrap_or_default())));
            };
            let Some(next) = schema.get("$ref") else { return Ok(place) };
            let Some(next) = next.as_str() else {
                return Err(place.error(SchemaProblem::Keyword("$ref", "a string")));
            };
            place = target(&place.url, next);
            reference = Some(next.to_owned());
        }
        Err(start.error(SchemaProblem::Circle(reference.unwrap_or_default())))
    }
}

/// Where a reference leads that stands in a document.
fn target(from: &Arc<str>, reference: &str) -> Place {
    let (url, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let url = if url.is_empty() { Arc::clone(from) } else { url.into() };
    Place { url, pointer: decoded(fragment) }
}

/// A fragment without percent-encoding; bytes that are no text lead nowhere.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a JSON pointer leads to.
fn find<'d>(document: &'d Value, pointer: &str) -> Option<&'d Value> {
    if pointer.is_empty() {
        return Some(document);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(document, |value, key| match value {
        Value::Object(members) => members.get(&key.replace("~1", "/").replace("~0", "~")),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    })
}
