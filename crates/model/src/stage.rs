//! Deployments and the stages that point at them.

use serde::{Deserialize, Serialize};
use stagedoor_base::{DeploymentId, StageName, Timestamp};

use crate::{CacheClusterSize, LoggingLevel, Map, UnauthorizedCacheControl};

/// A deployment's own fields; what it froze is a [`crate::Snapshot`] kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    pub id: DeploymentId,
    pub description: Option<String>,
    pub created: Timestamp,
}

/// A named pointer at a deployment, with settings that change without redeploying.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub name: StageName,
    pub deployment_id: DeploymentId,
    pub description: Option<String>,
    pub client_certificate_id: Option<String>,
    pub cache_cluster_enabled: bool,
    pub cache_cluster_size: Option<CacheClusterSize>,
    /// `*/*` or `{path with ~1, without leading slash}/{VERB}` → settings.
    pub method_settings: Map<MethodSetting>,
    pub variables: Map<String>,
    pub documentation_version: Option<String>,
    pub access_log: AccessLogSettings,
    pub canary: Option<CanarySettings>,
    pub tracing_enabled: bool,
    pub web_acl_arn: Option<String>,
    pub tags: Map<String>,
    pub created: Timestamp,
    pub last_updated: Timestamp,
}

/// Where one line per request goes. Both none: off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AccessLogSettings {
    pub destination_arn: Option<String>,
    pub format: Option<String>,
}

/// A second deployment that takes part of the calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CanarySettings {
    pub deployment_id: DeploymentId,
    /// 0.0 to 100.0.
    pub percent_traffic: f64,
    pub stage_variable_overrides: Map<String>,
    pub use_stage_cache: bool,
}

/// Settings of one method, or of all (`*/*`), on a stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MethodSetting {
    pub metrics_enabled: bool,
    pub logging_level: Option<LoggingLevel>,
    pub data_trace_enabled: bool,
    /// Bucket size; -1 is no limit, none was never set (AWS reports the account's 5000).
    pub throttling_burst_limit: Option<i32>,
    /// Requests a second; -1 is no limit, none was never set (AWS reports the account's 10000).
    pub throttling_rate_limit: Option<f64>,
    pub caching_enabled: bool,
    pub cache_ttl_seconds: u32,
    pub cache_data_encrypted: bool,
    pub require_authorization_for_cache_control: bool,
    pub unauthorized_cache_control: UnauthorizedCacheControl,
}

impl Default for MethodSetting {
    fn default() -> Self {
        Self {
            metrics_enabled: false,
            logging_level: None,
            data_trace_enabled: false,
            throttling_burst_limit: None,
            throttling_rate_limit: None,
            caching_enabled: false,
            cache_ttl_seconds: 300,
            cache_data_encrypted: false,
            require_authorization_for_cache_control: true,
            unauthorized_cache_control: UnauthorizedCacheControl::SucceedWithResponseHeader,
        }
    }
}
