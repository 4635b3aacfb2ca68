//! Constraints of members, and the sentences in which AWS reports that one is not met.
//!
//! In: a JSON value and the checks of its member. Out: sentences. It must not know where a member came from.

use std::sync::OnceLock;

use fancy_regex::Regex;
use serde_json::Value;

/// One constraint of a member.
#[derive(Debug)]
pub(crate) enum Check {
    OneOf(&'static [&'static str]),
    Matches(&'static Pattern),
    MinLength(usize),
    MaxLength(usize),
    Min(f64),
    Max(f64),
    /// On each element of a list.
    Each(&'static [Check]),
    /// On each key of a map.
    Keys(&'static [Check]),
    /// On each value of a map.
    Values(&'static [Check]),
}

/// A regular expression of the service model, compiled at its first use.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Whether the whole text matches, as Java's `matches` asks.
    fn accepts(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| self.compile());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text).unwrap_or(false))
    }

    /// `\d` and `\w` are ASCII in Java. `\z` because `$` would accept a newline at the end.
    fn compile(&self) -> Option<Regex> {
        Regex::new(&format!(r"\A(?:{})\z", self.text.replace(r"\d", "[0-9]").replace(r"\w", "[a-zA-Z0-9_]")))
            .ok()
    }
}

impl Check {
    /// The sentence of this constraint when the value breaks it. Values of another type are left to the decoder.
    pub(crate) fn broken(&self, value: &Value) -> Option<String> {
        (!self.is_met(value)).then(|| self.sentence())
    }

    fn is_met(&self, value: &Value) -> bool {
        match self {
            Self::OneOf(set) => value.as_str().is_none_or(|text| set.contains(&text)),
            Self::Matches(pattern) => value.as_str().is_none_or(|text| pattern.accepts(text)),
            Self::MinLength(least) => length(value).is_none_or(|length| length >= *least),
            Self::MaxLength(most) => length(value).is_none_or(|length| length <= *most),
            Self::Min(least) => value.as_f64().is_none_or(|number| number >= *least),
            Self::Max(most) => value.as_f64().is_none_or(|number| number <= *most),
            Self::Each(checks) => value.as_array().into_iter().flatten().all(|item| all_met(checks, item)),
            Self::Keys(checks) => {
                let mut keys = value.as_object().into_iter().flat_map(serde_json::Map::keys);
                keys.all(|key| all_met(checks, &Value::from(key.as_str())))
            }
            Self::Values(checks) => {
                let mut values = value.as_object().into_iter().flat_map(serde_json::Map::values);
                values.all(|value| all_met(checks, value))
            }
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::OneOf(set) => format!("Member must satisfy enum value set: [{}]", set.join(", ")),
            Self::Matches(pattern) => {
                format!("Member must satisfy regular expression pattern: {}", pattern.text)
            }
            Self::MinLength(least) => format!("Member must have length greater than or equal to {least}"),
            Self::MaxLength(most) => format!("Member must have length less than or equal to {most}"),
            Self::Min(least) => format!("Member must have value greater than or equal to {least}"),
            Self::Max(most) => format!("Member must have value less than or equal to {most}"),
            Self::Each(checks) => format!("Member must satisfy constraint: [{}]", sentences(checks)),
            Self::Keys(checks) => format!("Map keys must satisfy constraint: [{}]", sentences(checks)),
            Self::Values(checks) => format!("Map value must satisfy constraint: [{}]", sentences(checks)),
        }
    }
}

fn all_met(checks: &[Check], value: &Value) -> bool {
    checks.iter().all(|check| check.is_met(value))
}

/// The sentences of nested constraints; AWS lists all of them, met or not.
fn sentences(checks: &[Check]) -> String {
    checks.iter().map(Check::sentence).collect::<Vec<_>>().join(", ")
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(entries) => Some(entries.len()),
        _ => None,
    }
}

/// A value as Java prints it in a sentence.
pub(crate) fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(printed).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key}={}", printed(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ALIAS: Pattern = Pattern::new("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");

    #[test]
    fn patterns_match_the_whole_text() {
        for (text, accepted) in [("live", true), ("v1", true), ("12", false), ("a b", false), ("", false)] {
            assert_eq!(ALIAS.accepts(text), accepted, "{text}");
        }
    }

    #[test]
    fn every_pattern_of_the_models_compiles() {
        use crate::generated::{apigateway, iam, lambda, sts};
        let all = [
            apigateway::constraints::PATTERNS,
            lambda::constraints::PATTERNS,
            iam::constraints::PATTERNS,
            sts::constraints::PATTERNS,
        ];
        for pattern in all.into_iter().flatten() {
            assert!(pattern.compile().is_some(), "{pattern:?}");
        }
    }

    #[test]
    fn values_print_as_java_does() {
        let value = serde_json::json!(["a", {"k": 1, "l": [true]}]);
        assert_eq!(printed(&value), "[a, {k=1, l=[true]}]");
    }
}
