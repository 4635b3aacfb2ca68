//! Identities of an account: users, their access keys, groups, roles, and the policies that say what they may do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use stagedoor_base::Timestamp;

use crate::Map;

/// A text that must not be printed: `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// The policies that a user, a group or a role carries.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Permissions {
    /// Inline policies by name, as given.
    #[serde(default)]
    pub inline: BTreeMap<String, String>,
    /// ARNs of managed policies in the order of their attachment.
    #[serde(default)]
    pub attached: Vec<String>,
}

/// Somebody with a name, and access keys that stay valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub name: String,
    /// `AIDA…`; names may be used again, this never.
    pub id: String,
    /// `/` or `/…/`.
    pub path: String,
    pub created: Timestamp,
    /// Names of groups.
    #[serde(default)]
    pub groups: BTreeSet<String>,
    #[serde(default)]
    pub permissions: Permissions,
    /// The ARN of the managed policy beyond which nothing is allowed.
    #[serde(default)]
    pub boundary: Option<String>,
    #[serde(default)]
    pub tags: Map<String>,
    /// The file that declares this user and alone may change it.
    #[serde(default)]
    pub declared_in: Option<String>,
}

/// What a user signs with. Its own document, found by its id alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// `AKIA…`, or any text that a file declares.
    pub id: String,
    pub user: String,
    pub secret: SecretText,
    pub active: bool,
    pub created: Timestamp,
    #[serde(default)]
    pub declared_in: Option<String>,
}

/// Users that share policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    /// `AGPA…`
    pub id: String,
    pub path: String,
    pub created: Timestamp,
    #[serde(default)]
    pub permissions: Permissions,
    #[serde(default)]
    pub declared_in: Option<String>,
}

/// An identity that others assume for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub name: String,
    /// `AROA…`
    pub id: String,
    pub path: String,
    pub created: Timestamp,
    pub description: Option<String>,
    /// Who may assume it, as given.
    pub trust_policy: String,
    /// 3600 to 43200.
    pub max_session_seconds: u32,
    #[serde(default)]
    pub permissions: Permissions,
    #[serde(default)]
    pub boundary: Option<String>,
    #[serde(default)]
    pub tags: Map<String>,
    #[serde(default)]
    pub declared_in: Option<String>,
}

/// A policy with an ARN of its own, that several identities may carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedPolicy {
    pub name: String,
    /// `ANPA…`
    pub id: String,
    pub path: String,
    pub description: Option<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// Documents by number; at most five.
    pub versions: BTreeMap<u32, ManagedPolicyVersion>,
    /// The version in force.
    pub default_version: u32,
    /// The number of the last version; numbers are never reused.
    pub last_version: u32,
    #[serde(default)]
    pub tags: Map<String>,
    #[serde(default)]
    pub declared_in: Option<String>,
}

/// One document of a managed policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedPolicyVersion {
    pub document: String,
    pub created: Timestamp,
}

impl ManagedPolicy {
    /// The document in force.
    #[must_use]
    pub fn document(&self) -> Option<&str> {
        self.versions.get(&self.default_version).map(|version| version.document.as_str())
    }
}

/// All identities of one account: the unit of compare-and-set. Names differ in more than case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IamTree {
    pub users: BTreeMap<String, User>,
    /// By id.
    pub access_keys: BTreeMap<String, AccessKey>,
    pub groups: BTreeMap<String, Group>,
    pub roles: BTreeMap<String, Role>,
    /// Customer managed policies by name; those of AWS are not stored.
    pub policies: BTreeMap<String, ManagedPolicy>,
}

impl IamTree {
    /// What files declare of it; what calls made is left out.
    #[must_use]
    pub fn declared(&self) -> Self {
        let mut tree = self.clone();
        tree.users.retain(|_, user| user.declared_in.is_some());
        tree.access_keys.retain(|_, key| key.declared_in.is_some());
        tree.groups.retain(|_, group| group.declared_in.is_some());
        tree.roles.retain(|_, role| role.declared_in.is_some());
        tree.policies.retain(|_, policy| policy.declared_in.is_some());
        tree
    }
}

/// The kinds of entities that have an ARN in IAM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IamKind {
    User,
    Group,
    Role,
    Policy,
}

impl IamKind {
    /// As ARNs spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Policy => "policy",
        }
    }

    /// `arn:aws:iam::123456789012:role/path/name`.
    #[must_use]
    pub fn arn(self, account: &str, path: &str, name: &str) -> String {
        format!("arn:aws:iam::{account}:{}{path}{name}", self.as_str())
    }
}
