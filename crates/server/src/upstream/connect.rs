//! Opening a connection to a backend.

use std::net::SocketAddr;

use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::CertificateError;
use rustls::pki_types::ServerName;
use stagedoor_engine::UpstreamFailure;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Upstream;
use super::pool::{Sender, Target};

impl Upstream {
    /// A new connection, ready to send on.
    pub(super) async fn connect(&self, target: &Target) -> Result<Sender, UpstreamFailure> {
        let host = target.authority.host();
        let port = target.authority.port_u16().unwrap_or(if target.tls { 443 } else { 80 });
        let socket = self.dial(host, port).await?;
        // A socket that refuses the option still works.
        let _ = socket.set_nodelay(true);
        if !target.tls {
            return handshake(socket).await;
        }
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|error| UpstreamFailure::Connect(format!("{host}: {error}")))?;
        let connector = TlsConnector::from(self.settings.trust.config(target.skip_verification));
        let secured = connector.connect(name, socket).await.map_err(|error| tls_failure(host, &error))?;
        handshake(secured).await
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

async fn handshake(
    io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<Sender, UpstreamFailure> {
    let (sender, connection) = http1::Builder::new()
        .handshake(TokioIo::new(io))
        .await
        .map_err(|error| UpstreamFailure::Connect(error.to_string()))?;
    // Its errors reach whoever waits for a reply; an idle connection's end is no error.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
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
