//! `stagedoor completion`: what lets a shell complete the command line.

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use crate::terminal::print;

const EXAMPLES: &str = "\
Examples:
  stagedoor completion bash > ~/.local/share/bash-completion/completions/stagedoor
  stagedoor completion zsh > \"${fpath[1]}/_stagedoor\"
  stagedoor completion fish > ~/.config/fish/completions/stagedoor.fish";

/// Print the completions of a shell.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CompletionArgs {
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionArgs {
    pub(super) fn run(self) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "stagedoor", &mut script);
        Ok(print(script)?)
    }
}
