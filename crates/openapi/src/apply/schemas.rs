//! Schemas of the document into models.
//!
//! A model's name is alphanumeric, so other characters of a schema's name are left out; two schemas that would get the
//! same name are refused. A schema in an operation becomes a model with a made-up name, the same again when the document
//! is applied again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use stagedoor_model::{ApiTree, Model};

use super::reading::{Reading, dangling};
use super::schema_words::{Surroundings, Target, draft4};
use super::{Element, Import};
use crate::node::{Entry, Node, Value};
use crate::{Place, Version};

/// How deep references into the middle of schemas may lead, and how many values all of them together may bring.
const MAX_INLINE_DEPTH: usize = 4;
const MAX_INLINE_NODES: usize = 10_000;

impl<'a> Import<'a> {
    pub(super) fn apply_models(&mut self) {
        let definitions = self.definitions();
        if self.overwrites() {
            self.replaced_models = std::mem::take(&mut self.tree.models);
        }
        let mut named: BTreeMap<String, &'a Entry> = BTreeMap::new();
        for entry in definitions {
            let name = model_name(&entry.key);
            let reason = match named.get(&name) {
                _ if name.is_empty() => "its name has no letters or digits".to_owned(),
                Some(other) => format!("its model would be named '{name}' as that of '{}' is", other.key),
                None => {
                    named.insert(name.clone(), entry);
                    self.schemas.insert(name);
                    continue;
                }
            };
            self.fail_model(entry.place, &entry.key, &reason);
        }
        for (name, entry) in named {
            if self.reading.is_hopeless() {
                return;
            }
            let known = self.tree.models.get(&name).or_else(|| self.replaced_models.get(&name));
            let id = known.map(|model| model.id.clone());
            self.places.insert(Element::Model(name.clone()), entry.place);
            if self.reading.is_object(&entry.value) {
                let schema = self.schema_text(&entry.key, &entry.value);
                self.put_model(name, id, &entry.value, schema);
            }
        }
    }

    fn definitions(&mut self) -> &'a [Entry] {
        let root = self.root();
        match self.version {
            Version::Swagger2 => self.reading.entries(root, "definitions"),
            Version::OpenApi3 | Version::OpenApi31 => {
                let components = self.reading.object(root, "components");
                components.map(|components| self.reading.entries(components, "schemas")).unwrap_or_default()
            }
        }
    }

    fn put_model(&mut self, name: String, id: Option<String>, schema: &'a Node, text: String) {
        let model = Model {
            id: id.unwrap_or_else(|| self.entropy.id(6)),
            name: name.clone(),
            description: self.reading.text(schema, "description"),
            schema: Some(text),
            content_type: "application/json".to_owned(),
        };
        self.tree.models.insert(name, model);
    }

    /// The model that a schema in an operation names: the one referred to, or a new one for a schema in place.
    pub(super) fn model_of(&mut self, schema: &'a Node) -> Option<String> {
        if !self.reading.is_object(schema) || schema.entries().is_empty() {
            return None;
        }
        let reference = schema.entry("$ref").map(|entry| &entry.value);
        match reference.map(|reference| (reference, reference.as_text())) {
            None => Some(self.inline_model(schema)),
            Some((reference, None)) => {
                self.reading.wrong_type(reference, "string");
                None
            }
            Some((reference, Some(text))) => self.referred_model(schema, reference, text),
        }
    }

    fn referred_model(&mut self, schema: &'a Node, reference: &'a Node, text: &str) -> Option<String> {
        if let Some(name) = definition_name(text).or_else(|| canonical_name(text)).map(model_name)
            && self.tree.models.contains_key(&name)
        {
            return Some(name);
        }
        if text.strip_prefix("#/").is_some_and(|pointer| self.root().at(pointer).is_some()) {
            return Some(self.inline_model(schema));
        }
        self.reading.fail(reference.place, no_schema(text));
        None
    }

    /// AWS names such models `MODEL` and six characters. An equal one of before is taken again.
    fn inline_model(&mut self, schema: &'a Node) -> String {
        let text = self.schema_text("in an operation", schema);
        if self.generated_models.is_empty() {
            self.generated_models = self.generated_before();
        }
        if let Some(name) = self.generated_models.get(&text).cloned() {
            if let Some(model) = self.replaced_models.get(&name) {
                self.tree.models.insert(name.clone(), model.clone());
            }
            return name;
        }
        let name = format!("MODEL{}", self.entropy.id(6));
        self.generated_models.insert(text.clone(), name.clone());
        self.put_model(name.clone(), None, schema, text);
        name
    }

    /// Models with made-up names by their schema; of equal ones the first.
    fn generated_before(&self) -> HashMap<String, String> {
        let before = self.replaced_models.values().chain(self.tree.models.values());
        let mut generated: Vec<&Model> = before.filter(|model| is_generated(&model.name)).collect();
        generated.sort_by(|one, other| other.name.cmp(&one.name));
        let named =
            generated.into_iter().filter_map(|model| Some((model.schema.clone()?, model.name.clone())));
        named.collect()
    }

    /// A schema's text as AWS keeps it.
    fn schema_text(&mut self, name: &str, schema: &'a Node) -> String {
        let mut around = InDocument {
            root: self.root(),
            reading: &mut self.reading,
            tree: &self.tree,
            schemas: &self.schemas,
            name,
            version: self.version,
            depth: 0,
            inlined: self.inlined,
        };
        let written = draft4(schema, self.version, &mut around);
        self.inlined = around.inlined;
        written.to_pretty_json()
    }

    fn fail_model(&mut self, place: Place, name: &str, reason: &str) {
        self.reading.fail(place, format!("Unable to create model for '{name}': {reason}"));
    }
}

