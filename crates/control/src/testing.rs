//! A control plane on a temporary store, for tests beside the handlers. Clock and ids are fixed; calls go through the
//! same entry as real ones, past authentication.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::HeaderMap;
use stagedoor_auth::sigv4::Secret;
use stagedoor_base::{AccountId, Limits, Scope, Timestamp};
use stagedoor_store::{Revision, Store};

use crate::{
    AuthorizerAnswer, Control, ControlReply, ControlRequest, FlushCache, InvokeRefusal, Ports, RootIdentity,
    Settings, TestInvoke, TestRefusal, UsageDay, UsagePorts, UsageQuestion,
};

/// `2023-11-14T22:13:20Z`.
pub(crate) const NOW: Timestamp = Timestamp(1_700_000_000_000);

pub(crate) struct House {
    pub(crate) control: Control,
    store: Arc<Store>,
    pub(crate) published: Arc<Mutex<Vec<Revision>>>,
    runtime: tokio::runtime::Runtime,
    _directory: tempfile::TempDir,
}

/// What a call answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// `x-amzn-ErrorType`; empty on success.
    pub(crate) error: String,
    pub(crate) body: String,
}

impl Answer {
    /// A member of the body, by pointer.
    pub(crate) fn text(&self, pointer: &str) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        body.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    }

    pub(crate) fn message(&self) -> String {
        self.text("/message")
    }
}

pub(crate) fn scope() -> Scope {
    Scope { account: AccountId::from("000000000000"), region: "us-east-1".into() }
}

impl House {
    pub(crate) fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    pub(crate) fn with_limits(limits: Limits) -> Self {
        Self::with(limits, Arc::new(|_| Box::pin(std::future::ready(Err(TestRefusal::NoMethod)))))
    }

    /// A house whose methods answer tests like this.
    pub(crate) fn with_test_invoke(test_invoke: TestInvoke) -> Self {
        Self::with(Limits::default(), test_invoke)
    }

