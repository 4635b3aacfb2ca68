//! One request on a data core: to the data plane, to the program's own endpoints, or to the control plane.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Version};
use http_body_util::Full;
use hyper::body::{Body as _, Incoming};
use stagedoor_base::{Cause, Limits, Timestamp};
use stagedoor_control::ControlRequest;
use stagedoor_engine::{Engine, Head, Inbound, Listener, Outbound, Program};
use tokio::runtime::Handle;

use crate::address::{Address, StageAddress, address};
use crate::control_link::ControlLink;
use crate::listen::{Body, BodySettings, Client, collect};
use crate::node::Node;
use crate::stage_table::{Pending, Slot};
use crate::status::{Status, text};

/// What a listener is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One port for all, as in `dev`.
    Everything,
    /// APIs only: what the world sees.
    Data,
    /// Health and metrics only.
    Status,
}

/// Everything that a core needs to answer.
#[derive(Debug)]
pub(crate) struct Dispatch {
    pub(crate) role: Role,
    pub(crate) engine: Engine,
    pub(crate) node: Arc<Node>,
    pub(crate) status: Arc<Status>,
    /// None: no control plane on this listener.
    pub(crate) control: Option<ControlLink>,
    /// Compiles what is still pending.
    pub(crate) runtime: Handle,
    pub(crate) limits: Arc<Limits>,
    pub(crate) bodies: BodySettings,
    pub(crate) control_bodies: BodySettings,
    pub(crate) listener: Listener,
    pub(crate) epoch: Instant,
}

type Reply = Response<Full<Bytes>>;

impl Dispatch {
    /// Answers one request. A panic while doing so ends this request only.
    pub(crate) async fn handle(self: Arc<Self>, request: Request<Incoming>, client: Client) -> Reply {
        let mut work = pin!(self.answer(request, client));
        poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(polled) => polled,
            Err(_) => Poll::Ready(text(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error\n")),
        })
        .await
    }

    async fn answer(&self, request: Request<Incoming>, client: Client) -> Reply {
        let (mut parts, body) = request.into_parts();
        let head = client.take_head(!body.is_end_stream());
        if !is_sound(&parts) {
            return bad_request();
        }
        settle_host(&mut parts);
        let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
        match address(host, parts.uri.path()) {
            Address::Own if self.role != Role::Data => {
                self.status.answer(&parts.method, parts.uri.path(), &parts.headers).await
            }
            _ if self.role == Role::Status => text(StatusCode::NOT_FOUND, "not found\n"),
            Address::Stage(found) => match self.find(&found) {
                Found::Ready(program, place) => self.call(program, place, parts, head, body, &client).await,
                Found::Pending(pending, place) => match self.compile(pending).await {
                    Ok(program) => self.call(program, place, parts, head, body, &client).await,
                    Err(reply) => reply,
                },
                Found::UnknownApi(reply) => reply,
                Found::UnknownStage(place) => self.refuse(place, parts, head, body, &client).await,
            },
            Address::Own | Address::Other => self.control(parts, body, &client).await,
        }
    }

    fn find(&self, found: &StageAddress<'_>) -> Found {
        let place = Place { path_start: found.path_start, context_start: found.context_start };
        let table = self.node.table();
        match table.find(&found.key) {
            Some(Slot::Ready(program)) => Found::Ready(program, place),
            Some(Slot::Pending(pending)) => Found::Pending(pending, place),
            None if table.knows(found.api()) => Found::UnknownStage(place),
            None => Found::UnknownApi(unknown_api(found.api())),
        }
    }

    async fn compile(&self, pending: Arc<Pending>) -> Result<Arc<Program>, Reply> {
        let node = Arc::clone(&self.node);
        let compiled = self.runtime.spawn_blocking(move || node.ready(Slot::Pending(pending))).await;
        let reason = match compiled {
            Ok(Ok(program)) => return Ok(program),
            Ok(Err(error)) => error.to_string(),
            Err(error) => error.to_string(),
        };
        tracing::error!("a stage cannot be compiled: {reason}");
        Err(message(StatusCode::INTERNAL_SERVER_ERROR, "{\"message\":\"Internal server error\"}"))
    }

