//! One request on a data core: to the data plane, to the program's own endpoints, or to the control plane.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::HOST;
use http::{Method, Response, StatusCode};
use stagedoor_base::{Cause, Limits};
use stagedoor_control::{ControlRequest, Source};
use stagedoor_engine::{Engine, Head, HeaderList, Inbound, Listener, Serving};
use tokio::runtime::Handle;

use crate::address::{Address, StageAddress, address};
use crate::clock::Clock;
use crate::control_link::ControlLink;
use crate::listen::{
    Answering, Arrived, BodyFault, BodySettings, Client, Reply, TrustedProxies, Work, message,
};
use crate::node::Node;
use crate::stage_table::{Pending, Slot};
use crate::status::{Question, Status, text};

/// What a listener is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One port for all, as in `dev`.
    Everything,
    /// APIs only: what the world sees.
    Data,
    /// Health and metrics only.
    Status,
    /// Control calls only, of `serve`.
    Control,
}

/// Everything that a core needs to answer.
#[derive(Debug)]
pub(crate) struct Dispatch {
    pub(crate) role: Role,
    pub(crate) engine: Arc<Engine>,
    pub(crate) node: Arc<Node>,
    pub(crate) status: Arc<Status>,
    /// None: no control plane on this listener.
    pub(crate) control: Option<ControlLink>,
    /// Compiles what is still pending.
    pub(crate) runtime: Handle,
    pub(crate) limits: Arc<Limits>,
    pub(crate) bodies: Arc<BodySettings>,
    pub(crate) control_bodies: Arc<BodySettings>,
    pub(crate) listener: Listener,
    /// The listener that speaks TLS.
    pub(crate) secure: Option<Listener>,
    pub(crate) trusted: Arc<TrustedProxies>,
    pub(crate) clock: Clock,
}

