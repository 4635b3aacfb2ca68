//! Method responses.

use serde_json::{Value, json};
use stagedoor_model::{DocumentationPartType, Method, MethodResponse, Resource};

use super::{Export, Object, put};

impl Export<'_> {
    pub(super) fn responses(&self, resource: &Resource, method: &Method) -> Object {
        let mut responses = Object::new();
        for (status, response) in &method.responses {
            put(&mut responses, &status.to_string(), self.response(resource, method, response));
        }
        responses
    }

    fn response(&self, resource: &Resource, method: &Method, response: &MethodResponse) -> Object {
        let mut object = Object::new();
        let status = response.status.to_string();
        put(&mut object, "description", format!("{status} response"));
        let at = [&resource.path, method.http_method.as_str(), &status];
        self.document_at(&mut object, DocumentationPartType::Response, &at);
        let headers = self.headers(&at, response);
        if !headers.is_empty() {
            put(&mut object, "headers", headers);
        }
        if !self.is_swagger() {
            let content = response.models.as_ref().map(|models| self.content(models));
            put(&mut object, "content", content.unwrap_or_default());
        } else if let Some(model) = response.models.as_ref().and_then(|models| models.values().next()) {
            put(&mut object, "schema", self.reference(model));
        }
        object
    }

    fn headers(&self, at: &[&str; 3], response: &MethodResponse) -> Object {
        let mut headers = Object::new();
        for key in response.parameters.iter().flatten().map(|(key, _)| key) {
            let Some(name) = key.strip_prefix("method.response.header.") else { continue };
            let mut header = Object::new();
            let [path, verb, status] = at;
            self.document_at(&mut header, DocumentationPartType::ResponseHeader, &[path, verb, status, name]);
            match json!({"type": "string"}) {
                Value::Object(text) if self.is_swagger() => header.extend(text),
                text => put(&mut header, "schema", text),
            }
            put(&mut headers, name, header);
        }
        headers
    }
}
