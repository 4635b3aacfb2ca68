//! What a method calls, compiled.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use stagedoor_base::FunctionArn;
use stagedoor_model::{ContentHandling, PassthroughBehavior};

use crate::{AwsPlan, Credentials, Expression, LambdaCustomPlan, MappingTemplate, Pattern, UriPlan};

/// A method's integration.
#[derive(Debug)]
pub enum IntegrationPlan {
    Mock(Box<MockPlan>),
    Http(Box<HttpPlan>),
    HttpProxy(Box<BackendPlan>),
    LambdaProxy(Box<LambdaPlan>),
    /// AWS with any service but Lambda.
    Aws(Box<AwsPlan>),
    /// AWS with a Lambda function.
    Lambda(Box<LambdaCustomPlan>),
    /// It cannot execute; the reason is for the log.
    Refused(Arc<str>),
}

/// A MOCK integration.
#[derive(Debug)]
pub struct MockPlan {
    pub templates: RequestTemplates,
    /// What each template's text amounts to, in their order: the status, or none when AWS refuses the text.
    pub statuses: Box<[Option<i32>]>,
    pub responses: ResponseMap,
}

/// A non-proxy HTTP integration.
#[derive(Debug)]
pub struct HttpPlan {
    pub backend: BackendPlan,
    pub templates: RequestTemplates,
    pub responses: ResponseMap,
}

/// How an HTTP backend is called.
#[derive(Debug)]
pub struct BackendPlan {
    /// None: the client's own method.
    pub method: Option<Method>,
    pub uri: UriPlan,
    pub parameters: Box<[ParameterMapping]>,
    pub timeout: Duration,
    pub insecure_skip_verification: bool,
    /// The `Host` header, when no variable stands in the authority.
    pub host: Option<HeaderValue>,
    /// For HTTP_PROXY; custom integrations convert before their templates.
    pub content_handling: Option<ContentHandling>,
}

/// An AWS_PROXY integration with a Lambda function.
#[derive(Debug)]
pub struct LambdaPlan {
    pub function: FunctionTarget,
    /// None: API Gateway itself calls, as the function's policy allows it.
    pub credentials: Option<Credentials>,
    /// AWS_PROXY ignores mapped values, but refuses a call that maps a forbidden header.
    pub parameters: Box<[ParameterMapping]>,
    /// Set when the integration method is not POST.
    pub wrong_method: Option<Arc<str>>,
    pub timeout: Duration,
}

/// The function that a URI names.
#[derive(Debug)]
pub enum FunctionTarget {
    Fixed(FunctionArn),
    /// Stage variables stand in it.
    Variable(UriPlan),
}

/// One entry of `requestParameters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterMapping {
    pub target: Target,
    pub source: Expression,
}

/// Where a mapped request parameter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The name, and how the mapping spells it: an override replaces only what is spelled alike.
    Header(HeaderName, Arc<str>),
    /// A header that AWS refuses at run time, under its name as mapped.
    ForbiddenHeader(Arc<str>),
    Query(Arc<str>),
    Path(Arc<str>),
}

/// A method's request templates with the rules for bodies.
#[derive(Debug, Clone)]
pub struct RequestTemplates {
    pub entries: Box<[(Arc<str>, BodyTemplate)]>,
    pub passthrough: PassthroughBehavior,
    /// The conversion between text and bytes before a template sees the body.
    pub content_handling: Option<ContentHandling>,
}

/// A template for a body.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyTemplate {
    /// Nothing in it is evaluated.
    Static(Bytes),
    Vtl(Arc<MappingTemplate>),
    /// Null or empty: the body passes unchanged.
    Passthrough,
    /// It cannot be parsed; the reason is for the log.
    Broken(Arc<str>),
}

/// What becomes of a request body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Selected<'p> {
    /// A template and its place in the list. Never [`BodyTemplate::Passthrough`].
    Template(&'p BodyTemplate, usize),
    Passthrough,
    /// 415.
    Unsupported,
}

impl RequestTemplates {
    /// Chooses by the client's `Content-Type`; its absence means `application/json`.
    #[must_use]
    pub fn select(&self, content_type: Option<&str>) -> Selected<'_> {
        let media = content_type.unwrap_or("application/json");
        let bare = || media.split(';').next().unwrap_or(media).trim();
        let find = |wanted: &str| self.entries.iter().position(|(key, _)| **key == *wanted);
        let Some(place) = find(media).or_else(|| find(bare())).or_else(|| find("$default")) else {
            return self.unmatched();
        };
        match &self.entries[place].1 {
            BodyTemplate::Passthrough => Selected::Passthrough,
            template => Selected::Template(template, place),
        }
    }

    fn unmatched(&self) -> Selected<'_> {
        match self.passthrough {
            PassthroughBehavior::WhenNoMatch => Selected::Passthrough,
            PassthroughBehavior::WhenNoTemplates if self.entries.is_empty() => Selected::Passthrough,
            PassthroughBehavior::WhenNoTemplates | PassthroughBehavior::Never => Selected::Unsupported,
        }
    }
}