impl Dispatch {
    /// Begins to answer one request.
    pub(crate) fn handle(self: &Arc<Self>, request: Arrived, client: &Client) -> Work {
        let mut request = request;
        let peer = self.trusted.client(client.peer.ip(), &mut request.headers);
        let host = request.headers.get(&HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
        match address(host, request.target.path()) {
            Address::Own if self.moves_clock(&request) => self.move_clock(),
            Address::Own if self.role != Role::Data => {
                let status = Arc::clone(&self.status);
                reply(async move {
                    let Arrived { method, target, headers, .. } = &request;
                    whole(status.answer(Question { method, target, headers, peer }).await)
                })
            }
            _ if self.role == Role::Status => at_once(not_found()),
            Address::Stage(_) if self.role == Role::Control => at_once(not_found()),
            Address::Stage(found) => {
                let place = Place { path_start: found.path_start, context_start: found.context_start };
                let found = self.find(&found);
                let listener = self.secure.as_ref().filter(|_| client.secure).unwrap_or(&self.listener);
                let has_body = request.has_body;
                let head = self.head(place, request, Origin { peer, listener: listener.clone() });
                self.serve(found, head, has_body)
            }
            Address::Own | Address::Other => {
                self.control(request, Source { address: peer, secure: client.secure })
            }
        }
    }

    fn moves_clock(&self, request: &Arrived) -> bool {
        let Arrived { method, target, headers, .. } = request;
        self.role == Role::Everything
            && *method == Method::POST
            && self.status.is_clock(target.path(), headers)
    }

    fn move_clock(&self) -> Work {
        let clock = self.clock.clone();
        let continuation = move |body: Result<Bytes, BodyFault>| {
            let reply = whole(clock.move_by(&body.unwrap_or_default()));
            Answering::new(std::future::ready(reply))
        };
        Work::Body(Arc::clone(&self.bodies), Box::new(continuation))
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

    fn head(&self, place: Place, request: Arrived, origin: Origin) -> Head {
        let Arrived { method, target, headers, spelling, .. } = request;
        Head {
            method,
            target,
            path_start: place.path_start,
            context_start: place.context_start,
            headers,
            spelling,
            peer: origin.peer,
            listener: origin.listener,
            received: self.clock.now(),
            started: self.clock.elapsed(),
        }
    }

    fn serve(self: &Arc<Self>, found: Found, head: Head, has_body: bool) -> Work {
        let found = match found {
            Found::UnknownApi(reply) => return at_once(reply),
            found => found,
        };
        let this = Arc::clone(self);
        match self.over_limits(&head) {
            Some(cause) => reply(async move { this.call(found, head, Err(cause)).await }),
            // Nothing to wait for: the usual call, and its future is smaller.
            None if !has_body => match found {
                Found::Ready(serving) => {
                    let inbound = Inbound { head, body: Ok(Bytes::new()) };
                    Work::Reply(Answering::made(|| self.engine.call(serving, inbound)))
                }
                found => reply(async move { this.call(found, head, Ok(Bytes::new())).await }),
            },
            None => {
                let continuation = move |body: Result<Bytes, BodyFault>| {
                    let body = body.map_err(cause);
                    Answering::new(async move { this.call(found, head, body).await })
                };
                Work::Body(Arc::clone(&self.bodies), Box::new(continuation))
            }
        }
    }

    async fn compile(&self, pending: Arc<Pending>) -> Result<Arc<Serving>, Reply> {
        let node = Arc::clone(&self.node);
        let compiled = self.runtime.spawn_blocking(move || node.ready(Slot::Pending(pending))).await;
        let reason = match compiled {
            Ok(Ok(serving)) => return Ok(serving),
            Ok(Err(error)) => error.to_string(),
            Err(error) => error.to_string(),
        };
        tracing::error!("a stage cannot be compiled: {reason}");
        Err(message(StatusCode::INTERNAL_SERVER_ERROR, "{\"message\":\"Internal server error\"}"))
    }

    async fn call(&self, found: Found, head: Head, body: Result<Bytes, Cause>) -> Reply {
        let serving = match found {
            Found::Ready(serving) => serving,
            Found::Pending(pending) => match self.compile(pending).await {
                Ok(serving) => serving,
                Err(reply) => return reply,
            },
            Found::UnknownStage => return self.engine.refuse(head, Cause::Forbidden),
            Found::UnknownApi(reply) => return reply,
        };
        self.engine.call(serving, Inbound { head, body }).await
    }

    fn over_limits(&self, head: &Head) -> Option<Cause> {
        if head.target.as_str().len() > self.limits.url_bytes {
            return Some(Cause::UriTooLong);
        }
        let limit = self.limits.header_bytes;
        // The usual head is so short that its headers need not be counted: with a blank behind each colon they are at most
        // a quarter longer than they were sent.
        let raw = head.spelling.as_ref().map_or(usize::MAX, |raw| raw.len() + raw.len() / 4);
        (raw > limit && header_bytes(&head.headers) > limit).then_some(Cause::HeadersTooLarge)
    }

    fn control(&self, request: Arrived, source: Source) -> Work {
        let Some(control) = self.control.clone() else {
            return at_once(message(StatusCode::FORBIDDEN, "{\"message\":\"Forbidden\"}"));
        };
        let continuation = move |body| {
            Answering::new(async move {
                match body {
                    Ok(body) => control.call(control_request(request, body, source)).await,
                    Err(BodyFault::TooLarge) => {
                        message(StatusCode::PAYLOAD_TOO_LARGE, "{\"message\":\"Request body too large\"}")
                    }
                    Err(BodyFault::BuffersFull) => {
                        message(StatusCode::SERVICE_UNAVAILABLE, "{\"message\":\"Service Unavailable\"}")
                    }
                }
            })
        };
        Work::Body(Arc::clone(&self.control_bodies), Box::new(continuation))
    }
}

fn control_request(request: Arrived, body: Bytes, source: Source) -> ControlRequest {
    ControlRequest {
        method: request.method.as_str().to_owned(),
        path: request.target.path().to_owned(),
        query: request.target.query().unwrap_or_default().to_owned(),
        headers: request.headers.into(),
        body,
        source,
    }
}

fn cause(fault: BodyFault) -> Cause {
    match fault {
        BodyFault::TooLarge => Cause::RequestTooLarge,
        BodyFault::BuffersFull => Cause::BuffersFull,
    }
}

fn reply(work: impl Future<Output = Reply> + Send + 'static) -> Work {
    Work::Reply(Answering::new(work))
}

fn at_once(made: Reply) -> Work {
    reply(std::future::ready(made))
}

/// Who calls, and where.
struct Origin {
    peer: IpAddr,
    listener: Listener,
}

/// Where in the path the stage's part begins; see [`Head`].
#[derive(Debug, Clone, Copy)]
struct Place {
    path_start: usize,
    context_start: Option<usize>,
}

enum Found {
    Ready(Arc<Serving>),
    Pending(Arc<Pending>),
    UnknownStage,
    UnknownApi(Reply),
}

fn header_bytes(headers: &HeaderList) -> usize {
    // With `: ` and the line end, as on the wire.
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

fn whole(response: Response<Bytes>) -> Reply {
    let (parts, body) = response.into_parts();
    Reply { status: parts.status, headers: parts.headers.into(), body: body.into() }
}

fn not_found() -> Reply {
    whole(text(StatusCode::NOT_FOUND, "not found\n"))
}

/// On AWS the name of an unknown API is not even in DNS; the text is the one that local tools know.
fn unknown_api(api: &str) -> Reply {
    let shown: String = api.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    let text =
        format!("{{\"message\":\"The API id '{shown}' does not correspond to a deployed API Gateway API\"}}");
    Reply { body: Bytes::from(text).into(), ..message(StatusCode::NOT_FOUND, "") }
}
