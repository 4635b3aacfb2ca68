//! MOCK: the rendered request template alone decides the status.

use bytes::Bytes;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_json::mock_status;
use stagedoor_program::{MockPlan, Record, Selected};

/// The status that a MOCK answers with.
pub(crate) fn call(plan: &MockPlan, body: &Bytes, record: &Record) -> Result<u16, Cause> {
    let status = match plan.templates.select(record.head.header(http::header::CONTENT_TYPE)) {
        Selected::Static(_, place) => plan.statuses.get(place).copied().flatten(),
        // Without a template the client's own body is what AWS reads.
        Selected::Passthrough => std::str::from_utf8(body).ok().and_then(mock_status),
        Selected::Refused(reason) => {
            return Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())));
        }
        Selected::Unsupported => return Err(Cause::UnsupportedMediaType),
    };
    status.ok_or(Cause::Configuration(ConfigurationError::MockStatusCode))
}
