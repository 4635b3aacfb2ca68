//! Ranges of addresses: `203.0.113.0/24`, `2001:db8::/32`, or one address.

use std::net::IpAddr;

/// A range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    start: Address,
    mask: u128,
}

/// An address as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Address {
    is_v4: bool,
    bits: u128,
}

impl Network {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let bits: u32 = match bits {
            None => longest,
            Some(bits) if bits.bytes().all(|byte| byte.is_ascii_digit()) => bits.parse().ok()?,
            Some(_) => return None,
        };
        if bits > longest {
            return None;
        }
        let start = Address::of(address);
        // `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
        let (width, bits) = match (start.is_v4, address.is_ipv4()) {
            (true, false) => (32, bits.saturating_sub(96)),
            (true, true) => (32, bits),
            (false, _) => (128, bits),
        };
        let mask = u128::MAX.checked_shl(width - bits).unwrap_or(0);
        Some(Self { start: Address { bits: start.bits & mask, ..start }, mask })
    }

    /// An IPv4 address that came over IPv6 counts as IPv4.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        let other = Address::of(address);
        other.is_v4 == self.start.is_v4 && other.bits & self.mask == self.start.bits
    }
}

impl Address {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self { is_v4: true, bits: address.to_bits().into() },
            IpAddr::V6(address) => Self { is_v4: false, bits: address.to_bits() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn ranges() {
        for (network, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.7/24", "203.0.113.1", true),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "1.2.3.4", false),
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("10.0.0.1", "::ffff:10.0.0.1", true),
            ("::ffff:10.0.0.0/104", "10.9.9.9", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("2001:db8::1", "2001:db8::1", true),
        ] {
            let found = Network::parse(network).unwrap().contains(address.parse().unwrap());
            assert_eq!(found, expected, "{network} {address}");
        }
    }

    #[test]
    fn what_is_no_range() {
        for text in [
            "",
            "10.0.0",
            "10.0.0.0/33",
            "::/129",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "10.0.0.0/8/8",
            "*",
            "010.0.0.1",
            "a",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}
