//! Chores of the repository: `cargo xtask codegen [--check]`, `cargo xtask tidy`, `cargo xtask coverage [--check]`.

mod licences;
mod tidy;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tidy"] => tidy::run(),
        _ => bail!("usage: cargo xtask tidy"),
    }
}
