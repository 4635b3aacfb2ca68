//! The document itself: what the API is called, where it is served, and its own settings.

use serde_json::{Value, json};
use stagedoor_model::{ApiKeySource, EndpointType, RequestValidator, SecurityPolicy};

use super::{Export, ExportError, Object, exported_version, put, put_some};

impl Export<'_> {
    pub(super) fn root(&self) -> Result<Object, ExportError> {
        let mut root = Object::new();
        if self.is_swagger() {
            put(&mut root, "swagger", "2.0");
            put(&mut root, "info", self.info());
            put(&mut root, "host", self.options.host);
            put(&mut root, "basePath", format!("/{}", self.options.stage));
            put(&mut root, "schemes", json!(["https"]));
        } else {
            put(&mut root, "openapi", "3.0.1");
            put(&mut root, "info", self.info());
            put(&mut root, "servers", vec![Value::Object(self.server())]);
        }
        self.document_api(&mut root);
        put(&mut root, "paths", self.paths()?);
        self.put_components(&mut root);
        self.put_settings(&mut root);
        Ok(root)
    }

    fn info(&self) -> Object {
        let mut info = Object::new();
        let version = exported_version(self.tree);
        if self.is_swagger() {
            put_some(&mut info, "description", self.tree.api.description.as_deref());
            put(&mut info, "version", version);
            put(&mut info, "title", self.tree.api.name.as_str());
        } else {
            put(&mut info, "title", self.tree.api.name.as_str());
            put_some(&mut info, "description", self.tree.api.description.as_deref());
            put(&mut info, "version", version);
        }
        info
    }

    fn server(&self) -> Object {
        let mut server = Object::new();
        put(&mut server, "url", format!("https://{}/{{basePath}}", self.options.host));
        put(&mut server, "variables", json!({"basePath": {"default": self.options.stage}}));
        put_some(&mut server, "x-amazon-apigateway-endpoint-configuration", self.endpoint_configuration());
        server
    }

    fn endpoint_configuration(&self) -> Option<Object> {
        let api = &self.tree.api;
        let mut endpoint = Object::new();
        if api.disable_execute_api_endpoint {
            put(&mut endpoint, "disableExecuteApiEndpoint", true);
        }
        if !api.endpoint.vpc_endpoint_ids.is_empty() {
            put(&mut endpoint, "vpcEndpointIds", api.endpoint.vpc_endpoint_ids.clone());
        }
        (self.extensions().api_gateway && !endpoint.is_empty()).then_some(endpoint)
    }

    fn put_components(&self, root: &mut Object) {
        let (schemas, schemes) = (self.schemas(), self.security_schemes());
        if self.is_swagger() {
            put_some(root, "securityDefinitions", filled(schemes));
            put_some(root, "definitions", filled(schemas));
            return;
        }
        let mut components = Object::new();
        put_some(&mut components, "schemas", filled(schemas));
        put_some(&mut components, "securitySchemes", filled(schemes));
        put(root, "components", components);
    }

    fn put_settings(&self, root: &mut Object) {
        let api = &self.tree.api;
        if self.extensions().integrations && !api.binary_media_types.is_empty() {
            put(root, "x-amazon-apigateway-binary-media-types", api.binary_media_types.clone());
        }
        if !self.extensions().api_gateway {
            return;
        }
        self.put_tags(root);
        put_some(root, "x-amazon-apigateway-documentation", self.documentation_extension());
        put_some(root, "x-amazon-apigateway-gateway-responses", filled(self.gateway_responses()));
        put_some(root, "x-amazon-apigateway-request-validators", filled(self.validators()));
        if self.is_swagger() {
            put_some(root, "x-amazon-apigateway-endpoint-configuration", self.endpoint_configuration());
        }
        put_some(root, "x-amazon-apigateway-policy", api.policy.as_deref().map(json_or_text));
        if api.api_key_source != ApiKeySource::Header {
            put(root, "x-amazon-apigateway-api-key-source", api.api_key_source.as_str());
        }
        put_some(root, "x-amazon-apigateway-minimum-compression-size", api.minimum_compression_size);
        if api.security_policy != default_policy(api.endpoint.endpoint_type) {
            put(root, "x-amazon-apigateway-security-policy", api.security_policy.as_str());
        }
        let mode = api.endpoint_access_mode.map(|mode| mode.as_str());
        put_some(root, "x-amazon-apigateway-endpoint-access-mode", mode);
    }

    /// Tags that are no words for readers carry their value in an extension. The one that fixes the API's id stays here.
    fn put_tags(&self, root: &mut Object) {
        let tags = self.tree.api.tags.iter().filter(|(name, _)| name.as_str() != "_custom_id_");
        let tags: Vec<Value> =
            tags.map(|(name, value)| json!({"name": name, "x-amazon-apigateway-tag-value": value})).collect();
        if !tags.is_empty() {
            put(root, "tags", tags);
        }
    }

    fn gateway_responses(&self) -> Object {
        let mut responses = Object::new();
        for (kind, response) in &self.tree.gateway_responses {
            let mut object = Object::new();
            put_some(&mut object, "statusCode", response.status);
            if !response.parameters.is_empty() {
                put(&mut object, "responseParameters", json!(response.parameters));
            }
            put(&mut object, "responseTemplates", json!(response.templates));
            put(&mut responses, kind.as_str(), object);
        }
        responses
    }

    fn validators(&self) -> Object {
        let mut named: Vec<(&str, &RequestValidator)> = self
            .tree
            .validators
            .values()
            .map(|validator| (self.validator_name(validator), validator))
            .collect();
        named.sort_by_key(|(name, _)| *name);
        let mut validators = Object::new();
        for (name, validator) in named {
            let flags = json!({
                "validateRequestParameters": validator.validate_request_parameters,
                "validateRequestBody": validator.validate_request_body,
            });
            put(&mut validators, name, flags);
        }
        validators
    }

    /// Names need be neither given nor unique; a document has one validator under each name.
    fn validator_name<'v>(&self, validator: &'v RequestValidator) -> &'v str {
        let first_of_name = |name: &&String| {
            let mut namesakes =
                self.tree.validators.values().filter(|other| other.name.as_ref() == Some(*name));
            namesakes.next().is_some_and(|first| first.id == validator.id)
        };
        validator.name.as_ref().filter(first_of_name).unwrap_or(&validator.id)
    }

    /// What a method calls its validator.
    pub(super) fn validator_of(&self, id: Option<&String>) -> Option<&str> {
        id.and_then(|id| self.tree.validators.get(id)).map(|validator| self.validator_name(validator))
    }
}

/// The policy that an endpoint has when nobody chose one.
fn default_policy(endpoint: EndpointType) -> SecurityPolicy {
    match endpoint {
        EndpointType::Regional | EndpointType::Edge => SecurityPolicy::Tls10,
        EndpointType::Private => SecurityPolicy::Tls12,
    }
}

fn filled(object: Object) -> Option<Object> {
    Some(object).filter(|object| !object.is_empty())
}

/// Stored JSON texts as what they say; another text as itself.
pub(super) fn json_or_text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
