//! What IAM offers and a gateway has no use for: refused when it is asked for, and truthfully absent when it is read.

use stagedoor_wire::iam::{self as wire, Op};
use stagedoor_wire::{Fault, Operation, Reply, Service};

use super::error::failure;
use super::role::role;
use super::user::{check_exists, no_login_profile, user};
use crate::context::Context;
use crate::control::Call;
use crate::{ApiError, fault};

/// 400 with the way around.
pub(crate) fn refuse(call: &Call<'_>) -> Result<Reply, Fault> {
    let reason = match call.operation() {
        Operation::Iam(op) => reason(op),
        _ => "This operation is not supported here.",
    };
    Err(fault::of(Service::Iam, &failure(400, "NotSupported", reason)))
}

fn reason(op: Op) -> &'static str {
    match op {
        Op::CreateInstanceProfile | Op::AddRoleToInstanceProfile => {
            "Instance profiles are not supported here: there are no instances. Use the role itself."
        }
        Op::CreateLoginProfile => {
            "Passwords are not supported here: nothing asks for one. Create an access key."
        }
        Op::CreateServiceLinkedRole => {
            "Service-linked roles are not supported here: no service works on its own behalf."
        }
        Op::CreateAccountAlias => "Account aliases are not supported here: there is no page to sign in at.",
        Op::CreateSAMLProvider | Op::CreateOpenIDConnectProvider => {
            "Identity providers are not supported here. Use an authorizer of the API."
        }
        _ => "This operation is not supported here.",
    }
}

pub(crate) fn get_login_profile(
    ctx: &Context,
    request: wire::GetLoginProfileRequest,
) -> Result<wire::GetLoginProfileResponse, ApiError> {
    let name = super::user::own_name(ctx, request.user_name)?;
    user(&ctx.iam()?, &name)?;
    Err(no_login_profile(&name))
}

pub(crate) fn delete_login_profile(
    ctx: &Context,
    request: wire::DeleteLoginProfileRequest,
) -> Result<(), ApiError> {
    let name = super::user::own_name(ctx, request.user_name)?;
    user(&ctx.iam()?, &name)?;
    Err(no_login_profile(&name))
}

pub(crate) fn list_account_aliases(
    _: &Context,
    _: wire::ListAccountAliasesRequest,
) -> Result<wire::ListAccountAliasesResponse, ApiError> {
    Ok(wire::ListAccountAliasesResponse { is_truncated: Some(false), ..Default::default() })
}

pub(crate) fn list_instance_profiles(
    _: &Context,
    _: wire::ListInstanceProfilesRequest,
) -> Result<wire::ListInstanceProfilesResponse, ApiError> {
    Ok(wire::ListInstanceProfilesResponse { is_truncated: Some(false), ..Default::default() })
}

pub(crate) fn list_instance_profiles_for_role(
    ctx: &Context,
    request: wire::ListInstanceProfilesForRoleRequest,
) -> Result<wire::ListInstanceProfilesForRoleResponse, ApiError> {
    role(&ctx.iam()?, &request.role_name)?;
    Ok(wire::ListInstanceProfilesForRoleResponse { is_truncated: Some(false), ..Default::default() })
}

pub(crate) fn list_mfa_devices(
    ctx: &Context,
    request: wire::ListMFADevicesRequest,
) -> Result<wire::ListMFADevicesResponse, ApiError> {
    check_exists(ctx, request.user_name)?;
    Ok(wire::ListMFADevicesResponse { is_truncated: Some(false), ..Default::default() })
}

pub(crate) fn list_virtual_mfa_devices(
    _: &Context,
    _: wire::ListVirtualMFADevicesRequest,
) -> Result<wire::ListVirtualMFADevicesResponse, ApiError> {
    Ok(wire::ListVirtualMFADevicesResponse { is_truncated: Some(false), ..Default::default() })
}

pub(crate) fn list_signing_certificates(
    ctx: &Context,
    request: wire::ListSigningCertificatesRequest,
) -> Result<wire::ListSigningCertificatesResponse, ApiError> {
    check_exists(ctx, request.user_name)?;
    Ok(wire::ListSigningCertificatesResponse { is_truncated: Some(false), ..Default::default() })
}

pub(crate) fn list_ssh_public_keys(
    ctx: &Context,
    request: wire::ListSSHPublicKeysRequest,
) -> Result<wire::ListSSHPublicKeysResponse, ApiError> {
    check_exists(ctx, request.user_name)?;
    let ssh_public_keys = Some(Vec::new());
    Ok(wire::ListSSHPublicKeysResponse { ssh_public_keys, is_truncated: Some(false), marker: None })
}

pub(crate) fn list_service_specific_credentials(
    ctx: &Context,
    request: wire::ListServiceSpecificCredentialsRequest,
) -> Result<wire::ListServiceSpecificCredentialsResponse, ApiError> {
    check_exists(ctx, request.user_name)?;
    let service_specific_credentials = Some(Vec::new());
    Ok(wire::ListServiceSpecificCredentialsResponse { service_specific_credentials, ..Default::default() })
}
