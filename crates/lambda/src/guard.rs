//! The guard: a process between the host and one function that ends the function's whole process tree when it is told to,
//! or when the host is gone.
//!
//! In: a control socket as standard input, on it a [`Plan`]. Out: [`Report`] lines on that socket. It must not know what it
//! guards.
//!
//! A parent-death signal reaches a child only, and a process group does not hold a grandchild that called `setsid`. So the
//! guard is a *subreaper*: orphans of the tree become its children, and it ends only when it has none left. The host holds
//! the other end of the control socket; the kernel closes that end however the host dies, and the guard reads the end of file.

use std::ffi::OsStr;
use std::io::Write;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, wait};

use crate::sandbox::{self, NotStarted, Plan, Sandbox};

/// The first argument of a guard.
pub(crate) const MARK: &str = "__lambda-guard";
/// The first argument of a probe.
pub(crate) const PROBE: &str = "__lambda-probe";

/// Whether this executable can be its own guard: any other `main` would only run once more.
static PREPARED: AtomicBool = AtomicBool::new(false);

pub(crate) fn is_prepared() -> bool {
    PREPARED.load(Ordering::Relaxed)
}

/// Turns this process into a guard when it was started as one, and then never returns; otherwise does nothing. Call it
/// first in `main`, before threads start.
pub fn run_if_guard() {
    match std::env::args_os().nth(1) {
        Some(mark) if mark == OsStr::new(MARK) => std::process::exit(i32::from(guard().is_err())),
        // What a probe runs in a sandbox to see whether anything can run there.
        Some(mark) if mark == OsStr::new(PROBE) => std::process::exit(0),
        _ => PREPARED.store(true, Ordering::Relaxed),
    }
}

/// What a guard says about its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Report {
    /// The function runs as this process.
    Started(i32),
    /// The function could not be executed: an `errno`.
    NotStarted(i32),
    /// Its sandbox could not be set up: an `errno`.
    NotConfined(i32),
    /// The most memory that its tree has used at once so far, in KiB.
    Peak(i32),
    /// The function ended by itself and nothing of its tree is left.
    Exited(i32),
    /// As before, but by a signal.
    Signaled(i32),
}

impl Report {
    pub(crate) fn line(self) -> String {
        let (word, number) = match self {
            Self::Started(pid) => ("started", pid),
            Self::NotStarted(errno) => ("not-started", errno),
            Self::NotConfined(errno) => ("not-confined", errno),
            Self::Peak(kilobytes) => ("peak", kilobytes),
            Self::Exited(status) => ("exited", status),
            Self::Signaled(signal) => ("signaled", signal),
        };
        format!("{word} {number}\n")
    }

    /// Reads one line of a guard.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (word, number) = line.trim_end().split_once(' ')?;
        let number = number.parse().ok()?;
        match word {
            "started" => Some(Self::Started(number)),
            "not-started" => Some(Self::NotStarted(number)),
            "not-confined" => Some(Self::NotConfined(number)),
            "peak" => Some(Self::Peak(number)),
            "exited" => Some(Self::Exited(number)),
            "signaled" => Some(Self::Signaled(number)),
            _ => None,
        }
    }
}

fn guard() -> std::io::Result<()> {
    let mut control = UnixStream::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let plan = Plan::read(&mut control)?;
    adopt_orphans()?;
    let report = match start(&plan) {
        Ok(child) => watch(&mut control, &plan, child)?,
        Err(NotStarted::Program(errno)) => Report::NotStarted(errno),
        Err(NotStarted::Sandbox(errno)) => Report::NotConfined(errno),
    };
    control.write_all(report.line().as_bytes())?;
    plan.temporary.as_deref().map_or(Ok(()), discard)
}

fn start(plan: &Plan) -> Result<Pid, NotStarted> {
    if let Some(directory) = &plan.temporary {
        std::fs::create_dir_all(directory)?;
    }
    let mut confined = sandbox::command(plan)?;
    let child = confined.command.stdin(Stdio::null()).process_group(0).spawn()?;
    Ok(Pid::from_child(&child))
}

/// Deletes what the function left; the gateway may be gone already.
fn discard(directory: &Path) -> std::io::Result<()> {
    std::fs::remove_dir_all(directory)
}

#[cfg(target_os = "linux")]
fn adopt_orphans() -> std::io::Result<()> {
    Ok(rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?)
}

/// Other kernels have no subreaper: there the guard ends the function's process group only.
#[cfg(not(target_os = "linux"))]
fn adopt_orphans() -> std::io::Result<()> {
    Ok(())
}

/// Waits for the function to end, by itself or because the host let go of the control socket; then ends what is left.
fn watch(control: &mut UnixStream, plan: &Plan, child: Pid) -> std::io::Result<Report> {
    control.write_all(Report::Started(child.as_raw_nonzero().get()).line().as_bytes())?;
    let host = control.try_clone()?;
    let memory_mb = plan.memory_mb;
    std::thread::spawn(move || {
        crate::usage::until_the_host_is_gone(host, child, memory_mb);
        let _ = rustix::process::kill_process_group(child, Signal::KILL);
        let _ = kill_process(child, Signal::KILL);
    });
    let report = reap_until(child);
    end_descendants(child);
    Ok(if plan.sandbox == Sandbox::Bubblewrap { unwrapped(report) } else { report })
}

/// Bubblewrap tells a signal as shells do. Only those that end programs by accident or force are taken for one: a program
/// may exit with such a number too.
fn unwrapped(report: Report) -> Report {
    match report {
        Report::Exited(status @ (132 | 134 | 135 | 136 | 137 | 139 | 143 | 159)) => {
            Report::Signaled(status - 128)
        }
        other => other,
    }
}

fn reap_until(child: Pid) -> Report {
    loop {
        match wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) if pid == child => return describe(status),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Report::Exited(0),
        }
    }
}

fn describe(status: WaitStatus) -> Report {
    match status.terminating_signal() {
        Some(signal) => Report::Signaled(signal),
        None => Report::Exited(status.exit_status().unwrap_or(0)),
    }
}

/// Kills until nothing is left. A process that dies hands its children to this one, so rounds converge.
#[cfg(target_os = "linux")]
fn end_descendants(_child: Pid) {
    let pause = std::time::Duration::from_millis(1);
    let mut tree = crate::tree::Tree::below(rustix::process::getpid());
    loop {
        match wait(WaitOptions::NOHANG) {
            Err(rustix::io::Errno::CHILD) => return,
            Ok(Some(_)) => {}
            _ => {
                tree.kill();
                std::thread::sleep(pause);
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn end_descendants(child: Pid) {
    let _ = rustix::process::kill_process_group(child, Signal::KILL);
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn reports_survive_the_socket() {
        for report in [
            Report::Started(7),
            Report::NotStarted(2),
            Report::NotConfined(95),
            Report::Peak(131_072),
            Report::Exited(255),
            Report::Signaled(9),
        ] {
            assert_eq!(Report::parse(&report.line()), Some(report));
        }
        for line in ["", "exited", "exited x", "gone 1"] {
            assert_eq!(Report::parse(line), None, "{line}");
        }
    }
}
