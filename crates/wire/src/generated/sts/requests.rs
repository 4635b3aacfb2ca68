//! Requests, made by `cargo xtask codegen`; do not edit.

#[allow(unused_imports)]
use super::{Op, constraints, shapes};
#[allow(unused_imports)]
use crate::Map;
use crate::Operation;
use crate::decode::Mismatch;
use crate::request::{Reader, Request};

/// What `AssumeRole` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumeRoleRequest {
    pub role_arn: String,
    pub role_session_name: String,
    pub policy_arns: Option<Vec<shapes::PolicyDescriptorType>>,
    pub policy: Option<String>,
    pub duration_seconds: Option<i32>,
    pub tags: Option<Vec<shapes::Tag>>,
    pub transitive_tag_keys: Option<Vec<String>>,
    pub external_id: Option<String>,
    pub serial_number: Option<String>,
    pub token_code: Option<String>,
    pub source_identity: Option<String>,
    pub provided_contexts: Option<Vec<shapes::ProvidedContext>>,
    pub minimum_session_token_size: Option<i32>,
}

impl Request for AssumeRoleRequest {
    const OPERATION: Operation = Operation::Sts(Op::AssumeRole);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_arn: reader.need("RoleArn", constraints::ARN_TYPE)?,
            role_session_name: reader.need("RoleSessionName", constraints::ROLE_SESSION_NAME_TYPE)?,
            policy_arns: reader.get("PolicyArns", &[])?,
            policy: reader.get("Policy", constraints::UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE)?,
            duration_seconds: reader.get("DurationSeconds", constraints::ROLE_DURATION_SECONDS_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
            transitive_tag_keys: reader.get("TransitiveTagKeys", constraints::TAG_KEY_LIST_TYPE)?,
            external_id: reader.get("ExternalId", constraints::EXTERNAL_ID_TYPE)?,
            serial_number: reader.get("SerialNumber", constraints::SERIAL_NUMBER_TYPE)?,
            token_code: reader.get("TokenCode", constraints::TOKEN_CODE_TYPE)?,
            source_identity: reader.get("SourceIdentity", constraints::SOURCE_IDENTITY_TYPE)?,
            provided_contexts: reader.get("ProvidedContexts", constraints::PROVIDED_CONTEXTS_LIST_TYPE)?,
            minimum_session_token_size: reader
                .get("MinimumSessionTokenSize", constraints::MINIMUM_SESSION_TOKEN_SIZE_TYPE)?,
        })
    }
}

/// What `AssumeRoleWithSAML` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumeRoleWithSAMLRequest {
    pub role_arn: String,
    pub principal_arn: String,
    pub saml_assertion: String,
    pub policy_arns: Option<Vec<shapes::PolicyDescriptorType>>,
    pub policy: Option<String>,
    pub duration_seconds: Option<i32>,
    pub minimum_session_token_size: Option<i32>,
}

impl Request for AssumeRoleWithSAMLRequest {
    const OPERATION: Operation = Operation::Sts(Op::AssumeRoleWithSAML);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_arn: reader.need("RoleArn", constraints::ARN_TYPE)?,
            principal_arn: reader.need("PrincipalArn", constraints::ARN_TYPE)?,
            saml_assertion: reader.need("SAMLAssertion", constraints::SAML_ASSERTION_TYPE)?,
            policy_arns: reader.get("PolicyArns", &[])?,
            policy: reader.get("Policy", constraints::SESSION_POLICY_DOCUMENT_TYPE)?,
            duration_seconds: reader.get("DurationSeconds", constraints::ROLE_DURATION_SECONDS_TYPE)?,
            minimum_session_token_size: reader
                .get("MinimumSessionTokenSize", constraints::MINIMUM_SESSION_TOKEN_SIZE_TYPE)?,
        })
    }
}

/// What `AssumeRoleWithWebIdentity` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssumeRoleWithWebIdentityRequest {
    pub role_arn: String,
    pub role_session_name: String,
    pub web_identity_token: String,
    pub provider_id: Option<String>,
    pub policy_arns: Option<Vec<shapes::PolicyDescriptorType>>,
    pub policy: Option<String>,
    pub duration_seconds: Option<i32>,
    pub minimum_session_token_size: Option<i32>,
}

