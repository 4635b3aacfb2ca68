//! Lambda functions, their versions, aliases, resource policies, and how events are delivered to them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stagedoor_base::Timestamp;

use crate::{Map, Runtime};

/// A function: its `$LATEST` version and the counter of published ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    pub name: String,
    /// `$LATEST`.
    pub latest: FunctionVersion,
    /// The number of the last published version; numbers are never reused.
    pub last_version: u32,
    pub tags: Map<String>,
    /// The file that declares this function and alone may change it; none for functions made by calls.
    pub declared_in: Option<String>,
    /// The calls that may run at once, of all versions together; none: whatever the account has left. 0 refuses all.
    #[serde(default)]
    pub reserved_concurrency: Option<u32>,
    /// How events are delivered, by the qualifier under which they were sent; `$LATEST` is the unqualified function too.
    #[serde(default)]
    pub event_invoke: BTreeMap<String, EventInvokeConfig>,
    /// `RecursiveLoop` is `Allow`.
    #[serde(default)]
    pub allows_recursion: bool,
}

/// How often and for how long an event is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventInvokeConfig {
    /// 0 to 2; none is 2.
    pub maximum_retry_attempts: Option<u32>,
    /// 60 to 21600; none is 21600.
    pub maximum_event_age_seconds: Option<u32>,
    pub last_modified: Timestamp,
}

/// One version of a function. A published one never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionVersion {
    /// `$LATEST` or a number.
    pub version: String,
    pub configuration: FunctionConfiguration,
    pub code: FunctionCode,
    pub last_modified: Timestamp,
    pub revision_id: String,
}

/// How a function runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionConfiguration {
    pub description: Option<String>,
    pub role: String,
    pub runtime: Runtime,
    /// Unused by `provided` runtimes, but always given.
    pub handler: String,
    /// 1 to 900.
    pub timeout_seconds: u32,
    /// 128 to 10240.
    pub memory_mb: u32,
    pub environment: Map<String>,
    /// Merged into `/opt` in this order; at most five.
    #[serde(default)]
    pub layers: Vec<FunctionLayer>,
}

/// A layer as a function uses it. It stays usable when its layer version is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionLayer {
    /// The layer version's ARN; none for a directory or zip that a file declares.
    pub arn: Option<String>,
    pub code: FunctionCode,
}

/// Where a version's code is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FunctionCode {
    /// A zip kept as a content-addressed blob.
    Zip {
        sha256_base64: String,
        size: u64,
        /// What its files take when unpacked; 0 when that was not noted.
        #[serde(default)]
        unpacked: u64,
    },
    /// A directory on this machine, declared in `stagedoor.yaml`. A layer may be a zip file there too.
    Directory { path: String },
    /// Another Lambda API that runs the function of the same name, declared in `stagedoor.yaml`.
    Remote { endpoint: String },
}

impl FunctionCode {
    /// What the code takes when unpacked, as far as it is known.
    #[must_use]
    pub fn unpacked_bytes(&self) -> u64 {
        match self {
            Self::Zip { unpacked, .. } => *unpacked,
            Self::Directory { .. } | Self::Remote { .. } => 0,
        }
    }
}

/// A name for a version, or for two versions that share its calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    pub function: String,
    pub name: String,
    pub version: String,
    pub description: Option<String>,
    pub revision_id: String,
    /// The version that takes a share of the calls.
    #[serde(default)]
    pub additional: Option<WeightedVersion>,
}

impl Alias {
    /// Whether some of its calls go to this version.
    #[must_use]
    pub fn names(&self, version: &str) -> bool {
        self.version == version || self.additional.as_ref().is_some_and(|other| other.version == version)
    }
}

/// A version and its share of an alias's calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedVersion {
    pub version: String,
    /// 0 to 1.
    pub weight: f64,
}

/// The resource policy of one function, version or alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionPolicy {
    pub function: String,
    /// None: the unqualified function.
    pub qualifier: Option<String>,
    pub statements: Vec<PolicyStatement>,
    pub revision_id: String,
}

/// One grant of `AddPermission`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyStatement {
    pub sid: String,
    /// A service (`apigateway.amazonaws.com`), an account, an ARN, or `*`.
    pub principal: String,
    pub action: String,
    /// Matched by `ArnLike` against the execute-api ARN of the call.
    pub source_arn: Option<String>,
    pub source_account: Option<String>,
}

/// A function with everything below it. The unit of compare-and-set.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionTree {
    pub function: Function,
    /// Published versions by number.
    pub versions: BTreeMap<u32, FunctionVersion>,
    /// By name.
    pub aliases: BTreeMap<String, Alias>,
    /// By qualifier; none is the unqualified function's.
    pub policies: BTreeMap<Option<String>, FunctionPolicy>,
}

impl FunctionTree {
    /// A function without published versions, aliases or policies.
    #[must_use]
    pub fn new(function: Function) -> Self {
        Self { function, versions: BTreeMap::new(), aliases: BTreeMap::new(), policies: BTreeMap::new() }
    }

    /// What a qualifier names: `$LATEST` (also by none), a published version, or the version of an alias.
    #[must_use]
    pub fn resolve(&self, qualifier: Option<&str>) -> Option<&FunctionVersion> {
        match qualifier {
            None | Some("$LATEST") => Some(&self.function.latest),
            Some(qualifier) => {
                let version = self.aliases.get(qualifier).map_or(qualifier, |alias| alias.version.as_str());
                match version {
                    "$LATEST" => Some(&self.function.latest),
                    number => self.versions.get(&number.parse().ok()?),
                }
            }
        }
    }
}
