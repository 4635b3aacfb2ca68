//! API keys as calls carry them.
//!
//! In: where a method takes its key from; the key that a call has. Out: what mappings, events and logs say of it. It must not
//! know what a key opens.

use crate::masked;

/// The key of a call, known and good.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeyFacts {
    pub id: Box<str>,
    /// `$context.identity.apiKey`. Logs show its end only.
    pub value: Box<str>,
}

impl ApiKeyFacts {
    /// The key as logs show it.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(&self.value)
    }
}

impl std::fmt::Debug for ApiKeyFacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKeyFacts").field("id", &self.id).field("value", &self.masked()).finish()
    }
}
