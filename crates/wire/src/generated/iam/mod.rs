//! Service model `iam` 2010-05-08, made by `cargo xtask codegen`; do not edit.

pub(crate) mod constraints;
mod requests;
mod shapes;

pub use requests::*;
#[allow(unused_imports)]
pub use shapes::*;

use crate::route::Spec;

/// An operation of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `POST /`
    AddRoleToInstanceProfile,
    /// `POST /`
    AddUserToGroup,
    /// `POST /`
    AttachGroupPolicy,
    /// `POST /`
    AttachRolePolicy,
    /// `POST /`
    AttachUserPolicy,
    /// `POST /`
    CreateAccessKey,
    /// `POST /`
    CreateAccountAlias,
    /// `POST /`
    CreateGroup,
    /// `POST /`
    CreateInstanceProfile,
    /// `POST /`
    CreateLoginProfile,
    /// `POST /`
    CreateOpenIDConnectProvider,
    /// `POST /`
    CreatePolicy,
    /// `POST /`
    CreatePolicyVersion,
    /// `POST /`
    CreateRole,
    /// `POST /`
    CreateSAMLProvider,
    /// `POST /`
    CreateServiceLinkedRole,
    /// `POST /`
    CreateUser,
    /// `POST /`
    DeleteAccessKey,
    /// `POST /`
    DeleteGroup,
    /// `POST /`
    DeleteGroupPolicy,
    /// `POST /`
    DeleteLoginProfile,
    /// `POST /`
    DeletePolicy,
    /// `POST /`
    DeletePolicyVersion,
    /// `POST /`
    DeleteRole,
    /// `POST /`
    DeleteRolePermissionsBoundary,
    /// `POST /`
    DeleteRolePolicy,
    /// `POST /`
    DeleteUser,
    /// `POST /`
    DeleteUserPermissionsBoundary,
    /// `POST /`
    DeleteUserPolicy,
    /// `POST /`
    DetachGroupPolicy,
    /// `POST /`
    DetachRolePolicy,
    /// `POST /`
    DetachUserPolicy,
    /// `POST /`
    GetAccessKeyLastUsed,
    /// `POST /`
    GetAccountAuthorizationDetails,
    /// `POST /`
    GetAccountSummary,
    /// `POST /`
    GetGroup,
    /// `POST /`
    GetGroupPolicy,
    /// `POST /`
    GetLoginProfile,
    /// `POST /`
    GetPolicy,
    /// `POST /`
    GetPolicyVersion,
    /// `POST /`
    GetRole,
    /// `POST /`
    GetRolePolicy,
    /// `POST /`
    GetUser,
    /// `POST /`
    GetUserPolicy,
    /// `POST /`
    ListAccessKeys,
    /// `POST /`
    ListAccountAliases,
    /// `POST /`
    ListAttachedGroupPolicies,
    /// `POST /`
    ListAttachedRolePolicies,
    /// `POST /`
    ListAttachedUserPolicies,
    /// `POST /`
    ListEntitiesForPolicy,
    /// `POST /`
    ListGroupPolicies,
    /// `POST /`
    ListGroups,
    /// `POST /`
    ListGroupsForUser,
    /// `POST /`
    ListInstanceProfiles,
    /// `POST /`
    ListInstanceProfilesForRole,
    /// `POST /`
    ListMFADevices,
    /// `POST /`
    ListPolicies,
    /// `POST /`
    ListPolicyTags,
    /// `POST /`
    ListPolicyVersions,
    /// `POST /`
    ListRolePolicies,
    /// `POST /`
    ListRoleTags,
    /// `POST /`
    ListRoles,
    /// `POST /`
    ListSSHPublicKeys,
    /// `POST /`
    ListServiceSpecificCredentials,
    /// `POST /`
    ListSigningCertificates,
    /// `POST /`
    ListUserPolicies,
    /// `POST /`
    ListUserTags,
    /// `POST /`
    ListUsers,
    /// `POST /`
    ListVirtualMFADevices,
    /// `POST /`
    PutGroupPolicy,
    /// `POST /`
    PutRolePermissionsBoundary,
    /// `POST /`
    PutRolePolicy,
    /// `POST /`
    PutUserPermissionsBoundary,
    /// `POST /`
    PutUserPolicy,
    /// `POST /`
    RemoveUserFromGroup,
    /// `POST /`
    SetDefaultPolicyVersion,
    /// `POST /`
    TagPolicy,
    /// `POST /`
    TagRole,
    /// `POST /`
    TagUser,
    /// `POST /`
    UntagPolicy,
    /// `POST /`
    UntagRole,
    /// `POST /`
    UntagUser,
    /// `POST /`
    UpdateAccessKey,
    /// `POST /`
    UpdateAssumeRolePolicy,
    /// `POST /`
    UpdateGroup,
    /// `POST /`
    UpdateRole,
    /// `POST /`
    UpdateRoleDescription,
    /// `POST /`
    UpdateUser,
}

