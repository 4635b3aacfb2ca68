//! Extensions that a document may use, and the refusal of all others: what cannot execute must not be dropped quietly.

use super::Import;
use crate::node::{Entry, Node};

const PREFIX: &str = "x-amazon-apigateway-";
const OF_DOCUMENT: [&str; 10] = [
    "api-key-source",
    "binary-media-types",
    "endpoint-access-mode",
    "endpoint-configuration",
    "gateway-responses",
    "minimum-compression-size",
    "policy",
    "request-validator",
    "request-validators",
    "security-policy",
];
const OF_PATH: [&str; 1] = ["any-method"];
const OF_OPERATION: [&str; 3] = ["auth", "integration", "request-validator"];
/// Words of HTTP APIs, which are not REST APIs.
const OF_HTTP_APIS: [&str; 3] = ["cors", "importexport-version", "integrations"];

impl<'a> Import<'a> {
    pub(super) fn check_extensions(&mut self) {
        let ignored = self.options.ignore_documentation.then_some("documentation");
        let known = |name: &str| OF_DOCUMENT.contains(&name) || ignored == Some(name);
        self.refuse_unknown(self.root, known);
        if let Some(components) = self.root.get("components") {
            self.refuse_unknown(components, |_| false);
        }
    }

    pub(super) fn check_path_extensions(&mut self, item: &'a Node) {
        self.refuse_unknown(item, |name| OF_PATH.contains(&name));
    }

    pub(super) fn check_operation_extensions(&mut self, operation: &'a Node) {
        self.refuse_unknown(operation, |name| OF_OPERATION.contains(&name));
    }

    fn refuse_unknown(&mut self, node: &Node, known: impl Fn(&str) -> bool) {
        for entry in node.entries() {
            if entry.key.strip_prefix(PREFIX).is_some_and(|name| !known(name)) {
                self.refuse(entry);
            }
        }
    }

    /// Fails the import because of one element, naming line and key.
    pub(super) fn refuse(&mut self, entry: &Entry) {
        let reason = match entry.key.strip_prefix(PREFIX) {
            Some(name) if OF_HTTP_APIS.contains(&name) => "is for HTTP APIs, not for REST APIs",
            _ => "is not supported yet",
        };
        self.fail(entry.place, format!("Line {}: '{}' {reason}", entry.place.line, entry.key));
    }
}
