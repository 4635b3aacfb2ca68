//! Which peers may speak for others, and who the client is then.
//!
//! In: the peer and `X-Forwarded-For`. Out: the right-most address that no trusted proxy has. Everything left of it was
//! written by that client, which may write what it likes.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderName, HeaderValue};
use stagedoor_engine::HeaderList;

use crate::upstream::AddressRange;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Addresses of proxies in front of this gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TrustedProxies(pub(crate) Vec<AddressRange>);

impl TrustedProxies {
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.contains(address.to_canonical()))
    }

    /// The client behind a peer. What trusted proxies wrote of it is taken out of the header, as if the client had called
    /// here itself: whoever reads the header later appends the client.
    pub(crate) fn client(&self, peer: IpAddr, headers: &mut HeaderList) -> IpAddr {
        let peer = peer.to_canonical();
        if self.0.is_empty() || !self.trusts(peer) || !headers.contains(FORWARDED_FOR) {
            return peer;
        }
        let written = written(headers);
        let mut entries: Vec<&[u8]> = written.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).collect();
        let mut client = peer;
        while self.trusts(client) {
            let Some(address) = entries.last().and_then(|entry| address(entry)) else { break };
            client = address;
            entries.pop();
        }
        match HeaderValue::try_from(entries.join(&b", "[..])) {
            Ok(rest) if !rest.is_empty() => headers.set(FORWARDED_FOR, rest),
            _ => headers.remove(&FORWARDED_FOR),
        }
        client
    }
}

/// Bytes, not text: what a client wrote in front must not hide what a proxy wrote behind.
fn written(headers: &HeaderList) -> Vec<u8> {
    let values = headers.get_all(FORWARDED_FOR).map(HeaderValue::as_bytes);
    values.collect::<Vec<_>>().join(&b","[..])
}

/// An address as proxies write it: some add the port.
fn address(entry: &[u8]) -> Option<IpAddr> {
    let entry = std::str::from_utf8(entry).ok()?;
    let plain = entry.parse::<IpAddr>().ok();
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    plain.or_else(with_port).or_else(bracketed).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use stagedoor_engine::HeaderList;

    use super::{FORWARDED_FOR, TrustedProxies};

    #[test]
    fn the_client_is_the_last_address_that_is_not_trusted() {
        let trusted = TrustedProxies(vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()]);
        let table: [(&str, &[&str], &str, Option<&str>); 14] = [
            ("203.0.113.9", &["1.2.3.4"], "203.0.113.9", Some("1.2.3.4")),
            ("10.0.0.1", &[], "10.0.0.1", None),
            ("10.0.0.1", &["1.2.3.4"], "1.2.3.4", None),
            ("::ffff:10.0.0.1", &["1.2.3.4"], "1.2.3.4", None),
            ("10.0.0.1", &["6.6.6.6, 1.2.3.4"], "1.2.3.4", Some("6.6.6.6")),
            ("10.0.0.1", &["6.6.6.6, 1.2.3.4, 10.9.9.9"], "1.2.3.4", Some("6.6.6.6")),
            ("10.0.0.1", &["6.6.6.6", "1.2.3.4,10.9.9.9"], "1.2.3.4", Some("6.6.6.6")),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3", None),
            ("10.0.0.1", &["1.2.3.4, unknown"], "10.0.0.1", Some("1.2.3.4, unknown")),
            ("10.0.0.1", &["1.2.3.4:5555"], "1.2.3.4", None),
            ("fd00::1", &["[2001:db8::7]:80"], "2001:db8::7", None),
            ("10.0.0.1", &[""], "10.0.0.1", None),
            ("10.0.0.1", &["\u{e9}, 1.2.3.4"], "1.2.3.4", Some("\u{e9}")),
            ("10.0.0.1", &["\u{e9}", "1.2.3.4"], "1.2.3.4", Some("\u{e9}")),
        ];
        for (peer, values, client, rest) in table {
            let mut headers = HeaderList::default();
            for value in values {
                headers.push(FORWARDED_FOR, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            let found = trusted.client(peer.parse().unwrap(), &mut headers);
            assert_eq!(found.to_string(), client, "{peer} {values:?}");
            let left = headers.get(FORWARDED_FOR).map(|value| std::str::from_utf8(value.as_bytes()).unwrap());
            assert_eq!(left, rest, "{peer} {values:?}");
        }
    }
}
