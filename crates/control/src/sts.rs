//! STS: who calls, and temporary credentials for roles and users.
//!
//! In: wire requests. Out: sealed sessions; nothing is stored. It must not know how a session's calls are verified.

mod assume_role;
#[cfg(test)]
mod tests;

use stagedoor_auth::session::{self, SealError, Session, SessionPrincipal};
use stagedoor_base::Timestamp;
use stagedoor_wire::sts::{self as wire, Op};
use stagedoor_wire::{Fault, Operation, Reply, Service, Time};

pub(crate) use assume_role::assume_role;

use crate::caller::Who;
use crate::context::Context;
use crate::control::Call;
use crate::iam::{access_key_account, failure, new_access_key_id, new_secret};
use crate::{ApiError, fault};

/// What the keys of tokens are derived for.
pub const SESSIONS: &str = "sessions";

/// Everybody may ask who he is.
pub(crate) fn get_caller_identity(
    ctx: &Context,
    _: wire::GetCallerIdentityRequest,
) -> Result<wire::GetCallerIdentityResponse, ApiError> {
    Ok(wire::GetCallerIdentityResponse {
        user_id: Some(ctx.caller.user_id()),
        account: Some(ctx.scope.account.to_string()),
        arn: Some(ctx.caller.arn()),
    })
}

pub(crate) fn get_access_key_info(
    _: &Context,
    request: wire::GetAccessKeyInfoRequest,
) -> Result<wire::GetAccessKeyInfoResponse, ApiError> {
    match access_key_account(&request.access_key_id) {
        Some(account) => Ok(wire::GetAccessKeyInfoResponse { account: Some(account) }),
        None => Err(failure(400, "ValidationError", "Not an access key of an account.")),
    }
}

pub(crate) fn get_session_token(
    ctx: &Context,
    request: wire::GetSessionTokenRequest,
) -> Result<wire::GetSessionTokenResponse, ApiError> {
    refuse_second_factor(request.serial_number.as_deref())?;
    let (principal, default, most) = match &ctx.caller.who {
        _ if ctx.caller.session_issued.is_some() => {
            let message = "Cannot call GetSessionToken with session credentials";
            return Err(failure(403, "AccessDenied", message));
        }
        Who::Role { .. } => {
            return Err(failure(403, "AccessDenied", "Roles have no session tokens of their own"));
        }
        // The root of an account has its token for an hour at most, whatever it asks for.
        Who::Root => (SessionPrincipal::Root, 3_600, 3_600),
        Who::User { name, id, .. } => {
            (SessionPrincipal::User { name: name.clone(), id: id.clone() }, 43_200, 129_600)
        }
    };
    let seconds = duration(request.duration_seconds, default).min(most);
    let session = new_session(ctx, ctx.scope.account.as_str(), principal, seconds)?;
    let credentials = credentials(ctx, &session)?;
    Ok(wire::GetSessionTokenResponse { credentials: Some(credentials), ..Default::default() })
}

/// 400 with the way around.
pub(crate) fn refuse(call: &Call<'_>) -> Result<Reply, Fault> {
    let reason = match call.operation() {
        Operation::Sts(Op::DecodeAuthorizationMessage) => {
            "Messages about authorization are never encoded here: read the refusal itself."
        }
        Operation::Sts(Op::AssumeRoleWithSAML | Op::AssumeRoleWithWebIdentity) => {
            "Identity providers are not supported here: assume the role with an access key."
        }
        Operation::Sts(Op::GetFederationToken) => {
            "Federated users are not supported here: assume a role with a session policy."
        }
        _ => "This operation is not supported here.",
    };
    Err(fault::of(Service::Sts, &failure(400, "NotSupported", reason)))
}

fn refuse_second_factor(serial_number: Option<&str>) -> Result<(), ApiError> {
    match serial_number {
        Some(_) => {
            Err(failure(403, "AccessDenied", "MultiFactorAuthentication failed: nobody has a device here."))
        }
        None => Ok(()),
    }
}

/// The model has bounds for it.
fn duration(given: Option<i32>, default: u64) -> u64 {
    given.and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or(default)
}

/// A session without policies or tags of its own.
fn new_session(
    ctx: &Context,
    account: &str,
    principal: SessionPrincipal,
    seconds: u64,
) -> Result<Session, ApiError> {
    Ok(Session {
        account: account.to_owned(),
        access_key: new_access_key_id("ASIA", account)?,
        secret: new_secret()?,
        issued: ctx.now,
        expires: Timestamp(ctx.now.0 + seconds * 1000),
        principal,
        policies: Vec::new(),
        policy_arns: Vec::new(),
        tags: Vec::new(),
    })
}

fn credentials(ctx: &Context, session: &Session) -> Result<wire::Credentials, ApiError> {
    let keys = ctx.store.secret_keys().derived(SESSIONS);
    let key = keys.first().ok_or_else(|| ApiError::Internal("there is no secret key".to_owned()))?;
    let session_token = session::seal(session, key).map_err(|error| match error {
        SealError::TooLarge => failure(
            400,
            "PackedPolicyTooLarge",
            "Packed size of session policies and tags consumes more than the allotted space.",
        ),
        SealError::Random => ApiError::Internal(error.to_string()),
    })?;
    Ok(wire::Credentials {
        access_key_id: session.access_key.clone(),
        secret_access_key: session.secret.clone(),
        session_token,
        expiration: Time(i64::try_from(session.expires.0).unwrap_or(i64::MAX)),
    })
}
