//! Why the store could not do what was asked.

use std::path::PathBuf;

use crate::{InvalidSecretKey, Revision};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed, created or deleted the unit since it was read.
    #[error("the entity was changed meanwhile: expected {expected:?}, found {found:?}")]
    Conflict {
        /// None: expected not to exist.
        expected: Option<Revision>,
        /// None: does not exist.
        found: Option<Revision>,
    },
    /// Another API key of this account and region has this value.
    #[error("another API key has this value")]
    ValueTaken,
    /// Another process holds the data directory.
    #[error("{} is in use by another process{}", directory.display(), pid.map(|pid| format!(" (pid {pid})")).unwrap_or_default())]
    Locked { directory: PathBuf, pid: Option<u32> },
    /// The data was written by a newer version of this program.
    #[error("the data has format version {0}, which is newer than this program understands")]
    Newer(u32),
    /// The data cannot be understood; says which and why.
    #[error("the stored data is damaged: {0}")]
    Corrupt(String),
    /// Secrets were sealed with a key that is not here.
    #[error(
        "secrets in this data were encrypted with the secret key {0}, which is not among the keys given; \
         name its file by `secret_key_file` or give it in STAGEDOOR_SECRET_KEY"
    )]
    UnknownSecretKey(String),
    /// The directory's own key file holds no key.
    #[error("{}: {source}", path.display())]
    KeyFile { path: PathBuf, source: InvalidSecretKey },
    /// The cipher failed, which it does only without randomness.
    #[error("a secret cannot be encrypted")]
    Cipher,
    /// The data directory cannot be used.
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    /// The database refused.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
}
