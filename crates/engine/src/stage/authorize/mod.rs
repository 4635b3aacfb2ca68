//! Step 3: who calls, and whether they may.
//!
//! In: a routed call. Out: [`Caller`], the proof that the call may go on, and in the record what is known of who calls. AWS's
//! order: a signature, then the policies of the signer and of the API together; for a Lambda authorizer first what the API's
//! policy denies, then the function's answer together with that policy; for user pools the token, then the API's policy alone.
//! What cannot be told refuses.

mod cognito;
mod iam;
mod lambda;
mod lambda_answer;
mod lambda_identity;

use std::sync::Arc;

use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{AuthorizationPlan, Record};

pub(crate) use cognito::Bearer;
pub(crate) use lambda_answer::Decision;

use super::{Picked, Routed};
use crate::Engine;
use crate::access::{self, Identity};
use crate::identities::Signatory;

/// A caller who may call, and the signer if somebody signed.
#[derive(Debug, Default)]
pub(crate) struct Caller(Option<Arc<Signatory>>);

impl Caller {
    /// Whose policies say what else the caller may do.
    pub(crate) fn signer(&self) -> Option<&Signatory> {
        self.0.as_deref()
    }

    /// Who signed, to call others in that name.
    pub(crate) fn name(&self) -> Option<Arc<Signatory>> {
        self.0.clone()
    }
}

/// The caller, where that can be told at once; none: [`ask`] can tell.
pub(crate) fn authorize(
    engine: &Engine,
    picked: &Picked<'_>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Option<Caller>, Cause> {
    match &routed.method.authorization {
        AuthorizationPlan::None => admit(routed, record, Identity::Anonymous).map(Some),
        _ if access::is_too_long(routed.program, record) => Err(Cause::UriTooLong),
        AuthorizationPlan::Iam => iam::authorize(engine, picked, routed, record),
        AuthorizationPlan::Lambda(authorizer) => lambda::authorize(engine, authorizer, routed, record),
        AuthorizationPlan::Cognito(plan) => cognito::authorize(engine, plan, routed, record),
        AuthorizationPlan::Broken(reason) => {
            Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())))
        }
    }
}

/// The caller, where others have to be asked.
pub(crate) async fn ask(
    engine: &Engine,
    picked: &Picked<'_>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<Caller, Cause> {
    match &routed.method.authorization {
        AuthorizationPlan::Iam => iam::ask(engine, picked, routed, record).await,
        AuthorizationPlan::Lambda(authorizer) => lambda::ask(engine, authorizer, routed, record).await,
        AuthorizationPlan::Cognito(plan) => cognito::ask(engine, plan, routed, record).await,
        AuthorizationPlan::None | AuthorizationPlan::Broken(_) => {
            Err(Cause::Internal("nobody has to be asked who calls this method".to_owned()))
        }
    }
}

/// What a method's authorizer says of a caller, whatever follows from it for a call.
pub(crate) async fn consult(
    engine: &Engine,
    picked: &Picked<'_>,
    routed: &Routed<'_>,
    record: &mut Record,
) -> Result<(), Cause> {
    if let AuthorizationPlan::Lambda(authorizer) = &routed.method.authorization {
        return lambda::consult(engine, authorizer, routed, record).await;
    }
    match authorize(engine, picked, routed, record)? {
        Some(_) => Ok(()),
        None => ask(engine, picked, routed, record).await.map(|_| ()),
    }
}

/// The one way to a [`Caller`]: the policies decide, whoever it is.
fn admit(routed: &Routed<'_>, record: &Record, identity: Identity<'_>) -> Result<Caller, Cause> {
    access::admit(routed.program, record, identity).map(|()| Caller(None))
}
