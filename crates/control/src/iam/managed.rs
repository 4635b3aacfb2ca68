//! Managed policies: the account's own, in versions, and AWS's.

use std::collections::BTreeMap;

use stagedoor_auth::managed::{self as aws_managed, AwsManaged};
use stagedoor_base::Timestamp;
use stagedoor_model::{IamKind, IamTree, ManagedPolicy, ManagedPolicyVersion, Permissions};
use stagedoor_wire::iam as wire;

use super::document::{shown, size};
use super::error::{exists, failure, no_such_policy, quota};
use super::names::is_taken;
use super::{Listed, check_identity_policy, is_below, listed, new_unique_id, tag, time};
use crate::ApiError;
use crate::context::Context;

/// Characters of one document.
const DOCUMENT_SIZE: usize = 6144;
const VERSIONS: usize = 5;
/// AWS's own policies are older than everything here.
const AWS_CREATED: Timestamp = Timestamp(1_423_180_800_000);

pub(crate) fn create_policy(
    ctx: &Context,
    request: wire::CreatePolicyRequest,
) -> Result<wire::CreatePolicyResponse, ApiError> {
    check(&request.policy_document)?;
    let first = ManagedPolicyVersion { document: request.policy_document, created: ctx.now };
    let policy = ManagedPolicy {
        name: request.policy_name,
        id: new_unique_id("ANPA", 17)?,
        path: request.path.unwrap_or_else(|| "/".to_owned()),
        description: request.description,
        created: ctx.now,
        updated: ctx.now,
        versions: BTreeMap::from([(1, first)]),
        default_version: 1,
        last_version: 1,
        tags: tag::tags(request.tags.as_deref())?,
        declared_in: None,
    };
    ctx.edit_iam(|tree| {
        if is_taken(tree.policies.keys(), &policy.name) {
            return Err(exists(IamKind::Policy, &policy.name));
        }
        tree.policies.insert(policy.name.clone(), policy.clone());
        Ok(())
    })?;
    // Of a new policy AWS tells no description.
    let policy = wire::Policy { description: None, ..to_wire(ctx, &IamTree::default(), &policy) };
    Ok(wire::CreatePolicyResponse { policy: Some(policy) })
}

pub(crate) fn get_policy(
    ctx: &Context,
    request: wire::GetPolicyRequest,
) -> Result<wire::GetPolicyResponse, ApiError> {
    let tree = ctx.iam()?;
    let policy = match aws_managed::find(&request.policy_arn) {
        Some(policy) => aws_to_wire(&tree, policy),
        None => to_wire(ctx, &tree, own_policy(ctx, &tree, &request.policy_arn)?),
    };
    Ok(wire::GetPolicyResponse { policy: Some(policy) })
}

pub(crate) fn list_policies(
    ctx: &Context,
    request: wire::ListPoliciesRequest,
) -> Result<wire::ListPoliciesResponse, ApiError> {
    let tree = ctx.iam()?;
    let scope = request.scope.as_deref().unwrap_or("All");
    let (own, aws) = (scope != "AWS", scope != "Local");
    let own = tree.policies.values().filter(|_| own).map(|policy| to_wire(ctx, &tree, policy));
    let aws = aws_managed::ALL.iter().filter(|_| aws).map(|policy| aws_to_wire(&tree, policy));
    let mut policies: Vec<wire::Policy> = own.chain(aws).collect();
    policies.retain(|policy| {
        is_below(policy.path.as_deref().unwrap_or_default(), request.path_prefix.as_deref())
    });
    let counted = |policy: &wire::Policy| match request.policy_usage_filter.as_deref() {
        Some("PermissionsBoundary") => policy.permissions_boundary_usage_count,
        _ => policy.attachment_count,
    };
    if request.only_attached == Some(true) {
        policies.retain(|policy| counted(policy).is_some_and(|count| count > 0));
    }
    let key = |policy: &wire::Policy| policy.arn.clone().unwrap_or_default();
    let page = listed(policies, request.marker.as_deref(), request.max_items, key)?;
    // Lists leave descriptions and tags out.
    let brief = |policy| wire::Policy { description: None, tags: None, ..policy };
    let policies = Some(page.items.into_iter().map(brief).collect());
    Ok(wire::ListPoliciesResponse { policies, is_truncated: page.is_truncated, marker: page.marker })
}

