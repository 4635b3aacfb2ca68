//! Responses of operations into method responses.

use stagedoor_model::{Map, Method, MethodResponse};

use super::Import;
use crate::Version;
use crate::node::{Entry, Node};

impl<'a> Import<'a> {
    /// One per numeric status; `default` has no counterpart.
    pub(super) fn apply_responses(&mut self, method: &mut Method, operation: &'a Node) {
        let given = operation.get("responses").map(Node::entries).unwrap_or_default();
        for entry in given.iter().filter(|entry| entry.key != "default" && !entry.key.starts_with("x-")) {
            match status(&entry.key) {
                Some(status) => self.apply_response(method, status, operation, entry),
                None => {
                    self.warn(entry.place, format!("Ignoring response '{}': not a status code", entry.key))
                }
            }
        }
    }

    fn apply_response(&mut self, method: &mut Method, status: u16, operation: &'a Node, entry: &'a Entry) {
        let Some(response) = self.resolve(&entry.value) else { return };
        let headers = response.get("headers").map(Node::entries).unwrap_or_default();
        let parameters: Map<bool> =
            headers.iter().map(|header| (format!("method.response.header.{}", header.key), false)).collect();
        let models = self.response_models(operation, response);
        let response = MethodResponse {
            status,
            parameters: (!parameters.is_empty()).then_some(parameters),
            models: (!models.is_empty()).then_some(models),
        };
        method.responses.insert(status, response);
    }

    fn response_models(&mut self, operation: &'a Node, response: &'a Node) -> Map<String> {
        let mut models = Map::new();
        match self.version {
            Version::Swagger2 => {
                if let Some(model) = response.get("schema").and_then(|schema| self.model_of(schema)) {
                    let types = self.content_types("produces", operation).into_iter();
                    models.extend(types.map(|content_type| (content_type, model.clone())));
                }
            }
            Version::OpenApi3 => {
                if let Some(content) = response.get("content") {
                    self.apply_content(content, |content_type, model| {
                        models.insert(content_type, model);
                    });
                }
            }
        }
        models
    }
}

/// A status code as AWS's pattern `[1-5]\d\d` has it.
pub(super) fn status(text: &str) -> Option<u16> {
    let status = text.parse().ok().filter(|status| (100..600).contains(status))?;
    (text.len() == 3).then_some(status)
}
