//! What a method asks of a request before anything is mapped: required parameters, and the model of the body.
//!
//! In: names and compiled schemas. Out: which parameters are missing, in AWS's order, and which schema a body has to keep. It
//! must not know how a request is read.

use std::sync::Arc;

use http::HeaderName;
use stagedoor_json::Schema;

/// An active request validator, for one method.
#[derive(Debug, Default)]
pub struct Validator {
    /// Parameters that must be there and not be blank.
    pub required: Box<[RequiredParameter]>,
    /// Models by content type; empty when bodies are not validated.
    pub models: Box<[(Box<str>, BodyModel)]>,
}

/// A parameter that must be there.
#[derive(Debug)]
pub struct RequiredParameter {
    pub name: Box<str>,
    pub place: ParameterPlace,
}

/// Where a parameter is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterPlace {
    Path,
    QueryString,
    /// By a name without case; none when no header can have the name.
    Header(Option<HeaderName>),
}

/// What a body has to keep.
#[derive(Debug, Clone)]
pub enum BodyModel {
    Schema(Arc<Schema>),
    /// The model does not compile: every such call is refused, with this reason.
    Broken(Arc<str>),
}

impl Validator {
    /// The model for a content type, and the type as AWS logs it; none when bodies of this type are not validated.
    #[must_use]
    pub fn model(&self, content_type: Option<&str>) -> Option<(&str, &BodyModel)> {
        const DEFAULT: &str = "$default";
        if self.models.is_empty() {
            return None;
        }
        let given =
            content_type.map(str::trim).filter(|given| !given.is_empty()).unwrap_or("application/json");
        let bare = given.split(';').next().unwrap_or(given).trim_end();
        let find = |wanted: &str| self.models.iter().find(|(known, _)| **known == *wanted);
        if let Some((known, model)) = find(given).or_else(|| find(bare)) {
            return Some((known, model));
        }
        find(DEFAULT).map(|(known, model)| (&**known, model))
    }
}

/// Names in the order in which a Java `HashSet` of them is walked, each once.
#[must_use]
pub fn in_hash_set_order<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let buckets = (0..).map(|power| 16_u32 << power).find(|size| names.len() <= *size as usize / 4 * 3);
    let mask = buckets.unwrap_or(16) - 1;
    names.sort_by_key(|name| {
        let hash = java_hash(name);
        (hash ^ (hash >> 16)) & mask
    });
    names
}

/// `String.hashCode`.
fn java_hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

#[cfg(test)]
mod tests {
    use super::{BodyModel, Validator, in_hash_set_order};

    #[test]
    fn names_stand_in_the_order_that_aws_shows() {
        for expected in
            [&["x-header-param", "issuer", "qs1"][..], &["divisor", "dividend"], &["di", "pi"], &[]]
        {
            let mut names = expected.to_vec();
            names.sort_unstable();
            assert_eq!(in_hash_set_order(names.clone()), expected);
            names.extend_from_within(..);
            assert_eq!(in_hash_set_order(names), expected);
        }
        let many: Vec<String> = (0..100).map(|index| format!("p{index}")).collect();
        assert_eq!(in_hash_set_order(many.iter().map(String::as_str)).len(), 100);
    }

    #[test]
    fn models_are_chosen_by_content_type() {
        let validator = |types: &[&str]| {
            let model = |name: &str| (name.into(), BodyModel::Broken(name.into()));
            Validator { models: types.iter().map(|name| model(name)).collect(), ..Validator::default() }
        };
        for (types, content_type, expected) in [
            (&["application/json"][..], None, Some("application/json")),
            (&["application/json"], Some(""), Some("application/json")),
            (&["application/json"], Some("application/json; charset=utf-8"), Some("application/json")),
            (&["application/json"], Some("Application/JSON"), None),
            (&["application/json"], Some("text/plain"), None),
            (&["application/json", "$default"], Some("text/plain"), Some("$default")),
            (&["text/plain"], None, None),
            (&["a/b;c=d", "a/b"], Some("a/b;c=d"), Some("a/b;c=d")),
            (&[], Some("application/json"), None),
        ] {
            let validator = validator(types);
            let found = validator.model(content_type).map(|(name, _)| name);
            assert_eq!(found, expected, "{types:?} {content_type:?}");
        }
    }
}
