//! Reading a whole request body within its limit and the node's buffers. The sweeper watches its pace.

use bytes::{Buf, BufMut, Bytes, BytesMut};

use super::chunks::Chunks;
use super::head::{Frame, Framing, Malformed};
use super::{End, Session};
use crate::buffers::{FREE, Reservation};
use crate::listen::answering::BodyFault;
use crate::listen::body::BodySettings;
use crate::listen::connection::Phase;
use crate::listen::core::Handler;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// A body; or why it is not read; an error ends the connection.
type Outcome = Result<Result<Bytes, BodyFault>, End>;

impl<H: Handler> Session<'_, H> {
    /// Reads the body that follows a head. A client that waits to be asked for it is not asked for one that is too large.
    pub(super) async fn read_body(&mut self, frame: Frame, settings: &BodySettings) -> Outcome {
        match frame.framing {
            Framing::None => Ok(Ok(Bytes::new())),
            Framing::Length(length) => match usize::try_from(length) {
                Ok(length) if length <= settings.limit => self.read_length(length, frame, settings).await,
                _ => Ok(Err(BodyFault::TooLarge)),
            },
            Framing::Chunked => self.read_chunked(frame, settings).await,
        }
    }

    async fn ask(&mut self, frame: Frame) -> Result<(), End> {
        if frame.expects && self.received.is_empty() {
            self.write_all(CONTINUE, &[]).await?;
        }
        Ok(())
    }

    async fn read_length(&mut self, length: usize, frame: Frame, settings: &BodySettings) -> Outcome {
        // Bodies that need no reservation are the usual ones, and have mostly arrived with their head.
        let Ok(reservation) = settings.buffers.reserve(length, settings.stall).await else {
            return Ok(Err(BodyFault::BuffersFull));
        };
        self.client.enter(Phase::Body);
        self.ask(frame).await?;
        if length <= FREE {
            while self.received.len() < length {
                self.read_some().await?;
            }
            return Ok(Ok(self.received.split_to(length).freeze()));
        }
        let mut body = BytesMut::with_capacity(length);
        while body.len() < length {
            self.move_received(&mut body, length);
            if body.len() < length {
                self.read_some().await?;
            }
        }
        Ok(Ok(reservation.hold(body)))
    }

    async fn read_chunked(&mut self, frame: Frame, settings: &BodySettings) -> Outcome {
        self.client.enter(Phase::Body);
        self.ask(frame).await?;
        let (mut chunks, mut body) = (Chunks::new(), BytesMut::new());
        let mut reservation: Option<Reservation> = None;
        loop {
            while !self.received.is_empty() && !chunks.is_complete() {
                let (coding, data) = chunks.next(&self.received).map_err(End::Refused)?;
                self.received.advance(coding);
                let size = body.len() + data;
                if size > settings.limit {
                    return Ok(Err(BodyFault::TooLarge));
                }
                if reservation.is_none() && size > FREE {
                    // A client that is made to wait is not slow.
                    self.client.enter(Phase::Busy);
                    match settings.buffers.reserve(settings.limit, settings.stall).await {
                        Ok(made) => reservation = Some(made),
                        Err(_) => return Ok(Err(BodyFault::BuffersFull)),
                    }
                    self.client.enter(Phase::Body);
                }
                body.put_slice(&self.received[..data]);
                self.received.advance(data);
            }
            if chunks.is_complete() {
                return Ok(Ok(match reservation {
                    Some(reservation) => reservation.hold(body),
                    None => body.freeze(),
                }));
            }
            self.read_some().await?;
        }
    }

    /// Moves what has been received into a body of `length` bytes.
    fn move_received(&mut self, body: &mut BytesMut, length: usize) {
        let count = self.received.len().min(length - body.len());
        body.extend_from_slice(&self.received[..count]);
        self.received.advance(count);
    }

    async fn read_some(&mut self) -> Result<(), End> {
        if self.read_more().await? { Ok(()) } else { Err(End::Refused(Malformed::BreaksOff)) }
    }
}
