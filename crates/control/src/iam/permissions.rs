//! What users, groups and roles carry: inline policies, attached managed policies, boundaries. The operations are the same
//! for all three.

use stagedoor_auth::managed as aws_managed;
use stagedoor_model::{IamKind, IamTree, Permissions};
use stagedoor_wire::iam as wire;

use super::document::{shown, size};
use super::error::{failure, no_such, no_such_policy, quota};
use super::group::{group, group_mut};
use super::managed::own_policy;
use super::role::{role, role_mut};
use super::user::{user, user_mut};
use super::{Listed, check_identity_policy, listed};
use crate::ApiError;
use crate::context::Context;

/// Managed policies that one entity carries.
const ATTACHED: usize = 10;

/// An entity that carries policies.
#[derive(Clone, Copy)]
struct Carrier<'a> {
    kind: IamKind,
    name: &'a str,
}

impl Carrier<'_> {
    fn read<'t>(&self, tree: &'t IamTree) -> Result<&'t Permissions, ApiError> {
        match self.kind {
            IamKind::User => user(tree, self.name).map(|user| &user.permissions),
            IamKind::Group => group(tree, self.name).map(|group| &group.permissions),
            IamKind::Role => role(tree, self.name).map(|role| &role.permissions),
            IamKind::Policy => Err(no_such(self.kind, self.name)),
        }
    }

    fn write<'t>(&self, ctx: &Context, tree: &'t mut IamTree) -> Result<&'t mut Permissions, ApiError> {
        match self.kind {
            IamKind::User => user_mut(ctx, tree, self.name).map(|user| &mut user.permissions),
            IamKind::Group => group_mut(ctx, tree, self.name).map(|group| &mut group.permissions),
            IamKind::Role => role_mut(ctx, tree, self.name).map(|role| &mut role.permissions),
            IamKind::Policy => Err(no_such(self.kind, self.name)),
        }
    }

    /// Characters of all inline policies together.
    fn inline_quota(&self) -> usize {
        match self.kind {
            IamKind::User => 2048,
            IamKind::Group => 5120,
            IamKind::Role | IamKind::Policy => 10_240,
        }
    }

    fn put(&self, ctx: &Context, policy: &str, document: &str) -> Result<(), ApiError> {
        check_identity_policy(document)?;
        ctx.edit_iam(|tree| {
            let inline = &mut self.write(ctx, tree)?.inline;
            inline.insert(policy.to_owned(), document.to_owned());
            let (total, limit) = (inline.values().map(|text| size(text)).sum::<usize>(), self.inline_quota());
            if total > limit {
                let (kind, name) = (self.kind.as_str(), self.name);
                let message = format!("Maximum policy size of {limit} bytes exceeded for {kind} {name}");
                return Err(failure(409, "LimitExceeded", message));
            }
            Ok(())
        })
    }

    /// The document as it is shown.
    fn get(&self, ctx: &Context, policy: &str) -> Result<String, ApiError> {
        let tree = ctx.iam()?;
        let document = self.read(&tree)?.inline.get(policy).ok_or_else(|| self.no_such_inline(policy))?;
        Ok(shown(document))
    }

    fn list(
        &self,
        ctx: &Context,
        marker: Option<&str>,
        max_items: Option<i32>,
    ) -> Result<Listed<String>, ApiError> {
        let names = self.read(&ctx.iam()?)?.inline.keys().cloned().collect();
        listed(names, marker, max_items, String::clone)
    }

    fn delete(&self, ctx: &Context, policy: &str) -> Result<(), ApiError> {
        ctx.edit_iam(|tree| {
            let gone = self.write(ctx, tree)?.inline.remove(policy);
            gone.map(|_| ()).ok_or_else(|| self.no_such_inline(policy))
        })
    }

    fn no_such_inline(&self, policy: &str) -> ApiError {
        let message = format!("The {} policy with name {policy} cannot be found.", self.kind.as_str());
        failure(404, "NoSuchEntity", message)
    }

    fn attach(&self, ctx: &Context, arn: &str) -> Result<(), ApiError> {
        ctx.edit_iam(|tree| {
            check_attachable(ctx, tree, arn)?;
            let attached = &mut self.write(ctx, tree)?.attached;
            if !attached.iter().any(|other| other == arn) {
                attached.push(arn.to_owned());
            }
            if attached.len() > ATTACHED {
                let kind = self.kind.as_str();
                let quota_name = format!("PoliciesPer{}{}", kind[..1].to_ascii_uppercase(), &kind[1..]);
                return Err(quota(&quota_name, ATTACHED));
            }
            Ok(())
        })
    }

    fn detach(&self, ctx: &Context, arn: &str) -> Result<(), ApiError> {
        ctx.edit_iam(|tree| {
            let attached = &mut self.write(ctx, tree)?.attached;
            let before = attached.len();
            attached.retain(|other| other != arn);
            if attached.len() == before { Err(no_such_policy(arn)) } else { Ok(()) }
        })
    }

    fn list_attached(
        &self,
        ctx: &Context,
        prefix: Option<&str>,
        marker: Option<&str>,
        max_items: Option<i32>,
    ) -> Result<Listed<wire::AttachedPolicy>, ApiError> {
        let tree = ctx.iam()?;
        let mut arns = self.read(&tree)?.attached.clone();
        arns.retain(|arn| prefix.is_none_or(|prefix| path_of(arn).starts_with(prefix)));
        let page = listed(arns, marker, max_items, String::clone)?;
        let items = page.items.iter().map(|arn| attached(arn)).collect();
        Ok(Listed { items, is_truncated: page.is_truncated, marker: page.marker })
    }
}

