//! CUSTOM: a function says whom it lets in.

use std::sync::Arc;

use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::{LambdaAuthorizer, Record};

use super::Caller;
use crate::Engine;
use crate::stage::Routed;

pub(super) fn authorize(
    _: &Engine,
    authorizer: &Arc<LambdaAuthorizer>,
    _: &Routed<'_>,
    _: &mut Record,
) -> Result<Option<Caller>, Cause> {
    Err(refused(authorizer))
}

pub(super) async fn ask(
    _: &Engine,
    authorizer: &Arc<LambdaAuthorizer>,
    _: &Routed<'_>,
    _: &mut Record,
) -> Result<Caller, Cause> {
    Err(refused(authorizer))
}

fn refused(authorizer: &LambdaAuthorizer) -> Cause {
    let reason = format!("authorization by {} does not execute yet", authorizer.name);
    Cause::Configuration(ConfigurationError::NotExecutable(reason))
}
