//! A matched call into its request struct.
//!
//! In: [`Matched`] and [`Raw`]. Out: a typed request or [`Invalid`]: first the body's syntax and types, then all
//! constraints of the body, then those of path, query and headers.

use http::HeaderMap;
use serde_json::Value;

use crate::check::Check;
use crate::decode::{Context, FromJson, Members, Mismatch, Step};
use crate::route::query_pairs;
use crate::{Invalid, Map, Matched, Operation, Service};

/// The parts of a call that hold members of a request, as sent.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a> {
    /// Percent-encoded, without `?`.
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

/// A request of an operation; implemented by generated structs.
pub trait Request: Sized {
    /// Whose request it is.
    const OPERATION: Operation;
    /// Whether the body is a member as it stands, not JSON.
    const RAW_BODY: bool = false;

    #[doc(hidden)]
    fn read(reader: &mut Reader<'_>) -> Result<Self, Mismatch>;
}

/// Decodes the request that the matched operation takes.
///
/// # Errors
/// When the body is not JSON, a value has a wrong type, or constraints of the service model are not met.
pub fn decode<R: Request>(matched: &Matched, raw: &Raw<'_>) -> Result<R, Invalid> {
    let is_form = R::OPERATION.service().is_query();
    let body = match R::RAW_BODY {
        true => Value::Object(serde_json::Map::new()),
        false if is_form => crate::query::tree(raw.query, raw.body),
        false => parsed(raw.body)?,
    };
    let prefix = (R::OPERATION.service() == Service::ApiGateway).then(|| input_name(R::OPERATION));
    let query = query_pairs(raw.query);
    let mut reader = Reader { matched, raw, query, body, prefix, context: Context::new(is_form) };
    let request = R::read(&mut reader).map_err(|Mismatch(text)| Invalid::Serialization(text))?;
    reader.context.verdict()?;
    Ok(request)
}

fn parsed(body: &[u8]) -> Result<Value, Invalid> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| {
        Invalid::Serialization(format!("Could not parse request body into json: {error}"))
    })?;
    match value {
        Value::Object(_) => Ok(value),
        Value::Array(_) => Err(Invalid::Serialization("Start of list found where not expected.".to_owned())),
        _ => Err(Invalid::Serialization("Unexpected token in request body.".to_owned())),
    }
}

/// `createRestApiInput`: how REST API sentences call the body of an operation.
fn input_name(operation: Operation) -> String {
    let name = operation.name();
    format!("{}{}Input", name[..1].to_ascii_lowercase(), &name[1..])
}

/// Hands out the members of one request, wherever they are.
#[derive(Debug)]
pub struct Reader<'a> {
    matched: &'a Matched,
    raw: &'a Raw<'a>,
    query: Vec<(String, String)>,
    body: Value,
    prefix: Option<String>,
    context: Context,
}

impl Reader<'_> {
    /// An optional member of the body.
    pub(crate) fn get<T: FromJson>(
        &mut self,
        name: &'static str,
        checks: &[Check],
    ) -> Result<Option<T>, Mismatch> {
        self.in_body(|members| members.get(name, checks))
    }

    /// A required member of the body.
    pub(crate) fn need<T: FromJson + Default>(
        &mut self,
        name: &'static str,
        checks: &[Check],
    ) -> Result<T, Mismatch> {
        self.in_body(|members| members.need(name, checks))
    }

    fn in_body<T>(
        &mut self,
        take: impl FnOnce(&mut Members<'_, '_>) -> Result<T, Mismatch>,
    ) -> Result<T, Mismatch> {
        if let Some(prefix) = &self.prefix {
            self.context.enter(Step::Input(prefix.clone()));
        }
        let taken = take(&mut Members::of(&self.body, &mut self.context)?);
        if self.prefix.is_some() {
            self.context.leave();
        }
        taken
    }

    /// A label of the URI; always there when the route matched.
    pub(crate) fn label<T: FromJson + Default>(
        &mut self,
        label: &str,
        name: &'static str,
        checks: &[Check],
    ) -> Result<T, Mismatch> {
        let text = self.matched.label(label).map(str::to_owned);
        self.required(text.as_deref().as_slice(), name, checks)
    }

    /// A parameter of the query.
    pub(crate) fn query<T: FromJson>(
        &mut self,
        parameter: &str,
        name: &'static str,
        checks: &[Check],
    ) -> Result<Option<T>, Mismatch> {
        let texts = self.parameter(parameter);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.lifted(&texts, name, checks)
    }

    /// A parameter of the query that must be there.
    pub(crate) fn query_needed<T: FromJson + Default>(
        &mut self,
        parameter: &str,
        name: &'static str,
        checks: &[Check],
    ) -> Result<T, Mismatch> {
        let texts = self.parameter(parameter);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.required(&texts, name, checks)
    }

    fn parameter(&self, parameter: &str) -> Vec<String> {
        self.query.iter().filter(|(given, _)| given == parameter).map(|(_, text)| text.clone()).collect()
    }

    /// All parameters of the query that are no members of their own.
    pub(crate) fn query_rest(&self, bound: &[&str]) -> Option<Map<String>> {
        let rest = self.query.iter().filter(|(name, _)| !bound.contains(&name.as_str()));
        let rest: Map<String> = rest.cloned().collect();
        (!rest.is_empty()).then_some(rest)
    }

    /// A header.
    pub(crate) fn header<T: FromJson>(
        &mut self,
        header: &str,
        name: &'static str,
        checks: &[Check],
    ) -> Result<Option<T>, Mismatch> {
        let text =
            self.raw.headers.get(header).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let texts: Vec<&str> = text.as_deref().into_iter().collect();
        self.lifted(&texts, name, checks)
    }

    /// The body as it stands.
    pub(crate) fn payload(&self) -> Vec<u8> {
        self.raw.body.to_vec()
    }

    fn required<T: FromJson + Default>(
        &mut self,
        texts: &[&str],
        name: &'static str,
        checks: &[Check],
    ) -> Result<T, Mismatch> {
        let found = self.lifted(texts, name, checks)?;
        if found.is_none() {
            self.context.enter(Step::Member(name));
            self.context.missing();
            self.context.leave();
        }
        Ok(found.unwrap_or_default())
    }

    fn lifted<T: FromJson>(
        &mut self,
        texts: &[&str],
        name: &'static str,
        checks: &[Check],
    ) -> Result<Option<T>, Mismatch> {
        if texts.is_empty() {
            return Ok(None);
        }
        let value = T::lift(texts);
        self.context.enter(Step::Member(name));
        self.context.check(&value, checks);
        let decoded = T::from_json(&value, &mut self.context);
        self.context.leave();
        decoded.map(Some)
    }
}
