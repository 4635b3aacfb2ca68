//! One request on a data core: to the data plane, to the program's own endpoints, or to the control plane.

use std::future::ready;
use std::sync::Arc;
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
use crate::listen::{Answering, Body, BodySettings, Client, collect};
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
    /// Begins to answer one request.
    pub(crate) fn handle(self: &Arc<Self>, request: Request<Incoming>, client: &Arc<Client>) -> Answering {
        let (mut parts, body) = request.into_parts();
        let spelling = client.take_head(!body.is_end_stream());
        if !is_sound(&parts) {
            return Answering::new(ready(bad_request()));
        }
        settle_host(&mut parts);
        let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
        match address(host, parts.uri.path()) {
            Address::Own if self.role != Role::Data => {
                let status = Arc::clone(&self.status);
                Answering::new(
                    async move { status.answer(&parts.method, parts.uri.path(), &parts.headers).await },
                )
            }
            _ if self.role == Role::Status => Answering::new(ready(not_found())),
            Address::Stage(found) => {
                let place = Place { path_start: found.path_start, context_start: found.context_start };
                let found = self.find(&found);
                let head = self.head(place, parts, spelling, client);
                self.serve(found, head, body, client)
            }
            Address::Own | Address::Other => {
                let (this, client) = (Arc::clone(self), Arc::clone(client));
                Answering::new(async move { this.control(parts, body, &client).await })
            }
        }
    }

    fn find(&self, found: &StageAddress<'_>) -> Found {
        let table = self.node.table();
        match table.find(&found.key) {
            Some(Slot::Ready(program)) => Found::Ready(program),
            Some(Slot::Pending(pending)) => Found::Pending(pending),
            None if table.knows(found.api()) => Found::UnknownStage,
            None => Found::UnknownApi(unknown_api(found.api())),
        }
    }

    fn head(&self, place: Place, parts: Parts, spelling: Option<Bytes>, client: &Client) -> Head {
        let target = parts.uri.into_parts().path_and_query;
        Head {
            method: parts.method,
            target: target.unwrap_or_else(|| PathAndQuery::from_static("/")),
            path_start: place.path_start,
            context_start: place.context_start,
            headers: parts.headers,
            spelling,
            peer: client.peer.ip().to_canonical(),
            listener: self.listener.clone(),
            received: now(),
            started: self.epoch.elapsed(),
        }
    }

    fn serve(self: &Arc<Self>, found: Found, head: Head, body: Incoming, client: &Arc<Client>) -> Answering {
        let (this, client) = (Arc::clone(self), Arc::clone(client));
        match found {
            // Nothing to wait for: the usual call, and its future is half as large.
            Found::Ready(program) if body.is_end_stream() => {
                let body = self.over_limits(&head).map_or(Ok(Bytes::new()), Err);
                let inbound = Inbound { head, body };
                Answering::new(async move { response(this.engine.call(program, inbound).await) })
            }
            Found::Ready(program) => {
                Answering::new(async move { this.call(program, head, body, &client).await })
            }
            Found::Pending(pending) => Answering::new(async move {
                match this.compile(pending).await {
                    Ok(program) => this.call(program, head, body, &client).await,
                    Err(reply) => reply,
                }
            }),
            Found::UnknownStage => Answering::new(async move {
                match this.inbound(head, body, &client).await {
                    Ok(inbound) => response(this.engine.refuse(inbound.head, Cause::Forbidden)),
                    Err(reply) => reply,
                }
            }),
            Found::UnknownApi(reply) => Answering::new(ready(reply)),
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

    async fn call(&self, program: Arc<Program>, head: Head, body: Incoming, client: &Client) -> Reply {
        match self.inbound(head, body, client).await {
            Ok(inbound) => response(self.engine.call(program, inbound).await),
            Err(reply) => reply,
        }
    }

    async fn inbound(&self, head: Head, body: Incoming, client: &Client) -> Result<Inbound, Reply> {
        let body = match self.over_limits(&head) {
            Some(cause) => {
                client.leaves_body();
                Err(cause)
            }
            None => match collect(body, &head.headers, client, &self.bodies).await {
                Body::Complete(bytes) => Ok(bytes),
                Body::TooLarge => Err(Cause::RequestTooLarge),
                Body::BuffersFull => Err(Cause::BuffersFull),
                Body::Broken => return Err(bad_request()),
            },
        };
        client.body_ended();
        Ok(Inbound { head, body })
    }

    fn over_limits(&self, head: &Head) -> Option<Cause> {
        if head.target.as_str().len() > self.limits.url_bytes {
            return Some(Cause::UriTooLong);
        }
        let limit = self.limits.header_bytes;
        // The usual head is so short that its headers need not be counted.
        let raw = head.spelling.as_ref().map_or(usize::MAX, |raw| raw.len().saturating_add(CODEC_HEADERS));
        (raw > limit && header_bytes(&head.headers) > limit).then_some(Cause::HeadersTooLarge)
    }

    async fn control(&self, parts: Parts, body: Incoming, client: &Client) -> Reply {
        let Some(control) = &self.control else {
            return message(StatusCode::FORBIDDEN, "{\"message\":\"Forbidden\"}");
        };
        let body = match collect(body, &parts.headers, client, &self.control_bodies).await {
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
    Ready(Arc<Program>),
    Pending(Arc<Pending>),
    UnknownStage,
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
    let is_odd =
        |byte: &u8| !byte.is_ascii_graphic() || matches!(byte, b'/' | b'\\' | b'@' | b'?' | b'#' | b',');
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

/// Headers that the codec takes at most. Each may be counted with a blank more than it was sent with.
const CODEC_HEADERS: usize = 100;

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

fn not_found() -> Reply {
    text(StatusCode::NOT_FOUND, "not found\n")
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
