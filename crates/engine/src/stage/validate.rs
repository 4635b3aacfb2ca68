//! Step 5: what the method's request validator asks for: parameters, and only when they are there, the body.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use stagedoor_base::{Cause, ConfigurationError};
use stagedoor_json::{Schema, ValidationProblem, Work, parse};
use stagedoor_program::{
    Asked, BodyModel, Event, Head, ParameterPlace, Record, RequiredParameter, Validator, in_hash_set_order,
};

use super::{Decoded, Routed};
use crate::compute::INLINE;
use crate::{Engine, request};

/// What a data core does itself: about a millisecond.
const INLINE_WORK: Work = Work(20_000);
/// AWS's sentence for bodies that are no JSON, absent ones included.
const NO_JSON: &str = "[Unknown error parsing request body]";

/// A request that passed its method's validator.
#[derive(Debug)]
pub(crate) struct Input {
    pub(super) body: Bytes,
}

impl Input {
    /// Shows what was asked for, if somebody wants to see.
    pub(crate) fn note(&self, engine: &Engine, routed: &Routed<'_>, record: &mut Record) {
        if record.trace.is_some() {
            let event = self.event(routed, &record.head);
            engine.note(record, || event);
        }
    }

    fn event(&self, routed: &Routed<'_>, head: &Head) -> Event {
        let asked = routed.method.validator.as_ref().map(|validator| Asked {
            parameters: validator.required.len(),
            model: validator.model(head.header(CONTENT_TYPE)).map(|(content_type, _)| content_type.into()),
        });
        Event::Validated { body: self.body.clone(), asked }
    }
}

pub(crate) async fn validate(
    engine: &Engine,
    routed: &Routed<'_>,
    decoded: Decoded,
    record: &Record,
) -> Result<Input, Cause> {
    let Decoded { body } = decoded;
    if let Some(validator) = &routed.method.validator {
        check_parameters(&validator.required, record)?;
        // On the heap, so that the future of other calls stays small.
        Box::pin(check_body(engine, validator, &body, record)).await?;
    }
    Ok(Input { body })
}

fn check_parameters(required: &[RequiredParameter], record: &Record) -> Result<(), Cause> {
    let missing = required.iter().filter(|parameter| !is_there(parameter, record));
    let missing = in_hash_set_order(missing.map(|parameter| &*parameter.name));
    if missing.is_empty() {
        return Ok(());
    }
    Err(Cause::MissingParameters(format!("[{}]", missing.join(", ")).into()))
}

/// Blank values are missing ones.
fn is_there(parameter: &RequiredParameter, record: &Record) -> bool {
    let given = |value: &str| !value.trim().is_empty();
    match &parameter.place {
        ParameterPlace::Path => record.path_parameter(&parameter.name).is_some_and(given),
        ParameterPlace::QueryString => {
            request::query(record.head.query()).any(|(name, value)| *name == *parameter.name && given(&value))
        }
        ParameterPlace::Header(name) => {
            name.as_ref().and_then(|name| request::header(record, name)).is_some_and(|value| given(&value))
        }
    }
}

async fn check_body(
    engine: &Engine,
    validator: &Validator,
    body: &Bytes,
    record: &Record,
) -> Result<(), Cause> {
    let Some((content_type, model)) = validator.model(record.head.header(CONTENT_TYPE)) else {
        return Ok(());
    };
    let schema = match model {
        BodyModel::Schema(schema) => schema,
        BodyModel::Broken(reason) => {
            return Err(Cause::Configuration(ConfigurationError::NotExecutable(reason.to_string())));
        }
    };
    let verdict = match at_once(schema, body) {
        Some(verdict) => verdict,
        None => elsewhere(engine, schema, body).await?,
    };
    verdict.map_err(|Invalid { errors, detail }| Cause::InvalidRequestBody {
        content_type: content_type.into(),
        errors,
        detail,
    })
}

/// What is wrong with a body.
#[derive(Debug, PartialEq, Eq)]
struct Invalid {
    errors: Box<str>,
    /// What AWS does not say; may be empty.
    detail: Box<str>,
}

/// On this thread; none when there is too much to do.
fn at_once(schema: &Schema, body: &[u8]) -> Option<Result<(), Invalid>> {
    (body.len() <= INLINE).then(|| check(schema, body, INLINE_WORK)).and_then(Result::ok)
}

/// In the compute pool. A body that takes too long even there is no good one.
async fn elsewhere(
    engine: &Engine,
    schema: &Arc<Schema>,
    body: &Bytes,
) -> Result<Result<(), Invalid>, Cause> {
    let (schema, body, length) = (Arc::clone(schema), body.clone(), body.len());
    let work = move || {
        check(&schema, &body, Work::for_text(body.len())).unwrap_or_else(|problem| {
            Err(Invalid { errors: format!("[{problem}]").into(), detail: "".into() })
        })
    };
    engine.compute(length, work).await
}

fn check(schema: &Schema, body: &[u8], work: Work) -> Result<Result<(), Invalid>, ValidationProblem> {
    let no_json = |detail: String| Err(Invalid { errors: NO_JSON.into(), detail: detail.into() });
    let value = match std::str::from_utf8(body) {
        Err(error) => return Ok(no_json(format!("the body is no UTF-8 text: {error}"))),
        Ok("") => return Ok(no_json("the body is empty".to_owned())),
        Ok(text) => match parse(text) {
            Err(error) => return Ok(no_json(format!("the body is no JSON: {error}"))),
            Ok(value) => value,
        },
    };
    let sentences = schema.validate(&value, work)?;
    if sentences.is_empty() {
        return Ok(Ok(()));
    }
    Ok(Err(Invalid { errors: format!("[{}]", sentences.join(", ")).into(), detail: "".into() }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use stagedoor_json::{Schema, Work, parse};

    use super::check;

    fn verdict(schema: &str, body: &[u8]) -> Result<(), (String, String)> {
        let schema = Schema::compile(Arc::new(parse(schema).unwrap()), &|_| None).unwrap();
        check(&schema, body, Work::for_text(0))
            .unwrap()
            .map_err(|invalid| (invalid.errors.into(), invalid.detail.into()))
    }

    #[test]
    fn bodies_are_valid_or_why_not() {
        const OBJECT: &str = r#"{"type":"object","required":["a","b"],"minProperties":1}"#;
        const NO_JSON: &str = "[Unknown error parsing request body]";
        for (body, expected) in [
            (&br#"{"a":1,"b":2}"#[..], Ok(())),
            (
                b"{}",
                Err((
                    "[object has too few properties (found 0 but schema requires at least 1), \
                     object has missing required properties ([\"a\",\"b\"])]",
                    "",
                )),
            ),
            (b"", Err((NO_JSON, "the body is empty"))),
            (b"{", Err((NO_JSON, "the body is no JSON: the text ends early at line 1 column 2"))),
            (
                b"\xff",
                Err((NO_JSON, "the body is no UTF-8 text: invalid utf-8 sequence of 1 bytes from index 0")),
            ),
        ] {
            let expected = expected.map_err(|(errors, detail)| (errors.to_owned(), detail.to_owned()));
            assert_eq!(verdict(OBJECT, body), expected, "{}", body.escape_ascii());
        }
    }
}
