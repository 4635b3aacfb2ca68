//! COGNITO_USER_POOLS authorizers, compiled.
//!
//! In: an authorizer of the model. Out: where its token stands and whose it must be, or why it can let nobody in. It must not
//! know keys, nor where user pools are.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderName;
use stagedoor_model::Authorizer;

use crate::{Pattern, UriPlan};

/// How a method asks for a token.
#[derive(Debug)]
pub struct CognitoPlan {
    pub authorizer: Arc<CognitoAuthorizer>,
    /// An access token needs one of them. None: an ID token is wanted.
    pub scopes: Box<[Box<str>]>,
}

/// An authorizer as it executes. Methods of a deployment that name the same one share it.
#[derive(Debug)]
pub struct CognitoAuthorizer {
    pub id: Arc<str>,
    /// The header with the token.
    pub header: HeaderName,
    /// ARNs of the pools whose tokens count. Stage variables may stand in them.
    pub user_pools: Box<[UriPlan]>,
    /// What the token's audience must match.
    pub audience: Option<Pattern>,
    /// How long a verified token is remembered.
    pub ttl: Duration,
}

impl CognitoAuthorizer {
    /// Compiles an authorizer.
    ///
    /// # Errors
    /// Why it can let nobody in.
    pub fn compile(authorizer: &Authorizer) -> Result<Self, String> {
        let name = &authorizer.name;
        let source = authorizer.identity_source.as_deref().unwrap_or_default();
        let header =
            source.strip_prefix("method.request.header.").and_then(|it| HeaderName::try_from(it).ok());
        let header = header.ok_or_else(|| {
            format!("the identity source {source:?} of the authorizer {name} names no header")
        })?;
        if authorizer.provider_arns.is_empty() {
            return Err(format!("the authorizer {name} names no user pool"));
        }
        let audience = match authorizer.identity_validation_expression.as_deref() {
            None | Some("") => None,
            Some(expression) => match Pattern::compile_for_tokens(expression) {
                Pattern::Broken(reason) => return Err(format!("authorizer {name}: {reason}")),
                pattern => Some(pattern),
            },
        };
        let ttl = authorizer.result_ttl_seconds.unwrap_or(Authorizer::DEFAULT_TTL_SECONDS);
        Ok(Self {
            id: authorizer.id.as_str().into(),
            header,
            user_pools: authorizer.provider_arns.iter().map(|arn| UriPlan::text(arn)).collect(),
            audience,
            ttl: Duration::from_secs(ttl.into()),
        })
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_model::{Authorizer, AuthorizerType};

    use super::CognitoAuthorizer;

    fn authorizer() -> Authorizer {
        let kind = AuthorizerType::CognitoUserPools;
        Authorizer {
            provider_arns: vec!["arn:aws:cognito-idp:r:1:userpool/${stageVariables.pool}".to_owned()],
            identity_source: Some("method.request.header.X-Token".to_owned()),
            ..Authorizer::new("id".to_owned(), "pools".to_owned(), kind)
        }
    }

    #[test]
    fn what_counts_is_compiled() {
        let compiled = CognitoAuthorizer::compile(&authorizer()).unwrap();
        assert_eq!((compiled.header.as_str(), compiled.ttl.as_secs()), ("x-token", 300));
        assert_eq!(compiled.user_pools[0].parts.len(), 2);
        assert!(compiled.audience.is_none());
    }

    #[test]
    fn what_lets_nobody_in_says_why() {
        let table = [
            (Authorizer { provider_arns: Vec::new(), ..authorizer() }, "names no user pool"),
            (Authorizer { identity_source: None, ..authorizer() }, "names no header"),
            (
                Authorizer { identity_source: Some("method.request.header.a b".to_owned()), ..authorizer() },
                "names no header",
            ),
            (
                Authorizer { identity_validation_expression: Some("(".to_owned()), ..authorizer() },
                "is no regular expression",
            ),
        ];
        for (authorizer, expected) in table {
            let reason = CognitoAuthorizer::compile(&authorizer).unwrap_err();
            assert!(reason.contains(expected), "{reason}");
        }
    }
}