const SPECS: &[Spec] = &[
    Spec { name: "AddRoleToInstanceProfile", method: "POST", uri: "/", status: 200 },
    Spec { name: "AddUserToGroup", method: "POST", uri: "/", status: 200 },
    Spec { name: "AttachGroupPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "AttachRolePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "AttachUserPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateAccessKey", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateAccountAlias", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateGroup", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateInstanceProfile", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateLoginProfile", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateOpenIDConnectProvider", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreatePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreatePolicyVersion", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateSAMLProvider", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateServiceLinkedRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "CreateUser", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteAccessKey", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteGroup", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteGroupPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteLoginProfile", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeletePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeletePolicyVersion", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteRolePermissionsBoundary", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteRolePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteUser", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteUserPermissionsBoundary", method: "POST", uri: "/", status: 200 },
    Spec { name: "DeleteUserPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "DetachGroupPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "DetachRolePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "DetachUserPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetAccessKeyLastUsed", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetAccountAuthorizationDetails", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetAccountSummary", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetGroup", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetGroupPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetLoginProfile", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetPolicyVersion", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetRolePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetUser", method: "POST", uri: "/", status: 200 },
    Spec { name: "GetUserPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListAccessKeys", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListAccountAliases", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListAttachedGroupPolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListAttachedRolePolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListAttachedUserPolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListEntitiesForPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListGroupPolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListGroups", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListGroupsForUser", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListInstanceProfiles", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListInstanceProfilesForRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListMFADevices", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListPolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListPolicyTags", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListPolicyVersions", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListRolePolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListRoleTags", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListRoles", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListSSHPublicKeys", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListServiceSpecificCredentials", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListSigningCertificates", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListUserPolicies", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListUserTags", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListUsers", method: "POST", uri: "/", status: 200 },
    Spec { name: "ListVirtualMFADevices", method: "POST", uri: "/", status: 200 },
    Spec { name: "PutGroupPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "PutRolePermissionsBoundary", method: "POST", uri: "/", status: 200 },
    Spec { name: "PutRolePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "PutUserPermissionsBoundary", method: "POST", uri: "/", status: 200 },
    Spec { name: "PutUserPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "RemoveUserFromGroup", method: "POST", uri: "/", status: 200 },
    Spec { name: "SetDefaultPolicyVersion", method: "POST", uri: "/", status: 200 },
    Spec { name: "TagPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "TagRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "TagUser", method: "POST", uri: "/", status: 200 },
    Spec { name: "UntagPolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "UntagRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "UntagUser", method: "POST", uri: "/", status: 200 },
    Spec { name: "UpdateAccessKey", method: "POST", uri: "/", status: 200 },
    Spec { name: "UpdateAssumeRolePolicy", method: "POST", uri: "/", status: 200 },
    Spec { name: "UpdateGroup", method: "POST", uri: "/", status: 200 },
    Spec { name: "UpdateRole", method: "POST", uri: "/", status: 200 },
    Spec { name: "UpdateRoleDescription", method: "POST", uri: "/", status: 200 },
    Spec { name: "UpdateUser", method: "POST", uri: "/", status: 200 },
];

impl Op {
    /// Every operation.
    pub const ALL: &[Self] = &[
        Self::AddRoleToInstanceProfile,
        Self::AddUserToGroup,
        Self::AttachGroupPolicy,
        Self::AttachRolePolicy,
        Self::AttachUserPolicy,
        Self::CreateAccessKey,
        Self::CreateAccountAlias,
        Self::CreateGroup,
        Self::CreateInstanceProfile,
        Self::CreateLoginProfile,
        Self::CreateOpenIDConnectProvider,
        Self::CreatePolicy,
        Self::CreatePolicyVersion,
        Self::CreateRole,
        Self::CreateSAMLProvider,
        Self::CreateServiceLinkedRole,
        Self::CreateUser,
        Self::DeleteAccessKey,
        Self::DeleteGroup,
        Self::DeleteGroupPolicy,
        Self::DeleteLoginProfile,
        Self::DeletePolicy,
        Self::DeletePolicyVersion,
        Self::DeleteRole,
        Self::DeleteRolePermissionsBoundary,
        Self::DeleteRolePolicy,
        Self::DeleteUser,
        Self::DeleteUserPermissionsBoundary,
        Self::DeleteUserPolicy,
        Self::DetachGroupPolicy,
        Self::DetachRolePolicy,
        Self::DetachUserPolicy,
        Self::GetAccessKeyLastUsed,
        Self::GetAccountAuthorizationDetails,
        Self::GetAccountSummary,
        Self::GetGroup,
        Self::GetGroupPolicy,
        Self::GetLoginProfile,
        Self::GetPolicy,
        Self::GetPolicyVersion,
        Self::GetRole,
        Self::GetRolePolicy,
        Self::GetUser,
        Self::GetUserPolicy,
        Self::ListAccessKeys,
        Self::ListAccountAliases,
        Self::ListAttachedGroupPolicies,
        Self::ListAttachedRolePolicies,
        Self::ListAttachedUserPolicies,
        Self::ListEntitiesForPolicy,
        Self::ListGroupPolicies,
        Self::ListGroups,
        Self::ListGroupsForUser,
        Self::ListInstanceProfiles,
        Self::ListInstanceProfilesForRole,
        Self::ListMFADevices,
        Self::ListPolicies,
        Self::ListPolicyTags,
        Self::ListPolicyVersions,
        Self::ListRolePolicies,
        Self::ListRoleTags,
        Self::ListRoles,
        Self::ListSSHPublicKeys,
        Self::ListServiceSpecificCredentials,
        Self::ListSigningCertificates,
        Self::ListUserPolicies,
        Self::ListUserTags,
        Self::ListUsers,
        Self::ListVirtualMFADevices,
        Self::PutGroupPolicy,
        Self::PutRolePermissionsBoundary,
        Self::PutRolePolicy,
        Self::PutUserPermissionsBoundary,
        Self::PutUserPolicy,
        Self::RemoveUserFromGroup,
        Self::SetDefaultPolicyVersion,
        Self::TagPolicy,
        Self::TagRole,
        Self::TagUser,
        Self::UntagPolicy,
        Self::UntagRole,
        Self::UntagUser,
        Self::UpdateAccessKey,
        Self::UpdateAssumeRolePolicy,
        Self::UpdateGroup,
        Self::UpdateRole,
        Self::UpdateRoleDescription,
        Self::UpdateUser,
    ];

    const fn spec(self) -> &'static Spec {
        &SPECS[self as usize]
    }

    /// AWS's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(self) -> &'static str {
        self.spec().method
    }

    /// The URI with its labels.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        self.spec().uri
    }

    /// The status of success.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.spec().status
    }
}

pub(crate) const VERSION: &str = "2010-05-08";
pub(crate) const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";
