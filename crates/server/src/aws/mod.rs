//! AWS services as backends: where they are, and the credentials to call them with.
//!
//! In: the configuration, the environment, the files that AWS's tools share. Out: endpoints and credentials of roles. It must
//! not know integrations.

mod endpoints;
mod profile;
mod roles;
mod source;
mod sts;

pub(crate) use endpoints::endpoints;
pub(crate) use roles::Roles;
pub(crate) use source::{described, look_up};

use stagedoor_auth::sigv4::Secret;
use stagedoor_engine::Endpoints;

/// What the configuration says of AWS services.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AwsConfig {
    pub(crate) endpoints: Endpoints,
    pub(crate) credentials: CredentialsConfig,
}

/// In whose name services are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CredentialsConfig {
    pub(crate) source: Source,
    /// A role to take first, before those of the integrations.
    pub(crate) role: Option<RoleStep>,
    /// Integrations call with these credentials themselves: for services that know no roles.
    pub(crate) keep: bool,
}

/// Where the gateway's own credentials are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Source {
    /// The environment, else the profile that it names.
    #[default]
    Usual,
    Environment,
    Profile(String),
    Keys(Keys),
}

/// A key pair, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys {
    pub(crate) access_key: String,
    pub(crate) secret: Secret,
    pub(crate) session_token: Option<Secret>,
}

/// A role on the way from the gateway's own credentials to an integration's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoleStep {
    pub(crate) arn: String,
    pub(crate) external_id: Option<String>,
    pub(crate) session_name: Option<String>,
}
