//! Addresses that the gateway never calls: link-local ones, where clouds keep their credentials, and its own listeners.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::str::FromStr;

use http::uri::Scheme;
use stagedoor_engine::Endpoint;

/// Metadata services outside the link-local ranges: AWS, Google, Alibaba, Oracle.
const METADATA: [IpAddr; 4] = [
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
];

/// Which addresses are refused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refused {
    /// Link-local or metadata addresses that the owner wants called nevertheless.
    pub(crate) allowed: Vec<AddressRange>,
    /// Where this process listens.
    pub(crate) own: Vec<SocketAddr>,
}

/// `10.0.0.0/8`, `fd00::/8` or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AddressRange {
    network: IpAddr,
    bits: u8,
}

/// The text is no address and no range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an IP address nor a range like 10.0.0.0/8")]
pub(crate) struct InvalidRange(pub String);

impl FromStr for AddressRange {
    type Err = InvalidRange;

    fn from_str(text: &str) -> Result<Self, InvalidRange> {
        let invalid = || InvalidRange(text.to_owned());
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| invalid())?)),
            None => (text, None),
        };
        let network: IpAddr = address.parse().map_err(|_| invalid())?;
        let all = if network.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        if bits > all { Err(invalid()) } else { Ok(Self { network, bits }) }
    }
}

impl AddressRange {
    /// Whether an address lies in the range.
    #[must_use]
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match (self.network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(self.bits);
                u64::from(network.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(self.bits);
                network.to_bits().checked_shr(shift) == address.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

impl Refused {
    /// Whether an endpoint is this gateway itself, as far as its text tells.
    #[must_use]
    pub(crate) fn is_own_endpoint(&self, endpoint: &Endpoint) -> bool {
        let host = endpoint.authority.host().trim_matches(['[', ']']);
        let ip = if host == "localhost" { Some(Ipv4Addr::LOCALHOST.into()) } else { host.parse().ok() };
        let usual = if endpoint.scheme == Scheme::HTTPS { 443 } else { 80 };
        let port = endpoint.authority.port_u16().unwrap_or(usual);
        let address = ip.map(|ip| SocketAddr::new(plain(ip), port));
        address.is_some_and(|address| self.own.iter().any(|own| is_own(*own, address)))
    }

    /// Why an address must not be called; none when it may.
    #[must_use]
    pub(crate) fn reason(&self, address: SocketAddr) -> Option<String> {
        let ip = plain(address.ip());
        if self.own.iter().any(|own| is_own(*own, SocketAddr::new(ip, address.port()))) {
            return Some(format!("{address} is this gateway itself"));
        }
        let guarded = is_link_local(ip) || METADATA.contains(&ip);
        let allowed = self.allowed.iter().any(|range| range.contains(ip));
        (guarded && !allowed).then(|| {
            format!(
                "{address} is a link-local or metadata address; list it under `upstream: allow:` to call it"
            )
        })
    }
}

/// The IPv4 address inside an IPv6 one that a dual-stack socket, NAT64 or 6to4 would reach.
fn plain(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = ip else { return ip };
    if let Some(v4) = v6.to_ipv4_mapped() {
        return v4.into();
    }
    match v6.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)).into()
        }
        _ => ip,
    }
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unicast_link_local(),
    }
}

fn is_own(own: SocketAddr, address: SocketAddr) -> bool {
    if own.port() != address.port() {
        return false;
    }
    let ip = address.ip();
    // Connecting to the unspecified address reaches loopback.
    own.ip() == ip
        || (ip.is_unspecified() && (own.ip().is_loopback() || own.ip().is_unspecified()))
        || (own.ip().is_unspecified() && (ip.is_loopback() || is_local(ip)))
}

/// Whether an address belongs to this machine: the kernel routes to it from itself. Sends nothing.
fn is_local(ip: IpAddr) -> bool {
    let any: IpAddr = if ip.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let Ok(socket) = UdpSocket::bind((any, 0)) else { return false };
    socket.connect((ip, 9)).is_ok() && socket.local_addr().is_ok_and(|local| local.ip() == ip)
}

#[cfg(test)]
mod tests {
    use super::{AddressRange, Refused};

    #[test]
    fn guarded_addresses_are_refused_in_every_spelling() {
        let refused = Refused { allowed: vec![], own: vec!["127.0.0.1:4566".parse().unwrap()] };
        let table = [
            ("169.254.169.254:80", true),
            ("[::ffff:169.254.169.254]:80", true),
            ("[64:ff9b::a9fe:a9fe]:80", true),
            ("[2002:a9fe:a9fe::1]:80", true),
            ("[fe80::1]:80", true),
            ("[fd00:ec2::254]:80", true),
            ("100.100.100.200:80", true),
            ("127.0.0.1:4566", true),
            ("0.0.0.0:4566", true),
            ("[::ffff:127.0.0.1]:4566", true),
            ("127.0.0.1:8080", false),
            ("10.1.2.3:80", false),
            ("[fd00::1]:80", false),
        ];
        for (address, expected) in table {
            assert_eq!(refused.reason(address.parse().unwrap()).is_some(), expected, "{address}");
        }
    }

    #[test]
    fn a_listed_range_is_called_but_never_ourselves() {
        let refused = Refused {
            allowed: vec!["169.254.170.2".parse().unwrap(), "127.0.0.0/8".parse().unwrap()],
            own: vec!["0.0.0.0:4566".parse().unwrap()],
        };
        assert_eq!(refused.reason("169.254.170.2:80".parse().unwrap()), None);
        assert!(refused.reason("169.254.170.3:80".parse().unwrap()).is_some());
        assert!(refused.reason("127.0.0.1:4566".parse().unwrap()).is_some());
    }

    #[test]
    fn ranges_contain_what_their_bits_say() {
        let table = [
            ("10.0.0.0/8", "10.255.1.1", true),
            ("10.0.0.0/8", "11.0.0.0", false),
            ("0.0.0.0/0", "1.2.3.4", true),
            ("::/0", "fe80::1", true),
            ("fe80::/10", "febf::1", true),
            ("fe80::/10", "fec0::1", false),
        ];
        for (range, address, expected) in table {
            let range: AddressRange = range.parse().unwrap();
            assert_eq!(range.contains(address.parse().unwrap()), expected, "{range:?} {address}");
        }
        for text in ["", "10.0.0.0/33", "x/8", "10.0.0.0/-1"] {
            assert!(text.parse::<AddressRange>().is_err(), "{text}");
        }
    }
}
