//! Texts of plain OpenAPI elements, kept as documentation parts.
//!
//! In: elements with `description`, `summary` and the like. Out: parts by location. A text that the entity itself keeps
//! (the description of the API, of a model) becomes no part, nor does the filler that exports write for responses.

use std::collections::BTreeMap;

use stagedoor_base::ResourceId;
use stagedoor_model::{DocumentationLocation, DocumentationPartType, HttpMethod};

use super::Import;
use crate::node::{Entry, Node, Value, quoted};

const OF_INFO: [&str; 4] = ["summary", "termsOfService", "contact", "license"];
const OF_DOCUMENT: [&str; 1] = ["externalDocs"];
const OF_RESOURCE: [&str; 2] = ["summary", "description"];
const OF_METHOD: [&str; 5] = ["tags", "summary", "description", "externalDocs", "deprecated"];
const OF_OTHERS: [&str; 1] = ["description"];

/// The properties of parts, as the text of a JSON object.
#[derive(Debug, Default)]
pub(super) struct Descriptions(BTreeMap<DocumentationLocation, String>);

impl Descriptions {
    /// All of them, at the end.
    pub(super) fn take(&mut self) -> BTreeMap<DocumentationLocation, String> {
        std::mem::take(&mut self.0)
    }

    fn add(&mut self, location: &DocumentationLocation, properties: &[(&str, String)]) {
        if properties.is_empty() {
            return;
        }
        self.0.insert(location.explicit(), object(properties));
    }
}

/// Where the parts of one operation are.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    path: String,
    /// `*` for what the whole path item says.
    method: String,
}

impl Spot {
    fn location(&self, part_type: DocumentationPartType) -> DocumentationLocation {
        DocumentationLocation {
            path: Some(self.path.clone()),
            method: Some(self.method.clone()),
            ..DocumentationLocation::of(part_type)
        }
    }
}

impl<'a> Import<'a> {
    /// What `info` and the document say beyond the API's own fields.
    pub(super) fn describe_api(&mut self) {
        let root = self.root();
        let mut properties = Vec::new();
        if let Some(info) = root.get("info") {
            self.check_descriptions(info, &OF_INFO);
            let members = given(info, &OF_INFO);
            if !members.is_empty() {
                properties.push(("info", object(&members)));
            }
        }
        let is_tag = |tag: &Node| tag.entry("x-amazon-apigateway-tag-value").is_some();
        let tags: Vec<String> = root
            .get("tags")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter(|tag| tag.is_object() && !is_tag(tag))
            .map(Node::to_json)
            .collect();
        if !tags.is_empty() {
            properties.push(("tags", format!("[{}]", tags.join(","))));
        }
        self.check_descriptions(root, &OF_DOCUMENT);
        properties.extend(given(root, &OF_DOCUMENT));
        self.descriptions.add(&DocumentationLocation::of(DocumentationPartType::Api), &properties);
    }

    pub(super) fn describe_resource(&mut self, id: &ResourceId, item: &'a Node) {
        let location = DocumentationLocation {
            path: Some(self.path_of(id)),
            ..DocumentationLocation::of(DocumentationPartType::Resource)
        };
        self.describe(&location, item, &OF_RESOURCE);
    }

    pub(super) fn describe_method(&mut self, id: &ResourceId, verb: HttpMethod, operation: &'a Node) {
        let spot = self.spot(id, Some(verb));
        self.describe(&spot.location(DocumentationPartType::Method), operation, &OF_METHOD);
    }

    /// A parameter of an operation, or of a whole path item.
    pub(super) fn describe_parameter(&mut self, spot: &Spot, parameter: &'a Node) {
        let text = |key: &str| parameter.get(key).and_then(Node::scalar);
        let part_type = match text("in").as_deref() {
            Some("query") => DocumentationPartType::QueryParameter,
            Some("header") => DocumentationPartType::RequestHeader,
            Some("path") => DocumentationPartType::PathParameter,
            Some("body") => return self.describe_body(spot, parameter),
            _ => return,
        };
        if let Some(name) = text("name") {
            let location = DocumentationLocation { name: Some(name), ..spot.location(part_type) };
            self.describe(&location, parameter, &OF_OTHERS);
        }
    }

    pub(super) fn describe_body(&mut self, spot: &Spot, body: &'a Node) {
        self.describe(&spot.location(DocumentationPartType::RequestBody), body, &OF_OTHERS);
    }

    pub(super) fn describe_response(&mut self, spot: &Spot, status: u16, response: &'a Node) {
        let code = Some(status.to_string());
        let is_filler = response.get("description").and_then(Node::as_text)
            == Some(format!("{status} response").as_str());
        if !is_filler {
            let location = spot.location(DocumentationPartType::Response);
            let location = DocumentationLocation { status_code: code, ..location };
            self.describe(&location, response, &OF_OTHERS);
        }
    }

    pub(super) fn describe_response_header(&mut self, spot: &Spot, status: u16, header: &'a Entry) {
        let Some(value) = self.reading.resolve(&header.value).filter(|value| self.reading.is_object(value))
        else {
            return;
        };
        let location = DocumentationLocation {
            status_code: Some(status.to_string()),
            name: Some(header.key.clone()),
            ..spot.location(DocumentationPartType::ResponseHeader)
        };
        self.describe(&location, value, &OF_OTHERS);
    }

    pub(super) fn describe_authorizer(&mut self, name: &str, scheme: &'a Node) {
        let location = DocumentationLocation {
            name: Some(name.to_owned()),
            ..DocumentationLocation::of(DocumentationPartType::Authorizer)
        };
        self.describe(&location, scheme, &OF_OTHERS);
    }

    /// Where the parts of a method are, or those of all methods of a resource.
    pub(super) fn spot(&self, id: &ResourceId, verb: Option<HttpMethod>) -> Spot {
        let method = verb.map_or("*", HttpMethod::as_str);
        Spot { path: self.path_of(id), method: method.to_owned() }
    }

    fn describe(&mut self, location: &DocumentationLocation, node: &'a Node, keys: &[&'static str]) {
        self.check_descriptions(node, keys);
        self.descriptions.add(location, &given(node, keys));
    }

    /// Texts must be texts; what else these keys hold is kept as it is.
    fn check_descriptions(&mut self, node: &'a Node, keys: &[&'static str]) {
        for key in keys {
            match *key {
                "tags" => drop(self.reading.texts(node, key)),
                "externalDocs" | "contact" | "license" => drop(self.reading.object(node, key)),
                "deprecated" => drop(self.reading.flag(node, key)),
                _ => drop(self.reading.text(node, key)),
            }
        }
    }
}

/// The members with these keys that say anything, as JSON.
fn given(node: &Node, keys: &[&'static str]) -> Vec<(&'static str, String)> {
    let says = |value: &&Node| match &value.value {
        Value::Null | Value::Bool(false) => false,
        Value::Text(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        _ => true,
    };
    keys.iter().filter_map(|key| Some((*key, node.get(key).filter(says)?.to_json()))).collect()
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}
