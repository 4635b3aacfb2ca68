//! What a function version is to the pool: how to start it and what it may use.
//!
//! In: nothing. Out: plain values. It must not know the control plane's entities.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use stagedoor_base::FunctionArn;

/// One version of a function, complete enough to run.
#[derive(Debug, Clone)]
pub struct FunctionSpec {
    /// The ARN under which it is invoked; its qualifier is the version (`$LATEST` or a number).
    pub arn: FunctionArn,
    pub runtime: Runtime,
    /// `module.function`; `provided` runtimes read it from `_HANDLER` if they care.
    pub handler: String,
    pub timeout_seconds: u32,
    /// Its processes together are ended when they use more; 0: unbounded.
    pub memory_mb: u32,
    /// The function's own variables. Variables that Lambda reserves win over them.
    pub environment: Vec<(String, String)>,
    pub code: Code,
    /// What is merged into `/opt`, in this order: a later layer's file replaces an earlier one's.
    pub layers: Vec<Code>,
    /// What SDKs inside the function sign with.
    pub credentials: Credentials,
}

impl FunctionSpec {
    /// `$LATEST` or a version number.
    #[must_use]
    pub fn version(&self) -> &str {
        self.arn.qualifier.as_deref().unwrap_or("$LATEST")
    }
}

/// How the code of a function is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Runtime {
    /// `python3.{minor}`
    Python { minor: u8 },
    /// `nodejs{major}.x`
    Node { major: u8 },
    /// `provided.*`: the executable `bootstrap` in the root of the code.
    Provided,
}

impl fmt::Display for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Python { minor } => write!(f, "python3.{minor}"),
            Self::Node { major } => write!(f, "nodejs{major}.x"),
            Self::Provided => f.write_str("provided"),
        }
    }
}

/// Where the code is.
#[derive(Debug, Clone)]
pub enum Code {
    /// A directory on this machine, used in place.
    Directory(PathBuf),
    /// A zip, unpacked once per content when a process first needs it.
    Zip(ZipArchive),
}

/// A content-addressed zip whose bytes are fetched only when they must be unpacked.
#[derive(Clone)]
pub struct ZipArchive {
    /// The digest of the content in any spelling (hex or base64): it names the unpacked directory.
    pub sha256: String,
    /// Fetches the bytes; runs on a blocking thread.
    pub load: Arc<dyn Fn() -> Result<Bytes, String> + Send + Sync>,
}

impl ZipArchive {
    /// An archive that is in memory already.
    #[must_use]
    pub fn from_bytes(sha256: impl Into<String>, bytes: Bytes) -> Self {
        Self { sha256: sha256.into(), load: Arc::new(move || Ok(bytes.clone())) }
    }
}

impl fmt::Debug for ZipArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ZipArchive({})", self.sha256)
    }
}

/// AWS credentials given to a function in its environment.
#[derive(Clone, Default)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({})", self.access_key_id)
    }
}
