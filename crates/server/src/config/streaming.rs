//! The keys of `streaming`: how fast and how long streamed replies may go.

use stagedoor_base::Limits;

use super::tree::{Entry, Node};
use super::within;
use super::written::Reader;

/// What streamed replies may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StreamingConfig {
    /// Bytes that may go as fast as they come.
    pub(crate) free_bytes: u64,
    /// Beyond them; 0: as fast as they come.
    pub(crate) bytes_per_second: u64,
    /// Seconds in which nothing comes.
    pub(crate) idle_timeout: u32,
}

impl Default for StreamingConfig {
    fn default() -> Self {
        let limits = Limits::default();
        Self {
            free_bytes: limits.stream_free_bytes,
            bytes_per_second: limits.stream_bytes_per_second,
            idle_timeout: limits.stream_idle_millis / 1000,
        }
    }
}

impl StreamingConfig {
    /// Puts these in place of a node's limits.
    pub(crate) fn apply_to(self, limits: &mut Limits) {
        limits.stream_free_bytes = self.free_bytes;
        limits.stream_bytes_per_second = self.bytes_per_second;
        limits.stream_idle_millis = self.idle_timeout.saturating_mul(1000);
    }
}

const KEYS: [&str; 3] = ["free_bytes", "bytes_per_second", "idle_timeout"];

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> StreamingConfig {
    let mut streaming = StreamingConfig::default();
    for Entry { key, value, .. } in reader.keys(node, &KEYS) {
        let (low, high) = if key == "idle_timeout" { (1, 900) } else { (0, u32::MAX) };
        let Some(number) = within(reader, value, low, high) else { continue };
        match key.as_str() {
            "free_bytes" => streaming.free_bytes = number.into(),
            "bytes_per_second" => streaming.bytes_per_second = number.into(),
            _ => streaming.idle_timeout = number,
        }
    }
    streaming
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::StreamingConfig;
    use crate::config::Config;

    #[test]
    fn limits_are_read_and_checked() {
        let parse = |text: &str| Config::parse(Path::new("/nowhere/stagedoor.yaml"), text);
        let text = "streaming: {free_bytes: 0, bytes_per_second: 1000, idle_timeout: 2}";
        let expected = StreamingConfig { free_bytes: 0, bytes_per_second: 1000, idle_timeout: 2 };
        assert_eq!(parse(text).unwrap().streaming, expected);
        for (text, expected) in [
            ("streaming: {idle_timeout: 0}", "1:27: 0 is not between 1 and 900"),
            ("streaming: {bytes: 1}", "unknown key `bytes`"),
            ("streaming: {free_bytes: all}", "1:25: `all` is not a number"),
        ] {
            let found = parse(text).unwrap_err().to_string();
            assert!(found.contains(expected), "{text}\n{found}");
        }
    }
}
