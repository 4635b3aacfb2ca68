//! MOCK: the rendered request template alone decides the status.

use stagedoor_json::mock_status;

/// The status in a rendered template; without a template the client's own body is what AWS reads.
pub(crate) fn status(body: &[u8]) -> Option<i32> {
    std::str::from_utf8(body).ok().and_then(mock_status)
}
