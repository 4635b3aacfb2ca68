//! The way of control calls from the data cores to the control runtime: a bounded channel there, a one-shot back.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use stagedoor_control::{Control, ControlReply, ControlRequest};
use tokio::sync::{mpsc, oneshot};

/// Control calls that wait for the control runtime.
const QUEUE: usize = 256;

/// A data core's end.
#[derive(Debug, Clone)]
pub(crate) struct ControlLink(mpsc::Sender<(ControlRequest, oneshot::Sender<ControlReply>)>);

impl ControlLink {
    /// Starts answering on the current runtime.
    pub(crate) fn start(control: Control) -> Self {
        let (sender, mut calls) = mpsc::channel::<(ControlRequest, oneshot::Sender<ControlReply>)>(QUEUE);
        tokio::spawn(async move {
            while let Some((request, answer)) = calls.recv().await {
                let control = control.clone();
                // A caller who has gone away does not stop what he asked for.
                tokio::spawn(async move { drop(answer.send(control.handle(request).await)) });
            }
        });
        Self(sender)
    }

    /// Makes one control call.
    pub(crate) async fn call(&self, request: ControlRequest) -> Response<Bytes> {
        let (answer, reply) = oneshot::channel();
        if self.0.send((request, answer)).await.is_err() {
            return unavailable();
        }
        reply.await.map_or_else(|_| unavailable(), response)
    }
}

fn response(reply: ControlReply) -> Response<Bytes> {
    let mut response = Response::new(reply.body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    add_headers(response.headers_mut(), reply.headers);
    response
}

fn add_headers(headers: &mut HeaderMap, added: Vec<(&'static str, String)>) {
    for (name, value) in added {
        let parsed = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::try_from(value));
        if let (Ok(name), Ok(value)) = parsed {
            headers.append(name, value);
        }
    }
}

fn unavailable() -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(b"{\"message\":\"Service Unavailable\"}"));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
