//! `stagedoor import`: an OpenAPI document into a running gateway.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::Target;

/// Import an OpenAPI document into a running gateway.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// An OpenAPI 3.0 or Swagger 2.0 document.
    file: PathBuf,
    /// Deploy it to this stage at once.
    #[arg(long)]
    stage: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl ImportArgs {
    pub(super) fn run(self) -> Result<()> {
        crate::client::import(self.target.address(), &self.file, self.stage.as_deref())
    }
}
