//! Bodies that are made piece by piece, within what a stream may take.
//!
//! In: an asynchronous function that hands pieces over. Out: a stream of them: the function runs only while somebody asks, so a
//! slow reader slows it down, and it ends with whoever drops the stream. It must not know where pieces come from.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use stagedoor_base::Limits;
use stagedoor_engine::{BoxFuture, Pieces, StreamFailure};
use tokio::time::{Instant, sleep_until, timeout_at};

/// What is late because of the machine may be caught up with.
const LATE: Duration = Duration::from_millis(100);

/// How fast and how long a reply may be streamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StreamLimits {
    /// Bytes that may go as fast as they come.
    pub(crate) free: u64,
    /// Bytes a second beyond them; 0: as fast as they come.
    pub(crate) rate: u64,
    /// Longest time in which nothing comes.
    pub(crate) idle: Duration,
}

impl From<&Limits> for StreamLimits {
    fn from(limits: &Limits) -> Self {
        Self {
            free: limits.stream_free_bytes,
            rate: limits.stream_bytes_per_second,
            idle: Duration::from_millis(limits.stream_idle_millis.into()),
        }
    }
}

/// Where a body's maker puts its pieces, and waits for them.
#[derive(Debug)]
pub(crate) struct Outlet {
    slot: Arc<Slot>,
    limits: StreamLimits,
    deadline: Instant,
    handed: u64,
    /// When the next piece may go, once the free ones have gone.
    due: Instant,
}

impl Outlet {
    /// Waits for something of the body.
    pub(crate) async fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, StreamFailure> {
        let now = Instant::now();
        let idle = now + self.limits.idle;
        // What is always there at once would never look at the clock.
        if now >= self.deadline {
            return Err(StreamFailure::Timeout);
        }
        let late = if idle < self.deadline { StreamFailure::Idle } else { StreamFailure::Timeout };
        timeout_at(idle.min(self.deadline), work).await.map_err(|_| late)
    }

    /// Hands a piece over; returns when somebody asks for the next one.
    pub(crate) async fn give(&mut self, piece: Bytes) -> Result<(), StreamFailure> {
        if piece.is_empty() {
            return Ok(());
        }
        self.admit(piece.len() as u64).await?;
        *self.slot.lock() = Some(piece);
        let slot = &self.slot;
        // Whoever polls this takes the piece, and polls again when it wants another one.
        poll_fn(|_| if slot.lock().is_some() { Poll::Pending } else { Poll::Ready(()) }).await;
        Ok(())
    }

    /// Waits until so many more bytes may go.
    async fn admit(&mut self, count: u64) -> Result<(), StreamFailure> {
        self.handed = self.handed.saturating_add(count);
        let beyond = self.handed.saturating_sub(self.limits.free).min(count);
        if beyond == 0 || self.limits.rate == 0 {
            return Ok(());
        }
        let now = Instant::now();
        self.due = self.due.max(now.checked_sub(LATE).unwrap_or(now));
        if self.due >= self.deadline {
            sleep_until(self.deadline).await;
            return Err(StreamFailure::Timeout);
        }
        if self.due > now {
            sleep_until(self.due).await;
        }
        #[expect(clippy::cast_precision_loss, reason = "a piece is small, and a rate need not be exact")]
        let cost = Duration::from_secs_f64(beyond as f64 / self.limits.rate as f64);
        self.due += cost;
        Ok(())
    }
}

/// A piece on its way from the maker to whoever polls it. Both are one task: the lock is never contended.
#[derive(Debug, Default)]
struct Slot(Mutex<Option<Bytes>>);

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Option<Bytes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body that `make` hands over, until `deadline` at the latest.
pub(crate) fn pieces<F>(limits: StreamLimits, deadline: Instant, make: impl FnOnce(Outlet) -> F) -> Pieces
where
    F: Future<Output = Result<(), StreamFailure>> + Send + 'static,
{
    let slot = Arc::<Slot>::default();
    let outlet = Outlet { slot: Arc::clone(&slot), limits, deadline, handed: 0, due: Instant::now() };
    Box::pin(Made { slot, work: Some(Box::pin(make(outlet))) })
}

