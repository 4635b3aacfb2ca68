//! `stagedoor dev`: control and data plane on loopback.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use stagedoor_observe::Console;

use super::{Verbosity, default_data_dir, load};
use crate::config::Config;
use crate::run::Gateway;
use crate::watch::Mode;

/// Serve control and data plane on loopback, for development.
#[derive(Debug, Args)]
pub(super) struct DevArgs {
    /// A folder with stagedoor.yaml, or the file itself; without it, an empty gateway.
    path: Option<PathBuf>,
    /// Where to listen; port 0 lets the system choose.
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
    /// Where state is kept.
    #[arg(long, env = "STAGEDOOR_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// How saved files are noticed: `poll` for file systems that tell nothing, such as some shared folders.
    #[arg(long, value_enum, default_value = "auto", value_name = "HOW")]
    watch: Mode,
    #[command(flatten)]
    verbosity: Verbosity,
}

impl DevArgs {
    pub(super) fn run(self) -> Result<()> {
        self.gateway()?.run()
    }

    fn gateway(self) -> Result<Gateway> {
        let (file, config) = match &self.path {
            Some(path) => load(path)?,
            None => (None, Config::default()),
        };
        let listen = self.listen.or(config.listen).unwrap_or_else(crate::dev_address);
        let secure = config.front.tls.as_ref().and_then(|tls| tls.listen);
        if let Some(listen) = [Some(listen), secure].into_iter().flatten().find(|it| !it.ip().is_loopback()) {
            bail!("{listen}: dev accepts well-known credentials and therefore listens on loopback only");
        }
        let data_dir = self.data_dir.or_else(|| config.data_dir.clone());
        Ok(Gateway {
            data_dir: data_dir.unwrap_or_else(|| default_data_dir(file.as_deref())),
            config,
            file,
            listen,
            status: None,
            control: None,
            dev: true,
            console: self.verbosity.console(Console::All),
            watch: self.watch,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::{Cli, Command};

    #[test]
    fn dev_stays_on_loopback() {
        let cli = Cli::parse_from(["stagedoor", "dev", "--listen", "0.0.0.0:4566"]);
        let Command::Dev(arguments) = cli.command else { panic!("not dev") };
        assert!(arguments.gateway().unwrap_err().to_string().contains("loopback only"));
    }
}
