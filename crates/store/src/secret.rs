//! Documents that hold secrets, encrypted: AES-256-GCM under a key that is not in the database.
//!
//! In: the JSON of a document and its place. Out: a sealed text that only the key opens again, and only at that place. It
//! must not know what a document contains.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{Kind, StoreError};

/// What sealed texts begin with; JSON never does.
const SEALED: &str = "sealed:1:";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
const KEY_FILE: &str = "secret.key";

/// Where a document lies: a sealed text moved elsewhere does not open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) account: &'a str,
    pub(crate) region: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) kind: Kind,
    pub(crate) id: &'a str,
}

impl Place<'_> {
    fn aad(&self) -> String {
        let Self { account, region, owner, kind, id } = self;
        format!("{account}\0{region}\0{owner}\0{}\0{id}", kind.as_str())
    }
}

/// One key, and the name by which sealed texts call it.
struct SecretKey {
    /// Eight hexadecimal digits that tell nothing of the key.
    id: String,
    cipher: LessSafeKey,
    derive: hmac::Key,
    /// Makes digests of API keys' values.
    values: hmac::Key,
}

/// The keys of a store: the first seals, all of them open.
pub struct SecretKeys(Vec<SecretKey>);

impl fmt::Debug for SecretKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

/// A text that is no list of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret key is 32 random bytes in base64; `openssl rand -base64 32` makes one")]
pub struct InvalidSecretKey;

impl SecretKeys {
    /// Reads keys in base64, the current one first, separated by white space; `#` begins a remark.
    ///
    /// # Errors
    /// [`InvalidSecretKey`] when one of them is none, or there is none.
    pub fn parse(text: &str) -> Result<Self, InvalidSecretKey> {
        let words = text.lines().flat_map(|line| line.split('#').next().unwrap_or("").split_whitespace());
        let keys: Vec<SecretKey> = words.map(SecretKey::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(InvalidSecretKey) } else { Ok(Self(keys)) }
    }

    /// Keys for other uses, one of each secret key in their order. `purpose` keeps uses apart.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> Vec<[u8; 32]> {
        self.0.iter().map(|key| derived(&key.derive, purpose)).collect()
    }

    /// What digests of API keys' values are made with.
    pub(crate) fn values(&self) -> &hmac::Key {
        &self.0[0].values
    }

    /// The name of the current key.
    pub(crate) fn current(&self) -> &str {
        &self.0[0].id
    }

    /// What all texts begin with that the current key sealed, and no others do.
    pub(crate) fn seal_of_today(&self) -> String {
        format!("{SEALED}{}", self.current())
    }

    /// Refuses to go on without a key that `ids` name.
    pub(crate) fn require(&self, ids: &[String]) -> Result<(), StoreError> {
        match ids.iter().find(|id| self.find(id).is_none()) {
            Some(id) => Err(StoreError::UnknownSecretKey(id.clone())),
            None => Ok(()),
        }
    }

    /// Seals what its kind wants sealed.
    pub(crate) fn seal(&self, place: Place<'_>, json: &str) -> Result<String, StoreError> {
        if !place.kind.is_secret() {
            return Ok(json.to_owned());
        }
        let key = &self.0[0];
        let mut nonce = [0; NONCE_BYTES];
        rand::fill(&mut nonce).map_err(|_| StoreError::Cipher)?;
        let mut sealed = nonce.to_vec();
        let mut text = json.as_bytes().to_vec();
        key.cipher
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.aad().as_bytes()),
                &mut text,
            )
            .map_err(|_| StoreError::Cipher)?;
        sealed.append(&mut text);
        Ok(format!("{SEALED}{}:{}", key.id, STANDARD.encode(sealed)))
    }

    /// The JSON of a document, which may have been written before documents were sealed.
    pub(crate) fn open(&self, place: Place<'_>, body: &str) -> Result<String, StoreError> {
        let damaged =
            || StoreError::Corrupt(format!("{} {}: cannot be decrypted", place.kind.as_str(), place.id));
        let id = key_of(body).ok_or_else(damaged)?;
        let key = self.find(id).ok_or_else(|| StoreError::UnknownSecretKey(id.to_owned()))?;
        let mut sealed = STANDARD.decode(&body[SEALED.len() + id.len() + 1..]).map_err(|_| damaged())?;
        let nonce = sealed.first_chunk::<NONCE_BYTES>().copied().ok_or_else(damaged)?;
        let opened = key.cipher.open_in_place(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(place.aad().as_bytes()),
            &mut sealed[NONCE_BYTES..],
        );
        let json = opened.map_err(|_| damaged())?;
        String::from_utf8(json.to_vec()).map_err(|_| damaged())
    }

    fn find(&self, id: &str) -> Option<&SecretKey> {
        self.0.iter().find(|key| key.id == id)
    }

    /// The keys in the directory's own file; it is made unless `needed` says that documents were sealed with a key that is
    /// elsewhere.
    pub(crate) fn of_directory(directory: &Path, needed: &[String]) -> Result<Self, StoreError> {
        let path = directory.join(KEY_FILE);
        let io = |source| StoreError::Io { path: path.clone(), source };
        match fs::read_to_string(&path) {
            Ok(text) => {
                Self::parse(&text).map_err(|source| StoreError::KeyFile { path: path.clone(), source })
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(error)),
            Err(_) if !needed.is_empty() => Err(StoreError::UnknownSecretKey(needed[0].clone())),
            Err(_) => create(&path).map_err(io),
        }
    }
}

