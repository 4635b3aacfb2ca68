//! Integration URIs with `${stageVariables.x}` and `{parameter}` in them, compiled.

use std::sync::Arc;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// A URI template. Whatever can be settled at compile time is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UriPlan {
    /// Scheme and authority, when no variable stands in them.
    pub origin: Option<(Scheme, Authority)>,
    /// With `origin`: path and query. Without: everything.
    pub parts: Box<[UriPart]>,
    /// With `origin`: path and query ready to be sent, when nothing in them varies.
    pub target: Option<PathAndQuery>,
}

/// A piece of a URI template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UriPart {
    Text(Arc<str>),
    StageVariable(Arc<str>),
    /// Stays as it is spelled when no parameter of this name is mapped.
    Parameter(Arc<str>),
}

impl UriPlan {
    /// Compiles an HTTP integration's URI.
    #[must_use]
    pub fn http(uri: &str) -> Self {
        let parts = parts(uri);
        if let Some(UriPart::Text(first)) = parts.first()
            && let Some((origin, length)) = origin(first, parts.len() == 1)
        {
            let mut parts = parts.clone();
            parts[0] = UriPart::Text(first[length..].into());
            let target = if parts.len() == 1 { fixed_target(&first[length..]) } else { None };
            return Self { origin: Some(origin), parts: parts.into(), target };
        }
        Self { origin: None, parts: parts.into(), target: None }
    }

    /// Compiles a text that is no URL, such as a function's ARN.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { origin: None, parts: parts(text).into(), target: None }
    }

    /// The whole text, when nothing in it varies.
    #[must_use]
    pub fn fixed(&self) -> Option<&Arc<str>> {
        match &*self.parts {
            [UriPart::Text(text)] => Some(text),
            _ => None,
        }
    }
}

/// Path and query without the fragment; none when they cannot be sent.
fn fixed_target(text: &str) -> Option<PathAndQuery> {
    let sent = text.split('#').next().unwrap_or_default();
    let slash = if sent.starts_with('/') { "" } else { "/" };
    format!("{slash}{sent}").try_into().ok()
}

/// The origin at the front of a text and its length; none when the authority may go on in the next part.
fn origin(text: &str, whole: bool) -> Option<((Scheme, Authority), usize)> {
    let after = text.find("://")? + 3;
    let end = match text[after..].find(['/', '?', '#']) {
        Some(end) => after + end,
        None if whole => text.len(),
        None => return None,
    };
    let uri: Uri = text[..end].parse().ok()?;
    let parts = uri.into_parts();
    Some(((parts.scheme?, parts.authority?), end))
}

fn parts(uri: &str) -> Vec<UriPart> {
    let mut parts = Vec::new();
    let (mut literal, mut rest) = (String::new(), uri);
    while let Some(at) = rest.find('{') {
        let Some(length) = rest[at..].find('}') else { break };
        let name = &rest[at + 1..at + length];
        let stage_variable = name.strip_prefix("stageVariables.").filter(|_| rest[..at].ends_with('$'));
        match stage_variable {
            Some(name) => {
                literal.push_str(&rest[..at - 1]);
                flush(&mut literal, &mut parts);
                parts.push(UriPart::StageVariable(name.into()));
            }
            None if rest[..at].ends_with('$') => literal.push_str(&rest[..=at + length]),
            None => {
                literal.push_str(&rest[..at]);
                flush(&mut literal, &mut parts);
                parts.push(UriPart::Parameter(name.into()));
            }
        }
        rest = &rest[at + length + 1..];
    }
    literal.push_str(rest);
    flush(&mut literal, &mut parts);
    parts
}

fn flush(literal: &mut String, parts: &mut Vec<UriPart>) {
    if !literal.is_empty() {
        parts.push(UriPart::Text(literal.as_str().into()));
        literal.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{UriPart, UriPlan};

    fn show(plan: &UriPlan) -> String {
        let origin = plan.origin.as_ref().map(|(scheme, authority)| format!("{scheme}>{authority}>"));
        let parts = plan.parts.iter().map(|part| match part {
            UriPart::Text(text) => text.to_string(),
            UriPart::StageVariable(name) => format!("<$ {name}>"),
            UriPart::Parameter(name) => format!("<{name}>"),
        });
        origin.into_iter().chain(parts).collect()
    }

    #[test]
    fn settles_what_it_can() {
        for (uri, expected) in [
            ("http://h:8080/a?b=c", "http>h:8080>/a?b=c"),
            ("https://h", "https>h>"),
            ("http://h/{proxy}?v={x}", "http>h>/<proxy>?v=<x>"),
            ("https://${stageVariables.host}/a", "https://<$ host>/a"),
            ("http://h${stageVariables.p}", "http://h<$ p>"),
            ("http://h/${stageVariables.p}/${other}/{", "http>h>/<$ p>/${other}/{"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(show(&UriPlan::http(uri)), expected, "{uri}");
        }
    }
}
