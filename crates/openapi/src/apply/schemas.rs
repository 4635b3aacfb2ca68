//! Schemas of the document into models.

use std::collections::BTreeMap;

use serde_json::Value;
use stagedoor_model::Model;

use super::Import;
use crate::node::Node;
use crate::{Place, Version};

/// Words of OpenAPI that JSON Schema draft 4 does not have.
const NOT_JSON_SCHEMA: [&str; 9] = [
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
/// Words whose value is a map of schemas by name.
const MAPS_OF_SCHEMAS: [&str; 4] = ["definitions", "dependencies", "patternProperties", "properties"];
/// Words whose value is data, not a schema.
const DATA: [&str; 2] = ["default", "enum"];

impl<'a> Import<'a> {
    pub(super) fn apply_models(&mut self) {
        let definitions = match self.version {
            Version::Swagger2 => self.root.get("definitions"),
            Version::OpenApi3 => self.root.get("components").and_then(|components| components.get("schemas")),
        };
        let known = self.tree.models.clone();
        if self.overwrites() {
            self.tree.models = BTreeMap::new();
        }
        for entry in definitions.map(Node::entries).unwrap_or_default() {
            let name = model_name(&entry.key);
            if name.is_empty() {
                self.fail(
                    entry.place,
                    format!("Unable to create model for '{}': no letters or digits", entry.key),
                );
                continue;
            }
            let id = known.get(&name).map(|model| model.id.clone());
            self.put_model(name, id, &entry.value);
        }
    }

    fn put_model(&mut self, name: String, id: Option<String>, schema: &Node) {
        let model = Model {
            id: id.unwrap_or_else(|| self.entropy.id(6)),
            name: name.clone(),
            description: schema.get("description").and_then(Node::scalar).filter(|text| !text.is_empty()),
            schema: Some(pretty(&self.json_schema(schema.to_json()))),
            content_type: "application/json".to_owned(),
        };
        self.tree.models.insert(name, model);
    }

    /// The model that a schema in an operation names: the one referred to, or a new one for a schema in place.
    pub(super) fn model_of(&mut self, schema: &'a Node) -> Option<String> {
        if schema.entries().is_empty() {
            return None;
        }
        let Some(reference) = schema.get("$ref") else {
            let name = format!("MODEL{}", self.entropy.id(6));
            self.put_model(name.clone(), None, schema);
            return Some(name);
        };
        let name = reference.as_text().and_then(definition_name).map(model_name);
        let known = name.filter(|name| self.tree.models.contains_key(name));
        if known.is_none() {
            self.refuse_reference(reference.place, reference.as_text().unwrap_or_default());
        }
        known
    }

    fn refuse_reference(&mut self, place: Place, reference: &str) {
        self.fail(place, format!("`$ref: {reference}` names no schema of this document"));
    }

    /// A schema in AWS's form: references are URLs of models, words that JSON Schema lacks are gone.
    fn json_schema(&self, schema: Value) -> Value {
        match schema {
            Value::Array(items) => items.into_iter().map(|item| self.json_schema(item)).collect(),
            Value::Object(members) => {
                let kept = members.into_iter().filter(|(word, _)| is_json_schema(word));
                kept.map(|(word, value)| self.json_schema_word(word, value)).collect()
            }
            other => other,
        }
    }

    fn json_schema_word(&self, word: String, value: Value) -> (String, Value) {
        let value = match value {
            Value::String(reference) if word == "$ref" => self.model_url(&reference).into(),
            Value::Object(schemas) if MAPS_OF_SCHEMAS.contains(&word.as_str()) => {
                schemas.into_iter().map(|(name, schema)| (name, self.json_schema(schema))).collect()
            }
            data if DATA.contains(&word.as_str()) => data,
            other => self.json_schema(other),
        };
        (word, value)
    }

    fn model_url(&self, reference: &str) -> String {
        let name = definition_name(reference).map(model_name);
        name.map_or_else(
            || reference.to_owned(),
            |name| format!("https://apigateway.amazonaws.com/restapis/{}/models/{name}", self.tree.api.id),
        )
    }
}

fn is_json_schema(word: &str) -> bool {
    !NOT_JSON_SCHEMA.contains(&word) && !word.starts_with("x-")
}

fn definition_name(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/definitions/").or_else(|| reference.strip_prefix("#/components/schemas/"))
}

/// Names of models are alphanumeric; other characters of a schema's name are left out.
fn model_name(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// JSON as AWS prints the schemas of imported models.
fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write_pretty(value, 1, &mut out);
    out
}

fn write_pretty(value: &Value, depth: usize, out: &mut String) {
    let indent = |out: &mut String, depth: usize| out.push_str(&format!("\n{}", "  ".repeat(depth)));
    match value {
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                indent(out, depth);
                out.push_str(&format!("{} : ", Value::from(name.as_str())));
                write_pretty(member, depth + 1, out);
            }
            indent(out, depth - 1);
            out.push('}');
        }
        Value::Array(items) if !items.is_empty() => {
            out.push_str("[ ");
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_pretty(item, depth, out);
            }
            out.push_str(" ]");
        }
        other => out.push_str(&other.to_string()),
    }
}
