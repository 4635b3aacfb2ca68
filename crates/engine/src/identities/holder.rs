//! Users and roles with their policies, compiled.

use std::sync::Arc;

use stagedoor_auth::policy::{Aws, Kind, Policy};
use stagedoor_auth::session::Session;

use crate::access::Signed;

/// A user or a role.
#[derive(Debug)]
pub struct Holder {
    pub account: Box<str>,
    /// `AIDA…` or `AROA…`.
    pub id: Box<str>,
    /// In IAM, path included.
    pub arn: Box<str>,
    pub name: Box<str>,
    pub kind: HolderKind,
    pub tags: Vec<(String, String)>,
    pub permissions: Permissions,
}

/// What a holder is.
#[derive(Debug)]
pub enum HolderKind {
    User,
    /// With the policy that says who may assume it; the error says why nobody may.
    Role {
        trust: Readable<Arc<Policy>>,
    },
}

/// Policies that are asked together. A policy that cannot be read might deny, so then nothing is allowed; the text says which.
pub type Readable<T> = Result<T, Arc<str>>;

/// What a holder may do.
#[derive(Debug)]
pub struct Permissions {
    pub identity: Readable<Vec<Arc<Policy>>>,
    pub boundary: Readable<Option<Arc<Policy>>>,
}

impl Holder {
    /// As policies see whoever acts as it.
    ///
    /// # Errors
    /// Why nothing is allowed, where one of the policies cannot be read.
    pub(crate) fn signed<'a>(&'a self, principal: Aws<'a>) -> Readable<Signed<'a>> {
        Ok(Signed {
            principal,
            identity: self.permissions.identity.as_deref().map_err(Arc::clone)?,
            boundary: self.permissions.boundary.as_ref().map_err(Arc::clone)?.as_deref(),
            session: None,
            unrestricted: false,
        })
    }
}

/// Compiles a policy under its name.
///
/// # Errors
/// What to tell the owner when it cannot be read.
pub fn compiled(name: &str, document: &str, kind: Kind) -> Readable<Arc<Policy>> {
    match Policy::parse(document, kind) {
        Ok(policy) => Ok(Arc::new(policy.named(name))),
        Err(error) => Err(format!("the policy {name} cannot be evaluated: {error}").into()),
    }
}

/// The policies that bound a session; none when it has none. A managed one that does not exist allows nothing.
pub(super) fn session_policies(
    session: &Session,
    managed: impl Fn(&str) -> Option<Arc<Policy>>,
) -> Readable<Option<Vec<Arc<Policy>>>> {
    if session.policies.is_empty() && session.policy_arns.is_empty() {
        return Ok(None);
    }
    let inline = session.policies.iter().map(|document| compiled("of the session", document, Kind::Session));
    let named = session.policy_arns.iter().map(|arn| match stagedoor_auth::managed::document(arn) {
        Some(document) => compiled(arn, document, Kind::Session),
        None => managed(arn).ok_or_else(|| format!("the session policy {arn} does not exist").into()),
    });
    inline.chain(named).collect::<Result<Vec<_>, _>>().map(Some)
}
