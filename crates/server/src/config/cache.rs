//! The keys of `cache`: where replies that stages cache are kept, and how many bytes of them.

use std::path::PathBuf;

use stagedoor_shared::cache::DiskConfig;

use super::tree::{Entry, Node};
use super::written::Reader;
use super::{existing, path, within};

const MEGABYTE: u64 = 1 << 20;
const DEFAULT_MEMORY_MB: u64 = 256;
/// The largest number of megabytes: more than AWS's largest cluster, many times over.
const MOST_MB: u32 = 16 << 20;

/// Where cached replies are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CacheConfig {
    /// Bytes of memory for the caches of all stages together.
    pub(crate) memory: u64,
    /// A disk for what memory has no room for.
    pub(crate) disk: Option<DiskConfig>,
    /// The keys of encrypted replies; none: the environment's, or one that ends with the process.
    pub(crate) key_file: Option<PathBuf>,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self { memory: DEFAULT_MEMORY_MB * MEGABYTE, disk: None, key_file: None }
    }
}

const KEYS: [&str; 4] = ["memory_mb", "directory", "disk_mb", "key_file"];

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> CacheConfig {
    let mut cache = CacheConfig::default();
    let (mut directory, mut disk_mb) = (None, None);
    let least = u32::try_from(DiskConfig::MIN_BYTES / MEGABYTE).unwrap_or(u32::MAX);
    for Entry { key, value, .. } in reader.keys(node, &KEYS) {
        match key.as_str() {
            "memory_mb" => cache.memory = megabytes(reader, value, 1).unwrap_or(cache.memory),
            "directory" => directory = path(reader, value),
            "disk_mb" => disk_mb = Some(megabytes(reader, value, least)),
            _ => cache.key_file = existing(reader, value),
        }
    }
    match (directory, disk_mb) {
        (Some(directory), Some(bytes)) => cache.disk = bytes.map(|bytes| DiskConfig { directory, bytes }),
        (None, None) => {}
        _ => reader.complain(node.place, "a disk for the cache takes both `directory` and `disk_mb`"),
    }
    cache
}

fn megabytes(reader: &mut Reader<'_>, node: &Node, least: u32) -> Option<u64> {
    within(reader, node, least, MOST_MB).map(|number| u64::from(number) * MEGABYTE)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    fn parse(text: &str) -> Result<CacheConfig, String> {
        let config = Config::parse(Path::new("/nowhere/stagedoor.yaml"), text);
        config.map(|config| config.cache).map_err(|problems| problems.to_string())
    }

    #[test]
    fn sizes_and_places_are_read() {
        assert_eq!(parse("cache:"), Ok(CacheConfig::default()));
        let cache = parse("cache: {memory_mb: 64, directory: c, disk_mb: 10240}").unwrap();
        let disk = DiskConfig { directory: PathBuf::from("/nowhere/c"), bytes: 10 << 30 };
        assert_eq!(cache, CacheConfig { memory: 64 << 20, disk: Some(disk), key_file: None });
    }

    #[test]
    fn mistakes_are_named() {
        for (text, expected) in [
            ("cache: {memory_mb: 0}", "1:20: 0 is not between 1 and"),
            ("cache: {directory: c}", "takes both `directory` and `disk_mb`"),
            ("cache: {disk_mb: 100}", "takes both `directory` and `disk_mb`"),
            ("cache: {directory: c, disk_mb: 63}", "63 is not between 64 and"),
            ("cache: {memory_mib: 1}", "unknown key `memory_mib`; did you mean `memory_mb`?"),
            ("cache: {key_file: none.key}", "/nowhere/none.key does not exist"),
        ] {
            let found = parse(text).unwrap_err();
            assert!(found.contains(expected), "{text}\n{found}");
        }
    }
}
