//! Shapes and responses, made by `cargo xtask codegen`; do not edit.

use super::NAMESPACE;
#[allow(unused_imports)]
use super::constraints;
#[allow(unused_imports)]
use crate::decode::{Context, FromJson, Item, Members, Mismatch};
use crate::encode::{Element, Encode, Object, Reply, ToJson};
#[allow(unused_imports)]
use crate::{Map, Time};
#[allow(unused_imports)]
use serde_json::Value;

/// `AccessKey` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccessKey {
    pub user_name: String,
    pub access_key_id: String,
    pub status: String,
    pub secret_access_key: String,
    pub create_date: Option<crate::Time>,
}

impl Element for AccessKey {}
impl ToJson for AccessKey {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("AccessKeyId", &self.access_key_id);
        object.put("Status", &self.status);
        object.put("SecretAccessKey", &self.secret_access_key);
        object.put_iso("CreateDate", self.create_date);
        object.close();
    }
}

/// `AccessKeyLastUsed` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccessKeyLastUsed {
    pub last_used_date: Option<crate::Time>,
    pub service_name: String,
    pub region: String,
}

impl Element for AccessKeyLastUsed {}
impl ToJson for AccessKeyLastUsed {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("LastUsedDate", self.last_used_date);
        object.put("ServiceName", &self.service_name);
        object.put("Region", &self.region);
        object.close();
    }
}

/// `AccessKeyMetadata` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccessKeyMetadata {
    pub user_name: Option<String>,
    pub access_key_id: Option<String>,
    pub status: Option<String>,
    pub create_date: Option<crate::Time>,
}

impl Element for AccessKeyMetadata {}
impl ToJson for AccessKeyMetadata {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("AccessKeyId", &self.access_key_id);
        object.put("Status", &self.status);
        object.put_iso("CreateDate", self.create_date);
        object.close();
    }
}

/// `AttachedPermissionsBoundary` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachedPermissionsBoundary {
    pub permissions_boundary_type: Option<String>,
    pub permissions_boundary_arn: Option<String>,
}

impl Element for AttachedPermissionsBoundary {}
impl ToJson for AttachedPermissionsBoundary {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PermissionsBoundaryType", &self.permissions_boundary_type);
        object.put("PermissionsBoundaryArn", &self.permissions_boundary_arn);
        object.close();
    }
}

/// `AttachedPolicy` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachedPolicy {
    pub policy_name: Option<String>,
    pub policy_arn: Option<String>,
}

impl Element for AttachedPolicy {}
impl ToJson for AttachedPolicy {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyArn", &self.policy_arn);
        object.close();
    }
}

/// `CreateAccessKeyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateAccessKeyResponse {
    pub access_key: AccessKey,
}

impl Element for CreateAccessKeyResponse {}
impl ToJson for CreateAccessKeyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AccessKey", &self.access_key);
        object.close();
    }
}

impl Encode for CreateAccessKeyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateAccessKey", self)
    }
}

/// `CreateGroupResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateGroupResponse {
    pub group: Group,
}

impl Element for CreateGroupResponse {}
impl ToJson for CreateGroupResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Group", &self.group);
        object.close();
    }
}

impl Encode for CreateGroupResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateGroup", self)
    }
}

/// `CreateInstanceProfileResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateInstanceProfileResponse {
    pub instance_profile: InstanceProfile,
}

impl Element for CreateInstanceProfileResponse {}
impl ToJson for CreateInstanceProfileResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("InstanceProfile", &self.instance_profile);
        object.close();
    }
}

impl Encode for CreateInstanceProfileResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateInstanceProfile", self)
    }
}

/// `CreateLoginProfileResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateLoginProfileResponse {
    pub login_profile: LoginProfile,
}

impl Element for CreateLoginProfileResponse {}
impl ToJson for CreateLoginProfileResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("LoginProfile", &self.login_profile);
        object.close();
    }
}

impl Encode for CreateLoginProfileResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateLoginProfile", self)
    }
}

/// `CreateOpenIDConnectProviderResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateOpenIDConnectProviderResponse {
    pub open_id_connect_provider_arn: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for CreateOpenIDConnectProviderResponse {}
impl ToJson for CreateOpenIDConnectProviderResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("OpenIDConnectProviderArn", &self.open_id_connect_provider_arn);
        object.put("Tags", &self.tags);
        object.close();
    }
}

impl Encode for CreateOpenIDConnectProviderResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateOpenIDConnectProvider", self)
    }
}

/// `CreatePolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePolicyResponse {
    pub policy: Option<Policy>,
}

impl Element for CreatePolicyResponse {}
impl ToJson for CreatePolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Policy", &self.policy);
        object.close();
    }
}

impl Encode for CreatePolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreatePolicy", self)
    }
}

/// `CreatePolicyVersionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreatePolicyVersionResponse {
    pub policy_version: Option<PolicyVersion>,
}

impl Element for CreatePolicyVersionResponse {}
impl ToJson for CreatePolicyVersionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyVersion", &self.policy_version);
        object.close();
    }
}

impl Encode for CreatePolicyVersionResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreatePolicyVersion", self)
    }
}

/// `CreateRoleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateRoleResponse {
    pub role: Role,
}

impl Element for CreateRoleResponse {}
impl ToJson for CreateRoleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Role", &self.role);
        object.close();
    }
}

impl Encode for CreateRoleResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateRole", self)
    }
}

/// `CreateSAMLProviderResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateSAMLProviderResponse {
    pub saml_provider_arn: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for CreateSAMLProviderResponse {}
impl ToJson for CreateSAMLProviderResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SAMLProviderArn", &self.saml_provider_arn);
        object.put("Tags", &self.tags);
        object.close();
    }
}

impl Encode for CreateSAMLProviderResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateSAMLProvider", self)
    }
}

/// `CreateServiceLinkedRoleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateServiceLinkedRoleResponse {
    pub role: Option<Role>,
}

impl Element for CreateServiceLinkedRoleResponse {}
impl ToJson for CreateServiceLinkedRoleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Role", &self.role);
        object.close();
    }
}

impl Encode for CreateServiceLinkedRoleResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateServiceLinkedRole", self)
    }
}

/// `CreateUserResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CreateUserResponse {
    pub user: Option<User>,
}

impl Element for CreateUserResponse {}
impl ToJson for CreateUserResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("User", &self.user);
        object.close();
    }
}

impl Encode for CreateUserResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "CreateUser", self)
    }
}

/// `GetAccessKeyLastUsedResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccessKeyLastUsedResponse {
    pub user_name: Option<String>,
    pub access_key_last_used: Option<AccessKeyLastUsed>,
}

impl Element for GetAccessKeyLastUsedResponse {}
impl ToJson for GetAccessKeyLastUsedResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("AccessKeyLastUsed", &self.access_key_last_used);
        object.close();
    }
}

impl Encode for GetAccessKeyLastUsedResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetAccessKeyLastUsed", self)
    }
}

/// `GetAccountAuthorizationDetailsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccountAuthorizationDetailsResponse {
    pub user_detail_list: Option<Vec<UserDetail>>,
    pub group_detail_list: Option<Vec<GroupDetail>>,
    pub role_detail_list: Option<Vec<RoleDetail>>,
    pub policies: Option<Vec<ManagedPolicyDetail>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for GetAccountAuthorizationDetailsResponse {}
impl ToJson for GetAccountAuthorizationDetailsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserDetailList", &self.user_detail_list);
        object.put("GroupDetailList", &self.group_detail_list);
        object.put("RoleDetailList", &self.role_detail_list);
        object.put("Policies", &self.policies);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for GetAccountAuthorizationDetailsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetAccountAuthorizationDetails", self)
    }
}

/// `GetAccountSummaryResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccountSummaryResponse {
    pub summary_map: Option<Map<i32>>,
}

impl Element for GetAccountSummaryResponse {}
impl ToJson for GetAccountSummaryResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SummaryMap", &self.summary_map);
        object.close();
    }
}

impl Encode for GetAccountSummaryResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetAccountSummary", self)
    }
}

/// `GetGroupPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetGroupPolicyResponse {
    pub group_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

