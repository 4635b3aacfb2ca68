//! Access-log formats, compiled once per stage view.
//!
//! Substitution only, as on AWS: `$context.x` with a value prints it, without one prints `-`, everything else stays.

use crate::{AuthorizerKey, ContextVar, Record};

/// A compiled access-log format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFormat {
    parts: Box<[Part]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    Variable(ContextVar),
    Authorizer(AuthorizerKey),
    /// A variable of a feature that never has a value here.
    Unknown,
}

impl LogFormat {
    /// Compiles a format; every text is one.
    #[must_use]
    pub fn compile(format: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = format;
        while let Some(at) = rest.find("$context.") {
            push_text(&mut parts, &rest[..at]);
            let (name, after) = variable_name(&rest[at + "$context.".len()..]);
            parts.push(Part::named(name));
            rest = after;
        }
        push_text(&mut parts, rest);
        Self { parts: parts.into() }
    }

    /// Appends the line of one call, without a line end.
    pub fn render(&self, record: &Record, out: &mut String) {
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable(ContextVar::RequestId) => record.write_logged_request_id(out),
                // AWS writes the whole key; who reads logs should not be able to call.
                Part::Variable(ContextVar::IdentityApiKey) => {
                    out.push_str(
                        record.api_key.as_ref().map_or_else(|| "-".to_owned(), |key| key.masked()).as_str(),
                    );
                }
                Part::Variable(variable) => {
                    if !record.push_value(*variable, out) {
                        out.push('-');
                    }
                }
                Part::Authorizer(key) => out.push_str(record.authorizer_value(key).as_deref().unwrap_or("-")),
                Part::Unknown => out.push('-'),
            }
        }
    }
}

impl Part {
    fn named(name: &str) -> Self {
        let authorizer = || AuthorizerKey::parse(name).map(Self::Authorizer);
        ContextVar::parse(name).map(Self::Variable).or_else(authorizer).unwrap_or(Self::Unknown)
    }
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        parts.push(Part::Text(text.into()));
    }
}

/// Splits the dotted name off the front; a full stop that ends a sentence is not part of it.
pub(crate) fn variable_name(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')))
        .unwrap_or(text.len());
    let name = text[..end].trim_end_matches(['.', '-']);
    (name, &text[name.len()..])
}

#[cfg(test)]
mod tests {
    use super::{LogFormat, Part};
    use crate::ContextVar;

    #[test]
    fn formats_split_into_texts_and_variables() {
        let variable = Part::Variable;
        let text = |text: &str| Part::Text(text.into());
        for (format, expected) in [
            ("$context.status", vec![variable(ContextVar::Status)]),
            (
                r#"{"ip":"$context.identity.sourceIp","who":"$context.identity.nobody"}"#,
                vec![
                    text(r#"{"ip":""#),
                    variable(ContextVar::IdentitySourceIp),
                    text(r#"","who":""#),
                    Part::Unknown,
                    text(r#""}"#),
                ],
            ),
            ("$context.path. $5", vec![variable(ContextVar::Path), text(". $5")]),
            ("$context.path$context.stage", vec![variable(ContextVar::Path), variable(ContextVar::Stage)]),
            ("", vec![]),
        ] {
            assert_eq!(*LogFormat::compile(format).parts, *expected, "{format}");
        }
    }
}
