//! A reply's body: whole, as AWS buffers it, or in pieces that come while the integration makes them.
//!
//! In: bytes. Out: the same, and how they ended. It must not know where they come from, nor how fast they may go.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

/// Bytes in their order. Nothing is read ahead: whoever asks slowly slows the integration down. A failure is the last item.
pub type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, StreamFailure>> + Send>>;

/// A reply's body.
#[derive(Debug)]
pub enum Body {
    Whole(Bytes),
    /// Boxed, so that a reply that is whole is no larger.
    Stream(Box<BodyStream>),
}

/// A body that is not there yet.
pub struct BodyStream {
    pub pieces: Pieces,
    /// Bytes of the whole, when that is known beforehand.
    pub length: Option<u64>,
}

/// Why a body broke off after its reply had begun. The texts are for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamFailure {
    /// The connection broke off, or what came is no HTTP.
    Broken(String),
    /// The integration's timeout passed.
    Timeout,
    /// Nothing came for too long.
    Idle,
    /// The function failed; holds its error object.
    Function(Bytes),
    /// Larger than whoever collects it can use.
    TooLarge,
}

impl Body {
    /// A body that follows piece by piece.
    #[must_use]
    pub fn stream(pieces: Pieces, length: Option<u64>) -> Self {
        Self::Stream(Box::new(BodyStream { pieces, length }))
    }

    /// What is there already: nothing of a stream.
    #[must_use]
    pub fn as_whole(&self) -> &Bytes {
        static NOTHING: Bytes = Bytes::new();
        match self {
            Self::Whole(bytes) => bytes,
            Self::Stream(_) => &NOTHING,
        }
    }

    /// Waits for the whole of it, at most `limit` bytes.
    ///
    /// # Errors
    /// Why there is no whole.
    pub async fn collect(self, limit: usize) -> Result<Bytes, StreamFailure> {
        let mut stream = match self {
            Self::Whole(bytes) => return Ok(bytes),
            Self::Stream(stream) => stream,
        };
        let mut whole = BytesMut::new();
        while let Some(piece) = stream.next().await {
            let piece = piece?;
            if whole.len() + piece.len() > limit {
                return Err(StreamFailure::TooLarge);
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}

impl BodyStream {
    /// The next bytes; none at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamFailure>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// As [`Self::next`].
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, StreamFailure>>> {
        self.pieces.as_mut().poll_next(context)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").field("length", &self.length).finish_non_exhaustive()
    }
}

impl fmt::Display for StreamFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(reason) => f.write_str(reason),
            Self::Timeout => f.write_str("the integration's timeout passed within the reply"),
            Self::Idle => f.write_str("nothing came of the reply for too long"),
            Self::Function(error) => write!(f, "the function failed: {}", String::from_utf8_lossy(error)),
            Self::TooLarge => f.write_str("the reply is too large"),
        }
    }
}

impl std::error::Error for StreamFailure {}

/// Bytes that were read already, and what follows them.
pub(crate) struct Prefixed {
    pub(crate) first: Option<Bytes>,
    pub(crate) rest: Pieces,
}

impl Stream for Prefixed {
    type Item = Result<Bytes, StreamFailure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(first))),
            None => self.rest.as_mut().poll_next(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use bytes::Bytes;

    use super::{Body, Pieces, Prefixed, StreamFailure};

    fn pieces(texts: &[&'static str]) -> Pieces {
        let end: Pieces = Box::pin(Prefixed { first: None, rest: Box::pin(Ended) });
        let add = |rest, text: &&'static str| -> Pieces {
            Box::pin(Prefixed { first: Some(Bytes::from_static(text.as_bytes())), rest })
        };
        texts.iter().rev().fold(end, add)
    }

    struct Ended;

    impl futures_core::Stream for Ended {
        type Item = Result<Bytes, StreamFailure>;

        fn poll_next(self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(None)
        }
    }

    fn collected(texts: &[&'static str], limit: usize) -> Result<Bytes, StreamFailure> {
        let mut work = pin!(Body::stream(pieces(texts), None).collect(limit));
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("nothing here waits"),
        }
    }

    #[test]
    fn pieces_make_a_whole_within_the_limit() {
        assert_eq!(collected(&["one", "", "two"], 6), Ok(Bytes::from_static(b"onetwo")));
        assert_eq!(collected(&["one", "two"], 5), Err(StreamFailure::TooLarge));
        assert_eq!(collected(&[], 0), Ok(Bytes::new()));
    }

    #[test]
    fn a_reply_with_a_body_is_no_larger_than_the_bytes() {
        assert_eq!(size_of::<Body>(), size_of::<Bytes>());
    }
}