impl Element for GetGroupPolicyResponse {}
impl ToJson for GetGroupPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("GroupName", &self.group_name);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyDocument", &self.policy_document);
        object.close();
    }
}

impl Encode for GetGroupPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetGroupPolicy", self)
    }
}

/// `GetGroupResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetGroupResponse {
    pub group: Group,
    pub users: Vec<User>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for GetGroupResponse {}
impl ToJson for GetGroupResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Group", &self.group);
        object.put("Users", &self.users);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for GetGroupResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetGroup", self)
    }
}

/// `GetLoginProfileResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetLoginProfileResponse {
    pub login_profile: LoginProfile,
}

impl Element for GetLoginProfileResponse {}
impl ToJson for GetLoginProfileResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("LoginProfile", &self.login_profile);
        object.close();
    }
}

impl Encode for GetLoginProfileResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetLoginProfile", self)
    }
}

/// `GetPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPolicyResponse {
    pub policy: Option<Policy>,
}

impl Element for GetPolicyResponse {}
impl ToJson for GetPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Policy", &self.policy);
        object.close();
    }
}

impl Encode for GetPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetPolicy", self)
    }
}

/// `GetPolicyVersionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetPolicyVersionResponse {
    pub policy_version: Option<PolicyVersion>,
}

impl Element for GetPolicyVersionResponse {}
impl ToJson for GetPolicyVersionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyVersion", &self.policy_version);
        object.close();
    }
}

impl Encode for GetPolicyVersionResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetPolicyVersion", self)
    }
}

/// `GetRolePolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRolePolicyResponse {
    pub role_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

impl Element for GetRolePolicyResponse {}
impl ToJson for GetRolePolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RoleName", &self.role_name);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyDocument", &self.policy_document);
        object.close();
    }
}

impl Encode for GetRolePolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetRolePolicy", self)
    }
}

/// `GetRoleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetRoleResponse {
    pub role: Role,
}

impl Element for GetRoleResponse {}
impl ToJson for GetRoleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Role", &self.role);
        object.close();
    }
}

impl Encode for GetRoleResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetRole", self)
    }
}

/// `GetUserPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUserPolicyResponse {
    pub user_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

impl Element for GetUserPolicyResponse {}
impl ToJson for GetUserPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyDocument", &self.policy_document);
        object.close();
    }
}

impl Encode for GetUserPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetUserPolicy", self)
    }
}

/// `GetUserResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetUserResponse {
    pub user: User,
}

impl Element for GetUserResponse {}
impl ToJson for GetUserResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("User", &self.user);
        object.close();
    }
}

impl Encode for GetUserResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetUser", self)
    }
}

/// `Group` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    pub path: String,
    pub group_name: String,
    pub group_id: String,
    pub arn: String,
    pub create_date: crate::Time,
}

impl Element for Group {}
impl ToJson for Group {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("GroupName", &self.group_name);
        object.put("GroupId", &self.group_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.close();
    }
}

/// `GroupDetail` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupDetail {
    pub path: Option<String>,
    pub group_name: Option<String>,
    pub group_id: Option<String>,
    pub arn: Option<String>,
    pub create_date: Option<crate::Time>,
    pub group_policy_list: Option<Vec<PolicyDetail>>,
    pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
}

impl Element for GroupDetail {}
impl ToJson for GroupDetail {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("GroupName", &self.group_name);
        object.put("GroupId", &self.group_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.put("GroupPolicyList", &self.group_policy_list);
        object.put("AttachedManagedPolicies", &self.attached_managed_policies);
        object.close();
    }
}

/// `InstanceProfile` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InstanceProfile {
    pub path: String,
    pub instance_profile_name: String,
    pub instance_profile_id: String,
    pub arn: String,
    pub create_date: crate::Time,
    pub roles: Vec<Role>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for InstanceProfile {}
impl ToJson for InstanceProfile {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("InstanceProfileName", &self.instance_profile_name);
        object.put("InstanceProfileId", &self.instance_profile_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.put("Roles", &self.roles);
        object.put("Tags", &self.tags);
        object.close();
    }
}

/// `ListAccessKeysResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAccessKeysResponse {
    pub access_key_metadata: Vec<AccessKeyMetadata>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListAccessKeysResponse {}
