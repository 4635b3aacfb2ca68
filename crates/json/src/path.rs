//! Definite JSONPath: keys and indexes only, so that a path names at most one value.

use serde_json::Value;

/// A parsed path such as `$.a['b c'][0]`; the leading `$` may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    steps: Box<[Step]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(Box<str>),
    /// Counts from the end when negative.
    Index(i64),
}

/// The text is no definite path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPath(pub String);

impl Path {
    /// Parses a path.
    ///
    /// # Errors
    /// [`InvalidPath`] for malformed and for indefinite paths (wildcards, filters, deep scans).
    pub fn parse(text: &str) -> Result<Self, InvalidPath> {
        let mut steps = Vec::new();
        let mut rest = text.strip_prefix('$').unwrap_or(text);
        while !rest.is_empty() {
            let (step, after) = step(rest).ok_or_else(|| InvalidPath(text.to_owned()))?;
            steps.push(step);
            rest = after;
        }
        Ok(Self { steps: steps.into() })
    }

    /// The value at this path.
    #[must_use]
    pub fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.steps.iter().try_fold(value, |value, step| match step {
            Step::Key(key) => value.as_object()?.get(&**key),
            Step::Index(index) => at(value.as_array()?, *index),
        })
    }
}

fn at(items: &[Value], index: i64) -> Option<&Value> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    if index < 0 { items.get(items.len().checked_sub(distance)?) } else { items.get(distance) }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(rest) = text.strip_prefix('[') {
        return bracket(rest);
    }
    let rest = text.strip_prefix('.')?;
    if let Some(rest) = rest.strip_prefix('[') {
        return bracket(rest);
    }
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let key = &rest[..end];
    (!key.is_empty() && key != "*").then(|| (Step::Key(key.into()), &rest[end..]))
}

fn bracket(text: &str) -> Option<(Step, &str)> {
    let quote = text.chars().next()?;
    if matches!(quote, '\'' | '"') {
        let (key, rest) = text[1..].split_once(quote)?;
        return Some((Step::Key(key.into()), rest.strip_prefix(']')?));
    }
    let (index, rest) = text.split_once(']')?;
    Some((Step::Index(index.trim().parse().ok()?), rest))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Path;

    #[test]
    fn finds_by_key_and_index() {
        let value = json!({"a": {"b c": [10, {"d": "x"}]}, "n": null});
        for (path, expected) in [
            ("$", Some(value.clone())),
            ("", Some(value.clone())),
            ("$.a['b c'][0]", Some(json!(10))),
            (".a[\"b c\"][-1].d", Some(json!("x"))),
            ("$.a['b c'][2]", None),
            ("$.a.missing", None),
            ("$.n", Some(json!(null))),
            ("$.n.x", None),
        ] {
            let found = Path::parse(path).unwrap().find(&value).cloned();
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn refuses_what_is_not_definite() {
        for path in ["$..a", "$.*", "$[*]", "$[?(@.a)]", "$.a[", "a", "$['a", "$[0:2]"] {
            assert!(Path::parse(path).is_err(), "{path}");
        }
    }
}
