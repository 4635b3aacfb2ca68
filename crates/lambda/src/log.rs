//! What functions print and what the platform says around it.
//!
//! In: lines. Out: [`LogLine`]s, handed to one sink. It must not know where they are kept.

use std::sync::Arc;

use stagedoor_base::FunctionArn;

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
