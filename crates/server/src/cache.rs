//! The response caches of this node: opened as configured, their keys read again on reload, their figures told.
//!
//! In: the configuration and the environment. Out: the caches. It must not know what is cached.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use stagedoor_shared::cache::{CacheKeys, CacheStats, Caches, DiskStats};

use crate::config::CacheConfig;

/// Keys in base64, the current one first.
const VARIABLE: &str = "STAGEDOOR_CACHE_KEY";

/// Opens the caches.
///
/// # Errors
/// Keys that are none, a directory that cannot be used.
pub(crate) fn open(config: &CacheConfig) -> Result<Caches> {
    let keys = keys(config)?.unwrap_or_else(CacheKeys::random);
    let Some(disk) = &config.disk else { return Ok(Caches::in_memory(config.memory, &keys)) };
    let opened = Caches::with_disk(config.memory, disk, &keys);
    opened.with_context(|| format!("`cache` in stagedoor.yaml: {}", disk.directory.display()))
}

/// Takes the keys that are configured now; with none, the process keeps its own.
pub(crate) fn reload(caches: &Caches, config: &CacheConfig) {
    match keys(config) {
        Ok(Some(keys)) => {
            caches.rotate(&keys);
            tracing::info!("keys of the response cache reloaded");
        }
        Ok(None) => {}
        Err(error) => {
            tracing::error!("keys of the response cache not reloaded, the old ones stay: {error:#}")
        }
    }
}

fn keys(config: &CacheConfig) -> Result<Option<CacheKeys>> {
    if let Ok(text) = std::env::var(VARIABLE) {
        return CacheKeys::parse(&text).context(VARIABLE).map(Some);
    }
    let Some(path) = &config.key_file else { return Ok(None) };
    let shown = || path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(shown)?;
    CacheKeys::parse(&text).with_context(shown).map(Some)
}

/// Appends the caches' figures as Prometheus reads them.
pub(crate) fn prometheus(stats: &CacheStats, out: &mut String) {
    let mut family = |name: &str, help: &str, samples: &[(&str, u64)]| {
        let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# HELP stagedoor_cache_{name} {help}\n# TYPE stagedoor_cache_{name} {kind}");
        for (tier, value) in samples {
            let _ = writeln!(out, "stagedoor_cache_{name}{{tier=\"{tier}\"}} {value}");
        }
    };
    let disk = stats.disk.unwrap_or_default();
    family("bytes", "Bytes of cached replies.", &[("memory", stats.memory_bytes), ("disk", disk.bytes)]);
    family(
        "entries",
        "Cached replies, those that ended and were not yet cleared away included.",
        &[("memory", stats.memory_entries), ("disk", disk.entries)],
    );
    family("hits_total", "Replies found.", &[("memory", stats.memory_hits), ("disk", disk.hits)]);
    family("stored_total", "Replies kept.", &[("memory", stats.stored), ("disk", disk.written)]);
    let DiskStats { skipped, failures, damaged, .. } = disk;
    family("skipped_total", "Replies given up because the disk did not keep pace.", &[("disk", skipped)]);
    family("failures_total", "Writes that the system refused.", &[("disk", failures)]);
    family("damaged_total", "Replies not read back as they were written.", &[("disk", damaged)]);
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn key_files_are_read_at_the_start_and_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.key");
        let config = CacheConfig { key_file: Some(path.clone()), ..CacheConfig::default() };
        assert!(open(&config).unwrap_err().to_string().contains("cache.key"));
        std::fs::write(&path, "short").unwrap();
        assert!(format!("{:#}", open(&config).unwrap_err()).contains("32 random bytes in base64"));
        std::fs::write(&path, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= # mine").unwrap();
        let caches = open(&config).unwrap();
        reload(&caches, &config);
        // A file that went bad keeps the old keys.
        reload(&caches, &CacheConfig { key_file: Some(PathBuf::from("/nowhere")), ..config });
    }

    #[test]
    fn figures_are_told_by_tier() {
        let mut text = String::new();
        let disk = DiskStats { bytes: 7, ..DiskStats::default() };
        prometheus(&CacheStats { memory_hits: 3, disk: Some(disk), ..CacheStats::default() }, &mut text);
        assert!(text.contains("\nstagedoor_cache_hits_total{tier=\"memory\"} 3\n"), "{text}");
        assert!(text.contains("\nstagedoor_cache_bytes{tier=\"disk\"} 7\n"), "{text}");
        let names = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).count();
        assert_eq!(names, 7);
    }
}