/// The integration responses of a method.
#[derive(Debug, Default)]
pub struct ResponseMap {
    pub entries: Box<[ResponsePlan]>,
}

/// One integration response together with the method response it names.
#[derive(Debug)]
pub struct ResponsePlan {
    /// None: the default.
    pub pattern: Option<Pattern>,
    pub status: u16,
    /// Whether the method declares this status.
    pub declared: bool,
    pub headers: Box<[ResponseMapping]>,
    pub templates: Box<[(HeaderValue, BodyTemplate)]>,
    pub content_handling: Option<ContentHandling>,
}

/// One entry of `responseParameters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseMapping {
    /// The name under which the header leaves.
    pub name: HeaderName,
    /// As the mapping spells it: an override replaces only what is spelled alike.
    pub spelled: Box<str>,
    pub value: ResponseValue,
}

/// A mapped response header's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponseValue {
    Static(HeaderValue),
    Mapped(Expression),
}

/// No integration response fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSelection {
    /// Neither a pattern nor a default matches.
    NoMatch,
    /// Whether a pattern matches cannot be said; the text says why.
    BrokenPattern(Arc<str>),
}

impl ResponseMap {
    /// The entry whose pattern matches the whole text, else the default.
    ///
    /// # Errors
    /// [`NoSelection`] when there is none.
    pub fn select(&self, text: &str) -> Result<&ResponsePlan, NoSelection> {
        for entry in &self.entries {
            if let Some(pattern) = &entry.pattern
                && pattern.matches(text).map_err(NoSelection::BrokenPattern)?
            {
                return Ok(entry);
            }
        }
        self.entries.iter().find(|entry| entry.pattern.is_none()).ok_or(NoSelection::NoMatch)
    }
}

impl ResponsePlan {
    /// The template for a client's `Accept`: the exact text, else `application/json`, else the first.
    #[must_use]
    pub fn template(&self, accept: Option<&str>) -> Option<&(HeaderValue, BodyTemplate)> {
        let find =
            |wanted: &str| self.templates.iter().find(|(media, _)| media.as_bytes() == wanted.as_bytes());
        accept.and_then(find).or_else(|| find("application/json")).or_else(|| self.templates.first())
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use stagedoor_model::PassthroughBehavior as P;

    use super::{BodyTemplate, RequestTemplates, ResponseMap, ResponsePlan, Selected};
    use crate::Pattern;

    #[test]
    fn passthrough_follows_the_table() {
        let body = Bytes::from_static(b"x");
        let text = BodyTemplate::Static(body);
        let json = || vec![("application/json".into(), text.clone())];
        for (passthrough, entries, content_type, expected) in [
            (P::WhenNoMatch, json(), Some("application/json; charset=utf-8"), Selected::Template(&text, 0)),
            (P::WhenNoMatch, json(), None, Selected::Template(&text, 0)),
            (P::WhenNoMatch, json(), Some("text/plain"), Selected::Passthrough),
            (P::WhenNoMatch, vec![], Some("text/plain"), Selected::Passthrough),
            (P::WhenNoTemplates, vec![], Some("text/plain"), Selected::Passthrough),
            (P::WhenNoTemplates, json(), Some("text/plain"), Selected::Unsupported),
            (P::Never, vec![], None, Selected::Unsupported),
            (P::Never, json(), Some("text/plain"), Selected::Unsupported),
            (P::Never, json(), Some("application/json"), Selected::Template(&text, 0)),
            (P::Never, vec![("$default".into(), BodyTemplate::Passthrough)], None, Selected::Passthrough),
        ] {
            let templates = RequestTemplates { entries: entries.into(), passthrough, content_handling: None };
            assert_eq!(templates.select(content_type), expected, "{templates:?} {content_type:?}");
        }
    }

    fn entry(pattern: Option<&str>, status: u16) -> ResponsePlan {
        ResponsePlan {
            pattern: pattern.map(Pattern::compile),
            status,
            declared: true,
            headers: Box::default(),
            templates: Box::default(),
            content_handling: None,
        }
    }

    #[test]
    fn selection_prefers_a_match_over_the_default() {
        let map = ResponseMap { entries: vec![entry(None, 200), entry(Some("4\\d{2}"), 400)].into() };
        assert_eq!(map.select("404").map(|entry| entry.status), Ok(400));
        assert_eq!(map.select("4040").map(|entry| entry.status), Ok(200));
        assert!(ResponseMap::default().select("200").is_err());
        let broken = ResponseMap { entries: vec![entry(Some("("), 400), entry(None, 200)].into() };
        assert!(broken.select("200").is_err());
    }
}
