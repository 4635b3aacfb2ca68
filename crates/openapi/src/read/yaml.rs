//! YAML with places: aliases and merge keys resolved, their growth bounded.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Broken, MAX_DEPTH, MAX_NODES, check_unique, too_deep};
use crate::Place;
use crate::node::{Entry, Node, Value, plain};

pub(super) fn read(text: &str) -> Result<Node, Broken> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            Broken::new(place(error.marker().line(), error.marker().col()), error.info().to_owned())
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
    Object { entries: Vec<Entry>, seen: HashSet<String>, key: Option<(String, Place)>, merges: Vec<Node> },
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
            Event::Scalar(text, style, anchor, _) => {
                let value = match style {
                    ScalarStyle::Plain if self.awaits_value() => plain(&text),
                    _ => Value::Text(text.into_owned()),
                };
                self.finish(Node::new(at, value), anchor)
            }
            Event::Alias(anchor) => {
                let size = self.anchors.get(&anchor).map(|node| node.size);
                self.count(size.unwrap_or_default(), at)?;
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| Broken::new(at, "an alias inside what it stands for"))?;
                self.finish(Node { place: at, ..node }, 0)
            }
            Event::SequenceStart(anchor, _) => self.start(at, anchor, OpenKind::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                let kind = OpenKind::Object {
                    entries: Vec::new(),
                    seen: HashSet::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.start(at, anchor, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(Broken::new(at, "a second document in the same file"))
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
            return Err(Broken::new(place, "a key is a list or an object"));
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
                    if seen.insert(merged.key.clone()) {
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
            return Err(Broken::new(place, "too many values, aliases expanded"));
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
                Some((text, _)) if text == "<<" => match node.value {
                    Value::List(items) => merges.extend(items),
                    _ => merges.push(node),
                },
                Some((text, place)) => {
                    check_unique(seen, &text, place)?;
                    entries.push(Entry { key: text, place, value: node });
                }
            },
        }
        Ok(())
    }
}
