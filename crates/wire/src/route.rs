//! Which operation a method and URI name.
//!
//! In: a method, a raw path and a raw query. Out: [`Matched`] with decoded labels. It must not look at the body.

use percent_encoding::percent_decode_str;

use crate::generated::{apigateway, apigatewaymanagementapi, apigatewayv2, iam, lambda, sts};

/// A service whose calls are understood here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    ApiGateway,
    ApiGatewayV2,
    ApiGatewayManagement,
    Lambda,
    Iam,
    Sts,
}

impl Service {
    /// The service's name in a SigV4 credential scope.
    #[must_use]
    pub const fn signing_name(self) -> &'static str {
        match self {
            Self::ApiGateway | Self::ApiGatewayV2 => "apigateway",
            Self::ApiGatewayManagement => "execute-api",
            Self::Lambda => "lambda",
            Self::Iam => "iam",
            Self::Sts => "sts",
        }
    }

    /// Whether calls are forms and answers XML.
    #[must_use]
    pub const fn is_query(self) -> bool {
        matches!(self, Self::Iam | Self::Sts)
    }
}

/// An operation of any service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    ApiGateway(apigateway::Op),
    ApiGatewayV2(apigatewayv2::Op),
    ApiGatewayManagement(apigatewaymanagementapi::Op),
    Lambda(lambda::Op),
    Iam(iam::Op),
    Sts(sts::Op),
}

impl Operation {
    #[must_use]
    pub const fn service(self) -> Service {
        match self {
            Self::ApiGateway(_) => Service::ApiGateway,
            Self::ApiGatewayV2(_) => Service::ApiGatewayV2,
            Self::ApiGatewayManagement(_) => Service::ApiGatewayManagement,
            Self::Lambda(_) => Service::Lambda,
            Self::Iam(_) => Service::Iam,
            Self::Sts(_) => Service::Sts,
        }
    }

    /// AWS's name of the operation.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApiGateway(op) => op.name(),
            Self::ApiGatewayV2(op) => op.name(),
            Self::ApiGatewayManagement(op) => op.name(),
            Self::Lambda(op) => op.name(),
            Self::Iam(op) => op.name(),
            Self::Sts(op) => op.name(),
        }
    }

    /// The status of success.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::ApiGateway(op) => op.status(),
            Self::ApiGatewayV2(op) => op.status(),
            Self::ApiGatewayManagement(op) => op.status(),
            Self::Lambda(op) => op.status(),
            Self::Iam(op) => op.status(),
            Self::Sts(op) => op.status(),
        }
    }
}

/// A call whose operation is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    pub operation: Operation,
    /// Label of the URI → decoded value.
    pub labels: Vec<(&'static str, String)>,
}

impl Matched {
    /// The decoded value of a label such as `restapi_id`.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(label, _)| *label == name).map(|(_, value)| value.as_str())
    }
}

/// What the service model says of one operation.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) uri: &'static str,
    pub(crate) status: u16,
}

/// One entry of a service's URI table.
#[derive(Debug)]
pub(crate) struct UriRoute {
    pub(crate) method: &'static str,
    pub(crate) segments: &'static [Segment],
    /// A parameter that the query must hold with exactly this value.
    pub(crate) query: Option<(&'static str, &'static str)>,
    pub(crate) operation: Operation,
}

/// One part of a URI pattern.
#[derive(Debug)]
pub(crate) enum Segment {
    Literal(&'static str),
    Label(&'static str),
    /// Takes the rest of the path: an ARN whose slashes may come un-encoded.
    Rest(&'static str),
}

/// The operation of a call, if there is one. The path and query are as sent, percent-encoded.
#[must_use]
pub fn route(method: &str, path: &str, query: &str) -> Option<Matched> {
    let trimmed = path.trim_start_matches('/').trim_end_matches('/');
    let parts: Vec<&str> = trimmed.split('/').collect();
    let tables = [apigateway::ROUTES, apigatewayv2::ROUTES, apigatewaymanagementapi::ROUTES, lambda::ROUTES];
    tables.into_iter().flatten().find_map(|route| route.matched(method, &parts, query))
}

impl UriRoute {
    fn matched(&self, method: &str, parts: &[&str], query: &str) -> Option<Matched> {
        let fits = self.method == method && self.fits(parts) && self.asks(query);
        fits.then(|| Matched { operation: self.operation, labels: self.labels(parts) })
    }

    fn fits(&self, parts: &[&str]) -> bool {
        let mut parts = parts.iter();
        for segment in self.segments {
            let Some(part) = parts.next() else { return false };
            match segment {
                Segment::Literal(text) if part != text => return false,
                Segment::Label(_) if part.is_empty() => return false,
                Segment::Rest(_) => return !part.is_empty(),
                Segment::Literal(_) | Segment::Label(_) => {}
            }
        }
        parts.next().is_none()
    }

    fn asks(&self, query: &str) -> bool {
        self.query.is_none_or(|(name, value)| {
            query_pairs(query).iter().any(|(given, text)| given == name && text == value)
        })
    }

    fn labels(&self, parts: &[&str]) -> Vec<(&'static str, String)> {
        let mut labels = Vec::new();
        for (index, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(_) => {}
                Segment::Label(name) => labels.push((*name, unescaped(parts[index]))),
                Segment::Rest(name) => labels.push((*name, unescaped(&parts[index..].join("/")))),
            }
        }
        labels
    }
}

fn unescaped(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

/// The decoded value of the first parameter of this name.
#[must_use]
pub fn query_parameter(query: &str, name: &str) -> Option<String> {
    query_pairs(query).into_iter().find(|(given, _)| given == name).map(|(_, value)| value)
}

/// The decoded values of all parameters of this name.
#[must_use]
pub fn query_parameters(query: &str, name: &str) -> Vec<String> {
    query_pairs(query).into_iter().filter(|(given, _)| given == name).map(|(_, value)| value).collect()
}

/// The decoded parameters of a query, in order.
pub(crate) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| unescaped(&text.replace('+', " "));
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
