//! Functions that another Lambda API runs: `Invoke` and `InvokeWithResponseStream` over HTTP, signed.
//!
//! In: an endpoint and an invocation. Out: what the other side answered, in the terms of a local call. It must not know how
//! connections are made.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::uri::{PathAndQuery, Scheme};
use http::{Method, Uri};
use stagedoor_auth::sigv4::{PayloadHash, Secret, SignedRequest, Signer, sign};
use stagedoor_base::{Throttle, Timestamp};
use stagedoor_engine::{HeaderList, StreamFailure, UpstreamReply, UpstreamRequest, UpstreamStreamReply};
use stagedoor_lambda::{FunctionError, Invocation, InvokeError, Invoked};

use super::event_stream::{Events, Told};
use super::{Refused, Tails};
use crate::pieces::Outlet;
use crate::upstream::{Settings, Upstream, described};

/// The longest that a function may run, and the time to reach it and back.
const TIMEOUT: Duration = Duration::from_secs(900 + 30);

/// Longest text of a refusal.
const REFUSAL: usize = 64 * 1024;
const EXECUTED_VERSION: HeaderName = HeaderName::from_static("x-amz-executed-version");

/// An operation as its path names it.
#[derive(Debug, Clone, Copy)]
struct Operation {
    date: &'static str,
    word: &'static str,
}

const INVOKE: Operation = Operation { date: "2015-03-31", word: "invocations" };
const STREAM: Operation = Operation { date: "2021-11-15", word: "response-streaming-invocations" };

/// A response that has begun elsewhere.
#[derive(Debug)]
pub(super) struct RemoteResponse {
    pub(super) executed_version: String,
    events: Events,
    tails: Arc<Tails>,
    request_id: String,
}

impl RemoteResponse {
    /// Hands it over as it comes.
    pub(super) async fn pour(mut self, outlet: &mut Outlet) -> Result<(), StreamFailure> {
        loop {
            match outlet.wait(self.events.next()).await?.map_err(StreamFailure::Broken)? {
                Told::Piece(piece) => outlet.give(piece).await?,
                Told::Complete { error, log } => {
                    if let Some(log) = log.and_then(|log| STANDARD.decode(log).ok()) {
                        self.tails.set(&self.request_id, log);
                    }
                    return error.map_or(Ok(()), |error| Err(StreamFailure::Function(error)));
                }
            }
        }
    }
}

/// In whose name remote functions are called.
#[derive(Debug, Clone)]
struct Credentials {
    access_key: String,
    secret: Secret,
    session_token: Option<String>,
}

impl Credentials {
    /// The environment's, as SDKs find them; without any, the root identity of a Stagedoor in `dev`.
    fn from_environment() -> Self {
        let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        match (read("AWS_ACCESS_KEY_ID"), read("AWS_SECRET_ACCESS_KEY")) {
            (Some(access_key), Some(secret)) => Self {
                access_key,
                secret: Secret::from(secret.as_str()),
                session_token: read("AWS_SESSION_TOKEN"),
            },
            _ => Self { access_key: "test".to_owned(), secret: Secret::from("test"), session_token: None },
        }
    }
}

/// Calls functions through other Lambda APIs.
#[derive(Debug)]
pub(super) struct Remote {
    upstream: Arc<Upstream>,
    tails: Arc<Tails>,
    credentials: Credentials,
    clock: fn() -> Timestamp,
}

impl Remote {
    /// A caller with the environment's credentials. Must be made on the runtime on which it is used.
    pub(super) fn new(upstream: Settings, tails: Arc<Tails>, clock: fn() -> Timestamp) -> Arc<Self> {
        let credentials = Credentials::from_environment();
        Arc::new(Self { upstream: Upstream::sweeping(upstream), tails, credentials, clock })
    }

    /// Calls the function of the invocation's ARN at `endpoint`, and waits for its answer.
    pub(super) async fn invoke(&self, endpoint: &str, invocation: &Invocation) -> Result<Invoked, Refused> {
        let request = self.request(endpoint, invocation, INVOKE).map_err(Refused::Remote)?;
        match self.upstream.call(&request).await {
            Ok(reply) => {
                if let Some(log) = log_of(&reply) {
                    self.tails.set(&invocation.request_id, log);
                }
                answer(endpoint, &reply, invocation)
            }
            Err(failure) => Err(Refused::Remote(format!("{endpoint}: {}", described(failure, TIMEOUT)))),
        }
    }

    /// The same, but answers as soon as the response begins.
    pub(super) async fn open(
        &self,
        endpoint: &str,
        invocation: &Invocation,
    ) -> Result<RemoteResponse, Refused> {
        let request = self.request(endpoint, invocation, STREAM).map_err(Refused::Remote)?;
        let reply = self.upstream.call_streamed(&request).await;
        let UpstreamStreamReply { status, headers, body } = reply
            .map_err(|failure| Refused::Remote(format!("{endpoint}: {}", described(failure, TIMEOUT))))?;
        if status != 200 {
            let body = body.collect(REFUSAL).await.unwrap_or_default();
            let refused = answer(endpoint, &UpstreamReply { status, headers, body }, invocation).err();
            return Err(refused.unwrap_or_else(|| Refused::Remote(format!("{endpoint} answered {status}"))));
        }
        let version = headers.get(&EXECUTED_VERSION).and_then(|version| version.to_str().ok());
        Ok(RemoteResponse {
            executed_version: version.unwrap_or("$LATEST").to_owned(),
            events: Events::new(body),
            tails: Arc::clone(&self.tails),
            request_id: invocation.request_id.clone(),
        })
    }

