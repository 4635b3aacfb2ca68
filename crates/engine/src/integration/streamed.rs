//! Replies of proxies that pass through while the integration makes them (`responseTransferMode: STREAM`).
//!
//! In: the request to the integration. Out: the head of its reply, and the rest piece by piece. Nothing converts, encodes or
//! decodes the body: that would need the whole of it.

use bytes::{Bytes, BytesMut};
use http::{Method, StatusCode};
use stagedoor_base::Cause;
use stagedoor_program::{Event, Record, StreamFacts};

use super::http_proxy::remap;
use super::lambda_proxy;
use super::proxy_reply::Metadata;
use crate::body::{Pieces, Prefixed};
use crate::stage::{Reply, upstream_cause};
use crate::{Body, Engine, HeaderList, InvokeRequest, StreamFailure, UpstreamRequest};

/// Where a function's metadata must end at the latest.
const METADATA: usize = 16 * 1024;
/// What stands between metadata and body.
const DELIMITER: [u8; 8] = [0; 8];

/// A reply that has begun.
#[derive(Debug)]
pub(crate) struct Streamed {
    status: u16,
    /// Under the names that leave the gateway.
    headers: HeaderList,
    body: Body,
}

impl Streamed {
    fn event(&self) -> Event {
        Event::Answered { status: Some(self.status), headers: self.headers.to_pairs(), body: Bytes::new() }
    }

    pub(crate) fn reply(self) -> Reply {
        Reply { status: self.status, headers: self.headers, body: self.body }
    }

    fn new(status: u16, headers: HeaderList, body: Body, record: &Record) -> Self {
        // Whoever waits for a body that nobody may send holds the integration up.
        let empty = record.head.method == Method::HEAD
            || status == StatusCode::NO_CONTENT
            || status == StatusCode::NOT_MODIFIED;
        Self { status, headers, body: if empty { Bytes::new().into() } else { body } }
    }
}

/// Calls an HTTP backend.
pub(crate) async fn http_proxy(
    engine: &Engine,
    request: UpstreamRequest,
    record: &mut Record,
) -> Result<Streamed, Cause> {
    let started = (engine.ports.elapsed)();
    let answered = (engine.ports.upstream_stream)(request).await;
    begins(engine, started, record);
    let mut reply = answered.map_err(upstream_cause)?;
    record.integration.service_status = Some(reply.status);
    remap(&mut reply.headers, true);
    let streamed = Streamed::new(reply.status, reply.headers, reply.body, record);
    engine.note(record, || streamed.event());
    Ok(streamed)
}

/// Calls a function; its response begins with metadata.
pub(crate) async fn lambda_proxy(
    engine: &Engine,
    request: InvokeRequest,
    record: &mut Record,
) -> Result<Streamed, Cause> {
    record.integration.request_id = Some(request.request_id.clone());
    let started = (engine.ports.elapsed)();
    let invoked = (engine.ports.invoke_stream)(request).await;
    begins(engine, started, record);
    let mut pieces = invoked.map_err(lambda_proxy::cause)?;
    record.integration.service_status = Some(200);
    let (metadata, first) = metadata(&mut pieces).await?;
    begins(engine, started, record);
    record.integration.status = Some(metadata.status);
    let mut headers = HeaderList::from(metadata.headers);
    remap(&mut headers, false);
    let body = Body::stream(Box::pin(Prefixed { first, rest: pieces }), None);
    let streamed = Streamed::new(metadata.status, headers, body, record);
    engine.note(record, || streamed.event());
    Ok(streamed)
}

fn begins(engine: &Engine, started: std::time::Duration, record: &mut Record) {
    let passed = (engine.ports.elapsed)().saturating_sub(started);
    record.integration.latency = Some(passed);
    let facts = StreamFacts { to_all_headers: passed, to_first_content: None };
    record.integration.stream = Some(Box::new(facts));
}

/// Reads up to the delimiter; the bytes behind it are the body's first.
async fn metadata(pieces: &mut Pieces) -> Result<(Metadata, Option<Bytes>), Cause> {
    let mut received = BytesMut::new();
    loop {
        let looked = received.len().saturating_sub(DELIMITER.len() - 1);
        let piece = std::future::poll_fn(|context| pieces.as_mut().poll_next(context)).await;
        match piece {
            Some(Ok(piece)) => received.extend_from_slice(&piece),
            Some(Err(failure)) => return Err(cause(failure)),
            None => return Err(malformed("it ends before the eight NULs behind its metadata")),
        }
        if let Some(at) = delimiter(&received[looked..]).map(|at| looked + at).filter(|at| *at <= METADATA) {
            let metadata = Metadata::parse(&received[..at]).map_err(|reason| malformed(&reason))?;
            let rest = received.split_off(at + DELIMITER.len()).freeze();
            return Ok((metadata, (!rest.is_empty()).then_some(rest)));
        }
        if received.len() >= METADATA + DELIMITER.len() {
            return Err(malformed("its first 16 KB do not contain the eight NULs behind its metadata"));
        }
    }
}

fn delimiter(bytes: &[u8]) -> Option<usize> {
    bytes.windows(DELIMITER.len()).position(|window| *window == DELIMITER)
}

/// AWS answers 500 here, and 502 to a malformed response that is not streamed.
fn malformed(reason: &str) -> Cause {
    Cause::Internal(format!("Malformed streamed response of the function: {reason}"))
}

fn cause(failure: StreamFailure) -> Cause {
    match failure {
        StreamFailure::Function(error) => Cause::FunctionError(lambda_proxy::error_message(&error)),
        StreamFailure::Timeout | StreamFailure::Idle => Cause::IntegrationTimeout,
        StreamFailure::TooLarge => Cause::IntegrationResponseTooLarge,
        StreamFailure::Broken(reason) => Cause::Internal(reason),
    }
}
