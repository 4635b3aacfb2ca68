//! `stagedoor env`: what points other tools at a gateway.

use std::time::Duration;

use anyhow::Result;
use clap::{Args, ValueEnum};
use stagedoor_base::Scope;

use super::Target;
use crate::client::block_on;
use crate::terminal::print;

/// How long a gateway may take to say where it is.
const PATIENCE: Duration = Duration::from_secs(2);

const EXAMPLES: &str = "\
Examples:
  eval \"$(stagedoor env)\"                            # sh, bash, zsh
  stagedoor env --shell fish | source
  stagedoor env --shell powershell | Invoke-Expression";

/// Print what points the aws CLI and SDKs here.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct EnvArgs {
    /// Whose syntax to print.
    #[arg(long, value_enum, default_value = "sh")]
    shell: Shell,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    /// Also bash and zsh.
    #[value(aliases = ["bash", "zsh"])]
    Sh,
    Fish,
    #[value(alias = "pwsh")]
    Powershell,
}

impl EnvArgs {
    pub(super) fn run(self) -> Result<()> {
        for export in crate::banner::exports(self.target.told(), &self.scope()?) {
            print(format!("{}\n", self.shell.line(&export)))?;
        }
        Ok(())
    }

    /// The running gateway's own; the default one while none runs.
    fn scope(&self) -> Result<Scope> {
        let client = self.target.client_of(self.target.told())?;
        let asked = async { tokio::time::timeout(PATIENCE, client.health()).await? };
        Ok(client.scope_given(block_on(asked).unwrap_or_default()))
    }
}

impl Shell {
    fn line(self, export: &str) -> String {
        let (name, value) = export.split_once('=').unwrap_or((export, ""));
        match self {
            Self::Sh => format!("export {name}={value}"),
            Self::Fish => format!("set -gx {name} {value}"),
            Self::Powershell => format!("$Env:{name} = \"{value}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shell;

    #[test]
    fn each_shell_has_its_syntax() {
        for (shell, expected) in
            [(Shell::Sh, "export A=b"), (Shell::Fish, "set -gx A b"), (Shell::Powershell, "$Env:A = \"b\"")]
        {
            assert_eq!(shell.line("A=b"), expected);
        }
    }
}
