//! Layers: zips that functions share, published version by version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stagedoor_base::Timestamp;

/// A layer: its name and the counter of its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    pub name: String,
    /// The number of the last published version; numbers are never reused.
    pub last_version: u32,
}

/// One version of a layer. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerVersion {
    pub version: u32,
    pub description: Option<String>,
    pub license: Option<String>,
    /// Told to whoever asks; a function may use the layer whatever its runtime.
    pub compatible_runtimes: Vec<String>,
    pub compatible_architectures: Vec<String>,
    /// The zip's content address.
    pub sha256_base64: String,
    pub size: u64,
    /// What its files take when unpacked.
    pub unpacked_size: u64,
    pub created: Timestamp,
}

/// A layer with its versions. The unit of compare-and-set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerTree {
    pub layer: Layer,
    /// By number; deleted ones are gone.
    pub versions: BTreeMap<u32, LayerVersion>,
}
