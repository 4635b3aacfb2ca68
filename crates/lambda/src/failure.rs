//! What Lambda answers when the function cannot: the payloads of `X-Amz-Function-Error: Unhandled`.
//!
//! In: how a function failed. Out: AWS's JSON for it, byte for byte where it is known. It must not know processes.

use bytes::Bytes;
use serde_json::json;

use crate::process::Exit;

/// A failure of the function or its runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The runtime reported it: the body is passed on.
    Reported(Bytes),
    TimedOut {
        seconds: u32,
    },
    Exited(Exit),
    InvalidEntrypoint(String),
    InvalidWorkingDir(String),
    ResponseTooLarge {
        limit: usize,
    },
    /// The runtime broke off in the middle of its response.
    Truncated,
    /// A response that had begun cannot be finished, by no fault of the function.
    Broken(String),
}

impl Failure {
    /// The payload that the caller gets.
    pub(crate) fn payload(&self, request_id: &str) -> Bytes {
        let (kind, message) = match self {
            Self::Reported(body) => return body.clone(),
            Self::ResponseTooLarge { limit } => return response_too_large(*limit),
            Self::Truncated => return bare("Runtime.TruncatedResponse", ""),
            Self::Broken(message) => return bare("Service.Unavailable", message),
            Self::TimedOut { seconds } => {
                ("Sandbox.Timedout", format!("Task timed out after {seconds}.00 seconds"))
            }
            Self::Exited(Exit::NotStarted(errno)) => ("Runtime.InvalidEntrypoint", not_started(*errno)),
            Self::Exited(exit) => ("Runtime.ExitError", exit_message(*exit)),
            Self::InvalidEntrypoint(message) => ("Runtime.InvalidEntrypoint", message.clone()),
            Self::InvalidWorkingDir(message) => ("Runtime.InvalidWorkingDir", message.clone()),
        };
        let message = format!("RequestId: {request_id} Error: {message}");
        bare(kind, &message)
    }

    /// What `REPORT` and `INIT_REPORT` call it.
    pub(crate) fn status(&self) -> &'static str {
        if matches!(self, Self::TimedOut { .. }) { "timeout" } else { "error" }
    }

    /// The error type alone, as `INIT_REPORT` names it.
    pub(crate) fn kind(&self) -> String {
        let told: Option<serde_json::Value> = serde_json::from_slice(&self.payload("")).ok();
        let kind = told.as_ref().and_then(|told| told.get("errorType")?.as_str());
        kind.unwrap_or("Runtime.Unknown").to_owned()
    }
}

/// The payload of an error that says no more than this.
pub(crate) fn bare(kind: &str, message: &str) -> Bytes {
    json!({ "errorType": kind, "errorMessage": message }).to_string().into()
}

fn response_too_large(limit: usize) -> Bytes {
    let message = format!("Response payload size exceeded maximum allowed payload size ({limit} bytes).");
    json!({ "errorMessage": message, "errorType": "Function.ResponseSizeTooLarge" }).to_string().into()
}

fn not_started(errno: i32) -> String {
    let error = std::io::Error::from_raw_os_error(errno).to_string();
    let reason = error.split(" (os error").next().unwrap_or_default().to_lowercase();
    format!("fork/exec: {reason}")
}

fn exit_message(exit: Exit) -> String {
    match exit {
        Exit::Status(0) | Exit::Lost | Exit::NotStarted(_) => {
            "Runtime exited without providing a reason".to_owned()
        }
        Exit::Status(status) => format!("Runtime exited with error: exit status {status}"),
        Exit::Signal(signal) => format!("Runtime exited with error: signal: {}", signal_name(signal)),
    }
}

/// Signals as Lambda's supervisor spells them.
fn signal_name(signal: i32) -> String {
    let name = match signal {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        5 => "trace/breakpoint trap",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        10 => "user defined signal 1",
        11 => "segmentation fault",
        12 => "user defined signal 2",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        // What seccomp ends a process with.
        31 => "bad system call",
        _ => return format!("signal {signal}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::Failure;
    use crate::process::Exit;

    #[test]
    fn payloads_are_aws_s() {
        let cases = [
            (
                Failure::TimedOut { seconds: 1 },
                r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: U Error: Task timed out after 1.00 seconds"}"#,
            ),
            (
                Failure::Exited(Exit::Status(127)),
                r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: U Error: Runtime exited with error: exit status 127"}"#,
            ),
            (
                Failure::Exited(Exit::Status(0)),
                r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: U Error: Runtime exited without providing a reason"}"#,
            ),
            (
                Failure::Exited(Exit::Signal(9)),
                r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: U Error: Runtime exited with error: signal: killed"}"#,
            ),
            (
                Failure::Exited(Exit::NotStarted(8)),
                r#"{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: U Error: fork/exec: exec format error"}"#,
            ),
            (
                Failure::ResponseTooLarge { limit: 6_291_556 },
                r#"{"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}"#,
            ),
            (Failure::Truncated, r#"{"errorType":"Runtime.TruncatedResponse","errorMessage":""}"#),
            (Failure::Reported("{\"errorType\":\"E\"}".into()), r#"{"errorType":"E"}"#),
        ];
        for (failure, expected) in cases {
            assert_eq!(failure.payload("U"), expected, "{failure:?}");
        }
    }

    #[test]
    fn an_error_without_a_type_is_unknown() {
        for (body, kind) in
            [(r#"{"errorType":"E.X"}"#, "E.X"), ("{}", "Runtime.Unknown"), ("?", "Runtime.Unknown")]
        {
            assert_eq!(Failure::Reported(body.into()).kind(), kind);
        }
    }
}
