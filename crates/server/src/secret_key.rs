//! The key that stored secrets are encrypted with: from the environment, from a file, or made beside the database.
//!
//! In: the configuration and the environment. Out: the keys to open the store with. It must not know what is encrypted.

use anyhow::{Context, Result};
use stagedoor_store::SecretKeys;

use crate::config::Config;

/// Keys in base64, the current one first.
const VARIABLE: &str = "STAGEDOOR_SECRET_KEY";

/// None: the data directory's own key file.
pub(crate) fn secret_keys(config: &Config) -> Result<Option<SecretKeys>> {
    if let Ok(text) = std::env::var(VARIABLE) {
        return SecretKeys::parse(&text).context(VARIABLE).map(Some);
    }
    let Some(path) = &config.secret_key_file else { return Ok(None) };
    let shown = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(shown)?;
    SecretKeys::parse(&text).with_context(shown).map(Some)
}