/// A new key in a file for its owner alone, on disk before anything is sealed with it.
fn create(path: &Path) -> std::io::Result<SecretKeys> {
    let mut bytes = [0; KEY_BYTES];
    rand::fill(&mut bytes).map_err(std::io::Error::other)?;
    let text = STANDARD.encode(bytes);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(
        format!("# Opens the secrets in this folder's database. Without it they are lost.\n{text}\n")
            .as_bytes(),
    )?;
    file.sync_all()?;
    if let Some(directory) = path.parent() {
        fs::File::open(directory)?.sync_all()?;
    }
    SecretKeys::parse(&text).map_err(std::io::Error::other)
}

impl SecretKey {
    fn parse(text: &str) -> Result<Self, InvalidSecretKey> {
        let bytes = STANDARD.decode(text).map_err(|_| InvalidSecretKey)?;
        let cipher = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| InvalidSecretKey)?;
        let derive = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
        let name = hmac::sign(&derive, b"stagedoor key id");
        let id = name.as_ref()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let values = hmac::Key::new(hmac::HMAC_SHA256, &derived(&derive, "values of API keys"));
        Ok(Self { id, cipher: LessSafeKey::new(cipher), derive, values })
    }
}

fn derived(derive: &hmac::Key, purpose: &str) -> [u8; 32] {
    let mut key = [0; 32];
    key.copy_from_slice(hmac::sign(derive, format!("stagedoor {purpose}").as_bytes()).as_ref());
    key
}

/// Whether a stored text is sealed.
pub(crate) fn is_sealed(body: &str) -> bool {
    body.starts_with(SEALED)
}

/// The id of the key that a text is sealed with.
pub(crate) fn key_of(body: &str) -> Option<&str> {
    body.strip_prefix(SEALED)?.split_once(':').map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> =
        Place { account: "1", region: "r", owner: "function/f", kind: Kind::Function, id: "f" };

    fn keys(bytes: &[u8]) -> SecretKeys {
        let words: Vec<String> = bytes.iter().map(|byte| STANDARD.encode([*byte; 32])).collect();
        SecretKeys::parse(&words.join("\n")).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_at_its_place_only() {
        let keys = keys(&[1]);
        let sealed = keys.seal(PLACE, r#"{"a":"hush"}"#).unwrap();
        assert!(is_sealed(&sealed) && !sealed.contains("hush"));
        assert_eq!(keys.open(PLACE, &sealed).unwrap(), r#"{"a":"hush"}"#);
        assert!(matches!(keys.open(Place { id: "g", ..PLACE }, &sealed), Err(StoreError::Corrupt(_))));
        assert_ne!(sealed, keys.seal(PLACE, r#"{"a":"hush"}"#).unwrap());
    }

    #[test]
    fn older_keys_open_and_foreign_ones_say_which_is_missing() {
        let sealed = keys(&[1]).seal(PLACE, "{}").unwrap();
        let rotated = keys(&[2, 1]);
        assert_eq!(rotated.open(PLACE, &sealed).unwrap(), "{}");
        assert!(!sealed.starts_with(&rotated.seal_of_today()));
        assert!(matches!(keys(&[3]).open(PLACE, &sealed), Err(StoreError::UnknownSecretKey(_))));
    }

    #[test]
    fn damaged_texts_are_refused() {
        let keys = keys(&[1]);
        let sealed = keys.seal(PLACE, "{}").unwrap();
        for end in 0..sealed.len() {
            assert!(keys.open(PLACE, &sealed[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn other_kinds_stay_as_they_are() {
        assert_eq!(keys(&[1]).seal(Place { kind: Kind::Api, ..PLACE }, "{}").unwrap(), "{}");
    }

    #[test]
    fn keys_are_32_bytes() {
        for text in ["", "# only a remark", "c2hvcnQ=", "not base64!"] {
            assert!(SecretKeys::parse(text).is_err(), "{text}");
        }
        let one = STANDARD.encode([7; 32]);
        assert!(SecretKeys::parse(&format!("# mine\n{one} # current\n")).is_ok());
    }

    #[test]
    fn uses_have_keys_of_their_own() {
        let keys = keys(&[1]);
        assert_eq!(keys.derived("sessions"), keys.derived("sessions"));
        assert_ne!(keys.derived("sessions"), keys.derived("others"));
    }
}
