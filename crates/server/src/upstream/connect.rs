//! Opening a connection to a backend.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use rustls::CertificateError;
use rustls::pki_types::ServerName;
use stagedoor_engine::UpstreamFailure;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::Upstream;
use super::codec::Connection;
use super::pool::Target;

/// A connection's bytes.
#[derive(Debug)]
pub(crate) enum Io {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Upstream {
    /// A new connection, ready to send on.
    pub(super) async fn connect(&self, target: &Target) -> Result<Connection, UpstreamFailure> {
        let host = target.authority.host();
        let port = target.authority.port_u16().unwrap_or(if target.tls { 443 } else { 80 });
        let socket = self.dial(host, port).await?;
        // A socket that refuses the option still works.
        let _ = socket.set_nodelay(true);
        if !target.tls {
            return Ok(Connection::new(Io::Plain(socket)));
        }
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|error| UpstreamFailure::Connect(format!("{host}: {error}")))?;
        let connector = TlsConnector::from(self.settings.trust.config(target.skip_verification));
        let secured = connector.connect(name, socket).await.map_err(|error| tls_failure(host, &error))?;
        Ok(Connection::new(Io::Tls(Box::new(secured))))
    }

    /// Tries a host's addresses one after the other.
    async fn dial(&self, host: &str, port: u16) -> Result<TcpStream, UpstreamFailure> {
        let found = self.dns.resolve(host).await;
        let addresses = found.map_err(|error| UpstreamFailure::Connect(format!("{host}: {error}")))?;
        let mut last = UpstreamFailure::Connect(format!("{host} has no address"));
        for address in addresses.iter().map(|ip| SocketAddr::new(*ip, port)) {
            if let Some(reason) = self.settings.refused.reason(address) {
                last = UpstreamFailure::RefusedAddress(reason);
                continue;
            }
            match TcpStream::connect(address).await {
                Ok(socket) => return Ok(socket),
                Err(error) => last = UpstreamFailure::Connect(format!("{address}: {error}")),
            }
        }
        Err(last)
    }
}

impl Io {
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
