//! A plan as a command that starts confined.
//!
//! In: a plan. Out: a command. It must not know the guard's socket.

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::access::{self, Rules};
use super::{Plan, Sandbox, bubblewrap, namespace, privileges, syscalls};

/// Added to an `errno`: it came from setting up the sandbox, not from the program. The standard library carries an `i32`
/// from the child to its parent, and no `errno` is this large.
const UNCONFINED: i32 = 1 << 16;

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
        match error.raw_os_error() {
            Some(number) if number >= UNCONFINED => Self::Sandbox(number - UNCONFINED),
            Some(number) => Self::Program(number),
            None => Self::Sandbox(libc::EIO),
        }
    }
}

/// A command that confines itself between its start and the program's.
#[derive(Debug)]
pub(crate) struct Confined {
    pub(crate) command: Command,
    /// What the command inherits; nothing else of the guard's is open in it.
    _files: Option<[OwnedFd; 2]>,
}

/// The command of a plan. The caller must have one thread only when it starts the command: the child allocates memory.
pub(crate) fn command(plan: &Plan) -> io::Result<Confined> {
    let (mut command, files) = match plan.sandbox {
        Sandbox::Bubblewrap => {
            let wrapped = bubblewrap::wrap(plan)?;
            (wrapped.command, Some(wrapped.files))
        }
        Sandbox::None | Sandbox::Kernel => (plain(plan), None),
    };
    let plan = plan.clone();
    let confine = move || confine(&plan);
    // SAFETY: the closure runs between fork and exec of a process that had one thread, so no lock can be held by another.
    #[allow(unsafe_code, reason = "restrictions apply to the process that sets them, so the child must")]
    unsafe {
        command.pre_exec(confine);
    }
    Ok(Confined { command, _files: files })
}

fn plain(plan: &Plan) -> Command {
    let mut command = Command::new(&plan.program);
    command
        .args(&plan.arguments)
        .env_clear()
        .envs(plan.environment.iter().map(|(name, value)| (name, value)));
    // In a sandbox the directory is entered once it is the function's own view of it.
    if plan.sandbox == Sandbox::None {
        command.current_dir(&plan.directory);
    }
    command
}

/// Its name, for the log, and what it does to the calling process.
type Step = (&'static str, fn(&Plan) -> io::Result<()>);

fn confine(plan: &Plan) -> io::Result<()> {
    let steps: &[Step] = match plan.sandbox {
        Sandbox::None => &[("limits", limits)],
        Sandbox::Bubblewrap => {
            &[("limits", limits), ("landlock", |plan| access::restrict_reach(&plan.ports))]
        }
        Sandbox::Kernel => &[
            ("limits", limits),
            ("mounts", mounts),
            ("capabilities", |_| Ok(privileges::drop_capabilities()?)),
            ("landlock", landlock),
            ("seccomp", |plan| syscalls::restrict(plan.mounts)),
        ],
    };
    steps.iter().try_for_each(|(name, step)| {
        step(plan).map_err(|error| {
            // Standard error is the function's log; nobody may be left to read it.
            let line = format!("stagedoor: the sandbox `{}` failed at {name}: {error}", plan.sandbox);
            let _ = writeln!(io::stderr(), "{line}");
            io::Error::from_raw_os_error(UNCONFINED + error.raw_os_error().unwrap_or(libc::ENOTSUP))
        })
    })
}

fn limits(plan: &Plan) -> io::Result<()> {
    Ok(privileges::limit_resources(plan.memory_mb)?)
}

fn mounts(plan: &Plan) -> io::Result<()> {
    if plan.mounts {
        namespace::enter(plan)?;
    }
    std::env::set_current_dir(&plan.directory)
}

fn landlock(plan: &Plan) -> io::Result<()> {
    let own = plan.binds.iter().map(|bind| bind.at.as_path());
    let read = plan.read.iter().map(std::path::PathBuf::as_path).chain(own);
    let opt = plan.covers_opt().then_some(Path::new("/opt"));
    let tmp = plan.owns_tmp().then_some(Path::new("/tmp"));
    access::restrict(&Rules {
        read: read.chain([Path::new("/proc")]).chain(opt).collect(),
        write: plan.temporary.as_deref().into_iter().chain(tmp).collect(),
        ports: &plan.ports,
    })
}
