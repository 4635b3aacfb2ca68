//! How often a call allocates: a number that does not depend on the machine, unlike time, and may only fall.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[path = "../rest/support.rs"]
#[allow(dead_code, reason = "shared with the other tests, which use more of it")]
mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::AccountThrottle;
use stagedoor_engine::{
    Compute, Engine, HeaderList, Inbound, Issuers, KeyEntry, PlanStage, PlanTerms, Ports, Rate, Services,
    UpstreamReply,
};
use stagedoor_model::{HttpMethod, MethodSetting};
use stagedoor_program::{MethodSettings, StageView};
use stagedoor_shared::{Period, Quota};
use support::{Gateway, api, call, http_proxy, mock, put, run, scope};

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

/// The allocations of one call after a first one that warmed up whatever is made once.
fn count(gateway: &Gateway, inbound: impl Fn() -> Inbound) -> usize {
    let reply =
        UpstreamReply { status: 200, headers: HeaderList::default(), body: Bytes::from_static(b"ok") };
    let ports = Ports {
        upstream: Box::new(move |_| Box::pin(std::future::ready(Ok(reply.clone())))),
        invoke: Box::new(|_| Box::pin(std::future::pending())),
        upstream_stream: Box::new(|_| Box::pin(std::future::pending())),
        invoke_stream: Box::new(|_| Box::pin(std::future::pending())),
        services: Services::default(),
        issuers: Issuers::default(),
        compute: Compute::default(),
        record: Arc::new(|_| ()),
        elapsed: Arc::new(|| Duration::ZERO),
        moved: Arc::new(|| Duration::ZERO),
    };
    let engine = Arc::new(Engine::new(ports, Arc::clone(&gateway.directory)));
    let (serving, mut used) = (gateway.serving(), 0);
    for _ in 0..2 {
        let inbound = inbound();
        let before = ALLOCATIONS.get();
        let reply = run(engine.call(Arc::clone(&serving), inbound));
        used = ALLOCATIONS.get() - before;
        assert_eq!(reply.status, 200);
    }
    used
}

const GOLD: &str = "gold-key-of-twenty-and-more";
const HEADERS: &[(&str, &str)] =
    &[("accept", "*/*"), ("user-agent", "bench"), ("x-one", "1"), ("x-two", "2"), ("x-three", "3")];

/// The future of a call is moved once for every call, and a core has one per busy connection.
#[test]
fn a_calls_future_is_little_more_than_its_record() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, http_proxy("http://backend/x"));
    let gateway = Gateway::of(tree);
    let ports = Ports {
        upstream: Box::new(|_| Box::pin(std::future::pending())),
        invoke: Box::new(|_| Box::pin(std::future::pending())),
        upstream_stream: Box::new(|_| Box::pin(std::future::pending())),
        invoke_stream: Box::new(|_| Box::pin(std::future::pending())),
        services: Services::default(),
        issuers: Issuers::default(),
        compute: Compute::default(),
        record: Arc::new(|_| ()),
        elapsed: Arc::new(|| Duration::ZERO),
        moved: Arc::new(|| Duration::ZERO),
    };
    let engine = Arc::new(Engine::new(ports, Arc::clone(&gateway.directory)));
    let future = engine.call(gateway.serving(), call("GET", "/dev/x", HEADERS, b""));
    assert!(size_of_val(&future) <= 1536, "{}", size_of_val(&future));
}

#[test]
fn a_static_mock_allocates_its_headers_and_ids_only() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, r#"{"ok":true}"#));
    let gateway = Gateway::of(tree);
    // The list of headers and the two ids.
    assert_eq!(count(&gateway, || call("GET", "/dev/x", HEADERS, b"")), 3);
}

#[test]
fn a_proxied_call_allocates_what_it_must_own() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, http_proxy("http://backend/x"));
    let gateway = Gateway::of(tree);
    let used = count(&gateway, || call("GET", "/dev/x", HEADERS, b""));
    // The request's list of headers, the target, the trace, forwarding headers, two ids, the port's future; the rest is what
    // sharing the client's headers costs the first time.
    assert!(used <= 21, "{used}");
}

/// Its key, its plan's two limits and quota, the stage's limit and the account's are asked without making anything.
#[test]
fn a_metered_call_allocates_no_more_than_one_that_is_not() {
    let mut tree = api();
    put(&mut tree, "/x", HttpMethod::Get, mock(r#"{"statusCode": 200}"#, r#"{"ok":true}"#));
    for method in tree.resources.values_mut().flat_map(|resource| resource.methods.values_mut()) {
        method.api_key_required = true;
    }
    let setting = MethodSetting { throttling_rate_limit: Some(1e6), ..MethodSetting::default() };
    let methods = MethodSettings::compile(&[("*/*".to_owned(), setting)].into_iter().collect());
    let mut gateway = Gateway::with_stage(tree, StageView { methods, ..StageView::bare("dev".into()) });
    gateway.accounts.all = Some(AccountThrottle { rate: 1e6, burst: 1000 });
    let (keys, rate) = (gateway.directory.keys().scope(&scope()), Rate::new(1e6, 1000));
    let stage =
        PlanStage { api: "abcdefghij".into(), stage: "dev".into(), methods: vec![("/x/GET".into(), rate)] };
    let quota = Quota { limit: 1_000_000, period: Period::Day, offset: 0 };
    let terms = PlanTerms { throttle: Some(rate), quota: Some(quota), stages: vec![stage] };
    keys.set_plan(&scope(), &"plan".into(), terms);
    let entry = KeyEntry::new(&"gold".into(), keys.digest(GOLD), true, keys.plan(&"plan".into()));
    keys.set_keys([("gold".into(), entry)]);
    let headers = [HEADERS, &[("x-api-key", GOLD)]].concat();
    // Those calls that have a lease renewed write a letter to who does it.
    let least = (0..50).map(|_| count(&gateway, || call("GET", "/dev/x", &headers, b""))).min();
    assert_eq!(least, Some(3));
}
