//! Reading a whole HTTP/2 request body within its limit, its deadlines and the node's buffers.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};

use super::answering::BodyFault;
use crate::buffers::{Buffers, FREE, Reservation};

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

/// The client broke off, sent no valid framing, or was too slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

/// Reads a body to its end, or says why it is not read.
pub(super) async fn collect(
    mut body: Incoming,
    settings: &BodySettings,
) -> Result<Result<Bytes, BodyFault>, Broken> {
    if body.is_end_stream() {
        return Ok(Ok(Bytes::new()));
    }
    let declared = body.size_hint().exact().map(|size| usize::try_from(size).unwrap_or(usize::MAX));
    if declared.is_some_and(|size| size > settings.limit) {
        return Ok(Err(BodyFault::TooLarge));
    }
    let whole = tokio::time::timeout(settings.whole, read(&mut body, declared, settings)).await;
    whole.unwrap_or(Err(Broken))
}

async fn read(
    body: &mut Incoming,
    declared: Option<usize>,
    settings: &BodySettings,
) -> Result<Result<Bytes, BodyFault>, Broken> {
    let mut buffer = BytesMut::new();
    let mut reservation: Option<Reservation> = None;
    if let Some(size) = declared.filter(|size| *size > FREE) {
        match settings.buffers.reserve(size, settings.stall).await {
            Ok(made) => reservation = Some(made),
            Err(_) => return Ok(Err(BodyFault::BuffersFull)),
        }
        buffer.reserve(size);
    }
    loop {
        let data = match tokio::time::timeout(settings.stall, body.frame()).await {
            Err(_) | Ok(Some(Err(_))) => return Err(Broken),
            Ok(None) => break,
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => data,
                // Trailers mean nothing to API Gateway.
                Err(_) => continue,
            },
        };
        // The usual small body is one frame: hand it on as it is.
        if buffer.is_empty() && declared == Some(data.len()) && reservation.is_none() {
            return Ok(Ok(data));
        }
        if buffer.len() + data.len() > settings.limit {
            return Ok(Err(BodyFault::TooLarge));
        }
        if reservation.is_none() && buffer.len() + data.len() > FREE {
            match settings.buffers.reserve(settings.limit, settings.stall).await {
                Ok(made) => reservation = Some(made),
                Err(_) => return Ok(Err(BodyFault::BuffersFull)),
            }
        }
        buffer.extend_from_slice(&data);
    }
    Ok(Ok(match reservation {
        Some(reservation) => reservation.hold(buffer),
        None => buffer.freeze(),
    }))
}
