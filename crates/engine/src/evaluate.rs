//! Mapping expressions evaluated for one call.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderName;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_json::{Path, Value};
use stagedoor_program::{Expression, Record, StageView};

use crate::{HeaderList, request};

/// Where expressions take their values from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sources<'s> {
    pub(crate) record: &'s Record,
    pub(crate) stage: &'s StageView,
    pub(crate) body: &'s Bytes,
    /// The backend's reply; none while the request is mapped, and for backends without one.
    pub(crate) response: Option<(&'s HeaderList, &'s Bytes)>,
}

impl<'s> Sources<'s> {
    /// One value; none when the source is missing.
    pub(crate) fn value(&self, expression: &'s Expression) -> Result<Option<Cow<'s, str>>, Cause> {
        let record = self.record;
        Ok(match expression {
            Expression::Literal(text) => Some(text.as_ref().into()),
            Expression::Header(name) => request::header(record, name),
            Expression::MultiHeader(name) => request::header_values(record, name),
            Expression::Query(name) => self.query(name).last(),
            Expression::MultiQuery(name) => {
                let values: Vec<_> = self.query(name).collect();
                (!values.is_empty()).then(|| values.join(",").into())
            }
            Expression::PathParameter(name) => record.path_parameter(name).map(Cow::from),
            Expression::Body(path) => return self.request_body(path.as_ref()),
            Expression::StageVariable(name) => self.stage.variable(name).map(Cow::from),
            Expression::Context(variable) => variable.and_then(|variable| record.value(variable)),
            Expression::ResponseHeader(name) => self.response_headers(name).last(),
            Expression::ResponseMultiHeader(name) => {
                let values: Vec<_> = self.response_headers(name).collect();
                (!values.is_empty()).then(|| values.join(",").into())
            }
            Expression::ResponseBody(path) => return self.response_body(path.as_ref()),
        })
    }

    /// All values that a query parameter takes from an expression.
    pub(crate) fn values(&self, expression: &'s Expression) -> Result<Vec<Cow<'s, str>>, Cause> {
        match expression {
            Expression::MultiQuery(name) => Ok(self.query(name).collect()),
            other => Ok(self.value(other)?.into_iter().collect()),
        }
    }

    fn query(&self, name: &'s str) -> impl Iterator<Item = Cow<'s, str>> {
        let pairs = request::query(self.record.head.query());
        pairs.filter(move |(key, _)| key == name).map(|(_, value)| value)
    }

    fn response_headers(&self, name: &'s HeaderName) -> impl Iterator<Item = Cow<'s, str>> {
        let headers = self.response.into_iter().flat_map(move |(headers, _)| headers.get_all(name));
        headers.map(|value| String::from_utf8_lossy(value.as_bytes()))
    }

    fn request_body(&self, path: Option<&Path>) -> Result<Option<Cow<'s, str>>, Cause> {
        body_value(self.body, path).map_err(|_| Cause::InvalidJsonInBody)
    }

    fn response_body(&self, path: Option<&Path>) -> Result<Option<Cow<'s, str>>, Cause> {
        let invalid = |error: serde_json::Error| {
            Cause::Configuration(ConfigurationError::InvalidJsonInResponse(error.to_string()))
        };
        let Some((_, body)) = self.response else { return Ok(None) };
        body_value(body, path).map_err(invalid)
    }
}

/// A body, or the part at a path. An empty one is `{}`; only what begins like JSON is parsed.
fn body_value<'b>(body: &'b Bytes, path: Option<&Path>) -> Result<Option<Cow<'b, str>>, serde_json::Error> {
    let text = if body.is_empty() { Cow::Borrowed("{}") } else { String::from_utf8_lossy(body) };
    let Some(path) = path else { return Ok(Some(text)) };
    if !text.trim_start().starts_with(['{', '[', '"', '\'']) {
        return Ok(None);
    }
    let value: Value = serde_json::from_str(&text)?;
    Ok(match path.find(&value) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone().into()),
        Some(other) => Some(other.to_string().into()),
    })
}

/// Bytes as text: what is no UTF-8 becomes U+FFFD, as AWS does. Valid text is not copied.
pub(crate) fn as_text(body: Bytes) -> Bytes {
    match String::from_utf8_lossy(&body) {
        Cow::Borrowed(_) => body,
        Cow::Owned(text) => text.into(),
    }
}

/// A reply's body after AWS's conversion between text and bytes.
pub(crate) fn convert_reply(body: Bytes, payload_binary: bool, accepts_binary: bool) -> Result<Bytes, Cause> {
    match (payload_binary, accepts_binary) {
        (true, true) => Ok(body),
        (true, false) => Ok(STANDARD.encode(&body).into()),
        (false, false) => Ok(as_text(body)),
        (false, true) => decode(&body),
    }
}

/// Base64 decoded.
pub(crate) fn decode(body: &[u8]) -> Result<Bytes, Cause> {
    STANDARD.decode(body).map(Bytes::from).map_err(|_| Cause::Configuration(ConfigurationError::Base64))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use stagedoor_json::Path;

    use super::{body_value, convert_reply};

    #[test]
    fn bodies_yield_values() {
        for (body, path, expected) in [
            ("", None, Ok(Some("{}"))),
            ("raw", None, Ok(Some("raw"))),
            (r#"{"a":{"b":[1,{"c":"x"}]}}"#, Some(".a.b[1].c"), Ok(Some("x"))),
            (r#"{"a":{"b":[1, {"c":"x"}]}}"#, Some(".a"), Ok(Some(r#"{"b":[1,{"c":"x"}]}"#))),
            (r#"{"a":1}"#, Some(".b"), Ok(None)),
            ("raw", Some(".a"), Ok(None)),
            ("", Some(".a"), Ok(None)),
            ("{bad", Some(".a"), Err(())),
        ] {
            let body = Bytes::from(body);
            let path = path.map(|path| Path::parse(path).unwrap());
            let found = body_value(&body, path.as_ref()).map_err(|_| ());
            assert_eq!(found.as_ref().map(Option::as_deref), expected.as_ref().map(|text| *text), "{body:?}");
        }
    }

    #[test]
    fn replies_convert_by_the_table() {
        for (body, payload, accepts, expected) in [
            ("text", false, false, Some("text")),
            ("aGk=", false, true, Some("hi")),
            ("not base64!", false, true, None),
            ("hi", true, true, Some("hi")),
            ("hi", true, false, Some("aGk=")),
        ] {
            let converted = convert_reply(Bytes::from(body), payload, accepts).ok();
            assert_eq!(converted.as_deref(), expected.map(str::as_bytes), "{body} {payload} {accepts}");
        }
    }
}
