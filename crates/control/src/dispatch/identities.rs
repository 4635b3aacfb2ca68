//! The handlers of IAM and STS.

use stagedoor_wire::{Fault, Reply, iam as wire_iam, sts as wire_sts};

use super::Handler;
use crate::control::Call;
use crate::{iam, sts};

pub(super) fn identities(op: wire_iam::Op) -> Handler {
    use wire_iam::Op;
    let run: fn(&Call<'_>) -> Result<Reply, Fault> = match op {
        Op::AddUserToGroup => |call| call.acknowledge(iam::add_user_to_group),
        Op::AttachGroupPolicy => |call| call.acknowledge(iam::attach_group_policy),
        Op::AttachRolePolicy => |call| call.acknowledge(iam::attach_role_policy),
        Op::AttachUserPolicy => |call| call.acknowledge(iam::attach_user_policy),
        Op::CreateAccessKey => |call| call.answer(iam::create_access_key),
        Op::CreateGroup => |call| call.answer(iam::create_group),
        Op::CreatePolicy => |call| call.answer(iam::create_policy),
        Op::CreatePolicyVersion => |call| call.answer(iam::create_policy_version),
        Op::CreateRole => |call| call.answer(iam::create_role),
        Op::CreateUser => |call| call.answer(iam::create_user),
        Op::DeleteAccessKey => |call| call.acknowledge(iam::delete_access_key),
        Op::DeleteGroup => |call| call.acknowledge(iam::delete_group),
        Op::DeleteGroupPolicy => |call| call.acknowledge(iam::delete_group_policy),
        Op::DeleteLoginProfile => |call| call.acknowledge(iam::delete_login_profile),
        Op::DeletePolicy => |call| call.acknowledge(iam::delete_policy),
        Op::DeletePolicyVersion => |call| call.acknowledge(iam::delete_policy_version),
        Op::DeleteRole => |call| call.acknowledge(iam::delete_role),
        Op::DeleteRolePermissionsBoundary => |call| call.acknowledge(iam::delete_role_permissions_boundary),
        Op::DeleteRolePolicy => |call| call.acknowledge(iam::delete_role_policy),
        Op::DeleteUser => |call| call.acknowledge(iam::delete_user),
        Op::DeleteUserPermissionsBoundary => |call| call.acknowledge(iam::delete_user_permissions_boundary),
        Op::DeleteUserPolicy => |call| call.acknowledge(iam::delete_user_policy),
        Op::DetachGroupPolicy => |call| call.acknowledge(iam::detach_group_policy),
        Op::DetachRolePolicy => |call| call.acknowledge(iam::detach_role_policy),
        Op::DetachUserPolicy => |call| call.acknowledge(iam::detach_user_policy),
        Op::GetAccessKeyLastUsed => |call| call.answer(iam::get_access_key_last_used),
        Op::GetAccountAuthorizationDetails => |call| call.answer(iam::get_account_authorization_details),
        Op::GetAccountSummary => iam::account_summary,
        Op::GetGroup => |call| call.answer(iam::get_group),
        Op::GetGroupPolicy => |call| call.answer(iam::get_group_policy),
        Op::GetLoginProfile => |call| call.answer(iam::get_login_profile),
        Op::GetPolicy => |call| call.answer(iam::get_policy),
        Op::GetPolicyVersion => |call| call.answer(iam::get_policy_version),
        Op::GetRole => |call| call.answer(iam::get_role),
        Op::GetRolePolicy => |call| call.answer(iam::get_role_policy),
        Op::GetUser => |call| call.answer(iam::get_user),
        Op::GetUserPolicy => |call| call.answer(iam::get_user_policy),
        Op::ListAccessKeys => |call| call.answer(iam::list_access_keys),
        Op::ListAccountAliases => |call| call.answer(iam::list_account_aliases),
        Op::ListAttachedGroupPolicies => |call| call.answer(iam::list_attached_group_policies),
        Op::ListAttachedRolePolicies => |call| call.answer(iam::list_attached_role_policies),
        Op::ListAttachedUserPolicies => |call| call.answer(iam::list_attached_user_policies),
        Op::ListEntitiesForPolicy => |call| call.answer(iam::list_entities_for_policy),
        Op::ListGroupPolicies => |call| call.answer(iam::list_group_policies),
        Op::ListGroups => |call| call.answer(iam::list_groups),
        Op::ListGroupsForUser => |call| call.answer(iam::list_groups_for_user),
        Op::ListInstanceProfiles => |call| call.answer(iam::list_instance_profiles),
        Op::ListInstanceProfilesForRole => |call| call.answer(iam::list_instance_profiles_for_role),
        Op::ListMFADevices => |call| call.answer(iam::list_mfa_devices),
        Op::ListPolicies => |call| call.answer(iam::list_policies),
        Op::ListPolicyTags => |call| call.answer(iam::list_policy_tags),
        Op::ListPolicyVersions => |call| call.answer(iam::list_policy_versions),
        Op::ListRolePolicies => |call| call.answer(iam::list_role_policies),
        Op::ListRoleTags => |call| call.answer(iam::list_role_tags),
        Op::ListRoles => |call| call.answer(iam::list_roles),
        Op::ListSSHPublicKeys => |call| call.answer(iam::list_ssh_public_keys),
        Op::ListServiceSpecificCredentials => |call| call.answer(iam::list_service_specific_credentials),
        Op::ListSigningCertificates => |call| call.answer(iam::list_signing_certificates),
        Op::ListUserPolicies => |call| call.answer(iam::list_user_policies),
        Op::ListUserTags => |call| call.answer(iam::list_user_tags),
        Op::ListUsers => |call| call.answer(iam::list_users),
        Op::ListVirtualMFADevices => |call| call.answer(iam::list_virtual_mfa_devices),
        Op::PutGroupPolicy => |call| call.acknowledge(iam::put_group_policy),
        Op::PutRolePermissionsBoundary => |call| call.acknowledge(iam::put_role_permissions_boundary),
        Op::PutRolePolicy => |call| call.acknowledge(iam::put_role_policy),
        Op::PutUserPermissionsBoundary => |call| call.acknowledge(iam::put_user_permissions_boundary),
        Op::PutUserPolicy => |call| call.acknowledge(iam::put_user_policy),
        Op::RemoveUserFromGroup => |call| call.acknowledge(iam::remove_user_from_group),
        Op::SetDefaultPolicyVersion => |call| call.acknowledge(iam::set_default_policy_version),
        Op::TagPolicy => |call| call.acknowledge(iam::tag_policy),
        Op::TagRole => |call| call.acknowledge(iam::tag_role),
        Op::TagUser => |call| call.acknowledge(iam::tag_user),
        Op::UntagPolicy => |call| call.acknowledge(iam::untag_policy),
        Op::UntagRole => |call| call.acknowledge(iam::untag_role),
        Op::UntagUser => |call| call.acknowledge(iam::untag_user),
        Op::UpdateAccessKey => |call| call.acknowledge(iam::update_access_key),
        Op::UpdateAssumeRolePolicy => |call| call.acknowledge(iam::update_assume_role_policy),
        Op::UpdateGroup => |call| call.acknowledge(iam::update_group),
        Op::UpdateRole => |call| call.answer(iam::update_role),
        Op::UpdateRoleDescription => |call| call.answer(iam::update_role_description),
        Op::UpdateUser => |call| call.acknowledge(iam::update_user),
        Op::CreateInstanceProfile
        | Op::AddRoleToInstanceProfile
        | Op::CreateLoginProfile
        | Op::CreateServiceLinkedRole
        | Op::CreateAccountAlias
        | Op::CreateSAMLProvider
        | Op::CreateOpenIDConnectProvider => iam::refuse,
    };
    Handler::Blocking(run)
}

pub(super) fn sessions(op: wire_sts::Op) -> Handler {
    use wire_sts::Op;
    let run: fn(&Call<'_>) -> Result<Reply, Fault> = match op {
        Op::GetCallerIdentity => |call| call.answer(sts::get_caller_identity),
        Op::AssumeRole => |call| call.answer(sts::assume_role),
        Op::GetSessionToken => |call| call.answer(sts::get_session_token),
        Op::GetAccessKeyInfo => |call| call.answer(sts::get_access_key_info),
        Op::DecodeAuthorizationMessage
        | Op::AssumeRoleWithSAML
        | Op::AssumeRoleWithWebIdentity
        | Op::GetFederationToken => sts::refuse,
    };
    Handler::Blocking(run)
}
