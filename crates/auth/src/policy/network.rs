//! Ranges of addresses: `203.0.113.0/24`, `2001:db8::/32`, or one address.

use std::net::IpAddr;

/// A range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => longest,
            Some(bits) if bits.bytes().all(|byte| byte.is_ascii_digit()) => bits.parse().ok()?,
            Some(_) => return None,
        };
        (bits <= longest).then_some(Self { address, bits })
    }

    /// An IPv4 address that came over IPv6 counts as IPv4.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        match (self.address.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32 - u32::from(self.bits_of_v4());
                same(u128::from(own.to_bits()), u128::from(other.to_bits()), shift)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                same(own.to_bits(), other.to_bits(), 128 - u32::from(self.bits))
            }
            _ => false,
        }
    }

    /// `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
    fn bits_of_v4(&self) -> u8 {
        if self.address.is_ipv4() { self.bits } else { self.bits.saturating_sub(96) }
    }
}

fn same(own: u128, other: u128, shift: u32) -> bool {
    own.checked_shr(shift).unwrap_or(0) == other.checked_shr(shift).unwrap_or(0)
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
