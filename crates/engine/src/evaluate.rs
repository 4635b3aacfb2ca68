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

use crate::compute::INLINE;
use crate::content::text_of;
use crate::{Engine, HeaderList, request};

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
    /// What was found in a large body beforehand.
    extracted: Extracted,
}

/// The parts of a large body that mappings read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extracted(Vec<(Path, Result<Option<String>, ParseError>)>);

/// A body that is too large for the data core, and what mappings read of it.
#[derive(Debug)]
pub(crate) struct Extraction {
    body: Bytes,
    paths: Vec<Path>,
}

impl Extraction {
    /// None when there is nothing to do beforehand. On the heap, so that the future of other calls stays small.
    pub(crate) fn of<'e>(
        body: &Bytes,
        expressions: impl Iterator<Item = &'e Expression>,
    ) -> Option<Box<Self>> {
        if body.len() <= INLINE {
            return None;
        }
        let path = |expression: &Expression| match expression {
            Expression::Body(path) | Expression::ResponseBody(path) => path.clone(),
            _ => None,
        };
        let paths: Vec<Path> = expressions.filter_map(path).collect();
        (!paths.is_empty()).then(|| Box::new(Self { body: body.clone(), paths }))
    }

    /// Finds it off the data core.
    pub(crate) async fn run(self: Box<Self>, engine: &Engine) -> Result<Extracted, Cause> {
        let Self { body, paths } = *self;
        let length = body.len();
        engine.compute(length, move || Extracted::find(&body, paths)).await
    }
}

impl Extracted {
    fn find(body: &Bytes, paths: Vec<Path>) -> Self {
        let (text, parsed) = (text(body), OnceCell::new());
        let find = |path: Path| {
            let found = find(&text, &path, &parsed);
            (path, found)
        };
        Self(paths.into_iter().map(find).collect())
    }

    fn get(&self, path: &Path) -> Option<&Result<Option<String>, ParseError>> {
        self.0.iter().find(|(known, _)| known == path).map(|(_, found)| found)
    }
}

impl<'s> Sources<'s> {
    /// Sources for a request.
    pub(crate) fn of_request(record: &'s Record, stage: &'s StageView, body: &'s Bytes) -> Self {
        Self::of_reply(record, stage, None, body)
    }

    /// Sources for a reply; `body` is the backend's.
    pub(crate) fn of_reply(
        record: &'s Record,
        stage: &'s StageView,
        headers: Option<&'s HeaderList>,
        body: &'s Bytes,
    ) -> Self {
        let (parsed, extracted) = (OnceCell::new(), Extracted::default());
        Self { record, stage, body, reply: headers, parsed, extracted }
    }

    /// The same with what was found beforehand.
    pub(crate) fn with(self, extracted: Extracted) -> Self {
        Self { extracted, ..self }
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
            Expression::Authorizer(key) => record.authorizer_value(key),
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

    /// All values that a request has of a parameter, each by itself.
    pub(crate) fn each(&self, expression: &'s Expression) -> Result<Vec<Cow<'s, str>>, Cause> {
        match expression {
            Expression::MultiHeader(name) => Ok(request::header_lines(self.record, name)),
            other => self.values(other),
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

    /// The body, or the part at a path.
    fn body_value(
        &self,
        path: Option<&Path>,
        invalid: impl Fn(ParseError) -> Cause,
    ) -> Result<Option<Cow<'s, str>>, Cause> {
        let Some(path) = path else { return Ok(Some(text(self.body))) };
        let found = match self.extracted.get(path) {
            Some(found) => found.clone(),
            None => find(&text(self.body), path, &self.parsed),
        };
        found.map(|found| found.map(Cow::from)).map_err(invalid)
    }
}

/// An empty body is `{}`.
fn text(body: &Bytes) -> Cow<'_, str> {
    if body.is_empty() { "{}".into() } else { text_of(body) }
}

/// The part of a body at a path; only what begins like JSON is parsed. A path that visits too much finds nothing.
fn find(
    text: &str,
    path: &Path,
    parsed: &OnceCell<Result<Value, ParseError>>,
) -> Result<Option<String>, ParseError> {
    if !text.trim_start().starts_with(['{', '[', '"', '\'']) {
        return Ok(None);
    }
    let value = parsed.get_or_init(|| stagedoor_json::parse(text)).as_ref().map_err(|error| *error)?;
    Ok(path.find(value).ok().and_then(as_parameter))
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
    use bytes::Bytes;
    use stagedoor_json::{Path, parse};

    use super::{Extracted, as_parameter};

    #[test]
    fn parts_are_found_beforehand() {
        let paths = ["$.a", "$.b"].map(|path| Path::parse(path).unwrap());
        let found = Extracted::find(&Bytes::from_static(br#"{"a":[1]}"#), paths.to_vec());
        assert_eq!(found.get(&paths[0]), Some(&Ok(Some("[1]".to_owned()))));
        assert_eq!(found.get(&paths[1]), Some(&Ok(None)));
        assert_eq!(found.get(&Path::parse("$.c").unwrap()), None);
        let broken = Extracted::find(&Bytes::from_static(b"{"), paths.to_vec());
        assert!(broken.get(&paths[0]).unwrap().is_err());
    }

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
