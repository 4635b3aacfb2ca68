//! What an authorizer may be: the rules of each type.
//!
//! In: an authorizer. Out: nothing, or the service's refusal. It must not know its API.

use stagedoor_base::AccountId;
use stagedoor_model::{Authorizer, AuthorizerType};

use super::jwt;
use crate::ApiError;
use crate::integration::{mapping, uri};

/// What the service answers for an authorizer that lacks something, without saying what.
const INCOMPLETE: &str = "Invalid request input";

/// Whether an authorizer of the caller's account may be as it is.
pub(crate) fn check(authorizer: &Authorizer, account: &AccountId) -> Result<(), ApiError> {
    if authorizer.name.trim().is_empty() {
        return Err(ApiError::bad_request("Authorizer name must be non-empty"));
    }
    match authorizer.authorizer_type {
        AuthorizerType::Token => check_uri(authorizer).and_then(|()| check_header_source(authorizer)),
        AuthorizerType::Request => check_uri(authorizer).and_then(|()| check_sources(authorizer)),
        AuthorizerType::CognitoUserPools => {
            check_pools(authorizer).and_then(|()| check_header_source(authorizer))
        }
        AuthorizerType::Jwt => jwt::check(authorizer).and_then(|()| check_header_source(authorizer)),
    }?;
    if authorizer.jwt.is_some() && authorizer.authorizer_type != AuthorizerType::Jwt {
        return Err(ApiError::bad_request("jwtConfiguration needs an authorizer of type JWT"));
    }
    uri::check_credentials(authorizer.credentials.as_deref(), account)
}

/// Seconds that a decision may be kept.
pub(super) fn ttl(seconds: i32) -> Result<u32, ApiError> {
    u32::try_from(seconds).ok().filter(|seconds| *seconds <= Authorizer::MAX_TTL_SECONDS).ok_or_else(bad_ttl)
}

pub(super) fn bad_ttl() -> ApiError {
    ApiError::BadRequest(format!(
        "Authorizer result TTL must be between 0 and {}",
        Authorizer::MAX_TTL_SECONDS
    ))
}

fn check_uri(authorizer: &Authorizer) -> Result<(), ApiError> {
    let uri = authorizer.uri.as_deref().unwrap_or_default();
    if uri::is_lambda_invocation(uri) && uri.ends_with("/invocations") {
        return Ok(());
    }
    Err(ApiError::BadRequest(format!(
        "Invalid Authorizer URI: {uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda \
         function invocation."
    )))
}

fn check_header_source(authorizer: &Authorizer) -> Result<(), ApiError> {
    match authorizer.identity_source.as_deref() {
        None => Err(ApiError::bad_request(INCOMPLETE)),
        Some(source) if is_header(source) => Ok(()),
        Some(source) => Err(bad_source(source)),
    }
}

// Without a source nothing distinguishes callers, so nothing may be kept.
fn check_sources(authorizer: &Authorizer) -> Result<(), ApiError> {
    let Some(sources) = authorizer.identity_source.as_deref() else {
        let keeps = authorizer.result_ttl_seconds != Some(0);
        return if keeps { Err(ApiError::bad_request(INCOMPLETE)) } else { Ok(()) };
    };
    match sources.split(',').map(str::trim).find(|source| !is_source(source)) {
        None => Ok(()),
        Some(source) => Err(bad_source(source)),
    }
}

fn is_header(source: &str) -> bool {
    source.strip_prefix("method.request.header.").is_some_and(is_name)
}

fn is_source(source: &str) -> bool {
    let named = |prefix: &str| source.strip_prefix(prefix).is_some_and(is_name);
    is_header(source)
        || ["method.request.querystring.", "stageVariables.", "context."].iter().any(|prefix| named(prefix))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',')
}

fn bad_source(source: &str) -> ApiError {
    mapping::refusal(&[format!("Invalid mapping expression specified: {source}")])
}

fn check_pools(authorizer: &Authorizer) -> Result<(), ApiError> {
    let pools = &authorizer.provider_arns;
    if !pools.is_empty() && pools.iter().all(|arn| is_user_pool(arn)) {
        return Ok(());
    }
    Err(ApiError::bad_request(if pools.is_empty() {
        INCOMPLETE
    } else {
        "Invalid ARN specified in the request"
    }))
}

// `arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}`
fn is_user_pool(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "cognito-idp", region, account, pool] = parts.as_slice() else { return false };
    let id = pool.strip_prefix("userpool/").unwrap_or_default();
    ![*partition, *region, *account, id].iter().any(|part| part.is_empty())
}
