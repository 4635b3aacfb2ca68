//! Models into schemas.

use serde_json::Value;
use stagedoor_model::{DocumentationPartType, Model};

use super::{Export, Object, put, single};
use crate::apply::schema_words::{DATA, MAPS_OF_SCHEMAS};

const MODELS: &str = "https://apigateway.amazonaws.com/restapis/";

impl Export<'_> {
    /// Models whose schema is JSON; others have no place in a document.
    pub(super) fn schemas(&self) -> Object {
        let mut schemas = Object::new();
        for model in self.tree.models.values() {
            if let Some(schema) = self.schema(model) {
                put(&mut schemas, &model.name, schema);
            }
        }
        schemas
    }

    fn schema(&self, model: &Model) -> Option<Object> {
        let text = model.schema.as_deref().unwrap_or("{}");
        let Ok(Value::Object(mut schema)) = serde_json::from_str(text) else { return None };
        // Documents say themselves which schemas they are made of.
        schema.shift_remove("$schema");
        if let (Some(description), None) = (&model.description, schema.get("description")) {
            put(&mut schema, "description", description.as_str());
        }
        let Value::Object(mut schema) = self.localized(Value::Object(schema)) else { return None };
        // Imported again, the words would become part of the schema.
        if !self.extensions().api_gateway {
            self.document_at(&mut schema, DocumentationPartType::Model, &[&model.name]);
        }
        Some(schema)
    }

    /// The schema with references to models of this API turned into references inside the document.
    fn localized(&self, schema: Value) -> Value {
        match schema {
            Value::Array(items) => items.into_iter().map(|item| self.localized(item)).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(word, value)| self.localized_word(word, value)).collect()
            }
            other => other,
        }
    }

    fn localized_word(&self, word: String, value: Value) -> (String, Value) {
        let value = match value {
            Value::String(url) if word == "$ref" => match self.model_at(&url) {
                Some(model) => self.pointer(model).into(),
                None => url.into(),
            },
            data if DATA.contains(&word.as_str()) => data,
            Value::Object(named) if MAPS_OF_SCHEMAS.contains(&word.as_str()) => {
                named.into_iter().map(|(name, schema)| (name, self.localized(schema))).collect()
            }
            other => self.localized(other),
        };
        (word, value)
    }

    fn model_at<'u>(&self, url: &'u str) -> Option<&'u str> {
        let (_, name) = url.strip_prefix(MODELS)?.split_once("/models/")?;
        Some(name).filter(|name| self.tree.models.contains_key(*name))
    }

    fn pointer(&self, model: &str) -> String {
        let place = if self.is_swagger() { "definitions" } else { "components/schemas" };
        format!("#/{place}/{model}")
    }

    /// A schema that is nothing but a reference to a model.
    pub(super) fn reference(&self, model: &str) -> Value {
        single("$ref", self.pointer(model))
    }
}
