//! IAM: users, access keys, groups, roles and policies of the caller's account.
//!
//! In: wire requests. Out: wire answers, changed identities. What a gateway has no use for (passwords, instance profiles,
//! providers) is refused when it is asked for. It must not know what a policy decides.

mod access_key;
mod account;
mod document;
mod error;
mod group;
mod managed;
mod names;
mod permissions;
mod refused;
mod role;
mod tag;
#[cfg(test)]
mod tests;
mod trusted;
mod user;

use stagedoor_base::AccountId;
use stagedoor_model::IamTree;
use stagedoor_store::Change;
use stagedoor_wire::Time;

pub(crate) use access_key::{
    create_access_key, delete_access_key, get_access_key_last_used, list_access_keys, update_access_key,
};
pub(crate) use account::{account_summary, get_account_authorization_details};
pub(crate) use document::{check_identity_policy, check_session_policy, check_trust_policy};
pub(crate) use error::failure;
pub(crate) use group::{
    add_user_to_group, create_group, delete_group, get_group, list_groups, list_groups_for_user,
    remove_user_from_group, update_group,
};
pub(crate) use managed::{
    create_policy, create_policy_version, delete_policy, delete_policy_version, get_policy,
    get_policy_version, list_entities_for_policy, list_policies, list_policy_versions,
    set_default_policy_version,
};
pub(crate) use names::{access_key_account, new_access_key_id, new_secret, new_unique_id};
pub(crate) use permissions::{
    attach_group_policy, attach_role_policy, attach_user_policy, delete_group_policy,
    delete_role_permissions_boundary, delete_role_policy, delete_user_permissions_boundary,
    delete_user_policy, detach_group_policy, detach_role_policy, detach_user_policy, get_group_policy,
    get_role_policy, get_user_policy, list_attached_group_policies, list_attached_role_policies,
    list_attached_user_policies, list_group_policies, list_role_policies, list_user_policies,
    put_group_policy, put_role_permissions_boundary, put_role_policy, put_user_permissions_boundary,
    put_user_policy,
};
pub(crate) use refused::{
    delete_login_profile, get_login_profile, list_account_aliases, list_instance_profiles,
    list_instance_profiles_for_role, list_mfa_devices, list_service_specific_credentials,
    list_signing_certificates, list_ssh_public_keys, list_virtual_mfa_devices, refuse,
};
pub(crate) use role::{
    create_role, delete_role, get_role, list_roles, update_assume_role_policy, update_role,
    update_role_description,
};
pub(crate) use tag::{
    list_policy_tags, list_role_tags, list_user_tags, tag_policy, tag_role, tag_user, untag_policy,
    untag_role, untag_user,
};
pub(crate) use user::{create_user, delete_user, get_user, list_users, update_user};

use crate::ApiError;
use crate::context::Context;
use crate::page::page;

/// Entries of a page, by default and at most.
const DEFAULT_PAGE: i32 = 100;
const MAX_PAGE: i32 = 500;

impl Context {
    fn iam(&self) -> Result<IamTree, ApiError> {
        Ok(self.store.iam(&self.scope.account)?.value)
    }

    /// Changes the identities of the account as [`Context::edit_api`] changes an API.
    pub(crate) fn edit_iam<T>(
        &self,
        edit: impl FnMut(&mut IamTree) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.edit_iam_of(&self.scope.account, edit)
    }

    fn edit_iam_of<T>(
        &self,
        account: &AccountId,
        mut edit: impl FnMut(&mut IamTree) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.retrying(|| {
            let before = self.store.iam(account)?;
            let mut after = before.value.clone();
            let result = edit(&mut after)?;
            if after != before.value {
                let change = Change::between_iam(account, &before.value, &after);
                self.commit(change.expecting(before.revision))?;
            }
            Ok(result)
        })
    }

    /// Refuses calls that would change an identity that a file declares.
    fn refuse_declared_identity(&self, declared_in: Option<&str>) -> Result<(), ApiError> {
        self.refuse_declared(declared_in)
            .map_err(|error| failure(400, "UnmodifiableEntity", error.to_string()))
    }

    fn account_id(&self) -> &str {
        self.scope.account.as_str()
    }
}

fn time(moment: stagedoor_base::Timestamp) -> Time {
    Time(i64::try_from(moment.0).unwrap_or(i64::MAX))
}

/// One page of a list.
struct Listed<T> {
    items: Vec<T>,
    is_truncated: Option<bool>,
    marker: Option<String>,
}

/// Cuts the page that `Marker` and `MaxItems` ask for.
fn listed<T>(
    all: Vec<T>,
    marker: Option<&str>,
    max_items: Option<i32>,
    key: impl Fn(&T) -> String,
) -> Result<Listed<T>, ApiError> {
    let limit = max_items.unwrap_or(DEFAULT_PAGE).min(MAX_PAGE);
    let page = page(all, marker, Some(limit), key)
        .map_err(|_| failure(400, "ValidationError", "Invalid Marker.".to_owned()))?;
    Ok(Listed { is_truncated: Some(page.position.is_some()), items: page.items, marker: page.position })
}

/// Entries whose path begins like this.
fn is_below(path: &str, prefix: Option<&str>) -> bool {
    prefix.is_none_or(|prefix| path.starts_with(prefix))
}
