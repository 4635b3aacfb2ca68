//! The keys of `control`: where `serve` answers control calls, and where it writes down who made them.

use std::net::SocketAddr;

use super::tree::{Entry, Node};
use super::written::Reader;
use super::{AccessLogTarget, target};

/// The control plane of `serve`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ControlConfig {
    /// None: there is no control plane.
    pub(crate) listen: Option<SocketAddr>,
    /// None: stdout under `serve`, nowhere under `dev`.
    pub(crate) audit_log: Option<AccessLogTarget>,
}

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> ControlConfig {
    let mut control = ControlConfig::default();
    for Entry { key, value, .. } in reader.keys(node, &["listen", "audit_log"]) {
        match key.as_str() {
            "listen" => control.listen = reader.parsed(value, "an address like 127.0.0.1:4566"),
            _ => control.audit_log = Some(target(reader, value)),
        }
    }
    control
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::ControlConfig;
    use crate::config::{AccessLogTarget, Config};

    #[test]
    fn keys_are_read_and_checked() {
        let parse = |text: &str| Config::parse(Path::new("/nowhere/stagedoor.yaml"), text);
        let check = |text: &str, listen: Option<&str>, audit_log: Option<AccessLogTarget>| {
            let listen = listen.map(|address| address.parse().unwrap());
            assert_eq!(parse(text).unwrap().control, ControlConfig { listen, audit_log }, "{text}");
        };
        check("account: '111122223333'", None, None);
        let file = AccessLogTarget::File(PathBuf::from("/nowhere/audit.log"));
        check(
            "control: {listen: '127.0.0.1:4566', audit_log: audit.log}",
            Some("127.0.0.1:4566"),
            Some(file),
        );
        check("control: {audit_log: off}", None, Some(AccessLogTarget::Off));
        for (text, expected) in [
            ("control: {listen: 4566}", "`4566` is not an address like 127.0.0.1:4566"),
            ("control: {port: 1}", "unknown key `port`"),
        ] {
            let found = parse(text).unwrap_err().to_string();
            assert!(found.contains(expected), "{text}\n{found}");
        }
    }
}
