//! Usage plans: which stages a key opens, how fast, and how often.

use serde::{Deserialize, Serialize};
use stagedoor_base::{ApiId, ApiKeyId, StageName, Timestamp, UsagePlanId};

use crate::{Map, QuotaPeriod};

/// What the keys of a plan may call, and how much. The unit of compare-and-set, together with its keys' documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UsagePlan {
    pub id: UsagePlanId,
    /// Not unique.
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    /// In the order in which they were added; no stage stands in it twice.
    #[serde(default)]
    pub api_stages: Vec<PlanStage>,
    /// Of each key, over all stages of the plan.
    #[serde(default)]
    pub throttle: Option<ThrottleSettings>,
    /// Of each key, over all stages of the plan.
    #[serde(default)]
    pub quota: Option<PlanQuota>,
    /// What a marketplace sells this plan as.
    #[serde(default)]
    pub product_code: Option<String>,
    #[serde(default)]
    pub tags: Map<String>,
    /// The file that declares this plan and alone may change it.
    #[serde(default)]
    pub declared_in: Option<String>,
}

/// A stage that the keys of a plan open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanStage {
    pub api: ApiId,
    pub stage: StageName,
    /// `/pets/GET`, `//GET` for the root resource → how fast each key may call that method.
    #[serde(default)]
    pub throttle: Map<ThrottleSettings>,
}

/// A token bucket's limits.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ThrottleSettings {
    /// Requests a second; none: the account's.
    #[serde(default)]
    pub rate_limit: Option<f64>,
    /// Requests at once; none: the account's.
    #[serde(default)]
    pub burst_limit: Option<i32>,
}

/// How many calls a key has in each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanQuota {
    pub limit: u64,
    /// The day on which a period begins: 0 to 6 from Sunday in a week, 0 to 27 from the first in a month, 0 for days.
    #[serde(default)]
    pub offset: u32,
    pub period: QuotaPeriod,
}

/// A key that is in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsagePlanKey {
    pub key: ApiKeyId,
    pub added: Timestamp,
    /// The file that declares this and alone may change it.
    #[serde(default)]
    pub declared_in: Option<String>,
}