/// A maker at work.
struct Made {
    slot: Arc<Slot>,
    /// None after its end.
    work: Option<BoxFuture<Result<(), StreamFailure>>>,
}

impl Stream for Made {
    type Item = Result<Bytes, StreamFailure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(work) = &mut self.work else { return Poll::Ready(None) };
        match work.as_mut().poll(context) {
            Poll::Ready(outcome) => {
                self.work = None;
                Poll::Ready(outcome.err().map(Err))
            }
            Poll::Pending => match self.slot.lock().take() {
                Some(piece) => Poll::Ready(Some(Ok(piece))),
                None => Poll::Pending,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use stagedoor_engine::{Body, BodyStream, StreamFailure};
    use tokio::time::{Instant, sleep};

    use super::{StreamLimits, pieces};

    const FAST: StreamLimits = StreamLimits { free: u64::MAX, rate: 1, idle: Duration::from_secs(300) };

    fn body(
        limits: StreamLimits,
        lasts: u64,
        waits: Vec<(u64, &'static str)>,
        end: Result<(), StreamFailure>,
    ) -> BodyStream {
        let deadline = Instant::now() + Duration::from_secs(lasts);
        let made = pieces(limits, deadline, |mut outlet| async move {
            for (seconds, text) in waits {
                outlet.wait(sleep(Duration::from_secs(seconds))).await?;
                outlet.give(Bytes::from_static(text.as_bytes())).await?;
            }
            end
        });
        BodyStream { pieces: made, length: None }
    }

    #[tokio::test(start_paused = true)]
    async fn pieces_come_as_they_are_made_and_then_the_end() {
        let mut stream = body(FAST, 900, vec![(1, "one"), (2, ""), (3, "two")], Ok(()));
        let begun = Instant::now();
        assert_eq!(stream.next().await, Some(Ok(Bytes::from_static(b"one"))));
        assert_eq!(begun.elapsed().as_secs(), 1);
        assert_eq!(stream.next().await, Some(Ok(Bytes::from_static(b"two"))));
        assert_eq!(begun.elapsed().as_secs(), 6);
        assert_eq!((stream.next().await, stream.next().await), (None, None));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_that_lasts_too_long_breaks_off() {
        let broken = || Err(StreamFailure::Broken("gone".to_owned()));
        let table = [
            (900, vec![(299, "a"), (299, "b")], Ok(()), Ok("ab")),
            (900, vec![(299, "a"), (301, "b")], Ok(()), Err(StreamFailure::Idle)),
            (500, vec![(299, "a"), (299, "b")], Ok(()), Err(StreamFailure::Timeout)),
            (900, vec![(1, "a")], broken(), Err(StreamFailure::Broken("gone".to_owned()))),
        ];
        for (lasts, waits, end, expected) in table {
            let stream = body(FAST, lasts, waits, end);
            let body = Body::stream(stream.pieces, None).collect(100).await;
            assert_eq!(body, expected.map(|text| Bytes::from_static(text.as_bytes())));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_beyond_the_free_bytes_goes_at_its_rate() {
        let limits = StreamLimits { free: 100, rate: 10, ..FAST };
        let table = [(100, 900, Ok(0)), (200, 900, Ok(9)), (200, 5, Err(StreamFailure::Timeout))];
        for (bytes, lasts, expected) in table {
            let begun = Instant::now();
            let stream = body(limits, lasts, vec![(0, "0123456789"); bytes / 10], Ok(()));
            let outcome = Body::stream(stream.pieces, None).collect(1000).await;
            assert_eq!(outcome.map(|_| begun.elapsed().as_secs_f64().round() as u64), expected, "{bytes}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_made_that_nobody_asks_for() {
        let mut stream = body(FAST, 900, vec![(1, "one"), (1, "two")], Ok(()));
        assert!(stream.next().await.is_some());
        sleep(Duration::from_secs(60)).await;
        let begun = Instant::now();
        assert!(stream.next().await.is_some());
        assert_eq!(begun.elapsed().as_secs(), 1);
    }
}
