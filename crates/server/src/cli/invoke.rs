//! `stagedoor invoke`: one call of a function, as the Lambda API makes it.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use clap::Args;
use http::{HeaderName, Method};
use stagedoor_engine::UpstreamReply;

use super::Target;
use crate::client::{Call, block_on, encoded};
use crate::terminal::{during, print_line, tell};

const EXAMPLES: &str = "\
Examples:
  stagedoor invoke hello --payload '{\"name\": \"Ada\"}'
  stagedoor invoke hello --payload event.json --tail
  jq -n '{name: \"Ada\"}' | stagedoor invoke hello --payload -";

const FUNCTION_ERROR: HeaderName = HeaderName::from_static("x-amz-function-error");
const LOG_RESULT: HeaderName = HeaderName::from_static("x-amz-log-result");

/// Call a function of a running gateway and print what it answers.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InvokeArgs {
    /// The function's name, or its ARN.
    function: String,
    /// The event: JSON, a file that holds it, or `-` for standard input.
    #[arg(long, short, value_name = "JSON|FILE|-")]
    payload: Option<String>,
    /// Do not wait for the answer.
    #[arg(long = "async")]
    detached: bool,
    /// Print the end of the call's log to stderr.
    #[arg(long, conflicts_with = "detached")]
    tail: bool,
    /// A version or an alias.
    #[arg(long)]
    qualifier: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl InvokeArgs {
    pub(super) fn run(self) -> Result<()> {
        let body = self.payload.as_deref().map(payload).transpose()?.unwrap_or_default();
        let mut target = format!("/2015-03-31/functions/{}/invocations", encoded(&self.function));
        if let Some(qualifier) = &self.qualifier {
            target.push_str(&format!("?Qualifier={}", encoded(qualifier)));
        }
        let mut headers = vec![("content-type", "application/json".to_owned())];
        if self.detached {
            headers.push(("x-amz-invocation-type", "Event".to_owned()));
        }
        if self.tail {
            headers.push(("x-amz-log-type", "Tail".to_owned()));
        }
        let call = Call { service: "lambda", method: Method::POST, target: &target, headers, body };
        let client = self.target.client()?;
        print(&block_on(during("running", client.expect(call)))?)
    }
}

/// Prints the answer; an error of the function is an error of the command.
fn print(reply: &UpstreamReply) -> Result<()> {
    if let Some(log) = reply.headers.get(&LOG_RESULT) {
        let log = STANDARD.decode(log.as_bytes()).context("the log is no base64")?;
        tell(String::from_utf8_lossy(&readable(log)).trim_end());
    }
    print_line(&reply.body)?;
    match reply.headers.get(&FUNCTION_ERROR) {
        Some(kind) => bail!("the function failed ({})", String::from_utf8_lossy(kind.as_bytes())),
        None => Ok(()),
    }
}

/// A message of several lines has carriage returns in it, with which a terminal would write one line over the other.
fn readable(mut log: Vec<u8>) -> Vec<u8> {
    log.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    log
}

/// JSON as it stands, or the text of a file. It must be JSON, or Lambda would refuse it with less to say.
fn payload(given: &str) -> Result<Bytes> {
    let (text, origin) = match given {
        "-" => {
            let mut text = Vec::new();
            std::io::stdin().read_to_end(&mut text).context("standard input")?;
            (text, "standard input")
        }
        file if Path::new(file).is_file() => (std::fs::read(file).with_context(|| file.to_owned())?, file),
        json => (json.as_bytes().to_vec(), "--payload"),
    };
    if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&text) {
        let hint = if origin == "--payload" { ", and there is no file of this name" } else { "" };
        bail!("{origin} is no JSON{hint}: {error}");
    }
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::{payload, readable};

    #[test]
    fn messages_of_several_lines_stay_readable() {
        assert_eq!(readable(b"[ERROR] E\rTraceback\r\n".to_vec()), b"[ERROR] E\nTraceback\n\n");
    }

    #[test]
    fn payloads_are_json_or_files_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("event.json");
        std::fs::write(&file, "[1]").unwrap();
        assert_eq!(payload("{}").unwrap(), "{}");
        assert_eq!(payload(file.to_str().unwrap()).unwrap(), "[1]");
        std::fs::write(&file, "[1").unwrap();
        for wrong in ["{", "nofile.json", file.to_str().unwrap()] {
            assert!(payload(wrong).unwrap_err().to_string().contains("is no JSON"), "{wrong}");
        }
    }
}
