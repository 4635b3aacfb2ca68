//! Who may call a method: its authorization type and its authorizer, compiled once for all methods that name it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderName;
use stagedoor_model::{AuthorizationType, Authorizer, AuthorizerType, Method};

use super::Compiler;
use super::integration::function_part;
use crate::{
    AuthorizationPlan, AuthorizerAsks, CognitoAuthorizer, CognitoPlan, Credentials, Expression,
    LambdaAuthorizer, Pattern,
};

/// The authorizers compiled so far, by id.
#[derive(Default)]
pub(super) struct Authorizers<'s> {
    known: HashMap<&'s str, Known>,
}

#[derive(Clone)]
enum Known {
    Lambda(Arc<LambdaAuthorizer>),
    Cognito(Arc<CognitoAuthorizer>),
    Broken(Arc<str>),
}

impl<'s> Compiler<'s> {
    pub(super) fn authorization(&mut self, method: &'s Method) -> AuthorizationPlan {
        let kind = match method.authorization_type {
            AuthorizationType::None => return AuthorizationPlan::None,
            AuthorizationType::AwsIam => return AuthorizationPlan::Iam,
            kind => kind,
        };
        let id = method.authorizer_id.as_deref();
        let Some(authorizer) = id.and_then(|id| self.tree.authorizers.get(id)) else {
            return AuthorizationPlan::Broken(self.refuse("the method names no authorizer of the API"));
        };
        let known = self.authorizer(authorizer);
        match (kind, known) {
            (_, Known::Broken(reason)) => AuthorizationPlan::Broken(reason),
            (AuthorizationType::Custom, Known::Lambda(authorizer)) => AuthorizationPlan::Lambda(authorizer),
            (AuthorizationType::CognitoUserPools, Known::Cognito(authorizer)) => {
                let scopes = method.authorization_scopes.iter().map(|scope| scope.as_str().into()).collect();
                AuthorizationPlan::Cognito(Box::new(CognitoPlan { authorizer, scopes }))
            }
            (kind, _) => AuthorizationPlan::Broken(
                self.refuse(format!("the authorizer {} is none for authorization {kind}", authorizer.name)),
            ),
        }
    }

    fn authorizer(&mut self, authorizer: &'s Authorizer) -> Known {
        if let Some(known) = self.authorizers.known.get(authorizer.id.as_str()) {
            return known.clone();
        }
        let compiled = match authorizer.authorizer_type {
            AuthorizerType::Token | AuthorizerType::Request => {
                self.lambda_authorizer(authorizer).map(|it| Known::Lambda(Arc::new(it)))
            }
            AuthorizerType::CognitoUserPools => {
                CognitoAuthorizer::compile(authorizer).map(|it| Known::Cognito(Arc::new(it)))
            }
            AuthorizerType::Jwt => {
                Err(format!("the authorizer {}: JWT does not execute yet", authorizer.name))
            }
        };
        let known = compiled.unwrap_or_else(|reason| Known::Broken(self.refuse(reason)));
        self.authorizers.known.insert(&authorizer.id, known.clone());
        known
    }

    fn lambda_authorizer(&mut self, authorizer: &Authorizer) -> Result<LambdaAuthorizer, String> {
        let name = &authorizer.name;
        let uri = authorizer.uri.as_deref().unwrap_or_default();
        let Some((function, false)) = function_part(uri) else {
            return Err(format!("the authorizer {name} names no Lambda function but {uri:?}"));
        };
        let ttl = authorizer.result_ttl_seconds.unwrap_or(Authorizer::DEFAULT_TTL_SECONDS);
        Ok(LambdaAuthorizer {
            id: authorizer.id.as_str().into(),
            name: name.as_str().into(),
            asks: asks(authorizer)?,
            function: self.function(function),
            credentials: authorizer.credentials.as_deref().map(Credentials::parse),
            ttl: Duration::from_secs(ttl.min(Authorizer::MAX_TTL_SECONDS).into()),
        })
    }
}

fn asks(authorizer: &Authorizer) -> Result<AuthorizerAsks, String> {
    let (name, source) = (&authorizer.name, authorizer.identity_source.as_deref().unwrap_or_default());
    if authorizer.authorizer_type == AuthorizerType::Request {
        let sources = source.split(',').map(str::trim).filter(|source| !source.is_empty());
        let sources = sources.map(|source| {
            identity_source(source)
                .ok_or_else(|| format!("the authorizer {name} has no identity source {source}"))
        });
        return Ok(AuthorizerAsks::Request { sources: sources.collect::<Result<_, _>>()? });
    }
    let header = source.strip_prefix("method.request.header.");
    let header = header.and_then(|header| HeaderName::try_from(header).ok());
    let header = header
        .ok_or_else(|| format!("the identity source {source:?} of the authorizer {name} names no header"))?;
    let pattern = match authorizer.identity_validation_expression.as_deref() {
        None | Some("") => None,
        Some(expression) => match Pattern::compile_for_tokens(expression) {
            Pattern::Broken(reason) => return Err(format!("the authorizer {name}: {reason}")),
            pattern => Some(pattern),
        },
    };
    Ok(AuthorizerAsks::Token { header, pattern })
}

/// Path parameters and bodies identify nobody.
fn identity_source(text: &str) -> Option<Expression> {
    match Expression::parse(text)?.in_mappings() {
        source @ (Expression::Header(_)
        | Expression::Query(_)
        | Expression::StageVariable(_)
        | Expression::Context(_)) => Some(source),
        _ => None,
    }
}
