//! Key sets against issuers on real sockets. The clock moves only where a test moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use stagedoor_base::Timestamp;
use stagedoor_engine::{KeySource, KeysFound, KeysOutcome, TokenIssuer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{FAILURE, FRESH, KeySets, ROTATION, SOURCES, USABLE};
use crate::buffers::Buffers;
use crate::upstream::{Refused, Settings, Trust, UpstreamLimits};

/// An Ed25519 key is short.
const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// An issuer that answers what it is told, and counts.
struct Issuer {
    url: String,
    asked: Arc<AtomicUsize>,
    answer: watch::Sender<Answer>,
}

#[derive(Clone)]
enum Answer {
    Text(u16, String),
    /// Accepts, and says nothing until told something else.
    Silence,
}

fn keys(ids: &[&str]) -> Answer {
    let keys: Vec<String> =
        ids.iter().map(|id| format!(r#"{{"kty":"OKP","crv":"Ed25519","kid":"{id}","x":"{X}"}}"#)).collect();
    Answer::Text(200, format!(r#"{{"keys":[{}]}}"#, keys.join(",")))
}

async fn issuer(first: Answer) -> Issuer {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (asked, (answer, answers)) = (Arc::<AtomicUsize>::default(), watch::channel(first));
    let issuer = Issuer { url, asked: Arc::clone(&asked), answer };
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let (asked, mut answers) = (Arc::clone(&asked), answers.clone());
            tokio::spawn(async move {
                let mut seen = Vec::new();
                while !seen.ends_with(b"\r\n\r\n") {
                    if socket.read_buf(&mut seen).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                asked.fetch_add(1, SeqCst);
                let wanted = answers.wait_for(|it| matches!(it, Answer::Text(..))).await.map(|it| it.clone());
                let Ok(Answer::Text(status, body)) = wanted else { return };
                let length = body.len();
                let location = "http://169.254.169.254/";
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nlocation: {location}\r\nconnection: close\r\n\r\n"
                );
                // Whoever asked may have lost patience.
                let _ = socket.write_all(format!("{head}{body}").as_bytes()).await;
            });
        }
    });
    issuer
}

fn sets(clock: fn() -> Timestamp) -> Arc<KeySets> {
    let settings = Settings::new(
        Arc::new(Refused::default()),
        Trust::new(None).unwrap(),
        1 << 20,
        Buffers::new(1 << 20),
        UpstreamLimits::default(),
    );
    KeySets::start(&settings, clock)
}

fn at(keys: KeySource) -> TokenIssuer {
    TokenIssuer { names: vec!["i".into()], keys, names_token_use: true }
}

fn served(issuer: &Issuer) -> TokenIssuer {
    at(KeySource::Url(format!("{}/keys", issuer.url).into()))
}

async fn find(sets: &Arc<KeySets>, issuer: &TokenIssuer, key_id: &str) -> KeysOutcome {
    match sets.find(issuer, key_id) {
        KeysFound::Known(outcome) => outcome,
        KeysFound::Waiting(answer) => tokio::time::timeout(Duration::from_secs(30), answer)
            .await
            .expect("an answer within the deadline"),
    }
}

/// Whether the key is among the issuer's; why there are none.
async fn has(sets: &Arc<KeySets>, issuer: &TokenIssuer, key_id: &str) -> Result<bool, String> {
    let outcome = find(sets, issuer, key_id).await;
    outcome.map(|keys| keys.has(key_id)).map_err(|failure| failure.0.to_string())
}

/// Until the issuer was asked so often; fetching in the background has no other sign.
async fn until_asked(issuer: &Issuer, times: usize) {
    let asked = async {
        while issuer.asked.load(SeqCst) < times {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asked).await.expect("a question within the deadline");
}

macro_rules! clock {
    ($name:ident) => {
        static NOW: AtomicU64 = AtomicU64::new(1_795_305_600_000);
        fn $name() -> Timestamp {
            Timestamp(NOW.load(SeqCst))
        }
        #[allow(unused)]
        fn pass(time: Duration) {
            NOW.fetch_add(u64::try_from(time.as_millis()).unwrap(), SeqCst);
        }
    };
}

#[tokio::test]
async fn keys_are_fetched_once_for_all() {
    clock!(clock);
    let issuer = issuer(keys(&["a", "b"])).await;
    let (sets, wanted) = (sets(clock), served(&issuer));
    let mut waiting = Vec::new();
    for _ in 0..20 {
        match sets.find(&wanted, "a") {
            KeysFound::Waiting(answer) => waiting.push(answer),
            KeysFound::Known(_) => panic!("nobody had an answer yet"),
        }
    }
    for answer in waiting {
        assert!(answer.await.unwrap().has("a"));
    }
    for id in ["a", "b", "a"] {
        assert!(matches!(sets.find(&wanted, id), KeysFound::Known(Ok(_))));
    }
    assert_eq!(issuer.asked.load(SeqCst), 1);
}

#[tokio::test]
async fn an_unknown_key_is_reason_to_ask_once_in_a_while() {
    clock!(clock);
    let issuer = issuer(keys(&["a"])).await;
    let (sets, wanted) = (sets(clock), served(&issuer));
    assert_eq!(has(&sets, &wanted, "a").await, Ok(true));
    issuer.answer.send(keys(&["b"])).unwrap();
    assert_eq!(has(&sets, &wanted, "b").await, Ok(true), "rotated");
    for id in ["x", "y", "a"] {
        assert_eq!(has(&sets, &wanted, id).await, Ok(false), "{id}");
    }
    assert_eq!(issuer.asked.load(SeqCst), 2);
    pass(ROTATION);
    issuer.answer.send(keys(&["b", "c"])).unwrap();
    assert_eq!(has(&sets, &wanted, "c").await, Ok(true));
    assert_eq!(issuer.asked.load(SeqCst), 3);
}

#[tokio::test]
async fn known_keys_never_wait_and_are_renewed() {
    clock!(clock);
    let issuer = issuer(keys(&["a"])).await;
    let (sets, wanted) = (sets(clock), served(&issuer));
    assert_eq!(has(&sets, &wanted, "a").await, Ok(true));
    issuer.answer.send(Answer::Silence).unwrap();
    pass(FRESH.1);
    for _ in 0..5 {
        assert!(matches!(sets.find(&wanted, "a"), KeysFound::Known(Ok(_))));
    }
    until_asked(&issuer, 2).await;
    let rotated = sets.find(&wanted, "b");
    issuer.answer.send(keys(&["b"])).unwrap();
    let KeysFound::Waiting(rotated) = rotated else { panic!("the question is still open") };
    assert!(rotated.await.unwrap().has("b"));
    assert_eq!(issuer.asked.load(SeqCst), 2);
}

#[tokio::test]
async fn without_keys_nobody_is_let_in() {
    clock!(clock);
    let issuer = issuer(Answer::Text(503, String::new())).await;
    let (sets, wanted) = (sets(clock), served(&issuer));
    let refused = has(&sets, &wanted, "a").await.unwrap_err();
    assert!(refused.ends_with("/keys answered 503"), "{refused}");
    assert_eq!(has(&sets, &wanted, "a").await, Err(refused), "remembered");
    assert_eq!(issuer.asked.load(SeqCst), 1);
    issuer.answer.send(keys(&["a"])).unwrap();
    pass(FAILURE);
    assert_eq!(has(&sets, &wanted, "a").await, Ok(true));
    // Keys outlive an outage, but not for ever; an unknown one is refused, and asked for no more often.
    issuer.answer.send(Answer::Text(500, String::new())).unwrap();
    assert_eq!(has(&sets, &wanted, "b").await, Ok(false));
    assert_eq!(has(&sets, &wanted, "a").await, Ok(true));
    pass(USABLE);
    let refused = has(&sets, &wanted, "a").await.unwrap_err();
    assert!(refused.ends_with("answered 500"), "{refused}");
}

#[tokio::test]
async fn what_is_no_key_set_is_no_keys() {
    clock!(clock);
    let huge = format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(200_000));
    let table = [
        (200, "<html>", "no JSON object with a list `keys`"),
        (200, r#"{"keys":[]}"#, "none of its keys"),
        (200, r#"{"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]}"#, "none of its keys"),
        (302, "", "redirects are not followed"),
        (404, "{}", "answered 404"),
        (200, &huge, "too large"),
    ];
    for (status, body, expected) in table {
        let issuer = issuer(Answer::Text(status, body.to_owned())).await;
        let refused = has(&sets(clock), &served(&issuer), "a").await.unwrap_err();
        assert!(refused.contains(expected), "{refused}");
    }
    let refused = has(&sets(clock), &at(KeySource::Url("http://169.254.169.254/keys".into())), "a").await;
    assert!(refused.unwrap_err().contains("link-local"));
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = has(&sets(clock), &at(KeySource::Url(format!("http://{closed}/").into())), "a").await;
    assert!(refused.unwrap_err().contains("refused"));
}

#[tokio::test]
async fn a_slow_issuer_holds_nobody_else() {
    clock!(clock);
    let (slow, quick) = (issuer(Answer::Silence).await, issuer(keys(&["a"])).await);
    let sets = sets(clock);
    let KeysFound::Waiting(waiting) = sets.find(&served(&slow), "a") else { panic!("nobody has answered") };
    until_asked(&slow, 1).await;
    assert_eq!(has(&sets, &served(&quick), "a").await, Ok(true));
    let outcome = tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("a deadline");
    let said = outcome.unwrap_err().0;
    assert!(said.contains("no answer within 5 s"), "{said}");
}

/// Whoever names many issuers drives out nobody whose keys count longer.
#[tokio::test]
async fn many_sources_drive_out_the_least() {
    clock!(clock);
    let (issuer, folder) = (issuer(keys(&["a"])).await, tempfile::tempdir().unwrap());
    let (sets, wanted) = (sets(clock), served(&issuer));
    assert_eq!(has(&sets, &wanted, "a").await, Ok(true));
    for number in 0..SOURCES + 20 {
        let lost = at(KeySource::File(folder.path().join(number.to_string())));
        assert!(has(&sets, &lost, "a").await.unwrap_err().contains("No such file"));
    }
    assert!(matches!(sets.find(&wanted, "a"), KeysFound::Known(Ok(_))));
    assert_eq!(sets.lock().len(), SOURCES);
}

#[tokio::test]
async fn more_sources_are_not_asked_at_a_time() {
    clock!(clock);
    let (issuer, folder) = (issuer(Answer::Silence).await, tempfile::tempdir().unwrap());
    let sets = sets(clock);
    // Nothing runs between the questions: this runtime has one thread, and nobody waits.
    let asked: Vec<_> = (0..SOURCES)
        .map(|number| sets.find(&at(KeySource::File(folder.path().join(number.to_string()))), "a"))
        .collect();
    assert!(asked.iter().all(|found| matches!(found, KeysFound::Waiting(_))));
    let KeysFound::Known(Err(refused)) = sets.find(&served(&issuer), "a") else { panic!("there is no room") };
    assert!(refused.0.contains("1024 other issuers are being asked"), "{}", refused.0);
    assert_eq!(sets.lock().len(), SOURCES);
}

#[tokio::test]
async fn discovery_leads_to_the_keys() {
    clock!(clock);
    let jwks = issuer(keys(&["a"])).await;
    let discovery = issuer(Answer::Silence).await;
    let wanted = at(KeySource::Discovery(discovery.url.clone().into()));
    let tell = |issuer: &str, uri: &str| {
        let document = format!(r#"{{"issuer":"{issuer}","jwks_uri":"{uri}","x":1}}"#);
        discovery.answer.send(Answer::Text(200, document)).unwrap();
    };
    tell(&discovery.url, &jwks.url);
    assert_eq!(has(&sets(clock), &wanted, "a").await, Ok(true));
    for (issuer, uri, expected) in [
        ("http://evil.example.com", jwks.url.as_str(), "is of \"http://evil.example.com\""),
        (&discovery.url, "file:///etc/passwd", "to another host"),
        (&discovery.url, "ftp://127.0.0.1/keys", "is no URL"),
        (&discovery.url, "http://169.254.169.254/keys", "to another host"),
    ] {
        tell(issuer, uri);
        let refused = has(&sets(clock), &wanted, "a").await.unwrap_err();
        assert!(refused.contains(expected), "{refused}");
    }
    discovery.answer.send(Answer::Text(200, "{}".to_owned())).unwrap();
    assert!(has(&sets(clock), &wanted, "a").await.unwrap_err().contains("no `issuer` and `jwks_uri`"));
}

#[tokio::test]
async fn keys_may_stand_in_a_file() {
    clock!(clock);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    let (sets, wanted) = (sets(clock), at(KeySource::File(path.clone())));
    assert!(has(&sets, &wanted, "a").await.unwrap_err().contains("No such file"));
    let Answer::Text(_, text) = keys(&["a"]) else { panic!("a text") };
    std::fs::write(&path, text).unwrap();
    pass(FAILURE);
    assert_eq!(has(&sets, &wanted, "a").await, Ok(true));
    std::fs::write(&path, vec![b' '; 200_000]).unwrap();
    pass(USABLE);
    assert!(has(&sets, &wanted, "a").await.unwrap_err().contains("more than 150000 bytes"));
}
