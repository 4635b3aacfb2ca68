//! An entry as both tiers hold it: one run of bytes, a head of fixed length before the key and the reply.
//!
//! In: a head, a key and a value. Out: the bytes, sealed if asked, and the value again for whoever has the same key. It must
//! not trust bytes that come from a disk.

use std::time::Duration;

use bytes::Bytes;

use super::seal::{NONCE_BYTES, Sealer, TAG_BYTES};

/// What the head takes.
pub(super) const HEAD_BYTES: usize = 40;
/// What memory holds beside the bytes of an entry: its places in the map and the queues, and the counters of its shared
/// parts.
pub(super) const ENTRY_OVERHEAD: u64 = 256;
/// The name of no key: the entry is not sealed.
const PLAIN: u32 = 0;

/// What is known of an entry without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Of its cluster when it was stored; no two clusters ever have the same one.
    pub(super) generation: u64,
    /// How many bytes its cluster had stored before it.
    pub(super) position: u64,
    /// The moment from which on it is stale.
    pub(super) deadline: Duration,
    /// Its turn among all that its cluster was asked to fetch.
    pub(super) turn: u64,
}

/// An entry. The bytes hold a whole head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame(Bytes);

impl Frame {
    /// What an entry takes of its cluster's capacity, and of memory.
    pub(super) fn cost(key: usize, value: usize, encrypted: bool) -> u64 {
        let sealing = if encrypted { NONCE_BYTES + TAG_BYTES } else { 0 };
        ENTRY_OVERHEAD + (HEAD_BYTES + sealing + key + value) as u64
    }

    /// An entry for `key`; none when sealing fails.
    pub(super) fn new(head: Head, key: &[u8], value: &[u8], sealer: Option<&Sealer>) -> Option<Self> {
        let extra = if sealer.is_some() { NONCE_BYTES + TAG_BYTES } else { 0 };
        let mut bytes = Vec::with_capacity(HEAD_BYTES + extra + key.len() + value.len());
        bytes.extend_from_slice(&head.generation.to_le_bytes());
        bytes.extend_from_slice(&head.position.to_le_bytes());
        bytes.extend_from_slice(&millis(head.deadline).to_le_bytes());
        bytes.extend_from_slice(&head.turn.to_le_bytes());
        bytes.extend_from_slice(&sealer.map_or(PLAIN, Sealer::current).to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(key.len()).ok()?.to_le_bytes());
        match sealer {
            None => {
                bytes.extend_from_slice(key);
                bytes.extend_from_slice(value);
            }
            Some(sealer) => sealer.seal(&mut bytes, key, value)?,
        }
        Some(Self(bytes.into()))
    }

    /// An entry that was read back; none when it is too short to be one.
    pub(super) fn read(bytes: Bytes) -> Option<Self> {
        (bytes.len() >= HEAD_BYTES).then_some(Self(bytes))
    }

    pub(super) fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// Whether this is the very same entry, not only an equal one.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.0.as_ptr() == other.0.as_ptr()
    }

    /// Its cost, as memory weighs it.
    pub(super) fn weight(&self) -> u32 {
        u32::try_from(self.0.len() as u64 + ENTRY_OVERHEAD).unwrap_or(u32::MAX)
    }

    pub(super) fn head(&self) -> Head {
        Head {
            generation: self.long(0),
            position: self.long(8),
            deadline: Duration::from_millis(self.long(16)),
            turn: self.long(24),
        }
    }

    /// The value, if this entry is `key`'s and is sealed exactly when `sealer` is given.
    pub(super) fn open(&self, key: &[u8], sealer: Option<&Sealer>) -> Option<Bytes> {
        if self.short(36) as usize != key.len() {
            return None;
        }
        let (name, body) = (self.short(32), self.0.slice(HEAD_BYTES..));
        let opened = match sealer {
            None => (name == PLAIN).then_some(body)?,
            Some(sealer) => sealer.open(name, &self.0[..HEAD_BYTES], &body)?,
        };
        opened.starts_with(key).then(|| opened.slice(key.len()..))
    }

    fn long(&self, at: usize) -> u64 {
        self.0[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    fn short(&self, at: usize) -> u32 {
        self.0[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::seal::CacheKeys;

    const HEAD: Head = Head { generation: 7, position: 99, deadline: Duration::from_millis(1234), turn: 5 };

    fn sealer() -> Sealer {
        Sealer::new(&CacheKeys::random())
    }

    #[test]
    fn what_goes_in_comes_out_for_the_same_key() {
        let sealer = sealer();
        for sealer in [None, Some(&sealer)] {
            let frame = Frame::new(HEAD, b"key", b"value", sealer).unwrap();
            assert_eq!(frame.head(), HEAD);
            assert_eq!(frame.open(b"key", sealer).as_deref(), Some(&b"value"[..]));
            for other in [&b"kez"[..], b"ke", b"keyv", b""] {
                assert_eq!(frame.open(other, sealer), None);
            }
        }
    }

    #[test]
    fn sealing_is_neither_dropped_nor_made_up() {
        let sealer = sealer();
        let plain = Frame::new(HEAD, b"k", b"v", None).unwrap();
        let sealed = Frame::new(HEAD, b"k", b"v", Some(&sealer)).unwrap();
        assert_eq!(plain.open(b"k", Some(&sealer)), None);
        assert_eq!(sealed.open(b"k", None), None);
    }

    #[test]
    fn sealed_entries_show_neither_key_nor_value_and_hold_together() {
        let sealer = sealer();
        let frame = Frame::new(HEAD, b"customer=alice", b"balance: 17", Some(&sealer)).unwrap();
        let shows = |text: &[u8]| frame.bytes().windows(text.len()).any(|window| window == text);
        assert!(!shows(b"alice") && !shows(b"balance"));
        for at in 0..frame.bytes().len() {
            let mut bytes = frame.bytes().to_vec();
            bytes[at] ^= 1;
            let bent = Frame::read(bytes.into()).unwrap();
            assert_eq!(bent.open(b"customer=alice", Some(&sealer)), None, "byte {at}");
        }
    }

    #[test]
    fn torn_entries_are_none() {
        let sealer = sealer();
        for seal in [None, Some(&sealer)] {
            let whole = Frame::new(HEAD, b"key", b"", seal).unwrap();
            for end in 0..whole.bytes().len() {
                let torn = Frame::read(whole.bytes().slice(..end));
                assert_eq!(torn.and_then(|frame| frame.open(b"key", seal)), None, "{end}");
            }
        }
    }
}
