//! How often a check allocates: policies are compiled once and then asked for every call, so asking them must not.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use stagedoor_auth::policy::{
    Aws, AwsIdentity, Context, Decision, Kind, Policies, Policy, Principal, Request, Value, decide,
};
use stagedoor_auth::sigv4::{PayloadHash, Secret, Service, SignedRequest, Signer, SigningKey, begin, sign};
use stagedoor_base::Timestamp;

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

#[expect(
    unsafe_code,
    reason = "only an allocator can count allocations; it hands everything on to the system's"
)]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn counted<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = ALLOCATIONS.get();
    let result = work();
    (result, ALLOCATIONS.get() - before)
}

const NOW: Timestamp = Timestamp(1_795_351_555_000);
const CALL: &str = "arn:aws:execute-api:us-east-1:111111111111:abc/prod/GET/pets/ann/toys";

/// A call that answers every kind of key.
struct Call;

impl Context for Call {
    fn get(&self, key: &str) -> Value<'_> {
        match key {
            "aws:sourceip" => Value::Address(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9))),
            "aws:currenttime" => Value::Time(NOW),
            "aws:epochtime" => Value::Number(1_795_351_555),
            "aws:securetransport" => Value::Bool(true),
            "aws:useragent" => Value::Text("Mozilla/5.0 (bench)"),
            "aws:tagkeys" => Value::Many(&["team", "stage"]),
            _ => Value::Absent,
        }
    }
}

fn ann(tags: &[(String, String)]) -> Principal<'_> {
    Principal::Aws(Aws {
        account: "111111111111",
        arn: "arn:aws:iam::111111111111:user/team/ann",
        identity: AwsIdentity::User { name: "ann" },
        user_id: "AIDAEXAMPLEEXAMPLE01",
        tags,
        issued: None,
    })
}

/// Statements of which each looks at everything and does not match by its last condition, then one that allows.
fn thorough(principal: &str) -> String {
    let conditions = [
        r#"{"StringLike":{"aws:UserAgent":"Mozilla/*"},"NumericLessThan":{"aws:EpochTime":"7"}}"#,
        r#"{"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"Bool":{"aws:SecureTransport":"false"}}"#,
        r#"{"NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}}"#,
        r#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/team/*"},"StringEquals":{"aws:PrincipalTag/team":"red"}}"#,
        r#"{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}"#,
        r#"{"StringEqualsIgnoreCase":{"aws:username":"BOB"},"Null":{"aws:TokenIssueTime":"true"}}"#,
        r#"{"StringNotEquals":{"aws:username":"${aws:username}"}}"#,
    ];
    let denied = conditions.map(|condition| {
        format!(
            r#"{{"Effect":"Deny",{principal}"Action":["execute-api:Inv*","execute-api:?nvoke"],"Resource":"arn:aws:execute-api:*:*:*/${{aws:username}}/*","Condition":{condition}}},"#
        )
    });
    let allowed = format!(r#"{{"Effect":"Allow",{principal}"NotAction":"iam:*","Resource":"*"}}"#);
    format!(r#"{{"Version":"2012-10-17","Statement":[{}{allowed}]}}"#, denied.concat())
}

#[test]
fn asking_policies_allocates_nothing() {
    let identity = thorough("");
    let resource = thorough(r#""Principal":{"AWS":["111111111111","arn:aws:iam::222222222222:root"]},"#);
    let compiled = |text: &str, kind| Arc::new(Policy::parse(text, kind).unwrap());
    let [one, session] = [Kind::Identity, Kind::Session].map(|kind| [compiled(&identity, kind)]);
    let boundary = compiled(&identity, Kind::Identity);
    let guard = compiled(&resource, Kind::Resource);
    let policies = Policies {
        identity: &one,
        boundary: Some(&boundary),
        session: Some(&session),
        resource: Some(&guard),
        unrestricted: false,
        same_account: true,
    };
    let tags = [("team".to_owned(), "blue".to_owned())];
    for (action, is_allowed) in [("execute-api:Invoke", true), ("iam:GetUser", false)] {
        let request = Request { principal: ann(&tags), action, resource: CALL, context: &Call };
        let (decision, used) = counted(|| decide(&policies, &request));
        assert_eq!(decision.is_allowed(), is_allowed, "{decision:?}");
        assert!(!matches!(decision, Decision::ExplicitDeny(_)), "{decision:?}");
        assert_eq!(used, 0, "{action}");
    }
}

#[test]
fn a_signature_is_checked_with_two_texts() {
    let secret = Secret::from("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    let signer = Signer {
        access_key: "AKIDEXAMPLE",
        secret: &secret,
        session_token: None,
        region: "us-east-1",
        service: "execute-api",
    };
    let body = PayloadHash::Body(b"{}");
    let bare = [("host", "abc.execute-api.us-east-1.amazonaws.com"), ("accept", "application/json")];
    let request = |headers| SignedRequest {
        method: "POST",
        raw_path: "/prod/pets",
        raw_query: "",
        headers,
        payload: body,
    };
    let added = sign(&request(&bare), &signer, NOW);
    let added: Vec<_> = added.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let headers = [&bare[..], &added].concat();
    let (date, service) = (NOW.amz(), Service { names: &["execute-api"], region: Some("us-east-1") });
    let key = SigningKey::derive(&secret, &date[..8], signer.region, signer.service);
    let check = || begin(&request(&headers), &service, NOW, |_| Ok((&key, ())))?.finish(body);
    // The first one may set up what is needed once.
    check().unwrap();
    let (checked, used) = counted(check);
    checked.unwrap();
    assert_eq!(used, 2, "the canonical request and the text that is signed");
}
