//! The `stagedoor` program.

mod allocator;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

fn main() -> ExitCode {
    // A function's guard is this executable, started again.
    stagedoor_lambda::guard::run_if_guard();
    let cli = stagedoor::cli::Cli::parse();
    stagedoor::logging::start(cli.is_dev());
    match cli.run() {
        Ok(code) => code,
        Err(error) => {
            stagedoor::cli::print_error(&error);
            ExitCode::FAILURE
        }
    }
}
