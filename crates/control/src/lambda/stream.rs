//! `InvokeWithResponseStream`: the events of a function's response, while the function makes it.
//!
//! In: a payload that must be JSON, and the response's parts. Out: the bytes of a stream of events, the last of which says how
//! the response ended. It must not know how the stream travels.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_core::Stream;
use stagedoor_base::Scope;
use stagedoor_wire::{EVENT_STREAM, Matched, Service, lambda as wire, put_event};

use super::invoke::{self, Prepared};
use crate::control::{ControlAnswer, StreamedReply};
use crate::dispatch::Streaming;
use crate::ports::{InvokeStreamAnswer, StreamParts};
use crate::{ApiError, Control, ControlRequest, StreamPart, fault};

pub(crate) fn invoke_with_response_stream(
    control: Control,
    scope: Scope,
    matched: Matched,
    request: ControlRequest,
) -> Streaming {
    Box::pin(async move {
        let wanted: wire::InvokeWithResponseStreamRequest = invoke::read(&matched, &request)?;
        let answered = run(&control, &scope, wanted).await;
        answered.map_err(|error| fault::of(Service::Lambda, &error))
    })
}

async fn run(
    control: &Control,
    scope: &Scope,
    wanted: wire::InvokeWithResponseStreamRequest,
) -> Result<ControlAnswer, ApiError> {
    let request = wire::InvocationRequest {
        function_name: wanted.function_name,
        invocation_type: wanted.invocation_type,
        log_type: wanted.log_type,
        client_context: wanted.client_context,
        qualifier: wanted.qualifier,
        payload: wanted.payload,
        tenant_id: wanted.tenant_id,
        ..Default::default()
    };
    let prepared = invoke::prepare(control, scope, request)?;
    if !prepared.waits() {
        return Ok(control.whole(Service::Lambda, invoke::make(control, scope, prepared).await?));
    }
    let Prepared { name, call, .. } = prepared;
    let request_id = call.request_id.clone();
    let started = (control.ports().invoke_stream)(call).await;
    let InvokeStreamAnswer { executed_version, parts } =
        started.map_err(|refusal| invoke::refused(&name, refusal))?;
    Ok(ControlAnswer::Streamed(StreamedReply {
        status: 200,
        headers: vec![
            ("Content-Type", EVENT_STREAM.to_owned()),
            ("X-Amz-Executed-Version", executed_version),
            ("x-amzn-RequestId", request_id),
        ],
        body: Box::pin(Events { parts, ended: false }),
    }))
}

/// The parts of a response as events.
struct Events {
    parts: StreamParts,
    ended: bool,
}

impl Stream for Events {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let part = ready!(self.parts.as_mut().poll_next(context));
        let mut event = Vec::new();
        match part {
            Some(StreamPart::Data(bytes)) => {
                put_event(&mut event, "PayloadChunk", "application/octet-stream", &bytes);
            }
            Some(StreamPart::End { error, log_tail }) => {
                self.ended = true;
                put_event(&mut event, "InvokeComplete", "application/json", &complete(error, log_tail));
            }
            None => {
                self.ended = true;
                return Poll::Ready(None);
            }
        }
        Poll::Ready(Some(event.into()))
    }
}

fn complete(error: Option<Bytes>, log_tail: Option<Vec<u8>>) -> Vec<u8> {
    let code = error.as_ref().map(|_| "Unhandled".to_owned());
    let details = error.map(|error| String::from_utf8_lossy(&error).into_owned());
    let log = log_tail.map(|tail| STANDARD.encode(tail));
    let members = [("ErrorCode", code), ("ErrorDetails", details), ("LogResult", log)];
    let members: BTreeMap<&str, String> =
        members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    serde_json::to_vec(&members).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::complete;

    #[test]
    fn the_last_event_says_how_the_response_ended() {
        let error = || Some(Bytes::from_static(b"{\"errorType\":\"E\"}"));
        let table = [
            (None, None, "{}"),
            (None, Some(b"x".to_vec()), r#"{"LogResult":"eA=="}"#),
            (error(), None, r#"{"ErrorCode":"Unhandled","ErrorDetails":"{\"errorType\":\"E\"}"}"#),
        ];
        for (error, log, expected) in table {
            assert_eq!(String::from_utf8(complete(error, log)).unwrap(), expected);
        }
    }
}
