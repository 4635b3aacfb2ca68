//! Step 5: required parameters and the body's model. What cannot be checked refuses.

use bytes::Bytes;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_program::Event;

use super::{Decoded, Routed};

/// A request that passed its method's validator.
#[derive(Debug)]
pub(crate) struct Input {
    pub(super) body: Bytes,
}

impl Input {
    pub(crate) fn event(&self) -> Event {
        Event::Validated { body: self.body.clone() }
    }
}

pub(crate) fn validate(routed: &Routed<'_>, decoded: Decoded) -> Result<Input, Cause> {
    match routed.method.refusals.as_ref().and_then(|refusals| refusals.validate.as_ref()) {
        Some(reason) => Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string()))),
        None => Ok(Input { body: decoded.body }),
    }
}
