//! The bound on all buffered bodies of this node together.
//!
//! A body that is known to be large, or may become so, reserves its whole size before it is read: bodies that wait for
//! room hold none, so they cannot block each other. Requests and replies have a half each, because a call holds its
//! request while it waits for its reply. Bodies up to [`FREE`] reserve nothing; the bound on connections bounds them.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bodies up to this size need no reservation.
pub(crate) const FREE: usize = 16 * 1024;
/// The semaphores count in blocks of this size.
const BLOCK: usize = 1024;

/// One half of the node's buffers.
#[derive(Debug, Clone)]
pub(crate) struct Buffers {
    room: Arc<Semaphore>,
    blocks: usize,
}

/// The right to buffer some bytes, given back when dropped.
#[derive(Debug, Default)]
pub(crate) struct Reservation {
    _permit: Option<OwnedSemaphorePermit>,
}

/// No room became free in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Buffers {
    pub(crate) fn new(bytes: usize) -> Self {
        let blocks = (bytes / BLOCK).clamp(1, Semaphore::MAX_PERMITS);
        Self { room: Arc::new(Semaphore::new(blocks)), blocks }
    }

    /// Waits for room for a body of `size` bytes.
    pub(crate) async fn reserve(&self, size: usize, patience: Duration) -> Result<Reservation, Full> {
        if size <= FREE {
            return Ok(Reservation::default());
        }
        // Rare, and larger than all else that waits for a body.
        Box::pin(self.take(size, patience)).await
    }

    /// Waits for room, however little it is.
    pub(crate) async fn take(&self, size: usize, patience: Duration) -> Result<Reservation, Full> {
        let blocks = u32::try_from(size.div_ceil(BLOCK)).map_err(|_| Full)?;
        let permit = Arc::clone(&self.room).acquire_many_owned(blocks);
        match tokio::time::timeout(patience, permit).await {
            Ok(Ok(permit)) => Ok(Reservation { _permit: Some(permit) }),
            _ => Err(Full),
        }
    }

    /// Takes room if there is some now.
    pub(crate) fn try_take(&self, size: usize) -> Result<Reservation, Full> {
        let blocks = u32::try_from(size.div_ceil(BLOCK)).map_err(|_| Full)?;
        let permit = Arc::clone(&self.room).try_acquire_many_owned(blocks).map_err(|_| Full)?;
        Ok(Reservation { _permit: Some(permit) })
    }

    /// Whether more than half of the room is taken.
    pub(crate) fn is_scarce(&self) -> bool {
        self.room.available_permits() < self.blocks / 2
    }

    /// Bytes reserved now.
    pub(crate) fn reserved(&self) -> usize {
        (self.blocks - self.room.available_permits()) * BLOCK
    }
}

/// Bytes that give their reservation back with their last clone.
struct Held {
    bytes: BytesMut,
    _reservation: Reservation,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Reservation {
    /// Ties the reservation to the buffer it was made for.
    pub(crate) fn hold(self, bytes: BytesMut) -> Bytes {
        if self._permit.is_none() {
            return bytes.freeze();
        }
        Bytes::from_owner(Held { bytes, _reservation: self })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::BytesMut;

    use super::{Buffers, FREE, Full};

    #[tokio::test(start_paused = true)]
    async fn large_bodies_wait_for_each_other_and_small_ones_do_not() {
        let buffers = Buffers::new(100 * 1024);
        let wait = Duration::from_secs(1);
        let first = buffers.reserve(90 * 1024, wait).await.unwrap();
        let held = first.hold(BytesMut::from(&b"large"[..]));
        let copy = held.clone();
        assert_eq!(buffers.reserved(), 90 * 1024);
        assert_eq!(buffers.reserve(20 * 1024, wait).await.unwrap_err(), Full);
        buffers.reserve(FREE, wait).await.unwrap();
        drop(held);
        assert_eq!(buffers.reserved(), 90 * 1024);
        drop(copy);
        assert_eq!(buffers.reserved(), 0);
    }
}
