//! A gateway in a test: an API built in memory, ports that answer from tables and remember what they were asked.

use std::collections::{BTreeMap, VecDeque};
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::HOST;
use http::uri::Scheme;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use stagedoor_auth::policy::{Permission, Policy};
use stagedoor_base::{AccountId, AccountThrottles, Cause, FunctionArn, Scope, Timestamp};
use stagedoor_engine::{
    AccountConcurrency, Compute, Directory, Engine, FunctionConcurrency, FunctionEntry, Grounds, Head,
    HeaderList, Inbound, InvokeFailure, InvokeReply, InvokeRequest, Issuers, Listener, Outbound, Pieces,
    Ports, Program, Services, Serving, StreamFailure, TestCall, TestReply, UpstreamFailure, UpstreamReply,
    UpstreamRequest, UpstreamStreamReply,
};
use stagedoor_model::{
    ApiKeySource, ApiTree, ConnectionType, EndpointConfiguration, EndpointType, HttpMethod, Integration,
    IntegrationResponse, IntegrationType, IpAddressType, Map, Method as ApiMethod, MethodResponse,
    PassthroughBehavior, Resource, RestApi, SecurityPolicy, Snapshot, TransferMode,
};
use stagedoor_program::{LogFormat, StageView, compile};
use stagedoor_shared::{Ledger, Shared};

pub(crate) fn api() -> ApiTree {
    let root = Resource {
        id: "root000000".into(),
        parent_id: None,
        path_part: String::new(),
        path: "/".to_owned(),
        methods: BTreeMap::new(),
    };
    ApiTree {
        api: RestApi {
            id: "abcdefghij".into(),
            name: "test".to_owned(),
            description: None,
            created: Timestamp(0),
            version: None,
            binary_media_types: Vec::new(),
            minimum_compression_size: None,
            api_key_source: ApiKeySource::Header,
            endpoint: EndpointConfiguration {
                endpoint_type: EndpointType::Regional,
                ip_address_type: IpAddressType::Ipv4,
                vpc_endpoint_ids: Vec::new(),
            },
            policy: None,
            disable_execute_api_endpoint: false,
            root_resource_id: root.id.clone(),
            security_policy: SecurityPolicy::Tls12,
            endpoint_access_mode: None,
            warnings: Vec::new(),
            tags: Map::new(),
            declared_in: None,
        },
        resources: [(root.id.clone(), root)].into(),
        models: BTreeMap::new(),
        validators: BTreeMap::new(),
        gateway_responses: BTreeMap::new(),
        authorizers: BTreeMap::new(),
        documentation_parts: BTreeMap::new(),
    }
}

pub(crate) fn integration(integration_type: IntegrationType) -> Integration {
    Integration {
        integration_type,
        http_method: None,
        uri: None,
        connection_type: ConnectionType::Internet,
        connection_id: None,
        credentials: None,
        request_parameters: Map::new(),
        request_templates: Map::new(),
        passthrough_behavior: PassthroughBehavior::WhenNoMatch,
        content_handling: None,
        timeout_millis: 29_000,
        cache_namespace: String::new(),
        cache_key_parameters: Vec::new(),
        responses: BTreeMap::new(),
        insecure_skip_verification: None,
        transfer_mode: TransferMode::Buffered,
        integration_target: None,
    }
}

pub(crate) fn response(status: u16, pattern: Option<&str>) -> IntegrationResponse {
    IntegrationResponse {
        status,
        selection_pattern: pattern.map(str::to_owned),
        parameters: None,
        templates: None,
        content_handling: None,
    }
}

/// A MOCK whose template is `request` and whose one reply, 200, is `reply`.
pub(crate) fn mock(request: &str, reply: &str) -> Integration {
    let mut mock = integration(IntegrationType::Mock);
    mock.request_templates.insert("application/json".to_owned(), Some(request.to_owned()));
    let mut ok = response(200, None);
    ok.templates = Some([("application/json".to_owned(), Some(reply.to_owned()))].into_iter().collect());
    mock.responses.insert(200, ok);
    mock
}

/// Puts a method on a path whose parents need not exist; declares 200, 400 and 500.
pub(crate) fn put(tree: &mut ApiTree, path: &str, verb: HttpMethod, integration: Integration) {
    let mut method = ApiMethod::open(verb);
    method.integration = Some(integration);
    for status in [200, 400, 500] {
        method.responses.insert(status, MethodResponse { status, parameters: None, models: None });
    }
    put_method(tree, path, method);
}

