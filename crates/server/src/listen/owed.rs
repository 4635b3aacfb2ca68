//! Replies that a multiplexed connection owes its client.
//!
//! A client may ask for many replies at once and then read none. Each connection holds a share of the node's buffers
//! only, and every body it owes is counted until its last byte is written, so that the sweeper sees who does not read.
//! Small bodies are free while they are few. A body that is made while it is sent holds room for one piece at a time.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full as WholeBody;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use stagedoor_engine::{Body, BodyStream, HeaderList, StreamFailure};

use super::answering::{Reply, unavailable};
use super::connection::Connection;
use super::ticks::Ticks;
use crate::buffers::{Buffers, FREE, Full, Reservation};

/// Longest wait for the connection's own share. Much shorter than the wait of others for the node's buffers, so that
/// whoever waits for these gets them.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bodies up to here are not even counted; the limit of streams bounds them.
const TINY: usize = 512;
/// Small bodies that a connection may owe at a time without taking room from the node.
const SMALL: usize = 2 * FREE;

/// Where bodies that wait for their client take room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rooms<'r> {
    /// Of large ones, this connection's part.
    pub(super) share: &'r Buffers,
    /// The node's, for all.
    pub(super) node: &'r Buffers,
}

impl Rooms<'_> {
    async fn reserve(
        self,
        size: usize,
        connection: &Connection,
        patience: Duration,
    ) -> Result<[Reservation; 2], Full> {
        let share = self.share.reserve(size, patience).await?;
        let node = match connection.owed_small() + size {
            ..=SMALL if size <= FREE => Reservation::default(),
            _ => self.node.take(size, patience).await?,
        };
        Ok([share, node])
    }
}

/// Whether a reply has to be counted.
pub(super) fn counts(reply: &Reply) -> bool {
    match &reply.body {
        Body::Whole(body) => body.len() > TINY,
        Body::Stream(_) => true,
    }
}

/// A reply's body on a multiplexed connection.
pub(super) enum Sent<G> {
    Whole(WholeBody<Bytes>),
    Stream {
        body: Box<BodyStream>,
        owing: Owing,
        _room: Reservation,
        /// What lasts as long as the reply is being made.
        _guards: G,
    },
}

/// The body to send; a stream keeps `guards` to its end.
pub(super) async fn sent<G>(
    reply: Reply,
    rooms: Rooms<'_>,
    connection: &Arc<Connection>,
    ticks: &Ticks,
    guards: G,
) -> Response<Sent<G>> {
    let Reply { status, headers, body } = reply;
    let body = match body {
        Body::Whole(bytes) => return response(status, headers, Sent::Whole(WholeBody::new(bytes))),
        Body::Stream(body) => body,
    };
    let Ok(room) = rooms.node.take(FREE, PATIENCE).await else {
        let Reply { status, headers, body } = unavailable();
        return response(status, headers, Sent::Whole(WholeBody::new(body.as_whole().clone())));
    };
    let mut owing = Owing { connection: Arc::clone(connection), ticks: ticks.clone(), owes: false };
    owing.begin();
    response(status, headers, Sent::Stream { body, owing, _room: room, _guards: guards })
}

/// In the codec's form.
fn response<B>(status: StatusCode, headers: HeaderList, body: B) -> Response<B> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers.into();
    response
}

/// Whether it is the client's turn: the codec asks for a piece only when there is room for it on its way to the client.
pub(super) struct Owing {
    connection: Arc<Connection>,
    ticks: Ticks,
    owes: bool,
}

impl Owing {
    fn begin(&mut self) {
        if !std::mem::replace(&mut self.owes, true) {
            self.connection.owes(0, self.ticks.now());
        }
    }

    fn end(&mut self) {
        if std::mem::replace(&mut self.owes, false) {
            self.connection.paid(0, self.ticks.now());
        }
    }
}

impl Drop for Owing {
    fn drop(&mut self) {
        self.end();
    }
}