impl ToJson for ListAccessKeysResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AccessKeyMetadata", &self.access_key_metadata);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListAccessKeysResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListAccessKeys", self)
    }
}

/// `ListAccountAliasesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAccountAliasesResponse {
    pub account_aliases: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListAccountAliasesResponse {}
impl ToJson for ListAccountAliasesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AccountAliases", &self.account_aliases);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListAccountAliasesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListAccountAliases", self)
    }
}

/// `ListAttachedGroupPoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAttachedGroupPoliciesResponse {
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListAttachedGroupPoliciesResponse {}
impl ToJson for ListAttachedGroupPoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AttachedPolicies", &self.attached_policies);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListAttachedGroupPoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListAttachedGroupPolicies", self)
    }
}

/// `ListAttachedRolePoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAttachedRolePoliciesResponse {
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListAttachedRolePoliciesResponse {}
impl ToJson for ListAttachedRolePoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AttachedPolicies", &self.attached_policies);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListAttachedRolePoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListAttachedRolePolicies", self)
    }
}

/// `ListAttachedUserPoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListAttachedUserPoliciesResponse {
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListAttachedUserPoliciesResponse {}
impl ToJson for ListAttachedUserPoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AttachedPolicies", &self.attached_policies);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListAttachedUserPoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListAttachedUserPolicies", self)
    }
}

/// `ListEntitiesForPolicyResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListEntitiesForPolicyResponse {
    pub policy_groups: Option<Vec<PolicyGroup>>,
    pub policy_users: Option<Vec<PolicyUser>>,
    pub policy_roles: Option<Vec<PolicyRole>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListEntitiesForPolicyResponse {}
impl ToJson for ListEntitiesForPolicyResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyGroups", &self.policy_groups);
        object.put("PolicyUsers", &self.policy_users);
        object.put("PolicyRoles", &self.policy_roles);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListEntitiesForPolicyResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListEntitiesForPolicy", self)
    }
}

/// `ListGroupPoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListGroupPoliciesResponse {
    pub policy_names: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListGroupPoliciesResponse {}
impl ToJson for ListGroupPoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyNames", &self.policy_names);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListGroupPoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListGroupPolicies", self)
    }
}

/// `ListGroupsForUserResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListGroupsForUserResponse {
    pub groups: Vec<Group>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListGroupsForUserResponse {}
impl ToJson for ListGroupsForUserResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Groups", &self.groups);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListGroupsForUserResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListGroupsForUser", self)
    }
}

/// `ListGroupsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListGroupsResponse {
    pub groups: Vec<Group>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListGroupsResponse {}
impl ToJson for ListGroupsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Groups", &self.groups);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListGroupsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListGroups", self)
    }
}

/// `ListInstanceProfilesForRoleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListInstanceProfilesForRoleResponse {
    pub instance_profiles: Vec<InstanceProfile>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListInstanceProfilesForRoleResponse {}
impl ToJson for ListInstanceProfilesForRoleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("InstanceProfiles", &self.instance_profiles);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListInstanceProfilesForRoleResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListInstanceProfilesForRole", self)
    }
}

/// `ListInstanceProfilesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListInstanceProfilesResponse {
    pub instance_profiles: Vec<InstanceProfile>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListInstanceProfilesResponse {}
impl ToJson for ListInstanceProfilesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("InstanceProfiles", &self.instance_profiles);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListInstanceProfilesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListInstanceProfiles", self)
    }
}

/// `ListMFADevicesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListMFADevicesResponse {
    pub mfa_devices: Vec<MFADevice>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListMFADevicesResponse {}
impl ToJson for ListMFADevicesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("MFADevices", &self.mfa_devices);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListMFADevicesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListMFADevices", self)
    }
}

/// `ListPoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPoliciesResponse {
    pub policies: Option<Vec<Policy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListPoliciesResponse {}
impl ToJson for ListPoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Policies", &self.policies);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListPoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListPolicies", self)
    }
}

/// `ListPolicyTagsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPolicyTagsResponse {
    pub tags: Vec<Tag>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListPolicyTagsResponse {}
