//! A REST API as it is edited, and the same frozen by a deployment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stagedoor_base::{ApiId, ResourceId, Timestamp};

use crate::{
    ApiKeySource, Authorizer, DocumentationPart, EndpointAccessMode, EndpointType, GatewayResponseType,
    HttpMethod, IpAddressType, Map, Method, SecurityPolicy,
};

/// A REST API's own fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestApi {
    pub id: ApiId,
    pub name: String,
    pub description: Option<String>,
    pub created: Timestamp,
    pub version: Option<String>,
    pub binary_media_types: Vec<String>,
    /// Bytes from which replies are compressed; none is off.
    pub minimum_compression_size: Option<u32>,
    pub api_key_source: ApiKeySource,
    pub endpoint: EndpointConfiguration,
    /// The resource policy's JSON text.
    pub policy: Option<String>,
    pub disable_execute_api_endpoint: bool,
    pub root_resource_id: ResourceId,
    pub security_policy: SecurityPolicy,
    pub endpoint_access_mode: Option<EndpointAccessMode>,
    /// Texts of the last import's warnings.
    pub warnings: Vec<String>,
    pub tags: Map<String>,
    /// The file that declares this API and alone may change it; none for APIs made by calls.
    pub declared_in: Option<String>,
}

impl RestApi {
    /// An API with AWS's default for each setting, and no name yet.
    #[must_use]
    pub fn unnamed(id: ApiId, root_resource_id: ResourceId, created: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            description: None,
            created,
            version: None,
            binary_media_types: Vec::new(),
            minimum_compression_size: None,
            api_key_source: ApiKeySource::Header,
            endpoint: EndpointConfiguration::default(),
            policy: None,
            disable_execute_api_endpoint: false,
            root_resource_id,
            security_policy: SecurityPolicy::Tls10,
            endpoint_access_mode: None,
            warnings: Vec::new(),
            tags: Map::new(),
            declared_in: None,
        }
    }
}

/// How an API's default endpoint is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointConfiguration {
    pub endpoint_type: EndpointType,
    pub ip_address_type: IpAddressType,
    pub vpc_endpoint_ids: Vec<String>,
}

/// What an API without any endpoint configuration has.
impl Default for EndpointConfiguration {
    fn default() -> Self {
        Self {
            endpoint_type: EndpointType::Edge,
            ip_address_type: IpAddressType::Ipv4,
            vpc_endpoint_ids: Vec::new(),
        }
    }
}

/// One path segment of an API and the methods on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    pub id: ResourceId,
    /// None on the root resource only.
    pub parent_id: Option<ResourceId>,
    /// The segment: literal, `{name}` or `{name+}`; empty on the root resource only.
    pub path_part: String,
    /// The whole path with braces, derived from the parents; `/` for the root.
    pub path: String,
    pub methods: BTreeMap<HttpMethod, Method>,
}

/// A named JSON schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    pub id: String,
    pub name: String,
    pub description: Option<String>,
    /// The schema's text, verbatim.
    pub schema: Option<String>,
    pub content_type: String,
}

/// Which parts of a request a method validates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestValidator {
    pub id: String,
    pub name: Option<String>,
    pub validate_request_body: bool,
    pub validate_request_parameters: bool,
}

/// A customised gateway response; types without one answer as built in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayResponse {
    pub response_type: GatewayResponseType,
    /// None keeps the status of the cause.
    pub status: Option<u16>,
    /// `gatewayresponse.header.{name}` → expression.
    pub parameters: Map<String>,
    /// Media type → template.
    pub templates: Map<String>,
}

impl GatewayResponse {
    /// What a type answers that nobody customised.
    #[must_use]
    pub fn built_in(response_type: GatewayResponseType) -> Self {
        let template = r#"{"message":$context.error.messageString}"#;
        Self {
            response_type,
            // A status that nobody set shows as the default, but leaves each cause its own (502 for a failed function).
            status: None,
            parameters: Map::new(),
            templates: [("application/json".to_owned(), template.to_owned())].into_iter().collect(),
        }
    }
}

