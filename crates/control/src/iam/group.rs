//! Groups and who belongs to them.

use stagedoor_model::{Group, IamKind, IamTree, Permissions, User};
use stagedoor_wire::iam as wire;

use super::error::{conflict, exists, no_such, quota};
use super::names::is_taken;
use super::user::{check_unused, user, user_mut};
use super::{is_below, listed, new_unique_id, time};
use crate::ApiError;
use crate::context::Context;

const GROUPS_PER_USER: usize = 10;

pub(crate) fn create_group(
    ctx: &Context,
    request: wire::CreateGroupRequest,
) -> Result<wire::CreateGroupResponse, ApiError> {
    let group = Group {
        name: request.group_name,
        id: new_unique_id("AGPA", 17)?,
        path: request.path.unwrap_or_else(|| "/".to_owned()),
        created: ctx.now,
        permissions: Permissions::default(),
        declared_in: None,
    };
    ctx.edit_iam(|tree| {
        if is_taken(tree.groups.keys(), &group.name) {
            return Err(exists(IamKind::Group, &group.name));
        }
        tree.groups.insert(group.name.clone(), group.clone());
        Ok(())
    })?;
    Ok(wire::CreateGroupResponse { group: to_wire(ctx, &group) })
}

pub(crate) fn get_group(
    ctx: &Context,
    request: wire::GetGroupRequest,
) -> Result<wire::GetGroupResponse, ApiError> {
    let tree = ctx.iam()?;
    let group = to_wire(ctx, group(&tree, &request.group_name)?);
    let is_member = |user: &User| user.groups.contains(&request.group_name);
    let members: Vec<User> = tree.users.into_values().filter(is_member).collect();
    let page = listed(members, request.marker.as_deref(), request.max_items, |user| user.name.clone())?;
    let users = page.items.iter().map(|user| super::user::to_wire(ctx, user)).collect();
    Ok(wire::GetGroupResponse { group, users, is_truncated: page.is_truncated, marker: page.marker })
}

pub(crate) fn list_groups(
    ctx: &Context,
    request: wire::ListGroupsRequest,
) -> Result<wire::ListGroupsResponse, ApiError> {
    let mut groups: Vec<Group> = ctx.iam()?.groups.into_values().collect();
    groups.retain(|group| is_below(&group.path, request.path_prefix.as_deref()));
    let page = listed(groups, request.marker.as_deref(), request.max_items, |group| group.name.clone())?;
    let groups = page.items.iter().map(|group| to_wire(ctx, group)).collect();
    Ok(wire::ListGroupsResponse { groups, is_truncated: page.is_truncated, marker: page.marker })
}

pub(crate) fn list_groups_for_user(
    ctx: &Context,
    request: wire::ListGroupsForUserRequest,
) -> Result<wire::ListGroupsForUserResponse, ApiError> {
    let tree = ctx.iam()?;
    let names = &user(&tree, &request.user_name)?.groups;
    let groups: Vec<&Group> = names.iter().filter_map(|name| tree.groups.get(name)).collect();
    let page = listed(groups, request.marker.as_deref(), request.max_items, |group| group.name.clone())?;
    let groups = page.items.iter().map(|group| to_wire(ctx, group)).collect();
    Ok(wire::ListGroupsForUserResponse { groups, is_truncated: page.is_truncated, marker: page.marker })
}

pub(crate) fn update_group(ctx: &Context, request: wire::UpdateGroupRequest) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        let mut group = group_mut(ctx, tree, &request.group_name)?.clone();
        tree.groups.remove(&group.name);
        if let Some(name) = &request.new_group_name {
            if is_taken(tree.groups.keys(), name) {
                return Err(exists(IamKind::Group, name));
            }
            for user in tree.users.values_mut().filter(|user| user.groups.contains(&group.name)) {
                user.groups.remove(&group.name);
                user.groups.insert(name.clone());
            }
            group.name.clone_from(name);
        }
        group.path = request.new_path.clone().unwrap_or(group.path);
        tree.groups.insert(group.name.clone(), group);
        Ok(())
    })
}

pub(crate) fn delete_group(ctx: &Context, request: wire::DeleteGroupRequest) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        check_unused(&group_mut(ctx, tree, &request.group_name)?.permissions)?;
        if tree.users.values().any(|user| user.groups.contains(&request.group_name)) {
            return Err(conflict("remove users from group"));
        }
        tree.groups.remove(&request.group_name);
        Ok(())
    })
}

pub(crate) fn add_user_to_group(ctx: &Context, request: wire::AddUserToGroupRequest) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        group(tree, &request.group_name)?;
        let user = user_mut(ctx, tree, &request.user_name)?;
        user.groups.insert(request.group_name.clone());
        if user.groups.len() > GROUPS_PER_USER {
            return Err(quota("GroupsPerUser", GROUPS_PER_USER));
        }
        Ok(())
    })
}

pub(crate) fn remove_user_from_group(
    ctx: &Context,
    request: wire::RemoveUserFromGroupRequest,
) -> Result<(), ApiError> {
    ctx.edit_iam(|tree| {
        group(tree, &request.group_name)?;
        user_mut(ctx, tree, &request.user_name)?.groups.remove(&request.group_name);
        Ok(())
    })
}

pub(super) fn group<'t>(tree: &'t IamTree, name: &str) -> Result<&'t Group, ApiError> {
    tree.groups.get(name).ok_or_else(|| no_such(IamKind::Group, name))
}

pub(super) fn group_mut<'t>(
    ctx: &Context,
    tree: &'t mut IamTree,
    name: &str,
) -> Result<&'t mut Group, ApiError> {
    let group = tree.groups.get_mut(name).ok_or_else(|| no_such(IamKind::Group, name))?;
    ctx.refuse_declared_identity(group.declared_in.as_deref())?;
    Ok(group)
}

fn to_wire(ctx: &Context, group: &Group) -> wire::Group {
    wire::Group {
        path: group.path.clone(),
        group_name: group.name.clone(),
        group_id: group.id.clone(),
        arn: IamKind::Group.arn(ctx.account_id(), &group.path, &group.name),
        create_date: time(group.created),
    }
}
