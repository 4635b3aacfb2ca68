//! Typed identifiers. Each is a cheap-to-clone string whose type says what it names.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text as it stands in URLs and documents.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &self.0)
            }
        }
    };
}

id!(
    /// A REST API's id: 10 characters of `[a-z0-9]` unless the `_custom_id_` tag chose it.
    ApiId
);
id!(
    /// A resource's id: 10 characters for the root resource, 6 for a child.
    ResourceId
);
id!(
    /// A deployment's id: 6 characters.
    DeploymentId
);
id!(
    /// A stage's name: `[A-Za-z0-9_-]{1,128}`.
    StageName
);
id!(
    /// An API key's id: 10 characters. Its value is a secret, this is not.
    ApiKeyId
);
id!(
    /// A usage plan's id: 6 characters.
    UsagePlanId
);
id!(
    /// An AWS region's name. Any text a credential scope carries is accepted.
    Region
);
id!(
    /// An AWS account: 12 digits.
    AccountId
);

/// The text is not 12 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAccountId(pub String);

impl AccountId {
    /// Parses 12 digits.
    ///
    /// # Errors
    /// [`InvalidAccountId`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidAccountId> {
        if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self::from(text))
        } else {
            Err(InvalidAccountId(text.to_owned()))
        }
    }
}

/// The account and region that an entity lives in; nothing is ever looked up across scopes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    pub account: AccountId,
    pub region: Region,
}
