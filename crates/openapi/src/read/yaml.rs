//! YAML with places: aliases and merge keys resolved, their growth bounded.
//!
//! Scalars follow YAML 1.2's core schema, so `yes` and `on` are texts. Merge keys (`<<`) are YAML 1.1's, and taken:
//! people share parts of operations with them.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::{Broken, MAX_DEPTH, MAX_NODES, check_unique, too_deep};
use crate::Place;
use crate::node::{Entry, Node, Value, plain};

pub(super) fn read(text: &str) -> Result<Node, Broken> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let place = place(error.marker().line(), error.marker().col());
            let broken = Broken::new(place, error.info().to_owned());
            if error.info().contains("tab") { broken.help("YAML is indented with spaces") } else { broken }
        })?;
        builder.accept(event, span)?;
    }
    builder.root.ok_or_else(|| Broken::new(Place::START, "the document is empty"))
}

fn place(line: usize, column: usize) -> Place {
    let bounded = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Place { line: bounded(line), column: bounded(column).saturating_add(1) }
}

/// A list or object that is not complete yet.
struct Open {
    place: Place,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Object {
        entries: Vec<Entry>,
        seen: HashMap<String, Place>,
        key: Option<(String, Place)>,
        merges: Vec<Node>,
    },
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    root: Option<Node>,
}

impl Builder {
    fn accept(&mut self, event: Event<'_>, span: Span) -> Result<(), Broken> {
        let at = place(span.start.line(), span.start.col());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == ScalarStyle::Plain && self.awaits_value();
                let value = scalar(&text, is_plain, tag.as_deref(), at)?;
                self.finish(Node::new(at, value), anchor)
            }
            Event::Alias(anchor) => {
                let size = self.anchors.get(&anchor).map(|node| node.size);
                self.count(size.unwrap_or_default(), at)?;
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| Broken::refused(at, "an alias inside what it stands for"))?;
                self.finish(Node { place: at, ..node }, 0)
            }
            Event::SequenceStart(anchor, tag) => {
                check_tag(tag.as_deref(), "seq", at)?;
                self.start(at, anchor, OpenKind::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                check_tag(tag.as_deref(), "map", at)?;
                let kind = OpenKind::Object {
                    entries: Vec::new(),
                    seen: HashMap::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.start(at, anchor, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(Broken::refused(at, "a second document in the same file"))
            }
            _ => Ok(()),
        }
    }

    /// Keys stay as written: a status code such as `200` is a text there.
    fn awaits_value(&self) -> bool {
        !matches!(self.open.last(), Some(Open { kind: OpenKind::Object { key: None, .. }, .. }))
    }

    fn start(&mut self, place: Place, anchor: usize, kind: OpenKind) -> Result<(), Broken> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(place));
        }
        if !self.awaits_value() {
            return Err(Broken::refused(place, "a key is a list or an object"));
        }
        self.open.push(Open { place, anchor, kind });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Broken> {
        let Some(Open { place, anchor, kind }) = self.open.pop() else { return Ok(()) };
        let value = match kind {
            OpenKind::List(items) => Value::List(items),
            OpenKind::Object { mut entries, mut seen, merges, .. } => {
                for merged in merges.iter().flat_map(|merge| merge.entries()) {
                    if !seen.contains_key(&merged.key) {
                        seen.insert(merged.key.clone(), merged.place);
                        entries.push(merged.clone());
                    }
                }
                Value::Object(entries)
            }
        };
        self.finish(Node::new(place, value), anchor)
    }

    /// Counts values before they are made, so that aliases of aliases cannot grow without bound.
    fn count(&mut self, values: usize, place: Place) -> Result<(), Broken> {
        self.nodes = self.nodes.saturating_add(values);
        if self.nodes > MAX_NODES {
            return Err(Broken::refused(place, "too many values, aliases expanded"));
        }
        Ok(())
    }

    /// Puts a complete node where it belongs.
    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Broken> {
        self.count(1, node.place)?;
        if anchor > 0 {
            // The copy kept for aliases counts too.
            self.count(node.size, node.place)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Object { entries, seen, key, merges }) => match key.take() {
                None => {
                    let text = node.scalar().unwrap_or_default();
                    *key = Some((text, node.place));
                }
                Some((text, place)) if text == "<<" => merges.extend(merged(node, place)?),
                Some((text, place)) => {
                    check_unique(seen, &text, place)?;
                    entries.push(Entry { key: text, place, value: node });
                }
            },
        }
        Ok(())
    }
}

/// The objects that a merge key names, the first of which wins.
fn merged(node: Node, place: Place) -> Result<Vec<Node>, Broken> {
    let given = match node.value {
        Value::List(items) => items,
        _ => vec![node],
    };
    if given.iter().all(Node::is_object) {
        return Ok(given);
    }
    Err(Broken::refused(place, "a merge key takes an object or a list of objects"))
}

/// A scalar; a tag of the core schema decides over quotes.
fn scalar(text: &str, is_plain: bool, tag: Option<&Tag>, at: Place) -> Result<Value, Broken> {
    let as_text = || Value::Text(text.to_owned());
    let Some(tag) = tag else { return Ok(if is_plain { plain(text) } else { as_text() }) };
    if !tag.is_yaml_core_schema() {
        return Err(unknown_tag(tag, at));
    }
    match (tag.suffix.as_str(), plain(text)) {
        ("str", _) => Ok(as_text()),
        ("null", value @ Value::Null)
        | ("bool", value @ Value::Bool(_))
        | ("int" | "float", value @ Value::Number(_)) => Ok(value),
        ("null" | "bool" | "int" | "float", _) => {
            Err(Broken::refused(at, format!("`{text}` is not of the type that `!!{}` says", tag.suffix)))
        }
        _ => Err(unknown_tag(tag, at)),
    }
}

fn check_tag(tag: Option<&Tag>, allowed: &str, at: Place) -> Result<(), Broken> {
    match tag {
        Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == allowed) => Err(unknown_tag(tag, at)),
        _ => Ok(()),
    }
}

fn unknown_tag(tag: &Tag, at: Place) -> Broken {
    let name = if tag.is_yaml_core_schema() {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    };
    Broken::refused(at, format!("the tag `{name}` is not supported")).help(
        "tags such as !Sub are CloudFormation's, which resolves them before API Gateway reads the document",
    )
}
