//! Which certificates of backends are trusted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

/// The two ways a backend's certificate is judged.
#[derive(Debug, Clone)]
pub(crate) struct Trust {
    verified: Arc<ClientConfig>,
    unverified: Arc<ClientConfig>,
}

/// A file of certificate authorities cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", .file.display())]
pub(crate) struct InvalidAuthority {
    pub(crate) file: PathBuf,
    pub(crate) reason: String,
}

impl Trust {
    /// The public roots, and those of a file beside them.
    ///
    /// # Errors
    /// [`InvalidAuthority`] when the file is unreadable or holds no certificate.
    pub(crate) fn new(authorities: Option<&Path>) -> Result<Self, InvalidAuthority> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(file) = authorities {
            read_authorities(file, &mut roots)
                .map_err(|reason| InvalidAuthority { file: file.to_owned(), reason })?;
        }
        Ok(Self {
            verified: Arc::new(client(&provider, |builder| {
                builder.with_root_certificates(roots).with_no_client_auth()
            })?),
            unverified: Arc::new(client(&provider, |builder| {
                let verifier = Arc::new(AnyCertificate(Arc::clone(&provider)));
                builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
            })?),
        })
    }

    /// The configuration for one connection.
    pub(crate) fn config(&self, skip_verification: bool) -> Arc<ClientConfig> {
        Arc::clone(if skip_verification { &self.unverified } else { &self.verified })
    }
}

type Builder = rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>;

fn client(
    provider: &Arc<CryptoProvider>,
    finish: impl FnOnce(Builder) -> ClientConfig,
) -> Result<ClientConfig, InvalidAuthority> {
    let builder =
        ClientConfig::builder_with_provider(Arc::clone(provider)).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| InvalidAuthority {
        file: PathBuf::from("built-in TLS"),
        reason: error.to_string(),
    })?;
    Ok(finish(builder))
}

fn read_authorities(file: &Path, roots: &mut RootCertStore) -> Result<(), String> {
    let before = roots.len();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())? {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    if roots.len() == before { Err("holds no PEM certificate".to_owned()) } else { Ok(()) }
}

/// `insecureSkipVerification`: any chain and any name; signatures are still checked.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
