//! One request and its reply on a pooled or new connection.

use std::io::ErrorKind;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::uri::Scheme;
use http::{Method, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use stagedoor_engine::{UpstreamFailure, UpstreamReply, UpstreamRequest};

use super::Upstream;
use super::pool::{Sender, Target};
use crate::buffers::FREE;

type Message = Request<Full<Bytes>>;

/// A connection idle for less than this is not likely to be closed by the backend just now; requests on others are
/// kept to be sent again.
const FRESH: Duration = Duration::from_secs(1);
/// Longest wait for room for a reply's body.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why an attempt on a reused connection gave no reply.
enum Stale {
    /// Nothing was sent: the message is whole.
    Unsent(Box<Message>),
    /// The connection ended before the reply began.
    Cut(hyper::Error),
}

impl Upstream {
    pub(super) async fn exchange(&self, request: UpstreamRequest) -> Result<UpstreamReply, UpstreamFailure> {
        let (target, mut message) = prepare(request)?;
        while let Some((sender, age)) = self.pool.take(&target) {
            let spare = (age >= FRESH && is_idempotent(message.method())).then(|| message.clone());
            match self.attempt(&target, sender, message).await {
                Ok(reply) => return reply,
                Err(Stale::Unsent(unsent)) => message = *unsent,
                Err(Stale::Cut(error)) => match spare {
                    Some(spare) => {
                        message = spare;
                        break;
                    }
                    None => return Err(broken(&error)),
                },
            }
        }
        let sender = self.connect(&target).await?;
        match self.attempt(&target, sender, message).await {
            Ok(reply) => reply,
            Err(Stale::Unsent(_)) => Err(UpstreamFailure::Broken("closed on connect".to_owned())),
            Err(Stale::Cut(error)) => Err(broken(&error)),
        }
    }

    async fn attempt(
        &self,
        target: &Target,
        mut sender: Sender,
        message: Message,
    ) -> Result<Result<UpstreamReply, UpstreamFailure>, Stale> {
        if sender.ready().await.is_err() {
            return Err(Stale::Unsent(Box::new(message)));
        }
        let response = match sender.try_send_request(message).await {
            Ok(response) => response,
            Err(mut failed) => {
                return match failed.take_message() {
                    Some(unsent) => Err(Stale::Unsent(Box::new(unsent))),
                    None => match failed.into_error() {
                        error if is_cut(&error) => Err(Stale::Cut(error)),
                        error => Ok(Err(broken(&error))),
                    },
                };
            }
        };
        let reply = self.read(response).await;
        if reply.is_ok() {
            self.pool.put(target, sender);
        }
        Ok(reply)
    }

    async fn read(&self, response: Response<Incoming>) -> Result<UpstreamReply, UpstreamFailure> {
        let (head, mut body) = response.into_parts();
        // No upgrade is ever asked for, and a client that saw this status would take its connection for another protocol's.
        if head.status == StatusCode::SWITCHING_PROTOCOLS {
            return Err(UpstreamFailure::Broken("the backend switched protocols unasked".to_owned()));
        }
        let body = self.read_body(&mut body).await?;
        Ok(UpstreamReply { status: head.status.as_u16(), headers: head.headers, body })
    }

    async fn read_body(&self, body: &mut Incoming) -> Result<Bytes, UpstreamFailure> {
        if body.is_end_stream() {
            return Ok(Bytes::new());
        }
        let (limit, buffers) = (self.settings.limit, &self.settings.buffers);
        let declared = body.size_hint().exact().map(|size| usize::try_from(size).unwrap_or(usize::MAX));
        if declared.is_some_and(|size| size > limit) {
            return Err(UpstreamFailure::TooLarge);
        }
        let mut buffer = BytesMut::new();
        let mut reservation = None;
        if let Some(size) = declared.filter(|size| *size > FREE) {
            reservation = Some(reserve(buffers, size).await?);
            buffer.reserve(size);
        }
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|error| broken(&error))?.into_data() else { continue };
            // The usual small body is one frame: hand it on as it is.
            if buffer.is_empty() && declared == Some(data.len()) && reservation.is_none() {
                return Ok(data);
            }
            let size = buffer.len() + data.len();
            if size > limit {
                return Err(UpstreamFailure::TooLarge);
            }
            if reservation.is_none() && size > FREE {
                reservation = Some(reserve(buffers, limit).await?);
            }
            buffer.extend_from_slice(&data);
        }
        Ok(match reservation {
            Some(reservation) => reservation.hold(buffer),
            None => buffer.freeze(),
        })
    }
}

async fn reserve(
    buffers: &crate::buffers::Buffers,
    size: usize,
) -> Result<crate::buffers::Reservation, UpstreamFailure> {
    buffers.reserve(size, PATIENCE).await.map_err(|_| UpstreamFailure::BuffersFull)
}

fn prepare(request: UpstreamRequest) -> Result<(Target, Message), UpstreamFailure> {
    let target = Target {
        tls: request.scheme == Scheme::HTTPS,
        authority: request.authority,
        skip_verification: request.insecure_skip_verification,
    };
    let mut message = Request::new(Full::new(request.body));
    *message.method_mut() = request.method;
    *message.uri_mut() = Uri::from(request.path_and_query);
    *message.headers_mut() = request.headers;
    if !message.headers().contains_key(http::header::HOST) {
        let host = target.authority.as_str().rsplit('@').next().unwrap_or_default();
        let host = http::HeaderValue::from_str(host)
            .map_err(|error| UpstreamFailure::Connect(format!("{host}: {error}")))?;
        message.headers_mut().insert(http::header::HOST, host);
    }
    Ok((target, message))
}

/// Whether the connection ended before the reply began: in order, or by a reset because we wrote to a closed one.
fn is_cut(error: &hyper::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    let reset =
        cause.is_some_and(|cause| matches!(cause.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe));
    error.is_incomplete_message() || error.is_canceled() || reset
}

fn is_idempotent(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
}

fn broken(error: &hyper::Error) -> UpstreamFailure {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    UpstreamFailure::Broken(format!("{error}{cause}"))
}
