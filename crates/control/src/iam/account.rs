//! All identities of the account at once, and how many there are.

use stagedoor_auth::managed as aws_managed;
use stagedoor_model::{Group, IamKind, IamTree, ManagedPolicy, Permissions, Role, User};
use stagedoor_wire::{Encode, Fault, Reply, Service, iam as wire};

use super::document::shown;
use super::managed::{aws_to_wire, aws_version, to_wire, version_to_wire};
use super::permissions::{attached, boundary};
use super::{listed, tag, time};
use crate::context::Context;
use crate::control::Call;
use crate::{ApiError, fault};

/// The call has no parameters.
pub(crate) fn account_summary(call: &Call<'_>) -> Result<Reply, Fault> {
    let tree = call.ctx.iam().map_err(|error| fault::of(Service::Iam, &error))?;
    Ok(summary(&tree).encode(call.operation().status()))
}

fn summary(tree: &IamTree) -> wire::GetAccountSummaryResponse {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let entries = [
        ("Users", count(tree.users.len())),
        ("UsersQuota", 5000),
        ("Groups", count(tree.groups.len())),
        ("GroupsQuota", 300),
        ("Roles", count(tree.roles.len())),
        ("RolesQuota", 1000),
        ("Policies", count(tree.policies.len())),
        ("PoliciesQuota", 1500),
        ("PolicyVersionsInUse", count(tree.policies.values().map(|policy| policy.versions.len()).sum())),
        ("PolicyVersionsInUseQuota", 10_000),
        ("VersionsPerPolicyQuota", 5),
        ("PolicySizeQuota", 6144),
        ("UserPolicySizeQuota", 2048),
        ("GroupPolicySizeQuota", 5120),
        ("RolePolicySizeQuota", 10_240),
        ("AssumeRolePolicySizeQuota", 2048),
        ("AccessKeysPerUserQuota", 2),
        ("GroupsPerUserQuota", 10),
        ("AttachedPoliciesPerUserQuota", 10),
        ("AttachedPoliciesPerGroupQuota", 10),
        ("AttachedPoliciesPerRoleQuota", 10),
        ("InstanceProfiles", 0),
        ("ServerCertificates", 0),
        ("Providers", 0),
        ("MFADevices", 0),
        ("AccountMFAEnabled", 0),
        ("AccountAccessKeysPresent", 0),
    ];
    let summary_map = entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    wire::GetAccountSummaryResponse { summary_map: Some(summary_map) }
}

/// One entry of the whole, so that pages run across all kinds.
enum Entry {
    User(wire::UserDetail),
    Group(wire::GroupDetail),
    Role(wire::RoleDetail),
    Policy(wire::ManagedPolicyDetail),
}

pub(crate) fn get_account_authorization_details(
    ctx: &Context,
    request: wire::GetAccountAuthorizationDetailsRequest,
) -> Result<wire::GetAccountAuthorizationDetailsResponse, ApiError> {
    let tree = ctx.iam()?;
    let asked = |kind: &str| match &request.filter {
        Some(kinds) if !kinds.is_empty() => kinds.iter().any(|other| other == kind),
        _ => true,
    };
    let mut all = Vec::new();
    if asked("User") {
        all.extend(tree.users.values().map(|it| (it.id.clone(), Entry::User(user(ctx, it)))));
    }
    if asked("Group") {
        all.extend(tree.groups.values().map(|it| (it.id.clone(), Entry::Group(group(ctx, it)))));
    }
    if asked("Role") {
        all.extend(tree.roles.values().map(|it| (it.id.clone(), Entry::Role(role(ctx, it)))));
    }
    if asked("LocalManagedPolicy") {
        all.extend(tree.policies.values().map(|it| (it.id.clone(), Entry::Policy(policy(ctx, &tree, it)))));
    }
    if asked("AWSManagedPolicy") {
        all.extend(attached_of_aws(&tree).map(|it| (it.id.to_owned(), Entry::Policy(aws_policy(&tree, it)))));
    }
    let page = listed(all, request.marker.as_deref(), request.max_items, |(id, _)| id.clone())?;
    let mut answer = wire::GetAccountAuthorizationDetailsResponse {
        is_truncated: page.is_truncated,
        marker: page.marker,
        ..Default::default()
    };
    for (_, entry) in page.items {
        match entry {
            Entry::User(it) => answer.user_detail_list.get_or_insert_default().push(it),
            Entry::Group(it) => answer.group_detail_list.get_or_insert_default().push(it),
            Entry::Role(it) => answer.role_detail_list.get_or_insert_default().push(it),
            Entry::Policy(it) => answer.policies.get_or_insert_default().push(it),
        }
    }
    Ok(answer)
}

