//! What the control plane reads inside a schema's text: whether it is a schema, what it refers to, and the sample
//! template that `GetModelTemplate` draws from it.
//!
//! In: schema texts. Out: texts. It must not validate values against schemas: the data plane does.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use stagedoor_json::{Schema, SchemaProblem};
use stagedoor_model::ApiTree;

/// Deeper schemas are cut off in samples; recursive ones would never end.
const SAMPLE_DEPTH: usize = 8;

/// Why a text is refused as a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaFault {
    /// No JSON, or nothing that draft 4 allows.
    Invalid,
    /// A reference that is neither within the schema nor a model's URL.
    Reference,
}

/// Whether the text is a schema of draft 4. What it refers to need not exist yet: models may refer to each other.
pub(super) fn check(text: &str) -> Result<(), SchemaFault> {
    let parsed = stagedoor_json::parse(text).map_err(|_| SchemaFault::Invalid)?;
    if parsed.as_object().is_none() {
        return Err(SchemaFault::Invalid);
    }
    if let Ok(value) = serde_json::from_str(text) {
        let mut canonical = true;
        visit(&value, &mut |reference| canonical &= is_canonical(reference));
        if !canonical {
            return Err(SchemaFault::Reference);
        }
    }
    let elsewhere = |_: &str| Some(Arc::new(stagedoor_json::Value::Object(stagedoor_json::Map::new())));
    match Schema::compile(Arc::new(parsed), &elsewhere) {
        Err(error) if !matches!(error.problem, SchemaProblem::Unresolved(_) | SchemaProblem::Circle(_)) => {
            Err(SchemaFault::Invalid)
        }
        _ => Ok(()),
    }
}

/// Within the schema, or at a model's URL.
fn is_canonical(reference: &str) -> bool {
    let model = || reference.strip_prefix("https://apigateway.")?.split_once("amazonaws.com/restapis/");
    reference.starts_with('#') || model().is_some_and(|(_, path)| path.contains("/models/"))
}

/// The schema with every model that it refers to, directly or not, under `definitions`; the references point there. A
/// schema without references stays as it is, verbatim.
pub(super) fn flattened(text: &str, tree: &ApiTree) -> String {
    let Ok(Value::Object(mut schema)) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    let mut definitions = Map::new();
    let mut pending = referenced_in(&Value::Object(schema.clone()), tree);
    if pending.is_empty() {
        return text.to_owned();
    }
    while let Some(name) = pending.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let Some(definition) = schema_of(&name, tree) else { continue };
        pending.extend(referenced_in(&definition, tree));
        definitions.insert(name, definition);
    }
    definitions.sort_keys();
    if let Value::Object(given) = schema.remove("definitions").unwrap_or_default() {
        definitions.extend(given);
    }
    schema.insert("definitions".to_owned(), Value::Object(definitions));
    let mut flat = Value::Object(schema);
    point_at_definitions(&mut flat, tree);
    flat.to_string()
}

fn schema_of(name: &str, tree: &ApiTree) -> Option<Value> {
    let text = tree.models.get(name)?.schema.as_deref()?;
    serde_json::from_str(text).ok()
}

/// The name of the model that a `$ref` of this API points at.
fn model_name<'a>(reference: &'a str, tree: &ApiTree) -> Option<&'a str> {
    reference.strip_prefix(super::reference(tree.api.id.as_str(), "").as_str())
}

fn referenced_in(value: &Value, tree: &ApiTree) -> Vec<String> {
    let mut names = Vec::new();
    visit(value, &mut |reference| names.extend(model_name(reference, tree).map(str::to_owned)));
    names
}

fn visit(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found(reference);
            }
            members.values().for_each(|member| visit(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, found)),
        _ => {}
    }
}

fn point_at_definitions(value: &mut Value, tree: &ApiTree) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(name) = model_name(reference, tree)
            {
                *reference = format!("#/definitions/{name}");
            }
            members.values_mut().for_each(|member| point_at_definitions(member, tree));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| point_at_definitions(item, tree)),
        _ => {}
    }
}

/// A template that prints a reply of the schema's shape with made-up values.
pub(super) fn sample_template(schema: &str, tree: &ApiTree) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    let mut out = "#set($inputRoot = $input.path('$'))\n".to_owned();
    Sampler { tree }.write(&schema, 0, &mut out);
    out
}

struct Sampler<'a> {
    tree: &'a ApiTree,
}

impl Sampler<'_> {
    fn write(&self, schema: &Value, depth: usize, out: &mut String) {
        let resolved = self.resolved(schema);
        let schema = resolved.as_ref().unwrap_or(schema);
        match type_of(schema) {
            _ if depth > SAMPLE_DEPTH => out.push_str("{}"),
            "array" => self.write_array(schema, depth, out),
            "object" => self.write_object(schema, depth, out),
            "string" => out.push_str("\"foo\""),
            "number" => out.push_str("42.42"),
            "integer" => out.push_str("42"),
            "boolean" => out.push_str("true"),
            _ => out.push_str("null"),
        }
    }

    fn resolved(&self, schema: &Value) -> Option<Value> {
        let reference = schema.get("$ref")?.as_str()?;
        schema_of(model_name(reference, self.tree)?, self.tree)
    }

    fn write_object(&self, schema: &Value, depth: usize, out: &mut String) {
        let empty = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let indent = "  ".repeat(depth + 1);
        out.push('{');
        for (index, (name, property)) in properties.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            out.push_str(&format!("{comma}\n{indent}{} : ", json!(name)));
            self.write(property, depth + 1, out);
        }
        out.push_str(&format!("\n{}}}", "  ".repeat(depth)));
    }

    fn write_array(&self, schema: &Value, depth: usize, out: &mut String) {
        let items = schema.get("items").unwrap_or(&Value::Null);
        let source = if depth == 0 { "$inputRoot" } else { "$elem" };
        // The line for the reader of the sample is part of AWS's text.
        out.push_str("[\n##TODO: Update this foreach loop to reference array from input json\n");
        out.push_str(&format!("#foreach($elem in {source})\n "));
        self.write(items, depth + 1, out);
        out.push_str("#if($foreach.hasNext),#end\n#end\n]");
    }
}

fn type_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("null")
        }
        _ if schema.get("items").is_some() => "array",
        _ => "object",
    }
}
