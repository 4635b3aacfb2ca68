//! The resource policy of an API, compiled with the deployment that froze it.
//!
//! In: the policy's text, the API's address and endpoint type. Out: what to ask before a method runs. It must not know who
//! calls, nor what a refusal looks like.

use std::sync::Arc;

use stagedoor_auth::policy::{Policy, PolicyError};
use stagedoor_base::{ApiId, Scope};
use stagedoor_model::{EndpointType, RestApi};

/// What guards an API that is not open to everybody.
#[derive(Debug)]
pub enum ResourcePolicy {
    Compiled(Policy),
    /// A private API without a policy: AWS lets nobody in.
    Missing,
    /// A policy that cannot be evaluated lets nobody in, for this reason.
    Broken(Arc<str>),
}

impl ResourcePolicy {
    /// The guard of an API. None: it has none.
    #[must_use]
    pub fn compile(scope: &Scope, api: &RestApi) -> Option<Self> {
        match api.policy.as_deref() {
            Some(text) => Some(match parse_resource_policy(scope, &api.id, text) {
                Ok(policy) => Self::Compiled(policy),
                Err(error) => Self::Broken(format!("the resource policy is malformed: {error}").into()),
            }),
            None if api.endpoint.endpoint_type == EndpointType::Private => Some(Self::Missing),
            None => None,
        }
    }

    /// The policy, where there is one that can be evaluated.
    #[must_use]
    pub fn policy(&self) -> Option<&Policy> {
        match self {
            Self::Compiled(policy) => Some(policy),
            Self::Missing | Self::Broken(_) => None,
        }
    }
}

/// The ARN of an API's calls, up to its id.
#[must_use]
pub fn api_arn(scope: &Scope, api: &ApiId) -> String {
    format!("arn:aws:execute-api:{}:{}:{api}", scope.region, scope.account)
}

/// Parses a policy as API Gateway does, short resources included.
///
/// # Errors
/// [`PolicyError`] when it is malformed.
pub fn parse_resource_policy(scope: &Scope, api: &ApiId, text: &str) -> Result<Policy, PolicyError> {
    Policy::parse_of_api(text, &api_arn(scope, api))
}

#[cfg(test)]
mod tests {
    use stagedoor_auth::policy::{NoContext, Outcome, Principal, Request};
    use stagedoor_base::{AccountId, Scope, Timestamp};
    use stagedoor_model::{EndpointType, RestApi};

    use super::ResourcePolicy;

    fn scope() -> Scope {
        Scope { account: AccountId::from("123456789012"), region: "us-east-1".into() }
    }

    fn api(policy: Option<&str>, endpoint: EndpointType) -> RestApi {
        let mut api = RestApi::unnamed("abc".into(), "root".into(), Timestamp(0));
        api.policy = policy.map(str::to_owned);
        api.endpoint.endpoint_type = endpoint;
        api
    }

    fn allows(resource: &str, call: &str) -> bool {
        let text = format!(
            r#"{{"Statement":{{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"{resource}"}}}}"#
        );
        let guard = ResourcePolicy::compile(&scope(), &api(Some(&text), EndpointType::Regional)).unwrap();
        let resource = format!("arn:aws:execute-api:us-east-1:123456789012:{call}");
        let (principal, action, resource) = (Principal::Anonymous, "execute-api:Invoke", resource.as_str());
        let request = Request { principal, action, resource, context: &NoContext };
        matches!(guard.policy().unwrap().evaluate(&request), Outcome::Allow(_))
    }

    #[test]
    fn short_resources_are_of_this_api() {
        for (resource, call, expected) in [
            ("execute-api:/*", "abc/dev/GET/pets", true),
            ("execute-api:/*", "xyz/dev/GET/pets", false),
            ("execute-api:/dev/GET/*", "abc/dev/GET/pets/1", true),
            ("execute-api:/dev/GET/*", "abc/prod/GET/pets/1", false),
            ("execute-api:/dev/GET/", "abc/dev/GET/", true),
            ("arn:aws:execute-api:us-east-1:123456789012:abc/dev/*", "abc/dev/GET/pets", true),
            ("arn:aws:execute-api:us-east-1:*:abc/dev/*", "abc/dev/GET/pets", true),
            ("arn:aws:execute-api:eu-west-1:123456789012:abc/*", "abc/dev/GET/pets", false),
            ("*", "abc/dev/GET/pets", true),
        ] {
            assert_eq!(allows(resource, call), expected, "{resource} ~ {call}");
        }
    }

    #[test]
    fn what_guards() {
        let kind = |policy, endpoint| ResourcePolicy::compile(&scope(), &api(policy, endpoint));
        assert!(kind(None, EndpointType::Regional).is_none());
        assert!(matches!(kind(None, EndpointType::Private), Some(ResourcePolicy::Missing)));
        assert!(matches!(kind(Some("{}"), EndpointType::Edge), Some(ResourcePolicy::Broken(_))));
    }
}
