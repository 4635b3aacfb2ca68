//! Schemas in AWS's form, JSON Schema draft 4: words that draft lacks are rewritten or left out.
//!
//! In: a schema of OpenAPI 3.0, 3.1 or Swagger 2.0, and what its references become. Out: a schema. It must not know
//! models.

use crate::node::{Entry, Node, Value};
use crate::{Place, Version};

/// Words of OpenAPI that are left out without a word, as AWS does.
const IGNORED: [&str; 12] = [
    "$anchor",
    "$comment",
    "$id",
    "deprecated",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "writeOnly",
    "xml",
];
/// The one draft that schemas may say they follow.
const DRAFT: &str = "draft-04";
/// Words of later drafts that nothing in draft 4 says.
const UNSAYABLE: [&str; 16] = [
    "$dynamicAnchor",
    "$dynamicRef",
    "$vocabulary",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "else",
    "if",
    "maxContains",
    "minContains",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$recursiveRef",
];
/// Words whose value is a map of schemas by name.
pub(crate) const MAPS_OF_SCHEMAS: [&str; 4] =
    ["definitions", "dependencies", "patternProperties", "properties"];
/// Words whose value is data, not a schema.
pub(crate) const DATA: [&str; 3] = ["default", "enum", "required"];
/// Words that may hold a plain boolean in draft 4 too.
const BOOLEAN_OR_SCHEMA: [&str; 2] = ["additionalItems", "additionalProperties"];

/// What happens to a reference, and to words that cannot be said.
pub(super) trait Surroundings {
    /// The text of a `$ref` in the result; none when the target is to stand in its place.
    fn reference(&mut self, reference: &Node) -> Target;
    /// A word is left out although it would say something.
    fn left_out(&mut self, entry: &Entry);
}

/// What a reference becomes.
pub(super) enum Target {
    Reference(String),
    Inline(Node),
}

/// A schema in AWS's form.
pub(super) fn draft4(schema: &Node, version: Version, around: &mut impl Surroundings) -> Node {
    Writer { version, around }.schema(schema)
}

struct Writer<'s, S> {
    version: Version,
    around: &'s mut S,
}

