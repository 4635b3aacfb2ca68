//! The command line.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand};
use stagedoor_observe::Console;

use crate::config::{Config, FILE_NAME};
use crate::run::Gateway;

/// An API gateway that speaks Amazon API Gateway.
#[derive(Debug, Parser)]
#[command(name = "stagedoor", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve control and data plane on loopback, for development.
    Dev(DevArgs),
    /// Serve the APIs that PATH declares, without a control plane.
    Serve(ServeArgs),
    /// Print the exports that point the aws CLI and SDKs here.
    Env(EnvArgs),
    /// Import an OpenAPI document into a running gateway.
    Import(ImportArgs),
    /// Check a configuration and the files it names, or one OpenAPI document.
    Validate {
        /// A folder with stagedoor.yaml, that file itself, or an OpenAPI document.
        #[arg(default_value = ".")]
        path: PathBuf,
    },
}

#[derive(Debug, Args)]
struct DevArgs {
    /// A folder with stagedoor.yaml, or the file itself; without it, an empty gateway.
    path: Option<PathBuf>,
    /// Where to listen; port 0 lets the system choose.
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
    /// Where state is kept.
    #[arg(long, env = "STAGEDOOR_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// One line per request, not only for those that the gateway refused.
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// A folder with stagedoor.yaml, or the file itself.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Where the data plane listens.
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
    /// Where health and metrics are answered.
    #[arg(long, env = "STAGEDOOR_STATUS")]
    status: Option<SocketAddr>,
    /// Where state is kept.
    #[arg(long, env = "STAGEDOOR_DATA_DIR")]
    data_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct EnvArgs {
    /// The address of the gateway.
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// An OpenAPI 3.0 or Swagger 2.0 document.
    file: PathBuf,
    /// Deploy it to this stage at once.
    #[arg(long)]
    stage: Option<String>,
    /// The address of the gateway.
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// What the user should read on stderr.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Dev(arguments) => arguments.gateway()?.run(),
            Command::Serve(arguments) => arguments.gateway()?.run(),
            Command::Env(arguments) => {
                let address = arguments.listen.unwrap_or_else(crate::dev_address);
                crate::banner::exports(address).iter().for_each(|export| println!("export {export}"));
                Ok(())
            }
            Command::Import(ImportArgs { file, stage, listen }) => {
                crate::client::import(listen.unwrap_or_else(crate::dev_address), &file, stage.as_deref())
            }
            Command::Validate { path } => crate::declare::validate(&path),
        }
    }
}

impl DevArgs {
    fn gateway(self) -> Result<Gateway> {
        let (file, config) = match &self.path {
            Some(path) => load(path)?,
            None => (None, Config::default()),
        };
        let listen = self.listen.or(config.listen).unwrap_or_else(crate::dev_address);
        if !listen.ip().is_loopback() {
            bail!("{listen}: dev accepts well-known credentials and therefore listens on loopback only");
        }
        let data_dir = self.data_dir.or_else(|| config.data_dir.clone());
        let all = self.verbose || std::io::stderr().is_terminal();
        Ok(Gateway {
            data_dir: data_dir.unwrap_or_else(|| default_data_dir(file.as_deref())),
            config,
            file,
            listen,
            status: None,
            control_plane: true,
            console: if all { Console::All } else { Console::Failures },
        })
    }
}

impl ServeArgs {
    fn gateway(self) -> Result<Gateway> {
        let (file, config) = load(&self.path)?;
        let data_dir = self.data_dir.or_else(|| config.data_dir.clone());
        Ok(Gateway {
            data_dir: data_dir.unwrap_or_else(|| default_data_dir(file.as_deref())),
            listen: self.listen.or(config.listen).unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 8080))),
            status: Some(
                self.status.or(config.status).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 9901))),
            ),
            config,
            file,
            control_plane: false,
            console: Console::Failures,
        })
    }
}

fn load(path: &Path) -> Result<(Option<PathBuf>, Config)> {
    if path.is_dir() && !path.join(FILE_NAME).exists() {
        bail!("{}: there is no {FILE_NAME} in this folder", path.display());
    }
    let (file, config) = Config::load(path)?;
    Ok((Some(file), config))
}

/// Beside the configuration, or in the user's state folder.
fn default_data_dir(file: Option<&Path>) -> PathBuf {
    if let Some(folder) = file.and_then(Path::parent) {
        return folder.join(".stagedoor");
    }
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    state.or_else(home).unwrap_or_else(std::env::temp_dir).join("stagedoor")
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{Cli, Command};

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn dev_stays_on_loopback() {
        let cli = Cli::parse_from(["stagedoor", "dev", "--listen", "0.0.0.0:4566"]);
        let Command::Dev(arguments) = cli.command else { panic!("not dev") };
        assert!(arguments.gateway().unwrap_err().to_string().contains("loopback only"));
    }
}