impl ToJson for ListPolicyTagsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Tags", &self.tags);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListPolicyTagsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListPolicyTags", self)
    }
}

/// `ListPolicyVersionsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPolicyVersionsResponse {
    pub versions: Option<Vec<PolicyVersion>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListPolicyVersionsResponse {}
impl ToJson for ListPolicyVersionsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Versions", &self.versions);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListPolicyVersionsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListPolicyVersions", self)
    }
}

/// `ListRolePoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRolePoliciesResponse {
    pub policy_names: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListRolePoliciesResponse {}
impl ToJson for ListRolePoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyNames", &self.policy_names);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListRolePoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListRolePolicies", self)
    }
}

/// `ListRoleTagsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRoleTagsResponse {
    pub tags: Vec<Tag>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListRoleTagsResponse {}
impl ToJson for ListRoleTagsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Tags", &self.tags);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListRoleTagsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListRoleTags", self)
    }
}

/// `ListRolesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRolesResponse {
    pub roles: Vec<Role>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListRolesResponse {}
impl ToJson for ListRolesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Roles", &self.roles);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListRolesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListRoles", self)
    }
}

/// `ListSSHPublicKeysResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListSSHPublicKeysResponse {
    pub ssh_public_keys: Option<Vec<SSHPublicKeyMetadata>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListSSHPublicKeysResponse {}
impl ToJson for ListSSHPublicKeysResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SSHPublicKeys", &self.ssh_public_keys);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListSSHPublicKeysResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListSSHPublicKeys", self)
    }
}

/// `ListServiceSpecificCredentialsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListServiceSpecificCredentialsResponse {
    pub service_specific_credentials: Option<Vec<ServiceSpecificCredentialMetadata>>,
    pub marker: Option<String>,
    pub is_truncated: Option<bool>,
}

impl Element for ListServiceSpecificCredentialsResponse {}
impl ToJson for ListServiceSpecificCredentialsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("ServiceSpecificCredentials", &self.service_specific_credentials);
        object.put("Marker", &self.marker);
        object.put("IsTruncated", &self.is_truncated);
        object.close();
    }
}

impl Encode for ListServiceSpecificCredentialsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListServiceSpecificCredentials", self)
    }
}

/// `ListSigningCertificatesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListSigningCertificatesResponse {
    pub certificates: Vec<SigningCertificate>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListSigningCertificatesResponse {}
impl ToJson for ListSigningCertificatesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Certificates", &self.certificates);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListSigningCertificatesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListSigningCertificates", self)
    }
}

/// `ListUserPoliciesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListUserPoliciesResponse {
    pub policy_names: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListUserPoliciesResponse {}
impl ToJson for ListUserPoliciesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyNames", &self.policy_names);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListUserPoliciesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListUserPolicies", self)
    }
}

/// `ListUserTagsResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListUserTagsResponse {
    pub tags: Vec<Tag>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListUserTagsResponse {}
impl ToJson for ListUserTagsResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Tags", &self.tags);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListUserTagsResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListUserTags", self)
    }
}

/// `ListUsersResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListUsersResponse {
    pub users: Vec<User>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListUsersResponse {}
impl ToJson for ListUsersResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Users", &self.users);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListUsersResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListUsers", self)
    }
}

/// `ListVirtualMFADevicesResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListVirtualMFADevicesResponse {
    pub virtual_mfa_devices: Vec<VirtualMFADevice>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

impl Element for ListVirtualMFADevicesResponse {}
impl ToJson for ListVirtualMFADevicesResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("VirtualMFADevices", &self.virtual_mfa_devices);
        object.put("IsTruncated", &self.is_truncated);
        object.put("Marker", &self.marker);
        object.close();
    }
}

impl Encode for ListVirtualMFADevicesResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "ListVirtualMFADevices", self)
    }
}

/// `LoginProfile` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LoginProfile {
    pub user_name: String,
    pub create_date: crate::Time,
    pub password_reset_required: Option<bool>,
}

impl Element for LoginProfile {}
impl ToJson for LoginProfile {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put_iso("CreateDate", self.create_date);
        object.put("PasswordResetRequired", &self.password_reset_required);
        object.close();
    }
}

