//! Issuers of tokens: who they are, and the port that has their keys.
//!
//! In: what the configuration says of user pools. Out: for a pool, the names its tokens carry and where its keys are. It must
//! not fetch anything.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use stagedoor_auth::jwt::KeySet;
use stagedoor_program::AwsService;

use crate::{BoxFuture, Endpoints, VerifiedTokens};

/// Finds the keys of an issuer, of which one has this id. Whoever fetches them keeps a deadline of its own.
pub type FindKeys = dyn Fn(&Arc<TokenIssuer>, &str) -> KeysFound + Send + Sync;

/// The issuers that the gateway trusts, and their keys.
pub struct Issuers {
    pub user_pools: Arc<UserPools>,
    pub verified: Arc<VerifiedTokens>,
    pub keys: Box<FindKeys>,
}

/// Somebody who signs tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenIssuer {
    /// What `iss` may be, byte for byte.
    pub names: Vec<Box<str>>,
    pub keys: KeySource,
    /// Only Cognito says of each token what it is for; other issuers' tokens may lack `token_use`.
    pub names_token_use: bool,
}

/// Where an issuer's keys are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KeySource {
    /// At this URL.
    Url(Box<str>),
    /// Where the discovery document of the issuer with this URL says.
    Discovery(Box<str>),
    File(PathBuf),
}

/// What is known of an issuer's keys.
pub enum KeysFound {
    Known(KeysOutcome),
    /// Somebody is asking.
    Waiting(BoxFuture<KeysOutcome>),
}

impl fmt::Debug for KeysFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(outcome) => f.debug_tuple("Known").field(outcome).finish(),
            Self::Waiting(_) => f.write_str("Waiting"),
        }
    }
}

/// An issuer's keys, or why there are none.
pub type KeysOutcome = Result<Arc<KeySet>, KeySetFailure>;

/// Why there are no keys, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetFailure(pub Arc<str>);

/// The user pools, which the configuration may have moved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserPools {
    /// By ARN or by id.
    pub configured: HashMap<Box<str>, Arc<TokenIssuer>>,
    /// Where `cognito-idp` is, when not at AWS.
    pub endpoints: Arc<Endpoints>,
}

impl UserPools {
    /// The issuer of a user pool's tokens; none when this is no user pool's ARN.
    #[must_use]
    pub fn issuer(&self, arn: &str) -> Option<Arc<TokenIssuer>> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let ["arn", partition, "cognito-idp", region, _, pool] = parts.as_slice() else { return None };
        let id = pool.strip_prefix("userpool/").filter(|id| is_id(id))?;
        let configured = self.configured.get(arn).or_else(|| self.configured.get(id));
        if let Some(issuer) = configured {
            return Some(Arc::clone(issuer));
        }
        let service = AwsService::parse(&format!("arn:{partition}:apigateway:{region}:cognito-idp"))?;
        let aws = format!("https://{}/{id}", service.host(None));
        let moved = self.endpoints.of(&service).map(|endpoint| format!("{}/{id}", endpoint.url()));
        let base = moved.as_ref().unwrap_or(&aws);
        Some(Arc::new(TokenIssuer {
            keys: KeySource::of_pool(base),
            // Emulators sign either in their own name or in AWS's; the keys are the same.
            names: moved.iter().chain([&aws]).map(|name| name.as_str().into()).collect(),
            names_token_use: true,
        }))
    }
}

impl KeySource {
    /// Where Cognito has the keys of the pool with this URL.
    #[must_use]
    pub fn of_pool(url: &str) -> Self {
        Self::Url(format!("{url}/.well-known/jwks.json").into())
    }
}

impl fmt::Display for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) | Self::Discovery(url) => f.write_str(url),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// What may stand in a path without meaning anything there.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

impl Default for Issuers {
    /// Nobody whose keys could be had.
    fn default() -> Self {
        let failure = KeySetFailure("this gateway fetches no keys".into());
        Self {
            user_pools: Arc::default(),
            verified: Arc::default(),
            keys: Box::new(move |_, _| KeysFound::Known(Err(failure.clone()))),
        }
    }
}

impl fmt::Debug for Issuers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuers").field("user_pools", &self.user_pools).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{KeySource, TokenIssuer, UserPools};
    use crate::{Endpoint, Endpoints};

    fn shown(pools: &UserPools, arn: &str) -> Option<String> {
        let issuer = pools.issuer(arn)?;
        Some(format!("{} {}", issuer.names.join(","), issuer.keys))
    }

    const POOL: &str = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Abc";

    #[test]
    fn pools_are_at_aws() {
        let host = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc";
        let expected = format!("{host} {host}/.well-known/jwks.json");
        assert_eq!(shown(&UserPools::default(), POOL), Some(expected));
        let china = POOL.replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1");
        let found = shown(&UserPools::default(), &china).unwrap();
        assert!(
            found.starts_with("https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Abc "),
            "{found}"
        );
    }

    #[test]
    fn an_endpoint_moves_all_pools() {
        let mut endpoints = Endpoints::default();
        endpoints.by_service.insert("cognito-idp".into(), Endpoint::parse("http://localhost:9229/").unwrap());
        let pools = UserPools { endpoints: Arc::new(endpoints), ..UserPools::default() };
        let local = "http://localhost:9229/eu-west-1_Abc";
        let aws = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc";
        assert_eq!(shown(&pools, POOL), Some(format!("{local},{aws} {local}/.well-known/jwks.json")));
    }

    #[test]
    fn the_configuration_moves_one_pool() {
        let issuer = |name: &str| {
            Arc::new(TokenIssuer {
                names: vec![name.into()],
                keys: KeySource::Discovery(name.into()),
                names_token_use: false,
            })
        };
        let configured = [("eu-west-1_Abc".into(), issuer("id")), (POOL.into(), issuer("arn"))].into();
        let pools = UserPools { configured, ..UserPools::default() };
        assert_eq!(shown(&pools, POOL).as_deref(), Some("arn arn"));
        let elsewhere = POOL.replace("123456789012", "000000000000");
        assert_eq!(shown(&pools, &elsewhere).as_deref(), Some("id id"));
    }

    #[test]
    fn what_is_no_pool_has_no_issuer() {
        for arn in [
            "",
            "eu-west-1_Abc",
            "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/",
            "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/../evil",
            "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a@evil.example.com",
            "arn:aws:cognito-idp:evil.example.com/:1:userpool/eu-west-1_Abc",
            "arn:aws:cognito-idp:eu-west-1:1:identitypool/eu-west-1_Abc",
            "arn:aws:sqs:eu-west-1:1:userpool/eu-west-1_Abc",
        ] {
            assert_eq!(shown(&UserPools::default(), arn), None, "{arn}");
        }
    }
}
