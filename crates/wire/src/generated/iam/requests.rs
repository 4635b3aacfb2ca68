//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

/// What `AddRoleToInstanceProfile` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddRoleToInstanceProfileRequest {
    pub instance_profile_name: String,
    pub role_name: String,
}

impl Request for AddRoleToInstanceProfileRequest {
    const OPERATION: Operation = Operation::Iam(Op::AddRoleToInstanceProfile);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            instance_profile_name: reader
                .need("InstanceProfileName", constraints::INSTANCE_PROFILE_NAME_TYPE)?,
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
        })
    }
}

/// What `AddUserToGroup` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AddUserToGroupRequest {
    pub group_name: String,
    pub user_name: String,
}

impl Request for AddUserToGroupRequest {
    const OPERATION: Operation = Operation::Iam(Op::AddUserToGroup);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
        })
    }
}

/// What `AttachGroupPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachGroupPolicyRequest {
    pub group_name: String,
    pub policy_arn: String,
}

impl Request for AttachGroupPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::AttachGroupPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
        })
    }
}

/// What `AttachRolePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachRolePolicyRequest {
    pub role_name: String,
    pub policy_arn: String,
}

impl Request for AttachRolePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::AttachRolePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
        })
    }
}

/// What `AttachUserPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachUserPolicyRequest {
    pub user_name: String,
    pub policy_arn: String,
}

impl Request for AttachUserPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::AttachUserPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::USER_NAME_TYPE)?,
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
        })
    }
}

/// What `CreateAccessKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAccessKeyRequest {
    pub user_name: Option<String>,
}

impl Request for CreateAccessKeyRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateAccessKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)? })
    }
}

/// What `CreateAccountAlias` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAccountAliasRequest {
    pub account_alias: String,
}

impl Request for CreateAccountAliasRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateAccountAlias);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { account_alias: reader.need("AccountAlias", constraints::ACCOUNT_ALIAS_TYPE)? })
    }
}

/// What `CreateGroup` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateGroupRequest {
    pub path: Option<String>,
    pub group_name: String,
}

impl Request for CreateGroupRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateGroup);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path: reader.get("Path", constraints::PATH_TYPE)?,
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
        })
    }
}

/// What `CreateInstanceProfile` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateInstanceProfileRequest {
    pub instance_profile_name: String,
    pub path: Option<String>,
    pub tags: Option<Vec<shapes::Tag>>,
}

impl Request for CreateInstanceProfileRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateInstanceProfile);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            instance_profile_name: reader
                .need("InstanceProfileName", constraints::INSTANCE_PROFILE_NAME_TYPE)?,
            path: reader.get("Path", constraints::PATH_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `CreateLoginProfile` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateLoginProfileRequest {
    pub user_name: Option<String>,
    pub password: Option<String>,
    pub password_reset_required: Option<bool>,
}

impl Request for CreateLoginProfileRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateLoginProfile);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::USER_NAME_TYPE)?,
            password: reader.get("Password", constraints::PASSWORD_TYPE)?,
            password_reset_required: reader.get("PasswordResetRequired", &[])?,
        })
    }
}

/// What `CreateOpenIDConnectProvider` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateOpenIDConnectProviderRequest {
    pub url: String,
    pub client_id_list: Option<Vec<String>>,
    pub thumbprint_list: Option<Vec<String>>,
    pub tags: Option<Vec<shapes::Tag>>,
}

impl Request for CreateOpenIDConnectProviderRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateOpenIDConnectProvider);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            url: reader.need("Url", constraints::OPEN_ID_CONNECT_PROVIDER_URL_TYPE)?,
            client_id_list: reader.get("ClientIDList", constraints::CLIENT_ID_LIST_TYPE)?,
            thumbprint_list: reader.get("ThumbprintList", constraints::THUMBPRINT_LIST_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `CreatePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePolicyRequest {
    pub policy_name: String,
    pub path: Option<String>,
    pub policy_document: String,
    pub description: Option<String>,
    pub tags: Option<Vec<shapes::Tag>>,
}

impl Request for CreatePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreatePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
            path: reader.get("Path", constraints::POLICY_PATH_TYPE)?,
            policy_document: reader.need("PolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
            description: reader.get("Description", constraints::POLICY_DESCRIPTION_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `CreatePolicyVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePolicyVersionRequest {
    pub policy_arn: String,
    pub policy_document: String,
    pub set_as_default: Option<bool>,
}

impl Request for CreatePolicyVersionRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreatePolicyVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            policy_document: reader.need("PolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
            set_as_default: reader.get("SetAsDefault", &[])?,
        })
    }
}

