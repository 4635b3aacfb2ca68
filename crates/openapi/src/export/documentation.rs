//! Documentation parts at the places they are about, and all of them in `x-amazon-apigateway-documentation`.
//!
//! A part is about everything below its path unless a more specific one of its type is: the longest path wins, then the
//! one with a status code of its own, then the one with a method of its own. Parts about the API, resources, models and
//! authorizers are about exactly one element. A document that can be imported again repeats a part nowhere but at the very
//! element that it names: an import makes a part of every description.

use serde_json::Value;
use stagedoor_model::{DocumentationLocation, DocumentationPart, DocumentationPartType, LocationField};

use super::root::json_or_text;
use super::{Export, Object, put, put_some};

/// How exactly a part names an element; of several parts the most exact counts.
type Exactness = (usize, bool, bool);

impl Export<'_> {
    fn parts(&self) -> &[DocumentationPart] {
        self.options.documentation.map_or(&[], |documentation| documentation.parts)
    }

    /// What is written about the API itself, in `info` and beside it. Documents that can be imported again keep it in
    /// the extension only, because imports make the API's own description of it.
    pub(super) fn document_api(&self, root: &mut Object) {
        if self.extensions().api_gateway {
            return;
        }
        let Some(properties) = self.properties(DocumentationPartType::Api, &[]) else { return };
        if let Some(Value::Object(info)) = root.get_mut("info") {
            info.extend(chosen(&properties, &["description"]));
            if let Some(Value::Object(given)) = properties.get("info") {
                info.extend(chosen(given, &["description", "termsOfService", "contact", "license"]));
            }
        }
        root.extend(chosen(&properties, &["tags", "externalDocs"]));
    }

    /// Writes what is known about an element into it. `at` holds the location's fields in their type's order.
    pub(super) fn document_at(&self, element: &mut Object, kind: DocumentationPartType, at: &[&str]) {
        if let Some(properties) = self.properties(kind, at) {
            element.extend(chosen(&properties, words(kind)));
        }
    }

    fn properties(&self, kind: DocumentationPartType, at: &[&str]) -> Option<Object> {
        let parts = self.parts().iter().filter(|part| part.location.part_type == kind);
        let parts = parts.filter(|part| !self.extensions().api_gateway || is_exactly(&part.location, at));
        let known = parts.filter_map(|part| Some((exactness(&part.location, at)?, part)));
        let (_, part) = known.max_by_key(|(exactness, _)| *exactness)?;
        serde_json::from_str(&part.properties).ok()
    }

    /// The version with all its parts.
    pub(super) fn documentation_extension(&self) -> Option<Object> {
        let documentation = self.options.documentation?;
        let mut object = Object::new();
        put(&mut object, "version", documentation.version);
        put(&mut object, "createdDate", documentation.created.to_string());
        let mut parts: Vec<&DocumentationPart> = documentation.parts.iter().collect();
        parts.sort_by(|one, other| one.location.cmp(&other.location));
        let parts = parts.into_iter().map(part_object).map(Value::Object);
        put(&mut object, "documentationParts", parts.collect::<Vec<_>>());
        Some(object)
    }
}

fn part_object(part: &DocumentationPart) -> Object {
    let mut location = Object::new();
    put(&mut location, "type", part.location.part_type.as_str());
    for field in [LocationField::Path, LocationField::Method, LocationField::StatusCode, LocationField::Name]
    {
        put_some(&mut location, field.as_str(), part.location.field(field));
    }
    let mut object = Object::new();
    put(&mut object, "location", location);
    put(&mut object, "properties", json_or_text(&part.properties));
    object
}

fn is_exactly(location: &DocumentationLocation, at: &[&str]) -> bool {
    let given = location.explicit();
    location
        .part_type
        .fields()
        .iter()
        .map(|field| given.field(*field))
        .eq(at.iter().map(|wanted| Some(*wanted)))
}

/// How exactly a location names the element at `at`; none when it is about others.
fn exactness(location: &DocumentationLocation, at: &[&str]) -> Option<Exactness> {
    let given = location.explicit();
    let mut exactness = (0, false, false);
    for (field, wanted) in location.part_type.fields().iter().zip(at) {
        let given = given.field(*field).unwrap_or_default();
        let is_own = given == *wanted;
        match field {
            LocationField::Path if inherits(location.part_type) => exactness.0 = depth_above(given, wanted)?,
            LocationField::StatusCode if is_own || given == "*" => exactness.1 = is_own,
            LocationField::Method if is_own || given == "*" => exactness.2 = is_own,
            LocationField::Name | LocationField::Path if is_own => {}
            _ => return None,
        }
    }
    Some(exactness)
}

fn inherits(kind: DocumentationPartType) -> bool {
    !matches!(kind, DocumentationPartType::Resource)
}

/// How many segments a path has, when the other is it or below it.
fn depth_above(path: &str, other: &str) -> Option<usize> {
    let segments =
        |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let path = segments(path);
    segments(other).starts_with(&path).then_some(path.len())
}

/// Words of documentation that an element of a document has itself; others stand in the extension only.
fn words(kind: DocumentationPartType) -> &'static [&'static str] {
    match kind {
        DocumentationPartType::Method => &["summary", "description", "tags", "externalDocs", "deprecated"],
        DocumentationPartType::Resource => &["summary", "description"],
        DocumentationPartType::Model => &["title", "description", "externalDocs"],
        _ => &["description"],
    }
}

fn chosen(properties: &Object, words: &[&str]) -> Object {
    let members = words.iter().filter_map(|word| properties.get_key_value(*word));
    members.map(|(word, value)| (word.clone(), value.clone())).collect()
}
