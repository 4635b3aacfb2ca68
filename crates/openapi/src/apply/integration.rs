//! `x-amazon-apigateway-integration` into an integration and its responses.

use std::collections::BTreeMap;

use stagedoor_base::ResourceId;
use stagedoor_model::{
    ConnectionType, ContentHandling, HttpMethod, Integration, IntegrationResponse, IntegrationType, Map,
    PassthroughBehavior, Templates, TransferMode,
};

use super::Import;
use super::responses::status;
use crate::Place;
use crate::node::{Entry, Node, Value};

const EXTENSION: &str = "x-amazon-apigateway-integration";
/// Words of an integration; `payloadFormatVersion` means nothing to REST APIs.
const WORDS: [&str; 18] = [
    "type",
    "httpMethod",
    "uri",
    "credentials",
    "connectionType",
    "connectionId",
    "integrationTarget",
    "passthroughBehavior",
    "contentHandling",
    "timeoutInMillis",
    "cacheNamespace",
    "cacheKeyParameters",
    "requestParameters",
    "requestTemplates",
    "responses",
    "responseTransferMode",
    "tlsConfig",
    "payloadFormatVersion",
];

/// The integration being read, for messages.
struct Site {
    method: String,
    path: String,
    verb: HttpMethod,
}

impl<'a> Import<'a> {
    pub(super) fn integration(
        &mut self,
        id: &ResourceId,
        verb: HttpMethod,
        operation: &'a Node,
    ) -> Option<Integration> {
        let node = operation.get(EXTENSION)?;
        let path = self.tree.resources.get(id).map(|resource| resource.path.clone()).unwrap_or_default();
        let site = Site { method: self.method_name(id, verb), path, verb };
        self.warn_about_unknown_words(&site, node);
        let integration_type = self.integration_type(&site, node)?;
        let called = integration_type != IntegrationType::Mock;
        let text = |key: &str| node.get(key).and_then(Node::scalar).filter(|text| !text.is_empty());
        let stream = self.choice(&site, node, "responseTransferMode", TransferMode::parse);
        Some(Integration {
            integration_type,
            http_method: text("httpMethod").filter(|_| called).map(|verb| verb.to_uppercase()),
            uri: text("uri").filter(|_| called),
            connection_type: self
                .choice(&site, node, "connectionType", ConnectionType::parse)
                .unwrap_or(ConnectionType::Internet),
            connection_id: text("connectionId"),
            credentials: text("credentials"),
            request_parameters: self.parameters_map(&site, node, "requestParameters"),
            request_templates: self.templates(&site, node, "requestTemplates").unwrap_or_default(),
            passthrough_behavior: self
                .choice(&site, node, "passthroughBehavior", PassthroughBehavior::parse)
                .unwrap_or(PassthroughBehavior::WhenNoMatch),
            content_handling: self.choice(&site, node, "contentHandling", ContentHandling::parse),
            timeout_millis: self.timeout(&site, node),
            cache_namespace: text("cacheNamespace").unwrap_or_else(|| id.to_string()),
            cache_key_parameters: texts(node.get("cacheKeyParameters")),
            responses: self.integration_responses(&site, node),
            insecure_skip_verification: node
                .get("tlsConfig")
                .and_then(|tls| tls.get("insecureSkipVerification"))
                .and_then(Node::as_bool),
            transfer_mode: stream.unwrap_or(TransferMode::Buffered),
            integration_target: text("integrationTarget"),
        })
    }

    fn warn_about_unknown_words(&mut self, site: &Site, node: &Node) {
        for entry in node.entries().iter().filter(|entry| !WORDS.contains(&entry.key.as_str())) {
            self.warn(entry.place, format!("Ignoring '{}' of the integration on {}", entry.key, site.method));
        }
    }

    fn integration_type(&mut self, site: &Site, node: &Node) -> Option<IntegrationType> {
        let text = node.get("type").and_then(Node::scalar).unwrap_or_default();
        let found = IntegrationType::parse(&text.to_uppercase());
        if found.is_none() {
            self.fail_integration(site, node.place, &format!("Invalid integration type '{text}'"));
        }
        found
    }

