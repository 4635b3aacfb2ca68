//! Tags of users, roles and policies.

use stagedoor_model::{IamTree, Map};
use stagedoor_wire::iam as wire;

use super::error::{failure, quota};
use super::managed::{own_policy, policy_mut};
use super::role::{role, role_mut};
use super::user::{user, user_mut};
use super::{Listed, listed};
use crate::ApiError;
use crate::context::Context;

const TAGS: usize = 50;

/// The tags of a new entity.
pub(super) fn tags(given: Option<&[wire::Tag]>) -> Result<Map<String>, ApiError> {
    let mut tags = Map::new();
    add(&mut tags, given.unwrap_or_default())?;
    Ok(tags)
}

/// None when there are none: answers leave the member out.
pub(super) fn to_wire(tags: &Map<String>) -> Option<Vec<wire::Tag>> {
    let tag = |(key, value): (&String, &String)| wire::Tag { key: key.clone(), value: value.clone() };
    (!tags.is_empty()).then(|| tags.iter().map(tag).collect())
}

/// Keys differ in more than case; one that is there already gets the new value and spelling.
fn add(tags: &mut Map<String>, given: &[wire::Tag]) -> Result<(), ApiError> {
    for (index, tag) in given.iter().enumerate() {
        if given[..index].iter().any(|other| other.key.eq_ignore_ascii_case(&tag.key)) {
            let message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(failure(400, "InvalidInput", message));
        }
        tags.retain(|key, _| !key.eq_ignore_ascii_case(&tag.key));
        tags.insert(tag.key.clone(), tag.value.clone());
    }
    if tags.len() > TAGS { Err(quota("TagsPerResource", TAGS)) } else { Ok(()) }
}

fn remove(tags: &mut Map<String>, keys: &[String]) {
    tags.retain(|key, _| !keys.iter().any(|gone| gone.eq_ignore_ascii_case(key)));
}

fn page(
    tags: &Map<String>,
    marker: Option<&str>,
    max_items: Option<i32>,
) -> Result<Listed<wire::Tag>, ApiError> {
    listed(to_wire(tags).unwrap_or_default(), marker, max_items, |tag| tag.key.clone())
}

/// The operations of one kind of entity, whose requests and answers differ only in their names.
macro_rules! operations {
    (
        $name:ident, $read:expr, $write:expr,
        $tag:ident: $Tag:ident, $untag:ident: $Untag:ident, $list:ident: $List:ident => $Listed:ident
    ) => {
        pub(crate) fn $tag(ctx: &Context, request: wire::$Tag) -> Result<(), ApiError> {
            let write: fn(&Context, &mut IamTree, &str, &mut Edit<'_>) -> Result<(), ApiError> = $write;
            ctx.edit_iam(|tree| write(ctx, tree, &request.$name, &mut |tags| add(tags, &request.tags)))
        }

        pub(crate) fn $untag(ctx: &Context, request: wire::$Untag) -> Result<(), ApiError> {
            let write: fn(&Context, &mut IamTree, &str, &mut Edit<'_>) -> Result<(), ApiError> = $write;
            ctx.edit_iam(|tree| {
                write(ctx, tree, &request.$name, &mut |tags| {
                    remove(tags, &request.tag_keys);
                    Ok(())
                })
            })
        }

        pub(crate) fn $list(ctx: &Context, request: wire::$List) -> Result<wire::$Listed, ApiError> {
            let read: for<'t> fn(&Context, &'t IamTree, &str) -> Result<&'t Map<String>, ApiError> = $read;
            let tree = ctx.iam()?;
            let tags = read(ctx, &tree, &request.$name)?;
            let Listed { items, is_truncated, marker } =
                page(tags, request.marker.as_deref(), request.max_items)?;
            Ok(wire::$Listed { tags: items, is_truncated, marker })
        }
    };
}

/// Changes the tags of whatever carries them.
type Edit<'e> = dyn FnMut(&mut Map<String>) -> Result<(), ApiError> + 'e;

operations! {
    user_name,
    |_, tree, name| user(tree, name).map(|user| &user.tags),
    |ctx, tree, name, edit| edit(&mut user_mut(ctx, tree, name)?.tags),
    tag_user: TagUserRequest, untag_user: UntagUserRequest,
    list_user_tags: ListUserTagsRequest => ListUserTagsResponse
}

operations! {
    role_name,
    |_, tree, name| role(tree, name).map(|role| &role.tags),
    |ctx, tree, name, edit| edit(&mut role_mut(ctx, tree, name)?.tags),
    tag_role: TagRoleRequest, untag_role: UntagRoleRequest,
    list_role_tags: ListRoleTagsRequest => ListRoleTagsResponse
}

operations! {
    policy_arn,
    |ctx, tree, arn| own_policy(ctx, tree, arn).map(|policy| &policy.tags),
    |ctx, tree, arn, edit| edit(&mut policy_mut(ctx, tree, arn)?.tags),
    tag_policy: TagPolicyRequest, untag_policy: UntagPolicyRequest,
    list_policy_tags: ListPolicyTagsRequest => ListPolicyTagsResponse
}