impl Request for AssumeRoleWithWebIdentityRequest {
    const OPERATION: Operation = Operation::Sts(Op::AssumeRoleWithWebIdentity);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            role_arn: reader.need("RoleArn", constraints::ARN_TYPE)?,
            role_session_name: reader.need("RoleSessionName", constraints::ROLE_SESSION_NAME_TYPE)?,
            web_identity_token: reader.need("WebIdentityToken", constraints::CLIENT_TOKEN_TYPE)?,
            provider_id: reader.get("ProviderId", constraints::URL_TYPE)?,
            policy_arns: reader.get("PolicyArns", &[])?,
            policy: reader.get("Policy", constraints::SESSION_POLICY_DOCUMENT_TYPE)?,
            duration_seconds: reader.get("DurationSeconds", constraints::ROLE_DURATION_SECONDS_TYPE)?,
            minimum_session_token_size: reader
                .get("MinimumSessionTokenSize", constraints::MINIMUM_SESSION_TOKEN_SIZE_TYPE)?,
        })
    }
}

/// What `DecodeAuthorizationMessage` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DecodeAuthorizationMessageRequest {
    pub encoded_message: String,
}

impl Request for DecodeAuthorizationMessageRequest {
    const OPERATION: Operation = Operation::Sts(Op::DecodeAuthorizationMessage);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { encoded_message: reader.need("EncodedMessage", constraints::ENCODED_MESSAGE_TYPE)? })
    }
}

/// What `GetAccessKeyInfo` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetAccessKeyInfoRequest {
    pub access_key_id: String,
}

impl Request for GetAccessKeyInfoRequest {
    const OPERATION: Operation = Operation::Sts(Op::GetAccessKeyInfo);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self { access_key_id: reader.need("AccessKeyId", constraints::ACCESS_KEY_ID_TYPE)? })
    }
}

/// What `GetCallerIdentity` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetCallerIdentityRequest {}

impl Request for GetCallerIdentityRequest {
    const OPERATION: Operation = Operation::Sts(Op::GetCallerIdentity);

    fn read(_: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {})
    }
}

/// What `GetFederationToken` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetFederationTokenRequest {
    pub name: String,
    pub policy: Option<String>,
    pub policy_arns: Option<Vec<shapes::PolicyDescriptorType>>,
    pub duration_seconds: Option<i32>,
    pub tags: Option<Vec<shapes::Tag>>,
    pub minimum_session_token_size: Option<i32>,
}

impl Request for GetFederationTokenRequest {
    const OPERATION: Operation = Operation::Sts(Op::GetFederationToken);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            name: reader.need("Name", constraints::USER_NAME_TYPE)?,
            policy: reader.get("Policy", constraints::SESSION_POLICY_DOCUMENT_TYPE)?,
            policy_arns: reader.get("PolicyArns", &[])?,
            duration_seconds: reader.get("DurationSeconds", constraints::DURATION_SECONDS_TYPE)?,
            tags: reader.get("Tags", constraints::TAG_LIST_TYPE)?,
            minimum_session_token_size: reader
                .get("MinimumSessionTokenSize", constraints::MINIMUM_SESSION_TOKEN_SIZE_TYPE)?,
        })
    }
}

/// What `GetSessionToken` takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GetSessionTokenRequest {
    pub duration_seconds: Option<i32>,
    pub serial_number: Option<String>,
    pub token_code: Option<String>,
    pub minimum_session_token_size: Option<i32>,
}

impl Request for GetSessionTokenRequest {
    const OPERATION: Operation = Operation::Sts(Op::GetSessionToken);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch> {
        Ok(Self {
            duration_seconds: reader.get("DurationSeconds", constraints::DURATION_SECONDS_TYPE)?,
            serial_number: reader.get("SerialNumber", constraints::SERIAL_NUMBER_TYPE)?,
            token_code: reader.get("TokenCode", constraints::TOKEN_CODE_TYPE)?,
            minimum_session_token_size: reader
                .get("MinimumSessionTokenSize", constraints::MINIMUM_SESSION_TOKEN_SIZE_TYPE)?,
        })
    }
}
