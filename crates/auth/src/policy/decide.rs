//! Several policies and one request: identity, boundary, session and resource together.

use std::sync::Arc;

use super::evaluate::{Match, Outcome, Policy, Request};
use super::principal::{Grant, Principal};

/// Everything that has a say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policies<'p> {
    /// Of the user and its groups, of the role, or what a Lambda authorizer answered.
    pub identity: &'p [Arc<Policy>],
    /// Beyond this nothing is allowed.
    pub boundary: Option<&'p Policy>,
    /// Policies that came with a session; an empty list allows nothing.
    pub session: Option<&'p [Arc<Policy>]>,
    /// Of what is asked for.
    pub resource: Option<&'p Policy>,
    /// The root of the account: its identity allows everything.
    pub unrestricted: bool,
    /// The caller and the resource belong to the same account. Otherwise both have to allow.
    pub same_account: bool,
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Identity,
    Boundary,
    Session,
    Resource,
}

impl Source {
    /// As AWS's messages name it: `because no … policy allows`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::Resource => "resource-based policy",
        }
    }
}

/// The statement that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which<'p> {
    pub source: Source,
    pub policy: Option<&'p str>,
    /// Counted from 0. None: no statement, the caller is the root of the account.
    pub statement: Option<usize>,
    pub sid: Option<&'p str>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'p> {
    Allowed(Which<'p>),
    ExplicitDeny(Which<'p>),
    /// No policy of this kind allows it.
    ImplicitDeny(Source),
}

impl Decision<'_> {
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// What the policies say together. An explicit deny of any of them stands above all.
#[must_use]
pub fn decide<'p>(policies: &Policies<'p>, request: &Request<'_>) -> Decision<'p> {
    match weigh(policies, request) {
        Ok(decision) => decision,
        Err(denied) => Decision::ExplicitDeny(denied),
    }
}

/// What one kind of policy allows, and by which statement; the error is a matching Deny.
type Allowed<'p> = Result<Option<(Which<'p>, Grant)>, Which<'p>>;

fn weigh<'p>(policies: &Policies<'p>, request: &Request<'_>) -> Result<Decision<'p>, Which<'p>> {
    let resource = among(Source::Resource, policies.resource, request)?;
    let identity = among(Source::Identity, policies.identity.iter().map(|policy| &**policy), request)?;
    let boundary = match policies.boundary {
        Some(policy) => among(Source::Boundary, Some(policy), request)?.is_some(),
        None => true,
    };
    let session = match policies.session {
        Some(list) => among(Source::Session, list.iter().map(|policy| &**policy), request)?.is_some(),
        None => true,
    };
    let root = Which { source: Source::Identity, policy: None, statement: None, sid: None };
    let identity = identity.map(|(which, _)| which).or(policies.unrestricted.then_some(root));
    let limited = |which| match (boundary, session) {
        (false, _) => Decision::ImplicitDeny(Source::Boundary),
        (_, false) => Decision::ImplicitDeny(Source::Session),
        _ => Decision::Allowed(which),
    };
    Ok(match (identity, resource) {
        (Some(which), Some(_)) if !policies.same_account => limited(which),
        (Some(_), None) if !policies.same_account => Decision::ImplicitDeny(Source::Resource),
        (None, _) if !policies.same_account => Decision::ImplicitDeny(Source::Identity),
        (_, Some((which, Grant::Direct))) => Decision::Allowed(which),
        (Some(which), _) | (None, Some((which, Grant::Limited))) => limited(which),
        (None, _) => Decision::ImplicitDeny(lacking(policies, request)),
    })
}

/// Whose Allow is missing where one would do.
fn lacking(policies: &Policies<'_>, request: &Request<'_>) -> Source {
    let has_identity = !policies.identity.is_empty() || matches!(request.principal, Principal::Aws(_));
    if has_identity { Source::Identity } else { Source::Resource }
}

fn among<'p>(
    source: Source,
    policies: impl IntoIterator<Item = &'p Policy>,
    request: &Request<'_>,
) -> Allowed<'p> {
    let mut best: Option<(Which<'p>, Grant)> = None;
    for policy in policies {
        match policy.evaluate(request) {
            Outcome::ExplicitDeny(found) => return Err(which(source, policy, &found)),
            Outcome::Allow(found) if best.is_none_or(|(_, grant)| grant < found.grant) => {
                best = Some((which(source, policy, &found), found.grant));
            }
            Outcome::Allow(_) | Outcome::NoMatch => {}
        }
    }
    Ok(best)
}

fn which<'p>(source: Source, policy: &'p Policy, found: &Match<'p>) -> Which<'p> {
    Which { source, policy: policy.name.as_deref(), statement: Some(found.statement), sid: found.sid }
}
