//! One request on a data core: to the data plane, to the program's own endpoints, or to the control plane.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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
    /// Answers one request.
    ///
    /// This future lives once per busy connection: what is rare is boxed, so that the common case stays small.
    pub(crate) async fn handle(
        self: Arc<Self>,
        request: Request<Incoming>,
        client: Client,
    ) -> Result<Reply, Infallible> {
        let mut arrival = self.arrival(request, &client);
        let (program, place) = match self.find(&mut arrival.parts) {
            Found::Ready(program, place) => (program, place),
            rare => match Box::pin(self.answer_rarely(rare, &mut arrival, &client)).await {
                Rarely::Ready(program, place) => (program, place),
                Rarely::Answered(reply) => return Ok(reply),
            },
        };
        let body = match self.over_limits(&arrival.parts) {
            Some(cause) => Err(cause),
            None if arrival.body.is_none() => Ok(Bytes::new()),
            None => match Box::pin(read(&mut arrival.body, &self.bodies)).await {
                Ok(body) => body,
                Err(reply) => return Ok(reply),
            },
        };
        client.body_ended();
        let inbound = Inbound { head: self.head(arrival, place, &client), body };
        Ok(response(self.engine.call(program, inbound).await))
    }

    fn arrival(&self, request: Request<Incoming>, client: &Client) -> Arrival {
        let (parts, body) = request.into_parts();
        let body = (!body.is_end_stream()).then_some(body);
        let spelling = client.take_head(body.is_some());
        Arrival { parts, spelling, body, started: self.epoch.elapsed(), received: now() }
    }

    fn find(&self, parts: &mut Parts) -> Found {
        if !is_sound(parts) {
            return Found::Unsound;
        }
        settle_host(parts);
        let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
        match address(host, parts.uri.path()) {
            Address::Own if self.role != Role::Data => Found::Own,
            _ if self.role == Role::Status => Found::Nothing,
            Address::Stage(found) => self.find_stage(&found),
            Address::Own | Address::Other => Found::Control,
        }
    }

    fn find_stage(&self, found: &StageAddress<'_>) -> Found {
        let place = Place { path_start: found.path_start, context_start: found.context_start };
        let table = self.node.table();
        match table.find(&found.key) {
            Some(Slot::Ready(program)) => Found::Ready(program, place),
            Some(Slot::Pending(pending)) => Found::Pending(pending, place),
            None if table.knows(found.api()) => Found::UnknownStage(place),
            None => Found::UnknownApi(unknown_api(found.api())),
        }
    }

    async fn answer_rarely(&self, found: Found, arrival: &mut Arrival, client: &Client) -> Rarely {
        Rarely::Answered(match found {
            Found::Ready(program, place) => return Rarely::Ready(program, place),
            Found::Pending(pending, place) => match self.compile(pending).await {
                Ok(program) => return Rarely::Ready(program, place),
                Err(reply) => reply,
            },
            Found::UnknownApi(reply) => reply,
            Found::UnknownStage(place) => self.refuse(place, arrival, client).await,
            Found::Own => {
                let Parts { method, uri, headers, .. } = &arrival.parts;
                self.status.answer(method, uri.path(), headers).await
            }
            Found::Control => self.control(arrival, client).await,
            Found::Unsound => bad_request(),
            Found::Nothing => text(StatusCode::NOT_FOUND, "not found\n"),
        })
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

    async fn refuse(&self, place: Place, arrival: &mut Arrival, client: &Client) -> Reply {
        if let Err(reply) = read(&mut arrival.body, &self.bodies).await {
            return reply;
        }
        client.body_ended();
        let head = self.head(arrival.take(), place, client);
        response(self.engine.refuse(head, Cause::Forbidden))
    }

    fn head(&self, arrival: Arrival, place: Place, client: &Client) -> Head {
        let Arrival { parts, spelling, started, received, .. } = arrival;
        let target = parts.uri.into_parts().path_and_query;
        Head {
            method: parts.method,
            target: target.unwrap_or_else(|| PathAndQuery::from_static("/")),
            path_start: place.path_start,
            context_start: place.context_start,
            headers: parts.headers,
            spelling,
            peer: client.peer().ip().to_canonical(),
            listener: self.listener.clone(),
            received,
            started,
        }
    }

    fn over_limits(&self, parts: &Parts) -> Option<Cause> {
        let url = parts.uri.path_and_query().map_or(0, |target| target.as_str().len());
        if url > self.limits.url_bytes {
            return Some(Cause::UriTooLong);
        }
        (header_bytes(&parts.headers) > self.limits.header_bytes).then_some(Cause::HeadersTooLarge)
    }

    async fn control(&self, arrival: &mut Arrival, client: &Client) -> Reply {
        let Some(control) = &self.control else {
            return message(StatusCode::FORBIDDEN, "{\"message\":\"Forbidden\"}");
        };
        let body = match read(&mut arrival.body, &self.control_bodies).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(Cause::RequestTooLarge)) => {
                return message(StatusCode::PAYLOAD_TOO_LARGE, "{\"message\":\"Request body too large\"}");
            }
            Ok(Err(_)) => {
                return message(StatusCode::SERVICE_UNAVAILABLE, "{\"message\":\"Service Unavailable\"}");
            }
            Err(reply) => return reply,
        };
        client.body_ended();
        let Arrival { parts, .. } = arrival.take();
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

/// Reads a body; none is empty at once. `Err` when the client broke off.
async fn read(body: &mut Option<Incoming>, settings: &BodySettings) -> Result<Result<Bytes, Cause>, Reply> {
    let Some(body) = body.take() else { return Ok(Ok(Bytes::new())) };
    match collect(body, settings).await {
        Body::Complete(bytes) => Ok(Ok(bytes)),
        Body::TooLarge => Ok(Err(Cause::RequestTooLarge)),
        Body::BuffersFull => Ok(Err(Cause::BuffersFull)),
        Body::Broken => Err(bad_request()),
    }
}

/// A request as it came.
struct Arrival {
    parts: Parts,
    spelling: Option<Bytes>,
    /// None when it has none, or it was taken.
    body: Option<Incoming>,
    started: Duration,
    received: Timestamp,
}

impl Arrival {
    /// Moves the request out; what stays is empty.
    fn take(&mut self) -> Self {
        let (empty, ()) = Request::new(()).into_parts();
        Self {
            parts: std::mem::replace(&mut self.parts, empty),
            spelling: self.spelling.take(),
            body: self.body.take(),
            started: self.started,
            received: self.received,
        }
    }
}

/// Where in the path the stage's part begins; see [`Head`].
#[derive(Debug, Clone, Copy)]
struct Place {
    path_start: usize,
    context_start: Option<usize>,
}

/// What a request is for, and what there is of it.
enum Found {
    Ready(Arc<Program>, Place),
    Pending(Arc<Pending>, Place),
    UnknownStage(Place),
    UnknownApi(Reply),
    Own,
    Control,
    /// Its head cannot be trusted.
    Unsound,
    Nothing,
}

/// What came of a rare case.
enum Rarely {
    Ready(Arc<Program>, Place),
    Answered(Reply),
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