/// A schema among the others of its document.
struct InDocument<'i, 'a> {
    reading: &'i mut Reading<'a>,
    root: &'a Node,
    tree: &'i ApiTree,
    /// Names of the models that the document's schemas become.
    schemas: &'i BTreeSet<String>,
    /// The schema's own name, for messages.
    name: &'i str,
    version: Version,
    depth: usize,
    inlined: usize,
}

impl Surroundings for InDocument<'_, '_> {
    /// References are URLs of models; what lies inside of another schema stands in place.
    fn reference(&mut self, reference: &Node) -> Target {
        let Some(text) = reference.as_text() else {
            self.fail(reference.place, "a `$ref` that is not a text");
            return Target::Reference(String::new());
        };
        if canonical_name(text).is_some() {
            return Target::Reference(text.to_owned());
        }
        let name = definition_name(text).map(model_name);
        let is_model = |name: &String| self.schemas.contains(name) || self.tree.models.contains_key(name);
        if let Some(name) = name.filter(is_model) {
            let url = format!("https://apigateway.amazonaws.com/restapis/{}/models/{name}", self.tree.api.id);
            return Target::Reference(url);
        }
        if self.inlined > MAX_INLINE_NODES {
            return self.too_far(reference);
        }
        let target = text.strip_prefix("#/").and_then(|pointer| self.root.at(pointer));
        let Some(target) = target else {
            self.fail(reference.place, &no_schema(text));
            return Target::Reference(text.to_owned());
        };
        self.inline(reference, target)
    }

    fn left_out(&mut self, entry: &Entry) {
        let message = format!(
            "Ignoring '{}' of the schema '{}': JSON Schema draft 4 has no such word",
            entry.key, self.name
        );
        self.reading.warn(entry.place, message);
    }
}

impl InDocument<'_, '_> {
    fn inline(&mut self, reference: &Node, target: &Node) -> Target {
        self.inlined += target.size;
        if self.depth >= MAX_INLINE_DEPTH || self.inlined > MAX_INLINE_NODES {
            return self.too_far(reference);
        }
        self.depth += 1;
        let version = self.version;
        let inline = draft4(target, version, self);
        self.depth -= 1;
        Target::Inline(inline)
    }

    fn too_far(&mut self, reference: &Node) -> Target {
        self.fail(
            reference.place,
            "`$ref`s into the middle of schemas that go round in a circle or lead too far",
        );
        Target::Inline(Node::new(reference.place, Value::Object(Vec::new())))
    }

    fn fail(&mut self, place: Place, reason: &str) {
        self.reading.fail(place, format!("Unable to create model for '{}': {reason}", self.name));
    }
}

fn no_schema(reference: &str) -> String {
    if reference.starts_with('#') {
        return format!("`$ref: {reference}` names no schema of this document");
    }
    dangling(reference)
}

/// The name of a whole schema of the document.
fn definition_name(reference: &str) -> Option<&str> {
    let name =
        reference.strip_prefix("#/definitions/").or_else(|| reference.strip_prefix("#/components/schemas/"));
    name.filter(|name| !name.contains('/'))
}

/// The name of a model in the form that CreateModel wants.
fn canonical_name(reference: &str) -> Option<&str> {
    let rest = reference.strip_prefix("https://apigateway.amazonaws.com/restapis/")?;
    rest.split_once("/models/").map(|(_, name)| name)
}

/// Names of models are alphanumeric; other characters of a schema's name are left out.
fn model_name(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether an import made this name up.
fn is_generated(name: &str) -> bool {
    name.strip_prefix("MODEL").is_some_and(|rest| rest.len() == 6)
}