    async fn call(
        &self,
        program: Arc<Program>,
        place: Place,
        parts: Parts,
        spelling: Option<Bytes>,
        body: Incoming,
        client: &Client,
    ) -> Reply {
        let inbound = self.inbound(place, parts, spelling, body, client).await;
        match inbound {
            Ok(inbound) => response(self.engine.call(program, inbound).await),
            Err(reply) => reply,
        }
    }

    async fn refuse(
        &self,
        place: Place,
        parts: Parts,
        spelling: Option<Bytes>,
        body: Incoming,
        client: &Client,
    ) -> Reply {
        match self.inbound(place, parts, spelling, body, client).await {
            Ok(inbound) => response(self.engine.refuse(inbound.head, Cause::Forbidden)),
            Err(reply) => reply,
        }
    }

    async fn inbound(
        &self,
        place: Place,
        parts: Parts,
        spelling: Option<Bytes>,
        body: Incoming,
        client: &Client,
    ) -> Result<Inbound, Reply> {
        let (started, received) = (self.epoch.elapsed(), now());
        let body = match self.over_limits(&parts) {
            Some(cause) => Err(cause),
            None => match collect(body, &self.bodies).await {
                Body::Complete(bytes) => Ok(bytes),
                Body::TooLarge => Err(Cause::RequestTooLarge),
                Body::BuffersFull => Err(Cause::BuffersFull),
                Body::Broken => return Err(bad_request()),
            },
        };
        client.body_ended();
        let target = parts.uri.into_parts().path_and_query;
        let head = Head {
            method: parts.method,
            target: target.unwrap_or_else(|| PathAndQuery::from_static("/")),
            path_start: place.path_start,
            context_start: place.context_start,
            headers: parts.headers,
            spelling,
            peer: client.peer.ip().to_canonical(),
            listener: self.listener.clone(),
            received,
            started,
        };
        Ok(Inbound { head, body })
    }

    fn over_limits(&self, parts: &Parts) -> Option<Cause> {
        let url = parts.uri.path_and_query().map_or(0, |target| target.as_str().len());
        if url > self.limits.url_bytes {
            return Some(Cause::UriTooLong);
        }
        (header_bytes(&parts.headers) > self.limits.header_bytes).then_some(Cause::HeadersTooLarge)
    }

    async fn control(&self, parts: Parts, body: Incoming, client: &Client) -> Reply {
        let Some(control) = &self.control else {
            return message(StatusCode::FORBIDDEN, "{\"message\":\"Forbidden\"}");
        };
        let body = match collect(body, &self.control_bodies).await {
            Body::Complete(bytes) => bytes,
            Body::TooLarge => {
                return message(StatusCode::PAYLOAD_TOO_LARGE, "{\"message\":\"Request body too large\"}");
            }
            Body::BuffersFull => {
                return message(StatusCode::SERVICE_UNAVAILABLE, "{\"message\":\"Service Unavailable\"}");
            }
            Body::Broken => return bad_request(),
        };
        client.body_ended();
        let request = ControlRequest {
            method: parts.method.as_str().to_owned(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        };
        control.call(request).await
    }
}

/// Where in the path the stage's part begins; see [`Head`].
#[derive(Debug, Clone, Copy)]
struct Place {
    path_start: usize,
    context_start: Option<usize>,
}

enum Found {
    Ready(Arc<Program>, Place),
    Pending(Arc<Pending>, Place),
    UnknownStage(Place),
    UnknownApi(Reply),
}

/// Whether a head has one meaning only: whoever stands in front must not have read another host or body than we do.
fn is_sound(parts: &Parts) -> bool {
    let mut hosts = parts.headers.get_all(http::header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host),
        (None, _) => parts.uri.authority().is_some() || parts.version < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    };
    let mut codings = parts.headers.get_all(http::header::TRANSFER_ENCODING).iter();
    let coding = match (codings.next(), codings.next()) {
        (None, _) => true,
        (Some(coding), None) => coding.as_bytes().eq_ignore_ascii_case(b"chunked"),
        (Some(_), Some(_)) => false,
    };
    host && coding
}