    fn request(
        &self,
        endpoint: &str,
        invocation: &Invocation,
        operation: Operation,
    ) -> Result<UpstreamRequest, String> {
        let wrong = |what: &str| format!("the endpoint {endpoint} {what}");
        let uri: Uri = endpoint.parse().map_err(|_| wrong("is no URL"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(wrong("is no URL"));
        };
        let function = &invocation.invoked_arn;
        let base = uri.path().trim_end_matches('/');
        let path = format!("{base}/{}/functions/{}/{}", operation.date, function.name, operation.word);
        let query = function
            .qualifier
            .as_ref()
            .map(|qualifier| format!("Qualifier={}", qualifier.replace('$', "%24")));
        let mut headers = vec![("host", authority.as_str()), ("content-type", "application/json")];
        let context = invocation.client_context.as_deref().map(encode);
        headers.extend(context.as_deref().map(|context| ("x-amz-client-context", context)));
        if self.tails.follows(&invocation.request_id) {
            headers.push(("x-amz-log-type", "Tail"));
        }
        headers.extend(invocation.trace_id.as_deref().map(|trace| ("x-amzn-trace-id", trace)));
        let whole = SignedRequest {
            method: "POST",
            raw_path: &path,
            raw_query: query.as_deref().unwrap_or_default(),
            headers: &headers,
            payload: PayloadHash::Body(&invocation.payload),
        };
        let signer = Signer {
            access_key: &self.credentials.access_key,
            secret: &self.credentials.secret,
            session_token: self.credentials.session_token.as_deref(),
            region: function.scope.region.as_str(),
            service: "lambda",
        };
        let added = sign(&whole, &signer, (self.clock)());
        let all = headers.into_iter().chain(added.iter().map(|(name, value)| (*name, value.as_str())));
        let target = query.map_or(path.clone(), |query| format!("{path}?{query}"));
        Ok(UpstreamRequest {
            scheme: if *scheme == Scheme::HTTPS { Scheme::HTTPS } else { Scheme::HTTP },
            authority: authority.clone(),
            path_and_query: PathAndQuery::try_from(target).map_err(|_| wrong("has no usable path"))?,
            method: Method::POST,
            headers: header_list(all).ok_or_else(|| wrong("cannot be named in a header"))?,
            body: invocation.payload.clone(),
            timeout: TIMEOUT,
            insecure_skip_verification: false,
        })
    }
}

fn encode(json: &str) -> String {
    STANDARD.encode(json)
}

fn log_of(reply: &UpstreamReply) -> Option<Vec<u8>> {
    let log = reply.headers.get(HeaderName::from_static("x-amz-log-result"))?;
    STANDARD.decode(log).ok()
}

fn header_list<'h>(headers: impl Iterator<Item = (&'h str, &'h str)>) -> Option<HeaderList> {
    headers
        .map(|(name, value)| Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?)))
        .collect()
}

/// The other side's reply as a local call would have ended.
fn answer(endpoint: &str, reply: &UpstreamReply, invocation: &Invocation) -> Result<Invoked, Refused> {
    let header = |name: &'static str| {
        let value = reply.headers.get(HeaderName::from_static(name))?;
        value.to_str().ok()
    };
    match reply.status {
        200 => Ok(Invoked {
            payload: reply.body.clone(),
            function_error: header("x-amz-function-error").map(|_| FunctionError::Unhandled),
            executed_version: header("x-amz-executed-version").unwrap_or("$LATEST").to_owned(),
        }),
        404 => Err(Refused::Failed(InvokeError::NotFound(invocation.invoked_arn.clone()))),
        429 => Err(Refused::Throttled(throttle(&reply.body))),
        status => Err(Refused::Remote(format!("{endpoint} answered {status}: {}", message(&reply.body)))),
    }
}

/// The limit that the other side names.
fn throttle(body: &Bytes) -> Throttle {
    let body: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let reason = body.as_ref().and_then(|body| body.get("Reason")?.as_str());
    match reason {
        Some(reason) if reason == Throttle::ReservedConcurrency.as_str() => Throttle::ReservedConcurrency,
        _ => Throttle::Concurrency,
    }
}

/// What a refusal says, cut to a line of the log.
fn message(body: &Bytes) -> String {
    let parsed: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let text = parsed.as_ref().and_then(|body| body.get("Message").or_else(|| body.get("message"))?.as_str());
    let text = text.map_or_else(|| String::from_utf8_lossy(body).into_owned(), str::to_owned);
    text.chars().take(300).collect()
}
