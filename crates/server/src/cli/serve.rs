//! `stagedoor serve`: declared APIs, and a control plane where one is configured.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use stagedoor_observe::Console;

use super::{Verbosity, default_data_dir, load};
use crate::run::Gateway;
use crate::watch::Mode;

/// Serve the APIs that PATH declares; control calls are answered on an address of their own, if one is given.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// A folder with stagedoor.yaml, or the file itself.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Where the data plane listens.
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
    /// Where health and metrics are answered.
    #[arg(long, env = "STAGEDOOR_STATUS")]
    status: Option<SocketAddr>,
    /// Where control calls are answered; nowhere when neither this nor `control:` says so.
    #[arg(long, env = "STAGEDOOR_CONTROL")]
    control: Option<SocketAddr>,
    /// Where state is kept.
    #[arg(long, env = "STAGEDOOR_DATA_DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    verbosity: Verbosity,
}

impl ServeArgs {
    pub(super) fn run(self) -> Result<()> {
        self.gateway()?.run()
    }

    fn gateway(self) -> Result<Gateway> {
        let (file, config) = load(&self.path)?;
        let data_dir = self.data_dir.or_else(|| config.data_dir.clone());
        let status = self.status.or(config.status);
        let control = config.control.listen;
        Ok(Gateway {
            data_dir: data_dir.unwrap_or_else(|| default_data_dir(file.as_deref())),
            listen: self.listen.or(config.listen).unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 8080))),
            status: Some(status.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 9901)))),
            config,
            file,
            control: self.control.or(control),
            dev: false,
            console: self.verbosity.console(Console::Failures),
            watch: Mode::Off,
        })
    }
}
