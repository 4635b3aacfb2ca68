//! Whether a caller may assume a role: its trust policy and the caller's own policies together.

use stagedoor_auth::policy::{Decision, Kind, Policies, Policy, Request, decide};

use stagedoor_model::Map;

use super::facts::{Facts, Given};
use super::{Compiled, as_principal};
use crate::ApiError;
use crate::caller::Caller;
use crate::context::{Context, Origin};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Assumption<'a> {
    pub(crate) role_arn: &'a str,
    pub(crate) trust_policy: &'a str,
    /// Whether the role belongs to the caller's account. Otherwise both accounts have to allow.
    pub(crate) same_account: bool,
    pub(crate) session_name: &'a str,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) tags: &'a [(String, String)],
    pub(crate) role_tags: &'a Map<String>,
}

/// Refuses what either side does not allow. To pass tags is a permission of its own.
pub(crate) fn may_assume(ctx: &Context, assumption: &Assumption<'_>) -> Result<(), ApiError> {
    let refusal = || not_authorized_to_assume(&ctx.caller, assumption.role_arn);
    let trust = Policy::parse(assumption.trust_policy, Kind::Trust).map_err(|_| refusal())?;
    let Origin::Call(source) = ctx.origin else { return Err(refusal()) };
    let given = Given::assuming(assumption.session_name, assumption.external_id, assumption.tags);
    let facts = Facts::new(&given, ctx, source).tagged(assumption.role_tags.clone());
    let held = ctx.caller.policies.as_ref().map(Compiled::of).transpose()?;
    let policies = Policies {
        resource: Some(&trust),
        same_account: assumption.same_account,
        unrestricted: held.is_none(),
        ..held.as_ref().map(Compiled::policies).unwrap_or_default()
    };
    let actions: &[&str] =
        if assumption.tags.is_empty() { &["sts:AssumeRole"] } else { &["sts:AssumeRole", "sts:TagSession"] };
    let resource = assumption.role_arn;
    as_principal(&ctx.caller, |principal| {
        let is_allowed = |action| {
            let request = Request { principal, action, resource, context: &facts };
            // The root of an account may do what it likes, but it cannot make a role trust it.
            trust_allows(&trust, &request) && decide(&policies, &request).is_allowed()
        };
        if actions.iter().all(|action| is_allowed(action)) { Ok(()) } else { Err(refusal()) }
    })
}

/// A role that trusts nobody cannot be assumed, whatever identities may do.
fn trust_allows(trust: &Policy, request: &Request<'_>) -> bool {
    let alone =
        Policies { resource: Some(trust), unrestricted: true, same_account: false, ..Policies::default() };
    matches!(decide(&alone, request), Decision::Allowed(_))
}

/// AWS's sentence, the same for a role that does not exist.
pub(crate) fn not_authorized_to_assume(caller: &Caller, role_arn: &str) -> ApiError {
    let user = caller.arn();
    ApiError::AccessDenied(format!(
        "User: {user} is not authorized to perform: sts:AssumeRole on resource: {role_arn}"
    ))
}
