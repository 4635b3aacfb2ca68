//! `x-amazon-apigateway-integration` into an integration and its responses.

use std::collections::BTreeMap;

use stagedoor_model::{
    ConnectionType, ContentHandling, HttpMethod, Integration, IntegrationResponse, IntegrationType, Map,
    PassthroughBehavior, TransferMode,
};

use super::responses::status;
use super::templates::{REQUEST_TEMPLATES, RESPONSE_TEMPLATES};
use super::{AppliedMethod, Import};
use crate::Place;
use crate::node::{Entry, Node};

const EXTENSION: &str = "x-amazon-apigateway-integration";
const SKIP_VERIFICATION: &str = "insecureSkipVerification";
const RESPONSE_WORDS: [&str; 4] = ["statusCode", "responseParameters", RESPONSE_TEMPLATES, "contentHandling"];
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
    REQUEST_TEMPLATES,
    "responses",
    "responseTransferMode",
    "tlsConfig",
    "payloadFormatVersion",
];

/// The integration being read, for messages.
pub(super) struct Site {
    pub(super) method: String,
    path: String,
    verb: HttpMethod,
}

impl<'a> Import<'a> {
    pub(super) fn integration(
        &mut self,
        applied: &mut AppliedMethod,
        operation: &'a Node,
    ) -> Option<Integration> {
        let given = self.reading.object(operation, EXTENSION)?;
        applied.integration = Some(given.place);
        let node = self.reading.resolve(given).filter(|node| self.reading.is_object(node))?;
        let (id, verb) = (&applied.resource_id, applied.http_method);
        let site = Site { method: self.method_name(id, verb), path: self.path_of(id), verb };
        self.warn_about_unknown_words(&site, "integration", node, &WORDS);
        let integration_type = self.integration_type(&site, node)?;
        let called = integration_type != IntegrationType::Mock;
        let stream = self.choice(&site, node, "responseTransferMode", TransferMode::parse);
        Some(Integration {
            integration_type,
            http_method: self
                .reading
                .text(node, "httpMethod")
                .filter(|_| called)
                .map(|verb| verb.to_uppercase()),
            uri: self.reading.text(node, "uri").filter(|_| called),
            connection_type: self
                .choice(&site, node, "connectionType", ConnectionType::parse)
                .unwrap_or(ConnectionType::Internet),
            connection_id: self.reading.text(node, "connectionId"),
            credentials: self.reading.text(node, "credentials"),
            request_parameters: self.parameters_map(&site, node, "requestParameters"),
            request_templates: self.templates(&site, node, REQUEST_TEMPLATES).unwrap_or_default(),
            passthrough_behavior: self
                .choice(&site, node, "passthroughBehavior", PassthroughBehavior::parse)
                .unwrap_or(PassthroughBehavior::WhenNoMatch),
            content_handling: self.choice(&site, node, "contentHandling", ContentHandling::parse),
            timeout_millis: self.timeout(&site, node, stream),
            cache_namespace: self
                .reading
                .text(node, "cacheNamespace")
                .unwrap_or_else(|| applied.resource_id.to_string()),
            cache_key_parameters: self.reading.texts(node, "cacheKeyParameters"),
            responses: self.integration_responses(&site, applied, node),
            insecure_skip_verification: self.insecure_skip_verification(&site, node),
            transfer_mode: stream.unwrap_or(TransferMode::Buffered),
            integration_target: self.reading.text(node, "integrationTarget"),
        })
    }

    fn insecure_skip_verification(&mut self, site: &Site, node: &'a Node) -> Option<bool> {
        let tls = self.reading.object(node, "tlsConfig")?;
        self.warn_about_unknown_words(site, "tlsConfig", tls, &[SKIP_VERIFICATION]);
        self.reading.flag(tls, SKIP_VERIFICATION)
    }

