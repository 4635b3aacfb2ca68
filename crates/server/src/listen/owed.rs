//! Large replies that a multiplexed connection owes its client.
//!
//! A client may ask for many replies at once and then read none. Each connection holds a share of the node's buffers
//! only, and every body it owes is counted until its last byte is written, so that the sweeper sees who does not read.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::answering::{Reply, unavailable};
use super::connection::Connection;
use super::ticks::Ticks;
use crate::buffers::{Buffers, FREE, Reservation};

/// Longest wait for the connection's own share. Much shorter than the wait of others for the node's buffers, so that
/// whoever waits for these gets them.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether a reply has to be counted.
pub(super) fn is_large(reply: &Reply) -> bool {
    reply.body().len() > FREE
}

/// Counts a reply's body on its connection. While the connection's share stays taken the body is dropped, and the reply
/// becomes a 503.
pub(super) async fn owe(reply: Reply, share: &Buffers, connection: &Arc<Connection>, ticks: &Ticks) -> Reply {
    let (parts, bytes) = reply.into_parts();
    // Who has just let one reply wait in vain, and has read nothing since, lets none wait.
    let patience = if connection.sheds() { Duration::ZERO } else { PATIENCE };
    let Ok(reservation) = share.reserve(bytes.len(), patience).await else {
        connection.shed();
        return unavailable();
    };
    connection.owes(ticks.now());
    let (connection, ticks) = (Arc::clone(connection), ticks.clone());
    let owed = Owed { bytes, _reservation: reservation, connection, ticks };
    Response::from_parts(parts, Bytes::from_owner(owed))
}

/// A body until it is written or its stream is reset.
struct Owed {
    bytes: Bytes,
    _reservation: Reservation,
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
        self.connection.paid(self.ticks.now());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use http::Response;

    use super::{is_large, owe};
    use crate::buffers::Buffers;
    use crate::listen::connection::{Connection, Phase};
    use crate::listen::ticks::Ticks;

    fn reply(size: usize) -> Response<Bytes> {
        Response::new(Bytes::from(vec![b'x'; size]))
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_holds_its_share_only() {
        const LARGE: usize = 100 * 1024;
        let (share, ticks) = (Buffers::new(250 * 1024), Ticks::default());
        let connection = Arc::new(Connection::new(Phase::Busy, 0));
        let owe = || owe(reply(LARGE), &share, &connection, &ticks);
        assert!(is_large(&reply(LARGE)) && !is_large(&reply(100)));
        let first = owe().await;
        let _second = owe().await;
        assert_eq!(owe().await.status(), 503);
        let again = tokio::time::Instant::now();
        assert_eq!(owe().await.status(), 503);
        assert!(again.elapsed().is_zero());
        assert_eq!(connection.unread_for(60), 60);
        drop(first);
        assert_eq!(owe().await.status(), 200);
    }
}