/// An attached policy as lists show it.
pub(super) fn attached(arn: &str) -> wire::AttachedPolicy {
    let name = arn.rsplit('/').next().unwrap_or(arn);
    wire::AttachedPolicy { policy_name: Some(name.to_owned()), policy_arn: Some(arn.to_owned()) }
}

/// `/service-role/` of `arn:aws:iam::aws:policy/service-role/Name`.
fn path_of(arn: &str) -> &str {
    let path = arn.split_once(":policy").map_or("", |(_, path)| path);
    path.rfind('/').map_or("", |end| &path[..=end])
}

fn check_attachable(ctx: &Context, tree: &IamTree, arn: &str) -> Result<(), ApiError> {
    if aws_managed::find(arn).is_some() || own_policy(ctx, tree, arn).is_ok() {
        return Ok(());
    }
    let message = format!("Policy {arn} does not exist or is not attachable.");
    Err(failure(404, "NoSuchEntity", message))
}

/// Refuses a boundary that is no policy.
pub(super) fn check_boundary(ctx: &Context, tree: &IamTree, arn: Option<&str>) -> Result<(), ApiError> {
    let Some(arn) = arn else { return Ok(()) };
    check_attachable(ctx, tree, arn).map_err(|_| {
        failure(404, "NoSuchEntity", format!("Scope ARN: {arn} does not exist or is not attachable."))
    })
}

pub(super) fn boundary(arn: Option<&str>) -> Option<wire::AttachedPermissionsBoundary> {
    let arn = arn?;
    Some(wire::AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(arn.to_owned()),
    })
}

/// The operations of one kind of carrier, whose requests and answers differ only in their names.
macro_rules! operations {
    (
        $kind:expr, $name:ident,
        $put:ident: $Put:ident, $get:ident: $Get:ident => $Got:ident, $list:ident: $List:ident => $Listed:ident,
        $delete:ident: $Delete:ident, $attach:ident: $Attach:ident, $detach:ident: $Detach:ident,
        $list_attached:ident: $ListAttached:ident => $ListedAttached:ident
    ) => {
        pub(crate) fn $put(ctx: &Context, request: wire::$Put) -> Result<(), ApiError> {
            let carrier = Carrier { kind: $kind, name: &request.$name };
            carrier.put(ctx, &request.policy_name, &request.policy_document)
        }

        pub(crate) fn $get(ctx: &Context, request: wire::$Get) -> Result<wire::$Got, ApiError> {
            let policy_document =
                Carrier { kind: $kind, name: &request.$name }.get(ctx, &request.policy_name)?;
            Ok(wire::$Got { $name: request.$name, policy_name: request.policy_name, policy_document })
        }

        pub(crate) fn $list(ctx: &Context, request: wire::$List) -> Result<wire::$Listed, ApiError> {
            let carrier = Carrier { kind: $kind, name: &request.$name };
            let Listed { items, is_truncated, marker } =
                carrier.list(ctx, request.marker.as_deref(), request.max_items)?;
            Ok(wire::$Listed { policy_names: items, is_truncated, marker })
        }

        pub(crate) fn $delete(ctx: &Context, request: wire::$Delete) -> Result<(), ApiError> {
            Carrier { kind: $kind, name: &request.$name }.delete(ctx, &request.policy_name)
        }

        pub(crate) fn $attach(ctx: &Context, request: wire::$Attach) -> Result<(), ApiError> {
            Carrier { kind: $kind, name: &request.$name }.attach(ctx, &request.policy_arn)
        }

        pub(crate) fn $detach(ctx: &Context, request: wire::$Detach) -> Result<(), ApiError> {
            Carrier { kind: $kind, name: &request.$name }.detach(ctx, &request.policy_arn)
        }

        pub(crate) fn $list_attached(
            ctx: &Context,
            request: wire::$ListAttached,
        ) -> Result<wire::$ListedAttached, ApiError> {
            let carrier = Carrier { kind: $kind, name: &request.$name };
            let (prefix, marker) = (request.path_prefix.as_deref(), request.marker.as_deref());
            let Listed { items, is_truncated, marker } =
                carrier.list_attached(ctx, prefix, marker, request.max_items)?;
            Ok(wire::$ListedAttached { attached_policies: Some(items), is_truncated, marker })
        }
    };
}

