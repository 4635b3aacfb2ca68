//! Opening a connection to a backend.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::CertificateError;
use rustls::pki_types::ServerName;
use stagedoor_engine::UpstreamFailure;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::Upstream;
use super::codec::Connection;
use super::dns::{Origin, Resolved};
use super::gate::Place;
use super::pool::Target;

/// A connection's bytes.
#[derive(Debug)]
pub(crate) enum Io {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// How long one address has before the next one is tried beside it.
const HEAD_START: Duration = Duration::from_millis(250);
/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 8;

impl Upstream {
    /// A new connection, ready to send on.
    pub(super) async fn connect(
        &self,
        target: &Target,
        place: Place,
    ) -> Result<Box<Connection>, UpstreamFailure> {
        let host = target.authority.host();
        let port = target.authority.port_u16().unwrap_or(if target.tls { 443 } else { 80 });
        let found = self.dns.resolve(host).await;
        let Resolved { addresses, name } =
            found.map_err(|reason| UpstreamFailure::Connect(format!("{host}: {reason}")))?;
        let socket = self.dial(host, &addresses, port).await?;
        let peer = socket.peer_addr().map_err(|error| UpstreamFailure::Connect(error.to_string()))?;
        let origin = Origin::new(peer.ip(), name);
        // A socket that refuses the option still works.
        let _ = socket.set_nodelay(true);
        let io = if target.tls { self.secure(target, host, socket).await? } else { Io::Plain(socket) };
        Ok(Connection::new(io, origin, place))
    }

    async fn secure(&self, target: &Target, host: &str, socket: TcpStream) -> Result<Io, UpstreamFailure> {
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|error| UpstreamFailure::Connect(format!("{host}: {error}")))?;
        let connector = TlsConnector::from(self.settings.trust.config(target.skip_verification));
        let handshake = timeout(self.settings.limits.connect_timeout, connector.connect(name, socket));
        match handshake.await {
            Ok(Ok(secured)) => Ok(Io::Tls(Box::new(secured))),
            Ok(Err(error)) => Err(tls_failure(host, &error)),
            Err(_) => Err(UpstreamFailure::Connect(format!("{host}: no end of the TLS handshake"))),
        }
    }

    /// Tries a host's addresses, each a little after the one before, and takes whichever answers first.
    async fn dial(&self, host: &str, addresses: &[IpAddr], port: u16) -> Result<TcpStream, UpstreamFailure> {
        let mut last = UpstreamFailure::Connect(format!("{host} has no address"));
        let mut attempts = JoinSet::new();
        let mut rest = in_turn(addresses).into_iter().map(|ip| SocketAddr::new(ip, port)).peekable();
        loop {
            if let Some(address) = rest.next() {
                match self.settings.refused.reason(address) {
                    Some(reason) => last = UpstreamFailure::RefusedAddress(reason),
                    None if attempts.is_empty() && rest.peek().is_none() => {
                        return self.open(address).await;
                    }
                    None => drop(attempts.spawn(open(address, self.settings.limits.connect_timeout))),
                }
            } else if attempts.is_empty() {
                return Err(last);
            }
            tokio::select! {
                Some(opened) = attempts.join_next() => match opened {
                    Ok(Ok(socket)) => return Ok(socket),
                    Ok(Err(failure)) => last = failure,
                    Err(error) => last = UpstreamFailure::Connect(error.to_string()),
                },
                () = sleep(HEAD_START), if rest.peek().is_some() && !attempts.is_empty() => {}
                else => {}
            }
        }
    }

    async fn open(&self, address: SocketAddr) -> Result<TcpStream, UpstreamFailure> {
        open(address, self.settings.limits.connect_timeout).await
    }
}

async fn open(address: SocketAddr, patience: Duration) -> Result<TcpStream, UpstreamFailure> {
    let reason = match timeout(patience, TcpStream::connect(address)).await {
        Ok(Ok(socket)) => return Ok(socket),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no connection within {} s", patience.as_secs()),
    };
    Err(UpstreamFailure::Connect(format!("{address}: {reason}")))
}

/// The two families alternate, so that one that leads nowhere costs one head start: RFC 8305.
fn in_turn(addresses: &[IpAddr]) -> Vec<IpAddr> {
    let first_is_v4 = addresses.first().is_some_and(IpAddr::is_ipv4);
    let (mut like_first, mut others): (VecDeque<_>, VecDeque<_>) =
        addresses.iter().copied().partition(|address| address.is_ipv4() == first_is_v4);
    let mut ordered = Vec::with_capacity(addresses.len().min(MAX_ADDRESSES));
    while ordered.len() < MAX_ADDRESSES && !(like_first.is_empty() && others.is_empty()) {
        ordered.extend(like_first.pop_front());
        ordered.extend(others.pop_front());
    }
    ordered
}

impl Io {
    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// What carries the bytes.
    pub(super) fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => stream.get_ref().0,
        }
    }
}

impl AsyncRead for Io {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Plain(socket) => Pin::new(socket).poll_read(context, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Io {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(socket) => Pin::new(socket).poll_write(context, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Plain(socket) => Pin::new(socket).poll_flush(context),
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Plain(socket) => Pin::new(socket).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}

fn tls_failure(host: &str, error: &std::io::Error) -> UpstreamFailure {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let detail = error.to_string();
    match inner {
        Some(rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => UpstreamFailure::CertificateHost { host: host.to_owned(), detail },
        _ => UpstreamFailure::Connect(format!("{host}: {detail}")),
    }
}
