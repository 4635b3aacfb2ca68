//! Base64 as tokens and key sets write it: the alphabet of URLs, no padding, no bits to spare.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The bytes; none when the text is anything else.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
