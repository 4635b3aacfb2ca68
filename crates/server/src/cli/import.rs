//! `stagedoor import`: an OpenAPI document into a running gateway.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::Target;
use crate::client::block_on;
use crate::terminal::{during, print};
use crate::{apis, findings};

/// Import an OpenAPI document into a running gateway, as a new API.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// An OpenAPI 3 or Swagger 2.0 document.
    file: PathBuf,
    /// Deploy it to this stage at once; `stagedoor deploy` also updates an API that exists.
    #[arg(long)]
    stage: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl ImportArgs {
    pub(super) fn run(self) -> Result<()> {
        let document = apis::read_document(&self.file, self.stage.is_some())?;
        findings::warn(&document.preview.warnings);
        let address = self.target.address()?;
        let client = self.target.client_of(address)?;
        block_on(async {
            let api = during("importing", apis::import(&client, document.bytes)).await?.id;
            print(format!("imported as API {api}\n"))?;
            let Some(stage) = &self.stage else { return Ok(()) };
            during("deploying", apis::deploy(&client, &api, stage)).await?;
            Ok(print(format!("deployed to {}\n", apis::url(address, &api, stage)))?)
        })
    }
}
