//! The PATCH table of RestApi.
//!
//! In: one operation. Out: the changed API or the refusal in this entity's words. It must not touch anything below
//! the API.

use stagedoor_model::{RestApi, SecurityPolicy};

use super::endpoint;
use crate::ApiError;
use crate::context::Context;
use crate::patch::{Patch, PatchOp};

pub(super) fn apply(ctx: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    let tokens = patch.tokens();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        ["description"] => set_description(api, patch),
        ["binaryMediaTypes", media_type] => change_media_types(api, patch, media_type),
        ["endpointConfiguration", "types", _] => change_endpoint_type(api, patch),
        ["endpointConfiguration", "vpcEndpointIds"] => change_vpc_endpoints(api, patch),
        ["endpointConfiguration", "ipAddressType"] => change_ip_address_type(api, patch),
        [field] => set_field(ctx, api, patch, field),
        _ => Err(patch.invalid_path()),
    }
}

fn set_field(ctx: &Context, api: &mut RestApi, patch: &Patch, field: &str) -> Result<(), ApiError> {
    let set: fn(&Context, &mut RestApi, &Patch) -> Result<(), ApiError> = match field {
        "name" => set_name,
        "version" => set_version,
        "apiKeySource" => set_api_key_source,
        "disableExecuteApiEndpoint" => set_disabled,
        "policy" => set_policy,
        "minimumCompressionSize" => set_compression_size,
        "securityPolicy" => set_security_policy,
        "endpointAccessMode" => set_access_mode,
        _ => return Err(patch.invalid_path()),
    };
    patch.require_replace()?;
    set(ctx, api, patch)
}

fn set_name(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    api.name = super::checked_name(patch.value.as_deref().unwrap_or_default())?;
    Ok(())
}

fn set_version(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    api.version = patch.text();
    Ok(())
}

fn set_api_key_source(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    api.api_key_source = super::api_key_source(Some(patch.value.as_deref().unwrap_or_default()))?;
    Ok(())
}

fn set_disabled(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    api.disable_execute_api_endpoint = patch.flag();
    Ok(())
}

fn set_policy(ctx: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    api.policy = super::policy(ctx, patch.value.as_deref())?;
    Ok(())
}

/// Nothing and `""` switch compression off; `0` is a size.
fn set_compression_size(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    let size = match patch.text() {
        None => None,
        Some(text) => Some(text.parse::<i64>().map_err(|_| super::invalid_compression_size())?),
    };
    api.minimum_compression_size = super::compression_size(size)?;
    Ok(())
}

fn set_security_policy(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    let wanted = endpoint::security_policy(patch.value.as_deref(), api.endpoint.endpoint_type)?;
    if (api.security_policy, wanted) == (SecurityPolicy::Tls10, SecurityPolicy::Tls12) {
        return Err(ApiError::bad_request("The security policy cannot be changed from TLS_1_0 to TLS_1_2."));
    }
    api.security_policy = wanted;
    Ok(())
}

fn set_access_mode(_: &Context, api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    api.endpoint_access_mode = endpoint::access_mode(patch.value.as_deref())?;
    Ok(())
}

fn set_description(api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Replace, PatchOp::Remove])?;
    api.description = if patch.op == PatchOp::Remove { None } else { patch.text() };
    Ok(())
}

/// The element is the path's token; a replacement goes to the end of the list.
fn change_media_types(api: &mut RestApi, patch: &Patch, media_type: &str) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Replace, PatchOp::Remove])?;
    let types = &mut api.binary_media_types;
    if patch.op != PatchOp::Add {
        types.retain(|known| known != media_type);
    }
    let new = match patch.op {
        PatchOp::Add => Some(media_type.to_owned()),
        PatchOp::Replace => patch.text(),
        _ => None,
    };
    if let Some(new) = new.filter(|new| !types.contains(new)) {
        types.push(new);
    }
    Ok(())
}

/// The last token, an index or a type, does not matter: there is only one type to replace.
fn change_endpoint_type(api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    if patch.op != PatchOp::Replace {
        return Err(ApiError::bad_request(
            "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
        ));
    }
    let to = endpoint::endpoint_type(patch.value.as_deref().unwrap_or_default())?;
    endpoint::change_type(api, to)
}

fn change_vpc_endpoints(api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    patch.require(&[PatchOp::Add, PatchOp::Remove])?;
    endpoint::require_private(api.endpoint.endpoint_type)?;
    let id =
        patch.text().ok_or_else(|| ApiError::bad_request("Invalid VPC endpoint identifier specified"))?;
    let ids = &mut api.endpoint.vpc_endpoint_ids;
    ids.retain(|known| *known != id);
    if patch.op == PatchOp::Add {
        ids.push(id);
    }
    Ok(())
}

fn change_ip_address_type(api: &mut RestApi, patch: &Patch) -> Result<(), ApiError> {
    patch.require_replace()?;
    let text = patch.value.as_deref().unwrap_or_default();
    api.endpoint.ip_address_type = endpoint::ip_address_type(text, api.endpoint.endpoint_type)?;
    Ok(())
}
