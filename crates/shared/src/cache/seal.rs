//! `cacheDataEncrypted`: entries under AES-256-GCM, in memory as on disk.
//!
//! In: keys from a file or the environment, and entries. Out: sealed entries, and their insides for who has the key. It must
//! not know where entries lie.
//!
//! What seals is derived from the configured key and a salt that this process alone has: entries do not outlive the process,
//! and a number counted up is a nonce that never comes twice under one derived key.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::frame::HEAD_BYTES;

pub(super) const NONCE_BYTES: usize = 12;
pub(super) const TAG_BYTES: usize = 16;

/// The keys of sealed entries: the first seals, all of them open.
pub struct CacheKeys(Vec<hmac::Key>);

impl fmt::Debug for CacheKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CacheKeys({})", self.0.len())
    }
}

/// A text that is no list of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a cache key is 32 random bytes in base64; `openssl rand -base64 32` makes one")]
pub struct InvalidCacheKey;

impl CacheKeys {
    /// Reads keys in base64, the current one first, separated by white space; `#` begins a remark.
    ///
    /// # Errors
    /// [`InvalidCacheKey`] when one of them is none, or there is none.
    pub fn parse(text: &str) -> Result<Self, InvalidCacheKey> {
        let words = text.lines().flat_map(|line| line.split('#').next().unwrap_or("").split_whitespace());
        let keys: Vec<hmac::Key> = words.map(key).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(InvalidCacheKey) } else { Ok(Self(keys)) }
    }

    /// A key that nobody knows and that ends with the process.
    #[must_use]
    pub fn random() -> Self {
        Self(vec![hmac::Key::new(hmac::HMAC_SHA256, &random_bytes())])
    }
}

fn key(text: &str) -> Result<hmac::Key, InvalidCacheKey> {
    let bytes = STANDARD.decode(text).map_err(|_| InvalidCacheKey)?;
    if bytes.len() == 32 { Ok(hmac::Key::new(hmac::HMAC_SHA256, &bytes)) } else { Err(InvalidCacheKey) }
}

fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    // The system's generator answers from the start of the process, or the process could not have begun (TLS, signatures).
    #[expect(clippy::expect_used, reason = "without randomness nothing here is safe")]
    rand::fill(&mut bytes).expect("the system has no random numbers");
    bytes
}

/// Seals and opens entries.
pub(super) struct Sealer {
    salt: [u8; 32],
    /// By the names that entries call them; the current one first.
    keys: Vec<(u32, LessSafeKey)>,
    /// Shared with those made by rotation: a key that stays never sees a nonce twice.
    sealed: Arc<AtomicU64>,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|(name, _)| name)).finish()
    }
}

impl Sealer {
    pub(super) fn new(keys: &CacheKeys) -> Self {
        Self::salted(random_bytes(), keys, Arc::default())
    }

    /// The same with other keys; what was sealed with a key in both still opens.
    pub(super) fn rotated(&self, keys: &CacheKeys) -> Self {
        Self::salted(self.salt, keys, Arc::clone(&self.sealed))
    }

    fn salted(salt: [u8; 32], keys: &CacheKeys, sealed: Arc<AtomicU64>) -> Self {
        let keys = keys.0.iter().filter_map(|key| Some((name(key), derive(key, &salt)?))).collect();
        Self { salt, keys, sealed }
    }

    /// The name of the key that seals.
    pub(super) fn current(&self) -> u32 {
        self.keys.first().map_or(0, |(name, _)| *name)
    }

