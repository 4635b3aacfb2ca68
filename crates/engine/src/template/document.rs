//! The body as JSON. What `$input.path` gives are parts of it, as Java's references are: a template that changes them sees
//! the change in `$input.json` too.
//!
//! In: a text, paths. Out: values of the template language, or JSON text.

use std::borrow::Cow;
use std::cell::OnceCell;

use stagedoor_json::{self as json, Found, Path, Problem, Slashes};
use stagedoor_program::MappingTemplate;
use stagedoor_vtl::{CallError, Meter, Value};

use super::values::{from_json, list_from_json, to_json};

/// How deep a changed document is followed.
const DEPTH: u32 = json::MAX_DEPTH as u32;

/// A document, parsed when a path first asks for it.
#[derive(Debug, Default)]
pub(super) struct Document {
    parsed: OnceCell<Result<json::Value, json::ParseError>>,
    /// The same as values that the template can change; only of templates that do so.
    root: OnceCell<Value>,
}

impl Document {
    /// JSON text; of what is missing, two quotes.
    pub(super) fn json(
        &self,
        text: &str,
        path: &str,
        template: &MappingTemplate,
        meter: &mut Meter,
    ) -> Result<Value, CallError> {
        let Some(document) = self.current(text, meter)? else { return Ok(Value::from("\"\"")) };
        let found = find(&document, path, template, meter)?;
        let mut out = String::new();
        match &found {
            Found::Missing => out.push_str("\"\""),
            found => found.push_json(Slashes::Bare, &mut out),
        }
        meter.bytes(out.len())?;
        Ok(Value::string(out))
    }

    /// The value at a path; null when it is missing.
    pub(super) fn path(
        &self,
        text: &str,
        path: &str,
        template: &MappingTemplate,
        meter: &mut Meter,
    ) -> Result<Value, CallError> {
        if template.changes_values()
            && let Some(steps) = steps(path)
        {
            let Some(root) = self.root(text, meter)? else { return Ok(Value::Null) };
            return Ok(steps.iter().try_fold(root, step).unwrap_or_default());
        }
        let Some(document) = self.current(text, meter)? else { return Ok(Value::Null) };
        match find(&document, path, template, meter)? {
            Found::Missing => Ok(Value::Null),
            Found::Value(value) => from_json(&value, meter),
            Found::List(items) => list_from_json(items.iter().map(AsRef::as_ref), meter),
        }
    }

    /// The document as it is now; none when the text is something else.
    fn current(&self, text: &str, meter: &mut Meter) -> Result<Option<Cow<'_, json::Value>>, CallError> {
        match self.root.get() {
            None => Ok(self.parsed(text, meter)?.map(Cow::Borrowed)),
            Some(root) => Ok(Some(Cow::Owned(to_json(root, DEPTH, meter)?))),
        }
    }

    fn root(&self, text: &str, meter: &mut Meter) -> Result<Option<Value>, CallError> {
        if self.root.get().is_none() {
            let Some(parsed) = self.parsed(text, meter)? else { return Ok(None) };
            let root = from_json(parsed, meter)?;
            self.root.get_or_init(|| root);
        }
        Ok(self.root.get().cloned())
    }

    fn parsed(&self, text: &str, meter: &mut Meter) -> Result<Option<&json::Value>, CallError> {
        if self.parsed.get().is_none() {
            meter.bytes(text.len().saturating_mul(2))?;
        }
        match self.parsed.get_or_init(|| json::parse(text).or_else(|error| bare(text).ok_or(error))) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.problem == Problem::Depth => {
                Err(CallError::thrown(format!("the body is {error}")))
            }
            Err(_) => Ok(None),
        }
    }
}

/// A text without any structure is a string, as json-smart reads it: forms are split out of `$input.path('$')`.
fn bare(text: &str) -> Option<json::Value> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let is_bare = !text.is_empty() && !text.starts_with(['{', '[', '"', '\'']);
    is_bare.then(|| text.into())
}

fn find<'d>(
    document: &'d json::Value,
    path: &str,
    template: &MappingTemplate,
    meter: &mut Meter,
) -> Result<Found<'d>, CallError> {
    let thrown = |error: &dyn std::fmt::Display| CallError::thrown(error.to_string());
    let found = match template.path(path) {
        Some(path) => path.find(document),
        None => {
            meter.bytes(path.len() * 8)?;
            Path::parse(path).map_err(|error| thrown(&error))?.find(document)
        }
    };
    found.map_err(|error| thrown(&error))
}

/// A step of a path that names one place.
enum Step<'p> {
    Name(&'p str),
    Index(usize),
}

/// The steps of a path such as `$.a['b'][0]`; none of any other.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut rest = path.trim().strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = match rest.strip_prefix('[') {
            Some(bracket) => bracketed(bracket)?,
            None => named(rest.strip_prefix('.')?)?,
        };
        steps.push(step);
        rest = after;
    }
    Some(steps)
}

fn named(text: &str) -> Option<(Step<'_>, &str)> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let end = text.find(|c| !plain(c)).unwrap_or(text.len());
    // A parenthesis would make it a function.
    let after = &text[end..];
    (end > 0 && !after.starts_with('(')).then(|| (Step::Name(&text[..end]), after))
}

fn bracketed(text: &str) -> Option<(Step<'_>, &str)> {
    let (inside, after) = text.split_once(']')?;
    if let Ok(index) = inside.parse() {
        return Some((Step::Index(index), after));
    }
    let quote = inside.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let name = inside[1..].strip_suffix(quote)?;
    (!name.contains([quote, '\\', ','])).then_some((Step::Name(name), after))
}

fn step(value: Value, step: &Step<'_>) -> Option<Value> {
    match (value, step) {
        (Value::Map(map), Step::Name(name)) => map.get(name),
        (Value::List(list), Step::Index(index)) => list.items().get(*index).cloned(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn plain_paths_have_steps() {
        let shown = |path: &str| {
            let steps = steps(path)?;
            let texts = steps.iter().map(|step| match step {
                Step::Name(name) => (*name).to_owned(),
                Step::Index(index) => format!("#{index}"),
            });
            Some(texts.collect::<Vec<_>>().join(" "))
        };
        for (path, expected) in [
            ("$", Some("")),
            ("$.a.b-c", Some("a b-c")),
            ("$['a b'][0].c", Some("a b #0 c")),
            ("$[\"a\"]", Some("a")),
            ("$.a.length()", None),
            ("$..a", None),
            ("$.*", None),
            ("$[*]", None),
            ("$[-1]", None),
            ("$['a','b']", None),
            ("$[?(@.a)]", None),
            ("a", None),
            ("$.", None),
        ] {
            assert_eq!(shown(path).as_deref(), expected, "{path}");
        }
    }
}
