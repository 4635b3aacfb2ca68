//! The keys of the front: `tls`, `proxy_protocol`, `trusted_proxies`, `limits`, among which is the number of API keys.

use std::net::SocketAddr;
use std::time::Duration;

use super::tree::{Entry, Node};
use super::written::Reader;
use super::{existing, within};
use crate::listen::{CertificateFiles, FrontLimits, TrustedProxies};

/// How clients are met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FrontConfig {
    pub(crate) tls: Option<TlsConfig>,
    /// Whether trusted proxies send a PROXY header first; nobody else may connect then.
    pub(crate) proxy_protocol: bool,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) limits: FrontLimits,
}

/// A listener that speaks TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TlsConfig {
    /// None: port 8443, beside the plain listener.
    pub(crate) listen: Option<SocketAddr>,
    /// The first is shown to clients that name no host, or an unknown one.
    pub(crate) certificates: Vec<CertificateFiles>,
}

pub(super) fn tls(reader: &mut Reader<'_>, node: &Node) -> Option<TlsConfig> {
    let mut tls = TlsConfig { listen: None, certificates: Vec::new() };
    for Entry { key, value, .. } in reader.keys(node, &["listen", "certificates"]) {
        if key == "listen" {
            tls.listen = reader.parsed(value, "an address like 0.0.0.0:8443");
            continue;
        }
        for item in reader.list(value) {
            tls.certificates.extend(certificate(reader, item));
        }
    }
    if tls.certificates.is_empty() {
        reader.complain(node.place, "`tls` needs `certificates: [{certificate: FILE, key: FILE}]`");
    }
    Some(tls)
}

fn certificate(reader: &mut Reader<'_>, node: &Node) -> Option<CertificateFiles> {
    let (mut certificate, mut key_file) = (None, None);
    for Entry { key, value, .. } in reader.keys(node, &["certificate", "key"]) {
        let file = existing(reader, value)?;
        if key == "certificate" { certificate = Some(file) } else { key_file = Some(file) }
    }
    for (key, missing) in [("certificate", certificate.is_none()), ("key", key_file.is_none())] {
        if missing {
            reader.complain(node.place, format!("a certificate needs `{key}: FILE`"));
        }
    }
    Some(CertificateFiles { certificate: certificate?, key: key_file? })
}

pub(super) fn flag(reader: &mut Reader<'_>, node: &Node) -> bool {
    reader.parsed(node, "`true` or `false`").unwrap_or(false)
}

pub(super) fn trusted(reader: &mut Reader<'_>, node: &Node) -> TrustedProxies {
    let items = reader.list(node);
    let ranges = items.iter().filter_map(|item| reader.parsed(item, "an address or a range like 10.0.0.0/8"));
    TrustedProxies(ranges.collect())
}

const LIMITS: [&str; 15] = [
    "api_keys",
    "connections",
    "connections_per_address",
    "requests",
    "requests_per_connection",
    "queue_delay_ms",
    "streams",
    "head_bytes",
    "handshake_seconds",
    "head_seconds",
    "body_seconds",
    "stall_seconds",
    "bytes_per_second",
    "idle_seconds",
    "drain_seconds",
];

/// The largest of what is counted; more would not fit the counters.
const MANY: u32 = 1_000_000;

/// Those of the front, and how many API keys an account may have.
pub(super) fn limits(reader: &mut Reader<'_>, node: &Node) -> (FrontLimits, Option<usize>) {
    let (mut limits, mut api_keys) = (FrontLimits::default(), None);
    for Entry { key, value, .. } in reader.keys(node, &LIMITS) {
        let (low, high) = match key.as_str() {
            "connections_per_address" | "requests_per_connection" | "bytes_per_second" => (0, MANY),
            "streams" => (1, 10_000),
            // A head must have room for all that API Gateway takes.
            "head_bytes" => (32 * 1024, 1024 * 1024),
            "connections" | "requests" => (1, MANY),
            "api_keys" => (0, u32::MAX),
            _ => (1, 86_400),
        };
        match within(reader, value, low, high) {
            Some(number) if key == "api_keys" => api_keys = usize::try_from(number).ok(),
            Some(number) => set(&mut limits, key, number),
            None => {}
        }
    }
    (limits, api_keys)
}

fn set(limits: &mut FrontLimits, key: &str, number: u32) {
    let count = usize::try_from(number).unwrap_or(usize::MAX);
    match key {
        "connections" => limits.connections = count,
        "connections_per_address" => limits.connections_per_address = count,
        "requests" => limits.requests = count,
        "requests_per_connection" => limits.requests_per_connection = number,
        "queue_delay_ms" => limits.queue_delay = Duration::from_millis(number.into()),
        "streams" => limits.streams = number,
        "head_bytes" => limits.head_bytes = count,
        "handshake_seconds" => limits.handshake_seconds = number,
        "head_seconds" => limits.head_seconds = number,
        "body_seconds" => limits.body_seconds = number,
        "stall_seconds" => limits.stall_seconds = number,
        "bytes_per_second" => limits.rate = number,
        "idle_seconds" => limits.idle_seconds = number,
        _ => limits.drain_seconds = number,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use crate::config::Config;
    use crate::listen::FrontLimits;

    fn problems(text: &str) -> String {
        Config::parse(Path::new("/nowhere/stagedoor.yaml"), text).unwrap_err().to_string()
    }

    #[test]
    fn mistakes_name_their_place() {
        let table = [
            ("tls: {listen: x}", "1:15: `x` is not an address like 0.0.0.0:8443"),
            ("tls: {}", "1:6: `tls` needs `certificates:"),
            ("tls: {certificates: [{certificate: /etc/hosts}]}", "1:22: a certificate needs `key: FILE`"),
            ("tls: {certificates: [{certificate: a.pem}]}", "1:36: /nowhere/a.pem does not exist"),
            ("proxy_protocol: 1", "1:17: `1` is not `true` or `false`"),
            ("trusted_proxies: [10.0.0.0/40]", "1:19: `10.0.0.0/40` is not an address or a range"),
            ("limits: {connection: 5}", "1:10: unknown key `connection`; did you mean `connections`?"),
            ("limits: {connections: 0}", "1:23: 0 is not between 1 and"),
            ("limits: {head_bytes: 100}", "1:22: 100 is not between 32768 and"),
        ];
        for (text, expected) in table {
            let found = problems(text);
            assert!(found.contains(&format!("/nowhere/stagedoor.yaml:{expected}")), "{text}\n{found}");
        }
    }

    #[test]
    fn what_is_not_set_keeps_its_default() {
        let text =
            "limits: {queue_delay_ms: 100, requests: 5}\nproxy_protocol: true\ntrusted_proxies: [10.0.0.0/8]";
        let front = Config::parse(Path::new("/nowhere/stagedoor.yaml"), text).unwrap().front;
        let queue_delay = Duration::from_millis(100);
        assert_eq!(front.limits, FrontLimits { queue_delay, requests: 5, ..FrontLimits::default() });
        assert!(front.proxy_protocol && front.trusted_proxies.trusts("10.1.2.3".parse().unwrap()));
    }
}
