//! Parameter-mapping expressions, parsed once.
//!
//! In: `method.request.header.X`, `integration.response.body.a.b`, `context.x`, `stageVariables.x`, `'literal'`.
//! Out: [`Expression`], which the engine evaluates. It must not know any call.

use std::sync::Arc;

use http::HeaderName;
use stagedoor_json::Path;

use crate::{AuthorizerKey, ContextVar};

/// Where a mapped value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    Literal(Arc<str>),
    /// The last value of a request header.
    Header(HeaderName),
    /// All values of a request header, joined with commas.
    MultiHeader(HeaderName),
    /// The last value of a query parameter.
    Query(Arc<str>),
    /// All values of a query parameter.
    MultiQuery(Arc<str>),
    PathParameter(Arc<str>),
    Body(Option<Path>),
    ResponseHeader(HeaderName),
    ResponseMultiHeader(HeaderName),
    ResponseBody(Option<Path>),
    StageVariable(Arc<str>),
    /// None: a variable that has no value here.
    Context(Option<ContextVar>),
    /// `$context.authorizer.x`
    Authorizer(AuthorizerKey),
}

impl Expression {
    /// Parses an expression; none when it has no known form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(literal) = text.strip_prefix('\'') {
            return literal.strip_suffix('\'').map(|literal| Self::Literal(literal.into()));
        }
        if let Some(name) = text.strip_prefix("stageVariables.") {
            return Some(Self::StageVariable(name.into()));
        }
        if let Some(name) = text.strip_prefix("context.") {
            return Some(Self::context(name));
        }
        if let Some(rest) = text.strip_prefix("method.request.") {
            return Self::request(rest);
        }
        Self::response(text.strip_prefix("integration.response.")?)
    }

    /// A variable of `$context`. The log has some about the authorizer that would hide entries of its context elsewhere.
    #[must_use]
    pub(crate) fn context(name: &str) -> Self {
        AuthorizerKey::parse(name).map_or_else(|| Self::Context(ContextVar::parse(name)), Self::Authorizer)
    }

    /// The same without the variables that mappings have not.
    #[must_use]
    pub(crate) fn in_mappings(self) -> Self {
        match self {
            Self::Context(Some(variable)) if !variable.in_mappings() => Self::Context(None),
            other => other,
        }
    }

    fn request(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("body") {
            return body_path(path).map(Self::Body);
        }
        let (location, name) = text.split_once('.')?;
        match location {
            "header" => header_name(name).map(Self::Header),
            "multivalueheader" => header_name(name).map(Self::MultiHeader),
            "querystring" => Some(Self::Query(name.into())),
            "multivaluequerystring" => Some(Self::MultiQuery(name.into())),
            "path" => Some(Self::PathParameter(name.into())),
            _ => None,
        }
    }

    fn response(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("body") {
            return body_path(path).map(Self::ResponseBody);
        }
        let (location, name) = text.split_once('.')?;
        match location {
            "header" => header_name(name).map(Self::ResponseHeader),
            "multivalueheader" => header_name(name).map(Self::ResponseMultiHeader),
            _ => None,
        }
    }
}

fn header_name(text: &str) -> Option<HeaderName> {
    HeaderName::from_bytes(text.as_bytes()).ok()
}

/// None: no path. Some(None): the whole body. The root may be left out, `.a` and `[0]` begin at it.
fn body_path(text: &str) -> Option<Option<Path>> {
    if text.is_empty() {
        return Some(None);
    }
    let path = match text.strip_prefix(".$") {
        Some(rest) => format!("${rest}"),
        None => format!("${text}"),
    };
    Path::parse(&path).ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::Expression;
    use crate::{AuthorizerKey, ContextVar};

    #[test]
    fn parses_every_form() {
        let header = |name: &str| http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        for (text, expected) in [
            ("'a b'", Some(Expression::Literal("a b".into()))),
            ("''", Some(Expression::Literal("".into()))),
            ("method.request.header.X-A", Some(Expression::Header(header("x-a")))),
            ("method.request.multivalueheader.X", Some(Expression::MultiHeader(header("x")))),
            ("method.request.querystring.q.r", Some(Expression::Query("q.r".into()))),
            ("method.request.multivaluequerystring.q", Some(Expression::MultiQuery("q".into()))),
            ("method.request.path.id", Some(Expression::PathParameter("id".into()))),
            ("method.request.body", Some(Expression::Body(None))),
            ("integration.response.header.Date", Some(Expression::ResponseHeader(header("date")))),
            ("integration.response.body", Some(Expression::ResponseBody(None))),
            ("stageVariables.x", Some(Expression::StageVariable("x".into()))),
            ("context.requestId", Some(Expression::Context(Some(ContextVar::RequestId)))),
            ("context.authorizer.x", Some(Expression::Authorizer(AuthorizerKey::Value("x".into())))),
            (
                "context.authorizer.claims.a.b",
                Some(Expression::Authorizer(AuthorizerKey::Claim("a.b".into()))),
            ),
            ("context.status", Some(Expression::Context(Some(ContextVar::Status)))),
            ("unquoted", None),
            ("'open", None),
            ("method.request.cookie.x", None),
        ] {
            assert_eq!(Expression::parse(text), expected, "{text}");
        }
        let bodies = [
            "method.request.body.a.b",
            "method.request.body[0].price",
            "method.request.body.$.a",
            "method.request.body.$",
            "method.request.body.a[*].b",
        ];
        for text in bodies {
            assert!(matches!(Expression::parse(text), Some(Expression::Body(Some(_)))), "{text}");
        }
    }

    #[test]
    fn mappings_do_not_read_what_only_logs_have() {
        for (text, expected) in [
            ("context.status", None),
            ("context.endpointType", None),
            ("context.requestId", Some(ContextVar::RequestId)),
        ] {
            let expression = Expression::parse(text).unwrap().in_mappings();
            assert_eq!(expression, Expression::Context(expected), "{text}");
        }
    }
}
