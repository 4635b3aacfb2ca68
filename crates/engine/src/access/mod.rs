//! Whether policies let a call in: those of the API, and those of who calls.
//!
//! In: a call, its program, and the policies of its caller. Out: nothing, or the refusal in AWS's words. It must not know how
//! callers prove who they are.

mod condition_keys;
mod method_arn;
mod refusal;

use std::sync::Arc;

use stagedoor_auth::policy::{Aws, Decision, Policies, Policy, Principal, Request, Source, decide};
use stagedoor_base::{AccountId, Cause, ConfigurationError};
use stagedoor_program::{Program, Record, ResourcePolicy};

pub(crate) use condition_keys::RequestKeys;
use method_arn::MethodArn;
pub use method_arn::{Demand, path_readings};
pub(crate) use method_arn::{is_too_long, method_arn, unescaped};
use refusal::refusal;

/// The action of every call.
pub(crate) const INVOKE: &str = "execute-api:Invoke";
/// What a call asks for that wants a new reply in the place of a cached one.
const INVALIDATE: &str = "execute-api:InvalidateCache";

/// Who calls, as far as policies care.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Identity<'a> {
    /// Anybody: methods without authorization, and those whose token says nothing about policies.
    Anonymous,
    /// What a Lambda authorizer answered.
    Authorizer(&'a Arc<Policy>),
    /// Somebody who signed.
    Signed(&'a Signed<'a>),
}

/// A signed caller and the policies of its identity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signed<'a> {
    pub(crate) principal: Aws<'a>,
    pub(crate) identity: &'a [Arc<Policy>],
    pub(crate) boundary: Option<&'a Policy>,
    pub(crate) session: Option<&'a [Arc<Policy>]>,
    /// The root of its account.
    pub(crate) unrestricted: bool,
}

/// Refuses a call that the API's policy denies whoever calls. Asked before a Lambda authorizer is, so that its function does
/// not run for nothing.
pub(crate) fn screen(program: &Program, record: &Record) -> Result<(), Cause> {
    let policy = match guard(program)? {
        Guard::None => return Ok(()),
        Guard::Missing => return Err(missing(program, record, Identity::Anonymous)),
        Guard::Policy(policy) => policy,
    };
    let policies = Policies { resource: Some(policy), same_account: true, ..Policies::default() };
    ask(program, record, INVOKE, Identity::Anonymous, &policies, |_| Demand::NotDenied)
}

/// Whether the API's policy and those of the caller let the call in, by AWS's tables: within an account one of both has to
/// allow it, across accounts both, and a deny of either stands.
pub(crate) fn admit(program: &Program, record: &Record, identity: Identity<'_>) -> Result<(), Cause> {
    let resource = match (guard(program)?, identity) {
        (Guard::None, Identity::Anonymous) => return Ok(()),
        (Guard::Missing, _) => return Err(missing(program, record, identity)),
        (Guard::None, _) => None,
        (Guard::Policy(policy), _) => Some(policy),
    };
    let policies = match &identity {
        Identity::Anonymous => Policies { same_account: true, ..Policies::default() },
        Identity::Authorizer(policy) => {
            Policies { identity: std::slice::from_ref(*policy), same_account: true, ..Policies::default() }
        }
        Identity::Signed(signed) => signed.policies(&program.deployment.scope.account),
    };
    ask(program, record, INVOKE, identity, &Policies { resource, ..policies }, |demand| demand)
}

/// Whether a policy lets the caller renew cached replies. That has to be allowed in so many words, and AWS lets nobody of
/// another account do it.
pub(crate) fn may_invalidate(
    program: &Program,
    record: &Record,
    identity: Identity<'_>,
) -> Result<(), Cause> {
    let resource = match guard(program)? {
        Guard::Policy(policy) => Some(policy),
        Guard::None | Guard::Missing => None,
    };
    let policies = match &identity {
        Identity::Signed(signed) => signed.policies(&program.deployment.scope.account),
        Identity::Anonymous | Identity::Authorizer(_) => {
            Policies { same_account: true, ..Policies::default() }
        }
    };
    if !policies.same_account {
        let decision = Decision::ImplicitDeny(Source::Identity);
        return Err(refusal(identity, &MethodArn::of(program, record), INVALIDATE, &decision));
    }
    ask(program, record, INVALIDATE, identity, &Policies { resource, ..policies }, |demand| demand)
}

fn ask(
    program: &Program,
    record: &Record,
    action: &str,
    identity: Identity<'_>,
    policies: &Policies<'_>,
    wanted: impl Fn(Demand) -> Demand,
) -> Result<(), Cause> {
    let (context, arn) = (RequestKeys::new(program, record), MethodArn::of(program, record));
    let principal = match identity {
        Identity::Signed(signed) => Principal::Aws(signed.principal),
        Identity::Anonymous | Identity::Authorizer(_) => Principal::Anonymous,
    };
    for (demand, resource) in arn.demands() {
        let decision = decide(policies, &Request { principal, action, resource, context: &context });
        match (&decision, wanted(demand)) {
            (Decision::Allowed(_), _) | (Decision::ImplicitDeny(_), Demand::NotDenied) => {}
            _ => return Err(refusal(identity, &arn, action, &decision)),
        }
    }
    Ok(())
}

/// The refusal of a signed caller with a policy that cannot be read: it might deny.
pub(crate) fn unreadable(program: &Program, record: &Record, user: &str, reason: &str) -> Cause {
    refusal::unreadable(user, &MethodArn::of(program, record), reason)
}

fn missing(program: &Program, record: &Record, identity: Identity<'_>) -> Cause {
    let arn = MethodArn::of(program, record);
    refusal(identity, &arn, INVOKE, &Decision::ImplicitDeny(Source::Resource))
}

impl<'a> Signed<'a> {
    fn policies(&self, owner: &AccountId) -> Policies<'a> {
        Policies {
            identity: self.identity,
            boundary: self.boundary,
            session: self.session,
            resource: None,
            unrestricted: self.unrestricted,
            same_account: self.principal.account == owner.as_str(),
        }
    }
}

/// What guards an API.
enum Guard<'p> {
    None,
    Policy(&'p Policy),
    /// A private API has to have one.
    Missing,
}

fn guard(program: &Program) -> Result<Guard<'_>, Cause> {
    match program.deployment.resource_policy.as_deref() {
        None => Ok(Guard::None),
        Some(ResourcePolicy::Compiled(policy)) => Ok(Guard::Policy(policy)),
        Some(ResourcePolicy::Missing) => Ok(Guard::Missing),
        Some(ResourcePolicy::Broken(reason)) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
    }
}
