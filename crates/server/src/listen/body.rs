//! Reading a whole request body within its limit, its deadlines and the node's buffers.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};

use super::Client;
use crate::buffers::{Buffers, FREE, Reservation};

/// What became of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    Complete(Bytes),
    /// It passes the limit.
    TooLarge,
    /// The node has no room for it.
    BuffersFull,
    /// The client broke off, sent no valid framing, or was too slow.
    Broken,
}

/// How bodies are read.
#[derive(Debug, Clone)]
pub(crate) struct BodySettings {
    pub(crate) limit: usize,
    /// Longest wait for the next bytes, and for room.
    pub(crate) stall: Duration,
    /// Longest time for the whole body.
    pub(crate) whole: Duration,
    pub(crate) buffers: Buffers,
}

impl BodySettings {
    pub(crate) fn new(limit: usize, buffers: Buffers) -> Self {
        Self { limit, stall: Duration::from_secs(30), whole: Duration::from_secs(300), buffers }
    }
}

/// Beyond the limit this much more is read and thrown away, so that a client that sends before it reads sees the 413
/// instead of a reset connection.
const LINGER: usize = 16 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(5);

/// Reads a body to its end. A client that waits to be asked for it (`Expect`) is not asked for one that is too large.
pub(crate) async fn collect(
    body: Incoming,
    headers: &HeaderMap,
    client: &Client,
    settings: &BodySettings,
) -> Body {
    if body.is_end_stream() {
        return Body::Complete(Bytes::new());
    }
    let outcome = collect_some(body, headers.contains_key(http::header::EXPECT), settings).await;
    if !matches!(outcome, Body::Complete(_)) {
        client.leaves_body();
    }
    outcome
}

async fn collect_some(mut body: Incoming, waits: bool, settings: &BodySettings) -> Body {
    let declared = body.size_hint().exact().map(|size| usize::try_from(size).unwrap_or(usize::MAX));
    if declared.is_some_and(|size| size > settings.limit) {
        if !waits {
            discard(&mut body).await;
        }
        return Body::TooLarge;
    }
    let whole = tokio::time::timeout(settings.whole, read(&mut body, declared, settings)).await;
    let outcome = whole.unwrap_or(Body::Broken);
    if outcome == Body::TooLarge {
        discard(&mut body).await;
    }
    outcome
}

async fn read(body: &mut Incoming, declared: Option<usize>, settings: &BodySettings) -> Body {
    let mut buffer = BytesMut::new();
    let mut reservation: Option<Reservation> = None;
    if let Some(size) = declared.filter(|size| *size > FREE) {
        match settings.buffers.reserve(size, settings.stall).await {
            Ok(made) => reservation = Some(made),
            Err(_) => return Body::BuffersFull,
        }
        buffer.reserve(size);
    }
    loop {
        let data = match tokio::time::timeout(settings.stall, body.frame()).await {
            Err(_) | Ok(Some(Err(_))) => return Body::Broken,
            Ok(None) => break,
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => data,
                // Trailers mean nothing to API Gateway.
                Err(_) => continue,
            },
        };
        // The usual small body is one frame: hand it on as it is.
        if buffer.is_empty() && declared == Some(data.len()) && reservation.is_none() {
            return Body::Complete(data);
        }
        if buffer.len() + data.len() > settings.limit {
            return Body::TooLarge;
        }
        if reservation.is_none() && buffer.len() + data.len() > FREE {
            match settings.buffers.reserve(settings.limit, settings.stall).await {
                Ok(made) => reservation = Some(made),
                Err(_) => return Body::BuffersFull,
            }
        }
        buffer.extend_from_slice(&data);
    }
    Body::Complete(match reservation {
        Some(reservation) => reservation.hold(buffer),
        None => buffer.freeze(),
    })
}

async fn discard(body: &mut Incoming) {
    let drain = async {
        let mut seen = 0;
        while let Some(Ok(frame)) = body.frame().await {
            seen += frame.data_ref().map_or(0, Bytes::len);
            if seen > LINGER {
                break;
            }
        }
    };
    // Whoever has not finished by then gets the reset.
    let _ = tokio::time::timeout(LINGER_TIME, drain).await;
}
