//! TLS towards clients: certificates by name, kept current.
//!
//! In: PEM files. Out: handshakes. A client that names no host, or one that no certificate has, sees the first. Files that
//! cannot be used leave what is shown as it is.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::server::TlsStream;

use super::io::Wire;

/// One certificate: a chain, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CertificateFiles {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// Certificates cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", .file.display())]
pub(crate) struct InvalidCertificate {
    file: PathBuf,
    reason: String,
}

/// What one listener shows its clients.
#[derive(Debug)]
pub(crate) struct Tls {
    files: Vec<CertificateFiles>,
    shown: Arc<Shown>,
    acceptor: Arc<ServerConfig>,
}

/// The certificates of the moment.
#[derive(Debug)]
struct Shown(ArcSwap<Certificates>);

#[derive(Debug)]
struct Certificates {
    /// By name, wildcards as `*.example.com`.
    by_name: HashMap<String, Arc<CertifiedKey>>,
    first: Option<Arc<CertifiedKey>>,
    /// When the files were written, as far as the file system tells.
    written: Vec<Option<SystemTime>>,
}

impl Tls {
    /// # Errors
    /// [`InvalidCertificate`] when a file is missing, broken, or its key does not fit.
    pub(crate) fn load(files: Vec<CertificateFiles>) -> Result<Self, InvalidCertificate> {
        let shown = Arc::new(Shown(ArcSwap::from_pointee(Certificates::read(&files)?)));
        let built_in = |error: rustls::Error| invalid("built-in TLS", &error);
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(built_in)?;
        let resolver = Arc::clone(&shown) as Arc<dyn ResolvesServerCert>;
        let mut acceptor = builder.with_no_client_auth().with_cert_resolver(resolver);
        acceptor.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // Sessions are resumed on whichever core the client meets, and nothing is kept for them.
        acceptor.ticketer = aws_lc_rs::Ticketer::new().map_err(built_in)?;
        Ok(Self { files, shown, acceptor: Arc::new(acceptor) })
    }

    /// Reads the files again.
    ///
    /// # Errors
    /// [`InvalidCertificate`]; what was shown before is shown on.
    pub(crate) fn reload(&self) -> Result<(), InvalidCertificate> {
        self.shown.0.store(Arc::new(Certificates::read(&self.files)?));
        Ok(())
    }

    /// Whether a file has been written since they were read.
    pub(crate) fn is_outdated(&self) -> bool {
        written(&self.files) != self.shown.0.load().written
    }

    pub(super) async fn accept(&self, wire: Wire) -> std::io::Result<TlsStream<Wire>> {
        tokio_rustls::TlsAcceptor::from(Arc::clone(&self.acceptor)).accept(wire).await
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let certificates = self.0.load();
        let named = hello.server_name().and_then(|name| certificates.find(name));
        named.or(certificates.first.as_ref()).cloned()
    }
}

impl Certificates {
    fn read(files: &[CertificateFiles]) -> Result<Self, InvalidCertificate> {
        // Before reading: what is written meanwhile is read again.
        let written = written(files);
        let (mut by_name, mut first) = (HashMap::new(), None);
        for file in files {
            let (names, key) = read(file)?;
            let key = Arc::new(key);
            for name in names {
                by_name.entry(name).or_insert_with(|| Arc::clone(&key));
            }
            first.get_or_insert(key);
        }
        Ok(Self { by_name, first, written })
    }

    fn find(&self, name: &str) -> Option<&Arc<CertifiedKey>> {
        let name = name.to_ascii_lowercase();
        let wildcard = || self.by_name.get(&format!("*.{}", name.split_once('.')?.1));
        self.by_name.get(&name).or_else(wildcard)
    }
}

fn written(files: &[CertificateFiles]) -> Vec<Option<SystemTime>> {
    let paths = files.iter().flat_map(|files| [&files.certificate, &files.key]);
    paths.map(|path| std::fs::metadata(path).and_then(|found| found.modified()).ok()).collect()
}

fn invalid(file: impl Into<PathBuf>, reason: &dyn std::fmt::Display) -> InvalidCertificate {
    InvalidCertificate { file: file.into(), reason: reason.to_string() }
}

/// A certificate's names, and what is shown.
fn read(files: &CertificateFiles) -> Result<(Vec<String>, CertifiedKey), InvalidCertificate> {
    let wrong = |reason: &dyn std::fmt::Display| invalid(&files.certificate, reason);
    let chain = CertificateDer::pem_file_iter(&files.certificate).map_err(|error| wrong(&error))?;
    let chain: Vec<_> = chain.collect::<Result<_, _>>().map_err(|error| wrong(&error))?;
    let Some(own) = chain.first() else { return Err(wrong(&"no certificate in it")) };
    let parsed = webpki::EndEntityCert::try_from(own).map_err(|error| wrong(&error))?;
    let names = parsed.valid_dns_names().map(str::to_ascii_lowercase).collect();
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| match error {
        pem::Error::NoItemsFound => invalid(&files.key, &"no private key in it, or an encrypted one"),
        error => invalid(&files.key, &error),
    })?;
    let key = aws_lc_rs::sign::any_supported_type(&key).map_err(|error| invalid(&files.key, &error))?;
    let key = CertifiedKey::new(chain, key);
    match key.keys_match() {
        Ok(()) => Ok((names, key)),
        Err(error) => {
            Err(invalid(&files.key, &format!("does not fit {}: {error}", files.certificate.display())))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CertificateFiles, Tls};

    fn own() -> CertificateFiles {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/upstream/testdata");
        CertificateFiles { certificate: folder.join("server.pem"), key: folder.join("server.key") }
    }

    #[test]
    fn certificates_are_found_by_name() {
        let tls = Tls::load(vec![own()]).unwrap();
        let shown = tls.shown.0.load();
        assert!(!shown.by_name.is_empty());
        for name in shown.by_name.keys() {
            assert!(shown.find(&name.to_ascii_uppercase()).is_some(), "{name}");
        }
        assert!(shown.find("nobody.example").is_none());
    }

    #[test]
    fn files_that_cannot_be_used_are_named_and_change_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let files = CertificateFiles { certificate: path("c.pem"), key: path("k.pem") };
        std::fs::copy(own().certificate, &files.certificate).unwrap();
        std::fs::copy(own().key, &files.key).unwrap();
        let tls = Tls::load(vec![files.clone()]).unwrap();
        assert!(!tls.is_outdated());
        for (text, file) in
            [("", "c.pem"), ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "c.pem")]
        {
            std::fs::write(&files.certificate, text).unwrap();
            let error = tls.reload().unwrap_err().to_string();
            assert!(error.contains(file), "{error}");
        }
        std::fs::remove_file(&files.key).unwrap();
        assert!(tls.is_outdated() && tls.reload().is_err());
        assert!(tls.shown.0.load().first.is_some());
    }
}
