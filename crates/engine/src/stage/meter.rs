//! Step 4: API keys, throttles and quotas. What cannot be counted refuses.

use stagedoor_base::{Cause, ConfigurationError};

use super::{Caller, Routed, TestPass};

/// Leave to call the backend once.
#[derive(Debug)]
pub(crate) struct Ticket(());

impl Ticket {
    /// A test counts nowhere.
    pub(super) fn of_test(_: &TestPass) -> Self {
        Self(())
    }
}

pub(crate) fn meter(routed: &Routed<'_>, _caller: Caller) -> Result<Ticket, Cause> {
    let key = routed.method.refusals.as_ref().and_then(|refusals| refusals.meter.as_ref());
    let throttle = || routed.program.stage.refusal_of(&routed.resource.path, routed.method.verb.as_str());
    match key.or_else(throttle) {
        Some(reason) => Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string()))),
        None => Ok(Ticket(())),
    }
}