impl Resource {
    /// Whether a text may be a path part: letters, digits and `.`, `_`, `-`, `:`, `,`, plain or as `{name}` or `{name+}`.
    #[must_use]
    pub fn is_path_part(text: &str) -> bool {
        let name = match text.strip_prefix('{') {
            None => Some(text),
            Some(rest) => rest.strip_suffix('}').map(|name| name.strip_suffix('+').unwrap_or(name)),
        };
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:,".contains(&byte);
        name.is_some_and(|name| !name.is_empty() && name.bytes().all(allowed))
    }
}

/// One API with all entities below it, except stages, deployments and documentation versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiTree {
    pub api: RestApi,
    pub resources: BTreeMap<ResourceId, Resource>,
    /// By name.
    pub models: BTreeMap<String, Model>,
    /// By id.
    pub validators: BTreeMap<String, RequestValidator>,
    pub gateway_responses: BTreeMap<GatewayResponseType, GatewayResponse>,
    /// By id.
    #[serde(default)]
    pub authorizers: BTreeMap<String, Authorizer>,
    /// By id. Never frozen by a deployment: documentation versions freeze them.
    #[serde(default)]
    pub documentation_parts: BTreeMap<String, DocumentationPart>,
}

impl ApiTree {
    /// An API with nothing in it but its root resource.
    #[must_use]
    pub fn bare(api: RestApi) -> Self {
        let root = Resource {
            id: api.root_resource_id.clone(),
            parent_id: None,
            path_part: String::new(),
            path: "/".to_owned(),
            methods: BTreeMap::new(),
        };
        Self {
            api,
            resources: BTreeMap::from([(root.id.clone(), root)]),
            models: BTreeMap::new(),
            validators: BTreeMap::new(),
            gateway_responses: BTreeMap::new(),
            authorizers: BTreeMap::new(),
            documentation_parts: BTreeMap::new(),
        }
    }

    /// The children of a resource, in id order.
    pub fn children<'a>(&'a self, parent: &'a ResourceId) -> impl Iterator<Item = &'a Resource> {
        self.resources.values().filter(move |resource| resource.parent_id.as_ref() == Some(parent))
    }

    /// The resource with this full path.
    #[must_use]
    pub fn resource_at(&self, path: &str) -> Option<&Resource> {
        self.resources.values().find(|resource| resource.path == path)
    }

    /// The authorizer with this name.
    #[must_use]
    pub fn authorizer_named(&self, name: &str) -> Option<&Authorizer> {
        self.authorizers.values().find(|authorizer| authorizer.name == name)
    }

    /// Recomputes the path of a resource and of everything below it, after a move or rename.
    pub fn refresh_paths(&mut self, top: &ResourceId) {
        let mut pending = vec![top.clone()];
        while let Some(id) = pending.pop() {
            let Some(resource) = self.resources.get(&id) else { continue };
            let path = match resource.parent_id.as_ref().and_then(|parent| self.resources.get(parent)) {
                None => "/".to_owned(),
                Some(parent) if parent.path == "/" => format!("/{}", resource.path_part),
                Some(parent) => format!("{}/{}", parent.path, resource.path_part),
            };
            if let Some(resource) = self.resources.get_mut(&id) {
                resource.path = path;
            }
            pending.extend(self.children(&id).map(|child| child.id.clone()));
        }
    }

    /// A resource and all its descendants.
    #[must_use]
    pub fn subtree(&self, top: &ResourceId) -> Vec<ResourceId> {
        let mut found = vec![top.clone()];
        let mut next = 0;
        while let Some(id) = found.get(next).cloned() {
            found.extend(self.children(&id).map(|child| child.id.clone()));
            next += 1;
        }
        found
    }
}

/// What a deployment executes: the API as it was at that moment. Never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub tree: ApiTree,
}

impl Snapshot {
    /// What a deployment of this tree keeps: all that executes.
    #[must_use]
    pub fn freeze(tree: ApiTree) -> Self {
        Self { tree: ApiTree { documentation_parts: BTreeMap::new(), ..tree } }
    }
}

/// Account-wide settings of one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    pub cloudwatch_role_arn: Option<String>,
    pub features: Vec<String>,
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self { cloudwatch_role_arn: None, features: vec!["UsagePlans".to_owned()] }
    }
}