pub(crate) fn put_method(tree: &mut ApiTree, path: &str, method: ApiMethod) {
    let known = tree.resource_at(path).map(|resource| resource.id.clone());
    let id = known.unwrap_or_else(|| format!("res{}", tree.resources.len()).into());
    let resource = tree.resources.entry(id.clone()).or_insert_with(|| Resource {
        id,
        parent_id: Some("root000000".into()),
        path_part: path.rsplit('/').next().unwrap_or("").to_owned(),
        path: path.to_owned(),
        methods: BTreeMap::new(),
    });
    resource.methods.insert(method.http_method, method);
}

/// An HTTP_PROXY to an address.
pub(crate) fn http_proxy(uri: &str) -> Integration {
    let mut proxy = integration(IntegrationType::HttpProxy);
    proxy.http_method = Some("ANY".to_owned());
    proxy.uri = Some(uri.to_owned());
    proxy
}

/// An AWS_PROXY to a function of the test's account, named with or without a qualifier.
pub(crate) fn lambda(function: &str) -> Integration {
    let mut proxy = integration(IntegrationType::AwsProxy);
    proxy.http_method = Some("POST".to_owned());
    proxy.uri = Some(format!(
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:{function}/invocations"
    ));
    proxy
}

type Backend<Q, A> = Arc<dyn Fn(&Q) -> A + Send + Sync>;

pub(crate) struct Gateway {
    pub(crate) program: Arc<Program>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) accounts: AccountThrottles,
    pub(crate) directory: Arc<Directory>,
    pub(crate) remarks: Vec<String>,
    pub(crate) upstream: Backend<UpstreamRequest, Result<UpstreamReply, UpstreamFailure>>,
    pub(crate) invoke: Backend<InvokeRequest, Result<InvokeReply, InvokeFailure>>,
    pub(crate) upstream_stream: Backend<UpstreamRequest, Result<UpstreamStreamReply, UpstreamFailure>>,
    pub(crate) invoke_stream: Backend<InvokeRequest, Result<Pieces, InvokeFailure>>,
    pub(crate) compute: Compute,
    /// Milliseconds since the start, as the engine reads them.
    pub(crate) elapsed: Arc<AtomicU64>,
    pub(crate) issuers: Arc<dyn Fn() -> Issuers + Send + Sync>,
    /// Of the log.
    pub(crate) format: &'static str,
}

/// A reply whose body, streamed or not, has come to its end.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// What came of one call.
pub(crate) struct Outcome {
    pub(crate) reply: Whole,
    pub(crate) sent: Vec<UpstreamRequest>,
    pub(crate) invoked: Vec<InvokeRequest>,
    /// `status responseType reason`
    pub(crate) log: Vec<String>,
}

/// What stands for an API key's value, as if there were a secret.
fn digest(value: &str) -> u128 {
    value.bytes().fold(7, |digest, byte| digest * 257 % 0xffff_ffff_ffff_ffc5 + u128::from(byte))
}

impl Gateway {
    pub(crate) fn of(tree: ApiTree) -> Self {
        Self::with_stage(tree, StageView::bare("dev".into()))
    }

    pub(crate) fn with_stage(tree: ApiTree, stage: StageView) -> Self {
        let (deployment, diagnostics) = compile(&scope(), &"dep123".into(), &Snapshot { tree });
        Self {
            program: Arc::new(Program::of(Arc::new(deployment), Arc::new(stage))),
            shared: Arc::new(Shared::start(Ledger::in_memory()).unwrap()),
            accounts: AccountThrottles::off(),
            directory: Arc::new(Directory::new(digest)),
            remarks: diagnostics.iter().map(ToString::to_string).collect(),
            upstream: Arc::new(|_| Err(UpstreamFailure::Connect("no backend in this test".to_owned()))),
            invoke: Arc::new(|_| Err(InvokeFailure::Failed("no function in this test".to_owned()))),
            upstream_stream: Arc::new(|_| Err(UpstreamFailure::Connect("no stream in this test".to_owned()))),
            invoke_stream: Arc::new(|_| Err(InvokeFailure::Failed("no stream in this test".to_owned()))),
            compute: Compute::default(),
            elapsed: Arc::new(AtomicU64::new(5)),
            issuers: Arc::new(Issuers::default),
            format: "$context.status $context.error.responseType $context.integration.error",
        }
    }

    pub(crate) fn serving(&self) -> Arc<Serving> {
        let (shared, directory) = (Arc::clone(&self.shared), Arc::clone(&self.directory));
        Serving::new(
            Arc::clone(&self.program),
            &Grounds { shared, directory, accounts: self.accounts.clone() },
        )
    }

