//! Secrets and the signing keys derived from them.

use std::fmt;

use aws_lc_rs::hmac;
use zeroize::{Zeroize, Zeroizing};

use super::hex::Hex;

/// The term that ends every credential scope.
pub(crate) const TERMINATOR: &str = "aws4_request";

/// A secret access key. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Secret {
    /// The text, for the one place that has to send it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A secret narrowed to one day, region and service.
#[derive(Clone)]
pub struct SigningKey(hmac::Key);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// The key for `date` (`YYYYMMDD`), region and service.
    #[must_use]
    pub fn derive(secret: &Secret, date: &str, region: &str, service: &str) -> Self {
        let start = Zeroizing::new(format!("AWS4{}", secret.0));
        let mut key = hmac::Key::new(hmac::HMAC_SHA256, start.as_bytes());
        for part in [date, region, service, TERMINATOR] {
            let tag = hmac::sign(&key, part.as_bytes());
            key = hmac::Key::new(hmac::HMAC_SHA256, tag.as_ref());
        }
        Self(key)
    }

    /// The signature of a string-to-sign, in lower-case hex.
    pub(super) fn sign(&self, text: &str) -> Hex {
        Hex::of(hmac::sign(&self.0, text.as_bytes()).as_ref())
    }
}
