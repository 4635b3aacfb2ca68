//! Functions that another Lambda API runs: `Invoke` over HTTP, signed.
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
use stagedoor_engine::{HeaderList, UpstreamReply, UpstreamRequest};
use stagedoor_lambda::{FunctionError, Invocation, InvokeError, Invoked};

use super::{Refused, Tails};
use crate::upstream::{Settings, Upstream, described};

/// The longest that a function may run, and the time to reach it and back.
const TIMEOUT: Duration = Duration::from_secs(900 + 30);

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
        let request = self.request(endpoint, invocation).map_err(Refused::Remote)?;
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

    fn request(&self, endpoint: &str, invocation: &Invocation) -> Result<UpstreamRequest, String> {
        let wrong = |what: &str| format!("the endpoint {endpoint} {what}");
        let uri: Uri = endpoint.parse().map_err(|_| wrong("is no URL"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(wrong("is no URL"));
        };
        let function = &invocation.invoked_arn;
        let base = uri.path().trim_end_matches('/');
        let path = format!("{base}/2015-03-31/functions/{}/invocations", function.name);
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
    let log = reply.headers.get(&HeaderName::from_static("x-amz-log-result"))?;
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
        let value = reply.headers.get(&HeaderName::from_static(name))?;
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
