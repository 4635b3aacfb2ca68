//! Integrations: what a method calls. Put, get, update, delete, and the rules that an import shares.
//!
//! In: decoded requests. Out: the integration in wire form, or the service's refusal. It must not know how a backend is
//! called.

pub(crate) mod mapping;
mod patch;
pub(crate) mod uri;

pub(crate) use patch::content_handling;
use stagedoor_base::{AccountId, Limits};
use stagedoor_model::{
    ConnectionType, ContentHandling, Integration, IntegrationType, Method, PassthroughBehavior, TransferMode,
};
use stagedoor_wire::apigateway as wire;

use crate::ApiError;
use crate::context::Context;
use crate::convert::text;
use crate::method::values::{check_templates, filled, invalid_option, templates};
use crate::patch::Patch;
use crate::{integration_response, method, resource};

/// What the rules depend on besides the entity itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) account: &'a AccountId,
}

impl<'a> Rules<'a> {
    pub(crate) fn of(ctx: &'a Context) -> Self {
        Self { limits: &ctx.limits, account: &ctx.scope.account }
    }
}

/// 404: the method has no integration, or there is no such method where the service does not distinguish.
pub(crate) fn unknown() -> ApiError {
    ApiError::not_found("Invalid Integration identifier specified")
}

/// `PutIntegration`.
pub(crate) fn put_integration(
    ctx: &Context,
    request: wire::PutIntegrationRequest,
) -> Result<wire::Integration, ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        let mut integration = from_wire(&request, ctx.limits.max_timeout_millis)?;
        // A change of type makes the old replies' templates meaningless; otherwise they stay.
        if let Some(before) = method.integration.take()
            && before.integration_type == integration.integration_type
        {
            integration.responses = before.responses;
        }
        validate(&integration, method, Rules::of(ctx))?;
        Ok(to_wire(method.integration.insert(integration)))
    })
}

/// `GetIntegration`.
pub(crate) fn get_integration(
    ctx: &Context,
    request: wire::GetIntegrationRequest,
) -> Result<wire::Integration, ApiError> {
    let tree = ctx.read_api(&request.rest_api_id, resource::unknown)?;
    let method = method::find(&tree, &request.resource_id, &request.http_method)?;
    method.integration.as_ref().map(to_wire).ok_or_else(unknown)
}

/// `UpdateIntegration`.
pub(crate) fn update_integration(
    ctx: &Context,
    request: wire::UpdateIntegrationRequest,
) -> Result<wire::Integration, ApiError> {
    let patches = Patch::all(request.patch_operations);
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        let before = method.integration.as_ref().ok_or_else(unknown)?;
        let after = patch::apply(before, &patches, method, Rules::of(ctx))?;
        Ok(to_wire(method.integration.insert(after)))
    })
}

/// `DeleteIntegration`.
pub(crate) fn delete_integration(
    ctx: &Context,
    request: wire::DeleteIntegrationRequest,
) -> Result<(), ApiError> {
    ctx.edit_api(&request.rest_api_id, resource::unknown, |tree| {
        let method = method::find_mut(tree, &request.resource_id, &request.http_method)?;
        method.integration.take().map(drop).ok_or_else(unknown)
    })
}

/// Whether an integration may stand on this method. Its responses have rules of their own.
pub(crate) fn validate(integration: &Integration, method: &Method, rules: Rules<'_>) -> Result<(), ApiError> {
    check_fields(integration, rules)?;
    mapping::check_integration_request(&integration.request_parameters, &method.request_parameters)?;
    check_cache_keys(integration, method)
}

// Everything that depends on the integration alone.
fn check_fields(integration: &Integration, rules: Rules<'_>) -> Result<(), ApiError> {
    check_http_method(integration)?;
    uri::check(integration, rules.account)?;
    check_connection(integration)?;
    check_transfer(integration, rules.limits)?;
    check_templates(&integration.request_templates, rules.limits.template_bytes)
}

fn check_http_method(integration: &Integration) -> Result<(), ApiError> {
    let required = !matches!(integration.integration_type, IntegrationType::Mock | IntegrationType::AwsProxy);
    match integration.http_method.as_deref() {
        None | Some("") if required => {
            Err(ApiError::bad_request("Enumeration value for HttpMethod must be non-empty"))
        }
        None => Ok(()),
        Some(verb) => method::parse_verb(verb).map(drop),
    }
}

fn is_http(integration: &Integration) -> bool {
    matches!(integration.integration_type, IntegrationType::Http | IntegrationType::HttpProxy)
}

fn check_connection(integration: &Integration) -> Result<(), ApiError> {
    if integration.connection_type == ConnectionType::VpcLink && integration.connection_id.is_none() {
        return Err(ApiError::bad_request("Connection id must be specified for connection type VPC_LINK"));
    }
    if integration.insecure_skip_verification.is_some() && !is_http(integration) {
        return Err(ApiError::bad_request(
            "TLS config is only supported for HTTP and HTTP_PROXY integrations",
        ));
    }
    Ok(())
}

