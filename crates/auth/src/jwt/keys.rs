//! Public keys: the set that an issuer publishes.
//!
//! In: a key set's JSON. Out: the keys that verify signatures, each bound to its algorithms. Secret keys are passed by, so a
//! public key can never be taken for one.

use std::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519, ParsedPublicKey,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents, VerificationAlgorithm,
};

use super::base64url;
use super::json::{Json, member};

/// Keys of one set; issuers publish two or three.
const MAX_KEYS: usize = 64;

/// Signature algorithms with public keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
    Es512,
    /// With Ed25519.
    EdDsa,
}

/// The public keys of an issuer.
#[derive(Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

/// One key for one algorithm.
struct Key {
    id: Box<str>,
    algorithm: Algorithm,
    public: ParsedPublicKey,
}

/// A text that is no key set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeySet {
    #[error("it is no JSON object with a list `keys`")]
    Shape,
    #[error("it has more than {MAX_KEYS} keys")]
    TooMany,
    #[error("none of its keys has a `kid` and verifies signatures")]
    Empty,
}

impl Algorithm {
    const RSA: [(Self, &'static RsaParameters); 3] = [
        (Self::Rs256, &RSA_PKCS1_2048_8192_SHA256),
        (Self::Rs384, &RSA_PKCS1_2048_8192_SHA384),
        (Self::Rs512, &RSA_PKCS1_2048_8192_SHA512),
    ];

    /// The algorithm with this name; none for `none`, for those of secret keys, and for unknown ones.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "RS384" => Self::Rs384,
            "RS512" => Self::Rs512,
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "ES512" => Self::Es512,
            "EdDSA" => Self::EdDsa,
            _ => return None,
        })
    }
}

impl KeySet {
    /// Reads a key set. Keys that do not verify signatures, or cannot be read, are passed by.
    ///
    /// # Errors
    /// The text is no key set, or has no key of use.
    pub fn parse(text: &[u8]) -> Result<Self, InvalidKeySet> {
        let members = Json::parse(text).and_then(Json::into_members).ok_or(InvalidKeySet::Shape)?;
        let Some(Json::List(entries)) = member(&members, "keys") else { return Err(InvalidKeySet::Shape) };
        if entries.len() > MAX_KEYS {
            return Err(InvalidKeySet::TooMany);
        }
        let keys: Vec<Key> = entries.iter().flat_map(keys).collect();
        if keys.is_empty() { Err(InvalidKeySet::Empty) } else { Ok(Self { keys }) }
    }

    /// Whether a key has this id, whatever it is for.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|key| *key.id == *id)
    }

    /// The key with this id that signs with this algorithm.
    pub(super) fn find(&self, id: &str, algorithm: Algorithm) -> Option<&ParsedPublicKey> {
        let key = self.keys.iter().find(|key| *key.id == *id && key.algorithm == algorithm);
        key.map(|key| &key.public)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.id, self.algorithm)
    }
}

/// What one entry of a set verifies; a key that names no algorithm serves all of its kind.
fn keys(entry: &Json) -> Vec<Key> {
    let Json::Object(members) = entry else { return Vec::new() };
    let text = |name: &str| member(members, name).and_then(Json::as_text);
    let Some(id) = text("kid").filter(|_| verifies(members)) else { return Vec::new() };
    let named = member(members, "alg");
    let serves = |algorithm: &Algorithm| match named {
        None => true,
        Some(name) => name.as_text().and_then(Algorithm::parse) == Some(*algorithm),
    };
    let public = public_keys(&text).into_iter();
    public
        .filter(|(algorithm, _)| serves(algorithm))
        .map(|(algorithm, public)| Key { id: id.into(), algorithm, public })
        .collect()
}

/// Whether a key is for signatures as far as it says: `use` and `key_ops`.
fn verifies(members: &[(Box<str>, Json)]) -> bool {
    let usage = member(members, "use").is_none_or(|usage| usage.as_text() == Some("sig"));
    let operations = match member(members, "key_ops") {
        None => true,
        Some(Json::List(operations)) => operations.iter().any(|it| it.as_text() == Some("verify")),
        Some(_) => false,
    };
    usage && operations
}

fn public_keys<'m>(text: &impl Fn(&str) -> Option<&'m str>) -> Vec<(Algorithm, ParsedPublicKey)> {
    let bytes = |name: &str| text(name).and_then(base64url::decode);
    let keys = match text("kty") {
        Some("RSA") => bytes("n").zip(bytes("e")).map(|(n, e)| rsa(&n, &e)),
        Some("EC") => bytes("x").zip(bytes("y")).map(|(x, y)| elliptic(text("crv"), &x, &y)),
        Some("OKP") if text("crv") == Some("Ed25519") => {
            bytes("x").map(|x| parsed(Algorithm::EdDsa, &ED25519, &x))
        }
        _ => None,
    };
    keys.unwrap_or_default()
}

fn rsa(n: &[u8], e: &[u8]) -> Vec<(Algorithm, ParsedPublicKey)> {
    // Some issuers write the sign byte of their integers; the number is the same without.
    let n = &n[n.iter().take_while(|byte| **byte == 0).count()..];
    let components = RsaPublicKeyComponents { n, e };
    let key = |(algorithm, parameters)| Some((algorithm, components.to_parsed_public_key(parameters).ok()?));
    Algorithm::RSA.into_iter().filter_map(key).collect()
}

fn elliptic(curve: Option<&str>, x: &[u8], y: &[u8]) -> Vec<(Algorithm, ParsedPublicKey)> {
    let (algorithm, length, verifier): (_, _, &'static dyn VerificationAlgorithm) = match curve {
        Some("P-256") => (Algorithm::Es256, 32, &ECDSA_P256_SHA256_FIXED),
        Some("P-384") => (Algorithm::Es384, 48, &ECDSA_P384_SHA384_FIXED),
        Some("P-521") => (Algorithm::Es512, 66, &ECDSA_P521_SHA512_FIXED),
        _ => return Vec::new(),
    };
    if x.len() != length || y.len() != length {
        return Vec::new();
    }
    // SEC 1's uncompressed point.
    parsed(algorithm, verifier, &[&[4], x, y].concat())
}

fn parsed(
    algorithm: Algorithm,
    verifier: &'static dyn VerificationAlgorithm,
    bytes: &[u8],
) -> Vec<(Algorithm, ParsedPublicKey)> {
    ParsedPublicKey::new(verifier, bytes).map(|key| (algorithm, key)).into_iter().collect()
}
