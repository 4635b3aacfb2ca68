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

/// `AssumeRoleResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumeRoleResponse {
    pub credentials: Option<Credentials>,
    pub assumed_role_user: Option<AssumedRoleUser>,
    pub packed_policy_size: Option<i32>,
    pub source_identity: Option<String>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

impl Element for AssumeRoleResponse {}
impl ToJson for AssumeRoleResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Credentials", &self.credentials);
        object.put("AssumedRoleUser", &self.assumed_role_user);
        object.put("PackedPolicySize", &self.packed_policy_size);
        object.put("SourceIdentity", &self.source_identity);
        object.put("SessionTokenUtilization", &self.session_token_utilization);
        object.put("SessionTokenSize", &self.session_token_size);
        object.close();
    }
}

impl Encode for AssumeRoleResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "AssumeRole", self)
    }
}

/// `AssumeRoleWithSAMLResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumeRoleWithSAMLResponse {
    pub credentials: Option<Credentials>,
    pub assumed_role_user: Option<AssumedRoleUser>,
    pub packed_policy_size: Option<i32>,
    pub subject: Option<String>,
    pub subject_type: Option<String>,
    pub issuer: Option<String>,
    pub audience: Option<String>,
    pub name_qualifier: Option<String>,
    pub source_identity: Option<String>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

impl Element for AssumeRoleWithSAMLResponse {}
impl ToJson for AssumeRoleWithSAMLResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Credentials", &self.credentials);
        object.put("AssumedRoleUser", &self.assumed_role_user);
        object.put("PackedPolicySize", &self.packed_policy_size);
        object.put("Subject", &self.subject);
        object.put("SubjectType", &self.subject_type);
        object.put("Issuer", &self.issuer);
        object.put("Audience", &self.audience);
        object.put("NameQualifier", &self.name_qualifier);
        object.put("SourceIdentity", &self.source_identity);
        object.put("SessionTokenUtilization", &self.session_token_utilization);
        object.put("SessionTokenSize", &self.session_token_size);
        object.close();
    }
}

impl Encode for AssumeRoleWithSAMLResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "AssumeRoleWithSAML", self)
    }
}

/// `AssumeRoleWithWebIdentityResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumeRoleWithWebIdentityResponse {
    pub credentials: Option<Credentials>,
    pub subject_from_web_identity_token: Option<String>,
    pub assumed_role_user: Option<AssumedRoleUser>,
    pub packed_policy_size: Option<i32>,
    pub provider: Option<String>,
    pub audience: Option<String>,
    pub source_identity: Option<String>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

impl Element for AssumeRoleWithWebIdentityResponse {}
impl ToJson for AssumeRoleWithWebIdentityResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Credentials", &self.credentials);
        object.put("SubjectFromWebIdentityToken", &self.subject_from_web_identity_token);
        object.put("AssumedRoleUser", &self.assumed_role_user);
        object.put("PackedPolicySize", &self.packed_policy_size);
        object.put("Provider", &self.provider);
        object.put("Audience", &self.audience);
        object.put("SourceIdentity", &self.source_identity);
        object.put("SessionTokenUtilization", &self.session_token_utilization);
        object.put("SessionTokenSize", &self.session_token_size);
        object.close();
    }
}

impl Encode for AssumeRoleWithWebIdentityResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "AssumeRoleWithWebIdentity", self)
    }
}

/// `AssumedRoleUser` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumedRoleUser {
    pub assumed_role_id: String,
    pub arn: String,
}

impl Element for AssumedRoleUser {}
impl ToJson for AssumedRoleUser {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AssumedRoleId", &self.assumed_role_id);
        object.put("Arn", &self.arn);
        object.close();
    }
}

/// `Credentials` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    pub expiration: crate::Time,
}

impl Element for Credentials {}
impl ToJson for Credentials {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("AccessKeyId", &self.access_key_id);
        object.put("SecretAccessKey", &self.secret_access_key);
        object.put("SessionToken", &self.session_token);
        object.put_iso("Expiration", self.expiration);
        object.close();
    }
}

/// `DecodeAuthorizationMessageResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DecodeAuthorizationMessageResponse {
    pub decoded_message: Option<String>,
}

impl Element for DecodeAuthorizationMessageResponse {}
impl ToJson for DecodeAuthorizationMessageResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("DecodedMessage", &self.decoded_message);
        object.close();
    }
}

impl Encode for DecodeAuthorizationMessageResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "DecodeAuthorizationMessage", self)
    }
}

/// `FederatedUser` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FederatedUser {
    pub federated_user_id: String,
    pub arn: String,
}

impl Element for FederatedUser {}
impl ToJson for FederatedUser {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("FederatedUserId", &self.federated_user_id);
        object.put("Arn", &self.arn);
        object.close();
    }
}

/// `GetAccessKeyInfoResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccessKeyInfoResponse {
    pub account: Option<String>,
}

impl Element for GetAccessKeyInfoResponse {}
impl ToJson for GetAccessKeyInfoResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Account", &self.account);
        object.close();
    }
}

impl Encode for GetAccessKeyInfoResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetAccessKeyInfo", self)
    }
}

/// `GetCallerIdentityResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetCallerIdentityResponse {
    pub user_id: Option<String>,
    pub account: Option<String>,
    pub arn: Option<String>,
}

impl Element for GetCallerIdentityResponse {}
impl ToJson for GetCallerIdentityResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("UserId", &self.user_id);
        object.put("Account", &self.account);
        object.put("Arn", &self.arn);
        object.close();
    }
}

impl Encode for GetCallerIdentityResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetCallerIdentity", self)
    }
}

/// `GetFederationTokenResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFederationTokenResponse {
    pub credentials: Option<Credentials>,
    pub federated_user: Option<FederatedUser>,
    pub packed_policy_size: Option<i32>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

impl Element for GetFederationTokenResponse {}
impl ToJson for GetFederationTokenResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Credentials", &self.credentials);
        object.put("FederatedUser", &self.federated_user);
        object.put("PackedPolicySize", &self.packed_policy_size);
        object.put("SessionTokenUtilization", &self.session_token_utilization);
        object.put("SessionTokenSize", &self.session_token_size);
        object.close();
    }
}

impl Encode for GetFederationTokenResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetFederationToken", self)
    }
}

/// `GetSessionTokenResponse` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetSessionTokenResponse {
    pub credentials: Option<Credentials>,
    pub session_token_utilization: Option<i32>,
    pub session_token_size: Option<i32>,
}

impl Element for GetSessionTokenResponse {}
impl ToJson for GetSessionTokenResponse {
    fn write(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.put("Credentials", &self.credentials);
        object.put("SessionTokenUtilization", &self.session_token_utilization);
        object.put("SessionTokenSize", &self.session_token_size);
        object.close();
    }
}

impl Encode for GetSessionTokenResponse {
    fn encode(&self, status: u16) -> Reply {
        crate::query::result(status, NAMESPACE, "GetSessionToken", self)
    }
}

/// `PolicyDescriptorType` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyDescriptorType {
    pub arn: Option<String>,
}

impl Item for PolicyDescriptorType {}
impl FromJson for PolicyDescriptorType {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self { arn: members.get("arn", constraints::ARN_TYPE)? })
    }
}

/// `ProvidedContext` of the service model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProvidedContext {
    pub provider_arn: Option<String>,
    pub context_assertion: Option<String>,
}

impl Item for ProvidedContext {}
impl FromJson for ProvidedContext {
    fn from_json(value: &Value, context: &mut Context) -> Result<Self, Mismatch> {
        let mut members = Members::of(value, context)?;
        Ok(Self {
            provider_arn: members.get("ProviderArn", constraints::ARN_TYPE)?,
            context_assertion: members.get("ContextAssertion", constraints::CONTEXT_ASSERTION_TYPE)?,
        })
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