operations! {
    IamKind::User, user_name,
    put_user_policy: PutUserPolicyRequest, get_user_policy: GetUserPolicyRequest => GetUserPolicyResponse,
    list_user_policies: ListUserPoliciesRequest => ListUserPoliciesResponse,
    delete_user_policy: DeleteUserPolicyRequest, attach_user_policy: AttachUserPolicyRequest,
    detach_user_policy: DetachUserPolicyRequest,
    list_attached_user_policies: ListAttachedUserPoliciesRequest => ListAttachedUserPoliciesResponse
}

operations! {
    IamKind::Group, group_name,
    put_group_policy: PutGroupPolicyRequest, get_group_policy: GetGroupPolicyRequest => GetGroupPolicyResponse,
    list_group_policies: ListGroupPoliciesRequest => ListGroupPoliciesResponse,
    delete_group_policy: DeleteGroupPolicyRequest, attach_group_policy: AttachGroupPolicyRequest,
    detach_group_policy: DetachGroupPolicyRequest,
    list_attached_group_policies: ListAttachedGroupPoliciesRequest => ListAttachedGroupPoliciesResponse
}

operations! {
    IamKind::Role, role_name,
    put_role_policy: PutRolePolicyRequest, get_role_policy: GetRolePolicyRequest => GetRolePolicyResponse,
    list_role_policies: ListRolePoliciesRequest => ListRolePoliciesResponse,
    delete_role_policy: DeleteRolePolicyRequest, attach_role_policy: AttachRolePolicyRequest,
    detach_role_policy: DetachRolePolicyRequest,
    list_attached_role_policies: ListAttachedRolePoliciesRequest => ListAttachedRolePoliciesResponse
}

pub(crate) fn put_user_permissions_boundary(
    ctx: &Context,
    request: wire::PutUserPermissionsBoundaryRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        check_boundary(ctx, tree, Some(&request.permissions_boundary))?;
        user_mut(ctx, tree, &request.user_name)?.boundary = Some(request.permissions_boundary.clone());
        Ok(())
    })
}

pub(crate) fn delete_user_permissions_boundary(
    ctx: &Context,
    request: wire::DeleteUserPermissionsBoundaryRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        let gone = user_mut(ctx, tree, &request.user_name)?.boundary.take();
        gone.map(|_| ()).ok_or_else(|| no_boundary(IamKind::User, &request.user_name))
    })
}

pub(crate) fn put_role_permissions_boundary(
    ctx: &Context,
    request: wire::PutRolePermissionsBoundaryRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        check_boundary(ctx, tree, Some(&request.permissions_boundary))?;
        role_mut(ctx, tree, &request.role_name)?.boundary = Some(request.permissions_boundary.clone());
        Ok(())
    })
}

pub(crate) fn delete_role_permissions_boundary(
    ctx: &Context,
    request: wire::DeleteRolePermissionsBoundaryRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        let gone = role_mut(ctx, tree, &request.role_name)?.boundary.take();
        gone.map(|_| ()).ok_or_else(|| no_boundary(IamKind::Role, &request.role_name))
    })
}

fn no_boundary(kind: IamKind, name: &str) -> ApiError {
    let message = format!("The {} with name {name} does not have a permissions boundary.", kind.as_str());
    failure(404, "NoSuchEntity", message)
}
