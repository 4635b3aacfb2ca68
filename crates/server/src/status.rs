//! The program's own endpoints: health, metrics, reset, clock.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, Response, StatusCode};
use serde_json::json;
use stagedoor_base::Scope;
use stagedoor_engine::HeaderList;
use stagedoor_observe::{Gauges, Observer};
use stagedoor_shared::{Forgotten, Shared};

use crate::buffers::Buffers;
use crate::clock::Clock;
use crate::latest;
use crate::listen::FrontCounters;
use crate::node::Node;

/// A browser cannot send this header across origins without asking, so no foreign page can reset a gateway.
pub(crate) const GUARD: &str = "x-stagedoor";

const CLOCK: &str = "/_stagedoor/clock";

/// What the endpoints tell of.
#[derive(Debug)]
pub(crate) struct Status {
    pub(crate) node: Arc<Node>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) observer: Arc<Observer>,
    pub(crate) connections: Arc<AtomicUsize>,
    pub(crate) buffers: [Buffers; 3],
    pub(crate) front: Arc<FrontCounters>,
    pub(crate) stopping: Arc<AtomicBool>,
    pub(crate) clock: Clock,
    /// Whether everything may be reset and the clock moved, as in `dev`.
    pub(crate) resettable: bool,
    /// Where that which files declare belongs, for commands; told where there is a control plane.
    pub(crate) scope: Option<Scope>,
}

/// What is asked of the program itself, and by whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) method: &'q Method,
    pub(crate) target: &'q PathAndQuery,
    pub(crate) headers: &'q HeaderList,
    pub(crate) peer: IpAddr,
}

impl Status {
    /// Answers one of the program's own paths.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        Question { method, target, headers, peer }: Question<'_>,
    ) -> Response<Bytes> {
        let reading = method == Method::GET || method == Method::HEAD;
        match target.path() {
            "/livez" | "/healthz" if reading => text(StatusCode::OK, "ok\n"),
            "/readyz" if reading && self.stopping.load(Relaxed) => {
                text(StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
            }
            "/readyz" if reading => text(StatusCode::OK, "ok\n"),
            "/_stagedoor/health" | "/_localstack/health" if reading => self.health(),
            "/metrics" if reading => self.metrics(),
            "/_stagedoor/logs" if reading => {
                latest::answer(&self.observer, target.query(), headers, peer).await
            }
            "/_stagedoor/reset" if self.resettable && method == Method::POST => self.reset(headers).await,
            "/_stagedoor/reset" if self.resettable => text(StatusCode::METHOD_NOT_ALLOWED, "use POST\n"),
            CLOCK if self.resettable && reading => self.clock.show(),
            // A move itself, with the guard, is not answered here: it has a body.
            CLOCK if self.resettable && method == Method::POST => unguarded(),
            CLOCK if self.resettable => text(StatusCode::METHOD_NOT_ALLOWED, "use POST or GET\n"),
            _ => text(StatusCode::NOT_FOUND, "not found\n"),
        }
    }

    /// Whether a POST moves the clock: its body is to be read then.
    pub(crate) fn is_clock(&self, path: &str, headers: &HeaderList) -> bool {
        path == CLOCK && self.resettable && is_guarded(headers)
    }

    fn health(&self) -> Response<Bytes> {
        let mut health = json!({
            "services": {"apigateway": "running", "lambda": "running"},
            "edition": "stagedoor",
            "version": env!("CARGO_PKG_VERSION"),
            "revision": self.node.revision().0,
        });
        if let Some(Scope { account, region }) = &self.scope {
            health["account"] = account.as_str().into();
            health["region"] = region.as_str().into();
        }
        json(health.to_string())
    }

    fn metrics(&self) -> Response<Bytes> {
        let gauges = Gauges {
            connections: self.connections.load(Relaxed),
            buffered_bytes: self.buffers.iter().map(Buffers::reserved).sum(),
            revision: self.node.revision().0,
        };
        let mut metrics = self.observer.prometheus(&gauges);
        self.front.prometheus(&mut metrics);
        crate::cache::prometheus(&self.shared.caches().stats(), &mut metrics);
        let mut response = text(StatusCode::OK, metrics);
        let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
        response
    }

    async fn reset(self: &Arc<Self>, headers: &HeaderList) -> Response<Bytes> {
        if !is_guarded(headers) {
            return unguarded();
        }
        let node = Arc::clone(&self.node);
        match tokio::task::spawn_blocking(move || node.reset()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
            Err(error) => return text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
        }
        match self.shared.forget(Forgotten::Everything).await {
            Ok(()) => json("{\"reset\":true}".to_owned()),
            Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
        }
    }
}

fn is_guarded(headers: &HeaderList) -> bool {
    headers.get(GUARD).is_some_and(|value| value == "1")
}

fn unguarded() -> Response<Bytes> {
    text(StatusCode::FORBIDDEN, "send the header X-Stagedoor: 1\n")
}

/// A plain text reply.
pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    response
}

/// A JSON reply.
pub(crate) fn json(body: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
    response
}
