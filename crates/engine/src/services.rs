//! AWS services behind the gateway: where they are, and in whose name they are called.
//!
//! In: what the configuration says, and the effects that `server` supplies. Out: addresses and credentials. It must not know
//! where credentials come from.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::uri::{Authority, Scheme};
use stagedoor_auth::sigv4::Secret;
use stagedoor_program::AwsService;

use crate::{BoxFuture, InvokeFailure, InvokeRequest};

/// Obtains the credentials of a role.
pub type AssumeRole =
    dyn Fn(RoleRequest) -> BoxFuture<Result<Arc<AwsCredentials>, RoleFailure>> + Send + Sync;
/// Keeps an event for a function; it is durable when this completes well.
pub type Enqueue = dyn Fn(InvokeRequest) -> BoxFuture<Result<(), InvokeFailure>> + Send + Sync;

/// What AWS integrations need of the outside.
pub struct Services {
    pub endpoints: Arc<Endpoints>,
    pub assume_role: Box<AssumeRole>,
    pub enqueue: Box<Enqueue>,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}

impl Default for Services {
    /// AWS's own hosts, and nobody in whose name they could be called.
    fn default() -> Self {
        Self {
            endpoints: Arc::default(),
            assume_role: Box::new(|_| {
                let reason = "this gateway has no AWS credentials".to_owned();
                Box::pin(std::future::ready(Err(RoleFailure::NoCredentials(reason))))
            }),
            enqueue: Box::new(|_| {
                let reason = "this gateway keeps no events".to_owned();
                Box::pin(std::future::ready(Err(InvokeFailure::Failed(reason))))
            }),
        }
    }
}

/// A role that is about to call a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRequest {
    pub role: Box<str>,
    /// Where it calls, and where it is assumed.
    pub service: AwsService,
    pub timeout: Duration,
}

/// In whose name a service is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsCredentials {
    pub access_key: String,
    pub secret: Secret,
    pub session_token: Option<Secret>,
}

/// Why there are no credentials. The texts are for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleFailure {
    /// The gateway itself has none to assume the role with.
    NoCredentials(String),
    /// STS refused.
    NotAssumable(String),
    /// STS gave no answer.
    Unavailable(String),
    /// The timeout passed.
    Timeout,
}

/// Where a service is, in place of AWS's own host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub scheme: Scheme,
    pub authority: Authority,
    /// Stands before every path; empty or without a slash at its end.
    pub base: Box<str>,
}

impl Endpoint {
    /// Reads a URL; none when it is no address of a service.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let scheme = uri.scheme().filter(|it| **it == Scheme::HTTP || **it == Scheme::HTTPS)?.clone();
        let authority = uri.authority().filter(|it| !it.as_str().contains('@') && !it.host().is_empty())?;
        let base = uri.path().trim_end_matches('/').into();
        uri.query().is_none().then(|| Self { scheme, authority: authority.clone(), base })
    }

    /// The URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority, self.base)
    }
}

/// The configured endpoints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// By the service's name in integration URIs.
    pub by_service: HashMap<Box<str>, Endpoint>,
    /// Of all other services.
    pub others: Option<Endpoint>,
}

impl Endpoints {
    /// The endpoint of a service: under its full name, under the name without subdomains, or that of all others.
    #[must_use]
    pub fn of(&self, service: &AwsService) -> Option<&Endpoint> {
        let by = |name: &str| self.by_service.get(name);
        by(&service.name).or_else(|| by(service.base())).or(self.others.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_program::AwsService;

    use super::{Endpoint, Endpoints};

    #[test]
    fn endpoints_are_urls_of_services() {
        for (url, expected) in [
            ("http://127.0.0.1:5000", Some("http 127.0.0.1:5000 ")),
            ("https://h/base/", Some("https h /base")),
            ("ftp://h", None),
            ("h:5000", None),
            ("http://user@h", None),
            ("http://h/?x=1", None),
            ("", None),
        ] {
            let found = Endpoint::parse(url).map(|it| format!("{} {} {}", it.scheme, it.authority, it.base));
            assert_eq!(found.as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn the_narrowest_name_wins() {
        let endpoint = |url: &str| Endpoint::parse(url).unwrap();
        let mut endpoints = Endpoints::default();
        let find = |endpoints: &Endpoints, name: &str| {
            let service = AwsService::parse(&format!("arn:aws:apigateway:eu-west-1:{name}")).unwrap();
            endpoints.of(&service).map(|it| it.authority.to_string())
        };
        assert_eq!(find(&endpoints, "sqs"), None);
        endpoints.by_service.insert("sagemaker".into(), endpoint("http://a"));
        endpoints.by_service.insert("runtime.sagemaker".into(), endpoint("http://b"));
        assert_eq!(find(&endpoints, "runtime.sagemaker").as_deref(), Some("b"));
        assert_eq!(find(&endpoints, "featurestore.sagemaker").as_deref(), Some("a"));
        assert_eq!(find(&endpoints, "sqs"), None);
        endpoints.others = Some(endpoint("http://c"));
        assert_eq!(find(&endpoints, "sqs").as_deref(), Some("c"));
    }
}
