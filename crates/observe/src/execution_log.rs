//! Execution logs: what AWS writes about the steps of one call, in its own words.
//!
//! In: the record of a finished call whose steps were traced. Out: lines. Secrets are masked and long values cut, as AWS does.
//! It must not know where the lines go.

use std::fmt::Write;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use stagedoor_base::Timestamp;
use stagedoor_program::{ErrorFacts, Event, GatewayResponseType, Outgoing, Record, is_secret, masked};

use crate::spelling::header_spelling;

/// Characters of one value that are shown.
const EXCERPT: usize = 1000;

/// The log that `TestInvokeMethod` answers: each line ends, and all but the first begin with the time.
#[must_use]
pub fn test_log(record: &Record) -> String {
    log(record, lines(record, Lines::end))
}

/// The log that `TestInvokeAuthorizer` answers.
#[must_use]
pub fn authorizer_log(record: &Record) -> String {
    log(record, lines(record, Lines::end_of_authorizer))
}

fn log(record: &Record, lines: Vec<(Duration, String)>) -> String {
    let mut log = format!("Execution log for request {}\n", record.request_id.as_str());
    for (at, line) in lines {
        let time = Timestamp(record.head.received.0 + u64::try_from(at.as_millis()).unwrap_or_default());
        // Writing to a string cannot fail.
        let _ = writeln!(log, "{} : {line}", time.java());
    }
    log
}

/// The lines of a call from the beginning of its execution, each with the time since the call arrived.
fn lines<'r>(record: &'r Record, end: fn(&mut Lines<'r>)) -> Vec<(Duration, String)> {
    let mut lines = Lines { record, at: Duration::ZERO, all: Vec::new(), identity: "" };
    for step in record.trace.iter().flat_map(|trace| trace.steps()) {
        lines.at = step.at;
        lines.event(&step.event);
    }
    lines.at = record.latency;
    end(&mut lines);
    lines.all
}

/// Lines being collected.
struct Lines<'r> {
    record: &'r Record,
    at: Duration,
    all: Vec<(Duration, String)>,
    /// By which an authorizer is asked.
    identity: &'r str,
}

impl<'r> Lines<'r> {
    fn push(&mut self, line: impl Into<String>) {
        self.all.push((self.at, line.into()));
    }

    fn value(&mut self, label: &str, value: &str) {
        self.push(format!("{label}: {}", cut(value)));
    }

    fn body(&mut self, label: &str, body: &[u8]) {
        self.value(label, std::str::from_utf8(body).unwrap_or("[Binary Data]"));
    }

    fn event(&mut self, event: &'r Event) {
        match event {
            Event::Routed => self.begin(),
            Event::Started { body } => self.body("Method request body before transformations", body),
            Event::Authorizing { authorizer, identity } => {
                let request = self.record.request_id.as_str();
                self.push(format!("Starting authorizer: {authorizer} for request: {request}"));
                self.push(format!("Incoming identity: {}", masked(identity)));
                self.identity = identity;
            }
            Event::Asking { arn, payload } => {
                let event = masked_event(self.record, self.identity, payload);
                self.call(&invocation_uri(arn, false), &function_headers(self.record), event.as_bytes());
            }
            Event::Told { payload, .. } => self.body("Authorizer result body before parsing", payload),
            Event::Known { principal, .. } => {
                self.push(format!("Using valid authorizer policy for principal: {}", masked(principal)));
                self.push("Successfully completed authorizer execution");
            }
            Event::Calling(Outgoing::Http { uri, headers, body, .. }) => self.call(uri, &map(headers), body),
            Event::Calling(Outgoing::Function { arn, payload }) => {
                self.call(&function_uri(arn, self.record), &function_headers(self.record), payload);
            }
            Event::Answered { status, headers, body } => self.answer(*status, headers, body),
            Event::Mapped { body, .. } => self.body("Method response body after transformations", body),
            Event::Replied { headers } if self.record.error.is_none() => {
                self.value("Method response headers", &reply_headers(headers));
            }
            // AWS has no lines for these: a MOCK has no endpoint, and failures end the log.
            Event::Calling(Outgoing::Mock(_))
            | Event::Authorized
            | Event::Metered
            | Event::Validated { .. }
            | Event::Rendered(_)
            | Event::Replied { .. } => {}
        }
    }

    fn begin(&mut self) {
        let record = self.record;
        self.push(format!("Starting execution for request: {}", record.request_id.as_str()));
        let method = record.head.method.as_str();
        self.push(format!("HTTP Method: {method}, Resource Path: {}", cut(record.head.path())));
        if let Some(key) = record.head.header("x-api-key") {
            self.push(format!("API Key: {}", masked(key)));
        }
        self.value("Method request path", &java_map(record.path_parameters().map(owned)));
        self.value("Method request query string", &java_map(query(record.head.query()).map(owned)));
        self.value("Method request headers", &request_headers(record));
    }

    fn call(&mut self, uri: &str, headers: &str, body: &[u8]) {
        self.value("Endpoint request URI", uri);
        self.value("Endpoint request headers", headers);
        self.body("Endpoint request body after transformations", body);
        self.push(format!("Sending request to {}", cut(uri)));
    }

    fn answer(&mut self, status: Option<u16>, headers: &[(HeaderName, HeaderValue)], body: &[u8]) {
        let latency = self.record.integration.latency.unwrap_or_default().as_millis();
        let status = status.map(|status| format!("Status: {status}, ")).unwrap_or_default();
        self.push(format!("Received response. {status}Integration latency: {latency} ms"));
        self.value("Endpoint response headers", &map(headers));
        self.body("Endpoint response body before transformations", body);
    }

