//! Parameters and bodies of requests.
//!
//! Queries, headers and path variables become parameters of the method, a body becomes a model. Form fields and cookies
//! have no counterpart in API Gateway and are passed over.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use stagedoor_base::ResourceId;
use stagedoor_model::Method;

use super::Import;
use super::described::Spot;
use crate::node::Node;
use crate::{Place, Version};

/// Where API Gateway has no parameters.
const PASSED_OVER: [&str; 3] = ["body", "cookie", "formData"];

/// A parameter of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter<'a> {
    node: &'a Node,
    /// Whether the operation itself declares it.
    is_own: bool,
}

impl<'a> Import<'a> {
    /// Declared parameters, then the variables of the path. Returns where the declared ones stand.
    pub(super) fn apply_parameters(
        &mut self,
        method: &mut Method,
        id: &ResourceId,
        given: &[Parameter<'a>],
    ) -> BTreeMap<String, Place> {
        let mut places = BTreeMap::new();
        let spot = self.spot(id, Some(method.http_method));
        for parameter in given {
            if let Some((key, required)) = self.parameter(parameter.node) {
                places.insert(key.clone(), parameter.node.place);
                method.request_parameters.insert(key, required);
            }
            if parameter.is_own {
                self.describe_parameter(&spot, parameter.node);
            }
        }
        let path = self.path_of(id);
        for variable in path.split('/').filter_map(variable) {
            method.request_parameters.insert(format!("method.request.path.{variable}"), true);
        }
        places
    }

    /// A parameter's key, and whether it is required.
    fn parameter(&mut self, node: &'a Node) -> Option<(String, bool)> {
        for key in ["name", "in"].into_iter().filter(|key| node.entry(key).is_none()) {
            self.reading.warn_about_missing(node, key);
        }
        let (name, given) = (self.reading.text(node, "name")?, self.reading.text(node, "in")?);
        let location = match given.as_str() {
            "query" => "querystring",
            "header" => "header",
            "path" => "path",
            other if PASSED_OVER.contains(&other) => return None,
            other => {
                let message = format!("Ignoring parameter '{name}': '{other}' is no place of parameters");
                self.reading.warn(node.place, message);
                return None;
            }
        };
        self.reading.object(node, "schema");
        let required = self.reading.flag(node, "required").unwrap_or(false);
        Some((format!("method.request.{location}.{name}"), required || location == "path"))
    }

    /// Parameters of the path item, overridden by those of the operation.
    pub(super) fn parameters(&mut self, item: &'a Node, operation: &'a Node) -> Vec<Parameter<'a>> {
        let mut found: IndexMap<Identity<'a>, Parameter<'a>> = IndexMap::new();
        for (holder, is_own) in [(item, false), (operation, true)] {
            for node in self.declared(holder) {
                found.insert(identity(node), Parameter { node, is_own });
            }
        }
        found.into_values().collect()
    }

    fn declared(&mut self, holder: &'a Node) -> Vec<&'a Node> {
        let given = self.reading.items(holder, "parameters").iter();
        let resolved = given.filter_map(|parameter| self.reading.resolve(parameter));
        let resolved: Vec<&'a Node> = resolved.collect();
        resolved.into_iter().filter(|parameter| self.reading.is_object(parameter)).collect()
    }

    /// What a path item says of parameters counts for all its methods.
    pub(super) fn describe_shared_parameters(&mut self, id: &ResourceId, item: &'a Node) {
        let spot = self.spot(id, None);
        for parameter in self.declared(item) {
            self.describe_parameter(&spot, parameter);
        }
    }

    pub(super) fn apply_request_body(
        &mut self,
        method: &mut Method,
        id: &ResourceId,
        parameters: &[Parameter<'a>],
        operation: &'a Node,
    ) {
        if self.version == Version::Swagger2 {
            return self.apply_body_parameter(method, parameters, operation);
        }
        let Some(body) = self.reading.object(operation, "requestBody") else { return };
        let Some(body) = self.reading.resolve(body).filter(|body| self.reading.is_object(body)) else {
            return;
        };
        let spot: Spot = self.spot(id, Some(method.http_method));
        self.describe_body(&spot, body);
        for (content_type, model) in self.content_models(body) {
            method.request_models.insert(content_type, model);
        }
    }

    fn apply_body_parameter(&mut self, method: &mut Method, given: &[Parameter<'a>], operation: &'a Node) {
        let is_body = |node: &&Node| node.get("in").and_then(Node::as_text) == Some("body");
        let Some(body) = given.iter().map(|parameter| parameter.node).find(is_body) else { return };
        let model = self.reading.object(body, "schema").and_then(|schema| self.model_of(schema));
        if let Some(model) = model {
            for content_type in self.content_types("consumes", operation) {
                method.request_models.insert(content_type, model.clone());
            }
        }
    }

    /// The models of an OpenAPI 3 `content` object by content type.
    pub(super) fn content_models(&mut self, holder: &'a Node) -> Vec<(String, String)> {
        let mut models = Vec::new();
        for entry in self.reading.entries(holder, "content") {
            if !self.reading.is_object(&entry.value) {
                continue;
            }
            let schema = self.reading.object(&entry.value, "schema");
            if let Some(model) = schema.and_then(|schema| self.model_of(schema)) {
                models.push((entry.key.clone(), model));
            }
        }
        models
    }

    /// The types that a Swagger 2 operation consumes or produces.
    pub(super) fn content_types(&mut self, key: &str, operation: &'a Node) -> Vec<String> {
        let holder = if operation.get(key).is_some() { operation } else { self.root() };
        let types = self.reading.texts(holder, key);
        if types.is_empty() { vec!["application/json".to_owned()] } else { types }
    }
}

/// What tells a parameter from others: where it is, and its name.
type Identity<'a> = (Option<&'a str>, Option<&'a str>);

fn identity(parameter: &Node) -> Identity<'_> {
    (parameter.get("in").and_then(Node::as_text), parameter.get("name").and_then(Node::as_text))
}

/// `id` of `{id}` and `{id+}`.
fn variable(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    Some(name.strip_suffix('+').unwrap_or(name))
}
