//! The Lambda Runtime API (2018-06-01) as one process sees it: its listener is its own, so the connection tells who asks.
//!
//! In: connections of runtime clients. Out: events, and answers to jobs. It must not know pools or processes.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::failure::{Failure, bare};
use crate::http::{Body, Broken, Connection, Method, Parked, Part, Request, ResponseMode, Trailers};
use crate::worker::{Answered, Delivery, Next, Worker};

/// Clients use one or two; more would only be a leak in the function.
const CONNECTION_LIMIT: usize = 32;
/// How much later than its connection a process's own end may become known.
const LAST_WORDS: Duration = Duration::from_millis(200);
const PREFIX: &str = "/2018-06-01/runtime/";
const ACCEPTED: &str = r#"{"status":"OK"}"#;

#[derive(Debug, PartialEq, Eq)]
enum Route<'a> {
    Next,
    Response(&'a str),
    Error(&'a str),
    InitError,
    Unknown,
}

fn route(method: Method, path: &str) -> Route<'_> {
    let Some(rest) = path.strip_prefix(PREFIX) else { return Route::Unknown };
    match (method, rest) {
        (Method::Get, "invocation/next") => return Route::Next,
        (Method::Post, "init/error") => return Route::InitError,
        _ => {}
    }
    let call = rest.strip_prefix("invocation/").and_then(|rest| rest.split_once('/'));
    match (method, call) {
        (Method::Post, Some((id, "response"))) => Route::Response(id),
        (Method::Post, Some((id, "error"))) => Route::Error(id),
        _ => Route::Unknown,
    }
}

