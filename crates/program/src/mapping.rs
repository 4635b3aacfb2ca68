//! A mapping template, parsed once and shared by all deployments that hold the same text.
//!
//! In: the text. Out: what the engine renders, with the JSONPaths that stand in it as constants. It must not know any call.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use stagedoor_json::Path;
use stagedoor_vtl::{Options, ParseError, Template};

/// A parsed mapping template. Equal texts are one template.
#[derive(Debug)]
pub struct MappingTemplate {
    template: Template,
    paths: Box<[(Box<str>, Path)]>,
    changes_values: bool,
}

impl PartialEq for MappingTemplate {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl MappingTemplate {
    /// Parses a template, or finds the one that was parsed from the same text.
    ///
    /// # Errors
    /// [`ParseError`] with line and column.
    pub fn compile(text: &str) -> Result<Arc<Self>, ParseError> {
        if let Some(known) = interned().find(text) {
            return Ok(known);
        }
        // Parsed without the lock: a long template must not hold up other deployments.
        let template = Template::parse(text, &Options::api_gateway())?;
        let compiled =
            Arc::new(Self { template, paths: constant_paths(text), changes_values: changes_values(text) });
        interned().add(text, &compiled);
        Ok(compiled)
    }

    /// The text that it always renders, when nothing in it is evaluated.
    #[must_use]
    pub fn as_static(&self) -> Option<&str> {
        self.template.as_static()
    }

    /// The template itself.
    #[must_use]
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// Whether it may change values that it was given, and not only make its own.
    #[must_use]
    pub fn changes_values(&self) -> bool {
        self.changes_values
    }

    /// The parsed form of a path that stands in the template as a constant.
    #[must_use]
    pub fn path(&self, text: &str) -> Option<&Path> {
        self.paths.iter().find(|(known, _)| **known == *text).map(|(_, path)| path)
    }
}

/// What stands as a constant in calls such as `$input.path('$.a')`. A text that only looks like one costs nothing but its
/// place; one that is missed is parsed when it is used.
fn constant_paths(text: &str) -> Box<[(Box<str>, Path)]> {
    let mut paths: Vec<(Box<str>, Path)> = Vec::new();
    for call in [".path(", ".json("] {
        for (at, _) in text.match_indices(call) {
            let Some(constant) = constant(&text[at + call.len()..]) else { continue };
            if paths.iter().all(|(known, _)| **known != *constant)
                && let Ok(path) = Path::parse(constant)
            {
                paths.push((constant.into(), path));
            }
        }
    }
    paths.into()
}

/// Whether a text calls a method that changes a collection, or sets a part of something. One that only looks so costs
/// nothing but time.
fn changes_values(text: &str) -> bool {
    const METHODS: [&str; 8] =
        [".put(", ".putAll(", ".add(", ".addAll(", ".remove(", ".removeAll(", ".set(", ".clear("];
    let sets_part = |(at, _): (usize, &str)| {
        let target = text[at..].split('=').next().unwrap_or_default();
        target.contains(['.', '['])
    };
    METHODS.iter().any(|method| text.contains(method)) || text.match_indices("set").any(sets_part)
}

/// The quoted text at the front; in double quotes, one in which nothing is evaluated but the root's `$`.
fn constant(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    text[1..].split_once(quote).map(|(constant, _)| constant)
}

/// The templates of the process by their text, as long as somebody holds them.
#[derive(Default)]
struct Interned {
    templates: HashMap<Box<str>, Weak<MappingTemplate>>,
    /// At this size the entries that nobody holds any more are thrown out.
    full: usize,
}

fn interned() -> std::sync::MutexGuard<'static, Interned> {
    static INTERNED: LazyLock<Mutex<Interned>> = LazyLock::new(Mutex::default);
    INTERNED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Interned {
    fn find(&self, text: &str) -> Option<Arc<MappingTemplate>> {
        self.templates.get(text).and_then(Weak::upgrade)
    }

    fn add(&mut self, text: &str, template: &Arc<MappingTemplate>) {
        if self.templates.len() >= self.full {
            self.templates.retain(|_, known| known.strong_count() > 0);
            self.full = (self.templates.len() * 2).max(64);
        }
        self.templates.insert(text.into(), Arc::downgrade(template));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MappingTemplate, constant_paths};

    #[test]
    fn equal_texts_are_one_template() {
        let [one, two] = [(); 2].map(|()| MappingTemplate::compile("$input.json('$.only.here')").unwrap());
        assert!(Arc::ptr_eq(&one, &two));
        assert!(one.path("$.only.here").is_some());
        assert!(one.path("$.elsewhere").is_none());
        assert_eq!(one.as_static(), None);
    }

    #[test]
    fn texts_without_references_are_static() {
        for text in ["{\"statusCode\": 200}", "costs $5", "a # b"] {
            assert_eq!(MappingTemplate::compile(text).unwrap().as_static(), Some(text), "{text}");
        }
    }

    #[test]
    fn constants_are_found() {
        for (text, expected) in [
            ("$input.path('$.a') $input.json(\"$.b\") $input.path('$.a')", &["$.a", "$.b"][..]),
            ("$input.path( '$' )", &["$"]),
            ("$input.path($where) $input.path('$.a", &[]),
            ("$input.json('$[')", &[]),
        ] {
            let found = constant_paths(text);
            let found: Vec<_> = found.iter().map(|(text, _)| &**text).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn changes_are_seen() {
        for (text, expected) in [
            ("#set($a = $input.path('$'))$a.b", false),
            ("#set($a.b = 1)", true),
            ("#set( ${a['b']} = 1)", true),
            ("$a.put('b', 1)", true),
            ("$input.json('$')", false),
        ] {
            let template = MappingTemplate::compile(text).unwrap();
            assert_eq!(template.changes_values(), expected, "{text}");
        }
    }

    #[test]
    fn errors_name_their_place() {
        let error = MappingTemplate::compile("a\n  #if($x)").unwrap_err();
        assert!(error.line >= 1, "{error}");
    }
}
