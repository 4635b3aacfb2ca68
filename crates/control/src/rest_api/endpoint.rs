//! The rules of a RestApi's endpoint: its type, IP versions, VPC endpoints and TLS policy.
//!
//! In: wire values. Out: stored values or the refusal. It must not know how requests reach these rules.

use stagedoor_model::{
    EndpointAccessMode, EndpointConfiguration, EndpointType, IpAddressType, RestApi, SecurityPolicy,
};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::convert::filled_list;

const ONLY_DUALSTACK: &str = "Only dualstack ipAddressType is supported for Private APIs.";

/// Checks an endpoint configuration and fills in what it leaves out.
pub(crate) fn configuration(
    given: Option<&wire::EndpointConfiguration>,
) -> Result<EndpointConfiguration, ApiError> {
    let Some(given) = given else { return Ok(EndpointConfiguration::default()) };
    let endpoint_type = single_type(given.types.as_deref())?;
    let ip_address_type = match given.ip_address_type.as_deref() {
        None => default_ip_address_type(endpoint_type),
        Some(text) => ip_address_type(text, endpoint_type)?,
    };
    let vpc_endpoint_ids = given.vpc_endpoint_ids.clone().unwrap_or_default();
    if !vpc_endpoint_ids.is_empty() {
        require_private(endpoint_type)?;
    }
    Ok(EndpointConfiguration { endpoint_type, ip_address_type, vpc_endpoint_ids })
}

fn single_type(types: Option<&[String]>) -> Result<EndpointType, ApiError> {
    match types {
        None => Ok(EndpointType::Edge),
        Some([]) => Err(ApiError::bad_request(
            "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.",
        )),
        Some([one]) => endpoint_type(one),
        Some(_) => Err(ApiError::bad_request("Cannot create an api with multiple Endpoint Types.")),
    }
}

pub(super) fn endpoint_type(text: &str) -> Result<EndpointType, ApiError> {
    EndpointType::parse(text).ok_or_else(|| {
        ApiError::bad_request("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE")
    })
}

/// A private endpoint answers on both IP versions and on nothing less.
pub(super) fn ip_address_type(text: &str, endpoint_type: EndpointType) -> Result<IpAddressType, ApiError> {
    match IpAddressType::parse(text) {
        None => Err(ApiError::bad_request("ipAddressType must be either ipv4 or dualstack.")),
        Some(IpAddressType::Ipv4) if endpoint_type == EndpointType::Private => {
            Err(ApiError::bad_request(ONLY_DUALSTACK))
        }
        Some(ip_address_type) => Ok(ip_address_type),
    }
}

fn default_ip_address_type(endpoint_type: EndpointType) -> IpAddressType {
    match endpoint_type {
        EndpointType::Private => IpAddressType::Dualstack,
        EndpointType::Regional | EndpointType::Edge => IpAddressType::Ipv4,
    }
}

pub(super) fn require_private(endpoint_type: EndpointType) -> Result<(), ApiError> {
    match endpoint_type {
        EndpointType::Private => Ok(()),
        _ => Err(ApiError::bad_request("VPC endpoints can only be specified for PRIVATE APIs.")),
    }
}

/// Moves an API to another endpoint type with everything that depends on it.
pub(super) fn change_type(api: &mut RestApi, to: EndpointType) -> Result<(), ApiError> {
    if to == api.endpoint.endpoint_type {
        return Ok(());
    }
    if api.endpoint_access_mode == Some(EndpointAccessMode::Strict) {
        return Err(ApiError::bad_request(
            "The endpoint type cannot be changed while endpointAccessMode is STRICT.",
        ));
    }
    api.endpoint.endpoint_type = to;
    if to == EndpointType::Private {
        api.endpoint.ip_address_type = IpAddressType::Dualstack;
    } else {
        api.endpoint.vpc_endpoint_ids.clear();
    }
    if is_legacy(api.security_policy) {
        api.security_policy = default_security_policy(to);
    }
    Ok(())
}

/// Gives an API the type and VPC endpoints that an import asks for; what it does not ask for stays as it is.
pub(crate) fn assign(
    api: &mut RestApi,
    types: Option<&[String]>,
    vpc_endpoint_ids: Option<&[String]>,
) -> Result<(), ApiError> {
    if types.is_some() {
        change_type(api, single_type(types)?)?;
    }
    if let Some(ids) = vpc_endpoint_ids {
        api.endpoint.vpc_endpoint_ids = ids.to_vec();
    }
    if api.endpoint.vpc_endpoint_ids.is_empty() {
        Ok(())
    } else {
        require_private(api.endpoint.endpoint_type)
    }
}

/// The TLS policy of an API that names none.
pub(crate) fn default_security_policy(endpoint_type: EndpointType) -> SecurityPolicy {
    match endpoint_type {
        EndpointType::Private => SecurityPolicy::Tls12,
        EndpointType::Regional | EndpointType::Edge => SecurityPolicy::Tls10,
    }
}

pub(super) fn security_policy(
    text: Option<&str>,
    endpoint_type: EndpointType,
) -> Result<SecurityPolicy, ApiError> {
    match text {
        None | Some("") => Ok(default_security_policy(endpoint_type)),
        Some(text) => SecurityPolicy::parse(text)
            .ok_or_else(|| ApiError::bad_request(format!("Invalid security policy specified: {text}"))),
    }
}

/// `""` unsets the mode.
pub(super) fn access_mode(text: Option<&str>) -> Result<Option<EndpointAccessMode>, ApiError> {
    match text {
        None | Some("") => Ok(None),
        Some(text) => EndpointAccessMode::parse(text).map(Some).ok_or_else(|| {
            ApiError::bad_request("Invalid endpointAccessMode specified. Valid options are BASIC,STRICT")
        }),
    }
}

/// Named policies need an access mode; legacy ones exclude it.
pub(super) fn check_security_policy(api: &RestApi) -> Result<(), ApiError> {
    match (is_legacy(api.security_policy), api.endpoint_access_mode) {
        (true, None) | (false, Some(_)) => Ok(()),
        (true, Some(_)) => Err(ApiError::bad_request(format!(
            "endpointAccessMode cannot be set with security policy {}.",
            api.security_policy
        ))),
        (false, None) => Err(ApiError::bad_request(format!(
            "endpointAccessMode is required with security policy {}.",
            api.security_policy
        ))),
    }
}

fn is_legacy(policy: SecurityPolicy) -> bool {
    matches!(policy, SecurityPolicy::Tls10 | SecurityPolicy::Tls12)
}

pub(super) fn to_wire(endpoint: &EndpointConfiguration) -> wire::EndpointConfiguration {
    wire::EndpointConfiguration {
        types: Some(vec![endpoint.endpoint_type.to_string()]),
        ip_address_type: Some(endpoint.ip_address_type.to_string()),
        vpc_endpoint_ids: filled_list(&endpoint.vpc_endpoint_ids),
    }
}
