//! Tokens, good and forged, against key sets.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::sync::LazyLock;
use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
    RSA_PKCS1_SHA512, RsaEncoding, RsaKeyPair,
};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use stagedoor_auth::jwt::{Algorithm, Claims, InvalidKeySet, InvalidToken, KeySet, Part, TimeRules, Token};
use stagedoor_base::Timestamp;

const ALL: [Algorithm; 7] = [
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Es256,
    Algorithm::Es384,
    Algorithm::Es512,
    Algorithm::EdDsa,
];

static RSA: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());
static OTHER: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn jwk(pair: &RsaKeyPair, id: &str) -> Value {
    // PKCS #1 in DER: behind nine bytes of types and lengths stands a modulus of 2048 bits; the exponent is 65537.
    let modulus = &pair.public_key().as_ref()[9..265];
    json!({"kty": "RSA", "kid": id, "use": "sig", "n": encode(modulus), "e": "AQAB"})
}

fn with(mut object: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        object[name] = value.clone();
    }
    object
}

fn key_set(keys: &[Value]) -> Result<KeySet, InvalidKeySet> {
    KeySet::parse(json!({"keys": keys}).to_string().as_bytes())
}

fn rsa_signed(pair: &RsaKeyPair, encoding: &'static dyn RsaEncoding, text: &str) -> Vec<u8> {
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    signature
}

/// A token of these parts; the signature covers what the parts say.
fn token_of(header: &str, payload: &str, sign: impl FnOnce(&str) -> Vec<u8>) -> String {
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = encode(sign(&signed));
    format!("{signed}.{signature}")
}

fn rs256(header: &str, payload: &str) -> String {
    token_of(header, payload, |text| rsa_signed(&RSA, &RSA_PKCS1_SHA256, text))
}

const HEADER: &str = r#"{"alg":"RS256","kid":"k1"}"#;

fn verified(token: &str, allowed: &[Algorithm], keys: &KeySet) -> Result<Claims, InvalidToken> {
    Token::parse(token, allowed)?.verify(keys)
}

fn refusal(token: &str) -> Option<InvalidToken> {
    verified(token, &ALL, &key_set(&[jwk(&RSA, "k1")]).unwrap()).err()
}