impl<S: Surroundings> Writer<'_, S> {
    fn schema(&mut self, node: &Node) -> Node {
        let value = match &node.value {
            Value::Object(entries) => return self.object(node, entries),
            Value::List(items) => Value::List(items.iter().map(|item| self.schema(item)).collect()),
            // Schemas that are plain booleans came with draft 6.
            Value::Bool(true) => Value::Object(Vec::new()),
            Value::Bool(false) => Value::Object(vec![entry(node, "not", Value::Object(Vec::new()))]),
            other => other.clone(),
        };
        Node::new(node.place, value)
    }

    fn object(&mut self, node: &Node, entries: &[Entry]) -> Node {
        let mut written = Vec::new();
        for given in entries {
            if given.key != "$ref" {
                self.word(node, given, &mut written);
                continue;
            }
            match self.around.reference(&given.value) {
                Target::Inline(target) => return target,
                Target::Reference(text) => written.push(entry(&given.value, "$ref", Value::Text(text))),
            }
        }
        Node::new(node.place, Value::Object(written))
    }

    fn word(&mut self, schema: &Node, given: &Entry, written: &mut Vec<Entry>) {
        let key = given.key.as_str();
        let is_other_draft =
            key == "$schema" && !given.value.as_text().is_some_and(|text| text.contains(DRAFT));
        if IGNORED.contains(&key) || key.starts_with("x-") || is_other_draft {
            return;
        }
        if UNSAYABLE.contains(&key) {
            return self.around.left_out(given);
        }
        if self.version == Version::OpenApi31 && self.later_word(schema, given, written) {
            return;
        }
        let value = match &given.value.value {
            _ if DATA.contains(&key) => given.value.clone(),
            Value::Object(_) if MAPS_OF_SCHEMAS.contains(&key) => self.map(&given.value),
            Value::Bool(_) if BOOLEAN_OR_SCHEMA.contains(&key) => given.value.clone(),
            Value::Object(_) | Value::List(_) => self.schema(&given.value),
            Value::Bool(_) if matches!(key, "items" | "not") => self.schema(&given.value),
            _ => given.value.clone(),
        };
        put(written, key, given.place, value);
    }

    /// Words of OpenAPI 3.1 that draft 4 says differently. Some decide about others beside them.
    fn later_word(&mut self, schema: &Node, given: &Entry, written: &mut Vec<Entry>) -> bool {
        let (value, place) = (&given.value, given.place);
        match (given.key.as_str(), &value.value) {
            ("const", _) => {
                let only = Node::new(value.place, Value::List(vec![value.clone()]));
                put(written, "enum", place, only);
            }
            ("enum", _) => return schema.entry("const").is_some(),
            ("minimum", _) => return is_beaten(schema, value, "exclusiveMinimum", |own, other| own <= other),
            ("maximum", _) => return is_beaten(schema, value, "exclusiveMaximum", |own, other| own >= other),
            ("exclusiveMinimum", Value::Number(_)) => {
                if !is_beaten(schema, value, "minimum", |own, other| own < other) {
                    put_bound(written, given, "minimum");
                }
            }
            ("exclusiveMaximum", Value::Number(_)) => {
                if !is_beaten(schema, value, "maximum", |own, other| own > other) {
                    put_bound(written, given, "maximum");
                }
            }
            ("$defs", Value::Object(_)) => put(written, "definitions", place, self.map(value)),
            ("prefixItems", Value::List(_)) => put(written, "items", place, self.schema(value)),
            ("items", _) if schema.entry("prefixItems").is_some() => {
                let rest = if value.as_bool().is_some() { value.clone() } else { self.schema(value) };
                put(written, "additionalItems", place, rest);
            }
            ("dependentSchemas", Value::Object(_)) => put(written, "dependencies", place, self.map(value)),
            ("dependentRequired", Value::Object(_)) => put(written, "dependencies", place, value.clone()),
            _ => return false,
        }
        true
    }

    /// Schemas by name.
    fn map(&mut self, node: &Node) -> Node {
        let entries = node.entries().iter().map(|named| Entry {
            key: named.key.clone(),
            place: named.place,
            value: match &named.value.value {
                // The names that a dependency asks for.
                Value::List(items) if items.iter().all(|item| item.as_text().is_some()) => {
                    named.value.clone()
                }
                _ => self.schema(&named.value),
            },
        });
        let entries = entries.collect();
        Node::new(node.place, Value::Object(entries))
    }
}

/// Whether a bound says nothing beside another one.
fn is_beaten(schema: &Node, own: &Node, other: &str, beats: impl Fn(f64, f64) -> bool) -> bool {
    let number = |node: &Node| match &node.value {
        Value::Number(text) => text.parse::<f64>().ok(),
        _ => None,
    };
    let other = schema.get(other).and_then(number);
    number(own).zip(other).is_some_and(|(own, other)| beats(own, other))
}

/// An exclusive bound, which draft 4 writes as a number and a flag.
fn put_bound(written: &mut Vec<Entry>, given: &Entry, bound: &str) {
    put(written, bound, given.place, given.value.clone());
    put(written, &given.key, given.place, Node::new(given.place, Value::Bool(true)));
}

/// Adds a word; maps that two words of a later draft fill become one.
fn put(written: &mut Vec<Entry>, key: &str, place: Place, value: Node) {
    let Some(known) = written.iter_mut().find(|entry| entry.key == key) else {
        return written.push(Entry { key: key.to_owned(), place, value });
    };
    match (&mut known.value.value, value.value) {
        (Value::Object(known), Value::Object(more)) => {
            known.retain(|entry| more.iter().all(|other| other.key != entry.key));
            known.extend(more);
        }
        (known, value) => *known = value,
    }
}

fn entry(at: &Node, key: &str, value: Value) -> Entry {
    Entry { key: key.to_owned(), place: at.place, value: Node::new(at.place, value) }
}