/// `MFADevice` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MFADevice {
    pub user_name: String,
    pub serial_number: String,
    pub enable_date: crate::Time,
}

impl Element for MFADevice {}
impl ToJson for MFADevice {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("SerialNumber", &self.serial_number);
        object.put_iso("EnableDate", self.enable_date);
        object.close();
    }
}

/// `ManagedPolicyDetail` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ManagedPolicyDetail {
    pub policy_name: Option<String>,
    pub policy_id: Option<String>,
    pub arn: Option<String>,
    pub path: Option<String>,
    pub default_version_id: Option<String>,
    pub attachment_count: Option<i32>,
    pub permissions_boundary_usage_count: Option<i32>,
    pub is_attachable: Option<bool>,
    pub description: Option<String>,
    pub create_date: Option<crate::Time>,
    pub update_date: Option<crate::Time>,
    pub policy_version_list: Option<Vec<PolicyVersion>>,
}

impl Element for ManagedPolicyDetail {}
impl ToJson for ManagedPolicyDetail {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyId", &self.policy_id);
        object.put("Arn", &self.arn);
        object.put("Path", &self.path);
        object.put("DefaultVersionId", &self.default_version_id);
        object.put("AttachmentCount", &self.attachment_count);
        object.put("PermissionsBoundaryUsageCount", &self.permissions_boundary_usage_count);
        object.put("IsAttachable", &self.is_attachable);
        object.put("Description", &self.description);
        object.put_iso("CreateDate", self.create_date);
        object.put_iso("UpdateDate", self.update_date);
        object.put("PolicyVersionList", &self.policy_version_list);
        object.close();
    }
}

/// `Policy` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policy {
    pub policy_name: Option<String>,
    pub policy_id: Option<String>,
    pub arn: Option<String>,
    pub path: Option<String>,
    pub default_version_id: Option<String>,
    pub attachment_count: Option<i32>,
    pub permissions_boundary_usage_count: Option<i32>,
    pub is_attachable: Option<bool>,
    pub description: Option<String>,
    pub create_date: Option<crate::Time>,
    pub update_date: Option<crate::Time>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for Policy {}
impl ToJson for Policy {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyId", &self.policy_id);
        object.put("Arn", &self.arn);
        object.put("Path", &self.path);
        object.put("DefaultVersionId", &self.default_version_id);
        object.put("AttachmentCount", &self.attachment_count);
        object.put("PermissionsBoundaryUsageCount", &self.permissions_boundary_usage_count);
        object.put("IsAttachable", &self.is_attachable);
        object.put("Description", &self.description);
        object.put_iso("CreateDate", self.create_date);
        object.put_iso("UpdateDate", self.update_date);
        object.put("Tags", &self.tags);
        object.close();
    }
}

/// `PolicyDetail` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyDetail {
    pub policy_name: Option<String>,
    pub policy_document: Option<String>,
}

impl Element for PolicyDetail {}
impl ToJson for PolicyDetail {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("PolicyName", &self.policy_name);
        object.put("PolicyDocument", &self.policy_document);
        object.close();
    }
}

/// `PolicyGroup` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyGroup {
    pub group_name: Option<String>,
    pub group_id: Option<String>,
}

impl Element for PolicyGroup {}
impl ToJson for PolicyGroup {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("GroupName", &self.group_name);
        object.put("GroupId", &self.group_id);
        object.close();
    }
}

/// `PolicyRole` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyRole {
    pub role_name: Option<String>,
    pub role_id: Option<String>,
}

impl Element for PolicyRole {}
impl ToJson for PolicyRole {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("RoleName", &self.role_name);
        object.put("RoleId", &self.role_id);
        object.close();
    }
}

/// `PolicyUser` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyUser {
    pub user_name: Option<String>,
    pub user_id: Option<String>,
}

impl Element for PolicyUser {}
impl ToJson for PolicyUser {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("UserId", &self.user_id);
        object.close();
    }
}

/// `PolicyVersion` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyVersion {
    pub document: Option<String>,
    pub version_id: Option<String>,
    pub is_default_version: Option<bool>,
    pub create_date: Option<crate::Time>,
}

