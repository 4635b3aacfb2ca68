//! Replies whose bodies are read piece by piece: nothing is read from the backend that nobody has asked for.
//!
//! In: a connection on which a reply's head has just been read. Out: the body as it comes; the connection goes back to its
//! pool at the body's end, and is closed when the body is not wanted to its end.

use std::sync::Arc;

use bytes::Bytes;
use stagedoor_engine::{Body, StreamFailure, UpstreamFailure, UpstreamRequest, UpstreamStreamReply};
use tokio::time::{Instant, timeout_at};

use super::Upstream;
use super::codec::{Begun, Connection, Reading, Stop};
use super::framing::{Framing, chunk_size};
use super::head::ReplyHead;
use super::pool::Target;
use crate::pieces::{Outlet, pieces};

impl Upstream {
    /// Makes an exchange whose reply is read while it comes. The request's timeout covers the whole of it.
    pub(crate) async fn call_streamed(
        &self,
        request: &UpstreamRequest,
    ) -> Result<UpstreamStreamReply, UpstreamFailure> {
        let deadline = Instant::now() + request.timeout;
        match timeout_at(deadline, self.exchange(request, Reading::Pieces(deadline))).await {
            Ok(outcome) => outcome,
            Err(_) => Err(UpstreamFailure::Timeout),
        }
    }

    /// The reply of which a connection has read the head.
    pub(super) fn follow(
        &self,
        target: &Target,
        mut connection: Box<Connection>,
        begun: Begun,
        deadline: Instant,
    ) -> UpstreamStreamReply {
        let Begun { head: ReplyHead { status, headers, framing, keep_alive }, sent_all } = begun;
        let reusable = sent_all && keep_alive && framing != Framing::UntilClose;
        let (pool, target) = (Arc::clone(&self.pool), target.clone());
        let put = move |connection: Box<Connection>| {
            if reusable && connection.has_nothing_more() {
                pool.put(&target, connection);
            }
        };
        let length = match framing {
            Framing::None | Framing::Length(0) => {
                put(connection);
                return UpstreamStreamReply { status, headers, body: Bytes::new().into() };
            }
            Framing::Length(length) => Some(length),
            Framing::Chunked | Framing::UntilClose => None,
        };
        let made = pieces(self.settings.streams, deadline, move |mut outlet| async move {
            connection.pour(framing, &mut outlet).await?;
            put(connection);
            Ok(())
        });
        UpstreamStreamReply { status, headers, body: Body::stream(made, length) }
    }
}

impl Connection {
    async fn pour(&mut self, framing: Framing, outlet: &mut Outlet) -> Result<(), StreamFailure> {
        match framing {
            Framing::None => Ok(()),
            Framing::Length(length) => self.pour_length(length, outlet).await,
            Framing::Chunked => self.pour_chunks(outlet).await,
            Framing::UntilClose => self.pour_until_close(outlet).await,
        }
    }

    async fn pour_length(&mut self, length: u64, outlet: &mut Outlet) -> Result<(), StreamFailure> {
        let mut left = length;
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(usize::MAX);
            let piece = outlet.wait(self.read_piece(most)).await?.map_err(failed)?;
            let piece = piece.ok_or_else(|| broken("closed within the reply's body"))?;
            left -= piece.len() as u64;
            outlet.give(piece).await?;
        }
        Ok(())
    }

    async fn pour_chunks(&mut self, outlet: &mut Outlet) -> Result<(), StreamFailure> {
        loop {
            let line = outlet.wait(self.read_line()).await?.map_err(stopped)?;
            let size = chunk_size(&line).ok_or_else(|| broken("a chunk has no size"))?;
            if size == 0 {
                return outlet.wait(self.skip_trailers()).await?.map_err(stopped);
            }
            self.pour_length(size, outlet).await?;
            if !outlet.wait(self.read_line()).await?.map_err(stopped)?.is_empty() {
                return Err(broken("a chunk is longer than it says"));
            }
        }
    }

    async fn pour_until_close(&mut self, outlet: &mut Outlet) -> Result<(), StreamFailure> {
        while let Some(piece) = outlet.wait(self.read_piece(usize::MAX)).await?.map_err(failed)? {
            outlet.give(piece).await?;
        }
        Ok(())
    }
}

fn broken(reason: &str) -> StreamFailure {
    StreamFailure::Broken(reason.to_owned())
}

#[expect(clippy::needless_pass_by_value, reason = "one shape for `map_err`")]
fn failed(error: std::io::Error) -> StreamFailure {
    StreamFailure::Broken(error.to_string())
}

fn stopped(stop: Stop) -> StreamFailure {
    match stop {
        Stop::Stale(reason) | Stop::Unsent(reason) | Stop::Failed(UpstreamFailure::Broken(reason)) => {
            StreamFailure::Broken(reason)
        }
        Stop::Failed(other) => StreamFailure::Broken(format!("{other:?}")),
    }
}
