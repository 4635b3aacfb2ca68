//! Refusals in the form of a service.
//!
//! In: an [`ApiError`]. Out: a [`Fault`]; what went wrong inside is logged and stays inside.

use stagedoor_wire::{Fault, Service};

use crate::ApiError;

/// When a call beyond a limit may be made again.
const RETRY_SECONDS: u32 = 1;

/// The refusal as `service` prints it.
pub(crate) fn of(service: Service, error: &ApiError) -> Fault {
    let message = match error {
        ApiError::Internal(reason) => {
            tracing::error!(reason, "a control call failed");
            "Internal failure".to_owned()
        }
        error => error.to_string(),
    };
    let mut fault = Fault::new(service, error.status(), code(service, error), message);
    if let ApiError::Throttled(throttle) = error {
        fault.reason = Some(throttle.as_str());
    }
    // The models of both services promise the header for 429.
    if fault.status == 429 { fault.retry_after(RETRY_SECONDS) } else { fault }
}

// Each service has its own names for what is the same to us.
fn code(service: Service, error: &ApiError) -> &'static str {
    match (service, error) {
        (Service::Lambda, ApiError::NotFound(_)) => "ResourceNotFoundException",
        (Service::Lambda, ApiError::BadRequest(_)) => "InvalidParameterValueException",
        (Service::Lambda, ApiError::Conflict(_) | ApiError::Raced) => "ResourceConflictException",
        (Service::Lambda, ApiError::Internal(_)) => "ServiceException",
        (Service::Iam | Service::Sts, error) => query_code(error),
        (Service::ApiGateway | Service::ApiGatewayV2, ApiError::TooLarge(_)) => {
            "RequestEntityTooLargeException"
        }
        _ => error.code(),
    }
}

/// The same names without `Exception`, and older ones for signatures.
fn query_code(error: &ApiError) -> &'static str {
    match error {
        ApiError::BadRequest(_) | ApiError::Validation(_) => "ValidationError",
        ApiError::NotFound(_) => "NoSuchEntity",
        ApiError::Raced => "ConcurrentModification",
        ApiError::AccessDenied(_) => "AccessDenied",
        ApiError::TooLarge(_) => "RequestEntityTooLarge",
        ApiError::NotYet(_) => "NotImplemented",
        ApiError::Throttled(_) => "Throttling",
        ApiError::Internal(_) => "ServiceFailure",
        ApiError::Unauthenticated { code, .. } => match *code {
            "InvalidSignatureException" => "SignatureDoesNotMatch",
            "UnrecognizedClientException" => "InvalidClientTokenId",
            "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
            "IncompleteSignatureException" => "IncompleteSignature",
            "ExpiredTokenException" => "ExpiredToken",
            other => other,
        },
        other => other.code(),
    }
}
