//! Starts a function's process under a guard.
//!
//! In: a [`Plan`]. Out: a [`Process`] that reports its end, and the pipe of what it prints. It must not know the Runtime
//! API.

use std::ffi::OsString;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::pipe;
use tokio::process::Child;

use crate::guard::{MARK, Report};
use crate::sandbox::Plan;

/// How long a guard may take to end its tree before the host kills the process group itself.
const END_LIMIT: Duration = Duration::from_secs(2);

/// The variable whose value no two processes share: each has a listener of its own.
pub(crate) const RUNTIME_API: &str = "AWS_LAMBDA_RUNTIME_API";

/// A running function under its guard. Dropping it ends the whole tree.
#[derive(Debug)]
pub(crate) struct Process {
    control: BufReader<UnixStream>,
    /// What was read of a line when somebody stopped waiting for it.
    line: Vec<u8>,
    guard: Child,
    function: Option<Pid>,
    /// What only the environment of this tree holds.
    mark: Option<OsString>,
    memory: Memory,
}

/// The most memory that a process tree has used at once, as far as its guard saw.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory(Arc<AtomicU64>);

impl Memory {
    /// In MiB, rounded up.
    pub(crate) fn peak_mb(&self) -> u64 {
        self.0.load(Ordering::Relaxed).div_ceil(1024)
    }
}

/// Why a process does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRunning {
    Exit(Exit),
    /// Its sandbox could not be set up; its log says why.
    NotConfined,
}

/// How a function's process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It could not be executed: an `errno`.
    NotStarted(i32),
    Status(i32),
    Signal(i32),
    /// The guard was killed or is not what it should be.
    Lost,
}

impl Process {
    /// Starts what is planned; the pipe carries its standard output and standard error, in the order written. `name` is
    /// what lists of processes show.
    pub(crate) fn start(guard: &Path, name: &str, plan: &Plan) -> io::Result<(Self, pipe::Receiver)> {
        let message = plan.encode()?;
        let (mut ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        ours.write_all(&message)?;
        let (reader, writer) = io::pipe()?;
        let guard = tokio::process::Command::new(guard)
            .args([MARK, name])
            .env_clear()
            .current_dir("/")
            .stdin(OwnedFd::from(theirs))
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .process_group(0)
            .spawn()?;
        let control = BufReader::new(UnixStream::from_std(ours)?);
        let mark = plan.environment.iter().find(|(name, _)| name == RUNTIME_API).map(|(name, value)| {
            let mut mark = name.clone();
            mark.push("=");
            mark.push(value);
            mark
        });
        let memory = Memory::default();
        let process = Self { control, line: Vec::new(), guard, function: None, mark, memory };
        Ok((process, pipe::Receiver::from_owned_fd(reader.into())?))
    }

    /// The function's process id, once the guard has told it.
    pub(crate) async fn started(&mut self) -> Result<i32, NotRunning> {
        match self.report().await {
            Some(Report::Started(pid)) => {
                self.function = Pid::from_raw(pid);
                Ok(pid)
            }
            Some(Report::NotConfined(_)) => Err(NotRunning::NotConfined),
            other => Err(NotRunning::Exit(exit_of(other))),
        }
    }

    /// What its tree has used, also while it is borrowed.
    pub(crate) fn memory(&self) -> Memory {
        self.memory.clone()
    }

    /// Waits until the function and all that it started is gone. Cancel-safe.
    pub(crate) async fn ended(&mut self) -> Exit {
        let exit = loop {
            match self.report().await {
                Some(Report::Peak(kilobytes)) => {
                    self.memory.0.store(u64::try_from(kilobytes).unwrap_or(0), Ordering::Relaxed);
                }
                last => break exit_of(last),
            }
        };
        let _ = self.guard.wait().await;
        if exit == Exit::Lost {
            self.kill_unguarded();
        }
        exit
    }

    /// Ends the whole tree, and says so when it is gone.
    pub(crate) async fn end(mut self) {
        // Closing the writing half is what the guard waits for.
        let _ = tokio::io::AsyncWriteExt::shutdown(self.control.get_mut()).await;
        if tokio::time::timeout(END_LIMIT, self.ended()).await.is_err() {
            let _ = self.guard.start_kill();
            self.kill_unguarded();
        }
    }

    /// Without a guard the tree falls apart: what left the process group is known by its environment.
    fn kill_unguarded(&self) {
        if let Some(pid) = self.function {
            let _ = kill_process_group(pid, Signal::KILL);
        }
        #[cfg(target_os = "linux")]
        if let Some(mark) = &self.mark {
            crate::tree::kill_marked(mark.as_bytes());
        }
    }

    /// The guard's next line. Cancel-safe: what was read stays.
    async fn report(&mut self) -> Option<Report> {
        self.control.read_until(b'\n', &mut self.line).await.ok()?;
        let line = std::mem::take(&mut self.line);
        Report::parse(std::str::from_utf8(&line).ok()?)
    }
}

fn exit_of(report: Option<Report>) -> Exit {
    match report {
        Some(Report::NotStarted(errno)) => Exit::NotStarted(errno),
        Some(Report::Exited(status)) => Exit::Status(status),
        Some(Report::Signaled(signal)) => Exit::Signal(signal),
        Some(Report::Started(_) | Report::NotConfined(_) | Report::Peak(_)) | None => Exit::Lost,
    }
}
