//! No token counts whose signature nobody made, whatever its parts and the key set say; what is refused is refused calmly.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use stagedoor_auth::jwt::{Algorithm, Claims, InvalidToken, KeySet, TimeRules, Token};
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

/// A token as it is sent; or a header, a payload, a signature and a key set, in a line each.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let _ = Token::parse(&input, &ALL);
    let mut lines = input.splitn(4, '\n');
    let [header, payload, signature, keys] = std::array::from_fn(|_| lines.next().unwrap_or_default());
    let keys = KeySet::parse(keys.as_bytes()).unwrap_or_default();
    let token = [header, payload, signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    if let Ok(token) = Token::parse(&token, &ALL) {
        assert!(!token.key_id().is_empty(), "a token that names no key");
        let refused = token.verify(&keys).map(|claims| look(&claims));
        let refused = refused.expect_err("a signature that nobody made");
        assert!(matches!(refused, InvalidToken::UnknownKey | InvalidToken::Signature), "{refused}");
    }
}

fn look(claims: &Claims) {
    let rules = TimeRules { late: std::time::Duration::ZERO, early: std::time::Duration::ZERO };
    let _ = claims.check_times(Timestamp(0), rules);
    let _ = (claims.scopes().count(), claims.audiences().count());
}

/// Headers that try things, payloads as issuers write them, and key sets of every kind.
pub fn corpus() -> Vec<Vec<u8>> {
    const KEYS: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig"},{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"},{"kty":"RSA","kid":"k","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","key_ops":["verify"]},{"kty":"oct","kid":"k","k":"c2VjcmV0"}]}"#;
    const PAYLOAD: &str = r#"{"iss":"https://i","aud":["a","b"],"scope":"x y","exp":99999999999,"nbf":0.5,"iat":1,"n":{"d":[null,true,-1e3]}}"#;
    let headers = [
        r#"{"alg":"RS256","kid":"k"}"#,
        r#"{"alg":"ES256","kid":"k","typ":"JWT"}"#,
        r#"{"alg":"EdDSA","kid":"k","crit":["b64"],"b64":false}"#,
        r#"{"alg":"none","kid":"k"}"#,
        r#"{"alg":"HS256","kid":"k","jwk":{"kty":"oct","k":"AA"}}"#,
    ];
    let made = headers.iter().map(|header| format!("{header}\n{PAYLOAD}\n{}\n{KEYS}", "\u{1}".repeat(64)));
    let sent = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.eyJpc3MiOiJpIn0.AAAA".to_owned();
    made.chain([sent]).map(String::into_bytes).collect()
}
