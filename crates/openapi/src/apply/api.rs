//! The API's own fields: `info` and the extensions of the whole document.

use indexmap::IndexSet;
use stagedoor_model::{ApiKeySource, EndpointAccessMode, SecurityPolicy};

use super::{Element, Import};
use crate::Version;
use crate::node::Value;

/// The largest threshold of compression, in bytes.
const MAX_COMPRESSION_SIZE: u64 = 10_485_760;
const POLICY: &str = "x-amazon-apigateway-policy";
const ENDPOINT: &str = "x-amazon-apigateway-endpoint-configuration";
const ENDPOINT_WORDS: [&str; 3] = ["disableExecuteApiEndpoint", "vpcEndpointIds", "ipAddressType"];
const TAG_VALUE: &str = "x-amazon-apigateway-tag-value";

impl<'a> Import<'a> {
    pub(super) fn apply_info(&mut self) {
        let root = self.root();
        let info = self.reading.object(root, "info");
        match info.and_then(|info| self.reading.text(info, "title")) {
            Some(title) => self.tree.api.name = title,
            None => {
                let place = info.map_or(root.place, |info| info.place);
                self.reading.fail(place, "Invalid OpenAPI input: info.title is missing");
            }
        }
        let Some(info) = info else { return };
        if info.entry("version").is_none() {
            self.reading.warn_about_missing(info, "version");
        }
        let (description, version) =
            (self.reading.text(info, "description"), self.reading.text(info, "version"));
        let api = &mut self.tree.api;
        api.description = description.or(api.description.take());
        api.version = version.or(api.version.take());
        self.describe_api();
    }

    pub(super) fn apply_settings(&mut self) {
        self.apply_api_key_source();
        self.apply_binary_media_types();
        self.apply_compression();
        self.apply_policy();
        self.apply_endpoint();
        self.apply_security_policy();
        self.apply_tags();
    }

    fn apply_api_key_source(&mut self) {
        let given = self.reading.placed(self.root(), "x-amazon-apigateway-api-key-source");
        let Some((place, text)) = given else { return };
        match ApiKeySource::parse(&text.to_uppercase()) {
            Some(source) => self.tree.api.api_key_source = source,
            None => self
                .reading
                .fail(place, format!("Invalid API key source '{text}'. Valid options are HEADER,AUTHORIZER")),
        }
    }

    fn apply_binary_media_types(&mut self) {
        let given = self.reading.texts(self.root(), "x-amazon-apigateway-binary-media-types");
        let types = &mut self.tree.api.binary_media_types;
        let known = std::mem::take(types);
        types.extend(known.into_iter().chain(given).collect::<IndexSet<_>>());
    }

    fn apply_compression(&mut self) {
        let Some(entry) = self.root().entry("x-amazon-apigateway-minimum-compression-size") else { return };
        let size = entry.value.as_u64().filter(|size| *size <= MAX_COMPRESSION_SIZE);
        match size.and_then(|size| u32::try_from(size).ok()) {
            Some(size) => self.tree.api.minimum_compression_size = Some(size),
            None => self.reading.fail(
                entry.value.place,
                format!("Invalid minimum compression size, must be between 0 and {MAX_COMPRESSION_SIZE}"),
            ),
        }
    }

    fn apply_policy(&mut self) {
        let Some(node) = self.root().entry(POLICY).map(|entry| &entry.value) else { return };
        let text = match &node.value {
            Value::Text(text) => text.clone(),
            Value::Object(_) => node.to_json(),
            _ => return self.reading.wrong_type(node, "object"),
        };
        let longest = self.options.limits.policy_chars;
        if text.chars().count() > longest {
            self.reading
                .fail(node.place, format!("Invalid policy document: longer than {longest} characters"));
        }
        self.places.insert(Element::Policy, node.place);
        self.tree.api.policy = Some(text);
    }

