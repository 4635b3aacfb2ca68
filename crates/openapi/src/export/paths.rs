//! Resources into paths, methods into operations.

use serde_json::Value;
use stagedoor_model::{DocumentationPartType, HttpMethod, Method, Resource};

use super::{Export, ExportError, Object, put, put_some};

/// Methods in the order in which AWS writes them.
const ORDER: [(HttpMethod, &str); 8] = [
    (HttpMethod::Get, "get"),
    (HttpMethod::Put, "put"),
    (HttpMethod::Post, "post"),
    (HttpMethod::Delete, "delete"),
    (HttpMethod::Options, "options"),
    (HttpMethod::Head, "head"),
    (HttpMethod::Patch, "patch"),
    (HttpMethod::Any, "x-amazon-apigateway-any-method"),
];

impl Export<'_> {
    pub(super) fn paths(&self) -> Result<Object, ExportError> {
        let mut resources: Vec<&Resource> =
            self.tree.resources.values().filter(|resource| self.stands_for_itself(resource)).collect();
        resources.sort_by(|one, other| one.path.cmp(&other.path));
        let mut paths = Object::new();
        for resource in resources {
            put(&mut paths, &resource.path, self.path_item(resource)?);
        }
        Ok(paths)
    }

    /// Resources without methods are made by the paths below them; only a last one needs a path of its own.
    fn stands_for_itself(&self, resource: &Resource) -> bool {
        let is_leaf = || resource.parent_id.is_some() && self.tree.children(&resource.id).next().is_none();
        !resource.methods.is_empty() || is_leaf()
    }

    fn path_item(&self, resource: &Resource) -> Result<Object, ExportError> {
        let mut item = Object::new();
        // A path of Swagger 2.0 has no description.
        if !self.is_swagger() {
            self.document_at(&mut item, DocumentationPartType::Resource, &[&resource.path]);
        }
        for (verb, word) in ORDER {
            if let Some(method) = resource.methods.get(&verb) {
                put(&mut item, word, self.operation(resource, method)?);
            }
        }
        Ok(item)
    }

    fn operation(&self, resource: &Resource, method: &Method) -> Result<Object, ExportError> {
        let mut operation = Object::new();
        let verb = method.http_method.as_str();
        self.document_at(&mut operation, DocumentationPartType::Method, &[&resource.path, verb]);
        put_some(&mut operation, "operationId", method.operation_name.as_deref());
        self.put_content_types(&mut operation, method);
        self.put_parameters(&mut operation, resource, method)?;
        put(&mut operation, "responses", self.responses(resource, method));
        self.put_security(&mut operation, method);
        self.put_postman(&mut operation, method);
        if self.extensions().api_gateway {
            let validator = self.validator_of(method.request_validator_id.as_ref());
            put_some(&mut operation, "x-amazon-apigateway-request-validator", validator);
        }
        if let Some(integration) = method.integration.as_ref().filter(|_| self.extensions().integrations) {
            let integration = Value::Object(self.integration(resource, integration));
            put(&mut operation, "x-amazon-apigateway-integration", integration);
        }
        Ok(operation)
    }
}
