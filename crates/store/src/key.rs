//! How documents are named: scope, owner (the unit of compare-and-set), kind and id.

use std::fmt;

use serde::{Deserialize, Serialize};
use stagedoor_base::{AccountId, ApiId, ApiKeyId, Region, Scope, UsagePlanId};

/// A point in the store's history. Every committed change has one of its own; later is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Revision(pub u64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value and the revision of the unit it belongs to, for [`crate::Change::expecting`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    pub value: T,
    pub revision: Revision,
}

/// The unit that a change concerns: everything below it has one revision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The account's own settings in one region. Always exists.
    Account,
    /// The account's users, groups, roles and policies, in the scope of [`iam_scope`]. Always exists.
    Iam,
    /// A REST API with its resources, stages and deployments.
    Api(ApiId),
    /// A Lambda function with its versions, aliases and policies.
    Function(String),
    /// A Lambda layer with its versions.
    Layer(String),
    /// An API key.
    ApiKey(ApiKeyId),
    /// A usage plan with the keys in it.
    UsagePlan(UsagePlanId),
}

/// Where the identities of an account are kept: they belong to no region.
#[must_use]
pub fn iam_scope(account: &AccountId) -> Scope {
    Scope { account: account.clone(), region: Region::from("aws-global") }
}

impl Owner {
    /// Whether there is such a unit before anything was written to it.
    pub(crate) fn always_exists(&self) -> bool {
        matches!(self, Self::Account | Self::Iam)
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some(("api", id)) => Some(Self::Api(ApiId::from(id))),
            Some(("function", name)) => Some(Self::Function(name.to_owned())),
            Some(("layer", name)) => Some(Self::Layer(name.to_owned())),
            Some(("api_key", id)) => Some(Self::ApiKey(ApiKeyId::from(id))),
            Some(("usage_plan", id)) => Some(Self::UsagePlan(UsagePlanId::from(id))),
            None if text == "account" => Some(Self::Account),
            None if text == "iam" => Some(Self::Iam),
            _ => None,
        }
    }
}

/// The stored spelling: a unit's documents lie beside each other, and so do all APIs.
impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::Iam => f.write_str("iam"),
            Self::Api(id) => write!(f, "api/{id}"),
            Self::Function(name) => write!(f, "function/{name}"),
            Self::Layer(name) => write!(f, "layer/{name}"),
            Self::ApiKey(id) => write!(f, "api_key/{id}"),
            Self::UsagePlan(id) => write!(f, "usage_plan/{id}"),
        }
    }
}

macro_rules! kinds {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// What a document describes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("`", $text, "`")] $variant),+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stored spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            pub(crate) fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

kinds! {
    Account = "account",
    Api = "api",
    Resource = "resource",
    Model = "model",
    Validator = "validator",
    GatewayResponse = "gateway_response",
    Authorizer = "authorizer",
    DocumentationPart = "documentation_part",
    DocumentationVersion = "documentation_version",
    FrozenDocumentation = "frozen_documentation",
    Stage = "stage",
    Deployment = "deployment",
    Function = "function",
    FunctionVersion = "function_version",
    Alias = "alias",
    FunctionPolicy = "function_policy",
    Layer = "layer",
    LayerVersion = "layer_version",
    User = "iam_user",
    AccessKey = "access_key",
    Group = "iam_group",
    Role = "iam_role",
    ManagedPolicy = "iam_policy",
    ApiKey = "api_key",
    UsagePlan = "usage_plan",
    UsagePlanKey = "usage_plan_key",
}

impl Kind {
    /// Whether documents of this kind hold secrets: keys, and what functions find in their environments.
    pub(crate) const fn is_secret(self) -> bool {
        matches!(self, Self::Function | Self::FunctionVersion | Self::AccessKey | Self::ApiKey)
    }
}
