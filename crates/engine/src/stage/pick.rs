//! Step 1: which deployment answers, and whether the call keeps the size limits.

use bytes::Bytes;
use stagedoor_base::Cause;
use stagedoor_program::Program;

/// A call within the limits, and the program that answers it.
#[derive(Debug)]
pub(crate) struct Picked<'p> {
    pub(super) program: &'p Program,
    pub(super) body: Bytes,
}

pub(crate) fn pick(program: &Program, body: Result<Bytes, Cause>) -> Result<Picked<'_>, Cause> {
    let body = body?;
    if program.deployment.disable_execute_api_endpoint {
        return Err(Cause::Forbidden);
    }
    Ok(Picked { program, body })
}
