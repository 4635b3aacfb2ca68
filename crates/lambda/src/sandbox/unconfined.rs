//! A plan as a command, where there is nothing to confine it with: only `none` exists on this system.
//!
//! In: a plan. Out: a command. It must not know the guard's socket.

use std::io;
use std::process::Command;

use super::{Plan, Sandbox};

/// Why a command did not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotStarted {
    /// The program could not be executed.
    Program(i32),
    /// The sandbox could not be set up.
    Sandbox(i32),
}

impl From<io::Error> for NotStarted {
    fn from(error: io::Error) -> Self {
        error.raw_os_error().map_or(Self::Sandbox(0), Self::Program)
    }
}

/// A command ready to start.
#[derive(Debug)]
pub(crate) struct Confined {
    pub(crate) command: Command,
}

/// The command of a plan.
pub(crate) fn command(plan: &Plan) -> io::Result<Confined> {
    if plan.sandbox != Sandbox::None {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut command = Command::new(&plan.program);
    command.args(&plan.arguments).env_clear();
    command.envs(plan.environment.iter().map(|(name, value)| (name, value))).current_dir(&plan.directory);
    Ok(Confined { command })
}