    /// One of a closed set; its spelling may have any case.
    fn choice<T>(
        &mut self,
        site: &Site,
        node: &Node,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let given = node.get(key)?;
        let text = given.scalar().filter(|text| !text.is_empty())?;
        let found = parse(&text.to_uppercase());
        if found.is_none() {
            self.fail_integration(site, given.place, &format!("Invalid {key} '{text}'"));
        }
        found
    }

    fn timeout(&mut self, site: &Site, node: &Node) -> u32 {
        let longest = self.options.limits.max_timeout_millis;
        let Some(given) = node.get("timeoutInMillis") else { return longest };
        given.as_u64().and_then(|millis| u32::try_from(millis).ok()).unwrap_or_else(|| {
            let shortest = self.options.limits.min_timeout_millis;
            let reason = format!("Timeout should be between {shortest} ms and {longest} ms");
            self.fail_integration(site, given.place, &reason);
            longest
        })
    }

    /// Expressions by target. A value that is no text is left out with a warning, as AWS does.
    fn parameters_map(&mut self, site: &Site, node: &Node, key: &str) -> Map<String> {
        let mut parameters = Map::new();
        for entry in node.get(key).map(Node::entries).unwrap_or_default() {
            match entry.value.as_text() {
                Some(text) => drop(parameters.insert(entry.key.clone(), text.to_owned())),
                None => self.warn_about_type(site, key, entry),
            }
        }
        parameters
    }

    fn warn_about_type(&mut self, site: &Site, key: &str, entry: &Entry) {
        let got = entry.value.scalar().unwrap_or_else(|| entry.value.to_json().to_string());
        let (property, path, verb) = (&entry.key, &site.path, site.verb);
        self.warn(
            entry.value.place,
            format!(
                "Invalid format for '{key}'. Expected type string for property '{property}' of resource '{path}' and \
                 method '{verb}' but got '{got}'"
            ),
        );
    }

    /// Templates by media type; `null` and the empty text are kept as none.
    fn templates(&mut self, site: &Site, node: &Node, key: &str) -> Option<Templates> {
        let mut templates = Templates::new();
        for entry in node.get(key)?.entries() {
            match &entry.value.value {
                Value::Null => drop(templates.insert(entry.key.clone(), None)),
                Value::Text(text) => {
                    let text = Some(text.clone()).filter(|text| !text.is_empty());
                    templates.insert(entry.key.clone(), text);
                }
                _ => self.warn_about_type(site, key, entry),
            }
        }
        Some(templates)
    }

    fn integration_responses(&mut self, site: &Site, node: &'a Node) -> BTreeMap<u16, IntegrationResponse> {
        let mut responses: BTreeMap<u16, IntegrationResponse> = BTreeMap::new();
        for entry in node.get("responses").map(Node::entries).unwrap_or_default() {
            let Some(response) = self.integration_response(site, entry) else { continue };
            if responses.contains_key(&response.status) {
                let status = response.status;
                self.warn(
                    entry.place,
                    format!(
                        "A second integration response for status {status} on {} replaces the first",
                        site.method
                    ),
                );
            }
            responses.insert(response.status, response);
        }
        responses
    }

    fn integration_response(&mut self, site: &Site, entry: &'a Entry) -> Option<IntegrationResponse> {
        let node = &entry.value;
        let code = node.get("statusCode").and_then(Node::scalar).unwrap_or_default();
        let Some(status) = status(&code) else {
            let reason = format!("Invalid status code '{code}'");
            self.fail_method(entry.place, "integration response", &site.method, &reason);
            return None;
        };
        let has_parameters = node.get("responseParameters").is_some();
        let parameters = self.parameters_map(site, node, "responseParameters");
        Some(IntegrationResponse {
            status,
            selection_pattern: (entry.key != "default").then(|| entry.key.clone()),
            parameters: has_parameters.then_some(parameters),
            templates: self.templates(site, node, "responseTemplates"),
            content_handling: self.choice(site, node, "contentHandling", ContentHandling::parse),
        })
    }

    fn fail_integration(&mut self, site: &Site, place: Place, reason: &str) {
        self.fail_method(place, "integration", &site.method, reason);
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    node.map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar).collect()
}