/// What `CreateRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRoleRequest {
    pub path: Option<String>,
    pub role_name: String,
    pub assume_role_policy_document: String,
    pub description: Option<String>,
    pub max_session_duration: Option<i32>,
    pub permissions_boundary: Option<String>,
    pub tags: Option<Vec<shapes::Tag>>,
}

impl Request for CreateRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path: reader.get("Path", constraints::PATH_TYPE)?,
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            assume_role_policy_document: reader
                .need("AssumeRolePolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
            description: reader.get("Description", constraints::ROLE_DESCRIPTION_TYPE)?,
            max_session_duration: reader
                .get("MaxSessionDuration", constraints::ROLE_MAX_SESSION_DURATION_TYPE)?,
            permissions_boundary: reader.get("PermissionsBoundary", constraints::ARN_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `CreateSAMLProvider` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateSAMLProviderRequest {
    pub saml_metadata_document: String,
    pub name: String,
    pub tags: Option<Vec<shapes::Tag>>,
    pub assertion_encryption_mode: Option<String>,
    pub add_private_key: Option<String>,
}

impl Request for CreateSAMLProviderRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateSAMLProvider);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            saml_metadata_document: reader
                .need("SAMLMetadataDocument", constraints::SAML_METADATA_DOCUMENT_TYPE)?,
            name: reader.need("Name", constraints::SAML_PROVIDER_NAME_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
            assertion_encryption_mode: reader
                .get("AssertionEncryptionMode", constraints::ASSERTION_ENCRYPTION_MODE_TYPE)?,
            add_private_key: reader.get("AddPrivateKey", constraints::PRIVATE_KEY_TYPE)?,
        })
    }
}

/// What `CreateServiceLinkedRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateServiceLinkedRoleRequest {
    pub aws_service_name: String,
    pub description: Option<String>,
    pub custom_suffix: Option<String>,
}

impl Request for CreateServiceLinkedRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateServiceLinkedRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            aws_service_name: reader.need("AWSServiceName", constraints::GROUP_NAME_TYPE)?,
            description: reader.get("Description", constraints::ROLE_DESCRIPTION_TYPE)?,
            custom_suffix: reader.get("CustomSuffix", constraints::CUSTOM_SUFFIX_TYPE)?,
        })
    }
}

/// What `CreateUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateUserRequest {
    pub path: Option<String>,
    pub user_name: String,
    pub permissions_boundary: Option<String>,
    pub tags: Option<Vec<shapes::Tag>>,
}

impl Request for CreateUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::CreateUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path: reader.get("Path", constraints::PATH_TYPE)?,
            user_name: reader.need("UserName", constraints::USER_NAME_TYPE)?,
            permissions_boundary: reader.get("PermissionsBoundary", constraints::ARN_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `DeleteAccessKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteAccessKeyRequest {
    pub user_name: Option<String>,
    pub access_key_id: String,
}

impl Request for DeleteAccessKeyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteAccessKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            access_key_id: reader.need("AccessKeyId", constraints::ACCESS_KEY_ID_TYPE)?,
        })
    }
}

/// What `DeleteGroup` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteGroupRequest {
    pub group_name: String,
}

impl Request for DeleteGroupRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteGroup);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)? })
    }
}

/// What `DeleteGroupPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteGroupPolicyRequest {
    pub group_name: String,
    pub policy_name: String,
}

impl Request for DeleteGroupPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteGroupPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
        })
    }
}

/// What `DeleteLoginProfile` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteLoginProfileRequest {
    pub user_name: Option<String>,
}