    fn end(&mut self) {
        match &self.record.error {
            None => self.push("Successfully completed execution"),
            Some(error) => self.failure(error),
        }
        self.push(format!("Method completed with status: {}", self.record.status));
    }

    fn end_of_authorizer(&mut self) {
        let Some(error) = &self.record.error else { return };
        if error.response_type == GatewayResponseType::Unauthorized {
            self.push(format!("Unauthorized request: {}", self.record.request_id.as_str()));
        }
        self.failure(error);
        if error.response_type == GatewayResponseType::AuthorizerConfigurationError {
            self.push("AuthorizerConfigurationException");
        }
    }

    /// AWS's line; behind it what we know beyond that.
    fn failure(&mut self, error: &ErrorFacts) {
        let line = error.line.as_ref().unwrap_or(&error.reason);
        let request_id = self.record.integration.request_id.as_deref().unwrap_or_default();
        if line.ends_with("Rate Exceeded.") {
            self.push(format!("Lambda invocation failed with status: 429. Lambda request id: {request_id}"));
        }
        match line.starts_with("Lambda execution failed") {
            true => self.push(format!("{} Lambda request id: {request_id}", cut(line))),
            false => self.push(cut(line)),
        }
        let more = error.reason.strip_prefix(line.as_ref()).unwrap_or(&error.reason);
        let more = more.trim_start_matches([':', '.', ' ']);
        if !more.is_empty() {
            self.push(cut(more));
        }
    }
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The last value of each parameter, raw.
fn query(raw: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
    let pairs = raw.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// A map as Java prints it; a later value of a name takes the place of an earlier one.
fn java_map(pairs: impl Iterator<Item = (String, String)>) -> String {
    let mut entries: Vec<(String, String)> = Vec::new();
    for (name, value) in pairs {
        match entries.iter_mut().find(|(known, _)| *known == name) {
            Some(entry) => entry.1 = value,
            None => entries.push((name, value)),
        }
    }
    let entries: Vec<_> = entries.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{{{}}}", entries.join(", "))
}

fn shown(name: &HeaderName, value: &HeaderValue) -> String {
    let value = String::from_utf8_lossy(value.as_bytes());
    if is_secret(name.as_str()) { masked(&value) } else { value.into_owned() }
}

fn map(headers: &[(HeaderName, HeaderValue)]) -> String {
    java_map(headers.iter().map(|(name, value)| (header_spelling(name.as_str()), shown(name, value))))
}

/// As the caller spelled them.
fn request_headers(record: &Record) -> String {
    let head = &record.head;
    java_map(head.headers.iter().map(|(name, value)| (head.spelled(name), shown(name, value))))
}

/// AWS shows the trace first.
fn reply_headers(headers: &[(HeaderName, HeaderValue)]) -> String {
    let (trace, others): (Vec<_>, Vec<_>) =
        headers.iter().cloned().partition(|(name, _)| name.as_str() == "x-amzn-trace-id");
    map(&[trace, others].concat())
}

/// Where the Lambda service takes invocations of a function.
fn function_uri(arn: &str, record: &Record) -> String {
    invocation_uri(arn, record.method().is_some_and(|method| method.streams))
}

fn invocation_uri(arn: &str, streams: bool) -> String {
    let region = arn.split(':').nth(3).unwrap_or_default();
    let (date, operation) = match streams {
        true => ("2021-11-15", "response-streaming-invocations"),
        false => ("2015-03-31", "invocations"),
    };
    format!("https://lambda.{region}.amazonaws.com/{date}/functions/{arn}/{operation}")
}

/// The event of an authorizer without the secrets of who calls.
fn masked_event(record: &Record, identity: &str, payload: &[u8]) -> String {
    let mut event = String::from_utf8_lossy(payload).into_owned();
    let headers = record.head.headers.iter().filter(|(name, _)| is_secret(name.as_str()));
    let secrets = headers
        .filter_map(|(_, value)| std::str::from_utf8(value.as_bytes()).ok())
        .chain(identity_values(identity).into_iter().filter(|value| *value != record.head.method.as_str()))
        .chain(record.api_key.as_ref().map(|key| &*key.value));
    for secret in secrets.filter(|secret| !secret.is_empty()) {
        let quoted = format!("\"{}\"", secret.replace('\\', "\\\\").replace('"', "\\\""));
        event = event.replace(&quoted, &format!("\"{}\"", masked(secret)));
    }
    event
}

/// The values of an authorizer's identity sources. One stands for itself; several are led by their number, each by its length.
fn identity_values(identity: &str) -> Vec<&str> {
    if !identity.starts_with('#') {
        return vec![identity];
    }
    let (mut values, mut rest) = (Vec::new(), identity);
    while let Some((length, after)) = rest.find(' ').and_then(|at| rest[at + 1..].split_once(':')) {
        let value = length.parse().ok().and_then(|length: usize| after.get(..length));
        let Some(value) = value else { break };
        values.push(value);
        rest = &after[value.len()..];
    }
    values
}

/// Functions run here without HTTP in between: what AWS's request would say of the call.
fn function_headers(record: &Record) -> String {
    let api =
        record.program.as_ref().map(|program| program.deployment.api_id.to_string()).unwrap_or_default();
    let pairs = [
        ("x-amzn-lambda-integration-tag", record.request_id.as_str().to_owned()),
        ("X-Amz-Date", record.head.received.amz()),
        ("x-amzn-apigateway-api-id", api.clone()),
        ("Accept", "application/json".to_owned()),
        ("User-Agent", format!("AmazonAPIGateway_{api}")),
        ("X-Amzn-Trace-Id", record.trace_id.clone()),
    ];
    java_map(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{} [TRUNCATED]", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
