//! `stagedoor validate`: are the files right?

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

/// Check a configuration and the files it names, or one OpenAPI document.
#[derive(Debug, Args)]
pub(super) struct ValidateArgs {
    /// A folder with stagedoor.yaml, that file itself, or an OpenAPI document.
    #[arg(default_value = ".")]
    path: PathBuf,
}

impl ValidateArgs {
    pub(super) fn run(self) -> Result<()> {
        crate::declare::validate(&self.path)
    }
}
