//! Integrations and their responses into `x-amazon-apigateway-integration`.

use serde_json::{Value, json};
use stagedoor_model::{ConnectionType, Integration, IntegrationResponse, Resource, TransferMode};

use super::{Export, Object, put, put_some, single};

impl Export<'_> {
    pub(super) fn integration(&self, resource: &Resource, integration: &Integration) -> Object {
        let mut object = Object::new();
        put(&mut object, "type", integration.integration_type.as_str().to_lowercase());
        put_some(&mut object, "httpMethod", integration.http_method.as_deref());
        put_some(&mut object, "uri", integration.uri.as_deref());
        put_some(&mut object, "credentials", integration.credentials.as_deref());
        put_connection(&mut object, integration);
        put_some(&mut object, "responses", responses(integration));
        if !integration.request_parameters.is_empty() {
            put(&mut object, "requestParameters", json!(integration.request_parameters));
        }
        if !integration.request_templates.is_empty() {
            put(&mut object, "requestTemplates", json!(integration.request_templates));
        }
        put(&mut object, "passthroughBehavior", integration.passthrough_behavior.as_str().to_lowercase());
        put_some(&mut object, "contentHandling", integration.content_handling.map(|how| how.as_str()));
        if integration.timeout_millis != self.options.limits.max_timeout_millis {
            put(&mut object, "timeoutInMillis", integration.timeout_millis);
        }
        // The namespace that an integration has unless another is chosen.
        if integration.cache_namespace != resource.id.as_str() {
            put(&mut object, "cacheNamespace", integration.cache_namespace.as_str());
        }
        if !integration.cache_key_parameters.is_empty() {
            put(&mut object, "cacheKeyParameters", integration.cache_key_parameters.clone());
        }
        if integration.transfer_mode == TransferMode::Stream {
            put(&mut object, "responseTransferMode", integration.transfer_mode.as_str());
        }
        let tls = integration.insecure_skip_verification;
        put_some(&mut object, "tlsConfig", tls.map(|skip| single("insecureSkipVerification", skip)));
        object
    }
}

fn put_connection(object: &mut Object, integration: &Integration) {
    if integration.connection_type != ConnectionType::Internet {
        put(object, "connectionType", integration.connection_type.as_str());
    }
    put_some(object, "connectionId", integration.connection_id.as_deref());
    put_some(object, "integrationTarget", integration.integration_target.as_deref());
}

/// By selection pattern; the one without a pattern is `default`.
fn responses(integration: &Integration) -> Option<Object> {
    let entry = |response: &IntegrationResponse| {
        let pattern = response.selection_pattern.as_deref().filter(|pattern| !pattern.is_empty());
        (pattern.unwrap_or("default").to_owned(), Value::Object(integration_response(response)))
    };
    let responses: Object = integration.responses.values().map(entry).collect();
    Some(responses).filter(|responses| !responses.is_empty())
}

fn integration_response(response: &IntegrationResponse) -> Object {
    let mut object = Object::new();
    put(&mut object, "statusCode", response.status.to_string());
    put_some(&mut object, "responseParameters", response.parameters.as_ref().map(|map| json!(map)));
    put_some(&mut object, "responseTemplates", response.templates.as_ref().map(|map| json!(map)));
    put_some(&mut object, "contentHandling", response.content_handling.map(|how| how.as_str()));
    object
}