impl Request for DeleteLoginProfileRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteLoginProfile);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { user_name: reader.get("UserName", constraints::USER_NAME_TYPE)? })
    }
}

/// What `DeletePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeletePolicyRequest {
    pub policy_arn: String,
}

impl Request for DeletePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeletePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)? })
    }
}

/// What `DeletePolicyVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeletePolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}

impl Request for DeletePolicyVersionRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeletePolicyVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            version_id: reader.need("VersionId", constraints::POLICY_VERSION_ID_TYPE)?,
        })
    }
}

/// What `DeleteRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRoleRequest {
    pub role_name: String,
}

impl Request for DeleteRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)? })
    }
}

/// What `DeleteRolePermissionsBoundary` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRolePermissionsBoundaryRequest {
    pub role_name: String,
}

impl Request for DeleteRolePermissionsBoundaryRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteRolePermissionsBoundary);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)? })
    }
}

/// What `DeleteRolePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
}

impl Request for DeleteRolePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteRolePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
        })
    }
}

/// What `DeleteUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteUserRequest {
    pub user_name: String,
}

impl Request for DeleteUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)? })
    }
}

/// What `DeleteUserPermissionsBoundary` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteUserPermissionsBoundaryRequest {
    pub user_name: String,
}

impl Request for DeleteUserPermissionsBoundaryRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteUserPermissionsBoundary);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { user_name: reader.need("UserName", constraints::USER_NAME_TYPE)? })
    }
}

/// What `DeleteUserPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DeleteUserPolicyRequest {
    pub user_name: String,
    pub policy_name: String,
}

impl Request for DeleteUserPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DeleteUserPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
        })
    }
}

/// What `DetachGroupPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DetachGroupPolicyRequest {
    pub group_name: String,
    pub policy_arn: String,
}

impl Request for DetachGroupPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DetachGroupPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
        })
    }
}

/// What `DetachRolePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DetachRolePolicyRequest {
    pub role_name: String,
    pub policy_arn: String,
}

impl Request for DetachRolePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DetachRolePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
        })
    }
}

/// What `DetachUserPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DetachUserPolicyRequest {
    pub user_name: String,
    pub policy_arn: String,
}

impl Request for DetachUserPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::DetachUserPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::USER_NAME_TYPE)?,
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
        })
    }
}

/// What `GetAccessKeyLastUsed` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccessKeyLastUsedRequest {
    pub access_key_id: String,
}

impl Request for GetAccessKeyLastUsedRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetAccessKeyLastUsed);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { access_key_id: reader.need("AccessKeyId", constraints::ACCESS_KEY_ID_TYPE)? })
    }
}

/// What `GetAccountAuthorizationDetails` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccountAuthorizationDetailsRequest {
    pub filter: Option<Vec<String>>,
    pub max_items: Option<i32>,
    pub marker: Option<String>,
}

impl Request for GetAccountAuthorizationDetailsRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetAccountAuthorizationDetails);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            filter: reader.get("Filter", constraints::ENTITY_LIST_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
        })
    }
}

/// What `GetGroup` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetGroupRequest {
    pub group_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for GetGroupRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetGroup);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `GetGroupPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetGroupPolicyRequest {
    pub group_name: String,
    pub policy_name: String,
}

impl Request for GetGroupPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetGroupPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
        })
    }
}

/// What `GetLoginProfile` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLoginProfileRequest {
    pub user_name: Option<String>,
}

impl Request for GetLoginProfileRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetLoginProfile);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { user_name: reader.get("UserName", constraints::USER_NAME_TYPE)? })
    }
}

/// What `GetPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPolicyRequest {
    pub policy_arn: String,
}

impl Request for GetPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)? })
    }
}

/// What `GetPolicyVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}

impl Request for GetPolicyVersionRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetPolicyVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            version_id: reader.need("VersionId", constraints::POLICY_VERSION_ID_TYPE)?,
        })
    }
}

/// What `GetRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRoleRequest {
    pub role_name: String,
}

impl Request for GetRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)? })
    }
}

/// What `GetRolePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
}

impl Request for GetRolePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetRolePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
        })
    }
}

