//! The way of control calls from the data cores to the control runtime: a bounded channel there, a one-shot back.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderName, HeaderValue, StatusCode};
use stagedoor_control::{Control, ControlAnswer, ControlReply, ControlRequest, Events, StreamedReply};
use stagedoor_engine::{Body, HeaderList, StreamFailure};
use tokio::sync::{mpsc, oneshot};

use crate::listen::{Reply, message};

/// Control calls that wait for the control runtime.
const QUEUE: usize = 256;

/// A data core's end.
#[derive(Debug, Clone)]
pub(crate) struct ControlLink(mpsc::Sender<(ControlRequest, oneshot::Sender<ControlAnswer>)>);

impl ControlLink {
    /// Starts answering on the current runtime.
    pub(crate) fn start(control: Control) -> Self {
        let (sender, mut calls) = mpsc::channel::<(ControlRequest, oneshot::Sender<ControlAnswer>)>(QUEUE);
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
    pub(crate) async fn call(&self, request: ControlRequest) -> Reply {
        let (answer, reply) = oneshot::channel();
        if self.0.send((request, answer)).await.is_err() {
            return unavailable();
        }
        reply.await.map_or_else(|_| unavailable(), response)
    }
}

fn response(answer: ControlAnswer) -> Reply {
    let (status, headers, body) = match answer {
        ControlAnswer::Whole(ControlReply { status, headers, body }) => (status, headers, Body::Whole(body)),
        ControlAnswer::Streamed(StreamedReply { status, headers, body }) => {
            (status, headers, Body::stream(Box::pin(Sound(body)), None))
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Reply { status, headers: sound(headers), body }
}

/// Events, which say themselves what went wrong.
struct Sound(Events);

impl Stream for Sound {
    type Item = Result<Bytes, StreamFailure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|event| event.map(Ok))
    }
}

fn sound(headers: Vec<(&'static str, String)>) -> HeaderList {
    let parsed = |(name, value): (&str, String)| {
        HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::try_from(value).ok())
    };
    headers.into_iter().filter_map(parsed).collect()
}

fn unavailable() -> Reply {
    message(StatusCode::SERVICE_UNAVAILABLE, "{\"message\":\"Service Unavailable\"}")
}
