//! Cognito user pools in the engine: what is asked of the issuer's keys, and for how long a token is remembered. The clock is
//! the test's.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use stagedoor_auth::jwt::KeySet;
use stagedoor_base::Timestamp;
use stagedoor_engine::{Issuers, KeySetFailure, KeysFound, TokenIssuer, VerifiedTokens};
use stagedoor_model::{AuthorizationType, Authorizer, AuthorizerType, HttpMethod, Method, MethodResponse};
use stagedoor_program::StageView;

use crate::support::{Gateway, Outcome, api, call, mock, put_method};

const POOL: &str = "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Abc";
const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc";
/// When the calls arrive, in seconds.
const NOW: u64 = 1_795_352_155;

static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn key_set() -> Arc<KeySet> {
    // PKCS #1 in DER: behind nine bytes of types and lengths stands a modulus of 2048 bits; the exponent is 65537.
    let modulus = encode(&KEY.public_key().as_ref()[9..265]);
    let text = format!(r#"{{"keys":[{{"kty":"RSA","kid":"k","n":"{modulus}","e":"AQAB"}}]}}"#);
    Arc::new(KeySet::parse(text.as_bytes()).unwrap())
}

/// A token for an hour, with more claims.
fn token(claims: &str) -> String {
    let exp = NOW + 3600;
    let payload = format!(r#"{{"iss":"{ISSUER}","token_use":"id","exp":{exp},{claims}}}"#);
    let signed = format!("{}.{}", encode(r#"{"alg":"RS256","kid":"k"}"#), encode(payload));
    let mut signature = vec![0; KEY.public_modulus_len()];
    KEY.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", encode(signature))
}

type Answers = Arc<Mutex<VecDeque<KeysFound>>>;

/// A gateway whose only method asks for a token, and how often it asked for keys.
struct House {
    gateway: Gateway,
    asked: Arc<AtomicUsize>,
    verified: Arc<VerifiedTokens>,
}

impl House {
    fn new(ttl_seconds: u32) -> Self {
        Self::with_keys(ttl_seconds, Arc::default())
    }

    /// The first answers about keys are these; later ones have them.
    fn with_keys(ttl_seconds: u32, answers: Answers) -> Self {
        let mut tree = api();
        let mut method = Method::open(HttpMethod::Get);
        method.authorization_type = AuthorizationType::CognitoUserPools;
        method.authorizer_id = Some("auth".to_owned());
        method.integration = Some(mock(r#"{"statusCode":200}"#, "$context.authorizer.claims.sub"));
        method.responses.insert(200, MethodResponse { status: 200, parameters: None, models: None });
        put_method(&mut tree, "/x", method);
        let authorizer = Authorizer {
            provider_arns: vec![POOL.to_owned()],
            identity_source: Some("method.request.header.Authorization".to_owned()),
            result_ttl_seconds: Some(ttl_seconds),
            ..Authorizer::new("auth".to_owned(), "people".to_owned(), AuthorizerType::CognitoUserPools)
        };
        tree.authorizers.insert("auth".to_owned(), authorizer);
        let mut gateway = Gateway::of(tree);
        let (asked, verified) = (Arc::<AtomicUsize>::default(), Arc::<VerifiedTokens>::default());
        let (counter, tokens, keys) = (Arc::clone(&asked), Arc::clone(&verified), key_set());
        gateway.issuers = Arc::new(move || {
            let (counter, answers, keys) = (Arc::clone(&counter), Arc::clone(&answers), Arc::clone(&keys));
            let find = move |_: &Arc<TokenIssuer>, _: &str| {
                counter.fetch_add(1, SeqCst);
                let next = answers.lock().unwrap().pop_front();
                next.unwrap_or_else(|| KeysFound::Known(Ok(Arc::clone(&keys))))
            };
            Issuers { keys: Box::new(find), verified: Arc::clone(&tokens), ..Issuers::default() }
        });
        Self { gateway, asked, verified }
    }

    /// A call that arrives so many seconds later.
    fn call(&self, token: &str, later: u64) -> Outcome {
        let mut inbound = call("GET", "/dev/x", &[("Authorization", token)], b"");
        inbound.head.received = Timestamp((NOW + later) * 1000);
        self.gateway.send(inbound)
    }

    fn asked(&self) -> usize {
        self.asked.load(SeqCst)
    }
}

#[test]
fn a_token_is_verified_once_in_its_time() {
    let house = House::new(300);
    let (ann, bob) = (token(r#""sub":"ann""#), token(r#""sub":"bob""#));
    for (token, later, sub, asked) in [
        (&ann, 0, "ann", 1),
        (&ann, 299, "ann", 1),
        (&bob, 299, "bob", 2),
        (&ann, 300, "ann", 3),
        (&bob, 300, "bob", 3),
    ] {
        let outcome = house.call(token, later);
        assert_eq!((outcome.status(), outcome.body(), house.asked()), (200, sub, asked), "{later}");
    }
    house.verified.clear();
    assert_eq!(house.call(&ann, 300).body(), "ann");
    assert_eq!(house.asked(), 4);
}

#[test]
fn a_token_is_never_remembered_beyond_its_end() {
    let house = House::new(3600);
    let token = token(r#""sub":"ann""#);
    assert_eq!(house.call(&token, 1800).status(), 200);
    assert_eq!(house.call(&token, 3599).status(), 200);
    let expired = house.call(&token, 3600);
    assert_eq!((expired.status(), expired.body()), (401, r#"{"message":"The incoming token has expired"}"#));
}

#[test]
fn without_time_nothing_is_remembered() {
    let house = House::new(0);
    let token = token(r#""sub":"ann""#);
    for asked in 1..4 {
        assert_eq!((house.call(&token, 0).status(), house.asked()), (200, asked));
    }
}

#[test]
fn a_refusal_is_not_remembered() {
    let refused = || KeysFound::Known(Err(KeySetFailure("away".into())));
    let waited = KeysFound::Waiting(Box::pin(std::future::ready(Ok(key_set()))));
    let late = KeysFound::Waiting(Box::pin(std::future::ready(Err(KeySetFailure("late".into())))));
    let house = House::with_keys(300, Arc::new(Mutex::new([refused(), late, waited].into())));
    let token = token(r#""sub":"ann""#);
    for reason in ["away", "late"] {
        let outcome = house.call(&token, 0);
        assert_eq!((outcome.status(), outcome.body()), (500, r#"{"message":null}"#));
        assert!(outcome.log[0].contains("AUTHORIZER_CONFIGURATION_ERROR"), "{:?}", outcome.log);
        assert!(outcome.log[0].ends_with(&format!("/.well-known/jwks.json: {reason}")), "{:?}", outcome.log);
    }
    assert_eq!((house.call(&token, 0).status(), house.asked()), (200, 3));
    assert_eq!((house.call(&token, 1).status(), house.asked()), (200, 3));
}

#[test]
fn a_token_from_elsewhere_asks_for_no_keys() {
    let house = House::new(300);
    let header = encode(r#"{"alg":"RS256","kid":"k"}"#);
    for payload in [r#"{"iss":"https://evil.example.com"}"#, "{}", "[]", r#"{"iss":["x"]}"#] {
        let outcome = house.call(&format!("{header}.{}.AAAA", encode(payload)), 0);
        assert_eq!((outcome.status(), house.asked()), (401, 0), "{payload}");
    }
}

#[test]
fn stages_do_not_share_what_they_know() {
    let mut house = House::new(300);
    let token = token(r#""sub":"ann""#);
    assert_eq!((house.call(&token, 0).status(), house.asked()), (200, 1));
    let stage = Arc::new(StageView::bare("dev".into()));
    let deployment = Arc::clone(&house.gateway.program.deployment);
    house.gateway.program = Arc::new(stagedoor_engine::Program::of(deployment, stage));
    assert_eq!((house.call(&token, 0).status(), house.asked()), (200, 2));
}
