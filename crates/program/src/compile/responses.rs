//! Integration responses joined with the method responses they name.

use http::{HeaderName, HeaderValue};
use stagedoor_model::{Integration, IntegrationResponse, Method};

use super::Compiler;
use crate::{BodyTemplate, Expression, Pattern, ResponseMap, ResponsePlan, ResponseValue};

/// Headers that AWS renames when a mapping produces them.
const REMAPPED: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "content-md5",
    "date",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "trailer",
    "upgrade",
    "user-agent",
    "www-authenticate",
];

impl<'s> Compiler<'s> {
    pub(super) fn responses(&mut self, method: &'s Method, integration: &'s Integration) -> ResponseMap {
        if integration.responses.is_empty() {
            self.remark("the integration has no responses; calls will be answered with 500");
        }
        let entries = integration.responses.values().map(|response| self.response(method, response));
        ResponseMap { entries: entries.collect() }
    }

    fn response(&mut self, method: &Method, response: &'s IntegrationResponse) -> ResponsePlan {
        let declared = method.responses.contains_key(&response.status);
        if !declared {
            self.remark(format!("integration response {} has no method response", response.status));
        }
        let handling = response.content_handling.filter(|handling| self.converts(Some(*handling)));
        ResponsePlan {
            pattern: self.pattern(response.selection_pattern.as_deref()),
            status: response.status,
            declared,
            headers: self.response_headers(response),
            templates: self.response_templates(response),
            refusal: handling
                .map(|handling| self.refuse(format!("contentHandling {handling} does not execute yet"))),
        }
    }

    fn pattern(&mut self, pattern: Option<&str>) -> Option<Pattern> {
        let compiled = Pattern::compile(pattern.filter(|pattern| !pattern.is_empty())?);
        if let Pattern::Broken(text) = &compiled {
            self.refuse(format!("the selection pattern {text} is no regular expression"));
        }
        Some(compiled)
    }

    fn response_headers(&mut self, response: &IntegrationResponse) -> Box<[(HeaderName, ResponseValue)]> {
        let mut headers = Vec::new();
        for (key, expression) in response.parameters.iter().flatten() {
            let name = key.strip_prefix("method.response.header.").and_then(emitted_name);
            match (name, value(expression)) {
                (Some(name), Some(value)) => headers.push((name, value)),
                _ => self.remark(format!("the response mapping {key} = {expression} is never sent")),
            }
        }
        headers.into()
    }

    fn response_templates(&mut self, response: &IntegrationResponse) -> Box<[(HeaderValue, BodyTemplate)]> {
        let mut templates = Vec::new();
        for (media, text) in response.templates.iter().flatten() {
            match HeaderValue::from_str(media) {
                Ok(key) => templates.push((key, self.body_template(media, text.as_deref()))),
                Err(_) => self.remark(format!("{media:?} is no media type")),
            }
        }
        templates.into()
    }
}

/// The name under which a mapped header leaves; none when AWS drops it.
fn emitted_name(name: &str) -> Option<HeaderName> {
    let header = HeaderName::from_bytes(name.as_bytes()).ok()?;
    if header == http::header::TRANSFER_ENCODING {
        return None;
    }
    if REMAPPED.contains(&header.as_str()) {
        return HeaderName::from_bytes(format!("x-amzn-remapped-{}", header.as_str()).as_bytes()).ok();
    }
    Some(header)
}

fn value(expression: &str) -> Option<ResponseValue> {
    match Expression::parse(expression)? {
        Expression::Literal(text) => HeaderValue::from_str(&text).ok().map(ResponseValue::Static),
        mapped => Some(ResponseValue::Mapped(mapped)),
    }
}

#[cfg(test)]
mod tests {
    use super::emitted_name;

    #[test]
    fn mapped_headers_leave_under_these_names() {
        for name in
            ["Authorization", "Content-Length", "Date", "Host", "Server", "User-Agent", "WWW-Authenticate"]
        {
            let emitted = emitted_name(name).unwrap();
            assert_eq!(emitted.as_str(), format!("x-amzn-remapped-{}", name.to_lowercase()));
        }
        for name in ["Accept", "Content-Encoding", "Content-Type", "TE", "Via", "Warn", "Referer", "X-Own"] {
            assert_eq!(emitted_name(name).unwrap().as_str(), name.to_lowercase());
        }
        assert_eq!(emitted_name("Transfer-Encoding"), None);
    }
}