pub(crate) fn delete_policy(ctx: &Context, request: wire::DeletePolicyRequest) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        let policy = policy_mut(ctx, tree, &request.policy_arn)?;
        let (name, versions) = (policy.name.clone(), policy.versions.len());
        let uses = Uses::of(tree, &request.policy_arn);
        if uses.attachments() + uses.boundaries() > 0 {
            return Err(failure(409, "DeleteConflict", "Cannot delete a policy attached to entities."));
        }
        if versions > 1 {
            let message = "This policy has more than one version. Before you delete a policy, you must delete the \
                           policy's versions. The default version is deleted with the policy.";
            return Err(failure(409, "DeleteConflict", message));
        }
        tree.policies.remove(&name);
        Ok(())
    })
}

pub(crate) fn create_policy_version(
    ctx: &Context,
    request: wire::CreatePolicyVersionRequest,
) -> Result<wire::CreatePolicyVersionResponse, ApiError> {
    check(&request.policy_document)?;
    let version = ctx.edit_iam(|tree| {
        let policy = policy_mut(ctx, tree, &request.policy_arn)?;
        if policy.versions.len() >= VERSIONS {
            let message = "A managed policy can have up to 5 versions. Before you create a new version, you must \
                           delete an existing version.";
            return Err(failure(409, "LimitExceeded", message));
        }
        policy.last_version += 1;
        let version = ManagedPolicyVersion { document: request.policy_document.clone(), created: ctx.now };
        policy.versions.insert(policy.last_version, version);
        if request.set_as_default == Some(true) {
            policy.default_version = policy.last_version;
            policy.updated = ctx.now;
        }
        Ok(version_to_wire(policy, policy.last_version, false))
    })?;
    Ok(wire::CreatePolicyVersionResponse { policy_version: Some(version) })
}

pub(crate) fn get_policy_version(
    ctx: &Context,
    request: wire::GetPolicyVersionRequest,
) -> Result<wire::GetPolicyVersionResponse, ApiError> {
    let unknown = || no_such_version(&request.policy_arn, &request.version_id);
    let version = match aws_managed::find(&request.policy_arn) {
        Some(policy) if request.version_id == "v1" => aws_version(policy, true),
        Some(_) => return Err(unknown()),
        None => {
            let tree = ctx.iam()?;
            let policy = own_policy(ctx, &tree, &request.policy_arn)?;
            let number = number(&request.version_id).filter(|number| policy.versions.contains_key(number));
            version_to_wire(policy, number.ok_or_else(unknown)?, true)
        }
    };
    Ok(wire::GetPolicyVersionResponse { policy_version: Some(version) })
}

pub(crate) fn list_policy_versions(
    ctx: &Context,
    request: wire::ListPolicyVersionsRequest,
) -> Result<wire::ListPolicyVersionsResponse, ApiError> {
    let versions = match aws_managed::find(&request.policy_arn) {
        Some(policy) => vec![aws_version(policy, false)],
        None => {
            let tree = ctx.iam()?;
            let policy = own_policy(ctx, &tree, &request.policy_arn)?;
            policy.versions.keys().rev().map(|number| version_to_wire(policy, *number, false)).collect()
        }
    };
    let key = |version: &wire::PolicyVersion| version.version_id.clone().unwrap_or_default();
    let Listed { items, is_truncated, marker } =
        listed(versions, request.marker.as_deref(), request.max_items, key)?;
    Ok(wire::ListPolicyVersionsResponse { versions: Some(items), is_truncated, marker })
}

pub(crate) fn delete_policy_version(
    ctx: &Context,
    request: wire::DeletePolicyVersionRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        let policy = policy_mut(ctx, tree, &request.policy_arn)?;
        let number = existing(policy, &request.policy_arn, &request.version_id)?;
        if number == policy.default_version {
            let message = "Cannot delete the default version of a policy.";
            return Err(failure(409, "DeleteConflict", message));
        }
        policy.versions.remove(&number);
        Ok(())
    })
}

