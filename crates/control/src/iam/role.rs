//! Roles and who may assume them.

use stagedoor_model::{IamKind, IamTree, Permissions, Role};
use stagedoor_wire::iam as wire;

use super::document::{shown, size};
use super::error::{exists, no_such, quota};
use super::names::is_taken;
use super::permissions::{boundary, check_boundary};
use super::trusted::rename_principal;
use super::user::check_unused;
use super::{check_trust_policy, is_below, listed, new_unique_id, tag, time};
use crate::ApiError;
use crate::context::Context;

/// Characters of a trust policy.
const TRUST_POLICY_SIZE: usize = 2048;
const DEFAULT_SESSION_SECONDS: u32 = 3600;

pub(crate) fn create_role(
    ctx: &Context,
    request: wire::CreateRoleRequest,
) -> Result<wire::CreateRoleResponse, ApiError> {
    check_trust(&request.assume_role_policy_document)?;
    let role = Role {
        name: request.role_name,
        id: new_unique_id("AROA", 17)?,
        path: request.path.unwrap_or_else(|| "/".to_owned()),
        created: ctx.now,
        description: request.description,
        trust_policy: request.assume_role_policy_document,
        max_session_seconds: session_seconds(request.max_session_duration, DEFAULT_SESSION_SECONDS),
        permissions: Permissions::default(),
        boundary: request.permissions_boundary,
        tags: tag::tags(request.tags.as_deref())?,
        declared_in: None,
    };
    ctx.edit_iam(|tree| {
        if is_taken(tree.roles.keys(), &role.name) {
            return Err(exists(IamKind::Role, &role.name));
        }
        check_boundary(ctx, tree, role.boundary.as_deref())?;
        tree.roles.insert(role.name.clone(), role.clone());
        Ok(())
    })?;
    Ok(wire::CreateRoleResponse { role: to_wire(ctx, &role) })
}

pub(crate) fn get_role(
    ctx: &Context,
    request: wire::GetRoleRequest,
) -> Result<wire::GetRoleResponse, ApiError> {
    let role = to_wire(ctx, role(&ctx.iam()?, &request.role_name)?);
    Ok(wire::GetRoleResponse { role: wire::Role { role_last_used: Some(Default::default()), ..role } })
}

pub(crate) fn list_roles(
    ctx: &Context,
    request: wire::ListRolesRequest,
) -> Result<wire::ListRolesResponse, ApiError> {
    let mut roles: Vec<Role> = ctx.iam()?.roles.into_values().collect();
    roles.retain(|role| is_below(&role.path, request.path_prefix.as_deref()));
    let page = listed(roles, request.marker.as_deref(), request.max_items, |role| role.name.clone())?;
    // Lists leave boundaries and tags out.
    let brief = |role: Role| wire::Role { permissions_boundary: None, tags: None, ..to_wire(ctx, &role) };
    let roles = page.items.into_iter().map(brief).collect();
    Ok(wire::ListRolesResponse { roles, is_truncated: page.is_truncated, marker: page.marker })
}

pub(crate) fn update_role(
    ctx: &Context,
    request: wire::UpdateRoleRequest,
) -> Result<wire::UpdateRoleResponse, ApiError> {
    ctx.edit_iam(|tree| {
        let role = role_mut(ctx, tree, &request.role_name)?;
        role.description = request.description.clone().or(role.description.take());
        role.max_session_seconds = session_seconds(request.max_session_duration, role.max_session_seconds);
        Ok(())
    })?;
    Ok(wire::UpdateRoleResponse::default())
}

pub(crate) fn update_role_description(
    ctx: &Context,
    request: wire::UpdateRoleDescriptionRequest,
) -> Result<wire::UpdateRoleDescriptionResponse, ApiError> {
    let role = ctx.edit_iam(|tree| {
        let role = role_mut(ctx, tree, &request.role_name)?;
        role.description = Some(request.description.clone());
        Ok(role.clone())
    })?;
    Ok(wire::UpdateRoleDescriptionResponse { role: Some(to_wire(ctx, &role)) })
}

pub(crate) fn update_assume_role_policy(
    ctx: &Context,
    request: wire::UpdateAssumeRolePolicyRequest,
) -> Result<(), ApiError> {
    check_trust(&request.policy_document)?;
    ctx.edit_iam(|tree| {
        role_mut(ctx, tree, &request.role_name)?.trust_policy.clone_from(&request.policy_document);
        Ok(())
    })
}

pub(crate) fn delete_role(ctx: &Context, request: wire::DeleteRoleRequest) -> Result<(), ApiError> {
    let (arn, id) = ctx.edit_iam(|tree| {
        let role = role_mut(ctx, tree, &request.role_name)?;
        check_unused(&role.permissions)?;
        let known = (IamKind::Role.arn(ctx.account_id(), &role.path, &role.name), role.id.clone());
        tree.roles.remove(&request.role_name);
        rename_principal(tree, &known.0, &known.1);
        Ok(known)
    })?;
    ctx.rename_in_other_accounts(&arn, &id)
}

fn check_trust(document: &str) -> Result<(), ApiError> {
    check_trust_policy(document)?;
    if size(document) > TRUST_POLICY_SIZE {
        return Err(quota("ACLSizePerRole", TRUST_POLICY_SIZE));
    }
    Ok(())
}

/// The model allows 3600 to 43200.
fn session_seconds(given: Option<i32>, otherwise: u32) -> u32 {
    given.and_then(|seconds| u32::try_from(seconds).ok()).unwrap_or(otherwise)
}

pub(super) fn role<'t>(tree: &'t IamTree, name: &str) -> Result<&'t Role, ApiError> {
    tree.roles.get(name).ok_or_else(|| no_such(IamKind::Role, name))
}

pub(super) fn role_mut<'t>(
    ctx: &Context,
    tree: &'t mut IamTree,
    name: &str,
) -> Result<&'t mut Role, ApiError> {
    let role = tree.roles.get_mut(name).ok_or_else(|| no_such(IamKind::Role, name))?;
    ctx.refuse_declared_identity(role.declared_in.as_deref())?;
    Ok(role)
}

fn to_wire(ctx: &Context, role: &Role) -> wire::Role {
    wire::Role {
        path: role.path.clone(),
        role_name: role.name.clone(),
        role_id: role.id.clone(),
        arn: IamKind::Role.arn(ctx.account_id(), &role.path, &role.name),
        create_date: time(role.created),
        assume_role_policy_document: Some(shown(&role.trust_policy)),
        description: role.description.clone(),
        max_session_duration: i32::try_from(role.max_session_seconds).ok(),
        permissions_boundary: boundary(role.boundary.as_deref()),
        tags: tag::to_wire(&role.tags),
        ..wire::Role::default()
    }
}
