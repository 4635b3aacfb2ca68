//! Words that a document may use. Extensions of AWS that are unknown are refused: what cannot execute must not be dropped
//! quietly. Other unknown words are warned about, as AWS does.

use super::Import;
use crate::Version;
use crate::node::{Entry, Node};

const PREFIX: &str = "x-amazon-apigateway-";
const OF_DOCUMENT: [&str; 11] = [
    "api-key-source",
    "binary-media-types",
    "documentation",
    "endpoint-access-mode",
    "endpoint-configuration",
    "gateway-responses",
    "minimum-compression-size",
    "policy",
    "request-validator",
    "request-validators",
    "security-policy",
];
const OF_COMPONENTS: [&str; 1] = ["integrations"];
const OF_PATH: [&str; 1] = ["any-method"];
const OF_OPERATION: [&str; 3] = ["auth", "integration", "request-validator"];
const OF_SCHEME: [&str; 2] = ["authorizer", "authtype"];
/// Words of HTTP APIs, which are not REST APIs.
const OF_HTTP_APIS: [&str; 2] = ["cors", "importexport-version"];

const SWAGGER_ROOT: [&str; 14] = [
    "swagger",
    "info",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "paths",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "security",
    "tags",
];
const OPENAPI_ROOT: [&str; 9] = [
    "openapi",
    "info",
    "jsonSchemaDialect",
    "servers",
    "paths",
    "webhooks",
    "components",
    "security",
    "tags",
];
const COMPONENTS: [&str; 10] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
];
const INFO: [&str; 7] =
    ["title", "summary", "description", "termsOfService", "contact", "license", "version"];
const PATH_ITEM: [&str; 13] = [
    "$ref",
    "summary",
    "description",
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "servers",
    "parameters",
];
const OPERATION: [&str; 15] = [
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
    "consumes",
    "produces",
    "schemes",
];

impl<'a> Import<'a> {
    pub(super) fn check_words(&mut self) {
        let root = self.root();
        self.refuse_unknown(root, &OF_DOCUMENT);
        let known: &[&str] = match self.version {
            Version::Swagger2 => &SWAGGER_ROOT,
            Version::OpenApi3 | Version::OpenApi31 => &OPENAPI_ROOT,
        };
        self.reading.warn_about_unexpected(root, &[known, &["externalDocs"]].concat());
        if let Some(info) = self.reading.object(root, "info") {
            self.reading.warn_about_unexpected(info, &INFO);
        }
        if self.version != Version::Swagger2
            && let Some(components) = self.reading.object(root, "components")
        {
            self.refuse_unknown(components, &OF_COMPONENTS);
            self.reading.warn_about_unexpected(components, &COMPONENTS);
        }
        for scheme in self.schemes() {
            self.refuse_unknown(&scheme.value, &OF_SCHEME);
        }
    }

    pub(super) fn check_path_words(&mut self, item: &'a Node) {
        self.refuse_unknown(item, &OF_PATH);
        self.reading.warn_about_unexpected(item, &PATH_ITEM);
    }

    pub(super) fn check_operation_words(&mut self, operation: &'a Node) {
        self.refuse_unknown(operation, &OF_OPERATION);
        self.reading.warn_about_unexpected(operation, &OPERATION);
    }

    fn refuse_unknown(&mut self, node: &Node, known: &[&str]) {
        for entry in node.entries() {
            if entry.key.strip_prefix(PREFIX).is_some_and(|name| !known.contains(&name)) {
                self.refuse(entry);
            }
        }
    }

    /// Fails the import because of one element, naming line and key.
    fn refuse(&mut self, entry: &Entry) {
        let reason = match entry.key.strip_prefix(PREFIX) {
            Some(name) if OF_HTTP_APIS.contains(&name) => "is for HTTP APIs, not for REST APIs",
            _ => "is no extension that is known here",
        };
        self.reading.fail(entry.place, format!("Line {}: '{}' {reason}", entry.place.line, entry.key));
    }
}