impl Element for PolicyVersion {}
impl ToJson for PolicyVersion {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Document", &self.document);
        object.put("VersionId", &self.version_id);
        object.put("IsDefaultVersion", &self.is_default_version);
        object.put_iso("CreateDate", self.create_date);
        object.close();
    }
}

/// `Role` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Role {
    pub path: String,
    pub role_name: String,
    pub role_id: String,
    pub arn: String,
    pub create_date: crate::Time,
    pub assume_role_policy_document: Option<String>,
    pub description: Option<String>,
    pub max_session_duration: Option<i32>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
    pub role_last_used: Option<RoleLastUsed>,
    pub source_role_template: Option<SourceRoleTemplate>,
}

impl Element for Role {}
impl ToJson for Role {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("RoleName", &self.role_name);
        object.put("RoleId", &self.role_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.put("AssumeRolePolicyDocument", &self.assume_role_policy_document);
        object.put("Description", &self.description);
        object.put("MaxSessionDuration", &self.max_session_duration);
        object.put("PermissionsBoundary", &self.permissions_boundary);
        object.put("Tags", &self.tags);
        object.put("RoleLastUsed", &self.role_last_used);
        object.put("SourceRoleTemplate", &self.source_role_template);
        object.close();
    }
}

/// `RoleDetail` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoleDetail {
    pub path: Option<String>,
    pub role_name: Option<String>,
    pub role_id: Option<String>,
    pub arn: Option<String>,
    pub create_date: Option<crate::Time>,
    pub assume_role_policy_document: Option<String>,
    pub instance_profile_list: Option<Vec<InstanceProfile>>,
    pub role_policy_list: Option<Vec<PolicyDetail>>,
    pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
    pub role_last_used: Option<RoleLastUsed>,
}

impl Element for RoleDetail {}
impl ToJson for RoleDetail {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("RoleName", &self.role_name);
        object.put("RoleId", &self.role_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.put("AssumeRolePolicyDocument", &self.assume_role_policy_document);
        object.put("InstanceProfileList", &self.instance_profile_list);
        object.put("RolePolicyList", &self.role_policy_list);
        object.put("AttachedManagedPolicies", &self.attached_managed_policies);
        object.put("PermissionsBoundary", &self.permissions_boundary);
        object.put("Tags", &self.tags);
        object.put("RoleLastUsed", &self.role_last_used);
        object.close();
    }
}

/// `RoleLastUsed` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoleLastUsed {
    pub last_used_date: Option<crate::Time>,
    pub region: Option<String>,
}

impl Element for RoleLastUsed {}
impl ToJson for RoleLastUsed {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put_iso("LastUsedDate", self.last_used_date);
        object.put("Region", &self.region);
        object.close();
    }
}

/// `SSHPublicKeyMetadata` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SSHPublicKeyMetadata {
    pub user_name: String,
    pub ssh_public_key_id: String,
    pub status: String,
    pub upload_date: crate::Time,
}

impl Element for SSHPublicKeyMetadata {}
impl ToJson for SSHPublicKeyMetadata {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("SSHPublicKeyId", &self.ssh_public_key_id);
        object.put("Status", &self.status);
        object.put_iso("UploadDate", self.upload_date);
        object.close();
    }
}

/// `ServiceSpecificCredentialMetadata` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ServiceSpecificCredentialMetadata {
    pub user_name: String,
    pub status: String,
    pub service_user_name: Option<String>,
    pub service_credential_alias: Option<String>,
    pub create_date: crate::Time,
    pub expiration_date: Option<crate::Time>,
    pub service_specific_credential_id: String,
    pub service_name: String,
}

impl Element for ServiceSpecificCredentialMetadata {}
impl ToJson for ServiceSpecificCredentialMetadata {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("Status", &self.status);
        object.put("ServiceUserName", &self.service_user_name);
        object.put("ServiceCredentialAlias", &self.service_credential_alias);
        object.put_iso("CreateDate", self.create_date);
        object.put_iso("ExpirationDate", self.expiration_date);
        object.put("ServiceSpecificCredentialId", &self.service_specific_credential_id);
        object.put("ServiceName", &self.service_name);
        object.close();
    }
}