#[test]
fn claims_come_from_a_good_token() {
    let token = rs256(HEADER, r#"{"iss":"https://i","sub":"s","n":[1,"a"]}"#);
    let parsed = Token::parse(&token, &[Algorithm::Rs256]).unwrap();
    assert_eq!((parsed.key_id(), parsed.claimed_issuer()), ("k1", Some("https://i")));
    let claims = parsed.verify(&key_set(&[jwk(&OTHER, "k0"), jwk(&RSA, "k1")]).unwrap()).unwrap();
    let printed: Vec<String> = claims.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(printed, [r#"iss="https://i""#, r#"sub="s""#, r#"n=[1,"a"]"#]);
}

#[test]
fn every_algorithm_verifies_its_own_signatures_only() {
    let random = SystemRandom::new();
    let elliptic = |curve: &str, algorithm: &'static EcdsaSigningAlgorithm| {
        let pair = EcdsaKeyPair::generate(algorithm).unwrap();
        let point = pair.public_key().as_ref();
        let (x, y) = point[1..].split_at(point.len() / 2);
        (json!({"kty": "EC", "crv": curve, "kid": curve, "x": encode(x), "y": encode(y)}), pair)
    };
    let (p256, sign256) = elliptic("P-256", &ECDSA_P256_SHA256_FIXED_SIGNING);
    let (p384, sign384) = elliptic("P-384", &ECDSA_P384_SHA384_FIXED_SIGNING);
    let (p521, sign521) = elliptic("P-521", &ECDSA_P521_SHA512_FIXED_SIGNING);
    let ed = Ed25519KeyPair::generate().unwrap();
    let okp = json!({"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": encode(ed.public_key())});
    let keys = key_set(&[jwk(&RSA, "rsa"), p256, p384, p521, okp]).unwrap();
    type Sign<'s> = Box<dyn Fn(&str) -> Vec<u8> + 's>;
    let ecdsa = |pair: EcdsaKeyPair| -> Sign<'_> {
        let random = &random;
        Box::new(move |text| pair.sign(random, text.as_bytes()).unwrap().as_ref().to_vec())
    };
    let table: [(&str, &str, Sign<'_>); 7] = [
        ("RS256", "rsa", Box::new(|text| rsa_signed(&RSA, &RSA_PKCS1_SHA256, text))),
        ("RS384", "rsa", Box::new(|text| rsa_signed(&RSA, &RSA_PKCS1_SHA384, text))),
        ("RS512", "rsa", Box::new(|text| rsa_signed(&RSA, &RSA_PKCS1_SHA512, text))),
        ("ES256", "P-256", ecdsa(sign256)),
        ("ES384", "P-384", ecdsa(sign384)),
        ("ES512", "P-521", ecdsa(sign521)),
        ("EdDSA", "ed", Box::new(|text| ed.sign(text.as_bytes()).as_ref().to_vec())),
    ];
    for (signer, key, sign) in &table {
        for (named, _, _) in &table {
            let header = format!(r#"{{"alg":"{named}","kid":"{key}"}}"#);
            let token = token_of(&header, "{}", sign);
            let outcome = verified(&token, &ALL, &keys);
            if named == signer {
                assert!(outcome.is_ok(), "{named} {outcome:?}");
                let allowed: Vec<_> =
                    ALL.into_iter().filter(|it| Algorithm::parse(named) != Some(*it)).collect();
                assert_eq!(verified(&token, &allowed, &keys).err(), Some(InvalidToken::Algorithm), "{named}");
            } else {
                assert!(outcome.is_err(), "signed by {signer}, named {named}");
            }
        }
    }
}

/// The secret that a careless verifier would use: what everybody can read of the public key.
fn hmac_with_public_key(text: &str) -> Vec<u8> {
    let public = jwk(&RSA, "k1").to_string();
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public.as_bytes()), text.as_bytes()).as_ref().to_vec()
}

#[test]
fn forged_algorithms_are_refused() {
    let none = |name: &str| token_of(&format!(r#"{{"alg":"{name}","kid":"k1"}}"#), "{}", |_| Vec::new());
    for name in ["none", "None", "NONE", "nOnE", "", "RS256 ", "rs256", "RS1", "PS256", "ES256K"] {
        assert_eq!(refusal(&none(name)), Some(InvalidToken::Algorithm), "{name}");
    }
    let secret = token_of(r#"{"alg":"HS256","kid":"k1"}"#, "{}", hmac_with_public_key);
    assert_eq!(refusal(&secret), Some(InvalidToken::Algorithm));
    let stripped = token_of(HEADER, "{}", |_| Vec::new());
    assert_eq!(refusal(&stripped), Some(InvalidToken::Signature));
    let hash =
        token_of(HEADER, "{}", |text| digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec());
    assert_eq!(refusal(&hash), Some(InvalidToken::Signature));
    for header in [r#"{"kid":"k1"}"#, r#"{"alg":null,"kid":"k1"}"#, r#"{"alg":["RS256"],"kid":"k1"}"#] {
        assert_eq!(refusal(&rs256(header, "{}")), Some(InvalidToken::Algorithm), "{header}");
    }
}

#[test]
fn a_token_cannot_bring_its_own_key() {
    let sign = |text: &str| rsa_signed(&OTHER, &RSA_PKCS1_SHA256, text);
    for (name, value) in [
        ("jwk", jwk(&OTHER, "k1")),
        ("jku", json!("https://evil.example.com/keys")),
        ("x5u", json!("https://evil.example.com/cert")),
        ("x5c", json!(["MIIB"])),
    ] {
        let header = json!({"alg": "RS256", "kid": "k1", name: value}).to_string();
        assert_eq!(refusal(&token_of(&header, "{}", sign)), Some(InvalidToken::Signature), "{name}");
    }
}

#[test]
fn keys_are_chosen_by_their_id() {
    let table = [
        (r#"{"alg":"RS256"}"#, InvalidToken::NoKeyId),
        (r#"{"alg":"RS256","kid":""}"#, InvalidToken::NoKeyId),
        (r#"{"alg":"RS256","kid":7}"#, InvalidToken::NoKeyId),
        (r#"{"alg":"RS256","kid":"K1"}"#, InvalidToken::UnknownKey),
        (r#"{"alg":"RS256","kid":"../k1"}"#, InvalidToken::UnknownKey),
        (r#"{"alg":"RS256","kid":"k1' OR '1'='1"}"#, InvalidToken::UnknownKey),
        (r#"{"alg":"ES256","kid":"k1"}"#, InvalidToken::UnknownKey),
        (r#"{"alg":"RS256","kid":"k1","crit":["exp"]}"#, InvalidToken::Critical),
        (r#"{"alg":"RS256","kid":"k1","crit":[]}"#, InvalidToken::Critical),
    ];
    for (header, expected) in table {
        assert_eq!(refusal(&rs256(header, "{}")), Some(expected), "{header}");
    }
    let keys = key_set(&[jwk(&OTHER, "k1"), jwk(&RSA, "k2")]).unwrap();
    assert_eq!(verified(&rs256(HEADER, "{}"), &ALL, &keys).err(), Some(InvalidToken::Signature));
}

#[test]
fn a_changed_token_is_refused() {
    let good = rs256(HEADER, r#"{"sub":"me"}"#);
    assert_eq!(refusal(&good), None);
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let other = encode(r#"{"sub":"you"}"#);
    let spaced = encode(r#"{"alg":"RS256", "kid":"k1"}"#);
    let table = [
        (format!("{header}.{other}.{signature}"), InvalidToken::Signature),
        (format!("{spaced}.{payload}.{signature}"), InvalidToken::Signature),
        (format!("{header}.{payload}."), InvalidToken::Signature),
        (format!("{header}.{payload}.{}", &signature[4..]), InvalidToken::Signature),
        (format!("{header}.{payload}.{signature}="), InvalidToken::Encoding(Part::Signature)),
        (format!("{header}.{payload}.{signature} "), InvalidToken::Encoding(Part::Signature)),
        (format!("{header}.{payload}.+{}", &signature[1..]), InvalidToken::Encoding(Part::Signature)),
        (format!("{header}.{payload}"), InvalidToken::Parts),
        (format!("{header}.{payload}.x.{signature}"), InvalidToken::Parts),
        (format!("{header}.{payload}.{signature}.x"), InvalidToken::Parts),
        (String::new(), InvalidToken::Parts),
        ("..".to_owned(), InvalidToken::Json(Part::Header)),
        (".......".to_owned(), InvalidToken::Parts),
        (format!("{payload}.{header}.{signature}"), InvalidToken::Algorithm),
        (format!("{}{good}", "x".repeat(Token::MAX_BYTES)), InvalidToken::TooLong(Token::MAX_BYTES)),
    ];
    for (token, expected) in table {
        assert_eq!(refusal(&token), Some(expected), "{:.80}", token);
    }
}

#[test]
fn only_plain_objects_are_read() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
    for payload in
        ["[]", "7", "", "null", "{\"a\":1,\"a\":2}", "{\"sub\":\"a\",\"sub\":\"b\"}", "{", "{} {}", &*deep]
    {
        assert_eq!(refusal(&rs256(HEADER, payload)), Some(InvalidToken::Json(Part::Payload)), "{payload}");
    }
    let twice = r#"{"alg":"none","alg":"RS256","kid":"k1"}"#;
    assert_eq!(refusal(&rs256(twice, "{}")), Some(InvalidToken::Json(Part::Header)));
}

#[test]
fn keys_of_other_kinds_are_passed_by() {
    let rsa = || jwk(&RSA, "k1");
    let short = RsaKeyPair::generate(KeySize::Rsa2048).unwrap().public_key().as_ref()[..64].to_vec();
    let table = [
        (rsa(), None),
        (with(rsa(), &json!({"alg": "RS256"})), None),
        (with(rsa(), &json!({"use": null})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"use": "enc"})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"key_ops": ["verify"]})), None),
        (with(rsa(), &json!({"key_ops": ["encrypt"]})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"alg": "HS256"})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"alg": "none"})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"kid": 7})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"n": "@"})), Some(InvalidKeySet::Empty)),
        (with(rsa(), &json!({"e": ""})), Some(InvalidKeySet::Empty)),
        (json!({"kty": "oct", "kid": "k1", "k": encode("secret")}), Some(InvalidKeySet::Empty)),
        (
            json!({"kty": "EC", "crv": "P-256", "kid": "k1", "x": encode([1; 32]), "y": encode([1; 32])}),
            Some(InvalidKeySet::Empty),
        ),
        (
            json!({"kty": "EC", "crv": "P-256", "kid": "k1", "x": encode(short), "y": ""}),
            Some(InvalidKeySet::Empty),
        ),
        (json!("k1"), Some(InvalidKeySet::Empty)),
    ];
    for (key, expected) in table {
        assert_eq!(key_set(std::slice::from_ref(&key)).err(), expected, "{key}");
    }
    let many = vec![rsa(); 65];
    assert_eq!(key_set(&many).err(), Some(InvalidKeySet::TooMany));
    for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[],"keys":[]}"#, "<html>"] {
        assert_eq!(KeySet::parse(text.as_bytes()).err(), Some(InvalidKeySet::Shape), "{text}");
    }
}

#[test]
fn a_key_that_names_its_algorithm_serves_no_other() {
    let keys = key_set(&[with(jwk(&RSA, "k1"), &json!({"alg": "RS512"}))]).unwrap();
    assert_eq!(verified(&rs256(HEADER, "{}"), &ALL, &keys).err(), Some(InvalidToken::UnknownKey));
}

#[test]
fn short_keys_verify_nothing() {
    // A modulus of 1024 bits can be factored by whoever has money.
    let modulus: Vec<u8> = (0..128).map(|at| if at == 0 || at == 127 { 0xc1 } else { at }).collect();
    let keys = key_set(&[json!({"kty": "RSA", "kid": "k1", "n": encode(modulus), "e": "AQAB"})]);
    if let Ok(keys) = keys {
        let token = token_of(HEADER, "{}", |_| vec![1; 128]);
        assert_eq!(verified(&token, &ALL, &keys).err(), Some(InvalidToken::Signature));
    }
}

#[test]
fn times_are_checked() {
    const NOW: Timestamp = Timestamp(1_000_000);
    let rules = TimeRules { late: Duration::ZERO, early: Duration::from_secs(60) };
    let table = [
        (json!({"exp": 1001}), None),
        (json!({"exp": 1000}), Some(InvalidToken::Expired)),
        (json!({"exp": 1000.9}), Some(InvalidToken::Expired)),
        (json!({"exp": 0}), Some(InvalidToken::Expired)),
        (json!({}), Some(InvalidToken::Missing("exp"))),
        (json!({"exp": null}), Some(InvalidToken::Claim("exp"))),
        (json!({"exp": "1001"}), Some(InvalidToken::Claim("exp"))),
        (json!({"exp": -1}), Some(InvalidToken::Claim("exp"))),
        (json!({"exp": 1e30}), Some(InvalidToken::Claim("exp"))),
        (json!({"exp": u64::MAX}), Some(InvalidToken::Claim("exp"))),
        (json!({"exp": [1001]}), Some(InvalidToken::Claim("exp"))),
        (json!({"exp": 2000, "nbf": 1060, "iat": 1060}), None),
        (json!({"exp": 2000, "nbf": 1061}), Some(InvalidToken::NotYetValid)),
        (json!({"exp": 2000, "iat": 1061}), Some(InvalidToken::NotYetValid)),
        (json!({"exp": 2000, "nbf": true}), Some(InvalidToken::Claim("nbf"))),
        (json!({"exp": 2000, "iat": "now"}), Some(InvalidToken::Claim("iat"))),
    ];
    let keys = key_set(&[jwk(&RSA, "k1")]).unwrap();
    for (payload, expected) in table {
        let claims = verified(&rs256(HEADER, &payload.to_string()), &ALL, &keys).unwrap();
        assert_eq!(claims.check_times(NOW, rules).err(), expected, "{payload}");
    }
}

#[test]
fn scopes_and_audiences_have_two_forms() {
    let keys = key_set(&[jwk(&RSA, "k1")]).unwrap();
    let table = [
        (json!({"scope": "a b  c", "aud": "x"}), "a b c", "x"),
        (json!({"scp": ["a", "b", 7], "aud": ["x", "y", null]}), "a b", "x y"),
        (json!({"scp": "a"}), "a", ""),
        (json!({"scope": "", "scp": ["hidden"]}), "", ""),
        (json!({"scope": {"a": 1}, "aud": {"x": 1}}), "", ""),
    ];
    for (payload, scopes, audiences) in table {
        let claims = verified(&rs256(HEADER, &payload.to_string()), &ALL, &keys).unwrap();
        assert_eq!(claims.scopes().collect::<Vec<_>>().join(" "), scopes, "{payload}");
        assert_eq!(claims.audiences().collect::<Vec<_>>().join(" "), audiences, "{payload}");
    }
}
