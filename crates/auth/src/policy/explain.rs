//! Decisions for people: which statement decides, and why the others do not.

use std::fmt;

use super::context::{Keys, TextBuffer, Value};
use super::decide::{Decision, Policies, Source, Which, decide};
use super::evaluate::{Policy, Request};
use super::statement::{Effect, Obstacle, Statement};

/// A decision and what each statement had to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub allowed: bool,
    /// `denied by statement 2 ("Office") of the resource-based policy`
    pub verdict: String,
    /// One line a statement.
    pub statements: Vec<String>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.verdict)?;
        self.statements.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

impl fmt::Display for Which<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(statement) = self.statement else {
            return f.write_str("the account's root, who may do everything");
        };
        write!(f, "statement {}", statement + 1)?;
        if let Some(sid) = self.sid {
            write!(f, " (\"{sid}\")")?;
        }
        match self.policy {
            Some(name) => write!(f, " of the {} {name}", self.source.as_str()),
            None => write!(f, " of the {}", self.source.as_str()),
        }
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed(which) => write!(f, "allowed by {which}"),
            Self::ExplicitDeny(which) => write!(f, "denied by {which}"),
            Self::ImplicitDeny(source) => write!(f, "denied: no {} allows it", source.as_str()),
        }
    }
}

/// Decides as [`decide`] does, and says why.
#[must_use]
pub fn explain(policies: &Policies<'_>, request: &Request<'_>) -> Explanation {
    let decision = decide(policies, request);
    let identity = policies.identity.iter().map(|policy| (Source::Identity, &**policy));
    let boundary = policies.boundary.map(|policy| (Source::Boundary, policy));
    let session = policies.session.unwrap_or_default().iter().map(|policy| (Source::Session, &**policy));
    let resource = policies.resource.map(|policy| (Source::Resource, policy));
    let all = resource.into_iter().chain(identity).chain(boundary).chain(session);
    let statements = all.flat_map(|(source, policy)| lines(source, policy, request)).collect();
    Explanation { allowed: decision.is_allowed(), verdict: decision.to_string(), statements }
}

fn lines(source: Source, policy: &Policy, request: &Request<'_>) -> Vec<String> {
    let describe = |(index, statement): (usize, &Statement)| {
        let (policy, sid) = (policy.name.as_deref(), statement.sid.as_deref());
        let which = Which { source, policy, statement: Some(index), sid };
        let effect = match statement.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        };
        format!("{which}, {effect}: {}", reason(statement, request))
    };
    policy.statements.iter().enumerate().map(describe).collect()
}

fn reason(statement: &Statement, request: &Request<'_>) -> String {
    let keys = Keys::new(request.principal, request.context);
    match statement.matches(request, &keys) {
        Ok(_) => "matches".to_owned(),
        Err(Obstacle::Principal) => "is not about who asks".to_owned(),
        Err(Obstacle::Action) => format!("is not about {}", request.action),
        Err(Obstacle::Resource) => "is not about the resource".to_owned(),
        Err(Obstacle::Condition(condition)) => {
            let key = &condition.key;
            format!("its condition on {key} does not hold; here {}", spell(keys.get(key)))
        }
    }
}

fn spell(value: Value<'_>) -> String {
    match value {
        Value::Absent => "the request has none".to_owned(),
        Value::Unknown => "it is not known".to_owned(),
        Value::Many(texts) => format!("it is {}", texts.join(", ")),
        value => format!("it is {}", value.as_single_text(&mut TextBuffer::default()).unwrap_or_default()),
    }
}
