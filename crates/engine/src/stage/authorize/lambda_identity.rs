//! Who calls, in the words that a Lambda authorizer is asked by and its answers are kept under.
//!
//! In: an authorizer's identity sources and a call. Out: the text of all of them, or why nobody is asked. Two callers whom the
//! function could tell apart by these sources never have the same text.

use std::borrow::Cow;
use std::fmt::Write;

use http::HeaderName;
use stagedoor_base::Cause;
use stagedoor_program::{AuthorizerAsks, Expression, LambdaAuthorizer, Pattern, Record};

use crate::request;

/// What identifies a caller.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity<'r> {
    /// The token, or the values of all sources.
    pub(super) text: Cow<'r, str>,
    /// Whether answers for it may be kept.
    pub(super) keeps: bool,
}

pub(super) fn identity<'r>(
    authorizer: &'r LambdaAuthorizer,
    record: &'r Record,
) -> Result<Identity<'r>, Cause> {
    let keeps = !authorizer.ttl.is_zero();
    match &authorizer.asks {
        AuthorizerAsks::Token { header, pattern } => {
            let token = token(header, record)?;
            check(pattern.as_ref(), token)?;
            Ok(Identity { text: token.into(), keeps })
        }
        // Nobody would be told apart from anybody.
        AuthorizerAsks::Request { sources } if sources.is_empty() => {
            Ok(Identity { text: Cow::default(), keeps: false })
        }
        AuthorizerAsks::Request { sources } => match values(sources, record) {
            Ok(text) => Ok(Identity { text, keeps }),
            // AWS: without caching the sources need not be there.
            Err(_) if !keeps => Ok(Identity { text: Cow::default(), keeps }),
            Err(missing) => Err(missing),
        },
    }
}

/// The text of the only header of its name. With two of them, somebody before or behind us may believe the other one.
fn token<'r>(header: &HeaderName, record: &'r Record) -> Result<&'r str, Cause> {
    let mut values = record.head.headers.get_all(header);
    let value = values.next().ok_or_else(|| unauthorized(format!("there is no header {header}")))?;
    if values.next().is_some() {
        return Err(unauthorized(format!("there is more than one header {header}")));
    }
    match std::str::from_utf8(value.as_bytes()) {
        Ok("") => Err(unauthorized(format!("the header {header} is empty"))),
        Ok(token) => Ok(token),
        Err(_) => Err(unauthorized(format!("the header {header} is no text"))),
    }
}

fn check(pattern: Option<&Pattern>, token: &str) -> Result<(), Cause> {
    match pattern.map(|pattern| pattern.matches(token)) {
        None | Some(Ok(true)) => Ok(()),
        Some(Ok(false)) => {
            Err(unauthorized("the token does not match the authorizer's validation expression"))
        }
        Some(Err(reason)) => Err(Cause::Unauthorized(reason)),
    }
}

/// One value stands for itself, unless it looks like several; of several each is led by its length, as any sign may stand in
/// them.
fn values<'r>(sources: &'r [Expression], record: &'r Record) -> Result<Cow<'r, str>, Cause> {
    if let [source] = sources
        && let [value] = &*each(source, record)?
        && !value.starts_with('#')
    {
        return Ok(value.clone());
    }
    let mut text = String::new();
    for source in sources {
        let values = each(source, record)?;
        // Writing to a string cannot fail.
        let _ = write!(text, "#{}", values.len());
        for value in values {
            let _ = write!(text, " {}:{value}", value.len());
        }
    }
    Ok(text.into())
}

/// All values of a source: the function sees each of them.
fn each<'r>(source: &'r Expression, record: &'r Record) -> Result<Vec<Cow<'r, str>>, Cause> {
    let values: Vec<_> = match source {
        Expression::Header(name) if !request::added(name) => {
            let all = record.head.headers.get_all(name).filter(|_| request::visible(name));
            all.map(|value| String::from_utf8_lossy(value.as_bytes())).collect()
        }
        Expression::Header(name) => request::header(record, name).into_iter().collect(),
        Expression::Query(name) => {
            let pairs = request::query(record.head.query()).filter(|(key, _)| *key == **name);
            pairs.map(|(_, value)| value).collect()
        }
        Expression::StageVariable(name) => stage_variable(name, record).into_iter().collect(),
        Expression::Context(Some(variable)) => record.value(*variable).into_iter().collect(),
        _ => Vec::new(),
    };
    if values.is_empty() || values.iter().any(|value| value.is_empty() || value.contains(NO_TEXT)) {
        return Err(unauthorized("an identity source is missing, empty or no text"));
    }
    Ok(values)
}

/// What stands for bytes that are no text: callers who differ in these look the same.
const NO_TEXT: char = char::REPLACEMENT_CHARACTER;

fn stage_variable<'r>(name: &str, record: &'r Record) -> Option<Cow<'r, str>> {
    record.program.as_ref()?.stage.variable(name).map(Cow::from)
}

fn unauthorized(reason: impl Into<std::sync::Arc<str>>) -> Cause {
    Cause::Unauthorized(reason.into())
}