/// Serves the process until this future is dropped.
pub(crate) async fn serve(listener: TcpListener, worker: Arc<Worker>) {
    let places = Arc::new(Semaphore::new(CONNECTION_LIMIT));
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, most likely: accepting again at once would spin.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let worker = worker.clone();
        connections.spawn(async move {
            if stream.set_nodelay(true).is_ok() {
                converse(Connection::new(stream), place, worker).await;
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Until the process waits for an event, or breaks off. That is no event of its own: the process answers for it, by asking
/// again or by its end.
async fn converse(mut connection: Connection, place: OwnedSemaphorePermit, worker: Arc<Worker>) {
    while let Ok(step) = exchange(&mut connection, &worker).await {
        match step {
            Step::On => {}
            Step::Wait { close } => {
                if let Ok(connection) = connection.park() {
                    worker.wait(Poll { connection, place, close });
                }
                return;
            }
            Step::Close => return,
        }
    }
}

/// What comes after an exchange.
enum Step {
    On,
    /// The process waits for an event that is not there yet.
    Wait {
        close: bool,
    },
    Close,
}

async fn exchange(connection: &mut Connection, worker: &Arc<Worker>) -> Result<Step, Broken> {
    let request = connection.request().await?;
    let close = request.close;
    match route(request.method, &request.path) {
        Route::Next => match worker.next() {
            Next::Now(delivery) => deliver(connection, &delivery).await?,
            Next::Later => return Ok(Step::Wait { close }),
            Next::OutOfTurn => refuse(connection, &INVALID_STATE, close).await?,
            Next::Gone => return Err(Broken::Closed),
        },
        Route::Response(id) => respond(connection, worker, &request, id).await?,
        Route::Error(id) => fail(connection, worker, &request, id).await?,
        Route::InitError => init_error(connection, worker, &request).await?,
        Route::Unknown => unknown(connection, &request, worker).await?,
    }
    Ok(if close { Step::Close } else { Step::On })
}

/// A connection on which the process waits for an event.
#[derive(Debug)]
pub(crate) struct Poll {
    connection: Parked,
    place: OwnedSemaphorePermit,
    close: bool,
}

impl Poll {
    /// Nobody waits there any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.connection.is_closed()
    }

    /// Hands an event over; the conversation goes on in the current runtime.
    pub(crate) async fn deliver(self, delivery: Delivery, worker: Arc<Worker>) {
        let Ok(mut connection) = self.connection.resume() else { return };
        if deliver(&mut connection, &delivery).await.is_ok() && !self.close {
            converse(connection, self.place, worker).await;
        }
    }
}

async fn deliver(connection: &mut Connection, delivery: &Delivery) -> Result<(), Broken> {
    let invocation = &delivery.invocation;
    connection.begin("200 OK");
    connection.header("Lambda-Runtime-Aws-Request-Id", &invocation.request_id);
    connection.header("Lambda-Runtime-Deadline-Ms", itoa::Buffer::new().format(delivery.deadline_millis));
    connection.header("Lambda-Runtime-Invoked-Function-Arn", &invocation.invoked_arn.to_string());
    if let Some(trace_id) = &invocation.trace_id {
        connection.header("Lambda-Runtime-Trace-Id", trace_id);
    }
    if let Some(client_context) = &invocation.client_context {
        connection.header("Lambda-Runtime-Client-Context", client_context);
    }
    Ok(connection.send(&invocation.payload).await?)
}

async fn respond(
    connection: &mut Connection,
    worker: &Arc<Worker>,
    request: &Request,
    id: &str,
) -> Result<(), Broken> {
    let stream = match request.response_mode {
        ResponseMode::Unknown => return invalid_mode(connection, request, worker).await,
        ResponseMode::Buffered => None,
        ResponseMode::Streaming => worker.open_stream(id, request.content_type.clone()),
    };
    let read = match stream {
        Some(caller) => pass_on(connection, request, worker, caller).await,
        None => collect(connection, request, worker).await,
    };
    let outcome = match read {
        Ok(outcome) => outcome,
        Err(broken) => return truncated(worker, id, broken).await,
    };
    let too_large = matches!(outcome, Err(Failure::ResponseTooLarge { .. }));
    let answered = worker.answer(id, outcome);
    if answered == Answered::Yes && too_large {
        let message = too_large_message(worker.function.host.config.payload_bytes);
        return Ok(connection.respond("413 Payload Too Large", &message, request.close).await?);
    }
    confirm(connection, request, answered).await
}

/// The response of a caller who wants it whole, streamed or not.
async fn collect(
    connection: &mut Connection,
    request: &Request,
    worker: &Arc<Worker>,
) -> Result<Result<Bytes, Failure>, Broken> {
    let limit = worker.function.host.config.payload_bytes;
    Ok(match connection.body(request, limit).await? {
        Body::Whole { bytes, trailers } => midway_failure(trailers).map_or(Ok(bytes), Err),
        Body::TooLarge => Err(Failure::ResponseTooLarge { limit }),
    })
}

/// Hands a streamed response on as it comes; a caller who reads slowly slows the function down. What is beyond the limit is
/// read and dropped, as is what nobody waits for: the function may finish.
async fn pass_on(
    connection: &mut Connection,
    request: &Request,
    worker: &Arc<Worker>,
    caller: mpsc::Sender<Bytes>,
) -> Result<Result<Bytes, Failure>, Broken> {
    let limit = worker.function.host.config.stream_bytes;
    let mut parts = connection.parts(request).await?;
    let mut total = 0_usize;
    loop {
        match connection.part(&mut parts).await? {
            Part::Data(bytes) => {
                total = total.saturating_add(bytes.len());
                if total <= limit {
                    let _ = caller.send(bytes).await;
                }
            }
            Part::End(_) if total > limit => return Ok(Err(Failure::ResponseTooLarge { limit })),
            Part::End(trailers) => return Ok(midway_failure(trailers).map_or(Ok(Bytes::new()), Err)),
        }
    }
}

/// How a streamed response failed after it had begun.
fn midway_failure(trailers: Trailers) -> Option<Failure> {
    let error_type = trailers.error_type?;
    let body = trailers.error_body.and_then(|text| STANDARD.decode(text).ok());
    Some(Failure::Reported(body.map_or_else(|| bare(&error_type, ""), Bytes::from)))
}

/// The client broke off. When that is because its process ends, the process's end is the better answer.
async fn truncated(worker: &Arc<Worker>, id: &str, broken: Broken) -> Result<(), Broken> {
    tokio::time::sleep(LAST_WORDS).await;
    worker.answer(id, Err(Failure::Truncated));
    Err(broken)
}

async fn invalid_mode(
    connection: &mut Connection,
    request: &Request,
    worker: &Arc<Worker>,
) -> Result<(), Broken> {
    connection.body(request, worker.function.host.config.payload_bytes).await?;
    refuse(connection, &INVALID_MODE, request.close).await
}

async fn confirm(connection: &mut Connection, request: &Request, answered: Answered) -> Result<(), Broken> {
    match answered {
        Answered::Yes => Ok(connection.respond("202 Accepted", ACCEPTED, request.close).await?),
        Answered::Before => refuse(connection, &INVALID_STATE, request.close).await,
        Answered::NoSuchCall => refuse(connection, &INVALID_REQUEST_ID, request.close).await,
    }
}

async fn fail(
    connection: &mut Connection,
    worker: &Arc<Worker>,
    request: &Request,
    id: &str,
) -> Result<(), Broken> {
    let failure = reported(connection, worker, request).await?;
    let answered = worker.answer(id, Err(failure));
    confirm(connection, request, answered).await
}

async fn init_error(
    connection: &mut Connection,
    worker: &Arc<Worker>,
    request: &Request,
) -> Result<(), Broken> {
    let failure = reported(connection, worker, request).await?;
    let answered = if worker.init_error(&failure) { Answered::Yes } else { Answered::Before };
    confirm(connection, request, answered).await
}

/// The error that a runtime reports: its body, or at least the type from the header.
async fn reported(
    connection: &mut Connection,
    worker: &Arc<Worker>,
    request: &Request,
) -> Result<Failure, Broken> {
    let limit = worker.function.host.config.payload_bytes;
    let error_type = request.error_type.as_deref().unwrap_or("Runtime.Unknown");
    Ok(match connection.body(request, limit).await? {
        Body::Whole { bytes, .. } if !bytes.is_empty() => Failure::Reported(bytes),
        Body::Whole { .. } => Failure::Reported(bare(error_type, "")),
        Body::TooLarge => Failure::ResponseTooLarge { limit },
    })
}

async fn unknown(connection: &mut Connection, request: &Request, worker: &Arc<Worker>) -> Result<(), Broken> {
    let limit = worker.function.host.config.payload_bytes;
    connection.body(request, limit).await?;
    refuse(connection, &NO_SUCH_ROUTE, request.close).await
}

struct Refusal {
    status: &'static str,
    error_type: &'static str,
    message: &'static str,
}

const INVALID_REQUEST_ID: Refusal =
    Refusal { status: "400 Bad Request", error_type: "InvalidRequestID", message: "Invalid request ID" };
const INVALID_STATE: Refusal = Refusal {
    status: "403 Forbidden",
    error_type: "InvalidStateTransition",
    message: "State transition is not allowed",
};
const INVALID_MODE: Refusal = Refusal {
    status: "400 Bad Request",
    error_type: "InvalidFunctionResponseMode",
    message: "Invalid function response mode",
};
/// Extensions, telemetry and SnapStart are not offered here.
const NO_SUCH_ROUTE: Refusal = Refusal {
    status: "404 Not Found",
    error_type: "NotFound",
    message: "No such operation in this Runtime API",
};

async fn refuse(connection: &mut Connection, refusal: &Refusal, close: bool) -> Result<(), Broken> {
    let body = json!({ "errorMessage": refusal.message, "errorType": refusal.error_type }).to_string();
    Ok(connection.respond(refusal.status, &body, close).await?)
}

fn too_large_message(limit: usize) -> String {
    let message = format!("Exceeded maximum allowed payload size ({limit} bytes).");
    json!({ "errorMessage": message, "errorType": "RequestEntityTooLarge" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Method, Route, route};

    #[test]
    fn paths_find_their_operation() {
        let cases = [
            (Method::Get, "/2018-06-01/runtime/invocation/next", Route::Next),
            (Method::Post, "/2018-06-01/runtime/invocation/a-b/response", Route::Response("a-b")),
            (Method::Post, "/2018-06-01/runtime/invocation/a-b/error", Route::Error("a-b")),
            (Method::Post, "/2018-06-01/runtime/init/error", Route::InitError),
            (Method::Post, "/2018-06-01/runtime/invocation/next", Route::Unknown),
            (Method::Get, "/2018-06-01/runtime/invocation/a/response", Route::Unknown),
            (Method::Post, "/2020-01-01/extension/register", Route::Unknown),
            (Method::Get, "/", Route::Unknown),
        ];
        for (method, path, expected) in cases {
            assert_eq!(route(method, path), expected, "{path}");
        }
    }
}
