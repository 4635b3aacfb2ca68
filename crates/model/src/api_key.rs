//! API keys: texts that callers send, by which usage plans tell them apart.

use serde::{Deserialize, Serialize};
use stagedoor_base::{ApiId, ApiKeyId, StageName, Timestamp};

use crate::{Map, SecretText};

/// A caller's key. The unit of compare-and-set; which plans it is in is their documents' business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    pub id: ApiKeyId,
    /// 20 to 128 characters, unique in its account and region.
    pub value: SecretText,
    /// Not unique.
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// Whom a marketplace knows this key's holder as.
    #[serde(default)]
    pub customer_id: Option<String>,
    /// A key that is not enabled opens nothing.
    pub enabled: bool,
    /// Stages that name this key without a plan, as accounts did before there were plans. They open nothing: AWS asks for a plan.
    #[serde(default)]
    pub stage_keys: Vec<(ApiId, StageName)>,
    #[serde(default)]
    pub tags: Map<String>,
    pub created: Timestamp,
    pub last_updated: Timestamp,
    /// The file that declares this key and alone may change it.
    #[serde(default)]
    pub declared_in: Option<String>,
}
