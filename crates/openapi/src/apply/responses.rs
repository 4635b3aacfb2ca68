//! Responses of operations into method responses.

use stagedoor_base::ResourceId;
use stagedoor_model::{Map, Method, MethodResponse};

use super::Import;
use super::described::Spot;
use crate::Version;
use crate::node::{Entry, Node};

impl<'a> Import<'a> {
    /// One per numeric status; `default` has no counterpart.
    pub(super) fn apply_responses(&mut self, method: &mut Method, id: &ResourceId, operation: &'a Node) {
        if operation.entry("responses").is_none() {
            self.reading.warn_about_missing(operation, "responses");
        }
        let spot = self.spot(id, Some(method.http_method));
        let given = self.reading.entries(operation, "responses").iter();
        for entry in given.filter(|entry| entry.key != "default" && !entry.key.starts_with("x-")) {
            match status(&entry.key) {
                Some(status) => self.apply_response(method, status, &spot, operation, entry),
                None => {
                    let message = format!("Ignoring response '{}': not a status code", entry.key);
                    self.reading.warn(entry.place, message);
                }
            }
        }
    }

    fn apply_response(
        &mut self,
        method: &mut Method,
        status: u16,
        spot: &Spot,
        operation: &'a Node,
        entry: &'a Entry,
    ) {
        let Some(response) = self.reading.resolve(&entry.value) else { return };
        if !response.is_object() {
            self.reading.wrong_type(response, "object");
        }
        self.describe_response(spot, status, response);
        let headers = self.reading.entries(response, "headers");
        headers.iter().for_each(|header| self.describe_response_header(spot, status, header));
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
        if self.version != Version::Swagger2 {
            return self.content_models(response).into_iter().collect();
        }
        let model = self.reading.object(response, "schema").and_then(|schema| self.model_of(schema));
        let Some(model) = model else { return Map::new() };
        let types = self.content_types("produces", operation).into_iter();
        types.map(|content_type| (content_type, model.clone())).collect()
    }
}

/// A status code as AWS's pattern `[1-5]\d\d` has it.
pub(super) fn status(text: &str) -> Option<u16> {
    let status = text.parse().ok().filter(|status| (100..600).contains(status))?;
    (text.len() == 3).then_some(status)
}