/// What `GetUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUserRequest {
    pub user_name: Option<String>,
}

impl Request for GetUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)? })
    }
}

/// What `GetUserPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUserPolicyRequest {
    pub user_name: String,
    pub policy_name: String,
}

impl Request for GetUserPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::GetUserPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
        })
    }
}

/// What `ListAccessKeys` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAccessKeysRequest {
    pub user_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListAccessKeysRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListAccessKeys);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListAccountAliases` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAccountAliasesRequest {
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListAccountAliasesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListAccountAliases);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListAttachedGroupPolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAttachedGroupPoliciesRequest {
    pub group_name: String,
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListAttachedGroupPoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListAttachedGroupPolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            path_prefix: reader.get("PathPrefix", constraints::POLICY_PATH_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListAttachedRolePolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAttachedRolePoliciesRequest {
    pub role_name: String,
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListAttachedRolePoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListAttachedRolePolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            path_prefix: reader.get("PathPrefix", constraints::POLICY_PATH_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListAttachedUserPolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAttachedUserPoliciesRequest {
    pub user_name: String,
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListAttachedUserPoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListAttachedUserPolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::USER_NAME_TYPE)?,
            path_prefix: reader.get("PathPrefix", constraints::POLICY_PATH_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListEntitiesForPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListEntitiesForPolicyRequest {
    pub policy_arn: String,
    pub entity_filter: Option<String>,
    pub path_prefix: Option<String>,
    pub policy_usage_filter: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListEntitiesForPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListEntitiesForPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            entity_filter: reader.get("EntityFilter", constraints::ENTITY_TYPE)?,
            path_prefix: reader.get("PathPrefix", constraints::PATH_TYPE)?,
            policy_usage_filter: reader.get("PolicyUsageFilter", constraints::POLICY_USAGE_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListGroupPolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListGroupPoliciesRequest {
    pub group_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListGroupPoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListGroupPolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListGroups` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListGroupsRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListGroupsRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListGroups);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path_prefix: reader.get("PathPrefix", constraints::PATH_PREFIX_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListGroupsForUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListGroupsForUserRequest {
    pub user_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListGroupsForUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListGroupsForUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListInstanceProfiles` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListInstanceProfilesRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListInstanceProfilesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListInstanceProfiles);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path_prefix: reader.get("PathPrefix", constraints::PATH_PREFIX_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListInstanceProfilesForRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListInstanceProfilesForRoleRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListInstanceProfilesForRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListInstanceProfilesForRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListMFADevices` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListMFADevicesRequest {
    pub user_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListMFADevicesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListMFADevices);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListPolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPoliciesRequest {
    pub scope: Option<String>,
    pub only_attached: Option<bool>,
    pub path_prefix: Option<String>,
    pub policy_usage_filter: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListPoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListPolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            scope: reader.get("Scope", constraints::POLICY_SCOPE_TYPE)?,
            only_attached: reader.get("OnlyAttached", &[])?,
            path_prefix: reader.get("PathPrefix", constraints::POLICY_PATH_TYPE)?,
            policy_usage_filter: reader.get("PolicyUsageFilter", constraints::POLICY_USAGE_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListPolicyTags` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPolicyTagsRequest {
    pub policy_arn: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListPolicyTagsRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListPolicyTags);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListPolicyVersions` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPolicyVersionsRequest {
    pub policy_arn: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListPolicyVersionsRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListPolicyVersions);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListRolePolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRolePoliciesRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListRolePoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListRolePolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListRoleTags` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRoleTagsRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListRoleTagsRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListRoleTags);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListRoles` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRolesRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListRolesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListRoles);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path_prefix: reader.get("PathPrefix", constraints::PATH_PREFIX_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListSSHPublicKeys` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListSSHPublicKeysRequest {
    pub user_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListSSHPublicKeysRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListSSHPublicKeys);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListServiceSpecificCredentials` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListServiceSpecificCredentialsRequest {
    pub user_name: Option<String>,
    pub service_name: Option<String>,
    pub all_users: Option<bool>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListServiceSpecificCredentialsRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListServiceSpecificCredentials);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::USER_NAME_TYPE)?,
            service_name: reader.get("ServiceName", &[])?,
            all_users: reader.get("AllUsers", &[])?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListSigningCertificates` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListSigningCertificatesRequest {
    pub user_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListSigningCertificatesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListSigningCertificates);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListUserPolicies` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListUserPoliciesRequest {
    pub user_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListUserPoliciesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListUserPolicies);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListUserTags` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListUserTagsRequest {
    pub user_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListUserTagsRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListUserTags);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListUsers` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListUsersRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListUsersRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListUsers);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            path_prefix: reader.get("PathPrefix", constraints::PATH_PREFIX_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `ListVirtualMFADevices` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVirtualMFADevicesRequest {
    pub assignment_status: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

impl Request for ListVirtualMFADevicesRequest {
    const OPERATION: Operation = Operation::Iam(Op::ListVirtualMFADevices);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            assignment_status: reader.get("AssignmentStatus", constraints::ASSIGNMENT_STATUS_TYPE)?,
            marker: reader.get("Marker", constraints::MARKER_TYPE)?,
            max_items: reader.get("MaxItems", constraints::MAX_ITEMS_TYPE)?,
        })
    }
}

/// What `PutGroupPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutGroupPolicyRequest {
    pub group_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

impl Request for PutGroupPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::PutGroupPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
            policy_document: reader.need("PolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
        })
    }
}