    /// OpenAPI 3 has it under the first server, Swagger 2.0 at the root.
    fn apply_endpoint(&mut self) {
        let servers = self.reading.items(self.root(), "servers");
        let server = servers.first().filter(|server| self.reading.is_object(server));
        let of_server = server.and_then(|server| self.reading.object(server, ENDPOINT));
        let of_root = self.reading.object(self.root(), ENDPOINT);
        let Some(node) = of_server.or(of_root) else { return };
        for entry in node.entries().iter().filter(|entry| !ENDPOINT_WORDS.contains(&entry.key.as_str())) {
            self.reading.warn(entry.place, format!("Ignoring '{}' of {ENDPOINT}", entry.key));
        }
        self.places.insert(Element::Endpoint, node.place);
        let disabled = self.reading.flag(node, "disableExecuteApiEndpoint");
        let endpoints = node.entry("vpcEndpointIds").map(|_| self.reading.texts(node, "vpcEndpointIds"));
        let api = &mut self.tree.api;
        api.disable_execute_api_endpoint = disabled.unwrap_or(api.disable_execute_api_endpoint);
        api.endpoint.vpc_endpoint_ids =
            endpoints.unwrap_or(std::mem::take(&mut api.endpoint.vpc_endpoint_ids));
    }

    fn apply_security_policy(&mut self) {
        if let Some((place, text)) = self.reading.placed(self.root(), "x-amazon-apigateway-security-policy") {
            self.places.insert(Element::SecurityPolicy, place);
            match SecurityPolicy::parse(&text) {
                Some(policy) => self.tree.api.security_policy = policy,
                None => self.reading.fail(place, format!("Invalid security policy '{text}'")),
            }
        }
        if let Some((place, text)) =
            self.reading.placed(self.root(), "x-amazon-apigateway-endpoint-access-mode")
        {
            self.places.entry(Element::SecurityPolicy).or_insert(place);
            match EndpointAccessMode::parse(&text) {
                Some(mode) => self.tree.api.endpoint_access_mode = Some(mode),
                None => self.reading.fail(place, format!("Invalid endpoint access mode '{text}'")),
            }
        }
    }

    /// Tags of the document that carry a value are tags of the API.
    fn apply_tags(&mut self) {
        for tag in self.reading.items(self.root(), "tags") {
            let name = self.reading.text(tag, "name");
            if !self.reading.is_object(tag) || tag.entry(TAG_VALUE).is_none() {
                continue;
            }
            let value = self.reading.text(tag, TAG_VALUE).unwrap_or_default();
            match name {
                Some(name) => drop(self.tree.api.tags.insert(name, value)),
                None => self.reading.fail(tag.place, "A tag with a value has no name"),
            }
        }
    }

    /// The segments of the document's base path.
    pub(super) fn base_path(&mut self) -> Vec<String> {
        let path = match self.version {
            Version::Swagger2 => self.reading.text(self.root(), "basePath"),
            Version::OpenApi3 | Version::OpenApi31 => self.server_path(),
        };
        let path = path.unwrap_or_default();
        path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
    }

    /// A variable `basePath` wins over the path of the URL.
    fn server_path(&mut self) -> Option<String> {
        let servers = self.reading.items(self.root(), "servers");
        if servers.len() > 1 {
            self.reading.warn(
                servers[0].place,
                "More than one server provided. Ignoring all but the first for defining endpoint configuration",
            );
        }
        let server = servers.first()?;
        let variables = self.reading.object(server, "variables");
        let variable = variables.and_then(|variables| self.reading.object(variables, "basePath"));
        if let Some(default) = variable.and_then(|variable| self.reading.text(variable, "default")) {
            return Some(default);
        }
        let url = self.reading.text(server, "url")?;
        let path = url
            .split_once("://")
            .map_or(Some(url.as_str()), |(_, rest)| rest.split_once('/').map(|(_, path)| path));
        path.map(str::to_owned)
    }
}
