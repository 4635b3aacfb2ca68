//! Session tokens: what temporary credentials are worth, sealed into the token itself, so that nobody has to store it.
//!
//! In: a session and a key, or a token that somebody sent. Out: the token, or the session. It must not know what the
//! session's policies say, nor where keys come from.
//!
//! A token is the base64 of a version, a nonce, and the session as JSON under AES-256-GCM. The access key's id is bound to
//! it: a token that travels with another access key does not open.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use stagedoor_base::Timestamp;

/// Longer tokens are refused unread. A head of 20 KB holds one of this size; session policies have 2,048 characters.
pub const MAX_TOKEN: usize = 8 * 1024;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
const PURPOSE: &str = "stagedoor session token";

/// Temporary credentials, and whose they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub account: String,
    /// `ASIA…`
    pub access_key: String,
    /// What requests are signed with.
    pub secret: String,
    pub issued: Timestamp,
    pub expires: Timestamp,
    pub principal: SessionPrincipal,
    /// Documents beyond which the session may do nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// ARNs of managed policies that bound it in the same way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_arns: Vec<String>,
    /// Session tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<(String, String)>,
}

/// In whose name a session acts. Unique ids make sure that a session ends with the identity it is of, even when its name is
/// given again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum SessionPrincipal {
    /// `AssumeRole`; `id` is `AROA…`.
    Role { name: String, id: String, session: String },
    /// `GetSessionToken` of a user; `id` is `AIDA…`.
    User { name: String, id: String },
    /// `GetSessionToken` of an account's root.
    Root,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, access_key, principal, issued, expires, .. } = self;
        f.debug_struct("Session")
            .field("account", account)
            .field("access_key", access_key)
            .field("principal", principal)
            .field("issued", issued)
            .field("expires", expires)
            .finish_non_exhaustive()
    }
}

/// Why a token is worth nothing. `Display` is what AWS says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// Nobody here made it, somebody changed it, or it came with another access key.
    #[error("The security token included in the request is invalid.")]
    Invalid,
    #[error("The security token included in the request is expired")]
    Expired,
}

/// A session cannot be sealed: there is no randomness, or it is too large for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the system gives no random bytes")]
    Random,
    #[error("the session's policies and tags are too large for a token")]
    TooLarge,
}

/// The token of a session.
///
/// # Errors
/// [`SealError`] when its policies and tags do not fit into [`MAX_TOKEN`].
pub fn seal(session: &Session, key: &[u8; 32]) -> Result<String, SealError> {
    let mut nonce = [0; NONCE_BYTES];
    rand::fill(&mut nonce).map_err(|_| SealError::Random)?;
    let mut text = serde_json::to_vec(session).map_err(|_| SealError::TooLarge)?;
    let aad = aad(&session.access_key);
    cipher(key)
        .ok_or(SealError::Random)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad.as_bytes()), &mut text)
        .map_err(|_| SealError::TooLarge)?;
    let token = STANDARD.encode([&[VERSION], nonce.as_slice(), &text].concat());
    if token.len() > MAX_TOKEN { Err(SealError::TooLarge) } else { Ok(token) }
}

/// The session behind a token that came with `access_key`. Any of the keys may have sealed it.
///
/// # Errors
/// [`SessionError`]: its `Display` is what AWS answers.
pub fn open(
    token: &str,
    access_key: &str,
    keys: &[[u8; 32]],
    now: Timestamp,
) -> Result<Session, SessionError> {
    let session = unseal(token, access_key, keys).ok_or(SessionError::Invalid)?;
    if session.access_key != access_key {
        return Err(SessionError::Invalid);
    }
    if session.expires <= now { Err(SessionError::Expired) } else { Ok(session) }
}

fn unseal(token: &str, access_key: &str, keys: &[[u8; 32]]) -> Option<Session> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    let sealed = STANDARD.decode(token).ok()?;
    let (&VERSION, rest) = sealed.split_first()? else { return None };
    let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>()?;
    if text.len() < TAG_BYTES {
        return None;
    }
    let aad = aad(access_key);
    let opened = keys.iter().find_map(|key| {
        let mut text = text.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let json = cipher(key)?.open_in_place(nonce, Aad::from(aad.as_bytes()), &mut text).ok()?;
        Some(json.to_vec())
    })?;
    serde_json::from_slice(&opened).ok()
}

fn cipher(key: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key).ok().map(LessSafeKey::new)
}

fn aad(access_key: &str) -> String {
    format!("{PURPOSE}\0{access_key}")
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use stagedoor_base::Timestamp;

    use super::{MAX_TOKEN, SealError, Session, SessionError, SessionPrincipal, open, seal};

    const KEY: [u8; 32] = [7; 32];
    const OTHER: [u8; 32] = [8; 32];
    const ASIA: &str = "ASIA0000000000000001";

    fn session() -> Session {
        Session {
            account: "123456789012".to_owned(),
            access_key: ASIA.to_owned(),
            secret: "s3cret/+".to_owned(),
            issued: Timestamp(1_000),
            expires: Timestamp(5_000),
            principal: SessionPrincipal::Role {
                name: "r".to_owned(),
                id: "AROA1".to_owned(),
                session: "s".to_owned(),
            },
            policies: vec!["{}".to_owned()],
            policy_arns: Vec::new(),
            tags: vec![("team".to_owned(), "a".to_owned())],
        }
    }

    #[test]
    fn what_was_sealed_opens_until_it_expires() {
        let token = seal(&session(), &KEY).unwrap();
        assert_eq!(open(&token, ASIA, &[KEY], Timestamp(4_999)), Ok(session()));
        assert_eq!(open(&token, ASIA, &[KEY], Timestamp(5_000)), Err(SessionError::Expired));
        assert_eq!(open(&token, ASIA, &[OTHER, KEY], Timestamp(0)), Ok(session()));
        assert!(!format!("{:?}", session()).contains("s3cret"));
    }

    #[test]
    fn two_tokens_of_one_session_differ() {
        assert_ne!(seal(&session(), &KEY), seal(&session(), &KEY));
    }

    #[test]
    fn nothing_else_opens() {
        let token = seal(&session(), &KEY).unwrap();
        let check = |token: &str, key: &str, keys: &[[u8; 32]]| {
            assert_eq!(open(token, key, keys, Timestamp(0)), Err(SessionError::Invalid), "{token}");
        };
        check(&token, "ASIA0000000000000002", &[KEY]);
        check(&token, ASIA, &[OTHER]);
        check(&token, ASIA, &[]);
        check("", ASIA, &[KEY]);
        check("not base64!", ASIA, &[KEY]);
        check(&token[..token.len() - 4], ASIA, &[KEY]);
        check(&format!("{token}AAAA"), ASIA, &[KEY]);
        check(&"A".repeat(MAX_TOKEN + 4), ASIA, &[KEY]);
        let bytes = STANDARD.decode(&token).unwrap();
        for at in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[at] ^= 1;
            check(&STANDARD.encode(&forged), ASIA, &[KEY]);
            check(&STANDARD.encode(&bytes[..at]), ASIA, &[KEY]);
        }
    }

    #[test]
    fn a_token_has_a_bounded_size() {
        let large = Session { policies: vec!["x".repeat(MAX_TOKEN)], ..session() };
        assert_eq!(seal(&large, &KEY), Err(SealError::TooLarge));
        let usual = Session { policies: vec!["x".repeat(2048)], ..session() };
        assert!(seal(&usual, &KEY).unwrap().len() < 4096);
    }
}