/// `SigningCertificate` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SigningCertificate {
    pub user_name: String,
    pub certificate_id: String,
    pub certificate_body: String,
    pub status: String,
    pub upload_date: Option<crate::Time>,
}

impl Element for SigningCertificate {}
impl ToJson for SigningCertificate {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserName", &self.user_name);
        object.put("CertificateId", &self.certificate_id);
        object.put("CertificateBody", &self.certificate_body);
        object.put("Status", &self.status);
        object.put_iso("UploadDate", self.upload_date);
        object.close();
    }
}

/// `SourceRoleTemplate` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceRoleTemplate {
    pub template_arn: String,
    pub template_minor_version: i32,
}

impl Element for SourceRoleTemplate {}
impl ToJson for SourceRoleTemplate {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("TemplateArn", &self.template_arn);
        object.put("TemplateMinorVersion", &self.template_minor_version);
        object.close();
    }
}

/// `Tag` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

impl Item for Tag {}
impl FromJson for Tag {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            key: members.need("Key", constraints::TAG_KEY_TYPE)?,
            value: members.need("Value", constraints::TAG_VALUE_TYPE)?,
        })
    }
}

impl Element for Tag {}
impl ToJson for Tag {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Key", &self.key);
        object.put("Value", &self.value);
        object.close();
    }
}

/// `UpdateRoleDescriptionResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRoleDescriptionResponse {
    pub role: Option<Role>,
}

impl Element for UpdateRoleDescriptionResponse {}
impl ToJson for UpdateRoleDescriptionResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Role", &self.role);
        object.close();
    }
}

impl Encode for UpdateRoleDescriptionResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "UpdateRoleDescription", self)
    }
}

/// `UpdateRoleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UpdateRoleResponse {}

impl Element for UpdateRoleResponse {}
impl ToJson for UpdateRoleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let object = Object::open(out);
        object.close();
    }
}

impl Encode for UpdateRoleResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "UpdateRole", self)
    }
}

/// `User` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct User {
    pub path: String,
    pub user_name: String,
    pub user_id: String,
    pub arn: String,
    pub create_date: crate::Time,
    pub password_last_used: Option<crate::Time>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for User {}
impl ToJson for User {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("UserName", &self.user_name);
        object.put("UserId", &self.user_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.put_iso("PasswordLastUsed", self.password_last_used);
        object.put("PermissionsBoundary", &self.permissions_boundary);
        object.put("Tags", &self.tags);
        object.close();
    }
}

/// `UserDetail` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserDetail {
    pub path: Option<String>,
    pub user_name: Option<String>,
    pub user_id: Option<String>,
    pub arn: Option<String>,
    pub create_date: Option<crate::Time>,
    pub user_policy_list: Option<Vec<PolicyDetail>>,
    pub group_list: Option<Vec<String>>,
    pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for UserDetail {}
impl ToJson for UserDetail {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Path", &self.path);
        object.put("UserName", &self.user_name);
        object.put("UserId", &self.user_id);
        object.put("Arn", &self.arn);
        object.put_iso("CreateDate", self.create_date);
        object.put("UserPolicyList", &self.user_policy_list);
        object.put("GroupList", &self.group_list);
        object.put("AttachedManagedPolicies", &self.attached_managed_policies);
        object.put("PermissionsBoundary", &self.permissions_boundary);
        object.put("Tags", &self.tags);
        object.close();
    }
}

/// `VirtualMFADevice` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VirtualMFADevice {
    pub serial_number: String,
    pub base32_string_seed: Option<Vec<u8>>,
    pub qr_code_png: Option<Vec<u8>>,
    pub user: Option<User>,
    pub enable_date: Option<crate::Time>,
    pub tags: Option<Vec<Tag>>,
}

impl Element for VirtualMFADevice {}
impl ToJson for VirtualMFADevice {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("SerialNumber", &self.serial_number);
        object.put("Base32StringSeed", &self.base32_string_seed);
        object.put("QRCodePNG", &self.qr_code_png);
        object.put("User", &self.user);
        object.put_iso("EnableDate", self.enable_date);
        object.put("Tags", &self.tags);
        object.close();
    }
}
