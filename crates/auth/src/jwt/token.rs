//! A token: taken apart, then verified.
//!
//! In: the text after any `Bearer`. Out: claims that its issuer signed. Nothing of an unverified token can be read but what
//! finding its key needs.

use super::claims::Claims;
use super::json::{Json, member};
use super::keys::{Algorithm, KeySet};
use super::{InvalidToken, Part, base64url};

/// A token whose signature nobody has looked at yet.
#[derive(Debug, Clone)]
pub struct Token {
    /// Header and payload as they were signed.
    signed: Box<str>,
    signature: Vec<u8>,
    algorithm: Algorithm,
    key_id: Box<str>,
    claims: Claims,
}

impl Token {
    /// Longest token: more than fits into the headers of a request.
    pub const MAX_BYTES: usize = 16 * 1024;

    /// Takes a token apart. Of its header only `alg`, `kid` and `crit` count: keys that a token brings along (`jwk`, `jku`,
    /// `x5c`, `x5u`) are its bearer's claims, not its issuer's.
    ///
    /// # Errors
    /// It is malformed, or signed in a way that is not allowed.
    pub fn parse(text: &str, allowed: &[Algorithm]) -> Result<Self, InvalidToken> {
        if text.len() > Self::MAX_BYTES {
            return Err(InvalidToken::TooLong(Self::MAX_BYTES));
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(InvalidToken::Parts)?;
        let (header, payload) = signed.split_once('.').ok_or(InvalidToken::Parts)?;
        if payload.contains('.') {
            return Err(InvalidToken::Parts);
        }
        let (algorithm, key_id) = read_header(&object(header, Part::Header)?, allowed)?;
        let signature = base64url::decode(signature).ok_or(InvalidToken::Encoding(Part::Signature))?;
        let claims = Claims::new(object(payload, Part::Payload)?);
        Ok(Self { signed: signed.into(), signature, algorithm, key_id, claims })
    }

    /// The id of the key that should verify it.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The issuer that the token names. Unverified: only good for choosing whose keys to verify it with.
    #[must_use]
    pub fn claimed_issuer(&self) -> Option<&str> {
        self.claims.text("iss")
    }

    /// Verifies the signature, and gives the claims out.
    ///
    /// # Errors
    /// The key is not in the set, or did not sign this.
    pub fn verify(self, keys: &KeySet) -> Result<Claims, InvalidToken> {
        let key = keys.find(&self.key_id, self.algorithm).ok_or(InvalidToken::UnknownKey)?;
        key.verify_sig(self.signed.as_bytes(), &self.signature).map_err(|_| InvalidToken::Signature)?;
        Ok(self.claims)
    }
}

fn read_header(
    header: &[(Box<str>, Json)],
    allowed: &[Algorithm],
) -> Result<(Algorithm, Box<str>), InvalidToken> {
    let text = |name: &str| member(header, name).and_then(Json::as_text);
    let algorithm = text("alg").and_then(Algorithm::parse).filter(|it| allowed.contains(it));
    let algorithm = algorithm.ok_or(InvalidToken::Algorithm)?;
    if member(header, "crit").is_some() {
        return Err(InvalidToken::Critical);
    }
    let key_id = text("kid").filter(|id| !id.is_empty()).ok_or(InvalidToken::NoKeyId)?;
    Ok((algorithm, key_id.into()))
}

fn object(text: &str, part: Part) -> Result<Vec<(Box<str>, Json)>, InvalidToken> {
    let bytes = base64url::decode(text).ok_or(InvalidToken::Encoding(part))?;
    Json::parse(&bytes).and_then(Json::into_members).ok_or(InvalidToken::Json(part))
}
