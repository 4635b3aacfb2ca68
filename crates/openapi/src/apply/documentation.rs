//! `x-amazon-apigateway-documentation` into documentation parts.
//!
//! In: the extension, and the texts that plain OpenAPI elements carry. Out: parts, one for each location; the extension's
//! win. A part whose location is known keeps its id.

use std::collections::BTreeMap;

use stagedoor_model::{DocumentationLocation, DocumentationPart, DocumentationPartType};

use super::reading::Reading;
use super::{Import, ImportError, Warning};
use crate::node::Node;
use crate::{Document, Place};

const EXTENSION: &str = "x-amazon-apigateway-documentation";
const LOCATION: [&str; 5] = ["type", "path", "method", "statusCode", "name"];

/// A part as a document says it, its location written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractedPart {
    pub location: DocumentationLocation,
    /// The text of a JSON object.
    pub properties: String,
    pub place: Place,
}

/// The parts that a document lists in its extension, none when it has no such extension, and what it says besides.
///
/// # Errors
/// Everything in the extension that makes no part.
pub fn documentation_parts(
    document: &Document,
) -> Result<(Vec<ExtractedPart>, Vec<Warning>), Vec<ImportError>> {
    let mut reading = Reading::new(&document.root);
    let parts = reading.documentation_parts();
    if reading.errors.is_empty() { Ok((parts, reading.warnings)) } else { Err(reading.errors) }
}

impl<'a> Reading<'a> {
    fn documentation_parts(&mut self) -> Vec<ExtractedPart> {
        let Some(documentation) = self.object(self.root, EXTENSION) else { return Vec::new() };
        let mut places: BTreeMap<DocumentationLocation, Place> = BTreeMap::new();
        let mut parts = Vec::new();
        for node in self.items(documentation, "documentationParts") {
            let Some(part) = self.documentation_part(node) else { continue };
            if let Some(first) = places.insert(part.location.clone(), node.place) {
                let reason = format!("another part for this location stands on line {}", first.line);
                self.fail_part(node, &reason);
            }
            parts.push(part);
        }
        parts
    }

    fn documentation_part(&mut self, node: &'a Node) -> Option<ExtractedPart> {
        if !self.is_object(node) {
            return None;
        }
        for key in ["location", "properties"].into_iter().filter(|key| node.entry(key).is_none()) {
            self.fail_part(node, &format!("'{key}' is missing"));
        }
        let location = self.object(node, "location").and_then(|location| self.location(location));
        let properties = self.object(node, "properties").map(Node::to_json);
        Some(ExtractedPart { location: location?, properties: properties?, place: node.place })
    }

    fn location(&mut self, node: &'a Node) -> Option<DocumentationLocation> {
        let text = self.text(node, "type").unwrap_or_default();
        let Some(part_type) = DocumentationPartType::parse(&text) else {
            self.fail_part(node, &format!("'{text}' is no type of documentation part"));
            return None;
        };
        for entry in node.entries().iter().filter(|entry| !LOCATION.contains(&entry.key.as_str())) {
            self.warn(entry.place, format!("Ignoring '{}' of a documentation part's location", entry.key));
        }
        let location = DocumentationLocation {
            part_type,
            path: self.text(node, "path"),
            method: self.text(node, "method"),
            status_code: self.text(node, "statusCode"),
            name: self.text(node, "name"),
        };
        match location.check() {
            Ok(()) => Some(location.explicit()),
            Err(problem) => {
                self.fail_part(node, &problem.to_string());
                None
            }
        }
    }

    fn fail_part(&mut self, node: &Node, reason: &str) {
        self.fail(node.place, format!("Unable to create documentation part: {reason}"));
    }
}

impl Import<'_> {
    /// Runs last: a part may be about anything.
    pub(super) fn apply_documentation(&mut self) {
        let mut wanted = self.descriptions.take();
        for part in self.reading.documentation_parts() {
            wanted.insert(part.location, part.properties);
        }
        let known = std::mem::take(&mut self.tree.documentation_parts);
        let mut ids: BTreeMap<DocumentationLocation, String> =
            known.values().map(|part| (part.location.explicit(), part.id.clone())).collect();
        if !self.overwrites() {
            self.tree.documentation_parts = known;
        }
        for (location, properties) in wanted {
            let id = ids.remove(&location).unwrap_or_else(|| self.entropy.id(6));
            let part = DocumentationPart { id: id.clone(), location, properties };
            self.tree.documentation_parts.insert(id, part);
        }
    }
}
