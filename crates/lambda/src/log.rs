//! What functions print and what the platform says around it.
//!
//! In: the pipe of a process, and where invocations begin and end. Out: [`LogLine`]s, handed to one sink. It must not know
//! where they are kept.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use stagedoor_base::FunctionArn;
use tokio::net::unix::pipe;

/// One line of a function's log stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The function version.
    pub function: Arc<FunctionArn>,
    /// The invocation that was running; none during start-up and between invocations.
    pub request_id: Option<Arc<str>>,
    pub kind: LogKind,
    /// Without its line end.
    pub text: String,
}

/// Who wrote a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogKind {
    /// The function, on stdout or stderr.
    Function,
    /// Lambda: `INIT_START`, `START`, `END`, `REPORT` and remarks of this pool.
    Platform,
}

/// Receives every line, on the thread that noticed it: it must not block.
pub type LogSink = Arc<dyn Fn(LogLine) + Send + Sync>;

/// CloudWatch Logs cuts events at 256 KiB; so does this.
const LINE_LIMIT: usize = 256 * 1024;
/// How much one visit reads before others get their turn.
const VISIT_READS: usize = 64;

/// The numbers of a `REPORT` line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report {
    pub(crate) duration: Duration,
    pub(crate) memory_mb: u32,
    pub(crate) max_memory_mb: u64,
    /// Only the first invocation of a process tells it.
    pub(crate) init: Option<Duration>,
    /// `timeout` or `error`, when it did not go well.
    pub(crate) status: Option<&'static str>,
}

/// Lines of one function, without a process.
#[derive(Clone)]
pub(crate) struct Speaker {
    pub(crate) function: Arc<FunctionArn>,
    pub(crate) sink: LogSink,
}

impl Speaker {
    pub(crate) fn platform(&self, request_id: Option<Arc<str>>, text: String) {
        self.say(LogKind::Platform, request_id, text);
    }

    pub(crate) fn begin(&self, request_id: &Arc<str>, version: &str) {
        self.platform(Some(request_id.clone()), format!("START RequestId: {request_id} Version: {version}"));
    }

    pub(crate) fn end(&self, request_id: &Arc<str>, report: &Report) {
        self.platform(Some(request_id.clone()), format!("END RequestId: {request_id}"));
        self.platform(Some(request_id.clone()), report.line(request_id));
    }

    fn say(&self, kind: LogKind, request_id: Option<Arc<str>>, text: String) {
        (self.sink)(LogLine { function: self.function.clone(), request_id, kind, text });
    }
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Speaker({})", self.function)
    }
}

impl Report {
    fn line(&self, request_id: &str) -> String {
        use std::fmt::Write;
        let millis = |duration: Duration| duration.as_secs_f64() * 1e3;
        let duration = millis(self.duration);
        // Since August 2025 AWS bills start-up as well.
        let billed = millis(self.duration + self.init.unwrap_or_default());
        let mut line = format!(
            "REPORT RequestId: {request_id}\tDuration: {duration:.2} ms\tBilled Duration: {} ms\tMemory Size: {} MB\tMax Memory Used: {} MB\t",
            billed.ceil(),
            self.memory_mb,
            self.max_memory_mb
        );
        if let Some(init) = self.init {
            let _ = write!(line, "Init Duration: {:.2} ms\t", millis(init));
        }
        if let Some(status) = self.status {
            let _ = write!(line, "Status: {status}\t");
        }
        line
    }
}

/// The log of one process. Its lines are read when the process writes, and once more when an invocation ends, so that a line
/// printed before the answer is always logged before the answer is given.
#[derive(Debug)]
pub(crate) struct LogStream {
    pub(crate) speaker: Speaker,
    pipe: pipe::Receiver,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    partial: Vec<u8>,
    request_id: Option<Arc<str>>,
}

impl LogStream {
    pub(crate) fn new(speaker: Speaker, pipe: pipe::Receiver) -> Self {
        Self { speaker, pipe, state: Mutex::default() }
    }

    /// Lines belong to this invocation from here on.
    pub(crate) fn begin(&self, request_id: &Arc<str>, version: &str) {
        self.state().request_id = Some(request_id.clone());
        self.speaker.begin(request_id, version);
    }

    /// Logs what the process has written so far, then that the invocation is over.
    pub(crate) fn end(&self, request_id: &Arc<str>, report: &Report) {
        let mut state = self.state();
        self.drain(&mut state, |buffer| Ok(rustix::io::read(&self.pipe, buffer)?));
        self.flush(&mut state);
        state.request_id = None;
        drop(state);
        self.speaker.end(request_id, report);
    }

    /// The invocation that began is none of this process's any more.
    pub(crate) fn forget(&self) {
        self.state().request_id = None;
    }

    /// Logs what the process has written so far.
    pub(crate) fn catch_up(&self) {
        let mut state = self.state();
        self.drain(&mut state, |buffer| Ok(rustix::io::read(&self.pipe, buffer)?));
        self.flush(&mut state);
    }

    /// Logs what the process writes, until nothing is left that could.
    pub(crate) async fn pump(&self) {
        while self.pipe.readable().await.is_ok() {
            let mut state = self.state();
            if self.drain(&mut state, |buffer| self.pipe.try_read(buffer)) {
                self.flush(&mut state);
                return;
            }
        }
    }

    /// Reads what is there; true at the end of the pipe.
    fn drain(&self, state: &mut State, read: impl Fn(&mut [u8]) -> io::Result<usize>) -> bool {
        let mut buffer = [0; 4096];
        for _ in 0..VISIT_READS {
            match read(&mut buffer) {
                Ok(0) => return true,
                Ok(length) => self.take(state, &buffer[..length]),
                Err(error) => {
                    return !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted);
                }
            }
        }
        false
    }

    fn take(&self, state: &mut State, mut bytes: &[u8]) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            state.partial.extend_from_slice(&bytes[..end]);
            self.line(state);
            bytes = &bytes[end + 1..];
        }
        state.partial.extend_from_slice(bytes);
        if state.partial.len() >= LINE_LIMIT {
            self.line(state);
        }
    }

    fn flush(&self, state: &mut State) {
        if !state.partial.is_empty() {
            self.line(state);
        }
    }

    fn line(&self, state: &mut State) {
        let text = String::from_utf8_lossy(&state.partial).trim_end_matches('\r').to_owned();
        state.partial.clear();
        self.speaker.say(LogKind::Function, state.request_id.clone(), text);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Report;

    #[test]
    fn reports_read_as_aws_prints_them() {
        let mut report = Report {
            duration: Duration::from_micros(1_204),
            memory_mb: 128,
            max_memory_mb: 30,
            init: Some(Duration::from_millis(97)),
            status: None,
        };
        assert_eq!(
            report.line("U"),
            "REPORT RequestId: U\tDuration: 1.20 ms\tBilled Duration: 99 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\tInit Duration: 97.00 ms\t"
        );
        report.init = None;
        report.status = Some("timeout");
        assert!(report.line("U").ends_with("Max Memory Used: 30 MB\tStatus: timeout\t"));
    }
}