/// What `PutRolePermissionsBoundary` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRolePermissionsBoundaryRequest {
    pub role_name: String,
    pub permissions_boundary: String,
}

impl Request for PutRolePermissionsBoundaryRequest {
    const OPERATION: Operation = Operation::Iam(Op::PutRolePermissionsBoundary);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            permissions_boundary: reader.need("PermissionsBoundary", constraints::ARN_TYPE)?,
        })
    }
}

/// What `PutRolePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

impl Request for PutRolePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::PutRolePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
            policy_document: reader.need("PolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
        })
    }
}

/// What `PutUserPermissionsBoundary` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutUserPermissionsBoundaryRequest {
    pub user_name: String,
    pub permissions_boundary: String,
}

impl Request for PutUserPermissionsBoundaryRequest {
    const OPERATION: Operation = Operation::Iam(Op::PutUserPermissionsBoundary);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::USER_NAME_TYPE)?,
            permissions_boundary: reader.need("PermissionsBoundary", constraints::ARN_TYPE)?,
        })
    }
}

/// What `PutUserPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PutUserPolicyRequest {
    pub user_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

impl Request for PutUserPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::PutUserPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            policy_name: reader.need("PolicyName", constraints::POLICY_NAME_TYPE)?,
            policy_document: reader.need("PolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
        })
    }
}

/// What `RemoveUserFromGroup` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RemoveUserFromGroupRequest {
    pub group_name: String,
    pub user_name: String,
}

impl Request for RemoveUserFromGroupRequest {
    const OPERATION: Operation = Operation::Iam(Op::RemoveUserFromGroup);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
        })
    }
}

/// What `SetDefaultPolicyVersion` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetDefaultPolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}

impl Request for SetDefaultPolicyVersionRequest {
    const OPERATION: Operation = Operation::Iam(Op::SetDefaultPolicyVersion);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            version_id: reader.need("VersionId", constraints::POLICY_VERSION_ID_TYPE)?,
        })
    }
}

/// What `TagPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagPolicyRequest {
    pub policy_arn: String,
    pub tags: Vec<shapes::Tag>,
}

impl Request for TagPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::TagPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            tags: reader.need("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `TagRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagRoleRequest {
    pub role_name: String,
    pub tags: Vec<shapes::Tag>,
}

impl Request for TagRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::TagRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            tags: reader.need("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `TagUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagUserRequest {
    pub user_name: String,
    pub tags: Vec<shapes::Tag>,
}

