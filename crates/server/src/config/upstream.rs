//! The keys of `upstream`: how backends are called.

use std::path::PathBuf;
use std::time::Duration;

use super::tree::{Entry, Node};
use super::written::Reader;
use super::{existing, within};
use crate::upstream::{AddressRange, UpstreamLimits};

/// How backends are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UpstreamConfig {
    pub(crate) allow: Vec<AddressRange>,
    /// A PEM file of certificate authorities trusted beside the public ones.
    pub(crate) authorities: Option<PathBuf>,
    pub(crate) limits: UpstreamLimits,
}

const KEYS: [&str; 5] = ["allow", "ca", "max_connections", "idle_timeout", "connect_timeout"];

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> UpstreamConfig {
    let mut upstream = UpstreamConfig::default();
    for Entry { key, value, .. } in reader.keys(node, &KEYS) {
        match key.as_str() {
            "allow" => upstream.allow = ranges(reader, value),
            "ca" => upstream.authorities = existing(reader, value),
            _ => limit(reader, key, value, &mut upstream.limits),
        }
    }
    upstream
}

fn ranges(reader: &mut Reader<'_>, node: &Node) -> Vec<AddressRange> {
    let items = reader.list(node);
    items.iter().filter_map(|item| reader.parsed(item, "an address or a range like 10.0.0.0/8")).collect()
}

/// Times are in seconds.
fn limit(reader: &mut Reader<'_>, key: &str, node: &Node, limits: &mut UpstreamLimits) {
    let (low, high) = match key {
        "max_connections" => (1, 65_535),
        "idle_timeout" => (0, 3600),
        _ => (1, 900),
    };
    let Some(number) = within(reader, node, low, high) else { return };
    let seconds = Duration::from_secs(number.into());
    match key {
        "max_connections" => limits.max_connections = usize::try_from(number).unwrap_or(usize::MAX),
        "idle_timeout" => limits.idle_timeout = seconds,
        _ => limits.connect_timeout = seconds,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use crate::config::Config;
    use crate::upstream::UpstreamLimits;

    #[test]
    fn limits_are_read_and_checked() {
        let parse = |text: &str| Config::parse(Path::new("/nowhere/stagedoor.yaml"), text);
        let text = "upstream: {max_connections: 8, idle_timeout: 0, connect_timeout: 3}";
        let (idle_timeout, connect_timeout) = (Duration::ZERO, Duration::from_secs(3));
        let expected = UpstreamLimits { max_connections: 8, idle_timeout, connect_timeout };
        assert_eq!(parse(text).unwrap().upstream.limits, expected);
        let table = [
            ("upstream: {max_connections: 0}", "1:29: 0 is not between 1 and 65535"),
            ("upstream: {connect_timeout: soon}", "1:29: `soon` is not"),
            ("upstream: {max_connection: 1}", "did you mean `max_connections`?"),
        ];
        for (text, expected) in table {
            let found = parse(text).unwrap_err().to_string();
            assert!(found.contains(expected), "{text}\n{found}");
        }
    }
}
