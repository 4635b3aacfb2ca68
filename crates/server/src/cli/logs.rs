//! `stagedoor logs`: the latest lines of a running gateway, and the next ones.

use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use http::Method;
use serde::{Deserialize, Serialize};
use stagedoor_observe::{Style, expand, time_of_day};

use super::Target;
use crate::client::{Call, Client, block_on};
use crate::terminal::{stdout_has_colour, tell};

const EXAMPLES: &str = "\
Examples:
  stagedoor logs                      # what is still kept, of everything
  stagedoor logs hello --follow       # one function, as it goes on
  stagedoor logs shop/v1 --since 5m   # calls of one stage";

/// How long one question waits for news.
const WAIT_SECONDS: u64 = 20;

/// Print what a running gateway has logged: requests, and the output of functions.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct LogsArgs {
    /// Only this function, or this API/STAGE.
    #[arg(value_name = "FUNCTION|API/STAGE")]
    source: Option<String>,
    /// Go on until interrupted.
    #[arg(long, short)]
    follow: bool,
    /// Only lines that are not older: 30s, 5m, 2h.
    #[arg(long, value_parser = age, value_name = "AGE")]
    since: Option<Duration>,
    /// How to print.
    #[arg(long, short, value_enum, default_value = "text")]
    output: Output,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// As the gateway prints it.
    #[value(alias = "table")]
    Text,
    /// One object per line.
    Json,
}

/// What the gateway answers; see `server/src/latest.rs`.
#[derive(Debug, Deserialize)]
struct Page {
    next: u64,
    entries: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    /// Milliseconds since 1970.
    time: u64,
    source: String,
    text: String,
}

impl LogsArgs {
    pub(super) fn run(self) -> Result<()> {
        let client = self.target.client()?;
        block_on(async {
            let mut after = 0;
            let mut wait = 0;
            loop {
                let page = self.page(&client, after, wait).await?;
                if after == 0 && wait == 0 && page.entries.is_empty() {
                    self.tell_of_silence();
                }
                let is_last = page.next == after;
                after = page.next;
                if !self.print(&page.entries)? || (is_last && !self.follow) {
                    return Ok(());
                }
                wait = if self.follow { WAIT_SECONDS } else { 0 };
            }
        })
    }

    /// A name that nothing has logged under may be misspelled.
    fn tell_of_silence(&self) {
        let Some(source) = &self.source else { return };
        let age = if self.since.is_some() { " that recent" } else { "" };
        let then = if self.follow { "; waiting for it" } else { "" };
        tell(&format!("nothing{age} is logged of `{source}`{then}"));
    }

    async fn page(&self, client: &Client, after: u64, wait: u64) -> Result<Page> {
        let mut target = format!("/_stagedoor/logs?after={after}&wait={wait}");
        if let Some(source) = &self.source {
            check(source)?;
            target.push_str(&format!("&source={source}"));
        }
        if let Some(age) = self.since {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            target.push_str(&format!("&since={}", now.saturating_sub(age).as_millis()));
        }
        if self.output == Output::Text && stdout_has_colour() {
            target.push_str("&colour=1");
        }
        let headers = vec![("x-stagedoor", "1".to_owned())];
        let call =
            Call { service: "execute-api", method: Method::GET, target: &target, headers, ..Call::default() };
        Ok(serde_json::from_slice(&client.expect(call).await?.body)?)
    }

    /// False when nobody reads any more.
    fn print(&self, entries: &[Entry]) -> Result<bool> {
        let mut out = std::io::stdout().lock();
        for entry in entries {
            let written = match self.output {
                Output::Json => writeln!(out, "{}", serde_json::to_string(entry)?),
                Output::Text => writeln!(out, "{} {}", stamp(entry.time), entry.text),
            };
            match written {
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(false),
                other => other?,
            }
        }
        out.flush()?;
        Ok(true)
    }
}

fn stamp(time: u64) -> String {
    let (mut text, (from, to)) = (String::new(), (Style::Dim.mark(), Style::Plain.mark()));
    expand(&format!("{from}{}{to}", time_of_day(time)), stdout_has_colour(), &mut text);
    text
}

fn check(source: &str) -> Result<()> {
    if source.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte)) {
        return Ok(());
    }
    bail!("`{source}` is neither the name of a function nor API/STAGE")
}

/// `30s`, `5m`, `2h`, or seconds.
fn age(text: &str) -> Result<Duration, String> {
    let (digits, unit) = match text.strip_suffix(['s', 'm', 'h', 'd']) {
        Some(digits) => (digits, &text[digits.len()..]),
        None => (text, "s"),
    };
    let seconds = match unit {
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => 1,
    };
    let number: u32 = digits.parse().map_err(|_| "an age is written like 30s, 5m or 2h".to_owned())?;
    Ok(Duration::from_secs(u64::from(number) * seconds))
}

#[cfg(test)]
mod tests {
    use super::{age, check};

    #[test]
    fn ages_are_read() {
        for (text, seconds) in [
            ("30s", Some(30)),
            ("5m", Some(300)),
            ("2h", Some(7200)),
            ("7", Some(7)),
            ("x", None),
            ("", None),
            ("-1s", None),
            ("99999999999d", None),
        ] {
            assert_eq!(age(text).ok().map(|age| age.as_secs()), seconds, "{text}");
        }
    }

    #[test]
    fn sources_are_names() {
        assert!(check("pets/v1").is_ok() && check("list-pets").is_ok());
        assert!(check("a b").is_err() && check("a&wait=9").is_err());
    }
}