fn check_transfer(integration: &Integration, limits: &Limits) -> Result<(), ApiError> {
    let stream = integration.transfer_mode == TransferMode::Stream;
    if stream && !integration.is_proxy() {
        return Err(ApiError::bad_request(
            "Response transfer mode STREAM is only supported for HTTP_PROXY and AWS_PROXY integrations",
        ));
    }
    let longest = if stream { limits.max_stream_timeout_millis } else { limits.max_timeout_millis };
    if (limits.min_timeout_millis..=longest).contains(&integration.timeout_millis) {
        return Ok(());
    }
    Err(timeout_refusal(limits.min_timeout_millis, longest))
}

fn timeout_refusal(shortest: u32, longest: u32) -> ApiError {
    ApiError::BadRequest(format!("Timeout should be between {shortest} ms and {longest} ms"))
}

fn check_cache_keys(integration: &Integration, method: &Method) -> Result<(), ApiError> {
    let declared = |key: &String| {
        method.request_parameters.contains_key(key) || integration.request_parameters.contains_key(key)
    };
    if integration.cache_key_parameters.iter().all(declared) {
        Ok(())
    } else {
        Err(ApiError::bad_request("Invalid cache key parameter specified"))
    }
}

fn parse_passthrough(text: Option<&str>) -> Result<PassthroughBehavior, ApiError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(PassthroughBehavior::WhenNoMatch);
    };
    PassthroughBehavior::parse(text).ok_or_else(|| {
        invalid_option("PassthroughBehavior", PassthroughBehavior::ALL.iter().map(|b| b.as_str()))
    })
}

fn parse_type(text: &str) -> Result<IntegrationType, ApiError> {
    IntegrationType::parse(text)
        .ok_or_else(|| invalid_option("IntegrationType", IntegrationType::ALL.iter().map(|t| t.as_str())))
}

// A negative timeout is as far out of range as zero.
fn timeout(given: Option<i32>, default: u32) -> u32 {
    given.map_or(default, |millis| u32::try_from(millis).unwrap_or(0))
}

fn from_wire(request: &wire::PutIntegrationRequest, default_timeout: u32) -> Result<Integration, ApiError> {
    let integration_type = parse_type(&request.r#type)?;
    let called = integration_type != IntegrationType::Mock;
    Ok(Integration {
        integration_type,
        http_method: text(request.integration_http_method.clone()).filter(|_| called),
        uri: text(request.uri.clone()).filter(|_| called),
        connection_type: given(request.connection_type.as_deref(), ConnectionType::parse)
            .unwrap_or(ConnectionType::Internet),
        connection_id: text(request.connection_id.clone()),
        credentials: text(request.credentials.clone()),
        request_parameters: request.request_parameters.clone().unwrap_or_default(),
        request_templates: request.request_templates.as_ref().map(templates).unwrap_or_default(),
        passthrough_behavior: parse_passthrough(request.passthrough_behavior.as_deref())?,
        content_handling: given(request.content_handling.as_deref(), ContentHandling::parse),
        timeout_millis: timeout(request.timeout_in_millis, default_timeout),
        cache_namespace: text(request.cache_namespace.clone()).unwrap_or_else(|| request.resource_id.clone()),
        cache_key_parameters: request.cache_key_parameters.clone().unwrap_or_default(),
        responses: Default::default(),
        insecure_skip_verification: request
            .tls_config
            .as_ref()
            .and_then(|tls| tls.insecure_skip_verification),
        transfer_mode: given(request.response_transfer_mode.as_deref(), TransferMode::parse)
            .unwrap_or(TransferMode::Buffered),
        integration_target: text(request.integration_target.clone()),
    })
}

// An enum member: its spelling was checked while decoding.
fn given<T>(text: Option<&str>, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    text.and_then(parse)
}

/// An integration in wire form. The connection type is told of HTTP integrations only.
pub(crate) fn to_wire(integration: &Integration) -> wire::Integration {
    let spelled = |text: &str| Some(text.to_owned());
    let responses = &integration.responses;
    wire::Integration {
        r#type: spelled(integration.integration_type.as_str()),
        http_method: integration.http_method.clone(),
        uri: integration.uri.clone(),
        connection_type: is_http(integration).then(|| integration.connection_type.as_str().to_owned()),
        connection_id: integration.connection_id.clone(),
        credentials: integration.credentials.clone(),
        request_parameters: filled(&integration.request_parameters),
        request_templates: filled(&integration.request_templates),
        passthrough_behavior: spelled(integration.passthrough_behavior.as_str()),
        content_handling: integration.content_handling.map(|handling| handling.as_str().to_owned()),
        timeout_in_millis: i32::try_from(integration.timeout_millis).ok(),
        cache_namespace: Some(integration.cache_namespace.clone()),
        cache_key_parameters: Some(integration.cache_key_parameters.clone()),
        integration_responses: (!responses.is_empty()).then(|| {
            responses
                .values()
                .map(|response| (response.status.to_string(), integration_response::to_wire(response)))
                .collect()
        }),
        tls_config: integration
            .insecure_skip_verification
            .map(|skip| wire::TlsConfig { insecure_skip_verification: Some(skip) }),
        // Buffering is the default that recorded answers do not mention.
        response_transfer_mode: (integration.transfer_mode == TransferMode::Stream)
            .then(|| integration.transfer_mode.as_str().to_owned()),
        integration_target: integration.integration_target.clone(),
    }
}

#[cfg(test)]
mod tests;