fn is_host(host: &HeaderValue) -> bool {
    let is_odd = |byte: &u8| !byte.is_ascii_graphic() || b"/\\@?#,".contains(byte);
    !host.as_bytes().iter().any(is_odd)
}

/// HTTP/2 and absolute request targets carry the host beside the headers, and there it outranks a `Host`
/// (RFC 9112 §3.2.2); everything behind reads `Host`.
fn settle_host(parts: &mut Parts) {
    let Some(authority) = parts.uri.authority() else { return };
    let host = authority.as_str().rsplit('@').next().unwrap_or_default();
    if let Ok(host) = HeaderValue::from_str(host) {
        parts.headers.insert(http::header::HOST, host);
    }
}

fn header_bytes(headers: &HeaderMap) -> usize {
    // With `: ` and the line end, as on the wire.
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

fn response(outbound: Outbound) -> Reply {
    let mut response = Response::new(Full::new(outbound.body));
    *response.status_mut() = outbound.status;
    *response.headers_mut() = outbound.headers;
    response
}

fn message(status: StatusCode, body: &'static str) -> Reply {
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// On AWS the name of an unknown API is not even in DNS; the text is the one that local tools know.
fn unknown_api(api: &str) -> Reply {
    let shown: String = api.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    let text =
        format!("{{\"message\":\"The API id '{shown}' does not correspond to a deployed API Gateway API\"}}");
    let mut response = message(StatusCode::NOT_FOUND, "");
    *response.body_mut() = Full::new(Bytes::from(text));
    response
}

fn bad_request() -> Reply {
    let mut response = message(StatusCode::BAD_REQUEST, "{\"message\":\"Bad Request\"}");
    // Where the request ends is not certain, so the connection cannot go on.
    response.headers_mut().insert(http::header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, Request, Version};

    use super::{is_sound, settle_host};

    /// A head of HTTP/1.1 with headers like `host: a|host: b`.
    fn parts(target: &str, headers: &str) -> http::request::Parts {
        let mut request = Request::get(target);
        for (name, value) in headers.split('|').filter_map(|line| line.split_once(": ")) {
            request = request.header(name, value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn heads_with_two_meanings_are_refused() {
        let table = [
            ("/", "host: a", true),
            ("/", "host: a:80", true),
            ("/", "host: [::1]:80", true),
            ("/", "host: ", true),
            ("/", "", false),
            ("http://a/", "", true),
            ("/", "host: a|host: a", false),
            ("http://a/", "host: a|host: b", false),
            ("/", "host: a b", false),
            ("/", "host: a/b", false),
            ("/", "host: a@b", false),
            ("/", "host: a|transfer-encoding: Chunked", true),
            ("/", "host: a|transfer-encoding: gzip, chunked", false),
            ("/", "host: a|transfer-encoding: chunked|transfer-encoding: chunked", false),
        ];
        for (target, headers, expected) in table {
            assert_eq!(is_sound(&parts(target, headers)), expected, "{target} {headers}");
        }
        let mut old = parts("/", "");
        old.version = Version::HTTP_10;
        assert!(is_sound(&old));
    }

    #[test]
    fn the_target_outranks_the_host_header() {
        for (target, expected) in [("/", "header"), ("http://target:80/", "target:80"), ("http://u@t/", "t")]
        {
            let mut parts = parts(target, "host: header");
            settle_host(&mut parts);
            assert_eq!(parts.headers.get("host"), Some(&HeaderValue::from_static(expected)), "{target}");
        }
    }
}
