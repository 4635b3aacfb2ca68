//! The command line: one file per command, each a struct of arguments with a `run`.
//!
//! In: arguments and environment. Out: a running gateway, or printed lines and an exit code. A new command is a file here,
//! a variant of [`Command`] and an arm in [`Cli::run`].

mod dev;
mod env;
mod import;
mod serve;
mod validate;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand};

use crate::config::{Config, FILE_NAME};

/// An API gateway that speaks Amazon API Gateway.
#[derive(Debug, Parser)]
#[command(name = "stagedoor", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Dev(dev::DevArgs),
    Serve(serve::ServeArgs),
    Env(env::EnvArgs),
    Import(import::ImportArgs),
    Validate(validate::ValidateArgs),
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// What the user should read on stderr.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Dev(arguments) => arguments.run(),
            Command::Serve(arguments) => arguments.run(),
            Command::Env(arguments) => arguments.run(),
            Command::Import(arguments) => arguments.run(),
            Command::Validate(arguments) => arguments.run(),
        }
    }
}

/// Which running gateway a command talks to.
#[derive(Debug, Clone, Args)]
struct Target {
    /// The address of the running gateway [default: 127.0.0.1:4566].
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
}

impl Target {
    fn address(&self) -> SocketAddr {
        self.listen.unwrap_or_else(crate::dev_address)
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
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
