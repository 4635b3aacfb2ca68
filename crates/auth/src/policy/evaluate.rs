//! One policy and one request.

use std::sync::Arc;

use super::condition::Condition;
use super::context::{Context, Keys};
use super::pattern::Pattern;
use super::principal::{Grant, Principal, PrincipalPattern};
use super::statement::{Effect, Listed, Statement};

/// A compiled policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policy {
    pub(super) name: Option<Box<str>>,
    pub(super) statements: Box<[Statement]>,
}

/// What a policy is asked.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub principal: Principal<'a>,
    /// `execute-api:Invoke`
    pub action: &'a str,
    pub resource: &'a str,
    pub context: &'a dyn Context,
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { principal, action, resource, context: _ } = self;
        write!(f, "{principal:?}: {action} on {resource}")
    }
}

/// A statement that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'p> {
    /// Counted from 0.
    pub statement: usize,
    pub sid: Option<&'p str>,
    pub grant: Grant,
}

/// What one policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<'p> {
    Allow(Match<'p>),
    /// No Allow of any policy outweighs it.
    ExplicitDeny(Match<'p>),
    NoMatch,
}

/// A statement as Lambda's `AddPermission` makes it.
#[derive(Debug, Clone, Copy)]
pub struct Permission<'a> {
    pub sid: &'a str,
    /// `apigateway.amazonaws.com`, an account, an ARN or `*`.
    pub principal: &'a str,
    pub action: &'a str,
    pub source_arn: Option<&'a str>,
    pub source_account: Option<&'a str>,
}

impl Policy {
    /// The policy of a function, made of these grants.
    #[must_use]
    pub fn of_permissions<'a>(permissions: impl IntoIterator<Item = Permission<'a>>) -> Self {
        let statements = permissions.into_iter().map(|permission| permission.compile()).collect();
        Self { name: None, statements }
    }

    /// The same policy under a name for explanations.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// How many statements there are.
    #[must_use]
    pub fn statement_count(&self) -> usize {
        self.statements.len()
    }

    /// What the policy says of the request: a matching Deny first, then the Allow that reaches farthest.
    #[must_use]
    pub fn evaluate(&self, request: &Request<'_>) -> Outcome<'_> {
        let keys = Keys::new(request.principal, request.context);
        let mut best: Option<Match<'_>> = None;
        // Most policies name the same actions in all statements.
        let mut asked: Option<(&Arc<Listed<Pattern>>, bool)> = None;
        for (index, statement) in self.statements.iter().enumerate() {
            let is_about = match asked {
                Some((actions, is_about)) if Arc::ptr_eq(actions, &statement.actions) => is_about,
                _ => statement.actions.is_about(request.action),
            };
            asked = Some((&statement.actions, is_about));
            if !is_about {
                continue;
            }
            let Ok(grant) = statement.matches_beyond_action(request, &keys) else { continue };
            let found = Match { statement: index, sid: statement.sid.as_deref(), grant };
            match statement.effect {
                Effect::Deny => return Outcome::ExplicitDeny(found),
                Effect::Allow if best.is_none_or(|best| best.grant < grant) => best = Some(found),
                Effect::Allow => {}
            }
        }
        best.map_or(Outcome::NoMatch, Outcome::Allow)
    }
}

impl Permission<'_> {
    fn compile(&self) -> Statement {
        let arn = self.source_arn.map(Condition::source_arn);
        let account = self.source_account.map(Condition::source_account);
        Statement {
            sid: Some(self.sid.into()),
            effect: Effect::Allow,
            principals: Some(Listed::These([PrincipalPattern::of_permission(self.principal)].into())),
            actions: Arc::new(Listed::These([Pattern::action(self.action)].into())),
            resources: None,
            conditions: arn.into_iter().chain(account).collect(),
        }
    }
}
