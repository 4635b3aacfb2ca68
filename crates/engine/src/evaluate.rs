//! Mapping expressions evaluated for one call.
//!
//! In: an expression, the call's record, its bodies. Out: text, or nothing where the source is missing. It must not know
//! where the value goes.

use std::borrow::Cow;
use std::cell::OnceCell;

use bytes::Bytes;
use http::HeaderName;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_json::{Found, ParseError, Path, Slashes, Value, to_json_text};
use stagedoor_program::{Expression, Record, StageView};

use crate::{HeaderList, request};

/// Where expressions take their values from.
#[derive(Debug)]
pub(crate) struct Sources<'s> {
    record: &'s Record,
    stage: &'s StageView,
    body: &'s Bytes,
    /// The backend's headers; none while the request is mapped, and for backends without any.
    reply: Option<&'s HeaderList>,
    /// The body as JSON, once a path asked for it.
    parsed: OnceCell<Result<Value, ParseError>>,
}

impl<'s> Sources<'s> {
    /// Sources for a request.
    pub(crate) fn of_request(record: &'s Record, stage: &'s StageView, body: &'s Bytes) -> Self {
        Self { record, stage, body, reply: None, parsed: OnceCell::new() }
    }

    /// Sources for a reply; `body` is the backend's.
    pub(crate) fn of_reply(
        record: &'s Record,
        stage: &'s StageView,
        headers: Option<&'s HeaderList>,
        body: &'s Bytes,
    ) -> Self {
        Self { record, stage, body, reply: headers, parsed: OnceCell::new() }
    }

    /// One value; none when the source is missing.
    pub(crate) fn value(&self, expression: &'s Expression) -> Result<Option<Cow<'s, str>>, Cause> {
        let record = self.record;
        Ok(match expression {
            Expression::Literal(text) => Some(text.as_ref().into()),
            Expression::Header(name) => request::header(record, name),
            Expression::MultiHeader(name) => request::header_values(record, name),
            Expression::Query(name) => self.query(name).last(),
            Expression::MultiQuery(name) => joined(self.query(name)),
            Expression::PathParameter(name) => record.path_parameter(name).map(Cow::from),
            Expression::Body(path) => {
                return self.body_value(path.as_ref(), |_| Cause::InvalidJsonInBody);
            }
            Expression::StageVariable(name) => self.stage.variable(name).map(Cow::from),
            Expression::Context(variable) => variable.and_then(|variable| record.value(variable)),
            Expression::ResponseHeader(name) => self.reply_headers(name).last(),
            Expression::ResponseMultiHeader(name) => joined(self.reply_headers(name)),
            Expression::ResponseBody(path) => {
                return self.body_value(path.as_ref(), |error| {
                    Cause::Configuration(ConfigurationError::InvalidJsonInResponse(error.to_string()))
                });
            }
        })
    }

    /// All values that a query parameter takes from an expression.
    pub(crate) fn values(&self, expression: &'s Expression) -> Result<Vec<Cow<'s, str>>, Cause> {
        match expression {
            Expression::MultiQuery(name) => Ok(self.query(name).collect()),
            other => Ok(self.value(other)?.into_iter().collect()),
        }
    }

    fn query(&self, name: &'s str) -> impl Iterator<Item = Cow<'s, str>> + use<'s> {
        let pairs = request::query(self.record.head.query());
        pairs.filter(move |(key, _)| key == name).map(|(_, value)| value)
    }

    fn reply_headers(&self, name: &'s HeaderName) -> impl Iterator<Item = Cow<'s, str>> + use<'s> {
        let headers = self.reply.into_iter().flat_map(move |headers| headers.get_all(name));
        headers.map(|value| String::from_utf8_lossy(value.as_bytes()))
    }

    /// The body, or the part at a path. An empty one is `{}`; only what begins like JSON is parsed.
    fn body_value(
        &self,
        path: Option<&Path>,
        invalid: impl Fn(ParseError) -> Cause,
    ) -> Result<Option<Cow<'s, str>>, Cause> {
        let text = if self.body.is_empty() { "{}".into() } else { String::from_utf8_lossy(self.body) };
        let Some(path) = path else { return Ok(Some(text)) };
        if !text.trim_start().starts_with(['{', '[', '"', '\'']) {
            return Ok(None);
        }
        let parsed = self.parsed.get_or_init(|| stagedoor_json::parse(&text));
        let value = parsed.as_ref().map_err(|error| invalid(*error))?;
        // A path that visits too much finds nothing.
        Ok(path.find(value).ok().and_then(as_parameter).map(Cow::from))
    }
}

fn joined<'s>(values: impl Iterator<Item = Cow<'s, str>>) -> Option<Cow<'s, str>> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| values.join(",").into())
}

/// Strings as they are, everything else as JSON; null is as good as missing.
fn as_parameter(found: Found<'_>) -> Option<String> {
    match found {
        Found::Missing => None,
        Found::Value(value) => match &*value {
            Value::Null => None,
            Value::String(text) => Some(text.to_string()),
            other => Some(to_json_text(other)),
        },
        list @ Found::List(_) => {
            let mut text = String::new();
            list.push_json(Slashes::Bare, &mut text);
            Some(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use stagedoor_json::{Path, parse};

    use super::as_parameter;

    #[test]
    fn parts_of_bodies_become_text() {
        for (body, path, expected) in [
            (r#"{"a":"b"}"#, "$.a", Some("b")),
            (r#"{"a":"b"}"#, "$.x", None),
            (r#"{"a":{"b":[1, true]}}"#, "$.a", Some(r#"{"b":[1,true]}"#)),
            (r#"[{"price":2.5}]"#, "$[0].price", Some("2.5")),
            (r#"{"a":null}"#, "$.a", None),
            (r#"[{"p":1},{"p":2}]"#, "$[*].p", Some("[1,2]")),
            ("[]", "$[*].p", Some("[]")),
        ] {
            let (value, path) = (parse(body).unwrap(), Path::parse(path).unwrap());
            assert_eq!(as_parameter(path.find(&value).unwrap()).as_deref(), expected, "{body} {path:?}");
        }
    }
}
