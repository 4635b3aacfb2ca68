//! The steps of one call under its line, for who asked to see them.
//!
//! In: a record and its trace. Out: indented lines. Secrets in headers are masked as AWS masks them in execution logs, and the
//! call's API key wherever it stands.

use std::borrow::Cow;
use std::fmt::Write;

use http::{HeaderName, HeaderValue};
use stagedoor_program::{
    Asked, AuthorizerContext, Event, Outgoing, Overrides, Record, Rendered, Trace, is_secret, masked,
};

use crate::console::{millis, size};
use crate::style::{Style, push_clean, push_styled};

/// Under the times of the lines above.
const INDENT: &str = "             ";
/// Characters of a body that are shown.
const EXCERPT: usize = 160;
/// No API key is shorter.
const KEY_CHARS: usize = 20;

/// Appends one line per step.
pub(crate) fn render(record: &Record, trace: &Trace, out: &mut String) {
    let start = out.len();
    steps(record, trace, out);
    // Where a mapping put the key: in a URI, a header, a parameter.
    if let Cow::Owned(clean) = without_keys(record, &out[start..]) {
        out.truncate(start);
        out.push_str(&clean);
    }
}

fn steps(record: &Record, trace: &Trace, out: &mut String) {
    if let Some(query) = record.head.query() {
        detail(out, "query", query);
    }
    for step in trace.steps() {
        let at = millis(step.at);
        match &step.event {
            Event::Routed => line(out, &at, "route", &routed(record)),
            Event::Asking { arn, payload } => {
                line(out, &at, "authorize", &format!("asks {arn} with an event of {}", length(payload)));
            }
            Event::Told { payload, .. } => excerpt(out, record, payload),
            Event::Authorized => line(out, &at, "authorize", &authorized(record)),
            Event::Metered => line(out, &at, "meter", &metered(record)),
            Event::Validated { body, asked } => {
                line(out, &at, "validate", &validated(body, asked.as_ref()));
                excerpt(out, record, body);
            }
            Event::Rendered(rendered) => mapped(out, &at, rendered),
            Event::Calling(outgoing) => calling(out, &at, record, outgoing),
            Event::Answered { status, headers, body } => {
                let status = status.map(|status| format!("{status}, ")).unwrap_or_default();
                line(out, &at, "answer", &format!("{status}{}", length(body)));
                header_lines(out, headers);
                excerpt(out, record, body);
            }
            Event::Mapped { status, body } => {
                line(out, &at, "respond", &format!("{status}, {}", length(body)));
            }
            // The same body stands under the next step, or the call's own line tells why there is none.
            Event::Authorizing { .. }
            | Event::Known { .. }
            | Event::Started { .. }
            | Event::Replied { .. } => {}
        }
    }
}

fn validated(body: &[u8], asked: Option<&Asked>) -> String {
    let body = length(body);
    let Some(asked) = asked else { return format!("body of {body}, nothing is asked for") };
    let model = asked.model.as_ref().map(|key| format!(" and keeps the model for {key}")).unwrap_or_default();
    match asked.parameters {
        0 => format!("body of {body}{model}"),
        1 => format!("body of {body}{model}, 1 required parameter is there"),
        count => format!("body of {body}{model}, {count} required parameters are there"),
    }
}

fn mapped(out: &mut String, at: &str, rendered: &Rendered) {
    let Rendered { side, media_type, took, read, made, overrides } = rendered;
    let [read, made] = [*read, *made].map(|bytes| size(bytes as u64));
    let text = match took {
        Some(took) => format!("{side} template for {media_type}: {read} became {made} in {}", millis(*took)),
        None => format!("{side} template for {media_type}: always the same {made}"),
    };
    line(out, at, "map", &text);
    for (name, value) in overrides.iter().flat_map(Overrides::listed) {
        let header = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        detail(out, &name, &if is_secret(&header) { masked(&value) } else { value });
    }
}

