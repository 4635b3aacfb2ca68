//! Parameters and bodies of requests, and the content types of operations.

use serde_json::{Value, json};
use stagedoor_model::{DocumentationPartType, Map, Method, Resource};

use super::{Export, ExportError, Object, put, single};

/// Where a parameter stands in a request.
struct Location {
    word: &'static str,
    documented_as: DocumentationPartType,
    is_list: bool,
}

impl Location {
    fn parse(text: &str) -> Option<Self> {
        let (word, documented_as) = match text.strip_prefix("multivalue").unwrap_or(text) {
            "querystring" => ("query", DocumentationPartType::QueryParameter),
            "header" => ("header", DocumentationPartType::RequestHeader),
            "path" => ("path", DocumentationPartType::PathParameter),
            _ => return None,
        };
        Some(Self { word, documented_as, is_list: text.starts_with("multivalue") })
    }
}

impl Export<'_> {
    /// What the operation consumes and produces: in Swagger 2.0 the types of all its bodies.
    pub(super) fn put_content_types(&self, operation: &mut Object, method: &Method) {
        if !self.is_swagger() {
            return;
        }
        let consumes = match body_model(method) {
            Some(model) => types_of(&method.request_models, model),
            None => requests_of_integration(method),
        };
        let bodies = method.responses.values().filter_map(|response| response.models.as_ref());
        let mut produces: Vec<String> = bodies.flat_map(Map::keys).cloned().collect();
        if produces.is_empty() {
            produces = replies_of_integration(method);
        }
        for (word, types) in [("consumes", consumes), ("produces", produces)] {
            if !types.is_empty() {
                put(operation, word, without_repetition(types));
            }
        }
    }

    pub(super) fn put_parameters(
        &self,
        operation: &mut Object,
        resource: &Resource,
        method: &Method,
    ) -> Result<(), ExportError> {
        check_body(resource, method)?;
        let given = method.request_parameters.iter();
        let mut parameters: Vec<Value> = given
            .filter_map(|(key, required)| self.parameter(resource, method, key, *required))
            .map(Value::Object)
            .collect();
        if self.is_swagger() {
            parameters.extend(self.body_parameter(resource, method).map(Value::Object));
        }
        if !parameters.is_empty() {
            put(operation, "parameters", parameters);
        }
        if !self.is_swagger() && !method.request_models.is_empty() {
            put(operation, "requestBody", self.request_body(resource, method));
        }
        Ok(())
    }

    fn parameter(&self, resource: &Resource, method: &Method, key: &str, required: bool) -> Option<Object> {
        let (location, name) = key.strip_prefix("method.request.")?.split_once('.')?;
        let location = Location::parse(location)?;
        let mut parameter = Object::new();
        put(&mut parameter, "name", name);
        put(&mut parameter, "in", location.word);
        let at = [&resource.path, method.http_method.as_str(), name];
        self.document_at(&mut parameter, location.documented_as, &at);
        // Parameters of a path are always required.
        let required = required || location.word == "path";
        if required || self.is_swagger() {
            put(&mut parameter, "required", required);
        }
        let text = if location.is_list {
            json!({"type": "array", "items": {"type": "string"}})
        } else {
            json!({"type": "string"})
        };
        match text {
            Value::Object(text) if self.is_swagger() => parameter.extend(text),
            text => put(&mut parameter, "schema", text),
        }
        Some(parameter)
    }

    fn body_parameter(&self, resource: &Resource, method: &Method) -> Option<Object> {
        let model = body_model(method)?;
        let mut parameter = Object::new();
        put(&mut parameter, "in", "body");
        put(&mut parameter, "name", model);
        self.document_body(&mut parameter, resource, method);
        put(&mut parameter, "required", true);
        put(&mut parameter, "schema", self.reference(model));
        Some(parameter)
    }

    fn request_body(&self, resource: &Resource, method: &Method) -> Object {
        let mut body = Object::new();
        self.document_body(&mut body, resource, method);
        put(&mut body, "content", self.content(&method.request_models));
        put(&mut body, "required", true);
        body
    }

    fn document_body(&self, body: &mut Object, resource: &Resource, method: &Method) {
        let at = [resource.path.as_str(), method.http_method.as_str()];
        self.document_at(body, DocumentationPartType::RequestBody, &at);
    }

    /// Content types and their models, in OpenAPI 3.0.
    pub(super) fn content(&self, models: &Map<String>) -> Object {
        let entry = |(content_type, model): (&String, &String)| {
            (content_type.clone(), single("schema", self.reference(model)))
        };
        models.iter().map(entry).collect()
    }
}

/// The model of the one body that an operation of Swagger 2.0 can have: the one for JSON.
fn body_model(method: &Method) -> Option<&str> {
    let json = method.request_models.iter().find(|(content_type, _)| is_json(content_type));
    json.map(|(_, model)| model.as_str())
}

fn types_of(models: &Map<String>, model: &str) -> Vec<String> {
    models.iter().filter(|(_, other)| *other == model).map(|(content_type, _)| content_type.clone()).collect()
}

fn requests_of_integration(method: &Method) -> Vec<String> {
    let templates = method.integration.iter().flat_map(|integration| integration.request_templates.keys());
    templates.cloned().collect()
}

fn replies_of_integration(method: &Method) -> Vec<String> {
    let responses = method.integration.iter().flat_map(|integration| integration.responses.values());
    responses.filter_map(|response| response.templates.as_ref()).flat_map(Map::keys).cloned().collect()
}

fn without_repetition(types: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    for content_type in types {
        if !seen.contains(&content_type) {
            seen.push(content_type);
        }
    }
    seen
}

/// AWS does not export methods whose bodies are described for other types than JSON only.
fn check_body(resource: &Resource, method: &Method) -> Result<(), ExportError> {
    let types = &method.request_models;
    if types.is_empty() || types.keys().any(|content_type| is_json(content_type)) {
        return Ok(());
    }
    Err(ExportError::NonJsonBody { method: method.http_method, path: resource.path.clone() })
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "$default"
}