impl Request for TagUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::TagUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            tags: reader.need("Tags", constraints::TAG_LIST_TYPE)?,
        })
    }
}

/// What `UntagPolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagPolicyRequest {
    pub policy_arn: String,
    pub tag_keys: Vec<String>,
}

impl Request for UntagPolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::UntagPolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            policy_arn: reader.need("PolicyArn", constraints::ARN_TYPE)?,
            tag_keys: reader.need("TagKeys", constraints::TAG_KEY_LIST_TYPE)?,
        })
    }
}

/// What `UntagRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagRoleRequest {
    pub role_name: String,
    pub tag_keys: Vec<String>,
}

impl Request for UntagRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::UntagRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            tag_keys: reader.need("TagKeys", constraints::TAG_KEY_LIST_TYPE)?,
        })
    }
}

/// What `UntagUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UntagUserRequest {
    pub user_name: String,
    pub tag_keys: Vec<String>,
}

impl Request for UntagUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::UntagUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            tag_keys: reader.need("TagKeys", constraints::TAG_KEY_LIST_TYPE)?,
        })
    }
}

/// What `UpdateAccessKey` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAccessKeyRequest {
    pub user_name: Option<String>,
    pub access_key_id: String,
    pub status: String,
}

impl Request for UpdateAccessKeyRequest {
    const OPERATION: Operation = Operation::Iam(Op::UpdateAccessKey);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.get("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            access_key_id: reader.need("AccessKeyId", constraints::ACCESS_KEY_ID_TYPE)?,
            status: reader.need("Status", constraints::STATUS_TYPE)?,
        })
    }
}

/// What `UpdateAssumeRolePolicy` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateAssumeRolePolicyRequest {
    pub role_name: String,
    pub policy_document: String,
}

impl Request for UpdateAssumeRolePolicyRequest {
    const OPERATION: Operation = Operation::Iam(Op::UpdateAssumeRolePolicy);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            policy_document: reader.need("PolicyDocument", constraints::POLICY_DOCUMENT_TYPE)?,
        })
    }
}

/// What `UpdateGroup` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateGroupRequest {
    pub group_name: String,
    pub new_path: Option<String>,
    pub new_group_name: Option<String>,
}

impl Request for UpdateGroupRequest {
    const OPERATION: Operation = Operation::Iam(Op::UpdateGroup);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            group_name: reader.need("GroupName", constraints::GROUP_NAME_TYPE)?,
            new_path: reader.get("NewPath", constraints::PATH_TYPE)?,
            new_group_name: reader.get("NewGroupName", constraints::GROUP_NAME_TYPE)?,
        })
    }
}

/// What `UpdateRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRoleRequest {
    pub role_name: String,
    pub description: Option<String>,
    pub max_session_duration: Option<i32>,
}

impl Request for UpdateRoleRequest {
    const OPERATION: Operation = Operation::Iam(Op::UpdateRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            description: reader.get("Description", constraints::ROLE_DESCRIPTION_TYPE)?,
            max_session_duration: reader
                .get("MaxSessionDuration", constraints::ROLE_MAX_SESSION_DURATION_TYPE)?,
        })
    }
}

/// What `UpdateRoleDescription` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRoleDescriptionRequest {
    pub role_name: String,
    pub description: String,
}

impl Request for UpdateRoleDescriptionRequest {
    const OPERATION: Operation = Operation::Iam(Op::UpdateRoleDescription);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_name: reader.need("RoleName", constraints::ROLE_NAME_TYPE)?,
            description: reader.need("Description", constraints::ROLE_DESCRIPTION_TYPE)?,
        })
    }
}

/// What `UpdateUser` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateUserRequest {
    pub user_name: String,
    pub new_path: Option<String>,
    pub new_user_name: Option<String>,
}

impl Request for UpdateUserRequest {
    const OPERATION: Operation = Operation::Iam(Op::UpdateUser);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            user_name: reader.need("UserName", constraints::EXISTING_USER_NAME_TYPE)?,
            new_path: reader.get("NewPath", constraints::PATH_TYPE)?,
            new_user_name: reader.get("NewUserName", constraints::USER_NAME_TYPE)?,
        })
    }
}