/// Of AWS's policies only those that somebody carries are told.
fn attached_of_aws(tree: &IamTree) -> impl Iterator<Item = &'static aws_managed::AwsManaged> {
    aws_managed::ALL.iter().filter(|policy| aws_to_wire(tree, policy).attachment_count != Some(0))
}

fn user(ctx: &Context, user: &User) -> wire::UserDetail {
    wire::UserDetail {
        path: Some(user.path.clone()),
        user_name: Some(user.name.clone()),
        user_id: Some(user.id.clone()),
        arn: Some(IamKind::User.arn(ctx.account_id(), &user.path, &user.name)),
        create_date: Some(time(user.created)),
        user_policy_list: inline(&user.permissions),
        group_list: Some(user.groups.iter().cloned().collect()),
        attached_managed_policies: carried(&user.permissions),
        permissions_boundary: boundary(user.boundary.as_deref()),
        tags: tag::to_wire(&user.tags),
    }
}

fn group(ctx: &Context, group: &Group) -> wire::GroupDetail {
    wire::GroupDetail {
        path: Some(group.path.clone()),
        group_name: Some(group.name.clone()),
        group_id: Some(group.id.clone()),
        arn: Some(IamKind::Group.arn(ctx.account_id(), &group.path, &group.name)),
        create_date: Some(time(group.created)),
        group_policy_list: inline(&group.permissions),
        attached_managed_policies: carried(&group.permissions),
    }
}

fn role(ctx: &Context, role: &Role) -> wire::RoleDetail {
    wire::RoleDetail {
        path: Some(role.path.clone()),
        role_name: Some(role.name.clone()),
        role_id: Some(role.id.clone()),
        arn: Some(IamKind::Role.arn(ctx.account_id(), &role.path, &role.name)),
        create_date: Some(time(role.created)),
        assume_role_policy_document: Some(shown(&role.trust_policy)),
        instance_profile_list: Some(Vec::new()),
        role_policy_list: inline(&role.permissions),
        attached_managed_policies: carried(&role.permissions),
        permissions_boundary: boundary(role.boundary.as_deref()),
        tags: tag::to_wire(&role.tags),
        role_last_used: Some(Default::default()),
    }
}

fn policy(ctx: &Context, tree: &IamTree, policy: &ManagedPolicy) -> wire::ManagedPolicyDetail {
    let versions =
        policy.versions.keys().rev().map(|number| version_to_wire(policy, *number, true)).collect();
    detail(to_wire(ctx, tree, policy), versions)
}

fn aws_policy(tree: &IamTree, policy: &aws_managed::AwsManaged) -> wire::ManagedPolicyDetail {
    detail(aws_to_wire(tree, policy), vec![aws_version(policy, true)])
}

fn detail(policy: wire::Policy, versions: Vec<wire::PolicyVersion>) -> wire::ManagedPolicyDetail {
    wire::ManagedPolicyDetail {
        policy_name: policy.policy_name,
        policy_id: policy.policy_id,
        arn: policy.arn,
        path: policy.path,
        default_version_id: policy.default_version_id,
        attachment_count: policy.attachment_count,
        permissions_boundary_usage_count: policy.permissions_boundary_usage_count,
        is_attachable: policy.is_attachable,
        description: policy.description,
        create_date: policy.create_date,
        update_date: policy.update_date,
        policy_version_list: Some(versions),
    }
}

fn inline(permissions: &Permissions) -> Option<Vec<wire::PolicyDetail>> {
    let policies = permissions.inline.iter().map(|(name, document)| wire::PolicyDetail {
        policy_name: Some(name.clone()),
        policy_document: Some(shown(document)),
    });
    Some(policies.collect())
}

fn carried(permissions: &Permissions) -> Option<Vec<wire::AttachedPolicy>> {
    Some(permissions.attached.iter().map(|arn| attached(arn)).collect())
}
