//! Writing a reply's body while it comes, no faster than the client reads.
//!
//! In: a body's pieces. Out: the same in the framing that the head announced. Whatever is there at once travels together. It
//! must not know what makes the pieces; a client that leaves ends them.

use std::future::poll_fn;
use std::io::Write;
use std::task::{Context, Poll};

use bytes::Bytes;
use stagedoor_engine::BodyStream;

use super::reply::Framing;
use super::{End, Session};
use crate::buffers::FREE;
use crate::listen::connection::{Ending, Phase};
use crate::listen::core::Handler;

/// What to do with the bytes at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Write them, then go on.
    Write,
    /// Write them: the body is complete.
    End,
    /// Write them: nothing else will come.
    Break,
}

/// The bytes at hand, in their framing.
struct Framed {
    out: Vec<u8>,
    framing: Framing,
    /// Bytes of an announced length that are still to come.
    left: u64,
}

impl Framed {
    /// False when the body is longer than announced.
    fn put(&mut self, piece: &Bytes) -> bool {
        match self.framing {
            Framing::Chunked => {
                // Writing to memory cannot fail.
                let _ = write!(self.out, "{:x}\r\n", piece.len());
                self.out.extend_from_slice(piece);
                self.out.extend_from_slice(b"\r\n");
                return true;
            }
            Framing::Length(_) => match self.left.checked_sub(piece.len() as u64) {
                Some(left) => self.left = left,
                None => return false,
            },
            Framing::None | Framing::UntilClose => {}
        }
        self.out.extend_from_slice(piece);
        true
    }

    /// The body has ended: says so, if it may.
    fn end(&mut self) -> Next {
        match self.framing {
            Framing::Length(_) if self.left > 0 => return Next::Break,
            Framing::Chunked => self.out.extend_from_slice(b"0\r\n\r\n"),
            _ => {}
        }
        Next::End
    }
}

impl<H: Handler> Session<'_, H> {
    /// Writes a body behind its head.
    pub(super) async fn write_stream(
        &mut self,
        head: Vec<u8>,
        mut body: Box<BodyStream>,
        framing: Framing,
    ) -> Result<(), End> {
        let left = if let Framing::Length(length) = framing { length } else { 0 };
        let mut framed = Framed { out: head, framing, left };
        loop {
            self.client.enter(Phase::Busy);
            let next = poll_fn(|context| self.poll_pieces(context, &mut body, &mut framed)).await?;
            self.client.enter(Phase::Reply);
            self.write_all(&framed.out, &[]).await?;
            framed.out.clear();
            match next {
                Next::Write => {}
                Next::End => return Ok(()),
                Next::Break => return Err(End::Broken { marked: framing != Framing::UntilClose }),
            }
        }
    }

    fn poll_pieces(
        &mut self,
        context: &mut Context<'_>,
        body: &mut BodyStream,
        framed: &mut Framed,
    ) -> Poll<Result<Next, End>> {
        loop {
            if self.client.connection.ending() == Ending::Now {
                return Poll::Ready(Err(End::CutOff));
            }
            if framed.out.len() >= FREE {
                return Poll::Ready(Ok(Next::Write));
            }
            let piece = match body.poll_next(context) {
                Poll::Ready(piece) => piece,
                Poll::Pending if !framed.out.is_empty() => return Poll::Ready(Ok(Next::Write)),
                Poll::Pending if self.poll_gone(context) => return Poll::Ready(Err(End::Closed)),
                Poll::Pending => {
                    // Most streams mostly wait, and should not hold much meanwhile.
                    framed.out = Vec::new();
                    return Poll::Pending;
                }
            };
            match piece {
                // An empty chunk would be the last one.
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(Ok(piece)) if framed.put(&piece) => {}
                Some(_) => return Poll::Ready(Ok(Next::Break)),
                None => return Poll::Ready(Ok(framed.end())),
            }
        }
    }
}