    pub(crate) fn get(&self, path: &str) -> Outcome {
        self.send(call("GET", path, &[], b""))
    }

    pub(crate) fn send(&self, inbound: Inbound) -> Outcome {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let invoked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::new(Mutex::new(Vec::new()));
        let engine = self.engine(&sent, &invoked, &log);
        let reply = whole(run(engine.call(self.serving(), inbound)));
        drop(engine);
        Outcome { reply, sent: take(&sent), invoked: take(&invoked), log: take(&log) }
    }

    /// Executes a method as `TestInvokeMethod` does.
    pub(crate) fn test(&self, call: TestCall) -> Option<TestReply> {
        let engine = self.engine(&Arc::default(), &Arc::default(), &Arc::default());
        run(engine.test(Arc::clone(&self.program), call))
    }

    /// Answers as for a call that reaches no stage.
    pub(crate) fn refuse(&self, inbound: Inbound) -> Outcome {
        let log = Arc::default();
        let reply =
            self.engine(&Arc::default(), &Arc::default(), &log).refuse(inbound.head, Cause::Forbidden);
        Outcome { reply: whole(reply), sent: Vec::new(), invoked: Vec::new(), log: take(&log) }
    }

    /// Begins a call whose client goes away before the backend answers; what is logged.
    pub(crate) fn abandon(&self, inbound: Inbound) -> Vec<String> {
        let log = Arc::default();
        let mut ports = self.ports(&Arc::default(), &Arc::default(), &log);
        ports.upstream = Box::new(|_| Box::pin(std::future::pending()));
        let engine = Arc::new(Engine::new(ports, Arc::clone(&self.directory)));
        let mut future = Box::pin(engine.call(self.serving(), inbound));
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(future);
        take(&log)
    }

    /// A streamed reply as the client gets it, and the log as it stands before its first piece.
    pub(crate) fn begin(&self, inbound: Inbound) -> (Outbound, Arc<Mutex<Vec<String>>>) {
        let log = Arc::default();
        let engine = self.engine(&Arc::default(), &Arc::default(), &log);
        (run(engine.call(self.serving(), inbound)), log)
    }

    /// A call in which a port panics; what is logged.
    pub(crate) fn survive(&self, inbound: Inbound) -> Vec<String> {
        let log = Arc::default();
        let engine = self.engine(&Arc::default(), &Arc::default(), &log);
        let call = AssertUnwindSafe(|| run(engine.call(self.serving(), inbound)));
        assert!(catch_unwind(call).is_err());
        take(&log)
    }

    /// Defines a function whose policy admits these source ARNs.
    pub(crate) fn define(&self, name: &str, qualifier: Option<&str>, sources: &[&str]) {
        let arn =
            FunctionArn { scope: scope(), name: name.to_owned(), qualifier: qualifier.map(str::to_owned) };
        let policy = Policy::of_permissions(sources.iter().map(|source| Permission {
            sid: "gateway",
            principal: "apigateway.amazonaws.com",
            action: "lambda:InvokeFunction",
            source_arn: Some(source),
            source_account: None,
        }));
        let version = arn.with_qualifier(Some("$LATEST".to_owned()));
        self.directory.set_function(&arn, entry(version, policy));
    }

    /// Splits a function's calls over two versions.
    pub(crate) fn split(&self, name: &str, qualifier: Option<&str>, other: &str, share: f64) {
        let arn =
            FunctionArn { scope: scope(), name: name.to_owned(), qualifier: qualifier.map(str::to_owned) };
        let mut entry = FunctionEntry::clone(&self.directory.function(&arn).unwrap());
        entry.additional = Some((arn.with_qualifier(Some(other.to_owned())), share));
        self.directory.set_function(&arn, entry);
    }

    /// Defines a function that every API of the test may invoke.
    pub(crate) fn grant(&self, name: &str, qualifier: Option<&str>) {
        self.define(name, qualifier, &["arn:aws:execute-api:us-east-1:000000000000:abcdefghij/*/*"]);
    }

    fn engine(
        &self,
        sent: &Arc<Mutex<Vec<UpstreamRequest>>>,
        invoked: &Arc<Mutex<Vec<InvokeRequest>>>,
        log: &Arc<Mutex<Vec<String>>>,
    ) -> Arc<Engine> {
        Arc::new(Engine::new(self.ports(sent, invoked, log), Arc::clone(&self.directory)))
    }

