//! The `stagedoor` program.

mod allocator;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

fn main() -> ExitCode {
    // A function's guard is this executable, started again.
    stagedoor_lambda::guard::run_if_guard();
    start_logging();
    match stagedoor::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `STAGEDOOR_LOG` filters as `RUST_LOG` does elsewhere; `NO_COLOR` is heeded.
fn start_logging() {
    let filter = EnvFilter::try_from_env("STAGEDOOR_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let colour =
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(colour)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
}
