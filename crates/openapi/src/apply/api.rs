//! The API's own fields: `info` and the extensions of the whole document.

use stagedoor_model::{ApiKeySource, EndpointAccessMode, SecurityPolicy};

use super::{Import, Mode};
use crate::node::{Node, Value};
use crate::{Place, Version};

/// The largest threshold of compression, in bytes.
const MAX_COMPRESSION_SIZE: u64 = 10_485_760;

impl Import<'_> {
    pub(super) fn apply_info(&mut self) {
        let info = self.root.get("info");
        let text = |key: &str| info.and_then(|info| info.get(key)).and_then(Node::scalar);
        match text("title").filter(|title| !title.is_empty()) {
            Some(title) => self.tree.api.name = title,
            None => {
                let place = info.map_or(self.root.place, |info| info.place);
                self.fail(place, "Invalid OpenAPI input: info.title is missing");
            }
        }
        let api = &mut self.tree.api;
        api.description = text("description").filter(|text| !text.is_empty()).or(api.description.take());
        api.version = text("version").filter(|text| !text.is_empty()).or(api.version.take());
    }

    pub(super) fn apply_settings(&mut self) {
        self.apply_api_key_source();
        self.apply_binary_media_types();
        self.apply_compression();
        self.apply_policy();
        self.apply_endpoint();
        self.apply_security_policy();
    }

    fn setting(&self, name: &str) -> Option<&'_ Node> {
        self.root.get(&format!("x-amazon-apigateway-{name}"))
    }

    fn apply_api_key_source(&mut self) {
        let Some((place, text)) = self.setting("api-key-source").map(placed) else { return };
        match ApiKeySource::parse(&text.to_uppercase()) {
            Some(source) => self.tree.api.api_key_source = source,
            None => self
                .fail(place, format!("Invalid API key source '{text}'. Valid options are HEADER,AUTHORIZER")),
        }
    }

    fn apply_binary_media_types(&mut self) {
        let given = self.setting("binary-media-types").map(Node::items).unwrap_or_default();
        let given: Vec<String> = given.iter().filter_map(Node::scalar).collect();
        let types = &mut self.tree.api.binary_media_types;
        for media_type in given {
            if !types.contains(&media_type) {
                types.push(media_type);
            }
        }
    }

    fn apply_compression(&mut self) {
        let Some(node) = self.setting("minimum-compression-size") else { return };
        let (place, size) = (node.place, node.as_u64().filter(|size| *size <= MAX_COMPRESSION_SIZE));
        match size.and_then(|size| u32::try_from(size).ok()) {
            Some(size) => self.tree.api.minimum_compression_size = Some(size),
            None => self.fail(
                place,
                format!("Invalid minimum compression size, must be between 0 and {MAX_COMPRESSION_SIZE}"),
            ),
        }
    }

    fn apply_policy(&mut self) {
        let Some(node) = self.setting("policy") else { return };
        let text = match &node.value {
            Value::Text(text) => text.clone(),
            _ => node.to_json().to_string(),
        };
        let (place, longest) = (node.place, self.options.limits.policy_chars);
        if text.chars().count() > longest {
            self.fail(place, format!("Invalid policy document: longer than {longest} characters"));
        }
        self.tree.api.policy = Some(text);
    }

    fn apply_endpoint(&mut self) {
        let servers = self.root.get("servers").map(Node::items).unwrap_or_default();
        let of_server =
            servers.first().and_then(|server| server.get("x-amazon-apigateway-endpoint-configuration"));
        let Some(node) = of_server.or_else(|| self.setting("endpoint-configuration")) else { return };
        let disabled = node.get("disableExecuteApiEndpoint").and_then(Node::as_bool);
        let endpoints =
            node.get("vpcEndpointIds").map(|ids| ids.items().iter().filter_map(Node::scalar).collect());
        let api = &mut self.tree.api;
        api.disable_execute_api_endpoint = disabled.unwrap_or(api.disable_execute_api_endpoint);
        if let Some(endpoints) = endpoints {
            api.endpoint.vpc_endpoint_ids = endpoints;
        }
    }

    fn apply_security_policy(&mut self) {
        if let Some((place, text)) = self.setting("security-policy").map(placed) {
            match SecurityPolicy::parse(&text) {
                Some(policy) => self.tree.api.security_policy = policy,
                None => self.fail(place, format!("Invalid security policy '{text}'")),
            }
        }
        if let Some((place, text)) = self.setting("endpoint-access-mode").map(placed) {
            match EndpointAccessMode::parse(&text) {
                Some(mode) => self.tree.api.endpoint_access_mode = Some(mode),
                None => self.fail(place, format!("Invalid endpoint access mode '{text}'")),
            }
        }
    }

    /// The segments of the document's base path.
    pub(super) fn base_path(&mut self) -> Vec<String> {
        let path = match self.version {
            Version::Swagger2 => self.root.get("basePath").and_then(Node::scalar),
            Version::OpenApi3 => self.server_path(),
        };
        let path = path.unwrap_or_default();
        path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
    }

    /// A variable `basePath` wins over the path of the URL.
    fn server_path(&mut self) -> Option<String> {
        let servers = self.root.get("servers")?;
        if servers.items().len() > 1 {
            self.warn(
                servers.place,
                "More than one server provided. Ignoring all but the first for defining endpoint configuration",
            );
        }
        let server = servers.items().first()?;
        let variable = server.get("variables").and_then(|variables| variables.get("basePath"));
        if let Some(default) = variable.and_then(|variable| variable.get("default")) {
            return default.scalar();
        }
        let url = server.get("url")?.scalar()?;
        let path = url
            .split_once("://")
            .map_or(Some(url.as_str()), |(_, rest)| rest.split_once('/').map(|(_, path)| path));
        path.map(str::to_owned)
    }

    /// Whether what the document lacks goes away.
    pub(super) fn overwrites(&self) -> bool {
        self.options.mode == Mode::Overwrite
    }
}

fn placed(node: &Node) -> (Place, String) {
    (node.place, node.scalar().unwrap_or_default())
}
