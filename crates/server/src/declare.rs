//! Writing what `stagedoor.yaml` declares through the control plane.

use std::path::Path;

use anyhow::Result;
use stagedoor_control::Control;

use crate::config::Config;

/// What a configuration brought into being, for the start message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) apis: Vec<DeclaredApi>,
    pub(crate) functions: Vec<String>,
}

/// One API and its deployed methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeclaredApi {
    pub(crate) id: String,
    pub(crate) stage: String,
    /// Verb and path.
    pub(crate) methods: Vec<(String, String)>,
}

/// Writes a configuration's APIs and functions.
pub(crate) async fn declare(_control: &Control, config: &Config, file: &Path) -> Result<Declared> {
    anyhow::ensure!(
        config.apis.is_empty() && config.functions.is_empty(),
        "{}: declared APIs cannot be served yet",
        file.display()
    );
    Ok(Declared::default())
}

/// Checks a configuration and the files it names.
pub(crate) fn validate(path: &Path) -> Result<()> {
    let (file, _) = Config::load(path)?;
    println!("{}: ok", file.display());
    Ok(())
}
