//! `AssumeRole`: the role's trust policy decides together with the caller's own.

use stagedoor_auth::session::SessionPrincipal;
use stagedoor_base::AccountId;
use stagedoor_model::{IamKind, IamTree, Role};
use stagedoor_wire::sts as wire;

use super::{credentials, duration, new_session, refuse_second_factor};
use crate::authorize::{Assumption, may_assume};
use crate::context::Context;
use crate::iam::{check_session_policy, failure};
use crate::{ApiError, caller};

/// What a chain of roles may last at most.
const CHAINED_SECONDS: u64 = 3600;
const DEFAULT_SECONDS: u64 = 3600;
const POLICY_ARNS: usize = 10;
/// Characters that session policies may take, and what `PackedPolicySize` is a share of.
const POLICY_SIZE: usize = 2048;

pub(crate) fn assume_role(
    ctx: &Context,
    request: wire::AssumeRoleRequest,
) -> Result<wire::AssumeRoleResponse, ApiError> {
    refuse_unsupported(&request)?;
    let (account, tree, role) = find(ctx, &request.role_arn)?;
    let tags = tags(&request)?;
    let assumption = Assumption {
        role_arn: &request.role_arn,
        trust_policy: &role.trust_policy,
        same_account: account == ctx.scope.account,
        session_name: &request.role_session_name,
        external_id: request.external_id.as_deref(),
        tags: &tags,
        role_tags: &role.tags,
    };
    may_assume(ctx, &assumption)?;
    let policies: Vec<String> = request.policy.into_iter().collect();
    policies.iter().try_for_each(|policy| check_session_policy(policy))?;
    let principal = SessionPrincipal::Role {
        name: role.name.clone(),
        id: role.id.clone(),
        session: request.role_session_name.clone(),
    };
    let seconds = seconds(ctx, &role, request.duration_seconds)?;
    let packed: usize = policies.iter().map(String::len).sum();
    let mut session = new_session(ctx, account.as_str(), principal, seconds)?;
    session.policy_arns = policy_arns(&account, &tree, request.policy_arns)?;
    let has_policies = !policies.is_empty() || !session.policy_arns.is_empty();
    session.policies = policies;
    session.tags = tags;
    let (name, session_name) = (&role.name, &request.role_session_name);
    let assumed_role_user = wire::AssumedRoleUser {
        assumed_role_id: format!("{}:{session_name}", role.id),
        arn: format!("arn:aws:sts::{account}:assumed-role/{name}/{session_name}"),
    };
    Ok(wire::AssumeRoleResponse {
        credentials: Some(credentials(ctx, &session)?),
        assumed_role_user: Some(assumed_role_user),
        packed_policy_size: has_policies
            .then(|| i32::try_from(packed * 100 / POLICY_SIZE).unwrap_or(100).max(1)),
        ..Default::default()
    })
}

fn refuse_unsupported(request: &wire::AssumeRoleRequest) -> Result<(), ApiError> {
    refuse_second_factor(request.serial_number.as_deref())?;
    let asked = [
        ("SourceIdentity", request.source_identity.is_some()),
        ("TransitiveTagKeys", request.transitive_tag_keys.as_ref().is_some_and(|keys| !keys.is_empty())),
        ("ProvidedContexts", request.provided_contexts.as_ref().is_some_and(|list| !list.is_empty())),
    ];
    match asked.iter().find(|(_, asked)| *asked) {
        Some((name, _)) => Err(failure(400, "ValidationError", format!("{name} is not supported here."))),
        None => Ok(()),
    }
}

/// The role behind an ARN, in whatever account. Who may not assume it is not told whether it exists.
fn find(ctx: &Context, arn: &str) -> Result<(AccountId, IamTree, Role), ApiError> {
    let Some((account, name)) = parse(arn) else {
        return Err(failure(400, "ValidationError", format!("{arn} is invalid")));
    };
    let tree = ctx.store.iam(&account)?.value;
    let found = tree
        .roles
        .get(name)
        .filter(|role| IamKind::Role.arn(account.as_str(), &role.path, &role.name) == arn)
        .cloned();
    let role = found.ok_or_else(|| crate::authorize::not_authorized_to_assume(&ctx.caller, arn))?;
    Ok((account, tree, role))
}

/// `arn:aws:iam::123456789012:role/path/name`.
fn parse(arn: &str) -> Option<(AccountId, &str)> {
    let (account, path) = arn.strip_prefix("arn:aws:iam::")?.split_once(":role/")?;
    Some((AccountId::parse(account).ok()?, path.rsplit('/').next()?))
}

fn tags(request: &wire::AssumeRoleRequest) -> Result<Vec<(String, String)>, ApiError> {
    let tags: Vec<(String, String)> =
        request.tags.iter().flatten().map(|tag| (tag.key.clone(), tag.value.clone())).collect();
    let is_twice = |index: usize, key: &str| {
        tags[..index].iter().any(|(other, _): &(String, String)| other.eq_ignore_ascii_case(key))
    };
    if tags.iter().enumerate().any(|(index, (key, _))| is_twice(index, key)) {
        let message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
        return Err(failure(400, "InvalidParameterValue", message));
    }
    Ok(tags)
}

fn seconds(ctx: &Context, role: &Role, given: Option<i32>) -> Result<u64, ApiError> {
    let seconds = duration(given, DEFAULT_SECONDS);
    let message = if seconds > u64::from(role.max_session_seconds) {
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    } else if ctx.caller.is_role_session() && seconds > CHAINED_SECONDS {
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
    } else {
        return Ok(seconds);
    };
    Err(failure(400, "ValidationError", message))
}

fn policy_arns(
    account: &AccountId,
    tree: &IamTree,
    given: Option<Vec<wire::PolicyDescriptorType>>,
) -> Result<Vec<String>, ApiError> {
    let arns: Vec<String> = given.into_iter().flatten().filter_map(|policy| policy.arn).collect();
    if arns.len() > POLICY_ARNS {
        let message = format!("A session has at most {POLICY_ARNS} managed policies.");
        return Err(failure(400, "ValidationError", message));
    }
    for arn in &arns {
        if caller::managed(account, tree, arn).document.is_empty() {
            let message = format!("The policy {arn} does not exist.");
            return Err(failure(400, "ValidationError", message));
        }
    }
    Ok(arns)
}