impl<G: Unpin> HttpBody for Sent<G> {
    type Data = Bytes;
    type Error = StreamFailure;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamFailure>>> {
        match self.get_mut() {
            Self::Whole(body) => Pin::new(body).poll_frame(context).map_err(|never| match never {}),
            Self::Stream { body, owing, .. } => {
                owing.end();
                let polled = body.poll_next(context);
                if polled.is_ready() {
                    owing.begin();
                }
                polled.map(|piece| piece.map(|piece| piece.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(body) if body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => body.size_hint(),
            Self::Stream { body, .. } => body.length.map_or_else(SizeHint::default, SizeHint::with_exact),
        }
    }
}

/// Counts a whole body on its connection. While the connection's share stays taken the body is dropped, and the reply
/// becomes a 503.
pub(super) async fn owe(
    reply: Reply,
    rooms: Rooms<'_>,
    connection: &Arc<Connection>,
    ticks: &Ticks,
) -> Reply {
    let Body::Whole(bytes) = reply.body else {
        // Counted piece by piece.
        return reply;
    };
    // Who has just let one reply wait in vain, and has read nothing since, lets none wait.
    let patience = if connection.sheds() { Duration::ZERO } else { PATIENCE };
    let Ok(reservation) = rooms.reserve(bytes.len(), connection, patience).await else {
        connection.shed();
        return unavailable();
    };
    connection.owes(small(&bytes), ticks.now());
    let (connection, ticks) = (Arc::clone(connection), ticks.clone());
    let owed = Owed { bytes, _reservation: reservation, connection, ticks };
    Reply { body: Bytes::from_owner(owed).into(), ..reply }
}

/// How much of a body counts as small.
fn small(bytes: &Bytes) -> usize {
    if bytes.len() > FREE { 0 } else { bytes.len() }
}

/// A body until it is written or its stream is reset.
struct Owed {
    bytes: Bytes,
    _reservation: [Reservation; 2],
    connection: Arc<Connection>,
    ticks: Ticks,
}

impl AsRef<[u8]> for Owed {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        self.connection.paid(small(&self.bytes), self.ticks.now());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;
    use http::StatusCode;
    use http_body_util::BodyExt;
    use stagedoor_base::Limits;
    use stagedoor_engine::{Body, HeaderList};
    use tokio::time::Instant;

    use super::{Reply, Rooms, counts, owe, sent};
    use crate::buffers::{Buffers, FREE};
    use crate::listen::connection::{Connection, Phase};
    use crate::listen::ticks::Ticks;
    use crate::pieces::{StreamLimits, pieces};

    fn ok(body: Body) -> Reply {
        Reply { status: StatusCode::OK, headers: HeaderList::default(), body }
    }

    fn reply(size: usize) -> Reply {
        ok(Bytes::from(vec![b'x'; size]).into())
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_holds_its_share_only() {
        const LARGE: usize = 100 * 1024;
        let (share, ticks) = (Buffers::new(250 * 1024), Ticks::default());
        let connection = Arc::new(Connection::new(Phase::Busy, 0));
        let node = Buffers::new(1_000_000);
        let rooms = Rooms { share: &share, node: &node };
        let owe = || owe(reply(LARGE), rooms, &connection, &ticks);
        assert!(counts(&reply(LARGE)) && !counts(&reply(100)));
        let first = owe().await;
        let _second = owe().await;
        assert_eq!(owe().await.status, 503);
        let again = tokio::time::Instant::now();
        assert_eq!(owe().await.status, 503);
        assert!(again.elapsed().is_zero());
        assert_eq!(connection.unread_for(60), 60);
        drop(first);
        assert_eq!(owe().await.status, 200);
    }

    #[tokio::test(start_paused = true)]
    async fn small_bodies_are_free_while_they_are_few() {
        let (share, node, ticks) = (Buffers::new(1024), Buffers::new(FREE), Ticks::default());
        let connection = Arc::new(Connection::new(Phase::Busy, 0));
        let rooms = Rooms { share: &share, node: &node };
        let mut owed = Vec::new();
        for (reserved, status) in [(0, 200), (0, 200), (FREE, 200), (FREE, 503)] {
            owed.push(owe(reply(FREE), rooms, &connection, &ticks).await);
            assert_eq!((node.reserved(), owed.last().unwrap().status.as_u16()), (reserved, status));
        }
        assert_eq!(connection.unread_for(60), 60);
        owed.clear();
        assert_eq!((node.reserved(), connection.unread_for(60)), (0, 0));
        assert_eq!(owe(reply(FREE), rooms, &connection, &ticks).await.status, 200);
    }

    /// A client that opens no window must not hold a backend for ever; one that waits for the backend owes nothing.
    #[tokio::test(start_paused = true)]
    async fn a_stream_is_owed_while_the_codec_does_not_ask() {
        let (share, node, ticks) = (Buffers::new(1024), Buffers::new(FREE), Ticks::default());
        let connection = Arc::new(Connection::new(Phase::Busy, 0));
        let rooms = Rooms { share: &share, node: &node };
        let sent = || {
            let (limits, end) =
                (StreamLimits::from(&Limits::default()), Instant::now() + Duration::from_secs(900));
            let made = pieces(limits, end, |mut outlet| async move {
                outlet.give(Bytes::from_static(b"piece")).await?;
                std::future::pending().await
            });
            sent(ok(Body::stream(made, None)), rooms, &connection, &ticks, ())
        };
        let mut body = sent().await.into_body();
        assert_eq!((node.reserved(), connection.unread_for(61)), (FREE, 61));
        assert_eq!(sent().await.status(), 503);
        let piece = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!((&piece[..], connection.unread_for(61)), (&b"piece"[..], 61));
        assert!(tokio::time::timeout(Duration::from_secs(1), body.frame()).await.is_err());
        assert_eq!(connection.unread_for(61), 0);
        drop(body);
        assert_eq!((node.reserved(), connection.unread_for(61)), (0, 0));
    }
}
