//! `lambda:` in `stagedoor.yaml`: how functions are called, whichever they are.

use std::time::Duration;

use super::tree::{Entry, Node, Value};
use super::written::Reader;

/// AWS's default for an account, and its most waiting time between retries.
const CONCURRENCY: u32 = 1_000;
const MAX_CONCURRENCY: u32 = 100_000;
const MAX_EVENTS: usize = 1_000_000;
const MAX_SECONDS: f64 = 21_600.0;

/// The limits and waits of function calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LambdaConfig {
    /// Calls at once of one account in one region.
    pub(crate) concurrency: u32,
    /// Waits before the first and the second retry of an event.
    pub(crate) event_retries: [Duration; 2],
    /// The first wait after a throttled attempt; it doubles.
    pub(crate) event_backoff: Duration,
    /// Events that may wait.
    pub(crate) events: usize,
}

impl Default for LambdaConfig {
    fn default() -> Self {
        Self {
            concurrency: CONCURRENCY,
            event_retries: [Duration::from_mins(1), Duration::from_mins(2)],
            event_backoff: Duration::from_secs(1),
            events: 10_000,
        }
    }
}

const KEYS: [&str; 4] = ["concurrency", "event_retries", "event_backoff", "events"];

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> LambdaConfig {
    let mut config = LambdaConfig::default();
    for Entry { key, value, .. } in reader.keys(node, &KEYS) {
        match key.as_str() {
            "concurrency" => {
                let most = MAX_CONCURRENCY;
                config.concurrency = number(reader, value, 1, most).unwrap_or(config.concurrency);
            }
            "event_retries" => config.event_retries = retries(reader, value).unwrap_or(config.event_retries),
            "event_backoff" => config.event_backoff = seconds(reader, value).unwrap_or(config.event_backoff),
            _ => config.events = number(reader, value, 1, MAX_EVENTS).unwrap_or(config.events),
        }
    }
    config
}

/// A whole number within bounds.
pub(super) fn number<T>(reader: &mut Reader<'_>, node: &Node, least: T, most: T) -> Option<T>
where
    T: std::str::FromStr + PartialOrd + std::fmt::Display + Copy,
{
    let what = format!("a whole number from {least} to {most}");
    let found: T = reader.parsed(node, &what)?;
    if found >= least && found <= most {
        return Some(found);
    }
    reader.complain(node.place, format!("`{found}` is not {what}"));
    None
}

fn retries(reader: &mut Reader<'_>, node: &Node) -> Option<[Duration; 2]> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => &[],
    };
    let [first, second] = items else {
        reader.complain(
            node.place,
            "expected two waits in seconds, like [60, 120]: before the first and the second retry",
        );
        return None;
    };
    Some([seconds(reader, first)?, seconds(reader, second)?])
}

fn seconds(reader: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let found: f64 = reader.parsed(node, "a number of seconds")?;
    if (0.0..=MAX_SECONDS).contains(&found) {
        return Some(Duration::from_secs_f64(found));
    }
    reader.complain(node.place, format!("`{found}` is not a number of seconds from 0 to {MAX_SECONDS}"));
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::LambdaConfig;
    use crate::config::Config;

    fn parse(text: &str) -> Result<LambdaConfig, String> {
        let config = Config::parse(Path::new("/app/stagedoor.yaml"), text);
        config.map(|config| config.lambda).map_err(|problems| problems.to_string())
    }

    #[test]
    fn everything_has_aws_s_default() {
        assert_eq!(parse("lambda:\n"), Ok(LambdaConfig::default()));
    }

    #[test]
    fn values_are_read() {
        let text = "lambda: {concurrency: 200, event_retries: [0.5, 2], event_backoff: 0.1, events: 7}";
        let expected = LambdaConfig {
            concurrency: 200,
            event_retries: [Duration::from_millis(500), Duration::from_secs(2)],
            event_backoff: Duration::from_millis(100),
            events: 7,
        };
        assert_eq!(parse(text), Ok(expected));
    }

    #[test]
    fn what_makes_no_sense_is_a_problem() {
        let table = [
            ("lambda: {concurrency: 0}", "`0` is not a whole number from 1 to 100000"),
            ("lambda: {concurrency: many}", "`many` is not a whole number from 1 to 100000"),
            ("lambda: {event_retries: 60}", "expected two waits in seconds"),
            ("lambda: {event_retries: [1]}", "expected two waits in seconds"),
            ("lambda: {event_retries: [1, -1]}", "`-1` is not a number of seconds"),
            ("lambda: {event_backoff: nan}", "`NaN` is not a number of seconds"),
            ("lambda: {event: 1}", "did you mean `events`?"),
        ];
        for (text, expected) in table {
            let problem = parse(text).unwrap_err();
            assert!(problem.contains(expected), "{text}: {problem}");
        }
    }
}
