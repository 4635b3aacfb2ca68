//! Step 3: who calls, and whether they may. What cannot be evaluated refuses.

use stagedoor_base::{Cause, ConfigurationError};

use super::Routed;

/// A caller who may call. Only methods open to anyone can be proved so far.
#[derive(Debug)]
pub(crate) struct Caller(());

pub(crate) fn authorize(routed: &Routed<'_>) -> Result<Caller, Cause> {
    let policy = routed.program.deployment.policy_refusal.as_ref();
    let method = routed.method.refusals.as_ref().and_then(|refusals| refusals.authorize.as_ref());
    match policy.or(method) {
        Some(reason) => Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string()))),
        None => Ok(Caller(())),
    }
}
