//! A method of a resource, what it calls, and how replies come back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AuthorizationType, ConnectionType, ContentHandling, HttpMethod, IntegrationType, Map,
    PassthroughBehavior, TransferMode,
};

/// Media type → template. A template given as `null` or `""` is kept as none and means passthrough.
pub type Templates = Map<Option<String>>;

/// A method as edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    pub http_method: HttpMethod,
    /// Higher than that of every method that was put earlier; 0 for imported ones.
    #[serde(default)]
    pub sequence: u64,
    pub authorization_type: AuthorizationType,
    pub authorizer_id: Option<String>,
    pub authorization_scopes: Vec<String>,
    pub api_key_required: bool,
    pub request_validator_id: Option<String>,
    pub operation_name: Option<String>,
    /// `method.request.{location}.{name}` → required.
    pub request_parameters: Map<bool>,
    /// Content type → model name.
    pub request_models: Map<String>,
    /// By status code.
    pub responses: BTreeMap<u16, MethodResponse>,
    pub integration: Option<Integration>,
}

/// A reply that a method declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodResponse {
    pub status: u16,
    /// `method.response.header.{name}` → required. None: never given, absent on the wire.
    pub parameters: Option<Map<bool>>,
    /// Content type → model name. None: never given, absent on the wire.
    pub models: Option<Map<String>>,
}

/// What a method calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integration {
    pub integration_type: IntegrationType,
    /// None for MOCK, and for AWS_PROXY created without one.
    pub http_method: Option<String>,
    pub uri: Option<String>,
    pub connection_type: ConnectionType,
    pub connection_id: Option<String>,
    pub credentials: Option<String>,
    /// `integration.request.{location}.{name}` → expression.
    pub request_parameters: Map<String>,
    pub request_templates: Templates,
    pub passthrough_behavior: PassthroughBehavior,
    pub content_handling: Option<ContentHandling>,
    pub timeout_millis: u32,
    pub cache_namespace: String,
    pub cache_key_parameters: Vec<String>,
    /// By status code.
    pub responses: BTreeMap<u16, IntegrationResponse>,
    pub insecure_skip_verification: Option<bool>,
    pub transfer_mode: TransferMode,
    pub integration_target: Option<String>,
}

/// How one kind of backend reply becomes a method response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntegrationResponse {
    pub status: u16,
    /// Java regex on the backend's status or a function's error message; none and `""` are the default.
    pub selection_pattern: Option<String>,
    /// `method.response.header.{name}` → expression. None: never given, absent on the wire.
    pub parameters: Option<Map<String>>,
    /// None: never given, absent on the wire.
    pub templates: Option<Templates>,
    pub content_handling: Option<ContentHandling>,
}

impl Integration {
    /// Whether templates and integration responses are bypassed.
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        matches!(self.integration_type, IntegrationType::HttpProxy | IntegrationType::AwsProxy)
    }
}

impl Method {
    /// A method that anyone may call, without parameters, replies or integration.
    #[must_use]
    pub fn open(http_method: HttpMethod) -> Self {
        Self {
            http_method,
            sequence: 0,
            authorization_type: AuthorizationType::None,
            authorizer_id: None,
            authorization_scopes: Vec::new(),
            api_key_required: false,
            request_validator_id: None,
            operation_name: None,
            request_parameters: Map::new(),
            request_models: Map::new(),
            responses: BTreeMap::new(),
            integration: None,
        }
    }
}
