//! What is known of who calls: filled by the authorize step, read by mappings, templates, events and access logs.
//!
//! In: what a signature, an authorizer or a token says. Out: `$context.identity.*` of signed calls, `$context.authorizer.*`,
//! and the log's variables about the decision. It must not know how any of it was proved.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use crate::ContextVar;

/// Who signed a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerIdentity {
    pub access_key: Box<str>,
    pub account: Box<str>,
    /// The unique id: `AIDA…`, or `AROA…:session`.
    pub user: Box<str>,
    pub user_arn: Box<str>,
}

/// Who calls a method with an authorization, and how it was decided whether the call may go on.
#[derive(Debug, Clone, Default)]
pub struct CallerFacts {
    /// Of signed calls.
    pub identity: Option<Arc<CallerIdentity>>,
    /// `$context.authenticate.*`: whether the caller is who it says.
    pub authenticate: StepFacts,
    /// `$context.authorize.*`: whether the caller may call.
    pub authorize: StepFacts,
    /// What the method's authorizer said.
    pub authorizer: Option<AuthorizerContext>,
    /// How a Lambda authorizer was asked, or the answer kept of one was used.
    pub call: Option<AuthorizerCall>,
}

/// How one step of a decision went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepFacts {
    pub status: Option<u16>,
    pub error: Option<Cow<'static, str>>,
    pub latency: Option<Duration>,
}

/// `$context.authorizer.{error,latency,status…}`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorizerCall {
    pub step: StepFacts,
    /// What the Lambda service answered; none when an earlier answer was kept.
    pub integration_status: Option<u16>,
    /// How long the function took; zero when an earlier answer was kept.
    pub integration_latency: Duration,
    pub request_id: Option<Box<str>>,
}

/// What an authorizer says of a caller.
#[derive(Debug, Clone)]
pub enum AuthorizerContext {
    Lambda(Arc<LambdaContext>),
    /// The claims of a token, as text.
    Claims(Arc<[(Box<str>, Box<str>)]>),
}

/// What the function of an authorizer says of a caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LambdaContext {
    pub principal_id: Option<Box<str>>,
    /// The entries of `context`, as text, in the function's order.
    pub values: Box<[(Box<str>, Box<str>)]>,
    /// The API key in whose name the call is metered.
    pub usage_identifier_key: Option<Box<str>>,
}

/// `$context.authorizer.{name}`, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorizerKey {
    Claim(Arc<str>),
    Value(Arc<str>),
}

impl AuthorizerKey {
    /// The key in a variable's name, which is given without `$context.`.
    #[must_use]
    pub fn parse(variable: &str) -> Option<Self> {
        let name = variable.strip_prefix("authorizer.").filter(|name| !name.is_empty())?;
        Some(match name.strip_prefix("claims.") {
            Some(claim) => Self::Claim(claim.into()),
            None => Self::Value(name.into()),
        })
    }
}

impl AuthorizerContext {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &AuthorizerKey) -> Option<&str> {
        match (self, key) {
            (Self::Claims(claims), AuthorizerKey::Claim(name)) => named(claims, name),
            (Self::Lambda(lambda), AuthorizerKey::Value(name)) => lambda.get(name),
            _ => None,
        }
    }
}

impl LambdaContext {
    /// An entry of the context. `principalId` is the authorizer's own word, whatever the context says.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        match name {
            "principalId" => self.principal_id.as_deref(),
            name => named(&self.values, name),
        }
    }
}

impl CallerIdentity {
    pub(crate) fn value(&self, variable: ContextVar) -> Option<&str> {
        match variable {
            ContextVar::IdentityAccessKey => Some(&self.access_key),
            ContextVar::IdentityAccountId => Some(&self.account),
            ContextVar::IdentityCaller | ContextVar::IdentityUser => Some(&self.user),
            ContextVar::IdentityUserArn => Some(&self.user_arn),
            _ => None,
        }
    }
}

fn named<'v>(values: &'v [(Box<str>, Box<str>)], name: &str) -> Option<&'v str> {
    values.iter().find(|(known, _)| **known == *name).map(|(_, value)| &**value)
}

impl CallerFacts {
    /// A value of `$context.authorizer` in mappings, templates and logs.
    #[must_use]
    pub fn authorizer_value(&self, key: &AuthorizerKey) -> Option<Cow<'_, str>> {
        let named = || self.authorizer.as_ref()?.get(key).map(Cow::from);
        match key {
            AuthorizerKey::Value(name) if **name == *"integrationLatency" => {
                self.call.as_ref().map(|call| millis(call.integration_latency)).or_else(named)
            }
            _ => named(),
        }
    }

    /// The log's variables about a decision.
    pub(crate) fn value(&self, variable: ContextVar) -> Option<Cow<'_, str>> {
        use ContextVar as V;
        let call = self.call.as_ref();
        let (authenticate, authorize) = (Some(&self.authenticate), Some(&self.authorize));
        let authorizer = call.map(|call| &call.step);
        let error = |step: Option<&StepFacts>| step?.error.clone();
        let latency = |step: Option<&StepFacts>| step?.latency.map(millis);
        let status = |step: Option<&StepFacts>| Some(step?.status?.to_string().into());
        match variable {
            V::AuthenticateError => error(authenticate),
            V::AuthenticateLatency => latency(authenticate),
            V::AuthenticateStatus => status(authenticate),
            V::AuthorizeError => error(authorize),
            V::AuthorizeLatency => latency(authorize),
            V::AuthorizeStatus => status(authorize),
            V::AuthorizerError => error(authorizer),
            V::AuthorizerLatency => latency(authorizer),
            V::AuthorizerStatus => status(authorizer),
            V::AuthorizerIntegrationLatency => call.map(|call| millis(call.integration_latency)),
            V::AuthorizerIntegrationStatus => call?.integration_status.map(|it| it.to_string().into()),
            V::AuthorizerRequestId => call?.request_id.as_deref().map(Cow::from),
            _ => None,
        }
    }
}

fn millis(latency: Duration) -> Cow<'static, str> {
    latency.as_millis().to_string().into()
}