    fn warn_about_unknown_words(&mut self, site: &Site, of: &str, node: &Node, known: &[&str]) {
        for entry in node.entries().iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            self.reading
                .warn(entry.place, format!("Ignoring '{}' of the {of} on {}", entry.key, site.method));
        }
    }

    fn integration_type(&mut self, site: &Site, node: &'a Node) -> Option<IntegrationType> {
        let text = self.reading.text(node, "type").unwrap_or_default();
        let found = IntegrationType::parse(&text.to_uppercase());
        if found.is_none() {
            let place = node.entry("type").map_or(node.place, |entry| entry.value.place);
            self.fail_integration(site, place, &format!("Invalid integration type '{text}'"));
        }
        found
    }

    /// One of a closed set; its spelling may have any case.
    fn choice<T>(
        &mut self,
        site: &Site,
        node: &'a Node,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (place, text) = self.reading.placed(node, key)?;
        let found = parse(&text.to_uppercase());
        if found.is_none() {
            self.fail_integration(site, place, &format!("Invalid {key} '{text}'"));
        }
        found
    }

    fn timeout(&mut self, site: &Site, node: &'a Node, mode: Option<TransferMode>) -> u32 {
        let limits = self.options.limits;
        let Some(given) = node.entry("timeoutInMillis") else { return limits.max_timeout_millis };
        let millis = given.value.as_u64().and_then(|millis| u32::try_from(millis).ok());
        millis.unwrap_or_else(|| {
            let is_stream = mode == Some(TransferMode::Stream);
            let longest =
                if is_stream { limits.max_stream_timeout_millis } else { limits.max_timeout_millis };
            let shortest = limits.min_timeout_millis;
            let reason = format!("Timeout should be between {shortest} ms and {longest} ms");
            self.fail_integration(site, given.value.place, &reason);
            longest
        })
    }

    /// Expressions by target. A value that is no text is left out with a warning, as AWS does.
    fn parameters_map(&mut self, site: &Site, node: &'a Node, key: &str) -> Map<String> {
        let mut parameters = Map::new();
        for entry in self.reading.entries(node, key) {
            match entry.value.as_text() {
                Some(text) => drop(parameters.insert(entry.key.clone(), text.to_owned())),
                None => self.warn_about_type(site, key, entry),
            }
        }
        parameters
    }

    pub(super) fn warn_about_type(&mut self, site: &Site, key: &str, entry: &Entry) {
        let got = entry.value.scalar().unwrap_or_else(|| entry.value.to_json());
        let (property, path, verb) = (&entry.key, &site.path, site.verb);
        self.reading.warn(
            entry.value.place,
            format!(
                "Invalid format for '{key}'. Expected type string for property '{property}' of resource '{path}' and \
                 method '{verb}' but got '{got}'"
            ),
        );
    }

    fn integration_responses(
        &mut self,
        site: &Site,
        applied: &mut AppliedMethod,
        node: &'a Node,
    ) -> BTreeMap<u16, IntegrationResponse> {
        let mut responses: BTreeMap<u16, IntegrationResponse> = BTreeMap::new();
        for entry in self.reading.entries(node, "responses") {
            if !self.reading.is_object(&entry.value) {
                continue;
            }
            let Some(response) = self.integration_response(site, entry) else { continue };
            if applied.integration_responses.insert(response.status, entry.place).is_some() {
                let (status, method) = (response.status, &site.method);
                let message = format!(
                    "A second integration response for status {status} on {method} replaces the first"
                );
                self.reading.warn(entry.place, message);
            }
            responses.insert(response.status, response);
        }
        responses
    }

    fn integration_response(&mut self, site: &Site, entry: &'a Entry) -> Option<IntegrationResponse> {
        let node = &entry.value;
        self.warn_about_unknown_words(site, "integration response", node, &RESPONSE_WORDS);
        let code = self.reading.text(node, "statusCode").unwrap_or_default();
        let Some(status) = status(&code) else {
            let reason = format!("Invalid status code '{code}'");
            self.fail_method(entry.place, "integration response", &site.method, &reason);
            return None;
        };
        let has_parameters = node.entry("responseParameters").is_some();
        let parameters = self.parameters_map(site, node, "responseParameters");
        Some(IntegrationResponse {
            status,
            selection_pattern: (entry.key != "default").then(|| entry.key.clone()),
            parameters: has_parameters.then_some(parameters),
            templates: self.templates(site, node, RESPONSE_TEMPLATES),
            content_handling: self.choice(site, node, "contentHandling", ContentHandling::parse),
        })
    }

    fn fail_integration(&mut self, site: &Site, place: Place, reason: &str) {
        self.fail_method(place, "integration", &site.method, reason);
    }
}
