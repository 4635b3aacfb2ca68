//! `stagedoor env`: what points other tools at a gateway.

use anyhow::Result;
use clap::Args;

use super::Target;

/// Print the exports that point the aws CLI and SDKs here.
#[derive(Debug, Args)]
pub(super) struct EnvArgs {
    #[command(flatten)]
    target: Target,
}

impl EnvArgs {
    pub(super) fn run(self) -> Result<()> {
        let exports = crate::banner::exports(self.target.address());
        exports.iter().for_each(|export| println!("export {export}"));
        Ok(())
    }
}
