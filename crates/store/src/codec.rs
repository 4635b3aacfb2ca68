//! Entities ⇄ stored bytes. Every stored form carries the version of its encoding.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use stagedoor_model::Snapshot;

use crate::secret::{Place, is_sealed};
use crate::{Kind, SecretKeys, StoreError};

/// The version of every form written today.
pub(crate) const ENCODING: u32 = 1;

/// A frozen deployment as it is stored: decoding is the caller's, on whatever thread it likes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedSnapshot {
    pub(crate) version: u32,
    pub(crate) bytes: Vec<u8>,
}

impl EncodedSnapshot {
    #[expect(
        clippy::expect_used,
        reason = "writing to memory cannot fail, and neither can serializing a model type"
    )]
    pub(crate) fn encode(snapshot: &Snapshot) -> Self {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(encode(snapshot).as_bytes()).expect("memory takes all");
        Self { version: ENCODING, bytes: encoder.finish().expect("memory takes all") }
    }

    /// The snapshot itself.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Corrupt`].
    pub fn decode(&self) -> Result<Snapshot, StoreError> {
        check_version(self.version)?;
        let mut json = Vec::new();
        ZlibDecoder::new(self.bytes.as_slice())
            .read_to_end(&mut json)
            .map_err(|error| StoreError::Corrupt(format!("snapshot: {error}")))?;
        serde_json::from_slice(&json).map_err(|error| StoreError::Corrupt(format!("snapshot: {error}")))
    }
}

/// The JSON text of an entity.
#[expect(clippy::expect_used, reason = "model types have string keys and no fallible Serialize")]
pub(crate) fn encode<T: Serialize>(entity: &T) -> String {
    serde_json::to_string(entity).expect("model types serialize")
}

/// The entity in a document of this version. One that holds secrets may still be plain text, from before they were sealed.
pub(crate) fn decode<T: DeserializeOwned>(
    keys: &SecretKeys,
    place: Place<'_>,
    version: u32,
    body: &str,
) -> Result<T, StoreError> {
    if is_sealed(body) {
        return decode_plain(place.kind, version, &keys.open(place, body)?);
    }
    decode_plain(place.kind, version, body)
}

/// The entity in a document that is never sealed.
pub(crate) fn decode_plain<T: DeserializeOwned>(
    kind: Kind,
    version: u32,
    body: &str,
) -> Result<T, StoreError> {
    check_version(version)?;
    serde_json::from_str(body).map_err(|error| StoreError::Corrupt(format!("{}: {error}", kind.as_str())))
}

pub(crate) fn check_version(version: u32) -> Result<(), StoreError> {
    if version > ENCODING { Err(StoreError::Newer(version)) } else { Ok(()) }
}
