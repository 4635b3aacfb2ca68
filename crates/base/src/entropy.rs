//! Random identifiers from a seed that the owner of the process supplies.

/// A seeded generator of identifiers (xoshiro256++). Not for secrets: ids are names, not keys.
#[derive(Debug, Clone)]
pub struct Entropy {
    state: [u64; 4],
}

const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

impl Entropy {
    /// A generator from 32 bytes of seed; equal seeds give equal ids.
    #[must_use]
    pub fn new(seed: [u64; 4]) -> Self {
        // All-zero state would only ever produce zeros.
        let state = if seed == [0; 4] { [1, 2, 3, 4] } else { seed };
        Self { state }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// `length` characters of `[a-z0-9]`, the alphabet of every API Gateway id.
    pub fn id(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(ALPHABET[(self.next_u64() % 36) as usize])).collect()
    }

    /// A version 4 UUID in its hyphenated lower-case form.
    pub fn uuid(&mut self) -> String {
        let (hi, lo) = (self.next_u64(), self.next_u64());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            hi >> 32,
            (hi >> 16) & 0xffff,
            hi & 0xfff,
            0x8000 | (lo >> 48) & 0x3fff,
            lo & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Entropy;

    #[test]
    fn ids_have_the_asked_length_and_alphabet() {
        let mut entropy = Entropy::new([7; 4]);
        let id = entropy.id(10);
        assert_eq!(id.len(), 10);
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        let uuid = entropy.uuid();
        assert_eq!(uuid.len(), 36);
        assert_eq!(&uuid[14..15], "4");
        assert_ne!(uuid, entropy.uuid());
    }
}
