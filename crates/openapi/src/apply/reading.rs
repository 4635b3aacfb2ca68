//! Values of a document by the type that they must have, and the findings when they have another.
//!
//! A wrong type is worded as AWS words it. Where it stands decides how bad it is: in a plain OpenAPI element the value is
//! left out with a warning, as AWS does; in an extension or in what guards calls it fails the import, because leaving it
//! out would open or change what is served.

use std::cell::OnceCell;
use std::collections::HashMap;

use stagedoor_model::Map;

use super::{ImportError, Warning};
use crate::Place;
use crate::node::{Entry, Node, Value};

/// Nobody reads more than this, and a hostile document could have a million.
const MOST_ERRORS: usize = 100;
const MOST_WARNINGS: usize = 1000;
/// How long a chain of `$ref`s may be.
const MAX_REFERENCES: usize = 32;
/// Keys below which nothing may be dropped.
const GUARDS: [&str; 3] = ["security", "securityDefinitions", "securitySchemes"];
const EXTENSION: &str = "x-amazon-apigateway-";

/// A document being read, and what was found.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) root: &'a Node,
    pub(super) warnings: Vec<Warning>,
    pub(super) errors: Vec<ImportError>,
    /// Only findings ask for them.
    ways: OnceCell<Ways<'a>>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(root: &'a Node) -> Self {
        Self { root, warnings: Vec::new(), errors: Vec::new(), ways: OnceCell::new() }
    }

    pub(super) fn warn(&mut self, place: Place, message: impl Into<String>) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(Warning { place, message: message.into() });
        }
    }

    pub(super) fn fail(&mut self, place: Place, message: impl Into<String>) {
        if !self.is_hopeless() {
            self.errors.push(ImportError { place, message: message.into() });
        }
    }

    /// Whether so much is wrong that looking further helps nobody.
    pub(super) fn is_hopeless(&self) -> bool {
        self.errors.len() >= MOST_ERRORS
    }

    /// Follows `$ref`s inside the document.
    pub(super) fn resolve(&mut self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.entry("$ref").map(|entry| &entry.value) else { return Some(node) };
            let Some(text) = reference.as_text() else {
                self.wrong_type(reference, "string");
                return None;
            };
            let Some(target) = text.strip_prefix("#/").and_then(|pointer| self.root.at(pointer)) else {
                self.fail(reference.place, dangling(text));
                return None;
            };
            node = target;
        }
        self.fail(node.place, "`$ref`s that go round in a circle");
        None
    }

    /// A scalar as it is written; the empty one is none.
    pub(super) fn text(&mut self, node: &'a Node, key: &str) -> Option<String> {
        self.read(node, key, "string", Node::scalar).filter(|text| !text.is_empty())
    }

    /// The same with its place.
    pub(super) fn placed(&mut self, node: &'a Node, key: &str) -> Option<(Place, String)> {
        let text = self.text(node, key)?;
        node.entry(key).map(|entry| (entry.value.place, text))
    }

    pub(super) fn flag(&mut self, node: &'a Node, key: &str) -> Option<bool> {
        self.read(node, key, "boolean", Node::as_bool)
    }

    pub(super) fn object(&mut self, node: &'a Node, key: &str) -> Option<&'a Node> {
        self.read(node, key, "object", |value| Some(value).filter(|value| value.is_object()))
    }

    /// The entries of an object; none when it is not there.
    pub(super) fn entries(&mut self, node: &'a Node, key: &str) -> &'a [Entry] {
        self.object(node, key).map(Node::entries).unwrap_or_default()
    }

    /// The entries of an object that are objects themselves, vendors' extensions excepted.
    pub(super) fn objects(&mut self, node: &'a Node, key: &str) -> Vec<&'a Entry> {
        let given = self.entries(node, key).iter().filter(|entry| !entry.key.starts_with("x-"));
        given.filter(|entry| self.is_object(&entry.value)).collect()
    }

    /// Whether a value is an object; said if not.
    pub(super) fn is_object(&mut self, node: &'a Node) -> bool {
        if !node.is_object() {
            self.wrong_type(node, "object");
        }
        node.is_object()
    }

    /// The items of a list; none when it is not there.
    pub(super) fn items(&mut self, node: &'a Node, key: &str) -> &'a [Node] {
        let list = self.read(node, key, "array", |value| Some(value).filter(|value| value.is_list()));
        list.map(Node::items).unwrap_or_default()
    }

    pub(super) fn texts(&mut self, node: &'a Node, key: &str) -> Vec<String> {
        let items = self.items(node, key).iter();
        items.filter_map(|item| self.expect(item, "string", item.scalar())).collect()
    }

    /// Texts by name.
    pub(super) fn text_map(&mut self, node: &'a Node, key: &str) -> Map<String> {
        let entries = self.entries(node, key).iter();
        let text = |entry: &'a Entry| {
            let text = self.expect(&entry.value, "string", entry.value.scalar())?;
            Some((entry.key.clone(), text))
        };
        entries.filter_map(text).collect()
    }

    fn read<T>(
        &mut self,
        node: &'a Node,
        key: &str,
        expected: &str,
        read: impl FnOnce(&'a Node) -> Option<T>,
    ) -> Option<T> {
        let value = &node.entry(key)?.value;
        self.expect(value, expected, read(value))
    }

    fn expect<T>(&mut self, node: &Node, expected: &str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.wrong_type(node, expected);
        }
        found
    }

    pub(super) fn wrong_type(&mut self, node: &Node, expected: &str) {
        if self.is_hopeless() {
            return;
        }
        let Some(path) = self.path_to(node) else {
            // Only the path tells whether something would be open without the value.
            return self.fail(node.place, format!("Parse issue: not of type `{expected}`"));
        };
        let message = format!("Parse issue: attribute {} is not of type `{expected}`", shown(&path));
        if is_guarded(&path) {
            self.fail(node.place, message);
        } else if node.value != Value::Null {
            self.warn(node.place, message);
        }
    }

    /// Says of keys that OpenAPI does not have that nobody reads them.
    pub(super) fn warn_about_unexpected(&mut self, node: &'a Node, known: &[&str]) {
        let is_known = |key: &str| known.contains(&key) || key.starts_with("x-");
        for entry in node.entries().iter().filter(|entry| !is_known(&entry.key)) {
            if self.is_full() {
                return;
            }
            let path = self.path_to(&entry.value).unwrap_or_default();
            self.warn(entry.place, format!("Parse issue: attribute {} is unexpected", shown(&path)));
        }
    }

    pub(super) fn warn_about_missing(&mut self, node: &'a Node, key: &'static str) {
        if self.is_full() {
            return;
        }
        let mut path = self.path_to(node).unwrap_or_default();
        path.push(Step::Key(key));
        self.warn(node.place, format!("Parse issue: attribute {} is missing", shown(&path)));
    }

    /// Whether further warnings are passed over.
    fn is_full(&self) -> bool {
        self.is_hopeless() || self.warnings.len() >= MOST_WARNINGS
    }

    /// The way from the root to one of its nodes.
    fn path_to(&self, node: &Node) -> Option<Vec<Step<'a>>> {
        self.ways.get_or_init(|| Ways::from(self.root)).to(node)
    }
}

/// One step of the way to a node.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

/// The last step to each node of a document, and where it was taken: a document may have as many findings as nodes.
#[derive(Debug)]
struct Ways<'a> {
    root: usize,
    last_steps: HashMap<usize, (usize, Step<'a>)>,
}

impl<'a> Ways<'a> {
    fn from(root: &'a Node) -> Self {
        let mut ways = Self { root: address(root), last_steps: HashMap::new() };
        ways.add_below(root);
        ways
    }

    fn add_below(&mut self, node: &'a Node) {
        let children = node.entries().iter().map(|entry| (Step::Key(entry.key.as_str()), &entry.value));
        let items = node.items().iter().enumerate().map(|(index, item)| (Step::Item(index), item));
        for (step, child) in children.chain(items) {
            self.last_steps.insert(address(child), (address(node), step));
            self.add_below(child);
        }
    }

    fn to(&self, node: &Node) -> Option<Vec<Step<'a>>> {
        let (mut path, mut at) = (Vec::new(), address(node));
        while at != self.root {
            let (before, step) = self.last_steps.get(&at)?;
            path.push(*step);
            at = *before;
        }
        path.reverse();
        Some(path)
    }
}

fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

fn is_guarded(path: &[Step<'_>]) -> bool {
    path.iter().any(|step| match step {
        Step::Key(key) => key.starts_with(EXTENSION) || GUARDS.contains(key),
        Step::Item(_) => false,
    })
}

/// The way as AWS writes it: `paths.'/pets'(get).parameters.[0].name`.
fn shown(path: &[Step<'_>]) -> String {
    let of_paths = matches!(path.first(), Some(Step::Key("paths")));
    let mut out = String::new();
    for (depth, step) in path.iter().enumerate() {
        let dot = if out.is_empty() { "" } else { "." };
        out.push_str(&match step {
            Step::Key(key) if of_paths && depth == 1 => format!("{dot}'{key}'"),
            Step::Key(key) if of_paths && depth == 2 => format!("({key})"),
            Step::Key(key) => format!("{dot}{key}"),
            Step::Item(index) => format!("{dot}[{index}]"),
        });
    }
    out
}

/// Why a reference cannot be followed.
pub(super) fn dangling(reference: &str) -> String {
    if reference.starts_with('#') {
        return format!("`$ref: {reference}` names nothing in this document");
    }
    format!("`$ref: {reference}` is outside of this document; bring everything into one file first")
}
