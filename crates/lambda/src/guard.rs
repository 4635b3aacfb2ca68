//! The guard: a process between the host and one function that ends the function's whole process tree when it is told to,
//! or when the host is gone.
//!
//! In: a command line and a control socket as standard input. Out: [`Report`] lines on that socket. It must not know what
//! it guards.
//!
//! A parent-death signal reaches a child only, and a process group does not hold a grandchild that called `setsid`. So the
//! guard is a *subreaper*: orphans of the tree become its children, and it ends only when it has none left. The host holds
//! the other end of the control socket; the kernel closes that end however the host dies, and the guard reads the end of file.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, wait};

/// The first argument of a guard.
pub(crate) const MARK: &str = "__lambda-guard";

/// Whether this executable can be its own guard: any other `main` would only run once more.
static PREPARED: AtomicBool = AtomicBool::new(false);

pub(crate) fn is_prepared() -> bool {
    PREPARED.load(Ordering::Relaxed)
}

/// Turns this process into a guard when it was started as one, and then never returns; otherwise does nothing. Call it
/// first in `main`, before threads start.
pub fn run_if_guard() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() == Some(OsStr::new(MARK)) {
        let command: Vec<OsString> = arguments.collect();
        std::process::exit(i32::from(guard(&command).is_err()));
    }
    PREPARED.store(true, Ordering::Relaxed);
}

/// What a guard says about its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Report {
    /// The function runs as this process.
    Started(i32),
    /// The function could not be executed: an `errno`.
    NotStarted(i32),
    /// The function ended by itself and nothing of its tree is left.
    Exited(i32),
    /// As before, but by a signal.
    Signaled(i32),
}

impl Report {
    fn line(self) -> String {
        match self {
            Self::Started(pid) => format!("started {pid}\n"),
            Self::NotStarted(errno) => format!("not-started {errno}\n"),
            Self::Exited(status) => format!("exited {status}\n"),
            Self::Signaled(signal) => format!("signaled {signal}\n"),
        }
    }

    /// Reads one line of a guard.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (word, number) = line.trim_end().split_once(' ')?;
        let number = number.parse().ok()?;
        match word {
            "started" => Some(Self::Started(number)),
            "not-started" => Some(Self::NotStarted(number)),
            "exited" => Some(Self::Exited(number)),
            "signaled" => Some(Self::Signaled(number)),
            _ => None,
        }
    }
}

fn guard(command: &[OsString]) -> std::io::Result<()> {
    let mut control = UnixStream::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    adopt_orphans()?;
    let [program, arguments @ ..] = command else {
        return Err(std::io::ErrorKind::InvalidInput.into());
    };
    let spawned = Command::new(program).args(arguments).stdin(Stdio::null()).process_group(0).spawn();
    let report = match spawned {
        Ok(child) => watch(&mut control, Pid::from_child(&child))?,
        Err(error) => Report::NotStarted(error.raw_os_error().unwrap_or(0)),
    };
    control.write_all(report.line().as_bytes())
}

#[cfg(target_os = "linux")]
fn adopt_orphans() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?)
}

/// Other kernels have no subreaper: there the guard ends the function's process group only.
#[cfg(not(target_os = "linux"))]
fn adopt_orphans() -> std::io::Result<()> {
    Ok(())
}

/// Waits for the function to end, by itself or because the host let go of the control socket; then ends what is left.
fn watch(control: &mut UnixStream, child: Pid) -> std::io::Result<Report> {
    control.write_all(Report::Started(child.as_raw_nonzero().get()).line().as_bytes())?;
    let mut host = control.try_clone()?;
    std::thread::spawn(move || {
        // The host never writes: whatever ends this read means that it is gone or wants the function gone.
        let _ = host.read(&mut [0]);
        let _ = rustix::process::kill_process_group(child, Signal::KILL);
        let _ = kill_process(child, Signal::KILL);
    });
    let report = reap_until(child);
    end_descendants(child);
    Ok(report)
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
    loop {
        match wait(WaitOptions::NOHANG) {
            Err(rustix::io::Errno::CHILD) => return,
            Ok(Some(_)) => {}
            _ => {
                for pid in descendants() {
                    let _ = kill_process(pid, Signal::KILL);
                }
                std::thread::sleep(pause);
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn end_descendants(child: Pid) {
    let _ = rustix::process::kill_process_group(child, Signal::KILL);
}

#[cfg(target_os = "linux")]
fn descendants() -> Vec<Pid> {
    let parents = parents();
    let mut found = vec![rustix::process::getpid()];
    let mut next = 0;
    while next < found.len() {
        let parent = found[next];
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found.split_off(1)
}

/// Every process with its parent.
#[cfg(target_os = "linux")]
fn parents() -> Vec<(Pid, Pid)> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name();
            let pid: i32 = name.to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            // The command name stands in parentheses and may hold anything, parentheses too.
            let parent: i32 = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(1)?.parse().ok()?;
            Some((Pid::from_raw(pid)?, Pid::from_raw(parent)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn reports_survive_the_socket() {
        for report in [Report::Started(7), Report::NotStarted(2), Report::Exited(255), Report::Signaled(9)] {
            assert_eq!(Report::parse(&report.line()), Some(report));
        }
        for line in ["", "exited", "exited x", "gone 1"] {
            assert_eq!(Report::parse(line), None, "{line}");
        }
    }
}
