//! Reading the keys of `stagedoor.yaml`: every key is known or a problem, every value has its type or is a problem.

use std::path::Path;
use std::str::FromStr;

use super::problem::{Problem, suggestion};
use super::tree::{Entry, Node, Place, Value};

/// Collects problems while a document is read.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) file: &'a Path,
    pub(crate) problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Notes a problem.
    pub(crate) fn complain(&mut self, place: Place, message: impl Into<String>) {
        self.problems.push(Problem::new(self.file, place, message));
    }

    /// The entries of a map whose keys must be among `known`; unknown ones are left out.
    pub(crate) fn keys<'n>(&mut self, node: &'n Node, known: &[&str]) -> Vec<&'n Entry> {
        let entries = self.map(node);
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let hint = match suggestion(&entry.key, known) {
                Some(word) => format!("did you mean `{word}`?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.complain(entry.place, format!("unknown key `{}`; {hint}", entry.key));
        }
        entries.iter().filter(|entry| known.contains(&entry.key.as_str())).collect()
    }

    /// The entries of a map with any keys.
    pub(crate) fn map<'n>(&mut self, node: &'n Node) -> &'n [Entry] {
        match &node.value {
            Value::Map(entries) => entries,
            // `functions:` with nothing below it.
            Value::Scalar(text) if text.is_empty() || text == "~" || text == "null" => &[],
            _ => {
                self.complain(node.place, "expected keys with values");
                &[]
            }
        }
    }

    /// The items of a list.
    pub(crate) fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            _ => {
                self.complain(node.place, "expected a list");
                &[]
            }
        }
    }

    /// A text.
    pub(crate) fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Scalar(text) => Some(text),
            _ => {
                self.complain(node.place, "expected a text");
                None
            }
        }
    }

    /// A text that parses as `T`; `what` says what was expected.
    pub(crate) fn parsed<T: FromStr>(&mut self, node: &Node, what: &str) -> Option<T> {
        let text = self.text(node)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.complain(node.place, format!("`{text}` is not {what}"));
        }
        parsed
    }

    /// A map of texts.
    pub(crate) fn texts(&mut self, node: &Node) -> Vec<(String, String)> {
        let entries = self.map(node);
        let mut found = Vec::with_capacity(entries.len());
        for entry in entries {
            if let Some(text) = self.text(&entry.value) {
                found.push((entry.key.clone(), text.to_owned()));
            }
        }
        found
    }
}
