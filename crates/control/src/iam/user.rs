//! Users.

use stagedoor_model::{IamKind, IamTree, Permissions, User};
use stagedoor_wire::iam as wire;

use super::error::{conflict, exists, failure, invalid, no_such};
use super::names::is_taken;
use super::permissions::{boundary, check_boundary};
use super::trusted::rename_principal;
use super::{is_below, listed, new_unique_id, tag, time};
use crate::ApiError;
use crate::caller::Who;
use crate::context::Context;

pub(crate) fn create_user(
    ctx: &Context,
    request: wire::CreateUserRequest,
) -> Result<wire::CreateUserResponse, ApiError> {
    let tags = tag::tags(request.tags.as_deref())?;
    let user = User {
        name: request.user_name,
        id: new_unique_id("AIDA", 17)?,
        path: request.path.unwrap_or_else(|| "/".to_owned()),
        created: ctx.now,
        groups: Default::default(),
        permissions: Permissions::default(),
        boundary: request.permissions_boundary,
        tags,
        declared_in: None,
    };
    ctx.edit_iam(|tree| {
        if is_taken(tree.users.keys(), &user.name) {
            return Err(exists(IamKind::User, &user.name));
        }
        check_boundary(ctx, tree, user.boundary.as_deref())?;
        tree.users.insert(user.name.clone(), user.clone());
        Ok(())
    })?;
    Ok(wire::CreateUserResponse { user: Some(to_wire(ctx, &user)) })
}

pub(crate) fn get_user(
    ctx: &Context,
    request: wire::GetUserRequest,
) -> Result<wire::GetUserResponse, ApiError> {
    let name = match (request.user_name, &ctx.caller.who) {
        (Some(name), _) => name,
        (None, Who::Root) => return Ok(wire::GetUserResponse { user: root(ctx) }),
        (None, _) => own_name(ctx, None)?,
    };
    Ok(wire::GetUserResponse { user: to_wire(ctx, user(&ctx.iam()?, &name)?) })
}

pub(crate) fn list_users(
    ctx: &Context,
    request: wire::ListUsersRequest,
) -> Result<wire::ListUsersResponse, ApiError> {
    let mut users: Vec<User> = ctx.iam()?.users.into_values().collect();
    users.retain(|user| is_below(&user.path, request.path_prefix.as_deref()));
    let page = listed(users, request.marker.as_deref(), request.max_items, |user| user.name.clone())?;
    // Lists leave boundaries and tags out.
    let brief = |user: User| wire::User { permissions_boundary: None, tags: None, ..to_wire(ctx, &user) };
    let users = page.items.into_iter().map(brief).collect();
    Ok(wire::ListUsersResponse { users, is_truncated: page.is_truncated, marker: page.marker })
}

pub(crate) fn update_user(ctx: &Context, request: wire::UpdateUserRequest) -> Result<(), ApiError> {
    let (before, now) = ctx.edit_iam(|tree| {
        let mut user = user_mut(ctx, tree, &request.user_name)?.clone();
        let before = arn(ctx, &user);
        tree.users.remove(&user.name);
        if let Some(name) = &request.new_user_name {
            if is_taken(tree.users.keys(), name) {
                return Err(exists(IamKind::User, name));
            }
            for key in tree.access_keys.values_mut().filter(|key| key.user == user.name) {
                key.user.clone_from(name);
            }
            user.name.clone_from(name);
        }
        user.path = request.new_path.clone().unwrap_or(user.path);
        let now = arn(ctx, &user);
        tree.users.insert(user.name.clone(), user);
        rename_principal(tree, &before, &now);
        Ok((before, now))
    })?;
    ctx.rename_in_other_accounts(&before, &now)
}

fn arn(ctx: &Context, user: &User) -> String {
    IamKind::User.arn(ctx.account_id(), &user.path, &user.name)
}

pub(crate) fn delete_user(ctx: &Context, request: wire::DeleteUserRequest) -> Result<(), ApiError> {
    let (arn, id) = ctx.edit_iam(|tree| {
        let user = user_mut(ctx, tree, &request.user_name)?;
        let known = (arn(ctx, user), user.id.clone());
        check_unused(&user.permissions)?;
        if !user.groups.is_empty() {
            return Err(conflict("remove users from group"));
        }
        if tree.access_keys.values().any(|key| key.user == request.user_name) {
            return Err(conflict("delete access keys"));
        }
        tree.users.remove(&request.user_name);
        rename_principal(tree, &known.0, &known.1);
        Ok(known)
    })?;
    ctx.rename_in_other_accounts(&arn, &id)
}

/// Refuses to delete what still carries policies.
pub(super) fn check_unused(permissions: &Permissions) -> Result<(), ApiError> {
    match permissions {
        Permissions { attached, .. } if !attached.is_empty() => Err(conflict("detach all policies")),
        Permissions { inline, .. } if !inline.is_empty() => Err(conflict("delete policies")),
        _ => Ok(()),
    }
}

/// The user that a call is about: the caller, when it names nobody.
pub(super) fn own_name(ctx: &Context, given: Option<String>) -> Result<String, ApiError> {
    given
        .or_else(|| ctx.caller.user_name().map(str::to_owned))
        .ok_or_else(|| invalid("Must specify userName when calling with non-User credentials"))
}

pub(super) fn user<'t>(tree: &'t IamTree, name: &str) -> Result<&'t User, ApiError> {
    tree.users.get(name).ok_or_else(|| no_such(IamKind::User, name))
}

/// A user that this call may change.
pub(super) fn user_mut<'t>(
    ctx: &Context,
    tree: &'t mut IamTree,
    name: &str,
) -> Result<&'t mut User, ApiError> {
    let user = tree.users.get_mut(name).ok_or_else(|| no_such(IamKind::User, name))?;
    ctx.refuse_declared_identity(user.declared_in.as_deref())?;
    Ok(user)
}

pub(super) fn to_wire(ctx: &Context, user: &User) -> wire::User {
    wire::User {
        path: user.path.clone(),
        user_name: user.name.clone(),
        user_id: user.id.clone(),
        arn: IamKind::User.arn(ctx.account_id(), &user.path, &user.name),
        create_date: time(user.created),
        password_last_used: None,
        permissions_boundary: boundary(user.boundary.as_deref()),
        tags: tag::to_wire(&user.tags),
    }
}

/// The root of the account is no user; AWS shows it like one.
fn root(ctx: &Context) -> wire::User {
    wire::User {
        path: "/".to_owned(),
        user_name: "root".to_owned(),
        user_id: ctx.account_id().to_owned(),
        arn: ctx.caller.arn(),
        create_date: time(stagedoor_base::Timestamp(0)),
        ..wire::User::default()
    }
}

/// 404 for whatever else users could have and cannot here.
pub(super) fn check_exists(ctx: &Context, name: Option<String>) -> Result<(), ApiError> {
    match name {
        Some(name) => user(&ctx.iam()?, &name).map(|_| ()),
        None => Ok(()),
    }
}

/// 404: the user has no password.
pub(super) fn no_login_profile(name: &str) -> ApiError {
    failure(404, "NoSuchEntity", format!("Login Profile for User {name} cannot be found."))
}
