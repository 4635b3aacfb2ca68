//! Access keys of users. The secret is told once, when the key is made.

use stagedoor_model::{AccessKey, IamTree};
use stagedoor_wire::iam as wire;

use super::error::{failure, invalid, quota};
use super::user::{own_name, user, user_mut};
use super::{listed, new_access_key_id, new_secret, time};
use crate::ApiError;
use crate::context::Context;

const KEYS_PER_USER: usize = 2;

pub(crate) fn create_access_key(
    ctx: &Context,
    request: wire::CreateAccessKeyRequest,
) -> Result<wire::CreateAccessKeyResponse, ApiError> {
    let name = own_name(ctx, request.user_name)?;
    let (id, secret) = (new_access_key_id("AKIA", ctx.account_id())?, new_secret()?);
    let key = AccessKey {
        id,
        user: name,
        secret: secret.clone().into(),
        active: true,
        created: ctx.now,
        declared_in: None,
    };
    ctx.edit_iam(|tree| {
        user_mut(ctx, tree, &key.user)?;
        if tree.access_keys.values().filter(|other| other.user == key.user).count() >= KEYS_PER_USER {
            return Err(quota("AccessKeysPerUser", KEYS_PER_USER));
        }
        tree.access_keys.insert(key.id.clone(), key.clone());
        Ok(())
    })?;
    let access_key = wire::AccessKey {
        user_name: key.user,
        access_key_id: key.id,
        status: status(true),
        secret_access_key: secret,
        create_date: Some(time(key.created)),
    };
    Ok(wire::CreateAccessKeyResponse { access_key })
}

pub(crate) fn list_access_keys(
    ctx: &Context,
    request: wire::ListAccessKeysRequest,
) -> Result<wire::ListAccessKeysResponse, ApiError> {
    let tree = ctx.iam()?;
    let name = own_name(ctx, request.user_name)?;
    user(&tree, &name)?;
    let mut keys: Vec<AccessKey> = tree.access_keys.into_values().filter(|key| key.user == name).collect();
    keys.sort_by_key(|key| key.created);
    let page = listed(keys, request.marker.as_deref(), request.max_items, |key| key.id.clone())?;
    let access_key_metadata = page
        .items
        .into_iter()
        .map(|key| wire::AccessKeyMetadata {
            user_name: Some(key.user),
            access_key_id: Some(key.id),
            status: Some(status(key.active)),
            create_date: Some(time(key.created)),
        })
        .collect();
    let (is_truncated, marker) = (page.is_truncated, page.marker);
    Ok(wire::ListAccessKeysResponse { access_key_metadata, is_truncated, marker })
}

pub(crate) fn update_access_key(
    ctx: &Context,
    request: wire::UpdateAccessKeyRequest,
) -> Result<(), ApiError> {
    let active = match request.status.as_str() {
        "Active" => true,
        "Inactive" => false,
        other => return Err(invalid(format!("A key cannot be given the status {other}"))),
    };
    let name = own_name(ctx, request.user_name)?;
    ctx.edit_iam(|tree| {
        key_mut(ctx, tree, &name, &request.access_key_id)?.active = active;
        Ok(())
    })
}

pub(crate) fn delete_access_key(
    ctx: &Context,
    request: wire::DeleteAccessKeyRequest,
) -> Result<(), ApiError> {
    let name = own_name(ctx, request.user_name)?;
    ctx.edit_iam(|tree| {
        key_mut(ctx, tree, &name, &request.access_key_id)?;
        tree.access_keys.remove(&request.access_key_id);
        Ok(())
    })
}

/// Uses are not written down: a key was never used, as far as anybody can tell.
pub(crate) fn get_access_key_last_used(
    ctx: &Context,
    request: wire::GetAccessKeyLastUsedRequest,
) -> Result<wire::GetAccessKeyLastUsedResponse, ApiError> {
    let tree = ctx.iam()?;
    let key = tree.access_keys.get(&request.access_key_id).ok_or_else(|| unknown(&request.access_key_id))?;
    let never = wire::AccessKeyLastUsed {
        last_used_date: None,
        service_name: "N/A".to_owned(),
        region: "N/A".to_owned(),
    };
    Ok(wire::GetAccessKeyLastUsedResponse {
        user_name: Some(key.user.clone()),
        access_key_last_used: Some(never),
    })
}

fn key_mut<'t>(
    ctx: &Context,
    tree: &'t mut IamTree,
    name: &str,
    id: &str,
) -> Result<&'t mut AccessKey, ApiError> {
    user(tree, name)?;
    let key = tree.access_keys.get_mut(id).filter(|key| key.user == name).ok_or_else(|| unknown(id))?;
    ctx.refuse_declared_identity(key.declared_in.as_deref())?;
    Ok(key)
}

fn unknown(id: &str) -> ApiError {
    failure(404, "NoSuchEntity", format!("The Access Key with id {id} cannot be found."))
}

fn status(active: bool) -> String {
    if active { "Active" } else { "Inactive" }.to_owned()
}
