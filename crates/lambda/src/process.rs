//! Starts a function's process under a guard.
//!
//! In: a [`Command`]. Out: a [`Process`] that reports its end, and the pipe of what it prints. It must not know the Runtime
//! API.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::pipe;
use tokio::process::Child;

use crate::guard::{MARK, Report};

/// How long a guard may take to end its tree before the host kills the process group itself.
const END_LIMIT: Duration = Duration::from_secs(2);

/// A command line with everything it may see.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    /// The whole environment: nothing of the host's is inherited.
    pub(crate) environment: Vec<(OsString, OsString)>,
    pub(crate) directory: PathBuf,
}

/// A running function under its guard. Dropping it ends the whole tree.
#[derive(Debug)]
pub(crate) struct Process {
    control: BufReader<UnixStream>,
    guard: Child,
    function: Option<Pid>,
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
    /// Starts `command`; the pipe carries its standard output and standard error, in the order written.
    pub(crate) fn start(guard: &Path, command: &Command) -> io::Result<(Self, pipe::Receiver)> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let (reader, writer) = io::pipe()?;
        let guard = tokio::process::Command::new(guard)
            .arg(MARK)
            .arg(&command.program)
            .args(&command.arguments)
            .env_clear()
            .envs(command.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&command.directory)
            .stdin(OwnedFd::from(theirs))
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .process_group(0)
            .spawn()?;
        let control = BufReader::new(UnixStream::from_std(ours)?);
        Ok((Self { control, guard, function: None }, pipe::Receiver::from_owned_fd(reader.into())?))
    }

    /// The function's process id, once the guard has told it. Cancel-safe only before the guard's first line.
    pub(crate) async fn started(&mut self) -> Result<i32, Exit> {
        match self.report().await {
            Some(Report::Started(pid)) => {
                self.function = Pid::from_raw(pid);
                Ok(pid)
            }
            other => Err(exit_of(other)),
        }
    }

    /// Waits until the function and all that it started is gone. Cancel-safe: the guard says one line and closes.
    pub(crate) async fn ended(&mut self) -> Exit {
        let exit = exit_of(self.report().await);
        if exit == Exit::Lost {
            self.kill_group();
        }
        let _ = self.guard.wait().await;
        exit
    }

    /// Ends the whole tree, and says so when it is gone.
    pub(crate) async fn end(mut self) {
        // Closing the writing half is what the guard waits for.
        let _ = tokio::io::AsyncWriteExt::shutdown(self.control.get_mut()).await;
        if tokio::time::timeout(END_LIMIT, self.ended()).await.is_err() {
            self.kill_group();
            let _ = self.guard.start_kill();
        }
    }

    fn kill_group(&self) {
        if let Some(pid) = self.function {
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }

    async fn report(&mut self) -> Option<Report> {
        let mut line = String::new();
        self.control.read_line(&mut line).await.ok()?;
        Report::parse(&line)
    }
}

fn exit_of(report: Option<Report>) -> Exit {
    match report {
        Some(Report::NotStarted(errno)) => Exit::NotStarted(errno),
        Some(Report::Exited(status)) => Exit::Status(status),
        Some(Report::Signaled(signal)) => Exit::Signal(signal),
        Some(Report::Started(_)) | None => Exit::Lost,
    }
}