    fn with(limits: Limits, test_invoke: TestInvoke) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(directory.path()).unwrap());
        let published = Arc::new(Mutex::new(Vec::new()));
        let control = Control::new(store.clone(), settings(limits), ports(published.clone(), test_invoke));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { control, store, published, runtime, _directory: directory }
    }

    /// An API called `pets`, and its id.
    pub(crate) fn with_api() -> (Self, String) {
        let house = Self::new();
        let id = house.call("POST", "/restapis", r#"{"name":"pets"}"#).text("/id");
        (house, id)
    }

    /// The root resource's id.
    pub(crate) fn root(&self, api: &str) -> String {
        self.call("GET", &format!("/restapis/{api}"), "").text("/rootResourceId")
    }

    /// A resource below the root, and its id.
    pub(crate) fn resource(&self, api: &str, path_part: &str) -> String {
        let path = format!("/restapis/{api}/resources/{}", self.root(api));
        self.call("POST", &path, &format!(r#"{{"pathPart":"{path_part}"}}"#)).text("/id")
    }

    pub(crate) fn call(&self, method: &str, target: &str, body: &str) -> Answer {
        let reply = self.runtime.block_on(self.control.execute(scope(), request(method, target, body)));
        answer(&reply)
    }

    /// Calls that overlap, and what each answered.
    pub(crate) fn call_at_once(
        &self,
        calls: impl Iterator<Item = (&'static str, String, &'static str)>,
    ) -> Vec<Answer> {
        self.runtime.block_on(async {
            let running: Vec<_> = calls
                .map(|(method, target, body)| {
                    let control = self.control.clone();
                    let request = request(method, &target, body);
                    tokio::spawn(async move { answer(&control.execute(scope(), request).await) })
                })
                .collect();
            let mut answers = Vec::new();
            for call in running {
                answers.push(call.await.unwrap());
            }
            answers
        })
    }

    /// The same with its signature checked.
    pub(crate) fn call_signed(&self, request: ControlRequest) -> Answer {
        answer(&self.runtime.block_on(async { self.control.handle(request).await.whole().await }))
    }

    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// A call that must be answered with exactly this.
    pub(crate) fn check(&self, (method, target, body): (&str, &str, &str), status: u16, expected: &str) {
        let answer = self.call(method, target, body);
        assert_eq!((answer.status, answer.body.as_str()), (status, expected), "{method} {target} {body}");
    }

    /// A call that must be refused with this status, exception and message.
    pub(crate) fn refuses(
        &self,
        (method, target, body): (&str, &str, &str),
        status: u16,
        code: &str,
        message: &str,
    ) {
        let answer = self.call(method, target, body);
        let expected = Answer {
            status,
            error: code.to_owned(),
            body: format!(r#"{{"message":{}}}"#, serde_json::Value::from(message)),
        };
        assert_eq!(answer, expected, "{method} {target} {body}");
    }

    /// The same for 400 `BadRequestException`.
    pub(crate) fn refuses_bad(&self, call: (&str, &str, &str), message: &str) {
        self.refuses(call, 400, "BadRequestException", message);
    }

    /// The same for 404 `NotFoundException`.
    pub(crate) fn finds_nothing(&self, call: (&str, &str, &str), message: &str) {
        self.refuses(call, 404, "NotFoundException", message);
    }
}

pub(crate) fn request(method: &str, target: &str, body: &str) -> ControlRequest {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    ControlRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        source: crate::Source::INSIDE,
    }
}

/// The body of a PATCH with one operation.
pub(crate) fn patch(op: &str, path: &str, value: Option<&str>) -> String {
    let mut operation = serde_json::json!({"op": op, "path": path});
    if let Some(value) = value {
        operation["value"] = value.into();
    }
    serde_json::json!({"patchOperations": [operation]}).to_string()
}

fn settings(limits: Limits) -> Settings {
    let identity = |key: &str| {
        let secret = Secret::from("test");
        (key == "test").then(|| RootIdentity { account: AccountId::from("000000000000"), secret })
    };
    Settings {
        limits: Arc::new(limits),
        identities: Arc::new(identity),
        clock: Arc::new(|| NOW),
        wall: Arc::new(|| NOW),
        seed: [1, 2, 3, 4],
    }
}

/// Nobody has used anything, and nobody is granted anything.
fn usage() -> UsagePorts {
    UsagePorts {
        read: Arc::new(|UsageQuestion { keys, from, to, quota, .. }| {
            let unused = UsageDay { used: 0, remaining: quota.map_or(0, |quota| quota.limit) };
            let days = (from.0..=to.0).map(|_| unused).collect::<Vec<_>>();
            Box::pin(std::future::ready(Ok(vec![days; keys.len()])))
        }),
        grant: Arc::new(|_| Box::pin(std::future::ready(Ok(())))),
        forget: Arc::new(|_, _, _| Box::pin(std::future::ready(Ok(())))),
    }
}

fn ports(published: Arc<Mutex<Vec<Revision>>>, test_invoke: TestInvoke) -> Ports {
    Ports {
        publish: Arc::new(move |revision| {
            published.lock().unwrap().push(revision);
            Box::pin(std::future::ready(()))
        }),
        invoke: Arc::new(|_| Box::pin(std::future::ready(Err(InvokeRefusal::NotFound)))),
        invoke_stream: Arc::new(|_| Box::pin(std::future::ready(Err(InvokeRefusal::NotFound)))),
        enqueue: Arc::new(|_| Box::pin(std::future::ready(Ok(())))),
        test_invoke,
        test_authorizer: Arc::new(|_| {
            let answer = AuthorizerAnswer {
                refused: Some(401),
                principal_id: Some("me".to_owned()),
                policy: Some("{}".to_owned()),
                claims: Vec::new(),
                log: "said".to_owned(),
                latency: std::time::Duration::from_millis(7),
            };
            Box::pin(std::future::ready(Ok(answer)))
        }),
        flush_authorizers: Arc::new(|_, _| ()),
        flush_cache: FlushCache(Arc::new(|_, _, _| ())),
        usage: usage(),
        check_code: |zip| {
            if zip.starts_with(b"PK") { Ok(zip.len() as u64) } else { Err("no zip".to_owned()) }
        },
        audit: Arc::new(|_| ()),
    }
}

fn answer(reply: &ControlReply) -> Answer {
    let error = reply.headers.iter().find(|(name, _)| *name == "x-amzn-ErrorType");
    Answer {
        status: reply.status,
        error: error.map(|(_, code)| code.clone()).unwrap_or_default(),
        body: String::from_utf8(reply.body.to_vec()).unwrap(),
    }
}