    fn ports(
        &self,
        sent: &Arc<Mutex<Vec<UpstreamRequest>>>,
        invoked: &Arc<Mutex<Vec<InvokeRequest>>>,
        log: &Arc<Mutex<Vec<String>>>,
    ) -> Ports {
        let (upstream, invoke) = (Arc::clone(&self.upstream), Arc::clone(&self.invoke));
        let (streaming, function) = (Arc::clone(&self.upstream_stream), Arc::clone(&self.invoke_stream));
        let (sent, invoked, log) = (Arc::clone(sent), Arc::clone(invoked), Arc::clone(log));
        let (format, elapsed) = (LogFormat::compile(self.format), Arc::clone(&self.elapsed));
        Ports {
            upstream: Box::new(move |request| {
                let reply = upstream(&request);
                sent.lock().unwrap().push(request);
                Box::pin(std::future::ready(reply))
            }),
            invoke: Box::new(move |request| {
                let reply = invoke(&request);
                invoked.lock().unwrap().push(request);
                Box::pin(std::future::ready(reply))
            }),
            upstream_stream: Box::new(move |request| Box::pin(std::future::ready(streaming(&request)))),
            invoke_stream: Box::new(move |request| Box::pin(std::future::ready(function(&request)))),
            services: Services::default(),
            issuers: (self.issuers)(),
            compute: self.compute.clone(),
            record: Arc::new(move |record| {
                let mut line = String::new();
                format.render(record, &mut line);
                if let Some(error) = &record.error {
                    line.extend([" | ", &error.reason]);
                }
                log.lock().unwrap().push(line);
            }),
            elapsed: Arc::new(move || Duration::from_millis(elapsed.load(Ordering::Relaxed))),
            moved: Arc::new(|| Duration::ZERO),
        }
    }
}

fn whole(reply: Outbound) -> Whole {
    let Outbound { status, headers, body } = reply;
    Whole { status, headers: headers.into(), body: run(body.collect(usize::MAX)).unwrap() }
}

/// A body in these pieces.
pub(crate) fn streamed(pieces: Vec<Result<&'static str, StreamFailure>>) -> Pieces {
    let pieces = pieces.into_iter().map(|piece| piece.map(|text| Bytes::from_static(text.as_bytes())));
    Box::pin(Listed(pieces.collect()))
}

struct Listed(VecDeque<Result<Bytes, StreamFailure>>);

impl Stream for Listed {
    type Item = Result<Bytes, StreamFailure>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

pub(crate) fn scope() -> Scope {
    Scope { account: AccountId::from("000000000000"), region: "us-east-1".into() }
}

/// A reply's body without its content coding.
pub(crate) fn inflate(reply: &Whole) -> Vec<u8> {
    let mut plain = Vec::new();
    let body = &reply.body[..];
    match reply.headers.get("content-encoding").map(HeaderValue::as_bytes) {
        Some(b"gzip") => flate2::read::GzDecoder::new(body).read_to_end(&mut plain).unwrap(),
        Some(b"deflate") => flate2::read::ZlibDecoder::new(body).read_to_end(&mut plain).unwrap(),
        _ => return body.to_vec(),
    };
    plain
}

fn take<T>(shared: &Mutex<Vec<T>>) -> Vec<T> {
    std::mem::take(&mut *shared.lock().unwrap())
}

/// Runs a future that never waits for anything outside.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// A call to stage `dev`; `path` is the whole target with the stage.
pub(crate) fn call(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Inbound {
    let mut map = HeaderList::default();
    map.push(HOST, HeaderValue::from_static("abcdefghij.execute-api.us-east-1.amazonaws.com:4566"));
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        map.push(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let stage = target.find("/dev").expect("a target with the stage in it");
    Inbound {
        head: Head {
            method: Method::from_bytes(method.as_bytes()).unwrap(),
            target: target.parse().unwrap(),
            path_start: stage + "/dev".len(),
            context_start: Some(stage),
            headers: map,
            spelling: None,
            peer: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
            listener: Listener { scheme: Scheme::HTTP, port: 4566 },
            received: Timestamp(1_795_352_155_042),
            started: Duration::from_millis(2),
        },
        body: Ok(Bytes::copy_from_slice(body)),
    }
}

impl Outcome {
    pub(crate) fn status(&self) -> u16 {
        self.reply.status.as_u16()
    }

    pub(crate) fn body(&self) -> &str {
        std::str::from_utf8(&self.reply.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.reply.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

fn entry(version: FunctionArn, policy: Policy) -> FunctionEntry {
    let concurrency = Arc::new(FunctionConcurrency::new(Arc::new(AccountConcurrency::new(10)), None));
    FunctionEntry { version, additional: None, concurrency, endpoint: None, policy }
}