pub(crate) fn set_default_policy_version(
    ctx: &Context,
    request: wire::SetDefaultPolicyVersionRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        let policy = policy_mut(ctx, tree, &request.policy_arn)?;
        policy.default_version = existing(policy, &request.policy_arn, &request.version_id)?;
        policy.updated = ctx.now;
        Ok(())
    })
}

pub(crate) fn list_entities_for_policy(
    ctx: &Context,
    request: wire::ListEntitiesForPolicyRequest,
) -> Result<wire::ListEntitiesForPolicyResponse, ApiError> {
    let (tree, arn) = (ctx.iam()?, request.policy_arn.as_str());
    if aws_managed::find(arn).is_none() {
        own_policy(ctx, &tree, arn)?;
    }
    let uses = Uses::of(&tree, arn);
    let asked = |kind: &str| request.entity_filter.as_deref().is_none_or(|filter| filter == kind);
    let (as_policy, as_boundary) = match request.policy_usage_filter.as_deref() {
        Some("PermissionsPolicy") => (true, false),
        Some("PermissionsBoundary") => (false, true),
        _ => (true, true),
    };
    let below = |path: &str| is_below(path, request.path_prefix.as_deref());
    let groups = uses.groups.iter().filter(|group| asked("Group") && as_policy && below(&group.path));
    let users = tree.users.values().filter(|user| {
        let used = as_policy && user.permissions.attached.iter().any(|other| other == arn)
            || as_boundary && user.boundary.as_deref() == Some(arn);
        asked("User") && used && below(&user.path)
    });
    let roles = tree.roles.values().filter(|role| {
        let used = as_policy && role.permissions.attached.iter().any(|other| other == arn)
            || as_boundary && role.boundary.as_deref() == Some(arn);
        asked("Role") && used && below(&role.path)
    });
    let group = |it: &&stagedoor_model::Group| wire::PolicyGroup {
        group_name: Some(it.name.clone()),
        group_id: Some(it.id.clone()),
    };
    let user = |it: &stagedoor_model::User| wire::PolicyUser {
        user_name: Some(it.name.clone()),
        user_id: Some(it.id.clone()),
    };
    let role = |it: &stagedoor_model::Role| wire::PolicyRole {
        role_name: Some(it.name.clone()),
        role_id: Some(it.id.clone()),
    };
    Ok(wire::ListEntitiesForPolicyResponse {
        policy_groups: Some(groups.map(group).collect()),
        policy_users: Some(users.map(user).collect()),
        policy_roles: Some(roles.map(role).collect()),
        is_truncated: Some(false),
        marker: None,
    })
}

/// Who carries a policy, and whom it bounds.
struct Uses<'t> {
    groups: Vec<&'t stagedoor_model::Group>,
    users: usize,
    roles: usize,
    boundaries: usize,
}

impl<'t> Uses<'t> {
    fn of(tree: &'t IamTree, arn: &str) -> Self {
        let carries = |permissions: &Permissions| permissions.attached.iter().any(|other| other == arn);
        let bounded_users = tree.users.values().filter(|user| user.boundary.as_deref() == Some(arn)).count();
        let bounded_roles = tree.roles.values().filter(|role| role.boundary.as_deref() == Some(arn)).count();
        Self {
            groups: tree.groups.values().filter(|group| carries(&group.permissions)).collect(),
            users: tree.users.values().filter(|user| carries(&user.permissions)).count(),
            roles: tree.roles.values().filter(|role| carries(&role.permissions)).count(),
            boundaries: bounded_users + bounded_roles,
        }
    }

    fn attachments(&self) -> usize {
        self.groups.len() + self.users + self.roles
    }

    fn boundaries(&self) -> usize {
        self.boundaries
    }
}

/// A policy of the account by its ARN.
pub(super) fn own_policy<'t>(
    ctx: &Context,
    tree: &'t IamTree,
    arn: &str,
) -> Result<&'t ManagedPolicy, ApiError> {
    let name = arn.rsplit('/').next().unwrap_or_default();
    tree.policies.get(name).filter(|policy| arn_of(ctx, policy) == arn).ok_or_else(|| no_such_policy(arn))
}

