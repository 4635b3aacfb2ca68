//! Roles against an STS on a real socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use stagedoor_auth::sigv4::Secret;
use stagedoor_base::Timestamp;
use stagedoor_engine::{Endpoint, Endpoints, RoleFailure, RoleRequest};
use stagedoor_program::AwsService;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::super::{CredentialsConfig, Keys, RoleStep, Source};
use super::{MARGIN, Roles};
use crate::buffers::Buffers;
use crate::upstream::{Refused, Settings, Trust, UpstreamLimits};

const HOUR: u64 = 3_600_000;
/// 2026-11-22T00:00:00Z.
const START: u64 = 1_795_305_600_000;

/// An STS that gives each caller keys for an hour from `clock` on, and counts.
struct Sts {
    url: String,
    asked: Arc<AtomicUsize>,
    /// The status to answer with.
    status: Arc<AtomicUsize>,
}

async fn sts(clock: fn() -> Timestamp) -> Sts {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (asked, status) = (Arc::<AtomicUsize>::default(), Arc::new(AtomicUsize::new(200)));
    let sts = Sts { url, asked: Arc::clone(&asked), status: Arc::clone(&status) };
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut seen = Vec::new();
            while !String::from_utf8_lossy(&seen).contains("RoleSessionName=") {
                socket.read_buf(&mut seen).await.unwrap();
            }
            let seen = String::from_utf8_lossy(&seen).into_owned();
            let number = asked.fetch_add(1, SeqCst) + 1;
            let role = seen.split("RoleArn=").nth(1).and_then(|rest| rest.split('&').next()).unwrap_or("");
            let signer =
                seen.split("Credential=").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("");
            let amz = Timestamp(clock().0 + HOUR).amz();
            let expires = format!(
                "{}-{}-{}T{}:{}:{}Z",
                &amz[..4],
                &amz[4..6],
                &amz[6..8],
                &amz[9..11],
                &amz[11..13],
                &amz[13..15]
            );
            let body = format!(
                "<Credentials><AccessKeyId>{role}-{number}-by-{signer}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
                 <SessionToken>t</SessionToken><Expiration>{expires}</Expiration></Credentials>\
                 <Error><Code>AccessDenied</Code><Message>no</Message></Error>"
            );
            let status = status.load(SeqCst);
            let head =
                format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            socket.write_all(head.as_bytes()).await.unwrap();
            socket.write_all(body.as_bytes()).await.unwrap();
        }
    });
    sts
}

fn roles(sts: &Sts, keep: bool, role: Option<&str>, clock: fn() -> Timestamp) -> Arc<Roles> {
    let keys = Keys { access_key: "OWN".to_owned(), secret: Secret::from("s"), session_token: None };
    let role = role.map(|arn| RoleStep { arn: arn.to_owned(), external_id: None, session_name: None });
    let config = CredentialsConfig { source: Source::Keys(keys), role, keep };
    let endpoints = Endpoints { others: Endpoint::parse(&sts.url), ..Endpoints::default() };
    let settings = Settings::new(
        Arc::new(Refused::default()),
        Trust::new(None).unwrap(),
        10_000,
        Buffers::new(1_000_000),
        UpstreamLimits::default(),
    );
    Roles::start(config, Arc::new(endpoints), settings, clock)
}

async fn key(roles: &Arc<Roles>, role: &str) -> Result<String, RoleFailure> {
    let service = AwsService::parse("arn:aws:apigateway:eu-west-1:sqs").unwrap();
    let request = RoleRequest { role: role.into(), service, timeout: Duration::from_secs(10) };
    Arc::clone(roles).obtain(request).await.map(|credentials| credentials.access_key.clone())
}

#[tokio::test]
async fn many_calls_ask_once() {
    let clock = || Timestamp(START);
    let sts = sts(clock).await;
    let roles = roles(&sts, false, None, clock);
    let calls: Vec<_> = (0..32)
        .map(|_| {
            let roles = Arc::clone(&roles);
            tokio::spawn(async move { key(&roles, "a").await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().as_deref(), Ok("a-1-by-OWN"));
    }
    assert_eq!(key(&roles, "b").await.as_deref(), Ok("b-2-by-OWN"));
    assert_eq!(key(&roles, "a").await.as_deref(), Ok("a-1-by-OWN"));
}

#[tokio::test]
async fn roles_are_taken_one_after_the_other() {
    let clock = || Timestamp(START);
    let sts = sts(clock).await;
    let chained = roles(&sts, false, Some("first"), clock);
    assert_eq!(key(&chained, "a").await.as_deref(), Ok("a-2-by-first-1-by-OWN"));
}

#[tokio::test]
async fn services_without_roles_get_the_gateways_own_keys() {
    let clock = || Timestamp(START);
    let sts = sts(clock).await;
    assert_eq!(key(&roles(&sts, true, None, clock), "a").await.as_deref(), Ok("OWN"));
    assert_eq!(sts.asked.load(SeqCst), 0);
}

static RENEWED: AtomicU64 = AtomicU64::new(START);

#[tokio::test]
async fn credentials_are_renewed_before_they_expire() {
    let clock = || Timestamp(RENEWED.load(SeqCst));
    let sts = sts(clock).await;
    let roles = roles(&sts, false, None, clock);
    assert_eq!(key(&roles, "a").await.as_deref(), Ok("a-1-by-OWN"));
    RENEWED.store(START + HOUR - 60_000, SeqCst);
    // Nobody waits for a renewal.
    assert_eq!(key(&roles, "a").await.as_deref(), Ok("a-1-by-OWN"));
    let renewed = async {
        while key(&roles, "a").await.as_deref() != Ok("a-2-by-OWN") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), renewed).await.unwrap();
    // Too late for a renewal: whoever asks waits.
    RENEWED.store(RENEWED.load(SeqCst) + HOUR - u64::try_from(MARGIN.as_millis()).unwrap(), SeqCst);
    assert_eq!(key(&roles, "a").await.as_deref(), Ok("a-3-by-OWN"));
}

static FAILED: AtomicU64 = AtomicU64::new(START);

#[tokio::test]
async fn a_refusal_is_remembered_for_a_moment() {
    let clock = || Timestamp(FAILED.load(SeqCst));
    let sts = sts(clock).await;
    let roles = roles(&sts, false, None, clock);
    sts.status.store(403, SeqCst);
    let refused = RoleFailure::NotAssumable("STS answered 403: AccessDenied: no".to_owned());
    for _ in 0..5 {
        assert_eq!(key(&roles, "a").await, Err(refused.clone()));
    }
    assert_eq!(sts.asked.load(SeqCst), 1);
    FAILED.store(START + 1_000, SeqCst);
    sts.status.store(200, SeqCst);
    assert_eq!(key(&roles, "a").await.as_deref(), Ok("a-2-by-OWN"));
}
