//! Parameters and bodies of requests.

use stagedoor_base::ResourceId;
use stagedoor_model::Method;

use super::Import;
use crate::Version;
use crate::node::Node;

impl<'a> Import<'a> {
    /// Declared parameters, then the variables of the path.
    pub(super) fn apply_parameters(&self, method: &mut Method, id: &ResourceId, parameters: &[&Node]) {
        for parameter in parameters {
            let text = |key: &str| parameter.get(key).and_then(Node::scalar).unwrap_or_default();
            let location = match text("in").as_str() {
                "query" => "querystring",
                "header" => "header",
                "path" => "path",
                _ => continue,
            };
            let required = parameter.get("required").and_then(Node::as_bool).unwrap_or(false);
            let key = format!("method.request.{location}.{}", text("name"));
            method.request_parameters.insert(key, required || location == "path");
        }
        let path = self.tree.resources.get(id).map(|resource| resource.path.clone()).unwrap_or_default();
        for variable in path.split('/').filter_map(variable) {
            method.request_parameters.insert(format!("method.request.path.{variable}"), true);
        }
    }

    /// Parameters of the path item, overridden by those of the operation.
    pub(super) fn parameters(&mut self, item: &'a Node, operation: &'a Node) -> Vec<&'a Node> {
        let given = |node: &'a Node| node.get("parameters").map(Node::items).unwrap_or_default();
        let mut found: Vec<&'a Node> = Vec::new();
        for parameter in given(item).iter().chain(given(operation)) {
            let Some(parameter) = self.resolve(parameter) else { continue };
            let same = |other: &&'a Node| identity(other) == identity(parameter);
            match found.iter().position(same) {
                Some(index) => found[index] = parameter,
                None => found.push(parameter),
            }
        }
        found
    }

    pub(super) fn apply_request_body(
        &mut self,
        method: &mut Method,
        parameters: &[&'a Node],
        operation: &'a Node,
    ) {
        match self.version {
            Version::Swagger2 => self.apply_body_parameter(method, parameters, operation),
            Version::OpenApi3 => {
                let body = operation.get("requestBody").and_then(|body| self.resolve(body));
                if let Some(content) = body.and_then(|body| body.get("content")) {
                    self.apply_content(content, |content_type, model| {
                        method.request_models.insert(content_type, model);
                    });
                }
            }
        }
    }

    fn apply_body_parameter(&mut self, method: &mut Method, parameters: &[&'a Node], operation: &'a Node) {
        let is_body = |parameter: &&&Node| parameter.get("in").and_then(Node::as_text) == Some("body");
        let body = parameters.iter().copied().find(|parameter| is_body(&parameter));
        let model = body.and_then(|body| body.get("schema")).and_then(|schema| self.model_of(schema));
        if let Some(model) = model {
            for content_type in self.content_types("consumes", operation) {
                method.request_models.insert(content_type, model.clone());
            }
        }
    }

    /// The models of an OpenAPI 3 `content` object by content type.
    pub(super) fn apply_content(&mut self, content: &'a Node, mut insert: impl FnMut(String, String)) {
        for entry in content.entries() {
            let model = entry.value.get("schema").and_then(|schema| self.model_of(schema));
            if let Some(model) = model {
                insert(entry.key.clone(), model);
            }
        }
    }

    /// The types that a Swagger 2 operation consumes or produces.
    pub(super) fn content_types(&self, key: &str, operation: &Node) -> Vec<String> {
        let given = operation.get(key).or_else(|| self.root.get(key));
        let types: Vec<String> =
            given.map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar).collect();
        if types.is_empty() { vec!["application/json".to_owned()] } else { types }
    }
}

/// What tells a parameter from others: where it is, and its name.
fn identity(parameter: &Node) -> (Option<&str>, Option<&str>) {
    (parameter.get("in").and_then(Node::as_text), parameter.get("name").and_then(Node::as_text))
}

/// `id` of `{id}` and `{id+}`.
fn variable(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    Some(name.strip_suffix('+').unwrap_or(name))
}
