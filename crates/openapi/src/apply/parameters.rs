//! Parameters and bodies of requests.

use stagedoor_base::ResourceId;
use stagedoor_model::Method;

use super::Import;
use crate::Version;
use crate::node::Node;

impl<'a> Import<'a> {
    /// Parameters of the path item, overridden by those of the operation; then the variables of the path.
    pub(super) fn apply_parameters(
        &mut self,
        method: &mut Method,
        id: &ResourceId,
        item: &'a Node,
        operation: &'a Node,
    ) {
        for parameter in self.parameters(item, operation) {
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

    fn parameters(&mut self, item: &'a Node, operation: &'a Node) -> Vec<&'a Node> {
        let given = |node: &'a Node| node.get("parameters").map(Node::items).unwrap_or_default();
        let mut found: Vec<&'a Node> = Vec::new();
        for parameter in given(item).iter().chain(given(operation)) {
            let Some(parameter) = self.resolve(parameter) else { continue };
            let same = |other: &&'a Node| {
                other.get("name") == parameter.get("name") && is_same_place(other, parameter)
            };
            match found.iter().position(|other| same(&other)) {
                Some(index) => found[index] = parameter,
                None => found.push(parameter),
            }
        }
        found
    }

    pub(super) fn apply_request_body(&mut self, method: &mut Method, item: &'a Node, operation: &'a Node) {
        match self.version {
            Version::Swagger2 => self.apply_body_parameter(method, item, operation),
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

    fn apply_body_parameter(&mut self, method: &mut Method, item: &'a Node, operation: &'a Node) {
        let is_body = |parameter: &&Node| parameter.get("in").and_then(Node::as_text) == Some("body");
        let body = self.parameters(item, operation).into_iter().find(is_body);
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

fn is_same_place(a: &Node, b: &Node) -> bool {
    a.get("in").and_then(Node::as_text) == b.get("in").and_then(Node::as_text)
}

/// `id` of `{id}` and `{id+}`.
fn variable(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    Some(name.strip_suffix('+').unwrap_or(name))
}
