//! A client's socket under hyper: replays the bytes that protocol sniffing took, and tells the [`Connection`] what
//! passes.

use std::io::IoSlice;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::connection::{Connection, Phase};
use super::ticks::Ticks;

/// Up to here joining head and body costs less than the kernel's way of gathering them.
const SMALL: usize = 1024;

/// The socket of one connection.
pub(crate) struct Stream {
    socket: TcpStream,
    /// Read before hyper took over.
    sniffed: Bytes,
    connection: Arc<Connection>,
    ticks: Ticks,
}

impl Stream {
    pub(crate) fn new(socket: TcpStream, sniffed: Bytes, connection: Arc<Connection>, ticks: Ticks) -> Self {
        Self { socket, sniffed, connection, ticks }
    }

    fn replay(&mut self, buffer: &mut ReadBuf<'_>) -> bool {
        if self.sniffed.is_empty() {
            return false;
        }
        let count = self.sniffed.len().min(buffer.remaining());
        buffer.put_slice(&self.sniffed[..count]);
        self.sniffed.advance(count);
        true
    }

    fn wrote(&self, outcome: Poll<std::io::Result<usize>>) -> Poll<std::io::Result<usize>> {
        if let Poll::Ready(Ok(count)) = outcome {
            self.connection.wrote(count, self.ticks.now());
        }
        outcome
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        if !self.replay(buffer) {
            match Pin::new(&mut self.socket).poll_read(context, buffer) {
                // hyper asks for the next head only once the reply is out.
                Poll::Pending => {
                    if self.connection.phase() == Phase::Reply {
                        self.connection.replied(self.ticks.now());
                    }
                    return Poll::Pending;
                }
                outcome => ready!(outcome)?,
            }
        }
        self.connection.arrived(&buffer.filled()[before..], self.ticks.now());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let outcome = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.wrote(outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let total: usize = slices.iter().map(|slice| slice.len()).sum();
        let outcome = if total <= SMALL {
            let mut joined = [0; SMALL];
            let mut end = 0;
            for slice in slices {
                joined[end..end + slice.len()].copy_from_slice(slice);
                end += slice.len();
            }
            Pin::new(&mut self.socket).poll_write(context, &joined[..end])
        } else {
            Pin::new(&mut self.socket).poll_write_vectored(context, slices)
        };
        self.wrote(outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