/// The same, when this call may change it.
pub(super) fn policy_mut<'t>(
    ctx: &Context,
    tree: &'t mut IamTree,
    arn: &str,
) -> Result<&'t mut ManagedPolicy, ApiError> {
    if aws_managed::find(arn).is_some() {
        let message = format!("Policy {arn} is managed by AWS, which alone may change it.");
        return Err(failure(403, "AccessDenied", message));
    }
    let name = own_policy(ctx, tree, arn)?.name.clone();
    let policy = tree.policies.get_mut(&name).ok_or_else(|| no_such_policy(arn))?;
    ctx.refuse_declared_identity(policy.declared_in.as_deref())?;
    Ok(policy)
}

fn check(document: &str) -> Result<(), ApiError> {
    check_identity_policy(document)?;
    if size(document) > DOCUMENT_SIZE { Err(quota("PolicySize", DOCUMENT_SIZE)) } else { Ok(()) }
}

/// `v12` → 12.
fn number(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.parse().ok()
}

fn existing(policy: &ManagedPolicy, arn: &str, version: &str) -> Result<u32, ApiError> {
    let found = number(version).filter(|number| policy.versions.contains_key(number));
    found.ok_or_else(|| no_such_version(arn, version))
}

fn no_such_version(arn: &str, version: &str) -> ApiError {
    let message = format!("Policy {arn} version {version} does not exist or is not attachable.");
    failure(404, "NoSuchEntity", message)
}

pub(super) fn arn_of(ctx: &Context, policy: &ManagedPolicy) -> String {
    IamKind::Policy.arn(ctx.account_id(), &policy.path, &policy.name)
}

pub(super) fn to_wire(ctx: &Context, tree: &IamTree, policy: &ManagedPolicy) -> wire::Policy {
    let arn = arn_of(ctx, policy);
    let uses = Uses::of(tree, &arn);
    wire::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.clone()),
        arn: Some(arn),
        path: Some(policy.path.clone()),
        default_version_id: Some(format!("v{}", policy.default_version)),
        attachment_count: i32::try_from(uses.attachments()).ok(),
        permissions_boundary_usage_count: i32::try_from(uses.boundaries()).ok(),
        is_attachable: Some(true),
        description: policy.description.clone(),
        create_date: Some(time(policy.created)),
        update_date: Some(time(policy.updated)),
        tags: tag::to_wire(&policy.tags),
    }
}

pub(super) fn aws_to_wire(tree: &IamTree, policy: &AwsManaged) -> wire::Policy {
    let arn = policy.arn();
    let uses = Uses::of(tree, &arn);
    wire::Policy {
        policy_name: Some(policy.name.to_owned()),
        policy_id: Some(policy.id.to_owned()),
        arn: Some(arn),
        path: Some(policy.path.to_owned()),
        default_version_id: Some("v1".to_owned()),
        attachment_count: i32::try_from(uses.attachments()).ok(),
        permissions_boundary_usage_count: i32::try_from(uses.boundaries()).ok(),
        is_attachable: Some(true),
        description: Some(policy.description.to_owned()),
        create_date: Some(time(AWS_CREATED)),
        update_date: Some(time(AWS_CREATED)),
        tags: None,
    }
}

pub(super) fn version_to_wire(
    policy: &ManagedPolicy,
    number: u32,
    with_document: bool,
) -> wire::PolicyVersion {
    let version = policy.versions.get(&number);
    wire::PolicyVersion {
        document: version.filter(|_| with_document).map(|version| shown(&version.document)),
        version_id: Some(format!("v{number}")),
        is_default_version: Some(number == policy.default_version),
        create_date: version.map(|version| time(version.created)),
    }
}

pub(super) fn aws_version(policy: &AwsManaged, with_document: bool) -> wire::PolicyVersion {
    wire::PolicyVersion {
        document: with_document.then(|| shown(policy.document)),
        version_id: Some("v1".to_owned()),
        is_default_version: Some(true),
        create_date: Some(time(AWS_CREATED)),
    }
}
