//! Reading a whole HTTP/2 request body within its limit, its deadlines and the node's buffers.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use tokio::time::Instant;

use super::answering::BodyFault;
use crate::buffers::{Buffers, FREE, Reservation};

/// How bodies are read.
#[derive(Debug, Clone)]
pub(crate) struct BodySettings {
    pub(crate) limit: usize,
    /// Longest wait for the next bytes, and for room.
    pub(crate) stall: Duration,
    /// Bytes a second that have to come during each such time.
    pub(crate) rate: u32,
    /// Longest time for the whole body.
    pub(crate) whole: Duration,
    pub(crate) buffers: Buffers,
}

/// Why a body is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// The client broke off, or sent no valid framing.
    Off,
    /// It was too slow.
    Slow,
}

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
    whole.unwrap_or(Err(Broken::Slow))
}

/// How much has come lately.
struct Pace {
    since: Instant,
    moved: usize,
}

impl Pace {
    /// Notes that `count` bytes have come, and says whether that was too little.
    fn stalls(&mut self, count: usize, settings: &BodySettings) -> bool {
        self.moved += count;
        let age = self.since.elapsed();
        if age < settings.stall {
            return false;
        }
        let due = age.as_secs() * u64::from(settings.rate);
        let stalls = (self.moved as u64) < due;
        *self = Self { since: Instant::now(), moved: 0 };
        stalls
    }
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
    let mut pace = Pace { since: Instant::now(), moved: 0 };
    loop {
        let data = match tokio::time::timeout(settings.stall, body.frame()).await {
            Err(_) => return Err(Broken::Slow),
            Ok(Some(Err(_))) => return Err(Broken::Off),
            Ok(None) => break,
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => data,
                // Trailers mean nothing to API Gateway.
                Err(_) => continue,
            },
        };
        if pace.stalls(data.len(), settings) {
            return Err(Broken::Slow);
        }
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
            pace = Pace { since: Instant::now(), moved: 0 };
        }
        buffer.extend_from_slice(&data);
    }
    Ok(Ok(match reservation {
        Some(reservation) => reservation.hold(buffer),
        None => buffer.freeze(),
    }))
}
