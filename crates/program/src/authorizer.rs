//! How a method asks who calls, compiled.
//!
//! In: a method and the authorizer that it names. Out: a plan; what lets nobody in says why. It must not know policies, keys,
//! nor any call.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderName;

use crate::{CognitoPlan, Credentials, Expression, FunctionTarget, Pattern};

/// Who may call a method.
#[derive(Debug)]
pub enum AuthorizationPlan {
    /// Anybody whom the API's policy lets in.
    None,
    /// AWS_IAM: who signs.
    Iam,
    /// CUSTOM: whom a function lets in.
    Lambda(Arc<LambdaAuthorizer>),
    Cognito(Box<CognitoPlan>),
    /// Nobody: it cannot execute; the reason is for the log.
    Broken(Arc<str>),
}

/// A TOKEN or REQUEST authorizer as it executes. Methods of a deployment that name the same one share it.
#[derive(Debug)]
pub struct LambdaAuthorizer {
    pub id: Arc<str>,
    pub name: Arc<str>,
    pub asks: AuthorizerAsks,
    pub function: FunctionTarget,
    /// None: API Gateway itself calls, as the function's policy allows it.
    pub credentials: Option<Credentials>,
    /// How long an answer is kept; zero: never.
    pub ttl: Duration,
}

/// What an authorizer's function decides by.
#[derive(Debug)]
pub enum AuthorizerAsks {
    /// TOKEN: the header, and what its whole value must match.
    Token { header: HeaderName, pattern: Option<Pattern> },
    /// REQUEST: the request; the sources are the key of kept answers.
    Request { sources: Box<[Expression]> },
}