    /// Appends nonce, sealed key and value, and tag to a head, which is bound to them.
    pub(super) fn seal(&self, frame: &mut Vec<u8>, key: &[u8], value: &[u8]) -> Option<()> {
        let (_, cipher) = self.keys.first()?;
        let mut nonce = [0; NONCE_BYTES];
        nonce[..8].copy_from_slice(&self.sealed.fetch_add(1, Ordering::Relaxed).to_le_bytes());
        frame.extend_from_slice(&nonce);
        let inside = frame.len();
        frame.extend_from_slice(key);
        frame.extend_from_slice(value);
        let (head, rest) = frame.split_at_mut(inside);
        let aad = Aad::from(&head[..HEAD_BYTES]);
        let tag = cipher.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, rest).ok()?;
        frame.extend_from_slice(tag.as_ref());
        Some(())
    }

    /// What was sealed under the key called `name`; none without that key, and for what anyone else wrote.
    pub(super) fn open(&self, name: u32, head: &[u8], sealed: &[u8]) -> Option<Bytes> {
        let (_, cipher) = self.keys.iter().find(|(known, _)| *known == name)?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let mut inside = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = cipher.open_in_place(nonce, Aad::from(head), &mut inside).ok()?.len();
        inside.truncate(length);
        Some(inside.into())
    }
}

fn name(key: &hmac::Key) -> u32 {
    let tag = hmac::sign(key, b"stagedoor cache key name");
    // Zero is the name of no key.
    tag.as_ref().first_chunk().map_or(1, |bytes| u32::from_le_bytes(*bytes) | 1)
}

fn derive(key: &hmac::Key, salt: &[u8; 32]) -> Option<LessSafeKey> {
    let mut context = hmac::Context::with_key(key);
    context.update(b"stagedoor cache entries");
    context.update(salt);
    UnboundKey::new(&AES_256_GCM, context.sign().as_ref()).ok().map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> CacheKeys {
        let words: Vec<String> = bytes.iter().map(|byte| STANDARD.encode([*byte; 32])).collect();
        CacheKeys::parse(&words.join("\n")).unwrap()
    }

    fn sealed(sealer: &Sealer) -> Vec<u8> {
        let mut frame = vec![0; HEAD_BYTES];
        sealer.seal(&mut frame, b"k", b"v").unwrap();
        frame
    }

    fn opens(sealer: &Sealer, name: u32, frame: &[u8]) -> bool {
        sealer.open(name, &frame[..HEAD_BYTES], &frame[HEAD_BYTES..]).as_deref() == Some(b"kv")
    }

    #[test]
    fn rotation_keeps_what_an_older_key_sealed_until_that_key_is_taken_away() {
        let first = Sealer::new(&keys(&[1]));
        let (name, frame) = (first.current(), sealed(&first));
        let second = first.rotated(&keys(&[2, 1]));
        assert_ne!(second.current(), name);
        assert!(opens(&second, name, &frame));
        assert!(opens(&second, second.current(), &sealed(&second)));
        assert!(!opens(&second.rotated(&keys(&[2])), name, &frame));
    }

    #[test]
    fn no_nonce_comes_twice_across_a_rotation() {
        let first = Sealer::new(&keys(&[1]));
        let second = first.rotated(&keys(&[1]));
        let nonces = [sealed(&first), sealed(&second), sealed(&first)]
            .map(|frame| frame[HEAD_BYTES..HEAD_BYTES + NONCE_BYTES].to_vec());
        assert!(nonces[0] != nonces[1] && nonces[1] != nonces[2] && nonces[0] != nonces[2]);
    }

    #[test]
    fn another_process_with_the_same_key_opens_nothing() {
        let (one, other) = (Sealer::new(&keys(&[1])), Sealer::new(&keys(&[1])));
        assert_eq!(one.current(), other.current());
        assert!(!opens(&other, one.current(), &sealed(&one)));
    }

    #[test]
    fn keys_are_32_bytes() {
        for text in ["", "# only a remark", "c2hvcnQ=", "not base64!"] {
            assert!(CacheKeys::parse(text).is_err(), "{text}");
        }
        assert!(CacheKeys::parse(&format!("# mine\n{} # current\n", STANDARD.encode([7; 32]))).is_ok());
    }

    #[test]
    fn keys_are_not_printed() {
        assert_eq!(format!("{:?}", keys(&[1, 2])), "CacheKeys(2)");
    }
}