/// Who may go on.
fn authorized(record: &Record) -> String {
    let Some(caller) = &record.caller else { return "open to anyone".to_owned() };
    if let Some(identity) = &caller.identity {
        return format!("signed by {}", identity.user_arn);
    }
    match &caller.authorizer {
        Some(AuthorizerContext::Lambda(said)) => {
            let kept = caller.call.as_ref().is_some_and(|call| call.request_id.is_none());
            let how = if kept { ", from an answer kept" } else { "" };
            format!("principal {}{how}", said.principal_id.as_deref().unwrap_or_default())
        }
        Some(AuthorizerContext::Claims(claims)) => {
            let subject = claims.iter().find(|(name, _)| **name == *"sub").map(|(_, value)| &**value);
            format!("a token of {}", subject.unwrap_or("somebody without name"))
        }
        None => "admitted".to_owned(),
    }
}

/// Whose call it is, in usage plans.
fn metered(record: &Record) -> String {
    match &record.api_key {
        Some(key) => format!("API key {} ({}), within its limits", key.id, key.masked()),
        None => "within the limits of stage and account".to_owned(),
    }
}

/// A text without the call's API key, and without the one that its authorizer named.
fn without_keys<'t>(record: &Record, text: &'t str) -> Cow<'t, str> {
    let named = match record.caller.as_ref().and_then(|caller| caller.authorizer.as_ref()) {
        Some(AuthorizerContext::Lambda(said)) => said.usage_identifier_key.as_deref(),
        _ => None,
    };
    let known = record.api_key.as_ref().map(|key| &*key.value);
    let keys = known.into_iter().chain(named.filter(|named| named.len() >= KEY_CHARS));
    keys.fold(Cow::Borrowed(text), |text, key| match text.contains(key) {
        true => Cow::Owned(text.replace(key, &masked(key))),
        false => text,
    })
}

fn routed(record: &Record) -> String {
    let (Some(resource), Some(method)) = (record.resource(), record.method()) else { return String::new() };
    let mut text = format!("{} {} (resource {})", method.verb, resource.path, resource.id);
    for (name, value) in record.path_parameters() {
        // Writing to a string cannot fail.
        let _ = write!(text, ", {name}={value}");
    }
    text
}

fn calling(out: &mut String, at: &str, record: &Record, outgoing: &Outgoing) {
    match outgoing {
        Outgoing::Mock(status) => line(out, at, "call", &format!("mock, which answers {status}")),
        Outgoing::Http { method, uri, headers, body } => {
            line(out, at, "call", &format!("{method} {uri} with {}", length(body)));
            header_lines(out, headers);
            excerpt(out, record, body);
        }
        Outgoing::Function { arn, payload } => {
            line(out, at, "call", &format!("{arn} with an event of {}", length(payload)));
        }
    }
}

fn line(out: &mut String, at: &str, step: &str, text: &str) {
    out.push('\n');
    out.push_str(INDENT);
    push_styled(out, Style::Dim, &format!("{at:>8} "));
    push_styled(out, Style::Cyan, &format!("{step:<10}"));
    push_clean(out, text);
}

fn detail(out: &mut String, name: &str, text: &str) {
    out.push('\n');
    out.push_str(INDENT);
    push_styled(out, Style::Dim, &format!("{:>19}{name}: {text}", ""));
}

fn header_lines(out: &mut String, headers: &[(HeaderName, HeaderValue)]) {
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        detail(
            out,
            name.as_str(),
            &if is_secret(name.as_str()) { masked(&value) } else { value.into_owned() },
        );
    }
}

fn excerpt(out: &mut String, record: &Record, body: &[u8]) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    if text.is_empty() {
        return;
    }
    // Before it is cut, or the greater part of a key could be left.
    let text = without_keys(record, text);
    let mut shown: String = text.chars().take(EXCERPT).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    detail(out, "body", &shown);
}

fn length(body: &[u8]) -> String {
    size(body.len() as u64)
}
