//! The command line: one file per command, each a struct of arguments with a `run`.
//!
//! In: arguments and environment. Out: a running gateway, or printed lines and an exit code. A new command is a file here,
//! a variant of [`Command`] and an arm in [`Cli::run`].

mod completion;
mod deploy;
mod dev;
mod diff;
mod doctor;
mod env;
mod explain;
mod export;
mod import;
mod invoke;
mod logs;
mod serve;
mod validate;

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::{ArgAction, Args, Parser, Subcommand};
use http::Uri;
use http::uri::Scheme;
use stagedoor_base::{AccountId, Region};
use stagedoor_observe::Console;

use crate::client::{Client, WantedScope};
use crate::config::Config;
use crate::terminal::tell;

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
    Export(export::ExportArgs),
    Deploy(deploy::DeployArgs),
    Diff(diff::DiffArgs),
    Invoke(invoke::InvokeArgs),
    Explain(explain::ExplainArgs),
    Logs(logs::LogsArgs),
    Validate(validate::ValidateArgs),
    Doctor(doctor::DoctorArgs),
    Completion(completion::CompletionArgs),
}

impl Cli {
    /// Whether a person watches what is printed.
    #[must_use]
    pub fn is_dev(&self) -> bool {
        matches!(self.command, Command::Dev(_))
    }

    /// Does what was asked, and says how the program ends.
    ///
    /// # Errors
    /// What the user should read on stderr.
    pub fn run(self) -> Result<ExitCode> {
        let done = match self.command {
            Command::Dev(arguments) => arguments.run(),
            Command::Serve(arguments) => arguments.run(),
            Command::Env(arguments) => arguments.run(),
            Command::Import(arguments) => arguments.run(),
            Command::Export(arguments) => arguments.run(),
            Command::Deploy(arguments) => arguments.run(),
            Command::Diff(arguments) => return Ok(arguments.run()),
            Command::Invoke(arguments) => arguments.run(),
            Command::Explain(arguments) => return Ok(arguments.run()),
            Command::Logs(arguments) => arguments.run(),
            Command::Doctor(arguments) => arguments.run(),
            Command::Completion(arguments) => arguments.run(),
            Command::Validate(arguments) => arguments.run(),
        };
        done.map(|()| ExitCode::SUCCESS)
    }
}

/// Says what went wrong. Findings with their source lines say already that they are errors.
pub fn print_error(error: &anyhow::Error) {
    let text = format!("{error:#}");
    let prefix = if text.starts_with("error: ") { "" } else { "error: " };
    tell(&format!("{prefix}{text}"));
}

/// Which running gateway a command talks to.
#[derive(Debug, Clone, Args)]
struct Target {
    /// The address of the running gateway [default: 127.0.0.1:4566; what calls or changes APIs
    /// follows AWS_ENDPOINT_URL].
    #[arg(long, env = "STAGEDOOR_LISTEN")]
    listen: Option<SocketAddr>,
    /// The account to act in [default: the gateway's own].
    #[arg(long, value_parser = account)]
    account: Option<AccountId>,
    /// The region to act in [default: the gateway's own].
    #[arg(long)]
    region: Option<String>,
}

fn account(text: &str) -> Result<AccountId, &'static str> {
    AccountId::parse(text).map_err(|_| "an account is 12 digits")
}

impl Target {
    fn client(&self) -> Result<Client> {
        self.client_of(self.address()?)
    }

    fn client_of(&self, address: SocketAddr) -> Result<Client> {
        let region = self.region.as_deref().map(Region::from);
        Client::new(address, WantedScope { account: self.account.clone(), region })
    }

    /// Where the aws CLI would go too, once `stagedoor env` has told it.
    fn address(&self) -> Result<SocketAddr> {
        let endpoint = std::env::var("AWS_ENDPOINT_URL").ok().filter(|url| !url.is_empty());
        match (self.listen, endpoint) {
            (None, Some(url)) => address_of(&url)
                .ok_or_else(|| anyhow!("AWS_ENDPOINT_URL is {url}, which leads to no gateway that speaks plain HTTP: say with --listen where it is")),
            _ => Ok(self.told()),
        }
    }

    /// Whatever the environment says to other tools.
    fn told(&self) -> SocketAddr {
        self.listen.unwrap_or_else(crate::dev_address)
    }
}

fn address_of(url: &str) -> Option<SocketAddr> {
    let url: Uri = url.parse().ok()?;
    let host = url.host().filter(|_| url.scheme() == Some(&Scheme::HTTP))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let all: Vec<_> = (host, url.port_u16().unwrap_or(80)).to_socket_addrs().ok()?.collect();
    // Gateways listen on 127.0.0.1, and `localhost` is both.
    all.iter().find(|address| address.is_ipv4()).or(all.first()).copied()
}

/// How much a gateway prints.
#[derive(Debug, Clone, Args)]
struct Verbosity {
    /// Print the steps of each request; with serve, which prints failures only, twice: once prints each request.
    #[arg(long, short, action = ArgAction::Count)]
    verbose: u8,
    /// Print no requests and no function output, only what concerns the gateway itself.
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
}

impl Verbosity {
    fn console(&self, usual: Console) -> Console {
        match (self.quiet, usual, self.verbose) {
            (true, ..) => Console::Off,
            (_, usual, 0) => usual,
            (_, Console::Failures, 1) => Console::All,
            _ => Console::Steps,
        }
    }
}

fn load(path: &Path) -> Result<(Option<PathBuf>, Config)> {
    let (file, config) = Config::load(path).map_err(|problems| anyhow::anyhow!(problems.report()))?;
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

    use super::{Cli, address_of};

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn endpoints_lead_to_gateways() {
        for (url, expected) in [
            ("http://127.0.0.1:4566", Some("127.0.0.1:4566")),
            ("http://127.0.0.1:4566/", Some("127.0.0.1:4566")),
            ("http://127.0.0.1", Some("127.0.0.1:80")),
            ("http://[::1]:4566", Some("[::1]:4566")),
            ("http://localhost:4566", Some("127.0.0.1:4566")),
            ("https://127.0.0.1:4566", None),
            ("127.0.0.1:4566", None),
            ("http://", None),
            ("nonsense", None),
        ] {
            let found = address_of(url).map(|address| address.to_string());
            assert_eq!(found.as_deref(), expected, "{url}");
        }
    }
}
