//! Hashes as text.

/// A SHA-256 in lower-case hex, without an allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hex([u8; 64]);

impl Hex {
    /// Of no bytes at all: the payload of most requests.
    pub(super) const OF_NOTHING: Self =
        Self(*b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// Of a hash: 32 bytes.
    pub(super) fn of(hash: &[u8]) -> Self {
        let mut digits = [b'0'; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        Self(digits)
    }

    pub(super) fn as_str(&self) -> &str {
        // Digits are ASCII, so that there is no other case.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

const fn digit(half: u8) -> u8 {
    if half < 10 { b'0' + half } else { b'a' - 10 + half }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};

    use super::Hex;

    #[test]
    fn hashes_as_text() {
        assert_eq!(Hex::of(digest(&SHA256, b"").as_ref()), Hex::OF_NOTHING);
        let bytes: Vec<u8> = (0..32).map(|byte| byte * 8 + byte % 8).collect();
        let expected: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(Hex::of(&bytes).as_str(), expected);
    }
}
