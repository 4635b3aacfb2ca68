//! Chores of the repository: `cargo xtask codegen [--check]`, `cargo xtask tidy`, `cargo xtask coverage [--check]`.

mod codegen;
mod coverage;
mod licences;
mod tidy;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["codegen"] => codegen::run(false),
        ["codegen", "--check"] => codegen::run(true),
        ["tidy"] => tidy::run(),
        ["coverage"] => coverage::run(false, &[]),
        ["coverage", "--check", reports @ ..] => coverage::run(true, reports),
        _ => bail!("usage: cargo xtask codegen [--check] | tidy | coverage [--check [REPORT…]]"),
    }
}
